// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"

#include "accounts/import/settingsfile.h"
#include "mime/address/mailbox.h"
#include "mime/html/htmlcleaner.h"
#include "mime/html/htmltext.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;

constexpr qsizetype MostIdentities = 100;
constexpr qsizetype LongestSignature = 16 * 1024;
constexpr qsizetype MostArguments = 50;

/// A name or an address literal, and nothing that could be more.
[[nodiscard]] QString hostIn(const QString &text)
{
    QString host = singleLine(text, 255);
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        host = host.mid(1, host.size() - 2);
    }
    if (host.endsWith(u'.')) {
        host.chop(1);
    }
    QHostAddress address;
    if (address.setAddress(host)) {
        return host;
    }
    const bool isName = !host.isEmpty() && !host.startsWith(u'.') && !host.startsWith(u'-')
        && std::all_of(host.begin(), host.end(),
                       [](QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_'; });
    return isName ? host : QString();
}

[[nodiscard]] QString addressIn(const QString &text)
{
    const auto mailbox = mime::parseMailbox(singleLine(text, 320));
    return mailbox ? mailbox->address() : QString();
}

/// What is no list of addresses would stop every message.
[[nodiscard]] QString replyToIn(const QString &text)
{
    const QString line = singleLine(text, 1000);
    return !line.isEmpty() && mime::parseMailboxList(line) ? line : QString();
}

[[nodiscard]] QString plainText(const QString &html)
{
    QStringList lines;
    for (const mime::TextLine &line : mime::toPlainLines(mime::cleanHtml(html))) {
        lines.append(line.text);
    }
    return lines.join(u'\n');
}

/// Without the line of two hyphens that some programs keep with it.
[[nodiscard]] QString withoutDelimiter(QString text)
{
    for (const QLatin1StringView delimiter : { "-- \n"_L1, "--\n"_L1 }) {
        if (text.startsWith(delimiter)) {
            text.remove(0, delimiter.size());
        }
    }
    while (text.endsWith(u'\n') || text.endsWith(u' ')) {
        text.chop(1);
    }
    return text;
}

struct OAuthHost
{
    QLatin1StringView domain;
    QLatin1StringView provider; ///< an id of resources/oauth.json
};
constexpr std::array OAuthHosts {
    OAuthHost { "gmail.com"_L1, "google"_L1 },        OAuthHost { "googlemail.com"_L1, "google"_L1 },
    OAuthHost { "office365.com"_L1, "microsoft"_L1 }, OAuthHost { "outlook.com"_L1, "microsoft"_L1 },
    OAuthHost { "hotmail.com"_L1, "microsoft"_L1 },   OAuthHost { "live.com"_L1, "microsoft"_L1 },
    OAuthHost { "yahoo.com"_L1, "yahoo"_L1 },         OAuthHost { "aol.com"_L1, "aol"_L1 },
    OAuthHost { "fastmail.com"_L1, "fastmail"_L1 },   OAuthHost { "yandex.com"_L1, "yandex"_L1 },
    OAuthHost { "yandex.ru"_L1, "yandex"_L1 },        OAuthHost { "mail.ru"_L1, "mailru"_L1 },
};

[[nodiscard]] std::optional<OAuthSettings> oauthAt(const QString &host)
{
    for (const OAuthHost &known : OAuthHosts) {
        if (host.compare(known.domain, Qt::CaseInsensitive) == 0
            || host.endsWith(u'.' + QString(known.domain), Qt::CaseInsensitive)) {
            return OAuthSettings { .provider = known.provider };
        }
    }
    return std::nullopt;
}

} // namespace

AccountBuilder::AccountBuilder(FoundAccount::Program program)
{
    m_found.program = program;
}

void AccountBuilder::setName(const QString &name)
{
    m_found.account.name = singleLine(name);
}

void AccountBuilder::addIdentity(const QString &email, const QString &displayName, const QString &replyTo,
                                 const FoundSignature &signature)
{
    Account &account = m_found.account;
    Identity identity;
    identity.email = addressIn(email);
    identity.displayName = singleLine(displayName);
    identity.replyTo = replyToIn(replyTo);
    QString text = signature.form == FoundSignature::Form::Html ? plainText(signature.text) : signature.text;
    identity.signature = withoutDelimiter(text.remove(u'\r').left(LongestSignature));
    if (identity.email.isEmpty() || account.identities.size() >= MostIdentities) {
        return;
    }
    if (signature.form == FoundSignature::Form::Html && !identity.signature.isEmpty()) {
        addNote(Note::SignatureSimplified);
    }
    if (account.email.isEmpty()) {
        account.email = identity.email;
        account.displayName = identity.displayName;
        account.replyTo = identity.replyTo;
        account.signature = identity.signature;
    } else if (!account.identityFor(identity.email)) {
        account.identities.append(identity);
    }
}

void AccountBuilder::setCommand(const QStringList &command)
{
    m_found.account.command.clear();
    for (const QString &word : command.mid(0, MostArguments)) {
        m_found.account.command.append(singleLine(word, 4096));
    }
    m_isUsable = !command.isEmpty() && !m_found.account.command.first().isEmpty();
}

void AccountBuilder::setServer(const FoundServer &server, FoundSignIn signIn, const QString &user)
{
    Account &account = m_found.account;
    account.server.host = hostIn(server.host);
    if (account.server.host.isEmpty()) {
        return;
    }
    m_isUsable = true;
    const bool signsIn = signIn != FoundSignIn::None;
    if (signsIn) {
        account.user = singleLine(user);
    }
    if (signsIn && account.user.isEmpty()) {
        addNote(Note::UserMissing);
    }
    if (signIn == FoundSignIn::OAuth) {
        account.oauth = oauthAt(account.server.host);
        addNote(Note::OAuthSignIn);
    } else if (signIn == FoundSignIn::Unsupported) {
        addNote(Note::UnsupportedSignIn);
    } else if (signIn == FoundSignIn::ClientCertificate) {
        addNote(Note::ClientCertificate);
    }
    FoundSecurity security = server.security;
    if (security == FoundSecurity::None && !isPlaintextAllowed(account.server.host, signsIn)) {
        security = FoundSecurity::StartTls;
        addNote(Note::NotEncryptedThere);
    } else if (security == FoundSecurity::StartTlsIfOffered) {
        security = FoundSecurity::StartTls;
        addNote(Note::OptionalEncryption);
    }
    int usualPort = 587;
    switch (security) {
    case FoundSecurity::Tls:
        account.server.security = Security::Tls;
        usualPort = 465;
        break;
    case FoundSecurity::StartTls:
    case FoundSecurity::StartTlsIfOffered:
        account.server.security = Security::StartTls;
        break;
    case FoundSecurity::None:
        account.server.security = Security::None;
        usualPort = 25;
        break;
    }
    const bool isPort = server.port > 0 && server.port <= std::numeric_limits<quint16>::max();
    if (!isPort) {
        addNote(Note::ServerIncomplete);
    }
    account.server.port = static_cast<quint16>(isPort ? server.port : usualPort);
}

void AccountBuilder::addNote(Note note)
{
    if (!m_found.notes.contains(note)) {
        m_found.notes.append(note);
    }
}

std::optional<FoundAccount> AccountBuilder::finish()
{
    if (!m_isUsable) {
        return std::nullopt;
    }
    if (m_found.account.email.isEmpty()) {
        addNote(Note::AddressMissing);
    }
    if (m_found.account.name.isEmpty()) {
        m_found.account.name
            = m_found.account.email.isEmpty() ? m_found.account.server.host : m_found.account.email;
    }
    return std::move(m_found);
}

std::optional<FoundSignature> readSignature(const QString &path)
{
    const auto octets = readWhole(path, LargestSignature);
    if (!octets) {
        return std::nullopt;
    }
    const bool isHtml
        = path.endsWith(".html"_L1, Qt::CaseInsensitive) || path.endsWith(".htm"_L1, Qt::CaseInsensitive);
    return FoundSignature { toText(*octets),
                            isHtml ? FoundSignature::Form::Html : FoundSignature::Form::Plain };
}

} // namespace postrider::accounts
