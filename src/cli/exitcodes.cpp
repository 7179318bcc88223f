// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/exitcodes.h"

#include <algorithm>
#include <type_traits>

namespace postrider::cli {

namespace {

using Kind = outbox::Problem::Kind;

ExitCode exitCodeOf(const outbox::StoreError &error)
{
    using StoreKind = outbox::StoreError::Kind;
    switch (error.kind) {
    case StoreKind::ReadOnly:
    case StoreKind::DiskFull:
    case StoreKind::Damaged:
    case StoreKind::Failed:
        return ExitCode::LocalStorage;
    case StoreKind::Busy:
        return ExitCode::TryLater;
    case StoreKind::NewerVersion:
        return ExitCode::Configuration;
    case StoreKind::AttachmentUnreadable:
    case StoreKind::BadAddress:
    case StoreKind::AlreadyRecipient:
    case StoreKind::NotAMessage:
    case StoreKind::NotConvertible:
        return ExitCode::BadData;
    case StoreKind::NoSuchMessage:
        return ExitCode::Usage;
    case StoreKind::WrongState:
        return ExitCode::Refused;
    }
    return ExitCode::Bug;
}

ExitCode exitCodeOf(const accounts::AccountError &error)
{
    using AccountKind = accounts::AccountError::Kind;
    switch (error.kind) {
    case AccountKind::ReadOnly:
    case AccountKind::Unreadable:
        return ExitCode::LocalStorage;
    case AccountKind::Locked:
        return ExitCode::TryLater;
    case AccountKind::NoSuchAccount:
        return ExitCode::Configuration;
    case AccountKind::Duplicate:
        return ExitCode::Bug;
    }
    return ExitCode::Bug;
}

/// Codes that say more about a waiting message than "later".
bool namesTheReason(ExitCode code)
{
    return code == ExitCode::HostUnknown || code == ExitCode::Protocol || code == ExitCode::SignInRefused
        || code == ExitCode::Configuration || code == ExitCode::LocalStorage || code == ExitCode::Bug;
}

ExitCode waitingCode(const outbox::Problem &problem)
{
    const ExitCode code = exitCode(problem);
    return namesTheReason(code) ? code : ExitCode::TryLater;
}

/// A message that nobody got and nobody will get: why.
ExitCode failedCode(const outbox::Problem &problem)
{
    switch (const ExitCode code = exitCode(problem)) {
    case ExitCode::Done:
        return ExitCode::RecipientsRefused;
    case ExitCode::TryLater: // the time for trying is up
        return ExitCode::Refused;
    default:
        return code;
    }
}

} // namespace

ExitCode exitCode(const outbox::Problem &problem)
{
    const bool temporary = problem.code >= 400 && problem.code < 500;
    switch (problem.kind) {
    case Kind::None:
        return ExitCode::Done;
    case Kind::HostNotFound:
        return ExitCode::HostUnknown;
    case Kind::LookupFailed:
    case Kind::ConnectionRefused:
    case Kind::ConnectTimedOut:
    case Kind::Unreachable:
    case Kind::ProxyFailed:
    case Kind::ConnectionLost:
    case Kind::TimedOut:
    case Kind::ServerBusy:
    case Kind::SignInUnavailable:
    case Kind::RecipientDeferred:
    case Kind::MessageDeferred:
    case Kind::Interrupted:
    case Kind::PaceReached:
    case Kind::Overdue:
        return ExitCode::TryLater;
    case Kind::ProtocolError:
    case Kind::TlsMissing:
    case Kind::TlsWithdrawn:
    case Kind::TlsTampered:
    case Kind::TlsFailed:
    case Kind::CertificateName:
    case Kind::CertificateUntrusted:
    case Kind::CertificateExpired:
    case Kind::CertificateNotYetValid:
    case Kind::CertificatePurpose:
    case Kind::CertificatePin:
    case Kind::CertificateWeak:
        return ExitCode::Protocol;
    case Kind::SignInRefused:
    case Kind::SignInNeeded:
    case Kind::NoMechanism:
    case Kind::MechanismWithdrawn:
    case Kind::ServerNotVerified:
        return ExitCode::SignInRefused;
    case Kind::PasswordMissing:
    case Kind::KeychainLocked:
    case Kind::KeychainUnavailable:
    case Kind::AccountMissing:
    case Kind::CommandUnusable:
        return ExitCode::Configuration;
    case Kind::CommandFailed:
        return ExitCode::TryLater;
    case Kind::RecipientRefused:
        return temporary ? ExitCode::TryLater : ExitCode::RecipientsRefused;
    case Kind::ServerRefusedClient:
    case Kind::SenderRefused:
    case Kind::MessageRefused:
    case Kind::TooLarge:
    case Kind::TooManyRecipients:
    case Kind::ServiceUnsupported:
    case Kind::AddressNeedsUtf8:
    case Kind::ContentNeedsEightBit:
        return temporary ? ExitCode::TryLater : ExitCode::Refused;
    case Kind::OutcomeUnknown:
        return ExitCode::InDoubt;
    case Kind::AttachmentUnreadable:
        return ExitCode::BadData;
    case Kind::ContentMissing:
    case Kind::PracticeFailed:
        return ExitCode::LocalStorage;
    case Kind::Internal:
        return ExitCode::Bug;
    }
    return ExitCode::Bug;
}

ExitCode exitCode(const delivery::Trouble &trouble)
{
    return std::visit(
        [](const auto &reason) {
            using Reason = std::decay_t<decltype(reason)>;
            if constexpr (std::is_same_v<Reason, outbox::Problem>)
                return exitCode(reason);
            else if constexpr (std::is_same_v<Reason, secrets::SecretError>)
                return ExitCode::Configuration;
            else
                return exitCodeOf(reason);
        },
        trouble);
}

ExitCode exitCode(const oauth::SignInFailure &failure)
{
    using FailureKind = oauth::SignInFailure::Kind;
    switch (failure.kind) {
    case FailureKind::Cancelled:
    case FailureKind::NoListener:
    case FailureKind::Unavailable:
    case FailureKind::BadAnswer:
        return ExitCode::TryLater;
    case FailureKind::TimedOut:
    case FailureKind::Denied:
    case FailureKind::WrongState:
    case FailureKind::WrongIssuer:
    case FailureKind::ScopeMissing:
    case FailureKind::NoRefreshToken:
    case FailureKind::Refused:
        return ExitCode::SignInRefused;
    case FailureKind::NoClientId:
    case FailureKind::NoDeviceCodes:
        return ExitCode::Configuration;
    }
    return ExitCode::Bug;
}

ExitCode exitCode(const outbox::MessageSummary &message)
{
    using State = outbox::MessageState;
    switch (message.state) {
    case State::Sent:
        return ExitCode::Done;
    case State::PartlySent:
        return ExitCode::PartlyRefused;
    case State::Failed:
        return failedCode(message.problem);
    case State::InDoubt:
        return ExitCode::InDoubt;
    case State::Damaged:
        return ExitCode::LocalStorage;
    case State::Held:
        if (message.hold == outbox::HoldReason::Account && message.problem.isNone())
            return ExitCode::Configuration;
        return message.hold == outbox::HoldReason::Account ? waitingCode(message.problem)
                                                           : ExitCode::TryLater;
    case State::Deferred:
        return waitingCode(message.problem);
    case State::Preparing:
    case State::Draft:
    case State::Queued:
    case State::Sending:
        return ExitCode::TryLater;
    }
    return ExitCode::Bug;
}

ExitCode exitCode(const QList<outbox::Recipient> &recipients, const outbox::Problem &problem)
{
    using State = outbox::RecipientState;
    const auto count = [&recipients](State state) {
        return std::count_if(
            recipients.begin(), recipients.end(),
            [state](const outbox::Recipient &recipient) { return recipient.state == state; });
    };

    if (count(State::InDoubt) > 0)
        return ExitCode::InDoubt;
    const auto sent = count(State::Sent);
    const auto failed = count(State::Failed);
    if (sent + failed < recipients.size() || recipients.isEmpty()) {
        const ExitCode code = exitCode(problem);
        const bool saysWhy = code != ExitCode::Done && code != ExitCode::RecipientsRefused;
        return saysWhy ? code : ExitCode::TryLater;
    }
    if (failed == 0)
        return ExitCode::Done;
    return sent > 0 ? ExitCode::PartlyRefused : failedCode(problem);
}

} // namespace postrider::cli
