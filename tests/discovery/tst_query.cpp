// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/query.h"

#include <QTest>

using namespace Qt::StringLiterals;
using postrider::discovery::Query;

Q_DECLARE_METATYPE(postrider::discovery::Query::Kind)

class QueryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedText_isReadAs_data();
    void typedText_isReadAs();
    void whatIsNeither_isNothing_data();
    void whatIsNeither_isNothing();
};

void QueryTest::typedText_isReadAs_data()
{
    using Kind = Query::Kind;
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    const auto row = [](const char *name, const QString &text, Kind kind, const QString &address,
                        const QString &domain, const QString &host, int port) {
        QTest::newRow(name) << text << kind << address << domain << host << port;
    };
    row("address", u"ann@example.org"_s, Kind::Address, u"ann@example.org"_s, u"example.org"_s, {}, 0);
    row("upper case, trailing dot, tag", u" Ann+News@Example.ORG. "_s, Kind::Address,
        u"Ann+News@example.org"_s, u"example.org"_s, {}, 0);
    row("international", u"ann@Bücher.example"_s, Kind::Address, u"ann@xn--bcher-kva.example"_s,
        u"xn--bcher-kva.example"_s, {}, 0);
    row("address with name", u"Ann Smith <ann@example.org>"_s, Kind::Address, u"ann@example.org"_s,
        u"example.org"_s, {}, 0);
    row("address with literal", u"ann@[127.0.0.1]"_s, Kind::Address, u"ann@[127.0.0.1]"_s, {}, u"127.0.0.1"_s,
        0);
    row("address on this computer", u"ann@localhost"_s, Kind::Address, u"ann@localhost"_s, {}, u"localhost"_s,
        0);
    row("name", u"Mail.Example.org."_s, Kind::Name, {}, u"mail.example.org"_s, u"mail.example.org"_s, 0);
    row("single label", u"mailhost"_s, Kind::Name, {}, {}, u"mailhost"_s, 0);
    row("IPv4 literal", u"192.0.2.1"_s, Kind::Name, {}, {}, u"192.0.2.1"_s, 0);
    row("IPv6 literal", u"2001:DB8::1"_s, Kind::Name, {}, {}, u"2001:db8::1"_s, 0);
    row("host and port", u"smtp.example.org:587"_s, Kind::HostAndPort, {}, u"smtp.example.org"_s,
        u"smtp.example.org"_s, 587);
    row("IPv4 literal and port", u"127.0.0.1:1025"_s, Kind::HostAndPort, {}, {}, u"127.0.0.1"_s, 1025);
    row("IPv6 literal and port", u"[::1]:465"_s, Kind::HostAndPort, {}, {}, u"::1"_s, 465);
}

void QueryTest::typedText_isReadAs()
{
    QFETCH(QString, text);
    const std::optional<Query> query = Query::parse(text);
    QVERIFY(query);
    QTEST(query->kind, "kind");
    QTEST(query->address, "address");
    QTEST(query->domain, "domain");
    QTEST(query->host, "host");
    QTEST(int(query->port), "port");
    QCOMPARE(query->text, text);
}

void QueryTest::whatIsNeither_isNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("blank") << u"  "_s;
    QTest::newRow("no domain") << u"ann@"_s;
    QTest::newRow("no local part") << u"@example.org"_s;
    QTest::newRow("two addresses") << u"ann@example.org, bob@example.org"_s;
    QTest::newRow("empty label") << u"ann@example..org"_s;
    QTest::newRow("space") << u"example org"_s;
    QTest::newRow("port too large") << u"smtp.example.org:65536"_s;
    QTest::newRow("port zero") << u"smtp.example.org:0"_s;
    QTest::newRow("port with sign") << u"smtp.example.org:+25"_s;
    QTest::newRow("no port") << u"smtp.example.org:"_s;
    QTest::newRow("bad literal") << u"[300.1.1.1]:25"_s;
    QTest::newRow("line break") << u"ann@example.org\r\nRCPT"_s;
}

void QueryTest::whatIsNeither_isNothing()
{
    QFETCH(QString, text);
    QVERIFY(!Query::parse(text));
}

QTEST_GUILESS_MAIN(QueryTest)
#include "tst_query.moc"
