// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <QDBusMessage>
#include <QObject>

#include <chrono>
#include <functional>
#include <limits>
#include <optional>

namespace postrider::secrets {

/// For a call that a person answers.
constexpr std::chrono::milliseconds NoLimit { std::numeric_limits<int>::max() };

/// A session without its bus address, as under cron or after su, may still have the usual socket
/// $XDG_RUNTIME_DIR/bus: it is used from now on.
void findSessionBus();

/// Whether there is a bus on which a keychain could be.
[[nodiscard]] base::Expected<void, SecretError> checkBus();

/// With the error if the reply is one: Slow for one that did not come in time, NoService for a program that
/// is not there, or was and went before it answered.
using BusReply = std::function<void(const QDBusMessage &reply, const std::optional<SecretError> &error)>;

/// Calls a method on the session's bus, without blocking; a program that is not running is started where the
/// session knows how. Not answered when the context is gone.
void callBus(QObject *context, const QDBusMessage &message, std::chrono::milliseconds patience,
             const BusReply &reply);

} // namespace postrider::secrets
