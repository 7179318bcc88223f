// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QNetworkProxy>
#include <QString>

namespace postrider::net {

/**
 * By which way an account's server is reached.
 *
 * A proxy is given the server's name, so that no name server hears of it from this computer. TLS goes through
 * it from end to end.
 */
struct ProxyChoice
{
    enum class Kind {
        System, ///< what the desktop, or the environment, says for this server; usually none
        None,
        Socks5,      ///< RFC 1928, with user and password RFC 1929
        HttpConnect, ///< RFC 9110 section 9.3.6
    };
    Kind kind = Kind::System;
    QString host {};
    quint16 port = 0;
    QString user {}; ///< empty: as nobody
    QString password {};
};

/// Why a proxy does not lead to the server.
enum class ProxyFailure {
    Other,
    NotFound,    ///< its name does not exist
    Unreachable, ///< it does not answer
    SignInRefused,
    Forbids, ///< it does not connect to this server or this port
    NoProxy, ///< what answers is none, or one of the other kind
};

/// With Kind::Socks5 or Kind::HttpConnect.
[[nodiscard]] QNetworkProxy toProxy(const ProxyChoice &choice);

/**
 * What the system says for this server, best first; QNetworkProxy::NoProxy stands for the direct way. Never
 * empty.
 *
 * Blocks: a configuration script may have to be fetched from the network. Thread-safe.
 */
[[nodiscard]] QList<QNetworkProxy> systemProxies(const QString &host, quint16 port);

} // namespace postrider::net
