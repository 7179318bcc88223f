// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/localpart.h"
#include "mime/mailbox.h"

#include <algorithm>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;
using Kind = AddressError::Kind;

namespace {

/// A lexical piece of an address field. Blank space only sets `spaced` on the piece behind it; comments
/// vanish.
struct Token
{
    enum class Type {
        Word,    ///< characters that mean nothing by themselves
        Quoted,  ///< a quoted string; value is without quotes and backslashes
        Literal, ///< [...], brackets included
        At,
        Colon,
        AngleOpen,
        AngleClose,
        Separator, ///< a comma, a semicolon or a line end
        End,
    };
    Type type = Type::End;
    QString value {};
    qsizetype begin = 0;
    qsizetype end = 0;
    bool spaced = false; ///< blank space stands before it
};

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool isForbiddenControl(QChar c)
{
    return c.category() == QChar::Other_Control && c != u'\t' && !isLineEnd(c);
}

/// Cuts the text into tokens, one at a time.
class Lexer
{
public:
    explicit Lexer(QStringView text)
        : m_text(text)
    { }

    [[nodiscard]] Expected<Token, AddressError> next();

    [[nodiscard]] Unexpected<AddressError> fail(Kind kind, qsizetype begin, qsizetype end) const
    {
        return Unexpected(AddressError {
            .kind = kind, .text = m_text.sliced(begin, end - begin).toString(), .position = begin });
    }

private:
    [[nodiscard]] std::optional<AddressError> skipComment();
    [[nodiscard]] Expected<Token, AddressError> quotedString(Token token);
    [[nodiscard]] Expected<Token, AddressError> literal(Token token);
    [[nodiscard]] Token single(Token token, Token::Type type);

    QStringView m_text;
    qsizetype m_position = 0;
};

Expected<Token, AddressError> Lexer::next()
{
    Token token;
    while (m_position < m_text.size()) {
        const QChar c = m_text.at(m_position);
        if (isForbiddenControl(c))
            return fail(Kind::ControlCharacter, m_position, m_position + 1);
        if (c == u'(') {
            if (const auto error = skipComment())
                return Unexpected(*error);
        } else if (c.isSpace() && !isLineEnd(c)) {
            token.spaced = true;
            ++m_position;
        } else {
            break;
        }
    }
    token.begin = token.end = m_position;
    if (m_position == m_text.size())
        return token;

    const QChar c = m_text.at(m_position);
    if (c == u',' || c == u';' || isLineEnd(c))
        return single(token, Token::Type::Separator);
    if (c == u'@')
        return single(token, Token::Type::At);
    if (c == u':')
        return single(token, Token::Type::Colon);
    if (c == u'<')
        return single(token, Token::Type::AngleOpen);
    if (c == u'>')
        return single(token, Token::Type::AngleClose);
    if (c == u'"')
        return quotedString(token);
    if (c == u'[')
        return literal(token);

    token.type = Token::Type::Word;
    while (m_position < m_text.size()) {
        const QChar in = m_text.at(m_position);
        if (in.isSpace() || isLineEnd(in) || QStringView(u",;@:<>\"[(").contains(in))
            break;
        if (isForbiddenControl(in))
            return fail(Kind::ControlCharacter, m_position, m_position + 1);
        ++m_position;
    }
    token.end = m_position;
    token.value = m_text.sliced(token.begin, token.end - token.begin).toString();
    return token;
}

Token Lexer::single(Token token, Token::Type type)
{
    token.type = type;
    token.value = m_text.at(m_position);
    token.end = ++m_position;
    return token;
}

std::optional<AddressError> Lexer::skipComment()
{
    const qsizetype begin = m_position;
    int depth = 0;
    while (m_position < m_text.size()) {
        const QChar c = m_text.at(m_position);
        if (isForbiddenControl(c) || isLineEnd(c))
            return fail(Kind::ControlCharacter, m_position, m_position + 1).error();
        ++m_position;
        if (c == u'\\' && m_position < m_text.size() && !isLineEnd(m_text.at(m_position)))
            ++m_position;
        else if (c == u'(')
            ++depth;
        else if (c == u')' && --depth == 0)
            return std::nullopt;
    }
    return fail(Kind::UnclosedComment, begin, m_text.size()).error();
}

Expected<Token, AddressError> Lexer::quotedString(Token token)
{
    token.type = Token::Type::Quoted;
    bool escaped = false;
    for (++m_position; m_position < m_text.size(); ++m_position) {
        const QChar c = m_text.at(m_position);
        if (isForbiddenControl(c) || isLineEnd(c))
            return fail(Kind::ControlCharacter, m_position, m_position + 1);
        if (escaped || (c != u'\\' && c != u'"')) {
            token.value += c;
            escaped = false;
        } else if (c == u'\\') {
            escaped = true;
        } else {
            token.end = ++m_position;
            return token;
        }
    }
    return fail(Kind::UnclosedQuote, token.begin, m_text.size());
}

Expected<Token, AddressError> Lexer::literal(Token token)
{
    token.type = Token::Type::Literal;
    for (; m_position < m_text.size(); ++m_position) {
        const QChar c = m_text.at(m_position);
        if (isForbiddenControl(c))
            return fail(Kind::ControlCharacter, m_position, m_position + 1);
        if (isLineEnd(c) || c == u',' || c == u';' || c == u'>')
            break;
        if (c == u']') {
            token.end = ++m_position;
            token.value = m_text.sliced(token.begin, token.end - token.begin).toString();
            return token;
        }
    }
    return fail(Kind::BadLiteral, token.begin, m_position);
}

using Tokens = QList<Token>;
using TokenIterator = Tokens::const_iterator;

/// Puts the items of a list together from tokens.
class Parser
{
public:
    explicit Parser(QStringView text)
        : m_lexer(text)
    { }

    [[nodiscard]] Expected<QList<Mailbox>, AddressError> mailboxes();

private:
    [[nodiscard]] std::optional<AddressError> readTokens();
    [[nodiscard]] Expected<Mailbox, AddressError> mailbox(TokenIterator begin, TokenIterator end) const;
    [[nodiscard]] Expected<Mailbox, AddressError> addressSpec(TokenIterator begin, TokenIterator end,
                                                              const Token &at) const;

    [[nodiscard]] Unexpected<AddressError> fail(Kind kind, TokenIterator begin, TokenIterator end) const
    {
        return m_lexer.fail(kind, begin->begin, begin == end ? begin->end : std::prev(end)->end);
    }

    [[nodiscard]] bool takeGroupName();
    [[nodiscard]] bool takeGroupEnd();
    [[nodiscard]] std::optional<AddressError> takeSeparator(bool isFirst);

    Lexer m_lexer;
    Tokens m_tokens {};
    TokenIterator m_next {};
    bool m_inGroup = false;
    bool m_isElementDue = false; ///< a comma or semicolon came, and nothing behind it yet
};

std::optional<AddressError> Parser::readTokens()
{
    for (;;) {
        const auto token = m_lexer.next();
        if (!token)
            return token.error();
        m_tokens.append(*token);
        if (token->type == Token::Type::End)
            return std::nullopt;
    }
}

QString joined(TokenIterator begin, TokenIterator end)
{
    QString text;
    for (auto token = begin; token != end; ++token) {
        if (token != begin && token->spaced)
            text += u' ';
        text += token->value;
    }
    return text;
}

bool isListEnd(const Token &token)
{
    return token.type == Token::Type::Separator || token.type == Token::Type::End;
}

TokenIterator find(TokenIterator begin, TokenIterator end, Token::Type type)
{
    return std::find_if(begin, end, [type](const Token &token) { return token.type == type; });
}

/// A tab is blank space between words, and no more than that inside a quoted name.
QString cleanedName(QString name)
{
    return name.replace(u'\t', u' ').trimmed();
}

Expected<Mailbox, AddressError> Parser::addressSpec(TokenIterator begin, TokenIterator end,
                                                    const Token &at) const
{
    if (begin == end)
        return m_lexer.fail(Kind::Empty, at.begin, at.end);
    const TokenIterator sign = find(begin, end, Token::Type::At);
    if (sign == end)
        return fail(Kind::NoAt, begin, end);
    if (find(std::next(sign), end, Token::Type::At) != end)
        return fail(Kind::TwoAts, begin, end);
    if (sign == begin)
        return fail(Kind::NoLocalPart, begin, end);
    if (std::next(sign) == end)
        return fail(Kind::NoDomain, begin, end);

    QString localPart;
    bool unquotedOnly = true;
    for (auto token = begin; token != sign; ++token) {
        if (token != begin && token->spaced)
            return fail(Kind::SpaceInLocalPart, begin, end);
        if (token->type == Token::Type::Quoted)
            unquotedOnly = false;
        else if (token->type != Token::Type::Word
                 || !std::all_of(token->value.cbegin(), token->value.cend(),
                                 [](QChar c) { return c == u'.' || isAtomCharacter(c); }))
            return fail(Kind::BadLocalPart, begin, end);
        localPart += token->value;
    }
    if (const auto error = checkLocalPart(localPart))
        return fail(*error, begin, end);
    if (unquotedOnly && !isDotAtom(localPart))
        return fail(Kind::BadLocalPart, begin, end);

    const TokenIterator first = std::next(sign);
    if (std::next(first) != end || (first->type != Token::Type::Word && first->type != Token::Type::Literal))
        return fail(Kind::BadDomain, begin, end);
    const auto domain = domainToAscii(first->value);
    if (!domain)
        return fail(domain.error().kind, begin, end);
    return Mailbox { .localPart = localPart, .domain = first->value };
}

Expected<Mailbox, AddressError> Parser::mailbox(TokenIterator begin, TokenIterator end) const
{
    const TokenIterator open = find(begin, end, Token::Type::AngleOpen);
    if (open == end)
        return addressSpec(begin, end, *begin);

    const TokenIterator close = find(open, end, Token::Type::AngleClose);
    if (close == end || find(std::next(open), close, Token::Type::AngleOpen) != close)
        return fail(Kind::UnclosedAngle, open, end);
    if (std::next(close) != end)
        return fail(Kind::BadDomain, std::next(close), end);

    // An obsolete source route, "<@relay.example:ann@example.org>", is read over (RFC 5322 section 4.4).
    TokenIterator inner = std::next(open);
    if (inner != close && inner->type == Token::Type::At) {
        const TokenIterator colon = find(inner, close, Token::Type::Colon);
        if (colon != close)
            inner = std::next(colon);
    }
    auto result = addressSpec(inner, close, *open);
    if (result)
        result->name = cleanedName(joined(begin, open));
    return result;
}

bool Parser::takeGroupName()
{
    if (m_inGroup)
        return false;
    const TokenIterator colon = std::find_if(m_next, m_tokens.cend(), [](const Token &token) {
        return token.type == Token::Type::Colon || isListEnd(token);
    });
    // A colon inside angle brackets belongs to a source route; one behind an @ is an error of the address.
    if (colon->type != Token::Type::Colon || find(m_next, colon, Token::Type::AngleOpen) != colon
        || find(m_next, colon, Token::Type::At) != colon)
        return false;
    m_inGroup = true;
    m_isElementDue = false;
    m_next = std::next(colon);
    return true;
}

bool Parser::takeGroupEnd()
{
    if (!m_inGroup || m_next->value != ";"_L1)
        return false;
    m_inGroup = false;
    m_isElementDue = false;
    ++m_next;
    // The semicolon that ends a group separates as well, but the comma of a strict list may follow it.
    if (m_next->type == Token::Type::Separator && !isLineEnd(m_next->value.front()))
        ++m_next;
    return true;
}

std::optional<AddressError> Parser::takeSeparator(bool isFirst)
{
    if (!isLineEnd(m_next->value.front())) {
        const auto rest = std::find_if_not(
            m_next, m_tokens.cend(), [](const Token &token) { return token.type == Token::Type::Separator; });
        const bool isTrailing = rest->type == Token::Type::End && !isFirst;
        if ((m_isElementDue || isFirst) && !isTrailing)
            return m_lexer.fail(Kind::Empty, m_next->begin, m_next->end).error();
        m_isElementDue = true;
    }
    ++m_next;
    return std::nullopt;
}

Expected<QList<Mailbox>, AddressError> Parser::mailboxes()
{
    if (const auto error = readTokens())
        return Unexpected(*error);

    QList<Mailbox> result;
    m_next = m_tokens.cbegin();
    while (m_next->type != Token::Type::End) {
        if (m_next->type == Token::Type::Separator) {
            if (takeGroupEnd())
                continue;
            if (const auto error = takeSeparator(result.isEmpty()))
                return Unexpected(*error);
            continue;
        }
        if (takeGroupName())
            continue;
        const TokenIterator end = std::find_if(m_next, m_tokens.cend(), isListEnd);
        const auto one = mailbox(m_next, end);
        if (!one)
            return Unexpected(one.error());
        result.append(*one);
        m_isElementDue = false;
        m_next = end;
    }
    return result;
}

} // namespace

Expected<QList<Mailbox>, AddressError> parseMailboxList(QStringView text)
{
    return Parser(text).mailboxes();
}

Expected<Mailbox, AddressError> parseMailbox(QStringView text)
{
    const auto list = parseMailboxList(text);
    if (!list)
        return Unexpected(list.error());
    if (list->isEmpty())
        return Unexpected(AddressError { .kind = Kind::Empty, .text = text.toString() });
    if (list->size() > 1)
        return Unexpected(AddressError { .kind = Kind::BadDomain, .text = text.toString() });
    return list->first();
}

} // namespace postrider::mime
