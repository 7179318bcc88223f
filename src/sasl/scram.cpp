// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/scram.h"

#include "sasl/cryptography.h"
#include "sasl/preparation.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

namespace {

constexpr auto Gs2Header = "n,,"_L1;
constexpr qsizetype LongestStatus = 200;

/// 192 bits, in characters that a nonce may have.
QByteArray freshNonce()
{
    std::array<quint32, 6> random {};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), qsizetype(sizeof random)).toBase64();
}

struct Attribute
{
    char name = '\0';
    QByteArray value {};
};

/// The attributes of a message in their order; nothing when one of them is none (RFC 5802 section 5.1).
std::optional<QList<Attribute>> attributesOf(QByteArrayView message)
{
    QList<Attribute> attributes;
    const QList<QByteArray> parts = message.toByteArray().split(',');
    for (const QByteArray &part : parts) {
        const char name = part.isEmpty() ? '\0' : part.front();
        const bool isLetter = (name >= 'A' && name <= 'Z') || (name >= 'a' && name <= 'z');
        if (!isLetter || part.size() < 2 || part.at(1) != '=')
            return std::nullopt;
        attributes.append({ name, part.sliced(2) });
    }
    return attributes;
}

bool isPrintable(char c)
{
    return c > ' ' && c < '\x7f';
}

/// Nothing when it is not exactly what an encoder makes of some octets, or empty, which no field of SCRAM may
/// be.
std::optional<QByteArray> decoded(const QByteArray &base64)
{
    QByteArray octets = QByteArray::fromBase64(base64);
    // Qt decodes leniently: without padding, with stray bits in the last letter, with foreign ones left out.
    return !octets.isEmpty() && octets.toBase64() == base64 ? std::optional(std::move(octets)) : std::nullopt;
}

base::Expected<int, Error> iterationsFrom(const QByteArray &text)
{
    const bool isNumber = !text.isEmpty() && text.front() != '0'
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return base::Unexpected(Error::MalformedChallenge);
    bool fits = false;
    const int iterations = text.toInt(&fits);
    if (!fits || iterations > Scram::MostIterations)
        return base::Unexpected(Error::TooManyIterations);
    if (iterations < Scram::FewestIterations)
        return base::Unexpected(Error::TooFewIterations);
    return iterations;
}

} // namespace

Scram::Scram(QCryptographicHash::Algorithm hash, Credentials credentials)
    : Scram(hash, std::move(credentials), freshNonce())
{ }

Scram::Scram(QCryptographicHash::Algorithm hash, Credentials credentials, QByteArray clientNonce)
    : m_hash(hash)
    , m_credentials(std::move(credentials))
    , m_clientNonce(std::move(clientNonce))
{ }

QByteArray Scram::name() const
{
    return m_hash == QCryptographicHash::Sha1 ? "SCRAM-SHA-1"_ba : "SCRAM-SHA-256"_ba;
}

base::Expected<std::optional<base::Secret>, Error> Scram::initialResponse()
{
    if (m_credentials.user.contains(QChar::Null))
        return base::Unexpected(Error::UnusableCredentials);
    const base::Secret user = prepared(m_credentials.user.toUtf8(), StringUse::Query);
    m_clientFirstBare = "n=" + escapedName(user.reveal()) + ",r=" + m_clientNonce;
    return std::optional(base::Secret(QByteArray(Gs2Header.data(), Gs2Header.size()) + m_clientFirstBare));
}

base::Expected<Answer, Error> Scram::respond(QByteArrayView challenge)
{
    switch (std::exchange(m_stage, Stage::Over)) {
    case Stage::ServerFirst:
        return takeServerFirst(challenge);
    case Stage::ServerFinal:
        return takeServerFinal(challenge);
    case Stage::Derivation:
    case Stage::Verified:
    case Stage::Over:
        break;
    }
    return base::Unexpected(Error::UnexpectedChallenge);
}

base::Expected<Answer, Error> Scram::takeServerFirst(QByteArrayView message)
{
    const std::optional<QList<Attribute>> attributes = attributesOf(message);
    if (!attributes)
        return base::Unexpected(Error::MalformedChallenge);
    // Wherever it stands: it is what we must understand or give up.
    if (std::any_of(attributes->begin(), attributes->end(), [](const Attribute &a) { return a.name == 'm'; }))
        return base::Unexpected(Error::UnknownExtension);

    // Nonce, salt and count come in this order; what follows are extensions that may be ignored.
    constexpr QByteArrayView order = "rsi";
    if (attributes->size() < order.size())
        return base::Unexpected(Error::MalformedChallenge);
    for (qsizetype i = 0; i < attributes->size(); ++i) {
        const char name = attributes->at(i).name;
        if (i < order.size() ? name != order.at(i) : order.contains(name))
            return base::Unexpected(Error::MalformedChallenge);
    }
    const QByteArray &nonce = attributes->at(0).value;
    if (!std::all_of(nonce.begin(), nonce.end(), isPrintable))
        return base::Unexpected(Error::MalformedChallenge);
    const bool isOurs = nonce.size() > m_clientNonce.size()
        && equalInConstantTime(QByteArrayView(nonce).first(m_clientNonce.size()), m_clientNonce);
    if (!isOurs)
        return base::Unexpected(Error::NonceMismatch);
    const std::optional<QByteArray> salt = decoded(attributes->at(1).value);
    if (!salt)
        return base::Unexpected(Error::MalformedChallenge);
    const auto iterations = iterationsFrom(attributes->at(2).value);
    if (!iterations)
        return base::Unexpected(iterations.error());

    m_serverFirst = message.toByteArray();
    m_clientFinalWithoutProof
        = "c=" + QByteArray(Gs2Header.data(), Gs2Header.size()).toBase64() + ",r=" + nonce;
    m_stage = Stage::Derivation;
    const base::Secret &typed = m_credentials.secret;
    return Answer(KeyDerivation {
        .hash = m_hash,
        .password = std::make_shared<const base::Secret>(prepared(typed.reveal(), StringUse::Stored)),
        .salt = *salt,
        .iterations = *iterations,
    });
}

base::Expected<base::Secret, Error> Scram::resume(base::Secret derivedKey)
{
    if (std::exchange(m_stage, Stage::Over) != Stage::Derivation)
        return base::Unexpected(Error::UnexpectedChallenge);

    // The names are those of RFC 5802 section 3.
    const QByteArrayView saltedPassword = derivedKey.reveal();
    const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + m_clientFinalWithoutProof;
    const base::Secret clientKey = hmac(m_hash, saltedPassword, "Client Key");
    const base::Secret storedKey = sasl::hash(m_hash, clientKey.reveal());
    const base::Secret clientSignature = hmac(m_hash, storedKey.reveal(), authMessage);
    const base::Secret serverKey = hmac(m_hash, saltedPassword, "Server Key");
    m_serverSignature = hmac(m_hash, serverKey.reveal(), authMessage);
    const qsizetype size = QCryptographicHash::hashLength(m_hash);
    const std::array<const base::Secret *, 6> parts { &derivedKey,      &clientKey, &storedKey,
                                                      &clientSignature, &serverKey, &m_serverSignature };
    if (std::any_of(parts.begin(), parts.end(),
                    [size](const auto *part) { return part->reveal().size() != size; }))
        return base::Unexpected(Error::DerivationFailed);

    QByteArray proof(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        proof[i] = static_cast<char>(clientKey.reveal().at(i) ^ clientSignature.reveal().at(i));
    m_stage = Stage::ServerFinal;
    return base::Secret(m_clientFinalWithoutProof + ",p=" + proof.toBase64());
}

base::Expected<Answer, Error> Scram::takeServerFinal(QByteArrayView message)
{
    const std::optional<QList<Attribute>> attributes = attributesOf(message);
    if (!attributes)
        return base::Unexpected(Error::ServerNotVerified);
    const Attribute &first = attributes->constFirst();
    if (first.name == 'e') {
        // The refusal itself is the reply to come. A success in its place will not be believed.
        QByteArray status = first.value;
        status.removeIf([](char c) { return c != ' ' && !isPrintable(c); });
        m_refusal = Refusal { status.first(std::min(status.size(), LongestStatus)), {} };
        return Answer(base::Secret());
    }
    const std::optional<QByteArray> signature = first.name == 'v' ? decoded(first.value) : std::nullopt;
    if (!signature || !equalInConstantTime(*signature, m_serverSignature.reveal()))
        return base::Unexpected(Error::ServerNotVerified);
    m_stage = Stage::Verified;
    return Answer(base::Secret());
}

base::Expected<void, Error> Scram::verifySuccess() const
{
    if (m_stage != Stage::Verified)
        return base::Unexpected(Error::ServerNotVerified);
    return {};
}

std::optional<Refusal> Scram::refusal() const
{
    return m_refusal;
}

} // namespace postrider::sasl
