// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"
#include "mime/address/mailbox.h"

#include <QDir>

#include <array>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;

constexpr qsizetype MostAccounts = 50;

/// Servers that Geary knows by itself and does not write down.
struct KnownService
{
    QLatin1StringView name;
    QLatin1StringView host;
    int port;
    FoundSecurity security;
    FoundSignIn signIn;
};
constexpr std::array KnownServices {
    KnownService { "gmail"_L1, "smtp.gmail.com"_L1, 465, FoundSecurity::Tls, FoundSignIn::OAuth },
    KnownService { "outlook"_L1, "smtp.office365.com"_L1, 587, FoundSecurity::StartTls, FoundSignIn::OAuth },
    KnownService { "yahoo"_L1, "smtp.mail.yahoo.com"_L1, 465, FoundSecurity::Tls, FoundSignIn::Password },
};

void setServer(AccountBuilder &builder, const SettingsFile &file, const QString &email)
{
    const SettingsFile::Group outgoing = file.group(u"Outgoing"_s);
    const SettingsFile::Group incoming = file.group(u"Incoming"_s);
    const QString provider = file.group(u"Account"_s).text(u"service_provider"_s).toLower();
    for (const KnownService &service : KnownServices) {
        if (provider == service.name && outgoing.text(u"host"_s).isEmpty()) {
            const QString login = incoming.text(u"login"_s);
            builder.setServer({ .host = service.host, .port = service.port, .security = service.security },
                              service.signIn, login.isEmpty() ? email : login);
            builder.addNote(Note::ServerIncomplete);
            return;
        }
    }
    const QString security = outgoing.text(u"transport_security"_s).toLower();
    const QString credentials = outgoing.text(u"credentials"_s).toLower();
    const bool signsIn = credentials != "none"_L1;
    QString user = outgoing.text(u"login"_s);
    if (user.isEmpty() || credentials == "incoming"_L1 || credentials == "use-incoming"_L1) {
        user = incoming.text(u"login"_s);
    }
    builder.setServer({ .host = outgoing.text(u"host"_s),
                        .port = outgoing.number(u"port"_s, 0),
                        .security = security == "transport"_L1 ? FoundSecurity::Tls
                            : security == "start-tls"_L1       ? FoundSecurity::StartTls
                                                               : FoundSecurity::None },
                      signsIn ? FoundSignIn::Password : FoundSignIn::None, user);
}

} // namespace

QList<FoundAccount> readGeary(const QByteArray &ini)
{
    const SettingsFile file = SettingsFile::parse(ini, Escapes::Backslash);
    const SettingsFile::Group account = file.group(u"Account"_s);
    AccountBuilder builder(FoundAccount::Program::Geary);
    builder.setName(account.text(u"label"_s));
    FoundSignature signature;
    if (account.isOn(u"use_signature"_s, false)) {
        signature = { account.values.value(u"signature"_s), FoundSignature::Form::Html };
    }
    QString first;
    for (const QString &text : account.text(u"sender_mailboxes"_s).split(u';', Qt::SkipEmptyParts)) {
        const auto mailbox = mime::parseMailbox(singleLine(text, 600));
        if (!mailbox) {
            continue;
        }
        builder.addIdentity(mailbox->address(), mailbox->name, {}, signature);
        first = first.isEmpty() ? mailbox->address() : first;
    }
    setServer(builder, file, first);
    const std::optional<FoundAccount> found = builder.finish();
    return found ? QList<FoundAccount> { *found } : QList<FoundAccount>();
}

QList<FoundAccount> gearyAccounts(const ImportPlaces &places)
{
    QList<FoundAccount> found;
    const QStringList folders { places.config + "/geary"_L1,
                                places.home + "/.var/app/org.gnome.Geary/config/geary"_L1 };
    for (const QString &folder : folders) {
        const QStringList names
            = QDir(folder).entryList({ u"account_*"_s }, QDir::Dirs, QDir::Name).mid(0, MostAccounts);
        for (const QString &name : names) {
            if (const auto octets = readWhole(folder + u'/' + name + "/geary.ini"_L1)) {
                found += readGeary(*octets);
            }
        }
    }
    return found;
}

} // namespace postrider::accounts
