// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/exitcodes.h"
#include "discovery/report.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace postrider::cli {

/// What `detect` prints with --json, and `doctor` adds to. What is not known is null, never absent.
[[nodiscard]] QJsonObject toJson(const discovery::Report &report);

/// The same for people: where settings were looked for, every port with all that is known about it, the ports
/// as a table, and the answer last, where a terminal shows it.
[[nodiscard]] QStringList toLines(const discovery::Report &report);

/// Done with a recommendation, TryLater when the network is the cause that there is none, else Refused.
[[nodiscard]] ExitCode exitCode(const discovery::Report &report);

/// The latest thing that a running search has found out, on one line.
[[nodiscard]] QString progressLine(const discovery::Report &report);

} // namespace postrider::cli
