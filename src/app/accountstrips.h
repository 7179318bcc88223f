// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "outbox/store.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace postrider::widgets {
class StatusBanner;
}

namespace postrider::app {

/// One bar for each account that has trouble: said once, however many messages wait for it, with what can be
/// done about it.
class AccountStrips final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountStrips(QWidget *parent = nullptr);
    ~AccountStrips() override = default;
    Q_DISABLE_COPY_MOVE(AccountStrips)

    /// Shows, changes or removes the account's bar. Nothing happens when nothing changed, so that a screen
    /// reader does not hear it twice.
    void showHold(const accounts::Account &account, const outbox::AccountHold &hold);
    /// Removes the bars of accounts that are not in the list.
    void keepOnly(const QList<accounts::Account> &accounts);

Q_SIGNALS:
    /// The reason is the sentence of the bar.
    void passwordWanted(const QString &accountId, const QString &reason);
    /// At the provider's own page, in the browser.
    void signInWanted(const QString &accountId);
    void retryWanted();
    /// A look at what the account sends through.
    void serverWanted(const QString &accountId);

private:
    struct Strip
    {
        widgets::StatusBanner *banner = nullptr;
        QAction *fix = nullptr;
        QAction *look = nullptr;
        outbox::AccountHold shown {};
    };

    void remove(const QString &accountId);

    QVBoxLayout *m_layout;
    QHash<QString, Strip> m_strips {};
};

} // namespace postrider::app
