// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailbox.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using Detail = AddressError::Detail;
using Kind = AddressError::Kind;

class TestDomain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void domain_becomesALabels_data();
    void domain_becomesALabels();
    void badDomain_isRefused_data();
    void badDomain_isRefused();
    void fault_isShownWhereItStands_data();
    void fault_isShownWhereItStands();
    void people_seeLettersOfTheirOwn_data();
    void people_seeLettersOfTheirOwn();
    void longestLabelsAndNames_areCounted();
};

void TestDomain::domain_becomesALabels_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QByteArray>("ascii");

    QTest::newRow("plain") << u"example.org"_s << "example.org"_ba;
    QTest::newRow("upper case") << u"Example.ORG"_s << "example.org"_ba;
    QTest::newRow("trailing dot") << u"example.org."_s << "example.org"_ba;
    QTest::newRow("single label") << u"localhost"_s << "localhost"_ba;
    QTest::newRow("digits") << u"3com.example"_s << "3com.example"_ba;
    QTest::newRow("umlaut") << u"MÜNCHEN.example"_s << "xn--mnchen-3ya.example"_ba;
    QTest::newRow("decomposed umlaut") << u"mu\u0308nchen.example"_s << "xn--mnchen-3ya.example"_ba;
    QTest::newRow("sharp s") << u"faß.de"_s << "xn--fa-hia.de"_ba;
    QTest::newRow("Japanese") << u"納豆.example.org"_s << "xn--99zt52a.example.org"_ba;
    QTest::newRow("ideographic full stop") << u"納豆。example.org"_s << "xn--99zt52a.example.org"_ba;
    QTest::newRow("A-label") << u"XN--99zt52a.example.org"_s << "xn--99zt52a.example.org"_ba;
    QTest::newRow("Arabic") << u"مثال.example"_s << "xn--mgbh0fb.example"_ba;
    QTest::newRow("Hindi with virama") << u"उदाहरण.example"_s << "xn--p1b6ci4b4b3a.example"_ba;
    QTest::newRow("middle dot between l") << u"col·legi.example"_s << "xn--collegi-xma.example"_ba;
    QTest::newRow("IPv4 literal") << u"[192.0.2.1]"_s << "[192.0.2.1]"_ba;
    QTest::newRow("IPv6 literal") << u"[IPv6:2001:DB8::1]"_s << "[IPv6:2001:DB8::1]"_ba;
    QTest::newRow("IPv6 with IPv4") << u"[IPv6:::ffff:192.0.2.1]"_s << "[IPv6:::ffff:192.0.2.1]"_ba;
    QTest::newRow("full IPv6") << u"[IPv6:1:2:3:4:5:6:7:8]"_s << "[IPv6:1:2:3:4:5:6:7:8]"_ba;
    QTest::newRow("label of 63") << QString(63, u'a') + u".test"_s << QByteArray(63, 'a') + ".test";
}

void TestDomain::domain_becomesALabels()
{
    QFETCH(const QString, domain);
    QFETCH(const QByteArray, ascii);
    const auto result = domainToAscii(domain);
    QVERIFY(result);
    QCOMPARE(*result, ascii);
}

void TestDomain::badDomain_isRefused_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Detail>("detail");

    QTest::newRow("nothing") << QString() << Kind::NoDomain << Detail::None;
    QTest::newRow("dot") << u"."_s << Kind::NoDomain << Detail::None;
    QTest::newRow("two trailing dots") << u"example.org.."_s << Kind::BadDomain << Detail::EmptyLabel;
    QTest::newRow("leading dot") << u".example.org"_s << Kind::BadDomain << Detail::EmptyLabel;
    QTest::newRow("leading hyphen") << u"-a.example"_s << Kind::BadDomain << Detail::HyphenAtEdge;
    QTest::newRow("trailing hyphen") << u"a-.example"_s << Kind::BadDomain << Detail::HyphenAtEdge;
    QTest::newRow("hyphens in 3 and 4") << u"ab--cd.example"_s << Kind::BadDomain << Detail::HyphensReserved;
    QTest::newRow("underscore") << u"ex_ample.com"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("symbol") << u"☃.example"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("A-label of a symbol")
        << u"xn--n3h.example"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("A-label that does not decode")
        << u"xn--a.example"_s << Kind::BadDomain << Detail::BrokenALabel;
    QTest::newRow("leading combining mark") << u"\u0301a.example"_s << Kind::BadDomain << Detail::MarkAtStart;
    QTest::newRow("joiner without reason")
        << u"a\u200Db.example"_s << Kind::BadDomain << Detail::CharacterOutOfContext;
    QTest::newRow("middle dot elsewhere")
        << u"a·b.example"_s << Kind::BadDomain << Detail::CharacterOutOfContext;
    QTest::newRow("mixed Arabic digits")
        << u"ب٠۰.example"_s << Kind::BadDomain << Detail::CharacterOutOfContext;
    QTest::newRow("right-to-left after Latin")
        << u"aمثال.example"_s << Kind::BadDomain << Detail::MixedDirections;
    QTest::newRow("label of 64") << QString(64, u'a') + u".test"_s << Kind::BadDomain << Detail::LabelTooLong;
    QTest::newRow("domain of 256") << QString(u"abc."_s).repeated(64).chopped(1) + u"d"_s << Kind::TooLong
                                   << Detail::DomainTooLong;
    QTest::newRow("line end") << u"example.org\r\nDATA"_s << Kind::ControlCharacter << Detail::None;
    QTest::newRow("angle bracket") << u"example.org>"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("space") << u"example org"_s << Kind::BadDomain << Detail::SpaceInDomain;
    QTest::newRow("IPv4 out of range") << u"[300.1.1.1]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("three numbers") << u"[1.2.3]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("leading zero") << u"[01.2.3.4]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("IPv6 without its tag") << u"[2001:db8::1]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("two gaps") << u"[IPv6:1::2::3]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("nine groups") << u"[IPv6:1:2:3:4:5:6:7:8:9]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("long group") << u"[IPv6:12345::1]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("open literal") << u"[1.2.3.4"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("seven groups and a gap")
        << u"[IPv6:1:2:3:4:5:6:7::]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("another tag") << u"[x400:abc]"_s << Kind::BadLiteral << Detail::None;
    QTest::newRow("no brackets") << u"192.0.2.1"_s << Kind::BadLiteral << Detail::BracketsMissing;
    QTest::newRow("emoji") << u"i❤.example"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("filler") << u"a\u115Fb.example"_s << Kind::BadDomain << Detail::CharacterNotAllowed;
    QTest::newRow("grapheme joiner") << u"xn--ab-x0b.example"_s << Kind::BadDomain << Detail::BrokenALabel;
    QTest::newRow("soft hyphen") << u"xn--ab-5da.example"_s << Kind::BadDomain << Detail::BrokenALabel;
    QTest::newRow("A-label of capitals")
        << u"xn--MNCHEN-psa.example"_s << Kind::BadDomain << Detail::BrokenALabel;
    QTest::newRow("A-label of ASCII") << u"xn--abc-.example"_s << Kind::BadDomain << Detail::HyphenAtEdge;
    QTest::newRow("reserved in a second label")
        << u"ok.zz--a.example"_s << Kind::BadDomain << Detail::HyphensReserved;
    QTest::newRow("hyphens in 3 and 4 of umlauts")
        << u"äb--c.example"_s << Kind::BadDomain << Detail::HyphensReserved;
    QTest::newRow("lone surrogate") << QString(QString(QChar(0xD800)) + u".example"_s) << Kind::BadDomain
                                    << Detail::CharacterNotAllowed;
    QTest::newRow("empty literal") << u"[]"_s << Kind::BadLiteral << Detail::None;
}

void TestDomain::badDomain_isRefused()
{
    QFETCH(const QString, domain);
    QFETCH(const Kind, kind);
    QFETCH(const Detail, detail);
    const auto result = domainToAscii(domain);
    QVERIFY2(!result, result ? result->constData() : "");
    QCOMPARE(result.error().kind, kind);
    QCOMPARE(result.error().detail, detail);
}

void TestDomain::fault_isShownWhereItStands_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<qsizetype>("position");

    QTest::newRow("underscore") << u"mail.ex_ample.com"_s << u"_"_s << qsizetype { 7 };
    QTest::newRow("space") << u"example. com"_s << u" "_s << qsizetype { 8 };
    QTest::newRow("label") << u"a.-b.test"_s << u"-b"_s << qsizetype { 2 };
    QTest::newRow("label of another script") << u"a.☃☃.test"_s << u"☃☃"_s << qsizetype { 2 };
    QTest::newRow("empty label") << u"a..test"_s << QString() << qsizetype { 2 };
}

void TestDomain::fault_isShownWhereItStands()
{
    QFETCH(const QString, domain);
    QFETCH(const QString, fault);
    QFETCH(const qsizetype, position);
    const AddressError error = domainToAscii(domain).error();
    QCOMPARE(error.detailPosition, position);
    QCOMPARE(domain.mid(error.detailPosition, error.detailLength), fault);
}

void TestDomain::people_seeLettersOfTheirOwn_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("shown");

    QTest::newRow("plain") << u"Example.ORG."_s << u"example.org"_s;
    QTest::newRow("A-label") << u"XN--MNCHEN-3YA.example"_s << u"münchen.example"_s;
    QTest::newRow("Japanese") << u"user.xn--99zt52a.example"_s << u"user.納豆.example"_s;
    QTest::newRow("typed") << u"MÜNCHEN.example"_s << u"münchen.example"_s;
    QTest::newRow("sharp s") << u"xn--fa-hia.de"_s << u"faß.de"_s;
    QTest::newRow("A-label of a symbol stays") << u"xn--n3h.example"_s << u"xn--n3h.example"_s;
    QTest::newRow("no domain") << u"a..b"_s << u"a..b"_s;
    QTest::newRow("literal") << u"[192.0.2.1]"_s << u"[192.0.2.1]"_s;
}

void TestDomain::people_seeLettersOfTheirOwn()
{
    QFETCH(const QString, domain);
    QFETCH(const QString, shown);
    QCOMPARE(domainForPeople(domain), shown);
}

void TestDomain::longestLabelsAndNames_areCounted()
{
    const QString label(63, u'a');
    const QString longest = label + u'.' + label + u'.' + label + u'.' + QString(61, u'a');
    QCOMPARE(longest.size(), 253);
    QVERIFY(domainToAscii(longest));
    QVERIFY(domainToAscii(longest + u'.'));
    QCOMPARE(domainToAscii(longest + u'a').error().detail, Detail::DomainTooLong);
    // 63 octets are counted in the A-label.
    QVERIFY(domainToAscii(QString(57, u'ü') + u".test"_s));
    QCOMPARE(domainToAscii(QString(64, u'ü') + u".test"_s).error().detail, Detail::LabelTooLong);
}

QTEST_GUILESS_MAIN(TestDomain)
#include "tst_domain.moc"
