// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/traffic.h"

#include "discovery/surroundings.h"

#include <algorithm>
#include <utility>

namespace postrider::discovery {

namespace {

/// Longer than any way there and back on which a person would want to set up mail.
constexpr std::chrono::milliseconds YoungFor { 400 };

} // namespace

Traffic::Traffic(Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_surroundings(&surroundings)
{ }

Traffic::Ticket Traffic::enter(const QHostAddress &address, int rank, QObject *context,
                               std::function<void()> go)
{
    const auto behind = std::find_if(m_visitors.begin(), m_visitors.end(),
                                     [rank](const Visitor &visitor) { return visitor.rank > rank; });
    const Ticket ticket = ++m_lastTicket;
    m_visitors.insert(behind, Visitor { ticket, address, rank, State::Waiting, context, std::move(go) });
    letIn();
    return ticket;
}

void Traffic::connected(Ticket ticket)
{
    if (Visitor *visitor = find(ticket))
        visitor->state = State::Connected;
}

void Traffic::idle(Ticket ticket)
{
    if (Visitor *visitor = find(ticket)) {
        visitor->state = State::Old;
        letIn();
    }
}

void Traffic::leave(Ticket ticket)
{
    const auto removed = m_visitors.removeIf([ticket](const Visitor &v) { return v.ticket == ticket; });
    if (removed > 0)
        letIn();
}

void Traffic::familyFailed(QAbstractSocket::NetworkLayerProtocol family)
{
    // One address that worked speaks for its family, whatever the others do.
    if (!m_families.contains(family))
        m_families.insert(family, true);
}

void Traffic::familyWorked(QAbstractSocket::NetworkLayerProtocol family)
{
    m_families.insert(family, false);
}

bool Traffic::hasFailed(QAbstractSocket::NetworkLayerProtocol family) const
{
    return m_families.value(family, false);
}

qsizetype Traffic::open() const
{
    return std::count_if(m_visitors.cbegin(), m_visitors.cend(),
                         [](const Visitor &visitor) { return visitor.state != State::Waiting; });
}

Traffic::Visitor *Traffic::find(Ticket ticket)
{
    const auto found = std::find_if(m_visitors.begin(), m_visitors.end(),
                                    [ticket](const Visitor &visitor) { return visitor.ticket == ticket; });
    return found == m_visitors.end() ? nullptr : &*found;
}

bool Traffic::hasRoomFor(const QHostAddress &address) const
{
    int inAll = 0;
    int same = 0;
    for (const Visitor &visitor : m_visitors) {
        if (visitor.state != State::Young && visitor.state != State::Connected)
            continue;
        ++inAll;
        same += visitor.address == address ? 1 : 0;
    }
    return inAll < MostInAll && same < MostPerAddress;
}

void Traffic::letIn()
{
    m_visitors.removeIf(
        [](const Visitor &visitor) { return visitor.state == State::Waiting && !visitor.context; });
    // Whoever is let in may enter() or leave() meanwhile: look anew after each.
    while (true) {
        const auto next = std::find_if(m_visitors.begin(), m_visitors.end(), [this](const Visitor &visitor) {
            return visitor.state == State::Waiting && hasRoomFor(visitor.address);
        });
        if (next == m_visitors.end())
            return;
        next->state = State::Young;
        const Ticket ticket = next->ticket;
        const auto go = std::exchange(next->go, {});
        m_surroundings->callLater(YoungFor, this, [this, ticket] {
            Visitor *visitor = find(ticket);
            if (!visitor || visitor->state != State::Young)
                return;
            visitor->state = State::Old;
            letIn();
        });
        go();
    }
}

} // namespace postrider::discovery
