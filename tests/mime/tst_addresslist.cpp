// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailbox.h"
#include "randomtext.h"
#include "support/timegrowth.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using postrider::support::timeGrowth;
using Detail = AddressError::Detail;
using Kind = AddressError::Kind;
using State = AddressEntry::State;

namespace {

/// "name|local|domain" for each mailbox, "!text" for what is none.
QStringList described(const QList<AddressEntry> &entries)
{
    QStringList result;
    for (const AddressEntry &entry : entries) {
        const Mailbox &mailbox = entry.mailbox;
        if (entry.state == State::Bad)
            result.append(u'!' + entry.error.text);
        else
            result.append(mailbox.name + u'|' + mailbox.localPart + u'|' + mailbox.domain);
    }
    return result;
}

} // namespace

class TestAddressList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pastedText_isRepairedWhenOneMeaningIsPossible_data();
    void pastedText_isRepairedWhenOneMeaningIsPossible();
    void rightText_isNoRepair_data();
    void rightText_isNoRepair();
    void badEntries_leaveTheOthersAlone();
    void entries_tellWhereTheyStand();
    void fault_isShownWhereItStands_data();
    void fault_isShownWhereItStands();
    void headerField_isReadWithObsoleteForms_data();
    void headerField_isReadWithObsoleteForms();
    void nameFromAHeader_bringsNoLineEnd();
    void name_turnsNoTextAround();
    void localPart_isComposedOnEntry();
    void randomMailboxes_areReadBackTheSame();
    void randomText_neverGivesAnAddressThatCannotBeWritten();
    void manyAddresses_takeTimeInProportion_data();
    void manyAddresses_takeTimeInProportion();
    void longText_takesTimeInProportion_data();
    void longText_takesTimeInProportion();
};

void TestAddressList::pastedText_isRepairedWhenOneMeaningIsPossible_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QStringList &expected) {
        QTest::newRow(name) << text << expected;
    };

    // RFC 7103 section 7.1
    row("three brackets", u"<<<user2@example.org>>>"_s, { u"|user2|example.org"_s });
    row("no closing bracket", u"<another@example.net"_s, { u"|another|example.net"_s });
    row("no opening bracket", u"second@example.org>"_s, { u"|second|example.org"_s });
    row("no closing parenthesis", u"(Testing <fran@example.com>"_s, { u"|fran|example.com"_s });
    row("comma within brackets", u"<third@example.net, fourth@example.net>"_s,
        { u"|third|example.net"_s, u"|fourth|example.net"_s });
    row("no closing quote", u"\"Joe <joe@example.com>"_s, { u"Joe|joe|example.com"_s });

    row("brackets of several", u"Joe <<joe@x.test>>, <b@y.test, C <c@z.test"_s,
        { u"Joe|joe|x.test"_s, u"|b|y.test"_s, u"C|c|z.test"_s });
    row("open quote on the last line", u"\"A, B\" <a@x.test>\n\"Joe <joe@y.test>"_s,
        { u"A, B|a|x.test"_s, u"Joe|joe|y.test"_s });
    row("parenthesis behind the address", u"a@x.test)"_s, { u"|a|x.test"_s });
    row("open comment behind the address", u"a@x.test (Joe"_s, { u"|a|x.test"_s });
    row("spaces instead of commas", u"a@x.test b@y.test  c@z.test"_s,
        { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s });
    row("no comma behind a bracket", u"A <a@x.test> B <b@y.test> c@z.test"_s,
        { u"A|a|x.test"_s, u"B|b|y.test"_s, u"|c|z.test"_s });
    row("scheme", u"mailto:a@x.test, B <mailto:b@y.test>; MAILTO:c@z.test"_s,
        { u"|a|x.test"_s, u"B|b|y.test"_s, u"|c|z.test"_s });
    row("square brackets", u"Ann Smith [mailto:ann@x.test]; Bob [bob@y.test]"_s,
        { u"Ann Smith|ann|x.test"_s, u"Bob|bob|y.test"_s });
    row("single quotes", u"'ann@x.test', ‘b@y.test’, “c@z.test”"_s,
        { u"|ann|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s });
    row("names with bare commas", u"Smith, Ann <ann@x.test>; Jones, Bob Q. <bob@y.test>;"_s,
        { u"Smith, Ann|ann|x.test"_s, u"Jones, Bob Q.|bob|y.test"_s });
    row("row of a table", u"Ann Smith\tann@x.test\nBob\tJones\tbob@y.test\n"_s,
        { u"Ann Smith|ann|x.test"_s, u"Bob Jones|bob|y.test"_s });
    row("address first in the row", u"ann@x.test\tAnn Smith\t+49 123\r\nbob@y.test\tBob"_s,
        { u"Ann Smith|ann|x.test"_s, u"Bob|bob|y.test"_s });
    row("row of addresses", u"a@x.test\tb@y.test\t\tc@z.test"_s,
        { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s });
    row("name in brackets form within a row", u"Team\tAnn <ann@x.test>"_s, { u"Team Ann|ann|x.test"_s });
}

void TestAddressList::pastedText_isRepairedWhenOneMeaningIsPossible()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, expected);
    const QList<AddressEntry> entries = readAddressEntries(text);
    QCOMPARE(described(entries), expected);
    QVERIFY(std::any_of(entries.cbegin(), entries.cend(),
                        [](const AddressEntry &entry) { return entry.state == State::Repaired; }));
}

void TestAddressList::rightText_isNoRepair_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QStringList &expected) {
        QTest::newRow(name) << text << expected;
    };

    row("mixed list", u"Ann <a@x.test>, b@y.test; Team: c@z.test;"_s,
        { u"Ann|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s });
    row("no opening parenthesis", u"Testing) <sam@example.com>"_s, { u"Testing)|sam|example.com"_s });
    row("empty entries", u",,a@x.test,, ;\n\n;b@y.test,;"_s, { u"|a|x.test"_s, u"|b|y.test"_s });
    row("separators alone", u" ;, \n"_s, {});
    row("commas of other keyboards", u"a@x.test，b@y.test、c@z.test；d@x.test،e@x.test"_s,
        { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s, u"|d|x.test"_s, u"|e|x.test"_s });
    row("fullwidth signs", u"田中＜tanaka＠例え.jp＞"_s, { u"田中|tanaka|例え.jp"_s });
    row("invisible marks around", u"\uFEFF\u202Aann@x.test\u202C\u200B, \u200Eb@y.test\u200F"_s,
        { u"|ann|x.test"_s, u"|b|y.test"_s });
    row("no-break spaces", u"\u00A0ann@x.test\u00A0;\u3000b@y.test"_s, { u"|ann|x.test"_s, u"|b|y.test"_s });
    row("pasted header lines", u"To: a@x.test,\r\n b@y.test\r\nCc: c@z.test"_s,
        { u"|a|x.test"_s, u"|b|y.test"_s, u"|c|z.test"_s });
    row("groups without an end", u"T: a@x.test\nU: b@y.test"_s, { u"|a|x.test"_s, u"|b|y.test"_s });
    row("route with two relays", u"M <@a.test,@b.test:mary@example.net>"_s, { u"M|mary|example.net"_s });
    row("spaces at the sign", u"ann @ x.test"_s, { u"|ann|x.test"_s });
    row("apostrophe", u"o'neill@x.test, d'@x.test"_s, { u"|o'neill|x.test"_s, u"|d'|x.test"_s });
    row("comma in quotes in a list with semicolons", u"\"Smith, Ann\" <a@x.test>; b@y.test"_s,
        { u"Smith, Ann|a|x.test"_s, u"|b|y.test"_s });
}

void TestAddressList::rightText_isNoRepair()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, expected);
    const QList<AddressEntry> entries = readAddressEntries(text);
    QCOMPARE(described(entries), expected);
    QVERIFY(std::all_of(entries.cbegin(), entries.cend(),
                        [](const AddressEntry &entry) { return entry.state == State::AsWritten; }));
}

void TestAddressList::badEntries_leaveTheOthersAlone()
{
    QCOMPARE(
        described(readAddressEntries(u"a@x.test, joe, b@y.test; c d@z.test\n<>, e\u0007@x.test, f@x.test")),
        QStringList({ u"|a|x.test"_s, u"!joe"_s, u"|b|y.test"_s, u"!c d@z.test"_s, u"!<"_s, u"!\u0007"_s,
                      u"|f|x.test"_s }));
    // A bare local part is never a part of a name where commas separate.
    QCOMPARE(described(readAddressEntries(u"joe, Ann <ann@x.test>")),
             QStringList({ u"!joe"_s, u"Ann|ann|x.test"_s }));
    QCOMPARE(described(readAddressEntries(u"joe, ann@x.test; b@y.test")),
             QStringList({ u"!joe"_s, u"|ann|x.test"_s, u"|b|y.test"_s }));
    QCOMPARE(described(readAddressEntries(u"a@x.test; joe, ")), QStringList({ u"|a|x.test"_s, u"!joe"_s }));
    QCOMPARE(described(readAddressEntries(u"To: Joe")), QStringList({ u"!Joe"_s }));
    QCOMPARE(described(readAddressEntries(u"Name\tMail\nAnn\tann@x.test")),
             QStringList({ u"!Name\tMail"_s, u"Ann|ann|x.test"_s }));
}

void TestAddressList::entries_tellWhereTheyStand()
{
    const QString text = u"  Ann <a@x.test> ,joe;  Smith, Bob <b@y.test>;"_s;
    QStringList pieces;
    for (const AddressEntry &entry : readAddressEntries(text))
        pieces.append(text.mid(entry.position, entry.length));
    QCOMPARE(pieces, QStringList({ u"Ann <a@x.test>"_s, u"joe"_s, u"Smith, Bob <b@y.test>"_s }));
}

void TestAddressList::fault_isShownWhereItStands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Detail>("detail");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<qsizetype>("position");
    const auto row
        = [](const char *name, const QString &text, Kind kind, Detail detail, const QString &fault,
             qsizetype position) { QTest::newRow(name) << text << kind << detail << fault << position; };

    row("space", u"a@x.test, joe smith@x.test"_s, Kind::SpaceInLocalPart, Detail::None, u" "_s, 13);
    row("second sign", u"a@b@c.test"_s, Kind::TwoAts, Detail::None, u"@"_s, 3);
    row("dot first", u"A <.joe@x.test>"_s, Kind::BadLocalPart, Detail::DotAtStart, u"."_s, 3);
    row("dot last", u"joe.@x.test"_s, Kind::BadLocalPart, Detail::DotAtEnd, u"."_s, 3);
    row("two dots", u"john..doe@x.test"_s, Kind::BadLocalPart, Detail::DoubleDot, u".."_s, 4);
    row("needs quotes", u"jo\\e@x.test"_s, Kind::BadLocalPart, Detail::CharacterNeedsQuotes, u"\\"_s, 2);
    row("zero-width space", u"a\u200Bb@x.test"_s, Kind::ControlCharacter, Detail::None, u"\u200B"_s, 1);
    row("bell", u"ab, c\u0007@x.test"_s.sliced(4), Kind::ControlCharacter, Detail::None, u"\u0007"_s, 1);
    row("underscore in the domain", u"A <a@ex_ample.com>"_s, Kind::BadDomain, Detail::CharacterNotAllowed,
        u"_"_s, 7);
    row("space in the domain", u"a@example. org"_s, Kind::BadDomain, Detail::SpaceInDomain, u" "_s, 10);
    row("hyphen", u"a@-x.test"_s, Kind::BadDomain, Detail::HyphenAtEdge, u"-x"_s, 2);
    row("text behind", u"<a@x.test> b"_s, Kind::BadDomain, Detail::TextBehindAddress, u"b"_s, 11);
    row("no brackets", u"a@192.0.2.1"_s, Kind::BadLiteral, Detail::BracketsMissing, u"192.0.2.1"_s, 2);
    row("long local part", QString(65, u'a') + u"@x.test"_s, Kind::TooLong, Detail::LocalPartTooLong,
        QString(65, u'a'), 0);
}

void TestAddressList::fault_isShownWhereItStands()
{
    QFETCH(const QString, text);
    QFETCH(const Kind, kind);
    QFETCH(const Detail, detail);
    QFETCH(const QString, fault);
    QFETCH(const qsizetype, position);
    const AddressError error = parseMailboxList(text).error();
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.detail, detail);
    QCOMPARE(error.detailPosition, position);
    QCOMPARE(text.mid(error.detailPosition, error.detailLength), fault);
}

void TestAddressList::headerField_isReadWithObsoleteForms_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &body, const QStringList &expected) {
        QTest::newRow(name) << body << expected;
    };

    row("RFC 5322 A.1.2", u"\"Joe Q. Public\" <john.q.public@example.com>"_s,
        { u"Joe Q. Public|john.q.public|example.com"_s });
    row("RFC 5322 A.1.2, three", u"Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>"_s,
        { u"Mary Smith|mary|x.test"_s, u"|jdoe|example.org"_s, u"Who?|one|y.test"_s });
    row("RFC 5322 A.1.2, quotes", u"<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>"_s,
        { u"|boss|nil.test"_s, u"Giant; \"Big\" Box|sysservices|example.net"_s });
    row("RFC 5322 A.5, From", u"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>"_s,
        { u"Pete|pete|silly.test"_s });
    row("RFC 5322 A.5, To",
        u"A Group(Some people)     :Chris Jones <c@(Chris's host.)public.example>, "
        "joe@example.org, John <jdoe@one.test> (my dear friend); (the end of the group)"_s,
        { u"Chris Jones|c|public.example"_s, u"|joe|example.org"_s, u"John|jdoe|one.test"_s });
    row("RFC 5322 A.5, Cc", u"(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;"_s, {});
    row("RFC 5322 A.6.1, From", u"Joe Q. Public <john.q.public@example.com>"_s,
        { u"Joe Q. Public|john.q.public|example.com"_s });
    row("RFC 5322 A.6.1, To", u"Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example"_s,
        { u"Mary Smith|mary|example.net"_s, u"|jdoe|test.example"_s });
    row("RFC 5322 A.6.3", u"John Doe <jdoe@machine(comment).  example>"_s,
        { u"John Doe|jdoe|machine.example"_s });
    row("routes", u"<@a.test,@b.test:mary@example.net>"_s, { u"|mary|example.net"_s });
    row("spaces around dots", u"john . q . public @ example . com"_s, { u"|john.q.public|example.com"_s });
    row("quoted words", u"\"john\".\"q b\"@example.com"_s, { u"|john.q b|example.com"_s });
    row("encoded name", u"=?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?_M=C3=BCller?= <j@x.test>"_s,
        { u"Jürgen Müller|j|x.test"_s });
    row("comma in an encoded name", u"=?utf-8?Q?M=C3=BCller,_J?= <j@x.test>, b@y.test"_s,
        { u"Müller, J|j|x.test"_s, u"|b|y.test"_s });
    row("RFC 2047 section 8", u"=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>"_s,
        { u"Keld Jørn Simonsen|keld|dkuug.dk"_s });
    row("encoded name in quotes", u"\"=?utf-8?B?w6k=?=\" <e@x.test>"_s, { u"é|e|x.test"_s });
    row("raw UTF-8", u"Jürgen <jürgen@例え.jp>"_s, { u"Jürgen|jürgen|例え.jp"_s });
    row("comma of another script is a letter here", u"山，田 <y@x.test>"_s, { u"山，田|y|x.test"_s });
    row("a name before a comma is no part of a name", u"joe, Ann <ann@x.test>; b@y.test"_s,
        { u"!joe"_s, u"Ann|ann|x.test"_s, u"|b|y.test"_s });
}

void TestAddressList::headerField_isReadWithObsoleteForms()
{
    QFETCH(const QString, body);
    QFETCH(const QStringList, expected);
    QCOMPARE(described(readAddressEntries(body, AddressSource::Header)), expected);
}

void TestAddressList::nameFromAHeader_bringsNoLineEnd()
{
    const auto list = parseMailboxList(u"=?utf-8?Q?a=0D=0ABcc:_x=00?= <a@x.test>", AddressSource::Header);
    QVERIFY(list);
    QCOMPARE(list->first().name, u"a  Bcc: x"_s);
}

void TestAddressList::name_turnsNoTextAround()
{
    QCOMPARE(parseMailbox(u"\"\u202Emoc.x@nna\u202C\" <b@y.test>")->name, u"moc.x@nna"_s);
    QCOMPARE(parseMailbox(u"\u05D0\u200F <b@y.test>")->localPart, u"b"_s);
}

void TestAddressList::localPart_isComposedOnEntry()
{
    QCOMPARE(parseMailbox(u"ju\u0308rgen@x.test")->localPart, u"jürgen"_s);
    QCOMPARE(parseMailbox(u"\"ju\u0308rgen m\"@x.test")->localPart, u"jürgen m"_s);
}

void TestAddressList::randomMailboxes_areReadBackTheSame()
{
    QRandomGenerator random(20261121); // a fixed seed: a failure must come again
    const QStringList domains { u"example.org"_s, u"münchen.example"_s,    u"例え.jp"_s,
                                u"[192.0.2.1]"_s, u"[IPv6:2001:db8::1]"_s, u"مثال.example"_s };
    for (int round = 0; round < 3000; ++round) {
        QList<Mailbox> all;
        QStringList texts;
        for (int i = 0; i < 3; ++i) {
            Mailbox mailbox { .name = support::randomText(random, 12),
                              .localPart = support::randomText(random, 4),
                              .domain = domains.at(random.bounded(static_cast<int>(domains.size()))) };
            if (!wireAddress(mailbox))
                mailbox.localPart = u"ann"_s;
            all.append(mailbox);
            texts.append(mailbox.toDisplayString());
        }
        const QString text = texts.join(random.bounded(2) == 0 ? u", "_s : u";\n"_s);
        const auto list = parseMailboxList(text);
        QVERIFY2(list, qPrintable(text));
        QCOMPARE(*list, all);
    }
}

void TestAddressList::randomText_neverGivesAnAddressThatCannotBeWritten()
{
    QRandomGenerator random(20261122);
    const QString characters = u"aab@@..<<>>,;:\"\"()[]\\ \t\n'=?-_\u0000\u0007\u200B\u202Eü例🎉"_s;
    for (int round = 0; round < 20000; ++round) {
        QString text;
        for (int i = random.bounded(40); i > 0; --i)
            text += characters.at(random.bounded(static_cast<int>(characters.size())));
        for (const AddressSource source : { AddressSource::Person, AddressSource::Header }) {
            for (const AddressEntry &entry : readAddressEntries(text, source)) {
                QVERIFY(entry.position >= 0 && entry.position + entry.length <= text.size());
                if (entry.state == State::Bad) {
                    const AddressError &error = entry.error;
                    QVERIFY(error.detailPosition >= 0
                            && error.detailPosition + error.detailLength <= text.size());
                    QCOMPARE(text.mid(error.position, error.text.size()), error.text);
                    continue;
                }
                const auto wire = wireAddress(entry.mailbox);
                QVERIFY2(wire, qPrintable(text));
                QVERIFY(std::none_of(wire->cbegin(), wire->cend(), [](char octet) {
                    return (octet >= 0 && octet < ' ') || octet == 0x7F;
                }));
                const QString shown = entry.mailbox.toDisplayString();
                const auto again = parseMailbox(shown);
                QVERIFY2(again, qPrintable(shown));
                QCOMPARE(addressKey(*again), addressKey(entry.mailbox));
            }
        }
    }
}

void TestAddressList::manyAddresses_takeTimeInProportion_data()
{
    QTest::addColumn<QString>("address"); // %1 is a number

    QTest::newRow("bare") << u"ann.%1@example.org, "_s;
    QTest::newRow("quoted names") << u"\"Smith, Ann %1\" <ann.%1@host%1.example.org>;\n"_s;
    QTest::newRow("table") << u"Ann Smith\tann.%1@example.org\n"_s;
    QTest::newRow("spaces only") << u"ann.%1@example.org "_s;
    QTest::newRow("other scripts") << u"例え %1 <用户%1@münchen%1.example>, "_s;
}

void TestAddressList::manyAddresses_takeTimeInProportion()
{
    QFETCH(const QString, address);
    const auto growth = timeGrowth(
        4'000,
        [&address](qsizetype count) {
            QString text;
            for (qsizetype i = 0; i < count; ++i)
                text += address.arg(i);
            return std::pair(text, count);
        },
        [](const std::pair<QString, qsizetype> &text) {
            const auto list = parseMailboxList(text.first);
            QVERIFY2(list, list ? "" : qPrintable(list.error().text));
            QCOMPARE(list->size(), text.second);
        });
    QVERIFY2(growth.isInProportion(), qPrintable(growth.toString()));
}

void TestAddressList::longText_takesTimeInProportion_data()
{
    QTest::addColumn<QString>("piece");
    for (const QString &piece :
         { u"<"_s,    u">"_s,  u"("_s,    u")"_s,     u"(<"_s,     u"\""_s, u"\\\""_s, u"["_s,   u"[@"_s,
           u"@"_s,    u":"_s,  u","_s,    u"a "_s,    u"a\t"_s,    u"a@"_s, u"<@"_s,   u"<@,"_s, u"=?"_s,
           u"=?a?"_s, u"a:"_s, u"a@b "_s, u"<a@b>"_s, u"\uFEFF"_s, u"."_s,  u"a."_s,   u"\n"_s,  u"\"\n\n"_s,
           u"'"_s,    u"ü"_s,  u"a@ü."_s, u"\\"_s,    u"(\\"_s,    u"\t"_s, u"a\t@"_s, u"a;"_s,  u"a,b<"_s })
        QTest::newRow(qPrintable(piece)) << piece;
}

void TestAddressList::longText_takesTimeInProportion()
{
    QFETCH(const QString, piece);
    for (const AddressSource source : { AddressSource::Person, AddressSource::Header }) {
        const auto growth = timeGrowth(
            24'000, [&piece](qsizetype length) { return piece.repeated(length / piece.size()); },
            [source](const QString &text) {
                const QList<AddressEntry> entries = readAddressEntries(text, source);
                QVERIFY(entries.size() <= text.size());
                QVERIFY(std::all_of(entries.cbegin(), entries.cend(), [](const AddressEntry &entry) {
                    return entry.error.text.size() <= 256;
                }));
            });
        QVERIFY2(growth.isInProportion(), qPrintable(growth.toString()));
    }
}

QTEST_GUILESS_MAIN(TestAddressList)
#include "tst_addresslist.moc"
