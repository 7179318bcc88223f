// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/base64lines.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_BASE64_AVX2
#include <immintrin.h>
#endif

namespace postrider::mime {

namespace {

constexpr char Alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr qsizetype CharactersPerLine = OctetsPerBase64Line / 3 * 4;

/// Two characters for each twelve bits, side by side.
constexpr auto Pairs = [] {
    std::array<char, std::size_t { 2 } * 4096> pairs {};
    for (std::size_t bits = 0; bits < 4096; ++bits) {
        pairs[2 * bits] = Alphabet[bits >> 6U];
        pairs[2 * bits + 1] = Alphabet[bits & 63U];
    }
    return pairs;
}();

unsigned octetAt(const char *octets, qsizetype index)
{
    return static_cast<unsigned char>(octets[index]);
}

/// The characters of the lowest twelve bits.
void writePair(quint64 bits, char *target)
{
    std::memcpy(target, Pairs.data() + std::size_t { 2 } * (bits & 0xFFFU), 2);
}

/// At most one line, with padding when it is not a multiple of three octets. Tells where it ended.
char *writeLine(const char *octets, qsizetype size, char *target)
{
    qsizetype i = 0;
    for (; i + 8 <= size; i += 6, target += 8) { // six octets of eight that are read at once
        const quint64 bits = qFromBigEndian<quint64>(octets + i);
        writePair(bits >> 52U, target);
        writePair(bits >> 40U, target + 2);
        writePair(bits >> 28U, target + 4);
        writePair(bits >> 16U, target + 6);
    }
    for (; i + 3 <= size; i += 3, target += 4) {
        const unsigned bits
            = octetAt(octets, i) << 16U | octetAt(octets, i + 1) << 8U | octetAt(octets, i + 2);
        writePair(bits >> 12U, target);
        writePair(bits, target + 2);
    }
    if (i < size) {
        const bool hasTwo = i + 2 == size;
        const unsigned bits = octetAt(octets, i) << 16U | (hasTwo ? octetAt(octets, i + 1) << 8U : 0U);
        target[0] = Alphabet[bits >> 18U];
        target[1] = Alphabet[bits >> 12U & 63U];
        target[2] = hasTwo ? Alphabet[bits >> 6U & 63U] : '=';
        target[3] = '=';
        target += 4;
    }
    return target;
}

#ifdef POSTRIDER_BASE64_AVX2

/// Each 32-bit lane gets the three octets it encodes in the order 1 0 2 1, so that one multiplication for the
/// odd and one for the even characters move the six bits of each to the low end of an octet of its own.
__attribute__((target("avx2"))) __m256i sextets(__m256i spread)
{
    const __m256i odd = _mm256_and_si256(spread, _mm256_set1_epi32(0x0FC0FC00));
    const __m256i even = _mm256_and_si256(spread, _mm256_set1_epi32(0x003F03F0));
    return _mm256_or_si256(_mm256_mulhi_epu16(odd, _mm256_set1_epi32(0x04000040)),
                           _mm256_mullo_epi16(even, _mm256_set1_epi32(0x01000010)));
}

/// The alphabet has five runs, in each of which character and value differ by a constant. 0..25 are told
/// from 26..51 by a comparison, the others by what saturated subtraction leaves of them.
__attribute__((target("avx2"))) __m256i characters(__m256i values)
{
    const __m256i differences
        = _mm256_setr_epi8(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0, 71, -4, -4, -4, -4,
                           -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0);
    const __m256i isUpperCase = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
    const __m256i run = _mm256_or_si256(_mm256_subs_epu8(values, _mm256_set1_epi8(51)),
                                        _mm256_and_si256(isUpperCase, _mm256_set1_epi8(13)));
    return _mm256_add_epi8(values, _mm256_shuffle_epi8(differences, run));
}

/// 24 octets, of which 28 are read, to 32 characters.
__attribute__((target("avx2"))) void encode24(const char *octets, char *target)
{
    const __m256i order = _mm256_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10, //
                                           1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(octets));
    const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i *>(octets + 12));
    const __m256i spread = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), order);
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(target), characters(sextets(spread)));
}

/// 12 octets, of which 16 are read, to 16 characters.
__attribute__((target("avx2"))) void encode12(const char *octets, char *target)
{
    const __m128i order = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
    const __m128i spread
        = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(octets)), order);
    const __m256i result = characters(sextets(_mm256_castsi128_si256(spread)));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(target), _mm256_castsi256_si128(result));
}

/// All lines but the last ones, and how many octets they took. A line reads seven octets beyond its 57 and
/// writes two characters beyond its line end; both belong to lines that follow.
__attribute__((target("avx2"))) qsizetype writeLinesAvx2(QByteArrayView octets, char *target)
{
    constexpr qsizetype Read = 64;
    qsizetype done = 0;
    for (; octets.size() - done >= Read; done += OctetsPerBase64Line) {
        const char *line = octets.data() + done;
        encode24(line, target);
        encode24(line + 24, target + 32);
        encode12(line + 48, target + 64);
        std::memcpy(target + CharactersPerLine, "\r\n", 2);
        target += CharactersPerLine + 2;
    }
    return done;
}

#endif

} // namespace

bool hasBase64Way(Base64Way way)
{
#ifdef POSTRIDER_BASE64_AVX2
    static const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0;
    return way == Base64Way::Portable || hasAvx2;
#else
    return way == Base64Way::Portable;
#endif
}

qsizetype writeBase64Lines(QByteArrayView octets, char *target)
{
    return writeBase64Lines(octets, target,
                            hasBase64Way(Base64Way::Avx2) ? Base64Way::Avx2 : Base64Way::Portable);
}

qsizetype writeBase64Lines(QByteArrayView octets, char *target, [[maybe_unused]] Base64Way way)
{
    const char *begin = target;
    qsizetype done = 0;
#ifdef POSTRIDER_BASE64_AVX2
    if (way == Base64Way::Avx2) {
        done = writeLinesAvx2(octets, target);
        target += done / OctetsPerBase64Line * (CharactersPerLine + 2);
    }
#endif
    while (done < octets.size()) {
        const qsizetype size = std::min(OctetsPerBase64Line, octets.size() - done);
        target = writeLine(octets.data() + done, size, target);
        done += size;
        if (done < octets.size()) {
            std::memcpy(target, "\r\n", 2);
            target += 2;
        }
    }
    return target - begin;
}

QByteArray toBase64Lines(QByteArrayView octets)
{
    QByteArray lines(base64LinesSize(octets.size()), Qt::Uninitialized);
    writeBase64Lines(octets, lines.data());
    return lines;
}

} // namespace postrider::mime
