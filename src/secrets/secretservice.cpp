// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/secretservice.h"

#include "secrets/sessionbus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMetaType>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QLibrary>
#include <QMap>
#include <QVariantMap>

#include <optional>
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

/// libsecret, which QtKeychain loads at run time, would go on with a session that ended with the service, and
/// find nothing until this program ends.
void forgetSession()
{
    QLibrary libsecret(u"secret-1"_s, 0);
    const auto disconnect = reinterpret_cast<void (*)()>(libsecret.resolve("secret_service_disconnect"));
    if (disconnect) {
        disconnect();
    }
}

} // namespace

SecretService::SecretService(std::chrono::milliseconds patience, QObject *parent)
    : Keyring(patience, parent)
{
    qDBusRegisterMetaType<Attributes>();
}

/// One that ends takes its question with it.
void SecretService::watch()
{
    if (std::exchange(m_isWatching, true)) {
        return;
    }
    auto *watcher = new QDBusServiceWatcher(ServiceBusName, QDBusConnection::sessionBus(),
                                            QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        forgetSession();
        if (!m_prompt.isEmpty()) {
            end(base::Unexpected(SecretError { SecretError::Kind::NoService, {} }));
        }
    });
}

void SecretService::search(const QString &service, const QString &key,
                           const std::function<void(const Items &)> &answer)
{
    watch();
    const Attributes attributes { { u"server"_s, service }, { u"user"_s, key } };
    callBus(this, serviceCall(u"SearchItems"_s, { QVariant::fromValue(attributes) }), patience(),
            [answer](const QDBusMessage &message, const std::optional<SecretError> &error) {
                const QDBusPendingReply<Paths, Paths> reply = message;
                if (error) {
                    answer(base::Unexpected(*error));
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

void SecretService::unlockDefault(const QString & /*service*/, Asking asking, const Done &answer)
{
    watch();
    callBus(this, serviceCall(u"ReadAlias"_s, { u"default"_s }), patience(),
            [=, this](const QDBusMessage &message, const std::optional<SecretError> &error) {
                if (error) {
                    answer(base::Unexpected(*error));
                    return;
                }
                const QDBusObjectPath keyring = QDBusPendingReply<QDBusObjectPath>(message).value();
                if (keyring.path() != NoPath) {
                    unlockObject(keyring, asking, answer);
                } else if (beginAsking(asking, answer)) {
                    // As libsecret would when it writes, which does not keep to one question.
                    const QVariantMap label { { u"org.freedesktop.Secret.Collection.Label"_s,
                                                u"Default keyring"_s } };
                    askWith(serviceCall(u"CreateCollection"_s, { label, u"default"_s }));
                }
            });
}

void SecretService::unlockObject(const QDBusObjectPath &object, Asking asking, const Done &answer)
{
    if (beginAsking(asking, answer)) {
        askWith(serviceCall(u"Unlock"_s, { QVariant::fromValue(Paths { object }) }));
    }
}

void SecretService::askWith(const QDBusMessage &message)
{
    callBus(this, message, patience(),
            [this](const QDBusMessage &reply, const std::optional<SecretError> &error) {
                if (error) {
                    end(base::Unexpected(*error));
                    return;
                }
                const auto prompt = reply.arguments().value(1).value<QDBusObjectPath>();
                if (prompt.path() == NoPath) {
                    end({});
                } else {
                    startPrompt(prompt);
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
    QDBusMessage show
        = QDBusMessage::createMethodCall(ServiceBusName, m_prompt, PromptInterface, u"Prompt"_s);
    show.setArguments({ QString() }); // no window that it belongs to
    callBus(this, show, patience(),
            [this, path = m_prompt](const QDBusMessage &, const std::optional<SecretError> &error) {
                if (error && m_prompt == path) {
                    end(base::Unexpected(error->kind == SecretError::Kind::Slow
                                             ? *error
                                             : SecretError { SecretError::Kind::Locked, error->reason }));
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
        end({});
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
    callBus(this, namesOf(u"ListNames"_s), patience(),
            [=, this](const QDBusMessage &running, const std::optional<SecretError> &) {
                callBus(this, namesOf(u"ListActivatableNames"_s), patience(),
                        [=, this](const QDBusMessage &startable, const std::optional<SecretError> &) {
                            if (m_prompt != path) {
                                return;
                            }
                            const QDBusPendingReply<QStringList> present = running;
                            const QDBusPendingReply<QStringList> possible = startable;
                            const QStringList names = present.value() + possible.value();
                            const bool isGnome = present.value().contains("org.gnome.keyring"_L1);
                            const bool canAsk
                                = !isGnome || names.contains("org.gnome.keyring.SystemPrompter"_L1);
                            end(base::Unexpected(SecretError {
                                canAsk ? SecretError::Kind::Dismissed : SecretError::Kind::Locked, {} }));
                        });
            });
}

void SecretService::end(const base::Expected<void, SecretError> &outcome)
{
    if (!m_prompt.isEmpty()) {
        QDBusConnection::sessionBus().disconnect(ServiceBusName, std::exchange(m_prompt, {}), PromptInterface,
                                                 u"Completed"_s, this,
                                                 SLOT(promptCompleted(bool, QDBusVariant)));
    }
    conclude(outcome);
}

} // namespace postrider::secrets
