// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/encodedword.h"
#include "mime/header/messageheader.h"
#include "randomtext.h"

#include <QSysInfo>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

Mailbox at(const QString &localPart, const QString &domain = u"example.org"_s)
{
    return { .localPart = localPart, .domain = domain };
}

Stamp fixedStamp()
{
    return { .messageId = "<5b6f0a52-6b0e-4c1c-9d55-0c1f3f2f8d11@example.org>",
             .date = QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::OffsetFromUTC, 3600),
             .boundary = "=_x" };
}

Draft plainDraft()
{
    return { .from = { .name = u"Ann Smith"_s, .localPart = u"ann"_s, .domain = u"example.org"_s },
             .to = { at(u"bob"_s, u"example.net"_s) },
             .subject = u"Lunch"_s };
}

QByteArray header(const Draft &draft, const Stamp &stamp = fixedStamp())
{
    HeaderWriter writer(headerCharset(draft));
    const auto added = addMessageHeader(writer, draft, stamp);
    return added ? writer.octets() : QByteArray("error: " + added.error().subject.toUtf8());
}

struct Field
{
    QByteArray name {};
    QByteArray octets {}; ///< the whole field
    QByteArray body {};   ///< unfolded
};

QList<Field> fieldsOf(const QByteArray &header)
{
    QList<Field> fields;
    for (const QByteArray &line : header.split('\n')) {
        if (line.isEmpty())
            continue;
        if (line.startsWith(' ')) {
            fields.last().octets += line + '\n';
            fields.last().body += line.chopped(1);
        } else {
            const qsizetype colon = line.indexOf(':');
            fields.append({ .name = line.first(colon),
                            .octets = line + '\n',
                            .body = line.sliced(colon + 1).chopped(1) });
        }
    }
    for (Field &field : fields)
        field.body = field.body.trimmed();
    return fields;
}

/// The body of the only field of that name; "(none)" or "(several)".
QByteArray body(const QByteArray &header, const QByteArray &name)
{
    QByteArray found = "(none)";
    for (const Field &field : fieldsOf(header)) {
        if (field.name == name)
            found = found == "(none)" ? field.body : QByteArray("(several)");
    }
    return found;
}

} // namespace

class TestMessageHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainMessage_hasTheseFieldsAndNoOther();
    void blindCopies_standNowhere();
    void sender_standsWhenItIsSomeoneElse();
    void severalAuthors_haveASender();
    void importance_isWrittenInBothForms();
    void readReceipt_goesToTheAuthorOnce();
    void unattendedJob_saysSo();
    void unsubscription_isWritten();
    void reply_isThreaded();
    void customFields_areWritten();
    void whatCannotBeWritten_isAnError();
    void utcDate_tellsNoZone();
    void date_isEnglishInEveryLocale_data();
    void date_isEnglishInEveryLocale();
    void nothingAboutThisComputer_isInIt();
    void redirection_standsBeforeTheOriginal();
    void nonAsciiAddress_makesItUtf8();
    void randomMessages_areReadBackTheSame();
};

void TestMessageHeader::plainMessage_hasTheseFieldsAndNoOther()
{
    QCOMPARE(header(plainDraft()),
             "Date: Sat, 21 Nov 2026 17:41:47 +0100\r\n"
             "From: Ann Smith <ann@example.org>\r\n"
             "To: bob@example.net\r\n"
             "Subject: Lunch\r\n"
             "Message-ID: <5b6f0a52-6b0e-4c1c-9d55-0c1f3f2f8d11@example.org>\r\n"
             "MIME-Version: 1.0\r\n"_ba);
}

void TestMessageHeader::blindCopies_standNowhere()
{
    Draft draft = plainDraft();
    draft.bcc = { at(u"secret"_s) };
    QVERIFY(!header(draft).toLower().contains("bcc") && !header(draft).contains("secret"));
    draft.to.clear();
    QCOMPARE(body(header(draft), "To"), "undisclosed-recipients:;"_ba);
    draft.cc = { at(u"carl"_s) };
    QCOMPARE(body(header(draft), "To"), "undisclosed-recipients:;"_ba);
    QCOMPARE(body(header(draft), "Cc"), "carl@example.org"_ba);
}

void TestMessageHeader::sender_standsWhenItIsSomeoneElse()
{
    Draft draft = plainDraft();
    draft.fields.sender = at(u"ann"_s, u"EXAMPLE.org"_s);
    QCOMPARE(body(header(draft), "Sender"), "(none)"_ba);
    draft.fields.sender = at(u"office"_s);
    QCOMPARE(body(header(draft), "Sender"), "office@example.org"_ba);
}

void TestMessageHeader::severalAuthors_haveASender()
{
    Draft draft = plainDraft();
    draft.fields.furtherAuthors = { at(u"carl"_s) };
    QCOMPARE(body(header(draft), "From"), "Ann Smith <ann@example.org>, carl@example.org"_ba);
    QCOMPARE(body(header(draft), "Sender"), "Ann Smith <ann@example.org>"_ba);
    draft.fields.sender = at(u"carl"_s);
    QCOMPARE(body(header(draft), "Sender"), "carl@example.org"_ba);
}

void TestMessageHeader::importance_isWrittenInBothForms()
{
    Draft draft = plainDraft();
    QCOMPARE(body(header(draft), "Importance"), "(none)"_ba);
    draft.fields.importance = Importance::High;
    QCOMPARE(body(header(draft), "Importance"), "high"_ba);
    QCOMPARE(body(header(draft), "X-Priority"), "1"_ba);
    draft.fields.importance = Importance::Low;
    QCOMPARE(body(header(draft), "Importance"), "low"_ba);
    QCOMPARE(body(header(draft), "X-Priority"), "5"_ba);
}

void TestMessageHeader::readReceipt_goesToTheAuthorOnce()
{
    Draft draft = plainDraft();
    QCOMPARE(body(header(draft), "Disposition-Notification-To"), "(none)"_ba);
    draft.fields.readReceipt = ReadReceipt::Wanted;
    QCOMPARE(body(header(draft), "Disposition-Notification-To"), "ann@example.org"_ba);
}

void TestMessageHeader::unattendedJob_saysSo()
{
    Draft draft = plainDraft();
    QCOMPARE(body(header(draft), "Auto-Submitted"), "(none)"_ba);
    draft.fields.origin = Origin::UnattendedJob;
    QCOMPARE(body(header(draft), "Auto-Submitted"), "auto-generated"_ba);
}

void TestMessageHeader::unsubscription_isWritten()
{
    Draft draft = plainDraft();
    QVERIFY(!header(draft).contains("List-"));
    draft.fields.unsubscription.mailtoUri = "mailto:leave@example.org";
    QCOMPARE(body(header(draft), "List-Unsubscribe"), "<mailto:leave@example.org>"_ba);
    QCOMPARE(body(header(draft), "List-Unsubscribe-Post"), "(none)"_ba);
    draft.fields.unsubscription.httpsUri = "https://example.org/leave?id=1";
    draft.fields.unsubscription.way = Unsubscription::Way::OneClick;
    QCOMPARE(body(header(draft), "List-Unsubscribe"),
             "<https://example.org/leave?id=1>, <mailto:leave@example.org>"_ba);
    QCOMPARE(body(header(draft), "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click"_ba);
}

void TestMessageHeader::reply_isThreaded()
{
    Draft draft = plainDraft();
    draft.fields.inReplyTo = { "<3456@example.net>" };
    draft.fields.references = { "<1234@local.machine.example>", "<3456@example.net>" };
    QCOMPARE(body(header(draft), "In-Reply-To"), "<3456@example.net>"_ba);
    QCOMPARE(body(header(draft), "References"), "<1234@local.machine.example> <3456@example.net>"_ba);
    for (int i = 0; i < 100; ++i)
        draft.fields.references.append("<message-" + QByteArray::number(i) + "@example.net>");
    for (const Field &field : fieldsOf(header(draft)))
        QCOMPARE(support::lineProblem(field.octets), QString());
}

void TestMessageHeader::customFields_areWritten()
{
    Draft draft = plainDraft();
    draft.fields.custom = { { .name = u" X-Project "_s, .value = u" Grüße "_s },
                            { .name = u"Organization"_s, .value = u"Example"_s } };
    QCOMPARE(body(header(draft), "X-Project"), "=?utf-8?Q?Gr=C3=BC=C3=9Fe?="_ba);
    QCOMPARE(body(header(draft), "Organization"), "Example"_ba);
}

void TestMessageHeader::whatCannotBeWritten_isAnError()
{
    const auto problem = [](const auto &change) {
        Draft draft = plainDraft();
        Stamp stamp = fixedStamp();
        change(draft, stamp);
        HeaderWriter writer;
        const auto added = addMessageHeader(writer, draft, stamp);
        return added ? u"nothing"_s : writer.octets().isEmpty() ? added.error().subject : u"half a header"_s;
    };
    QCOMPARE(problem([](Draft &, Stamp &) {}), u"nothing"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) { draft.cc = { at(u"a"_s, u"-x.test"_s) }; }), u"a@-x.test"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) { draft.fields.sender = at(u"a"_s, u"x_y"_s); }), u"a@x_y"_s);
    QCOMPARE(problem([](Draft &, Stamp &stamp) { stamp.messageId = "<a@b>\r\nBcc: x@y.test"; }),
             u"Message-ID"_s);
    QCOMPARE(problem([](Draft &, Stamp &stamp) { stamp.date = {}; }), u"Date"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) { draft.fields.inReplyTo = { "<a>\r\n" }; }),
             u"In-Reply-To"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) { draft.fields.references = { "x" }; }), u"References"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) { draft.fields.unsubscription.httpsUri = "http://x.test"; }),
             u"List-Unsubscribe"_s);
    QCOMPARE(problem([](Draft &draft, Stamp &) {
                 draft.fields.custom = { { .name = u"Bcc"_s, .value = u"x"_s } };
             }),
             u"Bcc"_s);
}

void TestMessageHeader::utcDate_tellsNoZone()
{
    const QDateTime date(QDate(2026, 11, 21), QTime(1, 41, 47), Qt::OffsetFromUTC, 19800);
    Stamp stamp = makeStamp(at(u"ann"_s), date, DateZone::Utc);
    QCOMPARE(body(header(plainDraft(), stamp), "Date"), "Fri, 20 Nov 2026 20:11:00 +0000"_ba);
    stamp = makeStamp(at(u"ann"_s), date);
    QCOMPARE(body(header(plainDraft(), stamp), "Date"), "Sat, 21 Nov 2026 01:41:47 +0530"_ba);
}

void TestMessageHeader::date_isEnglishInEveryLocale_data()
{
    QTest::addColumn<QString>("locale");
    for (const QString &name : { u"tr_TR"_s, u"ar_EG"_s, u"th_TH"_s, u"fa_IR"_s, u"hi_IN"_s, u"de_DE"_s })
        QTest::newRow(qPrintable(name)) << name;
}

void TestMessageHeader::date_isEnglishInEveryLocale()
{
    QFETCH(const QString, locale);
    QLocale::setDefault(QLocale(locale));
    const QByteArray written = body(header(plainDraft()), "Date");
    QLocale::setDefault(QLocale::c());
    QCOMPARE(written, "Sat, 21 Nov 2026 17:41:47 +0100"_ba);
}

void TestMessageHeader::nothingAboutThisComputer_isInIt()
{
    const Draft draft = plainDraft();
    const QByteArray written = header(draft, makeStamp(draft.from, fixedStamp().date)).toLower();
    const QByteArray host = QSysInfo::machineHostName().toUtf8().toLower();
    const QByteArray user = qgetenv("USER").toLower();
    for (const QByteArray &secret : { host, user, "localhost"_ba, "postrider"_ba, "qt"_ba, "linux"_ba })
        QVERIFY2(secret.size() < 2 || !written.contains(secret), secret.constData());
}

void TestMessageHeader::redirection_standsBeforeTheOriginal()
{
    // RFC 5322 A.3
    const Redirection redirection {
        .from = { .name = u"Mary Smith"_s, .localPart = u"mary"_s, .domain = u"example.net"_s },
        .to = { { .name = u"Jane Brown"_s, .localPart = u"j-brown"_s, .domain = u"other.example"_s } },
        .bcc = { at(u"secret"_s) },
        .stamp = { .messageId = "<78910@example.net>",
                   .date = QDateTime(QDate(1997, 11, 24), QTime(14, 22, 1), Qt::OffsetFromUTC, -28800) },
    };
    QCOMPARE(resentBlock(redirection).value(),
             "Resent-Date: Mon, 24 Nov 1997 14:22:01 -0800\r\n"
             "Resent-From: Mary Smith <mary@example.net>\r\n"
             "Resent-To: Jane Brown <j-brown@other.example>\r\n"
             "Resent-Message-ID: <78910@example.net>\r\n"_ba);
    Redirection bad = redirection;
    bad.stamp.messageId = "78910";
    QVERIFY(!resentBlock(bad));
    bad = redirection;
    bad.to = { at(u"a"_s, u"b..c"_s) };
    QCOMPARE(resentBlock(bad).error().subject, u"a@b..c"_s);
}

void TestMessageHeader::nonAsciiAddress_makesItUtf8()
{
    Draft draft = plainDraft();
    QVERIFY(headerCharset(draft) == HeaderWriter::Charset::Ascii);
    draft.bcc = { at(u"jürgen"_s) };
    QVERIFY(headerCharset(draft) == HeaderWriter::Charset::Ascii);
    draft.fields.furtherAuthors = { at(u"jürgen"_s) };
    QVERIFY(headerCharset(draft) == HeaderWriter::Charset::Utf8);
    draft = plainDraft();
    draft.fields.sender = at(u"jürgen"_s);
    QVERIFY(headerCharset(draft) == HeaderWriter::Charset::Utf8);
}

void TestMessageHeader::randomMessages_areReadBackTheSame()
{
    QRandomGenerator random(20261121); // a fixed seed: a failure must come again
    constexpr qsizetype LongestWhole = 60;
    const auto mailbox = [&random] {
        Mailbox one { .name = support::randomText(random, 20),
                      .localPart = support::randomText(random, 3),
                      .domain = random.bounded(2) == 0 ? u"example.org"_s : u"münchen.example"_s };
        const auto wire = wireAddress(one);
        // An address cannot be folded, so a long one may make a long line; nor is it ever an encoded word.
        if (!wire || wire->size() > LongestWhole || needsSmtpUtf8(one) || one.localPart.contains(u"=?"))
            one.localPart = u"ann.%1"_s.arg(random.bounded(1000));
        return one;
    };
    for (int round = 0; round < 1000; ++round) {
        Draft draft { .from = mailbox(), .subject = support::randomText(random, 60) };
        for (int i = random.bounded(8); i >= 0; --i)
            draft.to.append(mailbox());
        draft.fields.custom = { { .name = u"X-Text"_s, .value = u"x"_s + support::randomText(random, 60) } };
        const QByteArray written = header(draft);
        for (const Field &field : fieldsOf(written)) {
            QCOMPARE(support::lineProblem(field.octets), QString());
            QVERIFY2(std::none_of(field.octets.cbegin(), field.octets.cend(),
                                  [](char octet) { return octet < 0; }),
                     field.octets.constData());
            // Every encoded word is text by itself.
            for (const QByteArray &word : field.body.split(' ')) {
                if (word.startsWith("=?utf-8?") && word.endsWith("?=")) {
                    const QString alone = decodeHeaderText(word);
                    QVERIFY2(word.size() <= LongestEncodedWord && !alone.contains(QChar::ReplacementCharacter)
                                 && alone != QString::fromLatin1(word),
                             word.constData());
                }
            }
        }
        QCOMPARE(decodeHeaderText(body(written, "Subject")), draft.subject);
        QCOMPARE(decodeHeaderText(body(written, "X-Text")), draft.fields.custom.first().value);
        QList<Mailbox> expected = draft.to;
        for (Mailbox &one : expected)
            one.domain = QString::fromLatin1(domainToAscii(one.domain).value());
        const auto to = parseMailboxList(QString::fromLatin1(body(written, "To")), AddressSource::Header);
        QVERIFY2(to, written.constData());
        QCOMPARE(*to, expected);
    }
}

QTEST_GUILESS_MAIN(TestMessageHeader)
#include "tst_messageheader.moc"
