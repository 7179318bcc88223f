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
    PasswordDialog::Answer answer {};
    PasswordDialog dialog { someAccount(), u"The reason."_s,
                            [this](base::Secret secret, QObject *, PasswordDialog::Answer wanted) {
                                passwords.append(secret.reveal().toByteArray());
                                answer = std::move(wanted);
                            } };
    QLineEdit *edit = dialog.findChild<QLineEdit *>(u"passwordEdit"_s);
    QPushButton *save = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);

    Fixture() { dialog.open(); }
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
        QVERIFY(!f.save->isEnabled());
        QCOMPARE(support::namelessInputs(f.dialog).join(u", "_s), QString());
    }

    void savedPassword_closesTheDialogAndLeavesTheField()
    {
        Fixture f;
        QTest::keyClicks(f.edit, u"secret"_s);
        f.save->click();
        QCOMPARE(f.passwords, QByteArrayList { "secret"_ba });
        f.answer({});
        QVERIFY(!f.dialog.isVisible());
        QCOMPARE(f.edit->text(), QString());
    }

    void lockedKeychain_isToldInPlace()
    {
        Fixture f;
        QTest::keyClicks(f.edit, u"secret"_s);
        f.save->click();
        secrets::SecretError error;
        error.kind = secrets::SecretError::Kind::Locked;
        f.answer(base::Unexpected(delivery::Trouble(error)));
        QVERIFY(f.dialog.isVisible());
        QVERIFY(!f.dialog.findChild<widgets::StatusBanner *>(u"statusBanner"_s)->text().isEmpty());
        QVERIFY(f.edit->isEnabled());
        QCOMPARE(f.edit->text(), u"secret"_s);
    }
};

QTEST_MAIN(TestPasswordDialog)
#include "tst_passworddialog.moc"
