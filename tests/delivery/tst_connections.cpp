// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::DeliveryFixture;
using delivery::Reach;
using outbox::AccountHold;
using outbox::MessageState;

namespace {

/// Longer than what may be in front of a small message on a connection.
QString longText()
{
    return QString(1'500'000 / 60, u'x').replace(u'x', QString(59, u'a') + u'\n');
}

/// Where nobody listens any more.
quint16 closedPort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

} // namespace

/// How many connections an account has, and what makes it try again at once.
class ConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DeliveryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aLargeMessage_keepsNoSmallOneWaiting();
    void aServerThatWantsOneConnection_isNotPressed();
    void aSlowServer_getsFourConnections();
    void aServerThatIsFarAway_getsOne();
    void aSlowServer_getsWhatItTakes_data();
    void aSlowServer_getsWhatItTakes();
    void aNetworkThatReturns_endsTheWait_data();
    void aNetworkThatReturns_endsTheWait();
    void aServersOwnWord_standsWhenTheNetworkReturns();
    void anIdleConnection_isNotUsedOnAnotherNetwork();
    void anotherPort_isTriedBeforeTheAccountWaits();
    void aPortThatLedToTheServer_isTriedFirst();
    void whenNoPortLeadsThere_theAccountsOwnIsTold();
    void aWeakerWay_isNeverTaken_data();
    void aWeakerWay_isNeverTaken();
    void aRefusedPassword_isNotShownElsewhere();

private:
    void queue(int messages);
    /// In the time that the first connection sees; the others would see it while they are asked something
    /// else.
    void slowDown()
    {
        if (m_fixture->server().speaker() == 1)
            m_fixture->clock.advance(20ms);
    }
    std::unique_ptr<DeliveryFixture> m_fixture {};
};

void ConnectionsTest::aLargeMessage_keepsNoSmallOneWaiting()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { "PIPELINING" }, .ignores = [&f](const QByteArray &line) {
                 const bool isOfAMessage
                     = line.startsWith("MAIL") || line.startsWith("RCPT") || line.startsWith("DATA");
                 return isOfAMessage && f.server().speaker() == 1;
             } });
    QVERIFY(f.open());
    const outbox::MessageId large = f.send(DeliveryFixture::draft(u"Large"_s, longText()));
    QTRY_COMPARE_WITH_TIMEOUT(f.count("MAIL"), 1, 10'000);
    QVERIFY(f.find(large).size > 1'000'000);
    outbox::MessageId last;
    for (int i = 0; i < 5; ++i)
        last = f.send(DeliveryFixture::draft(QString::number(i)));
    QTRY_COMPARE_WITH_TIMEOUT(f.find(last).state, MessageState::Sent, 10'000);
    QCOMPARE(f.find(large).state, MessageState::Sending);
    QCOMPARE(f.server().messages().size(), 5);
    for (int i = 0; i < 5; ++i)
        QVERIFY(f.server().messages().at(i).content.contains(
            QByteArray("\r\nSubject: " + QByteArray::number(i) + "\r\n")));
    // It goes when it is not needed any more.
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 1, 10'000);
    QVERIFY(f.count("AUTH") <= 5);
}

void ConnectionsTest::aServerThatWantsOneConnection_isNotPressed()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .answer = [greetings = 0](const QByteArray &line) mutable -> QByteArray {
                 return line.startsWith("EHLO") && ++greetings > 2 ? "421 4.7.0 Too many connections\r\n"
                                                                   : "";
             },
              .ignores = [](const QByteArray &line) { return line.startsWith("MAIL"); } });
    QVERIFY(f.open());
    QVERIFY(!f.send(DeliveryFixture::draft(u"Large"_s, longText())).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.count("MAIL"), 1, 10'000);
    const outbox::MessageId small = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.server().connections(), 2, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 1, 10'000);
    f.settle();
    QCOMPARE(f.find(small).state, MessageState::Queued);
    QCOMPARE(f.hold().state, AccountHold::State::Ready);
    QCOMPARE(f.hold().failures, 0);
    QCOMPARE(f.server().connections(), 2);
}

/// Messages that wait when delivery begins.
void ConnectionsTest::queue(int messages)
{
    DeliveryFixture &f = *m_fixture;
    QVERIFY(f.open(delivery::PostOffice::Delivery::Never));
    for (int i = 0; i < messages; ++i)
        QVERIFY(!f.send(DeliveryFixture::draft(QString::number(i))).isEmpty());
    f.close();
    QVERIFY(f.open());
}

void ConnectionsTest::aSlowServer_getsFourConnections()
{
    constexpr int Messages = 120;
    DeliveryFixture &f = *m_fixture;
    f.serve({ .acceptTime = 20ms, .arrived = [this](const auto &) { slowDown(); } });
    queue(Messages);
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 4, 10'000);
    QVERIFY(f.server().messages().size() >= 8); // what it judges the server by
    QTRY_COMPARE_WITH_TIMEOUT(f.server().messages().size(), Messages, 20'000);
    QCOMPARE(f.server().connections(), 4);
    // In their order, as far as four at a time have one.
    for (int i = 0; i < Messages; ++i) {
        const QByteArray &content = f.server().messages().at(i).content;
        const qsizetype from = content.indexOf("\r\nSubject: ") + 11;
        const int number = content.sliced(from, content.indexOf("\r\n", from) - from).toInt();
        QVERIFY2(std::abs(number - i) <= 4, qPrintable(u"%1 came as %2"_s.arg(number).arg(i)));
    }
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 1, 10'000);
    QCOMPARE(f.list().first().state, MessageState::Sent);
}

void ConnectionsTest::aServerThatIsFarAway_getsOne()
{
    constexpr int Messages = 40;
    DeliveryFixture &f = *m_fixture;
    f.serve({ .answer =
                  [&f](const QByteArray &) {
                      f.clock.advance(10ms); // on its way
                      return QByteArray();
                  },
              .acceptTime = 10ms,
              .arrived = [&f](const auto &) { f.clock.advance(10ms); } });
    queue(Messages);
    QTRY_COMPARE_WITH_TIMEOUT(f.server().messages().size(), Messages, 20'000);
    QCOMPARE(f.server().connections(), 1);
}

void ConnectionsTest::aSlowServer_getsWhatItTakes_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<int>("taken");
    QTest::newRow("one") << QByteArray("EHLO") << QByteArray("421 4.7.0 Too many connections\r\n") << 1;
    QTest::newRow("two") << QByteArray("EHLO") << QByteArray("421 4.7.0 Too many connections\r\n") << 2;
    QTest::newRow("one, it says late")
        << QByteArray("MAIL") << QByteArray("421 4.7.0 Too many connections\r\n") << 1;
}

void ConnectionsTest::aSlowServer_getsWhatItTakes()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, reply);
    QFETCH(int, taken);
    constexpr int Messages = 60;
    DeliveryFixture &f = *m_fixture;
    f.serve({ .answer =
                  [&f, verb, reply, taken](const QByteArray &line) {
                      return line.startsWith(verb) && f.server().speaker() > taken ? reply : QByteArray();
                  },
              .acceptTime = 20ms,
              .arrived = [this](const auto &) { slowDown(); } });
    queue(Messages);
    QTRY_COMPARE_WITH_TIMEOUT(f.server().messages().size(), Messages, 20'000);
    QCOMPARE(f.server().connections(), taken + 1);
    QTRY_COMPARE_WITH_TIMEOUT(f.list().first().state, MessageState::Sent, 10'000);
    // It is nobody's trouble.
    QCOMPARE(f.hold().state, AccountHold::State::Ready);
    for (const outbox::MessageSummary &message : f.list())
        QCOMPARE(message.attempts, 1);
}

void ConnectionsTest::aNetworkThatReturns_endsTheWait_data()
{
    QTest::addColumn<bool>("slept");
    QTest::newRow("online again") << false;
    QTest::newRow("after sleep") << true;
}

void ConnectionsTest::aNetworkThatReturns_endsTheWait()
{
    QFETCH(bool, slept);
    DeliveryFixture &f = *m_fixture;
    const auto isElsewhere = std::make_shared<bool>(true);
    f.serve({ .answer = [isElsewhere](const QByteArray &line) -> QByteArray {
        return *isElsewhere && line.startsWith("EHLO") ? "HTTP/1.1 302 Found\r\n" : "";
    } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, AccountHold::State::Waiting, 10'000);
    *isElsewhere = false;
    f.settle();
    QCOMPARE(f.find(id).state, MessageState::Deferred);
    f.network.setReach(Reach::Disconnected);
    f.settle();
    QCOMPARE(f.server().connections(), 1);
    if (slept)
        f.network.wakeUp();
    else
        f.network.setReach(Reach::Online);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.hold().failures, 0);
}

void ConnectionsTest::aServersOwnWord_standsWhenTheNetworkReturns()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .answer = [](const QByteArray &line) -> QByteArray {
        return line.startsWith("EHLO") ? "421 4.3.2 Maintenance\r\n" : "";
    } });
    QVERIFY(f.open());
    QVERIFY(!f.send().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, AccountHold::State::Waiting, 10'000);
    f.network.setReach(Reach::Disconnected);
    f.network.setReach(Reach::Online);
    f.settle();
    QCOMPARE(f.hold().state, AccountHold::State::Waiting);
    QCOMPARE(f.server().connections(), 1);
}

void ConnectionsTest::anIdleConnection_isNotUsedOnAnotherNetwork()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId one = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(one).state, MessageState::Sent, 10'000);
    f.settle();
    f.network.setReach(Reach::Disconnected);
    f.network.setReach(Reach::Online);
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 0, 10'000);
    const outbox::MessageId two = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(two).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().connections(), 2);
}

void ConnectionsTest::anotherPort_isTriedBeforeTheAccountWaits()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    f.account.alternates = { f.account.server };
    f.account.server.port = closedPort();
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.hold().failures, 0);
}

void ConnectionsTest::aPortThatLedToTheServer_isTriedFirst()
{
    DeliveryFixture &f = *m_fixture;
    QTcpServer silent; // a firewall that takes connections and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    int tries = 0;
    connect(&silent, &QTcpServer::newConnection, this, [&] {
        ++tries;
        silent.nextPendingConnection()->disconnectFromHost();
    });
    f.serve({});
    f.account.alternates = { f.account.server };
    f.account.server.port = silent.serverPort();
    QVERIFY(f.open());
    const auto sendOverANewConnection = [&f] {
        const outbox::MessageId id = f.send();
        QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
        f.server().hangUp();
        QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 0, 10'000);
        f.settle();
    };
    sendOverANewConnection();
    QCOMPARE(tries, 1);
    sendOverANewConnection();
    f.letPass(50min);
    sendOverANewConnection();
    QCOMPARE(tries, 1);
    // What closed the port may be over.
    f.letPass(15min);
    sendOverANewConnection();
    QCOMPARE(tries, 2);
    sendOverANewConnection();
    QCOMPARE(tries, 2);
    // So it may on another network.
    f.network.setReach(Reach::Disconnected);
    f.network.setReach(Reach::Online);
    f.settle();
    sendOverANewConnection();
    QCOMPARE(tries, 3);
    QCOMPARE(f.server().connections(), 6);
}

void ConnectionsTest::whenNoPortLeadsThere_theAccountsOwnIsTold()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    f.account.alternates = { f.account.server };
    f.account.server.port = closedPort();
    f.account.alternates.append(
        { .host = f.account.server.host, .port = closedPort(), .security = f.account.server.security });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    f.server().stop();
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 0, 10'000);
    f.settle();
    QVERIFY(!f.send().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, AccountHold::State::Waiting, 10'000);
    QVERIFY(f.hold().problem.kind == outbox::Problem::Kind::ConnectionRefused);
    QCOMPARE(f.hold().problem.port, f.account.server.port);
    QCOMPARE(f.hold().failures, 1);
}

void ConnectionsTest::aWeakerWay_isNeverTaken_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<accounts::Security>("security");
    QTest::newRow("no encryption") << u"localhost"_s << accounts::Security::None;
    QTest::newRow("another host") << u"127.0.0.1"_s << accounts::Security::StartTls;
}

void ConnectionsTest::aWeakerWay_isNeverTaken()
{
    QFETCH(QString, host);
    QFETCH(accounts::Security, security);
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    f.account.alternates = { { .host = host, .port = f.server().port(), .security = security } };
    f.account.server.port = closedPort();
    QVERIFY(f.open());
    QVERIFY(!f.send().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, AccountHold::State::Waiting, 10'000);
    QCOMPARE(f.hold().problem.kind, outbox::Problem::Kind::ConnectionRefused);
    QCOMPARE(f.hold().problem.port, f.account.server.port);
    QCOMPARE(f.server().connections(), 0);
}

void ConnectionsTest::aRefusedPassword_isNotShownElsewhere()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .replies = { { support::FakeSmtpServer::Stage::Auth, "535 5.7.8 Wrong\r\n" } } });
    f.account.alternates
        = { { .host = u"localhost"_s, .port = f.server().port(), .security = accounts::Security::Tls } };
    QVERIFY(f.open());
    QVERIFY(!f.send().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, AccountHold::State::Held, 10'000);
    QCOMPARE(f.hold().problem.kind, outbox::Problem::Kind::SignInRefused);
    QCOMPARE(f.server().connections(), 1);
}

QTEST_GUILESS_MAIN(ConnectionsTest)
#include "tst_connections.moc"
