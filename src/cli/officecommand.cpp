// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/officecommand.h"

#include "delivery/words/words.h"

#include <algorithm>

namespace postrider::cli {

using accounts::Account;
using delivery::PostOffice;

OfficeCommand::OfficeCommand(const Context &context, PostOffice::Delivery delivery)
    : RunningCommand(context)
    , m_office({ context.profileFolder, delivery }, m_secrets, m_clock)
{
    connect(&m_office, &PostOffice::opened, this, [this](const PostOffice::OpenReport &report) {
        m_open = true;
        warn(report);
        if (isFinishing())
            m_office.close(); // interrupted while it opened
        else
            opened();
    });
    connect(&m_office, &PostOffice::openFailed, this, [this](const delivery::Trouble &trouble) {
        if (isFinishing())
            Q_EMIT finished(*m_exitCode);
        else
            fail(trouble);
    });
    connect(&m_office, &PostOffice::copyFailed, this,
            [this](const outbox::FileError &error) { output().message(delivery::copySentence(error)); });
    connect(&m_office, &PostOffice::closed, this,
            [this] { Q_EMIT finished(m_exitCode.value_or(ExitCode::Bug)); });
}

void OfficeCommand::start()
{
    m_signals = std::make_unique<base::TerminationSignals>();
    connect(m_signals.get(), &base::TerminationSignals::terminationRequested, this, [this] {
        if (!isFinishing())
            interrupted();
    });
    m_office.open();
}

void OfficeCommand::interrupted()
{
    output().message(tr("Interrupted."));
    finish(ExitCode::TryLater);
}

void OfficeCommand::fail(const QString &sentence, ExitCode code)
{
    output().message(sentence);
    finish(code);
}

QString OfficeCommand::sentenceOf(const delivery::Trouble &trouble)
{
    QString words = delivery::sentence(trouble);
    if (const auto *problem = std::get_if<outbox::Problem>(&trouble)) {
        if (const QString evidence = delivery::evidence(*problem); !evidence.isEmpty())
            words += u' ' + evidence;
    }
    return words;
}

void OfficeCommand::fail(const delivery::Trouble &trouble)
{
    fail(sentenceOf(trouble), exitCode(trouble));
}

void OfficeCommand::finish(ExitCode code)
{
    if (isFinishing())
        return;
    m_exitCode = code;
    if (m_open)
        m_office.close();
    else
        Q_EMIT finished(code);
}

std::optional<Account> OfficeCommand::findAccount(const QString &word) const
{
    if (const auto account = m_office.account(word))
        return account;

    const auto only = [this](auto matches) -> std::optional<Account> {
        QList<Account> found;
        const QList<Account> accounts = m_office.accounts();
        std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(found), matches);
        return found.size() == 1 ? std::optional(found.first()) : std::nullopt;
    };
    if (const auto account = only([&word](const Account &candidate) {
            return candidate.email.compare(word, Qt::CaseInsensitive) == 0;
        }))
        return account;
    return only(
        [&word](const Account &candidate) { return candidate.id.startsWith(word, Qt::CaseInsensitive); });
}

std::optional<Account> OfficeCommand::accountOf(const QString &address) const
{
    const QList<Account> accounts = m_office.accounts();
    // An account whose own address it is comes before one that has it as a further address.
    const auto own = std::find_if(accounts.begin(), accounts.end(), [&address](const Account &account) {
        return account.email.compare(address, Qt::CaseInsensitive) == 0;
    });
    if (own != accounts.end())
        return *own;
    const auto also = std::find_if(accounts.begin(), accounts.end(), [&address](const Account &account) {
        return account.identityFor(address).has_value();
    });
    return also == accounts.end() ? std::nullopt : std::optional(*also);
}

void OfficeCommand::warn(const PostOffice::OpenReport &report)
{
    if (!report.damagedDatabase.isEmpty()) {
        output().message(tr("The outbox was damaged. It was set aside as %1, and a new one was begun.")
                             .arg(report.damagedDatabase));
    }
    if (!report.damagedAccounts.isEmpty()) {
        output().message(
            tr("The list of accounts was damaged. It was set aside as %1, and a new one was begun.")
                .arg(report.damagedAccounts));
    }
}

} // namespace postrider::cli
