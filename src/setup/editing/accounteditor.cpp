// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/editing/accounteditor.h"

#include "setup/editing/ui_accounteditor.h"

#include "delivery/words/words.h"
#include "mime/address/mailbox.h"
#include "setup/connectionfields.h"
#include "setup/serveraddress.h"
#include "widgets/fittoscreen.h"
#include "widgets/inerttext.h"

#include <QAction>
#include <QProcess>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using accounts::Account;
using accounts::Identity;
using accounts::Security;

namespace {

int usualPort(Security security)
{
    return security == Security::Tls ? 465 : security == Security::StartTls ? 587 : 25;
}

} // namespace

AccountEditor::AccountEditor(const Account &account, Services services, Actions actions, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::AccountEditor>())
    , m_services(std::move(services))
    , m_actions(std::move(actions))
    , m_account(account)
    , m_identities(account.allIdentities())
    , m_portFollows(account.server.security)
    , m_saveAnywayAction(new QAction(tr("Save anyway; mail will wait"), this))
    , m_removeAction(new QAction(tr("Remove account"), this))
    , m_keepAction(new QAction(tr("Keep account"), this))
{
    m_ui->setupUi(this);
    widgets::fitToScreen(*this);
    setWindowTitle(tr("Account %1").arg(account.name));
    m_ui->browserPanel->setServices(m_services);
    m_ui->browserPanel->setVisible(false);
    setUpFields();
    showIdentities();

    connect(m_ui->identitiesList, &QListWidget::currentRowChanged, this, &AccountEditor::showIdentity);
    for (QLineEdit *edit : { m_ui->emailEdit, m_ui->nameEdit, m_ui->replyToEdit })
        connect(edit, &QLineEdit::textEdited, this, &AccountEditor::takeIdentity);
    connect(m_ui->signatureEdit, &QPlainTextEdit::textChanged, this, &AccountEditor::takeIdentity);
    connect(m_ui->addIdentityButton, &QPushButton::clicked, this, &AccountEditor::addIdentity);
    connect(m_ui->removeIdentityButton, &QPushButton::clicked, this, &AccountEditor::removeIdentity);
    connect(m_ui->securityComboBox, &QComboBox::currentIndexChanged, this, &AccountEditor::followSecurity);
    connect(m_ui->testButton, &QPushButton::clicked, this, &AccountEditor::test);
    connect(m_ui->signInButton, &QPushButton::clicked, this, &AccountEditor::offerSignIn);
    connect(m_ui->doctorButton, &QPushButton::clicked, this,
            [this] { m_actions.lookAtServer(m_account.id); });
    connect(m_ui->automaticButton, &QPushButton::clicked, this, [this] {
        m_ui->connectionFields->showAccount({}); // where nothing is said, the usual holds
        m_ui->connectionFields->setFocus(Qt::OtherFocusReason);
    });
    connect(m_ui->browserPanel, &BrowserSignInPanel::signedIn, this, &AccountEditor::signInAgain);
    connect(m_ui->saveButton, &QPushButton::clicked, this, [this] { save(Actions::Proof::SignIn); });
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &AccountEditor::reject);
    connect(m_ui->removeButton, &QPushButton::clicked, this, &AccountEditor::askBeforeRemoving);
    connect(m_saveAnywayAction, &QAction::triggered, this, [this] { save(Actions::Proof::None); });
    connect(m_removeAction, &QAction::triggered, this, &AccountEditor::remove);
    connect(m_keepAction, &QAction::triggered, this, [this] { m_ui->statusBanner->dismiss(); });
}

AccountEditor::~AccountEditor() = default;

void AccountEditor::setUpFields()
{
    m_ui->securityComboBox->addItem(tr("From the start"), QVariant::fromValue(Security::Tls));
    m_ui->securityComboBox->addItem(tr("Switch to encryption"), QVariant::fromValue(Security::StartTls));
    m_ui->securityComboBox->addItem(tr("None: only this computer"), QVariant::fromValue(Security::None));
    m_ui->securityComboBox->setCurrentIndex(
        m_ui->securityComboBox->findData(QVariant::fromValue(m_account.server.security)));
    m_ui->accountNameEdit->setText(m_account.name);
    m_ui->hostEdit->setText(m_account.server.host);
    m_ui->portSpinBox->setValue(m_account.server.port);
    m_ui->userEdit->setText(m_account.user);
    m_ui->commandEdit->setText(m_account.command.join(u' '));

    m_ui->connectionFields->showAccount(m_account);
    m_ui->connectionFields->setSignIn(m_account.oauth ? ConnectionFields::SignIn::NoPassword
                                                      : ConnectionFields::SignIn::WithPassword);

    const bool isCommand = !m_account.command.isEmpty();
    m_ui->tabs->setTabVisible(m_ui->tabs->indexOf(m_ui->connectionTab), !isCommand);
    m_ui->doctorButton->setVisible(!isCommand && m_actions.lookAtServer);
    const QList<QWidget *> ofServers { m_ui->hostLabel,   m_ui->hostEdit,      m_ui->portLabel,
                                       m_ui->portSpinBox, m_ui->securityLabel, m_ui->securityComboBox,
                                       m_ui->userLabel,   m_ui->userEdit };
    for (QWidget *widget : ofServers)
        widget->setVisible(!isCommand);
    const bool hasPassword = !isCommand && !m_account.oauth;
    for (QWidget *widget : QList<QWidget *> { m_ui->passwordLabel, m_ui->passwordEdit, m_ui->keepCheckBox })
        widget->setVisible(hasPassword);
    m_ui->commandLabel->setVisible(isCommand);
    m_ui->commandEdit->setVisible(isCommand);
    m_isForSession = m_actions.keeping && m_actions.keeping(m_account.id) == Actions::Keeping::ThisSession;
    m_ui->keepCheckBox->setChecked(!m_isForSession);
    m_ui->signInButton->setVisible(m_account.oauth.has_value() && m_actions.signInAgain);
}

void AccountEditor::showIdentities()
{
    m_ui->identitiesList->clear();
    for (const Identity &identity : std::as_const(m_identities))
        m_ui->identitiesList->addItem(widgets::inertText(identity.email));
    m_ui->identitiesList->setCurrentRow(0);
    showIdentity(0);
}

void AccountEditor::showIdentity(int row)
{
    if (row < 0 || row >= m_identities.size())
        return;
    m_shown = -1; // what is put into the fields now was not typed
    const Identity &identity = m_identities.at(row);
    m_ui->emailEdit->setText(identity.email);
    m_ui->nameEdit->setText(identity.displayName);
    m_ui->replyToEdit->setText(identity.replyTo);
    m_ui->signatureEdit->setPlainText(identity.signature);
    m_ui->removeIdentityButton->setEnabled(row > 0); // an account has an address of its own
    m_shown = row;
}

void AccountEditor::takeIdentity()
{
    if (m_shown < 0)
        return;
    Identity &identity = m_identities[m_shown];
    identity.email = m_ui->emailEdit->text().trimmed();
    identity.displayName = m_ui->nameEdit->text().simplified();
    identity.replyTo = m_ui->replyToEdit->text().trimmed();
    identity.signature = m_ui->signatureEdit->toPlainText();
    m_ui->identitiesList->item(m_shown)->setText(widgets::inertText(identity.email));
}

void AccountEditor::addIdentity()
{
    Identity identity;
    identity.displayName = m_identities.constFirst().displayName;
    m_identities.append(identity);
    m_ui->identitiesList->addItem(QString());
    m_ui->identitiesList->setCurrentRow(m_ui->identitiesList->count() - 1);
    m_ui->emailEdit->setFocus(Qt::OtherFocusReason);
}

void AccountEditor::removeIdentity()
{
    const int row = m_ui->identitiesList->currentRow();
    if (row < 1)
        return;
    m_shown = -1;
    m_identities.removeAt(row);
    delete m_ui->identitiesList->takeItem(row);
    showIdentity(m_ui->identitiesList->currentRow());
    m_ui->identitiesList->setFocus(Qt::OtherFocusReason);
}

void AccountEditor::followSecurity()
{
    const auto security = m_ui->securityComboBox->currentData().value<Security>();
    if (m_ui->portSpinBox->value() == usualPort(m_portFollows))
        m_ui->portSpinBox->setValue(usualPort(security));
    m_portFollows = security;
}

Account AccountEditor::account() const
{
    Account account = m_account;
    const Identity &own = m_identities.constFirst();
    account.email = own.email;
    account.displayName = own.displayName;
    account.replyTo = own.replyTo;
    account.signature = own.signature;
    account.identities = m_identities.sliced(1);
    account.name = m_ui->accountNameEdit->text().simplified();
    if (account.name.isEmpty())
        account.name = account.email.section(u'@', -1);
    if (!m_account.command.isEmpty()) {
        account.command = QProcess::splitCommand(m_ui->commandEdit->text());
        return account;
    }
    const ServerAddress typed = splitServerAddress(m_ui->hostEdit->text());
    account.server.host = typed.host;
    account.server.port = typed.port != 0 ? typed.port : static_cast<quint16>(m_ui->portSpinBox->value());
    account.server.security = m_ui->securityComboBox->currentData().value<Security>();
    account.user = m_ui->userEdit->text().trimmed();
    const QByteArray auth = account.auth;
    m_ui->connectionFields->takeInto(account);
    if (account.oauth)
        account.auth = auth; // there is nothing to choose
    if (account.server.host != m_account.server.host) {
        account.alternates.clear();
        account.pinnedKey.clear();
    }
    return account;
}

std::optional<base::Secret> AccountEditor::newPassword() const
{
    if (m_ui->passwordEdit->text().isEmpty())
        return {};
    return base::Secret::fromText(m_ui->passwordEdit->text());
}

std::pair<QWidget *, QString> AccountEditor::firstProblem() const
{
    for (const Identity &identity : m_identities) {
        if (const auto address = mime::parseMailbox(identity.email); !address)
            return { m_ui->emailEdit, delivery::sentence(address.error()) };
        if (const auto list = mime::parseMailboxList(identity.replyTo); !list)
            return { m_ui->replyToEdit, delivery::sentence(list.error()) };
    }
    const Account typed = account();
    if (!typed.command.isEmpty() || !m_account.command.isEmpty()) {
        if (typed.command.isEmpty() || !typed.command.constFirst().startsWith(u'/'))
            return { m_ui->commandEdit, tr("The command begins with the whole path of a program.") };
        return { nullptr, {} };
    }
    if (typed.server.host.isEmpty())
        return { m_ui->hostEdit, tr("The name of the sending server is missing.") };
    if (typed.server.security == Security::None
        && !accounts::isPlaintextAllowed(typed.server.host, !typed.user.isEmpty())) {
        return { m_ui->securityComboBox,
                 tr("Without encryption, Postrider sends only to this computer: on the way to %1 others "
                    "could read your mail and your password.")
                     .arg(typed.server.host) };
    }
    if (m_isForSession && m_ui->keepCheckBox->isChecked() && m_ui->passwordEdit->text().isEmpty()
        && !typed.user.isEmpty() && !typed.oauth) {
        return { m_ui->passwordEdit,
                 tr("Type the password once more, so that it can go into the password store.") };
    }
    return m_ui->connectionFields->firstProblem();
}

void AccountEditor::showField(QWidget *field)
{
    for (QWidget *tab : { m_ui->addressesTab, m_ui->serverTab, m_ui->connectionTab }) {
        if (tab->isAncestorOf(field))
            m_ui->tabs->setCurrentWidget(tab);
    }
    field->setFocus(Qt::OtherFocusReason);
}

void AccountEditor::save(Actions::Proof proof)
{
    const auto [field, sentence] = firstProblem();
    if (field) {
        m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence);
        showField(field);
        return;
    }
    setActivity(Activity::Waiting);
    const auto keeping
        = m_ui->keepCheckBox->isChecked() ? Actions::Keeping::Keychain : Actions::Keeping::ThisSession;
    m_actions.update(account(), proof, newPassword(), keeping, m_context.get(),
                     [this](const base::Expected<Account, delivery::Trouble> &answer) { takeSaved(answer); });
}

void AccountEditor::takeSaved(const base::Expected<Account, delivery::Trouble> &answer)
{
    setActivity(Activity::Editing);
    if (!answer) {
        tell(answer.error(), { m_saveAnywayAction });
        return;
    }
    m_ui->passwordEdit->clear();
    accept();
}

void AccountEditor::test()
{
    const auto [field, sentence] = firstProblem();
    if (field) {
        m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence);
        showField(field);
        return;
    }
    setActivity(Activity::Waiting);
    m_actions.prove(account(), newPassword(), m_context.get(), {},
                    [this](const base::Expected<void, delivery::Trouble> &answer) {
                        setActivity(Activity::Editing);
                        if (answer)
                            m_ui->statusBanner->showMessage(widgets::Tone::Good, tr("This account works."));
                        else
                            tell(answer.error(), {});
                    });
}

void AccountEditor::offerSignIn()
{
    if (!m_account.oauth)
        return;
    m_ui->tabs->setCurrentWidget(m_ui->serverTab);
    m_ui->browserPanel->setVisible(true);
    m_ui->browserPanel->offer(*m_account.oauth, m_account.email, m_account.server.host);
    m_ui->browserPanel->firstField()->setFocus(Qt::OtherFocusReason);
}

void AccountEditor::signInAgain()
{
    const Credentials credentials = m_ui->browserPanel->credentials();
    const auto *tokens = std::get_if<oauth::Tokens>(&credentials);
    if (!tokens)
        return;
    Account changed = account();
    changed.oauth = m_ui->browserPanel->settings();
    setActivity(Activity::Waiting);
    m_actions.signInAgain(changed, tokens->clone(), m_context.get(),
                          [this](const base::Expected<Account, delivery::Trouble> &answer) {
                              setActivity(Activity::Editing);
                              m_ui->browserPanel->forget();
                              if (!answer) {
                                  tell(answer.error(), {});
                                  return;
                              }
                              m_account = *answer;
                              m_ui->browserPanel->setVisible(false);
                              m_ui->statusBanner->showMessage(widgets::Tone::Good,
                                                              tr("You are signed in again."));
                          });
}

void AccountEditor::askBeforeRemoving()
{
    m_actions.countWaiting(m_account.id, this, [this](int waiting) {
        const QString details = waiting == 0
            ? tr("Its password is forgotten.")
            : tr(
                "%n message(s) wait for it. They stay in the Outbox, but are not sent any more. Its password "
                "is forgotten.",
                nullptr, waiting);
        m_ui->statusBanner->showMessage(widgets::Tone::Attention, tr("Remove %1?").arg(m_account.name),
                                        { m_removeAction, m_keepAction }, details);
    });
}

void AccountEditor::remove()
{
    setActivity(Activity::Waiting);
    m_actions.remove(m_account.id, m_context.get(),
                     [this](const base::Expected<void, delivery::Trouble> &done) {
                         setActivity(Activity::Editing);
                         if (done)
                             accept();
                         else
                             tell(done.error(), {});
                     });
}

void AccountEditor::setActivity(Activity activity)
{
    const bool isWaiting = activity == Activity::Waiting;
    if (isWaiting)
        m_context = std::make_unique<QObject>();
    else if (m_context)
        m_context.release()->deleteLater(); // on whose behalf this may be called
    m_ui->tabs->setDisabled(isWaiting);
    m_ui->saveButton->setDisabled(isWaiting);
    m_ui->removeButton->setDisabled(isWaiting);
    if (isWaiting)
        m_ui->statusBanner->showMessage(widgets::Tone::Information, tr("Asking the server…"));
    else
        m_ui->statusBanner->dismiss();
}

void AccountEditor::tell(const delivery::Trouble &trouble, const QList<QAction *> &actions)
{
    QStringList details;
    if (const auto *problem = std::get_if<outbox::Problem>(&trouble))
        details = { delivery::advice(*problem), delivery::evidence(*problem) };
    details.removeAll(QString());
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble), actions,
                                    details.join(u'\n'));
}

void AccountEditor::reject()
{
    m_context.reset();
    m_ui->browserPanel->stop();
    QDialog::reject();
}

} // namespace postrider::setup
