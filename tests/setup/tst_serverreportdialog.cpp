// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words.h"
#include "setup/serverreportdialog.h"
#include "support/accessiblenames.h"
#include "support/reportrows.h"
#include "widgets/statusbanner.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::discovery;
using namespace postrider::support;
using postrider::accounts::Account;
using postrider::accounts::Server;
using postrider::setup::ServerReportDialog;
using postrider::widgets::StatusBanner;

namespace {

template <typename Widget>
Widget *child(const QWidget &window, const QString &name)
{
    return window.findChild<Widget *>(name);
}

std::unique_ptr<Search> noSearch()
{
    return {};
}

Account accountAt(quint16 port)
{
    Account account;
    account.id = u"11111111-2222-3333-4444-555555555555"_s;
    account.name = u"Work"_s;
    account.email = u"ann.lee@example.org"_s;
    account.server = serverAt(u"smtp.example.org"_s, port);
    return account;
}

} // namespace

class ServerReportDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runningSearch_isSeenToRun();
    void answer_standsAbove();
    void chosenRow_showsItsSentenceAndDetails();
    void copy_hasNoAddressAndOnWishNoNames();
    void accountsOwnDeadPort_isExchangedByOnePress();
    void accountThatWorks_offersNothingWeaker();
    void everyFocusableThing_hasAName();
    void escape_closesIt();
};

void ServerReportDialogTest::runningSearch_isSeenToRun()
{
    ServerReportDialog window(noSearch);
    Report report = failedReport(Verdict::NotTried);
    report.isSettled = report.isFinished = false;
    window.showReport(report);
    window.show();
    QVERIFY(child<QWidget>(window, u"progressBar"_s)->isVisible());
    QVERIFY(child<QLabel>(window, u"stateLabel"_s)->text().contains(u"example.org"_s));
    QVERIFY(!child<StatusBanner>(window, u"statusBanner"_s)->isVisible());
    QVERIFY(!child<QPushButton>(window, u"againButton"_s)->isEnabled());
    QCOMPARE(child<QTreeView>(window, u"portsView"_s)->model()->rowCount(), 3);
}

void ServerReportDialogTest::answer_standsAbove()
{
    ServerReportDialog window(noSearch);
    window.showReport(foundReport());
    window.show();
    const auto *banner = child<StatusBanner>(window, u"statusBanner"_s);
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->text(), sentence(foundReport()));
    QCOMPARE(banner->tone(), postrider::widgets::Tone::Good);
    QVERIFY(banner->details().contains(reason(*foundReport().recommended)));
    QVERIFY(child<QLabel>(window, u"stepsLabel"_s)
                ->text()
                .contains(u"Asked example.org: smtp.example.org recommended"_s));
    QVERIFY(child<QPushButton>(window, u"againButton"_s)->isEnabled());

    window.showReport(failedReport(Verdict::AllMailBlocked));
    QCOMPARE(banner->tone(), postrider::widgets::Tone::Problem);
    QVERIFY(banner->text().contains(u"VPN"_s));
}

void ServerReportDialogTest::chosenRow_showsItsSentenceAndDetails()
{
    ServerReportDialog window(noSearch);
    window.showReport(foundReport());
    window.show();
    auto *view = child<QTreeView>(window, u"portsView"_s);
    const auto *words = child<QLabel>(window, u"sentenceLabel"_s);
    const auto *details = child<QPlainTextEdit>(window, u"detailsEdit"_s);
    QVERIFY(words->text().startsWith(u"Works."_s));
    QVERIFY(!details->isVisible());
    child<QCheckBox>(window, u"detailsCheckBox"_s)->setChecked(true);
    QVERIFY(details->isVisible());
    QVERIFY(details->toPlainText().contains(u"TLS 1.3"_s));

    view->setCurrentIndex(view->model()->index(3, 0));
    QVERIFY(words->text().contains(u"does not offer sign-in"_s));
    QVERIFY(details->toPlainText().contains(u"NO_AUTH"_s));
}

void ServerReportDialogTest::copy_hasNoAddressAndOnWishNoNames()
{
    ServerReportDialog window(noSearch);
    window.showReport(foundReport());
    auto *copy = child<QPushButton>(window, u"copyButton"_s);
    copy->click();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(u"smtp.example.org:465"_s));
    QVERIFY(!text.contains(u"lee"_s, Qt::CaseInsensitive));
    child<QCheckBox>(window, u"maskCheckBox"_s)->setChecked(true);
    copy->click();
    QVERIFY(!QGuiApplication::clipboard()->text().contains(u"example"_s));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"name-"_s));
}

void ServerReportDialogTest::accountsOwnDeadPort_isExchangedByOnePress()
{
    ServerReportDialog window(noSearch);
    window.setAccount(accountAt(2525));
    QSignalSpy wanted(&window, &ServerReportDialog::useRequested);
    window.showReport(foundReport());
    window.show();
    auto *banner = child<StatusBanner>(window, u"statusBanner"_s);
    QVERIFY(banner->text().contains(u"can't be used"_s));
    const QList<QAbstractButton *> buttons = banner->findChildren<QAbstractButton *>();
    QAbstractButton *offered = nullptr;
    for (QAbstractButton *button : buttons) {
        if (button->text().contains(u"465"_s))
            offered = button;
    }
    QVERIFY(offered);
    offered->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().at(0).toString(), accountAt(2525).id);
    QCOMPARE(wanted.first().at(1).value<Server>().port, quint16(465));
    window.showOutcome(u"Port 465 is used from now on."_s);
    QCOMPARE(banner->text(), u"Port 465 is used from now on."_s);
}

void ServerReportDialogTest::accountThatWorks_offersNothingWeaker()
{
    ServerReportDialog window(noSearch);
    window.setAccount(accountAt(465));
    window.showReport(foundReport());
    window.show();
    const auto *banner = child<StatusBanner>(window, u"statusBanner"_s);
    QCOMPARE(banner->tone(), postrider::widgets::Tone::Good);
    const QList<QAbstractButton *> buttons = banner->findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons)
        QVERIFY(!button->text().contains(u"port"_s));
}

void ServerReportDialogTest::everyFocusableThing_hasAName()
{
    ServerReportDialog window(noSearch);
    window.setAccount(accountAt(2525));
    window.showReport(foundReport());
    child<QCheckBox>(window, u"detailsCheckBox"_s)->setChecked(true);
    window.show();
    QCOMPARE(namelessInputs(window), QStringList());
}

void ServerReportDialogTest::escape_closesIt()
{
    ServerReportDialog window(noSearch);
    window.showReport(foundReport());
    window.show();
    QVERIFY(!window.isModal());
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

QTEST_MAIN(ServerReportDialogTest)
#include "tst_serverreportdialog.moc"
