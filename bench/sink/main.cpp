// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// An ESMTP server on loopback that is no bottleneck: it takes every message, forgets it, and counts.
//
//   sink [--security=tls|starttls|none] [--no-auth] [--no-pipelining] [--no-chunking] [--think-us=N]
//        [--silence-ms=N] [--authority=FILE] [--port=N]
//
// Prints its port in one line. When its standard input ends, it prints the counters as one line of JSON and
// ends.

#include "sink/certificates.h"
#include "sink/serversession.h"
#include "support/arguments.h"
#include "support/process.h"

#include <array>
#include <csignal>
#include <iostream>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace postrider::bench;

namespace {

Security securityFrom(const std::string &word)
{
    if (word == "none")
        return Security::None;
    return word == "starttls" ? Security::StartTls : Security::ImplicitTls;
}

int listenOnLoopback(std::int64_t port)
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (bind(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0
        || listen(descriptor, SOMAXCONN) != 0) {
        std::perror("sink");
        std::exit(EXIT_FAILURE);
    }
    return descriptor;
}

std::uint16_t portOf(int descriptor)
{
    sockaddr_in address {};
    socklen_t size = sizeof address;
    getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

/// Serves until standard input ends; every connection has a thread of its own.
void serve(int listener, const SinkOptions &options, SSL_CTX *tls, Counters &counters)
{
    std::vector<std::jthread> sessions;
    std::vector<int> descriptors; // duplicates, with which a session that still waits is ended
    std::array<pollfd, 2> waiting { pollfd { listener, POLLIN, 0 }, pollfd { STDIN_FILENO, POLLIN, 0 } };
    while (poll(waiting.data(), waiting.size(), -1) > 0 && waiting[1].revents == 0) {
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        const int yes = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        descriptors.push_back(dup(connection));
        sessions.emplace_back([connection, &options, tls, &counters] {
            ServerSession(connection, options, tls, counters).run();
        });
    }
    for (const int descriptor : descriptors) {
        shutdown(descriptor, SHUT_RDWR);
        close(descriptor);
    }
}

void print(const Counters &counters)
{
    std::cout << R"({"connections":)" << counters.connections << R"(,"resumed_tls":)" << counters.resumedTls
              << R"(,"messages":)" << counters.messages << R"(,"recipients":)" << counters.recipients
              << R"(,"octets":)" << counters.octets << R"(,"refusals":)" << counters.refusals
              << R"(,"turns":)" << counters.turns << R"(,"turns_to_first_accept":)"
              << counters.turnsToFirstAccept << R"(,"first_mail_ns":)" << counters.firstMail
              << R"(,"first_accept_ns":)" << counters.firstAccept << R"(,"last_accept_ns":)"
              << counters.lastAccept << R"(,"cpu_seconds":)" << cpuSeconds() << "}" << std::endl;
}

} // namespace

int main(int argc, char *argv[])
{
    Arguments arguments(argc, argv);
    SinkOptions options;
    options.security = securityFrom(arguments.text("security", "tls"));
    options.wantsAuth = !arguments.isSet("no-auth");
    options.offersPipelining = !arguments.isSet("no-pipelining");
    options.offersChunking = !arguments.isSet("no-chunking");
    options.think = std::chrono::microseconds(arguments.number("think-us", 0));
    options.silence = std::chrono::milliseconds(arguments.number("silence-ms", 0));
    const std::string authorityFile = arguments.text("authority");
    const std::int64_t port = arguments.number("port", 0);
    arguments.finish();

    const TlsContext tls = makeServerContext(authorityFile);
    const int listener = listenOnLoopback(port);
    std::cout << portOf(listener) << std::endl;

    Counters counters;
    serve(listener, options, tls.get(), counters);
    print(counters);
    return EXIT_SUCCESS;
}
