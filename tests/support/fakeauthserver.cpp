// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/fakeauthserver.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTcpSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::support {

namespace {

QByteArray toJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString field(const QUrlQuery &query, const char *name)
{
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

} // namespace

FakeAuthServer::FakeAuthServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(*socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                m_received.remove(socket);
                socket->deleteLater();
            });
        }
    });
    m_server.listen(QHostAddress::LocalHost);
}

FakeAuthServer::~FakeAuthServer()
{
    const QList<QTcpSocket *> open = m_server.findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : open)
        socket->disconnect(this);
}

QUrl FakeAuthServer::url(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(port()).arg(path));
}

QByteArray FakeAuthServer::providersFile() const
{
    const auto address = [this](const QString &path) { return url(path).toString(); };
    const QJsonObject provider {
        { u"id"_s, u"test"_s },
        { u"name"_s, u"Test service"_s },
        { u"authorization"_s, address(u"/authorize"_s) },
        { u"token"_s, address(u"/token"_s) },
        { u"device"_s, address(u"/device"_s) },
        { u"deviceForm"_s, behaviour.isDeviceFormShort ? u"short"_s : u"standard"_s },
        { u"revocation"_s, address(u"/revoke"_s) },
        { u"issuer"_s, behaviour.issuer },
        { u"scopes"_s, QJsonArray::fromStringList(behaviour.scope.split(u' ')) },
        { u"clientId"_s, behaviour.clientId },
        { u"clientSecret"_s, behaviour.clientSecret },
        { u"redirect"_s, u"http://127.0.0.1"_s },
    };
    return toJson({ { u"providers"_s, QJsonArray { provider } } });
}

QByteArray FakeAuthServer::secret(const QByteArray &kind, qsizetype octets)
{
    QByteArray made = kind + '-';
    while (made.size() < octets)
        made += QByteArray::number(QRandomGenerator::global()->generate(), 36);
    made.truncate(octets);
    m_secrets.append(made);
    return made;
}

QByteArray FakeAuthServer::addRefreshToken()
{
    const QByteArray token = secret("refresh");
    m_validRefreshTokens.insert(token);
    m_refreshTokens.append(token);
    return token;
}

// --- HTTP

void FakeAuthServer::serve(QTcpSocket &socket)
{
    QByteArray &received = m_received[&socket];
    received += socket.readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray header = received.first(end + 2);
    const QByteArray lower = header.toLower();
    const QByteArray mark = "\r\ncontent-length:";
    const qsizetype at = lower.indexOf(mark);
    const qsizetype length = at < 0
        ? 0
        : lower.mid(at + mark.size(), lower.indexOf('\r', at + 2) - at - mark.size()).trimmed().toInt();
    if (received.size() < end + 4 + length)
        return;
    const QByteArray body = received.mid(end + 4, length);
    received.clear();
    m_requests.append(header + body);
    handle(socket, header, body);
}

void FakeAuthServer::reply(QTcpSocket &socket, const QByteArray &status, const QByteArray &body,
                           const QByteArray &fields)
{
    socket.write("HTTP/1.1 " + status + "\r\n" + fields
                 + "Set-Cookie: followed=everywhere; Path=/\r\nConnection: close\r\nContent-Length: "
                 + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    socket.disconnectFromHost();
}

void FakeAuthServer::refuse(QTcpSocket &socket, const QByteArray &error, const QString &why)
{
    m_complaints.append(why);
    reply(socket, error == "invalid_client" ? "401 Unauthorized" : "400 Bad Request",
          toJson({ { u"error"_s, QString::fromLatin1(error) }, { u"error_description"_s, why } }));
}

void FakeAuthServer::handle(QTcpSocket &socket, const QByteArray &header, const QByteArray &body)
{
    const QList<QByteArray> line = header.first(header.indexOf("\r\n")).split(' ');
    const QUrl address(QString::fromLatin1("http://x" + line.value(1)));
    if (line.value(0) == "GET" && address.path() == "/authorize"_L1) {
        const QUrl back = decide(address);
        if (back.isEmpty())
            reply(socket, "400 Bad Request", "no", "Content-Type: text/plain\r\n");
        else
            reply(socket, "302 Found", {}, "Location: " + back.toEncoded() + "\r\n");
        return;
    }
    if (line.value(0) != "POST")
        return reply(socket, "404 Not Found", {});
    const QUrlQuery form(QString::fromLatin1(body).replace(u'+', u"%20"_s));
    // A browser may keep them, a program may not.
    if (header.toLower().contains("\r\ncookie:"))
        m_complaints.append(u"a cookie came back"_s);
    if (address.hasQuery())
        m_complaints.append(u"a query in a POST"_s);
    if (!header.toLower().contains("content-type: application/x-www-form-urlencoded"))
        return refuse(socket, "invalid_request", u"no form"_s);
    if (field(form, "client_id") != behaviour.clientId)
        return refuse(socket, "invalid_client", u"client_id"_s);
    const bool wantsSecret = address.path() != "/device"_L1;
    if (wantsSecret && field(form, "client_secret") != behaviour.clientSecret)
        return refuse(socket, "invalid_client", u"client_secret"_s);
    if (address.path() == "/token"_L1)
        answerToken(socket, form);
    else if (address.path() == "/device"_L1)
        answerDevice(socket, form);
    else if (address.path() == "/revoke"_L1 && isInOrder(socket)) {
        m_revoked.append(field(form, "token").toLatin1());
        m_validRefreshTokens.remove(m_revoked.last());
        reply(socket, "200 OK", {});
    }
}

// --- /authorize

QUrl FakeAuthServer::decide(const QUrl &authorization)
{
    const QUrlQuery asked(authorization);
    const QString state = field(asked, "state");
    if (m_decided.contains(state))
        return m_decided.value(state);
    const QUrl redirect(field(asked, "redirect_uri"));
    const auto complain = [this](const QString &what) {
        m_complaints.append(what);
        return QUrl();
    };
    if (field(asked, "response_type") != "code"_L1)
        return complain(u"response_type"_s);
    if (field(asked, "client_id") != behaviour.clientId)
        return complain(u"client_id"_s);
    if (field(asked, "scope") != behaviour.scope)
        return complain(u"scope "_s + field(asked, "scope"));
    if (redirect.scheme() != "http"_L1 || redirect.port() <= 0
        || (redirect.host() != "127.0.0.1"_L1 && redirect.host() != "localhost"_L1))
        return complain(u"redirect_uri "_s + redirect.toString());
    // 128 bit take 22 characters of base64url.
    if (state.size() < 22)
        return complain(u"state "_s + state);
    if (field(asked, "code_challenge_method") != "S256"_L1 || field(asked, "code_challenge").size() != 43)
        return complain(u"code_challenge"_s);

    using C = Consent;
    const C consent = behaviour.consent;
    QUrlQuery answer;
    if (consent == C::Deny || consent == C::Trouble) {
        answer.addQueryItem(u"error"_s,
                            consent == C::Deny ? u"access_denied"_s : u"temporarily_unavailable"_s);
        answer.addQueryItem(u"error_description"_s, u"The%20person%20said%20no."_s);
    } else if (consent != C::NoCode) {
        const QByteArray code = secret("code");
        m_grants.insert(code, { redirect.toString(), field(asked, "code_challenge").toLatin1(), false });
        answer.addQueryItem(u"code"_s, QString::fromLatin1(code));
    }
    if (consent == C::WrongState)
        answer.addQueryItem(u"state"_s, state.chopped(1) + (state.endsWith(u'A') ? u'B' : u'A'));
    else if (consent != C::NoState)
        answer.addQueryItem(u"state"_s, state);
    if (consent == C::WrongIssuer)
        answer.addQueryItem(u"iss"_s, u"https://other.example"_s);
    else if (!behaviour.issuer.isEmpty() && consent != C::NoIssuer)
        answer.addQueryItem(u"iss"_s, QString::fromLatin1(QUrl::toPercentEncoding(behaviour.issuer)));
    QUrl back = redirect;
    back.setQuery(answer);
    m_decided.insert(state, back);
    return back;
}

// --- /token, /device

bool FakeAuthServer::isInOrder(QTcpSocket &socket)
{
    switch (behaviour.answer) {
    case Answer::Tokens:
    case Answer::WrongType:
        return true;
    case Answer::InvalidGrant:
        reply(socket, "400 Bad Request",
              R"({"error":"invalid_grant","error_description":"The grant\u202e is\nover."})");
        break;
    case Answer::InvalidClient:
        reply(socket, "401 Unauthorized", R"({"error":"invalid_client"})",
              "Content-Type: application/json\r\nWWW-Authenticate: Basic realm=\"x\"\r\n");
        break;
    case Answer::ServerError:
        reply(socket, "503 Service Unavailable", "<h1>Down</h1>", "Content-Type: text/html\r\n");
        break;
    case Answer::TooManyRequests:
        reply(socket, "429 Too Many Requests", R"({"error":"slow"})",
              "Content-Type: application/json\r\nRetry-After: " + QByteArray::number(behaviour.retryAfter)
                  + "\r\n");
        break;
    case Answer::Html:
        reply(socket, "200 OK", "<html><body>Welcome to this network</body></html>",
              "Content-Type: text/html\r\n");
        break;
    case Answer::Truncated:
        reply(socket, "200 OK", R"({"access_token":"abc)");
        break;
    case Answer::Endless:
        reply(socket, "200 OK", "{\"access_token\":\"" + QByteArray(4'000'000, 'a') + "\"}");
        break;
    case Answer::Silent:
        break;
    case Answer::Redirect:
        reply(socket, "307 Temporary Redirect", {}, "Location: /token\r\n");
        break;
    case Answer::HangUp:
        socket.abort();
        break;
    }
    return false;
}

void FakeAuthServer::answerToken(QTcpSocket &socket, const QUrlQuery &form)
{
    ++m_tokenRequests;
    const QString kind = field(form, "grant_type");
    if (kind == "refresh_token"_L1)
        ++m_refreshes;
    if (!isInOrder(socket))
        return;
    if (kind == "authorization_code"_L1) {
        const auto grant = m_grants.find(field(form, "code").toLatin1());
        if (grant == m_grants.end())
            return refuse(socket, "invalid_grant", u"unknown code"_s);
        if (std::exchange(grant->isUsed, true))
            return refuse(socket, "invalid_grant", u"a code was used twice"_s);
        if (grant->redirectUri != field(form, "redirect_uri"))
            return refuse(socket, "invalid_grant", u"another redirect_uri"_s);
        const QByteArray verifier = field(form, "code_verifier").toLatin1();
        const QByteArray challenge
            = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                  .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        if (verifier.size() < 43 || challenge != grant->challenge)
            return refuse(socket, "invalid_grant", u"code_verifier"_s);
        m_secrets.append(verifier);
        giveTokens(socket, {});
    } else if (kind == "refresh_token"_L1) {
        const QByteArray token = field(form, "refresh_token").toLatin1();
        // A refresh token that is no good is nothing that a client could have known.
        if (!m_validRefreshTokens.contains(token))
            return reply(socket, "400 Bad Request", R"({"error":"invalid_grant"})");
        giveTokens(socket, token);
    } else if (kind
               == (behaviour.isDeviceFormShort ? "device_code"_L1
                                               : "urn:ietf:params:oauth:grant-type:device_code"_L1)) {
        const char *name = behaviour.isDeviceFormShort ? "code" : "device_code";
        if (!m_deviceCodes.contains(field(form, name).toLatin1()))
            return refuse(socket, "invalid_grant", u"unknown device_code"_s);
        const int number = ++m_deviceAnswers;
        if (number <= behaviour.slowDowns)
            return reply(socket, "400 Bad Request", R"({"error":"slow_down"})");
        if (number <= behaviour.pendingAnswers)
            return reply(socket, "400 Bad Request", R"({"error":"authorization_pending"})");
        if (behaviour.devicePerson == DevicePerson::Denies)
            return reply(socket, "400 Bad Request", R"({"error":"access_denied"})");
        if (behaviour.devicePerson == DevicePerson::LetsItExpire)
            return reply(socket, "400 Bad Request", R"({"error":"expired_token"})");
        giveTokens(socket, {});
    } else {
        refuse(socket, "unsupported_grant_type", u"grant_type "_s + kind);
    }
}

void FakeAuthServer::giveTokens(QTcpSocket &socket, const QByteArray &usedRefreshToken)
{
    const int number = static_cast<int>(m_accessTokens.size()) + 1;
    const QByteArray access
        = behaviour.accessToken ? behaviour.accessToken(number) : secret("access", behaviour.tokenOctets);
    if (!m_secrets.contains(access))
        m_secrets.append(access);
    m_accessTokens.append(access);
    QJsonObject body { { u"access_token"_s, QString::fromLatin1(access) },
                       { u"token_type"_s, behaviour.answer == Answer::WrongType ? u"mac"_s : u"bearer"_s } };
    if (behaviour.expiresIn)
        body.insert(u"expires_in"_s, *behaviour.expiresIn);
    if (behaviour.grantedScope)
        body.insert(u"scope"_s, *behaviour.grantedScope);
    const bool isNew = usedRefreshToken.isEmpty() || behaviour.refreshTokens == RefreshTokens::Rotating;
    if (isNew && behaviour.refreshTokens != RefreshTokens::None) {
        const QByteArray refresh = secret("refresh", behaviour.tokenOctets);
        m_validRefreshTokens.remove(usedRefreshToken);
        m_validRefreshTokens.insert(refresh);
        m_refreshTokens.append(refresh);
        body.insert(u"refresh_token"_s, QString::fromLatin1(refresh));
    }
    reply(socket, "200 OK", toJson(body));
}

void FakeAuthServer::answerDevice(QTcpSocket &socket, const QUrlQuery &form)
{
    if (!isInOrder(socket))
        return;
    if (field(form, "scope") != behaviour.scope)
        return refuse(socket, "invalid_scope", u"scope"_s);
    const QByteArray code = secret("device");
    m_deviceCodes.insert(code);
    reply(socket, "200 OK",
          toJson({ { u"device_code"_s, QString::fromLatin1(code) },
                   { u"user_code"_s, u"WDJB-MJHT"_s },
                   { u"verification_uri"_s, url(u"/enter"_s).toString() },
                   { u"verification_uri_complete"_s, url(u"/enter?user_code=WDJB-MJHT"_s).toString() },
                   { u"expires_in"_s, behaviour.deviceLifetime },
                   { u"interval"_s, behaviour.interval } }));
}

} // namespace postrider::support
