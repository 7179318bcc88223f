// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/reportfields.h"

#include "mime/reader/draftheader.h"

#include <QRegularExpression>

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestText = 4 * 1024; // of a diagnostic; no reply of a server is longer when it is kept

bool isBlankLine(QByteArrayView line)
{
    return std::all_of(line.cbegin(), line.cend(), [](char octet) { return octet == ' ' || octet == '\t'; });
}

bool isKind(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
    });
}

/// "\x{2019}" and the like (RFC 6533 section 3 "utf-8-addr-xtext").
QString withoutHexEscapes(const QString &text)
{
    static const QRegularExpression pattern(u"\\\\x\\{([0-9A-Fa-f]{1,6})\\}"_s);
    QString result;
    qsizetype behindLast = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const char32_t character = match.capturedView(1).toUInt(nullptr, 16);
        const bool isCharacter
            = character > 0x1F && character <= QChar::LastValidCodePoint && !QChar::isSurrogate(character);
        if (!isCharacter)
            continue;
        result += QStringView(text).sliced(behindLast, match.capturedStart() - behindLast);
        result += QString::fromUcs4(&character, 1);
        behindLast = match.capturedEnd();
    }
    return result + QStringView(text).sliced(behindLast);
}

} // namespace

QList<HeaderBlock> fieldGroups(const QByteArray &octets)
{
    QList<HeaderBlock> groups;
    QByteArray group;
    const auto close = [&] {
        HeaderBlock block = HeaderBlock::parse(group);
        if (!block.isEmpty())
            groups.append(std::move(block));
        group.clear();
    };
    for (QByteArrayView rest(octets); !rest.isEmpty();) {
        const QByteArrayView line = rest.first(lineLength(rest));
        rest = rest.sliced(line.size());
        rest = rest.sliced(std::min(rest.size(), lineEndLength(rest)));
        if (isBlankLine(line)) {
            close();
        } else {
            group += line;
            group += '\n';
        }
    }
    close();
    return groups;
}

TypedValue typedValue(const HeaderField &field)
{
    const QString text = singleLine(field.text()).left(LongestText);
    const qsizetype semicolon = text.indexOf(u';');
    const QString type = text.left(std::max<qsizetype>(semicolon, 0)).trimmed();
    if (!isKind(type))
        return { .value = text };
    return { .type = type.toLatin1().toLower(), .value = text.sliced(semicolon + 1).trimmed() };
}

QString withoutXtext(const QString &text)
{
    static const QRegularExpression pattern(u"\\+([0-9A-F]{2})"_s);
    QString result;
    qsizetype behindLast = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const char16_t character = match.capturedView(1).toUShort(nullptr, 16);
        if (character != u'+' && character != u'=' && character != u' ')
            continue;
        result += QStringView(text).sliced(behindLast, match.capturedStart() - behindLast);
        result += QChar(character);
        behindLast = match.capturedEnd();
    }
    return result + QStringView(text).sliced(behindLast);
}

ReportedAddress reportedAddress(const HeaderField &field)
{
    const TypedValue typed = typedValue(field);
    QString address = typed.value;
    if (const qsizetype open = address.indexOf(u'<'); open >= 0) {
        const qsizetype close = address.indexOf(u'>', open);
        if (close > open)
            address = address.sliced(open + 1, close - open - 1).trimmed();
    }
    address = withoutXtext(address);
    if (typed.type == "utf-8")
        address = withoutHexEscapes(address);
    return { .type = typed.type, .address = address };
}

QByteArray statusIn(const QString &text)
{
    static const QRegularExpression pattern(u"(?<![0-9.])[245]\\.[0-9]{1,3}\\.[0-9]{1,3}(?!\\.?[0-9])"_s);
    return pattern.match(text).captured().toLatin1();
}

void completeRecipient(RecipientReport &recipient)
{
    using Action = RecipientReport::Action;
    static const QRegularExpression replyCode(u"(?<![0-9.])([245])[0-9]{2}(?![0-9.])"_s);
    if (recipient.status.isEmpty())
        recipient.status = statusIn(recipient.diagnosticText);
    if (recipient.action != Action::Unknown)
        return;
    const QString kind = recipient.status.isEmpty() ? replyCode.match(recipient.diagnosticText).captured(1)
                                                    : QString::fromLatin1(recipient.status.first(1));
    if (kind == u'5')
        recipient.action = Action::Failed;
    else if (kind == u'4')
        recipient.action = Action::Delayed;
    else if (kind == u'2')
        recipient.action = Action::Delivered;
}

} // namespace postrider::mime
