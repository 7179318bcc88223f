// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "discovery/report.h"
#include "discovery/traffic.h"
#include "discovery/wire.h"

#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace postrider::discovery {

class Surroundings;

/// Where a probe's connections go.
struct Destination
{
    QList<QNetworkProxy> proxies {};  ///< tried one after another, before the addresses
    QList<QHostAddress> addresses {}; ///< in the system's order
    QString host {};                  ///< for the proxies
    quint16 port = 0;
    QHostAddress localAddress {}; ///< as WireTarget has it
    int rank = 0;                 ///< among all that want to connect, see Traffic
};

/**
 * Connects to the first of several addresses that answers, and says of each how that went.
 *
 * As net::Dialer does it (RFC 8305: the families alternate, 250 ms between two attempts, a failure starts the
 * next at once), and beyond that: five seconds for each address, within Traffic's limits, and a family that
 * did not work in this search comes two seconds later. A proxy is given its time alone, since the next way is
 * only for when it does not work. Attempts that run when another one has connected go on
 * to find out about their address, and are dropped as soon as it is known.
 *
 * Emits exactly one of connected() and failed(), never from within start(); changed() when attempts() is
 * another list, also afterwards. Destroying it closes everything that takeWire() did not take.
 */
class Dialing final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds AttemptDelay { 250 };
    static constexpr std::chrono::milliseconds AddressTimeout { std::chrono::seconds { 5 } };
    static constexpr std::chrono::milliseconds FamilyPenalty { std::chrono::seconds { 2 } };

    Dialing(Destination destination, Traffic &traffic, Surroundings &surroundings, QObject *parent = nullptr);
    ~Dialing() override;
    Q_DISABLE_COPY_MOVE(Dialing)

    /// Once.
    void start();
    /// Closes everything at once; no signal follows.
    void abandon();

    /// The connected one, after connected(); it stays this object's child and Traffic's guest until
    /// endWire().
    [[nodiscard]] Wire *wire() const;
    [[nodiscard]] QHostAddress address() const;
    void endWire();
    /// Nothing is heard on it.
    void setIdle();
    /// Whether an address has been tried for so long that it most likely does not answer.
    [[nodiscard]] bool hasWaitedLong() const;

    /// In the order in which they are tried; those whose turn did not come are NotTried.
    [[nodiscard]] QList<AddressAttempt> attempts() const;
    [[nodiscard]] QString reason() const { return m_reason; }

Q_SIGNALS:
    void connected();
    /// The most telling of the addresses' verdicts.
    void failed(postrider::discovery::Verdict verdict);
    void changed();

private:
    struct Attempt
    {
        QHostAddress address {}; ///< null: a proxy is given the name
        QNetworkProxy proxy { QNetworkProxy::NoProxy };
        Wire *wire = nullptr;
        Traffic::Ticket ticket = 0;
        base::MonotonicTime startedAt {};
        Verdict verdict = Verdict::NotTried;
        std::optional<std::chrono::milliseconds> took {};
        enum class State { Waiting, Entering, Running, Ended } state = State::Waiting;
        bool isPenalised = false;
    };

    void startNext();
    void startAfter(std::chrono::milliseconds delay);
    void open(std::size_t index);
    void handleConnected(std::size_t index);
    void handleFailure(std::size_t index, Verdict verdict, const QString &reason);
    void drop(Attempt &attempt);

    Destination m_destination;
    Traffic *m_traffic;
    Surroundings *m_surroundings;
    std::vector<Attempt> m_attempts {};
    std::optional<std::size_t> m_winner {};
    bool m_hasEnded = false;
    int m_timer = 0; ///< the latest; earlier ones mean nothing any more
    QString m_reason {};
};

} // namespace postrider::discovery
