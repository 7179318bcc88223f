// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace postrider::mime {

/**
 * The text that the octets are in a charset by its MIME name, upper or lower case; nothing when the charset
 * is unknown or the octets are none in it. ISO-8859-1 and US-ASCII are read as windows-1252, their superset,
 * because that is what programs that mislabel their mail mean.
 *
 * U+FEFF in front of UTF-8 is a character like any other here: whoever names the charset needs no signature
 * (RFC 3629 section 6).
 */
[[nodiscard]] std::optional<QString> decodeCharset(QByteArrayView octets, QByteArrayView charset);

/// The same for text that is shown whatever it is: broken octets become U+FFFD. Octets in a charset that is
/// missing, unknown or US-ASCII are UTF-8 when they are valid as such, windows-1252 otherwise.
[[nodiscard]] QString readCharset(QByteArrayView octets, QByteArrayView charset);

} // namespace postrider::mime
