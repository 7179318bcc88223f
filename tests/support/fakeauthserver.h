// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <optional>

class QTcpSocket;

namespace postrider::support {

/**
 * A provider's authorization server for tests, on a free port of 127.0.0.1 over http, that can be told to
 * misbehave. Strict about what a client sends: a request that an honest server would refuse is refused with
 * its RFC's error and listed in complaints().
 *
 * Endpoints: /authorize /token /device /revoke. Lives in the test's own thread.
 */
class FakeAuthServer final : public QObject
{
    Q_OBJECT

public:
    /// What the person in front of /authorize, or the server there, does.
    enum class Consent { Approve, Deny, NoState, WrongState, NoIssuer, WrongIssuer, NoCode, Trouble };
    /// What /token, /device and /revoke answer to requests that are in order.
    enum class Answer {
        Tokens,
        InvalidGrant,
        InvalidClient,
        ServerError,
        TooManyRequests, ///< with Retry-After
        Html,
        Truncated,
        Endless, ///< more octets than anybody wants
        Silent,
        Redirect,
        HangUp,
        WrongType, ///< tokens, but not of the kind "Bearer"
    };
    enum class RefreshTokens { Same, Rotating, None };
    enum class DevicePerson { Approves, Denies, LetsItExpire };
    struct Behaviour
    {
        QString clientId = QStringLiteral("test-client");
        QString clientSecret {}; ///< empty: there is none, and none is wanted
        QString scope = QStringLiteral("mail.send offline_access");
        QString issuer {}; ///< empty: not named
        Consent consent = Consent::Approve;
        Answer answer = Answer::Tokens;
        RefreshTokens refreshTokens = RefreshTokens::Same;
        std::optional<int> expiresIn = 3600;
        std::optional<QString> grantedScope {}; ///< nothing: not named
        qsizetype tokenOctets = 40;
        int retryAfter = 120; ///< s, with TooManyRequests
        DevicePerson devicePerson = DevicePerson::Approves;
        int pendingAnswers = 2;         ///< of /token before the person at the other device is done
        int slowDowns = 0;              ///< of them
        bool isDeviceFormShort = false; ///< as "device_code" and "code", not as RFC 8628 has it
        int deviceLifetime = 600;
        int interval = 5;
        /// In place of a random one; counted from 1.
        std::function<QByteArray(int number)> accessToken {};
    };

    explicit FakeAuthServer(QObject *parent = nullptr);
    ~FakeAuthServer() override;
    Q_DISABLE_COPY_MOVE(FakeAuthServer)

    Behaviour behaviour {}; ///< may be changed at any time

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QUrl url(const QString &path) const;
    /// A file for POSTRIDER_OAUTH_PROVIDERS with this server as the provider "test".
    [[nodiscard]] QByteArray providersFile() const;
    /// Where /authorize sends the browser; the same address every time it is asked.
    [[nodiscard]] QUrl decide(const QUrl &authorization);

    /// What clients did wrong.
    [[nodiscard]] QStringList complaints() const { return m_complaints; }
    [[nodiscard]] int refreshes() const { return m_refreshes; }
    [[nodiscard]] int tokenRequests() const { return m_tokenRequests; }
    /// Of every request, in turn: header and body.
    [[nodiscard]] QList<QByteArray> requests() const { return m_requests; }
    [[nodiscard]] QList<QByteArray> accessTokens() const { return m_accessTokens; }
    [[nodiscard]] QList<QByteArray> refreshTokens() const { return m_refreshTokens; }
    /// Those that still refresh something.
    [[nodiscard]] QSet<QByteArray> validRefreshTokens() const { return m_validRefreshTokens; }
    [[nodiscard]] QList<QByteArray> revoked() const { return m_revoked; }
    /// What a client would have to keep secret by now: tokens, codes and the like.
    [[nodiscard]] QList<QByteArray> secrets() const { return m_secrets; }
    /// As after a sign-in that nobody has to go through.
    QByteArray addRefreshToken();
    void forgetRefreshTokens() { m_validRefreshTokens.clear(); }

private:
    struct Grant
    {
        QString redirectUri {};
        QByteArray challenge {};
        bool isUsed = false;
    };

    void serve(QTcpSocket &socket);
    void handle(QTcpSocket &socket, const QByteArray &header, const QByteArray &body);
    void answerToken(QTcpSocket &socket, const QUrlQuery &form);
    void answerDevice(QTcpSocket &socket, const QUrlQuery &form);
    void giveTokens(QTcpSocket &socket, const QByteArray &usedRefreshToken);
    /// False: it did something of its own.
    [[nodiscard]] bool isInOrder(QTcpSocket &socket);
    void refuse(QTcpSocket &socket, const QByteArray &error, const QString &why);
    void reply(QTcpSocket &socket, const QByteArray &status, const QByteArray &body,
               const QByteArray &fields = "Content-Type: application/json\r\n");
    [[nodiscard]] QByteArray secret(const QByteArray &kind, qsizetype octets = 40);

    QTcpServer m_server {};
    QHash<QTcpSocket *, QByteArray> m_received {};
    QHash<QString, QUrl> m_decided {}; ///< by state
    QHash<QByteArray, Grant> m_grants {};
    QSet<QByteArray> m_deviceCodes {};
    int m_deviceAnswers = 0;
    QStringList m_complaints {};
    int m_refreshes = 0;
    int m_tokenRequests = 0;
    QList<QByteArray> m_requests {};
    QList<QByteArray> m_accessTokens {};
    QList<QByteArray> m_refreshTokens {};
    QSet<QByteArray> m_validRefreshTokens {};
    QList<QByteArray> m_revoked {};
    QList<QByteArray> m_secrets {};
};

} // namespace postrider::support
