// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/autoconfigxml.h"

#include <QStringDecoder>
#include <QXmlStreamReader>

#include <algorithm>
#include <optional>

namespace postrider::accounts {

using namespace Qt::StringLiterals;

namespace {

std::optional<Security> readSecurity(const QString &word)
{
    if (word.compare("SSL"_L1, Qt::CaseInsensitive) == 0 || word.compare("TLS"_L1, Qt::CaseInsensitive) == 0)
        return Security::Tls;
    if (word.compare("STARTTLS"_L1, Qt::CaseInsensitive) == 0)
        return Security::StartTls;
    if (word.compare("plain"_L1, Qt::CaseInsensitive) == 0)
        return Security::None;
    return std::nullopt;
}

std::optional<AutoconfigSignIn> readSignIn(const QString &word)
{
    // The older words, those of version 1.1, and SASL's own names (attribute system="sasl").
    for (const QLatin1StringView name : { "password-cleartext"_L1, "password-encrypted"_L1, "plain"_L1,
                                          "secure"_L1, "LOGIN"_L1, "CRAM-MD5"_L1 }) {
        if (word.compare(name, Qt::CaseInsensitive) == 0)
            return AutoconfigSignIn::Password;
    }
    if (word.startsWith("SCRAM-"_L1, Qt::CaseInsensitive))
        return AutoconfigSignIn::Password;
    for (const QLatin1StringView name : { "OAuth2"_L1, "XOAUTH2"_L1, "OAUTHBEARER"_L1 }) {
        if (word.compare(name, Qt::CaseInsensitive) == 0)
            return AutoconfigSignIn::OAuth;
    }
    for (const QLatin1StringView name : { "none"_L1, "client-IP-address"_L1 }) {
        if (word.compare(name, Qt::CaseInsensitive) == 0)
            return AutoconfigSignIn::None;
    }
    return std::nullopt;
}

/// Empty when it is no name of a host.
QString readHost(const QString &text, const QString &domain)
{
    constexpr qsizetype Longest = 253;
    QString host = text.toLower();
    if (!domain.isEmpty())
        host.replace("%emaildomain%"_L1, domain);
    if (host.endsWith(u'.'))
        host.chop(1);
    const auto isAllowed = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'.' || c == u':';
    };
    const bool isHost = host.size() <= Longest && !host.startsWith(u'.') && !host.contains(".."_L1)
        && std::all_of(host.cbegin(), host.cend(), isAllowed);
    return isHost ? host : QString();
}

/// Empty when a placeholder is in it that nobody knows: then a person says who they are.
QString readUserPattern(QString pattern, const QString &domain)
{
    constexpr qsizetype Longest = 320;
    if (!domain.isEmpty())
        pattern.replace("%EMAILDOMAIN%"_L1, domain);
    QString rest = pattern;
    rest.remove("%EMAILADDRESS%"_L1).remove("%EMAILLOCALPART%"_L1);
    const bool isPrintable
        = std::all_of(pattern.cbegin(), pattern.cend(), [](QChar c) { return c.isPrint(); });
    return rest.contains(u'%') || !isPrintable || pattern.size() > Longest ? QString() : pattern;
}

/// Reads one document. Every function begins at a start tag and ends at its end tag.
class Reader
{
public:
    Reader(const QString &text, const QString &domain)
        : m_xml(text)
        , m_domain(domain)
    { }

    base::Expected<AutoconfigDocument, AutoconfigError> read();

private:
    void readRoot();
    void readProvider();
    void readServer();
    QString readText() { return m_xml.readElementText(QXmlStreamReader::SkipChildElements).simplified(); }

    QXmlStreamReader m_xml;
    QString m_domain;
    AutoconfigDocument m_document {};
};

base::Expected<AutoconfigDocument, AutoconfigError> Reader::read()
{
    bool isAutoconfig = false;
    while (!m_xml.atEnd()) {
        const QXmlStreamReader::TokenType token = m_xml.readNext();
        if (token == QXmlStreamReader::DTD)
            return base::Unexpected(AutoconfigError::HasDtd);
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (m_xml.name() != "clientConfig"_L1)
            return base::Unexpected(AutoconfigError::NotAutoconfig);
        isAutoconfig = true;
        readRoot();
    }
    if (m_xml.hasError() || !isAutoconfig)
        return base::Unexpected(AutoconfigError::NotXml);
    if (m_document.servers.isEmpty())
        return base::Unexpected(AutoconfigError::NoServers);
    return m_document;
}

void Reader::readRoot()
{
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == "emailProvider"_L1)
            readProvider();
        else
            m_xml.skipCurrentElement();
    }
}

void Reader::readProvider()
{
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == "outgoingServer"_L1 && m_xml.attributes().value("type"_L1) == "smtp"_L1) {
            readServer();
        } else if (m_xml.name() == "domain"_L1) {
            m_document.domains.append(readText());
        } else if (m_xml.name() == "displayName"_L1) {
            const QString name = readText();
            if (m_document.displayName.isEmpty())
                m_document.displayName = name;
        } else {
            m_xml.skipCurrentElement();
        }
    }
}

void Reader::readServer()
{
    AutoconfigServer read;
    std::optional<Security> security;
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == "hostname"_L1) {
            read.server.host = readHost(readText(), m_domain);
        } else if (m_xml.name() == "port"_L1) {
            read.server.port = readText().toUShort(); // 0 when it is none
        } else if (m_xml.name() == "socketType"_L1) {
            security = readSecurity(readText());
        } else if (m_xml.name() == "username"_L1) {
            read.userPattern = readUserPattern(readText(), m_domain);
        } else if (m_xml.name() == "authentication"_L1) {
            if (const auto kind = readSignIn(readText()); kind && !read.signIn.contains(*kind))
                read.signIn.append(*kind);
        } else {
            m_xml.skipCurrentElement();
        }
    }
    read.server.security = security.value_or(Security::None);
    const bool isWhole = security && !read.server.host.isEmpty() && read.server.port > 0;
    if (isWhole && !m_document.servers.contains(read))
        m_document.servers.append(read);
}

} // namespace

base::Expected<AutoconfigDocument, AutoconfigError> readAutoconfig(const QByteArray &octets,
                                                                   const QString &domain)
{
    if (octets.size() > LargestAutoconfig)
        return base::Unexpected(AutoconfigError::TooLarge);
    // Read here rather than by the XML reader, which goes by what the document says of itself.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder.decode(octets);
    if (decoder.hasError())
        return base::Unexpected(AutoconfigError::BadEncoding);
    return Reader(text, domain).read();
}

} // namespace postrider::accounts
