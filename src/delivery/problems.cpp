// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/problems.h"

#include "delivery/toomanyrecipients.h"

#include <QStringList>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using outbox::Problem;

namespace {

QString stageName(smtp::Failure::Stage stage)
{
    using Stage = smtp::Failure::Stage;
    switch (stage) {
    case Stage::Greeting:
        return u"greeting"_s;
    case Stage::Ehlo:
        return u"ehlo"_s;
    case Stage::StartTls:
        return u"starttls"_s;
    case Stage::TlsHandshake:
        return u"tls"_s;
    case Stage::Auth:
        return u"auth"_s;
    case Stage::Mail:
        return u"mail"_s;
    case Stage::Rcpt:
        return u"rcpt"_s;
    case Stage::Data:
    case Stage::Content:
        return u"data"_s;
    case Stage::ContentEnd:
        return u"end"_s;
    case Stage::Rset:
    case Stage::Quit:
        return u"rset"_s;
    }
    Q_UNREACHABLE();
}

void takeReply(Problem &problem, const smtp::Reply &reply)
{
    problem.code = reply.code;
    problem.enhanced = reply.enhanced.toByteArray();
    problem.text = reply.text();
}

/// What a refusal means at each stage: rows of the table of stages and replies.
Problem::Kind refusalKind(smtp::Failure::Stage stage, const smtp::Reply &reply)
{
    using Stage = smtp::Failure::Stage;
    const bool transient = !reply.isPermanent();
    // 432 and 454, too, are about the server and not about this message, once signing in is over.
    const bool isBusy = reply.code == 421 || (reachedMail(stage) && (reply.code == 432 || reply.code == 454));
    if (isBusy)
        return Problem::Kind::ServerBusy;
    if (reply.code == 530 && reachedMail(stage)) // sign-in is missing: the account's trouble
        return Problem::Kind::SignInRefused;
    switch (stage) {
    case Stage::Greeting:
    case Stage::Ehlo:
        return transient ? Problem::Kind::ServerBusy : Problem::Kind::ServerRefusedClient;
    case Stage::StartTls:
    case Stage::TlsHandshake:
        return transient ? Problem::Kind::ServerBusy : Problem::Kind::TlsMissing;
    case Stage::Auth:
        return transient ? Problem::Kind::SignInUnavailable : Problem::Kind::SignInRefused;
    case Stage::Mail:
        if (reply.code == 552)
            return Problem::Kind::TooLarge;
        return transient ? Problem::Kind::MessageDeferred : Problem::Kind::SenderRefused;
    case Stage::Rcpt:
        return transient ? Problem::Kind::RecipientDeferred : Problem::Kind::RecipientRefused;
    case Stage::Data:
    case Stage::Content:
    case Stage::ContentEnd:
    case Stage::Rset:
    case Stage::Quit:
        if (!transient && (reply.code == 552 || reply.enhanced == smtp::EnhancedStatusCode { 5, 3, 4 }))
            return Problem::Kind::TooLarge;
        return transient ? Problem::Kind::MessageDeferred : Problem::Kind::MessageRefused;
    }
    Q_UNREACHABLE();
}

Problem::Kind certificateKind(const QList<net::TlsProblem> &problems)
{
    if (problems.isEmpty())
        return Problem::Kind::CertificateUntrusted;
    switch (problems.first()) {
    case net::TlsProblem::WrongName:
        return Problem::Kind::CertificateName;
    case net::TlsProblem::SelfSigned:
    case net::TlsProblem::UntrustedAuthority:
    case net::TlsProblem::Other:
        return Problem::Kind::CertificateUntrusted;
    case net::TlsProblem::WeakKey:
        return Problem::Kind::CertificateWeak;
    case net::TlsProblem::Expired:
        return Problem::Kind::CertificateExpired;
    case net::TlsProblem::NotYetValid:
        return Problem::Kind::CertificateNotYetValid;
    case net::TlsProblem::WrongPurpose:
        return Problem::Kind::CertificatePurpose;
    case net::TlsProblem::PinMismatch:
        return Problem::Kind::CertificatePin;
    }
    Q_UNREACHABLE();
}

Problem::Detail detailOf(net::ProxyFailure failure)
{
    switch (failure) {
    case net::ProxyFailure::NotFound:
        return Problem::Detail::ProxyNotFound;
    case net::ProxyFailure::Unreachable:
        return Problem::Detail::ProxyUnreachable;
    case net::ProxyFailure::SignInRefused:
        return Problem::Detail::ProxySignInRefused;
    case net::ProxyFailure::Forbids:
        return Problem::Detail::ProxyForbids;
    case net::ProxyFailure::NoProxy:
        return Problem::Detail::NoProxyThere;
    case net::ProxyFailure::Other:
        break;
    }
    return Problem::Detail::None;
}

Problem::Detail detailOf(net::HandshakeFailure failure)
{
    switch (failure) {
    case net::HandshakeFailure::ServerClosed:
        return Problem::Detail::ServerClosed;
    case net::HandshakeFailure::Alert:
        return Problem::Detail::ServerAlert;
    case net::HandshakeFailure::OldVersion:
        return Problem::Detail::OutdatedTls;
    case net::HandshakeFailure::NotTls:
        return Problem::Detail::NotTls;
    case net::HandshakeFailure::Other:
        break;
    }
    return Problem::Detail::None;
}

Problem::Detail detailOf(sasl::Error error)
{
    switch (error) {
    case sasl::Error::UnusableCredentials:
        return Problem::Detail::UnusableCredentials;
    case sasl::Error::UnexpectedChallenge:
        return Problem::Detail::UnexpectedChallenge;
    case sasl::Error::MalformedChallenge:
        return Problem::Detail::MalformedChallenge;
    case sasl::Error::NonceMismatch:
        return Problem::Detail::ForeignAnswer;
    case sasl::Error::TooFewIterations:
        return Problem::Detail::TooFewIterations;
    case sasl::Error::TooManyIterations:
        return Problem::Detail::TooManyIterations;
    case sasl::Error::UnknownExtension:
        return Problem::Detail::UnknownExtension;
    case sasl::Error::DerivationFailed:
        return Problem::Detail::DerivationFailed;
    case sasl::Error::ServerNotVerified:
        break; // a kind of its own
    }
    return Problem::Detail::None;
}

QString certificateSubject(Problem::Kind kind, const net::TlsReport &report)
{
    if (kind == Problem::Kind::CertificateExpired)
        return report.expires.toUTC().date().toString(Qt::ISODate);
    QStringList names;
    for (const QByteArray &name : report.names)
        names += QString::fromUtf8(name);
    return names.join(u", "_s);
}

} // namespace

Problem toProblem(const net::ConnectionFailure &failure, const std::optional<net::TlsReport> &tls)
{
    using Kind = net::ConnectionFailure::Kind;
    Problem problem;
    problem.stage = u"connect"_s;
    problem.text = failure.reason;
    switch (failure.kind) {
    case Kind::HostNotFound:
        problem.kind = Problem::Kind::HostNotFound;
        break;
    case Kind::LookupFailed:
        problem.kind = Problem::Kind::LookupFailed;
        break;
    case Kind::Refused:
        problem.kind = Problem::Kind::ConnectionRefused;
        break;
    case Kind::Unreachable:
        problem.kind = Problem::Kind::Unreachable;
        break;
    case Kind::ConnectTimedOut:
        problem.kind = Problem::Kind::ConnectTimedOut;
        break;
    case Kind::ProxyFailed:
        problem.kind = Problem::Kind::ProxyFailed;
        problem.detail = detailOf(failure.proxy);
        break;
    case Kind::SocketFailed:
        problem.kind = Problem::Kind::ConnectionLost;
        break;
    case Kind::TlsFailed:
        problem.kind = Problem::Kind::TlsFailed;
        problem.detail = detailOf(failure.handshake);
        problem.stage = u"tls"_s;
        break;
    case Kind::TlsNotTrusted:
        problem.stage = u"tls"_s;
        problem.kind = certificateKind(tls ? tls->problems : QList<net::TlsProblem> {});
        if (tls)
            problem.subject = certificateSubject(problem.kind, *tls);
        break;
    case Kind::Session:
        problem = toProblem(failure.session);
        break;
    }
    return problem;
}

Problem toProblem(const smtp::Failure &failure)
{
    using Cause = smtp::Failure::Cause;
    Problem problem;
    problem.stage = stageName(failure.stage);
    takeReply(problem, failure.reply);
    if (failure.custody == smtp::Failure::Custody::Unknown) {
        problem.kind = Problem::Kind::OutcomeUnknown;
        return problem;
    }
    switch (failure.cause) {
    case Cause::Refused:
        problem.kind = refusalKind(failure.stage, failure.reply);
        if (problem.kind == Problem::Kind::SignInRefused && failure.mechanismRefusal)
            problem.subject = QString::fromLatin1(failure.mechanismRefusal->status);
        break;
    case Cause::Malformed:
    case Cause::NotTried:
        problem.kind = Problem::Kind::ProtocolError;
        break;
    case Cause::ChunkingUnusable:
        problem.kind = Problem::Kind::ProtocolError;
        problem.detail = Problem::Detail::ChunksLost;
        break;
    case Cause::PipeliningUnusable:
        problem.kind = Problem::Kind::ProtocolError;
        problem.detail = Problem::Detail::CommandsLost;
        break;
    case Cause::Unsolicited:
        problem.kind = failure.stage == smtp::Failure::Stage::StartTls
                || failure.stage == smtp::Failure::Stage::TlsHandshake
            ? Problem::Kind::TlsTampered
            : Problem::Kind::ProtocolError;
        break;
    case Cause::TimedOut:
        problem.kind = Problem::Kind::TimedOut;
        break;
    case Cause::ConnectionLost:
        problem.kind = Problem::Kind::ConnectionLost;
        break;
    case Cause::TlsMissing:
        problem.kind = Problem::Kind::TlsMissing;
        break;
    case Cause::TlsFailed:
        problem.kind = Problem::Kind::TlsFailed;
        break;
    case Cause::NoCommonMechanism:
        problem.kind = Problem::Kind::NoMechanism;
        break;
    case Cause::MechanismFailed:
        problem.kind = Problem::Kind::NoMechanism;
        problem.detail = detailOf(failure.mechanismError.value_or(sasl::Error::UnexpectedChallenge));
        break;
    case Cause::ServerNotVerified:
        problem.kind = Problem::Kind::ServerNotVerified;
        break;
    case Cause::TooLarge:
        problem.kind = Problem::Kind::TooLarge;
        problem.limit = failure.limit;
        break;
    case Cause::Utf8Unsupported:
        problem.kind = Problem::Kind::AddressNeedsUtf8;
        break;
    case Cause::EightBitUnsupported:
    case Cause::BinaryUnsupported:
        problem.kind = Problem::Kind::ContentNeedsEightBit;
        break;
    case Cause::RequireTlsUnsupported:
        problem.kind = Problem::Kind::ServiceUnsupported;
        problem.subject = u"REQUIRETLS"_s;
        break;
    case Cause::FutureReleaseUnsupported:
    case Cause::FutureReleaseTooLate:
        problem.kind = Problem::Kind::ServiceUnsupported;
        problem.subject = u"FUTURERELEASE"_s;
        problem.limit = failure.limit;
        break;
    case Cause::DeliverByUnsupported:
    case Cause::DeliverByTooSoon:
        problem.kind = Problem::Kind::ServiceUnsupported;
        problem.subject = u"DELIVERBY"_s;
        problem.limit = failure.limit;
        break;
    case Cause::UnsafeEnvelope:
        problem.kind = Problem::Kind::Internal;
        break;
    case Cause::NoRecipients:
        problem.kind = Problem::Kind::RecipientRefused;
        problem.detail = Problem::Detail::EveryRecipient;
        break;
    case Cause::RecipientsRefused:
        problem.kind = Problem::Kind::RecipientRefused;
        problem.detail = Problem::Detail::SentToNobody;
        break;
    case Cause::ContentUnreadable:
        problem.kind = Problem::Kind::ContentMissing;
        break;
    }
    return problem;
}

Problem internationalAddressProblem(const QByteArray &address)
{
    Problem problem;
    problem.kind = Problem::Kind::AddressNeedsUtf8;
    problem.stage = u"rcpt"_s;
    problem.enhanced = "5.6.7"; // as a server would say it (RFC 6531 section 3.7.4.1)
    problem.subject = QString::fromUtf8(address);
    return problem;
}

Problem recipientProblem(const QByteArray &address, const smtp::Reply &reply)
{
    Problem problem;
    problem.kind = isRecipientCap(reply) ? Problem::Kind::TooManyRecipients
                                         : refusalKind(smtp::Failure::Stage::Rcpt, reply);
    problem.stage = u"rcpt"_s;
    problem.subject = QString::fromUtf8(address);
    takeReply(problem, reply);
    return problem;
}

Problem senderProblem(const smtp::Reply &reply)
{
    if (reply.code == 0) {
        Problem problem;
        problem.kind = Problem::Kind::AddressNeedsUtf8;
        problem.stage = u"mail"_s;
        return problem;
    }
    return toProblem(smtp::Failure { .stage = smtp::Failure::Stage::Mail,
                                     .cause = smtp::Failure::Cause::Refused,
                                     .custody = smtp::Failure::Custody::NotAccepted,
                                     .reply = reply,
                                     .limit = 0 });
}

Problem toProblem(const secrets::SecretError &error)
{
    Problem problem;
    problem.stage = u"auth"_s;
    problem.text = error.reason;
    switch (error.kind) {
    case secrets::SecretError::Kind::NotFound:
        problem.kind = Problem::Kind::PasswordMissing;
        break;
    case secrets::SecretError::Kind::Locked:
        problem.kind = Problem::Kind::KeychainLocked;
        break;
    case secrets::SecretError::Kind::Dismissed:
        problem.kind = Problem::Kind::KeychainLocked;
        problem.detail = Problem::Detail::PromptDismissed;
        break;
    case secrets::SecretError::Kind::Slow:
        problem.kind = Problem::Kind::KeychainLocked;
        problem.detail = Problem::Detail::KeychainSlow;
        break;
    case secrets::SecretError::Kind::NoService:
        problem.kind = Problem::Kind::KeychainUnavailable;
        problem.detail = Problem::Detail::NoSecretService;
        break;
    case secrets::SecretError::Kind::NoBus:
        problem.kind = Problem::Kind::KeychainUnavailable;
        problem.detail = Problem::Detail::NoSessionBus;
        break;
    case secrets::SecretError::Kind::Unavailable:
    case secrets::SecretError::Kind::Failed:
        problem.kind = Problem::Kind::KeychainUnavailable;
        break;
    }
    return problem;
}

Problem toProblem(const practice::PracticeError &error)
{
    Problem problem;
    problem.kind = Problem::Kind::PracticeFailed;
    problem.stage = u"connect"_s;
    problem.text = error.reason;
    return problem;
}

} // namespace postrider::delivery
