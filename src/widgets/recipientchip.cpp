// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/recipientchip.h"

#include "widgets/inerttext.h"
#include "widgets/recipient.h"
#include "widgets/recipientfield.h"
#include "widgets/symbolicicon.h"
#include "widgets/tone.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace postrider::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal Padding = 3; // logical pixels, inside and between chips

QString domainText(const Recipient &recipient)
{
    const QString domain = recipient.likelyDomain();
    //: On the chip of an address that is probably misspelled: the domain that was meant. A click takes it.
    return domain.isEmpty() ? QString() : inertText(RecipientField::tr("%1?").arg(domain));
}

Tone toneOf(const Recipient &recipient)
{
    switch (recipient.state) {
    case Recipient::State::Good:
        return Tone::Information;
    case Recipient::State::Doubtful:
        return Tone::Attention;
    case Recipient::State::Bad:
        return Tone::Problem;
    }
    Q_UNREACHABLE();
}

} // namespace

RecipientChip::RecipientChip(RecipientField &field)
    : QObject(&field)
    , m_field(field)
{ }

QTextCharFormat RecipientChip::formatOf(const Recipient &recipient)
{
    QTextCharFormat format;
    format.setObjectType(ObjectType);
    format.setProperty(TextProperty, recipient.text);
    format.setVerticalAlignment(QTextCharFormat::AlignMiddle);
    return format;
}

QSizeF RecipientChip::intrinsicSize(QTextDocument *document, int position, const QTextFormat &format)
{
    Q_UNUSED(position)
    const Recipient &recipient = m_field.recipientOf(format.stringProperty(TextProperty));
    const QFontMetricsF metrics(m_field.font());
    const qreal symbol = metrics.height();
    qreal width = 6 * Padding + symbol + metrics.horizontalAdvance(inertText(recipient.label()));
    if (recipient.state != Recipient::State::Good)
        width += symbol + Padding;
    if (const QString domain = domainText(recipient); !domain.isEmpty())
        width += metrics.horizontalAdvance(domain) + 2 * Padding;
    // No wider than a line, whatever comes with it: what does not fit is left out of the label's middle.
    const qreal room = document->textWidth() - 2 * document->documentMargin();
    return { std::clamp(width, 4 * symbol, std::max(4 * symbol, room)), height() };
}

qreal RecipientChip::height() const
{
    return std::ceil(QFontMetricsF(m_field.font()).height()) + 2 * Padding;
}

qreal RecipientChip::ascent() const
{
    return QFontMetricsF(m_field.font()).ascent() + Padding;
}

qreal RecipientChip::rise() const
{
    // Qt's own measure of an object in the middle of its line.
    return ascent() - (height() + QFontMetricsF(m_field.font()).xHeight() / 2) / 2;
}

ChipParts RecipientChip::partsOf(const Recipient &recipient, const QRectF &rectangle) const
{
    const QFontMetricsF metrics(m_field.font());
    const qreal symbol = metrics.height();
    QRectF inside = rectangle.adjusted(2 * Padding, 0, -2 * Padding, 0);
    ChipParts parts;
    parts.remove = QRectF(inside.right() - symbol, inside.top(), symbol, inside.height());
    inside.setRight(parts.remove.left() - Padding);
    if (recipient.state != Recipient::State::Good) {
        parts.mark = QRectF(inside.left(), inside.top(), symbol, inside.height());
        inside.setLeft(parts.mark.right() + Padding);
    }
    if (const QString domain = domainText(recipient); !domain.isEmpty()) {
        const qreal width = std::min(metrics.horizontalAdvance(domain), inside.width() / 2);
        parts.domain = QRectF(inside.right() - width, inside.top(), width, inside.height());
        inside.setRight(parts.domain.left() - 2 * Padding);
    }
    parts.label = inside;
    if (m_field.layoutDirection() == Qt::RightToLeft) {
        for (QRectF *part : { &parts.mark, &parts.label, &parts.domain, &parts.remove })
            part->moveLeft(rectangle.left() + rectangle.right() - part->right());
    }
    return parts;
}

// A text layout veils selected objects with the selection's colour and clips what it draws beside them, so
// the field draws its chips on top by itself.
void RecipientChip::drawObject(QPainter *painter, const QRectF &rectangle, QTextDocument *document,
                               int position, const QTextFormat &format)
{
    Q_UNUSED(painter)
    Q_UNUSED(rectangle)
    Q_UNUSED(document)
    Q_UNUSED(position)
    Q_UNUSED(format)
}

void RecipientChip::draw(QPainter &painter, const QRectF &chip, const Recipient &recipient, Look look) const
{
    const QPalette palette = m_field.palette();
    ToneColors colors = toneColors(toneOf(recipient), palette);
    if (look == Look::Selected)
        colors = { palette.color(QPalette::Highlight), palette.color(QPalette::HighlightedText),
                   palette.color(QPalette::HighlightedText) };

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen outline(colors.accent);
    if (recipient.state == Recipient::State::Bad)
        outline.setStyle(Qt::DashLine);
    painter.setPen(outline);
    painter.setBrush(colors.background);
    const QRectF body = chip.adjusted(1.5, 1.5, -1.5, -1.5);
    painter.drawRoundedRect(body, body.height() / 4, body.height() / 4);

    const ChipParts parts = partsOf(recipient, chip);
    painter.setFont(m_field.font());
    const QFontMetricsF metrics(m_field.font());
    const Qt::Alignment alignment = Qt::AlignVCenter | Qt::AlignLeft;
    painter.setPen(colors.text);
    painter.drawText(parts.label, static_cast<int>(alignment),
                     metrics.elidedText(inertText(recipient.label()), Qt::ElideMiddle, parts.label.width()));
    if (!parts.mark.isEmpty())
        paintSymbol(painter, parts.mark.toAlignedRect(), u"state-attention"_s, colors.accent);
    if (!parts.domain.isEmpty()) {
        QFont link = m_field.font();
        link.setUnderline(true);
        painter.setFont(link);
        painter.drawText(
            parts.domain, static_cast<int>(alignment),
            metrics.elidedText(domainText(recipient), Qt::ElideMiddle, parts.domain.width() + 1));
    }
    const qreal arm = metrics.height() / 6;
    const QPointF middle = parts.remove.center();
    painter.setPen(QPen(colors.text, 1.5));
    painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm));
    painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm));
    painter.restore();
}

} // namespace postrider::widgets
