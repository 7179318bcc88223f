// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/expected.h"
#include "cli/output.h"
#include "cli/signinarguments.h"
#include "delivery/postoffice.h"
#include "delivery/services.h"
#include "discovery/query.h"
#include "discovery/search.h"
#include "net/proxy.h"
#include "outbox/message.h"
#include "sasl/mechanism.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>

namespace postrider::cli {

/// How `send` waits when nothing else is said.
constexpr std::chrono::seconds DefaultWait { 300 };
/// And `sendmail`, for which a program waits that knows nothing of it.
constexpr std::chrono::seconds LongestTry { 30 };

// What each command was asked for. Addresses and files are as typed: whether they can be used is found out
// later and is not a matter of usage.

struct ShowHelp
{
    QString command {}; ///< empty: the overview; may be the first word only ("outbox")
};

struct ShowVersion
{ };

/// How to sign in; a password itself never stands on the command line.
struct SignIn
{
    enum class PasswordSource { None, StandardInput, File };
    QString user {};
    QByteArray mechanism {}; ///< upper case; empty: the best one offered
    sasl::CredentialKind kind = sasl::CredentialKind::Password;
    PasswordSource source = PasswordSource::None;
    QString passwordFile {};      ///< also that of an access token
    QString clientCertificate {}; ///< PEM files, the second perhaps the same as the first
    QString clientKey {};
};

struct AccountAdd
{
    /// Who takes the messages.
    enum class Way {
        Search,  ///< the server that is found for the address
        Server,  ///< the one that is named
        Service, ///< a sending service's
        Program, ///< a program on this computer
    };
    enum class Login { Usual, None };
    QString email {};
    QString name {};
    QString replyTo {};
    QString signatureFile {};
    Way way = Way::Search;
    accounts::Server server {}; ///< with Way::Server
    QString service {};         ///< with Way::Service: its id
    QString region {};
    QString program {};    ///< with Way::Program
    QString agreedHost {}; ///< a server that may get the password though nobody vouches for it
    discovery::FinderOptions::Database database = discovery::FinderOptions::Database::DoNotAsk;
    discovery::FinderOptions::PlainSettings plainSettings = discovery::FinderOptions::PlainSettings::DoNotAsk;
    SignIn signIn {}; ///< a source without a user: the address is the user name
    Login login = Login::Usual;
    QString caFile {};
    QByteArray pinnedKey {}; ///< SHA-256 of the SubjectPublicKeyInfo
    QByteArray clientName {};
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

/// A search for the way to send, without an account.
struct Detect
{
    discovery::Query query {};
    std::optional<std::chrono::milliseconds> timeout {}; ///< for the whole of it
    QString caFile {};
    discovery::FinderOptions::Database database = discovery::FinderOptions::Database::DoNotAsk;
    discovery::FinderOptions::Lookup lookup = discovery::FinderOptions::Lookup::All;
    discovery::FinderOptions::PlainSettings plainSettings = discovery::FinderOptions::PlainSettings::DoNotAsk;
    discovery::Search::Extent extent = discovery::Search::Extent::UntilSettled;
};

/// The same for an account, always in full, and signing in.
struct Doctor
{
    QString id {};
    std::optional<std::chrono::milliseconds> timeout {};
    discovery::FinderOptions::Database database = discovery::FinderOptions::Database::DoNotAsk;
    discovery::FinderOptions::Lookup lookup = discovery::FinderOptions::Lookup::All;
};

struct AccountList
{ };

struct AccountShow
{
    QString id {};
};

/// Changes what an account is; what is not set here stays as it is.
struct AccountEdit
{
    QString id {};
    std::optional<QString> email {};
    std::optional<QString> name {};
    std::optional<QString> replyTo {};       ///< empty: none from now on
    std::optional<QString> signatureFile {}; ///< likewise
    std::optional<QString> host {};
    std::optional<quint16> port {};
    std::optional<accounts::Security> security {};
    std::optional<QString> user {}; ///< empty: does not sign in from now on
    std::optional<QString> caFile {};
    std::optional<QByteArray> pinnedKey {};
    std::optional<QByteArray> clientName {};
    SignIn signIn {}; ///< the mechanism counts with hasMechanism
    bool hasMechanism = false;
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

/// A further address of an account.
struct IdentityAdd
{
    QString id {};
    QString email {};
    QString name {};
    QString replyTo {};
    QString signatureFile {};
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

struct IdentityList
{
    QString id {};
};

struct IdentityRemove
{
    QString id {};
    QString email {};
};

/// Accounts of other programs, or in a file.
struct AccountImport
{
    QString file {};  ///< empty: what is found on this computer
    QString email {}; ///< the one to set up; empty: lists them
    SignIn signIn {};
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

struct AccountServices
{ };

struct AccountRemove
{
    QString id {};
};

struct AccountForgetServer
{
    QString id {};
};

struct AccountSetPassword
{
    QString id {};
};

/// What is not set here stays as it is.
struct AccountSet
{
    /// Nothing inside: what was learnt counts; 0: no limit.
    using Limit = std::optional<std::optional<int>>;
    QString id {};
    accounts::Rules rules {};
    Limit messagesPerMinute {};
    Limit messagesPerDay {};
    Limit recipientsPerMessage {};
    Limit recipientsPerDay {};

    [[nodiscard]] bool changesPace() const
    {
        return messagesPerMinute || messagesPerDay || recipientsPerMessage || recipientsPerDay;
    }
};

/// The message itself: written from its parts, or finished files.
struct Content
{
    QString link {}; ///< a mailto URI; what the options say comes before what it says
    QString from {};
    QStringList to {};
    QStringList cc {};
    QStringList bcc {};
    QString subject {};
    QString textFile {};  ///< "-": standard input; empty: no text
    QString htmlFile {};  ///< likewise
    QString inReplyTo {}; ///< identifier of the message that is answered
    QStringList attachments {};
    QStringList emlFiles {};

    /// Whether the options name any.
    [[nodiscard]] bool hasRecipients() const { return !to.isEmpty() || !cc.isEmpty() || !bcc.isEmpty(); }
};

struct Send
{
    enum class Until { Queued, Settled };
    QString account {}; ///< empty: chosen by From, or the first
    Content content {};
    delivery::Services services {};
    outbox::Recording recording = outbox::Recording::Off;
    QString at {};                         ///< when it is to leave, as typed; empty: at once
    std::chrono::seconds undoWindow { 0 }; ///< in which it can be taken back
    Until until = Until::Settled;
    std::chrono::milliseconds wait = DefaultWait;
};

/// The command line of /usr/sbin/sendmail; the message comes from standard input.
struct Sendmail
{
    enum class RecipientsFrom { Arguments, Header };
    enum class LoneDot { EndsMessage, IsText };
    QString account {};               ///< empty: chosen by the sender, or the first
    std::optional<QString> sender {}; ///< of the envelope
    QString fullName {};              ///< for a From field that has to be added
    QStringList recipients {};        ///< with RecipientsFrom::Header in addition to the header's
    RecipientsFrom recipientsFrom = RecipientsFrom::Arguments;
    LoneDot loneDot = LoneDot::EndsMessage;
    Send::Until until = Send::Until::Settled;
    /// How long a try may take without the server having taken the sender.
    std::chrono::milliseconds wait = LongestTry;
};

struct SendDirect
{
    accounts::Server server {};
    SignIn signIn {};
    QString caFile {};
    QByteArray pinnedKey {};
    QByteArray clientName {};
    net::ProxyChoice proxy {};
    QString proxyPasswordFile {};                        ///< empty: the proxy wants none
    std::optional<std::chrono::milliseconds> timeout {}; ///< for each wait
    Content content {};
    delivery::Services services {};
    QString transcriptFile {};
    enum class Verbosity { Quiet, Conversation } verbosity = Verbosity::Quiet;
};

struct OutboxList
{
    std::optional<outbox::MessageState> state {};
};

struct OutboxShow
{
    QString id {};
};

/// What was sent, as far as it is still known.
struct OutboxSent
{ };

struct OutboxLog
{
    QString id {};
};

struct OutboxAct
{
    QString id {};
    delivery::PostOffice::Action action = delivery::PostOffice::Action::Retry;
    outbox::Recording recording = outbox::Recording::Off; ///< On: the conversations from now on, too
};

struct OutboxSchedule
{
    QString id {};
    QString time {}; ///< as typed
};

struct OutboxCorrect
{
    QString id {};
    QString refused {};
    QString corrected {};
};

struct OutboxRetryAll
{ };

struct OutboxRun
{
    enum class Until { Interrupted, Empty };
    Until until = Until::Interrupted;
};

struct SettingsList
{ };

struct SettingsSet
{
    QString name {};
    QString value {};
};

struct Practice
{
    quint16 port = 0;  ///< 0: any free one
    QString folder {}; ///< empty: the profile's
};

using Command = std::variant<ShowHelp, ShowVersion, AccountAdd, AccountList, AccountShow, AccountRemove,
                             AccountForgetServer, AccountSetPassword, AccountSignUp, AccountSignIn,
                             AccountSet, Send, SendDirect, Sendmail, OutboxList, OutboxShow, OutboxLog,
                             OutboxAct, OutboxSchedule, OutboxCorrect, OutboxRetryAll, OutboxRun, OutboxSent,
                             SettingsList, SettingsSet, Practice, Detect, Doctor, AccountEdit, IdentityAdd,
                             IdentityList, IdentityRemove, AccountImport, AccountServices>;

struct Invocation
{
    QString profileFolder {}; ///< empty: the person's own
    Output::Format format = Output::Format::Text;
    Command command {};
};

struct UsageError
{
    enum class Kind {
        NoCommand,
        UnknownCommand,  ///< subject as typed
        UnknownOption,   ///< subject with its hyphens
        OptionMisplaced, ///< subject is an option of other commands only
        ValueMissing,
        ValueUnexpected,
        ValueBad, ///< detail is the value
        GivenTwice,
        OptionMissing,
        SecretVisible,  ///< subject's value holds a password, which every user of this computer may see there
        Exclusive,      ///< subject and detail do not go together
        TokenNeeded,    ///< subject signs in with an access token, detail gives a password
        PasswordNeeded, ///< the other way round
        OnlyWith,       ///< subject needs detail
        OperandMissing,
        OperandUnexpected, ///< subject as typed
        NothingToChange,   ///< account set without an option
        NothingToSend,     ///< neither a recipient nor a finished message
        NoRecipient,       ///< of sendmail
        NoSubject,         ///< of a search: subject is neither an address nor a server
        ModeRefused,       ///< subject is an option of sendmail that does not send a message
    };
    Kind kind = Kind::NoCommand;
    QString subject {};
    QString detail {};
    QString command {}; ///< whose help page helps; empty: the overview

    friend bool operator==(const UsageError &, const UsageError &) = default;
};

/**
 * Understands the arguments, without the program's name. Reads nothing but its argument.
 *
 * Options may stand before, between and after the words of the command, as `--option value` or
 * `--option=value`; a value that begins with a hyphen ("-" alone is none) needs the second form. After `--`
 * everything is an operand. --help and --version win over every mistake.
 *
 * QCommandLineParser is not used: it knows neither optional values nor options that differ by command, it
 * would take the next option for a value, and it says nothing of an option that stands twice.
 */
[[nodiscard]] base::Expected<Invocation, UsageError> parseArguments(const QStringList &arguments);

} // namespace postrider::cli
