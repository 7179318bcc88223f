// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "outbox/store.h"
#include "support/sql.h"

#include <QString>

namespace postrider::support {

/// Puts that many messages of one recipient into a profile's outbox in a moment, for those who only look at
/// them: "Message 1" to bob1@example.net is the oldest. They have no content. Returns what went wrong; empty
/// when all are there.
inline QString putManyMessages(const QString &profileFolder, int count)
{
    const base::SystemClock clock;
    if (const auto made = outbox::Store::open(profileFolder, clock); !made)
        return made.error().reason;
    const QString numbers
        = QStringLiteral("WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers "
                         "WHERE n < %1) ")
              .arg(count);
    return sqlScript(
        profileFolder + QStringLiteral("/postrider.sqlite"),
        QStringLiteral("BEGIN;"
                       "INSERT INTO messages (id, message_id, account_id, state, subject, reverse_path, "
                       "size, created, changed, queued, due) ")
            + numbers
            + QStringLiteral("SELECT printf('%08x-0000-4000-8000-%012x', n, n), "
                             "printf('<%d@example.org>', n), 'work', 'queued', printf('Message %d', n), "
                             "'ann@example.org', 2048, 1790000000000 + n, 1790000000000 + n, "
                             "1790000000000 + n, 0 FROM numbers;"
                             "INSERT INTO recipients (message, position, address, state, changed) "
                             "SELECT seq, 0, printf('bob%d@example.net', seq), 'queued', changed "
                             "FROM messages;"
                             "COMMIT"));
}

} // namespace postrider::support
