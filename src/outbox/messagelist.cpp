// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/messagelist.h"

namespace postrider::outbox {

QList<ListedMessage> merged(const QList<ListedMessage> &former, const ListUpdate &update)
{
    if (update.extent == ListUpdate::Extent::Everything)
        return update.messages;
    QList<ListedMessage> list;
    list.reserve(former.size() + update.messages.size());
    auto changed = update.messages.cbegin();
    auto removed = update.removed.cbegin();
    for (const ListedMessage &message : former) {
        while (changed != update.messages.cend() && changed->row > message.row)
            list.append(*changed++);
        while (removed != update.removed.cend() && *removed > message.row)
            ++removed;
        const bool isGone = removed != update.removed.cend() && *removed == message.row;
        if (changed != update.messages.cend() && changed->row == message.row)
            list.append(*changed++);
        else if (!isGone)
            list.append(message);
    }
    list.append(QList<ListedMessage>(changed, update.messages.cend()));
    return list;
}

} // namespace postrider::outbox
