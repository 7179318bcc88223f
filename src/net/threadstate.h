// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

namespace postrider::net {

/**
 * Frees what OpenSSL keeps for the calling thread; what uses it here later brings it back.
 *
 * OpenSSL would do so when the thread has gone, but QThread::wait() and QThreadPool's return before that: a
 * program that ends then leaves it behind.
 */
void releaseThreadState();

} // namespace postrider::net
