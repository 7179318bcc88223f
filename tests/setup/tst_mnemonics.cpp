// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/editing/accounteditor.h"
#include "setup/passworddialog.h"
#include "setup/pindialog.h"
#include "setup/serverreportdialog.h"
#include "setup/setupwindow.h"
#include "support/mnemonics.h"
#include "support/reportrows.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Account;
using accounts::Security;
using discovery::Report;
using discovery::Verdict;
using setup::SetupWindow;

namespace {

struct Fixture : support::FakeServices
{
    std::unique_ptr<SetupWindow> window {};

    explicit Fixture(const QList<accounts::FoundAccount> &foundHere = {})
    {
        found = foundHere;
        window = std::make_unique<SetupWindow>(services, setup::WelcomePage::Practice::Offered,
                                               setup::SetupDraft());
        window->show();
    }
    [[nodiscard]] QWidget *page() const
    {
        return window->findChild<QStackedWidget *>(u"pagesStack"_s)->currentWidget();
    }
    /// Of the page that is shown; pages have parts of the same name.
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        T *inPage = page()->findChild<T *>(QLatin1StringView(name));
        return inPage ? inPage : window->findChild<T *>(QLatin1StringView(name));
    }
    void press(const char *name) const { part<QAbstractButton>(name)->click(); }
    void next() const { press("nextButton"); }
    void type(const char *name, const QString &text) const { QTest::keyClicks(part<QLineEdit>(name), text); }
    void goToSearch(const QString &email = u"ann@example.org"_s) const
    {
        next();
        type("nameEdit", u"Ann Smith"_s);
        type("emailEdit", email);
        next();
    }
    void goToSignIn(const QString &provider = {}, Verdict verdict = Verdict::Ok)
    {
        goToSearch();
        Report report = support::workingReport(u"smtp.example.org"_s, {});
        report.verdict = verdict;
        if (!provider.isEmpty())
            report.providerId = provider;
        search->tell(report);
        next();
    }
    [[nodiscard]] QString ambiguous() const { return support::ambiguousMnemonics(*window).join(u"; "_s); }
};

Account someAccount()
{
    Account account;
    account.id = u"id-1"_s;
    account.name = u"Work"_s;
    account.email = u"ann@example.org"_s;
    account.server = { u"smtp.example.org"_s, 465, Security::Tls };
    account.user = u"ann"_s;
    return account;
}

Report endOf(Verdict verdict)
{
    Report report = support::failedReport(verdict);
    report.ports[0].suggestedHost = u"server7.hoster.example"_s;
    report.ports[0].tls = net::TlsReport { .names = { "nas.local" }, .keySha256 = QByteArray(32, 'k') };
    return report;
}

} // namespace

/// Each Alt-letter does one thing on each page of each window.
class TestMnemonics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoOfTheSameLetter_areFound()
    {
        QWidget window;
        QPushButton one(u"&Save"_s, &window);
        QPushButton other(u"Di&scard"_s, &window);
        window.show();
        QCOMPARE(support::ambiguousMnemonics(window).size(), 1);
        other.hide();
        QCOMPARE(support::ambiguousMnemonics(window).size(), 0);
    }

    void firstPages_haveNone()
    {
        accounts::FoundAccount here;
        here.account = someAccount();
        const Fixture f({ here });
        QCOMPARE(f.ambiguous(), QString());
        f.press("serviceButton");
        f.next();
        QCOMPARE(f.ambiguous(), QString());
        f.next();
        QCOMPARE(f.ambiguous(), QString());
        f.type("emailEdit", u"ann@gmial.com"_s);
        Q_EMIT f.part<QLineEdit>("emailEdit")->editingFinished();
        QVERIFY(f.part<QPushButton>("suggestionButton")->isVisible());
        QCOMPARE(f.ambiguous(), QString());
        f.press("cancelButton");
        QCOMPARE(f.ambiguous(), QString());
    }

    void searchPage_hasNone()
    {
        const Fixture f;
        f.goToSearch();
        QCOMPARE(f.ambiguous(), QString());
        f.search->tell(support::workingReport(u"smtp.example.org"_s, {}));
        f.press("detailsButton");
        QCOMPARE(f.ambiguous(), QString());
        for (const Verdict verdict :
             { Verdict::CertSelf, Verdict::Timeout, Verdict::Offline, Verdict::Captive }) {
            f.search->tell(endOf(verdict));
            QCOMPARE(f.ambiguous(), QString());
        }
        Report consent = support::workingReport(u"mail.hoster.example"_s, {});
        consent.recommended->trust = discovery::Trust::Confirm;
        f.search->tell(consent);
        QCOMPARE(f.ambiguous(), QString());
        f.search->tell(endOf(Verdict::CertSelf));
        f.press("typeHostButton");
        QCOMPARE(f.ambiguous(), QString());
    }

    void settingsByHand_haveNone()
    {
        const Fixture f;
        f.goToSearch();
        f.search->tell(endOf(Verdict::Timeout));
        f.press("manualButton");
        f.press("moreButton");
        f.press("meaningsButton");
        for (int proxy = 0; proxy < f.part<QComboBox>("proxyComboBox")->count(); ++proxy) {
            f.part<QComboBox>("proxyComboBox")->setCurrentIndex(proxy);
            QCOMPARE(f.ambiguous(), QString());
        }
        for (int kind = 0; kind < f.part<QComboBox>("kindComboBox")->count(); ++kind) {
            f.part<QComboBox>("kindComboBox")->setCurrentIndex(kind);
            f.part<QComboBox>("localComboBox")->setCurrentIndex(kind % 2);
            QCOMPARE(f.ambiguous(), QString());
        }
    }

    void signInPage_hasNone_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<bool>("hasClient");
        QTest::newRow("password") << QString() << Verdict::Ok << true;
        QTest::newRow("app password") << u"gmail"_s << Verdict::NeedAppPassword << true;
        QTest::newRow("browser") << u"outlook"_s << Verdict::NeedOAuth << true;
        QTest::newRow("own client id") << u"outlook"_s << Verdict::NeedOAuth << false;
        QTest::newRow("own client id with its secret") << u"gmail"_s << Verdict::NeedOAuth << false;
    }
    void signInPage_hasNone()
    {
        QFETCH(QString, provider);
        QFETCH(Verdict, verdict);
        QFETCH(bool, hasClient);
        Fixture f;
        f.hasClient = hasClient;
        f.goToSignIn(provider, verdict);
        auto *choice = f.part<QComboBox>("choiceComboBox");
        for (int row = 0; row < choice->count(); ++row) {
            choice->setCurrentIndex(row);
            Q_EMIT choice->activated(row);
            QCOMPARE(f.ambiguous(), QString());
            if (f.part<QLineEdit>("passwordEdit")->isVisible()) {
                f.type("passwordEdit", u"secret"_s);
                f.next();
                f.refuse(outbox::Problem::Kind::SignInRefused);
                QCOMPARE(f.ambiguous(), QString());
            } else if (f.part<QPushButton>("browserButton")->isEnabled()) {
                f.press("browserButton");
                Q_EMIT f.tokenSignIn->pageWanted(QUrl(u"https://sign-in.example.org/"_s));
                QCOMPARE(f.ambiguous(), QString());
                f.press("deviceButton");
                Q_EMIT f.tokenSignIn->codeReady(u"ABCD"_s, QUrl(u"https://sign-in.example.org/"_s),
                                                std::chrono::minutes { 5 });
                QCOMPARE(f.ambiguous(), QString());
                f.press("stopButton");
            }
        }
    }

    void lastPage_hasNone()
    {
        Fixture f;
        f.goToSignIn();
        f.type("passwordEdit", u"secret"_s);
        f.next();
        f.accept();
        QCOMPARE(f.ambiguous(), QString());
        f.press("testButton");
        f.testAnswer(setup::TestOutcome { u"smtp.example.org"_s, u"250 Ok"_s });
        QCOMPARE(f.ambiguous(), QString());
        f.press("doneButton");
        f.saveAnswer(base::Unexpected(
            delivery::Trouble(secrets::SecretError { secrets::SecretError::Kind::Locked, {} })));
        QCOMPARE(f.ambiguous(), QString());
    }

    void accountEditor_hasNone_data()
    {
        QTest::addColumn<Account>("account");
        QTest::newRow("password") << someAccount();
        Account browser = someAccount();
        browser.oauth = accounts::OAuthSettings { .provider = u"google"_s };
        QTest::newRow("browser") << browser;
        Account command = someAccount();
        command.command = QStringList { u"/usr/sbin/sendmail"_s };
        QTest::newRow("command") << command;
    }
    void accountEditor_hasNone()
    {
        QFETCH(Account, account);
        support::FakeServices fake;
        fake.hasClient = false;
        setup::AccountEditor::Actions actions;
        actions.countWaiting
            = [](const QString &, QObject *, const std::function<void(int)> &count) { count(0); };
        actions.lookAtServer = [](const QString &) {};
        actions.signInAgain = [](const Account &, const oauth::Tokens &, QObject *,
                                 const setup::Services::Answer<Account> &) {};
        setup::AccountEditor editor(account, fake.services, std::move(actions));
        editor.show();
        editor.findChild<QComboBox *>(u"proxyComboBox"_s)->setCurrentIndex(2);
        auto *tabs = editor.findChild<QTabWidget *>(u"tabs"_s);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (!tabs->isTabVisible(tab))
                continue;
            tabs->setCurrentIndex(tab);
            QCOMPARE(support::ambiguousMnemonics(editor).join(u"; "_s), QString());
        }
        editor.offerSignIn();
        editor.findChild<QPushButton *>(u"removeButton"_s)->click();
        QCOMPARE(support::ambiguousMnemonics(editor).join(u"; "_s), QString());
    }

    void dialogs_haveNone()
    {
        setup::PinDialog pin(support::workingRow(465));
        pin.show();
        QCOMPARE(support::ambiguousMnemonics(pin).join(u"; "_s), QString());

        setup::PasswordDialog password(someAccount(), u"Why"_s, {});
        password.show();
        QCOMPARE(support::ambiguousMnemonics(password).join(u"; "_s), QString());

        setup::ServerReportDialog report([] { return std::unique_ptr<discovery::Search>(); });
        report.setAccount(someAccount());
        report.showReport(support::foundReport());
        report.show();
        QCOMPARE(support::ambiguousMnemonics(report).join(u"; "_s), QString());
    }
};

QTEST_MAIN(TestMnemonics)
#include "tst_mnemonics.moc"
