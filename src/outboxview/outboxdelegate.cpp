// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxview/outboxdelegate.h"

#include "delivery/queuemodel.h"
#include "outboxview/statelook.h"
#include "widgets/symbolicicon.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionProgressBar>
#include <QTextLayout>

namespace postrider::outboxview {

using delivery::QueueModel;

namespace {

constexpr int SentenceLines = 2;
constexpr int Padding = 8; // logical pixels around and between the parts

/// Draws text in at most the given number of lines, the last one elided.
void drawLines(QPainter &painter, const QRect &rectangle, const QString &text, int maxLines)
{
    QTextOption textOption;
    textOption.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // The side is the window's, the direction the text's own: an English sentence stays one in a mirrored
    // window.
    const Qt::Alignment side
        = QStyle::visualAlignment(painter.layoutDirection(), Qt::AlignLeft) | Qt::AlignAbsolute;
    textOption.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    textOption.setAlignment(side);
    QTextLayout layout(text, painter.font());
    layout.setTextOption(textOption);

    const QFontMetrics metrics = painter.fontMetrics();
    layout.beginLayout();
    for (int line = 0; line < maxLines; ++line) {
        QTextLine textLine = layout.createLine();
        if (!textLine.isValid())
            break;
        textLine.setLineWidth(rectangle.width());
        const int top = rectangle.top() + line * metrics.lineSpacing();
        const int end = textLine.textStart() + textLine.textLength();
        if (line == maxLines - 1 && end < text.size()) {
            const QString rest
                = metrics.elidedText(text.mid(textLine.textStart()), Qt::ElideRight, rectangle.width());
            textOption.setWrapMode(QTextOption::NoWrap);
            painter.drawText(QRectF(rectangle.left(), top, rectangle.width(), metrics.lineSpacing()), rest,
                             textOption);
        } else {
            textLine.draw(&painter, QPointF(rectangle.left(), top));
        }
    }
    layout.endLayout();
}

QFont boldFont(const QStyleOptionViewItem &option)
{
    QFont font = option.font;
    font.setBold(true);
    return font;
}

} // namespace

void OutboxDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    background.icon = {};
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, widget);

    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool active = option.state.testFlag(QStyle::State_Active);
    const QColor textColor = option.palette.color(active ? QPalette::Active : QPalette::Inactive,
                                                  selected ? QPalette::HighlightedText : QPalette::Text);
    const auto summary = index.data(QueueModel::SummaryRole).value<outbox::MessageSummary>();
    const StateLook look = stateLook(summary.state, summary.hold);
    const QColor stateColor
        = selected || !look.tone ? textColor : widgets::toneColors(*look.tone, option.palette).accent;

    painter->save();
    painter->setLayoutDirection(option.direction);
    const auto visual = [&option](const QRect &rectangle) {
        return QStyle::visualRect(option.direction, option.rect, rectangle);
    };

    const QRect inner = option.rect.adjusted(Padding, Padding, -Padding, -Padding);
    const int lineHeight = option.fontMetrics.lineSpacing();
    const int iconSide = lineHeight + Padding / 2;
    widgets::paintSymbol(*painter, visual(QRect(inner.left(), inner.top(), iconSide, lineHeight)), look.icon,
                         stateColor);

    const int textLeft = inner.left() + iconSide + Padding;
    const QFont bold = boldFont(option);
    const QString stateName = index.data(QueueModel::StateNameRole).toString();
    const int stateWidth = QFontMetrics(bold).horizontalAdvance(stateName);
    painter->setPen(stateColor);
    painter->setFont(bold);
    drawLines(*painter, visual(QRect(textLeft, inner.top(), stateWidth + 1, lineHeight)), stateName, 1);

    const int titleLeft = textLeft + stateWidth + Padding;
    painter->setPen(textColor);
    painter->setFont(option.font);
    drawLines(*painter, visual(QRect(titleLeft, inner.top(), inner.right() - titleLeft, lineHeight)),
              index.data(Qt::DisplayRole).toString(), 1);

    const QRect below(textLeft, inner.top() + lineHeight + Padding / 4, inner.right() - textLeft,
                      SentenceLines * lineHeight);
    const int percent = index.data(QueueModel::ProgressRole).toInt();
    if (percent < 0) {
        drawLines(*painter, visual(below), index.data(QueueModel::SentenceRole).toString(), SentenceLines);
    } else {
        drawLines(*painter, visual(below), index.data(QueueModel::ProgressTextRole).toString(), 1);
        QStyleOptionProgressBar bar;
        bar.direction = option.direction;
        bar.palette = option.palette;
        bar.fontMetrics = option.fontMetrics;
        bar.state = QStyle::State_Enabled | QStyle::State_Horizontal;
        bar.maximum = 100;
        bar.progress = percent;
        bar.rect = visual(QRect(below.left(), below.top() + lineHeight + Padding / 4, below.width(),
                                lineHeight - Padding / 2));
        style->drawControl(QStyle::CE_ProgressBar, &bar, painter, widget);
    }
    painter->restore();
}

QSize OutboxDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    const int lineHeight = option.fontMetrics.lineSpacing();
    return { 20 * lineHeight, (1 + SentenceLines) * lineHeight + 2 * Padding + Padding / 4 };
}

} // namespace postrider::outboxview
