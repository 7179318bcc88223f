// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/queuemodel.h"
#include "delivery/words/words.h"
#include "outboxview/outboxview.h"
#include "support/accessiblenames.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTextDocument>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace postrider;
using delivery::QueueModel;
using outbox::MessageState;
using outbox::MessageSummary;
using outboxview::OutboxView;

namespace {

MessageSummary message(const QString &id, MessageState state)
{
    MessageSummary summary;
    summary.id = id;
    summary.state = state;
    summary.subject = u"Subject of "_s + id;
    outbox::Recipient recipient;
    recipient.address = "bob@example.net";
    summary.recipients = { recipient };
    return summary;
}

QStandardItem *row(const MessageSummary &summary)
{
    auto *item = new QStandardItem(summary.subject);
    item->setData(summary.id, QueueModel::IdRole);
    item->setData(QVariant::fromValue(summary.state), QueueModel::StateRole);
    item->setData(QVariant::fromValue(summary.hold), QueueModel::HoldRole);
    item->setData(QVariant::fromValue(summary), QueueModel::SummaryRole);
    item->setData(u"Waiting"_s, QueueModel::StateNameRole);
    item->setData(QString(u"The sentence of "_s + summary.id), QueueModel::SentenceRole);
    item->setData(-1, QueueModel::ProgressRole);
    return item;
}

struct Fixture
{
    QStandardItemModel model {};
    OutboxView view {};
    QSignalSpy actions { &view, &OutboxView::actionRequested };

    explicit Fixture(std::initializer_list<MessageSummary> messages)
    {
        for (const MessageSummary &summary : messages)
            model.appendRow(row(summary));
        view.setModel(&model);
        view.resize(900, 500);
        view.show();
        view.activateWindow();
    }
    [[nodiscard]] QListView *list() const { return view.findChild<QListView *>(u"messagesView"_s); }
    [[nodiscard]] QAction *action(const char *name) const
    {
        return view.findChild<QAction *>(QLatin1StringView(name));
    }
    void choose(int index) const { list()->setCurrentIndex(model.index(index, 0)); }
};

} // namespace

class TestOutboxView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyOutbox_saysSoAndOffersANewMessage()
    {
        Fixture f({});
        auto *label = f.view.findChild<QLabel *>(u"emptyLabel"_s);
        QVERIFY(label->isVisible());
        QVERIFY(!f.list()->isVisible());
        QSignalSpy wanted(&f.view, &OutboxView::newMessageRequested);
        f.view.findChild<QPushButton *>(u"newMessageButton"_s)->click();
        QCOMPARE(wanted.count(), 1);

        f.model.appendRow(row(message(u"a"_s, MessageState::Queued)));
        QVERIFY(f.list()->isVisible());
        QVERIFY(!label->isVisible());
        f.model.removeRow(0);
        QVERIFY(label->isVisible());
    }

    void eachState_allowsOnlyWhatIsPossibleInIt_data()
    {
        QTest::addColumn<MessageState>("state");
        QTest::addColumn<QStringList>("possible");
        const QString retry = u"retryAction"_s;
        const QString cancel = u"cancelAction"_s;
        const QString hold = u"holdAction"_s;
        const QStringList resolve { u"resolveSentAction"_s, u"resolveResendAction"_s };
        QTest::newRow("queued") << MessageState::Queued << QStringList { retry, hold, cancel };
        QTest::newRow("waiting") << MessageState::Deferred << QStringList { retry, hold, cancel };
        QTest::newRow("held") << MessageState::Held << QStringList { retry, hold, cancel };
        QTest::newRow("failed") << MessageState::Failed << QStringList { retry, cancel };
        QTest::newRow("partly sent") << MessageState::PartlySent << QStringList { retry };
        QTest::newRow("sending") << MessageState::Sending << QStringList {};
        QTest::newRow("sent") << MessageState::Sent << QStringList {};
        QTest::newRow("in doubt") << MessageState::InDoubt << resolve;
    }
    void eachState_allowsOnlyWhatIsPossibleInIt()
    {
        QFETCH(MessageState, state);
        QFETCH(QStringList, possible);
        const Fixture f({ message(u"a"_s, state) });
        f.choose(0);
        QStringList found;
        const auto actions = f.view.messageActions();
        for (const QAction *action : actions) {
            if (action->isEnabled() && action->isVisible() && action->objectName() != u"detailsAction"_s)
                found.append(action->objectName());
        }
        QCOMPARE(found, possible);
    }

    void keys_actOnTheSelectedMessage_data()
    {
        QTest::addColumn<MessageState>("state");
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<OutboxView::Action>("action");
        QTest::newRow("F5") << MessageState::Deferred << Qt::Key_F5 << OutboxView::Action::Retry;
        QTest::newRow("Delete") << MessageState::Deferred << Qt::Key_Delete << OutboxView::Action::Cancel;
        QTest::newRow("Space holds") << MessageState::Queued << Qt::Key_Space << OutboxView::Action::Hold;
        QTest::newRow("Space releases") << MessageState::Held << Qt::Key_Space << OutboxView::Action::Release;
    }
    void keys_actOnTheSelectedMessage()
    {
        QFETCH(MessageState, state);
        QFETCH(Qt::Key, key);
        QFETCH(OutboxView::Action, action);
        Fixture f({ message(u"other"_s, state), message(u"chosen"_s, state) });
        QVERIFY(QTest::qWaitForWindowActive(&f.view));
        f.list()->setFocus();
        f.choose(1);
        QTest::keyClick(f.list(), key);
        QCOMPARE(f.actions.count(), 1);
        QCOMPARE(f.actions.at(0).at(0).value<QList<outbox::MessageId>>(), QStringList { u"chosen"_s });
        QCOMPARE(f.actions.at(0).at(1).value<OutboxView::Action>(), action);
    }

    void listReachedByTheTabKey_selectsTheMessageThatItShows()
    {
        Fixture f({ message(u"a"_s, MessageState::Queued), message(u"b"_s, MessageState::Queued) });
        QVERIFY(QTest::qWaitForWindowActive(&f.view));
        f.view.setFocus();
        f.list()->setFocus(Qt::TabFocusReason);
        QCOMPARE(f.view.currentMessage(), u"a"_s);
        QTest::keyClick(f.list(), Qt::Key_Space);
        QCOMPARE(f.actions.count(), 1);
        QCOMPARE(f.actions.at(0).at(0).value<QList<outbox::MessageId>>(), QStringList { u"a"_s });
    }

    void firstMessage_canBeTriedAtOnce()
    {
        Fixture f({});
        QVERIFY(!f.action("retryAction")->isEnabled());
        f.model.appendRow(row(message(u"a"_s, MessageState::Deferred)));
        QVERIFY(f.action("retryAction")->isEnabled());
        f.model.removeRow(0);
        QVERIFY(!f.action("retryAction")->isEnabled());
    }

    void tryNowWithNothingSelected_meansAll()
    {
        Fixture f({ message(u"a"_s, MessageState::Deferred) });
        f.list()->clearSelection();
        QSignalSpy all(&f.view, &OutboxView::retryAllRequested);
        f.action("retryAction")->trigger();
        QCOMPARE(all.count(), 1);
        QCOMPARE(f.actions.count(), 0);
    }

    void selectionOfMany_actsOnlyWherePossible()
    {
        Fixture f({ message(u"a"_s, MessageState::Deferred), message(u"b"_s, MessageState::Sent),
                    message(u"c"_s, MessageState::Held) });
        f.list()->selectAll();
        f.action("cancelAction")->trigger();
        QCOMPARE(f.actions.count(), 1);
        QCOMPARE(f.actions.at(0).at(0).value<QList<outbox::MessageId>>(), (QStringList { u"a"_s, u"c"_s }));
    }

    void currentMessage_showsItsDetails()
    {
        Fixture f({ message(u"a"_s, MessageState::PartlySent) });
        QSignalSpy wanted(&f.view, &OutboxView::detailsWanted);
        f.choose(0);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(f.view.findChild<QLabel *>(u"sentenceLabel"_s)->text(), u"The sentence of a"_s);

        outbox::MessageDetails details;
        details.summary = message(u"a"_s, MessageState::PartlySent);
        details.summary.problem.kind = outbox::Problem::Kind::RecipientRefused;
        details.summary.problem.code = 550;
        details.summary.problem.enhanced = "5.1.1";
        details.summary.problem.text = u"<b>No</b> such\u202e user"_s;
        outbox::Attempt attempt;
        attempt.started = QDateTime(QDate(2026, 11, 21), QTime(14, 2), Qt::UTC);
        attempt.ended = attempt.started.addSecs(1);
        attempt.host = u"smtp.example.org"_s;
        attempt.port = 465;
        attempt.tls = u"TLS 1.3"_s;
        details.attempts = { attempt };
        f.view.showDetails(details);

        const auto *words = f.view.findChild<QLabel *>(u"serverWordsLabel"_s);
        QCOMPARE(words->textFormat(), Qt::PlainText);
        QVERIFY(words->text().contains(u"<b>No</b> such\ufffd user"_s));
        QCOMPARE(f.view.findChild<QListWidget *>(u"recipientsList"_s)->count(), 1);
        const auto *attempts = f.view.findChild<QTreeWidget *>(u"attemptsTree"_s);
        QCOMPARE(attempts->topLevelItemCount(), 1);
        QCOMPARE(attempts->topLevelItem(0)->text(2), u"smtp.example.org:465"_s);
        QCOMPARE(attempts->topLevelItem(0)->text(3), u"TLS 1.3"_s);
    }

    void hostileWords_areShownAsTheyAre_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("markup") << u"<b>No</b> <a href=\"http://example.net/\">click</a>"_s;
        QTest::newRow("picture") << u"<img src=\"http://example.net/x.png\">"_s;
        QTest::newRow("escapes") << u"\x1b[31mred\x1b]0;title\a \x9b"_s;
        QTest::newRow("direction") << u"abc \u202egnp.exe\u2069\u2066 def"_s;
        QTest::newRow("lines") << u"one\r\ntwo\u2028three"_s;
        QTest::newRow("placeholders") << u"%1 %2 %3 %n"_s;
    }
    void hostileWords_areShownAsTheyAre()
    {
        QFETCH(QString, words);
        Fixture f({ message(u"a"_s, MessageState::Failed) });
        f.choose(0);
        // Wherever something from outside may stand: the reply, a certificate's names, a recipient's reply.
        outbox::MessageDetails details;
        details.summary = message(u"a"_s, MessageState::Failed);
        details.summary.problem.kind = outbox::Problem::Kind::CertificateName;
        details.summary.problem.code = 550;
        details.summary.problem.text = words;
        details.summary.problem.subject = words;
        details.summary.recipients.first().state = outbox::RecipientState::Failed;
        details.summary.recipients.first().code = 550;
        details.summary.recipients.first().text = words;
        outbox::Attempt attempt;
        attempt.started = QDateTime(QDate(2026, 11, 21), QTime(14, 2), Qt::UTC);
        attempt.ended = attempt.started.addSecs(1);
        attempt.problem = details.summary.problem;
        details.attempts = { attempt };
        f.view.showDetails(details);

        QStringList shown;
        const auto labels = f.view.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->text().isEmpty() || label->buddy())
                continue;
            // Only the texts of the form itself may be anything but plain.
            if (label->textFormat() == Qt::PlainText)
                shown += label->text();
            else
                QVERIFY2(!label->text().contains(words.left(6)), qPrintable(label->text()));
            QVERIFY(!label->openExternalLinks());
        }
        const auto *recipients = f.view.findChild<QListWidget *>(u"recipientsList"_s);
        shown += recipients->item(0)->text();
        const auto *row = f.view.findChild<QTreeWidget *>(u"attemptsTree"_s)->topLevelItem(0);
        shown += row->text(1);
        f.view.findChild<QPushButton *>(u"copyButton"_s)->click();

        const QString all = shown.join(u'|');
        static const QRegularExpression active(u"[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u202a-\u202e]"_s);
        QVERIFY2(!active.match(all).hasMatch(), qPrintable(all));
        // An isolate is closed by whoever opened it.
        QCOMPARE(all.count(QChar(0x2068)), all.count(QChar(0x2069)));
        QVERIFY(!all.contains(QChar(0x2066)));
        if (words.contains(u'<') || words.contains(u'%'))
            QVERIFY2(all.contains(words), qPrintable(all));
        // A tool tip has no plain format: everything is escaped in it.
        QTextDocument tip;
        tip.setHtml(row->toolTip(1));
        QVERIFY(!row->toolTip(1).contains(u"<img"_s));
        QVERIFY(!row->toolTip(1).contains(u"<a "_s));
        if (words.contains(u'<'))
            QVERIFY2(tip.toPlainText().contains(words), qPrintable(tip.toPlainText()));
    }

    void headingOverTheWords_namesTheServerOnlyWhenOneSpoke_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("heading");
        QTest::newRow("a reply") << 550 << u"The server's own words"_s;
        QTest::newRow("this computer's own words") << 0 << u"Details"_s;
    }
    void headingOverTheWords_namesTheServerOnlyWhenOneSpoke()
    {
        QFETCH(int, code);
        QFETCH(QString, heading);
        Fixture f({ message(u"a"_s, MessageState::Deferred) });
        f.choose(0);
        outbox::MessageDetails details;
        details.summary = message(u"a"_s, MessageState::Deferred);
        details.summary.problem.code = code;
        details.summary.problem.text = u"Connection refused"_s;
        f.view.showDetails(details);
        QCOMPARE(f.view.findChild<QLabel *>(u"serverWordsHeading"_s)->text(), heading);
    }

    void advice_isNotSaidTwice_data()
    {
        QTest::addColumn<bool>("isInTheSentence");
        QTest::newRow("the sentence has it") << true;
        QTest::newRow("the sentence lacks it") << false;
    }
    void advice_isNotSaidTwice()
    {
        QFETCH(bool, isInTheSentence);
        outbox::MessageDetails details;
        details.summary = message(u"a"_s, MessageState::Held);
        details.summary.problem.kind = outbox::Problem::Kind::SignInRefused;
        const QString advice = delivery::advice(details.summary.problem);
        QVERIFY(!advice.isEmpty());

        Fixture f({ details.summary });
        if (isInTheSentence)
            f.model.item(0)->setData(QString(u"Refused. "_s + advice + u" Safe."_s),
                                     QueueModel::SentenceRole);
        f.choose(0);
        f.view.showDetails(details);
        QCOMPARE(f.view.findChild<QLabel *>(u"adviceLabel"_s)->isVisible(), !isInTheSentence);
    }

    void attemptsTime_keepsItsOrderInAMirroredWindow()
    {
        Fixture f({ message(u"a"_s, MessageState::Deferred) });
        f.choose(0);
        outbox::MessageDetails details;
        details.summary = message(u"a"_s, MessageState::Deferred);
        outbox::Attempt attempt;
        attempt.started = QDateTime(QDate(2026, 11, 21), QTime(21, 24, 23), Qt::UTC);
        details.attempts = { attempt };
        f.view.showDetails(details);
        const QString time = f.view.findChild<QTreeWidget *>(u"attemptsTree"_s)->topLevelItem(0)->text(0);
        QVERIFY(time.startsWith(QChar(0x2068)));
        QVERIFY(time.endsWith(QChar(0x2069)));
    }

    void plannedMessage_canBeSentNowAndCancelled_data()
    {
        QTest::addColumn<outbox::HoldReason>("hold");
        QTest::newRow("undo window") << outbox::HoldReason::Undo;
        QTest::newRow("chosen time") << outbox::HoldReason::Scheduled;
    }
    void plannedMessage_canBeSentNowAndCancelled()
    {
        QFETCH(outbox::HoldReason, hold);
        MessageSummary planned = message(u"a"_s, MessageState::Held);
        planned.hold = hold;
        Fixture f({ planned, message(u"b"_s, MessageState::Deferred) });
        f.choose(0);
        QCOMPARE(f.action("retryAction")->text(), u"Send &now"_s);
        QVERIFY(f.action("cancelAction")->isEnabled());
        QVERIFY(!f.action("holdAction")->isEnabled());
        f.action("retryAction")->trigger();
        QCOMPARE(f.actions.count(), 1);
        QCOMPARE(f.actions.at(0).at(0).value<QList<outbox::MessageId>>(), QStringList { u"a"_s });
        QVERIFY(f.actions.at(0).at(1).value<OutboxView::Action>() == OutboxView::Action::Retry);
        f.list()->selectAll();
        QCOMPARE(f.action("retryAction")->text(), u"&Try now"_s);
    }

    void messageToWriteOn_isOpenedAgain_data()
    {
        QTest::addColumn<MessageState>("state");
        QTest::addColumn<outbox::HoldReason>("hold");
        QTest::addColumn<QString>("word");
        QTest::newRow("can be taken back") << MessageState::Held << outbox::HoldReason::Undo << u"Undo"_s;
        QTest::newRow("cancelled") << MessageState::Draft << outbox::HoldReason::None << u"Edit"_s;
        QTest::newRow("paused") << MessageState::Held << outbox::HoldReason::Paused << QString();
        QTest::newRow("sent") << MessageState::Sent << outbox::HoldReason::None << QString();
    }
    void messageToWriteOn_isOpenedAgain()
    {
        QFETCH(MessageState, state);
        QFETCH(outbox::HoldReason, hold);
        QFETCH(QString, word);
        MessageSummary summary = message(u"a"_s, state);
        summary.hold = hold;
        Fixture f({ summary });
        QSignalSpy reopened(&f.view, &OutboxView::reopenRequested);
        f.choose(0);
        QCOMPARE(f.action("reopenAction")->isVisible(), !word.isEmpty());
        if (word.isEmpty())
            return;
        QCOMPARE(f.action("reopenAction")->text().remove(u'&'), word);
        f.action("reopenAction")->trigger();
        QCOMPARE(reopened.size(), 1);
        QCOMPARE(reopened.first().first().toString(), u"a"_s);
    }

    void sentenceThatCounts_isShownAnew()
    {
        MessageSummary summary = message(u"a"_s, MessageState::Held);
        summary.hold = outbox::HoldReason::Undo;
        Fixture f({ summary });
        f.choose(0);
        // Time goes on without a change of the message.
        const QSignalBlocker quiet(f.model);
        f.model.item(0)->setData(u"Leaves in 3 seconds."_s, QueueModel::SentenceRole);
        f.view.refreshTimes();
        QCOMPARE(f.view.findChild<QLabel *>(u"sentenceLabel"_s)->text(), u"Leaves in 3 seconds."_s);
    }

    void inDoubtMessage_isAnsweredByAPerson()
    {
        Fixture f({ message(u"a"_s, MessageState::InDoubt) });
        f.choose(0);
        f.action("resolveSentAction")->trigger();
        f.action("resolveResendAction")->trigger();
        QCOMPARE(f.actions.count(), 2);
        QVERIFY(f.actions.at(0).at(1).value<OutboxView::Action>() == OutboxView::Action::ResolveSent);
        QVERIFY(f.actions.at(1).at(1).value<OutboxView::Action>() == OutboxView::Action::ResolveResend);
    }

    void refusedRecipient_canBeCorrected()
    {
        MessageSummary summary = message(u"a"_s, MessageState::PartlySent);
        outbox::Recipient refused;
        refused.address = "bob@exmaple.net";
        refused.state = outbox::RecipientState::Failed;
        outbox::Recipient other = refused;
        other.address = "eve@exmaple.net";
        summary.recipients.first().state = outbox::RecipientState::Sent;
        summary.recipients += { refused, other };
        Fixture f({ summary });
        QVERIFY(QTest::qWaitForWindowActive(&f.view));
        QSignalSpy corrections(&f.view, &OutboxView::correctionRequested);
        f.choose(0);
        f.view.showDetails({ summary, {}, {} });
        auto *edit = f.view.findChild<QLineEdit *>(u"correctionEdit"_s);
        auto *button = f.view.findChild<QPushButton *>(u"correctButton"_s);
        auto *recipients = f.view.findChild<QListWidget *>(u"recipientsList"_s);
        QVERIFY(edit->isVisible());
        QCOMPARE(edit->text(), u"bob@exmaple.net"_s);
        QVERIFY(!button->isEnabled());
        edit->setText(u" bob@example.net "_s);
        // News of the message do not take away what is being typed.
        f.view.showDetails({ summary, {}, {} });
        QCOMPARE(edit->text(), u" bob@example.net "_s);
        button->click();
        QCOMPARE(corrections.count(), 1);
        QCOMPARE(corrections.at(0).at(0).toString(), u"a"_s);
        auto correction = corrections.at(0).at(1).value<outbox::Correction>();
        QCOMPARE(correction.refused, QByteArray("bob@exmaple.net"));
        QCOMPARE(correction.corrected, QByteArray("bob@example.net"));

        recipients->setCurrentRow(2);
        QCOMPARE(edit->text(), u"eve@exmaple.net"_s);
        edit->setText(u"eve@example.net"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        correction = corrections.at(1).at(1).value<outbox::Correction>();
        QCOMPARE(correction.refused, QByteArray("eve@exmaple.net"));
        QCOMPARE(correction.corrected, QByteArray("eve@example.net"));
    }

    void recipientsThatAreNotRefused_haveNothingToCorrect_data()
    {
        QTest::addColumn<MessageState>("state");
        QTest::addColumn<outbox::RecipientState>("recipient");
        QTest::newRow("sent") << MessageState::Sent << outbox::RecipientState::Sent;
        QTest::newRow("waiting") << MessageState::Deferred << outbox::RecipientState::Deferred;
        QTest::newRow("under way") << MessageState::Sending << outbox::RecipientState::Failed;
    }
    void recipientsThatAreNotRefused_haveNothingToCorrect()
    {
        QFETCH(MessageState, state);
        QFETCH(outbox::RecipientState, recipient);
        MessageSummary summary = message(u"a"_s, state);
        summary.recipients.first().state = recipient;
        Fixture f({ summary });
        f.choose(0);
        f.view.showDetails({ summary, {}, {} });
        QVERIFY(!f.view.findChild<QLineEdit *>(u"correctionEdit"_s)->isVisible());
    }

    void detailsOfAnotherMessage_areIgnored()
    {
        Fixture f({ message(u"a"_s, MessageState::Queued) });
        f.choose(0);
        outbox::MessageDetails late;
        late.summary = message(u"b"_s, MessageState::Sent);
        f.view.showDetails(late);
        QCOMPARE(f.view.findChild<QLabel *>(u"subjectLabel"_s)->text(), u"Subject of a"_s);
    }

    void progress_movesABarWithoutAskingForDetailsAgain()
    {
        Fixture f({ message(u"a"_s, MessageState::Sending) });
        QSignalSpy wanted(&f.view, &OutboxView::detailsWanted);
        f.choose(0);
        const auto *bar = f.view.findChild<QProgressBar *>(u"progressBar"_s);
        QVERIFY(!bar->isVisible());
        f.model.item(0)->setData(43, QueueModel::ProgressRole);
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->value(), 43);
        f.model.item(0)->setData(-1, QueueModel::ProgressRole);
        QVERIFY(!bar->isVisible());
        QCOMPARE(wanted.count(), 1);
    }

    void awaitedMessage_becomesCurrentWhenItAppears()
    {
        Fixture f({ message(u"a"_s, MessageState::Queued) });
        f.view.select(u"b"_s);
        f.model.insertRow(0, row(message(u"b"_s, MessageState::Queued)));
        QCOMPARE(f.view.currentMessage(), u"b"_s);
    }

    void removedCurrentMessage_leavesAnotherOneCurrent()
    {
        Fixture f({ message(u"a"_s, MessageState::Queued), message(u"b"_s, MessageState::Queued) });
        f.choose(0);
        f.model.removeRow(0);
        QCOMPARE(f.view.currentMessage(), u"b"_s);
    }

    void rowsAreDrawnDifferentlyForEachState()
    {
        // Grey-scale pictures: a state must show without its colour.
        QList<QImage> pictures;
        for (const MessageState state : { MessageState::Queued, MessageState::Deferred, MessageState::Sent,
                                          MessageState::Failed, MessageState::InDoubt }) {
            const Fixture f({ message(u"a"_s, state) });
            f.list()->setFocusPolicy(Qt::NoFocus);
            const QImage picture
                = f.list()->viewport()->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
            QVERIFY(!pictures.contains(picture));
            pictures.append(picture);
        }
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f({ message(u"a"_s, MessageState::InDoubt) });
        f.choose(0);
        QStringList nameless = support::namelessInputs(f.view);
        nameless.removeAll(u"serverWordsLabel"_s); // a label is called by its text, and has none here
        QCOMPARE(nameless.join(u", "_s), QString());
    }
};

QTEST_MAIN(TestOutboxView)
#include "tst_outboxview.moc"
