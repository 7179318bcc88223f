// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/signinpage.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace postrider;
using outbox::Problem;
using setup::SetupDraft;
using setup::SignInPage;

namespace {

struct Fixture : support::FakeServices
{
    SetupDraft draft {};
    setup::AccountProof proof { services };
    SignInPage page { draft, services, proof };
    QSignalSpy finished { &page, &SignInPage::finished };

    explicit Fixture(const QString &provider = {})
    {
        draft.account.email = u"ann@example.org"_s;
        draft.account.server = { u"smtp.example.org"_s, 465, accounts::Security::Tls };
        draft.provider = provider;
        page.show();
        page.enter();
        page.firstField()->setFocus();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return page.findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] QLineEdit *password() const { return part<QLineEdit>("passwordEdit"); }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
    [[nodiscard]] QPushButton *bannerButton() const
    {
        const auto buttons = banner()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisibleTo(banner()))
                return button;
        }
        return nullptr;
    }
    /// Chooses the provider's own page where passwords are offered too.
    void chooseBrowser() const
    {
        auto *box = part<QComboBox>("choiceComboBox");
        for (int row = 0; row < box->count(); ++row) {
            if (box->itemData(row).value<discovery::SignInKind>() == discovery::SignInKind::OAuth) {
                box->setCurrentIndex(row);
                Q_EMIT box->activated(row);
            }
        }
    }
};

oauth::Tokens someTokens()
{
    oauth::Tokens tokens;
    tokens.accessToken = base::Secret::fromText(u"access"_s);
    tokens.refreshToken = base::Secret::fromText(u"refresh"_s);
    return tokens;
}

} // namespace

class TestSignInPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void userName_isTheAddressAndCanBeChanged()
    {
        Fixture f;
        auto *user = f.part<QLineEdit>("userEdit");
        QCOMPARE(user->text(), u"ann@example.org"_s);
        QCOMPARE(f.page.firstField(), f.password());
        user->selectAll();
        QTest::keyClicks(user, u"ann"_s);
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.goOn();
        QCOMPARE(f.proved.constLast().user, u"ann"_s);
        QCOMPARE(f.passwords, QByteArrayList { "secret"_ba });
    }

    void next_needsAPassword()
    {
        Fixture f;
        QVERIFY(!f.page.isComplete());
        f.page.goOn();
        QCOMPARE(f.proved.size(), 0);
        QTest::keyClicks(f.password(), u"s"_s);
        QVERIFY(f.page.isComplete());
    }

    void wrongPassword_keepsPageFieldAndFocus()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.goOn();
        f.page.goOn(); // one press, one attempt: nothing happens as long as one runs
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(!f.page.isComplete());
        f.refuse(Problem::Kind::SignInRefused);
        QCOMPARE(f.finished.count(), 0);
        QVERIFY(f.banner()->isVisible());
        QVERIFY(f.banner()->text().contains(u"smtp.example.org"_s));
        QVERIFY(f.banner()->details().contains(u"Authentication credentials invalid"_s));
        QCOMPARE(f.page.focusWidget(), f.password());
        QCOMPARE(f.password()->text(), u"secret"_s);
        QVERIFY(!f.password()->isReadOnly());
        QVERIFY(f.page.isComplete());
        QCOMPARE(f.proved.size(), 1); // never again by itself
    }

    void thirdRefusal_warnsOfALock()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!f.banner()->details().contains(u"lock"_s));
            f.page.goOn();
            f.refuse(Problem::Kind::SignInRefused);
        }
        QVERIFY(f.banner()->details().contains(u"lock"_s));
    }

    void refusedAddress_offersItsFirstPartAsUserName()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.goOn();
        f.refuse(Problem::Kind::SignInRefused);
        QVERIFY(f.bannerButton()->text().contains(u"ann"_s));
        f.bannerButton()->click();
        QCOMPARE(f.proved.size(), 2);
        QCOMPARE(f.proved.constLast().user, u"ann"_s);
        QCOMPARE(f.part<QLineEdit>("userEdit")->text(), u"ann"_s);
        f.accept();
        QCOMPARE(f.finished.count(), 1);
    }

    void otherTrouble_goesOnToWhereItCanBeSavedAllTheSame()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.goOn();
        f.refuse(Problem::Kind::ConnectTimedOut);
        QCOMPARE(f.finished.count(), 1);
    }

    void leaving_endsTheAttemptAtOnce()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.goOn();
        QVERIFY(f.proofContext);
        f.page.leave();
        QVERIFY(!f.proofContext);
        f.page.enter();
        QCOMPARE(f.password()->text(), u"secret"_s); // Back loses nothing
        QVERIFY(f.page.isComplete());
    }

    void otherServer_doesNotGetThePassword()
    {
        Fixture f;
        QTest::keyClicks(f.password(), u"secret"_s);
        f.page.leave();
        f.draft.account.server.host = u"smtp.example.net"_s;
        f.page.enter();
        QCOMPARE(f.password()->text(), QString());
    }

    void password_showsOnlyWhenAsked()
    {
        const Fixture f;
        QCOMPARE(f.password()->echoMode(), QLineEdit::Password);
        f.part<QToolButton>("showPasswordButton")->click();
        QCOMPARE(f.password()->echoMode(), QLineEdit::Normal);
        f.part<QToolButton>("showPasswordButton")->click();
        QCOMPARE(f.password()->echoMode(), QLineEdit::Password);
    }

    void capsLock_isHintedAtByTheLettersThatCome()
    {
        const Fixture f;
        const auto *hint = f.part<QLabel>("capsLockLabel");
        QTest::keyClick(f.password(), 'a');
        QVERIFY(!hint->isVisible());
        QTest::keyClick(f.password(), 'A', Qt::ShiftModifier);
        QVERIFY(!hint->isVisible());
        QTest::sendKeyEvent(QTest::Click, f.password(), Qt::Key_B, u"B"_s, Qt::NoModifier);
        QVERIFY(hint->isVisible());
        QTest::keyClick(f.password(), 'c');
        QVERIFY(!hint->isVisible());
    }

    void keeping_isThePersonsChoice()
    {
        using Keeping = delivery::PostOffice::Keeping;
        const Fixture f;
        QVERIFY(f.page.keeping() == Keeping::Keychain);
        f.part<QCheckBox>("keepCheckBox")->click();
        QVERIFY(f.page.keeping() == Keeping::ThisSession);
        QVERIFY(f.part<QLabel>("keepLabel")->isVisible());
    }

    void providerWithAppPasswords_explainsThemWithALink()
    {
        Fixture f(u"gmail"_s);
        QVERIFY(f.part<QLabel>("guideLabel")->isVisible());
        QVERIFY(!f.part<QLabel>("guideLabel")->text().isEmpty());
        f.part<QPushButton>("guideButton")->click();
        QCOMPARE(f.opened.size(), 1);
        QCOMPARE(f.opened.constFirst().scheme(), u"https"_s);
    }

    void browserSignIn_goesOnByItself()
    {
        Fixture f(u"gmail"_s);
        f.chooseBrowser();
        QVERIFY(!f.password()->isVisible());
        QVERIFY(!f.page.isComplete());
        f.part<QPushButton>("browserButton")->click();
        QVERIFY(f.tokenSignIn->isStarted);
        const QUrl page(u"https://accounts.example/authorize?state=1"_s);
        Q_EMIT f.tokenSignIn->pageWanted(page);
        QCOMPARE(f.opened, QList<QUrl> { page });
        QCOMPARE(f.part<QLineEdit>("addressEdit")->text(), page.toString());
        f.tokenSignIn->end(someTokens());
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(f.proved.constFirst().oauth);
        f.accept();
        QCOMPARE(f.finished.count(), 1);
    }

    void browserSignIn_canBeStopped()
    {
        const Fixture f(u"gmail"_s);
        f.chooseBrowser();
        f.part<QPushButton>("browserButton")->click();
        f.part<QPushButton>("stopButton")->click();
        QVERIFY(!f.tokenSignIn);
        QVERIFY(f.part<QPushButton>("browserButton")->isEnabled());
    }

    void failedBrowserSignIn_isToldAndCanBeRepeated()
    {
        const Fixture f(u"gmail"_s);
        f.chooseBrowser();
        f.part<QPushButton>("browserButton")->click();
        oauth::SignInFailure failure;
        failure.kind = oauth::SignInFailure::Kind::TimedOut;
        f.tokenSignIn->end(base::Unexpected(failure));
        QVERIFY(!f.part<QLabel>("stateLabel")->text().isEmpty());
        QCOMPARE(f.proved.size(), 0);
        f.part<QPushButton>("browserButton")->click();
        QCOMPARE(f.signedInWith.size(), 2);
    }

    void withoutBrowser_theAddressCanBeCopiedAndAnotherDeviceUsed()
    {
        Fixture f(u"outlook"_s);
        f.hasBrowser = false;
        f.chooseBrowser();
        f.part<QPushButton>("browserButton")->click();
        Q_EMIT f.tokenSignIn->pageWanted(QUrl(u"https://login.example/"_s));
        QVERIFY(f.part<QPushButton>("copyAddressButton")->isVisible());
        QVERIFY(f.part<QLabel>("stateLabel")->text().contains(u"Copy"_s));
        f.part<QPushButton>("deviceButton")->click();
        QCOMPARE(f.deviceSignIns, 1);
        Q_EMIT f.tokenSignIn->codeReady(u"ABCD-EFGH"_s, QUrl(u"https://login.example/device"_s),
                                        std::chrono::minutes { 15 });
        QCOMPARE(f.part<QLineEdit>("codeEdit")->text(), u"ABCD-EFGH"_s);
        QCOMPARE(f.part<QLineEdit>("addressEdit")->text(), u"https://login.example/device"_s);
    }

    void copyWithoutClientId_namesThreeWays()
    {
        Fixture f(u"gmail"_s);
        QSignalSpy other(&f.page, &SignInPage::otherAccountWanted);
        f.hasClient = false;
        f.chooseBrowser();
        const QString sentence = f.part<QLabel>("ownClientLabel")->text();
        QVERIFY(f.part<QLabel>("ownClientLabel")->isVisible());
        for (const QString &way : { u"app password"_s, u"client id"_s, u"another account"_s })
            QVERIFY2(sentence.contains(way), qPrintable(way));
        QVERIFY(!f.part<QPushButton>("browserButton")->isEnabled());
        f.part<QPushButton>("otherAccountButton")->click();
        QCOMPARE(other.count(), 1);

        QTest::keyClicks(f.part<QLineEdit>("clientIdEdit"), u"my-own-id"_s);
        QVERIFY(f.part<QPushButton>("browserButton")->isEnabled());
        QTest::keyClicks(f.part<QLineEdit>("clientSecretEdit"), u"its-secret"_s);
        f.part<QPushButton>("browserButton")->click();
        QCOMPARE(f.signedInWith.constLast().clientId, u"my-own-id"_s);
        QCOMPARE(f.signedInWith.constLast().clientSecret, u"its-secret"_s);
    }

    void passwordThatIsNeverSeen_isNotSpokenOf()
    {
        const Fixture f(u"gmail"_s);
        const auto *label = f.part<QLabel>("serverLabel");
        QVERIFY(label->text().contains(u"password"_s));
        f.chooseBrowser();
        QVERIFY2(!label->text().contains(u"password"_s), qPrintable(label->text()));
        QVERIFY(label->text().contains(u"smtp.example.org"_s));
    }

    void clientSecret_isAskedOnlyWhereThereIsOne()
    {
        Fixture f(u"outlook"_s);
        f.hasClient = false;
        f.chooseBrowser();
        f.page.enter();
        QVERIFY(f.part<QLineEdit>("clientIdEdit")->isVisible());
        QVERIFY(!f.part<QLineEdit>("clientSecretEdit")->isVisible());
    }

    void ownClientId_canBeUsedInPlaceOfTheBuiltInOne()
    {
        Fixture f(u"gmail"_s);
        f.chooseBrowser();
        QVERIFY(!f.part<QLineEdit>("clientIdEdit")->isVisible());
        f.part<QToolButton>("ownClientButton")->click();
        QVERIFY(!f.part<QLabel>("ownClientLabel")->isVisible()); // this copy is registered
        QTest::keyClicks(f.part<QLineEdit>("clientIdEdit"), u"my-own-id"_s);
        f.part<QPushButton>("browserButton")->click();
        QCOMPARE(f.signedInWith.constLast().clientId, u"my-own-id"_s);
        f.part<QPushButton>("stopButton")->click();
        f.part<QToolButton>("ownClientButton")->click();
        f.part<QPushButton>("browserButton")->click();
        QCOMPARE(f.signedInWith.constLast().clientId, QString());
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f(u"outlook"_s);
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestSignInPage)
#include "tst_signinpage.moc"
