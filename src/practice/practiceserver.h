// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>

namespace postrider::practice {

/// How to reach a running practice mailbox; <folder>/run.json (0600) holds the same.
struct PracticeAccess
{
    quint16 port = 0;
    QString user {};
    QByteArray password {};  ///< random for each start; protects nothing but keeps the way of signing in real
    QByteArray keySha256 {}; ///< of the SubjectPublicKeyInfo, 32 octets, for the account's pin
};

struct PracticeError
{
    enum class Kind {
        PortTaken,
        CertificateFailed,
        FolderNotWritable,
        AlreadyRunning, ///< start(): another server keeps this folder
        NotRunning,     ///< readAccess(): no server keeps this folder
    };
    Kind kind = Kind::FolderNotWritable;
    QString reason {}; ///< the system's own words, may be empty
};

/**
 * The practice mailbox: a mail server on 127.0.0.1 that takes every message and sends none.
 *
 * Offers STARTTLS with a certificate made at start, then AUTH PLAIN and LOGIN, and keeps each message as
 * <folder>/mail/<time>-<n>.eml with its envelope beside it as .json. What it takes is on disk before it
 * answers 250, and the envelope before the message, so that whoever sees an .eml finds both complete.
 *
 * One server at a time keeps a folder; <folder>/run.lock tells whether it lives, also after a crash.
 *
 * Lives in one thread with an event loop; needs no display, bus, keyring or root.
 */
class PracticeServer final : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        QString folder {}; ///< made when missing; only this user may look into it (0700)
        quint16 port = 0;  ///< 0: any free one
    };

    explicit PracticeServer(Config config, QObject *parent = nullptr);
    ~PracticeServer() override;
    Q_DISABLE_COPY_MOVE(PracticeServer)

    /// Listens and writes run.json; it is removed when the server ends. Call it once; after an error the
    /// server may only be destroyed.
    [[nodiscard]] base::Expected<PracticeAccess, PracticeError> start();

    /// Reads run.json of the server that keeps this folder, in this process or another; NotRunning when
    /// there is none any more.
    [[nodiscard]] static base::Expected<PracticeAccess, PracticeError> readAccess(const QString &folder);

Q_SIGNALS:
    /// A message lies in the folder.
    void caught(const QString &emlPath);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::practice
