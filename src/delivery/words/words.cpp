// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using outbox::HoldReason;
using outbox::MessageState;
using outbox::MessageSummary;
using outbox::Problem;
using outbox::RecipientState;

namespace {

/// Gives the sentences below one place among the translations.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// A server's own words: quoted, and kept from turning the direction of the sentence around them.
QString quoted(const QString &text)
{
    return u"“"_s + QChar(0x2068) + text + QChar(0x2069) + u"”"_s;
}

QString server(const Problem &problem)
{
    return problem.host.isEmpty() ? Words::tr("The server") : problem.host;
}

QString size(qint64 octets)
{
    return QLocale().formattedDataSize(octets, 1, QLocale::DataSizeSIFormat);
}

QString time(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    const QString format = local.date() == now.toLocalTime().date()
        ? QLocale().toString(local.time(), QLocale::ShortFormat)
        : QLocale().toString(local, QLocale::ShortFormat);
    return format;
}

/// "in 4 minutes", for the clock beside an absolute time.
QString fromNow(const QDateTime &at, const QDateTime &now)
{
    const qint64 seconds = qMax<qint64>(0, now.secsTo(at));
    if (seconds < 60)
        return Words::tr("in less than a minute");
    if (seconds < 2 * 3600)
        return Words::tr("in %n minute(s)", nullptr, static_cast<int>((seconds + 30) / 60));
    return Words::tr("in %n hour(s)", nullptr, static_cast<int>((seconds + 1800) / 3600));
}

/// Nothing that the certificate check stopped has reached the server; people need to hear that.
QString nothingShown()
{
    return Words::tr("Nothing was sent, and your password was not shown to it.");
}

QString unsupportedService(const Problem &problem)
{
    if (problem.subject == u"REQUIRETLS")
        return Words::tr("%1 can't promise that the message stays encrypted on the whole way.")
            .arg(server(problem));
    if (problem.subject == u"FUTURERELEASE") {
        return problem.limit > 0
            ? Words::tr("%1 does not keep messages back for so long.").arg(server(problem))
            : Words::tr("%1 does not keep messages back for later.").arg(server(problem));
    }
    return problem.limit > 0
        ? Words::tr("%1 can't promise to deliver within so short a time.").arg(server(problem))
        : Words::tr("%1 can't promise to deliver within a time.").arg(server(problem));
}

bool isPractice(const MessageSummary &message)
{
    return message.accountId == accounts::Account::practiceId();
}

QString safe()
{
    return Words::tr("Your message is safe in the Outbox.");
}

/// What the system says is wrong; it does not always say anything.
QString cause(const QString &reason)
{
    return reason.isEmpty() ? Words::tr("cause unknown") : reason;
}

/// A person, and no server, said that the recipient has it: an accepting server always leaves its reply.
bool isMarkedAsSent(const outbox::Recipient &recipient)
{
    return recipient.state == RecipientState::Sent && recipient.code == 0;
}

QString joined(std::initializer_list<QString> sentences)
{
    QStringList parts;
    for (const QString &sentence : sentences) {
        if (!sentence.isEmpty())
            parts += sentence;
    }
    return parts.join(u' ');
}

} // namespace

QString sentence(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::None:
        return {};
    case Kind::HostNotFound:
        return Words::tr(
                   "%1 can't be found. The name may be misspelled, or the name lookup of this network is not "
                   "working.")
            .arg(server(problem));
    case Kind::LookupFailed:
        return Words::tr("The name lookup of this network gives no answer for %1.").arg(server(problem));
    case Kind::ConnectionRefused:
        return Words::tr("%1 is there, but nothing answers on port %2.")
            .arg(server(problem))
            .arg(problem.port);
    case Kind::ConnectTimedOut:
        return Words::tr("%1 does not answer on port %2. Many networks block this port.")
            .arg(server(problem))
            .arg(problem.port);
    case Kind::Unreachable:
        return Words::tr("This network has no way to %1.").arg(server(problem));
    case Kind::ProxyFailed:
        return Words::tr("The proxy of this network does not lead to %1.").arg(server(problem));
    case Kind::ConnectionLost:
        return Words::tr("The connection to %1 broke. Nothing was delivered.").arg(server(problem));
    case Kind::TimedOut:
        return Words::tr("%1 stopped answering. Nothing was delivered.").arg(server(problem));
    case Kind::ProtocolError:
        return Words::tr("%1 gave an answer that Postrider does not understand.").arg(server(problem));
    case Kind::ServerBusy:
        return Words::tr("%1 is busy or being maintained.").arg(server(problem));
    case Kind::ServerRefusedClient:
        return Words::tr("%1 refuses mail from this computer or its network.").arg(server(problem));
    case Kind::TlsMissing:
        return Words::
            tr("%1 offers no encryption on port %2. Postrider does not send mail or passwords readable for "
               "others.")
                .arg(server(problem))
                .arg(problem.port);
    case Kind::TlsWithdrawn:
        return joined({ Words::tr("%1 offers no encryption any more, but it did before. Somebody may be "
                                  "intercepting the connection.")
                            .arg(server(problem)),
                        nothingShown() });
    case Kind::TlsTampered:
        return joined(
            { Words::tr("Someone may be interfering with the connection to %1: data arrived where none may "
                        "be.")
                  .arg(server(problem)),
              nothingShown() });
    case Kind::TlsFailed:
        return Words::tr("%1 and this computer could not agree on a safe encryption.").arg(server(problem));
    case Kind::CertificateName:
        return joined({ problem.subject.isEmpty()
                            ? Words::tr("The server that answered is not %1.").arg(server(problem))
                            : Words::tr("The server that answered is not %1: it identifies itself as %2.")
                                  .arg(server(problem), problem.subject),
                        nothingShown() });
    case Kind::CertificateUntrusted:
        return joined(
            { Words::tr("%1 can't prove who it is: its certificate is signed by nobody this computer knows.")
                  .arg(server(problem)),
              nothingShown() });
    case Kind::CertificateExpired:
        return joined(
            { Words::tr("The certificate of %1 has expired (%2).").arg(server(problem), problem.subject),
              nothingShown() });
    case Kind::CertificateNotYetValid:
        return joined(
            { Words::tr("The certificate of %1 is not valid yet. The clock of this computer may be wrong.")
                  .arg(server(problem)),
              nothingShown() });
    case Kind::CertificatePurpose:
        return joined({ Words::tr("The certificate of %1 was not made for a server.").arg(server(problem)),
                        nothingShown() });
    case Kind::CertificatePin:
        return joined(
            { Words::tr("%1 shows another certificate than the one you trusted.").arg(server(problem)),
              nothingShown() });
    case Kind::CertificateWeak:
        return joined({ Words::tr("The certificate of %1 has a key so short that others can copy it.")
                            .arg(server(problem)),
                        nothingShown() });
    case Kind::SignInRefused:
        return problem.stage == u"mail"
            ? Words::tr("%1 wants you to sign in before it sends mail.").arg(server(problem))
            : Words::tr("%1 refused the user name or password.").arg(server(problem));
    case Kind::SignInUnavailable:
        return Words::tr("%1 can't check passwords at the moment.").arg(server(problem));
    case Kind::NoMechanism:
        return Words::tr("%1 offers no way to sign in that Postrider can use safely.").arg(server(problem));
    case Kind::MechanismWithdrawn:
        return joined({ Words::tr("%1 no longer offers the safe way to sign in that it offered before (%2). "
                                  "Somebody may be intercepting the connection.")
                            .arg(server(problem), problem.subject),
                        nothingShown() });
    case Kind::ServerNotVerified:
        return Words::tr("%1 accepted the password without showing that it knows it. It may be somebody "
                         "else's server. Nothing was sent.")
            .arg(server(problem));
    case Kind::PasswordMissing:
        return Words::tr("The password of this account is not stored on this computer.");
    case Kind::KeychainLocked:
        return Words::tr("The password store is locked, so Postrider can't sign in.");
    case Kind::KeychainUnavailable:
        return Words::tr("This session has no working password store.");
    case Kind::SenderRefused:
        return Words::tr("%1 does not accept mail from your address.").arg(server(problem));
    case Kind::RecipientRefused:
        return problem.enhanced == "5.1.1"
            ? Words::tr("There is no mailbox %1, says %2.").arg(problem.subject, server(problem))
            : Words::tr("%1 does not accept mail for %2.").arg(server(problem), problem.subject);
    case Kind::RecipientDeferred:
        return Words::tr("%1 does not take mail for %2 at the moment.").arg(server(problem), problem.subject);
    case Kind::MessageRefused:
        return Words::tr("%1 refused the message.").arg(server(problem));
    case Kind::MessageDeferred:
        return Words::tr("%1 could not take the message now.").arg(server(problem));
    case Kind::TooLarge:
        return problem.limit > 0
            ? Words::tr("The message is %1 as sent; %2 takes %3.")
                  .arg(size(problem.size), server(problem), size(problem.limit))
            : Words::tr("%1 says the message is too large (%2).").arg(server(problem), size(problem.size));
    case Kind::TooManyRecipients:
        return Words::tr("%1 does not take a message for so many recipients.").arg(server(problem));
    case Kind::ServiceUnsupported:
        return unsupportedService(problem);
    case Kind::AddressNeedsUtf8:
        return problem.subject.isEmpty()
            ? Words::tr("%1 does not know letters like “ü” before the @ of an address.").arg(server(problem))
            : Words::tr("%1 does not know letters like “ü” before the @ of an address, as in %2.")
                  .arg(server(problem), problem.subject);
    case Kind::ContentNeedsEightBit:
        return Words::tr("%1 does not take this file as it is (8-bit text).").arg(server(problem));
    case Kind::OutcomeUnknown:
        return Words::tr("The connection broke at the very end. The message may or may not have been sent.");
    case Kind::Interrupted:
        return Words::tr("Sending was stopped. Nothing was delivered.");
    case Kind::ContentMissing:
        return Words::tr("The message's file is gone or can't be read: %1").arg(problem.subject);
    case Kind::AttachmentUnreadable:
        return Words::tr("%1 can't be read.").arg(problem.subject);
    case Kind::AccountMissing:
        return Words::tr("The account of this message does not exist any more.");
    case Kind::PracticeFailed:
        return Words::tr("The practice mailbox can't start.");
    case Kind::Internal:
        return Words::tr(
            "Postrider refused to send this message, because its addresses are not safe to send.");
    }
    Q_UNREACHABLE();
}

QString advice(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::HostNotFound:
        return Words::tr("Check the server's name.");
    case Kind::ConnectionRefused:
    case Kind::ConnectTimedOut:
        return Words::tr("Check the port, or try another network.");
    case Kind::TlsMissing:
        return Words::tr("Use a port with encryption: 465 or 587.");
    case Kind::CertificateName:
    case Kind::CertificateUntrusted:
    case Kind::CertificateExpired:
    case Kind::CertificatePurpose:
    case Kind::CertificatePin:
    case Kind::CertificateWeak:
        return Words::tr("Check the server's name with your provider.");
    case Kind::TlsWithdrawn:
    case Kind::MechanismWithdrawn:
    case Kind::ServerNotVerified:
        return Words::tr("Try another network. If your provider has changed its server, set up the account "
                         "again.");
    case Kind::ProxyFailed:
        return Words::tr("Check the proxy in the settings of this computer.");
    case Kind::TooManyRecipients:
        return Words::tr("Send it to fewer people at a time.");
    case Kind::ServiceUnsupported:
        return Words::tr("Send it without this wish, or through another account.");
    case Kind::CertificateNotYetValid:
        return Words::tr("Check this computer's date and time.");
    case Kind::SignInRefused:
        return problem.stage == u"mail"
            ? Words::tr("Add user name and password to the account.")
            : Words::tr("Enter the password again; many providers want an app password.");
    case Kind::PasswordMissing:
        return Words::tr("Enter the password.");
    case Kind::KeychainLocked:
        return Words::tr("Unlock the password store and try again.");
    case Kind::KeychainUnavailable:
        return Words::tr("Start a password store such as GNOME Keyring or KWallet and try again.");
    case Kind::RecipientRefused:
        return Words::tr("Check the address.");
    case Kind::TooLarge:
        return Words::tr("Make the attachments smaller.");
    case Kind::OutcomeUnknown:
        return Words::tr("Ask the recipient, then choose “It arrived” or “Send again”.");
    case Kind::AddressNeedsUtf8:
        return Words::tr("Use another address or another account.");
    case Kind::SenderRefused:
        return Words::tr("Use the address that belongs to this account.");
    default:
        return {};
    }
}

QString serverWords(const Problem &problem)
{
    if (problem.code == 0)
        return problem.text;
    QStringList parts { QString::number(problem.code) };
    if (!problem.enhanced.isEmpty())
        parts += QString::fromLatin1(problem.enhanced);
    if (!problem.text.isEmpty())
        parts += problem.text;
    return parts.join(u' ');
}

QString evidence(const Problem &problem)
{
    const QString words = serverWords(problem);
    if (words.isEmpty() || sentence(problem).contains(words))
        return {};
    return problem.code == 0 ? Words::tr("Details: %1").arg(words)
                             : Words::tr("The server said: %1").arg(words);
}

QString sentence(const outbox::StoreError &error)
{
    using Kind = outbox::StoreError::Kind;
    switch (error.kind) {
    case Kind::ReadOnly:
        return Words::tr("The folder with your mail can't be written (%1).").arg(cause(error.reason));
    case Kind::DiskFull:
        return Words::tr("The message can't be kept safe: there is no room on the disk.");
    case Kind::Busy:
        return Words::tr("Another program keeps the outbox locked. Try again in a moment.");
    case Kind::Damaged:
        return Words::tr("The outbox can't be read, and it could not be set aside (%1).")
            .arg(cause(error.reason));
    case Kind::NewerVersion:
        return Words::tr("The outbox was written by a newer version of Postrider and is left alone.");
    case Kind::AttachmentUnreadable:
        return Words::tr("%1 can't be read (%2).").arg(error.subject, cause(error.reason));
    case Kind::BadAddress:
        return Words::tr("%1 is not an address that mail can be sent to.").arg(quoted(error.subject));
    case Kind::NotAMessage:
        return Words::tr("%1 is not a mail message.").arg(error.subject);
    case Kind::NotConvertible:
        return Words::tr("The message can't be brought into the form that the server takes (%1).")
            .arg(cause(error.reason));
    case Kind::NoSuchMessage:
        return Words::tr("There is no message \"%1\" in the Outbox, or several begin like this.")
            .arg(error.subject);
    case Kind::WrongState:
        return Words::tr("That is not possible in the message's present state (%1).").arg(error.reason);
    case Kind::Failed:
        return Words::tr("The outbox could not be used (%1).").arg(cause(error.reason));
    }
    Q_UNREACHABLE();
}

QString sentence(const accounts::AccountError &error)
{
    using Kind = accounts::AccountError::Kind;
    switch (error.kind) {
    case Kind::ReadOnly:
        return Words::tr("%1 can't be written (%2). The account was not saved.")
            .arg(error.path, cause(error.reason));
    case Kind::Unreadable:
        return Words::tr("%1 can't be read (%2).").arg(error.path, cause(error.reason));
    case Kind::Locked:
        return Words::tr("Another program keeps the accounts locked. Try again in a moment.");
    case Kind::NoSuchAccount:
        return Words::tr("There is no such account.");
    case Kind::Duplicate:
        return Words::tr("This account exists already.");
    }
    Q_UNREACHABLE();
}

QString sentence(const secrets::SecretError &error)
{
    using Kind = secrets::SecretError::Kind;
    switch (error.kind) {
    case Kind::NotFound:
        return Words::tr("The password of this account is not stored on this computer.");
    case Kind::Locked:
        return Words::tr("The password store is locked, so the password could not be used or saved.");
    case Kind::Unavailable:
        return Words::tr("This session has no working password store.");
    case Kind::Failed:
        return Words::tr("The password store did not do what was asked (%1).").arg(cause(error.reason));
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::AddressError &error)
{
    using Kind = mime::AddressError::Kind;
    const QString piece = quoted(error.text);
    switch (error.kind) {
    case Kind::Empty:
        return Words::tr("An address is missing.");
    case Kind::NoAt:
        return Words::tr("%1 has no @ and no part after it.").arg(piece);
    case Kind::NoLocalPart:
        return Words::tr("%1 has nothing before the @.").arg(piece);
    case Kind::NoDomain:
        return Words::tr("%1 has nothing after the @.").arg(piece);
    case Kind::SpaceInLocalPart:
        return Words::tr("%1 has a space before the @.").arg(piece);
    case Kind::TwoAts:
        return Words::tr("%1 has more than one @. Put a comma between two addresses.").arg(piece);
    case Kind::BadLocalPart:
        return Words::tr("%1 has a dot or another sign before the @ where none may be.").arg(piece);
    case Kind::BadDomain:
        return Words::tr("The part after the @ in %1 is not a possible name.").arg(piece);
    case Kind::BadLiteral:
        return Words::tr("The part in brackets in %1 is not a network address.").arg(piece);
    case Kind::UnclosedQuote:
        return Words::tr("%1 has a quotation mark that is not closed.").arg(piece);
    case Kind::UnclosedAngle:
        return Words::tr("%1 has a < without its >.").arg(piece);
    case Kind::UnclosedComment:
        return Words::tr("%1 has a parenthesis that is not closed.").arg(piece);
    case Kind::ControlCharacter:
        return Words::tr("An address has an invisible control character in it.");
    case Kind::TooLong:
        return Words::tr("%1 is longer than an address may be.").arg(piece);
    case Kind::NonAsciiLocalPart:
        return Words::tr("%1 has letters before the @ that not every server knows.").arg(piece);
    }
    Q_UNREACHABLE();
}

QString sentence(const Trouble &trouble)
{
    return std::visit([](const auto &error) { return sentence(error); }, trouble);
}

QString stateName(const MessageSummary &message)
{
    switch (message.state) {
    case MessageState::Preparing:
        return Words::tr("Preparing");
    case MessageState::Draft:
        return Words::tr("Not sent");
    case MessageState::Held:
        return message.hold == HoldReason::Paused ? Words::tr("Paused") : Words::tr("Needs you");
    case MessageState::Queued:
        return Words::tr("Ready");
    case MessageState::Sending:
        return Words::tr("Sending");
    case MessageState::Deferred:
        return Words::tr("Waiting");
    case MessageState::Sent:
        return isPractice(message) ? Words::tr("Caught") : Words::tr("Sent");
    case MessageState::PartlySent:
        return isPractice(message) ? Words::tr("Partly caught") : Words::tr("Partly sent");
    case MessageState::Failed:
        return Words::tr("Refused");
    case MessageState::InDoubt:
        return Words::tr("Unknown");
    case MessageState::Damaged:
        return Words::tr("Damaged");
    }
    Q_UNREACHABLE();
}

QString stateSentence(const MessageSummary &message, const QDateTime &now)
{
    const QString why = sentence(message.problem);
    const QString what = advice(message.problem);
    switch (message.state) {
    case MessageState::Preparing:
        return Words::tr("The message is being written.");
    case MessageState::Draft:
        return Words::tr("Sending was cancelled. Nothing leaves until you send it again.");
    case MessageState::Held:
        switch (message.hold) {
        case HoldReason::Paused:
            return joined({ Words::tr("Paused by you."), safe() });
        case HoldReason::Undo:
            return Words::tr("Leaves %1.").arg(fromNow(message.nextAttempt, now));
        case HoldReason::Scheduled:
            return Words::tr("Leaves %1.").arg(time(message.nextAttempt, now));
        case HoldReason::Account:
        case HoldReason::RecipientsRefused:
        case HoldReason::None:
            return joined({ why, what, safe() });
        }
        Q_UNREACHABLE();
    case MessageState::Queued:
        return message.nextAttempt.isValid() && message.nextAttempt > now
            ? Words::tr("Next try %1 (%2).")
                  .arg(time(message.nextAttempt, now), fromNow(message.nextAttempt, now))
            : Words::tr("Next in line.");
    case MessageState::Sending:
        return Words::tr("On its way to the server.");
    case MessageState::Deferred:
        return joined({ why,
                        message.nextAttempt.isValid()
                            ? Words::tr("Next try %1 (%2).")
                                  .arg(time(message.nextAttempt, now), fromNow(message.nextAttempt, now))
                            : QString(),
                        safe() });
    case MessageState::Sent:
        if (!message.recipients.isEmpty()
            && std::all_of(message.recipients.begin(), message.recipients.end(), isMarkedAsSent))
            return Words::tr("You decided that it has arrived.");
        return isPractice(message)
            ? Words::tr("Caught here, not sent.")
            : Words::tr("Accepted by the sending server at %1.").arg(time(message.changed, now));
    case MessageState::PartlySent: {
        int sent = 0;
        for (const outbox::Recipient &recipient : message.recipients)
            sent += recipient.state == RecipientState::Sent ? 1 : 0;
        const QString count = isPractice(message)
            ? Words::tr("Caught for %1 of %2, not sent.").arg(sent).arg(message.recipients.size())
            : Words::tr("Sent to %1 of %2.").arg(sent).arg(message.recipients.size());
        return joined({ count, why, what });
    }
    case MessageState::Failed:
        return joined({ Words::tr("Not sent."), why, what, safe() });
    case MessageState::InDoubt: {
        const Problem unknown { .kind = Problem::Kind::OutcomeUnknown };
        return joined({ sentence(unknown), advice(unknown) });
    }
    case MessageState::Damaged:
        return joined({ Words::tr("This entry can't be sent any more; it was set aside."), why });
    }
    Q_UNREACHABLE();
}

QString recipientSentence(const outbox::Recipient &recipient, const MessageSummary &message)
{
    const QString address = QString::fromUtf8(recipient.address);
    const QString words = recipient.text.isEmpty() ? QString()
                                                   : serverWords({ .kind = Problem::Kind::None,
                                                                   .code = recipient.code,
                                                                   .enhanced = recipient.enhanced,
                                                                   .text = recipient.text });
    switch (recipient.state) {
    case RecipientState::Queued:
        return Words::tr("%1: waiting").arg(address);
    case RecipientState::Sending:
        return Words::tr("%1: on its way").arg(address);
    case RecipientState::Deferred:
        return words.isEmpty() ? Words::tr("%1: not now").arg(address)
                               : Words::tr("%1: not now: %2").arg(address, quoted(words));
    case RecipientState::Sent:
        if (isMarkedAsSent(recipient))
            return Words::tr("%1: arrived, as you decided").arg(address);
        return isPractice(message) ? Words::tr("%1: caught here, not sent").arg(address)
                                   : Words::tr("%1: accepted by the server").arg(address);
    case RecipientState::Failed:
        if (recipient.code == 0 && recipient.enhanced == "5.6.7")
            return Words::tr("%1: refused: the server does not know such letters before the @").arg(address);
        return words.isEmpty() ? Words::tr("%1: refused").arg(address)
                               : Words::tr("%1: refused: %2").arg(address, quoted(words));
    case RecipientState::InDoubt:
        return Words::tr("%1: unknown").arg(address);
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
