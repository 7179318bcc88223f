// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QDir>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using postrider::support::ProgramResult;

namespace postrider::integration {

/// aiosmtpd: no PIPELINING, no CHUNKING; it keeps every octet and the whole envelope.
class AiosmtpdTest final : public PeerTest
{
    Q_OBJECT

public:
    AiosmtpdTest()
        : PeerTest({ .script = u"aiosmtpd"_s,
                     .listeners = { { u"submission"_s, u"starttls"_s },
                                    { u"submissions"_s, u"tls"_s },
                                    { u"nostarttls"_s, u"none"_s } },
                     .refusals = { { u"tmpfail"_s, 451 }, { u"nouser"_s, 550 } } })
    { }

private:
    /// What was kept, in the order of arrival.
    struct Kept
    {
        QByteArray octets {};
        QJsonObject envelope {};
    };
    QList<Kept> kept() const
    {
        QList<Kept> found;
        const QDir folder(server().path(u"mail/new"_s));
        for (int number = 1; folder.exists(QString::number(number)); ++number) {
            const QByteArray envelope
                = support::readFile(server().path(u"mail/envelopes/%1.json"_s.arg(number)));
            found.append({ support::readFile(folder.filePath(QString::number(number))),
                           QJsonDocument::fromJson(envelope).object() });
        }
        return found;
    }

    qsizetype connections(const Listener & /*listener*/) const override
    {
        QSet<int> clients;
        for (const Kept &message : kept()) {
            clients.insert(message.envelope.value("client_port"_L1).toInt());
        }
        return clients.size();
    }

    QSet<QByteArray> reachedSoFar(const QByteArray &subject) const override
    {
        QSet<QByteArray> recipients;
        for (const Kept &message : kept()) {
            if (!message.octets.contains(QByteArray("Subject: " + subject + "\r\n"))) {
                continue;
            }
            const QJsonArray addresses = message.envelope.value("recipients"_L1).toArray();
            for (const QJsonValue &address : addresses) {
                recipients.insert(address.toString().toUtf8());
            }
        }
        return recipients;
    }

private Q_SLOTS:
    void everyOctet_isTheFiles_data();
    void everyOctet_isTheFiles();
    void declaredSize_isThatOfTheOctets();
    void messageAboveTheServersLimit_isNotSentAtAll();
    void refusalAfterTheLastOctet_isToldWithTheServersWords();
    void everyWish_reachesTheServer();
    void wishThatTheServerLacks_isToldAndNothingArrives_data();
    void wishThatTheServerLacks_isToldAndNothingArrives();
    void mechanismThatWasAskedFor_isUsed_data();
    void mechanismThatWasAskedFor_isUsed();
};

void AiosmtpdTest::everyOctet_isTheFiles_data()
{
    addListeners();
}

void AiosmtpdTest::everyOctet_isTheFiles()
{
    QFETCH(Listener, listener);
    const MessageFile file = messageFile(newSubject());
    const ProgramResult sent
        = send(listener, { u"--eml"_s, file.path, u"--helo"_s, u"client.example.test"_s });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const Kept last = kept().last();
    QCOMPARE(last.octets, file.content);
    QCOMPARE(last.envelope.value("sender"_L1).toString(), u"alice@example.test"_s);
    QCOMPARE(last.envelope.value("user"_L1).toString(), u"alice@example.test"_s);
    QCOMPARE(last.envelope.value("client"_L1).toString(), u"client.example.test"_s);
    QCOMPARE(last.envelope.value("tls"_L1).toString(), listener.security == u"none" ? u""_s : u"TLSv1.3"_s);
    QVERIFY(last.envelope.value("mail_options"_L1).toArray().contains(u"BODY=8BITMIME"_s));
}

void AiosmtpdTest::declaredSize_isThatOfTheOctets()
{
    const MessageFile file = messageFile(newSubject());
    const ProgramResult sent = send(listener(u"submissions"_s), { u"--eml"_s, file.path });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QJsonArray options = kept().last().envelope.value("mail_options"_L1).toArray();
    QVERIFY2(options.contains(u"SIZE=%1"_s.arg(file.content.size())),
             QJsonDocument(options).toJson().constData());
}

void AiosmtpdTest::messageAboveTheServersLimit_isNotSentAtAll()
{
    const qsizetype before = kept().size();
    const ProgramResult sent = send(listener(u"submissions"_s),
                                    { u"--from"_s, u"alice@example.test"_s, u"--to"_s, u"bob@example.test"_s,
                                      u"--subject"_s, QString::fromLatin1(newSubject()), u"--attach"_s,
                                      files().writeBeside(u"large.bin"_s, QByteArray(5'000'000, 'x')) });
    QVERIFY2(sent.exitCode == Refused, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"failed"_s);
    // Both sizes, as a person reads them.
    static const QRegularExpression twoNumbers(u"\\d.*\\D.*\\d"_s);
    QVERIFY2(sent.json().value("sentence"_L1).toString().contains(twoNumbers), told(sent).constData());
    QCOMPARE(kept().size(), before);
}

void AiosmtpdTest::refusalAfterTheLastOctet_isToldWithTheServersWords()
{
    const qsizetype before = kept().size();
    const ProgramResult sent = send(listener(u"submission"_s),
                                    { u"--eml"_s, messageFile(newSubject()).path, u"--to"_s,
                                      u"dataonly@example.test, bob@example.test"_s });
    QVERIFY2(sent.exitCode == Refused || sent.exitCode == AllRefused, told(sent).constData());
    const QJsonObject bob = byAddress(sent.json()).value(u"bob@example.test"_s);
    QCOMPARE(bob.value("state"_L1).toString(), u"failed"_s);
    QCOMPARE(bob.value("code"_L1).toInt(), 554);
    QCOMPARE(bob.value("enhanced"_L1).toString(), u"5.6.0"_s);
    QCOMPARE(bob.value("text"_L1).toString(), u"Refused for what it says"_s);
    QCOMPARE(kept().size(), before);
}

void AiosmtpdTest::everyWish_reachesTheServer()
{
    const Listener wishes { u"wishes"_s, u"tls"_s };
    const ProgramResult sent
        = send(wishes,
               { u"--eml"_s, messageFile(newSubject()).path, u"--dsn"_s, u"success,failure"_s,
                 u"--dsn-return"_s, u"headers"_s, u"--dsn-id"_s, u"ID+1=2"_s, u"--require-tls"_s,
                 u"--deliver-by"_s, u"7200,return"_s, u"--hold-for"_s, u"3600"_s, u"--priority=-3"_s });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QJsonObject envelope = kept().last().envelope;
    const QJsonArray options = envelope.value("mail_options"_L1).toArray();
    // xtext of RFC 3461 section 4: "+" and "=" are not themselves in it.
    for (const QString &wish : { u"RET=HDRS"_s, u"ENVID=ID+2B1+3D2"_s, u"REQUIRETLS"_s, u"BY=7200;R"_s,
                                 u"HOLDFOR=3600"_s, u"MT-PRIORITY=-3"_s })
        QVERIFY2(options.contains(wish), qPrintable(wish + u' ' + QString::fromUtf8(told(sent))));
    const QJsonArray recipient = envelope.value("rcpt_options"_L1).toArray().first().toArray();
    QVERIFY2(recipient.contains(u"NOTIFY=SUCCESS,FAILURE"_s)
                 || recipient.contains(u"NOTIFY=FAILURE,SUCCESS"_s),
             QJsonDocument(recipient).toJson().constData());
    QVERIFY2(recipient.contains(u"ORCPT=RFC822;BOB@EXAMPLE.TEST"_s),
             QJsonDocument(recipient).toJson().constData());
}

void AiosmtpdTest::wishThatTheServerLacks_isToldAndNothingArrives_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QStringList>("wish");
    QTest::newRow("REQUIRETLS") << u"submissions"_s << QStringList { u"--require-tls"_s };
    QTest::newRow("DELIVERBY") << u"submissions"_s << QStringList { u"--deliver-by=120"_s };
    QTest::newRow("DELIVERBY, too soon") << u"wishes"_s << QStringList { u"--deliver-by=30,return"_s };
    QTest::newRow("FUTURERELEASE") << u"submissions"_s << QStringList { u"--hold-for=60"_s };
    QTest::newRow("FUTURERELEASE, too late") << u"wishes"_s << QStringList { u"--hold-for=90000"_s };
}

void AiosmtpdTest::wishThatTheServerLacks_isToldAndNothingArrives()
{
    QFETCH(QString, role);
    QFETCH(QStringList, wish);
    const qsizetype before = kept().size();
    const ProgramResult sent
        = send({ role, u"tls"_s }, QStringList { u"--eml"_s, messageFile(newSubject()).path } + wish);
    QVERIFY2(sent.exitCode == Refused, told(sent).constData());
    QVERIFY(!sent.json().value("sentence"_L1).toString().isEmpty());
    QCOMPARE(kept().size(), before);
}

void AiosmtpdTest::mechanismThatWasAskedFor_isUsed_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("PLAIN") << u"plain"_s << Done;
    QTest::newRow("LOGIN") << u"login"_s << Done;
    QTest::newRow("not offered") << u"cram-md5"_s << SignInRefused;
}

void AiosmtpdTest::mechanismThatWasAskedFor_isUsed()
{
    QFETCH(QString, mechanism);
    QFETCH(int, exitCode);
    const ProgramResult sent = send(listener(u"submissions"_s),
                                    { u"--eml"_s, messageFile(newSubject()).path, u"--auth"_s, mechanism });
    QVERIFY2(sent.exitCode == exitCode, told(sent).constData());
}

} // namespace postrider::integration

QTEST_GUILESS_MAIN(postrider::integration::AiosmtpdTest)
#include "tst_aiosmtpd.moc"
