// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QVariantMap>
#include <QXmlStreamReader>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;

constexpr int DeepestNesting = 24;

/// A property list in XML. Its usual DOCTYPE only names where the grammar lies, which is not fetched; one
/// that declares anything is refused.
class PropertyList
{
public:
    explicit PropertyList(const QByteArray &octets)
        : m_reader(octets)
    {
        m_reader.setEntityExpansionLimit(0);
    }

    [[nodiscard]] std::optional<QVariantMap> read()
    {
        while (!m_reader.atEnd()) {
            const QXmlStreamReader::TokenType token = m_reader.readNext();
            if (token == QXmlStreamReader::DTD && m_reader.text().contains(u'[')) {
                return std::nullopt;
            }
            if (token == QXmlStreamReader::StartElement && m_reader.name() == u"dict") {
                const QVariantMap found = dictionary(0);
                return m_reader.hasError() ? std::nullopt : std::optional(found);
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] QVariantMap dictionary(int depth)
    {
        QVariantMap map;
        QString key;
        while (m_reader.readNextStartElement()) {
            if (m_reader.name() == u"key") {
                key = m_reader.readElementText().trimmed();
            } else if (namesSecret(key)) {
                m_reader.skipCurrentElement();
            } else {
                map.insert(key, value(depth));
            }
        }
        return map;
    }

    [[nodiscard]] QVariant value(int depth)
    {
        const QStringView name = m_reader.name();
        if (depth >= DeepestNesting) {
            m_reader.raiseError(u"nested too deeply"_s);
        } else if (name == u"dict") {
            return dictionary(depth + 1);
        } else if (name == u"array") {
            QVariantList list;
            while (m_reader.readNextStartElement()) {
                list.append(value(depth + 1));
            }
            return list;
        } else if (name == u"true" || name == u"false") {
            const bool isTrue = name == u"true";
            m_reader.skipCurrentElement();
            return isTrue;
        } else if (name == u"string") {
            return m_reader.readElementText();
        } else if (name == u"integer") {
            return m_reader.readElementText().trimmed().toInt();
        }
        m_reader.skipCurrentElement(); // dates and data are of no use here
        return {};
    }

    QXmlStreamReader m_reader;
};

/// A signed profile is a CMS structure (RFC 5652) around the same text, which mostly lies in it in one piece.
[[nodiscard]] QByteArray contentOf(const QByteArray &octets)
{
    const qsizetype begin = octets.indexOf("<?xml");
    const auto last = "</plist>"_ba;
    const qsizetype end = octets.lastIndexOf(last);
    return begin < 0 || end < begin ? QByteArray() : octets.mid(begin, end + last.size() - begin);
}

[[nodiscard]] FoundSignIn signInOf(const QString &method, const QString &user)
{
    if (method == "EmailAuthNone"_L1) {
        return FoundSignIn::None;
    }
    if (method == "EmailAuthNTLM"_L1 || method == "EmailAuthHTTPMD5"_L1) {
        return FoundSignIn::Unsupported;
    }
    return method.isEmpty() && user.isEmpty() ? FoundSignIn::None : FoundSignIn::Password;
}

[[nodiscard]] std::optional<FoundAccount> accountOf(const QVariantMap &payload)
{
    const auto text = [&payload](const QString &key) { return payload.value(key).toString().trimmed(); };
    AccountBuilder builder(FoundAccount::Program::File);
    builder.setName(text(u"EmailAccountDescription"_s));
    builder.addIdentity(text(u"EmailAddress"_s), text(u"EmailAccountName"_s), {}, {});
    const int port = payload.value(u"OutgoingMailServerPortNumber"_s).toInt();
    // "Use SSL" covers both ways; the port tells which. Apple's programs take 587 when nothing is said.
    FoundSecurity security = FoundSecurity::None;
    if (payload.value(u"OutgoingMailServerUseSSL"_s).toBool()) {
        security = port == 465 ? FoundSecurity::Tls : FoundSecurity::StartTls;
    }
    const QString user = text(u"OutgoingMailServerUsername"_s);
    builder.setServer({ .host = text(u"OutgoingMailServerHostName"_s), .port = port, .security = security },
                      signInOf(text(u"OutgoingMailServerAuthentication"_s), user), user);
    return builder.finish();
}

} // namespace

base::Expected<QList<FoundAccount>, ImportError> readMobileConfig(const QByteArray &octets)
{
    // A CMS structure begins with a SEQUENCE of definite or indefinite length.
    const bool isSigned = octets.startsWith('\x30');
    const QByteArray content = isSigned ? contentOf(octets) : octets;
    if (content.isEmpty()) {
        return base::Unexpected(ImportError { ImportError::Kind::Encrypted, {} });
    }
    const std::optional<QVariantMap> profile = PropertyList(content).read();
    if (!profile) {
        return base::Unexpected(ImportError { ImportError::Kind::Damaged, {} });
    }
    if (profile->contains(u"EncryptedPayloadContent"_s)) {
        return base::Unexpected(ImportError { ImportError::Kind::Encrypted, {} });
    }
    QList<FoundAccount> found;
    for (const QVariant &entry : profile->value(u"PayloadContent"_s).toList()) {
        const QVariantMap payload = entry.toMap();
        if (payload.value(u"PayloadType"_s).toString() != "com.apple.mail.managed"_L1) {
            continue;
        }
        if (auto account = accountOf(payload)) {
            if (isSigned) {
                account->notes.append(Note::SignatureNotVerified);
            }
            found.append(*std::move(account));
        }
    }
    return found;
}

} // namespace postrider::accounts
