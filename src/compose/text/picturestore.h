// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/html/htmlcleaner.h"

#include <QByteArray>
#include <QHash>
#include <QImage>
#include <QString>

namespace postrider::compose {

/**
 * The pictures that stand in a text, each under a name made from its octets, so that the same picture always
 * has the same name and is kept once. The octets stay as they came.
 *
 * Only what browsers and mail programs show is a picture: PNG, JPEG, GIF, WebP and BMP, told by how the
 * octets begin, whatever was said about them. A picture leaves the store only with the store, since undo may
 * bring it back.
 */
class PictureStore final : public mime::HtmlImages
{
public:
    /// The picture's name, which is a Content-ID; empty when the octets are no picture.
    [[nodiscard]] QString add(const QByteArray &octets);
    [[nodiscard]] bool contains(const QString &name) const { return m_octets.contains(name); }
    [[nodiscard]] QImage image(const QString &name) const;
    /// "data:image/png;base64,…" (RFC 2397); empty when there is none of that name.
    [[nodiscard]] QString dataAddress(const QString &name) const;

    /// Takes pictures that stand in the HTML itself, and knows those it has; no other stays.
    [[nodiscard]] QString contentId(const mime::HtmlImage &image) override;

private:
    QHash<QString, QByteArray> m_octets {};
};

} // namespace postrider::compose
