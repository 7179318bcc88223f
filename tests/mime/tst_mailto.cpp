// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailto.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;
using Remark = MailtoRemark::Kind;

namespace {

QStringList wire(const QList<Mailbox> &mailboxes)
{
    QStringList result;
    for (const Mailbox &mailbox : mailboxes)
        result.append(QString::fromUtf8(wireAddress(mailbox).value()));
    return result;
}

MailtoRequest read(const QString &uri)
{
    const auto request = parseMailto(uri);
    return request ? *request : MailtoRequest { .subject = u"refused"_s };
}

MailtoError refusal(const QString &uri)
{
    return parseMailto(uri).error();
}

} // namespace

class TestMailto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_areJoined_data();
    void addresses_areJoined();
    void subjectAndBody_areDecodedOnce_data();
    void subjectAndBody_areDecodedOnce();
    void allFields_areTakenOver();
    void answer_namesTheMessageItAnswers();
    void fieldThatNoUriMaySet_isReported_data();
    void fieldThatNoUriMaySet_isReported();
    void lineEnds_addNoField();
    void badAddress_isReportedAndTheOthersStay();
    void secondQuestionMark_beginsNoFields();
    void otherScheme_isRefused();
    void tooMuch_isRefused();
    void remarkOfALongValue_isShort();
};

void TestMailto::addresses_areJoined_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QStringList>("to");

    const QStringList two { u"addr1@an.example"_s, u"addr2@an.example"_s };
    QTest::newRow("one") << u"mailto:chris@example.com"_s << QStringList { u"chris@example.com"_s };
    QTest::newRow("nobody") << u"mailto:"_s << QStringList();
    QTest::newRow("nobody, subject") << u"mailto:?subject=x"_s << QStringList();
    QTest::newRow("in the path") << u"mailto:addr1@an.example,addr2@an.example"_s << two;
    QTest::newRow("in a field") << u"mailto:?to=addr1@an.example,addr2@an.example"_s << two;
    QTest::newRow("in both") << u"mailto:addr1@an.example?to=addr2@an.example"_s << two;
    QTest::newRow("in two fields") << u"mailto:?to=addr1@an.example&TO=addr2@an.example"_s << two;
    QTest::newRow("scheme in capitals") << u"MailTo:addr1@an.example,addr2@an.example"_s << two;
    QTest::newRow("encoded comma between") << u"mailto:addr1@an.example%2Caddr2@an.example"_s << two;
    QTest::newRow("encoded sign") << u"mailto:addr1%40an.example,addr2%40an.example"_s << two;
    QTest::newRow("percent sign") << u"mailto:gorby%25kremvax@example.com"_s
                                  << QStringList { u"gorby%kremvax@example.com"_s };
    QTest::newRow("question mark") << u"mailto:unlikely%3Faddress@example.com"_s
                                   << QStringList { u"unlikely?address@example.com"_s };
    QTest::newRow("ampersand") << u"mailto:Mike%26family@example.org"_s
                               << QStringList { u"Mike&family@example.org"_s };
    QTest::newRow("plus") << u"mailto:bill+ietf@example.org"_s << QStringList { u"bill+ietf@example.org"_s };
    QTest::newRow("quotes") << u"mailto:%22not%40me%22@example.org"_s
                            << QStringList { u"\"not@me\"@example.org"_s };
    QTest::newRow("backslash") << u"mailto:%22oh%5C%5Cno%22@example.org"_s
                               << QStringList { u"\"oh\\\\no\"@example.org"_s };
    // The backslash before the space says nothing (RFC 5322 section 3.2.4), so it is not written again.
    QTest::newRow("quotes and backslashes")
        << u"mailto:%22%5C%5C%5C%22it's%5C%20ugly%5C%5C%5C%22%22@example.org"_s
        << QStringList { u"\"\\\\\\\"it's ugly\\\\\\\"\"@example.org"_s };
    QTest::newRow("comma in quotes") << u"mailto:%22a%2Cb%22@example.org"_s
                                     << QStringList { u"\"a,b\"@example.org"_s };
    QTest::newRow("another script") << u"mailto:user@%E7%B4%8D%E8%B1%86.example.org?subject=Test&body=NATTO"_s
                                    << QStringList { u"user@xn--99zt52a.example.org"_s };
    QTest::newRow("another script, raw")
        << u"mailto:user@納豆.example.org"_s << QStringList { u"user@xn--99zt52a.example.org"_s };
    QTest::newRow("fragment") << u"mailto:ann@example.org#chapter?bcc=x@y.test"_s
                              << QStringList { u"ann@example.org"_s };
    QTest::newRow("name") << u"mailto:%22Smith%2C%20Ann%22%20%3Cann@example.org%3E"_s
                          << QStringList { u"ann@example.org"_s };
    QTest::newRow("commas alone") << u"mailto:,,ann@example.org,"_s << QStringList { u"ann@example.org"_s };
}

void TestMailto::addresses_areJoined()
{
    QFETCH(const QString, uri);
    QFETCH(const QStringList, to);
    const MailtoRequest request = read(uri);
    QCOMPARE(wire(request.to), to);
    QVERIFY(request.cc.isEmpty() && request.bcc.isEmpty() && request.remarks.isEmpty());
}

void TestMailto::subjectAndBody_areDecodedOnce_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("body");

    QTest::newRow("subject") << u"mailto:i@example.com?subject=current-issue"_s << u"current-issue"_s
                             << QString();
    QTest::newRow("two lines") << u"mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index"_s
                               << QString() << u"send current-issue\nsend index"_s;
    QTest::newRow("other line ends") << u"mailto:?body=a%0Ab%0Dc%0D%0A"_s << QString() << u"a\nb\nc\n"_s;
    QTest::newRow("plus") << u"mailto:?subject=1+1%2B1&body=a+b"_s << u"1+1+1"_s << u"a+b"_s;
    QTest::newRow("once") << u"mailto:?subject=100%2525"_s << u"100%25"_s << QString();
    QTest::newRow("no digits") << u"mailto:?subject=100%&body=%zz%4"_s << u"100%"_s << u"%zz%4"_s;
    QTest::newRow("umlauts") << u"mailto:?subject=caf%C3%A9&body=caf%C3%A9"_s << u"café"_s << u"café"_s;
    QTest::newRow("encoded word") << u"mailto:?subject=%3D%3Futf-8%3FQ%3Fcaf%3DC3%3DA9%3F%3D"_s << u"café"_s
                                  << QString();
    QTest::newRow("encoded word in Latin-1")
        << u"mailto:?subject=%3D%3Fiso-8859-1%3FQ%3Fcaf%3DE9%3F%3D"_s << u"café"_s << QString();
    QTest::newRow("encoded word in the body stays")
        << u"mailto:?body=%3D%3Futf-8%3FQ%3Fx%3F%3D"_s << QString() << u"=?utf-8?Q?x?="_s;
    QTest::newRow("line end in an encoded word")
        << u"mailto:?subject=%3D%3Futf-8%3FQ%3Fa%3D0D%3D0Ab%3F%3D"_s << u"a b"_s << QString();
    QTest::newRow("not UTF-8") << u"mailto:?subject=caf%E9"_s << u"café"_s << QString();
    QTest::newRow("equals sign") << u"mailto:?subject=a=b"_s << u"a=b"_s << QString();
    QTest::newRow("controls in the body")
        << u"mailto:?body=a%00b%1B%5B0m%09c"_s << QString() << u"ab[0m\tc"_s;
    QTest::newRow("raw") << u"mailto:?subject=grüße an alle"_s << u"grüße an alle"_s << QString();
}

void TestMailto::subjectAndBody_areDecodedOnce()
{
    QFETCH(const QString, uri);
    QFETCH(const QString, subject);
    QFETCH(const QString, body);
    const MailtoRequest request = read(uri);
    QCOMPARE(request.subject, subject);
    QCOMPARE(request.body, body);
    QVERIFY(request.remarks.isEmpty());
}

void TestMailto::allFields_areTakenOver()
{
    const MailtoRequest request
        = read(u"mailto:joe@example.com?cc=bob@example.com&body=hello&BCC=eve@example.net,"
               u"mallory@example.net&Keywords=a%2C%20b"_s);
    QCOMPARE(wire(request.to), QStringList { u"joe@example.com"_s });
    QCOMPARE(wire(request.cc), QStringList { u"bob@example.com"_s });
    QCOMPARE(wire(request.bcc),
             QStringList({ u"eve@example.net"_s, u"mallory@example.net"_s })); // shown, not hidden
    QCOMPARE(request.body, u"hello"_s);
    QCOMPARE(request.keywords, u"a, b"_s);
    QVERIFY(request.remarks.isEmpty());
}

void TestMailto::answer_namesTheMessageItAnswers()
{
    const MailtoRequest request
        = read(u"mailto:list@example.org?In-Reply-To=%3C3469A91.D10AF4C@example.com%3E"
               u"&References=%3Ca@x.test%3E%20%3C3469A91.D10AF4C@example.com%3E"_s);
    QCOMPARE(request.inReplyTo, QList<QByteArray> { "<3469A91.D10AF4C@example.com>"_ba });
    QCOMPARE(request.references, QList<QByteArray>({ "<a@x.test>"_ba, "<3469A91.D10AF4C@example.com>"_ba }));
    const MailtoRequest bad = read(u"mailto:?in-reply-to=hello%0D%0ABcc:x@y.test"_s);
    QVERIFY(bad.inReplyTo.isEmpty());
    QCOMPARE(
        bad.remarks,
        QList<MailtoRemark>(
            { { .kind = Remark::BadValue, .name = u"in-reply-to"_s, .value = u"hello Bcc:x@y.test"_s } }));
}

void TestMailto::fieldThatNoUriMaySet_isReported_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<MailtoRemark>("remark");
    const auto row = [](const QString &field, Remark kind, const QString &name, const QString &value) {
        QTest::newRow(qPrintable(field))
            << field << MailtoRemark { .kind = kind, .name = name, .value = value };
    };

    row(u"attach=/etc/passwd"_s, Remark::Attachment, u"attach"_s, u"/etc/passwd"_s);
    row(u"Attachment=file:%2F%2F%2Fhome%2Fann%2F.ssh%2Fid_rsa"_s, Remark::Attachment, u"attachment"_s,
        u"file:///home/ann/.ssh/id_rsa"_s);
    row(u"at%74ach=~/.gnupg"_s, Remark::Attachment, u"attach"_s, u"~/.gnupg"_s);
    row(u"From=boss@example.org"_s, Remark::Unsafe, u"from"_s, u"boss@example.org"_s);
    row(u"Date=x"_s, Remark::Unsafe, u"date"_s, u"x"_s);
    row(u"Sender=x"_s, Remark::Unsafe, u"sender"_s, u"x"_s);
    row(u"Resent-To=x@y.test"_s, Remark::Unsafe, u"resent-to"_s, u"x@y.test"_s);
    row(u"Received=x"_s, Remark::Unsafe, u"received"_s, u"x"_s);
    row(u"Apparently-To=x"_s, Remark::Unsafe, u"apparently-to"_s, u"x"_s);
    row(u"MIME-Version=1.0"_s, Remark::Unsafe, u"mime-version"_s, u"1.0"_s);
    row(u"Content-Type=text/html"_s, Remark::Unsafe, u"content-type"_s, u"text/html"_s);
    row(u"blat=foop"_s, Remark::Unknown, u"blat"_s, u"foop"_s);
    row(u"html-body=%3Cscript%3E"_s, Remark::Unknown, u"html-body"_s, u"<script>"_s);
    row(u"amp;body=x"_s, Remark::Unknown, u"amp;body"_s, u"x"_s);
    row(u"flag"_s, Remark::Unknown, u"flag"_s, QString());
    row(u"subject=second"_s, Remark::Repeated, u"subject"_s, u"second"_s);
    row(u"body=second"_s, Remark::Repeated, u"body"_s, u"second"_s);
}

void TestMailto::fieldThatNoUriMaySet_isReported()
{
    QFETCH(const QString, field);
    QFETCH(const MailtoRemark, remark);
    const MailtoRequest request = read(u"mailto:ann@example.org?subject=first&body=first&"_s + field);
    QCOMPARE(request.remarks, QList<MailtoRemark> { remark });
    QCOMPARE(request.subject, u"first"_s);
    QCOMPARE(request.body, u"first"_s);
    QCOMPARE(wire(request.to), QStringList { u"ann@example.org"_s });
    QVERIFY(request.cc.isEmpty() && request.bcc.isEmpty());
}

void TestMailto::lineEnds_addNoField()
{
    const MailtoRequest request
        = read(u"mailto:ann@example.org?subject=a%0D%0ABcc:x@y.test&cc=b@x.test%0D%0ABcc:c@x.test"_s);
    QCOMPARE(request.subject, u"a Bcc:x@y.test"_s);
    QVERIFY(request.bcc.isEmpty());
    QVERIFY(request.cc.isEmpty());
    QCOMPARE(request.remarks,
             QList<MailtoRemark>(
                 { { .kind = Remark::BadAddress, .name = u"cc"_s, .value = u"b@x.test Bcc:c@x.test"_s } }));
    QVERIFY(read(u"mailto:a%00b@x.test"_s).to.isEmpty());
}

void TestMailto::badAddress_isReportedAndTheOthersStay()
{
    const MailtoRequest request = read(u"mailto:joe,ann@example.org,b%20c@x.test"_s);
    QCOMPARE(wire(request.to), QStringList { u"ann@example.org"_s });
    QCOMPARE(
        request.remarks,
        QList<MailtoRemark>({ { .kind = Remark::BadAddress, .name = u"to"_s, .value = u"joe"_s },
                              { .kind = Remark::BadAddress, .name = u"to"_s, .value = u"b c@x.test"_s } }));
}

void TestMailto::secondQuestionMark_beginsNoFields()
{
    const MailtoRequest request = read(u"mailto:joe@example.com?cc=bob@example.com?body=hello"_s);
    QCOMPARE(request.body, QString());
    QVERIFY(request.cc.isEmpty());
    QCOMPARE(request.remarks.size(), 1);
    QVERIFY(request.remarks.first().kind == Remark::BadAddress);
}

void TestMailto::otherScheme_isRefused()
{
    for (const QString &uri :
         { QString(), u"ann@example.org"_s, u"http://example.org"_s, u"mailt"_s, u" mailto:a"_s })
        QCOMPARE(refusal(uri), MailtoError::NotMailto);
}

void TestMailto::tooMuch_isRefused()
{
    const QString start = u"mailto:a@x.test?body="_s;
    QCOMPARE(read(start + QString(65'000, u'x')).body.size(), 65'000);
    QCOMPARE(refusal(start + QString(66'000, u'x')), MailtoError::TooLong);
    QCOMPARE(refusal(start + QString(40'000, u'ü')), MailtoError::TooLong);
    QCOMPARE(refusal(start + QString(1'000'000, u'x')), MailtoError::TooLong);

    const QString many = u"a@x.test,"_s.repeated(250);
    QCOMPARE(read(u"mailto:"_s + many + u"?bcc="_s + many).bcc.size(), 250);
    QCOMPARE(refusal(u"mailto:"_s + many + u"?bcc="_s + many + u"b@x.test"_s), MailtoError::TooManyAddresses);
    QCOMPARE(refusal(u"mailto:"_s + u"a,"_s.repeated(501)), MailtoError::TooManyAddresses);
}

void TestMailto::remarkOfALongValue_isShort()
{
    const MailtoRequest request = read(u"mailto:?attach="_s + QString(10'000, u'x'));
    QCOMPARE(request.remarks.first().value, QString(256, u'x'));
}

QTEST_GUILESS_MAIN(TestMailto)
#include "tst_mailto.moc"
