// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/networksource.h"

namespace postrider::delivery {

/// A network that is as a test says.
class FakeNetwork final : public NetworkSource
{
public:
    explicit FakeNetwork(Reach reach = Reach::Online)
        : m_reach(reach)
    { }

    [[nodiscard]] Reach reach() const override { return m_reach; }
    [[nodiscard]] bool isBehindPortal() const override { return m_isBehindPortal; }
    void setReach(Reach reach)
    {
        m_reach = reach;
        Q_EMIT changed();
    }
    void setBehindPortal(bool isBehindPortal)
    {
        m_isBehindPortal = isBehindPortal;
        Q_EMIT changed();
    }

    void wakeUp() { Q_EMIT awoken(); }

private:
    Reach m_reach;
    bool m_isBehindPortal = false;
};

} // namespace postrider::delivery
