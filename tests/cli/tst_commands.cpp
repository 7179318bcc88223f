// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTcpSocket>
#include <QtTest>

#include <chrono>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

namespace {

QStringList filesIn(const QString &folder, const QString &pattern)
{
    return QDir(folder).entryList({ pattern }, QDir::Files, QDir::Name);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList sendPractice(const QString &to, const QString &subject)
{
    return {
        u"send"_s, u"--account=practice"_s, u"--to"_s, to, u"--subject"_s, subject, u"--text"_s, u"-"_s
    };
}

QStringList sendDirect(quint16 port)
{
    return { u"send"_s,       u"--server"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port),
             u"--security"_s, u"none"_s };
}

const QByteArray Message = "From: Ann <ann@example.org>\r\n"
                           "To: bob@example.net\r\n"
                           "Cc: carol@example.com\r\n"
                           "Bcc: dave@example.edu\r\n"
                           "Subject: A file\r\n"
                           "Message-ID: <file@example.org>\r\n"
                           "Date: Sat, 21 Nov 2026 18:05:00 +0000\r\n"
                           "\r\n"
                           "Hello\r\n";

} // namespace

class CommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownCommand_isAUsageError()
    {
        const Ended ended = run({ u"frobnicate"_s });
        QCOMPARE(ended.code, 64);
        QVERIFY(ended.out.isEmpty());
        QVERIFY(ended.err.contains("frobnicate"));
        QVERIFY(ended.err.contains("--help"));
    }

    void helpAndVersion_goToStandardOutput()
    {
        const Ended help = run({ u"send"_s, u"--help"_s });
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("--attach"));
        QVERIFY(help.err.isEmpty());
        const Ended version = run({ u"--version"_s });
        QCOMPARE(version.code, 0);
        QVERIFY(version.out.startsWith("postrider-cli "));
    }

    void commandThatReadsItsInput_endsAtTheFirstSignal()
    {
#ifdef Q_OS_UNIX
        const TempProfile profile;
        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(QStringLiteral(POSTRIDER_CLI),
                      QStringList { u"--profile"_s, profile.folder() }
                          + sendPractice(u"a@example.org"_s, {}));
        // More than a pipe holds: once all of it is written, the program reads.
        process.write(QByteArray(1'000'000, 'x'));
        while (process.bytesToWrite() > 0)
            QVERIFY(process.waitForBytesWritten(ProgramLimit));
        process.terminate();
        QVERIFY(process.waitForFinished(ProgramLimit));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY(!QDir(profile.folder()).exists(u"postrider.sqlite"_s));
#else
        QSKIP("Needs POSIX signals.");
#endif
    }

    void practiceMessage_isCaughtAndReported()
    {
        const TempProfile profile;
        const Ended ended = run(profile, sendPractice(u"\"Bob\" <bob@example.net>"_s, u"Grüße"_s), "Hello\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.lines().size(), 1);
        const QJsonObject object = ended.object();
        QCOMPARE(object[u"status"].toString(), u"sent"_s);
        QVERIFY(!object[u"id"].toString().isEmpty());
        QVERIFY(object[u"message_id"].toString().startsWith(u'<'));
        QVERIFY(!object[u"sentence"].toString().isEmpty());
        QCOMPARE(object[u"server"][u"host"].toString(), u"127.0.0.1"_s);
        QVERIFY(object[u"server"][u"tls"].toString().startsWith("TLS 1."_L1));
        QCOMPARE(object[u"recipients"].toArray().size(), 1);
        QCOMPARE(object[u"recipients"][0][u"address"].toString(), u"bob@example.net"_s);
        QCOMPARE(object[u"recipients"][0][u"state"].toString(), u"sent"_s);
        QVERIFY(!ended.err.isEmpty());

        const QString mail = profile.path(u"practice/mail"_s);
        const QStringList caught = filesIn(mail, u"*.eml"_s);
        QCOMPARE(caught.size(), 1);
        const QByteArray message = contentOf(mail + u'/' + caught.first());
        QVERIFY(message.contains("Hello"));
        QVERIFY(message.contains(object[u"message_id"].toString().toLatin1()));

        const Ended list = run(profile, { u"outbox"_s, u"list"_s, u"--state"_s, u"sent"_s });
        QCOMPARE(list.code, 0);
        QCOMPARE(list.lines().size(), 1);
        QCOMPARE(list.object()[u"id"], object[u"id"]);
        QCOMPARE(list.object()[u"subject"].toString(), u"Grüße"_s);
        QCOMPARE(list.object()[u"attempts"].toInt(), 1);
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s, u"--state"_s, u"failed"_s }).out.isEmpty());

        const Ended log = run(profile, { u"outbox"_s, u"log"_s, object[u"id"].toString().left(8) });
        QCOMPARE(log.code, 0);
        QCOMPARE(log.lines().size(), 1);
        QCOMPARE(log.object()[u"outcome"].toString(), u"sent"_s);
    }

    void attachment_goesAlong()
    {
        const TempProfile profile;
        const QString file = profile.writeBeside(u"note.txt"_s, "attached words\n"_ba);
        const Ended ended
            = run(profile,
                  sendPractice(u"bob@example.net"_s, u"With a file"_s) + QStringList { u"--attach"_s, file });
        QVERIFY2(ended.code == 0, ended.err.constData());
        const QString mail = profile.path(u"practice/mail"_s);
        const QByteArray message = contentOf(mail + u'/' + filesIn(mail, u"*.eml"_s).value(0));
        QVERIFY(message.contains("note.txt"));
    }

    void queuedMessage_waitsForARun()
    {
        const TempProfile profile;
        const Ended queued
            = run(profile, sendPractice(u"bob@example.net"_s, u"Later"_s) + QStringList { u"--queue-only"_s },
                  "x\n");
        QVERIFY2(queued.code == 0, queued.err.constData());
        QCOMPARE(queued.object()[u"status"].toString(), u"queued"_s);
        QVERIFY(queued.object()[u"message_id"].toString().startsWith(u'<'));
        const QString mail = profile.path(u"practice/mail"_s);
        QVERIFY(filesIn(mail, u"*.eml"_s).isEmpty());

        const Ended delivered = run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s });
        QVERIFY2(delivered.code == 0, delivered.err.constData());
        QCOMPARE(delivered.object()[u"id"], queued.object()[u"id"]);
        QCOMPARE(delivered.object()[u"state"].toString(), u"sent"_s);
        QCOMPARE(filesIn(mail, u"*.eml"_s).size(), 1);

        const Ended again = run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s });
        QCOMPARE(again.code, 0);
        QVERIFY(again.out.isEmpty());
        QCOMPARE(filesIn(mail, u"*.eml"_s).size(), 1);
    }

    void heldMessage_goesWhenItIsReleased()
    {
        const TempProfile profile;
        const Ended queued
            = run(profile, sendPractice(u"bob@example.net"_s, u"Held"_s) + QStringList { u"--queue-only"_s },
                  "x\n");
        QVERIFY2(queued.code == 0, queued.err.constData());
        const QString id = queued.object()[u"id"].toString();

        const Ended held = run(profile, { u"outbox"_s, u"hold"_s, id.left(6) });
        QVERIFY2(held.code == 0, held.err.constData());
        QCOMPARE(held.object()[u"state"].toString(), u"held"_s);
        QCOMPARE(held.object()[u"hold"].toString(), u"paused"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"show"_s, id }).object()[u"state"].toString(), u"held"_s);

        const Ended released = run(profile, { u"outbox"_s, u"release"_s, id });
        QCOMPARE(released.object()[u"state"].toString(), u"queued"_s);
        const Ended cancelled = run(profile, { u"outbox"_s, u"cancel"_s, id });
        QCOMPARE(cancelled.object()[u"state"].toString(), u"draft"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"resolve"_s, id, u"--sent"_s }).code, 69);
        QCOMPARE(run(profile, { u"outbox"_s, u"show"_s, u"zzzz"_s }).code, 64);
    }

    void badAddress_isBadData_data()
    {
        QTest::addColumn<QString>("to");
        QTest::newRow("name only") << u"joe"_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("second of two") << u"a@example.org, joe smith@example.org"_s;
        QTest::newRow("header injection") << u"a@example.org\r\nBcc: b@example.net"_s;
    }
    void badAddress_isBadData()
    {
        QFETCH(QString, to);
        const TempProfile profile;
        const Ended ended = run(profile, sendPractice(to, u"x"_s), "x\n");
        QCOMPARE(ended.code, 65);
        QCOMPARE(ended.object()[u"status"].toString(), u"failed"_s);
        QVERIFY(ended.object()[u"id"].isNull());
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s }).out.isEmpty());
    }

    void badText_isBadData()
    {
        const TempProfile profile;
        QCOMPARE(run(profile, sendPractice(u"bob@example.net"_s, u"x"_s), "not \xff UTF-8\n").code, 65);
    }

    void unreadableAttachment_isBadData()
    {
        const TempProfile profile;
        for (const QString &file : { profile.beside(u"missing.pdf"_s), QDir::tempPath() }) {
            const Ended ended = run(
                profile, sendPractice(u"bob@example.net"_s, u"x"_s) + QStringList { u"--attach"_s, file },
                "x\n");
            QCOMPARE(ended.code, 65);
            QVERIFY2(ended.err.contains(QFileInfo(file).fileName().toUtf8()), ended.err.constData());
        }
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s }).out.isEmpty());
    }

    void noAccount_isConfigurationAndNeverPractice()
    {
        const TempProfile profile;
        const Ended ended
            = run(profile, { u"send"_s, u"--to"_s, u"bob@example.net"_s, u"--text"_s, u"-"_s }, "Hello\n");
        QCOMPARE(ended.code, 78);
        QCOMPARE(ended.object()[u"status"].toString(), u"failed"_s);
        QVERIFY(!QFileInfo::exists(profile.path(u"practice/mail"_s)));
        QCOMPARE(run(profile, { u"send"_s, u"--account=work"_s, u"--to=bob@example.net"_s }).code, 78);
        QCOMPARE(run(profile, { u"account"_s, u"show"_s, u"work"_s }).code, 78);
    }

    void account_isListedShownAndRemoved()
    {
        const TempProfile profile;
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
        const Ended added = run(profile, accountAdd(2525) + QStringList { u"--name=Ann Smith"_s });
        QVERIFY2(added.code == 0, added.err.constData());
        QCOMPARE(added.object()[u"name"].toString(), u"Ann Smith"_s);
        QCOMPARE(added.object()[u"security"].toString(), u"none"_s);
        QCOMPARE(added.object()[u"state"].toString(), u"ready"_s);
        const QString id = added.object()[u"id"].toString();

        QCOMPARE(run(profile, { u"account"_s, u"list"_s }).lines(), QList<QJsonObject>({ added.object() }));
        QJsonObject shown = run(profile, { u"account"_s, u"show"_s, id.left(5) }).object();
        for (const QString &ofTheServer : { u"offered"_s, u"habits"_s })
            QVERIFY(shown.take(ofTheServer).isNull());
        QCOMPARE(shown.take(u"in_doubt"_s).toString(), u"ask"_s);
        QCOMPARE(shown.take(u"some_refused"_s).toString(), u"accepted"_s);
        QCOMPARE(shown.take(u"send_later"_s).toString(), u"here"_s);
        QCOMPARE(shown.take(u"pace"_s)[u"sent_last_day"_s].toInt(-1), 0);
        QCOMPARE(shown, added.object());
        QCOMPARE(run(profile, { u"account"_s, u"remove"_s, u"practice"_s }).code, 78);
        QCOMPARE(run(profile, { u"account"_s, u"remove"_s, id }).code, 0);
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
    }

    void plaintextToFarServer_isConfiguration_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("account") << QStringList { u"account"_s, u"add"_s, u"--email=a@example.org"_s,
                                                  u"--host=mx.example.org"_s, u"--security=none"_s };
        QTest::newRow("direct") << QStringList { u"send"_s, u"--server=192.0.2.1"_s, u"--security=none"_s,
                                                 u"--from=a@example.org"_s, u"--to=b@example.net"_s };
        QTest::newRow("private address with sign-in") << QStringList { u"account"_s,
                                                                       u"add"_s,
                                                                       u"--email=a@example.org"_s,
                                                                       u"--host=10.0.0.1"_s,
                                                                       u"--security=none"_s,
                                                                       u"--password-stdin"_s };
    }
    void plaintextToFarServer_isConfiguration()
    {
        QFETCH(QStringList, arguments);
        const TempProfile profile;
        QCOMPARE(run(profile, arguments, "secret\n").code, 78);
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
    }

    void accountThatCannotBeProved_isNotSaved()
    {
        const TempProfile profile;
        QStringList arguments = accountAdd(closedPort());
        arguments.removeLast(); // --no-verify-login
        const Ended ended = run(profile, arguments);
        QCOMPARE(ended.code, 75);
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
    }

    void accountOfADomainThatDoesNotExist_isNotSaved()
    {
        const TempProfile profile;
        const Ended ended
            = run(profile, { u"account"_s, u"add"_s, u"--email=a@nowhere.invalid"_s }, "secret\n");
        QCOMPARE(ended.code, 68);
        QVERIFY(ended.err.contains("nowhere.invalid"));
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
    }

    void accountMessage_reachesItsServer()
    {
        const FakeSmtpServer server(plaintext());
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port()) + QStringList { u"--name=Ann"_s }).code, 0);
        const Ended ended = run(profile,
                                { u"send"_s, u"--to=bob@example.net"_s, u"--bcc=dave@example.edu"_s,
                                  u"--text=-"_s, u"--subject=Hello"_s },
                                "Words\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.object()[u"server"][u"port"].toInt(), int { server.port() });
        QVERIFY(ended.object()[u"server"][u"tls"].isNull());
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.reversePath, "ann@example.org"_ba);
        QCOMPARE(message.recipients, QList<QByteArray>({ "bob@example.net"_ba, "dave@example.edu"_ba }));
        QVERIFY(message.content.contains("From: Ann <ann@example.org>\r\n"));
        QVERIFY(!message.content.contains("dave"));
    }

    void from_choosesTheAccount()
    {
        const FakeSmtpServer work(plaintext());
        const FakeSmtpServer home(plaintext());
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(work.port(), u"ann@work.example"_s)).code, 0);
        QCOMPARE(run(profile, accountAdd(home.port(), u"ann@home.example"_s)).code, 0);

        QCOMPARE(run(profile, { u"send"_s, u"--to=b@example.net"_s }).code, 0);
        QCOMPARE(work.messages().size(), 1); // the first account
        QCOMPARE(run(profile, { u"send"_s, u"--to=b@example.net"_s, u"--from=ANN@Home.Example"_s }).code, 0);
        QCOMPARE(home.messages().size(), 1);
        QCOMPARE(run(profile, { u"send"_s, u"--to=b@example.net"_s, u"--from=eve@else.example"_s }).code, 78);
        QCOMPARE(work.messages().size() + home.messages().size(), 2);
    }

    void messageFile_keepsItsFromAndLosesItsBcc()
    {
        const FakeSmtpServer server(plaintext());
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port(), u"post@example.com"_s)).code, 0);
        const QString file = profile.writeBeside(u"message.eml"_s, Message);
        const Ended ended = run(profile, { u"send"_s, u"--eml"_s, file });
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.object()[u"message_id"].toString(), u"<file@example.org>"_s);
        QCOMPARE(server.messages().size(), 1);
        const FakeSmtpServer::Message message = server.messages().first();
        QCOMPARE(message.reversePath, "post@example.com"_ba);
        QCOMPARE(message.recipients,
                 QList<QByteArray>({ "bob@example.net"_ba, "carol@example.com"_ba, "dave@example.edu"_ba }));
        QVERIFY(message.content.startsWith("From: Ann <ann@example.org>\r\n"));
        QVERIFY(!message.content.contains("dave"));

        QCOMPARE(run(profile, { u"send"_s, u"--eml"_s, file, u"--to=eve@example.net"_s }).code, 0);
        QCOMPARE(server.messages().last().recipients, QList<QByteArray>({ "eve@example.net"_ba }));
        QCOMPARE(run(profile, { u"send"_s, u"--eml"_s, profile.beside(u"missing"_s) }).code, 65);
    }

    void refusedRecipient_isTold()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(FakeSmtpServer::Stage::Rcpt, "550 5.1.1 No such user here\r\n"_ba);
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        QCOMPARE(ended.code, 67);
        QCOMPARE(ended.object()[u"status"].toString(), u"failed"_s);
        const QJsonObject recipient = ended.object()[u"recipients"][0].toObject();
        QCOMPARE(recipient[u"state"].toString(), u"failed"_s);
        QCOMPARE(recipient[u"code"].toInt(), 550);
        QCOMPARE(recipient[u"enhanced"].toString(), u"5.1.1"_s);
        QVERIFY(recipient[u"text"].toString().contains("No such user here"_L1));
        QVERIFY(ended.err.contains("No such user here"));
    }

    void wordsOfTheServer_areInert()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(
            FakeSmtpServer::Stage::Rcpt,
            "550 5.1.1 \x1b[31mNo\x1b[0m \xe2\x80\xae<a href=\"http://x\">user</a>\x07\r\n"_ba);
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        const QString file = profile.writeBeside(u"message.eml"_s, Message);
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        for (const QStringList &arguments :
             { QStringList { u"send"_s, u"--to=bob@example.net"_s },
               QStringList(sendDirect(server.port()) + QStringList { u"--verbose"_s, u"--eml"_s, file }),
               QStringList { u"outbox"_s, u"list"_s } }) {
            const Ended ended = run(profile, arguments);
            QVERIFY2(ended.out.contains("user"), ended.out.constData());
            for (const QByteArray &shown : { ended.out, ended.err }) {
                QVERIFY2(!shown.contains('\x1b') && !shown.contains('\x07'), shown.constData());
                QVERIFY2(!shown.contains("\xe2\x80\xae") && !shown.contains("\\u001b"), shown.constData());
            }
        }
    }

    void recordedTry_isShownByTheLog()
    {
        const FakeSmtpServer server(plaintext());
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port()) + QStringList { u"--helo=me.example.org"_s }).code,
                 0);
        const Ended sent = run(profile, { u"send"_s, u"--to=bob@example.net"_s, u"--record"_s });
        QCOMPARE(sent.code, 0);
        const QString id = sent.object()[u"id"].toString();
        const QJsonArray lines
            = run(profile, { u"outbox"_s, u"log"_s, id }).object()[u"transcript"].toArray();
        QVERIFY(lines.contains(u"S: 220 fake.example.org ESMTP"_s));
        QVERIFY(lines.contains(u"C: EHLO me.example.org"_s));
        const Ended text = run({ u"--profile"_s, profile.folder(), u"outbox"_s, u"log"_s, id });
        QVERIFY(text.out.contains("    C: RCPT TO:<bob@example.net>"));

        const Ended other = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        QVERIFY(run(profile, { u"outbox"_s, u"log"_s, other.object()[u"id"].toString() })
                    .object()[u"transcript"]
                    .isNull());
    }

    void wishes_reachTheServer()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.extensions
            = { "DSN", "DELIVERBY 60", "FUTURERELEASE 1000 2030-01-01T00:00:00Z", "MT-PRIORITY" };
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        const QString file = profile.writeBeside(u"message.eml"_s, Message);
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        const QStringList wishes { u"--dsn=success,failure"_s, u"--dsn-id=abc"_s,
                                   u"--dsn-return=headers"_s,  u"--deliver-by=120,return"_s,
                                   u"--hold-for=90"_s,         u"--priority=3"_s };
        QCOMPARE(run(profile, QStringList { u"send"_s, u"--to=bob@example.net"_s } + wishes).code, 0);
        const Ended direct = run(profile,
                                 sendDirect(server.port())
                                     + QStringList { u"--eml"_s, file, u"--to=bob@example.net"_s } + wishes);
        QVERIFY2(direct.code == 0, direct.err.constData());
        int asked = 0;
        for (const FakeSmtpServer::Command &command : server.commands()) {
            if (command.line.startsWith("MAIL")) {
                ++asked;
                for (const char *parameter :
                     { " RET=HDRS", " ENVID=abc", " BY=120;R", " HOLDFOR=90", " MT-PRIORITY=3" })
                    QVERIFY2(command.line.contains(parameter), command.line.constData());
            }
            if (command.line.startsWith("RCPT"))
                QVERIFY(command.line.contains(" NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@example.net"));
        }
        QCOMPARE(asked, 2);
        // What the server cannot promise is not sent without it.
        QCOMPARE(run(profile, { u"send"_s, u"--to=bob@example.net"_s, u"--require-tls"_s }).code, 69);
        QCOMPARE(server.messages().size(), 2);
    }

    void refusedMessage_isRefusedForGood()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(FakeSmtpServer::Stage::ContentEnd, "554 5.7.1 No thanks\r\n"_ba);
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        QCOMPARE(run(profile, { u"send"_s, u"--to=bob@example.net"_s }).code, 69);
    }

    void deferredRecipient_isTriedLater()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(FakeSmtpServer::Stage::Rcpt, "450 4.2.1 Try later\r\n"_ba);
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        QCOMPARE(ended.code, 75);
        QCOMPARE(ended.object()[u"status"].toString(), u"deferred"_s);
        const Ended list = run(profile, { u"outbox"_s, u"list"_s, u"--state=deferred"_s });
        QCOMPARE(list.lines().size(), 1);
        const auto next = QDateTime::fromString(list.object()[u"next_attempt"].toString(), Qt::ISODate);
        QVERIFY(next.isValid() && next > QDateTime::currentDateTimeUtc());
    }

    void serverDown_keepsTheMessage()
    {
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(closedPort())).code, 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        QCOMPARE(ended.code, 75);
        QCOMPARE(ended.object()[u"status"].toString(), u"deferred"_s);
        const Ended list = run(profile, { u"outbox"_s, u"list"_s });
        QCOMPARE(list.lines().size(), 1);
        QCOMPARE(list.object()[u"problem"].toString(), u"connection-refused"_s);
        QCOMPARE(list.object()[u"attempts"].toInt(), 0);
    }

    void serverInTrouble_isAskedOnceForEachSend()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(FakeSmtpServer::Stage::Connected, "421 4.3.2 Too busy\r\n"_ba);
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        for (int sends = 1; sends <= 2; ++sends) {
            QCOMPARE(run(profile, { u"send"_s, u"--to=bob@example.net"_s }).code, 75);
            QCOMPARE(server.connections(), sends); // the account's next time is not waited for
        }
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).lines().size(), 2);
    }

    void unknownHost_hasItsCode()
    {
        const TempProfile profile;
        QCOMPARE(run(profile,
                     { u"account"_s, u"add"_s, u"--email=a@example.org"_s, u"--host=mx.invalid"_s,
                       u"--no-verify-login"_s })
                     .code,
                 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        // Without any name server, the answer is that there was none.
        QVERIFY2(ended.code == 68 || ended.code == 75, QByteArray::number(ended.code).constData());
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).lines().size(), 1);
    }

    void lostFinalReply_isInDoubt()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.closesAt = FakeSmtpServer::Stage::ContentEnd;
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s });
        QCOMPARE(ended.code, 79);
        QCOMPARE(ended.object()[u"status"].toString(), u"in-doubt"_s);
        const QString id = ended.object()[u"id"].toString();
        QCOMPARE(run(profile, { u"outbox"_s, u"resolve"_s, id, u"--sent"_s }).object()[u"state"].toString(),
                 u"sent"_s);
    }

    void waitWithoutAnswer_endsInTime()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.silentFrom = FakeSmtpServer::Stage::Mail;
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);
        const Ended ended = run(profile, { u"send"_s, u"--to=bob@example.net"_s, u"--wait=0.5"_s });
        QCOMPARE(ended.code, 75);
        QCOMPARE(ended.object()[u"status"].toString(), u"queued"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).lines().size(), 1);
    }

    void directMessages_goOverOneConnection()
    {
        const FakeSmtpServer server(plaintext());
        const TempProfile profile;
        const QString first = profile.writeBeside(u"first.eml"_s, Message);
        const QString second = profile.writeBeside(
            u"second.eml"_s, "From: eve@example.org\nTo: bob@example.net\nSubject: Two\n\n.dot\nend\n"_ba);
        const Ended ended = run(
            profile,
            sendDirect(server.port())
                + QStringList { u"--helo=client.example.org"_s, u"--eml"_s, first, u"--eml"_s, second });
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(ended.lines().size(), 2);
        for (const QJsonObject &line : ended.lines()) {
            QVERIFY(line[u"id"].isNull());
            QCOMPARE(line[u"status"].toString(), u"sent"_s);
        }
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.messages().size(), 2);
        QVERIFY(server.commands().first().line.contains("client.example.org"));
        QCOMPARE(server.messages().at(0).reversePath, "ann@example.org"_ba);
        QCOMPARE(server.messages().at(0).recipients.size(), 3);
        QVERIFY(!server.messages().at(0).content.contains("Bcc"));
        QVERIFY(server.messages().at(1).content.endsWith("\r\n\r\n.dot\r\nend\r\n"));
        QVERIFY(!QFileInfo::exists(profile.folder())); // nothing is stored
    }

    void directMessageFromParts_isWritten()
    {
        const FakeSmtpServer server(plaintext());
        const TempProfile profile;
        const Ended ended = run(profile,
                                sendDirect(server.port())
                                    + QStringList { u"--from=ann@example.org"_s, u"--to=bob@example.net"_s,
                                                    u"--subject=Parts"_s, u"--text=-"_s },
                                "Words\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(server.messages().size(), 1);
        QVERIFY(server.messages().first().content.contains("Subject: Parts\r\n"));
    }

    void directTrouble_hasItsCode()
    {
        const TempProfile profile;
        const QString file = profile.writeBeside(u"message.eml"_s, Message);
        const Ended down = run(profile, sendDirect(closedPort()) + QStringList { u"--eml"_s, file });
        QCOMPARE(down.code, 75);
        QCOMPARE(down.lines().size(), 1);

        FakeSmtpServer::Behaviour refusing = plaintext();
        refusing.replies.insert(FakeSmtpServer::Stage::Rcpt, "550 5.1.1 No such user here\r\n"_ba);
        const FakeSmtpServer server(refusing);
        const Ended refused = run(profile, sendDirect(server.port()) + QStringList { u"--eml"_s, file });
        QCOMPARE(refused.code, 67);
        QCOMPARE(refused.object()[u"recipients"].toArray().size(), 3);
        QVERIFY(refused.err.contains("No such user here"));

        const QString bad = profile.writeBeside(u"bad.eml"_s, "no header at all\n"_ba);
        QCOMPARE(
            run(profile, sendDirect(server.port()) + QStringList { u"--eml"_s, file, u"--eml"_s, bad }).code,
            65);
        QCOMPARE(run(profile, sendDirect(server.port()) + QStringList { u"--eml"_s, profile.beside(u"no"_s) })
                     .code,
                 65);

        FakeSmtpServer::Behaviour hanging = plaintext();
        hanging.silentFrom = FakeSmtpServer::Stage::Ehlo;
        const FakeSmtpServer silent(hanging);
        QCOMPARE(
            run(profile, sendDirect(silent.port()) + QStringList { u"--timeout=0.5"_s, u"--eml"_s, file })
                .code,
            75);
    }

    void damagedAccounts_areSetAsideAndTold()
    {
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(2525)).code, 0);
        QFile file(profile.path(u"accounts.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("{ \"accounts\": [ {");
        file.close();

        const Ended ended = run(profile, { u"account"_s, u"list"_s });
        QCOMPARE(ended.code, 0);
        QVERIFY(ended.out.isEmpty());
        const QStringList kept = filesIn(profile.folder(), u"accounts.json.damaged-*"_s);
        QCOMPARE(kept.size(), 1);
        QCOMPARE(contentOf(profile.path(kept.first())), "{ \"accounts\": [ {"_ba);
        QVERIFY2(ended.err.contains("damaged"), ended.err.constData());
        QCOMPARE(run(profile, accountAdd(2525)).code, 0);
    }

    void damagedOutbox_isSetAsideAndTold()
    {
        const TempProfile profile;
        QVERIFY(QDir().mkpath(profile.folder()));
        QFile file(profile.path(u"postrider.sqlite"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(20'000, 'x'));
        file.close();
        const Ended ended = run(profile, sendPractice(u"bob@example.net"_s, u"x"_s), "x\n");
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(filesIn(profile.folder(), u"postrider.sqlite.damaged-*"_s).size(), 1);
        QVERIFY2(ended.err.contains("damaged"), ended.err.constData());
    }

    void profileThatCannotBeWritten_isLocalStorage()
    {
        const TempProfile profile;
        QVERIFY(!profile.writeBeside(u"profile"_s, "a file"_ba).isEmpty()); // where the folder should be
        const Ended ended = run(profile, sendPractice(u"bob@example.net"_s, u"x"_s), "x\n");
        QCOMPARE(ended.code, 74);
        QCOMPARE(ended.object()[u"status"].toString(), u"failed"_s);
    }

#ifdef Q_OS_UNIX
    void readOnlyProfile_isLocalStorage()
    {
        if (::geteuid() == 0)
            QSKIP("No folder is read-only for root.");
        const TempProfile profile;
        QVERIFY(QDir().mkpath(profile.folder()));
        QVERIFY(QFile::setPermissions(profile.folder(), QFile::ReadOwner | QFile::ExeOwner));
        const Ended ended = run(profile, sendPractice(u"bob@example.net"_s, u"x"_s), "x\n");
        QCOMPARE(ended.code, 74);
    }

    void interruptedSend_leavesTheMessageInTheOutbox()
    {
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.silentFrom = FakeSmtpServer::Stage::Mail;
        const FakeSmtpServer server(behaviour);
        const TempProfile profile;
        QCOMPARE(run(profile, accountAdd(server.port())).code, 0);

        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(
            QStringLiteral(POSTRIDER_CLI),
            { u"--json"_s, u"--profile"_s, profile.folder(), u"send"_s, u"--to=bob@example.net"_s });
        QTRY_VERIFY_WITH_TIMEOUT(server.received("MAIL"), ProgramLimit);
        process.terminate();
        const Ended ended = waitFor(process);
        QCOMPARE(ended.code, 75);
        QVERIFY(!ended.object()[u"id"].toString().isEmpty());
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).object()[u"id"], ended.object()[u"id"]);
    }

    void practiceMailbox_runsUntilItIsInterrupted()
    {
        const TempProfile profile;
        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(QStringLiteral(POSTRIDER_CLI),
                      { u"practice"_s, u"--json"_s, u"--dir"_s, profile.beside(u"caught"_s) });
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), ProgramLimit);
        const QJsonObject listening = QJsonDocument::fromJson(process.readLine()).object();
        QCOMPARE(listening[u"event"].toString(), u"listening"_s);
        QVERIFY(listening[u"port"].toInt() > 0);

        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(listening[u"port"].toInt()));
        QTRY_VERIFY_WITH_TIMEOUT(client.canReadLine(), ProgramLimit);
        QVERIFY(client.readLine().startsWith("220"));
        client.abort();

        process.terminate();
        QCOMPARE(waitFor(process).code, 0);
    }
#endif

    void passwordIsNeverKeptOrPrinted()
    {
        const TempProfile profile;
        const Ended ended = run(profile,
                                { u"account"_s, u"add"_s, u"--email=a@example.org"_s, u"--host=127.0.0.1"_s,
                                  u"--port"_s, QString::number(closedPort()), u"--password-stdin"_s },
                                "hunter2-secret\n");
        QCOMPARE(ended.code, 75);
        QVERIFY(!ended.out.contains("hunter2"));
        QVERIFY(!ended.err.contains("hunter2"));
        QDirIterator files(profile.folder(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            QVERIFY(!contentOf(files.next()).contains("hunter2"));
    }

    void noKeychain_isConfiguration()
    {
        const TempProfile profile;
        const Ended ended = run(profile,
                                { u"account"_s, u"add"_s, u"--email=a@example.org"_s, u"--host=127.0.0.1"_s,
                                  u"--no-verify-login"_s, u"--password-stdin"_s },
                                "secret\n");
        QCOMPARE(ended.code, 78);
        QVERIFY(!ended.err.isEmpty());
        QVERIFY(run(profile, { u"account"_s, u"list"_s }).out.isEmpty());
    }
};

QTEST_GUILESS_MAIN(CommandsTest)

#include "tst_commands.moc"
