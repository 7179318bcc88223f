// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/accountstore.h"
#include "delivery/words/foundwords.h"
#include "delivery/words/messagewords.h"
#include "delivery/words/problemwords.h"
#include "delivery/words/readwords.h"
#include "delivery/words/serverwords.h"
#include "delivery/words/signinwords.h"
#include "delivery/words/statewords.h"
#include "net/clientcertificate.h"
#include "outbox/durablefile.h"
#include "outbox/store.h"
#include "secrets/secretstore.h"

#include <QString>

#include <variant>

/// The one place where outcomes become words for people, so that the window and the command line say the
/// same: this header and the *words.h that it includes. Everything is translated; a server's own words are
/// quoted unchanged.
namespace postrider::delivery {

/// Anything that can go wrong in what a window or a command asks the post office for.
using Trouble
    = std::variant<outbox::Problem, outbox::StoreError, accounts::AccountError, secrets::SecretError>;

[[nodiscard]] QString sentence(const outbox::StoreError &error);
[[nodiscard]] QString sentence(const accounts::AccountError &error);
[[nodiscard]] QString sentence(const secrets::SecretError &error);
/// What the person can do about it.
[[nodiscard]] QString advice(const secrets::SecretError &error);
/// That a password which nobody wants any more may still lie in the keychain.
[[nodiscard]] QString oldPasswordSentence(const accounts::Account &account,
                                          const secrets::SecretError &error);
[[nodiscard]] QString sentence(const Trouble &trouble);
/// Why copies of sent messages cannot be made.
[[nodiscard]] QString copySentence(const outbox::FileError &error);
/// file: the one with the certificate, or with its key, whichever the error is about.
[[nodiscard]] QString sentence(net::ClientCertificateError error, const QString &file);

} // namespace postrider::delivery
