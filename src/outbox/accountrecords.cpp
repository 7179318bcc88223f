// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/accountrecords.h"

namespace postrider::outbox {

void LearntHabits::forgetOld(const QDateTime &now)
{
    const auto isOld = [&now](const QDateTime &learnt, std::chrono::seconds age) {
        return !learnt.isValid() || learnt > now || learnt.addSecs(age.count()) <= now;
    };
    if (isOld(habitsLearnt, HabitsAge)) {
        habits = {};
        habitsLearnt = {};
    }
    if (isOld(recipientsLearnt, RecipientsAge)) {
        recipientLimit = 0;
        recipientsTaken = 0;
        recipientsLearnt = {};
    }
}

} // namespace postrider::outbox
