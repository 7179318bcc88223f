// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainsecretstore.h"

#ifdef POSTRIDER_SECRET_SERVICE
#include "secrets/secretservice.h"
#endif

#include <QElapsedTimer>
#include <QFileInfo>
#include <QPointer>
#include <qt6keychain/keychain.h>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::secrets {

#ifndef POSTRIDER_SECRET_SERVICE
class SecretService
{ };
#endif

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
        return { SecretError::Kind::Dismissed, job.errorString() };
    case QKeychain::AccessDenied:
        return { SecretError::Kind::Locked, job.errorString() };
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return { SecretError::Kind::Unavailable, job.errorString() };
    default:
        return { duration >= WalletPatience ? SecretError::Kind::Slow : SecretError::Kind::Failed,
                 job.errorString() };
    }
}

#ifdef POSTRIDER_SECRET_SERVICE

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

[[nodiscard]] KeychainSecretStore::Presence toPresence(SecretService::Presence presence)
{
    switch (presence) {
    case SecretService::Presence::Readable:
        return KeychainSecretStore::Presence::Readable;
    case SecretService::Presence::Locked:
        return KeychainSecretStore::Presence::Locked;
    case SecretService::Presence::Absent:
        break;
    }
    return KeychainSecretStore::Presence::Absent;
}

#endif

} // namespace

KeychainSecretStore::KeychainSecretStore(QObject *parent)
    : SecretStore(parent)
{
#ifdef POSTRIDER_SECRET_SERVICE
    findSessionBus();
    m_service = std::make_unique<SecretService>();
#endif
}

KeychainSecretStore::~KeychainSecretStore() = default;

void KeychainSecretStore::read(const SecretKey &key, QObject *context, ReadAnswer answer)
{
    const auto start = [this, key = key.toString(), context = QPointer<QObject>(context),
                        answer = std::move(answer)] {
        using Outcome = base::Expected<base::Secret, SecretError>;
        findOpenEntry(key, [=, this](const base::Expected<Presence, SecretError> &presence) {
            if (!presence) {
                post(context, answer, Outcome(base::Unexpected(presence.error())));
                return;
            }
            if (*presence == Presence::Absent) {
                post(context, answer, Outcome(base::Unexpected(SecretError { SecretError::Kind::NotFound })));
                return;
            }
            run(new QKeychain::ReadPasswordJob(ServiceName), key,
                [=](const QKeychain::Job &job, const std::optional<SecretError> &error) {
                    if (error) {
                        post(context, answer, Outcome(base::Unexpected(*error)));
                        return;
                    }
                    const auto &readJob = static_cast<const QKeychain::ReadPasswordJob &>(job);
                    post(context, answer, Outcome(base::Secret::fromText(readJob.textData())));
                });
        });
    };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer)
{
    const auto start
        = [this, key = key.toString(), context = QPointer<QObject>(context), answer = std::move(answer),
           secret = std::make_shared<base::Secret>(std::move(secret))] {
              using Outcome = base::Expected<void, SecretError>;
              openDefaultKeyring([=, this](const Outcome &opened) {
                  if (!opened) {
                      post(context, answer, opened);
                      return;
                  }
                  auto *job = new QKeychain::WritePasswordJob(ServiceName);
                  job->setTextData(QString::fromUtf8(secret->reveal()));
                  run(job, key, [=](const QKeychain::Job &, const std::optional<SecretError> &error) {
                      post(context, answer, error ? Outcome(base::Unexpected(*error)) : Outcome());
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
              const auto fail = [=](const SecretError &error) {
                  post(context, answer, Outcome(base::Unexpected(error)));
              };
              findEntry(key, [=, this](const base::Expected<Presence, SecretError> &before) {
                  if (!before) {
                      fail(before.error());
                      return;
                  }
                  if (*before == Presence::Locked) {
                      fail({ SecretError::Kind::Locked });
                      return;
                  }
                  if (*before == Presence::Absent) {
                      post(context, answer, Outcome());
                      return;
                  }
                  run(new QKeychain::DeletePasswordJob(ServiceName), key,
                      [=, this](const QKeychain::Job &, const std::optional<SecretError> &error) {
                          if (error && error->kind != SecretError::Kind::NotFound) {
                              fail(*error);
                              return;
                          }
                          // Success is also what it says when the keyring was locked and nothing happened.
                          findEntry(key, [=](const base::Expected<Presence, SecretError> &after) {
                              if (!after) {
                                  fail(after.error());
                              } else if (*after == Presence::Locked) {
                                  fail({ SecretError::Kind::Locked });
                              } else if (*after == Presence::Readable) {
                                  fail({ SecretError::Kind::Failed });
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

void KeychainSecretStore::unlock(QObject *context, Answer answer)
{
    const auto start = [this, context = QPointer<QObject>(context), answer = std::move(answer)] {
        using Outcome = base::Expected<void, SecretError>;
        if (usesKWallet()) {
            post(context, answer, SecretService::checkBus()); // it asks when it is read
            return;
        }
        m_service->unlockDefault(SecretService::Asking::Again,
                                 [=](const Outcome &unlocked) { post(context, answer, unlocked); });
    };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::findEntry(const QString &key, const PresenceAnswer &answer)
{
    if (const auto bus = SecretService::checkBus(); !bus) {
        answer(base::Unexpected(bus.error()));
        return;
    }
    if (usesKWallet()) {
        answer(Presence::Unknown);
        return;
    }
    m_service->find(ServiceName, key,
                    [answer](const base::Expected<SecretService::Presence, SecretError> &presence) {
                        if (presence) {
                            answer(toPresence(*presence));
                        } else {
                            answer(base::Unexpected(presence.error()));
                        }
                    });
}

void KeychainSecretStore::findOpenEntry(const QString &key, const PresenceAnswer &answer)
{
    findEntry(key, [=, this](const base::Expected<Presence, SecretError> &presence) {
        if (!presence || *presence != Presence::Locked) {
            answer(presence);
            return;
        }
        m_service->unlock(ServiceName, key, SecretService::Asking::UnlessDismissed,
                          [answer](const base::Expected<void, SecretError> &unlocked) {
                              if (unlocked) {
                                  answer(Presence::Readable);
                              } else {
                                  answer(base::Unexpected(unlocked.error()));
                              }
                          });
    });
}

void KeychainSecretStore::openDefaultKeyring(const Answer &answer)
{
    const auto bus = SecretService::checkBus();
    if (!bus || usesKWallet()) {
        answer(bus);
    } else {
        m_service->unlockDefault(SecretService::Asking::UnlessDismissed, answer);
    }
}

#else

void KeychainSecretStore::unlock(QObject *context, Answer answer)
{
    SecretStore::unlock(context, std::move(answer));
}

void KeychainSecretStore::findEntry(const QString &, const PresenceAnswer &answer)
{
    answer(Presence::Unknown);
}

void KeychainSecretStore::findOpenEntry(const QString &, const PresenceAnswer &answer)
{
    answer(Presence::Unknown);
}

void KeychainSecretStore::openDefaultKeyring(const Answer &answer)
{
    answer({});
}

#endif

} // namespace postrider::secrets
