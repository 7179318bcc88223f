// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// A line with a delay: what one side says reaches the other half a round trip later, in both directions and
// however much it is.
//
//   delayproxy --to=PORT --rtt-ms=N
//
// Prints its port in one line and ends with its standard input. The kernel answers a connection on loopback
// at once; so that setting it up costs its round trip too, the server hears of it one and a half round trips
// later, which is when the client's first octets would arrive.

#include "support/arguments.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <iostream>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace postrider::bench;

namespace {

using Clock = std::chrono::steady_clock;

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void sendAtOnce(int descriptor)
{
    const int yes = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

/// One direction of the line; an empty piece is the end.
class DelayLine
{
public:
    void put(Clock::time_point due, std::string octets)
    {
        const std::lock_guard lock(m_mutex);
        m_pieces.push_back({ due, std::move(octets) });
        m_isFilled.notify_one();
    }

    /// Waits for the next piece and until it is due.
    [[nodiscard]] std::string take()
    {
        std::unique_lock lock(m_mutex);
        m_isFilled.wait(lock, [this] { return !m_pieces.empty(); });
        Piece piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        lock.unlock();
        std::this_thread::sleep_until(piece.due);
        return std::move(piece.octets);
    }

private:
    struct Piece
    {
        Clock::time_point due;
        std::string octets;
    };
    std::mutex m_mutex {};
    std::condition_variable m_isFilled {};
    std::deque<Piece> m_pieces {};
};

/// Reads until the end; nothing is due before the given time.
void listenTo(int descriptor, DelayLine &line, Clock::duration delay, Clock::time_point notBefore)
{
    std::array<char, 64 * 1024> buffer {};
    while (true) {
        const ssize_t count = recv(descriptor, buffer.data(), buffer.size(), 0);
        const Clock::time_point due = std::max(Clock::now() + delay, notBefore);
        if (count <= 0) {
            line.put(due, {});
            return;
        }
        line.put(due, std::string(buffer.data(), static_cast<std::size_t>(count)));
    }
}

void speakTo(int descriptor, DelayLine &line)
{
    while (true) {
        const std::string octets = line.take();
        if (octets.empty()) {
            shutdown(descriptor, SHUT_WR);
            return;
        }
        for (std::string_view left = octets; !left.empty();) {
            const ssize_t count = send(descriptor, left.data(), left.size(), MSG_NOSIGNAL);
            if (count <= 0)
                break; // the other side is gone; its reader tells
            left.remove_prefix(static_cast<std::size_t>(count));
        }
    }
}

void relay(int client, std::uint16_t port, Clock::duration roundTrip)
{
    const Clock::time_point established = Clock::now() + roundTrip * 3 / 2;
    DelayLine toServer;
    DelayLine toClient;
    const std::jthread clientReader([&] { listenTo(client, toServer, roundTrip / 2, established); });
    std::this_thread::sleep_until(established);

    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
        sendAtOnce(server);
        const std::jthread serverReader([&] { listenTo(server, toClient, roundTrip / 2, {}); });
        const std::jthread serverWriter([&] { speakTo(server, toServer); });
        speakTo(client, toClient);
    }
    shutdown(client, SHUT_RDWR); // ends what still reads
    shutdown(server, SHUT_RDWR);
    close(client);
    close(server);
}

} // namespace

int main(int argc, char *argv[])
{
    Arguments arguments(argc, argv);
    const auto port = static_cast<std::uint16_t>(arguments.number("to", 0));
    const std::chrono::milliseconds roundTrip(arguments.number("rtt-ms", 0));
    arguments.finish();

    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener, SOMAXCONN) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        std::perror("delayproxy");
        return EXIT_FAILURE;
    }
    std::cout << ntohs(address.sin_port) << std::endl;

    std::array<pollfd, 2> waiting { pollfd { listener, POLLIN, 0 }, pollfd { STDIN_FILENO, POLLIN, 0 } };
    while (poll(waiting.data(), waiting.size(), -1) > 0 && waiting[1].revents == 0) {
        const int client = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        sendAtOnce(client);
        std::thread([client, port, roundTrip] { relay(client, port, roundTrip); }).detach();
    }
    std::_Exit(EXIT_SUCCESS); // connections that still stand end here
}
