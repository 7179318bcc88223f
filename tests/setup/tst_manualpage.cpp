// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/manualpage.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Security;
using setup::ManualPage;
using setup::SetupDraft;

namespace {

constexpr int Server = 0;
constexpr int Relay = 1;
constexpr int ThisComputer = 2;

struct Fixture : support::FakeServices
{
    SetupDraft draft {};
    setup::AccountProof proof { services };
    ManualPage page { draft, services, proof };
    QSignalSpy finished { &page, &ManualPage::finished };

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
    void type(const char *name, const QString &text) const
    {
        auto *edit = part<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
        Q_EMIT edit->editingFinished();
    }
    void choose(const char *name, int index) const { part<QComboBox>(name)->setCurrentIndex(index); }
    void choosePort(const QString &port) const { part<QComboBox>("portComboBox")->setEditText(port); }
    void chooseSecurity(Security security) const
    {
        auto *box = part<QComboBox>("securityComboBox");
        box->setCurrentIndex(box->findData(QVariant::fromValue(security)));
    }
    [[nodiscard]] Security security() const
    {
        return part<QComboBox>("securityComboBox")->currentData().value<Security>();
    }
    [[nodiscard]] QString port() const { return part<QComboBox>("portComboBox")->currentText(); }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
};

} // namespace

class TestManualPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void server_startsAt587()
    {
        Fixture f;
        f.type("hostEdit", u"smtp.example.org"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 1);
        QCOMPARE(f.draft.account.server,
                 (accounts::Server { u"smtp.example.org"_s, 587, Security::StartTls }));
        QCOMPARE(f.draft.account.user, u"ann@example.org"_s);
    }

    void port_decidesTheEncryption_data()
    {
        QTest::addColumn<QString>("port");
        QTest::addColumn<Security>("security");
        QTest::newRow("465") << u"465"_s << Security::Tls;
        QTest::newRow("587") << u"587"_s << Security::StartTls;
        QTest::newRow("2525") << u"2525"_s << Security::StartTls;
        QTest::newRow("25") << u"25"_s << Security::StartTls;
    }
    void port_decidesTheEncryption()
    {
        QFETCH(QString, port);
        QFETCH(Security, security);
        const Fixture f;
        f.chooseSecurity(security == Security::Tls ? Security::StartTls : Security::Tls);
        f.choosePort(port);
        QVERIFY(f.security() == security);
        QCOMPARE(f.port(), port);
    }

    void encryption_decidesTheUsualPort()
    {
        const Fixture f;
        f.chooseSecurity(Security::Tls);
        QCOMPARE(f.port(), u"465"_s);
        f.chooseSecurity(Security::StartTls);
        QCOMPARE(f.port(), u"587"_s);
    }

    void unusualPort_staysWhatItIs()
    {
        const Fixture f;
        f.choosePort(u"1465"_s);
        f.chooseSecurity(Security::Tls);
        QCOMPARE(f.port(), u"1465"_s);
        f.chooseSecurity(Security::StartTls);
        QCOMPARE(f.port(), u"1465"_s);
    }

    void hostWithPort_isSplit()
    {
        const Fixture f;
        f.type("hostEdit", u"smtp.example.org:465"_s);
        QCOMPARE(f.part<QLineEdit>("hostEdit")->text(), u"smtp.example.org"_s);
        QCOMPARE(f.port(), u"465"_s);
        QVERIFY(f.security() == Security::Tls);
    }

    void noEncryption_isOnlyForThisComputer()
    {
        Fixture f;
        f.type("hostEdit", u"smtp.example.org"_s);
        f.chooseSecurity(Security::None);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 0);
        QVERIFY(f.banner()->text().contains(u"smtp.example.org"_s));
        f.type("hostEdit", u"127.0.0.1"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 1);
        QVERIFY(f.draft.account.server.security == Security::None);
    }

    void relay_isUsedWithoutUser_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<Security>("security");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("encrypted") << u"relay.example.org"_s << Security::StartTls << true;
        QTest::newRow("plain by name") << u"relay.example.org"_s << Security::None << false;
        QTest::newRow("plain by public address") << u"192.0.2.7"_s << Security::None << false;
        QTest::newRow("plain inside") << u"192.168.1.2"_s << Security::None << true;
        QTest::newRow("plain here") << u"localhost"_s << Security::None << true;
    }
    void relay_isUsedWithoutUser()
    {
        QFETCH(QString, host);
        QFETCH(Security, security);
        QFETCH(bool, isAllowed);
        Fixture f;
        f.draft.account.user = u"left from before"_s;
        f.choose("kindComboBox", Relay);
        QCOMPARE(f.port(), u"25"_s);
        QVERIFY(!f.part<QLineEdit>("userEdit")->isVisible());
        f.type("hostEdit", host);
        f.chooseSecurity(security);
        f.page.goOn();
        QCOMPARE(f.finished.count(), isAllowed ? 1 : 0);
        QCOMPARE(f.banner()->isVisible(), !isAllowed);
        if (isAllowed)
            QVERIFY(f.draft.account.user.isEmpty());
    }

    void plainRelayWithSignIn_isRefused()
    {
        Fixture f;
        f.type("hostEdit", u"192.168.1.2"_s);
        f.chooseSecurity(Security::None);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 0);
    }

    void thisComputer_meansItsServerOrACommand()
    {
        Fixture f;
        f.choose("kindComboBox", ThisComputer);
        QVERIFY(!f.part<QLineEdit>("hostEdit")->isVisible());
        f.page.goOn();
        QCOMPARE(f.draft.account.server, (accounts::Server { u"127.0.0.1"_s, 25, Security::None }));
        QVERIFY(f.draft.account.command.isEmpty());
        QVERIFY(f.draft.account.user.isEmpty());

        f.choose("localComboBox", 1);
        f.type("commandEdit", u"/usr/sbin/sendmail -i -v"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 2);
        QCOMPARE(f.draft.account.command, (QStringList { u"/usr/sbin/sendmail"_s, u"-i"_s, u"-v"_s }));
        f.type("commandEdit", u"sendmail"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 2);
        QVERIFY(f.banner()->isVisible());
    }

    void testOfARelay_provesItWithoutAPassword()
    {
        Fixture f;
        f.choose("kindComboBox", Relay);
        f.type("hostEdit", u"relay.example.org"_s);
        f.part<QPushButton>("testButton")->click();
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(f.passwords.constFirst().isEmpty());
        f.accept();
        QVERIFY(f.banner()->text().contains(u"ann@example.org"_s));
        QCOMPARE(f.banner()->tone(), widgets::Tone::Good);
    }

    void testOfAServer_asksNoPasswordAndSetsWhatWorks()
    {
        Fixture f;
        f.type("hostEdit", u"smtp.example.org"_s);
        f.choosePort(u"1465"_s);
        f.part<QPushButton>("testButton")->click();
        QCOMPARE(f.proved.size(), 0);
        QCOMPARE(f.wishes.constLast().query.host, u"smtp.example.org"_s);
        QCOMPARE(f.wishes.constLast().query.port, 1465);
        discovery::Report report;
        report.isSettled = true;
        report.verdict = discovery::Verdict::Ok;
        discovery::Recommendation best;
        best.server = { u"smtp.example.org"_s, 1465, Security::Tls };
        report.recommended = best;
        f.search->tell(report);
        QVERIFY(f.security() == Security::Tls);
        QVERIFY(f.banner()->text().contains(u"1465"_s));
    }

    void moreSettings_goIntoTheAccountAndTheTest()
    {
        using accounts::Route;
        Fixture f;
        f.type("hostEdit", u"smtp.example.org"_s);
        f.part<QToolButton>("moreButton")->click();
        f.part<QSpinBox>("timeLimitSpinBox")->setValue(45);
        f.type("localAddressEdit", u"192.0.2.7"_s);
        f.choose("proxyComboBox",
                 f.part<QComboBox>("proxyComboBox")->findData(QVariant::fromValue(Route::Proxy::Socks5)));
        QVERIFY(f.part<QLineEdit>("proxyHostEdit")->isVisible());
        f.type("proxyHostEdit", u"proxy.example.org:9050"_s);
        QCOMPARE(f.part<QLineEdit>("proxyHostEdit")->text(), u"proxy.example.org"_s);
        f.part<QPushButton>("testButton")->click();
        const Route expected { .proxy = Route::Proxy::Socks5,
                               .proxyHost = u"proxy.example.org"_s,
                               .proxyPort = 9050,
                               .localAddress = u"192.0.2.7"_s,
                               .timeLimit = 45 };
        QCOMPARE(f.wishes.constLast().route, expected);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 1);
        QCOMPARE(f.draft.account.route, expected);
        // Whoever comes back finds it.
        f.page.leave();
        f.page.enter();
        QCOMPARE(f.part<QSpinBox>("timeLimitSpinBox")->value(), 45);
        QCOMPARE(f.part<QLineEdit>("localAddressEdit")->text(), u"192.0.2.7"_s);
    }

    void proxyThatIsNotUsed_isForgotten()
    {
        using accounts::Route;
        Fixture f;
        f.draft.account.route
            = { .proxy = Route::Proxy::HttpConnect, .proxyHost = u"proxy.example.org"_s, .proxyPort = 3128 };
        f.page.enter();
        f.type("hostEdit", u"smtp.example.org"_s);
        f.choose("proxyComboBox", 0);
        f.page.goOn();
        QCOMPARE(f.draft.account.route, Route());
    }

    void settingThatCannotBe_isShownWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("word");
        QTest::newRow("no address") << "localAddressEdit"_ba << u"my-computer"_s << u"192.168"_s;
        QTest::newRow("no file") << "caFileEdit"_ba << u"/nowhere/ca.pem"_s << u"/nowhere/ca.pem"_s;
        QTest::newRow("no certificate") << "caFileEdit"_ba << u"/dev/null"_s << u"certificate"_s;
        QTest::newRow("no own certificate") << "clientCertificateEdit"_ba << u"/dev/null"_s << u"/dev/null"_s;
    }
    void settingThatCannotBe_isShownWithItsReason()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, typed);
        QFETCH(QString, word);
        Fixture f;
        f.type("hostEdit", u"smtp.example.org"_s);
        f.part<QLineEdit>(field.constData())->setText(typed);
        QVERIFY(!f.part<QLineEdit>(field.constData())->isVisible());
        f.page.goOn();
        QCOMPARE(f.finished.count(), 0);
        QVERIFY(f.part<QLineEdit>(field.constData())->isVisible());
        const auto *banner = f.part<widgets::StatusBanner>("statusBanner");
        QVERIFY2(banner->text().contains(word), qPrintable(banner->text()));
    }

    void whatTheSettingsMean_isALineEach()
    {
        const Fixture f;
        f.part<QToolButton>("moreButton")->click();
        auto *meanings = f.part<QLabel>("meaningsLabel");
        QVERIFY(!meanings->isVisible());
        f.part<QToolButton>("meaningsButton")->click();
        QVERIFY(meanings->isVisible());
        QCOMPARE(meanings->text().split(u'\n').size(), 7);
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f;
        f.part<QToolButton>("moreButton")->click();
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
        f.choose("kindComboBox", ThisComputer);
        f.choose("localComboBox", 1);
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
        f.choose("kindComboBox", Server);
    }
};

QTEST_MAIN(TestManualPage)
#include "tst_manualpage.moc"
