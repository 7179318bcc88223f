// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/session.h"

#include <QBuffer>
#include <QHash>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::smtp;
using postrider::base::MonotonicTime;

namespace {

constexpr quint32 Rows = 10;
constexpr quint32 RunsOfARow = 300;

int below(QRandomGenerator &random, int limit)
{
    return static_cast<int>(random.bounded(limit));
}

/**
 * A server by the book that refuses at random, and a judge of what a client may say to it.
 *
 * It reads every octet as a server does, so that it knows which messages it has taken whatever the client
 * thinks, and it finds the first thing that breaks a rule of RFC 5321, 2920 or 3030.
 */
class ModelServer
{
public:
    struct Habits
    {
        QSet<QByteArray> keywords {};
        int refusalPercent = 0;
        bool knowsBdat = true;
        bool followsWindows = true; ///< else MAIL right behind RSET is out of sequence
    };

    ModelServer(Habits habits, QRandomGenerator &random)
        : m_habits(std::move(habits))
        , m_random(random)
    {
        m_replies = "220 mx\r\n"_ba;
    }

    void read(const QByteArray &octets)
    {
        if (!m_habits.keywords.contains("PIPELINING"_ba) && !m_replies.isEmpty() && !octets.isEmpty())
            object("spoke before the reply"_ba);
        // What follows DATA depends on its reply, so that DATA is the last word of a group.
        if (m_repliesGiven < m_dataReplyEnd && !octets.isEmpty())
            object("spoke behind DATA"_ba);
        m_input += octets;
        while (objection.isEmpty() && readOne()) { }
    }

    /// What the server says next, a piece of it.
    QByteArray takeReplies(qsizetype most)
    {
        const QByteArray piece = m_replies.first(std::min(most, m_replies.size()));
        m_replies.remove(0, piece.size());
        m_repliesGiven += piece.size();
        return piece;
    }
    [[nodiscard]] bool hasReplies() const { return !m_replies.isEmpty(); }

    QByteArray objection {};       ///< the first rule that was broken
    QList<QByteArray> accepted {}; ///< contents of the messages that are this server's duty now
    qsizetype largestGroup = 0;    ///< messages that were on their way at once

private:
    void object(const QByteArray &what)
    {
        if (objection.isEmpty())
            objection = what + " at: " + m_input.left(60);
    }
    bool refuses() { return below(m_random, 100) < m_habits.refusalPercent; }
    void reply(const QByteArray &line)
    {
        if (below(m_random, 4) == 0)
            m_replies += line.first(3) + "-and more\r\n";
        m_replies += line + "\r\n";
    }
    QByteArray refusal()
    {
        const QList<QByteArray> all { "450 4.2.0 later"_ba, "550 5.1.1 no"_ba, "552 5.2.2 full"_ba,
                                      "554 5.7.1 spam"_ba, "451 4.3.0 hm"_ba };
        return all.at(below(m_random, static_cast<int>(all.size())));
    }

    bool readOne()
    {
        if (m_isInData)
            return readData();
        if (m_chunkLeft >= 0)
            return readChunk();
        const qsizetype end = m_input.indexOf("\r\n");
        if (end < 0)
            return false;
        const QByteArray line = m_input.first(end);
        m_input.remove(0, end + 2);
        if (line.contains('\n') || line.contains('\r'))
            object("bare line end in a command"_ba);
        handle(line);
        return true;
    }

    void handle(const QByteArray &line)
    {
        const QByteArray verb = line.split(' ').constFirst();
        if (verb == "EHLO") {
            QByteArray text = "250-mx\r\n"_ba;
            for (const QByteArray &keyword : std::as_const(m_habits.keywords))
                text += "250-" + keyword + "\r\n";
            m_replies += text + "250 HELP\r\n";
        } else if (line.startsWith("MAIL FROM:<")) {
            handleMail(line);
        } else if (line.startsWith("RCPT TO:<")) {
            checkParameters(line);
            if (!m_isOpen)
                reply("503 5.5.1 need MAIL"_ba);
            else if (refuses())
                reply(refusal());
            else
                ++m_recipients, reply("250 2.1.5 ok"_ba);
        } else if (line == "DATA") {
            handleDataCommand();
        } else if (verb == "BDAT") {
            handleBdat(line);
        } else if (line == "RSET") {
            reset();
            m_isBehindReset = !m_replies.isEmpty();
            reply("250 2.0.0 flushed"_ba);
        } else if (line == "QUIT") {
            reply("221 bye"_ba);
        } else {
            object("unknown command"_ba);
        }
    }

    void handleMail(const QByteArray &line)
    {
        checkParameters(line);
        if (m_isOpen)
            object("MAIL within a transaction"_ba);
        const bool isLost = std::exchange(m_isBehindReset, false) && !m_habits.followsWindows;
        if (isLost) {
            reply("503 5.5.1 sequence"_ba);
        } else if (refuses()) {
            reply(below(m_random, 3) == 0 ? "555 5.5.4 parameter"_ba : refusal());
        } else {
            m_isOpen = true;
            reply("250 2.1.0 ok"_ba);
        }
    }

    void handleDataCommand()
    {
        if (m_usesBdat)
            object("DATA behind BDAT"_ba);
        if (!m_isOpen)
            reply("503 5.5.1 need MAIL"_ba);
        else if (m_recipients == 0 && below(m_random, 2) == 0)
            reply("554 5.5.1 no valid recipients"_ba);
        else if (refuses())
            reply(refusal());
        else
            m_isInData = true, reply("354 go"_ba);
        m_dataReplyEnd = m_repliesGiven + m_replies.size();
        if (!m_input.isEmpty())
            object("spoke behind DATA"_ba);
    }

    void handleBdat(const QByteArray &line)
    {
        if (!m_habits.keywords.contains("CHUNKING"_ba))
            object("BDAT is not offered"_ba);
        if (m_isLastChunkDone)
            object("BDAT behind LAST"_ba);
        const QList<QByteArray> words = line.split(' ');
        m_chunkLeft = words.value(1).toLongLong();
        m_isLastChunk = words.value(2) == "LAST";
        m_usesBdat = true;
    }

    bool readData()
    {
        const bool isEmpty = m_input.startsWith(".\r\n");
        const qsizetype end = isEmpty ? 0 : m_input.indexOf("\r\n.\r\n");
        if (end < 0)
            return false;
        const QByteArray stuffed = m_input.first(isEmpty ? 0 : end + 2);
        m_input.remove(0, stuffed.size() + 3);
        QByteArray content = '\n' + stuffed;
        content.replace("\n..", "\n.");
        m_isInData = false;
        if (m_recipients == 0 && !stuffed.isEmpty())
            object("content for nobody"_ba);
        take(content.mid(1));
        return true;
    }

    bool readChunk()
    {
        if (m_input.size() < m_chunkLeft)
            return false;
        m_chunks += m_input.first(m_chunkLeft);
        m_input.remove(0, std::exchange(m_chunkLeft, -1));
        if (!m_habits.knowsBdat) {
            m_usesBdat = false;
            m_chunks.clear();
            reply("502 5.5.1 not implemented"_ba);
            return true;
        }
        m_isLastChunkDone = m_isLastChunk;
        if (!m_isOpen || m_recipients == 0 || m_isChunkFailed) {
            reply(m_isOpen ? "554 5.5.1 no valid recipients"_ba : "503 5.5.1 need MAIL"_ba);
        } else if (m_isLastChunk) {
            take(m_chunks);
        } else if (refuses()) {
            m_isChunkFailed = true;
            reply(refusal());
        } else {
            reply("250 2.0.0 chunk"_ba);
        }
        return true;
    }

    void take(const QByteArray &content)
    {
        if (m_recipients == 0) {
            reply("554 5.5.1 no valid recipients"_ba);
        } else if (refuses()) {
            reply(refusal());
        } else {
            accepted.append(content);
            reply("250 2.0.0 taken"_ba);
            reset();
            return;
        }
        if (!m_usesBdat) // a failed BDAT leaves the transaction open until RSET
            reset();
    }

    void reset()
    {
        m_isOpen = false;
        m_recipients = 0;
        m_usesBdat = false;
        m_isLastChunkDone = false;
        m_isChunkFailed = false;
        m_chunks.clear();
    }

    /// No parameter of an extension that is not offered (RFC 5321 section 4.1.1.3).
    void checkParameters(const QByteArray &line)
    {
        static const QHash<QByteArray, QByteArray> keywords {
            { "SIZE"_ba, "SIZE"_ba },
            { "SMTPUTF8"_ba, "SMTPUTF8"_ba },
            { "RET"_ba, "DSN"_ba },
            { "ENVID"_ba, "DSN"_ba },
            { "NOTIFY"_ba, "DSN"_ba },
            { "ORCPT"_ba, "DSN"_ba },
            { "REQUIRETLS"_ba, "REQUIRETLS"_ba },
            { "HOLDFOR"_ba, "FUTURERELEASE"_ba },
            { "BY"_ba, "DELIVERBY"_ba },
            { "MT-PRIORITY"_ba, "MT-PRIORITY"_ba },
        };
        if (line.size() + 2 > 1036)
            object("command line too long"_ba);
        const QList<QByteArray> words = line.split(' ').mid(2);
        QSet<QByteArray> names;
        for (const QByteArray &word : words) {
            const QByteArray name = word.split('=').constFirst();
            const QByteArray keyword = name != "BODY" ? keywords.value(name)
                : word == "BODY=8BITMIME"             ? "8BITMIME"_ba
                                                      : "BINARYMIME"_ba;
            if (keyword.isEmpty() || !m_habits.keywords.contains(keyword) || names.contains(name))
                object("parameter " + word);
            names.insert(name);
        }
    }

    Habits m_habits;
    QRandomGenerator &m_random;
    QByteArray m_input {};
    QByteArray m_replies {};
    bool m_isOpen = false;
    bool m_isInData = false;
    qint64 m_repliesGiven = 0;
    qint64 m_dataReplyEnd = 0;
    bool m_usesBdat = false;
    bool m_isLastChunk = false;
    bool m_isLastChunkDone = false;
    bool m_isChunkFailed = false;
    bool m_isBehindReset = false;
    qint64 m_chunkLeft = -1;
    QByteArray m_chunks {};
    int m_recipients = 0;
};

/// What is told about one message.
struct Told
{
    int ends = 0;
    bool isDelivered = false;
    Failure failure {};
};

class Conversation
{
public:
    Conversation(quint32 seed, ModelServer::Habits habits, SessionConfig config)
        : m_random(seed)
        , m_server(std::move(habits), m_random)
        , m_session(std::move(config), m_now)
    { }

    /// Sends the messages; the connection breaks after so many octets in either direction.
    void run(int messages, qint64 breakAfter)
    {
        m_left = breakAfter;
        while (m_isAlive && m_server.objection.isEmpty() && m_steps++ < 20'000) {
            m_idleSteps = step(messages) ? 0 : m_idleSteps + 1;
            if (m_submitted == messages && isEveryoneTold())
                return;
            // Each step does some of what can be done; so many without any effect have tried all of it.
            if (m_idleSteps == 100) {
                isStuck = true;
                return;
            }
        }
    }

    [[nodiscard]] const ModelServer &server() const { return m_server; }
    QHash<TransactionId, Told> told {};
    bool isStuck = false;

    static QByteArray contentOf(TransactionId id)
    {
        QByteArray content = "X-Number: " + QByteArray::number(id) + "\r\n\r\n.\r\n..x\r\n";
        if (id % 5 == 0)
            content += QByteArray(70'000 + qsizetype(id), 'y') + "\r\n.z\r\n";
        return content;
    }

private:
    bool step(int messages)
    {
        bool hasMoved = false;
        if (below(m_random, 3) > 0)
            hasMoved = takeOutput() || hasMoved;
        if (below(m_random, 3) > 0)
            hasMoved = takeEvents() || hasMoved;
        if (below(m_random, 3) > 0)
            hasMoved = giveReplies() || hasMoved;
        while (m_isAlive && m_session.freeSlots() > 0 && m_submitted < messages && below(m_random, 4) > 0)
            submit(), hasMoved = true;
        if (!m_due.isEmpty() && below(m_random, 2) == 0) {
            std::shuffle(m_due.begin(), m_due.end(), m_random);
            const QList<TransactionId> some = m_due.mid(0, 1 + below(m_random, int(m_due.size())));
            m_due.remove(0, some.size());
            m_session.releaseFinalOctet(some, m_now);
            hasMoved = true;
        }
        return hasMoved;
    }

    bool takeOutput()
    {
        const QByteArray octets = m_session.takeOutput(1 + below(m_random, 100'000), m_now);
        const QByteArray through = octets.first(std::min(m_left, octets.size()));
        m_left -= through.size();
        m_server.read(through);
        if (through.size() < octets.size())
            lose();
        return !octets.isEmpty();
    }

    bool giveReplies()
    {
        const QByteArray octets = m_server.takeReplies(1 + below(m_random, 200));
        const QByteArray through = octets.first(std::min(m_left, octets.size()));
        m_left -= through.size();
        m_session.receive(through, m_now);
        if (through.size() < octets.size())
            lose();
        return !octets.isEmpty();
    }

    void lose()
    {
        m_session.connectionClosed();
        takeEvents();
        m_isAlive = false;
    }

    bool takeEvents()
    {
        bool hasMoved = false;
        while (const auto what = m_session.nextEvent()) {
            hasMoved = true;
            if (std::holds_alternative<event::CredentialsWanted>(*what)) {
                m_session.skipAuthentication(m_now);
            } else if (const auto *due = std::get_if<event::FinalOctetDue>(&*what)) {
                m_due += due->transactions;
            } else if (const auto *delivered = std::get_if<event::Delivered>(&*what)) {
                ++told[delivered->transaction].ends;
                told[delivered->transaction].isDelivered = true;
            } else if (const auto *failed = std::get_if<event::TransactionFailed>(&*what)) {
                ++told[failed->transaction].ends;
                told[failed->transaction].failure = failed->failure;
            } else if (std::holds_alternative<event::SessionFailed>(*what)) {
                m_isAlive = false;
            }
        }
        return hasMoved;
    }

    void submit()
    {
        const TransactionId id = TransactionId(++m_submitted);
        told.insert(id, {});
        Envelope envelope;
        envelope.reversePath = "ann@example.org"_ba;
        for (int i = below(m_random, 4); i >= 0; --i)
            envelope.recipients.append("r" + QByteArray::number(i) + "@example.org");
        const QByteArray octets = contentOf(id);
        envelope.size = below(m_random, 3) == 0 ? 0 : octets.size();
        if (below(m_random, 4) == 0)
            envelope.notifications = StatusNotifications { .envelopeId = "id=1"_ba };
        if (below(m_random, 4) == 0)
            envelope.priority = 1;
        if (below(m_random, 8) == 0)
            envelope.body = Envelope::Body::EightBitMime;
        if (below(m_random, 8) == 0)
            envelope.partialRecipients = Envelope::PartialRecipients::SendToNobody;
        if (below(m_random, 16) == 0)
            envelope.deliverBy = DeliverBy { .within = 10'000s };
        if (below(m_random, 16) == 0)
            envelope.transportSecurity = Envelope::TransportSecurity::RequireTls;
        auto content = std::make_unique<QBuffer>();
        content->setData(octets);
        content->open(QIODevice::ReadOnly);
        m_session.submit(id, envelope, std::move(content), m_now);
    }

    [[nodiscard]] bool isEveryoneTold() const
    {
        return std::all_of(told.begin(), told.end(), [](const Told &t) { return t.ends == 1; });
    }

    MonotonicTime m_now {};
    QRandomGenerator m_random;
    ModelServer m_server;
    Session m_session;
    QList<TransactionId> m_due {};
    qint64 m_left = 0;
    int m_submitted = 0;
    int m_steps = 0;
    int m_idleSteps = 0;
    bool m_isAlive = true;
};

ModelServer::Habits habitsFor(QRandomGenerator &random)
{
    ModelServer::Habits habits;
    const QList<QByteArray> all { "PIPELINING"_ba, "CHUNKING"_ba,      "BINARYMIME"_ba, "SIZE"_ba,
                                  "8BITMIME"_ba,   "SMTPUTF8"_ba,      "DSN"_ba,        "REQUIRETLS"_ba,
                                  "DELIVERBY"_ba,  "FUTURERELEASE"_ba, "MT-PRIORITY"_ba };
    for (const QByteArray &keyword : all) {
        if (below(random, 3) > 0)
            habits.keywords.insert(keyword);
    }
    habits.refusalPercent = QList { 0, 0, 5, 40 }.at(below(random, 4));
    habits.knowsBdat = below(random, 6) > 0;
    habits.followsWindows = below(random, 6) > 0;
    return habits;
}

} // namespace

/// Whatever a server offers, refuses and when the line breaks: no rule is broken, and what is told is true.
class TestSessionProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyConversation_keepsTheRulesAndTellsTheTruth_data();
    void everyConversation_keepsTheRulesAndTellsTheTruth();
    void everyBrokenConversation_keepsTheRulesAndTellsTheTruth_data();
    void everyBrokenConversation_keepsTheRulesAndTellsTheTruth();
    // One function for each way to speak, so that each has a time limit of its own.
    void everyCut_leavesTheTruth_data();
    void everyCut_leavesTheTruth();
    void everyCutOfAPipeline_leavesTheTruth_data();
    void everyCutOfAPipeline_leavesTheTruth();
    void everyCutOfSingleCommands_leavesTheTruth_data();
    void everyCutOfSingleCommands_leavesTheTruth();

private:
    enum class Line { Lasts, Breaks };
    static void addSeeds();
    /// Those of the row's seeds whose conversation has such a line.
    static void converse(Line line);
    static void addCuts();
    static void cutEverywhere(const QSet<QByteArray> &keywords);
    static QByteArray judged(quint32 seed, const ModelServer::Habits &habits, int messages,
                             qint64 breakAfter);
};

QByteArray TestSessionProperties::judged(quint32 seed, const ModelServer::Habits &habits, int messages,
                                         qint64 breakAfter)
{
    Conversation conversation(seed, habits, { .security = Security::ImplicitTls, .window = 8 });
    conversation.run(messages, breakAfter);
    if (!conversation.server().objection.isEmpty())
        return conversation.server().objection;
    if (conversation.isStuck)
        return "nothing moves"_ba;

    const QList<QByteArray> &accepted = conversation.server().accepted;
    int unknown = 0;
    for (auto told = conversation.told.cbegin(); told != conversation.told.cend(); ++told) {
        const QByteArray name = "message " + QByteArray::number(told.key());
        const qsizetype copies = accepted.count(Conversation::contentOf(told.key()));
        const bool isUnknown = told->failure.custody == Failure::Custody::Unknown;
        unknown += isUnknown ? 1 : 0;
        if (told->ends != 1)
            return name + " ended " + QByteArray::number(told->ends) + " times";
        if (copies > 1)
            return name + " is there twice";
        if (told->isDelivered != (copies == 1) && !isUnknown)
            return name + (copies == 1 ? " is lost from sight" : " is told as delivered");
    }
    if (unknown > 8)
        return "more in doubt than a window"_ba;
    for (const QByteArray &content : accepted) {
        const TransactionId id = content.mid(10).split('\r').constFirst().toULongLong();
        if (content != Conversation::contentOf(id))
            return "content changed on its way"_ba;
    }
    return {};
}

void TestSessionProperties::addSeeds()
{
    QTest::addColumn<quint32>("firstSeed");
    for (quint32 row = 0; row < Rows; ++row) {
        const quint32 first = row * RunsOfARow + 1;
        QTest::addRow("seeds from %u", first) << first;
    }
}

void TestSessionProperties::converse(Line line)
{
    QFETCH(quint32, firstSeed);
    for (quint32 seed = firstSeed; seed < firstSeed + RunsOfARow; ++seed) {
        QRandomGenerator random(seed);
        const ModelServer::Habits habits = habitsFor(random);
        const Line own = below(random, 2) == 0 ? Line::Lasts : Line::Breaks;
        if (own != line)
            continue;
        const qint64 breakAfter = line == Line::Lasts ? 1'000'000'000 : random.bounded(20'000);
        const QByteArray flaw = judged(seed, habits, 1 + below(random, 20), breakAfter);
        QVERIFY2(flaw.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(QString::fromUtf8(flaw))));
    }
}

void TestSessionProperties::everyConversation_keepsTheRulesAndTellsTheTruth_data()
{
    addSeeds();
}

void TestSessionProperties::everyConversation_keepsTheRulesAndTellsTheTruth()
{
    converse(Line::Lasts);
}

void TestSessionProperties::everyBrokenConversation_keepsTheRulesAndTellsTheTruth_data()
{
    addSeeds();
}

void TestSessionProperties::everyBrokenConversation_keepsTheRulesAndTellsTheTruth()
{
    converse(Line::Breaks);
}

void TestSessionProperties::addCuts()
{
    constexpr int Step = 500;
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    for (qint64 first = 0; first < 3000; first += Step)
        QTest::addRow("from %lld", static_cast<long long>(first)) << first << first + Step - 1;
}

/// The connection breaks after each single octet of a conversation about four messages, and after some of one
/// about nine.
void TestSessionProperties::cutEverywhere(const QSet<QByteArray> &keywords)
{
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    ModelServer::Habits habits;
    habits.keywords = keywords;
    for (qint64 cut = first; cut <= last; ++cut) {
        QByteArray flaw = judged(7, habits, 4, cut);
        if (flaw.isEmpty() && cut % 7 == 0)
            flaw = judged(11, habits, 9, cut);
        QVERIFY2(flaw.isEmpty(), qPrintable(u"cut at %1: %2"_s.arg(cut).arg(QString::fromUtf8(flaw))));
    }
}

void TestSessionProperties::everyCut_leavesTheTruth_data()
{
    addCuts();
}

/// Windows of eight.
void TestSessionProperties::everyCut_leavesTheTruth()
{
    cutEverywhere({ "PIPELINING"_ba, "CHUNKING"_ba });
}

void TestSessionProperties::everyCutOfAPipeline_leavesTheTruth_data()
{
    addCuts();
}

void TestSessionProperties::everyCutOfAPipeline_leavesTheTruth()
{
    cutEverywhere({ "PIPELINING"_ba });
}

void TestSessionProperties::everyCutOfSingleCommands_leavesTheTruth_data()
{
    addCuts();
}

void TestSessionProperties::everyCutOfSingleCommands_leavesTheTruth()
{
    cutEverywhere({});
}

QTEST_GUILESS_MAIN(TestSessionProperties)
#include "tst_sessionproperties.moc"
