// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QString>

class QJsonObject;

namespace postrider::outbox {

/**
 * Why something waits or failed, as a value that is stored, compared and later turned into words
 * (delivery/words). The kinds follow the classes of what a person can do about it.
 */
struct Problem
{
    enum class Kind {
        None,
        // the way to the server
        HostNotFound,
        LookupFailed,
        ConnectionRefused,
        ConnectTimedOut,
        Unreachable,
        ProxyFailed,         ///< it does not answer, or does not want to
        ConnectionLost,      ///< before the last octet: nothing was delivered
        TimedOut,            ///< the server stopped answering before the last octet
        ProtocolError,       ///< an answer that is not SMTP
        ServerBusy,          ///< 421 or another 4yz outside a transaction
        ServerRefusedClient, ///< 5yz to the greeting or to EHLO
        // encryption
        TlsMissing,
        TlsWithdrawn, ///< missing, although the server had it before: somebody may be in between
        TlsTampered,
        TlsFailed,
        CertificateName,
        CertificateUntrusted,
        CertificateExpired,
        CertificateNotYetValid,
        CertificatePurpose,
        CertificatePin,
        CertificateWeak, ///< its key is too short
        // signing in
        SignInRefused,
        SignInUnavailable, ///< 454: the server cannot check now
        NoMechanism,
        MechanismWithdrawn, ///< the server offered a stronger one before; subject is its name
        ServerNotVerified,  ///< it said yes without the proof that it knows the password
        PasswordMissing,
        SignInNeeded, ///< there are no tokens, or none that still help: a person signs in with the browser;
                      ///< subject is the provider's name
        KeychainLocked,
        KeychainUnavailable,
        // sender, recipients, message
        SenderRefused,
        RecipientRefused,
        RecipientDeferred,
        MessageRefused,
        MessageDeferred,
        TooLarge,
        TooManyRecipients,  ///< by a rule of the server, not only for one transaction
        ServiceUnsupported, ///< subject is the extension that the message must have, such as "REQUIRETLS"
        AddressNeedsUtf8,
        ContentNeedsEightBit,
        OutcomeUnknown, ///< the last octet went out and no reply came
        Interrupted,    ///< stopped on this side before the last octet
        PaceReached,    ///< the account has sent as much as it may for now; limit is the number
        Overdue,        ///< its chosen time was over for so long that a person must decide
        // this computer
        ContentMissing, ///< the spool file is gone or damaged
        AttachmentUnreadable,
        AccountMissing,
        PracticeFailed, ///< the practice mailbox could not start
        // a program in the server's place; subject is its path, code what it ended with
        CommandUnusable, ///< it cannot be started, or says that it is not set up
        CommandFailed,   ///< it has trouble that may be over later
        Internal,
    };

    /// What exactly happened, where kind leaves it open and a person can do something else about it.
    enum class Detail {
        None,
        // ProxyFailed
        ProxyNotFound,
        ProxyUnreachable,
        ProxySignInRefused,
        ProxyForbids,
        NoProxyThere,
        // TlsFailed
        ServerClosed, ///< without a word
        ServerAlert,  ///< text is what it said
        OutdatedTls,  ///< nothing newer than TLS 1.1
        NotTls,       ///< another protocol on this port
        // SignInRefused
        TokenRefused,      ///< it was an OAuth access token
        FreshTokenRefused, ///< and it was as new as can be
        // SignInUnavailable
        TokenServiceDown, ///< not the mail server's fault: nobody gives out access tokens; subject is who
        // SignInNeeded
        NoClientId,   ///< this copy has none for the provider
        ScopeMissing, ///< sending was not among what was granted
        // NoMechanism: the exchange broke off
        UnusableCredentials,
        UnexpectedChallenge,
        MalformedChallenge,
        ForeignAnswer,
        TooFewIterations,
        TooManyIterations,
        UnknownExtension,
        DerivationFailed,
        // PasswordMissing
        PasswordOfOtherHost, ///< one is kept, for another server
        // KeychainLocked
        PromptDismissed, ///< the person closed the question
        KeychainSlow,    ///< it did not answer in time
        // KeychainUnavailable
        NoSecretService,
        NoSessionBus,
        // RecipientRefused
        EveryRecipient, ///< nobody is left
        SentToNobody,   ///< one was refused, and the account then sends to nobody
        // ProtocolError
        CommandsLost, ///< those behind a message
        ChunksLost,   ///< at BDAT, which it offered
        // CommandUnusable
        CommandNotFound,
        CommandNotExecutable,
        CommandNotAbsolute, ///< only a whole path says which program it is
        // OutcomeUnknown
        CommandRefusedSome, ///< the program refused at least one of several recipients, and not which
        // PaceReached
        MessagesPerMinute,
        MessagesPerDay,
        RecipientsPerDay,
    };

    Kind kind = Kind::None;
    QString
        stage {}; ///< "connect", "greeting", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "end"
    int code = 0; ///< reply code; 0 when no reply decided
    QByteArray enhanced {}; ///< "5.1.1" or empty
    QString text {};        ///< the server's or the system's own words, inert plain text
    QString host {};
    quint16 port = 0;
    QString subject {}; ///< what it is about: an address, a file, the names in a certificate; with
                        ///< SignInRefused the reason that the mechanism was told, as "invalid_token"
    qint64 size = 0;    ///< octets, with TooLarge: of the message
    qint64 limit = 0;   ///< what the server takes: octets with TooLarge, seconds with ServiceUnsupported,
                        ///< messages or recipients with PaceReached (0: it gave no number)
    Detail detail = Detail::None;

    [[nodiscard]] bool isNone() const noexcept { return kind == Kind::None; }
    friend bool operator==(const Problem &, const Problem &) = default;
};

/// The stable word for a kind in the database and in --json output, for example "sign-in-refused".
[[nodiscard]] QString toString(Problem::Kind kind);
[[nodiscard]] Problem::Kind problemKindFromString(const QString &word);

[[nodiscard]] QJsonObject toJson(const Problem &problem);
[[nodiscard]] Problem problemFromJson(const QJsonObject &object);
/// The same as one line, as the database has it; empty for none.
[[nodiscard]] QString toText(const Problem &problem);
[[nodiscard]] Problem problemFromText(const QString &text);

} // namespace postrider::outbox
