// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/servicepage.h"

#include "setup/ui_servicepage.h"

#include "discovery/words.h"

namespace postrider::setup {

ServicePage::ServicePage(SetupDraft &draft, const Services &services, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_services(services)
    , m_ui(std::make_unique<Ui::ServicePage>())
{
    m_ui->setupUi(this);
    const auto &known = discovery::ProviderTable::builtIn().services();
    for (const discovery::SendingService &service : known)
        m_ui->serviceComboBox->addItem(service.name, service.id);
    connect(m_ui->serviceComboBox, &QComboBox::currentIndexChanged, this, &ServicePage::follow);
    connect(m_ui->guideButton, &QPushButton::clicked, this,
            [this] { m_services.openUrl(chosen()->documentation); });
    follow();
}

ServicePage::~ServicePage() = default;

QString ServicePage::title() const
{
    return tr("Your sending service");
}

QWidget *ServicePage::firstField() const
{
    return m_ui->serviceComboBox;
}

void ServicePage::enter()
{
    if (const int index = m_ui->serviceComboBox->findData(m_draft.service); index >= 0)
        m_ui->serviceComboBox->setCurrentIndex(index);
    if (const int index = m_ui->regionComboBox->findData(m_draft.region); index >= 0)
        m_ui->regionComboBox->setCurrentIndex(index);
}

const discovery::SendingService *ServicePage::chosen() const
{
    const QString id = m_ui->serviceComboBox->currentData().toString();
    const auto &known = discovery::ProviderTable::builtIn().services();
    for (const discovery::SendingService &service : known) {
        if (service.id == id)
            return &service;
    }
    return nullptr;
}

void ServicePage::follow()
{
    const discovery::SendingService *service = chosen();
    if (!service)
        return;
    m_ui->regionComboBox->clear();
    for (const discovery::Region &region : service->regions)
        m_ui->regionComboBox->addItem(region.name, region.id);
    m_ui->regionLabel->setVisible(!service->regions.isEmpty());
    m_ui->regionComboBox->setVisible(!service->regions.isEmpty());
    m_ui->senderRuleLabel->setText(discovery::senderRule(*service));
    m_ui->senderRuleLabel->setVisible(!m_ui->senderRuleLabel->text().isEmpty());

    m_ui->paceLabel->setText(discovery::paceHint(*service));
    m_ui->paceLabel->setVisible(!m_ui->paceLabel->text().isEmpty());
    m_ui->guideButton->setVisible(service->documentation.isValid());
}

void ServicePage::goOn()
{
    const discovery::SendingService *service = chosen();
    const QString region = m_ui->regionComboBox->currentData().toString();
    if (m_draft.service != service->id || m_draft.region != region) {
        m_draft.service = service->id;
        m_draft.region = region;
        m_draft.account.server = {}; // of another service
        m_draft.account.user.clear();
    }
    Q_EMIT finished();
}

} // namespace postrider::setup
