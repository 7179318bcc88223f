// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// What a message costs in the protocol engine alone: a session that talks to a server made of memory, without
// socket, TLS and event loop.

#include "sasl/mechanism.h"
#include "smtp/session.h"
#include "support/message.h"

#include <QBuffer>

#include <benchmark/benchmark.h>

using namespace postrider;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MessagesInSession = 200;
constexpr qsizetype FlightOctets = 64 * 1024;

enum class Extensions { None, Pipelining, Chunking };

/// Answers every command with its success, and swallows content.
class MemoryServer
{
public:
    explicit MemoryServer(Extensions extensions)
        : m_extensions(extensions)
    { }

    void receive(QByteArrayView octets)
    {
        while (!octets.isEmpty()) {
            if (m_chunkLeft > 0) {
                const qsizetype count = std::min(m_chunkLeft, octets.size());
                octets = octets.sliced(count);
                m_chunkLeft -= count;
                if (m_chunkLeft == 0)
                    m_answer += "250 2.0.0 Ok\r\n";
                continue;
            }
            // Content has no line that is a command or a dot.
            const qsizetype end = octets.indexOf('\n');
            m_line += octets.first(end < 0 ? octets.size() : end + 1);
            octets = octets.sliced(end < 0 ? octets.size() : end + 1);
            if (end >= 0)
                answer(std::exchange(m_line, {}));
        }
    }
    [[nodiscard]] QByteArray takeAnswer() { return std::exchange(m_answer, {}); }

private:
    void answer(QByteArrayView line)
    {
        if (m_isData) {
            m_isData = line != ".\r\n";
            if (!m_isData)
                m_answer += "250 2.0.0 Ok\r\n";
        } else if (line.startsWith("EHLO")) {
            m_answer += "250-sink.example.net\r\n";
            if (m_extensions != Extensions::None)
                m_answer += "250-PIPELINING\r\n";
            if (m_extensions == Extensions::Chunking)
                m_answer += "250-CHUNKING\r\n";
            m_answer += "250 SIZE\r\n";
        } else if (line.startsWith("BDAT ")) {
            const QByteArrayView number = line.sliced(5);
            m_chunkLeft = number.first(number.indexOf(' ')).toByteArray().toLongLong();
        } else if (line.startsWith("DATA")) {
            m_isData = true;
            m_answer += "354 Go ahead\r\n";
        } else {
            m_answer += "250 2.1.0 Ok\r\n";
        }
    }

    Extensions m_extensions;
    QByteArray m_line {};
    QByteArray m_answer = "220 sink.example.net\r\n";
    qsizetype m_chunkLeft = 0;
    bool m_isData = false;
};

struct Run
{
    qsizetype submitted = 0;
    qsizetype delivered = 0;
    bool hasFailed = false;
};

void submit(smtp::Session &session, Run &run, const QByteArray &message, base::MonotonicTime now)
{
    auto content = std::make_unique<QBuffer>();
    content->setData(message);
    content->open(QIODevice::ReadOnly);
    session.submit(
        static_cast<smtp::TransactionId>(++run.submitted),
        { .reversePath = "ann@example.org", .recipients = { "bob@example.net"_ba }, .size = message.size() },
        std::move(content), now);
}

void handle(const smtp::Event &event, smtp::Session &session, Run &run, const QByteArray &message,
            base::MonotonicTime now)
{
    namespace e = smtp::event;
    if (std::holds_alternative<e::CredentialsWanted>(event)) {
        session.skipAuthentication(now);
    } else if (std::holds_alternative<e::Ready>(event)) {
        while (run.submitted < MessagesInSession && session.freeSlots() > 0)
            submit(session, run, message, now);
    } else if (const auto *due = std::get_if<e::FinalOctetDue>(&event)) {
        session.releaseFinalOctet(due->transactions, now);
    } else if (std::holds_alternative<e::Delivered>(event)) {
        ++run.delivered;
    } else if (std::holds_alternative<e::TransactionFailed>(event)
               || std::holds_alternative<e::SessionFailed>(event)) {
        run.hasFailed = true;
    }
}

/// The session's parameter: its window.
void sendAll(benchmark::State &state, Extensions extensions)
{
    constexpr std::size_t MessageOctets = 2048;
    const QByteArray message = QByteArray::fromStdString(bench::makeMessage(MessageOctets));
    const base::MonotonicTime now {};
    for (auto _ : state) {
        MemoryServer server(extensions);
        smtp::SessionConfig config;
        config.security = smtp::Security::Plaintext;
        config.window = state.range(0);
        smtp::Session session(config, now);
        Run run;
        while (run.delivered < MessagesInSession && !run.hasFailed) {
            session.receive(server.takeAnswer(), now);
            while (true) {
                const QByteArray flight = session.takeOutput(FlightOctets, now);
                server.receive(flight);
                const auto event = session.nextEvent();
                if (event)
                    handle(*event, session, run, message, now);
                else if (flight.isEmpty())
                    break;
            }
        }
        if (run.hasFailed)
            state.SkipWithError("a message was not delivered");
    }
    state.SetItemsProcessed(state.iterations() * MessagesInSession);
}

void BM_Sequential(benchmark::State &state)
{
    sendAll(state, Extensions::None);
}
BENCHMARK(BM_Sequential)->Arg(1)->Unit(benchmark::kMicrosecond);

void BM_Pipelining(benchmark::State &state)
{
    sendAll(state, Extensions::Pipelining);
}
BENCHMARK(BM_Pipelining)->Arg(1)->Arg(8)->Unit(benchmark::kMicrosecond);

void BM_Chunking(benchmark::State &state)
{
    sendAll(state, Extensions::Chunking);
}
BENCHMARK(BM_Chunking)->Arg(1)->Arg(8)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
