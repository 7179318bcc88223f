// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace postrider::support {

/**
 * The Postfix and Dovecot of tests/peers, running until this object is gone.
 *
 * Its roles, accounts and special recipients are told at the top of tests/peers/postfix-dovecot.
 */
class MailServer
{
public:
    enum class Started {
        Yes,
        NotHere, ///< this computer cannot (no root, no packages); reason() tells
        Failed,
    };

    /// One message as it lies in the Maildir.
    struct Delivery
    {
        QString path {};
        QByteArray trace {};     ///< the header fields that the server put in front, with LF
        QByteArray content {};   ///< what it got, with LF
        QByteArray recipient {}; ///< of this copy
    };

    MailServer() = default;
    ~MailServer();
    Q_DISABLE_COPY_MOVE(MailServer)

    [[nodiscard]] Started start();
    [[nodiscard]] QString reason() const { return m_reason; }

    [[nodiscard]] quint16 port(const QString &role) const { return m_ports.value(role); }
    /// "tls", "starttls" or "none".
    [[nodiscard]] QString security(const QString &role) const { return m_securities.value(role); }
    /// The authority that signed its certificates.
    [[nodiscard]] QString caFile() const;

    /// Everything that was delivered so far.
    [[nodiscard]] QList<Delivery> deliveries() const;
    /// The copies of messages that have this text in their header; waits for count of them.
    [[nodiscard]] QList<Delivery> waitForDeliveries(const QByteArray &headerText, qsizetype count) const;
    /// Waits until everything that the server accepted is delivered; call it when no client is connected.
    [[nodiscard]] bool waitUntilQuiet() const;
    /// The lines that Postfix logged so far.
    [[nodiscard]] QList<QByteArray> log() const;

private:
    QTemporaryDir m_folder { QStringLiteral(POSTRIDER_PEERS "/run-XXXXXX") };
    QProcess m_process {};
    QString m_reason {};
    QHash<QString, quint16> m_ports {};
    QHash<QString, QString> m_securities {};
};

} // namespace postrider::support
