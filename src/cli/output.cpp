// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/output.h"

#include "delivery/words/words.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue textOrNull(const QByteArray &utf8)
{
    return textOrNull(QString::fromUtf8(utf8));
}

template <typename Number>
QJsonValue numberOrNull(Number number)
{
    return number == 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(number);
}

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(time.toUTC().toString(Qt::ISODate));
}

QJsonValue kindOrNull(const outbox::Problem &problem)
{
    return problem.isNone() ? QJsonValue(QJsonValue::Null) : QJsonValue(outbox::toString(problem.kind));
}

QJsonValue sentenceOrNull(const outbox::Problem &problem)
{
    return problem.isNone() ? QJsonValue(QJsonValue::Null) : QJsonValue(delivery::sentence(problem));
}

QJsonValue linesOrNull(const QString &text)
{
    if (text.isEmpty())
        return QJsonValue(QJsonValue::Null);
    return QJsonArray::fromStringList(text.split(u'\n'));
}

QJsonArray toJson(const QList<outbox::Recipient> &recipients)
{
    QJsonArray array;
    for (const outbox::Recipient &recipient : recipients) {
        array.append(QJsonObject {
            { u"address"_s, QString::fromUtf8(recipient.address) },
            { u"state"_s, statusWord(recipient.state) },
            { u"code"_s, numberOrNull(recipient.code) },
            { u"enhanced"_s, textOrNull(recipient.enhanced) },
            { u"text"_s, textOrNull(recipient.text) },
        });
    }
    return array;
}

QJsonValue toJson(delivery::Wishes wishes)
{
    QJsonArray words;
    if (wishes.testFlag(delivery::Wish::Reports))
        words.append(u"dsn"_s);
    if (wishes.testFlag(delivery::Wish::Priority))
        words.append(u"priority"_s);
    return words;
}

bool isDirectionControl(QChar character)
{
    const char16_t unit = character.unicode();
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
}

bool isTerminal([[maybe_unused]] std::FILE *stream)
{
#ifdef Q_OS_UNIX
    return ::isatty(::fileno(stream)) == 1;
#else
    return false;
#endif
}

void writeLine(std::FILE *stream, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream); // whoever reads a pipe sees each line when it is true
}

} // namespace

SendReport makeReport(const outbox::MessageDetails &details, const accounts::Account &account)
{
    const outbox::MessageSummary &message = details.summary;
    SendReport report;
    report.id = message.id;
    report.messageId = message.messageId;
    report.status = statusWord(message.state);
    report.host = account.server.host;
    report.port = account.server.port;
    report.nextAttempt = message.nextAttempt;
    report.recipients = message.recipients;
    const auto last = std::max_element(
        details.attempts.begin(), details.attempts.end(),
        [](const outbox::Attempt &one, const outbox::Attempt &other) { return one.started < other.started; });
    if (last == details.attempts.end())
        return report;
    // A try that has only begun does not know yet whom it reached.
    if (!last->host.isEmpty()) {
        report.host = last->host;
        report.port = last->port;
    }
    report.tls = last->tls;
    return report;
}

QString statusWord(outbox::MessageState state)
{
    using State = outbox::MessageState;
    switch (state) {
    case State::Preparing:
    case State::Sending:
        return outbox::toString(State::Queued);
    case State::Draft:
        return outbox::toString(State::Held);
    case State::Damaged:
        return outbox::toString(State::Failed);
    default:
        return outbox::toString(state);
    }
}

QString statusWord(outbox::RecipientState state)
{
    using State = outbox::RecipientState;
    return outbox::toString(state == State::Sending ? State::Queued : state);
}

QJsonObject toJson(const SendReport &report)
{
    const QJsonObject server {
        { u"host"_s, textOrNull(report.host) },
        { u"port"_s, numberOrNull(report.port) },
        { u"tls"_s, textOrNull(report.tls) },
    };
    return {
        { u"id"_s, textOrNull(report.id) },
        { u"message_id"_s, textOrNull(report.messageId) },
        { u"status"_s, report.status },
        { u"sentence"_s, report.sentence },
        { u"server"_s, report.host.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(server) },
        { u"recipients"_s, toJson(report.recipients) },
        { u"next_attempt"_s, timeOrNull(report.nextAttempt) },
        { u"left_out"_s, report.leftOut ? toJson(*report.leftOut) : QJsonValue(QJsonValue::Null) },
    };
}

QJsonObject toJson(const outbox::MessageSummary &message)
{
    const bool held = message.hold != outbox::HoldReason::None;
    return {
        { u"id"_s, message.id },
        { u"message_id"_s, textOrNull(message.messageId) },
        { u"account"_s, textOrNull(message.accountId) },
        { u"state"_s, outbox::toString(message.state) },
        { u"hold"_s, held ? QJsonValue(outbox::toString(message.hold)) : QJsonValue(QJsonValue::Null) },
        { u"subject"_s, message.subject },
        { u"recipients"_s, toJson(message.recipients) },
        { u"size"_s, numberOrNull(message.size) },
        { u"attempts"_s, message.attempts },
        { u"created"_s, timeOrNull(message.created) },
        { u"next_attempt"_s, timeOrNull(message.nextAttempt) },
        { u"problem"_s, kindOrNull(message.problem) },
        { u"reason"_s, sentenceOrNull(message.problem) },
    };
}

QJsonObject toSentJson(const outbox::MessageSummary &message)
{
    QJsonObject object = toSentJson(outbox::SentRecord { .id = message.id,
                                                         .messageId = message.messageId,
                                                         .accountId = message.accountId,
                                                         .subject = message.subject,
                                                         .reversePath = {},
                                                         .recipients = message.recipients,
                                                         .size = message.size,
                                                         .created = message.created,
                                                         .sent = message.changed });
    object.insert(u"state"_s, outbox::toString(message.state));
    object.insert(u"kept"_s, u"message"_s);
    return object;
}

QJsonObject toSentJson(const outbox::SentRecord &record)
{
    return {
        { u"id"_s, record.id },
        { u"message_id"_s, textOrNull(record.messageId) },
        { u"account"_s, textOrNull(record.accountId) },
        { u"state"_s, outbox::toString(outbox::MessageState::Sent) },
        { u"subject"_s, record.subject },
        { u"sender"_s, textOrNull(record.reversePath) },
        { u"recipients"_s, toJson(record.recipients) },
        { u"size"_s, numberOrNull(record.size) },
        { u"created"_s, timeOrNull(record.created) },
        { u"sent"_s, timeOrNull(record.sent) },
        { u"kept"_s, u"record"_s },
    };
}

QJsonObject toJson(const outbox::Attempt &attempt)
{
    return {
        { u"started"_s, timeOrNull(attempt.started) },
        { u"ended"_s, timeOrNull(attempt.ended) },
        { u"host"_s, textOrNull(attempt.host) },
        { u"port"_s, numberOrNull(attempt.port) },
        { u"tls"_s, textOrNull(attempt.tls) },
        { u"certificate_sha256"_s, textOrNull(attempt.certificateSha256.toHex()) },
        { u"outcome"_s, textOrNull(attempt.outcome) },
        { u"code"_s, numberOrNull(attempt.problem.code) },
        { u"enhanced"_s, textOrNull(attempt.problem.enhanced) },
        { u"text"_s, textOrNull(attempt.problem.text) },
        { u"problem"_s, kindOrNull(attempt.problem) },
        { u"reason"_s, sentenceOrNull(attempt.problem) },
        { u"transcript"_s, linesOrNull(attempt.transcript) },
    };
}

QJsonObject toJson(const accounts::Account &account, const outbox::AccountHold &hold)
{
    const QString mechanism = QString::fromLatin1(account.auth).toLower();
    return {
        { u"id"_s, account.id },
        { u"name"_s, account.name },
        { u"email"_s, account.email },
        { u"host"_s, textOrNull(account.server.host) },
        { u"port"_s, numberOrNull(account.server.port) },
        { u"security"_s, accounts::toString(account.server.security) },
        { u"user"_s, textOrNull(account.user) },
        { u"auth"_s,
          account.user.isEmpty()    ? u"none"_s
              : mechanism.isEmpty() ? u"auto"_s
                                    : mechanism },
        { u"state"_s, accountStateWord(hold) },
        { u"sentence"_s, sentenceOrNull(hold.problem) },
    };
}

QJsonObject toJson(const outbox::ServerFacts &facts)
{
    QJsonArray mechanisms;
    for (const QByteArray &mechanism : facts.mechanisms)
        mechanisms.append(QString::fromUtf8(mechanism).toLower());
    return {
        { u"host"_s, textOrNull(facts.host) },
        { u"port"_s, numberOrNull(facts.port) },
        { u"tls"_s, textOrNull(facts.tls) },
        { u"auth"_s, mechanisms.isEmpty() ? QJsonValue(QJsonValue::Null) : mechanisms },
        { u"size"_s, numberOrNull(facts.size) },
        { u"learnt"_s, timeOrNull(facts.learnt) },
    };
}

QJsonObject toJson(const outbox::LearntHabits &habits)
{
    const auto reach = [&habits] {
        switch (habits.habits.pipelineUse) {
        case smtp::PipelineUse::AcrossMessages:
            return u"across-messages"_s;
        case smtp::PipelineUse::WithinMessage:
            return u"within-message"_s;
        case smtp::PipelineUse::Never:
            return u"never"_s;
        }
        Q_UNREACHABLE();
    };
    return {
        { u"host"_s, textOrNull(habits.host) },
        { u"port"_s, numberOrNull(habits.port) },
        { u"chunking"_s, habits.habits.chunkUse == smtp::ChunkUse::Never ? u"never"_s : u"where-offered"_s },
        { u"pipelining"_s, reach() },
        { u"recipient_limit"_s, numberOrNull(habits.recipientLimit) },
        { u"recipients_taken"_s, numberOrNull(habits.recipientsTaken) },
    };
}

QJsonObject toJson(const outbox::PaceReport &report, const QDateTime &now)
{
    const outbox::PaceLimits inForce = report.pace.inForce(now);
    const outbox::PaceLimits &chosen = report.pace.chosen;
    const auto limit = [](const std::optional<int> &number) { return numberOrNull(number.value_or(0)); };
    const auto choice = [](const std::optional<int> &number) {
        return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
    };
    return {
        { u"per_minute"_s, limit(inForce.messagesPerMinute) },
        { u"per_day"_s, limit(inForce.messagesPerDay) },
        { u"recipients"_s, limit(inForce.recipientsPerMessage) },
        { u"recipients_per_day"_s, limit(inForce.recipientsPerDay) },
        { u"chosen"_s,
          QJsonObject {
              { u"per_minute"_s, choice(chosen.messagesPerMinute) },
              { u"per_day"_s, choice(chosen.messagesPerDay) },
              { u"recipients"_s, choice(chosen.recipientsPerMessage) },
              { u"recipients_per_day"_s, choice(chosen.recipientsPerDay) },
          } },
        { u"closed_until"_s, timeOrNull(report.pace.closedUntil) },
        { u"sent_last_minute"_s, report.lastMinute.messages },
        { u"sent_last_day"_s, report.lastDay.messages },
        { u"recipients_last_day"_s, report.lastDay.recipients },
    };
}

QString accountStateWord(const outbox::AccountHold &hold)
{
    using Kind = outbox::Problem::Kind;
    if (hold.state != outbox::AccountHold::State::Held)
        return u"ready"_s; // one that waits for its server needs nobody
    using Detail = outbox::Problem::Detail;
    if (hold.problem.kind == Kind::SignInNeeded || hold.problem.detail == Detail::FreshTokenRefused)
        return u"needs-sign-in"_s;
    switch (hold.problem.kind) {
    case Kind::SignInRefused:
    case Kind::PasswordMissing:
    case Kind::KeychainLocked:
    case Kind::KeychainUnavailable:
        return u"needs-password"_s;
    default:
        return u"held"_s;
    }
}

QString printable(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        if (character.isSpace())
            result += character == u'\u00a0' ? character : QChar(u' ');
        else if (character.category() != QChar::Other_Control && !isDirectionControl(character))
            result += character;
    }
    return result;
}

Output::Output(Format format, std::FILE *results, std::FILE *messages)
    : m_format(format)
    , m_results(results)
    , m_messages(messages)
    , m_isWatched(isTerminal(messages))
{ }

void Output::result(const QJsonObject &object, const QString &text)
{
    clearProgress();
    if (m_format == Format::Json)
        result(object);
    else
        writeLine(m_results, printable(text).toLocal8Bit());
}

void Output::result(const QJsonObject &object, const QStringList &lines)
{
    clearProgress();
    if (m_format == Format::Json)
        return result(object);
    for (const QString &line : lines)
        writeLine(m_results, printable(line).toLocal8Bit());
}

void Output::result(const QJsonObject &object)
{
    clearProgress();
    if (m_format == Format::Json)
        writeLine(m_results, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void Output::page(const QString &text)
{
    writeLine(m_results, text.toLocal8Bit());
}

void Output::message(const QString &sentence)
{
    clearProgress();
    writeLine(m_messages, printable(sentence).toLocal8Bit());
}

void Output::progress(const QString &line)
{
    constexpr qsizetype NarrowestTerminal = 79; // a longer line would wrap, and stay
    if (!m_isWatched)
        return;
    const QString shown = printable(line).left(NarrowestTerminal);
    // Blanks instead of a control sequence: every terminal knows them.
    const QByteArray octets = '\r' + shown.leftJustified(m_progressWidth).toLocal8Bit();
    std::fwrite(octets.constData(), 1, static_cast<std::size_t>(octets.size()), m_messages);
    std::fflush(m_messages);
    m_progressWidth = shown.size();
}

void Output::clearProgress()
{
    if (m_progressWidth == 0)
        return;
    progress({});
    std::fputc('\r', m_messages);
    std::fflush(m_messages);
    m_progressWidth = 0;
}

bool Output::flush()
{
    return std::fflush(m_results) == 0 && std::ferror(m_results) == 0;
}

} // namespace postrider::cli
