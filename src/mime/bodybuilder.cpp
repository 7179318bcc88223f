// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/bodybuilder.h"

#include "mime/attachmentpart.h"
#include "mime/html/htmlcleaner.h"
#include "mime/html/htmltext.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

/// What stands in every boundary made from this one.
QByteArray commonPart(const QByteArray &boundary)
{
    return boundary.startsWith("=_") ? boundary.sliced(2) : boundary;
}

/// A boundary of its own for each multipart. None of them is the beginning of another one, for there are
/// readers that compare no further.
class Boundaries
{
public:
    explicit Boundaries(QByteArray first)
        : m_first(std::move(first))
    { }

    [[nodiscard]] QByteArray next()
    {
        const int number = m_count++;
        if (number == 0)
            return m_first;
        return "=_n" + QByteArray::number(number) + '.' + commonPart(m_first);
    }

private:
    QByteArray m_first;
    int m_count = 0;
};

/// Decides which pictures go along with the HTML.
class Pictures : public HtmlImages
{
public:
    Pictures(const QList<Attachment> &attachments, const Stamp &stamp)
        : m_stamp(stamp)
    {
        for (const Attachment &attachment : attachments) {
            if (!attachment.contentId.isEmpty())
                m_offered.insert(attachment.contentId);
        }
    }

    [[nodiscard]] QString contentId(const HtmlImage &image) override
    {
        if (!image.contentId.isEmpty()) {
            if (!m_offered.contains(image.contentId))
                return {};
            m_used.insert(image.contentId);
            return image.contentId;
        }
        // The same picture may stand in several places.
        QString &known = m_embedded[image.octets];
        if (known.isEmpty()) {
            known = newContentId();
            m_images.append({ .contentId = known, .type = image.type, .octets = image.octets });
        }
        return known;
    }

    [[nodiscard]] bool isUsed(const QString &contentId) const { return m_used.contains(contentId); }
    /// Those that stood in the HTML itself.
    [[nodiscard]] const QList<HtmlImage> &embedded() const { return m_images; }

private:
    /// Derived from the stamp, so that each writing gives the same.
    [[nodiscard]] QString newContentId() const
    {
        const QByteArray unique = commonPart(m_stamp.boundary);
        QByteArray domain = m_stamp.messageId.sliced(m_stamp.messageId.lastIndexOf('@') + 1);
        domain.replace('>', QByteArrayView());
        const QString contentId = u"image"_s + QString::number(m_images.size() + 1) + u'.'
            + QString::fromLatin1(unique) + u'@' + QString::fromLatin1(domain);
        return isPlainContentId(contentId)
            ? contentId
            : QString(u"image"_s + QString::number(m_images.size() + 1) + "@message.invalid"_L1);
    }

    const Stamp &m_stamp;
    QSet<QString> m_offered {};
    QSet<QString> m_used {};
    QHash<QByteArray, QString> m_embedded {};
    QList<HtmlImage> m_images {};
};

class Builder
{
public:
    Builder(const Draft &draft, const Stamp &stamp, const WriteOptions &options,
            HeaderWriter::Charset charset)
        : m_draft(draft)
        , m_transport({ .octets = options.body,
                        .protection = options.protection,
                        .avoided = commonPart(stamp.boundary) })
        , m_boundaries(stamp.boundary)
        , m_pictures(draft.attachments, stamp)
        , m_attachments({ .avoided = commonPart(stamp.boundary), .body = options.body, .charset = charset })
    { }

    [[nodiscard]] Expected<Body, WriteError> build();

private:
    using Result = Expected<Part, WriteError>;

    [[nodiscard]] Part textPart(const QString &text, const QList<QByteArray> &type) const;
    [[nodiscard]] Part flowedPart(const FlowedText &flowed) const;
    [[nodiscard]] Part authorsText() const;
    [[nodiscard]] Part textOf(const CleanHtml &html) const;
    [[nodiscard]] Part calendar() const;
    [[nodiscard]] Result htmlWithPictures(const CleanHtml &html, const QByteArray &boundary);
    [[nodiscard]] Result readable(const QByteArray &boundary);

    const Draft &m_draft;
    TextTransport m_transport;
    Boundaries m_boundaries;
    Pictures m_pictures;
    AttachmentParts m_attachments;
};

Part Builder::textPart(const QString &text, const QList<QByteArray> &type) const
{
    const EncodedText encoded = encodeText(text, m_transport);
    QList<QByteArray> pieces = type;
    pieces.insert(1, "charset=" + encoded.charset);
    for (qsizetype i = 0; i + 1 < pieces.size(); ++i)
        pieces[i] += ';';
    HeaderWriter header;
    header.addPieces("Content-Type", pieces);
    header.addPieces("Content-Transfer-Encoding", { encoded.encoding });
    return Part(header.octets(), encoded.octets);
}

Part Builder::flowedPart(const FlowedText &flowed) const
{
    QList<QByteArray> type { "text/plain", "format=flowed" };
    if (flowed.delSp == FlowedText::DelSp::Yes)
        type.append("delsp=yes");
    return textPart(flowed.text, type);
}

Part Builder::authorsText() const
{
    const bool isFixed = m_draft.textForm == TextForm::Fixed
        || (m_draft.textForm == TextForm::Automatic && looksPreformatted(m_draft.text));
    if (!isFixed) {
        const FlowedText flowed = toFlowed(textLines(m_draft.text));
        if (flowed.hasSoftBreaks || m_draft.textForm == TextForm::Flowed)
            return flowedPart(flowed);
    }
    return textPart(m_draft.text, { "text/plain" });
}

Part Builder::textOf(const CleanHtml &html) const
{
    const QList<TextLine> lines = toPlainLines(html);
    const FlowedText flowed = toFlowed(lines);
    if (flowed.hasSoftBreaks || m_draft.textForm == TextForm::Flowed)
        return flowedPart(flowed);
    return textPart(toPlainText(lines), { "text/plain" });
}

Part Builder::calendar() const
{
    QList<QByteArray> type { "text/calendar" };
    const QByteArray &method = m_draft.calendar.method;
    const bool isMethod = !method.isEmpty() && std::all_of(method.cbegin(), method.cend(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    });
    if (isMethod)
        type.append("method=" + method);
    return textPart(m_draft.calendar.object, type);
}

Builder::Result Builder::htmlWithPictures(const CleanHtml &html, const QByteArray &boundary)
{
    std::vector<Part> parts;
    parts.push_back(textPart(html.document(), { "text/html" }));
    for (const Attachment &attachment : m_draft.attachments) {
        if (attachment.contentId.isEmpty() || !m_pictures.isUsed(attachment.contentId))
            continue;
        auto part = m_attachments.make(attachment);
        if (!part)
            return part;
        parts.push_back(*std::move(part));
    }
    for (const HtmlImage &image : m_pictures.embedded())
        parts.push_back(m_attachments.make(image));
    if (parts.size() == 1)
        return std::move(parts.front());
    return Part::multipart("related", boundary, std::move(parts), { "type=\"text/html\"" });
}

/// What a reader shows: the text in all its forms.
Builder::Result Builder::readable(const QByteArray &boundary)
{
    std::vector<Part> forms;
    if (m_draft.html.isEmpty()) {
        forms.push_back(authorsText());
    } else {
        const CleanHtml html = cleanHtml(m_draft.html, m_pictures);
        forms.push_back(m_draft.text.isEmpty() ? textOf(html) : authorsText());
        auto rich = htmlWithPictures(html, m_boundaries.next());
        if (!rich)
            return rich;
        forms.push_back(*std::move(rich));
    }
    if (!m_draft.calendar.object.isEmpty())
        forms.push_back(calendar());
    if (forms.size() == 1)
        return std::move(forms.front());
    return Part::multipart("alternative", boundary, std::move(forms));
}

Expected<Body, WriteError> Builder::build()
{
    const auto travelsAlone = [](const Attachment &attachment) { return attachment.contentId.isEmpty(); };
    const bool isMixed = std::any_of(m_draft.attachments.cbegin(), m_draft.attachments.cend(), travelsAlone);
    // Boundaries are numbered from the outside in, so that the outermost one has the stamp's own.
    const QByteArray outer = isMixed ? m_boundaries.next() : QByteArray();
    auto text = readable(m_boundaries.next());
    if (!text)
        return Unexpected(text.error());
    if (!isMixed)
        return Body { .part = *std::move(text), .notices = m_attachments.notices() };

    std::vector<Part> parts;
    parts.push_back(*std::move(text));
    for (const Attachment &attachment : m_draft.attachments) {
        if (!travelsAlone(attachment))
            continue;
        auto part = m_attachments.make(attachment);
        if (!part)
            return Unexpected(part.error());
        parts.push_back(*std::move(part));
    }
    return Body { .part = Part::multipart("mixed", outer, std::move(parts)),
                  .notices = m_attachments.notices() };
}

} // namespace

Expected<Body, WriteError> buildBody(const Draft &draft, const Stamp &stamp, const WriteOptions &options,
                                     HeaderWriter::Charset charset)
{
    return Builder(draft, stamp, options, charset).build();
}

} // namespace postrider::mime
