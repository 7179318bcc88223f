// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/messagebodyedit.h"

#include <QMimeData>
#include <QUrl>

namespace postrider::compose {

QStringList localFiles(const QMimeData *source)
{
    QStringList files;
    const QList<QUrl> urls = source->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

bool MessageBodyEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !localFiles(source).isEmpty() || QPlainTextEdit::canInsertFromMimeData(source);
}

void MessageBodyEdit::insertFromMimeData(const QMimeData *source)
{
    if (const QStringList files = localFiles(source); !files.isEmpty())
        Q_EMIT filesOffered(files);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace postrider::compose
