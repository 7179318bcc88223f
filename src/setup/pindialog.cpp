// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/pindialog.h"

#include "setup/ui_pindialog.h"

#include "widgets/inerttext.h"

#include <QPushButton>

namespace postrider::setup {

namespace {

/// "0A:1B:…", broken into lines between octets by whoever shows it.
QString fingerprint(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(' ').toUpper());
}

} // namespace

PinDialog::PinDialog(const discovery::PortResult &result, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::PinDialog>())
    , m_result(result)
{
    m_ui->setupUi(this);
    const QString host = m_result.server.host;
    m_ui->explanationLabel->setText(tr(
        "Nobody that this computer knows vouches for this server. Trust it only if whoever runs it gave you "
        "this fingerprint, and compare every part of it. From then on Postrider talks to the server with "
        "exactly this key, and to no other."));
    //: A server and its port.
    m_ui->hostLabel->setText(tr("%1, port %2").arg(widgets::inertText(host)).arg(m_result.server.port));
    QStringList names;
    for (const QByteArray &name : m_result.tls->names)
        names.append(widgets::inertText(QString::fromUtf8(name)));
    m_ui->namesLabel->setText(names.isEmpty() ? tr("(no name)") : names.join(u'\n'));
    m_ui->fingerprintLabel->setText(fingerprint(m_result.tls->keySha256));
    m_ui->hintLabel->setText(tr("Type %1 to go on.").arg(widgets::inertText(host)));

    QPushButton *trust
        = m_ui->buttonBox->addButton(tr("T&rust exactly this server"), QDialogButtonBox::AcceptRole);
    trust->setEnabled(false);
    m_ui->buttonBox->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(m_ui->typedEdit, &QLineEdit::textChanged, this, [host, trust](const QString &typed) {
        trust->setEnabled(typed.trimmed().compare(host, Qt::CaseInsensitive) == 0);
    });
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT trusted(m_result.tls->keySha256);
        accept();
    });
    m_ui->typedEdit->setFocus();
}

PinDialog::~PinDialog() = default;

} // namespace postrider::setup
