// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/webpost.h"

#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace postrider::oauth {

namespace {

class NoCookies final : public QNetworkCookieJar
{
public:
    [[nodiscard]] QList<QNetworkCookie> cookiesForUrl(const QUrl & /*url*/) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> & /*cookies*/, const QUrl & /*url*/) override
    {
        return false;
    }
};

QNetworkRequest requestTo(const QUrl &endpoint, const QString &caFile)
{
    QNetworkRequest request(endpoint);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Postrider"_s);
    request.setRawHeader("Accept", "application/json");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    if (endpoint.scheme() == "https"_L1) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        if (!caFile.isEmpty())
            tls.addCaCertificates(caFile, QSsl::Pem);
        request.setSslConfiguration(tls);
    }
    return request;
}

/// Seconds; the form with a date is not read, since a clock may be wrong (RFC 9110 section 10.2.3).
std::optional<std::chrono::seconds> retryAfter(const QNetworkReply &reply)
{
    bool isNumber = false;
    const qlonglong seconds = reply.rawHeader("Retry-After").trimmed().toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    // Whoever says more has said "later" all the same.
    return std::chrono::seconds(std::min<qlonglong>(seconds, 3600));
}

} // namespace

QByteArray toFormUrlEncoded(const Form &form)
{
    QByteArray text;
    for (const auto &[name, value] : form) {
        if (!text.isEmpty())
            text.append('&');
        text.append(name.toPercentEncoding()).append('=').append(value.toPercentEncoding());
    }
    return text;
}

WebPost::WebPost(const Client &client, QObject *parent)
    : QObject(parent)
    , m_caFile(client.caFile)
{
    m_network.setCookieJar(new NoCookies);
}

WebPost::~WebPost()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void WebPost::post(const QUrl &endpoint, const Form &form, std::chrono::milliseconds limit,
                   std::function<void(const WebAnswer &)> answer)
{
    m_answer = std::move(answer);
    if (!isSafeEndpoint(endpoint)) {
        QTimer::singleShot(0, this, [this] { finish({ .trouble = u"no https address"_s }); });
        return;
    }
    if (isLoopback(endpoint))
        m_network.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    m_reply = m_network.post(requestTo(endpoint, m_caFile), toFormUrlEncoded(form));
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        m_body += m_reply->read(LargestAnswer + 1 - m_body.size());
        if (m_body.size() > LargestAnswer)
            finish({ .status = 200, .body = {} }); // what is so long is none
    });
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        m_body += m_reply->read(LargestAnswer + 1 - m_body.size());
        WebAnswer told;
        told.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        told.retryAfter = retryAfter(*m_reply);
        // An answer that broke off in the middle has a status too.
        const bool isWhole = m_reply->error() == QNetworkReply::NoError
            || (m_reply->error() >= QNetworkReply::ContentAccessDenied && told.status >= 400);
        if (isWhole) {
            told.body = m_body;
        } else {
            told.status = 0;
            told.trouble = m_reply->errorString();
        }
        finish(told);
    });
    QTimer::singleShot(limit, this, [this] { finish({ .trouble = u"no answer in time"_s }); });
}

void WebPost::finish(const WebAnswer &answer)
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    m_body.fill('\0');
    if (m_answer)
        std::exchange(m_answer, {})(answer);
}

} // namespace postrider::oauth
