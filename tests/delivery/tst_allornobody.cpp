// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"
#include "delivery/services.h"

#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::DeliveryFixture;
using delivery::PostOffice;
using outbox::HoldReason;
using outbox::MessageState;
using outbox::Problem;
using outbox::RecipientState;

/// An account that sends to nobody when some recipients are refused.
class AllOrNobodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DeliveryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aRefusedRecipient_holdsTheMessage_data();
    void aRefusedRecipient_holdsTheMessage();
    void aReleasedMessage_goesToTheOthers();
    void aRecipientRefusedForNow_keepsAllWaiting();
    void whoIsRefusedForNow_waitsForThePersonToo();
    void withoutAPerson_theOthersGetIt();
    void theUsualAccount_sendsToTheOthers();
    void tooManyAtOnce_isNoRefusal();
    void aReachedPace_isNoRefusal();

private:
    /// With a reply to RCPT for some addresses, by their local parts.
    void serve(const QHash<QByteArray, QByteArray> &replies, const QList<QByteArray> &extensions = {});
    [[nodiscard]] outbox::MessageId sendToThree(const outbox::SendOptions &how = {});

    std::unique_ptr<DeliveryFixture> m_fixture {};
    QHash<QByteArray, QByteArray> m_replies {};
};

void AllOrNobodyTest::serve(const QHash<QByteArray, QByteArray> &replies, const QList<QByteArray> &extensions)
{
    DeliveryFixture &f = *m_fixture;
    m_replies = replies;
    f.serve({ .extensions = extensions, .answer = [this](const QByteArray &line) -> QByteArray {
                 if (!line.startsWith("RCPT TO:<"))
                     return {};
                 return m_replies.value(line.mid(9, line.indexOf('@') - 9));
             } });
    f.account.partialRecipients = accounts::PartialRecipients::SendToNobodyAndAsk;
}

outbox::MessageId AllOrNobodyTest::sendToThree(const outbox::SendOptions &how)
{
    mime::Draft draft = DeliveryFixture::draft();
    draft.to.clear();
    for (const QString &name : { u"bob"_s, u"eve"_s, u"dan"_s })
        draft.to.append({ .name = {}, .localPart = name, .domain = u"example.net"_s });
    return m_fixture->send(draft, how);
}

void AllOrNobodyTest::aRefusedRecipient_holdsTheMessage_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("one command at a time") << QList<QByteArray> {};
    QTest::newRow("together") << QList<QByteArray> { "PIPELINING" };
    QTest::newRow("in chunks") << QList<QByteArray> { "PIPELINING", "CHUNKING" };
}

void AllOrNobodyTest::aRefusedRecipient_holdsTheMessage()
{
    QFETCH(QList<QByteArray>, extensions);
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "550 5.1.1 No such user\r\n" } }, extensions);
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Held, 10'000);
    const outbox::MessageSummary held = f.find(id);
    QVERIFY(held.hold == HoldReason::RecipientsRefused);
    QVERIFY(held.problem.detail == Problem::Detail::SentToNobody);
    QCOMPARE(held.recipients.at(0).state, RecipientState::Queued);
    QCOMPARE(held.recipients.at(1).state, RecipientState::Failed);
    QCOMPARE(held.recipients.at(1).text, u"No such user"_s);
    QCOMPARE(held.recipients.at(2).state, RecipientState::Queued);
    f.letPass(48h);
    f.settle();
    QCOMPARE(f.server().messages().size(), 0);
    QCOMPARE(f.count("DATA") + f.count("BDAT"), 0);
    QCOMPARE(f.hold().state, outbox::AccountHold::State::Ready);

    // Another message is none of its business.
    const outbox::MessageId other = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(other).state, MessageState::Sent, 10'000);
    QCOMPARE(f.find(id).state, MessageState::Held);
}

void AllOrNobodyTest::aReleasedMessage_goesToTheOthers()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "550 5.1.1 No such user\r\n" } });
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Held, 10'000);
    QVERIFY(f.act(id, PostOffice::Action::Release));
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::PartlySent, 10'000);
    QCOMPARE(f.server().messages().size(), 1);
    QCOMPARE(f.server().messages().first().recipients,
             (QList<QByteArray> { "bob@example.net", "dan@example.net" }));
    QCOMPARE(f.find(id).recipients.at(1).state, RecipientState::Failed);
}

void AllOrNobodyTest::aRecipientRefusedForNow_keepsAllWaiting()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "450 4.2.0 Later\r\n" } });
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Deferred, 10'000);
    const outbox::MessageSummary waiting = f.find(id);
    QVERIFY(waiting.problem.kind == Problem::Kind::RecipientDeferred);
    QCOMPARE(waiting.problem.subject, u"eve@example.net"_s);
    for (const outbox::Recipient &recipient : waiting.recipients)
        QCOMPARE(recipient.state, RecipientState::Deferred);
    QCOMPARE(f.server().messages().size(), 0);
    m_replies.clear();
    f.letPass(2min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().messages().size(), 1);
    QCOMPARE(f.server().messages().first().recipients.size(), 3);
}

void AllOrNobodyTest::whoIsRefusedForNow_waitsForThePersonToo()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "550 5.1.1 No such user\r\n" }, { "dan", "450 4.2.0 Later\r\n" } });
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Held, 10'000);
    f.letPass(2min);
    f.settle();
    QCOMPARE(f.find(id).state, MessageState::Held);
    QCOMPARE(f.find(id).recipients.at(2).state, RecipientState::Queued);
    QCOMPARE(f.server().messages().size(), 0);
}

void AllOrNobodyTest::withoutAPerson_theOthersGetIt()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "550 5.1.1 No such user\r\n" } });
    QVERIFY(f.open());
    delivery::Services services;
    services.refusedRecipients = delivery::Services::RefusedRecipients::SendToOthers;
    const outbox::MessageId id = sendToThree({ .services = delivery::toText(services) });
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::PartlySent, 10'000);
    QCOMPARE(f.server().messages().size(), 1);
}

void AllOrNobodyTest::theUsualAccount_sendsToTheOthers()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "eve", "550 5.1.1 No such user\r\n" } });
    f.account.partialRecipients = accounts::PartialRecipients::SendToAccepted;
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::PartlySent, 10'000);
    QCOMPARE(f.server().messages().size(), 1);
}

void AllOrNobodyTest::tooManyAtOnce_isNoRefusal()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "dan", "452 4.5.3 Too many recipients\r\n" } });
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.server().messages().size(), 1, 10'000);
    QCOMPARE(f.server().messages().first().recipients.size(), 2);
    m_replies.clear();
    f.letPass(5min);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().messages().size(), 2);
}

void AllOrNobodyTest::aReachedPace_isNoRefusal()
{
    DeliveryFixture &f = *m_fixture;
    serve({ { "dan", "550 5.4.5 Daily sending limit exceeded\r\n" } });
    QVERIFY(f.open());
    const outbox::MessageId id = sendToThree();
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().problem.kind, Problem::Kind::PaceReached, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Deferred, 10'000);
    m_replies.clear();
    f.letPass(25h);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().messages().size(), 1);
}

QTEST_GUILESS_MAIN(AllOrNobodyTest)
#include "tst_allornobody.moc"
