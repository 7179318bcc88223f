// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/welcomepage.h"

#include "setup/ui_welcomepage.h"

#include "delivery/words/words.h"
#include "widgets/inerttext.h"

#include <QFileDialog>
#include <QFileInfo>

namespace postrider::setup {

WelcomePage::WelcomePage(SetupDraft &draft, const Services &services, Practice practice, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_ui(std::make_unique<Ui::WelcomePage>())
{
    m_ui->setupUi(this);
    m_ui->foundWidget->setVisible(false);
    m_ui->practiceButton->setVisible(practice == Practice::Offered);
    m_ui->useButton->setEnabled(false);
    connect(m_ui->foundList, &QListWidget::currentRowChanged, this,
            [this](int row) { m_ui->useButton->setEnabled(row >= 0); });
    connect(m_ui->foundList, &QListWidget::itemActivated, this, &WelcomePage::use);
    connect(m_ui->useButton, &QPushButton::clicked, this, &WelcomePage::use);
    connect(m_ui->openFileButton, &QPushButton::clicked, this, &WelcomePage::openFile);

    m_services.findAccounts(this, [this](const QList<accounts::FoundAccount> &found) { showFound(found); });
}

WelcomePage::~WelcomePage() = default;

QString WelcomePage::title() const
{
    return tr("Set up sending");
}

QWidget *WelcomePage::firstField() const
{
    const QList<QRadioButton *> buttons { m_ui->addressButton, m_ui->serviceButton, m_ui->practiceButton,
                                          m_ui->manualButton };
    for (QRadioButton *button : buttons) {
        if (button->isChecked())
            return button;
    }
    return m_ui->addressButton;
}

void WelcomePage::showFound(const QList<accounts::FoundAccount> &found)
{
    const qsizetype before = m_found.size();
    for (const accounts::FoundAccount &account : found) {
        m_found.append(account);
        const QString program = accounts::programName(account.program);
        const QString email = widgets::inertText(account.account.email);
        //: An account that another program has: its address and the program's name.
        const QString row = program.isEmpty() ? email : tr("%1, from %2").arg(email, program);
        auto *item = new QListWidgetItem(row);
        item->setToolTip(widgets::inertToolTip(account.account.server.host));
        m_ui->foundList->addItem(item);
    }
    if (m_found.isEmpty())
        return;
    // As high as its rows, up to four of them: more are scrolled.
    const int rows = static_cast<int>(std::min<qsizetype>(m_found.size(), 4));
    const int frame = 2 * m_ui->foundList->frameWidth();
    m_ui->foundList->setFixedHeight(rows * (m_ui->foundList->sizeHintForRow(0) + 2) + frame);
    m_ui->foundWidget->setVisible(true);
    if (m_ui->foundList->currentRow() < 0 || before < m_found.size())
        m_ui->foundList->setCurrentRow(static_cast<int>(before));
}

void WelcomePage::use()
{
    const int row = m_ui->foundList->currentRow();
    if (row >= 0)
        take(m_found.at(row));
}

void WelcomePage::take(const accounts::FoundAccount &found)
{
    m_draft = {};
    m_draft.account = found.account;
    for (const accounts::FoundAccount::Note note : found.notes)
        m_draft.notes.append(delivery::sentence(note));
    accounts::Server &server = m_draft.account.server;
    // What another program sends in the clear is looked for again, at the same host.
    const bool isUsable = !server.host.isEmpty()
        && (server.security != accounts::Security::None
            || accounts::isPlaintextAllowed(server.host, !m_draft.account.user.isEmpty()));
    if (isUsable) {
        m_draft.way = Way::ByHand;
    } else if (!server.host.isEmpty()) {
        m_draft.hosts = { server.host };
        server = {};
    }
    Q_EMIT accountTaken();
}

void WelcomePage::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file with settings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        { tr("Settings (*.mobileconfig *.xml *.js *.ini *.source *msmtprc* *mailtransports)"),
          tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, this, &WelcomePage::readFile);
    dialog->open();
}

void WelcomePage::readFile(const QString &path)
{
    using Result = base::Expected<QList<accounts::FoundAccount>, accounts::ImportError>;
    m_services.readAccountFile(path, this, [this, name = QFileInfo(path).fileName()](const Result &found) {
        if (!found || found->isEmpty()) {
            m_ui->statusBanner->showMessage(widgets::Tone::Problem,
                                            found ? tr("There is no account in %1.").arg(name)
                                                  : delivery::sentence(found.error(), name));
            return;
        }
        m_ui->statusBanner->dismiss();
        if (found->size() == 1)
            return take(found->constFirst());
        showFound(*found);
        m_ui->foundList->setFocus(Qt::OtherFocusReason);
    });
}

void WelcomePage::goOn()
{
    if (m_ui->practiceButton->isChecked()) {
        Q_EMIT practiceChosen();
        return;
    }
    const Way way = m_ui->serviceButton->isChecked() ? Way::Service
        : m_ui->manualButton->isChecked()            ? Way::ByHand
                                                     : Way::Address;
    if (way != m_draft.way) {
        m_draft.way = way;
        m_draft.account.server = {}; // was found the other way
        m_draft.hosts.clear();
    }
    if (way != Way::Service) {
        m_draft.service.clear();
        m_draft.region.clear();
    }
    Q_EMIT finished();
}

} // namespace postrider::setup
