// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/accountrun.h"
#include "delivery/problems.h"

#include <QRandomGenerator>

#include <chrono>
#include <utility>

// How a run ends: what is open goes back to the outbox, what happened is written down.

namespace postrider::delivery {

using outbox::Problem;
using outbox::RecipientState;
using outbox::Result;
using namespace std::chrono_literals;

namespace {

/// Below the 60 s after which many servers close by themselves.
constexpr std::chrono::milliseconds LongestIdle = 50s;
/// How long an account rests whose messages could not be taken from the disk: every try is a sign-in.
constexpr std::chrono::milliseconds RestAfterDiskFailure = 30s;

double dice()
{
    return QRandomGenerator::global()->generateDouble() * 2 - 1;
}

} // namespace

/// Puts the open messages back, as long as none of them may have arrived.
void AccountRun::takeBack()
{
    if (!m_handover || m_isTakingBack || m_handover->isPastFinalOctet())
        return;
    if (!m_jobs.empty()) {
        m_isTakingBack = true;
        m_handover->cancel();
        m_isTakingBack = false;
        dropConnection();
        putBackConverting();
    }
    advanceSoon();
}

/// Those whose other form is being made are not known to the connection.
void AccountRun::putBackConverting()
{
    for (const HandoverId attempt : std::exchange(m_converting, {})) {
        if (const auto job = m_jobs.find(attempt); job != m_jobs.end())
            messageDone(attempt, outcomeForAll(job->second, RecipientState::Queued));
    }
}

/// Nobody was there: perhaps at another of the server's ports.
bool AccountRun::tryNextWay(const Problem &problem)
{
    if (m_state != State::Starting || m_isStopping || !isOfThePort(problem) || m_otherWays.isEmpty())
        return false;
    if (m_account.server == m_main)
        m_mainTrouble = problem;
    dropConnection();
    m_state = State::Starting;
    m_account.server = m_otherWays.takeFirst();
    fetchSecret();
    return true;
}

/// An access token may end before its time; its successor shows whether that was all.
bool AccountRun::tryFreshToken(const Problem &problem)
{
    if (m_state != State::Starting || m_isStopping || problem.kind != Problem::Kind::SignInRefused
        || m_token.isEmpty() || m_tokens == Tokens::Fresh)
        return false;
    m_tokens = Tokens::Fresh;
    m_means.tokenKeeper.refuse(m_account, m_token);
    dropConnection();
    m_state = State::Starting;
    fetchSecret();
    return true;
}

void AccountRun::connectionFailed(const Problem &failure)
{
    if (tryNextWay(failure) || tryFreshToken(failure))
        return;
    const State before = m_state;
    // That no other way leads further either is not what there is to know.
    Problem problem
        = m_mainTrouble && before == State::Starting && isOfThePort(failure) ? *m_mainTrouble : failure;
    if (problem.detail == Problem::Detail::TokenRefused && m_tokens == Tokens::Fresh)
        problem.detail = Problem::Detail::FreshTokenRefused;
    dropConnection();
    putBackConverting();
    if (before == State::Idle || before == State::Closing) {
        settle(); // the server, too, may end what nobody uses
        return;
    }
    m_isTurnedAway = m_isTurnedAway || isUnproven();
    // A server that wants no more for now says so at the greeting too, or ends the session. The account then
    // waits by its pace.
    if (const std::optional<PaceLesson> lesson = paceLesson(problem))
        learn(*lesson, problem);
    // Messages that were open have their own outcomes, which tell of the break. It is the account's trouble
    // too when nothing was achieved on this connection, and when the next one would meet the same.
    if ((m_done == 0 && !m_lesson) || accountEffect(problem) == AccountEffect::Held) {
        if (!m_trouble)
            m_trouble = problem;
    }
    advanceSoon();
}

void AccountRun::becomeIdle()
{
    m_state = State::Idle;
    waitForMore();
    Q_EMIT idled();
}

void AccountRun::waitForMore()
{
    later(LongestIdle, [this] {
        if (m_state != State::Idle)
            return;
        if (m_atDisk == AtDisk::Nothing)
            close();
        else
            waitForMore();
    });
}

void AccountRun::close()
{
    if (m_state == State::Closing)
        return;
    m_state = State::Closing;
    m_timer.stop();
    m_handover->close();
}

void AccountRun::dropConnection()
{
    if (!m_handover)
        return;
    m_state = State::Settling;
    if (const std::optional<net::TlsReport> tls = m_handover->tlsReport()) {
        m_failed.attempt.tls = tls->version;
        m_failed.attempt.certificateSha256 = tls->certificateSha256;
    }
    if (net::TlsTicket ticket = m_handover->tlsTicket(); !ticket.isNull())
        m_ticket = std::move(ticket);
    m_handover->disconnect(this);
    m_handover->abort();
    m_handover->deleteLater();
    m_handover = nullptr;
}

/// Nothing is open any more: writes what is left to write, and ends.
void AccountRun::settle()
{
    if (m_atDisk != AtDisk::Nothing || !m_jobs.empty())
        return;
    if (!m_endings.isEmpty() || m_lesson)
        advance();
    else if (m_trouble)
        writeTrouble(*std::exchange(m_trouble, std::nullopt));
    else
        end();
}

/// Whether the account's state is left as it is. A message that is due soon finds out by itself, and one
/// connection is enough for an account.
bool AccountRun::isForgotten(const Problem &problem) const
{
    return isUnproven()
        || (m_purpose == Purpose::Prepare && !m_hasBegun && accountEffect(problem) != AccountEffect::Held);
}

void AccountRun::writeTrouble(const Problem &problem)
{
    if (isForgotten(problem)) {
        end();
        return;
    }
    m_failed.attempt.problem = problem;
    m_failed.attempt.host = problem.host;
    m_failed.attempt.port = problem.port;
    m_failed.attempt.transcript = m_transcript->text();
    m_failed.message = m_first; // empty: messages that were begun have their own story
    tryToWrite({ .failed = m_failed,
                 .releases = m_knowledge.releases,
                 .now = m_means.clock.now(),
                 .jitter = dice() });
}

void AccountRun::tryToWrite(const AccountTrouble &trouble)
{
    m_atDisk = AtDisk::Visiting;
    m_means.storeThread.change(
        this, [id = m_account.id, trouble](Disk &disk) { return delivery::writeTrouble(disk, id, trouble); },
        [this, trouble](const Result<void> &written) {
            m_atDisk = AtDisk::Nothing;
            if (written || m_isStopping) {
                end();
                return;
            }
            // Ending it without would try the server or the password again at once.
            Q_EMIT troubled(written.error());
            m_atDisk = AtDisk::WaitingToTryAgain;
            later(WriteAgain, [this, trouble] { tryToWrite(trouble); });
        });
}

/// Goes on after a pause; there is one at a time.
void AccountRun::later(std::chrono::milliseconds wait, std::function<void()> step)
{
    m_timer.disconnect();
    connect(&m_timer, &QTimer::timeout, this, std::move(step));
    m_timer.start(wait);
}

/// Nothing new is begun on this disk for a while.
void AccountRun::diskFailed(const outbox::StoreError &error)
{
    m_diskFailed = true;
    Q_EMIT troubled(error);
}

void AccountRun::end()
{
    if (m_state == State::Ended)
        return;
    if (std::exchange(m_diskFailed, false) && !m_isStopping) {
        m_state = State::Resting;
        later(RestAfterDiskFailure, [this] { end(); });
        return;
    }
    m_state = State::Ended;
    m_timer.stop();
    Q_EMIT ended();
}

void AccountRun::stop()
{
    m_isStopping = true;
    const bool isWaiting = m_atDisk == AtDisk::WaitingToTryAgain;
    if (isWaiting) {
        m_timer.stop();
        m_atDisk = AtDisk::Nothing;
    }
    switch (m_state) {
    case State::Starting:
        if (m_handover) {
            dropConnection();
            settle();
        } else {
            end();
        }
        break;
    case State::Working:
    case State::Idle:
        takeBack();
        advanceSoon();
        break;
    case State::Settling:
        if (!isWaiting)
            break; // the disk's answer ends it
        if (m_endings.isEmpty() && !m_lesson)
            end();
        else
            advance(); // for the last time
        break;
    case State::Resting:
        end();
        break;
    case State::Closing:
    case State::Ended:
        break;
    }
}

} // namespace postrider::delivery
