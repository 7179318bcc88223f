// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/services.h"

#include <QObject>

#include <memory>
#include <optional>

namespace postrider::setup {

/**
 * The proof of the account that is being set up, which two pages watch: whether the server lets us in and
 * takes mail from the address. One press makes at most one attempt to sign in.
 */
class AccountProof final : public QObject
{
    Q_OBJECT

public:
    enum class State { NotStarted, Running, Proved, Failed };

    /// Refusals in a row after which a server may lock the account.
    static constexpr int ManyRefusals = 3;

    /// The services outlive it.
    explicit AccountProof(const Services &services, QObject *parent = nullptr);
    ~AccountProof() override;
    Q_DISABLE_COPY_MOVE(AccountProof)

    /// Replaces one that runs.
    void start(const accounts::Account &account, Credentials credentials);
    /// Ends one that runs, at once. What was proved stays proved.
    void cancel();
    /// Nothing is proved any more.
    void reset();

    [[nodiscard]] State state() const { return m_state; }
    /// Whether this is what the proof is about: the same address, server and user.
    [[nodiscard]] bool isAbout(const accounts::Account &account) const;
    [[nodiscard]] const QList<delivery::ProofNews> &news() const { return m_news; }
    [[nodiscard]] std::optional<delivery::ProofNews> newsOf(delivery::ProofNews::Step step) const;
    /// What went wrong, with State::Failed.
    [[nodiscard]] const std::optional<delivery::Trouble> &trouble() const { return m_trouble; }
    /// Whether the server, or the lack of a password, is what a person can mend by typing again.
    [[nodiscard]] bool isSignInRefused() const;
    /// How often in a row a server has refused to let us in.
    [[nodiscard]] int refusals() const { return m_refusals; }

Q_SIGNALS:
    void changed();
    /// Proved or failed.
    void finished();

private:
    void conclude(const base::Expected<void, delivery::Trouble> &answer);

    const Services &m_services;
    State m_state = State::NotStarted;
    accounts::Account m_account {};
    QList<delivery::ProofNews> m_news {};
    std::optional<delivery::Trouble> m_trouble {};
    int m_refusals = 0;
    std::unique_ptr<QObject> m_context {}; ///< of the attempt that runs
};

} // namespace postrider::setup
