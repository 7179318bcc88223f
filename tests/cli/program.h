// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/fakesmtpserver.h"
#include "support/tempprofile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QStringList>
#include <QTcpServer>

/// postrider-cli as another program runs it, beside servers that live in the test's own thread.
namespace postrider::clitest {

using namespace Qt::StringLiterals;
using support::FakeSmtpServer;
using support::TempProfile;

constexpr int ProgramLimit = 60'000; // ms

struct Ended
{
    int code = -1;
    QByteArray out {};
    QByteArray err {};

    /// Of --json.
    [[nodiscard]] QList<QJsonObject> lines() const
    {
        QList<QJsonObject> objects;
        const QList<QByteArray> parts = out.split('\n');
        for (const QByteArray &part : parts) {
            if (!part.isEmpty())
                objects += QJsonDocument::fromJson(part).object();
        }
        return objects;
    }
    [[nodiscard]] QJsonObject object() const { return lines().value(0); }
};

/// A person without session bus, keychain and display, and without settings for git.
inline QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    environment.insert(u"GIT_CONFIG_GLOBAL"_s, u"/dev/null"_s);
    environment.insert(u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s);
    for (const QString &name : { u"XDG_RUNTIME_DIR"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s })
        environment.remove(name);
    return environment;
}

/// Waits in the event loop, in which the test's own servers answer.
inline Ended waitFor(QProcess &process)
{
    QSignalSpy finished(&process, &QProcess::finished);
    if (process.state() != QProcess::NotRunning && !finished.wait(ProgramLimit)) {
        process.kill();
        process.waitForFinished();
    }
    const bool hasEnded
        = process.error() != QProcess::FailedToStart && process.exitStatus() == QProcess::NormalExit;
    return { hasEnded ? process.exitCode() : -1, process.readAllStandardOutput(),
             process.readAllStandardError() };
}

inline Ended runProgram(const QString &program, const QStringList &arguments,
                        const QByteArray &standardInput = {}, const QString &folder = {})
{
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    process.write(standardInput);
    process.closeWriteChannel();
    return waitFor(process);
}

inline Ended run(const QStringList &arguments, const QByteArray &standardInput = {})
{
    return runProgram(QStringLiteral(POSTRIDER_CLI), arguments, standardInput);
}

inline Ended run(const TempProfile &profile, const QStringList &arguments,
                 const QByteArray &standardInput = {})
{
    return run(QStringList { u"--json"_s, u"--profile"_s, profile.folder() } + arguments, standardInput);
}

/// The command for an account of a server without sign-in, which is not tried.
inline QStringList accountAdd(quint16 port, const QString &email = u"ann@example.org"_s)
{
    return { u"account"_s,    u"add"_s,       u"--email"_s,          email,
             u"--host"_s,     u"127.0.0.1"_s, u"--port"_s,           QString::number(port),
             u"--security"_s, u"none"_s,      u"--no-verify-login"_s };
}

inline bool addAccount(const TempProfile &profile, quint16 port, const QString &email = u"ann@example.org"_s)
{
    return run(profile, accountAdd(port, email) + QStringList { u"--name=Ann Smith"_s }).code == 0;
}

inline quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

inline FakeSmtpServer::Behaviour plaintext()
{
    FakeSmtpServer::Behaviour behaviour;
    behaviour.security = FakeSmtpServer::Security::Plaintext;
    return behaviour;
}

} // namespace postrider::clitest
