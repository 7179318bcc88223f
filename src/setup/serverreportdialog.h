// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "discovery/search.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <optional>

class QAction;

namespace postrider::setup {

namespace Ui {
class ServerReportDialog;
}

class PortListModel;

/**
 * What a search finds out about the sending servers of an address or an account, live: every port as a row
 * with its sentence, all that is known of it under Details, and the whole as text to be passed on.
 *
 * A search runs as long as the window is open; closing it cancels the search at once. For an account, what
 * was found is compared with what it has; a better port of the same server is offered, never one that
 * protects less. Show it with show(): nothing waits for it.
 */
class ServerReportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Makes a search that was not started. It must be done by the window's end.
    using MakeSearch = std::function<std::unique_ptr<discovery::Search>()>;

    explicit ServerReportDialog(MakeSearch makeSearch, QWidget *parent = nullptr);
    ~ServerReportDialog() override;
    Q_DISABLE_COPY_MOVE(ServerReportDialog)

    /// Whose server it is about; without, a report stands for itself.
    void setAccount(const accounts::Account &account);
    /// Looks, or looks again.
    void start();
    /// What is known by now.
    void showReport(const discovery::Report &report);
    /// What became of useRequested().
    void showOutcome(const QString &sentence);

    /// What Copy puts on the clipboard.
    [[nodiscard]] QString asText() const;

public Q_SLOTS:
    void done(int result) override;

Q_SIGNALS:
    /// The account should use this server from now on, which has its host.
    void useRequested(const QString &accountId, const postrider::accounts::Server &server);

private:
    void showAnswer();
    void showChosenPort();

    std::unique_ptr<Ui::ServerReportDialog> m_ui;
    PortListModel *m_model;
    QAction *m_useAction;
    MakeSearch m_makeSearch;
    std::unique_ptr<discovery::Search> m_search {};
    std::optional<accounts::Account> m_account {};
    std::optional<accounts::Server> m_better {};
    discovery::Report m_report {};
};

} // namespace postrider::setup
