// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QObject>

#include <memory>

namespace postrider::delivery {

/// How far this computer's network reaches; more is greater.
enum class Reach {
    Unknown, ///< nobody can say: nothing follows from it
    Disconnected,
    Local,
    Site,
    Online,
};

/// Tells about this computer's network. In one thread with an event loop.
class NetworkSource : public QObject
{
    Q_OBJECT

public:
    explicit NetworkSource(QObject *parent = nullptr);
    ~NetworkSource() override;
    Q_DISABLE_COPY_MOVE(NetworkSource)

    /// What the operating system tells (ComputerNetwork). Where that is missing nothing is told. In the main
    /// thread.
    [[nodiscard]] static std::unique_ptr<NetworkSource> ofThisComputer();

    [[nodiscard]] virtual Reach reach() const = 0;
    /// Whether a page asks for a sign-in before anything else works.
    [[nodiscard]] virtual bool isBehindPortal() const = 0;

Q_SIGNALS:
    void changed();
    /// The computer was asleep.
    void awoken();
};

} // namespace postrider::delivery
