// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "delivery/postoffice.h"
#include "delivery/queuemodel.h"
#include "support/memorysecretstore.h"
#include "support/tempprofile.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::PostOffice;
using outbox::MessageState;

namespace {

mime::Draft sampleDraft()
{
    mime::Draft draft;
    draft.from = { .name = u"You"_s, .localPart = u"you"_s, .domain = u"example.org"_s };
    draft.to = { { .name = {}, .localPart = u"friend"_s, .domain = u"example.net"_s } };
    draft.bcc = { { .name = {}, .localPart = u"hidden"_s, .domain = u"example.net"_s } };
    draft.subject = u"First message"_s;
    draft.text = u"Hello.\n.leading dot\nBye.\n"_s;
    return draft;
}

} // namespace

/// The whole path on real parts: store, threads, sockets, TLS, the practice server.
class PracticeDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aMessage_isCaughtAndNeverSent();
    void aLargeMessage_showsProgressAndArrivesWhole();
    void severalMessages_areAllCaughtOnce();
    void anUnknownAccount_isToldAtOnce();
    void anUnreadableAttachment_isToldAndNothingIsQueued();
    void aSecondOffice_doesNotDeliverButItsMessagesLeave();
    void theModel_followsTheOutbox();

private:
    void open(PostOffice &office);
    void close(PostOffice &office);
    outbox::MessageId send(PostOffice &office, const mime::Draft &draft);
    QList<outbox::MessageSummary> list(PostOffice &office);
    [[nodiscard]] QStringList caughtFiles() const;

    std::unique_ptr<support::TempProfile> m_profile {};
    support::MemorySecretStore m_secrets {};
    base::SystemClock m_clock {};
};

void PracticeDeliveryTest::init()
{
    m_profile = std::make_unique<support::TempProfile>();
}

void PracticeDeliveryTest::cleanup()
{
    m_profile.reset();
}

void PracticeDeliveryTest::open(PostOffice &office)
{
    QSignalSpy opened(&office, &PostOffice::opened);
    office.open();
    QVERIFY(opened.wait(10'000));
}

void PracticeDeliveryTest::close(PostOffice &office)
{
    QSignalSpy closed(&office, &PostOffice::closed);
    office.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 10'000);
}

outbox::MessageId PracticeDeliveryTest::send(PostOffice &office, const mime::Draft &draft)
{
    outbox::MessageId id;
    bool answered = false;
    office.send(draft, accounts::Account::practiceId(), this,
                [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                    answered = true;
                    if (sent)
                        id = *sent;
                });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000); }();
    return id;
}

QList<outbox::MessageSummary> PracticeDeliveryTest::list(PostOffice &office)
{
    QList<outbox::MessageSummary> rows;
    bool answered = false;
    office.list(1000, 0, this,
                [&](const base::Expected<QList<outbox::MessageSummary>, delivery::Trouble> &read) {
                    answered = true;
                    rows = read.value_or(QList<outbox::MessageSummary> {});
                });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000); }();
    return rows;
}

QStringList PracticeDeliveryTest::caughtFiles() const
{
    return QDir(m_profile->path(u"practice/mail"_s)).entryList({ u"*.eml"_s }, QDir::Files);
}

void PracticeDeliveryTest::aMessage_isCaughtAndNeverSent()
{
    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    QSignalSpy caught(&office, &PostOffice::practiceCaught);
    open(office);
    const outbox::MessageId id = send(office, sampleDraft());
    QVERIFY(!id.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(list(office).value(0).state == MessageState::Sent, 10'000);
    const outbox::MessageSummary message = list(office).value(0);
    QCOMPARE(delivery::stateSentence(message, m_clock.now()), u"Caught here, not sent."_s);
    QCOMPARE(message.recipients.size(), 2);
    QCOMPARE(message.attempts, 1);
    QCOMPARE(caught.count(), 1);

    QFile eml(caught.value(0).value(0).toString());
    QVERIFY(eml.open(QIODevice::ReadOnly));
    const QByteArray octets = eml.readAll();
    QVERIFY(octets.contains("\r\n.leading dot\r\n"));
    QVERIFY(!octets.contains("hidden@example.net"));
    QVERIFY(octets.contains(QByteArray("Message-ID: " + message.messageId + "\r\n")));
    close(office);
}

void PracticeDeliveryTest::aLargeMessage_showsProgressAndArrivesWhole()
{
    QByteArray content;
    for (int i = 0; content.size() < 3'000'000; ++i)
        content += QByteArray::number(i) + ' ';
    mime::Draft draft = sampleDraft();
    draft.attachments = { { .path = m_profile->writeBeside(u"numbers.bin"_s, content),
                            .fileName = u"numbers.bin"_s,
                            .type = {} } };

    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    QSignalSpy progressed(&office, &PostOffice::progressed);
    open(office);
    QVERIFY(!send(office, draft).isEmpty());
    // The file may change or go as soon as Send has answered: it was frozen.
    QVERIFY(QFile::remove(draft.attachments.first().path));
    QTRY_VERIFY_WITH_TIMEOUT(list(office).value(0).state == MessageState::Sent, 20'000);
    qint64 last = 0;
    for (const QList<QVariant> &signal : progressed) {
        const auto progress = signal.value(0).value<delivery::Progress>();
        QVERIFY(progress.octets >= last && progress.octets <= progress.total);
        last = progress.octets;
    }
    QCOMPARE(last, list(office).value(0).size);
    QCOMPARE(caughtFiles().size(), 1);
    QFile eml(m_profile->path(u"practice/mail/"_s + caughtFiles().first()));
    QVERIFY(eml.open(QIODevice::ReadOnly));
    QCOMPARE(eml.size(), list(office).value(0).size);
    QVERIFY(eml.readAll().replace("\r\n", "").contains(content.toBase64()));
    close(office);
}

void PracticeDeliveryTest::severalMessages_areAllCaughtOnce()
{
    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    open(office);
    for (int i = 0; i < 20; ++i)
        QVERIFY(!send(office, sampleDraft()).isEmpty());
    const auto allSent = [&] {
        const QList<outbox::MessageSummary> rows = list(office);
        return rows.size() == 20
            && std::all_of(rows.begin(), rows.end(), [](const outbox::MessageSummary &row) {
                   return row.state == MessageState::Sent && row.attempts == 1;
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(allSent(), 20'000);
    QCOMPARE(caughtFiles().size(), 20);
    close(office);
}

void PracticeDeliveryTest::anUnknownAccount_isToldAtOnce()
{
    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    open(office);
    std::optional<delivery::Trouble> trouble;
    office.send(sampleDraft(), u"no such account"_s, this,
                [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                    if (!sent)
                        trouble = sent.error();
                });
    QTRY_VERIFY(trouble.has_value());
    QVERIFY(std::holds_alternative<accounts::AccountError>(*trouble));
    QVERIFY(list(office).isEmpty());
    close(office);
}

void PracticeDeliveryTest::anUnreadableAttachment_isToldAndNothingIsQueued()
{
    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    open(office);
    mime::Draft draft = sampleDraft();
    draft.attachments
        = { { .path = m_profile->beside(u"gone.pdf"_s), .fileName = u"gone.pdf"_s, .type = {} } };
    std::optional<delivery::Trouble> trouble;
    office.send(draft, accounts::Account::practiceId(), this,
                [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                    if (!sent)
                        trouble = sent.error();
                });
    QTRY_VERIFY(trouble.has_value());
    QVERIFY(delivery::sentence(*trouble).contains(u"gone.pdf"_s));
    QVERIFY(list(office).isEmpty());
    close(office);
}

void PracticeDeliveryTest::aSecondOffice_doesNotDeliverButItsMessagesLeave()
{
    PostOffice first({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    open(first);
    QTRY_VERIFY(first.isDelivering());
    PostOffice second({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    open(second);
    QVERIFY(!send(second, sampleDraft()).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(list(second).value(0).state == MessageState::Sent, 10'000);
    QVERIFY(!second.isDelivering());
    QCOMPARE(caughtFiles().size(), 1);
    close(first);
    // With the first one gone, the second takes over.
    QTRY_VERIFY_WITH_TIMEOUT(second.isDelivering(), 10'000);
    close(second);
}

void PracticeDeliveryTest::theModel_followsTheOutbox()
{
    PostOffice office({ .profileFolder = m_profile->folder() }, m_secrets, m_clock);
    delivery::QueueModel model(office, m_clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    open(office);
    QCOMPARE(model.rowCount(), 0);
    const outbox::MessageId id = send(office, sampleDraft());
    QTRY_COMPARE_WITH_TIMEOUT(model.data(model.indexOf(id), delivery::QueueModel::StateNameRole).toString(),
                              u"Caught"_s, 10'000);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.data(model.indexOf(id), delivery::QueueModel::ProgressRole).toInt(), -1);
    QVERIFY(model.data(model.indexOf(id)).toString().contains(u"First message"_s));
    QVERIFY(model.data(model.indexOf(id), Qt::AccessibleTextRole).toString().contains(u"Caught here"_s));
    close(office);
}

QTEST_GUILESS_MAIN(PracticeDeliveryTest)
#include "tst_practicedelivery.moc"
