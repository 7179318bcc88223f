// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/providers.h"
#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <memory>

namespace postrider::setup {

namespace Ui {
class ServicePage;
}

/// Which sending service, and where. Its server, its user name and its rules come from the provider table.
class ServicePage final : public SetupPage
{
    Q_OBJECT

public:
    /// The services outlive the page.
    ServicePage(SetupDraft &draft, const Services &services, QWidget *parent = nullptr);
    ~ServicePage() override;
    Q_DISABLE_COPY_MOVE(ServicePage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 1; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    void goOn() override;

private:
    [[nodiscard]] const discovery::SendingService *chosen() const;
    void follow();

    SetupDraft &m_draft;
    const Services &m_services;
    std::unique_ptr<Ui::ServicePage> m_ui;
};

} // namespace postrider::setup
