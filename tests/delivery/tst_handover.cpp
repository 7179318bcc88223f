// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "consignments.h"
#include "delivery/handover.h"
#include "support/fakesmtpserver.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::addresses;
using delivery::consignment;
using delivery::FinalOctets;
using delivery::Handover;
using outbox::LearntHabits;
using outbox::RecipientState;
using support::FakeSmtpServer;

namespace {

using Behaviour = FakeSmtpServer::Behaviour;

/// A server that hands on to another one: it takes so many recipients in a transaction, and those that it
/// refuses get the content all the same when they were in one group with it.
class Relay
{
public:
    Relay(int most, QByteArray refusal)
        : m_most(most)
        , m_refusal(std::move(refusal))
    { }

    QByteArray operator()(const QByteArray &line)
    {
        if (line.startsWith("MAIL"))
            m_state->passedOn = 0;
        else if (line.startsWith("DATA") || line.startsWith("BDAT"))
            m_state->reached += m_state->passedOn;
        else if (line.startsWith("RCPT") && ++m_state->passedOn > m_most)
            return m_refusal;
        return {};
    }
    [[nodiscard]] int reached() const { return m_state->reached; }

private:
    struct State
    {
        int passedOn = 0;
        int reached = 0;
    };
    int m_most;
    QByteArray m_refusal;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace

/// What one connection learns about its server, and how the next one begins with it.
class HandoverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void chunksThatAreNotKnown_areLeftOutFromThenOn();
    void commandsLostBehindAMessage_areNotSentThereAgain();
    void a503ToMail_isTriedOnceOverANewConnection_data();
    void a503ToMail_isTriedOnceOverANewConnection();
    void habitsOfAnotherServer_areNotItsOwn();
    void aRelayWithALowLimit_reachesNobodyTwice_data();
    void aRelayWithALowLimit_reachesNobodyTwice();
    void aNumberThatWasTaken_goesInOneFlight();
    void aLimitWithoutAReason_isNotRemembered();
    void hangingUpAfterTooMany_comesBackWithFewer_data();
    void hangingUpAfterTooMany_comesBackWithFewer();
    void aRefusedTransaction_doesNotStopThoseLeftOver();
    void aLateRelease_letsNothingGo();
    void whatANarrowChoiceUses_isNotAllThatIsKnown();
    void accountsOwnRoute_isTaken();

private:
    using Results = std::map<delivery::HandoverId, outbox::AttemptOutcome>;

    void serve(Behaviour behaviour);
    [[nodiscard]] std::unique_ptr<Handover> makeHandover();
    /// The messages over one Handover, as fast as it takes them.
    Results send(const QList<QList<QByteArray>> &messages);

    std::unique_ptr<FakeSmtpServer> m_server {};
    base::SystemClock m_clock {};
    delivery::HandoverTarget m_target {};
    std::optional<LearntHabits> m_learnt {};
};

void HandoverTest::init()
{
    m_target = {};
    m_target.account.server = { .host = u"localhost"_s, .port = 0, .security = accounts::Security::None };
    m_learnt.reset();
}

void HandoverTest::accountsOwnRoute_isTaken()
{
    using accounts::Route;
    using Kind = net::ProxyChoice::Kind;
    m_target.account.route = { .proxy = Route::Proxy::Socks5,
                               .proxyHost = u"proxy.example.org"_s,
                               .proxyPort = 1080,
                               .localAddress = u"192.0.2.7"_s,
                               .timeLimit = 45 };
    const net::ConnectionConfig config = delivery::toConnectionConfig(m_target, {});
    QVERIFY(config.proxy.kind == Kind::Socks5);
    QCOMPARE(config.proxy.host, u"proxy.example.org"_s);
    QCOMPARE(config.proxy.port, 1080);
    QCOMPARE(config.localAddress, QHostAddress(u"192.0.2.7"_s));
    const std::chrono::milliseconds limit = std::chrono::seconds { 45 };
    QVERIFY(config.connectTimeout == limit && config.handshakeTimeout == limit);
    QVERIFY(config.session.timeouts.greeting == limit && config.session.timeouts.command == limit);
    // Shorter, a message that arrived could not be told from one that did not.
    QVERIFY(config.session.timeouts.dataEnd == smtp::Timeouts().dataEnd);

    m_target.account.route.proxy = Route::Proxy::None;
    QVERIFY(delivery::toConnectionConfig(m_target, {}).proxy.kind == Kind::None);
    m_target.proxy = { .kind = Kind::HttpConnect, .host = u"other.example.org"_s, .port = 8080 };
    QVERIFY(delivery::toConnectionConfig(m_target, {}).proxy.kind == Kind::HttpConnect);
    m_target = {};
    const net::ConnectionConfig usual = delivery::toConnectionConfig(m_target, {});
    QVERIFY(usual.proxy.kind == Kind::System && usual.localAddress.isNull());
    QVERIFY(usual.session.timeouts.command == smtp::Timeouts().command);
}

void HandoverTest::serve(Behaviour behaviour)
{
    behaviour.security = FakeSmtpServer::Security::Plaintext;
    m_server = std::make_unique<FakeSmtpServer>(std::move(behaviour));
    m_target.account.server.port = m_server->port();
}

std::unique_ptr<Handover> HandoverTest::makeHandover()
{
    delivery::HandoverTarget target;
    target.account = m_target.account;
    target.timeouts = m_target.timeouts;
    target.facts = m_target.facts;
    target.habits = m_target.habits;
    target.secret = base::Secret("tanstaaf");
    auto handover = std::make_unique<Handover>(std::move(target), m_clock);
    connect(handover.get(), &Handover::learnt, this,
            [this](const LearntHabits &habits) { m_learnt = habits; });
    return handover;
}

HandoverTest::Results HandoverTest::send(const QList<QList<QByteArray>> &messages)
{
    const std::unique_ptr<Handover> handover = makeHandover();
    Results results;
    qsizetype next = 0;
    bool isOver = false;
    const auto fill = [&] {
        while (next < messages.size() && handover->freeSlots() > 0) {
            const qsizetype id = next++;
            handover->submit(id, consignment(messages.at(id)));
        }
    };
    connect(handover.get(), &Handover::ready, this, fill);
    connect(handover.get(), &Handover::finalOctetsDue, handover.get(), &Handover::releaseFinalOctets);
    connect(handover.get(), &Handover::done, this,
            [&](delivery::HandoverId id, const outbox::AttemptOutcome &outcome) {
                results.emplace(id, outcome);
                if (static_cast<qsizetype>(results.size()) == messages.size())
                    handover->close();
            });
    connect(handover.get(), &Handover::failed, this, [&] { isOver = true; });
    connect(handover.get(), &Handover::closed, this, [&] { isOver = true; });
    handover->open();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isOver, 20'000); }();
    [&] { QCOMPARE(static_cast<qsizetype>(results.size()), messages.size()); }();
    return results;
}

void HandoverTest::chunksThatAreNotKnown_areLeftOutFromThenOn()
{
    serve({ .extensions = { "PIPELINING", "CHUNKING" }, .knowsChunks = false });
    const QList<QList<QByteArray>> messages(3, { "bob@example.net" });
    for (const auto &[id, outcome] : send(messages))
        QVERIFY2(outcome.problem.isNone(), qPrintable(outbox::toString(outcome.problem.kind)));
    QCOMPARE(m_server->messages().size(), 3);
    QVERIFY(m_learnt && m_learnt->habits.chunkUse == smtp::ChunkUse::Never);
    QVERIFY(m_learnt->habitsLearnt.isValid());
    QCOMPARE(m_server->count("BDAT"), 1);

    const int before = m_server->connections();
    m_target.habits = m_learnt;
    QVERIFY(send(messages).at(2).problem.isNone());
    QCOMPARE(m_server->count("BDAT"), 1);
    QCOMPARE(m_server->connections(), before + 1);
    QCOMPARE(m_server->messages().size(), 6);
}

void HandoverTest::commandsLostBehindAMessage_areNotSentThereAgain()
{
    serve({ .extensions = { "PIPELINING" }, .keepsInputBehindContent = false });
    m_target.timeouts.mailBehindContent = 100ms;
    const QList<QList<QByteArray>> messages(4, { "bob@example.net" });
    for (const auto &[id, outcome] : send(messages))
        QVERIFY2(outcome.problem.isNone(), qPrintable(outbox::toString(outcome.problem.kind)));
    QCOMPARE(m_server->messages().size(), 4);
    QVERIFY(m_learnt && m_learnt->habits.pipelineUse == smtp::PipelineUse::WithinMessage);

    const int before = m_server->connections();
    m_target.habits = m_learnt;
    m_target.timeouts.mailBehindContent = 10s;
    QVERIFY(send(messages).at(3).problem.isNone());
    QCOMPARE(m_server->connections(), before + 1);
    QCOMPARE(m_server->messages().size(), 8);
}

void HandoverTest::a503ToMail_isTriedOnceOverANewConnection_data()
{
    QTest::addColumn<int>("refusals");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("a server that was confused once") << 1 << true;
    QTest::newRow("a server that means it") << 100 << false;
}

void HandoverTest::a503ToMail_isTriedOnceOverANewConnection()
{
    QFETCH(int, refusals);
    QFETCH(bool, isSent);
    int asked = 0;
    serve({ .answer = [&asked, refusals](const QByteArray &line) {
        const bool isRefused = line.startsWith("MAIL") && asked++ < refusals;
        return isRefused ? "503 5.5.1 nested MAIL command\r\n"_ba : QByteArray();
    } });
    const outbox::AttemptOutcome outcome = send({ { "bob@example.net" } }).at(0);
    QCOMPARE(outcome.problem.isNone(), isSent);
    QCOMPARE(m_server->connections(), 2);
    QCOMPARE(asked, 2);
}

void HandoverTest::habitsOfAnotherServer_areNotItsOwn()
{
    serve({ .extensions = { "CHUNKING" } });
    m_target.habits = LearntHabits { .host = u"other.example.org"_s,
                                     .port = m_server->port(),
                                     .habits = { .chunkUse = smtp::ChunkUse::Never } };
    QVERIFY(send({ { "bob@example.net" } }).at(0).problem.isNone());
    QCOMPARE(m_server->count("BDAT"), 1);
}

void HandoverTest::aRelayWithALowLimit_reachesNobodyTwice_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("DATA") << QList<QByteArray> { "PIPELINING" };
    QTest::newRow("BDAT") << QList<QByteArray> { "PIPELINING", "CHUNKING" };
}

void HandoverTest::aRelayWithALowLimit_reachesNobodyTwice()
{
    QFETCH(QList<QByteArray>, extensions);
    constexpr int Limit = 7;
    Relay relay(Limit, "451 4.5.3 Too many recipients\r\n");
    serve({ .extensions = extensions, .answer = relay });
    const QList<QByteArray> recipients = addresses(15);
    const outbox::AttemptOutcome outcome = send({ recipients }).at(0);
    for (const outbox::RecipientOutcome &recipient : outcome.recipients)
        QVERIFY(recipient.state == RecipientState::Sent);
    QCOMPARE(relay.reached(), 15);
    QCOMPARE(m_server->messages().size(), 3);
    QVERIFY(m_learnt);
    QCOMPARE(m_learnt->recipientLimit, Limit);

    // Whoever knows it asks for no more.
    m_target.habits = m_learnt;
    const qsizetype asked = m_server->count("RCPT");
    QVERIFY(send({ recipients }).at(0).problem.isNone());
    QCOMPARE(relay.reached(), 30);
    QCOMPARE(m_server->count("RCPT"), asked + 15);
    QCOMPARE(m_server->messages().size(), 6);
}

void HandoverTest::aNumberThatWasTaken_goesInOneFlight()
{
    // Once it has taken so many, content need not wait for the replies.
    serve({ .extensions = { "PIPELINING", "CHUNKING" } });
    QVERIFY(send({ addresses(5) }).at(0).problem.isNone());
    QVERIFY(m_learnt);
    QCOMPARE(m_learnt->recipientsTaken, 5);
    QCOMPARE(m_learnt->recipientLimit, 0);

    m_target.habits = m_learnt;
    bool isDue = false;
    const std::unique_ptr<Handover> handover = makeHandover();
    connect(handover.get(), &Handover::ready, this, [&] { handover->submit(1, consignment(addresses(5))); });
    connect(handover.get(), &Handover::finalOctetsDue, this, [&] { isDue = true; });
    const qsizetype asked = m_server->count("RCPT");
    handover->open();
    QTRY_VERIFY_WITH_TIMEOUT(isDue, 10'000);
    QCOMPARE(m_server->count("RCPT"), asked); // the whole waits to leave at once
    handover->abort();
}

void HandoverTest::aLimitWithoutAReason_isNotRemembered()
{
    Relay server(3, "452 Not now\r\n");
    serve({ .answer = server });
    QVERIFY(send({ addresses(5) }).at(0).problem.isNone());
    QCOMPARE(m_server->messages().size(), 2);
    QVERIFY(m_learnt);
    QCOMPARE(m_learnt->recipientLimit, 0);
}

void HandoverTest::hangingUpAfterTooMany_comesBackWithFewer_data()
{
    // How many recipients the server took before: content goes along with no more than these.
    QTest::addColumn<int>("known");
    QTest::newRow("content waits for the replies") << 0;
    QTest::newRow("content goes along") << 20;
}

void HandoverTest::hangingUpAfterTooMany_comesBackWithFewer()
{
    QFETCH(int, known);
    constexpr int Limit = 4;
    auto told = std::make_shared<int>(0);
    serve({ .extensions = { "PIPELINING" }, .answer = [=](const QByteArray &line) -> QByteArray {
               if (line.startsWith("MAIL"))
                   *told = 0;
               if (!line.startsWith("RCPT"))
                   return {};
               ++*told;
               if (*told > Limit + 2)
                   return "421 4.7.0 Too many errors\r\n";
               return *told > Limit ? QByteArray("452 4.5.3 Too many recipients\r\n") : QByteArray();
           } });
    const QList<QByteArray> recipients = addresses(10);
    m_target.habits = LearntHabits { .host = u"localhost"_s,
                                     .port = m_server->port(),
                                     .recipientsTaken = known,
                                     .recipientsLearnt = m_clock.now() };
    const outbox::AttemptOutcome outcome = send({ recipients }).at(0);
    for (const outbox::RecipientOutcome &recipient : outcome.recipients)
        QVERIFY2(recipient.state == RecipientState::Sent, recipient.address.constData());
    QList<QByteArray> reached;
    for (const FakeSmtpServer::Message &message : m_server->messages())
        reached += message.recipients;
    std::sort(reached.begin(), reached.end());
    QCOMPARE(reached, recipients); // everybody once
    QCOMPARE(m_server->connections(), 2);
}

void HandoverTest::aRefusedTransaction_doesNotStopThoseLeftOver()
{
    serve({ .extensions = { "LIMITS RCPTMAX=1" }, .answer = [](const QByteArray &line) {
               return line.startsWith("RCPT TO:<r1@") ? QByteArray("550 5.1.1 Nobody here\r\n")
                                                      : QByteArray();
           } });
    const QList<outbox::RecipientOutcome> outcomes = send({ addresses(3) }).at(0).recipients;
    QVERIFY(outcomes.at(0).state == RecipientState::Sent);
    QVERIFY(outcomes.at(1).state == RecipientState::Failed);
    QCOMPARE(outcomes.at(1).code, 550);
    QVERIFY(outcomes.at(2).state == RecipientState::Sent);
    QCOMPARE(m_server->messages().size(), 2);
}

/// The mark of a transaction that failed meanwhile is not the mark of the message's next one.
void HandoverTest::aLateRelease_letsNothingGo()
{
    serve({ .extensions = { "PIPELINING", "CHUNKING" } });
    const std::unique_ptr<Handover> handover = makeHandover();
    QList<FinalOctets> asked;
    QList<delivery::HandoverId> ended;
    connect(handover.get(), &Handover::finalOctetsDue, this,
            [&](const FinalOctets &due) { asked.append(due); });
    connect(handover.get(), &Handover::done, this,
            [&](delivery::HandoverId id, const outbox::AttemptOutcome &outcome) {
                QVERIFY(outcome.problem.isNone());
                ended.append(id);
            });
    bool isReady = false;
    connect(handover.get(), &Handover::ready, this, [&] { isReady = true; });
    handover->open();
    QTRY_VERIFY_WITH_TIMEOUT(isReady, 10'000);
    handover->submit(1, consignment({ "bob@example.net" }));
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 10'000);
    handover->releaseFinalOctets(asked.at(0));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 10'000);

    handover->submit(2, consignment({ "bob@example.net" }));
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2, 10'000);
    m_server->say("421 4.3.2 Going down\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 3, 10'000); // again, on a new connection
    QCOMPARE(m_server->connections(), 2);
    handover->releaseFinalOctets(asked.at(1));
    QVERIFY(!handover->isPastFinalOctet());
    handover->releaseFinalOctets(asked.at(2));
    QVERIFY(handover->isPastFinalOctet());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 10'000);
    QCOMPARE(m_server->messages().size(), 2);
    handover->abort();
}

/// An account that insists on PLAIN learns nothing about what its server is able to do.
void HandoverTest::whatANarrowChoiceUses_isNotAllThatIsKnown()
{
    serve({});
    m_target.account.user = u"ann"_s;
    m_target.account.auth = "PLAIN";
    m_target.facts
        = outbox::ServerFacts { .host = u"localhost"_s, .mechanisms = { "SCRAM-SHA-256", "PLAIN" } };
    const std::unique_ptr<Handover> handover = makeHandover();
    bool isReady = false;
    connect(handover.get(), &Handover::ready, this, [&] { isReady = true; });
    handover->open();
    QTRY_VERIFY_WITH_TIMEOUT(isReady, 10'000);
    QVERIFY(handover->facts().mechanisms.contains("SCRAM-SHA-256"));
    handover->abort();
}

QTEST_GUILESS_MAIN(HandoverTest)
#include "tst_handover.moc"
