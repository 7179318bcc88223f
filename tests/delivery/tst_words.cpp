// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words.h"

#include <QRegularExpression>
#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using outbox::MessageState;
using outbox::MessageSummary;
using outbox::Problem;

namespace {

Problem sample(Problem::Kind kind)
{
    return { .kind = kind,
             .stage = u"rcpt"_s,
             .code = 550,
             .enhanced = "5.1.1",
             .text = u"No such user here"_s,
             .host = u"mail.example.org"_s,
             .port = 465,
             .subject = u"bob@example.net"_s,
             .size = 27'400'000,
             .limit = 25'000'000 };
}

MessageSummary message(MessageState state)
{
    MessageSummary summary;
    summary.accountId = u"account"_s;
    summary.state = state;
    summary.subject = u"Minutes"_s;
    summary.changed = QDateTime({ 2026, 3, 2 }, { 9, 0 }, Qt::UTC);
    return summary;
}

const QDateTime Now({ 2026, 3, 2 }, { 9, 0 }, Qt::UTC);

} // namespace

class WordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProblem_hasAWholeSentenceWithoutJargon();
    void everyStoreError_hasASentence();
    void everyAddressError_namesThePiece();
    void aRefusedMailbox_isNamedTogetherWithTheServer();
    void serverWords_areTheWholeAnswer();
    void evidence_isTheServersOnlyWhenItSpoke();
    void aWaitingMessage_tellsWhyWhenAndThatItIsSafe();
    void aPracticeMessage_neverReadsSent();
    void aMessageResolvedAsSent_claimsNoServersWord();
    void aCauseNobodyNamed_leavesNoEmptyParentheses();
    void anUnknownOutcome_offersTheTwoWays();
    void aPartlySentMessage_countsAndExplains();
    void aPlaceholder_isNeverLeftOver();
};

void WordsTest::everyProblem_hasAWholeSentenceWithoutJargon()
{
    static const QRegularExpression jargon(u"\\b(error|failed to|please|SMTP|STARTTLS|SSL)\\b|!"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    for (int kind = 1; kind <= static_cast<int>(Problem::Kind::Internal); ++kind) {
        const QString text = delivery::sentence(sample(static_cast<Problem::Kind>(kind)));
        QVERIFY2(text.size() > 15, qPrintable(u"%1: %2"_s.arg(kind).arg(text)));
        QVERIFY2(!jargon.match(text).hasMatch(), qPrintable(text));
    }
}

void WordsTest::everyStoreError_hasASentence()
{
    for (int kind = 0; kind <= static_cast<int>(outbox::StoreError::Kind::Failed); ++kind) {
        const outbox::StoreError error { .kind = static_cast<outbox::StoreError::Kind>(kind),
                                         .subject = u"report.pdf"_s,
                                         .reason = u"Permission denied"_s };
        QVERIFY(delivery::sentence(error).endsWith(u'.'));
    }
}

void WordsTest::everyAddressError_namesThePiece()
{
    using Kind = mime::AddressError::Kind;
    for (int kind = 0; kind <= static_cast<int>(Kind::NonAsciiLocalPart); ++kind) {
        const mime::AddressError error { .kind = static_cast<Kind>(kind),
                                         .text = u"joe smith@x"_s,
                                         .position = 0 };
        const QString text = delivery::sentence(error);
        QVERIFY(text.endsWith(u'.'));
        if (error.kind != Kind::Empty && error.kind != Kind::ControlCharacter)
            QVERIFY2(text.contains(error.text), qPrintable(text));
    }
}

void WordsTest::aRefusedMailbox_isNamedTogetherWithTheServer()
{
    QCOMPARE(delivery::sentence(sample(Problem::Kind::RecipientRefused)),
             u"There is no mailbox bob@example.net, says mail.example.org."_s);
}

void WordsTest::serverWords_areTheWholeAnswer()
{
    QCOMPARE(delivery::serverWords(sample(Problem::Kind::RecipientRefused)),
             u"550 5.1.1 No such user here"_s);
    QCOMPARE(delivery::serverWords({}), QString());
}

void WordsTest::evidence_isTheServersOnlyWhenItSpoke()
{
    QCOMPARE(delivery::evidence(sample(Problem::Kind::RecipientRefused)),
             u"The server said: 550 5.1.1 No such user here"_s);
    Problem local;
    local.kind = Problem::Kind::TlsFailed;
    local.text = u"wrong version number"_s;
    QCOMPARE(delivery::evidence(local), u"Details: wrong version number"_s);
    local.text.clear();
    QCOMPARE(delivery::evidence(local), QString());
}

void WordsTest::aWaitingMessage_tellsWhyWhenAndThatItIsSafe()
{
    MessageSummary waiting = message(MessageState::Deferred);
    waiting.problem = sample(Problem::Kind::ServerBusy);
    waiting.nextAttempt = Now.addSecs(240);
    const QString text = delivery::stateSentence(waiting, Now);
    QVERIFY2(text.startsWith(u"mail.example.org is busy"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Next try"_s) && text.contains(u"4 minute"_s), qPrintable(text));
    QVERIFY2(text.endsWith(u"Your message is safe in the Outbox."_s), qPrintable(text));
}

void WordsTest::aPracticeMessage_neverReadsSent()
{
    MessageSummary caught = message(MessageState::Sent);
    caught.accountId = accounts::Account::practiceId();
    QCOMPARE(delivery::stateSentence(caught, Now), u"Caught here, not sent."_s);
    QCOMPARE(delivery::stateName(caught), u"Caught"_s);
    caught.state = MessageState::PartlySent;
    QVERIFY(!delivery::stateName(caught).contains(u"sent"_s, Qt::CaseInsensitive));
    const outbox::Recipient recipient { .address = "a@example.org",
                                        .state = outbox::RecipientState::Sent,
                                        .code = 250 };
    QVERIFY(delivery::recipientSentence(recipient, caught).contains(u"caught here, not sent"_s));
}

void WordsTest::aMessageResolvedAsSent_claimsNoServersWord()
{
    MessageSummary sent = message(MessageState::Sent);
    sent.recipients = { { .address = "a@example.org", .state = outbox::RecipientState::Sent } };
    QVERIFY(delivery::stateSentence(sent, Now).contains(u"You decided"_s));
    QVERIFY(!delivery::recipientSentence(sent.recipients.first(), sent).contains(u"accepted"_s));
    sent.recipients.first().code = 250;
    QVERIFY(delivery::stateSentence(sent, Now).contains(u"Accepted by the sending server"_s));
    QVERIFY(delivery::recipientSentence(sent.recipients.first(), sent).contains(u"accepted"_s));
}

void WordsTest::aCauseNobodyNamed_leavesNoEmptyParentheses()
{
    for (int kind = 0; kind <= static_cast<int>(outbox::StoreError::Kind::Failed); ++kind) {
        const outbox::StoreError error { .kind = static_cast<outbox::StoreError::Kind>(kind) };
        if (error.kind != outbox::StoreError::Kind::WrongState)
            QVERIFY2(!delivery::sentence(error).contains(u"()"_s), qPrintable(delivery::sentence(error)));
    }
}

void WordsTest::anUnknownOutcome_offersTheTwoWays()
{
    const QString text = delivery::stateSentence(message(MessageState::InDoubt), Now);
    QVERIFY(text.contains(u"may or may not"_s));
    QVERIFY(text.contains(u"It arrived"_s) && text.contains(u"Send again"_s));
}

void WordsTest::aPartlySentMessage_countsAndExplains()
{
    MessageSummary partly = message(MessageState::PartlySent);
    partly.recipients = { { .address = "a@example.org", .state = outbox::RecipientState::Sent },
                          { .address = "b@example.org", .state = outbox::RecipientState::Sent },
                          { .address = "bob@example.net", .state = outbox::RecipientState::Failed } };
    partly.problem = sample(Problem::Kind::RecipientRefused);
    const QString text = delivery::stateSentence(partly, Now);
    QVERIFY2(text.startsWith(u"Sent to 2 of 3. There is no mailbox bob@example.net"_s), qPrintable(text));
}

void WordsTest::aPlaceholder_isNeverLeftOver()
{
    for (int kind = 0; kind <= static_cast<int>(Problem::Kind::Internal); ++kind) {
        for (int state = 0; state <= static_cast<int>(MessageState::Damaged); ++state) {
            MessageSummary summary = message(static_cast<MessageState>(state));
            summary.hold = outbox::HoldReason::Account;
            summary.problem = sample(static_cast<Problem::Kind>(kind));
            summary.nextAttempt = Now.addSecs(60);
            const QString text = delivery::stateSentence(summary, Now);
            QVERIFY2(!text.isEmpty() && !text.contains(u'%'), qPrintable(text));
        }
    }
}

QTEST_GUILESS_MAIN(WordsTest)
#include "tst_words.moc"
