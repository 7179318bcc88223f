// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/replywords.h"
#include "delivery/words/words.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <array>
#include <utility>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::Actor;
using delivery::ReplyMeaning;
using delivery::ReplyRow;
using outbox::Problem;

namespace {

Problem reply(const QString &stage, int code, const QByteArray &enhanced, const QString &text)
{
    using Kind = Problem::Kind;
    const bool isPermanent = code >= 500;
    Kind kind = isPermanent ? Kind::MessageRefused : Kind::MessageDeferred;
    if (stage == u"rcpt")
        kind = isPermanent ? Kind::RecipientRefused : Kind::RecipientDeferred;
    else if (stage == u"mail" && isPermanent)
        kind = Kind::SenderRefused;
    else if (stage == u"auth")
        kind = isPermanent ? Kind::SignInRefused : Kind::SignInUnavailable;
    else if (stage == u"greeting")
        kind = isPermanent ? Kind::ServerRefusedClient : Kind::ServerBusy;
    return { .kind = kind,
             .stage = stage,
             .code = code,
             .enhanced = enhanced,
             .text = text,
             .host = u"mail.example.org"_s,
             .port = 465,
             .subject = stage == u"rcpt" ? u"bob@example.net"_s : QString() };
}

const std::array<std::pair<unsigned, QString>, 5> Stages { {
    { delivery::AtGreeting, u"greeting"_s },
    { delivery::AtSignIn, u"auth"_s },
    { delivery::AtSender, u"mail"_s },
    { delivery::AtRecipient, u"rcpt"_s },
    { delivery::AtContent, u"end"_s },
} };

/// The plainest replies that a row is there for.
QList<Problem> repliesOf(const ReplyRow &row)
{
    QList<Problem> replies;
    for (const auto &[stage, name] : Stages) {
        if ((row.stages & stage) == 0)
            continue;
        for (const char digit : { '4', '5' }) {
            if (row.replyClass != '*' && row.replyClass != digit)
                continue;
            const int code = row.code != 0 ? row.code : digit == '4' ? 459 : 559;
            if (code / 100 != digit - '0')
                continue;
            const QByteArray enhanced
                = *row.enhanced != '\0' ? QByteArray(1, digit) + '.' + row.enhanced : QByteArray();
            replies += reply(name, code, enhanced, QString::fromLatin1(row.words).toUpper());
        }
    }
    return replies;
}

} // namespace

class ReplyWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRow_decidesTheReplyThatItNames();
    void aHundredAndTwentyRows_atLeast();
    void everyRegisteredCode_hasAMeaning();
    void knownReply_hasItsMeaning_data();
    void knownReply_hasItsMeaning();
    void words_neverOutrankADefiniteCode_data();
    void words_neverOutrankADefiniteCode();
    void unknownReply_isToldHonestly();
    void everyMeaning_isToldWithoutJargon();
    void refusal_tellsWhoseTurnItIs();
    void stage_decidesBeforeTheCode();
};

void ReplyWordsTest::everyRow_decidesTheReplyThatItNames()
{
    for (const std::span<const ReplyRow> rows : { delivery::codeRows(), delivery::phraseRows() }) {
        for (const ReplyRow &row : rows) {
            const QList<Problem> replies = repliesOf(row);
            QVERIFY2(!replies.isEmpty(), row.words);
            for (const Problem &problem : replies) {
                QVERIFY2(delivery::meaningOf(problem) == row.meaning,
                         qPrintable(u"%1: %2"_s.arg(problem.stage, delivery::serverWords(problem))));
            }
        }
    }
}

void ReplyWordsTest::aHundredAndTwentyRows_atLeast()
{
    QVERIFY(delivery::codeRows().size() + delivery::phraseRows().size() >= 120);
    for (const ReplyRow &row : delivery::phraseRows())
        QCOMPARE(QByteArray(row.words), QByteArray(row.words).toLower());
}

void ReplyWordsTest::everyRegisteredCode_hasAMeaning()
{
    // How many details each subject of the IANA registry has; 0.0 and 1.5 say nothing that anybody could act
    // on.
    constexpr std::array<int, 8> LastDetail { 0, 10, 4, 6, 7, 6, 10, 30 };
    for (int subject = 1; subject < static_cast<int>(LastDetail.size()); ++subject) {
        for (int detail = 0; detail <= LastDetail.at(static_cast<size_t>(subject)); ++detail) {
            const QByteArray code = QByteArray::number(subject) + '.' + QByteArray::number(detail);
            if (code == "1.5" || code == "2.0" || code == "4.0")
                continue; // the reply's words are shown
            bool isKnown = false;
            for (const auto &[stage, name] : Stages) {
                isKnown = isKnown
                    || delivery::meaningOf(reply(name, 559, "5." + code, {})) != ReplyMeaning::Unknown
                    || delivery::meaningOf(reply(name, 459, "4." + code, {})) != ReplyMeaning::Unknown;
            }
            QVERIFY2(isKnown, code.constData());
        }
    }
}

void ReplyWordsTest::knownReply_hasItsMeaning_data()
{
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<ReplyMeaning>("meaning");
    using enum ReplyMeaning;
    const auto row = [](const char *name, const QString &stage, int code, const QByteArray &enhanced,
                        const QString &text, ReplyMeaning meaning) {
        QTest::newRow(name) << reply(stage, code, enhanced, text) << meaning;
    };
    row("Postfix, no mailbox", u"rcpt"_s, 550, "5.1.1",
        u"<bob@example.net>: Recipient address rejected: User unknown in virtual mailbox table"_s,
        NoSuchMailbox);
    row("Postfix, relay", u"rcpt"_s, 554, "5.7.1", u"<bob@example.net>: Relay access denied"_s, NoRelay);
    row("Postfix, sender of another", u"rcpt"_s, 553, "5.7.1",
        u"<x@example.org>: Sender address rejected: not owned by user ann@example.org"_s, SenderNotYours);
    row("Postgrey", u"rcpt"_s, 450, "4.2.0",
        u"<bob@example.net>: Recipient address rejected: Greylisted, see http://postgrey.example.net/"_s,
        Greylisted);
    row("rspamd grey", u"end"_s, 451, "4.7.1", u"Try again later"_s, Greylisted);
    row("rspamd spam", u"end"_s, 554, "5.7.1", u"Spam message rejected"_s, LooksLikeSpam);
    row("ClamAV", u"end"_s, 554, "5.7.1", u"Message contains a virus: Eicar-Test-Signature"_s, HasVirus);
    row("Postfix, list of networks", u"rcpt"_s, 554, "5.7.1",
        u"Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"_s, NetworkListed);
    row("Exim, no such user", u"rcpt"_s, 550, {}, u"No such user here"_s, NoSuchMailbox);
    row("Exim, relay", u"rcpt"_s, 550, {}, u"relay not permitted"_s, NoRelay);
    row("Sendmail, relay", u"rcpt"_s, 550, "5.7.1", u"<bob@example.net>... Relaying denied"_s, NoRelay);
    row("Gmail, over quota", u"rcpt"_s, 552, "5.2.2",
        u"The email account that you tried to reach is over quota."_s, MailboxFull);
    row("Gmail, rate of a mailbox", u"rcpt"_s, 450, "4.2.1",
        u"The user you are trying to contact is receiving mail too quickly."_s, MailboxBusy);
    row("Gmail, daily limit", u"end"_s, 550, "5.4.5", u"Daily user sending limit exceeded."_s, DailyLimit);
    row("Gmail, app password", u"auth"_s, 534, "5.7.9", u"Application-specific password required."_s,
        AppPasswordWanted);
    row("Gmail, browser", u"auth"_s, 534, "5.7.14", u"Please log in via your web browser"_s, BrowserWanted);
    row("Gmail, attachment", u"end"_s, 552, "5.7.0",
        u"This message was blocked because its content presents a potential security issue."_s,
        AttachmentForbidden);
    row("Gmail, no proof", u"end"_s, 550, "5.7.26",
        u"This mail has been blocked because the sender is unauthenticated."_s, SenderUnproved);
    row("Gmail, flood", u"mail"_s, 421, "4.7.28", u"Gmail has detected an unusual rate of mail."_s,
        SentTooFast);
    row("Gmail, wrong password", u"auth"_s, 535, "5.7.8", u"Username and Password not accepted."_s,
        WrongPassword);
    row("Microsoft, not signed in", u"mail"_s, 530, "5.7.57", u"Client not authenticated to send mail."_s,
        NotSignedIn);
    row("Microsoft, send as", u"end"_s, 554, "5.2.252",
        u"SendAsDenied; ann@example.org not allowed to send as joe@example.org"_s, SenderNotYours);
    row("Microsoft, blocked sender", u"end"_s, 550, "5.1.8", u"Access denied, bad outbound sender"_s,
        AccountBlocked);
    row("Microsoft, switched off", u"auth"_s, 535, "5.7.139",
        u"Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."_s,
        SendingSwitchedOff);
    row("Microsoft, connections", u"end"_s, 432, "4.3.2", u"Concurrent connections limit exceeded."_s,
        TooManyConnections);
    row("Microsoft, no mailbox", u"rcpt"_s, 550, "5.4.1", u"Recipient address rejected: Access denied."_s,
        NoSuchMailbox);
    row("Microsoft, list", u"rcpt"_s, 550, "5.7.124",
        u"RESOLVER.RST.SenderNotInAllowedSendersList; not authorized"_s, ListClosed);
    row("Yahoo, volume", u"mail"_s, 421, "4.7.0", u"[TSS04] Messages from 192.0.2.1 temporarily deferred"_s,
        ProviderListed);
    row("Yahoo, policy", u"end"_s, 554, "5.7.9", u"Message not accepted for policy reasons."_s,
        LooksLikeSpam);
    row("iCloud, sender", u"mail"_s, 550, "5.7.0", u"From address is not one of your addresses"_s,
        SenderNotYours);
    row("iCloud, policy", u"end"_s, 550, "5.7.1", u"[CS01] Message rejected due to local policy."_s,
        RuleOfTheServer);
    row("Fastmail, sender", u"end"_s, 551, "5.7.1", u"Not authorised to send from this header address"_s,
        SenderNotYours);
    row("GMX, sender", u"mail"_s, 550, {}, u"Sender address is not allowed."_s, SenderNotYours);
    row("GMX, rate", u"mail"_s, 450, {}, u"Requested mail action not taken: Mail rate limit exceeded"_s,
        SentTooFast);
    row("Zoho, activity", u"end"_s, 550, "5.4.6", u"Unusual sending activity detected."_s, AccountBlocked);
    row("Zoho, sender", u"mail"_s, 553, {}, u"Sender is not allowed to relay emails"_s, SenderNotYours);
    row("Amazon SES, not verified", u"end"_s, 554, {}, u"Message rejected: Email address is not verified."_s,
        SenderNotVerified);
    row("Amazon SES, rate", u"end"_s, 454, {}, u"Throttling failure: Maximum sending rate exceeded."_s,
        SentTooFast);
    row("Amazon SES, day", u"end"_s, 454, {}, u"Throttling failure: Daily message quota exceeded."_s,
        DailyLimit);
    row("SendGrid, sender", u"end"_s, 550, {},
        u"The from address does not match a verified Sender Identity."_s, SenderNotVerified);
    row("SendGrid, used up", u"auth"_s, 451, {}, u"Authentication failed: Maximum credits exceeded"_s,
        AllowanceUsedUp);
    row("Mailgun, test mode", u"rcpt"_s, 421, {},
        u"Domain sandbox1.example.org is not allowed: Sandbox subdomains are for test purposes only."_s,
        TestModeOnly);
    row("no room, by the code alone", u"mail"_s, 452, {}, u"Insufficient system storage"_s, ServerFull);
    row("bad address, by the code alone", u"rcpt"_s, 553, {}, u"Mailbox name not allowed"_s,
        AddressNotAccepted);
}

void ReplyWordsTest::knownReply_hasItsMeaning()
{
    QFETCH(Problem, problem);
    QFETCH(ReplyMeaning, meaning);
    QVERIFY(delivery::meaningOf(problem) == meaning);
    // The window and the command line ask the same function.
    QCOMPARE(delivery::sentence(problem), delivery::replyWords(problem).sentence);
    QCOMPARE(delivery::advice(problem), delivery::replyWords(problem).advice);
}

void ReplyWordsTest::words_neverOutrankADefiniteCode_data()
{
    QTest::addColumn<Problem>("problem");
    QTest::addColumn<ReplyMeaning>("meaning");
    QTest::newRow("a full mailbox that speaks of recipients")
        << reply(u"rcpt"_s, 452, "4.2.2", u"Too many recipients have been refused: over quota"_s)
        << ReplyMeaning::MailboxFullForNow;
    QTest::newRow("a bad domain that speaks of users")
        << reply(u"rcpt"_s, 550, "5.1.2", u"User unknown"_s) << ReplyMeaning::NoSuchDomain;
    QTest::newRow("a message that is too large and smells of spam")
        << reply(u"end"_s, 554, "5.3.4", u"This spam is too large"_s) << ReplyMeaning::TooLarge;
    QTest::newRow("the reply code decides between now and for good")
        << reply(u"rcpt"_s, 452, "5.2.2", u"Mailbox full"_s) << ReplyMeaning::MailboxFullForNow;
}

void ReplyWordsTest::words_neverOutrankADefiniteCode()
{
    QFETCH(Problem, problem);
    QFETCH(ReplyMeaning, meaning);
    QVERIFY(delivery::meaningOf(problem) == meaning);
}

void ReplyWordsTest::unknownReply_isToldHonestly()
{
    const Problem problem = reply(u"end"_s, 554, "5.9.99", u"The moon is in the wrong quarter"_s);
    QVERIFY(delivery::meaningOf(problem) == ReplyMeaning::Unknown);
    QCOMPARE(delivery::sentence(problem), u"mail.example.org refused the message."_s);
    QVERIFY(delivery::evidence(problem).contains(u"554 5.9.99 The moon is in the wrong quarter"_s));
    QVERIFY(delivery::responsibility(problem).isEmpty());

    const Problem deferred = reply(u"rcpt"_s, 450, "4.0.0", u"Not now"_s);
    QCOMPARE(delivery::sentence(deferred),
             u"mail.example.org does not take mail for bob@example.net at the moment."_s);
}

void ReplyWordsTest::everyMeaning_isToldWithoutJargon()
{
    static const QRegularExpression jargon(
        u"\\b(error|failed to|please|SMTP|STARTTLS|SSL|TLS|AUTH|EHLO|SPF|DKIM|DMARC|[245]\\d\\d)\\b|!"_s,
        QRegularExpression::CaseInsensitiveOption);
    QSet<QString> sentences;
    QSet<int> meanings;
    for (const std::span<const ReplyRow> rows : { delivery::codeRows(), delivery::phraseRows() }) {
        for (const ReplyRow &row : rows) {
            if (row.meaning == ReplyMeaning::Unknown || meanings.contains(static_cast<int>(row.meaning)))
                continue;
            meanings.insert(static_cast<int>(row.meaning));
            const delivery::ReplyWords words = delivery::replyWords(repliesOf(row).constFirst());
            QVERIFY2(words.sentence.endsWith(u'.') && words.sentence.size() > 20, qPrintable(words.sentence));
            QVERIFY2(!jargon.match(words.sentence).hasMatch(), qPrintable(words.sentence));
            QVERIFY2(!words.sentence.contains(u'%'), qPrintable(words.sentence));
            QVERIFY2(!sentences.contains(words.sentence), qPrintable(words.sentence));
            sentences.insert(words.sentence);
            // Whoever must act is told how.
            QVERIFY2(words.actor != Actor::You || !words.advice.isEmpty(), qPrintable(words.sentence));
        }
    }
    QCOMPARE(meanings.size(), static_cast<int>(ReplyMeaning::ProviderListed)); // none is out of reach
}

void ReplyWordsTest::refusal_tellsWhoseTurnItIs()
{
    const auto turn = [](int code, const QByteArray &enhanced) {
        return delivery::responsibility(reply(u"rcpt"_s, code, enhanced, {}));
    };
    QCOMPARE(turn(550, "5.1.1"), u"This is up to you."_s);
    QCOMPARE(turn(552, "5.2.2"), u"This is up to the recipient."_s);
    QCOMPARE(turn(550, "5.3.5"), u"This is up to your provider."_s);
    QCOMPARE(turn(450, "4.2.1"), QString());
}

void ReplyWordsTest::stage_decidesBeforeTheCode()
{
    const auto meaning
        = [](const QString &stage) { return delivery::meaningOf(reply(stage, 550, "5.7.1", u"Denied"_s)); };
    QVERIFY(meaning(u"mail"_s) == ReplyMeaning::SenderNotAccepted);
    QVERIFY(meaning(u"rcpt"_s) == ReplyMeaning::RecipientUnwilling);
    QVERIFY(meaning(u"end"_s) == ReplyMeaning::RuleOfTheServer);
    QVERIFY(meaning(u"connect"_s) == ReplyMeaning::Unknown);
}

QTEST_GUILESS_MAIN(ReplyWordsTest)
#include "tst_replywords.moc"
