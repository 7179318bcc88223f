// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

/// When a database is read through from its first to its last page. That finds damaged pages before anything
/// is written between them, but takes seconds for a large one, and every command would wait for it.
namespace postrider::outbox {

/// Small databases each time; larger ones once a week, after a crash of the whole computer, and after an
/// error that showed damage.
[[nodiscard]] bool isCheckDue(const QString &path);
void noteChecked(const QString &path);
/// The next opening looks again.
void noteSuspect(const QString &path);

} // namespace postrider::outbox
