// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"
#include "support/hostileserver.h"

#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;
using postrider::support::HostilePeer;
using postrider::support::HostileServer;
using postrider::support::TestAuthority;

namespace {

QString at(const QString &host, quint16 port)
{
    return host + u':' + QString::number(port);
}

FakeSmtpServer::Behaviour behaviour(const TestAuthority &authority, FakeSmtpServer::Security security)
{
    FakeSmtpServer::Behaviour behaviour;
    behaviour.security = security;
    behaviour.identity = authority.issue();
    behaviour.extensions = { "SIZE 35882577", "8BITMIME" };
    return behaviour;
}

} // namespace

/// The search as a person or a script starts it, at servers of the test.
class DetectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goodServer_isRecommendedWithAllThatItTells();
    void otherMode_isFound();
    void text_hasTheAnswerLast();
    void unusableServer_hasItsVerdict_data();
    void unusableServer_hasItsVerdict();
    void nonsense_isAUsageError_data();
    void nonsense_isAUsageError();
    void authoritiesThatAreNone_areConfiguration();
    void timeLimit_endsTheSearch();
    void interrupt_endsItAtOnce();
    void help_namesTheOptions();

private:
    TestAuthority m_authority {};
    TempProfile m_folder {};
    QString m_caFile {};
};

void DetectTest::initTestCase()
{
    m_caFile = m_folder.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
}

void DetectTest::goodServer_isRecommendedWithAllThatItTells()
{
    const FakeSmtpServer server(behaviour(m_authority, FakeSmtpServer::Security::StartTls));
    const Ended ended
        = run({ u"--json"_s, u"detect"_s, at(u"localhost"_s, server.port()), u"--ca-file"_s, m_caFile });
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    QCOMPARE(ended.lines().size(), 1);
    const QJsonObject report = ended.object();
    QCOMPARE(report[u"verdict"].toString(), u"OK"_s);
    QVERIFY(report[u"elapsed_ms"].isDouble());
    QVERIFY(report[u"sentence"].toString().contains(QString::number(server.port())));

    const QJsonObject found = report[u"recommended"].toObject();
    QCOMPARE(found[u"host"].toString(), u"localhost"_s);
    QCOMPARE(found[u"port"].toInt(), int(server.port()));
    QCOMPARE(found[u"security"].toString(), u"starttls"_s);
    QCOMPARE(found[u"source"].toString(), u"typed"_s);
    QCOMPARE(found[u"confirm"].toBool(true), false);
    QVERIFY(found[u"username"].isNull());
    QVERIFY(found[u"auth"].toArray().contains(u"PLAIN"_s));
    QVERIFY(!found[u"reason"].toString().isEmpty());

    const QJsonArray rows = report[u"candidates"].toArray();
    const auto row = std::find_if(rows.begin(), rows.end(), [](const QJsonValue &value) {
        return value.toObject()[u"verdict"].toString() == u"OK"_s;
    });
    QVERIFY(row != rows.end());
    const QJsonObject good = row->toObject();
    QVERIFY(good[u"recommendable"].toBool());
    QVERIFY(good[u"addresses"].toArray().contains(u"127.0.0.1"_s));
    QVERIFY(good[u"connect_ms"].isDouble());
    QVERIFY(!good[u"greeting"].toString().isEmpty());
    QCOMPARE(good[u"size"].toInt(), 35'882'577);
    const QJsonObject tls = good[u"tls"].toObject();
    QVERIFY(tls[u"version"].toString().startsWith(u"TLS 1."_s));
    QVERIFY(tls[u"names"].toArray().contains(u"localhost"_s));
    QVERIFY(QDateTime::fromString(tls[u"expires"].toString(), Qt::ISODate).isValid());
    QVERIFY(tls[u"problems"].toArray().isEmpty());
    for (const QString &key : { u"verdict"_s, u"sentence"_s, u"advice"_s, u"auth"_s, u"security"_s })
        QVERIFY2(good.contains(key), qPrintable(key));

    // Nobody was signed in, and no mail was begun.
    QVERIFY(!server.received("AUTH"));
    QVERIFY(!server.received("MAIL"));
}

void DetectTest::otherMode_isFound()
{
    const FakeSmtpServer server(behaviour(m_authority, FakeSmtpServer::Security::ImplicitTls));
    const Ended ended
        = run({ u"--json"_s, u"detect"_s, at(u"localhost"_s, server.port()), u"--ca-file"_s, m_caFile });
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    QCOMPARE(ended.object()[u"recommended"].toObject()[u"security"].toString(), u"tls"_s);
}

void DetectTest::text_hasTheAnswerLast()
{
    const FakeSmtpServer server(behaviour(m_authority, FakeSmtpServer::Security::StartTls));
    const Ended ended = run({ u"detect"_s, at(u"localhost"_s, server.port()), u"--ca-file"_s, m_caFile });
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    const QString port = QString::number(server.port());
    const QString answer = u"Use localhost, port %1, switches to encryption."_s.arg(port);
    QVERIFY2(ended.out.contains(answer.toUtf8()), ended.out.constData());
    QVERIFY(ended.out.contains("(best)"));
    // What an administrator asks for stands there, too, but before the answer.
    QVERIFY(ended.out.contains("TLS 1."));
    QVERIFY(ended.out.indexOf("TLS 1.") < ended.out.indexOf(answer.toUtf8()));
    // Nobody watches a pipe.
    QVERIFY2(ended.err.isEmpty(), ended.err.constData());
}

void DetectTest::unusableServer_hasItsVerdict_data()
{
    QTest::addColumn<QByteArray>("greeting"); ///< empty: nothing listens
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<int>("code");
    QTest::newRow("nothing listens") << QByteArray() << u"REFUSED"_s << 69;
    QTest::newRow("a web server") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << u"NOT_SMTP"_s << 69;
    QTest::newRow("a server to read mail with")
        << QByteArray("* OK IMAP4rev1 ready\r\n") << u"NOT_SMTP"_s << 69;
    QTest::newRow("it refuses this network")
        << QByteArray("554 5.7.1 go away\r\n") << u"REJECT_CLIENT"_s << 69;
}

void DetectTest::unusableServer_hasItsVerdict()
{
    QFETCH(QByteArray, greeting);
    QFETCH(QString, verdict);
    QFETCH(int, code);
    quint16 port = closedPort();
    std::unique_ptr<HostileServer> server;
    if (!greeting.isEmpty()) {
        server = std::make_unique<HostileServer>([greeting](HostilePeer &peer) {
            peer.send(greeting);
            peer.ignore();
        });
        port = server->port();
    }
    const Ended ended = run({ u"--json"_s, u"detect"_s, at(u"127.0.0.1"_s, port) });
    QVERIFY2(ended.code == code, QByteArray(ended.out + ended.err).constData());
    const QJsonObject report = ended.object();
    QVERIFY(report[u"recommended"].isNull());
    const QJsonArray rows = report[u"candidates"].toArray();
    const bool isTold = std::any_of(rows.begin(), rows.end(), [&verdict](const QJsonValue &row) {
        return row.toObject()[u"verdict"].toString() == verdict;
    });
    QVERIFY2(isTold, ended.out.constData());
    QVERIFY(!report[u"sentence"].toString().isEmpty());
    QVERIFY(!report[u"advice"].toString().isEmpty());
}

void DetectTest::nonsense_isAUsageError_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList {};
    QTest::newRow("two") << QStringList { u"example.org"_s, u"example.net"_s };
    QTest::newRow("two @") << QStringList { u"ann@bob@example.org"_s };
    QTest::newRow("port 0") << QStringList { u"smtp.example.org:0"_s };
    QTest::newRow("port of letters") << QStringList { u"smtp.example.org:smtp"_s };
    QTest::newRow("port too high") << QStringList { u"smtp.example.org:65536"_s };
    QTest::newRow("blanks") << QStringList { u"smtp example org"_s };
    QTest::newRow("empty") << QStringList { u""_s };
    QTest::newRow("no time") << QStringList { u"example.org"_s, u"--timeout=0"_s };
    QTest::newRow("endless time") << QStringList { u"example.org"_s, u"--timeout=inf"_s };
    QTest::newRow("asks and asks not")
        << QStringList { u"example.org"_s, u"--no-lookup"_s, u"--ask-database"_s };
    QTest::newRow("option of another command") << QStringList { u"example.org"_s, u"--to=b@example.net"_s };
}

void DetectTest::nonsense_isAUsageError()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(QStringList { u"--json"_s, u"detect"_s } + arguments);
    QCOMPARE(ended.code, 64);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(!ended.err.isEmpty());
}

void DetectTest::authoritiesThatAreNone_areConfiguration()
{
    const QString noCertificate = m_folder.writeBeside(u"empty.pem"_s, "nothing\n");
    for (const QString &file : { noCertificate, u"/nonexistent.pem"_s }) {
        const Ended ended = run({ u"detect"_s, u"127.0.0.1:9"_s, u"--ca-file"_s, file });
        QCOMPARE(ended.code, 78);
        QVERIFY(ended.err.contains(file.toUtf8()));
    }
}

void DetectTest::timeLimit_endsTheSearch()
{
    const HostileServer server([](HostilePeer &peer) { peer.stall(); });
    QElapsedTimer timer;
    timer.start();
    const Ended ended
        = run({ u"--json"_s, u"detect"_s, at(u"127.0.0.1"_s, server.port()), u"--timeout"_s, u"0.5"_s });
    QVERIFY2(ended.code == 69 || ended.code == 75, QByteArray(ended.out + ended.err).constData());
    QVERIFY(!ended.object()[u"sentence"].toString().isEmpty());
    // Without the limit it would listen for 12 s at the least; the program's own start is in this.
    QVERIFY2(ended.object()[u"elapsed_ms"].toInt() < 5'000, ended.out.constData());
}

void DetectTest::interrupt_endsItAtOnce()
{
#ifdef Q_OS_UNIX
    const HostileServer server([](HostilePeer &peer) { peer.stall(); });
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.start(QStringLiteral(POSTRIDER_CLI),
                  { u"--json"_s, u"detect"_s, at(u"127.0.0.1"_s, server.port()) });
    QTRY_VERIFY_WITH_TIMEOUT(server.connections() > 0, ProgramLimit);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    const Ended ended = waitFor(process);
    QCOMPARE(ended.code, 75);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(ended.err.contains("Interrupted"));
#endif
}

void DetectTest::help_namesTheOptions()
{
    const Ended ended = run({ u"detect"_s, u"--help"_s });
    QCOMPARE(ended.code, 0);
    for (const char *word : { "ADDRESS|DOMAIN|HOST[:PORT]", "--timeout", "--ca-file", "--no-lookup", "--full",
                              "--ask-database" })
        QVERIFY2(ended.out.contains(word), word);
    QVERIFY(run({ u"--help"_s }).out.contains("detect"));
    QVERIFY(run({ u"--help"_s }).out.contains("doctor"));
}

QTEST_GUILESS_MAIN(DetectTest)
#include "tst_detect.moc"
