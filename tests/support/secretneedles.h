// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>

#include <algorithm>

namespace postrider::support {

/**
 * What octets contain wherever the secret is in them: as it is, in hexadecimal digits, with its octets
 * between NULs as SQLite and UTF-16 have them, and in base64, whatever stands before and behind it in the
 * encoded octets (the messages of PLAIN, LOGIN, XOAUTH2 and OAUTHBEARER).
 */
[[nodiscard]] inline QList<QByteArray> needlesFor(const QByteArray &secret)
{
    QList<QByteArray> needles { secret, secret.toHex(), secret.toHex().toUpper() };
    QByteArray wide;
    for (const char octet : secret) {
        wide.append(octet);
        wide.append('\0');
    }
    needles.append(wide.chopped(1));
    for (qsizetype before = 0; before < 3; ++before) {
        const QByteArray encoded = QByteArray(QByteArray(before, 'x') + secret).toBase64();
        // The characters at both ends depend on the octets around.
        const qsizetype first = (before * 8 + 5) / 6;
        const qsizetype end = (before + secret.size()) * 8 / 6;
        needles.append(encoded.sliced(first, end - first));
    }
    return needles;
}

/// Whether the secret is in the octets in any of these forms.
[[nodiscard]] inline bool hasSecret(const QByteArray &octets, const QByteArray &secret)
{
    const QList<QByteArray> all = needlesFor(secret);
    return std::any_of(all.begin(), all.end(),
                       [&octets](const QByteArray &needle) { return octets.contains(needle); });
}

} // namespace postrider::support
