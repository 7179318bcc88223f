// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/dnsserver.h"

#include <QNetworkDatagram>
#include <QtEndian>

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace postrider::support {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 DnsPort = 53;
constexpr qsizetype HeaderSize = 12;

QByteArray number(quint16 value)
{
    QByteArray octets(2, '\0');
    qToBigEndian(value, octets.data());
    return octets;
}

QByteArray wireName(const QByteArray &name)
{
    QByteArray octets;
    if (!name.isEmpty()) {
        for (const QByteArray &label : name.split('.'))
            octets += static_cast<char>(label.size()) + label;
    }
    return octets + '\0';
}

/// A network of our own begins with its loopback interface switched off.
void switchLoopbackOn()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request {};
    qstrncpy(request.ifr_name, "lo", IFNAMSIZ);
    if (::ioctl(socket, SIOCGIFFLAGS, &request) == 0 && !(request.ifr_flags & IFF_UP)) {
        request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP | IFF_RUNNING);
        ::ioctl(socket, SIOCSIFFLAGS, &request);
    }
    ::close(socket);
}

} // namespace

bool DnsServer::start()
{
    switchLoopbackOn();
    connect(&m_socket, &QUdpSocket::readyRead, this, &DnsServer::answer);
    return m_socket.bind(QHostAddress(QHostAddress::LocalHost), DnsPort);
}

void DnsServer::addMx(const QByteArray &name, quint16 preference, const QByteArray &host)
{
    add(name, MX, number(preference) + wireName(host));
}

void DnsServer::addSrv(const QByteArray &name, quint16 priority, quint16 weight, quint16 port,
                       const QByteArray &host)
{
    add(name, SRV, number(priority) + number(weight) + number(port) + wireName(host));
}

void DnsServer::addNs(const QByteArray &name, const QByteArray &host)
{
    add(name, NS, wireName(host));
}

void DnsServer::add(const QByteArray &name, quint16 type, const QByteArray &data)
{
    m_names.insert(name);
    m_records[{ name, type }].append(data);
}

void DnsServer::answer()
{
    while (m_socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket.receiveDatagram();
        const QByteArray query = datagram.data();
        QByteArrayList labels;
        qsizetype position = HeaderSize;
        while (position < query.size() && query.at(position) != 0) {
            const qsizetype size = static_cast<quint8>(query.at(position));
            labels.append(query.mid(position + 1, size));
            position += 1 + size;
        }
        const QByteArray question = query.mid(HeaderSize, position + 5 - HeaderSize);
        if (position + 5 > query.size())
            continue;
        const auto type = qFromBigEndian<quint16>(query.constData() + position + 1);
        const QByteArray name = labels.join('.');
        m_questions.append(QString::fromLatin1(name) + u' ' + QString::number(type));
        if (m_ignored.contains(name))
            continue;

        constexpr quint8 NoSuchName = 3;
        const quint8 code = m_codes.value(name, m_names.contains(name) ? NoError : ResponseCode(NoSuchName));
        const QByteArrayList records = code == NoError ? m_records.value({ name, type }) : QByteArrayList();
        QByteArray reply = query.first(2);
        reply += '\x81'; // an answer, recursion was wanted
        reply += static_cast<char>(0x80 | code);
        reply += number(1) + number(static_cast<quint16>(records.size())) + number(0) + number(0) + question;
        for (const QByteArray &data : records) {
            constexpr quint16 PointerToQuestion = 0xC00C;
            reply += number(PointerToQuestion) + number(type) + number(1) + number(0) + number(60)
                + number(static_cast<quint16>(data.size())) + data;
        }
        m_socket.writeDatagram(datagram.makeReply(reply));
    }
}

} // namespace postrider::support
