// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmlcleaner.h"
#include "support/timegrowth.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using postrider::support::timeGrowth;

namespace {

/// What is in the output that must never be there, told by a reading of its own: every "<" begins a known
/// tag, every attribute is a known one, tags are balanced.
QString problemOf(const QString &body)
{
    static const QRegularExpression tag(u"\\A<(/?)([a-z][a-z0-9]*)((?: [a-z]+=\"[^\"<>]*\")*)>"_s);
    static const QRegularExpression attribute(u" ([a-z]+)=\"([^\"]*)\""_s);
    static const QStringList elements {
        u"a"_s,     u"abbr"_s,    u"address"_s, u"b"_s,     u"bdo"_s,    u"big"_s,   u"blockquote"_s,
        u"br"_s,    u"caption"_s, u"cite"_s,    u"code"_s,  u"dd"_s,     u"del"_s,   u"dfn"_s,
        u"div"_s,   u"dl"_s,      u"dt"_s,      u"em"_s,    u"h1"_s,     u"h2"_s,    u"h3"_s,
        u"h4"_s,    u"h5"_s,      u"h6"_s,      u"hr"_s,    u"i"_s,      u"img"_s,   u"ins"_s,
        u"kbd"_s,   u"li"_s,      u"mark"_s,    u"ol"_s,    u"p"_s,      u"pre"_s,   u"q"_s,
        u"s"_s,     u"samp"_s,    u"small"_s,   u"span"_s,  u"strong"_s, u"sub"_s,   u"sup"_s,
        u"table"_s, u"tbody"_s,   u"td"_s,      u"tfoot"_s, u"th"_s,     u"thead"_s, u"tr"_s,
        u"u"_s,     u"ul"_s,      u"var"_s,     u"wbr"_s,
    };
    static const QStringList attributes {
        u"align"_s,  u"alt"_s,   u"border"_s, u"cellpadding"_s, u"cellspacing"_s, u"colspan"_s, u"dir"_s,
        u"height"_s, u"href"_s,  u"lang"_s,   u"rowspan"_s,     u"scope"_s,       u"src"_s,     u"start"_s,
        u"style"_s,  u"title"_s, u"type"_s,   u"valign"_s,      u"value"_s,       u"width"_s,
    };
    QStringList open;
    for (qsizetype at = body.indexOf(u'<'); at >= 0; at = body.indexOf(u'<', at + 1)) {
        const auto match = tag.match(QStringView(body).sliced(at));
        if (!match.hasMatch())
            return u"no tag: "_s + body.mid(at, 40);
        const QString name = match.captured(2);
        if (!elements.contains(name))
            return u"element "_s + name;
        if (!match.captured(1).isEmpty()) {
            if (open.isEmpty() || open.takeLast() != name)
                return u"unbalanced "_s + name;
        } else if (name != "br"_L1 && name != "hr"_L1 && name != "img"_L1 && name != "wbr"_L1) {
            open.append(name);
        }
        for (const auto &one : attribute.globalMatch(match.captured(3))) {
            const QString value = one.captured(2);
            if (!attributes.contains(one.captured(1)))
                return u"attribute "_s + one.captured(1);
            if (one.captured(1) == "href"_L1
                && !QRegularExpression(u"\\A(https?://|mailto:|tel:)"_s).match(value).hasMatch())
                return u"link "_s + value;
            if (one.captured(1) == "src"_L1 && !value.startsWith("cid:"_L1))
                return u"source "_s + value;
            if (one.captured(1) == "style"_L1
                && QRegularExpression(u"url|expression|import|binding|position|\\\\|@|/\\*"_s)
                       .match(value)
                       .hasMatch())
                return u"style "_s + value;
        }
        if (open.size() > 104)
            return u"too deep"_s;
    }
    if (!open.isEmpty())
        return u"open "_s + open.join(u' ');
    for (const QChar character : body) {
        const bool isControl = character.category() == QChar::Other_Control;
        if (isControl && character != u'\n' && character != u'\t')
            return u"control character"_s;
    }
    return {};
}

QString oneLine(const CleanHtml &html)
{
    return QString(html.body()).replace(u'\n', u' ').simplified();
}

/// Takes every picture that it is asked about.
class AllImages : public HtmlImages
{
public:
    [[nodiscard]] QString contentId(const HtmlImage &image) override
    {
        seen.append(image);
        return u"taken"_s + QString::number(seen.size()) + "@example.org"_L1;
    }

    QList<HtmlImage> seen {};
};

} // namespace

class TestHtmlCleaner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void html_becomes_data();
    void html_becomes();
    void style_becomes_data();
    void style_becomes();
    void colours_stayReadable_data();
    void colours_stayReadable();
    void hostileHtml_isHarmless_data();
    void hostileHtml_isHarmless();
    void link_isKept_data();
    void link_isKept();
    void pictures_areOfferedOrReplaced();
    void nobodyIsAskedAboutOtherSources_data();
    void nobodyIsAskedAboutOtherSources();
    void anyTags_areCleanAfterOneTime();
    void anySize_takesTimeInProportion_data();
    void anySize_takesTimeInProportion();
    void deepNesting_isCutWithoutLosingText();
    void document_namesCharsetAndNoProgram();
};

void TestHtmlCleaner::html_becomes_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");

    QTest::newRow("text") << u"a < b & c > d \"e\""_s << u"a &lt; b &amp; c &gt; d &quot;e&quot;"_s;
    QTest::newRow("references") << u"&auml;&#228;&#xE4;&auml &nbsp;&euro;&#128;&Zeta;&unknown;&amp"_s
                                << u"äää"
                                   "ä &nbsp;€€Ζ&amp;unknown;&amp;"_s;
    QTest::newRow("space") << u"<p>  a \n b  </p>  <p> c</p>"_s << u"<p>a b</p> <p>c</p>"_s;
    QTest::newRow("space among inline tags") << u"a <b> b </b> c"_s << u"a <b>b</b> c"_s;
    QTest::newRow("preformatted") << u"<pre>\n\na  b\n</pre>"_s << u"<pre> a b </pre>"_s;
    QTest::newRow("paragraphs without ends") << u"<p>a<p>b"_s << u"<p>a</p> <p>b</p>"_s;
    QTest::newRow("items without ends") << u"<ul><li>a<li>b</ul>"_s << u"<ul> <li>a</li> <li>b</li> </ul>"_s;
    QTest::newRow("wrong nesting") << u"<b><i>a</b>b</i>"_s << u"<b><i>a</i></b><i>b</i>"_s;
    QTest::newRow("inline end in a block") << u"<b><p>a</b>b</p>c"_s << u"<b> <p>ab</p> </b>c"_s;
    QTest::newRow("old elements") << u"<center><font color=red size=5>a</font><strike>b</strike></center>"_s
                                  << u"<div style=\"text-align:center\"><span style=\"color:#ff0000;"
                                     "font-size:x-large\">a</span><s>b</s></div>"_s;
    QTest::newRow("unknown elements") << u"<foo>a<section>b</section></foo>"_s << u"a <div>b</div>"_s;
    QTest::newRow("office")
        << u"<p class=MsoNormal style='mso-x:y'>a<o:p>&nbsp;</o:p><![if !x]>b<![endif]></p>"_s
        << u"<p>a&nbsp;b</p>"_s;
    QTest::newRow("conditional comment") << u"a<!--[if mso]><b>x</b><![endif]-->b"_s << u"ab"_s;
    QTest::newRow("table") << u"<table><td>a<td>b<tr><td>c</table>"_s
                           << u"<table> <tr> <td>a</td> <td>b</td> </tr> <tr> <td>c</td> </tr> </table>"_s;
    QTest::newRow("text in a table") << u"<table>a<tr>b</table>"_s
                                     << u"<table> <tr> <td>a</td> </tr> <tr> <td>b</td> </tr> </table>"_s;
    QTest::newRow("cells without a table") << u"<td>a</td><td>b</td>"_s << u"a b"_s;
    QTest::newRow("attributes") << u"<p id=x class=y data-z=1 dir=rtl lang=he title='t\"'>a</p>"_s
                                << u"<p dir=\"rtl\" lang=\"he\" title=\"t&quot;\">a</p>"_s;
    QTest::newRow("first of two attributes") << u"<p dir=rtl dir=ltr>a</p>"_s << u"<p dir=\"rtl\">a</p>"_s;
    QTest::newRow("quotation") << u"<blockquote type=cite cite=mid:x>a</blockquote>"_s
                               << u"<blockquote type=\"cite\">a</blockquote>"_s;
    QTest::newRow("spans without sense") << u"<span><span class=x>a</span></span>"_s << u"a"_s;
    QTest::newRow("link in a link") << u"<a href=http://a.test/>a<a href=http://b.test/>b</a></a>"_s
                                    << u"<a href=\"http://a.test/\">a</a><a href=\"http://b.test/\">b</a>"_s;
    QTest::newRow("title and style") << u"<title>t</title><style>s</style>a"_s << u"a"_s;
    QTest::newRow("form") << u"<form><input value=x><button>b</button><select><option>o</select>a</form>"_s
                          << u"ba"_s;
}

void TestHtmlCleaner::html_becomes()
{
    QFETCH(const QString, html);
    QFETCH(const QString, expected);
    const CleanHtml clean = cleanHtml(html);
    QCOMPARE(oneLine(clean), expected);
    QCOMPARE(problemOf(clean.body()), QString());
    QCOMPARE(cleanHtml(clean.body()).body(), clean.body());
}

void TestHtmlCleaner::style_becomes_data()
{
    QTest::addColumn<QString>("style");
    QTest::addColumn<QString>("expected");

    QTest::newRow("kept") << u" Font-Weight : BOLD ; text-align:center "_s
                          << u"font-weight:bold;text-align:center"_s;
    QTest::newRow("colour forms") << u"color:#F00"_s << u"color:#ff0000"_s;
    QTest::newRow("rgb") << u"color:rgb(255, 0, 16)"_s << u"color:#ff0010"_s;
    QTest::newRow("transparent") << u"color:rgba(255,0,0,0.1)"_s << QString();
    QTest::newRow("important") << u"color:red !important"_s << u"color:#ff0000"_s;
    QTest::newRow("later wins") << u"color:red;color:lime"_s << u"color:#00ff00"_s;
    QTest::newRow("lengths") << u"margin:0 1em 2.5px 10%;width:99999px;height:-1px"_s
                             << u"margin:0 1em 2.5px 10%"_s;
    QTest::newRow("fonts") << u"font-family:\"Segoe UI\", 'a\\b', .Hidden, serif;font-size:11pt"_s
                           << u"font-family:'Segoe UI',serif;font-size:11pt"_s;
    QTest::newRow("no size") << u"font-size:0;line-height:1.5"_s << u"line-height:1.5"_s;
    QTest::newRow("border") << u"border:1px solid #abc"_s << u"border:1px solid #aabbcc"_s;
    QTest::newRow("url") << u"background:url(http://x.test/a)"_s << QString();
    QTest::newRow("url in disguise") << u"background:u\\72l(x);list-style-image:url(x)"_s << QString();
    QTest::newRow("expression") << u"width:expression(alert(1))"_s << QString();
    QTest::newRow("comment in a name") << u"wid/**/th:5px"_s << u"width:5px"_s;
    QTest::newRow("position") << u"position:fixed;top:0;display:none;z-index:9"_s << QString();
    QTest::newRow("programs' own") << u"-qt-block-indent:0;mso-bidi:x;-webkit-x:y"_s << QString();
    QTest::newRow("semicolon in a string") << u"font-family:'a;color:red'"_s << QString();
}

void TestHtmlCleaner::style_becomes()
{
    QFETCH(const QString, style);
    QFETCH(const QString, expected);
    const CleanHtml clean
        = cleanHtml("<p style=\""_L1 + QString(style).replace(u'"', "&quot;"_L1) + "\">a</p>"_L1);
    const QString attribute = expected.isEmpty() ? QString() : QString(" style=\""_L1 + expected + u'"');
    QCOMPARE(oneLine(clean), QString("<p"_L1 + attribute + ">a</p>"_L1));
    QCOMPARE(cleanHtml(clean.body()).body(), clean.body());
}

void TestHtmlCleaner::colours_stayReadable_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");

    QTest::newRow("black text") << u"<p style=color:black>a"_s << u"<p>a</p>"_s;
    QTest::newRow("white text") << u"<p style=color:#eee>a"_s << u"<p>a</p>"_s;
    QTest::newRow("white ground") << u"<p style=background:#fff>a"_s << u"<p>a</p>"_s;
    QTest::newRow("colour") << u"<p style=color:navy>a"_s << u"<p style=\"color:#000080\">a</p>"_s;
    QTest::newRow("dark ground alone")
        << u"<p style=background:#222>a"_s << u"<p style=\"background-color:#222222;color:#ffffff\">a</p>"_s;
    QTest::newRow("yellow ground alone") << u"<p style=background:yellow>a"_s
                                         << u"<p style=\"background-color:#ffff00;color:#000000\">a</p>"_s;
    QTest::newRow("both") << u"<p style=background:black;color:white>a"_s
                          << u"<p style=\"background-color:#000000;color:#ffffff\">a</p>"_s;
    QTest::newRow("black within red")
        << u"<p style=color:red><span style=color:black>a"_s
        << u"<p style=\"color:#ff0000\"><span style=\"color:#000000\">a</span></p>"_s;
    QTest::newRow("white on a dark cell")
        << u"<table><td bgcolor=navy><b style=color:white>a"_s
        << u"<table> <tr> <td style=\"background-color:#000080;color:#ffffff\"><b "
           u"style=\"color:#ffffff\">a</b>"
           "</td> </tr> </table>"_s;
}

void TestHtmlCleaner::colours_stayReadable()
{
    html_becomes();
}

void TestHtmlCleaner::hostileHtml_isHarmless_data()
{
    QTest::addColumn<QString>("html");

    const QStringList cases {
        u"<script>alert(1)</script>"_s,
        u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s,
        u"<SCRIPT SRC=//x.test/a></SCRIPT"_s,
        u"<script/x>alert(1)</script >"_s,
        u"<script><!--<script></script>--><img src=x onerror=alert(1)></script>"_s,
        u"<img src=x onerror=alert(1)>"_s,
        u"<img/src=x/onerror=alert(1)>"_s,
        u"<img src=\"x\"onerror=alert(1)>"_s,
        u"<img src=`x`onerror=alert(1)>"_s,
        u"<img\nsrc=x\nonerror\n=\nalert(1)\n>"_s,
        u"<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">"_s,
        u"<img src=javascript:alert(1)>"_s,
        u"<body onload=alert(1)>"_s,
        u"<p onmouseover=alert(1)//>x"_s,
        u"<a href=javascript:alert(1)>x</a>"_s,
        u"<a href=JaVaScRiPt:alert(1)>x</a>"_s,
        u"<a href=\" \x01javascript:alert(1)\">x</a>"_s,
        u"<a href=\"java\tscript:alert(1)\">x</a>"_s,
        u"<a href=\"java&#10;script:alert(1)\">x</a>"_s,
        u"<a href=\"java&Tab;script&colon;alert(1)\">x</a>"_s,
        u"<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">x</a>"_s,
        u"<a href=\"&#0000106&#0000097&#0000118ascript:alert(1)\">x</a>"_s,
        u"<a href=data:text/html,<script>alert(1)</script>>x</a>"_s,
        u"<a href=vbscript:x>x</a><a href=file:///etc/passwd>x</a><a href=//x.test>x</a><a href=#x>x</a>"_s,
        u"<a href=\"http://x.test/\" target=_blank ping=//y.test onclick=alert(1)>x</a>"_s,
        u"<a href='http://x.test/\"><script>alert(1)</script>'>x</a>"_s,
        u"<svg onload=alert(1)>"_s,
        u"<svg><script>alert(1)</script></svg>"_s,
        u"<svg><style><img src=x onerror=alert(1)></style></svg>"_s,
        u"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">"_s,
        u"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">"_s,
        u"<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">"_s,
        u"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">"_s,
        u"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"_s,
        u"<template><script>alert(1)</script></template><template><b>x"_s,
        u"<style><style/><img src=x onerror=alert(1)>"_s,
        u"<style>@import '//x.test/a.css';</style>"_s,
        u"<title><img src=x onerror=alert(1)></title>"_s,
        u"<textarea></textarea><img src=x onerror=alert(1)></textarea>"_s,
        u"<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>"_s,
        u"<iframe srcdoc=\"<script>alert(1)</script>\"></iframe><iframe src=//x.test>"_s,
        u"<object data=//x.test><param name=x></object><embed src=//x.test><applet code=x>"_s,
        u"<meta http-equiv=refresh content=0;url=//x.test><base href=//x.test><link rel=stylesheet href=//x>"_s,
        u"<table background=//x.test><td background=//x.test style=background:url(//x.test)>x"_s,
        u"<video src=//x.test><source src=//y.test><audio src=//x.test></audio>"_s,
        u"<p style=\"width:expression(alert(1));behavior:url(#x);-moz-binding:url(//x.test)\">x"_s,
        u"<p style=\"background:u&#114;l(//x.test)\">x"_s,
        u"<p style=\"color:red;x:'&quot;><script>alert(1)</script>\">x"_s,
        u"<!--><img src=x onerror=alert(1)>-->"_s,
        u"<!---><img src=x onerror=alert(1)>-->"_s,
        u"<!--x--!><img src=x onerror=alert(1)>"_s,
        u"<![CDATA[<img src=x onerror=alert(1)>]]>"_s,
        u"<?xml version=1?><img src=x onerror=alert(1)>"_s,
        u"<!DOCTYPE x [<!ENTITY y \"z\">]><p>&y;"_s,
        u"</ <img src=x onerror=alert(1)>"_s,
        u"<<img src=x onerror=alert(1)>"_s,
        u"<p/onclick=alert(1)>x</p/onclick=alert(1)>"_s,
        u"<img src=x alt=\"<script>alert(1)</script>\">"_s,
        u"&lt;script&gt;alert(1)&lt;/script&gt;"_s,
        u"&amp;lt;script&amp;gt;"_s,
        u"<plaintext><img src=x onerror=alert(1)>"_s,
        u"<table><table><td><table><tr></table></td><p></tr>x</table>y</table>z"_s,
        u"<table><a href=http://x.test><tr><td></a><b></table></b>"_s,
        u"<p><table></p><td></p>x"_s,
        u"<a><b><a><b><a><b></a></b></a></b>"_s,
        u"<b><i><u><b><i><u></b>x</i>y</u>z"_s,
        u"<li><p><ul><li></p></li></p>x<dt><dd><dt>"_s,
        u"<unclosed attribute=\"x"_s,
        u"<a href=\"http://x.test/"_s,
        u"<"_s,
        u"</"_s,
        u"<!"_s,
        u"<!--"_s,
        u"&#"_s,
        u"&#x;&#99999999999;&#xD800;&#0;&#xFFFF;"_s,
        u"<select><style></select><img src=x onerror=alert(1)></style>"_s,
        u"<image src=x onerror=alert(1)>"_s,
        u"<a href=\"https://\u202Etest.x/\">x</a>"_s,
        u"<img src=cid:a\"onerror=alert(1)>"_s,
        u"<img src=\"cid:a@b\" width=\"1 onerror=alert(1)\" style=\"position:fixed\">"_s,
        u"<pre>\n\n<b>\n\nx</b></pre><pre><img alt='\n\ny'></pre>"_s,
        u"<ul type='1\" onclick=\"alert(1)'><li value=9999999>x"_s,
    };
    for (const QString &html : cases)
        QTest::addRow("%s", qPrintable(html.left(60).simplified())) << html;
    QString withNuls = u"<scr\0ipt>alert(1)</scr\0ipt><img src=x o\0nerror=alert(1)>\0"_s;
    withNuls.replace(u"\\0"_s, QString(QChar(u'\0')));
    QTest::newRow("NULs") << withNuls;
    QTest::newRow("half a surrogate pair") << QString(QChar(0xD83D)) + u"<b>"_s + QChar(0xDE00);
}

void TestHtmlCleaner::hostileHtml_isHarmless()
{
    QFETCH(const QString, html);
    const CleanHtml clean = cleanHtml(html);
    QVERIFY2(problemOf(clean.body()).isEmpty(), qPrintable(problemOf(clean.body()) + u'\n' + clean.body()));
    QCOMPARE(cleanHtml(clean.body()).body(), clean.body());
    AllImages images;
    const CleanHtml withImages = cleanHtml(html, images);
    QVERIFY2(problemOf(withImages.body()).isEmpty(), qPrintable(withImages.body()));
}

void TestHtmlCleaner::link_isKept_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("expected");

    QTest::newRow("web") << u"https://example.org/a?b=c&d=%20#e"_s << u"https://example.org/a?b=c&d=%20#e"_s;
    QTest::newRow("upper case") << u" HTTP://Example.org "_s << u"http://Example.org"_s;
    QTest::newRow("mail") << u"mailto:ann@example.org?subject=x"_s << u"mailto:ann@example.org?subject=x"_s;
    QTest::newRow("telephone") << u"tel:+49301234"_s << u"tel:+49301234"_s;
    QTest::newRow("blank and quotes")
        << u"https://example.org/a b\"c<d>"_s << u"https://example.org/a%20b%22c%3Cd%3E"_s;
    QTest::newRow("other script") << u"https://münchen.example/ü"_s << u"https://münchen.example/ü"_s;
    QTest::newRow("line end within") << u"https://example.org/\na"_s << u"https://example.org/a"_s;
    QTest::newRow("relative") << u"/a"_s << QString();
    QTest::newRow("nothing") << u"https:"_s << QString();
    QTest::newRow("script") << u"javascript:x"_s << QString();
    QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    QTest::newRow("data") << u"data:text/html,x"_s << QString();
}

void TestHtmlCleaner::link_isKept()
{
    QFETCH(const QString, address);
    QFETCH(const QString, expected);
    QCOMPARE(cleanLink(address), expected);
    QCOMPARE(cleanLink(cleanLink(address)), expected);
}

void TestHtmlCleaner::pictures_areOfferedOrReplaced()
{
    const QString html = u"<img src='data:image/png;base64,iVBO Rw0K' alt=one width=10>"
                         "<img src='cid:two%40example.org' alt=two><img src=DATA:image/gif;base64,R0lG>"_s;
    AllImages images;
    const CleanHtml clean = cleanHtml(html, images);
    QCOMPARE(images.seen.size(), 3);
    QCOMPARE(images.seen.at(0).type, "image/png"_ba);
    QCOMPARE(images.seen.at(0).octets, QByteArray::fromBase64("iVBORw0K"));
    QCOMPARE(images.seen.at(1).contentId, u"two@example.org"_s);
    QCOMPARE(images.seen.at(2).type, "image/gif"_ba);
    QVERIFY(clean.body().contains("<img src=\"cid:taken1@example.org\" alt=\"one\" width=\"10\">"_L1));
    QVERIFY(clean.body().contains("<img src=\"cid:taken3@example.org\" alt=\"\">"_L1));

    QCOMPARE(oneLine(cleanHtml(html)), u"one<img src=\"cid:two@example.org\" alt=\"two\">"_s);
}

void TestHtmlCleaner::nobodyIsAskedAboutOtherSources_data()
{
    QTest::addColumn<QString>("source");

    for (const char *source :
         { "http://x.test/a.png", "https://x.test/a.png", "//x.test/a.png", "file:///tmp/a.png", "a.png", "",
           "data:image/svg+xml;base64,PHN2Zz4=", "data:text/html;base64,PHN2Zz4=", "data:image/png,abc",
           "data:image/png;base64,", "data:", "blob:x", "javascript:x", "cid:", "cid:a b", "cid:%00",
           "cid:a\"b" })
        QTest::addRow("%s", source) << QString::fromLatin1(source);
}

void TestHtmlCleaner::nobodyIsAskedAboutOtherSources()
{
    QFETCH(const QString, source);
    AllImages images;
    const CleanHtml clean = cleanHtml("<p><img alt='[x]' src='"_L1 + source + "'></p>"_L1, images);
    QCOMPARE(oneLine(clean), u"<p>[x]</p>"_s);
    QVERIFY(images.seen.isEmpty());
}

void TestHtmlCleaner::anyTags_areCleanAfterOneTime()
{
    QRandomGenerator random(13); // a fixed seed: a failure must come again
    const QStringList pieces {
        u"<p>"_s,
        u"</p>"_s,
        u"<div>"_s,
        u"</div>"_s,
        u"<b>"_s,
        u"</b>"_s,
        u"<i>"_s,
        u"</i>"_s,
        u"<table>"_s,
        u"</table>"_s,
        u"<tr>"_s,
        u"</tr>"_s,
        u"<td>"_s,
        u"</td>"_s,
        u"<tbody>"_s,
        u"<caption>"_s,
        u"</caption>"_s,
        u"<ul>"_s,
        u"</ul>"_s,
        u"<li>"_s,
        u"</li>"_s,
        u"<a href=http://x.test/>"_s,
        u"</a>"_s,
        u"<a>"_s,
        u"<pre>"_s,
        u"</pre>"_s,
        u"\n"_s,
        u" "_s,
        u"  "_s,
        u"x"_s,
        u"&amp;lt;"_s,
        u"<br>"_s,
        u"<hr>"_s,
        u"<img alt=' q '>"_s,
        u"<img src=cid:a@b>"_s,
        u"<span style='white-space:pre-wrap;color:red'>"_s,
        u"</span>"_s,
        u"<span>"_s,
        u"<span style=background:#000>"_s,
        u"<i style=color:white>"_s,
        u"<td bgcolor=navy>"_s,
        u"<h1>"_s,
        u"</h2>"_s,
        u"<blockquote>"_s,
        u"</blockquote>"_s,
        u"<dl>"_s,
        u"<dt>"_s,
        u"<dd>"_s,
        u"</dl>"_s,
        u"<!-- -->"_s,
        u"<svg>"_s,
        u"</svg>"_s,
        u"<style>"_s,
        u"</style>"_s,
        u"&nbsp;"_s,
        u"<wbr>"_s,
        u"<u></u>"_s,
        u"<center>"_s,
        u"</center>"_s,
        u"<p style='white-space:pre'>"_s,
    };
    for (int round = 0; round < 3000; ++round) {
        QString html;
        for (quint32 i = random.bounded(60U); i > 0; --i)
            html += pieces.at(random.bounded(static_cast<int>(pieces.size())));
        const QString clean = cleanHtml(html).body();
        QVERIFY2(problemOf(clean).isEmpty(), qPrintable(html + u"\n\n"_s + clean));
        const QString again = cleanHtml(clean).body();
        QVERIFY2(again == clean, qPrintable(html + u"\n\n"_s + clean + u"\n\n"_s + again));
    }
}

void TestHtmlCleaner::anySize_takesTimeInProportion_data()
{
    QTest::addColumn<QString>("piece");

    for (const char *piece : { "<p>text ",
                               "<div>",
                               "<table><tr><td>",
                               "<b><i>",
                               "<",
                               "</",
                               "<!--",
                               "<!-- -",
                               "&",
                               "&#",
                               "&amp",
                               "<a ",
                               "<a href=\"",
                               "<img src=data:image/png;base64,AAAA>",
                               "<span style='color:red;'>",
                               "<script>",
                               "</script",
                               "<style></styl",
                               "<li>",
                               "<b></i>",
                               "<table>",
                               "x ",
                               "<p style=\"/*",
                               "<a b=c ",
                               "-->",
                               "<b><p></b>",
                               "<a><p>" })
        QTest::addRow("%s", piece) << QString::fromLatin1(piece);
}

void TestHtmlCleaner::anySize_takesTimeInProportion()
{
    QFETCH(const QString, piece);
    constexpr qsizetype Size = 48'000;
    qsizetype written = 0;
    const auto growth = timeGrowth(
        Size, [&piece](qsizetype size) { return piece.repeated(size / piece.size()); },
        [&written](const QString &html) { written = cleanHtml(html).body().size(); });
    QVERIFY2(growth.isInProportion(), qPrintable(growth.toString()));
    QVERIFY(written <= 8 * Size);
}

void TestHtmlCleaner::deepNesting_isCutWithoutLosingText()
{
    for (const QString &piece :
         { u"<div>"_s, u"<b>"_s, u"<table><td>"_s, u"<blockquote><ul><li>"_s, u"<span>"_s }) {
        const CleanHtml clean = cleanHtml(piece.repeated(5000) + u"text"_s);
        QVERIFY(clean.body().contains("text"_L1));
        QCOMPARE(problemOf(clean.body()), QString());
        QCOMPARE(cleanHtml(clean.body()).body(), clean.body());
    }
}

void TestHtmlCleaner::document_namesCharsetAndNoProgram()
{
    const QString document = cleanHtml(u"<meta name=generator content=Qt><p>a</p>"_s).document();
    QVERIFY(document.startsWith("<!DOCTYPE html>\n<html>\n<head>\n"_L1));
    // As the part that it becomes: us-ascii where that is enough.
    QVERIFY(!document.contains("charset"_L1));
    for (const QString &letter : { u"é"_s, u"漢"_s, u"😀"_s })
        QCOMPARE(cleanHtml(u"<p>"_s + letter).document().count("charset=utf-8"_L1), 1);
    QVERIFY(document.contains("<meta name=\"color-scheme\" content=\"light dark\">"_L1));
    QVERIFY(document.endsWith("<p>a</p>\n</body>\n</html>\n"_L1));
    QVERIFY(!document.contains("generator"_L1, Qt::CaseInsensitive));
    QVERIFY(!document.contains("qt"_L1, Qt::CaseInsensitive));
    QCOMPARE(oneLine(cleanHtml(document)), u"<p>a</p>"_s);
}

QTEST_GUILESS_MAIN(TestHtmlCleaner)
#include "tst_htmlcleaner.moc"
