// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/pacelesson.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <chrono>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using outbox::PaceLimits;
using outbox::Problem;
using outbox::RecipientOutcome;
using outbox::RecipientState;
using Closed = PaceLesson::Closed;

namespace {

constexpr std::chrono::seconds Moment = 1min;
constexpr std::chrono::seconds Hour = 1h;

/// About somebody else's mailbox, or about this transaction or connection alone.
constexpr std::array OtherCauses {
    "trying to contact"_L1, "trying to reach"_L1, "is receiving"_L1,      "over quota"_L1, "mailbox full"_L1,
    "mailbox is full"_L1,   "connections"_L1,     "size limit"_L1,        "login"_L1,      "sign-in"_L1,
    "storage"_L1,           "greylist"_L1,        "recipient's quota"_L1, "disk quota"_L1,
};

/// A sender's own pace, whatever the code. In lower case, without punctuation between the words.
constexpr std::array Signs {
    "sending limit"_L1,
    "send limit"_L1,
    "sendlimit"_L1,
    "sending quota"_L1,
    "submission quota"_L1,
    "submissionquota"_L1,
    "sending rate"_L1,
    "message quota"_L1,
    "mail quota"_L1,
    "daily limit"_L1,
    "daily quota"_L1,
    "daily message"_L1,
    "daily recipient"_L1,
    "daily user"_L1,
    "hourly limit"_L1,
    "hourly quota"_L1,
    "rate limit"_L1,
    "ratelimit"_L1,
    "message rate"_L1,
    "mail rate"_L1,
    "recipient rate"_L1,
    "rate exceeded"_L1,
    "throttl"_L1,
    "unusual rate"_L1,
    "limit of outgoing"_L1,
    "outgoing limit"_L1,
    "outbound limit"_L1,
    "outgoing message limit"_L1,
    "limit of messages"_L1,
    "limit for sending"_L1,
    "limit of recipients per"_L1,
};

/// The same where the server does not mean it for good. Of a refusal for good they may be about spam.
constexpr std::array SignsForNow {
    "too much mail"_L1,   "too many messages"_L1,        "too many mails"_L1,
    "too many emails"_L1, "too many e-mails"_L1,         "too fast"_L1,
    "too quickly"_L1,     "too many recipients from"_L1, "slow down"_L1,
};

template <typename Words>
bool containsAny(const QString &text, const Words &words)
{
    return std::any_of(words.begin(), words.end(),
                       [&text](QLatin1StringView word) { return text.contains(word); });
}

/// "30 messages per minute": the number, of what, in which time.
const QRegularExpression &quota()
{
    static const QRegularExpression expression(
        u"(\\d{1,7}) ?(?:outgoing |sent )?(message|mail|email|e-mail|recipient)s? "
        u"?(?:per|/|an?|each|every|in) ?"
        "(?:1 |one )?(minute|min|hour|day|24 ?h)"_s);
    return expression;
}

bool namesDay(const QString &text)
{
    static const QRegularExpression expression(
        u"\\b(daily|today|24 ?h(ours?)?)\\b|\\b(per|a|each|every|/) ?day\\b"_s);
    return text.contains(expression);
}

bool namesHour(const QString &text)
{
    static const QRegularExpression expression(u"\\bhourly\\b|\\b(per|an|each|every|this|/) ?hour\\b"_s);
    return text.contains(expression);
}

PaceLimits limitsIn(const QString &text)
{
    PaceLimits limits;
    const QRegularExpressionMatch match = quota().match(text);
    const int number = match.captured(1).toInt();
    if (number <= 0)
        return limits;
    const bool isRecipients = match.captured(2) == u"recipient";
    const QString time = match.captured(3);
    if (time.startsWith(u"min")) {
        if (!isRecipients)
            limits.messagesPerMinute = number;
    } else if (time != u"hour") {
        (isRecipients ? limits.recipientsPerDay : limits.messagesPerDay) = number;
    }
    return limits;
}

std::optional<PaceLesson> lessonOf(const RecipientOutcome &recipient)
{
    const bool isRefused
        = recipient.state == RecipientState::Deferred || recipient.state == RecipientState::Failed;
    return isRefused ? paceLesson(recipient.code, recipient.enhanced, recipient.text) : std::nullopt;
}

} // namespace

std::optional<PaceLesson> paceLesson(int code, const QByteArray &enhanced, const QString &text)
{
    if (code < 400)
        return std::nullopt;
    const QString words = text.toLower().simplified();
    const bool isDayCode = enhanced == "5.4.5";
    const bool isRateCode = enhanced == "4.7.28" || enhanced == "5.7.28";
    // X.1.Z is about an address, X.2.Z about its mailbox, X.5.3 about one transaction. Some servers file
    // their own quotas there.
    const QByteArray kind = enhanced.mid(1, 3);
    const bool isForeign = kind == ".1." || kind == ".2." || enhanced.endsWith(".5.3");
    const bool isOwnWord
        = words.contains("sending"_L1) || words.contains("submission"_L1) || words.contains("send limit"_L1);
    if (!isDayCode && !isRateCode) {
        const bool hasSign = containsAny(words, Signs) || quota().match(words).hasMatch()
            || (code < 500 && containsAny(words, SignsForNow));
        if (!hasSign || containsAny(words, OtherCauses) || (isForeign && !isOwnWord))
            return std::nullopt;
    }
    PaceLesson lesson;
    if (isDayCode || namesDay(words))
        lesson.closed = Closed::ForTheDay;
    else if (namesHour(words))
        lesson.closed = Closed::ForTheHour;
    lesson.limits = limitsIn(words);
    return lesson;
}

std::optional<PaceLesson> paceLesson(const Problem &refusal)
{
    static const QList<QString> stages { u"mail"_s, u"rcpt"_s, u"data"_s, u"end"_s };
    const bool isAboutMail = stages.contains(refusal.stage) || refusal.code == 421;
    return isAboutMail ? paceLesson(refusal.code, refusal.enhanced, refusal.text) : std::nullopt;
}

std::optional<PaceLesson> takePaceLesson(outbox::AttemptOutcome &outcome)
{
    const std::optional<PaceLesson> ofAll = paceLesson(outcome.problem);
    std::optional<PaceLesson> lesson = ofAll;
    Problem refusal = outcome.problem;
    bool isAnyoneDecided = false;
    for (RecipientOutcome &recipient : outcome.recipients) {
        const std::optional<PaceLesson> own = lessonOf(recipient);
        // Who was not answered any more shares the answer to the session.
        const bool isUnanswered = ofAll && recipient.state == RecipientState::Deferred && recipient.code == 0;
        if (!own && !isUnanswered) {
            isAnyoneDecided = isAnyoneDecided || recipient.state != RecipientState::Queued;
            continue;
        }
        if (own && (!lesson || own->closed > lesson->closed)) {
            lesson = own;
            refusal.code = recipient.code;
            refusal.enhanced = recipient.enhanced;
            refusal.text = recipient.text;
        }
        recipient = { .address = recipient.address,
                      .state = RecipientState::Queued,
                      .code = 0,
                      .enhanced = {},
                      .text = {} };
    }
    if (!lesson)
        return std::nullopt;
    outcome.reachedMail = outcome.reachedMail && isAnyoneDecided;
    if (ofAll || !isAnyoneDecided)
        outcome.problem = paceProblem(refusal, *lesson);
    return lesson;
}

Problem paceProblem(const Problem &refusal, const PaceLesson &lesson)
{
    Problem problem = refusal;
    problem.kind = Problem::Kind::PaceReached;
    problem.detail
        = lesson.closed == Closed::ForTheDay ? Problem::Detail::MessagesPerDay : Problem::Detail::None;
    problem.subject.clear();
    problem.limit = 0;
    return problem;
}

QDateTime paceOpens(const PaceLesson &lesson, const outbox::PaceReport &known, const QDateTime &now)
{
    const outbox::Pace &before = known.pace;
    QDateTime opens;
    switch (lesson.closed) {
    case Closed::ForTheDay:
        opens = std::max(known.dayQuotaOpens, now.addSecs(Hour.count()));
        break;
    case Closed::ForTheHour:
        opens = now.addSecs(Hour.count());
        break;
    case Closed::ForAMoment: {
        std::chrono::seconds wait = Moment;
        if (before.closedUntil.isValid() && before.learntAt.isValid()) {
            const std::chrono::seconds former { before.learntAt.secsTo(before.closedUntil) };
            const std::chrono::seconds since { before.closedUntil.secsTo(now) };
            if (since >= 0s && since < former)
                wait = std::clamp(2 * former, Moment, Hour);
        }
        opens = now.addSecs(wait.count());
        break;
    }
    }
    // Further messages of the same flight hear the same.
    const bool isClosed = before.closedUntil.isValid() && before.learntAt <= now
        && before.closedUntil <= now.addSecs(outbox::Pace::LongestClosing.count());
    return isClosed ? std::max(opens, before.closedUntil) : opens;
}

} // namespace postrider::delivery
