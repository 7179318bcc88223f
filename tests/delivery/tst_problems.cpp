// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/problems.h"

#include <QTest>

using namespace postrider;
using delivery::AccountEffect;
using outbox::Problem;

namespace {

smtp::Reply reply(int code, smtp::EnhancedStatusCode enhanced, const QByteArray &text)
{
    return { .code = code, .enhanced = enhanced, .lines = { text } };
}

smtp::Failure refusal(smtp::Failure::Stage stage, int code)
{
    smtp::Failure failure;
    failure.stage = stage;
    failure.cause = smtp::Failure::Cause::Refused;
    failure.reply = reply(code, {}, "words of the server");
    return failure;
}

} // namespace

class ProblemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalAtEachStage_hasItsKindAndEffect_data();
    void refusalAtEachStage_hasItsKindAndEffect();
    void lostAfterTheLastOctet_isUnknownWhateverTheCause();
    void whatFailsWithoutARefusal_hasItsKindAndEffect_data();
    void whatFailsWithoutARefusal_hasItsKindAndEffect();
    void octetsBeforeTls_areTampering();
    void untrustedCertificate_tellsTheNamesItHas();
    void expiredCertificate_tellsTheDay();
    void everyKind_hasAnEffect();
};

void ProblemsTest::refusalAtEachStage_hasItsKindAndEffect_data()
{
    using Stage = smtp::Failure::Stage;
    using Kind = Problem::Kind;
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<int>("code");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<AccountEffect>("effect");
    // The rows of the table of stages and replies (RFC 5321 sections 3.8, 4.2.1; RFC 4954 section 6).
    QTest::newRow("greeting 421") << Stage::Greeting << 421 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("greeting 451") << Stage::Greeting << 451 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("greeting 554") << Stage::Greeting << 554 << Kind::ServerRefusedClient
                                  << AccountEffect::Held;
    QTest::newRow("EHLO 550") << Stage::Ehlo << 550 << Kind::ServerRefusedClient << AccountEffect::Held;
    QTest::newRow("STARTTLS 454") << Stage::StartTls << 454 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("STARTTLS 501") << Stage::StartTls << 501 << Kind::TlsMissing << AccountEffect::Held;
    QTest::newRow("AUTH 454") << Stage::Auth << 454 << Kind::SignInUnavailable << AccountEffect::Waiting;
    QTest::newRow("MAIL 432") << Stage::Mail << 432 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("content 454") << Stage::ContentEnd << 454 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("AUTH 535") << Stage::Auth << 535 << Kind::SignInRefused << AccountEffect::Held;
    QTest::newRow("AUTH 421") << Stage::Auth << 421 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("MAIL 451") << Stage::Mail << 451 << Kind::MessageDeferred << AccountEffect::None;
    QTest::newRow("MAIL 530") << Stage::Mail << 530 << Kind::SignInRefused << AccountEffect::Held;
    QTest::newRow("RCPT 530") << Stage::Rcpt << 530 << Kind::SignInRefused << AccountEffect::Held;
    QTest::newRow("DATA 530") << Stage::Data << 530 << Kind::SignInRefused << AccountEffect::Held;
    QTest::newRow("content 530") << Stage::ContentEnd << 530 << Kind::SignInRefused << AccountEffect::Held;
    QTest::newRow("MAIL 550") << Stage::Mail << 550 << Kind::SenderRefused << AccountEffect::None;
    QTest::newRow("MAIL 552") << Stage::Mail << 552 << Kind::TooLarge << AccountEffect::None;
    QTest::newRow("DATA 451") << Stage::Data << 451 << Kind::MessageDeferred << AccountEffect::None;
    QTest::newRow("DATA 554") << Stage::Data << 554 << Kind::MessageRefused << AccountEffect::None;
    QTest::newRow("end 421") << Stage::ContentEnd << 421 << Kind::ServerBusy << AccountEffect::Waiting;
    QTest::newRow("end 452") << Stage::ContentEnd << 452 << Kind::MessageDeferred << AccountEffect::None;
    QTest::newRow("end 552") << Stage::ContentEnd << 552 << Kind::TooLarge << AccountEffect::None;
    QTest::newRow("end 554") << Stage::ContentEnd << 554 << Kind::MessageRefused << AccountEffect::None;
}

void ProblemsTest::refusalAtEachStage_hasItsKindAndEffect()
{
    QFETCH(smtp::Failure::Stage, stage);
    QFETCH(int, code);
    QFETCH(Problem::Kind, kind);
    QFETCH(AccountEffect, effect);

    const Problem problem = delivery::toProblem(refusal(stage, code));
    QVERIFY(problem.kind == kind);
    QCOMPARE(problem.code, code);
    QCOMPARE(problem.text, QStringLiteral("words of the server"));
    QVERIFY(delivery::accountEffect(problem) == effect);
}

void ProblemsTest::lostAfterTheLastOctet_isUnknownWhateverTheCause()
{
    using Cause = smtp::Failure::Cause;
    for (const Cause cause : { Cause::ConnectionLost, Cause::TimedOut, Cause::Malformed, Cause::Refused }) {
        smtp::Failure failure;
        failure.stage = smtp::Failure::Stage::ContentEnd;
        failure.cause = cause;
        failure.custody = smtp::Failure::Custody::Unknown;
        const Problem problem = delivery::toProblem(failure);
        QVERIFY(problem.kind == Problem::Kind::OutcomeUnknown);
        QVERIFY(delivery::accountEffect(problem) == AccountEffect::None);
    }
}

void ProblemsTest::whatFailsWithoutARefusal_hasItsKindAndEffect_data()
{
    using Cause = smtp::Failure::Cause;
    using Kind = Problem::Kind;
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<AccountEffect>("effect");
    QTest::newRow("garbage") << Cause::Malformed << Kind::ProtocolError << AccountEffect::Waiting;
    QTest::newRow("silence") << Cause::TimedOut << Kind::TimedOut << AccountEffect::Waiting;
    QTest::newRow("lost") << Cause::ConnectionLost << Kind::ConnectionLost << AccountEffect::Waiting;
    QTest::newRow("no TLS") << Cause::TlsMissing << Kind::TlsMissing << AccountEffect::Held;
    QTest::newRow("handshake") << Cause::TlsFailed << Kind::TlsFailed << AccountEffect::Waiting;
    QTest::newRow("no mechanism") << Cause::NoCommonMechanism << Kind::NoMechanism << AccountEffect::Held;
    QTest::newRow("no proof") << Cause::ServerNotVerified << Kind::ServerNotVerified << AccountEffect::Held;
    QTest::newRow("size") << Cause::TooLarge << Kind::TooLarge << AccountEffect::None;
    QTest::newRow("SMTPUTF8") << Cause::Utf8Unsupported << Kind::AddressNeedsUtf8 << AccountEffect::None;
    QTest::newRow("REQUIRETLS") << Cause::RequireTlsUnsupported << Kind::ServiceUnsupported
                                << AccountEffect::None;
    QTest::newRow("FUTURERELEASE") << Cause::FutureReleaseTooLate << Kind::ServiceUnsupported
                                   << AccountEffect::None;
    QTest::newRow("DELIVERBY") << Cause::DeliverByUnsupported << Kind::ServiceUnsupported
                               << AccountEffect::None;
}

void ProblemsTest::whatFailsWithoutARefusal_hasItsKindAndEffect()
{
    QFETCH(smtp::Failure::Cause, cause);
    QFETCH(Problem::Kind, kind);
    QFETCH(AccountEffect, effect);
    smtp::Failure failure;
    failure.stage = smtp::Failure::Stage::Mail;
    failure.cause = cause;
    const Problem problem = delivery::toProblem(failure);
    QVERIFY(problem.kind == kind);
    QVERIFY(delivery::accountEffect(problem) == effect);
}

void ProblemsTest::octetsBeforeTls_areTampering()
{
    smtp::Failure failure;
    failure.stage = smtp::Failure::Stage::StartTls;
    failure.cause = smtp::Failure::Cause::Unsolicited;
    QVERIFY(delivery::toProblem(failure).kind == Problem::Kind::TlsTampered);
    failure.stage = smtp::Failure::Stage::Mail;
    QVERIFY(delivery::toProblem(failure).kind == Problem::Kind::ProtocolError);
}

void ProblemsTest::untrustedCertificate_tellsTheNamesItHas()
{
    net::ConnectionFailure failure;
    failure.kind = net::ConnectionFailure::Kind::TlsNotTrusted;
    net::TlsReport report;
    report.problems = { net::TlsProblem::WrongName, net::TlsProblem::UntrustedAuthority };
    report.names = { "a.example.net", "b.example.net" };
    const Problem problem = delivery::toProblem(failure, report);
    QVERIFY(problem.kind == Problem::Kind::CertificateName);
    QCOMPARE(problem.subject, QStringLiteral("a.example.net, b.example.net"));
    QVERIFY(delivery::accountEffect(problem) == AccountEffect::Held);
}

void ProblemsTest::expiredCertificate_tellsTheDay()
{
    net::ConnectionFailure failure;
    failure.kind = net::ConnectionFailure::Kind::TlsNotTrusted;
    net::TlsReport report;
    report.problems = { net::TlsProblem::Expired };
    report.expires = QDateTime({ 2026, 2, 1 }, { 0, 0 }, Qt::UTC);
    const Problem problem = delivery::toProblem(failure, report);
    QVERIFY(problem.kind == Problem::Kind::CertificateExpired);
    QCOMPARE(problem.subject, QStringLiteral("2026-02-01"));
}

void ProblemsTest::everyKind_hasAnEffect()
{
    int held = 0;
    int waiting = 0;
    for (int kind = 0; kind <= static_cast<int>(Problem::Kind::Internal); ++kind) {
        Problem problem;
        problem.kind = static_cast<Problem::Kind>(kind);
        const AccountEffect effect = delivery::accountEffect(problem);
        held += effect == AccountEffect::Held ? 1 : 0;
        waiting += effect == AccountEffect::Waiting ? 1 : 0;
    }
    QCOMPARE(held, 20);
    QCOMPARE(waiting, 15);
}

QTEST_GUILESS_MAIN(ProblemsTest)
#include "tst_problems.moc"
