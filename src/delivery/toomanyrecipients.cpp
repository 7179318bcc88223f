// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/toomanyrecipients.h"

#include <algorithm>

namespace postrider::delivery {

namespace {

constexpr smtp::EnhancedStatusCode TooManyNow { 4, 5, 3 };
constexpr smtp::EnhancedStatusCode TooManyEver { 5, 5, 3 };

bool givesNoReason(const smtp::Reply &reply)
{
    return reply.enhanced == smtp::EnhancedStatusCode {};
}

/// The place from which on everybody was refused with the same bare code; the size when that is nowhere.
qsizetype beginOfTail(const Answers &answers, int code)
{
    qsizetype begin = answers.size();
    while (begin > 0 && answers.at(begin - 1) && answers.at(begin - 1)->code == code
           && givesNoReason(*answers.at(begin - 1)))
        --begin;
    return begin;
}

} // namespace

bool saysTooMany(const smtp::Reply &reply)
{
    return reply.enhanced == TooManyNow || (reply.code == 552 && reply.enhanced == TooManyEver);
}

QList<qsizetype> tooManyRecipients(const Answers &answers)
{
    const auto isAccepted
        = [](const std::optional<smtp::Reply> &answer) { return answer && answer->isPositive(); };
    const auto firstAccepted = std::find_if(answers.begin(), answers.end(), isAccepted);
    QList<qsizetype> tooMany;
    for (qsizetype i = std::distance(answers.begin(), firstAccepted); i < answers.size(); ++i) {
        if (answers.at(i) && saysTooMany(*answers.at(i)))
            tooMany.append(i);
    }
    if (!tooMany.isEmpty() || firstAccepted == answers.end())
        return tooMany;

    for (const int code : { 452, 552 }) {
        const qsizetype begin = beginOfTail(answers, code);
        const qsizetype length = answers.size() - begin;
        // One alone right behind an acceptance: with 452 a limit is likely.
        const bool isLimit
            = length >= 2 || (length == 1 && code == 452 && begin > 0 && isAccepted(answers.at(begin - 1)));
        if (!isLimit)
            continue;
        for (qsizetype i = begin; i < answers.size(); ++i)
            tooMany.append(i);
        break;
    }
    return tooMany;
}

bool isRecipientCap(const smtp::Reply &reply)
{
    return reply.isPermanent() && reply.enhanced == TooManyEver;
}

} // namespace postrider::delivery
