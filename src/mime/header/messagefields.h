// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

class QJsonObject;

namespace postrider::mime {

/// What the author says about the importance. Written as Importance (RFC 2156 section 5.3.6) and X-Priority
/// together, because each is what some readers know; Normal is written as nothing.
enum class Importance { Normal, High, Low };

/// Whether the author asks to be told when the message was displayed (RFC 8098 section 2.1).
enum class ReadReceipt { NotWanted, Wanted };

/// Who set the message off (RFC 3834 section 5). A scheduled message is still a person's.
enum class Origin { Person, UnattendedJob };

/**
 * How a reader of a mailing leaves its list: List-Unsubscribe (RFC 2369), and with OneClick also
 * List-Unsubscribe-Post (RFC 8058). Only for a mailing to people who subscribed.
 */
struct Unsubscription
{
    /// OneClick promises a DKIM signature over both fields (RFC 8058 section 4). Only the provider can make
    /// it, so the person must have confirmed that it does.
    enum class Way { Visit, OneClick };

    QByteArray mailtoUri {}; ///< "mailto:leave@example.org?subject=leave", or nothing
    QByteArray httpsUri {};  ///< "https://example.org/leave/1", or nothing; OneClick needs it
    Way way = Way::Visit;

    [[nodiscard]] bool isEmpty() const { return mailtoUri.isEmpty() && httpsUri.isEmpty(); }

    friend bool operator==(const Unsubscription &, const Unsubscription &) = default;
};

/// A header field that the author adds by hand.
struct CustomField
{
    QString name {};
    QString value {};

    friend bool operator==(const CustomField &, const CustomField &) = default;
};

/// The fields of a message's header beyond who writes to whom about what.
struct MessageFields
{
    QList<Mailbox> furtherAuthors {}; ///< stand in From behind the first author
    /// Who sends for the author. Written when it is someone else, or the first of several authors (RFC 5322
    /// section 3.6.2).
    Mailbox sender {};
    QList<QByteArray> inReplyTo {};  ///< message identifiers with angle brackets
    QList<QByteArray> references {}; ///< the same, oldest first
    Importance importance = Importance::Normal;
    ReadReceipt readReceipt = ReadReceipt::NotWanted; ///< goes to the author's address
    Origin origin = Origin::Person;
    Unsubscription unsubscription {};
    QList<CustomField> custom {};

    friend bool operator==(const MessageFields &, const MessageFields &) = default;
};

[[nodiscard]] QJsonObject toJson(const MessageFields &fields);
[[nodiscard]] MessageFields messageFieldsFromJson(const QJsonObject &object);

/// Why a field that was added by hand cannot be sent.
enum class CustomFieldProblem {
    BadName,    ///< empty, over 76 octets, or not printable ASCII without a colon (RFC 5322 section 2.2)
    Reserved,   ///< Postrider or a server writes this field itself, or it would give away blind copies
    Unknown,    ///< neither a field for authors that is known here nor one that begins with "X-"
    Repeated,   ///< once in a message only
    Unreadable, ///< the value is blank, has a control character or is no valid UTF-16
};

/// What is wrong with the field in the place where it stands in the list, if anything.
[[nodiscard]] std::optional<CustomFieldProblem> customFieldProblem(const QList<CustomField> &fields,
                                                                   qsizetype at);

/// Why an Unsubscription cannot be sent.
enum class UnsubscriptionProblem {
    BadMailtoUri, ///< another scheme, or an octet that a URI cannot have
    BadHttpsUri,  ///< the same; http: is not enough
    NoHttpsUri,   ///< OneClick without one
};

[[nodiscard]] std::optional<UnsubscriptionProblem>
unsubscriptionProblem(const Unsubscription &unsubscription);

/// Whether the octets are one message identifier with its angle brackets, in a form that may be written
/// (RFC 5322 section 3.6.4; non-ASCII excluded) and is at most 900 octets long.
[[nodiscard]] bool isMessageId(QByteArrayView octets);

/// The message identifiers in the body of a Message-ID, In-Reply-To or References field, in order, each with
/// angle brackets. What is none, such as the phrases of old programs, is left out.
[[nodiscard]] QList<QByteArray> messageIdsOf(QByteArrayView fieldBody);

/// In-Reply-To and References of an answer.
struct Threading
{
    QList<QByteArray> inReplyTo {};
    QList<QByteArray> references {};
};

/// RFC 5322 section 3.6.4, from the bodies of the fields of the message that is answered. A thread of more
/// than 100 messages keeps its first and its latest ones.
[[nodiscard]] Threading threadingOfReply(QByteArrayView messageId, QByteArrayView references,
                                         QByteArrayView inReplyTo);

/// The subject with exactly one "Re: " before it.
[[nodiscard]] QString subjectOfReply(const QString &subject);

} // namespace postrider::mime
