// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/mediatype.h"

#include "mime/encoding/octetscan.h"

#include <QMimeDatabase>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

struct Name
{
    QByteArrayView inDatabase;
    QByteArrayView inMail;
};

/// Names that differ from one version of the database to the next, or that readers do not know.
constexpr std::array Names {
    Name { "application/x-gzip", "application/gzip" },
    Name { "application/x-rar", "application/vnd.rar" },
    Name { "audio/vnd.wave", "audio/wav" },
    Name { "audio/x-flac", "audio/flac" },
    Name { "audio/x-flac+ogg", "audio/ogg" },
    Name { "audio/x-m4a", "audio/mp4" },
    Name { "audio/x-opus+ogg", "audio/ogg" },
    Name { "audio/x-speex+ogg", "audio/ogg" },
    Name { "audio/x-vorbis+ogg", "audio/ogg" },
    Name { "audio/x-wav", "audio/wav" },
    Name { "image/x-ms-bmp", "image/bmp" },
    Name { "text/x-markdown", "text/markdown" },
    Name { "video/vnd.avi", "video/x-msvideo" },
    Name { "video/x-ogm+ogg", "video/ogg" },
    Name { "video/x-theora+ogg", "video/ogg" },
};

/// RFC 6838 section 4.2.7 and RFC 8081. The database knows others, for folders and devices.
constexpr std::array TopLevelTypes { "application/", "audio/", "font/",      "image/", "message/",
                                     "model/",       "text/",  "multipart/", "video/" };

QByteArray nameInMail(const QByteArray &type)
{
    const auto found = std::find_if(Names.cbegin(), Names.cend(),
                                    [&](const Name &name) { return name.inDatabase == type; });
    return found == Names.cend() ? type : found->inMail.toByteArray();
}

constexpr qsizetype LongestCharacter = 4; // in UTF-8

/// Whether valid UTF-8 is cut off in a character.
bool endsWithinCharacter(QByteArrayView octets)
{
    for (qsizetype size = 1; size <= octets.size(); ++size) {
        const auto octet = static_cast<unsigned char>(octets.at(octets.size() - size));
        if (octet < 0x80)
            return false;
        if (octet >= 0xC0)
            return size < (octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2);
    }
    return false;
}

} // namespace

bool isMediaType(const QByteArray &type)
{
    static const QRegularExpression pattern(
        u"\\A[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}\\z"_s);
    return pattern.match(QString::fromLatin1(type)).hasMatch();
}

QByteArray findMediaType(const QString &fileName, const QByteArray &begin)
{
    const QByteArray found = QMimeDatabase().mimeTypeForFileNameAndData(fileName, begin).name().toLatin1();
    const bool isUsual = std::any_of(TopLevelTypes.cbegin(), TopLevelTypes.cend(),
                                     [&](const char *topLevel) { return found.startsWith(topLevel); });
    if (!isUsual || !isMediaType(found) || found == "application/x-zerosize")
        return UnknownMediaType.toByteArray();
    // The database has one name for both; readers look at this one for what cameras of telephones write.
    if (found == "image/heif" && fileName.endsWith(".heic"_L1, Qt::CaseInsensitive))
        return "image/heic"_ba;
    return nameInMail(found);
}

void TextJudge::add(QByteArrayView octets)
{
    if (!m_isText)
        return;
    const bool hasHigh = hasEightBitOctet(octets);
    // What is ASCII so far cannot be wrong UTF-8.
    if (hasHigh || !m_isAscii) {
        [[maybe_unused]] const QString decoded = m_decoder.decode(octets);
        m_isText = !m_decoder.hasError();
        m_tail += octets.last(std::min(octets.size(), LongestCharacter));
        m_tail = m_tail.right(LongestCharacter);
    }
    m_isAscii = m_isAscii && !hasHigh;
    m_isText = m_isText && !octets.contains('\0');
}

QByteArray TextJudge::charset() const
{
    if (!m_isText || endsWithinCharacter(m_tail))
        return {};
    return m_isAscii ? "us-ascii"_ba : "utf-8"_ba;
}

QByteArray TextJudge::charsetOfBeginning() const
{
    return m_isText ? "utf-8"_ba : QByteArray();
}

} // namespace postrider::mime
