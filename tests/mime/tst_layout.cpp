// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/octetscan.h"
#include "mime/messagewriter.h"
#include "mime/part.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

constexpr auto Boundary = "=_00112233445566778899aabbccddeeff";

Stamp fixedStamp()
{
    return {
        .messageId = "<5b6f0a52-6b0e-4c1c-9d55-0c1f3f2f8d11@example.org>",
        .date = QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::OffsetFromUTC, 3600),
        .boundary = Boundary,
    };
}

Draft plainDraft()
{
    return {
        .from = { .name = u"Ann Smith"_s, .localPart = u"ann"_s, .domain = u"example.org"_s },
        .to = { { .name = u"Bob Jones"_s, .localPart = u"bob"_s, .domain = u"example.net"_s } },
        .subject = u"Lunch on Saturday"_s,
        .text = u"Hello Bob,\n\nshall we meet at noon?\n"_s,
    };
}

/// The smallest picture that is one.
QByteArray png()
{
    return QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
                                  "DwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

Draft htmlDraft()
{
    Draft draft = plainDraft();
    draft.text.clear();
    draft.html = u"<h1>Lunch</h1><p>Shall we meet at <b>noon</b> at <a href=\"https://example.org/map\">the "
                 "usual place</a>?</p><ul><li>soup<li>bread</ul><blockquote type=cite><p>I am hungry.</p>"
                 "</blockquote><script>alert(1)</script>"_s;
    return draft;
}

Draft withPicture(Draft draft)
{
    draft.html += u"<p><img src=\"cid:map@example.org\" alt=\"a map\" width=\"1\"></p>"_s;
    draft.attachments.append({ .path = u"map.png"_s, .contentId = u"map@example.org"_s });
    return draft;
}

struct Golden
{
    Draft draft {};
    WriteOptions options {};
};

QByteArray written(const Draft &draft, const WriteOptions &options = {})
{
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto message = PreparedMessage::prepare(draft, fixedStamp(), options);
    if (!message)
        return "not prepared: " + message.error().subject.toUtf8() + ' ' + message.error().reason.toUtf8();
    const auto result = message->write(output);
    if (!result)
        return "not written: " + result.error().subject.toUtf8() + ' ' + result.error().reason.toUtf8();
    if (result->size != output.data().size() || message->size() != result->size)
        return "wrong size";
    return output.data();
}

OctetScan scanned(const QByteArray &octets)
{
    OctetScan scan;
    scan.add(octets);
    return scan;
}

/// "mixed[alternative[text/plain, text/html], image/png]", from the fields of the parts.
QString structureOf(const Part &part)
{
    const auto octets = part.octets();
    if (!octets)
        return u"unreadable"_s;
    QString result;
    QList<QByteArray> open; // boundaries, the innermost one last
    bool isFirst = true;
    bool isHeader = true;
    QByteArray field;
    for (QByteArray line : octets->split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        if (!open.isEmpty() && line == "--" + open.constLast() + "--") {
            result += u']';
            open.removeLast();
            isFirst = false;
        } else if (!open.isEmpty() && line == "--" + open.constLast()) {
            isHeader = true;
            field.clear();
            if (!isFirst)
                result += u", "_s;
            isFirst = false;
        } else if (isHeader) {
            if (line.startsWith(' '))
                field += line;
            else if (line.startsWith("Content-Type: "))
                field = line.sliced(14);
            if (!line.isEmpty())
                continue;
            isHeader = false;
            const QByteArray type = field.first(field.indexOf(';'));
            if (type.startsWith("multipart/")) {
                const qsizetype begin = field.indexOf("boundary=\"") + 10;
                open.append(field.sliced(begin, field.indexOf('"', begin) - begin));
                result += QString::fromLatin1(type.sliced(10)) + u'[';
                isFirst = true;
            } else {
                result += QString::fromLatin1(type);
            }
        }
    }
    return result;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void message_isAsOnFile_data();
    void message_isAsOnFile();
    void structure_hasNoLevelForOneChild_data();
    void structure_hasNoLevelForOneChild();
    void boundaries_areNoBeginningOfEachOther();
    void pictures_travelWhenTheyAreShown();
    void plainText_isTheAuthorsOrMadeFromHtml();
    void hostileHtml_leavesNoTrace();
    void text_isFlowedWhenItHasToBe_data();
    void text_isFlowedWhenItHasToBe();
    void trailingLineEnds_arriveAsTheyAre_data();
    void trailingLineEnds_arriveAsTheyAre();
    void attachedMessage_keepsItsMeaning_data();
    void attachedMessage_keepsItsMeaning();
    void messageWithoutSevenBitForm_travelsAsFile_data();
    void messageWithoutSevenBitForm_travelsAsFile();
    void messageWithTheBoundary_travelsAsFile();
    void changedFile_isAnErrorThatNamesIt_data();
    void changedFile_isAnErrorThatNamesIt();
    void canonicalOctets_areThoseOfTheMessage();
    void signedBody_hasNothingThatServersChange();
    void eightBitBody_isUsedWhenAllowed();
    void rawHeader_isUsedWhenAllowed();
    void rawHeaderOfAPart_isToldToTheTransport();
    void types_areFoundByNameAndContent_data();
    void types_areFoundByNameAndContent();
    void largeTextFile_isJudgedWhole();

private:
    QString file(const QString &name, const QByteArray &octets) const;
    Draft withFiles(Draft draft) const;

    std::unique_ptr<QTemporaryDir> m_folder {};
};

Q_DECLARE_METATYPE(Golden)

void TestLayout::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    file(u"map.png"_s, png());
    QByteArray octets;
    for (int i = 0; i < 200; ++i)
        octets += static_cast<char>(i);
    file(u"octets"_s, octets);
    file(u"umlauts.txt"_s, "Grüße\nohne Zeilenende"_ba);
    file(u"letter.eml"_s,
         "From: carl@example.org\nSubject: old\nMIME-Version: 1.0\n"
         "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nGrüße aus Köln\n"_ba);
}

QString TestLayout::file(const QString &name, const QByteArray &octets) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

/// The files of the draft are those of the folder; any that is not there is the one with all octets.
Draft TestLayout::withFiles(Draft draft) const
{
    for (Attachment &attachment : draft.attachments) {
        if (attachment.fileName.isEmpty())
            attachment.fileName = attachment.path;
        const QString path = m_folder->filePath(attachment.path);
        attachment.path = QFile::exists(path) ? path : m_folder->filePath(u"octets"_s);
    }
    return draft;
}

void TestLayout::message_isAsOnFile_data()
{
    QTest::addColumn<Golden>("golden");
    const auto add = [](const char *name, const Draft &draft, const WriteOptions &options = {}) {
        QTest::newRow(name) << Golden { draft, options };
    };

    add("html", htmlDraft());
    add("html-picture", withPicture(htmlDraft()));
    Draft full = withPicture(htmlDraft());
    full.attachments.append({ .path = u"umlauts.txt"_s, .description = u"Grüße, nur so"_s });
    full.attachments.append({ .path = u"report.pdf"_s, .type = "application/pdf" });
    add("html-picture-files", full);

    Draft embedded = htmlDraft();
    const QString source = "data:image/png;base64,"_L1 + QString::fromLatin1(png().toBase64());
    embedded.html = "<p>one <img alt='dot' src='"_L1 + source + "'> two <img alt='dot' src='"_L1 + source
        + "'> three <img alt='far away' src='https://example.net/x.png'></p>"_L1;
    add("html-embedded-picture", embedded);

    Draft meeting = htmlDraft();
    meeting.calendar = { .method = "REQUEST",
                         .object = u"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nMETHOD:REQUEST\n"
                                   "BEGIN:VEVENT\nUID:1@example.org\nDTSTAMP:20261121T164147Z\n"
                                   "DTSTART:20261128T110000Z\nSUMMARY:Lunch with Käthe\nEND:VEVENT\n"
                                   "END:VCALENDAR\n"_s };
    add("calendar", meeting);

    Draft forward = plainDraft();
    forward.attachments = { { .path = u"letter.eml"_s } };
    add("message", forward);

    Draft flowed = plainDraft();
    flowed.text
        = u"> Somebody wrote a paragraph that is longer than a line, and it is quoted here as it was.\n"
          ">> And an older one.\n\nThis is a paragraph that the author wrote as a single line, because that "
          "is what paragraphs are; it is broken softly.   \nFrom here on lines are short.\n >not a "
          "quotation\n"
          "-- \nAnn\n"_s;
    add("flowed", flowed);

    Draft japanese = plainDraft();
    japanese.subject = u"土曜日の昼食"_s;
    japanese.text = u"日本語の文章には、言葉のあいだに空白がありません。"_s.repeated(4) + u"\n終わり\n"_s;
    add("flowed-japanese", japanese);

    Draft code = plainDraft();
    code.text = u"int main()\n{\n    return 0;   // "_s + u"a comment "_s.repeated(10) + u"\n}\n"_s;
    add("fixed", code);

    Draft files = plainDraft();
    for (const char *name :
         { "song.mp3", "voice.m4a", "film.mp4", "film.mov", "photo.heic", "photo.jpg", "letter.docx",
           "table.xlsx", "slides.pptx", "letter.odt", "table.ods", "archive.zip", "page.pdf", "unknown" })
        files.attachments.append({ .path = QString::fromLatin1(name) });
    add("files", files);

    Draft umlauts = plainDraft();
    umlauts.subject = u"Grüße"_s;
    umlauts.text = u"Grüße aus Köln\n"_s;
    umlauts.attachments = { { .path = u"letter.eml"_s } };
    add("eight-bit", umlauts, { .body = BodyOctets::EightBit, .header = WriteOptions::Header::Utf8 });
}

void TestLayout::message_isAsOnFile()
{
    QFETCH(const Golden, golden);
    const Draft draft = withFiles(golden.draft);
    const QByteArray message = written(draft, golden.options);
    const OctetScan scan = scanned(message);
    QVERIFY2(!scan.hasBareLineEnd() && !scan.hasNul() && !scan.hasLongLine() && scan.endsInLineEnd(),
             message.constData());
    QCOMPARE(scan.hasEightBit(), golden.options.body == BodyOctets::EightBit);
    QVERIFY(!message.contains(m_folder->path().toUtf8()));
    QVERIFY(!message.toLower().contains("postrider"));

    QFile onFile(QStringLiteral(POSTRIDER_TEST_DATA "/mime/") + QString::fromLatin1(QTest::currentDataTag())
                 + u".eml"_s);
    if (qEnvironmentVariableIsSet("POSTRIDER_UPDATE_GOLDEN")) {
        QVERIFY(onFile.open(QIODevice::WriteOnly));
        QCOMPARE(onFile.write(message), message.size());
        return;
    }
    QVERIFY2(onFile.open(QIODevice::ReadOnly), qPrintable(onFile.fileName()));
    QCOMPARE(message, onFile.readAll());
    QCOMPARE(written(draft, golden.options), message);
}

void TestLayout::structure_hasNoLevelForOneChild_data()
{
    QTest::addColumn<Draft>("draft");
    QTest::addColumn<QString>("structure");

    Draft draft = plainDraft();
    QTest::newRow("text") << draft << u"text/plain"_s;
    draft.attachments = { { .path = u"a.pdf"_s, .type = "application/pdf" } };
    QTest::newRow("text and file") << draft << u"mixed[text/plain, application/pdf]"_s;
    QTest::newRow("HTML") << htmlDraft() << u"alternative[text/plain, text/html]"_s;
    draft = withPicture(htmlDraft());
    QTest::newRow("picture") << draft << u"alternative[text/plain, related[text/html, image/png]]"_s;
    draft.attachments.append({ .path = u"a.pdf"_s, .type = "application/pdf" });
    QTest::newRow("all")
        << draft << u"mixed[alternative[text/plain, related[text/html, image/png]], application/pdf]"_s;
    draft.calendar = { .method = "REQUEST", .object = u"BEGIN:VCALENDAR\nEND:VCALENDAR\n"_s };
    QTest::newRow("all and a meeting")
        << draft
        << u"mixed[alternative[text/plain, related[text/html, image/png], text/calendar], application/pdf]"_s;
    draft = plainDraft();
    draft.calendar = { .method = "REPLY", .object = u"BEGIN:VCALENDAR\nEND:VCALENDAR\n"_s };
    QTest::newRow("meeting") << draft << u"alternative[text/plain, text/calendar]"_s;
    draft = plainDraft();
    draft.attachments = { { .path = u"map.png"_s, .contentId = u"map@example.org"_s } };
    QTest::newRow("picture without HTML") << draft << u"text/plain"_s;
    draft = htmlDraft();
    draft.attachments = { { .path = u"map.png"_s, .contentId = u"map@example.org"_s } };
    QTest::newRow("picture that is not shown") << draft << u"alternative[text/plain, text/html]"_s;
}

void TestLayout::structure_hasNoLevelForOneChild()
{
    QFETCH(const Draft, draft);
    QFETCH(const QString, structure);
    const auto message = PreparedMessage::prepare(withFiles(draft), fixedStamp());
    QVERIFY(message);
    QCOMPARE(structureOf(message->body()), structure);
    const bool isRelated = structure.contains("related"_L1);
    QCOMPARE(message->body().octets()->contains("multipart/related; type=\"text/html\";"), isRelated);
}

void TestLayout::boundaries_areNoBeginningOfEachOther()
{
    Draft draft = withPicture(htmlDraft());
    draft.attachments.append({ .path = u"a.pdf"_s, .type = "application/pdf" });
    const QByteArray message = written(withFiles(draft));
    QByteArrayList boundaries;
    for (qsizetype at = message.indexOf("boundary=\""); at >= 0; at = message.indexOf("boundary=\"", at + 1))
        boundaries.append(message.sliced(at + 10, message.indexOf('"', at + 10) - at - 10));
    QCOMPARE(boundaries.size(), 3);
    QCOMPARE(boundaries.first(), QByteArray(Boundary));
    for (const QByteArray &one : boundaries) {
        QVERIFY(one.size() <= 70 && one.startsWith("=_"));
        for (const QByteArray &other : boundaries)
            QVERIFY(&one == &other || !one.startsWith(other));
    }

    draft.html += QString::fromLatin1("--") + QString::fromLatin1(boundaries.last());
    const QByteArray evil = written(withFiles(draft));
    QCOMPARE(evil.count(QByteArray("\r\n--" + boundaries.last())),
             message.count(QByteArray("\r\n--" + boundaries.last())));
}

void TestLayout::pictures_travelWhenTheyAreShown()
{
    Draft draft = withPicture(htmlDraft());
    const QByteArray message = written(withFiles(draft));
    QVERIFY(message.contains("Content-ID: <map@example.org>\r\n"));
    QVERIFY(message.contains("Content-Disposition: inline; filename=\"map.png\"\r\n"));
    QVERIFY(message.contains("cid:map@example.org"));

    draft.html.replace("map@example.org"_L1, "other@example.org"_L1);
    const QByteArray without = written(withFiles(draft));
    QVERIFY(!without.contains("cid:") && !without.contains("image/png"));
    QVERIFY(without.contains("<p>a map</p>"));
}

void TestLayout::plainText_isTheAuthorsOrMadeFromHtml()
{
    Draft draft = htmlDraft();
    QVERIFY(written(draft).contains("\r\nthe usual place <https://example.org/map>?")
            || written(draft).contains("at the usual place <https://example.org/map>?"));
    QVERIFY(written(draft).contains("\r\n- soup\r\n- bread\r\n\r\n> I am hungry.\r\n"));
    draft.text = u"In other words: lunch."_s;
    const QByteArray message = written(draft);
    QVERIFY(message.contains("\r\nIn other words: lunch.\r\n"));
    QVERIFY(!message.contains("- soup"));
}

void TestLayout::hostileHtml_leavesNoTrace()
{
    Draft draft = plainDraft();
    draft.text.clear();
    draft.html
        = u"<p onclick=x()>a<img src=file:///etc/passwd><img src=http://x.test/t.gif><script>x()</script>"
          "<link rel=stylesheet href=//x.test></p>"_s;
    const QByteArray message = written(draft);
    for (const char *trace : { "onclick", "passwd", "x.test", "script", "x()" })
        QVERIFY2(!message.contains(trace), message.constData());
}

void TestLayout::text_isFlowedWhenItHasToBe_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<TextForm>("form");
    QTest::addColumn<bool>("isFlowed");

    const QString paragraph = u"word "_s.repeated(40);
    QTest::newRow("short lines") << u"a\nb"_s << TextForm::Automatic << false;
    QTest::newRow("long line") << paragraph << TextForm::Automatic << true;
    QTest::newRow("long line of code") << QString(paragraph + u"\n    x"_s) << TextForm::Automatic << false;
    QTest::newRow("wanted") << u"a\nb"_s << TextForm::Flowed << true;
    QTest::newRow("not wanted") << paragraph << TextForm::Fixed << false;
    QTest::newRow("one long word") << QString(200, u'x') << TextForm::Automatic << false;
}

void TestLayout::text_isFlowedWhenItHasToBe()
{
    QFETCH(const QString, text);
    QFETCH(const TextForm, form);
    QFETCH(const bool, isFlowed);
    Draft draft = plainDraft();
    draft.text = text;
    draft.textForm = form;
    const QByteArray message = written(draft);
    QCOMPARE(message.contains("format=flowed"), isFlowed);
    QVERIFY(message.contains("Content-Transfer-Encoding: 7bit"));
}

void TestLayout::trailingLineEnds_arriveAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("message");

    QTest::newRow("with") << "Subject: x\r\n\r\nbody\r\n"_ba;
    QTest::newRow("without") << "Subject: x\r\n\r\nbody"_ba;
    QTest::newRow("with two") << "Subject: x\r\n\r\nbody\r\n\r\n"_ba;
}

void TestLayout::trailingLineEnds_arriveAsTheyAre()
{
    QFETCH(const QByteArray, message);
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"x.eml"_s, message) } };
    QVERIFY(written(draft).contains(QByteArray("\r\n\r\n" + message + "\r\n--" + Boundary + "--\r\n")));
}

void TestLayout::attachedMessage_keepsItsMeaning_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("inMail");

    QTest::newRow("clean") << "Subject: x\r\n\r\nbody\r\n"_ba
                           << "Subject: x\r\n\r\nbody\r\n"_ba;
    QTest::newRow("LF only") << "Subject: x\n\nbody\n"_ba
                             << "Subject: x\r\n\r\nbody\r\n"_ba;
    QTest::newRow("8-bit text")
        << "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n"_ba
        << "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n"_ba;
}

void TestLayout::attachedMessage_keepsItsMeaning()
{
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, inMail);
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"x.eml"_s, message) } };
    const QByteArray mail = written(draft);
    QVERIFY2(mail.contains("Content-Type: message/rfc822; name=\"x.eml\"\r\n"
                           "Content-Transfer-Encoding: 7bit\r\n"),
             mail.constData());
    QVERIFY2(mail.contains(inMail), mail.constData());
    QVERIFY(scanned(mail).isSevenBitClean());
    QVERIFY(PreparedMessage::prepare(draft, fixedStamp())->notices().isEmpty());
}

void TestLayout::messageWithoutSevenBitForm_travelsAsFile_data()
{
    QTest::addColumn<QByteArray>("message");

    QTest::newRow("8-bit header") << "Subject: Grüße\r\n\r\nx\r\n"_ba;
    QTest::newRow("signed")
        << "MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=b; protocol=\"x/y\"\r\n\r\n--b\r\n"
           "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
           "8bit\r\n\r\nGrüße\r\n--b\r\n"
           "Content-Type: x/y\r\n\r\nsignature\r\n--b--\r\n"_ba;
    QTest::newRow("long line") << QByteArray("Subject: x\r\n\r\n" + QByteArray(999, 'x') + "\r\n");
    QTest::newRow("NUL") << QByteArray("Subject: x\r\n\r\na") + '\0' + "b\r\n";
    QTest::newRow("no message") << "This is a text\nof two lines: really\n"_ba;
    QTest::newRow("nothing") << QByteArray();
}

void TestLayout::messageWithoutSevenBitForm_travelsAsFile()
{
    QFETCH(const QByteArray, message);
    Draft draft = plainDraft();
    const QString path = file(u"x.eml"_s, message);
    draft.attachments = { { .path = path, .type = "message/rfc822" } };
    const auto prepared = PreparedMessage::prepare(draft, fixedStamp());
    QVERIFY(prepared);
    const QList<WriteNotice> expected { { .kind = WriteNotice::Kind::MessageSentAsFile, .subject = path } };
    QCOMPARE(prepared->notices().size(), 1);
    QVERIFY(prepared->notices() == expected);
    const QByteArray mail = written(draft);
    QVERIFY(mail.contains("Content-Type: application/octet-stream; name=\"x.eml\"\r\n"
                          "Content-Transfer-Encoding: base64\r\n"));
    QVERIFY(scanned(mail).isSevenBitClean());
}

void TestLayout::messageWithTheBoundary_travelsAsFile()
{
    Draft draft = plainDraft();
    draft.attachments
        = { { .path = file(u"x.eml"_s, "Subject: x\r\n\r\n--" + QByteArray(Boundary) + "--\r\n") } };
    const QByteArray mail = written(draft);
    QVERIFY(mail.contains("application/octet-stream"));
    QCOMPARE(mail.count(QByteArray("--" + QByteArray(Boundary) + "--")), 1);
}

void TestLayout::changedFile_isAnErrorThatNamesIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("longer") << u"x.bin"_s << QByteArray(100, 'x') << QByteArray(101, 'x');
    QTest::newRow("shorter") << u"x.bin"_s << QByteArray(100'000, 'x') << QByteArray(99'999, 'x');
    QTest::newRow("same size") << u"x.bin"_s << QByteArray(100, 'x') << QByteArray(100, 'y');
    QTest::newRow("gone") << u"x.bin"_s << QByteArray(100, 'x') << QByteArray();
    QTest::newRow("large text") << u"x.txt"_s << QByteArray(2'000'000, 'x') << QByteArray(2'000'000, '\xFF');
}

void TestLayout::changedFile_isAnErrorThatNamesIt()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    Draft draft = plainDraft();
    const QString path = file(name, before);
    draft.attachments = { { .path = path } };
    if (name.endsWith(".bin"_L1))
        draft.attachments.first().type = "application/octet-stream"_ba;
    const auto message = PreparedMessage::prepare(draft, fixedStamp());
    QVERIFY(message);
    if (after.isEmpty()) {
        QVERIFY(QFile::remove(path));
    } else {
        file(name, after);
        QFile changed(path);
        QVERIFY(changed.open(QIODevice::ReadWrite)
                && changed.setFileTime(QDateTime::currentDateTime().addSecs(60),
                                       QFileDevice::FileModificationTime));
    }
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = message->write(output);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, WriteError::Kind::AttachmentUnreadable);
    QCOMPARE(result.error().subject, path);
    QVERIFY(!result.error().reason.isEmpty());
}

void TestLayout::canonicalOctets_areThoseOfTheMessage()
{
    Draft draft = withPicture(htmlDraft());
    draft.attachments.append({ .path = u"a.pdf"_s, .type = "application/pdf" });
    const Draft whole = withFiles(draft);
    const auto message = PreparedMessage::prepare(whole, fixedStamp());
    QVERIFY(message);
    const auto body = message->body().octets();
    QVERIFY(body);
    QCOMPARE(message->body().size(), body->size());
    QCOMPARE(QByteArray(message->header() + *body + "\r\n"), written(whole));

    // A signature goes beside the body, which stays as it is.
    std::vector<Part> parts;
    parts.push_back(message->body());
    parts.emplace_back("Content-Type: application/pgp-signature\r\n"_ba, "signature\r\n"_ba);
    const Part both = Part::multipart("signed", "=_outer", std::move(parts),
                                      { "micalg=pgp-sha256", "protocol=\"application/pgp-signature\"" });
    QCOMPARE(both.type(), "multipart/signed"_ba);
    const auto octets = both.octets();
    QVERIFY(octets);
    QCOMPARE(both.size(), octets->size());
    QVERIFY(octets->contains(QByteArray("\r\n--=_outer\r\n" + *body + "\r\n--=_outer\r\n")));
    QVERIFY(octets->endsWith("\r\n--=_outer--"));
}

void TestLayout::signedBody_hasNothingThatServersChange()
{
    Draft draft = plainDraft();
    draft.text = u"word "_s.repeated(40) + u"\nFrom here\n-- \nAnn"_s;
    const QByteArray plain = written(draft);
    QVERIFY(plain.contains("Content-Transfer-Encoding: 7bit") && plain.contains(" \r\n"));
    const QByteArray forSignature = written(draft, { .protection = TextProtection::ForSignature });
    QVERIFY(forSignature.contains("Content-Transfer-Encoding: quoted-printable"));
    QVERIFY(!forSignature.contains(" \r\n") && !forSignature.contains("\nFrom "));
    draft.text = u"nothing to protect"_s;
    QVERIFY(written(draft, { .protection = TextProtection::ForSignature }).contains("Encoding: 7bit"));
}

void TestLayout::eightBitBody_isUsedWhenAllowed()
{
    Draft draft = plainDraft();
    draft.text = u"Grüße"_s;
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = writeMessage(draft, fixedStamp(), output, { .body = BodyOctets::EightBit });
    QVERIFY(result);
    QVERIFY(result->content == WrittenMessage::Content::EightBit);
    QVERIFY(result->header == WrittenMessage::Header::Ascii);
    QVERIFY(output.data().contains("Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n"));
    draft.text = QString(999, u'ü');
    QVERIFY(written(draft, { .body = BodyOctets::EightBit }).contains("Encoding: base64"));
}

void TestLayout::rawHeader_isUsedWhenAllowed()
{
    Draft draft = plainDraft();
    draft.subject = u"Grüße"_s;
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = writeMessage(draft, fixedStamp(), output, { .header = WriteOptions::Header::Utf8 });
    QVERIFY(result);
    QVERIFY(result->header == WrittenMessage::Header::Utf8);
    QVERIFY(output.data().contains("Subject: Grüße\r\n"));
}

/// RFC 6531 section 3.4: the header fields of parts count as well.
void TestLayout::rawHeaderOfAPart_isToldToTheTransport()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"a.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("\x01\x02", 2) == 2);
    file.close();
    Draft draft = plainDraft();
    draft.attachments.append({ .path = file.fileName(), .fileName = u"a.bin"_s, .description = u"Grüße"_s });
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = writeMessage(draft, fixedStamp(), output, { .header = WriteOptions::Header::Utf8 });
    QVERIFY(result);
    QVERIFY(output.data().contains("Content-Description: Grüße\r\n"));
    QVERIFY(result->header == WrittenMessage::Header::Utf8);
}

void TestLayout::types_areFoundByNameAndContent_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("type");

    const QByteArray any = QByteArray::fromHex("0102ff00fe");
    const auto add = [&any](const char *name, const char *type, const QByteArray &octets = {}) {
        QTest::newRow(name) << QString::fromLatin1(name) << (octets.isEmpty() ? any : octets)
                            << QByteArray(type);
    };
    add("a.mp3", "audio/mpeg");
    add("a.wav", "audio/wav");
    add("a.flac", "audio/flac");
    add("a.m4a", "audio/mp4");
    add("a.mp4", "video/mp4");
    add("a.mov", "video/quicktime");
    add("a.webm", "video/webm");
    add("a.HEIC", "image/heic");
    add("a.avif", "image/avif");
    add("a.webp", "image/webp");
    add("a.svg", "image/svg+xml");
    add("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    add("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    add("a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    add("a.odt", "application/vnd.oasis.opendocument.text");
    add("a.doc", "application/msword");
    add("a.pdf", "application/pdf");
    add("a.gz", "application/gzip");
    add("a.ics", "text/calendar; charset=us-ascii", "BEGIN:VCALENDAR\r\n");
    add("a.csv", "text/csv; charset=utf-8", "Größe,1\n");
    add("a.html", "text/html; charset=us-ascii", "<p>x");
    add("a.json", "application/json", "{}");
    add("photo", "image/png", png());
    add("nothing", "application/octet-stream");
    add("cut.txt", "application/octet-stream", "a\xC3");
    add("utf16.txt", "application/octet-stream", QByteArray::fromHex("fffe61006200"));
}

void TestLayout::types_areFoundByNameAndContent()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, octets);
    QFETCH(const QByteArray, type);
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(name, octets) } };
    QByteArray message = written(draft);
    message.replace("\r\n ", " ");
    QVERIFY2(message.contains(QByteArray("\r\nContent-Type: " + type + "; name=\"")), message.constData());
    QVERIFY(message.contains(QByteArray("\r\n\r\n" + toBase64Lines(octets) + "\r\n--")));
}

void TestLayout::largeTextFile_isJudgedWhole()
{
    Draft draft = plainDraft();
    const QByteArray ascii(3'000'000, 'x');
    draft.attachments = { { .path = file(u"a.txt"_s, ascii) } };
    QVERIFY(written(draft).contains("charset=us-ascii; name=\"a.txt\""));
    draft.attachments = { { .path = file(u"b.txt"_s, ascii + "ü") } };
    QVERIFY(written(draft).contains("charset=utf-8; name=\"b.txt\""));
    draft.attachments = { { .path = file(u"c.txt"_s, ascii + '\xFC') } };
    QVERIFY(written(draft).contains("application/octet-stream; name=\"c.txt\""));
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
