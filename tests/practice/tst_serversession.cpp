// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/serversession.h"

#include <QTest>

using namespace postrider;
using practice::CaughtEnvelope;
using practice::ServerSession;
namespace action = practice::action;

namespace {

/// A client that writes and the driver that carries out the session's actions, in one.
class Peer
{
public:
    explicit Peer(qint64 sizeLimit = 52'428'800)
        : m_session({ .user = "ann", .password = "open sesame", .sizeLimit = sizeLimit })
    {
        drain();
    }

    /// What the server says to these octets.
    QByteArray say(const QByteArray &octets)
    {
        replies.clear();
        m_session.receive(octets);
        drain();
        return replies;
    }

    void startTls()
    {
        say("EHLO client.example.org\r\nSTARTTLS\r\n");
        m_session.tlsEstablished();
        tlsBegun = false;
        say("EHLO client.example.org\r\n");
    }

    void signIn()
    {
        startTls();
        say("AUTH PLAIN AGFubgBvcGVuIHNlc2FtZQ==\r\n");
    }

    void idle()
    {
        replies.clear();
        m_session.handleIdle();
        drain();
    }

    QByteArray replies {};
    bool tlsBegun = false;
    bool closed = false;
    bool diskIsFull = false;
    QList<CaughtEnvelope> envelopes {};
    QByteArray content {};
    QList<QByteArray> kept {};
    int dropped = 0;

private:
    void drain()
    {
        while (const auto next = m_session.nextAction()) {
            if (std::holds_alternative<action::BeginTls>(*next)) {
                tlsBegun = true;
            } else if (const auto *begin = std::get_if<action::BeginMessage>(&*next)) {
                envelopes.append(begin->envelope);
                content.clear();
            } else if (const auto *more = std::get_if<action::AppendContent>(&*next)) {
                content.append(more->octets);
            } else if (std::holds_alternative<action::KeepMessage>(*next)) {
                if (diskIsFull) {
                    m_session.messageNotKept();
                } else {
                    kept.append(content);
                    m_session.messageKept();
                }
            } else if (std::holds_alternative<action::DropMessage>(*next)) {
                ++dropped;
            } else {
                closed = true;
            }
        }
        replies.append(m_session.takeOutput());
    }

    ServerSession m_session;
};

} // namespace

class ServerSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connection_isGreeted();
    void ehlo_offersTlsFirstAndSignInAfterIt();
    void startTls_forgetsWhatWasSaidBefore();
    void octetsBehindStartTls_closeTheConnection_data();
    void octetsBehindStartTls_closeTheConnection();
    void command_isAnswered_data();
    void command_isAnswered();
    void signIn_isAnswered_data();
    void signIn_isAnswered();
    void signInPlain_takesItsResponseLater();
    void signInLogin_asksForUserAndPassword();
    void mailBeforeSignIn_isRefused();
    void commandsOutOfOrder_areRefused();
    void mail_isAnswered_data();
    void mail_isAnswered();
    void message_isTakenWithItsEnvelope();
    void dialogue_isTheSameHoweverItIsCut_data();
    void dialogue_isTheSameHoweverItIsCut();
    void content_isUnstuffed_data();
    void content_isUnstuffed();
    void bareLineEndInContent_isRefused_data();
    void bareLineEndInContent_isRefused();
    void tooLargeContent_isRefusedAndTheNextIsTaken();
    void fullDisk_isATemporaryRefusal();
    void tooLongLine_isRefusedAndTheNextIsTaken();
    void tooManyRecipients_areRefusedOneByOne();
    void quit_closes();
    void idleClient_isTold();
};

void ServerSessionTest::connection_isGreeted()
{
    const Peer peer;
    QVERIFY(peer.replies.startsWith("220 localhost "));
}

void ServerSessionTest::ehlo_offersTlsFirstAndSignInAfterIt()
{
    Peer peer;
    const QByteArray common = "250-localhost\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                              "250-ENHANCEDSTATUSCODES\r\n250-PIPELINING\r\n";
    QCOMPARE(peer.say("EHLO client.example.org\r\n"), common + "250 STARTTLS\r\n");
    peer.startTls();
    QCOMPARE(peer.say("ehlo client.example.org\r\n"), common + "250 AUTH PLAIN LOGIN\r\n");
}

void ServerSessionTest::startTls_forgetsWhatWasSaidBefore()
{
    Peer peer;
    peer.startTls();
    Peer fresh;
    fresh.say("EHLO client.example.org\r\n");
    QVERIFY(fresh.say("STARTTLS\r\n").startsWith("220 "));
    QVERIFY(fresh.tlsBegun);
    QVERIFY(peer.say("STARTTLS\r\n").startsWith("503 "));
    QVERIFY(!peer.tlsBegun);
}

void ServerSessionTest::octetsBehindStartTls_closeTheConnection_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("same segment") << QByteArray("EHLO a\r\nSTARTTLS\r\nMAIL FROM:<a@b>\r\n") << QByteArray();
    QTest::newRow("one octet") << QByteArray("EHLO a\r\nSTARTTLS\r\nM") << QByteArray();
    QTest::newRow("next segment") << QByteArray("EHLO a\r\nSTARTTLS\r\n")
                                  << QByteArray("MAIL FROM:<a@b>\r\n");
}

void ServerSessionTest::octetsBehindStartTls_closeTheConnection()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    Peer peer;
    peer.say(first);
    peer.say(second);
    QVERIFY(peer.closed);
    QCOMPARE(peer.say("NOOP\r\n"), QByteArray());
}

void ServerSessionTest::command_isAnswered_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *line, const char *code) {
        QTest::newRow(line) << QByteArray(line) + "\r\n" << QByteArray(code);
    };
    row("NOOP", "250 2.0.0 ");
    row("noop whatever", "250 2.0.0 ");
    row("RSET", "250 2.0.0 ");
    row("VRFY ann", "252 2.1.5 ");
    row("HELO client.example.org", "250 localhost");
    row("EHLO", "501 5.5.4 ");
    row("STARTTLS now", "501 5.5.4 ");
    row("EXPN list", "500 5.5.1 ");
    row("", "500 5.5.1 ");
    row("NO\rOP", "500 5.5.2 ");
    row("NO\nOP", "500 5.5.2 ");
}

void ServerSessionTest::command_isAnswered()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, code);
    Peer peer;
    QVERIFY2(peer.say(line).startsWith(code), peer.replies.constData());
}

void ServerSessionTest::signIn_isAnswered_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QByteArray>("code");
    const auto plain
        = [](const QByteArray &response) -> QByteArray { return "PLAIN " + response.toBase64(); };
    using namespace Qt::StringLiterals;
    QTest::newRow("right") << plain("\0ann\0open sesame"_ba) << QByteArray("235 2.7.0 ");
    QTest::newRow("as oneself") << plain("ann\0ann\0open sesame"_ba) << QByteArray("235 2.7.0 ");
    QTest::newRow("as another") << plain("bob\0ann\0open sesame"_ba) << QByteArray("535 5.7.8 ");
    QTest::newRow("wrong password") << plain("\0ann\0open"_ba) << QByteArray("535 5.7.8 ");
    QTest::newRow("wrong user") << plain("\0bob\0open sesame"_ba) << QByteArray("535 5.7.8 ");
    QTest::newRow("empty password") << plain("\0ann\0"_ba) << QByteArray("535 5.7.8 ");
    QTest::newRow("too few parts") << plain("ann"_ba) << QByteArray("501 5.5.2 ");
    QTest::newRow("empty response") << QByteArray("PLAIN =") << QByteArray("501 5.5.2 ");
    QTest::newRow("not base64") << QByteArray("PLAIN !!!!") << QByteArray("501 5.5.2 ");
    QTest::newRow("other mechanism") << QByteArray("CRAM-MD5") << QByteArray("504 5.5.4 ");
    QTest::newRow("no mechanism") << QByteArray() << QByteArray("504 5.5.4 ");
}

void ServerSessionTest::signIn_isAnswered()
{
    QFETCH(QByteArray, argument);
    QFETCH(QByteArray, code);
    Peer peer;
    peer.startTls();
    QVERIFY2(peer.say("AUTH " + argument + "\r\n").startsWith(code), peer.replies.constData());
    const bool signedIn = code.startsWith("235");
    QVERIFY(peer.say("MAIL FROM:<ann@example.org>\r\n").startsWith(signedIn ? "250 " : "530 "));
}

void ServerSessionTest::signInPlain_takesItsResponseLater()
{
    Peer peer;
    peer.startTls();
    QCOMPARE(peer.say("auth plain\r\n"), "334 \r\n");
    QVERIFY(peer.say("*\r\n").startsWith("501 5.7.0 "));
    QCOMPARE(peer.say("AUTH PLAIN\r\n"), "334 \r\n");
    QVERIFY(peer.say("AGFubgBvcGVuIHNlc2FtZQ==\r\n").startsWith("235 "));
    QVERIFY(peer.say("AUTH PLAIN\r\n").startsWith("503 "));
}

void ServerSessionTest::signInLogin_asksForUserAndPassword()
{
    Peer peer;
    peer.startTls();
    QCOMPARE(peer.say("AUTH LOGIN\r\n"), "334 VXNlcm5hbWU6\r\n");
    QCOMPARE(peer.say("YW5u\r\n"), "334 UGFzc3dvcmQ6\r\n");
    QVERIFY(peer.say("d3Jvbmc=\r\n").startsWith("535 5.7.8 "));
    QCOMPARE(peer.say("AUTH LOGIN YW5u\r\n"), "334 UGFzc3dvcmQ6\r\n");
    QVERIFY(peer.say("b3BlbiBzZXNhbWU=\r\n").startsWith("235 2.7.0 "));
}

void ServerSessionTest::mailBeforeSignIn_isRefused()
{
    Peer peer;
    QVERIFY(peer.say("MAIL FROM:<ann@example.org>\r\n").startsWith("503 "));
    peer.say("EHLO client.example.org\r\n");
    QVERIFY(peer.say("MAIL FROM:<ann@example.org>\r\n").startsWith("530 "));
    QVERIFY(peer.say("AUTH PLAIN AGFubgBvcGVuIHNlc2FtZQ==\r\n").startsWith("538 "));
    peer.startTls();
    QVERIFY(peer.say("MAIL FROM:<ann@example.org>\r\n").startsWith("530 "));
}

void ServerSessionTest::commandsOutOfOrder_areRefused()
{
    Peer peer;
    peer.signIn();
    QVERIFY(peer.say("RCPT TO:<bob@example.net>\r\n").startsWith("503 "));
    QVERIFY(peer.say("DATA\r\n").startsWith("503 "));
    peer.say("MAIL FROM:<ann@example.org>\r\n");
    QVERIFY(peer.say("MAIL FROM:<ann@example.org>\r\n").startsWith("503 "));
    QVERIFY(peer.say("DATA\r\n").startsWith("554 "));
    QVERIFY(peer.say("AUTH PLAIN\r\n").startsWith("503 "));
    peer.say("RCPT TO:<bob@example.net>\r\n");
    QVERIFY(peer.say("RSET\r\n").startsWith("250 "));
    QVERIFY(peer.say("DATA\r\n").startsWith("503 "));
    QVERIFY(peer.envelopes.isEmpty());
}

void ServerSessionTest::mail_isAnswered_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *argument, const char *code) {
        QTest::newRow(argument) << QByteArray(argument) << QByteArray(code);
    };
    row("FROM:<ann@example.org>", "250 2.1.0 ");
    row("from:<>", "250 2.1.0 ");
    row("FROM:<\"a > b\"@example.org>", "250 2.1.0 ");
    row("FROM:<ann@example.org> SIZE=1000 BODY=8BITMIME", "250 2.1.0 ");
    row("FROM:<ann@example.org> size=52428800", "250 2.1.0 ");
    row("FROM:<ann@example.org> SIZE=52428801", "552 5.3.4 ");
    row("FROM:<ann@example.org> SIZE=much", "501 5.5.4 ");
    row("FROM:<ann@example.org> BODY=BINARYMIME", "501 5.5.4 ");
    row("FROM:<ann@example.org> RET=HDRS", "555 5.5.4 ");
    row("FROM:<änn@example.org>", "553 5.6.7 ");
    row("FROM:<änn@example.org> SMTPUTF8", "250 2.1.0 ");
    row("FROM:<\xff@example.org> SMTPUTF8", "553 5.6.7 ");
    row("FROM:ann@example.org", "501 5.5.2 ");
    row("FROM:<ann@example.org", "501 5.5.2 ");
    row("FROM:<ann@example.org>SIZE=1", "501 5.5.2 ");
    row("FROM:<ann smith@example.org>", "501 5.5.2 ");
    row("TO:<ann@example.org>", "501 5.5.2 ");
    row("", "501 5.5.2 ");
}

void ServerSessionTest::mail_isAnswered()
{
    QFETCH(QByteArray, argument);
    QFETCH(QByteArray, code);
    Peer peer;
    peer.signIn();
    QVERIFY2(peer.say("MAIL " + argument + "\r\n").startsWith(code), peer.replies.constData());
}

void ServerSessionTest::message_isTakenWithItsEnvelope()
{
    Peer peer;
    peer.signIn();
    peer.say("MAIL FROM:<änn@example.org> BODY=8BITMIME SMTPUTF8\r\n");
    QVERIFY(peer.say("RCPT TO:<>\r\n").startsWith("501 "));
    QVERIFY(peer.say("RCPT TO:<bob@example.net>\r\n").startsWith("250 2.1.5 "));
    QVERIFY(peer.say("RCPT TO:<çat@example.net>\r\n").startsWith("250 2.1.5 "));
    QVERIFY(peer.say("DATA\r\n").startsWith("354 "));
    QVERIFY(peer.say("Subject: a\r\n\r\nb\r\n.\r\n").startsWith("250 2.0.0 Caught here, not sent"));

    QCOMPARE(peer.kept, QList<QByteArray> { "Subject: a\r\n\r\nb\r\n" });
    QCOMPARE(peer.envelopes.size(), 1);
    const CaughtEnvelope envelope = peer.envelopes.first();
    QCOMPARE(envelope.reversePath, "änn@example.org");
    QCOMPARE(envelope.recipients, (QList<QByteArray> { "bob@example.net", "çat@example.net" }));
    QCOMPARE(envelope.user, "ann");
    QCOMPARE(envelope.body, "8BITMIME");
    QVERIFY(envelope.internationalAddresses);
    QVERIFY(peer.say("DATA\r\n").startsWith("503 ")); // the transaction is over
}

void ServerSessionTest::dialogue_isTheSameHoweverItIsCut_data()
{
    QTest::addColumn<int>("pieceOctets");
    for (const int octets : { 1, 2, 3, 5, 7, 64, 100'000 })
        QTest::addRow("pieces of %d", octets) << octets;
}

void ServerSessionTest::dialogue_isTheSameHoweverItIsCut()
{
    QFETCH(int, pieceOctets);
    const QByteArray dialogue = "MAIL FROM:<ann@example.org> SIZE=40\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n"
                                "Subject: a\r\n\r\n..dot\r\nb\r\n.\r\n"
                                "MAIL FROM:<>\r\nRCPT TO:<bob@example.net>\r\nDATA\r\n.\r\nQUIT\r\n";
    Peer peer;
    peer.signIn();
    QByteArray replies;
    for (qsizetype at = 0; at < dialogue.size(); at += pieceOctets)
        replies += peer.say(dialogue.mid(at, pieceOctets));

    QList<QByteArray> codes;
    const QList<QByteArray> lines = replies.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            codes.append(line.left(3));
    }
    QCOMPARE(codes, (QList<QByteArray> { "250", "250", "354", "250", "250", "250", "354", "250", "221" }));
    QCOMPARE(peer.kept, (QList<QByteArray> { "Subject: a\r\n\r\n.dot\r\nb\r\n", "" }));
    QVERIFY(peer.closed);
}

void ServerSessionTest::content_isUnstuffed_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char *name, const char *sent, const char *kept) {
        QTest::newRow(name) << QByteArray(sent) << QByteArray(kept);
    };
    row("nothing", "", "");
    row("one line", "a\r\n", "a\r\n");
    row("dot within a line", "a.b.\r\n", "a.b.\r\n");
    row("line of one dot", "..\r\n", ".\r\n");
    row("line of two dots", "...\r\n", "..\r\n");
    row("dot removed although not doubled", ".a\r\n", "a\r\n");
    row("dots in a row of lines", "..a\r\n..b\r\n", ".a\r\n.b\r\n");
    row("empty lines", "\r\n\r\n", "\r\n\r\n");
    row("8-bit", "gr\xc3\xbc\xc3\x9f\r\n", "gr\xc3\xbc\xc3\x9f\r\n");
}

void ServerSessionTest::content_isUnstuffed()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, kept);
    for (const qsizetype pieceOctets : { 1, 2, 1'000 }) {
        Peer peer;
        peer.signIn();
        peer.say("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
        const QByteArray octets = sent + ".\r\n";
        for (qsizetype at = 0; at < octets.size(); at += pieceOctets)
            peer.say(octets.mid(at, pieceOctets));
        QCOMPARE(peer.kept, QList<QByteArray> { kept });
    }
}

void ServerSessionTest::bareLineEndInContent_isRefused_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("LF") << QByteArray("a\nb\r\n.\r\n");
    QTest::newRow("CR") << QByteArray("a\rb\r\n.\r\n");
    QTest::newRow("CR CR LF") << QByteArray("a\r\r\n.\r\n");
    QTest::newRow("end behind LF") << QByteArray("a\n.\nMAIL FROM:<x@example.org>\r\n.\r\n");
    QTest::newRow("end with CR only") << QByteArray("a\r\n.\rb\r\n.\r\n");
    QTest::newRow("end with LF only") << QByteArray("a\r\n.\nb\r\n.\r\n");
}

void ServerSessionTest::bareLineEndInContent_isRefused()
{
    QFETCH(QByteArray, sent);
    for (const qsizetype pieceOctets : { 1, 1'000 }) {
        Peer peer;
        peer.signIn();
        peer.say("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
        QByteArray replies;
        for (qsizetype at = 0; at < sent.size(); at += pieceOctets)
            replies += peer.say(sent.mid(at, pieceOctets));
        QVERIFY2(replies.startsWith("550 5.6.0 ") && replies.count('\n') == 1, replies.constData());
        QVERIFY(peer.kept.isEmpty());
        QCOMPARE(peer.dropped, 1);
    }
}

void ServerSessionTest::tooLargeContent_isRefusedAndTheNextIsTaken()
{
    Peer peer(10);
    peer.signIn();
    const QByteArray start = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n";
    peer.say(start);
    QVERIFY(peer.say("123456789\r\n.\r\n").startsWith("552 5.3.4 "));
    QVERIFY(peer.kept.isEmpty());
    QCOMPARE(peer.dropped, 1);
    peer.say(start);
    QVERIFY(peer.say("12345678\r\n.\r\n").startsWith("250 "));
    QCOMPARE(peer.kept, QList<QByteArray> { "12345678\r\n" });
}

void ServerSessionTest::fullDisk_isATemporaryRefusal()
{
    Peer peer;
    peer.diskIsFull = true;
    peer.signIn();
    peer.say("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
    QVERIFY(peer.say("a\r\n.\r\nNOOP\r\n").startsWith("452 4.3.1 "));
    QCOMPARE(peer.replies.count('\n'), 2); // what was pipelined behind is answered too
}

void ServerSessionTest::tooLongLine_isRefusedAndTheNextIsTaken()
{
    Peer peer;
    const QByteArray line = "NOOP " + QByteArray(100'000, 'x') + "\r\nNOOP\r\n";
    QByteArray replies;
    for (qsizetype at = 0; at < line.size(); at += 1'000)
        replies += peer.say(line.mid(at, 1'000));
    QVERIFY2(replies.startsWith("500 5.5.6 "), replies.left(100).constData());
    QVERIFY(replies.endsWith("250 2.0.0 OK\r\n"));
    QCOMPARE(replies.count('\n'), 2);
}

void ServerSessionTest::tooManyRecipients_areRefusedOneByOne()
{
    Peer peer;
    peer.signIn();
    peer.say("MAIL FROM:<a@example.org>\r\n");
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(peer.say("RCPT TO:<b@example.org>\r\n").startsWith("250 "));
    QVERIFY(peer.say("RCPT TO:<b@example.org>\r\n").startsWith("452 4.5.3 "));
    peer.say("DATA\r\n");
    QVERIFY(peer.say("a\r\n.\r\n").startsWith("250 "));
    QCOMPARE(peer.envelopes.first().recipients.size(), 1'000);
}

void ServerSessionTest::quit_closes()
{
    Peer peer;
    QVERIFY(peer.say("QUIT\r\nNOOP\r\n").startsWith("221 "));
    QVERIFY(peer.closed);
    QCOMPARE(peer.replies.count('\n'), 1);
}

void ServerSessionTest::idleClient_isTold()
{
    Peer peer;
    peer.signIn();
    peer.say("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\na\r\n");
    peer.idle();
    QVERIFY(peer.replies.startsWith("421 4.4.2 "));
    QVERIFY(peer.closed);
    QCOMPARE(peer.dropped, 1);
    QVERIFY(peer.kept.isEmpty());
}

QTEST_GUILESS_MAIN(ServerSessionTest)
#include "tst_serversession.moc"
