// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/postoffice.h"

#include <QAction>
#include <QList>
#include <QObject>
#include <QPointer>

namespace postrider::setup {
class AccountEditor;
class SetupWindow;
} // namespace postrider::setup

namespace postrider::app {

class AccountsDialog;
class ServerReports;

/// The windows about accounts beside the main one: setting up, the list, editing, the password, a look at the
/// server. Each is there once; a second wish brings it forward.
class AccountWindows final : public QObject
{
    Q_OBJECT

public:
    /// The post office and the clock must outlive it; the windows belong to the parent.
    AccountWindows(delivery::PostOffice &postOffice, const base::Clock &clock, QWidget *parent);
    ~AccountWindows() override = default;
    Q_DISABLE_COPY_MOVE(AccountWindows)

    void setUp();
    void manage();
    void askForPassword(const QString &accountId, const QString &reason);
    /// At the provider's own page.
    void signInAgain(const QString &accountId);
    void lookAtServer(const QString &accountId);
    /// The accounts are others now.
    void update();
    /// Ends a set-up without asking; what was typed comes back next time.
    void keepSetUp();

Q_SIGNALS:
    void practiceChosen();
    void writeWanted(const QString &accountId);
    /// Something to know, and what can be done about it.
    void noticed(const QString &sentence, const QList<QAction *> &actions);
    /// What no open window could tell.
    void troubled(const postrider::delivery::Trouble &trouble);

private:
    void unlockKeychain();
    setup::AccountEditor *edit(const QString &id);
    void remove(const QString &id);

    delivery::PostOffice &m_postOffice;
    const base::Clock &m_clock;
    QWidget *m_parent;
    ServerReports *m_reports;
    QAction *m_unlockAction;
    QPointer<AccountsDialog> m_accountsDialog {};
    QPointer<setup::SetupWindow> m_setupWindow {};
    QPointer<setup::AccountEditor> m_editor {}; ///< the last one
    QString m_edited {};                        ///< its account
};

} // namespace postrider::app
