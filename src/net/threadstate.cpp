// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/threadstate.h"

#include <openssl/crypto.h>

namespace postrider::net {

void releaseThreadState()
{
    OPENSSL_thread_stop();
}

} // namespace postrider::net
