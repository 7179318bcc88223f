// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/fakeworld.h"
#include "discovery/search.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

namespace postrider::support {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using accounts::Security;
using discovery::PortResult;
using discovery::Report;
using discovery::Search;
using discovery::Verdict;

/// The usual world: ann@example.test, whose server smtp.example.test has the address V4 and nothing else.
struct SearchFixture
{
    static constexpr const char *V4 = "192.0.2.10";
    static constexpr const char *V6 = "2001:db8::10";
    static QString v4() { return QString::fromLatin1(V4); }
    static QString v6() { return QString::fromLatin1(V6); }

    SearchFixture() { world.addName(u"smtp.example.test"_s, { v4() }); }
    ~SearchFixture() { checkForLeaks(); }
    Q_DISABLE_COPY_MOVE(SearchFixture)

    /// A letter for each of 465, 587, 2525, 25: O good, D dropped, R refused, S accepts and is silent.
    void setPorts(const char *letters, const QString &address = v4())
    {
        constexpr std::array<quint16, 4> Ports { 465, 587, 2525, 25 };
        for (std::size_t i = 0; i < Ports.size(); ++i) {
            FakeServer server = Ports.at(i) == 465 ? FakeServer::implicit() : FakeServer();
            if (letters[i] == 'D')
                server = FakeServer::dropping();
            else if (letters[i] == 'R')
                server = FakeServer::refusing();
            else if (letters[i] == 'S')
                server.isSilent = true;
            world.at(address, Ports.at(i)) = server;
        }
    }

    void start(const QString &text = u"ann@example.test"_s)
    {
        const auto query = discovery::Query::parse(text);
        Q_ASSERT(query);
        search = std::make_unique<Search>(*query, options, world);
        begin = world.now();
        QObject::connect(search.get(), &Search::settled, search.get(), [this] {
            ++settledCount;
            settledAt = world.now() - begin;
        });
        QObject::connect(search.get(), &Search::finished, search.get(), [this] {
            ++finishedCount;
            finishedAt = world.now() - begin;
        });
        QObject::connect(search.get(), &Search::changed, search.get(), [this] { ++changedCount; });
        search->start();
    }
    bool settle()
    {
        return world.runUntil([this] { return settledCount > 0; }, 60s);
    }
    bool finish()
    {
        return world.runUntil([this] { return finishedCount > 0; }, 200s);
    }
    /// start(), settle(), finish(): what most rows do. The report as it was when settled is kept.
    bool run(const QString &text = u"ann@example.test"_s)
    {
        start(text);
        if (!settle())
            return false;
        answer = report();
        return finish();
    }

    [[nodiscard]] const Report &report() const { return search->report(); }
    /// "465 tls" and so on, of the recommendation at settled(); "none" without.
    [[nodiscard]] QString answered() const { return describe(answer.recommended); }
    [[nodiscard]] static QString describe(const std::optional<discovery::Recommendation> &found)
    {
        return found ? u"%1 %2"_s.arg(found->server.port).arg(accounts::toString(found->server.security))
                     : u"none"_s;
    }
    [[nodiscard]] const PortResult *row(quint16 port, std::optional<Security> security = {},
                                        const QString &host = u"smtp.example.test"_s) const
    {
        const QList<PortResult> &ports = report().ports;
        const auto found = std::find_if(ports.cbegin(), ports.cend(), [&](const PortResult &result) {
            return result.server.port == port && result.server.host == host
                && (!security || result.server.security == *security);
        });
        return found == ports.cend() ? nullptr : &*found;
    }
    [[nodiscard]] QString verdict(quint16 port, std::optional<Security> security = {},
                                  const QString &host = u"smtp.example.test"_s) const
    {
        const PortResult *found = row(port, security, host);
        return found ? discovery::code(found->verdict) : u"no row"_s;
    }
    /// Of 465, 587, 2525 and 25, in the modes that are usual there.
    [[nodiscard]] QString verdicts(const QString &host = u"smtp.example.test"_s) const
    {
        return QStringList { verdict(465, Security::Tls, host), verdict(587, Security::StartTls, host),
                             verdict(2525, Security::StartTls, host), verdict(25, Security::StartTls, host) }
            .join(u' ');
    }
    [[nodiscard]] QString overall() const { return discovery::code(report().verdict); }

    /// No row may let out who the person is, or leave a connection.
    void checkForLeaks()
    {
        search.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (world.openConnections != 0)
            qFatal("%d connections were left open", world.openConnections);
        for (const QString &name : std::as_const(world.namesAsked)) {
            if (name.contains(u"ann"_s) || name.contains(u'@'))
                qFatal("a name server was asked for %s", qPrintable(name));
        }
        for (const QUrl &url : std::as_const(world.urlsAsked)) {
            if (url.toString().contains(u"ann"_s) || url.scheme() != u"https"_s)
                qFatal("fetched: %s", qPrintable(url.toString()));
        }
        for (const FakeWorld::Said &said : std::as_const(world.said)) {
            if (said.octets.startsWith('\x16'))
                continue; // a hello that is none, see ProbeSession
            const QList<QByteArray> lines = said.octets.split('\n');
            for (const QByteArray &line : lines) {
                const bool isAllowed = line.isEmpty() || line == "EHLO [127.0.0.1]\r"
                    || line == "EHLO [192.0.2.200]\r" || line == "STARTTLS\r" || line == "QUIT\r";
                if (!isAllowed)
                    qFatal("a server was told: %s", line.constData());
            }
        }
        if (world.mostEstablishedAt > mostPerAddress)
            qFatal("%d connections at one address", world.mostEstablishedAt);
    }

    FakeWorld world {};
    Search::Options options {};
    std::unique_ptr<Search> search {};
    Report answer {}; ///< as it was at settled()
    std::chrono::milliseconds begin { 0 };
    std::chrono::milliseconds settledAt { -1 };
    std::chrono::milliseconds finishedAt { -1 };
    int settledCount = 0;
    int finishedCount = 0;
    int changedCount = 0;
    int mostPerAddress = 2; ///< connections that stand at the same time
};

} // namespace postrider::support
