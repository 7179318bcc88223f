// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/session.h"

#include <QBuffer>
#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using postrider::base::MonotonicTime;

namespace {

constexpr quint32 Rows = 8;
constexpr quint32 RunsOfARow = 400;
constexpr int MostSteps = 6000;

int below(QRandomGenerator &random, int limit)
{
    return static_cast<int>(random.bounded(limit));
}

bool isOneIn(QRandomGenerator &random, int count)
{
    return below(random, count) == 0;
}

QByteArray oneOf(QRandomGenerator &random, const QList<QByteArray> &choice)
{
    return choice.at(below(random, int(choice.size())));
}

/**
 * What a server says, as anybody reads it who knows only RFC 5321 section 4.2: complete replies in their
 * order. Knows nothing of ReplyParser.
 */
class Heard
{
public:
    void read(QByteArrayView octets)
    {
        m_rest += octets;
        for (qsizetype end = m_rest.indexOf("\r\n"); end >= 0 && !isBroken; end = m_rest.indexOf("\r\n")) {
            const QByteArray line = m_rest.first(end);
            m_rest.remove(0, end + 2);
            const bool isLine = line.size() >= 3 && line[0] >= '2' && line[0] <= '5'
                && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
            isBroken = !isLine || line.contains('\n') || line.contains('\r') || line.contains('\0');
            if (isBroken)
                return;
            m_worst = std::max(m_worst, line.at(0) - '0');
            const int code = line.first(3).toInt();
            if (line.size() > 3 && line.at(3) == '-')
                continue;
            classes.append(std::exchange(m_worst, 0));
            lastCode = code;
            hasEnded = hasEnded || code == 421;
        }
    }
    /// Whether octets came that no complete reply has.
    [[nodiscard]] bool isWithinReply() const { return !m_rest.isEmpty() || m_worst > 0; }

    QList<int> classes {}; ///< of each reply, the greeting first
    int lastCode = 0;
    bool hasEnded = false; ///< said 421
    bool isBroken = false;

private:
    QByteArray m_rest {};
    int m_worst = 0;
};

/// One message as it went over the wire.
struct Attempts
{
    int count = 0;            ///< MAIL commands
    QList<qsizetype> ends {}; ///< numbers of the replies to the end of the content
    bool isEndBeforeItsReply = true;
};

/**
 * What the client says, as a server reads it: which reply, by number, each command will have.
 */
class Said
{
public:
    explicit Said(const Heard &heard)
        : m_heard(heard)
    { }

    void read(const QByteArray &octets)
    {
        m_input += octets;
        while (readOne()) { }
    }

    QList<QByteArray> verbs { "greeting"_ba }; ///< what each reply will be to
    QHash<TransactionId, Attempts> attempts {};
    QByteArray objection {};

private:
    bool readOne()
    {
        if (m_isBehindData) { // what follows depends on the reply
            if (m_heard.classes.size() < verbs.size())
                return false;
            m_isBehindData = false;
            m_isContent = m_heard.classes.at(verbs.size() - 1) == 3;
        }
        if (m_isContent)
            return readContent();
        if (m_chunkOctets >= 0)
            return readChunk();
        const qsizetype end = m_input.indexOf("\r\n");
        if (end < 0)
            return false;
        const QByteArray line = m_input.first(end);
        m_input.remove(0, end + 2);
        if (line.startsWith("MAIL FROM:<m")) {
            m_current = line.mid(12, line.indexOf('@') - 12).toULongLong();
            ++attempts[m_current].count;
        }
        if (line.startsWith("BDAT ")) {
            m_isLast = line.endsWith(" LAST");
            m_chunkOctets = line.split(' ').value(1).toLongLong();
            return true;
        }
        verbs.append(line.split(' ').constFirst());
        m_isBehindData = line == "DATA";
        return true;
    }

    bool readContent()
    {
        const bool isEmpty = m_input.startsWith(".\r\n");
        const qsizetype end = isEmpty ? 0 : m_input.indexOf("\r\n.\r\n");
        if (end < 0)
            return false;
        m_input.remove(0, isEmpty ? 3 : end + 5);
        m_isContent = false;
        verbs.append("."_ba);
        if (!isEmpty)
            noteEnd();
        return true;
    }

    bool readChunk()
    {
        if (m_input.size() < m_chunkOctets)
            return false;
        m_input.remove(0, std::exchange(m_chunkOctets, -1));
        verbs.append(m_isLast ? "."_ba : "BDAT"_ba);
        if (m_isLast)
            noteEnd();
        return true;
    }

    void noteEnd()
    {
        Attempts &own = attempts[m_current];
        const qsizetype number = verbs.size() - 1;
        own.ends.append(number);
        const bool hasBegun = m_heard.classes.size() > number
            || (m_heard.classes.size() == number && m_heard.isWithinReply());
        own.isEndBeforeItsReply = own.isEndBeforeItsReply && !hasBegun;
    }

    const Heard &m_heard;
    QByteArray m_input {};
    TransactionId m_current = 0;
    bool m_isBehindData = false;
    bool m_isContent = false;
    bool m_isLast = false;
    qint64 m_chunkOctets = -1;
};

/// A server that mostly answers what it is asked, and never what it should for long.
class Server
{
public:
    Server(QRandomGenerator &random, const Said &said)
        : m_random(random)
        , m_said(said)
        , m_oddPercent(QList { 0, 1, 5, 30 }.at(below(random, 4)))
        , m_refusalPercent(QList { 0, 5, 40 }.at(below(random, 3)))
    {
        for (const char *keyword : { "PIPELINING", "CHUNKING", "SIZE 100000", "DSN", "AUTH PLAIN LOGIN" }) {
            if (!isOneIn(random, 3))
                m_keywords.append(keyword);
        }
    }

    /// What it says next; empty: nothing.
    QByteArray speak()
    {
        if (below(m_random, 100) < m_oddPercent)
            return oddity();
        if (m_given >= m_said.verbs.size())
            return {};
        return answer(m_said.verbs.at(m_given++));
    }

private:
    QByteArray answer(const QByteArray &verb)
    {
        const bool refuses = below(m_random, 100) < m_refusalPercent;
        QByteArray text = refuses ? refusal(verb) : consent(verb);
        if (verb != "AUTH" && isOneIn(m_random, 5))
            text.prepend(text.first(3) + "-more to come\r\n");
        return text;
    }

    QByteArray consent(const QByteArray &verb)
    {
        if (verb == "greeting")
            return "220 mx\r\n"_ba;
        if (verb == "EHLO") {
            QByteArray text = "250-mx\r\n"_ba;
            for (const QByteArray &keyword : std::as_const(m_keywords))
                text += "250-" + keyword + "\r\n";
            return text + "250 HELP\r\n";
        }
        if (verb == "DATA")
            return "354 go\r\n"_ba;
        if (verb == "AUTH" || verb.size() > 8) // or an answer to a challenge
            return oneOf(m_random, { "235 ok\r\n"_ba, "235 ok\r\n"_ba, "334 \r\n"_ba });
        if (verb == "QUIT")
            return "221 bye\r\n"_ba;
        return oneOf(m_random, { "250 ok\r\n"_ba, "250 2.0.0 ok\r\n"_ba, "251 elsewhere\r\n"_ba });
    }

    QByteArray refusal(const QByteArray &verb)
    {
        if (verb == "AUTH")
            return oneOf(m_random,
                         { "535 5.7.8 no\r\n"_ba, "504 no\r\n"_ba, "454 later\r\n"_ba,
                           "500 5.5.6 long\r\n"_ba, "432 once\r\n"_ba });
        return oneOf(m_random,
                     { "450 later\r\n"_ba, "550 5.1.1 no\r\n"_ba, "552 5.3.4 big\r\n"_ba,
                       "503 5.5.1 order\r\n"_ba, "502 5.5.1 what\r\n"_ba, "555 parameter\r\n"_ba,
                       "452 4.5.3 many\r\n"_ba, "354 go\r\n"_ba, "250 ok\r\n"_ba });
    }

    QByteArray oddity()
    {
        switch (below(m_random, 10)) {
        case 0:
            return "421 4.3.2 closing\r\n"_ba;
        case 1:
            return "250 nobody asked\r\n"_ba;
        case 2:
            return "250-both\r\n550 and neither\r\n"_ba;
        case 3:
            return "HTTP/1.1 200 OK\r\n"_ba;
        case 4:
            return "250 ok\n"_ba;
        case 5:
            return QByteArray("250 \0\r\n", 7);
        case 6:
            return "250-never ends\r\n"_ba.repeated(200);
        case 7:
            return "354 go\r\n"_ba;
        case 8: // two replies change places
            if (m_given + 1 < m_said.verbs.size()) {
                const QByteArray later = answer(m_said.verbs.at(m_given + 1));
                const QByteArray earlier = answer(m_said.verbs.at(m_given));
                m_given += 2;
                return later + earlier;
            }
            return {};
        default:
            return "199 hm\r\n"_ba;
        }
    }

    QRandomGenerator &m_random;
    const Said &m_said;
    int m_oddPercent;
    int m_refusalPercent;
    QList<QByteArray> m_keywords {};
    qsizetype m_given = 0;
};

/// What was told about one message, and what the caller did with it.
struct Told
{
    qsizetype recipients = 0;
    QHash<qsizetype, int> answers {}; ///< how often each recipient's was told
    bool isReleased = false;
    int ends = 0;
    int acceptedAt = 0; ///< the attempt in which the last recipient was accepted
};

/// A session between such a server and a caller who does all that is allowed in any order.
class Conversation
{
public:
    explicit Conversation(quint32 seed)
        : m_random(seed)
        , m_session({ .security = isOneIn(m_random, 4) ? Security::Plaintext : Security::ImplicitTls,
                      .window = 1 + below(m_random, 8) },
                    m_now)
        , m_server(m_random, m_said)
        , m_messages(1 + static_cast<TransactionId>(below(m_random, 12)))
        , m_piece(isOneIn(m_random, 3) ? 1 + below(m_random, 5) : 10'000)
        , m_bite(isOneIn(m_random, 3) ? 30 : 70'000)
        , m_isImpatient(isOneIn(m_random, 10))
    { }

    /// The first rule that was broken; empty when none was.
    QByteArray run()
    {
        for (int step = 0; step < MostSteps && m_flaw.isEmpty(); ++step) {
            if (m_isEnded)
                return judgedEnd();
            if (!act())
                waitOut();
        }
        return m_flaw.isEmpty() ? "it does not end"_ba : m_flaw;
    }

    int delivered = 0;
    int inDoubt = 0;

private:
    void object(const QByteArray &flaw)
    {
        if (m_flaw.isEmpty())
            m_flaw = flaw;
    }

    /// Whether anything happened.
    bool act()
    {
        bool hasMoved = takeOutput();
        hasMoved = takeEvents() || hasMoved;
        while (m_session.freeSlots() > 0 && m_submitted < m_messages && !isOneIn(m_random, 4)) {
            submit();
            hasMoved = true;
        }
        if (!m_due.isEmpty() && !isOneIn(m_random, 4)) {
            for (const TransactionId id : std::as_const(m_due))
                m_told[id].isReleased = true;
            m_session.releaseFinalOctet(std::exchange(m_due, {}), m_now);
            hasMoved = true;
        }
        if (m_isImpatient && isOneIn(m_random, 60)) {
            m_session.connectionClosed();
            return true;
        }
        if (m_submitted == m_messages && isEveryoneTold() && !std::exchange(m_hasQuit, true)) {
            m_session.quit(m_now);
            hasMoved = true;
        }
        const QByteArray octets = m_server.speak();
        for (QByteArrayView rest = octets; !rest.isEmpty();) {
            const qsizetype count = std::min<qsizetype>(m_piece, rest.size());
            m_heard.read(rest.first(count));
            m_session.receive(rest.first(count), m_now);
            rest = rest.sliced(count);
            if (isOneIn(m_random, 3))
                takeOutput();
            takeEvents();
        }
        return hasMoved || !octets.isEmpty();
    }

    /// Nobody has anything to do now: then there is a time at which something happens.
    void waitOut()
    {
        if (++m_idleTurns < 30) // each turn does some of what can be done at random
            return;
        m_idleTurns = 0;
        const std::optional<MonotonicTime> deadline = m_session.deadline();
        if (!deadline) {
            object("nothing is waited for, and nothing happens"_ba);
            return;
        }
        if (*deadline > m_now + 10min)
            object("a wait above ten minutes"_ba);
        m_now = std::max(m_now, *deadline);
        m_session.handleTimeout(m_now);
        if (!takeEvents() && !takeOutput())
            object("a wait that ends in nothing"_ba);
    }

    bool takeOutput()
    {
        const QByteArray octets = m_session.takeOutput(1 + below(m_random, m_bite), m_now);
        if (m_isEnded && !octets.isEmpty())
            object("it speaks after its end"_ba);
        m_said.read(octets);
        return !octets.isEmpty();
    }

    bool takeEvents()
    {
        bool isAny = false;
        while (const auto what = m_session.nextEvent()) {
            if (m_isEnded)
                object("it tells something after its end"_ba);
            isAny = true;
            judge(*what);
        }
        return isAny;
    }

    void judge(const Event &what)
    {
        if (const auto *wanted = std::get_if<event::CredentialsWanted>(&what)) {
            if (wanted->mechanisms.isEmpty() || isOneIn(m_random, 3))
                m_session.skipAuthentication(m_now);
            else
                m_session.authenticate(
                    sasl::makeMechanism(wanted->mechanisms.constFirst(), { u"ann"_s, base::Secret("pw"_ba) }),
                    m_now);
        } else if (const auto *due = std::get_if<event::FinalOctetDue>(&what)) {
            m_due += due->transactions;
            for (const TransactionId id : due->transactions)
                m_told[id].isReleased = false;
        } else if (const auto *accepted = std::get_if<event::RecipientAccepted>(&what)) {
            noteAnswer(accepted->transaction, accepted->index);
            m_told[accepted->transaction].acceptedAt = m_said.attempts[accepted->transaction].count;
        } else if (const auto *refused = std::get_if<event::RecipientRefused>(&what)) {
            noteAnswer(refused->transaction, refused->index);
        } else if (const auto *taken = std::get_if<event::Delivered>(&what)) {
            judgeDelivered(taken->transaction);
        } else if (const auto *failed = std::get_if<event::TransactionFailed>(&what)) {
            judgeFailed(failed->transaction, failed->failure);
        } else if (std::holds_alternative<event::SessionFailed>(what)
                   || std::holds_alternative<event::Finished>(what)) {
            m_isEnded = true;
        }
    }

    void noteAnswer(TransactionId id, qsizetype index)
    {
        Told &told = m_told[id];
        if (told.ends > 0 || index < 0 || index >= told.recipients)
            object("an answer for nobody"_ba);
        if (++told.answers[index] > m_said.attempts[id].count)
            object("a recipient is answered twice"_ba);
    }

    /// Sent: a complete 2yz that came after the last octet, by counting, and the caller knew that it left.
    void judgeDelivered(TransactionId id)
    {
        Told &told = m_told[id];
        const Attempts &attempts = m_said.attempts[id];
        ++told.ends;
        ++delivered;
        if (!told.isReleased)
            object("delivered without its last octet released"_ba);
        if (attempts.ends.isEmpty() || !attempts.isEndBeforeItsReply)
            object("delivered before its end"_ba);
        else if (m_heard.classes.value(attempts.ends.constLast()) != 2)
            object("delivered without a 2yz to its end"_ba);
        if (told.answers.size() != told.recipients || told.acceptedAt != attempts.count)
            object("delivered with an unanswered recipient"_ba);
    }

    /// Not accepted is only what was refused, or what the server cannot have as a whole.
    void judgeFailed(TransactionId id, const Failure &failure)
    {
        Told &told = m_told[id];
        const Attempts &attempts = m_said.attempts[id];
        ++told.ends;
        const bool isUnknown = failure.custody == Failure::Custody::Unknown;
        inDoubt += isUnknown ? 1 : 0;
        if (isUnknown && (attempts.ends.isEmpty() || !told.isReleased))
            object("in doubt although its end never left"_ba);
        if (isUnknown || m_heard.hasEnded || told.acceptedAt != attempts.count)
            return;
        for (const qsizetype end : attempts.ends) {
            if (m_heard.classes.value(end) == 2)
                object("refused although the server took it"_ba);
            const bool isOpen = end >= m_heard.classes.size();
            if (isOpen && failure.stage == Failure::Stage::ContentEnd)
                object("refused although nobody answered"_ba);
        }
    }

    QByteArray judgedEnd()
    {
        if (m_session.deadline() || !m_session.takeOutput(1000, m_now).isEmpty() || m_session.nextEvent())
            object("its end is not the end"_ba);
        for (auto told = m_told.cbegin(); told != m_told.cend(); ++told) {
            if (told->ends != 1)
                object("a message ends " + QByteArray::number(told->ends) + " times");
        }
        if (!m_said.objection.isEmpty())
            object(m_said.objection);
        return m_flaw;
    }

    void submit()
    {
        const TransactionId id = ++m_submitted;
        Envelope envelope;
        envelope.reversePath = "m" + QByteArray::number(id) + "@example.org";
        m_told[id].recipients = 1 + below(m_random, 4);
        for (qsizetype i = 0; i < m_told[id].recipients; ++i)
            envelope.recipients.append("r" + QByteArray::number(i) + "@example.org");
        envelope.partialRecipients
            = QList { Envelope::PartialRecipients::SendToAccepted,
                      Envelope::PartialRecipients::SendToAccepted, Envelope::PartialRecipients::SendToNobody,
                      Envelope::PartialRecipients::SendUnlessTooMany }
                  .at(below(m_random, 4));
        auto content = std::make_unique<QBuffer>();
        content->setData(m_bite > 30 && isOneIn(m_random, 12) ? QByteArray(150'000, 'x') + "\r\n"
                                                              : "Subject: x\r\n\r\n.\r\nmore\r\n"_ba);
        envelope.size = isOneIn(m_random, 2) ? content->data().size() : 0;
        content->open(QIODevice::ReadOnly);
        m_session.submit(id, envelope, std::move(content), m_now);
    }

    [[nodiscard]] bool isEveryoneTold() const
    {
        return std::all_of(m_told.begin(), m_told.end(), [](const Told &told) { return told.ends == 1; });
    }

    QRandomGenerator m_random;
    MonotonicTime m_now {};
    Session m_session;
    Heard m_heard {};
    Said m_said { m_heard };
    Server m_server;
    TransactionId m_messages;
    qsizetype m_piece;
    int m_bite;         ///< octets that the line takes at once, at most
    bool m_isImpatient; ///< the connection breaks at some time
    TransactionId m_submitted = 0;
    QHash<TransactionId, Told> m_told {};
    QList<TransactionId> m_due {};
    int m_idleTurns = 0;
    bool m_hasQuit = false;
    bool m_isEnded = false;
    QByteArray m_flaw {};
};

} // namespace

/// Whatever a server says and when: nothing is told as sent that was not taken, everybody is told once, and
/// everything ends. Time is virtual.
class TestUnrulyServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyConversation_endsInTheTruth_data();
    void everyConversation_endsInTheTruth();
};

void TestUnrulyServer::everyConversation_endsInTheTruth_data()
{
    QTest::addColumn<quint32>("firstSeed");
    for (quint32 row = 0; row < Rows; ++row) {
        const quint32 first = row * RunsOfARow + 1;
        QTest::addRow("seeds from %u", first) << first;
    }
}

void TestUnrulyServer::everyConversation_endsInTheTruth()
{
    QFETCH(quint32, firstSeed);
    int delivered = 0;
    int inDoubt = 0;
    for (quint32 seed = firstSeed; seed < firstSeed + RunsOfARow; ++seed) {
        Conversation conversation(seed);
        const QByteArray flaw = conversation.run();
        QVERIFY2(flaw.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(QString::fromUtf8(flaw))));
        delivered += conversation.delivered;
        inDoubt += conversation.inDoubt;
    }
    // Both ends are reached often enough to say something.
    QVERIFY2(delivered > int(RunsOfARow) / 2, qPrintable(QString::number(delivered)));
    QVERIFY2(inDoubt > int(RunsOfARow) / 100, qPrintable(QString::number(inDoubt)));
}

QTEST_GUILESS_MAIN(TestUnrulyServer)
#include "tst_unrulyserver.moc"
