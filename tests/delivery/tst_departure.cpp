// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"
#include "support/sql.h"

#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::DeliveryFixture;
using delivery::PostOffice;
using outbox::HoldReason;
using outbox::MessageState;
using support::FakeSmtpServer;

/// When messages leave: at the end of their undo window, at their time, and again when they are in doubt.
class DepartureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DeliveryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aLostReply_isSentAgainOnceWhereTheRuleSaysSo();
    void aSecondLostReply_staysForThePerson();
    void aLostReply_staysWithoutARule();
    void theEndOfTheUndoWindow_findsAConnectionThatIsSignedIn();
    void aLongUndoWindow_doesNotKeepAConnectionOpen();
    void anUndoneMessage_isADraftThatNobodyHeardOf();
    void aCrashInTheUndoWindow_leavesTheMessageVisibleAndUnsent();
    void aServerThatIsDownBeforehand_isAskedAgainWhenTheMessageLeaves();
    void aPasswordThatIsRefusedBeforehand_isToldBeforehand();
    void aScheduledMessage_leavesAtItsTime();
    void aMessageThatIsPutOff_leavesAtItsNewTime();
    void sendNow_endsEveryWait();

private:
    std::unique_ptr<DeliveryFixture> m_fixture {};
};

void DepartureTest::aLostReply_isSentAgainOnceWhereTheRuleSaysSo()
{
    DeliveryFixture &f = *m_fixture;
    const auto contents = std::make_shared<QList<QByteArray>>();
    f.serve({ .arrived
              = [contents](const FakeSmtpServer::Message &message) { contents->append(message.content); },
              .closesAfterMessages = 0,
              .closing = FakeSmtpServer::Behaviour::Closing::Once });
    f.account.inDoubtRule = accounts::InDoubtRule::Resend;
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::InDoubt, 10'000);
    f.letPass(30min - 1s);
    f.settle();
    QCOMPARE(f.find(id).state, MessageState::InDoubt);
    f.letPass(2s);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(contents->size(), 2);
    QCOMPARE(contents->at(0), contents->at(1));
    f.letPass(24h);
    f.settle();
    QCOMPARE(contents->size(), 2);
}

void DepartureTest::aSecondLostReply_staysForThePerson()
{
    DeliveryFixture &f = *m_fixture;
    const auto contents = std::make_shared<QList<QByteArray>>();
    f.serve({ .arrived
              = [contents](const FakeSmtpServer::Message &message) { contents->append(message.content); },
              .closesAfterMessages = 0 });
    f.account.inDoubtRule = accounts::InDoubtRule::Resend;
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::InDoubt, 10'000);
    f.letPass(31min);
    QTRY_COMPARE_WITH_TIMEOUT(contents->size(), 2, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::InDoubt, 10'000);
    f.letPass(24h);
    f.settle();
    QCOMPARE(contents->size(), 2);
    QCOMPARE(contents->at(0), contents->at(1));
    QCOMPARE(f.find(id).state, MessageState::InDoubt);
}

void DepartureTest::aLostReply_staysWithoutARule()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .closesAfterMessages = 0, .closing = FakeSmtpServer::Behaviour::Closing::Once });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::InDoubt, 10'000);
    f.letPass(48h);
    f.settle();
    QCOMPARE(f.find(id).state, MessageState::InDoubt);
    QCOMPARE(f.count("MAIL"), 1);
}

void DepartureTest::theEndOfTheUndoWindow_findsAConnectionThatIsSignedIn()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { "PIPELINING" } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .undoWindow = 10s });
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    f.settle();
    QCOMPARE(f.find(id).hold, HoldReason::Undo);
    QCOMPARE(f.count("MAIL"), 0);
    const qsizetype before = f.server().commands().size();
    f.letPass(10s);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QVERIFY(f.server().commands().at(before).line.startsWith("MAIL"));
    QCOMPARE(f.server().connections(), 1);
}

void DepartureTest::aLongUndoWindow_doesNotKeepAConnectionOpen()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .undoWindow = 120s });
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).hold, HoldReason::Undo, 10'000);
    f.letPass(90s);
    f.settle();
    QCOMPARE(f.server().connections(), 0);
    f.letPass(15s);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QCOMPARE(f.find(id).hold, HoldReason::Undo);
}

void DepartureTest::anUndoneMessage_isADraftThatNobodyHeardOf()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .undoWindow = 10s });
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QVERIFY(f.act(id, PostOffice::Action::Cancel));
    f.letPass(20s);
    f.settle();
    QCOMPARE(f.find(id).state, MessageState::Draft);
    QCOMPARE(f.count("MAIL"), 0);
}

void DepartureTest::aCrashInTheUndoWindow_leavesTheMessageVisibleAndUnsent()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .undoWindow = 10s });
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    // What a process that is killed now leaves on disk
    const QString folder = f.profile.beside(u"left"_s);
    QVERIFY(QDir().mkpath(folder));
    static_cast<void>(support::sql(f.profile.path(u"postrider.sqlite"_s),
                                   u"VACUUM INTO '%1/postrider.sqlite'"_s.arg(folder)));
    f.clock.advance(1h);
    const auto store = outbox::Store::open(folder, f.clock);
    QVERIFY(store);
    QVERIFY((*store)->recover());
    const auto rows = (*store)->list(10);
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->first().id, id);
    QCOMPARE(rows->first().hold, HoldReason::Undo);
    QCOMPARE(rows->first().nextAttempt, f.clock.now().addSecs(10));
    QCOMPARE(f.count("MAIL"), 0);
}

void DepartureTest::aServerThatIsDownBeforehand_isAskedAgainWhenTheMessageLeaves()
{
    DeliveryFixture &f = *m_fixture;
    const auto greetings = std::make_shared<int>(0);
    f.serve({ .answer = [greetings](const QByteArray &line) -> QByteArray {
        return line.startsWith("EHLO") && ++*greetings == 1 ? "421 4.3.2 Maintenance\r\n" : "";
    } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .undoWindow = 10s });
    QTRY_COMPARE_WITH_TIMEOUT(*greetings, 1, 10'000);
    f.settle();
    QCOMPARE(f.find(id).hold, HoldReason::Undo);
    QCOMPARE(f.hold().failures, 0);
    QCOMPARE(f.server().connections(), 1); // once is enough
    f.letPass(10s);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
}

void DepartureTest::aPasswordThatIsRefusedBeforehand_isToldBeforehand()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .replies = { { FakeSmtpServer::Stage::Auth, "535 5.7.8 Wrong\r\n" } } });
    QVERIFY(f.open());
    static_cast<void>(f.send(DeliveryFixture::draft(), { .undoWindow = 10s }));
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().state, outbox::AccountHold::State::Held, 10'000);
    QCOMPARE(f.hold().problem.kind, outbox::Problem::Kind::SignInRefused);
    f.letPass(20s);
    f.settle();
    QCOMPARE(f.count("AUTH"), 1);
}

void DepartureTest::aScheduledMessage_leavesAtItsTime()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const QDateTime time = f.clock.now().addSecs(3600);
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .notBefore = time });
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).hold, HoldReason::Scheduled, 10'000);
    QCOMPARE(f.find(id).nextAttempt, time);
    f.letPass(59min);
    f.settle();
    QCOMPARE(f.server().connections(), 0);
    f.letPass(50s);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 10'000);
    QCOMPARE(f.count("MAIL"), 0);
    f.letPass(10s);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().connections(), 1);
    QCOMPARE(f.find(id).scheduled, time);
}

void DepartureTest::aMessageThatIsPutOff_leavesAtItsNewTime()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const QDateTime time = f.clock.now().addSecs(3600);
    const outbox::MessageId id = f.send(DeliveryFixture::draft(), { .notBefore = time });
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).hold, HoldReason::Scheduled, 10'000);
    bool isDone = false;
    f.office().schedule(
        id, time.addSecs(3600), this,
        [&](const base::Expected<void, delivery::Trouble> &done) { isDone = done.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isDone, 10'000);
    f.letPass(61min);
    f.settle();
    QCOMPARE(f.find(id).hold, HoldReason::Scheduled);
    QCOMPARE(f.count("MAIL"), 0);
    f.letPass(60min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
}

void DepartureTest::sendNow_endsEveryWait()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId undo = f.send(DeliveryFixture::draft(), { .undoWindow = 120s });
    const outbox::MessageId later
        = f.send(DeliveryFixture::draft(), { .notBefore = f.clock.now().addDays(3) });
    QTRY_COMPARE_WITH_TIMEOUT(f.find(undo).hold, HoldReason::Undo, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(later).hold, HoldReason::Scheduled, 10'000);
    QVERIFY(f.act(undo, PostOffice::Action::Release));
    QTRY_COMPARE_WITH_TIMEOUT(f.find(undo).state, MessageState::Sent, 10'000);
    QVERIFY(f.act(later, PostOffice::Action::Release));
    QTRY_COMPARE_WITH_TIMEOUT(f.find(later).state, MessageState::Sent, 10'000);
}

QTEST_GUILESS_MAIN(DepartureTest)
#include "tst_departure.moc"
