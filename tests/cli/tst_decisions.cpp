// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"
#include "support/sql.h"

#include <QDateTime>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

namespace {

QStringList sendTo(const QString &recipients)
{
    return { u"send"_s, u"--to"_s, recipients, u"--subject=x"_s, u"--text=-"_s };
}

} // namespace

/// What a person decides about messages and accounts, on the command line.
class DecisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageForLater_waitsUntilItIsReleased()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QDateTime time = QDateTime::currentDateTimeUtc().addDays(2);
        const QString written = time.toString(Qt::ISODate);
        const Ended sent
            = run(profile, sendTo(u"bob@example.net"_s) + QStringList { u"--at="_s + written }, "Hello\n");
        QVERIFY2(sent.code == 0, sent.err.constData());
        QCOMPARE(sent.object()[u"status"].toString(), u"held"_s);
        QCOMPARE(sent.object()[u"next_attempt"].toString(), written);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.connections(), 0);
        const QString id = sent.object()[u"id"].toString();
        const QJsonObject listed = run(profile, { u"outbox"_s, u"list"_s }).object();
        QCOMPARE(listed[u"hold"].toString(), u"scheduled"_s);
        QCOMPARE(listed[u"next_attempt"].toString(), written);

        const QString later = time.addDays(1).toString(Qt::ISODate);
        const Ended moved = run(profile, { u"outbox"_s, u"schedule"_s, id, later });
        QVERIFY2(moved.code == 0, moved.err.constData());
        QCOMPARE(moved.object()[u"next_attempt"].toString(), later);

        QCOMPARE(run(profile, { u"outbox"_s, u"release"_s, id }).object()[u"state"].toString(), u"queued"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.messages().size(), 1);
    }

    void badTime_isAUsageError_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("no time") << QStringList { u"--at=soon"_s };
        QTest::newRow("a day alone") << QStringList { u"--at=tomorrow"_s };
        QTest::newRow("over") << QStringList { u"--at=2020-01-01T08:00"_s };
        QTest::newRow("empty") << QStringList { u"--at="_s };
        QTest::newRow("and waiting") << QStringList { u"--at=tomorrow 9"_s, u"--wait"_s };
        QTest::newRow("and taking back") << QStringList { u"--at=tomorrow 9"_s, u"--undo=5"_s };
        QTest::newRow("too long to take back") << QStringList { u"--undo=121"_s };
        QTest::newRow("straight to a server")
            << QStringList { u"--at=tomorrow 9"_s, u"--server=127.0.0.1"_s, u"--security=none"_s };
    }
    void badTime_isAUsageError()
    {
        QFETCH(QStringList, options);
        const TempProfile profile;
        const Ended ended = run(profile, sendTo(u"bob@example.net"_s) + options, "Hello\n");
        QCOMPARE(ended.code, 64);
        QVERIFY(!ended.err.isEmpty());
    }

    void messageThatCanBeTakenBack_leavesAfterItsWindow()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended queued
            = run(profile, sendTo(u"bob@example.net"_s) + QStringList { u"--undo=1"_s, u"--queue-only"_s },
                  "Hello\n");
        QVERIFY2(queued.code == 0, queued.err.constData());
        QCOMPARE(queued.object()[u"status"].toString(), u"held"_s);
        QVERIFY(!queued.object()[u"next_attempt"].isNull());
        const QDateTime begin = QDateTime::currentDateTimeUtc();
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QVERIFY(begin.msecsTo(QDateTime::currentDateTimeUtc()) >= 1000); // the whole window, from the start
        QCOMPARE(server.messages().size(), 1);
        // Whoever waits for the outcome waits for the window too.
        const Ended sent
            = run(profile, sendTo(u"bob@example.net"_s) + QStringList { u"--undo=1"_s }, "Hello\n");
        QVERIFY2(sent.code == 0, sent.err.constData());
        QCOMPARE(sent.object()[u"status"].toString(), u"sent"_s);
        QCOMPARE(server.messages().size(), 2);
    }

    void messageAfterTheDailyLimit_waitsForTheNextDay()
    {
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.answer = [](const QByteArray &line) {
            return line.startsWith("RCPT TO:<bob@") ? QByteArray("550 5.4.5 Daily sending quota exceeded\r\n")
                                                    : QByteArray();
        };
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        const Ended refused = run(profile, sendTo(u"bob@example.net"_s), "Hello\n");
        QCOMPARE(refused.code, 75);
        const int connections = server.connections();
        // Neither another message nor another process asks for more today.
        const Ended next = run(profile, sendTo(u"eve@example.net"_s), "Hello\n");
        QCOMPARE(next.code, 75);
        QVERIFY2(next.err.contains("aily limit"), next.err.constData());
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.connections(), connections);
        QCOMPARE(server.messages().size(), 0);
    }

    void messageThatIsTakenBack_neverLeaves()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const Ended queued
            = run(profile, sendTo(u"bob@example.net"_s) + QStringList { u"--undo=120"_s, u"--queue-only"_s },
                  "Hello\n");
        const QString id = queued.object()[u"id"].toString();
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).object()[u"hold"].toString(), u"undo"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"cancel"_s, id }).object()[u"state"].toString(), u"draft"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.connections(), 0);
    }

#ifdef Q_OS_UNIX
    /// The process that would send it is killed within the window.
    void crashWithinTheWindow_leavesTheMessageUnsentAndVisible()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        QProcess process;
        process.setProcessEnvironment(plainEnvironment());
        process.start(QStringLiteral(POSTRIDER_CLI),
                      QStringList { u"--json"_s, u"--profile"_s, profile.folder() }
                          + sendTo(u"bob@example.net"_s) + QStringList { u"--undo=60"_s });
        process.write("Hello\n");
        process.closeWriteChannel();
        const auto listed = [&profile] { return run(profile, { u"outbox"_s, u"list"_s }).object(); };
        QTRY_COMPARE_WITH_TIMEOUT(listed()[u"hold"].toString(), u"undo"_s, ProgramLimit);
        process.kill();
        QVERIFY(process.waitForFinished(ProgramLimit));

        QCOMPARE(listed()[u"state"].toString(), u"held"_s);
        QCOMPARE(server.messages().size(), 0);
        // The next one that delivers, an hour later, gives it its whole window again.
        QCOMPARE(
            postrider::support::sqlScript(profile.path(u"postrider.sqlite"_s),
                                          u"UPDATE messages SET next_attempt = next_attempt - 3600000"_s),
            QString());
        QCOMPARE(listed()[u"state"].toString(), u"queued"_s);
        QProcess next;
        next.setProcessEnvironment(plainEnvironment());
        next.start(QStringLiteral(POSTRIDER_CLI),
                   { u"--profile"_s, profile.folder(), u"outbox"_s, u"run"_s });
        QTRY_COMPARE_WITH_TIMEOUT(listed()[u"hold"].toString(), u"undo"_s, ProgramLimit);
        const QDateTime end = QDateTime::fromString(listed()[u"next_attempt"].toString(), Qt::ISODate);
        QVERIFY(QDateTime::currentDateTimeUtc().secsTo(end) > 30);
        next.terminate();
        QVERIFY(waitFor(next).code >= 0);
        QCOMPARE(server.messages().size(), 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"release"_s, listed()[u"id"].toString() }).code, 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.messages().size(), 1);
    }
#endif

    void impossibleDecision_isToldAndChangesNothing_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<bool>("isPossible");
        QTest::newRow("show") << QStringList { u"show"_s, u"ID"_s } << true;
        QTest::newRow("log") << QStringList { u"log"_s, u"ID"_s } << true;
        QTest::newRow("retry") << QStringList { u"retry"_s, u"ID"_s } << false;
        QTest::newRow("cancel") << QStringList { u"cancel"_s, u"ID"_s } << false;
        QTest::newRow("hold") << QStringList { u"hold"_s, u"ID"_s } << false;
        QTest::newRow("release") << QStringList { u"release"_s, u"ID"_s } << false;
        QTest::newRow("resolve, sent") << QStringList { u"resolve"_s, u"ID"_s, u"--sent"_s } << false;
        QTest::newRow("resolve, again") << QStringList { u"resolve"_s, u"ID"_s, u"--resend"_s } << false;
        QTest::newRow("schedule") << QStringList { u"schedule"_s, u"ID"_s, u"in 2 days"_s } << false;
        QTest::newRow("correct") << QStringList { u"correct"_s, u"ID"_s, u"bob@example.net"_s,
                                                  u"bobby@example.net"_s }
                                 << false;
    }
    /// About a message that was sent, one that does not exist, and several at once.
    void impossibleDecision_isToldAndChangesNothing()
    {
        QFETCH(QStringList, command);
        QFETCH(bool, isPossible);
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QString id = run(profile, sendTo(u"bob@example.net"_s), "Hello\n").object()[u"id"].toString();
        const auto decide = [&](const QString &about) {
            QStringList words = command;
            words.replaceInStrings(u"ID"_s, about);
            return run(profile, QStringList { u"outbox"_s } + words);
        };
        const QByteArray before = run(profile, { u"outbox"_s, u"list"_s }).out;
        const Ended ended = decide(id);
        QCOMPARE(ended.code, isPossible ? 0 : 69);
        QCOMPARE(ended.out.isEmpty(), !isPossible);
        QCOMPARE(ended.err.isEmpty(), isPossible);
        for (const QString &nobody : { u"ffffffff-ffff-4fff-8fff-ffffffffffff"_s, u"no-id"_s }) {
            const Ended unknown = decide(nobody);
            QCOMPARE(unknown.code, 64);
            QVERIFY(unknown.out.isEmpty());
            QVERIFY2(unknown.err.contains(nobody.toUtf8()), unknown.err.constData());
        }
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).out, before);
        QCOMPARE(server.messages().size(), 1);
    }

    void refusedRecipient_isCorrected()
    {
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.answer = [](const QByteArray &line) -> QByteArray {
            return line.contains("<bbo@example.net>") ? "550 5.1.1 Nobody here\r\n" : QByteArray();
        };
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        const Ended sent = run(profile, sendTo(u"carol@example.com, bbo@example.net"_s), "Hello\n");
        QCOMPARE(sent.code, 80);
        const QString id = sent.object()[u"id"].toString();
        const QStringList correct { u"outbox"_s, u"correct"_s, id };
        QCOMPARE(run(profile, correct).code, 64);
        QCOMPARE(run(profile, correct + QStringList { u"bbo@example.net"_s, u"bob"_s }).code, 65);
        QCOMPARE(run(profile, correct + QStringList { u"bbo@example.net"_s, u"carol@example.com"_s }).code,
                 65);
        QCOMPARE(run(profile, correct + QStringList { u"carol@example.com"_s, u"dave@example.edu"_s }).code,
                 69);

        const Ended corrected
            = run(profile, correct + QStringList { u"bbo@example.net"_s, u"bob@example.net"_s });
        QVERIFY2(corrected.code == 0, corrected.err.constData());
        QCOMPARE(corrected.object()[u"state"].toString(), u"queued"_s);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(server.messages().size(), 2);
        QCOMPARE(server.messages().last().recipients, QList<QByteArray> { "bob@example.net" });
        QCOMPARE(server.messages().last().content, server.messages().first().content);
        QCOMPARE(run(profile, { u"outbox"_s, u"show"_s, id }).object()[u"state"].toString(), u"sent"_s);
    }

    void rulesOfAnAccount_areSetAndShown()
    {
        const TempProfile profile;
        QVERIFY(addAccount(profile, closedPort()));
        const QStringList set { u"account"_s, u"set"_s, u"ann@example.org"_s };
        const auto show = [&profile] {
            return run(profile, { u"account"_s, u"show"_s, u"ann@example.org"_s }).object();
        };
        QCOMPARE(show()[u"in_doubt"].toString(), u"ask"_s);
        QCOMPARE(show()[u"some_refused"].toString(), u"accepted"_s);
        QCOMPARE(show()[u"send_later"].toString(), u"here"_s);
        QVERIFY(show()[u"pace"][u"per_minute"].isNull());

        const Ended changed = run(profile,
                                  set
                                      + QStringList { u"--in-doubt=resend"_s, u"--per-minute=30"_s,
                                                      u"--per-day=500"_s, u"--recipients=0"_s });
        QVERIFY2(changed.code == 0, changed.err.constData());
        QCOMPARE(changed.object()[u"in_doubt"].toString(), u"resend"_s);
        const QJsonObject shown = show();
        QCOMPARE(shown[u"in_doubt"].toString(), u"resend"_s);
        QCOMPARE(shown[u"pace"][u"per_minute"].toInt(), 30);
        QCOMPARE(shown[u"pace"][u"per_day"].toInt(), 500);
        QVERIFY(shown[u"pace"][u"recipients"].isNull());
        QCOMPARE(shown[u"pace"][u"chosen"][u"recipients"].toInt(-1), 0);

        // What is not named stays.
        QCOMPARE(run(profile, set + QStringList { u"--per-minute=auto"_s }).code, 0);
        QVERIFY(show()[u"pace"][u"per_minute"].isNull());
        QCOMPARE(show()[u"pace"][u"per_day"].toInt(), 500);
        QCOMPARE(show()[u"in_doubt"].toString(), u"resend"_s);

        const Ended decided
            = run(profile, set + QStringList { u"--some-refused=nobody"_s, u"--send-later=server"_s });
        QVERIFY2(decided.code == 0, decided.err.constData());
        for (const QJsonObject &told : { decided.object(), show() }) {
            QCOMPARE(told[u"in_doubt"].toString(), u"resend"_s);
            QCOMPARE(told[u"some_refused"].toString(), u"nobody"_s);
            QCOMPARE(told[u"send_later"].toString(), u"server"_s);
        }
        const QByteArray text
            = run({ u"account"_s, u"show"_s, u"ann@example.org"_s, u"--profile"_s, profile.folder() }).out;
        QVERIFY2(text.contains("goes to nobody before you decide"), text.constData());
        QVERIFY2(text.contains("waits at the server"), text.constData());
        QCOMPARE(run(profile, set + QStringList { u"--some-refused=accepted"_s }).code, 0);
        QCOMPARE(show()[u"some_refused"].toString(), u"accepted"_s);
        QCOMPARE(show()[u"send_later"].toString(), u"server"_s);
    }

    void accountThatAsksFirst_sendsWhatNobodyCanBeAskedAbout_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("send") << sendTo(u"carol@example.com, bbo@example.net"_s);
        QTest::newRow("sendmail") << QStringList { u"sendmail"_s, u"carol@example.com"_s,
                                                   u"bbo@example.net"_s };
    }
    void accountThatAsksFirst_sendsWhatNobodyCanBeAskedAbout()
    {
        QFETCH(QStringList, command);
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.answer = [](const QByteArray &line) -> QByteArray {
            return line.contains("<bbo@example.net>") ? "550 5.1.1 Nobody here\r\n" : QByteArray();
        };
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        QCOMPARE(
            run(profile, { u"account"_s, u"set"_s, u"ann@example.org"_s, u"--some-refused=nobody"_s }).code,
            0);
        run(profile, command, "Subject: x\n\nHello\n");
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).object()[u"state"].toString(), u"partly-sent"_s);
        QCOMPARE(server.messages().size(), 1);
        QCOMPARE(server.messages().first().recipients, QList<QByteArray> { "carol@example.com" });
    }

    void messageForLater_waitsAtTheServerThatKeepsIt()
    {
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.extensions = { "FUTURERELEASE 86400 2099-01-01T00:00:00Z" };
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        QCOMPARE(
            run(profile, { u"account"_s, u"set"_s, u"ann@example.org"_s, u"--send-later=server"_s }).code, 0);
        const QString time = QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate);
        QCOMPARE(
            run(profile, sendTo(u"bob@example.net"_s) + QStringList { u"--at="_s + time }, "Hello\n").code,
            0);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"list"_s }).object()[u"state"].toString(), u"sent"_s);
        QCOMPARE(server.messages().size(), 1);
    }

    void accountAtItsPace_waits()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        QCOMPARE(run(profile, { u"account"_s, u"set"_s, u"ann@example.org"_s, u"--per-day=1"_s }).code, 0);
        QCOMPARE(run(profile, sendTo(u"bob@example.net"_s), "Hello\n").code, 0);
        const Ended second = run(profile, sendTo(u"bob@example.net"_s), "Hello\n");
        QCOMPARE(second.code, 75);
        QCOMPARE(second.object()[u"status"].toString(), u"deferred"_s);
        QCOMPARE(server.messages().size(), 1);
    }

    void badRule_isAUsageError_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("nothing") << QStringList {};
        QTest::newRow("other rule") << QStringList { u"--in-doubt=always"_s };
        QTest::newRow("other recipients") << QStringList { u"--some-refused=all"_s };
        QTest::newRow("other keeper") << QStringList { u"--send-later=yes"_s };
        QTest::newRow("negative") << QStringList { u"--per-day=-1"_s };
        QTest::newRow("no number") << QStringList { u"--per-minute=some"_s };
    }
    void badRule_isAUsageError()
    {
        QFETCH(QStringList, options);
        const TempProfile profile;
        QCOMPARE(run(profile, QStringList { u"account"_s, u"set"_s, u"x"_s } + options).code, 64);
    }
};

QTEST_GUILESS_MAIN(DecisionsTest)
#include "tst_decisions.moc"
