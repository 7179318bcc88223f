// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/secret.h"

#include <utility>

namespace postrider::base {

Secret::Secret(QByteArray utf8)
    : m_octets(std::move(utf8))
{
    m_octets.detach(); // another holder of the same data must not see it wiped, nor keep it alive for us
}

Secret::~Secret()
{
    wipe();
}

Secret::Secret(Secret &&other) noexcept
    : m_octets(std::exchange(other.m_octets, {}))
{ }

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_octets = std::exchange(other.m_octets, {});
    }
    return *this;
}

Secret Secret::fromText(const QString &text)
{
    return Secret(text.toUtf8());
}

Secret Secret::clone() const
{
    return Secret(QByteArray(m_octets.constData(), m_octets.size()));
}

void Secret::wipe() noexcept
{
    // A plain fill of memory that dies next may be removed by the optimiser; volatile writes may not.
    volatile char *octet = m_octets.isEmpty() ? nullptr : m_octets.data();
    for (qsizetype i = 0; i < m_octets.size(); ++i)
        octet[i] = '\0';
    m_octets.clear();
}

} // namespace postrider::base
