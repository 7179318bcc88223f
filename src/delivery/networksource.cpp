// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/networksource.h"

#include "delivery/computernetwork.h"

namespace postrider::delivery {

NetworkSource::NetworkSource(QObject *parent)
    : QObject(parent)
{ }

NetworkSource::~NetworkSource() = default;

std::unique_ptr<NetworkSource> NetworkSource::ofThisComputer()
{
    return std::make_unique<ComputerNetwork>();
}

} // namespace postrider::delivery
