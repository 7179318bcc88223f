// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

namespace postrider::smtp {

/// Whether content may go by BDAT (RFC 3030).
enum class ChunkUse {
    WhereOffered,
    Never, ///< this server offers CHUNKING and does not know it
};

/// How far a group of commands may reach where PIPELINING is offered (RFC 2920).
enum class PipelineUse {
    AcrossMessages,
    WithinMessage, ///< this server loses commands that come right behind a message
    Never,         ///< this server loses its way in any group of commands
};

/// What a server stands of what it offers. A session begins with what is known of the server, learns more,
/// and tells it by event::HabitsLearnt; nothing is ever unlearnt within a session.
struct ServerHabits
{
    ChunkUse chunkUse = ChunkUse::WhereOffered;
    PipelineUse pipelineUse = PipelineUse::AcrossMessages;

    friend bool operator==(const ServerHabits &, const ServerHabits &) = default;
};

} // namespace postrider::smtp
