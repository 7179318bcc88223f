// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QFile>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QTest>
#include <QVariantList>

#include <memory>
#include <vector>

namespace postrider::support {

using namespace Qt::StringLiterals;

/**
 * A system bus of the test's own, on which services of the operating system are acted out (python3-dbusmock).
 *
 * From start() on, this process and those that it starts take it for the system's. Nothing of it is left when
 * it goes.
 */
class ActedSystemBus final
{
public:
    // As NetworkManager numbers them.
    static constexpr uint Disconnected = 20;
    static constexpr uint ConnectedGlobally = 70;
    static constexpr uint Portal = 2;
    static constexpr uint Full = 4;

    ActedSystemBus() = default;
    ~ActedSystemBus()
    {
        for (const std::unique_ptr<QProcess> &actor : m_actors) {
            actor->terminate();
            actor->waitForFinished();
        }
        m_bus.terminate();
        m_bus.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(ActedSystemBus)

    /// False where there is no dbus-daemon. Without service folders: nobody is on it but who is started here.
    [[nodiscard]] bool start()
    {
        QFile config(m_folder.filePath(u"bus.conf"_s));
        if (!config.open(QIODevice::WriteOnly))
            return false;
        config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
                     " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
                     "<busconfig><type>system</type><listen>unix:dir="
                     + m_folder.path().toUtf8()
                     + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                       "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                       "<allow own=\"*\"/></policy></busconfig>\n");
        config.close();
        m_bus.start(u"dbus-daemon"_s,
                    { u"--nofork"_s, u"--print-address"_s, u"--config-file="_s + config.fileName() });
        if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead())
            return false;
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus.readLine().trimmed());
        return QDBusConnection::systemBus().isConnected();
    }

    /// A template of dbusmock in the service's place; false where nobody can act it out.
    [[nodiscard]] bool actOut(const QString &service, const QString &part)
    {
        // The system's own interpreter has the system's packages, whatever else comes first in PATH.
        const QString system = u"/usr/bin/python3"_s;
        const QString python = QFile::exists(system) ? system : u"python3"_s;
        m_actors.push_back(std::make_unique<QProcess>());
        QProcess &actor = *m_actors.back();
        actor.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        actor.start(python, { u"-m"_s, u"dbusmock"_s, u"--template"_s, part });
        const auto isThere = [&service] {
            return QDBusConnection::systemBus().interface()->isServiceRegistered(service).value();
        };
        return QTest::qWaitFor([&] { return isThere() || actor.state() == QProcess::NotRunning; }, 20'000)
            && isThere();
    }
    [[nodiscard]] bool actOutNetworkManager() { return actOut(networkManager(), u"networkmanager"_s); }

    /// Asks an actor for something; false when it did not do it.
    [[nodiscard]] static bool ask(const QString &service, const QString &path, const QString &method,
                                  const QVariantList &arguments)
    {
        QDBusMessage call
            = QDBusMessage::createMethodCall(service, path, u"org.freedesktop.DBus.Mock"_s, method);
        call.setArguments(arguments);
        const QDBusMessage answer = QDBusConnection::systemBus().call(call);
        if (answer.type() == QDBusMessage::ErrorMessage)
            qWarning() << answer.errorMessage();
        return answer.type() == QDBusMessage::ReplyMessage;
    }
    [[nodiscard]] static bool setState(uint state)
    {
        return ask(networkManager(), networkManagerPath(), u"SetGlobalConnectionState"_s, { state });
    }
    [[nodiscard]] static bool setConnectivity(uint connectivity)
    {
        return ask(networkManager(), networkManagerPath(), u"SetConnectivity"_s, { connectivity });
    }

private:
    static QString networkManager() { return u"org.freedesktop.NetworkManager"_s; }
    static QString networkManagerPath() { return u"/org/freedesktop/NetworkManager"_s; }

    QTemporaryDir m_folder {};
    QProcess m_bus {};
    std::vector<std::unique_ptr<QProcess>> m_actors {};
};

} // namespace postrider::support
