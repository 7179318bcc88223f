// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Puts copies of a message into a profile's outbox in one commit:
//   fill PROFILE ACCOUNT COUNT MESSAGE

#include "base/clock.h"
#include "outbox/store.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <vector>

using namespace postrider;

int main(int argc, char *argv[])
{
    constexpr int BadUsage = 64;
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5)
        return BadUsage;
    const base::SystemClock clock;
    const auto store = outbox::Store::open(arguments.at(1), clock);
    std::vector<QFile> messages(static_cast<std::size_t>(arguments.at(3).toInt()));
    QList<outbox::FileToSend> files;
    for (QFile &message : messages) {
        message.setFileName(arguments.at(4));
        if (!store || !message.open(QIODevice::ReadOnly))
            return EXIT_FAILURE;
        outbox::SendOptions options;
        options.accountId = arguments.at(2);
        files.append({ &message, options });
    }
    const auto queued = (*store)->enqueueFiles(files);
    if (!queued) {
        std::fprintf(stderr, "%s\n", qPrintable(queued.error().reason));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
