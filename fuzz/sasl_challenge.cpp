// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a server's challenges hold, and whoever the user is:
//  - a mechanism that gave up says nothing more;
//  - its answers stay small, and two attempts at the same say the same;
//  - SCRAM asks for a derivation within its limits only, and believes a server only after the one proof that
//    fits the exchange;
//  - what the server told about a refusal is short and printable.
//
// An input: the mechanism as an octet, then lines: the user, the password, the challenges. A challenge of the
// single octet 0x80 stands for the right proof, which no fuzzer would guess. Keys are not derived: the
// function would only be slow.

#include "sasl/cryptography.h"
#include "sasl/mechanism.h"
#include "sasl/scram.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

using namespace postrider;
using namespace Qt::StringLiterals;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

class Attempt
{
public:
    Attempt(const QByteArray &name, const QByteArray &user, const QByteArray &password)
        : m_hash(name == "SCRAM-SHA-1" ? QCryptographicHash::Sha1 : QCryptographicHash::Sha256)
        , m_isScram(name.startsWith("SCRAM"))
    {
        sasl::Credentials credentials { .user = QString::fromUtf8(user),
                                        .secret = base::Secret(password),
                                        .host = u"server.example.com"_s,
                                        .port = 587 };
        if (m_isScram) {
            m_mechanism = std::make_unique<sasl::Scram>(m_hash, std::move(credentials),
                                                        "fyko+d2lbbFgONRv9qkxdawL"_ba);
        } else {
            m_mechanism = sasl::makeMechanism(name, std::move(credentials));
        }
    }

    /// What it said, for comparison.
    [[nodiscard]] QByteArray run(const QList<QByteArray> &challenges)
    {
        const auto initial = m_mechanism->initialResponse();
        if (!initial)
            return "error " + QByteArray::number(static_cast<int>(initial.error()));
        QByteArray said;
        if (*initial) {
            m_initial = (*initial)->reveal().toByteArray();
            said += m_initial;
        }
        checkSuccess();
        bool isOver = false;
        for (const QByteArray &challenge : challenges) {
            const std::optional<QByteArray> answer = take(challenge == "\x80" ? rightProof() : challenge);
            require(!isOver || !answer);
            isOver = !answer;
            said += '\n' + answer.value_or("none"_ba);
            checkSuccess();
        }
        if (const auto refusal = m_mechanism->refusal()) {
            for (const QByteArray &text : { refusal->status, refusal->scope }) {
                require(text.size() <= 200);
                for (const char c : text)
                    require(c >= ' ' && c <= '~');
            }
        }
        return said;
    }

private:
    std::optional<QByteArray> take(const QByteArray &challenge)
    {
        m_isProven = false;
        const auto answer = m_mechanism->respond(challenge);
        if (!answer)
            return std::nullopt;
        QByteArray octets;
        if (const auto *derivation = std::get_if<sasl::KeyDerivation>(&*answer)) {
            require(m_isScram && derivation->hash == m_hash && !derivation->salt.isEmpty());
            require(derivation->iterations >= 4096 && derivation->iterations <= 1'000'000);
            const auto response = m_mechanism->resume(base::Secret(key()));
            require(response.has_value());
            m_serverFirst = challenge;
            octets = m_clientFinal = response->reveal().toByteArray();
        } else {
            octets = std::get_if<base::Secret>(&*answer)->reveal().toByteArray();
            m_isProven = m_isScram && challenge == m_rightProof;
        }
        require(octets.size() <= challenge.size() + 4 * m_initial.size() + 40'000);
        return octets;
    }

    [[nodiscard]] QByteArray key() const { return QByteArray(QCryptographicHash::hashLength(m_hash), 'k'); }

    QByteArray rightProof()
    {
        const qsizetype proofAt = m_clientFinal.lastIndexOf(",p=");
        const QByteArray message = m_initial.mid(3) + ',' + m_serverFirst + ','
            + (proofAt < 0 ? m_clientFinal : m_clientFinal.first(proofAt));
        const base::Secret serverKey = sasl::hmac(m_hash, key(), "Server Key");
        m_rightProof
            = "v=" + sasl::hmac(m_hash, serverKey.reveal(), message).reveal().toByteArray().toBase64();
        return m_rightProof;
    }

    void checkSuccess() const
    {
        if (m_isScram)
            require(m_mechanism->verifySuccess().has_value() == m_isProven);
    }

    QCryptographicHash::Algorithm m_hash;
    bool m_isScram;
    std::unique_ptr<sasl::Mechanism> m_mechanism {};
    QByteArray m_initial {};
    QByteArray m_serverFirst {};
    QByteArray m_clientFinal {};
    QByteArray m_rightProof {};
    bool m_isProven = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const QList<QByteArray> names = sasl::supportedMechanisms();
    const QByteArray name = names.at(data[0] % names.size());
    QList<QByteArray> lines
        = QByteArray(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1).split('\n');
    const QByteArray user = lines.takeFirst();
    const QByteArray password = lines.isEmpty() ? QByteArray() : lines.takeFirst();
    require(Attempt(name, user, password).run(lines) == Attempt(name, user, password).run(lines));
    return 0;
}
