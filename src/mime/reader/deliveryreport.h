// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/reader/entity.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postrider::mime {

/// An address in a report with the kind that stands before it, "rfc822" or "utf-8" (RFC 3464 section 2.1.2,
/// RFC 6533 section 3).
struct ReportedAddress
{
    QByteArray type {}; ///< in lower case; empty when the report did not say
    QString address {}; ///< without angle brackets; \x{…} and +XX decoded

    friend bool operator==(const ReportedAddress &, const ReportedAddress &) = default;
};

/// What became of a message for one recipient (RFC 3464 section 2.3).
struct RecipientReport
{
    enum class Action { Unknown, Failed, Delayed, Delivered, Relayed, Expanded };

    ReportedAddress finalRecipient {};
    ReportedAddress originalRecipient {}; ///< the one that we gave, when the report tells
    Action action = Action::Unknown;      ///< as stated; without that, what the status means
    QByteArray status {};         ///< "5.1.1" (RFC 3463); from the diagnostic text when it stands there only
    QByteArray diagnosticType {}; ///< "smtp", in lower case
    QString diagnosticText {};    ///< one line, the server's own words
    QString remoteMta {};         ///< without its "dns;"
    QString finalLogId {};
    QDateTime lastAttempt {};    ///< invalid when it is not told
    QDateTime willRetryUntil {}; ///< of a delay; likewise

    friend bool operator==(const RecipientReport &, const RecipientReport &) = default;
};

/// Whether a message was shown to its reader (RFC 8098 section 3).
struct DispositionReport
{
    enum class Type { Unknown, Displayed, Deleted, Dispatched, Processed, Denied, Failed };
    enum class Mode { Unknown, Manual, Automatic };

    ReportedAddress finalRecipient {};
    ReportedAddress originalRecipient {};
    Type type = Type::Unknown;
    Mode action = Mode::Unknown;    ///< whether a person or a program disposed of it
    Mode sending = Mode::Unknown;   ///< whether a person or a program sent the report
    QList<QByteArray> modifiers {}; ///< such as "error", in lower case
    QList<QString> errors {};       ///< the texts of Error and Failure fields
    QString reportingAgent {};      ///< Reporting-UA

    friend bool operator==(const DispositionReport &, const DispositionReport &) = default;
};

/// A report about a message that was sent before.
struct DeliveryReport
{
    enum class Kind {
        Delivery,    ///< recipients tells (RFC 3464)
        Disposition, ///< disposition tells (RFC 8098)
    };
    /// What the report was made out of. Only Standard is one that a program wrote for programs.
    enum class Form {
        Standard,         ///< message/delivery-status or message/disposition-notification, also of RFC 6533
        FailedRecipients, ///< a field X-Failed-Recipients in front of a text
        PlainText,        ///< a text in the form that qmail writes
    };
    /// How much of the reported message came back.
    enum class Returned { Nothing, Header, Message };

    Kind kind = Kind::Delivery;
    Form form = Form::Standard;
    QByteArray messageId {}; ///< of the reported message, with angle brackets; empty when not told
    QString subject {};      ///< of the reported message, when its header came back
    QString envelopeId {};   ///< Original-Envelope-Id, what ENVID said (RFC 3461 section 4.4)
    QString reportingMta {}; ///< without its "dns;"
    QString receivedFromMta {};
    QDateTime arrivalDate {}; ///< when the reporting server got the message; invalid when not told
    QList<RecipientReport> recipients {};
    DispositionReport disposition {};
    Returned returned = Returned::Nothing;
    QString explanation {}; ///< what the report says to people, at most 16 KiB of it

    friend bool operator==(const DeliveryReport &, const DeliveryReport &) = default;
};

/**
 * Reads what a report says about the fate of a message, as far as it can be read: a report with no type, with
 * fields that are missing, broken, in other places or of other names is taken for what it tells. A text that
 * a program wrote is data: it may be long and say anything, so it is shown inert.
 *
 * NotAReport when nothing in the message tells anything of that kind; TextTooLarge when its machine-readable
 * part is over 4 MiB.
 */
[[nodiscard]] base::Expected<DeliveryReport, ReadError> readDeliveryReport(const Entity &message);

/// The reported message, as far as it came back.
struct ReturnedMessage
{
    enum class Content { Whole, HeaderOnly };

    Entity message;
    Content content = Content::Whole;
};

/// The message that a report returns, to be looked at or sent again. NotAReport when it is none or returns
/// nothing.
[[nodiscard]] base::Expected<ReturnedMessage, ReadError> returnedMessage(const Entity &report);

} // namespace postrider::mime
