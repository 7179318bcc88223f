// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "delivery/services.h"
#include "outbox/message.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdio>
#include <optional>

namespace postrider::cli {

/// What `send` tells at its end.
struct SendReport
{
    QString id {}; ///< empty: nothing was queued
    QByteArray messageId {};
    QString status {};
    QString sentence {};
    QString host {};
    quint16 port = 0;
    QString tls {};
    QList<outbox::Recipient> recipients {};
    QDateTime nextAttempt {};                   ///< UTC; null: none is planned
    std::optional<delivery::Wishes> leftOut {}; ///< nothing: not known
};

/// Everything but the sentence and what was left out.
[[nodiscard]] SendReport makeReport(const outbox::MessageDetails &details, const accounts::Account &account);

/// The words of the contract for `send`, which has fewer than the outbox: what is being sent is "queued".
[[nodiscard]] QString statusWord(outbox::MessageState state);
[[nodiscard]] QString statusWord(outbox::RecipientState state);

// The objects of --json. What is not known is null, never absent, empty or zero.
[[nodiscard]] QJsonObject toJson(const SendReport &report);
/// A line of `outbox list`.
[[nodiscard]] QJsonObject toJson(const outbox::MessageSummary &message);
/// Lines of `outbox sent`: of a message that is still there, and of one of which only the record is.
[[nodiscard]] QJsonObject toSentJson(const outbox::MessageSummary &message);
[[nodiscard]] QJsonObject toSentJson(const outbox::SentRecord &record);
/// A line of `outbox log`.
[[nodiscard]] QJsonObject toJson(const outbox::Attempt &attempt);
/// A line of `account list`.
[[nodiscard]] QJsonObject toJson(const accounts::Account &account, const outbox::AccountHold &hold);

/// What `account show` adds: "offered" and "habits".
[[nodiscard]] QJsonObject toJson(const outbox::ServerFacts &facts);
[[nodiscard]] QJsonObject toJson(const outbox::LearntHabits &habits);
/// And "pace": the limits in force (null: none), those that a person chose, and how much was sent.
[[nodiscard]] QJsonObject toJson(const outbox::PaceReport &report, const QDateTime &now);

/// "ready", "needs-password", "needs-sign-in" or "held".
[[nodiscard]] QString accountStateWord(const outbox::AccountHold &hold);

/// The text on one line and without anything that a terminal would obey or that turns its direction: servers,
/// subjects and file names come from strangers.
[[nodiscard]] QString printable(const QString &text);

/**
 * The two streams of the command line: results on standard output (as text or, with --json, one object per
 * line), messages for people on standard error.
 */
class Output
{
public:
    enum class Format { Text, Json };
    explicit Output(Format format, std::FILE *results = stdout, std::FILE *messages = stderr);

    [[nodiscard]] Format format() const { return m_format; }

    /// One result, in the form that was asked for.
    void result(const QJsonObject &object, const QString &text);
    /// The same where people read several lines.
    void result(const QJsonObject &object, const QStringList &lines);
    /// An object for programs only: what a person needs to know is said in messages.
    void result(const QJsonObject &object);
    /// Several lines as they are, for help pages.
    void page(const QString &text);
    /// One line for people.
    void message(const QString &sentence);
    /// How something that takes a while stands: a line that gives way to the next one. Only where people
    /// watch, on a terminal.
    void progress(const QString &line);

    /// Whether everything that was printed has been taken.
    [[nodiscard]] bool flush();

private:
    void clearProgress();

    Format m_format;
    std::FILE *m_results;
    std::FILE *m_messages;
    bool m_isWatched;              ///< messages go to a terminal
    qsizetype m_progressWidth = 0; ///< of the line that is there now
};

} // namespace postrider::cli
