// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"

#include <QSignalSpy>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

using accounts::Account;
using outbox::MessageState;
using outbox::Problem;
using support::FakeSmtpServer;
using Stage = FakeSmtpServer::Stage;
using Step = ProofNews::Step;

namespace {

/// What became of a question to the office; nothing before it answered.
struct Changed
{
    std::optional<Account> account {};
    std::optional<Problem> problem {};
    bool isAnswered = false;
};

PostOffice::Answer<Account> into(Changed &changed)
{
    return [&changed](const base::Expected<Account, Trouble> &answer) {
        changed.isAnswered = true;
        if (answer)
            changed.account = *answer;
        else if (const auto *problem = std::get_if<Problem>(&answer.error()))
            changed.problem = *problem;
    };
}

QString wordOf(const ProofNews &news)
{
    switch (news.step) {
    case Step::Connected:
        return u"connected "_s + news.host + (news.tls.isEmpty() ? u""_s : u" encrypted"_s);
    case Step::SignedIn:
        return u"signed in"_s;
    case Step::SenderAccepted:
        return u"accepted "_s + news.sender;
    case Step::SenderRefused:
        return u"refused "_s + news.sender;
    }
    return {};
}

} // namespace

/// How accounts are proved, changed and removed, and how identities send.
class AccountChangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProof_isToldStepByStepAndSavesNothing();
    void aProof_asksForEveryAddressOfTheAccount();
    void aProofWithoutAPassword_usesTheKeptOne();
    void aProofOfAnotherHost_needsThePasswordAgain();
    void aProofNobodyWaitsFor_endsItsConnection();

    void anotherName_asksNobody();
    void anotherUser_isProvedWithTheKeptPassword();
    void aRefusedChange_changesNothing();
    void anotherHost_needsThePasswordAgain();
    void anotherHost_forgetsThePasswordOfTheFormerOne();
    void anAlternateThatIsClosed_isLeftOut();
    void aChange_letsWaitingMessagesGo();
    void aChange_isUsedInsteadOfTheOpenConnection();

    void aPasswordForThisSession_sendsAndIsNotInTheKeychain();
    void aPasswordForThisSession_isMissingAfterARestart();
    void anOldPassword_doesNotStayInALockedKeychainSilently();
    void aKeptPassword_canBeTakenOutOfTheKeychain();
    void aLockedKeychain_isAskedOnceAndThenLetsGo();

    void aRemovedAccount_holdsWhatItsTroubleKeptBack();

    void anIdentity_isSenderAndAnswersGoWhereItSays();
    void aReplyToOfTheMessage_winsOverTheIdentitys();
    void aRefusedIdentity_saysWhichAddress();
};

void AccountChangesTest::aProof_isToldStepByStepAndSavesNothing()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    QStringList steps;
    std::optional<bool> proved;
    f.office().proveAccount(
        f.account, base::Secret("tanstaaf"), this,
        [&steps](const ProofNews &news) { steps.append(wordOf(news)); },
        [&proved](const base::Expected<void, Trouble> &answer) { proved = answer.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(proved.has_value(), 20'000);
    QVERIFY(*proved);
    const QStringList expected { u"connected localhost encrypted"_s, u"signed in"_s,
                                 u"accepted ann@example.org"_s };
    QCOMPARE(steps, expected);
    QCOMPARE(f.office().accounts().size(), 1);
    QCOMPARE(f.count("RCPT"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(f.count("QUIT"), 1, 20'000);
}

void AccountChangesTest::aProof_asksForEveryAddressOfTheAccount()
{
    DeliveryFixture f;
    f.serve({ .answer = [](const QByteArray &line) {
        return line.startsWith("MAIL FROM:<sales@") ? QByteArray("550 5.7.1 Not yours\r\n") : QByteArray();
    } });
    f.account.identities = { { .id = u"i1"_s, .email = u"sales@example.com"_s },
                             { .id = u"i2"_s, .email = u"ann@example.net"_s } };
    QVERIFY(f.open());
    QStringList steps;
    std::optional<Problem> problem;
    f.office().proveAccount(
        f.account, std::nullopt, this, [&steps](const ProofNews &news) { steps.append(wordOf(news)); },
        [&problem](const base::Expected<void, Trouble> &answer) {
            problem = answer ? Problem() : std::get<Problem>(answer.error());
        });
    QTRY_VERIFY_WITH_TIMEOUT(problem.has_value(), 20'000);
    const QStringList senders { u"accepted ann@example.org"_s, u"refused sales@example.com"_s,
                                u"accepted ann@example.net"_s };
    QCOMPARE(steps.mid(2), senders);
    QVERIFY(problem->kind == Problem::Kind::SenderRefused);
    QCOMPARE(problem->subject, u"sales@example.com"_s);
    QVERIFY(sentence(*problem).contains(u"sales@example.com"));
}

void AccountChangesTest::aProofWithoutAPassword_usesTheKeptOne()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    std::optional<bool> proved;
    f.office().proveAccount(
        f.account, std::nullopt, this, {},
        [&proved](const base::Expected<void, Trouble> &answer) { proved = answer.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(proved.has_value(), 20'000);
    QVERIFY(*proved);
    QCOMPARE(f.count("AUTH"), 1);
}

void AccountChangesTest::aProofOfAnotherHost_needsThePasswordAgain()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account other = f.account;
    other.server.host = u"127.0.0.1"_s;
    std::optional<Problem> problem;
    f.office().proveAccount(other, std::nullopt, this, {},
                            [&problem](const base::Expected<void, Trouble> &answer) {
                                problem = answer ? Problem() : std::get<Problem>(answer.error());
                            });
    QTRY_VERIFY_WITH_TIMEOUT(problem.has_value(), 20'000);
    QVERIFY(problem->kind == Problem::Kind::PasswordMissing);
    QVERIFY(problem->detail == Problem::Detail::PasswordOfOtherHost);
    QVERIFY(f.server().commands().isEmpty());
}

void AccountChangesTest::aProofNobodyWaitsFor_endsItsConnection()
{
    DeliveryFixture f;
    f.serve({ .silentFrom = Stage::Auth });
    QVERIFY(f.open());
    auto asker = std::make_unique<QObject>();
    bool isAnswered = false;
    f.office().proveAccount(f.account, base::Secret("tanstaaf"), asker.get(), {},
                            [&isAnswered](const base::Expected<void, Trouble> &) { isAnswered = true; });
    QTRY_COMPARE_WITH_TIMEOUT(f.count("AUTH"), 1, 20'000);
    asker.reset();
    QTRY_COMPARE_WITH_TIMEOUT(f.server().openConnections(), 0, 20'000);
    QVERIFY(!isAnswered);
}

void AccountChangesTest::anotherName_asksNobody()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account changed = f.account;
    changed.displayName = u"Ann Smith"_s;
    changed.signature = u"Ann"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::SignIn, std::nullopt, PostOffice::Keeping::Keychain,
                             this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QCOMPARE(answer.account->id, f.account.id);
    QCOMPARE(f.office().account(f.account.id)->displayName, u"Ann Smith"_s);
    QCOMPARE(accounts::AccountStore(f.profile.folder()).load()->accounts.first().signature, u"Ann"_s);
    QVERIFY(f.server().commands().isEmpty());
}

void AccountChangesTest::anotherUser_isProvedWithTheKeptPassword()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account changed = f.account;
    changed.user = u"ann.smith"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::SignIn, std::nullopt, PostOffice::Keeping::Keychain,
                             this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QCOMPARE(f.office().account(f.account.id)->user, u"ann.smith"_s);
    QCOMPARE(f.count("AUTH"), 1);
    QCOMPARE(f.count("MAIL"), 1);
}

void AccountChangesTest::aRefusedChange_changesNothing()
{
    DeliveryFixture f;
    f.serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    QVERIFY(f.open());
    Account changed = f.account;
    changed.user = u"somebody"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::SignIn, base::Secret("wrong"),
                             PostOffice::Keeping::Keychain, this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.problem && answer.problem->kind == Problem::Kind::SignInRefused);
    QCOMPARE(f.office().account(f.account.id)->user, u"ann"_s);
    QCOMPARE(accounts::AccountStore(f.profile.folder()).load()->accounts.first().user, u"ann"_s);
    QCOMPARE(f.secretOf(u"localhost"_s), "tanstaaf"_ba);
}

void AccountChangesTest::anotherHost_needsThePasswordAgain()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account changed = f.account;
    changed.server.host = u"127.0.0.1"_s;
    for (const PostOffice::Proof proof : { PostOffice::Proof::SignIn, PostOffice::Proof::None }) {
        Changed answer;
        f.office().updateAccount(changed, proof, std::nullopt, PostOffice::Keeping::Keychain, this,
                                 into(answer));
        QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
        QVERIFY(answer.problem && answer.problem->detail == Problem::Detail::PasswordOfOtherHost);
        QVERIFY(sentence(*answer.problem).contains(u"127.0.0.1"));
    }
    QCOMPARE(f.office().account(f.account.id)->server.host, u"localhost"_s);
    QVERIFY(f.server().commands().isEmpty());
}

void AccountChangesTest::anotherHost_forgetsThePasswordOfTheFormerOne()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account changed = f.account;
    changed.server.host = u"mail.example.net"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::None, base::Secret("other"),
                             PostOffice::Keeping::Keychain, this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QCOMPARE(f.secretOf(u"mail.example.net"_s), "other"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(f.secretOf(u"localhost"_s), QByteArray(), 20'000);
}

void AccountChangesTest::anAlternateThatIsClosed_isLeftOut()
{
    DeliveryFixture f;
    f.serve({});
    FakeSmtpServer second({ .identity = f.issueCertificate() });
    quint16 closed = 0;
    {
        const FakeSmtpServer gone({ .identity = f.issueCertificate() });
        closed = gone.port();
    }
    QVERIFY(f.open());
    Account changed = f.account;
    changed.user = u"ann.smith"_s;
    const auto at = [](quint16 port) {
        return accounts::Server { u"localhost"_s, port, accounts::Security::StartTls };
    };
    changed.alternates
        = { at(closed), at(second.port()), { u"other.example.org"_s, 465, accounts::Security::Tls } };
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::SignIn, std::nullopt, PostOffice::Keeping::Keychain,
                             this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 30'000);
    QVERIFY(answer.account);
    QCOMPARE(answer.account->alternates, QList<accounts::Server> { at(second.port()) });
    QVERIFY(!second.received("MAIL"));
}

void AccountChangesTest::aChange_letsWaitingMessagesGo()
{
    DeliveryFixture f;
    f.serve({ .answer = [](const QByteArray &line) {
        // base64 of NUL "wrong-user" NUL
        return line.startsWith("AUTH PLAIN AHdyb25nLXVzZXIA") ? QByteArray("535 5.7.8 No\r\n") : QByteArray();
    } });
    f.account.user = u"wrong-user"_s;
    f.account.auth = "PLAIN";
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Held, 20'000);
    Account changed = f.account;
    changed.user = u"ann"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::SignIn, std::nullopt, PostOffice::Keeping::Keychain,
                             this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 30'000);
    QVERIFY(answer.account);
    QCOMPARE(f.count("AUTH PLAIN AHdyb25nLXVzZXIA"), 1); // never again as it was
}

void AccountChangesTest::aChange_isUsedInsteadOfTheOpenConnection()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    const outbox::MessageId first = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.find(first).state == MessageState::Sent, 20'000);
    Account changed = f.account;
    changed.user = u"ann.smith"_s;
    Changed answer;
    f.office().updateAccount(changed, PostOffice::Proof::None, std::nullopt, PostOffice::Keeping::Keychain,
                             this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    const outbox::MessageId second = f.send(DeliveryFixture::draft(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(f.find(second).state == MessageState::Sent, 20'000);
    QCOMPARE(f.count("AUTH"), 2);
}

void AccountChangesTest::aPasswordForThisSession_sendsAndIsNotInTheKeychain()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    Account another = f.account;
    another.email = u"bea@example.org"_s;
    Changed answer;
    f.office().addAccount(another, base::Secret("only-here"), PostOffice::Proof::SignIn,
                          PostOffice::Keeping::ThisSession, this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QVERIFY(f.office().keeping(answer.account->id) == PostOffice::Keeping::ThisSession);
    QVERIFY(f.office().keeping(f.account.id) == PostOffice::Keeping::Keychain);
    f.account = *answer.account;
    QCOMPARE(f.secretOf(u"localhost"_s), QByteArray());
    const outbox::MessageId id = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 20'000);
}

void AccountChangesTest::aPasswordForThisSession_isMissingAfterARestart()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    std::optional<bool> kept;
    f.office().setPassword(f.account.id, base::Secret("only-here"), PostOffice::Keeping::ThisSession, this,
                           [&kept](const base::Expected<void, Trouble> &done) { kept = done.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(kept.has_value(), 20'000);
    QVERIFY(*kept);
    const outbox::MessageId first = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.find(first).state == MessageState::Sent, 20'000);
    f.close();
    QVERIFY(f.open());
    const outbox::MessageId second = f.send(DeliveryFixture::draft(u"Two"_s));
    QTRY_VERIFY_WITH_TIMEOUT(f.find(second).state == MessageState::Held, 20'000);
    QVERIFY(f.hold().problem.kind == Problem::Kind::PasswordMissing);
    QCOMPARE(f.server().messages().size(), 1);
}

void AccountChangesTest::anOldPassword_doesNotStayInALockedKeychainSilently()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    QVERIFY(!f.secretOf(u"localhost"_s).isEmpty());
    QSignalSpy stays(&f.office(), &PostOffice::oldPasswordStays);
    f.keychain().setError(secrets::SecretError { secrets::SecretError::Kind::Locked });
    std::optional<bool> kept;
    f.office().setPassword(f.account.id, base::Secret("only-here"), PostOffice::Keeping::ThisSession, this,
                           [&kept](const base::Expected<void, Trouble> &done) { kept = done.has_value(); });
    QTRY_COMPARE_WITH_TIMEOUT(stays.size(), 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(kept.has_value(), 20'000);
    QVERIFY(*kept); // the new one can be used all the same
    QCOMPARE(stays.at(0).at(0).toString(), f.account.id);
    QVERIFY(!f.secretOf(u"localhost"_s).isEmpty());

    f.keychain().setError({});
    std::optional<bool> unlocked;
    f.office().unlockKeychain(
        this, [&unlocked](const base::Expected<void, Trouble> &done) { unlocked = done.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(unlocked.has_value(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.secretOf(u"localhost"_s), QByteArray(), 20'000);
    QCOMPARE(stays.size(), 1);

    // A new account has no older password, whatever the keychain says.
    f.keychain().setError(secrets::SecretError { secrets::SecretError::Kind::Locked });
    Account another = f.account;
    another.email = u"bea@example.org"_s;
    Changed answer;
    f.office().addAccount(another, base::Secret("only-here"), PostOffice::Proof::SignIn,
                          PostOffice::Keeping::ThisSession, this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QCOMPARE(stays.size(), 1);
}

void AccountChangesTest::aKeptPassword_canBeTakenOutOfTheKeychain()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    QVERIFY(!f.secretOf(u"localhost"_s).isEmpty());
    Changed answer;
    f.office().updateAccount(f.account, PostOffice::Proof::None, std::nullopt,
                             PostOffice::Keeping::ThisSession, this, into(answer));
    QTRY_VERIFY_WITH_TIMEOUT(answer.isAnswered, 20'000);
    QVERIFY(answer.account);
    QVERIFY(f.office().keeping(f.account.id) == PostOffice::Keeping::ThisSession);
    QTRY_COMPARE_WITH_TIMEOUT(f.secretOf(u"localhost"_s), QByteArray(), 20'000);
    const outbox::MessageId id = f.send(); // it is known for this session
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 20'000);
}

void AccountChangesTest::aLockedKeychain_isAskedOnceAndThenLetsGo()
{
    DeliveryFixture f;
    f.serve({});
    f.keychain().setError(secrets::SecretError { secrets::SecretError::Kind::Locked });
    QVERIFY(f.open());
    QList<outbox::MessageId> ids;
    for (int i = 0; i < 5; ++i)
        ids.append(f.send(DeliveryFixture::draft(QString::number(i))));
    QTRY_VERIFY_WITH_TIMEOUT(f.find(ids.last()).state == MessageState::Held, 20'000);
    QVERIFY(f.hold().problem.kind == Problem::Kind::KeychainLocked);
    QCOMPARE(f.keychain().readCount(), 1);

    f.keychain().setError({});
    std::optional<bool> unlocked;
    f.office().unlockKeychain(
        this, [&unlocked](const base::Expected<void, Trouble> &done) { unlocked = done.has_value(); });
    for (const outbox::MessageId &id : std::as_const(ids))
        QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 20'000);
    QCOMPARE(unlocked, std::optional(true));
    QCOMPARE(f.keychain().readCount(), 2);
}

void AccountChangesTest::aRemovedAccount_holdsWhatItsTroubleKeptBack()
{
    DeliveryFixture f;
    f.serve({ .replies = { { Stage::Auth, "535 5.7.8 No\r\n" } } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Held, 20'000);
    std::optional<bool> removed;
    f.office().removeAccount(f.account.id, this, [&removed](const base::Expected<void, Trouble> &done) {
        removed = done.has_value();
    });
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).problem.kind == Problem::Kind::AccountMissing, 20'000);
    QVERIFY(f.find(id).state == MessageState::Held);
    QCOMPARE(removed, std::optional(true));
    QCOMPARE(f.secretOf(u"localhost"_s), QByteArray());
}

void AccountChangesTest::anIdentity_isSenderAndAnswersGoWhereItSays()
{
    DeliveryFixture f;
    f.serve({});
    f.account.replyTo = u"office@example.org"_s;
    f.account.identities = { { .id = u"i1"_s,
                               .email = u"sales@example.com"_s,
                               .displayName = u"Sales"_s,
                               .replyTo = u"\"Desk\" <desk@example.com>, desk2@example.com"_s } };
    QVERIFY(f.open());
    mime::Draft draft = DeliveryFixture::draft();
    draft.from = { u"Sales"_s, u"sales"_s, u"Example.COM"_s };
    const outbox::MessageId id = f.send(draft);
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 20'000);
    const FakeSmtpServer::Message message = f.server().messages().first();
    QCOMPARE(message.reversePath, "sales@example.com"_ba);
    QVERIFY2(message.content.contains("From: Sales <sales@"), message.content.constData());
    QVERIFY2(message.content.contains("Reply-To: Desk <desk@example.com>, desk2@example.com"),
             message.content.constData());
}

void AccountChangesTest::aReplyToOfTheMessage_winsOverTheIdentitys()
{
    DeliveryFixture f;
    f.serve({});
    f.account.replyTo = u"office@example.org"_s;
    QVERIFY(f.open());
    mime::Draft draft = DeliveryFixture::draft();
    draft.replyTo = { { {}, u"own"_s, u"example.org"_s } };
    const outbox::MessageId id = f.send(draft);
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 20'000);
    const QByteArray content = f.server().messages().first().content;
    QVERIFY(content.contains("Reply-To: own@example.org"));
    QVERIFY(!content.contains("office@"));
}

void AccountChangesTest::aRefusedIdentity_saysWhichAddress()
{
    DeliveryFixture f;
    f.serve({ .replies = { { Stage::Mail, "550 5.7.1 Not yours\r\n" } } });
    f.account.identities = { { .id = u"i1"_s, .email = u"sales@example.com"_s } };
    QVERIFY(f.open());
    mime::Draft draft = DeliveryFixture::draft();
    draft.from = { {}, u"sales"_s, u"example.com"_s };
    const outbox::MessageId id = f.send(draft);
    QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Failed, 20'000);
    const Problem problem = f.find(id).problem;
    QVERIFY(problem.kind == Problem::Kind::SenderRefused);
    QVERIFY2(sentence(problem).contains(u"sales@example.com"), qPrintable(sentence(problem)));
}

} // namespace postrider::delivery

QTEST_GUILESS_MAIN(postrider::delivery::AccountChangesTest)
#include "tst_accountchanges.moc"
