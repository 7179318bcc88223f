// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/messagewriter.h"

#include <QBuffer>
#include <QFile>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

Stamp fixedStamp()
{
    return {
        .messageId = "<5b6f0a52-6b0e-4c1c-9d55-0c1f3f2f8d11@example.org>",
        .date = QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::OffsetFromUTC, 3600),
        .boundary = "=_00112233445566778899aabbccddeeff",
    };
}

Draft plainDraft()
{
    return {
        .from = { .name = u"Ann Smith"_s, .localPart = u"ann"_s, .domain = u"example.org"_s },
        .to = { { .name = u"Bob Q. Jones"_s, .localPart = u"bob"_s, .domain = u"example.net"_s } },
        .subject = u"Lunch on Saturday"_s,
        .text = u"Hello Bob,\n\nshall we meet at noon?\n\n-- \nAnn"_s,
    };
}

QByteArray written(const Draft &draft, const Stamp &stamp = fixedStamp())
{
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = writeMessage(draft, stamp, output);
    if (!result)
        return "not written: " + result.error().subject.toUtf8() + ' ' + result.error().reason.toUtf8();
    if (result->size != output.data().size())
        return "wrong size";
    return output.data();
}

/// What a field of the top header says, unfolded; nothing when it is not there.
QByteArray field(const QByteArray &message, const QByteArray &name)
{
    QByteArray header = "\r\n" + message.first(message.indexOf("\r\n\r\n") + 2);
    header.replace("\r\n ", " ");
    const QByteArray begin = "\r\n" + name + ':';
    const qsizetype found = header.indexOf(begin);
    if (found < 0)
        return {};
    const qsizetype body = found + begin.size();
    return header.sliced(body, header.indexOf("\r\n", body) - body).trimmed();
}

/// What every message must be, whatever is in it.
QString problemOf(const QByteArray &message)
{
    const QByteArray crlfOnly = QByteArray(message).replace("\r\n", "");
    if (crlfOnly.contains('\r') || crlfOnly.contains('\n'))
        return u"bare CR or LF"_s;
    if (crlfOnly.contains('\0'))
        return u"NUL"_s;
    if (std::any_of(message.cbegin(), message.cend(), [](char octet) { return octet < 0; }))
        return u"8-bit octets"_s;
    for (const QByteArray &line : message.split('\n')) {
        if (line.size() > 999)
            return u"line too long"_s;
    }
    if (!message.endsWith("\r\n"))
        return u"last line not ended"_s;
    const QByteArray header = "\r\n" + message.first(message.indexOf("\r\n\r\n") + 2).toLower();
    for (const char *forbidden : { "\r\nbcc:", "\r\nuser-agent:", "\r\nx-mailer:", "\r\nreceived:",
                                   "\r\nsender:", "\r\nreturn-path:" }) {
        if (header.contains(forbidden))
            return QString::fromLatin1(forbidden);
    }
    return {};
}

/// The decoded octets of the only attachment.
QByteArray attachmentOf(const QByteArray &message)
{
    const qsizetype part = message.indexOf("Content-Transfer-Encoding: base64");
    const qsizetype begin = message.indexOf("\r\n\r\n", part) + 4;
    QByteArray body = message.sliced(begin, message.indexOf("\r\n--=_", begin) - begin);
    return QByteArray::fromBase64(body.replace("\r\n", ""));
}

/// Takes so many octets and then no more, like a full disk.
class FullDevice : public QIODevice
{
public:
    explicit FullDevice(qint64 room)
        : m_room(room)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (m_room == 0) {
            setErrorString(u"No space left on device"_s);
            return -1;
        }
        const qint64 taken = std::min(size, m_room);
        m_room -= taken;
        return taken;
    }

private:
    qint64 m_room;
};

} // namespace

class TestMessageWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void representativeMessage_isAsOnFile_data();
    void representativeMessage_isAsOnFile();
    void fields_standInTheUsualOrder();
    void sameDraftAndStamp_giveTheSameOctets();
    void blindCopies_areNowhereInTheMessage();
    void nothingAboutThisComputer_isInTheMessage();
    void copyOnly_hasAnEmptyGroupInTo();
    void evilTexts_addNoField();
    void anyText_staysWithinTheRules_data();
    void anyText_staysWithinTheRules();
    void nonAsciiLocalPart_isReported();
    void badAddress_isNamed();
    void attachment_arrivesUnchanged_data();
    void attachment_arrivesUnchanged();
    void typeOfAttachment_isFound_data();
    void typeOfAttachment_isFound();
    void unreadableAttachment_isNamed_data();
    void unreadableAttachment_isNamed();
    void fullDisk_isReportedAtEveryOctet();

private:
    QString file(const QString &name, const QByteArray &octets) const;

    std::unique_ptr<QTemporaryDir> m_folder {};
};

void TestMessageWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString TestMessageWriter::file(const QString &name, const QByteArray &octets) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void TestMessageWriter::representativeMessage_isAsOnFile_data()
{
    QTest::addColumn<Draft>("draft");

    QTest::newRow("ascii") << plainDraft();

    Draft german = plainDraft();
    german.from.name = u"Jürgen Müller"_s;
    german.to
        = { { .name = u"Größmann, Käthe"_s, .localPart = u"kaethe"_s, .domain = u"münchen.example"_s } };
    german.cc = { { .localPart = u"first last"_s, .domain = u"example.net"_s } };
    german.replyTo = { { .name = u"Büro"_s, .localPart = u"buero"_s, .domain = u"example.org"_s } };
    german.subject = u"Schöne Grüße aus Köln, und was sonst noch so alles zu erzählen wäre"_s;
    german.text
        = u"Liebe Käthe,\n\nFrom ist hier nur ein Wort.\n.\nDiese Zeile ist länger als sechsundsiebzig "
          u"Zeichen und wird darum weich umbrochen. \nTschüß\n"_s;
    QTest::newRow("german") << german;

    Draft emoji = plainDraft();
    emoji.subject = u"🎉"_s.repeated(200) + u"👨‍👩‍👧‍👦"_s.repeated(10);
    emoji.text = u"🎉🎉🎉\n"_s;
    QTest::newRow("emoji-subject") << emoji;

    Draft blind = plainDraft();
    blind.bcc = std::exchange(blind.to, {});
    QTest::newRow("bcc-only") << blind;

    Draft attached = plainDraft();
    attached.attachments = {
        { .path = u":attachment:"_s,
          .fileName = QString(u"отчёт "_s.repeated(50).trimmed() + u".bin"_s),
          .type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { .path = u":attachment:"_s, .fileName = u"€ money.jpg"_s, .type = "image/jpeg" },
    };
    QTest::newRow("attachments") << attached;
}

void TestMessageWriter::representativeMessage_isAsOnFile()
{
    QFETCH(Draft, draft);
    QByteArray octets;
    for (int i = 0; i < 200; ++i)
        octets += static_cast<char>(i);
    for (Attachment &attachment : draft.attachments)
        attachment.path = file(u"attachment"_s, octets);

    const QByteArray message = written(draft);
    QCOMPARE(problemOf(message), QString());

    QFile golden(QStringLiteral(POSTRIDER_TEST_DATA "/mime/") + QString::fromLatin1(QTest::currentDataTag())
                 + u".eml"_s);
    if (qEnvironmentVariableIsSet("POSTRIDER_UPDATE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        QCOMPARE(golden.write(message), message.size());
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), qPrintable(golden.fileName()));
    QCOMPARE(message, golden.readAll());
}

void TestMessageWriter::fields_standInTheUsualOrder()
{
    Draft draft = plainDraft();
    draft.cc = { { .localPart = u"c"_s, .domain = u"example.net"_s } };
    draft.replyTo = { { .localPart = u"r"_s, .domain = u"example.net"_s } };
    const QByteArray message = written(draft);
    QByteArrayList names;
    for (const QByteArray &line : message.first(message.indexOf("\r\n\r\n")).split('\n'))
        names.append(line.first(line.indexOf(':')));
    const QByteArrayList expected {
        "Date",    "From",       "Reply-To",     "To",           "Cc",
        "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"
    };
    QCOMPARE(names, expected);
    QCOMPARE(field(message, "Date"), "Sat, 21 Nov 2026 17:41:47 +0100"_ba);
    QCOMPARE(field(message, "Message-ID"), fixedStamp().messageId);
}

void TestMessageWriter::sameDraftAndStamp_giveTheSameOctets()
{
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"a.bin"_s, QByteArray(1000, 'x')) } };
    QCOMPARE(written(draft), written(draft));
    Stamp other = fixedStamp();
    other.boundary = "=_ffeeddccbbaa99887766554433221100";
    QVERIFY(written(draft, other).contains("\r\n--=_ffeeddccbbaa99887766554433221100--\r\n"));
}

void TestMessageWriter::blindCopies_areNowhereInTheMessage()
{
    Draft draft = plainDraft();
    draft.bcc = { { .name = u"Hidden Person"_s, .localPart = u"hidden"_s, .domain = u"secret.example"_s } };
    const QByteArray message = written(draft);
    QVERIFY(!message.contains("hidden") && !message.contains("Hidden")
            && !message.contains("secret.example"));

    draft.to.clear();
    QCOMPARE(field(written(draft), "To"), "undisclosed-recipients:;"_ba);
}

void TestMessageWriter::nothingAboutThisComputer_isInTheMessage()
{
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"a.bin"_s, "x") } };
    const QByteArray message = written(draft, makeStamp(draft.from, fixedStamp().date)).toLower();
    QVERIFY(message.contains("filename=\"a.bin\""));
    for (const QString &trace : { QSysInfo::machineHostName(), m_folder->path(), u"postrider"_s, u"linux"_s })
        QVERIFY2(trace.isEmpty() || !message.contains(trace.toLower().toUtf8()), qPrintable(trace));
}

void TestMessageWriter::copyOnly_hasAnEmptyGroupInTo()
{
    Draft draft = plainDraft();
    draft.cc = std::exchange(draft.to, {});
    const QByteArray message = written(draft);
    QCOMPARE(field(message, "To"), "undisclosed-recipients:;"_ba);
    QCOMPARE(field(message, "Cc"), "\"Bob Q. Jones\" <bob@example.net>"_ba);
}

void TestMessageWriter::evilTexts_addNoField()
{
    const QString evil = u"x\r\nBcc: victim@example.net\r\n\r\nnew body"_s;
    Draft draft = plainDraft();
    draft.subject = evil;
    draft.from.name = evil;
    draft.attachments = {
        { .path = file(u"a.bin"_s, "x"), .fileName = evil, .type = "text/plain\r\nBcc: victim@example.net" }
    };
    const QByteArray message = written(draft);
    QCOMPARE(problemOf(message), QString());
    QVERIFY(!message.contains("\r\nBcc:"));
    QVERIFY(!message.contains("\nnew body"));
}

void TestMessageWriter::anyText_staysWithinTheRules_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << QString();
    QTest::newRow("one long line") << QString(5000, u'x');
    QTest::newRow("NUL and controls") << u"a\0b\x01\x7F"_s;
    QTest::newRow("the boundary") << u"--=_00112233445566778899aabbccddeeff\n"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xD83C));
    QTest::newRow("all line ends") << u"a\nb\rc\r\nd\u2028e"_s;
}

void TestMessageWriter::anyText_staysWithinTheRules()
{
    QFETCH(const QString, text);
    Draft draft = plainDraft();
    draft.text = text;
    QCOMPARE(problemOf(written(draft)), QString());
    draft.attachments = { { .path = file(u"a.bin"_s, {}) } };
    const QByteArray message = written(draft);
    QCOMPARE(problemOf(message), QString());
    QCOMPARE(message.count("--=_00112233445566778899aabbccddeeff"), 3);
}

void TestMessageWriter::nonAsciiLocalPart_isReported()
{
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    QCOMPARE(writeMessage(plainDraft(), fixedStamp(), output)->content, WrittenMessage::Content::SevenBit);

    Draft draft = plainDraft();
    draft.to.append({ .name = u"Jürgen"_s, .localPart = u"jürgen"_s, .domain = u"münchen.example"_s });
    output.seek(0);
    const auto result = writeMessage(draft, fixedStamp(), output);
    QVERIFY(result);
    QCOMPARE(result->content, WrittenMessage::Content::EightBit);
    QCOMPARE(result->header, WrittenMessage::Header::Utf8);
    QVERIFY(output.data().contains(u"Jürgen <jürgen@xn--mnchen-3ya.example>"_s.toUtf8()));

    // In the envelope only, it changes nothing in the message.
    draft.bcc = { draft.to.takeLast() };
    QCOMPARE(problemOf(written(draft)), QString());
}

void TestMessageWriter::badAddress_isNamed()
{
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    Draft draft = plainDraft();
    draft.cc = { { .localPart = u"x"_s, .domain = u"bad_domain.test"_s } };
    const auto result = writeMessage(draft, fixedStamp(), output);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, WriteError::Kind::BadAddress);
    QCOMPARE(result.error().subject, u"x@bad_domain.test"_s);
    QVERIFY(output.data().isEmpty());

    draft = plainDraft();
    draft.from = {};
    QCOMPARE(writeMessage(draft, fixedStamp(), output).error().kind, WriteError::Kind::BadAddress);
}

void TestMessageWriter::attachment_arrivesUnchanged_data()
{
    QTest::addColumn<QByteArray>("octets");

    QByteArray large;
    for (int i = 0; i < 3 * 58368 + 17; ++i)
        large += static_cast<char>(i * 31 + i / 251);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one octet") << "x"_ba;
    QTest::newRow("with a line end") << "text\n"_ba;
    QTest::newRow("all kinds of line ends") << "a\rb\nc\r\n"_ba;
    QTest::newRow("one block") << large.first(58368);
    QTest::newRow("one octet more") << large.first(58369);
    QTest::newRow("several blocks") << large;
}

void TestMessageWriter::attachment_arrivesUnchanged()
{
    QFETCH(const QByteArray, octets);
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"a.bin"_s, octets) } };
    const QByteArray message = written(draft);
    QCOMPARE(problemOf(message), QString());
    QCOMPARE(attachmentOf(message), octets);
    const QList<QByteArray> lines = message.split('\n');
    QVERIFY(
        std::all_of(lines.cbegin(), lines.cend(), [](const QByteArray &line) { return line.size() <= 79; }));
}

void TestMessageWriter::typeOfAttachment_isFound_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("given") << u"x"_s << "image/x-own"_ba
                           << "x"_ba
                           << "Content-Type: image/x-own;"_ba;
    QTest::newRow("by name") << u"x.zip"_s << QByteArray() << QByteArray()
                             << "Content-Type: application/zip;"_ba;
    QTest::newRow("by content") << u"x"_s << QByteArray() << "%PDF-1.4\n"_ba
                                << "Content-Type: application/pdf;"_ba;
    QTest::newRow("unknown") << u"x"_s << QByteArray() << "\x01\x02\x03\xFF"_ba
                             << "Content-Type: application/octet-stream;"_ba;
    QTest::newRow("ASCII text") << u"x.txt"_s << QByteArray() << "abc"_ba
                                << "Content-Type: text/plain; charset=us-ascii;"_ba;
    QTest::newRow("UTF-8 text") << u"x.txt"_s << QByteArray() << "\xC3\xA9"_ba
                                << "Content-Type: text/plain; charset=utf-8;"_ba;
    QTest::newRow("Latin-1 text") << u"x.txt"_s << QByteArray() << "\xE9\xE8 et cetera"_ba
                                  << "Content-Type: application/octet-stream;"_ba;
    QTest::newRow("UTF-16 text") << u"x.txt"_s << "text/plain"_ba
                                 << "a\0b\0"_ba
                                 << "Content-Type: application/octet-stream;"_ba;
    QTest::newRow("part of a message") << u"x.part"_s << "message/partial"_ba
                                       << "Subject: x\r\n\r\n"_ba
                                       << "Content-Type: application/octet-stream;"_ba;
    QTest::newRow("not a type") << u"x.zip"_s << "zip; evil"_ba << QByteArray()
                                << "Content-Type: application/zip;"_ba;
}

void TestMessageWriter::typeOfAttachment_isFound()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, octets);
    QFETCH(const QByteArray, expected);
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"file"_s, octets), .fileName = name, .type = type } };
    const QByteArray message = written(draft);
    const qsizetype part = message.lastIndexOf("Content-Type:");
    QVERIFY2(QByteArray(message.sliced(part)).replace("\r\n", "").startsWith(expected),
             message.sliced(part).constData());
    QCOMPARE(attachmentOf(message), octets);
}

void TestMessageWriter::unreadableAttachment_isNamed_data()
{
    QTest::addColumn<QString>("path");

    QTest::newRow("missing") << u"/nonexistent/file"_s;
    QTest::newRow("folder") << u"/"_s;
#ifdef Q_OS_LINUX
    QTest::newRow("device") << u"/dev/zero"_s;
    QTest::newRow("says it is empty and is not") << u"/proc/self/status"_s;
    QTest::newRow("fails when it is read") << u"/proc/self/mem"_s;
    QTest::newRow("says it is longer than it is") << u"/sys/kernel/mm/transparent_hugepage/enabled"_s;
#endif
}

void TestMessageWriter::unreadableAttachment_isNamed()
{
    QFETCH(const QString, path);
    if (path.startsWith("/sys"_L1) && !QFile::exists(path))
        QSKIP("this kernel does not have the file");
    Draft draft = plainDraft();
    draft.attachments = { { .path = path, .fileName = u"x"_s, .type = "application/x-any" } };
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = writeMessage(draft, fixedStamp(), output);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, WriteError::Kind::AttachmentUnreadable);
    QCOMPARE(result.error().subject, path);
    QVERIFY(!result.error().reason.isEmpty());
}

void TestMessageWriter::fullDisk_isReportedAtEveryOctet()
{
    Draft draft = plainDraft();
    draft.attachments = { { .path = file(u"a.bin"_s, QByteArray(300, 'x')) } };
    const QByteArray whole = written(draft);
    for (qint64 room = 0; room < whole.size(); ++room) {
        FullDevice output(room);
        const auto result = writeMessage(draft, fixedStamp(), output);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, WriteError::Kind::OutputFailed);
        QCOMPARE(result.error().reason, u"No space left on device"_s);
    }
    FullDevice output(whole.size());
    QVERIFY(writeMessage(draft, fixedStamp(), output));
}

QTEST_GUILESS_MAIN(TestMessageWriter)
#include "tst_messagewriter.moc"
