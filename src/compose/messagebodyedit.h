// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/text/modehistory.h"
#include "compose/text/paragraphs.h"
#include "compose/text/picturestore.h"

#include <QStringList>
#include <QTextEdit>

namespace postrider::compose {

/// The files of this computer that a drop or the clipboard carries; empty when it carries none.
[[nodiscard]] QStringList localFiles(const QMimeData *source);

/**
 * The text of a message, plain or with formatting, in one document with one undo.
 *
 * In both modes, files that are dropped on it or pasted into it are offered as attachments instead of
 * appearing as addresses in the text; in rich mode those that are pictures are offered as such. HTML arrives
 * as plain text in plain mode, and cleaned in rich mode. A picture that was copied from a program makes the
 * text rich. It never loads anything: what it shows is in memory.
 */
class MessageBodyEdit final : public QTextEdit
{
    Q_OBJECT

public:
    explicit MessageBodyEdit(QWidget *parent = nullptr);
    ~MessageBodyEdit() override = default;
    Q_DISABLE_COPY_MOVE(MessageBodyEdit)

    /// Begins anew, without undo. With HTML the mode is rich, and text is not looked at.
    void setMessage(const QString &text, const QString &html);

    [[nodiscard]] TextMode mode() const { return m_history->mode(); }
    /// One step of undo. To plain, what plain text has signs for becomes these: lists, quotations, links.
    void setMode(TextMode mode);
    /// Whether plain text could not say everything that stands here.
    [[nodiscard]] bool wouldLoseFormatting() const;

    /// Empty in plain mode.
    [[nodiscard]] QString messageHtml() const;
    /// In rich mode what a reader without HTML gets.
    [[nodiscard]] QString messageText() const;

    /// False when the octets are no picture; nothing has changed then. For rich mode.
    [[nodiscard]] bool insertPicture(const QByteArray &octets, const QString &text);
    /// In place of the selection: cleaned as what is pasted is. For rich mode.
    void insertForeignHtml(const QString &html);

    /// The clipboard's text alone.
    void pastePlain();
    /// The clipboard's text as a quotation, in paragraphs of its own.
    void pasteQuotation();

    /// How large the text is shown here; nothing of it is sent.
    void zoom(Step step);
    void resetZoom();

Q_SIGNALS:
    /// To be attached.
    void filesOffered(const QStringList &paths);
    /// Pictures that were dropped on the text or pasted into it in rich mode.
    void picturesOffered(const QStringList &paths);
    void modeChanged(postrider::compose::TextMode mode);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    [[nodiscard]] QVariant loadResource(int type, const QUrl &name) override;

private:
    void replaceAll(const QString &text);
    [[nodiscard]] bool endParagraph();
    [[nodiscard]] bool insertPictureOf(const QMimeData *source);

    PictureStore m_pictures {};
    ModeHistory *m_history;
    int m_zoom = 0; ///< steps of one point away from the usual size
};

} // namespace postrider::compose
