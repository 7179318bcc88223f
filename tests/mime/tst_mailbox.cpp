// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailbox.h"

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
    row("leading dot", u".joe@x.test"_s, Kind::BadLocalPart, u".joe@x.test"_s, 0);
    row("trailing dot", u"joe.@x.test"_s, Kind::BadLocalPart, u"joe.@x.test"_s, 0);
    row("double dot", u"john..doe@x.test"_s, Kind::BadLocalPart, u"john..doe@x.test"_s, 0);
    row("backslash", u"jo\\e@x.test"_s, Kind::BadLocalPart, u"jo\\e@x.test"_s, 0);
    row("space in domain", u"joe@example. org"_s, Kind::BadDomain, u"joe@example. org"_s, 0);
    row("underscore in domain", u"joe@ex_ample.com"_s, Kind::BadDomain, u"joe@ex_ample.com"_s, 0);
    row("empty label", u"joe@a..b"_s, Kind::BadDomain, u"joe@a..b"_s, 0);
    row("text behind the bracket", u"<a@x.test> b"_s, Kind::BadDomain, u"b"_s, 11);
    row("bad literal", u"user@[300.1.1.1]"_s, Kind::BadLiteral, u"user@[300.1.1.1]"_s, 0);
    row("open literal", u"user@[1.2.3.4"_s, Kind::BadLiteral, u"[1.2.3.4"_s, 5);
    row("empty brackets", u"Joe <>"_s, Kind::Empty, u"<"_s, 4);
    row("comment alone", u"(nobody), a@x.test"_s, Kind::Empty, u"(nobody)"_s, 0);
    row("address in parentheses", u"(ann@x.test)"_s, Kind::Empty, u"(ann@x.test)"_s, 0);
    row("two quotes and one more", u"\"A\" <a@x.test>, \"Joe <joe@y.test>"_s, Kind::UnclosedQuote,
        u"\"Joe <joe@y.test>"_s, 16);
    row("brackets within brackets", u"Joe <joe <j@x.test>"_s, Kind::UnclosedAngle, u"<joe <"_s, 4);
    row("name of a group alone", u"Team: , a@x.test"_s, Kind::NoAt, u"Team:"_s, 0);
    row("network address without brackets", u"user@192.0.2.1"_s, Kind::BadLiteral, u"user@192.0.2.1"_s, 0);
    row("255 octets", QString(64, u'a') + u'@' + QString(u"abcdef."_s).repeated(26) + u"abcdefgh"_s,
        Kind::TooLong, QString(64, u'a') + u'@' + QString(u"abcdef."_s).repeated(26) + u"abcdefgh"_s, 0);
    row("NUL", u"a\0b@x.test"_s, Kind::ControlCharacter, QString(QChar(u'\0')), 1);
    row("escape in a name", u"A\x1B <a@x.test>"_s, Kind::ControlCharacter, u"\x1B"_s, 1);
    row("C1 control", u"a@x.test\u0085"_s, Kind::ControlCharacter, u"\u0085"_s, 8);
    row("line end in quotes", u"\"a\r\nRCPT TO:<x@y.test>\"@z.test"_s, Kind::ControlCharacter, u"\r"_s, 2);
    row("escaped line end in quotes", u"\"a\\\n\"@z.test"_s, Kind::ControlCharacter, u"\n"_s, 3);
    row("line end in a comment", u"a@x.test (b\nc)"_s, Kind::NoAt, u"c)"_s, 12);
    row("form feed", u"a@x.test\f"_s, Kind::ControlCharacter, u"\f"_s, 8);
    row("zero-width space inside", u"a\u200Bb@x.test"_s, Kind::ControlCharacter, u"a\u200Bb@x.test"_s, 0);
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
    QCOMPARE(mailbox({}, u"ann"_s, u"XN--MNCHEN-3YA.example"_s).toDisplayString(), u"ann@münchen.example"_s);
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
