// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/tokenanswer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::oauth {

using Kind = SignInFailure::Kind;

namespace {

constexpr std::chrono::seconds UsualLifetime = 1h;
/// Nobody means more; what is longer would overflow somewhere.
constexpr double LongestLifetime = 10.0 * 365 * 24 * 3600;
constexpr qsizetype LongestWords = 300;
/// As long as the line of AUTH may be (RFC 4954 section 4).
constexpr qsizetype LongestToken = 12'288;

bool isTemporary(int status, const QString &code)
{
    return status >= 500 || status == 429 || code == "temporarily_unavailable"_L1
        || code == "server_error"_L1;
}

/// Seconds, which some services write as text.
std::optional<std::chrono::seconds> seconds(const QJsonValue &value)
{
    bool isNumber = value.isDouble();
    const double number = isNumber ? value.toDouble() : value.toString().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number) || number < 0)
        return std::nullopt;
    return std::chrono::seconds(static_cast<qint64>(std::min(number, LongestLifetime)));
}

/// Visible ASCII, as it goes into a header field, a form and a keychain.
bool isToken(const QString &text)
{
    return !text.isEmpty() && text.size() <= LongestToken
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

/// A service that repeats what it was told must not bring it into a report.
QString withoutSecret(QString words, const Client &client)
{
    return client.provider.clientSecret.isEmpty() ? words
                                                  : words.replace(client.provider.clientSecret, u"…"_s);
}

base::Unexpected<SignInFailure> refusal(const WebAnswer &answer, const QJsonObject &body,
                                        const Client &client)
{
    const QString code = withoutSecret(inertWords(body.value("error"_L1).toString()), client);
    SignInFailure failure = failureOf(Kind::Refused, client, body.value("error_description"_L1).toString());
    failure.code = code;
    if (answer.status == 0) {
        failure.kind = Kind::Unavailable;
        failure.words = inertWords(answer.trouble);
    } else if (isTemporary(answer.status, code)) {
        failure.kind = Kind::Unavailable;
        failure.retryAfter = answer.retryAfter;
    } else if (code.isEmpty()) {
        // Something in between may have answered in the service's place.
        failure.kind = Kind::BadAnswer;
    } else if (code == "access_denied"_L1) {
        failure.kind = Kind::Denied;
    } else if (code == "expired_token"_L1) {
        failure.kind = Kind::TimedOut;
    }
    if (failure.words.isEmpty() && failure.kind != Kind::Refused && answer.status != 0)
        failure.words = u"HTTP %1"_s.arg(answer.status);
    return base::Unexpected(failure);
}

} // namespace

QString inertWords(const QString &text)
{
    QString line = text.simplified();
    line.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    });
    return line.left(LongestWords);
}

SignInFailure failureOf(Kind kind, const Client &client, const QString &words)
{
    SignInFailure failure;
    failure.kind = kind;
    failure.provider = client.provider.name;
    failure.words = inertWords(withoutSecret(words, client));
    return failure;
}

base::Expected<Tokens, SignInFailure> readTokens(const WebAnswer &answer, const Client &client)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    if (!answer.isSuccess() || body.contains("error"_L1))
        return refusal(answer, body, client);
    const QString access = body.value("access_token"_L1).toString();
    const QString refresh = body.value("refresh_token"_L1).toString();
    const QString type = body.value("token_type"_L1).toString(u"Bearer"_s);
    if (!isToken(access) || (!refresh.isEmpty() && !isToken(refresh))
        || type.compare("Bearer"_L1, Qt::CaseInsensitive) != 0)
        return base::Unexpected(failureOf(Kind::BadAnswer, client));
    Tokens tokens;
    tokens.accessToken = base::Secret::fromText(access);
    tokens.refreshToken = base::Secret::fromText(refresh);
    tokens.expiresIn = seconds(body.value("expires_in"_L1)).value_or(UsualLifetime);
    tokens.scopes = body.value("scope"_L1).toString().split(u' ', Qt::SkipEmptyParts);
    if (!isMailGranted(tokens.scopes, client.provider.scopes))
        return base::Unexpected(failureOf(Kind::ScopeMissing, client, tokens.scopes.join(u' ')));
    return tokens;
}

base::Expected<DeviceCode, SignInFailure> readDeviceCode(const WebAnswer &answer, const Client &client)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    if (!answer.isSuccess() || body.contains("error"_L1))
        return refusal(answer, body, client);
    DeviceCode code;
    const QString secret = body.value("device_code"_L1).toString();
    code.deviceCode = base::Secret::fromText(secret);
    code.userCode = inertWords(body.value("user_code"_L1).toString());
    // Some services go by a draft, in which it was called verification_url.
    const QString page = body.value("verification_uri"_L1).toString();
    code.page = QUrl(page.isEmpty() ? body.value("verification_url"_L1).toString() : page);
    code.completePage = QUrl(body.value("verification_uri_complete"_L1).toString());
    if (!isSafeEndpoint(code.completePage))
        code.completePage.clear();
    code.lifetime = seconds(body.value("expires_in"_L1)).value_or(0s);
    code.interval = std::max<std::chrono::seconds>(seconds(body.value("interval"_L1)).value_or(5s), 1s);
    if (secret.isEmpty() || code.userCode.isEmpty() || !isSafeEndpoint(code.page) || code.lifetime <= 0s)
        return base::Unexpected(failureOf(Kind::BadAnswer, client));
    return code;
}

bool isMailGranted(const QStringList &granted, const QStringList &wanted)
{
    if (granted.isEmpty())
        return true;
    // Some services name a scope without the address before it.
    const auto lastPart = [](const QString &scope) {
        const QString part = scope.mid(scope.lastIndexOf(u'/') + 1);
        return part.isEmpty() ? scope : part;
    };
    const auto isGranted = [&](const QString &scope) {
        return std::any_of(granted.begin(), granted.end(), [&](const QString &other) {
            return lastPart(other).compare(lastPart(scope), Qt::CaseInsensitive) == 0;
        });
    };
    // What is about the sign-in itself and who it is (OpenID Connect and the like) sends no mail, and some
    // services never name it.
    const QStringList aside { u"offline_access"_s, u"openid"_s, u"profile"_s, u"email"_s, u"userinfo"_s };
    QStringList needed;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(needed),
                 [&aside](const QString &scope) { return !aside.contains(scope); });
    // Among several, those that name sending are what it takes.
    QStringList sending = needed.filter(u"smtp"_s, Qt::CaseInsensitive);
    const QStringList &decisive = sending.isEmpty() ? needed : sending;
    return std::all_of(decisive.begin(), decisive.end(), isGranted);
}

} // namespace postrider::oauth
