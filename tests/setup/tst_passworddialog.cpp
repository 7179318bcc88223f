// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/passworddialog.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using setup::PasswordDialog;

namespace {

accounts::Account someAccount()
{
    accounts::Account account;
    account.id = u"id-1"_s;
    account.name = u"example.org"_s;
    account.user = u"ann"_s;
    account.server.host = u"smtp.example.org"_s;
    return account;
}

struct Fixture
{
    QByteArrayList passwords {};
    QList<PasswordDialog::Keeping> keepings {};
    PasswordDialog::Answer answer {};
    PasswordDialog::Answer unlocked {};
    PasswordDialog dialog { someAccount(), u"The reason."_s, actions() };
    QLineEdit *edit = dialog.findChild<QLineEdit *>(u"passwordEdit"_s);
    QPushButton *saveButton = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);

    Fixture() { dialog.open(); }
    PasswordDialog::Actions actions()
    {
        PasswordDialog::Actions all;
        all.setPassword = [this](const base::Secret &secret, PasswordDialog::Keeping keeping, QObject *,
                                 PasswordDialog::Answer wanted) {
            passwords.append(secret.reveal().toByteArray());
            keepings.append(keeping);
            answer = std::move(wanted);
        };
        all.unlockKeychain
            = [this](QObject *, PasswordDialog::Answer wanted) { unlocked = std::move(wanted); };
        return all;
    }
    void save(const QString &password) const
    {
        QTest::keyClicks(edit, password);
        saveButton->click();
    }
    void fail(secrets::SecretError::Kind kind)
    {
        const auto told = std::exchange(answer, {});
        told(base::Unexpected(delivery::Trouble(secrets::SecretError { kind, {} })));
    }
    [[nodiscard]] QPushButton *bannerButton(const QString &words) const
    {
        const auto buttons = dialog.findChild<widgets::StatusBanner *>()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisible() && button->text().contains(words))
                return button;
        }
        return nullptr;
    }
};

} // namespace

class TestPasswordDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opened_saysWhyAndWaitsForAPassword()
    {
        const Fixture f;
        QCOMPARE(f.dialog.findChild<QLabel *>(u"reasonLabel"_s)->text(), u"The reason."_s);
        QCOMPARE(f.dialog.focusWidget(), f.edit);
        QVERIFY(!f.saveButton->isEnabled());
        QCOMPARE(support::namelessInputs(f.dialog).join(u", "_s), QString());
    }

    void savedPassword_closesTheDialogAndLeavesTheField()
    {
        Fixture f;
        QTest::keyClicks(f.edit, u"secret"_s);
        f.saveButton->click();
        QCOMPARE(f.passwords, QByteArrayList { "secret"_ba });
        f.answer({});
        QVERIFY(!f.dialog.isVisible());
        QCOMPARE(f.edit->text(), QString());
    }

    void lockedKeychain_isToldInPlace()
    {
        Fixture f;
        QTest::keyClicks(f.edit, u"secret"_s);
        f.saveButton->click();
        secrets::SecretError error;
        error.kind = secrets::SecretError::Kind::Locked;
        f.answer(base::Unexpected(delivery::Trouble(error)));
        QVERIFY(f.dialog.isVisible());
        QVERIFY(!f.dialog.findChild<widgets::StatusBanner *>(u"statusBanner"_s)->text().isEmpty());
        QVERIFY(f.edit->isEnabled());
        QCOMPARE(f.edit->text(), u"secret"_s);
    }

    void lockedKeychain_canBeUnlockedOrPassedBy()
    {
        Fixture f;
        f.save(u"secret"_s);
        QCOMPARE(f.keepings, QList { PasswordDialog::Keeping::Keychain });
        f.fail(secrets::SecretError::Kind::Locked);
        f.bannerButton(u"Unlock"_s)->click();
        f.unlocked({});
        QCOMPARE(f.passwords, (QByteArrayList { "secret"_ba, "secret"_ba }));
        QCOMPARE(f.keepings.constLast(), PasswordDialog::Keeping::Keychain);
        f.fail(secrets::SecretError::Kind::Dismissed);
        f.bannerButton(u"session"_s)->click();
        QCOMPARE(f.keepings.constLast(), PasswordDialog::Keeping::ThisSession);
        f.answer({});
        QVERIFY(!f.dialog.isVisible());
    }

    void withoutAKeychain_onlyTheSessionIsOffered()
    {
        Fixture f;
        f.save(u"secret"_s);
        f.fail(secrets::SecretError::Kind::NoService);
        QVERIFY(!f.bannerButton(u"Unlock"_s));
        QVERIFY(f.bannerButton(u"session"_s));
    }
};

QTEST_MAIN(TestPasswordDialog)
#include "tst_passworddialog.moc"
