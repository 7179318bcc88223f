// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/devicesignin.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::oauth {

using Kind = SignInFailure::Kind;

namespace {

/// What "slow_down" adds to the wait (RFC 8628 section 3.5).
constexpr std::chrono::seconds SlowDown = 5s;
/// Up to which the wait grows while there is no answer.
constexpr std::chrono::seconds LongestInterval = 60s;

} // namespace

DeviceSignIn::DeviceSignIn(Client client, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
{
    m_nextQuestion.setSingleShot(true);
    m_lifetime.setSingleShot(true);
    connect(&m_nextQuestion, &QTimer::timeout, this, &DeviceSignIn::ask);
    connect(&m_lifetime, &QTimer::timeout, this, [this] { fail(Kind::TimedOut); });
}

void DeviceSignIn::start()
{
    const Provider &provider = m_client.provider;
    if (provider.deviceAuthorization.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this] { fail(Kind::NoDeviceCodes); }, Qt::QueuedConnection);
        return;
    }
    post(provider.deviceAuthorization,
         { { "client_id", provider.clientId.toUtf8() }, { "scope", provider.scopes.join(u' ').toUtf8() } },
         &DeviceSignIn::takeCode);
}

void DeviceSignIn::cancel()
{
    fail(Kind::Cancelled);
}

void DeviceSignIn::post(const QUrl &endpoint, const Form &form, void (DeviceSignIn::*take)(const WebAnswer &))
{
    m_post = new WebPost(m_client, this);
    m_post->post(endpoint, form, WebPost::UsualLimit, [this, take](const WebAnswer &answer) {
        std::exchange(m_post, nullptr)->deleteLater();
        (this->*take)(answer);
    });
}

void DeviceSignIn::takeCode(const WebAnswer &answer)
{
    base::Expected<DeviceCode, SignInFailure> code = readDeviceCode(answer, m_client);
    if (!code) {
        finish(base::Unexpected(code.error()));
        return;
    }
    m_deviceCode = std::move(code->deviceCode);
    m_interval = code->interval;
    m_lifetime.start(std::min<std::chrono::milliseconds>(code->lifetime.count() * m_second, 24h));
    askLater();
    Q_EMIT codeReady(code->userCode, code->page, code->completePage, code->lifetime);
}

void DeviceSignIn::askLater()
{
    m_nextQuestion.start(m_interval.count() * m_second);
}

void DeviceSignIn::ask()
{
    const Provider &provider = m_client.provider;
    const bool isShort = provider.deviceForm == Provider::DeviceForm::Short;
    Form form {
        { "grant_type", isShort ? "device_code"_ba : "urn:ietf:params:oauth:grant-type:device_code"_ba },
        { isShort ? "code"_ba : "device_code"_ba, m_deviceCode.reveal().toByteArray() },
        { "client_id", provider.clientId.toUtf8() },
    };
    if (!provider.clientSecret.isEmpty())
        form.append({ "client_secret", provider.clientSecret.toUtf8() });
    post(provider.token, form, &DeviceSignIn::takeTokens);
}

void DeviceSignIn::takeTokens(const WebAnswer &answer)
{
    const SignInResult tokens = readTokens(answer, m_client);
    if (tokens) {
        if (tokens.value().refreshToken.isEmpty())
            fail(Kind::NoRefreshToken);
        else
            finish(tokens);
        return;
    }
    const SignInFailure &failure = tokens.error();
    if (failure.code == "slow_down"_L1) {
        m_interval += SlowDown;
        askLater();
    } else if (failure.code == "authorization_pending"_L1) {
        askLater();
    } else if (failure.kind == Kind::Unavailable) {
        m_interval = std::min(m_interval * 2, std::max(m_interval, LongestInterval));
        askLater();
    } else {
        finish(tokens);
    }
}

void DeviceSignIn::fail(Kind kind)
{
    finish(base::Unexpected(failureOf(kind, m_client)));
}

void DeviceSignIn::finish(const SignInResult &result)
{
    if (std::exchange(m_isOver, true))
        return;
    m_nextQuestion.stop();
    m_lifetime.stop();
    if (m_post)
        std::exchange(m_post, nullptr)->deleteLater();
    m_deviceCode = {};
    Q_EMIT finished(result);
}

} // namespace postrider::oauth
