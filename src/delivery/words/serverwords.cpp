// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/serverwords.h"

#include "delivery/words/phrases.h"

#include <QLocale>

namespace postrider::delivery {

QStringList sentences(const outbox::ServerFacts &facts)
{
    const QString time = QLocale().toString(facts.learnt.toLocalTime(), QLocale::ShortFormat);
    QStringList told { Words::tr("Last connection to %1, port %2: %3.")
                           .arg(inert(facts.host), QString::number(facts.port), time) };
    told += facts.tls.isEmpty() ? Words::tr("It was not encrypted.")
                                : Words::tr("It was encrypted (%1).").arg(inert(facts.tls));
    told += facts.mechanisms.isEmpty() ? Words::tr("Nobody signed in.")
                                       : Words::tr("The server offered these ways to sign in: %1.")
                                             .arg(inert(QString::fromUtf8(facts.mechanisms.join(", "))));
    if (facts.size > 0)
        told += Words::tr("It takes messages of up to %1.")
                    .arg(QLocale().formattedDataSize(facts.size, 1, QLocale::DataSizeSIFormat));
    return told;
}

QStringList sentences(const outbox::LearntHabits &habits)
{
    QStringList told;
    if (habits.habits.chunkUse == smtp::ChunkUse::Never)
        told += Words::tr("It gets lost in messages that come in pieces (CHUNKING), so none do.");
    switch (habits.habits.pipelineUse) {
    case smtp::PipelineUse::AcrossMessages:
        break;
    case smtp::PipelineUse::WithinMessage:
        told += Words::tr("It loses what comes right behind a message (PIPELINING), so nothing does.");
        break;
    case smtp::PipelineUse::Never:
        told += Words::tr("It gets lost when commands come in groups (PIPELINING), so none do.");
        break;
    }
    if (habits.recipientLimit > 0)
        told += Words::tr("It takes a message for at most %n recipient(s) at a time.", nullptr,
                          habits.recipientLimit);
    return told;
}

QString sentence(Wishes leftOut, const QString &host)
{
    const QString server = inert(host);
    if (leftOut.testFlag(Wish::Reports) && leftOut.testFlag(Wish::Priority))
        return Words::tr("%1 can't be asked for reports or a priority; the message went without both.")
            .arg(server);
    if (leftOut.testFlag(Wish::Reports))
        return Words::tr("%1 can't be asked for reports; the message went without that wish.").arg(server);
    if (leftOut.testFlag(Wish::Priority))
        return Words::tr("%1 knows no priorities; the message went without one.").arg(server);
    return {};
}

} // namespace postrider::delivery
