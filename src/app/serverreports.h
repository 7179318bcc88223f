// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/postoffice.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace postrider::setup {
class ServerReportDialog;
}

namespace postrider::app {

/**
 * Looks at the sending server of an account in a window beside the main one, and puts a better port of the
 * same server into the account when the person says so, after proving it.
 */
class ServerReports final : public QObject
{
    Q_OBJECT

public:
    /// The post office must outlive it; the windows belong to the parent.
    ServerReports(delivery::PostOffice &postOffice, QWidget *parent);
    ~ServerReports() override = default;
    Q_DISABLE_COPY_MOVE(ServerReports)

    /// One window for each account; a second wish brings the first one forward.
    void look(const QString &accountId);

private:
    void useServer(setup::ServerReportDialog *window, const QString &accountId,
                   const accounts::Server &server);

    delivery::PostOffice &m_postOffice;
    QWidget *m_parent;
    QHash<QString, QPointer<setup::ServerReportDialog>> m_windows {};
};

} // namespace postrider::app
