// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addresslexer.h"

#include "mime/address/localpart.h"

#include <algorithm>

namespace postrider::mime {

using Kind = AddressError::Kind;
using Space = AddressToken::Space;
using Type = AddressToken::Type;

namespace {

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool isForbiddenControl(QChar c)
{
    if (c.unicode() > u' ' && c.unicode() <= u'~')
        return false;
    return c.category() == QChar::Other_Control && c != u'\t' && !isLineEnd(c);
}

/// Blank space, and what comes along invisibly with pasted text: as harmless between words as it is harmful
/// within an address. The marks that turn text round are not harmless anywhere.
bool isBlank(QChar c)
{
    constexpr char16_t LeftToRightOverride = 0x202D;
    constexpr char16_t RightToLeftOverride = 0x202E;
    if (c.unicode() > u' ' && c.unicode() <= u'~')
        return false;
    if (isLineEnd(c) || isForbiddenControl(c) || c == LeftToRightOverride || c == RightToLeftOverride)
        return false;
    return c.isSpace() || isInvisible(c.unicode());
}

} // namespace

AddressToken AddressLexer::next()
{
    AddressToken token;
    skipBlankSpace(token);
    token.begin = m_position;
    token.end = m_position;
    if (m_position == m_text.size())
        return token;

    const QChar c = m_text.at(m_position);
    token.type = typeOf(c);
    switch (token.type) {
    case Type::Quoted:
        readQuoted(token);
        break;
    case Type::Literal:
        readLiteral(token);
        break;
    case Type::Word:
        readWord(token);
        break;
    case Type::Bad:
        fault(token, Kind::ControlCharacter, m_position, m_position + 1);
        break;
    case Type::LineEnd:
        m_lastLineEnd = m_position;
        [[fallthrough]];
    default:
        token.end = ++m_position;
        break;
    }
    return token;
}

QString AddressLexer::valueOf(const AddressToken &token) const
{
    const QStringView raw = m_text.sliced(token.begin, token.end - token.begin);
    if (token.type != Type::Quoted)
        return raw.toString();
    QString value;
    value.reserve(raw.size());
    bool isEscaped = false;
    for (const QChar c : raw.sliced(1, raw.size() - 2)) {
        if (c == u'\\' && !isEscaped) {
            isEscaped = true;
            continue;
        }
        value += c;
        isEscaped = false;
    }
    return value;
}

Type AddressLexer::typeOf(QChar c) const
{
    switch (c.unicode()) {
    case u',':
        return Type::Comma;
    case u';':
        return Type::Semicolon;
    case u'@':
        return Type::At;
    case u':':
        return Type::Colon;
    case u'<':
        return Type::AngleOpen;
    case u'>':
        return Type::AngleClose;
    case u'"':
        return Type::Quoted;
    case u'[':
        return Type::Literal;
    default:
        break;
    }
    if (isLineEnd(c))
        return Type::LineEnd;
    if (isForbiddenControl(c))
        return Type::Bad;
    if (m_source == AddressSource::Header)
        return Type::Word;
    // What input methods and keyboards of other scripts give for the same keys.
    switch (c.unicode()) {
    case 0xFF0C: // fullwidth comma
    case 0x3001: // ideographic comma
    case 0x060C: // Arabic comma
        return Type::Comma;
    case 0xFF1B: // fullwidth semicolon
    case 0x061B: // Arabic semicolon
        return Type::Semicolon;
    case 0xFF20:
        return Type::At;
    case 0xFF1C:
        return Type::AngleOpen;
    case 0xFF1E:
        return Type::AngleClose;
    default:
        return Type::Word;
    }
}

void AddressLexer::skipBlankSpace(AddressToken &token)
{
    while (m_position < m_text.size()) {
        const QChar c = m_text.at(m_position);
        if (c == u'(') {
            if (token.comment < 0)
                token.comment = m_position;
            skipComment(token);
            if (token.space == Space::None)
                token.space = Space::Blank;
        } else if (isBlank(c)) {
            if (c == u'\t')
                token.space = Space::Tab;
            else if (token.space == Space::None && c.isSpace())
                token.space = Space::Blank;
            ++m_position;
        } else {
            break;
        }
    }
}

void AddressLexer::skipComment(AddressToken &token)
{
    const qsizetype begin = m_position;
    if (begin >= m_openCommentsUntil) {
        int depth = 0;
        qsizetype i = begin;
        for (; i < m_text.size() && !isLineEnd(m_text.at(i)); ++i) {
            const QChar c = m_text.at(i);
            if (isForbiddenControl(c))
                break;
            if (c == u'\\' && i + 1 < m_text.size() && !isLineEnd(m_text.at(i + 1)))
                ++i;
            else if (c == u'(')
                ++depth;
            else if (c == u')' && --depth == 0) {
                m_position = i + 1;
                return;
            }
        }
        m_openCommentsUntil = i;
    }
    // What this line has left has no end for the comment: it ends where an address or an entry may begin.
    token.isRepaired = true;
    ++m_position;
    while (m_position < m_text.size()) {
        const QChar c = m_text.at(m_position);
        const Type type = c == u'"' ? Type::Word : typeOf(c);
        if (type != Type::Word && type != Type::Colon && type != Type::At && type != Type::Literal)
            break;
        ++m_position;
    }
}

void AddressLexer::readQuoted(AddressToken &token)
{
    qsizetype control = -1;
    for (qsizetype i = m_position + 1; i < m_text.size() && !m_hasOpenQuote; ++i) {
        const QChar c = m_text.at(i);
        if (control < 0 && (isLineEnd(c) || isForbiddenControl(c)))
            control = i;
        if (c == u'\\' && i + 1 < m_text.size() && !isLineEnd(m_text.at(i + 1))
            && !isForbiddenControl(m_text.at(i + 1))) {
            ++i;
        } else if (c == u'"') {
            m_position = i + 1;
            m_lastQuoteEnd = m_position;
            token.end = m_position;
            if (control >= 0)
                fault(token, Kind::ControlCharacter, control, control + 1);
            return;
        }
    }

    const bool isOnlyOneOfLine = !m_hasOpenQuote && m_lastQuoteEnd <= m_lastLineEnd;
    m_hasOpenQuote = true;
    if (!isOnlyOneOfLine) {
        fault(token, Kind::UnclosedQuote, m_position, endOfLine(m_position));
        return;
    }
    const AddressToken before = token;
    ++m_position;
    token = next();
    token.space = std::max(before.space, token.space);
    token.comment = std::max(before.comment, token.comment);
    token.isRepaired = true;
}

void AddressLexer::readLiteral(AddressToken &token)
{
    qsizetype i = m_position;
    for (; i < m_text.size(); ++i) {
        const QChar c = m_text.at(i);
        if (isForbiddenControl(c)) {
            fault(token, Kind::ControlCharacter, i, i + 1);
            return;
        }
        if (isLineEnd(c) || c == u',' || c == u';' || c == u'>')
            break;
        if (c == u']') {
            token.end = m_position = i + 1;
            return;
        }
    }
    fault(token, Kind::BadLiteral, m_position, i);
}

/// Over a whole "=?utf-8?Q?Smith,_Ann?=", in which some programs leave separators bare.
bool AddressLexer::skipEncodedWord()
{
    constexpr qsizetype Longest = 1000;
    if (!m_text.sliced(m_position).startsWith(u"=?"))
        return false;
    int marks = 0;
    const qsizetype limit = std::min(m_text.size(), m_position + Longest);
    for (qsizetype i = m_position + 1; i < limit; ++i) {
        const QChar c = m_text.at(i);
        if (c.isSpace() || isForbiddenControl(c))
            return false;
        if (c == u'?')
            ++marks;
        else if (c == u'=' && marks == 4 && m_text.at(i - 1) == u'?') {
            m_position = i + 1;
            return true;
        }
        if (marks > 4)
            return false;
    }
    return false;
}

void AddressLexer::readWord(AddressToken &token)
{
    if (m_source == AddressSource::Header && skipEncodedWord()) {
        token.end = m_position;
        return;
    }
    while (m_position < m_text.size()) {
        const QChar c = m_text.at(m_position);
        if (c.isSpace() || c == u'(' || typeOf(c) != Type::Word)
            break;
        ++m_position;
    }
    // Invisible characters at the end of a word belong to the space behind it; within it they are its own.
    qsizetype end = m_position;
    while (end > token.begin + 1 && isBlank(m_text.at(end - 1)))
        --end;
    token.end = end;
}

qsizetype AddressLexer::endOfLine(qsizetype from) const
{
    while (from < m_text.size() && !isLineEnd(m_text.at(from)))
        ++from;
    return from;
}

void AddressLexer::fault(AddressToken &token, Kind kind, qsizetype begin, qsizetype end)
{
    token.type = Type::Bad;
    token.fault = kind;
    token.begin = begin;
    token.end = end;
    m_position = std::max(m_position, end);
}

} // namespace postrider::mime
