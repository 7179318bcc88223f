// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/mechanism.h"

#include "sasl/crammd5.h"
#include "sasl/external.h"
#include "sasl/login.h"
#include "sasl/oauthbearer.h"
#include "sasl/plain.h"
#include "sasl/scram.h"
#include "sasl/xoauth2.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::sasl {

namespace {

/// What whoever stands in the server's place can make of an attempt, worst first. A server that comes down on
/// this scale may be an impostor; among equals there is a preference, but no danger.
enum class Strength {
    Unilateral,  ///< it learns the secret (or, with CRAM-MD5, what it can guess it from) and proves nothing
    MutualSha1,  ///< it has to prove that it knows the password before the sign-in counts
    MutualSha256 ///< the same with a hash that is still recommended
};

struct Entry
{
    const char *name;
    CredentialKind kind;
    Strength strength;
    Channel worst; ///< the worst channel that it is used over
    std::unique_ptr<Mechanism> (*make)(Credentials);
};

template <typename M>
std::unique_ptr<Mechanism> make(Credentials credentials)
{
    return std::make_unique<M>(std::move(credentials));
}

template <QCryptographicHash::Algorithm Hash>
std::unique_ptr<Mechanism> makeScram(Credentials credentials)
{
    return std::make_unique<Scram>(Hash, std::move(credentials));
}

using enum CredentialKind;
using enum Strength;
constexpr auto Sha1 = QCryptographicHash::Sha1;
constexpr auto Sha256 = QCryptographicHash::Sha256;

/// Best first. A new mechanism is a file of its own and a line here.
constexpr std::array Registry {
    Entry { "OAUTHBEARER", AccessToken, Unilateral, Channel::Loopback, make<OAuthBearer> },
    Entry { "XOAUTH2", AccessToken, Unilateral, Channel::Loopback, make<XOAuth2> },
    Entry { "SCRAM-SHA-256", Password, MutualSha256, Channel::Loopback, makeScram<Sha256> },
    Entry { "SCRAM-SHA-1", Password, MutualSha1, Channel::Loopback, makeScram<Sha1> },
    Entry { "PLAIN", Password, Unilateral, Channel::Loopback, make<Plain> },
    Entry { "LOGIN", Password, Unilateral, Channel::Loopback, make<Login> },
    Entry { "CRAM-MD5", Password, Unilateral, Channel::Encrypted, make<CramMd5> },
    Entry { "EXTERNAL", ClientCertificate, Unilateral, Channel::Encrypted, make<External> },
};

bool isSameName(const QByteArray &left, const QByteArray &right)
{
    return left.compare(right, Qt::CaseInsensitive) == 0;
}

const Entry *findEntry(const QByteArray &name)
{
    const auto found = std::find_if(Registry.begin(), Registry.end(),
                                    [&name](const Entry &entry) { return isSameName(name, entry.name); });
    return found == Registry.end() ? nullptr : &*found;
}

} // namespace

base::Expected<base::Secret, Error> Mechanism::resume(base::Secret)
{
    return base::Unexpected(Error::UnexpectedChallenge);
}

base::Expected<void, Error> Mechanism::verifySuccess() const
{
    return {};
}

std::optional<Refusal> Mechanism::refusal() const
{
    return std::nullopt;
}

QByteArrayView Mechanism::secret() const
{
    return {};
}

QList<QByteArray> supportedMechanisms()
{
    QList<QByteArray> names;
    for (const Entry &entry : Registry)
        names.append(QByteArray(entry.name));
    return names;
}

QByteArray chooseMechanism(const QList<QByteArray> &offered, const QByteArray &wanted, Channel channel,
                           CredentialKind kind)
{
    for (const Entry &entry : Registry) {
        const QByteArray name(entry.name);
        const bool isOffered = std::any_of(offered.begin(), offered.end(), [&name](const QByteArray &other) {
            return isSameName(name, other);
        });
        const bool isWanted = wanted.isEmpty() || isSameName(name, wanted);
        if (isOffered && isWanted && entry.kind == kind && channel <= entry.worst)
            return name;
    }
    return {};
}

bool isWeaker(const QByteArray &now, const QByteArray &before)
{
    const Entry *earlier = findEntry(before);
    if (!earlier)
        return false;
    if (now.isEmpty())
        return true;
    const Entry *later = findEntry(now);
    return later && later->kind == earlier->kind && later->strength < earlier->strength;
}

std::unique_ptr<Mechanism> makeMechanism(const QByteArray &name, Credentials credentials)
{
    const Entry *entry = findEntry(name);
    return entry ? entry->make(std::move(credentials)) : nullptr;
}

} // namespace postrider::sasl
