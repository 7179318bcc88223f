// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using postrider::support::MailServer;
using postrider::support::ProgramResult;

namespace postrider::integration {

/// Postfix, and Dovecot's submission server, which hands on to it while the client waits.
class SubmissionTest final : public PeerTest
{
    Q_OBJECT

public:
    SubmissionTest()
        : PeerTest({ .script = u"postfix-dovecot"_s,
                     .listeners = { { u"submission"_s, u"starttls"_s },
                                    { u"submissions"_s, u"tls"_s },
                                    { u"nostarttls"_s, u"none"_s },
                                    { u"dovecot"_s, u"starttls"_s },
                                    { u"dovecots"_s, u"tls"_s },
                                    { u"dovecot"_s, u"none"_s } },
                     .refusals = { { u"greylist"_s, 450 },
                                   { u"tmpfail"_s, 451 },
                                   { u"nouser"_s, 550 },
                                   { u"quota"_s, 552 },
                                   { u"policy"_s, 554 } } })
    { }

private:
    qsizetype connections(const Listener &listener) const override
    {
        // Dovecot's log tells the sign-ins, Postfix's what each client did.
        const bool isDovecot = listener.role.startsWith(u"dovecot");
        const QList<QByteArray> lines = server().log(isDovecot ? u"dovecot.log"_s : u"postfix.log"_s);
        return std::count_if(lines.cbegin(), lines.cend(), [&](const QByteArray &line) {
            return isDovecot ? line.contains("submission-login: Info: Login:")
                             : line.contains("disconnect from") && line.contains(" auth=1");
        });
    }

private Q_SLOTS:
    void moreRecipientsThanOneMessageMayHave_areAllReached_data();
    void moreRecipientsThanOneMessageMayHave_areAllReached();
    void serverWithoutExtensions_getsTheMessageToo();
    void messageAboveTheServersLimit_isNotSentAtAll();
    void addressWithUnicode_isReached_data();
    void addressWithUnicode_isReached();
    void badCertificate_isToldAndNothingArrives_data();
    void badCertificate_isToldAndNothingArrives();
    void startTlsThatIsMissing_isToldAndNothingArrives();
    void olderTls_isTold();
    void reportOfSuccess_namesTheEnvelopeAndTheRecipient();
};

void SubmissionTest::moreRecipientsThanOneMessageMayHave_areAllReached_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("Postfix") << u"submission"_s;
    QTest::newRow("Dovecot") << u"dovecots"_s;
}

void SubmissionTest::moreRecipientsThanOneMessageMayHave_areAllReached()
{
    constexpr int Recipients = 250; // Postfix takes 220 here, Dovecot 210
    QFETCH(QString, role);
    const QByteArray subject = newSubject();
    QStringList addresses;
    QSet<QByteArray> expected;
    for (int number = 0; number < Recipients; ++number) {
        addresses.append(u"many%1@example.test"_s.arg(number));
        expected.insert(addresses.last().toLatin1());
    }
    const ProgramResult sent
        = send(listener(role), { u"--eml"_s, messageFile(subject).path, u"--to"_s, addresses.join(u", "_s) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QHash<QString, QJsonObject> recipients = byAddress(sent.json());
    QCOMPARE(recipients.size(), Recipients);
    QVERIFY(std::all_of(recipients.cbegin(), recipients.cend(), [](const QJsonObject &recipient) {
        return recipient.value("state"_L1).toString() == u"sent";
    }));
    QCOMPARE(reached(subject, Recipients), expected);
    QVERIFY(server().waitUntilQuiet());
    QCOMPARE(delivered(subject).size(), Recipients); // nobody got two
}

void SubmissionTest::serverWithoutExtensions_getsTheMessageToo()
{
    const Listener minimal { u"minimal"_s, u"tls"_s };
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send(minimal,
               { u"--from"_s, u"alice@example.test"_s, u"--to"_s,
                 u"user1@example.test, nouser@example.test, user2@example.test"_s, u"--subject"_s,
                 QString::fromLatin1(subject), u"--text"_s,
                 files().writeBeside(u"text.txt"_s, ".\nGrüße ✓\n"), u"--attach"_s,
                 files().writeBeside(u"data.bin"_s, QByteArray("\0\r\n.\r\n\xff", 7).repeated(100)) });
    QVERIFY2(sent.exitCode == SomeRefused, told(sent).constData());
    const QJsonObject refused = byAddress(sent.json()).value(u"nouser@example.test"_s);
    QCOMPARE(refused.value("code"_L1).toInt(), 550);
    QCOMPARE(reached(subject, 2), (QSet<QByteArray> { "user1@example.test", "user2@example.test" }));
}

void SubmissionTest::messageAboveTheServersLimit_isNotSentAtAll()
{
    const Listener minimal { u"minimal"_s, u"tls"_s };
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send(minimal,
               { u"--from"_s, u"alice@example.test"_s, u"--to"_s, u"bob@example.test"_s, u"--subject"_s,
                 QString::fromLatin1(subject), u"--text"_s,
                 files().writeBeside(u"text.txt"_s, QByteArray("word ").repeated(20'000)) });
    QVERIFY2(sent.exitCode == Refused, told(sent).constData());
    // What the server takes and what the message has, as a person reads sizes.
    QVERIFY2(sent.json().value("sentence"_L1).toString().contains(QRegularExpression(u"\\d.*\\d"_s)),
             told(sent).constData());
    QVERIFY(server().waitUntilQuiet());
    verifyNotDelivered(subject);
}

void SubmissionTest::addressWithUnicode_isReached_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("with SMTPUTF8") << u"submission"_s << Done;
    QTest::newRow("without") << u"dovecot"_s << Refused;
}

void SubmissionTest::addressWithUnicode_isReached()
{
    QFETCH(QString, role);
    QFETCH(int, exitCode);
    const QByteArray subject = newSubject();
    const ProgramResult sent = send(
        listener(role), { u"--eml"_s, messageFile(subject).path, u"--to"_s, u"jürgen@example.test"_s });
    QVERIFY2(sent.exitCode == exitCode, told(sent).constData());
    if (exitCode == Done) {
        QCOMPARE(reached(subject, 1), (QSet<QByteArray> { "jürgen@example.test" }));
    } else {
        QVERIFY(server().waitUntilQuiet());
        verifyNotDelivered(subject);
    }
}

void SubmissionTest::badCertificate_isToldAndNothingArrives_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("wrong name") << u"wrongname"_s;
    QTest::newRow("expired") << u"expired"_s;
    QTest::newRow("self-signed") << u"selfsigned"_s;
}

void SubmissionTest::badCertificate_isToldAndNothingArrives()
{
    QFETCH(QString, role);
    const QByteArray subject = newSubject();
    const Listener bad { role, server().security(role) };
    const qsizetype before = connections(bad);
    const ProgramResult sent = send(bad, { u"--eml"_s, messageFile(subject).path });
    QVERIFY2(sent.exitCode == Protocol, told(sent).constData());
    verifyNotDelivered(subject);
    // The password stayed here.
    QCOMPARE(connections(bad), before);
}

void SubmissionTest::startTlsThatIsMissing_isToldAndNothingArrives()
{
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send({ u"nostarttls"_s, u"starttls"_s }, { u"--eml"_s, messageFile(subject).path });
    QVERIFY2(sent.exitCode == Protocol, told(sent).constData());
    verifyNotDelivered(subject);
}

void SubmissionTest::olderTls_isTold()
{
    const ProgramResult sent
        = send({ u"tls12"_s, u"starttls"_s }, { u"--eml"_s, messageFile(newSubject()).path });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(sent.json().value("server"_L1)["tls"_L1].toString(), u"TLS 1.2"_s);
}

void SubmissionTest::reportOfSuccess_namesTheEnvelopeAndTheRecipient()
{
    verifyReportOfSuccess(listener(u"submissions"_s)); // Dovecot's server does not offer DSN
}

} // namespace postrider::integration

QTEST_GUILESS_MAIN(postrider::integration::SubmissionTest)
#include "tst_submission.moc"
