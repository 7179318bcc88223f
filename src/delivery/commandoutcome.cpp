// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/commandoutcome.h"

#include <QFileInfo>

#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientState;

namespace {

constexpr qsizetype LongestWords = 1000;

/// sysexits.h, which not every system has.
enum Exit {
    Ok = 0,
    Usage = 64,
    DataError = 65,
    NoInput = 66,
    NoUser = 67,
    NoHost = 68,
    Unavailable = 69,
    Software = 70,
    OsError = 71,
    OsFile = 72,
    CannotCreate = 73,
    InputOutput = 74,
    TemporaryFailure = 75,
    Protocol = 76,
    NoPermission = 77,
    Configuration = 78,
    NotExecutable = 126, ///< what shells say
    NotFound = 127,
};

struct Meaning
{
    Problem::Kind kind = Problem::Kind::None;
    RecipientState state = RecipientState::Deferred;
};

Meaning meaningOf(int code, bool isAlone)
{
    switch (code) {
    case Ok:
        return { Problem::Kind::None, RecipientState::Sent };
    case DataError:
        return { Problem::Kind::MessageRefused, RecipientState::Failed };
    case NoUser:
    case NoHost:
        return isAlone ? Meaning { Problem::Kind::RecipientRefused, RecipientState::Failed }
                       : Meaning { Problem::Kind::OutcomeUnknown, RecipientState::InDoubt };
    case TemporaryFailure:
        return { Problem::Kind::MessageDeferred, RecipientState::Deferred };
    case Usage:
    case NoPermission:
    case Configuration:
    case NotExecutable:
    case NotFound:
        return { Problem::Kind::CommandUnusable, RecipientState::Queued };
    case NoInput:
    case Unavailable:
    case Software:
    case OsError:
    case OsFile:
    case CannotCreate:
    case InputOutput:
    case Protocol:
    default:
        return { Problem::Kind::CommandFailed, RecipientState::Deferred };
    }
}

} // namespace

QStringList commandArguments(const QStringList &command, const QByteArray &reversePath,
                             const QList<QByteArray> &recipients)
{
    QStringList arguments;
    bool isDotSafe = false;
    for (const QString &argument : command.mid(1)) {
        if (argument == u"-t")
            continue;
        if (argument == u"-ti" || argument == u"-it" || argument == u"-i" || argument == u"-oi") {
            if (!std::exchange(isDotSafe, true))
                arguments.append(QStringLiteral("-i"));
            continue;
        }
        arguments.append(argument);
    }
    if (!isDotSafe)
        arguments.append(QStringLiteral("-i"));
    arguments += { QStringLiteral("-f"),
                   reversePath.isEmpty() ? QStringLiteral("<>") : QString::fromUtf8(reversePath),
                   QStringLiteral("--") };
    for (const QByteArray &recipient : recipients)
        arguments.append(QString::fromUtf8(recipient));
    return arguments;
}

std::optional<Problem> commandObjection(const QStringList &command)
{
    Problem problem;
    problem.kind = Problem::Kind::CommandUnusable;
    problem.stage = QStringLiteral("connect");
    problem.subject = command.value(0);
    const QFileInfo program(problem.subject);
    if (!program.isAbsolute())
        problem.detail = Problem::Detail::CommandNotAbsolute;
    else if (!program.exists())
        problem.detail = Problem::Detail::CommandNotFound;
    else if (!program.isFile() || !program.isExecutable())
        problem.detail = Problem::Detail::CommandNotExecutable;
    else
        return std::nullopt;
    return problem;
}

AttemptOutcome commandOutcome(const QString &program, const CommandEnd &end,
                              const QList<QByteArray> &recipients)
{
    Meaning meaning;
    switch (end.how) {
    case CommandEnd::How::Exited:
        meaning = meaningOf(end.code, recipients.size() == 1);
        break;
    case CommandEnd::How::NotStarted:
        meaning = { Problem::Kind::CommandUnusable, RecipientState::Queued };
        break;
    case CommandEnd::How::Crashed:
    case CommandEnd::How::Silent:
        // It had the whole message: what it made of it nobody knows.
        meaning = { Problem::Kind::OutcomeUnknown, RecipientState::InDoubt };
        break;
    }
    AttemptOutcome outcome;
    outcome.reachedMail
        = meaning.kind != Problem::Kind::CommandUnusable && meaning.kind != Problem::Kind::CommandFailed;
    outcome.host = program;
    if (meaning.kind != Problem::Kind::None) {
        Problem &problem = outcome.problem;
        problem.kind = meaning.kind;
        problem.stage = QStringLiteral("end");
        problem.text = end.words;
        problem.host = program;
        problem.subject = meaning.kind == Problem::Kind::RecipientRefused
            ? QString::fromUtf8(recipients.constFirst())
            : program;
        if (end.how == CommandEnd::How::NotStarted)
            problem.detail = Problem::Detail::CommandNotExecutable;
        else if (end.how == CommandEnd::How::Exited && meaning.kind == Problem::Kind::OutcomeUnknown)
            problem.detail = Problem::Detail::CommandRefusedSome;
    }
    for (const QByteArray &recipient : recipients) {
        outcome.recipients.append(
            { .address = recipient, .state = meaning.state, .code = 0, .enhanced = {}, .text = end.words });
    }
    return outcome;
}

QString printableWords(const QByteArray &octets)
{
    QString words;
    for (const QChar c : QString::fromUtf8(octets).left(LongestWords).trimmed())
        words.append(c.isPrint() ? c : QChar(u' '));
    return words.simplified();
}

} // namespace postrider::delivery
