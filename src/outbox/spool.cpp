// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/spool.h"

#include "outbox/database.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

constexpr qint64 BlockSize = 256 * 1024;

} // namespace

Spool::Spool(QString folder)
    : m_folder(std::move(folder))
{ }

Result<QString> Spool::reserve() const
{
    const QString uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString name = uuid.first(2) + u'/' + uuid;
    if (const auto made = makePrivateFolder(m_folder + u'/' + uuid.first(2)); !made) {
        return base::Unexpected(toStoreError(made.error()));
    }
    return name;
}

Result<QString> Spool::freeze(const QString &path) const
{
    const auto unreadable = [&path](const QString &reason) {
        return base::Unexpected(StoreError { StoreError::Kind::AttachmentUnreadable, path, reason });
    };
    // Opening a pipe or a device could wait for ever.
    if (const QFileInfo info(path); info.exists() && !info.isFile()) {
        return unreadable(u"not a regular file"_s);
    }
    QFile original(path);
    if (!original.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return unreadable(original.errorString());
    }
    const auto name = reserve();
    if (!name) {
        return name;
    }
    DurableFile copy(this->path(*name));
    if (const auto opened = copy.open(); !opened) {
        return base::Unexpected(toStoreError(opened.error()));
    }
    QByteArray block(BlockSize, Qt::Uninitialized);
    for (;;) {
        const qint64 got = original.read(block.data(), block.size());
        if (got < 0) {
            return unreadable(original.errorString());
        }
        if (got == 0) {
            break;
        }
        if (const auto written = copy.write(QByteArrayView(block).first(got)); !written) {
            return base::Unexpected(toStoreError(written.error()));
        }
    }
    if (const auto committed = copy.commit(); !committed) {
        return base::Unexpected(toStoreError(committed.error()));
    }
    return name;
}

void Spool::remove(const QString &name) const
{
    // A file that stays is found as an orphan later.
    QFile::remove(path(name));
}

void Spool::removeOrphans(const QDateTime &before,
                          const std::function<bool(const QString &name)> &isNeeded) const
{
    QDirIterator files(m_folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (files.fileInfo().lastModified() < before && !isNeeded(path.mid(m_folder.size() + 1))) {
            QFile::remove(path);
        }
    }
}

ContentWriter::ContentWriter(const Spool &spool)
    : m_spool(spool)
{
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

ContentWriter::~ContentWriter() = default;

Result<ContentWriter::Content> ContentWriter::finish()
{
    if (m_failure) {
        return base::Unexpected(*m_failure);
    }
    if (m_file == nullptr) {
        return Content { m_octets, {}, m_digest.result() };
    }
    if (const auto flushed = flush(); !flushed) {
        return base::Unexpected(flushed.error());
    }
    if (const auto committed = m_file->commit(); !committed) {
        return base::Unexpected(toStoreError(committed.error()));
    }
    return Content { {}, m_name, m_digest.result() };
}

qint64 ContentWriter::readData(char *, qint64)
{
    return -1;
}

qint64 ContentWriter::writeData(const char *data, qint64 size)
{
    if (!m_failure) {
        if (const auto appended = append(QByteArrayView(data, size)); !appended) {
            m_failure = appended.error();
            setErrorString(m_failure->reason);
        }
    }
    return m_failure ? -1 : size;
}

Result<void> ContentWriter::append(QByteArrayView octets)
{
    m_digest.addData(octets);
    m_octets.append(octets);
    if (m_file == nullptr && m_octets.size() > MaxContentInRow) {
        auto name = m_spool.reserve();
        if (!name) {
            return base::Unexpected(name.error());
        }
        m_name = *std::move(name);
        m_file = std::make_unique<DurableFile>(m_spool.path(m_name));
        if (const auto opened = m_file->open(); !opened) {
            return base::Unexpected(toStoreError(opened.error()));
        }
    }
    if (m_file != nullptr && m_octets.size() >= BlockSize) {
        return flush();
    }
    return {};
}

Result<void> ContentWriter::flush()
{
    if (const auto written = m_file->write(m_octets); !written) {
        return base::Unexpected(toStoreError(written.error()));
    }
    m_octets.resize(0); // keeps its memory
    return {};
}

} // namespace postrider::outbox
