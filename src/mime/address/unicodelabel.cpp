// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/unicodelabel.h"

#include <QChar>
#include <QList>

#include <algorithm>

namespace postrider::mime {

using Detail = AddressError::Detail;

namespace {

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
    if (QChar::decompositionTag(character) == QChar::NoDecomposition)
        return QChar::toCaseFolded(character) == character;
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

/// The blocks of RFC 5892 section 2.4, whose marks belong to symbols and notes.
bool isInIgnorableBlock(char32_t character)
{
    return (character >= 0x20D0 && character <= 0x20FF) || (character >= 0x1D100 && character <= 0x1D24F);
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

bool isDecidedByContext(char32_t character)
{
    switch (character) {
    case 0x200C:
    case 0x200D:
    case 0x00B7:
    case 0x0375:
    case 0x05F3:
    case 0x05F4:
    case 0x30FB:
        return true;
    default:
        return isArabicIndicDigit(character) || isExtendedArabicIndicDigit(character);
    }
}

bool isValidInLabel(const QList<char32_t> &label, qsizetype at)
{
    const char32_t character = label.at(at);
    if (character == U'-')
        return true;
    if (isDecidedByContext(character))
        return isAllowedInContext(label, at);
    const Exception exception = exceptionOf(character);
    if (exception != Exception::None)
        return exception == Exception::Valid;
    return isLetterOrDigitOfLabel(character) && !isOldHangulJamo(character) && !isInIgnorableBlock(character)
        && isStable(character);
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

} // namespace

Detail problemOfUnicodeLabel(const QString &text)
{
    if (text != text.normalized(QString::NormalizationForm_C))
        return Detail::CharacterNotAllowed;
    QList<char32_t> label;
    const auto codePoints = text.toUcs4();
    label.reserve(codePoints.size());
    for (const auto codePoint : codePoints)
        label.append(static_cast<char32_t>(codePoint));
    if (label.isEmpty())
        return Detail::EmptyLabel;
    if (QChar::isMark(label.front()))
        return Detail::MarkAtStart;
    for (qsizetype i = 0; i < label.size(); ++i) {
        if (!isValidInLabel(label, i))
            return isDecidedByContext(label.at(i)) ? Detail::CharacterOutOfContext
                                                   : Detail::CharacterNotAllowed;
    }
    return obeysBidiRule(label) ? Detail::None : Detail::MixedDirections;
}

} // namespace postrider::mime
