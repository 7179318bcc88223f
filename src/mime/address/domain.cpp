// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addressliteral.h"
#include "mime/address/mailbox.h"
#include "mime/address/unicodelabel.h"

#include <QChar>
#include <QString>
#include <QStringList>
#include <QStringView>
#include <QUrl>

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Unexpected;
using Detail = AddressError::Detail;
using Kind = AddressError::Kind;

namespace {

constexpr qsizetype LongestDomain = 253; // octets: what RFC 1035 section 2.3.4 leaves to a name in dots
constexpr qsizetype LongestLabel = 63;   // octets, RFC 1034 section 3.1

constexpr QByteArrayView AcePrefix = "xn--";
constexpr QStringView Dots = u".\u3002\uFF0E\uFF61"; // RFC 3490 section 3.1, as input methods type them

Unexpected<AddressError> bad(Kind kind, QStringView domain, Detail detail = Detail::None,
                             qsizetype position = 0, qsizetype length = 0)
{
    return Unexpected(AddressError { .kind = kind,
                                     .text = domain.toString(),
                                     .detail = detail,
                                     .detailPosition = position,
                                     .detailLength = length });
}

bool isLetterDigitHyphen(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-';
}

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

/// What people see of a label that begins with "xn--", or nothing when it is not a true A-label.
QString decodedALabel(const QByteArray &label)
{
    const QString text = QUrl::fromAce(label, QUrl::IgnoreIDNWhitelist);
    const bool isTrue = !isAscii(text) && QUrl::toAce(text, QUrl::IgnoreIDNWhitelist) == label;
    return isTrue ? text : QString();
}

struct Label
{
    QByteArray ascii {};
    Detail problem = Detail::None;
};

Detail problemOfAsciiLabel(const QByteArray &label)
{
    if (label.isEmpty())
        return Detail::EmptyLabel;
    if (label.size() > LongestLabel)
        return Detail::LabelTooLong;
    if (label.front() == '-' || label.back() == '-')
        return Detail::HyphenAtEdge;
    if (label.size() < 4 || label.sliced(2, 2) != "--")
        return Detail::None;
    if (!label.startsWith(AcePrefix))
        return Detail::HyphensReserved;
    const QString text = decodedALabel(label);
    return text.isEmpty() ? Detail::BrokenALabel : problemOfUnicodeLabel(text);
}

/// QUrl::toAce() is laxer than mail may be: it lets through symbols, hyphens in places that RFC 5891
/// reserves, and A-labels that do not decode. So its result is checked, and decoded again for that.
Label toLabel(QStringView text)
{
    if (isAscii(text)) {
        const QByteArray ascii = text.toLatin1().toLower();
        return { .ascii = ascii, .problem = problemOfAsciiLabel(ascii) };
    }
    const QString composed = text.toString().normalized(QString::NormalizationForm_C);
    if (composed.front().isMark())
        return { .problem = Detail::MarkAtStart };
    if (composed.front() == u'-' || composed.back() == u'-')
        return { .problem = Detail::HyphenAtEdge };
    if (composed.size() >= 4 && QStringView(composed).sliced(2, 2) == u"--")
        return { .problem = Detail::HyphensReserved };
    const QByteArray ascii = QUrl::toAce(composed, QUrl::IgnoreIDNWhitelist).toLower();
    if (!ascii.startsWith(AcePrefix)) { // mapped to ASCII, such as fullwidth letters, or nothing at all
        if (!ascii.isEmpty() && !ascii.contains('.'))
            return { .ascii = ascii, .problem = problemOfAsciiLabel(ascii) };
        const Detail reason = problemOfUnicodeLabel(composed.toLower());
        const bool isLong = composed.size() > LongestLabel - AcePrefix.size();
        return { .problem = reason != Detail::None ? reason
                     : isLong                      ? Detail::LabelTooLong
                                                   : Detail::CharacterNotAllowed };
    }
    if (ascii.size() > LongestLabel)
        return { .problem = Detail::LabelTooLong };
    // What does not decode has characters in it that the conversion itself does not like.
    const QString decoded = QUrl::fromAce(ascii, QUrl::IgnoreIDNWhitelist);
    const Detail problem = problemOfUnicodeLabel(isAscii(decoded) ? composed.toLower() : decoded);
    if (problem == Detail::None && isAscii(decoded))
        return { .problem = Detail::CharacterNotAllowed };
    return { .ascii = ascii, .problem = problem };
}

} // namespace

base::Expected<QByteArray, AddressError> domainToAscii(const QString &domain)
{
    if (domain.isEmpty())
        return bad(Kind::NoDomain, domain);
    for (qsizetype i = 0; i < domain.size(); ++i) {
        if (domain.at(i).category() == QChar::Other_Control)
            return bad(Kind::ControlCharacter, domain, Detail::None, i, 1);
    }
    if (domain.startsWith(u'[')) {
        if (!isAddressLiteral(domain))
            return bad(Kind::BadLiteral, domain);
        return domain.toLatin1();
    }

    QStringView relative(domain);
    if (Dots.contains(relative.back()))
        relative.chop(1);
    if (relative.isEmpty())
        return bad(Kind::NoDomain, domain);
    if (isIpv4Address(relative))
        return bad(Kind::BadLiteral, domain, Detail::BracketsMissing, 0, relative.size());
    // Long before that many characters it is too long, and the work below is for domains.
    if (relative.size() > 4 * LongestDomain)
        return bad(Kind::TooLong, domain, Detail::DomainTooLong);

    QByteArray ascii;
    for (qsizetype begin = 0; begin <= relative.size();) {
        qsizetype end = begin;
        while (end < relative.size() && !Dots.contains(relative.at(end))) {
            const QChar c = relative.at(end);
            if (c.isSpace())
                return bad(Kind::BadDomain, domain, Detail::SpaceInDomain, end, 1);
            if (c.unicode() <= 0x7F && !isLetterDigitHyphen(c))
                return bad(Kind::BadDomain, domain, Detail::CharacterNotAllowed, end, 1);
            ++end;
        }
        const Label label = end == begin ? Label { .problem = Detail::EmptyLabel }
                                         : toLabel(relative.sliced(begin, end - begin));
        if (label.problem != Detail::None)
            return bad(Kind::BadDomain, domain, label.problem, begin, end - begin);
        if (!ascii.isEmpty())
            ascii += '.';
        ascii += label.ascii;
        begin = end + 1;
    }
    if (ascii.size() > LongestDomain)
        return bad(Kind::TooLong, domain, Detail::DomainTooLong);
    return ascii;
}

QString domainForPeople(const QString &domain)
{
    const auto ascii = domainToAscii(domain);
    if (!ascii || ascii->startsWith('['))
        return domain;
    QStringList labels;
    for (const QByteArray &label : ascii->split('.'))
        labels.append(label.startsWith(AcePrefix) ? decodedALabel(label) : QString::fromLatin1(label));
    return labels.join(u'.');
}

} // namespace postrider::mime
