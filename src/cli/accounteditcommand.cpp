// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/accounteditcommand.h"

#include "cli/input.h"

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using accounts::Identity;
using accounts::Security;
using accounts::Server;
using delivery::PostOffice;

namespace {

bool isSameAddress(const QString &one, const QString &other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

QJsonObject toJson(const Identity &identity)
{
    return { { u"email"_s, identity.email },
             { u"name"_s, identity.displayName },
             { u"reply_to"_s, identity.replyTo },
             { u"signature"_s, identity.signature } };
}

} // namespace

AccountEditCommand::AccountEditCommand(const Context &context, AccountEdit arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountEditCommand::start()
{
    if (readValues())
        AccountCommand::start();
}

bool AccountEditCommand::readValues()
{
    const auto failed = [this](const InputError &error, ExitCode code) {
        fail(error.sentence, code);
        return false;
    };
    if (m_arguments.email) {
        const auto sender = readMailbox(*m_arguments.email);
        if (!sender)
            return failed(sender.error(), ExitCode::BadData);
        m_arguments.email = sender->address();
    }
    if (m_arguments.replyTo && !m_arguments.replyTo->isEmpty()) {
        if (const auto replyTo = readMailboxes({ *m_arguments.replyTo }); !replyTo)
            return failed(replyTo.error(), ExitCode::BadData);
    }
    if (m_arguments.signatureFile) {
        m_signature = QString();
        if (!m_arguments.signatureFile->isEmpty()) {
            const auto text = readText(*m_arguments.signatureFile);
            if (!text)
                return failed(text.error(), ExitCode::BadData);
            m_signature = text.value();
        }
    }
    if (m_arguments.caFile && !m_arguments.caFile->isEmpty()) {
        const auto file = readableFile(*m_arguments.caFile);
        if (!file)
            return failed(file.error(), ExitCode::Configuration);
        m_arguments.caFile = file.value();
    }
    auto password = readPassword(m_arguments.signIn);
    if (!password)
        return failed(password.error(), ExitCode::Configuration);
    m_password = std::move(password).value();
    return true;
}

/// A port that is named without its protection has the one that is usual for it, as with `account add`.
Server AccountEditCommand::changed(const Server &server) const
{
    Server changed = server;
    if (m_arguments.host)
        changed.host = *m_arguments.host;
    if (m_arguments.port) {
        changed.port = *m_arguments.port;
        if (changed.port == 465)
            changed.security = Security::Tls;
        else if (changed.port == 25 || changed.port == 587 || changed.port == 2525)
            changed.security = Security::StartTls;
    }
    if (m_arguments.security)
        changed.security = *m_arguments.security;
    return changed;
}

void AccountEditCommand::opened()
{
    const auto found = findOrFail(m_arguments.id);
    if (!found)
        return;
    if (found->isPractice())
        return fail(tr("The practice account can't be changed."), ExitCode::Configuration);
    Account account = *found;
    account.email = m_arguments.email.value_or(account.email);
    if (m_arguments.name) {
        account.displayName = *m_arguments.name;
        account.name = m_arguments.name->isEmpty() ? account.email : *m_arguments.name;
    }
    account.replyTo = m_arguments.replyTo.value_or(account.replyTo);
    account.signature = m_signature.value_or(account.signature);
    account.server = changed(account.server);
    if (account.server.host != found->server.host)
        account.alternates.clear(); // of the other host
    else
        account.alternates.removeAll(account.server);
    if (account.server != found->server)
        account.command.clear();
    account.user = m_arguments.user.value_or(account.user);
    if (m_password && account.user.isEmpty())
        account.user = account.email;
    account.caFile = m_arguments.caFile.value_or(account.caFile);
    account.pinnedKey = m_arguments.pinnedKey.value_or(account.pinnedKey);
    account.clientName = m_arguments.clientName.value_or(account.clientName);
    if (m_arguments.hasMechanism)
        account.auth = m_arguments.signIn.mechanism;
    if (account.server.security == Security::None
        && !accounts::isPlaintextAllowed(account.server.host, !account.user.isEmpty()))
        return fail(plaintextRefused(), ExitCode::Configuration);

    office().updateAccount(account, m_arguments.proof, std::move(m_password), PostOffice::Keeping::Keychain,
                           this, orFail<Account>([this](const Account &saved) { printAndFinish(saved); }));
}

void IdentityCommand::print(const Account &account)
{
    const QList<Identity> identities = account.allIdentities();
    for (const Identity &identity : identities) {
        QString line = identity.email;
        if (!identity.displayName.isEmpty())
            line += u"  "_s + identity.displayName;
        if (!identity.replyTo.isEmpty())
            line += u"  "_s + tr("answers to %1").arg(identity.replyTo);
        output().result(toJson(identity), line);
    }
}

void IdentityCommand::save(const Account &account, PostOffice::Proof proof)
{
    office().updateAccount(account, proof, std::nullopt, PostOffice::Keeping::Keychain, this,
                           orFail<Account>([this](const Account &saved) {
                               print(saved);
                               finish(ExitCode::Done);
                           }));
}

IdentityAddCommand::IdentityAddCommand(const Context &context, IdentityAdd arguments)
    : IdentityCommand(context)
    , m_arguments(std::move(arguments))
{ }

void IdentityAddCommand::start()
{
    const auto sender = readMailbox(m_arguments.email);
    if (!sender)
        return fail(sender.error().sentence, ExitCode::BadData);
    m_identity.email = sender->address();
    m_identity.displayName = m_arguments.name.isEmpty() ? sender->name : m_arguments.name;
    if (!m_arguments.replyTo.isEmpty()) {
        if (const auto replyTo = readMailboxes({ m_arguments.replyTo }); !replyTo)
            return fail(replyTo.error().sentence, ExitCode::BadData);
        m_identity.replyTo = m_arguments.replyTo;
    }
    if (!m_arguments.signatureFile.isEmpty()) {
        const auto text = readText(m_arguments.signatureFile);
        if (!text)
            return fail(text.error().sentence, ExitCode::BadData);
        m_identity.signature = text.value();
    }
    IdentityCommand::start();
}

void IdentityAddCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (isSameAddress(account->email, m_identity.email))
        return fail(
            tr("%1 is the account's own address: change it with \"account edit\".").arg(m_identity.email),
            ExitCode::Configuration);
    Account changed = *account;
    const auto same = std::find_if(
        changed.identities.begin(), changed.identities.end(),
        [this](const Identity &identity) { return isSameAddress(identity.email, m_identity.email); });
    if (same == changed.identities.end()) {
        changed.identities += m_identity;
    } else {
        m_identity.id = same->id;
        *same = m_identity;
    }
    save(changed, m_arguments.proof);
}

IdentityListCommand::IdentityListCommand(const Context &context, IdentityList arguments)
    : IdentityCommand(context)
    , m_arguments(std::move(arguments))
{ }

void IdentityListCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    print(*account);
    finish(ExitCode::Done);
}

IdentityRemoveCommand::IdentityRemoveCommand(const Context &context, IdentityRemove arguments)
    : IdentityCommand(context)
    , m_arguments(std::move(arguments))
{ }

void IdentityRemoveCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    Account changed = *account;
    const auto removed = changed.identities.removeIf(
        [this](const Identity &identity) { return isSameAddress(identity.email, m_arguments.email); });
    if (removed == 0)
        return fail(tr("The account has no further address \"%1\".").arg(m_arguments.email),
                    ExitCode::Configuration);
    save(changed, PostOffice::Proof::None);
}

} // namespace postrider::cli
