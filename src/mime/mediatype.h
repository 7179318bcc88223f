// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

class QIODevice;

namespace postrider::mime {

/// What is sent when nothing more is known (RFC 2046 section 4.5.1).
inline constexpr QByteArrayView UnknownMediaType = "application/octet-stream";

/// Whether the text is "type/subtype" in the characters of RFC 6838 section 4.2.
[[nodiscard]] bool isMediaType(const QByteArray &type);

/// The type of a file from its name and its first octets, in the form that is registered where the system's
/// database has another. The device is left at its start. UnknownMediaType when nothing fits.
[[nodiscard]] QByteArray findMediaType(const QString &fileName, QIODevice &content);

/// Reads a text file block by block and tells which charset may be stated for it.
class TextJudge
{
public:
    void add(QByteArrayView octets);

    /// "us-ascii" or "utf-8"; empty when it is neither or has NULs, and so is no text for a mail.
    [[nodiscard]] QByteArray charset() const;

private:
    QStringDecoder m_decoder { QStringDecoder::Utf8 };
    QByteArray m_tail {}; ///< the last octets, as many as a character can have
    bool m_isAscii = true;
    bool m_isText = true;
};

} // namespace postrider::mime
