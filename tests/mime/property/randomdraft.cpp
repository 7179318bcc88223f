// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "randomdraft.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <utility>

namespace property {

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

struct Domain
{
    QString typed {};
    QString onTheWire {};
};

const QList<Domain> &domains()
{
    static const QList<Domain> all {
        { u"example.org"_s, u"example.org"_s },
        { u"example.org"_s, u"example.org"_s },
        { u"EXAMPLE.Net"_s, u"example.net"_s },
        { u"mail.department.example.com"_s, u"mail.department.example.com"_s },
        { u"münchen.example"_s, u"xn--mnchen-3ya.example"_s },
        { u"納豆.example.org"_s, u"xn--99zt52a.example.org"_s },
        { u"xn--99zt52a.example.org"_s, u"xn--99zt52a.example.org"_s },
        { u"faß.example"_s, u"xn--fa-hia.example"_s },
        { u"[192.0.2.1]"_s, u"[192.0.2.1]"_s },
        { u"[IPv6:2001:db8::1]"_s, u"[IPv6:2001:db8::1]"_s },
        { u"a"_s.repeated(63) + u".example"_s, u"a"_s.repeated(63) + u".example"_s },
    };
    return all;
}

const QStringList &localParts()
{
    static const QStringList all {
        u"ann"_s,
        u"Ann.Smith"_s,
        u"first.last+tag"_s,
        u"x"_s,
        u"o'neil"_s,
        u"a b"_s,
        u"john..doe"_s,
        u".dot"_s,
        u"dot."_s,
        u"say \"hi\""_s,
        u"back\\slash"_s,
        u"at@home"_s,
        u"comma,semi;"_s,
        u"(comment)"_s,
        u"=x?="_s,
        u"!#$%&'*+-/=?^_`{|}~"_s,
        u"0123456789"_s,
        u"l"_s.repeated(64),
    };
    return all;
}

/// Only a server with SMTPUTF8 takes these.
const QStringList &otherLocalParts()
{
    static const QStringList all { u"jürgen"_s, u"用户"_s, u"мария.иванова"_s, u"δοκιμή x"_s, u"שלום"_s };
    return all;
}

QByteArray png()
{
    return QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
                                  "DwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

QString sha256(const QByteArray &octets)
{
    return QString::fromLatin1(QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex());
}

QString word(TextForm form)
{
    switch (form) {
    case TextForm::Automatic:
        break;
    case TextForm::Flowed:
        return u"flowed"_s;
    case TextForm::Fixed:
        return u"fixed"_s;
    }
    return u"automatic"_s;
}

std::array<quint32, 3> seeds(quint32 seed, quint32 number)
{
    constexpr quint32 Purpose = 5322; // so that small seeds do not give what other tests have
    return { seed, number, Purpose };
}

} // namespace

RandomDraft::RandomDraft(quint32 seed, quint32 number, QString folder)
    : m_random(seeds(seed, number).data(), 3)
    , m_seed(seed)
    , m_number(number)
    , m_folder(std::move(folder))
{ }

void RandomDraft::expectAuthor(const QString &domain)
{
    QJsonArray from;
    from.append(shownAs(m_trial.draft.from, domain));
    m_trial.expected.insert("from"_L1, from);
}

QJsonArray RandomDraft::shownAs(const Mailbox &mailbox, const QString &domain)
{
    return { mailbox.name, mailbox.localPart, domain };
}

int RandomDraft::listedCount()
{
    return static_cast<int>(listedCases().size());
}

DraftOnTrial RandomDraft::make(Choice choice)
{
    startDraft();
    if (choice == Choice::Listed) {
        const ListedCase &listed = listedCases().at(static_cast<qsizetype>(m_number));
        m_trial.expected.insert("case"_L1, QString::fromLatin1(listed.name));
        (this->*listed.fill)();
    } else {
        chance();
    }

    const Draft &draft = m_trial.draft;
    QJsonObject &expected = m_trial.expected;
    expected.insert("subject"_L1, draft.subject);
    expectFields();
    expected.insert("text"_L1, draft.text);
    expected.insert("form"_L1, word(draft.textForm));
    expected.insert("has_html"_L1, !draft.html.isEmpty());
    expected.insert("attachments"_L1, m_attachments);
    expected.insert("secrets"_L1, m_secrets);
    expected.insert("date"_L1, m_trial.stamp.date.toString(Qt::ISODate));
    expected.insert("message_id"_L1, QString::fromLatin1(m_trial.stamp.messageId));
    expected.insert("boundary"_L1, QString::fromLatin1(m_trial.stamp.boundary));
    expected.insert("asked"_L1, m_trial.options.body == BodyOctets::EightBit ? "8bit"_L1 : "7bit"_L1);
    expected.insert("may_be_raw"_L1, m_trial.options.header == WriteOptions::Header::Utf8);
    expected.insert("protected"_L1, m_trial.options.protection == TextProtection::ForSignature);
    return m_trial;
}

void RandomDraft::expectFields()
{
    const MessageFields &fields = m_trial.draft.fields;
    QJsonObject exact;
    if (fields.importance != Importance::Normal) {
        const bool isHigh = fields.importance == Importance::High;
        exact.insert("importance"_L1, isHigh ? "high"_L1 : "low"_L1);
        exact.insert("x-priority"_L1, isHigh ? "1"_L1 : "5"_L1);
    }
    if (fields.origin == Origin::UnattendedJob)
        exact.insert("auto-submitted"_L1, "auto-generated"_L1);
    QStringList uris;
    for (const QByteArray &uri : { fields.unsubscription.httpsUri, fields.unsubscription.mailtoUri }) {
        if (!uri.isEmpty())
            uris.append(u'<' + QString::fromLatin1(uri) + u'>');
    }
    if (!uris.isEmpty())
        exact.insert("list-unsubscribe"_L1, uris.join(u", "_s));
    if (fields.unsubscription.way == Unsubscription::Way::OneClick)
        exact.insert("list-unsubscribe-post"_L1, "List-Unsubscribe=One-Click"_L1);
    m_trial.expected.insert("exact"_L1, exact);
    m_trial.expected.insert("wants_receipt"_L1, fields.readReceipt == ReadReceipt::Wanted);

    QJsonArray references;
    for (const QByteArray &id : fields.references)
        references.append(QString::fromLatin1(id));
    QJsonArray inReplyTo;
    for (const QByteArray &id : fields.inReplyTo)
        inReplyTo.append(QString::fromLatin1(id));
    QJsonArray custom;
    for (const CustomField &field : fields.custom)
        custom.append(QJsonArray { field.name, field.value });
    m_trial.expected.insert("references"_L1, references);
    m_trial.expected.insert("in_reply_to"_L1, inReplyTo);
    m_trial.expected.insert("custom"_L1, custom);
}

// --- messages of chance

void RandomDraft::chance()
{
    addPeople();
    addFields();
    addText();
    if (m_text.oneIn(3))
        addHtml();
    if (m_text.oneIn(12))
        addCalendar();
    addFiles();
    chooseOptions();
}

void RandomDraft::startDraft()
{
    const QString folderName = m_folder.section(u'/', -1);
    m_secrets = { folderName };
    m_trial.draft.from = { .name = u"Ann Smith"_s, .localPart = u"ann"_s, .domain = u"example.org"_s };
    expectAuthor(u"example.org"_s);
    m_trial.draft.subject = u"Subject"_s;

    constexpr qint64 SecondsPerDay = 86400;
    constexpr int MostDays = 40'000; // from 1970 to 2079
    const QDateTime when = QDateTime::fromSecsSinceEpoch(
        m_random.bounded(MostDays) * SecondsPerDay + m_random.bounded(static_cast<int>(SecondsPerDay)),
        Qt::OffsetFromUTC,
        m_text.oneOf(QList { 0, 0, 3600, -5 * 3600, 19800, 20700, -12600, 14 * 3600, -12 * 3600 }));
    m_trial.stamp.date = when;
    m_trial.stamp.messageId = messageId();
    QByteArray boundary = "=_";
    for (int i = 0; i < 4; ++i)
        boundary += QByteArray::number(m_random.generate(), 16).rightJustified(8, '0');
    m_trial.stamp.boundary = boundary;
}

void RandomDraft::addPeople()
{
    Draft &draft = m_trial.draft;
    const auto fill = [this](QList<Mailbox> &list, QLatin1StringView key, int most) {
        QJsonArray shown;
        for (int i = m_random.bounded(most + 1); i > 0; --i)
            list.append(mailbox(shown));
        m_trial.expected.insert(key, shown);
    };
    QJsonArray from;
    draft.from = mailbox(from);
    if (m_text.oneIn(20))
        draft.fields.furtherAuthors = { mailbox(from) };
    QJsonArray sender;
    if (m_text.oneIn(10)) {
        draft.fields.sender = mailbox(sender);
        draft.fields.sender.localPart.prepend(u's');
        sender[0] = shownAs(draft.fields.sender, sender.first()[2].toString());
        if (needsSmtpUtf8(draft.fields.sender) || !wireAddress(draft.fields.sender)) {
            draft.fields.sender = {};
            sender = {};
        }
    }
    if (sender.isEmpty() && !draft.fields.furtherAuthors.isEmpty())
        sender.append(from.first());
    m_trial.expected.insert("from"_L1, from);
    m_trial.expected.insert("sender"_L1, sender);
    fill(draft.to, "to"_L1, 5);
    fill(draft.cc, "cc"_L1, m_text.oneIn(3) ? 5 : 0);
    fill(draft.replyTo, "reply_to"_L1, m_text.oneIn(5) ? 2 : 0);
    for (int i = m_text.oneIn(3) ? m_random.bounded(4) : 0; i > 0; --i)
        draft.bcc.append(secretMailbox());
}

void RandomDraft::addFields()
{
    Draft &draft = m_trial.draft;
    MessageFields &fields = draft.fields;
    draft.subject = m_text.oneIn(4) ? m_text.hardText(30) : m_text.anyText(m_text.oneIn(5) ? 80 : 12);
    if (m_text.oneIn(4)) {
        for (int i = m_random.bounded(12); i >= 0; --i)
            fields.references.append(messageId());
        fields.inReplyTo = { fields.references.constLast() };
    }
    fields.importance
        = m_text.oneOf(QList { Importance::Normal, Importance::Normal, Importance::High, Importance::Low });
    fields.readReceipt = m_text.oneIn(5) ? ReadReceipt::Wanted : ReadReceipt::NotWanted;
    fields.origin = m_text.oneIn(20) ? Origin::UnattendedJob : Origin::Person;
    if (m_text.oneIn(15)) {
        fields.unsubscription.httpsUri
            = "https://example.org/leave/" + QByteArray::number(m_random.generate());
        if (m_text.oneIn(2))
            fields.unsubscription.mailtoUri = "mailto:leave@example.org?subject=leave";
        if (m_text.oneIn(2))
            fields.unsubscription.way = Unsubscription::Way::OneClick;
    }
    const QStringList names { u"X-Text"_s, u"Organization"_s, u"Keywords"_s, u"X-A"_s };
    for (int i = m_text.oneIn(3) ? m_random.bounded(4) : 0; i > 0; --i)
        fields.custom.append(
            { .name = names.at(i - 1), .value = u"x"_s + m_text.anyText(m_text.oneIn(4) ? 60 : 8) + u'x' });
    for (CustomField &field : fields.custom) {
        // Only the person can be told about a value that cannot be written.
        const auto isControl = [](QChar c) {
            return c.category() == QChar::Other_Control || c == QChar::LineSeparator
                || c == QChar::ParagraphSeparator;
        };
        field.value.removeIf(isControl);
    }
}

void RandomDraft::addText()
{
    m_trial.draft.text = m_text.bodyText(m_text.oneIn(10) ? 200 : 12);
    m_trial.draft.textForm
        = m_text.oneOf(QList { TextForm::Automatic, TextForm::Automatic, TextForm::Flowed, TextForm::Fixed });
}

/// Only texts without control characters: what the cleaner does about those is its own matter.
void RandomDraft::addHtml()
{
    QString html = m_text.oneIn(2)
        ? u"<html><head><title>no</title><style>p{color:red}</style></head><body>"_s
        : QString();
    QJsonArray words;
    const auto piece = [&] {
        QString text = token(u"piece"_s) + u' ' + m_text.anyText(8) + u" end"_s;
        text.removeIf(
            [](QChar c) { return c >= QChar(0xFDD0) && c <= QChar(0xFDEF); }); // no characters in HTML
        words.append(text);
        return text.toHtmlEscaped();
    };
    const QList<std::pair<QString, QString>> frames {
        { u"<p>"_s, u"</p>"_s },
        { u"<h2>"_s, u"</h2>"_s },
        { u"<ul><li>"_s, u"</li></ul>"_s },
        { u"<blockquote type=cite>"_s, u"</blockquote>"_s },
        { u"<p onclick=\"steal()\" style=\"color:#123456\">"_s, u"</p>"_s },
        { u"<table><tr><td>"_s, u"</td></tr></table>"_s },
        { u"<div><b><i>"_s, u"</b></i></div>"_s },
        { u"<p><a href=\"https://example.org/?a=1&amp;b=%C3%BC\">"_s, u"</a></p>"_s },
        { u"<script>evil()</script><p>"_s, u"</p>"_s },
        { u"<p><img src=\"https://example.net/track.gif\" alt=\"\"></p><p>"_s, u"</p>"_s },
    };
    for (int i = m_random.bounded(6); i >= 0; --i) {
        const auto &[before, after] = m_text.oneOf(frames);
        html += before + piece() + after;
    }
    m_trial.draft.html = html;
    m_trial.expected.insert("html"_L1, words);
    for (int i = m_text.oneIn(3) ? m_random.bounded(4) : 0; i > 0; --i)
        addPicture();
    if (m_text.oneIn(2) && m_depth == 0)
        m_trial.draft.text.clear();
}

/// One that is a file, or one that stands in the HTML itself.
void RandomDraft::addPicture()
{
    const QByteArray octets = png() + m_trial.stamp.boundary + QByteArray::number(m_tokenCount);
    const QString alt = token(u"alt"_s);
    QJsonObject image { { "alt"_L1, alt }, { "sha256"_L1, sha256(octets) } };
    if (m_text.oneIn(2)) {
        const QString id = token(u"id"_s) + u"@example.org"_s;
        image.insert("content_id"_L1, id);
        attach(octets,
               { .fileName = m_text.oneIn(2) ? m_text.fileName() : u"picture.png"_s,
                 .type = "image/png",
                 .contentId = id });
        m_trial.draft.html += u"<p><img src=\"cid:%1\" alt=\"%2\"></p>"_s.arg(id, alt);
    } else {
        m_trial.draft.html += u"<p><img src=\"data:image/png;base64,%1\" alt=\"%2\"></p>"_s.arg(
            QString::fromLatin1(octets.toBase64()), alt);
    }
    QJsonArray images = m_trial.expected.value("images"_L1).toArray();
    images.append(image);
    m_trial.expected.insert("images"_L1, images);
}

void RandomDraft::addCalendar()
{
    m_trial.draft.calendar.method = "REQUEST";
    m_trial.draft.calendar.object
        = u"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:%1\nEND:VEVENT\nEND:VCALENDAR\n"_s
              .arg(m_text.anyText(6));
    m_trial.expected.insert("calendar"_L1, m_trial.draft.calendar.object);
}

void RandomDraft::addFiles()
{
    const QList<QByteArray> types { "",
                                    "",
                                    "text/plain",
                                    "text/csv",
                                    "application/pdf",
                                    "image/jpeg",
                                    "application/vnd.oasis.opendocument.text",
                                    "message/rfc822",
                                    "message/partial",
                                    "multipart/mixed",
                                    "Application/X-UPPER",
                                    "no type at all" };
    for (int i = m_text.oneIn(2) ? m_random.bounded(4) : 0; i > 0; --i) {
        Attachment attachment { .fileName = m_text.fileName(), .type = m_text.oneOf(types) };
        if (m_text.oneIn(4))
            attachment.description = m_text.hardText(15);
        expectAttachment(attach(m_text.fileOctets(m_text.oneIn(10) ? 200 * 1024 : 2048), attachment));
    }
    if (m_text.oneIn(6) && m_depth < 3)
        attachMessage(m_depth + 1);
    // A picture that the text does not show stays at home.
    if (m_text.oneIn(15)) {
        const QString id = token(u"unused"_s);
        m_secrets.append(id);
        attach(id.toLatin1(),
               { .fileName = id + u".png"_s, .type = "image/png", .contentId = id + u"@example.org"_s });
    }
}

void RandomDraft::chooseOptions()
{
    WriteOptions &options = m_trial.options;
    options.body = m_text.oneIn(3) ? BodyOctets::EightBit : BodyOctets::SevenBit;
    options.header = m_text.oneIn(5) ? WriteOptions::Header::Utf8 : WriteOptions::Header::AsNeeded;
    options.protection = m_text.oneIn(5) ? TextProtection::ForSignature : TextProtection::None;
}

// --- what they are made of

QByteArray RandomDraft::messageId()
{
    return '<' + QByteArray::number(m_random.generate64(), 16) + '.'
        + QByteArray::number(m_random.generate64(), 36) + "@example.org>";
}

QString RandomDraft::token(const QString &kind)
{
    return kind + QString::number(m_number) + u'x' + QString::number(m_random.generate(), 36) + u'x'
        + QString::number(m_tokenCount++);
}

Mailbox RandomDraft::mailbox(QJsonArray &shown)
{
    const Domain &domain = m_text.oneOf(domains());
    Mailbox mailbox { .localPart = m_text.oneOf(m_text.oneIn(100) ? otherLocalParts() : localParts()),
                      .domain = domain.typed };
    if (!m_text.oneIn(4))
        mailbox.name = m_text.oneIn(8) ? m_text.hardText(12) : m_text.anyText(m_text.oneIn(6) ? 40 : 6);
    shown.append(shownAs(mailbox, domain.onTheWire));
    return mailbox;
}

Mailbox RandomDraft::secretMailbox()
{
    const QString local = token(u"blind"_s);
    const QString name = token(u"hidden"_s);
    m_secrets.append(local);
    m_secrets.append(name);
    return { .name = name, .localPart = local, .domain = u"example.org"_s };
}

QJsonObject RandomDraft::attach(const QByteArray &octets, Attachment attachment)
{
    attachment.path = u"%1/%2-%3-%4"_s.arg(m_folder).arg(m_number).arg(m_depth).arg(m_fileCount++);
    QFile file(attachment.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        qFatal("%s: %s", qPrintable(attachment.path), qPrintable(file.errorString()));
    m_trial.draft.attachments.append(attachment);
    return { { "file_name"_L1, attachment.fileName },
             { "type"_L1, QString::fromLatin1(attachment.type) },
             { "description"_L1, attachment.description },
             { "is_text"_L1, !octets.contains('\0') && QString::fromUtf8(octets).toUtf8() == octets },
             { "size"_L1, octets.size() },
             { "sha256"_L1, sha256(octets) } };
}

void RandomDraft::expectAttachment(const QJsonObject &expected)
{
    m_attachments.append(expected);
}

void RandomDraft::attachMessage(int depth)
{
    RandomDraft inner(m_seed, m_random.generate(), m_folder);
    inner.m_depth = depth;
    DraftOnTrial trial = inner.make(Choice::Chance);
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto written = writeMessage(trial.draft, trial.stamp, output, trial.options);
    if (!written)
        qFatal("an inner message was not written: %s", qPrintable(written.error().subject));
    trial.expected.insert("content"_L1,
                          written->content == WrittenMessage::Content::EightBit ? "8bit"_L1 : "7bit"_L1);
    trial.expected.insert("header"_L1,
                          written->header == WrittenMessage::Header::Utf8 ? "utf8"_L1 : "ascii"_L1);

    QByteArray octets = output.data();
    // As it lies on a disk of this system.
    if (m_text.oneIn(3))
        octets.replace("\r\n", "\n");
    QJsonObject expected = attach(octets, { .fileName = u"message.eml"_s, .type = "message/rfc822" });
    expected.insert("message"_L1, trial.expected);
    expectAttachment(expected);
}

} // namespace property
