// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/charset.h"

#include <QByteArray>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <unicode/ucnv.h>
#include <utility>

namespace postrider::mime {

namespace {

using ConverterPointer = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// Names whose users mean a larger charset than the name says, in lower case.
constexpr std::array<std::pair<QByteArrayView, const char *>, 8> Supersets { {
    { "ascii", "windows-1252" },
    { "euc-kr", "windows-949" },
    { "gb2312", "gb18030" },
    { "gbk", "gb18030" },
    { "iso-8859-1", "windows-1252" },
    { "iso-8859-9", "windows-1254" },
    { "ks_c_5601-1987", "windows-949" },
    { "us-ascii", "windows-1252" },
} };

constexpr qsizetype LargestInput = std::numeric_limits<int32_t>::max() / 4;

QByteArray realName(QByteArrayView charset)
{
    const QByteArray name = charset.toByteArray().trimmed().toLower();
    const auto found = std::find_if(Supersets.cbegin(), Supersets.cend(),
                                    [&name](const auto &entry) { return entry.first == name; });
    return found == Supersets.cend() ? name : QByteArray(found->second);
}

struct DecodedUtf8
{
    QString text {}; ///< with U+FFFD in place of what is broken
    bool isWhole = true;
};

/// QString::fromUtf8() would leave out U+FEFF in front.
DecodedUtf8 decodeUtf8(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    DecodedUtf8 decoded { .text = decoder.decode(octets) };
    decoded.isWhole = !decoder.hasError();
    return decoded;
}

std::optional<QString> decodeWithIcu(QByteArrayView octets, const QByteArray &name,
                                     UConverterToUCallback onBrokenOctet)
{
    UErrorCode status = U_ZERO_ERROR;
    const ConverterPointer converter(ucnv_open(name.constData(), &status), ucnv_close);
    if (U_FAILURE(status))
        return std::nullopt;
    ucnv_setToUCallBack(converter.get(), onBrokenOctet, nullptr, nullptr, nullptr, &status);
    QString text(2 * octets.size() + 16, Qt::Uninitialized);
    const int32_t length = ucnv_toUChars(converter.get(), reinterpret_cast<UChar *>(text.data()),
                                         static_cast<int32_t>(text.size()), octets.data(),
                                         static_cast<int32_t>(octets.size()), &status);
    if (U_FAILURE(status) || length > text.size())
        return std::nullopt;
    text.truncate(length);
    return text;
}

} // namespace

std::optional<QString> decodeCharset(QByteArrayView octets, QByteArrayView charset)
{
    const QByteArray name = realName(charset);
    if (name == "utf-8" || name == "utf8") {
        DecodedUtf8 decoded = decodeUtf8(octets);
        return decoded.isWhole ? std::optional(std::move(decoded.text)) : std::nullopt;
    }
    if (name.isEmpty() || octets.size() > LargestInput)
        return std::nullopt;
    return decodeWithIcu(octets, name, UCNV_TO_U_CALLBACK_STOP);
}

QString readCharset(QByteArrayView octets, QByteArrayView charset)
{
    const QByteArray name = realName(charset);
    if (name == "utf-8" || name == "utf8")
        return decodeUtf8(octets).text;
    const QByteArray written = charset.toByteArray().trimmed().toLower();
    const bool isGuessed = written.isEmpty() || written == "us-ascii" || written == "ascii";
    const bool isConvertible = !isGuessed && octets.size() <= LargestInput;
    if (isConvertible) {
        if (auto text = decodeWithIcu(octets, name, UCNV_TO_U_CALLBACK_SUBSTITUTE))
            return *std::move(text);
    }
    if (DecodedUtf8 decoded = decodeUtf8(octets); decoded.isWhole)
        return std::move(decoded.text);
    return decodeCharset(octets, "windows-1252").value_or(QString::fromLatin1(octets));
}

} // namespace postrider::mime
