// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>
#include <QtGlobal>

namespace postrider::mime {

/// How much of a message is read. What is beyond is an error, never a part that silently lacks.
struct ReadLimits
{
    static constexpr qint64 MiB = 1024 * 1024;

    int depth = 20;          ///< entities within each other, the message itself not counted
    int parts = 1000;        ///< entities of the whole tree, the message itself not counted
    qint64 header = 1 * MiB; ///< octets of one header
    /// Octets of all headers together: they are what is kept in memory.
    qint64 headers = 16 * MiB;
    qint64 total = 512 * MiB; ///< octets of the message
};

/// Why a message, or something in it, could not be read.
struct ReadError
{
    enum class Kind {
        TooDeep,         ///< ReadLimits::depth
        TooManyParts,    ///< ReadLimits::parts
        HeaderTooLarge,  ///< ReadLimits::header
        HeadersTooLarge, ///< ReadLimits::headers
        MessageTooLarge, ///< ReadLimits::total
        TextTooLarge,    ///< what the caller allowed for a text
        NotAMessage,     ///< no header field at all
        NotAReport,      ///< nothing in the message tells the fate of another one
        ReadFailed,      ///< the device gave an error, cannot be repositioned, or became shorter meanwhile
        OutputFailed,    ///< the device that takes the octets gave an error (disk full)
    };
    Kind kind = Kind::NotAMessage;
    QString reason {}; ///< the system's own words, untranslated; empty for the limits
};

} // namespace postrider::mime
