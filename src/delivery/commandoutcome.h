// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/store.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// What a program like /usr/sbin/sendmail is told, and what its end means.
namespace postrider::delivery {

/// Its arguments: those of the person, then -i (a dot alone is no end), -f with the reverse-path, and the
/// recipients behind "--", where none can be taken for an option. "-t" is left out: the recipients are those
/// of the envelope, or a second try would reach people twice. Options for DSN and 8BITMIME are not given:
/// what one program takes for a wish (-N), another takes for "do not deliver".
[[nodiscard]] QStringList commandArguments(const QStringList &command, const QByteArray &reversePath,
                                           const QList<QByteArray> &recipients);

/// Why a program cannot be used; nothing: it is there and may be started. Whether it delivers shows with the
/// first message only: nothing that could be asked of every such program is without consequences.
[[nodiscard]] std::optional<outbox::Problem> commandObjection(const QStringList &command);

/// How a program ended.
struct CommandEnd
{
    enum class How {
        NotStarted,
        Exited,  ///< with `code`
        Crashed, ///< or was killed
        Silent,  ///< it runs, but for too long
    };
    How how = How::Exited;
    int code = 0;
    QString words {}; ///< what it wrote to standard error, or the system's words; printable
};

/// What that means for recipients that one call of it was for (sysexits.h). 67 and 68 refuse a recipient;
/// where there were several, nobody knows which, and the others may have the message.
[[nodiscard]] outbox::AttemptOutcome commandOutcome(const QString &program, const CommandEnd &end,
                                                    const QList<QByteArray> &recipients);

/// The beginning of what a program wrote, as inert text.
[[nodiscard]] QString printableWords(const QByteArray &octets);

} // namespace postrider::delivery
