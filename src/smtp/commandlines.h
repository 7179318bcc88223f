// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/capabilities.h"
#include "smtp/envelope.h"
#include "smtp/sessionevent.h"

#include <QByteArray>

#include <optional>

namespace postrider::smtp {

/// How an envelope is said on one connection.
struct EnvelopeTerms
{
    const Capabilities &capabilities;
    enum class Channel { Encrypted, Plaintext };
    Channel channel = Channel::Encrypted;
    enum class Chunking { Usable, Unusable }; ///< BDAT, whatever is offered
    Chunking chunking = Chunking::Unusable;
    enum class SizeParameter { WhereOffered, Never }; ///< Never: this server refused it
    SizeParameter sizeParameter = SizeParameter::WhereOffered;
    enum class Options { WhereOffered, Never }; ///< status notifications and priority, likewise
    Options options = Options::WhereOffered;
};

/// Why this server cannot be asked to take mail with this envelope; nothing when it can. What a server lacks
/// and the envelope can do without is no reason.
[[nodiscard]] std::optional<Failure> objection(const Envelope &envelope, const EnvelopeTerms &terms);

/// Whether mailCommand() will state the size, which no promise depends on.
[[nodiscard]] bool hasSizeParameter(const Envelope &envelope, const EnvelopeTerms &terms);

/// Whether the commands will ask for status notifications or a priority.
[[nodiscard]] bool hasOptions(const Envelope &envelope, const EnvelopeTerms &terms);

/// The MAIL command without CRLF. Has no parameter of an extension that is not offered (RFC 5321 section
/// 4.1.1.3).
/// @pre objection() has none.
[[nodiscard]] QByteArray mailCommand(const Envelope &envelope, const EnvelopeTerms &terms);

/// The RCPT command for one recipient, likewise.
[[nodiscard]] QByteArray recipientCommand(const Envelope &envelope, qsizetype index,
                                          const EnvelopeTerms &terms);

} // namespace postrider::smtp
