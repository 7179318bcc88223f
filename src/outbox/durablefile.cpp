// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/durablefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <utility>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace postrider::outbox {

#ifdef Q_OS_UNIX

namespace {

[[nodiscard]] base::Unexpected<FileError> failure(int error, const QString &path)
{
    FileError::Kind kind = FileError::Kind::Failed;
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case ENOENT: // a folder that cannot be made, as below /proc
        kind = FileError::Kind::ReadOnly;
        break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        kind = FileError::Kind::DiskFull;
        break;
    default:
        break;
    }
    return base::Unexpected(FileError { kind, path, qt_error_string(error) });
}

[[nodiscard]] bool syncDescriptor(int descriptor)
{
#ifdef Q_OS_DARWIN
    // There fsync() leaves the octets in the drive's own cache.
    if (::fcntl(descriptor, F_FULLFSYNC) == 0) {
        return true;
    }
#endif
    return ::fsync(descriptor) == 0;
}

} // namespace

class DurableFile::Handle
{
public:
    int descriptor = -1;
    QByteArray temporary {}; ///< the file system's form of the name; empty once it is renamed
};

FileResult makePrivateFolder(const QString &path)
{
    const QString parent = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(parent)) {
        if (const auto made = makePrivateFolder(parent); !made) {
            return made;
        }
    }
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), S_IRWXU) == 0) {
        if (::chmod(name.constData(), S_IRWXU) != 0) {
            return failure(errno, path);
        }
        return syncFolder(parent);
    }
    const int error = errno;
    if (error != EEXIST) {
        return failure(error, path);
    }
    struct stat status = {};
    if (::stat(name.constData(), &status) != 0) {
        return failure(errno, path);
    }
    if (!S_ISDIR(status.st_mode)) {
        return failure(ENOTDIR, path);
    }
    return {};
}

FileResult syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return failure(errno, path);
    }
    const bool done = syncDescriptor(folder);
    const int error = errno;
    ::close(folder);
    // Some file systems have nothing to sync in a folder and say so.
    if (!done && error != EINVAL && error != ENOTSUP) {
        return failure(error, path);
    }
    return {};
}

DurableFile::DurableFile(QString path)
    : m_path(std::move(path))
    , m_handle(std::make_unique<Handle>())
{ }

DurableFile::~DurableFile()
{
    if (m_handle->descriptor >= 0) {
        ::close(m_handle->descriptor);
    }
    if (!m_handle->temporary.isEmpty()) {
        ::unlink(m_handle->temporary.constData());
    }
}

FileResult DurableFile::open()
{
    const QByteArray temporary = QFile::encodeName(m_path + QStringLiteral(".part"));
    m_handle->descriptor
        = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (m_handle->descriptor < 0) {
        return failure(errno, m_path);
    }
    m_handle->temporary = temporary;
    if (::fchmod(m_handle->descriptor, S_IRUSR | S_IWUSR) != 0) {
        return failure(errno, m_path);
    }
    return {};
}

FileResult DurableFile::write(QByteArrayView octets)
{
    while (!octets.isEmpty()) {
        const auto written
            = ::write(m_handle->descriptor, octets.data(), static_cast<std::size_t>(octets.size()));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return failure(written < 0 ? errno : ENOSPC, m_path);
        }
        octets = octets.sliced(static_cast<qsizetype>(written));
    }
    return {};
}

FileResult DurableFile::commit()
{
    if (!syncDescriptor(m_handle->descriptor)) {
        return failure(errno, m_path);
    }
    // A network file system may tell only now that there was no room.
    if (::close(std::exchange(m_handle->descriptor, -1)) != 0) {
        return failure(errno, m_path);
    }
    if (::rename(m_handle->temporary.constData(), QFile::encodeName(m_path).constData()) != 0) {
        return failure(errno, m_path);
    }
    m_handle->temporary.clear();
    return syncFolder(QFileInfo(m_path).absolutePath());
}

#else

namespace {

[[nodiscard]] base::Unexpected<FileError> failure(const QFileDevice &file, const QString &path)
{
    FileError::Kind kind = FileError::Kind::Failed;
    if (file.error() == QFileDevice::ResourceError) {
        kind = FileError::Kind::DiskFull;
    } else if (file.error() == QFileDevice::OpenError || file.error() == QFileDevice::PermissionsError) {
        kind = FileError::Kind::ReadOnly;
    }
    return base::Unexpected(FileError { kind, path, file.errorString() });
}

} // namespace

class DurableFile::Handle
{
public:
    QSaveFile file {};
};

FileResult makePrivateFolder(const QString &path)
{
    // The profile lies in the user's own data folder, whose access list the new folder inherits.
    if (!QDir().mkpath(path)) {
        return base::Unexpected(FileError { FileError::Kind::ReadOnly, path, qt_error_string() });
    }
    return {};
}

FileResult syncFolder(const QString &)
{
    // Neither possible nor needed where the file system keeps a journal of its names.
    return {};
}

DurableFile::DurableFile(QString path)
    : m_path(std::move(path))
    , m_handle(std::make_unique<Handle>())
{ }

DurableFile::~DurableFile() = default;

FileResult DurableFile::open()
{
    m_handle->file.setFileName(m_path);
    if (!m_handle->file.open(QIODevice::WriteOnly)) {
        return failure(m_handle->file, m_path);
    }
    m_handle->file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return {};
}

FileResult DurableFile::write(QByteArrayView octets)
{
    if (m_handle->file.write(octets.data(), octets.size()) != octets.size()) {
        return failure(m_handle->file, m_path);
    }
    return {};
}

FileResult DurableFile::commit()
{
    // Syncs the octets before it renames.
    if (!m_handle->file.commit()) {
        return failure(m_handle->file, m_path);
    }
    return {};
}

#endif

} // namespace postrider::outbox
