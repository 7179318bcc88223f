// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QStringList>

#include <optional>

namespace postrider::discovery {

/// What a search found out about the server that an account has. Refers to nothing but itself.
struct SavedWay
{
    std::optional<PortResult> result {};       ///< of the saved server's port; nothing: not tried
    bool isUsable = false;                     ///< as it is saved
    std::optional<accounts::Server> better {}; ///< another port of the same host
    std::optional<accounts::Server>
        otherHost {}; ///< that is recommended, when nothing of the saved one works
    /// The host takes mail from other servers on port 25, and nothing else of it can be used.
    bool isRelayOnly = false;

    [[nodiscard]] bool works() const { return isUsable; }
};

/// Whether an account signs in; one that does not is content with a server that offers no sign-in.
enum class SavedSignIn { Used, NotUsed };

/**
 * Compares an account's server with what a search found: another port when the saved one does not work, or
 * when it protects more; another host only when nothing of the saved
 * one works. Never a way that protects less.
 */
[[nodiscard]] SavedWay compareWithSaved(const accounts::Server &saved, const Report &report,
                                        SavedSignIn signIn = SavedSignIn::Used);

/// What that means for a person, a sentence for each thing, in discovery's words (layer 1).
[[nodiscard]] QStringList findings(const accounts::Server &saved, const SavedWay &way);

} // namespace postrider::discovery
