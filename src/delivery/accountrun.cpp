// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/accountrun.h"

#include "delivery/problems.h"
#include "delivery/services.h"

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

constexpr std::chrono::milliseconds ProgressInterval = 100ms;

Consignment toConsignment(const Job &job)
{
    using Envelope = smtp::Envelope;
    Consignment consignment;
    consignment.envelope.reversePath = job.reversePath;
    consignment.envelope.recipients = job.recipients;
    consignment.envelope.size = job.size;
    consignment.envelope.body = job.eightBit ? Envelope::Body::EightBitMime : Envelope::Body::SevenBit;
    applyTo(consignment.envelope, servicesFromText(job.services));
    consignment.header = job.headerUtf8 ? Consignment::Header::Utf8 : Consignment::Header::Ascii;
    consignment.openContent = [job] { return outbox::openContent(job); };
    return consignment;
}

} // namespace

AccountRun::AccountRun(Means means, outbox::MessageId first, QObject *parent)
    : QObject(parent)
    , m_means(means)
    , m_first(std::move(first))
    , m_transcript(std::make_shared<Transcript>())
{
    m_failed.started = m_means.clock.now();
    m_timer.setSingleShot(true);
}

AccountRun::~AccountRun() = default;

// --- the way to the server ---

void AccountRun::start(const accounts::Account &account, net::TlsTicket ticket)
{
    m_account = account;
    m_ticket = std::move(ticket);
    reportProgress(m_first, Progress::Phase::Connecting, 0, 0);
    readKnowledge();
}

void AccountRun::start(const accounts::Account &account, base::Secret password)
{
    m_account = account;
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
            if (m_account.user.isEmpty())
                connectTo({});
            else
                fetchPassword();
        });
}

void AccountRun::fetchPassword()
{
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

void AccountRun::connectTo(base::Secret secret)
{
    HandoverTarget target;
    target.account = m_account;
    target.secret = std::move(secret);
    target.facts = m_knowledge.facts;
    target.habits = m_knowledge.habits;
    target.tlsTicket = m_ticket;
    m_handover = new Handover(std::move(target), m_means.clock, this);
    // What is said until the server lets us in belongs to every recorded attempt.
    record(true);
    connect(m_handover, &Handover::connected, this,
            [this] { reportProgress(m_first, Progress::Phase::SigningIn, 0, 0); });
    connect(m_handover, &Handover::ready, this, [this] {
        if (m_state == State::Starting)
            letIn();
        advanceSoon();
    });
    connect(m_handover, &Handover::finalOctetsDue, this, &AccountRun::markFinalOctets);
    connect(m_handover, &Handover::progressed, this, [this](HandoverId attempt, qint64 octets) {
        if (const auto job = m_jobs.find(attempt); job != m_jobs.end())
            reportProgress(job->second.id, Progress::Phase::Sending, octets, job->second.size);
    });
    connect(m_handover, &Handover::partlyDone, this,
            [this](HandoverId attempt, const QList<outbox::RecipientOutcome> &decided) {
                m_means.storeThread.change(
                    this, [attempt, decided](Disk &disk) { return disk.store->finishPart(attempt, decided); },
                    [](const Result<void> &) {}); // all of it is written again with the message's end
            });
    connect(m_handover, &Handover::done, this, &AccountRun::messageDone);
    connect(m_handover, &Handover::learnt, this, [this](const outbox::LearntHabits &habits) {
        if (m_account.isPractice())
            return;
        m_means.storeThread.change(
            this, [id = m_account.id, habits](Disk &disk) { return disk.store->setHabits(id, habits); },
            [](const Result<void> &) {}); // it can be learnt again
    });
    connect(m_handover, &Handover::failed, this, &AccountRun::connectionFailed);
    connect(m_handover, &Handover::closed, this, [this] {
        dropConnection();
        settle();
    });
    m_handover->open();
}

void AccountRun::letIn()
{
    m_state = State::Working;
    std::optional<outbox::ServerFacts> news = m_handover->facts();
    if (m_account.isPractice() || m_knowledge.facts == news)
        news.reset();
    m_means.storeThread.change(
        this, [id = m_account.id, news](Disk &disk) { return writeSignedIn(disk, id, news); },
        [](const Result<void> &) {});
}

// --- messages ---

void AccountRun::wake()
{
    m_mayBeMore = true;
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
    const bool takesMore = isOpen && m_mayBeMore && !m_isStopping && !m_diskFailed && !m_trouble;
    const qsizetype slots_ = takesMore ? m_handover->freeSlots() : 0;
    if (!m_endings.isEmpty() || slots_ > 0) {
        visitStore(static_cast<int>(slots_));
    } else if (m_jobs.empty()) {
        if (!m_handover)
            settle();
        else if (m_isStopping || m_diskFailed)
            close();
        else if (m_trouble) {
            dropConnection();
            settle();
        } else if (m_state == State::Working && !m_mayBeMore)
            becomeIdle();
    }
}

void AccountRun::visitStore(int limit)
{
    m_atDisk = AtDisk::Visiting;
    QList<outbox::EndedAttempt> attempts;
    for (const Ending &ending : std::as_const(m_endings))
        attempts.append(ending.attempt);
    m_mayBeMore = limit == 0 && m_mayBeMore;
    m_means.storeThread.change(
        this,
        [account = m_account.id, attempts, limit](Disk &disk) {
            Visit visit;
            visit.written = writeEndings(disk, account, attempts);
            if (visit.written && limit > 0)
                visit.begun = disk.store->beginDue(account, limit);
            return visit;
        },
        [this, written = std::exchange(m_endings, {})](Visit visit) {
            m_atDisk = AtDisk::Nothing;
            afterVisit(written, std::move(visit));
        });
}

void AccountRun::afterVisit(const QList<Ending> &written, Visit visit)
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
        if (m_state == State::Idle)
            m_state = State::Working;
        m_first.clear();
        for (const Job &job : std::as_const(*visit.begun)) {
            m_jobs.emplace(job.attempt, job);
            submit(job);
        }
    }
    advance();
}

void AccountRun::submit(const Job &job)
{
    if (!m_handover || m_isStopping) {
        messageDone(job.attempt, outcomeForAll(job, RecipientState::Queued));
        return;
    }
    record(std::any_of(m_jobs.begin(), m_jobs.end(),
                       [](const auto &entry) { return entry.second.recording == outbox::Recording::On; }));
    if (job.eightBit && !m_handover->takesEightBit()) {
        makeSevenBit(job);
        return;
    }
    m_sinceProgress.invalidate();
    reportProgress(job.id, Progress::Phase::Sending, 0, job.size);
    m_handover->submit(job.attempt, toConsignment(job));
}

/// The message's other form takes its place, and is then due like any other.
void AccountRun::makeSevenBit(const Job &job)
{
    m_converting.insert(job.attempt);
    m_means.storeThread.change(
        this, [id = job.id](Disk &disk) { return disk.store->makeSevenBit(id); },
        [this, job](const Result<void> &made) {
            if (!m_converting.remove(job.attempt))
                return; // taken back meanwhile
            const bool isHopeless = !made && made.error().kind == outbox::StoreError::Kind::NotConvertible;
            AttemptOutcome outcome
                = outcomeForAll(job, isHopeless ? RecipientState::Failed : RecipientState::Queued);
            if (isHopeless) {
                outcome.problem.kind = Problem::Kind::ContentNeedsEightBit;
                outcome.problem.host = m_account.server.host;
                outcome.problem.port = m_account.server.port;
                outcome.problem.text = made.error().reason;
            }
            if (!made && !isHopeless)
                diskFailed(made.error());
            m_mayBeMore = true;
            messageDone(job.attempt, outcome);
        });
}

void AccountRun::markFinalOctets(const FinalOctets &due)
{
    m_means.storeThread.change(
        this, [attempts = due.messages](Disk &disk) { return disk.store->markFinalOctet(attempts); },
        [this, due](const Result<void> &marked) {
            if (!m_handover)
                return;
            if (!marked || m_isStopping) {
                // Without the mark on disk the last octets must not leave; the server has not taken anything
                // of these messages yet.
                if (!marked)
                    diskFailed(marked.error());
                takeBack();
                return;
            }
            m_sinceProgress.invalidate();
            for (const HandoverId attempt : due.messages) {
                if (const auto job = m_jobs.find(attempt); job != m_jobs.end())
                    reportProgress(job->second.id, Progress::Phase::WaitingForAnswer, job->second.size,
                                   job->second.size);
            }
            m_handover->releaseFinalOctets(due);
        });
}

void AccountRun::messageDone(HandoverId attempt, AttemptOutcome outcome)
{
    const auto node = m_jobs.extract(attempt);
    if (node.empty())
        return;
    const Job &job = node.mapped();
    if (m_isTakingBack && outcome.problem.kind == Problem::Kind::Interrupted) {
        outcome.problem = {}; // nothing happened: it waits as before
        outcome.reachedMail = false;
    }
    if (job.recording == outbox::Recording::On)
        outcome.transcript = m_transcript->text();
    ++m_done;
    // For example 530 to MAIL: the next message would meet the same.
    const bool endsSession = outcome.problem.kind == Problem::Kind::ServerBusy;
    if (endsSession || accountEffect(outcome.problem) == AccountEffect::Held)
        m_trouble = outcome.problem;
    m_endings.append({ job.id, { attempt, std::move(outcome) } });
    advanceSoon();
    if (m_isStopping || m_diskFailed || m_trouble)
        takeBack();
}

/// The outcome of an attempt that ended with the same for all its recipients.
AttemptOutcome AccountRun::outcomeForAll(const Job &job, RecipientState state)
{
    AttemptOutcome outcome;
    for (const QByteArray &address : job.recipients) {
        outcome.recipients.append(
            { .address = address, .state = state, .code = 0, .enhanced = {}, .text = {} });
    }
    return outcome;
}

void AccountRun::reportProgress(const outbox::MessageId &message, Progress::Phase phase, qint64 octets,
                                qint64 total)
{
    const bool isOften = m_sinceProgress.isValid() && m_sinceProgress.elapsed() < ProgressInterval.count();
    if (message.isEmpty() || (isOften && phase == Progress::Phase::Sending && octets < total))
        return;
    m_sinceProgress.start();
    Q_EMIT progressed({ .id = message, .phase = phase, .octets = octets, .total = total });
}

void AccountRun::record(bool wanted)
{
    TranscriptSink sink;
    if (wanted) {
        sink = [transcript = m_transcript](smtp::Session::Direction direction, QByteArrayView line) {
            transcript->add(direction, line);
        };
    }
    m_handover->setTranscript(std::move(sink));
}

} // namespace postrider::delivery
