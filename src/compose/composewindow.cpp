// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/composewindow.h"

#include "compose/ui_composewindow.h"

#include "compose/attachmentmodel.h"
#include "compose/recipientrows.h"
#include "delivery/words/words.h"
#include "widgets/fittoscreen.h"
#include "widgets/inerttext.h"
#include "widgets/recipientfield.h"
#include "widgets/symbolicicon.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QLocale>
#include <QMimeData>

#include <algorithm>
#include <array>
#include <functional>

using namespace Qt::StringLiterals;

namespace postrider::compose {

using Row = RecipientRows::Row;

namespace {

QString joined(const QList<mime::Mailbox> &mailboxes)
{
    QStringList texts;
    for (const mime::Mailbox &mailbox : mailboxes)
        texts.append(mailbox.toDisplayString());
    return texts.join(u", "_s);
}

void setKeys(QAction *action, const QList<QKeySequence> &keys)
{
    action->setShortcuts(keys);
    //: The tool tip of a button: what it does and its key.
    action->setToolTip(ComposeWindow::tr("%1 (%2)").arg(
        action->toolTip(), keys.constFirst().toString(QKeySequence::NativeText)));
}

} // namespace

ComposeWindow::ComposeWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_ui(std::make_unique<Ui::ComposeWindow>())
    , m_attachments(new AttachmentModel(this))
    , m_recipients(nullptr)
    , m_discardAction(new QAction(tr("Discard"), this))
    , m_keepWritingAction(new QAction(tr("Keep writing"), this))
{
    m_ui->setupUi(this);
    m_recipients = new RecipientRows({ { { m_ui->toLabel, m_ui->toEdit },
                                         { m_ui->ccLabel, m_ui->ccEdit },
                                         { m_ui->bccLabel, m_ui->bccEdit },
                                         { m_ui->replyToLabel, m_ui->replyToEdit } } },
                                     *m_ui->problemBanner, this);
    setAcceptDrops(true);
    // "To" is measured with its letters drawn together, but painted without, since the first is underlined.
    m_ui->toLabel->setMinimumWidth(m_ui->toLabel->sizeHint().width() + 2);
    widgets::fitToScreen(*this);

    m_ui->practiceBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->stateLabel->hide();
    m_ui->subjectEdit->installEventFilter(this); // it would take a dropped file for its address

    m_ui->attachmentView->setModel(m_attachments);
    m_ui->attachmentView->setFixedHeight(m_ui->attachmentView->fontMetrics().lineSpacing() * 4);
    m_ui->bodyEdit->setMinimumHeight(m_ui->bodyEdit->fontMetrics().lineSpacing() * 4);

    setUpActions();
    setUpEditActions();
    setUpText();

    connect(m_ui->fromComboBox, &QComboBox::currentIndexChanged, this, &ComposeWindow::updateAccount);
    connect(m_ui->subjectEdit, &QLineEdit::textChanged, this, &ComposeWindow::updateTitle);
    connect(m_ui->bodyEdit, &MessageBodyEdit::filesOffered, this, &ComposeWindow::attachFiles);
    connect(m_attachments, &AttachmentModel::refused, this, &ComposeWindow::tellRefusedFile);
    for (const auto &changed : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_attachments, changed, this, &ComposeWindow::updateAttachments);
    connect(m_attachments, &QAbstractItemModel::modelReset, this, &ComposeWindow::updateAttachments);
    connect(m_attachments, &QAbstractItemModel::dataChanged, this, &ComposeWindow::updateAttachments);

    updateAttachments();
    updateTitle();
    focusFirstEmptyField();
}

ComposeWindow::~ComposeWindow() = default;

void ComposeWindow::setUpActions()
{
    m_ui->sendAction->setIcon(widgets::symbolicIcon(u"send"_s));
    m_ui->sendAction->setIconText(tr("&Send")); // a tool button keeps a mnemonic only of this text
    m_ui->attachAction->setIcon(widgets::symbolicIcon(u"attach"_s));
    m_ui->removeAttachmentAction->setIcon(widgets::symbolicIcon(u"dismiss"_s));

    setKeys(m_ui->sendAction,
            { QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter) });
    setKeys(m_ui->attachAction,
            { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), QKeySequence(Qt::CTRL | Qt::Key_M) });
    setKeys(m_ui->toAction, { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T) });
    setKeys(m_ui->ccAction, { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C) });
    setKeys(m_ui->bccAction, { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B) });
    setKeys(m_ui->replyToAction, { QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y) });
    setKeys(m_ui->closeAction, { QKeySequence(Qt::CTRL | Qt::Key_W) });
    setKeys(m_ui->nextPaneAction, { QKeySequence(Qt::Key_F6), QKeySequence(Qt::CTRL | Qt::Key_Tab) });
    setKeys(m_ui->previousPaneAction,
            { QKeySequence(Qt::SHIFT | Qt::Key_F6), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab) });
    setKeys(m_ui->removeAttachmentAction, { QKeySequence(QKeySequence::Delete) });
    m_ui->removeAttachmentAction->setShortcutContext(Qt::WidgetShortcut);
    m_ui->attachmentView->addAction(m_ui->removeAttachmentAction);

    m_ui->ccButton->setDefaultAction(m_ui->ccAction);
    m_ui->bccButton->setDefaultAction(m_ui->bccAction);
    m_ui->removeButton->setDefaultAction(m_ui->removeAttachmentAction);

    connect(m_ui->sendAction, &QAction::triggered, this, &ComposeWindow::send);
    connect(m_ui->attachAction, &QAction::triggered, this, &ComposeWindow::chooseFiles);
    connect(m_ui->removeAttachmentAction, &QAction::triggered, this,
            &ComposeWindow::removeSelectedAttachments);
    connect(m_ui->closeAction, &QAction::triggered, this, &QWidget::close);
    const std::pair<QAction *, Row> rows[] = { { m_ui->toAction, Row::To },
                                               { m_ui->ccAction, Row::Cc },
                                               { m_ui->bccAction, Row::Bcc },
                                               { m_ui->replyToAction, Row::ReplyTo } };
    for (const auto &[action, row] : rows)
        connect(action, &QAction::triggered, m_recipients, [this, row = row] { m_recipients->open(row); });
    connect(m_ui->nextPaneAction, &QAction::triggered, this, [this] { focusPane(Direction::Forward); });
    connect(m_ui->previousPaneAction, &QAction::triggered, this, [this] { focusPane(Direction::Backward); });

    connect(m_discardAction, &QAction::triggered, this, [this] {
        m_mayClose = true;
        close();
    });
    connect(m_keepWritingAction, &QAction::triggered, this, [this] {
        m_ui->problemBanner->dismiss();
        m_ui->bodyEdit->setFocus();
    });
    connect(m_ui->attachmentView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ComposeWindow::updateAttachments);
}

// The fields know these keys themselves; the menu shows them and passes its own use on to the field that has
// the focus.
void ComposeWindow::setUpEditActions()
{
    struct EditAction
    {
        QAction *action;
        QKeySequence::StandardKey key;
        const char *slot;
    };
    const EditAction all[] = {
        { m_ui->undoAction, QKeySequence::Undo, "undo" },
        { m_ui->redoAction, QKeySequence::Redo, "redo" },
        { m_ui->cutAction, QKeySequence::Cut, "cut" },
        { m_ui->copyAction, QKeySequence::Copy, "copy" },
        { m_ui->pasteAction, QKeySequence::Paste, "paste" },
        { m_ui->selectAllAction, QKeySequence::SelectAll, "selectAll" },
    };
    for (const EditAction &edit : all) {
        setKeys(edit.action, { QKeySequence(edit.key) });
        connect(edit.action, &QAction::triggered, this, [this, slot = edit.slot] {
            QWidget *field = focusWidget();
            if (qobject_cast<QLineEdit *>(field) || qobject_cast<QTextEdit *>(field))
                QMetaObject::invokeMethod(field, slot);
        });
    }
}

void ComposeWindow::setDraft(const mime::Draft &draft)
{
    fill({ sender().identity.email, joined(draft.to), joined(draft.cc), joined(draft.bcc),
           joined(draft.replyTo), draft.subject, draft.text, draft.html, draft.attachments, draft.fields });
    m_signature.clear();
    updateSignature();
    m_untouched = content();
}

void ComposeWindow::setLink(const mime::MailtoRequest &request)
{
    setDraft(mime::draftFromLink(request));

    QStringList remarks;
    if (!request.bcc.isEmpty())
        remarks.append(
            tr("The link adds hidden recipients in Bcc: %1").arg(widgets::inertText(joined(request.bcc))));
    QList<QAction *> actions;
    for (const mime::MailtoRemark &remark : request.remarks) {
        remarks.append(delivery::sentence(remark));
        if (remark.kind == mime::MailtoRemark::Kind::Attachment)
            actions = { m_ui->attachAction };
    }
    if (remarks.isEmpty())
        return;
    m_ui->problemBanner->showMessage(widgets::Tone::Attention, tr("A link filled in this message."), actions,
                                     remarks.join(u'\n'));
}

void ComposeWindow::restore(const Content &kept)
{
    m_signatureUse = Signature::LeftAlone;
    fill(kept);
    if (const int index = indexOf(accountId(), kept.from); index >= 0)
        m_ui->fromComboBox->setCurrentIndex(index);
    m_untouched = {};
    m_ui->problemBanner->showMessage(
        widgets::Tone::Information,
        tr("This message was not sent yet; it was kept when Postrider was ended."));
}

void ComposeWindow::fill(const Content &content)
{
    m_recipients->fill(Row::To, content.to);
    m_recipients->fill(Row::Cc, content.cc);
    m_recipients->fill(Row::Bcc, content.bcc);
    m_recipients->fill(Row::ReplyTo, content.replyTo);
    m_ui->subjectEdit->setText(content.subject);
    m_ui->bodyEdit->setMessage(content.text, content.html);
    m_attachments->setAttachments(content.attachments);
    m_fields = content.fields;
    focusFirstEmptyField();
}

void ComposeWindow::attachFiles(const QStringList &paths)
{
    m_refusals.clear();
    m_attachments->addFiles(paths);
}

base::Expected<mime::Draft, DraftProblem> ComposeWindow::draft() const
{
    using Field = DraftProblem::Field;
    using Kind = DraftProblem::Kind;

    mime::Draft draft;
    const accounts::Identity identity = sender().identity;
    const auto from = mime::parseMailbox(identity.email);
    if (!from)
        return base::Unexpected(DraftProblem { Kind::BadAddress, Field::From, from.error() });
    draft.from = *from;
    draft.from.name = identity.displayName;

    const std::tuple<Row, Field, QList<mime::Mailbox> *> lists[]
        = { { Row::To, Field::To, &draft.to },
            { Row::Cc, Field::Cc, &draft.cc },
            { Row::Bcc, Field::Bcc, &draft.bcc },
            { Row::ReplyTo, Field::ReplyTo, &draft.replyTo } };
    for (const auto &[row, field, mailboxes] : lists) {
        auto read = m_recipients->mailboxes(row);
        if (!read)
            return base::Unexpected(DraftProblem { Kind::BadAddress, field, read.error() });
        *mailboxes = *std::move(read);
    }
    if (draft.to.isEmpty() && draft.cc.isEmpty() && draft.bcc.isEmpty())
        return base::Unexpected(DraftProblem { Kind::NoRecipient, Field::To, {} });

    draft.subject = m_ui->subjectEdit->text();
    draft.html = m_ui->bodyEdit->messageHtml();
    if (draft.html.isEmpty())
        draft.text = m_ui->bodyEdit->toPlainText(); // otherwise the plain form is made from the HTML
    draft.attachments = m_attachments->attachments();
    draft.fields = m_fields;
    return draft;
}

void ComposeWindow::send()
{
    if (m_activity == Activity::Saving)
        return;
    const auto finished = draft();
    if (!finished) {
        tell(finished.error());
        return;
    }
    m_ui->problemBanner->dismiss();
    setActivity(Activity::Saving);
    Q_EMIT sendRequested(*finished, accountId());
}

void ComposeWindow::sendSucceeded()
{
    m_activity = Activity::Writing;
    m_mayClose = true;
    close();
}

void ComposeWindow::sendFailed(const QString &sentence)
{
    setActivity(Activity::Writing);
    m_ui->problemBanner->showMessage(widgets::Tone::Problem, sentence, {}, tr("The text stays open here."));
}

void ComposeWindow::keepingFailed(const QString &reason)
{
    m_ui->problemBanner->showMessage(
        widgets::Tone::Problem,
        tr("Postrider did not end, because this text could not be kept (%1).").arg(reason), {},
        tr("The text stays open here."));
}

void ComposeWindow::setActivity(Activity activity)
{
    m_activity = activity;
    const bool saving = activity == Activity::Saving;
    if (saving)
        m_focusBeforeSaving = focusWidget();
    m_ui->messageWidget->setDisabled(saving);
    for (QAction *action : { m_ui->sendAction, m_ui->attachAction, m_ui->closeAction })
        action->setDisabled(saving);
    m_ui->stateLabel->setText(saving ? tr("Saving…") : QString());
    m_ui->stateLabel->setVisible(saving);
    if (!saving && m_focusBeforeSaving)
        m_focusBeforeSaving->setFocus();
}

void ComposeWindow::tell(const DraftProblem &problem)
{
    QString sentence;
    switch (problem.kind) {
    case DraftProblem::Kind::BadAddress:
        sentence = delivery::sentence(problem.address);
        break;
    case DraftProblem::Kind::NoRecipient:
        sentence = tr("Nobody is in To, Cc or Bcc. Type at least one address.");
        break;
    }
    m_ui->problemBanner->showMessage(widgets::Tone::Problem, sentence);

    switch (problem.field) {
    case DraftProblem::Field::From:
        m_ui->fromComboBox->setFocus();
        break;
    case DraftProblem::Field::To:
        m_recipients->showFault(Row::To);
        break;
    case DraftProblem::Field::Cc:
        m_recipients->showFault(Row::Cc);
        break;
    case DraftProblem::Field::Bcc:
        m_recipients->showFault(Row::Bcc);
        break;
    case DraftProblem::Field::ReplyTo:
        m_recipients->showFault(Row::ReplyTo);
        break;
    }
}

void ComposeWindow::tellRefusedFile(const QString &path, const QString &reason)
{
    //: A file that could not be attached, and why, in the system's words.
    m_refusals.append(
        tr("%1 can't be attached: %2.").arg(widgets::inertText(QFileInfo(path).fileName()), reason));
    m_ui->problemBanner->showMessage(widgets::Tone::Problem, m_refusals.join(u'\n'));
}

void ComposeWindow::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setLabelText(QFileDialog::Accept, tr("Attach"));
    connect(dialog, &QFileDialog::filesSelected, this, &ComposeWindow::attachFiles);
    dialog->open();
}

void ComposeWindow::removeSelectedAttachments()
{
    QList<int> rows;
    const QModelIndexList selected = m_ui->attachmentView->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end(), std::greater<int>());
    for (const int row : std::as_const(rows))
        m_attachments->removeAt(row);
    if (m_attachments->rowCount() == 0)
        m_ui->bodyEdit->setFocus();
}

void ComposeWindow::updateAttachments()
{
    const int count = m_attachments->rowCount();
    m_ui->attachmentWidget->setVisible(count > 0);
    //: Above the list of attachments; %1 is their size together: "2 files, 19.4 MB".
    m_ui->attachmentLabel->setText(
        tr("%n file(s), %1", nullptr, count).arg(QLocale().formattedDataSize(m_attachments->totalSize())));
    m_ui->removeAttachmentAction->setEnabled(m_ui->attachmentView->selectionModel()->hasSelection());
}

void ComposeWindow::updateTitle()
{
    const QString subject = m_ui->subjectEdit->text().simplified();
    setWindowTitle(subject.isEmpty() ? tr("New message") : subject);
}

void ComposeWindow::focusPane(Direction direction)
{
    QList<QWidget *> panes { m_ui->toEdit, m_ui->bodyEdit };
    if (m_ui->attachmentWidget->isVisible())
        panes.append(m_ui->attachmentView);
    // Every header field counts as the first pane.
    qsizetype current = qMax<qsizetype>(0, panes.indexOf(focusWidget()));
    current += direction == Direction::Forward ? 1 : panes.size() - 1;
    panes.at(current % panes.size())->setFocus(Qt::ShortcutFocusReason);
}

void ComposeWindow::focusFirstEmptyField()
{
    if (m_ui->toEdit->isBlank())
        m_ui->toEdit->setFocus();
    else if (m_ui->subjectEdit->text().isEmpty())
        m_ui->subjectEdit->setFocus();
    else
        m_ui->bodyEdit->setFocus();
}

ComposeWindow::Content ComposeWindow::content() const
{
    return { sender().identity.email,          m_recipients->text(Row::To),
             m_recipients->text(Row::Cc),      m_recipients->text(Row::Bcc),
             m_recipients->text(Row::ReplyTo), m_ui->subjectEdit->text(),
             m_ui->bodyEdit->toPlainText(),    m_ui->bodyEdit->messageHtml(),
             m_attachments->attachments(),     m_fields };
}

bool ComposeWindow::hasUnsentText() const
{
    return !m_mayClose && content() != m_untouched;
}

void ComposeWindow::askBeforeClosing()
{
    m_ui->problemBanner->showMessage(widgets::Tone::Attention, tr("This message has not been sent."),
                                     { m_discardAction, m_keepWritingAction },
                                     tr("Closing the window discards it."));
}

void ComposeWindow::closeEvent(QCloseEvent *event)
{
    if (m_activity == Activity::Saving) {
        event->ignore();
    } else if (hasUnsentText()) {
        askBeforeClosing();
        event->ignore();
    } else {
        event->accept();
        Q_EMIT finished();
    }
}

void ComposeWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_activity == Activity::Saving || localFiles(event->mimeData()).isEmpty())
        return;
    m_ui->stateLabel->setText(tr("Drop the files anywhere here to attach them."));
    m_ui->stateLabel->show();
    event->acceptProposedAction();
}

void ComposeWindow::dragLeaveEvent(QDragLeaveEvent *event)
{
    m_ui->stateLabel->hide();
    QMainWindow::dragLeaveEvent(event);
}

void ComposeWindow::dropEvent(QDropEvent *event)
{
    m_ui->stateLabel->hide();
    attachFiles(localFiles(event->mimeData()));
    event->acceptProposedAction();
}

bool ComposeWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Ignored by the field, the drag goes to the window behind it.
    if (event->type() == QEvent::DragEnter
        && !localFiles(static_cast<QDragEnterEvent *>(event)->mimeData()).isEmpty()) {
        event->ignore();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace postrider::compose
