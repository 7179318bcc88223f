// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/translations.h"
#include "base/version.h"
#include "cli/run.h"
#include "discovery/computernameservice.h"
#include "discovery/surroundings.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const QString program = QString::fromLocal8Bit(argc > 0 ? argv[0] : "");
    // Only the keychain needs GLib's event loop; Qt's own wakes up with fewer system calls, which is one
    // message in twenty.
    if (postrider::cli::isDirectDelivery(program, arguments))
        qputenv("QT_NO_GLIB", "1");

    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(
        QStringLiteral("postrider")); // the profile's folder is named after it
    QCoreApplication::setApplicationVersion(postrider::base::version());
    const postrider::base::Translations translations;
    const int code = postrider::cli::run(program, arguments);
    postrider::discovery::endComputersSurroundings();
    // Everything is saved, closed and printed. Where name servers are silent, Qt would wait ten more seconds
    // for answers that nobody wants.
    if (postrider::discovery::hasAbandonedLookups()) {
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}
