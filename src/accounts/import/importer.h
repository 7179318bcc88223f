// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/foundaccount.h"
#include "base/expected.h"

#include <QList>
#include <QString>

namespace postrider::accounts {

/// Where programs keep their settings.
struct ImportPlaces
{
    QString home {};
    QString config {}; ///< as ~/.config, %APPDATA% or ~/Library/Preferences
    QString data {};   ///< as ~/.local/share, %LOCALAPPDATA% or ~/Library

    [[nodiscard]] static ImportPlaces ofThisComputer();
};

struct ImportError
{
    enum class Kind {
        Unreadable, ///< reason is the system's word
        TooLarge,
        NotAFile,   ///< a folder, a device, a pipe
        Encrypted,  ///< a configuration profile that only the device it was made for can read
        Unknown,    ///< no form that is known
        Damaged,    ///< a known form, broken
        NoAccounts, ///< it is whole, and has no account that sends
    };
    Kind kind = Kind::Unknown;
    QString reason {};
};

/**
 * The accounts of other mail programs on this computer, each program's in its own order, the program's usual
 * account first.
 *
 * Reads settings as anybody may have left them: with limits for size, number and depth, never through a
 * pipe or device, nothing outside what the program itself would read, and no key that names a password.
 * What cannot be read is passed over.
 *
 * Blocks on the disk.
 */
[[nodiscard]] QList<FoundAccount> findAccounts(const ImportPlaces &places);

/// The accounts in one file: .mobileconfig (also signed), a provider's config-v1.1.xml, msmtprc, prefs.js,
/// accountrc, mailtransports, geary.ini or *.source. What lies beside it is read where its program would.
[[nodiscard]] base::Expected<QList<FoundAccount>, ImportError> readAccountFile(const QString &path);

} // namespace postrider::accounts
