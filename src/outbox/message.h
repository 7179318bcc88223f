// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/draft.h"
#include "outbox/problem.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace postrider::outbox {

/// A message's name in the outbox: a UUID without braces.
using MessageId = QString;

/// Where one recipient's copy is.
enum class RecipientState {
    Queued, ///< not tried yet, or to be tried again now
    Sending,
    Deferred, ///< refused for now; tried again at the message's next attempt
    Sent,     ///< accepted by the server: never sent again
    Failed,   ///< refused for good
    InDoubt,  ///< the last octet went out and no reply came
};

/// Where a whole message is. See deriveState().
enum class MessageState {
    Preparing, ///< Send was pressed and everything is on disk; the message is being written
    Draft,     ///< sending was cancelled; nothing happens until it is edited
    Held,      ///< see HoldReason
    Queued,
    Sending,
    Deferred,
    Sent,
    PartlySent,
    Failed,
    InDoubt,
    Damaged, ///< its content cannot be read any more; kept for a person to look at
};

enum class HoldReason {
    None,
    Undo,              ///< Send can be taken back until MessageSummary::nextAttempt, when it leaves by itself
    Scheduled,         ///< until nextAttempt; without one its time is long over and a person decides
    Paused,            ///< by the person
    Account,           ///< the account needs a person (sign-in, certificate)
    RecipientsRefused, ///< the account wants all or none
};

struct Recipient
{
    QByteArray address {}; ///< as in the envelope
    RecipientState state = RecipientState::Queued;
    int code = 0; ///< of the last reply about this recipient
    QByteArray enhanced {};
    QString text {};      ///< the server's own words
    QDateTime changed {}; ///< UTC
    QByteArray former {}; ///< the refused address that a person replaced with this one
};

/// One row of the outbox.
struct MessageSummary
{
    MessageId id {};
    QByteArray messageId {}; ///< the Message-ID header field, with angle brackets; empty while preparing
    QString accountId {};
    MessageState state = MessageState::Queued;
    HoldReason hold = HoldReason::None;
    QString subject {};
    QList<Recipient> recipients {};
    qint64 size = 0;           ///< octets; 0 while preparing
    int attempts = 0;          ///< tries that reached MAIL
    QDateTime created {};      ///< UTC
    QDateTime changed {};      ///< UTC
    QDateTime nextAttempt {};  ///< UTC; null when none is planned
    Problem problem {};        ///< why it waits or failed
    QDateTime scheduled {};    ///< UTC; the time that the person chose, for good; null: at once
    QDateTime inDoubtSince {}; ///< UTC; null unless it is in doubt
    int ruleResends = 0;       ///< how often the account's rule has sent it again
};

/// One try, as the history shows it.
struct Attempt
{
    QDateTime started {};
    QDateTime ended {}; ///< null while it runs
    QString host {};
    quint16 port = 0;
    QString tls {}; ///< "TLS 1.3"; empty: not encrypted
    QByteArray certificateSha256 {};
    QString outcome {}; ///< a RecipientState's word, or a Problem's
    Problem problem {};
    QString transcript {}; ///< the conversation, one line each; empty: it was not recorded
};

struct MessageDetails
{
    MessageSummary summary {};
    QList<Attempt> attempts {};
    mime::Draft draft {}; ///< empty for a message that came as a file
};

/// The words of the database and of --json: "queued", "partly-sent", "in-doubt"...
[[nodiscard]] QString toString(RecipientState state);
[[nodiscard]] QString toString(MessageState state);
[[nodiscard]] QString toString(HoldReason reason);
[[nodiscard]] RecipientState recipientStateFromString(const QString &word);
[[nodiscard]] MessageState messageStateFromString(const QString &word);
[[nodiscard]] HoldReason holdReasonFromString(const QString &word);

/**
 * A message's state from its recipients': the first of sending, in-doubt, deferred and queued that any of
 * them is in; otherwise all sent is sent, none sent is failed, and anything between is partly-sent.
 * Preparing, draft, held and damaged are no matter of recipients and are not derived.
 */
[[nodiscard]] MessageState deriveState(const QList<Recipient> &recipients);

} // namespace postrider::outbox

Q_DECLARE_METATYPE(postrider::outbox::MessageSummary)
