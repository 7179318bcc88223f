// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QUdpSocket>

namespace postrider::support {

/**
 * A name server (RFC 1035) for UDP on 127.0.0.1, port 53, which takes rights to such a port: a test runs in a
 * network of its own (tests/support/with-own-network.sh) or skips.
 *
 * Knows what it is told, answers "no such name" to the rest, and keeps the questions.
 */
class DnsServer final : public QObject
{
    Q_OBJECT

public:
    enum Type : quint16 { A = 1, NS = 2, MX = 15, AAAA = 28, SRV = 33 };
    enum ResponseCode : quint8 { NoError = 0, ServerFailure = 2, Refused = 5 };

    /// False where the port is not for us.
    [[nodiscard]] bool start();

    /// The name exists, also for types of which it has no record.
    void addName(const QByteArray &name) { m_names.insert(name); }
    void addMx(const QByteArray &name, quint16 preference, const QByteArray &host);
    void addSrv(const QByteArray &name, quint16 priority, quint16 weight, quint16 port,
                const QByteArray &host);
    void addNs(const QByteArray &name, const QByteArray &host);
    /// Every question for the name gets this code.
    void fail(const QByteArray &name, ResponseCode code) { m_codes.insert(name, code); }
    /// No question for the name is answered.
    void ignore(const QByteArray &name) { m_ignored.insert(name); }

    /// "name type", in turn.
    [[nodiscard]] const QStringList &questions() const { return m_questions; }

private:
    void answer();
    void add(const QByteArray &name, quint16 type, const QByteArray &data);

    QUdpSocket m_socket {};
    QSet<QByteArray> m_names {};
    QHash<QPair<QByteArray, quint16>, QByteArrayList> m_records {};
    QHash<QByteArray, ResponseCode> m_codes {};
    QSet<QByteArray> m_ignored {};
    QStringList m_questions {};
};

} // namespace postrider::support
