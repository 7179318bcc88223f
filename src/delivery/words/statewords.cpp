// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/statewords.h"

#include "accounts/account.h"
#include "delivery/words/phrases.h"
#include "delivery/words/problemwords.h"

#include <QLocale>

#include <algorithm>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using outbox::HoldReason;
using outbox::MessageState;
using outbox::MessageSummary;
using outbox::Problem;
using outbox::RecipientState;

namespace {

QString time(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    const QDate today = now.toLocalTime().date();
    const QString hour = QLocale().toString(local.time(), QLocale::ShortFormat);
    if (local.date() == today)
        return hour;
    return local.date() == today.addDays(1) ? Words::tr("tomorrow %1").arg(hour)
                                            : QLocale().toString(local, QLocale::ShortFormat);
}

/// "in 4 minutes", for the clock beside an absolute time.
QString fromNow(const QDateTime &at, const QDateTime &now)
{
    const qint64 seconds = qMax<qint64>(0, now.secsTo(at));
    if (seconds < 60)
        return Words::tr("in less than a minute");
    if (seconds < 2 * 3600)
        return Words::tr("in %n minute(s)", nullptr, static_cast<int>((seconds + 30) / 60));
    return Words::tr("in %n hour(s)", nullptr, static_cast<int>((seconds + 1800) / 3600));
}

/// Whole ones, also the one that has begun.
int secondsUntil(const QDateTime &at, const QDateTime &now)
{
    constexpr qint64 Milliseconds = 1000;
    return static_cast<int>((qMax<qint64>(0, now.msecsTo(at)) + Milliseconds - 1) / Milliseconds);
}

bool isPractice(const MessageSummary &message)
{
    return message.accountId == accounts::Account::practiceId();
}

QString safe()
{
    return Words::tr("Your message is safe in the Outbox.");
}

QString heldName(const MessageSummary &message)
{
    switch (message.hold) {
    case HoldReason::Paused:
        return Words::tr("Paused");
    case HoldReason::Undo:
        return Words::tr("Leaving");
    case HoldReason::Scheduled:
        if (message.nextAttempt.isValid())
            return Words::tr("Scheduled");
        break; // its time is long over
    case HoldReason::Account:
    case HoldReason::RecipientsRefused:
    case HoldReason::None:
        break;
    }
    return Words::tr("Needs you");
}

/// A person, and no server, said that the recipient has it: an accepting server always leaves its reply.
bool isMarkedAsSent(const outbox::Recipient &recipient)
{
    return recipient.state == RecipientState::Sent && recipient.code == 0;
}

} // namespace

QString stateName(const MessageSummary &message)
{
    switch (message.state) {
    case MessageState::Preparing:
        return Words::tr("Preparing");
    case MessageState::Draft:
        return Words::tr("Not sent");
    case MessageState::Held:
        return heldName(message);
    case MessageState::Queued:
        return Words::tr("Ready");
    case MessageState::Sending:
        return Words::tr("Sending");
    case MessageState::Deferred:
        return Words::tr("Waiting");
    case MessageState::Sent:
        return isPractice(message) ? Words::tr("Caught") : Words::tr("Sent");
    case MessageState::PartlySent:
        return isPractice(message) ? Words::tr("Partly caught") : Words::tr("Partly sent");
    case MessageState::Failed:
        return Words::tr("Refused");
    case MessageState::InDoubt:
        return Words::tr("Unknown");
    case MessageState::Damaged:
        return Words::tr("Damaged");
    }
    Q_UNREACHABLE();
}

QString stateSentence(const MessageSummary &message, const QDateTime &now)
{
    const QString why = sentence(message.problem);
    const QString what = advice(message.problem);
    switch (message.state) {
    case MessageState::Preparing:
        return Words::tr("The message is being written.");
    case MessageState::Draft:
        return Words::tr("Sending was cancelled. Nothing leaves until you send it again.");
    case MessageState::Held:
        switch (message.hold) {
        case HoldReason::Paused:
            return joined({ Words::tr("Paused by you."), safe() });
        case HoldReason::Undo:
            return Words::tr("Leaves in %n second(s).", nullptr, secondsUntil(message.nextAttempt, now));
        case HoldReason::Scheduled:
            return message.nextAttempt.isNull() ? joined({ why, what, safe() })
                                                : Words::tr("Leaves %1.").arg(time(message.nextAttempt, now));
        case HoldReason::Account:
        case HoldReason::RecipientsRefused:
        case HoldReason::None:
            return joined({ why, what, safe() });
        }
        Q_UNREACHABLE();
    case MessageState::Queued:
        return message.nextAttempt.isValid() && message.nextAttempt > now
            ? Words::tr("Next try %1 (%2).")
                  .arg(time(message.nextAttempt, now), fromNow(message.nextAttempt, now))
            : Words::tr("Next in line.");
    case MessageState::Sending:
        return Words::tr("On its way to the server.");
    case MessageState::Deferred:
        if (message.problem.kind == Problem::Kind::PaceReached && message.nextAttempt.isValid()) {
            return joined({ why, Words::tr("Goes on %1.").arg(time(message.nextAttempt, now)), safe() });
        }
        return joined({ why,
                        message.nextAttempt.isValid()
                            ? Words::tr("Next try %1 (%2).")
                                  .arg(time(message.nextAttempt, now), fromNow(message.nextAttempt, now))
                            : QString(),
                        safe() });
    case MessageState::Sent:
        if (!message.recipients.isEmpty()
            && std::all_of(message.recipients.begin(), message.recipients.end(), isMarkedAsSent))
            return Words::tr("You decided that it has arrived.");
        if (message.scheduled > now)
            return Words::tr("The sending server keeps it until %1.").arg(time(message.scheduled, now));
        return isPractice(message)
            ? Words::tr("Caught here, not sent.")
            : Words::tr("Accepted by the sending server at %1.").arg(time(message.changed, now));
    case MessageState::PartlySent: {
        int sent = 0;
        for (const outbox::Recipient &recipient : message.recipients)
            sent += recipient.state == RecipientState::Sent ? 1 : 0;
        const QString count = isPractice(message)
            ? Words::tr("Caught for %1 of %2, not sent.").arg(sent).arg(message.recipients.size())
            : Words::tr("Sent to %1 of %2.").arg(sent).arg(message.recipients.size());
        return joined({ count, why, what });
    }
    case MessageState::Failed:
        return joined({ Words::tr("Not sent."), why, what, safe() });
    case MessageState::InDoubt: {
        const Problem unknown { .kind = Problem::Kind::OutcomeUnknown };
        return joined({ sentence(unknown), advice(unknown) });
    }
    case MessageState::Damaged:
        return joined({ Words::tr("This entry can't be sent any more; it was set aside."), why });
    }
    Q_UNREACHABLE();
}

QString recipientSentence(const outbox::Recipient &recipient, const MessageSummary &message)
{
    const QString address = inert(QString::fromUtf8(recipient.address));
    const QString words = recipient.text.isEmpty() ? QString()
                                                   : serverWords({ .kind = Problem::Kind::None,
                                                                   .code = recipient.code,
                                                                   .enhanced = recipient.enhanced,
                                                                   .text = recipient.text });
    switch (recipient.state) {
    case RecipientState::Queued:
        return Words::tr("%1: waiting").arg(address);
    case RecipientState::Sending:
        return Words::tr("%1: on its way").arg(address);
    case RecipientState::Deferred:
        return words.isEmpty() ? Words::tr("%1: not now").arg(address)
                               : Words::tr("%1: not now: %2").arg(address, quoted(words));
    case RecipientState::Sent:
        if (isMarkedAsSent(recipient))
            return Words::tr("%1: arrived, as you decided").arg(address);
        return isPractice(message) ? Words::tr("%1: caught here, not sent").arg(address)
                                   : Words::tr("%1: accepted by the server").arg(address);
    case RecipientState::Failed:
        if (recipient.code == 0 && recipient.enhanced == "5.6.7")
            return Words::tr("%1: refused: the server does not know such letters before the @").arg(address);
        return words.isEmpty() ? Words::tr("%1: refused").arg(address)
                               : Words::tr("%1: refused: %2").arg(address, quoted(words));
    case RecipientState::InDoubt:
        return Words::tr("%1: unknown").arg(address);
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
