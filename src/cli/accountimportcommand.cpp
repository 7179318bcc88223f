// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/accountimportcommand.h"

#include "cli/input.h"
#include "delivery/words/words.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using accounts::FoundAccount;
using accounts::ImportError;
using Note = FoundAccount::Note;

namespace {

QString noteWord(Note note)
{
    switch (note) {
    case Note::NotEncryptedThere:
        return u"not-encrypted-there"_s;
    case Note::OptionalEncryption:
        return u"optional-encryption"_s;
    case Note::UnsupportedSignIn:
        return u"unsupported-sign-in"_s;
    case Note::OAuthSignIn:
        return u"oauth-sign-in"_s;
    case Note::ClientCertificate:
        return u"client-certificate"_s;
    case Note::CertificateNotChecked:
        return u"certificate-not-checked"_s;
    case Note::AddressMissing:
        return u"address-missing"_s;
    case Note::UserMissing:
        return u"user-missing"_s;
    case Note::ServerIncomplete:
        return u"server-incomplete"_s;
    case Note::SignatureSimplified:
        return u"signature-simplified"_s;
    case Note::SignatureLeftOut:
        return u"signature-left-out"_s;
    case Note::ProxyLeftOut:
        return u"proxy-left-out"_s;
    case Note::SignatureNotVerified:
        return u"signature-not-verified"_s;
    }
    return {};
}

QJsonObject toJson(const FoundAccount &found)
{
    const Account &account = found.account;
    QJsonArray notes;
    for (const Note note : found.notes)
        notes.append(noteWord(note));
    QJsonArray identities;
    for (const accounts::Identity &identity : account.identities)
        identities.append(identity.email);
    const QString program = accounts::programName(found.program);
    return { { u"program"_s, program.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(program) },
             { u"name"_s, account.displayName },
             { u"email"_s, account.email },
             { u"host"_s, account.server.host },
             { u"port"_s, account.server.port },
             { u"security"_s, accounts::toString(account.server.security) },
             { u"user"_s, account.user },
             { u"identities"_s, identities },
             { u"notes"_s, notes } };
}

QString toLine(const FoundAccount &found)
{
    const Account &account = found.account;
    const QString program = accounts::programName(found.program);
    QString way = account.command.join(u' ');
    if (way.isEmpty()) {
        way = account.server.host.isEmpty()
            ? u"-"_s
            : account.server.host + u':' + QString::number(account.server.port) + u"  "_s
                + accounts::toString(account.server.security);
    }
    const QString line = (account.email.isEmpty() ? u"-"_s : account.email) + u"  "_s + way;
    return program.isEmpty() ? line : line + u"  "_s + program;
}

} // namespace

AccountImportCommand::AccountImportCommand(const Context &context, AccountImport arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

/// Nothing else runs yet, so that the disk may be waited for.
void AccountImportCommand::start()
{
    if (m_arguments.file.isEmpty()) {
        m_found = accounts::findAccounts(accounts::ImportPlaces::ofThisComputer());
    } else {
        auto read = accounts::readAccountFile(m_arguments.file);
        if (!read) {
            const bool isMissing = read.error().kind == ImportError::Kind::Unreadable;
            return fail(delivery::sentence(read.error(), QFileInfo(m_arguments.file).fileName()),
                        isMissing ? ExitCode::LocalStorage : ExitCode::BadData);
        }
        m_found = read.value();
    }
    if (m_arguments.email.isEmpty())
        return list();
    if (choose())
        AccountCommand::start();
}

void AccountImportCommand::list()
{
    for (const FoundAccount &found : std::as_const(m_found)) {
        output().result(toJson(found), toLine(found));
        if (output().format() == Output::Format::Text)
            say(found);
    }
    if (m_found.isEmpty())
        output().message(tr("No account of another program was found."));
    finish(ExitCode::Done);
}

void AccountImportCommand::say(const FoundAccount &account)
{
    for (const Note note : account.notes)
        output().message(delivery::sentence(note));
}

bool AccountImportCommand::choose()
{
    const auto failed = [this](const QString &sentence) {
        fail(sentence, ExitCode::Configuration);
        return false;
    };
    const auto found = std::find_if(m_found.begin(), m_found.end(), [this](const FoundAccount &account) {
        return account.account.email.compare(m_arguments.email, Qt::CaseInsensitive) == 0;
    });
    if (found == m_found.end())
        return failed(tr("No account of %1 was found.").arg(m_arguments.email));
    m_account = found->account;
    if (m_account.name.isEmpty())
        m_account.name = m_account.email;
    say(*found);
    if (!m_arguments.signIn.user.isEmpty())
        m_account.user = m_arguments.signIn.user;
    if (m_account.oauth)
        return failed(tr("This account signs in with the browser: set it up in the window."));
    if (m_account.user.isEmpty() && m_arguments.signIn.source == SignIn::PasswordSource::None)
        return true;

    SignIn signIn = m_arguments.signIn;
    if (signIn.source == SignIn::PasswordSource::None) {
        if (!isTerminal())
            return failed(tr("%1 wants a password: add --password-stdin.").arg(m_account.server.host));
        signIn.source = SignIn::PasswordSource::StandardInput;
    }
    auto password = readPassword(signIn);
    if (!password)
        return failed(password.error().sentence);
    if (password.value())
        m_password = std::move(*password.value());
    if (m_account.user.isEmpty())
        m_account.user = m_account.email;
    return true;
}

void AccountImportCommand::opened()
{
    office().addAccount(m_account, std::move(m_password), m_arguments.proof, this,
                        orFail<Account>([this](const Account &account) { printAndFinish(account); }));
}

} // namespace postrider::cli
