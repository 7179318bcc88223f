// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/encodedword.h"

#include <QStringDecoder>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

class TestEncodedWord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_takesTheEncodingThatPeopleCanReadOrTheShorter_data();
    void text_takesTheEncodingThatPeopleCanReadOrTheShorter();
    void longText_isCutBetweenCharacters_data();
    void longText_isCutBetweenCharacters();
    void paddingOfBase64_standsAtTheEndOnly_data();
    void paddingOfBase64_standsAtTheEndOnly();
    void smallFirstRoom_isKept();
    void receivedText_isDecoded_data();
    void receivedText_isDecoded();
    void rawOctets_areUtf8OrLatin1();
};

void TestEncodedWord::text_takesTheEncodingThatPeopleCanReadOrTheShorter_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("word");

    QTest::newRow("mostly ASCII") << u"Größe"_s << "=?utf-8?Q?Gr=C3=B6=C3=9Fe?="_ba;
    QTest::newRow("spaces") << u"für uns"_s << "=?utf-8?Q?f=C3=BCr_uns?="_ba;
    QTest::newRow("Japanese") << u"日本語"_s << "=?utf-8?B?5pel5pys6Kqe?="_ba;
    QTest::newRow("only what phrases allow") << u"a\"(b),<c>@=?_é"_s << "=?utf-8?B?YSIoYiksPGM+QD0/X8Op?="_ba;
    QTest::newRow("what stands for itself") << u"aZ09!*+-/é"_s << "=?utf-8?Q?aZ09!*+-/=C3=A9?="_ba;
}

void TestEncodedWord::text_takesTheEncodingThatPeopleCanReadOrTheShorter()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, word);
    QCOMPARE(encodedWords(text), QList<QByteArray> { word });
    QCOMPARE(decodeEncodedWords(QString::fromLatin1(word)), text);
}

void TestEncodedWord::longText_isCutBetweenCharacters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cluster"); // may not be cut

    const QString family = u"👨‍👩‍👧‍👦"_s;
    QTest::newRow("emoji") << u"🎉"_s.repeated(400) << u"🎉"_s;
    // Whole ones would need padding within, which readers stumble over.
    QTest::newRow("families") << family.repeated(40) << u"\u200D"_s;
    QTest::newRow("combining marks") << u"e\u0301\u0323"_s.repeated(100) << u"e\u0301\u0323"_s;
    QTest::newRow("letters with umlauts")
        << u"Donaudampfschifffahrtsgesellschaftskapitän "_s.repeated(9) << u"ä"_s;
    QTest::newRow("Thai and emoji") << u"ไทย🎉"_s.repeated(20) << u"🎉"_s;
    QTest::newRow("one cluster longer than a word")
        << QString(u'e' + QString(80, QChar(0x0301))) << u"\u0301"_s;
}

void TestEncodedWord::longText_isCutBetweenCharacters()
{
    QFETCH(const QString, text);
    QFETCH(const QString, cluster);
    const QList<QByteArray> words = encodedWords(text);
    QVERIFY(words.size() > 1);
    QString together;
    for (const QByteArray &word : words) {
        QVERIFY2(word.size() <= LongestEncodedWord, word.constData());
        const QString alone = decodeEncodedWords(QString::fromLatin1(word));
        QVERIFY2(!alone.contains(QChar::ReplacementCharacter) && !alone.contains(u"=?"), word.constData());
        QVERIFY2(alone.contains(cluster), word.constData());
        together += alone;
    }
    QCOMPARE(together, text);
    QCOMPARE(decodeHeaderText(words.join("\r\n ")), text);
}

void TestEncodedWord::paddingOfBase64_standsAtTheEndOnly_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("two octets a character") << u"Привет"_s.repeated(20);
    QTest::newRow("three") << u"日本語"_s.repeated(20);
    QTest::newRow("four") << u"🎉"_s.repeated(40);
    QTest::newRow("three behind one") << QString(u"a"_s + u"日本語"_s.repeated(20));
    QTest::newRow("three behind two") << QString(u"é"_s + u"日本語"_s.repeated(20));
    QTest::newRow("with spaces") << u"日本語 한국 "_s.repeated(20);
    QTest::newRow("families") << u"👨‍👩‍👧‍👦"_s.repeated(9);
    QTest::newRow("families and letters") << u"👨‍👩‍👧‍👦ä日"_s.repeated(9);
    QTest::newRow("invisible characters") << u"ж\uFEFFy"_s.repeated(40);
    QTest::newRow("invisible characters in front") << u"\uFEFFжжжжжжж"_s.repeated(40);
}

/// Some readers join neighbours first and decode then; what stands behind a padding is lost to them.
void TestEncodedWord::paddingOfBase64_standsAtTheEndOnly()
{
    QFETCH(const QString, text);
    for (const qsizetype room : { LongestEncodedWord, qsizetype(40), qsizetype(10) }) {
        const QList<QByteArray> words = encodedWords(text, room);
        QVERIFY(words.size() > 1);
        for (qsizetype i = 0; i + 1 < words.size(); ++i) {
            const bool isInB = words.at(i).startsWith("=?utf-8?B?");
            QVERIFY2(!isInB || !words.at(i).endsWith("=?=") || !words.at(i + 1).startsWith("=?utf-8?B?"),
                     words.join(' ').constData());
        }
        QCOMPARE(decodeHeaderText(words.join(' ').trimmed()), text);
    }
}

void TestEncodedWord::smallFirstRoom_isKept()
{
    const QList<QByteArray> words = encodedWords(u"ä"_s.repeated(60), 40);
    QVERIFY(!words.first().isEmpty());
    QVERIFY(words.first().size() <= 40);
    QVERIFY(words.at(1).size() > 60);
    QVERIFY(encodedWords(u"ä"_s, 10).first().isEmpty());
    QCOMPARE(encodedWords(u"ä"_s, 10).size(), 2);
}

void TestEncodedWord::receivedText_isDecoded_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("text");

    QTest::newRow("ASCII") << "=?US-ASCII?Q?Keith_Moore?="_ba << u"Keith Moore"_s;
    QTest::newRow("Latin-1") << "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?="_ba << u"Keld Jørn Simonsen"_s;
    QTest::newRow("text behind") << "=?ISO-8859-1?Q?Andr=E9?= Pirard"_ba << u"André Pirard"_s;
    QTest::newRow("two charsets") << "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?="
                                     "    =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?="_ba
                                  << u"If you can read this you understand the example."_s;
    QTest::newRow("a") << "=?ISO-8859-1?Q?a?="_ba << u"a"_s;
    QTest::newRow("a b") << "=?ISO-8859-1?Q?a?= b"_ba << u"a b"_s;
    QTest::newRow("ab") << "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?="_ba << u"ab"_s;
    QTest::newRow("ab, two spaces") << "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?="_ba << u"ab"_s;
    QTest::newRow("ab, folded") << "=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?="_ba << u"ab"_s;
    QTest::newRow("a_b") << "=?ISO-8859-1?Q?a_b?="_ba << u"a b"_s;
    QTest::newRow("a _b") << "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?="_ba << u"a b"_s;
    QTest::newRow("plain text between") << "=?utf-8?Q?=C3=A9?= a =?utf-8?Q?=C3=A9?="_ba << u"é a é"_s;
    QTest::newRow("lower case") << "=?utf-8?q?=c3=a9?= =?UTF-8?b?w6k=?="_ba << u"éé"_s;
    QTest::newRow("language") << "=?utf-8*fr?Q?=C3=A9t=C3=A9?="_ba << u"été"_s;
    QTest::newRow("character cut in two") << "=?utf-8?Q?=C3?= =?utf-8?Q?=A9?="_ba << u"é"_s;
    QTest::newRow("invisible character in front") << "=?utf-8?Q?=EF=BB=BFa?="_ba << u"\uFEFFa"_s;
    QTest::newRow("the same in a later word")
        << "=?utf-8?Q?a?= b =?utf-8?B?77u/Yw==?="_ba << u"a b \uFEFFc"_s;
    QTest::newRow("windows-1252") << "=?windows-1252?Q?=80_=93x=94?="_ba << u"€ “x”"_s;
    QTest::newRow("ISO-8859-15") << "=?ISO-8859-15?Q?=A4?="_ba << u"€"_s;
    QTest::newRow("ISO-8859-2") << "=?ISO-8859-2?Q?=B3=F3d=BC?="_ba << u"łódź"_s;
    QTest::newRow("KOI8-R") << "=?koi8-r?B?8NLJ18XU?="_ba << u"Привет"_s;
    QTest::newRow("ISO-2022-JP") << "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="_ba << u"日本"_s;
    QTest::newRow("GB2312 with a letter of its superset") << "=?gb2312?B?1tDOxOlG?="_ba << u"中文镕"_s;
    QTest::newRow("EUC-KR") << "=?euc-kr?B?x9GxuQ==?="_ba << u"한국"_s;
    QTest::newRow("unknown charset") << "a =?x-klingon?Q?=F8?= b"_ba << u"a =?x-klingon?Q?=F8?= b"_s;
    QTest::newRow("broken UTF-8") << "=?utf-8?Q?=C3?="_ba << u"=?utf-8?Q?=C3?="_s;
    QTest::newRow("broken hex") << "=?utf-8?Q?=C?="_ba << u"=?utf-8?Q?=C?="_s;
    QTest::newRow("broken base64") << "=?utf-8?B?!!!?="_ba << u"=?utf-8?B?!!!?="_s;
    QTest::newRow("no encoded word") << "=?x?="_ba << u"=?x?="_s;
}

void TestEncodedWord::receivedText_isDecoded()
{
    QFETCH(const QByteArray, octets);
    QFETCH(const QString, text);
    QCOMPARE(decodeHeaderText(octets), text);
}

void TestEncodedWord::rawOctets_areUtf8OrLatin1()
{
    QCOMPARE(decodeHeaderText("Gr\xC3\xBC\xC3\x9F"_ba), u"Grüß"_s);
    QCOMPARE(decodeHeaderText("Gr\xFC\xDF"_ba), u"Grüß"_s);
}

QTEST_GUILESS_MAIN(TestEncodedWord)
#include "tst_encodedword.moc"
