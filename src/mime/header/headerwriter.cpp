// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/headerwriter.h"

#include "mime/address/localpart.h"
#include "mime/encoding/wellformed.h"
#include "mime/header/encodedword.h"

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LineLimit = 78;                // RFC 5322 section 2.1.1
constexpr qsizetype LineLimitWithEncodedWord = 76; // RFC 2047 section 2
constexpr qsizetype LongestRawWord = 900;          // keeps a line of raw UTF-8 below 998 octets
constexpr qsizetype LongestRawSpace = 3;           // with the longest plain word still within a line
constexpr qsizetype SmallestEncodedRoom = 36;      // not worth starting an encoded word in less

/// Free text as a header can carry it: nothing that ends a line, nothing that people cannot see.
QString withoutControls(QString text)
{
    for (QChar &character : text) {
        const bool isLineEnd = character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
        if (character.category() == QChar::Other_Control || isLineEnd)
            character = u' ';
    }
    return text;
}

/// A word of free text with the spaces before it.
struct Word
{
    qsizetype spaces = 0;
    QString text {};
    bool isEncoded = false;
};

/// Cuts at runs of spaces. Where spaces could get lost or make a line of nothing else, at both ends and in
/// very long runs, they are marked to be encoded with the words next to them.
QList<Word> splitIntoWords(const QString &text)
{
    QList<Word> words;
    qsizetype i = 0;
    while (i < text.size()) {
        const qsizetype spacesBegin = i;
        while (i < text.size() && text.at(i) == u' ')
            ++i;
        const qsizetype begin = i;
        while (i < text.size() && text.at(i) != u' ')
            ++i;

        Word word { .spaces = begin - spacesBegin, .text = text.sliced(begin, i - begin) };
        if (words.isEmpty()) {
            word.isEncoded = word.spaces > 0;
            word.text.prepend(QString(word.spaces, u' '));
            word.spaces = 1; // the one behind the colon
        } else if (word.text.isEmpty()) {
            words.last().text += QString(word.spaces, u' ');
            words.last().isEncoded = true;
            break;
        } else if (word.spaces > LongestRawSpace) {
            words.last().isEncoded = true;
            word.isEncoded = true;
        }
        words.append(word);
    }
    return words;
}

/// Makes one of neighbours that are encoded, for the spaces between two encoded words vanish when they are
/// read, and leaves a single space before what is encoded.
QList<Word> mergedEncodedWords(const QList<Word> &words)
{
    QList<Word> merged;
    for (const Word &word : words) {
        if (!merged.isEmpty() && merged.last().isEncoded && word.isEncoded)
            merged.last().text += QString(word.spaces, u' ') + word.text;
        else
            merged.append(word);
    }
    for (Word &word : merged) {
        if (word.isEncoded) {
            word.text.prepend(QString(word.spaces - 1, u' '));
            word.spaces = 1;
        }
    }
    return merged;
}

bool isAtom(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isAtomCharacter);
}

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

} // namespace

QString HeaderWriter::prepared(const QString &text) const
{
    const QString clean = withoutControls(toWellFormed(text));
    return m_charset == Charset::Utf8 ? clean.normalized(QString::NormalizationForm_C) : clean;
}

bool HeaderWriter::needsEncoding(QStringView word) const
{
    if (looksEncoded(word))
        return true;
    if (m_charset == Charset::Utf8)
        return word.toUtf8().size() > LongestRawWord;
    return !isAscii(word) || word.size() >= LineLimitWithEncodedWord;
}

void HeaderWriter::addText(QByteArrayView name, const QString &text)
{
    QList<Word> words = splitIntoWords(prepared(text));
    for (Word &word : words)
        word.isEncoded = word.isEncoded || needsEncoding(word.text);
    // A word that does not fit behind the name is not put on the next line: readers would show the space
    // before it.
    if (!words.isEmpty() && name.size() + 2 + words.first().text.toUtf8().size() > LineLimit)
        words.first().isEncoded = true;
    words = mergedEncodedWords(words);

    begin(name);
    for (const Word &word : words) {
        if (word.isEncoded)
            appendEncoded(word.text);
        else
            append(QByteArray(word.spaces, ' '), word.text.toUtf8());
    }
    end();
}

void HeaderWriter::addMailboxes(QByteArrayView name, const QList<Mailbox> &mailboxes)
{
    begin(name);
    for (qsizetype i = 0; i < mailboxes.size(); ++i)
        addMailbox(mailboxes.at(i), i + 1 < mailboxes.size() ? QByteArrayView(",") : QByteArrayView());
    end();
}

void HeaderWriter::addPieces(QByteArrayView name, const QList<QByteArray> &pieces)
{
    begin(name);
    for (const QByteArray &piece : pieces)
        append(" ", piece, piece.contains("=?") ? Piece::EncodedWord : Piece::Plain);
    end();
}

void HeaderWriter::begin(QByteArrayView name)
{
    m_octets += name;
    m_octets += ':';
    m_column = name.size() + 1;
    m_limit = LineLimit;
    m_isFirstPiece = true;
    m_foldsNext = false;
}

void HeaderWriter::end()
{
    m_octets += "\r\n";
}

void HeaderWriter::fold(QByteArrayView space)
{
    m_octets += "\r\n";
    m_octets += space;
    m_column = space.size();
    m_limit = LineLimit;
    m_foldsNext = false;
}

void HeaderWriter::append(QByteArrayView space, QByteArrayView piece, Piece kind)
{
    const qsizetype limit = kind == Piece::EncodedWord ? LineLimitWithEncodedWord : m_limit;
    if (m_foldsNext || (kind != Piece::BesideName && m_column + space.size() + piece.size() > limit)) {
        fold(space);
    } else {
        m_octets += space;
        m_column += space.size();
    }
    m_octets += piece;
    m_column += piece.size();
    if (kind == Piece::EncodedWord)
        m_limit = LineLimitWithEncodedWord;
    m_isFirstPiece = false;
}

void HeaderWriter::appendEncoded(const QString &text)
{
    qsizetype room = LineLimitWithEncodedWord - m_column - 1;
    if (m_foldsNext || (room < SmallestEncodedRoom && !m_isFirstPiece))
        room = 0;
    for (const QByteArray &word : encodedWords(text, room)) {
        // An empty first word says that nothing fits on this line; append() folds before the next one.
        if (!word.isEmpty())
            append(" ", word, Piece::EncodedWord);
    }
}

/// A display name in ASCII, or in raw UTF-8: as atoms or as a quoted string. Empty when it must be encoded.
QByteArray HeaderWriter::phrase(const QString &name) const
{
    if (needsEncoding(name))
        return {};
    const QList<QStringView> atoms = QStringView(name).split(u' ');
    const QString phrase = std::all_of(atoms.cbegin(), atoms.cend(), isAtom) ? name : quoted(name);
    // A quoted string is kept on one line; what is too long for that goes into encoded words.
    return phrase.size() >= LineLimitWithEncodedWord ? QByteArray() : phrase.toUtf8();
}

void HeaderWriter::addMailbox(const Mailbox &mailbox, QByteArrayView suffix)
{
    const QString name = prepared(mailbox.name).trimmed();
    const auto address = wireAddress(mailbox);
    Q_ASSERT(address);
    // Filters take a first line with the field's name only for the work of a careless program.
    const Piece kind = m_isFirstPiece ? Piece::BesideName : Piece::Plain;
    if (name.isEmpty()) {
        append(" ", QByteArray(*address + suffix), kind);
        return;
    }

    const QByteArray angle = '<' + *address + '>' + suffix;
    QByteArray plainName = phrase(name);
    if (m_isFirstPiece && m_column + 1 + plainName.size() > m_limit)
        plainName.clear(); // encoded words can be broken
    const QByteArray wholeName = plainName.isEmpty() ? encodedWords(name).join(' ') : plainName;
    const qsizetype limit = plainName.isEmpty() ? LineLimitWithEncodedWord : m_limit;
    // A line break between two mailboxes is better than one within (RFC 5322 section 2.2.3).
    const bool fits = m_column + 1 + wholeName.size() + 1 + angle.size() <= limit;
    m_foldsNext = !fits && !m_isFirstPiece;
    if (plainName.isEmpty())
        appendEncoded(name);
    else
        append(" ", plainName, kind);
    append(" ", angle);
}

QByteArray toHeaderDate(const QDateTime &date)
{
    constexpr std::array Days { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    constexpr std::array Months { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    constexpr int SecondsPerMinute = 60;
    constexpr int MinutesPerHour = 60;

    // A header's zone has no seconds; the few historical zones that have become UTC.
    const QDateTime local = date.offsetFromUtc() % SecondsPerMinute == 0 ? date : date.toUTC();
    const int offset = local.offsetFromUtc() / SecondsPerMinute;
    const QDate day = local.date();
    const QTime time = local.time();
    return QByteArray(Days.at(static_cast<size_t>(day.dayOfWeek() - 1))) + ", "
        + QByteArray::number(day.day()) + ' ' + Months.at(static_cast<size_t>(day.month() - 1)) + ' '
        + QByteArray::number(day.year()).rightJustified(4, '0') + ' '
        + time.toString(u"HH:mm:ss"_s).toLatin1() + ' ' + (offset < 0 ? '-' : '+')
        + QByteArray::number(std::abs(offset) / MinutesPerHour).rightJustified(2, '0')
        + QByteArray::number(std::abs(offset) % MinutesPerHour).rightJustified(2, '0');
}

} // namespace postrider::mime
