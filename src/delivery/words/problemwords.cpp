// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/problemwords.h"

#include "base/inert.h"
#include "delivery/words/phrases.h"
#include "delivery/words/replywords.h"
#include "delivery/words/signinwords.h"

#include <QLocale>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using outbox::Problem;
using Detail = Problem::Detail;

namespace {

QString server(const Problem &problem)
{
    return problem.host.isEmpty() ? Words::tr("The server") : inert(problem.host);
}

/// Names in a certificate and the like come from outside.
QString subject(const Problem &problem)
{
    return inert(problem.subject);
}

QString size(qint64 octets)
{
    return QLocale().formattedDataSize(octets, 1, QLocale::DataSizeSIFormat);
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

/// How much may be sent, by the server's word or the person's own.
QString reachedPace(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::MessagesPerMinute:
        return Words::tr("%1 takes no more messages in this minute.").arg(server(problem));
    case Detail::MessagesPerDay:
    case Detail::RecipientsPerDay:
        return Words::tr("Daily limit of %1 reached.").arg(server(problem));
    default:
        return Words::tr("%1 takes no more messages for now.").arg(server(problem));
    }
}

/// The way through a proxy; nothing is known about the server then.
QString proxyTrouble(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::ProxyNotFound:
        return Words::tr("The proxy of this network can't be found, so there is no way to %1.")
            .arg(server(problem));
    case Detail::ProxyUnreachable:
        return Words::tr("The proxy of this network does not answer, so there is no way to %1.")
            .arg(server(problem));
    case Detail::ProxySignInRefused:
        return Words::tr(
                   "The proxy of this network wants another user name or password before it leads to %1.")
            .arg(server(problem));
    case Detail::ProxyForbids:
        return Words::tr("The proxy of this network does not allow connections to %1 on port %2.")
            .arg(server(problem), QString::number(problem.port));
    case Detail::NoProxyThere:
        return Words::tr("What answers in place of the proxy is none, or one of another kind.");
    default:
        return Words::tr("The proxy of this network does not lead to %1.").arg(server(problem));
    }
}

QString handshakeTrouble(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::ServerClosed:
        return Words::tr("%1 hung up while the encryption was being agreed on.").arg(server(problem));
    case Detail::ServerAlert:
        return Words::tr("%1 broke off while the encryption was being agreed on, and said why.")
            .arg(server(problem));
    case Detail::OutdatedTls:
        return Words::tr("%1 knows only an encryption that is not safe any more.").arg(server(problem));
    case Detail::NotTls:
        return Words::tr("%1 does not begin with encryption on port %2.")
            .arg(server(problem), QString::number(problem.port));
    default:
        return Words::tr("%1 and this computer could not agree on a safe encryption.").arg(server(problem));
    }
}

/// Without a mechanism that both know, or with one whose exchange broke off.
QString signInTrouble(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::UnusableCredentials:
        return Words::tr("The user name or the password has a character that can't be sent to %1 in this way "
                         "of signing in.")
            .arg(server(problem));
    case Detail::UnexpectedChallenge:
        return Words::tr("%1 asks for more than belongs to this way of signing in.").arg(server(problem));
    case Detail::MalformedChallenge:
        return Words::tr("%1 garbled the conversation about signing in.").arg(server(problem));
    case Detail::ForeignAnswer:
        return Words::tr("%1 answered somebody else's try to sign in. Somebody may be intercepting the "
                         "connection.")
            .arg(server(problem));
    case Detail::TooFewIterations:
        return Words::tr("%1 protects your password so weakly that Postrider did not use it there.")
            .arg(server(problem));
    case Detail::TooManyIterations:
        return Words::tr("%1 asks for so much computing to sign in that Postrider stopped.")
            .arg(server(problem));
    case Detail::UnknownExtension:
        return Words::tr("%1 wants something for signing in that Postrider does not know.")
            .arg(server(problem));
    case Detail::DerivationFailed:
        return Words::tr("This computer could not do the computing that %1 asks for to sign in.")
            .arg(server(problem));
    default:
        return Words::tr("%1 offers no way to sign in that Postrider can use safely.").arg(server(problem));
    }
}

QString adviceOnSigningIn(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::UnusableCredentials:
        return Words::tr("Check both, or choose another way of signing in.");
    case Detail::TooFewIterations:
    case Detail::TooManyIterations:
    case Detail::UnknownExtension:
    case Detail::UnexpectedChallenge:
    case Detail::MalformedChallenge:
        return Words::tr("Choose another way of signing in, or tell your provider.");
    case Detail::ForeignAnswer:
        return Words::tr("Try another network.");
    default:
        return {};
    }
}

QString refusedSignIn(const Problem &problem)
{
    if (problem.stage == u"mail")
        return Words::tr("%1 wants you to sign in before it sends mail.").arg(server(problem));
    if (problem.detail == Detail::FreshTokenRefused)
        return Words::tr("%1 does not let this account in, although you are signed in.").arg(server(problem));
    if (problem.detail == Detail::TokenRefused)
        return Words::tr("%1 refused the access token. It may be out of date.").arg(server(problem));
    return Words::tr("%1 refused the user name or password.").arg(server(problem));
}

QString lockedKeychain(const Problem &problem)
{
    if (problem.detail == Detail::PromptDismissed)
        return Words::tr("The password store stayed locked, because its question was closed.");
    if (problem.detail == Detail::KeychainSlow)
        return Words::tr("The password store did not answer in time. Its question may still be open.");
    return Words::tr("The password store is locked, so Postrider can't sign in.");
}

QString missingKeychain(const Problem &problem)
{
    if (problem.detail == Detail::NoSecretService)
        return Words::tr("No password store is running in this session.");
    if (problem.detail == Detail::NoSessionBus)
        return Words::tr("This session has no message bus (D-Bus), so no password store can be reached.");
    return Words::tr("This session has no working password store.");
}

QString unusableCommand(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::CommandNotFound:
        return Words::tr("There is no program %1 on this computer.").arg(subject(problem));
    case Detail::CommandNotExecutable:
        return Words::tr("%1 can't be started.").arg(subject(problem));
    case Detail::CommandNotAbsolute:
        return Words::tr("“%1” does not say where the program is.").arg(subject(problem));
    default:
        return Words::tr("%1 is not set up to take messages.").arg(subject(problem));
    }
}

QString refusedRecipient(const Problem &problem)
{
    if (problem.detail == Detail::SentToNobody) {
        return Words::tr("%1 refused a recipient, and this account then sends to nobody.")
            .arg(server(problem));
    }
    if (problem.detail == Detail::EveryRecipient || problem.subject.isEmpty())
        return Words::tr("%1 accepted none of the recipients.").arg(server(problem));
    return Words::tr("%1 does not accept mail for %2.").arg(server(problem), subject(problem));
}

QString protocolTrouble(const Problem &problem)
{
    switch (problem.detail) {
    case Detail::CommandsLost:
        return Words::tr("%1 took a message and lost what came behind it.").arg(server(problem));
    case Detail::ChunksLost:
        return Words::tr("%1 offers to take messages in pieces, and got lost in them.").arg(server(problem));
    default:
        return Words::tr("%1 gave an answer that Postrider does not understand.").arg(server(problem));
    }
}

/// What the server's reply alone tells; empty where something else decided, or where it tells nothing.
ReplyWords wordsOfReply(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::ServerBusy:
    case Kind::ServerRefusedClient:
    case Kind::SignInRefused:
    case Kind::SignInUnavailable:
    case Kind::SenderRefused:
    case Kind::RecipientRefused:
    case Kind::RecipientDeferred:
    case Kind::MessageRefused:
    case Kind::MessageDeferred:
        return problem.detail == Detail::None ? replyWords(problem) : ReplyWords();
    default:
        return {};
    }
}

} // namespace

QString sentence(const Problem &problem)
{
    using Kind = Problem::Kind;
    if (const QString known = wordsOfReply(problem).sentence; !known.isEmpty())
        return known;
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
            .arg(server(problem), QString::number(problem.port));
    case Kind::ConnectTimedOut:
        return Words::tr("%1 does not answer on port %2. Many networks block this port.")
            .arg(server(problem), QString::number(problem.port));
    case Kind::Unreachable:
        return Words::tr("This network has no way to %1.").arg(server(problem));
    case Kind::ProxyFailed:
        return proxyTrouble(problem);
    case Kind::ConnectionLost:
        return Words::tr("The connection to %1 broke. Nothing was delivered.").arg(server(problem));
    case Kind::TimedOut:
        return Words::tr("%1 stopped answering. Nothing was delivered.").arg(server(problem));
    case Kind::ProtocolError:
        return protocolTrouble(problem);
    case Kind::ServerBusy:
        return Words::tr("%1 is busy or being maintained.").arg(server(problem));
    case Kind::ServerRefusedClient:
        return Words::tr("%1 refuses mail from this computer or its network.").arg(server(problem));
    case Kind::TlsMissing:
        return Words::
            tr("%1 offers no encryption on port %2. Postrider does not send mail or passwords readable for "
               "others.")
                .arg(server(problem), QString::number(problem.port));
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
        return handshakeTrouble(problem);
    case Kind::CertificateName:
        return joined({ problem.subject.isEmpty()
                            ? Words::tr("The server that answered is not %1.").arg(server(problem))
                            : Words::tr("The server that answered is not %1: it identifies itself as %2.")
                                  .arg(server(problem), subject(problem)),
                        nothingShown() });
    case Kind::CertificateUntrusted:
        return joined(
            { Words::tr("%1 can't prove who it is: its certificate is signed by nobody this computer knows.")
                  .arg(server(problem)),
              nothingShown() });
    case Kind::CertificateExpired:
        return joined(
            { Words::tr("The certificate of %1 has expired (%2).").arg(server(problem), subject(problem)),
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
        return refusedSignIn(problem);
    case Kind::SignInNeeded:
        return tokenSentence(problem);
    case Kind::SignInUnavailable:
        if (problem.detail == Detail::TokenServiceDown)
            return tokenSentence(problem);
        return Words::tr("%1 can't check passwords at the moment.").arg(server(problem));
    case Kind::NoMechanism:
        return signInTrouble(problem);
    case Kind::MechanismWithdrawn:
        return joined({ Words::tr("%1 no longer offers the safe way to sign in that it offered before (%2). "
                                  "Somebody may be intercepting the connection.")
                            .arg(server(problem), subject(problem)),
                        nothingShown() });
    case Kind::ServerNotVerified:
        return Words::tr("%1 accepted the password without showing that it knows it. It may be somebody "
                         "else's server. Nothing was sent.")
            .arg(server(problem));
    case Kind::PasswordMissing:
        return problem.detail == Detail::PasswordOfOtherHost
            ? Words::tr("The password was given for another server; %1 has not been shown it.")
                  .arg(server(problem))
            : Words::tr("The password of this account is not stored on this computer.");
    case Kind::KeychainLocked:
        return lockedKeychain(problem);
    case Kind::KeychainUnavailable:
        return missingKeychain(problem);
    case Kind::SenderRefused:
        return problem.subject.isEmpty()
            ? Words::tr("%1 does not accept mail from your address.").arg(server(problem))
            : Words::tr("%1 does not accept mail from %2.").arg(server(problem), subject(problem));
    case Kind::RecipientRefused:
        return refusedRecipient(problem);
    case Kind::RecipientDeferred:
        return Words::tr("%1 does not take mail for %2 at the moment.")
            .arg(server(problem), subject(problem));
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
                  .arg(server(problem), subject(problem));
    case Kind::ContentNeedsEightBit:
        return Words::tr("%1 does not take this file as it is (8-bit text).").arg(server(problem));
    case Kind::OutcomeUnknown:
        if (problem.detail == Detail::CommandRefusedSome)
            return Words::tr("%1 refused at least one of the recipients, and does not say which.")
                .arg(subject(problem));
        return Words::tr("The connection broke at the very end. The server may already have it.");
    case Kind::Interrupted:
        return Words::tr("Sending was stopped. Nothing was delivered.");
    case Kind::PaceReached:
        return reachedPace(problem);
    case Kind::Overdue:
        return Words::tr("The computer was off when the message was to leave.");
    case Kind::ContentMissing:
        return Words::tr("The message's file is gone or can't be read: %1").arg(subject(problem));
    case Kind::AttachmentUnreadable:
        return Words::tr("%1 can't be read.").arg(subject(problem));
    case Kind::AccountMissing:
        return Words::tr("The account of this message does not exist any more.");
    case Kind::PracticeFailed:
        return Words::tr("The practice mailbox can't start.");
    case Kind::CommandUnusable:
        return unusableCommand(problem);
    case Kind::CommandFailed:
        return Words::tr("The program %1 could not take the message now.").arg(subject(problem));
    case Kind::Internal:
        return Words::tr(
            "Postrider refused to send this message, because its addresses are not safe to send.");
    }
    Q_UNREACHABLE();
}

QString responsibility(const Problem &problem)
{
    const ReplyWords known = wordsOfReply(problem);
    if (known.sentence.isEmpty())
        return {};
    switch (known.actor) {
    case Actor::Nobody:
        return {};
    case Actor::You:
        return Words::tr("This is up to you.");
    case Actor::Recipient:
        return Words::tr("This is up to the recipient.");
    case Actor::Provider:
        return Words::tr("This is up to your provider.");
    }
    Q_UNREACHABLE();
}

QString advice(const Problem &problem)
{
    using Kind = Problem::Kind;
    if (const ReplyWords known = wordsOfReply(problem); !known.sentence.isEmpty())
        return known.advice;
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
    case Kind::MechanismWithdrawn:
        return Words::tr("Try another network. Only if your provider says that the server has changed, let "
                         "Postrider forget what it offered before: postrider-cli account forget-server");
    case Kind::TlsWithdrawn:
    case Kind::ServerNotVerified:
        return Words::tr("Try another network. If your provider has changed its server, set up the account "
                         "again.");
    case Kind::ProxyFailed:
        return problem.detail == Detail::ProxyForbids
            ? Words::tr("Try another network, or ask who runs the proxy.")
            : Words::tr("Check the proxy in the settings of this computer.");
    case Kind::TlsFailed:
        if (problem.detail == Detail::NotTls)
            return Words::tr("Choose the other kind of encryption, or another port.");
        return problem.detail == Detail::OutdatedTls
            ? Words::tr("Ask your provider for a server with a newer encryption.")
            : QString();
    case Kind::NoMechanism:
        return adviceOnSigningIn(problem);
    case Kind::TooManyRecipients:
        return Words::tr("Send it to fewer people at a time.");
    case Kind::ServiceUnsupported:
        return Words::tr("Send it without this wish, or through another account.");
    case Kind::CertificateNotYetValid:
        return Words::tr("Check this computer's date and time.");
    case Kind::SignInRefused:
        if (problem.stage == u"mail")
            return Words::tr("Add user name and password to the account.");
        return problem.detail == Detail::TokenRefused || problem.detail == Detail::FreshTokenRefused
            ? tokenAdvice(problem)
            : Words::tr("Enter the password again; many providers want an app password.");
    case Kind::SignInNeeded:
        return tokenAdvice(problem);
    case Kind::PasswordMissing:
        return Words::tr("Enter the password.");
    case Kind::KeychainLocked:
        return problem.detail == Detail::KeychainSlow
            ? Words::tr("Answer the password store's question and try again.")
            : Words::tr("Unlock the password store and try again.");
    case Kind::KeychainUnavailable:
        return problem.detail == Detail::NoSessionBus
            ? Words::tr(
                "Start Postrider from a desktop session, or enter the password only for this session.")
            : Words::tr("Start a password store such as GNOME Keyring or KWallet and try again.");
    case Kind::CommandUnusable:
        return problem.detail == Detail::CommandNotAbsolute
            ? Words::tr("Give the whole path, such as /usr/sbin/sendmail.")
            : Words::tr("Check the mail system of this computer, or choose another account.");
    case Kind::RecipientRefused:
        return Words::tr("Check the address.");
    case Kind::TooLarge:
        return Words::tr("Make the attachments smaller.");
    case Kind::OutcomeUnknown:
        return Words::tr("Ask the recipient, then choose “It arrived” or “Send again”.");
    case Kind::AddressNeedsUtf8:
        return Words::tr("Use another address or another account.");
    case Kind::Overdue:
        return Words::tr("Send it now, or choose another time.");
    case Kind::SenderRefused:
        return Words::tr("Use the address that belongs to this account.");
    default:
        return {};
    }
}

QString serverWords(const Problem &problem)
{
    QStringList parts;
    if (problem.code != 0)
        parts += QString::number(problem.code);
    if (problem.code != 0 && !problem.enhanced.isEmpty())
        parts += QString::fromLatin1(problem.enhanced);
    if (!problem.text.isEmpty())
        parts += problem.text;
    // The reply to a sign-in that was refused may only say no; the reason came before it.
    if (problem.kind == Problem::Kind::SignInRefused && !problem.subject.isEmpty())
        parts += u'(' + problem.subject + u')';
    return parts.join(u' ');
}

QString evidence(const Problem &problem)
{
    const QString words = serverWords(problem);
    if (words.isEmpty() || sentence(problem).contains(words))
        return {};
    return problem.code == 0 ? Words::tr("Details: %1").arg(words)
                             : Words::tr("The server said: %1").arg(base::quoted(words));
}

} // namespace postrider::delivery
