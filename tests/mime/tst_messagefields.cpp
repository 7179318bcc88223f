// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/messagefields.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

class TestMessageFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_comeBackFromTheDatabaseTheSame();
    void customField_isAllowedOrNot_data();
    void customField_isAllowedOrNot();
    void customField_standsOnce();
    void unsubscription_isChecked_data();
    void unsubscription_isChecked();
    void messageId_isStrict_data();
    void messageId_isStrict();
    void messageIds_areFoundInWhatProgramsWrite();
    void reply_namesItsAncestors();
    void longThread_keepsItsFirstAndItsLatest();
    void subjectOfReply_hasOnePrefix_data();
    void subjectOfReply_hasOnePrefix();
};

void TestMessageFields::fields_comeBackFromTheDatabaseTheSame()
{
    const MessageFields fields {
        .furtherAuthors = { { .name = u"Bob"_s, .localPart = u"bob"_s, .domain = u"example.net"_s } },
        .sender = { .localPart = u"office"_s, .domain = u"example.org"_s },
        .inReplyTo = { "<a@x.test>" },
        .references = { "<b@x.test>", "<a@x.test>" },
        .importance = Importance::Low,
        .readReceipt = ReadReceipt::Wanted,
        .origin = Origin::UnattendedJob,
        .unsubscription = { .mailtoUri = "mailto:leave@x.test",
                            .httpsUri = "https://x.test/leave",
                            .way = Unsubscription::Way::OneClick },
        .custom = { { .name = u"X-Größe"_s, .value = u"ä"_s } },
    };
    const QByteArray stored = QJsonDocument(toJson(fields)).toJson(QJsonDocument::Compact);
    QCOMPARE(messageFieldsFromJson(QJsonDocument::fromJson(stored).object()), fields);
    QCOMPARE(messageFieldsFromJson(toJson(MessageFields())), MessageFields());
    QCOMPARE(messageFieldsFromJson({}), MessageFields());
}

void TestMessageFields::customField_isAllowedOrNot_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<std::optional<CustomFieldProblem>>("problem");
    using Problem = CustomFieldProblem;
    const auto row = [](const QString &name, std::optional<Problem> problem, const QString &value = u"x"_s) {
        QTest::newRow(qPrintable(QString(name + u'=' + value))) << name << value << problem;
    };

    for (const QString &name : { u"X-Project"_s, u"x-1"_s, u"Organization"_s, u"keywords"_s, u"Comments"_s,
                                 u"Precedence"_s, u" Organization "_s })
        row(name, std::nullopt);
    for (const QString &name : { u"Date"_s,
                                 u"FROM"_s,
                                 u"From "_s,
                                 u"sender"_s,
                                 u"To"_s,
                                 u"Cc"_s,
                                 u"Bcc"_s,
                                 u"bCC "_s,
                                 u"X-Bcc"_s,
                                 u"Resent-Bcc"_s,
                                 u"Reply-To"_s,
                                 u"Subject"_s,
                                 u"Message-ID"_s,
                                 u"MIME-Version"_s,
                                 u"mime-anything"_s,
                                 u"Content-Type"_s,
                                 u"content-x"_s,
                                 u"Received"_s,
                                 u"Return-Path"_s,
                                 u"DKIM-Signature"_s,
                                 u"ARC-Seal"_s,
                                 u"List-Unsubscribe"_s,
                                 u"X-Mailer"_s,
                                 u"User-Agent"_s,
                                 u"X-Originating-IP"_s,
                                 u"X-Priority"_s,
                                 u"Auto-Submitted"_s,
                                 u"Disposition-Notification-To"_s })
        row(name, Problem::Reserved);
    for (const QString &name : { u"Frobnicate"_s, u"Date2"_s })
        row(name, Problem::Unknown);
    for (const QString &name :
         { QString(), u" "_s, u"X-a b"_s, u"X-a:"_s, u"X-ä"_s, u"X-a\r\nBcc"_s, QString(80, u'a') })
        row(name, Problem::BadName);
    for (const QString &value : { QString(), u"  "_s, u"a\r\nBcc: x@y.test"_s, u"a\nb"_s, u"a\0b"_s,
                                  u"a\u2028b"_s, QString(QChar(0xD800)) })
        row(u"X-A"_s, Problem::Unreadable, value);
    row(u"X-A"_s, std::nullopt, u"Grüße 🎉"_s);
}

void TestMessageFields::customField_isAllowedOrNot()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const std::optional<CustomFieldProblem>, problem);
    QVERIFY(customFieldProblem({ { .name = name, .value = value } }, 0) == problem);
}

void TestMessageFields::customField_standsOnce()
{
    const QList<CustomField> fields { { .name = u"X-A"_s, .value = u"1"_s },
                                      { .name = u"X-B"_s, .value = u"2"_s },
                                      { .name = u"x-a"_s, .value = u"3"_s } };
    QVERIFY(!customFieldProblem(fields, 0));
    QVERIFY(!customFieldProblem(fields, 1));
    QVERIFY(customFieldProblem(fields, 2) == CustomFieldProblem::Repeated);
}

void TestMessageFields::unsubscription_isChecked_data()
{
    QTest::addColumn<Unsubscription>("unsubscription");
    QTest::addColumn<std::optional<UnsubscriptionProblem>>("problem");
    using Problem = UnsubscriptionProblem;
    const auto row = [](const char *name, const QByteArray &mailtoUri, const QByteArray &httpsUri,
                        Unsubscription::Way way, std::optional<Problem> problem) {
        QTest::newRow(name) << Unsubscription { .mailtoUri = mailtoUri, .httpsUri = httpsUri, .way = way }
                            << problem;
    };
    constexpr auto Visit = Unsubscription::Way::Visit;
    constexpr auto OneClick = Unsubscription::Way::OneClick;

    row("nothing", {}, {}, Visit, std::nullopt);
    row("both", "mailto:leave@x.test?subject=leave", "https://x.test/leave?id=1&a=b", OneClick, std::nullopt);
    row("mailto alone", "mailto:leave@x.test", {}, Visit, std::nullopt);
    row("one click by mail", "mailto:leave@x.test", {}, OneClick, Problem::NoHttpsUri);
    row("http", {}, "http://x.test/leave", OneClick, Problem::BadHttpsUri);
    row("two", {}, "https://x.test/a>, <https://x.test/b", OneClick, Problem::BadHttpsUri);
    row("two with a comma", {}, "https://x.test/a,https://x.test/b", OneClick, Problem::BadHttpsUri);
    row("line end", {}, "https://x.test/a\r\nBcc: x@y.test", Visit, Problem::BadHttpsUri);
    row("not mailto", "javascript:x", {}, Visit, Problem::BadMailtoUri);
    row("line end in mailto", "mailto:a@x.test\r\nBcc: b@y.test", {}, Visit, Problem::BadMailtoUri);
    row("scheme alone", {}, "https://", Visit, Problem::BadHttpsUri);
}

void TestMessageFields::unsubscription_isChecked()
{
    QFETCH(const Unsubscription, unsubscription);
    QFETCH(const std::optional<UnsubscriptionProblem>, problem);
    QVERIFY(unsubscriptionProblem(unsubscription) == problem);
}

void TestMessageFields::messageId_isStrict_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isValid");

    for (const char *id :
         { "<a@b>", "<1234@local.machine.example>", "<a.b+c=d@x-y.test>", "<a@[192.0.2.1]>", "<!&!x@y>" })
        QTest::newRow(id) << QByteArray(id) << true;
    for (const char *id :
         { "", "<>", "<@>", "a@b", "<a@b", "<a>", "<a@>", "<@b>", "<a..b@c>", "<.a@b>", "<a.@b>", "<a b@c>",
           "<a@b>\r\n", "<a@b\r\nBcc: x@y>", "<a@b><c@d>", "<\xC3\xA4@b>", "<a@[b]c]>", "<\"a b\"@c>" })
        QTest::newRow(id) << QByteArray(id) << false;
    QTest::newRow("long") << QByteArray('<' + QByteArray(900, 'a') + "@b>") << false;
}

void TestMessageFields::messageId_isStrict()
{
    QFETCH(const QByteArray, id);
    QFETCH(const bool, isValid);
    QCOMPARE(isMessageId(id), isValid);
}

void TestMessageFields::messageIds_areFoundInWhatProgramsWrite()
{
    QCOMPARE(messageIdsOf("<a@x.test>\r\n <b@x.test>  <c@x.test><a@x.test>"),
             QList<QByteArray>({ "<a@x.test>", "<b@x.test>", "<c@x.test>" }));
    QCOMPARE(messageIdsOf("Your message of Monday <a@x.test> (was: x) <bad id> <no>"),
             QList<QByteArray> { "<a@x.test>" });
    QCOMPARE(messageIdsOf("<very-long\r\n -id@x.test>"), QList<QByteArray> { "<very-long-id@x.test>" });
    QCOMPARE(messageIdsOf("<<a@x.test>>, b@x.test"), QList<QByteArray> { "<a@x.test>" });
    QVERIFY(messageIdsOf("").isEmpty());
    QVERIFY(messageIdsOf(QByteArray(1'000'000, '<')).isEmpty());
}

void TestMessageFields::reply_namesItsAncestors()
{
    // RFC 5322 A.2
    const Threading first = threadingOfReply("<1234@local.machine.example>", {}, {});
    QCOMPARE(first.inReplyTo, QList<QByteArray> { "<1234@local.machine.example>" });
    QCOMPARE(first.references, QList<QByteArray> { "<1234@local.machine.example>" });
    const Threading second = threadingOfReply("<3456@example.net>", "<1234@local.machine.example>",
                                              "<1234@local.machine.example>");
    QCOMPARE(second.inReplyTo, QList<QByteArray> { "<3456@example.net>" });
    QCOMPARE(second.references, QList<QByteArray>({ "<1234@local.machine.example>", "<3456@example.net>" }));

    // Without References, a single In-Reply-To stands for them; several do not.
    QCOMPARE(threadingOfReply("<c@x.test>", {}, "<b@x.test>").references,
             QList<QByteArray>({ "<b@x.test>", "<c@x.test>" }));
    QCOMPARE(threadingOfReply("<c@x.test>", {}, "<a@x.test> <b@x.test>").references,
             QList<QByteArray> { "<c@x.test>" });
    QVERIFY(threadingOfReply({}, {}, {}).references.isEmpty());
    QVERIFY(threadingOfReply({}, "<a@x.test>", {}).inReplyTo.isEmpty());
}

void TestMessageFields::longThread_keepsItsFirstAndItsLatest()
{
    QByteArray references;
    for (int i = 0; i < 500; ++i)
        references += "<m" + QByteArray::number(i) + "@x.test> ";
    const Threading threading = threadingOfReply("<new@x.test>", references, {});
    QCOMPARE(threading.references.size(), 100);
    QCOMPARE(threading.references.first(), "<m0@x.test>"_ba);
    QCOMPARE(threading.references.at(98), "<m499@x.test>"_ba);
    QCOMPARE(threading.references.last(), "<new@x.test>"_ba);
}

void TestMessageFields::subjectOfReply_hasOnePrefix_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("reply");

    QTest::newRow("plain") << u"Lunch"_s << u"Re: Lunch"_s;
    QTest::newRow("reply") << u"Re: Lunch"_s << u"Re: Lunch"_s;
    QTest::newRow("several") << u"RE: re:Lunch"_s << u"Re: Lunch"_s;
    QTest::newRow("nothing") << QString() << u"Re: "_s;
    QTest::newRow("similar") << u"Regarding: x"_s << u"Re: Regarding: x"_s;
}

void TestMessageFields::subjectOfReply_hasOnePrefix()
{
    QFETCH(const QString, subject);
    QFETCH(const QString, reply);
    QCOMPARE(subjectOfReply(subject), reply);
}

QTEST_GUILESS_MAIN(TestMessageFields)
#include "tst_messagefields.moc"
