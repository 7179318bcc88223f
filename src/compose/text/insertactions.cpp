// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/insertactions.h"

#include "compose/messagebodyedit.h"
#include "compose/text/insertdialogs.h"
#include "widgets/symbolicicon.h"

#include <QAction>
#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>
#include <QTextBlock>
#include <QTextTable>
#include <QThreadPool>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

constexpr qint64 LargestPicture = 25 * 1024 * 1024; // octets; what is larger no server takes

/// The letters of the link that the cursor is in or at the end of.
QTextCursor linkAround(QTextCursor cursor)
{
    const QString address = cursor.charFormat().anchorHref();
    if (address.isEmpty() || cursor.hasSelection())
        return cursor;
    const QTextBlock block = cursor.block();
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        if (fragment.charFormat().anchorHref() != address || !fragment.contains(cursor.position() - 1))
            continue;
        cursor.setPosition(fragment.position());
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
        break;
    }
    return cursor;
}

} // namespace

InsertActions::InsertActions(MessageBodyEdit &edit, QWidget &window)
    : QObject(&window)
    , m_edit(edit)
    , m_window(window)
    , m_link(make({ "link", tr("&Link…"), Qt::CTRL | Qt::Key_K, &InsertActions::askForLink }))
    , m_picture(make(
          { "picture", tr("&Picture…"), Qt::CTRL | Qt::SHIFT | Qt::Key_P, &InsertActions::askForPicture }))
    , m_table(make({ "table", tr("&Table…"), {}, &InsertActions::askForTable }))
    , m_line(make({ "line", tr("&Horizontal line"), {}, &InsertActions::insertLine }))
    , m_emoji(make({ "emoji", tr("&Emoji…"), Qt::CTRL | Qt::Key_Period, &InsertActions::askForEmoji }))
    , m_html(make({ "html", tr("HT&ML…"), {}, &InsertActions::askForHtml }))
{
    connect(&edit, &MessageBodyEdit::modeChanged, this, &InsertActions::setMode);
    setMode(edit.mode());
}

QAction *InsertActions::make(const Look &look)
{
    auto *action = new QAction(widgets::symbolicIcon(QString::fromLatin1(look.name)), look.text, this);
    action->setObjectName(QLatin1StringView(look.name) + "Action"_L1);
    action->setShortcut(look.key);
    QString plain = look.text;
    plain.remove(u'&');
    plain.remove(u'…');
    //: The tool tip of a button: what it does and its key.
    action->setToolTip(
        look.key.isEmpty() ? plain : tr("%1 (%2)").arg(plain, look.key.toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, look.use);
    m_window.addAction(action);
    return action;
}

void InsertActions::setMode(TextMode mode)
{
    for (QAction *action : { m_link, m_picture, m_table, m_line, m_html })
        action->setEnabled(mode == TextMode::Rich);
}

void InsertActions::fill(QMenu &menu)
{
    menu.addActions({ m_link, m_picture, m_table, m_line, m_emoji, m_html });
}

void InsertActions::fill(QToolBar &bar)
{
    for (QAction *action : { m_link, m_picture, m_table, m_line, m_emoji, m_html }) {
        bar.addAction(action);
        QWidget *button = bar.widgetForAction(action);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text().remove(u'&').remove(u'…'));
    }
}

void InsertActions::askForLink()
{
    const QTextCursor cursor = linkAround(m_edit.textCursor());
    auto *dialog = new LinkDialog(cursor.selectedText(), cursor.charFormat().anchorHref(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LinkDialog::chosen, this, [this, cursor](const QString &text, const QString &address) {
        setLink(cursor.selectionStart(), cursor.selectionEnd(), text, address);
    });
    dialog->open();
}

void InsertActions::setLink(int begin, int end, const QString &text, const QString &address)
{
    QTextCursor cursor(m_edit.document());
    cursor.setPosition(begin);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    QTextCharFormat plain = cursor.charFormat();
    for (const int property : { QTextFormat::IsAnchor, QTextFormat::AnchorHref, QTextFormat::ForegroundBrush,
                                QTextFormat::TextUnderlineStyle })
        plain.clearProperty(property);
    QTextCharFormat link = plain;
    if (!address.isEmpty()) {
        link.setAnchor(true);
        link.setAnchorHref(address);
        link.setForeground(m_edit.palette().link());
        link.setFontUnderline(true);
    }
    cursor.insertText(text, link);
    m_edit.setTextCursor(cursor);
    m_edit.setCurrentCharFormat(plain); // what is typed behind it is no link
    m_edit.setFocus();
}

void InsertActions::askForPicture()
{
    auto *dialog = new QFileDialog(&m_window, tr("Insert a picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)"));
    dialog->setLabelText(QFileDialog::Accept, tr("Insert"));
    connect(dialog, &QFileDialog::filesSelected, this, &InsertActions::insertPictureFiles);
    dialog->open();
}

void InsertActions::insertPictureFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        insertPictureFile(path);
}

void InsertActions::insertPictureFile(const QString &path)
{
    QThreadPool::globalInstance()->start([path, actions = QPointer(this)] {
        QByteArray octets;
        QString reason;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            reason = file.errorString();
        else if (file.size() > LargestPicture)
            reason = tr("it is too large to stand in the text");
        else
            octets = file.readAll();
        QMetaObject::invokeMethod(
            qApp,
            [path, octets, reason, actions] {
                if (!actions)
                    return;
                if (!reason.isEmpty())
                    Q_EMIT actions->refused(path, reason);
                else if (!actions->m_edit.insertPicture(octets, QFileInfo(path).completeBaseName()))
                    Q_EMIT actions->refused(path, tr("it is no picture that mail programs show"));
            },
            Qt::QueuedConnection);
    });
}

void InsertActions::askForTable()
{
    auto *dialog = new TableDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TableDialog::chosen, this, [this](int rows, int columns) {
        QTextTableFormat format;
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(QColor(0x88, 0x88, 0x88));
        format.setCellPadding(4);
        format.setCellSpacing(0);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        QTextCursor cursor = m_edit.textCursor();
        const QTextTable *table = cursor.insertTable(rows, columns, format);
        m_edit.setTextCursor(table->cellAt(0, 0).firstCursorPosition());
        m_edit.setFocus();
    });
    dialog->open();
}

void InsertActions::askForEmoji()
{
    auto *dialog = new EmojiDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &EmojiDialog::chosen, &m_edit, &QTextEdit::insertPlainText);
    dialog->open();
}

void InsertActions::askForHtml()
{
    auto *dialog = new HtmlDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HtmlDialog::chosen, &m_edit, &MessageBodyEdit::insertForeignHtml);
    dialog->open();
}

void InsertActions::insertLine()
{
    QTextCursor cursor = m_edit.textCursor();
    cursor.beginEditBlock();
    if (!cursor.atBlockStart() || !cursor.atBlockEnd())
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    QTextBlockFormat format;
    format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                       QTextLength(QTextLength::PercentageLength, 100));
    cursor.setBlockFormat(format);
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    cursor.endEditBlock();
    m_edit.setTextCursor(cursor);
}

} // namespace postrider::compose
