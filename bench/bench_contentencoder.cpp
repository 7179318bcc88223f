// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How fast content is made ready for DATA: copied in blocks, its line ends and leading dots looked at. Beside
// it a plain copy of the same octets in the same blocks, which nothing can be faster than.

#include "smtp/contentencoder.h"
#include "support/message.h"

#include <QBuffer>

#include <benchmark/benchmark.h>
#include <memory>

using namespace postrider;

namespace {

constexpr std::size_t ContentOctets = 8 * 1024 * 1024;
constexpr qsizetype BlockOctets = 64 * 1024;

enum class Content { Base64, DottedLines };

QByteArray makeContent(Content kind)
{
    QByteArray content = QByteArray::fromStdString(bench::makeMessage(ContentOctets));
    if (kind == Content::DottedLines)
        content.replace("\r\nx", "\r\n.");
    return content;
}

std::unique_ptr<QIODevice> open(const QByteArray &content)
{
    auto device = std::make_unique<QBuffer>();
    device->setData(content);
    device->open(QIODevice::ReadOnly);
    return device;
}

void BM_PlainCopy(benchmark::State &state)
{
    const QByteArray content = makeContent(Content::Base64);
    QByteArray block(BlockOctets, Qt::Uninitialized);
    for (auto _ : state) {
        const auto device = open(content);
        while (device->read(block.data(), BlockOctets) > 0)
            benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * content.size());
}
BENCHMARK(BM_PlainCopy)->Unit(benchmark::kMillisecond);

void encode(benchmark::State &state, Content kind)
{
    const QByteArray content = makeContent(kind);
    QByteArray block;
    block.reserve(BlockOctets);
    for (auto _ : state) {
        smtp::ContentEncoder encoder(open(content), content.size());
        auto status = smtp::ContentEncoder::Status::More;
        while (status == smtp::ContentEncoder::Status::More) {
            block.resize(0);
            status = encoder.take(block, BlockOctets);
            benchmark::ClobberMemory();
        }
        if (status != smtp::ContentEncoder::Status::AtEnd)
            state.SkipWithError("the content is not at its end");
    }
    state.SetBytesProcessed(state.iterations() * content.size());
}

void BM_EncodeBase64(benchmark::State &state)
{
    encode(state, Content::Base64);
}
BENCHMARK(BM_EncodeBase64)->Unit(benchmark::kMillisecond);

void BM_EncodeDottedLines(benchmark::State &state)
{
    encode(state, Content::DottedLines);
}
BENCHMARK(BM_EncodeDottedLines)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
