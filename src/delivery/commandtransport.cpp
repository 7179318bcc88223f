// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/commandtransport.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryFile>
#include <QThread>

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientState;

namespace {

const auto FilePrefix = QStringLiteral("command-");
constexpr qint64 Block = 64 * 1024;
constexpr qsizetype MostWords = 4096;

/// Which wish no program can be told; empty: none.
QString unsupportedService(const smtp::Envelope &envelope)
{
    if (envelope.transportSecurity == smtp::Envelope::TransportSecurity::RequireTls)
        return QStringLiteral("REQUIRETLS");
    if (envelope.futureRelease)
        return QStringLiteral("FUTURERELEASE");
    if (envelope.deliverBy)
        return QStringLiteral("DELIVERBY");
    return {};
}

} // namespace

CommandTransport::CommandTransport(QStringList command, QString folder, QObject *parent)
    : Transport(parent)
    , m_command(std::move(command))
    , m_folder(std::move(folder))
{ }

CommandTransport::~CommandTransport()
{
    abort();
}

void CommandTransport::removeLeftovers(const QString &folder)
{
    QDir place(folder);
    const QStringList names = place.entryList({ FilePrefix + QLatin1Char('*') }, QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        place.remove(name);
}

void CommandTransport::open()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isOver)
                return;
            if (const std::optional<Problem> objection = commandObjection(m_command)) {
                m_isOver = true;
                Q_EMIT failed(*objection);
                return;
            }
            Q_EMIT connected();
            Q_EMIT signingIn();
            Q_EMIT ready();
        },
        Qt::QueuedConnection);
}

qsizetype CommandTransport::freeSlots() const
{
    return m_isOver ? 0 : MostAtOnce - static_cast<qsizetype>(m_parcels.size());
}

void CommandTransport::submit(HandoverId id, Consignment consignment)
{
    const auto added = m_parcels.emplace(id, Parcel { .consignment = std::move(consignment) });
    const smtp::Envelope &envelope = added.first->second.consignment.envelope;
    if (const Wishes wishes = wishesOf(envelope))
        Q_EMIT wishesLeftOut(id, wishes);
    if (const QString service = unsupportedService(envelope); !service.isEmpty()) {
        Problem problem;
        problem.kind = Problem::Kind::ServiceUnsupported;
        problem.stage = QStringLiteral("mail");
        problem.subject = service;
        problem.host = m_command.value(0);
        finish(id, problem, RecipientState::Failed);
        return;
    }
    ask(id);
}

/// For the mark, together with all that come in the same pass.
void CommandTransport::ask(HandoverId id)
{
    m_due.append(id);
    if (m_due.size() > 1)
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            FinalOctets due { .messages = std::exchange(m_due, {}), .transactions = {} };
            due.messages.removeIf([this](HandoverId open) { return !m_parcels.contains(open); });
            if (!due.messages.isEmpty())
                Q_EMIT finalOctetsDue(due);
        },
        Qt::QueuedConnection);
}

void CommandTransport::releaseFinalOctets(const FinalOctets &released)
{
    for (const HandoverId id : released.messages) {
        const auto parcel = m_parcels.find(id);
        if (parcel != m_parcels.end() && !parcel->second.process && !m_isOver)
            start(id);
    }
}

void CommandTransport::start(HandoverId id)
{
    Parcel &parcel = m_parcels.at(id);
    Problem problem;
    if (!parcel.file && !writeFile(parcel, problem)) {
        finish(id, problem,
               problem.kind == Problem::Kind::ContentMissing ? RecipientState::Failed
                                                             : RecipientState::Deferred);
        return;
    }
    const QList<QByteArray> &all = parcel.consignment.envelope.recipients;
    parcel.next = std::min<qsizetype>(MostRecipients, all.size() - parcel.given);
    const QStringList arguments = commandArguments(m_command, parcel.consignment.envelope.reversePath,
                                                   all.mid(parcel.given, parcel.next));
    auto *process = new QProcess(this);
    parcel.process = process;
    process->setProgram(m_command.first());
    process->setArguments(arguments);
    process->setStandardInputFile(parcel.file->fileName());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setReadChannel(QProcess::StandardError);
    process->setWorkingDirectory(QDir::rootPath());
    auto words = std::make_shared<QByteArray>();
    connect(process, &QProcess::readyReadStandardError, process, [process, words] {
        const QByteArray read = process->readAllStandardError();
        words->append(read.left(MostWords - words->size()));
    });
    connect(process, &QProcess::started, this, [this, id] {
        // The program has it open; the name is needed again only for further recipients.
        const auto found = m_parcels.find(id);
        if (found != m_parcels.end()
            && found->second.given + found->second.next
                == found->second.consignment.envelope.recipients.size())
            found->second.file->remove();
    });
    connect(process, &QProcess::errorOccurred, this, [this, id, process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            ended(id, { .how = CommandEnd::How::NotStarted, .code = 0, .words = process->errorString() });
        }
    });
    connect(process, &QProcess::finished, this, [this, id, words](int code, QProcess::ExitStatus status) {
        ended(id,
              { .how = status == QProcess::NormalExit ? CommandEnd::How::Exited : CommandEnd::How::Crashed,
                .code = code,
                .words = printableWords(*words) });
    });
    auto *patience = new QTimer(process);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this,
            [this, id] { ended(id, { .how = CommandEnd::How::Silent, .code = 0, .words = {} }); });
    note(smtp::Session::Direction::ToServer,
         (m_command.mid(0, 1) + arguments).join(QLatin1Char(' ')).toUtf8());
    patience->start(m_patience);
    process->start(QIODevice::ReadOnly);
}

/// With the line ends that programs of this system expect.
bool CommandTransport::writeFile(Parcel &parcel, Problem &problem) const
{
    problem.stage = QStringLiteral("data");
    const std::unique_ptr<QIODevice> content = parcel.consignment.openContent();
    if (!content) {
        problem.kind = Problem::Kind::ContentMissing;
        return false;
    }
    parcel.file = std::make_unique<QTemporaryFile>(m_folder + QLatin1Char('/') + FilePrefix
                                                   + QStringLiteral("XXXXXX"));
    QTemporaryFile &file = *parcel.file;
    const auto broken = [&] {
        problem.kind = Problem::Kind::CommandFailed;
        problem.subject = m_command.value(0);
        problem.text = file.errorString();
        parcel.file.reset();
        return false;
    };
    if (!file.open())
        return broken();
    bool endsWithCr = false;
    qint64 sent = 0;
    while (true) {
        QByteArray block = content->read(Block);
        if (block.isEmpty())
            break;
        sent += block.size();
        if (std::exchange(endsWithCr, block.endsWith('\r')))
            block.prepend('\r');
        if (endsWithCr)
            block.chop(1);
        block.replace("\r\n", "\n");
        if (file.write(block) != block.size())
            return broken();
    }
    if ((endsWithCr && file.write("\r") != 1) || !file.flush())
        return broken();
    if (sent != parcel.consignment.envelope.size && parcel.consignment.envelope.size > 0) {
        problem.kind = Problem::Kind::ContentMissing; // it could not be read to its end
        return false;
    }
    return true;
}

void CommandTransport::ended(HandoverId id, const CommandEnd &end)
{
    const auto found = m_parcels.find(id);
    if (found == m_parcels.end() || !found->second.process)
        return;
    Parcel &parcel = found->second;
    QProcess *process = std::exchange(parcel.process, nullptr);
    process->disconnect(this);
    if (end.how == CommandEnd::How::Silent)
        leaveRunning(process);
    else
        process->deleteLater();
    note(smtp::Session::Direction::FromServer,
         QByteArrayLiteral("exit ") + QByteArray::number(end.code) + ' ' + end.words.toUtf8());

    const QList<QByteArray> &all = parcel.consignment.envelope.recipients;
    AttemptOutcome part = commandOutcome(m_command.first(), end, all.mid(parcel.given, parcel.next));
    parcel.given += parcel.next;
    const QList<outbox::RecipientOutcome> decided = part.recipients;
    AttemptOutcome &outcome = parcel.outcome;
    outcome.reachedMail = outcome.reachedMail || part.reachedMail;
    outcome.host = part.host;
    outcome.recipients += part.recipients;
    if (!part.problem.isNone())
        outcome.problem = part.problem;
    const bool goesOn = part.problem.isNone() && parcel.given < all.size();
    if (!goesOn) {
        finish(id, outcome.problem, RecipientState::Queued);
        return;
    }
    Q_EMIT partlyDone(id, decided);
    ask(id);
}

/// Who was not given to the program is as said.
void CommandTransport::finish(HandoverId id, Problem problem, RecipientState undecided)
{
    auto node = m_parcels.extract(id);
    Parcel &parcel = node.mapped();
    AttemptOutcome outcome = std::move(parcel.outcome);
    outcome.problem = std::move(problem);
    outcome.host = m_command.value(0);
    const QList<QByteArray> rest = parcel.consignment.envelope.recipients.mid(parcel.given);
    for (const QByteArray &address : rest) {
        outcome.recipients.append(
            { .address = address, .state = undecided, .code = 0, .enhanced = {}, .text = {} });
    }
    Q_EMIT done(id, outcome);
    if (!m_isOver)
        Q_EMIT ready();
}

void CommandTransport::close()
{
    m_isOver = true;
    QMetaObject::invokeMethod(this, &CommandTransport::closed, Qt::QueuedConnection);
}

void CommandTransport::abort()
{
    m_isOver = true;
    for (auto &[id, parcel] : m_parcels) {
        if (parcel.process)
            leaveRunning(std::exchange(parcel.process, nullptr));
    }
    m_parcels.clear();
}

void CommandTransport::cancel()
{
    m_isOver = true;
    finishAll();
}

void CommandTransport::finishAll()
{
    while (!m_parcels.empty()) {
        const HandoverId id = m_parcels.begin()->first;
        Parcel &parcel = m_parcels.begin()->second;
        Problem problem;
        problem.kind = Problem::Kind::Interrupted;
        problem.host = m_command.value(0);
        RecipientState state = RecipientState::Queued;
        if (QProcess *process = std::exchange(parcel.process, nullptr)) {
            leaveRunning(process);
            problem.kind = Problem::Kind::OutcomeUnknown;
            state = RecipientState::InDoubt;
        }
        finish(id, problem, state);
    }
}

/// It has the message and may be about to take it over; it ends when it wants to.
void CommandTransport::leaveRunning(QProcess *process)
{
    process->disconnect(this);
    process->setParent(nullptr);
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
}

bool CommandTransport::isPastFinalOctet() const
{
    return std::any_of(m_parcels.begin(), m_parcels.end(),
                       [](const auto &entry) { return entry.second.process != nullptr; });
}

outbox::ServerFacts CommandTransport::facts() const
{
    outbox::ServerFacts facts;
    facts.host = m_command.value(0);
    return facts;
}

void CommandTransport::note(smtp::Session::Direction direction, const QByteArray &line) const
{
    if (m_transcript)
        m_transcript(direction, line);
}

} // namespace postrider::delivery
