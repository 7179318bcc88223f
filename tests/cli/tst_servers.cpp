// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"
#include "support/sql.h"
#include "support/testproxy.h"

#include <QtTest>

#include <atomic>
#include <memory>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;
using postrider::support::TestAuthority;
using postrider::support::TestProxy;

namespace {

/// An account without sign-in, not tried.
QStringList accountFor(const FakeSmtpServer &server, const QStringList &more)
{
    return QStringList { u"account"_s,          u"add"_s,    u"--email"_s,
                         u"ann@example.org"_s,  u"--port"_s, QString::number(server.port()),
                         u"--no-verify-login"_s }
    + more;
}

QStringList send()
{
    return { u"send"_s, u"--to"_s, u"bob@example.net"_s, u"--text"_s, u"-"_s };
}

QStringList sendDirect(quint16 port)
{
    return { u"--json"_s,        u"send"_s,   u"--server"_s,
             u"127.0.0.1"_s,     u"--port"_s, QString::number(port),
             u"--security"_s,    u"none"_s,   u"--from"_s,
             u"a@example.org"_s, u"--to"_s,   u"bob@example.net"_s,
             u"--text"_s,        u"-"_s };
}

} // namespace

/// The program from outside: what it tells about a server, on whatever way it reaches it.
class ServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAServerOffered_isShownAndForgotten();
    void wishThatTheServerLacks_isTold_data();
    void wishThatTheServerLacks_isTold();
    void secretOfAnotherKind_isAUsageError_data();
    void secretOfAnotherKind_isAUsageError();
    void proxyThatWantsAName_leadsToTheServer_data();
    void proxyThatWantsAName_leadsToTheServer();
    void diskThatTakesNothing_isTold();
};

void ServersTest::whatAServerOffered_isShownAndForgotten()
{
    const TestAuthority authority;
    std::atomic_bool isStripped = false;
    const FakeSmtpServer server({ .security = FakeSmtpServer::Security::StartTls,
                                  .identity = authority.issue(),
                                  .answer = [&isStripped](const QByteArray &line) {
                                      const bool isHello = isStripped && line.startsWith("EHLO");
                                      return isHello
                                          ? QByteArray("250-fake.example.org\r\n250 AUTH PLAIN\r\n")
                                          : QByteArray();
                                  } });
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, authority.certificate().toPem());
    const Ended added = run(
        profile,
        accountFor(server,
                   { u"--host"_s, u"localhost"_s, u"--security"_s, u"starttls"_s, u"--ca-file"_s, ca }));
    QVERIFY2(added.code == 0, added.err.constData());
    const QString id = added.object()[u"id"].toString();
    const Ended before = run(profile, { u"account"_s, u"show"_s, id });
    QVERIFY2(before.code == 0, before.err.constData());
    QVERIFY(before.object().contains(u"offered"_s));
    QVERIFY(before.object()[u"offered"].isNull());
    QVERIFY(before.object()[u"habits"].isNull());

    const Ended sent = run(profile, send(), "Hello\n");
    QVERIFY2(sent.code == 0, sent.err.constData());
    const QJsonObject offered = run(profile, { u"account"_s, u"show"_s, id }).object()[u"offered"].toObject();
    QCOMPARE(offered[u"host"].toString(), u"localhost"_s);
    QCOMPARE(offered[u"port"].toInt(), int(server.port()));
    QVERIFY(offered[u"tls"].toString().startsWith("TLS 1."_L1));
    QVERIFY(offered[u"auth"].isNull()); // nobody signed in
    const Ended text = run({ u"--profile"_s, profile.folder(), u"account"_s, u"show"_s, id });
    QVERIFY2(text.out.contains("TLS 1.") && text.out.contains("Nobody signed in."), text.out.constData());

    isStripped = true;
    const Ended stopped = run(profile, send(), "Hello\n");
    QVERIFY2(stopped.code == 76, stopped.err.constData());
    QVERIFY2(stopped.err.contains("intercepting"), stopped.err.constData());
    QCOMPARE(run(profile, { u"account"_s, u"show"_s, id }).object()[u"state"].toString(), u"held"_s);

    const Ended forgotten = run(profile, { u"account"_s, u"forget-server"_s, id });
    QVERIFY2(forgotten.code == 0, forgotten.err.constData());
    QCOMPARE(forgotten.object()[u"state"].toString(), u"ready"_s);
    QVERIFY(forgotten.err.contains("localhost"));
    QVERIFY(run(profile, { u"account"_s, u"show"_s, id }).object()[u"offered"].isNull());
    // The account itself demands encryption further on.
    QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
    const QJsonObject still = run(profile, { u"account"_s, u"show"_s, id }).object();
    QCOMPARE(still[u"state"].toString(), u"held"_s);
    QVERIFY(still[u"sentence"].toString().contains(u"no encryption"_s));
    QVERIFY(!still[u"sentence"].toString().contains(u"intercepting"_s));
    QCOMPARE(server.messages().size(), 1);

    QCOMPARE(run(profile, { u"account"_s, u"forget-server"_s, u"nobody"_s }).code, 78);
    QCOMPARE(run(profile, { u"account"_s, u"forget-server"_s }).code, 64);
}

void ServersTest::wishThatTheServerLacks_isTold_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::addColumn<QByteArray>("toMail"); ///< the reply to MAIL with a parameter; empty: it is taken
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("leftOut");
    QTest::addColumn<QByteArray>("told");
    const QStringList dsn { u"--dsn"_s, u"failure,delay"_s };
    const QStringList priority { u"--priority"_s, u"3"_s };
    QTest::newRow("no wish") << QList<QByteArray>() << QByteArray() << QStringList() << QStringList()
                             << QByteArray();
    QTest::newRow("no reports") << QList<QByteArray> { "MT-PRIORITY" } << QByteArray() << dsn + priority
                                << QStringList { u"dsn"_s } << QByteArray("can't be asked for reports;");
    QTest::newRow("no priorities") << QList<QByteArray> { "DSN" } << QByteArray() << dsn + priority
                                   << QStringList { u"priority"_s } << QByteArray("knows no priorities");
    QTest::newRow("neither") << QList<QByteArray>() << QByteArray() << dsn + priority
                             << QStringList { u"dsn"_s, u"priority"_s }
                             << QByteArray("reports or a priority");
    QTest::newRow("both") << QList<QByteArray> { "DSN", "MT-PRIORITY" } << QByteArray() << dsn + priority
                          << QStringList() << QByteArray();
    QTest::newRow("offered and disliked")
        << QList<QByteArray> { "DSN", "MT-PRIORITY" } << QByteArray("555 5.5.4 Unsupported option\r\n") << dsn
        << QStringList { u"dsn"_s } << QByteArray("can't be asked for reports;");
    QTest::newRow("nothing sent") << QList<QByteArray>() << QByteArray("550 5.7.1 No\r\n") << dsn
                                  << QStringList { u"dsn"_s } << QByteArray();
}

void ServersTest::wishThatTheServerLacks_isTold()
{
    QFETCH(QList<QByteArray>, extensions);
    QFETCH(QByteArray, toMail);
    QFETCH(QStringList, options);
    QFETCH(QStringList, leftOut);
    QFETCH(QByteArray, told);
    const bool isForGood = toMail.startsWith("550");
    const FakeSmtpServer server({ .security = FakeSmtpServer::Security::Plaintext,
                                  .extensions = extensions,
                                  .answer = [toMail, isForGood](const QByteArray &line) {
                                      const bool isDisliked
                                          = line.startsWith("MAIL") && (isForGood || line.contains("ENVID="));
                                      return isDisliked ? toMail : QByteArray();
                                  } });
    const Ended ended = run(sendDirect(server.port()) + options, "Hello\n");
    QVERIFY2(ended.code == (isForGood ? 69 : 0), ended.err.constData());
    QCOMPARE(ended.object()[u"left_out"].toArray(), QJsonArray::fromStringList(leftOut));
    if (told.isEmpty())
        QVERIFY2(!ended.err.contains("went without"), ended.err.constData());
    else
        QVERIFY2(ended.err.contains(told) && ended.err.contains("went without"), ended.err.constData());
    QCOMPARE(server.messages().size(), isForGood ? 0 : 1);
}

void ServersTest::secretOfAnotherKind_isAUsageError_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QByteArray>("told");
    for (const QString &mechanism : { u"xoauth2"_s, u"oauthbearer"_s }) {
        for (const QString &secret : { u"--password-stdin"_s, u"--password-file=p"_s }) {
            QTest::addRow("%s %s", qPrintable(mechanism), qPrintable(secret))
                << mechanism << secret << QByteArray("access token");
        }
        QTest::addRow("%s, nothing", qPrintable(mechanism))
            << mechanism << QString() << QByteArray("--token-file");
    }
    for (const QString &mechanism :
         { u"plain"_s, u"login"_s, u"cram-md5"_s, u"scram-sha-1"_s, u"scram-sha-256"_s }) {
        QTest::addRow("%s, token", qPrintable(mechanism))
            << mechanism << u"--token-file=t"_s << QByteArray("access token");
        QTest::addRow("%s, nothing", qPrintable(mechanism))
            << mechanism << QString() << QByteArray("--password-stdin");
    }
}

/// Without a connection: the server would seem to offer no way to sign in.
void ServersTest::secretOfAnotherKind_isAUsageError()
{
    QFETCH(QString, mechanism);
    QFETCH(QString, secret);
    QFETCH(QByteArray, told);
    const FakeSmtpServer server({ .security = FakeSmtpServer::Security::Plaintext });
    QStringList options { u"--auth="_s + mechanism };
    if (!secret.isEmpty())
        options += { u"--user=ann"_s, secret };
    const Ended ended = run(sendDirect(server.port()) + options, "Hello\n");
    QCOMPARE(ended.code, 64);
    QVERIFY2(ended.err.contains(told), ended.err.constData());
    QCOMPARE(server.connections(), 0);
}

void ServersTest::proxyThatWantsAName_leadsToTheServer_data()
{
    QTest::addColumn<TestProxy::Kind>("kind");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<int>("code");
    QTest::newRow("SOCKS5") << TestProxy::Kind::Socks5 << u"socks5"_s << QByteArray("se:sa@me") << 0;
    QTest::newRow("SOCKS5, wrong password")
        << TestProxy::Kind::Socks5 << u"socks5"_s << QByteArray("tanstaafl") << 75;
    QTest::newRow("HTTP CONNECT") << TestProxy::Kind::HttpConnect << u"http"_s << QByteArray("se:sa@me") << 0;
    QTest::newRow("HTTP CONNECT, wrong password")
        << TestProxy::Kind::HttpConnect << u"http"_s << QByteArray("tanstaafl") << 75;
}

/// Through a proxy that wants a name, to a server that wants one too.
void ServersTest::proxyThatWantsAName_leadsToTheServer()
{
    QFETCH(TestProxy::Kind, kind);
    QFETCH(QString, scheme);
    QFETCH(QByteArray, password);
    QFETCH(int, code);
    const TestAuthority authority;
    const FakeSmtpServer server(
        { .security = FakeSmtpServer::Security::ImplicitTls,
          .identity = authority.issue({ .subjectAltName = "DNS:mail.example.org" }) });
    const TestProxy proxy({ .kind = kind, .target = server.port(), .user = "door", .password = "se:sa@me" });
    const TempProfile files;
    const QString transcript = files.beside(u"transcript.txt"_s);
    const QString way = u"%1://door@127.0.0.1:%2"_s.arg(scheme).arg(proxy.port());
    const Ended ended = run({ u"--json"_s,
                              u"send"_s,
                              u"--server"_s,
                              u"mail.example.org"_s,
                              u"--security"_s,
                              u"tls"_s,
                              u"--ca-file"_s,
                              files.writeBeside(u"ca.pem"_s, authority.certificate().toPem()),
                              u"--proxy"_s,
                              way,
                              u"--proxy-password-file"_s,
                              files.writeBeside(u"proxy"_s, password + '\n'),
                              u"--user"_s,
                              u"ann"_s,
                              u"--password-file"_s,
                              files.writeBeside(u"password"_s, "correct horse\n"),
                              u"--from"_s,
                              u"ann@example.org"_s,
                              u"--to"_s,
                              u"bob@example.net"_s,
                              u"--text"_s,
                              u"-"_s,
                              u"--transcript"_s,
                              transcript,
                              u"--verbose"_s },
                            "Hello\n");
    QVERIFY2(ended.code == code, ended.err.constData());
    QVERIFY(!ended.err.contains(password) && !ended.out.contains(password));
    if (code != 0) {
        QVERIFY2(ended.err.contains("proxy"), ended.err.constData());
        QCOMPARE(server.connections(), 0);
        return;
    }
    QCOMPARE(proxy.requests(), (QByteArrayList { "mail.example.org:465" })); // the proxy looks it up
    QVERIFY(ended.object()[u"server"][u"tls"].toString().startsWith("TLS 1."_L1));
    QVERIFY(server.received("AUTH"));
    QCOMPARE(server.messages().size(), 1);
}

/// What is due cannot even be begun, because that has to be written first.
void ServersTest::diskThatTakesNothing_isTold()
{
    const FakeSmtpServer server({ .security = FakeSmtpServer::Security::Plaintext });
    const TempProfile profile;
    const Ended added
        = run(profile, accountFor(server, { u"--host"_s, u"127.0.0.1"_s, u"--security"_s, u"none"_s }));
    QVERIFY2(added.code == 0, added.err.constData());
    QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).code, 0); // makes the database
    QCOMPARE(postrider::support::sqlScript(profile.path(u"postrider.sqlite"_s),
                                           u"CREATE TRIGGER stop BEFORE INSERT ON attempts "
                                           "BEGIN SELECT RAISE(ABORT, 'the disk is made of stone'); END"_s),
             QString());

    const Ended sent = run(profile, send(), "Hello\n");
    QVERIFY2(sent.code == 74, sent.err.constData());
    QVERIFY2(sent.err.contains("made of stone"), sent.err.constData());
    QCOMPARE(sent.object()[u"status"].toString(), u"queued"_s);
    QCOMPARE(sent.object()[u"sentence"].toString().contains(u"made of stone"_s), true);
    const Ended ran = run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s });
    QVERIFY2(ran.code == 74 && ran.err.contains("made of stone"), ran.err.constData());
    QVERIFY(!server.received("MAIL"));
    QCOMPARE(run(profile, { u"outbox"_s, u"show"_s, sent.object()[u"id"].toString() })
                 .object()[u"state"]
                 .toString(),
             u"queued"_s);
}

QTEST_GUILESS_MAIN(ServersTest)
#include "tst_servers.moc"
