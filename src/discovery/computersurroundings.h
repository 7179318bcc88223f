// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/computernameservice.h"
#include "discovery/httpsfetcher.h"
#include "discovery/surroundings.h"

namespace postrider::discovery {

/// The Surroundings of this computer: its clock, name servers, sockets and proxies. A test may put something
/// else in the place of some of them.
class ComputerSurroundings : public Surroundings
{
    Q_OBJECT

public:
    explicit ComputerSurroundings(QObject *parent = nullptr);
    ~ComputerSurroundings() override;
    Q_DISABLE_COPY_MOVE(ComputerSurroundings)

    [[nodiscard]] const base::Clock &clock() const override { return m_clock; }
    void callLater(std::chrono::milliseconds delay, QObject *context, std::function<void()> action) override;
    [[nodiscard]] NameService &names() override { return m_names; }
    [[nodiscard]] WebFetcher &web() override { return m_web; }
    [[nodiscard]] Wire *makeWire(QObject *parent) override;
    void findProxies(const QString &host, quint16 port, QObject *context,
                     std::function<void(const QList<QNetworkProxy> &)> answer) override;
    void trust(const QList<QSslCertificate> &authorities) override;
    [[nodiscard]] NetworkState network() const override;
    [[nodiscard]] std::unique_ptr<CandidateFinder> makeFinder(const Query &query,
                                                              const FinderOptions &options) override;

private:
    void handleReachability();

    base::SystemClock m_clock {};
    ComputerNameService m_names {};
    HttpsFetcher m_web {};
    NetworkState::Reach m_reach = NetworkState::Reach::Unknown;
};

} // namespace postrider::discovery
