// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/accountdialog.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Account;
using accounts::Security;
using setup::AccountDialog;

namespace {

/// A dialog with a server behind it that answers when the test says so.
struct Fixture
{
    QList<Account> asked {};
    QByteArray password {};
    AccountDialog::Answer answer {};
    AccountDialog dialog { [this](const Account &account, base::Secret secret, QObject *,
                                  AccountDialog::Answer wanted) {
        asked.append(account);
        password = secret.reveal().toByteArray();
        answer = std::move(wanted);
    } };
    QSignalSpy added { &dialog, &AccountDialog::added };
    QSignalSpy finished { &dialog, &QDialog::finished };

    Fixture() { dialog.open(); }

    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return dialog.findChild<T *>(QLatin1StringView(name));
    }
    void type(const char *name, const QString &text) const
    {
        auto *edit = part<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    void fill() const
    {
        type("nameEdit", u"Ann User"_s);
        type("emailEdit", u"ann@example.org"_s);
        type("hostEdit", u"smtp.example.org"_s);
        type("passwordEdit", u"secret"_s);
    }
    void save() const
    {
        const auto buttons = dialog.findChild<QDialogButtonBox *>()->buttons();
        for (QAbstractButton *button : buttons) {
            if (dialog.findChild<QDialogButtonBox *>()->buttonRole(button) == QDialogButtonBox::AcceptRole)
                button->click();
        }
    }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
};

} // namespace

class TestAccountDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filledForm_isProvedWithEverythingTyped()
    {
        Fixture f;
        f.fill();
        f.save();
        QCOMPARE(f.asked.size(), 1);
        const Account account = f.asked.constFirst();
        QCOMPARE(account.email, u"ann@example.org"_s);
        QCOMPARE(account.displayName, u"Ann User"_s);
        QCOMPARE(account.name, u"example.org"_s);
        QCOMPARE(account.server, (accounts::Server { u"smtp.example.org"_s, 465, Security::Tls }));
        QCOMPARE(account.user, u"ann@example.org"_s);
        QCOMPARE(f.password, "secret"_ba);
        QVERIFY(!f.part<QLineEdit>("hostEdit")->isEnabled());

        Account saved = account;
        saved.id = u"new"_s;
        f.answer(saved);
        QCOMPARE(f.added.count(), 1);
        QVERIFY(!f.dialog.isVisible());
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), QString());
    }

    void refusedPassword_isToldInPlaceWithTheServersWords()
    {
        Fixture f;
        f.fill();
        f.save();
        outbox::Problem problem;
        problem.kind = outbox::Problem::Kind::SignInRefused;
        problem.host = u"smtp.example.org"_s;
        problem.code = 535;
        problem.text = u"Authentication failed"_s;
        f.answer(base::Unexpected(delivery::Trouble(problem)));
        QVERIFY(f.dialog.isVisible());
        QVERIFY(f.banner()->isVisible());
        QVERIFY(f.banner()->text().contains(u"smtp.example.org"_s));
        QVERIFY(f.banner()->details().contains(u"Authentication failed"_s));
        QCOMPARE(f.dialog.focusWidget(), f.part<QLineEdit>("passwordEdit"));
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), u"secret"_s);
        QCOMPARE(f.added.count(), 0);
        f.save();
        QCOMPARE(f.asked.size(), 2);
    }

    void impossibleInput_isToldBeforeAnyServerIsAsked_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("address without @") << "emailEdit"_ba << u"ann"_s;
        QTest::newRow("no server") << "hostEdit"_ba << u" "_s;
        QTest::newRow("no password") << "passwordEdit"_ba << QString();
    }
    void impossibleInput_isToldBeforeAnyServerIsAsked()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, text);
        Fixture f;
        f.fill();
        f.part<QLineEdit>(field.constData())->setText(text);
        f.save();
        QCOMPARE(f.asked.size(), 0);
        QVERIFY(f.banner()->isVisible());
        QCOMPARE(f.dialog.focusWidget(), f.part<QLineEdit>(field.constData()));
    }

    void noEncryption_isOnlyForThisComputer()
    {
        Fixture f;
        f.fill();
        f.part<QComboBox>("securityComboBox")->setCurrentIndex(2);
        f.save();
        QCOMPARE(f.asked.size(), 0);
        QVERIFY(f.banner()->text().contains(u"smtp.example.org"_s));
        f.part<QLineEdit>("hostEdit")->setText(u"127.0.0.1"_s);
        f.save();
        QCOMPARE(f.asked.size(), 1);
        QVERIFY(f.asked.constFirst().server.security == Security::None);
    }

    void port_followsTheEncryptionUntilItWasTyped()
    {
        const Fixture f;
        auto *port = f.part<QSpinBox>("portSpinBox");
        auto *security = f.part<QComboBox>("securityComboBox");
        QCOMPARE(port->value(), 465);
        security->setCurrentIndex(1);
        QCOMPARE(port->value(), 587);
        port->setValue(2525);
        security->setCurrentIndex(0);
        QCOMPARE(port->value(), 2525);
    }

    void hostWithPort_isSplit_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("name and port") << u"smtp.example.org:2525"_s << u"smtp.example.org"_s << 2525;
        QTest::newRow("name") << u" smtp.example.org "_s << u"smtp.example.org"_s << 465;
        QTest::newRow("IPv6") << u"::1"_s << u"::1"_s << 465;
        QTest::newRow("IPv6 and port") << u"[2001:db8::1]:587"_s << u"2001:db8::1"_s << 587;
        QTest::newRow("no number") << u"smtp.example.org:x"_s << u"smtp.example.org:x"_s << 465;
        QTest::newRow("no port") << u"smtp.example.org:70000"_s << u"smtp.example.org:70000"_s << 465;
    }
    void hostWithPort_isSplit()
    {
        QFETCH(QString, typed);
        const Fixture f;
        auto *edit = f.part<QLineEdit>("hostEdit");
        edit->setText(typed);
        Q_EMIT edit->editingFinished();
        QTEST(edit->text(), "host");
        QTEST(f.part<QSpinBox>("portSpinBox")->value(), "port");
    }

    void userName_followsTheAddressUntilItWasTyped()
    {
        const Fixture f;
        f.type("emailEdit", u"ann@example.org"_s);
        QCOMPARE(f.part<QLineEdit>("userEdit")->text(), u"ann@example.org"_s);
        f.type("userEdit", u"ann"_s);
        f.type("emailEdit", u"ann@example.net"_s);
        QCOMPARE(f.part<QLineEdit>("userEdit")->text(), u"ann"_s);
    }

    void emptyUserName_needsNoPassword()
    {
        Fixture f;
        f.fill();
        f.part<QLineEdit>("userEdit")->clear();
        f.part<QLineEdit>("passwordEdit")->clear();
        f.save();
        QCOMPARE(f.asked.size(), 1);
        QVERIFY(f.asked.constFirst().user.isEmpty());
    }

    void cancelWhileSigningIn_takesALateSuccessBack()
    {
        Fixture f;
        QSignalSpy late(&f.dialog, &AccountDialog::savedAfterCancel);
        f.fill();
        f.save();
        f.dialog.reject();
        QVERIFY(!f.dialog.isVisible());
        QCOMPARE(f.finished.count(), 0);
        Account saved = f.asked.constFirst();
        saved.id = u"new"_s;
        f.answer(saved);
        QCOMPARE(late.count(), 1);
        QCOMPARE(late.at(0).at(0).toString(), u"new"_s);
        QCOMPARE(f.added.count(), 0);
        QCOMPARE(f.finished.count(), 1);
    }

    void password_showsOnlyWhenAsked()
    {
        const Fixture f;
        const auto *edit = f.part<QLineEdit>("passwordEdit");
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        f.part<QCheckBox>("showPasswordCheckBox")->click();
        QCOMPARE(edit->echoMode(), QLineEdit::Normal);
    }

    void practice_isOfferedOnlyWhenAskedFor()
    {
        Fixture f;
        QSignalSpy chosen(&f.dialog, &AccountDialog::practiceChosen);
        f.dialog.offerPractice();
        const auto buttons = f.dialog.findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().contains(u"practice"_s))
                button->click();
        }
        QCOMPARE(chosen.count(), 1);
        QVERIFY(!f.dialog.isVisible());
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f;
        QCOMPARE(support::namelessInputs(f.dialog).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestAccountDialog)
#include "tst_accountdialog.moc"
