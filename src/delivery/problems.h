// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/connection.h"
#include "outbox/problem.h"
#include "outbox/store.h"
#include "practice/practiceserver.h"
#include "secrets/secretstore.h"

#include <optional>

/// From what the lower modules report to the Problem that the outbox keeps (standards: the table of stages
/// and replies in docs/architecture.md).
namespace postrider::delivery {

/// A connection that failed before or between messages.
[[nodiscard]] outbox::Problem toProblem(const net::ConnectionFailure &failure,
                                        const std::optional<net::TlsReport> &tls);
/// A transaction that failed, or a session that broke.
[[nodiscard]] outbox::Problem toProblem(const smtp::Failure &failure);
/// An address that only a server with SMTPUTF8 can carry.
[[nodiscard]] outbox::Problem internationalAddressProblem(const QByteArray &address);
/// One recipient's refusal.
[[nodiscard]] outbox::Problem recipientProblem(const QByteArray &address, const smtp::Reply &reply);
/// The answer to MAIL; code 0 when the address itself cannot be sent to this server.
[[nodiscard]] outbox::Problem senderProblem(const smtp::Reply &reply);
[[nodiscard]] outbox::Problem toProblem(const secrets::SecretError &error);
[[nodiscard]] outbox::Problem toProblem(const practice::PracticeError &error);

/// What a problem means for the account as a whole.
enum class AccountEffect {
    None,    ///< it concerns one message or one recipient
    Waiting, ///< the server is in trouble: try again by itself
    Held,    ///< a person must act: sign-in, certificate, refusal of this client
};
[[nodiscard]] AccountEffect accountEffect(const outbox::Problem &problem);

/// Whether another network, or this one when it works again, may be all that is needed.
[[nodiscard]] bool isOfTheNetwork(const outbox::Problem &problem);

/// Whether another port of the same server may lead further: nobody answered at this one, or nobody who
/// speaks SMTP. Not when there was trouble with encryption or signing in.
[[nodiscard]] bool isOfThePort(const outbox::Problem &problem);

/// Whether the conversation had come as far as MAIL: only such a try counts as one of the message.
[[nodiscard]] bool reachedMail(smtp::Failure::Stage stage);

} // namespace postrider::delivery
