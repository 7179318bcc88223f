// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

namespace {

QStringList add(const QStringList &more)
{
    return QStringList { u"account"_s, u"add"_s, u"--email"_s, u"ann@example.org"_s } + more;
}

} // namespace

/// Ways to send that are named rather than searched for. The search itself needs a network of its own:
/// tests/integration/realports.
class AccountAddTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relay_isProvedWithoutSigningIn();
    void relayThatDoesNotTakeTheSender_isNotSaved();
    void unknownService_isTold_data();
    void unknownService_isTold();
    void services_areListedWithTheirPlaces();
    void programThatIsNone_isTold();
    void waysThatExcludeEachOther_areAUsageError_data();
    void waysThatExcludeEachOther_areAUsageError();
};

void AccountAddTest::relay_isProvedWithoutSigningIn()
{
    const FakeSmtpServer server(plaintext());
    const TempProfile profile;
    const Ended ended = run(profile,
                            add({ u"--relay"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s,
                                  QString::number(server.port()), u"--security"_s, u"none"_s }));
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(server.received("MAIL FROM:<ann@example.org>"));
    QVERIFY(!server.received("AUTH"));
    QVERIFY(ended.object()[u"user"].toString().isEmpty());
}

void AccountAddTest::relayThatDoesNotTakeTheSender_isNotSaved()
{
    FakeSmtpServer::Behaviour behaviour = plaintext();
    behaviour.replies.insert(FakeSmtpServer::Stage::Mail, "550 5.7.1 Not from here\r\n");
    const FakeSmtpServer server(behaviour);
    const TempProfile profile;
    const Ended ended = run(profile,
                            add({ u"--relay"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s,
                                  QString::number(server.port()), u"--security"_s, u"none"_s }));
    QCOMPARE(ended.code, 69);
    QVERIFY(run(profile, { u"account"_s, u"list"_s }).lines().isEmpty());
}

void AccountAddTest::unknownService_isTold_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("service") << QStringList { u"--service"_s, u"nosuchservice"_s };
    QTest::newRow("region") << QStringList { u"--service"_s, u"amazon-ses"_s, u"--region"_s, u"moon-1"_s };
}

void AccountAddTest::unknownService_isTold()
{
    QFETCH(QStringList, options);
    const TempProfile profile;
    const Ended ended = run(profile, add(options));
    QCOMPARE(ended.code, 78);
    QVERIFY2(ended.err.contains("account services"), ended.err.constData());
}

void AccountAddTest::services_areListedWithTheirPlaces()
{
    const QList<QJsonObject> services = run({ u"--json"_s, u"account"_s, u"services"_s }).lines();
    QVERIFY(services.size() >= 15);
    bool hasRegions = false;
    bool hasAlternativePort = false;
    for (const QJsonObject &service : services) {
        QVERIFY(!service[u"id"].toString().isEmpty());
        QVERIFY(!service[u"sender_rule"].toString().isEmpty());
        hasRegions = hasRegions || service[u"regions"].toArray().size() > 1;
        const QJsonArray servers = service[u"servers"].toArray();
        for (const QJsonValue &server : servers)
            hasAlternativePort = hasAlternativePort || server.toObject()[u"port"].toInt() == 2525;
    }
    QVERIFY(hasRegions && hasAlternativePort);
}

void AccountAddTest::programThatIsNone_isTold()
{
    const TempProfile profile;
    const QString file = profile.writeBeside(u"letter.txt"_s, "not a program\n");
    for (const QString &program : { file, u"/nonexistent/sendmail"_s }) {
        const Ended ended = run(profile, add({ u"--command"_s, program }));
        QCOMPARE(ended.code, 78);
        QVERIFY(ended.err.contains(program.toUtf8()));
    }
}

void AccountAddTest::waysThatExcludeEachOther_areAUsageError_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("host and service") << QStringList { u"--host=h.example"_s, u"--service=x"_s };
    QTest::newRow("host and command") << QStringList { u"--host=h.example"_s, u"--command=/bin/true"_s };
    QTest::newRow("service and command") << QStringList { u"--service=x"_s, u"--command=/bin/true"_s };
    QTest::newRow("port without host") << QStringList { u"--port=465"_s };
    QTest::newRow("region without service") << QStringList { u"--region=eu"_s };
    QTest::newRow("relay that signs in") << QStringList { u"--relay"_s, u"--password-stdin"_s };
    QTest::newRow("agrees to a server that was named")
        << QStringList { u"--host=h.example"_s, u"--agree=h"_s };
    QTest::newRow("command with a password")
        << QStringList { u"--command=/bin/true"_s, u"--password-stdin"_s };
}

void AccountAddTest::waysThatExcludeEachOther_areAUsageError()
{
    QFETCH(QStringList, options);
    QCOMPARE(run(add(options)).code, 64);
}

QTEST_GUILESS_MAIN(AccountAddTest)
#include "tst_accountadd.moc"
