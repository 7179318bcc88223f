// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

/// Every conversation of tests/data/smtp, whose README.md says what they are.
class TestTranscripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void transcript_playsAsWritten_data();
    void transcript_playsAsWritten();
    void aWrongTranscript_isNoticed();
};

void TestTranscripts::transcript_playsAsWritten_data()
{
    QTest::addColumn<QString>("path");
    const QDir root(QStringLiteral(POSTRIDER_TEST_DATA) + u"/smtp"_s);
    const QStringList folders = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(!folders.isEmpty());
    for (const QString &folder : folders) {
        const QStringList names = QDir(root.filePath(folder)).entryList({ u"*.txt"_s }, QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            const QString path = folder + u'/' + name;
            QTest::newRow(qPrintable(path.chopped(4))) << root.filePath(path);
        }
    }
}

void TestTranscripts::transcript_playsAsWritten()
{
    QFETCH(QString, path);
    const auto script = SmtpScript::fromFile(path);
    QVERIFY2(script.has_value(), script ? "" : qPrintable(script.error()));
    const QString difference = playedAtEveryCut(*script);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

/// The player itself: each of these differs from what the session does.
void TestTranscripts::aWrongTranscript_isNoticed()
{
    QVERIFY(played("S: 220 mx\nC: EHLO [127.0.0.1]\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\nC: EHLO other\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\nC: EHLO [127.0.0.1]\nE: Ready\n"_ba).isEmpty());
    QVERIFY(!played("CLOSE\n"_ba).isEmpty());
    QVERIFY(!played("CLOSE\nE: SessionFailed Greeting TimedOut NotAccepted\n"_ba).isEmpty());
    QVERIFY(!SmtpScript::fromText("NONSENSE\n"_ba));
}

QTEST_GUILESS_MAIN(TestTranscripts)
#include "tst_transcripts.moc"
