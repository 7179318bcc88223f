// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/sendcommand.h"

#include "cli/draftinput.h"
#include "cli/input.h"
#include "delivery/words/words.h"
#include "mime/emlreader.h"
#include "mime/messagewriter.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using delivery::PostOffice;
using outbox::MessageState;

namespace {

/// --queue-only waits so long for the message to be written; it is safe before that.
constexpr std::chrono::seconds LongestWriting { 30 };

bool isSettled(const outbox::MessageSummary &message)
{
    switch (message.state) {
    case MessageState::Preparing:
    case MessageState::Queued:
    case MessageState::Sending:
        return false;
    case MessageState::Held:
        return message.hold != outbox::HoldReason::Undo; // it leaves by itself
    default:
        return true;
    }
}

/// Whether the account may work again without anybody having told us: its server is back, or this session has
/// the password store that the last one lacked.
bool endsByItself(const outbox::AccountHold &hold)
{
    using Kind = outbox::Problem::Kind;
    return hold.state == outbox::AccountHold::State::Waiting
        || (hold.state == outbox::AccountHold::State::Held
            && (hold.problem.kind == Kind::KeychainUnavailable || hold.problem.kind == Kind::KeychainLocked));
}

/// By trouble that a try might find mended. The end of a pace is none: the try would only overdraw it.
bool isHeldWithItsAccount(const outbox::MessageSummary &message)
{
    if (message.problem.kind == outbox::Problem::Kind::PaceReached)
        return false;
    return message.state == MessageState::Deferred
        || (message.state == MessageState::Held && message.hold == outbox::HoldReason::Account);
}

} // namespace

SendCommand::SendCommand(const Context &context, Send arguments)
    : SubmissionCommand(context, arguments.until)
    , m_arguments(std::move(arguments))
{
    connect(&office(), &PostOffice::troubled, this, &SendCommand::giveUp);
    connect(&office(), &PostOffice::practiceCaught, this,
            [this](const QString &file) { output().message(tr("Caught: %1").arg(file)); });
}

void SendCommand::start()
{
    if (readContent())
        SubmissionCommand::start();
}

bool SendCommand::readContent()
{
    if (!m_arguments.at.isEmpty()) {
        const auto time = readTime(m_arguments.at, clock().now());
        if (!time) {
            fail(time.error().sentence, ExitCode::Usage);
            return false;
        }
        m_notBefore = *time;
    }
    auto input = readDraft(m_arguments.content);
    if (!input) {
        fail(input.error().sentence, ExitCode::BadData);
        return false;
    }
    for (const QString &remark : std::as_const(input->remarks))
        output().message(remark);
    m_draft = std::move(input->draft);
    return !isFile() || readFileHeader();
}

bool SendCommand::readFileHeader()
{
    const auto recipients = toEnvelope(m_draft.recipients());
    if (!recipients) {
        fail(recipients.error().sentence, ExitCode::BadData);
        return false;
    }
    m_fileRecipients = recipients.value();

    QFile file(m_arguments.content.emlFiles.first());
    if (const auto open = openFile(file); !open) {
        fail(open.error().sentence, ExitCode::BadData);
        return false;
    }
    const auto header = mime::readEmlHeader(file);
    if (!header) {
        fail(tr("%1 is not a message that can be sent.").arg(file.fileName()), ExitCode::BadData);
        return false;
    }
    if (m_draft.from.localPart.isEmpty() && !header->from.isEmpty())
        m_draft.from = header->from.first();
    return true;
}

void SendCommand::opened()
{
    const auto account = chooseAccount();
    if (!account)
        return failForAccount();
    m_account = *account;
    office().accountHold(account->id, this, orFail<outbox::AccountHold>([this](const auto &hold) {
                             m_accountWaits = endsByItself(hold);
                             submit();
                         }));
}

void SendCommand::submit()
{
    if (isFile())
        submitFile(m_account);
    else
        submitDraft(m_account);
}

std::optional<Account> SendCommand::chooseAccount() const
{
    if (!m_arguments.account.isEmpty())
        return findAccount(m_arguments.account);

    const QList<Account> accounts = office().accounts();
    const QString sender = m_draft.from.localPart.isEmpty() ? QString() : m_draft.from.address();
    if (const auto own = accountOf(sender))
        return own;
    // A --from that belongs to no account is not silently sent through another one.
    if (accounts.isEmpty() || !m_arguments.content.from.isEmpty())
        return {};
    return accounts.first();
}

void SendCommand::failForAccount()
{
    if (!m_arguments.account.isEmpty()) {
        return fail(tr("There is no account \"%1\", or several begin like this.").arg(m_arguments.account),
                    ExitCode::Configuration);
    }
    if (office().accounts().isEmpty()) {
        return fail(
            tr("There is no account to send through. \"account add\" sets one up; --account practice only "
               "catches the message."),
            ExitCode::Configuration);
    }
    fail(tr("No account sends from %1; --account says which one to use.").arg(m_draft.from.address()),
         ExitCode::Configuration);
}

void SendCommand::submitDraft(const Account &account)
{
    if (m_draft.from.localPart.isEmpty()) {
        const auto own = mime::parseMailbox(account.email);
        if (!own)
            return fail(delivery::sentence(own.error()), ExitCode::Configuration);
        m_draft.from = own.value();
    }
    if (const auto identity = account.identityFor(m_draft.from.address());
        identity && m_draft.from.name.isEmpty())
        m_draft.from.name = identity->displayName;
    tellNotices();
    outbox::SendOptions options;
    options.accountId = account.id;
    options.services = delivery::toText(m_arguments.services);
    options.recording = m_arguments.recording;
    options.notBefore = m_notBefore;
    options.undoWindow = m_arguments.undoWindow;
    office().send(m_draft, options, this, thenWatch(patience()));
}

/// What will be written otherwise than asked for. Trouble with an attachment is the outbox's to tell.
void SendCommand::tellNotices()
{
    const auto prepared
        = mime::PreparedMessage::prepare(m_draft, mime::makeStamp(m_draft.from, clock().now()));
    if (!prepared)
        return;
    for (const mime::WriteNotice &notice : prepared->notices())
        output().message(delivery::sentence(notice));
}

void SendCommand::submitFile(const Account &account)
{
    // Reports of failure come back to the address that the message is from, when it is one of the account's.
    const QString author = m_draft.from.localPart.isEmpty() ? QString() : m_draft.from.address();
    const auto identity = account.identityFor(author);
    const auto own = mime::parseMailbox(identity ? identity->email : account.email);
    if (!own)
        return fail(delivery::sentence(own.error()), ExitCode::Configuration);
    const auto reversePath = mime::wireAddress(own.value());
    if (!reversePath)
        return fail(delivery::sentence(reversePath.error()), ExitCode::Configuration);

    const outbox::SendOptions options { .accountId = account.id,
                                        .reversePath = reversePath.value(),
                                        .recipients = m_fileRecipients,
                                        .services = delivery::toText(m_arguments.services),
                                        .recording = m_arguments.recording,
                                        .notBefore = m_notBefore,
                                        .undoWindow = m_arguments.undoWindow };
    const QString path = QFileInfo(m_arguments.content.emlFiles.first()).absoluteFilePath();
    office().sendFile(path, options, this, thenWatch(patience()));
}

std::chrono::milliseconds SendCommand::patience() const
{
    return m_arguments.until == Send::Until::Queued ? LongestWriting : m_arguments.wait;
}

void SendCommand::judge()
{
    const outbox::MessageSummary &message = details().summary;
    if (m_arguments.until == Send::Until::Queued) {
        if (message.state != MessageState::Preparing)
            conclude(ExitCode::Done);
        return;
    }
    if (!isSettled(message))
        return;
    if (isHeldWithItsAccount(message) && std::exchange(m_accountWaits, false)) {
        // Who sends now wants a try now, not at the account's next time.
        // It may be on its way already, which is as good.
        office().act(messageId(), PostOffice::Action::Retry, this,
                     [this](const base::Expected<void, delivery::Trouble> & /*accepted*/) { look(); });
        return;
    }
    conclude(exitCode(message));
}

void SendCommand::timeUp()
{
    if (m_arguments.until == Send::Until::Queued)
        conclude(ExitCode::Done);
    else
        conclude(ExitCode::TryLater, tr("The time to wait is up; the message stays in the outbox."));
}

/// Nothing can go as long as the disk takes nothing, and nobody knows how long that is.
void SendCommand::giveUp(const delivery::Trouble &trouble)
{
    const bool isPassing = exitCode(trouble) == ExitCode::TryLater; // another program has it for a moment
    if (!isInOutbox() || isPassing)
        return;
    //: What is wrong with the disk.
    conclude(exitCode(trouble), tr("%1 The message stays in the outbox.").arg(delivery::sentence(trouble)));
}

void SendCommand::interrupted()
{
    if (!isInOutbox())
        return fail(tr("Interrupted."), ExitCode::TryLater);
    conclude(ExitCode::TryLater, tr("Interrupted; the message stays in the outbox."));
}

void SendCommand::conclude(ExitCode code, const QString &remark)
{
    if (isFinishing())
        return;
    const outbox::MessageSummary &message = details().summary;

    SendReport report = makeReport(details(), m_account);
    report.sentence = remark.isEmpty() ? delivery::stateSentence(message, clock().now()) : remark;

    output().message(report.sentence);
    bool quoted = false;
    for (const outbox::Recipient &recipient : message.recipients) {
        if (recipient.text.isEmpty() || recipient.state == outbox::RecipientState::Sent)
            continue;
        output().message(delivery::recipientSentence(recipient, message));
        quoted = true;
    }
    if (const QString evidence = delivery::evidence(message.problem); !quoted && !evidence.isEmpty())
        output().message(evidence);
    output().result(toJson(report), messageId());
    finish(code);
}

} // namespace postrider::cli
