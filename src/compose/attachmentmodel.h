// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/draft.h"

#include <QAbstractListModel>
#include <QList>
#include <QStringList>

namespace postrider::compose {

/**
 * The files that go along with the message in a compose window: name and size, one row each.
 *
 * A file is looked at in the thread pool before it becomes a row, since a path may lie on a slow or dead
 * network drive; GUI thread only otherwise.
 */
class AttachmentModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Looks at the files and adds those that can be read, each once; refused() tells of the others.
    void addFiles(const QStringList &paths);
    /// Takes the attachments as they are, as rows of unknown size until they have been looked at.
    void setAttachments(const QList<mime::Attachment> &attachments);
    void removeAt(int row);

    [[nodiscard]] QList<mime::Attachment> attachments() const;
    /// In bytes, of all files whose size is known.
    [[nodiscard]] qint64 totalSize() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// A file that cannot be attached, with the system's own words.
    void refused(const QString &path, const QString &reason);

private:
    struct Row
    {
        mime::Attachment attachment {};
        qint64 size = -1; ///< bytes; -1 while unknown
    };

    [[nodiscard]] qsizetype rowOf(const QString &path) const;
    void look(const QString &path);
    void take(const QString &path, qint64 size);

    QList<Row> m_rows {};
};

} // namespace postrider::compose
