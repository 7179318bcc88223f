// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QLockFile>
#include <QString>

#include <chrono>

namespace postrider::base {

/**
 * A lock file that only a living process holds.
 *
 * QLockFile by itself keeps a lock for ever that nobody holds in two cases: its owner was killed between
 * making the file and writing its process id into it, or the id now belongs to another process of the same
 * name. Both end here after StaleAfter. A living owner never loses it by age, however long the machine slept:
 * beside the file it holds the lock of the operating system (flock; on Windows the open file), and a file
 * with that lock is not taken over.
 */
class ProcessLock : public QLockFile
{
public:
    /// The age from which on a lock file that no running process can be found for is taken over; whoever
    /// waits for a lock waits longer than this.
    static constexpr std::chrono::milliseconds StaleAfter = std::chrono::seconds(2);

    explicit ProcessLock(const QString &path)
        : QLockFile(path)
    {
        setStaleLockTime(StaleAfter);
    }
};

} // namespace postrider::base
