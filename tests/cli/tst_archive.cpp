// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"
#include "support/sql.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

namespace {

Ended send(const TempProfile &profile, const QString &subject)
{
    return run(profile, { u"send"_s, u"--to=bob@example.net"_s, u"--subject="_s + subject, u"--text=-"_s },
               "From here\n");
}

Ended set(const TempProfile &profile, const QString &name, const QString &value)
{
    return run(profile, { u"settings"_s, u"set"_s, name, value });
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// As if everything in the outbox had happened so many days earlier.
QString moveBack(const TempProfile &profile, int days)
{
    const QString by = QString::number(qint64 { days } * 24 * 60 * 60 * 1000);
    return postrider::support::sqlScript(profile.path(u"postrider.sqlite"_s),
                                         u"UPDATE messages SET created = created - "_s + by
                                             + u", changed = changed - "_s + by
                                             + u"; UPDATE sent_records SET sent = sent - "_s + by);
}

} // namespace

/// What is kept of sent messages, where, and for how long.
class ArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentMessage_isListedWithTheWordsOfTheServer()
    {
        const TempProfile profile;
        FakeSmtpServer::Behaviour behaviour = plaintext();
        behaviour.replies.insert(FakeSmtpServer::Stage::ContentEnd, "250 2.0.0 Queued as 4XyZ\r\n"_ba);
        FakeSmtpServer server(behaviour);
        QVERIFY(addAccount(profile, server.port()));
        QVERIFY(run(profile, { u"outbox"_s, u"sent"_s }).out.isEmpty());
        QCOMPARE(send(profile, u"First"_s).code, 0);
        QCOMPARE(send(profile, u"Second"_s).code, 0);
        const Ended listed = run(profile, { u"outbox"_s, u"sent"_s });
        QVERIFY2(listed.code == 0, listed.err.constData());
        QCOMPARE(listed.lines().size(), 2);
        const QJsonObject second = listed.lines().first();
        QCOMPARE(second[u"subject"].toString(), u"Second"_s);
        QCOMPARE(second[u"kept"].toString(), u"message"_s);
        QCOMPARE(second[u"recipients"][0][u"address"].toString(), u"bob@example.net"_s);
        QCOMPARE(second[u"recipients"][0][u"state"].toString(), u"sent"_s);
        QVERIFY(second[u"recipients"][0][u"text"].toString().contains(u"Queued as 4XyZ"_s));
        QVERIFY(!second[u"sent"].isNull());
    }

    void oldMessage_isReducedToItsRecordAndThenForgotten()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        QCOMPARE(set(profile, u"sent/keepMessagesDays"_s, u"7"_s).code, 0);
        QCOMPARE(set(profile, u"sent/keepRecordsDays"_s, u"20"_s).code, 0);
        const QString id = send(profile, u"Old"_s).object()[u"id"].toString();
        const QStringList deliver { u"outbox"_s, u"run"_s, u"--until-empty"_s };
        const QStringList sent { u"outbox"_s, u"sent"_s };

        QCOMPARE(moveBack(profile, 6), QString());
        QCOMPARE(run(profile, deliver).code, 0);
        QCOMPARE(run(profile, sent).object()[u"kept"].toString(), u"message"_s);
        QCOMPARE(moveBack(profile, 2), QString());
        QCOMPARE(run(profile, deliver).code, 0);
        const QJsonObject record = run(profile, sent).object();
        QCOMPARE(record[u"kept"].toString(), u"record"_s);
        QCOMPARE(record[u"id"].toString(), id);
        QCOMPARE(record[u"subject"].toString(), u"Old"_s);
        QCOMPARE(record[u"sender"].toString(), u"ann@example.org"_s);
        QVERIFY(run(profile, { u"outbox"_s, u"list"_s }).out.isEmpty());
        QCOMPARE(moveBack(profile, 13), QString());
        QCOMPARE(run(profile, deliver).code, 0);
        QVERIFY(run(profile, sent).out.isEmpty());
    }

    void forEver_isKept()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        QCOMPARE(set(profile, u"sent/keepMessagesDays"_s, u"0"_s).code, 0);
        QCOMPARE(send(profile, u"Old"_s).code, 0);
        QCOMPARE(moveBack(profile, 5000), QString());
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"sent"_s }).object()[u"kept"].toString(), u"message"_s);
    }

    void copies_areWhatTheServerGot()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QString folder = profile.beside(u"copies"_s);
        QCOMPARE(set(profile, u"sent/copyTo"_s, folder).code, 0);
        QCOMPARE(send(profile, u"First"_s).code, 0);
        QCOMPARE(send(profile, u"Second"_s).code, 0);
        const QStringList files = QDir(folder).entryList(QDir::Files, QDir::Name);
        QCOMPARE(files.size(), 2);
        QList<QByteArray> copied;
        QList<QByteArray> received;
        for (const QString &file : files)
            copied += contentOf(folder + u'/' + file);
        for (const FakeSmtpServer::Message &message : server.messages())
            received += message.content;
        std::sort(copied.begin(), copied.end());
        std::sort(received.begin(), received.end());
        QCOMPARE(copied, received);
    }

    void mailboxFile_getsEveryMessageOnce()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        const QString mailbox = profile.beside(u"Sent.mbox"_s);
        QCOMPARE(set(profile, u"sent/copyTo"_s, mailbox).code, 0);
        QCOMPARE(send(profile, u"First"_s).code, 0);
        QCOMPARE(send(profile, u"Second"_s).code, 0);
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        const QByteArray entries = contentOf(mailbox);
        QVERIFY(entries.startsWith("From ann@example.org "));
        QCOMPARE(entries.count("\n\nFrom ann@example.org "), 1);
        QCOMPARE(entries.count("\n>From here\n"), 2);
        QCOMPARE(entries.count("\nSubject: First\n"), 1);
        QCOMPARE(entries.count("\nSubject: Second\n"), 1);
        QVERIFY(!entries.contains('\r'));
    }

    void copiesThatCannotBeWritten_keepNothingFromBeingSent()
    {
        const TempProfile profile;
        FakeSmtpServer server(plaintext());
        QVERIFY(addAccount(profile, server.port()));
        QVERIFY(!profile.writeBeside(u"obstacle"_s, "a file"_ba).isEmpty());
        const QString folder = profile.beside(u"obstacle/copies"_s);
        QCOMPARE(set(profile, u"sent/copyTo"_s, folder).code, 0);
        const Ended sent = send(profile, u"First"_s);
        QCOMPARE(sent.code, 0);
        QCOMPARE(server.messages().size(), 1);
        QVERIFY2(sent.err.contains("obstacle"), sent.err.constData());
        // As soon as there is a place for it, the copy is there.
        QVERIFY(QFile::remove(profile.beside(u"obstacle"_s)));
        QCOMPARE(run(profile, { u"outbox"_s, u"run"_s, u"--until-empty"_s }).code, 0);
        QCOMPARE(QDir(folder).entryList({ u"*.eml"_s }).size(), 1);
    }

    void settings_areListedAndRefusedWhenTheyAreNone()
    {
        const TempProfile profile;
        const QList<QJsonObject> settings = run(profile, { u"settings"_s, u"list"_s }).lines();
        QCOMPARE(settings.size(), 4);
        QCOMPARE(settings.first()[u"name"].toString(), u"sending/undoSeconds"_s);
        QCOMPARE(settings.first()[u"value"].toString(), u"10"_s);
        const Ended changed = set(profile, u"sending/undoSeconds"_s, u"30"_s);
        QCOMPARE(changed.code, 0);
        QCOMPARE(changed.object()[u"value"].toString(), u"30"_s);
        QCOMPARE(run(profile, { u"settings"_s, u"list"_s }).object()[u"value"].toString(), u"30"_s);
        QCOMPARE(set(profile, u"sending/undoSeconds"_s, u"121"_s).code, 64);
        QCOMPARE(set(profile, u"sending/speed"_s, u"1"_s).code, 64);
        QCOMPARE(run(profile, { u"settings"_s, u"set"_s, u"sending/undoSeconds"_s }).code, 64);
    }
};

QTEST_GUILESS_MAIN(ArchiveTest)
#include "tst_archive.moc"
