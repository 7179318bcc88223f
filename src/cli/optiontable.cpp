// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/commandtable.h"

#include <QtGlobal>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

using Argument = OptionSpec::Argument;
using Occurs = OptionSpec::Occurs;

const QList<OptionSpec> &commandOptions()
{
    static const QList<OptionSpec> options {
        // the server and signing in
        { "host"_L1, Argument::Required, "H",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Name or address of the sending server.") },
        { "server"_L1, Argument::Required, "H",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Send straight to this server, without account and outbox.") },
        { "port"_L1, Argument::Required, "P", QT_TRANSLATE_NOOP("postrider::cli::Help", "Port number.") },
        { "security"_L1, Argument::Required, "tls|starttls|none",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "How the connection is encrypted. Default: starttls for the ports 25, 587 and 2525, "
              "tls otherwise. The default port is 465 for tls, 587 for starttls, 25 for none.") },
        { "user"_L1, Argument::Required, "U",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Name to sign in with.") },
        { "auth"_L1, Argument::Required, "METHOD",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "auto, plain, login, cram-md5, scram-sha-1, scram-sha-256, xoauth2, oauthbearer, "
                            "external, or none to not sign in. Default: auto.") },
        { "password-stdin"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Read the password from the first line of standard input.") },
        { "password-file"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Read the password from the first line of this file.") },
        { "token-file"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Read an OAuth 2 access token from the first line of this file.") },
        { "client-cert"_L1, Argument::Required, "PEM",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Certificate, with its chain, to show to a server that asks for one. Without "
                            "password and token it signs in by itself (external).") },
        { "client-key"_L1, Argument::Required, "PEM",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Key of that certificate. Default: it is in the same file.") },
        { "ca-file"_L1, Argument::Required, "PEM",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Trust these authorities too, besides the system's.") },
        { "pin"_L1, Argument::Required, "sha256:HEX",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Trust the server's key with this SHA-256 fingerprint, and no other.") },
        { "oauth"_L1, Argument::Required, "PROVIDER",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Sign in with the browser at this provider (OAuth 2): microsoft, google, yahoo, "
                            "aol, fastmail, yandex, mailru, or one of your own in oauth.json.") },
        { "client-id"_L1, Argument::Required, "ID",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Client ID that the provider gave you. Default: the one of this copy, if it has "
                            "one.") },
        { "tenant"_L1, Argument::Required, "T",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Organisation at a provider that knows several. Default: any.") },
        { "scope"_L1, Argument::Required, "S",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "What to ask for, with blanks between. Default: what sending mail takes.") },
        { "device"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Print a code to be entered in the browser of any other device.") },
        { "no-verify-login"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Save the account without trying it.") },
        { "helo"_L1, Argument::Required, "NAME",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Name to greet the server with. Default: [127.0.0.1], which tells nothing about "
                            "this computer.") },
        { "timeout"_L1, Argument::Required, "SECONDS",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Longest wait for any one answer of the server, the last one included. Default: "
                            "what the standard says, up to 10 minutes.") },
        { "no-lookup"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Ask nobody where mail is sent; try only what is known here and usual names.") },
        { "ask-database"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Ask the public settings database, too. It is told the domain, such as "
                            "example.org, and nothing else.") },
        { "ask-unencrypted"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Ask for the domain's settings without encryption (http), too. Anybody on the "
                            "way can read which domain that is and change the answer, so that a server "
                            "from there is used only after a question, or with --agree.") },
        { "full"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Go on until every port has a result, port 25 included.") },
        { "proxy"_L1, Argument::Required, "URL",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Way to the server: system, none, socks5://[USER@]HOST:PORT or "
                            "http://[USER@]HOST:PORT. Default: system. Never used for this computer "
                            "itself.") },
        { "proxy-password-file"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Read the password for the proxy from the first line of this file.") },
        { "transcript"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Write what is said with the server to this file, without passwords.") },
        { "verbose"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Print what is said with the server on standard error, without passwords.") },
        // who
        { "email"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Address that mail is from.") },
        { "name"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Name that recipients see, and that the account goes by.") },
        { "account"_L1, Argument::Required, "ID",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Account to send through; \"practice\" is the built-in one that only catches mail. "
              "Default: the one whose address is in From, or the first.") },
        { "reply-to"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Where answers go instead; a mailbox or several.") },
        { "signature"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Plain text, UTF-8, that is put under new messages in the window.") },
        { "service"_L1, Argument::Required, "ID",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Send by way of this sending service.") },
        { "region"_L1, Argument::Required, "R",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Which of the service's places. Default: its usual one.") },
        { "relay"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Do not sign in: the server knows this computer by its address.") },
        { "command"_L1, Argument::Required, "PROGRAM",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Hand messages to this program, such as /usr/sbin/sendmail.") },
        { "agree"_L1, Argument::Required, "HOST",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Use this server even if nobody vouches that it is the right one.") },
        { "in-doubt"_L1, Argument::Required, "ask|resend|never",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "What becomes of a message of which nobody knows whether the server has it: ask "
                            "(the default), send it once more after half an hour, or never send it again.") },
        { "some-refused"_L1, Argument::Required, "accepted|nobody",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Who gets a message from the window of which the server refuses some recipients: "
                            "the accepted ones (the default), or nobody before it is decided. What the "
                            "command line sends goes to the accepted ones.") },
        { "send-later"_L1, Argument::Required, "here|server",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Where a message for later waits: here (the default), or at the server if it "
                            "offers that; then this computer may be off.") },
        { "per-minute"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Most messages in a minute; 0 for no limit, auto for what the server tells.") },
        { "per-day"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Most messages in a day, likewise.") },
        { "recipients"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Most recipients of a message, likewise; a longer list is sent in parts.") },
        { "recipients-per-day"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Most recipients in a day, likewise.") },
        // the message
        { "from"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Sender, such as \"Ann <ann@example.org>\".") },
        { "to"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Recipient, or several separated by commas; may repeat."),
          Occurs::Repeatedly },
        { "cc"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Recipient of a copy; like --to."), Occurs::Repeatedly },
        { "bcc"_L1, Argument::Required, "A",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Recipient whom the others do not see; like --to."),
          Occurs::Repeatedly },
        { "subject"_L1, Argument::Required, "S", QT_TRANSLATE_NOOP("postrider::cli::Help", "Subject.") },
        { "text"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Text of the message, UTF-8; - for standard input.") },
        { "html"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Text of the message as HTML, UTF-8; - for standard input. Scripts, pictures from "
              "elsewhere and other unsafe things are left out. Without --text, the plain form is "
              "made from it.") },
        { "in-reply-to"_L1, Argument::Required, "ID",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Message-ID of the message that this one answers, with or without its < >.") },
        { "attach"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "File to go along; may repeat."), Occurs::Repeatedly },
        { "eml"_L1, Argument::Required, "FILE",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Send this finished message; its To, Cc and Bcc are the recipients unless --to, --cc or "
              "--bcc say otherwise. With --server it may repeat."),
          Occurs::Repeatedly },
        { "dsn"_L1, Argument::Required, "WHEN",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Ask for reports: never, or success, failure and delay separated by commas. A "
                            "server that knows no reports sends none.") },
        { "dsn-return"_L1, Argument::Required, "full|headers",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "What comes back with a report of failure.") },
        { "dsn-id"_L1, Argument::Required, "ID",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Name that reports carry back. Default: a random one.") },
        { "require-tls"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Encrypted on the whole way to the recipient, or not at all (REQUIRETLS).") },
        { "deliver-by"_L1, Argument::Required, "SECONDS[,return|,notify]",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Time in which it must arrive; after that it comes back, or a report says that it "
              "is late. Default: notify.") },
        { "hold-for"_L1, Argument::Required, "SECONDS",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Let the server keep it back for so long.") },
        { "hold-until"_L1, Argument::Required, "TIME",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Let the server keep it back until then, such as 2026-12-24T08:00:00Z.") },
        { "priority"_L1, Argument::Required, "N",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "From -9 to 9; higher goes first on servers that know it.") },
        { "record"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Keep what is said with the server about this message, without passwords; "
                            "\"outbox log\" shows it.") },
        { "at"_L1, Argument::Required, "TIME",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Keep it in the outbox until then: 2026-12-24T08:00 (this computer's time zone unless "
              "one is written), \"tomorrow 9:00\", \"friday 17:30\", \"in 2 hours\". It leaves "
              "when a process delivers at that time.") },
        { "undo"_L1, Argument::Required, "SECONDS",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Keep it back for so long, up to 120, in which \"outbox cancel\" takes it back. "
                            "Default: 0.") },
        { "queue-only"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "End as soon as the message is safely in the outbox.") },
        { "wait"_L1, Argument::Optional, "SECONDS",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Longest wait for the outcome. Default: 300. The message stays in the outbox.") },
        // the outbox
        { "state"_L1, Argument::Required, "S",
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Only messages in this state: preparing, draft, held, queued, sending, deferred, sent, "
              "partly-sent, failed, in-doubt, damaged.") },
        { "all"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Every message that waits.") },
        { "sent"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "It has arrived: never send it again.") },
        { "resend"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Send it again, even if it may then arrive twice.") },
        { "until-empty"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "End when nothing is due any more.") },
        // practice
        { "dir"_L1, Argument::Required, "DIR",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Folder to keep caught mail in. Default: practice in the profile folder.") },
    };
    return options;
}

} // namespace

const QList<OptionSpec> &globalOptions()
{
    static const QList<OptionSpec> options {
        { "profile"_L1, Argument::Required, "DIR",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Use the accounts and the outbox in this folder.") },
        { "json"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Print results as JSON, one object per line, on standard output.") },
        { "help"_L1, Argument::None, "",
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Show this page, or a command's.") },
        { "version"_L1, Argument::None, "", QT_TRANSLATE_NOOP("postrider::cli::Help", "Show the version.") },
    };
    return options;
}

const OptionSpec *findOption(QStringView name)
{
    for (const QList<OptionSpec> *options : { &globalOptions(), &commandOptions() }) {
        const auto found = std::find_if(options->begin(), options->end(),
                                        [name](const OptionSpec &option) { return option.name == name; });
        if (found != options->end())
            return &*found;
    }
    return nullptr;
}

} // namespace postrider::cli
