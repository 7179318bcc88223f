// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/signinpage.h"

#include "setup/ui_signinpage.h"

#include "delivery/words/words.h"
#include "discovery/providers.h"
#include "discovery/words.h"
#include "widgets/inerttext.h"
#include "widgets/symbolicicon.h"

#include <QAction>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using discovery::Provider;
using discovery::ProviderTable;
using discovery::SignInKind;
using discovery::Verdict;

SignInPage::SignInPage(SetupDraft &draft, const Services &services, AccountProof &proof, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_proof(proof)
    , m_ui(std::make_unique<Ui::SignInPage>())
    , m_mark(new QAction(widgets::symbolicIcon(u"state-attention"_s), {}, this))
    , m_otherUserAction(new QAction(this))
{
    m_ui->setupUi(this);
    m_ui->browserPanel->setServices(services);
    m_ui->capsLockLabel->setVisible(false);
    m_ui->progressWidget->setVisible(false);
    m_ui->hintBanner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_ui->passwordEdit->installEventFilter(this);

    connect(m_ui->userEdit, &QLineEdit::textEdited, this, [this](const QString &typed) {
        m_draft.account.user = typed.trimmed();
        Q_EMIT completeChanged();
    });
    connect(m_ui->passwordEdit, &QLineEdit::textEdited, this, [this] {
        m_ui->passwordEdit->removeAction(m_mark);
        Q_EMIT completeChanged();
    });
    connect(m_ui->showPasswordButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->passwordEdit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_ui->showPasswordButton->setText(shown ? tr("&Hide") : tr("&Show"));
    });
    connect(m_ui->choiceComboBox, &QComboBox::activated, this, &SignInPage::followKind);
    connect(m_ui->keepCheckBox, &QCheckBox::toggled, this, &SignInPage::followKeeping);
    connect(m_ui->guideButton, &QPushButton::clicked, this, [this] {
        if (const Provider *known = provider())
            m_services.openUrl(known->hintUrl);
    });
    connect(m_ui->browserPanel, &BrowserSignInPanel::signedIn, this, [this] {
        Q_EMIT completeChanged();
        goOn();
    });
    connect(m_ui->browserPanel, &BrowserSignInPanel::otherAccountWanted, this,
            &SignInPage::otherAccountWanted);
    connect(m_otherUserAction, &QAction::triggered, this, [this] {
        m_ui->userEdit->setText(m_otherUserAction->data().toString());
        m_draft.account.user = m_ui->userEdit->text();
        goOn();
    });
    connect(&m_proof, &AccountProof::changed, this, &SignInPage::followProof);
    connect(&m_proof, &AccountProof::finished, this, &SignInPage::takeProof);
    followKeeping();
}

SignInPage::~SignInPage() = default;

QString SignInPage::title() const
{
    return tr("Sign in");
}

QWidget *SignInPage::firstField() const
{
    if (kind() == SignInKind::OAuth)
        return m_ui->browserPanel->firstField();
    return m_ui->userEdit->text().isEmpty() ? m_ui->userEdit : m_ui->passwordEdit;
}

const Provider *SignInPage::provider() const
{
    return ProviderTable::builtIn().byId(m_draft.provider);
}

void SignInPage::enter()
{
    accounts::Account &account = m_draft.account;
    // A password typed for one server is not shown to another unasked.
    if (!m_server.isEmpty() && m_server != account.server.host)
        forget();
    m_server = account.server.host;
    if (account.user.isEmpty())
        account.user = account.email;
    m_ui->userEdit->setText(account.user);
    m_ui->statusBanner->dismiss();
    m_ui->hintBanner->dismiss();
    if (!m_draft.notes.isEmpty())
        m_ui->hintBanner->showMessage(widgets::Tone::Information, m_draft.notes.join(u' '));
    offerKinds();
    Q_EMIT completeChanged();
}

void SignInPage::leave()
{
    m_isWatching = false;
    m_ui->browserPanel->stop();
    if (m_proof.state() == AccountProof::State::Running)
        m_proof.cancel();
}

void SignInPage::offerKinds()
{
    QList<SignInKind> kinds;
    const Provider *known = provider();
    if (known)
        kinds = known->signIn;
    kinds.removeAll(SignInKind::None);
    const bool wantsOAuth = m_draft.verdict == Verdict::NeedOAuth || m_draft.account.oauth;
    if (wantsOAuth && kinds.contains(SignInKind::OAuth))
        kinds.move(kinds.indexOf(SignInKind::OAuth), 0);
    if (wantsOAuth && kinds.isEmpty())
        kinds = { SignInKind::OAuth };
    if (kinds.isEmpty())
        kinds = { SignInKind::Password };

    const auto before = m_ui->choiceComboBox->count() > 0 ? std::optional(kind()) : std::nullopt;
    m_ui->choiceComboBox->clear();
    for (const SignInKind one : std::as_const(kinds)) {
        const QString name = one == SignInKind::OAuth ? tr("The provider's own page, in the browser")
            : one == SignInKind::AppPassword          ? tr("An app password")
                                                      : tr("A password");
        m_ui->choiceComboBox->addItem(name, QVariant::fromValue(one));
    }
    if (before && kinds.contains(*before))
        m_ui->choiceComboBox->setCurrentIndex(static_cast<int>(kinds.indexOf(*before)));
    m_ui->choiceWidget->setVisible(kinds.size() > 1);
    followKind();
}

SignInKind SignInPage::kind() const
{
    return m_ui->choiceComboBox->currentData().value<SignInKind>();
}

void SignInPage::followKind()
{
    const bool isBrowser = kind() == SignInKind::OAuth;
    //: A mail address and a server's name.
    const QString whose = isBrowser
        ? tr("For %1 at %2.")
        : tr("For %1 at %2. The password is shown to this server only, and only encrypted.");
    const accounts::Account &account = m_draft.account;
    m_ui->serverLabel->setText(
        whose.arg(widgets::inertText(account.email), widgets::inertText(account.server.host)));
    m_ui->passwordWidget->setVisible(!isBrowser);
    m_ui->browserPanel->setVisible(isBrowser);
    if (isBrowser) {
        accounts::OAuthSettings settings = m_draft.account.oauth.value_or(accounts::OAuthSettings {});
        if (const Provider *known = provider(); known && settings.provider.isEmpty())
            settings.provider = known->oauth;
        m_ui->browserPanel->offer(settings, m_draft.account.email, m_draft.account.server.host);
    } else {
        m_ui->browserPanel->stop();
    }
    m_ui->keepCheckBox->setText(isBrowser ? tr("&Keep the sign-in in the system's password store")
                                          : tr("&Keep the password in the system's password store"));
    showGuide();
    followKeeping();
    Q_EMIT completeChanged();
}

void SignInPage::showGuide()
{
    const Provider *known = provider();
    QStringList texts;
    if (known && kind() != SignInKind::OAuth)
        texts = discovery::hintSteps(*known);
    if (const discovery::SendingService *service = ProviderTable::builtIn().serviceById(m_draft.service)) {
        texts.append(discovery::userHint(*service));
        texts.append(discovery::passwordHint(*service));
    }
    texts.removeAll(QString());
    m_ui->guideLabel->setText(texts.join(u'\n'));
    m_ui->guideWidget->setVisible(!texts.isEmpty());
    m_ui->guideButton->setVisible(known && known->hintUrl.isValid());
}

void SignInPage::followKeeping()
{
    m_ui->keepLabel->setText(m_ui->keepCheckBox->isChecked()
                                 ? QString()
                                 : tr("Postrider asks again after each start, and mail waits until then."));
    m_ui->keepLabel->setVisible(!m_ui->keepCheckBox->isChecked());
}

bool SignInPage::isComplete() const
{
    if (m_proof.state() == AccountProof::State::Running)
        return false;
    if (kind() == SignInKind::OAuth)
        return m_ui->browserPanel->isSignedIn();
    return !m_ui->passwordEdit->text().isEmpty() && !m_ui->userEdit->text().trimmed().isEmpty();
}

Credentials SignInPage::credentials() const
{
    if (kind() == SignInKind::OAuth)
        return m_ui->browserPanel->credentials();
    return base::Secret::fromText(m_ui->passwordEdit->text());
}

delivery::PostOffice::Keeping SignInPage::keeping() const
{
    return m_ui->keepCheckBox->isChecked() ? delivery::PostOffice::Keeping::Keychain
                                           : delivery::PostOffice::Keeping::ThisSession;
}

void SignInPage::forget()
{
    m_ui->passwordEdit->clear();
    m_ui->browserPanel->forget();
    m_proof.reset();
}

void SignInPage::goOn()
{
    if (!isComplete())
        return;
    accounts::Account &account = m_draft.account;
    account.user = m_ui->userEdit->text().trimmed();
    account.oauth.reset();
    if (kind() == SignInKind::OAuth) {
        account.oauth = m_ui->browserPanel->settings();
        if (account.user.isEmpty())
            account.user = account.email;
    }
    m_ui->statusBanner->dismiss();
    m_ui->passwordEdit->removeAction(m_mark);
    m_isWatching = true;
    m_proof.start(account, credentials());
}

// The fields stay what they are while the server is asked, and the focus where it is.
void SignInPage::followProof()
{
    const bool isRunning = m_isWatching && m_proof.state() == AccountProof::State::Running;
    m_ui->userEdit->setReadOnly(isRunning);
    m_ui->passwordEdit->setReadOnly(isRunning);
    m_ui->choiceWidget->setEnabled(!isRunning);
    m_ui->progressWidget->setVisible(isRunning);
    m_ui->progressLabel->setText(
        m_proof.newsOf(delivery::ProofNews::Step::Connected)
            ? tr("Signing in at %1…").arg(widgets::inertText(m_draft.account.server.host))
            : tr("Connecting to %1…").arg(widgets::inertText(m_draft.account.server.host)));
    Q_EMIT completeChanged();
}

void SignInPage::takeProof()
{
    if (!m_isWatching)
        return;
    m_isWatching = false;
    followProof();
    // What a password cannot mend is told on the next page, which can save all the same.
    if (!m_proof.isSignInRefused()) {
        Q_EMIT finished();
        return;
    }
    const auto &problem = std::get<outbox::Problem>(*m_proof.trouble());
    QStringList details;
    if (m_proof.refusals() >= AccountProof::ManyRefusals) {
        details.append(tr("That was the %1. time in a row. Many servers lock an account for some time after "
                          "further tries; look the password up first.")
                           .arg(m_proof.refusals()));
    }
    details.append(delivery::advice(problem));
    details.append(delivery::evidence(problem));
    details.removeAll(QString());

    QList<QAction *> actions;
    const accounts::Account &account = m_draft.account;
    const QString localPart = account.email.section(u'@', 0, -2);
    if (kind() != SignInKind::OAuth && account.user == account.email && !localPart.isEmpty()) {
        m_otherUserAction->setData(localPart);
        //: The first part of a mail address as the user name.
        m_otherUserAction->setText(tr("Try as “%1”").arg(widgets::inertText(localPart)));
        actions.append(m_otherUserAction);
    }
    if (kind() == SignInKind::OAuth) {
        m_ui->browserPanel->forget();
        refuse(m_ui->browserPanel->firstField(), delivery::sentence(problem), {}, details.join(u'\n'));
        return;
    }
    m_ui->passwordEdit->addAction(m_mark, QLineEdit::TrailingPosition);
    refuse(m_ui->passwordEdit, delivery::sentence(problem), actions, details.join(u'\n'));
}

void SignInPage::refuse(QWidget *field, const QString &sentence, const QList<QAction *> &actions,
                        const QString &details)
{
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence, actions, details);
    field->setFocus(Qt::OtherFocusReason);
    if (auto *edit = qobject_cast<QLineEdit *>(field))
        edit->selectAll();
}

// Qt cannot tell whether Caps Lock is on, but a letter does: a capital one without Shift, or a small one with
// it.
bool SignInPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->passwordEdit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QString typed = key->text();
        if (key->key() == Qt::Key_CapsLock) {
            m_ui->capsLockLabel->setVisible(false);
        } else if (typed.size() == 1 && typed.front().toUpper() != typed.front().toLower()) {
            const bool hasShift = key->modifiers() & Qt::ShiftModifier;
            m_ui->capsLockLabel->setVisible(typed.front().isUpper() != hasShift);
        }
    }
    return SetupPage::eventFilter(watched, event);
}

} // namespace postrider::setup
