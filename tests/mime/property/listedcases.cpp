// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// The cases that have to be in every run, whatever chance brings.

#include "randomdraft.h"

#include <algorithm>

namespace property {

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

constexpr int MiB = 1024 * 1024;

} // namespace

const QList<RandomDraft::ListedCase> &RandomDraft::listedCases()
{
    static const QList<ListedCase> cases {
        { "500 recipients", &RandomDraft::manyRecipients },
        { "a file of 25 MB", &RandomDraft::hugeAttachment },
        { "files of 0 octets", &RandomDraft::emptyFiles },
        { "lines of 10,000 characters", &RandomDraft::longLines },
        { "a line of 10,000 characters of other scripts", &RandomDraft::longLineInOtherScripts },
        { "nothing but control characters", &RandomDraft::controlsOnly },
        { "nothing but carriage returns", &RandomDraft::carriageReturnsOnly },
        { "no subject, no text, no name", &RandomDraft::nothingAtAll },
        { "the boundary in text and files", &RandomDraft::boundaryInside },
        { "long file names", &RandomDraft::longFileNames },
        { "100 pictures", &RandomDraft::manyPictures },
        { "100 attachments", &RandomDraft::manyAttachments },
        { "messages within messages", &RandomDraft::messagesWithinMessages },
        { "a text file of 2 MB", &RandomDraft::largeText },
        { "a message file of 17 MB", &RandomDraft::largeMessage },
        { "words that are longer than any line", &RandomDraft::longWords },
        { "every field", &RandomDraft::everyField },
    };
    return cases;
}

void RandomDraft::manyRecipients()
{
    QJsonArray to;
    QJsonArray cc;
    for (int i = 0; i < 500; ++i) {
        m_trial.draft.to.append(mailbox(to));
        m_trial.draft.cc.append(mailbox(cc));
        m_trial.draft.bcc.append(secretMailbox());
    }
    m_trial.expected.insert("to"_L1, to);
    m_trial.expected.insert("cc"_L1, cc);
    m_trial.draft.text = u"To all of you.\n"_s;
}

void RandomDraft::hugeAttachment()
{
    constexpr int Words = 25'000'001 / 4;
    QByteArray octets(Words * 4 + 1, '\n');
    QList<quint32> words(Words);
    m_random.fillRange(words.data(), words.size());
    std::copy(reinterpret_cast<const char *>(words.constData()),
              reinterpret_cast<const char *>(words.constData() + words.size()), octets.begin());
    expectAttachment(attach(octets, { .fileName = u"huge.bin"_s, .type = "application/x-huge" }));
    m_trial.draft.text = u"It is huge."_s;
}

void RandomDraft::emptyFiles()
{
    for (const QByteArray &type : { "text/plain"_ba, "application/pdf"_ba, "message/rfc822"_ba, ""_ba })
        expectAttachment(attach({}, { .fileName = u"empty"_s, .type = type }));
}

void RandomDraft::longLines()
{
    constexpr int Long = 10'000;
    m_trial.draft.text = u"x"_s.repeated(Long) + u'\n' + u"word "_s.repeated(Long / 5) + u'\n'
        + u" "_s.repeated(Long) + u"\n"_s + u"."_s.repeated(Long) + u"\n>"_s
        + u"quoted "_s.repeated(Long / 7);
    m_trial.draft.textForm = m_text.oneOf(QList { TextForm::Automatic, TextForm::Flowed, TextForm::Fixed });
    m_trial.draft.subject = u"s"_s.repeated(Long);
    const QByteArray line = QByteArray("y").repeated(Long);
    for (const char *type : { "text/plain", "text/csv", "application/json" })
        expectAttachment(attach(line + "\n" + line, { .fileName = u"long lines"_s, .type = type }));
}

void RandomDraft::longLineInOtherScripts()
{
    constexpr int Long = 10'000;
    m_trial.draft.text = u"日"_s.repeated(Long) + u'\n' + u"שלום "_s.repeated(Long / 5) + u'\n'
        + u"👩‍👩‍👧‍👦"_s.repeated(Long / 11) + u'\n' + u"a\u0301"_s.repeated(Long / 2) + u'\n'
        + u"q"_s + u"\u0323"_s.repeated(Long);
    m_trial.draft.subject = u"👩🏽‍🚀"_s.repeated(Long / 20) + u"a"_s + u"\u0301"_s.repeated(100);
    m_trial.draft.fields.custom = { { .name = u"X-Long"_s, .value = u"Größe "_s.repeated(Long / 60) } };
}

void RandomDraft::controlsOnly()
{
    QString controls;
    for (char16_t c = 0; c < 0x20; ++c)
        controls += QChar(c);
    for (char16_t c = 0x7F; c < 0xA0; ++c)
        controls += QChar(c);
    m_trial.draft.subject = controls;
    m_trial.draft.from.name = controls;
    expectAuthor(m_trial.draft.from.domain);
    m_trial.draft.text = controls + controls;
    expectAttachment(attach(controls.toLatin1(), { .fileName = controls + u"x"_s + controls }));
    expectAttachment(attach(QByteArray(1000, '\0'), { .fileName = controls, .type = "text/plain" }));
}

void RandomDraft::carriageReturnsOnly()
{
    m_trial.draft.text = u"\r\r\n\n\r"_s.repeated(50);
    m_trial.draft.subject = u"\r\nBcc: x@example.org\r\n"_s;
    const QByteArray octets = QByteArray("\r\r\n\n\r").repeated(500);
    for (const char *type : { "text/plain", "application/octet-stream", "message/rfc822" })
        expectAttachment(attach(octets, { .fileName = u"returns"_s, .type = type }));
}

void RandomDraft::nothingAtAll()
{
    m_trial.draft.subject.clear();
    m_trial.draft.text.clear();
    m_trial.draft.from.name.clear();
    expectAuthor(m_trial.draft.from.domain);
}

void RandomDraft::boundaryInside()
{
    const QByteArray boundary = m_trial.stamp.boundary;
    const QByteArray lines
        = "--" + boundary + "\r\n\r\n--" + boundary + "--\r\n--=_n1." + boundary.sliced(2) + "\r\n";
    m_trial.draft.text = QString::fromLatin1(lines);
    m_trial.draft.textForm = TextForm::Fixed;
    addHtml();
    expectAttachment(attach(lines, { .fileName = u"boundary.txt"_s, .type = "text/plain" }));
    expectAttachment(
        attach("Subject: x\r\n\r\n" + lines, { .fileName = u"boundary.eml"_s, .type = "message/rfc822" }));
}

void RandomDraft::longFileNames()
{
    const QByteArray octets = "file";
    const QStringList names { u"ж"_s.repeated(300) + u".pdf"_s,
                              u"a"_s.repeated(300) + u".pdf"_s,
                              u"日本"_s.repeated(40),
                              u"👨‍👩‍👧‍👦"_s.repeated(20) + u".jpeg"_s,
                              u"a' b%c*d\"e\\f.txt"_s,
                              u"=?utf-8?Q?x?=.txt"_s,
                              u"C:\\Users\\ann\\Documents\\plan.txt"_s,
                              u"/home/ann/../plan.txt"_s,
                              u"a\u202Egpj.exe"_s,
                              u"..."_s,
                              u".."_s,
                              u"x."_s,
                              u".hidden"_s,
                              u" spaces .txt "_s,
                              u"tab\tand\r\nline"_s,
                              u"semi;colon=\"1\".txt"_s,
                              u"a"_s.repeated(58),
                              u"a"_s.repeated(59),
                              u"a"_s.repeated(66),
                              u"a"_s.repeated(67),
                              u"ä"_s.repeated(9) };
    for (const QString &name : names)
        expectAttachment(attach(octets, { .fileName = name, .type = "application/x-name" }));
}

void RandomDraft::manyPictures()
{
    m_trial.draft.html = u"<p>Pictures</p>"_s;
    m_trial.expected.insert("html"_L1, QJsonArray { u"Pictures"_s });
    for (int i = 0; i < 100; ++i)
        addPicture();
}

void RandomDraft::manyAttachments()
{
    for (int i = 0; i < 100; ++i)
        expectAttachment(attach(m_text.fileOctets(100), { .fileName = m_text.fileName() }));
}

void RandomDraft::messagesWithinMessages()
{
    attachMessage(5);
    attachMessage(1);
    attachMessage(1);
}

void RandomDraft::largeText()
{
    const QString line = m_text.anyText(20) + u'\n';
    QByteArray octets = line.toUtf8();
    octets = octets.repeated(2 * MiB / static_cast<int>(octets.size()));
    expectAttachment(attach(octets, { .fileName = u"large.txt"_s, .type = "text/plain" }));
    octets[octets.size() / 2] = '\0';
    expectAttachment(attach(octets, { .fileName = u"large but no text.txt"_s, .type = "text/plain" }));
}

void RandomDraft::largeMessage()
{
    QByteArray octets = "Subject: large\r\n\r\n";
    const QByteArray line = QByteArray("0123456789 ").repeated(7) + "\r\n";
    octets += line.repeated(17 * MiB / static_cast<int>(line.size()));
    expectAttachment(attach(octets, { .fileName = u"large.eml"_s, .type = "message/rfc822" }));
}

void RandomDraft::longWords()
{
    constexpr int Widest = 1200;
    QJsonArray to;
    for (const int length : { 60, 70, 73, 74, 75, 76, 77, 78, 79, 900, 998, Widest }) {
        Mailbox plain = mailbox(to);
        to.removeLast();
        plain.name = u"n"_s.repeated(length);
        plain.localPart = u"ann"_s;
        plain.domain = u"example.org"_s;
        m_trial.draft.to.append(plain);
        to.append(shownAs(plain, plain.domain));
        m_trial.draft.subject += u"s"_s.repeated(length) + u' ';
        m_trial.draft.text += u"t"_s.repeated(length) + u' ';
        m_trial.draft.fields.custom.append(
            { .name = u"X-W%1"_s.arg(length), .value = u"ä "_s + u"v"_s.repeated(length) });
    }
    m_trial.expected.insert("to"_L1, to);
}

void RandomDraft::everyField()
{
    addPeople();
    MessageFields &fields = m_trial.draft.fields;
    fields.importance = Importance::High;
    fields.readReceipt = ReadReceipt::Wanted;
    fields.origin = Origin::UnattendedJob;
    fields.unsubscription
        = { .mailtoUri = "mailto:leave@example.org?subject=" + QByteArray("x").repeated(100),
            .httpsUri = "https://example.org/leave/" + QByteArray("y").repeated(200),
            .way = Unsubscription::Way::OneClick };
    for (int i = 0; i < 100; ++i)
        fields.references.append(messageId());
    fields.inReplyTo = { fields.references.constLast() };
    for (const char *name : { "Organization", "Keywords", "Comments", "Precedence", "X-Custom" })
        fields.custom.append(
            { .name = QString::fromLatin1(name), .value = u"x"_s + m_text.anyText(10) + u'x' });
}

} // namespace property
