// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/phrases.h"

#include <QStringList>

namespace postrider::delivery {

QString cause(const QString &reason)
{
    return reason.isEmpty() ? Words::tr("cause unknown") : reason;
}

QString joined(std::initializer_list<QString> sentences)
{
    QStringList parts;
    for (const QString &sentence : sentences) {
        if (!sentence.isEmpty())
            parts += sentence;
    }
    return parts.join(u' ');
}

} // namespace postrider::delivery
