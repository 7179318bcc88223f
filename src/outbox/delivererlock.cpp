// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/delivererlock.h"

#include <QFile>

namespace postrider::outbox {

DelivererLock::DelivererLock(const QString &profileFolder)
    : m_lock(profileFolder + QStringLiteral("/deliverer.lock"))
{ }

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
