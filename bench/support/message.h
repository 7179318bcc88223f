// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace postrider::bench {

/// A message of exactly so many octets (200 at least): a header and lines of CRLF text, none of which begins
/// with a dot, so that DATA and BDAT carry the same octets.
inline std::string makeMessage(std::size_t octets)
{
    constexpr std::size_t LineOctets = 76;
    std::string message = "From: ann@example.org\r\n"
                          "To: bob@example.net\r\n"
                          "Subject: A message that is measured\r\n"
                          "Message-ID: <benchmark@example.org>\r\n"
                          "\r\n";
    message.reserve(octets);
    while (message.size() < octets) {
        const std::size_t left = octets - message.size();
        // No line end may be cut in two by the end of the message.
        std::size_t line = std::min(left, LineOctets + 2);
        if (left > line && left - line < 3)
            line = left - 3;
        message.append(line - 2, 'x');
        message += "\r\n";
    }
    return message;
}

} // namespace postrider::bench
