// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/publicsuffix.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;

class PublicSuffixTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void name_belongsToItsRegistrableDomain_data();
    void name_belongsToItsRegistrableDomain();
    void holders_areComparedByRegistrableDomain();
    void hostFromADocument_isNeverInTheOwnNetwork_data();
    void hostFromADocument_isNeverInTheOwnNetwork();
};

void PublicSuffixTest::name_belongsToItsRegistrableDomain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("domain");

    QTest::newRow("the domain itself") << u"example.org"_s << u"example.org"_s;
    QTest::newRow("a host") << u"mx1.mail.example.org"_s << u"example.org"_s;
    QTest::newRow("two-part suffix") << u"mail.example.co.uk"_s << u"example.co.uk"_s;
    QTest::newRow("a suffix") << u"co.uk"_s << QString();
    QTest::newRow("a top-level domain") << u"org"_s << QString();
    QTest::newRow("wildcard rule") << u"a.b.c.kawasaki.jp"_s << u"b.c.kawasaki.jp"_s;
    QTest::newRow("exception to a wildcard rule") << u"www.city.kawasaki.jp"_s << u"city.kawasaki.jp"_s;
    QTest::newRow("rented below somebody's domain") << u"mail.me.github.io"_s << u"me.github.io"_s;
    QTest::newRow("A-labels") << u"mail.xn--85x722f.xn--55qx5d.cn"_s << u"xn--85x722f.xn--55qx5d.cn"_s;
    QTest::newRow("unknown top-level domain") << u"smtp.example.test"_s << u"example.test"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("this computer") << u"localhost"_s << QString();
    QTest::newRow("an IPv4 address") << u"192.0.2.1"_s << QString();
    QTest::newRow("an IPv6 address") << u"2001:db8::1.2.3.4"_s << QString();
    QTest::newRow("only dots") << u"..."_s << QString();
}

void PublicSuffixTest::name_belongsToItsRegistrableDomain()
{
    QFETCH(const QString, name);
    QTEST(discovery::registrableDomain(name), "domain");
}

void PublicSuffixTest::holders_areComparedByRegistrableDomain()
{
    QVERIFY(discovery::haveSameHolder(u"smtp.example.org"_s, u"example.org"_s));
    QVERIFY(discovery::haveSameHolder(u"a.example.co.uk"_s, u"b.example.co.uk"_s));
    QVERIFY(!discovery::haveSameHolder(u"a.co.uk"_s, u"b.co.uk"_s));
    QVERIFY(!discovery::haveSameHolder(u"example.org"_s, u"example.org.evil.example"_s));
    QVERIFY2(!discovery::haveSameHolder(u"co.uk"_s, u"co.uk"_s), "a suffix has no holder");
}

void PublicSuffixTest::hostFromADocument_isNeverInTheOwnNetwork_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isPublic");

    QTest::newRow("usual") << u"smtp.example.org"_s << true;
    QTest::newRow("bare domain") << u"example.org"_s << true;
    QTest::newRow("many labels") << u"a.b.c.d.example.co.uk"_s << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("localhost") << u"localhost"_s << false;
    QTest::newRow("below localhost") << u"mail.localhost"_s << false;
    QTest::newRow("single label") << u"mailserver"_s << false;
    QTest::newRow("loopback address") << u"127.0.0.1"_s << false;
    QTest::newRow("private address") << u"192.168.0.1"_s << false;
    QTest::newRow("public address") << u"192.0.2.1"_s << false;
    QTest::newRow("IPv6 address") << u"fd00::1"_s << false;
    QTest::newRow("local network") << u"printer.local"_s << false;
    QTest::newRow("home network") << u"box.home.arpa"_s << false;
    QTest::newRow("suffix") << u"co.uk"_s << false;
    QTest::newRow("underscore") << u"_dmarc.example.org"_s << false;
    QTest::newRow("space") << u"smtp example.org"_s << false;
    QTest::newRow("empty label") << u"smtp..example.org"_s << false;
    QTest::newRow("hyphen first") << u"-smtp.example.org"_s << false;
    QTest::newRow("label of 64") << QString(QString(64, u'a') + u".example.org"_s) << false;
    QTest::newRow("too long") << QString(QString(u"a."_s).repeated(130) + u"example.org"_s) << false;
}

void PublicSuffixTest::hostFromADocument_isNeverInTheOwnNetwork()
{
    QFETCH(const QString, host);
    QTEST(discovery::isPublicHostName(host), "isPublic");
}

QTEST_GUILESS_MAIN(PublicSuffixTest)
#include "tst_publicsuffix.moc"
