// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/mailbox.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using Kind = AddressError::Kind;

namespace {

Mailbox mailbox(const QString &name, const QString &localPart, const QString &domain)
{
    return { .name = name, .localPart = localPart, .domain = domain };
}

/// "name|local|domain" for each, so that a failing comparison can be read.
QStringList described(const QList<Mailbox> &mailboxes)
{
    QStringList result;
    for (const Mailbox &one : mailboxes)
        result.append(one.name + u'|' + one.localPart + u'|' + one.domain);
    return result;
}

} // namespace

class TestMailbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedText_givesMailboxes_data();
    void typedText_givesMailboxes();
    void badText_isRefusedWithItsPlace_data();
    void badText_isRefusedWithItsPlace();
    void oneMailbox_isNoneOrTwoForAList();
    void domain_becomesALabels_data();
    void domain_becomesALabels();
    void badDomain_isRefused_data();
    void badDomain_isRefused();
    void address_isQuotedOnlyWhenItMustBe_data();
    void address_isQuotedOnlyWhenItMustBe();
    void displayString_quotesTheName();
    void parsedAgain_isTheSame_data();
    void parsedAgain_isTheSame();
    void wireAddressOfAMailboxMadeByHand_isChecked();
};

void TestMailbox::typedText_givesMailboxes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("blank") << u" \t\r\n "_s << QStringList();
    QTest::newRow("bare address") << u"ann@example.org"_s << QStringList { u"|ann|example.org"_s };
    QTest::newRow("blank space around") << u"  ann@example.org\t"_s << QStringList { u"|ann|example.org"_s };
    QTest::newRow("angle brackets only") << u"<ann@example.org>"_s << QStringList { u"|ann|example.org"_s };
    QTest::newRow("plain name") << u"Ann Smith <ann@example.org>"_s
                                << QStringList { u"Ann Smith|ann|example.org"_s };
    QTest::newRow("quoted name with comma")
        << u"\"Smith, Ann\" <ann@example.org>"_s << QStringList { u"Smith, Ann|ann|example.org"_s };
    QTest::newRow("escapes in a quoted name") << u"\"Giant; \\\"Big\\\" Box\" <box@example.net>"_s
                                              << QStringList { u"Giant; \"Big\" Box|box|example.net"_s };
    QTest::newRow("unquoted dot") << u"Joe Q. Public <john.q.public@example.com>"_s
                                  << QStringList { u"Joe Q. Public|john.q.public|example.com"_s };
    QTest::newRow("question mark") << u"Who? <one@y.test>"_s << QStringList { u"Who?|one|y.test"_s };
    QTest::newRow("address as name") << u"ann@example.org <ann@example.org>"_s
                                     << QStringList { u"ann@example.org|ann|example.org"_s };
    QTest::newRow("name without space")
        << u"Ann<ann@example.org>"_s << QStringList { u"Ann|ann|example.org"_s };
    QTest::newRow("umlauts") << u"Jürgen Müller <j@münchen.example>"_s
                             << QStringList { u"Jürgen Müller|j|münchen.example"_s };
    QTest::newRow("all separators") << u"A <a@x.test>; b@y.test\nc@z.test,d@w.test\r\ne@v.test\rf@u.test"_s
                                    << QStringList { u"A|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s,
                                                     u"|d|w.test"_s,  u"|e|v.test"_s, u"|f|u.test"_s };
    QTest::newRow("comma and line end") << u"a@x.test,\r\nb@y.test;\n\n c@z.test"_s
                                        << QStringList { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s };
    QTest::newRow("trailing separators") << u"a@x.test, ; ,\n"_s << QStringList { u"|a|x.test"_s };
    QTest::newRow("group of RFC 5322 A.1.3")
        << u"A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;"_s
        << QStringList { u"Ed Jones|c|a.test"_s, u"|joe|where.test"_s, u"John|jdoe|one.test"_s };
    QTest::newRow("empty group") << u"Undisclosed recipients:;"_s << QStringList();
    QTest::newRow("quoted group name") << u"\"The, Team\": a@x.test;"_s << QStringList { u"|a|x.test"_s };
    QTest::newRow("after a group") << u"T: a@x.test;, b@y.test; U: c@z.test; d@w.test"_s
                                   << QStringList { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s,
                                                    u"|d|w.test"_s };
    QTest::newRow("group not closed")
        << u"T: a@x.test, b@y.test"_s << QStringList { u"|a|x.test"_s, u"|b|y.test"_s };
    QTest::newRow("comments of RFC 5322 A.5")
        << u"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>"_s
        << QStringList { u"Pete|pete|silly.test"_s };
    QTest::newRow("nested comment") << u"a@x.test (one (two) three)"_s << QStringList { u"|a|x.test"_s };
    QTest::newRow("separators in a comment")
        << u"a@x.test (b@y.test, c@z.test;)"_s << QStringList { u"|a|x.test"_s };
    QTest::newRow("source route") << u"Mary <@node.test:mary@example.net>"_s
                                  << QStringList { u"Mary|mary|example.net"_s };
    QTest::newRow("quoted local part")
        << u"\"not@me\"@example.org"_s << QStringList { u"|not@me|example.org"_s };
    QTest::newRow("needless quotes") << u"\"john\"@example.org"_s << QStringList { u"|john|example.org"_s };
    QTest::newRow("backslashes in the local part")
        << u"\"oh\\\\no\"@example.org"_s << QStringList { u"|oh\\no|example.org"_s };
    QTest::newRow("case is kept") << u"Smith@Example.ORG"_s << QStringList { u"|Smith|Example.ORG"_s };
    QTest::newRow("all atom characters")
        << u"!#$%&'*+-/=?^_`{|}~@x.test"_s << QStringList { u"|!#$%&'*+-/=?^_`{|}~|x.test"_s };
    QTest::newRow("IPv4 literal") << u"user@[192.0.2.1]"_s << QStringList { u"|user|[192.0.2.1]"_s };
    QTest::newRow("IPv6 literal") << u"U <user@[IPv6:2001:db8::1]>, b@y.test"_s
                                  << QStringList { u"U|user|[IPv6:2001:db8::1]"_s, u"|b|y.test"_s };
    QTest::newRow("non-ASCII local part") << u"用户@例え.jp"_s << QStringList { u"|用户|例え.jp"_s };
    QTest::newRow("64 octets before the @")
        << QString(64, u'a') + u"@x.test"_s << QStringList { u'|' + QString(64, u'a') + u"|x.test"_s };
}

void TestMailbox::typedText_givesMailboxes()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, expected);
    const auto list = parseMailboxList(text);
    QVERIFY2(list, list ? "" : qPrintable(list.error().text));
    QCOMPARE(described(*list), expected);
}

void TestMailbox::badText_isRefusedWithItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("piece");
    QTest::addColumn<qsizetype>("position");
    const auto row = [](const char *name, const QString &text, Kind kind, const QString &piece,
                        qsizetype position) { QTest::newRow(name) << text << kind << piece << position; };

    row("bare local part", u"a@x.test, joe"_s, Kind::NoAt, u"joe"_s, 10);
    row("two words", u"Joe Smith"_s, Kind::NoAt, u"Joe Smith"_s, 0);
    row("name in quotes alone", u"\"Joe\""_s, Kind::NoAt, u"\"Joe\""_s, 0);
    row("local part in brackets", u"Joe <joe>"_s, Kind::NoAt, u"joe"_s, 5);
    row("no local part", u"@example.org"_s, Kind::NoLocalPart, u"@example.org"_s, 0);
    row("empty quotes", u"\"\"@example.org"_s, Kind::NoLocalPart, u"\"\"@example.org"_s, 0);
    row("no domain", u"joe@"_s, Kind::NoDomain, u"joe@"_s, 0);
    row("space in local part", u"x@y.test;joe smith@example.org"_s, Kind::SpaceInLocalPart,
        u"joe smith@example.org"_s, 9);
    row("name without brackets", u"Ann Smith ann@example.org"_s, Kind::SpaceInLocalPart,
        u"Ann Smith ann@example.org"_s, 0);
    row("two ats", u"a@b@c.test"_s, Kind::TwoAts, u"a@b@c.test"_s, 0);
    row("missing comma", u"a@x.test b@y.test"_s, Kind::TwoAts, u"a@x.test b@y.test"_s, 0);
    row("leading dot", u".joe@x.test"_s, Kind::BadLocalPart, u".joe@x.test"_s, 0);
    row("trailing dot", u"joe.@x.test"_s, Kind::BadLocalPart, u"joe.@x.test"_s, 0);
    row("double dot", u"john..doe@x.test"_s, Kind::BadLocalPart, u"john..doe@x.test"_s, 0);
    row("backslash", u"jo\\e@x.test"_s, Kind::BadLocalPart, u"jo\\e@x.test"_s, 0);
    row("space in domain", u"joe@example. org"_s, Kind::BadDomain, u"joe@example. org"_s, 0);
    row("underscore in domain", u"joe@ex_ample.com"_s, Kind::BadDomain, u"joe@ex_ample.com"_s, 0);
    row("empty label", u"joe@a..b"_s, Kind::BadDomain, u"joe@a..b"_s, 0);
    row("text behind the bracket", u"<a@x.test> b"_s, Kind::BadDomain, u"b"_s, 11);
    row("stray closing bracket", u"a@x.test>"_s, Kind::BadDomain, u"a@x.test>"_s, 0);
    row("bad literal", u"user@[300.1.1.1]"_s, Kind::BadLiteral, u"user@[300.1.1.1]"_s, 0);
    row("open literal", u"user@[1.2.3.4"_s, Kind::BadLiteral, u"[1.2.3.4"_s, 5);
    row("open quote", u"a@x.test, \"Joe <joe@example.com>"_s, Kind::UnclosedQuote,
        u"\"Joe <joe@example.com>"_s, 10);
    row("open bracket", u"Joe <joe@example.com, b@y.test"_s, Kind::UnclosedAngle, u"<joe@example.com"_s, 4);
    row("double bracket", u"<<joe@example.com>>"_s, Kind::UnclosedAngle, u"<<joe@example.com>>"_s, 0);
    row("open comment", u"a@x.test (Joe"_s, Kind::UnclosedComment, u"(Joe"_s, 9);
    row("two commas", u"a@x.test,, b@y.test"_s, Kind::Empty, u","_s, 9);
    row("comma and semicolon apart", u"a@x.test, \n; b@y.test"_s, Kind::Empty, u";"_s, 11);
    row("leading comma", u", a@x.test"_s, Kind::Empty, u","_s, 0);
    row("separator alone", u";"_s, Kind::Empty, u";"_s, 0);
    row("empty brackets", u"Joe <>"_s, Kind::Empty, u"<"_s, 4);
    row("comment alone", u"(nobody), a@x.test"_s, Kind::Empty, u","_s, 8);
    row("NUL", u"a\0b@x.test"_s, Kind::ControlCharacter, QString(QChar(u'\0')), 1);
    row("escape in a name", u"A\x1B <a@x.test>"_s, Kind::ControlCharacter, u"\x1B"_s, 1);
    row("C1 control", u"a@x.test\u0085"_s, Kind::ControlCharacter, u"\u0085"_s, 8);
    row("line end in quotes", u"\"a\r\nRCPT TO:<x@y.test>\"@z.test"_s, Kind::ControlCharacter, u"\r"_s, 2);
    row("escaped line end in quotes", u"\"a\\\n\"@z.test"_s, Kind::ControlCharacter, u"\n"_s, 3);
    row("line end in a comment", u"a@x.test (b\nc)"_s, Kind::ControlCharacter, u"\n"_s, 11);
    row("turned text", u"\u202Emoc@x.test"_s, Kind::ControlCharacter, u"\u202Emoc@x.test"_s, 0);
    row("65 octets before the @", QString(65, u'a') + u"@x.test"_s, Kind::TooLong,
        QString(65, u'a') + u"@x.test"_s, 0);
    row("65 octets in 33 characters", QString(33, u'ü') + u"@x.test"_s, Kind::TooLong,
        QString(33, u'ü') + u"@x.test"_s, 0);
}

void TestMailbox::badText_isRefusedWithItsPlace()
{
    QFETCH(const QString, text);
    QFETCH(const Kind, kind);
    QFETCH(const QString, piece);
    QFETCH(const qsizetype, position);
    const auto list = parseMailboxList(text);
    QVERIFY2(!list, list ? qPrintable(described(*list).join(u" / ")) : "");
    QCOMPARE(list.error().kind, kind);
    QCOMPARE(list.error().text, piece);
    QCOMPARE(list.error().position, position);
}

void TestMailbox::oneMailbox_isNoneOrTwoForAList()
{
    QCOMPARE(parseMailbox(u"Ann <ann@example.org>").value(), mailbox(u"Ann"_s, u"ann"_s, u"example.org"_s));
    QCOMPARE(parseMailbox(u" ").error().kind, Kind::Empty);
    QCOMPARE(parseMailbox(u"a@x.test, b@y.test").error().kind, Kind::BadDomain);
    QCOMPARE(parseMailbox(u"joe").error().kind, Kind::NoAt);
}

void TestMailbox::domain_becomesALabels_data()
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

void TestMailbox::domain_becomesALabels()
{
    QFETCH(const QString, domain);
    QFETCH(const QByteArray, ascii);
    const auto result = domainToAscii(domain);
    QVERIFY(result);
    QCOMPARE(*result, ascii);
}

void TestMailbox::badDomain_isRefused_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<Kind>("kind");

    QTest::newRow("nothing") << QString() << Kind::NoDomain;
    QTest::newRow("dot") << u"."_s << Kind::NoDomain;
    QTest::newRow("two trailing dots") << u"example.org.."_s << Kind::BadDomain;
    QTest::newRow("leading dot") << u".example.org"_s << Kind::BadDomain;
    QTest::newRow("leading hyphen") << u"-a.example"_s << Kind::BadDomain;
    QTest::newRow("trailing hyphen") << u"a-.example"_s << Kind::BadDomain;
    QTest::newRow("hyphens in 3 and 4") << u"ab--cd.example"_s << Kind::BadDomain;
    QTest::newRow("underscore") << u"ex_ample.com"_s << Kind::BadDomain;
    QTest::newRow("symbol") << u"☃.example"_s << Kind::BadDomain;
    QTest::newRow("A-label of a symbol") << u"xn--n3h.example"_s << Kind::BadDomain;
    QTest::newRow("A-label that does not decode") << u"xn--a.example"_s << Kind::BadDomain;
    QTest::newRow("leading combining mark") << u"\u0301a.example"_s << Kind::BadDomain;
    QTest::newRow("joiner without reason") << u"a\u200Db.example"_s << Kind::BadDomain;
    QTest::newRow("middle dot elsewhere") << u"a·b.example"_s << Kind::BadDomain;
    QTest::newRow("mixed Arabic digits") << u"ب٠۰.example"_s << Kind::BadDomain;
    QTest::newRow("right-to-left after Latin") << u"aمثال.example"_s << Kind::BadDomain;
    QTest::newRow("label of 64") << QString(64, u'a') + u".test"_s << Kind::BadDomain;
    QTest::newRow("domain of 256") << QString(u"abc."_s).repeated(64).chopped(1) + u"d"_s << Kind::TooLong;
    QTest::newRow("line end") << u"example.org\r\nDATA"_s << Kind::ControlCharacter;
    QTest::newRow("angle bracket") << u"example.org>"_s << Kind::BadDomain;
    QTest::newRow("space") << u"example org"_s << Kind::BadDomain;
    QTest::newRow("IPv4 out of range") << u"[300.1.1.1]"_s << Kind::BadLiteral;
    QTest::newRow("three numbers") << u"[1.2.3]"_s << Kind::BadLiteral;
    QTest::newRow("leading zero") << u"[01.2.3.4]"_s << Kind::BadLiteral;
    QTest::newRow("IPv6 without its tag") << u"[2001:db8::1]"_s << Kind::BadLiteral;
    QTest::newRow("two gaps") << u"[IPv6:1::2::3]"_s << Kind::BadLiteral;
    QTest::newRow("nine groups") << u"[IPv6:1:2:3:4:5:6:7:8:9]"_s << Kind::BadLiteral;
    QTest::newRow("long group") << u"[IPv6:12345::1]"_s << Kind::BadLiteral;
    QTest::newRow("open literal") << u"[1.2.3.4"_s << Kind::BadLiteral;
    QTest::newRow("empty literal") << u"[]"_s << Kind::BadLiteral;
}

void TestMailbox::badDomain_isRefused()
{
    QFETCH(const QString, domain);
    QFETCH(const Kind, kind);
    const auto result = domainToAscii(domain);
    QVERIFY2(!result, result ? result->constData() : "");
    QCOMPARE(result.error().kind, kind);
}

void TestMailbox::address_isQuotedOnlyWhenItMustBe_data()
{
    QTest::addColumn<QString>("localPart");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("needsUtf8");

    QTest::newRow("plain") << u"john"_s << u"john@x.test"_s << false;
    QTest::newRow("dots") << u"john.q"_s << u"john.q@x.test"_s << false;
    QTest::newRow("double dot") << u"john..doe"_s << u"\"john..doe\"@x.test"_s << false;
    QTest::newRow("leading dot") << u".john"_s << u"\".john\"@x.test"_s << false;
    QTest::newRow("space") << u"a b"_s << u"\"a b\"@x.test"_s << false;
    QTest::newRow("at") << u"not@me"_s << u"\"not@me\"@x.test"_s << false;
    QTest::newRow("quote and backslash") << u"a\"b\\c"_s << u"\"a\\\"b\\\\c\"@x.test"_s << false;
    QTest::newRow("angle bracket") << u"a>b"_s << u"\"a>b\"@x.test"_s << false;
    QTest::newRow("umlaut") << u"jürgen"_s << u"jürgen@x.test"_s << true;
}

void TestMailbox::address_isQuotedOnlyWhenItMustBe()
{
    QFETCH(const QString, localPart);
    QFETCH(const QString, address);
    QFETCH(const bool, needsUtf8);
    const Mailbox one = mailbox({}, localPart, u"x.test"_s);
    QCOMPARE(one.address(), address);
    QCOMPARE(wireAddress(one).value(), address.toUtf8());
    QCOMPARE(needsSmtpUtf8(one), needsUtf8);
}

void TestMailbox::displayString_quotesTheName()
{
    QCOMPARE(mailbox(u"Ann Smith"_s, u"ann"_s, u"example.org"_s).toDisplayString(),
             u"\"Ann Smith\" <ann@example.org>"_s);
    QCOMPARE(mailbox({}, u"ann"_s, u"münchen.example"_s).toDisplayString(), u"ann@münchen.example"_s);
}

void TestMailbox::parsedAgain_isTheSame_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("localPart");

    QTest::newRow("comma") << u"Smith, Ann"_s << u"ann"_s;
    QTest::newRow("quotes") << u"Giant; \"Big\" \\ Box"_s << u"a\"b\\c"_s;
    QTest::newRow("brackets") << u"a <b@c.test> (d) [e]"_s << u"x y@z"_s;
    QTest::newRow("colon and semicolon") << u"Team: us;"_s << u"a:b;c"_s;
    QTest::newRow("Cyrillic") << u"Мария"_s << u"мария"_s;
}

void TestMailbox::parsedAgain_isTheSame()
{
    QFETCH(const QString, name);
    QFETCH(const QString, localPart);
    const Mailbox one = mailbox(name, localPart, u"example.org"_s);
    const auto list = parseMailboxList(QString(one.toDisplayString() + u", "_s + one.toDisplayString()));
    QVERIFY2(list, list ? "" : qPrintable(list.error().text));
    QCOMPARE(*list, QList<Mailbox>({ one, one }));
}

void TestMailbox::wireAddressOfAMailboxMadeByHand_isChecked()
{
    QCOMPARE(wireAddress(mailbox({}, u"a"_s, u"MÜNCHEN.example"_s)).value(), "a@xn--mnchen-3ya.example"_ba);
    QCOMPARE(wireAddress({}).error().kind, Kind::NoLocalPart);
    QCOMPARE(wireAddress(mailbox({}, u"a"_s, {})).error().kind, Kind::NoDomain);
    QCOMPARE(wireAddress(mailbox({}, u"a>\r\nRCPT TO:<x"_s, u"y.test"_s)).error().kind,
             Kind::ControlCharacter);
    QCOMPARE(wireAddress(mailbox({}, u"a"_s, u"y.test>\r\n"_s)).error().kind, Kind::ControlCharacter);
    QCOMPARE(wireAddress(mailbox({}, QString(65, u'a'), u"y.test"_s)).error().kind, Kind::TooLong);
    QCOMPARE(wireAddress(mailbox({}, QString(QChar(0xD800)), u"y.test"_s)).error().kind, Kind::BadLocalPart);
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
