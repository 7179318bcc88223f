// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/networksource.h"

namespace postrider::delivery {

/**
 * What the operating system tells: of the network by QNetworkInformation (on Linux NetworkManager over
 * D-Bus), of sleep on Linux by logind. In the main thread.
 */
class ComputerNetwork final : public NetworkSource
{
    Q_OBJECT

public:
    explicit ComputerNetwork(QObject *parent = nullptr);

    [[nodiscard]] Reach reach() const override;
    [[nodiscard]] bool isBehindPortal() const override;

private Q_SLOTS:
    void prepareForSleep(bool isBeginning);
};

} // namespace postrider::delivery
