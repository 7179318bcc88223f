// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/store.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace postrider::delivery {

constexpr std::chrono::seconds DefaultUndoWindow = std::chrono::seconds { 10 };

/// What a person chose for a whole profile, besides its accounts.
struct Settings
{
    /// sending/undoSeconds: how long Send can be taken back in a window, 0 to 120 s. A command line sends at
    /// once.
    std::chrono::seconds undoWindow = DefaultUndoWindow;
    /// sent/keepMessagesDays and sent/keepRecordsDays; 0 for ever.
    outbox::Retention retention {};
    /// sent/copyTo: an absolute path of a folder for .eml files, or of a mailbox file (a file that is there,
    /// or a name that ends in .mbox); empty: no copies.
    QString copyTo {};
};

/// Reads profile/settings.ini. What is not there, or no possible value, is the default. A relative path is
/// one below the profile. Blocks on the disk.
[[nodiscard]] Settings readSettings(const QString &profileFolder);

/// The names of all settings, in the order of the struct.
[[nodiscard]] QStringList settingNames();
/// As it counts now, in the form that writeSetting() takes; empty for a name that does not exist.
[[nodiscard]] QString settingText(const Settings &settings, const QString &name);

enum class SettingError {
    UnknownName,
    BadValue,
    NotWritten, ///< the disk does not take it
};
/// Changes one setting for good. Blocks on the disk.
[[nodiscard]] base::Expected<void, SettingError> writeSetting(const QString &profileFolder,
                                                              const QString &name, const QString &value);

} // namespace postrider::delivery
