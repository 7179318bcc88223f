// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using postrider::support::ProgramResult;

namespace postrider::integration {

/// smtp-sink, whose roles misbehave each in its own way.
class SinkTest final : public PeerTest
{
    Q_OBJECT

public:
    SinkTest()
        : PeerTest({ .script = u"smtp-sink"_s,
                     .listeners = { { u"store"_s, u"none"_s, Listener::SignIn::No } },
                     .refusals = {},
                     .appended = "\n" })
    { }

private:
    qsizetype connections(const Listener & /*listener*/) const override { return -1; }

    static Listener role(const QString &name) { return { name, u"none"_s, Listener::SignIn::No }; }

private Q_SLOTS:
    void everyMisbehaviour_isToldAsWhatItIs_data();
    void everyMisbehaviour_isToldAsWhatItIs();
    void serverWithoutExtensions_getsTheMessageToo_data();
    void serverWithoutExtensions_getsTheMessageToo();
    void largeMessageThatIsRefusedUnread_isToldAtOnce();
    void unusualSuccessOfAuth_isSuccess();
    void slowServer_isWaitedFor_data();
    void slowServer_isWaitedFor();
    void silentServer_isLeftWhenTheTimeIsUp_data();
    void silentServer_isLeftWhenTheTimeIsUp();
    void secondMessageAfterARefusal_isTriedToo();
};

void SinkTest::everyMisbehaviour_isToldAsWhatItIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<int>>("exitCodes");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("code"); // 0: the server said nothing about the recipient

    const QString deferred = u"deferred"_s;
    const QString failed = u"failed"_s;
    QTest::newRow("450 as greeting") << u"connect450"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("closes at once") << u"dropconnect"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("500 to EHLO and HELO") << u"ehlo500"_s << QList { Refused, Protocol } << failed << 0;
    QTest::newRow("closes at EHLO") << u"drophelo"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("450 to MAIL") << u"mail450"_s << QList { TryLater } << deferred << 450;
    QTest::newRow("500 to MAIL") << u"mail500"_s << QList { Refused, AllRefused } << failed << 500;
    QTest::newRow("closes at MAIL") << u"dropmail"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("450 to RCPT") << u"rcpt450"_s << QList { TryLater } << deferred << 450;
    QTest::newRow("500 to RCPT") << u"rcpt500"_s << QList { AllRefused } << failed << 500;
    QTest::newRow("421 to RCPT") << u"rcpt421"_s << QList { TryLater } << deferred << 421;
    QTest::newRow("closes at RCPT") << u"droprcpt"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("450 to DATA") << u"data450"_s << QList { TryLater } << deferred << 450;
    QTest::newRow("500 to DATA") << u"data500"_s << QList { Refused, AllRefused } << failed << 500;
    QTest::newRow("closes at DATA") << u"dropdata"_s << QList { TryLater } << deferred << 0;
    QTest::newRow("450 to the message") << u"dot450"_s << QList { TryLater } << deferred << 450;
    QTest::newRow("500 to the message") << u"dot500"_s << QList { Refused, AllRefused } << failed << 500;
    QTest::newRow("421 to the message") << u"dot421"_s << QList { TryLater } << deferred << 421;
    QTest::newRow("550 while it is sent") << u"early550"_s << QList { Refused, AllRefused } << failed << 550;
    // Nobody knows whether it was taken.
    QTest::newRow("closes after the message") << u"dropdot"_s << QList { InDoubt } << u"in-doubt"_s << 0;
}

void SinkTest::everyMisbehaviour_isToldAsWhatItIs()
{
    QFETCH(QString, name);
    QFETCH(QList<int>, exitCodes);
    QFETCH(QString, state);
    QFETCH(int, code);

    const ProgramResult sent = send(role(name), { u"--eml"_s, messageFile(newSubject()).path });
    QVERIFY2(exitCodes.contains(sent.exitCode), told(sent).constData());
    const QJsonObject result = sent.json();
    QVERIFY2(result.value("status"_L1).toString() == state, told(sent).constData());
    QVERIFY(!result.value("sentence"_L1).toString().isEmpty());
    const QJsonObject bob = byAddress(result).value(u"bob@example.test"_s);
    QVERIFY2(bob.value("state"_L1).toString() == state, told(sent).constData());
    QVERIFY2(bob.value("code"_L1).toInt() == code, told(sent).constData());
}

void SinkTest::serverWithoutExtensions_getsTheMessageToo_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no ESMTP") << u"noesmtp"_s;
    QTest::newRow("a greeting with stars") << u"pix"_s;
    QTest::newRow("no extension") << u"bare"_s;
}

void SinkTest::serverWithoutExtensions_getsTheMessageToo()
{
    QFETCH(QString, name);
    const ProgramResult sent = send(role(name),
                                    { u"--from"_s, u"alice@example.test"_s, u"--to"_s,
                                      u"bob@example.test, carol@example.test"_s, u"--subject"_s, u"Grüße"_s,
                                      u"--text"_s, files().writeBeside(u"text.txt"_s, ".\nGrüße ✓\n") });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"sent"_s);
}

void SinkTest::largeMessageThatIsRefusedUnread_isToldAtOnce()
{
    // Too much for the buffers of both systems: the rest cannot be sent at all.
    QElapsedTimer timer;
    timer.start();
    const ProgramResult sent
        = send(role(u"early550"_s),
               { u"--from"_s, u"alice@example.test"_s, u"--to"_s, u"bob@example.test"_s, u"--attach"_s,
                 files().writeBeside(u"large.bin"_s, QByteArray(40'000'000, 'x')) });
    QVERIFY2(sent.exitCode == Refused || sent.exitCode == AllRefused, told(sent).constData());
    const QJsonObject bob = byAddress(sent.json()).value(u"bob@example.test"_s);
    QCOMPARE(bob.value("state"_L1).toString(), u"failed"_s);
    QCOMPARE(bob.value("code"_L1).toInt(), 550);
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

void SinkTest::unusualSuccessOfAuth_isSuccess()
{
    // 250 where 235 is usual: the first digit decides (RFC 5321 section 4.2).
    const ProgramResult sent
        = send({ u"auth250"_s, u"none"_s }, { u"--eml"_s, messageFile(newSubject()).path });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
}

void SinkTest::slowServer_isWaitedFor_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("timeout"); // of each wait
    QTest::newRow("each recipient a second") << u"slow"_s << u"3"_s;
    QTest::newRow("reads late and little") << u"slowdata"_s << u"5"_s;
}

void SinkTest::slowServer_isWaitedFor()
{
    QFETCH(QString, name);
    QFETCH(QString, timeout);
    const ProgramResult sent
        = send(role(name),
               { u"--from"_s, u"alice@example.test"_s, u"--to"_s,
                 u"a@example.test, b@example.test, c@example.test, d@example.test"_s, u"--timeout"_s, timeout,
                 u"--attach"_s, files().writeBeside(u"some.bin"_s, QByteArray(1'000'000, 'x')) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(byAddress(sent.json()).size(), 4);
}

void SinkTest::silentServer_isLeftWhenTheTimeIsUp_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("state");
    // The 503 to DATA comes in the place of the reply to RCPT and is not about the recipient.
    QTest::newRow("at RCPT") << u"stuckrcpt"_s << TryLater << u"deferred"_s;
    QTest::newRow("after the message") << u"stuckdot"_s << InDoubt << u"in-doubt"_s;
}

void SinkTest::silentServer_isLeftWhenTheTimeIsUp()
{
    QFETCH(QString, name);
    QFETCH(int, exitCode);
    QFETCH(QString, state);
    QElapsedTimer timer;
    timer.start();
    const ProgramResult sent
        = send(role(name), { u"--eml"_s, messageFile(newSubject()).path, u"--timeout"_s, u"1"_s });
    QVERIFY2(sent.exitCode == exitCode, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), state);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void SinkTest::secondMessageAfterARefusal_isTriedToo()
{
    const MessageFile first = messageFile(newSubject());
    const MessageFile second = messageFile(newSubject());
    const ProgramResult sent = send(role(u"dot500"_s), { u"--eml"_s, first.path, u"--eml"_s, second.path });
    const QList<QJsonObject> results = sent.jsonLines();
    QCOMPARE(results.size(), 2);
    for (const QJsonObject &result : results) {
        QCOMPARE(byAddress(result).value(u"bob@example.test"_s).value("code"_L1).toInt(), 500);
    }
}

} // namespace postrider::integration

QTEST_GUILESS_MAIN(postrider::integration::SinkTest)
#include "tst_sink.moc"
