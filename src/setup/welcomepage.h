// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <memory>

namespace postrider::setup {

namespace Ui {
class WelcomePage;
}

/// How to begin: by an address, with a sending service, with what another program already knows, by hand, or
/// without any account.
class WelcomePage final : public SetupPage
{
    Q_OBJECT

public:
    enum class Practice { Offered, NotOffered };

    /// The services outlive the page.
    WelcomePage(SetupDraft &draft, const Services &services, Practice practice, QWidget *parent = nullptr);
    ~WelcomePage() override;
    Q_DISABLE_COPY_MOVE(WelcomePage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 0; }
    [[nodiscard]] QWidget *firstField() const override;
    void goOn() override;

Q_SIGNALS:
    void practiceChosen();
    /// The draft has all of the account but its password.
    void accountTaken();

private:
    void showFound(const QList<accounts::FoundAccount> &found);
    void use();
    void openFile();
    void readFile(const QString &path);
    void take(const accounts::FoundAccount &found);

    SetupDraft &m_draft;
    const Services &m_services;
    std::unique_ptr<Ui::WelcomePage> m_ui;
    QList<accounts::FoundAccount> m_found {};
};

} // namespace postrider::setup
