// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/candidatefinder.h"
#include "discovery/providers.h"
#include "fakeservices.h"
#include "setup/serversearchpage.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Security;
using discovery::Approach;
using discovery::Report;
using discovery::Trust;
using discovery::Verdict;
using setup::SearchWish;
using setup::ServerSearchPage;
using setup::SetupDraft;
using support::foundPort;
using support::workingReport;

namespace {

const QString Host = u"smtp.example.org"_s;

struct Fixture : support::FakeServices
{
    SetupDraft draft {};
    ServerSearchPage page { draft, services };
    QSignalSpy finished { &page, &ServerSearchPage::finished };

    Fixture()
    {
        draft.account.email = u"ann@example.org"_s;
        page.show();
        page.enter();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return page.findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
    [[nodiscard]] QPushButton *bannerButton(const QString &words) const
    {
        const auto buttons = banner()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisible() && button->text().contains(words))
                return button;
        }
        return nullptr;
    }
    [[nodiscard]] QStringList rows() const
    {
        const QAbstractItemModel *model = part<QTreeView>("portsView")->model();
        QStringList texts;
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, 0).data(Qt::AccessibleTextRole).toString());
        return texts;
    }
};

/// Every port says the same, and it is over.
Report failedReport(Verdict verdict)
{
    Report report;
    report.verdict = verdict;
    report.isSettled = true;
    report.isFinished = true;
    constexpr std::array<quint16, 4> Ports { 465, 587, 2525, 25 };
    for (const quint16 port : Ports) {
        const Security security = port == 465 ? Security::Tls : Security::StartTls;
        report.ports.append(foundPort(Host, port, security, verdict));
    }
    return report;
}

} // namespace

class TestServerSearchPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void address_isSearchedByItself()
    {
        const Fixture f;
        QCOMPARE(f.wishes.size(), 1);
        QCOMPARE(f.wishes.constFirst().query.domain, u"example.org"_s);
        QVERIFY(f.wishes.constFirst().database == SearchWish::Database::DoNotAsk);
        QCOMPARE(f.search->starts, 1);
        QVERIFY(!f.page.isComplete());
        QVERIFY(!f.banner()->isVisible()); // only the end is spoken
    }

    void firstEncryptedPort_letsGoOn()
    {
        Fixture f;
        Report report = workingReport(Host, u"ann"_s);
        report.ports[1].isRunning = true;
        report.ports[1].verdict = Verdict::NotTried;
        f.search->tell(report);
        QVERIFY(f.page.isComplete());
        QCOMPARE(f.banner()->tone(), widgets::Tone::Good);
        QVERIFY(f.banner()->text().contains(Host));
        QVERIFY(f.banner()->text().contains(u"465"_s));
        QCOMPARE(f.rows().size(), 4);
        QVERIFY(f.rows().constFirst().contains(u"best"_s));

        f.page.goOn();
        QCOMPARE(f.finished.count(), 1);
        QCOMPARE(f.draft.account.server, (accounts::Server { Host, 465, Security::Tls }));
        QCOMPARE(f.draft.account.user, u"ann"_s);
    }

    void betterPort_isTakenUntilNext()
    {
        Fixture f;
        Report report = workingReport(Host, {});
        report.recommended->server = report.ports[1].server;
        f.search->tell(report);
        f.search->tell(workingReport(Host, {}));
        f.page.goOn();
        QCOMPARE(f.draft.account.server.port, 465);
        QCOMPARE(f.draft.account.user, u"ann@example.org"_s);
        QVERIFY(!f.search || f.search->shown.isFinished || f.finished.count() == 1);
    }

    void sameAnswer_isSaidOnce()
    {
        Fixture f;
        f.search->tell(workingReport(Host, {}));
        int shown = 0;
        struct Watcher : QObject
        {
            int *count = nullptr;
            bool eventFilter(QObject *, QEvent *event) override
            {
                *count += event->type() == QEvent::Show ? 1 : 0;
                return false;
            }
        } watcher;
        watcher.count = &shown;
        f.banner()->installEventFilter(&watcher);
        Report again = workingReport(Host, {});
        again.ports[2].took = std::chrono::milliseconds { 900 };
        f.search->tell(again);
        QCOMPARE(shown, 0);
    }

    void leavingThePage_endsTheSearch()
    {
        Fixture f;
        f.search->tell(workingReport(Host, {}));
        f.page.leave();
        QVERIFY(!f.search);
        f.page.enter();
        QVERIFY(f.page.isComplete()); // what was found stays
        QCOMPARE(f.wishes.size(), 1);
    }

    void unknownServer_isUsedOnlyAfterConsent()
    {
        Fixture f;
        Report report = workingReport(u"mail.hoster.example"_s, {});
        report.recommended->trust = Trust::Confirm;
        f.search->tell(report);
        QVERIFY(!f.page.isComplete());
        auto *box = f.part<QCheckBox>("confirmCheckBox");
        QVERIFY(box->isVisible());
        const QString question = f.part<QLabel>("confirmLabel")->text();
        QVERIFY(question.contains(u"mail.hoster.example"_s));
        QVERIFY(question.contains(u"example.org"_s));
        box->click();
        QVERIFY(f.page.isComplete());
        box->click();
        QVERIFY(!f.page.isComplete());
    }

    void serverFromUnsignedDns_isNotEvenTriedBeforeConsent()
    {
        Fixture f;
        Report report;
        report.isSettled = true;
        discovery::PortResult port
            = foundPort(u"mail.hoster.example"_s, 465, Security::Tls, Verdict::NotTried);
        port.approach = Approach::AfterConsent;
        port.trust = Trust::Confirm;
        port.source = discovery::Source::Srv;
        report.ports = { port };
        f.search->tell(report);
        QVERIFY(f.search->hosts.isEmpty());
        f.part<QCheckBox>("confirmCheckBox")->click();
        QCOMPARE(f.search->hosts, QStringList { u"mail.hoster.example"_s });
        report = workingReport(u"mail.hoster.example"_s, {});
        report.recommended->trust = Trust::Confirm;
        f.search->tell(report);
        QVERIFY(f.page.isComplete()); // asked once
    }

    void certificatesOwnName_isOfferedAndTried()
    {
        Fixture f;
        Report report = failedReport(Verdict::CertName);
        report.ports[0].suggestedHost = u"server7.hoster.example"_s;
        f.search->tell(report);
        QPushButton *use = f.bannerButton(u"server7.hoster.example"_s);
        QVERIFY(use);
        use->click();
        QCOMPARE(f.search->hosts, QStringList { u"server7.hoster.example"_s });
        QCOMPARE(f.draft.hosts, QStringList { u"server7.hoster.example"_s });
    }

    void onlyPort25_isUsedOnlyWhenThePersonSaysSo()
    {
        Fixture f;
        Report report = failedReport(Verdict::Refused);
        discovery::Recommendation port25;
        port25.server = { Host, 25, Security::StartTls };
        port25.reason = discovery::Reason::OnlyPort25;
        report.onlyWithConsent = port25;
        f.search->tell(report);
        QVERIFY(!f.page.isComplete());
        f.bannerButton(u"25"_s)->click();
        QVERIFY(f.page.isComplete());
        f.page.goOn();
        QCOMPARE(f.draft.account.server.port, 25);
    }

    void offline_saysSoAndGoesOnByItself()
    {
        Fixture f;
        QSignalSpy practice(&f.page, &ServerSearchPage::practiceChosen);
        Report report;
        report.verdict = Verdict::Offline;
        report.isSettled = true;
        report.isFinished = true;
        f.search->tell(report);
        QVERIFY(f.banner()->text().startsWith(u"You're offline"_s));
        QVERIFY(!f.page.isComplete());
        QVERIFY(f.part<QPushButton>("practiceButton")->isVisible());
        QVERIFY(f.part<QPushButton>("manualButton")->isVisible());
        f.networkChanged();
        QCOMPARE(f.wishes.size(), 2);
        f.search->tell(workingReport(Host, {}));
        QVERIFY(f.page.isComplete());
        QVERIFY(!f.part<QPushButton>("practiceButton")->isVisible());
    }

    void portal_offersItsPage()
    {
        Fixture f;
        Report report;
        report.verdict = Verdict::Captive;
        report.isSettled = true;
        report.isFinished = true;
        report.portalUrl = QUrl(u"https://portal.example/"_s);
        f.search->tell(report);
        f.bannerButton(u"sign-in page"_s)->click();
        QCOMPARE(f.opened, QList<QUrl> { report.portalUrl });
    }

    void nothingFound_offersEveryOtherWay()
    {
        Fixture f;
        QSignalSpy skipped(&f.page, &ServerSearchPage::skipped);
        QSignalSpy byHand(&f.page, &ServerSearchPage::byHandWanted);
        f.search->tell(failedReport(Verdict::Refused));
        QVERIFY(!f.page.isComplete());
        QCOMPARE(f.banner()->tone(), widgets::Tone::Problem);
        f.bannerButton(u"Try again"_s)->click();
        QCOMPARE(f.wishes.size(), 2);
        f.search->tell(failedReport(Verdict::Refused));
        f.part<QPushButton>("manualButton")->click();
        QCOMPARE(byHand.count(), 1);
        f.part<QPushButton>("skipButton")->click();
        QCOMPARE(skipped.count(), 1);

        f.part<QPushButton>("typeHostButton")->click();
        auto *host = f.part<QLineEdit>("hostEdit");
        QVERIFY(host->isVisible());
        QTest::keyClicks(host, u"mail.example.net"_s);
        f.part<QPushButton>("hostButton")->click();
        QCOMPARE(f.search->hosts, QStringList { u"mail.example.net"_s });
    }

    void connectionDoctor_looksAtAllThatWasTyped()
    {
        Fixture f;
        auto *doctor = f.part<QPushButton>("doctorButton");
        QVERIFY(!doctor->isVisible());
        f.search->tell(failedReport(Verdict::Timeout));
        QVERIFY(doctor->isVisible());
        f.part<QPushButton>("typeHostButton")->click();
        QTest::keyClicks(f.part<QLineEdit>("hostEdit"), u"mail.example.net"_s);
        f.part<QPushButton>("hostButton")->click();
        doctor->click();
        QCOMPARE(f.reportWishes.size(), 1);
        QCOMPARE(f.reportWishes.constFirst().query.domain, u"example.org"_s);
        QCOMPARE(f.reportWishes.constFirst().hosts, QStringList { u"mail.example.net"_s });
        QVERIFY(f.search); // which goes on behind it
    }

    void whatTheProviderWantsFirst_isSaid()
    {
        Fixture f;
        Report report = workingReport(u"smtp.gmail.com"_s, {});
        report.verdict = Verdict::NeedAppPassword;
        report.providerId = u"gmail"_s;
        f.search->tell(report);
        QVERIFY(f.page.isComplete());
        QVERIFY2(f.banner()->text().contains(u"app password"_s), qPrintable(f.banner()->text()));
        QVERIFY(f.banner()->text().contains(u"smtp.gmail.com, port 465"_s));
        QVERIFY2(f.banner()->details().contains(u"2-Step"_s), qPrintable(f.banner()->details()));
    }

    void portsAndResult_needNoScrolling()
    {
        Fixture f;
        f.page.resize(680, 400);
        f.search->tell(failedReport(Verdict::Timeout));
        QTest::qWait(0);
        const auto *ports = f.part<QTreeView>("portsView");
        QVERIFY(!ports->verticalScrollBar()->isVisible());
        QCOMPARE(ports->horizontalScrollBar()->maximum(), 0);
    }

    void withoutANetwork_noEmptyListIsShown()
    {
        Fixture f;
        Report report;
        report.verdict = Verdict::Offline;
        report.isSettled = report.isFinished = true;
        f.search->tell(report);
        QVERIFY(!f.part<QTreeView>("portsView")->isVisible());
        QVERIFY(f.page.firstField()->isVisible());
    }

    void troubles_haveSentencesOfTheirOwn()
    {
        Fixture f;
        QStringList sentences;
        const Verdict verdicts[] { Verdict::Refused, Verdict::Timeout, Verdict::NoTls, Verdict::NotSmtp,
                                   Verdict::CertName };
        for (const Verdict verdict : verdicts) {
            f.search->tell(failedReport(verdict));
            const QString row = f.rows().constFirst();
            QVERIFY2(!sentences.contains(row), qPrintable(row));
            sentences.append(row);
        }
    }

    void database_isAskedOnlyWhenSwitchedOn()
    {
        Fixture f;
        QVERIFY(f.part<QLabel>("databaseLabel")->text().contains(u"example.org"_s));
        QVERIFY(f.part<QLabel>("databaseLabel")->text().contains(discovery::SettingsDatabaseHost));
        QVERIFY(!f.part<QLabel>("databaseLabel")->text().contains(u"ann"_s));
        f.part<QCheckBox>("databaseCheckBox")->click();
        QCOMPARE(f.wishes.size(), 2);
        QVERIFY(f.wishes.constLast().database == SearchWish::Database::Ask);
    }

    void unknownCertificate_isTrustedOnlyBehindDetailsWithTheNameTyped()
    {
        Fixture f;
        Report report = failedReport(Verdict::CertSelf);
        net::TlsReport tls;
        tls.names = { "nas.local" };
        tls.keySha256 = QByteArray(32, 'k');
        for (discovery::PortResult &port : report.ports)
            port.tls = tls;
        f.search->tell(report);
        auto *pin = f.part<QPushButton>("pinButton");
        QVERIFY(!pin->isVisible());
        f.part<QToolButton>("detailsButton")->click();
        QVERIFY(pin->isVisible());
        QVERIFY(!f.part<QPlainTextEdit>("detailsEdit")->toPlainText().isEmpty());
        pin->click();
        auto *dialog = f.page.findChild<QDialog *>(u"pinDialog"_s);
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QLabel *>(u"fingerprintLabel"_s)->text().startsWith(u"6B 6B"_s));
        QPushButton *trust = nullptr;
        const auto buttons = dialog->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().contains(u"rust exactly"_s))
                trust = button;
        }
        QVERIFY(!trust->isEnabled());
        auto *typed = dialog->findChild<QLineEdit *>(u"typedEdit"_s);
        QTest::keyClicks(typed, u"nas.local"_s);
        QVERIFY(!trust->isEnabled());
        typed->clear();
        QTest::keyClicks(typed, u"SMTP.example.org"_s);
        QVERIFY(trust->isEnabled());
        QCOMPARE(support::namelessInputs(*dialog).join(u", "_s), QString());
        trust->click();
        QCOMPARE(f.draft.account.pinnedKey, tls.keySha256);
        QCOMPARE(f.wishes.constLast().pinnedKey, tls.keySha256);
    }

    void sendingService_isSearchedAtItsRegion()
    {
        Fixture f;
        const auto &all = discovery::ProviderTable::builtIn().services();
        const auto service = std::find_if(all.begin(), all.end(), [](const discovery::SendingService &one) {
            return one.regions.size() > 1;
        });
        QVERIFY(service != all.end());
        f.draft.way = setup::Way::Service;
        f.draft.service = service->id;
        f.draft.region = service->regions.constLast().id;
        f.page.enter();
        QCOMPARE(f.wishes.constLast().query.host, service->regions.constLast().host);
    }

    void everyInput_hasAnAccessibleName()
    {
        Fixture f;
        f.search->tell(failedReport(Verdict::CertSelf));
        f.part<QToolButton>("detailsButton")->click();
        f.part<QPushButton>("typeHostButton")->click();
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestServerSearchPage)
#include "tst_serversearchpage.moc"
