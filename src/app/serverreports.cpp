// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/serverreports.h"

#include "delivery/words/words.h"
#include "discovery/surroundings.h"
#include "setup/serverreportdialog.h"
#include "widgets/fittoscreen.h"

#include <QSslCertificate>
#include <QWidget>

#include <optional>

namespace postrider::app {

using accounts::Account;
using delivery::PostOffice;
using discovery::Query;
using discovery::Search;
using setup::ServerReportDialog;

namespace {

std::unique_ptr<Search> makeSearch(const Account &account)
{
    Search::Options options;
    options.port25 = Search::Port25::Include;
    options.extent = Search::Extent::AllPorts;
    if (!account.caFile.isEmpty())
        options.extraAuthorities = QSslCertificate::fromPath(account.caFile, QSsl::Pem);
    if (!account.clientName.isEmpty())
        options.clientName = account.clientName;
    options.pinnedKey = account.pinnedKey;
    options.route = account.route;
    Query query { .kind = Query::Kind::Name, .text = account.server.host, .host = account.server.host };
    if (const auto address = Query::parse(account.email))
        query = *address;
    auto search = std::make_unique<Search>(query, options, discovery::computersSurroundings());
    search->addServer(account.server);
    return search;
}

} // namespace

ServerReports::ServerReports(PostOffice &postOffice, QWidget *parent)
    : QObject(parent)
    , m_postOffice(postOffice)
    , m_parent(parent)
{ }

void ServerReports::look(const QString &accountId)
{
    const auto account = m_postOffice.account(accountId);
    if (!account || account->isPractice() || !account->command.isEmpty())
        return;
    if (const QPointer<ServerReportDialog> open = m_windows.value(accountId)) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto *window = new ServerReportDialog(
        [this, accountId, last = *account] {
            // What it has now; an account that is gone meanwhile is still worth a look.
            return makeSearch(m_postOffice.account(accountId).value_or(last));
        },
        m_parent);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setAccount(*account);
    connect(
        window, &ServerReportDialog::useRequested, this,
        [this, window](const QString &id, const accounts::Server &server) { useServer(window, id, server); });
    m_windows.insert(accountId, window);
    widgets::fitToScreen(*window);
    window->show();
    window->start();
}

void ServerReports::useServer(ServerReportDialog *window, const QString &accountId,
                              const accounts::Server &server)
{
    const auto account = m_postOffice.account(accountId);
    if (!account)
        return;
    Account changed = *account;
    // The former way stays as one that may work on another network.
    changed.alternates.removeAll(server);
    if (!changed.alternates.contains(changed.server))
        changed.alternates.prepend(changed.server);
    changed.server = server;
    window->showOutcome(tr("Signing in on port %1…").arg(server.port));
    m_postOffice.updateAccount(
        changed, PostOffice::Proof::SignIn, std::nullopt, PostOffice::Keeping::Keychain, window,
        [window](const base::Expected<Account, delivery::Trouble> &answer) {
            if (!answer) {
                window->showOutcome(delivery::sentence(answer.error()));
                return;
            }
            window->setAccount(answer.value());
            window->showOutcome(tr("Port %1 is used from now on. Messages that waited are sent.")
                                    .arg(answer.value().server.port));
        });
}

} // namespace postrider::app
