// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/kwallet.h"

#include "secrets/sessionbus.h"

#include <QDBusPendingReply>

#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::secrets {
namespace {

/// The wallet's generation belongs to the desktop's.
[[nodiscard]] QString nameOfGeneration()
{
    const QByteArray generation = qgetenv("KDE_SESSION_VERSION");
    if (generation == "5") {
        return u"org.kde.kwalletd5"_s;
    }
#ifdef POSTRIDER_QTKEYCHAIN_KNOWS_KWALLET6
    if (generation == "6") {
        return u"org.kde.kwalletd6"_s;
    }
#endif
    return {};
}

} // namespace

/// The same choice as QtKeychain's, variable by variable: where the two differ, an entry is looked for in
/// another place than the one that it was put in.
QString KWallet::nameOnThisDesktop()
{
    const QByteArray desktop = qgetenv("XDG_CURRENT_DESKTOP");
    if (desktop == "KDE") {
        return nameOfGeneration();
    }
    if (desktop == "GNOME" || desktop == "Unity" || desktop == "XFCE") {
        return {};
    }
    const QByteArray session = qgetenv("DESKTOP_SESSION");
    if (session == "kde") {
        return nameOfGeneration();
    }
    if (session == "gnome" || session == "xubuntu" || session.contains("xfce")) {
        return {};
    }
    const bool isGnome = !qEnvironmentVariableIsEmpty("GNOME_DESKTOP_SESSION_ID");
    const bool isKde = !isGnome && !qEnvironmentVariableIsEmpty("KDE_FULL_SESSION");
    return isKde ? nameOfGeneration() : QString();
}

KWallet::KWallet(const QString &busName, std::chrono::milliseconds patience, QObject *parent)
    : Keyring(patience, parent)
    , m_busName(busName)
{ }

QDBusMessage KWallet::walletCall(const QString &method, const QVariantList &arguments) const
{
    const QString path = "/modules/"_L1 + m_busName.section(u'.', -1);
    QDBusMessage message = QDBusMessage::createMethodCall(m_busName, path, u"org.kde.KWallet"_s, method);
    message.setArguments(arguments);
    return message;
}

void KWallet::findWallet(const std::function<void(base::Expected<QString, SecretError>)> &answer)
{
    callBus(this, walletCall(u"networkWallet"_s, {}), patience(),
            [answer](const QDBusMessage &message, const std::optional<SecretError> &error) {
                if (error) {
                    answer(base::Unexpected(*error));
                } else {
                    answer(QDBusPendingReply<QString>(message).value());
                }
            });
}

void KWallet::check(const Done &answer)
{
    findWallet([answer](const base::Expected<QString, SecretError> &wallet) {
        if (wallet) {
            answer({});
        } else {
            answer(base::Unexpected(wallet.error()));
        }
    });
}

void KWallet::find(const QString &service, const QString &key, const PresenceAnswer &answer)
{
    findWallet([=, this](const base::Expected<QString, SecretError> &wallet) {
        if (wallet) {
            findIn(*wallet, service, key, answer);
        } else {
            answer(base::Unexpected(wallet.error()));
        }
    });
}

/// A closed wallet still tells which entries it has.
void KWallet::findIn(const QString &wallet, const QString &service, const QString &key,
                     const PresenceAnswer &answer)
{
    const auto ask = [this](const QString &method, const QVariantList &arguments,
                            const PresenceAnswer &failed, const std::function<void(const QVariant &)> &then) {
        callBus(this, walletCall(method, arguments), patience(),
                [failed, then](const QDBusMessage &message, const std::optional<SecretError> &error) {
                    if (error) {
                        failed(base::Unexpected(*error));
                    } else {
                        then(message.arguments().value(0));
                    }
                });
    };
    // Of an open one that would be told as of when it was last written to the disk.
    ask(u"isOpen"_s, { wallet }, answer, [=](const QVariant &isOpen) {
        if (isOpen.toBool()) {
            answer(Presence::Unknown);
            return;
        }
        ask(u"keyDoesNotExist"_s, { wallet, service, key }, answer, [answer](const QVariant &isAbsent) {
            answer(isAbsent.toBool() ? Presence::Absent : Presence::Locked);
        });
    });
}

void KWallet::unlock(const QString &service, const QString & /*key*/, Asking asking, const Done &answer)
{
    unlockDefault(service, asking, answer);
}

/// There is one wallet for all. It asks for its password, or for its first one, or whether this program may
/// read in it; under the name that QtKeychain uses, so that it does not ask once more.
void KWallet::unlockDefault(const QString &service, Asking asking, const Done &answer)
{
    if (!beginAsking(asking, answer)) {
        return;
    }
    findWallet([=, this](const base::Expected<QString, SecretError> &wallet) {
        if (!wallet) {
            conclude(base::Unexpected(wallet.error()));
            return;
        }
        const qlonglong noWindow = 0;
        callBus(this, walletCall(u"open"_s, { *wallet, noWindow, service }), NoLimit,
                [this](const QDBusMessage &message, const std::optional<SecretError> &error) {
                    if (error) {
                        conclude(base::Unexpected(*error));
                    } else if (QDBusPendingReply<int>(message).value() < 0) {
                        conclude(base::Unexpected(SecretError { SecretError::Kind::Dismissed, {} }));
                    } else {
                        conclude({});
                    }
                });
    });
}

} // namespace postrider::secrets
