// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/draftheader.h"

#include "mime/encoding/charset.h"

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostCustomFields = 100;

/// Only servers write these, so the message is not as its author wrote it: fields that nobody here knows are
/// theirs, too.
constexpr std::array<QByteArrayView, 7> TraceFields {
    "ARC-Seal", "Authentication-Results", "Delivered-To", "DKIM-Signature",
    "Received", "Received-SPF",           "Return-Path",
};

/// What mail programs write into their drafts for themselves alone.
constexpr std::array<QByteArrayView, 6> PrivateFields {
    "FCC", "X-Account-Key", "X-Identity-Key", "X-Mozilla-Draft-Info", "X-Mozilla-Keys", "X-Unsent",
};

bool isAnyOf(const HeaderField &field, const auto &names)
{
    return std::any_of(names.begin(), names.end(),
                       [&field](QByteArrayView name) { return field.isNamed(name); });
}

/// What describes the body, which the writer finds anew.
bool describesBody(const HeaderField &field)
{
    return field.isNamed("MIME-Version")
        || field.name()
               .first(std::min<qsizetype>(8, field.name().size()))
               .compare("Content-", Qt::CaseInsensitive)
        == 0;
}

class DraftHeader
{
public:
    DraftHeader(const HeaderBlock &header, OpenPurpose purpose, Draft &draft, DraftRemarks &remarks)
        : m_header(header)
        , m_purpose(purpose)
        , m_draft(draft)
        , m_remarks(remarks)
    { }

    void read();

private:
    enum class Taken { Yes, No };

    [[nodiscard]] Taken take(const HeaderField &field);
    [[nodiscard]] Taken takeAuthorsField(const HeaderField &field);
    [[nodiscard]] Taken takeImportance(const HeaderField &field);
    [[nodiscard]] Taken takeUnsubscription(const HeaderField &field);
    [[nodiscard]] Taken takeCustom(const HeaderField &field);
    void addMailboxes(const HeaderField &field, QList<Mailbox> &target);
    void drop(const HeaderField &field);

    const HeaderBlock &m_header;
    OpenPurpose m_purpose;
    Draft &m_draft;
    DraftRemarks &m_remarks;
    bool m_hasTravelled = false;
    bool m_hasSubject = false;
    QList<Mailbox> m_authors {};
};

void DraftHeader::read()
{
    for (qsizetype i = 0; i < m_header.size(); ++i)
        m_hasTravelled = m_hasTravelled || isAnyOf(m_header.at(i), TraceFields);
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        const HeaderField field = m_header.at(i);
        if (take(field) == Taken::No && !describesBody(field))
            drop(field);
    }
    if (!m_authors.isEmpty())
        m_draft.from = m_authors.takeFirst();
    if (m_purpose != OpenPurpose::New)
        m_draft.fields.furtherAuthors = m_authors;
}

void DraftHeader::drop(const HeaderField &field)
{
    if (!field.name().isEmpty())
        m_remarks.add(DraftRemark::Kind::FieldDropped, QString::fromLatin1(field.name()));
}

DraftHeader::Taken DraftHeader::take(const HeaderField &field)
{
    const std::array<std::pair<QByteArrayView, QList<Mailbox> *>, 4> lists { {
        { "From", &m_authors },
        { "To", &m_draft.to },
        { "Cc", &m_draft.cc },
        { "Bcc", &m_draft.bcc },
    } };
    for (const auto &[name, list] : lists) {
        if (field.isNamed(name)) {
            addMailboxes(field, *list);
            return Taken::Yes;
        }
    }
    if (field.isNamed("Subject") && !m_hasSubject) {
        m_hasSubject = true;
        m_draft.subject = singleLine(field.text());
        return Taken::Yes;
    }
    return m_purpose == OpenPurpose::New ? Taken::No : takeAuthorsField(field);
}

/// What an author says beyond whom it is for and what it is about.
DraftHeader::Taken DraftHeader::takeAuthorsField(const HeaderField &field)
{
    MessageFields &fields = m_draft.fields;
    if (field.isNamed("Reply-To")) {
        addMailboxes(field, m_draft.replyTo);
        return Taken::Yes;
    }
    if (field.isNamed("Sender")) {
        QList<Mailbox> senders;
        addMailboxes(field, senders);
        if (!senders.isEmpty())
            fields.sender = senders.constFirst();
        return Taken::Yes;
    }
    if (field.isNamed("In-Reply-To")) {
        fields.inReplyTo = messageIdsOf(field.body());
        return Taken::Yes;
    }
    if (field.isNamed("References")) {
        fields.references = messageIdsOf(field.body());
        return Taken::Yes;
    }
    if (field.isNamed("Disposition-Notification-To")) {
        fields.readReceipt = ReadReceipt::Wanted;
        return Taken::Yes;
    }
    if (field.isNamed("Auto-Submitted") && field.body().toLower().startsWith("auto-generated")) {
        fields.origin = Origin::UnattendedJob;
        return Taken::Yes;
    }
    if (takeImportance(field) == Taken::Yes)
        return Taken::Yes;
    // A list puts its own address there, and it is not our author's any more.
    if (!m_hasTravelled && takeUnsubscription(field) == Taken::Yes)
        return Taken::Yes;
    return takeCustom(field);
}

DraftHeader::Taken DraftHeader::takeImportance(const HeaderField &field)
{
    const bool isWord = field.isNamed("Importance") || field.isNamed("X-MSMail-Priority");
    const bool isNumber = field.isNamed("X-Priority");
    if (!isWord && !isNumber)
        return Taken::No;
    const QByteArray body = field.body().toLower();
    Importance &importance = m_draft.fields.importance;
    if (body.startsWith("high") || (isNumber && (body.startsWith('1') || body.startsWith('2'))))
        importance = Importance::High;
    else if (body.startsWith("low") || (isNumber && (body.startsWith('4') || body.startsWith('5'))))
        importance = Importance::Low;
    return Taken::Yes;
}

DraftHeader::Taken DraftHeader::takeUnsubscription(const HeaderField &field)
{
    Unsubscription unsubscription = m_draft.fields.unsubscription;
    if (field.isNamed("List-Unsubscribe")) {
        const QByteArray body = field.body();
        for (qsizetype open = body.indexOf('<'); open >= 0; open = body.indexOf('<', open + 1)) {
            const qsizetype close = body.indexOf('>', open);
            if (close < 0)
                break;
            const QByteArray uri = body.sliced(open + 1, close - open - 1).trimmed();
            if (unsubscription.mailtoUri.isEmpty() && uri.toLower().startsWith("mailto:"))
                unsubscription.mailtoUri = uri;
            else if (unsubscription.httpsUri.isEmpty() && uri.toLower().startsWith("https:"))
                unsubscription.httpsUri = uri;
            open = close;
        }
        if (unsubscription.isEmpty())
            return Taken::No;
    } else if (field.isNamed("List-Unsubscribe-Post")) {
        const auto visit = m_header.find("List-Unsubscribe");
        const bool isFirst = visit && visit->octets().data() < field.octets().data();
        if (!isFirst || unsubscription.httpsUri.isEmpty())
            return Taken::No;
        unsubscription.way = Unsubscription::Way::OneClick;
    } else {
        return Taken::No;
    }
    if (unsubscriptionProblem(unsubscription))
        return Taken::No;
    m_draft.fields.unsubscription = unsubscription;
    return Taken::Yes;
}

DraftHeader::Taken DraftHeader::takeCustom(const HeaderField &field)
{
    QList<CustomField> &custom = m_draft.fields.custom;
    if (m_hasTravelled || field.name().isEmpty() || custom.size() == MostCustomFields
        || isAnyOf(field, PrivateFields))
        return Taken::No;
    custom.append({ .name = QString::fromLatin1(field.name()), .value = field.text().trimmed() });
    if (!customFieldProblem(custom, custom.size() - 1))
        return Taken::Yes;
    custom.removeLast();
    return Taken::No;
}

void DraftHeader::addMailboxes(const HeaderField &field, QList<Mailbox> &target)
{
    const QList<AddressEntry> entries
        = readAddressEntries(readCharset(field.body(), {}), AddressSource::Header);
    for (const AddressEntry &entry : entries) {
        if (entry.state == AddressEntry::State::Bad)
            m_remarks.add(DraftRemark::Kind::BadAddress, QString::fromLatin1(field.name()), entry.error.text);
        else
            target.append(entry.mailbox);
    }
}

} // namespace

void readDraftHeader(const HeaderBlock &header, OpenPurpose purpose, Draft &draft, DraftRemarks &remarks)
{
    DraftHeader(header, purpose, draft, remarks).read();
}

QString singleLine(const QString &text)
{
    QString line = text;
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return line.trimmed();
}

} // namespace postrider::mime
