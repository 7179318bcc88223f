// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Sends messages with libetpan over one connection, as a program that uses that library would.
//
//   libetpan --port=N [--security=tls|starttls] [--count=N] [--octets=N | --file=FILE]

#include "support/arguments.h"
#include "support/message.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <libetpan/mailsmtp.h>
#include <memory>
#include <netinet/in.h>
#include <sstream>

using namespace postrider::bench;

namespace {

void check(int result, const char *what)
{
    if (result == MAILSMTP_NO_ERROR)
        return;
    std::cerr << "libetpan: " << what << ": " << mailsmtp_strerror(result) << '\n';
    std::exit(EXIT_FAILURE);
}

std::string contentsOf(const std::string &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream contents;
    contents << stream.rdbuf();
    return std::move(contents).str();
}

} // namespace

int main(int argc, char *argv[])
{
    Arguments arguments(argc, argv);
    const auto port = static_cast<std::uint16_t>(arguments.number("port", 0));
    const std::string security = arguments.text("security", "tls");
    const std::int64_t count = arguments.number("count", 1);
    const auto octets = static_cast<std::size_t>(arguments.number("octets", 2048));
    const std::string file = arguments.text("file");
    arguments.finish();
    const std::string message = file.empty() ? makeMessage(octets) : contentsOf(file);

    const std::unique_ptr<mailsmtp, decltype(&mailsmtp_free)> session(mailsmtp_new(0, nullptr),
                                                                      &mailsmtp_free);
    if (security == "tls") {
        check(mailsmtp_ssl_connect(session.get(), "localhost", port), "connect");
    } else {
        check(mailsmtp_socket_connect(session.get(), "localhost", port), "connect");
        check(mailesmtp_ehlo(session.get()), "EHLO");
        check(mailsmtp_socket_starttls(session.get()), "STARTTLS");
    }
    check(mailesmtp_ehlo(session.get()), "EHLO");
    check(mailesmtp_auth_sasl(session.get(), "PLAIN", "localhost", nullptr, nullptr, "bench", "bench",
                              "secret", nullptr),
          "AUTH");
    for (std::int64_t i = 0; i < count; ++i) {
        check(mailesmtp_mail(session.get(), "ann@example.org", 0, nullptr), "MAIL");
        check(mailesmtp_rcpt(session.get(), "bob0@example.net", 0, nullptr), "RCPT");
        check(mailsmtp_data(session.get()), "DATA");
        check(mailsmtp_data_message(session.get(), message.data(), message.size()), "content");
    }
    mailsmtp_quit(session.get());
    return EXIT_SUCCESS;
}
