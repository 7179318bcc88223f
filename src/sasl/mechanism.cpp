// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/mechanism.h"

#include "sasl/login.h"
#include "sasl/plain.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::sasl {

namespace {

/// Whether whoever reads the exchange can read the secret in it.
enum class Exposure { ShowsSecret, HidesSecret };

struct Entry
{
    const char *name;
    Exposure exposure;
    std::unique_ptr<Mechanism> (*make)(Credentials);
};

template <typename M>
std::unique_ptr<Mechanism> make(Credentials credentials)
{
    return std::make_unique<M>(std::move(credentials));
}

/// Best first. A new mechanism is a file of its own and a line here.
constexpr std::array Registry {
    Entry { "PLAIN", Exposure::ShowsSecret, make<Plain> },
    Entry { "LOGIN", Exposure::ShowsSecret, make<Login> },
};

/// Normalisation form C, so that the same letters typed on two systems are the same octets. Octets that are
/// not UTF-8 are left alone: somebody chose them.
QByteArray normalised(QByteArrayView utf8)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decode(utf8);
    if (decode.hasError())
        return utf8.toByteArray();
    QString composed = text.normalized(QString::NormalizationForm_C);
    const QByteArray octets = composed.toUtf8();
    text.fill(u'\0');
    composed.fill(u'\0');
    return octets;
}

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

} // namespace

QList<QByteArray> supportedMechanisms()
{
    QList<QByteArray> names;
    for (const Entry &entry : Registry)
        names.append(QByteArray(entry.name));
    return names;
}

QByteArray chooseMechanism(const QList<QByteArray> &offered, const QByteArray &wanted, Channel channel)
{
    for (const Entry &entry : Registry) {
        const QByteArray name(entry.name);
        const bool isOffered = std::any_of(offered.begin(), offered.end(), [&name](const QByteArray &other) {
            return other.compare(name, Qt::CaseInsensitive) == 0;
        });
        const bool isWanted = wanted.isEmpty() || wanted.compare(name, Qt::CaseInsensitive) == 0;
        const bool isSafe = channel == Channel::Encrypted || entry.exposure == Exposure::HidesSecret;
        if (isOffered && isWanted && isSafe)
            return name;
    }
    return {};
}

std::unique_ptr<Mechanism> makeMechanism(const QByteArray &name, Credentials credentials)
{
    for (const Entry &entry : Registry) {
        if (name.compare(entry.name, Qt::CaseInsensitive) == 0)
            return entry.make(std::move(credentials));
    }
    return nullptr;
}

QByteArray preparedUser(const Credentials &credentials)
{
    return credentials.user.normalized(QString::NormalizationForm_C).toUtf8();
}

base::Secret preparedPassword(const Credentials &credentials)
{
    if (isAscii(credentials.secret.reveal()))
        return credentials.secret.clone();
    return base::Secret(normalised(credentials.secret.reveal()));
}

} // namespace postrider::sasl
