// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computersurroundings.h"
#include "discovery/computerwire.h"
#include "discovery/search.h"
#include "support/fakesmtpserver.h"
#include "support/silentaddress.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::discovery;
using accounts::Security;
using support::FakeSmtpServer;

namespace {

using Place = std::pair<QString, quint16>;

/// Leads (address, port) of the picture to where the test's servers really listen.
class MappedWire final : public Wire
{
public:
    MappedWire(const std::map<Place, Place> &places, QObject *parent)
        : Wire(parent)
        , m_places(&places)
    {
        connect(&m_wire, &Wire::connected, this, &Wire::connected);
        connect(&m_wire, &Wire::failed, this, &Wire::failed);
        connect(&m_wire, &Wire::received, this, &Wire::received);
        connect(&m_wire, &Wire::encrypted, this, &Wire::encrypted);
        connect(&m_wire, &Wire::tlsFailed, this, &Wire::tlsFailed);
        connect(&m_wire, &Wire::closed, this, &Wire::closed);
    }
    void open(const WireTarget &target) override
    {
        WireTarget real = target;
        const auto found = m_places->find({ target.address.toString(), target.port });
        real.address = QHostAddress(found == m_places->end() ? u"127.0.0.1"_s : found->second.first);
        real.port = found == m_places->end() ? 1 : found->second.second; // nobody listens on port 1
        m_wire.open(real);
    }
    void send(const QByteArray &octets) override { m_wire.send(octets); }
    [[nodiscard]] qint64 pendingOctets() const override { return m_wire.pendingOctets(); }
    [[nodiscard]] QByteArray localLiteral() const override { return m_wire.localLiteral(); }
    void startTls(const WireTls &tls) override { m_wire.startTls(tls); }
    void close() override { m_wire.close(); }

private:
    ComputerWire m_wire {};
    const std::map<Place, Place> *m_places;
};

/// Real sockets and time; names and places of the test.
class LoopbackWorld final : public ComputerSurroundings, public NameService
{
public:
    [[nodiscard]] NameService &names() override { return *this; }
    [[nodiscard]] Wire *makeWire(QObject *parent) override { return new MappedWire(places, parent); }
    void findProxies(const QString &, quint16, QObject *context,
                     std::function<void(const QList<QNetworkProxy> &)> answer) override
    {
        callLater(0ms, context, [answer] { answer({ QNetworkProxy(QNetworkProxy::NoProxy) }); });
    }
    void lookUpHost(const QString &name, QObject *context,
                    std::function<void(const HostAnswer &)> answer) override
    {
        const QList<QHostAddress> found = hosts.value(name);
        callLater(0ms, context, [found, answer] {
            answer({ found.isEmpty() ? NameOutcome::NotFound : NameOutcome::Found, found });
        });
    }
    void lookUpMailExchangers(const QString &, QObject *context,
                              std::function<void(const MailExchangerAnswer &)> answer) override
    {
        callLater(0ms, context, [answer] { answer({ NameOutcome::Found, {} }); });
    }
    void lookUpService(const QString &, QObject *context,
                       std::function<void(const ServiceAnswer &)> answer) override
    {
        callLater(0ms, context, [answer] { answer({ NameOutcome::Found, {} }); });
    }

    QHash<QString, QList<QHostAddress>> hosts {};
    std::map<Place, Place> places {};
};

constexpr const char *Host = "smtp.example.test";
const QString V4 = u"192.0.2.10"_s;
const QString V6 = u"2001:db8::10"_s;

} // namespace

/// The engine with real sockets on loopback; figures are printed, order and ten times the limit asserted.
class LoopbackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ports_decideTheAnswer_data();
    void ports_decideTheAnswer();
    void wrongMode_isFound_data();
    void wrongMode_isFound();
    void certificates_areJudged_data();
    void certificates_areJudged();
    void injectedOctets_areNoticed();
    void oldTls_isNoticed();
    void otherProtocols_areNamed();
    void cancel_leavesNothing();

private:
    enum class Kind { Good, Silent, Dropped, Refused };
    /// A server for this port of the picture.
    FakeSmtpServer *serve(LoopbackWorld &world, quint16 port, FakeSmtpServer::Security security,
                          FakeSmtpServer::Behaviour behaviour = {}, const QString &address = V4);
    void drop(LoopbackWorld &world, quint16 port, const QString &address = V4);
    void speak(LoopbackWorld &world, quint16 port, const QByteArray &words);
    [[nodiscard]] Search::Options options() const;

    support::TestAuthority m_authority {};
    std::vector<std::unique_ptr<QObject>> m_servers {};
    std::vector<std::unique_ptr<support::SilentAddress>> m_silent {};
};

FakeSmtpServer *LoopbackTest::serve(LoopbackWorld &world, quint16 port, FakeSmtpServer::Security security,
                                    FakeSmtpServer::Behaviour behaviour, const QString &address)
{
    behaviour.security = security;
    if (behaviour.identity.certificate.isNull())
        behaviour.identity
            = m_authority.issue({ .commonName = Host, .subjectAltName = "DNS:smtp.example.test" });
    auto server = std::make_unique<FakeSmtpServer>(behaviour);
    world.places[{ address, port }] = { u"127.0.0.1"_s, server->port() };
    auto *raw = server.get();
    m_servers.push_back(std::move(server));
    return raw;
}

void LoopbackTest::drop(LoopbackWorld &world, quint16 port, const QString &address)
{
    m_silent.push_back(std::make_unique<support::SilentAddress>(QHostAddress(u"127.0.0.2"_s), 0));
    QVERIFY(m_silent.back()->isReady);
    world.places[{ address, port }] = { u"127.0.0.2"_s, m_silent.back()->port() };
}

void LoopbackTest::speak(LoopbackWorld &world, quint16 port, const QByteArray &words)
{
    auto server = std::make_unique<QTcpServer>();
    QVERIFY(server->listen(QHostAddress::LocalHost));
    connect(server.get(), &QTcpServer::newConnection, server.get(), [server = server.get(), words] {
        QTcpSocket *socket = server->nextPendingConnection();
        if (words.startsWith("HTTP"))
            connect(socket, &QTcpSocket::readyRead, socket, [socket, words] {
                socket->readAll();
                socket->write(words);
                socket->disconnectFromHost();
            });
        else if (!words.isEmpty())
            socket->write(words);
    });
    world.places[{ V4, port }] = { u"127.0.0.1"_s, server->serverPort() };
    m_servers.push_back(std::move(server));
}

Search::Options LoopbackTest::options() const
{
    Search::Options options;
    options.lookup = FinderOptions::Lookup::None;
    options.extraAuthorities = { m_authority.certificate() };
    return options;
}

void LoopbackTest::ports_decideTheAnswer_data()
{
    QTest::addColumn<QByteArray>("v4");
    QTest::addColumn<QByteArray>("v6");
    QTest::addColumn<quint16>("answer");
    QTest::addColumn<int>("budget");
    // A letter for each of 465, 587, 2525, 25: good, dropped, refused, silent
    QTest::newRow("all good") << "OOOO"_ba
                              << ""_ba << quint16(465) << 300;
    QTest::newRow("465 dropped") << "DORR"_ba
                                 << ""_ba << quint16(587) << 1600;
    QTest::newRow("only 465") << "ODDD"_ba
                              << ""_ba << quint16(465) << 300;
    QTest::newRow("465 silent") << "SORR"_ba
                                << ""_ba << quint16(587) << 1600;
    QTest::newRow("only 2525") << "DDOR"_ba
                               << ""_ba << quint16(2525) << 2000;
    QTest::newRow("IPv6 dropped") << "OORR"_ba
                                  << "DDDD"_ba << quint16(465) << 700;
    QTest::newRow("IPv6 refused") << "OORR"_ba
                                  << "RRRR"_ba << quint16(465) << 300;
    QTest::newRow("IPv6 and 465 dropped") << "DORR"_ba
                                          << "DDDD"_ba << quint16(587) << 2300;
    QTest::newRow("all refused") << "RRRR"_ba
                                 << ""_ba << quint16(0) << 300;
    QTest::newRow("all dropped") << "DDDD"_ba
                                 << ""_ba << quint16(0) << 8000;
}

void LoopbackTest::ports_decideTheAnswer()
{
    QFETCH(QByteArray, v4);
    QFETCH(QByteArray, v6);
    QFETCH(quint16, answer);
    QFETCH(int, budget);
    LoopbackWorld world;
    const auto setUp = [&](const QString &address, const QByteArray &letters) {
        constexpr std::array<quint16, 4> Ports { 465, 587, 2525, 25 };
        for (std::size_t i = 0; i < Ports.size() && !letters.isEmpty(); ++i) {
            const quint16 port = Ports.at(i);
            const char letter = letters.at(static_cast<qsizetype>(i));
            if (letter == 'O')
                serve(world, port,
                      port == 465 ? FakeSmtpServer::Security::ImplicitTls
                                  : FakeSmtpServer::Security::StartTls,
                      {}, address);
            else if (letter == 'D')
                drop(world, port, address);
            else if (letter == 'S')
                speak(world, port, {});
        }
    };
    setUp(V4, v4);
    setUp(V6, v6);
    QList<QHostAddress> addresses { QHostAddress(V4) };
    if (!v6.isEmpty())
        addresses.prepend(QHostAddress(V6));
    world.hosts.insert(QString::fromLatin1(Host), addresses);

    Search::Options chosen = options();
    chosen.extent = Search::Extent::UntilSettled;
    Search search(*Query::parse(u"ann@example.test"_s), chosen, world);
    QSignalSpy settled(&search, &Search::settled);
    QElapsedTimer timer;
    timer.start();
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(settled.count(), 1, budget * 10);
    qInfo("%s: %lld ms of %d", QTest::currentDataTag(), timer.elapsed(), budget);
    const std::optional<Recommendation> found = search.report().recommended;
    QCOMPARE(found ? found->server.port : quint16(0), answer);
}

void LoopbackTest::wrongMode_isFound_data()
{
    QTest::addColumn<quint16>("port");
    QTest::addColumn<Security>("security");
    QTest::newRow("TLS at connect on 587") << quint16(587) << Security::Tls;
    QTest::newRow("plain text first on 465") << quint16(465) << Security::StartTls;
}

void LoopbackTest::wrongMode_isFound()
{
    QFETCH(quint16, port);
    QFETCH(Security, security);
    LoopbackWorld world;
    world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
    serve(world, port,
          security == Security::Tls ? FakeSmtpServer::Security::ImplicitTls
                                    : FakeSmtpServer::Security::StartTls);
    Search search(*Query::parse(u"smtp.example.test:%1"_s.arg(port)), options(), world);
    QSignalSpy finished(&search, &Search::finished);
    QElapsedTimer timer;
    timer.start();
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 35000);
    qInfo("%s: %lld ms", QTest::currentDataTag(), timer.elapsed());
    QVERIFY(search.report().recommended);
    QCOMPARE(search.report().recommended->server,
             (accounts::Server { QString::fromLatin1(Host), port, security }));
}

void LoopbackTest::certificates_areJudged_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<bool>("isSelfSigned");
    QTest::addColumn<int>("lastDay");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("its own") << "DNS:smtp.example.test"_ba << false << 30 << u"OK"_s;
    QTest::newRow("wildcard") << "DNS:*.example.test"_ba << false << 30 << u"OK"_s;
    QTest::newRow("too wide a wildcard") << "DNS:*.test"_ba << false << 30 << u"CERT_NAME"_s;
    QTest::newRow("another host's") << "DNS:server7.hoster.test"_ba << false << 30 << u"CERT_NAME"_s;
    QTest::newRow("self-signed") << "DNS:smtp.example.test"_ba << true << 30 << u"CERT_SELF"_s;
    QTest::newRow("expired") << "DNS:smtp.example.test"_ba << false << 0 << u"CERT_EXPIRED"_s;
}

void LoopbackTest::certificates_areJudged()
{
    QFETCH(QByteArray, names);
    QFETCH(bool, isSelfSigned);
    QFETCH(int, lastDay);
    LoopbackWorld world;
    world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
    world.hosts.insert(u"server7.hoster.test"_s, { QHostAddress(V4) });
    support::CertificateSpec spec { .commonName = Host, .subjectAltName = names, .lastDay = lastDay };
    if (lastDay == 0)
        spec.firstDay = -9;
    FakeSmtpServer::Behaviour behaviour;
    behaviour.identity = isSelfSigned ? support::selfSigned(spec) : m_authority.issue(spec);
    FakeSmtpServer *server = serve(world, 587, FakeSmtpServer::Security::StartTls, behaviour);
    Search search(*Query::parse(u"smtp.example.test:587"_s), options(), world);
    QSignalSpy finished(&search, &Search::finished);
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
    const PortResult &port = search.report().ports.constFirst();
    QTEST(code(port.verdict), "verdict");
    QVERIFY(port.tls);
    QVERIFY(!port.auth.isEmpty()); // a certificate's problem does not end the probe
    QCOMPARE(port.suggestedHost, names.contains("server7") ? u"server7.hoster.test"_s : QString());
    QVERIFY(!server->received("AUTH"));
    QVERIFY(!server->received("MAIL"));
}

void LoopbackTest::injectedOctets_areNoticed()
{
    LoopbackWorld world;
    world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
    FakeSmtpServer::Behaviour behaviour;
    behaviour.injectedBehindStartTls = "250-injected\r\n250 AUTH PLAIN\r\n";
    serve(world, 587, FakeSmtpServer::Security::StartTls, behaviour);
    Search search(*Query::parse(u"smtp.example.test:587"_s), options(), world);
    QSignalSpy finished(&search, &Search::finished);
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
    QCOMPARE(code(search.report().verdict), u"TLS_TAMPER"_s);
}

void LoopbackTest::oldTls_isNoticed()
{
    LoopbackWorld world;
    world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
    FakeSmtpServer::Behaviour behaviour;
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    behaviour.protocol = QSsl::TlsV1_1;
    QT_WARNING_POP
    serve(world, 465, FakeSmtpServer::Security::ImplicitTls, behaviour);
    Search search(*Query::parse(u"smtp.example.test:465"_s), options(), world);
    QSignalSpy finished(&search, &Search::finished);
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
    QCOMPARE(code(search.report().verdict), u"TLS_OLD"_s);
}

void LoopbackTest::otherProtocols_areNamed()
{
    const QList<std::pair<QByteArray, QString>> all {
        { "HTTP/1.1 400 Bad Request\r\n\r\n"_ba, u"HTTP"_s },
        { "SSH-2.0-OpenSSH_9.2\r\n"_ba, u"SSH"_s },
        { "* OK IMAP ready\r\n"_ba, u"IMAP"_s },
        { "+OK POP3 ready\r\n"_ba, u"POP3"_s },
    };
    for (const quint16 port : std::array<quint16, 2> { 465, 587 }) {
        for (const auto &[words, protocol] : all) {
            LoopbackWorld world;
            world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
            speak(world, port, words);
            Search search(*Query::parse(u"smtp.example.test:%1"_s.arg(port)), options(), world);
            QSignalSpy finished(&search, &Search::finished);
            search.start();
            QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60000);
            QCOMPARE(code(search.report().verdict), u"NOT_SMTP"_s);
            QCOMPARE(search.report().ports.constFirst().spokenInstead, protocol);
        }
    }
}

void LoopbackTest::cancel_leavesNothing()
{
    LoopbackWorld world;
    world.hosts.insert(QString::fromLatin1(Host), { QHostAddress(V4) });
    FakeSmtpServer::Behaviour behaviour;
    behaviour.silentFrom = FakeSmtpServer::Stage::Ehlo;
    FakeSmtpServer *server = serve(world, 587, FakeSmtpServer::Security::StartTls, behaviour);
    drop(world, 465);
    Search search(*Query::parse(u"ann@example.test"_s), options(), world);
    int signals = 0;
    connect(&search, &Search::changed, &search, [&signals] { ++signals; });
    connect(&search, &Search::settled, &search, [&signals] { ++signals; });
    connect(&search, &Search::finished, &search, [&signals] { ++signals; });
    search.start();
    QTRY_COMPARE(server->openConnections(), 1);
    QElapsedTimer timer;
    timer.start();
    search.cancel();
    signals = 0;
    QTRY_COMPARE(server->openConnections(), 0);
    qInfo("cancel: %lld ms of 100", timer.elapsed());
    QVERIFY(timer.elapsed() < 1000);
    QTest::qWait(50); // nothing comes late
    QCOMPARE(signals, 0);
    QVERIFY(world.findChildren<Wire *>().isEmpty());
}

QTEST_GUILESS_MAIN(LoopbackTest)
#include "tst_loopback.moc"
