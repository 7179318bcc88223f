// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computersurroundings.h"

#include "discovery/computerwire.h"
#include "discovery/lookups.h"
#include "net/background.h"
#include "net/proxy.h"

#include <QCoreApplication>
#include <QNetworkInformation>
#include <QPointer>
#include <QTimer>

#include <utility>

namespace postrider::discovery {

using Feature = QNetworkInformation::Feature;
using Reachability = QNetworkInformation::Reachability;

ComputerSurroundings::ComputerSurroundings(QObject *parent)
    : Surroundings(parent)
{
    // Not every backend knows of captive portals.
    if (!QNetworkInformation::loadBackendByFeatures(Feature::Reachability | Feature::CaptivePortal)
        && !QNetworkInformation::loadBackendByFeatures(Feature::Reachability))
        return;
    m_reach = network().reach;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            &ComputerSurroundings::handleReachability);
}

ComputerSurroundings::~ComputerSurroundings() = default;

void ComputerSurroundings::callLater(std::chrono::milliseconds delay, QObject *context,
                                     std::function<void()> action)
{
    // A coarse timer may be early, and whoever is called then would have to wait once more.
    QTimer::singleShot(delay, Qt::PreciseTimer, context, std::move(action));
}

Wire *ComputerSurroundings::makeWire(QObject *parent)
{
    return new ComputerWire(parent);
}

void ComputerSurroundings::findProxies(const QString &host, quint16 port, QObject *context,
                                       std::function<void(const QList<QNetworkProxy> &)> answer)
{
    net::runInBackground(
        context, [host, port] { return net::systemProxies(host, port); }, std::move(answer));
}

void ComputerSurroundings::trust(const QList<QSslCertificate> &authorities)
{
    m_web.trust(authorities);
}

NetworkState ComputerSurroundings::network() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    NetworkState state;
    if (!information)
        return state;
    switch (information->reachability()) {
    case Reachability::Unknown:
        break;
    case Reachability::Disconnected:
        state.reach = NetworkState::Reach::None;
        break;
    case Reachability::Local:
    case Reachability::Site:
    case Reachability::Online:
        state.reach = NetworkState::Reach::Some;
        break;
    }
    if (information->supports(Feature::CaptivePortal))
        state.portal = information->isBehindCaptivePortal() ? NetworkState::Portal::Present
                                                            : NetworkState::Portal::Absent;
    return state;
}

void ComputerSurroundings::handleReachability()
{
    const NetworkState::Reach before = std::exchange(m_reach, network().reach);
    // That the system begins to know is no change.
    if (before != m_reach && before != NetworkState::Reach::Unknown)
        Q_EMIT networkChanged();
}

std::unique_ptr<CandidateFinder> ComputerSurroundings::makeFinder(const Query &query,
                                                                  const FinderOptions &options)
{
    return std::make_unique<Lookups>(query, options, *this);
}

namespace {

QPointer<ComputerSurroundings> &theSurroundings()
{
    static QPointer<ComputerSurroundings> surroundings;
    return surroundings;
}

} // namespace

Surroundings &computersSurroundings()
{
    QPointer<ComputerSurroundings> &surroundings = theSurroundings();
    if (!surroundings)
        surroundings = new ComputerSurroundings(QCoreApplication::instance()); // ends before the network does
    return *surroundings;
}

void endComputersSurroundings()
{
    delete theSurroundings().data();
}

} // namespace postrider::discovery
