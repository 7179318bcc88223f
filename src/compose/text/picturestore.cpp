// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/picturestore.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

/// The media type; empty when the octets are no picture that may go along.
QByteArray typeOf(const QByteArray &octets)
{
    if (octets.startsWith("\x89PNG\r\n\x1a\n"))
        return "image/png"_ba;
    if (octets.startsWith("\xff\xd8\xff"))
        return "image/jpeg"_ba;
    if (octets.startsWith("GIF87a") || octets.startsWith("GIF89a"))
        return "image/gif"_ba;
    if (octets.startsWith("RIFF") && octets.mid(8, 4) == "WEBP")
        return "image/webp"_ba;
    if (octets.startsWith("BM"))
        return "image/bmp"_ba;
    return {};
}

} // namespace

QString PictureStore::add(const QByteArray &octets)
{
    if (typeOf(octets).isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(octets, QCryptographicHash::Sha256).first(16).toHex();
    const QString name = QString::fromLatin1(hash) + "@message.invalid"_L1;
    m_octets.insert(name, octets);
    return name;
}

QImage PictureStore::image(const QString &name) const
{
    return QImage::fromData(m_octets.value(name));
}

QString PictureStore::dataAddress(const QString &name) const
{
    const QByteArray octets = m_octets.value(name);
    if (octets.isEmpty())
        return {};
    return QString::fromLatin1("data:" + typeOf(octets) + ";base64," + octets.toBase64());
}

QString PictureStore::contentId(const mime::HtmlImage &image)
{
    if (!image.octets.isEmpty())
        return add(image.octets);
    return contains(image.contentId) ? image.contentId : QString();
}

} // namespace postrider::compose
