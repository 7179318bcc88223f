// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addresslexer.h"
#include "mime/address/localpart.h"
#include "mime/address/mailbox.h"
#include "mime/header/encodedword.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;
using Detail = AddressError::Detail;
using Kind = AddressError::Kind;
using Space = AddressToken::Space;
using Type = AddressToken::Type;

namespace {

constexpr qsizetype LongestPiece = 256;   // of an error's text, in UTF-16 units
constexpr qsizetype MostTokens = 100'000; // of one entry, which may be many addresses with spaces between

using Tokens = QList<AddressToken>;

/// Some tokens in a row.
struct Range
{
    const AddressToken *first = nullptr;
    const AddressToken *last = nullptr; ///< behind the range

    [[nodiscard]] const AddressToken *begin() const { return first; }
    [[nodiscard]] const AddressToken *end() const { return last; }
    [[nodiscard]] bool isEmpty() const { return first == last; }
    [[nodiscard]] const AddressToken &front() const { return *first; }
    [[nodiscard]] const AddressToken &back() const { return *(last - 1); }
    [[nodiscard]] Range from(const AddressToken *token) const { return { token, last }; }
    [[nodiscard]] Range until(const AddressToken *token) const { return { first, token }; }
    [[nodiscard]] const AddressToken *find(Type type) const
    {
        return std::find_if(first, last, [type](const AddressToken &token) { return token.type == type; });
    }
    [[nodiscard]] bool contains(Type type) const { return find(type) != last; }
};

bool isListEnd(Type type)
{
    return type == Type::Comma || type == Type::Semicolon || type == Type::LineEnd || type == Type::End;
}

struct Domain
{
    QString text {};    ///< as it stands
    qsizetype size = 0; ///< in octets on the wire
};

/// What stands between two separators.
struct Item
{
    Tokens tokens {};
    AddressToken before {}; ///< the separator before it; End at the beginning of the text
    AddressToken after {};

    [[nodiscard]] Range range() const { return { tokens.constData(), tokens.constData() + tokens.size() }; }
};

bool isOpeningQuote(QChar c)
{
    return QStringView(u"'`\u2018\u2019\u201A\u201C\u201D\u201E").contains(c);
}

/// Nothing in a name may end a line or turn the text around it.
QString cleanedName(QString name)
{
    const auto isTurning = [](QChar c) {
        return (c.unicode() >= 0x202A && c.unicode() <= 0x202E)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    };
    name.removeIf(isTurning);
    for (QChar &c : name) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return name.trimmed();
}

/// Puts the entries of a field together from tokens.
class Parser
{
public:
    enum class UntilFirstError { No, Yes };

    Parser(QStringView text, AddressSource source, UntilFirstError untilFirstError)
        : m_text(text)
        , m_source(source)
        , m_untilFirstError(untilFirstError)
        , m_lexer(text, source)
    { }

    [[nodiscard]] QList<AddressEntry> read();

private:
    [[nodiscard]] Item nextItem();
    void readItem(const Item &item);
    [[nodiscard]] bool takeForName(const Item &item);
    [[nodiscard]] bool endsName(const Item &item) const;
    [[nodiscard]] std::optional<Range> withoutGroupName(const Item &item);
    void readRow(Range row);
    void readMailboxes(Range range);
    void readWithoutBrackets(Range range);
    void readSquareBrackets(Range range);
    [[nodiscard]] const AddressToken *readBracketed(Range range, const AddressToken *open);
    void readAddresses(Range range, const QString &name);
    [[nodiscard]] Expected<Mailbox, AddressError> address(Range range) const;
    [[nodiscard]] Expected<QString, AddressError> localPart(Range range, Range whole) const;
    [[nodiscard]] Expected<Domain, AddressError> domain(Range range, Range whole) const;
    [[nodiscard]] Range withoutScheme(Range range) const;
    [[nodiscard]] bool mayJoin(const AddressToken &token) const;
    [[nodiscard]] QStringView textOf(const AddressToken &token) const;
    [[nodiscard]] QString nameOf(Range range) const;
    [[nodiscard]] QString joined(Range range) const;

    [[nodiscard]] AddressError error(Kind kind, qsizetype begin, qsizetype end, Detail detail = Detail::None,
                                     qsizetype detailBegin = -1, qsizetype detailEnd = -1) const;
    [[nodiscard]] AddressError error(Kind kind, Range range, Detail detail = Detail::None,
                                     qsizetype detailBegin = -1, qsizetype detailEnd = -1) const
    {
        return error(kind, range.front().begin, range.back().end, detail, detailBegin, detailEnd);
    }
    void addMailbox(const Mailbox &mailbox, Range range);
    void addError(const AddressError &error);

    QStringView m_text;
    AddressSource m_source;
    UntilFirstError m_untilFirstError;
    AddressLexer m_lexer;
    AddressToken m_separator {};
    QList<AddressEntry> m_entries {};
    std::optional<Item> m_nameBeforeComma {}; ///< "Smith" of "Smith, Ann <ann@example.org>;"
    bool m_hasSemicolons = false;
    bool m_isInGroup = false;
    bool m_isRepaired = false; ///< something in the item that is being read
};

AddressError Parser::error(Kind kind, qsizetype begin, qsizetype end, Detail detail, qsizetype detailBegin,
                           qsizetype detailEnd) const
{
    QStringView piece = m_text.sliced(begin, end - begin);
    if (piece.size() > LongestPiece)
        piece = piece.first(piece.at(LongestPiece - 1).isHighSurrogate() ? LongestPiece - 1 : LongestPiece);
    const bool isKnown = detailBegin >= 0;
    return { .kind = kind,
             .text = piece.toString(),
             .position = begin,
             .detail = detail,
             .detailPosition = isKnown ? detailBegin : begin,
             .detailLength = isKnown ? detailEnd - detailBegin : 0 };
}

void Parser::addMailbox(const Mailbox &mailbox, Range range)
{
    m_entries.append({ .state = m_isRepaired ? AddressEntry::State::Repaired : AddressEntry::State::AsWritten,
                       .mailbox = mailbox,
                       .position = range.front().begin,
                       .length = range.back().end - range.front().begin });
}

void Parser::addError(const AddressError &error)
{
    m_entries.append({ .state = AddressEntry::State::Bad,
                       .error = error,
                       .position = error.position,
                       .length = error.text.size() });
}

QStringView Parser::textOf(const AddressToken &token) const
{
    return m_text.sliced(token.begin, token.end - token.begin);
}

QString Parser::joined(Range range) const
{
    QString text;
    for (const AddressToken &token : range) {
        if (&token != range.begin() && token.space != Space::None)
            text += u' ';
        text += m_lexer.valueOf(token);
    }
    return text;
}

QString Parser::nameOf(Range range) const
{
    const QString name = joined(range);
    return cleanedName(m_source == AddressSource::Header ? decodeEncodedWords(name) : name);
}

Item Parser::nextItem()
{
    Item item { .before = m_separator };
    bool isInRoute = false; // "<@a.example,@b.example:ann@example.org>": its commas separate no entries
    for (;;) {
        AddressToken token = m_lexer.next();
        const Type type = token.type;
        if (isListEnd(type) && !(isInRoute && type == Type::Comma)) {
            item.after = token;
            m_separator = token;
            return item;
        }
        if (type == Type::At && !item.tokens.isEmpty() && item.tokens.last().type == Type::AngleOpen)
            isInRoute = true;
        else if (type == Type::Colon || type == Type::AngleOpen || type == Type::AngleClose)
            isInRoute = false;
        if (item.tokens.size() <= MostTokens)
            item.tokens.append(token);
    }
}

QList<AddressEntry> Parser::read()
{
    m_hasSemicolons
        = m_source == AddressSource::Person && (m_text.contains(u';') || m_text.contains(u'\uFF1B'));
    do {
        const Item item = nextItem();
        if (!takeForName(item))
            readItem(item);
        const bool hasError = !m_entries.isEmpty() && m_entries.last().state == AddressEntry::State::Bad;
        if (hasError && m_untilFirstError == UntilFirstError::Yes)
            break;
    } while (m_separator.type != Type::End);
    if (m_nameBeforeComma)
        addError(error(Kind::NoAt, m_nameBeforeComma->range()));
    return m_entries;
}

/// Whether the item may be the first half of a name with a comma, as in the lists of programs that separate
/// by semicolons. The next item decides.
bool Parser::takeForName(const Item &item)
{
    const Range range = item.range();
    const bool isBegin = item.before.type != Type::Comma;
    if (!m_hasSemicolons || m_isInGroup || m_nameBeforeComma || !isBegin || item.after.type != Type::Comma
        || range.isEmpty())
        return false;
    if (!std::all_of(range.begin(), range.end(),
                     [](const AddressToken &token) { return token.type == Type::Word; }))
        return false;
    m_nameBeforeComma = item;
    return true;
}

/// Whether the item is the second half of such a name, with the address.
bool Parser::endsName(const Item &item) const
{
    const Range range = item.range();
    const AddressToken *open = range.find(Type::AngleOpen);
    return item.after.type != Type::Comma && open != range.end() && open != range.begin()
        && range.until(open).find(Type::At) == open && range.until(open).find(Type::Colon) == open;
}

void Parser::readItem(const Item &item)
{
    const std::optional<Item> nameBefore = std::exchange(m_nameBeforeComma, std::nullopt);
    const bool hasNameBefore = nameBefore && endsName(item);
    if (nameBefore && !hasNameBefore)
        addError(error(Kind::NoAt, nameBefore->range()));

    const auto range = withoutGroupName(item);
    if (item.after.type == Type::Semicolon)
        m_isInGroup = false;
    if (!range)
        return;
    const auto bad = std::find_if(range->begin(), range->end(),
                                  [](const AddressToken &token) { return token.type == Type::Bad; });
    if (bad != range->end()) {
        addError(error(bad->fault, bad->begin, bad->end, Detail::None, bad->begin, bad->end));
        return;
    }
    if (item.tokens.size() > MostTokens) {
        addError(error(Kind::TooLong, *range, Detail::EntryTooLong));
        return;
    }
    m_isRepaired = hasNameBefore || item.after.isRepaired
        || std::any_of(range->begin(), range->end(),
                       [](const AddressToken &token) { return token.isRepaired; });
    const qsizetype first = m_entries.size();
    readRow(*range);
    if (hasNameBefore && m_entries.at(first).state != AddressEntry::State::Bad) {
        AddressEntry &entry = m_entries[first];
        entry.mailbox.name = nameOf(nameBefore->range()) + ", "_L1 + entry.mailbox.name;
        entry.length += entry.position - nameBefore->tokens.first().begin;
        entry.position = nameBefore->tokens.first().begin;
    }
}

/// The item without a group's name, or nothing when there is no more to be read in it.
std::optional<Range> Parser::withoutGroupName(const Item &item)
{
    const Range range = item.range();
    if (range.isEmpty()) {
        // An entry that is nothing but a comment could be an address that somebody put in parentheses.
        if (item.after.comment >= 0 && m_source == AddressSource::Person)
            addError(error(Kind::Empty, item.after.comment, item.after.begin));
        return std::nullopt;
    }
    const AddressToken *colon = std::find_if(range.begin(), range.end(), [](const AddressToken &token) {
        return token.type != Type::Word && token.type != Type::Quoted;
    });
    if (colon == range.end() || colon->type != Type::Colon || colon == range.begin()
        || withoutScheme(range).begin() != range.begin())
        return range;
    m_isInGroup = true;
    const Range rest = range.from(colon + 1);
    if (!rest.isEmpty())
        return rest;
    if (item.after.type != Type::Semicolon)
        addError(error(Kind::NoAt, range));
    return std::nullopt;
}

/// Without a "mailto:" that was copied together with the address.
Range Parser::withoutScheme(Range range) const
{
    const bool hasScheme = range.end() - range.begin() > 2 && range.front().type == Type::Word
        && (range.begin() + 1)->type == Type::Colon
        && textOf(range.front()).compare("mailto"_L1, Qt::CaseInsensitive) == 0;
    return hasScheme ? range.from(range.begin() + 2) : range;
}

/// The cells of a table's row: tabs stand between them. A cell without an address names the next one that
/// has one, or a single address before it.
void Parser::readRow(Range row)
{
    const auto isCellBegin = [this, row](const AddressToken &token) {
        return m_source == AddressSource::Person && &token != row.begin() && token.space == Space::Tab;
    };
    if (!row.contains(Type::At) || std::none_of(row.begin(), row.end(), isCellBegin)) {
        readMailboxes(row);
        return;
    }

    m_isRepaired = true;
    const qsizetype firstEntry = m_entries.size();
    QString names;
    QString nameBehind;
    bool isInBrackets = false;
    for (const AddressToken *token = row.begin(); token != row.end();) {
        const AddressToken *cellEnd = token;
        do {
            if (cellEnd->type == Type::AngleOpen)
                isInBrackets = true;
            else if (cellEnd->type == Type::AngleClose)
                isInBrackets = false;
            ++cellEnd;
        } while (cellEnd != row.end() && (isInBrackets || !isCellBegin(*cellEnd)));
        const Range cell { token, cellEnd };
        token = cellEnd;
        if (!cell.contains(Type::At)) {
            names += (names.isEmpty() ? QString() : u" "_s) + nameOf(cell);
            if (m_entries.size() > firstEntry && nameBehind.isEmpty())
                nameBehind = nameOf(cell);
            continue;
        }
        const qsizetype cellEntry = m_entries.size();
        readMailboxes(cell);
        Mailbox &mailbox = m_entries[cellEntry].mailbox;
        if (!names.isEmpty() && m_entries.at(cellEntry).state != AddressEntry::State::Bad)
            mailbox.name = mailbox.name.isEmpty() ? names : names + u' ' + mailbox.name;
        names.clear();
    }
    AddressEntry &only = m_entries[firstEntry];
    if (m_entries.size() == firstEntry + 1 && only.state != AddressEntry::State::Bad
        && only.mailbox.name.isEmpty())
        only.mailbox.name = nameBehind;
}

/// Adds at least one entry. More addresses may follow one in angle brackets where a comma is missing.
void Parser::readMailboxes(Range range)
{
    const AddressToken *lastSign = range.end();
    for (const AddressToken &token : range) {
        if (token.type == Type::At)
            lastSign = &token;
    }
    for (;;) {
        const AddressToken *open = range.find(Type::AngleOpen);
        if (open == range.end()) {
            readWithoutBrackets(range);
            return;
        }
        const AddressToken *rest = readBracketed(range, open);
        if (rest == range.end() || m_entries.last().state == AddressEntry::State::Bad)
            return;
        range = range.from(rest);
        if (lastSign == range.end() || lastSign < range.begin()) {
            m_entries.removeLast();
            addError(error(Kind::BadDomain, range, Detail::TextBehindAddress, range.front().begin,
                           range.back().end));
            return;
        }
        m_isRepaired = true;
    }
}

void Parser::readWithoutBrackets(Range range)
{
    // "Ann [mailto:ann@example.org]" is how some programs quote an author.
    const bool hasSquareBrackets = range.back().type == Type::Literal && !range.contains(Type::At)
        && textOf(range.back()).contains(u'@');
    if (hasSquareBrackets) {
        readSquareBrackets(range);
        return;
    }
    Range bare = withoutScheme(range);
    m_isRepaired = m_isRepaired || bare.begin() != range.begin();
    while (!bare.isEmpty() && bare.back().type == Type::AngleClose) {
        bare = bare.until(bare.end() - 1);
        m_isRepaired = true;
    }
    if (bare.isEmpty())
        addError(error(Kind::Empty, range));
    else
        readAddresses(bare, {});
}

void Parser::readSquareBrackets(Range range)
{
    AddressLexer lexer(m_text.first(range.back().end - 1), m_source, range.back().begin + 1);
    Tokens inner;
    for (AddressToken token = lexer.next(); token.type != Type::End; token = lexer.next()) {
        if (token.type == Type::Bad || isListEnd(token.type)) {
            addError(error(Kind::BadLiteral, range.from(range.end() - 1)));
            return;
        }
        inner.append(token);
    }
    const Range whole { inner.constData(), inner.constData() + inner.size() };
    if (whole.isEmpty()) {
        addError(error(Kind::BadLiteral, range.from(range.end() - 1)));
        return;
    }
    m_isRepaired = true;
    readAddresses(withoutScheme(whole), nameOf(range.until(range.end() - 1)));
}

/// Adds one entry, a name with an address in angle brackets, and returns where the rest of the range begins.
const AddressToken *Parser::readBracketed(Range range, const AddressToken *open)
{
    const AddressToken *inner = std::find_if(
        open, range.end(), [](const AddressToken &token) { return token.type != Type::AngleOpen; });
    const AddressToken *close = std::find_if(inner, range.end(), [](const AddressToken &token) {
        return token.type == Type::AngleClose || token.type == Type::AngleOpen;
    });
    const AddressToken *rest = std::find_if(
        close, range.end(), [](const AddressToken &token) { return token.type != Type::AngleClose; });
    if (close != range.end() && close->type == Type::AngleOpen) {
        addError(error(Kind::UnclosedAngle, range.from(open).until(close + 1)));
        return rest;
    }

    Range spec { inner, close };
    m_isRepaired = m_isRepaired || inner - open != 1 || rest - close != 1;
    // An obsolete source route, "<@relay.example:ann@example.org>", is read over (RFC 5322 section 4.4).
    if (!spec.isEmpty() && spec.front().type == Type::At && spec.contains(Type::Colon)) {
        spec = spec.from(spec.find(Type::Colon) + 1);
    } else {
        spec = withoutScheme(spec);
        m_isRepaired = m_isRepaired || spec.begin() != inner;
    }
    if (spec.isEmpty()) {
        addError(error(Kind::Empty, open->begin, open->end));
        return rest;
    }
    const auto mailbox = address(spec);
    if (mailbox)
        addMailbox(
            { .name = nameOf(range.until(open)), .localPart = mailbox->localPart, .domain = mailbox->domain },
            range.until(rest));
    else
        addError(mailbox.error());
    return rest;
}

/// One address, or several with nothing but blank space between them.
void Parser::readAddresses(Range range, const QString &name)
{
    const auto signs = std::count_if(range.begin(), range.end(),
                                     [](const AddressToken &token) { return token.type == Type::At; });
    if (signs > 1) {
        const qsizetype first = m_entries.size();
        const bool wasRepaired = std::exchange(m_isRepaired, true);
        const AddressToken *begin = range.begin();
        while (begin != range.end()) {
            const AddressToken *end = std::find_if(
                begin + 1, range.end(), [](const AddressToken &token) { return token.space != Space::None; });
            const auto mailbox = address({ begin, end });
            if (!mailbox)
                break;
            addMailbox(*mailbox, { begin, end });
            begin = end;
        }
        if (begin == range.end())
            return;
        m_entries.resize(first);
        m_isRepaired = wasRepaired;
    }

    // Quotation marks of a text processor around the whole address.
    AddressToken front = range.front();
    AddressToken back = range.back();
    if (m_source == AddressSource::Person && front.type == Type::Word && back.type == Type::Word
        && range.end() - range.begin() == 3) {
        const bool isQuoted = isOpeningQuote(textOf(front).front()) && isOpeningQuote(textOf(back).back());
        const bool isParenthesis = textOf(back).endsWith(u')');
        if ((isQuoted && front.end - front.begin > 1 && back.end - back.begin > 1)
            || (isParenthesis && back.end - back.begin > 1)) {
            front.begin += isQuoted ? 1 : 0;
            back.end -= 1;
            const Tokens stripped { front, *(range.begin() + 1), back };
            const auto mailbox = address({ stripped.constData(), stripped.constData() + stripped.size() });
            if (mailbox) {
                m_isRepaired = true;
                addMailbox({ .name = name, .localPart = mailbox->localPart, .domain = mailbox->domain },
                           range);
                return;
            }
        }
    }

    const auto mailbox = address(range);
    if (mailbox)
        addMailbox({ .name = name, .localPart = mailbox->localPart, .domain = mailbox->domain }, range);
    else
        addError(mailbox.error());
}

/// Programs of old put blank space and comments around dots (RFC 5322 section 4.4).
bool Parser::mayJoin(const AddressToken &token) const
{
    if (token.space == Space::None)
        return true;
    return m_source == AddressSource::Header
        && (textOf(token).startsWith(u'.') || textOf(*(&token - 1)).endsWith(u'.'));
}

Expected<QString, AddressError> Parser::localPart(Range range, Range whole) const
{
    QString text;
    bool isUnquoted = true;
    for (const AddressToken &token : range) {
        if (&token != range.begin() && !mayJoin(token)) {
            const AddressToken &before = *(&token - 1);
            return Unexpected(error(Kind::SpaceInLocalPart, whole, Detail::None, before.end, token.begin));
        }
        if (token.type == Type::Quoted) {
            isUnquoted = false;
        } else {
            const QStringView raw = textOf(token);
            const auto *wrong = token.type != Type::Word
                ? raw.begin()
                : std::find_if_not(raw.begin(), raw.end(),
                                   [](QChar c) { return c == u'.' || isAtomCharacter(c); });
            if (wrong != raw.end()) {
                const qsizetype at = token.begin + (wrong - raw.begin());
                return Unexpected(error(Kind::BadLocalPart, whole, Detail::CharacterNeedsQuotes, at, at + 1));
            }
        }
        text += m_lexer.valueOf(token);
    }

    text = text.normalized(QString::NormalizationForm_C);
    if (const auto fault = checkLocalPart(text)) {
        if (fault->detailLength == 0)
            return Unexpected(
                error(fault->kind, whole, fault->detail, range.front().begin, range.back().end));
        const qsizetype at = std::min(range.front().begin + fault->detailPosition, range.back().end - 1);
        return Unexpected(error(fault->kind, whole, fault->detail, at, at + 1));
    }
    if (isUnquoted && !isDotAtom(text)) {
        const qsizetype begin = range.front().begin;
        if (text.startsWith(u'.'))
            return Unexpected(error(Kind::BadLocalPart, whole, Detail::DotAtStart, begin, begin + 1));
        const qsizetype end = range.back().end;
        if (text.endsWith(u'.'))
            return Unexpected(error(Kind::BadLocalPart, whole, Detail::DotAtEnd, end - 1, end));
        const qsizetype dots = std::max<qsizetype>(0, m_text.sliced(begin, end - begin).indexOf(u".."));
        return Unexpected(
            error(Kind::BadLocalPart, whole, Detail::DoubleDot, begin + dots, begin + dots + 2));
    }
    return text;
}

Expected<Domain, AddressError> Parser::domain(Range range, Range whole) const
{
    QString text;
    for (const AddressToken &token : range) {
        const bool isFirst = &token == range.begin();
        const bool isName = token.type == Type::Word || (token.type == Type::Literal && isFirst);
        if (!isName)
            return Unexpected(
                error(Kind::BadDomain, whole, Detail::CharacterNotAllowed, token.begin, token.end));
        if (!isFirst && !mayJoin(token))
            return Unexpected(
                error(Kind::BadDomain, whole, Detail::SpaceInDomain, (&token - 1)->end, token.begin));
        text += m_lexer.valueOf(token);
    }
    const auto ascii = domainToAscii(text);
    if (ascii)
        return Domain { .text = text, .size = ascii->size() };
    const AddressError &fault = ascii.error();
    const qsizetype begin = range.front().begin;
    const qsizetype end = range.back().end;
    if (fault.detailLength == 0)
        return Unexpected(error(fault.kind, whole, fault.detail, begin, end));
    const qsizetype at = std::min(begin + fault.detailPosition, end - 1);
    return Unexpected(error(fault.kind, whole, fault.detail, at, std::min(at + fault.detailLength, end)));
}

Expected<Mailbox, AddressError> Parser::address(Range range) const
{
    const AddressToken *sign = range.find(Type::At);
    if (sign == range.end())
        return Unexpected(error(Kind::NoAt, range));
    const AddressToken *second = range.from(sign + 1).find(Type::At);
    if (second != range.end())
        return Unexpected(error(Kind::TwoAts, range, Detail::None, second->begin, second->end));
    if (sign == range.begin())
        return Unexpected(error(Kind::NoLocalPart, range));
    if (sign + 1 == range.end())
        return Unexpected(error(Kind::NoDomain, range));

    const auto local = localPart(range.until(sign), range);
    if (!local)
        return Unexpected(local.error());
    const auto name = domain(range.from(sign + 1), range);
    if (!name)
        return Unexpected(name.error());
    if (quotedWhenNeeded(*local).toUtf8().size() + 1 + name->size > LongestAddress)
        return Unexpected(error(Kind::TooLong, range, Detail::AddressTooLong));
    return Mailbox { .localPart = *local, .domain = name->text };
}

} // namespace

QList<AddressEntry> readAddressEntries(QStringView text, AddressSource source)
{
    return Parser(text, source, Parser::UntilFirstError::No).read();
}

Expected<QList<Mailbox>, AddressError> parseMailboxList(QStringView text, AddressSource source)
{
    const QList<AddressEntry> entries = Parser(text, source, Parser::UntilFirstError::Yes).read();
    QList<Mailbox> mailboxes;
    mailboxes.reserve(entries.size());
    for (const AddressEntry &entry : entries) {
        if (entry.state == AddressEntry::State::Bad)
            return Unexpected(entry.error);
        mailboxes.append(entry.mailbox);
    }
    return mailboxes;
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
