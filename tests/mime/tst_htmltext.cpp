// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmltext.h"

#include <QRegularExpression>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

QString plainText(const QString &html)
{
    return toPlainText(toPlainLines(cleanHtml(html)));
}

} // namespace

class TestHtmlText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void html_readsAs_data();
    void html_readsAs();
    void everyWord_isThere();
};

void TestHtmlText::html_readsAs_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("words") << u"a  b\nc"_s << u"a b c\n"_s;
    QTest::newRow("references") << u"&lt;&amp;&nbsp;&euro;"_s << u"<& €\n"_s;
    QTest::newRow("paragraphs") << u"<p>a</p><p>b</p>"_s << u"a\n\nb\n"_s;
    QTest::newRow("paragraphs without margins")
        << u"<p style='margin:0'>a</p><p style='margin-top:0px;margin-bottom:0px'>b</p>"_s << u"a\nb\n"_s;
    QTest::newRow("lines as editors make them")
        << u"<div>a</div><div><br></div><div>b</div>"_s << u"a\n\nb\n"_s;
    QTest::newRow("line breaks") << u"a<br>b<br><br>c<br>"_s << u"a\nb\n\nc\n"_s;
    QTest::newRow("empty paragraph") << u"<p style='margin:0'>a</p><p style='margin:0'><br></p>"
                                        "<p style='margin:0'>b</p>"_s
                                     << u"a\n\nb\n"_s;
    QTest::newRow("headings") << u"<h1>a</h1>b<h2>c</h2>"_s << u"a\n\nb\n\nc\n"_s;
    QTest::newRow("rule") << u"a<hr>b"_s << QString(u"a\n"_s + QString(40, u'-') + u"\nb\n"_s);
    QTest::newRow("link") << u"see <a href=https://example.org/x>our site</a>."_s
                          << u"see our site <https://example.org/x>.\n"_s;
    QTest::newRow("link that shows itself")
        << u"<a href=https://example.org/>https://example.org/</a>"_s << u"https://example.org/\n"_s;
    QTest::newRow("link that shows most of itself")
        << u"<a href=https://example.org/>example.org</a> <a href=mailto:ann@example.org>ann@example.org</a>"_s
        << u"example.org ann@example.org\n"_s;
    QTest::newRow("link that shows another address")
        << u"<a href=https://b.test/>https://a.test/</a>"_s << u"https://a.test/ <https://b.test/>\n"_s;
    QTest::newRow("link around a picture")
        << u"<a href=https://a.test/><img src=cid:x@y alt=logo></a>"_s << u"[logo] <https://a.test/>\n"_s;
    QTest::newRow("link without text") << u"<a href=https://a.test/></a>"_s << u"<https://a.test/>\n"_s;
    QTest::newRow("picture without text") << u"a<img src=cid:x@y>b"_s << u"ab\n"_s;
    QTest::newRow("list") << u"a<ul><li>b<li>c</ul>d"_s << u"a\n\n- b\n- c\n\nd\n"_s;
    QTest::newRow("numbers") << u"<ol start=9><li>a<li>b<li value=20>c</ol>"_s << u"9. a\n10. b\n20. c\n"_s;
    QTest::newRow("lists in lists") << u"<ul><li>a<ol><li>b<li>c</ol><li>d<p>e</p></ul>"_s
                                    << u"- a\n  1. b\n  2. c\n- d\n\n  e\n"_s;
    QTest::newRow("empty item") << u"<ul><li><li>a</ul>"_s << u"- \n- a\n"_s;
    QTest::newRow("definitions") << u"<dl><dt>a<dd>b</dl>"_s << u"a\n    b\n"_s;
    QTest::newRow("quotation") << u"<p>Ann wrote:</p><blockquote><p>a</p><p>b</p></blockquote><p>c</p>"_s
                               << u"Ann wrote:\n\n> a\n>\n> b\n\nc\n"_s;
    QTest::newRow("quotations in quotations")
        << u"<blockquote>a<blockquote>b</blockquote>c</blockquote>"_s << u"> a\n>\n>> b\n>\n> c\n"_s;
    QTest::newRow("table") << u"<table><tr><th>Name<th>Count<tr><td>Apples<td>3<tr><td>Figs<td></table>x"_s
                           << u"Name   | Count\nApples | 3\nFigs   |\n\nx\n"_s;
    QTest::newRow("wide table") << QString(u"<table><tr><td>"_s + QString(80, u'x')
                                           + u"<td>y<tr><td>a<td>b</table>"_s)
                                << QString(QString(80, u'x') + u" | y\na | b\n"_s);
    QTest::newRow("table for layout")
        << u"<table><tr><td><p>a</p><p>b</p><td>c</table>"_s << u"a\n\nb\nc\n"_s;
    QTest::newRow("table in a table")
        << u"<table><tr><td><table><tr><td>a<td>b</table></table>c"_s << u"a | b\nc\n"_s;
    QTest::newRow("quotation in a cell")
        << u"<table><tr><td><blockquote>a</blockquote></table>"_s << u"> a\n"_s;
    QTest::newRow("caption") << u"<table><caption>t</caption><tr><td>a<td>b</table>"_s << u"t\n\na | b\n"_s;
    QTest::newRow("code") << u"<pre>\nif (x)\n    y();\n</pre>z"_s << u"if (x)\n    y();\n\nz\n"_s;
    QTest::newRow("kept spaces") << u"<p style='white-space:pre-wrap'>a  b\nc</p>"_s << u"a  b\nc\n"_s;
    QTest::newRow("formatting says nothing") << u"<b>a</b><i>b</i><sup>2</sup>"_s << u"ab2\n"_s;
}

void TestHtmlText::html_readsAs()
{
    QFETCH(const QString, html);
    QFETCH(const QString, text);
    QCOMPARE(plainText(html), text);
}

void TestHtmlText::everyWord_isThere()
{
    const QString html
        = u"<h1>alpha</h1><p>beta <b>gamma</b><table><tr><td>delta<td><ul><li>epsilon<li>zeta"
          "</ul><tr><td colspan=2>eta</table><blockquote>theta<pre>iota</pre></blockquote>kappa"_s;
    const QStringList words = u"alpha beta gamma delta epsilon zeta eta theta iota kappa"_s.split(u' ');
    const QStringList found = plainText(html).split(QRegularExpression(u"[^a-z]+"_s), Qt::SkipEmptyParts);
    QCOMPARE(found, words);
}

QTEST_GUILESS_MAIN(TestHtmlText)
#include "tst_htmltext.moc"
