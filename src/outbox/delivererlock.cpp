// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/delivererlock.h"

#include <QFile>

#include <chrono>

namespace postrider::outbox {

DelivererLock::DelivererLock(const QString &profileFolder)
    : m_lock(profileFolder + QStringLiteral("/deliverer.lock"))
{
    // A laptop that slept must not lose the lock by the age of its file; a dead owner is seen by its id.
    m_lock.setStaleLockTime(std::chrono::milliseconds::zero());
}

bool DelivererLock::tryAcquire()
{
    if (m_lock.isLocked()) {
        return true;
    }
    if (!m_lock.tryLock(0)) {
        return false;
    }
    QFile::setPermissions(m_lock.fileName(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return true;
}

bool DelivererLock::isHeld() const
{
    return m_lock.isLocked();
}

void DelivererLock::release()
{
    m_lock.unlock();
}

} // namespace postrider::outbox
