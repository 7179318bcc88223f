// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/store.h"

#include <QDateTime>
#include <QString>

/// What is done about a database with damaged pages. Nothing of it is ever deleted.
namespace postrider::outbox {

/**
 * Puts a database in the place of a damaged one that has all of it that can still be read: message by
 * message, so that a damaged page costs no more than what lies on it, and what is known of accounts. A
 * message of which only a part can be read is there as MessageState::Damaged. Returns the new name of the
 * damaged one.
 *
 * A crash or a full disk in the middle of it loses nothing: the next start begins again, or ends it with
 * finishSettingAside().
 */
[[nodiscard]] Result<QString> setAsideDamaged(const QString &path, const QDateTime &now);

/// Ends what a crash interrupted after everything was copied; does nothing otherwise. Call before opening.
[[nodiscard]] Result<void> finishSettingAside(const QString &path, const QDateTime &now);

} // namespace postrider::outbox
