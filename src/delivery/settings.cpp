// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/settings.h"

#include <QDir>
#include <QSettings>

#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

namespace {

const auto UndoName = "sending/undoSeconds"_L1;
const auto MessagesName = "sent/keepMessagesDays"_L1;
const auto RecordsName = "sent/keepRecordsDays"_L1;
const auto CopyName = "sent/copyTo"_L1;

constexpr int MostDays = 36'500; // a hundred years
/// What is kept for ever is kept for longer than any message is old.
constexpr std::chrono::seconds ForEver = std::chrono::days { MostDays };

QString fileOf(const QString &profileFolder)
{
    return QDir(profileFolder).filePath(u"settings.ini"_s);
}

std::optional<int> readNumber(const QString &text, int most)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number >= 0 && number <= most ? std::optional(number) : std::nullopt;
}

/// False: it is no possible value of this setting.
bool apply(Settings &settings, const QString &name, const QString &text)
{
    if (name == CopyName) {
        settings.copyTo = text;
        return true;
    }
    const bool isUndo = name == UndoName;
    const auto number
        = readNumber(text.trimmed(), isUndo ? static_cast<int>(outbox::MaxUndoWindow.count()) : MostDays);
    if (!number)
        return false;
    const std::chrono::seconds time = std::chrono::days { *number };
    if (isUndo)
        settings.undoWindow = std::chrono::seconds { *number };
    else if (name == MessagesName)
        settings.retention.message = *number == 0 ? ForEver : time;
    else
        settings.retention.record = *number == 0 ? std::nullopt : std::optional(time);
    return true;
}

} // namespace

Settings readSettings(const QString &profileFolder)
{
    const QSettings file(fileOf(profileFolder), QSettings::IniFormat);
    Settings settings;
    for (const QString &name : settingNames()) {
        // A path with commas that nobody put between quotation marks is read as a list.
        if (file.contains(name))
            static_cast<void>(apply(settings, name, file.value(name).toStringList().join(u", "_s)));
    }
    if (!settings.copyTo.isEmpty())
        settings.copyTo = QDir::cleanPath(QDir(profileFolder).absoluteFilePath(settings.copyTo));
    return settings;
}

QStringList settingNames()
{
    return { UndoName, MessagesName, RecordsName, CopyName };
}

QString settingText(const Settings &settings, const QString &name)
{
    using std::chrono::days;
    using std::chrono::duration_cast;
    const outbox::Retention &retention = settings.retention;
    if (name == UndoName)
        return QString::number(settings.undoWindow.count());
    if (name == MessagesName)
        return QString::number(retention.message == ForEver ? 0
                                                            : duration_cast<days>(retention.message).count());
    if (name == RecordsName)
        return QString::number(retention.record ? duration_cast<days>(*retention.record).count() : 0);
    return name == CopyName ? settings.copyTo : QString();
}

base::Expected<void, SettingError> writeSetting(const QString &profileFolder, const QString &name,
                                                const QString &value)
{
    if (!settingNames().contains(name))
        return base::Unexpected(SettingError::UnknownName);
    Settings ignored;
    if (!apply(ignored, name, value))
        return base::Unexpected(SettingError::BadValue);
    QSettings file(fileOf(profileFolder), QSettings::IniFormat);
    file.setValue(name, value);
    file.sync();
    if (file.status() != QSettings::NoError)
        return base::Unexpected(SettingError::NotWritten);
    return {};
}

} // namespace postrider::delivery
