// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a server says to a probe:
//  - the same octets lead to the same findings and the same output, under TLS however they are cut (in clear,
//    what comes together with the reply to STARTTLS is an attack, and what comes later is not);
//  - what is said is EHLO, STARTTLS and QUIT, and nothing before the first reply;
//  - a session that is done says nothing more and waits for nothing.
//
// The first octet chooses whether TLS comes first; the server's octets before and behind the handshake are
// separated by a NUL.

#include "discovery/probesession.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace postrider;
using discovery::ProbeSession;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

struct Heard
{
    discovery::Verdict verdict = discovery::Verdict::NotTried;
    QByteArray greeting {};
    QByteArrayList keywords {};
    QByteArray said {};

    friend bool operator==(const Heard &, const Heard &) = default;
};

void drain(ProbeSession &session, Heard &heard)
{
    const QByteArray output = session.takeOutput();
    require(output.isEmpty() || session.hasHeard());
    heard.said += output;
}

Heard play(accounts::Security security, const QByteArray &octets, qsizetype piece)
{
    const base::MonotonicTime now {};
    ProbeSession session({ .security = security }, now);
    Heard heard;
    const QByteArrayList parts = octets.split('\0');
    for (const QByteArray &part : parts) {
        if (session.takeAction() == ProbeSession::Action::StartTls)
            session.tlsEstablished({ .version = QStringLiteral("TLS 1.3") }, now);
        heard.said += session.takeOutput();
        for (qsizetype at = 0; at < part.size(); at += piece) {
            session.receive(QByteArrayView(part).sliced(at, std::min(piece, part.size() - at)), now);
            drain(session, heard);
        }
    }
    session.connectionClosed(now);
    heard.said += session.takeOutput();
    require(session.isDone());
    require(!session.deadline());
    heard.verdict = session.findings().verdict;
    // Of what is no mail server, so much is kept as had come.
    if (heard.verdict != discovery::Verdict::NotSmtp)
        heard.greeting = session.findings().greeting;
    heard.keywords = session.findings().keywords;
    const QByteArrayList lines = heard.said.split('\n');
    for (const QByteArray &line : lines)
        require(line.isEmpty() || line == "EHLO [127.0.0.1]\r" || line == "STARTTLS\r" || line == "QUIT\r");
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray octets(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    const auto security = data[0] % 2 == 0 ? accounts::Security::StartTls : accounts::Security::Tls;
    const Heard whole = play(security, octets, octets.size());
    const Heard cut = play(security, octets, 1);
    require(security == accounts::Security::StartTls || whole == cut);
    return 0;
}
