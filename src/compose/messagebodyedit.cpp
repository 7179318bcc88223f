// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/messagebodyedit.h"

#include "compose/text/htmlinsertion.h"
#include "compose/text/htmlwriter.h"
#include "compose/text/textformats.h"
#include "mime/html/htmltext.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::compose {

QStringList localFiles(const QMimeData *source)
{
    QStringList files;
    const QList<QUrl> urls = source->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    return files;
}

namespace {

bool isPictureFile(const QString &path)
{
    constexpr std::array Endings { ".png"_L1, ".jpg"_L1, ".jpeg"_L1, ".gif"_L1, ".webp"_L1 };
    return std::any_of(Endings.cbegin(), Endings.cend(), [&path](QLatin1StringView ending) {
        return path.endsWith(ending, Qt::CaseInsensitive);
    });
}

/// Office programs offer a picture of every text; browsers say with HTML where a picture comes from.
bool hasOnlyPicture(const QMimeData *source)
{
    if (!source->hasImage())
        return false;
    if (!source->hasHtml())
        return !source->hasText();
    PictureStore taken;
    const QString html = mime::cleanHtml(source->html(), taken).body();
    static const QRegularExpression tag(u"<[^>]*>"_s);
    return !html.contains("<img"_L1) && QString(html).remove(tag).trimmed().isEmpty();
}

} // namespace

MessageBodyEdit::MessageBodyEdit(QWidget *parent)
    : QTextEdit(parent)
    , m_history(new ModeHistory(*document(), this))
{
    connect(m_history, &ModeHistory::modeChanged, this, &MessageBodyEdit::modeChanged);
    // Each paragraph reads in the direction of its first letter, whatever the program's language is.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LayoutDirectionAuto);
    document()->setDefaultTextOption(option);
}

void MessageBodyEdit::setMessage(const QString &text, const QString &html)
{
    if (html.isEmpty()) {
        setCurrentCharFormat({});
        setPlainText(text);
    } else {
        clear();
        document()->setUndoRedoEnabled(false);
        QTextCursor cursor(document());
        compose::insertHtml(cursor, html, m_pictures, HtmlOrigin::OwnMessage);
        document()->setUndoRedoEnabled(true);
        moveCursor(QTextCursor::Start);
    }
    m_history->reset(html.isEmpty() ? TextMode::Plain : TextMode::Rich);
}

void MessageBodyEdit::setMode(TextMode mode)
{
    if (mode == m_history->mode())
        return;
    const int steps = document()->availableUndoSteps();
    if (mode == TextMode::Plain && formattingOf(*document()) != Formatting::None)
        replaceAll(messageText());
    m_history->change(mode, steps);
    setCurrentCharFormat({});
}

/// As plain text, with the caret in the same line as far as that is still there.
void MessageBodyEdit::replaceAll(const QString &text)
{
    const int line = textCursor().blockNumber();
    const int column = textCursor().positionInBlock();
    QTextCursor all(document());
    all.beginEditBlock();
    all.select(QTextCursor::Document);
    all.removeSelectedText();
    // What is left is one paragraph, and maybe in a list.
    all.setBlockFormat({});
    all.setBlockCharFormat({});
    all.setCharFormat({});
    all.insertText(text, QTextCharFormat());
    all.setBlockFormat({}); // so that what is typed next is a step of its own
    all.endEditBlock();

    const QTextBlock block = document()->findBlockByNumber(std::min(line, document()->blockCount() - 1));
    QTextCursor caret(block);
    caret.setPosition(block.position() + std::min(column, block.length() - 1));
    setTextCursor(caret);
}

bool MessageBodyEdit::wouldLoseFormatting() const
{
    return mode() == TextMode::Rich && formattingOf(*document()) == Formatting::Lost;
}

QString MessageBodyEdit::messageHtml() const
{
    return mode() == TextMode::Rich ? compose::toHtml(*document(), m_pictures) : QString();
}

QString MessageBodyEdit::messageText() const
{
    if (mode() == TextMode::Plain)
        return toPlainText();
    QString text = mime::toPlainText(mime::toPlainLines(mime::cleanHtml(messageHtml())));
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

bool MessageBodyEdit::insertPicture(const QByteArray &octets, const QString &text)
{
    const QString name = m_pictures.add(octets);
    if (name.isEmpty() || m_pictures.image(name).isNull())
        return false;
    QTextCursor cursor = textCursor();
    compose::insertPicture(cursor, name, text, m_pictures);
    ensureCursorVisible();
    return true;
}

void MessageBodyEdit::insertForeignHtml(const QString &html)
{
    QTextCursor cursor = textCursor();
    compose::insertHtml(cursor, html, m_pictures, HtmlOrigin::Elsewhere);
    setTextCursor(cursor);
    ensureCursorVisible();
}

bool MessageBodyEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || source->hasText() || source->hasHtml() || source->hasImage();
}

QMimeData *MessageBodyEdit::createMimeDataFromSelection() const
{
    auto selected = std::make_unique<QMimeData>();
    selected->setText(textCursor().selection().toPlainText());
    if (mode() == TextMode::Rich)
        selected->setHtml(selectionToHtml(textCursor(), m_pictures));
    return selected.release();
}

void MessageBodyEdit::insertFromMimeData(const QMimeData *source)
{
    if (QStringList files = localFiles(source); !files.isEmpty()) {
        const auto firstOther = mode() == TextMode::Rich
            ? std::stable_partition(files.begin(), files.end(), isPictureFile)
            : files.begin();
        const QStringList pictures(files.begin(), firstOther);
        const QStringList others(firstOther, files.end());
        if (!pictures.isEmpty())
            Q_EMIT picturesOffered(pictures);
        if (!others.isEmpty())
            Q_EMIT filesOffered(others);
    } else if (hasOnlyPicture(source) && insertPictureOf(source)) {
        ensureCursorVisible();
    } else if (mode() == TextMode::Rich && source->hasHtml()) {
        insertForeignHtml(source->html());
    } else {
        insertPlainText(source->text());
    }
}

/// In the octets in which the other program has it, where it offers these.
bool MessageBodyEdit::insertPictureOf(const QMimeData *source)
{
    QByteArray octets;
    for (const QString &type : { u"image/png"_s, u"image/jpeg"_s, u"image/gif"_s, u"image/webp"_s }) {
        if (octets.isEmpty() && source->hasFormat(type))
            octets = source->data(type);
    }
    if (octets.isEmpty()) {
        QBuffer buffer(&octets);
        buffer.open(QIODevice::WriteOnly);
        source->imageData().value<QImage>().save(&buffer, "PNG");
    }
    if (QImage::fromData(octets).isNull())
        return false;
    const int steps = document()->availableUndoSteps();
    const bool isIn = insertPicture(octets, tr("Picture"));
    if (isIn && mode() == TextMode::Plain)
        m_history->change(TextMode::Rich, steps);
    return isIn;
}

void MessageBodyEdit::pastePlain()
{
    const QMimeData *source = QGuiApplication::clipboard()->mimeData();
    if (source->hasText())
        insertPlainText(source->text());
    ensureCursorVisible();
}

void MessageBodyEdit::pasteQuotation()
{
    const QMimeData *source = QGuiApplication::clipboard()->mimeData();
    if (!source->hasText())
        return;
    QString text = source->text();
    while (text.endsWith(u'\n'))
        text.chop(1);
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    if (!cursor.atBlockStart())
        cursor.insertBlock();
    const QTextBlockFormat unquoted = cursor.blockFormat();
    if (mode() == TextMode::Rich) {
        QTextBlockFormat quoted;
        setQuoteLevel(quoted, quoteLevel(unquoted) + 1);
        cursor.setBlockFormat(quoted);
        cursor.insertText(text, QTextCharFormat());
    } else {
        QList<mime::TextLine> lines = mime::textLines(text);
        for (mime::TextLine &line : lines)
            ++line.quoteDepth;
        QString quoted = mime::toPlainText(lines);
        quoted.chop(1);
        cursor.insertText(quoted);
    }
    cursor.insertBlock(unquoted, QTextCharFormat());
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

/// Enter where it does more than begin a paragraph like this one. False where it doesn't.
bool MessageBodyEdit::endParagraph()
{
    QTextCursor cursor = textCursor();
    const bool isEmptyItem = cursor.currentList() && cursor.block().length() == 1;
    const bool isEndOfHeading = cursor.blockFormat().headingLevel() > 0 && cursor.atBlockEnd();
    if (isEmptyItem) {
        changeIndent(cursor, Step::Less);
    } else if (splitQuote(cursor)) {
        setTextCursor(cursor);
        setCurrentCharFormat({});
    } else if (isEndOfHeading) {
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
        setTextCursor(cursor);
        setCurrentCharFormat({});
    } else {
        return false;
    }
    ensureCursorVisible();
    return true;
}

void MessageBodyEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isRich = mode() == TextMode::Rich;
    const bool isPlainEnter = (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const bool isAtItemStart
        = isRich && textCursor().currentList() && textCursor().atBlockStart() && !textCursor().hasSelection();
    if (isRich && isPlainEnter && endParagraph())
        return;
    if (isAtItemStart && event->key() == Qt::Key_Tab)
        changeIndent(textCursor(), Step::More);
    else if (isAtItemStart && (event->key() == Qt::Key_Backtab || event->key() == Qt::Key_Backspace))
        changeIndent(textCursor(), Step::Less);
    else
        QTextEdit::keyPressEvent(event);
}

/// With a line at the side of each level of quotation.
void MessageBodyEdit::paintEvent(QPaintEvent *event)
{
    QTextEdit::paintEvent(event);
    if (mode() == TextMode::Plain)
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(palette().color(QPalette::Mid), 2));
    const QPoint offset(horizontalScrollBar()->value(), verticalScrollBar()->value());
    const int bottom = offset.y() + viewport()->height();
    for (QTextBlock block = cursorForPosition({ 0, 0 }).block(); block.isValid(); block = block.next()) {
        const QRectF area = document()->documentLayout()->blockBoundingRect(block);
        if (area.top() > bottom)
            break;
        const int level = quoteLevel(block.blockFormat());
        for (int i = 0; i < level; ++i) {
            const double x = document()->documentMargin() + i * QuoteMargin + QuoteMargin / 4.0 - offset.x();
            painter.drawLine(QPointF(x, area.top() - offset.y()), QPointF(x, area.bottom() - offset.y()));
        }
    }
}

void MessageBodyEdit::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() != Qt::ControlModifier) {
        QTextEdit::wheelEvent(event);
        return;
    }
    if (event->angleDelta().y() != 0)
        zoom(event->angleDelta().y() > 0 ? Step::More : Step::Less);
    event->accept();
}

void MessageBodyEdit::zoom(Step step)
{
    constexpr int Smallest = -4;
    constexpr int Largest = 30;
    const int wanted = std::clamp(m_zoom + (step == Step::More ? 1 : -1), Smallest, Largest);
    zoomIn(wanted - std::exchange(m_zoom, wanted));
}

void MessageBodyEdit::resetZoom()
{
    zoomOut(std::exchange(m_zoom, 0));
}

QVariant MessageBodyEdit::loadResource(int type, const QUrl &name)
{
    if (type != QTextDocument::ImageResource || name.scheme() != "cid"_L1)
        return {};
    return m_pictures.image(name.path());
}

} // namespace postrider::compose
