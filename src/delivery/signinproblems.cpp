// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/signinproblems.h"

#include "delivery/problems.h"
#include "oauth/provider.h"

using namespace Qt::StringLiterals;

namespace postrider::delivery {

using outbox::Problem;
using Failure = oauth::SignInFailure;

namespace {

Problem problemOf(const Failure &failure)
{
    Problem problem;
    problem.kind = Problem::Kind::SignInNeeded;
    problem.text = failure.code;
    if (!failure.code.isEmpty() && !failure.words.isEmpty())
        problem.text += u": "_s;
    problem.text += failure.words;
    problem.subject = failure.provider;
    switch (failure.kind) {
    case Failure::Kind::Unavailable:
    case Failure::Kind::BadAnswer:
        problem.kind = Problem::Kind::SignInUnavailable;
        problem.detail = Problem::Detail::TokenServiceDown;
        break;
    case Failure::Kind::NoClientId:
        problem.detail = Problem::Detail::NoClientId;
        break;
    case Failure::Kind::ScopeMissing:
        problem.detail = Problem::Detail::ScopeMissing;
        break;
    default:
        break; // whatever else it is, a person's sign-in is what helps
    }
    return problem;
}

} // namespace

sasl::CredentialKind credentialKindOf(const accounts::Account &account)
{
    return account.oauth ? sasl::CredentialKind::AccessToken : sasl::CredentialKind::Password;
}

Problem toProblem(const oauth::TokenError &error, const accounts::Account &account)
{
    Problem problem;
    const auto *secretError = std::get_if<secrets::SecretError>(&error);
    if (!secretError) {
        problem = problemOf(std::get<Failure>(error));
    } else if (secretError->kind == secrets::SecretError::Kind::NotFound) {
        const oauth::Provider *provider
            = account.oauth ? oauth::findProvider(account.oauth->provider) : nullptr;
        problem.kind = Problem::Kind::SignInNeeded;
        problem.subject = provider ? provider->name : QString();
    } else {
        problem = toProblem(*secretError);
    }
    problem.stage = u"auth"_s;
    problem.host = account.server.host;
    problem.port = account.server.port;
    return problem;
}

} // namespace postrider::delivery
