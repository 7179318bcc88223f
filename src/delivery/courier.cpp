// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/courier.h"

#include "delivery/problems.h"
#include "outbox/retrypolicy.h"

#include <QDir>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Job;
using outbox::MessageId;
using outbox::MessageSummary;
using outbox::Problem;
using outbox::Result;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(logDelivery, "postrider.delivery", QtInfoMsg)

/// A timer that slept through the computer's own sleep must look again soon after it.
constexpr std::chrono::milliseconds LongestWait = 60s;
constexpr std::chrono::milliseconds ShortestWait = 200ms;
/// How soon what could not be written (disk full) is written again.
constexpr std::chrono::milliseconds WriteAgain = 5s;
/// How long an account rests whose messages could not be taken from the disk: every try is a sign-in.
constexpr std::chrono::milliseconds RestAfterDiskFailure = 30s;
constexpr std::chrono::milliseconds ProgressInterval = 100ms;

double dice()
{
    return QRandomGenerator::global()->generateDouble() * 2 - 1;
}

smtp::Envelope toEnvelope(const Job &job)
{
    using Envelope = smtp::Envelope;
    return { .reversePath = job.reversePath,
             .recipients = job.recipients,
             .size = job.size,
             .body = job.eightBit ? Envelope::Body::EightBitMime : Envelope::Body::SevenBit,
             .addresses = job.smtpUtf8 ? Envelope::Addresses::Utf8 : Envelope::Addresses::Ascii };
}

/// The outcome of an attempt that ended before anything was decided: everybody waits as before.
AttemptOutcome undecided(const Job &job)
{
    AttemptOutcome outcome;
    for (const QByteArray &address : job.recipients) {
        outcome.recipients.append({ .address = address,
                                    .state = outbox::RecipientState::Queued,
                                    .code = 0,
                                    .enhanced = {},
                                    .text = {} });
    }
    return outcome;
}

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
            if (due)
                startRuns(*due);
            else
                qCWarning(logDelivery) << "The outbox could not be read:" << due.error().reason;
            if (m_lookAgain)
                lookForWork();
            else
                scheduleNext();
        });
}

void Courier::startRuns(const QList<MessageSummary> &due)
{
    for (const MessageSummary &message : due) {
        if (!m_runs.contains(message.accountId))
            startRun(message);
    }
    if (m_runs.isEmpty() && due.isEmpty() && !m_lookAgain)
        Q_EMIT idle();
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
            const bool isBusy = wait <= 0ms && !m_runs.isEmpty();
            m_timer->start(isBusy ? LongestWait : std::clamp(wait, ShortestWait, LongestWait));
        });
}

void Courier::startRun(const MessageSummary &message)
{
    auto run = std::make_shared<Run>();
    run->first = message.id;
    m_runs.insert(message.accountId, run);

    if (message.accountId == accounts::Account::practiceId()) {
        run->account = PostOffice::practiceAccount();
        usePracticeServer(run);
        return;
    }
    run->account.id = message.accountId;
    if (m_accounts.contains(message.accountId)) {
        useAccount(run);
        return;
    }
    // Another process may have added the account since the list was read.
    m_storeThread.read(
        this, [](Disk &disk) { return disk.accounts.load(); },
        [this, run](const base::Expected<accounts::AccountList, accounts::AccountError> &loaded) {
            if (!loaded) {
                // Whether the account is gone cannot be said.
                qCWarning(logDelivery) << "The accounts could not be read:" << loaded.error().reason;
                run->diskFailed = true;
                end(run);
                return;
            }
            for (const accounts::Account &account : loaded->accounts)
                m_accounts.insert(account.id, account);
            Q_EMIT accountsRead(loaded->accounts);
            useAccount(run);
        });
}

void Courier::useAccount(const RunPointer &run)
{
    if (m_isStopping) {
        end(run);
        return;
    }
    const auto account = m_accounts.constFind(run->account.id);
    if (account == m_accounts.constEnd()) {
        Problem problem;
        problem.kind = Problem::Kind::AccountMissing;
        m_storeThread.change(
            this, [id = run->first, problem](Disk &disk) { return disk.store->setAsideMessage(id, problem); },
            [this, run](const Result<void> &written) {
                run->diskFailed = !written && written.error().kind != outbox::StoreError::Kind::WrongState;
                end(run);
            });
        return;
    }
    run->account = *account;
    reportProgress(run, Progress::Phase::Connecting, 0);
    if (run->account.user.isEmpty())
        connectTo(run, {});
    else
        fetchPassword(run);
}

void Courier::usePracticeServer(const RunPointer &run)
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
    if (!access) {
        m_practiceServer.reset();
        accountTrouble(run, toProblem(access.error()));
        return;
    }
    run->account.server.port = access->port;
    run->account.user = access->user;
    run->account.pinnedKey = access->keySha256;
    connectTo(run, base::Secret(access->password));
}

void Courier::fetchPassword(const RunPointer &run)
{
    run->isWaiting = true;
    m_secretStore.read({ .accountId = run->account.id,
                         .kind = secrets::SecretKey::Kind::Password,
                         .host = run->account.server.host },
                       this, [this, run](base::Expected<base::Secret, secrets::SecretError> password) {
                           if (!std::exchange(run->isWaiting, false))
                               return; // stopped meanwhile
                           if (password)
                               connectTo(run, std::move(*password));
                           else
                               accountTrouble(run, toProblem(password.error()));
                       });
}

void Courier::connectTo(const RunPointer &run, base::Secret password)
{
    run->handover = new Handover(
        { .account = run->account, .password = std::move(password), .timeouts = {}, .connectTimeout = {} },
        m_clock, this);
    connect(run->handover, &Handover::connected, this,
            [this, run] { reportProgress(run, Progress::Phase::SigningIn, 0); });
    connect(run->handover, &Handover::ready, this, [this, run] {
        run->isReady = true;
        if (!run->job && !run->isWriting)
            takeNext(run);
    });
    connect(run->handover, &Handover::finalOctetDue, this, [this, run] { markFinalOctet(run); });
    connect(run->handover, &Handover::progressed, this,
            [this, run](qint64 octets) { reportProgress(run, Progress::Phase::Sending, octets); });
    connect(run->handover, &Handover::done, this,
            [this, run](const AttemptOutcome &outcome) { finish(run, outcome); });
    connect(run->handover, &Handover::failed, this,
            [this, run](const Problem &problem) { connectionFailed(run, problem); });
    connect(run->handover, &Handover::closed, this, [this, run] {
        dropConnection(run);
        end(run);
    });
    run->handover->open();
}

void Courier::takeNext(const RunPointer &run)
{
    if (m_isStopping) {
        run->handover->close();
        return;
    }
    if (!run->first.isEmpty()) {
        // The server let us in: whatever kept the account back is over. That it also takes messages shows
        // with the first one; until then the failures count on, or the waits would never grow.
        m_storeThread.change(
            this,
            [id = run->account.id](Disk &disk) -> Result<void> {
                const auto hold = disk.store->accountHold(id);
                if (hold && hold->state == outbox::AccountHold::State::Ready)
                    return {};
                outbox::AccountHold over;
                over.failures = hold ? hold->failures : 0;
                return disk.store->setAccountHold(id, over);
            },
            [](const Result<void> &) {});
        begin(run, std::exchange(run->first, {}));
        return;
    }
    m_storeThread.read(
        this, [](Disk &disk) { return disk.store->due(); },
        [this, run](const Result<QList<MessageSummary>> &due) {
            if (!run->handover)
                return; // the connection broke meanwhile and the run has ended
            for (const MessageSummary &message : due.value_or(QList<MessageSummary> {})) {
                if (message.accountId == run->account.id && !m_isStopping) {
                    begin(run, message.id);
                    return;
                }
            }
            run->handover->close();
        });
}

void Courier::begin(const RunPointer &run, const MessageId &id)
{
    run->isWriting = true;
    m_storeThread.change(
        this, [id](Disk &disk) { return disk.store->begin(id); },
        [this, run](Result<Job> job) {
            run->isWriting = false;
            if (!job) {
                // Cancelled or taken meanwhile, or the disk does not let us write.
                using Kind = outbox::StoreError::Kind;
                if (job.error().kind != Kind::WrongState && job.error().kind != Kind::NoSuchMessage) {
                    qCWarning(logDelivery) << "A message could not be begun:" << job.error().reason;
                    run->diskFailed = true;
                }
                if (run->handover)
                    run->handover->close();
                else
                    afterMessage(run);
                return;
            }
            if (run->handover && !m_isStopping) {
                submit(run, std::move(*job));
                return;
            }
            dropConnection(run);
            run->job = std::move(*job);
            finish(run, undecided(*run->job));
        });
}

void Courier::submit(const RunPointer &run, Job job)
{
    run->job = std::move(job);
    std::unique_ptr<QIODevice> content = outbox::openContent(*run->job);
    if (!content) {
        AttemptOutcome outcome = undecided(*run->job);
        outcome.problem.kind = Problem::Kind::ContentMissing;
        outcome.problem.subject = run->job->contentPath;
        finish(run, outcome);
        return;
    }
    run->isReady = false;
    run->sinceProgress.invalidate();
    reportProgress(run, Progress::Phase::Sending, 0);
    run->handover->submit(toEnvelope(*run->job), std::move(content));
}

void Courier::markFinalOctet(const RunPointer &run)
{
    m_storeThread.change(
        this, [attempt = run->job->attempt](Disk &disk) { return disk.store->markFinalOctet({ attempt }); },
        [this, run](const Result<void> &marked) {
            if (!run->handover || !run->job)
                return;
            if (!marked || m_isStopping) {
                // Without the mark on disk the last octet must not leave; the server has not taken anything
                // yet.
                run->diskFailed = !marked;
                dropConnection(run);
                finish(run, undecided(*run->job));
                return;
            }
            run->sinceProgress.invalidate();
            reportProgress(run, Progress::Phase::WaitingForAnswer, run->job->size);
            run->handover->releaseFinalOctet();
        });
}

void Courier::finish(const RunPointer &run, const AttemptOutcome &outcome)
{
    run->isWriting = true;
    if (accountEffect(outcome.problem) == AccountEffect::Held)
        run->trouble = outcome.problem; // for example 530 to MAIL: the next message would meet the same
    m_storeThread.change(
        this,
        [attempt = run->job->attempt, id = run->job->id, account = run->account.id,
         outcome](Disk &disk) -> Result<void> {
            if (Result<void> finished = disk.store->finish(attempt, outcome); !finished)
                return finished;
            if (outcome.reachedMail && accountEffect(outcome.problem) == AccountEffect::None) {
                const auto hold = disk.store->accountHold(account);
                // Only a count of past failures is at stake: it is no reason to write the outcome again.
                if (hold && hold->state == outbox::AccountHold::State::Ready && hold->failures > 0)
                    static_cast<void>(disk.store->setAccountHold(account, {}));
            }
            if (outcome.problem.kind == Problem::Kind::ContentMissing)
                return disk.store->setAsideMessage(id, outcome.problem);
            return {};
        },
        [this, run, outcome](const Result<void> &written) {
            if (!written && written.error().kind != outbox::StoreError::Kind::WrongState) {
                qCWarning(logDelivery) << "An outcome could not be written yet:" << written.error().reason;
                if (m_isStopping) {
                    // The next start finds the attempt open and knows by its mark what to make of it.
                    dropConnection(run);
                    end(run);
                    return;
                }
                run->unwritten = outcome;
                doLater(run, WriteAgain,
                        [this, run] { finish(run, *std::exchange(run->unwritten, std::nullopt)); });
                return;
            }
            run->isWriting = false;
            run->job.reset();
            afterMessage(run);
        });
}

void Courier::afterMessage(const RunPointer &run)
{
    if (run->trouble) {
        dropConnection(run);
        accountTrouble(run, *std::exchange(run->trouble, std::nullopt));
    } else if (!run->handover) {
        end(run);
    } else if (m_isStopping && !run->isReady) {
        dropConnection(run);
        end(run);
    } else if (run->isReady) {
        takeNext(run); // otherwise the session still clears the failed transaction away, and ready() comes
    }
}

void Courier::connectionFailed(const RunPointer &run, const Problem &problem)
{
    dropConnection(run);
    if (!run->isWriting) {
        // A server that only refuses RSET is asked again on a new connection (the message before has its
        // outcome); everything else would be met again.
        if (accountEffect(problem) == AccountEffect::None)
            end(run);
        else
            accountTrouble(run, problem);
        return;
    }
    // The open message's own outcome tells of the break. Only what the next connection would meet again as
    // well is the account's trouble too, and what came while no message was open.
    const bool isOpen = run->job.has_value();
    if (!isOpen || problem.kind == Problem::Kind::ServerBusy || accountEffect(problem) == AccountEffect::Held)
        run->trouble = problem;
}

void Courier::accountTrouble(const RunPointer &run, const Problem &problem)
{
    const QDateTime now = m_clock.now();
    const double jitter = dice();
    m_storeThread.change(
        this,
        [id = run->account.id, problem, now, jitter](Disk &disk) -> Result<void> {
            const auto before = disk.store->accountHold(id);
            outbox::AccountHold hold;
            hold.problem = problem;
            hold.failures = (before ? before->failures : 0) + 1;
            if (accountEffect(problem) == AccountEffect::Held) {
                hold.state = outbox::AccountHold::State::Held;
            } else {
                hold.state = outbox::AccountHold::State::Waiting;
                hold.until = now.addSecs(outbox::serverBackoff(hold.failures, jitter).count());
            }
            return disk.store->setAccountHold(id, hold);
        },
        [this, run, problem](const Result<void> &written) {
            if (written || m_isStopping)
                end(run);
            else // ending it without would try the server or the password again at once
                doLater(run, WriteAgain, [this, run, problem] { accountTrouble(run, problem); });
        });
}

void Courier::dropConnection(const RunPointer &run)
{
    if (!run->handover)
        return;
    run->handover->abort();
    run->handover->deleteLater();
    run->handover = nullptr;
}

/// Goes on with a run after a pause, unless stop() came meanwhile.
template <typename Step>
void Courier::doLater(const RunPointer &run, std::chrono::milliseconds wait, Step step)
{
    run->isWaiting = true;
    QTimer::singleShot(wait, this, [run, step = std::move(step)] {
        if (std::exchange(run->isWaiting, false))
            step();
    });
}

void Courier::end(const RunPointer &run)
{
    if (std::exchange(run->diskFailed, false) && !m_isStopping) {
        doLater(run, RestAfterDiskFailure, [this, run] { end(run); });
        return;
    }
    if (m_runs.value(run->account.id) == run)
        m_runs.remove(run->account.id);
    if (!m_isStopping)
        wake();
    else if (m_runs.isEmpty())
        Q_EMIT stopped();
}

void Courier::stop()
{
    m_isStopping = true;
    m_timer->stop();
    if (m_runs.isEmpty()) {
        Q_EMIT stopped();
        return;
    }
    const QList<RunPointer> runs = m_runs.values();
    for (const RunPointer &run : runs) {
        if (std::exchange(run->isWaiting, false)) {
            if (run->unwritten)
                finish(run, *std::exchange(run->unwritten, std::nullopt)); // for the last time
            else
                end(run);
            continue;
        }
        if (!run->handover || run->isWriting || run->handover->isPastFinalOctet())
            continue; // waiting for the disk or the server's answer; each of them ends the run
        dropConnection(run);
        if (run->job)
            finish(run, undecided(*run->job));
        else
            end(run);
    }
}

void Courier::reportProgress(const RunPointer &run, Progress::Phase phase, qint64 octets)
{
    if (run->sinceProgress.isValid() && phase == Progress::Phase::Sending && run->job
        && octets < run->job->size && run->sinceProgress.elapsed() < ProgressInterval.count())
        return;
    run->sinceProgress.start();
    Q_EMIT progressed({ .id = run->job ? run->job->id : run->first,
                        .phase = phase,
                        .octets = octets,
                        .total = run->job ? run->job->size : 0 });
}

} // namespace postrider::delivery
