// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

namespace postrider::base {

/// Why a text is not a time to do something at.
enum class PlannedTimeError {
    NotUnderstood,
    NoTime, ///< a day alone: at what time is not for us to guess
    Past,
};

/**
 * The time that a person means, in UTC. `now` is UTC, `zone` the person's own; no clock is read.
 *
 * Understood are, without regard to case:
 * - ISO 8601: "2026-12-24T08:00", with a space for the T, with seconds, with Z or an offset (+01:00, +0100,
 *   +01); without one it is the zone's time;
 * - a day and a time: "today 17:30", "tomorrow 9", "monday at 9:15 pm", "Fri 12am"; a weekday is the next one
 *   on which that time is still to come;
 * - a time alone: today, or tomorrow when it is over;
 * - a time from now: "in 2h 10m", "in 45 minutes", "in 3 days" (a day is the same time of another day).
 *
 * A time that the clocks skip (summer time begins) is as much later as they skip; one that comes twice is the
 * first of the two (RFC 5545 section 3.3.5).
 */
[[nodiscard]] Expected<QDateTime, PlannedTimeError> readPlannedTime(const QString &text, const QDateTime &now,
                                                                    const QTimeZone &zone);

} // namespace postrider::base
