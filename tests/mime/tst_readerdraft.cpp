// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/messagewriter.h"
#include "mime/reader/messagedraft.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

using Kind = DraftRemark::Kind;

namespace {

QByteArray contentOf(const Attachment &attachment)
{
    QFile file(attachment.path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "not readable"_ba;
}

QStringList addressesOf(const QList<Mailbox> &mailboxes)
{
    QStringList addresses;
    for (const Mailbox &mailbox : mailboxes)
        addresses.append(mailbox.address());
    return addresses;
}

bool hasRemark(const OpenedDraft &opened, Kind kind, const QString &subject = {})
{
    return std::any_of(opened.remarks.cbegin(), opened.remarks.cend(), [&](const DraftRemark &remark) {
        return remark.kind == kind && (subject.isEmpty() || remark.subject == subject);
    });
}

/// What servers and the author's own program put around a message.
constexpr QByteArrayView Travelled = "Return-Path: <ann@example.org>\r\n"
                                     "Received: from a by b; Sat, 21 Nov 2026 17:41:50 +0000\r\n"
                                     "Received: from c by d; Sat, 21 Nov 2026 17:41:48 +0000\r\n"
                                     "DKIM-Signature: v=1; d=example.org\r\n"
                                     "Resent-From: other@example.org\r\n"
                                     "X-Spam-Status: No\r\n"
                                     "List-Unsubscribe: <https://list.example.org/leave>\r\n";
constexpr QByteArrayView Authors = "Date: Sat, 21 Nov 2026 17:41:47 +0000\r\n"
                                   "Message-ID: <old@example.org>\r\n"
                                   "From: =?utf-8?Q?Ann_=C3=89?= <ann@example.org>, ben@example.org\r\n"
                                   "Sender: ben@example.org\r\n"
                                   "Reply-To: team@example.org\r\n"
                                   "To: Bob <bob@example.net>\r\n"
                                   "Cc: cy@example.net\r\n"
                                   "Bcc: dee@example.net\r\n"
                                   "To: eve@example.net\r\n"
                                   "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
                                   "In-Reply-To: <parent@example.net>\r\n"
                                   "References: <root@example.net> <parent@example.net>\r\n"
                                   "Importance: high\r\n"
                                   "X-Priority: 1 (Highest)\r\n"
                                   "Disposition-Notification-To: ann@example.org\r\n"
                                   "Auto-Submitted: auto-generated\r\n";
constexpr QByteArrayView Hello = "\r\nHello\r\n";

} // namespace

class TestReaderDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void draft_keepsWhatItsAuthorSaid();
    void draft_keepsFieldsAddedByHand();
    void resend_dropsWhatServersAdded();
    void newMessage_keepsContentOnly();
    void draftThatWasWritten_comesBack();
    void badAddress_isRemarked();
    void subject_isOneLine();
    void text_isPutTogetherAs_data();
    void text_isPutTogetherAs();
    void html_isCleaned();
    void pictures_goWithTheHtml();
    void embeddedPicture_becomesAFile();
    void file_isNamed_data();
    void file_isNamed();
    void attachedMessage_isKeptAsItIs();
    void hugeText_isAttached();
    void signature_isDropped();
    void encryptedMessage_isAttached();
    void calendar_isKept();
    void unknownForm_isRemarked();
    void damagedFile_isRemarked();
    void report_isSentAgainAsWhatItReturns();
    void reportWithHeader_saysSo();
    void noMessage_isRefused();
    void folderThatLacks_isAnErrorWithoutFiles();

private:
    [[nodiscard]] postrider::base::Expected<OpenedDraft, ReadError>
    open(const QByteArray &octets, OpenPurpose purpose = OpenPurpose::New)
    {
        const auto message = readMessage(octets);
        if (!message)
            return postrider::base::Unexpected(message.error());
        return openAsDraft(*message, purpose, m_folder->path());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestReaderDraft::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestReaderDraft::draft_keepsWhatItsAuthorSaid()
{
    const auto opened = open(Authors.toByteArray() + Hello.toByteArray(), OpenPurpose::Draft);
    QVERIFY(opened);
    const Draft &draft = opened->draft;
    QCOMPARE(draft.from.name, u"Ann É"_s);
    QCOMPARE(draft.from.address(), u"ann@example.org"_s);
    QCOMPARE(addressesOf(draft.fields.furtherAuthors), QStringList({ u"ben@example.org"_s }));
    QCOMPARE(draft.fields.sender.address(), u"ben@example.org"_s);
    QCOMPARE(addressesOf(draft.replyTo), QStringList({ u"team@example.org"_s }));
    QCOMPARE(addressesOf(draft.to), QStringList({ u"bob@example.net"_s, u"eve@example.net"_s }));
    QCOMPARE(addressesOf(draft.cc), QStringList({ u"cy@example.net"_s }));
    QCOMPARE(addressesOf(draft.bcc), QStringList({ u"dee@example.net"_s }));
    QCOMPARE(draft.subject, u"Grüße"_s);
    QCOMPARE(draft.text, u"Hello"_s);
    QCOMPARE(draft.fields.inReplyTo, QList<QByteArray>({ "<parent@example.net>" }));
    QCOMPARE(draft.fields.references, QList<QByteArray>({ "<root@example.net>", "<parent@example.net>" }));
    QVERIFY(draft.fields.importance == Importance::High);
    QVERIFY(draft.fields.readReceipt == ReadReceipt::Wanted);
    QVERIFY(draft.fields.origin == Origin::UnattendedJob);
    const QList<DraftRemark> remarks { { .kind = Kind::FieldDropped, .subject = u"Date"_s },
                                       { .kind = Kind::FieldDropped, .subject = u"Message-ID"_s } };
    QCOMPARE(opened->remarks, remarks);
}

void TestReaderDraft::draft_keepsFieldsAddedByHand()
{
    const auto opened
        = open("X-Ours: =?utf-8?q?=C3=A9?=\r\nOrganization: Example\r\nX-Unsent: 1\r\nX-Ours: twice\r\n"
               "User-Agent: other\r\nUnknown: x\r\n"
               "List-Unsubscribe: <mailto:leave@example.org>, <https://example.org/leave>\r\n"
               "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n"_ba,
               OpenPurpose::Draft);
    QVERIFY(opened);
    const QList<CustomField> custom { { .name = u"X-Ours"_s, .value = u"é"_s },
                                      { .name = u"Organization"_s, .value = u"Example"_s } };
    QCOMPARE(opened->draft.fields.custom, custom);
    QCOMPARE(opened->draft.fields.unsubscription.mailtoUri, "mailto:leave@example.org"_ba);
    QCOMPARE(opened->draft.fields.unsubscription.httpsUri, "https://example.org/leave"_ba);
    QVERIFY(opened->draft.fields.unsubscription.way == Unsubscription::Way::OneClick);
    for (const QString &name : { u"X-Unsent"_s, u"User-Agent"_s, u"Unknown"_s })
        QVERIFY(hasRemark(*opened, Kind::FieldDropped, name));
}

void TestReaderDraft::resend_dropsWhatServersAdded()
{
    const auto opened
        = open(Travelled.toByteArray() + Authors.toByteArray() + Hello.toByteArray(), OpenPurpose::Resend);
    QVERIFY(opened);
    const Draft &draft = opened->draft;
    QCOMPARE(addressesOf(draft.replyTo), QStringList({ u"team@example.org"_s }));
    QCOMPARE(draft.fields.inReplyTo, QList<QByteArray>({ "<parent@example.net>" }));
    QCOMPARE(addressesOf(draft.bcc), QStringList({ u"dee@example.net"_s }));
    QVERIFY(draft.fields.custom.isEmpty());
    QVERIFY(draft.fields.unsubscription.isEmpty());
    QStringList dropped;
    for (const DraftRemark &remark : opened->remarks)
        dropped.append(remark.subject);
    QCOMPARE(dropped,
             QStringList({ u"Return-Path"_s, u"Received"_s, u"DKIM-Signature"_s, u"Resent-From"_s,
                           u"X-Spam-Status"_s, u"List-Unsubscribe"_s, u"Date"_s, u"Message-ID"_s }));
}

void TestReaderDraft::newMessage_keepsContentOnly()
{
    const auto opened = open(Travelled.toByteArray() + Authors.toByteArray() + Hello.toByteArray());
    QVERIFY(opened);
    const Draft &draft = opened->draft;
    QCOMPARE(draft.from.address(), u"ann@example.org"_s);
    QCOMPARE(addressesOf(draft.recipients()),
             QStringList(
                 { u"bob@example.net"_s, u"eve@example.net"_s, u"cy@example.net"_s, u"dee@example.net"_s }));
    QCOMPARE(draft.subject, u"Grüße"_s);
    QCOMPARE(draft.text, u"Hello"_s);
    QVERIFY(draft.fields == MessageFields());
    QVERIFY(draft.replyTo.isEmpty());
    for (const QString &name :
         { u"References"_s, u"In-Reply-To"_s, u"Importance"_s, u"Sender"_s, u"Reply-To"_s })
        QVERIFY(hasRemark(*opened, Kind::FieldDropped, name));
}

/// Our own message, read back: nothing is lost but the blind copies, which no message has.
void TestReaderDraft::draftThatWasWritten_comesBack()
{
    QFile report(m_folder->filePath(u"report.bin"_s));
    QVERIFY(report.open(QIODevice::WriteOnly));
    report.write(QByteArray("\x00\xFF\r\n--b", 7).repeated(10'000));
    report.close();
    QFile picture(m_folder->filePath(u"logo"_s));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write("\x89PNG\r\n\x1A\n");
    picture.close();

    Draft draft;
    draft.from = { .name = u"Ann É"_s, .localPart = u"ann"_s, .domain = u"example.org"_s };
    draft.to = { { .name = u"Smith, \"Bob\""_s, .localPart = u"bob smith"_s, .domain = u"example.net"_s } };
    draft.cc = { { .name = {}, .localPart = u"cy"_s, .domain = u"bücher.example"_s } };
    draft.subject = u"日本語 🎉 "_s.repeated(20).trimmed();
    draft.text = u"> quoted\nA long line "_s + u"of many words "_s.repeated(30) + u"end.\n-- \nAnn"_s;
    draft.html = u"<p>Hello <img src=\"cid:logo@example.org\" alt=\"logo\"></p>"_s;
    draft.attachments = { { .path = report.fileName(), .fileName = u"Übersicht 2026 — final.bin"_s },
                          { .path = picture.fileName(),
                            .fileName = u"logo.png"_s,
                            .type = "image/png",
                            .contentId = u"logo@example.org"_s } };
    draft.fields.inReplyTo = { "<parent@example.net>" };
    draft.fields.custom = { { .name = u"X-Ours"_s, .value = u"é"_s } };
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    QVERIFY(writeMessage(
        draft, makeStamp(draft.from, QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::UTC)), output));

    const auto opened = open(output.data(), OpenPurpose::Draft);
    QVERIFY(opened);
    QCOMPARE(opened->draft.from, draft.from);
    QCOMPARE(opened->draft.to, draft.to);
    QCOMPARE(addressKey(opened->draft.cc.value(0)), addressKey(draft.cc.at(0)));
    QCOMPARE(opened->draft.subject, draft.subject);
    QCOMPARE(opened->draft.text, draft.text);
    QVERIFY(opened->draft.html.contains(u"src=\"cid:logo@example.org\""_s));
    QCOMPARE(opened->draft.fields, draft.fields);
    QCOMPARE(opened->draft.attachments.size(), 2);
    for (const Attachment &attachment : opened->draft.attachments) {
        const bool isPicture = !attachment.contentId.isEmpty();
        QCOMPARE(attachment.fileName, draft.attachments.at(isPicture ? 1 : 0).fileName);
        QCOMPARE(contentOf(attachment), contentOf(draft.attachments.at(isPicture ? 1 : 0)));
    }
}

void TestReaderDraft::badAddress_isRemarked()
{
    const auto opened = open("To: bob@example.net, joe, cy@example.net\r\n\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(addressesOf(opened->draft.to), QStringList({ u"bob@example.net"_s, u"cy@example.net"_s }));
    const DraftRemark remark { .kind = Kind::BadAddress, .subject = u"To"_s, .detail = u"joe"_s };
    QCOMPARE(opened->remarks, QList<DraftRemark>({ remark }));
}

void TestReaderDraft::subject_isOneLine()
{
    const auto opened = open("Subject: =?utf-8?Q?a=0D=0ABcc:_x=40y.test=E2=80=A8b=00?=\r\n\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(opened->draft.subject, u"a  Bcc: x@y.test b"_s);
}

void TestReaderDraft::text_isPutTogetherAs_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("html");
    QTest::addColumn<int>("files");
    const QByteArray mixed = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    const QByteArray alternative = "Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n";
    const QByteArray plain = "--b\r\nContent-Type: text/plain\r\n\r\none\r\n";
    const QByteArray html = "--b\r\nContent-Type: text/html\r\n\r\n<p>two</p>\r\n";
    QTest::newRow("plain alone") << "Subject: x\r\n\r\none\r\n"_ba << u"one"_s << QString() << 0;
    QTest::newRow("two plain parts") << QByteArray(mixed + plain + plain + "--b--\r\n") << u"one\none"_s
                                     << QString() << 0;
    QTest::newRow("both forms") << QByteArray(alternative + plain + html + "--b--\r\n") << u"one"_s
                                << u"<p>two</p>"_s << 0;
    QTest::newRow("the wrong way round")
        << QByteArray(alternative + html + plain + "--b--\r\n") << u"one"_s << u"<p>two</p>"_s << 0;
    QTest::newRow("HTML and a line of a list below")
        << QByteArray(mixed + html + plain + "--b--\r\n") << QString() << u"<p>two</p>\n<p>one</p>"_s << 0;
    QTest::newRow("text with a name")
        << QByteArray(mixed + plain + "--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\nfile\r\n--b--\r\n")
        << u"one"_s << QString() << 1;
    QTest::newRow("text to be attached")
        << QByteArray(mixed + plain + "--b\r\nContent-Disposition: attachment\r\n\r\nfile\r\n--b--\r\n")
        << u"one"_s << QString() << 1;
    QTest::newRow("file alone") << "Subject: x\r\nContent-Type: application/pdf\r\n\r\n%PDF"_ba << QString()
                                << QString() << 1;
    QTest::newRow("NUL") << QByteArray("Subject: x\r\n\r\na\0b\r\n", 19) << u"ab"_s << QString() << 0;
    QTest::newRow("flowed")
        << "Subject: x\r\nContent-Type: text/plain; format=flowed\r\n\r\n> a \r\n> b\r\n"_ba << u"> a b"_s
        << QString() << 0;
}

void TestReaderDraft::text_isPutTogetherAs()
{
    QFETCH(const QByteArray, octets);
    const auto opened = open(octets);
    QVERIFY(opened);
    QTEST(opened->draft.text, "text");
    QTEST(opened->draft.html.trimmed(), "html");
    QTEST(int(opened->draft.attachments.size()), "files");
}

void TestReaderDraft::html_isCleaned()
{
    const auto opened = open("Subject: x\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n"
                             "<body onload=a()><script>b()</script><p>caf\xE9<img src=http://t.test/x.png>"
                             "<img src=\"cid:lost\" alt=picture>"_ba);
    QVERIFY(opened);
    const QString &html = opened->draft.html;
    QVERIFY(html.contains(u"café"_s) && html.contains(u"picture"_s));
    for (const QString &unwanted : { u"script"_s, u"onload"_s, u"<img"_s, u"http"_s })
        QVERIFY2(!html.contains(unwanted), qPrintable(html));
    QVERIFY(hasRemark(*opened, Kind::PictureMissing, u"lost"_s));
}

void TestReaderDraft::pictures_goWithTheHtml()
{
    const auto opened
        = open("Subject: x\r\nContent-Type: multipart/related; boundary=b; start=\"<root>\"\r\n\r\n"
               "--b\r\nContent-Type: image/png\r\nContent-ID: <one@x.test>\r\n\r\n1\r\n"
               "--b\r\nContent-Type: image/png\r\nContent-ID: <odd <&\" id>\r\n\r\n2\r\n"
               "--b\r\nContent-Type: image/png\r\nContent-ID: <unused@x.test>\r\nContent-Disposition: "
               "inline\r\n\r\n3\r\n"
               "--b\r\nContent-Type: text/html\r\nContent-ID: <root>\r\n\r\n"
               "<img src=\"cid:one@x.test\"><img src=\"cid:odd%20%3C%26%22%20id\">\r\n--b--\r\n"_ba);
    QVERIFY(opened);
    const QList<Attachment> &files = opened->draft.attachments;
    QCOMPARE(files.size(), 3);
    QCOMPARE(files.at(0).contentId, u"one@x.test"_s);
    QCOMPARE(contentOf(files.at(0)), "1"_ba);
    QVERIFY2(opened->draft.html.contains(u"\"cid:one@x.test\""_s), qPrintable(opened->draft.html));
    // What the HTML cannot name or does not show is an ordinary file.
    QCOMPARE(files.at(1).contentId, QString());
    QCOMPARE(files.at(2).contentId, QString());
    QCOMPARE(contentOf(files.at(2)), "3"_ba);
}

void TestReaderDraft::embeddedPicture_becomesAFile()
{
    const QByteArray png = QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    const auto opened = open("Subject: x\r\nContent-Type: text/html\r\n\r\n<img src=\"data:image/png;base64,"
                             + png.toBase64() + "\">");
    QVERIFY(opened);
    QCOMPARE(opened->draft.attachments.size(), 1);
    const Attachment &picture = opened->draft.attachments.at(0);
    QCOMPARE(contentOf(picture), png);
    QCOMPARE(picture.type, "image/png"_ba);
    QVERIFY(opened->draft.html.contains(u"\"cid:"_s + picture.contentId + u'"'));
}

void TestReaderDraft::file_isNamed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("name");
    QTest::newRow("as it was") << "Content-Type: image/png; name=a.png\r\n"_ba << u"a.png"_s;
    QTest::newRow("no path") << "Content-Disposition: attachment; filename=\"../../etc/passwd\"\r\n"_ba
                             << u"passwd"_s;
    QTest::newRow("no path of Windows")
        << "Content-Disposition: attachment; filename=\"C:\\x\\a.txt\"\r\n"_ba << u"a.txt"_s;
    QTest::newRow("no name") << "Content-Type: image/png\r\n"_ba << u"part-1.png"_s;
    QTest::newRow("blank name") << "Content-Type: image/png; name=\" \"\r\n"_ba << u"part-1.png"_s;
    QTest::newRow("no name, type of nobody") << "Content-Type: application/x-nobodys\r\n"_ba << u"part-1"_s;
}

void TestReaderDraft::file_isNamed()
{
    QFETCH(const QByteArray, header);
    const auto opened = open("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + header
                             + "\r\nx\r\n--b--\r\n");
    QVERIFY(opened);
    QCOMPARE(opened->draft.attachments.size(), 1);
    const Attachment &attachment = opened->draft.attachments.at(0);
    QTEST(attachment.fileName, "name");
    QCOMPARE(QFileInfo(attachment.path).absolutePath(), QFileInfo(m_folder->path()).absoluteFilePath());
    QCOMPARE(QFile::permissions(attachment.path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestReaderDraft::attachedMessage_isKeptAsItIs()
{
    const QByteArray inner
        = "Subject: In/side\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
          "--c\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--c--";
    const auto opened = open("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                             "--b\r\nContent-Type: message/rfc822\r\n\r\n"
                             + inner + "\r\n--b--\r\n");
    QVERIFY(opened);
    QCOMPARE(opened->draft.attachments.size(), 1);
    QCOMPARE(opened->draft.attachments.at(0).type, "message/rfc822"_ba);
    QCOMPARE(opened->draft.attachments.at(0).fileName, u"In-side.eml"_s);
    QCOMPARE(contentOf(opened->draft.attachments.at(0)), inner);
}

void TestReaderDraft::hugeText_isAttached()
{
    const QByteArray text = QByteArray("12345678\r\n").repeated(900'000);
    const auto opened = open("Subject: x\r\n\r\n" + text);
    QVERIFY(opened);
    QVERIFY(opened->draft.text.isEmpty());
    QCOMPARE(opened->draft.attachments.size(), 1);
    QVERIFY(contentOf(opened->draft.attachments.at(0)) == text);
    QVERIFY(hasRemark(*opened, Kind::TextAttached, opened->draft.attachments.at(0).fileName));
}

void TestReaderDraft::signature_isDropped()
{
    const auto opened
        = open("Subject: x\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\none\r\n"
               "--b\r\nContent-Type: application/pgp-signature\r\n\r\nxyz\r\n--b--\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(opened->draft.text, u"one"_s);
    QVERIFY(opened->draft.attachments.isEmpty());
    QVERIFY(hasRemark(*opened, Kind::SignatureDropped));
}

void TestReaderDraft::encryptedMessage_isAttached()
{
    const auto opened = open(
        "Subject: x\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
        "--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\nxyz\r\n--b--\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(opened->draft.attachments.size(), 2);
    QVERIFY(hasRemark(*opened, Kind::Encrypted));
}

void TestReaderDraft::calendar_isKept()
{
    const auto opened
        = open("Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\none\r\n"
               "--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
               "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--b--\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(opened->draft.calendar.method, "REQUEST"_ba);
    QCOMPARE(opened->draft.calendar.object, u"BEGIN:VCALENDAR\nEND:VCALENDAR"_s);
    QVERIFY(opened->draft.attachments.isEmpty());
}

void TestReaderDraft::unknownForm_isRemarked()
{
    const auto opened
        = open("Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\none\r\n"
               "--b\r\nContent-Type: text/x-amp-html\r\n\r\n<html>\r\n--b--\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(opened->draft.text, u"one"_s);
    QVERIFY(opened->draft.attachments.isEmpty());
    QVERIFY(hasRemark(*opened, Kind::AlternativeDropped, u"text/x-amp-html"_s));
}

void TestReaderDraft::damagedFile_isRemarked()
{
    const auto opened = open("Subject: x\r\nContent-Type: image/png; name=a.png\r\n"
                             "Content-Transfer-Encoding: base64\r\n\r\nSGVs!!bG8\r\n"_ba);
    QVERIFY(opened);
    QCOMPARE(contentOf(opened->draft.attachments.at(0)), "Hello"_ba);
    QVERIFY(hasRemark(*opened, Kind::FileDamaged, u"a.png"_s));
}

void TestReaderDraft::report_isSentAgainAsWhatItReturns()
{
    const QByteArray report
        = "From: <>\r\nSubject: Undelivered\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
          "--b\r\n\r\nSorry\r\n"
          "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
          "Final-Recipient: rfc822; bob@example.net\r\nAction: failed\r\n\r\n"
          "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + Authors.toByteArray() + Hello.toByteArray() + "\r\n--b--\r\n";
    const auto again = open(report, OpenPurpose::Resend);
    QVERIFY(again);
    QCOMPARE(again->draft.subject, u"Grüße"_s);
    QCOMPARE(again->draft.text, u"Hello"_s);
    QVERIFY(again->draft.attachments.isEmpty());
    QVERIFY(hasRemark(*again, Kind::ReturnedMessageTaken));

    const auto other = open(report, OpenPurpose::New);
    QVERIFY(other);
    QCOMPARE(other->draft.subject, u"Undelivered"_s);
    QCOMPARE(other->draft.text, u"Sorry"_s);
    QCOMPARE(other->draft.attachments.size(), 2);
}

void TestReaderDraft::reportWithHeader_saysSo()
{
    const auto opened
        = open("Content-Type: multipart/report; boundary=b\r\n\r\n"
               "--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; b@x.test\r\n"
               "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                   + Authors.toByteArray() + "\r\n--b--\r\n",
               OpenPurpose::Resend);
    QVERIFY(opened);
    QCOMPARE(opened->draft.subject, u"Grüße"_s);
    QVERIFY(opened->draft.text.isEmpty());
    QVERIFY(hasRemark(*opened, Kind::ReturnedHeaderOnly));
}

void TestReaderDraft::noMessage_isRefused()
{
    const auto opened = open("\x89PNG\r\n\x1A\n"_ba);
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == ReadError::Kind::NotAMessage);
}

void TestReaderDraft::folderThatLacks_isAnErrorWithoutFiles()
{
    const auto message = readMessage(
        "Subject: x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n"_ba);
    QVERIFY(message);
    const auto opened = openAsDraft(*message, OpenPurpose::New, m_folder->filePath(u"missing"_s));
    QVERIFY(!opened);
    QVERIFY(opened.error().kind == ReadError::Kind::OutputFailed);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestReaderDraft)
#include "tst_readerdraft.moc"
