// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/session.h"
#include "support/smtpscript.h"

#include <QBuffer>
#include <QDir>
#include <QTest>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using support::SmtpScript;

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

QString playedAtEveryCut(const SmtpScript &script)
{
    for (const int server : { 0, 1, 2, 3, 5, 7, 1000 }) {
        for (const int client : { 0, 1, 7 }) {
            const QString difference = script.play(server, client);
            if (!difference.isEmpty())
                return u"server's octets by %1, client's by %2: %3"_s.arg(server).arg(client).arg(difference);
        }
    }
    return {};
}

QString played(const QByteArray &text)
{
    const auto script = SmtpScript::fromText(text);
    return script ? playedAtEveryCut(*script) : script.error();
}

QList<QByteArray> filtered(const QList<QByteArray> &told, const QByteArray &what)
{
    QList<QByteArray> found;
    std::copy_if(told.begin(), told.end(), std::back_inserter(found),
                 [&what](const QByteArray &line) { return line.startsWith(what); });
    return found;
}

std::unique_ptr<QIODevice> content(const QByteArray &octets)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(octets);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

/// A session on implicit TLS and the time it lives in, driven by hand.
class Driven
{
public:
    explicit Driven(SessionConfig config = { .security = Security::ImplicitTls })
        : session(std::move(config), now)
    { }

    QByteArray says(const QByteArray &octets)
    {
        session.receive(octets, now);
        return taken();
    }
    QByteArray taken() { return session.takeOutput(1'000'000, now); }
    QList<QByteArray> told()
    {
        QList<QByteArray> events;
        while (const auto what = session.nextEvent())
            events.append(SmtpScript::describe(*what));
        return events;
    }
    void makeReady(const QByteArray &keywords = {})
    {
        says("220 mx\r\n"_ba);
        QByteArray ehlo = "mx"_ba;
        if (!keywords.isEmpty())
            ehlo += ' ' + keywords;
        QList<QByteArray> lines = ehlo.split(' ');
        const QByteArray last = "250 " + lines.takeLast() + "\r\n";
        QByteArray reply;
        for (const QByteArray &line : std::as_const(lines))
            reply += "250-" + line + "\r\n";
        says(reply + last);
        session.skipAuthentication(now);
        told();
    }
    void submit(TransactionId id, std::unique_ptr<QIODevice> device, qint64 size = 0)
    {
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = size;
        session.submit(id, envelope, std::move(device), now);
    }
    /// Lets one message go, so that the session knows BDAT to work.
    void proveChunking()
    {
        submit(100, content("x"_ba));
        QVERIFY(taken().isEmpty());
        session.releaseFinalOctet({ 100 }, now);
        taken();
        says("250 ok\r\n250 ok\r\n250 ok\r\n"_ba);
        QCOMPARE(session.freeSlots(), 8);
        told();
    }
    /// Goes on to the 354; the session then has the content to give.
    void startContent(const QByteArray &octets)
    {
        makeReady();
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = octets.size();
        session.submit(1, envelope, content(octets), now);
        taken();
        says("250 ok\r\n"_ba);
        says("250 ok\r\n"_ba);
        session.receive("354 go\r\n", now);
        told();
    }

    MonotonicTime now {};
    Session session;
};

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void transcript_playsAsWritten_data();
    void transcript_playsAsWritten();
    void aWrongTranscript_isNoticed();

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

    void contentThatMoves_isNeverTooSlow();
    void contentThatStands_timesOut();
    void finalOctet_staysBackUntilReleased();
    void aReplyBehindThe354_isNeverAnAnswerToTheContent();
    void progress_countsContentAndComesOnceForManyPieces();
    void largeContent_isReadOnlyAsItIsTaken();
    void deadContent_endsTheSession();
    void contentShorterThanItsSize_isNeverEnded();
    void aMessageSubmittedToADeadSession_isAnswered();
    void aWindow_leavesInOnePiece();
    void unreadableContentInAWindow_failsAlone();
    void laterMessages_doNotProlongAnEarlierWait();
    void largeContent_leavesInChunks_data();
    void largeContent_leavesInChunks();
    void aRefusedChunk_endsTheTransaction();
    void chunkedContentThatBreaksOff_endsOnlyItsTransaction();
    void aFallbackFromChunks_readsTheContentAgain();
    void manyRecipients_leaveInOneFlight();
    void keyDerivation_isAskedForAndItsResultUsed();
    void success_withoutTheServersProof_isRefused();
    void secrets_areNotInTheTranscript_data();
    void secrets_areNotInTheTranscript();
    void transcript_showsCommandsRepliesAndTheSizeOfContent();
    void clientName_isReplacedWhenItIsNone_data();
    void clientName_isReplacedWhenItIsNone();
    void whatWasLearntBeforeTls_isForgotten();
    void implicitTls_waitsForTheGreetingFromTheHandshakeOn();
    void unusedPassword_isNeverSaidWithoutTls();
};

void TestSession::transcript_playsAsWritten_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(POSTRIDER_TEST_DATA) + u"/smtp"_s);
    const QStringList names = folder.entryList({ u"*.txt"_s }, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QTest::newRow(qPrintable(name.chopped(4))) << folder.filePath(name);
}

void TestSession::transcript_playsAsWritten()
{
    QFETCH(QString, path);
    const auto script = SmtpScript::fromFile(path);
    QVERIFY2(script.has_value(), script ? "" : qPrintable(script.error()));
    const QString difference = playedAtEveryCut(*script);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

/// The player itself: each of these differs from what the session does.
void TestSession::aWrongTranscript_isNoticed()
{
    QVERIFY(played("S: 220 mx\nC: EHLO [127.0.0.1]\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\nC: EHLO other\n"_ba).isEmpty());
    QVERIFY(!played("S: 220 mx\nC: EHLO [127.0.0.1]\nE: Ready\n"_ba).isEmpty());
    QVERIFY(!played("CLOSE\n"_ba).isEmpty());
    QVERIFY(!played("CLOSE\nE: SessionFailed Greeting TimedOut NotAccepted\n"_ba).isEmpty());
    QVERIFY(!SmtpScript::fromText("NONSENSE\n"_ba));
}

void TestSession::lostConnection_endsTheSession_data()
{
    addLegs();
}

void TestSession::lostConnection_endsTheSession()
{
    QFETCH(QByteArray, before);
    QFETCH(int, index);
    const Leg leg = legs().at(index);
    const bool isUnknown = leg.stage == Failure::Stage::ContentEnd;
    const QString difference = played(
        before + "CLOSE\n" + endOf(leg, "ConnectionLost"_ba, isUnknown ? "Unknown"_ba : "NotAccepted"_ba));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

void TestSession::reply421_endsTheSession_data()
{
    addLegs();
}

/// Past the last octet, too, a 421 says that the message was not taken.
void TestSession::reply421_endsTheSession()
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

void TestSession::garbage_endsTheSession_data()
{
    addLegs();
}

void TestSession::garbage_endsTheSession()
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

void TestSession::silence_endsTheSessionAtItsTimeout_data()
{
    addLegs();
}

void TestSession::silence_endsTheSessionAtItsTimeout()
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

void TestSession::quit_endsTheSessionAnywhere_data()
{
    addLegs();
}

void TestSession::quit_endsTheSessionAnywhere()
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

void TestSession::contentThatMoves_isNeverTooSlow()
{
    Driven driven;
    driven.startContent(QByteArray(300, 'x') + "\r\n");
    for (int i = 0; i < 300; ++i) { // one octet in just under three minutes, fifteen hours in all
        QCOMPARE(driven.session.takeOutput(1, driven.now), "x"_ba);
        driven.now += 3min - 1ms;
        driven.session.handleTimeout(driven.now);
    }
    QCOMPARE(driven.taken(), "\r\n"_ba);
    QVERIFY(driven.told().contains("FinalOctetDue 1"_ba));
}

void TestSession::contentThatStands_timesOut()
{
    Driven driven;
    driven.startContent("xyz\r\n"_ba);
    QCOMPARE(driven.session.takeOutput(1, driven.now), "x"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 3min));
    driven.session.handleTimeout(driven.now + 3min);
    QCOMPARE(driven.told(),
             (QList { "Progress 1 1"_ba, "TransactionFailed 1 Content TimedOut NotAccepted"_ba,
                      "SessionFailed Content TimedOut NotAccepted"_ba }));
    QVERIFY(driven.taken().isEmpty());
}

void TestSession::finalOctet_staysBackUntilReleased()
{
    Driven driven;
    driven.startContent("x\r\n"_ba);
    QCOMPARE(driven.taken(), "x\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 3"_ba, "FinalOctetDue 1"_ba }));
    QVERIFY(!driven.session.deadline());

    driven.session.releaseFinalOctet({ 2 }, driven.now); // another message
    QVERIFY(driven.taken().isEmpty());
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    QCOMPARE(driven.session.takeOutput(2, driven.now), ".\r"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 3min));
    QCOMPARE(driven.taken(), "\n"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 10min));
    QVERIFY(driven.told().isEmpty());
    driven.says("250 2.0.0 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Delivered 1 250 2.0.0"_ba, "Ready"_ba }));
}

void TestSession::aReplyBehindThe354_isNeverAnAnswerToTheContent()
{
    Driven driven;
    driven.startContent("x\r\n"_ba);
    driven.session.receive("250 2.0.0 queued\r\n", driven.now); // nothing of the content was taken yet
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(driven.told(),
             (QList { "TransactionFailed 1 Content Unsolicited NotAccepted"_ba,
                      "SessionFailed Content Unsolicited NotAccepted"_ba }));
}

void TestSession::progress_countsContentAndComesOnceForManyPieces()
{
    Driven driven;
    driven.startContent(".a\r\n.b"_ba);
    QCOMPARE(driven.session.takeOutput(4, driven.now), "..a\r"_ba);
    QCOMPARE(driven.session.takeOutput(1, driven.now), "\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 4"_ba }));
    QCOMPARE(driven.taken(), "..b\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 8"_ba, "FinalOctetDue 1"_ba }));
}

void TestSession::largeContent_isReadOnlyAsItIsTaken()
{
    class Endless final : public QIODevice
    {
    public:
        explicit Endless(qint64 *given)
            : m_given(given)
        {
            open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        }
        [[nodiscard]] bool isSequential() const override { return true; }

    protected:
        qint64 readData(char *data, qint64 maxSize) override
        {
            std::fill_n(data, maxSize, 'x');
            *m_given += maxSize;
            return maxSize;
        }
        qint64 writeData(const char *, qint64) override { return -1; }

    private:
        qint64 *m_given;
    };

    Driven driven;
    driven.makeReady();
    qint64 given = 0;
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    envelope.recipients = { "b@example.org"_ba };
    driven.session.submit(1, envelope, std::make_unique<Endless>(&given), driven.now);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    driven.session.receive("354 go\r\n", driven.now);
    QCOMPARE(given, 0);
    qint64 taken = 0;
    for (int i = 0; i < 1000; ++i) {
        taken += driven.session.takeOutput(10'000, driven.now).size();
        QVERIFY(given - taken <= 64 * 1024);
    }
    QCOMPARE(taken, 10'000'000);
}

void TestSession::deadContent_endsTheSession()
{
    Driven driven;
    driven.makeReady();
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    envelope.recipients = { "b@example.org"_ba };
    driven.session.submit(1, envelope, nullptr, driven.now);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("354 go\r\n"_ba).isEmpty());
    QCOMPARE(driven.told(),
             (QList { "RecipientAccepted 1 0 250"_ba,
                      "TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba,
                      "SessionFailed Content ContentUnreadable NotAccepted"_ba }));
}

/// Half a message is none: its last line is not said, so that no server can take it.
void TestSession::contentShorterThanItsSize_isNeverEnded()
{
    for (const qsizetype piece : { 1, 2, 1000 }) {
        Driven driven;
        driven.makeReady();
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = 100;
        driven.session.submit(1, envelope, content("hi\r\n"_ba), driven.now);
        driven.taken();
        driven.says("250 ok\r\n"_ba);
        driven.says("250 ok\r\n"_ba);
        driven.session.receive("354 go\r\n", driven.now);
        driven.told();
        QByteArray wire;
        for (int i = 0; i < 10; ++i)
            wire += driven.session.takeOutput(piece, driven.now);
        QVERIFY("hi\r\n"_ba.startsWith(wire));
        const QList<QByteArray> told = driven.told();
        QVERIFY(told.contains("TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba));
        QCOMPARE(told.constLast(), "SessionFailed Content ContentUnreadable NotAccepted"_ba);
    }
}

/// The end may be on its way to a caller that acts on an earlier Ready.
void TestSession::aMessageSubmittedToADeadSession_isAnswered()
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

void TestSession::aWindow_leavesInOnePiece()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    QCOMPARE(driven.session.freeSlots(), 1); // nobody knows yet whether BDAT works
    driven.proveChunking();
    for (TransactionId id = 1; id <= 8; ++id)
        driven.submit(id, content(QByteArray(2000, 'x') + "\r\n"), 2002);
    QCOMPARE(driven.session.freeSlots(), 0);
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(driven.told(), (QList { "FinalOctetDue 1 2 3 4 5 6 7 8"_ba }));
    driven.session.releaseFinalOctet({ 8, 7, 6, 5, 4, 3, 2, 1 }, driven.now);
    const QByteArray flight = driven.session.takeOutput(Session::BlockOctets, driven.now);
    QCOMPARE(flight.count("BDAT 2002 LAST\r\n"), 8);
    QCOMPARE(flight.count("RSET\r\n"), 7);
    QVERIFY(flight.startsWith("MAIL") && driven.taken().isEmpty());
    for (int i = 0; i < 8; ++i)
        driven.says(i == 0 ? "250 ok\r\n250 ok\r\n250 ok\r\n"_ba
                           : "250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n"_ba);
    const QList<QByteArray> told = driven.told();
    QCOMPARE(filtered(told, "Delivered"_ba).size(), 8);
    QCOMPARE(filtered(told, "Ready"_ba).size(), 1); // slots were free from the first on
    QCOMPARE(driven.session.freeSlots(), 8);
}

void TestSession::unreadableContentInAWindow_failsAlone()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.proveChunking();
    driven.submit(1, content("one\r\n"_ba));
    driven.submit(2, nullptr);
    driven.submit(3, content("short"_ba), 100);
    driven.submit(4, content("four\r\n"_ba));
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(
        driven.told(),
        (QList { "TransactionFailed 2 Content ContentUnreadable NotAccepted"_ba,
                 "TransactionFailed 3 Content ContentUnreadable NotAccepted"_ba, "FinalOctetDue 1 4"_ba }));
    driven.session.releaseFinalOctet({ 1, 4 }, driven.now);
    const QByteArray flight = driven.taken();
    QVERIFY(flight.contains("one\r\n") && flight.endsWith("BDAT 6 LAST\r\nfour\r\n"));
}

void TestSession::laterMessages_doNotProlongAnEarlierWait()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.proveChunking();
    const MonotonicTime start = driven.now;
    for (TransactionId id = 1; id <= 4; ++id) {
        driven.submit(id, content("x\r\n"_ba));
        driven.taken();
        driven.session.releaseFinalOctet({ id }, driven.now);
        driven.taken();
        QCOMPARE(driven.session.deadline(), std::optional(start + 5min));
        driven.now += 1min;
    }
}

void TestSession::largeContent_leavesInChunks_data()
{
    QTest::addColumn<QByteArray>("keywords");
    QTest::newRow("CHUNKING alone") << "CHUNKING"_ba;
    QTest::newRow("with PIPELINING") << "CHUNKING PIPELINING"_ba;
}

void TestSession::largeContent_leavesInChunks()
{
    QFETCH(QByteArray, keywords);
    const bool canPipeline = keywords.contains("PIPELINING");
    QByteArray octets;
    for (int i = 0; octets.size() < 300'000; ++i)
        octets += ".line " + QByteArray::number(i) + "\r\n";
    for (const qint64 size : { qint64(0), qint64(octets.size()) }) {
        Driven driven;
        driven.makeReady(keywords);
        driven.submit(1, content(octets), size);
        driven.taken();
        driven.says("250 ok\r\n"_ba);
        driven.session.receive("250 ok\r\n", driven.now);
        QByteArray arrived;
        int chunks = 0;
        bool isLast = false;
        while (!isLast) {
            QByteArray block = driven.session.takeOutput(Session::BlockOctets + 100, driven.now);
            if (block.isEmpty()) {
                driven.session.releaseFinalOctet({ 1 }, driven.now);
                block = driven.session.takeOutput(Session::BlockOctets + 100, driven.now);
                isLast = true;
            }
            // Each piece is one chunk with its command.
            const qsizetype end = block.indexOf("\r\n");
            const QList<QByteArray> words = block.first(end).split(' ');
            QCOMPARE(words.value(0), "BDAT"_ba);
            QCOMPARE(words.value(2), isLast ? "LAST"_ba : QByteArray());
            QCOMPARE(words.value(1).toLongLong(), block.size() - end - 2);
            arrived += block.mid(end + 2);
            ++chunks;
            if (canPipeline && chunks % 2 == 0)
                continue; // it does not wait for the reply
            if (!canPipeline)
                QVERIFY(driven.taken().isEmpty());
            driven.session.receive("250 ok\r\n", driven.now);
        }
        QVERIFY(chunks >= 5);
        QCOMPARE(arrived, octets);
    }
}

void TestSession::aRefusedChunk_endsTheTransaction()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.submit(1, content(QByteArray(1'000'000, 'x')), 1'000'002);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.session.receive("250 ok\r\n", driven.now);
    for (int i = 0; i < 3; ++i)
        QVERIFY(driven.session.takeOutput(Session::BlockOctets, driven.now).startsWith("BDAT "));
    driven.told();
    driven.session.receive("250 ok\r\n552 5.3.4 too large\r\n", driven.now);
    QVERIFY(driven.taken().isEmpty()); // one reply is missing
    driven.session.receive("503 5.5.1 no\r\n", driven.now);
    QCOMPARE(driven.taken(), "RSET\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "TransactionFailed 1 Content Refused NotAccepted 552 5.3.4"_ba }));
    driven.says("250 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Ready"_ba }));
}

/// BDAT says beforehand how much comes, so that the server waits for nothing when the rest cannot be read.
void TestSession::chunkedContentThatBreaksOff_endsOnlyItsTransaction()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.submit(1, content(QByteArray(100'000, 'x')), 1'000'000);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("250 ok\r\n"_ba).startsWith("BDAT "));
    QCOMPARE(driven.says("250 ok\r\n"_ba), "RSET\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    const QList<QByteArray> told = driven.told();
    QVERIFY(told.contains("TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba));
    QCOMPARE(told.constLast(), "Ready"_ba);
}

void TestSession::aFallbackFromChunks_readsTheContentAgain()
{
    const QByteArray octets = ".first\r\n" + QByteArray(200'000, 'x') + "\r\n";
    Driven driven;
    driven.makeReady("CHUNKING"_ba);
    driven.submit(1, content(octets), octets.size());
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("250 ok\r\n"_ba).startsWith("BDAT "));
    QCOMPARE(driven.says("500 what\r\n"_ba), "RSET\r\n"_ba);
    QCOMPARE(driven.says("250 ok\r\n"_ba), "MAIL FROM:<a@example.org>\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    QCOMPARE(driven.says("250 ok\r\n"_ba), "DATA\r\n"_ba);
    driven.session.receive("354 go\r\n", driven.now);
    QByteArray arrived;
    for (QByteArray block = driven.taken(); !block.isEmpty(); block = driven.taken())
        arrived += block;
    QCOMPARE(arrived, QByteArray('.' + octets));
}

void TestSession::manyRecipients_leaveInOneFlight()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    for (int i = 0; i < 5000; ++i)
        envelope.recipients.append("b" + QByteArray::number(i) + "@example.org");
    driven.session.submit(1, envelope, content("x\r\n"_ba), driven.now);
    QVERIFY(driven.taken().isEmpty());
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    QByteArray flight;
    for (QByteArray piece = driven.taken(); !piece.isEmpty(); piece = driven.taken())
        flight += piece;
    QCOMPARE(flight.count("RCPT TO:<"), 5000);
    QVERIFY(flight.endsWith("BDAT 3 LAST\r\nx\r\n"));
    driven.says("250 ok\r\n" + QByteArray("250 ok\r\n").repeated(5000) + "250 2.0.0 taken\r\n");
    QVERIFY(driven.told().contains("Delivered 1 250 2.0.0"_ba));
}

namespace {

/// Speaks as SCRAM does, with a key to be derived and a server to be proven.
class ProvingMechanism final : public sasl::Mechanism
{
public:
    [[nodiscard]] QByteArray name() const override { return "PROVING"_ba; }
    [[nodiscard]] base::Expected<std::optional<base::Secret>, sasl::Error> initialResponse() override
    {
        return std::optional(base::Secret("first"_ba));
    }
    [[nodiscard]] base::Expected<sasl::Answer, sasl::Error> respond(QByteArrayView challenge) override
    {
        if (challenge == "salt")
            return sasl::Answer(sasl::KeyDerivation {});
        m_isProven = challenge == "proof";
        return sasl::Answer(base::Secret());
    }
    [[nodiscard]] base::Expected<base::Secret, sasl::Error> resume(base::Secret derivedKey) override
    {
        return base::Secret("key " + derivedKey.reveal().toByteArray());
    }
    [[nodiscard]] base::Expected<void, sasl::Error> verifySuccess() const override
    {
        if (!m_isProven)
            return base::Unexpected(sasl::Error::ServerNotVerified);
        return {};
    }

private:
    bool m_isProven = false;
};

} // namespace

void TestSession::keyDerivation_isAskedForAndItsResultUsed()
{
    Driven driven;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH PROVING\r\n"_ba);
    driven.session.authenticate(std::make_unique<ProvingMechanism>(), driven.now);
    QCOMPARE(driven.taken(), "AUTH PROVING Zmlyc3Q=\r\n"_ba);
    driven.told();
    QVERIFY(driven.says("334 c2FsdA==\r\n"_ba).isEmpty());
    QCOMPARE(driven.told(), (QList { "KeyDerivationWanted"_ba }));
    QVERIFY(!driven.session.deadline()); // the caller's turn
    driven.session.resumeAuthentication(base::Secret("k"_ba), driven.now);
    QCOMPARE(driven.taken(), QByteArray("key k"_ba.toBase64() + "\r\n"));
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 5min));
    QCOMPARE(driven.says("334 cHJvb2Y=\r\n"_ba), "\r\n"_ba);
    driven.says("235 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Ready"_ba }));
}

/// Who says 235 without having shown that it knows the password may be anybody.
void TestSession::success_withoutTheServersProof_isRefused()
{
    for (const QByteArray &before : { ""_ba, "334 c2FsdA==\r\n"_ba, "334 d3Jvbmc=\r\n"_ba }) {
        Driven driven;
        driven.says("220 mx\r\n"_ba);
        driven.says("250-mx\r\n250 AUTH PROVING\r\n"_ba);
        driven.session.authenticate(std::make_unique<ProvingMechanism>(), driven.now);
        driven.taken();
        driven.says(before);
        driven.session.resumeAuthentication(base::Secret("k"_ba), driven.now);
        driven.taken();
        driven.told();
        QVERIFY(driven.says("235 welcome\r\n"_ba).isEmpty());
        QCOMPARE(driven.told(), (QList { "SessionFailed Auth ServerNotVerified NotAccepted"_ba }));
    }
}

void TestSession::secrets_areNotInTheTranscript_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QList<QByteArray>>("shown");
    QTest::newRow("PLAIN") << "PLAIN"_ba
                           << "correct horse"_ba << QList { "AUTH PLAIN ***"_ba };
    QTest::newRow("PLAIN, too long for a command")
        << "PLAIN"_ba
        << "correct horse"_ba.repeated(40) << QList { "AUTH PLAIN"_ba, "***"_ba };
    QTest::newRow("LOGIN") << "LOGIN"_ba
                           << "correct horse"_ba << QList { "AUTH LOGIN"_ba, "***"_ba, "***"_ba };
}

void TestSession::secrets_areNotInTheTranscript()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(QByteArray, password);
    QFETCH(QList<QByteArray>, shown);

    Driven driven;
    QList<QByteArray> lines;
    driven.session.setTranscript([&lines](Session::Direction direction, QByteArrayView line) {
        if (direction == Session::Direction::ToServer)
            lines.append(line.toByteArray());
    });
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"_ba);
    driven.session.authenticate(sasl::makeMechanism(mechanism, { u"jörg"_s, base::Secret(password) }),
                                driven.now);
    QByteArray wire = driven.taken();
    for (qsizetype i = 1; i < shown.size(); ++i)
        wire += driven.says("334 \r\n"_ba);
    driven.says("235 ok\r\n"_ba);
    QVERIFY(driven.told().contains("Ready"_ba));

    QCOMPARE(lines, QList { "EHLO [127.0.0.1]"_ba } + shown);
    QVERIFY(wire.size() > password.size()); // it did go out
}

void TestSession::transcript_showsCommandsRepliesAndTheSizeOfContent()
{
    Driven driven;
    QByteArray shown;
    driven.session.setTranscript([&shown](Session::Direction direction, QByteArrayView line) {
        shown += (direction == Session::Direction::ToServer ? "C: " : "S: ") + line.toByteArray() + '\n';
    });
    driven.startContent(".secret text\r\n"_ba);
    driven.taken();
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    driven.taken();
    driven.says("250-2.0.0 taken\r\n250 2.0.0 as 1\r\n"_ba);
    QCOMPARE(shown,
             "S: 220 mx\nC: EHLO [127.0.0.1]\nS: 250 mx\nC: MAIL FROM:<a@example.org>\nS: 250 ok\n"
             "C: RCPT TO:<b@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nC: [14 octets of content]\nC: .\n"
             "S: 250-2.0.0 taken\nS: 250 2.0.0 as 1\n"_ba);
}

void TestSession::clientName_isReplacedWhenItIsNone_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("domain") << "mail.example.org"_ba
                            << "mail.example.org"_ba;
    QTest::newRow("IPv6 literal") << "[IPv6:2001:db8::1]"_ba
                                  << "[IPv6:2001:db8::1]"_ba;
    QTest::newRow("empty") << ""_ba
                           << "[127.0.0.1]"_ba;
    QTest::newRow("underscore") << "my_pc"_ba
                                << "[127.0.0.1]"_ba;
    QTest::newRow("not ASCII") << "münchen"_ba
                               << "[127.0.0.1]"_ba;
    QTest::newRow("another command") << "x\r\nMAIL FROM:<>"_ba
                                     << "[127.0.0.1]"_ba;
    QTest::newRow("space") << "a b"_ba
                           << "[127.0.0.1]"_ba;
    QTest::newRow("empty literal") << "[]"_ba
                                   << "[127.0.0.1]"_ba;
}

void TestSession::clientName_isReplacedWhenItIsNone()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, said);
    Driven driven({ .clientName = name, .security = Security::ImplicitTls });
    QCOMPARE(driven.says("220 mx\r\n"_ba), QByteArray("EHLO " + said + "\r\n"));
}

void TestSession::whatWasLearntBeforeTls_isForgotten()
{
    Driven driven({ .security = Security::StartTls });
    driven.says("220 mx.example.org\r\n"_ba);
    driven.says("250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n"_ba);
    QCOMPARE(driven.session.greeting().code, 220);
    QVERIFY(driven.session.capabilities().has("SIZE"));
    driven.says("220 go\r\n"_ba);
    QVERIFY(!driven.session.capabilities().has("SIZE"));
    QCOMPARE(driven.session.greeting().code, 0);
    driven.session.tlsEstablished(driven.now);
    driven.taken();
    driven.says("250-mx\r\n250 DSN\r\n"_ba);
    QVERIFY(driven.session.capabilities().has("DSN"));
    QVERIFY(!driven.session.capabilities().has("STARTTLS"));
}

void TestSession::implicitTls_waitsForTheGreetingFromTheHandshakeOn()
{
    Driven driven;
    driven.now += 4min;
    driven.session.tlsEstablished(driven.now);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 5min));
}

/// Whatever the caller does before TLS stands, no AUTH leaves.
void TestSession::unusedPassword_isNeverSaidWithoutTls()
{
    Driven driven({ .security = Security::StartTls });
    const auto offer = [&driven] {
        driven.session.authenticate(sasl::makeMechanism("PLAIN"_ba, { u"u"_s, base::Secret("p"_ba) }),
                                    driven.now);
        return driven.taken();
    };
    QVERIFY(offer().isEmpty());
    QCOMPARE(driven.says("220 mx\r\n"_ba), "EHLO [127.0.0.1]\r\n"_ba);
    QVERIFY(offer().isEmpty());
    QCOMPARE(driven.says("250-mx\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"_ba), "STARTTLS\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.says("220 go\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.session.tlsEstablished(driven.now);
    QCOMPARE(driven.taken(), "EHLO [127.0.0.1]\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.says("250-mx\r\n250 AUTH PLAIN\r\n"_ba);
    QCOMPARE(offer(), "AUTH PLAIN AHUAcA==\r\n"_ba);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
