// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"
#include "mime/address/mailbox.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>

#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;

constexpr qsizetype MostSources = 500;
constexpr qint64 LargestSource = 256 * 1024;

/// Evolution's account is three files: transport, identity and signature, which name each other.
class Sources
{
public:
    explicit Sources(const QString &folder)
        : m_folder(folder)
    {
        const QStringList names
            = QDir(folder).entryList({ u"*.source"_s }, QDir::Files, QDir::Name).mid(0, MostSources);
        for (const QString &name : names) {
            if (const auto octets = readWhole(folder + u'/' + name, LargestSource)) {
                m_ids.append(name.chopped(7));
                m_files.insert(name.chopped(7), SettingsFile::parse(*octets, Escapes::Backslash));
            }
        }
    }

    [[nodiscard]] QList<FoundAccount> accounts() const
    {
        QList<FoundAccount> found;
        for (const QString &id : m_ids) {
            if (auto account = accountOf(id)) {
                found.append(*std::move(account));
            }
        }
        return found;
    }

private:
    [[nodiscard]] SettingsFile::Group group(const QString &id, const QString &name) const
    {
        return m_files.value(id).group(name);
    }

    [[nodiscard]] std::optional<FoundAccount> accountOf(const QString &id) const
    {
        const QString backend = group(id, u"Mail Transport"_s).text(u"BackendName"_s);
        const SettingsFile::Group source = group(id, u"Data Source"_s);
        if ((backend != "smtp"_L1 && backend != "sendmail"_L1) || !source.isOn(u"Enabled"_s, true)) {
            return std::nullopt;
        }
        AccountBuilder builder(FoundAccount::Program::Evolution);
        builder.setName(source.text(u"DisplayName"_s));
        if (backend == "sendmail"_L1) {
            setCommand(builder, group(id, u"Sendmail Backend"_s));
        } else {
            setServer(builder, id);
        }
        for (const QString &identity : m_ids) {
            if (group(identity, u"Mail Submission"_s).text(u"TransportUid"_s) == id) {
                addIdentity(builder, group(identity, u"Mail Identity"_s));
            }
        }
        return builder.finish();
    }

    static void setCommand(AccountBuilder &builder, const SettingsFile::Group &backend)
    {
        const QString custom = backend.text(u"CustomBinary"_s);
        const bool isCustom = backend.isOn(u"UseCustomBinary"_s, false) && !custom.isEmpty();
        builder.setCommand({ isCustom ? custom : u"/usr/sbin/sendmail"_s, u"-i"_s });
    }

    void setServer(AccountBuilder &builder, const QString &id) const
    {
        const SettingsFile::Group signIn = group(id, u"Authentication"_s);
        const QString method = group(id, u"Security"_s).text(u"Method"_s);
        FoundSecurity security = FoundSecurity::None;
        if (method == "ssl-on-alternate-port"_L1) {
            security = FoundSecurity::Tls;
        } else if (method == "starttls-on-standard-port"_L1) {
            security = FoundSecurity::StartTls;
        }
        const QString user = signIn.text(u"User"_s);
        builder.setServer(
            { .host = signIn.text(u"Host"_s), .port = signIn.number(u"Port"_s, 0), .security = security },
            methodOf(signIn.text(u"Method"_s), user), user);
    }

    [[nodiscard]] static FoundSignIn methodOf(const QString &method, const QString &user)
    {
        const QString word = method.toUpper();
        if (word == "NONE"_L1 || (word.isEmpty() && user.isEmpty())) {
            return FoundSignIn::None;
        }
        if (word == "NTLM"_L1 || word == "GSSAPI"_L1 || word == "DIGEST-MD5"_L1 || word == "POPB4SMTP"_L1) {
            return FoundSignIn::Unsupported;
        }
        return word.contains("OAUTH"_L1) || word == "GOOGLE"_L1 || word == "OUTLOOK"_L1
            ? FoundSignIn::OAuth
            : FoundSignIn::Password;
    }

    void addIdentity(AccountBuilder &builder, const SettingsFile::Group &identity) const
    {
        FoundSignature signature;
        const QString uid = identity.text(u"SignatureUid"_s);
        if (!uid.isEmpty() && uid != "none"_L1) {
            signature = signatureOf(builder, uid);
        }
        builder.addIdentity(identity.text(u"Address"_s), identity.text(u"Name"_s),
                            identity.text(u"ReplyTo"_s), signature);
        const auto aliases = mime::parseMailboxList(singleLine(identity.text(u"Aliases"_s), 4000));
        if (!aliases) {
            return;
        }
        for (const mime::Mailbox &alias : *aliases) {
            builder.addIdentity(alias.address(), alias.name.isEmpty() ? identity.text(u"Name"_s) : alias.name,
                                identity.text(u"ReplyTo"_s), signature);
        }
    }

    [[nodiscard]] FoundSignature signatureOf(AccountBuilder &builder, const QString &uid) const
    {
        const SettingsFile::Group about = group(uid, u"Mail Signature"_s);
        // The uid stands in a file: it must not lead anywhere else.
        const bool isName = !uid.contains(u'/') && !uid.contains(u'\\') && !uid.startsWith(u'.');
        const auto text
            = isName ? readSignature(QFileInfo(m_folder).path() + "/signatures/"_L1 + uid) : std::nullopt;
        if (!text || about.text(u"MimeType"_s) == "application/x-executable"_L1) {
            builder.addNote(Note::SignatureLeftOut);
            return {};
        }
        const bool isHtml = about.text(u"MimeType"_s) == "text/html"_L1;
        return { text->text, isHtml ? FoundSignature::Form::Html : FoundSignature::Form::Plain };
    }

    QString m_folder;
    QStringList m_ids {};
    QHash<QString, SettingsFile> m_files {};
};

} // namespace

QList<FoundAccount> readEvolution(const QString &sourcesFolder)
{
    return Sources(sourcesFolder).accounts();
}

QList<FoundAccount> evolutionAccounts(const ImportPlaces &places)
{
    return readEvolution(places.config + "/evolution/sources"_L1)
        + readEvolution(places.home + "/.var/app/org.gnome.Evolution/config/evolution/sources"_L1);
}

} // namespace postrider::accounts
