// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "consignments.h"
#include "delivery/directsender.h"
#include "delivery/transcript.h"
#include "support/fakesmtpserver.h"
#include "support/tempprofile.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::addresses;
using delivery::Consignment;
using delivery::consignment;
using delivery::DirectResult;
using outbox::Problem;
using outbox::RecipientState;
using support::FakeSmtpServer;

namespace {

using Behaviour = FakeSmtpServer::Behaviour;
using Stage = FakeSmtpServer::Stage;

QList<RecipientState> statesOf(const DirectResult &result)
{
    QList<RecipientState> states;
    for (const outbox::Recipient &recipient : result.recipients)
        states.append(recipient.state);
    return states;
}

/// Takes so many recipients in each transaction and refuses the others as it is told.
class RecipientLimit
{
public:
    RecipientLimit(int most, QByteArray refusal)
        : m_most(most)
        , m_refusal(std::move(refusal))
    { }

    QByteArray operator()(const QByteArray &line)
    {
        if (line.startsWith("MAIL"))
            *m_count = 0;
        if (!line.startsWith("RCPT"))
            return {};
        return ++*m_count > m_most ? m_refusal : QByteArray("250 OK\r\n");
    }

private:
    int m_most;
    QByteArray m_refusal;
    std::shared_ptr<int> m_count = std::make_shared<int>(0);
};

} // namespace

/// Several messages over one connection to servers of many kinds: through DirectSender, whose results are
/// what Handover found out.
class DirectSenderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void manyMessages_shareAConnection_data();
    void manyMessages_shareAConnection();
    void aLostConnection_leavesExactlyTheOpenOnesInDoubt_data();
    void aLostConnection_leavesExactlyTheOpenOnesInDoubt();
    void tooManyRecipients_goOnInFurtherTransactions_data();
    void tooManyRecipients_goOnInFurtherTransactions();
    void aDeferralOfTheFirstRecipient_isNotTriedAgain();
    void aRecipientCap_isForGood();
    void aRefusedMessage_isRefusedForThoseLeftOverToo();
    void aStatedRecipientLimit_isKeptBeforehand();
    void aStatedMessageLimit_makesANewConnection();
    void everyRecipient_hasItsOwnAnswer();
    void oneInternationalAddress_doesNotStopTheOthers();
    void anInternationalHeader_stopsAll();
    void eightBitContent_isConvertedWhereItMustBe();
    void eightBitContentThatIsSigned_isRefused();
    void a421ToTheNextMessage_makesANewConnection_data();
    void a421ToTheNextMessage_makesANewConnection();
    void a421ToTheFirstMessage_isTrouble();
    void chunkingThatDoesNotWork_isLeftOut();
    void aWeakerMechanismThanBefore_isNeverUsed_data();
    void aWeakerMechanismThanBefore_isNeverUsed();
    void aRefusedMechanism_fallsBackButNotForTheWrongPassword_data();
    void aRefusedMechanism_fallsBackButNotForTheWrongPassword();
    void missingEncryption_isAnAttackWhenItWasThereBefore();
    void cancelling_isTrueAtEveryStage_data();
    void cancelling_isTrueAtEveryStage();
    void theTranscript_showsTheConversationWithoutSecrets();

private:
    void serve(Behaviour behaviour);
    QList<DirectResult> send(std::vector<Consignment> messages);

    support::TestAuthority m_authority {};
    support::TempProfile m_files {};
    std::unique_ptr<FakeSmtpServer> m_server {};
    base::SystemClock m_clock {};
    accounts::Account m_account {};
    std::optional<outbox::ServerFacts> m_facts {};
    QStringList m_transcript {};
};

void DirectSenderTest::init()
{
    m_account = {};
    m_account.server = { .host = u"localhost"_s, .port = 0, .security = accounts::Security::None };
    m_facts.reset();
    m_transcript.clear();
}

void DirectSenderTest::serve(Behaviour behaviour)
{
    if (behaviour.security != FakeSmtpServer::Security::Plaintext) {
        behaviour.identity = m_authority.issue();
        m_account.caFile = m_files.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
        m_account.server.security = behaviour.security == FakeSmtpServer::Security::ImplicitTls
            ? accounts::Security::Tls
            : accounts::Security::StartTls;
    }
    m_server = std::make_unique<FakeSmtpServer>(behaviour);
    m_account.server.port = m_server->port();
}

QList<DirectResult> DirectSenderTest::send(std::vector<Consignment> messages)
{
    delivery::HandoverTarget target;
    target.account = m_account;
    target.facts = m_facts;
    if (!m_account.user.isEmpty())
        target.secret = base::Secret("tanstaaf");
    target.transcript = [this](smtp::Session::Direction direction, QByteArrayView line) {
        m_transcript += delivery::transcriptLine(direction, line);
    };
    delivery::DirectSender sender(std::move(target), m_clock);
    QList<DirectResult> results;
    bool isOver = false;
    connect(&sender, &delivery::DirectSender::result, this, [&](qsizetype index, const DirectResult &result) {
        QCOMPARE(index, results.size());
        results.append(result);
    });
    connect(&sender, &delivery::DirectSender::finished, this, [&] { isOver = true; });
    const std::size_t wanted = messages.size();
    for (Consignment &message : messages)
        sender.add(std::move(message));
    sender.start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isOver, 20'000); }();
    [&] { QCOMPARE(results.size(), static_cast<qsizetype>(wanted)); }();
    return results;
}

void DirectSenderTest::manyMessages_shareAConnection_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("one by one") << QList<QByteArray> {};
    QTest::newRow("PIPELINING") << QList<QByteArray> { "PIPELINING" };
    QTest::newRow("PIPELINING and CHUNKING") << QList<QByteArray> { "PIPELINING", "CHUNKING" };
}

void DirectSenderTest::manyMessages_shareAConnection()
{
    QFETCH(QList<QByteArray>, extensions);
    serve({ .security = FakeSmtpServer::Security::Plaintext, .extensions = extensions });
    std::vector<Consignment> messages;
    for (int i = 0; i < 30; ++i) {
        const QByteArray content = "Subject: " + QByteArray::number(i) + "\r\n\r\n.dot\r\n";
        messages.push_back(consignment({ "bob@example.net" }, content));
    }
    const QList<DirectResult> results = send(std::move(messages));
    for (const DirectResult &result : results)
        QVERIFY(result.problem.isNone());
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_server->messages().size(), 30);
    for (int i = 0; i < 30; ++i) {
        QCOMPARE(m_server->messages().at(i).content,
                 QByteArray("Subject: " + QByteArray::number(i) + "\r\n\r\n.dot\r\n"));
    }
}

void DirectSenderTest::aLostConnection_leavesExactlyTheOpenOnesInDoubt_data()
{
    manyMessages_shareAConnection_data();
}

void DirectSenderTest::aLostConnection_leavesExactlyTheOpenOnesInDoubt()
{
    QFETCH(QList<QByteArray>, extensions);
    constexpr qsizetype Taken = 11;
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .extensions = extensions,
            .closesAfterMessages = Taken });
    std::vector<Consignment> messages;
    for (int i = 0; i < 30; ++i)
        messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    QCOMPARE(results.size(), 30);
    qsizetype sent = 0;
    qsizetype doubtful = 0;
    for (const DirectResult &result : results) {
        const RecipientState state = result.recipients.value(0).state;
        sent += state == RecipientState::Sent ? 1 : 0;
        doubtful += state == RecipientState::InDoubt ? 1 : 0;
        if (state == RecipientState::InDoubt)
            QVERIFY(result.problem.kind == Problem::Kind::OutcomeUnknown);
    }
    QCOMPARE(sent, Taken);
    QVERIFY2(doubtful >= 1 && doubtful <= 8, QByteArray::number(doubtful).constData());
    QCOMPARE(m_server->messages().size(), Taken);
    QCOMPARE(m_server->connections(), 1);
}

void DirectSenderTest::tooManyRecipients_goOnInFurtherTransactions_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<QList<QByteArray>>("extensions");
    for (const char *refusal :
         { "452 4.5.3 Too many recipients\r\n", "452 Too many recipients\r\n",
           "552 5.5.3 Too many recipients\r\n", "552 Too many recipients\r\n", "451 4.5.3 Too many\r\n" }) {
        QTest::addRow("%.9s", refusal) << QByteArray(refusal) << QList<QByteArray> {};
        QTest::addRow("%.9s, chunks", refusal)
            << QByteArray(refusal) << QList<QByteArray> { "PIPELINING", "CHUNKING" };
    }
}

void DirectSenderTest::tooManyRecipients_goOnInFurtherTransactions()
{
    QFETCH(QByteArray, refusal);
    QFETCH(QList<QByteArray>, extensions);
    constexpr int Limit = 100;
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .extensions = extensions,
            .answer = RecipientLimit(Limit, refusal) });
    const QList<QByteArray> recipients = addresses(250);
    const QList<DirectResult> results = send([&] {
        std::vector<Consignment> messages;
        messages.push_back(consignment(recipients));
        return messages;
    }());
    QCOMPARE(results.size(), 1);
    QVERIFY(results.first().problem.isNone());
    QCOMPARE(results.first().recipients.size(), 250);
    for (const outbox::Recipient &recipient : results.first().recipients) {
        QVERIFY(recipient.state == RecipientState::Sent);
        QCOMPARE(recipient.code, 250);
    }
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_server->messages().size(), 3);
    QList<QByteArray> reached;
    for (const FakeSmtpServer::Message &message : m_server->messages())
        reached += message.recipients;
    QCOMPARE(reached, recipients); // nobody left out, nobody twice
}

void DirectSenderTest::aDeferralOfTheFirstRecipient_isNotTriedAgain()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .answer = RecipientLimit(0, "452 4.5.3 Later\r\n") });
    std::vector<Consignment> messages;
    messages.push_back(consignment(addresses(2)));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(statesOf(results.value(0))
            == (QList<RecipientState> { RecipientState::Deferred, RecipientState::Deferred }));
    QCOMPARE(m_server->count("MAIL"), 1);
}

void DirectSenderTest::aRecipientCap_isForGood()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .answer = RecipientLimit(1, "550 5.5.3 Never more than one\r\n") });
    std::vector<Consignment> messages;
    messages.push_back(consignment(addresses(2)));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(statesOf(results.value(0))
            == (QList<RecipientState> { RecipientState::Sent, RecipientState::Failed }));
    QVERIFY(results.first().problem.kind == Problem::Kind::TooManyRecipients);
    QCOMPARE(m_server->count("MAIL"), 1);
}

void DirectSenderTest::aRefusedMessage_isRefusedForThoseLeftOverToo()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .replies = { { Stage::ContentEnd, "554 5.6.0 Not this\r\n" } },
            .answer = RecipientLimit(1, "452 4.5.3 Too many\r\n") });
    std::vector<Consignment> messages;
    messages.push_back(consignment(addresses(3)));
    const QList<DirectResult> results = send(std::move(messages));
    for (const outbox::Recipient &recipient : results.value(0).recipients) {
        QVERIFY(recipient.state == RecipientState::Failed);
        QCOMPARE(recipient.code, 554);
    }
    QCOMPARE(m_server->count("MAIL"), 1);
}

void DirectSenderTest::aStatedRecipientLimit_isKeptBeforehand()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext, .extensions = { "LIMITS RCPTMAX=2" } });
    std::vector<Consignment> messages;
    messages.push_back(consignment(addresses(5)));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(results.value(0).problem.isNone());
    QList<qsizetype> sizes;
    for (const FakeSmtpServer::Message &message : m_server->messages())
        sizes.append(message.recipients.size());
    QCOMPARE(sizes, (QList<qsizetype> { 2, 2, 1 }));
    QCOMPARE(m_server->count("RCPT"), 5);
}

void DirectSenderTest::aStatedMessageLimit_makesANewConnection()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .extensions = { "PIPELINING", "CHUNKING", "LIMITS MAILMAX=2" } });
    std::vector<Consignment> messages;
    for (int i = 0; i < 5; ++i)
        messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    for (const DirectResult &result : results)
        QVERIFY(result.problem.isNone());
    QCOMPARE(m_server->messages().size(), 5);
    QCOMPARE(m_server->connections(), 3);
}

void DirectSenderTest::everyRecipient_hasItsOwnAnswer()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .answer = [](const QByteArray &line) -> QByteArray {
                if (line.startsWith("RCPT TO:<r1@"))
                    return "550 5.1.1 Nobody here\r\n";
                if (line.startsWith("RCPT TO:<r2@"))
                    return "450 4.2.1 Come again\r\n";
                return {};
            } });
    std::vector<Consignment> messages;
    messages.push_back(consignment(addresses(3)));
    const QList<DirectResult> results = send(std::move(messages));
    const QList<outbox::Recipient> recipients = results.value(0).recipients;
    QVERIFY(statesOf(results.value(0))
            == (QList<RecipientState> { RecipientState::Sent, RecipientState::Failed,
                                        RecipientState::Deferred }));
    QCOMPARE(recipients.at(1).code, 550);
    QCOMPARE(recipients.at(1).enhanced, "5.1.1");
    QCOMPARE(recipients.at(1).text, u"Nobody here"_s);
    QCOMPARE(recipients.at(2).text, u"Come again"_s);
}

void DirectSenderTest::oneInternationalAddress_doesNotStopTheOthers()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext });
    std::vector<Consignment> messages;
    messages.push_back(consignment({ "bob@example.net", "j\xc3\xbcrgen@example.net" }));
    messages.push_back(consignment({ "j\xc3\xbcrgen@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(statesOf(results.value(0))
            == (QList<RecipientState> { RecipientState::Sent, RecipientState::Failed }));
    for (const DirectResult &result : results) {
        QVERIFY(result.problem.kind == Problem::Kind::AddressNeedsUtf8);
        QCOMPARE(result.problem.subject, u"j\u00fcrgen@example.net"_s);
    }
    QCOMPARE(m_server->messages().size(), 1);
    for (const FakeSmtpServer::Command &command : m_server->commands())
        QVERIFY(!command.line.contains('\xc3') && !command.line.contains("SMTPUTF8"));
}

void DirectSenderTest::anInternationalHeader_stopsAll()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext });
    Consignment message = consignment({ "bob@example.net" });
    message.header = Consignment::Header::Utf8;
    std::vector<Consignment> messages;
    messages.push_back(std::move(message));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(results.value(0).problem.kind == Problem::Kind::AddressNeedsUtf8);
    QVERIFY(!m_server->received("MAIL"));
}

void DirectSenderTest::eightBitContent_isConvertedWhereItMustBe()
{
    const QByteArray content = "Subject: x\r\n\r\nGr\xc3\xbc\xc3\x9f"
                               "e\r\n";
    const auto eightBit = [&content] {
        std::vector<Consignment> messages;
        for (int i = 0; i < 2; ++i) {
            Consignment message = consignment({ "bob@example.net" }, content);
            message.envelope.body = smtp::Envelope::Body::EightBitMime;
            messages.push_back(std::move(message));
        }
        return messages;
    };
    serve({ .security = FakeSmtpServer::Security::Plaintext });
    QVERIFY(send(eightBit()).value(0).problem.isNone());
    QCOMPARE(m_server->messages().value(0).content, content);

    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .replies = { { Stage::Ehlo, "250 fake.example.org\r\n" } } });
    QVERIFY(send(eightBit()).value(1).problem.isNone());
    QCOMPARE(m_server->messages().size(), 2);
    for (const FakeSmtpServer::Message &message : m_server->messages()) {
        QVERIFY(message.content.contains("Content-Transfer-Encoding: quoted-printable\r\n"));
        QVERIFY(message.content.endsWith("\r\n\r\nGr=C3=BC=C3=9Fe\r\n"));
    }
    QVERIFY(!m_server->received("MAIL FROM:<ann@example.org> BODY"));
}

void DirectSenderTest::eightBitContentThatIsSigned_isRefused()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .replies = { { Stage::Ehlo, "250 fake.example.org\r\n" } } });
    Consignment message
        = consignment({ "bob@example.net" },
                      "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\xc3\xa9\r\n"
                      "--b--\r\n");
    message.envelope.body = smtp::Envelope::Body::EightBitMime;
    std::vector<Consignment> messages;
    messages.push_back(std::move(message));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(results.value(0).problem.kind == Problem::Kind::ContentNeedsEightBit);
    QVERIFY(!m_server->received("MAIL"));
}

void DirectSenderTest::a421ToTheNextMessage_makesANewConnection_data()
{
    // With CHUNKING the last octets of several messages leave together.
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("one by one") << QList<QByteArray> {};
    QTest::newRow("PIPELINING") << QList<QByteArray> { "PIPELINING" };
}

void DirectSenderTest::a421ToTheNextMessage_makesANewConnection()
{
    QFETCH(QList<QByteArray>, extensions);
    // A server that takes one message on each connection.
    auto isUsed = std::make_shared<bool>(false);
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .extensions = extensions,
            .answer = [isUsed](const QByteArray &line) -> QByteArray {
                if (line.startsWith("EHLO"))
                    *isUsed = false;
                if (line.startsWith("MAIL") && std::exchange(*isUsed, true))
                    return "421 4.7.0 One message for each connection\r\n";
                return {};
            } });
    std::vector<Consignment> messages;
    for (int i = 0; i < 3; ++i)
        messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    for (const DirectResult &result : results)
        QVERIFY(result.problem.isNone());
    QCOMPARE(m_server->messages().size(), 3);
    QCOMPARE(m_server->connections(), 3);
}

void DirectSenderTest::a421ToTheFirstMessage_isTrouble()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .replies = { { Stage::Mail, "421 4.3.2 Closing\r\n" } } });
    std::vector<Consignment> messages;
    messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    QVERIFY(results.value(0).problem.kind == Problem::Kind::ServerBusy);
    QCOMPARE(m_server->connections(), 1);
}

void DirectSenderTest::chunkingThatDoesNotWork_isLeftOut()
{
    serve({ .security = FakeSmtpServer::Security::Plaintext,
            .extensions = { "CHUNKING" },
            .answer = [](const QByteArray &line) {
                return line.startsWith("BDAT") ? QByteArray("500 5.5.1 What?\r\n") : QByteArray();
            } });
    std::vector<Consignment> messages;
    for (int i = 0; i < 3; ++i)
        messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    for (const DirectResult &result : results)
        QVERIFY2(result.problem.isNone(), qPrintable(outbox::toString(result.problem.kind)));
    QCOMPARE(m_server->messages().size(), 3);
    QCOMPARE(m_server->count("DATA"), 3);
}

void DirectSenderTest::aWeakerMechanismThanBefore_isNeverUsed_data()
{
    QTest::addColumn<QList<QByteArray>>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("isUsed");
    QTest::newRow("SCRAM is gone") << QList<QByteArray> { "SCRAM-SHA-256", "PLAIN" } << QByteArray("PLAIN")
                                   << false;
    QTest::newRow("all is gone") << QList<QByteArray> { "PLAIN" } << QByteArray("X-OTHER") << false;
    QTest::newRow("as strong") << QList<QByteArray> { "LOGIN" } << QByteArray("PLAIN") << true;
    QTest::newRow("the same") << QList<QByteArray> { "PLAIN" } << QByteArray("PLAIN LOGIN") << true;
}

void DirectSenderTest::aWeakerMechanismThanBefore_isNeverUsed()
{
    QFETCH(QList<QByteArray>, before);
    QFETCH(QByteArray, now);
    QFETCH(bool, isUsed);
    serve({ .security = FakeSmtpServer::Security::ImplicitTls,
            .replies = { { Stage::Ehlo, "250-fake.example.org\r\n250 AUTH " + now + "\r\n" } } });
    m_account.user = u"ann"_s;
    m_facts = outbox::ServerFacts { .host = u"localhost"_s, .tls = u"TLS 1.3"_s, .mechanisms = before };
    std::vector<Consignment> messages;
    messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    QCOMPARE(m_server->received("AUTH"), isUsed);
    QVERIFY(results.value(0).problem.kind
            == (isUsed ? Problem::Kind::None : Problem::Kind::MechanismWithdrawn));
    if (!isUsed)
        QCOMPARE(results.first().problem.subject, QString::fromLatin1(before.first()));
}

void DirectSenderTest::aRefusedMechanism_fallsBackButNotForTheWrongPassword_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<bool>("fallsBack");
    QTest::newRow("504") << QByteArray("504 5.5.4 Unknown\r\n") << true;
    QTest::newRow("534") << QByteArray("534 5.7.9 Too weak\r\n") << true;
    QTest::newRow("535") << QByteArray("535 5.7.8 No\r\n") << false;
}

void DirectSenderTest::aRefusedMechanism_fallsBackButNotForTheWrongPassword()
{
    QFETCH(QByteArray, refusal);
    QFETCH(bool, fallsBack);
    serve({ .security = FakeSmtpServer::Security::ImplicitTls,
            .replies = { { Stage::Ehlo, "250-fake.example.org\r\n250 AUTH PLAIN LOGIN\r\n" } },
            .answer = [refusal](const QByteArray &line) -> QByteArray {
                if (line.startsWith("AUTH PLAIN"))
                    return refusal;
                if (line.startsWith("AUTH LOGIN"))
                    return "334 VXNlcm5hbWU6\r\n";
                if (line == "YW5u")
                    return "334 UGFzc3dvcmQ6\r\n";
                return line == "dGFuc3RhYWY=" ? QByteArray("235 2.7.0 OK\r\n") : QByteArray();
            } });
    m_account.user = u"ann"_s;
    std::vector<Consignment> messages;
    messages.push_back(consignment({ "bob@example.net" }));
    const QList<DirectResult> results = send(std::move(messages));
    QCOMPARE(m_server->received("AUTH LOGIN"), fallsBack);
    QVERIFY(results.value(0).problem.kind
            == (fallsBack ? Problem::Kind::None : Problem::Kind::SignInRefused));
}

void DirectSenderTest::missingEncryption_isAnAttackWhenItWasThereBefore()
{
    for (const bool wasThere : { false, true }) {
        serve({ .security = FakeSmtpServer::Security::StartTls,
                .replies = { { Stage::Ehlo, "250-fake.example.org\r\n250 AUTH PLAIN\r\n" } } });
        m_account.user = u"ann"_s;
        m_facts.reset();
        if (wasThere)
            m_facts = outbox::ServerFacts { .host = u"localhost"_s, .tls = u"TLS 1.3"_s };
        std::vector<Consignment> messages;
        messages.push_back(consignment({ "bob@example.net" }));
        const QList<DirectResult> results = send(std::move(messages));
        QVERIFY(results.value(0).problem.kind
                == (wasThere ? Problem::Kind::TlsWithdrawn : Problem::Kind::TlsMissing));
        QVERIFY(!m_server->received("AUTH") && !m_server->received("MAIL"));
    }
}

void DirectSenderTest::cancelling_isTrueAtEveryStage_data()
{
    QTest::addColumn<FakeSmtpServer::Stage>("stage");
    QTest::addColumn<RecipientState>("state");
    QTest::newRow("greeting") << Stage::Connected << RecipientState::Deferred;
    QTest::newRow("EHLO") << Stage::Ehlo << RecipientState::Deferred;
    QTest::newRow("STARTTLS") << Stage::StartTls << RecipientState::Deferred;
    QTest::newRow("handshake") << Stage::Handshake << RecipientState::Deferred;
    QTest::newRow("AUTH") << Stage::Auth << RecipientState::Deferred;
    QTest::newRow("MAIL") << Stage::Mail << RecipientState::Queued;
    QTest::newRow("RCPT") << Stage::Rcpt << RecipientState::Queued;
    QTest::newRow("DATA") << Stage::Data << RecipientState::Queued;
    QTest::newRow("end") << Stage::ContentEnd << RecipientState::InDoubt;
}

void DirectSenderTest::cancelling_isTrueAtEveryStage()
{
    QFETCH(FakeSmtpServer::Stage, stage);
    QFETCH(RecipientState, state);
    serve({ .silentFrom = stage });
    m_account.user = u"ann"_s;
    delivery::HandoverTarget target;
    target.account = m_account;
    target.secret = base::Secret("tanstaaf");
    delivery::DirectSender sender(std::move(target), m_clock);
    QList<DirectResult> results;
    bool isOver = false;
    connect(&sender, &delivery::DirectSender::result, this,
            [&](qsizetype, const DirectResult &result) { results.append(result); });
    connect(&sender, &delivery::DirectSender::finished, this, [&] { isOver = true; });
    sender.add(consignment({ "bob@example.net" }));
    sender.add(consignment({ "eve@example.net" }));
    sender.start();
    // Until the server has got what it does not answer.
    const QHash<Stage, QByteArray> awaited {
        { Stage::Ehlo, "EHLO" }, { Stage::StartTls, "STARTTLS" }, { Stage::Handshake, "STARTTLS" },
        { Stage::Auth, "AUTH" }, { Stage::Mail, "MAIL" },         { Stage::Rcpt, "RCPT" },
        { Stage::Data, "DATA" },
    };
    if (stage == Stage::ContentEnd)
        QTRY_VERIFY_WITH_TIMEOUT(m_server->contentOctets() > 0, 10'000);
    else if (stage == Stage::Connected)
        QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), 1, 10'000);
    else
        QTRY_VERIFY_WITH_TIMEOUT(m_server->received(awaited.value(stage)), 10'000);
    QElapsedTimer elapsed;
    elapsed.start();
    sender.cancel();
    QVERIFY2(elapsed.elapsed() < 1000, QByteArray::number(elapsed.elapsed()).constData());
    QVERIFY(isOver);
    QCOMPARE(results.size(), 2);
    QVERIFY(results.first().recipients.first().state == state);
    QVERIFY(
        results.first().problem.kind
        == (state == RecipientState::InDoubt ? Problem::Kind::OutcomeUnknown : Problem::Kind::Interrupted));
    QVERIFY(results.last().recipients.first().state != RecipientState::InDoubt);
    QVERIFY(m_server->messages().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, 10'000);
}

void DirectSenderTest::theTranscript_showsTheConversationWithoutSecrets()
{
    serve({ .replies = { { Stage::Mail, "250 2.1.0 \x1b[31mfine\x1b[0m \xe2\x80\xae<b>x</b>\r\n" } } });
    m_account.user = u"ann"_s;
    std::vector<Consignment> messages;
    messages.push_back(consignment({ "bob@example.net" }));
    QVERIFY(send(std::move(messages)).value(0).problem.isNone());
    const QString text = m_transcript.join(u'\n');
    QVERIFY(text.contains(u"C: MAIL FROM:<ann@example.org>"_s));
    QVERIFY(text.contains(u"S: 220 fake.example.org ESMTP"_s));
    QVERIFY(text.contains(u"C: AUTH PLAIN ***"_s));
    const QByteArray octets = text.toUtf8();
    QVERIFY(!octets.contains("tanstaaf"));
    QVERIFY(!octets.contains(QByteArray("tanstaaf").toBase64().chopped(1)));
    QVERIFY(!octets.contains(QByteArray("\0ann\0tanstaaf", 13).toBase64()));
    QVERIFY(!text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e)));
}

QTEST_GUILESS_MAIN(DirectSenderTest)
#include "tst_directsender.moc"
