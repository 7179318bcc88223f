// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/problems.h"
#include "delivery/words/replywords.h"
#include "delivery/words/words.h"

#include <QLocale>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QTranslator>

#include <utility>

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

/// All values up to this last one.
template <typename Enumeration>
QList<Enumeration> upTo(Enumeration last)
{
    QList<Enumeration> values;
    for (int value = 0; value <= static_cast<int>(last); ++value)
        values += static_cast<Enumeration>(value);
    return values;
}

/// One that the row is there for.
Problem replyOf(const delivery::ReplyRow &row)
{
    const bool isForNow = row.replyClass == '4';
    Problem reply = sample(Problem::Kind::RecipientRefused);
    reply.stage = (row.stages & delivery::AtRecipient) != 0 ? u"rcpt"_s
        : (row.stages & delivery::AtContent) != 0           ? u"end"_s
        : (row.stages & delivery::AtSender) != 0            ? u"mail"_s
        : (row.stages & delivery::AtSignIn) != 0            ? u"auth"_s
                                                            : u"greeting"_s;
    reply.code = row.code != 0 ? row.code : isForNow ? 459 : 559;
    reply.enhanced = *row.enhanced == '\0' ? QByteArray() : QByteArray(isForNow ? "4." : "5.") + row.enhanced;
    reply.text = QString::fromLatin1(row.words);
    return reply;
}

/// What is said about every value of every enumeration, in the present language.
QMap<QString, QStringList> allSentences()
{
    QMap<QString, QStringList> all;
    using Detail = Problem::Detail;
    const auto problem = [](Problem::Kind kind, Detail detail) {
        Problem made = sample(kind);
        made.code = 0; // what a reply means is told by the table of replies
        made.detail = detail;
        return delivery::sentence(made);
    };

    QStringList problems;
    for (const Problem::Kind kind : upTo(Problem::Kind::Internal)) {
        if (kind != Problem::Kind::None)
            problems += problem(kind, Detail::None);
    }
    using enum Problem::Kind;
    const QList<std::pair<Problem::Kind, Detail>> details {
        { ProxyFailed, Detail::ProxyNotFound },
        { ProxyFailed, Detail::ProxyUnreachable },
        { ProxyFailed, Detail::ProxySignInRefused },
        { ProxyFailed, Detail::ProxyForbids },
        { ProxyFailed, Detail::NoProxyThere },
        { TlsFailed, Detail::ServerClosed },
        { TlsFailed, Detail::ServerAlert },
        { TlsFailed, Detail::OutdatedTls },
        { TlsFailed, Detail::NotTls },
        { SignInRefused, Detail::TokenRefused },
        { SignInRefused, Detail::FreshTokenRefused },
        { SignInUnavailable, Detail::TokenServiceDown },
        { SignInNeeded, Detail::NoClientId },
        { SignInNeeded, Detail::ScopeMissing },
        { NoMechanism, Detail::UnusableCredentials },
        { NoMechanism, Detail::UnexpectedChallenge },
        { NoMechanism, Detail::MalformedChallenge },
        { NoMechanism, Detail::ForeignAnswer },
        { NoMechanism, Detail::TooFewIterations },
        { NoMechanism, Detail::TooManyIterations },
        { NoMechanism, Detail::UnknownExtension },
        { NoMechanism, Detail::DerivationFailed },
        { PasswordMissing, Detail::PasswordOfOtherHost },
        { KeychainLocked, Detail::PromptDismissed },
        { KeychainLocked, Detail::KeychainSlow },
        { KeychainUnavailable, Detail::NoSecretService },
        { KeychainUnavailable, Detail::NoSessionBus },
        { RecipientRefused, Detail::EveryRecipient },
        { RecipientRefused, Detail::SentToNobody },
        { ProtocolError, Detail::CommandsLost },
        { ProtocolError, Detail::ChunksLost },
        { CommandUnusable, Detail::CommandNotFound },
        { CommandUnusable, Detail::CommandNotExecutable },
        { CommandUnusable, Detail::CommandNotAbsolute },
        { OutcomeUnknown, Detail::CommandRefusedSome },
    };
    Q_ASSERT(details.size() == upTo(Detail::CommandRefusedSome).size() - 1); // all but None
    for (const auto &[kind, detail] : details)
        problems += problem(kind, detail);
    for (const QString &service : { u"REQUIRETLS"_s, u"FUTURERELEASE"_s, u"DELIVERBY"_s }) {
        for (const qint64 limit : { 0, 3600 }) {
            Problem unsupported = sample(ServiceUnsupported);
            unsupported.subject = service;
            unsupported.limit = limit;
            // REQUIRETLS knows no limit, and the list above ends with a time too short to deliver in.
            if (service == u"FUTURERELEASE" || limit == 0)
                problems += delivery::sentence(unsupported);
        }
    }
    all[u"problems"_s] = problems;

    QStringList storeErrors;
    for (const outbox::StoreError::Kind kind : upTo(outbox::StoreError::Kind::Failed))
        storeErrors += delivery::sentence(outbox::StoreError { kind, u"report.pdf"_s, u"Denied"_s });
    all[u"store"_s] = storeErrors;

    QStringList addressErrors;
    using mime::AddressError;
    for (const AddressError::Kind kind : upTo(AddressError::Kind::NonAsciiLocalPart))
        addressErrors += delivery::sentence(AddressError { .kind = kind, .text = u"joe smith@x"_s });
    for (const AddressError::Detail detail : upTo(AddressError::Detail::EntryTooLong)) {
        if (detail != AddressError::Detail::None) {
            addressErrors += delivery::sentence(AddressError {
                .kind = AddressError::Kind::BadDomain, .text = u"joe smith@x"_s, .detail = detail });
        }
    }
    all[u"addresses"_s] = addressErrors;

    QStringList hints;
    const mime::Mailbox mailbox { u"boss@example.org"_s, u"ann"_s, u"gmial.com"_s };
    for (const mime::AddressHint::Kind kind : upTo(mime::AddressHint::Kind::NameShowsOtherAddress))
        hints += delivery::sentence(mime::AddressHint { kind, u"gmail.com"_s }, mailbox);
    all[u"hints"_s] = hints;

    QStringList writing;
    for (const mime::WriteError::Kind kind : upTo(mime::WriteError::Kind::BadAddress))
        writing += delivery::sentence(mime::WriteError { kind, u"report.pdf"_s, u"Denied"_s });
    for (const mime::WriteNotice::Kind kind : upTo(mime::WriteNotice::Kind::MessageSentAsFile))
        writing += delivery::sentence(mime::WriteNotice { kind, u"report.pdf"_s });
    all[u"writing"_s] = writing;

    QStringList links;
    for (const mime::MailtoError error : upTo(mime::MailtoError::TooManyAddresses))
        links += delivery::sentence(error);
    for (const mime::MailtoRemark::Kind kind : upTo(mime::MailtoRemark::Kind::BadValue))
        links += delivery::sentence(mime::MailtoRemark { kind, u"attach"_s, u"/etc/hostname"_s });
    all[u"links"_s] = links;

    QStringList fields;
    for (const mime::CustomFieldProblem kind : upTo(mime::CustomFieldProblem::Unreadable))
        fields += delivery::sentence(kind, u"X-Box"_s);
    for (const mime::UnsubscriptionProblem kind : upTo(mime::UnsubscriptionProblem::NoHttpsUri))
        fields += delivery::sentence(kind);
    all[u"fields"_s] = fields;

    QStringList certificates;
    for (const net::ClientCertificateError error : upTo(net::ClientCertificateError::KeyMismatch))
        certificates += delivery::sentence(error, u"ann.pem"_s);
    all[u"client certificates"_s] = certificates;

    using delivery::Wish;
    QStringList servers;
    for (const delivery::Wishes wishes : { delivery::Wishes(Wish::Reports), delivery::Wishes(Wish::Priority),
                                           Wish::Reports | Wish::Priority })
        servers += delivery::sentence(wishes, u"mail.example.org"_s);
    outbox::ServerFacts facts { .host = u"mail.example.org"_s,
                                .port = 465,
                                .tls = u"TLS 1.3"_s,
                                .mechanisms = { "PLAIN", "LOGIN" },
                                .size = 25'000'000,
                                .learnt = QDateTime({ 2026, 3, 2 }, { 9, 0 }, Qt::UTC) };
    servers += delivery::sentences(facts);
    facts.tls.clear();
    facts.mechanisms.clear();
    servers += delivery::sentences(facts).mid(1, 2);
    outbox::LearntHabits habits;
    habits.habits = { smtp::ChunkUse::Never, smtp::PipelineUse::WithinMessage };
    habits.recipientLimit = 50;
    servers += delivery::sentences(habits);
    habits.habits = { smtp::ChunkUse::WhereOffered, smtp::PipelineUse::Never };
    habits.recipientLimit = 1;
    servers += delivery::sentences(habits);
    all[u"servers"_s] = servers;

    QMap<int, QString> replies;
    for (const std::span<const delivery::ReplyRow> rows : { delivery::codeRows(), delivery::phraseRows() }) {
        for (const delivery::ReplyRow &row : rows) {
            if (row.meaning != delivery::ReplyMeaning::Unknown)
                replies.insert(static_cast<int>(row.meaning), delivery::replyWords(replyOf(row)).sentence);
        }
    }
    all[u"replies"_s] = replies.values();
    return all;
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
    void everyFailure_hasASentenceOfItsOwn_data();
    void everyFailure_hasASentenceOfItsOwn();
    void everyCause_isToldApart_data();
    void everyCause_isToldApart();
    void everyStoreError_hasASentence();
    void everyAddressError_namesThePiece();
    void aReasonFromTheExchange_standsBehindTheReply();
    void aMessageThatIsTooLarge_isToldWithBothSizes();
    void aRefusedMailbox_isNamedTogetherWithTheServer();
    void serverWords_areTheWholeAnswer();
    void evidence_isTheServersOnlyWhenItSpoke();
    void aWaitingMessage_tellsWhyWhenAndThatItIsSafe();
    void anAccountAtItsLimit_tellsWhenItGoesOn();
    void aScheduledMessage_tellsWhenItLeavesOrThatItMissedIt();
    void aPracticeMessage_neverReadsSent();
    void aMessageResolvedAsSent_claimsNoServersWord();
    void aCauseNobodyNamed_leavesNoEmptyParentheses();
    void anUnknownOutcome_offersTheTwoWays();
    void aPartlySentMessage_countsAndExplains();
    void aWithdrawnMechanism_namesTheWayOut();
    void aServerWithoutFlaws_isToldInFacts();
    void aPlaceholder_isNeverLeftOver();
};

void WordsTest::everyProblem_hasAWholeSentenceWithoutJargon()
{
    static const QRegularExpression jargon(u"\\b(error|failed to|please|SMTP|STARTTLS|SSL)\\b|!"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    for (int kind = 1; kind <= static_cast<int>(Problem::Kind::Internal); ++kind) {
        Problem problem = sample(static_cast<Problem::Kind>(kind));
        problem.code = 0;
        const QString text = delivery::sentence(problem);
        QVERIFY2(text.size() > 15, qPrintable(u"%1: %2"_s.arg(kind).arg(text)));
        QVERIFY2(!jargon.match(text).hasMatch(), qPrintable(text));
    }
}

void WordsTest::everyFailure_hasASentenceOfItsOwn_data()
{
    QTest::addColumn<QStringList>("sentences");
    QTest::addColumn<QStringList>("untranslated");
    const QMap<QString, QStringList> english = allSentences();
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(POSTRIDER_GERMAN_CATALOGUE)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const QMap<QString, QStringList> german = allSentences();
    QCoreApplication::removeTranslator(&translator);
    for (auto row = english.cbegin(); row != english.cend(); ++row) {
        QTest::addRow("%s, English", qPrintable(row.key())) << row.value() << QStringList();
        QTest::addRow("%s, German", qPrintable(row.key())) << german.value(row.key()) << row.value();
    }
}

void WordsTest::everyFailure_hasASentenceOfItsOwn()
{
    QFETCH(QStringList, sentences);
    QFETCH(QStringList, untranslated);
    static const QRegularExpression replyCode(u"\\b([245]\\d\\d|[245]\\.\\d\\.\\d+)\\b"_s);
    QSet<QString> known;
    for (const QString &sentence : std::as_const(sentences)) {
        QVERIFY2(sentence.size() > 15, qPrintable(sentence));
        QVERIFY2(!sentence.contains(u'%'), qPrintable(sentence));
        // Ports are no codes.
        QVERIFY2(!replyCode.match(QString(sentence).remove(u"465"_s).remove(u"587"_s)).hasMatch(),
                 qPrintable(sentence));
        QVERIFY2(!known.contains(sentence), qPrintable(sentence));
        QVERIFY2(!untranslated.contains(sentence), qPrintable(sentence));
        known.insert(sentence);
    }
}

void WordsTest::everyCause_isToldApart_data()
{
    QTest::addColumn<QStringList>("sentences");
    const auto told = [](Problem problem) {
        problem.host = u"mail.example.org"_s;
        problem.port = 465;
        return delivery::sentence(problem);
    };
    const auto connection = [&told](const net::ConnectionFailure &failure) {
        return told(delivery::toProblem(failure, std::nullopt));
    };

    QStringList proxies;
    for (const net::ProxyFailure failure : upTo(net::ProxyFailure::NoProxy))
        proxies += connection({ .kind = net::ConnectionFailure::Kind::ProxyFailed, .proxy = failure });
    QTest::newRow("proxies") << proxies;

    QStringList handshakes;
    for (const net::HandshakeFailure failure : upTo(net::HandshakeFailure::NotTls))
        handshakes += connection({ .kind = net::ConnectionFailure::Kind::TlsFailed, .handshake = failure });
    QTest::newRow("handshakes") << handshakes;

    QStringList certificates;
    for (const net::TlsProblem problem : upTo(net::TlsProblem::PinMismatch)) {
        net::TlsReport report;
        report.problems = { problem };
        // Both are certificates that nobody known has signed.
        if (problem != net::TlsProblem::SelfSigned) {
            certificates
                += told(delivery::toProblem({ .kind = net::ConnectionFailure::Kind::TlsNotTrusted }, report));
        }
    }
    QTest::newRow("certificates") << certificates;

    QStringList exchanges { told(delivery::toProblem(smtp::Failure {
        .stage = smtp::Failure::Stage::Auth, .cause = smtp::Failure::Cause::ServerNotVerified })) };
    for (const sasl::Error error : upTo(sasl::Error::DerivationFailed)) {
        smtp::Failure failure;
        failure.stage = smtp::Failure::Stage::Auth;
        failure.cause = smtp::Failure::Cause::MechanismFailed;
        failure.mechanismError = error;
        exchanges += told(delivery::toProblem(failure));
    }
    QTest::newRow("exchanges") << exchanges;

    QStringList transactions;
    using Cause = smtp::Failure::Cause;
    for (const Cause cause :
         { Cause::Malformed, Cause::TimedOut, Cause::ConnectionLost, Cause::TlsMissing, Cause::TlsFailed,
           Cause::NoCommonMechanism, Cause::TooLarge, Cause::Utf8Unsupported, Cause::EightBitUnsupported,
           Cause::RequireTlsUnsupported, Cause::FutureReleaseUnsupported, Cause::DeliverByUnsupported,
           Cause::UnsafeEnvelope, Cause::NoRecipients, Cause::RecipientsRefused, Cause::ContentUnreadable,
           Cause::ChunkingUnusable, Cause::PipeliningUnusable }) {
        transactions += told(
            delivery::toProblem(smtp::Failure { .stage = smtp::Failure::Stage::Mail, .cause = cause }));
    }
    for (const Cause cause : { Cause::FutureReleaseTooLate, Cause::DeliverByTooSoon }) {
        transactions += told(delivery::toProblem(
            smtp::Failure { .stage = smtp::Failure::Stage::Mail, .cause = cause, .limit = 3600 }));
    }
    QTest::newRow("transactions") << transactions;
}

void WordsTest::everyCause_isToldApart()
{
    QFETCH(QStringList, sentences);
    QSet<QString> known;
    for (const QString &sentence : std::as_const(sentences)) {
        QVERIFY2(sentence.size() > 15 && !sentence.contains(u'%'), qPrintable(sentence));
        QVERIFY2(!known.contains(sentence), qPrintable(sentence));
        known.insert(sentence);
    }
}

void WordsTest::aReasonFromTheExchange_standsBehindTheReply()
{
    Problem refused;
    refused.kind = Problem::Kind::SignInRefused;
    refused.stage = u"auth"_s;
    refused.detail = Problem::Detail::TokenRefused;
    refused.code = 535;
    refused.enhanced = "5.7.8";
    refused.text = u"Rejected"_s;
    refused.subject = u"invalid_token"_s;
    QVERIFY(!delivery::sentence(refused).contains(u"invalid_token"_s));
    QCOMPARE(delivery::serverWords(refused), u"535 5.7.8 Rejected (invalid_token)"_s);
}

void WordsTest::aMessageThatIsTooLarge_isToldWithBothSizes()
{
    const QString text = delivery::sentence(sample(Problem::Kind::TooLarge));
    QVERIFY2(text.contains(QLocale().formattedDataSize(27'400'000, 1, QLocale::DataSizeSIFormat)),
             qPrintable(text));
    QVERIFY2(text.contains(QLocale().formattedDataSize(25'000'000, 1, QLocale::DataSizeSIFormat)),
             qPrintable(text));
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
             u"The server said: “\u2068550 5.1.1 No such user here\u2069”"_s);
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
    waiting.problem.code = 421;
    waiting.problem.enhanced.clear();
    waiting.nextAttempt = Now.addSecs(240);
    const QString text = delivery::stateSentence(waiting, Now);
    QVERIFY2(text.startsWith(u"mail.example.org is busy"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Next try"_s) && text.contains(u"4 minute"_s), qPrintable(text));
    QVERIFY2(text.endsWith(u"Your message is safe in the Outbox."_s), qPrintable(text));
}

void WordsTest::anAccountAtItsLimit_tellsWhenItGoesOn()
{
    MessageSummary waiting = message(MessageState::Deferred);
    waiting.problem.kind = Problem::Kind::PaceReached;
    waiting.problem.detail = Problem::Detail::MessagesPerDay;
    waiting.problem.host = u"example.org"_s;
    waiting.nextAttempt = QDateTime(Now.toLocalTime().date().addDays(1), QTime(9, 0));
    const QString hour = QLocale().toString(QTime(9, 0), QLocale::ShortFormat);
    QCOMPARE(
        delivery::stateSentence(waiting, Now),
        u"Daily limit of example.org reached. Goes on tomorrow %1. Your message is safe in the Outbox."_s.arg(
            hour));
}

void WordsTest::aScheduledMessage_tellsWhenItLeavesOrThatItMissedIt()
{
    MessageSummary scheduled = message(MessageState::Held);
    scheduled.hold = outbox::HoldReason::Scheduled;
    scheduled.nextAttempt = QDateTime(Now.toLocalTime().date().addDays(1), QTime(9, 0));
    const QString hour = QLocale().toString(QTime(9, 0), QLocale::ShortFormat);
    QCOMPARE(delivery::stateSentence(scheduled, Now), u"Leaves tomorrow %1."_s.arg(hour));
    scheduled.nextAttempt = {};
    scheduled.problem.kind = Problem::Kind::Overdue;
    QCOMPARE(delivery::stateSentence(scheduled, Now),
             u"The computer was off when the message was to leave. Send it now, or choose another time. "
             "Your message is safe in the Outbox."_s);
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
    QVERIFY(text.contains(u"The server may already have it"_s));
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

/// Only that: forgetting leads nowhere where the account itself demands what is gone.
void WordsTest::aWithdrawnMechanism_namesTheWayOut()
{
    for (int kind = 0; kind <= static_cast<int>(Problem::Kind::Internal); ++kind) {
        const Problem problem = sample(static_cast<Problem::Kind>(kind));
        const bool isNamed = delivery::advice(problem).contains(u"account forget-server"_s);
        QCOMPARE(isNamed, problem.kind == Problem::Kind::MechanismWithdrawn);
    }
}

void WordsTest::aServerWithoutFlaws_isToldInFacts()
{
    const outbox::ServerFacts facts { .host = u"mail.example.org"_s,
                                      .port = 465,
                                      .tls = u"TLS 1.3"_s,
                                      .mechanisms = { "SCRAM-SHA-256", "PLAIN" },
                                      .size = 25'000'000,
                                      .learnt = Now };
    const QString text = delivery::sentences(facts).join(u' ');
    for (const QString &part :
         { u"mail.example.org"_s, u"465"_s, u"TLS 1.3"_s, u"SCRAM-SHA-256, PLAIN"_s, u"25.0 MB"_s })
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(delivery::sentences(outbox::LearntHabits {}).isEmpty());
    QVERIFY(delivery::sentence(delivery::Wishes(), u"mail.example.org"_s).isEmpty());
    // What a server says of itself may be anything.
    const outbox::ServerFacts odd {
        .host = u"h"_s, .tls = {}, .mechanisms = { "PL\x1b[2JAIN" }, .learnt = Now
    };
    QVERIFY(!delivery::sentences(odd).join(u' ').contains(u'\u001b'));
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
