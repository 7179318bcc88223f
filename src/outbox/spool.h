// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/durablefile.h"
#include "outbox/store.h"

#include <QCryptographicHash>
#include <QIODevice>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace postrider::outbox {

/**
 * The folder of files that belong to messages: spool/xx/<uuid>, where xx is the start of the uuid, so that no
 * folder grows large. Which file belongs to what is in the database; the spool does not know.
 */
class Spool
{
public:
    explicit Spool(QString folder);

    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }
    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }

    /// A name that no file has yet, with its folder made.
    [[nodiscard]] Result<QString> reserve() const;
    /// Copies a file of the person; the copy is on disk when it returns. AttachmentUnreadable when the
    /// original is not a file that can be read to its end.
    [[nodiscard]] Result<QString> freeze(const QString &path) const;
    void remove(const QString &name) const;
    /// Removes files last changed before a time, unless they are needed: what a crash left between a file
    /// and its row.
    void removeOrphans(const QDateTime &before,
                       const std::function<bool(const QString &name)> &isNeeded) const;

private:
    QString m_folder;
};

/// Finds what a disk or a stray write changed; the fastest of those that do so for certain.
constexpr QCryptographicHash::Algorithm ContentDigest = QCryptographicHash::Blake2b_160;

/**
 * Takes a message while it is written: in memory up to MaxContentInRow, then in a spool file.
 *
 * After writing call finish(); without it nothing is left behind.
 */
class ContentWriter final : public QIODevice
{
public:
    explicit ContentWriter(const Spool &spool);
    ~ContentWriter() override;
    Q_DISABLE_COPY_MOVE(ContentWriter)

    struct Content
    {
        QByteArray octets {};
        QString spoolName {}; ///< empty: all is in octets
        QByteArray digest {};
    };
    /// A spool file is on disk under its name when this returns success.
    [[nodiscard]] Result<Content> finish();
    /// Why a write failed.
    [[nodiscard]] const std::optional<StoreError> &failure() const noexcept { return m_failure; }

    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    [[nodiscard]] Result<void> append(QByteArrayView octets);
    [[nodiscard]] Result<void> flush();

    const Spool &m_spool;
    QByteArray m_octets {}; ///< all of a small message; what is not in the file yet of a large one
    QString m_name {};
    std::unique_ptr<DurableFile> m_file {};
    QCryptographicHash m_digest { ContentDigest };
    std::optional<StoreError> m_failure {};
};

} // namespace postrider::outbox
