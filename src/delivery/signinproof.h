// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "delivery/handover.h"
#include "delivery/proofnews.h"
#include "outbox/problem.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace postrider::delivery {

/**
 * Asks an account's server whether it lets us in and takes mail from addresses of the account. Nothing is
 * sent to anybody: each address is named with MAIL and taken back with RSET (RFC 5321 section 4.1.1.5).
 *
 * start() once; news and the answer come in the thread that the object lives in. Deletes itself afterwards;
 * deleting it before ends the connection without an answer.
 */
class SignInProof final : public QObject
{
    Q_OBJECT

public:
    /// Nothing: the server agreed. Otherwise what stopped it, or the first address that was refused.
    using Answer = std::function<void(std::optional<outbox::Problem>)>;
    struct Request
    {
        accounts::Account account {}; ///< its server is the one that is asked
        QStringList senders {};       ///< addresses; none: signing in is enough
        base::Secret secret {};
        sasl::CredentialKind credentialKind = sasl::CredentialKind::Password;
        std::optional<std::chrono::milliseconds> connectTimeout {}; ///< nothing: as for a message
    };

    SignInProof(Request request, const base::Clock &clock, ProofWatcher watcher, Answer answer);
    Q_DISABLE_COPY_MOVE(SignInProof)

    void start();

private:
    void askNext();
    void tell(ProofNews::Step step);
    void conclude(std::optional<outbox::Problem> problem);

    accounts::Server m_server;
    QStringList m_senders; ///< that were not asked yet
    QString m_sender {};   ///< that is asked now
    std::optional<outbox::Problem> m_refusal {};
    Handover m_handover;
    ProofWatcher m_watcher;
    Answer m_answer;
    bool m_isLetIn = false;
};

/// An address as MAIL carries it. What is no address stays as it is, for the store or the session to refuse.
[[nodiscard]] QByteArray toReversePath(const QString &address);

} // namespace postrider::delivery
