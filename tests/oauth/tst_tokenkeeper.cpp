// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/signingin.h"
#include "oauth/tokenkeeper.h"
#include "support/manualclock.h"
#include "support/memorysecretstore.h"

#include <QTemporaryFile>
#include <QTest>
#include <QThread>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::oauth;
using postrider::accounts::Account;
using postrider::base::Expected;
using postrider::base::Secret;
using postrider::secrets::SecretError;
using postrider::support::FakeAuthServer;
using postrider::support::ManualClock;
using postrider::support::MemorySecretStore;
using Answer = FakeAuthServer::Answer;
using Kind = SignInFailure::Kind;
using RefreshTokens = FakeAuthServer::RefreshTokens;

namespace {

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

} // namespace

/// Keeping tokens fresh, whatever the provider does, in a time of its own.
class TokenKeeperTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void firstToken_comesWithTheStoredRefreshToken();
    void token_isUsedUntilItIsAboutToEnd();
    void shortLife_isUsedToItsHalf();
    void manySenders_causeOneRefresh();
    void sendersInOtherThreads_getTheSameToken();
    void newRefreshToken_isStoredBeforeTheTokenIsUsed();
    void newRefreshTokenThatCannotBeStored_isKeptUntilItCan();
    void refusedToken_isReplacedOnce();
    void troubleOfTheProvider_changesNothing_data();
    void troubleOfTheProvider_changesNothing();
    void tokenThatStillLives_bridgesTrouble();
    void retryAfter_isKept();
    void invalidGrant_isTheEnd();
    void newerRefreshTokenOfAnotherProcess_isTried();
    void narrowerScope_isTold();
    void keychainTrouble_isToldAsItIs();
    void withoutClientId_nothingIsAsked();
    void otherServerOrUser_getsNothingOfTheOld();
    void storing_replacesWhatWasThere();
    void storingThatFails_leavesTheOld();
    void signingOut_revokesAndForgets();
    void signingOut_needsNoProvider();
    void askerThatIsGone_isNotAnswered();

private:
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

void TokenKeeperTest::initTestCase()
{
    QVERIFY(m_providers.open());
    m_providers.write(m_server.providersFile());
    m_providers.close();
    qputenv("POSTRIDER_OAUTH_PROVIDERS", m_providers.fileName().toUtf8());
    QVERIFY(findProvider(u"test"_s));
}

void TokenKeeperTest::init()
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

void TokenKeeperTest::cleanup()
{
    QCOMPARE(m_server.complaints(), QStringList());
    m_keeper.reset();
}

void TokenKeeperTest::keepRefreshToken(const QByteArray &token)
{
    bool isWritten = false;
    m_secrets->write(TokenKeeper::keyOf(m_account), Secret(token), this,
                     [&isWritten](const Expected<void, SecretError> &done) { isWritten = done.has_value(); });
    QTRY_VERIFY(isWritten);
}

void TokenKeeperTest::signIn()
{
    keepRefreshToken(m_server.addRefreshToken());
}

void TokenKeeperTest::ask(Told &told)
{
    m_keeper->token(m_account, this, [&told](const Expected<Secret, TokenError> &answer) {
        if (answer)
            told.token = answer.value().reveal().toByteArray();
        else
            told.error = answer.error();
    });
}

Told TokenKeeperTest::token()
{
    Told told;
    ask(told);
    const bool isAnswered = QTest::qWaitFor([&told] { return told.isThere(); }, 20'000);
    return isAnswered ? told : Told();
}

void TokenKeeperTest::store(const QByteArray &access, const QByteArray &refresh)
{
    bool isDone = false;
    m_keeper->store(m_account,
                    { .accessToken = Secret(access), .expiresIn = 3600s, .refreshToken = Secret(refresh) },
                    this, [&isDone](const Expected<void, SecretError> &) { isDone = true; });
    QTRY_VERIFY(isDone);
}

void TokenKeeperTest::firstToken_comesWithTheStoredRefreshToken()
{
    const int before = m_server.refreshes();
    const QByteArray refreshToken = stored();
    QVERIFY(isNewest(token()));
    QCOMPARE(m_server.refreshes(), before + 1);
    QCOMPARE(stored(), refreshToken);
    QVERIFY(m_server.requests().last().contains(QByteArray("refresh_token=" + refreshToken)));
    QVERIFY(!m_server.requests().last().toLower().contains("cookie:"));
}

void TokenKeeperTest::token_isUsedUntilItIsAboutToEnd()
{
    const Told first = token();
    QVERIFY(first.token);
    const int before = m_server.refreshes();
    m_clock->advance(54min + 59s);
    QCOMPARE(token().token, first.token);
    QCOMPARE(m_server.refreshes(), before);
    m_clock->advance(1s); // less than five minutes left
    const Told second = token();
    QVERIFY(second.token && second.token != first.token);
    QCOMPARE(m_server.refreshes(), before + 1);
    // Somebody sets the computer's time.
    m_clock->setWallClock(m_clock->now().addYears(1));
    QCOMPARE(token().token, second.token);
    // An answer that does not say how long means an hour.
    m_server.behaviour.expiresIn.reset();
    m_clock->advance(1h);
    const Told third = token();
    m_clock->advance(54min);
    QCOMPARE(token().token, third.token);
    m_clock->advance(2min);
    QVERIFY(token().token != third.token);
}

void TokenKeeperTest::shortLife_isUsedToItsHalf()
{
    m_server.behaviour.expiresIn = 60;
    const Told first = token();
    m_clock->advance(29s);
    QCOMPARE(token().token, first.token);
    m_clock->advance(1s);
    QVERIFY(token().token != first.token);
    // One that is over at once still serves who asked for it.
    m_server.behaviour.expiresIn = 0;
    m_clock->advance(1min);
    QVERIFY(token().token);
}

void TokenKeeperTest::manySenders_causeOneRefresh()
{
    m_server.behaviour.refreshTokens = RefreshTokens::Rotating;
    const int before = m_server.refreshes();
    std::array<Told, 10> told {};
    for (Told &one : told)
        ask(one);
    QTRY_VERIFY(std::all_of(told.begin(), told.end(), [](const Told &one) { return one.isThere(); }));
    for (const Told &one : told)
        QCOMPARE(one.token, m_server.accessTokens().last());
    QCOMPARE(m_server.refreshes(), before + 1);
    QCOMPARE(stored(), m_server.refreshTokens().last());
}

void TokenKeeperTest::sendersInOtherThreads_getTheSameToken()
{
    const int before = m_server.refreshes();
    struct Sender
    {
        QThread thread {};
        QObject *context = new QObject;
        std::atomic<bool> isInItsThread = false;
        QByteArray token {};
        std::atomic<bool> isDone = false;
    };
    std::array<Sender, 10> senders {};
    for (Sender &sender : senders) {
        sender.context->moveToThread(&sender.thread);
        connect(&sender.thread, &QThread::finished, sender.context, &QObject::deleteLater);
        sender.thread.start();
        QMetaObject::invokeMethod(sender.context, [this, &sender] {
            m_keeper->token(m_account, sender.context, [&sender](const Expected<Secret, TokenError> &answer) {
                sender.isInItsThread = QThread::currentThread() == &sender.thread;
                if (answer)
                    sender.token = answer.value().reveal().toByteArray();
                sender.isDone = true;
            });
        });
    }
    QTRY_VERIFY(std::all_of(senders.begin(), senders.end(),
                            [](const Sender &sender) { return sender.isDone.load(); }));
    for (Sender &sender : senders) {
        sender.thread.quit();
        QVERIFY(sender.thread.wait());
        QVERIFY(sender.isInItsThread);
        QCOMPARE(sender.token, m_server.accessTokens().last());
    }
    QCOMPARE(m_server.refreshes(), before + 1);
}

void TokenKeeperTest::newRefreshToken_isStoredBeforeTheTokenIsUsed()
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

void TokenKeeperTest::newRefreshTokenThatCannotBeStored_isKeptUntilItCan()
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

void TokenKeeperTest::refusedToken_isReplacedOnce()
{
    const Told first = token();
    const int before = m_server.refreshes();
    // Two senders were refused with the same one.
    m_keeper->refuse(m_account, Secret(*first.token));
    m_keeper->refuse(m_account, Secret(*first.token));
    const Told second = token();
    QVERIFY(second.token && second.token != first.token);
    m_keeper->refuse(m_account, Secret(*first.token));
    QCOMPARE(token().token, second.token);
    QCOMPARE(m_server.refreshes(), before + 1);
}

void TokenKeeperTest::troubleOfTheProvider_changesNothing_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("503") << Answer::ServerError << Kind::Unavailable;
    QTest::newRow("429") << Answer::TooManyRequests << Kind::Unavailable;
    QTest::newRow("hangs up") << Answer::HangUp << Kind::Unavailable;
    QTest::newRow("HTML") << Answer::Html << Kind::BadAnswer;
    QTest::newRow("truncated") << Answer::Truncated << Kind::BadAnswer;
    QTest::newRow("endless") << Answer::Endless << Kind::BadAnswer;
    QTest::newRow("redirect") << Answer::Redirect << Kind::BadAnswer;
}

void TokenKeeperTest::troubleOfTheProvider_changesNothing()
{
    QFETCH(Answer, answer);
    QFETCH(Kind, kind);
    const QByteArray refreshToken = stored();
    m_server.behaviour.answer = answer;
    QVERIFY(token().isFailure(kind));
    QCOMPARE(stored(), refreshToken);
    // It is left alone for a while, however many ask.
    const int before = m_server.refreshes();
    QVERIFY(token().isFailure(kind));
    QVERIFY(token().isFailure(kind));
    QCOMPARE(m_server.refreshes(), before);
    m_server.behaviour.answer = Answer::Tokens;
    m_clock->advance(2min);
    QVERIFY(isNewest(token()));
}

void TokenKeeperTest::tokenThatStillLives_bridgesTrouble()
{
    const Told first = token();
    m_clock->advance(56min);
    m_server.behaviour.answer = Answer::ServerError;
    QCOMPARE(token().token, first.token);
    m_clock->advance(4min); // over
    QVERIFY(token().isFailure(Kind::Unavailable));
    m_server.behaviour.answer = Answer::Tokens;
    m_clock->advance(1min);
    QVERIFY(token().token);
}

void TokenKeeperTest::retryAfter_isKept()
{
    m_server.behaviour.answer = Answer::TooManyRequests;
    m_server.behaviour.retryAfter = 300;
    QVERIFY(token().isFailure(Kind::Unavailable));
    m_server.behaviour.answer = Answer::Tokens;
    const int before = m_server.refreshes();
    m_clock->advance(299s);
    QVERIFY(token().isFailure(Kind::Unavailable));
    QCOMPARE(m_server.refreshes(), before);
    m_clock->advance(1s);
    QVERIFY(token().token);
}

void TokenKeeperTest::invalidGrant_isTheEnd()
{
    m_server.forgetRefreshTokens();
    const QByteArray refreshToken = stored();
    const int before = m_server.refreshes();
    const Told told = token();
    QVERIFY(told.isFailure(Kind::Refused));
    QCOMPARE(std::get<SignInFailure>(*told.error).code, u"invalid_grant"_s);
    QCOMPARE(m_server.refreshes(), before + 1);
    QCOMPARE(stored(), refreshToken); // only a person's next sign-in replaces it
    signIn();
    QVERIFY(token().token);
}

void TokenKeeperTest::newerRefreshTokenOfAnotherProcess_isTried()
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

void TokenKeeperTest::narrowerScope_isTold()
{
    m_server.behaviour.grantedScope = u"mail.read offline_access"_s;
    QVERIFY(token().isFailure(Kind::ScopeMissing));
    m_server.behaviour.grantedScope = u"mail.send"_s;
    QVERIFY(token().token);
}

void TokenKeeperTest::keychainTrouble_isToldAsItIs()
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

void TokenKeeperTest::withoutClientId_nothingIsAsked()
{
    m_account.oauth = { .provider = u"microsoft"_s };
    keepRefreshToken("something");
    const Told told = token();
    QVERIFY(told.isFailure(Kind::NoClientId));
    QCOMPARE(std::get<SignInFailure>(*told.error).provider, u"Microsoft"_s);
}

void TokenKeeperTest::otherServerOrUser_getsNothingOfTheOld()
{
    const Told first = token();
    QVERIFY(first.token);
    m_account.server.host = u"other.example.org"_s;
    QVERIFY(token().isSecretError(SecretError::Kind::NotFound));
    m_account.server.host = u"mail.example.org"_s;
    m_account.user = u"bob@example.org"_s;
    QVERIFY(token().token != first.token);
}

void TokenKeeperTest::storing_replacesWhatWasThere()
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

void TokenKeeperTest::storingThatFails_leavesTheOld()
{
    const QByteArray refreshToken = stored();
    m_secrets->setWriteError(SecretError { SecretError::Kind::Locked });
    store("new-access", "new-refresh");
    m_secrets->setWriteError(std::nullopt);
    QCOMPARE(stored(), refreshToken);
    QVERIFY(isNewest(token()));
}

void TokenKeeperTest::signingOut_revokesAndForgets()
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

void TokenKeeperTest::signingOut_needsNoProvider()
{
    m_server.behaviour.answer = Answer::HangUp;
    bool isDone = false;
    m_keeper->signOut(m_account, TokenKeeper::Revocation::Revoke, this,
                      [&isDone](const Expected<void, SecretError> &done) { isDone = done.has_value(); });
    QTRY_VERIFY(isDone);
    QVERIFY(stored().isEmpty());
}

void TokenKeeperTest::askerThatIsGone_isNotAnswered()
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

QTEST_GUILESS_MAIN(TokenKeeperTest)
#include "tst_tokenkeeper.moc"
