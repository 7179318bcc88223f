// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayList>

/**
 * The names that exist for a test program which is linked with this: it stands in for getaddrinfo(), so that
 * no name server is ever asked. A name that nobody added does not exist. Thread-safe.
 */
namespace postrider::support::nameservice {

/// In this order; literals.
void add(const QByteArray &name, const QByteArrayList &addresses);
/// The name server does not answer this question until release().
void hang(const QByteArray &name);
/// It answers that it cannot find out now.
void fail(const QByteArray &name);
/// Questions that hang get their answer: no such name.
void release();
void clear();

/// Every name that was asked for, in turn.
[[nodiscard]] QByteArrayList questions();

} // namespace postrider::support::nameservice
