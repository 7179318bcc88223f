// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/courier.h"

#include "delivery/commandtransport.h"
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
constexpr std::chrono::milliseconds WaitBesideRuns = 2s;
constexpr std::chrono::milliseconds WaitAfterTrouble = 5s;
/// Nobody schedules further ahead.
constexpr std::chrono::seconds LongestPlan = std::chrono::years { 10 };
/// How long an account's alternate is tried before its own server: each try of a port that is closed costs
/// time, but what closes ports is often over soon.
constexpr std::chrono::seconds WayAge = 1h;

} // namespace

Courier::Courier(QString profileFolder, StoreThread &storeThread, secrets::SecretStore &secretStore,
                 oauth::TokenKeeper &tokenKeeper, const base::Clock &clock)
    : m_profileFolder(std::move(profileFolder))
    , m_storeThread(storeThread)
    , m_secretStore(secretStore)
    , m_tokenKeeper(tokenKeeper)
    , m_clock(clock)
    , m_timer(new QTimer(this))
{
    CommandTransport::removeLeftovers(m_profileFolder);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (m_isLooking || m_planned.isNull() || m_planned > m_clock.now())
            wake();
        else
            lookForWork(Occasion::Planned);
    });
    connect(&m_storeThread, &StoreThread::changed, this, &Courier::wake);
}

Courier::~Courier() = default;

void Courier::setAccounts(const QList<accounts::Account> &accounts)
{
    const QHash<QString, accounts::Account> before = std::exchange(m_accounts, {});
    for (const accounts::Account &account : accounts)
        m_accounts.insert(account.id, account);
    for (const accounts::Account &account : before) {
        const auto now = m_accounts.constFind(account.id);
        if (now == m_accounts.constEnd() || *now != account)
            forgetWay(account.id);
    }
    wake();
}

/// The account is another one now: what was made or learnt for the former one is not used any more.
void Courier::forgetWay(const QString &account)
{
    m_tickets.remove(account);
    m_ways.remove(account);
    m_futureReleases.remove(account);
    const QList<AccountRun *> runs = m_runs.value(account);
    for (AccountRun *run : runs)
        run->retire();
}

void Courier::wake()
{
    if (m_isStopping)
        return;
    if (m_isLooking)
        m_lookAgain = true;
    else
        lookForWork(Occasion::News);
}

void Courier::networkReturned()
{
    if (m_isStopping)
        return;
    m_ways.clear();
    for (const QList<AccountRun *> &runs : std::as_const(m_runs)) {
        for (AccountRun *run : runs)
            run->networkReturned();
    }
    QStringList ids = m_accounts.keys();
    m_storeThread.change(
        this, [ids](Disk &disk) { return releaseUnreached(disk, ids); },
        [this](const Result<void> &released) {
            if (!released)
                Q_EMIT troubled(released.error());
        });
}

void Courier::lookForWork(Occasion occasion)
{
    m_isLooking = true;
    m_lookAgain = false;
    const auto look
        = [rules = rules(), &clock = m_clock](Disk &disk) { return planWork(disk, rules, clock.now()); };
    const auto act = [this](const Result<WorkPlan> &plan) {
        m_isLooking = false;
        if (m_isStopping)
            return;
        if (plan) {
            startRuns(plan->due);
            prepareRuns(plan->soon);
        } else {
            qCWarning(logDelivery) << "The outbox could not be read:" << plan.error().reason;
            Q_EMIT troubled(plan.error());
        }
        if (m_lookAgain)
            lookForWork(Occasion::News);
        else
            scheduleNext(plan ? plan->next : m_clock.now().addMSecs(WaitAfterTrouble.count()));
    };
    if (occasion == Occasion::Planned)
        m_storeThread.change(this, look, act);
    else
        m_storeThread.read(this, look, act);
}

AccountRules Courier::rules() const
{
    const QDateTime now = m_clock.now();
    AccountRules rules;
    for (const accounts::Account &account : m_accounts) {
        if (account.inDoubtRule == accounts::InDoubtRule::Resend)
            rules.resending.append(account.id);
        if (account.laterDelivery != accounts::LaterDelivery::HoldAtServer)
            continue;
        const auto known = m_futureReleases.constFind(account.id);
        if (known == m_futureReleases.constEnd()) {
            rules.keptByServer.insert(account.id, now.addSecs(LongestPlan.count())); // the first one asks
        } else if (const auto &limits = *known) {
            rules.keptByServer.insert(account.id,
                                      std::min(limits->latest, now.addSecs(limits->longest.count())));
        }
    }
    return rules;
}

void Courier::startRuns(const QList<MessageSummary> &due)
{
    for (const MessageSummary &message : due) {
        const QList<AccountRun *> runs = m_runs.value(message.accountId);
        if (runs.isEmpty())
            startRun(message.accountId, AccountRun::Purpose::Deliver, message.id);
        else
            relieve(message, runs);
    }
    if (due.isEmpty() && !m_lookAgain && !isBusy())
        Q_EMIT idle();
}

/// An account with a connection has something due.
void Courier::relieve(const MessageSummary &message, const QList<AccountRun *> &runs)
{
    AccountRun *main = runs.first();
    const bool isBlocked = main->isBlocked();
    const bool isSlow = delivery::isSlow(main->speed());
    for (AccountRun *run : runs) {
        if (run == main || isBlocked || isSlow)
            run->wake(message.id);
        else
            run->retire(); // one connection keeps the order
    }
    const qsizetype most = isSlow ? ServerSpeed::MostConnections : isBlocked ? 2 : 1;
    const bool isAnyUnproven
        = std::any_of(runs.begin(), runs.end(), [](const AccountRun *run) { return run->isUnproven(); });
    if (runs.size() < most && !isAnyUnproven && message.size <= AccountRun::LargeMessage
        && !m_unrelieved.contains(message.accountId))
        startRun(message.accountId, AccountRun::Purpose::Relieve, message.id);
}

void Courier::prepareRuns(const QList<MessageSummary> &soon)
{
    for (const MessageSummary &message : soon) {
        if (m_runs.contains(message.accountId) || m_prepared.value(message.accountId) == message.id)
            continue;
        m_prepared.insert(message.accountId, message.id);
        startRun(message.accountId, AccountRun::Purpose::Prepare, {});
    }
}

bool Courier::isBusy() const
{
    return std::any_of(m_runs.begin(), m_runs.end(), [](const QList<AccountRun *> &runs) {
        return std::any_of(runs.begin(), runs.end(),
                           [](const AccountRun *run) { return run->state() != AccountRun::State::Idle; });
    });
}

void Courier::scheduleNext(const QDateTime &next)
{
    m_planned = next;
    if (next.isNull())
        return;
    const std::chrono::milliseconds wait { m_clock.now().msecsTo(next) };
    // What is due already belongs to a busy account, whose run looks again when it ends; but it hides what
    // other accounts have planned for later.
    const bool isTaken = wait <= 0ms && !m_runs.isEmpty();
    m_timer->start(isTaken ? WaitBesideRuns : std::clamp(wait, ShortestWait, LongestWait));
}

void Courier::startRun(const QString &account, AccountRun::Purpose purpose, const outbox::MessageId &first)
{
    auto *run = new AccountRun({ .storeThread = m_storeThread,
                                 .secretStore = m_secretStore,
                                 .tokenKeeper = m_tokenKeeper,
                                 .clock = m_clock,
                                 .profileFolder = m_profileFolder },
                               purpose, first, this);
    m_runs[account].append(run);
    connect(run, &AccountRun::progressed, this, &Courier::progressed);
    connect(run, &AccountRun::admitted, this,
            [this, account](const accounts::Server &way) { rememberWay(account, way); });
    connect(run, &AccountRun::futureReleaseLearnt, this,
            [this, account](const std::optional<smtp::Capabilities::FutureReleaseLimits> &limits) {
                m_futureReleases.insert(account, limits);
            });
    connect(run, &AccountRun::idled, this, &Courier::wake);
    connect(run, &AccountRun::troubled, this, &Courier::troubled);
    connect(run, &AccountRun::ended, this, [this, account, run] { runEnded(account, run); });

    if (account == accounts::Account::practiceId()) {
        usePracticeServer(run);
        return;
    }
    if (m_accounts.contains(account)) {
        useAccount(run, account);
        return;
    }
    // Another process may have added the account since the list was read.
    m_storeThread.read(
        run, [](Disk &disk) { return disk.accounts.load(); },
        [this, run,
         id = account](const base::Expected<accounts::AccountList, accounts::AccountError> &loaded) {
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
            for (const accounts::Account &known : loaded->accounts)
                m_accounts.insert(known.id, known);
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
    net::TlsTicket ticket = m_tickets.take(id);
    if (ticket.isNull())
        ticket = m_runs.value(id).first()->tlsTicket();
    run->start(*account, firstWay(*account), std::move(ticket));
}

accounts::Server Courier::firstWay(const accounts::Account &account) const
{
    const KnownWay known = m_ways.value(account.id);
    const QDateTime now = m_clock.now();
    const bool isFresh
        = known.since.isValid() && known.since <= now && known.since.addSecs(WayAge.count()) > now;
    return isFresh ? known.server : account.server;
}

void Courier::rememberWay(const QString &account, const accounts::Server &way)
{
    const auto known = m_accounts.constFind(account);
    if (known == m_accounts.constEnd())
        return; // the practice account has one way
    if (way == known->server)
        m_ways.remove(account);
    else if (way != firstWay(*known))
        m_ways.insert(account, { .server = way, .since = m_clock.now() });
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

void Courier::runEnded(const QString &account, AccountRun *run)
{
    QList<AccountRun *> &runs = m_runs[account];
    if (run == runs.first())
        m_unrelieved.remove(account);
    else if (run->isTurnedAway())
        m_unrelieved.insert(account);
    runs.removeOne(run);
    if (runs.isEmpty())
        m_runs.remove(account);
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
    QList<AccountRun *> all;
    for (const QList<AccountRun *> &runs : std::as_const(m_runs))
        all.append(runs);
    for (AccountRun *run : std::as_const(all))
        run->stop();
    if (all.isEmpty())
        Q_EMIT stopped();
}

} // namespace postrider::delivery
