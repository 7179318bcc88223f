// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/accountdialog.h"

#include "setup/ui_accountdialog.h"

#include "delivery/words/words.h"
#include "mime/address/mailbox.h"
#include "widgets/fittoscreen.h"
#include "widgets/inerttext.h"

#include <QFileDialog>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using accounts::Security;
using outbox::Problem;

namespace {

int usualPort(Security security)
{
    switch (security) {
    case Security::Tls:
        return 465; // RFC 8314 section 3.3
    case Security::StartTls:
        return 587; // RFC 6409
    case Security::None:
        return 25;
    }
    Q_UNREACHABLE();
}

} // namespace

AccountDialog::AccountDialog(AddAccount addAccount, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::AccountDialog>())
    , m_addAccount(std::move(addAccount))
    , m_saveButton(nullptr)
{
    m_ui->setupUi(this);
    widgets::fitToScreen(*this);
    m_saveButton = m_ui->buttonBox->addButton(tr("&Sign in and save"), QDialogButtonBox::AcceptRole);
    m_saveButton->setDefault(true);
    setUpFields();
    setActivity(Activity::Asking);

    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &AccountDialog::signInAndSave);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &AccountDialog::reject);
}

AccountDialog::~AccountDialog() = default;

void AccountDialog::setUpFields()
{
    m_ui->securityComboBox->addItem(tr("From the start (port 465)"), QVariant::fromValue(Security::Tls));
    m_ui->securityComboBox->addItem(tr("Switch to encryption (port 587)"),
                                    QVariant::fromValue(Security::StartTls));
    m_ui->securityComboBox->addItem(tr("None: only this computer"), QVariant::fromValue(Security::None));
    m_ui->detailsWidget->setVisible(false);

    connect(m_ui->emailEdit, &QLineEdit::textEdited, this, &AccountDialog::followEmail);
    connect(m_ui->userEdit, &QLineEdit::textEdited, this, [this] { m_ui->userEdit->setModified(true); });
    connect(m_ui->hostEdit, &QLineEdit::editingFinished, this, &AccountDialog::splitHostAndPort);
    connect(m_ui->securityComboBox, &QComboBox::currentIndexChanged, this, &AccountDialog::followSecurity);
    connect(m_ui->showPasswordCheckBox, &QCheckBox::toggled, this, [this](bool shown) {
        m_ui->passwordEdit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(m_ui->detailsButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->detailsWidget->setVisible(shown);
        m_ui->detailsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_ui->caFileButton, &QPushButton::clicked, this, &AccountDialog::chooseCaFile);
}

void AccountDialog::offerPractice()
{
    QPushButton *button
        = m_ui->buttonBox->addButton(tr("&Just try it: practice mailbox"), QDialogButtonBox::ResetRole);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this] {
        Q_EMIT practiceChosen();
        reject();
    });
}

// The user name is the address almost everywhere, until the person says otherwise.
void AccountDialog::followEmail(const QString &email)
{
    if (!m_ui->userEdit->isModified())
        m_ui->userEdit->setText(email.trimmed());
}

void AccountDialog::followSecurity()
{
    if (m_ui->portSpinBox->value() == usualPort(m_portFollows))
        m_ui->portSpinBox->setValue(usualPort(security()));
    m_portFollows = security();
}

// "smtp.example.org:587" is split; an address literal with colons ("::1", "[::1]:587") keeps its own.
void AccountDialog::splitHostAndPort()
{
    QString host = m_ui->hostEdit->text().trimmed();
    const qsizetype bracket = host.lastIndexOf(u']');
    const qsizetype colon = host.lastIndexOf(u':');
    const bool literal = host.count(u':') > 1 && bracket < 0;
    if (!literal && colon > bracket) {
        bool isNumber = false;
        const int port = QStringView(host).mid(colon + 1).toInt(&isNumber);
        if (isNumber && port >= m_ui->portSpinBox->minimum() && port <= m_ui->portSpinBox->maximum()) {
            m_ui->portSpinBox->setValue(port);
            host.truncate(colon);
        }
    }
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    m_ui->hostEdit->setText(host);
}

void AccountDialog::chooseCaFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a certificate file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, m_ui->caFileEdit, &QLineEdit::setText);
    dialog->open();
}

Security AccountDialog::security() const
{
    return m_ui->securityComboBox->currentData().value<Security>();
}

accounts::Account AccountDialog::account() const
{
    accounts::Account account;
    account.email = m_ui->emailEdit->text().trimmed();
    account.displayName = m_ui->nameEdit->text().simplified();
    account.name = account.email.section(u'@', -1);
    account.server.host = m_ui->hostEdit->text().trimmed();
    account.server.port = static_cast<quint16>(m_ui->portSpinBox->value());
    account.server.security = security();
    account.user = m_ui->userEdit->text().trimmed();
    account.caFile = m_ui->caFileEdit->text().trimmed();
    return account;
}

std::pair<QWidget *, QString> AccountDialog::firstProblem() const
{
    const accounts::Account typed = account();
    if (const auto address = mime::parseMailbox(typed.email); !address)
        return { m_ui->emailEdit, delivery::sentence(address.error()) };
    if (typed.server.host.isEmpty())
        return { m_ui->hostEdit, tr("The name of the sending server is missing.") };
    if (typed.server.security == Security::None
        && !accounts::isPlaintextAllowed(typed.server.host, !typed.user.isEmpty())) {
        return { m_ui->securityComboBox,
                 tr("Without encryption, Postrider sends only to this computer: on the way to %1 others "
                    "could read your mail and your password.")
                     .arg(typed.server.host) };
    }
    if (!typed.user.isEmpty() && m_ui->passwordEdit->text().isEmpty())
        return { m_ui->passwordEdit, tr("The password is missing.") };
    return { nullptr, {} };
}

void AccountDialog::signInAndSave()
{
    if (m_activity == Activity::SigningIn)
        return;
    splitHostAndPort();
    const auto [field, sentence] = firstProblem();
    if (field) {
        refuse(field, sentence);
        return;
    }
    m_ui->statusBanner->dismiss();
    setActivity(Activity::SigningIn);
    m_addAccount(
        account(), base::Secret::fromText(m_ui->passwordEdit->text()), this,
        [this](const base::Expected<accounts::Account, delivery::Trouble> &answer) { take(answer); });
}

void AccountDialog::take(const base::Expected<accounts::Account, delivery::Trouble> &answer)
{
    setActivity(Activity::Asking);
    if (answer) {
        m_ui->passwordEdit->clear();
        if (m_cancelled) {
            Q_EMIT savedAfterCancel(answer->id);
            QDialog::reject();
        } else {
            Q_EMIT added(*answer);
            QDialog::accept();
        }
        return;
    }
    if (m_cancelled) {
        QDialog::reject();
        return;
    }
    const delivery::Trouble &trouble = answer.error();
    QStringList details;
    if (const auto *problem = std::get_if<Problem>(&trouble)) {
        details.append(delivery::advice(*problem));
        details.append(widgets::inertText(delivery::serverWords(*problem)));
    }
    details.removeAll(QString());
    refuse(fieldOf(trouble), delivery::sentence(trouble), details.join(u'\n'));
}

QWidget *AccountDialog::fieldOf(const delivery::Trouble &trouble) const
{
    const auto *problem = std::get_if<Problem>(&trouble);
    if (!problem)
        return m_saveButton;
    switch (problem->kind) {
    case Problem::Kind::SignInRefused:
    case Problem::Kind::PasswordMissing:
        return m_ui->passwordEdit;
    case Problem::Kind::SenderRefused:
        return m_ui->emailEdit;
    case Problem::Kind::TlsMissing:
    case Problem::Kind::TlsFailed:
        return m_ui->securityComboBox;
    default:
        return m_ui->hostEdit;
    }
}

void AccountDialog::refuse(QWidget *field, const QString &sentence, const QString &details)
{
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence, {}, details);
    field->setFocus(Qt::OtherFocusReason);
    if (auto *edit = qobject_cast<QLineEdit *>(field))
        edit->selectAll();
}

void AccountDialog::setActivity(Activity activity)
{
    m_activity = activity;
    const bool signingIn = activity == Activity::SigningIn;
    m_ui->fieldsWidget->setDisabled(signingIn);
    m_saveButton->setDisabled(signingIn);
    m_ui->progressWidget->setVisible(signingIn);
    m_ui->progressLabel->setText(signingIn ? tr("Signing in at %1…").arg(m_ui->hostEdit->text()) : QString());
}

void AccountDialog::reject()
{
    if (m_activity == Activity::SigningIn) {
        m_cancelled = true;
        hide();
        return;
    }
    QDialog::reject();
}

} // namespace postrider::setup
