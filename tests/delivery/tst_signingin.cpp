// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"
#include "oauth/provider.h"
#include "oauth/tokenkeeper.h"
#include "support/fakeauthserver.h"
#include "support/secretneedles.h"

#include <QDirIterator>
#include <QLoggingCategory>
#include <QTemporaryFile>
#include <QTest>

#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using delivery::DeliveryFixture;
using delivery::PostOffice;
using outbox::AccountHold;
using outbox::MessageState;
using outbox::Problem;
using support::FakeAuthServer;
using Answer = FakeAuthServer::Answer;

namespace {

const auto ClientSecret = u"needle-client-secret-4711"_s;

/// What the program said while one of these lived.
class LogWatch
{
public:
    LogWatch()
    {
        s_said.clear();
        QLoggingCategory::setFilterRules(u"postrider.*=true"_s);
        m_former = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            const std::scoped_lock lock(s_mutex);
            s_said += text.toUtf8() + '\n';
        });
    }
    ~LogWatch()
    {
        qInstallMessageHandler(m_former);
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(LogWatch)

    [[nodiscard]] QByteArray said() const
    {
        const std::scoped_lock lock(s_mutex);
        return s_said;
    }

private:
    static inline std::mutex s_mutex {};
    static inline QByteArray s_said {};
    QtMessageHandler m_former = nullptr;
};

/// The mail server's side of both mechanisms, octet by octet.
class TokenChecker
{
public:
    explicit TokenChecker(QByteArray mechanism)
        : m_mechanism(std::move(mechanism))
    { }

    QSet<QByteArray> valid {};
    QByteArray refusal = "535 5.7.8 The token is not good\r\n";
    quint16 port = 0;

    QByteArray answer(const QByteArray &line)
    {
        if (m_isRefusing) {
            m_isRefusing = false;
            // RFC 7628 section 3.2.3; XOAUTH2 wants an empty line.
            const QByteArray wanted = m_mechanism == "OAUTHBEARER" ? "AQ==" : "";
            return line == wanted ? refusal : "500 5.5.2 that is no acknowledgement\r\n"_ba;
        }
        QByteArray response = line;
        if (!std::exchange(m_isAsking, false)) {
            if (!line.startsWith("AUTH "))
                return {};
            if (line == QByteArray("AUTH " + m_mechanism)) {
                m_isAsking = true; // what is too long for a command comes by itself (RFC 4954 section 4)
                return "334 \r\n";
            }
            if (!line.startsWith(QByteArray("AUTH " + m_mechanism + ' ')))
                return "504 5.5.4 no\r\n";
            response = line.split(' ').value(2);
        }
        const QByteArray said = QByteArray::fromBase64(response);
        const bool isGood = std::any_of(valid.begin(), valid.end(),
                                        [&](const QByteArray &token) { return said == messageWith(token); });
        if (isGood)
            return "235 2.7.0 OK\r\n";
        m_isRefusing = true;
        return "334 " + QByteArray(R"({"status":"401","schemes":"bearer","scope":"mail.send"})").toBase64()
            + "\r\n";
    }

private:
    [[nodiscard]] QByteArray messageWith(const QByteArray &token) const
    {
        if (m_mechanism == "XOAUTH2")
            return "user=ann@example.org\1auth=Bearer " + token + "\1\1";
        return "n,a=ann@example.org,\1host=localhost\1port=" + QByteArray::number(port) + "\1auth=Bearer "
            + token + "\1\1";
    }

    QByteArray m_mechanism;
    bool m_isAsking = false;
    bool m_isRefusing = false;
};

} // namespace

/// Accounts that sign in with tokens, from the keychain to the mail server and back.
class SigningInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void token_signsIn_data();
    void token_signsIn();
    void longToken_signsIn();
    void tokenThatTheServerRefuses_isReplacedOnce_data();
    void tokenThatTheServerRefuses_isReplacedOnce();
    void freshTokenThatIsRefused_holdsTheAccount();
    void sendingThatIsSwitchedOff_isExplained();
    void endOfTheGrant_holdsTheAccountOnce();
    void troubleOfTheProvider_isWaitedOut();
    void rotatedRefreshToken_survivesARestart();
    void noTokens_needASignIn();
    void lockedKeychain_isToldAsSuch();
    void signingInAgain_letsMessagesGo();
    void wrongSignIn_changesNothing();
    void newAccount_isProvedAndKept();
    void newAccountThatIsRefused_isNotSaved();
    void removedAccount_isSignedOut();
    void tokensForThisSession_sendAndAreNotInTheKeychain();
    void tokensForThisSession_needASignInAfterARestart();
    void newAccountWithoutAKeychain_canBeForThisSession();
    void tokens_areNowhereOnDisk();

private:
    void serve(const QByteArray &mechanism = "XOAUTH2");
    [[nodiscard]] bool keepRefreshToken();
    [[nodiscard]] oauth::Tokens newTokens();
    [[nodiscard]] QByteArray storedToken();
    [[nodiscard]] bool isSent(const outbox::MessageId &id)
    {
        return m_fixture->find(id).state == MessageState::Sent;
    }
    [[nodiscard]] bool isHeld() { return m_fixture->hold().state == AccountHold::State::Held; }

    std::unique_ptr<FakeAuthServer> m_provider {};
    QTemporaryFile m_providers {};
    std::unique_ptr<DeliveryFixture> m_fixture {};
    std::unique_ptr<TokenChecker> m_checker {};
};

void SigningInTest::initTestCase()
{
    m_provider = std::make_unique<FakeAuthServer>();
    m_provider->behaviour.clientSecret = ClientSecret;
    QVERIFY(m_providers.open());
    m_providers.write(m_provider->providersFile());
    m_providers.close();
    qputenv("POSTRIDER_OAUTH_PROVIDERS", m_providers.fileName().toUtf8());
    QVERIFY(oauth::findProvider(u"test"_s));
}

void SigningInTest::init()
{
    m_provider->behaviour = {};
    m_provider->behaviour.clientSecret = ClientSecret;
    m_fixture = std::make_unique<DeliveryFixture>();
    serve();
}

void SigningInTest::cleanup()
{
    m_fixture.reset();
    QCOMPARE(m_provider->complaints(), QStringList());
}

void SigningInTest::serve(const QByteArray &mechanism)
{
    m_checker = std::make_unique<TokenChecker>(mechanism);
    support::FakeSmtpServer::Behaviour behaviour;
    behaviour.security = support::FakeSmtpServer::Security::ImplicitTls;
    behaviour.replies = { { support::FakeSmtpServer::Stage::Ehlo,
                            "250-fake.example.org\r\n250 AUTH " + mechanism + "\r\n" } };
    behaviour.answer = [this](const QByteArray &line) { return m_checker->answer(line); };
    m_fixture->serve(behaviour);
    m_fixture->account.server.security = accounts::Security::Tls;
    m_fixture->account.user = u"ann@example.org"_s;
    m_fixture->account.oauth = { .provider = u"test"_s };
    m_checker->port = m_fixture->account.server.port;
    // Whatever the provider gives, the server takes.
    m_provider->behaviour.accessToken = [this](int number) {
        const QByteArray token = "access-token-" + QByteArray::number(number) + QByteArray(30, 'x');
        m_checker->valid.insert(token);
        return token;
    };
}

/// As after a sign-in of long ago.
bool SigningInTest::keepRefreshToken()
{
    bool isKept = false;
    QObject context;
    m_fixture->keychain().write(
        oauth::TokenKeeper::keyOf(m_fixture->account), base::Secret(m_provider->addRefreshToken()), &context,
        [&isKept](const base::Expected<void, secrets::SecretError> &done) { isKept = done.has_value(); });
    return QTest::qWaitFor([&isKept] { return isKept; }, 10'000);
}

oauth::Tokens SigningInTest::newTokens()
{
    const QByteArray access = m_provider->behaviour.accessToken(1000);
    return { .accessToken = base::Secret(access),
             .expiresIn = 3600s,
             .refreshToken = base::Secret(m_provider->addRefreshToken()) };
}

QByteArray SigningInTest::storedToken()
{
    return m_fixture->keychain().stored(oauth::TokenKeeper::keyOf(m_fixture->account));
}

void SigningInTest::token_signsIn_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::newRow("XOAUTH2") << "XOAUTH2"_ba;
    QTest::newRow("OAUTHBEARER") << "OAUTHBEARER"_ba;
}

void SigningInTest::token_signsIn()
{
    QFETCH(QByteArray, mechanism);
    serve(mechanism);
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    const int before = m_provider->refreshes();
    const outbox::MessageId first = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(first), 20'000);
    const outbox::MessageId second = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(second), 20'000);
    QCOMPARE(m_provider->refreshes(), before + 1);
}

void SigningInTest::longToken_signsIn()
{
    m_provider->behaviour.accessToken = [this](int) {
        const QByteArray token(3000, 'T');
        m_checker->valid.insert(token);
        return token;
    };
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
}

void SigningInTest::tokenThatTheServerRefuses_isReplacedOnce_data()
{
    token_signsIn_data();
}

void SigningInTest::tokenThatTheServerRefuses_isReplacedOnce()
{
    QFETCH(QByteArray, mechanism);
    serve(mechanism);
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    const int before = m_provider->refreshes();
    const outbox::MessageId first = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(first), 20'000);
    // The provider takes the token back before its time, and the connection is over.
    m_checker->valid.clear();
    m_fixture->server().hangUp();
    const outbox::MessageId second = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(second), 20'000);
    QCOMPARE(m_provider->refreshes(), before + 2);
    QCOMPARE(m_fixture->hold().state, AccountHold::State::Ready);
}

void SigningInTest::freshTokenThatIsRefused_holdsTheAccount()
{
    m_provider->behaviour.accessToken
        = [](int number) -> QByteArray { return "useless-" + QByteArray::number(number); };
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    const int before = m_provider->refreshes();
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    m_fixture->settle();
    const Problem problem = m_fixture->hold().problem;
    QCOMPARE(problem.kind, Problem::Kind::SignInRefused);
    QCOMPARE(problem.detail, Problem::Detail::FreshTokenRefused);
    QCOMPARE(problem.code, 535);
    QCOMPARE(problem.subject, u"401"_s); // what the challenge said
    // Twice, and not a third time.
    QCOMPARE(m_fixture->count("AUTH"), 2);
    QCOMPARE(m_provider->refreshes(), before + 2);
    QCOMPARE(m_fixture->find(id).attempts, 0);
    QVERIFY(delivery::sentence(problem).contains(u"although you are signed in"_s));
    QVERIFY(delivery::advice(problem).contains(u"Sign in again"_s));
}

void SigningInTest::sendingThatIsSwitchedOff_isExplained()
{
    m_provider->behaviour.accessToken = [](int) { return "useless"_ba; };
    m_checker->refusal
        = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
          "Tenant.\r\n";
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    QVERIFY(!m_fixture->send().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    QVERIFY(delivery::advice(m_fixture->hold().problem).contains(u"SMTP AUTH"_s));
}

void SigningInTest::endOfTheGrant_holdsTheAccountOnce()
{
    QVERIFY(keepRefreshToken());
    m_provider->forgetRefreshTokens();
    QVERIFY(m_fixture->open());
    const int before = m_provider->refreshes();
    const outbox::MessageId first = m_fixture->send();
    const outbox::MessageId second = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    m_fixture->settle();
    const Problem problem = m_fixture->hold().problem;
    QCOMPARE(problem.kind, Problem::Kind::SignInNeeded);
    QCOMPARE(delivery::sentence(problem), u"Test service wants you to sign in again."_s);
    QCOMPARE(delivery::advice(problem), u"Sign in again."_s);
    QCOMPARE(m_provider->refreshes(), before + 1);
    QCOMPARE(m_fixture->server().connections(), 0);
    for (const outbox::MessageId &id : { first, second }) {
        QCOMPARE(m_fixture->find(id).attempts, 0);
        QVERIFY(m_fixture->find(id).state != MessageState::Failed);
    }
    // It does not try by itself, however long it takes.
    m_fixture->letPass(48h);
    m_fixture->settle();
    QCOMPARE(m_provider->refreshes(), before + 1);
}

void SigningInTest::troubleOfTheProvider_isWaitedOut()
{
    QVERIFY(keepRefreshToken());
    m_provider->behaviour.answer = Answer::ServerError;
    QVERIFY(m_fixture->open());
    const outbox::MessageId id = m_fixture->send();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->hold().state, AccountHold::State::Waiting, 20'000);
    const Problem problem = m_fixture->hold().problem;
    QCOMPARE(problem.kind, Problem::Kind::SignInUnavailable);
    QVERIFY(delivery::sentence(problem).startsWith(u"Test service"_s));
    QCOMPARE(m_fixture->server().connections(), 0);
    m_provider->behaviour.answer = Answer::Tokens;
    m_fixture->letPass(2min);
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    QCOMPARE(m_fixture->find(id).attempts, 1);
}

void SigningInTest::rotatedRefreshToken_survivesARestart()
{
    m_provider->behaviour.refreshTokens = FakeAuthServer::RefreshTokens::Rotating;
    QVERIFY(keepRefreshToken());
    const QByteArray old = storedToken();
    QVERIFY(m_fixture->open());
    const outbox::MessageId first = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(first), 20'000);
    QVERIFY(storedToken() != old);
    m_fixture->close();
    QVERIFY(m_fixture->open());
    const outbox::MessageId second = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(second), 20'000);
    QVERIFY(m_provider->validRefreshTokens().contains(storedToken()));
}

void SigningInTest::noTokens_needASignIn()
{
    QVERIFY(m_fixture->open());
    QVERIFY(!m_fixture->send().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    QCOMPARE(m_fixture->hold().problem.kind, Problem::Kind::SignInNeeded);
    QCOMPARE(m_fixture->server().connections(), 0);
}

void SigningInTest::lockedKeychain_isToldAsSuch()
{
    m_fixture->keychain().setError(secrets::SecretError { secrets::SecretError::Kind::Locked });
    QVERIFY(m_fixture->open());
    QVERIFY(!m_fixture->send().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    QCOMPARE(m_fixture->hold().problem.kind, Problem::Kind::KeychainLocked);
}

void SigningInTest::signingInAgain_letsMessagesGo()
{
    QVERIFY(m_fixture->open());
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    const auto changed = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().signIn(m_fixture->account.id, PostOffice::Proof::SignIn, newTokens(), this,
                                   answer);
    });
    QVERIFY(changed);
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    QVERIFY(m_provider->validRefreshTokens().contains(storedToken()));
    QCOMPARE(m_fixture->hold().state, AccountHold::State::Ready);
}

void SigningInTest::wrongSignIn_changesNothing()
{
    QVERIFY(keepRefreshToken());
    const QByteArray before = storedToken();
    QVERIFY(m_fixture->open());
    oauth::Tokens wrong = newTokens();
    wrong.accessToken = base::Secret("of-somebody-else");
    const auto changed = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().signIn(m_fixture->account.id, PostOffice::Proof::SignIn, std::move(wrong), this,
                                   answer);
    });
    QVERIFY(!changed);
    const auto *problem = std::get_if<Problem>(&changed.error());
    QVERIFY(problem);
    QCOMPARE(problem->detail, Problem::Detail::FreshTokenRefused);
    QCOMPARE(storedToken(), before);
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    // One that does not exist.
    const auto nobody = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().signIn(u"nobody"_s, PostOffice::Proof::None, newTokens(), this, answer);
    });
    QVERIFY(!nobody);
}

void SigningInTest::newAccount_isProvedAndKept()
{
    QVERIFY(m_fixture->open());
    accounts::Account another = m_fixture->account;
    another.user.clear();
    const auto added = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().addAccount(another, newTokens(), PostOffice::Proof::SignIn, this, answer);
    });
    QVERIFY(added);
    QCOMPARE(added.value().user, another.email);
    QVERIFY(added.value().id != another.id);
    QCOMPARE(m_fixture->count("MAIL FROM:<ann@example.org>"), 1);
    QCOMPARE(m_fixture->count("RCPT"), 0);
    m_fixture->account = added.value();
    QVERIFY(!storedToken().isEmpty());
    // The access token that was proved sends too.
    const int before = m_provider->refreshes();
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    QCOMPARE(m_provider->refreshes(), before);
}

void SigningInTest::newAccountThatIsRefused_isNotSaved()
{
    QVERIFY(m_fixture->open());
    oauth::Tokens tokens = newTokens();
    m_checker->valid.clear();
    const auto added = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().addAccount(m_fixture->account, std::move(tokens), PostOffice::Proof::SignIn, this,
                                       answer);
    });
    QVERIFY(!added);
    QCOMPARE(m_fixture->office().accounts().size(), 1);
}

void SigningInTest::removedAccount_isSignedOut()
{
    QVERIFY(keepRefreshToken());
    const QByteArray token = storedToken();
    QVERIFY(m_fixture->open());
    const auto removed = m_fixture->ask<void>(
        [&](auto answer) { m_fixture->office().removeAccount(m_fixture->account.id, this, answer); });
    QVERIFY(removed);
    QVERIFY(storedToken().isEmpty());
    QVERIFY(m_provider->revoked().contains(token));
}

void SigningInTest::tokensForThisSession_sendAndAreNotInTheKeychain()
{
    // Each use of a refresh token brings another one, which stays where the first one was.
    m_provider->behaviour.refreshTokens = FakeAuthServer::RefreshTokens::Rotating;
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    const auto changed = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().updateAccount(m_fixture->account, PostOffice::Proof::SignIn, newTokens(),
                                          PostOffice::Keeping::ThisSession, this, answer);
    });
    QVERIFY(changed);
    QCOMPARE(m_fixture->office().keeping(m_fixture->account.id), PostOffice::Keeping::ThisSession);
    QTRY_VERIFY(storedToken().isEmpty()); // the older one is gone, too
    for (int i = 0; i < 3; ++i) {
        const int before = m_provider->refreshes();
        m_checker->valid.clear();
        m_fixture->server().hangUp();
        const outbox::MessageId id = m_fixture->send();
        QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
        QCOMPARE(m_provider->refreshes(), before + 1);
        QVERIFY(storedToken().isEmpty());
    }
    // A person who signs in again has chosen already.
    const auto again = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().signIn(m_fixture->account.id, PostOffice::Proof::SignIn, newTokens(), this,
                                   answer);
    });
    QVERIFY(again);
    QVERIFY(storedToken().isEmpty());
    // Until they choose otherwise.
    const auto kept = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().updateAccount(m_fixture->account, PostOffice::Proof::SignIn, newTokens(),
                                          PostOffice::Keeping::Keychain, this, answer);
    });
    QVERIFY(kept);
    QVERIFY(!storedToken().isEmpty());
    QCOMPARE(m_fixture->office().keeping(m_fixture->account.id), PostOffice::Keeping::Keychain);
}

void SigningInTest::tokensForThisSession_needASignInAfterARestart()
{
    QVERIFY(m_fixture->open());
    const auto changed = m_fixture->ask<accounts::Account>([&](auto answer) {
        m_fixture->office().updateAccount(m_fixture->account, PostOffice::Proof::SignIn, newTokens(),
                                          PostOffice::Keeping::ThisSession, this, answer);
    });
    QVERIFY(changed);
    const outbox::MessageId first = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(first), 20'000);
    m_fixture->close();
    QVERIFY(m_fixture->open());
    const outbox::MessageId second = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    QCOMPARE(m_fixture->hold().problem.kind, Problem::Kind::SignInNeeded);
    QCOMPARE(m_fixture->find(second).state, MessageState::Held);
}

void SigningInTest::newAccountWithoutAKeychain_canBeForThisSession()
{
    m_fixture->keychain().setError(secrets::SecretError { secrets::SecretError::Kind::NoService });
    QVERIFY(m_fixture->open());
    accounts::Account another = m_fixture->account;
    const auto add = [&](PostOffice::Keeping keeping) {
        return m_fixture->ask<accounts::Account>([&](auto answer) {
            m_fixture->office().addAccount(another, newTokens(), PostOffice::Proof::SignIn, keeping, this,
                                           answer);
        });
    };
    const auto refused = add(PostOffice::Keeping::Keychain);
    QVERIFY(!refused);
    QCOMPARE(m_fixture->office().accounts().size(), 1);
    const auto added = add(PostOffice::Keeping::ThisSession);
    QVERIFY(added);
    m_fixture->account = added.value();
    const outbox::MessageId id = m_fixture->send();
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    // That there is no keychain is no reason not to forget it.
    const auto removed = m_fixture->ask<void>(
        [&](auto answer) { m_fixture->office().removeAccount(m_fixture->account.id, this, answer); });
    QVERIFY(removed);
    QCOMPARE(m_fixture->office().accounts().size(), 1);
}

void SigningInTest::tokens_areNowhereOnDisk()
{
    const LogWatch log;
    m_provider->behaviour.refreshTokens = FakeAuthServer::RefreshTokens::Rotating;
    QVERIFY(keepRefreshToken());
    QVERIFY(m_fixture->open());
    outbox::SendOptions recorded;
    recorded.recording = outbox::Recording::On;
    const outbox::MessageId id = m_fixture->send(DeliveryFixture::draft(), recorded);
    QTRY_VERIFY_WITH_TIMEOUT(isSent(id), 20'000);
    m_checker->valid.clear();
    m_provider->behaviour.accessToken = [](int) { return "useless-secret-token"_ba; };
    m_fixture->server().hangUp();
    QVERIFY(!m_fixture->send(DeliveryFixture::draft(), recorded).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
    m_fixture->close();
    QList<QByteArray> secrets = m_provider->accessTokens() + m_provider->refreshTokens();
    secrets.append(ClientSecret.toUtf8());
    QVERIFY(secrets.size() >= 4);
    QDirIterator files(m_fixture->profile.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray octets = file.readAll();
        ++count;
        for (const QByteArray &secret : std::as_const(secrets))
            QVERIFY2(!support::hasSecret(octets, secret), qUtf8Printable(file.fileName()));
    }
    QVERIFY(count >= 2);
    for (const QByteArray &secret : std::as_const(secrets))
        QVERIFY(!support::hasSecret(log.said(), secret));
}

QTEST_GUILESS_MAIN(SigningInTest)
#include "tst_signingin.moc"
