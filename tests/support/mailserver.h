// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QProcess>
#include <QSet>
#include <QString>
#include <QTemporaryDir>

namespace postrider::support {

/**
 * A mail server of tests/peers, running until this object is gone.
 *
 * Its roles, accounts and special recipients are told at the top of its start script and of
 * tests/peers/peerlib.sh.
 */
class MailServer
{
public:
    /// One message as it lies in the Maildir.
    struct Delivery
    {
        QString path {};
        QByteArray trace {};     ///< the header fields that the server put in front, with LF
        QByteArray content {};   ///< what it got, with LF
        QByteArray recipient {}; ///< of this copy; empty when the server keeps one for all
    };

    /// The name of its start script in tests/peers.
    explicit MailServer(const QString &script = QStringLiteral("postfix-dovecot"));
    ~MailServer();
    Q_DISABLE_COPY_MOVE(MailServer)

    /// For initTestCase(): skips the tests where this computer cannot start it (no root, no packages), and
    /// fails them where it can and the server does not start.
    void startOrSkip();

    [[nodiscard]] quint16 port(const QString &role) const { return m_ports.value(role); }
    /// "tls", "starttls" or "none".
    [[nodiscard]] QString security(const QString &role) const { return m_securities.value(role); }
    /// The authority that signed its certificates.
    [[nodiscard]] QString caFile() const;

    /// A file that the server made in its folder; see its start script.
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Everything that was delivered so far, about in that order.
    [[nodiscard]] QList<Delivery> deliveries() const;
    /// The copies of messages that have this text in their header; waits for count of them.
    [[nodiscard]] QList<Delivery> waitForDeliveries(const QByteArray &headerText, qsizetype count) const;
    /// Waits until everything that Postfix accepted is delivered; call it when no client is connected.
    [[nodiscard]] bool waitUntilQuiet() const;
    /// The lines of a log so far.
    [[nodiscard]] QList<QByteArray> log(const QString &name = QStringLiteral("postfix.log")) const;

private:
    QString m_script {};
    QTemporaryDir m_folder { QStringLiteral(POSTRIDER_PEERS "/run-XXXXXX") };
    QProcess m_process {};
    QHash<QString, quint16> m_ports {};
    QHash<QString, QString> m_securities {};
    /// What was read already: a delivered file stays as it is.
    mutable QList<Delivery> m_deliveries {};
    mutable QSet<QString> m_known {}; ///< their paths
};

} // namespace postrider::support
