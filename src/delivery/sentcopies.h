// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/durablefile.h"
#include "outbox/store.h"

#include <QFile>
#include <QList>
#include <QSet>
#include <QString>
#include <QUuid>

namespace postrider::delivery {

/**
 * Copies of sent messages in a place that a person chose: a folder with an .eml file for each, or a mailbox
 * file (mboxrd). What was sent before the place was chosen is not copied, nor is what the practice mailbox
 * caught. A message that some of its recipients refused is copied once it is decided.
 *
 * Each message is there once, also after a crash: profile/sent-copies says which ones are done, and where in
 * the mailbox the last ones begin. Half an entry that a crash left is taken back, unless something else was
 * put behind it. A copy is on disk before it counts as done. Nothing here keeps a message from being sent.
 *
 * For the process that holds the outbox::DelivererLock, in its store thread. Blocks on the disk.
 */
class SentCopies final
{
public:
    /// Target as in Settings::copyTo.
    SentCopies(const QString &profileFolder, QString target);
    Q_DISABLE_COPY_MOVE(SentCopies)

    /// Copies what was sent since the last call, and what could not be copied then. Costs as much as has
    /// changed. The error is about the place or the profile; a message that cannot be read is left out.
    [[nodiscard]] outbox::FileResult update(outbox::Store &store);

private:
    enum class Kind { Folder, Mailbox };

    [[nodiscard]] outbox::FileResult begin(outbox::Store &store, const QList<outbox::ListedMessage> &list);
    [[nodiscard]] outbox::FileResult begunBefore(outbox::Store &store, qint64 offset,
                                                 const QList<QUuid> &messages);
    [[nodiscard]] outbox::FileResult copyFiles(outbox::Store &store, const QList<QUuid> &messages);
    [[nodiscard]] outbox::FileResult appendEntries(outbox::Store &store, const QList<QUuid> &messages);
    [[nodiscard]] outbox::FileResult note(const QByteArray &line);

    QString m_target;
    QFile m_journal;
    outbox::ListReader m_reader {};
    QSet<QUuid> m_known {}; ///< copied, or among those that are due
    QList<QUuid> m_due {};  ///< in the order in which they were queued
    Kind m_kind = Kind::Folder;
    bool m_hasBegun = false;
};

} // namespace postrider::delivery
