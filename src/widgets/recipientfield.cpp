// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/recipientfield.h"

#include "widgets/announcer.h"
#include "widgets/inerttext.h"
#include "widgets/recipientaccess.h"
#include "widgets/recipientchip.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSet>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextFrame>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::widgets {

namespace {

constexpr int MostLines = 4; // that are shown before the field scrolls
constexpr qsizetype MostRemembered = 4096;

/// Where semicolons separate, a comma may stand in a name.
QString nameWithComma(const QString &begin, const QString &rest)
{
    return begin + ", "_L1 + rest + u';';
}

} // namespace

RecipientField::RecipientField(QWidget *parent)
    : QTextEdit(parent)
    , m_painter(new RecipientChip(*this))
    , m_announcer(new Announcer(this))
{
    installRecipientAccess();
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setInputMethodHints(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    document()->documentLayout()->registerHandler(RecipientChip::ObjectType, m_painter);
    applyLook();

    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &RecipientField::updateHeight);
    connect(document(), &QTextDocument::contentsChange, this, [this](int position, int removed, int added) {
        viewport()->update(); // a chip reaches beyond the line that Qt thinks changed
        if (removed > 0 || content().mid(position, added).contains(QChar::ObjectReplacementCharacter))
            Q_EMIT recipientsChanged();
    });
    connect(this, &QTextEdit::selectionChanged, this, &RecipientField::tellSelection);
    connect(this, &QTextEdit::cursorPositionChanged, this, &RecipientField::tellSelection);
    updateHeight();
}

/// What depends on font and direction.
void RecipientField::applyLook()
{
    // The field's own direction, not that of its first letter: addresses are Latin in every language.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(layoutDirection());
    document()->setDefaultTextOption(option);
    // A chip reaches higher than its line: as much room above as below.
    QTextFrameFormat format = document()->rootFrame()->frameFormat();
    format.setTopMargin(document()->documentMargin() + m_painter->rise());
    format.setBottomMargin(document()->documentMargin() - m_painter->rise());
    document()->rootFrame()->setFrameFormat(format);
    document()->markContentsDirty(0, document()->characterCount());
    updateHeight();
}

// --- what is in it

void RecipientField::setAddresses(const QString &text)
{
    setUndoRedoEnabled(false); // forgets what could be undone
    QTextCursor all(document());
    all.beginEditBlock();
    all.select(QTextCursor::Document);
    all.removeSelectedText();
    insertChips(all, readRecipients(text));
    all.endEditBlock();
    setUndoRedoEnabled(true);
    m_edited.clear();
    moveCursor(QTextCursor::End);
}

QString RecipientField::addresses() const
{
    return textBetween(0, static_cast<int>(content().size()));
}

QList<Recipient> RecipientField::recipients() const
{
    QList<Recipient> all;
    QString unfinished;
    const auto takeUnfinished = [&] {
        all.append(readRecipients(unfinished));
        unfinished.clear();
    };
    const QTextBlock block = document()->firstBlock();
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QString text = it.fragment().text();
        for (const QChar c : text) {
            if (c != QChar::ObjectReplacementCharacter) {
                unfinished.append(c);
                continue;
            }
            takeUnfinished();
            all.append(recipientOf(it.fragment().charFormat().stringProperty(RecipientChip::TextProperty)));
        }
    }
    takeUnfinished();
    return all;
}

bool RecipientField::isBlank() const
{
    return content().trimmed().isEmpty();
}

bool RecipientField::isChip(int position) const
{
    const QString text = content();
    return position >= 0 && position < text.size() && text.at(position) == QChar::ObjectReplacementCharacter;
}

QList<int> RecipientField::chipPositions() const
{
    QList<int> positions;
    const QString text = content();
    for (qsizetype at = text.indexOf(QChar::ObjectReplacementCharacter); at >= 0;
         at = text.indexOf(QChar::ObjectReplacementCharacter, at + 1))
        positions.append(static_cast<int>(at));
    return positions;
}

int RecipientField::chipCount() const
{
    return static_cast<int>(content().count(QChar::ObjectReplacementCharacter));
}

const Recipient &RecipientField::chipAtPosition(int position) const
{
    QTextCursor cursor(document());
    cursor.setPosition(position + 1); // a cursor's format is that of the character before it
    return recipientOf(cursor.charFormat().stringProperty(RecipientChip::TextProperty));
}

const Recipient &RecipientField::chip(int index) const
{
    return chipAtPosition(chipPositions().at(index));
}

// Chips and words between two positions, as one would type them.
QString RecipientField::textBetween(int begin, int end) const
{
    QStringList parts;
    QString unfinished;
    const auto takeUnfinished = [&] {
        if (const QString part = unfinished.trimmed(); !part.isEmpty())
            parts.append(part);
        unfinished.clear();
    };
    const QTextBlock block = document()->firstBlock();
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const int first = it.fragment().position();
        const QString text = it.fragment().text();
        for (int at = std::max(begin, first); at < std::min(end, first + it.fragment().length()); ++at) {
            if (text.at(at - first) != QChar::ObjectReplacementCharacter) {
                unfinished.append(text.at(at - first));
                continue;
            }
            takeUnfinished();
            parts.append(it.fragment().charFormat().stringProperty(RecipientChip::TextProperty));
        }
    }
    takeUnfinished();
    return parts.join(", "_L1);
}

/// Kept, since a chip in the text carries only its own text.
const Recipient &RecipientField::remember(const Recipient &recipient) const
{
    if (m_known.size() >= MostRemembered)
        m_known.clear();
    return *m_known.insert(recipient.text, recipient);
}

const Recipient &RecipientField::recipientOf(const QString &text) const
{
    const auto known = m_known.constFind(text);
    return known != m_known.constEnd() ? *known : remember(readRecipient(text));
}

// --- how text becomes chips

RecipientField::Run RecipientField::runAt(int position) const
{
    Run run { position, position };
    const QString text = content();
    while (run.begin > 0 && !isChip(run.begin - 1))
        --run.begin;
    while (run.end < text.size() && !isChip(run.end))
        ++run.end;
    return run;
}

void RecipientField::complete()
{
    // From the end, so that the positions before stay right.
    for (int end = static_cast<int>(content().size()); end >= 0;) {
        const Run run = runAt(end);
        completeRun(run);
        end = run.begin - 1;
    }
}

// "Smith, Ann <ann@example.org>": the comma made a chip of the name's first half.
RecipientField::Run RecipientField::withUnfinishedName(Run run) const
{
    if (m_nameBegin.isEmpty() || !isChip(run.begin - 1))
        return run;
    const Recipient before = chipAtPosition(run.begin - 1);
    if (before.text != m_nameBegin || before.error.kind != mime::AddressError::Kind::NoAt)
        return run;
    const QString text = content().mid(run.begin, run.end - run.begin);
    const QList<Recipient> together = readRecipients(nameWithComma(before.text, text));
    const bool isName = !together.isEmpty() && together.constFirst().state != Recipient::State::Bad
        && together.size() == readRecipients(text).size();
    return isName ? Run { run.begin - 1, run.end } : run;
}

void RecipientField::completeRun(Run run)
{
    const QString unfinished = content().mid(run.begin, run.end - run.begin);
    if (unfinished.isEmpty())
        return;
    const Run whole = withUnfinishedName(run);
    const QString text = whole.begin == run.begin ? unfinished : nameWithComma(m_nameBegin, unfinished);
    QList<Recipient> recipients = readRecipients(text);
    if (recipients.isEmpty() && !text.trimmed().isEmpty())
        recipients.append(readRecipient(text.trimmed()));
    m_nameBegin.clear();
    m_edited.clear();

    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(whole.begin);
    cursor.setPosition(whole.end, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    insertChips(cursor, recipients);
    cursor.endEditBlock();
}

void RecipientField::insertChips(QTextCursor &cursor, const QList<Recipient> &recipients)
{
    QSet<QString> present;
    const QList<Recipient> before = this->recipients();
    for (const Recipient &recipient : before)
        present.insert(mime::addressKey(recipient.mailbox));

    QList<Recipient> added;
    QStringList repeated;
    const QString chipCharacter(QChar::ObjectReplacementCharacter);
    for (const Recipient &recipient : recipients) {
        if (recipient.state != Recipient::State::Bad) {
            const QString key = mime::addressKey(recipient.mailbox);
            if (present.contains(key)) {
                repeated.append(recipient.label());
                continue;
            }
            present.insert(key);
        }
        cursor.insertText(chipCharacter, RecipientChip::formatOf(remember(recipient)));
        added.append(recipient);
    }
    tellAdded(added, repeated);
}

void RecipientField::tellAdded(const QList<Recipient> &added, const QStringList &repeated)
{
    QStringList sentences;
    const auto doubtful = std::count_if(added.cbegin(), added.cend(), [](const Recipient &recipient) {
        return recipient.state != Recipient::State::Good;
    });
    if (added.size() == 1)
        sentences.append(doubtful == 0 ? tr("%1 added.").arg(inertText(added.constFirst().label()))
                                       : added.constFirst().remark());
    else if (!added.isEmpty())
        sentences.append(tr("%n address(es) added.", nullptr, static_cast<int>(added.size())));
    if (added.size() > 1 && doubtful > 0)
        sentences.append(tr("%n of them need(s) a look.", nullptr, static_cast<int>(doubtful)));
    if (repeated.size() == 1)
        sentences.append(tr("%1 is in this field already.").arg(inertText(repeated.constFirst())));
    else if (!repeated.isEmpty())
        sentences.append(
            tr("%n address(es) are in this field already.", nullptr, static_cast<int>(repeated.size())));
    if (hasFocus() && !sentences.isEmpty())
        m_announcer->say(sentences.join(u' '));
}

// --- single chips

void RecipientField::replacePosition(int position, const Recipient &recipient)
{
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    insertChips(cursor, { recipient });
    cursor.endEditBlock();
}

void RecipientField::replace(const QString &text, const QString &by)
{
    const QList<int> positions = chipPositions();
    for (auto position = positions.crbegin(); position != positions.crend(); ++position) {
        if (chipAtPosition(*position).text == text)
            replacePosition(*position, readRecipient(by));
    }
}

void RecipientField::editPosition(int position)
{
    // Found again after the unfinished text, which would join what is edited, has become chips.
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
    complete();
    const int begin = cursor.selectionStart();
    const QString text = chipAtPosition(begin).text;
    cursor.insertText(text, QTextCharFormat());
    cursor.setPosition(begin);
    cursor.setPosition(begin + static_cast<int>(text.size()), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    m_edited = text;
}

void RecipientField::editChip(int index)
{
    editPosition(chipPositions().at(index));
}

void RecipientField::removeChip(int index)
{
    removePosition(chipPositions().at(index));
}

void RecipientField::removePosition(int position)
{
    const QString label = chipAtPosition(position).label();
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.deleteChar();
    m_announcer->say(tr("%1 removed.").arg(inertText(label)));
}

void RecipientField::correct(const Recipient &recipient)
{
    setFocus(Qt::OtherFocusReason);
    const QList<int> positions = chipPositions();
    const auto position = std::find_if(positions.cbegin(), positions.cend(), [&](int candidate) {
        return chipAtPosition(candidate).text == recipient.text;
    });
    if (position == positions.cend())
        return;
    editPosition(*position);
    const auto piece = recipient.text.indexOf(recipient.error.text);
    if (piece < 0 || recipient.error.text.isEmpty())
        return;
    QTextCursor cursor = textCursor();
    const int begin = cursor.selectionStart() + static_cast<int>(piece);
    cursor.setPosition(begin);
    cursor.setPosition(begin + static_cast<int>(recipient.error.text.size()), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

// --- room

QRectF RecipientField::rectangleAt(int position) const
{
    const QTextBlock block = document()->firstBlock();
    const QTextLine line = block.layout()->lineForTextPosition(position);
    if (!line.isValid())
        return {};
    const auto [left, right] = std::minmax({ line.cursorToX(position), line.cursorToX(position + 1) });
    const QRectF chip(left, line.y() + line.ascent() - m_painter->ascent(), right - left,
                      m_painter->height());
    const QPointF origin = document()->documentLayout()->blockBoundingRect(block).topLeft()
        - QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return chip.translated(origin);
}

QRect RecipientField::chipRectangle(int index) const
{
    return rectangleAt(chipPositions().at(index)).toAlignedRect() & viewport()->rect();
}

void RecipientField::paintEvent(QPaintEvent *event)
{
    QTextEdit::paintEvent(event);
    QPainter painter(viewport());
    const QTextLayout *layout = document()->firstBlock().layout();
    const QString text = content();
    const qreal top = event->rect().top() + verticalScrollBar()->value() - 2 * m_painter->height();
    const qreal bottom = event->rect().bottom() + verticalScrollBar()->value() + m_painter->height();
    for (int number = 0; number < layout->lineCount(); ++number) {
        const QTextLine line = layout->lineAt(number);
        if (line.y() < top || line.y() > bottom)
            continue;
        for (int at = line.textStart(); at < line.textStart() + line.textLength(); ++at) {
            if (at < text.size() && text.at(at) == QChar::ObjectReplacementCharacter)
                m_painter->draw(painter, rectangleAt(at), chipAtPosition(at),
                                isSelected(at) ? RecipientChip::Look::Selected : RecipientChip::Look::Plain);
        }
    }
}

int RecipientField::chipAt(const QPoint &point) const
{
    const int near = cursorForPosition(point).position();
    for (const int position : { near - 1, near }) {
        if (isChip(position) && rectangleAt(position).contains(point))
            return position;
    }
    return -1;
}

void RecipientField::updateHeight()
{
    const int around = static_cast<int>(2 * document()->documentMargin()) + 2 * frameWidth();
    const int line = static_cast<int>(m_painter->height());
    const int wanted = static_cast<int>(document()->size().height()) + 2 * frameWidth();
    const int height = std::clamp(wanted, line + around, MostLines * line + around);
    setVerticalScrollBarPolicy(wanted > height ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (height == m_height)
        return;
    m_height = height;
    updateGeometry();
}

QSize RecipientField::sizeHint() const
{
    return { QTextEdit::sizeHint().width(), m_height };
}

QSize RecipientField::minimumSizeHint() const
{
    return { static_cast<int>(m_painter->height()) * 6, m_height };
}

} // namespace postrider::widgets
