// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "hostilefixture.h"
#include "net/connection.h"
#include "sender.h"
#include "support/sanitized.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using net::Connection;
using net::ConnectionConfig;
using net::ConnectionFailure;
using support::answer;
using support::HostilePeer;
using support::HostileServer;
using support::HostileTls;
using support::Manners;
using test::Sender;
using Cause = smtp::Failure::Cause;
using Custody = smtp::Failure::Custody;
using Kind = ConnectionFailure::Kind;
using Stage = smtp::Failure::Stage;

namespace {

constexpr qint64 MebiOctets = 1024 * 1024;

/// How a sender sees that it ends.
struct Outcome
{
    int delivered = 0;
    /// Of the first message that was not delivered; nothing when none was handed over.
    std::optional<Custody> custody {};
    /// Nothing: ended in order, with QUIT.
    std::optional<Kind> kind {};
    std::optional<Stage> stage {}; ///< with Kind::Session
    std::optional<Cause> cause {};
};

Outcome lost(Stage stage, Cause cause)
{
    return { .kind = Kind::Session, .stage = stage, .cause = cause };
}

/// The session ends, and with it the message on its way.
Outcome lostWithMessage(Stage stage, Cause cause, Custody custody)
{
    return { .custody = custody, .kind = Kind::Session, .stage = stage, .cause = cause };
}

/// The message is refused, the session goes on to its end.
const Outcome refused { .custody = Custody::NotAccepted };
const Outcome delivered { .delivered = 1 };

struct Row
{
    Manners manners {};
    Outcome outcome {};
    smtp::Security security = smtp::Security::StartTls;
    QByteArray mechanism = "PLAIN";
    qint64 contentOctets = 100;
    int messages = 1;
    QByteArrayList neverReceived {};        ///< no line begins so
    bool clientCannotBeSeenLeaving = false; ///< its FIN stands behind octets that nobody reads

    [[nodiscard]] test::Patience patience() const
    {
        // The other sessions that just end have had too many replies or too few.
        const bool ends = outcome.kind && (outcome.cause.value_or(Cause::TimedOut) == Cause::TimedOut);
        return ends ? test::Patience::Short : test::Patience::Long;
    }
};

Manners::Act closes()
{
    return [](HostilePeer &peer, const QByteArray &) { peer.close(); };
}

Manners::Act resets()
{
    return [](HostilePeer &peer, const QByteArray &) { peer.reset(); };
}

Manners::Act falls_silent()
{
    return [](HostilePeer &peer, const QByteArray &) { peer.ignore(); };
}

Manners::Act stalls()
{
    return [](HostilePeer &peer, const QByteArray &) { peer.stall(); };
}

Manners::Act floods(const QByteArray &octets)
{
    return [octets](HostilePeer &peer, const QByteArray &) { peer.flood(octets); };
}

Manners::Act trickles(const QByteArray &octets)
{
    return [octets](HostilePeer &peer, const QByteArray &) { peer.trickle(octets, 20ms); };
}

Manners::Act answersAndCloses(const QByteArray &octets)
{
    return [octets](HostilePeer &peer, const QByteArray &) {
        peer.send(octets);
        peer.close();
    };
}

/// The second answer to whatever asks again.
Manners::Act answersOnce(const QByteArray &octets)
{
    return [octets](HostilePeer &peer, const QByteArray &) {
        peer.send(octets);
        peer.ignore();
    };
}

qint64 memory(const QByteArray &field)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const auto lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field))
            return line.mid(field.size() + 1).simplified().split(' ').first().toLongLong() * 1024;
    }
    return -1;
}

/// The peak of the resident set begins anew. Not under a sanitizer, which keeps what was freed.
bool resetPeakMemory()
{
    if constexpr (POSTRIDER_SANITIZED_ALLOCATOR)
        return false;
    QFile control(u"/proc/self/clear_refs"_s);
    return control.open(QIODevice::WriteOnly) && control.write("5") == 1;
}

} // namespace

Q_DECLARE_METATYPE(Row)

class HostileServerTest : public test::HostileFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void server_isSurvived_data();
    void server_isSurvived();
    void endlessReply_takesNoMemory_data();
    void endlessReply_takesNoMemory();
    void slowReader_isWaitedForAsLongAsItReads();
    void abort_isPromptAtEveryStage_data();
    void abort_isPromptAtEveryStage();
    void keyDerivation_goesOnWithoutTheConnection();
};

void HostileServerTest::initTestCase()
{
    if (!resetPeakMemory())
        qInfo(
            "The bounds of memory are not checked: its peak can't be told here, or only with what was freed");
}

void HostileServerTest::server_isSurvived_data()
{
    QTest::addColumn<Row>("row");
    const auto add = [](const char *name, const QHash<QByteArray, Manners::Act> &instead,
                        const Outcome &outcome, Row row = {}) {
        row.manners.instead = instead;
        row.outcome = outcome;
        QTest::newRow(name) << row;
    };
    const Row noSecrets { .neverReceived = { "AUTH", "MAIL" } };
    const Row large { .contentOctets = 20 * MebiOctets };
    const Row chunks { .manners = { .extensions = { "8BITMIME", "PIPELINING", "CHUNKING" } } };
    const Row largeChunks { .manners = { .extensions = { "8BITMIME", "PIPELINING", "CHUNKING" } },
                            .contentOctets = 20 * MebiOctets };

    add("it behaves", {}, delivered);
    add("it behaves, implicit TLS", {}, delivered,
        { .manners = { .security = Manners::Security::ImplicitTls },
          .security = smtp::Security::ImplicitTls });
    add("it behaves, chunks", {}, delivered, chunks);
    add("it behaves, large chunks", {}, delivered, largeChunks);

    const auto atGreeting = [&](const char *name, const Manners::Act &act, Cause cause) {
        Row row = noSecrets;
        row.neverReceived.append("EHLO");
        add(name, { { "greeting", act } }, lost(Stage::Greeting, cause), row);
    };
    atGreeting("greeting never comes", falls_silent(), Cause::TimedOut);
    atGreeting("greeting an octet at a time", trickles("220 " + QByteArray(500, 'x') + "\r\n"),
               Cause::TimedOut);
    atGreeting("greeting in lines that never end", trickles(QByteArray("220-x\r\n").repeated(100)),
               Cause::TimedOut);
    atGreeting("greeting with LF only", answersOnce("220 hostile.example.org\n"), Cause::Malformed);
    atGreeting("greeting refuses", answersOnce("554 5.3.2 No\r\n"), Cause::Refused);
    atGreeting("greeting says too many connections", answersOnce("421 4.7.0 Too many connections\r\n"),
               Cause::Refused);
    atGreeting("greeting is another protocol's", answersOnce("* OK IMAP4rev1 ready\r\n"), Cause::Malformed);
    atGreeting("greeting is NUL", answersOnce(QByteArray(100, '\0') + "\r\n"), Cause::Malformed);
    atGreeting("greeting of 10 MB", answersOnce(QByteArray("220-x\r\n").repeated(10 * MebiOctets / 7)),
               Cause::Malformed);
    atGreeting("greeting of mixed codes", answersOnce("220-a\r\n554 b\r\n"), Cause::Refused);
    atGreeting("closed at once", closes(), Cause::ConnectionLost);
    atGreeting("reset at once", resets(), Cause::ConnectionLost);
    atGreeting("closed within the greeting", answersAndCloses("220 hosti"), Cause::ConnectionLost);

    const auto atEhlo = [&](const char *name, const Manners::Act &act, Cause cause) {
        add(name, { { "EHLO", act } }, lost(Stage::Ehlo, cause), noSecrets);
    };
    atEhlo("EHLO, silence", falls_silent(), Cause::TimedOut);
    atEhlo("EHLO, trickled", trickles("250-" + QByteArray(500, 'x') + "\r\n"), Cause::TimedOut);
    atEhlo("EHLO, 10 MB", answersOnce(QByteArray("250-x\r\n").repeated(10 * MebiOctets / 7)),
           Cause::Malformed);
    atEhlo("EHLO, garbage", answersOnce("Hello\r\n"), Cause::Malformed);
    atEhlo("EHLO, closed", closes(), Cause::ConnectionLost);
    atEhlo("EHLO, reset", resets(), Cause::ConnectionLost);
    atEhlo("EHLO, rate limit", answersOnce("421 4.7.0 Slow down\r\n"), Cause::Refused);

    {
        Row row = noSecrets;
        row.manners.security = Manners::Security::Plaintext;
        add("STARTTLS is stripped", {}, lost(Stage::StartTls, Cause::TlsMissing), row);
    }
    const auto atStartTls = [&](const char *name, const Manners::Act &act, Cause cause) {
        add(name, { { "STARTTLS", act } }, lost(Stage::StartTls, cause), noSecrets);
    };
    atStartTls("STARTTLS, silence", falls_silent(), Cause::TimedOut);
    atStartTls("STARTTLS, later", answersOnce("454 4.7.0 Not now\r\n"), Cause::Refused);
    atStartTls("STARTTLS, refused", answersOnce("501 5.5.4 No\r\n"), Cause::Refused);
    atStartTls("STARTTLS, injected reply",
               answersOnce("220 Go\r\n250-hostile.example.org\r\n250 AUTH PLAIN\r\n"), Cause::Unsolicited);
    atStartTls("STARTTLS, one octet too many", answersOnce("220 Go\r\n2"), Cause::Unsolicited);
    atStartTls("STARTTLS, closed", closes(), Cause::ConnectionLost);
    atStartTls("STARTTLS, reset", resets(), Cause::ConnectionLost);
    add("handshake, silence", { { "handshake", falls_silent() } }, lost(Stage::TlsHandshake, Cause::TimedOut),
        noSecrets);

    const auto atAuth = [&](const char *name, const Manners::Act &act, const Outcome &outcome,
                            const QByteArray &mechanism = "PLAIN") {
        Row row { .mechanism = mechanism, .neverReceived = { "MAIL" } };
        row.manners.mechanisms = mechanism;
        add(name, { { "AUTH", act } }, outcome, row);
    };
    const Manners::Act challengesForEver = [](HostilePeer &peer, const QByteArray &) {
        while (!peer.isGone()) {
            peer.send("334 \r\n");
            (void)peer.readLine();
        }
    };
    atAuth("AUTH, silence", falls_silent(), lost(Stage::Auth, Cause::TimedOut));
    atAuth("AUTH, refused", answersOnce("535 5.7.8 No\r\n"), lost(Stage::Auth, Cause::Refused));
    atAuth("AUTH, challenges for ever", challengesForEver, lost(Stage::Auth, Cause::Malformed));
    atAuth("AUTH LOGIN, challenges for ever", challengesForEver, lost(Stage::Auth, Cause::Malformed),
           "LOGIN");
    atAuth("AUTH LOGIN, no base64", answersOnce("334 not base64!\r\n"), lost(Stage::Auth, Cause::TimedOut),
           "LOGIN");
    atAuth("AUTH SCRAM, no proof", answersOnce("235 2.7.0 Welcome\r\n"),
           lost(Stage::Auth, Cause::ServerNotVerified), "SCRAM-SHA-256");
    atAuth("AUTH SCRAM, challenge of 10 MB", answersOnce("334 " + QByteArray(10 * MebiOctets, 'A') + "\r\n"),
           lost(Stage::Auth, Cause::Malformed), "SCRAM-SHA-256");
    atAuth("AUTH, closed", closes(), lost(Stage::Auth, Cause::ConnectionLost));
    atAuth("AUTH, reset", resets(), lost(Stage::Auth, Cause::ConnectionLost));
    atAuth("AUTH, rate limit", answersOnce("421 4.7.0 Too many sign-ins\r\n"),
           lost(Stage::Auth, Cause::Refused));

    const Custody no = Custody::NotAccepted;
    const Custody unknown = Custody::Unknown;
    const auto atMail
        = [&](const char *name, const QByteArray &verb, const Manners::Act &act, Stage stage, Cause cause) {
              add(name, { { verb, act } }, lostWithMessage(stage, cause, no));
          };
    atMail("MAIL, closed", "MAIL", closes(), Stage::Mail, Cause::ConnectionLost);
    atMail("MAIL, reset", "MAIL", resets(), Stage::Mail, Cause::ConnectionLost);
    atMail("MAIL, silence", "MAIL", falls_silent(), Stage::Mail, Cause::TimedOut);
    atMail("MAIL, rate limit", "MAIL", answersOnce("421 4.7.0 Too many messages\r\n"), Stage::Mail,
           Cause::Refused);
    atMail("MAIL, garbage", "MAIL", answersOnce("What?\r\n"), Stage::Mail, Cause::Malformed);
    atMail("RCPT, closed", "RCPT", closes(), Stage::Rcpt, Cause::ConnectionLost);
    atMail("RCPT, silence", "RCPT", falls_silent(), Stage::Rcpt, Cause::TimedOut);
    atMail("RCPT, rate limit", "RCPT", answersOnce("421 4.7.1 Too many recipients\r\n"), Stage::Rcpt,
           Cause::Refused);
    atMail("DATA, closed", "DATA", closes(), Stage::Data, Cause::ConnectionLost);
    atMail("DATA, reset", "DATA", resets(), Stage::Data, Cause::ConnectionLost);
    atMail("DATA, silence", "DATA", falls_silent(), Stage::Data, Cause::TimedOut);
    atMail("DATA, taken before it was sent", "DATA", answersOnce("354 Go\r\n250 2.0.0 Taken\r\n"),
           Stage::Content, Cause::Unsolicited);
    atMail("DATA, taken without a 354", "DATA", answersOnce("250 2.0.0 Taken\r\n"), Stage::Data,
           Cause::PipeliningUnusable);
    const Manners::Act outOfOrder = answer("503 5.5.1 Nobody to send to\r\n");
    add("MAIL is refused",
        { { "MAIL", answer("550 5.7.1 Not you\r\n") }, { "RCPT", outOfOrder }, { "DATA", outOfOrder } },
        refused);
    add("every RCPT is refused", { { "RCPT", answer("550 5.1.1 Nobody\r\n") }, { "DATA", outOfOrder } },
        refused);
    add("every RCPT is refused, DATA is not",
        { { "RCPT", answer("550 5.1.1 Nobody\r\n") }, { ".", answer("554 5.5.1 Nobody\r\n") } }, refused);

    Row unread = large;
    unread.clientCannotBeSeenLeaving = true;
    add("content, window shut", { { "content", stalls() } },
        lostWithMessage(Stage::Content, Cause::TimedOut, no), unread);
    add("content, closed", { { "content", closes() } },
        lostWithMessage(Stage::Content, Cause::ConnectionLost, no), large);
    add("content, reset", { { "content", resets() } },
        lostWithMessage(Stage::Content, Cause::ConnectionLost, no), large);

    const auto atEnd = [&](const char *name, const Manners::Act &act, const Outcome &outcome) {
        add(name, { { ".", act } }, outcome);
    };
    const auto inDoubt = [&](Cause cause) { return lostWithMessage(Stage::ContentEnd, cause, unknown); };
    atEnd("end, silence", falls_silent(), inDoubt(Cause::TimedOut));
    atEnd("end, reply trickled", trickles("250 " + QByteArray(500, 'x') + "\r\n"), inDoubt(Cause::TimedOut));
    atEnd("end, closed", closes(), inDoubt(Cause::ConnectionLost));
    atEnd("end, reset", resets(), inDoubt(Cause::ConnectionLost));
    atEnd("end, half a line", answersAndCloses("250 2.0.0 Tak"), inDoubt(Cause::ConnectionLost));
    atEnd("end, line without its CRLF", answersAndCloses("250 2.0.0 Taken"), inDoubt(Cause::ConnectionLost));
    atEnd("end, half a reply", answersAndCloses("250-2.0.0 Taken\r\n"), inDoubt(Cause::ConnectionLost));
    atEnd(
        "end, half a record",
        [](HostilePeer &peer, const QByteArray &) {
            peer.sendWithoutLastOctet("250 2.0.0 Taken\r\n");
            peer.close();
        },
        inDoubt(Cause::ConnectionLost));
    atEnd(
        "end, record stalls",
        [](HostilePeer &peer, const QByteArray &) {
            peer.sendWithoutLastOctet("250 2.0.0 Taken\r\n");
            peer.ignore();
        },
        inDoubt(Cause::TimedOut));
    atEnd("end, garbage", answersOnce("Taken\r\n"), inDoubt(Cause::Malformed));
    atEnd("end, 10 MB", answersOnce(QByteArray("250-x\r\n").repeated(10 * MebiOctets / 7)),
          inDoubt(Cause::Malformed));
    atEnd("end, mixed codes", answersOnce("250-2.0.0 Taken\r\n550 5.0.0 Or not\r\n"), refused);
    atEnd("end, refused", answer("554 5.7.1 Not this\r\n"), refused);
    atEnd("end, later", answer("451 4.7.1 Greylisted\r\n"), refused);
    atEnd("end, rate limit", answersOnce("421 4.7.0 Too many messages\r\n"),
          lostWithMessage(Stage::ContentEnd, Cause::Refused, no));

    // What follows the reply changes nothing about the message.
    const auto afterwards = [&](const char *name, const Manners::Act &act) {
        add(name, { { "QUIT", act } }, delivered);
    };
    afterwards("QUIT, silence", falls_silent());
    afterwards("QUIT, closed", closes());
    afterwards("QUIT, reset", resets());
    afterwards("QUIT, refused", answersOnce("500 5.5.1 No\r\n"));
    afterwards("QUIT, endless", floods(QByteArray("221-x\r\n").repeated(1000)));

    const auto atChunk = [&](const char *name, const QByteArray &place, const Manners::Act &act,
                             const Outcome &outcome, const Row &row) {
        add(name, { { place, act } }, outcome, row);
    };
    atChunk("BDAT is not known", "BDAT", answer("502 5.5.1 What?\r\n"),
            { .custody = no, .kind = Kind::Session }, chunks);
    atChunk("BDAT, closed before the octets", "BDAT", closes(), inDoubt(Cause::ConnectionLost), chunks);
    atChunk("BDAT, closed behind the octets", "chunk", closes(), inDoubt(Cause::ConnectionLost), chunks);
    atChunk("BDAT, silence", "chunk", falls_silent(), inDoubt(Cause::TimedOut), chunks);
    atChunk("BDAT, refused", "chunk", answer("552 5.3.4 Too large\r\n"), refused, chunks);
    atChunk(
        "BDAT, large, closed within a chunk", "BDAT",
        [](HostilePeer &peer, const QByteArray &) {
            (void)peer.readOctets(1000);
            peer.close();
        },
        lostWithMessage(Stage::Content, Cause::ConnectionLost, no), largeChunks);
    atChunk("BDAT, large, taken before it was sent", "BDAT",
            answersOnce(QByteArray("250 2.0.0 Taken\r\n").repeated(1000)),
            { .custody = no, .kind = Kind::Session }, largeChunks);

    // Where the client notices, and how, depends on how many commands it sends at once.
    const Outcome brokenOff { .custody = no, .kind = Kind::Session };
    add("one reply too many", { { "MAIL", answersOnce(QByteArray("250 OK\r\n").repeated(5)) } }, brokenOff);
    add("one reply too few", { { "MAIL", [](HostilePeer &, const QByteArray &) {} } }, brokenOff);
}

void HostileServerTest::server_isSurvived()
{
    QFETCH(Row, row);
    row.manners.tls = goodTls();
    HostileServer server(support::misbehaving(row.manners));
    Sender sender(config(server, row.security, row.patience()));
    sender.mechanism = row.mechanism;
    sender.messages = row.messages;
    const QByteArray line = QByteArray(76, 'x') + "\r\n";
    sender.content = line.repeated(row.contentOctets / line.size() + 1);
    const qint64 before = memory("VmRSS:");
    const bool peakKnown = resetPeakMemory();
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    if (peakKnown && row.contentOctets < MebiOctets) // the server keeps the whole message
        QVERIFY(memory("VmHWM:") - before < 32 * MebiOctets);

    QCOMPARE(sender.delivered, row.outcome.delivered);
    QCOMPARE(server.messages().size(), row.outcome.delivered);
    if (row.outcome.delivered > 0)
        QVERIFY(server.messages().first() == sender.content);
    QCOMPARE(sender.transactionFailures.size(), row.outcome.custody ? 1 : 0);
    if (row.outcome.custody)
        QVERIFY(sender.transactionFailures.first().custody == *row.outcome.custody);
    QCOMPARE(sender.failures.size(), row.outcome.kind ? 1 : 0);
    if (row.outcome.kind) {
        const ConnectionFailure failure = sender.failures.first();
        QCOMPARE(failure.kind, *row.outcome.kind);
        if (row.outcome.cause)
            QCOMPARE(failure.session.cause, *row.outcome.cause);
        if (row.outcome.stage)
            QCOMPARE(failure.session.stage, *row.outcome.stage);
        if (failure.session.cause == Cause::ConnectionLost)
            QVERIFY(!failure.reason.isEmpty());
    }
    for (const QByteArray &verb : std::as_const(row.neverReceived))
        QVERIFY2(!server.received(verb), verb.constData());
    const auto lines = server.lines();
    QVERIFY(std::none_of(lines.cbegin(), lines.cend(), [](const HostileServer::Line &l) {
        return !l.encrypted && (l.octets.startsWith("AUTH") || l.octets.startsWith("MAIL"));
    }));
    if (!row.clientCannotBeSeenLeaving)
        QTRY_COMPARE(server.openConnections(), 0);
}

void HostileServerTest::endlessReply_takesNoMemory_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("unit");
    const QByteArray lines = QByteArray("250-x\r\n").repeated(1000);
    const QByteArray oneLine = QByteArray("250 ") + QByteArray(8000, 'x');
    for (const char *place : { "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "." }) {
        QTest::addRow("%s, lines", place) << QByteArray(place) << lines;
        QTest::addRow("%s, one line", place) << QByteArray(place) << oneLine;
        QTest::addRow("%s, NUL", place) << QByteArray(place) << QByteArray(8000, '\0');
    }
}

void HostileServerTest::endlessReply_takesNoMemory()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, unit);
    Manners manners { .tls = goodTls(), .instead = { { place, floods(unit) } } };
    HostileServer server(support::misbehaving(manners));
    Sender sender(config(server, smtp::Security::StartTls));
    const qint64 before = memory("VmRSS:");
    const bool peakKnown = resetPeakMemory();
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    if (peakKnown) {
        const qint64 growth = memory("VmHWM:") - before;
        QVERIFY2(growth < 32 * MebiOctets, qPrintable(QString::number(growth)));
    }
    QCOMPARE(sender.delivered, 0);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Session);
    QTRY_COMPARE(server.openConnections(), 0);
}

void HostileServerTest::slowReader_isWaitedForAsLongAsItReads()
{
    // Longer than the limit for a block in all, but never that long without progress.
    Manners manners { .tls = goodTls() };
    manners.instead.insert("content", [](HostilePeer &peer, const QByteArray &) {
        peer.readSlowly(256 * 1024, 10ms);
        peer.send("250 2.0.0 Taken\r\n");
    });
    HostileServer server(support::misbehaving(manners));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    c.session.timeouts.dataBlock = 1s;
    Sender sender(c);
    sender.content = QByteArray("a line of text\r\n").repeated(40 * MebiOctets / 16);
    QElapsedTimer timer;
    timer.start();
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.delivered, 1);
    QVERIFY(sender.failures.isEmpty());
    QVERIFY(timer.elapsed() > c.session.timeouts.dataBlock.count());
}

void HostileServerTest::abort_isPromptAtEveryStage_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<bool>("stalled");
    for (const char *place : { "greeting", "EHLO", "STARTTLS", "handshake", "AUTH", "MAIL", "RCPT", "DATA",
                               "content", ".", "QUIT" })
        QTest::newRow(place) << QByteArray(place) << (qstrcmp(place, "content") == 0);
}

void HostileServerTest::abort_isPromptAtEveryStage()
{
    QFETCH(QByteArray, place);
    QFETCH(bool, stalled);
    std::atomic<bool> isThere = false;
    Manners manners { .tls = goodTls() };
    manners.instead.insert(place, [&isThere, stalled](HostilePeer &peer, const QByteArray &) {
        isThere = true;
        if (!stalled)
            peer.ignore();
        else
            peer.stall();
    });
    HostileServer server(support::misbehaving(manners));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    c.session.timeouts = {};
    c.handshakeTimeout = 1min;
    Sender sender(c);
    sender.content = QByteArray("a line of text\r\n").repeated(stalled ? 2'000'000 : 10);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(isThere, 10'000);
    const int events = sender.events;

    QElapsedTimer timer;
    timer.start();
    sender.connection()->abort();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    if (!stalled)
        QTRY_COMPARE(server.openConnections(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(sender.events, events);
    QVERIFY(!sender.hasEnded());
}

void HostileServerTest::keyDerivation_goesOnWithoutTheConnection()
{
    // 400,000 iterations take a tenth of a second and more; the connection is gone before they end.
    Manners manners { .tls = goodTls(), .mechanisms = "SCRAM-SHA-256" };
    std::atomic<bool> isAsked = false;
    manners.instead.insert("AUTH", [&isAsked](HostilePeer &peer, const QByteArray &line) {
        const QByteArray first = QByteArray::fromBase64(line.split(' ').value(2));
        const QByteArray nonce = first.mid(first.indexOf(",r=") + 3);
        const QByteArray challenge = "r=" + nonce + "server,s=QSXCR+Q6sek8bf92,i=400000";
        peer.send(QByteArray("334 " + challenge.toBase64() + "\r\n"));
        isAsked = true;
        peer.ignore();
    });
    HostileServer server(support::misbehaving(manners));
    ConnectionConfig c = config(server, smtp::Security::StartTls);

    {
        Sender sender(c);
        sender.mechanism = "SCRAM-SHA-256";
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(isAsked, 10'000);
        QTRY_COMPARE(QThreadPool::globalInstance()->activeThreadCount(), 1);
        sender.connection()->abort();
        QVERIFY(!sender.hasEnded());
    }
    QTRY_COMPARE(server.openConnections(), 0);
    isAsked = false;
    {
        Sender sender(c);
        sender.mechanism = "SCRAM-SHA-256";
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(isAsked, 10'000);
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(20'000));
    QCoreApplication::processEvents();
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!server.received("MAIL"));
}

QTEST_GUILESS_MAIN(HostileServerTest)
#include "tst_hostileserver.moc"
