// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/editing/accounteditor.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Account;
using accounts::Security;
using setup::AccountEditor;

namespace {

Account someAccount()
{
    Account account;
    account.id = u"id-1"_s;
    account.name = u"example.org"_s;
    account.email = u"ann@example.org"_s;
    account.displayName = u"Ann Smith"_s;
    account.server = { u"smtp.example.org"_s, 465, Security::Tls };
    account.user = u"ann"_s;
    account.identities = { { u"id-2"_s, u"info@example.org"_s, u"Info"_s, {}, {} } };
    account.pinnedKey = QByteArray(32, 'k');
    return account;
}

struct Fixture : support::FakeServices
{
    using Proof = AccountEditor::Actions::Proof;

    QList<Account> updated {};
    QList<Proof> proofs {};
    QByteArrayList newPasswords {};
    QPointer<QObject> context {};
    setup::Services::Answer<Account> answer {};
    QStringList removed {};
    QStringList lookedAt {};
    QList<AccountEditor::Actions::Keeping> keepings {};
    std::unique_ptr<AccountEditor> editor {};

    explicit Fixture(const Account &account = someAccount(),
                     AccountEditor::Actions::Keeping keptNow = AccountEditor::Actions::Keeping::Keychain)
    {
        AccountEditor::Actions actions;
        actions.update = [this](const Account &changed, Proof proof, std::optional<base::Secret> password,
                                delivery::PostOffice::Keeping keeping, QObject *wanted,
                                setup::Services::Answer<Account> wantedAnswer) {
            keepings.append(keeping);
            updated.append(changed);
            proofs.append(proof);
            newPasswords.append(password ? password->reveal().toByteArray() : QByteArray());
            context = wanted;
            answer = std::move(wantedAnswer);
        };
        actions.prove = [this](const Account &tried, std::optional<base::Secret>, QObject *,
                               delivery::ProofWatcher, setup::Services::Answer<void> wantedAnswer) {
            proved.append(tried);
            proofAnswer = std::move(wantedAnswer);
        };
        actions.countWaiting
            = [](const QString &, QObject *, const std::function<void(int)> &count) { count(7); };
        actions.remove = [this](const QString &id, QObject *, const setup::Services::Answer<void> &done) {
            removed.append(id);
            done({});
        };
        actions.keeping = [keptNow](const QString &) { return keptNow; };
        actions.lookAtServer = [this](const QString &id) { lookedAt.append(id); };
        editor = std::make_unique<AccountEditor>(account, services, std::move(actions));
        editor->show();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return editor->findChild<T *>(QLatin1StringView(name));
    }
    void press(const char *name) const { part<QPushButton>(name)->click(); }
    void type(const char *name, const QString &text) const
    {
        auto *edit = part<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
    void pressInBanner(const QString &words) const
    {
        const auto buttons = banner()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().contains(words)) {
                button->click();
                return;
            }
        }
        QFAIL("no such button");
    }
};

} // namespace

class TestAccountEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingChanged_savesTheSame()
    {
        Fixture f;
        f.press("saveButton");
        QCOMPARE(f.updated, QList<Account> { someAccount() });
        QVERIFY(f.newPasswords.constFirst().isEmpty());
        QVERIFY(f.proofs.constFirst() == Fixture::Proof::SignIn);
        f.answer(someAccount());
        QVERIFY(!f.editor->isVisible());
    }

    void identities_areAddedChangedAndRemoved()
    {
        Fixture f;
        auto *list = f.part<QListWidget>("identitiesList");
        QCOMPARE(list->count(), 2);
        QVERIFY(!f.part<QPushButton>("removeIdentityButton")->isEnabled()); // its own address stays
        f.press("addIdentityButton");
        f.type("emailEdit", u"sales@example.org"_s);
        f.type("nameEdit", u"Sales"_s);
        f.type("replyToEdit", u"ann@example.org"_s);
        f.part<QPlainTextEdit>("signatureEdit")->setPlainText(u"Your sales team"_s);
        list->setCurrentRow(1);
        QCOMPARE(f.part<QLineEdit>("emailEdit")->text(), u"info@example.org"_s);
        f.press("removeIdentityButton");
        f.press("saveButton");
        const QList<accounts::Identity> identities = f.updated.constFirst().identities;
        QCOMPARE(identities.size(), 1);
        QCOMPARE(identities.constFirst(),
                 (accounts::Identity {
                     {}, u"sales@example.org"_s, u"Sales"_s, u"ann@example.org"_s, u"Your sales team"_s }));
        QCOMPARE(f.updated.constFirst().email, u"ann@example.org"_s);
    }

    void signInName_differsFromTheAddress()
    {
        Fixture f;
        f.type("userEdit", u"shared-mailbox"_s);
        f.type("passwordEdit", u"new secret"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.constFirst().user, u"shared-mailbox"_s);
        QCOMPARE(f.updated.constFirst().email, u"ann@example.org"_s);
        QCOMPARE(f.newPasswords, QByteArrayList { "new secret"_ba });
    }

    void otherHost_losesTheTrustedKey()
    {
        Fixture f;
        f.type("hostEdit", u"smtp.example.net:587"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.constFirst().server.host, u"smtp.example.net"_s);
        QCOMPARE(f.updated.constFirst().server.port, 587);
        QVERIFY(f.updated.constFirst().pinnedKey.isEmpty());
    }

    void impossibleInput_isToldAndNothingIsAsked()
    {
        Fixture f;
        f.type("emailEdit", u"ann"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.size(), 0);
        QVERIFY(f.banner()->isVisible());
        f.type("emailEdit", u"ann@example.org"_s);
        auto *security = f.part<QComboBox>("securityComboBox");
        security->setCurrentIndex(security->findData(QVariant::fromValue(Security::None)));
        f.press("saveButton");
        QCOMPARE(f.updated.size(), 0);
    }

    void failedProof_canBeSavedAllTheSame()
    {
        Fixture f;
        f.press("saveButton");
        outbox::Problem problem;
        problem.kind = outbox::Problem::Kind::ConnectTimedOut;
        problem.host = u"smtp.example.org"_s;
        f.answer(base::Unexpected(delivery::Trouble(problem)));
        QVERIFY(f.editor->isVisible());
        f.pressInBanner(u"anyway"_s);
        QCOMPARE(f.updated.size(), 2);
        QVERIFY(f.proofs.constLast() == Fixture::Proof::None);
    }

    void leaving_endsWhatIsUnderWay()
    {
        Fixture f;
        f.press("saveButton");
        QVERIFY(f.context);
        f.editor->reject();
        QVERIFY(!f.context);
    }

    void test_savesNothing()
    {
        Fixture f;
        f.press("testButton");
        QCOMPARE(f.proved.size(), 1);
        f.proofAnswer({});
        QCOMPARE(f.banner()->tone(), widgets::Tone::Good);
        QCOMPARE(f.updated.size(), 0);
    }

    void removing_saysHowManyMessagesWait()
    {
        Fixture f;
        f.press("removeButton");
        QVERIFY(f.banner()->details().contains(u"7 "_s));
        QCOMPARE(f.removed.size(), 0);
        f.pressInBanner(u"Remove"_s);
        QCOMPARE(f.removed, QStringList { u"id-1"_s });
        QVERIFY(!f.editor->isVisible());
    }

    void command_isEditedInPlaceOfAServer()
    {
        Account account = someAccount();
        account.server = {};
        account.user.clear();
        account.command = { u"/usr/sbin/sendmail"_s };
        Fixture f(account);
        QVERIFY(!f.part<QLineEdit>("hostEdit")->isVisibleTo(f.editor.get()));
        f.type("commandEdit", u"/usr/bin/msmtp -a work"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.constFirst().command, (QStringList { u"/usr/bin/msmtp"_s, u"-a"_s, u"work"_s }));
    }

    void connection_canBeChangedAndGoBackToAutomatic()
    {
        Account account = someAccount();
        account.route.timeLimit = 30;
        account.auth = "LOGIN";
        Fixture f(account);
        QCOMPARE(f.part<QSpinBox>("timeLimitSpinBox")->value(), 30);
        f.part<QLineEdit>("localAddressEdit")->setText(u"192.0.2.7"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.constLast().route.localAddress, u"192.0.2.7"_s);
        QCOMPARE(f.updated.constLast().route.timeLimit, 30);
        QCOMPARE(f.updated.constLast().auth, "LOGIN"_ba);
        f.answer(base::Unexpected(delivery::Trouble(outbox::Problem {})));

        f.press("automaticButton");
        f.press("saveButton");
        QCOMPARE(f.updated.constLast().route, accounts::Route());
        QCOMPARE(f.updated.constLast().auth, QByteArray());
    }

    void connectionThatCannotBe_isShown()
    {
        const Fixture f;
        f.part<QLineEdit>("localAddressEdit")->setText(u"my-computer"_s);
        f.press("saveButton");
        QCOMPARE(f.updated.size(), 0);
        QVERIFY(f.part<QLineEdit>("localAddressEdit")->isVisible());
        QCOMPARE(f.banner()->tone(), widgets::Tone::Problem);
    }

    void whatOnlyTheCommandLineKnows_stays()
    {
        Account account = someAccount();
        account.auth = "EXTERNAL";
        Fixture f(account);
        f.press("saveButton");
        QCOMPARE(f.updated.constLast(), account);

        account.auth = "XOAUTH2";
        account.oauth = accounts::OAuthSettings { .provider = u"google"_s };
        Fixture browser(account);
        browser.press("saveButton");
        QCOMPARE(browser.updated.constLast(), account);
    }

    void passwordForTheSession_isKeptLikeThat()
    {
        using Keeping = AccountEditor::Actions::Keeping;
        Fixture f(someAccount(), Keeping::ThisSession);
        auto *keep = f.part<QCheckBox>("keepCheckBox");
        QVERIFY(!keep->isChecked());
        f.press("saveButton");
        QCOMPARE(f.keepings, QList { Keeping::ThisSession });

        Fixture other(someAccount(), Keeping::ThisSession);
        other.part<QTabWidget>("tabs")->setCurrentIndex(1);
        other.part<QCheckBox>("keepCheckBox")->click();
        other.press("saveButton"); // nothing is there that could be kept
        QCOMPARE(other.updated.size(), 0);
        QCOMPARE(other.banner()->tone(), widgets::Tone::Problem);
        other.type("passwordEdit", u"secret"_s);
        other.press("saveButton");
        QCOMPARE(other.keepings, QList { Keeping::Keychain });
    }

    void connectionDoctor_isOnePressAway()
    {
        const Fixture f;
        f.press("doctorButton");
        QCOMPARE(f.lookedAt, QStringList { u"id-1"_s });
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f;
        QCOMPARE(support::namelessInputs(*f.editor).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestAccountEditor)
#include "tst_accounteditor.moc"
