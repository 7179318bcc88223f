// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/integrity.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

/// Read in some hundredths of a second.
constexpr qint64 SmallOctets = 16 * 1024 * 1024;
constexpr int DaysBetweenChecks = 7;

/// Beside the database; its time is that of the last check, its text is the computer's start that it was in.
[[nodiscard]] QString noteFor(const QString &path)
{
    return path + ".checked"_L1;
}

} // namespace

bool isCheckDue(const QString &path)
{
    if (QFileInfo(path).size() <= SmallOctets) {
        return true;
    }
    QFile note(noteFor(path));
    if (!note.open(QIODevice::ReadOnly)) {
        return true;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime checked = QFileInfo(note).lastModified();
    if (checked > now || checked.daysTo(now) >= DaysBetweenChecks) {
        return true;
    }
    // A log that is left from before the computer's start was never closed. One of a killed process is as
    // whole as any.
    return QFileInfo::exists(path + "-wal"_L1) && note.readAll() != QSysInfo::bootUniqueId();
}

void noteChecked(const QString &path)
{
    QFile note(noteFor(path));
    // What is not noted is checked again.
    if (note.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        note.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        note.write(QSysInfo::bootUniqueId());
    }
}

void noteSuspect(const QString &path)
{
    QFile::remove(noteFor(path));
}

} // namespace postrider::outbox
