// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/postoffice.h"

#include <QHash>
#include <QMainWindow>

#include <memory>

class QLabel;

namespace postrider::compose {
class ComposeWindow;
}

namespace postrider::app {

namespace Ui {
class MainWindow;
}

class AccountWindows;
class UnsentMessages;
struct UnsentMessage;

/**
 * The window with the outbox. It joins the windows with the post office: a composer's finished message goes
 * to send(), the outbox's actions to act(), an account's trouble to a form for its password.
 *
 * It follows the post office, which must outlive it; whoever made it opens and closes the post office.
 */
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// What comes first once the profile is open.
    enum class Start {
        Ordinary, ///< the outbox; on a profile with nothing in it, setting up an account
        Practice, ///< a sample message to the practice mailbox, ready to be sent
    };

    MainWindow(delivery::PostOffice &postOffice, const base::Clock &clock, Start start,
               QWidget *parent = nullptr);
    ~MainWindow() override;
    Q_DISABLE_COPY_MOVE(MainWindow)

    /// Opens a window to write in. An empty account id: the first account, or practice while there is none.
    compose::ComposeWindow *composeMessage(const mime::Draft &draft, const QString &accountId);

    /// Opens a window with what a mailto link asks for; before the profile is open, as soon as it is. Nothing
    /// is sent without the person.
    void openLink(const QString &uri);

    /// Keeps the unsent text of every composer for the next start. False when one could not be kept; its
    /// composer says so.
    bool keepUnsentMessages();
    /**
     * Ends without asking anybody: for a signal and for the end of the session. Unsent text is kept, then
     * the post office closes. A message that is just being committed gets its answer first, since it would
     * be there twice otherwise. Where text cannot be kept, nothing ends.
     */
    void end();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void setUpActions();
    void handleOpened(const delivery::PostOffice::OpenReport &report);
    void handleOpenFailed(const delivery::Trouble &trouble);
    void beginOrdinarily();
    compose::ComposeWindow *openComposer(const QString &id, const QString &accountId);
    void reopen(const UnsentMessage &message);
    void send(compose::ComposeWindow *window, const mime::Draft &draft, const QString &accountId);
    void act(const QList<outbox::MessageId> &ids, delivery::PostOffice::Action action);
    void undo(const outbox::MessageId &id);
    void reopen(const outbox::MessageDetails &message);
    void correctRecipient(const outbox::MessageId &id, const outbox::Correction &correction);
    void retryAll();
    void showMessageDetails(const outbox::MessageId &id);
    void updateAccounts();
    void updateHolds();
    void showHold(const accounts::Account &account, const outbox::AccountHold &hold);
    void updateStatus();
    void showCaught(const QString &emlPath);
    void showAbout();
    void quit();
    void tell(const delivery::Trouble &trouble);
    void tellWhatStops(const delivery::Trouble &trouble);
    [[nodiscard]] QList<accounts::Account> allAccounts() const;
    [[nodiscard]] QString defaultAccountId() const;

    delivery::PostOffice &m_postOffice;
    std::unique_ptr<Ui::MainWindow> m_ui;
    QLabel *m_statusLabel;
    QAction *m_setUpAction;
    QAction *m_showCaughtAction;
    QHash<QString, outbox::AccountHold> m_holds {};
    std::unique_ptr<UnsentMessages> m_unsentMessages;
    AccountWindows *m_accountWindows;
    QHash<compose::ComposeWindow *, QString> m_composers {}; ///< and what their text is kept as
    QString m_lastCaught {};                                 ///< the file
    QStringList m_links {};                                  ///< wait for the profile
    Start m_start;
    bool m_isOpen = false;
    bool m_isEnding = false;
};

} // namespace postrider::app
