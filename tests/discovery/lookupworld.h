// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/surroundings.h"
#include "support/manualclock.h"

#include <QCoreApplication>
#include <QHash>
#include <QPointer>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace postrider::tests {

/**
 * Name servers, web servers and time as a test of lookups wants them. Every question is written down.
 *
 * Time stands still but for letTimePass(), which does everything that falls due in it.
 */
class LookupWorld final : public discovery::Surroundings,
                          public discovery::NameService,
                          public discovery::WebFetcher
{
public:
    using Milliseconds = std::chrono::milliseconds;

    // What there is. Names that are not here do not exist; documents that are not here are 404 where the host
    // has any, and else the host does not exist.
    QHash<QString, discovery::ServiceAnswer> services {};
    QHash<QString, discovery::MailExchangerAnswer> exchangers {};
    QHash<QString, discovery::WebAnswer> documents {};
    /// How long an answer takes; by question.
    QHash<QString, Milliseconds> delays {};

    QStringList nameQuestions {};
    QStringList webQuestions {};

    void addDocument(const QString &url, const QByteArray &body)
    {
        documents.insert(url,
                         { .outcome = discovery::WebAnswer::Outcome::Answered,
                           .status = 200,
                           .body = body,
                           .url = QUrl(url) });
    }

    void addExchangers(const QString &domain, const QList<discovery::MailExchanger> &records)
    {
        exchangers.insert(domain, { .outcome = discovery::NameOutcome::Found, .exchangers = records });
    }

    void addServices(const QString &name, const QList<discovery::ServiceRecord> &records)
    {
        services.insert(name, { .outcome = discovery::NameOutcome::Found, .records = records });
    }

    void letTimePass(Milliseconds time)
    {
        const base::MonotonicTime end = m_clock.monotonic() + time;
        for (;;) {
            const auto next
                = std::min_element(m_timers.begin(), m_timers.end(), [](const Timer &a, const Timer &b) {
                      return std::pair(a.due, a.number) < std::pair(b.due, b.number);
                  });
            if (next == m_timers.end() || next->due > end)
                break;
            const Timer timer = *next;
            m_timers.erase(next);
            m_clock.advance(std::chrono::duration_cast<Milliseconds>(
                std::max(timer.due - m_clock.monotonic(), base::MonotonicTime::duration(0))));
            if (timer.context)
                timer.action();
        }
        m_clock.advance(std::chrono::duration_cast<Milliseconds>(end - m_clock.monotonic()));
    }

    // Surroundings
    const base::Clock &clock() const override { return m_clock; }
    void callLater(Milliseconds delay, QObject *context, std::function<void()> action) override
    {
        m_timers.append({ m_clock.monotonic() + delay, m_number++, context, std::move(action) });
    }
    discovery::NameService &names() override { return *this; }
    discovery::WebFetcher &web() override { return *this; }
    discovery::Wire *makeWire(QObject * /*parent*/) override
    {
        qFatal("a lookup connects to nothing");
        return nullptr;
    }
    void findProxies(const QString & /*host*/, quint16 /*port*/, QObject * /*context*/,
                     std::function<void(const QList<QNetworkProxy> &)> /*answer*/) override
    { }
    discovery::NetworkState network() const override { return {}; }
    std::unique_ptr<discovery::CandidateFinder>
    makeFinder(const discovery::Query & /*query*/, const discovery::FinderOptions & /*options*/) override
    {
        return nullptr;
    }

    // NameService
    void lookUpHost(const QString &name, QObject * /*context*/,
                    std::function<void(const discovery::HostAnswer &)> /*answer*/) override
    {
        nameQuestions.append(name);
    }
    void lookUpMailExchangers(const QString &domain, QObject *context,
                              std::function<void(const discovery::MailExchangerAnswer &)> answer) override
    {
        nameQuestions.append(domain);
        reply(domain, context, answer,
              exchangers.value(domain, { .outcome = discovery::NameOutcome::NotFound }));
    }
    void lookUpService(const QString &name, QObject *context,
                       std::function<void(const discovery::ServiceAnswer &)> answer) override
    {
        nameQuestions.append(name);
        reply(name, context, answer, services.value(name, { .outcome = discovery::NameOutcome::NotFound }));
    }

    // WebFetcher
    void fetch(const QUrl &url, QObject *context,
               std::function<void(const discovery::WebAnswer &)> answer) override
    {
        using Outcome = discovery::WebAnswer::Outcome;
        const QString text = url.toString(QUrl::FullyEncoded);
        webQuestions.append(text);
        const QList<QString> known = documents.keys();
        const bool isHost = std::any_of(known.cbegin(), known.cend(), [&url](const QString &one) {
            return QUrl(one).host() == url.host();
        });
        discovery::WebAnswer missing { .outcome = isHost ? Outcome::Answered : Outcome::HostNotFound,
                                       .status = isHost ? 404 : 0,
                                       .url = url };
        reply(text, context, answer, documents.value(text, missing));
    }

private:
    struct Timer
    {
        base::MonotonicTime due {};
        int number = 0;
        QPointer<QObject> context {};
        std::function<void()> action {};
    };

    template <typename Answer>
    void reply(const QString &question, QObject *context, const std::function<void(const Answer &)> &answer,
               const Answer &content)
    {
        callLater(delays.value(question, Milliseconds(1)), context, [answer, content] { answer(content); });
    }

    support::ManualClock m_clock {};
    QList<Timer> m_timers {};
    int m_number = 0;
};

} // namespace postrider::tests
