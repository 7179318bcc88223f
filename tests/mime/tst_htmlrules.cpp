// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Each rule of the cleaner by itself: a rule that is taken away fails here.

#include "mime/html/htmlcleaner.h"
#include "mime/html/htmlstyle.h"

#include <QtTest>

#include <utility>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

QString cleaned(const QString &html)
{
    return QString(cleanHtml(html).body()).replace(u'\n', u' ').simplified();
}

QString cleanedStyle(const QString &css)
{
    return HtmlStyle::parse(css).toString();
}

/// Takes every picture that it is asked about.
class AllImages : public HtmlImages
{
public:
    [[nodiscard]] QString contentId(const HtmlImage &image) override
    {
        seen.append(image);
        return answer;
    }

    QList<HtmlImage> seen {};
    QString answer = u"a@b"_s;
};

} // namespace

class TestHtmlRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elementThatIsNoText_goesWithItsContent_data();
    void elementThatIsNoText_goesWithItsContent();
    void attribute_staysInItsPlaceWithItsValuesOnly_data();
    void attribute_staysInItsPlaceWithItsValuesOnly();
    void attributeOfNoUse_goes_data();
    void attributeOfNoUse_goes();
    void value_isEscapedWhereverItStands();
    void styleValue_staysOnlyWhenItIsKnown_data();
    void styleValue_staysOnlyWhenItIsKnown();
    void style_isCutAtItsLimits();
    void link_isCutAtItsLimits();
    void picture_isTakenOnlyWhenItIsSafe();
    void tag_isReadAsBrowsersReadIt_data();
    void tag_isReadAsBrowsersReadIt();
    void manyAttributes_areNotAllLookedAt();
    void styleAroundText_neverLosesItsRoom();
};

void TestHtmlRules::elementThatIsNoText_goesWithItsContent_data()
{
    QTest::addColumn<QString>("name");

    for (const char *name :
         { "applet",   "audio",    "canvas",   "datalist", "frameset", "iframe", "math",   "noembed",
           "noframes", "noscript", "object",   "optgroup", "option",   "script", "select", "style",
           "svg",      "template", "textarea", "title",    "video",    "xml",    "xmp" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestHtmlRules::elementThatIsNoText_goesWithItsContent()
{
    QFETCH(const QString, name);
    const QString both = "a<"_L1 + name + ">within</"_L1 + name + ">b"_L1;
    QCOMPARE(cleaned(both), u"ab"_s);
    QCOMPARE(cleaned(both.toUpper()), u"AB"_s);
    QCOMPARE(cleaned("a<"_L1 + name + " x='>'><b>within"_L1), u"a"_s);
    // Others of its kind within do not end it, and the end tags of others do not either.
    const bool isRawText = QStringList { u"script"_s, u"style"_s,   u"title"_s,    u"textarea"_s, u"xmp"_s,
                                         u"iframe"_s, u"noembed"_s, u"noframes"_s, u"noscript"_s }
                               .contains(name);
    const QString nested
        = "a<"_L1 + name + "><"_L1 + name + ">x</"_L1 + name + ">y</b></p></div></"_L1 + name + ">b"_L1;
    QCOMPARE(cleaned(nested), isRawText ? u"ayb"_s : u"ab"_s);
}

void TestHtmlRules::attribute_staysInItsPlaceWithItsValuesOnly_data()
{
    QTest::addColumn<QString>("start");     ///< of the tag
    QTest::addColumn<QString>("good");      ///< stays
    QTest::addColumn<QString>("bad");       ///< goes
    QTest::addColumn<QString>("elsewhere"); ///< a tag in which the good one goes

    const QString none;
    const auto add
        = [](const char *name, const QString &start, const QString &good, const QString &bad,
             const QString &elsewhere) { QTest::newRow(name) << start << good << bad << elsewhere; };
    add("dir", u"p"_s, u"dir=\"auto\""_s, u"dir=\"up\""_s, none);
    add("lang", u"p"_s, u"lang=\"de-AT\""_s, u"lang=\"d e\""_s, none);
    add("long lang", u"p"_s, u"lang=\"de\""_s, QString("lang=\""_L1 + QString(36, u'a') + u'"'), none);
    add("title", u"p"_s, u"title=\"x\""_s, QString("title=\""_L1 + QString(1001, u'x') + u'"'), none);
    add("empty title", u"p"_s, u"title=\"x\""_s, u"title=\"\""_s, none);
    add("align", u"p"_s, u"align=\"center\""_s, u"align=\"char\""_s, u"b"_s);
    add("valign", u"td"_s, u"valign=\"top\""_s, u"valign=\"up\""_s, u"p"_s);
    add("width", u"td"_s, u"width=\"50%\""_s, u"width=\"5em\""_s, u"p"_s);
    add("long width", u"table"_s, u"width=\"1000\""_s, u"width=\"10000\""_s, u"div"_s);
    add("height", u"td"_s, u"height=\"5\""_s, u"height=\"-5\""_s, u"p"_s);
    add("colspan", u"td"_s, u"colspan=\"2\""_s, u"colspan=\"2000\""_s, u"p"_s);
    add("rowspan", u"th"_s, u"rowspan=\"2\""_s, u"rowspan=\"x\""_s, u"tr"_s);
    add("border", u"table"_s, u"border=\"1\""_s, u"border=\"1px\""_s, u"p"_s);
    add("cellpadding", u"table"_s, u"cellpadding=\"1\""_s, u"cellpadding=\"a\""_s, u"td"_s);
    add("cellspacing", u"table"_s, u"cellspacing=\"1\""_s, u"cellspacing=\"1000\""_s, u"td"_s);
    add("scope", u"th"_s, u"scope=\"row\""_s, u"scope=\"all\""_s, u"p"_s);
    add("start", u"ol"_s, u"start=\"3\""_s, u"start=\"-3\""_s, u"ul"_s);
    add("value", u"li"_s, u"value=\"3\""_s, u"value=\"x\""_s, u"p"_s);
    add("type of a list", u"ol"_s, u"type=\"a\""_s, u"type=\"z\""_s, u"p"_s);
    add("type of a quotation", u"blockquote"_s, u"type=\"cite\""_s, u"type=\"a\""_s, u"div"_s);
}

void TestHtmlRules::attribute_staysInItsPlaceWithItsValuesOnly()
{
    QFETCH(const QString, start);
    QFETCH(const QString, good);
    QFETCH(const QString, bad);
    QFETCH(const QString, elsewhere);
    const auto tagWith = [](const QString &tag, const QString &attribute) {
        const bool isInTable = tag == "td"_L1 || tag == "th"_L1 || tag == "tr"_L1;
        return cleaned((isInTable ? "<table>"_L1 : ""_L1) + u'<' + tag + u' ' + attribute + ">x"_L1);
    };
    QVERIFY2(tagWith(start, good).contains(u' ' + good + u'>'), qPrintable(tagWith(start, good)));
    const QString name = bad.first(bad.indexOf(u'='));
    QVERIFY2(!tagWith(start, bad).contains(u' ' + name), qPrintable(tagWith(start, bad)));
    if (!elsewhere.isEmpty())
        QVERIFY2(!tagWith(elsewhere, good).contains(u' ' + name), qPrintable(tagWith(elsewhere, good)));
}

void TestHtmlRules::attributeOfNoUse_goes_data()
{
    QTest::addColumn<QString>("attribute");

    for (const char *name :
         { "id",     "class",  "name",       "onclick",         "onerror",    "onanything", "style2",
           "target", "ping",   "background", "action",          "formaction", "srcset",     "srcdoc",
           "data",   "poster", "cite",       "longdesc",        "usemap",     "xmlns",      "xlink:href",
           "data-x", "href",   "src",        "contenteditable", "tabindex",   "autofocus",  "is",
           "slot",   "part",   "bgcolor" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestHtmlRules::attributeOfNoUse_goes()
{
    QFETCH(const QString, attribute);
    QCOMPARE(cleaned("<p "_L1 + attribute + "=1>x"_L1), u"<p>x</p>"_s);
    QCOMPARE(cleaned("<p "_L1 + attribute + ">x"_L1), u"<p>x</p>"_s);
    QCOMPARE(cleaned("<p/"_L1 + attribute.toUpper() + "='red'>x"_L1), u"<p>x</p>"_s);
}

void TestHtmlRules::value_isEscapedWhereverItStands()
{
    const QString evil = u"&quot;&lt;&gt;&amp;"_s;
    QCOMPARE(cleaned("<p title='"_L1 + evil + "'>"_L1 + evil),
             QString("<p title=\""_L1 + evil + "\">"_L1 + evil + "</p>"_L1));
    QCOMPARE(cleaned("<img src=cid:a@b alt='"_L1 + evil + "' title='"_L1 + evil + "'>"_L1),
             QString("<img src=\"cid:a@b\" alt=\""_L1 + evil + "\" title=\""_L1 + evil + "\">"_L1));
    QCOMPARE(cleaned("<img alt='"_L1 + evil + "'>"_L1), evil);
    QCOMPARE(cleaned(u"<a href='http://x.test/?a&amp;b'>x</a>"_s),
             u"<a href=\"http://x.test/?a&amp;b\">x</a>"_s);
}

void TestHtmlRules::styleValue_staysOnlyWhenItIsKnown_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("good");

    const QList<std::pair<const char *, const char *>> all {
        { "background-color", "#123456" },
        { "border", "1px solid #123456" },
        { "border-bottom", "2px" },
        { "border-collapse", "collapse" },
        { "border-color", "#123456" },
        { "border-left", "thin" },
        { "border-right", "none" },
        { "border-spacing", "1px" },
        { "border-style", "dotted" },
        { "border-top", "0" },
        { "border-width", "1px" },
        { "color", "#123456" },
        { "direction", "rtl" },
        { "font-family", "Arial" },
        { "font-size", "12pt" },
        { "font-style", "italic" },
        { "font-weight", "700" },
        { "height", "3em" },
        { "line-height", "1.5" },
        { "list-style-type", "square" },
        { "margin", "1px 2px" },
        { "margin-bottom", "auto" },
        { "margin-left", "1px" },
        { "margin-right", "1px" },
        { "margin-top", "1px" },
        { "max-width", "50%" },
        { "padding", "1px 2px 3px 4px" },
        { "padding-bottom", "1px" },
        { "padding-left", "1px" },
        { "padding-right", "1px" },
        { "padding-top", "1px" },
        { "text-align", "center" },
        { "text-decoration", "underline" },
        { "text-indent", "1em" },
        { "vertical-align", "top" },
        { "white-space", "pre" },
        { "width", "10px" },
    };
    for (const auto &[property, good] : all)
        QTest::newRow(property) << QString::fromLatin1(property) << QString::fromLatin1(good);
}

void TestHtmlRules::styleValue_staysOnlyWhenItIsKnown()
{
    QFETCH(const QString, property);
    QFETCH(const QString, good);
    QCOMPARE(cleanedStyle(property + u':' + good), QString(property + u':' + good));
    QCOMPARE(cleanedStyle(property + u':' + good + " ! important"_L1), QString(property + u':' + good));
    for (const char *bad :
         { "url(http://x.test)", "expression(alert(1))", "var(--x)", "u\\72l(x)", "env(x)", "attr(x)",
           "calc(1px)", "\"x", "@import", "</style>", "{}", "1px 2px 3px 4px 5px", "-1px" })
        QCOMPARE(cleanedStyle(property + u':' + QString::fromLatin1(bad)), QString());
    QCOMPARE(cleanedStyle("x-"_L1 + property + u':' + good), QString());
}

void TestHtmlRules::style_isCutAtItsLimits()
{
    QCOMPARE(cleanedStyle("width:1px;"_L1 + QString(9'990, u' ')), u"width:1px"_s);
    QCOMPARE(cleanedStyle("width:1px;"_L1 + QString(9'991, u' ')), QString());
    QCOMPARE(cleanedStyle(u"width:9999px"_s), u"width:9999px"_s);
    QCOMPARE(cleanedStyle(u"width:10000px"_s), QString());
    QCOMPARE(cleanedStyle(u"width:1.23456px"_s), u"width:1.234px"_s);
    QCOMPARE(cleanedStyle(u"border:1px solid red thick"_s), QString());
    QCOMPARE(cleanedStyle("font-family:"_L1 + QString(60, u'a')),
             QString("font-family:"_L1 + QString(60, u'a')));
    QCOMPARE(cleanedStyle("font-family:"_L1 + QString(61, u'a')), QString());
    QCOMPARE(cleanedStyle(u"font-family:a,b,c,d,e,f,g,h,i"_s), u"font-family:a,b,c,d,e,f,g,h"_s);
    QCOMPARE(cleanedStyle(u"font-family:1a,-b"_s), QString());
    QCOMPARE(cleanedStyle(u"font-size:0.0em"_s), QString());
    QCOMPARE(cleanedStyle(u"color:rgb(256,0,0)"_s), QString());
    QCOMPARE(cleanedStyle(u"color:rgb(nan,0,0)"_s), QString());
    QCOMPARE(cleanedStyle(u"color:rgba(1,2,3,0.4)"_s), QString());
    QCOMPARE(cleanedStyle(u"color:rgba(1,2,3,nan)"_s), QString());
    QCOMPARE(cleanedStyle(u"width:1px/*;height:2px*/;height:3px"_s), u"width:1px;height:3px"_s);
    QCOMPARE(cleanedStyle(u"x:(a;width:1px;b);height:2px"_s), u"height:2px"_s);
}

void TestHtmlRules::link_isCutAtItsLimits()
{
    const QString longest = "http://"_L1 + QString(8185, u'x');
    QCOMPARE(cleanLink(longest), longest);
    QCOMPARE(cleanLink(QString(longest + u'x')), QString());
    for (const char *none :
         { "http:x", "https:/x", "http://", "mailto:", "tel:", "ftp://x.test", "cid:a@b", "about:blank",
           "blob:x", "view-source:http://x.test", "javascript://x.test/%0Aalert(1)", "intent://x",
           "ms-word:x", "//x.test", "\\\\x.test\\a", ":", "" })
        QCOMPARE(cleanLink(QString::fromLatin1(none)), QString());
    QCOMPARE(cleanLink(u"\u0001 htt\u000Bp\u007F://x.test/ "_s), u"http://x.test/"_s);
    QCOMPARE(cleanLink(u"http://x.test/ \"<>\\^`{|}"_s), u"http://x.test/%20%22%3C%3E%5C%5E%60%7B%7C%7D"_s);
    QCOMPARE(cleaned(u"<a href=x>y</a>"_s), u"y"_s);
}

void TestHtmlRules::picture_isTakenOnlyWhenItIsSafe()
{
    const auto askedAbout = [](const QString &source) {
        AllImages images;
        (void)cleanHtml("<img src='"_L1 + source + "'>"_L1, images);
        return images.seen.size();
    };
    for (const char *type : { "png", "jpeg", "gif", "webp", "bmp" })
        QCOMPARE(askedAbout("data:image/"_L1 + QString::fromLatin1(type) + ";base64,AAAA"_L1), 1);
    for (const char *none :
         { "data:image/svg+xml;base64,AAAA", "data:text/html;base64,AAAA", "data:;base64,AAAA",
           "data:image/png,AAAA", "data:image/png;base64,", "data:image/png;base64" })
        QCOMPARE(askedAbout(QString::fromLatin1(none)), 0);
    QCOMPARE(askedAbout("cid:"_L1 + QString(250, u'x')), 1);
    QCOMPARE(askedAbout("cid:"_L1 + QString(251, u'x')), 0);
    QCOMPARE(askedAbout(u"cid:%61%40b"_s), 1);
    QCOMPARE(askedAbout(u"cid:a%22b"_s), 0);

    // Nor is what the message says about its parts believed.
    AllImages images;
    images.answer = u"a\" onerror=\"x"_s;
    QCOMPARE(cleanHtml(u"<img src=cid:a alt=z>"_s, images).body(), u"z"_s);
    QCOMPARE(cleaned(u"<image src=cid:a@b>"_s), u"<img src=\"cid:a@b\" alt=\"\">"_s);
}

void TestHtmlRules::tag_isReadAsBrowsersReadIt_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");

    const auto add = [](const char *name, const QString &html, const QString &expected) {
        QTest::newRow(name) << html << expected;
    };
    add("end tag that goes on", u"a<script>x</scriptx>y</script >b"_s, u"ab"_s);
    add("end tag with a slash", u"a<style>x</style/>b"_s, u"ab"_s);
    add("tags of raw text are none", u"a<title><b>x</title><style><!--</style>b"_s, u"ab"_s);
    add("comment ended at once", u"a<!-->b<!--->c<!---->d"_s, u"abcd"_s);
    add("comment ended otherwise", u"a<!-- x --!>b"_s, u"ab"_s);
    add("comment with hyphens", u"a<!-- -- > --- -->b"_s, u"ab"_s);
    add("comment without end", u"a<!-- <b>b"_s, u"a"_s);
    add("everything behind plaintext", u"a<plaintext></plaintext>b"_s, u"a"_s);
    add("first attribute counts", u"<p title=a title=b>x"_s, u"<p title=\"a\">x</p>"_s);
    add("attributes of an end tag", u"<p>a</p title='>b'>c"_s, u"<p>a</p> c"_s);
    add("upper case", u"<SCRIPT>x</sCript><P TITLE=a>x"_s, u"<p title=\"a\">x</p>"_s);
    add("NUL and controls", u"a&#0;b&#1;c&#127;d&#x80;e&#xD800;f&#x110000;g&#xFFFF;h"_s,
        u"a\uFFFDbcd€e\uFFFDf\uFFFDg\uFFFDh"_s);
    add("overflowing number", u"&#4294967361;"_s, u"\uFFFD"_s);
    add("reference without end in an attribute", u"<a href='http://x.test/?a&copy=1&lt;b'>x</a>"_s,
        u"<a href=\"http://x.test/?a&amp;copy=1%3Cb\">x</a>"_s);
    add("cell without a table", u"<tr><td>a<td>b"_s, u"a b"_s);
    add("end of a block from within a cell", u"<div><table><td>a</div>b</table>"_s,
        u"<div> <table> <tr> <td>ab</td> </tr> </table> </div>"_s);
    add("end of a row from within a nested table", u"<table><tr><td><table><tr><td>a</table>b</table>c"_s,
        u"<table> <tr> <td> <table> <tr> <td>a</td> </tr> </table> b</td> </tr> </table> c"_s);
    add("end of a cell from within an inner table",
        u"<table><tr><td>a<table></td><tr><td>b</table>c</table>d"_s,
        u"<table> <tr> <td>a <table> <tr> <td>b</td> </tr> </table> c</td> </tr> </table> d"_s);
    add("link is not opened again", u"<b><a href=http://x.test>x</b>y</a>"_s,
        u"<b><a href=\"http://x.test\">x</a></b>y"_s);
    add("style is not opened again", u"<b><i style=color:red>x</b>y</i>"_s,
        u"<b><i style=\"color:#ff0000\">x</i></b>y"_s);
}

void TestHtmlRules::tag_isReadAsBrowsersReadIt()
{
    QFETCH(const QString, html);
    QFETCH(const QString, expected);
    QCOMPARE(cleaned(html), expected);
    QCOMPARE(cleaned(cleaned(html)), expected);
}

void TestHtmlRules::manyAttributes_areNotAllLookedAt()
{
    QString html = u"<p"_s;
    for (int i = 0; i < 100; ++i)
        html += " x"_L1 + QString::number(i);
    QCOMPARE(cleaned(html + " title=a>x"_L1), u"<p>x</p>"_s);
    QVERIFY(cleaned(html.chopped(4) + " title=a>x"_L1).contains("title"_L1));
}

/// Where too much is open, text stays and tags go.
void TestHtmlRules::styleAroundText_neverLosesItsRoom()
{
    const QString spans = QString(u"<span style=color:red>"_s).repeated(1000) + u"x"_s;
    QCOMPARE(cleaned(spans).count("<span"_L1), 99);
    QVERIFY(cleaned(spans).contains(u'x'));
    const QString unwritten = QString(u"<span>"_s).repeated(200) + u"<b>x</b>"_s;
    QCOMPARE(cleaned(unwritten), u"x"_s);
    const QString tables = QString(u"<table><td>"_s).repeated(100) + u"x"_s;
    QCOMPARE(cleaned(tables).count("<table>"_L1), 32);
    QVERIFY(cleaned(tables).contains(u'x'));
}

QTEST_GUILESS_MAIN(TestHtmlRules)
#include "tst_htmlrules.moc"
