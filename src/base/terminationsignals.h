// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QObject>

#include <memory>

namespace postrider::base {

/**
 * Turns the system's wish that this program ends (SIGINT, SIGTERM, SIGHUP) into a signal in the event loop,
 * so that it can close in order.
 *
 * The first of each is caught; a second one of the same kind ends the process at once, as it would have
 * without this class. A signal that the starter chose to ignore (nohup) stays ignored. On systems without
 * POSIX signals nothing is watched.
 *
 * At most one at a time, in a thread with an event loop; the former handlers are back when it is destroyed.
 */
class TerminationSignals final : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;
    Q_DISABLE_COPY_MOVE(TerminationSignals)

Q_SIGNALS:
    void terminationRequested();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::base
