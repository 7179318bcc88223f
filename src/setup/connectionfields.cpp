// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/connectionfields.h"

#include "setup/ui_connectionfields.h"

#include "delivery/words/words.h"
#include "net/clientcertificate.h"
#include "setup/serveraddress.h"
#include "widgets/inerttext.h"

#include <QFile>
#include <QFileDialog>
#include <QHostAddress>
#include <QSslCertificate>

#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using accounts::Route;

namespace {

constexpr qint64 LargestPem = 1024 * 1024;

/// Nothing when it cannot be read.
std::optional<QByteArray> contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.read(LargestPem);
}

QString typed(const QLineEdit *edit)
{
    return edit->text().trimmed();
}

} // namespace

ConnectionFields::ConnectionFields(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ConnectionFields>())
{
    m_ui->setupUi(this);
    fillBoxes();
    explain();
    m_ui->meaningsLabel->setVisible(false);
    connect(m_ui->meaningsButton, &QToolButton::toggled, this, [this](bool shown) {
        m_ui->meaningsLabel->setVisible(shown);
        m_ui->meaningsButton->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_ui->proxyComboBox, &QComboBox::currentIndexChanged, this, &ConnectionFields::followProxy);
    connect(m_ui->proxyHostEdit, &QLineEdit::editingFinished, this, &ConnectionFields::splitProxy);
    connect(m_ui->caFileButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->caFileEdit, tr("Choose a certificate file")); });
    connect(m_ui->clientCertificateButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->clientCertificateEdit, tr("Choose your own certificate")); });
    connect(m_ui->clientKeyButton, &QPushButton::clicked, this,
            [this] { chooseFile(m_ui->clientKeyEdit, tr("Choose the key of your own certificate")); });
    followProxy();
}

ConnectionFields::~ConnectionFields() = default;

void ConnectionFields::fillBoxes()
{
    m_ui->authComboBox->addItem(tr("Automatic"), QByteArray());
    for (const char *mechanism : { "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5" })
        m_ui->authComboBox->addItem(QString::fromLatin1(mechanism), QByteArray(mechanism));
    m_ui->proxyComboBox->addItem(tr("As this computer says"), QVariant::fromValue(Route::Proxy::System));
    m_ui->proxyComboBox->addItem(tr("None"), QVariant::fromValue(Route::Proxy::None));
    m_ui->proxyComboBox->addItem(u"SOCKS 5"_s, QVariant::fromValue(Route::Proxy::Socks5));
    m_ui->proxyComboBox->addItem(u"HTTP"_s, QVariant::fromValue(Route::Proxy::HttpConnect));
}

/// A line for each, below the fields and with its field.
void ConnectionFields::explain()
{
    const std::pair<QWidget *, QString> meanings[] {
        { m_ui->authComboBox,
          tr("Sign in with: how the password is proved. Automatic takes the safest way that the server "
             "knows.") },
        { m_ui->clientNameEdit,
          tr("Name of this computer: how it introduces itself (EHLO). Some servers want a name that "
             "exists.") },
        { m_ui->timeLimitSpinBox,
          tr("Time limit: how long Postrider waits for a connection and for each answer. After a whole "
             "message "
             "it is ten minutes at least, since a message must not arrive twice.") },
        { m_ui->localAddressEdit,
          tr("Own address: where connections come from, on a computer with several addresses. Not used with "
             "a proxy.") },
        { m_ui->proxyComboBox,
          tr("Proxy: a computer that connections go through. It sees the server's name, and nothing of your "
             "mail or password.") },
        { m_ui->caFileEdit,
          tr("Certificate file: authorities that the server's certificate may come from, besides those this "
             "computer knows.") },
        { m_ui->clientCertificateEdit,
          tr("Own certificate: shown to a server that asks who you are, with its key, which has no "
             "passphrase.") },
    };
    QStringList lines;
    for (const auto &[field, meaning] : meanings) {
        field->setToolTip(meaning);
        lines.append(meaning);
    }
    m_ui->meaningsLabel->setText(lines.join(u'\n'));
}

void ConnectionFields::showAccount(const accounts::Account &account)
{
    int auth = m_ui->authComboBox->findData(account.auth);
    if (auth < 0) { // one that was chosen on the command line
        m_ui->authComboBox->addItem(QString::fromLatin1(account.auth), account.auth);
        auth = m_ui->authComboBox->count() - 1;
    }
    m_ui->authComboBox->setCurrentIndex(auth);
    m_ui->clientNameEdit->setText(QString::fromLatin1(account.clientName));
    m_ui->caFileEdit->setText(account.caFile);
    m_ui->clientCertificateEdit->setText(account.clientCertificate);
    m_ui->clientKeyEdit->setText(account.clientKey);
    const Route &route = account.route;
    m_ui->timeLimitSpinBox->setValue(route.timeLimit);
    m_ui->localAddressEdit->setText(route.localAddress);
    m_ui->proxyComboBox->setCurrentIndex(m_ui->proxyComboBox->findData(QVariant::fromValue(route.proxy)));
    m_ui->proxyHostEdit->setText(route.proxyHost);
    if (route.proxyPort != 0)
        m_ui->proxyPortSpinBox->setValue(route.proxyPort);
}

void ConnectionFields::setSignIn(SignIn signIn)
{
    m_signIn = signIn;
    m_ui->authLabel->setVisible(signIn == SignIn::WithPassword);
    m_ui->authComboBox->setVisible(signIn == SignIn::WithPassword);
}

void ConnectionFields::takeInto(accounts::Account &account) const
{
    account.auth
        = m_signIn == SignIn::WithPassword ? m_ui->authComboBox->currentData().toByteArray() : QByteArray();
    account.clientName = typed(m_ui->clientNameEdit).toLatin1();
    account.caFile = typed(m_ui->caFileEdit);
    account.clientCertificate = typed(m_ui->clientCertificateEdit);
    account.clientKey = account.clientCertificate.isEmpty() ? QString() : typed(m_ui->clientKeyEdit);
    Route &route = account.route;
    route.proxy = m_ui->proxyComboBox->currentData().value<Route::Proxy>();
    const ServerAddress proxy = splitServerAddress(m_ui->proxyHostEdit->text());
    const auto port = static_cast<quint16>(m_ui->proxyPortSpinBox->value());
    route.proxyHost = hasProxy() ? proxy.host : QString();
    route.proxyPort = !hasProxy() ? quint16(0) : proxy.port != 0 ? proxy.port : port;
    route.localAddress = typed(m_ui->localAddressEdit);
    route.timeLimit = m_ui->timeLimitSpinBox->value();
}

std::pair<QWidget *, QString> ConnectionFields::firstProblem() const
{
    const QString address = typed(m_ui->localAddressEdit);
    if (!address.isEmpty() && QHostAddress(address).isNull()) {
        return { m_ui->localAddressEdit, tr("Your own address is written like 192.168.1.2 or 2001:db8::2.") };
    }
    if (hasProxy() && splitServerAddress(m_ui->proxyHostEdit->text()).host.isEmpty())
        return { m_ui->proxyHostEdit, tr("The name of the proxy is missing.") };
    for (QLineEdit *edit : { m_ui->caFileEdit, m_ui->clientCertificateEdit, m_ui->clientKeyEdit }) {
        if (!typed(edit).isEmpty() && !contentsOf(typed(edit)))
            return { edit, tr("The file %1 cannot be read.").arg(widgets::inertText(typed(edit))) };
    }
    const QString authorities = typed(m_ui->caFileEdit);
    if (!authorities.isEmpty() && QSslCertificate::fromData(*contentsOf(authorities)).isEmpty()) {
        return { m_ui->caFileEdit,
                 tr("There is no certificate in %1.").arg(widgets::inertText(authorities)) };
    }
    const QString own = typed(m_ui->clientCertificateEdit);
    if (own.isEmpty())
        return { nullptr, {} };
    const QString key = typed(m_ui->clientKeyEdit).isEmpty() ? own : typed(m_ui->clientKeyEdit);
    const auto read = net::readClientCertificate(*contentsOf(own), *contentsOf(key));
    if (read)
        return { nullptr, {} };
    const bool isAboutCertificate = read.error() == net::ClientCertificateError::NoCertificate;
    return { isAboutCertificate ? m_ui->clientCertificateEdit : m_ui->clientKeyEdit,
             delivery::sentence(read.error(), isAboutCertificate ? own : key) };
}

bool ConnectionFields::hasProxy() const
{
    const auto proxy = m_ui->proxyComboBox->currentData().value<Route::Proxy>();
    return proxy == Route::Proxy::Socks5 || proxy == Route::Proxy::HttpConnect;
}

void ConnectionFields::followProxy()
{
    m_ui->proxyHostLabel->setVisible(hasProxy());
    m_ui->proxyHostEdit->setVisible(hasProxy());
    m_ui->proxyPortSpinBox->setVisible(hasProxy());
}

void ConnectionFields::splitProxy()
{
    const ServerAddress proxy = splitServerAddress(m_ui->proxyHostEdit->text());
    m_ui->proxyHostEdit->setText(proxy.host);
    if (proxy.port != 0)
        m_ui->proxyPortSpinBox->setValue(proxy.port);
}

void ConnectionFields::chooseFile(QLineEdit *edit, const QString &title)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
    dialog->open();
}

} // namespace postrider::setup
