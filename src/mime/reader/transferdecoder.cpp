// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/transferdecoder.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace postrider::mime {

namespace {

constexpr quint8 Junk = 64;
constexpr quint8 Space = 65;
constexpr quint8 Padding = 66;

/// What a character is worth in base64, or one of the above.
constexpr std::array<quint8, 256> makeValues()
{
    std::array<quint8, 256> values {};
    for (auto &value : values)
        value = Junk;
    quint8 next = 0;
    for (const char octet : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
        if (octet != '\0')
            values[static_cast<quint8>(octet)] = next++;
    }
    for (const char octet : { ' ', '\t', '\r', '\n' })
        values[static_cast<quint8>(octet)] = Space;
    values[static_cast<quint8>('=')] = Padding;
    return values;
}

constexpr std::array<quint8, 256> Values = makeValues();

/// The three octets of a quantum as they lie in memory, for each of its four characters alone; a high bit for
/// what is no character of base64.
constexpr quint32 NoCharacter = 0x8000'0000;

constexpr std::array<std::array<quint32, 256>, 4> makeQuantumTables()
{
    std::array<std::array<quint32, 256>, 4> tables {};
    for (size_t place = 0; place < 4; ++place) {
        for (size_t octet = 0; octet < 256; ++octet) {
            const quint32 value = Values[octet];
            if (value >= 64) {
                tables[place][octet] = NoCharacter;
                continue;
            }
            const quint32 bits = value << (18 - 6 * place);
            tables[place][octet] = (bits >> 16 & 0xFF) | (bits & 0xFF00) | (bits & 0xFF) << 16;
        }
    }
    return tables;
}

constexpr std::array<std::array<quint32, 256>, 4> QuantumTables = makeQuantumTables();

constexpr qsizetype LongestHeldLine = 64 * 1024;

int hexDigit(char octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    const char lower = static_cast<char>(octet | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t';
}

} // namespace

TransferDecoder::TransferDecoder(TransferEncoding encoding)
    : m_encoding(encoding)
{ }

QByteArrayView TransferDecoder::decode(QByteArrayView block)
{
    switch (m_encoding) {
    case TransferEncoding::None:
    case TransferEncoding::Unknown:
        return block;
    case TransferEncoding::Base64:
        return decodeBase64(block);
    case TransferEncoding::QuotedPrintable:
        return decodeQuotedPrintable(block);
    }
    Q_UNREACHABLE();
}

QByteArrayView TransferDecoder::finish()
{
    m_output.resize(std::max(m_output.size(), m_held.size() + 4));
    char *out = m_output.data();
    if (m_encoding == TransferEncoding::Base64) {
        m_isDamaged = m_isDamaged || (m_characters > 0 && !m_isPadding);
        out = endQuantum(out);
    } else if (m_encoding == TransferEncoding::QuotedPrintable) {
        out = decodeLine(m_held, out);
        m_held.clear();
    }
    return QByteArrayView(m_output).first(out - m_output.constData());
}

// --- base64 ---

/// What a quantum without all its characters still tells.
char *TransferDecoder::endQuantum(char *out)
{
    if (m_characters == 1)
        m_isDamaged = true; // six bits are no octet
    const quint32 bits = m_bits << 6 * (4 - m_characters);
    if (m_characters >= 2)
        *out++ = static_cast<char>(bits >> 16 & 0xFF);
    if (m_characters >= 3)
        *out++ = static_cast<char>(bits >> 8 & 0xFF);
    m_characters = 0;
    m_bits = 0;
    return out;
}

QByteArrayView TransferDecoder::decodeBase64(QByteArrayView block)
{
    m_output.resize(std::max(m_output.size(), block.size() + 8));
    char *out = m_output.data();
    const auto *in = reinterpret_cast<const quint8 *>(block.data());
    const auto *const end = in + block.size();
    while (in < end) {
        // Whole quanta as long as nothing else comes between them; four octets are written, three count.
        if (m_characters == 0) {
            const auto *const begin = in;
            while (end - in >= 4) {
                const quint32 octets = QuantumTables[0][in[0]] | QuantumTables[1][in[1]]
                    | QuantumTables[2][in[2]] | QuantumTables[3][in[3]];
                if ((octets & NoCharacter) != 0)
                    break;
                const std::array<char, 4> three { static_cast<char>(octets), static_cast<char>(octets >> 8),
                                                  static_cast<char>(octets >> 16), '\0' };
                std::memcpy(out, three.data(), three.size());
                out += 3;
                in += 4;
            }
            m_isPadding = m_isPadding && in == begin;
            if (in == end)
                break;
        }
        const quint8 value = Values[*in++];
        if (value < 64) {
            m_isPadding = false;
            m_bits = m_bits << 6 | value;
            if (++m_characters == 4) {
                *out++ = static_cast<char>(m_bits >> 16 & 0xFF);
                *out++ = static_cast<char>(m_bits >> 8 & 0xFF);
                *out++ = static_cast<char>(m_bits & 0xFF);
                m_characters = 0;
                m_bits = 0;
            }
        } else if (value == Padding) {
            m_isDamaged = m_isDamaged || (m_characters == 0 && !m_isPadding);
            m_isPadding = true;
            out = endQuantum(out);
        } else if (value == Junk) {
            m_isDamaged = true;
        }
    }
    return QByteArrayView(m_output).first(out - m_output.constData());
}

// --- quoted-printable ---

/// With its line end, or without it when that is still to come or never will.
char *TransferDecoder::decodeLine(QByteArrayView line, char *out)
{
    qsizetype content = line.size();
    const bool isEnded = content > 0 && line.at(content - 1) == '\n';
    if (isEnded)
        --content;
    if (isEnded && content > 0 && line.at(content - 1) == '\r')
        --content;
    const QByteArrayView lineEnd = line.sliced(content);
    while (content > 0 && isBlank(line.at(content - 1)))
        --content;

    const char *in = line.data();
    const char *const end = in + content;
    while (in < end) {
        const auto *escape = static_cast<const char *>(std::memchr(in, '=', static_cast<size_t>(end - in)));
        const char *const plainEnd = escape == nullptr ? end : escape;
        out = std::copy(in, plainEnd, out);
        if (escape == nullptr)
            break;
        in = escape + 1;
        if (in == end)
            return out; // a soft line break
        const int high = hexDigit(in[0]);
        const int low = high >= 0 && end - in >= 2 ? hexDigit(in[1]) : -1;
        if (low >= 0) {
            *out++ = static_cast<char>(high * 16 + low);
            in += 2;
        } else if (*in == '\r') {
            ++in; // a soft line break of a file whose lines end with CR alone
        } else {
            m_isDamaged = true;
            *out++ = '=';
        }
    }
    return std::copy(lineEnd.cbegin(), lineEnd.cend(), out);
}

QByteArrayView TransferDecoder::decodeQuotedPrintable(QByteArrayView block)
{
    m_output.resize(std::max(m_output.size(), m_held.size() + block.size()));
    char *out = m_output.data();
    if (!m_held.isEmpty()) {
        const qsizetype length = block.indexOf('\n') + 1;
        const QByteArrayView rest = length == 0 ? block : block.first(length);
        m_held += rest;
        block = block.sliced(rest.size());
        if (length > 0) {
            out = decodeLine(m_held, out);
            m_held.clear();
        }
    }
    const qsizetype linesEnd = block.lastIndexOf('\n') + 1;
    for (QByteArrayView lines = block.first(linesEnd); !lines.isEmpty();) {
        const QByteArrayView line = lines.first(lines.indexOf('\n') + 1);
        out = decodeLine(line, out);
        lines = lines.sliced(line.size());
    }
    m_held += block.sliced(linesEnd);

    // Of a line without end, what certainly is neither blank space at its end nor a part of an escape.
    if (m_held.size() > LongestHeldLine) {
        const auto isWhite = [this](qsizetype at) { return isBlank(m_held.at(at)) || m_held.at(at) == '\r'; };
        qsizetype content = m_held.size();
        while (content > 0 && isWhite(content - 1))
            --content;
        const qsizetype escape = m_held.lastIndexOf('=');
        if (escape >= 0 && escape >= content - 2)
            content = escape;
        out = decodeLine(QByteArrayView(m_held).first(content), out);
        // A run of blanks that fills half a block is no accident of transport.
        const bool isBlankRun = content < m_held.size() / 2;
        if (isBlankRun) {
            out = std::copy(m_held.cbegin() + content, m_held.cend(), out);
            content = m_held.size();
        }
        m_held.remove(0, content);
    }
    return QByteArrayView(m_output).first(out - m_output.constData());
}

} // namespace postrider::mime
