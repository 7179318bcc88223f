// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace postrider::mime {

/// A lexical piece of an address field. Comments vanish; blank space is told by the piece behind it.
struct AddressToken
{
    enum class Type {
        Word,    ///< characters that mean nothing by themselves
        Quoted,  ///< a quoted string
        Literal, ///< [...]
        At,
        Colon,
        AngleOpen,
        AngleClose,
        Comma,     ///< or its like in another script
        Semicolon, ///< or its like in another script
        LineEnd,
        Bad, ///< no reading is possible: a control character, or a quote or bracket that never closes
        End,
    };
    enum class Space { None, Blank, Tab };

    Type type = Type::End;
    qsizetype begin = 0;
    qsizetype end = 0;
    Space space = Space::None;                            ///< what stands before it
    AddressError::Kind fault = AddressError::Kind::Empty; ///< of Bad
    qsizetype comment = -1;  ///< where a comment before it begins; -1 without one
    bool isRepaired = false; ///< before it, a quotation mark was passed over or a comment was cut
};

/**
 * Cuts an address field into tokens, one at a time, each character looked at a bounded number of times.
 *
 * A quotation mark that is never closed is passed over when it is the only one of its line, for then only
 * one reading is possible; a parenthesis that its line does not close reaches to the next angle bracket or
 * separator (RFC 7103 section 7.1).
 */
class AddressLexer
{
public:
    AddressLexer(QStringView text, AddressSource source, qsizetype from = 0)
        : m_text(text)
        , m_source(source)
        , m_position(from)
    { }

    [[nodiscard]] AddressToken next();

    /// The text of a token without quotes and backslashes; a literal keeps its brackets.
    [[nodiscard]] QString valueOf(const AddressToken &token) const;
    [[nodiscard]] QStringView text() const noexcept { return m_text; }

private:
    void skipBlankSpace(AddressToken &token);
    void skipComment(AddressToken &token);
    void readQuoted(AddressToken &token);
    void readLiteral(AddressToken &token);
    void readWord(AddressToken &token);
    [[nodiscard]] bool skipEncodedWord();
    [[nodiscard]] AddressToken::Type typeOf(QChar c) const;
    [[nodiscard]] qsizetype endOfLine(qsizetype from) const;
    void fault(AddressToken &token, AddressError::Kind kind, qsizetype begin, qsizetype end);

    QStringView m_text;
    AddressSource m_source;
    qsizetype m_position;
    qsizetype m_lastLineEnd = -1;      ///< behind which the line of m_position begins
    qsizetype m_lastQuoteEnd = -1;     ///< of the latest quoted string
    qsizetype m_openCommentsUntil = 0; ///< no comment that begins before this is closed
    bool m_hasOpenQuote = false;       ///< one came, so that no later one is closed either
};

} // namespace postrider::mime
