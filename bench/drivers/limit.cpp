// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// The least that sending can cost on this computer: a blocking client straight on OpenSSL, which knows in
// advance what the server says. What it manages is the limit that the engine is compared with.
//
//   limit --port=N --mode=sequential|pipelined|chunked [--security=tls|starttls|none] --authority=FILE
//         [--count=N] [--octets=N | --file=FILE] [--recipients=N] [--window=N]
//
// sequential: one command, one reply. pipelined: a message's content and the next one's commands in one
// flight. chunked: BDAT, as many messages in a flight as the window says.

#include "support/arguments.h"
#include "support/message.h"
#include "support/openssl.h"
#include "support/process.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace postrider::bench;

namespace {

[[noreturn]] void die(const std::string &what)
{
    std::cerr << "limit: " << what << '\n';
    std::exit(EXIT_FAILURE);
}

class Stream
{
public:
    explicit Stream(std::uint16_t port)
        : m_descriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        if (connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            die(std::strerror(errno));
        const int yes = 1;
        setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }

    void startTls(const std::string &authorityFile)
    {
        m_context.reset(SSL_CTX_new(TLS_client_method()));
        check(SSL_CTX_load_verify_file(m_context.get(), authorityFile.c_str()) == 1);
        SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER, nullptr);
        m_tls.reset(SSL_new(m_context.get()));
        check(SSL_set1_host(m_tls.get(), "localhost") == 1 && SSL_set_fd(m_tls.get(), m_descriptor) == 1
              && SSL_connect(m_tls.get()) == 1);
    }

    void write(std::string_view octets)
    {
        while (!octets.empty()) {
            std::size_t count = 0;
            if (m_tls) {
                check(SSL_write_ex(m_tls.get(), octets.data(), octets.size(), &count) == 1);
            } else {
                const ssize_t sent = send(m_descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
                if (sent <= 0)
                    die("the connection is lost");
                count = static_cast<std::size_t>(sent);
            }
            octets.remove_prefix(count);
        }
    }

    /// Reads as many complete replies, each of which must begin with the given digit.
    void expect(char digit, std::size_t replies = 1)
    {
        while (replies > 0) {
            const auto end = std::string_view(m_input).find("\r\n", m_begin);
            if (end == std::string_view::npos) {
                receive();
                continue;
            }
            const std::string_view line = std::string_view(m_input).substr(m_begin, end - m_begin);
            if (line.size() < 4 || line[0] != digit)
                die("unexpected reply: " + std::string(line));
            if (line[3] != '-')
                --replies;
            m_begin = end + 2;
        }
    }

private:
    void receive()
    {
        m_input.erase(0, m_begin);
        m_begin = 0;
        std::array<char, 16 * 1024> buffer {};
        std::size_t count = 0;
        if (m_tls) {
            check(SSL_read_ex(m_tls.get(), buffer.data(), buffer.size(), &count) == 1);
        } else {
            const ssize_t received = recv(m_descriptor, buffer.data(), buffer.size(), 0);
            if (received <= 0)
                die("the connection is lost");
            count = static_cast<std::size_t>(received);
        }
        m_input.append(buffer.data(), count);
    }

    int m_descriptor;
    TlsContext m_context {};
    TlsStream m_tls {};
    std::string m_input {};
    std::size_t m_begin = 0;
};

struct Task
{
    std::size_t count = 1;
    std::size_t recipients = 1;
    std::size_t window = 8;
    std::string message {}; ///< small, and sent count times
    std::string file {};    ///< or large, and sent once
};

std::string envelope(const Task &task)
{
    std::string commands = "MAIL FROM:<ann@example.org>\r\n";
    for (std::size_t i = 0; i < task.recipients; ++i)
        commands += "RCPT TO:<bob" + std::to_string(i) + "@example.net>\r\n";
    return commands;
}

void sendSequentially(Stream &stream, const Task &task)
{
    for (std::size_t i = 0; i < task.count; ++i) {
        stream.write("MAIL FROM:<ann@example.org>\r\n");
        stream.expect('2');
        for (std::size_t recipient = 0; recipient < task.recipients; ++recipient) {
            stream.write("RCPT TO:<bob" + std::to_string(recipient) + "@example.net>\r\n");
            stream.expect('2');
        }
        stream.write("DATA\r\n");
        stream.expect('3');
        stream.write(task.message + ".\r\n");
        stream.expect('2');
    }
}

void sendPipelined(Stream &stream, const Task &task)
{
    const std::string commands = envelope(task) + "DATA\r\n";
    const std::string flight = task.message + ".\r\n" + commands;
    stream.write(commands);
    for (std::size_t i = 0; i < task.count; ++i) {
        stream.expect('2', 1 + task.recipients);
        stream.expect('3');
        stream.write(i + 1 < task.count ? flight : task.message + ".\r\n");
        stream.expect('2');
    }
}

void sendChunked(Stream &stream, const Task &task)
{
    const std::string transaction
        = envelope(task) + "BDAT " + std::to_string(task.message.size()) + " LAST\r\n" + task.message;
    std::size_t left = task.count;
    while (left > 0) {
        const std::size_t messages = std::min(left, task.window);
        std::string flight;
        for (std::size_t i = 0; i < messages; ++i)
            flight += transaction;
        stream.write(flight);
        stream.expect('2', messages * (2 + task.recipients));
        left -= messages;
    }
}

void sendFile(Stream &stream, const Task &task, bool isChunked)
{
    constexpr std::size_t BlockOctets = 64 * 1024;
    const int file = open(task.file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status
    { };
    if (file < 0 || fstat(file, &status) != 0)
        die(task.file + ": " + std::strerror(errno));
    stream.write(envelope(task));
    stream.expect('2', 1 + task.recipients);
    if (isChunked) {
        stream.write("BDAT " + std::to_string(status.st_size) + " LAST\r\n");
    } else {
        stream.write("DATA\r\n");
        stream.expect('3');
    }
    std::vector<char> block(BlockOctets);
    for (ssize_t count = 0; (count = read(file, block.data(), block.size())) > 0;)
        stream.write({ block.data(), static_cast<std::size_t>(count) });
    if (!isChunked)
        stream.write(".\r\n");
    stream.expect('2');
    close(file);
}

} // namespace

int main(int argc, char *argv[])
{
    Arguments arguments(argc, argv);
    const auto port = static_cast<std::uint16_t>(arguments.number("port", 0));
    const std::string mode = arguments.text("mode", "pipelined");
    const std::string security = arguments.text("security", "tls");
    const std::string authorityFile = arguments.text("authority");
    Task task;
    task.count = static_cast<std::size_t>(arguments.number("count", 1));
    task.recipients = static_cast<std::size_t>(arguments.number("recipients", 1));
    task.window = static_cast<std::size_t>(arguments.number("window", 8));
    task.message = makeMessage(static_cast<std::size_t>(arguments.number("octets", 2048)));
    task.file = arguments.text("file");
    arguments.finish();

    Stream stream(port);
    if (security == "tls")
        stream.startTls(authorityFile);
    stream.expect('2');
    if (security == "starttls") {
        stream.write("EHLO [127.0.0.1]\r\n");
        stream.expect('2');
        stream.write("STARTTLS\r\n");
        stream.expect('2');
        stream.startTls(authorityFile);
    }
    stream.write("EHLO [127.0.0.1]\r\n");
    stream.expect('2');
    if (security != "none") {
        stream.write("AUTH PLAIN AGJlbmNoAHNlY3JldA==\r\n");
        stream.expect('2');
    }
    if (!task.file.empty())
        sendFile(stream, task, mode == "chunked");
    else if (mode == "sequential")
        sendSequentially(stream, task);
    else if (mode == "chunked")
        sendChunked(stream, task);
    else
        sendPipelined(stream, task);
    stream.write("QUIT\r\n");
    std::cout << R"({"peak_kb":)" << peakKilobytes() << R"(,"cpu_seconds":)" << cpuSeconds() << "}"
              << std::endl;
    return EXIT_SUCCESS;
}
