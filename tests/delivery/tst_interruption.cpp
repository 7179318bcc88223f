// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/accountstore.h"
#include "base/clock.h"
#include "delivery/postoffice.h"
#include "support/fakesmtpserver.h"
#include "support/memorysecretstore.h"
#include "support/sql.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::PostOffice;
using outbox::MessageState;
using outbox::RecipientState;
using support::FakeSmtpServer;

namespace {

using Behaviour = FakeSmtpServer::Behaviour;
using Message = FakeSmtpServer::Message;

/// A copy of one message for one recipient, by the message's subject.
using Copy = QPair<QByteArray, QByteArray>;

/// What a process that is killed at one moment leaves: its database, and what the server has by then.
struct Moment
{
    QString folder {};
    QByteArray line {}; ///< the last thing that the server saw
    QList<Copy> arrived {};
};

QByteArray subjectOf(const QByteArray &content)
{
    const qsizetype begin = content.indexOf("Subject: ") + 9;
    return content.mid(begin, content.indexOf('\r', begin) - begin);
}

/// Takes so many recipients in each transaction.
std::function<QByteArray(const QByteArray &)> takesAtOnce(int most)
{
    return [most, count = std::make_shared<int>(0)](const QByteArray &line) -> QByteArray {
        if (line.startsWith("MAIL"))
            *count = 0;
        return line.startsWith("RCPT") && ++*count > most ? QByteArray("452 4.5.3 Too many recipients\r\n")
                                                          : QByteArray();
    };
}

} // namespace

/**
 * Kills the process in the mind: at everything that reaches the server, what is committed by then is kept
 * aside. A process that had died there would find exactly that. Whatever the moment, no message that the
 * server may have goes again by itself, and none is lost.
 */
class InterruptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void killedAnywhere_nothingGoesTwiceByItself_data();
    void killedAnywhere_nothingGoesTwiceByItself();

private:
    void keepMoment(const QByteArray &line);
    void open(PostOffice::Delivery delivery);
    void close();
    [[nodiscard]] QList<outbox::MessageSummary> list();
    void check(const Moment &moment, int messages);

    support::TestAuthority m_authority {};
    std::unique_ptr<support::TempProfile> m_profile {};
    std::unique_ptr<QTemporaryDir> m_moments {};
    std::unique_ptr<support::MemorySecretStore> m_secrets {};
    std::unique_ptr<FakeSmtpServer> m_server {};
    std::unique_ptr<PostOffice> m_office {};
    base::SystemClock m_clock {};
    QList<Copy> m_arrived {};
    QList<Moment> m_kept {};
};

void InterruptionTest::init()
{
    m_profile = std::make_unique<support::TempProfile>();
    m_moments = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<support::MemorySecretStore>();
    m_arrived.clear();
    m_kept.clear();
}

void InterruptionTest::cleanup()
{
    if (m_office)
        close();
    m_server.reset();
    m_secrets.reset();
    m_moments.reset();
    m_profile.reset();
}

void InterruptionTest::keepMoment(const QByteArray &line)
{
    const QString folder = m_moments->filePath(QString::number(m_kept.size()));
    QVERIFY(QDir().mkpath(folder));
    static_cast<void>(support::sql(m_profile->path(u"postrider.sqlite"_s),
                                   u"VACUUM INTO '%1/postrider.sqlite'"_s.arg(folder)));
    m_kept.append({ .folder = folder, .line = line, .arrived = m_arrived });
}

void InterruptionTest::open(PostOffice::Delivery delivery)
{
    m_office = std::make_unique<PostOffice>(
        PostOffice::Options { .profileFolder = m_profile->folder(), .delivery = delivery }, *m_secrets,
        m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
}

void InterruptionTest::close()
{
    QSignalSpy closed(m_office.get(), &PostOffice::closed);
    m_office->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 10'000);
    m_office.reset();
}

QList<outbox::MessageSummary> InterruptionTest::list()
{
    QList<outbox::MessageSummary> rows;
    bool answered = false;
    m_office->list(100, 0, this,
                   [&](const base::Expected<QList<outbox::MessageSummary>, delivery::Trouble> &read) {
                       answered = true;
                       rows = read.value_or(QList<outbox::MessageSummary> {});
                   });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000); }();
    return rows;
}

void InterruptionTest::killedAnywhere_nothingGoesTwiceByItself_data()
{
    QTest::addColumn<int>("messages");
    QTest::addColumn<int>("recipients");
    QTest::addColumn<Behaviour>("behaviour");
    const QList<QByteArray> chunks { "PIPELINING", "CHUNKING" };
    QTest::newRow("one by one") << 5 << 2 << Behaviour {};
    QTest::newRow("PIPELINING") << 8 << 2 << Behaviour { .extensions = { "PIPELINING" } };
    QTest::newRow("flights") << 12 << 1 << Behaviour { .extensions = chunks };
    QTest::newRow("flights to several") << 12 << 3 << Behaviour { .extensions = chunks };
    QTest::newRow("too many recipients")
        << 3 << 5 << Behaviour { .extensions = { "PIPELINING" }, .answer = takesAtOnce(2) };
    QTest::newRow("too many recipients, chunks")
        << 3 << 5 << Behaviour { .extensions = chunks, .answer = takesAtOnce(2) };
    QTest::newRow("chunks that are not known")
        << 4 << 1 << Behaviour { .extensions = chunks, .knowsChunks = false };
    QTest::newRow("a connection lost in a flight")
        << 20 << 1
        << Behaviour { .extensions = chunks, .closesAfterMessages = 5, .closing = Behaviour::Closing::Once };
}

void InterruptionTest::killedAnywhere_nothingGoesTwiceByItself()
{
    QFETCH(int, messages);
    QFETCH(int, recipients);
    QFETCH(Behaviour, behaviour);
    behaviour.identity = m_authority.issue();
    behaviour.ignores = [this](const QByteArray &line) {
        if (line.startsWith("MAIL") || line.startsWith("DATA") || line.startsWith("BDAT"))
            keepMoment(line);
        return false;
    };
    behaviour.arrived = [this](const Message &message) {
        for (const QByteArray &recipient : message.recipients)
            m_arrived.append({ subjectOf(message.content), recipient });
        keepMoment("end of " + subjectOf(message.content));
    };
    m_server = std::make_unique<FakeSmtpServer>(behaviour);

    accounts::Account account;
    account.id = u"11111111-2222-3333-4444-555555555555"_s;
    account.email = u"ann@example.org"_s;
    account.server
        = { .host = u"localhost"_s, .port = m_server->port(), .security = accounts::Security::StartTls };
    account.caFile = m_profile->writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(QDir().mkpath(m_profile->folder()));
    QVERIFY(accounts::AccountStore(m_profile->folder()).add(account));

    open(PostOffice::Delivery::Never);
    for (int i = 0; i < messages; ++i) {
        mime::Draft draft;
        draft.from = { .name = {}, .localPart = u"ann"_s, .domain = u"example.org"_s };
        for (int r = 0; r < recipients; ++r)
            draft.to.append({ .name = {}, .localPart = u"r%1"_s.arg(r), .domain = u"example.net"_s });
        draft.subject = u"message-%1"_s.arg(i);
        draft.text = u"Hello.\n"_s;
        m_office->send(
            draft, account.id, this,
            [](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) { QVERIFY(sent); });
    }
    const auto allAre = [this](std::initializer_list<MessageState> states) {
        const QList<outbox::MessageSummary> rows = list();
        return std::all_of(rows.begin(), rows.end(), [&states](const outbox::MessageSummary &row) {
            return std::find(states.begin(), states.end(), row.state) != states.end();
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(list().size() == messages && allAre({ MessageState::Queued }), 20'000);
    close();

    open(PostOffice::Delivery::WhenFree);
    QTRY_VERIFY_WITH_TIMEOUT(allAre({ MessageState::Sent, MessageState::InDoubt }), 60'000);
    close();
    // Undisturbed, every copy reaches the server once.
    QList<Copy> copies = m_arrived;
    std::sort(copies.begin(), copies.end());
    QVERIFY(std::adjacent_find(copies.begin(), copies.end()) == copies.end());

    QVERIFY(m_kept.size() > messages);
    for (const Moment &moment : std::as_const(m_kept)) {
        check(moment, messages);
        if (QTest::currentTestFailed())
            return;
    }
}

void InterruptionTest::check(const Moment &moment, int messages)
{
    const auto told
        = [&moment](const outbox::MessageSummary &row, const outbox::Recipient &recipient) -> QByteArray {
        return "killed at \"" + moment.line + "\": " + row.subject.toUtf8() + " to " + recipient.address
            + " is " + outbox::toString(recipient.state).toUtf8();
    };
    auto store = outbox::Store::open(moment.folder, m_clock);
    QVERIFY(store);
    QVERIFY((*store)->recover());
    const auto rows = (*store)->list(100);
    QVERIFY(rows);
    QCOMPARE(rows->size(), messages);
    qsizetype inDoubt = 0;
    for (const outbox::MessageSummary &row : *rows) {
        inDoubt += row.state == MessageState::InDoubt ? 1 : 0;
        for (const outbox::Recipient &recipient : row.recipients) {
            const bool hasArrived = moment.arrived.contains(Copy { row.subject.toUtf8(), recipient.address });
            const bool goesAgain
                = recipient.state == RecipientState::Queued || recipient.state == RecipientState::Deferred;
            QVERIFY2(!(hasArrived && goesAgain), told(row, recipient).constData());
            QVERIFY2(hasArrived || recipient.state != RecipientState::Sent, told(row, recipient).constData());
        }
    }
    // Of a connection that was lost before, and of the one that is killed.
    const qsizetype most = m_server->connections() > 1 ? 16 : 8;
    QVERIFY2(inDoubt <= most, QByteArray::number(inDoubt).constData());
}

QTEST_GUILESS_MAIN(InterruptionTest)
#include "tst_interruption.moc"
