// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/httpsfetcher.h"

#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QTimer>

#include <memory>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

bool isFetchable(const QUrl &url)
{
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return url.isValid() && isWeb && !url.host().isEmpty() && url.userInfo().isEmpty();
}

/// Nothing leads from an encrypted page to one that is not.
bool mayLeadTo(const QUrl &from, const QUrl &to)
{
    return isFetchable(to) && (to.scheme() == "https"_L1 || from.scheme() == "http"_L1);
}

/// What the system says. QNetworkAccessManager asks from a thread of its own.
class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return systemProxyForQuery(query);
    }
};

struct ReplyDeleter
{
    void operator()(QNetworkReply *reply) const
    {
        // May run inside one of the reply's own signals.
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    }
};

/// One document. A child of whoever wants it, and gone with them.
class Download final : public QObject
{
public:
    using Answer = std::function<void(const WebAnswer &)>;

    Download(QNetworkAccessManager &manager, const QSslConfiguration &tls, const HttpsFetcher::Limits &limits,
             Answer answer, QObject *context)
        : QObject(context)
        , m_manager(manager)
        , m_tls(tls)
        , m_limits(limits)
        , m_answer(std::move(answer))
    {
        for (QTimer *timer : { &m_connectTimer, &m_totalTimer }) {
            timer->setSingleShot(true);
            connect(timer, &QTimer::timeout, this, [this] { end({ .url = m_url }); });
        }
        m_totalTimer.start(m_limits.total);
    }

    void get(const QUrl &url)
    {
        m_url = url;
        m_body.clear();
        QNetworkRequest request(url);
        request.setSslConfiguration(m_tls);
        request.setHeader(QNetworkRequest::UserAgentHeader, u"Postrider"_s);
        // Qt would tell the person's language otherwise.
        request.setRawHeader("Accept-Language", "*");
        request.setRawHeader("Accept", "text/xml, application/xml");
        // What is packed could become large at once.
        request.setRawHeader("Accept-Encoding", "identity");
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        m_connectTimer.start(m_limits.connect);
        m_reply.reset(m_manager.get(request));
        m_reply->setReadBufferSize(HttpsFetcher::LargestBody + 1);
        connect(m_reply.get(), &QNetworkReply::requestSent, &m_connectTimer, &QTimer::stop);
        connect(m_reply.get(), &QNetworkReply::readyRead, this, &Download::read);
        connect(m_reply.get(), &QNetworkReply::finished, this, &Download::handleEnd);
    }

private:
    void read()
    {
        m_body += m_reply->read(HttpsFetcher::LargestBody + 1 - m_body.size());
        if (m_body.size() > HttpsFetcher::LargestBody)
            end({ .outcome = WebAnswer::Outcome::TooLarge, .url = m_url });
    }

    void handleEnd()
    {
        m_connectTimer.stop();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QUrl redirect = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
        if (!redirect.isEmpty() && status != 0) {
            follow(m_url.resolved(redirect));
            return;
        }
        switch (m_reply->error()) {
        case QNetworkReply::HostNotFoundError:
            end({ .outcome = WebAnswer::Outcome::HostNotFound, .url = m_url });
            return;
        case QNetworkReply::SslHandshakeFailedError:
            end({ .outcome = WebAnswer::Outcome::CertificateRefused, .url = m_url });
            return;
        case QNetworkReply::RemoteHostClosedError: // in the middle of the body
        case QNetworkReply::OperationCanceledError:
            end({ .url = m_url });
            return;
        default:
            break; // of the rest the status tells
        }
        if (status == 0) {
            end({ .url = m_url });
            return;
        }
        read();
        if (m_reply)
            end({ .outcome = WebAnswer::Outcome::Answered,
                  .status = status,
                  .contentType = m_reply->header(QNetworkRequest::ContentTypeHeader).toByteArray(),
                  .body = m_body,
                  .url = m_url });
    }

    void follow(const QUrl &redirect)
    {
        if (!mayLeadTo(m_url, redirect) || ++m_redirects > HttpsFetcher::MostRedirects)
            end({ .outcome = WebAnswer::Outcome::RefusedRedirect, .url = m_url, .redirect = redirect });
        else
            get(redirect);
    }

    void end(const WebAnswer &content)
    {
        m_connectTimer.stop();
        m_totalTimer.stop();
        m_reply.reset();
        deleteLater();
        std::exchange(m_answer, {})(content);
    }

    QNetworkAccessManager &m_manager;
    QSslConfiguration m_tls;
    HttpsFetcher::Limits m_limits;
    Answer m_answer;
    QUrl m_url {};
    QByteArray m_body {};
    int m_redirects = 0;
    QTimer m_connectTimer { this };
    QTimer m_totalTimer { this };
    std::unique_ptr<QNetworkReply, ReplyDeleter> m_reply {};
};

} // namespace

HttpsFetcher::HttpsFetcher()
    : HttpsFetcher(Limits {})
{ }

HttpsFetcher::HttpsFetcher(const Limits &limits)
    : m_limits(limits)
{
    m_manager.setProxyFactory(new SystemProxies); // which the manager deletes
    m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

HttpsFetcher::~HttpsFetcher() = default;

void HttpsFetcher::trust(const QList<QSslCertificate> &authorities)
{
    for (const QSslCertificate &authority : authorities) {
        if (!m_authorities.contains(authority))
            m_authorities.append(authority);
    }
}

void HttpsFetcher::fetch(const QUrl &url, QObject *context, std::function<void(const WebAnswer &)> answer)
{
    if (!isFetchable(url)) {
        QTimer::singleShot(0, context, [url, answer = std::move(answer)] { answer({ .url = url }); });
        return;
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.addCaCertificates(m_authorities);
    auto *download = new Download(m_manager, tls, m_limits, std::move(answer), context);
    download->get(url);
}

} // namespace postrider::discovery
