// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/signinverdict.h"

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace postrider::discovery {

namespace {

bool hasAny(const QString &text, std::initializer_list<QStringView> phrases)
{
    return std::any_of(phrases.begin(), phrases.end(),
                       [&text](QStringView phrase) { return text.contains(phrase, Qt::CaseInsensitive); });
}

} // namespace

Verdict signInVerdict(int code, const QByteArray &enhanced, const QString &text)
{
    constexpr int FirstPermanent = 500;
    // Switched off for everybody by an administrator: a sign-in in the browser would not help either.
    if (hasAny(text, { u"SmtpClientAuthentication is disabled" }))
        return Verdict::EnableFirst;
    if (enhanced == "5.7.30"
        || hasAny(text, { u"basic authentication is disabled", u"basic authentication is not supported" }))
        return Verdict::NeedOAuth;
    // Only one cause is left for 5.7.139 when the text is not one of the known ones.
    if (enhanced == "5.7.139")
        return Verdict::NeedOAuth;
    // "Authentication mechanism is too weak" (RFC 4954), which Google says of a password that is not an app
    // password.
    if ((code == 534 && enhanced == "5.7.9")
        || hasAny(text,
                  { u"application-specific password", u"app password", u"app-password",
                    u"application password", u"app specific password", u"app-specific password",
                    u"authorization code", u"authorisation code" }))
        return Verdict::NeedAppPassword;
    if (hasAny(text,
               { u"smtp service is disabled", u"smtp is disabled", u"smtp access is disabled",
                 u"smtp disabled", u"not enabled for smtp", u"smtp access disabled", u"enable smtp",
                 u"activate smtp", u"service is not open" })
        || enhanced == "5.7.14")
        return Verdict::EnableFirst;
    if (hasAny(text, { u"too many", u"rate limit", u"AUTH005" }))
        return Verdict::Rate;
    return code != 0 && code < FirstPermanent ? Verdict::Busy : Verdict::AuthFailed;
}

} // namespace postrider::discovery
