// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/setupwindow.h"

#include "setup/ui_setupwindow.h"

#include "setup/addresspage.h"
#include "setup/manualpage.h"
#include "setup/personname.h"
#include "setup/proofpage.h"
#include "setup/serversearchpage.h"
#include "setup/servicepage.h"
#include "setup/signinpage.h"
#include "widgets/fittoscreen.h"

#include <QAction>
#include <QJsonObject>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postrider::setup {

namespace {

constexpr int Steps = 4;

} // namespace

SetupWindow::SetupWindow(Services services, WelcomePage::Practice practice, const SetupDraft &kept,
                         QWidget *parent)
    : QDialog(parent)
    , m_services(std::move(services))
    , m_draft(kept)
    , m_proof(m_services)
    , m_practice(practice)
    , m_ui(std::make_unique<Ui::SetupWindow>())
    , m_keepAction(new QAction(tr("Keep"), this))
    , m_discardAction(new QAction(tr("Discard"), this))
    , m_goOnAction(new QAction(tr("Go on"), this))
{
    m_ui->setupUi(this);
    QFont large = m_ui->titleLabel->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_ui->titleLabel->setFont(large);
    m_ui->questionBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    // The buttons keep their places whatever they say.
    int width = 0;
    for (const QString &text : { tr("&Next >"), tr("&Write a message") }) {
        m_ui->nextButton->setText(text);
        width = std::max(width, m_ui->nextButton->sizeHint().width());
    }
    m_ui->nextButton->setMinimumWidth(width);
    makePages();
    widgets::fitToScreen(*this);

    connect(m_ui->nextButton, &QPushButton::clicked, this, &SetupWindow::goOn);
    connect(m_ui->backButton, &QPushButton::clicked, this, &SetupWindow::goBack);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &SetupWindow::reject);
    connect(m_ui->doneButton, &QPushButton::clicked, this, [this] {
        m_afterwards = Afterwards::Nothing;
        save(m_signIn->keeping());
    });
    connect(m_keepAction, &QAction::triggered, this, &SetupWindow::keepAndLeave);
    connect(m_discardAction, &QAction::triggered, this, [this] { leave({}); });
    connect(m_goOnAction, &QAction::triggered, this, [this] {
        m_ui->questionBanner->dismiss();
        current()->firstField()->setFocus(Qt::OtherFocusReason);
    });
    showPage(m_draft.isEmpty() ? static_cast<SetupPage *>(m_welcome) : m_address);
    if (!m_draft.isEmpty())
        m_way = { m_welcome };
    followPage();
}

SetupWindow::~SetupWindow() = default;

void SetupWindow::makePages()
{
    m_welcome = new WelcomePage(m_draft, m_services, m_practice);
    m_service = new ServicePage(m_draft, m_services);
    m_address = new AddressPage(m_draft, nameOfThisUser());
    m_search = new ServerSearchPage(m_draft, m_services);
    m_manual = new ManualPage(m_draft, m_services, m_proof);
    m_signIn = new SignInPage(m_draft, m_services, m_proof);
    m_proofPage = new ProofPage(m_draft, m_services, m_proof, [this] { return m_signIn->credentials(); });
    const std::array<SetupPage *, 7> pages { m_welcome, m_service, m_address,  m_search,
                                             m_manual,  m_signIn,  m_proofPage };
    for (SetupPage *page : pages) {
        page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
        m_ui->pagesStack->addWidget(page);
        connect(page, &SetupPage::completeChanged, this, &SetupWindow::followPage);
        connect(page, &SetupPage::finished, this, [this, page] { goAfter(page); });
    }
    const auto practice = [this] {
        Q_EMIT practiceChosen();
        leave({});
    };
    connect(m_welcome, &WelcomePage::practiceChosen, this, practice);
    connect(m_welcome, &WelcomePage::accountTaken, this, [this] {
        const bool hasServer = !m_draft.account.server.host.isEmpty() || !m_draft.account.command.isEmpty();
        const bool signsIn = !m_draft.account.user.isEmpty();
        if (m_draft.account.email.isEmpty())
            showPage(m_address);
        else if (!hasServer)
            showPage(m_search);
        else
            showPage(signsIn ? static_cast<SetupPage *>(m_signIn) : m_proofPage);
    });
    connect(m_search, &ServerSearchPage::practiceChosen, this, practice);
    connect(m_search, &ServerSearchPage::byHandWanted, this, [this] { showPage(m_manual); });
    connect(m_search, &ServerSearchPage::skipped, this, &SetupWindow::keepAndLeave);
    connect(m_manual, &ManualPage::automaticWanted, this, [this] {
        m_draft.way = Way::Address;
        m_draft.account.server = {};
        m_draft.account.command.clear();
        showPage(m_search);
    });
    connect(m_signIn, &SignInPage::otherAccountWanted, this, [this] { showPage(m_address); });
    connect(m_proofPage, &ProofPage::saveAgainWanted, this, &SetupWindow::save);
    connect(m_proofPage, &ProofPage::searchWanted, this, [this] {
        if (!m_draft.hosts.contains(m_draft.account.server.host))
            m_draft.hosts.append(m_draft.account.server.host);
        showPage(m_search);
    });
}

SetupPage *SetupWindow::current() const
{
    return static_cast<SetupPage *>(m_ui->pagesStack->currentWidget());
}

/// A page that is before this one already is gone back to.
void SetupWindow::showPage(SetupPage *page)
{
    SetupPage *before = current();
    if (before != page) {
        before->leave();
        if (const qsizetype index = m_way.indexOf(page); index >= 0)
            m_way.resize(index);
        else
            m_way.append(before);
    }
    turnTo(page);
}

void SetupWindow::turnTo(SetupPage *page)
{
    // The other pages want no place: one that is high would have a short one scrolled.
    current()->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    page->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_ui->pagesStack->setCurrentWidget(page);
    m_ui->questionBanner->dismiss();
    page->enter();
    followPage();
    m_ui->pagesArea->verticalScrollBar()->setValue(0); // the first field is at the top
    page->firstField()->setFocus(Qt::OtherFocusReason);
}

void SetupWindow::goBack()
{
    if (m_way.isEmpty())
        return;
    current()->leave();
    turnTo(m_way.takeLast());
}

void SetupWindow::goOn()
{
    if (current()->isComplete())
        current()->goOn();
}

void SetupWindow::goAfter(SetupPage *page)
{
    if (page != current())
        return;
    if (page == m_welcome) {
        showPage(m_draft.way == Way::Service ? static_cast<SetupPage *>(m_service) : m_address);
    } else if (page == m_service) {
        showPage(m_address);
    } else if (page == m_address) {
        const bool byHand = m_draft.way == Way::ByHand;
        showPage(byHand ? static_cast<SetupPage *>(m_manual) : m_search);
    } else if (page == m_search || page == m_manual) {
        const bool signsIn = !m_draft.account.user.isEmpty();
        showPage(signsIn ? static_cast<SetupPage *>(m_signIn) : m_proofPage);
    } else if (page == m_signIn) {
        showPage(m_proofPage);
    } else {
        m_afterwards = Afterwards::Write;
        save(m_signIn->keeping());
    }
}

void SetupWindow::followPage()
{
    const SetupPage *page = current();
    const bool isLast = page == m_proofPage;
    m_ui->stepLabel->setText(page->step() > 0 ? tr("Step %1 of %2").arg(page->step()).arg(Steps) : QString());
    m_ui->stepLabel->setVisible(page->step() > 0);
    m_ui->titleLabel->setText(page->title());
    //: The window's title: "Set up sending: name and address".
    setWindowTitle(page->step() > 0 ? tr("Set up sending: %1").arg(page->title()) : tr("Set up sending"));
    m_ui->backButton->setEnabled(!m_way.isEmpty());
    m_ui->nextButton->setText(isLast ? tr("&Write a message") : tr("&Next >"));
    m_ui->nextButton->setEnabled(page->isComplete());
    m_ui->doneButton->setVisible(isLast);
    if (isLast) {
        m_ui->doneButton->setText(m_proofPage->doneText());
        m_ui->doneButton->setEnabled(m_proofPage->canBeSaved());
    }
}

void SetupWindow::save(delivery::PostOffice::Keeping keeping)
{
    m_proofPage->setSaving();
    accounts::Account account = m_draft.account;
    if (account.name.isEmpty())
        account.name = account.email.section(u'@', -1);
    m_services.save(
        account, m_signIn->credentials(), keeping, this,
        [this](const base::Expected<accounts::Account, delivery::Trouble> &answer) { takeSaved(answer); });
}

void SetupWindow::takeSaved(const base::Expected<accounts::Account, delivery::Trouble> &answer)
{
    if (!answer) {
        m_proofPage->showTrouble(answer.error());
        followPage();
        return;
    }
    const QString id = answer->id;
    Q_EMIT added(*answer);
    const Afterwards afterwards = m_afterwards;
    leave({});
    if (afterwards == Afterwards::Write)
        Q_EMIT writeWanted(id);
}

void SetupWindow::keepAndLeave()
{
    leave(m_draft.isEmpty() ? QJsonObject() : toJson(m_draft));
}

void SetupWindow::leave(const QJsonObject &kept)
{
    current()->leave();
    m_signIn->forget();
    m_services.keepDraft(kept);
    QDialog::reject();
}

void SetupWindow::reject()
{
    if (m_ui->questionBanner->isVisibleTo(this)) {
        m_goOnAction->trigger(); // a second Escape takes the first one back
        return;
    }
    if (m_draft.isEmpty()) {
        leave({});
        return;
    }
    m_ui->questionBanner->showMessage(widgets::Tone::Attention, tr("Keep what you entered for later?"),
                                      { m_keepAction, m_discardAction, m_goOnAction },
                                      tr("The password is never kept."));
    const auto buttons = m_ui->questionBanner->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == m_keepAction->text())
            button->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace postrider::setup
