// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

namespace {

Ended sendmail(const TempProfile &profile, const QStringList &arguments, const QByteArray &message)
{
    return run(profile, QStringList { u"sendmail"_s } + arguments, message);
}

} // namespace

class SendmailTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void message_reachesTheRecipientsOfItsHeader()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended
            = sendmail(profile, { u"-t"_s, u"-i"_s },
                       "From: ann@example.org\nTo: Bob <bob@example.net>\nCc: carol@example.com\n"
                       "Bcc: dave@example.edu\nSubject: Bare line ends\n\nfirst\n.\nlast\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.object()[u"status"].toString(), u"sent"_s);
        QVERIFY2(ended.err.isEmpty(), ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.reversePath, "ann@example.org"_ba);
        QCOMPARE(message.recipients,
                 (QList<QByteArray> { "bob@example.net", "carol@example.com", "dave@example.edu" }));
        QVERIFY(message.content.contains("\r\nfirst\r\n.\r\nlast\r\n"));
        QVERIFY(!message.content.contains("dave"));
        QVERIFY(message.content.contains("Message-ID: <"));
        QVERIFY(message.content.contains("Date: "));
    }

    void message_endsAtALoneDot_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("LF") << "Subject: x\n\nfirst\n.\nlast\n"_ba;
        QTest::newRow("CRLF") << "Subject: x\r\n\r\nfirst\r\n.\r\nlast\r\n"_ba;
        QTest::newRow("at the very end") << "Subject: x\n\nfirst\n."_ba;
    }
    void message_endsAtALoneDot()
    {
        QFETCH(QByteArray, message);
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended = sendmail(profile, { u"bob@example.net"_s }, message);
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        QVERIFY(server.messages().first().content.endsWith("\r\nfirst\r\n"));
    }

    void resentMessage_goesToTheLastResentGroup()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended = sendmail(
            profile, { u"-t"_s, u"-oi"_s },
            "Resent-From: ann@example.org\nResent-To: bob@example.net\nResent-Bcc: dave@example.edu\n"
            "Received: from somewhere\nResent-From: erin@example.org\nResent-To: frank@example.org\n"
            "From: grace@example.com\nTo: heidi@example.com\nSubject: Sent on\n\nx\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.recipients, (QList<QByteArray> { "bob@example.net", "dave@example.edu" }));
        QVERIFY(message.content.contains("From: grace@example.com"));
        QVERIFY(!message.content.contains("dave"));
    }

    void mailOfCron_goesToTheAccountItself()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended
            = sendmail(profile, { u"-FCronDaemon"_s, u"-i"_s, u"-B8BITMIME"_s, u"-oem"_s, u"root"_s },
                       "From: root (Cron Daemon)\nTo: root\nSubject: Cron <root@host> backup\n"
                       "Content-Type: text/plain; charset=UTF-8\nAuto-Submitted: auto-generated\n\ndone\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.reversePath, "ann@example.org"_ba);
        QCOMPARE(message.recipients, QList<QByteArray> { "ann@example.org" });
        QVERIFY(message.content.contains("To: ann@example.org\r\n"));
        QVERIFY(message.content.contains("From: Cron Daemon <ann@example.org>\r\n"));
        QVERIFY(message.content.contains("Subject: Cron <root@host> backup\r\n"));
    }

    void messageWithoutHeader_getsOne()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended
            = sendmail(profile, { u"-F"_s, u"Backup"_s, u"bob@example.net"_s }, "the disk is full\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        const QByteArray content = server.messages().first().content;
        QVERIFY(content.contains("From: Backup <ann@example.org>\r\n"));
        QVERIFY(content.endsWith("\r\n\r\nthe disk is full\r\n"));
    }

    void sender_choosesTheAccount()
    {
        const TempProfile profile;
        FakeSmtpServer first(plaintext());
        FakeSmtpServer second(plaintext());
        QVERIFY(addAccount(profile, first.port()));
        QVERIFY(addAccount(profile, second.port(), u"work@example.com"_s));
        const QByteArray message = "From: Work@example.com\nSubject: x\n\nx\n";
        QCOMPARE(sendmail(profile, { u"bob@example.net"_s }, message).code, 0);
        QCOMPARE(second.messages().size(), 1);
        QCOMPARE(sendmail(profile, { u"-f"_s, u"ann@example.org"_s, u"bob@example.net"_s }, message).code, 0);
        QCOMPARE(first.messages().size(), 1);
        // Of nobody here: through the first, and the sender is the one that was asked for.
        QCOMPARE(sendmail(profile, { u"-f"_s, u"list@example.net"_s, u"bob@example.net"_s },
                          "From: zoe@example.net\n\nx\n")
                     .code,
                 0);
        QCOMPARE(first.messages().size(), 2);
        QCOMPARE(first.messages().last().reversePath, "list@example.net"_ba);
    }

    void practiceAccount_isOnlyUsedWhenItIsNamed()
    {
        const TempProfile profile;
        const QByteArray message = "To: bob@example.net\n\nx\n";
        const Ended refused = sendmail(profile, { u"-t"_s }, message);
        QCOMPARE(refused.code, 78);
        QVERIFY(!refused.err.isEmpty());
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s }).out.isEmpty());
        const Ended caught = sendmail(profile, { u"--account=practice"_s, u"-t"_s }, message);
        QVERIFY2(caught.code == 0, caught.err.constData());
        QCOMPARE(caught.object()[u"status"].toString(), u"sent"_s);
    }

    void unusableMessage_isRefusedBeforeItIsQueued_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing") << QStringList { u"bob@example.net"_s } << QByteArray() << 65;
        QTest::newRow("nobody in the header") << QStringList { u"-t"_s } << "Subject: x\n\nx\n"_ba << 65;
        QTest::newRow("no recipient") << QStringList { u"-i"_s } << "Subject: x\n\nx\n"_ba << 64;
        QTest::newRow("bad recipient")
            << QStringList { u"bob@@example.net"_s } << "Subject: x\n\nx\n"_ba << 65;
        QTest::newRow("no sender") << QStringList { u"-f"_s, u"<>"_s, u"bob@example.net"_s }
                                   << "Subject: x\n\nx\n"_ba << 65;
        QTest::newRow("daemon") << QStringList { u"-bd"_s } << QByteArray() << 64;
    }
    void unusableMessage_isRefusedBeforeItIsQueued()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        const TempProfile profile;
        QVERIFY(addAccount(profile, closedPort()));
        const Ended ended = sendmail(profile, arguments, message);
        QCOMPARE(ended.code, code);
        QVERIFY(!ended.err.isEmpty());
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s }).out.isEmpty());
    }

    void messageThatCannotLeave_isSafeAndTold()
    {
        const TempProfile profile;
        QVERIFY(addAccount(profile, closedPort()));
        const Ended ended = sendmail(profile, { u"bob@example.net"_s }, "Subject: x\n\nx\n");
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.object()[u"status"].toString(), u"deferred"_s);
        QVERIFY(!ended.object()[u"next_attempt"].isNull());
        QVERIFY(!ended.err.isEmpty());
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).object()[u"state"].toString(), u"deferred"_s);
    }

    void silentServer_isNotWaitedForLong_data()
    {
        QTest::addColumn<FakeSmtpServer::Stage>("silentFrom");
        QTest::newRow("from the start") << FakeSmtpServer::Stage::Connected;
        QTest::newRow("to the sender") << FakeSmtpServer::Stage::Mail;
    }
    void silentServer_isNotWaitedForLong()
    {
        QFETCH(FakeSmtpServer::Stage, silentFrom);
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.silentFrom = silentFrom;
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended = sendmail(profile, { u"--wait=0.5"_s, u"bob@example.net"_s }, "Subject: x\n\nx\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.object()[u"status"].toString(), u"queued"_s);
        QVERIFY2(ended.err.isEmpty(), ended.err.constData());
        QCOMPARE(server.connections(), 1);
        // The try broke off before the message was given: nobody has to decide anything.
        const QJsonObject listed = run(profile, { u"outbox"_s, u"list"_s }).object();
        QCOMPARE(listed[u"state"].toString(), u"queued"_s);
        QCOMPARE(listed[u"attempts"].toInt(-1), 0);
    }

    void mailOfPhp_isSent()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended = sendmail(profile, { u"-t"_s, u"-i"_s, u"-fwww@example.org"_s },
                                     "To: bob@example.net\nSubject: Order 7\n"
                                     "X-PHP-Originating-Script: 33:order.php\n"
                                     "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
                                     "Danke f\xC3\xBCr Ihre Bestellung\n.\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.reversePath, "www@example.org"_ba);
        QVERIFY(message.content.contains("\r\nFrom: Ann Smith <ann@example.org>\r\n"));
        QVERIFY(message.content.contains("X-PHP-Originating-Script: 33:order.php\r\n"));
    }

    void queueOnly_triesNothing()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended ended = sendmail(profile, { u"-odq"_s, u"bob@example.net"_s }, "Subject: x\n\nx\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.object()[u"status"].toString(), u"queued"_s);
        QCOMPARE(server.connections(), 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.messages().size(), 1);
    }

    void programCalledSendmail_isOne()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QString program = profile.beside(u"sendmail"_s);
        QVERIFY(QFile::link(QStringLiteral(POSTRIDER_CLI), program));
        const Ended ended = runProgram(program, { u"--profile="_s + profile.folder(), u"-oi"_s, u"-t"_s },
                                       "To: bob@example.net\n\nx\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(ended.out.isEmpty());
        QCOMPARE(server.messages().size(), 1);
    }

    void patchesOfGit_areSent()
    {
        const QString git = QStandardPaths::findExecutable(u"git"_s);
        if (git.isEmpty() || runProgram(git, { u"send-email"_s, u"--dump-aliases"_s }).code != 0)
            QSKIP("git send-email is not installed (package git-email).");
        if (runProgram(u"perl"_s, { u"-MMail::Address"_s, u"-e1"_s }).code != 0)
            QSKIP("git send-email lacks a part that it needs (package libmailtools-perl).");
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QString program = profile.beside(u"sendmail"_s);
        QVERIFY(QFile::link(QStringLiteral(POSTRIDER_CLI), program));
        const QString repository = profile.beside(u"repository"_s);
        const auto runGit = [&](const QStringList &arguments) {
            return runProgram(
                git,
                QStringList { u"-c"_s, u"user.name=Änn Smith"_s, u"-c"_s, u"user.email=ann@example.org"_s }
                    + arguments,
                {}, repository);
        };
        QVERIFY(QDir().mkpath(repository));
        QCOMPARE(runGit({ u"init"_s, u"-q"_s }).code, 0);
        for (const QString &subject : { u"First: a file"_s, u"Zweite Änderung"_s, u"Third: a file"_s }) {
            const QString name = subject.left(5);
            QVERIFY(!profile.writeBeside(u"repository/"_s + name, "one\n.\nFrom here\ntwo\n").isEmpty());
            QCOMPARE(runGit({ u"add"_s, name }).code, 0);
            QCOMPARE(runGit({ u"commit"_s, u"-q"_s, u"-m"_s, subject }).code, 0);
        }

        const Ended ended
            = runGit({ u"send-email"_s, u"--sendmail-cmd="_s + program + u" --profile="_s + profile.folder(),
                       u"--to=Bob <bob@example.net>"_s, u"--cc=carol@example.com"_s,
                       u"--bcc=dave@example.edu"_s, u"--envelope-sender=auto"_s, u"--confirm=never"_s,
                       u"--suppress-cc=all"_s, u"--quiet"_s, u"-2"_s });
        QVERIFY2(ended.code == 0, ended.err.constData());
        const QList<FakeSmtpServer::Message> messages = server.messages();
        QCOMPARE(messages.size(), 2);
        QVERIFY(messages.first().content.contains("\r\nSubject: [PATCH 1/2] =?UTF-8?q?"));
        QVERIFY(messages.last().content.contains("\r\nSubject: [PATCH 2/2] Third: a file\r\n"));
        QVERIFY(messages.last().content.contains("\r\n+one\r\n+.\r\n+From here\r\n+two\r\n"));
        for (const FakeSmtpServer::Message &message : messages) {
            QCOMPARE(message.reversePath, "ann@example.org"_ba);
            QVERIFY(message.recipients.contains("bob@example.net"));
            QVERIFY(message.recipients.contains("dave@example.edu"));
            QVERIFY(!message.content.contains("dave"));
        }
        QVERIFY(messages.last().content.contains("In-Reply-To: <"));
    }
};

QTEST_GUILESS_MAIN(SendmailTest)
#include "tst_sendmail.moc"
