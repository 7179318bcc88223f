// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/commandtable.h"

#include <QtGlobal>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

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
        "at"_L1,
        "undo"_L1,
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

/// Of `detect` and `doctor`.
QList<OptionMeaning> searchMeanings()
{
    return { { "timeout"_L1,
               QT_TRANSLATE_NOOP("postrider::cli::Help",
                                 "Longest time for the whole search. Default: 15.") } };
}

} // namespace

const QList<CommandSpec> &commands()
{
    static const QList<CommandSpec> specs {
        { "account add"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Set up an account, after trying it."),
          "--email A [--password-stdin] [--agree HOST] [--ask-database]\n"
          "[--ask-unencrypted] [MORE]\n"
          "--email A --host H [--port P] [--security tls|starttls|none]\n"
          "[--password-stdin] [--pin sha256:HEX] [MORE]\n"
          "--email A --service ID [--region R] [--user U] [--password-stdin] [MORE]\n"
          "--email A --relay [--host H] [--port P] [--security tls|starttls|none]\n"
          "[MORE]\n"
          "--email A --command PROGRAM [--name N] [--no-verify-login]\n"
          "--email A --oauth PROVIDER [--client-id ID] [--tenant T] [--scope S]\n"
          "[--device] [--host H]",
          { "email"_L1,          "name"_L1,           "host"_L1,   "port"_L1,         "security"_L1,
            "service"_L1,        "region"_L1,         "relay"_L1,  "command"_L1,      "user"_L1,
            "auth"_L1,           "password-stdin"_L1, "agree"_L1,  "ask-database"_L1, "reply-to"_L1,
            "signature"_L1,      "ca-file"_L1,        "pin"_L1,    "helo"_L1,         "no-verify-login"_L1,
            "oauth"_L1,          "client-id"_L1,      "tenant"_L1, "scope"_L1,        "device"_L1,
            "ask-unencrypted"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Without --host the server is found as \"detect\" does it; what is used, and why, is told on "
              "standard error. A server that nobody vouches for is used only after a question on the "
              "terminal, or with --agree. MORE is --name, --user, --auth, --reply-to, --signature, "
              "--ca-file, --helo, --no-verify-login.\n"
              "The password goes to the system's keychain. With a password and without --user, the "
              "address is the user name. When the trial fails, nothing is saved.\n"
              "--service takes a sending service's servers; \"account services\" lists them. --relay does "
              "not "
              "sign in, as for the relay of a company's network; without --host it is the mail system of "
              "this computer. --command hands messages to a program that takes them as /usr/sbin/sendmail "
              "does.") },
        { "account services"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the sending services that are known."),
          "",
          {},
          "" },
        { "account edit"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Change an account, after trying what it would be then."),
          "ID [--email A] [--name N] [--host H] [--port P]\n"
          "[--security tls|starttls|none] [--user U] [--auth METHOD] [--password-stdin]\n"
          "[--reply-to A] [--signature FILE]\n"
          "[--ca-file PEM] [--pin sha256:HEX] [--helo NAME] [--no-verify-login]",
          { "email"_L1, "name"_L1, "host"_L1, "port"_L1, "security"_L1, "user"_L1, "auth"_L1,
            "password-stdin"_L1, "reply-to"_L1, "signature"_L1, "ca-file"_L1, "pin"_L1, "helo"_L1,
            "no-verify-login"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "What is not named stays as it is; an empty value, such as --reply-to \"\", takes it away. "
              "The kept password is used only for the host that it was given for: another host needs "
              "--password-stdin. When the trial fails, nothing is changed.") },
        { "account identity add"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Let an account send from a further address."),
          "ID --email A [--name N] [--reply-to A] [--signature FILE]\n"
          "[--no-verify-login]",
          { "email"_L1, "name"_L1, "reply-to"_L1, "signature"_L1, "no-verify-login"_L1 },
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "The server is asked whether it takes mail from that address. An address that "
                            "the account has already is changed.") },
        { "account identity list"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the addresses that an account sends from."),
          "ID",
          {},
          "" },
        { "account identity remove"_L1,
          "ID A"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Take a further address from an account."),
          "ID A",
          {},
          "" },
        { "account import"_L1,
          "[FILE]"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the accounts of other programs, and set one up."),
          "[FILE]\n"
          "[FILE] --email A [--password-stdin] [--user U] [--no-verify-login]",
          { "email"_L1, "user"_L1, "password-stdin"_L1, "no-verify-login"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Looks for the settings of Thunderbird, KMail, Evolution, Geary, Claws Mail, Sylpheed and "
              "msmtp "
              "on this computer, or reads FILE: one of theirs, a configuration profile (.mobileconfig), or a "
              "provider's config-v1.1.xml. With --email, the account of that address is set up; identities "
              "and signatures come along. Passwords are never read from there.") },
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
        { "account sign-in"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Sign in with the browser once more and let the account's waiting messages go."),
          "ID [--device] [--no-verify-login]",
          { "device"_L1, "no-verify-login"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "For accounts of a provider that wants it (OAuth 2). The address to open is printed, and "
              "opened "
              "when there is a display. When the trial fails, nothing is changed. Exit codes: 77 not let in, "
              "75 try later, 78 this copy cannot sign in there.") },
        { "account set"_L1,
          "ID"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Change an account's rules and its pace."),
          "ID [--in-doubt ask|resend|never] [--some-refused accepted|nobody]\n"
          "[--send-later here|server] [--per-minute N] [--per-day N]\n"
          "[--recipients N] [--recipients-per-day N]",
          { "in-doubt"_L1, "some-refused"_L1, "send-later"_L1, "per-minute"_L1, "per-day"_L1, "recipients"_L1,
            "recipients-per-day"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "An account that has reached its pace waits, and goes on by itself. A number that "
              "is set here wins over what was learnt from the server's replies.") },
        { "detect"_L1,
          "WHOM"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Find the server that mail is sent through."),
          "ADDRESS|DOMAIN|HOST[:PORT] [--timeout SECONDS] [--ca-file PEM]\n"
          "[--no-lookup | [--ask-database] [--ask-unencrypted]] [--full]",
          { "timeout"_L1, "ca-file"_L1, "no-lookup"_L1, "ask-database"_L1, "ask-unencrypted"_L1, "full"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "Looks where the domain says that mail is sent, tries the ports of all servers that come into "
              "question at the same time, and tells which one to use and why. A name is tried as a domain "
              "and as a server; with a port, it is that server alone.\n"
              "No password is asked for, and the part of the address before the @ does not leave this "
              "computer. Ends as soon as the answer stands; what is still open is then NOT_TRIED.\n"
              "Exit codes: 0 with a recommendation, 69 without, 75 when the network is the cause, as it is "
              "when no port answers at all."),
          {},
          searchMeanings() },
        { "doctor"_L1,
          "ACCOUNT"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Look at an account's server, sign in, and tell what is wrong."),
          "ACCOUNT [--timeout SECONDS] [--no-lookup | --ask-database] [--full]",
          { "timeout"_L1, "no-lookup"_L1, "ask-database"_L1, "full"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "The same as detect, with every port of the account's own server, and signing in with the "
              "password that is kept. Nothing is sent to anybody and nothing is changed: what would be "
              "better is said, and never protects less than what is there.\n"
              "Exit codes: 0 the account can send, otherwise those of send."),
          {},
          searchMeanings() },
        { "send"_L1, "[MAILTO]"_L1, QT_TRANSLATE_NOOP("postrider::cli::Help", "Send a message."),
          "[--account ID] [--from A] --to A... [--cc A]... [--bcc A]... [--subject S]\n"
          "[--text FILE] [--html FILE] [--attach FILE]... [--in-reply-to ID] [WISH]...\n"
          "[--record] [--undo SECONDS] [--at TIME | --queue-only | --wait[=SECONDS]] [MAILTO]\n"
          "[--account ID] --eml FILE [--to A]... [WISH]... [--record]\n"
          "[--undo SECONDS] [--at TIME | --queue-only | --wait[=SECONDS]]\n"
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
        { "sendmail"_L1,
          "[RECIPIENT]"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "Send the message on standard input, as /usr/sbin/sendmail does."),
          "[-t] [-i] [-f ADDRESS] [-F NAME] [-odq] [--account ID] [--] [RECIPIENT]...",
          { "account"_L1 },
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "For programs that know how to call sendmail, as git send-email, cron and PHP do; also when "
              "this "
              "program is called by that name. Other options of sendmail are passed over, but those that do "
              "not send a message (-bd, -bp, -bs, -q) are refused.\n"
              "An address without @, as cron writes it, stands for the account's own, and a message without "
              "From gets one. The account is the one of -f or From, otherwise the first; never the practice "
              "account unless it is named.\n"
              "The exit code is 0 as soon as the message is safely in the outbox, after one try when no "
              "other "
              "process delivers. That try ends after a while when the server does not answer, and the next "
              "process that delivers goes on. What became of it stands on "
              "standard error when the message was not sent. Exit codes otherwise: 64 wrong options, 65 no "
              "message that could be sent, 74 the outbox cannot be written, 78 no account."),
          { { "-t",
              QT_TRANSLATE_NOOP("postrider::cli::Help",
                                "Send to the recipients in To, Cc and Bcc, or in Resent-To, Resent-Cc "
                                "and Resent-Bcc where there are any, and to those on the line. Bcc is "
                                "removed.") },
            { "-i, -oi",
              QT_TRANSLATE_NOOP("postrider::cli::Help",
                                "A line with nothing but a dot does not end the message.") },
            { "-f ADDRESS, -r ADDRESS",
              QT_TRANSLATE_NOOP("postrider::cli::Help",
                                "Sender of the envelope, who hears of trouble. Default: the account's.") },
            { "-F NAME", QT_TRANSLATE_NOOP("postrider::cli::Help", "Name in a From that is missing.") },
            { "-odq",
              QT_TRANSLATE_NOOP("postrider::cli::Help",
                                "Only put it in the outbox; another process delivers.") },
            { "--wait SECONDS",
              QT_TRANSLATE_NOOP("postrider::cli::Help",
                                "Longest try for a server that does not take the sender. Default: 30.") } } },
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
        { "outbox schedule"_L1,
          "ID TIME"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Let a message leave at another time."),
          "ID TIME",
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "TIME is one word for the shell, such as \"tomorrow 9:00\" or 2026-12-24T08:00. "
                            "\"outbox release\" sends it now.") },
        { "outbox correct"_L1,
          "ID OLD NEW"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Send a message to the right address of a refused one."),
          "ID OLD NEW",
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help",
                            "OLD is the address that the server refused, NEW the one in its place. It is the "
                            "same message with the same Message-ID, and nobody who has it gets it again.") },
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
        { "outbox sent"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List what was sent, newest first."),
          "",
          {},
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "First the messages that are still there as a whole, then what is kept of older ones: subject, "
              "recipients, and the words with which the server accepted them. How long either is kept, and "
              "whether copies go to a folder or a mailbox file, says \"settings list\".") },
        { "settings list"_L1,
          {},
          QT_TRANSLATE_NOOP("postrider::cli::Help", "List the settings of the profile."),
          "",
          {},
          "" },
        { "settings set"_L1,
          "NAME VALUE"_L1,
          QT_TRANSLATE_NOOP("postrider::cli::Help", "Change a setting of the profile."),
          "NAME VALUE",
          {},
          QT_TRANSLATE_NOOP(
              "postrider::cli::Help",
              "sending/undoSeconds: how long Send can be taken back in the window, 0 to 120. "
              "sent/keepMessagesDays: how long a sent message is kept as a whole. sent/keepRecordsDays: how "
              "long it is kept what was sent to whom; 0 for ever. sent/copyTo: a folder that gets a copy of "
              "every sent message as an .eml file, or a mailbox file (a name that ends in .mbox); \"\" for "
              "no "
              "copies. They stand in settings.ini in the profile folder.") },
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

const CommandSpec *findCommand(QStringView words)
{
    const auto found = std::find_if(commands().begin(), commands().end(),
                                    [words](const CommandSpec &command) { return command.words == words; });
    return found == commands().end() ? nullptr : &*found;
}

} // namespace postrider::cli
