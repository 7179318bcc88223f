// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

namespace postrider::mime {

/// What is sent when nothing more is known (RFC 2046 section 4.5.1).
inline constexpr QByteArrayView UnknownMediaType = "application/octet-stream";

/// Whether the text is "type/subtype" in the characters of RFC 6838 section 4.2.
[[nodiscard]] bool isMediaType(const QByteArray &type);

/// How many of a file's first octets findMediaType() may want to see.
inline constexpr qsizetype OctetsThatTellType = 16 * 1024;

/// The type of a file from its name and its first octets, in the form that is registered where the system's
/// database has another. UnknownMediaType when nothing fits.
[[nodiscard]] QByteArray findMediaType(const QString &fileName, const QByteArray &begin);

/// Is given a text in blocks and tells which charset may be stated for it.
class TextJudge
{
public:
    void add(QByteArrayView octets);

    /// "us-ascii" or "utf-8"; empty when it is neither or has NULs, and so is no text for a mail.
    [[nodiscard]] QByteArray charset() const;
    /// The same for a text of which this was only the beginning: "utf-8" or empty.
    [[nodiscard]] QByteArray charsetOfBeginning() const;

private:
    QStringDecoder m_decoder { QStringDecoder::Utf8 };
    QByteArray m_tail {}; ///< the last octets, as many as a character can have
    bool m_isAscii = true;
    bool m_isText = true;
};

} // namespace postrider::mime
