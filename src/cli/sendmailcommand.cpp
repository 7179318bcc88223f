// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/sendmailcommand.h"

#include "cli/input.h"
#include "delivery/words/words.h"

#include <QFile>

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using base::Unexpected;
using delivery::PostOffice;
using mime::Mailbox;
using outbox::MessageState;

namespace {

Unexpected<SendmailError> bad(const mime::AddressError &error)
{
    return Unexpected(SendmailError { delivery::sentence(error), ExitCode::BadData });
}

bool isOnItsWay(MessageState state)
{
    return state == MessageState::Queued || state == MessageState::Sending;
}

} // namespace

SendmailCommand::SendmailCommand(const Context &context, Sendmail arguments)
    : SubmissionCommand(context, arguments.until)
    , m_arguments(std::move(arguments))
    , m_message(context.profileFolder)
{
    connect(&office(), &PostOffice::progressed, this, [this](const delivery::Progress &progress) {
        using Phase = delivery::Progress::Phase;
        m_idle = false;
        if (progress.id == messageId())
            m_accepted = progress.phase == Phase::WaitingForAnswer
                || (progress.phase == Phase::Sending && progress.octets > 0);
    });
    connect(&office(), &PostOffice::idle, this, [this] {
        m_idle = true;
        look();
    });
    connect(&office(), &PostOffice::troubled, this, [this] {
        if (isInOutbox())
            conclude(); // nothing can go as long as the disk takes nothing
    });
}

void SendmailCommand::start()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail(tr("Standard input cannot be read: %1").arg(input.errorString()), ExitCode::BadData);
    if (const auto taken = m_message.take(input, m_arguments.loneDot); !taken)
        return fail(taken.error().sentence, taken.error().code);
    SubmissionCommand::start();
}

void SendmailCommand::opened()
{
    const auto account = chooseAccount();
    if (account)
        return submit(*account);
    fail(m_arguments.account.isEmpty()
             ? tr("There is no account to send through. \"account add\" sets one up; --account practice only "
                  "catches the message.")
             : tr("There is no account \"%1\", or several begin like this.").arg(m_arguments.account),
         ExitCode::Configuration);
}

QList<Mailbox> SendmailCommand::senders() const
{
    QList<Mailbox> senders;
    if (const auto given = mime::parseMailbox(m_arguments.sender.value_or(QString())))
        senders += *given;
    return senders + m_message.senders();
}

accounts::Identity SendmailCommand::identityOf(const Account &account) const
{
    const QList<Mailbox> named = senders();
    for (const Mailbox &sender : named) {
        if (const auto identity = account.identityFor(sender.address()))
            return *identity;
    }
    return account.allIdentities().first();
}

std::optional<Account> SendmailCommand::chooseAccount() const
{
    if (!m_arguments.account.isEmpty())
        return findAccount(m_arguments.account);
    const QList<Mailbox> named = senders();
    for (const Mailbox &sender : named) {
        if (const auto account = accountOf(sender.address()))
            return account;
    }
    const QList<Account> accounts = office().accounts();
    return accounts.isEmpty() ? std::nullopt : std::optional(accounts.first());
}

Taken<QList<QByteArray>> SendmailCommand::recipients(const Mailbox &author) const
{
    QList<Mailbox> mailboxes;
    for (const QString &argument : m_arguments.recipients) {
        const auto named = readQualified(argument, author, mime::AddressSource::Person);
        if (!named)
            return bad(named.error());
        mailboxes += *named;
    }
    if (m_arguments.recipientsFrom == Sendmail::RecipientsFrom::Header) {
        const auto named = m_message.recipients();
        if (!named)
            return Unexpected(named.error());
        mailboxes += *named;
    }
    if (mailboxes.isEmpty())
        return Unexpected(SendmailError { tr("The message names no recipient."), ExitCode::BadData });
    const auto envelope = toEnvelope(mailboxes);
    if (!envelope)
        return Unexpected(SendmailError { envelope.error().sentence, ExitCode::BadData });
    return *envelope;
}

Taken<QByteArray> SendmailCommand::reversePath(const Mailbox &author) const
{
    QList<Mailbox> senders { author };
    if (m_arguments.sender) {
        const auto named = readQualified(*m_arguments.sender, author, mime::AddressSource::Person);
        if (!named)
            return bad(named.error());
        if (named->size() != 1) {
            return Unexpected(SendmailError {
                tr("\"%1\" is no sender: exactly one address is needed.").arg(*m_arguments.sender),
                ExitCode::BadData });
        }
        senders = *named;
    }
    const auto wire = mime::wireAddress(senders.first());
    if (!wire)
        return bad(wire.error());
    return *wire;
}

void SendmailCommand::submit(const Account &account)
{
    m_account = account;
    const accounts::Identity identity = identityOf(account);
    auto own = mime::parseMailbox(identity.email);
    if (!own)
        return fail(delivery::sentence(own.error()), ExitCode::Configuration);
    Mailbox author = *own;
    author.name = m_arguments.fullName.isEmpty() ? identity.displayName : m_arguments.fullName;

    if (const auto completed = m_message.complete(author); !completed)
        return fail(completed.error().sentence, completed.error().code);
    const auto addresses = recipients(author);
    if (!addresses)
        return fail(addresses.error().sentence, addresses.error().code);
    const auto sender = reversePath(author);
    if (!sender)
        return fail(sender.error().sentence, sender.error().code);

    outbox::SendOptions options;
    options.accountId = account.id;
    options.reversePath = *sender;
    options.recipients = *addresses;
    options.services
        = delivery::toText({ .refusedRecipients = delivery::Services::RefusedRecipients::SendToOthers });
    office().sendFile(m_message.path(), options, this, thenWatch(m_arguments.wait));
}

void SendmailCommand::judge()
{
    if (m_arguments.until == Send::Until::Queued)
        return conclude();
    // The right to deliver was asked for before this answer, so it is known by now who has it.
    if (!office().isDelivering()) {
        // One that delivers but cannot be woken may be about to end; then it is this one's turn soon.
        if (office().wakeDeliverer() || !isOnItsWay(details().summary.state))
            conclude();
        return;
    }
    if (!isOnItsWay(details().summary.state) && (m_idle || m_timeIsUp))
        conclude();
}

void SendmailCommand::timeUp()
{
    m_timeIsUp = true;
    if (m_accepted)
        look(); // the rest of this message is waited for
    else
        conclude();
}

void SendmailCommand::interrupted()
{
    if (!isInOutbox())
        return fail(tr("Interrupted."), ExitCode::TryLater);
    conclude();
}

void SendmailCommand::conclude()
{
    if (isFinishing())
        return;
    const outbox::MessageSummary &message = details().summary;
    SendReport report = makeReport(details(), m_account);
    report.sentence = delivery::stateSentence(message, clock().now());
    output().result(toJson(report));
    // What is sent or goes on by itself says nothing: programs mail what a command of theirs prints.
    const bool goesOn = message.state == MessageState::Sent || isOnItsWay(message.state);
    if (!goesOn) {
        output().message(report.sentence);
        if (const QString evidence = delivery::evidence(message.problem); !evidence.isEmpty())
            output().message(evidence);
    }
    finish(ExitCode::Done);
}

} // namespace postrider::cli
