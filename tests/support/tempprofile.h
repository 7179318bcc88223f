// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace postrider::support {

/// A folder that holds a profile and what a test puts beside it; gone at the end.
class TempProfile
{
public:
    /// Not made yet: a program's first start makes it.
    [[nodiscard]] QString folder() const { return m_dir.filePath(QStringLiteral("profile")); }
    [[nodiscard]] QString path(const QString &name) const { return folder() + u'/' + name; }
    /// A path beside the profile.
    [[nodiscard]] QString beside(const QString &name) const { return m_dir.filePath(name); }

    /// Writes a file beside the profile and returns its path; empty when that failed.
    QString writeBeside(const QString &name, const QByteArray &octets) const
    {
        QFile file(beside(name));
        const bool done
            = file.open(QIODevice::WriteOnly) && file.write(octets) == octets.size() && file.flush();
        return done ? file.fileName() : QString();
    }

private:
    QTemporaryDir m_dir {};
};

} // namespace postrider::support
