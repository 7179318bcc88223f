// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"
#include "mime/header/messagefields.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

class QJsonObject;

namespace postrider::mime {

/// A file that goes along with a message.
struct Attachment
{
    QString path {}; ///< where its octets are read from while the message is written
    QString
        fileName {}; ///< the name the recipient sees: last path element only, no controls, no bidi overrides
    QByteArray type {}; ///< media type such as "application/pdf"; empty: found from name and content
    /// Not empty: a picture of Draft::html, which shows it as "cid:" and this text (without angle brackets).
    /// It travels with the HTML, and not at all when that does not show it.
    QString contentId {};
    QString description {}; ///< one line for Content-Description; empty: none

    friend bool operator==(const Attachment &, const Attachment &) = default;
};

/// How the lines of a plain text travel (RFC 3676 section 4.2).
enum class TextForm {
    /// Flowed when there is a line to be broken, unless the text lives from its columns, as code and tables
    /// do; otherwise Fixed.
    Automatic,
    Flowed, ///< paragraphs are lines that readers may wrap
    Fixed,  ///< each line as it is
};

/// A meeting or another calendar object (RFC 6047 section 2.4) beside the text that says it for people.
struct Calendar
{
    QByteArray method {}; ///< "REQUEST", "REPLY" …: the same as in the object
    QString object {};    ///< from BEGIN:VCALENDAR to END:VCALENDAR; empty: none

    friend bool operator==(const Calendar &, const Calendar &) = default;
};

/// What a person composed, before it is a message. A value: it is stored, compared and sent between threads.
struct Draft
{
    Mailbox from {};
    QList<Mailbox> to {};
    QList<Mailbox> cc {};
    QList<Mailbox> bcc {}; ///< in the envelope only; writeMessage() never writes it
    QList<Mailbox> replyTo {};
    QString subject {};
    QString text {}; ///< plain text; any line ends
    TextForm textForm = TextForm::Automatic;
    /// Empty: plain text only. Cleaned before it is sent; a text that stands beside it is sent as the plain
    /// form, otherwise one is made from it.
    QString html {};
    QList<Attachment> attachments {};
    Calendar calendar {};
    MessageFields fields {};

    friend bool operator==(const Draft &, const Draft &) = default;

    /// To, Cc and Bcc in this order, without those that stand twice (local part exact, domain without case).
    [[nodiscard]] QList<Mailbox> recipients() const;
};

struct MailtoRequest;

/// What a mailto link asks to be written. A person looks at every field of it before it is sent.
[[nodiscard]] Draft draftFromLink(const MailtoRequest &request);

/// The draft as JSON for the database, and back; unknown keys are ignored, missing ones leave the default.
[[nodiscard]] QJsonObject toJson(const Draft &draft);
[[nodiscard]] Draft draftFromJson(const QJsonObject &object);

/**
 * What makes a message this very message: fixed once when it is queued, so that writing the same draft with
 * the same stamp gives the same octets at every attempt.
 */
struct Stamp
{
    QByteArray messageId {}; ///< with angle brackets: "<random@domain of From>"
    QDateTime date {};       ///< when the person pressed Send, with the zone that the header shows
    QByteArray boundary {};  ///< the start of every multipart boundary

    friend bool operator==(const Stamp &, const Stamp &) = default;
};

/// Which zone the Date field shows: a zone tells where the author is. Utc leaves out the seconds as well.
enum class DateZone { AsGiven, Utc };

/// A fresh stamp. The right side of the Message-ID is the A-label domain of from, never this computer's name.
[[nodiscard]] Stamp makeStamp(const Mailbox &from, const QDateTime &date, DateZone zone = DateZone::AsGiven);

} // namespace postrider::mime
