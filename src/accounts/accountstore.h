// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/expected.h"

#include <QList>
#include <QString>

namespace postrider::accounts {

struct AccountError
{
    enum class Kind {
        ReadOnly,   ///< accounts.json or its folder cannot be written
        Unreadable, ///< it exists and cannot be read
        Locked,     ///< another process kept accounts.lock for longer than 5 s
        NoSuchAccount,
        Duplicate, ///< the id exists already
    };
    Kind kind = Kind::Unreadable;
    QString path {};
    QString reason {}; ///< the system's own words
};

/// What was read, and what had to be set aside to read it.
struct AccountList
{
    QList<Account> accounts {}; ///< in the person's order; never the practice account
    QString setAside {};        ///< the new name of a damaged accounts.json; empty: all was well
};

/**
 * The file accounts.json of a profile: every account, no secret.
 *
 * Each change takes accounts.lock, reads the file again, changes one account and replaces the file atomically
 * (a crash leaves the old or the new one). A damaged file is renamed to accounts.json.damaged-<UTC time>,
 * never deleted, and told in AccountList. Fields that a newer version wrote are kept.
 *
 * Blocking; used on the store thread and by the command line.
 */
class AccountStore
{
public:
    explicit AccountStore(QString profileFolder);

    [[nodiscard]] base::Expected<AccountList, AccountError> load() const;
    [[nodiscard]] base::Expected<void, AccountError> add(const Account &account) const;
    [[nodiscard]] base::Expected<void, AccountError> update(const Account &account) const;
    [[nodiscard]] base::Expected<void, AccountError> remove(const QString &id) const;

private:
    QString m_folder;
};

} // namespace postrider::accounts
