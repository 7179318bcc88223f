// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/importer.h"

#include "accounts/import/accountbuilder.h"
#include "accounts/import/autoconfigxml.h"
#include "accounts/import/programs.h"
#include "accounts/import/settingsfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

constexpr qsizetype MostFound = 500;

using Found = base::Expected<QList<FoundAccount>, ImportError>;

/// A provider's settings have no address: whoever imports them asks for it.
[[nodiscard]] Found accountsOfProvider(const QByteArray &octets)
{
    const auto document = readAutoconfig(octets);
    if (!document) {
        const bool isOther = document.error() == AutoconfigError::NotAutoconfig
            || document.error() == AutoconfigError::NotXml;
        return base::Unexpected(ImportError { document.error() == AutoconfigError::NoServers
                                                  ? ImportError::Kind::NoAccounts
                                                  : isOther ? ImportError::Kind::Unknown
                                                            : ImportError::Kind::Damaged,
                                              {} });
    }
    QList<FoundAccount> found;
    for (const AutoconfigServer &server : document->servers) {
        AccountBuilder builder(FoundAccount::Program::File);
        builder.setName(document->displayName);
        const bool isOAuth = !server.signIn.isEmpty() && server.signIn.first() == AutoconfigSignIn::OAuth;
        const bool isNone = !server.signIn.isEmpty() && server.signIn.first() == AutoconfigSignIn::None;
        FoundSecurity security = FoundSecurity::None;
        switch (server.server.security) {
        case Security::Tls:
            security = FoundSecurity::Tls;
            break;
        case Security::StartTls:
            security = FoundSecurity::StartTls;
            break;
        case Security::None:
            break;
        }
        const bool isPattern = server.userPattern.contains(u'%');
        builder.setServer({ .host = server.server.host, .port = server.server.port, .security = security },
                          isOAuth      ? FoundSignIn::OAuth
                              : isNone ? FoundSignIn::None
                                       : FoundSignIn::Password,
                          isPattern ? QString() : server.userPattern);
        if (auto account = builder.finish()) {
            found.append(*std::move(account));
        }
    }
    return found;
}

[[nodiscard]] Found readByForm(const QByteArray &octets, const QFileInfo &file)
{
    const QString name = file.fileName().toLower();
    const QByteArray start = octets.left(4096);
    if (octets.startsWith('\x30') || start.contains("<plist") || name.endsWith(".mobileconfig"_L1)) {
        return readMobileConfig(octets);
    }
    if (start.trimmed().startsWith('<') || start.startsWith("\xef\xbb\xbf<")) {
        return accountsOfProvider(octets);
    }
    if (name.endsWith(".source"_L1)) {
        return readEvolution(file.absolutePath());
    }
    if (start.contains("user_pref(") || name == "prefs.js"_L1) {
        return readThunderbird(octets, file.absolutePath());
    }
    if (octets.contains("[Transport ")) {
        const auto identities = readWhole(file.absolutePath() + "/emailidentities"_L1);
        return readKMail(octets, identities.value_or(QByteArray()));
    }
    if (octets.contains("[Outgoing]")) {
        return readGeary(octets);
    }
    if (octets.contains("[Account: ")) {
        const bool isSylpheed = file.absolutePath().contains("sylpheed"_L1, Qt::CaseInsensitive);
        return readClaws(octets, isSylpheed ? FoundAccount::Program::Sylpheed : FoundAccount::Program::Claws);
    }
    const QList<FoundAccount> found = readMsmtp(octets, QDir::homePath());
    if (found.isEmpty() && !name.contains("msmtp"_L1)) {
        return base::Unexpected(ImportError { ImportError::Kind::Unknown, {} });
    }
    return found;
}

} // namespace

QString programName(FoundAccount::Program program)
{
    switch (program) {
    case FoundAccount::Program::Thunderbird:
        return u"Thunderbird"_s;
    case FoundAccount::Program::KMail:
        return u"KMail"_s;
    case FoundAccount::Program::Evolution:
        return u"Evolution"_s;
    case FoundAccount::Program::Geary:
        return u"Geary"_s;
    case FoundAccount::Program::Claws:
        return u"Claws Mail"_s;
    case FoundAccount::Program::Sylpheed:
        return u"Sylpheed"_s;
    case FoundAccount::Program::Msmtp:
        return u"msmtp"_s;
    case FoundAccount::Program::File:
        break;
    }
    return {};
}

ImportPlaces ImportPlaces::ofThisComputer()
{
    ImportPlaces places;
    places.home = QDir::homePath();
#ifdef Q_OS_WIN
    places.config = qEnvironmentVariable("APPDATA");
#else
    places.config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
#endif
    places.data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
#ifdef Q_OS_MACOS
    places.data = places.home + "/Library"_L1;
#endif
    return places;
}

QList<FoundAccount> findAccounts(const ImportPlaces &places)
{
    const QList<FoundAccount> found = thunderbirdAccounts(places) + evolutionAccounts(places)
        + kmailAccounts(places) + gearyAccounts(places) + clawsAccounts(places) + msmtpAccounts(places);
    return found.mid(0, MostFound);
}

base::Expected<QList<FoundAccount>, ImportError> readAccountFile(const QString &path)
{
    const auto octets = readWhole(path);
    if (!octets) {
        return base::Unexpected(octets.error());
    }
    const Found found = readByForm(*octets, QFileInfo(path));
    if (!found) {
        return found;
    }
    if (found->isEmpty()) {
        return base::Unexpected(ImportError { ImportError::Kind::NoAccounts, {} });
    }
    return found->mid(0, MostFound);
}

} // namespace postrider::accounts
