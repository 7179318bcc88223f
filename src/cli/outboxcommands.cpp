// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/outboxcommands.h"

#include "cli/input.h"
#include "delivery/words/words.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using delivery::PostOffice;
using outbox::MessageDetails;
using outbox::MessageState;
using outbox::MessageSummary;

namespace {

constexpr int MessagesPerPage = 200;
constexpr int PausePerLook = 9; ///< times the look before it
constexpr std::chrono::milliseconds LongestPause { 1000 };

bool isOnItsWay(MessageState state)
{
    return state == MessageState::Preparing || state == MessageState::Queued
        || state == MessageState::Sending;
}

QString addresses(const QList<outbox::Recipient> &recipients)
{
    QStringList addresses;
    for (const outbox::Recipient &recipient : recipients)
        addresses += QString::fromUtf8(recipient.address);
    return addresses.join(u", "_s);
}

QString toLine(const MessageSummary &message)
{
    return message.id + u"  "_s + outbox::toString(message.state) + u"  "_s + addresses(message.recipients)
        + u"  "_s + message.subject;
}

QString toSentLine(const QDateTime &sent, const QList<outbox::Recipient> &recipients, const QString &subject)
{
    return sent.toLocalTime().toString(Qt::ISODate) + u"  "_s + addresses(recipients) + u"  "_s + subject;
}

QString toLine(const outbox::Attempt &attempt)
{
    QString line = attempt.started.toLocalTime().toString(Qt::ISODate) + u"  "_s + attempt.host + u':'
        + QString::number(attempt.port) + u"  "_s + (attempt.tls.isEmpty() ? u"-"_s : attempt.tls) + u"  "_s
        + attempt.outcome;
    const QString words = delivery::serverWords(attempt.problem);
    if (!words.isEmpty())
        line += u"  "_s + words;
    return line;
}

} // namespace

void OutboxCommand::withMessage(const QString &prefix, std::function<void(const outbox::MessageId &)> use)
{
    office().findId(prefix, this, orFail<outbox::MessageId>(std::move(use)));
}

void OutboxCommand::print(const MessageSummary &message)
{
    output().result(toJson(message), toLine(message));
}

void OutboxCommand::printAndFinish(const outbox::MessageId &id)
{
    office().find(id, this, orFail<MessageDetails>([this](const MessageDetails &details) {
                      print(details.summary);
                      finish(ExitCode::Done);
                  }));
}

void OutboxCommand::forEach(std::function<void(const MessageSummary &)> use, std::function<void()> atEnd)
{
    readPage(0, std::move(use), std::move(atEnd));
}

void OutboxCommand::readPage(int offset, std::function<void(const MessageSummary &)> use,
                             std::function<void()> atEnd)
{
    office().list(
        MessagesPerPage, offset, this,
        orFail<QList<MessageSummary>>([this, offset, use = std::move(use),
                                       atEnd = std::move(atEnd)](const QList<MessageSummary> &page) {
            for (const MessageSummary &message : page)
                use(message);
            if (page.size() == MessagesPerPage)
                readPage(offset + MessagesPerPage, use, atEnd);
            else
                atEnd();
        }));
}

OutboxListCommand::OutboxListCommand(const Context &context, OutboxList arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxListCommand::opened()
{
    forEach(
        [this](const MessageSummary &message) {
            if (!m_arguments.state || *m_arguments.state == message.state)
                print(message);
        },
        [this] { finish(ExitCode::Done); });
}

OutboxSentCommand::OutboxSentCommand(const Context &context)
    : OutboxCommand(context, PostOffice::Delivery::Never)
{ }

void OutboxSentCommand::opened()
{
    forEach(
        [this](const MessageSummary &message) {
            if (message.state == MessageState::Sent || message.state == MessageState::PartlySent)
                output().result(toSentJson(message),
                                toSentLine(message.changed, message.recipients, message.subject));
        },
        [this] { readRecords(0); });
}

void OutboxSentCommand::readRecords(int offset)
{
    office().sentRecords(
        MessagesPerPage, offset, this,
        orFail<QList<outbox::SentRecord>>([this, offset](const QList<outbox::SentRecord> &page) {
            for (const outbox::SentRecord &record : page)
                output().result(toSentJson(record),
                                toSentLine(record.sent, record.recipients, record.subject));
            if (page.size() == MessagesPerPage)
                readRecords(offset + MessagesPerPage);
            else
                finish(ExitCode::Done);
        }));
}

OutboxShowCommand::OutboxShowCommand(const Context &context, OutboxShow arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxShowCommand::opened()
{
    withMessage(m_arguments.id, [this](const outbox::MessageId &id) {
        office().find(id, this, orFail<MessageDetails>([this](const MessageDetails &details) {
                          const MessageSummary &message = details.summary;
                          QJsonArray log;
                          for (const outbox::Attempt &attempt : details.attempts)
                              log.append(toJson(attempt));
                          const QString sentence = delivery::stateSentence(message, clock().now());
                          QJsonObject object = toJson(message);
                          object.insert(u"sentence"_s, sentence);
                          object.insert(u"log"_s, log);

                          output().result(object, toLine(message));
                          if (output().format() == Output::Format::Text) {
                              output().result({}, sentence);
                              if (const QString turn = delivery::responsibility(message.problem);
                                  !turn.isEmpty())
                                  output().result({}, turn);
                              for (const outbox::Recipient &recipient : message.recipients)
                                  output().result({}, delivery::recipientSentence(recipient, message));
                          }
                          finish(ExitCode::Done);
                      }));
    });
}

OutboxLogCommand::OutboxLogCommand(const Context &context, OutboxLog arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxLogCommand::opened()
{
    withMessage(m_arguments.id, [this](const outbox::MessageId &id) {
        office().find(id, this, orFail<MessageDetails>([this](const MessageDetails &details) {
                          for (const outbox::Attempt &attempt : details.attempts)
                              print(attempt);
                          if (details.attempts.isEmpty())
                              output().message(tr("It was not tried yet."));
                          finish(ExitCode::Done);
                      }));
    });
}

void OutboxLogCommand::print(const outbox::Attempt &attempt)
{
    output().result(toJson(attempt), toLine(attempt));
    if (output().format() == Output::Format::Json || attempt.transcript.isEmpty())
        return;
    const QStringList lines = attempt.transcript.split(u'\n');
    for (const QString &line : lines)
        output().result({}, u"    "_s + line);
}

OutboxActCommand::OutboxActCommand(const Context &context, OutboxAct arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxActCommand::opened()
{
    withMessage(m_arguments.id, [this](const outbox::MessageId &id) {
        if (m_arguments.recording == outbox::Recording::Off)
            return act(id);
        office().act(id, PostOffice::Action::Record, this, orFail<void>([this, id] { act(id); }));
    });
}

void OutboxActCommand::act(const outbox::MessageId &id)
{
    office().act(id, m_arguments.action, this, orFail<void>([this, id] { printAndFinish(id); }));
}

OutboxScheduleCommand::OutboxScheduleCommand(const Context &context, OutboxSchedule arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxScheduleCommand::start()
{
    const auto time = readTime(m_arguments.time, clock().now());
    if (!time)
        return fail(time.error().sentence, ExitCode::Usage);
    m_time = *time;
    OutboxCommand::start();
}

void OutboxScheduleCommand::opened()
{
    withMessage(m_arguments.id, [this](const outbox::MessageId &id) {
        office().schedule(id, m_time, this, orFail<void>([this, id] { printAndFinish(id); }));
    });
}

OutboxCorrectCommand::OutboxCorrectCommand(const Context &context, OutboxCorrect arguments)
    : OutboxCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{ }

void OutboxCorrectCommand::start()
{
    const auto refused = readMailbox(m_arguments.refused);
    const auto corrected = readMailbox(m_arguments.corrected);
    if (!refused || !corrected)
        return fail(refused ? corrected.error().sentence : refused.error().sentence, ExitCode::BadData);
    const auto envelope = toEnvelope({ *refused, *corrected });
    if (!envelope)
        return fail(envelope.error().sentence, ExitCode::BadData);
    m_correction = { .refused = envelope->first(), .corrected = envelope->last() };
    OutboxCommand::start();
}

void OutboxCorrectCommand::opened()
{
    withMessage(m_arguments.id, [this](const outbox::MessageId &id) {
        office().correctRecipients(id, { m_correction }, this,
                                   orFail<void>([this, id] { printAndFinish(id); }));
    });
}

OutboxRetryAllCommand::OutboxRetryAllCommand(const Context &context)
    : OutboxCommand(context, PostOffice::Delivery::Never)
{ }

void OutboxRetryAllCommand::opened()
{
    office().retryAll(this, orFail<void>([this] {
                          forEach(
                              [this](const MessageSummary &message) {
                                  if (isOnItsWay(message.state))
                                      print(message);
                              },
                              [this] { finish(ExitCode::Done); });
                      }));
}

OutboxRunCommand::OutboxRunCommand(const Context &context, OutboxRun arguments)
    : OutboxCommand(context, PostOffice::Delivery::WhenFree)
    , m_arguments(std::move(arguments))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &OutboxRunCommand::look);
    connect(&office(), &PostOffice::outboxChanged, this, &OutboxRunCommand::look);
    connect(&office(), &PostOffice::progressed, this, [this] { m_idle = false; });
    connect(&office(), &PostOffice::idle, this, [this] {
        m_idle = true;
        look();
    });
    connect(&office(), &PostOffice::troubled, this, [this](const delivery::Trouble &trouble) {
        // What is due stays due, perhaps for ever.
        if (isFinishing())
            return;
        if (m_arguments.until == OutboxRun::Until::Empty)
            return fail(trouble);
        const QString sentence = delivery::sentence(trouble);
        if (sentence != std::exchange(m_lastTrouble, sentence)) // it is tried again and again
            output().message(sentence);
    });
    connect(&office(), &PostOffice::practiceCaught, this,
            [this](const QString &file) { output().message(tr("Caught: %1").arg(file)); });
}

void OutboxRunCommand::opened()
{
    // Behind the question whether it is this process's turn to deliver.
    QMetaObject::invokeMethod(this, &OutboxRunCommand::look, Qt::QueuedConnection);
}

void OutboxRunCommand::look()
{
    if (isFinishing())
        return;
    if (m_looking || m_pause.isActive()) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    m_lookAgain = false;
    m_lookBegan = clock().monotonic();
    m_due = 0;
    m_preparing = 0;
    m_leaving = 0;
    forEach([this](const MessageSummary &message) { compare(message); }, [this] { looked(); });
}

void OutboxRunCommand::compare(const MessageSummary &message)
{
    const bool isOverdue = message.state == MessageState::Deferred && !message.nextAttempt.isNull()
        && message.nextAttempt <= clock().now();
    // What can still be taken back leaves within moments; ending before would only make it wait again. From
    // the end of its window until it is begun it reads as any other that is due.
    const bool canBeTakenBack
        = message.state == MessageState::Held && message.hold == outbox::HoldReason::Undo;
    const bool isLeaving = canBeTakenBack || (m_leavers.contains(message.id) && isOnItsWay(message.state));
    if (canBeTakenBack)
        m_leavers.insert(message.id);
    if (isLeaving)
        ++m_leaving;
    if (isOnItsWay(message.state) || isOverdue || isLeaving)
        ++m_due;
    if (message.state == MessageState::Preparing)
        ++m_preparing;
    const auto known = m_known.constFind(message.id);
    const bool isNews = known == m_known.constEnd() || *known != message.state;
    if (isNews && !m_first && !isOnItsWay(message.state))
        print(message);
    m_known.insert(message.id, message.state);
}

void OutboxRunCommand::looked()
{
    m_looking = false;
    m_first = false;
    if (m_lookAgain) {
        const auto duration = std::chrono::ceil<std::chrono::milliseconds>(clock().monotonic() - m_lookBegan);
        m_pause.start(std::min(PausePerLook * duration, LongestPause));
        return;
    }
    // A process that delivers knows by itself when nothing is due, except what is still being written; of
    // another one's work only the outbox tells.
    const bool empty = office().isDelivering() ? m_idle && m_preparing == 0 && m_leaving == 0 : m_due == 0;
    if (m_arguments.until == OutboxRun::Until::Empty && empty)
        finish(ExitCode::Done);
}

void OutboxRunCommand::interrupted()
{
    // For one that has nothing to do, being ended is the normal end.
    finish(m_idle ? ExitCode::Done : ExitCode::TryLater);
}

} // namespace postrider::cli
