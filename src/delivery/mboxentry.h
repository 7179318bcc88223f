// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QIODevice>

#include <functional>

namespace postrider::delivery {

/// Takes the octets of something in their order; false ends the writing.
using OctetSink = std::function<bool(QByteArrayView)>;

/**
 * Writes a message as an entry of a mailbox file: the line "From sender time" of RFC 4155 (appendix A), the
 * message with lines that end in LF, and an empty line. A line that would look like the first one of an entry
 * gets one more ">" in front, as in "mboxrd": a reader that takes one off has the message as it was.
 *
 * @param message the finished message, open for reading at its start
 * @param sender  an address; empty: nobody
 * @param sent    UTC
 * @return false when the message could not be read to its end, or the sink did not go on
 */
[[nodiscard]] bool writeMboxEntry(QIODevice &message, QByteArrayView sender, const QDateTime &sent,
                                  const OctetSink &sink);

} // namespace postrider::delivery
