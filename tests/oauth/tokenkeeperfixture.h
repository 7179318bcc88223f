// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/signingin.h"
#include "oauth/tokenkeeper.h"
#include "support/manualclock.h"
#include "support/memorysecretstore.h"

#include <QTemporaryFile>
#include <QTest>

#include <memory>
#include <optional>

namespace postrider::oauth {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using accounts::Account;
using base::Expected;
using base::Secret;
using secrets::SecretError;
using support::FakeAuthServer;
using support::ManualClock;
using support::MemorySecretStore;
using Answer = FakeAuthServer::Answer;
using Kind = SignInFailure::Kind;
using RefreshTokens = FakeAuthServer::RefreshTokens;

/// What one question was answered.
struct Told
{
    std::optional<QByteArray> token {};
    std::optional<TokenError> error {};

    [[nodiscard]] bool isThere() const { return token || error; }
    [[nodiscard]] bool isFailure(Kind kind) const
    {
        const auto *failure = error ? std::get_if<SignInFailure>(&*error) : nullptr;
        return failure && failure->kind == kind;
    }
    [[nodiscard]] bool isSecretError(SecretError::Kind kind) const
    {
        const auto *failure = error ? std::get_if<SecretError>(&*error) : nullptr;
        return failure && failure->kind == kind;
    }
};

/// A keeper with a provider, a keychain and a time of its own, and an account whose person signed in long
/// ago.
class TokenKeeperFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    void ask(Told &told);
    [[nodiscard]] Told token();
    [[nodiscard]] bool isNewest(const Told &told) const
    {
        return told.token == m_server.accessTokens().last();
    }
    void store(const QByteArray &access, const QByteArray &refresh);
    [[nodiscard]] QByteArray stored() const { return m_secrets->stored(TokenKeeper::keyOf(m_account)); }
    void keepRefreshToken(const QByteArray &token);
    /// As after a sign-in of long ago.
    void signIn();

    FakeAuthServer m_server {};
    QTemporaryFile m_providers {};
    std::unique_ptr<MemorySecretStore> m_secrets {};
    std::unique_ptr<ManualClock> m_clock {};
    std::unique_ptr<TokenKeeper> m_keeper {};
    Account m_account {};
};

inline void TokenKeeperFixture::initTestCase()
{
    QVERIFY(m_providers.open());
    m_providers.write(m_server.providersFile());
    m_providers.close();
    qputenv("POSTRIDER_OAUTH_PROVIDERS", m_providers.fileName().toUtf8());
    QVERIFY(findProvider(u"test"_s));
}

inline void TokenKeeperFixture::init()
{
    m_server.behaviour = {};
    m_secrets = std::make_unique<MemorySecretStore>();
    m_clock = std::make_unique<ManualClock>();
    m_keeper = std::make_unique<TokenKeeper>(*m_secrets, *m_clock);
    m_account = {};
    m_account.id = u"11111111-2222-3333-4444-555555555555"_s;
    m_account.email = u"ann@example.org"_s;
    m_account.user = m_account.email;
    m_account.server.host = u"mail.example.org"_s;
    m_account.oauth = { .provider = u"test"_s };
    signIn();
}

inline void TokenKeeperFixture::cleanup()
{
    QCOMPARE(m_server.complaints(), QStringList());
    m_keeper.reset();
}

inline void TokenKeeperFixture::keepRefreshToken(const QByteArray &token)
{
    bool isWritten = false;
    m_secrets->write(TokenKeeper::keyOf(m_account), Secret(token), this,
                     [&isWritten](const Expected<void, SecretError> &done) { isWritten = done.has_value(); });
    QTRY_VERIFY(isWritten);
}

inline void TokenKeeperFixture::signIn()
{
    keepRefreshToken(m_server.addRefreshToken());
}

inline void TokenKeeperFixture::ask(Told &told)
{
    m_keeper->token(m_account, this, [&told](const Expected<Secret, TokenError> &answer) {
        if (answer)
            told.token = answer.value().reveal().toByteArray();
        else
            told.error = answer.error();
    });
}

inline Told TokenKeeperFixture::token()
{
    Told told;
    ask(told);
    const bool isAnswered = QTest::qWaitFor([&told] { return told.isThere(); }, 20'000);
    return isAnswered ? told : Told();
}

inline void TokenKeeperFixture::store(const QByteArray &access, const QByteArray &refresh)
{
    bool isDone = false;
    m_keeper->store(m_account,
                    { .accessToken = Secret(access), .expiresIn = 3600s, .refreshToken = Secret(refresh) },
                    TokenKeeper::Place::Keychain, this,
                    [&isDone](const Expected<void, SecretError> &) { isDone = true; });
    QTRY_VERIFY(isDone);
}

} // namespace postrider::oauth
