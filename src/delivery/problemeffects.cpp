// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/problems.h"

// What a problem means for an account, its network and its messages.

namespace postrider::delivery {

using outbox::Problem;

bool isOfTheNetwork(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::SignInUnavailable:
        return problem.detail == Problem::Detail::TokenServiceDown;
    case Kind::HostNotFound:
    case Kind::LookupFailed:
    case Kind::ConnectionRefused:
    case Kind::ConnectTimedOut:
    case Kind::Unreachable:
    case Kind::ProxyFailed:
    case Kind::ConnectionLost:
    case Kind::TimedOut:
    case Kind::ProtocolError: // what answers may be a captive portal
    case Kind::TlsFailed:
        return true;
    default:
        return false;
    }
}

bool isOfThePort(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::ConnectionRefused:
    case Kind::ConnectTimedOut:
    case Kind::Unreachable:
    case Kind::ProxyFailed:
        return true;
    case Kind::ConnectionLost:
    case Kind::TimedOut:
    case Kind::ProtocolError:
        return problem.stage == u"connect" || problem.stage == u"greeting";
    default:
        return false;
    }
}

AccountEffect accountEffect(const Problem &problem)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::HostNotFound:
    case Kind::LookupFailed:
    case Kind::ConnectionRefused:
    case Kind::ConnectTimedOut:
    case Kind::Unreachable:
    case Kind::ProxyFailed:
    case Kind::ConnectionLost:
    case Kind::TimedOut:
    case Kind::ProtocolError:
    case Kind::ServerBusy:
    case Kind::TlsFailed:
    case Kind::SignInUnavailable:
    case Kind::PracticeFailed:
    case Kind::CommandFailed:
    case Kind::PaceReached:
        return AccountEffect::Waiting;
    case Kind::ServerRefusedClient:
    case Kind::TlsMissing:
    case Kind::TlsWithdrawn:
    case Kind::TlsTampered:
    case Kind::CertificateName:
    case Kind::CertificateUntrusted:
    case Kind::CertificateExpired:
    case Kind::CertificateNotYetValid:
    case Kind::CertificatePurpose:
    case Kind::CertificatePin:
    case Kind::CertificateWeak:
    case Kind::SignInRefused:
    case Kind::NoMechanism:
    case Kind::MechanismWithdrawn:
    case Kind::ServerNotVerified:
    case Kind::PasswordMissing:
    case Kind::SignInNeeded:
    case Kind::KeychainLocked:
    case Kind::KeychainUnavailable:
    case Kind::CommandUnusable:
        return AccountEffect::Held;
    case Kind::None:
    case Kind::SenderRefused:
    case Kind::RecipientRefused:
    case Kind::RecipientDeferred:
    case Kind::MessageRefused:
    case Kind::MessageDeferred:
    case Kind::TooLarge:
    case Kind::TooManyRecipients:
    case Kind::ServiceUnsupported:
    case Kind::AddressNeedsUtf8:
    case Kind::ContentNeedsEightBit:
    case Kind::OutcomeUnknown:
    case Kind::Interrupted:
    case Kind::Overdue:
    case Kind::ContentMissing:
    case Kind::AttachmentUnreadable:
    case Kind::AccountMissing:
    case Kind::Internal:
        return AccountEffect::None;
    }
    Q_UNREACHABLE();
}

bool reachedMail(smtp::Failure::Stage stage)
{
    using Stage = smtp::Failure::Stage;
    switch (stage) {
    case Stage::Greeting:
    case Stage::Ehlo:
    case Stage::StartTls:
    case Stage::TlsHandshake:
    case Stage::Auth:
        return false;
    case Stage::Mail:
    case Stage::Rcpt:
    case Stage::Data:
    case Stage::Content:
    case Stage::ContentEnd:
    case Stage::Rset:
    case Stage::Quit:
        return true;
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
