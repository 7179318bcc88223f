// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

/// Running programs from a test the way a person or a script does.
namespace postrider::support {

struct ProgramResult
{
    int exitCode = -1; ///< -1: it crashed, did not start or did not end in time; err tells which
    QByteArray out {};
    QByteArray err {};

    /// Standard output as one JSON object; empty when it is none.
    [[nodiscard]] QJsonObject json() const;
    /// Standard output as one JSON object per line.
    [[nodiscard]] QList<QJsonObject> jsonLines() const;
};

struct ProgramInput
{
    QByteArray standardInput {};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    std::chrono::milliseconds limit = std::chrono::seconds(60);
};

/// Runs a program to its end; one that exceeds the limit is killed.
[[nodiscard]] ProgramResult runProgram(const QString &program, const QStringList &arguments,
                                       const ProgramInput &input = {});

/// Asks again and again, a few times per second, for something that another process does. False when the
/// limit passed.
[[nodiscard]] bool waitUntil(const std::function<bool()> &condition,
                             std::chrono::milliseconds limit = std::chrono::seconds(15));

/// A TCP port of 127.0.0.1 on which nothing listens.
[[nodiscard]] quint16 closedPort();

/// The files below a folder whose content contains any of the needles.
[[nodiscard]] QStringList filesContaining(const QString &folder, const QList<QByteArray> &needles);

/// The content of a file; empty when it cannot be read.
[[nodiscard]] QByteArray readFile(const QString &path);

} // namespace postrider::support
