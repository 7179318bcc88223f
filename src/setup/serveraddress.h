// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::setup {

/// What a person typed as a server, taken apart.
struct ServerAddress
{
    QString host {};  ///< without brackets
    quint16 port = 0; ///< 0: none was typed

    friend bool operator==(const ServerAddress &, const ServerAddress &) = default;
};

/// "smtp.example.org:587" is split; an address literal with colons ("::1", "[::1]:587") keeps its own. What
/// stands before "://" is left out, as is a path.
[[nodiscard]] ServerAddress splitServerAddress(const QString &typed);

} // namespace postrider::setup
