// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/tokenkeeperfixture.h"
#include "secrets/sessionsecretstore.h"

namespace postrider::oauth {

/// Where refresh tokens are, who gets them, and when they go.
class TokenKeepingTest : public TokenKeeperFixture
{
    Q_OBJECT

private Q_SLOTS:
    void newRefreshToken_isStoredBeforeTheTokenIsUsed();
    void newRefreshTokenThatCannotBeStored_isKeptUntilItCan();
    void newerRefreshTokenOfAnotherProcess_isTried();
    void keychainTrouble_isToldAsItIs();
    void withoutClientId_nothingIsAsked();
    void otherServerOrUser_getsNothingOfTheOld();
    void storing_replacesWhatWasThere();
    void storingThatFails_leavesTheOld();
    void tokensForThisSession_stayOutOfTheKeychain();
    void signingOut_revokesAndForgets();
    void signingOut_needsNoProvider();
    void askerThatIsGone_isNotAnswered();
};

void TokenKeepingTest::newRefreshToken_isStoredBeforeTheTokenIsUsed()
{
    m_server.behaviour.refreshTokens = RefreshTokens::Rotating;
    const QByteArray old = stored();
    QByteArray storedThen;
    m_keeper->token(m_account, this, [&](const Expected<Secret, TokenError> &answer) {
        storedThen = answer ? stored() : "error";
    });
    QTRY_VERIFY(!storedThen.isEmpty());
    QCOMPARE(storedThen, m_server.refreshTokens().last());
    QVERIFY(storedThen != old);
    // A process that starts anew goes on with it.
    m_keeper = std::make_unique<TokenKeeper>(*m_secrets, *m_clock);
    QVERIFY(isNewest(token()));
}

void TokenKeepingTest::newRefreshTokenThatCannotBeStored_isKeptUntilItCan()
{
    m_server.behaviour.refreshTokens = RefreshTokens::Rotating;
    const QByteArray old = stored();
    m_secrets->setWriteError(SecretError { SecretError::Kind::Locked });
    const int before = m_server.refreshes();
    QVERIFY(token().isSecretError(SecretError::Kind::Locked));
    QCOMPARE(stored(), old);
    QVERIFY(token().isSecretError(SecretError::Kind::Locked));
    // The old one is used up, and nobody asked with it again.
    QCOMPARE(m_server.refreshes(), before + 1);
    m_secrets->setWriteError(std::nullopt);
    QVERIFY(isNewest(token()));
    QCOMPARE(stored(), m_server.refreshTokens().last());
    QCOMPARE(m_server.refreshes(), before + 1);
    // The same when the access token is over before that.
    m_secrets->setWriteError(SecretError { SecretError::Kind::Locked });
    m_clock->advance(2h);
    QVERIFY(token().error);
    m_clock->advance(2h);
    QVERIFY(token().error);
    m_secrets->setWriteError(std::nullopt);
    QVERIFY(token().token);
    QCOMPARE(stored(), m_server.refreshTokens().last());
    QVERIFY(m_server.validRefreshTokens().contains(stored()));
}

void TokenKeepingTest::newerRefreshTokenOfAnotherProcess_isTried()
{
    m_server.behaviour.refreshTokens = RefreshTokens::Rotating;
    TokenKeeper other(*m_secrets, *m_clock);
    QVERIFY(token().token);
    bool isDone = false;
    other.token(m_account, this,
                [&isDone](const Expected<Secret, TokenError> &answer) { isDone = answer.has_value(); });
    QTRY_VERIFY(isDone);
    // Between the read of a refresh token and its use, another process uses it: the keychain has its
    // successor.
    m_clock->advance(2h);
    const QByteArray usedUp = stored();
    Told told;
    ask(told);
    QByteArray successor;
    isDone = false;
    other.token(m_account, this, [&](const Expected<Secret, TokenError> &) { isDone = true; });
    QTRY_VERIFY(told.isThere() && isDone);
    QVERIFY(told.token);
    QVERIFY(stored() != usedUp);
    QVERIFY(m_server.validRefreshTokens().contains(stored()));
}

void TokenKeepingTest::keychainTrouble_isToldAsItIs()
{
    for (const auto kind :
         { SecretError::Kind::Locked, SecretError::Kind::Unavailable, SecretError::Kind::Failed }) {
        m_secrets->setError(SecretError { kind });
        QVERIFY(token().isSecretError(kind));
    }
    m_secrets->setError(std::nullopt);
    m_account.id = u"22222222-2222-3333-4444-555555555555"_s;
    QVERIFY(token().isSecretError(SecretError::Kind::NotFound));
}

void TokenKeepingTest::withoutClientId_nothingIsAsked()
{
    m_account.oauth = { .provider = u"microsoft"_s };
    keepRefreshToken("something");
    const Told told = token();
    QVERIFY(told.isFailure(Kind::NoClientId));
    QCOMPARE(std::get<SignInFailure>(*told.error).provider, u"Microsoft"_s);
}

void TokenKeepingTest::otherServerOrUser_getsNothingOfTheOld()
{
    const Told first = token();
    QVERIFY(first.token);
    m_account.server.host = u"other.example.org"_s;
    QVERIFY(token().isSecretError(SecretError::Kind::NotFound));
    m_account.server.host = u"mail.example.org"_s;
    m_account.user = u"bob@example.org"_s;
    QVERIFY(token().token != first.token);
}

void TokenKeepingTest::storing_replacesWhatWasThere()
{
    const Told first = token();
    store("new-access", "new-refresh");
    QCOMPARE(stored(), "new-refresh"_ba);
    QCOMPARE(token().token, "new-access"_ba);
    // Also when a refresh with the old one is under way.
    m_server.behaviour.answer = Answer::Silent;
    m_clock->advance(2h);
    Told waiting;
    const int before = m_server.refreshes();
    ask(waiting);
    QTRY_COMPARE(m_server.refreshes(), before + 1);
    store("newest-access", "newest-refresh");
    QTRY_VERIFY(waiting.isThere());
    QCOMPARE(waiting.token, "newest-access"_ba);
    QCOMPARE(stored(), "newest-refresh"_ba);
}

void TokenKeepingTest::storingThatFails_leavesTheOld()
{
    const QByteArray refreshToken = stored();
    m_secrets->setWriteError(SecretError { SecretError::Kind::Locked });
    store("new-access", "new-refresh");
    m_secrets->setWriteError(std::nullopt);
    QCOMPARE(stored(), refreshToken);
    QVERIFY(isNewest(token()));
}

void TokenKeepingTest::tokensForThisSession_stayOutOfTheKeychain()
{
    m_server.behaviour.refreshTokens = RefreshTokens::Rotating;
    MemorySecretStore keychain;
    secrets::SessionSecretStore session(keychain);
    TokenKeeper keeper(session, *m_clock);
    const auto key = TokenKeeper::keyOf(m_account);
    session.keep(key, Secret(m_server.addRefreshToken()));
    for (int i = 0; i < 3; ++i) {
        Told told;
        keeper.token(m_account, this, [&told](const Expected<Secret, TokenError> &answer) {
            if (answer)
                told.token = answer.value().reveal().toByteArray();
            else
                told.error = answer.error();
        });
        QTRY_VERIFY(told.isThere());
        QVERIFY(isNewest(told));
        QVERIFY(session.isKept(key));
        QVERIFY(keychain.stored(key).isEmpty());
        m_clock->advance(2h);
    }
    // A choice of the keychain at the next sign-in holds from then on.
    bool isDone = false;
    keeper.store(m_account, { .accessToken = Secret("access"), .refreshToken = Secret("refresh") },
                 TokenKeeper::Place::Keychain, this,
                 [&isDone](const Expected<void, SecretError> &done) { isDone = done.has_value(); });
    QTRY_VERIFY(isDone);
    QVERIFY(!session.isKept(key));
    QCOMPARE(keychain.stored(key), "refresh"_ba);
}

void TokenKeepingTest::signingOut_revokesAndForgets()
{
    QVERIFY(token().token);
    const QByteArray refreshToken = stored();
    bool isDone = false;
    m_keeper->signOut(m_account, TokenKeeper::Revocation::Revoke, this,
                      [&isDone](const Expected<void, SecretError> &done) { isDone = done.has_value(); });
    QTRY_VERIFY(isDone);
    QCOMPARE(m_server.revoked(), QList<QByteArray> { refreshToken });
    QVERIFY(stored().isEmpty());
    QVERIFY(token().isSecretError(SecretError::Kind::NotFound));
}

void TokenKeepingTest::signingOut_needsNoProvider()
{
    m_server.behaviour.answer = Answer::HangUp;
    bool isDone = false;
    m_keeper->signOut(m_account, TokenKeeper::Revocation::Revoke, this,
                      [&isDone](const Expected<void, SecretError> &done) { isDone = done.has_value(); });
    QTRY_VERIFY(isDone);
    QVERIFY(stored().isEmpty());
}

void TokenKeepingTest::askerThatIsGone_isNotAnswered()
{
    auto asker = std::make_unique<QObject>();
    bool isAnswered = false;
    m_keeper->token(m_account, asker.get(),
                    [&isAnswered](const Expected<Secret, TokenError> &) { isAnswered = true; });
    asker.reset();
    QVERIFY(token().token); // asked later, answered later
    QVERIFY(!isAnswered);
    // Who still waits when the keeper goes is not answered either.
    m_server.behaviour.answer = Answer::Silent;
    m_clock->advance(2h);
    m_keeper->token(m_account, this,
                    [&isAnswered](const Expected<Secret, TokenError> &) { isAnswered = true; });
    QCoreApplication::processEvents();
    m_keeper.reset();
    QCoreApplication::processEvents();
    QVERIFY(!isAnswered);
}

} // namespace postrider::oauth

QTEST_GUILESS_MAIN(postrider::oauth::TokenKeepingTest)
#include "tst_tokenkeeping.moc"
