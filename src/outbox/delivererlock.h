// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/processlock.h"

#include <QString>

namespace postrider::outbox {

/**
 * The right to deliver from a profile: at most one process has it at a time.
 *
 * A dead owner's lock is taken over at once (kill -9 leaves nothing to clean up), or after
 * base::ProcessLock::StaleAfter when it died in the act of locking.
 */
class DelivererLock
{
public:
    explicit DelivererLock(const QString &profileFolder);

    /// Does not wait. True when this process has it now or had it already.
    [[nodiscard]] bool tryAcquire();
    [[nodiscard]] bool isHeld() const;
    void release();

private:
    base::ProcessLock m_lock;
};

} // namespace postrider::outbox
