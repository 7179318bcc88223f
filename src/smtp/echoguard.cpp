// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/echoguard.h"

#include <algorithm>
#include <cstring>

namespace postrider::smtp {

namespace {

/// PieceOctets as a number, so that thousands of pieces can be compared at once.
quint64 pieceAt(QByteArrayView octets, qsizetype at)
{
    static_assert(EchoGuard::PieceOctets == sizeof(quint64));
    quint64 piece = 0;
    std::memcpy(&piece, octets.data() + at, sizeof piece);
    return piece;
}

bool shareAPiece(QByteArrayView text, QByteArrayView secret)
{
    std::vector<quint64> pieces;
    for (qsizetype at = 0; at + EchoGuard::PieceOctets <= secret.size(); ++at)
        pieces.push_back(pieceAt(secret, at));
    std::sort(pieces.begin(), pieces.end());
    bool isShared = false;
    for (qsizetype at = 0; !isShared && at + EchoGuard::PieceOctets <= text.size(); ++at)
        isShared = std::binary_search(pieces.begin(), pieces.end(), pieceAt(text, at));
    std::fill(pieces.begin(), pieces.end(), 0);
    return isShared;
}

} // namespace

void EchoGuard::rememberPlain(QByteArrayView secret)
{
    if (secret.size() >= ShortestSecret)
        m_plain.emplace_back(secret.toByteArray());
}

void EchoGuard::rememberEncoded(QByteArrayView line)
{
    if (line.size() >= PieceOctets)
        m_encoded.emplace_back(line.toByteArray());
}

bool EchoGuard::isEcho(const QList<QByteArray> &lines) const
{
    const QByteArray text = lines.join();
    return std::any_of(m_plain.begin(), m_plain.end(),
                       [&text](const base::Secret &secret) { return text.contains(secret.reveal()); })
        || std::any_of(m_encoded.begin(), m_encoded.end(),
                       [&text](const base::Secret &secret) { return shareAPiece(text, secret.reveal()); });
}

} // namespace postrider::smtp
