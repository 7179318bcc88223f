// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/tokenkeeperfixture.h"

#include <QThread>

#include <array>
#include <atomic>

namespace postrider::oauth {

/// Access tokens are kept fresh, whatever the provider does.
class TokenKeeperTest : public TokenKeeperFixture
{
    Q_OBJECT

private Q_SLOTS:
    void firstToken_comesWithTheStoredRefreshToken();
    void token_isUsedUntilItIsAboutToEnd();
    void shortLife_isUsedToItsHalf();
    void manySenders_causeOneRefresh();
    void sendersInOtherThreads_getTheSameToken();
    void refusedToken_isReplacedOnce();
    void troubleOfTheProvider_changesNothing_data();
    void troubleOfTheProvider_changesNothing();
    void tokenThatStillLives_bridgesTrouble();
    void retryAfter_isKept();
    void invalidGrant_isTheEnd();
    void narrowerScope_isTold();
};

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

void TokenKeeperTest::narrowerScope_isTold()
{
    m_server.behaviour.grantedScope = u"mail.read offline_access"_s;
    QVERIFY(token().isFailure(Kind::ScopeMissing));
    m_server.behaviour.grantedScope = u"mail.send"_s;
    QVERIFY(token().token);
}

} // namespace postrider::oauth

QTEST_GUILESS_MAIN(postrider::oauth::TokenKeeperTest)
#include "tst_tokenkeeper.moc"
