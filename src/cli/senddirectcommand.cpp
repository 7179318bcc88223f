// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/senddirectcommand.h"

#include "cli/draftinput.h"
#include "delivery/fileslice.h"
#include "delivery/transcript.h"
#include "delivery/words/words.h"
#include "mime/emlreader.h"

#include <QFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using base::Unexpected;
using delivery::DirectResult;
using outbox::RecipientState;

namespace {

/// Nothing is kept for later here: what was not decided has failed, or may be tried again by whoever called.
void settle(DirectResult &result)
{
    const bool later = exitCode(result.problem) == ExitCode::TryLater;
    for (outbox::Recipient &recipient : result.recipients) {
        if (recipient.state == RecipientState::Queued || recipient.state == RecipientState::Sending)
            recipient.state = later ? RecipientState::Deferred : RecipientState::Failed;
    }
}

} // namespace

SendDirectCommand::SendDirectCommand(const Context &context, SendDirect arguments)
    : RunningCommand(context)
    , m_arguments(std::move(arguments))
{ }

void SendDirectCommand::start()
{
    auto server = target();
    if (!server)
        return fail(server.error().sentence, ExitCode::Configuration);
    auto secret = readPassword(m_arguments.signIn);
    if (!secret)
        return fail(secret.error().sentence, ExitCode::Configuration);
    if (secret.value())
        server->secret = std::move(*secret.value());
    auto input = readDraft(m_arguments.content);
    if (!input)
        return fail(input.error().sentence, ExitCode::BadData);
    for (const QString &remark : std::as_const(input->remarks))
        output().message(remark);
    m_draft = std::move(input->draft);
    if (!m_spool.open())
        return fail(tr("No temporary file can be made: %1").arg(m_spool.errorString()),
                    ExitCode::LocalStorage);
    if (const auto opened = openTranscript(); !opened)
        return fail(opened.error().sentence, ExitCode::LocalStorage);

    m_sender = std::make_unique<delivery::DirectSender>(std::move(server).value(), m_clock);
    if (m_arguments.content.emlFiles.isEmpty()) {
        if (const auto added = addDraft(); !added)
            return fail(added.error().sentence, ExitCode::BadData);
    }
    for (const QString &file : std::as_const(m_arguments.content.emlFiles)) {
        if (const auto added = addFile(file); !added)
            return fail(added.error().sentence, ExitCode::BadData);
    }
    if (!m_spool.flush())
        return fail(m_spool.errorString(), ExitCode::LocalStorage);

    connect(m_sender.get(), &delivery::DirectSender::result, this, &SendDirectCommand::tell);
    connect(m_sender.get(), &delivery::DirectSender::finished, this,
            [this] { Q_EMIT finished(exitCode(m_recipients, m_problem)); });
    m_signals = std::make_unique<base::TerminationSignals>();
    connect(m_signals.get(), &base::TerminationSignals::terminationRequested, this,
            &SendDirectCommand::interrupted);
    m_sender->start();
}

Input<delivery::HandoverTarget> SendDirectCommand::target()
{
    delivery::HandoverTarget target;
    accounts::Account &account = target.account;
    account.server = m_arguments.server;
    account.user = m_arguments.signIn.user;
    account.auth = m_arguments.signIn.mechanism;
    account.clientName = m_arguments.clientName;
    account.pinnedKey = m_arguments.pinnedKey;
    target.credentialKind = m_arguments.signIn.kind;
    target.proxy = m_arguments.proxy;
    if (account.server.security == accounts::Security::None
        && !accounts::isPlaintextAllowed(account.server.host, !account.user.isEmpty()))
        return Unexpected(InputError { plaintextRefused() });
    if (!m_arguments.caFile.isEmpty()) {
        const auto file = readableFile(m_arguments.caFile);
        if (!file)
            return Unexpected(file.error());
        account.caFile = file.value();
    }
    if (!m_arguments.signIn.clientCertificate.isEmpty()) {
        auto certificate = clientCertificate();
        if (!certificate)
            return Unexpected(certificate.error());
        target.clientCertificate = std::move(*certificate);
    }
    if (!m_arguments.proxyPasswordFile.isEmpty()) {
        const SignIn proxy { .source = SignIn::PasswordSource::File,
                             .passwordFile = m_arguments.proxyPasswordFile };
        auto password = readPassword(proxy);
        if (!password)
            return Unexpected(password.error());
        target.proxy.password = QString::fromUtf8((*password)->reveal());
    }
    if (m_arguments.timeout)
        delivery::limitWaits(target, *m_arguments.timeout);
    if (!m_arguments.transcriptFile.isEmpty()
        || m_arguments.verbosity == SendDirect::Verbosity::Conversation) {
        target.transcript
            = [this](smtp::Session::Direction direction, QByteArrayView line) { record(direction, line); };
    }
    return target;
}

Input<net::ClientCertificate> SendDirectCommand::clientCertificate() const
{
    const auto read = [](const QString &name) -> Input<QByteArray> {
        QFile file(name);
        if (const auto open = openFile(file); !open)
            return Unexpected(open.error());
        constexpr qint64 LongestFile = 1024 * 1024;
        return file.read(LongestFile);
    };
    const auto certificate = read(m_arguments.signIn.clientCertificate);
    if (!certificate)
        return Unexpected(certificate.error());
    const auto key = read(m_arguments.signIn.clientKey);
    if (!key)
        return Unexpected(key.error());
    auto made = net::readClientCertificate(*certificate, *key);
    if (made)
        return std::move(*made);
    const bool isAboutCertificate = made.error() == net::ClientCertificateError::NoCertificate;
    return Unexpected(InputError { delivery::sentence(
        made.error(),
        isAboutCertificate ? m_arguments.signIn.clientCertificate : m_arguments.signIn.clientKey) });
}

Input<void> SendDirectCommand::openTranscript()
{
    if (m_arguments.transcriptFile.isEmpty())
        return {};
    // Addresses are in it: for its owner's eyes only, from the first octet on.
    m_transcript.setFileName(m_arguments.transcriptFile);
    if (!m_transcript.open(QIODevice::WriteOnly | QIODevice::Truncate,
                           QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return Unexpected(InputError {
            tr("%1 cannot be written: %2").arg(m_transcript.fileName(), m_transcript.errorString()) });
    return {};
}

void SendDirectCommand::record(smtp::Session::Direction direction, QByteArrayView line)
{
    const QString text = delivery::transcriptLine(direction, line);
    if (m_transcript.isOpen())
        m_transcript.write(text.toUtf8() + '\n');
    if (m_arguments.verbosity == SendDirect::Verbosity::Conversation)
        output().message(text);
}

Input<void> SendDirectCommand::addFile(const QString &file)
{
    QFile device(file);
    if (const auto open = openFile(device); !open)
        return Unexpected(open.error());
    const auto header = mime::readEmlHeader(device);
    if (!header)
        return Unexpected(InputError { tr("%1 is not a message that can be sent.").arg(file) });

    mime::Draft envelope = m_draft;
    if (!m_arguments.content.hasRecipients()) {
        envelope.to = header->to;
        envelope.cc = header->cc;
        envelope.bcc = header->bcc;
    }
    if (envelope.from.localPart.isEmpty() && !header->from.isEmpty())
        envelope.from = header->from.first();
    if (envelope.from.localPart.isEmpty())
        return Unexpected(InputError { tr("%1 says not who it is from; --from does.").arg(file) });
    if (envelope.recipients().isEmpty())
        return Unexpected(InputError { tr("%1 has no recipient.").arg(file) });

    const mime::Stamp stamp = mime::makeStamp(envelope.from, m_clock.now().toLocalTime());
    const qint64 offset = m_spool.pos();
    device.seek(0);
    const auto written = mime::copyEml(device, stamp, m_spool);
    if (!written)
        return Unexpected(InputError { tr("%1 cannot be sent: %2").arg(file, written.error().reason) });
    Ready ready;
    ready.messageId = header->messageId.isEmpty() ? stamp.messageId : header->messageId;
    ready.name = file;
    return add(envelope.from, envelope.recipients(), offset, written.value(), std::move(ready));
}

Input<void> SendDirectCommand::addDraft()
{
    if (m_draft.from.localPart.isEmpty())
        return Unexpected(InputError { tr("Without an account, --from must say who the message is from.") });
    const mime::Stamp stamp = mime::makeStamp(m_draft.from, m_clock.now().toLocalTime());
    const qint64 offset = m_spool.pos();
    const auto written = mime::writeMessage(m_draft, stamp, m_spool);
    if (!written)
        return Unexpected(InputError { delivery::sentence(written.error()) });
    for (const mime::WriteNotice &notice : written->notices)
        output().message(delivery::sentence(notice));
    Ready ready;
    ready.messageId = stamp.messageId;
    ready.name = m_draft.subject;
    return add(m_draft.from, m_draft.recipients(), offset, written.value(), std::move(ready));
}

Input<void> SendDirectCommand::add(const mime::Mailbox &sender, const QList<mime::Mailbox> &recipients,
                                   qint64 offset, const mime::WrittenMessage &written, Ready ready)
{
    const auto reversePath = toEnvelope({ sender });
    if (!reversePath)
        return Unexpected(reversePath.error());
    const auto envelope = toEnvelope(recipients);
    if (!envelope)
        return Unexpected(envelope.error());

    using Body = smtp::Envelope::Body;
    using Header = delivery::Consignment::Header;
    delivery::Consignment message;
    message.envelope.reversePath = reversePath->first();
    message.envelope.recipients = envelope.value();
    message.envelope.size = written.size;
    message.envelope.body
        = written.content == mime::WrittenMessage::Content::EightBit ? Body::EightBitMime : Body::SevenBit;
    applyTo(message.envelope, servicesFor(m_messages.size()));
    message.header = written.header == mime::WrittenMessage::Header::Utf8 ? Header::Utf8 : Header::Ascii;
    message.openContent = [this, offset, size = written.size]() -> std::unique_ptr<QIODevice> {
        return std::make_unique<delivery::FileSlice>(m_spool, offset, size);
    };
    m_sender->add(std::move(message));
    m_messages += std::move(ready);
    return {};
}

/// Reports must name the message that they are about: each has an id of its own.
delivery::Services SendDirectCommand::servicesFor(qsizetype message) const
{
    delivery::Services services = m_arguments.services;
    if (services.notifications && message > 0)
        services.notifications->envelopeId = delivery::makeEnvelopeId();
    return services;
}

void SendDirectCommand::tell(qsizetype index, const DirectResult &undecided)
{
    DirectResult result = undecided;
    settle(result);

    Ready &message = m_messages[index];
    m_recipients += result.recipients;
    if (m_problem.isNone())
        m_problem = result.problem;

    SendReport report;
    report.messageId = message.messageId;
    report.status = statusWord(outbox::deriveState(result.recipients));
    report.sentence = result.problem.isNone() ? tr("Accepted by %1.").arg(m_arguments.server.host)
                                              : delivery::sentence(result.problem);
    report.host = m_arguments.server.host;
    report.port = m_arguments.server.port;
    report.tls = result.tls;
    report.recipients = result.recipients;
    report.leftOut = result.leftOut;

    output().result(toJson(report));
    QString line = m_messages.size() > 1 ? message.name + u": "_s + report.sentence : report.sentence;
    if (const QString evidence = delivery::evidence(result.problem); !evidence.isEmpty())
        line += u' ' + evidence;
    output().message(line);
    const bool isSent
        = std::any_of(result.recipients.begin(), result.recipients.end(),
                      [](const outbox::Recipient &each) { return each.state == RecipientState::Sent; });
    if (const QString remark = delivery::sentence(result.leftOut, report.host); isSent && !remark.isEmpty())
        output().message(remark);
}

void SendDirectCommand::fail(const QString &sentence, ExitCode code)
{
    SendReport report;
    report.status = outbox::toString(outbox::MessageState::Failed);
    report.sentence = sentence;
    output().result(toJson(report));
    output().message(sentence);
    Q_EMIT finished(code);
}

void SendDirectCommand::interrupted()
{
    output().message(tr("Interrupted."));
    // It tells of every message whether it may have arrived; the exit code follows from that.
    m_sender->cancel();
}

} // namespace postrider::cli
