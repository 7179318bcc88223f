// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/parameters.h"
#include "randomtext.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

class TestParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pieceWithoutName_isNoParameter();
    void fieldBody_isReadLiberally_data();
    void fieldBody_isReadLiberally();
    void value_isReadInLowerCase();
    void hostileBody_isReadInBoundedTime();
    void randomValue_readsBackTheSameFromShortPieces();
};

void TestParameters::pieceWithoutName_isNoParameter()
{
    const ParameterizedValue value = parseParameters("a/b; *=x; *0*=us-ascii''y; **=z; title=t");
    QCOMPARE(value.parameters.keys(), QList<QByteArray> { "title" });
}

void TestParameters::fieldBody_isReadLiberally_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &parameter,
                        const QString &text) { QTest::newRow(name) << body << parameter << text; };

    row("token", "text/plain; charset=us-ascii (Plain text)", "charset", u"us-ascii"_s);
    row("quoted", "text/plain; charset=\"us-ascii\"", "charset", u"us-ascii"_s);
    row("capitals", "Text/Plain;CHARSET=UTF-8", "charset", u"UTF-8"_s);
    row("blank space", "a/b ; x = y", "x", u"y"_s);
    row("escapes", "a/b; x=\"a\\\"b\\\\c\"", "x", u"a\"b\\c"_s);
    row("path of Windows", "a/b; name=\"C:\\docs\\x.txt\"", "name", u"C:\\docs\\x.txt"_s);
    row("semicolon in quotes", "a/b; x=\"1;2\"; y=3", "y", u"3"_s);
    row("quotes not closed", "a/b; x=\"y", "x", u"y"_s);
    row("spaces without quotes", "attachment; filename=my file.pdf; size=3", "filename", u"my file.pdf"_s);
    row("parentheses without quotes", "attachment; filename=my(1).pdf", "filename", u"my(1).pdf"_s);
    row("empty parameters", "a/b;;; x=y;", "x", u"y"_s);
    row("flag", "a/b; flag; x=y", "x", u"y"_s);
    row("twice", "a/b; x=1; x=2", "x", u"1"_s);
    row("comments", "a/b (c;d) ; (e) x=y", "x", u"y"_s);
    // RFC 2231
    row("continuation",
        "message/external-body; access-type=URL; URL*0=\"ftp://\";\r\n"
        " URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"",
        "url", u"ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar"_s);
    row("charset and language",
        "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "title",
        u"This is ***fun***"_s);
    row("both",
        "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n"
        " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
        "title", u"This is even more ***fun*** isn't it!"_s);
    row("pieces out of order", "a/b; x*1=b; x*0=a; x*2=c", "x", u"abc"_s);
    row("missing piece", "a/b; x*0=a; x*2=c", "x", u"a"_s);
    row("ten pieces", "a/b; x*0=0; x*1=1; x*2=2; x*3=3; x*4=4; x*5=5; x*6=6; x*7=7; x*8=8; x*9=9; x*10=A",
        "x", u"0123456789A"_s);
    row("character cut in two", "a/b; x*0*=utf-8''%C3; x*1*=%A4", "x", u"ä"_s);
    row("Latin-1", "a/b; x*=iso-8859-1''%A3%20rates", "x", u"£ rates"_s);
    row("Cyrillic", "a/b; x*=koi8-r''%F0%D2%C9%D7%C5%D4", "x", u"Привет"_s);
    row("no charset", "a/b; x*=''%C3%A4", "x", u"ä"_s);
    row("extended form counts", "attachment; filename=\"x.txt\"; filename*=utf-8''%C3%A4.txt", "filename",
        u"ä.txt"_s);
    // against RFC 2047 section 5, but seen everywhere
    row("encoded word", "image/jpeg; name=\"=?utf-8?B?4oKsIG1vbmV5LmpwZw==?=\"", "name", u"€ money.jpg"_s);
    row("encoded words", "a/b; name=\"=?utf-8?Q?a=C3=A4?= =?utf-8?Q?b?=\"", "name", u"aäb"_s);
    row("raw UTF-8", "a/b; name=\"\xC3\xA4.txt\"", "name", u"ä.txt"_s);
}

void TestParameters::fieldBody_isReadLiberally()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, name);
    QFETCH(const QString, text);
    QCOMPARE(parseParameters(body).parameters.value(name, u"(none)"_s), text);
}

void TestParameters::value_isReadInLowerCase()
{
    QCOMPARE(parseParameters(" Text/HTML (really); a=b").value, "text/html"_ba);
    QCOMPARE(parseParameters("text / plain").value, "text/plain"_ba);
    QCOMPARE(parseParameters("").value, QByteArray());
    QCOMPARE(parseParameters("ATTACHMENT").value, "attachment"_ba);
}

void TestParameters::hostileBody_isReadInBoundedTime()
{
    for (const QByteArray &piece :
         { "x=y;"_ba, ";"_ba, "("_ba, "\""_ba, "x*0=\""_ba, "x*1*=%41;"_ba, "\\"_ba, "=?"_ba, "a"_ba })
        QVERIFY(parseParameters(QByteArray("a/b;" + piece.repeated(300'000))).parameters.size() <= 1);
}

void TestParameters::randomValue_readsBackTheSameFromShortPieces()
{
    QRandomGenerator random(20261121);
    for (int round = 0; round < 2000; ++round) {
        const QString value = u"x"_s + support::randomText(random, 40);
        const QList<QByteArray> pieces = parameterPieces("filename", value);
        for (const QByteArray &piece : pieces) {
            QVERIFY2(piece.size() <= 76, piece.constData());
            QVERIFY2(std::none_of(piece.cbegin(), piece.cend(), [](char octet) { return octet < ' '; }),
                     piece.constData());
        }
        const ParameterizedValue read = parseParameters(QByteArray("attachment; " + pieces.join(' ')));
        QCOMPARE(read.parameters.value("filename"), value);
    }
}

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
