// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/draftbody.h"

#include "mime/html/htmlcleaner.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr qint64 MostText = 16 * ReadLimits::MiB; // octets of all texts of a message

/// A part of the text in one or both of its forms.
struct Piece
{
    QString text {};
    QString html {};
    bool hasText = false;
    bool hasHtml = false;

    [[nodiscard]] bool isEmpty() const { return !hasText && !hasHtml; }
    /// In the form in which it stands behind or before HTML.
    [[nodiscard]] QString asHtml() const
    {
        return hasHtml ? html : "<p>"_L1 + text.toHtmlEscaped().replace(u'\n', "<br>"_L1) + "</p>"_L1;
    }

    void append(const Piece &other)
    {
        if (other.isEmpty())
            return;
        if (isEmpty()) {
            *this = other;
            return;
        }
        if (!hasHtml && other.hasHtml) {
            html = asHtml();
            hasHtml = true;
        }
        if (hasHtml)
            html += other.asHtml();
        // A plain form of a piece only would be thinner than the HTML.
        hasText = hasText && other.hasText;
        if (hasText)
            text += (text.isEmpty() || text.endsWith(u'\n') ? ""_L1 : "\n"_L1) + other.text;
        else
            text.clear();
    }
};

/// The pictures that the HTML may show: parts that have a Content-ID, and those within the HTML itself.
class BodyPictures : public HtmlImages
{
public:
    BodyPictures(const QList<Entity> &parts, DraftRemarks &remarks)
        : m_remarks(remarks)
    {
        for (const Entity &part : parts) {
            const QString id = part.isMultipart() ? QString() : part.contentId();
            if (!id.isEmpty())
                m_offered.insert(id);
        }
    }

    [[nodiscard]] QString contentId(const HtmlImage &image) override
    {
        if (image.contentId.isEmpty()) {
            QString &id = m_embeddedIds[image.octets];
            if (id.isEmpty()) {
                id = "picture"_L1 + QString::number(m_embedded.size() + 1) + "@draft.invalid"_L1;
                m_embedded.append({ .type = image.type, .octets = image.octets, .contentId = id });
            }
            return id;
        }
        if (!m_offered.contains(image.contentId)) {
            m_remarks.add(DraftRemark::Kind::PictureMissing, image.contentId);
            return {};
        }
        m_shown.insert(image.contentId);
        return image.contentId;
    }

    [[nodiscard]] bool isShown(const QString &contentId) const { return m_shown.contains(contentId); }
    [[nodiscard]] const QList<DraftFile> &embedded() const { return m_embedded; }

private:
    DraftRemarks &m_remarks;
    QSet<QString> m_offered {};
    QSet<QString> m_shown {};
    QHash<QByteArray, QString> m_embeddedIds {};
    QList<DraftFile> m_embedded {};
};

class BodyReader
{
public:
    BodyReader(const Entity &message, DraftRemarks &remarks)
        : m_message(message)
        , m_remarks(remarks)
        , m_pictures(message.ownParts(), remarks)
    { }

    [[nodiscard]] Expected<DraftBody, ReadError> read();

private:
    using Result = Expected<Piece, ReadError>;

    [[nodiscard]] Result readPart(const Entity &part);
    [[nodiscard]] Result readAll(const QList<Entity> &parts);
    [[nodiscard]] Result readLeaf(const Entity &part);
    [[nodiscard]] Result readAlternative(const Entity &multipart);
    [[nodiscard]] Result readRelated(const Entity &multipart);
    [[nodiscard]] Result readSigned(const Entity &multipart);
    [[nodiscard]] Result readEncrypted(const Entity &multipart);
    [[nodiscard]] Expected<bool, ReadError> takeCalendar(const Entity &part);
    Piece attach(const Entity &part, DraftFile::Reason reason = DraftFile::Reason::IsFile);

    const Entity &m_message;
    DraftRemarks &m_remarks;
    BodyPictures m_pictures;
    DraftBody m_body {};
    qint64 m_room = MostText;
};

/// A text that its author wrote into the message, not one that goes along as a file.
bool isPartOfText(const Entity &part)
{
    return part.disposition() != Disposition::Attachment && part.fileName().isEmpty();
}

Expected<DraftBody, ReadError> BodyReader::read()
{
    auto piece = readPart(m_message);
    if (!piece)
        return Unexpected(piece.error());
    m_body.text = std::move(piece->text);
    m_body.html = std::move(piece->html);
    // The writer ends the last line again, so the text is the same after each time it is opened.
    if (m_body.text.endsWith(u'\n'))
        m_body.text.chop(1);
    for (DraftFile &file : m_body.files) {
        const QString contentId = file.entity->contentId();
        if (m_pictures.isShown(contentId))
            file.contentId = contentId;
    }
    m_body.files += m_pictures.embedded();
    return std::move(m_body);
}

Piece BodyReader::attach(const Entity &part, DraftFile::Reason reason)
{
    m_body.files.append({ .entity = part, .reason = reason });
    return {};
}

BodyReader::Result BodyReader::readPart(const Entity &part)
{
    const QByteArray &type = part.type();
    if (!part.isMultipart())
        return readLeaf(part);
    if (type == "multipart/alternative")
        return readAlternative(part);
    if (type == "multipart/related")
        return readRelated(part);
    if (type == "multipart/signed")
        return readSigned(part);
    if (type == "multipart/encrypted")
        return readEncrypted(part);
    return readAll(part.children());
}

BodyReader::Result BodyReader::readAll(const QList<Entity> &parts)
{
    Piece all;
    for (const Entity &part : parts) {
        const auto piece = readPart(part);
        if (!piece)
            return piece;
        all.append(*piece);
    }
    return all;
}

BodyReader::Result BodyReader::readLeaf(const Entity &part)
{
    const QByteArray &type = part.type();
    if (type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime") {
        m_remarks.add(DraftRemark::Kind::Encrypted);
        return attach(part);
    }
    const bool isPlain = type == "text/plain";
    const bool isHtml = type == "text/html";
    if (!isPartOfText(part))
        return attach(part);
    if (type == "text/calendar") {
        const auto taken = takeCalendar(part);
        if (!taken)
            return Unexpected(taken.error());
        return *taken ? Piece() : attach(part);
    }
    if (!isPlain && !isHtml)
        return attach(part);

    auto text = part.text(std::min(m_room, Entity::LargestText));
    if (!text && text.error().kind == ReadError::Kind::TextTooLarge)
        return attach(part, DraftFile::Reason::TextTooLarge);
    if (!text)
        return Unexpected(text.error());
    m_room -= part.bodyRange().size();
    m_room = std::max<qint64>(m_room, 0);
    text->remove(QChar::Null);
    Piece piece { .hasText = isPlain, .hasHtml = isHtml };
    if (isHtml)
        piece.html = cleanHtml(*text, m_pictures).body();
    else
        piece.text = *std::move(text);
    return piece;
}

/// Text and HTML are one piece in two forms; of the forms that a draft does not have, none is needed.
BodyReader::Result BodyReader::readAlternative(const Entity &multipart)
{
    Piece chosen;
    const QList<Entity> forms = multipart.children();
    for (const Entity &form : forms) {
        const QByteArray &type = form.type();
        const bool isReadable = form.isMultipart() || type == "text/plain" || type == "text/html"
            || type == "text/calendar" || !isPartOfText(form);
        if (!isReadable) {
            m_remarks.add(DraftRemark::Kind::AlternativeDropped, QString::fromLatin1(type));
            continue;
        }
        const auto piece = readPart(form);
        if (!piece)
            return piece;
        // The last form is the richest (RFC 2046 section 5.1.4), but plain text is the first of its kind.
        if (piece->hasHtml) {
            chosen.html = piece->html;
            chosen.hasHtml = true;
        }
        if (piece->hasText && !chosen.hasText) {
            chosen.text = piece->text;
            chosen.hasText = true;
        }
    }
    return chosen;
}

/// The root first (RFC 2387 section 3.2), wherever it stands.
BodyReader::Result BodyReader::readRelated(const Entity &multipart)
{
    QList<Entity> parts = multipart.children();
    QString start = multipart.parameter("start"_ba).trimmed();
    if (start.startsWith(u'<') && start.endsWith(u'>'))
        start = start.sliced(1, start.size() - 2);
    const auto root = std::find_if(parts.begin(), parts.end(), [&start](const Entity &part) {
        return !start.isEmpty() && part.contentId() == start;
    });
    if (root != parts.end())
        std::rotate(parts.begin(), root, root + 1);
    return readAll(parts);
}

BodyReader::Result BodyReader::readSigned(const Entity &multipart)
{
    m_remarks.add(DraftRemark::Kind::SignatureDropped);
    QList<Entity> parts = multipart.children();
    parts.removeIf([](const Entity &part) {
        return part.type() == "application/pgp-signature" || part.type() == "application/pkcs7-signature"
            || part.type() == "application/x-pkcs7-signature";
    });
    return readAll(parts);
}

BodyReader::Result BodyReader::readEncrypted(const Entity &multipart)
{
    m_remarks.add(DraftRemark::Kind::Encrypted);
    const QList<Entity> parts = multipart.children();
    for (const Entity &part : parts)
        attach(part);
    return Piece();
}

/// Whether it became the calendar object of the draft, of which there is one.
Expected<bool, ReadError> BodyReader::takeCalendar(const Entity &part)
{
    constexpr qint64 LargestCalendar = 1 * ReadLimits::MiB;
    if (!m_body.calendar.object.isEmpty())
        return false;
    auto object = part.text(LargestCalendar);
    if (!object && object.error().kind != ReadError::Kind::TextTooLarge)
        return Unexpected(object.error());
    if (!object || object->isEmpty())
        return false;
    m_body.calendar = { .method = part.parameter("method"_ba).toLatin1(), .object = *std::move(object) };
    return true;
}

} // namespace

Expected<DraftBody, ReadError> readDraftBody(const Entity &message, DraftRemarks &remarks)
{
    return BodyReader(message, remarks).read();
}

} // namespace postrider::mime
