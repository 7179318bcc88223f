// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/composewindow.h"
#include "support/accessiblenames.h"
#include "widgets/announcer.h"
#include "widgets/recipientfield.h"
#include "widgets/statusbanner.h"

#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace postrider;
using compose::ComposeWindow;
using widgets::RecipientField;
using widgets::StatusBanner;

namespace {

QList<accounts::Account> someAccounts()
{
    accounts::Account real;
    real.id = u"id-1"_s;
    real.name = u"example.org"_s;
    real.email = u"ann@example.org"_s;
    real.displayName = u"Ann User"_s;
    accounts::Account practice;
    practice.id = accounts::Account::practiceId();
    practice.name = u"Practice"_s;
    practice.email = u"you@example.org"_s;
    return { real, practice };
}

QList<accounts::Account> accountWithIdentities()
{
    accounts::Account account = someAccounts().constFirst();
    account.signature = u"Ann\nExample Ltd"_s;
    account.identities = { { .id = u"i1"_s,
                             .email = u"sales@example.com"_s,
                             .displayName = u"Sales"_s,
                             .signature = u"Your sales team"_s } };
    return { account };
}

/// A shown window with its parts by name.
struct Fixture
{
    ComposeWindow window {};
    QSignalSpy requested { &window, &ComposeWindow::sendRequested };

    Fixture()
    {
        window.setAccounts(someAccounts(), u"id-1"_s);
        window.show();
        window.activateWindow();
    }

    [[nodiscard]] QLineEdit *edit(const char *name) const
    {
        return window.findChild<QLineEdit *>(QLatin1StringView(name));
    }
    [[nodiscard]] RecipientField *field(const char *name) const
    {
        return window.findChild<RecipientField *>(QLatin1StringView(name));
    }
    [[nodiscard]] QTextEdit *body() const { return window.findChild<QTextEdit *>(u"bodyEdit"_s); }
    [[nodiscard]] StatusBanner *problem() const
    {
        return window.findChild<StatusBanner *>(u"problemBanner"_s);
    }
    [[nodiscard]] QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1StringView(name));
    }
    [[nodiscard]] QListView *files() const { return window.findChild<QListView *>(u"attachmentView"_s); }
    void press(const QString &text) const
    {
        const auto buttons = problem()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == text && button->isVisible()) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable(u"no button "_s + text));
    }
};

} // namespace

class TestComposeWindow : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder {};

    QString makeFile(const QString &name)
    {
        QFile file(m_folder.filePath(name));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write("content");
        return file.fileName();
    }

private Q_SLOTS:
    void filledWindow_sendsExactlyWhatWasTyped()
    {
        Fixture f;
        f.field("toEdit")->setAddresses(u"\"Hill, Bob\" <bob@example.net>; eve@example.net"_s);
        f.field("ccEdit")->setAddresses(u"carol@example.net"_s);
        f.field("bccEdit")->setAddresses(u"dave@example.net"_s);
        f.edit("subjectEdit")->setText(u"Grüße ✓"_s);
        f.body()->setPlainText(u"one\ttwo\n\n.\n"_s);
        const QString path = makeFile(u"a.txt"_s);
        f.window.attachFiles({ path });
        QTRY_COMPARE(f.files()->model()->rowCount(), 1);

        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 1);
        QCOMPARE(f.requested.at(0).at(1).toString(), u"id-1"_s);
        const auto draft = f.window.draft();
        QVERIFY(draft.has_value());
        QCOMPARE(draft->from, (mime::Mailbox { u"Ann User"_s, u"ann"_s, u"example.org"_s }));
        QCOMPARE(draft->to,
                 (QList<mime::Mailbox> { { u"Hill, Bob"_s, u"bob"_s, u"example.net"_s },
                                         { {}, u"eve"_s, u"example.net"_s } }));
        QCOMPARE(draft->cc, (QList<mime::Mailbox> { { {}, u"carol"_s, u"example.net"_s } }));
        QCOMPARE(draft->bcc, (QList<mime::Mailbox> { { {}, u"dave"_s, u"example.net"_s } }));
        QCOMPARE(draft->subject, u"Grüße ✓"_s);
        QCOMPARE(draft->text, u"one\ttwo\n\n.\n"_s);
        QCOMPARE(draft->attachments.size(), 1);
        QCOMPARE(draft->attachments.at(0).path, path);
        QCOMPARE(draft->attachments.at(0).fileName, u"a.txt"_s);
    }

    void whileSaving_nothingCanBeChangedAndTheWindowStays()
    {
        Fixture f;
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        f.action("sendAction")->trigger();
        QVERIFY(!f.field("toEdit")->isEnabled());
        QVERIFY(!f.body()->isEnabled());
        QVERIFY(!f.action("sendAction")->isEnabled());
        QVERIFY(f.window.findChild<QLabel *>(u"stateLabel"_s)->isVisible());
        f.window.close();
        QVERIFY(f.window.isVisible());
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 1);

        f.window.sendSucceeded();
        QVERIFY(!f.window.isVisible());
    }

    void failedSaving_keepsTheTextAndSaysWhy()
    {
        Fixture f;
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        f.body()->setPlainText(u"text"_s);
        f.body()->setFocus();
        f.action("sendAction")->trigger();
        f.window.sendFailed(u"The disk is full."_s);
        QVERIFY(f.window.isVisible());
        QVERIFY(f.body()->isEnabled());
        QCOMPARE(f.body()->toPlainText(), u"text"_s);
        QCOMPARE(f.problem()->text(), u"The disk is full."_s);
        QVERIFY(f.problem()->details().contains(u"stays open"_s));
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 2);
        QVERIFY(!f.problem()->isVisible());
    }

    void badAddress_isNamedAndSelectedAndNothingIsSent_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("piece");
        QTest::newRow("no @ in To") << "toEdit"_ba << u"bob@example.net, joe"_s << u"joe"_s;
        QTest::newRow("no domain in Cc") << "ccEdit"_ba << u"joe@"_s << u"joe@"_s;
        QTest::newRow("space in Reply-To")
            << "replyToEdit"_ba << u"joe smith@example.net"_s << u"joe smith"_s;
        QTest::newRow("double dot in Bcc") << "bccEdit"_ba << u"a..b@example.net"_s << u"a..b"_s;
    }
    void badAddress_isNamedAndSelectedAndNothingIsSent()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, text);
        QFETCH(QString, piece);
        Fixture f;
        f.action("ccAction")->trigger();
        f.action("bccAction")->trigger();
        f.action("replyToAction")->trigger();
        f.field("toEdit")->setAddresses(u"ann@example.org"_s);
        f.field(field.constData())->setAddresses(text);
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 0);
        QVERIFY(f.window.isVisible());
        QVERIFY(f.problem()->isVisible());
        QVERIFY2(f.problem()->text().contains(piece), qPrintable(f.problem()->text()));
        QCOMPARE(f.window.focusWidget(), f.field(field.constData()));
        QVERIFY(f.field(field.constData())->textCursor().selectedText().contains(piece));
    }

    void noRecipient_isToldAndToGetsTheFocus()
    {
        Fixture f;
        f.body()->setFocus();
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 0);
        QVERIFY(f.problem()->isVisible());
        QCOMPARE(f.window.focusWidget(), f.field("toEdit"));
    }

    void onlyBcc_isEnough()
    {
        Fixture f;
        f.field("bccEdit")->setAddresses(u"dave@example.net"_s);
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 1);
    }

    void unreadableFiles_areAllNamedAtOnceAndNotAttached()
    {
        Fixture f;
        f.window.attachFiles({ m_folder.filePath(u"gone-1.pdf"_s), m_folder.filePath(u"gone-2.pdf"_s) });
        QTRY_VERIFY(f.problem()->text().contains(u"gone-1.pdf"_s)
                    && f.problem()->text().contains(u"gone-2.pdf"_s));
        QCOMPARE(f.files()->model()->rowCount(), 0);
    }

    void deleteKey_removesTheSelectedFiles()
    {
        Fixture f;
        f.window.attachFiles({ makeFile(u"a.txt"_s), makeFile(u"b.txt"_s) });
        QTRY_COMPARE(f.files()->model()->rowCount(), 2);
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.files()->setFocus();
        f.files()->setCurrentIndex(f.files()->model()->index(0, 0));
        QTest::keyClick(f.files(), Qt::Key_Delete);
        QCOMPARE(f.files()->model()->rowCount(), 1);
    }

    void filesDroppedAnywhere_areAttachedAndChangeNoText_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("text") << "bodyEdit"_ba;
        QTest::newRow("To") << "toEdit"_ba;
        QTest::newRow("Subject") << "subjectEdit"_ba;
    }
    void filesDroppedAnywhere_areAttachedAndChangeNoText()
    {
        QFETCH(QByteArray, field);
        Fixture f;
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(makeFile(u"a.txt"_s)) });
        QWidget *target = f.edit(field.constData());
        if (!target)
            target = f.window.findChild<QAbstractScrollArea *>(QLatin1StringView(field))->viewport();
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
        QTRY_COMPARE(f.files()->model()->rowCount(), 1);
        QCOMPARE(f.body()->toPlainText() + f.field("toEdit")->addresses() + f.edit("subjectEdit")->text(),
                 QString());
    }

    void keys_doWhatTheMenusSay_data()
    {
        QTest::addColumn<QKeyCombination>("key");
        QTest::addColumn<QByteArray>("action");
        QTest::newRow("Ctrl+Return") << (Qt::CTRL | Qt::Key_Return) << "sendAction"_ba;
        QTest::newRow("Ctrl+Enter") << (Qt::CTRL | Qt::Key_Enter) << "sendAction"_ba;
        QTest::newRow("Ctrl+Shift+A") << (Qt::CTRL | Qt::SHIFT | Qt::Key_A) << "attachAction"_ba;
        QTest::newRow("Ctrl+M") << (Qt::CTRL | Qt::Key_M) << "attachAction"_ba;
        QTest::newRow("Ctrl+Shift+C") << (Qt::CTRL | Qt::SHIFT | Qt::Key_C) << "ccAction"_ba;
        QTest::newRow("Ctrl+Shift+B") << (Qt::CTRL | Qt::SHIFT | Qt::Key_B) << "bccAction"_ba;
        QTest::newRow("Ctrl+Shift+Y") << (Qt::CTRL | Qt::SHIFT | Qt::Key_Y) << "replyToAction"_ba;
        QTest::newRow("Ctrl+Shift+T") << (Qt::CTRL | Qt::SHIFT | Qt::Key_T) << "toAction"_ba;
        QTest::newRow("Ctrl+W") << (Qt::CTRL | Qt::Key_W) << "closeAction"_ba;
        QTest::newRow("F6") << QKeyCombination(Qt::Key_F6) << "nextPaneAction"_ba;
    }
    void keys_doWhatTheMenusSay()
    {
        QFETCH(QKeyCombination, key);
        QFETCH(QByteArray, action);
        for (const char *field : { "toEdit", "bodyEdit" }) {
            Fixture f;
            QVERIFY(QTest::qWaitForWindowActive(&f.window));
            auto *widget = f.window.findChild<QWidget *>(QLatin1StringView(field));
            widget->setFocus();
            QSignalSpy triggered(f.action(action.constData()), &QAction::triggered);
            QTest::keyClick(widget, key.key(), key.keyboardModifiers());
            QCOMPARE(triggered.count(), 1);
        }
    }

    void ccAndBcc_areHiddenUntilWanted()
    {
        Fixture f;
        QVERIFY(!f.field("ccEdit")->isVisible());
        QVERIFY(!f.field("bccEdit")->isVisible());
        f.action("bccAction")->trigger();
        QVERIFY(!f.field("ccEdit")->isVisible());
        QVERIFY(f.field("bccEdit")->isVisible());
        QCOMPARE(f.window.focusWidget(), f.field("bccEdit"));
    }

    void draftWithCc_showsItAndStartsInTheFirstEmptyField()
    {
        Fixture f;
        mime::Draft draft;
        draft.to = { { u"Hill, Bob"_s, u"bob"_s, u"example.net"_s } };
        draft.cc = { { {}, u"eve"_s, u"example.net"_s } };
        f.window.setDraft(draft);
        QVERIFY(f.field("ccEdit")->isVisible());
        QCOMPARE(f.window.focusWidget(), f.edit("subjectEdit"));
        const auto built = f.window.draft();
        QVERIFY(built.has_value());
        QCOMPARE(built->to, draft.to);
        QCOMPARE(built->cc, draft.cc);
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f;
        QCOMPARE(support::namelessInputs(f.window).join(u", "_s), QString());
        QCOMPARE(QAccessible::queryAccessibleInterface(f.field("toEdit"))->text(QAccessible::Name), u"To"_s);
        QCOMPARE(QAccessible::queryAccessibleInterface(f.body())->text(QAccessible::Name), u"Message body"_s);
    }

    void practiceAccount_isMarkedAndARealOneIsNot()
    {
        Fixture f;
        auto *banner = f.window.findChild<StatusBanner *>(u"practiceBanner"_s);
        QVERIFY(!banner->isVisible());
        f.window.findChild<QComboBox *>(u"fromComboBox"_s)->setCurrentIndex(1);
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->tone(), widgets::Tone::Practice);
        QCOMPARE(f.window.accountId(), accounts::Account::practiceId());
    }

    void from_hasEveryIdentity()
    {
        Fixture f;
        f.window.setAccounts(accountWithIdentities(), u"id-1"_s);
        auto *from = f.window.findChild<QComboBox *>(u"fromComboBox"_s);
        QCOMPARE(from->count(), 2);
        QCOMPARE(from->itemText(0), u"Ann User <ann@example.org>"_s);
        QCOMPARE(from->itemText(1), u"Sales <sales@example.com>"_s);
        from->setCurrentIndex(1);
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        const auto draft = f.window.draft();
        QVERIFY(draft);
        QCOMPARE(draft->from.address(), u"sales@example.com"_s);
        QCOMPARE(draft->from.name, u"Sales"_s);
        QCOMPARE(f.window.accountId(), u"id-1"_s);
        f.window.setAccounts(accountWithIdentities(), u"id-1"_s);
        QCOMPARE(from->currentIndex(), 1);
    }

    void signature_followsFromUntilItIsEdited()
    {
        Fixture f;
        f.window.setAccounts(accountWithIdentities(), u"id-1"_s);
        auto *from = f.window.findChild<QComboBox *>(u"fromComboBox"_s);
        QCOMPARE(f.body()->toPlainText(), u"\n\n-- \nAnn\nExample Ltd"_s);
        QCOMPARE(f.body()->textCursor().position(), 0);
        QVERIFY(!f.window.hasUnsentText());
        from->setCurrentIndex(1);
        QCOMPARE(f.body()->toPlainText(), u"\n\n-- \nYour sales team"_s);
        QVERIFY(!f.window.hasUnsentText());
        f.body()->textCursor().insertText(u"Hello"_s);
        from->setCurrentIndex(0);
        QCOMPARE(f.body()->toPlainText(), u"Hello\n\n-- \nAnn\nExample Ltd"_s);
        QVERIFY(f.window.hasUnsentText());
        f.body()->moveCursor(QTextCursor::End);
        f.body()->insertPlainText(u"!"_s);
        from->setCurrentIndex(1);
        QCOMPARE(f.body()->toPlainText(), u"Hello\n\n-- \nAnn\nExample Ltd!"_s);
    }

    void signature_standsBehindWhatALinkFills()
    {
        Fixture f;
        f.window.setAccounts(accountWithIdentities(), u"id-1"_s);
        mime::Draft draft;
        draft.text = u"From a link"_s;
        f.window.setDraft(draft);
        QCOMPARE(f.body()->toPlainText(), u"From a link\n\n-- \nAnn\nExample Ltd"_s);
        QVERIFY(!f.window.hasUnsentText());
    }

    void keptText_comesBackWithItsSenderAndWithoutAnotherSignature()
    {
        Fixture f;
        f.window.setAccounts(accountWithIdentities(), u"id-1"_s);
        ComposeWindow::Content kept;
        kept.from = u"sales@example.com"_s;
        kept.text = u"Half a letter"_s;
        f.window.restore(kept);
        QCOMPARE(f.body()->toPlainText(), u"Half a letter"_s);
        QCOMPARE(f.window.content().from, u"sales@example.com"_s);
    }

    void changedAccounts_keepTheChoice()
    {
        Fixture f;
        f.window.findChild<QComboBox *>(u"fromComboBox"_s)->setCurrentIndex(1);
        auto accounts = someAccounts();
        accounts.prepend(accounts.constFirst());
        accounts[0].id = u"id-0"_s;
        f.window.setAccounts(accounts, u"id-0"_s);
        QCOMPARE(f.window.accountId(), accounts::Account::practiceId());
    }

    void untouchedWindow_closesSilently()
    {
        Fixture f;
        mime::Draft draft;
        draft.subject = u"sample"_s;
        f.window.setDraft(draft);
        f.window.close();
        QVERIFY(!f.window.isVisible());
    }

    void changedWindow_asksInsideAndClosesOnlyOnDiscard()
    {
        Fixture f;
        f.body()->setPlainText(u"text"_s);
        f.window.close();
        QVERIFY(f.window.isVisible());
        f.press(u"Keep writing"_s);
        QVERIFY(f.window.isVisible());
        QVERIFY(!f.problem()->isVisible());
        QCOMPARE(f.body()->toPlainText(), u"text"_s);
        f.window.close();
        f.press(u"Discard"_s);
        QVERIFY(!f.window.isVisible());
    }

    void typedText_isUnsentUntilItIsSentOrDiscarded()
    {
        Fixture f;
        QSignalSpy finished(&f.window, &ComposeWindow::finished);
        QVERIFY(!f.window.hasUnsentText());
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        QVERIFY(f.window.hasUnsentText());
        f.window.close(); // asks
        QVERIFY(f.window.hasUnsentText());
        QCOMPARE(finished.count(), 0);
        f.press(u"Discard"_s);
        QVERIFY(!f.window.hasUnsentText());
        QCOMPARE(finished.count(), 1);
    }

    void sentText_isNotUnsent()
    {
        Fixture f;
        QSignalSpy finished(&f.window, &ComposeWindow::finished);
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        f.action("sendAction")->trigger();
        QVERIFY(f.window.isSaving());
        f.window.sendSucceeded();
        QVERIFY(!f.window.isSaving());
        QVERIFY(!f.window.hasUnsentText());
        QCOMPARE(finished.count(), 1);
    }

    void restoredContent_isAsItWasAndCountsAsUnsent()
    {
        const ComposeWindow::Content kept { .from = u"ann@example.org"_s,
                                            .to = u"Ann <ann@example.org>, joe"_s,
                                            .cc = u"eve@"_s,
                                            .bcc = {},
                                            .replyTo = u"office@example.org"_s,
                                            .subject = u"Grüße ✓"_s,
                                            .text = u"one\ttwo\n\n."_s,
                                            .attachments
                                            = { { makeFile(u"kept.txt"_s), u"kept.txt"_s, {} } } };
        Fixture f;
        f.window.restore(kept);
        QCOMPARE(f.window.content(), kept);
        QVERIFY(f.window.hasUnsentText());
        QVERIFY(f.field("ccEdit")->isVisible());
        QVERIFY(f.problem()->isVisible());
        QCOMPARE(f.problem()->tone(), widgets::Tone::Information);
        QVERIFY(f.problem()->text().contains(u"not sent yet"_s));
        f.window.close();
        QVERIFY(f.window.isVisible());
    }

    void richText_isSentAsHtmlAndComesBackFromItsDraft()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        const auto *bar = f.window.findChild<QWidget *>(u"formatToolBar"_s);
        QVERIFY(!bar->isVisible());
        f.action("richTextAction")->trigger();
        QVERIFY(bar->isVisible());
        const auto *announcer
            = f.window.findChild<widgets::Announcer *>(QString(), Qt::FindDirectChildrenOnly);
        QTRY_COMPARE(announcer->accessibleName(), u"Rich text"_s);
        f.body()->setFocus();
        QTest::keyClicks(f.body(), u"see "_s);
        QTest::keyClick(f.body(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(f.action("boldAction")->isChecked());
        QTest::keyClicks(f.body(), u"this"_s);
        const auto draft = f.window.draft();
        QVERIFY(draft.has_value());
        QCOMPARE(draft->html, u"<div>see <b>this</b></div>"_s);
        QVERIFY(draft->text.isEmpty()); // made from the HTML when it is sent

        Fixture again;
        again.window.setDraft(*draft);
        QVERIFY(again.action("richTextAction")->isChecked());
        QCOMPARE(again.window.draft()->html, draft->html);
        QVERIFY(!again.window.hasUnsentText());
    }

    void switchToPlain_asksOnlyWhenSomethingIsLost()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QAction *rich = f.action("richTextAction");
        f.body()->setFocus();
        rich->trigger();
        QTest::keyClicks(f.body(), u"word"_s);
        rich->trigger();
        QVERIFY(!f.problem()->isVisible());
        QVERIFY(!rich->isChecked());

        rich->trigger();
        QTest::keyClick(f.body(), Qt::Key_I, Qt::ControlModifier);
        QTest::keyClicks(f.body(), u"s"_s);
        rich->trigger();
        QVERIFY(f.problem()->isVisible());
        QVERIFY(rich->isChecked());
        f.press(u"&Keep formatting"_s);
        QVERIFY(!f.problem()->isVisible());
        QVERIFY(f.window.content().html.contains("<i>s</i>"_L1));
        rich->trigger();
        f.press(u"Switch to &plain text"_s);
        QVERIFY(f.window.content().html.isEmpty());
        QCOMPARE(f.body()->toPlainText(), u"words"_s);
        f.action("undoAction")->trigger();
        QVERIFY(rich->isChecked());
        QVERIFY(f.window.content().html.contains("<i>s</i>"_L1));
    }

    void everyButtonOfTheFormattingBar_isNamedOnceAndHasNoKeyOfAnother()
    {
        Fixture f;
        f.action("richTextAction")->trigger();
        const auto buttons = f.window.findChild<QWidget *>(u"formatToolBar"_s)->findChildren<QToolButton *>();
        QSet<QString> names;
        for (const QToolButton *button : buttons) {
            if (!button->defaultAction())
                continue; // what shows more of the bar
            QVERIFY(!button->accessibleName().isEmpty());
            QVERIFY2(!names.contains(button->accessibleName()), qPrintable(button->accessibleName()));
            names.insert(button->accessibleName());
            QVERIFY(!button->icon().isNull());
        }
        QVERIFY(names.size() > 20);
        QHash<QKeySequence, QString> keys;
        const auto actions = f.window.findChildren<QAction *>();
        for (const QAction *action : actions) {
            const auto shortcuts = action->shortcuts();
            for (const QKeySequence &key : shortcuts) {
                QVERIFY2(!keys.contains(key) || key == QKeySequence(Qt::Key_Delete),
                         qPrintable(key.toString() + u' ' + action->text() + u' ' + keys.value(key)));
                keys.insert(key, action->text());
            }
        }
    }

    void findBar_findsOnAndReplacesEverythingInOneStep()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.body()->setFocus();
        f.body()->setPlainText(u"one two One\ntwo one"_s);
        QTest::keyClick(f.body(), Qt::Key_F, Qt::ControlModifier);
        const auto *bar = f.window.findChild<QWidget *>(u"findBar"_s);
        QVERIFY(bar->isVisible());
        QVERIFY(f.edit("findEdit")->hasFocus());
        QVERIFY(!f.edit("replaceEdit")->isVisible());
        const auto place = [&f] {
            return std::pair(f.body()->textCursor().selectionStart(), f.body()->textCursor().selectionEnd());
        };
        QTest::keyClicks(f.edit("findEdit"), u"one"_s);
        QCOMPARE(place(), std::pair(0, 3));
        QTest::keyClick(f.edit("findEdit"), Qt::Key_Return);
        QCOMPARE(place(), std::pair(8, 11));
        QTest::keyClick(f.edit("findEdit"), Qt::Key_Return);
        QTest::keyClick(f.edit("findEdit"), Qt::Key_Return);
        QCOMPARE(place(), std::pair(0, 3));
        QCOMPARE(f.window.findChild<QLabel *>(u"resultLabel"_s)->text(), u"Went on from the beginning."_s);
        QTest::keyClick(f.edit("findEdit"), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(place(), std::pair(16, 19));

        f.action("replaceAction")->trigger();
        QTest::keyClicks(f.edit("replaceEdit"), u"1"_s);
        f.window.findChild<QToolButton *>(u"replaceButton"_s)->click();
        QCOMPARE(f.body()->toPlainText(), u"one two One\ntwo 1"_s);
        f.window.findChild<QToolButton *>(u"replaceAllButton"_s)->click();
        QCOMPARE(f.body()->toPlainText(), u"1 two 1\ntwo 1"_s);
        f.body()->undo();
        QCOMPARE(f.body()->toPlainText(), u"one two One\ntwo 1"_s);
        QTest::keyClick(f.edit("findEdit"), Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QVERIFY(f.body()->hasFocus());
        QVERIFY(f.window.isVisible());
    }

    void replacement_thatHoldsWhatIsLookedFor_endsToo()
    {
        Fixture f;
        f.body()->setPlainText(u"a a"_s);
        f.action("replaceAction")->trigger();
        f.edit("findEdit")->setText(u"a"_s);
        f.edit("replaceEdit")->setText(u"aa"_s);
        f.window.findChild<QToolButton *>(u"replaceAllButton"_s)->click();
        QCOMPARE(f.body()->toPlainText(), u"aa aa"_s);
    }

    void zoom_changesNoMessage()
    {
        Fixture f;
        f.body()->setPlainText(u"text"_s);
        const qreal usual = f.body()->font().pointSizeF();
        f.action("zoomInAction")->trigger();
        f.action("zoomInAction")->trigger();
        QCOMPARE(f.body()->font().pointSizeF(), usual + 2);
        f.action("zoomOutAction")->trigger();
        QCOMPARE(f.body()->font().pointSizeF(), usual + 1);
        f.action("zoomResetAction")->trigger();
        QCOMPARE(f.body()->font().pointSizeF(), usual);
        QVERIFY(f.window.content().html.isEmpty());
    }

    void lengthOfTheText_isToldBelowIt()
    {
        Fixture f;
        f.body()->setPlainText(u"Two words,\nñandú 👩‍👩‍👧"_s);
        const auto *state = f.window.findChild<QLabel *>(u"textStateLabel"_s);
        QTRY_VERIFY(state->text().endsWith(u" · 3 word(s), 17 character(s)"_s));
        QVERIFY(state->text().startsWith("Plain text"_L1));
    }

    void link_fillsEveryFieldAndShowsHiddenRecipients()
    {
        Fixture f;
        const auto request = mime::parseMailto(
            u"mailto:bob@example.net?cc=eve@example.net&bcc=dave@example.net&subject=Gr%C3%BC%C3%9Fe&body=one"
            "%0D%0Atwo&in-reply-to=%3C1@example.net%3E");
        QVERIFY(request);
        f.window.setLink(*request);
        QCOMPARE(f.field("toEdit")->addresses(), u"bob@example.net"_s);
        QVERIFY(f.field("ccEdit")->isVisible());
        QVERIFY(f.field("bccEdit")->isVisible());
        QCOMPARE(f.field("bccEdit")->addresses(), u"dave@example.net"_s);
        QCOMPARE(f.edit("subjectEdit")->text(), u"Grüße"_s);
        QCOMPARE(f.body()->toPlainText(), u"one\ntwo"_s);
        QVERIFY(f.problem()->isVisible());
        QVERIFY(f.problem()->details().contains(u"dave@example.net"_s));
        QVERIFY(f.requested.isEmpty());
        const auto draft = f.window.draft();
        QVERIFY(draft.has_value());
        QCOMPARE(draft->fields.inReplyTo, QList<QByteArray> { "<1@example.net>" });
        QCOMPARE(f.window.content().fields.inReplyTo, draft->fields.inReplyTo);
    }

    void linkThatWantsAFile_attachesNothingAndOffersTheChoice()
    {
        Fixture f;
        const auto request
            = mime::parseMailto(u"mailto:bob@example.net?attach=/etc/%3Cb%3Ehostname%E2%80%AE%3C/b%3E&x-y=1");
        QVERIFY(request);
        f.window.setLink(*request);
        QCOMPARE(f.files()->model()->rowCount(), 0);
        QVERIFY(f.window.draft()->attachments.isEmpty());
        QVERIFY(f.problem()->isVisible());
        // What the link says is shown as it is: no markup, nothing that turns the sentence around.
        QVERIFY(f.problem()->details().contains(u"/etc/<b>hostname"_s));
        QVERIFY(!f.problem()->details().contains(QChar(0x202e)));
        const auto labels = f.problem()->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(!f.problem()->findChildren<QPushButton *>().isEmpty());
    }

    void misspelledDomain_isToldWhenItsFieldIsLeftAndDoesNotStopSending()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.field("toEdit")->setFocus();
        QTest::keyClicks(f.field("toEdit"), u"bob@gmial.com"_s);
        QVERIFY(!f.problem()->isVisible());
        f.edit("subjectEdit")->setFocus();
        QVERIFY(f.problem()->isVisible());
        QCOMPARE(f.problem()->tone(), widgets::Tone::Attention);
        QVERIFY(f.problem()->text().contains(u"gmail.com"_s));
        f.action("sendAction")->trigger();
        QCOMPARE(f.requested.count(), 1);
    }

    void correctedDomain_takesItsHintAway()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.field("toEdit")->setAddresses(u"bob@gmial.com"_s);
        f.field("toEdit")->setFocus();
        f.edit("subjectEdit")->setFocus();
        QVERIFY(f.problem()->isVisible());
        f.field("toEdit")->setAddresses(u"bob@gmail.com"_s);
        f.field("toEdit")->setFocus();
        f.edit("subjectEdit")->setFocus();
        QVERIFY(!f.problem()->isVisible());
    }

    void misspelledDomain_isCorrectedByAButtonInTheBar()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.field("toEdit")->setFocus();
        QTest::keyClicks(f.field("toEdit"), u"Bob <bob@gmial.com>, eve@example.net"_s);
        f.edit("subjectEdit")->setFocus();
        QVERIFY(f.problem()->isVisible());
        auto *button = f.problem()->findChild<QPushButton *>();
        QVERIFY(button);
        QVERIFY(button->text().contains(u"bob@gmail.com"_s));
        button->click();
        QVERIFY(!f.problem()->isVisible());
        QCOMPARE(f.field("toEdit")->addresses(), u"\"Bob\" <bob@gmail.com>, eve@example.net"_s);
    }

    void manyStrangers_areToldAndMovedToBccByAPress()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QStringList strangers;
        for (int number = 0; number < 10; ++number)
            strangers.append(u"friend%1@example.net"_s.arg(number));
        const QString ten = strangers.join(u", "_s);
        f.field("toEdit")->setFocus();
        f.field("toEdit")->setAddresses(ten);
        f.field("bccEdit")->setAddresses(u"dave@example.net"_s);
        f.edit("subjectEdit")->setFocus();
        QVERIFY(!f.problem()->isVisible());

        f.field("toEdit")->setFocus();
        f.field("toEdit")->setAddresses(ten + u", colleague@example.org"_s); // the sender's own domain
        f.edit("subjectEdit")->setFocus();
        QVERIFY(!f.problem()->isVisible());

        f.action("ccAction")->trigger();
        f.field("ccEdit")->setAddresses(u"eve@example.com"_s);
        f.edit("subjectEdit")->setFocus();
        QVERIFY(f.problem()->isVisible());
        QVERIFY2(f.problem()->text().contains(u"11"_s), qPrintable(f.problem()->text()));
        f.press(u"Move to Bcc"_s);
        auto draft = f.window.draft();
        QVERIFY(draft);
        QVERIFY(draft->to.isEmpty() && draft->cc.isEmpty());
        QCOMPARE(draft->bcc.size(), 13);
        f.press(u"Undo"_s);
        draft = f.window.draft();
        QCOMPARE(draft->to.size(), 11);
        QCOMPARE(draft->cc.size(), 1);
        QCOMPARE(draft->bcc.size(), 1);
    }

    void replyTo_isSentWithTheMessage()
    {
        Fixture f;
        QVERIFY(!f.field("replyToEdit")->isVisible());
        f.action("replyToAction")->trigger();
        QCOMPARE(f.window.focusWidget(), f.field("replyToEdit"));
        f.field("replyToEdit")->setAddresses(u"office@example.org"_s);
        f.field("toEdit")->setAddresses(u"bob@example.net"_s);
        const auto draft = f.window.draft();
        QVERIFY(draft);
        QCOMPARE(draft->replyTo, (QList<mime::Mailbox> { { {}, u"office"_s, u"example.org"_s } }));
    }

    void tabKey_goesFromRowToRowAndBack()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.action("bccAction")->trigger();
        f.action("ccAction")->trigger();
        f.field("toEdit")->setFocus();
        const QStringList order { u"toEdit"_s, u"ccEdit"_s, u"bccEdit"_s, u"subjectEdit"_s, u"bodyEdit"_s };
        for (const QString &name : order) {
            QCOMPARE(f.window.focusWidget()->objectName(), name);
            if (name != order.constLast())
                QTest::keyClick(f.window.focusWidget(), Qt::Key_Tab);
        }
        f.edit("subjectEdit")->setFocus();
        QTest::keyClick(f.window.focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(f.window.focusWidget(), f.field("bccEdit"));
    }

    void linkWithNothingToLookAt_leavesTheBarAway()
    {
        Fixture f;
        f.window.setLink(*mime::parseMailto(u"mailto:bob+tag@example.net"));
        QCOMPARE(f.field("toEdit")->addresses(), u"bob+tag@example.net"_s);
        QVERIFY(!f.problem()->isVisible());
        QVERIFY(!f.window.hasUnsentText());
    }

    void defaultSize_fitsASmallScreenWithPanels()
    {
        const Fixture f;
        const QSize room(1024, 600 - 2 * 32); // a panel at the top and the window's own title bar
        QCOMPARE(f.window.size().boundedTo(room), f.window.size());
        const QSize available = f.window.screen()->availableSize();
        QCOMPARE(f.window.size().boundedTo(available), f.window.size());
    }

    void escape_neverCloses()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QTest::keyClick(f.body(), Qt::Key_Escape);
        QVERIFY(f.window.isVisible());
    }
};

QTEST_MAIN(TestComposeWindow)
#include "tst_composewindow.moc"
