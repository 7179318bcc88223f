// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/provider.h"
#include "oauth/tokenanswer.h"
#include "oauth/tokens.h"
#include "oauth/webpost.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>

#include <chrono>

namespace postrider::oauth {

/**
 * Signs a person in with the browser of another device: they type a code there (RFC 8628). For computers
 * where no browser opens.
 *
 * start(), then codeReady(), then the provider is asked again and again until it has an answer or the code is
 * out of date. It is asked less often when it wants that, or when it does not answer.
 *
 * finished() comes once, and never from within start(). Belongs to one thread with an event loop.
 */
class DeviceSignIn final : public QObject
{
    Q_OBJECT

public:
    explicit DeviceSignIn(Client client, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(DeviceSignIn)

    /// How long a second of the provider's lasts here, for those who cannot wait; before start().
    void setSecond(std::chrono::milliseconds second) { m_second = second; }
    void start();
    /// Ends at once, with Kind::Cancelled.
    void cancel();

Q_SIGNALS:
    /// completePage has the code in it already; empty where the provider has no such address.
    void codeReady(const QString &userCode, const QUrl &page, const QUrl &completePage,
                   std::chrono::seconds lifetime);
    void finished(const postrider::oauth::SignInResult &result);

private:
    void post(const QUrl &endpoint, const Form &form, void (DeviceSignIn::*take)(const WebAnswer &));
    void takeCode(const WebAnswer &answer);
    void ask();
    void takeTokens(const WebAnswer &answer);
    void askLater();
    void fail(SignInFailure::Kind kind);
    void finish(const SignInResult &result);

    Client m_client;
    std::chrono::milliseconds m_second { 1000 };
    base::Secret m_deviceCode {};
    std::chrono::seconds m_interval { 5 };
    WebPost *m_post = nullptr;
    QTimer m_nextQuestion {};
    QTimer m_lifetime {};
    bool m_isOver = false;
};

} // namespace postrider::oauth
