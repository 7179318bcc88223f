// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/draftinput.h"
#include "mime/messagewriter.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using namespace postrider::cli;

namespace {

Content toAnn()
{
    Content content;
    content.to = QStringList { u"ann@example.org"_s };
    return content;
}

QStringList addresses(const QList<mime::Mailbox> &mailboxes)
{
    QStringList texts;
    for (const mime::Mailbox &mailbox : mailboxes)
        texts += mailbox.address();
    return texts;
}

} // namespace

class DraftInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void html_leavesCleanedWithItsPicturesAndAPlainForm()
    {
        Content content = toAnn();
        content.from = u"bob@example.org"_s;
        content.htmlFile = file(u"body.html"_s,
                                "<p onclick=\"x()\">Hi <b>you</b><script>alert(1)</script>"
                                "<img alt=dot src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"></p>");
        const auto input = readDraft(content);
        QVERIFY(input);
        QVERIFY(input->draft.text.isEmpty());
        QBuffer message;
        QVERIFY(message.open(QIODevice::WriteOnly));
        const mime::Draft &draft = input->draft;
        QVERIFY(
            mime::writeMessage(draft, mime::makeStamp(draft.from, QDateTime::currentDateTimeUtc()), message));
        QVERIFY(message.data().contains("<b>you</b>"));
        QVERIFY(message.data().contains("Content-Type: text/plain"));
        QVERIFY(message.data().contains("Content-Type: image/gif"));
        QVERIFY(message.data().contains("src=3D\"cid:"));
        QVERIFY(!message.data().contains("script"));
        QVERIFY(!message.data().contains("onclick"));
    }

    void textBesideHtml_isKept()
    {
        Content content = toAnn();
        content.htmlFile = file(u"body.html"_s, "<p>rich</p>");
        content.textFile = file(u"body.txt"_s, "plain");
        const auto input = readDraft(content);
        QVERIFY(input);
        QCOMPARE(input->draft.text, u"plain"_s);
        QVERIFY(input->draft.html.contains(u"rich"_s));
    }

    void answer_namesTheMessageInBothFields()
    {
        Content content = toAnn();
        content.inReplyTo = u"<1@example.org>"_s;
        const auto input = readDraft(content);
        QVERIFY(input);
        QCOMPARE(input->draft.fields.inReplyTo, QList<QByteArray> { "<1@example.org>" });
        QCOMPARE(input->draft.fields.references, QList<QByteArray> { "<1@example.org>" });
    }

    void link_fillsWhatTheOptionsLeaveOpen()
    {
        Content content;
        content.link
            = u"mailto:bob@example.org?cc=eve@example.org&subject=From%20the%20link&body=Line%0D%0Atwo"_s;
        const auto filled = readDraft(content);
        QVERIFY(filled);
        QCOMPARE(addresses(filled->draft.to), QStringList { u"bob@example.org"_s });
        QCOMPARE(addresses(filled->draft.cc), QStringList { u"eve@example.org"_s });
        QCOMPARE(filled->draft.subject, u"From the link"_s);
        QCOMPARE(filled->draft.text, u"Line\ntwo"_s);

        content.to = QStringList { u"ann@example.org"_s };
        content.subject = u"Mine"_s;
        content.textFile = file(u"body.txt"_s, "my text");
        const auto mixed = readDraft(content);
        QVERIFY(mixed);
        QCOMPARE(addresses(mixed->draft.to), (QStringList { u"ann@example.org"_s, u"bob@example.org"_s }));
        QCOMPARE(mixed->draft.subject, u"Mine"_s);
        QCOMPARE(mixed->draft.text, u"my text"_s);
    }

    void link_reachesForNoFileAndSendsNoHiddenCopy()
    {
        Content content;
        content.link = u"mailto:bob@example.org?attach=/etc/hostname&bcc=spy@example.net"_s;
        const auto input = readDraft(content);
        QVERIFY(input);
        QVERIFY(input->draft.attachments.isEmpty());
        QVERIFY(input->draft.bcc.isEmpty());
        QCOMPARE(input->remarks.size(), 2);
        QVERIFY(input->remarks.join(u' ').contains(u"/etc/hostname"_s));
        QVERIFY(input->remarks.join(u' ').contains(u"spy@example.net"_s));
    }

    void linkToNobody_isRefused()
    {
        Content content;
        content.link = u"mailto:?subject=x"_s;
        QVERIFY(!readDraft(content));
    }

    void misspelledDomain_isRemarkedAndSentTo()
    {
        Content content;
        content.to = QStringList { u"ann@gmial.com"_s };
        const auto input = readDraft(content);
        QVERIFY(input);
        QCOMPARE(addresses(input->draft.to), QStringList { u"ann@gmial.com"_s });
        QCOMPARE(input->remarks.size(), 1);
        QVERIFY(input->remarks.first().contains(u"gmail.com"_s));
    }

    void missingAttachment_isNamed()
    {
        Content content = toAnn();
        content.attachments = QStringList { m_folder.filePath(u"missing.pdf"_s) };
        const auto input = readDraft(content);
        QVERIFY(!input);
        QVERIFY(input.error().sentence.contains(u"missing.pdf"_s));
    }

private:
    QString file(const QString &name, const QByteArray &octets)
    {
        QFile made(m_folder.filePath(name));
        return made.open(QIODevice::WriteOnly) && made.write(octets) == octets.size() ? made.fileName()
                                                                                      : QString();
    }

    QTemporaryDir m_folder {};
};

QTEST_GUILESS_MAIN(DraftInputTest)
#include "tst_draftinput.moc"
