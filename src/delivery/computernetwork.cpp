// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/computernetwork.h"

#include <QNetworkInformation>

#ifdef POSTRIDER_LOGIND
#include <QDBusConnection>
#endif

namespace postrider::delivery {

using Feature = QNetworkInformation::Feature;
using Reachability = QNetworkInformation::Reachability;

ComputerNetwork::ComputerNetwork(QObject *parent)
    : NetworkSource(parent)
{
#ifdef POSTRIDER_LOGIND
    // Where nobody answers to that name, the signal never comes.
    QDBusConnection::systemBus().connect(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
        SLOT(prepareForSleep(bool)));
#endif
    // Not every backend knows of captive portals.
    if (!QNetworkInformation::loadBackendByFeatures(Feature::Reachability | Feature::CaptivePortal)
        && !QNetworkInformation::loadBackendByFeatures(Feature::Reachability))
        return;
    const QNetworkInformation *information = QNetworkInformation::instance();
    connect(information, &QNetworkInformation::reachabilityChanged, this, &NetworkSource::changed);
    connect(information, &QNetworkInformation::isBehindCaptivePortalChanged, this, &NetworkSource::changed);
}

Reach ComputerNetwork::reach() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    if (!information)
        return Reach::Unknown;
    switch (information->reachability()) {
    case Reachability::Unknown:
        break;
    case Reachability::Disconnected:
        return Reach::Disconnected;
    case Reachability::Local:
        return Reach::Local;
    case Reachability::Site:
        return Reach::Site;
    case Reachability::Online:
        return Reach::Online;
    }
    return Reach::Unknown;
}

bool ComputerNetwork::isBehindPortal() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    return information && information->isBehindCaptivePortal();
}

void ComputerNetwork::prepareForSleep(bool isBeginning)
{
    if (!isBeginning)
        Q_EMIT awoken();
}

} // namespace postrider::delivery
