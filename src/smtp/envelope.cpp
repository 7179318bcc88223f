// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/envelope.h"

#include <QStringDecoder>

#include <algorithm>

namespace postrider::smtp {

namespace {

/// A command line has at most 512 octets with its CRLF (RFC 5321 section 4.5.3.1.4).
constexpr qsizetype LongestPath = 512 - QByteArrayView("MAIL FROM:<>\r\n").size();

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control;
}

/// The length of the quoted string that path starts with (RFC 5321 section 4.1.2), or 0 when it has no end.
qsizetype quotedLength(QByteArrayView path)
{
    for (qsizetype i = 1; i < path.size(); ++i) {
        if (path[i] == '\\')
            ++i;
        else if (path[i] == '"')
            return i + 1;
    }
    return 0;
}

bool isSafePath(QByteArrayView path, Envelope::Addresses addresses)
{
    if (path.size() > LongestPath || path.contains('<') || path.contains('>'))
        return false;

    // Octets are judged after decoding, so that the control characters above ASCII are found too.
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(path);
    if (decode.hasError() || std::any_of(text.begin(), text.end(), isControl))
        return false;
    const bool isAscii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (!isAscii && addresses == Envelope::Addresses::Ascii)
        return false;

    // Quotes hide a space only where every server sees the same quoted string: a whole local part.
    QByteArrayView rest = path;
    if (path.startsWith('"')) {
        const qsizetype length = quotedLength(path);
        rest = path.sliced(length);
        if (length == 0 || !rest.startsWith('@'))
            return false;
    }
    return !rest.contains('"') && !rest.contains(' ');
}

} // namespace

bool Envelope::isSafe() const
{
    const auto isSafeRecipient
        = [this](const QByteArray &path) { return !path.isEmpty() && isSafePath(path, addresses); };
    return isSafePath(reversePath, addresses) && !recipients.isEmpty()
        && std::all_of(recipients.begin(), recipients.end(), isSafeRecipient);
}

} // namespace postrider::smtp
