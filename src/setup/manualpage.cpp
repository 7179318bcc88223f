// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/manualpage.h"

#include "setup/ui_manualpage.h"

#include "delivery/words/words.h"
#include "discovery/words.h"
#include "setup/connectionfields.h"
#include "setup/serveraddress.h"
#include "widgets/inerttext.h"

#include <QIntValidator>
#include <QLineEdit>
#include <QProcess>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using accounts::Security;
using discovery::PortResult;

namespace {

constexpr quint16 LocalPort = 25; // where a computer's own mail system listens (RFC 5321 section 4.5.4.2)

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

/// What a port has nearly everywhere; nothing: anything.
std::optional<Security> usualSecurity(int port)
{
    if (port == 465)
        return Security::Tls;
    if (port == 587 || port == 2525 || port == 25)
        return Security::StartTls;
    return {};
}

} // namespace

ManualPage::ManualPage(SetupDraft &draft, const Services &services, AccountProof &proof, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_proof(proof)
    , m_ui(std::make_unique<Ui::ManualPage>())
{
    m_ui->setupUi(this);
    fillBoxes();
    // One column for all of the page's forms.
    const std::array<QLabel *, 7> labels { m_ui->kindLabel,     m_ui->hostLabel, m_ui->portLabel,
                                           m_ui->securityLabel, m_ui->userLabel, m_ui->localLabel,
                                           m_ui->commandLabel };
    int width = 0;
    for (const QLabel *label : labels)
        width = std::max(width, label->sizeHint().width());
    for (QLabel *label : labels)
        label->setMinimumWidth(width);
    m_ui->connectionFields->setVisible(false);

    connect(m_ui->kindComboBox, &QComboBox::currentIndexChanged, this, &ManualPage::followKind);
    connect(m_ui->localComboBox, &QComboBox::currentIndexChanged, this, &ManualPage::followKind);
    connect(m_ui->portComboBox, &QComboBox::editTextChanged, this, &ManualPage::followPort);
    connect(m_ui->securityComboBox, &QComboBox::currentIndexChanged, this, &ManualPage::followSecurity);
    connect(m_ui->hostEdit, &QLineEdit::editingFinished, this, &ManualPage::splitHostAndPort);
    for (QLineEdit *edit : { m_ui->hostEdit, m_ui->userEdit, m_ui->commandEdit })
        connect(edit, &QLineEdit::textEdited, this, &ManualPage::completeChanged);
    connect(m_ui->moreButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->connectionFields->setVisible(shown);
        m_ui->moreButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_ui->testButton, &QPushButton::clicked, this, &ManualPage::test);
    connect(m_ui->automaticButton, &QPushButton::clicked, this, &ManualPage::automaticWanted);
    connect(&m_proof, &AccountProof::finished, this, &ManualPage::takeProof);
    followKind();
}

ManualPage::~ManualPage() = default;

void ManualPage::fillBoxes()
{
    m_ui->kindComboBox->addItem(tr("A sending server"), QVariant::fromValue(Kind::Server));
    m_ui->kindComboBox->addItem(tr("No sign-in (this network's relay)"), QVariant::fromValue(Kind::Relay));
    m_ui->kindComboBox->addItem(tr("Mail system of this computer"), QVariant::fromValue(Kind::ThisComputer));
    m_ui->localComboBox->addItem(tr("Its server (127.0.0.1, port 25)"), QVariant::fromValue(Local::Server));
    m_ui->localComboBox->addItem(tr("A command"), QVariant::fromValue(Local::Command));
    m_ui->commandEdit->setText(u"/usr/sbin/sendmail"_s);

    for (const int port : { 587, 465, 2525, 25 })
        m_ui->portComboBox->addItem(QString::number(port));
    m_ui->portComboBox->setCompleter(nullptr);
    m_ui->portComboBox->lineEdit()->setAccessibleName(tr("Port"));
    m_ui->portComboBox->setValidator(new QIntValidator(1, 65535, this));
    m_ui->securityComboBox->addItem(tr("Switch to encryption"), QVariant::fromValue(Security::StartTls));
    m_ui->securityComboBox->addItem(tr("From the start"), QVariant::fromValue(Security::Tls));
    m_ui->securityComboBox->addItem(tr("None: only this computer"), QVariant::fromValue(Security::None));
}

QString ManualPage::title() const
{
    return tr("Settings by hand");
}

QWidget *ManualPage::firstField() const
{
    return kind() == Kind::ThisComputer ? static_cast<QWidget *>(m_ui->kindComboBox) : m_ui->hostEdit;
}

void ManualPage::enter()
{
    showAccount(m_draft.account);
    m_ui->automaticButton->setVisible(!m_draft.account.email.isEmpty());
    m_ui->statusBanner->dismiss();
}

void ManualPage::leave()
{
    m_test.reset();
    m_ui->testButton->setEnabled(true);
    if (m_isWatching)
        m_proof.cancel();
    m_isWatching = false;
}

// Only what is known: what was typed here and not taken yet stays.
void ManualPage::showAccount(const accounts::Account &account)
{
    if (!account.server.host.isEmpty()) {
        m_ui->hostEdit->setText(account.server.host);
        if (account.server.port != 0)
            m_ui->portComboBox->setEditText(QString::number(account.server.port));
        setSecurity(account.server.security);
    }
    if (!account.user.isEmpty())
        m_ui->userEdit->setText(account.user);
    m_ui->userEdit->setPlaceholderText(account.email);
    m_ui->connectionFields->showAccount(account);
    Q_EMIT completeChanged();
}

ManualPage::Kind ManualPage::kind() const
{
    return m_ui->kindComboBox->currentData().value<Kind>();
}

ManualPage::Local ManualPage::local() const
{
    return m_ui->localComboBox->currentData().value<Local>();
}

Security ManualPage::security() const
{
    return m_ui->securityComboBox->currentData().value<Security>();
}

int ManualPage::port() const
{
    return m_ui->portComboBox->currentText().toInt();
}

QString ManualPage::host() const
{
    return m_ui->hostEdit->text().trimmed();
}

void ManualPage::setSecurity(Security security)
{
    m_ui->securityComboBox->setCurrentIndex(m_ui->securityComboBox->findData(QVariant::fromValue(security)));
    m_portFollows = security;
}

void ManualPage::followKind()
{
    const bool isHere = kind() == Kind::ThisComputer;
    m_ui->serverWidget->setVisible(!isHere);
    m_ui->commandWidget->setVisible(isHere);
    m_ui->commandEdit->setVisible(local() == Local::Command);
    m_ui->commandLabel->setVisible(local() == Local::Command);
    m_ui->signInWidget->setVisible(kind() == Kind::Server);
    m_ui->connectionFields->setSignIn(kind() == Kind::Server ? ConnectionFields::SignIn::WithPassword
                                                             : ConnectionFields::SignIn::NoPassword);
    m_ui->moreButton->setVisible(!isHere);
    m_ui->connectionFields->setVisible(!isHere && m_ui->moreButton->isChecked());
    // A relay listens where servers do; nothing else is changed that was typed.
    if (kind() == Kind::Relay && port() == 587)
        m_ui->portComboBox->setEditText(QString::number(25));
    else if (kind() == Kind::Server && port() == 25)
        m_ui->portComboBox->setEditText(QString::number(587));
    explain();
    Q_EMIT completeChanged();
}

void ManualPage::followPort()
{
    const auto usual = usualSecurity(port());
    // Switched off on purpose stays switched off.
    if (usual && security() != Security::None)
        setSecurity(*usual);
    explain();
    Q_EMIT completeChanged();
}

void ManualPage::followSecurity()
{
    const bool isUsual = port() == usualPort(m_portFollows)
        || (security() == Security::Tls && usualSecurity(port()) == Security::StartTls);
    m_portFollows = security();
    if (isUsual && usualSecurity(port()) != security() && security() != Security::None)
        m_ui->portComboBox->setEditText(QString::number(usualPort(security())));
    explain();
    Q_EMIT completeChanged();
}

void ManualPage::explain()
{
    switch (kind()) {
    case Kind::Server:
        m_ui->kindHintLabel->setText(tr("You sign in to it; your provider tells its name."));
        break;
    case Kind::Relay:
        m_ui->kindHintLabel->setText(
            tr("It takes mail from every computer in its network, without a password. "
               "Whoever runs the network tells its name."));
        break;
    case Kind::ThisComputer:
        m_ui->kindHintLabel->setText(
            local() == Local::Command
                ? tr("Each message is handed to this program, as other programs of this computer do.")
                : tr("A mail system that runs on this computer takes the messages and passes them on."));
        break;
    }
    switch (security()) {
    case Security::Tls:
        m_ui->securityHintLabel->setText(tr("Encrypted before a word is said; usual with port 465."));
        break;
    case Security::StartTls:
        m_ui->securityHintLabel->setText(
            tr("Encryption is switched on first, or nothing is sent; usual with port 587."));
        break;
    case Security::None:
        m_ui->securityHintLabel->setText(tr(
            "Not encrypted: only for this computer, or for an address inside this network without sign-in."));
        break;
    }
}

void ManualPage::splitHostAndPort()
{
    const ServerAddress address = splitServerAddress(m_ui->hostEdit->text());
    m_ui->hostEdit->setText(address.host);
    if (address.port != 0)
        m_ui->portComboBox->setEditText(QString::number(address.port));
}

bool ManualPage::isComplete() const
{
    if (kind() == Kind::ThisComputer)
        return local() == Local::Server || !m_ui->commandEdit->text().trimmed().isEmpty();
    return !host().isEmpty() && port() > 0;
}

std::pair<QWidget *, QString> ManualPage::firstProblem() const
{
    if (kind() == Kind::ThisComputer) {
        const QStringList command = QProcess::splitCommand(m_ui->commandEdit->text());
        if (local() == Local::Command && (command.isEmpty() || !command.constFirst().startsWith(u'/')))
            return { m_ui->commandEdit, tr("The command begins with the whole path of a program.") };
        return { nullptr, {} };
    }
    if (host().isEmpty())
        return { m_ui->hostEdit, tr("The name of the sending server is missing.") };
    if (port() < 1 || port() > 65535)
        return { m_ui->portComboBox, tr("A port is a number from 1 to 65535.") };
    if (security() == Security::None && !accounts::isPlaintextAllowed(host(), kind() == Kind::Server)) {
        return {
            m_ui->securityComboBox,
            kind() == Kind::Server
                ? tr("Without encryption, Postrider sends only to this computer: on the way to %1 others "
                     "could read your mail and your password.")
                      .arg(host())
                : tr("Without encryption, Postrider sends only to this computer, or to an address such as "
                     "192.168.1.2 inside this network: on the way to %1 others could read your mail.")
                      .arg(host())
        };
    }
    return m_ui->connectionFields->firstProblem();
}

bool ManualPage::take()
{
    splitHostAndPort();
    const auto [field, sentence] = firstProblem();
    if (field) {
        m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence);
        if (m_ui->connectionFields->isAncestorOf(field))
            m_ui->moreButton->setChecked(true);
        field->setFocus(Qt::OtherFocusReason);
        return false;
    }
    m_ui->statusBanner->dismiss();
    accounts::Account &account = m_draft.account;
    const accounts::Server before = account.server;
    account.command.clear();
    if (kind() == Kind::ThisComputer) {
        account.server = { u"127.0.0.1"_s, LocalPort, Security::None };
        if (local() == Local::Command) {
            account.command = QProcess::splitCommand(m_ui->commandEdit->text());
            account.server = {}; // the command is in its place
        }
        account.user.clear();
        account.auth.clear();
    } else {
        account.server = { host(), static_cast<quint16>(port()), security() };
        const QString user = m_ui->userEdit->text().trimmed();
        account.user = kind() == Kind::Relay ? QString() : user.isEmpty() ? account.email : user;
        m_ui->connectionFields->takeInto(account);
    }
    if (before != account.server) {
        account.alternates.clear();
        m_draft.provider.clear();
        m_draft.verdict = discovery::Verdict::NotTried;
    }
    if (before.host != account.server.host)
        account.pinnedKey.clear();
    return true;
}

void ManualPage::goOn()
{
    if (take())
        Q_EMIT finished();
}

void ManualPage::test()
{
    if (!take())
        return;
    m_ui->testButton->setEnabled(false);
    m_ui->statusBanner->showMessage(widgets::Tone::Information, tr("Testing…"));
    const accounts::Account &account = m_draft.account;
    if (account.user.isEmpty()) {
        m_isWatching = true;
        m_proof.start(account, {});
        return;
    }
    const bool isLiteral = account.server.host.contains(u':');
    const QString where
        = (isLiteral ? u"[%1]:%2"_s : u"%1:%2"_s).arg(account.server.host).arg(account.server.port);
    SearchWish wish;
    wish.query = discovery::Query::parse(where).value_or(discovery::Query {});
    wish.pinnedKey = account.pinnedKey;
    wish.caFile = account.caFile;
    wish.clientName = account.clientName;
    wish.route = account.route;
    m_test = m_services.makeSearch(wish);
    connect(m_test.get(), &ServerSearch::settled, this, &ManualPage::followTest);
    connect(m_test.get(), &ServerSearch::finished, this, &ManualPage::followTest);
    m_test->start();
}

void ManualPage::followTest()
{
    m_ui->testButton->setEnabled(true);
    const discovery::Report &report = m_test->report();
    if (!report.recommended) {
        m_ui->statusBanner->showMessage(widgets::Tone::Problem, discovery::sentence(report), {},
                                        discovery::advice(report));
        return;
    }
    QString details;
    const accounts::Server &works = report.recommended->server;
    if (works.security != security()) {
        setSecurity(works.security);
        details = tr("The encryption was set to what works there.");
    }
    m_draft.provider = report.providerId.value_or(QString());
    m_draft.verdict = report.verdict;
    //: A server's name and a port's number.
    m_ui->statusBanner->showMessage(
        widgets::Tone::Good, tr("%1 works on port %2.").arg(widgets::inertText(works.host)).arg(works.port),
        {}, details);
}

void ManualPage::takeProof()
{
    if (!m_isWatching)
        return;
    m_isWatching = false;
    m_ui->testButton->setEnabled(true);
    if (m_proof.state() == AccountProof::State::Proved) {
        m_ui->statusBanner->showMessage(
            widgets::Tone::Good,
            tr("It works: mail from %1 is taken.").arg(widgets::inertText(m_draft.account.email)));
        return;
    }
    const delivery::Trouble &trouble = *m_proof.trouble();
    QStringList details;
    if (const auto *problem = std::get_if<outbox::Problem>(&trouble))
        details = { delivery::advice(*problem), delivery::evidence(*problem) };
    details.removeAll(QString());
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(trouble), {},
                                    details.join(u'\n'));
}

} // namespace postrider::setup
