// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/fakeauthserver.h"
#include "support/mailserver.h"
#include "support/processhelpers.h"
#include "support/secretneedles.h"
#include "support/tempprofile.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using postrider::support::FakeAuthServer;
using postrider::support::MailServer;

namespace {

// The exit codes of the command line, as scripts rely on them (sysexits.h).
constexpr int Done = 0;
constexpr int TryLater = 75;
constexpr int SignInRefused = 77;
constexpr int NotSetUp = 78;

const QString Alice = u"alice@example.test"_s;
const QString Bob = u"bob@example.test"_s;

} // namespace

/**
 * postrider-cli with an account that signs in with OAuth 2: the provider lives here, the mail servers are
 * Dovecot and Postfix, which check the tokens by their signature and time, and the keyring is a real one.
 */
class OAuthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void signIn_sends_data();
    void signIn_sends();
    void signInWithACode_sends();
    void tokenThatIsOver_isReplaced();
    void endOfTheGrant_wantsASignIn();
    void refusedSignIn_savesNothing();
    void wrongPerson_isNotLetIn();
    void withoutClientId_nothingIsBegun();

private:
    struct Ended
    {
        int code = -1;
        QByteArray out {};
        QByteArray err {};

        [[nodiscard]] QJsonObject lastLine() const
        {
            return QJsonDocument::fromJson(out.trimmed().split('\n').last()).object();
        }
    };

    /// With the test as browser: what is to be opened is opened here.
    Ended run(const QStringList &arguments);
    Ended add(const QString &role, const QByteArray &mechanism, const QStringList &more = {});
    Ended send();
    void verifySent(const Ended &sent);
    [[nodiscard]] QByteArray token(const QString &name) const
    {
        return postrider::support::readFile(m_server.path(u"pki/"_s + name)).trimmed();
    }

    MailServer m_server {};
    std::unique_ptr<FakeAuthServer> m_provider {};
    std::unique_ptr<postrider::support::TempProfile> m_files {};
    QNetworkAccessManager m_browser {};
    QByteArray m_subject {};
    int m_subjects = 0;
};

void OAuthTest::initTestCase()
{
    m_server.startOrSkip();
}

void OAuthTest::init()
{
    m_provider = std::make_unique<FakeAuthServer>();
    m_provider->behaviour.refreshTokens = FakeAuthServer::RefreshTokens::Rotating;
    m_provider->behaviour.accessToken = [this](int) { return token(u"alice.token"_s); };
    m_provider->behaviour.interval = 1;
    m_provider->behaviour.pendingAnswers = 1;
    m_files = std::make_unique<postrider::support::TempProfile>();
}

void OAuthTest::cleanup()
{
    QCOMPARE(m_provider->complaints(), QStringList());
    // Whatever was said and done, nothing of it stands in the profile.
    QDirIterator files(m_files->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray octets = file.readAll();
        const QList<QByteArray> secrets = m_provider->secrets();
        for (const QByteArray &secret : secrets)
            QVERIFY2(!postrider::support::hasSecret(octets, secret), qUtf8Printable(file.fileName()));
    }
    m_files.reset();
    m_provider.reset();
}

OAuthTest::Ended OAuthTest::run(const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"POSTRIDER_OAUTH_PROVIDERS"_s,
                       m_files->writeBeside(u"providers.json"_s, m_provider->providersFile()));
    QProcess process;
    process.setProcessEnvironment(environment);
    Ended ended;
    bool hasOpened = false;
    connect(&process, &QProcess::readyReadStandardOutput, this, [&] {
        ended.out += process.readAllStandardOutput();
        const QJsonObject first = QJsonDocument::fromJson(ended.out.split('\n').value(0)).object();
        const QString address = first.value("open"_L1).toString();
        if (address.isEmpty() || first.contains("user_code"_L1) || std::exchange(hasOpened, true))
            return;
        QNetworkRequest request { QUrl(address) };
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::NoLessSafeRedirectPolicy);
        QNetworkReply *reply = m_browser.get(request);
        connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    });
    process.start(QStringLiteral(POSTRIDER_CLI),
                  QStringList { u"--json"_s, u"--profile"_s, m_files->folder() } + arguments);
    const bool hasEnded
        = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 100'000);
    if (!hasEnded) {
        process.kill();
        process.waitForFinished();
    }
    ended.out += process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    ended.code = hasEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    // Tokens are nobody's to read, whatever happened.
    const QList<QByteArray> secrets = m_provider->secrets();
    for (const QByteArray &secret : secrets) {
        if (postrider::support::hasSecret(ended.out + ended.err, secret))
            ended.code = -2;
    }
    return ended;
}

OAuthTest::Ended OAuthTest::add(const QString &role, const QByteArray &mechanism, const QStringList &more)
{
    return run(QStringList { u"account"_s, u"add"_s, u"--email"_s, Alice, u"--oauth"_s, u"test"_s,
                             u"--host"_s, u"localhost"_s, u"--port"_s, QString::number(m_server.port(role)),
                             u"--security"_s, m_server.security(role), u"--ca-file"_s, m_server.caFile(),
                             u"--auth"_s, QString::fromLatin1(mechanism).toLower() }
               + more);
}

OAuthTest::Ended OAuthTest::send()
{
    m_subject = "oauth-" + QByteArray::number(QCoreApplication::applicationPid()) + '-'
        + QByteArray::number(++m_subjects);
    return run({ u"send"_s, u"--to"_s, Bob, u"--subject"_s, QString::fromLatin1(m_subject), u"--text"_s,
                 m_files->writeBeside(u"text.txt"_s, "Hello.\n"), u"--record"_s });
}

void OAuthTest::verifySent(const Ended &sent)
{
    QVERIFY2(sent.code == Done, QByteArray(sent.err + sent.out).constData());
    QCOMPARE(m_server.waitForDeliveries("Subject: " + m_subject + '\n', 1).size(), 1);
}

void OAuthTest::signIn_sends_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("mechanism");
    for (const char *role : { "dovecot", "dovecots", "submissions" }) {
        for (const char *mechanism : { "XOAUTH2", "OAUTHBEARER" })
            QTest::addRow("%s, %s", role, mechanism) << QString::fromLatin1(role) << QByteArray(mechanism);
    }
}

void OAuthTest::signIn_sends()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, mechanism);
    const Ended added = add(role, mechanism);
    QVERIFY2(added.code == Done, QByteArray(added.err + added.out).constData());
    QCOMPARE(added.lastLine().value("email"_L1).toString(), Alice);
    QCOMPARE(added.lastLine().value("state"_L1).toString(), u"ready"_s);
    const int before = m_provider->refreshes();
    verifySent(send());
    // Access tokens do not outlive their process; the refresh token does.
    QCOMPARE(m_provider->refreshes(), before + 1);
    verifySent(send());
    QCOMPARE(m_provider->refreshes(), before + 2);
    // Removing the account ends it there, too.
    const Ended removed = run({ u"account"_s, u"remove"_s, Alice });
    QVERIFY2(removed.code == Done, removed.err.constData());
    QCOMPARE(m_provider->revoked(), QList<QByteArray> { m_provider->refreshTokens().last() });
}

void OAuthTest::signInWithACode_sends()
{
    const Ended added = add(u"dovecots"_s, "XOAUTH2", { u"--device"_s });
    QVERIFY2(added.code == Done, QByteArray(added.err + added.out).constData());
    const QJsonObject first = QJsonDocument::fromJson(added.out.split('\n').value(0)).object();
    QCOMPARE(first.value("user_code"_L1).toString(), u"WDJB-MJHT"_s);
    QVERIFY(added.err.contains("WDJB-MJHT"));
    verifySent(send());
}

void OAuthTest::tokenThatIsOver_isReplaced()
{
    QVERIFY(add(u"dovecot"_s, "OAUTHBEARER").code == Done);
    // The provider says that it is good for an hour, and the mail server knows better.
    m_provider->behaviour.accessToken
        = [this](int number) { return token(number == 2 ? u"alice.token.expired"_s : u"alice.token"_s); };
    const int before = m_provider->refreshes();
    verifySent(send());
    QCOMPARE(m_provider->refreshes(), before + 2);
}

void OAuthTest::endOfTheGrant_wantsASignIn()
{
    QVERIFY(add(u"dovecots"_s, "XOAUTH2").code == Done);
    m_provider->forgetRefreshTokens();
    const Ended sent = send();
    QVERIFY2(sent.code == SignInRefused, QByteArray(sent.err + sent.out).constData());
    QCOMPARE(sent.lastLine().value("status"_L1).toString(), u"held"_s);
    const Ended listed = run({ u"account"_s, u"list"_s });
    QCOMPARE(listed.lastLine().value("state"_L1).toString(), u"needs-sign-in"_s);
    QVERIFY(listed.lastLine().value("sentence"_L1).toString().contains(u"sign in again"_s));
    // One sign-in, and what waited goes.
    const Ended again = run({ u"account"_s, u"sign-in"_s, Alice });
    QVERIFY2(again.code == Done, QByteArray(again.err + again.out).constData());
    QCOMPARE(again.lastLine().value("state"_L1).toString(), u"ready"_s);
    const Ended delivered = run({ u"outbox"_s, u"run"_s, u"--until-empty"_s });
    QVERIFY2(delivered.code == Done, delivered.err.constData());
    QCOMPARE(m_server.waitForDeliveries("Subject: " + m_subject + '\n', 1).size(), 1);
}

void OAuthTest::refusedSignIn_savesNothing()
{
    m_provider->behaviour.consent = FakeAuthServer::Consent::Deny;
    const Ended denied = add(u"dovecots"_s, "XOAUTH2");
    QCOMPARE(denied.code, SignInRefused);
    QVERIFY(denied.err.contains("declined"));
    m_provider->behaviour.consent = FakeAuthServer::Consent::Approve;
    m_provider->behaviour.answer = FakeAuthServer::Answer::ServerError;
    QCOMPARE(add(u"dovecots"_s, "XOAUTH2").code, TryLater);
    m_provider->behaviour.answer = FakeAuthServer::Answer::Tokens;
    m_provider->behaviour.grantedScope = u"mail.read"_s;
    const Ended narrower = add(u"dovecots"_s, "XOAUTH2");
    QCOMPARE(narrower.code, SignInRefused);
    QVERIFY(narrower.err.contains("sending mail was not allowed"));
    QVERIFY(run({ u"account"_s, u"list"_s }).out.isEmpty());
}

void OAuthTest::wrongPerson_isNotLetIn()
{
    // Signed in as Alice, but the account is Bob's.
    const Ended added = run({ u"account"_s, u"add"_s, u"--email"_s, Bob, u"--oauth"_s, u"test"_s, u"--host"_s,
                              u"localhost"_s, u"--port"_s, QString::number(m_server.port(u"dovecots"_s)),
                              u"--security"_s, u"tls"_s, u"--ca-file"_s, m_server.caFile() });
    QCOMPARE(added.code, SignInRefused);
    QVERIFY2(added.err.contains("although you are signed in"), added.err.constData());
    QVERIFY(run({ u"account"_s, u"list"_s }).out.isEmpty());
}

void OAuthTest::withoutClientId_nothingIsBegun()
{
    const Ended without
        = run({ u"account"_s, u"add"_s, u"--email"_s, u"ann@outlook.com"_s, u"--oauth"_s, u"microsoft"_s });
    QCOMPARE(without.code, NotSetUp);
    QVERIFY(without.err.contains("is not registered with Microsoft"));
    const Ended unknown = run({ u"account"_s, u"add"_s, u"--email"_s, Alice, u"--oauth"_s, u"nobody"_s,
                                u"--host"_s, u"localhost"_s });
    QCOMPARE(unknown.code, NotSetUp);
    QVERIFY(unknown.err.contains("microsoft"));
}

QTEST_GUILESS_MAIN(OAuthTest)
#include "tst_oauth.moc"
