// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/contentfields.h"

#include "mime/header/encodedword.h"
#include "mime/header/parameters.h"

#include <algorithm>

namespace postrider::mime {

namespace {

/// RFC 2045 section 5.1 "token".
bool isTokenOctet(char octet)
{
    return octet > ' ' && octet < '\x7F' && !QByteArrayView("()<>@,;:\\\"/[]?=").contains(octet);
}

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t';
}

/// Walks over the tokens of a field body, with blank space and comments between them.
class TokenScanner
{
public:
    explicit TokenScanner(QByteArrayView octets)
        : m_rest(octets)
    { }

    [[nodiscard]] QByteArray token()
    {
        skipSpace();
        const auto *end = std::find_if_not(m_rest.cbegin(), m_rest.cend(), isTokenOctet);
        const QByteArrayView token = m_rest.first(end - m_rest.cbegin());
        m_rest = m_rest.sliced(token.size());
        return token.toByteArray().toLower();
    }

    [[nodiscard]] bool take(char octet)
    {
        skipSpace();
        if (m_rest.isEmpty() || m_rest.front() != octet)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    [[nodiscard]] QByteArrayView rest()
    {
        skipSpace();
        return m_rest;
    }

private:
    void skipSpace()
    {
        int depth = 0;
        qsizetype i = 0;
        for (; i < m_rest.size(); ++i) {
            const char octet = m_rest.at(i);
            if (octet == '(')
                ++depth;
            else if (depth > 0 && octet == ')')
                --depth;
            else if (depth == 0 && !isBlank(octet))
                break;
        }
        m_rest = m_rest.sliced(i);
    }

    QByteArrayView m_rest;
};

} // namespace

std::optional<ContentType> parseContentType(const QByteArray &fieldBody)
{
    TokenScanner scanner(fieldBody);
    (void)scanner.take('"'); // some programs quote the type
    QByteArray type = scanner.token();
    const QByteArray subtype = scanner.take('/') ? scanner.token() : QByteArray();
    (void)scanner.take('"');
    if (type.isEmpty() || (subtype.isEmpty() && type != "multipart"))
        return std::nullopt;
    type += '/' + (subtype.isEmpty() ? QByteArray("mixed") : subtype);
    while (scanner.take(';')) { }
    const QByteArray rest = "x;" + scanner.rest().toByteArray();
    return ContentType { .type = type, .parameters = parseParameters(rest).parameters };
}

std::optional<ContentType> contentTypeOf(const HeaderBlock &header)
{
    const QList<HeaderField> fields = header.findAll("Content-Type");
    for (const HeaderField &field : fields) {
        if (auto type = parseContentType(field.body()))
            return type;
    }
    return std::nullopt;
}

TransferEncoding transferEncodingOf(const HeaderBlock &header)
{
    const QByteArray body = header.body("Content-Transfer-Encoding");
    TokenScanner scanner(body);
    (void)scanner.take('"');
    const QByteArray name = scanner.token();
    if (name == "base64")
        return TransferEncoding::Base64;
    if (name == "quoted-printable")
        return TransferEncoding::QuotedPrintable;
    const bool isPlain = name.isEmpty() || name == "7bit" || name == "8bit" || name == "binary"
        || name == "7-bit" || name == "8-bit";
    return isPlain ? TransferEncoding::None : TransferEncoding::Unknown;
}

Disposition dispositionOf(const HeaderBlock &header)
{
    const auto field = header.find("Content-Disposition");
    if (!field)
        return Disposition::None;
    const QByteArray body = field->body();
    TokenScanner scanner(body);
    const QByteArray name = scanner.token();
    if (name.isEmpty())
        return Disposition::None;
    return name == "inline" ? Disposition::Inline : Disposition::Attachment; // RFC 2183 section 2.8
}

QString dispositionFileName(const HeaderBlock &header)
{
    const auto field = header.find("Content-Disposition");
    if (!field)
        return {};
    const auto parameters = parseParameters(field->body()).parameters;
    const QString fileName = parameters.value("filename");
    return fileName.isEmpty() ? parameters.value("name") : fileName;
}

QString contentIdOf(const HeaderBlock &header)
{
    QByteArray id = header.body("Content-ID");
    const qsizetype open = id.indexOf('<');
    const qsizetype close = id.indexOf('>', open + 1);
    if (open >= 0 && close >= 0)
        id = id.sliced(open + 1, close - open - 1);
    return decodeHeaderText(id.trimmed());
}

} // namespace postrider::mime
