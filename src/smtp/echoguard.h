// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <vector>

namespace postrider::smtp {

/**
 * Finds in a server's words what must not be shown: many servers quote a line that they do not understand,
 * and some of those lines are secrets.
 *
 * Keeps copies of the secrets and overwrites them when it is destroyed.
 */
class EchoGuard
{
public:
    /// Shorter ones are in ordinary words too, and are not looked for.
    static constexpr qsizetype ShortestSecret = 4;
    /// So much of an encoded line gives it away.
    static constexpr qsizetype PieceOctets = 8;

    /// A password or token as it is: looked for as a whole, because parts of it may be ordinary words.
    void rememberPlain(QByteArrayView secret);
    /// A secret in base64, as it was sent: any piece of it counts.
    void rememberEncoded(QByteArrayView line);

    /// Whether a secret stands in these lines, be it broken over several of them.
    [[nodiscard]] bool isEcho(const QList<QByteArray> &lines) const;

private:
    std::vector<base::Secret> m_plain {};
    std::vector<base::Secret> m_encoded {};
};

} // namespace postrider::smtp
