// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/accountstore.h"
#include "base/clock.h"
#include "delivery/postoffice.h"
#include "support/fakesmtpserver.h"
#include "support/manualclock.h"
#include "support/memorysecretstore.h"
#include "support/sql.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <atomic>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::PostOffice;
using outbox::MessageState;
using outbox::Problem;
using support::FakeSmtpServer;

namespace {

/// A keychain whose password window is open and that nobody looks at.
class SilentSecretStore final : public secrets::SecretStore
{
public:
    void read(const secrets::SecretKey &, QObject *, ReadAnswer) override { ++asked; }
    void write(const secrets::SecretKey &, base::Secret, QObject *, Answer) override { }
    void remove(const secrets::SecretKey &, QObject *, Answer) override { }

    std::atomic_int asked = 0;
};

using Behaviour = FakeSmtpServer::Behaviour;
using Stage = FakeSmtpServer::Stage;

mime::Draft draftOf(const QString &subject, const QString &text = u"Hello.\n"_s)
{
    mime::Draft draft;
    draft.from = { .name = u"Ann"_s, .localPart = u"ann"_s, .domain = u"example.org"_s };
    draft.to = { { .name = {}, .localPart = u"bob"_s, .domain = u"example.net"_s },
                 { .name = {}, .localPart = u"eve"_s, .domain = u"example.net"_s } };
    draft.subject = subject;
    draft.text = text;
    return draft;
}

} // namespace

/// What the courier makes of servers that behave and of servers that do not.
class ServerDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aMessage_reachesTheServerOnce_data();
    void aMessage_reachesTheServerOnce();
    void severalMessages_shareOneConnection_data();
    void severalMessages_shareOneConnection();
    void aLostFlight_isInDoubtForExactlyTheOpenOnes();
    void aLostFlight_leavesTheRestToTheNextConnection();
    void aConnection_isKeptForTheNextMessage();
    void aServerThatEndsAnIdleConnection_costsNoWaiting();
    void tooManyRecipients_areReachedInOneTry();
    void tooManyRecipientsOfAGroup_getTheMessageOnce_data();
    void tooManyRecipientsOfAGroup_getTheMessageOnce();
    void aServerThatOffersLess_isAnAttack_data();
    void aServerThatOffersLess_isAnAttack();
    void whatIsAcceptedAnew_isOnlyWhatAPersonAccepts_data();
    void whatIsAcceptedAnew_isOnlyWhatAPersonAccepts();
    void whatAServerDoesNotStand_isRememberedForATime();
    void aLimitOfRecipients_isRemembered();
    void eightBitContent_isConvertedOnceAndFrozen();
    void aRecordedTry_keepsItsConversationWithoutSecrets();
    void closing_isTrueAtEveryStage_data();
    void closing_isTrueAtEveryStage();
    void aServerThatIsDown_isAskedAgainLaterAndCountsNoAttempt();
    void aRefusedPassword_holdsTheAccountAfterOneTry();
    void aNewPassword_letsWaitingMessagesGo();
    void aPasswordReplacedDuringASignIn_isNotHeldByTheOldOne();
    void aFailedTry_isInTheHistory();
    void aMissingPassword_needsThePerson();
    void aKeychainThatWasMissing_isAskedAgainByTheNextProcess();
    void anInternationalDomain_isAnALabelOnTheWire();
    void anUntrustedCertificate_holdsTheAccountAndShowsNoPassword();
    void aRefusedMail_saysNothingAboutTheNextMessage_data();
    void aRefusedMail_saysNothingAboutTheNextMessage();
    void theReversePath_isTheAddressOfTheAccount();
    void aTemporaryAnswerToTheMessage_isTriedAgainWhenAsked();
    void aRefusedMessage_isFinalAndKeepsTheServersWords();
    void aConnectionLostAfterTheLastOctet_isInDoubtAndNeverResentByItself();
    void aConnectionLostBeforeTheLastOctet_isTriedAgain();
    void closingDuringTheContent_putsTheMessageBack();
    void anAccountAddedByAnotherProcess_isFound();
    void aDemandToSignIn_holdsTheAccount_data();
    void aDemandToSignIn_holdsTheAccount();
    void aConnectionLostBeforeMail_isNotOpenedAgainAtOnce();
    void aRefusedReset_isNoTroubleOfTheAccount();
    void anAttemptThatCannotBeWritten_isNotTriedAgainAtOnce();
    void aHoldThatCannotBeWritten_triesThePasswordOnce();
    void closingWhileAnOutcomeCannotBeWritten_endsInDoubt();
    void closingWhileTheKeychainIsSilent_ends();
    void closingDuringAProof_endsItsConnection();
    void aClosedOffice_answersNothing();
    void interruptedDeliveries_areRecoveredWhenTheDiskLetsUs();
    void aFailedProof_savesNothing();
    void aProvedAccount_isSavedWithItsPasswordInTheKeychain();
    void aRemovedAccount_holdsItsMessages();

private:
    void serve(Behaviour behaviour);
    void saveAccount();
    void open();
    void close();
    outbox::MessageId send(const mime::Draft &draft);
    QList<outbox::MessageSummary> list();
    [[nodiscard]] bool allAre(MessageState state);
    [[nodiscard]] qsizetype count(MessageState state);
    [[nodiscard]] QString transcriptOf(const outbox::MessageId &id);
    void act(const outbox::MessageId &id, PostOffice::Action action);
    void queueWithoutDelivering(int messages = 1);
    void execute(const QString &statement);
    void letTimePass();
    std::optional<delivery::Trouble> addAccount(const accounts::Account &account, const QByteArray &password);

    support::TestAuthority m_authority {};
    std::unique_ptr<support::TempProfile> m_profile {};
    std::unique_ptr<support::MemorySecretStore> m_secrets {};
    std::unique_ptr<FakeSmtpServer> m_server {};
    std::unique_ptr<PostOffice> m_office {};
    support::ManualClock m_clock { QDateTime::currentDateTimeUtc() }; // certificates are of this time
    accounts::Account m_account {};
};

void ServerDeliveryTest::init()
{
    m_profile = std::make_unique<support::TempProfile>();
    m_secrets = std::make_unique<support::MemorySecretStore>();
    m_account = {};
    m_account.id = u"11111111-2222-3333-4444-555555555555"_s;
    m_account.name = u"example.org"_s;
    m_account.email = u"ann@example.org"_s;
    m_account.server = { .host = u"localhost"_s, .port = 0, .security = accounts::Security::StartTls };
    m_account.user = u"ann"_s;
    m_account.caFile = m_profile->writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    m_secrets->write({ .accountId = m_account.id,
                       .kind = secrets::SecretKey::Kind::Password,
                       .host = m_account.server.host },
                     base::Secret("tanstaaf"), this,
                     [](const base::Expected<void, secrets::SecretError> &) {});
}

void ServerDeliveryTest::cleanup()
{
    if (m_office)
        close();
    m_office.reset();
    m_server.reset();
    m_secrets.reset();
    m_profile.reset();
}

void ServerDeliveryTest::serve(Behaviour behaviour)
{
    if (behaviour.identity.certificate.isNull())
        behaviour.identity = m_authority.issue();
    m_server = std::make_unique<FakeSmtpServer>(behaviour);
    m_account.server.port = m_server->port();
    if (behaviour.security == FakeSmtpServer::Security::ImplicitTls)
        m_account.server.security = accounts::Security::Tls;
}

void ServerDeliveryTest::saveAccount()
{
    QVERIFY(QDir().mkpath(m_profile->folder()));
    QVERIFY(accounts::AccountStore(m_profile->folder()).add(m_account));
}

void ServerDeliveryTest::open()
{
    m_office = std::make_unique<PostOffice>(PostOffice::Options { .profileFolder = m_profile->folder() },
                                            *m_secrets, m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
}

void ServerDeliveryTest::close()
{
    QSignalSpy closed(m_office.get(), &PostOffice::closed);
    m_office->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 10'000);
    m_office.reset();
}

outbox::MessageId ServerDeliveryTest::send(const mime::Draft &draft)
{
    outbox::MessageId id;
    bool answered = false;
    m_office->send(draft, m_account.id, this,
                   [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                       answered = true;
                       if (sent)
                           id = *sent;
                   });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000); }();
    return id;
}

QList<outbox::MessageSummary> ServerDeliveryTest::list()
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

bool ServerDeliveryTest::allAre(MessageState state)
{
    const QList<outbox::MessageSummary> rows = list();
    return !rows.isEmpty()
        && std::all_of(rows.begin(), rows.end(),
                       [state](const outbox::MessageSummary &row) { return row.state == state; });
}

qsizetype ServerDeliveryTest::count(MessageState state)
{
    const QList<outbox::MessageSummary> rows = list();
    return std::count_if(rows.begin(), rows.end(),
                         [state](const outbox::MessageSummary &row) { return row.state == state; });
}

QString ServerDeliveryTest::transcriptOf(const outbox::MessageId &id)
{
    std::optional<QString> text;
    m_office->find(id, this, [&](const base::Expected<outbox::MessageDetails, delivery::Trouble> &found) {
        text = found && !found->attempts.isEmpty() ? found->attempts.last().transcript : QString();
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(text.has_value(), 10'000); }();
    return text.value_or(QString());
}

void ServerDeliveryTest::act(const outbox::MessageId &id, PostOffice::Action action)
{
    bool done = false;
    m_office->act(id, action, this,
                  [&](const base::Expected<void, delivery::Trouble> &result) { done = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 10'000);
}

std::optional<delivery::Trouble> ServerDeliveryTest::addAccount(const accounts::Account &account,
                                                                const QByteArray &password)
{
    std::optional<delivery::Trouble> trouble;
    bool answered = false;
    m_office->addAccount(account, base::Secret(password), PostOffice::Proof::SignIn, this,
                         [&](const base::Expected<accounts::Account, delivery::Trouble> &added) {
                             answered = true;
                             if (!added)
                                 trouble = added.error();
                         });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000); }();
    return trouble;
}

void ServerDeliveryTest::aMessage_reachesTheServerOnce_data()
{
    QTest::addColumn<FakeSmtpServer::Security>("security");
    QTest::newRow("STARTTLS") << FakeSmtpServer::Security::StartTls;
    QTest::newRow("implicit TLS") << FakeSmtpServer::Security::ImplicitTls;
}

void ServerDeliveryTest::aMessage_reachesTheServerOnce()
{
    QFETCH(FakeSmtpServer::Security, security);
    serve({ .security = security });
    saveAccount();
    open();
    const outbox::MessageId id = send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().size(), 1);
    const FakeSmtpServer::Message message = m_server->messages().first();
    QCOMPARE(message.reversePath, "ann@example.org");
    QCOMPARE(message.recipients, (QList<QByteArray> { "bob@example.net", "eve@example.net" }));
    QVERIFY(message.content.contains("\r\nSubject: One\r\n"));
    QCOMPARE(list().first().attempts, 1);
    QCOMPARE(list().first().id, id);
}

void ServerDeliveryTest::severalMessages_shareOneConnection_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("one by one") << QList<QByteArray> {};
    QTest::newRow("PIPELINING") << QList<QByteArray> { "PIPELINING" };
    QTest::newRow("PIPELINING and CHUNKING") << QList<QByteArray> { "PIPELINING", "CHUNKING" };
}

void ServerDeliveryTest::severalMessages_shareOneConnection()
{
    QFETCH(QList<QByteArray>, extensions);
    constexpr int Count = 20;
    serve({ .extensions = extensions });
    saveAccount();
    m_office = std::make_unique<PostOffice>(
        PostOffice::Options { .profileFolder = m_profile->folder(), .delivery = PostOffice::Delivery::Never },
        *m_secrets, m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
    for (int i = 0; i < Count; ++i)
        send(draftOf(QString::number(i)));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Queued), 10'000);
    close();

    open();
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 20'000);
    QCOMPARE(m_server->messages().size(), Count);
    for (int i = 0; i < Count; ++i)
        QVERIFY(m_server->messages().at(i).content.contains(
            QByteArray("\r\nSubject: " + QByteArray::number(i) + "\r\n")));
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_server->count("AUTH"), 1);
    const QList<outbox::MessageSummary> rows = list();
    for (const outbox::MessageSummary &row : rows)
        QCOMPARE(row.attempts, 1);
}

void ServerDeliveryTest::aLostFlight_isInDoubtForExactlyTheOpenOnes()
{
    constexpr qsizetype Taken = 3;
    serve({ .extensions = { "PIPELINING", "CHUNKING" }, .closesAfterMessages = Taken });
    saveAccount();
    queueWithoutDelivering(20);
    open();
    // Every message that the server did not see to its end waits, and what may have arrived is in doubt. The
    // connections after the first one take nothing either.
    QTRY_VERIFY_WITH_TIMEOUT(count(MessageState::Sending) == 0 && count(MessageState::Queued) == 0, 20'000);
    const qsizetype sent = count(MessageState::Sent);
    const qsizetype inDoubt = count(MessageState::InDoubt);
    QCOMPARE(m_server->messages().size(), Taken);
    QCOMPARE(sent + inDoubt + count(MessageState::Deferred), 20);
    QCOMPARE(sent, Taken);
    QVERIFY(inDoubt >= 1 && inDoubt <= 8 * m_server->connections());
}

void ServerDeliveryTest::aLostFlight_leavesTheRestToTheNextConnection()
{
    constexpr qsizetype Taken = 5;
    constexpr int Count = 30;
    serve({ .extensions = { "PIPELINING", "CHUNKING" },
            .closesAfterMessages = Taken,
            .closing = Behaviour::Closing::Once });
    saveAccount();
    queueWithoutDelivering(Count);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(count(MessageState::Sent) + count(MessageState::InDoubt) == Count, 20'000);
    const qsizetype inDoubt = count(MessageState::InDoubt);
    QVERIFY2(inDoubt >= 1 && inDoubt <= 8, QByteArray::number(inDoubt).constData());
    // Nothing was handed over a second time, and nothing but what is in doubt may be missing.
    QSet<QByteArray> contents; // each has a Message-ID of its own
    for (const FakeSmtpServer::Message &message : m_server->messages())
        contents.insert(message.content);
    QCOMPARE(contents.size(), m_server->messages().size());
    QVERIFY(contents.size() >= Count - inDoubt);
    QCOMPARE(m_server->connections(), 2);
}

void ServerDeliveryTest::aConnection_isKeptForTheNextMessage()
{
    serve({});
    saveAccount();
    open();
    for (int i = 1; i <= 3; ++i) {
        QSignalSpy idle(m_office.get(), &PostOffice::idle);
        send(draftOf(QString::number(i)));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == i && allAre(MessageState::Sent), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(idle.count() > 0, 10'000);
    }
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_server->count("QUIT"), 0);
    close();
    QCOMPARE(m_server->count("QUIT"), 1);
}

void ServerDeliveryTest::aServerThatEndsAnIdleConnection_costsNoWaiting()
{
    // It says so only at the next MAIL.
    auto isUsed = std::make_shared<std::atomic_bool>(false);
    serve({ .answer = [isUsed](const QByteArray &line) -> QByteArray {
        if (line.startsWith("EHLO"))
            isUsed->store(false);
        if (line.startsWith("MAIL") && isUsed->exchange(true))
            return "421 4.4.2 Idle for too long\r\n";
        return {};
    } });
    saveAccount();
    open();
    for (int i = 1; i <= 2; ++i) {
        send(draftOf(QString::number(i)));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == i && allAre(MessageState::Sent), 10'000);
    }
    QCOMPARE(m_server->connections(), 2);
    const QList<outbox::MessageSummary> rows = list();
    for (const outbox::MessageSummary &row : rows)
        QCOMPARE(row.attempts, 1);
}

void ServerDeliveryTest::tooManyRecipients_areReachedInOneTry()
{
    auto taken = std::make_shared<std::atomic_int>(0);
    serve({ .answer = [taken](const QByteArray &line) -> QByteArray {
        if (line.startsWith("MAIL"))
            taken->store(0);
        if (line.startsWith("RCPT") && taken->fetch_add(1) >= 1)
            return "452 4.5.3 Too many recipients\r\n";
        return {};
    } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().size(), 2);
    QCOMPARE(m_server->messages().at(0).recipients, (QList<QByteArray> { "bob@example.net" }));
    QCOMPARE(m_server->messages().at(1).recipients, (QList<QByteArray> { "eve@example.net" }));
    QCOMPARE(m_server->messages().at(0).content, m_server->messages().at(1).content);
    QCOMPARE(list().first().attempts, 1);
}

void ServerDeliveryTest::tooManyRecipientsOfAGroup_getTheMessageOnce_data()
{
    QTest::addColumn<QList<QByteArray>>("extensions");
    QTest::newRow("DATA") << QList<QByteArray> { "PIPELINING" };
    QTest::newRow("BDAT") << QList<QByteArray> { "PIPELINING", "CHUNKING" };
}

/// A server that hands on to another one may have passed it those RCPT that it then refuses as too many.
void ServerDeliveryTest::tooManyRecipientsOfAGroup_getTheMessageOnce()
{
    QFETCH(QList<QByteArray>, extensions);
    constexpr int Limit = 25;
    // Recipients of this transaction, those that are refused too.
    auto passedOn = std::make_shared<std::atomic_int>(0);
    auto reached = std::make_shared<std::atomic_int>(0);
    serve({ .extensions = extensions, .answer = [=](const QByteArray &line) -> QByteArray {
               if (line.startsWith("MAIL"))
                   passedOn->store(0);
               else if (line.startsWith("RCPT") && passedOn->fetch_add(1) >= Limit)
                   return "451 4.5.3 Too many recipients\r\n";
               else if (line.startsWith("DATA") || line.startsWith("BDAT"))
                   reached->fetch_add(passedOn->load());
               return {};
           } });
    saveAccount();
    open();
    mime::Draft draft = draftOf(u"Many"_s);
    draft.to.clear();
    QList<QByteArray> expected;
    for (int number = 0; number < 60; ++number) {
        draft.to.append({ .name = {}, .localPart = u"many%1"_s.arg(number), .domain = u"example.net"_s });
        expected.append("many" + QByteArray::number(number) + "@example.net");
    }
    send(draft);
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QList<QByteArray> recipients;
    for (const FakeSmtpServer::Message &message : m_server->messages())
        recipients.append(message.recipients);
    QCOMPARE(recipients, expected);
    QCOMPARE(reached->load(), 60);
    QCOMPARE(m_server->messages().size(), 3);
    QCOMPARE(list().first().attempts, 1);
}

void ServerDeliveryTest::aServerThatOffersLess_isAnAttack_data()
{
    QTest::addColumn<QByteArray>("ehlo");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::newRow("no STARTTLS") << QByteArray("250-fake.example.org\r\n250 AUTH PLAIN\r\n")
                                 << Problem::Kind::TlsWithdrawn;
    QTest::newRow("no way to sign in")
        << QByteArray("250-fake.example.org\r\n250 STARTTLS\r\n") << Problem::Kind::MechanismWithdrawn;
}

void ServerDeliveryTest::aServerThatOffersLess_isAnAttack()
{
    QFETCH(QByteArray, ehlo);
    QFETCH(Problem::Kind, kind);
    auto isChanged = std::make_shared<std::atomic_bool>(false);
    serve({ .answer = [isChanged, ehlo](const QByteArray &line) {
        return isChanged->load() && line.startsWith("EHLO") ? ehlo : QByteArray();
    } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    close();
    const qsizetype signIns = m_server->count("AUTH");
    *isChanged = true;
    open();
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(list().first().state == MessageState::Held, 10'000);
    QVERIFY(list().first().problem.kind == kind);
    QVERIFY(delivery::sentence(list().first().problem).contains(u"intercepting"_s));
    QCOMPARE(m_server->count("AUTH"), signIns);
    QCOMPARE(m_server->messages().size(), 1);
}

void ServerDeliveryTest::whatIsAcceptedAnew_isOnlyWhatAPersonAccepts_data()
{
    QTest::addColumn<QString>("mechanisms"); // that were offered before
    QTest::addColumn<QByteArray>("ehlo");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<Problem::Kind>("afterwards");
    QTest::newRow("a weaker way to sign in") << u"SCRAM-SHA-256 PLAIN"_s << QByteArray()
                                             << Problem::Kind::MechanismWithdrawn << Problem::Kind::None;
    // The account demands encryption, whatever is forgotten.
    QTest::newRow("no encryption") << u"PLAIN"_s << QByteArray("250-fake.example.org\r\n250 AUTH PLAIN\r\n")
                                   << Problem::Kind::TlsWithdrawn << Problem::Kind::TlsMissing;
}

void ServerDeliveryTest::whatIsAcceptedAnew_isOnlyWhatAPersonAccepts()
{
    QFETCH(QString, mechanisms);
    QFETCH(QByteArray, ehlo);
    QFETCH(Problem::Kind, kind);
    QFETCH(Problem::Kind, afterwards);
    serve({ .answer
            = [ehlo](const QByteArray &line) { return line.startsWith("EHLO") ? ehlo : QByteArray(); } });
    saveAccount();
    queueWithoutDelivering();
    execute(u"INSERT INTO facts (account_id, host, port, tls, mechanisms, learnt) "
            "VALUES ('%1', 'localhost', %2, 'TLS 1.3', '%3', 1)"_s.arg(m_account.id)
                .arg(m_server->port())
                .arg(mechanisms));
    open();
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    QVERIFY(list().first().problem.kind == kind);
    // Neither trying again nor a new start nor a new password is an acceptance.
    act(list().first().id, PostOffice::Action::Retry);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->connections() == 2 && allAre(MessageState::Held), 10'000);
    close();
    open();
    bool isSet = false;
    m_office->setPassword(
        m_account.id, base::Secret("tanstaaf"), this,
        [&](const base::Expected<void, delivery::Trouble> &set) { isSet = set.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isSet, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->connections() == 3 && allAre(MessageState::Held), 10'000);
    QVERIFY(list().first().problem.kind == kind);
    QCOMPARE(m_server->count("AUTH"), 0);

    bool isForgotten = false;
    m_office->forgetServerFacts(m_account.id, this,
                                [&](const base::Expected<void, delivery::Trouble> &forgotten) {
                                    isForgotten = forgotten.has_value();
                                });
    QTRY_VERIFY_WITH_TIMEOUT(isForgotten, 10'000);
    if (afterwards == Problem::Kind::None) {
        QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
        QCOMPARE(m_server->count("AUTH PLAIN"), 1);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(m_server->connections() == 4 && allAre(MessageState::Held), 10'000);
        QVERIFY(list().first().problem.kind == afterwards);
        QCOMPARE(m_server->count("AUTH"), 0);
    }
}

void ServerDeliveryTest::whatAServerDoesNotStand_isRememberedForATime()
{
    serve({ .extensions = { "PIPELINING", "CHUNKING" }, .knowsChunks = false });
    saveAccount();
    const auto sendOne = [this] {
        const qsizetype taken = m_server->messages().size();
        open();
        send(draftOf(u"One"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == taken + 1 && allAre(MessageState::Sent),
                                 10'000);
        close();
    };
    sendOne();
    QCOMPARE(m_server->count("BDAT"), 1);
    sendOne();
    QCOMPARE(m_server->count("BDAT"), 1); // not tried again
    execute(u"UPDATE habits SET habits_learnt = 1"_s);
    sendOne();
    QCOMPARE(m_server->count("BDAT"), 2); // the server may have been mended since 1970
}

void ServerDeliveryTest::aLimitOfRecipients_isRemembered()
{
    auto refused = std::make_shared<std::atomic_int>(0);
    auto taken = std::make_shared<std::atomic_int>(0);
    serve({ .answer = [=](const QByteArray &line) -> QByteArray {
        if (line.startsWith("MAIL"))
            taken->store(0);
        if (!line.startsWith("RCPT") || taken->fetch_add(1) < 1)
            return {};
        refused->fetch_add(1);
        return "452 4.5.3 Too many recipients\r\n";
    } });
    saveAccount();
    for (int i = 1; i <= 2; ++i) {
        open();
        send(draftOf(QString::number(i)));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == 2 * i && allAre(MessageState::Sent), 10'000);
        close();
        QCOMPARE(refused->load(), 1);
    }
}

void ServerDeliveryTest::eightBitContent_isConvertedOnceAndFrozen()
{
    serve(
        { .replies = { { Stage::ContentEnd, "451 4.3.0 Later\r\n" } }, .answer = [](const QByteArray &line) {
             return line.startsWith("EHLO")
                 ? QByteArray("250-fake.example.org\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
                 : QByteArray();
         } });
    saveAccount();
    open();
    const QString file = m_profile->writeBeside(
        u"8bit.eml"_s, "From: ann@example.org\r\nTo: bob@example.net\r\nSubject: x\r\n\r\n\xc3\xa9\r\n");
    outbox::MessageId id;
    m_office->sendFile(file, { .accountId = m_account.id }, this,
                       [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                           id = sent.value_or(outbox::MessageId());
                       });
    QTRY_VERIFY_WITH_TIMEOUT(!id.isEmpty() && allAre(MessageState::Deferred), 10'000);
    act(id, PostOffice::Action::Retry);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == 2, 10'000);
    QVERIFY(m_server->messages().first().content.endsWith("\r\n\r\n=C3=A9\r\n"));
    QCOMPARE(m_server->messages().at(0).content, m_server->messages().at(1).content);
}

void ServerDeliveryTest::aRecordedTry_keepsItsConversationWithoutSecrets()
{
    serve({});
    saveAccount();
    open();
    outbox::MessageId id;
    m_office->send(draftOf(u"One"_s), { .accountId = m_account.id, .recording = outbox::Recording::On }, this,
                   [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                       id = sent.value_or(outbox::MessageId());
                   });
    QTRY_VERIFY_WITH_TIMEOUT(!id.isEmpty() && allAre(MessageState::Sent), 10'000);
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_server->messages().size() == 2 && allAre(MessageState::Sent), 10'000);
    const QString text = transcriptOf(id);
    QVERIFY2(text.contains(u"S: 220 fake.example.org ESMTP\n"_s), qPrintable(text));
    QVERIFY(text.contains(u"\nC: AUTH PLAIN ***\n"_s));
    QVERIFY(text.contains(u"\nC: RCPT TO:<bob@example.net>"_s));
    QVERIFY(!text.contains(u"tanstaaf"_s));
    QVERIFY(!text.contains(QString::fromLatin1(QByteArray("\0ann\0tanstaaf", 13).toBase64())));
    QVERIFY(transcriptOf(list().first().id).isEmpty()); // nobody asked for that one
}

void ServerDeliveryTest::closing_isTrueAtEveryStage_data()
{
    QTest::addColumn<FakeSmtpServer::Stage>("stage");
    QTest::addColumn<QByteArray>("awaited");
    QTest::newRow("greeting") << Stage::Connected << QByteArray();
    QTest::newRow("EHLO") << Stage::Ehlo << QByteArray("EHLO");
    QTest::newRow("STARTTLS") << Stage::StartTls << QByteArray("STARTTLS");
    QTest::newRow("handshake") << Stage::Handshake << QByteArray("STARTTLS");
    QTest::newRow("AUTH") << Stage::Auth << QByteArray("AUTH");
    QTest::newRow("MAIL") << Stage::Mail << QByteArray("MAIL");
    QTest::newRow("RCPT") << Stage::Rcpt << QByteArray("RCPT");
    QTest::newRow("DATA") << Stage::Data << QByteArray("DATA");
}

void ServerDeliveryTest::closing_isTrueAtEveryStage()
{
    QFETCH(FakeSmtpServer::Stage, stage);
    QFETCH(QByteArray, awaited);
    serve({ .silentFrom = stage });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_server->connections() == 1 && (awaited.isEmpty() || m_server->received(awaited)), 10'000);
    QElapsedTimer elapsed;
    elapsed.start();
    close();
    QVERIFY2(elapsed.elapsed() < 1000, QByteArray::number(elapsed.elapsed()).constData());
    m_office = std::make_unique<PostOffice>(
        PostOffice::Options { .profileFolder = m_profile->folder(), .delivery = PostOffice::Delivery::Never },
        *m_secrets, m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
    QVERIFY(allAre(MessageState::Queued));
    const QList<outbox::MessageSummary> rows = list();
    for (const outbox::MessageSummary &row : rows)
        QCOMPARE(row.attempts, 0);
}

void ServerDeliveryTest::aServerThatIsDown_isAskedAgainLaterAndCountsNoAttempt()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    m_account.server
        = { .host = u"127.0.0.1"_s, .port = probe.serverPort(), .security = accounts::Security::Tls };
    probe.close();
    m_secrets->write({ .accountId = m_account.id,
                       .kind = secrets::SecretKey::Kind::Password,
                       .host = m_account.server.host },
                     base::Secret("tanstaaf"), this,
                     [](const base::Expected<void, secrets::SecretError> &) {});
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Deferred), 10'000);
    const QList<outbox::MessageSummary> rows = list();
    for (const outbox::MessageSummary &row : rows) {
        QVERIFY(row.problem.kind == Problem::Kind::ConnectionRefused);
        QCOMPARE(row.attempts, 0);
        QVERIFY(row.nextAttempt > m_clock.now());
        QVERIFY(row.nextAttempt < m_clock.now().addSecs(120));
    }
}

void ServerDeliveryTest::aRefusedPassword_holdsTheAccountAfterOneTry()
{
    serve({ .replies = { { Stage::Auth, "535 5.7.8 Authentication credentials invalid\r\n" } } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    const outbox::MessageSummary row = list().first();
    QVERIFY(row.hold == outbox::HoldReason::Account);
    QVERIFY(row.problem.kind == Problem::Kind::SignInRefused);
    QCOMPARE(row.problem.text, u"Authentication credentials invalid"_s);
    QCOMPARE(row.attempts, 0);
    QCOMPARE(m_server->count("AUTH"), 1);
    QVERIFY(!m_server->received("MAIL"));
}

void ServerDeliveryTest::aNewPassword_letsWaitingMessagesGo()
{
    serve({});
    saveAccount();
    m_secrets->setError(secrets::SecretError { .kind = secrets::SecretError::Kind::NotFound, .reason = {} });
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    m_secrets->setError({});
    bool done = false;
    m_office->setPassword(
        m_account.id, base::Secret("new password"), this,
        [&](const base::Expected<void, delivery::Trouble> &set) { done = set.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(done && allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().size(), 1);
}

void ServerDeliveryTest::aPasswordReplacedDuringASignIn_isNotHeldByTheOldOne()
{
    const auto plain = [](const QByteArray &password) -> QByteArray {
        const QByteArray response = QByteArray("\0ann\0", 5) + password;
        return "AUTH PLAIN " + response.toBase64();
    };
    // The server takes its time with the old password.
    serve({ .ignores = [old = plain("tanstaaf")](const QByteArray &line) { return line == old; } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count(plain("tanstaaf")), 1, 10'000);
    bool isSet = false;
    m_office->setPassword(
        m_account.id, base::Secret("tanstaaf-2"), this,
        [&](const base::Expected<void, delivery::Trouble> &set) { isSet = set.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isSet, 10'000);
    m_server->say("535 5.7.8 Wrong\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->count(plain("tanstaaf-2")), 1);
    QCOMPARE(m_server->count("AUTH"), 2);
}

void ServerDeliveryTest::aFailedTry_isInTheHistory()
{
    serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    saveAccount();
    open();
    outbox::MessageId id;
    m_office->send(draftOf(u"One"_s), { .accountId = m_account.id, .recording = outbox::Recording::On }, this,
                   [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                       id = sent.value_or(outbox::MessageId());
                   });
    QTRY_VERIFY_WITH_TIMEOUT(!id.isEmpty() && allAre(MessageState::Held), 10'000);
    std::optional<outbox::MessageDetails> details;
    m_office->find(id, this, [&](const base::Expected<outbox::MessageDetails, delivery::Trouble> &found) {
        if (found)
            details = *found;
    });
    QTRY_VERIFY_WITH_TIMEOUT(details, 10'000);
    QCOMPARE(details->summary.attempts, 0); // the message had no chance
    QCOMPARE(details->attempts.size(), 1);
    const outbox::Attempt attempt = details->attempts.first();
    QVERIFY(attempt.problem.kind == Problem::Kind::SignInRefused);
    QCOMPARE(attempt.outcome, u"sign-in-refused"_s);
    QCOMPARE(attempt.host, u"localhost"_s);
    QVERIFY(attempt.tls.startsWith(u"TLS"_s));
    QVERIFY(attempt.started.isValid() && attempt.started <= attempt.ended);
    QVERIFY2(attempt.transcript.contains(u"S: 535 5.7.8 No"_s), qPrintable(attempt.transcript));
    QVERIFY(!attempt.transcript.contains(u"tanstaaf"_s));
}

void ServerDeliveryTest::aMissingPassword_needsThePerson()
{
    serve({});
    saveAccount();
    m_secrets->setError(secrets::SecretError { .kind = secrets::SecretError::Kind::NotFound, .reason = {} });
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    QVERIFY(list().first().problem.kind == Problem::Kind::PasswordMissing);
    QCOMPARE(m_server->connections(), 0);
}

void ServerDeliveryTest::aKeychainThatWasMissing_isAskedAgainByTheNextProcess()
{
    serve({});
    saveAccount();
    m_secrets->setError(
        secrets::SecretError { .kind = secrets::SecretError::Kind::Unavailable, .reason = {} });
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    close();
    m_secrets->setError({});
    open();
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().size(), 1);
}

void ServerDeliveryTest::anInternationalDomain_isAnALabelOnTheWire()
{
    serve({});
    m_account.email = u"ann@b\u00fccher.example"_s;
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().first().reversePath, "ann@xn--bcher-kva.example");
}

void ServerDeliveryTest::anUntrustedCertificate_holdsTheAccountAndShowsNoPassword()
{
    m_account.caFile.clear();
    serve({});
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    QVERIFY(list().first().problem.kind == Problem::Kind::CertificateUntrusted);
    QVERIFY(!m_server->received("AUTH"));
}

void ServerDeliveryTest::aRefusedMail_saysNothingAboutTheNextMessage_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("not this sender") << "550 5.7.1 Not with this address\r\n"_ba;
    QTest::newRow("no such sender") << "553 5.1.8 Sender unknown\r\n"_ba;
    QTest::newRow("no reason") << "554 No\r\n"_ba;
}

void ServerDeliveryTest::aRefusedMail_saysNothingAboutTheNextMessage()
{
    QFETCH(QByteArray, refusal);
    serve({ .answer = [refusal, asked = std::make_shared<int>(0)](const QByteArray &line) {
        return line.startsWith("MAIL") && ++*asked == 1 ? refusal : QByteArray();
    } });
    saveAccount();
    queueWithoutDelivering(3);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(count(MessageState::Failed) == 1 && count(MessageState::Sent) == 2, 10'000);
    // From the same address, each with a MAIL of its own.
    QCOMPARE(m_server->count("MAIL FROM:<ann@example.org>"), 3);
    // Nor does it about one that comes later.
    send(draftOf(u"Later"_s));
    QTRY_COMPARE_WITH_TIMEOUT(count(MessageState::Sent), 3, 10'000);
}

void ServerDeliveryTest::theReversePath_isTheAddressOfTheAccount()
{
    serve({});
    saveAccount();
    open();
    // Whoever the message is from, and even when it says that it has been sent from no address.
    mime::Draft draft = draftOf(u"A draft"_s);
    draft.from = { .name = u"The team"_s, .localPart = u"team"_s, .domain = u"example.com"_s };
    send(draft);
    const QString file = m_profile->writeBeside(u"message.eml"_s,
                                                "Return-Path: <>\r\n"
                                                "From: team@example.com\r\n"
                                                "To: bob@example.net\r\n"
                                                "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
                                                "Subject: A file\r\n"
                                                "\r\n"
                                                "Hello.\r\n");
    bool isQueued = false;
    m_office->sendFile(
        file, { .accountId = m_account.id, .recipients = { "bob@example.net" } }, this,
        [&](const base::Expected<outbox::MessageId, delivery::Trouble> &id) { isQueued = id.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isQueued, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(count(MessageState::Sent), 2, 10'000);
    const QList<FakeSmtpServer::Message> messages = m_server->messages();
    QCOMPARE(messages.size(), 2);
    for (const FakeSmtpServer::Message &message : messages)
        QCOMPARE(message.reversePath, "ann@example.org");
}

void ServerDeliveryTest::aTemporaryAnswerToTheMessage_isTriedAgainWhenAsked()
{
    serve({ .replies = { { Stage::ContentEnd, "451 4.3.0 Try again later\r\n" } } });
    saveAccount();
    open();
    const outbox::MessageId id = send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Deferred), 10'000);
    QCOMPARE(list().first().attempts, 1);
    QVERIFY(list().first().problem.kind == Problem::Kind::MessageDeferred);
    act(id, PostOffice::Action::Retry);
    QTRY_VERIFY_WITH_TIMEOUT(list().first().attempts == 2 && allAre(MessageState::Deferred), 10'000);
    // Both attempts carried the same octets.
    QCOMPARE(m_server->messages().size(), 2);
    QCOMPARE(m_server->messages().at(0).content, m_server->messages().at(1).content);
}

void ServerDeliveryTest::aRefusedMessage_isFinalAndKeepsTheServersWords()
{
    serve({ .replies = { { Stage::ContentEnd, "554 5.7.1 Looks like spam\r\n" } } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    send(draftOf(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Failed), 10'000);
    const outbox::MessageSummary row = list().first();
    QCOMPARE(delivery::serverWords(row.problem), u"554 5.7.1 Looks like spam"_s);
    for (const outbox::Recipient &recipient : row.recipients)
        QCOMPARE(recipient.code, 554);
}

void ServerDeliveryTest::aConnectionLostAfterTheLastOctet_isInDoubtAndNeverResentByItself()
{
    serve({ .closesAt = Stage::ContentEnd });
    saveAccount();
    open();
    const outbox::MessageId id = send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::InDoubt), 10'000);
    QCOMPARE(m_server->count("DATA"), 1);
    close();
    open();
    QTRY_VERIFY(m_office->isDelivering());
    QSignalSpy idle(m_office.get(), &PostOffice::idle);
    QTRY_VERIFY_WITH_TIMEOUT(idle.count() > 0, 10'000);
    QVERIFY(allAre(MessageState::InDoubt));
    QCOMPARE(m_server->count("DATA"), 1);

    act(id, PostOffice::Action::ResolveResend);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count("DATA"), 2, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::InDoubt), 10'000);
    act(id, PostOffice::Action::ResolveSent);
    QTRY_VERIFY(allAre(MessageState::Sent));
}

void ServerDeliveryTest::aConnectionLostBeforeTheLastOctet_isTriedAgain()
{
    serve({ .closesAt = Stage::Rcpt });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Deferred), 10'000);
    QVERIFY(list().first().problem.kind == Problem::Kind::ConnectionLost);
    QVERIFY(m_server->messages().isEmpty());
}

void ServerDeliveryTest::closingDuringTheContent_putsTheMessageBack()
{
    serve({ .readsContent = false });
    saveAccount();
    open();
    mime::Draft draft = draftOf(u"One"_s);
    mime::Attachment file;
    file.path = m_profile->writeBeside(u"large.bin"_s, QByteArray(30'000'000, 'x'));
    draft.attachments.append(file);
    send(draft);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->received("DATA"), 20'000);
    close();
    open();
    // What is in the row now is the word of the first process: the new one has not had a chance to try again.
    QCOMPARE(list().first().attempts, 0);
    QVERIFY(list().first().state == MessageState::Queued || list().first().state == MessageState::Sending);
    QVERIFY(m_server->messages().isEmpty());
}

void ServerDeliveryTest::anAccountAddedByAnotherProcess_isFound()
{
    serve({});
    open();
    QTRY_VERIFY(m_office->isDelivering());
    saveAccount();
    PostOffice other({ .profileFolder = m_profile->folder(), .delivery = PostOffice::Delivery::Never },
                     *m_secrets, m_clock);
    QSignalSpy opened(&other, &PostOffice::opened);
    other.open();
    QVERIFY(opened.wait(10'000));
    bool answered = false;
    other.send(draftOf(u"One"_s), m_account.id, this,
               [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                   answered = sent.has_value();
               });
    QTRY_VERIFY(answered);
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_office->accounts().size(), 1);
    QSignalSpy closed(&other, &PostOffice::closed);
    other.close();
    QTRY_COMPARE(closed.count(), 1);
}

/// Messages that wait for an office that delivers.
void ServerDeliveryTest::queueWithoutDelivering(int messages)
{
    m_office = std::make_unique<PostOffice>(
        PostOffice::Options { .profileFolder = m_profile->folder(), .delivery = PostOffice::Delivery::Never },
        *m_secrets, m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
    for (int i = 0; i < messages; ++i)
        send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Queued), 10'000);
    close();
}

void ServerDeliveryTest::execute(const QString &statement)
{
    static_cast<void>(support::sql(m_profile->path(u"postrider.sqlite"_s), statement));
}

/// As much as another message needs for its whole way, and for the store in between.
void ServerDeliveryTest::letTimePass()
{
    mime::Draft draft = draftOf(u"Marker"_s);
    for (int i = 0; i < 3; ++i) {
        outbox::MessageId id;
        m_office->send(draft, accounts::Account::practiceId(), this,
                       [&](const base::Expected<outbox::MessageId, delivery::Trouble> &sent) {
                           id = sent.value_or(outbox::MessageId());
                       });
        QTRY_VERIFY_WITH_TIMEOUT(!id.isEmpty(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(list().first().id == id && list().first().state == MessageState::Sent,
                                 10'000);
    }
}

void ServerDeliveryTest::aDemandToSignIn_holdsTheAccount_data()
{
    QTest::addColumn<FakeSmtpServer::Stage>("stage");
    QTest::newRow("MAIL") << Stage::Mail;
    QTest::newRow("RCPT") << Stage::Rcpt;
    QTest::newRow("DATA") << Stage::Data;
    QTest::newRow("content") << Stage::ContentEnd;
}

void ServerDeliveryTest::aDemandToSignIn_holdsTheAccount()
{
    QFETCH(FakeSmtpServer::Stage, stage);
    serve({ .replies = { { stage, "530 5.7.0 Authentication required\r\n" } } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    QVERIFY(list().first().hold == outbox::HoldReason::Account);
    QVERIFY(list().first().problem.kind == Problem::Kind::SignInRefused);
    QCOMPARE(m_server->count("MAIL"), 1);
}

void ServerDeliveryTest::aConnectionLostBeforeMail_isNotOpenedAgainAtOnce()
{
    // The session is over while the attempt is being written.
    serve({ .replies = { { Stage::Auth, "235 2.7.0 Ok\r\n250 2.0.0 And goodbye\r\n" } } });
    saveAccount();
    open();
    send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Deferred), 10'000);
    QCOMPARE(list().first().attempts, 0);
    letTimePass();
    QCOMPARE(m_server->connections(), 1);
}

void ServerDeliveryTest::aRefusedReset_isNoTroubleOfTheAccount()
{
    // The second line answers the RSET that follows the first one.
    serve({ .replies = { { Stage::Data, "554 5.6.0 No\r\n550 5.0.0 No resetting\r\n" } } });
    saveAccount();
    open();
    for (int i = 0; i < 2; ++i)
        send(draftOf(QString::number(i)));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Failed), 20'000);
    QCOMPARE(m_server->count("MAIL"), 2);
}

void ServerDeliveryTest::anAttemptThatCannotBeWritten_isNotTriedAgainAtOnce()
{
    serve({});
    saveAccount();
    queueWithoutDelivering();
    execute(u"CREATE TRIGGER refusal BEFORE INSERT ON attempts "
            "WHEN (SELECT account_id FROM messages WHERE seq = NEW.message) <> 'practice' "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"_s);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count("QUIT"), 1, 10'000);
    letTimePass();
    QCOMPARE(m_server->count("AUTH"), 1);
    QVERIFY(m_server->messages().isEmpty());
}

void ServerDeliveryTest::aHoldThatCannotBeWritten_triesThePasswordOnce()
{
    serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    saveAccount();
    queueWithoutDelivering();
    execute(u"CREATE TRIGGER refusal BEFORE INSERT ON account_holds "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"_s);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->count("AUTH"), 1, 10'000);
    letTimePass();
    QCOMPARE(m_server->count("AUTH"), 1);
    execute(u"DROP TRIGGER refusal"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().last().state == MessageState::Held, 20'000);
    QCOMPARE(m_server->count("AUTH"), 1);
}

void ServerDeliveryTest::closingWhileAnOutcomeCannotBeWritten_endsInDoubt()
{
    serve({});
    saveAccount();
    queueWithoutDelivering();
    execute(u"CREATE TRIGGER refusal BEFORE UPDATE OF ended ON attempts "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"_s);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->messages().size(), 1, 10'000);
    close();
    execute(u"DROP TRIGGER refusal"_s);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::InDoubt), 10'000);
    QCOMPARE(m_server->messages().size(), 1);
}

void ServerDeliveryTest::closingWhileTheKeychainIsSilent_ends()
{
    serve({});
    saveAccount();
    queueWithoutDelivering();
    SilentSecretStore keychain;
    PostOffice office({ .profileFolder = m_profile->folder() }, keychain, m_clock);
    office.open();
    QTRY_COMPARE_WITH_TIMEOUT(keychain.asked.load(), 1, 10'000);
    QSignalSpy closed(&office, &PostOffice::closed);
    office.close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 10'000);
}

void ServerDeliveryTest::closingDuringAProof_endsItsConnection()
{
    serve({ .silentFrom = Stage::Auth });
    open();
    m_office->addAccount(m_account, base::Secret("tanstaaf"), PostOffice::Proof::SignIn, this,
                         [](const base::Expected<accounts::Account, delivery::Trouble> &) {});
    QTRY_VERIFY_WITH_TIMEOUT(m_server->received("AUTH"), 10'000);
    close();
    QTRY_COMPARE_WITH_TIMEOUT(m_server->openConnections(), 0, 10'000);
}

void ServerDeliveryTest::aClosedOffice_answersNothing()
{
    serve({});
    saveAccount();
    open();
    QSignalSpy closed(m_office.get(), &PostOffice::closed);
    m_office->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 10'000);
    bool answered = false;
    // A view that was reading when the office closed asks once more.
    m_office->list(
        100, 0, this,
        [&](const base::Expected<QList<outbox::MessageSummary>, delivery::Trouble> &) { answered = true; });
    m_office.reset();
    QVERIFY(!answered);
}

void ServerDeliveryTest::interruptedDeliveries_areRecoveredWhenTheDiskLetsUs()
{
    serve({});
    saveAccount();
    queueWithoutDelivering();
    // As a killed process leaves it.
    execute(u"UPDATE recipients SET state = 'sending'"_s);
    execute(u"UPDATE messages SET state = 'sending', due = NULL"_s);
    execute(u"CREATE TRIGGER refusal BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'no room'); END"_s);
    m_office = std::make_unique<PostOffice>(PostOffice::Options { .profileFolder = m_profile->folder() },
                                            *m_secrets, m_clock);
    QSignalSpy changed(m_office.get(), &PostOffice::outboxChanged);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, 10'000); // the first try to recover is over
    QVERIFY(allAre(MessageState::Sending));
    execute(u"DROP TRIGGER refusal"_s);
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Sent), 10'000);
    QCOMPARE(m_server->messages().size(), 1);
}

void ServerDeliveryTest::aFailedProof_savesNothing()
{
    serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    open();
    const std::optional<delivery::Trouble> trouble = addAccount(m_account, "wrong");
    QVERIFY(trouble && std::holds_alternative<Problem>(*trouble));
    QVERIFY(std::get<Problem>(*trouble).kind == Problem::Kind::SignInRefused);
    QVERIFY(m_office->accounts().isEmpty());
    QVERIFY(!QFile::exists(m_profile->path(u"accounts.json"_s)));
}

void ServerDeliveryTest::aProvedAccount_isSavedWithItsPasswordInTheKeychain()
{
    serve({});
    open();
    QVERIFY(!addAccount(m_account, "tanstaaf-77"));
    QCOMPARE(m_office->accounts().size(), 1);
    const accounts::Account saved = m_office->accounts().first();
    QVERIFY(!saved.id.isEmpty());
    QCOMPARE(
        m_secrets->stored(
            { .accountId = saved.id, .kind = secrets::SecretKey::Kind::Password, .host = u"localhost"_s }),
        "tanstaaf-77");
    QVERIFY(m_server->received("MAIL") && m_server->received("RSET"));
    QVERIFY(!m_server->received("RCPT"));
    QFile file(m_profile->path(u"accounts.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("tanstaaf-77"));
}

void ServerDeliveryTest::aRemovedAccount_holdsItsMessages()
{
    serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    saveAccount();
    open();
    const outbox::MessageId id = send(draftOf(u"One"_s));
    QTRY_VERIFY_WITH_TIMEOUT(allAre(MessageState::Held), 10'000);
    bool removed = false;
    m_office->removeAccount(m_account.id, this, [&](const base::Expected<void, delivery::Trouble> &done) {
        removed = done.has_value();
    });
    QTRY_VERIFY(removed);
    act(id, PostOffice::Action::Retry);
    QTRY_VERIFY_WITH_TIMEOUT(list().first().problem.kind == Problem::Kind::AccountMissing, 10'000);
    QVERIFY(list().first().state == MessageState::Held);
}

QTEST_GUILESS_MAIN(ServerDeliveryTest)
#include "tst_serverdelivery.moc"
