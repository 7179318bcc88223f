// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

/// Accounts are changed, and get further addresses.
class AccountEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changedServer_isProvedAndKept();
    void serverThatFails_changesNothing();
    void fieldsThatAreNotNamed_stay();
    void emptyValue_takesItAway();
    void nothingToChange_isAUsageError();
    void plaintextToAStranger_isRefused();
    void furtherAddress_isAskedForAndListed();
    void addressThatTheServerRefuses_isNotAdded();
    void ownAddress_isNoFurtherOne();
    void removedAddress_isGone();
};

void AccountEditTest::changedServer_isProvedAndKept()
{
    const FakeSmtpServer server(plaintext());
    const TempProfile profile;
    QVERIFY(addAccount(profile, closedPort()));
    const Ended ended = run(profile,
                            { u"account"_s, u"edit"_s, u"ann@example.org"_s, u"--port"_s,
                              QString::number(server.port()), u"--security"_s, u"none"_s });
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.object()[u"port"].toInt(), int(server.port()));
    QVERIFY(server.received("MAIL FROM:<ann@example.org>"));
    const QJsonObject listed = run(profile, { u"account"_s, u"list"_s }).object();
    QCOMPARE(listed[u"port"].toInt(), int(server.port()));
    QCOMPARE(listed[u"id"], ended.object()[u"id"]);
}

void AccountEditTest::serverThatFails_changesNothing()
{
    const TempProfile profile;
    const quint16 before = closedPort();
    QVERIFY(addAccount(profile, before));
    const Ended ended = run(profile,
                            { u"account"_s, u"edit"_s, u"ann@example.org"_s, u"--port"_s,
                              QString::number(closedPort()), u"--security"_s, u"none"_s });
    QVERIFY2(ended.code == 75, ended.err.constData());
    QCOMPARE(run(profile, { u"account"_s, u"list"_s }).object()[u"port"].toInt(), int(before));
}

void AccountEditTest::fieldsThatAreNotNamed_stay()
{
    const TempProfile profile;
    const quint16 port = closedPort();
    QVERIFY(addAccount(profile, port));
    const Ended ended = run(
        profile,
        { u"account"_s, u"edit"_s, u"ann@example.org"_s, u"--name"_s, u"Ann Lee"_s, u"--no-verify-login"_s });
    QVERIFY2(ended.code == 0, ended.err.constData());
    const QJsonObject account = ended.object();
    QCOMPARE(account[u"name"].toString(), u"Ann Lee"_s);
    QCOMPARE(account[u"email"].toString(), u"ann@example.org"_s);
    QCOMPARE(account[u"host"].toString(), u"127.0.0.1"_s);
    QCOMPARE(account[u"port"].toInt(), int(port));
    QCOMPARE(account[u"security"].toString(), u"none"_s);
}

void AccountEditTest::emptyValue_takesItAway()
{
    const TempProfile profile;
    QVERIFY(addAccount(profile, closedPort()));
    const QString signature = profile.writeBeside(u"signature"_s, "Ann\nExample & Co\n");
    const QStringList edit { u"account"_s, u"edit"_s, u"ann@example.org"_s, u"--no-verify-login"_s };
    const QStringList list { u"account"_s, u"identity"_s, u"list"_s, u"ann@example.org"_s };
    QCOMPARE(run(profile,
                 edit + QStringList { u"--signature"_s, signature, u"--reply-to"_s, u"office@example.org"_s })
                 .code,
             0);
    QVERIFY(run(profile, list).object()[u"signature"].toString().contains(u"Example & Co"_s));
    QCOMPARE(run(profile, list).object()[u"reply_to"].toString(), u"office@example.org"_s);
    QCOMPARE(run(profile, edit + QStringList { u"--signature="_s, u"--reply-to="_s }).code, 0);
    QVERIFY(run(profile, list).object()[u"signature"].toString().isEmpty());
    QVERIFY(run(profile, list).object()[u"reply_to"].toString().isEmpty());
}

void AccountEditTest::nothingToChange_isAUsageError()
{
    const TempProfile profile;
    QCOMPARE(run(profile, { u"account"_s, u"edit"_s, u"ann@example.org"_s }).code, 64);
    QCOMPARE(run(profile, { u"account"_s, u"edit"_s }).code, 64);
    QCOMPARE(run(profile, { u"account"_s, u"edit"_s, u"nobody"_s, u"--name"_s, u"N"_s }).code, 78);
}

void AccountEditTest::plaintextToAStranger_isRefused()
{
    const TempProfile profile;
    QVERIFY(addAccount(profile, closedPort()));
    const Ended ended = run(profile,
                            { u"account"_s, u"edit"_s, u"ann@example.org"_s, u"--host"_s,
                              u"smtp.example.org"_s, u"--no-verify-login"_s });
    QCOMPARE(ended.code, 78);
    QCOMPARE(run(profile, { u"account"_s, u"list"_s }).object()[u"host"].toString(), u"127.0.0.1"_s);
}

void AccountEditTest::furtherAddress_isAskedForAndListed()
{
    const FakeSmtpServer server(plaintext());
    const TempProfile profile;
    QVERIFY(addAccount(profile, server.port()));
    const Ended added = run(profile,
                            { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s, u"--email"_s,
                              u"Sales <sales@example.org>"_s, u"--reply-to"_s, u"office@example.org"_s });
    QVERIFY2(added.code == 0, added.err.constData());
    QVERIFY(server.received("MAIL FROM:<sales@example.org>"));
    const QList<QJsonObject> identities
        = run(profile, { u"account"_s, u"identity"_s, u"list"_s, u"ann@example.org"_s }).lines();
    QCOMPARE(identities.size(), 2);
    QCOMPARE(identities.at(0)[u"email"].toString(), u"ann@example.org"_s);
    QCOMPARE(identities.at(1)[u"email"].toString(), u"sales@example.org"_s);
    QCOMPARE(identities.at(1)[u"name"].toString(), u"Sales"_s);
    QCOMPARE(identities.at(1)[u"reply_to"].toString(), u"office@example.org"_s);

    // Once more changes it.
    QCOMPARE(run(profile,
                 { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s, u"--email"_s,
                   u"Shop <sales@example.org>"_s })
                 .code,
             0);
    const auto again = run(profile, { u"account"_s, u"identity"_s, u"list"_s, u"ann@example.org"_s }).lines();
    QCOMPARE(again.size(), 2);
    QCOMPARE(again.at(1)[u"name"].toString(), u"Shop"_s);
}

void AccountEditTest::addressThatTheServerRefuses_isNotAdded()
{
    FakeSmtpServer::Behaviour behaviour = plaintext();
    behaviour.answer = [](const QByteArray &line) {
        return line.startsWith("MAIL FROM:<other@") ? QByteArray("553 5.7.1 Not yours\r\n") : QByteArray();
    };
    const FakeSmtpServer server(behaviour);
    const TempProfile profile;
    QVERIFY(addAccount(profile, server.port()));
    const Ended ended = run(profile,
                            { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s, u"--email"_s,
                              u"other@example.net"_s });
    QVERIFY2(ended.code == 69, ended.err.constData());
    QCOMPARE(run(profile, { u"account"_s, u"identity"_s, u"list"_s, u"ann@example.org"_s }).lines().size(),
             1);
}

void AccountEditTest::ownAddress_isNoFurtherOne()
{
    const TempProfile profile;
    QVERIFY(addAccount(profile, closedPort()));
    QCOMPARE(run(profile,
                 { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s, u"--email"_s,
                   u"ANN@example.org"_s })
                 .code,
             78);
    QCOMPARE(run(profile, { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s }).code, 64);
    QCOMPARE(
        run(profile,
            { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s, u"--email"_s, u"no address"_s })
            .code,
        65);
}

void AccountEditTest::removedAddress_isGone()
{
    const TempProfile profile;
    QVERIFY(addAccount(profile, closedPort()));
    const QStringList identity { u"account"_s, u"identity"_s };
    QCOMPARE(run(profile,
                 identity
                     + QStringList { u"add"_s, u"ann@example.org"_s, u"--email"_s, u"sales@example.org"_s,
                                     u"--no-verify-login"_s })
                 .code,
             0);
    QCOMPARE(
        run(profile, identity + QStringList { u"remove"_s, u"ann@example.org"_s, u"x@example.org"_s }).code,
        78);
    QCOMPARE(
        run(profile, identity + QStringList { u"remove"_s, u"ann@example.org"_s, u"sales@example.org"_s })
            .code,
        0);
    QCOMPARE(run(profile, identity + QStringList { u"list"_s, u"ann@example.org"_s }).lines().size(), 1);
}

QTEST_GUILESS_MAIN(AccountEditTest)
#include "tst_accountedit.moc"
