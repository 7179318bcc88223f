// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/signincommand.h"

#include "cli/input.h"
#include "delivery/words/words.h"
#include "discovery/providers.h"
#include "oauth/provider.h"

#include <QProcess>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using delivery::PostOffice;
using oauth::SignInFailure;

namespace {

/// Where this provider's people send, best one first found by the address; without a host: nowhere known.
accounts::Server usualServer(const QString &email, const QString &oauthProvider)
{
    const discovery::ProviderTable &table = discovery::ProviderTable::builtIn();
    const QString domain = email.mid(email.lastIndexOf(u'@') + 1).toLower();
    const discovery::Provider *own = table.byDomain(domain);
    if (own && own->oauth == oauthProvider && !own->servers.isEmpty())
        return own->servers.first();
    for (const discovery::Provider &provider : table.providers()) {
        if (provider.oauth == oauthProvider && !provider.servers.isEmpty())
            return provider.servers.first();
    }
    return {};
}

/// Whether there is somewhere to show a browser.
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

/// In the system's browser; nobody is told when there is none, since the address is printed anyway.
void openInBrowser(const QUrl &url)
{
    if (!hasDisplay())
        return;
    const QString address = QString::fromLatin1(url.toEncoded());
    QProcess opener;
#if defined(Q_OS_MACOS)
    opener.setProgram(u"open"_s);
    opener.setArguments({ address });
#elif defined(Q_OS_WIN)
    opener.setProgram(u"rundll32"_s);
    opener.setArguments({ u"url.dll,FileProtocolHandler"_s, address });
#else
    opener.setProgram(u"xdg-open"_s);
    opener.setArguments({ address });
#endif
    // What it says would come between our lines.
    opener.setStandardOutputFile(QProcess::nullDevice());
    opener.setStandardErrorFile(QProcess::nullDevice());
    static_cast<void>(opener.startDetached());
}

QString knownProviders()
{
    QStringList ids;
    const QList<oauth::Provider> known = oauth::providers();
    for (const oauth::Provider &provider : known)
        ids += provider.id;
    return ids.join(u", "_s);
}

} // namespace

// --- the sign-in

void BrowserCommand::obtainTokens(const Account &account, SignInWay way)
{
    const oauth::Provider *provider = oauth::findProvider(account.oauth->provider);
    if (!provider) {
        return fail(
            tr("There is no provider \"%1\". Known are: %2.").arg(account.oauth->provider, knownProviders()),
            ExitCode::Configuration);
    }
    std::optional<oauth::Client> client = oauth::clientFor(*account.oauth);
    if (!client)
        return refuse(SignInFailure { .kind = SignInFailure::Kind::NoClientId, .provider = provider->name });
    client->caFile = account.caFile;
    if (way == SignInWay::Device) {
        m_device = std::make_unique<oauth::DeviceSignIn>(*client);
        connect(m_device.get(), &oauth::DeviceSignIn::codeReady, this, &BrowserCommand::tellCode);
        connect(m_device.get(), &oauth::DeviceSignIn::finished, this, &BrowserCommand::conclude);
        m_device->start();
        return;
    }
    const QString hint = account.user.isEmpty() ? account.email : account.user;
    m_browser = std::make_unique<oauth::BrowserSignIn>(*client, hint);
    connect(m_browser.get(), &oauth::BrowserSignIn::browserWanted, this, &BrowserCommand::tell);
    connect(m_browser.get(), &oauth::BrowserSignIn::finished, this, &BrowserCommand::conclude);
    m_browser->start();
}

void BrowserCommand::tell(const QUrl &url)
{
    const QString address = QString::fromLatin1(url.toEncoded());
    output().result(QJsonObject { { u"open"_s, address } });
    output().message(tr("Open this address in your browser and sign in:"));
    output().message(address);
    static_cast<void>(output().flush()); // the end tells whether anybody reads
    openInBrowser(url);
}

void BrowserCommand::tellCode(const QString &code, const QUrl &page, const QUrl &completePage,
                              std::chrono::seconds lifetime)
{
    const auto address = [](const QUrl &url) { return QString::fromLatin1(url.toEncoded()); };
    output().result(QJsonObject {
        { u"user_code"_s, code },
        { u"page"_s, address(page) },
        { u"open"_s,
          completePage.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(address(completePage)) },
        { u"expires_in"_s, qint64 { lifetime.count() } },
    });
    output().message(tr("On any device, open this address and enter the code %1:").arg(code));
    output().message(address(page));
    static_cast<void>(output().flush());
}

void BrowserCommand::conclude(const oauth::SignInResult &result)
{
    if (isFinishing())
        return;
    if (result)
        obtained(result.value().clone());
    else
        refuse(result.error());
}

void BrowserCommand::refuse(const SignInFailure &failure)
{
    QStringList sentences { delivery::sentence(failure), delivery::advice(failure),
                            delivery::evidence(failure) };
    sentences.removeAll(QString());
    fail(sentences.join(u' '), exitCode(failure));
}

// --- account add --oauth

AccountSignUpCommand::AccountSignUpCommand(const Context &context, AccountSignUp arguments)
    : BrowserCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountSignUpCommand::start()
{
    Account &account = m_arguments.account;
    const auto sender = readMailbox(account.email);
    if (!sender)
        return fail(sender.error().sentence, ExitCode::BadData);
    account.email = sender->address();
    account.displayName = account.name.isEmpty() ? sender->name : account.name;
    account.name = account.displayName.isEmpty() ? account.email : account.displayName;
    if (account.user.isEmpty())
        account.user = account.email;
    if (account.server.host.isEmpty())
        account.server = usualServer(account.email, account.oauth->provider);
    if (account.server.host.isEmpty()) {
        return fail(
            tr("Which server sends mail for %1 is not known. Name it with --host.").arg(account.email),
            ExitCode::Configuration);
    }
    if (account.server.security == accounts::Security::None
        && !accounts::isPlaintextAllowed(account.server.host, true))
        return fail(plaintextRefused(), ExitCode::Configuration);
    if (!account.caFile.isEmpty()) {
        const auto file = readableFile(account.caFile);
        if (!file)
            return fail(file.error().sentence, ExitCode::Configuration);
        account.caFile = file.value();
    }
    BrowserCommand::start();
}

void AccountSignUpCommand::opened()
{
    obtainTokens(m_arguments.account, m_arguments.way);
}

void AccountSignUpCommand::obtained(oauth::Tokens tokens)
{
    office().addAccount(m_arguments.account, std::move(tokens), m_arguments.proof, this,
                        orFail<Account>([this](const Account &added) { printAndFinish(added); }));
}

// --- account sign-in

AccountSignInCommand::AccountSignInCommand(const Context &context, AccountSignIn arguments)
    : BrowserCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountSignInCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (!account->oauth) {
        return fail(tr("The account %1 does not sign in with the browser.").arg(account->email),
                    ExitCode::Configuration);
    }
    m_account = account->id;
    obtainTokens(*account, m_arguments.way);
}

void AccountSignInCommand::obtained(oauth::Tokens tokens)
{
    office().signIn(m_account, m_arguments.proof, std::move(tokens), this,
                    orFail<Account>([this](const Account &account) { printAndFinish(account); }));
}

} // namespace postrider::cli
