// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/accountstore.h"
#include "delivery/fakenetwork.h"
#include "delivery/postoffice.h"
#include "support/comparewords.h"
#include "support/fakesmtpserver.h"
#include "support/manualclock.h"
#include "support/memorysecretstore.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace postrider::delivery {

/// A post office with one account at a server that does as it is told, and a clock that stands still.
class DeliveryFixture
{
public:
    using Server = support::FakeSmtpServer;

    /// The office closes as a program that is ended does.
    ~DeliveryFixture() { close(); }
    DeliveryFixture() = default;
    Q_DISABLE_COPY_MOVE(DeliveryFixture)

    void serve(Server::Behaviour behaviour)
    {
        behaviour.identity = m_authority.issue();
        m_server = std::make_unique<Server>(std::move(behaviour));
        account.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
        account.name = QStringLiteral("example.org");
        account.email = QStringLiteral("ann@example.org");
        account.server = { .host = QStringLiteral("localhost"),
                           .port = m_server->port(),
                           .security = accounts::Security::StartTls };
        account.user = QStringLiteral("ann");
        account.caFile = profile.writeBeside(QStringLiteral("ca.pem"), m_authority.certificate().toPem());
        m_secrets.write({ .accountId = account.id,
                          .kind = secrets::SecretKey::Kind::Password,
                          .host = account.server.host },
                        base::Secret("tanstaaf"), &m_context,
                        [](const base::Expected<void, secrets::SecretError> &) {});
    }

    /// With the account as it is now.
    [[nodiscard]] bool open(PostOffice::Delivery delivery = PostOffice::Delivery::WhenFree)
    {
        QDir().mkpath(profile.folder());
        if (!std::exchange(m_isSaved, true) && !accounts::AccountStore(profile.folder()).add(account))
            return false;
        m_office = std::make_unique<PostOffice>(PostOffice::Options { .profileFolder = profile.folder(),
                                                                      .delivery = delivery,
                                                                      .network = &network },
                                                m_secrets, clock);
        QSignalSpy opened(m_office.get(), &PostOffice::opened);
        m_office->open();
        return opened.wait(10'000);
    }
    void close()
    {
        if (!m_office)
            return;
        QSignalSpy closed(m_office.get(), &PostOffice::closed);
        m_office->close();
        if (closed.isEmpty())
            closed.wait(10'000);
        m_office.reset();
    }
    [[nodiscard]] PostOffice &office() { return *m_office; }
    [[nodiscard]] Server &server() { return *m_server; }
    [[nodiscard]] support::MemorySecretStore &keychain() { return m_secrets; }
    /// The account's password for a host, as the keychain has it.
    [[nodiscard]] QByteArray secretOf(const QString &host) const
    {
        return m_secrets.stored(
            { .accountId = account.id, .kind = secrets::SecretKey::Kind::Password, .host = host });
    }
    /// For another server that the account trusts.
    [[nodiscard]] support::TestCertificate issueCertificate() { return m_authority.issue(); }

    [[nodiscard]] static mime::Draft draft(const QString &subject = QStringLiteral("One"),
                                           const QString &text = QStringLiteral("Hello.\n"))
    {
        mime::Draft draft;
        draft.from = { QStringLiteral("Ann"), QStringLiteral("ann"), QStringLiteral("example.org") };
        draft.to = { { {}, QStringLiteral("bob"), QStringLiteral("example.net") } };
        draft.subject = subject;
        draft.text = text;
        return draft;
    }
    /// The new message's id; empty when it was refused.
    [[nodiscard]] outbox::MessageId send(const mime::Draft &message = draft(), outbox::SendOptions how = {})
    {
        how.accountId = account.id;
        return ask<outbox::MessageId>([&](auto answer) { m_office->send(message, how, &m_context, answer); })
            .value_or(outbox::MessageId());
    }
    [[nodiscard]] QList<outbox::MessageSummary> list()
    {
        using Rows = QList<outbox::MessageSummary>;
        return ask<Rows>([&](auto answer) { m_office->list(1000, 0, &m_context, answer); }).value_or(Rows());
    }
    [[nodiscard]] outbox::MessageSummary find(const outbox::MessageId &id)
    {
        const auto found
            = ask<outbox::MessageDetails>([&](auto answer) { m_office->find(id, &m_context, answer); });
        return found ? found->summary : outbox::MessageSummary();
    }
    [[nodiscard]] bool act(const outbox::MessageId &id, PostOffice::Action action)
    {
        return ask<void>([&](auto answer) { m_office->act(id, action, &m_context, answer); }).has_value();
    }
    [[nodiscard]] outbox::AccountHold hold()
    {
        return ask<outbox::AccountHold>(
                   [&](auto answer) { m_office->accountHold(account.id, &m_context, answer); })
            .value_or(outbox::AccountHold());
    }
    [[nodiscard]] std::optional<outbox::PaceReport> pace()
    {
        const auto report
            = ask<outbox::PaceReport>([&](auto answer) { m_office->pace(account.id, &m_context, answer); });
        return report ? std::optional(*report) : std::nullopt;
    }
    [[nodiscard]] bool setPace(const outbox::PaceLimits &chosen)
    {
        return ask<void>([&](auto answer) { m_office->setPace(account.id, chosen, &m_context, answer); })
            .has_value();
    }

    /// Waits for the office's answer to a question.
    template <typename T, typename Question>
    [[nodiscard]] base::Expected<T, Trouble> ask(Question question)
    {
        std::optional<base::Expected<T, Trouble>> result;
        QEventLoop waiting;
        question([&result, &waiting](const base::Expected<T, Trouble> &answer) {
            result.emplace(answer);
            waiting.quit();
        });
        QTimer::singleShot(std::chrono::seconds(10), &waiting, &QEventLoop::quit);
        if (!result)
            waiting.exec();
        return result ? *result : base::Unexpected(Trouble(outbox::StoreError {}));
    }

    /// Time passes, and something happens that makes everybody look again: a real timer would have to run as
    /// long as the time that passes here.
    void letPass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        const auto set = ask<void>(
            [&](auto answer) { m_office->setPace(accounts::Account::practiceId(), {}, &m_context, answer); });
        QVERIFY(set);
    }
    /// As much as all threads need for what they know of by now.
    void settle()
    {
        for (int i = 0; i < 3; ++i) {
            QSignalSpy changed(m_office.get(), &PostOffice::outboxChanged);
            letPass(std::chrono::milliseconds(0));
            QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 10'000);
            static_cast<void>(list());
        }
    }

    [[nodiscard]] qsizetype count(QByteArrayView verb) const
    {
        const QList<Server::Command> commands = m_server->commands();
        return std::count_if(commands.begin(), commands.end(), [verb](const Server::Command &command) {
            return command.line.startsWith(verb);
        });
    }

    FakeNetwork network {};
    support::TempProfile profile {};
    support::ManualClock clock { QDateTime::currentDateTimeUtc() }; // certificates are of this time
    accounts::Account account {};

private:
    support::TestAuthority m_authority {};
    support::MemorySecretStore m_secrets {};
    std::unique_ptr<Server> m_server {};
    std::unique_ptr<PostOffice> m_office {};
    bool m_isSaved = false;
    QObject m_context {};
};

} // namespace postrider::delivery
