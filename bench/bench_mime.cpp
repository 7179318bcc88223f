// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How fast the parts of a message are made in one thread: base64 with its line ends (beside Qt's without
// any), quoted-printable, the scans that every octet passes, a whole message with a large attachment, and the
// cleaning of pasted HTML.

#include "mime/encoding/base64lines.h"
#include "mime/encoding/flowedtext.h"
#include "mime/encoding/octetscan.h"
#include "mime/encoding/transferencoding.h"
#include "mime/html/htmlcleaner.h"
#include "mime/html/htmltext.h"
#include "mime/messagewriter.h"

#include <QBuffer>
#include <QTemporaryFile>

#include <algorithm>
#include <benchmark/benchmark.h>

using namespace postrider::mime;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype BlockOctets = 1024 * OctetsPerBase64Line;
constexpr qsizetype TextOctets = 4 * 1024 * 1024;
constexpr qsizetype AttachmentOctets = 64 * 1024 * 1024;

QByteArray randomLooking(qsizetype size)
{
    QByteArray octets(size, Qt::Uninitialized);
    quint32 state = 1;
    std::generate(octets.begin(), octets.end(), [&state] {
        state = state * 1664525U + 1013904223U;
        return static_cast<char>(state >> 24U);
    });
    return octets;
}

QByteArray repeated(const QByteArray &line, qsizetype size)
{
    return line.repeated(size / line.size());
}

/// Takes everything and keeps nothing.
class Nowhere : public QIODevice
{
public:
    Nowhere() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *octets, qint64 size) override
    {
        benchmark::DoNotOptimize(octets);
        return size;
    }
};

void BM_Base64OfQt(benchmark::State &state)
{
    const QByteArray octets = randomLooking(BlockOctets);
    for (auto _ : state)
        benchmark::DoNotOptimize(octets.toBase64());
    state.SetBytesProcessed(state.iterations() * octets.size());
}
BENCHMARK(BM_Base64OfQt);

void base64(benchmark::State &state, Base64Way way)
{
    if (!hasBase64Way(way)) {
        state.SkipWithError("this computer does not have the instructions");
        return;
    }
    const QByteArray octets = randomLooking(BlockOctets);
    QByteArray lines(base64LinesSize(octets.size()), Qt::Uninitialized);
    for (auto _ : state) {
        benchmark::DoNotOptimize(writeBase64Lines(octets, lines.data(), way));
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * octets.size());
}
BENCHMARK_CAPTURE(base64, portable, Base64Way::Portable);
BENCHMARK_CAPTURE(base64, avx2, Base64Way::Avx2);

void quotedPrintable(benchmark::State &state, const char *line)
{
    const QByteArray text = repeated(line, TextOctets);
    for (auto _ : state)
        benchmark::DoNotOptimize(toQuotedPrintable(text));
    state.SetBytesProcessed(state.iterations() * text.size());
}
BENCHMARK_CAPTURE(quotedPrintable, ascii, "A line of text that can stand as it is, sixty octets long.\r\n");
BENCHMARK_CAPTURE(quotedPrintable, german,
                  "Eine Zeile mit Umlauten: Gr\xC3\xBC\xC3\x9F"
                  "e aus K\xC3\xB6ln.\r\n");

void scan(benchmark::State &state, const char *line)
{
    const QByteArray octets = repeated(line, TextOctets);
    for (auto _ : state) {
        OctetScan found;
        for (qsizetype i = 0; i < octets.size(); i += BlockOctets)
            found.add(QByteArrayView(octets).sliced(i, std::min(BlockOctets, octets.size() - i)));
        benchmark::DoNotOptimize(found);
    }
    state.SetBytesProcessed(state.iterations() * octets.size());
}
BENCHMARK_CAPTURE(scan, base64Lines,
                  "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4\r\n");
BENCHMARK_CAPTURE(scan, shortLines, ".short\r\n");

void BM_EightBitScan(benchmark::State &state)
{
    const QByteArray octets = repeated("A line of text.\r\n", TextOctets);
    for (auto _ : state)
        benchmark::DoNotOptimize(hasEightBitOctet(octets));
    state.SetBytesProcessed(state.iterations() * octets.size());
}
BENCHMARK(BM_EightBitScan);

void BM_MessageWithAttachment(benchmark::State &state)
{
    QTemporaryFile file;
    if (!file.open() || file.write(randomLooking(AttachmentOctets)) != AttachmentOctets || !file.flush()) {
        state.SkipWithError("the attachment cannot be written");
        return;
    }
    const Draft draft { .from = { .localPart = u"ann"_s, .domain = u"example.org"_s },
                        .to = { { .localPart = u"bob"_s, .domain = u"example.net"_s } },
                        .text = u"See the file."_s,
                        .attachments = { { .path = file.fileName(), .type = "application/x-any" } } };
    const Stamp stamp = makeStamp(draft.from, QDateTime::currentDateTime());
    for (auto _ : state) {
        Nowhere output;
        if (!writeMessage(draft, stamp, output))
            state.SkipWithError("the message cannot be written");
    }
    state.SetBytesProcessed(state.iterations() * AttachmentOctets);
}
BENCHMARK(BM_MessageWithAttachment)->Unit(benchmark::kMillisecond);

void BM_FlowedText(benchmark::State &state)
{
    const QList<TextLine> lines(1000, TextLine { .text = u"word and "_s.repeated(50) });
    for (auto _ : state)
        benchmark::DoNotOptimize(toFlowed(lines));
    state.SetBytesProcessed(state.iterations() * lines.size() * lines.first().text.size());
}
BENCHMARK(BM_FlowedText);

void html(benchmark::State &state, const char *piece)
{
    const QString text = QString::fromLatin1(repeated(piece, TextOctets));
    for (auto _ : state)
        benchmark::DoNotOptimize(cleanHtml(text));
    state.SetBytesProcessed(state.iterations() * text.size());
}
BENCHMARK_CAPTURE(
    html, paragraphs,
    "<p style=\"margin:0;color:#123456\">Some <b>bold</b> words &amp; a <a href=\"https://example.org/\">"
    "link</a>, as people write them.</p>\n")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(html, tagsOnly, "<b><i>")->Unit(benchmark::kMillisecond);

void BM_PlainTextOfHtml(benchmark::State &state)
{
    const QByteArray piece
        = "<p>Some words and a <a href=\"https://example.org/\">link</a>.</p><ul><li>a<li>b</ul>";
    const CleanHtml clean = cleanHtml(QString::fromLatin1(repeated(piece, TextOctets)));
    for (auto _ : state)
        benchmark::DoNotOptimize(toPlainLines(clean));
    state.SetBytesProcessed(state.iterations() * clean.body().size());
}
BENCHMARK(BM_PlainTextOfHtml)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
