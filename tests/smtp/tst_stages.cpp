// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

namespace {

/// A conversation that reaches every stage. What was played so far plus an accident is a test of its own.
struct Leg
{
    const char *name;
    QByteArray script;
    Failure::Stage stage; ///< of what is awaited at its end
    QByteArray stageName;
    std::chrono::milliseconds timeout; ///< of the answer awaited at its end; 0: none is
};

QList<Leg> legs()
{
    using Stage = Failure::Stage;
    return {
        { "greeting", ""_ba, Stage::Greeting, "Greeting"_ba, 5min },
        { "EHLO", "S: 220 mx\nC: EHLO [127.0.0.1]\n"_ba, Stage::Ehlo, "Ehlo"_ba, 5min },
        { "STARTTLS", "S: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\n"_ba, Stage::StartTls, "StartTls"_ba, 5min },
        { "handshake", "S: 220 go\nE: BeginTls\n"_ba, Stage::TlsHandshake, "TlsHandshake"_ba, 0min },
        { "second EHLO", "TLS\nC: EHLO [127.0.0.1]\n"_ba, Stage::Ehlo, "Ehlo"_ba, 5min },
        { "before AUTH", "S: 250-mx\nS: 250 AUTH PLAIN\nE: CredentialsWanted PLAIN\n"_ba, Stage::Auth,
          "Auth"_ba, 0min },
        { "AUTH", "AUTH PLAIN tim tanstaaf\nC: AUTH PLAIN AHRpbQB0YW5zdGFhZg==\n"_ba, Stage::Auth, "Auth"_ba,
          5min },
        { "ready", "S: 235 ok\nE: Ready\n"_ba, Stage::Mail, "Mail"_ba, 0min },
        { "MAIL",
          "BODY: hi\nSUBMIT 1 <a@example.org> <b@example.org> <c@example.org>\nC: MAIL FROM:<a@example.org>\n"_ba,
          Stage::Mail, "Mail"_ba, 5min },
        { "first RCPT", "S: 250 ok\nC: RCPT TO:<b@example.org>\n"_ba, Stage::Rcpt, "Rcpt"_ba, 5min },
        { "second RCPT", "S: 250 ok\nC: RCPT TO:<c@example.org>\nE: RecipientAccepted 1 0 250\n"_ba,
          Stage::Rcpt, "Rcpt"_ba, 5min },
        { "DATA", "S: 250 ok\nC: DATA\nE: RecipientAccepted 1 1 250\n"_ba, Stage::Data, "Data"_ba, 2min },
        { "content", "S: 354 go\nC: hi\nE: FinalOctetDue 1\n"_ba, Stage::Content, "Content"_ba, 0min },
        { "end of content", "RELEASE\nC: .\n"_ba, Stage::ContentEnd, "ContentEnd"_ba, 10min },
        { "ready again", "S: 250 taken\nE: Delivered 1 250\nE: Ready\n"_ba, Stage::Mail, "Mail"_ba, 0min },
        { "QUIT", "QUIT\nC: QUIT\n"_ba, Stage::Quit, "Quit"_ba, 5s },
    };
}

bool hasOpenTransaction(const QByteArray &legName)
{
    return QList {
        "MAIL"_ba, "first RCPT"_ba, "second RCPT"_ba, "DATA"_ba, "content"_ba, "end of content"_ba
    }
        .contains(legName);
}

/// The events with which a session ends at a leg: the open transaction is told first.
QByteArray endOf(const Leg &leg, const QByteArray &cause, const QByteArray &custody,
                 const QByteArray &reply = {})
{
    if (leg.stage == Failure::Stage::Quit)
        return "E: Finished\n"_ba;
    const QByteArray failure = leg.stageName + ' ' + cause + ' ' + custody + reply + '\n';
    return (hasOpenTransaction(leg.name) ? "E: TransactionFailed 1 " + failure : QByteArray())
        + "E: SessionFailed " + failure;
}

void addLegs()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("index");
    const QList<Leg> all = legs();
    QByteArray before;
    for (int i = 0; i < all.size(); ++i) {
        before += all.at(i).script;
        QTest::newRow(all.at(i).name) << before << i;
    }
}

} // namespace

/// What ends a session, at every stage of it.
class TestStages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lostConnection_endsTheSession_data();
    void lostConnection_endsTheSession();
    void reply421_endsTheSession_data();
    void reply421_endsTheSession();
    void garbage_endsTheSession_data();
    void garbage_endsTheSession();
    void silence_endsTheSessionAtItsTimeout_data();
    void silence_endsTheSessionAtItsTimeout();
    void quit_endsTheSessionAnywhere_data();
    void quit_endsTheSessionAnywhere();
    void aMessageSubmittedToADeadSession_isAnswered();
};

void TestStages::lostConnection_endsTheSession_data()
{
    addLegs();
}

void TestStages::lostConnection_endsTheSession()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    const Leg leg = legs().at(index);
    const bool isUnknown = leg.stage == Failure::Stage::ContentEnd;
    const QString difference = played(
        before + "CLOSE\n" + endOf(leg, "ConnectionLost"_ba, isUnknown ? "Unknown"_ba : "NotAccepted"_ba));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestStages::reply421_endsTheSession_data()
{
    addLegs();
}

/// Past the last octet, too, a 421 says that the message was not taken.
void TestStages::reply421_endsTheSession()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    Leg leg = legs().at(index);
    QByteArray cause = "Refused"_ba;
    QByteArray reply = " 421 4.3.2"_ba;
    if (leg.stage == Failure::Stage::TlsHandshake) { // nothing in plain text counts there
        leg.stageName = "StartTls"_ba;
        cause = "Unsolicited"_ba;
        reply.clear();
    }
    const QString difference
        = played(before + "S: 421 4.3.2 closing\n" + endOf(leg, cause, "NotAccepted"_ba, reply));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestStages::garbage_endsTheSession_data()
{
    addLegs();
}

void TestStages::garbage_endsTheSession()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    Leg leg = legs().at(index);
    QByteArray cause = "Malformed"_ba;
    if (leg.stage == Failure::Stage::TlsHandshake) {
        leg.stageName = "StartTls"_ba;
        cause = "Unsolicited"_ba;
    }
    const bool isUnknown = leg.stage == Failure::Stage::ContentEnd;
    const QString difference = played(before + "S: HTTP/1.1 400 Bad Request\n"
                                      + endOf(leg, cause, isUnknown ? "Unknown"_ba : "NotAccepted"_ba));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestStages::silence_endsTheSessionAtItsTimeout_data()
{
    addLegs();
}

void TestStages::silence_endsTheSessionAtItsTimeout()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    const Leg leg = legs().at(index);
    if (leg.timeout == 0ms) { // it is the caller's turn
        const QString difference = played(before + "WAIT 600m\n");
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
        return;
    }
    const bool isUnknown = leg.stage == Failure::Stage::ContentEnd;
    const QByteArray nearly = QByteArray::number(qlonglong(leg.timeout.count() - 1));
    const QString difference
        = played(before + "WAIT " + nearly + "ms\nWAIT 1ms\n"
                 + endOf(leg, "TimedOut"_ba, isUnknown ? "Unknown"_ba : "NotAccepted"_ba));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestStages::quit_endsTheSessionAnywhere_data()
{
    addLegs();
}

void TestStages::quit_endsTheSessionAnywhere()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    const Leg leg = legs().at(index);
    using Stage = Failure::Stage;
    const QByteArray told = hasOpenTransaction(leg.name)
        ? "E: TransactionFailed 1 " + leg.stageName + " ConnectionLost NotAccepted\n"
        : QByteArray();
    QByteArray expected;
    if (leg.stage == Stage::ContentEnd || leg.stage == Stage::Quit) {
        expected = "QUIT\n"_ba; // nothing happens: the answer that is awaited decides
    } else if (leg.timeout == 0ms && leg.stage != Stage::TlsHandshake && leg.stage != Stage::Content) {
        expected = "QUIT\nC: QUIT\nS: 221 bye\nE: Finished\n"_ba;
    } else if (QList { Stage::Ehlo, Stage::Mail, Stage::Rcpt }.contains(leg.stage)) {
        expected = "QUIT\n" + told + "S: 250 ok\nC: QUIT\nS: 221 bye\nE: Finished\n";
    } else {
        expected = "QUIT\n" + told + "E: Finished\n";
    }
    const QString difference = played(before + expected);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

/// The end may be on its way to a caller that acts on an earlier Ready.
void TestStages::aMessageSubmittedToADeadSession_isAnswered()
{
    Driven driven;
    driven.makeReady();
    driven.says("421 4.3.2 idle\r\n"_ba);
    Envelope envelope;
    envelope.recipients = { "b@example.org"_ba };
    driven.session.submit(5, envelope, content("x"_ba), driven.now);
    QCOMPARE(driven.told(),
             (QList { "TransactionFailed 5 Mail Refused NotAccepted 421 4.3.2"_ba,
                      "SessionFailed Mail Refused NotAccepted 421 4.3.2"_ba }));
    driven.session.submit(6, envelope, content("x"_ba), driven.now);
    QVERIFY(driven.told().isEmpty());
}

QTEST_GUILESS_MAIN(TestStages)
#include "tst_stages.moc"
