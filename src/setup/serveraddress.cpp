// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/serveraddress.h"

namespace postrider::setup {

ServerAddress splitServerAddress(const QString &typed)
{
    ServerAddress address { typed.trimmed(), 0 };
    const qsizetype scheme = address.host.indexOf(QLatin1StringView("://"));
    if (scheme >= 0)
        address.host = address.host.sliced(scheme + 3).section(u'/', 0, 0);

    const qsizetype bracket = address.host.lastIndexOf(u']');
    const qsizetype colon = address.host.lastIndexOf(u':');
    const bool isBareLiteral = address.host.count(u':') > 1 && bracket < 0;
    if (!isBareLiteral && colon > bracket) {
        bool isNumber = false;
        const uint port = QStringView(address.host).mid(colon + 1).toUInt(&isNumber);
        if (isNumber && port >= 1 && port <= 65535) {
            address.port = static_cast<quint16>(port);
            address.host.truncate(colon);
        }
    }
    if (address.host.startsWith(u'[') && address.host.endsWith(u']'))
        address.host = address.host.sliced(1, address.host.size() - 2);
    return address;
}

} // namespace postrider::setup
