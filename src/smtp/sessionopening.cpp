// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/sessionprivate.h"

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

} // namespace

void Session::Private::handleGreeting(const Reply &reply, MonotonicTime now)
{
    greeting = reply;
    if (reply.isPositive())
        sendEhlo(now);
    else
        leave({ Stage::Greeting, Cause::Refused, Custody::NotAccepted, reply }, now);
}

void Session::Private::sendEhlo(MonotonicTime now)
{
    state = State::Opening;
    send("EHLO " + config.clientName, { Step::Ehlo }, now);
}

void Session::Private::handleEhlo(Step step, const Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        handleEhloRefusal(step, reply, now);
        return;
    }
    capabilities = step == Step::Ehlo ? Capabilities::fromEhlo(reply) : Capabilities();
    if (config.security != Security::StartTls || isEncrypted) {
        mechanisms = capabilities.authMechanisms();
        askCredentials();
    } else if (capabilities.has("STARTTLS")) {
        send("STARTTLS"_ba, { Step::StartTls }, now);
    } else {
        leave({ Stage::StartTls, Cause::TlsMissing }, now);
    }
}

/// Some servers take no loopback address for a client's name, and some know no EHLO (RFC 5321 sections 3.2
/// and 4.1.4). Without EHLO there is neither TLS nor AUTH.
void Session::Private::handleEhloRefusal(Step step, const Reply &reply, MonotonicTime now)
{
    const bool isEhlo = step == Step::Ehlo;
    if (isEhlo && reply.isPermanent() && !config.addressLiteral.isEmpty()
        && config.addressLiteral != config.clientName) {
        config.clientName = config.addressLiteral;
        sendEhlo(now);
    } else if (isEhlo && (reply.code == 500 || reply.code == 502) && config.security == Security::Plaintext) {
        send("HELO " + config.clientName, { Step::Helo }, now);
    } else {
        leave({ Stage::Ehlo, Cause::Refused, Custody::NotAccepted, reply }, now);
    }
}

void Session::Private::handleStartTls(const Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        leave({ Stage::StartTls, Cause::Refused, Custody::NotAccepted, reply }, now);
        return;
    }
    // What was said in plain text may be anybody's (RFC 3207 section 4.2).
    capabilities = {};
    greeting = {};
    state = State::TlsHandshake;
    events.emplace_back(event::BeginTls {});
}

} // namespace postrider::smtp
