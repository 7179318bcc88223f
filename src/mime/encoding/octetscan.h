// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArrayView>

namespace postrider::mime {

struct OctetBlock;

/// The longest line of a message without its CRLF (RFC 5322 section 2.1.1).
inline constexpr qsizetype LongestMessageLine = 998;

/**
 * What transports need to know of octets, found while they stream by in blocks of any size: whether they are
 * clean for 7-bit transport, have CRLF line ends only, and how many lines begin with a dot.
 *
 * Looks at 64 octets at a time on x86-64, at eight elsewhere.
 */
class OctetScan
{
public:
    /// The ways to look. All find the same; which of them a computer has is found at run time.
    enum class Way {
        Portable,
        Sse2, ///< on x86-64
        Avx2, ///< on most x86-64
    };

    /// Whether this computer has what the way needs.
    [[nodiscard]] static bool hasWay(Way way);

    /// Without a way, the fastest one that the computer has is taken.
    void add(QByteArrayView octets);
    void add(QByteArrayView octets, Way way);

    [[nodiscard]] qint64 size() const noexcept { return m_size; }
    [[nodiscard]] bool hasEightBit() const noexcept { return m_hasEightBit; }
    [[nodiscard]] bool hasNul() const noexcept { return m_hasNul; }
    /// A CR or an LF alone; also a CR that was the last octet so far.
    [[nodiscard]] bool hasBareLineEnd() const noexcept { return m_hasBareLineEnd || m_endsInCr; }
    /// More than 998 octets between two line ends.
    [[nodiscard]] bool hasLongLine() const noexcept
    {
        return m_hasLongLine || m_size - m_lineBegin - (m_endsInCr ? 1 : 0) > LongestMessageLine;
    }
    [[nodiscard]] bool endsInLineEnd() const noexcept { return m_size > 0 && m_lineBegin == m_size; }
    /// Lines that SMTP makes one octet longer (RFC 5321 section 4.5.2).
    [[nodiscard]] qint64 dotLines() const noexcept { return m_dotLines; }

    /// Nothing in there that a transport without extensions would not take as it is.
    [[nodiscard]] bool isSevenBitClean() const noexcept
    {
        return !hasEightBit() && !hasNul() && !hasBareLineEnd() && !hasLongLine();
    }

private:
    void addBlock(const OctetBlock &block);
    qsizetype addBlocks(QByteArrayView octets);
    qsizetype addBlocksAvx2(QByteArrayView octets);
    void addOctets(const char *octets, qsizetype size);
    void addWords(const char *octets, qsizetype size);
    void endLine(qint64 lineFeed);

    qint64 m_size = 0;
    qint64 m_lineBegin = 0; ///< of the line that is not ended yet
    qint64 m_dotLines = 0;
    bool m_hasEightBit = false;
    bool m_hasNul = false;
    bool m_hasBareLineEnd = false;
    bool m_hasLongLine = false;
    bool m_endsInCr = false;
};

/// Whether an octet above 127 is among them.
[[nodiscard]] bool hasEightBitOctet(QByteArrayView octets);

} // namespace postrider::mime
