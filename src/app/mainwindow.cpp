// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/mainwindow.h"

#include "app/ui_mainwindow.h"

#include "app/accountwindows.h"
#include "app/caughtmessagedialog.h"
#include "app/unsentmessages.h"
#include "base/version.h"
#include "compose/composewindow.h"
#include "delivery/queuemodel.h"
#include "delivery/words/words.h"
#include "mime/address/mailto.h"
#include "widgets/fittoscreen.h"
#include "widgets/symbolicicon.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QUuid>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::app {

using accounts::Account;
using compose::ComposeWindow;
using delivery::PostOffice;
using delivery::Trouble;
using outbox::AccountHold;

namespace {

mime::Draft sampleDraft()
{
    mime::Draft draft;
    draft.to = { { QCoreApplication::translate("postrider::app::MainWindow", "A friend"), u"friend"_s,
                   u"example.net"_s } };
    draft.subject
        = QCoreApplication::translate("postrider::app::MainWindow", "My first message with Postrider");
    draft.text = QCoreApplication::translate(
        "postrider::app::MainWindow",
        "Hello,\n\n"
        "this message goes to the practice mailbox: nothing leaves this computer.\n"
        "Press Send, and look at what was caught.\n");
    return draft;
}

QString stateWord(const AccountHold &hold)
{
    switch (hold.state) {
    case AccountHold::State::Ready:
        return MainWindow::tr("ready");
    case AccountHold::State::Waiting:
        return MainWindow::tr("waiting");
    case AccountHold::State::Held:
        return MainWindow::tr("needs you");
    }
    Q_UNREACHABLE();
}

} // namespace

MainWindow::MainWindow(PostOffice &postOffice, const base::Clock &clock, Start start, QWidget *parent)
    : QMainWindow(parent)
    , m_postOffice(postOffice)
    , m_ui(std::make_unique<Ui::MainWindow>())
    , m_statusLabel(new QLabel(this))
    , m_setUpAction(new QAction(tr("Set up an account"), this))
    , m_showCaughtAction(new QAction(tr("Show the caught message"), this))
    , m_unsentMessages(std::make_unique<UnsentMessages>(postOffice.profileFolder()))
    , m_accountWindows(new AccountWindows(postOffice, clock, this))
    , m_start(start)
{
    m_ui->setupUi(this);
    widgets::fitToScreen(*this);
    m_statusLabel->setTextFormat(Qt::PlainText);
    m_ui->statusBar->addWidget(m_statusLabel, 1);
    m_ui->practiceBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    auto *model = new delivery::QueueModel(postOffice, clock, this);
    m_ui->outboxView->setModel(model);
    m_ui->undoStrip->follow(*model, clock);
    setUpActions();

    connect(m_ui->outboxView, &outboxview::OutboxView::actionRequested, this, &MainWindow::act);
    connect(m_ui->outboxView, &outboxview::OutboxView::retryAllRequested, this, &MainWindow::retryAll);
    connect(m_ui->outboxView, &outboxview::OutboxView::correctionRequested, this,
            &MainWindow::correctRecipient);
    connect(m_ui->outboxView, &outboxview::OutboxView::detailsWanted, this, &MainWindow::showMessageDetails);
    connect(m_ui->outboxView, &outboxview::OutboxView::reopenRequested, this, &MainWindow::undo);
    connect(m_ui->undoStrip, &UndoStrip::undoRequested, this, &MainWindow::undo);
    connect(m_ui->undoStrip, &UndoStrip::sendNowRequested, this,
            [this](const outbox::MessageId &id) { act({ id }, PostOffice::Action::Release); });
    connect(m_ui->undoStrip, &UndoStrip::counted, m_ui->outboxView, &outboxview::OutboxView::refreshTimes);
    connect(m_ui->accountStrips, &AccountStrips::passwordWanted, m_accountWindows,
            &AccountWindows::askForPassword);
    connect(m_ui->accountStrips, &AccountStrips::signInWanted, m_accountWindows,
            &AccountWindows::signInAgain);
    connect(m_ui->accountStrips, &AccountStrips::retryWanted, this, &MainWindow::retryAll);
    connect(m_ui->accountStrips, &AccountStrips::serverWanted, m_accountWindows,
            &AccountWindows::lookAtServer);
    connect(m_ui->outboxView, &outboxview::OutboxView::serverWanted, m_accountWindows,
            &AccountWindows::lookAtServer);
    connect(m_accountWindows, &AccountWindows::practiceChosen, this,
            [this] { composeMessage(sampleDraft(), Account::practiceId()); });
    connect(m_accountWindows, &AccountWindows::writeWanted, this,
            [this](const QString &accountId) { composeMessage({}, accountId); });
    connect(m_accountWindows, &AccountWindows::troubled, this, &MainWindow::tell);
    connect(m_accountWindows, &AccountWindows::noticed, this,
            [this](const QString &sentence, const QList<QAction *> &actions) {
                m_ui->noticeBanner->showMessage(widgets::Tone::Attention, sentence, actions);
            });

    connect(&m_postOffice, &PostOffice::opened, this, &MainWindow::handleOpened);
    connect(&m_postOffice, &PostOffice::openFailed, this, &MainWindow::handleOpenFailed);
    connect(&m_postOffice, &PostOffice::accountsChanged, this, &MainWindow::updateAccounts);
    connect(&m_postOffice, &PostOffice::outboxChanged, this, &MainWindow::updateHolds);
    connect(&m_postOffice, &PostOffice::troubled, this, &MainWindow::tellWhatStops);
    connect(&m_postOffice, &PostOffice::practiceCaught, this, &MainWindow::showCaught);
    connect(&m_postOffice, &PostOffice::copyFailed, this, [this](const outbox::FileError &error) {
        m_ui->noticeBanner->showMessage(widgets::Tone::Attention, delivery::copySentence(error));
    });
}

MainWindow::~MainWindow() = default;

void MainWindow::setUpActions()
{
    m_ui->newMessageAction->setIcon(widgets::symbolicIcon(u"new"_s));
    m_ui->newMessageAction->setShortcut(QKeySequence(QKeySequence::New));
    m_ui->sendAllAction->setIcon(widgets::symbolicIcon(u"send"_s));
    m_ui->sendAllAction->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F5));
    m_ui->quitAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    m_ui->quitAction->setMenuRole(QAction::QuitRole);
    m_ui->accountsAction->setIcon(widgets::symbolicIcon(u"account"_s));
    m_ui->aboutAction->setMenuRole(QAction::AboutRole);
    m_ui->messageMenu->addActions(m_ui->outboxView->messageActions());
    addAction(m_ui->undoStrip->undoAction()); // its key counts in the whole window

    for (QAction *needsProfile : { m_ui->newMessageAction, m_ui->sendAllAction, m_ui->accountsAction })
        needsProfile->setEnabled(false);

    const auto newMessage = [this] { composeMessage({}, {}); };
    connect(m_ui->newMessageAction, &QAction::triggered, this, newMessage);
    connect(m_ui->outboxView, &outboxview::OutboxView::newMessageRequested, this, newMessage);
    connect(m_ui->sendAllAction, &QAction::triggered, this, &MainWindow::retryAll);
    connect(m_ui->accountsAction, &QAction::triggered, m_accountWindows, &AccountWindows::manage);
    connect(m_ui->aboutAction, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_ui->quitAction, &QAction::triggered, this, &MainWindow::quit);
    connect(m_setUpAction, &QAction::triggered, m_accountWindows, &AccountWindows::setUp);
    connect(m_showCaughtAction, &QAction::triggered, this, [this] {
        auto *dialog = new CaughtMessageDialog(m_lastCaught, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
}

void MainWindow::handleOpened(const PostOffice::OpenReport &report)
{
    for (QAction *needsProfile : { m_ui->newMessageAction, m_ui->sendAllAction, m_ui->accountsAction })
        needsProfile->setEnabled(true);

    QStringList told;
    if (!report.damagedDatabase.isEmpty())
        told.append(tr("The outbox could not be read. It was kept as %1, and a new one was begun.")
                        .arg(QFileInfo(report.damagedDatabase).fileName()));
    if (!report.damagedAccounts.isEmpty())
        told.append(tr("The accounts could not be read. They were kept as %1; set them up again.")
                        .arg(QFileInfo(report.damagedAccounts).fileName()));
    const UnsentMessages::Loaded unsent = m_unsentMessages->load();
    for (const QString &path : unsent.setAside)
        told.append(tr("A message that was not sent yet could not be read. It was kept as %1.")
                        .arg(QDir(m_postOffice.profileFolder()).relativeFilePath(path)));
    if (!told.isEmpty())
        m_ui->noticeBanner->showMessage(widgets::Tone::Problem, told.join(u'\n'), {},
                                        tr("The files are in %1.").arg(m_postOffice.profileFolder()));

    updateAccounts();
    for (const UnsentMessage &message : unsent.messages)
        reopen(message);
    m_isOpen = true;
    const QStringList links = std::exchange(m_links, {});
    for (const QString &link : links)
        openLink(link);
    if (m_start == Start::Practice)
        composeMessage(sampleDraft(), Account::practiceId());
    else if (m_postOffice.accounts().isEmpty() && told.isEmpty() && unsent.messages.isEmpty()
             && links.isEmpty())
        beginOrdinarily();
}

// Whoever has already practised is not asked again at every start.
void MainWindow::beginOrdinarily()
{
    m_postOffice.list(1, 0, this,
                      [this](const base::Expected<QList<outbox::MessageSummary>, Trouble> &messages) {
                          if (messages && messages->isEmpty())
                              m_accountWindows->setUp();
                      });
}

void MainWindow::handleOpenFailed(const Trouble &trouble)
{
    m_ui->noticeBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->noticeBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble), {},
                                    tr("The profile is %1.").arg(m_postOffice.profileFolder()));
    m_ui->outboxView->setEnabled(false);
}

QList<Account> MainWindow::allAccounts() const
{
    return m_postOffice.accounts() + QList<Account> { PostOffice::practiceAccount() };
}

QString MainWindow::defaultAccountId() const
{
    const QList<Account> accounts = m_postOffice.accounts();
    return accounts.isEmpty() ? Account::practiceId() : accounts.constFirst().id;
}

ComposeWindow *MainWindow::composeMessage(const mime::Draft &draft, const QString &accountId)
{
    ComposeWindow *window = openComposer(QUuid::createUuid().toString(QUuid::WithoutBraces),
                                         accountId.isEmpty() ? defaultAccountId() : accountId);
    window->setDraft(draft);
    return window;
}

void MainWindow::openLink(const QString &uri)
{
    if (!m_isOpen) {
        m_links.append(uri);
        return;
    }
    const auto request = mime::parseMailto(uri);
    if (request)
        composeMessage({}, {})->setLink(*request);
    else
        m_ui->noticeBanner->showMessage(widgets::Tone::Problem, delivery::sentence(request.error()));
}

void MainWindow::reopen(const UnsentMessage &message)
{
    openComposer(message.id, message.accountId)->restore(message.content);
}

ComposeWindow *MainWindow::openComposer(const QString &id, const QString &accountId)
{
    auto *window = new ComposeWindow;
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setAccounts(allAccounts(), accountId);
    window->setPersonalDictionary(m_postOffice.profileFolder() + "/dictionary.txt"_L1);
    m_composers.insert(window, id);
    connect(window, &ComposeWindow::finished, this, [this, id] { m_unsentMessages->remove(id); });
    connect(window, &QObject::destroyed, this, [this, window] { m_composers.remove(window); });
    connect(window, &ComposeWindow::sendRequested, this,
            [this, window](const mime::Draft &draft, const QString &sender) { send(window, draft, sender); });
    connect(&m_postOffice, &PostOffice::accountsChanged, window,
            [this, window] { window->setAccounts(allAccounts(), defaultAccountId()); });
    window->show();
    return window;
}

void MainWindow::send(ComposeWindow *window, const mime::Draft &draft, const QString &accountId)
{
    outbox::SendOptions options;
    options.accountId = accountId;
    options.undoWindow = m_postOffice.settings().undoWindow;
    m_postOffice.send(draft, options, window,
                      [this, window](const base::Expected<outbox::MessageId, Trouble> &id) {
                          if (id) {
                              window->sendSucceeded();
                              m_ui->outboxView->select(*id);
                              activateWindow();
                          } else {
                              window->sendFailed(delivery::sentence(id.error()));
                          }
                          if (m_isEnding)
                              end();
                      });
}

void MainWindow::act(const QList<outbox::MessageId> &ids, PostOffice::Action action)
{
    for (const outbox::MessageId &id : ids) {
        m_postOffice.act(id, action, this, [this](const base::Expected<void, Trouble> &done) {
            if (!done)
                tell(done.error());
        });
    }
}

/// Takes a message back and opens it to write on; one that was cancelled before is only opened.
void MainWindow::undo(const outbox::MessageId &id)
{
    m_postOffice.find(id, this, [this, id](const base::Expected<outbox::MessageDetails, Trouble> &details) {
        if (!details)
            return tell(details.error());
        if (details->summary.state == outbox::MessageState::Draft)
            return reopen(*details);
        m_postOffice.act(id, PostOffice::Action::Cancel, this,
                         [this, details = *details](const base::Expected<void, Trouble> &cancelled) {
                             if (cancelled)
                                 reopen(details);
                             else
                                 tell(cancelled.error());
                         });
    });
}

void MainWindow::reopen(const outbox::MessageDetails &message)
{
    const bool isFile = message.draft.from.localPart.isEmpty();
    if (isFile) {
        m_ui->noticeBanner->showMessage(
            widgets::Tone::Information,
            tr("Another program wrote this message: it can't be changed here, and it will not be sent."));
        return;
    }
    composeMessage(message.draft, message.summary.accountId);
}

void MainWindow::correctRecipient(const outbox::MessageId &id, const outbox::Correction &correction)
{
    m_postOffice.correctRecipients(id, { correction }, this,
                                   [this](const base::Expected<void, Trouble> &done) {
                                       if (!done)
                                           tell(done.error());
                                   });
}

void MainWindow::retryAll()
{
    m_postOffice.retryAll(this, [this](const base::Expected<void, Trouble> &done) {
        if (!done)
            tell(done.error());
    });
}

void MainWindow::showMessageDetails(const outbox::MessageId &id)
{
    m_postOffice.find(id, this, [this](const base::Expected<outbox::MessageDetails, Trouble> &details) {
        // A message that is gone meanwhile leaves the list by itself.
        if (details)
            m_ui->outboxView->showDetails(*details);
    });
}

void MainWindow::tell(const Trouble &trouble)
{
    m_ui->noticeBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble));
}

void MainWindow::tellWhatStops(const Trouble &trouble)
{
    m_ui->noticeBanner->showMessage(
        widgets::Tone::Problem, delivery::sentence(trouble), {},
        tr("Nothing can be sent as long as that lasts. Postrider goes on trying by itself, and your messages "
           "stay in the Outbox. The profile is %1.")
            .arg(m_postOffice.profileFolder()));
}

void MainWindow::updateAccounts()
{
    const QList<Account> accounts = m_postOffice.accounts();
    if (!accounts.isEmpty())
        m_ui->practiceBanner->dismiss();
    else if (!m_ui->practiceBanner->isVisibleTo(this))
        m_ui->practiceBanner->showMessage(widgets::Tone::Practice,
                                          tr("Practice: nothing leaves this computer."), { m_setUpAction });
    m_ui->accountStrips->keepOnly(allAccounts());
    m_accountWindows->update();
    updateHolds();
}

void MainWindow::updateHolds()
{
    const QList<Account> accounts = allAccounts();
    for (const Account &account : accounts) {
        m_postOffice.accountHold(account.id, this,
                                 [this, account](const base::Expected<AccountHold, Trouble> &hold) {
                                     if (hold)
                                         showHold(account, *hold);
                                 });
    }
    updateStatus();
}

void MainWindow::showHold(const Account &account, const AccountHold &hold)
{
    m_holds.insert(account.id, hold);
    if (m_postOffice.account(account.id))
        m_ui->accountStrips->showHold(account, hold);
    updateStatus();
}

void MainWindow::updateStatus()
{
    const QList<Account> real = m_postOffice.accounts();
    QStringList words;
    for (const Account &account : real.isEmpty() ? allAccounts() : real) {
        //: An account's name and its state in one or two words: "example.org: ready".
        words.append(tr("%1: %2").arg(account.name, stateWord(m_holds.value(account.id))));
    }
    if (!m_postOffice.isDelivering())
        words.append(tr("another Postrider is sending from this Outbox"));
    m_statusLabel->setText(words.join(u" · "_s));
}

void MainWindow::showCaught(const QString &emlPath)
{
    m_lastCaught = emlPath;
    m_ui->noticeBanner->showMessage(
        widgets::Tone::Good, tr("Caught here, not sent."), { m_showCaughtAction },
        tr("The practice mailbox has the message. It is in the file %1.").arg(emlPath));
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Postrider"));
    box->setTextFormat(Qt::PlainText);
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("Postrider %1").arg(base::version()));
    QStringList lines { tr("Sends mail, and does only that."),
                        tr("Free software under the GNU General Public License, version 3 or later.") };
    if (!base::revision().isEmpty())
        lines.append(tr("Built from revision %1.").arg(base::revision()));
    box->setInformativeText(lines.join(u'\n'));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

// Composers first: one with unsent text stays, says so, and nothing else closes.
void MainWindow::quit()
{
    const QList<ComposeWindow *> windows = m_composers.keys();
    for (ComposeWindow *window : windows) {
        if (!window->close()) {
            window->activateWindow();
            return;
        }
    }
    m_accountWindows->keepSetUp();
    QApplication::closeAllWindows();
}

// The program may end with this window; nobody is asked about a set-up then.
void MainWindow::closeEvent(QCloseEvent *event)
{
    m_accountWindows->keepSetUp();
    QMainWindow::closeEvent(event);
}

bool MainWindow::keepUnsentMessages()
{
    bool all = true;
    for (auto composer = m_composers.cbegin(); composer != m_composers.cend(); ++composer) {
        ComposeWindow *window = composer.key();
        if (window->isSaving() || !window->hasUnsentText())
            continue;
        const auto kept
            = m_unsentMessages->keep({ composer.value(), window->accountId(), window->content() });
        if (kept)
            continue;
        all = false;
        window->keepingFailed(kept.error());
    }
    return all;
}

void MainWindow::end()
{
    const QList<ComposeWindow *> windows = m_composers.keys();
    m_isEnding = std::any_of(windows.cbegin(), windows.cend(),
                             [](ComposeWindow *window) { return window->isSaving(); });
    if (m_isEnding || !keepUnsentMessages())
        return;
    m_accountWindows->keepSetUp();
    // What would be typed from now on would not be kept.
    for (QWidget *window : windows)
        window->setEnabled(false);
    setEnabled(false);
    m_postOffice.close();
}

} // namespace postrider::app
