// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainsecretstore.h"

#ifdef POSTRIDER_SECRET_SERVICE
#include "secrets/kwallet.h"
#include "secrets/secretservice.h"
#include "secrets/sessionbus.h"
#endif

#include <QPointer>
#include <qt6keychain/keychain.h>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::secrets {

#ifndef POSTRIDER_SECRET_SERVICE
class KWallet
{ };
#endif

namespace {

const auto ServiceName = u"org.postrider.Postrider"_s;

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

[[nodiscard]] SecretError errorOf(const QKeychain::Job &job)
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
        return { SecretError::Kind::Failed, job.errorString() };
    }
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QObject *parent)
    : KeychainSecretStore(UsualPatience, parent)
{ }

KeychainSecretStore::KeychainSecretStore(std::chrono::milliseconds patience, QObject *parent)
    : SecretStore(parent)
    , m_patience(patience)
{
#ifdef POSTRIDER_SECRET_SERVICE
    findSessionBus();
    m_service = std::make_unique<SecretService>(patience);
    if (const QString wallet = KWallet::nameOnThisDesktop(); !wallet.isEmpty()) {
        m_wallet = std::make_unique<KWallet>(wallet, patience);
    }
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
              openDefaultKeyring(Keyring::Asking::UnlessDismissed, [=, this](const Outcome &opened) {
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

/// QtKeychain has no limit of its own, and nothing that ends a job.
void KeychainSecretStore::run(QKeychain::Job *job, const QString &key, const JobAnswer &answer)
{
    job->setKey(key);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    auto *limit = new QTimer(job);
    limit->setSingleShot(true);
    const auto isOver = std::make_shared<bool>(false);
    connect(limit, &QTimer::timeout, this, [job, answer, isOver] {
        *isOver = true;
        answer(*job, SecretError { SecretError::Kind::Slow, {} });
    });
    connect(job, &QKeychain::Job::finished, this, [answer, limit, isOver](QKeychain::Job *finished) {
        limit->stop();
        if (!std::exchange(*isOver, true)) {
            answer(*finished,
                   finished->error() == QKeychain::NoError ? std::nullopt
                                                           : std::optional(errorOf(*finished)));
        }
    });
    job->start();
    limit->start(m_patience);
}

void KeychainSecretStore::unlock(QObject *context, Answer answer)
{
    const auto start = [this, context = QPointer<QObject>(context), answer = std::move(answer)] {
        using Outcome = base::Expected<void, SecretError>;
        openDefaultKeyring(Keyring::Asking::Again,
                           [=](const Outcome &unlocked) { post(context, answer, unlocked); });
    };
    QMetaObject::invokeMethod(this, start);
}

void KeychainSecretStore::findEntry(const QString &key, const PresenceAnswer &answer)
{
    withKeyring([=](const base::Expected<Keyring *, SecretError> &keyring) {
        if (!keyring) {
            answer(base::Unexpected(keyring.error()));
        } else if (*keyring) {
            (*keyring)->find(ServiceName, key, answer);
        } else {
            answer(Presence::Unknown);
        }
    });
}

void KeychainSecretStore::findOpenEntry(const QString &key, const PresenceAnswer &answer)
{
    findEntry(key, [=, this](const base::Expected<Presence, SecretError> &presence) {
        const bool takesThePerson
            = presence && (*presence == Presence::Locked || *presence == Presence::Unknown);
        if (!takesThePerson || !m_keyring) {
            answer(presence);
            return;
        }
        m_keyring->unlock(ServiceName, key, Keyring::Asking::UnlessDismissed,
                          [answer](const base::Expected<void, SecretError> &unlocked) {
                              if (unlocked) {
                                  answer(Presence::Readable);
                              } else {
                                  answer(base::Unexpected(unlocked.error()));
                              }
                          });
    });
}

void KeychainSecretStore::openDefaultKeyring(Keyring::Asking asking, const Answer &answer)
{
    withKeyring([=](const base::Expected<Keyring *, SecretError> &keyring) {
        if (!keyring) {
            answer(base::Unexpected(keyring.error()));
        } else if (*keyring) {
            (*keyring)->unlockDefault(ServiceName, asking, answer);
        } else {
            answer({});
        }
    });
}

#ifdef POSTRIDER_SECRET_SERVICE

void KeychainSecretStore::withKeyring(
    const std::function<void(base::Expected<Keyring *, SecretError>)> &answer)
{
    if (const auto bus = checkBus(); !bus) {
        answer(base::Unexpected(bus.error()));
        return;
    }
    if (!m_keyring && !m_wallet) {
        m_keyring = m_service.get();
    }
    if (m_keyring) {
        answer(m_keyring);
        return;
    }
    // QtKeychain blocks for half a second to find out, and then keeps to it; by then it is started.
    m_wallet->check([=, this](const base::Expected<void, SecretError> &there) {
        if (!there && there.error().kind != SecretError::Kind::NoService) {
            answer(base::Unexpected(there.error()));
            return;
        }
        if (!m_keyring) {
            m_keyring = there ? static_cast<Keyring *>(m_wallet.get()) : m_service.get();
        }
        answer(m_keyring);
    });
}

#else

void KeychainSecretStore::withKeyring(
    const std::function<void(base::Expected<Keyring *, SecretError>)> &answer)
{
    answer(nullptr);
}

#endif

} // namespace postrider::secrets
