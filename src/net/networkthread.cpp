// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/networkthread.h"

#include "net/threadstate.h"

#include <QCoreApplication>

namespace postrider::net {

void NetworkThread::run()
{
    exec();
    Q_EMIT ending({});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    releaseThreadState(); // last of all: closing a connection would bring it back
}

} // namespace postrider::net
