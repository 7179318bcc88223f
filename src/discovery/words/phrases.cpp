// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/phrases.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::discovery {

QString inSeconds(std::chrono::milliseconds time)
{
    constexpr double Least = 0.1;
    constexpr double Exact = 9.95;
    const double seconds = std::max(Least, static_cast<double>(time.count()) / 1000);
    return Words::tr("%1 s").arg(QLocale().toString(seconds, 'f', seconds < Exact ? 1 : 0));
}

QString subjectOf(const Query &query)
{
    return inert(query.domain.isEmpty() ? query.host : query.domain);
}

QString certificateNames(const PortResult &result)
{
    constexpr qsizetype Shown = 3;
    QStringList names;
    if (result.tls) {
        for (const QByteArray &name : result.tls->names.mid(0, Shown))
            names += inert(QString::fromUtf8(name));
        if (result.tls->names.size() > Shown)
            names += Words::tr("others");
    }
    return names.join(u", "_s);
}

QString hostAndPort(const accounts::Server &server)
{
    const QString host = inert(server.host);
    const QString name = host.contains(u':') ? u'[' + host + u']' : host;
    return name + u':' + QString::number(server.port);
}

QString quotedWords(const QByteArray &serverWords)
{
    const QString words = QString::fromUtf8(serverWords).simplified();
    return words.isEmpty() ? QString() : quoted(words);
}

} // namespace postrider::discovery
