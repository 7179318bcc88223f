// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/envelope.h"

#include <QStringDecoder>

#include <algorithm>

namespace postrider::smtp {

namespace {

/// A command line has at most 512 octets with its CRLF (RFC 5321 section 4.5.3.1.4).
constexpr qsizetype LongestPath = 512 - QByteArrayView("MAIL FROM:<>\r\n").size();

/// Nine digits (RFC 2852 section 4, RFC 4865 section 4).
constexpr std::chrono::seconds LongestSpan { 999'999'999 };

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

bool isPrintableAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Judged after decoding, so that the control characters above ASCII are found too.
bool isPrintableUtf8(QByteArrayView octets)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(octets);
    return !decode.hasError() && std::none_of(text.begin(), text.end(), isControl);
}

bool isSafePath(QByteArrayView path, Envelope::Addresses addresses)
{
    if (path.size() > LongestPath || path.contains('<') || path.contains('>'))
        return false;

    if (!isPrintableAscii(path) && (addresses == Envelope::Addresses::Ascii || !isPrintableUtf8(path)))
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

/// RFC 3461 section 4.4.
bool isSafeEnvelopeId(QByteArrayView id)
{
    return id.size() <= 100 && isPrintableAscii(id);
}

/// RFC 2852 section 4.
bool isPossible(const DeliverBy &by)
{
    const bool isPositive = by.within > std::chrono::seconds::zero();
    return by.within >= -LongestSpan && by.within <= LongestSpan
        && (isPositive || by.mode == DeliverBy::Mode::Notify);
}

/// RFC 4865 section 4.
bool isPossible(const FutureRelease &release)
{
    if (const auto *span = std::get_if<std::chrono::seconds>(&release))
        return *span > std::chrono::seconds::zero() && *span <= LongestSpan;
    const QDateTime time = std::get<QDateTime>(release);
    return time.isValid() && time.toUTC().date().year() <= 9999;
}

/// A message must not be late before it may leave (RFC 4865 section 4.2).
bool isLateBeforeRelease(const FutureRelease &release, const DeliverBy &by)
{
    const auto *span = std::get_if<std::chrono::seconds>(&release);
    return span && *span >= by.within;
}

} // namespace

bool Envelope::isSafe() const
{
    const auto isSafeRecipient
        = [this](const QByteArray &path) { return !path.isEmpty() && isSafePath(path, addresses); };
    if (!isSafePath(reversePath, addresses) || recipients.isEmpty()
        || !std::all_of(recipients.begin(), recipients.end(), isSafeRecipient))
        return false;

    return (!notifications || isSafeEnvelopeId(notifications->envelopeId))
        && (!deliverBy || isPossible(*deliverBy)) && (!futureRelease || isPossible(*futureRelease))
        && !(futureRelease && deliverBy && isLateBeforeRelease(*futureRelease, *deliverBy))
        && (!priority || (*priority >= -9 && *priority <= 9));
}

} // namespace postrider::smtp
