// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QObject>
#include <QRectF>
#include <QTextCharFormat>
#include <QTextObjectInterface>

namespace postrider::widgets {

class RecipientField;
struct Recipient;

/// Where the parts of a chip are, in the coordinates of its rectangle.
struct ChipParts
{
    QRectF mark {}; ///< the sign of a doubtful or bad one
    QRectF label {};
    QRectF domain {}; ///< the domain that was probably meant; a click takes it
    QRectF remove {};
};

/**
 * Draws the chips of a RecipientField, which are objects in its text, one character each.
 *
 * State is told by shape and word as well as by colour: a doubtful address has a mark and shows what was
 * probably meant, a bad one has a mark and a broken outline.
 */
class RecipientChip final : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    static constexpr int ObjectType = QTextFormat::UserObject + 1;
    static constexpr int TextProperty = QTextFormat::UserProperty + 1; ///< Recipient::text

    explicit RecipientChip(RecipientField &field);
    ~RecipientChip() override = default;
    Q_DISABLE_COPY_MOVE(RecipientChip)

    [[nodiscard]] static QTextCharFormat formatOf(const Recipient &recipient);

    QSizeF intrinsicSize(QTextDocument *document, int position, const QTextFormat &format) override;
    void drawObject(QPainter *painter, const QRectF &rectangle, QTextDocument *document, int position,
                    const QTextFormat &format) override;

    enum class Look { Plain, Selected };
    void draw(QPainter &painter, const QRectF &chip, const Recipient &recipient, Look look) const;
    /// Of every chip, in logical pixels.
    [[nodiscard]] qreal height() const;
    /// Of every chip above the line that its label and the text beside it stand on.
    [[nodiscard]] qreal ascent() const;
    /// How far a chip reaches above the place that its object has in the layout.
    [[nodiscard]] qreal rise() const;
    [[nodiscard]] ChipParts partsOf(const Recipient &recipient, const QRectF &rectangle) const;

private:
    RecipientField &m_field;
};

} // namespace postrider::widgets
