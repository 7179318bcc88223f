// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

namespace postrider::net {

/**
 * Frees what OpenSSL keeps for the calling thread. To be called in a thread that had connections, last of
 * all.
 *
 * OpenSSL would do so when the thread has gone, but QThread::wait() returns before that: a program that ends
 * then leaves it behind.
 */
void releaseThreadState();

} // namespace postrider::net
