// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/attachmentmodel.h"

#include "widgets/inerttext.h"

#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QLocale>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>

namespace postrider::compose {

namespace {

struct Look
{
    qint64 size = -1;
    QString reason {}; ///< empty: the file can be read
};

// Blocking. Only a regular file is opened: opening a named pipe would wait for its other end.
Look lookAt(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return { -1, AttachmentModel::tr("it is a folder") };
    if (info.exists() && !info.isFile())
        return { -1, AttachmentModel::tr("it is not a file") };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return { -1, file.errorString() };
    return { file.size(), {} };
}

} // namespace

void AttachmentModel::addFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        look(QFileInfo(path).absoluteFilePath());
}

void AttachmentModel::setAttachments(const QList<mime::Attachment> &attachments)
{
    beginResetModel();
    m_rows.clear();
    for (const mime::Attachment &attachment : attachments)
        m_rows.append({ attachment, -1 });
    endResetModel();
    for (const mime::Attachment &attachment : attachments)
        look(attachment.path);
}

void AttachmentModel::removeAt(int row)
{
    if (row < 0 || row >= m_rows.size())
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

QList<mime::Attachment> AttachmentModel::attachments() const
{
    QList<mime::Attachment> attachments;
    attachments.reserve(m_rows.size());
    for (const Row &row : m_rows)
        attachments.append(row.attachment);
    return attachments;
}

qint64 AttachmentModel::totalSize() const
{
    qint64 total = 0;
    for (const Row &row : m_rows)
        total += qMax<qint64>(0, row.size);
    return total;
}

int AttachmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant AttachmentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: {
        const QString name = widgets::inertText(row.attachment.fileName);
        if (row.size < 0)
            return name;
        //: A file's name and size in the list of attachments: "report.pdf, 2.1 MB".
        return tr("%1, %2").arg(name, QLocale().formattedDataSize(row.size));
    }
    case Qt::ToolTipRole:
        return widgets::inertToolTip(row.attachment.path);
    default:
        return {};
    }
}

qsizetype AttachmentModel::rowOf(const QString &path) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                    [&path](const Row &row) { return row.attachment.path == path; });
    return found == m_rows.cend() ? -1 : std::distance(m_rows.cbegin(), found);
}

void AttachmentModel::look(const QString &path)
{
    auto promise = std::make_shared<QPromise<Look>>();
    promise->start();
    // Not QFuture::then(): its context may not go away while the file is looked at.
    auto *watcher = new QFutureWatcher<Look>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, path] {
        watcher->deleteLater();
        const Look look = watcher->result();
        if (look.reason.isEmpty())
            take(path, look.size);
        else
            Q_EMIT refused(path, look.reason);
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, path] {
        promise->addResult(lookAt(path));
        promise->finish();
    });
}

void AttachmentModel::take(const QString &path, qint64 size)
{
    if (const qsizetype known = rowOf(path); known >= 0) {
        m_rows[known].size = size;
        const QModelIndex changed = index(static_cast<int>(known));
        Q_EMIT dataChanged(changed, changed);
        return;
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.append({ { path, QFileInfo(path).fileName(), {} }, size });
    endInsertRows();
}

} // namespace postrider::compose
