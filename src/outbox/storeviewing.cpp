// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/storeprivate.h"

#include <QSet>

namespace postrider::outbox {
namespace {

/// New messages whose summaries come along unasked: what a window shows of them.
constexpr qsizetype NewestTold = 32;

[[nodiscard]] QList<qint64> rowsToTell(const ListReader &reader, const ListUpdate &update, bool concernsAll)
{
    QList<qint64> rows = reader.missing;
    if (concernsAll) {
        rows += reader.shown;
        for (const ListedMessage &message : update.messages.first(qMin(NewestTold, update.messages.size()))) {
            rows.append(message.row);
        }
    } else {
        const QSet<qint64> shown(reader.shown.cbegin(), reader.shown.cend());
        qsizetype others = 0;
        for (const ListedMessage &message : update.messages) {
            if (shown.contains(message.row) || ++others <= NewestTold) {
                rows.append(message.row);
            }
        }
    }
    const QSet<qint64> distinct(rows.cbegin(), rows.cend());
    return distinct.values();
}

} // namespace

Result<ListUpdate> Store::follow(const ListReader &reader)
{
    if (const auto begun = d->changes.begin(); !begun) {
        return base::Unexpected(begun.error());
    }
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto last = d->changes.last();
    if (!last) {
        return base::Unexpected(last.error());
    }
    ListUpdate update;
    update.change = *last;
    // What others changed is not in the log.
    update.version = dataVersion();
    bool concernsAll = true;
    if (reader.version == update.version && ChangeLog::isKnownSince(reader.change, *last)) {
        auto changes = d->changes.since(reader.change);
        if (!changes) {
            return base::Unexpected(changes.error());
        }
        update.extent = ListUpdate::Extent::Changes;
        update.messages = std::move(changes->messages);
        update.removed = std::move(changes->removed);
        concernsAll = changes->concernsAll;
    } else {
        auto everything = d->changes.everything();
        if (!everything) {
            return base::Unexpected(everything.error());
        }
        update.messages = *std::move(everything);
    }
    const auto rows = d->changes.existing(rowsToTell(reader, update, concernsAll));
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    auto summaries = d->summaries(*rows);
    if (!summaries) {
        return base::Unexpected(summaries.error());
    }
    update.summaries.reserve(rows->size());
    for (qsizetype place = 0; place < rows->size(); ++place) {
        update.summaries.append({ rows->at(place), std::move((*summaries)[place]) });
    }
    return update;
}

} // namespace postrider::outbox
