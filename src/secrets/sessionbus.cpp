// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/sessionbus.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace postrider::secrets {
namespace {

[[nodiscard]] SecretError errorOf(const QDBusMessage &message, bool isInTime)
{
    const QDBusError error(message);
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
    case QDBusError::UnknownObject:
        return { SecretError::Kind::NoService, error.message() };
    case QDBusError::NoReply:
        // The bus says the same of a program that is too slow and of one that has ended.
        return { isInTime ? SecretError::Kind::NoService : SecretError::Kind::Slow, error.message() };
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return { SecretError::Kind::Slow, error.message() };
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
        return { SecretError::Kind::NoBus, error.message() };
    default:
        // A service that cannot be started has many names for that.
        return { error.name().startsWith("org.freedesktop.DBus.Error.Spawn"_L1)
                         || error.name() == "org.freedesktop.DBus.Error.NameHasNoOwner"_L1
                     ? SecretError::Kind::NoService
                     : SecretError::Kind::Unavailable,
                 error.message() };
    }
}

} // namespace

void findSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return;
    }
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString socket = folder + "/bus"_L1;
    if (!folder.isEmpty() && QFileInfo::exists(socket)) {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QUrl::toPercentEncoding(socket, "/"));
    }
}

base::Expected<void, SecretError> checkBus()
{
    // Without an address the bus library would start a bus of its own, on which nobody else is.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return base::Unexpected(
            SecretError { SecretError::Kind::NoBus, u"DBUS_SESSION_BUS_ADDRESS is not set"_s });
    }
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return base::Unexpected(SecretError { SecretError::Kind::NoBus, bus.lastError().message() });
    }
    return {};
}

void callBus(QObject *context, const QDBusMessage &message, std::chrono::milliseconds patience,
             const BusReply &reply)
{
    QElapsedTimer sinceStart; // of which the bus's own timer may be ahead a little
    sinceStart.start();
    const int limit = static_cast<int>(patience.count());
    auto *watcher
        = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, limit), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [reply, patience, sinceStart](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         const QDBusMessage answer = finished->reply();
                         std::optional<SecretError> error;
                         if (answer.type() == QDBusMessage::ErrorMessage) {
                             error = errorOf(answer, sinceStart.elapsed() < patience.count() / 10 * 9);
                         }
                         reply(answer, error);
                     });
}

} // namespace postrider::secrets
