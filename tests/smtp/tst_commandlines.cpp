// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/commandlines.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::smtp;

namespace {

Capabilities everything()
{
    return Capabilities::fromEhlo(
        { 250,
          {},
          { "mx"_ba, "SIZE"_ba, "8BITMIME"_ba, "BINARYMIME"_ba, "CHUNKING"_ba, "SMTPUTF8"_ba, "DSN"_ba,
            "REQUIRETLS"_ba, "FUTURERELEASE 999999999 9999-12-31T23:59:59Z"_ba, "DELIVERBY"_ba,
            "MT-PRIORITY"_ba } });
}

Envelope withEverything()
{
    Envelope envelope;
    envelope.reversePath = "ann@example.org"_ba;
    envelope.recipients = { "bob@example.org"_ba };
    envelope.size = 12'345;
    envelope.body = Envelope::Body::BinaryMime;
    envelope.addresses = Envelope::Addresses::Utf8;
    envelope.notifications = StatusNotifications { .notify = StatusNotifications::Occasion::Success,
                                                   .returned = StatusNotifications::Returned::HeadersOnly,
                                                   .envelopeId = "id 1"_ba };
    envelope.transportSecurity = Envelope::TransportSecurity::RequireTls;
    envelope.futureRelease = FutureRelease(60s);
    envelope.deliverBy
        = DeliverBy { .within = 120s, .mode = DeliverBy::Mode::Return, .trace = DeliverBy::Trace::Yes };
    envelope.priority = 9;
    return envelope;
}

} // namespace

class TestCommandLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyParameter_isThereOnce();
    void whatIsNotOffered_isNotSaid();
    void whatCannotBeLeftOut_isAnObjection();
    void theLongestCommand_isWithinItsLimit();
    void anOverlongOriginalRecipient_isLeftOut();
};

void TestCommandLines::everyParameter_isThereOnce()
{
    const Capabilities capabilities = everything();
    const EnvelopeTerms terms { .capabilities = capabilities, .chunking = EnvelopeTerms::Chunking::Usable };
    const Envelope envelope = withEverything();
    QVERIFY(!objection(envelope, terms));
    QCOMPARE(
        mailCommand(envelope, terms),
        "MAIL FROM:<ann@example.org> SIZE=12345 BODY=BINARYMIME SMTPUTF8 RET=HDRS ENVID=id+201 REQUIRETLS "
        "HOLDFOR=60 BY=120;RT MT-PRIORITY=9"_ba);
    QCOMPARE(recipientCommand(envelope, 0, terms),
             "RCPT TO:<bob@example.org> NOTIFY=SUCCESS ORCPT=rfc822;bob@example.org"_ba);
}

void TestCommandLines::whatIsNotOffered_isNotSaid()
{
    const Capabilities capabilities;
    const EnvelopeTerms terms { .capabilities = capabilities };
    Envelope envelope;
    envelope.reversePath = "ann@example.org"_ba;
    envelope.recipients = { "bob@example.org"_ba };
    envelope.size = 5;
    envelope.notifications.emplace();
    envelope.priority = 1;
    QVERIFY(!objection(envelope, terms));
    QCOMPARE(mailCommand(envelope, terms), "MAIL FROM:<ann@example.org>"_ba);
    QCOMPARE(recipientCommand(envelope, 0, terms), "RCPT TO:<bob@example.org>"_ba);
}

void TestCommandLines::whatCannotBeLeftOut_isAnObjection()
{
    const Capabilities capabilities = everything();
    const auto causeOf = [&capabilities](const Envelope &envelope, EnvelopeTerms::Channel channel,
                                         EnvelopeTerms::Chunking chunking) {
        const auto failure
            = objection(envelope, { .capabilities = capabilities, .channel = channel, .chunking = chunking });
        return failure ? std::optional(failure->cause) : std::nullopt;
    };
    using Channel = EnvelopeTerms::Channel;
    using Chunking = EnvelopeTerms::Chunking;
    using Cause = Failure::Cause;
    const Envelope envelope = withEverything();
    QVERIFY(causeOf(envelope, Channel::Encrypted, Chunking::Unusable) == Cause::BinaryUnsupported);
    QVERIFY(causeOf(envelope, Channel::Plaintext, Chunking::Usable) == Cause::RequireTlsUnsupported);
    QVERIFY(!causeOf(envelope, Channel::Encrypted, Chunking::Usable));
    Envelope late = envelope;
    late.futureRelease = FutureRelease(120s); // it would be late before it leaves
    QVERIFY(causeOf(late, Channel::Encrypted, Chunking::Usable) == Cause::UnsafeEnvelope);
    Envelope talkative = envelope;
    talkative.notifications->envelopeId = "a\r\nRCPT TO:<x>"_ba;
    QVERIFY(causeOf(talkative, Channel::Encrypted, Chunking::Usable) == Cause::UnsafeEnvelope);
}

/// RFC 5321 section 4.5.3.1.4: 512 octets and what each extension adds.
void TestCommandLines::theLongestCommand_isWithinItsLimit()
{
    const Capabilities capabilities = everything();
    const EnvelopeTerms terms { .capabilities = capabilities, .chunking = EnvelopeTerms::Chunking::Usable };
    Envelope envelope = withEverything();
    const QByteArray domain = "@example.org"_ba;
    envelope.reversePath = QByteArray(512 - 14 - domain.size(), 'a') + domain;
    envelope.recipients = { envelope.reversePath };
    envelope.size = std::numeric_limits<qint64>::max();
    envelope.notifications->envelopeId = QByteArray(100, '=');
    envelope.notifications->notify = StatusNotifications::Occasion::Success
        | StatusNotifications::Occasion::Failure | StatusNotifications::Occasion::Delay;
    envelope.priority = -9;
    envelope.futureRelease = FutureRelease(QDateTime(QDate(2026, 12, 31), QTime(23, 59), Qt::UTC));
    QVERIFY(!objection(envelope, terms));
    const qsizetype limit = 1036 + 26 + 16 + 10 + 11 + 34 + 17 + 15;
    QVERIFY(mailCommand(envelope, terms).size() + 2 <= limit);
    QVERIFY(recipientCommand(envelope, 0, terms).size() + 2 <= 1036);

    envelope.notifications.reset();
    QVERIFY(!objection(envelope, terms));
    QVERIFY(mailCommand(envelope, terms).size() + 2 <= limit - 1036 + 512);
    envelope.reversePath.prepend('a');
    QVERIFY(objection(envelope, terms)->cause == Failure::Cause::UnsafeEnvelope);
}

void TestCommandLines::anOverlongOriginalRecipient_isLeftOut()
{
    const Capabilities capabilities = everything();
    const EnvelopeTerms terms { .capabilities = capabilities };
    Envelope envelope = withEverything();
    envelope.recipients = { QByteArray(200, '=') + "@example.org" };
    QVERIFY(!recipientCommand(envelope, 0, terms).contains("ORCPT"));
}

QTEST_GUILESS_MAIN(TestCommandLines)
#include "tst_commandlines.moc"
