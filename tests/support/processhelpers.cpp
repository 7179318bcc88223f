// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/processhelpers.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

namespace postrider::support {

QJsonObject ProgramResult::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QList<QJsonObject> ProgramResult::jsonLines() const
{
    QList<QJsonObject> objects;
    const QList<QByteArray> lines = out.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.trimmed().isEmpty()) {
            objects.append(QJsonDocument::fromJson(line).object());
        }
    }
    return objects;
}

ProgramResult runProgram(const QString &program, const QStringList &arguments, const ProgramInput &input)
{
    QProcess process;
    process.setProcessEnvironment(input.environment);
    process.start(program, arguments);
    process.write(input.standardInput);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(static_cast<int>(input.limit.count()));
    const QString trouble = process.errorString();
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }

    ProgramResult result;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    if (ended && process.exitStatus() == QProcess::NormalExit) {
        result.exitCode = process.exitCode();
    } else {
        result.err += "\n[" + program.toUtf8() + ": " + (ended ? "crashed" : trouble.toUtf8()) + "]\n";
    }
    return result;
}

bool waitUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit)
{
    return QTest::qWaitFor(condition, static_cast<int>(limit.count()));
}

quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QStringList filesContaining(const QString &folder, const QList<QByteArray> &needles)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QByteArray content = readFile(path);
        if (std::any_of(needles.cbegin(), needles.cend(),
                        [&content](const QByteArray &needle) { return content.contains(needle); })) {
            found.append(path);
        }
    }
    return found;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace postrider::support
