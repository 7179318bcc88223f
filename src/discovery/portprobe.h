// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/probeleg.h"

#include <QList>
#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace postrider::discovery {

/**
 * All that is done to find out about one port of one host, or of several names for the same addresses.
 *
 * Usually one connection. More follow where it did not tell enough: the other mode (TLS at once on a port
 * that keeps silent, plain text where the handshake met something else), a look at what the something else
 * is, older versions of TLS, once more after "busy", and the addresses of the other family where the first
 * one reached a server that does not want to.
 *
 * results() has one entry for the mode that was asked for, and one for another mode if that was found.
 * finished() comes once and never from within start(); destroying it ends everything without a signal.
 */
class PortProbe final : public QObject
{
    Q_OBJECT

public:
    /// Whether a port without encryption is of use: only on this computer.
    enum class Plaintext { Refused, Allowed };
    struct Setup
    {
        Destination destination {};
        QString host {}; ///< in TLS's hello, and what the certificate is judged for
        accounts::Security security = accounts::Security::Tls;
        QByteArray clientName {};
        net::TlsPolicy policy {};
        Plaintext plaintext = Plaintext::Refused;
        /// How long a port for STARTTLS may keep silent before TLS is tried at once.
        std::chrono::milliseconds silence { 2500 };
    };

    struct Result
    {
        accounts::Security security = accounts::Security::Tls;
        Verdict verdict = Verdict::NotTried;
        bool isRunning = false;
        ProbeFindings findings {};
        QList<AddressAttempt> attempts {};
        QHostAddress address {}; ///< that the findings are about
        std::optional<std::chrono::milliseconds> connectTime {};
        std::optional<std::chrono::milliseconds> took {};
        bool isSlow = false;
        bool hasWaitedLong = false; ///< to connect
    };

    PortProbe(Setup setup, Traffic &traffic, Surroundings &surroundings, QObject *parent = nullptr);
    ~PortProbe() override;
    Q_DISABLE_COPY_MOVE(PortProbe)

    void start();
    /// Ends it at once, without a signal, and deletes it when control returns to the event loop.
    void abandon();

    [[nodiscard]] const Setup &setup() const { return m_setup; }
    [[nodiscard]] QList<Result> results() const;
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    /// Whether a usable result may still come; what runs after that only finds out more about a failure.
    [[nodiscard]] bool mayStillWork() const { return !m_isFinished && m_mayStillWork; }

Q_SIGNALS:
    void changed();
    void finished();

private:
    enum class Role {
        Main,
        OtherMode,  ///< TLS at once, beside Main that hears nothing
        FirstWord,  ///< asks something that is neither what it is
        PlainText,  ///< in place of a handshake that met no TLS
        CheckClose, ///< whether the port closes by itself, or did because of the handshake
        OldTls,
    };

    void begin(Role role);
    [[nodiscard]] ProbeLeg::Setup setupOf(Role role) const;
    void handleConnected();
    void handleFinished(Role role);
    void handleMain();
    void handleBrokenHandshake(net::HandshakeFailure failure);
    [[nodiscard]] bool tryOtherAddresses();
    void become(Result result);
    void fail(Verdict verdict);
    void finish();
    [[nodiscard]] Result resultOf(const ProbeLeg &leg, accounts::Security security) const;
    [[nodiscard]] QList<AddressAttempt> allAttempts() const;
    void drop(ProbeLeg *&leg);

    Setup m_setup;
    Traffic *m_traffic;
    Surroundings *m_surroundings;
    base::MonotonicTime m_startedAt {};
    ProbeLeg *m_main = nullptr;
    ProbeLeg *m_second = nullptr;       ///< in one of the other roles
    QHostAddress m_address {};          ///< that Main has reached
    std::optional<Result> m_settled {}; ///< of Main, once it is known
    std::optional<Result> m_other {};   ///< in another mode
    QList<AddressAttempt> m_earlier {}; ///< of dials before the last
    bool m_hasWaitedForBusy = false;
    bool m_hasTriedOthers = false;
    bool m_mayStillWork = true;
    bool m_isFinished = false;
};

} // namespace postrider::discovery
