// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;
using Preferences = QHash<QString, QString>;

constexpr qsizetype MostProfiles = 20;
constexpr qsizetype MostServers = 100;

/// The text between quotation marks, from the first one on; `end` is behind the last one.
[[nodiscard]] QString quoted(QStringView line, qsizetype begin, qsizetype &end)
{
    QString text;
    qsizetype i = begin + 1;
    for (; i < line.size() && line[i] != u'"'; ++i) {
        if (line[i] != u'\\' || i + 1 >= line.size()) {
            text.append(line[i]);
            continue;
        }
        ++i;
        const bool isHex = line[i] == u'x' || line[i] == u'u';
        const qsizetype digits = line[i] == u'x' ? 2 : 4;
        bool isNumber = false;
        const uint code = isHex ? line.mid(i + 1, digits).toUInt(&isNumber, 16) : 0;
        if (isHex && isNumber) {
            text.append(QChar(static_cast<char16_t>(code)));
            i += digits;
        } else if (line[i] == u'n') {
            text.append(u'\n');
        } else if (line[i] == u'r') {
            continue;
        } else {
            text.append(line[i]);
        }
    }
    end = i + 1;
    return text;
}

/// Lines of the form user_pref("name", value); value is a text, a number, or true or false.
[[nodiscard]] Preferences preferencesIn(const QByteArray &octets)
{
    Preferences preferences;
    const QString text = toText(octets);
    for (const QStringView raw : QStringView(text).split(u'\n')) {
        const QStringView line = raw.trimmed();
        const qsizetype quote = line.indexOf(u'"');
        if (!line.startsWith("user_pref("_L1) || quote < 0) {
            continue;
        }
        qsizetype end = 0;
        const QString name = quoted(line, quote, end);
        if (!name.startsWith("mail."_L1) || namesSecret(name)) {
            continue;
        }
        const qsizetype comma = line.indexOf(u',', end);
        if (comma < 0) {
            continue;
        }
        const QStringView value = line.mid(comma + 1).trimmed();
        if (value.startsWith(u'"')) {
            preferences.insert(name, quoted(value, 0, end));
        } else {
            preferences.insert(name, value.left(value.lastIndexOf(u')')).trimmed().toString());
        }
    }
    return preferences;
}

/// nsMsgAuthMethod; what is not said is an ordinary password.
[[nodiscard]] FoundSignIn signInOf(const QString &method, const QString &user)
{
    bool isNumber = false;
    switch (const int number = method.toInt(&isNumber); isNumber ? number : 3) {
    case 1:
        return FoundSignIn::None;
    case 5:
    case 6:
        return FoundSignIn::Unsupported; // GSSAPI, NTLM
    case 7:
        return FoundSignIn::ClientCertificate;
    case 10:
        return FoundSignIn::OAuth;
    default:
        return user.isEmpty() ? FoundSignIn::None : FoundSignIn::Password;
    }
}

[[nodiscard]] FoundSecurity securityOf(const QString &word)
{
    if (word == "3"_L1) {
        return FoundSecurity::Tls;
    }
    if (word == "2"_L1) {
        return FoundSecurity::StartTls;
    }
    return word == "1"_L1 ? FoundSecurity::StartTlsIfOffered : FoundSecurity::None;
}

class Profile
{
public:
    Profile(Preferences preferences, QString folder)
        : m_preferences(std::move(preferences))
        , m_folder(std::move(folder))
    { }

    [[nodiscard]] QList<FoundAccount> accounts() const
    {
        QList<FoundAccount> found;
        for (const QString &server : servers()) {
            if (auto account = accountOf(server)) {
                found.append(*std::move(account));
            }
        }
        return found;
    }

private:
    [[nodiscard]] QString value(const QString &name) const { return m_preferences.value(name).trimmed(); }
    [[nodiscard]] QStringList list(const QString &name) const
    {
        QStringList words;
        for (const QString &word : value(name).split(u',', Qt::SkipEmptyParts)) {
            if (!words.contains(word.trimmed())) {
                words.append(word.trimmed());
            }
        }
        return words;
    }

    /// The usual one first.
    [[nodiscard]] QStringList servers() const
    {
        QStringList servers { value(u"mail.smtp.defaultserver"_s) };
        servers += list(u"mail.smtpservers"_s);
        servers.removeAll(QString());
        servers.removeDuplicates();
        return servers.mid(0, MostServers);
    }

    /// In the order of their accounts, the usual account first; one that no account has is left over.
    [[nodiscard]] QStringList identities() const
    {
        QStringList accounts { value(u"mail.accountmanager.defaultaccount"_s) };
        accounts += list(u"mail.accountmanager.accounts"_s);
        QStringList identities;
        for (const QString &account : std::as_const(accounts)) {
            identities += list(u"mail.account."_s + account + u".identities"_s);
        }
        identities.removeDuplicates();
        return identities;
    }

    [[nodiscard]] std::optional<FoundAccount> accountOf(const QString &server) const
    {
        const QString prefix = u"mail.smtpserver."_s + server + u'.';
        AccountBuilder builder(FoundAccount::Program::Thunderbird);
        builder.setName(value(prefix + "description"_L1));
        const QString user = value(prefix + "username"_L1);
        builder.setServer({ .host = value(prefix + "hostname"_L1),
                            .port = value(prefix + "port"_L1).toInt(),
                            .security = securityOf(value(prefix + "try_ssl"_L1)) },
                          signInOf(value(prefix + "authMethod"_L1), user), user);
        const QString usual = servers().value(0);
        for (const QString &identity : identities()) {
            const QString chosen = value(u"mail.identity."_s + identity + u".smtpServer"_s);
            if ((chosen.isEmpty() ? usual : chosen) == server) {
                addIdentity(builder, u"mail.identity."_s + identity + u'.');
            }
        }
        return builder.finish();
    }

    void addIdentity(AccountBuilder &builder, const QString &prefix) const
    {
        FoundSignature signature;
        if (value(prefix + "attach_signature"_L1) == "true"_L1) {
            const auto read = readSignature(signatureFile(prefix));
            if (read) {
                signature = *read;
            } else {
                builder.addNote(Note::SignatureLeftOut);
            }
        } else {
            signature.text = m_preferences.value(prefix + "htmlSigText"_L1);
            if (value(prefix + "htmlSigFormat"_L1) == "true"_L1) {
                signature.form = FoundSignature::Form::Html;
            }
        }
        builder.addIdentity(value(prefix + "useremail"_L1), value(prefix + "fullName"_L1),
                            value(prefix + "reply_to"_L1), signature);
    }

    [[nodiscard]] QString signatureFile(const QString &prefix) const
    {
        const QString relative = value(prefix + "sig_file-rel"_L1);
        const auto inProfile = "[ProfD]"_L1;
        if (relative.startsWith(inProfile) && !m_folder.isEmpty()) {
            return m_folder + u'/' + relative.mid(inProfile.size());
        }
        return value(prefix + "sig_file"_L1);
    }

    Preferences m_preferences;
    QString m_folder;
};

/// What profiles.ini names, the usual one first.
[[nodiscard]] QStringList profilesIn(const QString &folder)
{
    const auto octets = readWhole(folder + "/profiles.ini"_L1);
    if (!octets) {
        return {};
    }
    QStringList profiles;
    const SettingsFile file = SettingsFile::parse(*octets, Escapes::None);
    for (const SettingsFile::Group &group : file.groups()) {
        // An installation's group names the profile that it uses by path, too.
        const bool isInstall = group.name.startsWith("Install"_L1);
        const QString path = isInstall ? group.text(u"Default"_s) : group.text(u"Path"_s);
        if (path.isEmpty()) {
            continue;
        }
        const bool isRelative = isInstall ? !QDir::isAbsolutePath(path) : group.isOn(u"IsRelative"_s, true);
        const QString full = QDir::cleanPath(isRelative ? folder + u'/' + path : path);
        if (isInstall || group.isOn(u"Default"_s, false)) {
            profiles.prepend(full);
        } else {
            profiles.append(full);
        }
    }
    profiles.removeDuplicates();
    return profiles.mid(0, MostProfiles);
}

} // namespace

QList<FoundAccount> readThunderbird(const QByteArray &prefs, const QString &profileFolder)
{
    return Profile(preferencesIn(prefs), profileFolder).accounts();
}

QList<FoundAccount> thunderbirdAccounts(const ImportPlaces &places)
{
    const QStringList folders {
        places.home + "/.thunderbird"_L1,
        places.home + "/.icedove"_L1,
        places.home + "/snap/thunderbird/common/.thunderbird"_L1,
        places.home + "/.var/app/org.mozilla.Thunderbird/.thunderbird"_L1,
        places.home + "/.var/app/net.thunderbird.Thunderbird/.thunderbird"_L1,
        places.config + "/Thunderbird"_L1,
        places.data + "/Thunderbird"_L1,
    };
    QList<FoundAccount> found;
    QSet<QString> seen;
    for (const QString &folder : folders) {
        for (const QString &profile : profilesIn(folder)) {
            const QString file = profile + "/prefs.js"_L1;
            const QString real = QFileInfo(file).canonicalFilePath();
            if (real.isEmpty() || seen.contains(real)) {
                continue;
            }
            seen.insert(real);
            if (const auto octets = readWhole(file)) {
                found += readThunderbird(*octets, profile);
            }
        }
    }
    return found;
}

} // namespace postrider::accounts
