// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "base/terminationsignals.h"
#include "cli/command.h"
#include "delivery/postoffice.h"
#include "secrets/keychainsecretstore.h"

#include <functional>
#include <memory>
#include <optional>

namespace postrider::cli {

/**
 * A command that works on a profile: opens the post office, lets the command act, closes it in order and only
 * then finishes. An interrupted command finishes the same way, with ExitCode::TryLater.
 */
class OfficeCommand : public RunningCommand
{
    Q_OBJECT

public:
    OfficeCommand(const Context &context, delivery::PostOffice::Delivery delivery);
    Q_DISABLE_COPY_MOVE(OfficeCommand)

    void start() override;

protected:
    /// The post office is open.
    virtual void opened() = 0;
    /// The person or the system wants the process to end.
    virtual void interrupted();
    /// Says what is wrong and finishes.
    virtual void fail(const QString &sentence, ExitCode code);
    void fail(const delivery::Trouble &trouble);
    /// With what the server said about it.
    [[nodiscard]] static QString sentenceOf(const delivery::Trouble &trouble);

    /// Only the first call counts.
    void finish(ExitCode code);
    [[nodiscard]] bool isFinishing() const { return m_exitCode.has_value(); }

    [[nodiscard]] delivery::PostOffice &office() { return m_office; }
    [[nodiscard]] const delivery::PostOffice &office() const { return m_office; }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }

    /// The account that a word means: an id, the unambiguous beginning of one, or an address.
    [[nodiscard]] std::optional<accounts::Account> findAccount(const QString &word) const;

    /// The account that sends from this address, as its own (in any case of its letters) or a further one.
    [[nodiscard]] std::optional<accounts::Account> accountOf(const QString &address) const;

    /// An answer's value, or the command fails.
    template <typename T, typename Function>
    delivery::PostOffice::Answer<T> orFail(Function use)
    {
        return [this, use = std::move(use)](base::Expected<T, delivery::Trouble> answer) {
            if (isFinishing())
                return;
            if (!answer)
                fail(answer.error());
            else if constexpr (std::is_void_v<T>)
                use();
            else
                use(answer.value());
        };
    }

private:
    void warn(const delivery::PostOffice::OpenReport &report);

    base::SystemClock m_clock {};
    secrets::KeychainSecretStore m_secrets {};
    delivery::PostOffice m_office;
    /// From start() on: while a command still reads its input, the process simply ends.
    std::unique_ptr<base::TerminationSignals> m_signals {};
    std::optional<ExitCode> m_exitCode {};
    bool m_open = false;
};

} // namespace postrider::cli
