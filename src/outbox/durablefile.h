// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace postrider::outbox {

/// Why a file or folder could not be written.
struct FileError
{
    enum class Kind {
        ReadOnly, ///< no permission, or something that can never be written to
        DiskFull, ///< no room, a quota, or a limit on the size of files
        Failed,
    };
    Kind kind = Kind::Failed;
    QString path {};
    QString reason {}; ///< the system's own words
};

using FileResult = base::Expected<void, FileError>;

/// Makes a folder with all that is missing above it. What this call makes is its owner's alone (0700)
/// whatever the umask says; a folder that was there keeps its mode, since it may be anybody's.
[[nodiscard]] FileResult makePrivateFolder(const QString &path);

/// Returns when the names in a folder are on disk: files made, renamed and removed.
[[nodiscard]] FileResult syncFolder(const QString &path);

/**
 * A new file that is either completely on disk under its name or not there at all.
 *
 * It is written beside its place under a name that ends in ".part", for its owner's eyes only (0600).
 * commit() fsyncs it, renames it and fsyncs the folder; without commit() the destructor removes it. After a
 * crash a ".part" may be left, which nothing refers to.
 */
class DurableFile
{
public:
    explicit DurableFile(QString path);
    ~DurableFile();
    Q_DISABLE_COPY_MOVE(DurableFile)

    [[nodiscard]] FileResult open();
    /// Takes all octets or fails.
    [[nodiscard]] FileResult write(QByteArrayView octets);
    [[nodiscard]] FileResult commit();

private:
    class Handle;
    QString m_path;
    std::unique_ptr<Handle> m_handle;
};

} // namespace postrider::outbox
