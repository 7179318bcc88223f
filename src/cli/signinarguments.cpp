// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/signinarguments.h"

#include "cli/optionreader.h"

using namespace Qt::StringLiterals;

namespace postrider::cli {

using Kind = UsageError::Kind;
using delivery::PostOffice;

namespace {

SignInWay readWay(const OptionReader &reader)
{
    return reader.has("device"_L1) ? SignInWay::Device : SignInWay::Browser;
}

PostOffice::Proof readProof(const OptionReader &reader)
{
    return reader.has("no-verify-login"_L1) ? PostOffice::Proof::None : PostOffice::Proof::SignIn;
}

} // namespace

AccountSignUp readAccountSignUp(OptionReader &reader)
{
    AccountSignUp command;
    accounts::Account &account = command.account;
    reader.require("email"_L1);
    reader.exclude("oauth"_L1, "password-stdin"_L1);
    account.email = reader.text("email"_L1);
    account.name = reader.text("name"_L1).trimmed();
    account.oauth = { .provider = reader.name("oauth"_L1),
                      .clientId = reader.name("client-id"_L1),
                      .tenant = reader.name("tenant"_L1),
                      .scope = reader.name("scope"_L1) };
    reader.needs("port"_L1, "host"_L1);
    reader.needs("security"_L1, "host"_L1);
    if (reader.has("host"_L1))
        account.server = reader.server("host"_L1);
    account.user = reader.name("user"_L1);
    if (reader.has("auth"_L1)) {
        const QString mechanism = reader.text("auth"_L1);
        if (mechanism == "xoauth2"_L1 || mechanism == "oauthbearer"_L1)
            account.auth = mechanism.toUpper().toLatin1();
        else if (mechanism != "auto"_L1)
            reader.fail(Kind::Exclusive, u"--oauth"_s, u"--auth="_s + mechanism);
    }
    account.caFile = reader.name("ca-file"_L1);
    account.pinnedKey = reader.pin();
    account.clientName = reader.clientName();
    command.way = readWay(reader);
    command.proof = readProof(reader);
    return command;
}

AccountSignIn readAccountSignIn(OptionReader &reader, const QString &id)
{
    return { .id = id, .way = readWay(reader), .proof = readProof(reader) };
}

} // namespace postrider::cli
