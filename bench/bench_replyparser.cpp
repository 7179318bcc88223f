// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How fast a server's octets become replies: the short ones of a transaction, and a long EHLO.

#include "smtp/reply.h"

#include <benchmark/benchmark.h>

using namespace postrider;
using namespace Qt::StringLiterals;

namespace {

void parse(benchmark::State &state, const QByteArray &octets, int replies)
{
    smtp::ReplyParser parser;
    for (auto _ : state) {
        parser.append(octets);
        for (int i = 0; i < replies; ++i) {
            auto reply = parser.next();
            if (!reply || !*reply) {
                state.SkipWithError("a reply is missing");
                return;
            }
            benchmark::DoNotOptimize(reply);
        }
        if (auto none = parser.next(); !none || *none) {
            state.SkipWithError("a reply too many");
            return;
        }
    }
    state.SetItemsProcessed(state.iterations() * replies);
    state.SetBytesProcessed(state.iterations() * octets.size());
}

/// What answers one message of a window: RSET, MAIL, RCPT, BDAT.
void BM_TransactionReplies(benchmark::State &state)
{
    parse(state,
          "250 2.0.0 Ok\r\n250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n"
          "250 2.0.0 Ok: queued as 4XyZ0123456789\r\n"_ba.repeated(8),
          32);
}
BENCHMARK(BM_TransactionReplies);

void BM_EhloReply(benchmark::State &state)
{
    parse(state,
          "250-mail.example.net at your service, [192.0.2.1]\r\n250-SIZE 36700160\r\n250-8BITMIME\r\n"
          "250-AUTH LOGIN PLAIN XOAUTH2 OAUTHBEARER SCRAM-SHA-256\r\n250-ENHANCEDSTATUSCODES\r\n"
          "250-PIPELINING\r\n250-CHUNKING\r\n250-DSN\r\n250 SMTPUTF8\r\n"_ba,
          1);
}
BENCHMARK(BM_EhloReply);

} // namespace

BENCHMARK_MAIN();
