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

/// In the order of the help page.
QList<QLatin1StringView> sendOptions()
{
    return {
        // whose message
        "account"_L1,
        "from"_L1,
        "to"_L1,
        "cc"_L1,
        "bcc"_L1,
        // what it says
        "subject"_L1,
        "text"_L1,
        "html"_L1,
        "in-reply-to"_L1,
        "attach"_L1,
        "eml"_L1,
        // what becomes of it
        "queue-only"_L1,
        "wait"_L1,
        "record"_L1,
        "dsn"_L1,
        "dsn-return"_L1,
        "dsn-id"_L1,
        "require-tls"_L1,
        "deliver-by"_L1,
        "hold-for"_L1,
        "hold-until"_L1,
        "priority"_L1,
        // without an account
        "server"_L1,
        "port"_L1,
        "security"_L1,
        "user"_L1,
        "password-stdin"_L1,
        "password-file"_L1,
        "token-file"_L1,
        "client-cert"_L1,
        "client-key"_L1,
        "auth"_L1,
        "ca-file"_L1,
        "pin"_L1,
        "helo"_L1,
        "proxy"_L1,
        "proxy-password-file"_L1,
        "timeout"_L1,
        "transcript"_L1,
        "verbose"_L1,
    };
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

const QList<CommandSpec> &commands()
{
    static const QList<CommandSpec> specs {
        { "account add"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Set up an account, after trying it."),
          "--email A --host H [--name N] [--port P] [--security tls|starttls|none]\n"
          "[--user U] [--auth METHOD] [--password-stdin] [--ca-file PEM] [--pin sha256:HEX]\n"
          "[--helo NAME] [--no-verify-login]",
          { "email"_L1, "name"_L1, "host"_L1, "port"_L1, "security"_L1, "user"_L1, "auth"_L1,
            "password-stdin"_L1, "ca-file"_L1, "pin"_L1, "helo"_L1, "no-verify-login"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "The password goes to the system's keychain. With a password and without --user, the "
              "address is the user name. When the trial fails, nothing is saved.") },
        { "account list"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the accounts."),
          "",
          {},
          "" },
        { "account show"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Show one account, and what its server offered at the last sign-in."),
          "ID",
          {},
          "" },
        { "account remove"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Remove an account and its password."),
          "ID",
          {},
          "" },
        { "account forget-server"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Take what an account's server offers next as right."),
          "ID",
          {},
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "A server that offers less than before, a weaker way to sign in or no encryption, may be "
              "somebody else's, and the account's messages wait. If its provider says that the server has "
              "changed, this forgets what it offered before and lets them go. What the account itself "
              "demands, as encryption, is demanded further on.") },
        { "account set-password"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Replace an account's password and let its waiting messages go."),
          "ID --password-stdin",
          { "password-stdin"_L1 },
          "" },
        { "send"_L1, "[MAILTO]"_L1, QT_TRANSLATE_NOOP("postrider::cli::Help", "Send a message."),
          "[--account ID] [--from A] --to A... [--cc A]... [--bcc A]... [--subject S]\n"
          "[--text FILE] [--html FILE] [--attach FILE]... [--in-reply-to ID] [WISH]...\n"
          "[--record] [--queue-only | --wait[=SECONDS]] [MAILTO]\n"
          "[--account ID] --eml FILE [--to A]... [WISH]... [--record]\n"
          "[--queue-only | --wait[=SECONDS]]\n"
          "--server H [--port P] [--security tls|starttls|none] [--eml FILE...]\n"
          "[--user U --password-stdin | --password-file FILE | --token-file FILE]\n"
          "[--auth METHOD] [--client-cert PEM [--client-key PEM]] [--ca-file PEM]\n"
          "[--pin sha256:HEX] [--helo NAME] [--proxy URL [--proxy-password-file FILE]]\n"
          "[--timeout SECONDS] [--transcript FILE] [--verbose] [--from A] [--to A]...\n"
          "[--subject S] [--text FILE] [--html FILE] [--attach FILE]... [WISH]... [MAILTO]",
          sendOptions(),
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Through an account, the message is put in the outbox first, and this command ends when "
              "its fate is known. With --server nothing is stored and nothing is tried again; several "
              "messages go over one connection. A WISH is what the server is asked for besides: --dsn, "
              "--require-tls, --deliver-by, --hold-for, --hold-until, --priority. MAILTO is a link such as "
              "mailto:ann@example.org?subject=Hello; options come before what it says, it never attaches a "
              "file, and its blind copies are named, not sent. Exit codes: 0 accepted, "
              "80 some recipients refused, 67 all refused, 69 refused for good, 75 try later, 76 protocol, "
              "encryption or certificate, 77 sign-in, 78 configuration, 79 in doubt.") },
        { "outbox list"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the messages, newest first."),
          "[--state S]",
          { "state"_L1 },
          "" },
        { "outbox show"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Show where a message is."),
          "ID",
          {},
          "" },
        { "outbox retry"_L1,
          "[ID]"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Try a message, or all that wait, now."),
          "ID [--record] | --all",
          { "all"_L1, "record"_L1 },
          "" },
        { "outbox cancel"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Stop sending a message; it becomes a draft."),
          "ID",
          {},
          "" },
        { "outbox hold"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Keep a message back until it is released."),
          "ID",
          {},
          "" },
        { "outbox release"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Let a message go that was kept back."),
          "ID",
          {},
          "" },
        { "outbox resolve"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Decide about a message that is in doubt."),
          "ID --sent | --resend",
          { "sent"_L1, "resend"_L1 },
          "" },
        { "outbox run"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Deliver in the foreground."),
          "[--until-empty]",
          { "until-empty"_L1 },
          "" },
        { "outbox log"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List every try of a message."),
          "ID",
          {},
          "" },
        { "practice"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Run the practice mailbox, which catches mail and sends none."),
          "[--port P] [--dir DIR]",
          { "port"_L1, "dir"_L1 },
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "It listens on this computer only, until it is interrupted.") },
    };
    return specs;
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

const CommandSpec *findCommand(QStringView words)
{
    const auto found = std::find_if(commands().begin(), commands().end(),
                                    [words](const CommandSpec &command) { return command.words == words; });
    return found == commands().end() ? nullptr : &*found;
}

} // namespace postrider::cli
