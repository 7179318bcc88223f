// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/settingsfile.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

constexpr qsizetype MostGroups = 2000;
constexpr qsizetype LongestValue = 64 * 1024;

[[nodiscard]] base::Unexpected<ImportError> failure(ImportError::Kind kind, const QString &reason = {})
{
    return base::Unexpected(ImportError { kind, reason });
}

/// KConfig writes what is not printable as the hexadecimal octets of its UTF-8.
[[nodiscard]] QString unescaped(const QString &value)
{
    if (!value.contains(u'\\')) {
        return value;
    }
    const QByteArray octets = value.toUtf8();
    QByteArray result;
    result.reserve(octets.size());
    for (qsizetype i = 0; i < octets.size(); ++i) {
        if (octets[i] != '\\' || i + 1 >= octets.size()) {
            result.append(octets[i]);
            continue;
        }
        const char next = octets[++i];
        switch (next) {
        case 'n':
            result.append('\n');
            break;
        case 't':
            result.append('\t');
            break;
        case 'r':
            break;
        case 's':
            result.append(' ');
            break;
        case 'x': {
            bool isNumber = false;
            const int octet = octets.mid(i + 1, 2).toInt(&isNumber, 16);
            if (isNumber && i + 2 < octets.size()) {
                result.append(static_cast<char>(octet));
                i += 2;
            }
            break;
        }
        default:
            result.append(next);
        }
    }
    return toText(result);
}

} // namespace

base::Expected<QByteArray, ImportError> readWhole(const QString &path, qint64 largest)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return failure(ImportError::Kind::Unreadable);
    }
    if (!info.isFile()) {
        return failure(ImportError::Kind::NotAFile); // opening a pipe could wait for ever
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ImportError::Kind::Unreadable, file.errorString());
    }
    // What says it has no size, as in /proc, may still have no end.
    QByteArray octets = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError) {
        return failure(ImportError::Kind::Unreadable, file.errorString());
    }
    if (octets.size() > largest) {
        return failure(ImportError::Kind::TooLarge);
    }
    return octets;
}

QString toText(const QByteArray &octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(octets);
    if (decoder.hasError()) {
        text = QString::fromLatin1(octets);
    }
    if (text.startsWith(QChar(0xfeff))) {
        text.remove(0, 1);
    }
    return text.remove(QChar(0));
}

bool namesSecret(QStringView key)
{
    constexpr std::array words { "pass"_L1, "secret"_L1, "token"_L1, "pwd"_L1 };
    return std::any_of(words.begin(), words.end(),
                       [key](QLatin1StringView word) { return key.contains(word, Qt::CaseInsensitive); });
}

QString singleLine(const QString &text, qsizetype longest)
{
    QString line;
    for (const QChar c : text.left(longest)) {
        const bool isControl = c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator;
        line.append(isControl ? u' ' : c);
    }
    return line.trimmed();
}

bool SettingsFile::Group::isOn(const QString &key, bool otherwise) const
{
    const QString value = text(key).toLower();
    if (value.isEmpty()) {
        return otherwise;
    }
    bool isNumber = false;
    const int amount = value.toInt(&isNumber);
    return isNumber ? amount != 0 : value == "true"_L1 || value == "yes"_L1 || value == "on"_L1;
}

int SettingsFile::Group::number(const QString &key, int otherwise) const
{
    bool isNumber = false;
    const int value = text(key).toInt(&isNumber);
    return isNumber ? value : otherwise;
}

SettingsFile SettingsFile::parse(const QByteArray &octets, Escapes escapes)
{
    SettingsFile file;
    const QString text = toText(octets);
    for (const QStringView raw : QStringView(text).split(u'\n')) {
        const QStringView line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';')) {
            continue;
        }
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            if (file.m_groups.size() == MostGroups) {
                break;
            }
            file.m_groups.append({ line.mid(1, line.size() - 2).toString(), {} });
            continue;
        }
        const qsizetype sign = line.indexOf(u'=');
        if (sign <= 0 || file.m_groups.isEmpty()) {
            continue;
        }
        QStringView key = line.left(sign).trimmed();
        // KConfig marks a value that contains variables: "Name[$e]".
        if (key.endsWith("[$e]"_L1)) {
            key.chop(4);
        }
        if (namesSecret(key)) {
            continue;
        }
        const QString value = line.mid(sign + 1).trimmed().left(LongestValue).toString();
        file.m_groups.last().values.insert(key.toString(),
                                           escapes == Escapes::Backslash ? unescaped(value) : value);
    }
    return file;
}

SettingsFile::Group SettingsFile::group(const QString &name) const
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(),
                                    [&name](const Group &group) { return group.name == name; });
    return found == m_groups.end() ? Group() : *found;
}

} // namespace postrider::accounts
