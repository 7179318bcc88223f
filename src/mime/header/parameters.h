// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QString>

namespace postrider::mime {

/// A field body such as that of Content-Type: a value with parameters, read as liberally as mail demands.
struct ParameterizedValue
{
    QByteArray value {}; ///< "text/plain" or "attachment", in lower case, without comments
    QHash<QByteArray, QString> parameters {}; ///< names in lower case; text decoded
};

/**
 * Reads a value and its parameters from an unfolded field body (RFC 2045 section 5.1), with the extensions of
 * RFC 2231 (continuations, charset, percent-encoding), and encoded words within quotes, which programs write
 * although RFC 2047 forbids it. Where a parameter comes in several forms, that of RFC 2231 counts; where it
 * comes twice in one form, the first.
 */
[[nodiscard]] ParameterizedValue parseParameters(QByteArrayView fieldBody);

/**
 * `attribute="value"` in as many pieces as it takes to stay within 76 columns: a quoted string when it is
 * short ASCII, else in the form of RFC 2231 in UTF-8. The attribute is an ASCII token. Semicolons stand
 * behind all pieces but the last.
 */
[[nodiscard]] QList<QByteArray> parameterPieces(QByteArrayView attribute, const QString &value);

} // namespace postrider::mime
