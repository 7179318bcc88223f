// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/processlock.h"
#include "compose/composewindow.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace postrider::app {

/// What stood in a composer when the program was ended from outside.
struct UnsentMessage
{
    QString id {}; ///< a UUID without braces; the file's name
    QString accountId {};
    compose::ComposeWindow::Content content {};

    friend bool operator==(const UnsentMessage &, const UnsentMessage &) = default;
};

/**
 * Keeps the text of composers over an end of the program that cannot wait for a person: a signal or the end
 * of the session. It is not a place for drafts that somebody saves on purpose.
 *
 * Each message is a file profile/unsent/<id>.json for its owner's eyes only (0600), written as a whole or not
 * at all; attachments are kept by their paths. A file stays until remove(), so that a crash after its message
 * was reopened loses nothing.
 *
 * Blocking; the files are as small as what a person types.
 */
class UnsentMessages final
{
public:
    struct Loaded
    {
        QList<UnsentMessage> messages {}; ///< the oldest first
        QStringList setAside {};          ///< the new paths of files that could not be read
    };

    explicit UnsentMessages(const QString &profileFolder);
    Q_DISABLE_COPY_MOVE(UnsentMessages)

    /// All that is kept. Nothing while another process, which has called this before, may have them open.
    [[nodiscard]] Loaded load();
    /// Replaces what was kept under the same id. The error is the system's words.
    [[nodiscard]] base::Expected<void, QString> keep(const UnsentMessage &message) const;
    void remove(const QString &id) const;

private:
    [[nodiscard]] QString pathOf(const QString &id) const;

    QString m_folder;
    base::ProcessLock m_lock;
};

} // namespace postrider::app
