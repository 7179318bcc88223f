// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/exitcodes.h"

#include <QtTest>

using namespace postrider;
using cli::exitCode;
using outbox::HoldReason;
using outbox::MessageState;
using outbox::Problem;
using outbox::RecipientState;
using Kind = outbox::Problem::Kind;

Q_DECLARE_METATYPE(postrider::outbox::Problem::Kind)

namespace {

Problem problem(Kind kind, int code = 0)
{
    Problem result;
    result.kind = kind;
    result.code = code;
    return result;
}

outbox::MessageSummary message(MessageState state, const Problem &reason = {},
                               HoldReason hold = HoldReason::None)
{
    outbox::MessageSummary result;
    result.state = state;
    result.problem = reason;
    result.hold = hold;
    return result;
}

QList<outbox::Recipient> recipients(std::initializer_list<RecipientState> states)
{
    QList<outbox::Recipient> result;
    for (const RecipientState state : states) {
        outbox::Recipient recipient;
        recipient.state = state;
        result += recipient;
    }
    return result;
}

int number(cli::ExitCode code)
{
    return static_cast<int>(code);
}

} // namespace

class ExitCodesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problem_hasTheCodeOfItsKind_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing wrong") << Kind::None << 0;
        QTest::newRow("unknown host") << Kind::HostNotFound << 68;
        QTest::newRow("name server down") << Kind::LookupFailed << 75;
        QTest::newRow("server down") << Kind::ConnectionRefused << 75;
        QTest::newRow("no answer") << Kind::ConnectTimedOut << 75;
        QTest::newRow("no route") << Kind::Unreachable << 75;
        QTest::newRow("lost") << Kind::ConnectionLost << 75;
        QTest::newRow("hung") << Kind::TimedOut << 75;
        QTest::newRow("busy") << Kind::ServerBusy << 75;
        QTest::newRow("not SMTP") << Kind::ProtocolError << 76;
        QTest::newRow("client refused") << Kind::ServerRefusedClient << 69;
        QTest::newRow("no TLS") << Kind::TlsMissing << 76;
        QTest::newRow("TLS taken away") << Kind::TlsWithdrawn << 76;
        QTest::newRow("weak key") << Kind::CertificateWeak << 76;
        QTest::newRow("mechanism taken away") << Kind::MechanismWithdrawn << 77;
        QTest::newRow("no proof by the server") << Kind::ServerNotVerified << 77;
        QTest::newRow("proxy") << Kind::ProxyFailed << 75;
        QTest::newRow("stopped") << Kind::Interrupted << 75;
        QTest::newRow("too many recipients") << Kind::TooManyRecipients << 69;
        QTest::newRow("extension missing") << Kind::ServiceUnsupported << 69;
        QTest::newRow("TLS tampered") << Kind::TlsTampered << 76;
        QTest::newRow("TLS failed") << Kind::TlsFailed << 76;
        QTest::newRow("wrong name") << Kind::CertificateName << 76;
        QTest::newRow("untrusted") << Kind::CertificateUntrusted << 76;
        QTest::newRow("expired") << Kind::CertificateExpired << 76;
        QTest::newRow("not yet valid") << Kind::CertificateNotYetValid << 76;
        QTest::newRow("wrong purpose") << Kind::CertificatePurpose << 76;
        QTest::newRow("other key") << Kind::CertificatePin << 76;
        QTest::newRow("wrong password") << Kind::SignInRefused << 77;
        QTest::newRow("sign-in later") << Kind::SignInUnavailable << 75;
        QTest::newRow("no way to sign in") << Kind::NoMechanism << 77;
        QTest::newRow("no password") << Kind::PasswordMissing << 78;
        QTest::newRow("keychain locked") << Kind::KeychainLocked << 78;
        QTest::newRow("no keychain") << Kind::KeychainUnavailable << 78;
        QTest::newRow("sender refused") << Kind::SenderRefused << 69;
        QTest::newRow("recipient refused") << Kind::RecipientRefused << 67;
        QTest::newRow("recipient later") << Kind::RecipientDeferred << 75;
        QTest::newRow("message refused") << Kind::MessageRefused << 69;
        QTest::newRow("message later") << Kind::MessageDeferred << 75;
        QTest::newRow("too large") << Kind::TooLarge << 69;
        QTest::newRow("address not possible") << Kind::AddressNeedsUtf8 << 69;
        QTest::newRow("content not possible") << Kind::ContentNeedsEightBit << 69;
        QTest::newRow("no final reply") << Kind::OutcomeUnknown << 79;
        QTest::newRow("spool file gone") << Kind::ContentMissing << 74;
        QTest::newRow("attachment gone") << Kind::AttachmentUnreadable << 65;
        QTest::newRow("account gone") << Kind::AccountMissing << 78;
        QTest::newRow("practice does not start") << Kind::PracticeFailed << 74;
        QTest::newRow("bug") << Kind::Internal << 70;
    }
    void problem_hasTheCodeOfItsKind()
    {
        QFETCH(Kind, kind);
        QFETCH(int, code);
        QCOMPARE(number(exitCode(problem(kind))), code);
        QCOMPARE(number(exitCode(delivery::Trouble(problem(kind)))), code);
    }

    void temporaryReply_isTryLater()
    {
        QCOMPARE(number(exitCode(problem(Kind::SenderRefused, 451))), 75);
        QCOMPARE(number(exitCode(problem(Kind::SenderRefused, 550))), 69);
        QCOMPARE(number(exitCode(problem(Kind::MessageRefused, 452))), 75);
        QCOMPARE(number(exitCode(problem(Kind::TooLarge, 552))), 69);
    }

    void storeTrouble_hasTheCodeOfItsKind()
    {
        using Store = outbox::StoreError;
        const auto code = [](Store::Kind kind) {
            return number(exitCode(delivery::Trouble(Store { kind, {}, {} })));
        };
        QCOMPARE(code(Store::Kind::ReadOnly), 74);
        QCOMPARE(code(Store::Kind::DiskFull), 74);
        QCOMPARE(code(Store::Kind::Damaged), 74);
        QCOMPARE(code(Store::Kind::Failed), 74);
        QCOMPARE(code(Store::Kind::Busy), 75);
        QCOMPARE(code(Store::Kind::NewerVersion), 78);
        QCOMPARE(code(Store::Kind::AttachmentUnreadable), 65);
        QCOMPARE(code(Store::Kind::BadAddress), 65);
        QCOMPARE(code(Store::Kind::NotAMessage), 65);
        QCOMPARE(code(Store::Kind::NoSuchMessage), 64);
        QCOMPARE(code(Store::Kind::WrongState), 69);
    }

    void accountTrouble_hasTheCodeOfItsKind()
    {
        using Account = accounts::AccountError;
        const auto code = [](Account::Kind kind) {
            return number(exitCode(delivery::Trouble(Account { kind, {}, {} })));
        };
        QCOMPARE(code(Account::Kind::ReadOnly), 74);
        QCOMPARE(code(Account::Kind::Unreadable), 74);
        QCOMPARE(code(Account::Kind::Locked), 75);
        QCOMPARE(code(Account::Kind::NoSuchAccount), 78);
        QCOMPARE(code(Account::Kind::Duplicate), 70);
    }

    void keychainTrouble_isConfiguration()
    {
        using Secret = secrets::SecretError;
        for (const Secret::Kind kind : { Secret::Kind::NotFound, Secret::Kind::Locked,
                                         Secret::Kind::Unavailable, Secret::Kind::Failed })
            QCOMPARE(number(exitCode(delivery::Trouble(Secret { kind, {} }))), 78);
    }

    void message_hasTheCodeOfItsState()
    {
        QCOMPARE(number(exitCode(message(MessageState::Sent))), 0);
        QCOMPARE(number(exitCode(message(MessageState::PartlySent, problem(Kind::RecipientRefused, 550)))),
                 80);
        QCOMPARE(number(exitCode(message(MessageState::InDoubt, problem(Kind::OutcomeUnknown)))), 79);
        QCOMPARE(number(exitCode(message(MessageState::Damaged))), 74);
        for (const MessageState state :
             { MessageState::Preparing, MessageState::Queued, MessageState::Sending, MessageState::Draft })
            QCOMPARE(number(exitCode(message(state))), 75);
    }

    void failedMessage_saysWhoRefused()
    {
        QCOMPARE(number(exitCode(message(MessageState::Failed, problem(Kind::RecipientRefused, 550)))), 67);
        QCOMPARE(number(exitCode(message(MessageState::Failed))), 67);
        QCOMPARE(number(exitCode(message(MessageState::Failed, problem(Kind::MessageRefused, 554)))), 69);
        QCOMPARE(number(exitCode(message(MessageState::Failed, problem(Kind::SenderRefused, 550)))), 69);
    }

    void messageWhoseTimeIsUp_isRefusedForGood()
    {
        QCOMPARE(number(exitCode(message(MessageState::Failed, problem(Kind::RecipientDeferred, 450)))), 69);
    }

    void deferredMessage_namesTheServersTrouble()
    {
        const auto code
            = [](Kind kind) { return number(exitCode(message(MessageState::Deferred, problem(kind)))); };
        QCOMPARE(code(Kind::None), 75);
        QCOMPARE(code(Kind::ConnectionRefused), 75);
        QCOMPARE(code(Kind::RecipientDeferred), 75);
        QCOMPARE(code(Kind::HostNotFound), 68);
        QCOMPARE(code(Kind::ProtocolError), 76);
        // One recipient was refused for good, another may still get it.
        QCOMPARE(code(Kind::RecipientRefused), 75);
    }

    void heldMessage_hasTheCodeOfItsHold()
    {
        const auto code = [](Kind kind) {
            return number(exitCode(message(MessageState::Held, problem(kind), HoldReason::Account)));
        };
        QCOMPARE(code(Kind::SignInRefused), 77);
        QCOMPARE(code(Kind::CertificateUntrusted), 76);
        QCOMPARE(code(Kind::PasswordMissing), 78);
        QCOMPARE(code(Kind::KeychainUnavailable), 78);
        QCOMPARE(code(Kind::None), 78);
        QCOMPARE(number(exitCode(message(MessageState::Held, {}, HoldReason::Paused))), 75);
        QCOMPARE(number(exitCode(message(MessageState::Held, {}, HoldReason::Scheduled))), 75);
    }

    void recipients_countInTheOrderOfWhatCanBeDone()
    {
        using State = RecipientState;
        const Problem refused = problem(Kind::RecipientRefused, 550);
        const Problem later = problem(Kind::RecipientDeferred, 450);
        QCOMPARE(number(exitCode(recipients({ State::Sent, State::Sent }), {})), 0);
        QCOMPARE(number(exitCode(recipients({ State::Sent, State::Failed }), refused)), 80);
        QCOMPARE(number(exitCode(recipients({ State::Failed, State::Failed }), refused)), 67);
        QCOMPARE(number(exitCode(recipients({ State::Failed }), problem(Kind::MessageRefused, 554))), 69);
        QCOMPARE(number(exitCode(recipients({ State::Failed }), problem(Kind::CertificateName))), 76);
        QCOMPARE(number(exitCode(recipients({ State::Failed }), problem(Kind::HostNotFound))), 68);
        QCOMPARE(number(exitCode(recipients({ State::Sent, State::Deferred, State::Failed }), later)), 75);
        QCOMPARE(number(exitCode(recipients({ State::Deferred, State::Failed }), refused)), 75);
        QCOMPARE(number(exitCode(recipients({ State::Sent, State::InDoubt, State::Deferred }), later)), 79);
        QCOMPARE(number(exitCode({}, problem(Kind::ConnectionRefused))), 75);
    }
};

QTEST_GUILESS_MAIN(ExitCodesTest)

#include "tst_exitcodes.moc"
