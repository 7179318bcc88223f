// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/accountaddcommand.h"

#include "cli/detectcommand.h"
#include "cli/input.h"
#include "delivery/words/words.h"
#include "discovery/providers.h"
#include "discovery/words.h"
#include "oauth/provider.h"

#include <QFileInfo>
#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using accounts::Security;
using discovery::ProviderTable;
using discovery::Query;
using discovery::Report;
using discovery::SendingService;
using Way = AccountAdd::Way;

AccountAddCommand::AccountAddCommand(const Context &context, AccountAdd arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

/// The search, its questions and the password come before the profile is opened: while somebody is asked, an
/// interrupt simply ends the process.
void AccountAddCommand::start()
{
    if (!readAccount())
        return;
    switch (m_arguments.way) {
    case Way::Search:
        return chooseServer();
    case Way::Service:
        return chooseServiceServer();
    case Way::Server: {
        const bool signsIn = m_arguments.signIn.source != SignIn::PasswordSource::None;
        m_account.server = m_arguments.server;
        if (m_account.server.security == Security::None
            && !accounts::isPlaintextAllowed(m_account.server.host, signsIn))
            return fail(plaintextRefused(), ExitCode::Configuration);
        if (readSecret(signsIn))
            AccountCommand::start();
        return;
    }
    case Way::Program: {
        const QFileInfo program(m_arguments.program);
        if (!program.isExecutable() || !program.isFile())
            return fail(tr("%1 is no program that can be started.").arg(m_arguments.program),
                        ExitCode::Configuration);
        m_account.command = { program.absoluteFilePath() };
        return AccountCommand::start();
    }
    }
}

bool AccountAddCommand::readAccount()
{
    const auto sender = readMailbox(m_arguments.email);
    if (!sender) {
        fail(sender.error().sentence, ExitCode::BadData);
        return false;
    }
    m_account.email = sender->address();
    m_account.displayName = m_arguments.name.isEmpty() ? sender->name : m_arguments.name;
    m_account.name = m_account.displayName.isEmpty() ? m_account.email : m_account.displayName;
    m_account.auth = m_arguments.signIn.mechanism;
    m_account.pinnedKey = m_arguments.pinnedKey;
    m_account.clientName = m_arguments.clientName;
    if (!m_arguments.replyTo.isEmpty()) {
        if (const auto replyTo = readMailboxes({ m_arguments.replyTo }); !replyTo) {
            fail(replyTo.error().sentence, ExitCode::BadData);
            return false;
        }
        m_account.replyTo = m_arguments.replyTo;
    }
    if (!m_arguments.signatureFile.isEmpty()) {
        const auto signature = readText(m_arguments.signatureFile);
        if (!signature) {
            fail(signature.error().sentence, ExitCode::BadData);
            return false;
        }
        m_account.signature = signature.value();
    }
    if (!m_arguments.caFile.isEmpty()) {
        const auto file = readableFile(m_arguments.caFile);
        if (!file) {
            fail(file.error().sentence, ExitCode::Configuration);
            return false;
        }
        m_account.caFile = file.value();
    }
    return true;
}

bool AccountAddCommand::readSecret(bool wantsSignIn)
{
    if (!wantsSignIn)
        return true;
    SignIn signIn = m_arguments.signIn;
    if (signIn.source == SignIn::PasswordSource::None) {
        if (!isTerminal()) {
            fail(tr("%1 wants a password: add --password-stdin.").arg(m_account.server.host),
                 ExitCode::Configuration);
            return false;
        }
        signIn.source = SignIn::PasswordSource::StandardInput;
    }
    auto password = readPassword(signIn);
    if (!password) {
        fail(password.error().sentence, ExitCode::Configuration);
        return false;
    }
    if (password.value())
        m_password = std::move(*password.value());
    if (!signIn.user.isEmpty())
        m_account.user = signIn.user;
    else if (m_account.user.isEmpty())
        m_account.user = m_account.email;
    return true;
}

void AccountAddCommand::chooseServer()
{
    const auto query = Query::parse(m_account.email);
    if (!query)
        return fail(tr("No server can be found for %1: name it with --host.").arg(m_account.email),
                    ExitCode::BadData);
    ServerChoice::Wish wish;
    wish.query = *query;
    wish.options.database = m_arguments.database;
    wish.options.plainSettings = m_arguments.plainSettings;
    wish.agreedHost = m_arguments.agreedHost;
    startChoice(std::move(wish));
}

void AccountAddCommand::chooseServiceServer()
{
    const SendingService *service = ProviderTable::builtIn().serviceById(m_arguments.service);
    if (!service)
        return fail(
            tr("There is no sending service \"%1\": see \"account services\".").arg(m_arguments.service),
            ExitCode::Configuration);
    const bool isRegion = m_arguments.region.isEmpty()
        || std::any_of(service->regions.begin(), service->regions.end(),
                       [this](const discovery::Region &region) { return region.id == m_arguments.region; });
    if (!isRegion)
        return fail(
            tr("%1 has no region \"%2\": see \"account services\".").arg(service->name, m_arguments.region),
            ExitCode::Configuration);
    // A user name that the service fixes is known; another one nobody can guess.
    m_account.user = service->userPattern.contains(u'%') ? QString() : service->userPattern;
    if (m_account.user.isEmpty() && service->userPattern.isEmpty() && m_arguments.signIn.user.isEmpty()) {
        output().message(discovery::userHint(*service));
        return fail(tr("%1 gives a user name of its own: add --user.").arg(service->name),
                    ExitCode::Configuration);
    }
    ServerChoice::Wish wish;
    wish.servers = service->serversOf(m_arguments.region);
    wish.query.kind = Query::Kind::Name;
    wish.query.host = wish.servers.isEmpty() ? QString() : wish.servers.first().host;
    wish.query.text = wish.query.host;
    wish.options.lookup = discovery::FinderOptions::Lookup::None;
    output().message(discovery::senderRule(*service));
    startChoice(std::move(wish));
}

void AccountAddCommand::startChoice(ServerChoice::Wish wish)
{
    if (!m_account.caFile.isEmpty()) {
        auto authorities = readAuthorities(m_account.caFile);
        if (!authorities)
            return fail(authorities.error().sentence, ExitCode::Configuration);
        wish.options.extraAuthorities = authorities.value();
    }
    if (!m_account.clientName.isEmpty())
        wish.options.clientName = m_account.clientName;
    wish.options.extent = discovery::Search::Extent::UntilSettled;
    m_choice = std::make_unique<ServerChoice>(output(), std::move(wish));
    m_choice->choose([this](const auto &answer) {
        if (const auto *refusal = std::get_if<ServerChoice::Refusal>(&answer))
            return finish(refusal->code);
        take(std::get<Report>(answer));
    });
}

void AccountAddCommand::take(const Report &report)
{
    const discovery::Recommendation &found = *report.recommended;
    m_providerId = report.providerId;
    // Who names a mechanism knows what the server takes.
    if (report.verdict == discovery::Verdict::NeedOAuth && m_account.auth.isEmpty())
        return leadToBrowser(found);
    m_account.server = found.server;
    m_account.alternates = report.alternates;
    if (m_account.user.isEmpty())
        m_account.user = found.user;
    const bool offersSignIn = !found.auth.isEmpty();
    const bool signsIn = offersSignIn && m_arguments.login == AccountAdd::Login::Usual;
    if (!signsIn)
        m_account.user.clear();
    if (readSecret(signsIn))
        AccountCommand::start();
}

/// A password would only be refused here.
void AccountAddCommand::leadToBrowser(const discovery::Recommendation &found)
{
    const discovery::Provider *provider
        = m_providerId ? ProviderTable::builtIn().byId(*m_providerId) : nullptr;
    if (provider) {
        const QStringList steps = discovery::hintSteps(*provider);
        for (const QString &step : steps)
            output().message(step);
    }
    const QString id = provider && !provider->oauth.isEmpty() ? provider->oauth : u"PROVIDER"_s;
    accounts::OAuthSettings settings;
    settings.provider = id;
    QString command = u"postrider-cli account add --email %1 --oauth %2"_s.arg(m_account.email, id);
    if (!oauth::clientFor(settings))
        command += u" --client-id ID"_s;
    if (!provider)
        command += u" --host %1"_s.arg(found.server.host);
    output().message(
        tr("%1 takes no passwords. Sign in with the browser: %2").arg(found.server.host, command));
    const oauth::Provider *known = oauth::findProvider(id);
    if (known && !oauth::clientFor(settings)) {
        output().message(delivery::sentence(oauth::SignInFailure {
            .kind = oauth::SignInFailure::Kind::NoClientId, .provider = known->name }));
        if (!known->registerGuide.isEmpty())
            output().message(tr("How to get a client ID: %1").arg(known->registerGuide.toString()));
    }
    finish(ExitCode::Configuration);
}

void AccountAddCommand::opened()
{
    office().addAccount(m_account, std::move(m_password), m_arguments.proof, this,
                        [this](const base::Expected<Account, delivery::Trouble> &answer) {
                            if (isFinishing())
                                return;
                            if (answer)
                                printAndFinish(answer.value());
                            else
                                finishRefused(answer.error());
                        });
}

/// Large providers want something to be done before a program may send; who knows that is not left alone with
/// "wrong password".
void AccountAddCommand::finishRefused(const delivery::Trouble &trouble)
{
    const auto *problem = std::get_if<outbox::Problem>(&trouble);
    const bool isRefused = problem && problem->kind == outbox::Problem::Kind::SignInRefused;
    const ProviderTable &table = ProviderTable::builtIn();
    const discovery::Provider *provider
        = m_providerId ? table.byId(*m_providerId) : table.byServer(m_account.server.host);
    output().message(sentenceOf(trouble));
    if (isRefused && provider) {
        const QStringList steps = discovery::hintSteps(*provider);
        for (const QString &step : steps)
            output().message(step);
        if (provider->hintUrl.isValid())
            output().message(provider->hintUrl.toString());
    }
    finish(exitCode(trouble));
}

void AccountServicesCommand::start()
{
    for (const SendingService &service : ProviderTable::builtIn().services()) {
        QJsonArray regions;
        QStringList names;
        for (const discovery::Region &region : service.regions) {
            regions.append(QJsonObject {
                { u"id"_s, region.id }, { u"name"_s, region.name }, { u"host"_s, region.host } });
            names += region.id;
        }
        QJsonArray servers;
        for (const accounts::Server &server : service.servers) {
            servers.append(QJsonObject { { u"host"_s, server.host },
                                         { u"port"_s, server.port },
                                         { u"security"_s, accounts::toString(server.security) } });
        }
        QString line = service.id + u"  "_s + service.name;
        if (!names.isEmpty())
            line += u"  "_s + names.join(u", "_s);
        output().result(QJsonObject { { u"id"_s, service.id },
                                      { u"name"_s, service.name },
                                      { u"regions"_s, regions },
                                      { u"servers"_s, servers },
                                      { u"user"_s, discovery::userHint(service) },
                                      { u"password"_s, discovery::passwordHint(service) },
                                      { u"sender_rule"_s, discovery::senderRule(service) },
                                      { u"documentation"_s, service.documentation.toString() } },
                        line);
    }
    Q_EMIT finished(ExitCode::Done);
}

} // namespace postrider::cli
