// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/accountstore.h"
#include "mime/address/mailbox.h"
#include "outbox/message.h"
#include "outbox/store.h"
#include "secrets/secretstore.h"

#include <QString>

#include <variant>

/// The one place where outcomes become words for people, so that the window and the command line say the
/// same. Everything here is translated; a server's own words are quoted unchanged.
namespace postrider::delivery {

/// Anything that can go wrong in what a window or a command asks the post office for.
using Trouble
    = std::variant<outbox::Problem, outbox::StoreError, accounts::AccountError, secrets::SecretError>;

/// What happened, as one plain sentence without code numbers.
[[nodiscard]] QString sentence(const outbox::Problem &problem);
[[nodiscard]] QString sentence(const outbox::StoreError &error);
[[nodiscard]] QString sentence(const accounts::AccountError &error);
[[nodiscard]] QString sentence(const secrets::SecretError &error);
[[nodiscard]] QString sentence(const mime::AddressError &error);
[[nodiscard]] QString sentence(const Trouble &trouble);

/// What the person can do about it; empty when nothing is needed.
[[nodiscard]] QString advice(const outbox::Problem &problem);

/// The server's answer as it came, for Details: "550 5.1.1 No such user here"; empty when no server spoke.
[[nodiscard]] QString serverWords(const outbox::Problem &problem);

/// What stands behind the sentence, as one of its own: "The server said: 550 5.1.1 No such user here", or
/// what this computer reported when no server spoke; empty when there is nothing more to say.
[[nodiscard]] QString evidence(const outbox::Problem &problem);

/// One or two words for a state: "Waiting", "Sent", "Needs you".
[[nodiscard]] QString stateName(const outbox::MessageSummary &message);

/// The whole truth about a message in one or two sentences: what happened, what happens next and when, and
/// that it is safe. Messages of the practice account never read "sent".
[[nodiscard]] QString stateSentence(const outbox::MessageSummary &message, const QDateTime &now);

/// One recipient's result: "bob@example.net: refused: ...".
[[nodiscard]] QString recipientSentence(const outbox::Recipient &recipient,
                                        const outbox::MessageSummary &message);

} // namespace postrider::delivery
