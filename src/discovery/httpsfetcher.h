// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/surroundings.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QSslCertificate>

#include <chrono>

namespace postrider::discovery {

/**
 * Fetches small documents from web servers: by https, and by http only what is asked for by http.
 *
 * A request carries the name of the program, and no cookie, language, referrer or sign-in; nothing is kept on
 * disk. Up to three redirects are followed while they stay with https. The body ends at 256 KiB, a connection
 * has to stand after 4 s, and all of it is over after 6 s. Where the system has a proxy, it is used.
 *
 * Lives in the thread that it is made in, and has to outlive what it fetches.
 */
class HttpsFetcher final : public WebFetcher
{
public:
    static constexpr qsizetype LargestBody = 256 * 1024; ///< octets
    static constexpr int MostRedirects = 3;

    struct Limits
    {
        std::chrono::milliseconds connect { std::chrono::seconds(4) }; ///< until the request can be sent
        std::chrono::milliseconds total { std::chrono::seconds(6) };   ///< redirects included
    };

    HttpsFetcher();
    explicit HttpsFetcher(const Limits &limits);
    ~HttpsFetcher() override;

    /// Trusted besides the system's own, from the next document on.
    void trust(const QList<QSslCertificate> &authorities);

    void fetch(const QUrl &url, QObject *context, std::function<void(const WebAnswer &)> answer) override;

private:
    Limits m_limits;
    QList<QSslCertificate> m_authorities {};
    QNetworkAccessManager m_manager {};
};

} // namespace postrider::discovery
