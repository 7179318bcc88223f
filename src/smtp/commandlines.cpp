// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/commandlines.h"

#include <algorithm>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

/// With CRLF (RFC 5321 section 4.5.3.1.4); extensions add to it for what they add to a command.
constexpr qsizetype CommandLineOctets = 512;
constexpr qsizetype StatusNotificationOctets = 1036 - CommandLineOctets; // RFC 3461 section 5.4
constexpr qsizetype OriginalRecipientOctets = 500;                       // RFC 3461 section 4.2

/// A command and the length that it may have.
struct CommandLine
{
    QByteArray text {};
    qsizetype limit = CommandLineOctets;

    void add(const QByteArray &parameter, qsizetype room)
    {
        text += ' ' + parameter;
        limit += room;
    }
};

QByteArray hexadecimal(uchar octet)
{
    return QByteArray(1, static_cast<char>(octet)).toHex().toUpper();
}

/// RFC 3461 section 4.
QByteArray toXtext(QByteArrayView octets)
{
    QByteArray text;
    for (const char c : octets) {
        if (c > ' ' && c <= '~' && c != '+' && c != '=')
            text += c;
        else
            text += '+' + hexadecimal(static_cast<uchar>(c));
    }
    return text;
}

/// The form for an address that is not ASCII, where SMTPUTF8 is in use (RFC 6533 section 3).
QByteArray toUnitext(QByteArrayView utf8)
{
    QByteArray text;
    for (const char c : utf8) {
        const bool isPlain
            = static_cast<uchar>(c) >= 0x80 || (c > ' ' && c <= '~' && c != '\\' && c != '+' && c != '=');
        if (isPlain)
            text += c;
        else
            text += "\\x{" + hexadecimal(static_cast<uchar>(c)) + '}';
    }
    return text;
}

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

QByteArray originalRecipient(QByteArrayView address)
{
    if (isAscii(address))
        return "rfc822;" + toXtext(address);
    return "utf-8;" + toUnitext(address);
}

QByteArray occasionWords(StatusNotifications::Occasions occasions)
{
    using Occasion = StatusNotifications::Occasion;
    QByteArrayList words;
    if (occasions.testFlag(Occasion::Success))
        words.append("SUCCESS"_ba);
    if (occasions.testFlag(Occasion::Failure))
        words.append("FAILURE"_ba);
    if (occasions.testFlag(Occasion::Delay))
        words.append("DELAY"_ba);
    return words.isEmpty() ? "NEVER"_ba : words.join(',');
}

QByteArray holdParameter(const FutureRelease &release)
{
    if (const auto *span = std::get_if<std::chrono::seconds>(&release))
        return "HOLDFOR=" + QByteArray::number(qlonglong(span->count()));
    return "HOLDUNTIL=" + std::get<QDateTime>(release).toUTC().toString(Qt::ISODate).toLatin1();
}

QByteArray deliverByParameter(const DeliverBy &by)
{
    return "BY=" + QByteArray::number(qlonglong(by.within.count()))
        + (by.mode == DeliverBy::Mode::Return ? ";R" : ";N") + (by.trace == DeliverBy::Trace::Yes ? "T" : "");
}

bool usesStatusNotifications(const Envelope &envelope, const EnvelopeTerms &terms)
{
    return envelope.notifications && terms.options == EnvelopeTerms::Options::WhereOffered
        && terms.capabilities.has("DSN");
}

bool usesPriority(const Envelope &envelope, const EnvelopeTerms &terms)
{
    return envelope.priority && terms.options == EnvelopeTerms::Options::WhereOffered
        && terms.capabilities.has("MT-PRIORITY");
}

CommandLine mailLine(const Envelope &envelope, const EnvelopeTerms &terms)
{
    CommandLine line { "MAIL FROM:<" + envelope.reversePath + '>' };
    if (hasSizeParameter(envelope, terms))
        line.add("SIZE=" + QByteArray::number(envelope.size), 26);
    if (envelope.body == Envelope::Body::EightBitMime)
        line.add("BODY=8BITMIME"_ba, 17);
    else if (envelope.body == Envelope::Body::BinaryMime)
        line.add("BODY=BINARYMIME"_ba, 16);
    if (envelope.addresses == Envelope::Addresses::Utf8)
        line.add("SMTPUTF8"_ba, 10);
    if (usesStatusNotifications(envelope, terms)) {
        using Returned = StatusNotifications::Returned;
        line.limit += StatusNotificationOctets;
        if (envelope.notifications->returned != Returned::ServerDecides)
            line.add(
                envelope.notifications->returned == Returned::HeadersOnly ? "RET=HDRS"_ba : "RET=FULL"_ba, 0);
        if (!envelope.notifications->envelopeId.isEmpty())
            line.add("ENVID=" + toXtext(envelope.notifications->envelopeId), 0);
    }
    if (envelope.transportSecurity == Envelope::TransportSecurity::RequireTls)
        line.add("REQUIRETLS"_ba, 11);
    if (envelope.futureRelease)
        line.add(holdParameter(*envelope.futureRelease), 34);
    if (envelope.deliverBy)
        line.add(deliverByParameter(*envelope.deliverBy), 17);
    if (usesPriority(envelope, terms))
        line.add("MT-PRIORITY=" + QByteArray::number(*envelope.priority), 15);
    return line;
}

bool isTooLong(const Envelope &envelope, const EnvelopeTerms &terms)
{
    // No other parameter comes near the room that is left: most lines need not be made to know it.
    if (envelope.reversePath.size() <= CommandLineOctets / 2 && !envelope.notifications)
        return false;
    const CommandLine line = mailLine(envelope, terms);
    return line.text.size() + 2 > line.limit;
}

Failure refusal(Cause cause, qint64 limit = 0)
{
    return { Stage::Mail, cause, Custody::NotAccepted, {}, limit };
}

std::optional<Failure> objectionToRelease(const FutureRelease &release, const Capabilities &capabilities)
{
    if (!capabilities.has("FUTURERELEASE"))
        return refusal(Cause::FutureReleaseUnsupported);
    const auto limits = capabilities.futureReleaseLimits();
    if (!limits)
        return std::nullopt;
    const auto *span = std::get_if<std::chrono::seconds>(&release);
    const bool isLate = span ? *span > limits->longest : std::get<QDateTime>(release) > limits->latest;
    return isLate ? std::optional(refusal(Cause::FutureReleaseTooLate, limits->longest.count()))
                  : std::nullopt;
}

std::optional<Failure> objectionToDeliverBy(const DeliverBy &by, const Capabilities &capabilities)
{
    if (!capabilities.has("DELIVERBY"))
        return refusal(Cause::DeliverByUnsupported);
    const std::chrono::seconds shortest = capabilities.shortestDeliverBy();
    if (by.mode == DeliverBy::Mode::Return && by.within < shortest)
        return refusal(Cause::DeliverByTooSoon, shortest.count());
    return std::nullopt;
}

} // namespace

std::optional<Failure> objection(const Envelope &envelope, const EnvelopeTerms &terms)
{
    const Capabilities &capabilities = terms.capabilities;
    if (!envelope.isSafe())
        return refusal(Cause::UnsafeEnvelope);
    if (envelope.addresses == Envelope::Addresses::Utf8 && !capabilities.has("SMTPUTF8"))
        return refusal(Cause::Utf8Unsupported);
    if (envelope.body == Envelope::Body::EightBitMime && !capabilities.has("8BITMIME"))
        return refusal(Cause::EightBitUnsupported);
    if (envelope.body == Envelope::Body::BinaryMime
        && (!capabilities.has("BINARYMIME") || terms.chunking == EnvelopeTerms::Chunking::Unusable))
        return refusal(Cause::BinaryUnsupported);
    if (envelope.transportSecurity == Envelope::TransportSecurity::RequireTls
        && (!capabilities.has("REQUIRETLS") || terms.channel != EnvelopeTerms::Channel::Encrypted))
        return refusal(Cause::RequireTlsUnsupported);
    if (envelope.futureRelease) {
        if (const auto failure = objectionToRelease(*envelope.futureRelease, capabilities))
            return failure;
    }
    if (envelope.deliverBy) {
        if (const auto failure = objectionToDeliverBy(*envelope.deliverBy, capabilities))
            return failure;
    }
    const std::optional<qint64> limit = capabilities.sizeLimit();
    if (limit && envelope.size > *limit)
        return refusal(Cause::TooLarge, *limit);
    return isTooLong(envelope, terms) ? std::optional(refusal(Cause::UnsafeEnvelope)) : std::nullopt;
}

bool hasSizeParameter(const Envelope &envelope, const EnvelopeTerms &terms)
{
    return envelope.size > 0 && terms.sizeParameter == EnvelopeTerms::SizeParameter::WhereOffered
        && terms.capabilities.hasSize();
}

bool hasOptions(const Envelope &envelope, const EnvelopeTerms &terms)
{
    return usesStatusNotifications(envelope, terms) || usesPriority(envelope, terms);
}

QByteArray mailCommand(const Envelope &envelope, const EnvelopeTerms &terms)
{
    return mailLine(envelope, terms).text;
}

QByteArray recipientCommand(const Envelope &envelope, qsizetype index, const EnvelopeTerms &terms)
{
    const QByteArray &address = envelope.recipients.at(index);
    QByteArray command = "RCPT TO:<" + address + '>';
    if (usesStatusNotifications(envelope, terms)) {
        command += " NOTIFY=" + occasionWords(envelope.notifications->notify);
        const QByteArray original = originalRecipient(address);
        if (original.size() <= OriginalRecipientOctets)
            command += " ORCPT=" + original;
    }
    return command;
}

} // namespace postrider::smtp
