// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/octetscan.h"

#include <QtAlgorithms>

#include <algorithm>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_SCANS_BLOCKS
#include <immintrin.h>
#endif

namespace postrider::mime {

/// What is where in 64 octets, a bit for each.
struct OctetBlock
{
    quint64 carriageReturns = 0;
    quint64 lineFeeds = 0;
    quint64 dots = 0;
    bool hasHigh = false;
    bool hasNul = false;
};

namespace {

constexpr quint64 HighBits = 0x8080'8080'8080'8080;
constexpr qsizetype WordSize = sizeof(quint64);
[[maybe_unused]] constexpr qsizetype BlockSize = 64;

quint64 wordAt(const char *octets)
{
    quint64 word = 0;
    std::memcpy(&word, octets, sizeof word);
    return word;
}

#ifdef POSTRIDER_SCANS_BLOCKS

__attribute__((target("avx2"))) quint64 bitsAvx2(__m256i low, __m256i high)
{
    return static_cast<quint32>(_mm256_movemask_epi8(low))
        | quint64 { static_cast<quint32>(_mm256_movemask_epi8(high)) } << 32U;
}

__attribute__((target("avx2"))) OctetBlock lookAvx2(const char *octets)
{
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(octets));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(octets + 32));
    const __m256i cr = _mm256_set1_epi8('\r');
    const __m256i lf = _mm256_set1_epi8('\n');
    const __m256i dot = _mm256_set1_epi8('.');
    const __m256i nul = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
    return { .carriageReturns = bitsAvx2(_mm256_cmpeq_epi8(low, cr), _mm256_cmpeq_epi8(high, cr)),
             .lineFeeds = bitsAvx2(_mm256_cmpeq_epi8(low, lf), _mm256_cmpeq_epi8(high, lf)),
             .dots = bitsAvx2(_mm256_cmpeq_epi8(low, dot), _mm256_cmpeq_epi8(high, dot)),
             .hasHigh = _mm256_movemask_epi8(_mm256_or_si256(low, high)) != 0,
             .hasNul = _mm256_movemask_epi8(nul) != 0 };
}

OctetBlock lookSse2(const char *octets)
{
    const auto bits
        = [](__m128i mask) { return static_cast<quint64>(static_cast<unsigned>(_mm_movemask_epi8(mask))); };
    OctetBlock block;
    __m128i all = _mm_setzero_si128();
    __m128i least = _mm_set1_epi8('\xFF');
    for (int i = 0; i < 4; ++i) {
        const int shift = 16 * i;
        const __m128i piece = _mm_loadu_si128(reinterpret_cast<const __m128i *>(octets + shift));
        block.carriageReturns |= bits(_mm_cmpeq_epi8(piece, _mm_set1_epi8('\r'))) << shift;
        block.lineFeeds |= bits(_mm_cmpeq_epi8(piece, _mm_set1_epi8('\n'))) << shift;
        block.dots |= bits(_mm_cmpeq_epi8(piece, _mm_set1_epi8('.'))) << shift;
        all = _mm_or_si128(all, piece);
        least = _mm_min_epu8(least, piece);
    }
    block.hasHigh = bits(all) != 0;
    block.hasNul = bits(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
    return block;
}

#endif

/// Whether one of the eight octets is below 16, as CR, LF and NUL are, or above 127.
bool hasSpecial(quint64 word)
{
    constexpr quint64 Sixteens = 0x1010'1010'1010'1010;
    return ((word | ((word & ~HighBits) - Sixteens)) & HighBits) != 0;
}

} // namespace

void OctetScan::endLine(qint64 lineFeed)
{
    // The CR before it is not of the line. Without one the line is wrong anyway.
    m_hasLongLine = m_hasLongLine || lineFeed - m_lineBegin > LongestMessageLine + 1;
    m_lineBegin = lineFeed + 1;
}

void OctetScan::addOctets(const char *octets, qsizetype size)
{
    for (qsizetype i = 0; i < size; ++i) {
        const char octet = octets[i];
        if (octet == '.' && m_lineBegin == m_size)
            ++m_dotLines;
        if ((octet == '\n') != m_endsInCr)
            m_hasBareLineEnd = true;
        if (octet == '\n')
            endLine(m_size);
        m_hasEightBit = m_hasEightBit || octet < 0;
        m_hasNul = m_hasNul || octet == '\0';
        m_endsInCr = octet == '\r';
        ++m_size;
    }
}

void OctetScan::addWords(const char *octets, qsizetype size)
{
    for (; size >= WordSize; size -= WordSize, octets += WordSize) {
        if (m_lineBegin == m_size || m_endsInCr || hasSpecial(wordAt(octets)))
            addOctets(octets, WordSize);
        else
            m_size += WordSize;
    }
    addOctets(octets, size);
}

#ifdef POSTRIDER_SCANS_BLOCKS

inline void OctetScan::addBlock(const OctetBlock &block)
{
    m_hasEightBit = m_hasEightBit || block.hasHigh;
    m_hasNul = m_hasNul || block.hasNul;
    const quint64 expected = block.carriageReturns << 1U | (m_endsInCr ? 1U : 0U);
    m_hasBareLineEnd = m_hasBareLineEnd || block.lineFeeds != expected;
    m_endsInCr = block.carriageReturns >> 63U != 0;

    const quint64 begins = block.lineFeeds << 1U | (m_lineBegin == m_size ? 1U : 0U);
    if (const quint64 dots = block.dots & begins; dots != 0)
        m_dotLines += qPopulationCount(dots);
    if (block.lineFeeds != 0) {
        // Lines within the block are short; only the first one can have begun long before.
        endLine(m_size + qCountTrailingZeroBits(block.lineFeeds));
        m_lineBegin = m_size + BlockSize - qCountLeadingZeroBits(block.lineFeeds);
    }
    m_size += BlockSize;
}

__attribute__((target("avx2"))) qsizetype OctetScan::addBlocksAvx2(QByteArrayView octets)
{
    qsizetype done = 0;
    for (; octets.size() - done >= BlockSize; done += BlockSize)
        addBlock(lookAvx2(octets.data() + done));
    return done;
}

qsizetype OctetScan::addBlocks(QByteArrayView octets)
{
    qsizetype done = 0;
    for (; octets.size() - done >= BlockSize; done += BlockSize)
        addBlock(lookSse2(octets.data() + done));
    return done;
}

void OctetScan::add(QByteArrayView octets, Way way)
{
    qsizetype done = 0;
    if (way == Way::Avx2)
        done = addBlocksAvx2(octets);
    else if (way == Way::Sse2)
        done = addBlocks(octets);
    addWords(octets.data() + done, octets.size() - done);
}

bool OctetScan::hasWay(Way way)
{
    static const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0;
    return way != Way::Avx2 || hasAvx2;
}

#else

void OctetScan::add(QByteArrayView octets, Way)
{
    addWords(octets.data(), octets.size());
}

bool OctetScan::hasWay(Way way)
{
    return way == Way::Portable;
}

#endif

void OctetScan::add(QByteArrayView octets)
{
    add(octets, hasWay(Way::Avx2) ? Way::Avx2 : hasWay(Way::Sse2) ? Way::Sse2 : Way::Portable);
}

bool hasEightBitOctet(QByteArrayView octets)
{
    const char *next = octets.data();
    qsizetype rest = octets.size();
    for (; rest >= 4 * WordSize; rest -= 4 * WordSize, next += 4 * WordSize) {
        const quint64 all = wordAt(next) | wordAt(next + WordSize) | wordAt(next + 2 * WordSize)
            | wordAt(next + 3 * WordSize);
        if ((all & HighBits) != 0)
            return true;
    }
    return std::any_of(next, next + rest, [](char octet) { return octet < 0; });
}

} // namespace postrider::mime
