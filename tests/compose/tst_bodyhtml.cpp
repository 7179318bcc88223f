// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/messagebodyedit.h"
#include "compose/text/paragraphs.h"

#include <QBuffer>
#include <QClipboard>
#include <QDropEvent>
#include <QImage>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextList>
#include <QTextTable>

#include <memory>

using namespace Qt::StringLiterals;
using namespace postrider::compose;

namespace {

/// A text that a test types into and drops on.
class Body : public QWidget
{
public:
    MessageBodyEdit edit { this };

    explicit Body(TextMode mode = TextMode::Rich) { edit.setMode(mode); }

    void dropHtml(const QString &html, const QString &text = u"plain"_s)
    {
        QMimeData dropped;
        dropped.setHtml(html);
        dropped.setText(text);
        dropData(dropped);
    }
    void dropData(const QMimeData &dropped)
    {
        QDragEnterEvent enter({ 2, 2 }, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QDropEvent drop({ 2, 2 }, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(edit.viewport(), &enter);
        QCoreApplication::sendEvent(edit.viewport(), &drop);
    }
    void type(const QString &text)
    {
        for (const QChar character : text) {
            if (character == u'\n')
                QTest::keyClick(&edit, Qt::Key_Return);
            else
                QTest::keyClicks(&edit, QString(character));
        }
    }
    void select(int begin, int end)
    {
        QTextCursor cursor = edit.textCursor();
        cursor.setPosition(begin);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        edit.setTextCursor(cursor);
    }
};

void copy(const QString &html, const QString &text)
{
    auto data = std::make_unique<QMimeData>();
    data->setHtml(html);
    data->setText(text);
    QGuiApplication::clipboard()->setMimeData(data.release());
}

QByteArray somePng(int width = 4)
{
    QImage image(width, 2, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray octets;
    QBuffer buffer(&octets);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return octets;
}

} // namespace

class TestBodyHtml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersAndParagraphs_becomeFewAndCommonElements_data()
    {
        QTest::addColumn<QString>("html");
        // The same text is written that was read: nothing gets lost, nothing grows.
        for (const char *html :
             { "<div>one</div><div><br></div><div>two</div>",
               "<div>a <b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> word</div>",
               "<div><b><i>both</i></b></div>",
               "<div>x<sup>2</sup> H<sub>2</sub>O</div>",
               "<div><span style=\"color:#ff0000\">red</span></div>",
               "<div><span "
               "style=\"color:#000000;background-color:#ffff00;font-size:large\">marked</span></div>",
               "<div><span style=\"font-family:monospace\">code</span></div>",
               "<div><span style=\"font-size:small\">s</span><span "
               "style=\"font-size:xx-large\">l</span></div>",
               "<div><a href=\"https://example.org/?a=1&amp;b=2\">a page</a> behind</div>",
               "<h1>Title</h1><h2>Part</h2><h3>Piece</h3><div>text</div>",
               "<h2>A <i>slanted</i> title</h2><div>text</div>",
               "<ul><li>one</li><li>two</li></ul><div>text</div>",
               "<ol><li>one<ul><li>in</li><li>side</li></ul></li><li>two</li></ol><div>text</div>",
               "<ol type=\"a\"><li>one</li></ol><div>text</div>",
               "<blockquote type=\"cite\"><div>said</div><blockquote type=\"cite\"><div>before</div>"
               "</blockquote></blockquote><div>answer</div>",
               "<div style=\"text-align:center\">middle</div><div style=\"text-align:right\">end</div>",
               "<div style=\"margin-left:40px\">moved</div>",
               "<div dir=\"rtl\">\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d</div>",
               "<div>above</div><hr><div>below</div>",
               "<div style=\"white-space:pre-wrap\">two  blanks</div>",
               "<div>a<br>b</div>",
               "<p>one</p><p>two</p>",
               "<div>&lt;b&gt; &amp; \"quoted\"</div>" })
            QTest::newRow(html) << QString::fromUtf8(html);
    }
    void lettersAndParagraphs_becomeFewAndCommonElements()
    {
        QFETCH(const QString, html);
        MessageBodyEdit edit;
        edit.setMessage({}, html);
        QCOMPARE(edit.mode(), TextMode::Rich);
        QString expected = html;
        expected.replace("\"quoted\""_L1, "&quot;quoted&quot;"_L1);
        QCOMPARE(edit.messageHtml(), expected);
    }

    void table_keepsItsCells()
    {
        MessageBodyEdit edit;
        edit.setMessage(
            {}, u"<table border=1><tr><td>a</td><td>b</td></tr><tr><td colspan=2>c</td></tr></table>"_s);
        const QString html = edit.messageHtml();
        QVERIFY2(html.startsWith(
                     "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\"><tr><td><div>a</div></td>"_L1),
                 qPrintable(html));
        QVERIFY2(html.contains("colspan=\"2\""_L1), qPrintable(html));
        QCOMPARE(html.count("<tr>"_L1), 2);
        MessageBodyEdit again;
        again.setMessage({}, html);
        QCOMPARE(again.messageHtml(), html);
    }

    void typedText_isOneElementALine()
    {
        Body body;
        body.type(u"one\ntwo"_s);
        QCOMPARE(body.edit.messageHtml(), u"<div>one</div><div>two</div>"_s);
        QCOMPARE(body.edit.messageText(), u"one\ntwo"_s);
    }

    void foreignHtml_comesWithoutWhatRunsOrLoads_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char *name, const char *html, const char *kept) {
            QTest::newRow(name) << QString::fromUtf8(html) << QString::fromUtf8(kept);
        };
        row("script", "a<script>alert(1)</script>b", "<div>ab</div>");
        row("handler", "<b onclick=\"x()\">a</b>", "<div><b>a</b></div>");
        row("javascript link", "<a href=\"javascript:x()\">a</a>", "<div>a</div>");
        row("javascript link in pieces", "<a href=\"java&#10;script:x()\">a</a>", "<div>a</div>");
        row("data link", "<a href=\"data:text/html,x\">a</a>", "<div>a</div>");
        row("file link", "<a href=\"file:///etc/passwd\">a</a>", "<div>a</div>");
        row("remote picture", "a<img src=\"https://example.org/x.png\" alt=\"logo\">", "<div>alogo</div>");
        row("picture on a disk", "<img src=\"file:///etc/x.png\" alt=\"logo\">", "<div>logo</div>");
        row("vector picture", "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"logo\">",
            "<div>logo</div>");
        row("no picture at all", "<img src=\"data:image/png;base64,AAAA\" alt=\"logo\">", "<div>logo</div>");
        row("style sheet", "<style>b{color:red}</style><b>a</b>", "<div><b>a</b></div>");
        row("background address", "<div style=\"background:url(https://example.org/x)\">a</div>",
            "<div>a</div>");
        row("form", "<form action=\"https://example.org\"><input value=1>a</form>", "<div>a</div>");
        row("office fonts",
            "<p class=MsoNormal style=\"margin:0cm\"><span style=\"font-size:11.0pt;font-family:"
            "&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\">a<o:p></o:p></span></p>",
            "<div>a</div>");
        row("browser's body", "<html><body><!--StartFragment--><b>a</b><!--EndFragment--></body></html>",
            "<div><b>a</b></div>");
        row("bold by style", "<span style=\"font-weight:700\">a</span>", "<div><b>a</b></div>");
        row("not bold by style", "<b style=\"font-weight:normal\">a</b>", "<div>a</div>");
    }
    void foreignHtml_comesWithoutWhatRunsOrLoads()
    {
        QFETCH(const QString, html);
        QFETCH(const QString, kept);
        Body body;
        body.edit.insertForeignHtml(html);
        QCOMPARE(body.edit.messageHtml(), kept);
    }

    void embeddedPicture_keepsItsOctets()
    {
        const QByteArray png = somePng();
        const QString address = "data:image/png;base64,"_L1 + QString::fromLatin1(png.toBase64());
        Body body;
        body.edit.insertForeignHtml("<p>a<img src=\""_L1 + address + "\" alt=\"dot\"></p>"_L1);
        const QString html = body.edit.messageHtml();
        QVERIFY2(html.contains("<img src=\""_L1 + address + "\" alt=\"dot\" width=\"4\">"_L1),
                 qPrintable(html));
        MessageBodyEdit again;
        again.setMessage({}, html);
        QCOMPARE(again.messageHtml(), html);
    }

    void widePicture_isShownAsWideAsAMail()
    {
        Body body;
        QVERIFY(body.edit.insertPicture(somePng(2000), u"wide"_s));
        QVERIFY(body.edit.messageHtml().contains("width=\"640\""_L1));
        QVERIFY(!body.edit.insertPicture("no picture"_ba, {}));
    }

    void copiedText_bringsItsFormattingAndPictures()
    {
        Body body;
        body.edit.insertForeignHtml(u"<b>a</b>"_s);
        QVERIFY(body.edit.insertPicture(somePng(), u"dot"_s));
        body.edit.selectAll();
        body.edit.cut();
        QCOMPARE(body.edit.messageHtml(), u"<div><br></div>"_s);
        body.edit.paste();
        QVERIFY(body.edit.messageHtml().startsWith("<div><b>a</b><img src=\"data:image/png"_L1));
    }

    void plainMode_takesOnlyText()
    {
        Body body(TextMode::Plain);
        body.dropHtml(u"<b>a</b>"_s, u"text"_s);
        QCOMPARE(body.edit.toPlainText(), u"text"_s);
        QVERIFY(body.edit.messageHtml().isEmpty());
        Body rich(TextMode::Rich);
        rich.dropHtml(u"<b>a</b>"_s, u"text"_s);
        QCOMPARE(rich.edit.messageHtml(), u"<div><b>a</b></div>"_s);
    }

    void pictureFromAProgram_keepsItsOctetsAndMakesTheTextRich()
    {
        Body body(TextMode::Plain);
        QMimeData copied;
        const QByteArray png = somePng();
        copied.setData(u"image/png"_s, png);
        copied.setImageData(QImage::fromData(png));
        body.dropData(copied);
        QCOMPARE(body.edit.mode(), TextMode::Rich);
        QVERIFY(body.edit.messageHtml().contains(QString::fromLatin1(png.toBase64())));
        body.edit.undo();
        QCOMPARE(body.edit.mode(), TextMode::Plain);
    }

    void textWithAPictureOfItself_arrivesAsText()
    {
        Body body;
        QMimeData copied;
        copied.setHtml(u"<p>cell</p>"_s);
        copied.setImageData(QImage::fromData(somePng()));
        body.dropData(copied);
        QVERIFY(body.edit.messageHtml().contains("cell"_L1));
        QVERIFY(!body.edit.messageHtml().contains("<img"_L1));
    }

    void pictureFiles_areOfferedAsPicturesInRichModeOnly()
    {
        for (const TextMode mode : { TextMode::Rich, TextMode::Plain }) {
            Body body(mode);
            QSignalSpy pictures(&body.edit, &MessageBodyEdit::picturesOffered);
            QSignalSpy files(&body.edit, &MessageBodyEdit::filesOffered);
            QMimeData dropped;
            dropped.setUrls({ QUrl::fromLocalFile(u"/tmp/a.txt"_s), QUrl::fromLocalFile(u"/tmp/b.JPG"_s) });
            body.dropData(dropped);
            QCOMPARE(pictures.count(), mode == TextMode::Rich ? 1 : 0);
            QCOMPARE(files.count(), 1);
            QCOMPARE(files.at(0).at(0).toStringList().size(), mode == TextMode::Rich ? 1 : 2);
            QVERIFY(body.edit.toPlainText().isEmpty());
        }
    }

    void pasteAsPlain_leavesFormattingBehind()
    {
        Body body;
        copy(u"<b>word</b>"_s, u"word"_s);
        body.edit.pastePlain();
        QCOMPARE(body.edit.messageHtml(), u"<div>word</div>"_s);
    }

    void pasteAsQuotation_isMarkedInBothModes()
    {
        copy(u"<b>one</b>"_s, u"one\n> two\n"_s);
        Body plain(TextMode::Plain);
        plain.type(u"Hi"_s);
        plain.edit.pasteQuotation();
        plain.type(u"x"_s);
        QCOMPARE(plain.edit.toPlainText(), u"Hi\n> one\n>> two\nx"_s);
        Body rich;
        rich.edit.pasteQuotation();
        rich.type(u"x"_s);
        QCOMPARE(rich.edit.messageHtml(),
                 u"<blockquote type=\"cite\"><div>one</div><div>&gt; two</div></blockquote><div>x</div>"_s);
    }

    void plainText_saysWhatItHasSignsFor()
    {
        Body body;
        body.edit.insertForeignHtml(
            u"<ul><li>one</li><li>two</li></ul><blockquote><div>said</div></blockquote>"
            "<div><a href=\"https://example.org/\">page</a></div>"_s);
        QVERIFY(!body.edit.wouldLoseFormatting());
        body.edit.setMode(TextMode::Plain);
        const QString text = body.edit.toPlainText();
        QVERIFY2(text.contains("- one"_L1) && text.contains("> said"_L1)
                     && text.contains("page <https://example.org/>"_L1),
                 qPrintable(text));
    }

    void undo_bringsTheModeBackWithItsText()
    {
        Body body;
        body.type(u"word"_s);
        body.select(0, 4);
        QTextCharFormat bold;
        bold.setFontWeight(QFont::Bold);
        body.edit.mergeCurrentCharFormat(bold);
        QVERIFY(body.edit.wouldLoseFormatting());
        body.edit.setMode(TextMode::Plain);
        QCOMPARE(body.edit.toPlainText(), u"word"_s);
        QVERIFY(!body.edit.wouldLoseFormatting());
        body.edit.moveCursor(QTextCursor::End);
        body.type(u"s"_s);

        body.edit.undo();
        QCOMPARE(body.edit.mode(), TextMode::Plain);
        body.edit.undo();
        QCOMPARE(body.edit.mode(), TextMode::Rich);
        QCOMPARE(body.edit.messageHtml(), u"<div><b>word</b></div>"_s);
        body.edit.redo();
        QCOMPARE(body.edit.mode(), TextMode::Plain);
        QCOMPARE(body.edit.toPlainText(), u"word"_s);
        body.edit.redo();
        QCOMPARE(body.edit.toPlainText(), u"words"_s);
    }

    void newTextAfterUndo_forgetsTheModeThatWasUndone()
    {
        Body body;
        body.edit.insertForeignHtml(u"<b>a</b>"_s);
        body.edit.setMode(TextMode::Plain);
        body.edit.undo();
        QCOMPARE(body.edit.mode(), TextMode::Rich);
        body.edit.moveCursor(QTextCursor::End);
        body.type(u"bc"_s);
        body.type(u"\nd"_s);
        QCOMPARE(body.edit.mode(), TextMode::Rich);
        QVERIFY(body.edit.messageHtml().contains("<b>"_L1));
    }

    void switchWithoutFormatting_changesNoText()
    {
        Body body(TextMode::Plain);
        body.type(u"> quoted\n  two  blanks\n"_s);
        const QString text = body.edit.toPlainText();
        body.edit.setMode(TextMode::Rich);
        body.edit.setMode(TextMode::Plain);
        QCOMPARE(body.edit.toPlainText(), text);
    }

    void listButton_makesAndUnmakesAList()
    {
        Body body;
        body.type(u"one\ntwo"_s);
        body.edit.selectAll();
        toggleList(body.edit.textCursor(), QTextListFormat::ListDisc);
        QCOMPARE(body.edit.messageHtml(), u"<ul><li>one</li><li>two</li></ul>"_s);
        toggleList(body.edit.textCursor(), QTextListFormat::ListDecimal);
        QCOMPARE(body.edit.messageHtml(), u"<ol><li>one</li><li>two</li></ol>"_s);
        toggleList(body.edit.textCursor(), QTextListFormat::ListDecimal);
        QCOMPARE(body.edit.messageHtml(), u"<div>one</div><div>two</div>"_s);
    }

    void indentedItem_isAListWithin()
    {
        Body body;
        body.type(u"one\ntwo\nthree"_s);
        body.edit.selectAll();
        toggleList(body.edit.textCursor(), QTextListFormat::ListDisc);
        QTextCursor second(body.edit.document()->findBlockByNumber(1));
        changeIndent(second, Step::More);
        QCOMPARE(body.edit.messageHtml(), u"<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"_s);
        changeIndent(second, Step::Less);
        QCOMPARE(body.edit.messageHtml(), u"<ul><li>one</li><li>two</li><li>three</li></ul>"_s);
    }

    void enterInAQuotation_splitsIt_data()
    {
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("html");
        const auto quote = [](const char *text) {
            return u"<blockquote type=\"cite\"><div>%1</div></blockquote>"_s.arg(QLatin1StringView(text));
        };
        QTest::newRow("middle") << 3 << QString(quote("one") + "<div>x</div>"_L1 + quote("two"));
        QTest::newRow("end") << 6 << QString(quote("onetwo") + "<div>x</div>"_L1);
        QTest::newRow("begin") << 0 << QString("<div>x</div>"_L1 + quote("onetwo"));
    }
    void enterInAQuotation_splitsIt()
    {
        QFETCH(const int, position);
        QFETCH(const QString, html);
        Body body;
        body.edit.setMessage({}, u"<blockquote>onetwo</blockquote>"_s);
        body.select(position, position);
        body.type(u"\nx"_s);
        QCOMPARE(body.edit.messageHtml(), html);
        body.edit.undo();
        body.edit.undo();
        QCOMPARE(body.edit.messageHtml(), u"<blockquote type=\"cite\"><div>onetwo</div></blockquote>"_s);
    }

    void enterAfterAHeadingAndInAnEmptyItem_beginsPlainText()
    {
        Body body;
        body.type(u"Title"_s);
        setHeading(body.edit.textCursor(), 1);
        body.type(u"\nitem"_s);
        toggleList(body.edit.textCursor(), QTextListFormat::ListDisc);
        body.type(u"\n\ntext"_s);
        QCOMPARE(body.edit.messageHtml(), u"<h1>Title</h1><ul><li>item</li></ul><div>text</div>"_s);
    }

    void direction_followsTheFirstLetterAndCanBeSwitched()
    {
        Body body;
        body.type(u"abc"_s);
        body.edit.append(u"שלום abc"_s);
        QCOMPARE(body.edit.messageHtml(), u"<div>abc</div><div dir=\"rtl\">שלום abc</div>"_s);
        body.edit.moveCursor(QTextCursor::Start);
        switchDirection(body.edit.textCursor());
        QCOMPARE(body.edit.document()->begin().textDirection(), Qt::RightToLeft);
        switchDirection(body.edit.textCursor());
        QCOMPARE(body.edit.messageHtml(), u"<div>abc</div><div dir=\"rtl\">שלום abc</div>"_s);
    }

    void headingAndBack_leavesPlainLetters()
    {
        Body body;
        body.type(u"Title"_s);
        setHeading(body.edit.textCursor(), 2);
        QCOMPARE(body.edit.messageHtml(), u"<h2>Title</h2>"_s);
        setHeading(body.edit.textCursor(), 0);
        QCOMPARE(body.edit.messageHtml(), u"<div>Title</div>"_s);
    }

    void clearedParagraphs_keepTextAndLinks()
    {
        Body body;
        body.edit.insertForeignHtml(
            u"<h1>A</h1><ul><li><b>b</b></li></ul><p><a href=\"https://example.org/\">c</a></p>"_s);
        body.edit.selectAll();
        clearFormatting(body.edit.textCursor());
        QCOMPARE(body.edit.messageHtml(),
                 u"<div>A</div><div>b</div><div><a href=\"https://example.org/\">c</a></div>"_s);
    }
};

QTEST_MAIN(TestBodyHtml)
#include "tst_bodyhtml.moc"
