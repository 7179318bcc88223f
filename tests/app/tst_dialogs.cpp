// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/accountsdialog.h"
#include "app/caughtmessagedialog.h"
#include "support/accessiblenames.h"
#include "support/tempprofile.h"
#include "widgets/statusbanner.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using app::AccountsDialog;
using app::CaughtMessageDialog;
using support::TempProfile;
using widgets::StatusBanner;

namespace {

accounts::Account account(const QString &id, const QString &email)
{
    accounts::Account account;
    account.id = id;
    account.email = email;
    account.server.host = u"smtp.example.org"_s;
    return account;
}

template <typename T>
T *part(const QDialog &dialog, const char *name)
{
    return dialog.findChild<T *>(QLatin1StringView(name));
}

QPushButton *closeButton(const QDialog &dialog)
{
    return part<QDialogButtonBox>(dialog, "buttonBox")->button(QDialogButtonBox::Close);
}

/// The button of the bar inside a dialog.
QPushButton *bannerButton(const QDialog &dialog, const QString &text)
{
    const auto buttons = part<StatusBanner>(dialog, "statusBanner")->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == text && button->isVisible())
            return button;
    }
    return nullptr;
}

/// The labels that would take a text for HTML if it looked like it.
QStringList richLabels(const QDialog &dialog)
{
    QStringList names;
    const auto labels = dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const bool isOurs = !label->objectName().isEmpty();
        if (isOurs && label->textFormat() != Qt::PlainText)
            names.append(label->objectName());
    }
    return names;
}

} // namespace

class TestDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accounts_everyInputHasAnAccessibleName()
    {
        AccountsDialog dialog;
        dialog.setAccounts({ account(u"a"_s, u"ann@example.org"_s) });
        dialog.show();
        QCOMPARE(support::namelessInputs(dialog).join(u", "_s), QString());
        QCOMPARE(richLabels(dialog), QStringList());
    }

    void accounts_listEachWithItsServer()
    {
        AccountsDialog dialog;
        const auto *list = part<QListWidget>(dialog, "accountsList");
        const auto *remove = part<QPushButton>(dialog, "removeButton");
        dialog.setAccounts({});
        QVERIFY(!remove->isEnabled());
        dialog.setAccounts({ account(u"a"_s, u"ann@example.org"_s), account(u"b"_s, u"bob@example.net"_s) });
        QCOMPARE(list->count(), 2);
        QVERIFY(list->item(1)->text().contains(u"bob@example.net"_s));
        QVERIFY(list->item(1)->text().contains(u"smtp.example.org"_s));
        QVERIFY(remove->isEnabled());
    }

    void removal_isAskedInsideAndDoneOnlyWhenConfirmed()
    {
        AccountsDialog dialog;
        dialog.setAccounts(
            { account(u"a"_s, u"<b>ann</b>@example.org"_s), account(u"b"_s, u"bob@example.net"_s) });
        dialog.show();
        QSignalSpy removed(&dialog, &AccountsDialog::removeRequested);
        const auto *banner = part<StatusBanner>(dialog, "statusBanner");

        part<QPushButton>(dialog, "removeButton")->click();
        QVERIFY(banner->text().contains(u"<b>ann</b>@example.org"_s));
        bannerButton(dialog, u"Keep account"_s)->click();
        QVERIFY(!banner->isVisible());
        QCOMPARE(removed.count(), 0);

        part<QListWidget>(dialog, "accountsList")->setCurrentRow(1);
        part<QPushButton>(dialog, "removeButton")->click();
        bannerButton(dialog, u"Remove account"_s)->click();
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.at(0).at(0).toString(), u"b"_s);
    }

    void problem_isToldInsideAndCloseStillCloses()
    {
        AccountsDialog dialog;
        dialog.show();
        dialog.showProblem(u"accounts.json can't be written."_s);
        QCOMPARE(part<StatusBanner>(dialog, "statusBanner")->text(), u"accounts.json can't be written."_s);
        closeButton(dialog)->click();
        QVERIFY(!dialog.isVisible());
    }

    void caughtMessage_isShownAsItWasSent()
    {
        const TempProfile profile;
        const QByteArray octets = "Subject: <b>x</b>\r\n\r\n<script>alert(1)</script>\r\nGr\xc3\xbc\xc3\x9f"
                                  "e\r\n"_ba;
        CaughtMessageDialog dialog(profile.writeBeside(u"a.eml"_s, octets));
        dialog.show();
        const auto *edit = part<QPlainTextEdit>(dialog, "messageEdit");
        QTRY_COMPARE(edit->toPlainText(), QString::fromUtf8(octets).remove(u'\r'));
        QVERIFY(edit->isReadOnly());
        QVERIFY(!part<QLabel>(dialog, "cutLabel")->isVisible());
        QCOMPARE(support::namelessInputs(dialog).join(u", "_s), QString());
        closeButton(dialog)->click();
        QVERIFY(!dialog.isVisible());
    }

    void largeCaughtMessage_isCutAndSaysSo()
    {
        const TempProfile profile;
        const QByteArray octets("Subject: x\r\n\r\n" + QByteArray(70, 'a').append("\r\n").repeated(10'000));
        CaughtMessageDialog dialog(profile.writeBeside(u"a.eml"_s, octets));
        dialog.show();
        QTRY_VERIFY(part<QLabel>(dialog, "cutLabel")->isVisible());
        const auto shown = part<QPlainTextEdit>(dialog, "messageEdit")->toPlainText();
        QVERIFY(shown.startsWith(u"Subject: x\n\naaa"_s));
        QVERIFY(shown.size() < octets.size());
    }

    void goneCaughtMessage_saysWhy()
    {
        const TempProfile profile;
        CaughtMessageDialog dialog(profile.beside(u"gone.eml"_s));
        QTRY_VERIFY(!part<QPlainTextEdit>(dialog, "messageEdit")->toPlainText().isEmpty());
    }

    void dialogClosedWhileItReads_isNoProblem()
    {
        const TempProfile profile;
        const QString path = profile.writeBeside(u"a.eml"_s, "Subject: x\r\n"_ba);
        for (int i = 0; i < 20; ++i) {
            const CaughtMessageDialog dialog(path);
            Q_UNUSED(dialog)
        }
        QCoreApplication::processEvents();
    }
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
