// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/surroundings.h"

#include <QHostAddress>

#include <chrono>

namespace postrider::discovery {

/**
 * Asks the name servers of this computer: for addresses as every program does (hosts file included), for
 * other records by DNS.
 *
 * No question takes longer than ten seconds. Names that never exist (RFC 6761 section 6.4) are not asked for,
 * and those of this computer (section 6.3) need no server. Qt cannot tell a name without the wanted records
 * from silence; then the name servers of the registrable domain are asked for as well, since those always
 * exist: if that is answered, the first question was too.
 *
 * Lives in the thread that it is made in.
 */
class ComputerNameService final : public NameService
{
public:
    static constexpr std::chrono::seconds Limit { 10 };

    ComputerNameService() = default;
    /// Everything but addresses is asked there, at port 53.
    explicit ComputerNameService(const QHostAddress &nameServer, std::chrono::milliseconds limit = Limit)
        : m_nameServer(nameServer)
        , m_limit(limit)
    { }

    void lookUpHost(const QString &name, QObject *context,
                    std::function<void(const HostAnswer &)> answer) override;
    void lookUpMailExchangers(const QString &domain, QObject *context,
                              std::function<void(const MailExchangerAnswer &)> answer) override;
    void lookUpService(const QString &name, QObject *context,
                       std::function<void(const ServiceAnswer &)> answer) override;

private:
    QHostAddress m_nameServer {}; ///< null: those of the system
    std::chrono::milliseconds m_limit { Limit };
};

/// Whether a question was given up without an answer in this process. The system goes on with it, and Qt
/// waits for that when the process ends.
[[nodiscard]] bool hasAbandonedLookups();

} // namespace postrider::discovery
