// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/draft.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QSysInfo>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

Mailbox at(const QString &localPart, const QString &domain)
{
    return { .localPart = localPart, .domain = domain };
}

} // namespace

class TestDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recipients_areToCcAndBccOnceEach();
    void draft_comesBackFromTheDatabaseTheSame();
    void unknownAndMissingKeys_areHarmless();
    void stamp_namesTheDomainOfTheSenderOnly();
    void stampOfASenderWithoutDomain_namesNobody();
    void stamps_areUnique();
};

void TestDraft::recipients_areToCcAndBccOnceEach()
{
    Draft draft;
    draft.to = { at(u"A"_s, u"x.test"_s), at(u"a"_s, u"x.test"_s) };
    draft.cc = { at(u"a"_s, u"X.TEST."_s), at(u"b"_s, u"münchen.example"_s) };
    draft.bcc = { at(u"c"_s, u"x.test"_s), at(u"b"_s, u"XN--MNCHEN-3YA.example"_s), at(u"A"_s, u"x.test"_s) };
    const QList<Mailbox> expected { draft.to.at(0), draft.to.at(1), draft.cc.at(1), draft.bcc.at(0) };
    QCOMPARE(draft.recipients(), expected);
}

void TestDraft::draft_comesBackFromTheDatabaseTheSame()
{
    const Draft draft {
        .from = { .name = u"Ann \"A\" Smith"_s, .localPart = u"ann"_s, .domain = u"example.org"_s },
        .to = { at(u"a b"_s, u"münchen.example"_s), at(u"用户"_s, u"例え.jp"_s) },
        .cc = { at(u"c"_s, u"[192.0.2.1]"_s) },
        .bcc = { at(u"d"_s, u"x.test"_s) },
        .replyTo = { at(u"e"_s, u"x.test"_s) },
        .subject = u"🎉 \"quoted\"\tand more"_s,
        .text = u"Line\r\nline\nline\r\u2028\0end"_s,
        .textForm = TextForm::Fixed,
        .html = u"<p>Ä &amp; <img src=\"cid:x@y\"></p>"_s,
        .attachments = { { .path = u"/home/ann/ä.pdf"_s, .fileName = u"ä.pdf"_s, .type = "application/pdf" },
                         { .path = u"/x"_s, .contentId = u"x@y"_s, .description = u"Ein Bild"_s } },
        .calendar = { .method = "REQUEST", .object = u"BEGIN:VCALENDAR"_s },
    };
    const QByteArray stored = QJsonDocument(toJson(draft)).toJson(QJsonDocument::Compact);
    QCOMPARE(draftFromJson(QJsonDocument::fromJson(stored).object()), draft);
}

void TestDraft::unknownAndMissingKeys_areHarmless()
{
    QCOMPARE(draftFromJson({}), Draft());
    QJsonObject object = toJson(Draft { .subject = u"kept"_s });
    object.insert(u"colour"_s, u"blue"_s);
    object.insert(u"to"_s, 5);
    QCOMPARE(draftFromJson(object), (Draft { .subject = u"kept"_s }));
}

void TestDraft::stamp_namesTheDomainOfTheSenderOnly()
{
    const QDateTime date(QDate(2026, 11, 21), QTime(17, 41), Qt::OffsetFromUTC, 3600);
    const Stamp stamp = makeStamp(at(u"ann"_s, u"MÜNCHEN.example"_s), date);
    static const QRegularExpression messageId(
        u"\\A<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@xn--mnchen-3ya\\.example>\\z"_s);
    QVERIFY2(messageId.match(QString::fromLatin1(stamp.messageId)).hasMatch(), stamp.messageId.constData());
    static const QRegularExpression boundary(u"\\A=_[0-9a-f]{32}\\z"_s);
    QVERIFY2(boundary.match(QString::fromLatin1(stamp.boundary)).hasMatch(), stamp.boundary.constData());
    QCOMPARE(stamp.date, date);
    QCOMPARE(stamp.date.offsetFromUtc(), 3600);
}

void TestDraft::stampOfASenderWithoutDomain_namesNobody()
{
    const Stamp stamp = makeStamp({}, QDateTime::fromSecsSinceEpoch(0, Qt::UTC));
    QVERIFY2(stamp.messageId.endsWith(".invalid>"), stamp.messageId.constData());
    QVERIFY(!stamp.messageId.contains(QSysInfo::machineHostName().toUtf8()));
}

void TestDraft::stamps_areUnique()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const Stamp stamp = makeStamp(at(u"a"_s, u"x.test"_s), QDateTime::fromSecsSinceEpoch(0, Qt::UTC));
        seen << stamp.messageId << stamp.boundary;
    }
    QCOMPARE(seen.size(), 2000);
}

QTEST_GUILESS_MAIN(TestDraft)
#include "tst_draft.moc"
