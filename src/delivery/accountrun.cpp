// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/accountrun.h"

#include "delivery/commandtransport.h"
#include "delivery/handover.h"
#include "delivery/problems.h"
#include "delivery/signinproblems.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Job;
using outbox::Problem;
using outbox::RecipientState;
using outbox::Result;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(logDelivery, "postrider.delivery", QtInfoMsg)

/// Schedules what was begun before its time once more. What a person changed meanwhile stays changed.
Result<void> scheduleAgain(Disk &disk, const QList<std::pair<outbox::MessageId, QDateTime>> &messages)
{
    for (const auto &[id, time] : messages) {
        const Result<void> scheduled = disk.store->schedule(id, time);
        if (!scheduled && scheduled.error().kind != outbox::StoreError::Kind::WrongState)
            return scheduled;
    }
    return {};
}

/// How many recipients a transaction of these messages may have; asked only where it matters.
Result<int> recipientsAtOnce(Disk &disk, const QString &account, const QList<Job> &jobs, const QDateTime &now)
{
    const bool matters
        = std::any_of(jobs.begin(), jobs.end(), [](const Job &job) { return job.recipients.size() > 1; });
    if (!matters)
        return 0;
    const Result<outbox::PaceReport> report = disk.store->pace(account);
    if (!report)
        return base::Unexpected(report.error());
    return report->pace.inForce(now).recipientsPerMessage.value_or(0);
}

} // namespace

AccountRun::AccountRun(Means means, Purpose purpose, outbox::MessageId first, QObject *parent)
    : QObject(parent)
    , m_means(means)
    , m_purpose(purpose)
    , m_first(std::move(first))
    , m_transcript(std::make_shared<Transcript>())
{
    m_failed.started = m_means.clock.now();
    m_timer.setSingleShot(true);
}

AccountRun::~AccountRun() = default;

// --- the way to the server ---

void AccountRun::start(const accounts::Account &account, const accounts::Server &first, net::TlsTicket ticket)
{
    m_account = account;
    m_ticket = std::move(ticket);
    m_main = account.server;
    m_otherWays = accounts::waysTo(account);
    if (m_otherWays.contains(first))
        m_account.server = first;
    m_otherWays.removeOne(m_account.server);
    reportProgress(m_first, Progress::Phase::Connecting, 0, 0);
    readKnowledge();
}

void AccountRun::start(const accounts::Account &account, base::Secret password)
{
    m_account = account;
    m_main = account.server;
    reportProgress(m_first, Progress::Phase::Connecting, 0, 0);
    connectTo(std::move(password));
}

void AccountRun::fail(const accounts::Account &account, const Problem &problem)
{
    m_account = account;
    m_state = State::Settling;
    writeTrouble(problem);
}

void AccountRun::giveUp(const Problem &problem)
{
    if (m_first.isEmpty()) {
        end(); // what is due later finds out by itself
        return;
    }
    m_state = State::Settling;
    m_means.storeThread.change(
        this, [id = m_first, problem](Disk &disk) { return disk.store->setAsideMessage(id, problem); },
        [this](const Result<void> &written) {
            m_diskFailed = !written && written.error().kind != outbox::StoreError::Kind::WrongState;
            end();
        });
}

void AccountRun::rest(const outbox::StoreError &error)
{
    diskFailed(error);
    end();
}

void AccountRun::readKnowledge()
{
    m_means.storeThread.read(
        this, [id = m_account.id](Disk &disk) { return delivery::readKnowledge(disk, id); },
        [this](const Result<AccountKnowledge> &knowledge) {
            if (m_isStopping) {
                end();
                return;
            }
            if (!knowledge) {
                qCWarning(logDelivery) << "The outbox could not be read:" << knowledge.error().reason;
                rest(knowledge.error());
                return;
            }
            m_knowledge = *knowledge;
            if (!m_account.command.isEmpty())
                useTransport(new CommandTransport(m_account.command, m_means.profileFolder, this));
            else
                fetchSecret();
        });
}

void AccountRun::fetchSecret()
{
    if (m_account.oauth) {
        fetchToken();
        return;
    }
    if (m_account.user.isEmpty()) {
        connectTo({});
        return;
    }
    m_means.secretStore.read({ .accountId = m_account.id,
                               .kind = secrets::SecretKey::Kind::Password,
                               .host = m_account.server.host },
                             this, [this](base::Expected<base::Secret, secrets::SecretError> password) {
                                 if (m_state != State::Starting)
                                     return; // stopped meanwhile
                                 if (password)
                                     connectTo(std::move(*password));
                                 else
                                     fail(m_account, toProblem(password.error()));
                             });
}

void AccountRun::fetchToken()
{
    m_means.tokenKeeper.token(m_account, this, [this](base::Expected<base::Secret, oauth::TokenError> token) {
        if (m_state != State::Starting)
            return; // stopped meanwhile
        if (!token) {
            fail(m_account, toProblem(token.error(), m_account));
            return;
        }
        m_token = token->clone();
        connectTo(std::move(*token));
    });
}

void AccountRun::connectTo(base::Secret secret)
{
    HandoverTarget target;
    target.account = m_account;
    target.secret = std::move(secret);
    target.credentialKind = credentialKindOf(m_account);
    target.facts = m_knowledge.facts;
    target.habits = m_knowledge.habits;
    target.tlsTicket = m_ticket;
    useTransport(new Handover(std::move(target), m_means.clock, this));
}

void AccountRun::useTransport(Transport *transport)
{
    m_handover = transport;
    // What is said until the server lets us in belongs to every recorded attempt.
    record(true);
    connect(m_handover, &Transport::connected, this,
            [this] { reportProgress(m_first, Progress::Phase::SigningIn, 0, 0); });
    connect(m_handover, &Transport::ready, this, [this] {
        if (m_state == State::Starting)
            letIn();
        advanceSoon();
    });
    connect(m_handover, &Transport::finalOctetsDue, this, &AccountRun::markFinalOctets);
    connect(m_handover, &Transport::progressed, this, [this](HandoverId attempt, qint64 octets) {
        if (const auto job = m_jobs.find(attempt); job != m_jobs.end())
            reportProgress(job->second.id, Progress::Phase::Sending, octets, job->second.size);
    });
    connect(m_handover, &Transport::partlyDone, this,
            [this](HandoverId attempt, const QList<outbox::RecipientOutcome> &decided) {
                m_means.storeThread.change(
                    this, [attempt, decided](Disk &disk) { return disk.store->finishPart(attempt, decided); },
                    [](const Result<void> &) {}); // all of it is written again with the message's end
            });
    connect(m_handover, &Transport::done, this, &AccountRun::messageDone);
    connect(m_handover, &Transport::learnt, this, [this](const outbox::LearntHabits &habits) {
        if (m_account.isPractice())
            return;
        m_means.storeThread.change(
            this, [id = m_account.id, habits](Disk &disk) { return disk.store->setHabits(id, habits); },
            [](const Result<void> &) {}); // it can be learnt again
    });
    connect(m_handover, &Transport::failed, this, &AccountRun::connectionFailed);
    connect(m_handover, &Transport::closed, this, [this] {
        dropConnection();
        settle();
    });
    m_handover->open();
}

void AccountRun::letIn()
{
    m_state = State::Working;
    m_token = {};
    m_tokens = Tokens::AsKept; // this one was good; when it is refused later, it has ended
    Q_EMIT admitted(m_account.server);
    learnFutureRelease(m_handover->futureReleaseLimits());
    std::optional<outbox::ServerFacts> news = m_handover->facts();
    if (m_account.isPractice() || m_knowledge.facts == news)
        news.reset();
    m_means.storeThread.change(
        this, [id = m_account.id, news](Disk &disk) { return writeSignedIn(disk, id, news); },
        [](const Result<void> &) {});
}

// --- messages ---

bool AccountRun::isBlocked() const
{
    return std::any_of(m_jobs.begin(), m_jobs.end(),
                       [](const auto &entry) { return entry.second.size > LargeMessage; });
}

net::TlsTicket AccountRun::tlsTicket() const
{
    const net::TlsTicket latest = m_handover ? m_handover->tlsTicket() : net::TlsTicket();
    return latest.isNull() ? m_ticket : latest;
}

void AccountRun::wake(const outbox::MessageId &first)
{
    if (m_purpose == Purpose::Prepare) {
        m_purpose = Purpose::Deliver;
        m_first = first;
        if (m_state == State::Starting)
            reportProgress(m_first, Progress::Phase::Connecting, 0, 0);
    }
    m_mayBeMore = true;
    if (m_state == State::Working || m_state == State::Idle)
        advanceSoon();
}

void AccountRun::networkReturned()
{
    if (m_state != State::Idle)
        return;
    dropConnection();
    settle();
}

void AccountRun::retire()
{
    m_isRetiring = true;
    if (m_state == State::Working || m_state == State::Idle)
        advanceSoon();
}

/// Once for everything that one read from the server brings, so that it becomes one commit.
void AccountRun::advanceSoon()
{
    if (std::exchange(m_advances, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_advances = false;
            advance();
        },
        Qt::QueuedConnection);
}

/// Writes what has ended and takes what is due; whoever changes something calls it.
void AccountRun::advance()
{
    const bool isOpen = m_state == State::Working || m_state == State::Idle;
    if (m_atDisk != AtDisk::Nothing || (!isOpen && m_state != State::Settling && m_state != State::Closing))
        return;
    const bool takesMore = isOpen && m_mayBeMore && !isBlocked() && !m_isRetiring && !m_isStopping
        && !m_diskFailed && !m_trouble;
    const qsizetype slots_ = takesMore ? m_handover->freeSlots() : 0;
    if (!m_endings.isEmpty() || m_lesson || slots_ > 0) {
        visitStore(static_cast<int>(slots_));
    } else if (m_jobs.empty()) {
        if (!m_handover)
            settle();
        else if (m_isStopping || m_diskFailed)
            close();
        else if (m_trouble) {
            dropConnection();
            settle();
        } else if (m_isRetiring || (m_purpose == Purpose::Relieve && !m_mayBeMore))
            close();
        else if (m_state == State::Working && !m_mayBeMore)
            becomeIdle();
    }
}

void AccountRun::visitStore(int limit)
{
    m_atDisk = AtDisk::Visiting;
    const QList<Ending> endings = std::exchange(m_endings, {});
    const std::optional<LearntLesson> lesson = std::exchange(m_lesson, std::nullopt);
    QList<outbox::EndedAttempt> attempts;
    QList<std::pair<outbox::MessageId, QDateTime>> early;
    for (const Ending &ending : endings) {
        attempts.append(ending.attempt);
        if (ending.scheduledAgain.isValid())
            early.append({ ending.message, ending.scheduledAgain });
    }
    m_mayBeMore = limit == 0 && m_mayBeMore;
    m_means.storeThread.change(
        this,
        [account = m_account.id, lesson, attempts, early, limit, &clock = m_means.clock](Disk &disk) {
            Visit visit;
            // First, so that nothing more is begun than it allows.
            if (lesson)
                visit.written = writeLesson(disk, account, *lesson, clock.now());
            if (visit.written)
                visit.written = writeEndings(disk, account, attempts);
            if (visit.written)
                visit.written = scheduleAgain(disk, early);
            if (visit.written && limit > 0)
                visit.begun = disk.store->beginDue(account, limit);
            if (visit.begun) {
                // A limit that cannot be read is no reason to leave what was begun.
                visit.recipientsAtOnce
                    = recipientsAtOnce(disk, account, *visit.begun, clock.now()).value_or(0);
            }
            return visit;
        },
        [this, endings, lesson](Visit visit) {
            m_atDisk = AtDisk::Nothing;
            afterVisit(endings, lesson, std::move(visit));
        });
}

void AccountRun::afterVisit(const QList<Ending> &written, const std::optional<LearntLesson> &lesson,
                            Visit visit)
{
    if (!visit.written) {
        qCWarning(logDelivery) << "An outcome could not be written yet:" << visit.written.error().reason;
        Q_EMIT troubled(visit.written.error());
        if (m_isStopping) {
            // The next start finds the attempts open and knows by their marks what to make of them.
            dropConnection();
            end();
            return;
        }
        m_endings = written + m_endings;
        if (!m_lesson)
            m_lesson = lesson;
        m_mayBeMore = true;
        m_atDisk = AtDisk::WaitingToTryAgain;
        later(WriteAgain, [this] {
            m_atDisk = AtDisk::Nothing;
            advance();
        });
        return;
    }
    if (!visit.begun) {
        qCWarning(logDelivery) << "Messages could not be begun:" << visit.begun.error().reason;
        diskFailed(visit.begun.error());
    } else if (!visit.begun->isEmpty()) {
        m_mayBeMore = true;
        m_hasBegun = true;
        if (m_state == State::Idle)
            m_state = State::Working;
        m_first.clear();
        for (const Job &job : std::as_const(*visit.begun)) {
            m_jobs.emplace(job.attempt, job);
            submit(job, visit.recipientsAtOnce);
        }
    }
    advance();
}

} // namespace postrider::delivery
