// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>

namespace postrider::discovery {

class Surroundings;

/**
 * How much a search does at the same time: some providers refuse who comes with many connections at once.
 *
 * At most two connections to one address, and eight in all. One that is still being made counts only for its
 * first 400 ms: after that nobody is there to be bothered, and an address that does not answer must not delay
 * one that would. Nor does one count on which nothing has been heard for long. Whoever comes too early waits,
 * in the order of rank.
 *
 * Also remembers which family of addresses did not work in this search.
 */
class Traffic final : public QObject
{
    Q_OBJECT

public:
    static constexpr int MostPerAddress = 2;
    static constexpr int MostInAll = 8;

    explicit Traffic(Surroundings &surroundings, QObject *parent = nullptr);

    using Ticket = int;
    /// Calls go, perhaps at once, unless context has gone or leave() was called before. A smaller rank is
    /// served first.
    Ticket enter(const QHostAddress &address, int rank, QObject *context, std::function<void()> go);
    void connected(Ticket ticket);
    /// Nothing comes from the other side.
    void idle(Ticket ticket);
    /// The connection is gone, or is not wanted any more.
    void leave(Ticket ticket);

    void familyFailed(QAbstractSocket::NetworkLayerProtocol family);
    void familyWorked(QAbstractSocket::NetworkLayerProtocol family);
    [[nodiscard]] bool hasFailed(QAbstractSocket::NetworkLayerProtocol family) const;

    /// Connections that have been let in and have not left, for tests.
    [[nodiscard]] qsizetype open() const;

private:
    enum class State { Waiting, Young, Old, Connected };
    struct Visitor
    {
        Ticket ticket = 0;
        QHostAddress address {};
        int rank = 0;
        State state = State::Waiting;
        QPointer<QObject> context {};
        std::function<void()> go {};
    };

    [[nodiscard]] Visitor *find(Ticket ticket);
    [[nodiscard]] bool hasRoomFor(const QHostAddress &address) const;
    void letIn();

    Surroundings *m_surroundings;
    QList<Visitor> m_visitors {}; ///< by rank
    Ticket m_lastTicket = 0;
    QHash<int, bool> m_families {}; ///< whether it failed
};

} // namespace postrider::discovery
