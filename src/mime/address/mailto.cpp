// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailto.h"

#include "mime/header/encodedword.h"
#include "mime/header/messagefields.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr auto Scheme = "mailto:"_L1;
constexpr qsizetype LongestUri = 64 * 1024; // octets
constexpr qsizetype MostAddresses = 500;
constexpr qsizetype LongestRemark = 256; // UTF-16 units

constexpr std::array UnsafeNames { "apparently-to"_L1, "date"_L1,     "from"_L1,        "message-id"_L1,
                                   "received"_L1,      "reply-to"_L1, "return-path"_L1, "sender"_L1 };
constexpr std::array UnsafePrefixes { "content-"_L1, "mime-"_L1, "resent-"_L1 };
constexpr std::array AttachmentNames { "attach"_L1, "attachment"_L1, "attachments"_L1, "attached"_L1 };

int hexDigit(char octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    const char lower = static_cast<char>(octet | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Percent-decoded once; a percent sign without two digits stays. A plus is a plus (RFC 6068 section 5).
QByteArray decoded(QByteArrayView encoded)
{
    QByteArray octets;
    octets.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const int high = encoded.at(i) == '%' && i + 2 < encoded.size() ? hexDigit(encoded.at(i + 1)) : -1;
        const int low = high >= 0 ? hexDigit(encoded.at(i + 2)) : -1;
        if (low >= 0) {
            octets += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            octets += encoded.at(i);
        }
    }
    return octets;
}

QString toText(const QByteArray &octets)
{
    const QString text = QString::fromUtf8(octets);
    return text.contains(QChar::ReplacementCharacter) && text.toUtf8() != octets ? QString::fromLatin1(octets)
                                                                                 : text;
}

bool isLineEnd(QChar c)
{
    return c == u'\r' || c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || isLineEnd(c);
}

/// One line: a run of control characters is a space.
QString singleLine(QStringView text)
{
    QString line;
    for (const QChar c : text) {
        if (!isControl(c))
            line += c;
        else if (!line.endsWith(u' '))
            line += u' ';
    }
    return line.trimmed();
}

QString bodyText(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; });
    return text;
}

bool isUnsafe(const QString &name)
{
    return std::find(UnsafeNames.cbegin(), UnsafeNames.cend(), name) != UnsafeNames.cend()
        || std::any_of(UnsafePrefixes.cbegin(), UnsafePrefixes.cend(),
                       [&name](QLatin1StringView prefix) { return name.startsWith(prefix); });
}

/// Takes the fields of a URI one by one.
class Reader
{
public:
    void addField(QByteArrayView encoded);
    [[nodiscard]] bool hasTooManyAddresses() const
    {
        return m_request.to.size() + m_request.cc.size() + m_request.bcc.size() + m_badAddresses
            > MostAddresses;
    }
    [[nodiscard]] const MailtoRequest &request() const { return m_request; }

private:
    void addAddresses(QList<Mailbox> &list, const QString &name, QByteArrayView encoded);
    void remark(MailtoRemark::Kind kind, const QString &name, const QString &value);
    void setMessageIds(QList<QByteArray> &ids, const QString &name, const QByteArray &value);
    [[nodiscard]] bool isFirst(const QString &name, const QString &value);

    MailtoRequest m_request {};
    QSet<QString> m_seen {};
    qsizetype m_badAddresses = 0;
};

void Reader::remark(MailtoRemark::Kind kind, const QString &name, const QString &value)
{
    const MailtoRemark remark { .kind = kind,
                                .name = singleLine(name).left(LongestRemark),
                                .value = singleLine(value).left(LongestRemark) };
    m_request.remarks.append(remark);
}

/// Commas between addresses stand bare in the URI, those within an address are encoded (RFC 6068 section 2).
void Reader::addAddresses(QList<Mailbox> &list, const QString &name, QByteArrayView encoded)
{
    for (const QByteArray &piece : encoded.toByteArray().split(',')) {
        const QString text = toText(decoded(piece));
        if (text.trimmed().isEmpty())
            continue;
        const auto bad = [this, &name](const QString &value) {
            ++m_badAddresses;
            remark(MailtoRemark::Kind::BadAddress, name, value);
        };
        // Whoever types into a field may use several lines; a URI that does so wants to smuggle something.
        if (std::any_of(text.cbegin(), text.cend(), isControl)) {
            bad(text);
            continue;
        }
        for (const AddressEntry &entry : readAddressEntries(text)) {
            if (entry.state == AddressEntry::State::Bad)
                bad(entry.error.text);
            else
                list.append(entry.mailbox);
        }
    }
}

void Reader::setMessageIds(QList<QByteArray> &ids, const QString &name, const QByteArray &value)
{
    ids = messageIdsOf(value);
    if (ids.isEmpty() && !value.trimmed().isEmpty())
        remark(MailtoRemark::Kind::BadValue, name, toText(value));
}

bool Reader::isFirst(const QString &name, const QString &value)
{
    if (m_seen.contains(name)) {
        remark(MailtoRemark::Kind::Repeated, name, value);
        return false;
    }
    m_seen.insert(name);
    return true;
}

void Reader::addField(QByteArrayView encoded)
{
    using Kind = MailtoRemark::Kind;
    if (encoded.isEmpty())
        return;
    const auto *sign = std::find(encoded.begin(), encoded.end(), '=');
    const qsizetype nameLength = sign - encoded.begin();
    const QString name = toText(decoded(encoded.first(nameLength))).trimmed().toLower();
    const QByteArrayView value = sign == encoded.end() ? QByteArrayView() : encoded.sliced(nameLength + 1);

    if (name == "to"_L1) {
        addAddresses(m_request.to, name, value);
        return;
    }
    if (name == "cc"_L1) {
        addAddresses(m_request.cc, name, value);
        return;
    }
    if (name == "bcc"_L1) {
        addAddresses(m_request.bcc, name, value);
        return;
    }

    const QByteArray octets = decoded(value);
    const QString text = toText(octets);
    if (name == "subject"_L1) {
        if (isFirst(name, text))
            m_request.subject = singleLine(decodeEncodedWords(singleLine(text)));
    } else if (name == "body"_L1) {
        if (isFirst(name, text))
            m_request.body = bodyText(text);
    } else if (name == "keywords"_L1) {
        if (isFirst(name, text))
            m_request.keywords = singleLine(decodeEncodedWords(singleLine(text)));
    } else if (name == "in-reply-to"_L1) {
        if (isFirst(name, text))
            setMessageIds(m_request.inReplyTo, name, octets);
    } else if (name == "references"_L1) {
        if (isFirst(name, text))
            setMessageIds(m_request.references, name, octets);
    } else if (std::find(AttachmentNames.cbegin(), AttachmentNames.cend(), name) != AttachmentNames.cend()) {
        remark(Kind::Attachment, name, text);
    } else {
        remark(isUnsafe(name) ? Kind::Unsafe : Kind::Unknown, name, text);
    }
}

} // namespace

Expected<MailtoRequest, MailtoError> parseMailto(QStringView uri)
{
    if (!uri.startsWith(Scheme, Qt::CaseInsensitive))
        return Unexpected(MailtoError::NotMailto);
    if (uri.size() > LongestUri)
        return Unexpected(MailtoError::TooLong);
    const QByteArray octets = uri.sliced(Scheme.size()).toUtf8();
    if (octets.size() > LongestUri)
        return Unexpected(MailtoError::TooLong);

    // The fragment means nothing for mail. The first question mark alone begins the fields.
    const auto upTo = [](const QByteArray &text, char sign) {
        const qsizetype end = text.indexOf(sign);
        return end < 0 ? text : text.first(end);
    };
    const QByteArray request = upTo(octets, '#');
    const qsizetype mark = request.indexOf('?');
    Reader reader;
    reader.addField(QByteArray("to=" + upTo(request, '?')));
    if (mark >= 0) {
        for (const QByteArray &field : request.sliced(mark + 1).split('&')) {
            reader.addField(field);
            if (reader.hasTooManyAddresses())
                break;
        }
    }
    if (reader.hasTooManyAddresses())
        return Unexpected(MailtoError::TooManyAddresses);
    return reader.request();
}

} // namespace postrider::mime
