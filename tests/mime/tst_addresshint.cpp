// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addresshint.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using Kind = AddressHint::Kind;

class TestAddressHint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingMistake_namesTheDomainThatWasMeant_data();
    void typingMistake_namesTheDomainThatWasMeant();
    void domainsOfTheCaller_areMeantToo();
    void otherDomain_isNoMistake_data();
    void otherDomain_isNoMistake();
    void address_hasAHint_data();
    void address_hasAHint();
    void ordinaryAddress_hasNoHint_data();
    void ordinaryAddress_hasNoHint();
    void nameThatShowsAnotherAddress_isAHint();
};

void TestAddressHint::typingMistake_namesTheDomainThatWasMeant_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("meant");

    for (const auto &[typed, meant] : std::initializer_list<std::pair<const char *, const char *>> {
             { "gmial.com", "gmail.com" },
             { "gamil.com", "gmail.com" },
             { "gmai.com", "gmail.com" },
             { "gmaill.com", "gmail.com" },
             { "gmail.con", "gmail.com" },
             { "gmail.co", "gmail.com" },
             { "gmail.cmo", "gmail.com" },
             { "gnail.con", "gmail.com" },
             { "gmailcom", "gmail.com" },
             { "hotmial.com", "hotmail.com" },
             { "homail.com", "hotmail.com" },
             { "hotmali.cm", "hotmail.com" },
             { "outlok.com", "outlook.com" },
             { "outloook.de", "outlook.de" },
             { "yaho.com", "yahoo.com" },
             { "yahooo.co.uk", "yahoo.co.uk" },
             { "iclould.com", "icloud.com" },
             { "gxm.de", "gmx.de" },
             { "gmx.ed", "gmx.de" },
             { "wbe.de", "web.de" },
             { "t-onlin.de", "t-online.de" },
             { "tonline.de", "t-online.de" },
             { "protonmial.com", "protonmail.com" },
             { "googelmail.com", "googlemail.com" },
             { "freenett.de", "freenet.de" } })
        QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(meant);
}

void TestAddressHint::typingMistake_namesTheDomainThatWasMeant()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, meant);
    QCOMPARE(likelyDomain(typed), meant);
}

void TestAddressHint::domainsOfTheCaller_areMeantToo()
{
    const QStringList known { u"smallmail.example"_s, u"tiny.example"_s };
    QCOMPARE(likelyDomain(u"smalmail.example"_s, known), u"smallmail.example"_s);
    QCOMPARE(likelyDomain(u"smallmailexample"_s, known), u"smallmail.example"_s);
    for (const QString &other :
         { u"smallmail.example"_s, u"tinny.example"_s, u"example.org"_s, u"gmx.net"_s })
        QCOMPARE(likelyDomain(other, known), QString());
}

void TestAddressHint::otherDomain_isNoMistake_data()
{
    QTest::addColumn<QString>("domain");
    for (const char *domain :
         { "gmail.com",      "mail.com",   "email.com", "ymail.com", "gmx.com",      "gmx.net",
           "live.de",        "hotmail.dk", "yahoo.ca",  "me.com",    "mac.com",      "example.org",
           "example.com",    "localhost",  "web.dk",    "webb.de",   "gma.de",       "aon.at",
           "proton.ch",      "outlook.fr", "mail.ru",   "small.com", "post.de",      "mailbox.de",
           "university.edu", "gov.uk",     "",          ".",         "gmail.example" })
        QTest::newRow(domain) << QString::fromLatin1(domain);
}

void TestAddressHint::otherDomain_isNoMistake()
{
    QFETCH(const QString, domain);
    QCOMPARE(likelyDomain(domain), QString());
}

void TestAddressHint::address_hasAHint_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("suggestion");

    QTest::newRow("typing mistake") << u"Gmial.com."_s << Kind::DomainTypo << u"gmail.com"_s;
    QTest::newRow("single label") << u"gmail"_s << Kind::SingleLabelDomain << QString();
    QTest::newRow("literal") << u"[192.0.2.1]"_s << Kind::AddressLiteral << QString();
    QTest::newRow("one Cyrillic letter") << u"\u0430pple.com"_s << Kind::MixedScripts << u"apple.com"_s;
    QTest::newRow("the same as A-label") << u"xn--pple-43d.com"_s << Kind::MixedScripts << u"apple.com"_s;
    QTest::newRow("Cyrillic throughout")
        << u"\u0430\u0440\u0440\u04CF\u0435.com"_s << Kind::LooksLikeOtherDomain << u"apple.com"_s;
    QTest::newRow("Greek letter") << u"g\u03BFogle.example"_s << Kind::MixedScripts << u"google.example"_s;
    QTest::newRow("Greek and Cyrillic") << u"\u03B1\u0431.example"_s << Kind::MixedScripts << QString();
}

void TestAddressHint::address_hasAHint()
{
    QFETCH(const QString, domain);
    QFETCH(const Kind, kind);
    QFETCH(const QString, suggestion);
    const QList<AddressHint> hints = hintsFor({ .localPart = u"ann"_s, .domain = domain });
    QCOMPARE(hints, QList<AddressHint>({ { .kind = kind, .suggestion = suggestion } }));
}

void TestAddressHint::ordinaryAddress_hasNoHint_data()
{
    QTest::addColumn<QString>("domain");
    for (const QString &domain :
         { u"example.org"_s, u"münchen.de"_s, u"почта.рф"_s, u"例え.jp"_s, u"日本語ドメイン名.jp"_s,
           u"한국mail.kr"_s, u"مثال.example"_s, u"ελλάδα.gr"_s, u"россия.com"_s, u"a..b"_s })
        QTest::newRow(qPrintable(domain)) << domain;
}

void TestAddressHint::ordinaryAddress_hasNoHint()
{
    QFETCH(const QString, domain);
    QVERIFY(hintsFor({ .localPart = u"ann"_s, .domain = domain }).isEmpty());
}

void TestAddressHint::nameThatShowsAnotherAddress_isAHint()
{
    const Mailbox other { .name = u"boss@example.org"_s, .localPart = u"x"_s, .domain = u"y.test"_s };
    QCOMPARE(hintsFor(other), QList<AddressHint>({ { .kind = Kind::NameShowsOtherAddress } }));
    const Mailbox same { .name = u"Ann@Example.org"_s, .localPart = u"ann"_s, .domain = u"example.org"_s };
    QVERIFY(hintsFor(same).isEmpty());
    const Mailbox signs { .name = u"meet @ noon or @ ten"_s,
                          .localPart = u"ann"_s,
                          .domain = u"example.org"_s };
    QVERIFY(hintsFor(signs).isEmpty());
}

QTEST_GUILESS_MAIN(TestAddressHint)
#include "tst_addresshint.moc"
