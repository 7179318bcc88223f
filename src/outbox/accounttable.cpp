// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/accounttable.h"

#include "outbox/wordtable.h"

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

using smtp::ChunkUse;
using smtp::PipelineUse;

constexpr std::array HoldStateWords {
    Word<AccountHold::State> { AccountHold::State::Ready, "ready"_L1 },
    Word<AccountHold::State> { AccountHold::State::Waiting, "waiting"_L1 },
    Word<AccountHold::State> { AccountHold::State::Held, "held"_L1 },
};

constexpr std::array ChunkWords {
    Word<ChunkUse> { ChunkUse::WhereOffered, "where-offered"_L1 },
    Word<ChunkUse> { ChunkUse::Never, "never"_L1 },
};

constexpr std::array PipelineWords {
    Word<PipelineUse> { PipelineUse::AcrossMessages, "across-messages"_L1 },
    Word<PipelineUse> { PipelineUse::WithinMessage, "within-message"_L1 },
    Word<PipelineUse> { PipelineUse::Never, "never"_L1 },
};

} // namespace

Result<AccountHold> AccountTable::hold(const QString &accountId)
{
    Statement statement(m_database,
                        "SELECT state, problem, failures, until, releases FROM account_holds "
                        "WHERE account_id = ?");
    statement.bind(accountId);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        return AccountHold {};
    }
    return AccountHold { valueOf(HoldStateWords, statement.text(0), AccountHold::State::Held),
                         problemFromText(statement.text(1)), statement.smallNumber(2), statement.time(3),
                         statement.smallNumber(4) };
}

Result<void> AccountTable::setHold(const QString &accountId, const AccountHold &hold)
{
    Statement statement(m_database,
                        "INSERT INTO account_holds (account_id, state, problem, failures, until) "
                        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET "
                        "state = excluded.state, problem = excluded.problem, failures = excluded.failures, "
                        "until = excluded.until");
    statement.bind(accountId)
        .bind(wordOf(HoldStateWords, hold.state))
        .bind(toText(hold.problem))
        .bind(hold.failures)
        .bind(hold.until);
    return statement.execute();
}

Result<void> AccountTable::release(const QString &accountId, Failures failures)
{
    Statement statement(m_database,
                        "INSERT INTO account_holds (account_id, state, releases) VALUES (?, 'ready', 1) "
                        "ON CONFLICT (account_id) DO UPDATE SET state = 'ready', problem = '', "
                        "until = NULL, releases = releases + 1, failures = failures * ?");
    statement.bind(accountId).bind(qint64 { failures == Failures::Kept });
    return statement.execute();
}

Result<void> AccountTable::releaseAll()
{
    Statement statement(m_database,
                        "UPDATE account_holds SET state = 'ready', problem = '', until = NULL, "
                        "releases = releases + 1");
    return statement.execute();
}

Result<std::optional<ServerFacts>> AccountTable::facts(const QString &accountId)
{
    Statement statement(m_database,
                        "SELECT host, port, tls, mechanisms, size, learnt FROM facts WHERE account_id = ?");
    statement.bind(accountId);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        return std::optional<ServerFacts>();
    }
    const QByteArray mechanisms = statement.bytes(3);
    return std::optional<ServerFacts>({ statement.text(0), static_cast<quint16>(statement.number(1)),
                                        statement.text(2),
                                        mechanisms.isEmpty() ? QList<QByteArray>() : mechanisms.split(' '),
                                        statement.number(4), statement.time(5) });
}

Result<void> AccountTable::setFacts(const QString &accountId, const ServerFacts &facts)
{
    Statement statement(m_database,
                        "INSERT INTO facts (account_id, host, port, tls, mechanisms, size, learnt) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET "
                        "host = excluded.host, port = excluded.port, tls = excluded.tls, "
                        "mechanisms = excluded.mechanisms, size = excluded.size, learnt = excluded.learnt");
    statement.bind(accountId)
        .bind(facts.host)
        .bind(qint64 { facts.port })
        .bind(facts.tls)
        .bindUtf8(facts.mechanisms.join(' '))
        .bind(facts.size)
        .bind(facts.learnt);
    return statement.execute();
}

Result<std::optional<LearntHabits>> AccountTable::habits(const QString &accountId)
{
    Statement statement(m_database,
                        "SELECT host, port, chunks, pipelining, habits_learnt, recipient_limit, "
                        "recipients_taken, recipients_learnt FROM habits WHERE account_id = ?");
    statement.bind(accountId);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        return std::optional<LearntHabits>();
    }
    LearntHabits habits;
    habits.host = statement.text(0);
    habits.port = static_cast<quint16>(statement.number(1));
    habits.habits.chunkUse = valueOf(ChunkWords, statement.text(2), ChunkUse::WhereOffered);
    habits.habits.pipelineUse = valueOf(PipelineWords, statement.text(3), PipelineUse::AcrossMessages);
    habits.habitsLearnt = statement.time(4);
    habits.recipientLimit = statement.smallNumber(5);
    habits.recipientsTaken = statement.smallNumber(6);
    habits.recipientsLearnt = statement.time(7);
    return std::optional(habits);
}

Result<void> AccountTable::setHabits(const QString &accountId, const LearntHabits &habits)
{
    Statement statement(
        m_database,
        "INSERT INTO habits (account_id, host, port, chunks, pipelining, habits_learnt, recipient_limit, "
        "recipients_taken, recipients_learnt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (account_id) DO UPDATE SET host = excluded.host, port = excluded.port, "
        "chunks = excluded.chunks, pipelining = excluded.pipelining, "
        "habits_learnt = excluded.habits_learnt, recipient_limit = excluded.recipient_limit, "
        "recipients_taken = excluded.recipients_taken, recipients_learnt = excluded.recipients_learnt");
    statement.bind(accountId)
        .bind(habits.host)
        .bind(qint64 { habits.port })
        .bind(wordOf(ChunkWords, habits.habits.chunkUse))
        .bind(wordOf(PipelineWords, habits.habits.pipelineUse))
        .bind(habits.habitsLearnt)
        .bind(habits.recipientLimit)
        .bind(habits.recipientsTaken)
        .bind(habits.recipientsLearnt);
    return statement.execute();
}

Result<void> AccountTable::forgetServer(const QString &accountId)
{
    {
        Statement statement(m_database, "DELETE FROM facts WHERE account_id = ?");
        statement.bind(accountId);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    Statement statement(m_database, "DELETE FROM habits WHERE account_id = ?");
    statement.bind(accountId);
    return statement.execute();
}

} // namespace postrider::outbox
