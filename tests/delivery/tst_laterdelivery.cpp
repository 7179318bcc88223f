// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"

#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::DeliveryFixture;
using delivery::PostOffice;
using outbox::HoldReason;
using outbox::MessageState;

namespace {

const QByteArray KeepsADay = "FUTURERELEASE 86400 2099-01-01T00:00:00Z";

} // namespace

/// Accounts that let their server keep what is scheduled (RFC 4865).
class LaterDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DeliveryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aServerThatKeepsMessages_getsThemAtOnce();
    void aServerThatDoesNot_isAskedOnce();
    void withoutTheAccountsWish_thisComputerKeepsThem();
    void whatIsBeyondTheLimit_waitsHereUntilItIsNot();
    void aServerThatRefusesWhatItOffers_getsThemInTime_data();
    void aServerThatRefusesWhatItOffers_getsThemInTime();
    void whoseCopyIsKept_getsNoOther();
    void whatIsSentNow_isNotKept();

private:
    void serve(const QList<QByteArray> &extensions);
    [[nodiscard]] outbox::MessageId schedule(std::chrono::seconds later);
    /// That one waits here for its time.
    [[nodiscard]] bool isHeldHere(const outbox::MessageId &id);
    [[nodiscard]] QByteArray lastMail() const;

    std::unique_ptr<DeliveryFixture> m_fixture {};
};

void LaterDeliveryTest::serve(const QList<QByteArray> &extensions)
{
    m_fixture->serve({ .extensions = extensions });
    m_fixture->account.laterDelivery = accounts::LaterDelivery::HoldAtServer;
}

outbox::MessageId LaterDeliveryTest::schedule(std::chrono::seconds later)
{
    return m_fixture->send(DeliveryFixture::draft(),
                           { .notBefore = m_fixture->clock.now().addSecs(later.count()) });
}

bool LaterDeliveryTest::isHeldHere(const outbox::MessageId &id)
{
    const outbox::MessageSummary message = m_fixture->find(id);
    return message.state == MessageState::Held && message.hold == HoldReason::Scheduled
        && message.nextAttempt == message.scheduled;
}

QByteArray LaterDeliveryTest::lastMail() const
{
    QByteArray last;
    for (const support::FakeSmtpServer::Command &command : m_fixture->server().commands()) {
        if (command.line.startsWith("MAIL"))
            last = command.line;
    }
    return last;
}

void LaterDeliveryTest::aServerThatKeepsMessages_getsThemAtOnce()
{
    DeliveryFixture &f = *m_fixture;
    serve({ KeepsADay });
    QVERIFY(f.open());
    const QDateTime time = f.clock.now().addSecs(3600);
    const outbox::MessageId id = schedule(1h);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(lastMail().endsWith(QByteArray(" HOLDUNTIL=" + time.toString(Qt::ISODate).toLatin1())));
    QCOMPARE(f.find(id).scheduled, time);
    const QString told = delivery::stateSentence(f.find(id), f.clock.now());
    QVERIFY2(told.startsWith(u"The sending server keeps it until "_s), qPrintable(told));
    // Everything else leaves as ever.
    const outbox::MessageId other = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(other).state, MessageState::Sent, 10'000);
    QVERIFY(!lastMail().contains("HOLD"));
}

void LaterDeliveryTest::aServerThatDoesNot_isAskedOnce()
{
    DeliveryFixture &f = *m_fixture;
    serve({});
    QVERIFY(f.open());
    const outbox::MessageId one = schedule(1h);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(one), 10'000);
    const outbox::MessageId two = schedule(1h);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(two), 10'000);
    f.settle();
    QVERIFY(isHeldHere(one));
    QVERIFY(isHeldHere(two));
    QCOMPARE(f.server().connections(), 1);
    QCOMPARE(f.count("MAIL"), 0);
    QCOMPARE(f.find(one).attempts, 0);
    f.letPass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(two).state, MessageState::Sent, 10'000);
    QCOMPARE(f.find(one).state, MessageState::Sent);
    QVERIFY(!lastMail().contains("HOLD"));
}

void LaterDeliveryTest::withoutTheAccountsWish_thisComputerKeepsThem()
{
    DeliveryFixture &f = *m_fixture;
    serve({ KeepsADay });
    f.account.laterDelivery = accounts::LaterDelivery::HoldHere;
    QVERIFY(f.open());
    const outbox::MessageId id = schedule(1h);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(id), 10'000);
    f.settle();
    QCOMPARE(f.server().connections(), 0);
    f.letPass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(!lastMail().contains("HOLD"));
}

void LaterDeliveryTest::whatIsBeyondTheLimit_waitsHereUntilItIsNot()
{
    DeliveryFixture &f = *m_fixture;
    serve({ "FUTURERELEASE 3600 2099-01-01T00:00:00Z" });
    QVERIFY(f.open());
    const outbox::MessageId id = schedule(3h);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(id), 10'000);
    f.letPass(1h);
    f.settle();
    QVERIFY(isHeldHere(id));
    QCOMPARE(f.count("MAIL"), 0);
    f.letPass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(lastMail().contains(" HOLDUNTIL="));
}

void LaterDeliveryTest::aServerThatRefusesWhatItOffers_getsThemInTime_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("its quota") << QByteArray("552 5.7.16 Max interval exceeded\r\n");
    QTest::newRow("the parameter") << QByteArray("555 5.5.4 Parameters not recognized\r\n");
    QTest::newRow("the time") << QByteArray("501 5.5.4 Bad time\r\n");
}

void LaterDeliveryTest::aServerThatRefusesWhatItOffers_getsThemInTime()
{
    QFETCH(QByteArray, reply);
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { KeepsADay }, .answer = [reply](const QByteArray &line) {
                 return line.contains("HOLDUNTIL") ? reply : QByteArray();
             } });
    f.account.laterDelivery = accounts::LaterDelivery::HoldAtServer;
    QVERIFY(f.open());
    const outbox::MessageId id = schedule(1h);
    QTRY_VERIFY_WITH_TIMEOUT(f.server().count("MAIL") > 0, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(id), 10'000);
    const qsizetype tries = f.count("MAIL");
    f.settle();
    QCOMPARE(f.count("MAIL"), tries);
    QCOMPARE(f.server().messages().size(), 0);
    QCOMPARE(f.hold().state, outbox::AccountHold::State::Ready);
    f.letPass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(!lastMail().contains("HOLD"));
}

void LaterDeliveryTest::whoseCopyIsKept_getsNoOther()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { KeepsADay, "LIMITS RCPTMAX=1" },
              .answer = [mails = 0](const QByteArray &line) mutable {
                  const bool isSecond = line.contains("HOLDUNTIL") && ++mails > 1;
                  return isSecond ? QByteArray("552 5.7.16 Quota\r\n") : QByteArray();
              } });
    f.account.laterDelivery = accounts::LaterDelivery::HoldAtServer;
    QVERIFY(f.open());
    mime::Draft draft = DeliveryFixture::draft();
    draft.to.append({ .name = {}, .localPart = u"eve"_s, .domain = u"example.net"_s });
    const outbox::MessageId id = f.send(draft, { .notBefore = f.clock.now().addSecs(3600) });
    QTRY_COMPARE_WITH_TIMEOUT(f.server().messages().size(), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(id), 10'000);
    QCOMPARE(f.find(id).recipients.at(0).state, outbox::RecipientState::Sent);
    QCOMPARE(f.find(id).recipients.at(1).state, outbox::RecipientState::Queued);
    f.letPass(61min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().messages().size(), 2);
    QCOMPARE(f.server().messages().at(1).recipients, (QList<QByteArray> { "eve@example.net" }));
}

void LaterDeliveryTest::whatIsSentNow_isNotKept()
{
    DeliveryFixture &f = *m_fixture;
    serve({ "FUTURERELEASE 600 2099-01-01T00:00:00Z" });
    QVERIFY(f.open());
    const outbox::MessageId id = schedule(1h);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(isHeldHere(id), 10'000);
    QVERIFY(f.act(id, PostOffice::Action::Release));
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(!lastMail().contains("HOLD"));
}

QTEST_GUILESS_MAIN(LaterDeliveryTest)
#include "tst_laterdelivery.moc"
