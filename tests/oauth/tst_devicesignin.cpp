// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/devicesignin.h"
#include "oauth/signingin.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::oauth;
using postrider::support::FakeAuthServer;
using Kind = SignInFailure::Kind;
using Person = FakeAuthServer::DevicePerson;

/// Signing in with a code that is typed elsewhere, in seconds that last some milliseconds.
class DeviceSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void code_isShownAndTheAnswerWaitedFor();
    void shortForm_isAskedAsTheServiceWantsIt();
    void slowDown_makesTheWaitLonger();
    void silenceOfTheService_isWaitedOut();
    void endWithoutTokens_hasItsKind_data();
    void endWithoutTokens_hasItsKind();
    void codeOutOfDate_endsIt();
    void serviceWithoutCodes_isTold();
    void cancel_endsIt();

private:
    void start();

    std::chrono::milliseconds m_second { 5 };
    std::unique_ptr<FakeAuthServer> m_server {};
    std::unique_ptr<DeviceSignIn> m_signIn {};
    Ending m_ending {};
    QString m_code {};
    QUrl m_page {};
    QUrl m_completePage {};
};

void DeviceSignInTest::init()
{
    m_signIn.reset();
    m_server = std::make_unique<FakeAuthServer>();
    m_ending = {};
    m_second = 5ms;
    m_code.clear();
}

void DeviceSignInTest::start()
{
    m_signIn = std::make_unique<DeviceSignIn>(clientOf(*m_server));
    m_signIn->setSecond(m_second);
    m_ending.watch(*m_signIn);
    connect(m_signIn.get(), &DeviceSignIn::codeReady, this,
            [this](const QString &code, const QUrl &page, const QUrl &completePage) {
                m_code = code;
                m_page = page;
                m_completePage = completePage;
            });
    m_signIn->start();
}

void DeviceSignInTest::code_isShownAndTheAnswerWaitedFor()
{
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    QCOMPARE(m_code, u"WDJB-MJHT"_s);
    QCOMPARE(m_page, m_server->url(u"/enter"_s));
    QCOMPARE(m_completePage, m_server->url(u"/enter?user_code=WDJB-MJHT"_s));
    QCOMPARE(m_server->tokenRequests(), 3); // two times "not yet"
    QCOMPARE(m_ending.tokens->accessToken.reveal().toByteArray(), m_server->accessTokens().value(0));
    QCOMPARE(m_server->complaints(), QStringList());
}

/// Yandex has its own names for what RFC 8628 section 3.4 asks with.
void DeviceSignInTest::shortForm_isAskedAsTheServiceWantsIt()
{
    m_server->behaviour.isDeviceFormShort = true;
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    QCOMPARE(m_server->complaints(), QStringList());
    const QByteArray question = m_server->requests().last();
    QVERIFY(question.contains("grant_type=device_code&code="));
    QVERIFY(!question.contains("device_code="));
}

void DeviceSignInTest::slowDown_makesTheWaitLonger()
{
    m_server->behaviour.interval = 1;
    m_server->behaviour.slowDowns = 3;
    m_server->behaviour.pendingAnswers = 3;
    m_second = 60ms; // so that a busy computer alone does not take as long
    QElapsedTimer time;
    time.start();
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    // 1, 6, 11 and 16 seconds (RFC 8628 section 3.5).
    QVERIFY2(time.elapsed() >= 34 * m_second.count(), qPrintable(QString::number(time.elapsed())));
}

void DeviceSignInTest::silenceOfTheService_isWaitedOut()
{
    m_server->behaviour.pendingAnswers = 0;
    start();
    connect(m_signIn.get(), &DeviceSignIn::codeReady, this,
            [this] { m_server->behaviour.answer = FakeAuthServer::Answer::ServerError; });
    QTRY_VERIFY(m_server->tokenRequests() >= 2);
    QVERIFY(!m_ending.isThere());
    m_server->behaviour.answer = FakeAuthServer::Answer::Tokens;
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
}

void DeviceSignInTest::endWithoutTokens_hasItsKind_data()
{
    QTest::addColumn<Person>("person");
    QTest::addColumn<FakeAuthServer::RefreshTokens>("refreshTokens");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("the person says no")
        << Person::Denies << FakeAuthServer::RefreshTokens::Same << Kind::Denied;
    QTest::newRow("the code is out of date")
        << Person::LetsItExpire << FakeAuthServer::RefreshTokens::Same << Kind::TimedOut;
    QTest::newRow("only for an hour")
        << Person::Approves << FakeAuthServer::RefreshTokens::None << Kind::NoRefreshToken;
}

void DeviceSignInTest::endWithoutTokens_hasItsKind()
{
    QFETCH(Person, person);
    QFETCH(FakeAuthServer::RefreshTokens, refreshTokens);
    QFETCH(Kind, kind);
    m_server->behaviour.devicePerson = person;
    m_server->behaviour.refreshTokens = refreshTokens;
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(kind));
}

void DeviceSignInTest::codeOutOfDate_endsIt()
{
    m_server->behaviour.deviceLifetime = 20;
    m_server->behaviour.pendingAnswers = 1'000'000;
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(Kind::TimedOut));
}

void DeviceSignInTest::serviceWithoutCodes_isTold()
{
    Client client = clientOf(*m_server);
    client.provider.deviceAuthorization.clear();
    m_signIn = std::make_unique<DeviceSignIn>(client);
    m_ending.watch(*m_signIn);
    m_signIn->start();
    QVERIFY(!m_ending.isThere());
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(Kind::NoDeviceCodes));
}

void DeviceSignInTest::cancel_endsIt()
{
    m_server->behaviour.pendingAnswers = 1'000'000;
    start();
    QTRY_VERIFY(!m_code.isEmpty());
    m_signIn->cancel();
    QVERIFY(m_ending.isFailure(Kind::Cancelled));
}

QTEST_GUILESS_MAIN(DeviceSignInTest)
#include "tst_devicesignin.moc"
