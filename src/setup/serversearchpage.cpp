// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/serversearchpage.h"

#include "setup/ui_serversearchpage.h"

#include "discovery/providers.h"
#include "discovery/words.h"
#include "setup/pindialog.h"
#include "setup/portlistmodel.h"
#include "setup/serveraddress.h"
#include "widgets/inerttext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using discovery::Approach;
using discovery::PortResult;
using discovery::Recommendation;
using discovery::Report;
using discovery::Trust;
using discovery::Verdict;

namespace {

bool isNetworkAway(const Report &report)
{
    return report.verdict == Verdict::Offline || report.verdict == Verdict::Captive;
}

} // namespace

ServerSearchPage::ServerSearchPage(SetupDraft &draft, const Services &services, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_ui(std::make_unique<Ui::ServerSearchPage>())
    , m_model(new PortListModel(this))
    , m_tryAgainAction(new QAction(tr("Try again"), this))
    , m_portalAction(new QAction(tr("Open the sign-in page"), this))
    , m_useNameAction(new QAction(this))
    , m_port25Action(new QAction(tr("Use port 25 all the same"), this))
{
    m_ui->setupUi(this);
    m_ui->portsView->setModel(m_model);
    QHeaderView *header = m_ui->portsView->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(PortListModel::ResultColumn, QHeaderView::Stretch);
    m_ui->statusBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->detailsWidget->setVisible(false);
    m_ui->hostWidget->setVisible(false);
    m_ui->practiceButton->setVisible(false);
    setUpActions();
    m_retryTimer.setInterval(RetryInterval);
    connect(&m_retryTimer, &QTimer::timeout, this, &ServerSearchPage::searchAgain);
    m_services.followNetwork(this, [this] { returnToNetwork(); });
}

ServerSearchPage::~ServerSearchPage() = default;

void ServerSearchPage::setUpActions()
{
    connect(m_tryAgainAction, &QAction::triggered, this, &ServerSearchPage::searchAgain);
    connect(m_portalAction, &QAction::triggered, this, [this] { m_services.openUrl(m_report.portalUrl); });
    connect(m_useNameAction, &QAction::triggered, this, [this] { addHost(suggestedHost()); });
    connect(m_port25Action, &QAction::triggered, this, [this] {
        m_isPort25Agreed = true;
        followReport();
    });
    connect(m_ui->confirmCheckBox, &QCheckBox::clicked, this, &ServerSearchPage::agree);
    connect(m_ui->databaseCheckBox, &QCheckBox::clicked, this, [this] { begin(wish()); });
    connect(m_ui->typeHostButton, &QPushButton::clicked, this, [this] {
        m_ui->hostWidget->setVisible(true);
        m_ui->hostEdit->setFocus(Qt::OtherFocusReason);
    });
    // Enter in the field tries the server; elsewhere it goes on.
    connect(m_ui->hostEdit, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_ui->hostButton->setEnabled(!typed.trimmed().isEmpty());
        m_ui->hostButton->setDefault(!typed.trimmed().isEmpty());
    });
    m_ui->hostButton->setEnabled(false);
    connect(m_ui->hostButton, &QPushButton::clicked, this, [this] { addHost(m_ui->hostEdit->text()); });
    connect(m_ui->manualButton, &QPushButton::clicked, this, &ServerSearchPage::byHandWanted);
    connect(m_ui->doctorButton, &QPushButton::clicked, this, [this] { m_services.showReport(wish(), this); });
    connect(m_ui->skipButton, &QPushButton::clicked, this, &ServerSearchPage::skipped);
    connect(m_ui->practiceButton, &QPushButton::clicked, this, &ServerSearchPage::practiceChosen);
    connect(m_ui->detailsButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->detailsWidget->setVisible(shown);
        m_ui->detailsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        showPortDetails();
    });
    connect(m_ui->portsView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ServerSearchPage::showPortDetails);
    connect(m_ui->reportButton, &QPushButton::clicked, this, &ServerSearchPage::copyReport);
    connect(m_ui->pinButton, &QPushButton::clicked, this, &ServerSearchPage::askForPin);
}

QString ServerSearchPage::title() const
{
    return tr("Finding your server");
}

QWidget *ServerSearchPage::firstField() const
{
    return m_ui->portsView->isVisibleTo(this) ? static_cast<QWidget *>(m_ui->portsView) : m_ui->manualButton;
}

SearchWish ServerSearchPage::wish() const
{
    SearchWish wish;
    const accounts::Account &account = m_draft.account;
    const discovery::SendingService *service
        = discovery::ProviderTable::builtIn().serviceById(m_draft.service);
    QString wanted = account.email;
    if (service) {
        const QList<accounts::Server> servers = service->serversOf(m_draft.region);
        wanted = servers.isEmpty() ? QString() : servers.constFirst().host;
    }
    wish.query = discovery::Query::parse(wanted).value_or(discovery::Query {});
    wish.hosts = m_draft.hosts + m_agreed;
    wish.database
        = m_ui->databaseCheckBox->isChecked() ? SearchWish::Database::Ask : SearchWish::Database::DoNotAsk;
    wish.pinnedKey = account.pinnedKey;
    wish.caFile = account.caFile;
    wish.clientName = account.clientName;
    wish.route = account.route;
    return wish;
}

// Whoever comes back to the page finds what was found, unless something else is looked for now.
void ServerSearchPage::enter()
{
    const SearchWish wanted = wish();
    if (!m_searched || m_searched->query != wanted.query) {
        m_agreed.clear();
        m_isPort25Agreed = false;
        m_draft.account.pinnedKey.clear();
        begin(wish());
    } else if (!choice() || isNetworkAway(m_report)) {
        begin(wanted);
    }
    followReport();
}

void ServerSearchPage::leave()
{
    m_retryTimer.stop();
    m_search.reset(); // no row goes on in the background once the choice is made
    for (PortResult &port : m_report.ports)
        port.isRunning = false;
}

void ServerSearchPage::begin(const SearchWish &wish)
{
    m_retryTimer.stop();
    m_said.clear();
    m_ui->reportButton->setText(tr("Copy &report"));
    m_searched = wish;
    m_search = m_services.makeSearch(wish);
    m_report = m_search->report();
    m_report.query = wish.query;
    for (auto signal : { &ServerSearch::changed, &ServerSearch::settled, &ServerSearch::finished })
        connect(m_search.get(), signal, this, &ServerSearchPage::followReport);
    m_search->start();
    for (const QString &host : wish.hosts)
        m_search->addHost(host);
    followReport();
}

void ServerSearchPage::searchAgain()
{
    begin(wish());
}

void ServerSearchPage::returnToNetwork()
{
    if (isVisible() && (isNetworkAway(m_report) || !choice()))
        searchAgain();
}

void ServerSearchPage::followReport()
{
    if (m_search) {
        m_report = m_search->report();
        if (m_searched)
            m_report.query = m_searched->query;
    }
    const QString domain = m_report.query.domain;
    QStringList steps;
    for (const discovery::SourceStep &step : std::as_const(m_report.steps))
        steps.append(discovery::stepLine(step, domain));
    m_ui->stepsLabel->setText(steps.join(u'\n'));
    m_ui->stepsLabel->setVisible(!steps.isEmpty());
    m_model->setReport(m_report);
    if (!m_ui->portsView->currentIndex().isValid() && m_model->rowCount() > 0)
        m_ui->portsView->setCurrentIndex(m_model->index(0, 0));

    const Outcome now = outcome(m_report);
    showPorts(now);
    showConsent(now);
    showOutcome(now);
    showPortDetails();
    if (now == Outcome::WaitsForNetwork && m_report.isFinished && !m_retryTimer.isActive() && isVisible())
        m_retryTimer.start();

    m_ui->failureWidget->setVisible(now == Outcome::Fails);
    m_ui->typeHostButton->setVisible(!m_ui->hostWidget->isVisibleTo(this) && now != Outcome::WaitsForNetwork);
    m_ui->practiceButton->setVisible(now == Outcome::WaitsForNetwork);
    m_ui->databaseLabel->setText(discovery::databaseWords(m_report.query));
    const bool isTyped = m_report.query.kind != discovery::Query::Kind::Address;
    const bool isNeeded = now != Outcome::WaitsForNetwork && now != Outcome::Works;
    m_ui->databaseCheckBox->setVisible(!isTyped && (isNeeded || m_ui->databaseCheckBox->isChecked()));
    m_ui->databaseLabel->setVisible(m_ui->databaseCheckBox->isVisibleTo(this));
    Q_EMIT completeChanged();
}

/// As high as its rows, within reason, so that what came of them is in view below.
void ServerSearchPage::showPorts(Outcome outcome)
{
    constexpr int FewestRows = 4;
    constexpr int MostRows = 8;
    const int rows = m_model->rowCount();
    const int height = std::max(m_ui->portsView->sizeHintForRow(0), fontMetrics().lineSpacing());
    m_ui->portsView->setFixedHeight(std::clamp(rows, FewestRows, MostRows) * height
                                    + 2 * m_ui->portsView->frameWidth());
    const bool isShown = rows > 0 || outcome == Outcome::Searching;
    m_ui->portsView->setVisible(isShown);
    m_ui->portsLabel->setVisible(isShown);
}

std::optional<Recommendation> ServerSearchPage::choice() const
{
    if (m_report.recommended)
        return m_report.recommended;
    return m_isPort25Agreed ? m_report.onlyWithConsent : std::nullopt;
}

std::optional<Recommendation> ServerSearchPage::wantsConsent() const
{
    if (const auto chosen = choice())
        return chosen->trust == Trust::Confirm ? chosen : std::nullopt;
    // One that is not even connected to before the person agrees.
    const auto untried
        = std::find_if(m_report.ports.cbegin(), m_report.ports.cend(), [](const PortResult &port) {
              return port.approach == Approach::AfterConsent && port.verdict == Verdict::NotTried
                  && !port.isRunning;
          });
    if (untried == m_report.ports.cend())
        return {};
    Recommendation wanted;
    wanted.server = untried->server;
    wanted.source = untried->source;
    wanted.trust = Trust::Confirm;
    return wanted;
}

ServerSearchPage::Outcome ServerSearchPage::outcome(const Report &report) const
{
    const auto wanted = wantsConsent();
    if (choice())
        return wanted && !m_agreed.contains(wanted->server.host) ? Outcome::WaitsForConsent : Outcome::Works;
    if (isNetworkAway(report))
        return Outcome::WaitsForNetwork;
    if (!report.isSettled && !report.isFinished)
        return Outcome::Searching;
    return wanted && !m_agreed.contains(wanted->server.host) ? Outcome::WaitsForConsent : Outcome::Fails;
}

void ServerSearchPage::showConsent(Outcome outcome)
{
    const auto wanted = wantsConsent();
    const bool isAsked = wanted && (outcome == Outcome::WaitsForConsent || outcome == Outcome::Works);
    m_ui->confirmFrame->setVisible(isAsked);
    if (!isAsked)
        return;
    m_ui->confirmLabel->setText(discovery::consentQuestion(*wanted, m_report.query));
    m_ui->confirmCheckBox->setAccessibleDescription(m_ui->confirmLabel->text());
    m_ui->confirmCheckBox->setChecked(m_agreed.contains(wanted->server.host));
}

void ServerSearchPage::showOutcome(Outcome outcome)
{
    const QString advice = discovery::advice(m_report);
    switch (outcome) {
    case Outcome::Searching:
        m_ui->statusBanner->dismiss();
        m_said.clear();
        return;
    case Outcome::Works:
    case Outcome::WaitsForConsent:
        if (const auto chosen = choice()) {
            const bool waits = outcome == Outcome::WaitsForConsent;
            //: A server's name and a port's number.
            const QString chosenWords = tr("Using %1, port %2, %3.")
                                            .arg(widgets::inertText(chosen->server.host))
                                            .arg(chosen->server.port)
                                            .arg(discovery::portTitle(chosen->server));
            const QString first = discovery::firstSteps(m_report);
            if (waits)
                say(widgets::Tone::Attention, chosenWords, {},
                    tr("Postrider asks once, since nobody vouches for this name."));
            else if (!first.isEmpty()) // what the next page wants, to be begun with
                say(widgets::Tone::Good, discovery::sentence(m_report), {}, first);
            else
                say(widgets::Tone::Good, chosenWords, {}, discovery::reason(*chosen));
        } else {
            say(widgets::Tone::Attention, discovery::sentence(m_report), {}, advice);
        }
        return;
    case Outcome::WaitsForNetwork:
        if (m_report.verdict == Verdict::Captive) {
            QList<QAction *> actions { m_tryAgainAction };
            if (m_report.portalUrl.isValid())
                actions.prepend(m_portalAction);
            say(widgets::Tone::Attention, discovery::sentence(m_report), actions, advice);
        } else {
            say(widgets::Tone::Attention,
                tr("You're offline. Setup goes on by itself when the connection is back."), {}, {});
        }
        return;
    case Outcome::Fails:
        break;
    }
    QList<QAction *> actions { m_tryAgainAction };
    QString details = advice;
    if (const QString name = suggestedHost(); !name.isEmpty()) {
        //: The name in a server's certificate.
        m_useNameAction->setText(tr("Use %1").arg(name));
        actions.prepend(m_useNameAction);
    }
    if (m_report.onlyWithConsent)
        actions.prepend(m_port25Action);
    say(widgets::Tone::Problem, discovery::sentence(m_report), actions, details);
}

void ServerSearchPage::say(widgets::Tone tone, const QString &sentence, const QList<QAction *> &actions,
                           const QString &details)
{
    QStringList all { sentence, details };
    for (const QAction *action : actions)
        all.append(action->text());
    const QString now = all.join(u'\n');
    if (now == m_said)
        return;
    m_said = now;
    m_ui->statusBanner->showMessage(tone, sentence, actions, details);
}

void ServerSearchPage::agree()
{
    const auto wanted = wantsConsent();
    if (!wanted)
        return;
    const QString host = wanted->server.host;
    if (!m_ui->confirmCheckBox->isChecked()) {
        m_agreed.removeAll(host);
    } else if (!m_agreed.contains(host)) {
        m_agreed.append(host);
        if (!choice() && m_search)
            m_search->addHost(host);
    }
    followReport();
}

/// A host that the person typed, or agreed to.
void ServerSearchPage::addHost(const QString &typed)
{
    const ServerAddress address = splitServerAddress(typed);
    if (address.host.isEmpty())
        return;
    if (address.port != 0) {
        m_draft.account.server = { address.host, address.port, m_draft.account.server.security };
        Q_EMIT byHandWanted();
        return;
    }
    if (!m_draft.hosts.contains(address.host))
        m_draft.hosts.append(address.host);
    m_ui->hostWidget->setVisible(false);
    m_ui->hostEdit->clear();
    if (!m_search)
        begin(wish());
    else
        m_search->addHost(address.host);
    m_ui->portsView->setFocus(Qt::OtherFocusReason);
    followReport();
}

QString ServerSearchPage::suggestedHost() const
{
    for (const PortResult &port : m_report.ports) {
        if (!port.suggestedHost.isEmpty() && !m_draft.hosts.contains(port.suggestedHost))
            return port.suggestedHost;
    }
    return {};
}

const PortResult *ServerSearchPage::currentPort() const
{
    const int row = m_ui->portsView->currentIndex().row();
    return row >= 0 && row < m_model->rowCount() ? &m_model->port(row) : nullptr;
}

void ServerSearchPage::showPortDetails()
{
    if (!m_ui->detailsWidget->isVisibleTo(this))
        return;
    const PortResult *port = currentPort();
    const QString text = port ? discovery::details(*port) : QString();
    if (m_ui->detailsEdit->toPlainText() != text)
        m_ui->detailsEdit->setPlainText(text);
    m_ui->reportButton->setEnabled(!m_report.ports.isEmpty());
    m_ui->pinButton->setVisible(port && port->verdict == Verdict::CertSelf && port->tls
                                && !port->tls->keySha256.isEmpty());
}

void ServerSearchPage::copyReport()
{
    QGuiApplication::clipboard()->setText(discovery::plainText(m_report, discovery::HostNames::Shown));
    m_ui->reportButton->setText(tr("Copied"));
}

void ServerSearchPage::askForPin()
{
    const PortResult *port = currentPort();
    if (!port)
        return;
    auto *dialog = new PinDialog(*port, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString host = port->server.host;
    connect(dialog, &PinDialog::trusted, this, [this, host](const QByteArray &keySha256) {
        m_draft.account.pinnedKey = keySha256;
        m_agreed.append(host);
        begin(wish());
    });
    dialog->show();
}

bool ServerSearchPage::isComplete() const
{
    return outcome(m_report) == Outcome::Works;
}

void ServerSearchPage::goOn()
{
    const auto chosen = choice();
    if (!chosen || outcome(m_report) != Outcome::Works)
        return;
    accounts::Account &account = m_draft.account;
    const bool isOtherHost = account.server.host != chosen->server.host;
    account.server = chosen->server;
    account.alternates = m_report.alternates;
    if (isOtherHost || account.user.isEmpty())
        account.user = chosen->user.isEmpty() ? account.email : chosen->user;
    m_draft.provider = m_report.providerId.value_or(QString());
    m_draft.verdict = m_report.verdict;
    if (m_report.serviceId)
        m_draft.service = *m_report.serviceId;
    Q_EMIT finished();
}

} // namespace postrider::setup
