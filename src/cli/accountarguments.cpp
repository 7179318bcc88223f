// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/accountarguments.h"

using namespace Qt::StringLiterals;

namespace postrider::cli {

using Kind = UsageError::Kind;

namespace {

/// Which of the ways the options mean; what belongs to another one does not go together with it.
void readWay(OptionReader &reader, AccountAdd &command)
{
    using Way = AccountAdd::Way;
    using discovery::FinderOptions;
    for (const QLatin1StringView other : { "service"_L1, "command"_L1 })
        reader.exclude("host"_L1, other);
    reader.exclude("service"_L1, "command"_L1);
    reader.needs("region"_L1, "service"_L1);
    if (reader.has("service"_L1))
        command.way = Way::Service;
    else if (reader.has("command"_L1))
        command.way = Way::Program;
    else if (reader.has("host"_L1) || reader.has("relay"_L1))
        command.way = Way::Server;
    command.service = reader.name("service"_L1);
    command.region = reader.name("region"_L1);
    command.program = reader.name("command"_L1);
    command.agreedHost = reader.name("agree"_L1);
    if (reader.has("ask-database"_L1))
        command.database = FinderOptions::Database::Ask;
    if (reader.has("ask-unencrypted"_L1))
        command.plainSettings = FinderOptions::PlainSettings::Ask;
    if (command.way != Way::Search) {
        for (const QLatin1StringView option : { "agree"_L1, "ask-database"_L1, "ask-unencrypted"_L1 }) {
            if (reader.has(option))
                reader.fail(Kind::Exclusive, withHyphens(option),
                            withHyphens(command.way == Way::Service       ? "service"_L1
                                            : command.way == Way::Program ? "command"_L1
                                            : reader.has("host"_L1)       ? "host"_L1
                                                                          : "relay"_L1));
        }
    }
    if (command.way != Way::Server || !reader.has("host"_L1)) {
        for (const QLatin1StringView option : { "port"_L1, "security"_L1 })
            reader.needs(option, "host"_L1);
    }
    if (command.way == Way::Program) {
        for (const QLatin1StringView option :
             { "user"_L1, "auth"_L1, "password-stdin"_L1, "ca-file"_L1, "pin"_L1, "helo"_L1, "relay"_L1 })
            reader.exclude(option, "command"_L1);
    }
    if (reader.has("host"_L1))
        command.server = reader.server("host"_L1);
    else if (reader.has("relay"_L1)) // the mail system of this computer
        command.server = { u"127.0.0.1"_s, 25, accounts::Security::None };
}

} // namespace

AccountAdd readAccountAdd(OptionReader &reader)
{
    AccountAdd command;
    for (const QLatin1StringView option : { "client-id"_L1, "tenant"_L1, "scope"_L1, "device"_L1 })
        reader.needs(option, "oauth"_L1);
    reader.require("email"_L1);
    command.email = reader.text("email"_L1);
    command.name = reader.text("name"_L1).trimmed();
    command.replyTo = reader.name("reply-to"_L1);
    command.signatureFile = reader.name("signature"_L1);
    readWay(reader, command);
    command.signIn = reader.signIn();
    if (reader.has("relay"_L1))
        command.login = AccountAdd::Login::None;
    for (const QLatin1StringView option : { "password-stdin"_L1, "user"_L1, "auth"_L1 })
        reader.exclude(option, "relay"_L1);
    // Where the server is searched for, a person at a terminal is asked for the password.
    if (command.way == AccountAdd::Way::Server)
        reader.needs("user"_L1, "password-stdin"_L1);
    command.caFile = reader.name("ca-file"_L1);
    command.pinnedKey = reader.pin();
    command.clientName = reader.clientName();
    if (reader.has("no-verify-login"_L1))
        command.proof = delivery::PostOffice::Proof::None;
    return command;
}

AccountEdit readAccountEdit(OptionReader &reader, const QString &id)
{
    const auto given = [&reader](QLatin1StringView option) -> std::optional<QString> {
        return reader.has(option) ? std::optional(reader.text(option).trimmed()) : std::nullopt;
    };
    AccountEdit command;
    command.id = id;
    command.email = given("email"_L1);
    command.name = given("name"_L1);
    command.replyTo = given("reply-to"_L1);
    command.signatureFile = given("signature"_L1);
    if (reader.has("host"_L1))
        command.host = reader.server("host"_L1).host;
    if (reader.has("port"_L1))
        command.port = reader.port();
    if (reader.has("security"_L1))
        command.security = reader.server("host"_L1).security;
    command.user = given("user"_L1);
    command.caFile = given("ca-file"_L1);
    if (reader.has("pin"_L1))
        command.pinnedKey = reader.text("pin"_L1).isEmpty() ? QByteArray() : reader.pin();
    if (reader.has("helo"_L1))
        command.clientName = reader.text("helo"_L1).isEmpty() ? QByteArray() : reader.clientName();
    command.signIn = reader.signIn();
    command.hasMechanism = reader.has("auth"_L1);
    if (reader.has("no-verify-login"_L1))
        command.proof = delivery::PostOffice::Proof::None;
    const bool changes = command.email || command.name || command.replyTo || command.signatureFile
        || command.host || command.port || command.security || command.user || command.caFile
        || command.pinnedKey || command.clientName || command.hasMechanism
        || command.signIn.source != SignIn::PasswordSource::None;
    if (!changes)
        reader.fail(Kind::NothingToChange);
    return command;
}

IdentityAdd readIdentityAdd(OptionReader &reader, const QString &id)
{
    IdentityAdd command;
    reader.require("email"_L1);
    command.id = id;
    command.email = reader.text("email"_L1);
    command.name = reader.text("name"_L1).trimmed();
    command.replyTo = reader.name("reply-to"_L1);
    command.signatureFile = reader.name("signature"_L1);
    if (reader.has("no-verify-login"_L1))
        command.proof = delivery::PostOffice::Proof::None;
    return command;
}

AccountImport readAccountImport(OptionReader &reader, const QString &file)
{
    AccountImport command;
    command.file = file;
    command.email = reader.name("email"_L1);
    command.signIn = reader.signIn();
    for (const QLatin1StringView option : { "password-stdin"_L1, "user"_L1, "no-verify-login"_L1 })
        reader.needs(option, "email"_L1);
    if (reader.has("no-verify-login"_L1))
        command.proof = delivery::PostOffice::Proof::None;
    return command;
}

AccountSet readAccountSet(OptionReader &reader, const QString &id)
{
    AccountSet command;
    command.id = id;
    command.rules.inDoubt = reader.rule<accounts::InDoubtRule>("in-doubt"_L1);
    command.rules.partialRecipients = reader.rule<accounts::PartialRecipients>("some-refused"_L1);
    command.rules.laterDelivery = reader.rule<accounts::LaterDelivery>("send-later"_L1);
    command.messagesPerMinute = reader.limit("per-minute"_L1);
    command.messagesPerDay = reader.limit("per-day"_L1);
    command.recipientsPerMessage = reader.limit("recipients"_L1);
    command.recipientsPerDay = reader.limit("recipients-per-day"_L1);
    if (command.rules.isEmpty() && !command.changesPace())
        reader.fail(Kind::NothingToChange);
    return command;
}

} // namespace postrider::cli
