// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/entity.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QString>

#include <optional>

namespace postrider::mime {

/// What a Content-Type field says.
struct ContentType
{
    QByteArray type {}; ///< "text/plain", in lower case
    QHash<QByteArray, QString> parameters {};
};

/// Reads the body of a Content-Type field, also without the semicolon behind the type, or with a multipart
/// that has no subtype. Nothing when it names no type.
[[nodiscard]] std::optional<ContentType> parseContentType(const QByteArray &fieldBody);

/// The first Content-Type field of the header that can be read.
[[nodiscard]] std::optional<ContentType> contentTypeOf(const HeaderBlock &header);
[[nodiscard]] TransferEncoding transferEncodingOf(const HeaderBlock &header);
[[nodiscard]] Disposition dispositionOf(const HeaderBlock &header);
/// The filename that Content-Disposition gives; empty when there is none.
[[nodiscard]] QString dispositionFileName(const HeaderBlock &header);
/// The Content-ID without angle brackets, decoded as people would type it in a "cid:" address.
[[nodiscard]] QString contentIdOf(const HeaderBlock &header);

} // namespace postrider::mime
