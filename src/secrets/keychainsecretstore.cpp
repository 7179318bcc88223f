// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainsecretstore.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QPointer>
#include <qt6keychain/keychain.h>
#include <QUrl>

#ifdef POSTRIDER_SECRET_SERVICE
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::secrets {
namespace {

const auto ServiceName = u"org.postrider.Postrider"_s;

/// QtKeychain's call to KWallet ends after 25 s although the wallet still shows its password window.
constexpr std::chrono::milliseconds WalletPatience = 24s;

/// Answers in the context's thread, unless the context is gone.
template <typename T, typename F>
void post(const QPointer<QObject> &context, const F &answer, T result)
{
    if (context.isNull()) {
        return;
    }
    const auto shared = std::make_shared<T>(std::move(result));
    QMetaObject::invokeMethod(
        context.data(), [answer, shared] { answer(std::move(*shared)); }, Qt::QueuedConnection);
}

[[nodiscard]] SecretError errorOf(const QKeychain::Job &job, std::chrono::milliseconds duration)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return { SecretError::Kind::NotFound, job.errorString() };
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return { SecretError::Kind::Locked, job.errorString() };
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return { SecretError::Kind::Unavailable, job.errorString() };
    default:
        return { duration >= WalletPatience ? SecretError::Kind::Locked : SecretError::Kind::Failed,
                 job.errorString() };
    }
}

#ifdef POSTRIDER_SECRET_SERVICE

using Attributes = QMap<QString, QString>;

/// A session without its bus address, as under cron or after su, may still have the usual socket.
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

/// The same choice as QtKeychain's.
[[nodiscard]] bool usesKWallet()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP").split(u':').contains("KDE"_L1)
        && !qEnvironmentVariableIsEmpty("KDE_SESSION_VERSION");
}

[[nodiscard]] QDBusMessage secretServiceCall(const QString &path, const QString &interface,
                                             const QString &method)
{
    return QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
}

#endif

} // namespace

KeychainSecretStore::KeychainSecretStore(QObject *parent)
    : SecretStore(parent)
{
#ifdef POSTRIDER_SECRET_SERVICE
    findSessionBus();
    qDBusRegisterMetaType<Attributes>();
#endif
}

void KeychainSecretStore::read(const SecretKey &key, QObject *context, ReadAnswer answer)
{
    const auto start = [this, key = key.toString(), context = QPointer<QObject>(context),
                        answer = std::move(answer)] {
        using Outcome = base::Expected<base::Secret, SecretError>;
        findEntry(key, [=, this](const base::Expected<Presence, SecretError> &presence) {
            if (!presence) {
                post(context, answer, Outcome(base::Unexpected(presence.error())));
                return;
            }
            if (*presence == Presence::Absent) {
                post(context, answer, Outcome(base::Unexpected(SecretError { SecretError::Kind::NotFound })));
                return;
            }
            const bool wasLocked = *presence == Presence::Locked;
            run(new QKeychain::ReadPasswordJob(ServiceName), key,
                [=](const QKeychain::Job &job, std::optional<SecretError> error) {
                    if (!error) {
                        const auto &readJob = static_cast<const QKeychain::ReadPasswordJob &>(job);
                        post(context, answer, Outcome(base::Secret::fromText(readJob.textData())));
                        return;
                    }
                    if (wasLocked) {
                        // The entry is there: the person did not open the keyring, or could not be asked.
                        error->kind = SecretError::Kind::Locked;
                    }
                    post(context, answer, Outcome(base::Unexpected(*error)));
                });
        });
    };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer)
{
    const auto start = [this, key = key.toString(), context = QPointer<QObject>(context),
                        answer = std::move(answer),
                        secret = std::make_shared<base::Secret>(std::move(secret))] {
        using Outcome = base::Expected<void, SecretError>;
        findEntry(key, [=, this](const base::Expected<Presence, SecretError> &presence) {
            if (!presence) {
                post(context, answer, Outcome(base::Unexpected(presence.error())));
                return;
            }
            auto *job = new QKeychain::WritePasswordJob(ServiceName);
            job->setTextData(QString::fromUtf8(secret->reveal()));
            run(job, key, [=, this](const QKeychain::Job &, const std::optional<SecretError> &error) {
                if (!error) {
                    post(context, answer, Outcome());
                    return;
                }
                findDefaultKeyringLocked([=](bool isLocked) {
                    const SecretError::Kind kind = isLocked ? SecretError::Kind::Locked : error->kind;
                    post(context, answer, Outcome(base::Unexpected(SecretError { kind, error->reason })));
                });
            });
        });
    };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::remove(const SecretKey &key, QObject *context, Answer answer)
{
    const auto start
        = [this, key = key.toString(), context = QPointer<QObject>(context), answer = std::move(answer)] {
              using Outcome = base::Expected<void, SecretError>;
              findEntry(key, [=, this](const base::Expected<Presence, SecretError> &before) {
                  if (!before) {
                      post(context, answer, Outcome(base::Unexpected(before.error())));
                      return;
                  }
                  if (*before == Presence::Absent) {
                      post(context, answer, Outcome());
                      return;
                  }
                  run(new QKeychain::DeletePasswordJob(ServiceName), key,
                      [=, this](const QKeychain::Job &, const std::optional<SecretError> &error) {
                          if (error && error->kind != SecretError::Kind::NotFound) {
                              post(context, answer, Outcome(base::Unexpected(*error)));
                              return;
                          }
                          // Success is also what it says when the keyring was locked and nothing happened.
                          findEntry(key, [=](const base::Expected<Presence, SecretError> &after) {
                              if (!after) {
                                  post(context, answer, Outcome(base::Unexpected(after.error())));
                              } else if (*after == Presence::Locked) {
                                  post(context, answer,
                                       Outcome(base::Unexpected(SecretError { SecretError::Kind::Locked })));
                              } else if (*after == Presence::Readable) {
                                  post(context, answer,
                                       Outcome(base::Unexpected(SecretError { SecretError::Kind::Failed })));
                              } else {
                                  post(context, answer, Outcome());
                              }
                          });
                      });
              });
          };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::run(QKeychain::Job *job, const QString &key, const JobAnswer &answer)
{
    job->setKey(key);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    QElapsedTimer sinceStart;
    sinceStart.start();
    connect(job, &QKeychain::Job::finished, this, [answer, sinceStart](QKeychain::Job *finished) {
        std::optional<SecretError> error;
        if (finished->error() != QKeychain::NoError) {
            error = errorOf(*finished, std::chrono::milliseconds(sinceStart.elapsed()));
        }
        answer(*finished, error);
    });
    job->start();
}

#ifdef POSTRIDER_SECRET_SERVICE

void KeychainSecretStore::findEntry(const QString &key, const PresenceAnswer &answer)
{
    const auto unavailable = [&answer](const QString &reason) {
        answer(base::Unexpected(SecretError { SecretError::Kind::Unavailable, reason }));
    };
    // Without an address the bus library would start a bus of its own, on which nobody else is.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        unavailable(u"DBUS_SESSION_BUS_ADDRESS is not set"_s);
        return;
    }
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        unavailable(bus.lastError().message());
        return;
    }
    if (usesKWallet()) {
        answer(Presence::Unknown);
        return;
    }
    QDBusMessage call = secretServiceCall(u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s,
                                          u"SearchItems"_s);
    call.setArguments(
        { QVariant::fromValue(Attributes { { u"server"_s, ServiceName }, { u"user"_s, key } }) });
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [answer](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        const QDBusPendingReply<QList<QDBusObjectPath>, QList<QDBusObjectPath>> reply = *finished;
        if (reply.isError()) {
            answer(base::Unexpected(SecretError { SecretError::Kind::Unavailable, reply.error().message() }));
        } else if (!reply.argumentAt<0>().isEmpty()) {
            answer(Presence::Readable);
        } else {
            answer(reply.argumentAt<1>().isEmpty() ? Presence::Absent : Presence::Locked);
        }
    });
}

void KeychainSecretStore::findDefaultKeyringLocked(const std::function<void(bool)> &answer)
{
    if (usesKWallet()) {
        answer(false);
        return;
    }
    QDBusMessage call = secretServiceCall(u"/org/freedesktop/secrets/aliases/default"_s,
                                          u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call.setArguments({ u"org.freedesktop.Secret.Collection"_s, u"Locked"_s });
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [answer](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *finished;
        answer(reply.isValid() && reply.value().variant().toBool());
    });
}

#else

void KeychainSecretStore::findEntry(const QString &, const PresenceAnswer &answer)
{
    answer(Presence::Unknown);
}

void KeychainSecretStore::findDefaultKeyringLocked(const std::function<void(bool)> &answer)
{
    answer(false);
}

#endif

} // namespace postrider::secrets
