// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/browsersignin.h"

#include "oauth/answerpage.h"
#include "oauth/pkce.h"
#include "oauth/redirectlistener.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::oauth {

using Kind = SignInFailure::Kind;

namespace {

/// The same time for every wrong state, so that nobody learns it by measuring.
bool isSame(const QByteArray &one, const QByteArray &other)
{
    if (one.size() != other.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= one.at(i) ^ other.at(i);
    return difference == 0;
}

QString valueOf(const QUrlQuery &query, const QString &name)
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

BrowserSignIn::BrowserSignIn(Client client, QString loginHint, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_loginHint(std::move(loginHint))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { fail(Kind::TimedOut); });
}

BrowserSignIn::~BrowserSignIn() = default;

void BrowserSignIn::start()
{
    m_timer.start(m_limit);
    m_state = makeNonce();
    m_verifier = base::Secret(makeNonce());
    m_listener = std::make_unique<RedirectListener>(
        m_client.provider, [this](const QUrlQuery &answer) { return pageFor(answer); });
    if (!m_listener->listen()) {
        QMetaObject::invokeMethod(
            this, [this] { fail(Kind::NoListener); }, Qt::QueuedConnection);
        return;
    }
    connect(m_listener.get(), &RedirectListener::answered, this, &BrowserSignIn::take);
    m_redirectUri = m_listener->redirectUri();
    m_url = makeUrl(m_redirectUri);
    Q_EMIT browserWanted(m_url);
}

void BrowserSignIn::cancel()
{
    fail(Kind::Cancelled);
}

QUrl BrowserSignIn::makeUrl(const QString &redirectUri) const
{
    const Provider &provider = m_client.provider;
    Form query {
        { "response_type", "code" },
        { "client_id", provider.clientId.toUtf8() },
        { "redirect_uri", redirectUri.toUtf8() },
        { "scope", provider.scopes.join(u' ').toUtf8() },
        { "state", m_state },
        { "code_challenge", codeChallenge(m_verifier.reveal().toByteArray()) },
        { "code_challenge_method", "S256" },
    };
    if (!m_loginHint.isEmpty())
        query.append({ "login_hint", m_loginHint.toUtf8() });
    for (auto it = provider.parameters.begin(); it != provider.parameters.end(); ++it)
        query.append({ it.key().toUtf8(), it.value().toUtf8() });
    const QByteArray own = provider.authorization.query(QUrl::FullyEncoded).toLatin1();
    QByteArray address = provider.authorization.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
    address += '?' + (own.isEmpty() ? own : own + '&') + toFormUrlEncoded(query);
    return QUrl::fromEncoded(address);
}

std::optional<SignInFailure> BrowserSignIn::judge(const QUrlQuery &answer) const
{
    if (m_state.isEmpty() || !isSame(valueOf(answer, u"state"_s).toLatin1(), m_state))
        return failureOf(Kind::WrongState, m_client);
    const QString error = inertWords(valueOf(answer, u"error"_s));
    const QString issuer = valueOf(answer, u"iss"_s);
    const bool isIssuerMissing = issuer.isEmpty() && error.isEmpty();
    if (!m_client.provider.issuer.isEmpty() && issuer != m_client.provider.issuer
        && (isIssuerMissing || !issuer.isEmpty()))
        return failureOf(Kind::WrongIssuer, m_client, issuer);
    if (!error.isEmpty()) {
        const bool isLater = error == "temporarily_unavailable"_L1 || error == "server_error"_L1;
        const Kind kind = error == "access_denied"_L1 ? Kind::Denied
            : isLater                                 ? Kind::Unavailable
                                                      : Kind::Refused;
        SignInFailure failure = failureOf(kind, m_client, valueOf(answer, u"error_description"_s));
        failure.code = error;
        return failure;
    }
    if (valueOf(answer, u"code"_s).isEmpty())
        return failureOf(Kind::BadAnswer, m_client);
    return std::nullopt;
}

QByteArray BrowserSignIn::pageFor(const QUrlQuery &answer) const
{
    return answerPage(judge(answer) ? AnswerPage::NotSignedIn : AnswerPage::SignedIn, m_client.provider.name);
}

void BrowserSignIn::take(const QUrlQuery &answer)
{
    const std::optional<SignInFailure> failure = judge(answer);
    m_state.clear(); // it counts once
    if (failure)
        finish(base::Unexpected(*failure));
    else
        exchange(valueOf(answer, u"code"_s).toUtf8());
}

void BrowserSignIn::exchange(const QByteArray &code)
{
    const Provider &provider = m_client.provider;
    Form form {
        { "grant_type", "authorization_code" },
        { "code", code },
        { "redirect_uri", m_redirectUri.toUtf8() },
        { "client_id", provider.clientId.toUtf8() },
        { "code_verifier", m_verifier.reveal().toByteArray() },
    };
    if (!provider.clientSecret.isEmpty())
        form.append({ "client_secret", provider.clientSecret.toUtf8() });
    m_post = new WebPost(m_client, this);
    m_post->post(provider.token, form, WebPost::UsualLimit, [this](const WebAnswer &answer) {
        SignInResult tokens = readTokens(answer, m_client);
        if (tokens && tokens->refreshToken.isEmpty())
            fail(Kind::NoRefreshToken);
        else
            finish(tokens);
    });
}

void BrowserSignIn::fail(Kind kind, const QString &words)
{
    finish(base::Unexpected(failureOf(kind, m_client, words)));
}

void BrowserSignIn::finish(const SignInResult &result)
{
    if (std::exchange(m_isOver, true))
        return;
    m_timer.stop();
    if (m_post) {
        m_post->deleteLater();
        m_post = nullptr;
    }
    m_verifier = {};
    if (m_listener) {
        m_listener->close();
        m_listener.release()->deleteLater(); // its signal may have led here
    }
    Q_EMIT finished(result);
}

} // namespace postrider::oauth
