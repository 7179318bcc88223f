// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/accountcommands.h"
#include "delivery/proofnews.h"
#include "discovery/savedway.h"
#include "discovery/search.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace postrider::cli {

/// Looks at an account's server, signs in with what is kept, and tells what would be better.
class DoctorCommand final : public AccountCommand
{
    Q_OBJECT

public:
    DoctorCommand(const Context &context, Doctor arguments);
    ~DoctorCommand() override = default;
    Q_DISABLE_COPY_MOVE(DoctorCommand)

protected:
    void opened() override;
    void interrupted() override;

private:
    void search();
    void prove();
    void conclude(const base::Expected<void, delivery::Trouble> &answer);
    [[nodiscard]] QStringList foundLines() const;
    [[nodiscard]] QStringList signInLines(const base::Expected<void, delivery::Trouble> &answer) const;
    [[nodiscard]] QJsonObject signInJson(const base::Expected<void, delivery::Trouble> &answer) const;
    [[nodiscard]] QString editCommand(const accounts::Server &server) const;

    Doctor m_arguments;
    accounts::Account m_account {};
    accounts::Account m_proved {}; ///< by the way that works
    std::unique_ptr<discovery::Search> m_search {};
    discovery::SavedWay m_saved {};
    QList<delivery::ProofNews> m_news {};
};

} // namespace postrider::cli
