// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/mailbox.h"

#include <QChar>
#include <QList>
#include <QString>
#include <QStringView>
#include <QUrl>

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Unexpected;

namespace {

constexpr qsizetype LongestDomain = 255; // octets, RFC 5321 section 4.5.3.1.2
constexpr qsizetype LongestLabel = 63;   // octets, RFC 1034 section 3.1

Unexpected<AddressError> bad(AddressError::Kind kind, const QString &domain)
{
    return Unexpected(AddressError { .kind = kind, .text = domain });
}

bool isDecimalNumberUpTo(QStringView digits, uint limit)
{
    constexpr qsizetype LongestNumber = 3;
    if (digits.isEmpty() || digits.size() > LongestNumber || (digits.size() > 1 && digits.front() == u'0'))
        return false;
    uint number = 0;
    for (const QChar digit : digits) {
        if (digit < u'0' || digit > u'9')
            return false;
        number = number * 10 + (digit.unicode() - u'0');
    }
    return number <= limit;
}

bool isIpv4Address(QStringView text)
{
    const QList<QStringView> numbers = text.split(u'.');
    return numbers.size() == 4 && std::all_of(numbers.cbegin(), numbers.cend(), [](QStringView number) {
               return isDecimalNumberUpTo(number, 255);
           });
}

bool isHexGroup(QStringView group)
{
    return !group.isEmpty() && group.size() <= 4
        && std::all_of(group.cbegin(), group.cend(), [](QChar digit) {
               return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f')
                   || (digit >= u'A' && digit <= u'F');
           });
}

/// The number of 16-bit groups in one side of an IPv6 address, or -1 when it is malformed.
int countIpv6Groups(QStringView side)
{
    if (side.isEmpty())
        return 0;
    const QList<QStringView> groups = side.split(u':');
    int count = 0;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        if (isHexGroup(groups.at(i)))
            count += 1;
        else if (i == groups.size() - 1 && isIpv4Address(groups.at(i)))
            count += 2;
        else
            return -1;
    }
    return count;
}

bool isIpv6Address(QStringView text)
{
    constexpr int Groups = 8;
    const qsizetype gap = text.indexOf(u"::");
    if (gap < 0)
        return countIpv6Groups(text) == Groups;
    const QStringView before = text.first(gap);
    const int left = countIpv6Groups(before);
    const int right = countIpv6Groups(text.sliced(gap + 2));
    return !before.contains(u'.') && left >= 0 && right >= 0 && left + right < Groups;
}

/// RFC 5321 section 4.1.3. IPv6 is the only registered tag.
bool isAddressLiteral(QStringView literal)
{
    if (literal.size() < 2 || literal.front() != u'[' || literal.back() != u']')
        return false;
    const QStringView inner = literal.sliced(1, literal.size() - 2);
    const QStringView tag = u"IPv6:";
    if (inner.startsWith(tag, Qt::CaseInsensitive))
        return isIpv6Address(inner.sliced(tag.size()));
    return isIpv4Address(inner);
}

bool isMark(char32_t character)
{
    return QChar::isMark(character);
}

QString textOf(char32_t character)
{
    return QString::fromUcs4(&character, 1);
}

/// The exceptions of RFC 5892 section 2.6 that are decided without context.
enum class Exception { None, Valid, Disallowed };

Exception exceptionOf(char32_t character)
{
    switch (character) {
    case 0x00DF: // sharp s
    case 0x03C2: // final sigma
    case 0x06FD:
    case 0x06FE:
    case 0x0F0B:
    case 0x3007:
        return Exception::Valid;
    case 0x0640:
    case 0x07FA:
    case 0x302E:
    case 0x302F:
    case 0x3031:
    case 0x3032:
    case 0x3033:
    case 0x3034:
    case 0x3035:
    case 0x303B:
        return Exception::Disallowed;
    default:
        return Exception::None;
    }
}

/// Stable under case folding and compatibility normalisation (RFC 5892 section 2.2).
bool isStable(char32_t character)
{
    const QString text = textOf(character);
    const QString folded = text.normalized(QString::NormalizationForm_KC)
                               .toCaseFolded()
                               .normalized(QString::NormalizationForm_KC);
    return folded == text;
}

bool isLetterOrDigitOfLabel(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Other:
    case QChar::Letter_Modifier:
    case QChar::Number_DecimalDigit:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
        return true;
    default:
        return false;
    }
}

bool isOldHangulJamo(char32_t character)
{
    return (character >= 0x1100 && character <= 0x11FF) || (character >= 0xA960 && character <= 0xA97C)
        || (character >= 0xD7B0 && character <= 0xD7FB);
}

bool isArabicIndicDigit(char32_t character)
{
    return character >= 0x0660 && character <= 0x0669;
}

bool isExtendedArabicIndicDigit(char32_t character)
{
    return character >= 0x06F0 && character <= 0x06F9;
}

/// Joining controls are right only after a virama, and the non-joiner also between joining letters
/// (RFC 5892 appendix A.1 and A.2).
bool isJoinerAllowed(const QList<char32_t> &label, qsizetype at)
{
    constexpr char32_t ZeroWidthNonJoiner = 0x200C;
    constexpr unsigned char Virama = 9;
    if (at == 0)
        return false;
    if (QChar::combiningClass(label.at(at - 1)) == Virama)
        return true;
    if (label.at(at) != ZeroWidthNonJoiner)
        return false;
    qsizetype left = at - 1;
    while (left >= 0 && QChar::joiningType(label.at(left)) == QChar::Joining_Transparent)
        --left;
    qsizetype right = at + 1;
    while (right < label.size() && QChar::joiningType(label.at(right)) == QChar::Joining_Transparent)
        ++right;
    if (left < 0 || right >= label.size())
        return false;
    const QChar::JoiningType before = QChar::joiningType(label.at(left));
    const QChar::JoiningType after = QChar::joiningType(label.at(right));
    return (before == QChar::Joining_Left || before == QChar::Joining_Dual)
        && (after == QChar::Joining_Right || after == QChar::Joining_Dual);
}

/// The rules of RFC 5892 appendix A for characters that are right in some places only.
bool isAllowedInContext(const QList<char32_t> &label, qsizetype at)
{
    const auto scriptAt = [&label](qsizetype i) {
        return i >= 0 && i < label.size() ? QChar::script(label.at(i)) : QChar::Script_Unknown;
    };
    switch (label.at(at)) {
    case 0x200C:
    case 0x200D:
        return isJoinerAllowed(label, at);
    case 0x00B7: // middle dot, between two l
        return at > 0 && at + 1 < label.size() && label.at(at - 1) == U'l' && label.at(at + 1) == U'l';
    case 0x0375: // Greek lower numeral sign
        return scriptAt(at + 1) == QChar::Script_Greek;
    case 0x05F3: // Hebrew geresh and gershayim
    case 0x05F4:
        return scriptAt(at - 1) == QChar::Script_Hebrew;
    case 0x30FB: // Katakana middle dot
        return std::any_of(label.cbegin(), label.cend(), [](char32_t character) {
            const QChar::Script script = QChar::script(character);
            return script == QChar::Script_Hiragana || script == QChar::Script_Katakana
                || script == QChar::Script_Han;
        });
    default:
        break;
    }
    if (isArabicIndicDigit(label.at(at)))
        return std::none_of(label.cbegin(), label.cend(), isExtendedArabicIndicDigit);
    if (isExtendedArabicIndicDigit(label.at(at)))
        return std::none_of(label.cbegin(), label.cend(), isArabicIndicDigit);
    return false;
}

bool isValidInLabel(const QList<char32_t> &label, qsizetype at)
{
    const char32_t character = label.at(at);
    switch (character) {
    case U'-':
        return true;
    case 0x200C:
    case 0x200D:
    case 0x00B7:
    case 0x0375:
    case 0x05F3:
    case 0x05F4:
    case 0x30FB:
        return isAllowedInContext(label, at);
    default:
        break;
    }
    if (isArabicIndicDigit(character) || isExtendedArabicIndicDigit(character))
        return isAllowedInContext(label, at);
    const Exception exception = exceptionOf(character);
    if (exception != Exception::None)
        return exception == Exception::Valid;
    return isLetterOrDigitOfLabel(character) && isStable(character) && !isOldHangulJamo(character);
}

/// The Bidi rule for a label that has right-to-left characters (RFC 5893 section 2).
bool obeysBidiRule(const QList<char32_t> &label)
{
    const auto isRightToLeft = [](char32_t character) {
        const QChar::Direction direction = QChar::direction(character);
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
    };
    if (std::none_of(label.cbegin(), label.cend(), isRightToLeft))
        return true;

    const QChar::Direction first = QChar::direction(label.front());
    if (first != QChar::DirR && first != QChar::DirAL)
        return false;
    bool hasEuropeanNumber = false;
    bool hasArabicNumber = false;
    QChar::Direction last = first;
    for (const char32_t character : label) {
        const QChar::Direction direction = QChar::direction(character);
        switch (direction) {
        case QChar::DirR:
        case QChar::DirAL:
            break;
        case QChar::DirEN:
            hasEuropeanNumber = true;
            break;
        case QChar::DirAN:
            hasArabicNumber = true;
            break;
        case QChar::DirES:
        case QChar::DirCS:
        case QChar::DirET:
        case QChar::DirON:
        case QChar::DirBN:
        case QChar::DirNSM:
            break;
        default:
            return false;
        }
        if (direction != QChar::DirNSM)
            last = direction;
    }
    const bool endsWell
        = last == QChar::DirR || last == QChar::DirAL || last == QChar::DirEN || last == QChar::DirAN;
    return endsWell && !(hasEuropeanNumber && hasArabicNumber);
}

/// RFC 5891 section 5.4 for the part of an internationalised label that a person sees.
bool isUnicodeLabel(const QString &text)
{
    if (text != text.normalized(QString::NormalizationForm_C))
        return false;
    QList<char32_t> label;
    const auto codePoints = text.toUcs4();
    label.reserve(codePoints.size());
    for (const auto codePoint : codePoints)
        label.append(static_cast<char32_t>(codePoint));
    if (label.isEmpty() || isMark(label.front()))
        return false;
    for (qsizetype i = 0; i < label.size(); ++i) {
        if (!isValidInLabel(label, i))
            return false;
    }
    return obeysBidiRule(label);
}

bool isLetterDigitHyphen(QStringView label)
{
    return std::all_of(label.cbegin(), label.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

/// A label after QUrl::toAce(), which is laxer than mail may be: it lets through underscores, symbols,
/// hyphens in places that RFC 5891 reserves, and A-labels that do not decode.
bool isAsciiLabel(QStringView label)
{
    if (label.isEmpty() || label.size() > LongestLabel || !isLetterDigitHyphen(label) || label.front() == u'-'
        || label.back() == u'-')
        return false;
    if (label.size() < 4 || label.sliced(2, 2) != u"--")
        return true;
    if (!label.startsWith(u"xn--"))
        return false;
    const QByteArray ascii = label.toLatin1();
    const QString decoded = QUrl::fromAce(ascii, QUrl::IgnoreIDNWhitelist);
    return !decoded.startsWith("xn--"_L1) && QUrl::toAce(decoded, QUrl::IgnoreIDNWhitelist) == ascii
        && isUnicodeLabel(decoded);
}

} // namespace

base::Expected<QByteArray, AddressError> domainToAscii(const QString &domain)
{
    using Kind = AddressError::Kind;
    if (domain.isEmpty())
        return bad(Kind::NoDomain, domain);
    if (std::any_of(domain.cbegin(), domain.cend(),
                    [](QChar c) { return c.category() == QChar::Other_Control; }))
        return bad(Kind::ControlCharacter, domain);
    if (domain.startsWith(u'[')) {
        if (!isAddressLiteral(domain))
            return bad(Kind::BadLiteral, domain);
        return domain.toLatin1();
    }

    QString relative = domain.normalized(QString::NormalizationForm_C);
    if (relative.endsWith(u'.'))
        relative.chop(1);
    if (relative.isEmpty())
        return bad(Kind::NoDomain, domain);
    const bool hasOnlyDomainAscii = std::all_of(relative.cbegin(), relative.cend(), [](QChar c) {
        return c.unicode() > 0x7F || c == u'.' || isLetterDigitHyphen(QStringView(&c, 1));
    });
    if (!hasOnlyDomainAscii)
        return bad(Kind::BadDomain, domain);

    const QByteArray ascii = QUrl::toAce(relative, QUrl::IgnoreIDNWhitelist).toLower();
    if (ascii.size() > LongestDomain || (ascii.isEmpty() && relative.size() > LongestDomain))
        return bad(Kind::TooLong, domain);
    const QString text = QString::fromLatin1(ascii);
    const QList<QStringView> labels = QStringView(text).split(u'.');
    if (!std::all_of(labels.cbegin(), labels.cend(), isAsciiLabel))
        return bad(Kind::BadDomain, domain);
    return ascii;
}

} // namespace postrider::mime
