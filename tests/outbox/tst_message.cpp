// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/message.h"
#include "support/comparewords.h"

#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace postrider::outbox {

class TestMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void state_isTheFirstThatAnyRecipientIsIn_data();
    void state_isTheFirstThatAnyRecipientIsIn();
    void words_readBackAsTheSameValue();
    void problem_survivesJson();
    void emptyJson_isNoProblem();
    void unknownWords_areNeverTakenForSent();
};

void TestMessage::state_isTheFirstThatAnyRecipientIsIn_data()
{
    QTest::addColumn<QList<RecipientState>>("recipients");
    QTest::addColumn<MessageState>("expected");
    using enum RecipientState;
    QTest::newRow("sending before all") << QList { Sent, InDoubt, Sending } << MessageState::Sending;
    QTest::newRow("in doubt before deferred") << QList { Deferred, InDoubt } << MessageState::InDoubt;
    QTest::newRow("deferred before queued") << QList { Queued, Deferred } << MessageState::Deferred;
    QTest::newRow("queued before the settled") << QList { Sent, Queued, Failed } << MessageState::Queued;
    QTest::newRow("all sent") << QList { Sent, Sent } << MessageState::Sent;
    QTest::newRow("none sent") << QList { Failed, Failed } << MessageState::Failed;
    QTest::newRow("some sent") << QList { Sent, Failed } << MessageState::PartlySent;
}

void TestMessage::state_isTheFirstThatAnyRecipientIsIn()
{
    QFETCH(QList<RecipientState>, recipients);
    QFETCH(MessageState, expected);
    QList<Recipient> list;
    for (const RecipientState state : recipients) {
        list.append({ "a@example.org", state, 0, {}, {}, {} });
    }
    QCOMPARE(deriveState(list), expected);
    std::reverse(list.begin(), list.end());
    QCOMPARE(deriveState(list), expected);
}

void TestMessage::words_readBackAsTheSameValue()
{
    QSet<QString> words;
    for (int number = 0; number <= static_cast<int>(Problem::Kind::Internal); ++number) {
        const auto kind = static_cast<Problem::Kind>(number);
        QVERIFY2(!toString(kind).isEmpty(), qPrintable(QString::number(number)));
        QCOMPARE(problemKindFromString(toString(kind)), kind);
        words.insert(toString(kind));
    }
    QCOMPARE(words.size(), static_cast<int>(Problem::Kind::Internal) + 1);
    for (int number = 0; number <= static_cast<int>(MessageState::Damaged); ++number) {
        const auto state = static_cast<MessageState>(number);
        QCOMPARE(messageStateFromString(toString(state)), state);
    }
    for (int number = 0; number <= static_cast<int>(RecipientState::InDoubt); ++number) {
        const auto state = static_cast<RecipientState>(number);
        QCOMPARE(recipientStateFromString(toString(state)), state);
    }
    for (int number = 0; number <= static_cast<int>(HoldReason::RecipientsRefused); ++number) {
        const auto reason = static_cast<HoldReason>(number);
        QCOMPARE(holdReasonFromString(toString(reason)), reason);
    }
    QCOMPARE(toString(MessageState::PartlySent), u"partly-sent"_s);
    QCOMPARE(toString(RecipientState::InDoubt), u"in-doubt"_s);
    QCOMPARE(toString(Problem::Kind::SignInRefused), u"sign-in-refused"_s);
}

void TestMessage::problem_survivesJson()
{
    const Problem problem { Problem::Kind::TooLarge, u"mail"_s,           552, "5.3.4",
                            u"“Zu groß”"_s,          u"mx.example.net"_s, 587, u"Größe.pdf"_s,
                            5'000'000'000,           26'214'400 };
    QCOMPARE(problemFromJson(toJson(problem)), problem);
}

void TestMessage::emptyJson_isNoProblem()
{
    QVERIFY(problemFromJson({}).isNone());
}

void TestMessage::unknownWords_areNeverTakenForSent()
{
    QCOMPARE(recipientStateFromString(u"teleported"_s), RecipientState::InDoubt);
    QCOMPARE(messageStateFromString(u"teleported"_s), MessageState::Damaged);
    QCOMPARE(problemKindFromString(u"teleported"_s), Problem::Kind::Internal);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestMessage)
#include "tst_message.moc"
