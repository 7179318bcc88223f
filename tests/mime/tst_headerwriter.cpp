// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/encodedword.h"
#include "mime/header/headerwriter.h"

#include <QTimeZone>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

QByteArray textField(const QString &text)
{
    HeaderWriter header;
    header.addText("Subject", text);
    return header.octets();
}

QByteArray mailboxField(const QList<Mailbox> &mailboxes)
{
    HeaderWriter header;
    header.addMailboxes("To", mailboxes);
    return header.octets();
}

Mailbox named(const QString &name)
{
    return { .name = name, .localPart = u"one"_s, .domain = u"y.test"_s };
}

/// What a reader sees: unfolded, decoded, without the name and the one space behind it.
QString readBack(const QByteArray &field)
{
    QByteArray body = field.sliced(field.indexOf(':') + 1).chopped(2);
    body.replace("\r\n", "");
    return decodeHeaderText(body.startsWith(' ') ? body.sliced(1) : body);
}

/// Why the field breaks the rules for lines, or nothing.
QString lineProblem(const QByteArray &field)
{
    if (!field.endsWith("\r\n"))
        return u"not ended"_s;
    const QList<QByteArray> lines = field.chopped(2).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArray line = lines.at(i);
        if (i + 1 < lines.size()) {
            if (!line.endsWith('\r'))
                return u"bare LF"_s;
            line.chop(1);
        }
        if (line.contains('\r'))
            return u"bare CR"_s;
        if (i > 0 && !line.startsWith(' '))
            return u"a second field: "_s + QString::fromLatin1(line);
        if (line.trimmed().isEmpty())
            return u"a line of blanks"_s;
        if (line.size() > (line.contains("=?") ? 76 : 78))
            return u"a long line: "_s + QString::fromLatin1(line);
    }
    return {};
}

} // namespace

class TestHeaderWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_isWrittenAs_data();
    void text_isWrittenAs();
    void anyText_readsBackTheSameFromShortLines_data();
    void anyText_readsBackTheSameFromShortLines();
    void controlCharacters_becomeSpaces();
    void halfACharacter_becomesTheReplacementCharacter();
    void randomText_readsBackTheSame();
    void displayName_isWrittenAs_data();
    void displayName_isWrittenAs();
    void manyRecipients_areFoldedAfterCommas();
    void longName_readsBackTheSame_data();
    void longName_readsBackTheSame();
    void addresses_haveALabelsAndQuotes();
    void nonAsciiLocalPart_makesTheHeaderRawUtf8();
    void firstLine_neverHasTheNameOnly();
    void longRawName_isEncoded();
    void date_isEnglishWithANumericZone_data();
    void date_isEnglishWithANumericZone();
};

void TestHeaderWriter::text_isWrittenAs_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("field");

    QTest::newRow("nothing") << QString() << "Subject:\r\n"_ba;
    QTest::newRow("plain") << u"Hello, world"_s << "Subject: Hello, world\r\n"_ba;
    QTest::newRow("double space") << u"One.  Two"_s << "Subject: One.  Two\r\n"_ba;
    QTest::newRow("one word") << u"Neue Größe da"_s << "Subject: Neue =?utf-8?Q?Gr=C3=B6=C3=9Fe?= da\r\n"_ba;
    QTest::newRow("words side by side")
        << u"schöne Grüße aus"_s << "Subject: =?utf-8?Q?sch=C3=B6ne_Gr=C3=BC=C3=9Fe?= aus\r\n"_ba;
    QTest::newRow("plain word between")
        << u"é a é"_s << "Subject: =?utf-8?Q?=C3=A9?= a =?utf-8?Q?=C3=A9?=\r\n"_ba;
    QTest::newRow("looks encoded") << u"=?x?="_s << "Subject: =?utf-8?B?PT94Pz0=?=\r\n"_ba;
    QTest::newRow("leading space") << u" x y"_s << "Subject: =?utf-8?Q?_x?= y\r\n"_ba;
    QTest::newRow("trailing space") << u"x y "_s << "Subject: x =?utf-8?Q?y_?=\r\n"_ba;
    QTest::newRow("only spaces") << u"  "_s << "Subject: =?utf-8?Q?__?=\r\n"_ba;
    QTest::newRow("first word that just fits")
        << QString(69, u'x') << QByteArray("Subject: " + QByteArray(69, 'x') + "\r\n");
    QTest::newRow("first word that would leave the first line empty")
        << QString(70, u'x')
        << QByteArray("Subject: =?utf-8?Q?" + QByteArray(55, 'x') + "?=\r\n =?utf-8?Q?" + QByteArray(15, 'x')
                      + "?=\r\n");
}

void TestHeaderWriter::text_isWrittenAs()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, field);
    QCOMPARE(textField(text), field);
    QCOMPARE(readBack(field), text);
}

void TestHeaderWriter::anyText_readsBackTheSameFromShortLines_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("69 columns") << QString(69, u'x');
    QTest::newRow("70 columns") << QString(70, u'x');
    QTest::newRow("75 columns") << QString(75, u'x');
    QTest::newRow("300 with spaces") << u"quick brown "_s.repeated(25);
    QTest::newRow("300 without") << QString(300, u'x');
    QTest::newRow("300 without, then words") << QString(QString(300, u'x') + u" and more"_s);
    QTest::newRow("400 emoji") << u"🎉"_s.repeated(400);
    QTest::newRow("emoji after words") << QString(u"Words up to the edge of the line, or close to it "_s
                                                  + u"👨‍👩‍👧‍👦"_s.repeated(12));
    QTest::newRow("umlauts in every word") << u"für Größe "_s.repeated(30).trimmed();
    QTest::newRow("umlauts here and there") << u"a b für c d e "_s.repeated(30).trimmed();
    QTest::newRow("100 spaces inside") << QString(u"a"_s + QString(100, u' ') + u"b"_s);
    QTest::newRow("100 spaces behind an encoded word") << QString(u"é a"_s + QString(100, u' ') + u"b"_s);
    QTest::newRow("trailing space behind encoded words") << u"é a "_s;
    QTest::newRow("30 spaces at the edge")
        << QString(QString(60, u'x') + QString(30, u' ') + QString(60, u'y'));
    QTest::newRow("encoded words as text") << u"=?utf-8?Q?a?= =?utf-8?Q?b?= c =?utf-8?Q?d?="_s;
    QTest::newRow("three spaces before encoded words") << QString(u"a   "_s + u"🎉"_s.repeated(99));
    QTest::newRow("three spaces in every line")
        << QString(u"é   "_s + QString(75, u'x') + u"   "_s + QString(75, u'y') + u"   é"_s);
    QTest::newRow("Thai") << u"ภาษาไทยไม่มีช่องว่าง"_s.repeated(6);
}

void TestHeaderWriter::anyText_readsBackTheSameFromShortLines()
{
    QFETCH(const QString, text);
    const QByteArray field = textField(text);
    QCOMPARE(lineProblem(field), QString());
    QCOMPARE(readBack(field), text);
}

void TestHeaderWriter::controlCharacters_becomeSpaces()
{
    QCOMPARE(textField(u"a\r\nBcc: x@y.test"_s), "Subject: a  Bcc: x@y.test\r\n"_ba);
    QCOMPARE(textField(u"a\tb\0c\x7F"_s
                       u"d\u2028e"_s),
             "Subject: a b c d e\r\n"_ba);
    QCOMPARE(mailboxField({ named(u"a\r\nBcc: x"_s) }), "To: \"a  Bcc: x\" <one@y.test>\r\n"_ba);
}

void TestHeaderWriter::halfACharacter_becomesTheReplacementCharacter()
{
    const QString half(QChar(0xD83D));
    QCOMPARE(textField(u"a "_s + half), "Subject: a =?utf-8?B?77+9?=\r\n"_ba);
    QCOMPARE(mailboxField({ named(half) }), "To: =?utf-8?B?77+9?= <one@y.test>\r\n"_ba);
}

void TestHeaderWriter::randomText_readsBackTheSame()
{
    QRandomGenerator random(20261121); // a fixed seed: a failure must come again
    const QStringList pieces { u" "_s,  u" "_s, u"a"_s,    u"word"_s, u"é"_s,       u"🎉"_s, u"=?"_s,
                               u"?="_s, u"_"_s, u"日本"_s, u"\""_s,   u"e\u0301"_s, u"="_s, u"longer"_s };
    for (int round = 0; round < 2000; ++round) {
        QString text;
        for (quint32 i = random.bounded(120U); i > 0; --i)
            text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
        const QByteArray field = textField(text);
        if (field == "Subject:\r\n")
            continue;
        QVERIFY2(lineProblem(field).isEmpty(), field.constData());
        QCOMPARE(readBack(field), text);
    }
}

void TestHeaderWriter::displayName_isWrittenAs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("field");

    QTest::newRow("none") << QString() << "To: one@y.test\r\n"_ba;
    QTest::newRow("atoms") << u"Who?"_s << "To: Who? <one@y.test>\r\n"_ba;
    QTest::newRow("two atoms") << u"Ann Smith"_s << "To: Ann Smith <one@y.test>\r\n"_ba;
    QTest::newRow("dot") << u"Joe Q. Public"_s << "To: \"Joe Q. Public\" <one@y.test>\r\n"_ba;
    QTest::newRow("quotes") << u"Giant; \"Big\" Box"_s
                            << "To: \"Giant; \\\"Big\\\" Box\" <one@y.test>\r\n"_ba;
    QTest::newRow("backslash") << u"a\\b"_s << "To: \"a\\\\b\" <one@y.test>\r\n"_ba;
    QTest::newRow("comma") << u"Smith, Ann"_s << "To: \"Smith, Ann\" <one@y.test>\r\n"_ba;
    QTest::newRow("address") << u"a@b.test"_s << "To: \"a@b.test\" <one@y.test>\r\n"_ba;
    QTest::newRow("umlauts") << u"Jürgen Müller"_s
                             << "To: =?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <one@y.test>\r\n"_ba;
    QTest::newRow("umlauts and specials")
        << u"Müller, \"J\" (x)"_s << "To: =?utf-8?Q?M=C3=BCller=2C_=22J=22_=28x=29?= <one@y.test>\r\n"_ba;
    QTest::newRow("looks encoded") << u"=?utf-8?Q?x?="_s
                                   << "To: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?= <one@y.test>\r\n"_ba;
    QTest::newRow("only spaces") << u"  "_s << "To: one@y.test\r\n"_ba;
}

void TestHeaderWriter::displayName_isWrittenAs()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, field);
    QCOMPARE(mailboxField({ named(name) }), field);
}

void TestHeaderWriter::manyRecipients_areFoldedAfterCommas()
{
    QList<Mailbox> all;
    for (int i = 0; i < 500; ++i)
        all.append({ .name = i % 2 == 0 ? u"Recipient, Number %1"_s.arg(i) : u"Empfänger %1"_s.arg(i),
                     .localPart = u"recipient.%1"_s.arg(i),
                     .domain = u"example.org"_s });
    const QByteArray field = mailboxField(all);
    QCOMPARE(lineProblem(field), QString());
    const QList<QByteArray> lines = field.chopped(2).split('\n');
    for (qsizetype i = 0; i + 1 < lines.size(); ++i)
        QVERIFY2(lines.at(i).endsWith(",\r"), lines.at(i).constData());

    QByteArray body = field.sliced(3);
    body.replace("\r\n", "");
    auto parsed = parseMailboxList(QString::fromLatin1(body));
    QVERIFY(parsed);
    for (Mailbox &mailbox : *parsed)
        mailbox.name = decodeEncodedWords(mailbox.name);
    QCOMPARE(*parsed, all);
}

void TestHeaderWriter::longName_readsBackTheSame_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("many atoms") << u"atom "_s.repeated(60).trimmed();
    QTest::newRow("long atom") << QString(200, u'x');
    QTest::newRow("long quoted string") << u"Smith, Ann; "_s.repeated(20).trimmed();
    QTest::newRow("Cyrillic") << u"Мария "_s.repeated(30).trimmed();
    QTest::newRow("emoji") << u"🎉"_s.repeated(100);
}

void TestHeaderWriter::longName_readsBackTheSame()
{
    QFETCH(const QString, name);
    const QByteArray field = mailboxField({ named({}), named(name), named(u"Ann"_s) });
    QCOMPARE(lineProblem(field), QString());
    QByteArray body = field.sliced(3);
    body.replace("\r\n", "");
    const auto parsed = parseMailboxList(QString::fromLatin1(body));
    QVERIFY(parsed);
    QCOMPARE(parsed->size(), 3);
    QCOMPARE(decodeEncodedWords(parsed->at(1).name), name);
}

void TestHeaderWriter::addresses_haveALabelsAndQuotes()
{
    const QList<Mailbox> mailboxes {
        { .localPart = u"a b"_s, .domain = u"MÜNCHEN.example"_s },
        { .localPart = u"x"_s, .domain = u"[IPv6:2001:db8::1]"_s },
    };
    QCOMPARE(mailboxField(mailboxes), "To: \"a b\"@xn--mnchen-3ya.example, x@[IPv6:2001:db8::1]\r\n"_ba);
}

void TestHeaderWriter::nonAsciiLocalPart_makesTheHeaderRawUtf8()
{
    HeaderWriter header(HeaderWriter::Charset::Utf8);
    header.addMailboxes(
        "To", { { .name = u"Ju\u0308rgen M."_s, .localPart = u"jürgen"_s, .domain = u"例え.jp"_s } });
    header.addText("Subject", u"Gru\u0308ße 🎉"_s);
    QCOMPARE(QString::fromUtf8(header.octets()),
             u"To: \"Jürgen M.\" <jürgen@xn--r8jz45g.jp>\r\nSubject: Grüße 🎉\r\n"_s);
}

void TestHeaderWriter::firstLine_neverHasTheNameOnly()
{
    const QByteArray longAddress
        = mailboxField({ { .localPart = u"one"_s, .domain = u"a"_s.repeated(60) + u".b.c.y.test"_s } });
    QVERIFY2(longAddress.startsWith("To: one@a"), longAddress.constData());
    const QByteArray longName = mailboxField({ named(u"n. "_s.repeated(24) + u"x"_s) });
    QVERIFY2(longName.startsWith("To: =?utf-8?Q?n"), longName.constData());
    QCOMPARE(lineProblem(longName), QString());
}

/// Quotes hold a name together, raw or not, and a line has 78 characters.
void TestHeaderWriter::longRawName_isEncoded()
{
    HeaderWriter header(HeaderWriter::Charset::Utf8);
    const QString name = u"Größe, "_s.repeated(20) + u"x"_s;
    header.addMailboxes("To", { { .name = name, .localPart = u"jürgen"_s, .domain = u"y.test"_s } });
    const QByteArray field = header.octets();
    QVERIFY(field.contains("<jürgen@y.test>"));
    QCOMPARE(lineProblem(field), QString());
    const auto read
        = parseMailboxList(QString::fromUtf8(field.sliced(3)).remove(u"\r\n"_s), AddressSource::Header);
    QVERIFY(read);
    QCOMPARE(read->constFirst().name, name);
}

void TestHeaderWriter::date_isEnglishWithANumericZone_data()
{
    QTest::addColumn<QDateTime>("date");
    QTest::addColumn<QByteArray>("text");

    const QDate day(2026, 11, 21);
    const QTime time(17, 41, 7);
    QTest::newRow("UTC") << QDateTime(day, time, Qt::UTC) << "Sat, 21 Nov 2026 17:41:07 +0000"_ba;
    QTest::newRow("half an hour") << QDateTime(day, time, Qt::OffsetFromUTC, 19800)
                                  << "Sat, 21 Nov 2026 17:41:07 +0530"_ba;
    QTest::newRow("west") << QDateTime(day, time, Qt::OffsetFromUTC, -12600)
                          << "Sat, 21 Nov 2026 17:41:07 -0330"_ba;
    QTest::newRow("less than an hour west")
        << QDateTime(day, time, Qt::OffsetFromUTC, -1800) << "Sat, 21 Nov 2026 17:41:07 -0030"_ba;
    QTest::newRow("zone with seconds")
        << QDateTime(day, time, Qt::OffsetFromUTC, 3601) << "Sat, 21 Nov 2026 16:41:06 +0000"_ba;
    QTest::newRow("single digits") << QDateTime(QDate(2027, 2, 1), QTime(0, 0), Qt::UTC)
                                   << "Mon, 1 Feb 2027 00:00:00 +0000"_ba;
}

void TestHeaderWriter::date_isEnglishWithANumericZone()
{
    QFETCH(const QDateTime, date);
    QFETCH(const QByteArray, text);
    QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
    const QByteArray written = toHeaderDate(date);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(written, text);
}

QTEST_GUILESS_MAIN(TestHeaderWriter)
#include "tst_headerwriter.moc"
