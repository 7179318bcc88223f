// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Group = SettingsFile::Group;
using Note = FoundAccount::Note;
using Program = FoundAccount::Program;

/// Bits of Claws Mail's SMTPAuthType; Sylpheed has the first ones alike.
constexpr int AuthOAuth2 = 1 << 6;
constexpr int AuthGssApi = 1 << 5;

void addIdentity(AccountBuilder &builder, const Group &group, Program program)
{
    FoundSignature signature;
    // Claws Mail: 0 is a file, 1 a command; Sylpheed: 0 a file, 1 a command, 2 the text itself.
    const int type = group.number(u"signature_type"_s, 0);
    const QString path = group.text(u"signature_path"_s);
    if (program == Program::Sylpheed && type == 2) {
        signature.text = group.values.value(u"signature_text"_s);
        signature.text.replace("\\n"_L1, "\n"_L1);
    } else if (!path.isEmpty()) {
        const auto read = type == 0 ? readSignature(path) : std::nullopt;
        if (read) {
            signature = *read;
        } else {
            builder.addNote(Note::SignatureLeftOut);
        }
    }
    const bool hasReplyTo = group.isOn(u"set_autoreplyto"_s, false);
    builder.addIdentity(group.text(u"address"_s), group.text(u"name"_s),
                        hasReplyTo ? group.text(u"auto_replyto"_s) : QString(), signature);
}

} // namespace

QList<FoundAccount> readClaws(const QByteArray &accountrc, Program program)
{
    QList<FoundAccount> found;
    const SettingsFile file = SettingsFile::parse(accountrc, Escapes::None);
    for (const Group &group : file.groups()) {
        if (!group.name.startsWith("Account"_L1)) {
            continue;
        }
        AccountBuilder builder(program);
        builder.setName(group.text(u"account_name"_s));
        if (group.isOn(u"use_mail_command"_s, false)) {
            builder.setCommand(QProcess::splitCommand(group.text(u"mail_command"_s)));
        } else {
            const int ssl = group.number(u"ssl_smtp"_s, 0);
            const int method = group.number(u"smtp_auth_method"_s, 0);
            FoundSignIn signIn = FoundSignIn::None;
            if (group.isOn(u"use_smtp_auth"_s, false)) {
                signIn = method == AuthOAuth2 ? FoundSignIn::OAuth
                    : method == AuthGssApi    ? FoundSignIn::Unsupported
                                              : FoundSignIn::Password;
            }
            const QString user = group.text(u"smtp_user_id"_s);
            builder.setServer({ .host = group.text(u"smtp_server"_s),
                                .port = group.isOn(u"set_smtpport"_s, false) ? group.number(u"smtp_port"_s, 0)
                                    : ssl == 1                               ? 465
                                                                             : 25,
                                .security = ssl == 1 ? FoundSecurity::Tls
                                    : ssl == 2       ? FoundSecurity::StartTls
                                                     : FoundSecurity::None },
                              signIn, user.isEmpty() ? group.text(u"user_id"_s) : user);
        }
        addIdentity(builder, group, program);
        if (auto account = builder.finish()) {
            if (group.isOn(u"is_default"_s, false)) {
                found.prepend(*std::move(account));
            } else {
                found.append(*std::move(account));
            }
        }
    }
    return found;
}

QList<FoundAccount> clawsAccounts(const ImportPlaces &places)
{
    QList<FoundAccount> found;
    const auto add = [&found](const QString &path, Program program) {
        if (const auto octets = readWhole(path)) {
            found += readClaws(*octets, program);
        }
    };
    add(places.home + "/.claws-mail/accountrc"_L1, Program::Claws);
    add(places.config + "/Claws-mail/accountrc"_L1, Program::Claws);
    add(places.home + "/.sylpheed-2.0/accountrc"_L1, Program::Sylpheed);
    return found;
}

} // namespace postrider::accounts
