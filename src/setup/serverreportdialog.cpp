// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/serverreportdialog.h"

#include "setup/ui_serverreportdialog.h"

#include "discovery/savedway.h"
#include "discovery/words.h"
#include "setup/portlistmodel.h"

#include <QAction>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using discovery::Report;
using discovery::Search;

ServerReportDialog::ServerReportDialog(MakeSearch makeSearch, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ServerReportDialog>())
    , m_model(new PortListModel(this))
    , m_useAction(new QAction(this))
    , m_makeSearch(std::move(makeSearch))
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Sending server"));
    m_ui->statusBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->portsView->setModel(m_model);
    m_ui->portsView->header()->setStretchLastSection(false);
    m_ui->portsView->header()->setSectionResizeMode(PortListModel::ResultColumn, QHeaderView::Stretch);
    for (const int column : { PortListModel::ServerColumn, PortListModel::PortColumn,
                              PortListModel::ProtectionColumn, PortListModel::TimeColumn })
        m_ui->portsView->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    const int line = fontMetrics().lineSpacing();
    m_ui->portsView->setMinimumHeight(6 * line);
    m_ui->detailsEdit->setMinimumHeight(5 * line);
    m_ui->detailsEdit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->detailsEdit->setVisible(false);
    // Two lines of room at once, so that the list does not jump from row to row.
    m_ui->sentenceLabel->setMinimumHeight(2 * line);
    m_ui->sentenceLabel->setAlignment(Qt::AlignLeading | Qt::AlignTop);

    connect(m_ui->portsView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ServerReportDialog::showChosenPort);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ServerReportDialog::showChosenPort);
    connect(m_ui->detailsCheckBox, &QCheckBox::toggled, m_ui->detailsEdit, &QWidget::setVisible);
    connect(m_ui->copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(m_ui->againButton, &QPushButton::clicked, this, &ServerReportDialog::start);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_useAction, &QAction::triggered, this, [this] {
        if (m_account && m_better)
            Q_EMIT useRequested(m_account->id, *m_better);
    });
    showReport({});
}

ServerReportDialog::~ServerReportDialog() = default;

void ServerReportDialog::setAccount(const accounts::Account &account)
{
    m_account = account;
    setWindowTitle(tr("Sending server of %1").arg(account.name));
}

void ServerReportDialog::start()
{
    m_search = m_makeSearch();
    connect(m_search.get(), &Search::changed, this, [this] { showReport(m_search->report()); });
    connect(m_search.get(), &Search::finished, this, [this] { showReport(m_search->report()); });
    m_search->start();
    showReport(m_search->report());
}

void ServerReportDialog::done(int result)
{
    if (m_search)
        m_search->cancel();
    QDialog::done(result);
}

void ServerReportDialog::showReport(const Report &report)
{
    m_report = report;
    const bool isRunning = !report.isFinished;
    m_ui->progressBar->setVisible(isRunning);
    m_ui->stateLabel->setVisible(isRunning);
    m_ui->stateLabel->setText(discovery::sentence(report));
    m_ui->againButton->setEnabled(!isRunning);
    m_ui->copyButton->setEnabled(!report.ports.isEmpty());

    QStringList steps;
    for (const discovery::SourceStep &step : report.steps)
        steps += discovery::stepLine(step, report.query.domain);
    m_ui->stepsLabel->setText(steps.join(u'\n'));
    m_ui->stepsLabel->setVisible(!steps.isEmpty());

    m_model->setReport(report);
    if (!m_ui->portsView->currentIndex().isValid() && m_model->rowCount() > 0)
        m_ui->portsView->setCurrentIndex(m_model->index(0, 0));
    showChosenPort();
    if (isRunning)
        m_ui->statusBanner->dismiss();
    else
        showAnswer();
}

/// Once, since a screen reader hears it.
void ServerReportDialog::showAnswer()
{
    using widgets::Tone;
    QStringList details { discovery::advice(m_report), discovery::proxyWords(m_report) };
    if (m_report.recommended)
        details.prepend(discovery::reason(*m_report.recommended));
    Tone tone = m_report.recommended ? Tone::Good : Tone::Problem;
    QString text = discovery::sentence(m_report);
    m_better.reset();
    if (m_account) {
        const auto signIn
            = m_account->user.isEmpty() ? discovery::SavedSignIn::NotUsed : discovery::SavedSignIn::Used;
        const auto way = discovery::compareWithSaved(m_account->server, m_report, signIn);
        QStringList found = discovery::findings(m_account->server, way);
        m_better = way.better;
        text = found.takeFirst();
        details = found
            + QStringList { way.works() ? QString() : discovery::advice(m_report),
                            discovery::proxyWords(m_report) };
        tone = way.works() ? Tone::Good : way.better ? Tone::Attention : Tone::Problem;
    }
    details.removeAll(QString());
    QList<QAction *> actions;
    if (m_better) {
        m_useAction->setText(tr("&Use port %1").arg(m_better->port));
        actions += m_useAction;
    }
    m_ui->statusBanner->showMessage(tone, text, actions, details.join(u'\n'));
}

void ServerReportDialog::showOutcome(const QString &sentence)
{
    m_better.reset();
    m_ui->statusBanner->showMessage(widgets::Tone::Information, sentence);
}

void ServerReportDialog::showChosenPort()
{
    const QModelIndex chosen = m_ui->portsView->currentIndex();
    const QString sentence = chosen.data(PortListModel::SentenceRole).toString();
    const QString advice = chosen.data(PortListModel::AdviceRole).toString();
    m_ui->sentenceLabel->setText(advice.isEmpty() ? sentence : sentence + u'\n' + advice);
    const QString details = chosen.data(PortListModel::DetailsRole).toString();
    // Where a person reads or selects, an unchanged text must stay where it is.
    if (m_ui->detailsEdit->toPlainText() != details)
        m_ui->detailsEdit->setPlainText(details);
    m_ui->detailsCheckBox->setEnabled(chosen.isValid());
}

QString ServerReportDialog::asText() const
{
    const auto names
        = m_ui->maskCheckBox->isChecked() ? discovery::HostNames::Masked : discovery::HostNames::Shown;
    return discovery::plainText(m_report, names);
}

} // namespace postrider::setup
