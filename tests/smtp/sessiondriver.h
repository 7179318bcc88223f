// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/session.h"
#include "support/smtpscript.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <utility>

/// What the tests of the session share: playing a script, and a session that is driven by hand.
namespace postrider::smtp::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::SmtpScript;

inline QString playedAtEveryCut(const SmtpScript &script)
{
    for (const int server : { 0, 1, 2, 3, 5, 7, 1000 }) {
        for (const int client : { 0, 1, 7 }) {
            const QString difference = script.play(server, client);
            if (!difference.isEmpty())
                return u"server's octets by %1, client's by %2: %3"_s.arg(server).arg(client).arg(difference);
        }
    }
    return {};
}

inline QString played(const QByteArray &text)
{
    const auto script = SmtpScript::fromText(text);
    return script ? playedAtEveryCut(*script) : script.error();
}

inline QList<QByteArray> filtered(const QList<QByteArray> &told, const QByteArray &what)
{
    QList<QByteArray> found;
    std::copy_if(told.begin(), told.end(), std::back_inserter(found),
                 [&what](const QByteArray &line) { return line.startsWith(what); });
    return found;
}

inline std::unique_ptr<QIODevice> content(const QByteArray &octets)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(octets);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

/// A session on implicit TLS and the time it lives in, driven by hand.
class Driven
{
public:
    explicit Driven(SessionConfig config = { .security = Security::ImplicitTls })
        : session(std::move(config), now)
    { }

    QByteArray says(const QByteArray &octets)
    {
        session.receive(octets, now);
        return taken();
    }
    QByteArray taken() { return session.takeOutput(1'000'000, now); }
    QList<QByteArray> told()
    {
        QList<QByteArray> events;
        while (const auto what = session.nextEvent())
            events.append(SmtpScript::describe(*what));
        return events;
    }
    void makeReady(const QByteArray &keywords = {})
    {
        says("220 mx\r\n"_ba);
        QByteArray ehlo = "mx"_ba;
        if (!keywords.isEmpty())
            ehlo += ' ' + keywords;
        QList<QByteArray> lines = ehlo.split(' ');
        const QByteArray last = "250 " + lines.takeLast() + "\r\n";
        QByteArray reply;
        for (const QByteArray &line : std::as_const(lines))
            reply += "250-" + line + "\r\n";
        says(reply + last);
        session.skipAuthentication(now);
        told();
    }
    void submit(TransactionId id, std::unique_ptr<QIODevice> device, qint64 size = 0)
    {
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = size;
        session.submit(id, envelope, std::move(device), now);
    }
    /// Lets one message go, so that the session knows BDAT to work.
    void proveChunking()
    {
        submit(100, content("x"_ba));
        QVERIFY(taken().isEmpty());
        session.releaseFinalOctet({ 100 }, now);
        taken();
        says("250 ok\r\n250 ok\r\n250 ok\r\n"_ba);
        QCOMPARE(session.freeSlots(), 8);
        told();
    }
    /// Goes on to the 354; the session then has the content to give.
    void startContent(const QByteArray &octets)
    {
        makeReady();
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = octets.size();
        session.submit(1, envelope, content(octets), now);
        taken();
        says("250 ok\r\n"_ba);
        says("250 ok\r\n"_ba);
        session.receive("354 go\r\n", now);
        told();
    }

    MonotonicTime now {};
    Session session;
};

} // namespace postrider::smtp::test
