// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/courier.h"

#include "delivery/problems.h"

#include <QDir>
#include <QLoggingCategory>

#include <algorithm>
#include <chrono>
#include <utility>

namespace postrider::delivery {

using outbox::MessageSummary;
using outbox::Problem;
using outbox::Result;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(logDelivery, "postrider.delivery", QtInfoMsg)

/// A timer that slept through the computer's own sleep must look again soon after it.
constexpr std::chrono::milliseconds LongestWait = 60s;
constexpr std::chrono::milliseconds ShortestWait = 200ms;

} // namespace

Courier::Courier(QString profileFolder, StoreThread &storeThread, secrets::SecretStore &secretStore,
                 const base::Clock &clock)
    : m_profileFolder(std::move(profileFolder))
    , m_storeThread(storeThread)
    , m_secretStore(secretStore)
    , m_clock(clock)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Courier::wake);
    connect(&m_storeThread, &StoreThread::changed, this, &Courier::wake);
}

Courier::~Courier() = default;

void Courier::setAccounts(const QList<accounts::Account> &accounts)
{
    m_accounts.clear();
    for (const accounts::Account &account : accounts)
        m_accounts.insert(account.id, account);
    wake();
}

void Courier::wake()
{
    if (m_isStopping)
        return;
    if (m_isLooking) {
        m_lookAgain = true;
        return;
    }
    lookForWork();
}

void Courier::lookForWork()
{
    m_isLooking = true;
    m_lookAgain = false;
    m_storeThread.read(
        this, [](Disk &disk) { return disk.store->due(); },
        [this](Result<QList<MessageSummary>> due) {
            m_isLooking = false;
            if (m_isStopping)
                return;
            if (due) {
                startRuns(*due);
            } else {
                qCWarning(logDelivery) << "The outbox could not be read:" << due.error().reason;
                Q_EMIT troubled(due.error());
            }
            if (m_lookAgain)
                lookForWork();
            else
                scheduleNext();
        });
}

void Courier::startRuns(const QList<MessageSummary> &due)
{
    for (const MessageSummary &message : due) {
        if (AccountRun *run = m_runs.value(message.accountId))
            run->wake();
        else
            startRun(message);
    }
    if (due.isEmpty() && !m_lookAgain && !isBusy())
        Q_EMIT idle();
}

bool Courier::isBusy() const
{
    return std::any_of(m_runs.begin(), m_runs.end(),
                       [](const AccountRun *run) { return run->state() != AccountRun::State::Idle; });
}

void Courier::scheduleNext()
{
    m_storeThread.read(
        this, [](Disk &disk) { return disk.store->nextDue(); },
        [this](const Result<QDateTime> &next) {
            if (m_isStopping || (next && next->isNull()))
                return;
            const std::chrono::milliseconds wait { next ? m_clock.now().msecsTo(*next)
                                                        : LongestWait.count() };
            // What is due already belongs to a busy account, whose run looks again when it ends; but it hides
            // what other accounts have planned for later.
            const bool isTaken = wait <= 0ms && !m_runs.isEmpty();
            m_timer->start(isTaken ? LongestWait : std::clamp(wait, ShortestWait, LongestWait));
        });
}

void Courier::startRun(const MessageSummary &message)
{
    auto *run = new AccountRun(
        { .storeThread = m_storeThread, .secretStore = m_secretStore, .clock = m_clock }, message.id, this);
    m_runs.insert(message.accountId, run);
    connect(run, &AccountRun::progressed, this, &Courier::progressed);
    connect(run, &AccountRun::idled, this, &Courier::wake);
    connect(run, &AccountRun::troubled, this, &Courier::troubled);
    connect(run, &AccountRun::ended, this, [this, id = message.accountId] { runEnded(id); });

    if (message.accountId == accounts::Account::practiceId()) {
        usePracticeServer(run);
        return;
    }
    if (m_accounts.contains(message.accountId)) {
        useAccount(run, message.accountId);
        return;
    }
    // Another process may have added the account since the list was read.
    m_storeThread.read(
        run, [](Disk &disk) { return disk.accounts.load(); },
        [this, run, id = message.accountId](
            const base::Expected<accounts::AccountList, accounts::AccountError> &loaded) {
            if (run->state() != AccountRun::State::Starting)
                return; // stopped meanwhile
            if (!loaded) {
                // Whether the account is gone cannot be said.
                qCWarning(logDelivery) << "The accounts could not be read:" << loaded.error().reason;
                run->rest({ .kind = outbox::StoreError::Kind::Failed,
                            .subject = loaded.error().path,
                            .reason = loaded.error().reason });
                return;
            }
            for (const accounts::Account &account : loaded->accounts)
                m_accounts.insert(account.id, account);
            Q_EMIT accountsRead(loaded->accounts);
            useAccount(run, id);
        });
}

void Courier::useAccount(AccountRun *run, const QString &id)
{
    const auto account = m_accounts.constFind(id);
    if (account == m_accounts.constEnd()) {
        Problem problem;
        problem.kind = Problem::Kind::AccountMissing;
        run->giveUp(problem);
        return;
    }
    run->start(*account, m_tickets.take(id));
}

void Courier::usePracticeServer(AccountRun *run)
{
    using practice::PracticeServer;
    const QString folder = QDir(m_profileFolder).filePath(QStringLiteral("practice"));
    auto access = PracticeServer::readAccess(folder);
    if (!access) {
        m_practiceServer
            = std::make_unique<PracticeServer>(PracticeServer::Config { .folder = folder, .port = 0 });
        connect(m_practiceServer.get(), &PracticeServer::caught, this, &Courier::practiceCaught);
        access = m_practiceServer->start();
    }
    accounts::Account account = PostOffice::practiceAccount();
    if (!access) {
        m_practiceServer.reset();
        run->fail(account, toProblem(access.error()));
        return;
    }
    account.server.port = access->port;
    account.user = access->user;
    account.pinnedKey = access->keySha256;
    run->start(account, base::Secret(access->password));
}

void Courier::runEnded(const QString &account)
{
    AccountRun *run = m_runs.take(account);
    if (net::TlsTicket ticket = run->tlsTicket(); !ticket.isNull())
        m_tickets.insert(account, std::move(ticket));
    run->deleteLater();
    if (!m_isStopping)
        wake();
    else if (m_runs.isEmpty())
        Q_EMIT stopped();
}

void Courier::stop()
{
    m_isStopping = true;
    m_timer->stop();
    const QList<AccountRun *> runs = m_runs.values();
    for (AccountRun *run : runs)
        run->stop();
    if (runs.isEmpty())
        Q_EMIT stopped();
}

} // namespace postrider::delivery
