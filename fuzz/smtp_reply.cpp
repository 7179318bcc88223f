// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever octets come:
//  - given whole, one by one or in pieces they lead to the same replies and the same error;
//  - a reply is within its limits, and its code is what its last line began with;
//  - what is kept for the next reply, and what is shown of a rejected line, stays within the limits;
//  - no text for people has a control character.
//
// An input is what the server says; its first octet chooses the size of the pieces.

#include "smtp/reply.h"

#include <QByteArray>
#include <QChar>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace postrider;

namespace {

constexpr smtp::ReplyLimits Limits {
    .lineOctets = 64, .challengeOctets = 96, .lines = 8, .replyOctets = 256
};

void require(bool condition)
{
    if (!condition)
        std::abort();
}

struct Heard
{
    QList<smtp::Reply> replies {};
    std::optional<smtp::ReplyParser::Error> error {};
    QByteArray rejected {};
};

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

void judge(const smtp::Reply &reply)
{
    require(reply.code >= 200 && reply.code <= 599);
    require(reply.enhanced.isNull() || reply.enhanced.classDigit == reply.code / 100);
    require(!reply.lines.isEmpty() && reply.lines.size() <= Limits.lines);
    qsizetype octets = 0;
    for (const QByteArray &line : reply.lines) {
        require(line.size() <= (reply.code == 334 ? Limits.challengeOctets : Limits.lineOctets));
        octets += line.size();
    }
    require(octets <= Limits.replyOctets);
    require(!hasControl(reply.text()));
}

Heard parsed(const QByteArray &octets, qsizetype piece)
{
    smtp::ReplyParser parser(Limits);
    Heard heard;
    for (qsizetype at = 0; at < octets.size() && !heard.error; at += piece) {
        parser.append(octets.mid(at, piece));
        while (!heard.error) {
            const auto reply = parser.next();
            if (!reply) {
                heard.error = reply.error();
                heard.rejected = parser.rejectedLine();
                require(heard.rejected.size() <= Limits.lineOctets);
                require(!hasControl(QString::fromUtf8(smtp::inertLine(heard.rejected))));
            } else if (*reply) {
                judge(**reply);
                heard.replies.append(**reply);
            } else {
                break;
            }
        }
        require(parser.pendingOctets() <= Limits.replyOctets + 2);
    }
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray octets(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    const Heard whole = parsed(octets, octets.size());
    for (const qsizetype piece : { qsizetype(1), qsizetype(2 + data[0] % 64) }) {
        const Heard cut = parsed(octets, piece);
        require(cut.replies == whole.replies && cut.error == whole.error && cut.rejected == whole.rejected);
    }
    return 0;
}
