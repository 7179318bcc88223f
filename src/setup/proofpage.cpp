// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/proofpage.h"

#include "setup/ui_proofpage.h"

#include "base/inert.h"
#include "delivery/words/words.h"
#include "widgets/inerttext.h"

#include <QAction>
#include <QLocale>
#include <QTime>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using delivery::ProofNews;
using outbox::Problem;
using State = AccountProof::State;

ProofPage::ProofPage(SetupDraft &draft, const Services &services, AccountProof &proof, Keys keys,
                     QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_proof(proof)
    , m_keys(std::move(keys))
    , m_ui(std::make_unique<Ui::ProofPage>())
    , m_tryAgainAction(new QAction(tr("Try again"), this))
    , m_searchAction(new QAction(tr("Find a working port"), this))
    , m_unlockAction(new QAction(tr("Unlock and try again"), this))
    , m_sessionAction(new QAction(tr("Only for this session"), this))
{
    m_ui->setupUi(this);
    m_ui->statusBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->testLine->setVisible(false);
    m_ui->testDetailsButton->setVisible(false);
    m_ui->testDetailsLabel->setVisible(false);

    connect(m_ui->accountNameEdit, &QLineEdit::textEdited, this, [this](const QString &name) {
        m_draft.account.name = name.simplified();
        Q_EMIT completeChanged();
    });
    connect(m_ui->testButton, &QPushButton::clicked, this, &ProofPage::sendTest);
    connect(m_ui->testDetailsButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->testDetailsLabel->setVisible(shown);
        m_ui->testDetailsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_tryAgainAction, &QAction::triggered, this, &ProofPage::begin);
    connect(m_searchAction, &QAction::triggered, this, &ProofPage::searchWanted);
    connect(m_sessionAction, &QAction::triggered, this,
            [this] { Q_EMIT saveAgainWanted(delivery::PostOffice::Keeping::ThisSession); });
    connect(m_unlockAction, &QAction::triggered, this, [this] {
        setSaving();
        m_services.unlockKeychain(this, [this](const base::Expected<void, delivery::Trouble> &opened) {
            if (opened)
                Q_EMIT saveAgainWanted(delivery::PostOffice::Keeping::Keychain);
            else
                showTrouble(opened.error());
        });
    });
    connect(&m_proof, &AccountProof::changed, this, &ProofPage::follow);
}

ProofPage::~ProofPage() = default;

QString ProofPage::title() const
{
    return tr("Test and done");
}

QWidget *ProofPage::firstField() const
{
    return m_ui->testButton->isEnabled() && m_draft.account.command.isEmpty()
        ? static_cast<QWidget *>(m_ui->testButton)
        : m_ui->accountNameEdit;
}

bool ProofPage::signsIn() const
{
    return !m_draft.account.user.isEmpty();
}

void ProofPage::enter()
{
    accounts::Account &account = m_draft.account;
    if (account.name.isEmpty())
        account.name = account.email.section(u'@', -1);
    m_ui->accountNameEdit->setText(account.name);
    m_ui->testLine->setVisible(false);
    m_ui->testDetailsButton->setChecked(false);
    m_ui->testDetailsButton->setVisible(false);
    m_isSaving = false;
    // A program that passes mail on says nothing about what becomes of it.
    m_ui->testButton->setVisible(account.command.isEmpty());
    // What the page before has just proved is not asked twice.
    if (m_proof.state() == State::NotStarted || !m_proof.isAbout(account))
        begin();
    else
        follow();
}

void ProofPage::leave()
{
    m_testContext.reset();
    m_proof.cancel();
}

void ProofPage::begin()
{
    m_ui->statusBanner->dismiss();
    m_proof.start(m_draft.account, m_keys());
}

void ProofPage::follow()
{
    if (!isVisibleTo(parentWidget()))
        return;
    const accounts::Account &account = m_draft.account;
    const QString host = widgets::inertText(account.server.host);
    const QString email = widgets::inertText(account.email);
    const bool isOver = m_proof.state() != State::Running;
    const auto lineState = [this, isOver](bool isGood, bool isNext) {
        if (isGood)
            return CheckLine::State::Good;
        if (isOver)
            return m_proof.state() == State::Failed && isNext ? CheckLine::State::Bad
                                                              : CheckLine::State::Waiting;
        return isNext ? CheckLine::State::Running : CheckLine::State::Waiting;
    };

    const auto connected = m_proof.newsOf(ProofNews::Step::Connected);
    const bool isSignedIn = m_proof.newsOf(ProofNews::Step::SignedIn).has_value();
    const bool isTaken = m_proof.state() == State::Proved;
    if (!account.command.isEmpty()) {
        m_ui->connectedLine->show(lineState(connected.has_value(), true),
                                  //: A program's path.
                                  tr("%1 is there").arg(widgets::inertText(account.command.constFirst())));
    } else {
        m_ui->connectedLine->show(
            lineState(connected.has_value(), true),
            !connected ? tr("Connecting to %1").arg(host)
                : connected->tls.isEmpty()
                ? tr("Connected to %1, not encrypted: it stays in this network").arg(host)
                : tr("Connected to %1, encrypted, and its identity fits").arg(host));
    }
    m_ui->signedInLine->setVisible(signsIn());
    if (signsIn()) {
        m_ui->signedInLine->show(lineState(isSignedIn, connected.has_value()),
                                 isSignedIn ? tr("Signed in as %1").arg(widgets::inertText(account.user))
                                            : tr("Signing in as %1").arg(widgets::inertText(account.user)));
    }
    m_ui->senderLine->show(lineState(isTaken, isSignedIn || (connected && !signsIn())),
                           isTaken ? tr("The server lets you send as %1").arg(email)
                                   : tr("Asking whether you may send as %1").arg(email));

    if (m_proof.state() == State::Failed)
        showProblem();
    else if (isTaken && !m_isSaving)
        m_ui->statusBanner->showMessage(widgets::Tone::Good, tr("Your account works."));
    m_ui->testButton->setEnabled(isTaken && !m_testContext);
    Q_EMIT completeChanged();
}

void ProofPage::showProblem()
{
    const delivery::Trouble &trouble = *m_proof.trouble();
    QStringList details;
    QList<QAction *> actions { m_tryAgainAction };
    if (const auto *problem = std::get_if<Problem>(&trouble)) {
        details = { delivery::advice(*problem), delivery::evidence(*problem) };
        const bool isWay = problem->kind == Problem::Kind::ConnectionRefused
            || problem->kind == Problem::Kind::ConnectTimedOut || problem->kind == Problem::Kind::HostNotFound
            || problem->kind == Problem::Kind::TlsMissing || problem->kind == Problem::Kind::TlsFailed
            || problem->kind == Problem::Kind::TimedOut || problem->kind == Problem::Kind::ProtocolError;
        if (isWay && m_draft.account.command.isEmpty() && signsIn())
            actions.append(m_searchAction);
    }
    details.removeAll(QString());
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble), actions,
                                    details.join(u'\n'));
}

bool ProofPage::isComplete() const
{
    return m_proof.state() == State::Proved && !m_isSaving;
}

bool ProofPage::canBeSaved() const
{
    return m_proof.state() != State::Running && !m_isSaving;
}

QString ProofPage::doneText() const
{
    return m_proof.state() == State::Proved ? tr("&Done") : tr("&Save anyway; mail will wait");
}

void ProofPage::goOn()
{
    if (isComplete())
        Q_EMIT finished();
}

void ProofPage::setSaving()
{
    m_isSaving = true;
    m_ui->statusBanner->dismiss();
    Q_EMIT completeChanged();
}

void ProofPage::showTrouble(const delivery::Trouble &trouble)
{
    m_isSaving = false;
    QList<QAction *> actions;
    QString details;
    if (const auto *error = std::get_if<secrets::SecretError>(&trouble)) {
        using Kind = secrets::SecretError::Kind;
        if (error->kind == Kind::Locked || error->kind == Kind::Dismissed)
            actions.append(m_unlockAction);
        actions.append(m_sessionAction);
        details
            = tr("“Only for this session” forgets the password when Postrider ends, and asks again then.");
    }
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble), actions, details);
    Q_EMIT completeChanged();
}

void ProofPage::sendTest()
{
    m_testContext = std::make_unique<QObject>();
    m_ui->testButton->setEnabled(false);
    m_ui->testDetailsButton->setVisible(false);
    m_ui->testLine->show(CheckLine::State::Running,
                         tr("Sending a message to %1").arg(widgets::inertText(m_draft.account.email)));
    m_services.sendTest(
        m_draft.account, m_keys(), m_testContext.get(),
        [this](const base::Expected<TestOutcome, delivery::Trouble> &outcome) { takeTest(outcome); });
}

void ProofPage::takeTest(const base::Expected<TestOutcome, delivery::Trouble> &outcome)
{
    if (m_testContext)
        m_testContext.release()->deleteLater(); // it is what called
    m_ui->testButton->setEnabled(true);
    if (!outcome) {
        m_ui->testLine->show(CheckLine::State::Bad, delivery::sentence(outcome.error()));
        const auto *problem = std::get_if<Problem>(&outcome.error());
        m_ui->testDetailsLabel->setText(problem ? delivery::evidence(*problem) : QString());
    } else {
        const QString now = QLocale().toString(QTime::currentTime(), QLocale::ShortFormat);
        //: A server's name and the time of day.
        const QString accepted = tr("Accepted by %1 at %2").arg(widgets::inertText(outcome->server), now);
        m_ui->testLine->show(CheckLine::State::Good, accepted);
        m_ui->testDetailsLabel->setText(base::quoted(outcome->reply));
        m_ui->statusBanner->showMessage(widgets::Tone::Good, accepted, {},
                                        tr("It should be in your mailbox in a moment."));
    }
    m_ui->testDetailsButton->setVisible(!m_ui->testDetailsLabel->text().isEmpty());
}

} // namespace postrider::setup
