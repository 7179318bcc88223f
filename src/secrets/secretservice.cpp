// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/secretservice.h"

#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QMap>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::secrets {
namespace {

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

const auto ServiceBusName = u"org.freedesktop.secrets"_s;
const auto ServicePath = u"/org/freedesktop/secrets"_s;
const auto ServiceInterface = u"org.freedesktop.Secret.Service"_s;
const auto PromptInterface = u"org.freedesktop.Secret.Prompt"_s;
/// What stands for "none" where a path is expected.
const auto NoPath = u"/"_s;

[[nodiscard]] QDBusMessage serviceCall(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message
        = QDBusMessage::createMethodCall(ServiceBusName, ServicePath, ServiceInterface, method);
    message.setArguments(arguments);
    return message;
}

[[nodiscard]] SecretError errorOf(const QDBusMessage &message)
{
    const QDBusError error(message);
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
    case QDBusError::UnknownObject:
        return { SecretError::Kind::NoService, error.message() };
    case QDBusError::NoReply:
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

SecretService::SecretService(QObject *parent)
    : QObject(parent)
{
    qDBusRegisterMetaType<Attributes>();
}

base::Expected<void, SecretError> SecretService::checkBus()
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

void SecretService::call(const QDBusMessage &message, const Reply &reply)
{
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [reply](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        reply(finished->reply());
    });
}

void SecretService::search(const QString &service, const QString &key,
                           const std::function<void(const Items &)> &answer)
{
    if (const auto bus = checkBus(); !bus) {
        answer(base::Unexpected(bus.error()));
        return;
    }
    const Attributes attributes { { u"server"_s, service }, { u"user"_s, key } };
    call(serviceCall(u"SearchItems"_s, { QVariant::fromValue(attributes) }),
         [answer](const QDBusMessage &message) {
             const QDBusPendingReply<Paths, Paths> reply = message;
             if (reply.isError()) {
                 answer(base::Unexpected(errorOf(message)));
             } else {
                 answer(std::pair(reply.argumentAt<0>(), reply.argumentAt<1>()));
             }
         });
}

void SecretService::find(const QString &service, const QString &key, const PresenceAnswer &answer)
{
    search(service, key, [answer](const Items &items) {
        if (!items) {
            answer(base::Unexpected(items.error()));
        } else if (!items->first.isEmpty()) {
            answer(Presence::Readable);
        } else {
            answer(items->second.isEmpty() ? Presence::Absent : Presence::Locked);
        }
    });
}

void SecretService::unlock(const QString &service, const QString &key, Asking asking, const Done &answer)
{
    search(service, key, [=, this](const Items &items) {
        if (!items) {
            answer(base::Unexpected(items.error()));
        } else if (items->second.isEmpty()) {
            answer({}); // opened meanwhile
        } else {
            unlockObject(items->second.first(), asking, answer);
        }
    });
}

void SecretService::unlockDefault(Asking asking, const Done &answer)
{
    if (const auto bus = checkBus(); !bus) {
        answer(bus);
        return;
    }
    call(serviceCall(u"ReadAlias"_s, { u"default"_s }), [=, this](const QDBusMessage &message) {
        const QDBusPendingReply<QDBusObjectPath> reply = message;
        if (reply.isError()) {
            answer(base::Unexpected(errorOf(message)));
        } else if (reply.value().path() == NoPath) {
            answer({});
        } else {
            unlockObject(reply.value(), asking, answer);
        }
    });
}

void SecretService::unlockObject(const QDBusObjectPath &object, Asking asking, const Done &answer)
{
    if (asking == Asking::UnlessDismissed && m_wasDismissed && !m_isAsking) {
        answer(base::Unexpected(SecretError { SecretError::Kind::Dismissed, {} }));
        return;
    }
    m_waiting.append(answer);
    if (std::exchange(m_isAsking, true)) {
        return; // the answer to the open question is everybody's
    }
    call(serviceCall(u"Unlock"_s, { QVariant::fromValue(Paths { object }) }),
         [this](const QDBusMessage &message) {
             const QDBusPendingReply<Paths, QDBusObjectPath> reply = message;
             if (reply.isError()) {
                 conclude(base::Unexpected(errorOf(message)));
             } else if (reply.argumentAt<1>().path() == NoPath) {
                 conclude({});
             } else {
                 startPrompt(reply.argumentAt<1>());
             }
         });
}

void SecretService::startPrompt(const QDBusObjectPath &prompt)
{
    m_prompt = prompt.path();
    QDBusConnection bus = QDBusConnection::sessionBus();
    // Before it is shown: an answer may come at once.
    bus.connect(ServiceBusName, m_prompt, PromptInterface, u"Completed"_s, this,
                SLOT(promptCompleted(bool, QDBusVariant)));
    // A keyring that ends takes its question with it.
    auto *watcher
        = new QDBusServiceWatcher(ServiceBusName, bus, QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this, watcher, path = m_prompt] {
        watcher->deleteLater();
        if (m_prompt == path) {
            conclude(base::Unexpected(SecretError { SecretError::Kind::NoService, {} }));
        }
    });
    QDBusMessage show
        = QDBusMessage::createMethodCall(ServiceBusName, m_prompt, PromptInterface, u"Prompt"_s);
    show.setArguments({ QString() }); // no window that it belongs to
    call(show, [this, path = m_prompt](const QDBusMessage &message) {
        if (message.type() == QDBusMessage::ErrorMessage && m_prompt == path) {
            conclude(base::Unexpected(SecretError { SecretError::Kind::Locked, message.errorMessage() }));
        }
    });
}

void SecretService::promptCompleted(bool dismissed, const QDBusVariant &)
{
    if (m_prompt.isEmpty()) {
        return;
    }
    if (dismissed) {
        judgeDismissal();
    } else {
        conclude({});
    }
}

/// GNOME Keyring says the same when the person closed its question and when there is nothing that could have
/// shown it.
void SecretService::judgeDismissal()
{
    QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    const QString bused = bus->service();
    const auto namesOf = [=](const QString &method) {
        return QDBusMessage::createMethodCall(bused, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s,
                                              method);
    };
    const QString path = m_prompt;
    call(namesOf(u"ListNames"_s), [=, this](const QDBusMessage &running) {
        call(namesOf(u"ListActivatableNames"_s), [=, this](const QDBusMessage &startable) {
            if (m_prompt != path) {
                return;
            }
            const QDBusPendingReply<QStringList> present = running;
            const QDBusPendingReply<QStringList> possible = startable;
            const QStringList names = present.value() + possible.value();
            const bool isGnome = present.value().contains("org.gnome.keyring"_L1);
            const bool canAsk = !isGnome || names.contains("org.gnome.keyring.SystemPrompter"_L1);
            m_wasDismissed = canAsk;
            conclude(base::Unexpected(
                SecretError { canAsk ? SecretError::Kind::Dismissed : SecretError::Kind::Locked, {} }));
        });
    });
}

void SecretService::conclude(const base::Expected<void, SecretError> &outcome)
{
    if (!m_prompt.isEmpty()) {
        QDBusConnection::sessionBus().disconnect(ServiceBusName, std::exchange(m_prompt, {}), PromptInterface,
                                                 u"Completed"_s, this,
                                                 SLOT(promptCompleted(bool, QDBusVariant)));
    }
    m_isAsking = false;
    if (outcome) {
        m_wasDismissed = false;
    }
    const QList<Done> waiting = std::exchange(m_waiting, {});
    for (const Done &answer : waiting) {
        answer(outcome);
    }
}

} // namespace postrider::secrets
