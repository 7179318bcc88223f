// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace postrider::base {

/**
 * A password or token, kept out of everything that prints, compares or copies by accident.
 *
 * Holds the UTF-8 octets in memory of its own and overwrites them when it is destroyed or moved from. It
 * cannot be copied implicitly, streamed to a log or turned into a QString; reveal() hands out the octets for
 * the one call that needs them.
 *
 * Copies that others make of the revealed octets (a socket's buffer, the keychain's library) are out of its
 * reach.
 */
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray utf8);
    ~Secret();
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    /// From what a person typed; the QString itself stays the caller's to forget.
    [[nodiscard]] static Secret fromText(const QString &text);

    /// A second copy, made on purpose.
    [[nodiscard]] Secret clone() const;

    [[nodiscard]] bool isEmpty() const noexcept { return m_octets.isEmpty(); }
    /// Valid as long as this object lives unchanged.
    [[nodiscard]] QByteArrayView reveal() const noexcept { return m_octets; }

private:
    void wipe() noexcept;

    QByteArray m_octets {};
};

} // namespace postrider::base
