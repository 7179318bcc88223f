// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/provider.h"
#include "oauth/tokens.h"
#include "oauth/webpost.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <memory>
#include <optional>

namespace postrider::oauth {

class RedirectListener;

/**
 * Signs a person in with the browser: authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC
 * 8252).
 *
 * start() opens a port on this computer and tells the address that the person is to open; the caller opens it
 * in the system's browser and shows it, to be copied where none opens. The answer counts only with the state
 * that was sent (and the issuer, where the provider names it); its code is then exchanged for tokens.
 *
 * finished() comes once, and never from within start(). The port is closed by then, and so it is when the
 * object is destroyed. Belongs to one thread with an event loop.
 */
class BrowserSignIn final : public QObject
{
    Q_OBJECT

public:
    /// How long a person has.
    static constexpr std::chrono::milliseconds UsualLimit = std::chrono::minutes { 5 };

    /// loginHint: the address that the person will probably sign in with; empty: nothing is said of it.
    BrowserSignIn(Client client, QString loginHint, QObject *parent = nullptr);
    ~BrowserSignIn() override;
    Q_DISABLE_COPY_MOVE(BrowserSignIn)

    /// Before start().
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = limit; }
    void start();
    /// Ends at once, with Kind::Cancelled.
    void cancel();

    /// What browserWanted() told; empty before.
    [[nodiscard]] QUrl authorizationUrl() const { return m_url; }

Q_SIGNALS:
    void browserWanted(const QUrl &url);
    void finished(const postrider::oauth::SignInResult &result);

private:
    [[nodiscard]] QUrl makeUrl(const QString &redirectUri) const;
    /// What is wrong with an answer of the browser; nothing: it brings a code.
    [[nodiscard]] std::optional<SignInFailure> judge(const QUrlQuery &answer) const;
    [[nodiscard]] QByteArray pageFor(const QUrlQuery &answer) const;
    void take(const QUrlQuery &answer);
    void exchange(const QByteArray &code);
    void finish(const SignInResult &result);
    void fail(SignInFailure::Kind kind, const QString &words = {});

    Client m_client;
    QString m_loginHint;
    std::chrono::milliseconds m_limit = UsualLimit;
    QByteArray m_state {};
    base::Secret m_verifier {};
    QString m_redirectUri {};
    QUrl m_url {};
    std::unique_ptr<RedirectListener> m_listener {};
    WebPost *m_post = nullptr;
    QTimer m_timer {};
    bool m_isOver = false;
};

} // namespace postrider::oauth
