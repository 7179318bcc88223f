// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/accountbuilder.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

using Note = FoundAccount::Note;
using Values = QHash<QString, QString>;

constexpr qsizetype MostAccounts = 200;

struct Section
{
    QString name {};
    Values values {};
};

struct Line
{
    QString command {};
    QString argument {};
};

/// "command argument", "command = argument", the argument perhaps in quotation marks.
[[nodiscard]] Line lineOf(QStringView raw)
{
    const QStringView line = raw.trimmed();
    const auto end = std::find_if(line.begin(), line.end(), [](QChar c) { return c.isSpace() || c == u'='; });
    const qsizetype length = end - line.begin();
    QStringView rest = line.mid(length).trimmed();
    if (rest.startsWith(u'=')) {
        rest = rest.mid(1).trimmed();
    }
    if (rest.size() >= 2 && rest.startsWith(u'"') && rest.endsWith(u'"')) {
        rest = rest.mid(1, rest.size() - 2);
    }
    return { line.left(length).toString().toLower(), rest.toString() };
}

/// Sections with everything that they inherit: "defaults" counts for those behind it, "account a : b, c" has
/// what b and c have. Only sections before it can be named, so nothing can go round in a circle.
[[nodiscard]] QList<Section> sectionsIn(const QString &text)
{
    QList<Section> sections;
    Values defaults;
    Values *current = nullptr;
    for (const QStringView raw : QStringView(text).split(u'\n')) {
        const Line line = lineOf(raw);
        if (line.command.isEmpty() || line.command.startsWith(u'#')) {
            continue;
        }
        if (line.command == "defaults"_L1) {
            current = &defaults;
        } else if (line.command == "account"_L1) {
            if (sections.size() == MostAccounts) {
                break;
            }
            const qsizetype colon = line.argument.indexOf(u':');
            Section section { line.argument.left(colon).trimmed(), defaults };
            const QStringList parents
                = colon < 0 ? QStringList() : line.argument.mid(colon + 1).split(u',', Qt::SkipEmptyParts);
            for (const QString &parent : parents) {
                const auto known
                    = std::find_if(sections.begin(), sections.end(), [&parent](const Section &candidate) {
                          return candidate.name == parent.trimmed();
                      });
                if (known != sections.end()) {
                    section.values.insert(known->values);
                }
            }
            sections.append(section);
            current = &sections.last().values;
        } else if (current && !namesSecret(line.command)) {
            current->insert(line.command, line.argument);
        }
    }
    return sections;
}

/// "tls" alone is on.
[[nodiscard]] bool isOn(const Values &values, const QString &key, bool otherwise)
{
    const auto found = values.constFind(key);
    return found == values.constEnd() ? otherwise : found->isEmpty() || *found == "on"_L1;
}

[[nodiscard]] FoundSignIn signInOf(const QString &method)
{
    if (method.isEmpty() || method == "off"_L1) {
        return FoundSignIn::None;
    }
    if (method == "oauthbearer"_L1 || method == "xoauth2"_L1) {
        return FoundSignIn::OAuth;
    }
    if (method == "external"_L1) {
        return FoundSignIn::ClientCertificate;
    }
    return method == "ntlm"_L1 || method == "gssapi"_L1 || method == "digest-md5"_L1
        ? FoundSignIn::Unsupported
        : FoundSignIn::Password;
}

[[nodiscard]] std::optional<FoundAccount> accountOf(const Section &section, const QString &home)
{
    const Values &values = section.values;
    AccountBuilder builder(FoundAccount::Program::Msmtp);
    builder.setName(section.name);
    const bool isEncrypted = isOn(values, u"tls"_s, false);
    const bool isStartTls = isOn(values, u"tls_starttls"_s, true);
    FoundSignIn signIn = signInOf(values.value(u"auth"_s).toLower());
    // "auth" alone stands for the best method there is.
    if (values.contains(u"auth"_s) && values.value(u"auth"_s).isEmpty()) {
        signIn = FoundSignIn::Password;
    }
    const int usualPort = isEncrypted && !isStartTls ? 465 : 25;
    builder.setServer({ .host = values.value(u"host"_s),
                        .port = values.contains(u"port"_s) ? values.value(u"port"_s).toInt() : usualPort,
                        .security = !isEncrypted ? FoundSecurity::None
                            : isStartTls         ? FoundSecurity::StartTls
                                                 : FoundSecurity::Tls },
                      signIn, values.value(u"user"_s));
    builder.addIdentity(values.value(u"from"_s), values.value(u"from_full_name"_s), {}, {});
    if (!isOn(values, u"tls_certcheck"_s, true) || !values.value(u"tls_fingerprint"_s).isEmpty()) {
        builder.addNote(Note::CertificateNotChecked);
    }
    if (!values.value(u"tls_cert_file"_s).isEmpty()) {
        builder.addNote(Note::ClientCertificate);
    }
    if (!values.value(u"proxy_host"_s).isEmpty()) {
        builder.addNote(Note::ProxyLeftOut);
    }
    std::optional<FoundAccount> found = builder.finish();
    QString authorities = values.value(u"tls_trust_file"_s);
    if (authorities.startsWith("~/"_L1)) {
        authorities = home + authorities.mid(1);
    }
    const bool isTheSystems = authorities.startsWith("/etc/"_L1) || authorities.startsWith("/usr/"_L1);
    if (found && !isTheSystems && QFileInfo(authorities).isAbsolute() && QFileInfo(authorities).isFile()) {
        found->account.caFile = authorities;
    }
    return found;
}

} // namespace

QList<FoundAccount> readMsmtp(const QByteArray &msmtprc, const QString &home)
{
    QList<Section> sections = sectionsIn(toText(msmtprc));
    // The usual one is mostly another one's second name.
    const auto usual = std::find_if(sections.begin(), sections.end(),
                                    [](const Section &section) { return section.name == "default"_L1; });
    if (usual != sections.end()) {
        const Values values = usual->values;
        const auto same = std::find_if(sections.begin(), sections.end(), [&values](const Section &section) {
            return section.name != "default"_L1 && section.values == values;
        });
        const Section first = same == sections.end() ? *usual : *same;
        sections.removeIf([&first](const Section &section) {
            return section.name == first.name || section.name == "default"_L1;
        });
        sections.prepend(first);
    }
    QList<FoundAccount> found;
    for (const Section &section : std::as_const(sections)) {
        if (auto account = accountOf(section, home)) {
            found.append(*std::move(account));
        }
    }
    return found;
}

QList<FoundAccount> msmtpAccounts(const ImportPlaces &places)
{
    const QStringList paths { places.home + "/.msmtprc"_L1, places.config + "/msmtp/config"_L1 };
    for (const QString &path : paths) {
        if (const auto octets = readWhole(path)) {
            return readMsmtp(*octets, places.home); // msmtp reads the first one that is there
        }
    }
    return {};
}

} // namespace postrider::accounts
