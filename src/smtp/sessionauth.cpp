// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/sessionprivate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

/// The server dislikes the mechanism or the form of the command, not the password (RFC 4954 section 6).
bool isMechanismRefusal(int code)
{
    constexpr std::array codes { 500, 501, 504, 534, 538 };
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Cause causeOf(AuthExchange::Error::Kind kind)
{
    using Kind = AuthExchange::Error::Kind;
    switch (kind) {
    case Kind::MechanismFailed:
        return Cause::MechanismFailed;
    case Kind::MalformedChallenge:
        return Cause::Malformed;
    case Kind::ServerNotVerified:
        return Cause::ServerNotVerified;
    }
    Q_UNREACHABLE();
}

Failure failureFrom(const AuthExchange &exchange, const AuthExchange::Error &error)
{
    Failure failure { Stage::Auth, causeOf(error.kind) };
    failure.mechanismError = error.mechanism;
    failure.mechanismRefusal = exchange.refusal();
    return failure;
}

} // namespace

void Session::Private::askCredentials()
{
    state = State::Credentials;
    events.emplace_back(event::CredentialsWanted { mechanisms });
}

void Session::Private::authenticate(std::unique_ptr<sasl::Mechanism> mechanism, MonotonicTime now)
{
    if (!mechanism || !mechanisms.contains(mechanism->name().toUpper())) {
        leave(signInRefusal.value_or(Failure { Stage::Auth, Cause::NoCommonMechanism }), now);
        return;
    }
    exchange.emplace(std::move(mechanism));
    const auto line = exchange->command(initialResponse);
    if (!line) {
        leave(failureFrom(*exchange, line.error()), now);
        return;
    }
    state = State::Opening;
    send(line->octets, line->shown, { Step::Auth }, now);
}

void Session::Private::handleAuth(const Reply &reply, MonotonicTime now)
{
    if (reply.isIntermediate()) {
        handleChallenge(reply, now);
        return;
    }
    if (!reply.isPositive()) {
        handleAuthRefusal(reply, now);
        return;
    }
    if (const auto verified = exchange->verifySuccess(); !verified) {
        // Who says so may be anybody (RFC 5802 section 5): not a word more.
        failSession(failureFrom(*exchange, verified.error()));
        return;
    }
    exchange.reset();
    state = State::Mail;
}

void Session::Private::handleChallenge(const Reply &reply, MonotonicTime now)
{
    auto answer = exchange->answer(reply);
    if (!answer) {
        cancelAuth(answer.error(), now);
    } else if (auto *derivation = std::get_if<sasl::KeyDerivation>(&*answer)) {
        state = State::KeyDerivation;
        events.emplace_back(event::KeyDerivationWanted { std::move(*derivation) });
    } else {
        const auto &line = std::get<AuthExchange::Line>(*answer);
        send(line.octets, line.shown, { Step::Auth }, now);
    }
}

void Session::Private::resumeAuthentication(base::Secret derivedKey, MonotonicTime now)
{
    state = State::Opening;
    if (const auto line = exchange->resume(std::move(derivedKey)))
        send(line->octets, line->shown, { Step::Auth }, now);
    else
        cancelAuth(line.error(), now);
}

void Session::Private::handleAuthRefusal(const Reply &reply, MonotonicTime now)
{
    const QByteArray mechanism = exchange->mechanismName();
    const bool isLineTooLong = reply.code == 500 && reply.enhanced == EnhancedStatusCode { 5, 5, 6 }
        && exchange->hasSentInitialResponse();
    Failure refusal { Stage::Auth, Cause::Refused, Custody::NotAccepted, reply };
    refusal.mechanismRefusal = exchange->refusal();
    exchange.reset();

    if (isLineTooLong) {
        // Once more without the initial response (RFC 4954 section 6).
        initialResponse = AuthExchange::InitialResponse::Never;
        signInRefusal = refusal;
        askCredentials();
        return;
    }
    mechanisms.removeAll(mechanism);
    const bool isPasswordTransition = reply.code == 432 && isEncrypted && mechanisms.contains("PLAIN"_ba);
    if (isPasswordTransition) // the server has to see the password once (RFC 4954 section 6)
        mechanisms = { "PLAIN"_ba };
    if (isPasswordTransition || (isMechanismRefusal(reply.code) && !mechanisms.isEmpty())) {
        signInRefusal = refusal;
        askCredentials();
    } else {
        leave(refusal, now);
    }
}

/// "*" ends an exchange that cannot go on (RFC 4954 section 4).
void Session::Private::cancelAuth(const AuthExchange::Error &error, MonotonicTime now)
{
    signInRefusal = failureFrom(*exchange, error);
    send("*"_ba, { Step::AuthCancel }, now);
}

void Session::Private::handleAuthCancelled(MonotonicTime now)
{
    exchange.reset();
    leave(*signInRefusal, now);
}

} // namespace postrider::smtp
