// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/pace.h"

#include <algorithm>

namespace postrider::outbox {
namespace {

using namespace std::chrono_literals;
using Detail = Problem::Detail;

constexpr std::chrono::seconds Minute = 1min;
constexpr std::chrono::seconds Day = 24h;
/// When nothing tells how much of the day's quota others have used.
constexpr std::chrono::seconds BlindWait = 1h;

[[nodiscard]] std::optional<int> chosenOr(const std::optional<int> &chosen, const std::optional<int> &learnt)
{
    const std::optional<int> limit = chosen ? chosen : learnt;
    return limit && *limit > 0 ? limit : std::nullopt;
}

/// A part of a slot within the time makes the whole slot count: rather a little too slow.
[[nodiscard]] bool isWithin(const SentSlot &slot, std::chrono::seconds time, const QDateTime &now)
{
    return slot.start <= now && slot.start.addMSecs(SentSlot::Length.count()) > now.addSecs(-time.count());
}

/// One limit and where the account stands with it.
struct Standing
{
    int left = 0;
    QDateTime goesOn {}; ///< with nothing left
};

[[nodiscard]] Standing standing(int limit, std::chrono::seconds time, int SentCount::*measure,
                                const QList<SentSlot> &sent, const SentCount &underWay, const QDateTime &now)
{
    int total = underWay.*measure;
    for (const SentSlot &slot : sent) {
        total += isWithin(slot, time, now) ? slot.sent.*measure : 0;
    }
    if (total < limit) {
        return { limit - total, {} };
    }
    for (const SentSlot &slot : sent) {
        if (isWithin(slot, time, now)) {
            total -= slot.sent.*measure;
            if (total < limit) {
                return { 0, slot.start.addMSecs(SentSlot::Length.count()).addSecs(time.count()) };
            }
        }
    }
    return { 0, now.addSecs(time.count()) };
}

} // namespace

PaceLimits Pace::inForce(const QDateTime &now) const
{
    const bool isBelieved
        = learntAt.isValid() && learntAt <= now && learntAt.addSecs(LearntAge.count()) > now;
    const PaceLimits known = isBelieved ? learnt : PaceLimits();
    return { chosenOr(chosen.messagesPerMinute, known.messagesPerMinute),
             chosenOr(chosen.messagesPerDay, known.messagesPerDay),
             chosenOr(chosen.recipientsPerMessage, known.recipientsPerMessage),
             chosenOr(chosen.recipientsPerDay, known.recipientsPerDay) };
}

PaceVerdict judgePace(const Pace &pace, const QList<SentSlot> &sent, const SentCount &underWay,
                      const QDateTime &now)
{
    PaceVerdict verdict;
    const auto waitFor = [&verdict](const QDateTime &goesOn, const Problem &reached) {
        verdict.messages = 0;
        if (!verdict.goesOn.isValid() || goesOn > verdict.goesOn) {
            verdict.goesOn = goesOn;
            verdict.reached = reached;
        }
    };
    const auto apply = [&](const std::optional<int> &limit, std::chrono::seconds time,
                           int SentCount::*measure, int PaceVerdict::*allowance, Detail detail) {
        if (!limit) {
            return;
        }
        const Standing found = standing(*limit, time, measure, sent, underWay, now);
        if (found.left > 0) {
            verdict.*allowance = std::min(verdict.*allowance, found.left);
            return;
        }
        Problem reached;
        reached.kind = Problem::Kind::PaceReached;
        reached.detail = detail;
        reached.limit = *limit;
        waitFor(found.goesOn, reached);
    };

    const PaceLimits limits = pace.inForce(now);
    apply(limits.messagesPerMinute, Minute, &SentCount::messages, &PaceVerdict::messages,
          Detail::MessagesPerMinute);
    apply(limits.messagesPerDay, Day, &SentCount::messages, &PaceVerdict::messages, Detail::MessagesPerDay);
    apply(limits.recipientsPerDay, Day, &SentCount::recipients, &PaceVerdict::recipients,
          Detail::RecipientsPerDay);
    const bool isClosed = pace.closedUntil.isValid() && pace.closedUntil > now
        && pace.closedUntil <= now.addSecs(Pace::LongestClosing.count());
    if (isClosed) {
        Problem reached = pace.closedBy;
        reached.kind = Problem::Kind::PaceReached;
        waitFor(pace.closedUntil, reached);
    }
    if (!verdict.mayGoOn()) {
        verdict.messages = 0;
        verdict.recipients = 0;
    }
    return verdict;
}

SentCount sentWithin(const QList<SentSlot> &sent, std::chrono::seconds time, const QDateTime &now)
{
    SentCount count;
    for (const SentSlot &slot : sent) {
        if (isWithin(slot, time, now)) {
            count.messages += slot.sent.messages;
            count.recipients += slot.sent.recipients;
        }
    }
    return count;
}

QDateTime dayQuotaOpens(const QList<SentSlot> &sent, const QDateTime &now)
{
    const auto first = std::find_if(sent.cbegin(), sent.cend(),
                                    [&now](const SentSlot &slot) { return isWithin(slot, Day, now); });
    if (first == sent.cend()) {
        return now.addSecs(BlindWait.count());
    }
    return first->start.addMSecs(SentSlot::Length.count()).addSecs(Day.count());
}

} // namespace postrider::outbox
