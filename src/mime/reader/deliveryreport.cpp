// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/deliveryreport.h"

#include "mime/header/headerdate.h"
#include "mime/header/messagefields.h"
#include "mime/reader/draftheader.h"
#include "mime/reader/plainreport.h"
#include "mime/reader/reportfields.h"

#include <algorithm>
#include <array>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr qint64 LargestStatus = 4 * ReadLimits::MiB;
constexpr qint64 LargestReturned = 16 * ReadLimits::MiB; // when it was encoded and must be decoded in memory
constexpr qsizetype LongestExplanation = 16 * 1024;

bool isStatus(const Entity &part)
{
    return part.type() == "message/delivery-status" || part.type() == "message/global-delivery-status";
}

bool isNotification(const Entity &part)
{
    return part.type() == "message/disposition-notification"
        || part.type() == "message/global-disposition-notification";
}

bool isReturnedHeader(const Entity &part)
{
    return part.type() == "text/rfc822-headers" || part.type() == "message/rfc822-headers"
        || part.type() == "message/global-headers";
}

QString singleLineOf(const HeaderField &field)
{
    return typedValue(field).value;
}

// --- RFC 3464 ---

RecipientReport::Action actionOf(const QByteArray &body)
{
    using Action = RecipientReport::Action;
    const std::array<std::pair<QByteArrayView, Action>, 5> words { {
        { "failed", Action::Failed },
        { "delayed", Action::Delayed },
        { "delivered", Action::Delivered },
        { "relayed", Action::Relayed },
        { "expanded", Action::Expanded },
    } };
    const QByteArray lower = body.toLower();
    for (const auto &[word, action] : words) {
        if (lower.startsWith(word))
            return action;
    }
    return Action::Unknown;
}

void readMessageField(const HeaderField &field, DeliveryReport &report)
{
    if (field.isNamed("Original-Envelope-Id") && report.envelopeId.isEmpty())
        report.envelopeId = withoutXtext(singleLine(field.text()));
    else if (field.isNamed("Reporting-MTA") && report.reportingMta.isEmpty())
        report.reportingMta = singleLineOf(field);
    else if (field.isNamed("Received-From-MTA") && report.receivedFromMta.isEmpty())
        report.receivedFromMta = singleLineOf(field);
    else if (field.isNamed("Arrival-Date") && !report.arrivalDate.isValid())
        report.arrivalDate = parseHeaderDate(field.body());
}

/// Whether the field is one of a recipient.
bool readRecipientField(const HeaderField &field, RecipientReport &recipient)
{
    if (field.isNamed("Final-Recipient")) {
        recipient.finalRecipient = reportedAddress(field);
    } else if (field.isNamed("Original-Recipient")) {
        recipient.originalRecipient = reportedAddress(field);
    } else if (field.isNamed("Action")) {
        recipient.action = actionOf(field.body());
    } else if (field.isNamed("Status")) {
        recipient.status = statusIn(field.text());
    } else if (field.isNamed("Diagnostic-Code")) {
        const TypedValue diagnostic = typedValue(field);
        recipient.diagnosticType = diagnostic.type;
        recipient.diagnosticText = diagnostic.value;
    } else if (field.isNamed("Remote-MTA")) {
        recipient.remoteMta = singleLineOf(field);
    } else if (field.isNamed("Final-Log-ID")) {
        recipient.finalLogId = singleLineOf(field);
    } else if (field.isNamed("Last-Attempt-Date")) {
        recipient.lastAttempt = parseHeaderDate(field.body());
    } else if (field.isNamed("Will-Retry-Until")) {
        recipient.willRetryUntil = parseHeaderDate(field.body());
    } else {
        return false;
    }
    return true;
}

/// The fields of one recipient, or of several when the empty lines between them are missing: those begin
/// where a field comes again.
void readGroup(const HeaderBlock &group, DeliveryReport &report)
{
    RecipientReport recipient;
    QList<QByteArray> seen;
    const auto close = [&] {
        const bool isTold
            = !recipient.finalRecipient.address.isEmpty() || !recipient.originalRecipient.address.isEmpty();
        if (isTold) {
            completeRecipient(recipient);
            report.recipients.append(recipient);
        }
        recipient = {};
        seen.clear();
    };
    for (qsizetype i = 0; i < group.size(); ++i) {
        const HeaderField field = group.at(i);
        const QByteArray name = field.name().toByteArray().toLower();
        RecipientReport next;
        if (!readRecipientField(field, next)) {
            readMessageField(field, report);
            continue;
        }
        if (seen.contains(name))
            close();
        seen.append(name);
        (void)readRecipientField(field, recipient);
    }
    close();
}

// --- RFC 8098 ---

DispositionReport::Mode modeOf(const QByteArray &text)
{
    using Mode = DispositionReport::Mode;
    if (text.contains("automatic"))
        return Mode::Automatic;
    return text.contains("manual") ? Mode::Manual : Mode::Unknown;
}

DispositionReport::Type dispositionTypeOf(const QByteArray &word)
{
    using Type = DispositionReport::Type;
    const std::array<std::pair<QByteArrayView, Type>, 6> words { {
        { "displayed", Type::Displayed },
        { "deleted", Type::Deleted },
        { "dispatched", Type::Dispatched },
        { "processed", Type::Processed },
        { "denied", Type::Denied },
        { "failed", Type::Failed },
    } };
    const auto *const found = std::find_if(words.begin(), words.end(),
                                           [&word](const auto &entry) { return entry.first == word; });
    return found == words.end() ? Type::Unknown : found->second;
}

/// "manual-action/MDN-sent-manually; displayed/error", in which programs leave out what they like.
void readDisposition(const QByteArray &body, DispositionReport &disposition)
{
    const QByteArray text = body.toLower();
    const qsizetype semicolon = text.indexOf(';');
    const QByteArray mode = text.left(std::max<qsizetype>(semicolon, 0));
    const QByteArray type = text.sliced(semicolon + 1);
    const qsizetype slash = mode.indexOf('/');
    disposition.action = modeOf(slash < 0 ? mode : mode.first(slash));
    disposition.sending = slash < 0 ? DispositionReport::Mode::Unknown : modeOf(mode.sliced(slash + 1));
    const qsizetype modifiers = type.indexOf('/');
    disposition.type = dispositionTypeOf((modifiers < 0 ? type : type.first(modifiers)).trimmed());
    if (modifiers < 0)
        return;
    constexpr qsizetype MostModifiers = 20;
    const QList<QByteArray> words = type.sliced(modifiers + 1).split(',');
    for (const QByteArray &word : words) {
        if (!word.trimmed().isEmpty() && disposition.modifiers.size() < MostModifiers)
            disposition.modifiers.append(word.trimmed());
    }
}

void readNotificationField(const HeaderField &field, DeliveryReport &report)
{
    constexpr qsizetype MostErrors = 20;
    DispositionReport &disposition = report.disposition;
    if (field.isNamed("Disposition")) {
        readDisposition(field.body(), disposition);
    } else if (field.isNamed("Final-Recipient")) {
        disposition.finalRecipient = reportedAddress(field);
    } else if (field.isNamed("Original-Recipient")) {
        disposition.originalRecipient = reportedAddress(field);
    } else if (field.isNamed("Reporting-UA")) {
        disposition.reportingAgent = singleLine(field.text());
    } else if (field.isNamed("Original-Message-ID")) {
        report.messageId = messageIdsOf(field.body()).value(0);
    } else if (field.isNamed("Error") || field.isNamed("Failure")) {
        if (disposition.errors.size() < MostErrors)
            disposition.errors.append(singleLine(field.text()));
    } else {
        readMessageField(field, report);
    }
}

// --- the whole ---

/// What can be read of the machine-readable parts.
Expected<std::optional<DeliveryReport>, ReadError> readParts(const QList<Entity> &parts)
{
    const bool isDelivery = std::any_of(parts.cbegin(), parts.cend(), isStatus);
    const bool isDisposition = std::any_of(parts.cbegin(), parts.cend(), isNotification);
    if (!isDelivery && !isDisposition)
        return std::optional<DeliveryReport>();
    DeliveryReport report;
    report.kind = isDelivery ? DeliveryReport::Kind::Delivery : DeliveryReport::Kind::Disposition;
    qint64 room = LargestStatus;
    for (const Entity &part : parts) {
        if (isDelivery ? !isStatus(part) : !isNotification(part))
            continue;
        const auto octets = part.decoded(room);
        if (!octets)
            return Unexpected(octets.error());
        room -= octets->size();
        const QList<HeaderBlock> groups = fieldGroups(*octets);
        for (const HeaderBlock &group : groups) {
            if (isDelivery) {
                readGroup(group, report);
                continue;
            }
            for (qsizetype i = 0; i < group.size(); ++i)
                readNotificationField(group.at(i), report);
        }
    }
    const bool tells
        = !report.recipients.isEmpty() || report.disposition.type != DispositionReport::Type::Unknown;
    return tells ? std::optional(report) : std::nullopt;
}

Expected<ReturnedMessage, ReadError> readReturned(const QByteArray &octets)
{
    const auto message = readMessage(octets);
    if (!message)
        return Unexpected(message.error());
    if (message->header().isEmpty())
        return Unexpected(ReadError { .kind = ReadError::Kind::NotAReport });
    const bool isWhole = message->bodyRange().size() > 0;
    return ReturnedMessage { .message = *message,
                             .content = isWhole ? ReturnedMessage::Content::Whole
                                                : ReturnedMessage::Content::HeaderOnly };
}

Expected<ReturnedMessage, ReadError> findReturned(const Entity &report, const QList<Entity> &parts)
{
    for (const Entity &part : parts) {
        const QList<Entity> children = part.children();
        if (part.isMessage() && !children.isEmpty() && !children.constFirst().header().isEmpty()) {
            const bool isWhole = children.constFirst().bodyRange().size() > 0;
            return ReturnedMessage { .message = children.constFirst(),
                                     .content = isWhole ? ReturnedMessage::Content::Whole
                                                        : ReturnedMessage::Content::HeaderOnly };
        }
        if (part.isMessage() || isReturnedHeader(part)) {
            const auto octets = part.decoded(LargestReturned);
            if (!octets)
                return Unexpected(octets.error());
            auto returned = readReturned(*octets);
            if (returned && isReturnedHeader(part))
                returned->content = ReturnedMessage::Content::HeaderOnly;
            return returned;
        }
    }
    return readReturned(copyInPlainReport(report));
}

/// What the report says to people.
QString explanationIn(const QList<Entity> &parts)
{
    const auto text = std::find_if(parts.cbegin(), parts.cend(),
                                   [](const Entity &part) { return part.type() == "text/plain"; });
    if (text == parts.cend())
        return {};
    return text->text().value_or(QString()).trimmed().left(LongestExplanation);
}

} // namespace

Expected<DeliveryReport, ReadError> readDeliveryReport(const Entity &message)
{
    const QList<Entity> parts = message.ownParts();
    auto report = readParts(parts);
    if (!report)
        return Unexpected(report.error());
    if (!*report)
        *report = readPlainReport(message);
    if (!*report)
        return Unexpected(ReadError { .kind = ReadError::Kind::NotAReport });

    DeliveryReport &told = **report;
    told.explanation = explanationIn(parts);
    if (const auto returned = findReturned(message, parts)) {
        const HeaderBlock &header = returned->message.header();
        told.returned = returned->content == ReturnedMessage::Content::Whole
            ? DeliveryReport::Returned::Message
            : DeliveryReport::Returned::Header;
        told.subject = singleLine(header.text("Subject"));
        if (told.messageId.isEmpty())
            told.messageId = messageIdsOf(header.body("Message-ID")).value(0);
    }
    // Some servers put it in front instead.
    if (told.messageId.isEmpty())
        told.messageId = messageIdsOf(message.header().body("In-Reply-To")).value(0);
    return told;
}

Expected<ReturnedMessage, ReadError> returnedMessage(const Entity &report)
{
    if (const auto told = readDeliveryReport(report); !told)
        return Unexpected(told.error());
    return findReturned(report, report.ownParts());
}

} // namespace postrider::mime
