// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/signinwords.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using oauth::SignInFailure;
using outbox::Problem;

namespace {

QString service(const QString &name)
{
    return name.isEmpty() ? Words::tr("the provider") : inert(name);
}

QString noClientId(const QString &provider)
{
    return Words::tr(
               "This copy of Postrider is not registered with %1, so you can't sign in with the browser.")
        .arg(service(provider));
}

QString adviceWithoutClientId()
{
    return Words::tr("Use an app password, enter a client ID of your own, or use another account.");
}

/// Whether somebody has switched off sending by programs for this mailbox, as providers of Exchange do.
bool isSendingSwitchedOff(const Problem &problem)
{
    return problem.enhanced == "5.7.139" || problem.text.contains(u"SmtpClientAuthentication is disabled"_s);
}

} // namespace

QString sentence(const SignInFailure &failure)
{
    using Kind = SignInFailure::Kind;
    const QString provider = service(failure.provider);
    switch (failure.kind) {
    case Kind::Cancelled:
        return {};
    case Kind::TimedOut:
        return Words::tr("Nobody signed in at %1 in time.").arg(provider);
    case Kind::Denied:
        return Words::tr("Signing in at %1 was declined.").arg(provider);
    case Kind::WrongState:
        return Words::tr(
            "The browser came back with an answer to another question, so Postrider did not use it.");
    case Kind::WrongIssuer:
        return Words::tr("The answer did not come from %1, so Postrider did not use it.").arg(provider);
    case Kind::NoListener:
        return Words::tr("This computer lets Postrider receive no answer from the browser.");
    case Kind::ScopeMissing:
        return Words::tr("You are signed in at %1, but sending mail was not allowed.").arg(provider);
    case Kind::NoRefreshToken:
        return Words::tr("%1 lets Postrider in for a short time only.").arg(provider);
    case Kind::Refused:
        if (failure.code == "invalid_client"_L1 || failure.code == "unauthorized_client"_L1)
            return Words::tr("%1 does not know the client ID, or wants a client secret with it.")
                .arg(provider);
        if (failure.code == "invalid_scope"_L1)
            return Words::tr("%1 does not know what was asked for with “scope”.").arg(provider);
        return Words::tr("%1 does not accept the sign-in.").arg(provider);
    case Kind::Unavailable:
        return Words::tr("%1 can't be reached for signing in at the moment.").arg(provider);
    case Kind::BadAnswer:
        return Words::tr("What answered in place of %1 was not its sign-in service.").arg(provider);
    case Kind::NoClientId:
        return noClientId(failure.provider);
    case Kind::NoDeviceCodes:
        return Words::tr("%1 does not offer signing in with a code on another device.").arg(provider);
    }
    Q_UNREACHABLE();
}

QString advice(const SignInFailure &failure)
{
    using Kind = SignInFailure::Kind;
    switch (failure.kind) {
    case Kind::ScopeMissing:
        return Words::tr("Sign in again and allow sending mail.");
    case Kind::NoRefreshToken:
        return Words::tr("Add “offline_access” to the scope if the client ID is your own.");
    case Kind::NoListener:
        return Words::tr(
            "Sign in with a code on another device, or end the program that uses the same port.");
    case Kind::Refused:
        if (failure.code == "invalid_client"_L1 || failure.code == "unauthorized_client"_L1)
            return Words::tr("Check the client ID where it was registered.");
        return {};
    case Kind::BadAnswer:
        return Words::tr("This network may want you to sign in on a web page first.");
    case Kind::NoClientId:
        return adviceWithoutClientId();
    case Kind::NoDeviceCodes:
        return Words::tr("Sign in with the browser of this computer.");
    default:
        return {};
    }
}

QString evidence(const SignInFailure &failure)
{
    QString words = failure.code;
    if (!failure.code.isEmpty() && !failure.words.isEmpty())
        words += u": "_s;
    words += failure.words;
    return words.isEmpty() ? QString() : Words::tr("Details: %1").arg(inert(words));
}

QString tokenSentence(const Problem &problem)
{
    const QString provider = service(problem.subject);
    if (problem.detail == Problem::Detail::TokenServiceDown)
        return Words::tr("%1 gives no access at the moment, so Postrider can't sign in.").arg(provider);
    if (problem.detail == Problem::Detail::NoClientId)
        return noClientId(problem.subject);
    if (problem.detail == Problem::Detail::ScopeMissing)
        return Words::tr("%1 does not let Postrider send mail with this sign-in.").arg(provider);
    return Words::tr("%1 wants you to sign in again.").arg(provider);
}

QString tokenAdvice(const Problem &problem)
{
    if (problem.detail == Problem::Detail::NoClientId)
        return adviceWithoutClientId();
    if (problem.detail == Problem::Detail::ScopeMissing)
        return Words::tr("Sign in again and allow sending mail.");
    if (problem.kind == Problem::Kind::SignInNeeded)
        return Words::tr("Sign in again.");
    if (isSendingSwitchedOff(problem))
        return Words::tr("Ask who runs your mailbox to allow sending by programs (SMTP AUTH).");
    return problem.detail == Problem::Detail::FreshTokenRefused
        ? Words::tr(
            "Sign in again with the address of this account; if that changes nothing, ask your provider.")
        : Words::tr("Get a new access token from your provider.");
}

} // namespace postrider::delivery
