// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using postrider::support::ProgramResult;

namespace postrider::integration {

/// Exim: GnuTLS, CHUNKING, PRDR.
class EximTest final : public PeerTest
{
    Q_OBJECT

public:
    EximTest()
        : PeerTest({ .script = u"exim"_s,
                     .listeners = { { u"submission"_s, u"starttls"_s },
                                    { u"submissions"_s, u"tls"_s },
                                    { u"nostarttls"_s, u"none"_s } },
                     .refusals = { { u"tmpfail"_s, 451 }, { u"nouser"_s, 550 } } })
    { }

private:
    qsizetype connections(const Listener & /*listener*/) const override
    {
        // Exim logs a port for each message that comes in.
        QSet<QByteArray> ports;
        for (const QByteArray &line : arrivals()) {
            ports.insert(line.mid(line.indexOf("[127.0.0.1]:") + 12, 5));
        }
        return ports.size();
    }

    QList<QByteArray> arrivals() const
    {
        QList<QByteArray> lines = server().log(u"exim_main.log"_s);
        lines.removeIf([](const QByteArray &line) { return !line.contains(" <= "); });
        return lines;
    }

private Q_SLOTS:
    void messages_comeInChunksAndPipelined_data();
    void messages_comeInChunksAndPipelined();
    void refusalAfterTheLastOctet_isEverybodys();
    void mechanismThatWasAskedFor_isUsed_data();
    void mechanismThatWasAskedFor_isUsed();
    void moreRecipientsThanOneMessageMayHave_areAllReached();
    void addressWithUnicode_isReached();
    void reportOfSuccess_namesTheEnvelopeAndTheRecipient();
    void certificate_signsIn();
};

void EximTest::messages_comeInChunksAndPipelined_data()
{
    addListeners();
}

void EximTest::messages_comeInChunksAndPipelined()
{
    QFETCH(Listener, listener);
    const qsizetype before = arrivals().size();
    QStringList arguments;
    for (int number = 0; number < 3; ++number) {
        arguments += { u"--eml"_s, messageFile(newSubject()).path };
    }
    const ProgramResult sent = send(listener, arguments);
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QList<QByteArray> arrived = arrivals().sliced(before);
    QCOMPARE(arrived.size(), 3);
    for (const QByteArray &line : arrived) {
        // Exim's marks for PIPELINING and CHUNKING that were used.
        QVERIFY2(line.contains(" L ") || line.contains(" L. "), line.constData());
        QVERIFY2(line.contains(" K "), line.constData());
    }
}

void EximTest::refusalAfterTheLastOctet_isEverybodys()
{
    const QByteArray subject = newSubject();
    const ProgramResult sent = send(
        listener(u"submissions"_s),
        { u"--eml"_s, messageFile(subject).path, u"--to"_s, u"bob@example.test, dataonly@example.test"_s });
    QVERIFY2(sent.exitCode == AllRefused || sent.exitCode == Refused, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"failed"_s);
    const QHash<QString, QJsonObject> recipients = byAddress(sent.json());
    for (const QString &address : { u"bob@example.test"_s, u"dataonly@example.test"_s }) {
        QCOMPARE(recipients.value(address).value("state"_L1).toString(), u"failed"_s);
        QCOMPARE(recipients.value(address).value("code"_L1).toInt(), 550);
    }
    verifyNotDelivered(subject);
}

void EximTest::mechanismThatWasAskedFor_isUsed_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::addColumn<QByteArray>("logged");
    QTest::newRow("PLAIN") << u"plain"_s << QByteArray("A=plain:alice@example.test");
    QTest::newRow("LOGIN") << u"login"_s << QByteArray("A=login:alice@example.test");
    QTest::newRow("CRAM-MD5") << u"cram-md5"_s << QByteArray("A=cram:alice@example.test");
}

void EximTest::mechanismThatWasAskedFor_isUsed()
{
    QFETCH(QString, mechanism);
    QFETCH(QByteArray, logged);
    const qsizetype before = arrivals().size();
    const ProgramResult sent = send(listener(u"submission"_s),
                                    { u"--eml"_s, messageFile(newSubject()).path, u"--auth"_s, mechanism });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QList<QByteArray> arrived = arrivals().sliced(before);
    QCOMPARE(arrived.size(), 1);
    QVERIFY2(arrived.first().contains(logged), arrived.first().constData());
}

void EximTest::moreRecipientsThanOneMessageMayHave_areAllReached()
{
    constexpr int Recipients = 320; // Exim takes 250 here
    const QByteArray subject = newSubject();
    QStringList addresses;
    QSet<QByteArray> expected;
    for (int number = 0; number < Recipients; ++number) {
        addresses.append(u"many%1@example.test"_s.arg(number));
        expected.insert(addresses.last().toLatin1());
    }
    const ProgramResult sent
        = send(listener(u"submissions"_s),
               { u"--eml"_s, messageFile(subject).path, u"--to"_s, addresses.join(u", "_s) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(byAddress(sent.json()).size(), Recipients);
    QCOMPARE(reached(subject, Recipients), expected);
}

void EximTest::addressWithUnicode_isReached()
{
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send(listener(u"submissions"_s),
               { u"--eml"_s, messageFile(subject).path, u"--to"_s, u"jürgen@example.test"_s });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(reached(subject, 1), (QSet<QByteArray> { "jürgen@example.test" }));
}

void EximTest::reportOfSuccess_namesTheEnvelopeAndTheRecipient()
{
    verifyReportOfSuccess(listener(u"submissions"_s));
}

void EximTest::certificate_signsIn()
{
    const qsizetype before = arrivals().size();
    const QString certificate = server().path(u"pki/alice"_s);
    Listener tls = listener(u"submissions"_s);
    tls.signIn = Listener::SignIn::No;
    const ProgramResult sent = send(tls,
                                    { u"--eml"_s, messageFile(newSubject()).path, u"--auth"_s, u"external"_s,
                                      u"--client-cert"_s, certificate + u".pem"_s, u"--client-key"_s,
                                      certificate + u".key"_s, u"--user"_s, u"alice@example.test"_s });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QList<QByteArray> arrived = arrivals().sliced(before);
    QCOMPARE(arrived.size(), 1);
    QVERIFY2(arrived.first().contains("A=external:alice@example.test"), arrived.first().constData());
}

} // namespace postrider::integration

QTEST_GUILESS_MAIN(postrider::integration::EximTest)
#include "tst_exim.moc"
