// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computernameservice.h"
#include "support/dnsserver.h"
#include "support/nameservice.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using discovery::ComputerNameService;
using discovery::HostAnswer;
using discovery::MailExchangerAnswer;
using discovery::NameOutcome;
using discovery::ServiceAnswer;
using support::DnsServer;
namespace nameservice = support::nameservice;

// Each test has a name of its own: Qt remembers for a minute what a name server said.
class ComputerNameServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void host_isLookedUpAsTheSystemDoes();
    void host_isToldFromTrouble();
    void ownNames_needNoServer_data();
    void ownNames_needNoServer();
    void hangingSystem_endsAtTheLimit();
    void mailExchangers_areRead();
    void services_areRead();
    void missingName_isToldAtOnce();
    void nameWithoutRecords_exists();
    void serverFailure_isToldFromAMissingName_data();
    void serverFailure_isToldFromAMissingName();
    void silentServer_endsAtTheLimit();
    void whoeverAskedIsGone_noAnswerComes();

private:
    /// Waits far longer than a limit may take.
    template <typename Answer>
    Answer wait(const std::function<void(QObject *, std::function<void(const Answer &)>)> &ask) const
    {
        QObject context;
        std::optional<Answer> answer;
        bool isInside = true;
        ask(&context, [&answer, &isInside](const Answer &content) {
            if (isInside || answer)
                qFatal("answered twice, or from within the question");
            answer = content;
        });
        isInside = false;
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 60'000))
            qFatal("no answer");
        return *answer;
    }
    HostAnswer host(const QString &name) const
    {
        return wait<HostAnswer>(
            [this, name](QObject *context, auto answer) { m_names->lookUpHost(name, context, answer); });
    }
    MailExchangerAnswer exchangers(const QString &name) const
    {
        return wait<MailExchangerAnswer>([this, name](QObject *context, auto answer) {
            m_names->lookUpMailExchangers(name, context, answer);
        });
    }
    ServiceAnswer services(const QString &name) const
    {
        return wait<ServiceAnswer>(
            [this, name](QObject *context, auto answer) { m_names->lookUpService(name, context, answer); });
    }
    [[nodiscard]] bool isServerMissing() const { return !m_hasServer; }

    bool m_hasServer = false;
    DnsServer m_server {};
    std::unique_ptr<ComputerNameService> m_names {};
};

void ComputerNameServiceTest::initTestCase()
{
    m_hasServer = m_server.start();
}

void ComputerNameServiceTest::init()
{
    m_names = std::make_unique<ComputerNameService>(QHostAddress(QHostAddress::LocalHost));
}

void ComputerNameServiceTest::host_isLookedUpAsTheSystemDoes()
{
    nameservice::add("smtp.example.org", { "2001:db8::1", "192.0.2.1" });
    const HostAnswer answer = host(u"smtp.example.org"_s);
    QVERIFY(answer.outcome == NameOutcome::Found);
    QCOMPARE(answer.addresses, QList({ QHostAddress(u"2001:db8::1"_s), QHostAddress(u"192.0.2.1"_s) }));
}

void ComputerNameServiceTest::host_isToldFromTrouble()
{
    QVERIFY(host(u"nobody.example.org"_s).outcome == NameOutcome::NotFound);
    nameservice::fail("trouble.example.org");
    QVERIFY(host(u"trouble.example.org"_s).outcome == NameOutcome::Failed);
}

void ComputerNameServiceTest::ownNames_needNoServer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("localhost") << u"localhost"_s << QStringList({ u"127.0.0.1"_s, u"::1"_s });
    QTest::newRow("below it") << u"mail.localhost"_s << QStringList({ u"127.0.0.1"_s, u"::1"_s });
    QTest::newRow("IPv4") << u"192.0.2.7"_s << QStringList { u"192.0.2.7"_s };
    QTest::newRow("IPv6") << u"2001:db8::7"_s << QStringList { u"2001:db8::7"_s };
    QTest::newRow("never there") << u"host.invalid"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void ComputerNameServiceTest::ownNames_needNoServer()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, addresses);
    const auto before = nameservice::questions().size();
    const auto askedBefore = m_server.questions().size();
    const HostAnswer answer = host(name);
    QStringList found;
    for (const QHostAddress &address : answer.addresses)
        found.append(address.toString());
    QCOMPARE(found, addresses);
    QVERIFY(answer.outcome == (addresses.isEmpty() ? NameOutcome::NotFound : NameOutcome::Found));
    QCOMPARE(nameservice::questions().size(), before);
    if (addresses.isEmpty()) {
        QVERIFY(exchangers(name).outcome == NameOutcome::NotFound);
        QVERIFY(services(name).outcome == NameOutcome::NotFound);
    }
    QCOMPARE(m_server.questions().size(), askedBefore);
}

void ComputerNameServiceTest::hangingSystem_endsAtTheLimit()
{
    m_names = std::make_unique<ComputerNameService>(QHostAddress(QHostAddress::LocalHost), 300ms);
    nameservice::hang("hanging.example.org");
    QElapsedTimer timer;
    timer.start();
    const HostAnswer answer = host(u"hanging.example.org"_s);
    QVERIFY(answer.outcome == NameOutcome::Failed);
    QVERIFY(timer.elapsed() >= 290);
    nameservice::release();
}

void ComputerNameServiceTest::mailExchangers_areRead()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    m_server.addMx("a.example.org", 20, "MX2.Example.org");
    m_server.addMx("a.example.org", 10, "mx1.example.org");
    const MailExchangerAnswer answer = exchangers(u"a.example.org"_s);
    QVERIFY(answer.outcome == NameOutcome::Found);
    QCOMPARE(answer.exchangers.size(), 2);
    QCOMPARE(answer.exchangers.at(0).host, u"mx1.example.org"_s);
    QCOMPARE(answer.exchangers.at(0).preference, 10);
    QCOMPARE(answer.exchangers.at(1).host, u"mx2.example.org"_s);
    QCOMPARE(m_server.questions().last(), u"a.example.org 15"_s);

    m_server.addMx("null.example.org", 0, "");
    const MailExchangerAnswer none = exchangers(u"null.example.org"_s);
    QCOMPARE(none.exchangers.size(), 1);
    QVERIFY(none.exchangers.first().host.isEmpty());
}

void ComputerNameServiceTest::services_areRead()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    m_server.addSrv("_submissions._tcp.b.example.org", 5, 7, 1465, "Smtp.example.org");
    const ServiceAnswer answer = services(u"_submissions._tcp.b.example.org"_s);
    QVERIFY(answer.outcome == NameOutcome::Found);
    QCOMPARE(answer.records.size(), 1);
    QCOMPARE(answer.records.first().host, u"smtp.example.org"_s);
    QCOMPARE(answer.records.first().port, 1465);
    QCOMPARE(answer.records.first().priority, 5);
    QCOMPARE(answer.records.first().weight, 7);

    m_server.addSrv("_submission._tcp.b.example.org", 0, 0, 0, "");
    const ServiceAnswer denied = services(u"_submission._tcp.b.example.org"_s);
    QCOMPARE(denied.records.size(), 1);
    QVERIFY2(denied.records.first().host.isEmpty(), "decidedly not offered");
}

void ComputerNameServiceTest::missingName_isToldAtOnce()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    QVERIFY(exchangers(u"missing.example.org"_s).outcome == NameOutcome::NotFound);
    QVERIFY(services(u"_submissions._tcp.missing.example.org"_s).outcome == NameOutcome::NotFound);
    QCOMPARE(m_server.questions().last(), u"_submissions._tcp.missing.example.org 33"_s);
}

void ComputerNameServiceTest::nameWithoutRecords_exists()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    m_server.addName("mail.c.co.uk");
    m_server.addNs("c.co.uk", "ns.c.co.uk");
    const MailExchangerAnswer answer = exchangers(u"mail.c.co.uk"_s);
    QVERIFY(answer.outcome == NameOutcome::Found);
    QVERIFY(answer.exchangers.isEmpty());
    QVERIFY2(m_server.questions().contains(u"c.co.uk 2"_s), "the second opinion");
}

void ComputerNameServiceTest::serverFailure_isToldFromAMissingName_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("servfail") << int(DnsServer::ServerFailure);
    QTest::newRow("refused") << int(DnsServer::Refused);
}

void ComputerNameServiceTest::serverFailure_isToldFromAMissingName()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    QFETCH(const int, code);
    m_server.fail("d.example", static_cast<DnsServer::ResponseCode>(code));
    m_server.fail("_submission._tcp.d.example", static_cast<DnsServer::ResponseCode>(code));
    QVERIFY(exchangers(u"d.example"_s).outcome == NameOutcome::Failed);
    QVERIFY(services(u"_submission._tcp.d.example"_s).outcome == NameOutcome::Failed);
}

void ComputerNameServiceTest::silentServer_endsAtTheLimit()
{
    if (isServerMissing())
        QSKIP("port 53 is not for us here");
    m_names = std::make_unique<ComputerNameService>(QHostAddress(QHostAddress::LocalHost), 300ms);
    m_server.ignore("e.example");
    QElapsedTimer timer;
    timer.start();
    QVERIFY(exchangers(u"e.example"_s).outcome == NameOutcome::Failed);
    QVERIFY(timer.elapsed() >= 290);
}

void ComputerNameServiceTest::whoeverAskedIsGone_noAnswerComes()
{
    nameservice::add("late.example.org", { "192.0.2.1" });
    auto context = std::make_unique<QObject>();
    int answers = 0;
    m_names->lookUpHost(u"late.example.org"_s, context.get(), [&answers](const HostAnswer &) { ++answers; });
    m_names->lookUpHost(u"localhost"_s, context.get(), [&answers](const HostAnswer &) { ++answers; });
    m_names->lookUpMailExchangers(u"late.example.org"_s, context.get(),
                                  [&answers](const MailExchangerAnswer &) { ++answers; });
    m_names->lookUpService(u"_submissions._tcp.late.example.org"_s, context.get(),
                           [&answers](const ServiceAnswer &) { ++answers; });
    context.reset();
    QTest::qWait(100);
    QCOMPARE(answers, 0);

    context = std::make_unique<QObject>();
    m_names->lookUpHost(u"late.example.org"_s, context.get(), [&answers, &context](const HostAnswer &) {
        ++answers;
        context.reset(); // within the answer, as an owner may do it
    });
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, 60'000);
}

QTEST_GUILESS_MAIN(ComputerNameServiceTest)
#include "tst_computernameservice.moc"
