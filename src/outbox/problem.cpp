// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/problem.h"

#include "outbox/wordtable.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

using Kind = Problem::Kind;
using Detail = Problem::Detail;
using Entry = Word<Kind>;
using DetailEntry = Word<Detail>;

constexpr std::array Words {
    Entry { Kind::None, "none"_L1 },
    Entry { Kind::HostNotFound, "host-not-found"_L1 },
    Entry { Kind::LookupFailed, "lookup-failed"_L1 },
    Entry { Kind::ConnectionRefused, "connection-refused"_L1 },
    Entry { Kind::ConnectTimedOut, "connect-timed-out"_L1 },
    Entry { Kind::Unreachable, "unreachable"_L1 },
    Entry { Kind::ProxyFailed, "proxy-failed"_L1 },
    Entry { Kind::ConnectionLost, "connection-lost"_L1 },
    Entry { Kind::TimedOut, "timed-out"_L1 },
    Entry { Kind::ProtocolError, "protocol-error"_L1 },
    Entry { Kind::ServerBusy, "server-busy"_L1 },
    Entry { Kind::ServerRefusedClient, "server-refused-client"_L1 },
    Entry { Kind::TlsMissing, "tls-missing"_L1 },
    Entry { Kind::TlsWithdrawn, "tls-withdrawn"_L1 },
    Entry { Kind::TlsTampered, "tls-tampered"_L1 },
    Entry { Kind::TlsFailed, "tls-failed"_L1 },
    Entry { Kind::CertificateName, "certificate-name"_L1 },
    Entry { Kind::CertificateUntrusted, "certificate-untrusted"_L1 },
    Entry { Kind::CertificateExpired, "certificate-expired"_L1 },
    Entry { Kind::CertificateNotYetValid, "certificate-not-yet-valid"_L1 },
    Entry { Kind::CertificatePurpose, "certificate-purpose"_L1 },
    Entry { Kind::CertificatePin, "certificate-pin"_L1 },
    Entry { Kind::CertificateWeak, "certificate-weak"_L1 },
    Entry { Kind::SignInRefused, "sign-in-refused"_L1 },
    Entry { Kind::SignInUnavailable, "sign-in-unavailable"_L1 },
    Entry { Kind::NoMechanism, "no-mechanism"_L1 },
    Entry { Kind::MechanismWithdrawn, "mechanism-withdrawn"_L1 },
    Entry { Kind::ServerNotVerified, "server-not-verified"_L1 },
    Entry { Kind::PasswordMissing, "password-missing"_L1 },
    Entry { Kind::SignInNeeded, "sign-in-needed"_L1 },
    Entry { Kind::KeychainLocked, "keychain-locked"_L1 },
    Entry { Kind::KeychainUnavailable, "keychain-unavailable"_L1 },
    Entry { Kind::SenderRefused, "sender-refused"_L1 },
    Entry { Kind::RecipientRefused, "recipient-refused"_L1 },
    Entry { Kind::RecipientDeferred, "recipient-deferred"_L1 },
    Entry { Kind::MessageRefused, "message-refused"_L1 },
    Entry { Kind::MessageDeferred, "message-deferred"_L1 },
    Entry { Kind::TooLarge, "too-large"_L1 },
    Entry { Kind::TooManyRecipients, "too-many-recipients"_L1 },
    Entry { Kind::ServiceUnsupported, "service-unsupported"_L1 },
    Entry { Kind::AddressNeedsUtf8, "address-needs-utf8"_L1 },
    Entry { Kind::ContentNeedsEightBit, "content-needs-eight-bit"_L1 },
    Entry { Kind::OutcomeUnknown, "outcome-unknown"_L1 },
    Entry { Kind::Interrupted, "interrupted"_L1 },
    Entry { Kind::PaceReached, "pace-reached"_L1 },
    Entry { Kind::Overdue, "overdue"_L1 },
    Entry { Kind::ContentMissing, "content-missing"_L1 },
    Entry { Kind::AttachmentUnreadable, "attachment-unreadable"_L1 },
    Entry { Kind::AccountMissing, "account-missing"_L1 },
    Entry { Kind::PracticeFailed, "practice-failed"_L1 },
    Entry { Kind::CommandUnusable, "command-unusable"_L1 },
    Entry { Kind::CommandFailed, "command-failed"_L1 },
    Entry { Kind::Internal, "internal"_L1 },
};

constexpr std::array DetailWords {
    DetailEntry { Detail::ProxyNotFound, "proxy-not-found"_L1 },
    DetailEntry { Detail::ProxyUnreachable, "proxy-unreachable"_L1 },
    DetailEntry { Detail::ProxySignInRefused, "proxy-sign-in-refused"_L1 },
    DetailEntry { Detail::ProxyForbids, "proxy-forbids"_L1 },
    DetailEntry { Detail::NoProxyThere, "no-proxy-there"_L1 },
    DetailEntry { Detail::ServerClosed, "server-closed"_L1 },
    DetailEntry { Detail::ServerAlert, "server-alert"_L1 },
    DetailEntry { Detail::OutdatedTls, "outdated-tls"_L1 },
    DetailEntry { Detail::NotTls, "not-tls"_L1 },
    DetailEntry { Detail::TokenRefused, "token-refused"_L1 },
    DetailEntry { Detail::FreshTokenRefused, "fresh-token-refused"_L1 },
    DetailEntry { Detail::TokenServiceDown, "token-service-down"_L1 },
    DetailEntry { Detail::NoClientId, "no-client-id"_L1 },
    DetailEntry { Detail::ScopeMissing, "scope-missing"_L1 },
    DetailEntry { Detail::UnusableCredentials, "unusable-credentials"_L1 },
    DetailEntry { Detail::UnexpectedChallenge, "unexpected-challenge"_L1 },
    DetailEntry { Detail::MalformedChallenge, "malformed-challenge"_L1 },
    DetailEntry { Detail::ForeignAnswer, "foreign-answer"_L1 },
    DetailEntry { Detail::TooFewIterations, "too-few-iterations"_L1 },
    DetailEntry { Detail::TooManyIterations, "too-many-iterations"_L1 },
    DetailEntry { Detail::UnknownExtension, "unknown-extension"_L1 },
    DetailEntry { Detail::DerivationFailed, "derivation-failed"_L1 },
    DetailEntry { Detail::PasswordOfOtherHost, "password-of-other-host"_L1 },
    DetailEntry { Detail::PromptDismissed, "prompt-dismissed"_L1 },
    DetailEntry { Detail::KeychainSlow, "keychain-slow"_L1 },
    DetailEntry { Detail::NoSecretService, "no-secret-service"_L1 },
    DetailEntry { Detail::NoSessionBus, "no-session-bus"_L1 },
    DetailEntry { Detail::EveryRecipient, "every-recipient"_L1 },
    DetailEntry { Detail::SentToNobody, "sent-to-nobody"_L1 },
    DetailEntry { Detail::CommandsLost, "commands-lost"_L1 },
    DetailEntry { Detail::ChunksLost, "chunks-lost"_L1 },
    DetailEntry { Detail::CommandNotFound, "command-not-found"_L1 },
    DetailEntry { Detail::CommandNotExecutable, "command-not-executable"_L1 },
    DetailEntry { Detail::CommandNotAbsolute, "command-not-absolute"_L1 },
    DetailEntry { Detail::CommandRefusedSome, "command-refused-some"_L1 },
    DetailEntry { Detail::MessagesPerMinute, "messages-per-minute"_L1 },
    DetailEntry { Detail::MessagesPerDay, "messages-per-day"_L1 },
    DetailEntry { Detail::RecipientsPerDay, "recipients-per-day"_L1 },
};

} // namespace

QString toString(Problem::Kind kind)
{
    return wordOf(Words, kind);
}

Problem::Kind problemKindFromString(const QString &word)
{
    return valueOf(Words, word, Kind::Internal);
}

QJsonObject toJson(const Problem &problem)
{
    QJsonObject object;
    const auto insert = [&object](QLatin1StringView key, const QString &text) {
        if (!text.isEmpty()) {
            object.insert(key, text);
        }
    };
    const auto insertNumber = [&object](QLatin1StringView key, qint64 number) {
        if (number != 0) {
            object.insert(key, number);
        }
    };
    object.insert("kind"_L1, toString(problem.kind));
    insert("stage"_L1, problem.stage);
    insertNumber("code"_L1, problem.code);
    insert("enhanced"_L1, QString::fromLatin1(problem.enhanced));
    insert("text"_L1, problem.text);
    insert("host"_L1, problem.host);
    insertNumber("port"_L1, problem.port);
    insert("subject"_L1, problem.subject);
    insertNumber("size"_L1, problem.size);
    insertNumber("limit"_L1, problem.limit);
    insert("detail"_L1, wordOf(DetailWords, problem.detail));
    return object;
}

Problem problemFromJson(const QJsonObject &object)
{
    if (object.isEmpty()) {
        return {};
    }
    Problem problem;
    problem.kind = problemKindFromString(object["kind"_L1].toString());
    problem.stage = object["stage"_L1].toString();
    problem.code = object["code"_L1].toInt();
    problem.enhanced = object["enhanced"_L1].toString().toLatin1();
    problem.text = object["text"_L1].toString();
    problem.host = object["host"_L1].toString();
    problem.port = static_cast<quint16>(object["port"_L1].toInt());
    problem.subject = object["subject"_L1].toString();
    problem.size = object["size"_L1].toInteger();
    problem.limit = object["limit"_L1].toInteger();
    problem.detail = valueOf(DetailWords, object["detail"_L1].toString(), Detail::None);
    return problem;
}

QString toText(const Problem &problem)
{
    if (problem.isNone()) {
        return {};
    }
    return QString::fromUtf8(QJsonDocument(toJson(problem)).toJson(QJsonDocument::Compact));
}

Problem problemFromText(const QString &text)
{
    return problemFromJson(QJsonDocument::fromJson(text.toUtf8()).object());
}

} // namespace postrider::outbox
