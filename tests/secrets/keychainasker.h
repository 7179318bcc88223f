// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QProcess>
#include <QTest>

#include <functional>
#include <memory>
#include <optional>
#include <signal.h>
#include <utility>

namespace postrider::secrets {

/// Set for a program when it runs inside a session made for it.
constexpr auto InsideVariable = "POSTRIDER_TEST_INSIDE_KEYRING_SESSION";
constexpr int PatienceMs = 25'000;

[[nodiscard]] inline QByteArray describe(const SecretError &error)
{
    switch (error.kind) {
    case SecretError::Kind::NotFound:
        return "not found";
    case SecretError::Kind::Locked:
        return "locked";
    case SecretError::Kind::Dismissed:
        return "dismissed";
    case SecretError::Kind::NoService:
        return "no service";
    case SecretError::Kind::NoBus:
        return "no bus";
    case SecretError::Kind::Slow:
        return "slow";
    case SecretError::Kind::Unavailable:
        return "unavailable";
    case SecretError::Kind::Failed:
        break;
    }
    return "failed: " + error.reason.toUtf8();
}

/// One call of a store: its secret, "done", or the error's kind as text; nothing as long as there is no
/// answer.
class Asked
{
public:
    [[nodiscard]] static Asked read(SecretStore &store, const SecretKey &key)
    {
        Asked asked;
        store.read(key, asked.m_context.get(),
                   [result = asked.m_result](const base::Expected<base::Secret, SecretError> &answer) {
                       *result = answer ? answer->reveal().toByteArray() : describe(answer.error());
                   });
        return asked;
    }
    [[nodiscard]] static Asked write(SecretStore &store, const SecretKey &key, const QByteArray &secret)
    {
        Asked asked;
        store.write(key, base::Secret(secret), asked.m_context.get(), asked.taker());
        return asked;
    }
    [[nodiscard]] static Asked remove(SecretStore &store, const SecretKey &key)
    {
        Asked asked;
        store.remove(key, asked.m_context.get(), asked.taker());
        return asked;
    }
    [[nodiscard]] static Asked unlock(SecretStore &store)
    {
        Asked asked;
        store.unlock(asked.m_context.get(), asked.taker());
        return asked;
    }

    [[nodiscard]] bool isAnswered() const { return m_result->has_value(); }
    /// Waits for it.
    [[nodiscard]] QByteArray answer() const
    {
        static_cast<void>(QTest::qWaitFor([this] { return isAnswered(); }, PatienceMs));
        return m_result->value_or("no answer");
    }

private:
    [[nodiscard]] SecretStore::Answer taker() const
    {
        return [result = m_result](const base::Expected<void, SecretError> &answer) {
            *result = answer ? "done" : describe(answer.error());
        };
    }

    std::shared_ptr<QObject> m_context = std::make_shared<QObject>();
    std::shared_ptr<std::optional<QByteArray>> m_result = std::make_shared<std::optional<QByteArray>>();
};

/// Runs one test function of this program again in a session that a script makes. Nothing: it passed.
/// Otherwise what it printed; isSkipped: since something is missing here.
[[nodiscard]] inline std::optional<QByteArray> runInSession(const QString &script, QStringList arguments,
                                                            const QString &testFunction, bool &isSkipped)
{
    constexpr int PackageMissing = 77;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1StringView(InsideVariable), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    arguments += { QCoreApplication::applicationFilePath(), testFunction };
    process.start(QStringLiteral(POSTRIDER_TEST_DATA "/../support/") + script, arguments);
    const bool isOver = process.waitForFinished(4 * PatienceMs);
    const QByteArray output = process.readAll();
    isSkipped = isOver && process.exitCode() == PackageMissing;
    const bool hasPassed = isOver && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0
        && output.contains("PASS   : ");
    return hasPassed ? std::nullopt : std::optional(output);
}

/// A program of this session's bus, to be stopped, continued and ended.
class BusProgram
{
public:
    explicit BusProgram(const QString &name)
        : m_pid(static_cast<pid_t>(QDBusConnection::sessionBus().interface()->servicePid(name).value()))
    { }
    ~BusProgram() { signal(SIGCONT); }
    Q_DISABLE_COPY_MOVE(BusProgram)

    void signal(int number) const
    {
        if (m_pid > 0)
            ::kill(m_pid, number);
    }
    [[nodiscard]] bool isKnown() const { return m_pid > 0; }

private:
    pid_t m_pid;
};

} // namespace postrider::secrets
