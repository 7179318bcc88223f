// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/browsersigninpanel.h"

#include "setup/ui_browsersigninpanel.h"

#include "delivery/words/words.h"
#include "oauth/provider.h"

#include <QClipboard>
#include <QGuiApplication>

namespace postrider::setup {

BrowserSignInPanel::BrowserSignInPanel(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::BrowserSignInPanel>())
{
    m_ui->setupUi(this);
    connect(m_ui->browserButton, &QPushButton::clicked, this, [this] { start(Place::ThisBrowser); });
    connect(m_ui->deviceButton, &QPushButton::clicked, this, [this] { start(Place::OtherDevice); });
    connect(m_ui->stopButton, &QPushButton::clicked, this, &BrowserSignInPanel::stop);
    connect(m_ui->copyAddressButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_ui->addressEdit->text()); });
    for (QLineEdit *edit : { m_ui->clientIdEdit, m_ui->clientSecretEdit, m_ui->tenantEdit, m_ui->scopeEdit })
        connect(edit, &QLineEdit::textEdited, this, &BrowserSignInPanel::follow);
    connect(m_ui->clientGuideButton, &QPushButton::clicked, this, [this] {
        if (const oauth::Provider *provider = oauth::findProvider(m_settings.provider))
            m_services->openUrl(provider->registerGuide);
    });
    connect(m_ui->ownClientButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->ownClientWidget->setVisible(shown);
        m_ui->ownClientButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
        follow();
    });
    connect(m_ui->otherAccountButton, &QPushButton::clicked, this, &BrowserSignInPanel::otherAccountWanted);
}

BrowserSignInPanel::~BrowserSignInPanel() = default;

void BrowserSignInPanel::setServices(const Services &services)
{
    m_services = &services;
}

void BrowserSignInPanel::offer(const accounts::OAuthSettings &settings, const QString &address,
                               const QString &host)
{
    if (m_settings.provider != settings.provider || m_address != address)
        forget();
    m_settings.provider = settings.provider;
    m_address = address;
    if (m_ui->clientIdEdit->text().isEmpty())
        m_ui->clientIdEdit->setText(settings.clientId);
    if (m_ui->clientSecretEdit->text().isEmpty())
        m_ui->clientSecretEdit->setText(settings.clientSecret);
    if (m_ui->tenantEdit->text().isEmpty())
        m_ui->tenantEdit->setText(settings.tenant);
    if (m_ui->scopeEdit->text().isEmpty())
        m_ui->scopeEdit->setText(settings.scope);

    const oauth::Provider *provider = oauth::findProvider(m_settings.provider);
    const QString name = provider ? provider->name : host;
    m_ui->explanationLabel->setText(
        tr("%1 asks for your password on its own page, in your browser. Postrider never sees it.").arg(name));
    //: A provider's name. The three ways are the fields and buttons around the sentence.
    m_ui->ownClientLabel->setText(
        tr("This copy of Postrider is not registered with %1: use an app password if it gives you one, "
           "enter a client id of your own, or use another account.")
            .arg(name));
    const bool hasSecret = provider && provider->secret == oauth::Provider::Secret::Needed;
    m_ui->clientSecretLabel->setVisible(hasSecret);
    m_ui->clientSecretEdit->setVisible(hasSecret);
    const bool hasTenant = provider && !provider->tenant.isEmpty();
    m_ui->tenantLabel->setVisible(hasTenant);
    m_ui->tenantEdit->setVisible(hasTenant);
    m_ui->clientGuideButton->setVisible(provider && provider->registerGuide.isValid());
    m_isRegistered = m_services->hasClient({ .provider = m_settings.provider });
    const accounts::OAuthSettings usual { .provider = settings.provider };
    if (m_isRegistered && settings != usual)
        m_ui->ownClientButton->setChecked(true);
    m_ui->ownClientButton->setVisible(m_isRegistered);
    m_ui->ownClientLabel->setVisible(!m_isRegistered);
    m_ui->ownClientWidget->setVisible(!m_isRegistered || m_ui->ownClientButton->isChecked());
    follow();
}

accounts::OAuthSettings BrowserSignInPanel::settings() const
{
    if (m_isRegistered && !m_ui->ownClientButton->isChecked())
        return { .provider = m_settings.provider };
    return { m_settings.provider, m_ui->clientIdEdit->text().trimmed(), m_ui->tenantEdit->text().trimmed(),
             m_ui->scopeEdit->text().simplified(), m_ui->clientSecretEdit->text().trimmed() };
}

QWidget *BrowserSignInPanel::firstField() const
{
    if (m_services && !m_services->hasClient(settings()))
        return m_ui->clientIdEdit;
    return m_ui->browserButton;
}

Credentials BrowserSignInPanel::credentials() const
{
    if (!m_tokens)
        return {};
    return m_tokens->clone();
}

void BrowserSignInPanel::follow()
{
    const bool isRunning = m_signIn != nullptr;
    const bool canStart = !isRunning && m_services->hasClient(settings());
    const oauth::Provider *provider = oauth::findProvider(m_settings.provider);
    m_ui->browserButton->setEnabled(canStart);
    m_ui->deviceButton->setVisible(provider && !provider->deviceAuthorization.isEmpty());
    m_ui->deviceButton->setEnabled(m_services->hasClient(settings()));
    m_ui->stopButton->setVisible(isRunning);
    m_ui->ownClientWidget->setEnabled(!isRunning);
    m_ui->ownClientButton->setEnabled(!isRunning);
    if (!isRunning)
        m_ui->addressWidget->setVisible(false);
}

void BrowserSignInPanel::start(Place place)
{
    forget();
    m_signIn = place == Place::ThisBrowser ? m_services->browserSignIn(settings(), m_address)
                                           : m_services->deviceSignIn(settings(), m_address);
    connect(m_signIn.get(), &TokenSignIn::pageWanted, this, &BrowserSignInPanel::showPage);
    connect(m_signIn.get(), &TokenSignIn::codeReady, this, &BrowserSignInPanel::showCode);
    connect(m_signIn.get(), &TokenSignIn::finished, this, &BrowserSignInPanel::take);
    m_ui->stateLabel->setText(tr("Waiting for the provider…"));
    follow();
    m_signIn->start();
}

void BrowserSignInPanel::showPage(const QUrl &url)
{
    m_ui->codeLabel->setVisible(false);
    m_ui->codeEdit->setVisible(false);
    m_ui->addressEdit->setText(QString::fromUtf8(url.toEncoded()));
    m_ui->addressEdit->setCursorPosition(0);
    m_ui->addressWidget->setVisible(true);
    m_ui->stateLabel->setText(
        m_services->openUrl(url)
            ? tr("Sign in on the page that has opened in your browser; Postrider goes on by itself.")
            : tr("No browser could be opened. Copy the address into one on this computer, or sign in on "
                 "another device."));
}

void BrowserSignInPanel::showCode(const QString &code, const QUrl &page, std::chrono::seconds lifetime)
{
    m_ui->addressEdit->setText(page.toString());
    m_ui->codeEdit->setText(code);
    m_ui->codeLabel->setVisible(true);
    m_ui->codeEdit->setVisible(true);
    m_ui->addressWidget->setVisible(true);
    const int minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(lifetime).count());
    m_ui->stateLabel->setText(
        tr("Open the address on any device, sign in, and enter the code. It is good for %n minute(s).",
           nullptr, minutes));
    m_ui->codeEdit->setFocus(Qt::OtherFocusReason);
    m_ui->codeEdit->selectAll();
}

void BrowserSignInPanel::take()
{
    TokenSignIn::Result result = m_signIn->takeResult();
    m_signIn.release()->deleteLater(); // it is what called
    if (!result) {
        const oauth::SignInFailure &failure = result.error();
        QStringList words { delivery::sentence(failure), delivery::advice(failure),
                            delivery::evidence(failure) };
        words.removeAll(QString());
        m_ui->stateLabel->setText(words.isEmpty() ? tr("Stopped.") : words.join(u'\n'));
        follow();
        m_ui->browserButton->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_tokens = std::move(*result);
    m_ui->stateLabel->setText(tr("You have signed in at the provider."));
    follow();
    Q_EMIT signedIn();
}

void BrowserSignInPanel::stop()
{
    if (!m_signIn)
        return;
    m_signIn.reset();
    m_ui->stateLabel->setText(tr("Stopped."));
    follow();
}

void BrowserSignInPanel::forget()
{
    m_signIn.reset();
    m_tokens.reset();
    m_ui->stateLabel->clear();
    if (m_services)
        follow();
}

} // namespace postrider::setup
