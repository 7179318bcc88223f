// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/translations.h"
#include "base/version.h"
#include "cli/run.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(
        QStringLiteral("postrider")); // the profile's folder is named after it
    QCoreApplication::setApplicationVersion(postrider::base::version());
    const postrider::base::Translations translations;
    return postrider::cli::run(QCoreApplication::arguments().mid(1));
}
