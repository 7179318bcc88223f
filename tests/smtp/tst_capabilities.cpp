// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/capabilities.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using postrider::smtp::Capabilities;
using postrider::smtp::Reply;

namespace {

Capabilities offered(const QList<QByteArray> &keywords)
{
    return Capabilities::fromEhlo({ 250, {}, QList { "mx.example.org"_ba } + keywords });
}

} // namespace

class TestCapabilities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keywords_areFoundInAnyCase();
    void theGreetingLine_isNoKeyword();
    void aRefusal_offersNothing();
    void parameters_areSplitAtSpaces();
    void authMechanisms_areUpperCaseInOrderWithoutRepeats();
    void sizeLimit_isReadAsStated_data();
    void sizeLimit_isReadAsStated();
    void limits_areReadOneByOne_data();
    void limits_areReadOneByOne();
    void futureReleaseLimits_areReadAsStated();
    void shortestDeliverBy_isReadAsStated();
};

void TestCapabilities::keywords_areFoundInAnyCase()
{
    const Capabilities capabilities = offered({ "StartTLS"_ba, "x-unknown"_ba, ""_ba, "  "_ba });
    QVERIFY(capabilities.has("STARTTLS"));
    QVERIFY(capabilities.has("X-UNKNOWN"));
    QVERIFY(!capabilities.has("SIZE"));
    QVERIFY(!capabilities.has(""));
}

void TestCapabilities::theGreetingLine_isNoKeyword()
{
    const Capabilities capabilities = Capabilities::fromEhlo({ 250, {}, { "SIZE STARTTLS"_ba, "DSN"_ba } });
    QVERIFY(!capabilities.has("SIZE"));
    QVERIFY(!capabilities.has("STARTTLS"));
    QVERIFY(capabilities.has("DSN"));
}

void TestCapabilities::aRefusal_offersNothing()
{
    QVERIFY(!Capabilities::fromEhlo({ 550, {}, { "no"_ba, "STARTTLS"_ba } }).has("STARTTLS"));
}

void TestCapabilities::parameters_areSplitAtSpaces()
{
    const Capabilities capabilities = offered({ "LIMITS  RCPTMAX=20 MAILMAX=5 "_ba, "DSN"_ba });
    QCOMPARE(capabilities.parameters("LIMITS"), (QList { "RCPTMAX=20"_ba, "MAILMAX=5"_ba }));
    QVERIFY(capabilities.parameters("DSN").isEmpty());
    QVERIFY(capabilities.parameters("SIZE").isEmpty());
}

void TestCapabilities::authMechanisms_areUpperCaseInOrderWithoutRepeats()
{
    QCOMPARE(offered({ "auth plain Login"_ba }).authMechanisms(), (QList { "PLAIN"_ba, "LOGIN"_ba }));
    QCOMPARE(offered({ "AUTH PLAIN"_ba, "AUTH=LOGIN PLAIN"_ba }).authMechanisms(),
             (QList { "PLAIN"_ba, "LOGIN"_ba }));
    QCOMPARE(offered({ "AUTH=LOGIN"_ba }).authMechanisms(), (QList { "LOGIN"_ba }));
    QVERIFY(offered({ "AUTH"_ba }).authMechanisms().isEmpty());
    QVERIFY(offered({}).authMechanisms().isEmpty());
}

void TestCapabilities::sizeLimit_isReadAsStated_data()
{
    QTest::addColumn<QList<QByteArray>>("keywords");
    QTest::addColumn<qint64>("limit"); // -1: none

    QTest::newRow("no extension") << QList<QByteArray>() << qint64(-1);
    QTest::newRow("no value") << QList { "SIZE"_ba } << qint64(-1);
    QTest::newRow("zero") << QList { "SIZE 0"_ba } << qint64(-1);
    QTest::newRow("a number") << QList { "SIZE 35882577"_ba } << qint64(35882577);
    QTest::newRow("lower case") << QList { "size 1000"_ba } << qint64(1000);
    QTest::newRow("20 digits") << QList { "SIZE 99999999999999999999"_ba }
                               << std::numeric_limits<qint64>::max();
    QTest::newRow("no number") << QList { "SIZE lots"_ba } << qint64(-1);
    QTest::newRow("negative") << QList { "SIZE -5"_ba } << qint64(-1);
}

void TestCapabilities::sizeLimit_isReadAsStated()
{
    QFETCH(QList<QByteArray>, keywords);
    QFETCH(qint64, limit);
    QCOMPARE(offered(keywords).sizeLimit().value_or(-1), limit);
}

void TestCapabilities::limits_areReadOneByOne_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("recipients"); // 0: none is stated
    QTest::addColumn<int>("transactions");
    QTest::newRow("both") << "LIMITS RCPTMAX=100 MAILMAX=5"_ba << 100 << 5;
    QTest::newRow("any case, unknown ones") << "limits rcptmax=7 Xmax=1 RCPTDOMAINMAX=2"_ba << 7 << 0;
    QTest::newRow("six digits") << "LIMITS RCPTMAX=999999"_ba << 999'999 << 0;
    QTest::newRow("seven digits") << "LIMITS RCPTMAX=1000000 MAILMAX=2"_ba << 0 << 2;
    QTest::newRow("zero") << "LIMITS RCPTMAX=0 MAILMAX=1"_ba << 0 << 1;
    QTest::newRow("no number") << "LIMITS RCPTMAX=many MAILMAX= RCPTMAX"_ba << 0 << 0;
    QTest::newRow("sign") << "LIMITS RCPTMAX=+5"_ba << 0 << 0;
    QTest::newRow("not offered") << "SIZE 5"_ba << 0 << 0;
}

void TestCapabilities::limits_areReadOneByOne()
{
    QFETCH(QByteArray, line);
    QFETCH(int, recipients);
    QFETCH(int, transactions);
    const Capabilities capabilities = offered({ line });
    QCOMPARE(capabilities.recipientLimit().value_or(0), recipients);
    QCOMPARE(capabilities.transactionLimit().value_or(0), transactions);
    QCOMPARE(capabilities.recipientDomainLimit().value_or(0), line.contains("DOMAIN") ? 2 : 0);
}

void TestCapabilities::futureReleaseLimits_areReadAsStated()
{
    const auto limits = offered({ "FUTURERELEASE 86400 2027-01-01T00:00:00Z"_ba }).futureReleaseLimits();
    QVERIFY(limits.has_value());
    QCOMPARE(limits->longest.count(), 86'400);
    QCOMPARE(limits->latest, QDateTime(QDate(2027, 1, 1), QTime(0, 0), Qt::UTC));
    QVERIFY(!offered({ "FUTURERELEASE"_ba }).futureReleaseLimits());
    QVERIFY(!offered({ "FUTURERELEASE soon never"_ba }).futureReleaseLimits());
    QVERIFY(!offered({}).futureReleaseLimits());
}

void TestCapabilities::shortestDeliverBy_isReadAsStated()
{
    QCOMPARE(offered({ "DELIVERBY 600"_ba }).shortestDeliverBy().count(), 600);
    QCOMPARE(offered({ "DELIVERBY"_ba }).shortestDeliverBy().count(), 0);
}

QTEST_GUILESS_MAIN(TestCapabilities)
#include "tst_capabilities.moc"
