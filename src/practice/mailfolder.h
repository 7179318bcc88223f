// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "practice/serversession.h"

#include <QDateTime>
#include <QSaveFile>
#include <QString>

#include <memory>

namespace postrider::practice {

/// How a message came in; stands in the .json beside it.
struct CaughtMessage
{
    CaughtEnvelope envelope {};
    QDateTime time {};     ///< UTC, when its content began
    QString tlsVersion {}; ///< "TLS 1.3"
};

/// The folder in which caught messages lie. Only this program's user may look into it.
class MailFolder
{
public:
    explicit MailFolder(QString path);

    /// Makes the folder when it is missing; false when that fails or nothing can be written there.
    [[nodiscard]] bool prepare();

    /**
     * A message on its way into the folder. What was written goes away again unless keep() succeeds.
     *
     * The first error is remembered; later calls do nothing, and keep() tells.
     */
    class Incoming
    {
    public:
        void append(const QByteArray &octets);
        /// Makes message and envelope durable; the path of the .eml, or the system's words.
        [[nodiscard]] base::Expected<QString, QString> keep();

    private:
        friend class MailFolder;
        Incoming(const QString &basePath, CaughtMessage message);

        QString m_basePath;
        CaughtMessage m_message;
        QSaveFile m_file;
    };
    [[nodiscard]] std::unique_ptr<Incoming> begin(const CaughtMessage &message);

private:
    QString m_path;
    int m_count = 0; ///< messages begun since the start
};

} // namespace postrider::practice
