// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/portlistmodel.h"
#include "support/reportrows.h"

#include <QAbstractItemModelTester>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::support;
using namespace postrider::discovery;
using postrider::setup::PortListModel;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto Fatal = Tester::FailureReportingMode::QtTest;

/// A search that has begun: nothing is known yet.
Report runningReport()
{
    Report report = failedReport(Verdict::NotTried);
    report.isSettled = report.isFinished = false;
    for (PortResult &port : report.ports) {
        port.isRunning = true;
        port.took.reset();
    }
    return report;
}

QString cell(const PortListModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class PortListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishedSearch_isARowForEachPort();
    void rowThatRises_keepsItsSelection();
    void rowsThatGo_takeNothingElseAlong();
    void everyOrderOfRows_isFollowed();
    void wholeRow_isSpoken();
    void colourOfARow_followsItsVerdict();
};

void PortListModelTest::finishedSearch_isARowForEachPort()
{
    PortListModel model;
    const Tester tester(&model, Fatal);
    QCOMPARE(model.bestRow(), -1);
    model.setReport(runningReport());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(cell(model, 0, PortListModel::ResultColumn), u"waiting…"_s);
    QVERIFY(cell(model, 0, PortListModel::TimeColumn).isEmpty());

    model.setReport(foundReport());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(model, 0, PortListModel::ServerColumn), u"smtp.example.org"_s);
    QCOMPARE(cell(model, 0, PortListModel::PortColumn), u"465"_s);
    QCOMPARE(cell(model, 0, PortListModel::ProtectionColumn), u"encrypted from the start"_s);
    QCOMPARE(cell(model, 0, PortListModel::ResultColumn), u"works (best)"_s);
    QCOMPARE(cell(model, 0, PortListModel::TimeColumn), u"0.2 s"_s);
    QCOMPARE(cell(model, 1, PortListModel::ResultColumn), u"works"_s);
    QCOMPARE(model.bestRow(), 0);
    QVERIFY(model.index(0, 0).data(PortListModel::IsBestRole).toBool());
    QVERIFY(!model.index(1, 0).data(PortListModel::IsBestRole).toBool());
    for (int row = 0; row < model.rowCount(); ++row) {
        QVERIFY(!model.index(row, 0).data(PortListModel::SentenceRole).toString().isEmpty());
        QVERIFY(model.index(row, 0).data(PortListModel::DetailsRole).toString().contains(u":"_s));
    }
}

void PortListModelTest::rowThatRises_keepsItsSelection()
{
    PortListModel model;
    const Tester tester(&model, Fatal);
    Report report = foundReport();
    model.setReport(report);
    const QPersistentModelIndex chosen = model.index(2, PortListModel::ResultColumn);
    std::swap(report.ports[0], report.ports[2]);
    report.ports[0].verdict = Verdict::Ok;
    model.setReport(report);
    QCOMPARE(chosen.row(), 0);
    QCOMPARE(chosen.data().toString(), u"works"_s);
    QCOMPARE(model.bestRow(), 2);
}

void PortListModelTest::rowsThatGo_takeNothingElseAlong()
{
    PortListModel model;
    const Tester tester(&model, Fatal);
    Report report = foundReport();
    model.setReport(report);
    const QPersistentModelIndex last = model.index(3, 0);
    report.ports.removeAt(1);
    report.recommended.reset();
    model.setReport(report);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(last.row(), 2);
    QCOMPARE(model.bestRow(), -1);
    model.setReport({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!last.isValid());
}

void PortListModelTest::everyOrderOfRows_isFollowed()
{
    PortListModel model;
    const Tester tester(&model, Fatal);
    std::array<quint16, 4> ports { 25, 465, 587, 2525 };
    do {
        Report report = foundReport();
        report.ports.clear();
        for (const quint16 port : ports)
            report.ports += workingRow(port);
        model.setReport(report);
        for (int row = 0; row < 4; ++row)
            QCOMPARE(cell(model, row, PortListModel::PortColumn),
                     QString::number(ports.at(static_cast<std::size_t>(row))));
    } while (std::next_permutation(ports.begin(), ports.end()));
}

void PortListModelTest::wholeRow_isSpoken()
{
    PortListModel model;
    model.setReport(foundReport());
    const auto spoken
        = [&model](int row) { return model.index(row, 0).data(Qt::AccessibleTextRole).toString(); };
    QCOMPARE(spoken(0), u"Port 465, encrypted from the start, smtp.example.org, works (best), 0.2 s"_s);
    QVERIFY(spoken(3).contains(u"Port 25"_s));
}

void PortListModelTest::colourOfARow_followsItsVerdict()
{
    using postrider::setup::toneOf;
    using postrider::widgets::Tone;
    QCOMPARE(toneOf(workingRow(465)), Tone::Good);
    QCOMPARE(toneOf(workingRow(25)), Tone::Attention);
    QCOMPARE(toneOf(portRow(Verdict::NotTried)), Tone::Information);
    QCOMPARE(toneOf(portRow(Verdict::NeedAppPassword)), Tone::Attention);
    for (const Verdict verdict : { Verdict::Refused, Verdict::CertName, Verdict::TlsTamper, Verdict::NoAuth })
        QCOMPARE(toneOf(portRow(verdict)), Tone::Problem);
}

QTEST_MAIN(PortListModelTest)
#include "tst_portlistmodel.moc"
