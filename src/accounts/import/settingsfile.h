// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/importer.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

/// Other programs' settings files, read with care: they may be anything.
namespace postrider::accounts {

/// Octets. prefs.js of a profile with many accounts has some hundred KiB.
constexpr qint64 LargestSettings = 8 * 1024 * 1024;
constexpr qint64 LargestSignature = 64 * 1024;

/// A regular file's whole content. Links are followed; whatever they lead to must be a file.
[[nodiscard]] base::Expected<QByteArray, ImportError> readWhole(const QString &path,
                                                                qint64 largest = LargestSettings);

/// UTF-8, or where it is not valid, ISO 8859-1; without a byte order mark and NULs.
[[nodiscard]] QString toText(const QByteArray &octets);

/// Whether a key names a password or another secret: such values are not even taken out of the file.
[[nodiscard]] bool namesSecret(QStringView key);

/// One line of text without control characters, at most `longest` characters.
[[nodiscard]] QString singleLine(const QString &text, qsizetype longest = 256);

enum class Escapes {
    None,
    Backslash, ///< \n \t \s \\ and, as KConfig writes them, \xHH (UTF-8)
};

/// The groups of an INI file in their order.
class SettingsFile
{
public:
    struct Group
    {
        QString name {};
        QHash<QString, QString> values {}; ///< keys as written, without secrets

        [[nodiscard]] QString text(const QString &key) const { return values.value(key).trimmed(); }
        /// "true", "yes", "on" or a number other than 0, in any case.
        [[nodiscard]] bool isOn(const QString &key, bool otherwise) const;
        [[nodiscard]] int number(const QString &key, int otherwise) const;
    };

    [[nodiscard]] static SettingsFile parse(const QByteArray &octets, Escapes escapes);

    [[nodiscard]] const QList<Group> &groups() const { return m_groups; }
    /// Empty when there is none.
    [[nodiscard]] Group group(const QString &name) const;

private:
    QList<Group> m_groups {};
};

} // namespace postrider::accounts
