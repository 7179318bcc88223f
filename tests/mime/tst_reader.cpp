// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/entity.h"

#include <QBuffer>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

/// The structure in one line: "multipart/mixed(text/plain,image/png)".
QString shape(const Entity &entity)
{
    QString text = QString::fromLatin1(entity.type());
    const QList<Entity> children = entity.children();
    if (children.isEmpty())
        return text;
    QStringList inner;
    for (const Entity &child : children)
        inner.append(shape(child));
    return text + u'(' + inner.join(u',') + u')';
}

Entity message(const QByteArray &octets)
{
    auto result = readMessage(octets);
    if (!result)
        qFatal("not read");
    return *result;
}

QByteArray octetsOf(const Entity &entity)
{
    return entity.decoded(1024 * 1024).value_or("not decoded"_ba);
}

QString textOf(const Entity &entity)
{
    return entity.text().value_or(u"not decoded"_s);
}

/// The leaves' octets, each between bars.
QByteArray leaves(const Entity &entity)
{
    QByteArray result;
    const QList<Entity> all = entity.all();
    for (const Entity &part : all) {
        if (part.children().isEmpty())
            result += '|' + octetsOf(part) + '|';
    }
    return result;
}

constexpr QByteArrayView TwoParts = "From: a@x.test\r\n"
                                    "Content-Type: multipart/mixed; boundary=b\r\n"
                                    "\r\n"
                                    "preamble\r\n"
                                    "--b\r\n"
                                    "\r\n"
                                    "one\r\n"
                                    "\r\n"
                                    "--b\r\n"
                                    "Content-Type: text/html\r\n"
                                    "\r\n"
                                    "<p>two\r\n"
                                    "--b--\r\n"
                                    "epilogue\r\n";

} // namespace

class TestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_standInOrder();
    void fieldText_isDecoded_data();
    void fieldText_isDecoded();
    void structure_isRead_data();
    void structure_isRead();
    void anyLineEnd_givesTheSame_data();
    void anyLineEnd_givesTheSame();
    void anyBlockBorder_givesTheSame();
    void ranges_lieInTheSource();
    void contentType_isReadAs_data();
    void contentType_isReadAs();
    void name_isReadAs_data();
    void name_isReadAs();
    void text_isReadAs_data();
    void text_isReadAs();
    void attachedMessage_hasItsOwnParts();
    void sourceThatShrinks_isAnError();
    void outputThatFails_isAnError();
};

void TestReader::fields_standInOrder()
{
    const Entity mail = message("Received: one\r\nX-Empty:\r\nSubject : a\r\n\tb \r\nno field\r\n here\r\n"
                                "RECEIVED: two\r\n\r\nbody: no\r\n"_ba);
    const HeaderBlock &header = mail.header();
    QCOMPARE(header.size(), 5);
    QCOMPARE(header.at(0).name().toByteArray(), "Received"_ba);
    QCOMPARE(header.at(1).body(), QByteArray());
    QCOMPARE(header.at(2).name().toByteArray(), "Subject"_ba);
    QCOMPARE(header.at(2).body(), "a\tb"_ba);
    QCOMPARE(header.at(2).octets().toByteArray(), "Subject : a\r\n\tb \r\n"_ba);
    QVERIFY(header.at(3).name().isEmpty());
    QCOMPARE(header.at(3).octets().toByteArray(), "no field\r\n here\r\n"_ba);
    QCOMPARE(header.findAll("received").size(), 2);
    QCOMPARE(header.body("received"), "one"_ba);
    QVERIFY(!header.contains("body"));
}

void TestReader::fieldText_isDecoded_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("encoded word") << "=?utf-8?Q?Gr=C3=BC=C3=9Fe?="_ba << u"Grüße"_s;
    QTest::newRow("character split among words") << "=?utf-8?B?4oI=?=\r\n =?utf-8?B?rA==?="_ba << u"€"_s;
    QTest::newRow("word within quotes") << "\"=?utf-8?q?=C3=A9?=\" <a@x.test>"_ba << u"\"é\" <a@x.test>"_s;
    QTest::newRow("word within a word") << "Re:=?utf-8?q?=C3=A9?=!"_ba << u"Re:é!"_s;
    QTest::newRow("base64 without padding") << "=?utf-8?B?w6k?="_ba << u"é"_s;
    QTest::newRow("raw UTF-8") << "caf\xC3\xA9"_ba << u"café"_s;
    QTest::newRow("raw windows-1252") << "caf\xE9 \x80"_ba << u"café €"_s;
    QTest::newRow("Japanese") << "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="_ba << u"日本"_s;
    QTest::newRow("unknown charset") << "=?x-nobody?Q?abc?="_ba << u"=?x-nobody?Q?abc?="_s;
}

void TestReader::fieldText_isDecoded()
{
    QFETCH(const QByteArray, body);
    QTEST(message("Subject: " + body + "\r\n\r\n").header().text("Subject"), "text");
}

void TestReader::structure_isRead_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("structure");
    QTest::addColumn<QByteArray>("contents");

    QTest::newRow("two parts") << TwoParts.toByteArray() << u"multipart/mixed(text/plain,text/html)"_s
                               << "|one\r\n||<p>two|"_ba;
    QTest::newRow("nothing") << QByteArray() << u"text/plain"_s << "||"_ba;
    QTest::newRow("no header") << "Hello\r\nTo: Bob\r\n"_ba << u"text/plain"_s << "|Hello\r\nTo: Bob\r\n|"_ba;
    QTest::newRow("empty line first") << "\r\nHello"_ba << u"text/plain"_s << "|Hello|"_ba;
    QTest::newRow("header alone") << "From: a@x.test"_ba << u"text/plain"_s << "||"_ba;
    QTest::newRow("empty line lost") << "Subject: x\r\nHello\r\nBob\r\n\r\nBye\r\n"_ba << u"text/plain"_s
                                     << "|Hello\r\nBob\r\n\r\nBye\r\n|"_ba;
    QTest::newRow("line of a mailbox file")
        << "From a@x.test Sat Nov 21 17:41:47 2026\nSubject: x\n\nHi\n"_ba << u"text/plain"_s << "|Hi\n|"_ba;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBFSubject: x\r\n\r\nHi"_ba << u"text/plain"_s << "|Hi|"_ba;
    QTest::newRow("NULs") << QByteArray("Subject: x\r\n\r\na\0b", 17) << u"text/plain"_s
                          << QByteArray("|a\0b|", 5);

    const QByteArray mixed = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n";
    QTest::newRow("closing line missing")
        << QByteArray(mixed + "--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n")
        << u"multipart/mixed(text/plain,text/plain)"_s << "|one||two\r\n|"_ba;
    QTest::newRow("cut off within a header")
        << QByteArray(mixed + "--b\r\n\r\none\r\n--b\r\nContent-Ty")
        << u"multipart/mixed(text/plain,text/plain)"_s << "|one||Content-Ty|"_ba;
    QTest::newRow("empty parts") << QByteArray(mixed + "--b\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--")
                                 << u"multipart/mixed(text/plain,text/plain,text/plain)"_s << "||||||"_ba;
    QTest::newRow("no parts at all") << QByteArray(mixed + "--b--\r\n") << u"multipart/mixed"_s
                                     << "|--b--\r\n|"_ba;
    QTest::newRow("blank space behind the boundary")
        << QByteArray(mixed + "--b \t\r\n\r\none\r\n--b-- \r\nend") << u"multipart/mixed(text/plain)"_s
        << "|one|"_ba;
    QTest::newRow("lines that only begin like the boundary")
        << QByteArray(mixed + "--b\r\n\r\n--bb\r\n--b-\r\n--b--x\r\n--\r\n- --b\r\n--b--\r\n")
        << u"multipart/mixed(text/plain)"_s << "|--bb\r\n--b-\r\n--b--x\r\n--\r\n- --b|"_ba;
    QTest::newRow("boundary within a line") << QByteArray(mixed + "--b\r\n\r\nx --b\r\n--b--\r\n")
                                            << u"multipart/mixed(text/plain)"_s << "|x --b|"_ba;
    QTest::newRow("boundary that never comes")
        << QByteArray(mixed + "Hello\r\n--c\r\n") << u"text/plain"_s << "|Hello\r\n--c\r\n|"_ba;
    QTest::newRow("boundary parameter missing")
        << "Content-Type: multipart/mixed\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\none\r\n--x--\r\n"_ba
        << u"multipart/mixed(text/html)"_s << "|one|"_ba;
    QTest::newRow("quote of the boundary not closed")
        << "Content-Type: multipart/mixed; boundary=\"b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n"_ba
        << u"multipart/mixed(text/plain)"_s << "|one|"_ba;
    QTest::newRow("no subtype") << "Content-Type: multipart; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n"_ba
                                << u"multipart/mixed(text/plain)"_s << "|one|"_ba;
    QTest::newRow("an encoding claimed for a multipart")
        << QByteArray("Content-Transfer-Encoding: base64\r\n" + mixed + "--b\r\n\r\none\r\n--b--\r\n")
        << u"multipart/mixed(text/plain)"_s << "|one|"_ba;

    const QByteArray outer = "Content-Type: multipart/mixed; boundary=bound\r\n\r\n--bound\r\n";
    QTest::newRow("inner boundary begins with the outer one")
        << QByteArray(outer
                      + "Content-Type: multipart/alternative; boundary=boundary\r\n\r\n"
                        "--boundary\r\n\r\none\r\n--boundary\r\n\r\ntwo\r\n--boundary--\r\n"
                        "--bound\r\n\r\nthree\r\n--bound--\r\n")
        << u"multipart/mixed(multipart/alternative(text/plain,text/plain),text/plain)"_s
        << "|one||two||three|"_ba;
    QTest::newRow("outer boundary begins with the inner one")
        << QByteArray(outer
                      + "Content-Type: multipart/alternative; boundary=bo\r\n\r\n"
                        "--bo\r\n\r\none\r\n--bo--\r\n--bound\r\n\r\nthree\r\n--bound--\r\n")
        << u"multipart/mixed(multipart/alternative(text/plain),text/plain)"_s << "|one||three|"_ba;
    QTest::newRow("inner multipart never closed")
        << QByteArray(outer
                      + "Content-Type: multipart/alternative; boundary=in\r\n\r\n"
                        "--in\r\n\r\none\r\n--bound\r\n\r\ntwo\r\n--bound--\r\n")
        << u"multipart/mixed(multipart/alternative(text/plain),text/plain)"_s << "|one||two|"_ba;
    QTest::newRow("the same boundary inside and outside")
        << QByteArray(outer
                      + "Content-Type: multipart/alternative; boundary=bound\r\n\r\n"
                        "--bound\r\n\r\none\r\n--bound--\r\n--bound\r\n\r\ntwo\r\n--bound--\r\n")
        << u"multipart/mixed(multipart/alternative(text/plain),text/plain)"_s << "|one||two|"_ba;

    QTest::newRow("digest")
        << "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: one\r\n\r\n1\r\n"
           "--b\r\nContent-Type: text/plain\r\n\r\n2\r\n--b--\r\n"_ba
        << u"multipart/digest(message/rfc822(text/plain),text/plain)"_s << "|1||2|"_ba;
    QTest::newRow("attached message")
        << QByteArray(mixed
                      + "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n"
                        "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n"
                        "--b\r\n\r\ntwo\r\n--b--\r\n")
        << u"multipart/mixed(message/rfc822(multipart/mixed(text/plain)),text/plain)"_s << "|one||two|"_ba;
    QTest::newRow("attached message that only claims base64")
        << "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nSubject: x\r\n\r\nHi"_ba
        << u"message/rfc822(text/plain)"_s << "|Hi|"_ba;
    QTest::newRow("attached message in base64")
        << "Content-Type: message/global\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeA0KDQpIaQ=="_ba
        << u"message/global"_s << "|Subject: x\r\n\r\nHi|"_ba;
}

void TestReader::structure_isRead()
{
    QFETCH(const QByteArray, octets);
    const Entity mail = message(octets);
    QTEST(shape(mail), "structure");
    QTEST(leaves(mail), "contents");
}

void TestReader::anyLineEnd_givesTheSame_data()
{
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::newRow("LF") << "\n"_ba;
    QTest::newRow("CR") << "\r"_ba;
    QTest::newRow("CRCRLF") << "\r\r\n"_ba;
}

void TestReader::anyLineEnd_givesTheSame()
{
    QFETCH(const QByteArray, lineEnd);
    const Entity mail = message(TwoParts.toByteArray().replace("\r\n", lineEnd));
    QCOMPARE(shape(mail), u"multipart/mixed(text/plain,text/html)"_s);
    QCOMPARE(textOf(mail.children().at(0)).trimmed(), u"one"_s);
    QCOMPARE(textOf(mail.children().at(1)).trimmed(), u"<p>two"_s);
    QCOMPARE(mail.header().body("From"), "a@x.test"_ba);
}

/// The input is read in blocks; delimiters fall on every place around their ends.
void TestReader::anyBlockBorder_givesTheSame()
{
    constexpr qsizetype BlockSize = 128 * 1024;
    const QByteArray start = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"_ba;
    const QByteArray end = "\r\n--b\r\nX: y\r\n\r\ntwo\r\n--b--\r\n"_ba;
    for (qsizetype shift = -40; shift < 40; ++shift) {
        for (const qsizetype target : { BlockSize, 2 * BlockSize - 4096 }) {
            const QByteArray first(target - start.size() + shift, shift % 2 == 0 ? 'x' : '\n');
            const Entity mail = message(start + first + end);
            QCOMPARE(mail.children().size(), 2);
            QCOMPARE(mail.children().at(0).bodyRange().size(), first.size());
            QCOMPARE(octetsOf(mail.children().at(1)), "two"_ba);
        }
    }
}

void TestReader::ranges_lieInTheSource()
{
    const QByteArray source = "From x\r\n" + TwoParts.toByteArray();
    const Entity mail = message(source);
    const auto slice = [&source](OctetRange range) { return source.sliced(range.begin, range.size()); };
    QCOMPARE(slice(mail.range()), TwoParts.toByteArray());
    const Entity html = mail.children().at(1);
    QCOMPARE(slice(html.range()), "Content-Type: text/html\r\n\r\n<p>two"_ba);
    QCOMPARE(slice(html.bodyRange()), "<p>two"_ba);
}

void TestReader::contentType_isReadAs_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("charset");
    QTest::newRow("none") << QByteArray() << "text/plain"_ba << QString();
    QTest::newRow("as it should be") << "Content-Type: Text/HTML; charset=\"UTF-8\"\r\n"_ba
                                     << "text/html"_ba << u"UTF-8"_s;
    QTest::newRow("comments") << "Content-Type: (a) text / html (b) ; (c) charset = utf-8 (d)\r\n"_ba
                              << "text/html"_ba << u"utf-8"_s;
    QTest::newRow("semicolon missing") << "Content-Type: text/html charset=utf-8\r\n"_ba
                                       << "text/html"_ba << u"utf-8"_s;
    QTest::newRow("quoted") << "Content-Type: \"text/html\"; charset=utf-8\r\n"_ba
                            << "text/html"_ba << u"utf-8"_s;
    QTest::newRow("no subtype") << "Content-Type: text; charset=utf-8\r\n"_ba
                                << "text/plain"_ba << QString();
    QTest::newRow("empty") << "Content-Type:\r\n"_ba
                           << "text/plain"_ba << QString();
    QTest::newRow("garbage") << "Content-Type: ;;=/\"\r\n"_ba
                             << "text/plain"_ba << QString();
    QTest::newRow("first one broken") << "Content-Type: ?\r\nContent-Type: image/png\r\n"_ba
                                      << "image/png"_ba << QString();
    QTest::newRow("twice")
        << "Content-Type: text/html; charset=a; charset=b\r\nContent-Type: image/png\r\n"_ba
        << "text/html"_ba << u"a"_s;
}

void TestReader::contentType_isReadAs()
{
    QFETCH(const QByteArray, header);
    const Entity mail = message("Subject: x\r\n" + header + "\r\n");
    QTEST(mail.type(), "type");
    QTEST(mail.parameter("charset"), "charset");
}

void TestReader::name_isReadAs_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("name");
    const QByteArray disposition = "Content-Disposition: attachment;\r\n";
    QTest::newRow("none") << "Content-Disposition: attachment\r\n"_ba << QString();
    QTest::newRow("plain") << QByteArray(disposition + " filename=\"a b.pdf\"\r\n") << u"a b.pdf"_s;
    QTest::newRow("without quotes") << QByteArray(disposition + " filename=a b.pdf\r\n") << u"a b.pdf"_s;
    QTest::newRow("RFC 2231") << QByteArray(disposition + " filename*=utf-8''%e2%82%ac.pdf\r\n")
                              << u"€.pdf"_s;
    QTest::newRow("RFC 2231 continued, in disorder, with the plain form")
        << QByteArray(disposition
                      + " filename=\"x.pdf\";\r\n filename*1*=%82%ac;\r\n filename*2=.pdf;\r\n"
                        " filename*0*=utf-8'en'%e2\r\n")
        << u"€.pdf"_s;
    QTest::newRow("encoded word") << QByteArray(disposition + " filename=\"=?utf-8?B?4oKsLnBkZg==?=\"\r\n")
                                  << u"€.pdf"_s;
    QTest::newRow("raw UTF-8") << QByteArray(disposition + " filename=\"\xE2\x82\xAC.pdf\"\r\n")
                               << u"€.pdf"_s;
    QTest::newRow("raw windows-1252") << QByteArray(disposition + " filename=\"\x80.pdf\"\r\n") << u"€.pdf"_s;
    QTest::newRow("only in the type") << "Content-Type: image/png; name=\"a.png\"\r\n"_ba << u"a.png"_s;
}

void TestReader::name_isReadAs()
{
    QFETCH(const QByteArray, header);
    QTEST(message("Subject: x\r\n" + header + "\r\n").fileName(), "name");
}

void TestReader::text_isReadAs_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("line ends") << "text/plain"_ba
                               << "a\r\nb\nc\rd"_ba << u"a\nb\nc\nd"_s;
    QTest::newRow("UTF-8 that nobody declared") << "text/plain"_ba
                                                << "\xC3\xA9"_ba << u"é"_s;
    QTest::newRow("windows-1252 that nobody declared") << "text/plain"_ba
                                                       << "\xE9\x80"_ba << u"é€"_s;
    QTest::newRow("declared as us-ascii") << "text/plain; charset=us-ascii"_ba
                                          << "\xC3\xA9"_ba << u"é"_s;
    QTest::newRow("declared") << "text/plain; charset=ISO-8859-15"_ba
                              << "\xA4"_ba << u"€"_s;
    QTest::newRow("broken UTF-8") << "text/plain; charset=utf-8"_ba
                                  << "\xC3\xA9\xE9."_ba << u"é\uFFFD."_s;
    QTest::newRow("unknown charset") << "text/plain; charset=x-none"_ba
                                     << "\xC3\xA9"_ba << u"é"_s;
    QTest::newRow("Japanese") << "text/plain; charset=iso-2022-jp"_ba
                              << "\x1B$BF|K\\\x1B(B"_ba << u"日本"_s;
    QTest::newRow("Chinese in GB2312 beyond it") << "text/plain; charset=gb2312"_ba
                                                 << "\x81\x30\x81\x34"_ba << u"\u0084"_s;
    QTest::newRow("UTF-16") << "text/plain; charset=utf-16le"_ba << QByteArray("h\0i\0", 4) << u"hi"_s;
    QTest::newRow("signature that nobody explains") << "text/plain"_ba
                                                    << "\xEF\xBB\xBFx"_ba << u"x"_s;
    QTest::newRow("two of them") << "text/plain"_ba
                                 << "\xEF\xBB\xBF\xEF\xBB\xBFx"_ba << u"\uFEFFx"_s;
    QTest::newRow("the same character in declared UTF-8") << "text/plain; charset=utf-8"_ba
                                                          << "\xEF\xBB\xBFx"_ba << u"\uFEFFx"_s;
    QTest::newRow("signature of UTF-16")
        << "text/plain; charset=utf-16"_ba << QByteArray("\xFF\xFEh\0i\0", 6) << u"hi"_s;
    QTest::newRow("HTML that says its charset itself")
        << "text/html"_ba
        << "<meta charset='koi8-r'>\xC1"_ba << u"<meta charset='koi8-r'>а"_s;
    QTest::newRow("flowed") << "text/plain; format=flowed"_ba
                            << "> a \r\n> b\r\nc \r\nd\r\n -- \r\n-- \r\ne\r\n"_ba
                            << u"> a b\nc d\n-- \n-- \ne\n"_s;
    QTest::newRow("flowed with DelSp") << "text/plain; Format=Flowed; DelSp=Yes"_ba
                                       << "ab \r\ncd\r\n"_ba << u"abcd\n"_s;
    QTest::newRow("not flowed") << "text/plain; format=fixed"_ba
                                << "a \r\nb\r\n"_ba << u"a \nb\n"_s;
}

void TestReader::text_isReadAs()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    QTEST(textOf(message("Content-Type: " + type + "\r\n\r\n" + body)), "text");
}

void TestReader::attachedMessage_hasItsOwnParts()
{
    const Entity mail = message(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n"
        "--b\r\nContent-Type: image/png\r\n\r\ntwo\r\n--b--\r\n"_ba);
    QCOMPARE(mail.all().size(), 5);
    QStringList own;
    const QList<Entity> parts = mail.ownParts();
    for (const Entity &part : parts)
        own.append(QString::fromLatin1(part.type()));
    QCOMPARE(own, QStringList({ u"multipart/mixed"_s, u"message/rfc822"_s, u"image/png"_s }));
    QCOMPARE(octetsOf(parts.at(1)),
             "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--"_ba);
}

void TestReader::sourceThatShrinks_isAnError()
{
    QBuffer input;
    input.setData("Subject: x\r\n\r\nHello\r\n"_ba);
    input.open(QIODevice::ReadOnly);
    const auto mail = readMessage(input);
    QVERIFY(mail);
    input.close();
    input.setData("Subject: x\r\n\r\nHe"_ba);
    input.open(QIODevice::ReadOnly);
    const auto text = mail->text();
    QVERIFY(!text);
    QVERIFY(text.error().kind == ReadError::Kind::ReadFailed);
}

void TestReader::outputThatFails_isAnError()
{
    QFile full(u"/dev/full"_s);
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const auto decoded = message("Subject: x\r\n\r\nHello\r\n"_ba).decodedTo(full);
    QVERIFY(!decoded);
    QVERIFY(decoded.error().kind == ReadError::Kind::OutputFailed);
    QVERIFY(!decoded.error().reason.isEmpty());
}

QTEST_GUILESS_MAIN(TestReader)
#include "tst_reader.moc"
