// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/toomanyrecipients.h"

#include <QTest>

using namespace postrider;

namespace {

/// "452 4.5.3" as a reply; an empty text is no reply at all.
std::optional<smtp::Reply> reply(const QByteArray &text)
{
    if (text.isEmpty())
        return std::nullopt;
    const QList<QByteArray> parts = text.split(' ');
    smtp::Reply made;
    made.code = parts.first().toInt();
    if (parts.size() > 1) {
        const QList<QByteArray> digits = parts.last().split('.');
        made.enhanced = { digits.value(0).toInt(), digits.value(1).toInt(), digits.value(2).toInt() };
    }
    return made;
}

} // namespace

class TooManyRecipientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_tellWhoWasTooMany_data();
    void answers_tellWhoWasTooMany();
    void aRuleForGood_isNoneOfOneTransaction();
};

void TooManyRecipientsTest::answers_tellWhoWasTooMany_data()
{
    QTest::addColumn<QList<QByteArray>>("answers");
    QTest::addColumn<QList<qsizetype>>("tooMany");
    using Answers = QList<QByteArray>;
    using Places = QList<qsizetype>;

    QTest::newRow("452 4.5.3") << Answers { "250", "452 4.5.3", "452 4.5.3" } << Places { 1, 2 };
    QTest::newRow("552 5.5.3") << Answers { "250", "250", "552 5.5.3" } << Places { 2 };
    QTest::newRow("451 4.5.3") << Answers { "250", "451 4.5.3" } << Places { 1 };
    QTest::newRow("bare 452 to all that follow") << Answers { "250", "250", "452", "452" } << Places { 2, 3 };
    QTest::newRow("bare 552 to all that follow") << Answers { "250", "552", "552" } << Places { 1, 2 };
    QTest::newRow("behind another refusal")
        << Answers { "250", "550 5.1.1", "452", "452" } << Places { 2, 3 };
    QTest::newRow("one alone") << Answers { "250", "452" } << Places { 1 };
    QTest::newRow("nobody accepted") << Answers { "452 4.5.3", "452 4.5.3" } << Places {};
    QTest::newRow("the first one") << Answers { "452", "250", "250" } << Places {};
    // RFC 1870 section 8: one is refused for the message's size, one has a reason of its own.
    QTest::newRow("sizes") << Answers { "250", "552", "452" } << Places {};
    QTest::newRow("full mailbox") << Answers { "250", "552 5.2.2" } << Places {};
    QTest::newRow("one 552 alone") << Answers { "250", "552" } << Places {};
    QTest::newRow("another reason") << Answers { "250", "452 4.3.1", "452 4.3.1" } << Places {};
    QTest::newRow("in the middle") << Answers { "250", "452", "250" } << Places {};
    QTest::newRow("for good") << Answers { "250", "550 5.5.3" } << Places {};
    QTest::newRow("no reply") << Answers { "250", "452 4.5.3", "" } << Places { 1 };
    QTest::newRow("nothing") << Answers {} << Places {};
}

void TooManyRecipientsTest::answers_tellWhoWasTooMany()
{
    QFETCH(QList<QByteArray>, answers);
    QFETCH(QList<qsizetype>, tooMany);
    delivery::Answers replies;
    for (const QByteArray &answer : answers)
        replies.append(reply(answer));
    QCOMPARE(delivery::tooManyRecipients(replies), tooMany);
}

void TooManyRecipientsTest::aRuleForGood_isNoneOfOneTransaction()
{
    QVERIFY(delivery::isRecipientCap(*reply("550 5.5.3")));
    QVERIFY(!delivery::isRecipientCap(*reply("452 4.5.3")));
    QVERIFY(!delivery::isRecipientCap(*reply("550 5.1.1")));
}

QTEST_GUILESS_MAIN(TooManyRecipientsTest)
#include "tst_toomanyrecipients.moc"
