// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/signinwords.h"

#include "base/inert.h"

#include <QCoreApplication>

namespace postrider::setup {

using oauth::SignInFailure;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::setup::signinwords)
};

QString plainSentence(const SignInFailure &failure)
{
    const QString name = base::inert(failure.provider);
    switch (failure.kind) {
    case SignInFailure::Kind::Cancelled:
        return Words::tr("Stopped.");
    case SignInFailure::Kind::TimedOut:
        return Words::tr("Nobody signed in within the time.");
    case SignInFailure::Kind::Denied:
        return Words::tr("%1 was told not to let Postrider send mail.").arg(name);
    case SignInFailure::Kind::WrongState:
    case SignInFailure::Kind::WrongIssuer:
        return Words::tr("What came back was no answer to this sign-in. It was not used.");
    case SignInFailure::Kind::NoListener:
        return Words::tr("This computer could not wait for the browser's answer. Sign in on another device.");
    case SignInFailure::Kind::ScopeMissing:
        return Words::tr("You have signed in, but sending mail was not allowed. Sign in again and leave that "
                         "switched on.");
    case SignInFailure::Kind::NoRefreshToken:
        return Words::tr(
                   "%1 lets Postrider in for a short time only. Sign in again and let it stay signed in.")
            .arg(name);
    case SignInFailure::Kind::Refused:
        return Words::tr("%1 did not accept this sign-in.").arg(name);
    case SignInFailure::Kind::Unavailable:
        return Words::tr("%1 can't be reached now. Try again later.").arg(name);
    case SignInFailure::Kind::BadAnswer:
        return Words::tr("%1 gave an answer that Postrider does not understand.").arg(name);
    case SignInFailure::Kind::NoClientId:
        return Words::tr("This copy of Postrider is not registered with %1.").arg(name);
    case SignInFailure::Kind::NoDeviceCodes:
        return Words::tr("%1 has no sign-in by a code.").arg(name);
    }
    Q_UNREACHABLE();
}

} // namespace

QString sentence(const SignInFailure &failure)
{
    const QString plain = plainSentence(failure);
    if (failure.words.isEmpty())
        return plain;
    //: A sentence of ours, and the provider's own words.
    return Words::tr("%1 It said: %2").arg(plain, base::quoted(failure.words));
}

} // namespace postrider::setup
