// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/personname.h"

#include <QStringList>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::setup {

bool looksLikeName(const QString &text, const QString &login)
{
    // What installers and administrators write where a name could stand.
    static const QStringList NotNames { u"root"_s,    u"user"_s,  u"admin"_s, u"administrator"_s,
                                        u"default"_s, u"guest"_s, u"live"_s,  u"owner"_s,
                                        u"test"_s,    u"demo"_s,  u"system"_s };
    const QString name = text.simplified();
    if (name.isEmpty() || name.compare(login, Qt::CaseInsensitive) == 0)
        return false;
    const bool lettersOnly = std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return c.isLetter() || c.isMark() || c == u' ' || c == u'.' || c == u'-' || c == u'\'' || c == u'’'
            || c.isSurrogate();
    });
    const bool beginsSmall = name.front().isLower();
    if (!lettersOnly || beginsSmall)
        return false;
    const QStringList parts = name.toLower().split(u' ');
    return std::none_of(parts.cbegin(), parts.cend(),
                        [](const QString &part) { return NotNames.contains(part); });
}

QString nameOfThisUser()
{
#ifdef Q_OS_UNIX
    const passwd *user = getpwuid(getuid());
    if (!user)
        return {};
    // The first field of the GECOS entry; "&" stands for the login.
    const QString name = QString::fromLocal8Bit(user->pw_gecos).section(u',', 0, 0).simplified();
    if (looksLikeName(name, QString::fromLocal8Bit(user->pw_name)))
        return name;
#endif
    return {};
}

} // namespace postrider::setup
