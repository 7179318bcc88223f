// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/flowedtext.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

using Lines = QList<TextLine>;
constexpr auto Yes = FlowedText::DelSp::Yes;
constexpr auto No = FlowedText::DelSp::No;

QString words(int count)
{
    return u"word and "_s.repeated(count).trimmed();
}

/// As a reader gets it.
Lines readBack(const FlowedText &flowed)
{
    return fromFlowed(QString(flowed.text).replace(u'\n', "\r\n"_L1), flowed.delSp);
}

} // namespace

class TestFlowedText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quoteMarks_areCounted_data();
    void quoteMarks_areCounted();
    void lines_areWrittenAs_data();
    void lines_areWrittenAs();
    void examplesOfTheRfc_areRead_data();
    void examplesOfTheRfc_areRead();
    void paragraph_isBrokenBetweenWords();
    void signatureSeparator_staysAlone();
    void japanese_isBrokenWithDelSp();
    void marksWithoutWidth_countAsCharacters();
    void anyText_readsBackTheSame();
    void longRunOfBlanks_takesNoTime();
    void columns_areSeen_data();
    void columns_areSeen();
};

void TestFlowedText::quoteMarks_areCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Lines>("lines");

    QTest::newRow("nothing") << QString() << Lines();
    QTest::newRow("plain") << u"a\nb"_s << Lines { { 0, u"a"_s }, { 0, u"b"_s } };
    QTest::newRow("all line ends") << u"a\r\nb\rc\u2028d\u2029"_s
                                   << Lines { { 0, u"a"_s }, { 0, u"b"_s }, { 0, u"c"_s }, { 0, u"d"_s } };
    QTest::newRow("quoted") << u"> a\n>b\n>> c\n> > d\n>\n> "_s
                            << Lines { { 1, u"a"_s }, { 1, u"b"_s }, { 2, u"c"_s },
                                       { 2, u"d"_s }, { 1, u""_s },  { 1, u""_s } };
    QTest::newRow("indented in a quotation") << u">   a"_s << Lines { { 1, u"  a"_s } };
    QTest::newRow("no quotation") << u" > a"_s << Lines { { 0, u" > a"_s } };
}

void TestFlowedText::quoteMarks_areCounted()
{
    QFETCH(const QString, text);
    QFETCH(const Lines, lines);
    QCOMPARE(textLines(text), lines);
}

void TestFlowedText::lines_areWrittenAs_data()
{
    QTest::addColumn<Lines>("lines");
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << Lines() << QString();
    QTest::newRow("short") << Lines { { 0, u"a"_s } } << u"a\n"_s;
    QTest::newRow("blanks at the end go") << Lines { { 0, u"a \t "_s } } << u"a\n"_s;
    QTest::newRow("blank before") << Lines { { 0, u" x"_s } } << u"  x\n"_s;
    QTest::newRow("From") << Lines { { 0, u"From x"_s } } << u" From x\n"_s;
    QTest::newRow("a mark that is text") << Lines { { 0, u">x"_s } } << u" >x\n"_s;
    QTest::newRow("quoted") << Lines { { 2, u"x"_s }, { 1, u""_s }, { 1, u">x"_s } } << u">> x\n>\n> >x\n"_s;
    QTest::newRow("signature") << Lines { { 0, u"-- "_s }, { 0, u"Ann"_s } } << u"-- \nAnn\n"_s;
    QTest::newRow("quoted signature") << Lines { { 1, u"-- "_s } } << u"> -- \n"_s;
    QTest::newRow("nearly a signature") << Lines { { 0, u"--"_s }, { 0, u"--  "_s } } << u"--\n--\n"_s;
    QTest::newRow("broken") << Lines { { 0, words(10) } } << QString(words(8) + u" \n"_s + words(2) + u'\n');
    QTest::newRow("broken in a quotation")
        << Lines { { 1, words(10) } } << QString(u"> "_s + words(7) + u" word \n> and "_s + words(2) + u'\n');
}

void TestFlowedText::lines_areWrittenAs()
{
    QFETCH(const Lines, lines);
    QFETCH(const QString, text);
    const FlowedText flowed = toFlowed(lines);
    QCOMPARE(flowed.text, text);
    QVERIFY(flowed.delSp == No);
}

void TestFlowedText::examplesOfTheRfc_areRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Lines>("lines");

    // RFC 3676 sections 4.5 and 4.7
    QTest::newRow("paragraphs")
        << u"`Take some more tea,' the March Hare said to Alice, very \r\nearnestly.\r\n\r\n"
           "`I've had nothing yet,' Alice replied in an offended tone, `so \r\nI can't take more.'\r\n\r\n"
           "`You mean you can't take LESS,' said the Hatter: `it's very \r\n"
           "easy to take MORE than nothing.'\r\n"_s
        << Lines { { 0, u"`Take some more tea,' the March Hare said to Alice, very earnestly."_s },
                   { 0, u""_s },
                   { 0,
                     u"`I've had nothing yet,' Alice replied in an offended tone, `so I can't take "
                     "more.'"_s },
                   { 0, u""_s },
                   { 0,
                     u"`You mean you can't take LESS,' said the Hatter: `it's very easy to take MORE "
                     "than nothing.'"_s } };
    QTest::newRow("quotations")
        << u">>>Take some more tea.\r\n>>I've had nothing yet, so I can't take more.\r\n"
           ">You mean you can't take LESS, it's very easy to take \r\n>MORE than nothing.\r\n"_s
        << Lines { { 3, u"Take some more tea."_s },
                   { 2, u"I've had nothing yet, so I can't take more."_s },
                   { 1, u"You mean you can't take LESS, it's very easy to take MORE than nothing."_s } };
    QTest::newRow("blank among marks")
        << u">> Exit, Stage Left\r\n>>Exit, Stage Left\r\n> > Exit, Stage Left"_s
        << Lines { { 2, u"Exit, Stage Left"_s },
                   { 2, u"Exit, Stage Left"_s },
                   { 1, u"> Exit, Stage Left"_s } };
    QTest::newRow("a flowed line before another depth")
        << u"> a \r\nb\r\n"_s << Lines { { 1, u"a "_s }, { 0, u"b"_s } };
    QTest::newRow("signature ends a paragraph")
        << u"a \r\n-- \r\nAnn"_s << Lines { { 0, u"a "_s }, { 0, u"-- "_s }, { 0, u"Ann"_s } };
}

void TestFlowedText::examplesOfTheRfc_areRead()
{
    QFETCH(const QString, text);
    QFETCH(const Lines, lines);
    QCOMPARE(fromFlowed(text, No), lines);
}

void TestFlowedText::paragraph_isBrokenBetweenWords()
{
    const QString giant(200, u'x');
    const Lines lines { { 0, words(40) }, { 0, u"a "_s + giant + u" b"_s }, { 2, words(30) } };
    const FlowedText flowed = toFlowed(lines);
    QVERIFY(flowed.hasSoftBreaks);
    for (const QString &line : flowed.text.split(u'\n'))
        QVERIFY2(line.size() <= 72 || line == QString(giant + u' '), qPrintable(line));
    QCOMPARE(readBack(flowed), lines);
    QVERIFY(!toFlowed({ { 0, words(8) } }).hasSoftBreaks);
}

void TestFlowedText::signatureSeparator_staysAlone()
{
    // A paragraph that would leave "-- " on a line of its own.
    const Lines dashes { { 0, u"-- "_s + QString(80, u'x') + u" y"_s } };
    const FlowedText flowed = toFlowed(dashes);
    QVERIFY2(!flowed.text.split(u'\n').contains(u"-- "_s), qPrintable(flowed.text));
    QCOMPARE(readBack(flowed), dashes);

    // What is above it ends there.
    const Lines letter { { 0, words(20) }, { 0, u"-- "_s }, { 0, u"Ann"_s } };
    const QStringList written = toFlowed(letter).text.split(u'\n');
    const qsizetype separator = written.indexOf(u"-- "_s);
    QVERIFY(separator > 0 && !written.at(separator - 1).endsWith(u' '));
    QCOMPARE(readBack(toFlowed(letter)), letter);
}

/// RFC 3676 section 4.2 counts characters, whatever people see of them.
void TestFlowedText::marksWithoutWidth_countAsCharacters()
{
    const QString text = u"q\u0323\u0301q\u0323\u0301 "_s.repeated(40).trimmed();
    const FlowedText flowed = toFlowed({ { .text = text } });
    QVERIFY(flowed.hasSoftBreaks);
    for (const QString &line : flowed.text.split(u'\n'))
        QVERIFY2(line.size() <= 78, qPrintable(line));
    QCOMPARE(fromFlowed(flowed.text, flowed.delSp).constFirst().text, text);
}

void TestFlowedText::japanese_isBrokenWithDelSp()
{
    const Lines lines { { 0, u"日本語の文章には、言葉のあいだに空白がありません。"_s.repeated(6) },
                        { 0, words(20) },
                        { 1, u"한국어 문장은 띄어쓰기를 합니다. "_s.repeated(8).trimmed() } };
    const FlowedText flowed = toFlowed(lines);
    QVERIFY(flowed.delSp == Yes);
    for (const QString &line : flowed.text.split(u'\n'))
        QVERIFY2(line.size() <= 78, qPrintable(line));
    // No line begins with a character that must not stand there.
    QVERIFY(!flowed.text.contains(u"\n。"_s) && !flowed.text.contains(u"\n、"_s));
    QCOMPARE(readBack(flowed), lines);
}

void TestFlowedText::anyText_readsBackTheSame()
{
    QRandomGenerator random(3676); // a fixed seed: a failure must come again
    const QStringList pieces { u" "_s,   u"  "_s,     u"word"_s,         u"From "_s,  u">"_s,
                               u"-- "_s, u"日本語"_s, u"。"_s,           u"😀"_s,      u"e\u0301"_s,
                               u"-"_s,   u"/"_s,      QString(60, u'x'), u"\u00A0"_s, u"שלום"_s,
                               u"> "_s,  u"."_s };
    for (int round = 0; round < 3000; ++round) {
        Lines lines;
        for (quint32 i = random.bounded(6U); i > 0; --i) {
            TextLine line { .quoteDepth = static_cast<qsizetype>(random.bounded(3U)) };
            for (quint32 j = random.bounded(40U); j > 0; --j)
                line.text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
            while (line.text != "-- "_L1 && line.text.endsWith(u' '))
                line.text.chop(1);
            lines.append(line);
        }
        const FlowedText flowed = toFlowed(lines);
        QCOMPARE(readBack(flowed), lines);
        for (const QString &line : flowed.text.split(u'\n'))
            QVERIFY(!line.startsWith("From "_L1));
    }
}

void TestFlowedText::longRunOfBlanks_takesNoTime()
{
    const Lines lines { { 0, QString(1'000'000, u' ') + u'x' }, { 0, QString(1'000'000, u'x') } };
    QCOMPARE(readBack(toFlowed(lines)), lines);
}

void TestFlowedText::columns_areSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPreformatted");

    QTest::newRow("letter") << u"Hello,\n\nhow are you?\n-- \nAnn"_s << false;
    QTest::newRow("one blank before") << u" x"_s << false;
    QTest::newRow("code") << u"if (x)\n    return;"_s << true;
    QTest::newRow("tab") << u"a\tb"_s << true;
    QTest::newRow("table") << u"apples   3\npears    4"_s << true;
    QTest::newRow("blanks at the end") << u"a    \nb"_s << false;
}

void TestFlowedText::columns_areSeen()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isPreformatted);
    QCOMPARE(looksPreformatted(text), isPreformatted);
}

QTEST_GUILESS_MAIN(TestFlowedText)
#include "tst_flowedtext.moc"
