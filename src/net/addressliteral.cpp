// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/addressliteral.h"

namespace postrider::net {

QByteArray addressLiteral(QHostAddress address)
{
    bool isIpv4 = false;
    if (const quint32 ipv4 = address.toIPv4Address(&isIpv4); isIpv4)
        return '[' + QHostAddress(ipv4).toString().toLatin1() + ']';
    address.setScopeId({});
    return address.isNull() ? QByteArray() : "[IPv6:" + address.toString().toLatin1() + ']';
}

} // namespace postrider::net
