// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/expected.h"
#include "mime/address/mailto.h"
#include "mime/draft.h"

#include <QList>
#include <QMainWindow>
#include <QPointer>
#include <QString>
#include <QStringList>

#include <memory>

namespace postrider::compose {

namespace Ui {
class ComposeWindow;
}

class AttachmentModel;
class BodyTools;
class RecipientRows;

/// Why what stands in a compose window is no message yet.
struct DraftProblem
{
    enum class Field { From, To, Cc, Bcc, ReplyTo };
    enum class Kind {
        BadAddress, ///< see address
        NoRecipient,
    };
    Kind kind = Kind::BadAddress;
    Field field = Field::To;
    mime::AddressError address {};
};

/**
 * The window in which a person writes one message.
 *
 * It knows no outbox: Send checks what was typed and emits sendRequested(); until sendSucceeded() or
 * sendFailed() answers, the fields are locked, and the window closes only after the former. What is wrong is
 * said in a bar inside the window, beside the text, never in a window of its own.
 *
 * Closing with changes asks in the same bar; an untouched window closes silently.
 */
class ComposeWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// What a person can change. To, Cc, Bcc and Reply-To are as typed: they need not be addresses yet.
    struct Content
    {
        QString from {}; ///< the identity's address
        QString to {};
        QString cc {};
        QString bcc {};
        QString replyTo {};
        QString subject {};
        QString text {};
        QString html {}; ///< of a message with formatting; empty: it is plain text
        QList<mime::Attachment> attachments {};
        mime::MessageFields
            fields {}; ///< what no field of the window shows, such as which message is answered
        friend bool operator==(const Content &, const Content &) = default;
    };

    explicit ComposeWindow(QWidget *parent = nullptr);
    ~ComposeWindow() override;
    Q_DISABLE_COPY_MOVE(ComposeWindow)

    /// The choices of From, which are all identities; keeps the present choice if it is among them, else
    /// takes the own address of currentId.
    void setAccounts(const QList<accounts::Account> &accounts, const QString &currentId);
    /// Fills the window and puts the caret into the first empty field of To, Subject and text. The draft's
    /// From is not used: it is the account's.
    void setDraft(const mime::Draft &draft);
    /// Fills the window with what a mailto link asks for, and tells in the bar what of it a person should
    /// look at: hidden recipients first, then what was left out. A file that the link names is not opened;
    /// the bar offers the choice of one instead.
    void setLink(const mime::MailtoRequest &request);
    /// Fills the window with what was kept of another one. It counts as unsent text from the start.
    void restore(const Content &content);
    void attachFiles(const QStringList &paths);
    /// The file of words that a person adds while checking the spelling.
    void setPersonalDictionary(const QString &path);

    [[nodiscard]] base::Expected<mime::Draft, DraftProblem> draft() const;
    [[nodiscard]] Content content() const;
    [[nodiscard]] QString accountId() const;
    /// Whether something would be lost if the window went away now.
    [[nodiscard]] bool hasUnsentText() const;
    /// Whether sendRequested() waits for its answer.
    [[nodiscard]] bool isSaving() const { return m_activity == Activity::Saving; }

public Q_SLOTS:
    void sendSucceeded();
    void sendFailed(const QString &sentence);
    /// Says why the program did not end although it was asked to: this text would have been lost.
    void keepingFailed(const QString &reason);

Q_SIGNALS:
    void sendRequested(const postrider::mime::Draft &draft, const QString &accountId);
    /// The message was sent, discarded or never written: the window closes and nothing of it is needed.
    void finished();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Activity { Writing, Saving };
    enum class Direction { Forward, Backward };
    /// One choice of From.
    struct Sender
    {
        accounts::Account account {};
        accounts::Identity identity {};
    };
    /// Whether the text's end is the program's to change.
    enum class Signature {
        Managed,   ///< it is put there, and another one in its place, as long as nobody edited it
        LeftAlone, ///< a person has had this text already
    };

    void setUpActions();
    void setUpEditActions();
    void setUpText();
    void setActivity(Activity activity);
    void send();
    void chooseFiles();
    void removeSelectedAttachments();
    void focusPane(Direction direction);
    void updateAccount();
    [[nodiscard]] Sender sender() const;
    [[nodiscard]] int indexOf(const QString &accountId, const QString &address) const;
    void updateSignature();
    void updateAttachments();
    void updateTitle();
    void fill(const Content &content);
    void tell(const DraftProblem &problem);
    void tellRefusedFile(const QString &path, const QString &reason);
    void tellRefusedPicture(const QString &path, const QString &reason);
    void askBeforeClosing();
    void focusFirstEmptyField();

    std::unique_ptr<Ui::ComposeWindow> m_ui;
    AttachmentModel *m_attachments;
    RecipientRows *m_recipients;
    BodyTools *m_bodyTools = nullptr;
    QAction *m_discardAction;
    QAction *m_keepWritingAction;
    QList<Sender> m_senders {};
    Signature m_signatureUse = Signature::Managed;
    QString m_signature {}; ///< with its delimiter, as it stands at the text's end; empty: none
    Content m_untouched {};
    mime::MessageFields m_fields {};
    QStringList m_refusals {};
    QPointer<QWidget> m_focusBeforeSaving {};
    Activity m_activity = Activity::Writing;
    bool m_mayClose = false; ///< sent, or discarded by the person
};

} // namespace postrider::compose
