// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QProcess>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Group = SettingsFile::Group;
using Note = FoundAccount::Note;

[[nodiscard]] FoundSignIn signInOf(const Group &transport)
{
    if (!transport.isOn(u"auth"_s, false)) {
        return FoundSignIn::None;
    }
    const QString type = transport.text(u"authtype"_s).toUpper();
    if (type == "XOAUTH2"_L1) {
        return FoundSignIn::OAuth;
    }
    return type == "NTLM"_L1 || type == "GSSAPI"_L1 || type == "DIGEST-MD5"_L1 ? FoundSignIn::Unsupported
                                                                               : FoundSignIn::Password;
}

/// KMail calls STARTTLS "TLS".
[[nodiscard]] FoundSecurity securityOf(const QString &word)
{
    if (word.compare("SSL"_L1, Qt::CaseInsensitive) == 0) {
        return FoundSecurity::Tls;
    }
    return word.compare("TLS"_L1, Qt::CaseInsensitive) == 0 ? FoundSecurity::StartTls : FoundSecurity::None;
}

void addIdentity(AccountBuilder &builder, const Group &identity)
{
    FoundSignature signature;
    const QString type = identity.text(u"Signature Type"_s).toLower();
    if (!identity.isOn(u"Signature Enabled"_s, type != "disabled"_L1)) {
        signature = {};
    } else if (type == "inline"_L1) {
        signature.text = identity.values.value(u"Inline Signature"_s);
        if (identity.isOn(u"Inlined Html"_s, false)) {
            signature.form = FoundSignature::Form::Html;
        }
    } else if (type == "file"_L1) {
        const auto read = readSignature(identity.text(u"Signature File"_s));
        if (read) {
            signature = *read;
        } else {
            builder.addNote(Note::SignatureLeftOut);
        }
    } else if (type == "command"_L1) {
        builder.addNote(Note::SignatureLeftOut); // nothing of a found file is started
    }
    builder.addIdentity(identity.text(u"Email Address"_s), identity.text(u"Name"_s),
                        identity.text(u"Reply-To Address"_s), signature);
}

} // namespace

QList<FoundAccount> readKMail(const QByteArray &transports, const QByteArray &identities)
{
    const SettingsFile servers = SettingsFile::parse(transports, Escapes::Backslash);
    const SettingsFile people = SettingsFile::parse(identities, Escapes::Backslash);
    const QString usual = servers.group(u"General"_s).text(u"default-transport"_s);
    const QString usualIdentity = people.group(u"General"_s).text(u"Default Identity"_s);

    QList<Group> senders;
    for (const Group &group : people.groups()) {
        if (!group.name.startsWith("Identity"_L1)) {
            continue;
        }
        if (group.text(u"uoid"_s) == usualIdentity) {
            senders.prepend(group);
        } else {
            senders.append(group);
        }
    }

    QList<FoundAccount> found;
    for (const Group &group : servers.groups()) {
        if (!group.name.startsWith("Transport "_L1)) {
            continue;
        }
        const QString id = group.text(u"id"_s);
        const QString type = group.text(u"type"_s) + group.text(u"identifier"_s);
        AccountBuilder builder(FoundAccount::Program::KMail);
        builder.setName(group.text(u"name"_s));
        if (type.contains("sendmail"_L1, Qt::CaseInsensitive)) {
            builder.setCommand(QProcess::splitCommand(group.text(u"host"_s)) + QStringList { u"-i"_s });
        } else if (type.isEmpty() || type.contains("smtp"_L1, Qt::CaseInsensitive)) {
            builder.setServer({ .host = group.text(u"host"_s),
                                .port = group.number(u"port"_s, 0),
                                .security = securityOf(group.text(u"encryption"_s)) },
                              signInOf(group), group.text(u"user"_s));
        } else {
            continue; // its server is not named here
        }
        for (const Group &sender : std::as_const(senders)) {
            const QString chosen = sender.text(u"Transport"_s);
            if ((chosen.isEmpty() ? usual : chosen) == id) {
                addIdentity(builder, sender);
            }
        }
        if (auto account = builder.finish()) {
            if (id == usual) {
                found.prepend(*std::move(account));
            } else {
                found.append(*std::move(account));
            }
        }
    }
    return found;
}

QList<FoundAccount> kmailAccounts(const ImportPlaces &places)
{
    const auto transports = readWhole(places.config + "/mailtransports"_L1);
    if (!transports) {
        return {};
    }
    const auto identities = readWhole(places.config + "/emailidentities"_L1);
    return readKMail(*transports, identities.value_or(QByteArray()));
}

} // namespace postrider::accounts
