// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace postrider::mime {

/// The longest encoded word, delimiters included (RFC 2047 section 2).
inline constexpr qsizetype LongestEncodedWord = 75;

/**
 * Writes the text as encoded words in UTF-8 (RFC 2047), each decodable alone: no character is split, and no
 * grapheme cluster as long as there is another way.
 *
 * The words use Q as long as it costs at most half as much again as B, because people can read most of it; B
 * otherwise, and then no word but the last has padding: there are readers that join neighbours before they
 * decode them, and lose what follows a padding. The Q form is the one that is legal in phrases too.
 *
 * The first word takes at most firstRoom octets; when nothing of the text fits in there it is empty. The
 * others take up to 75. Blank space is encoded like any other character.
 */
[[nodiscard]] QList<QByteArray> encodedWords(const QString &text, qsizetype firstRoom = LongestEncodedWord);

/// Whether a reader could take a part of the text for an encoded word, so that it must be encoded itself.
[[nodiscard]] bool looksEncoded(QStringView text);

/**
 * The text of an unfolded header field: raw octets are UTF-8, or windows-1252 when they are not valid as
 * such; encoded words are decoded, and blank space between two of them vanishes (RFC 2047 section 6.2).
 *
 * A word in a charset that is not known here, or with broken octets, stays as it is.
 */
[[nodiscard]] QString decodeHeaderText(QByteArrayView octets);

/// The same for text that is characters already.
[[nodiscard]] QString decodeEncodedWords(const QString &text);

} // namespace postrider::mime
