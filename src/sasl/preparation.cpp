// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/preparation.h"

#include <QStringDecoder>

#include <algorithm>
#include <memory>
#include <unicode/usprep.h>
#include <utility>

namespace postrider::sasl {

namespace {

/// Text between its two forms in octets, overwritten in the end.
class WipedText
{
public:
    explicit WipedText(QString text)
        : m_text(std::move(text))
    {
        m_text.detach();
    }
    ~WipedText()
    {
        volatile char16_t *unit = m_text.isEmpty() ? nullptr : reinterpret_cast<char16_t *>(m_text.data());
        for (qsizetype i = 0; i < m_text.size(); ++i)
            unit[i] = u'\0';
    }
    Q_DISABLE_COPY_MOVE(WipedText)

    [[nodiscard]] const QString &operator*() const noexcept { return m_text; }
    [[nodiscard]] QString *operator->() noexcept { return &m_text; }

private:
    QString m_text;
};

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

bool isControl(char c)
{
    return static_cast<uchar>(c) < 0x20 || c == 0x7f;
}

base::Secret copyOf(QByteArrayView octets)
{
    return base::Secret(octets.toByteArray());
}

/// Nothing when the octets are not UTF-8.
std::optional<QString> decoded(QByteArrayView utf8)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decode(utf8);
    return decode.hasError() ? std::nullopt : std::optional(std::move(text));
}

struct CloseProfile
{
    void operator()(UStringPrepProfile *profile) const { usprep_close(profile); }
};

} // namespace

std::optional<base::Secret> saslPrep(QByteArrayView utf8, StringUse use)
{
    if (isAscii(utf8)) {
        // Nothing in ASCII is mapped; its controls are prohibited.
        if (std::any_of(utf8.begin(), utf8.end(), isControl))
            return std::nullopt;
        return copyOf(utf8);
    }
    std::optional<QString> typed = decoded(utf8);
    if (!typed)
        return std::nullopt;
    const WipedText source(*std::exchange(typed, std::nullopt));

    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UStringPrepProfile, CloseProfile> profile(
        usprep_openByType(USPREP_RFC4013_SASLPREP, &status));
    if (U_FAILURE(status))
        return std::nullopt;
    // The longest decomposition there is has 18 units for one.
    WipedText result(QString((*source).size() * 18, Qt::Uninitialized));
    const int32_t options = use == StringUse::Query ? USPREP_ALLOW_UNASSIGNED : USPREP_DEFAULT;
    const int32_t length
        = usprep_prepare(profile.get(), QStringView(*source).utf16(), static_cast<int32_t>((*source).size()),
                         reinterpret_cast<UChar *>(result->data()), static_cast<int32_t>(result->size()),
                         options, nullptr, &status);
    if (U_FAILURE(status) || length == 0)
        return std::nullopt;
    return base::Secret(QStringView(*result).first(length).toUtf8());
}

base::Secret composed(QByteArrayView utf8)
{
    if (isAscii(utf8))
        return copyOf(utf8);
    std::optional<QString> typed = decoded(utf8);
    if (!typed)
        return copyOf(utf8);
    const WipedText source(*std::exchange(typed, std::nullopt));
    const WipedText result((*source).normalized(QString::NormalizationForm_C));
    return base::Secret((*result).toUtf8());
}

base::Secret prepared(QByteArrayView utf8, StringUse use)
{
    if (std::optional<base::Secret> result = saslPrep(utf8, use))
        return std::move(*result);
    return composed(utf8);
}

QByteArray composedUser(const QString &user)
{
    return user.normalized(QString::NormalizationForm_C).toUtf8();
}

QByteArray escapedName(QByteArrayView name)
{
    // The order matters: what replaces the comma has an equals sign.
    return name.toByteArray().replace('=', "=3D").replace(',', "=2C");
}

} // namespace postrider::sasl
