// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/practicecommand.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using practice::PracticeAccess;
using practice::PracticeError;
using practice::PracticeServer;

PracticeCommand::PracticeCommand(const Context &context, const Practice &arguments)
    : RunningCommand(context)
    , m_port(arguments.port)
    , m_server(PracticeServer::Config {
          arguments.folder.isEmpty() ? QDir(context.profileFolder).filePath(u"practice"_s)
                                     : QDir(arguments.folder).absolutePath(),
          arguments.port,
      })
{
    connect(&m_server, &PracticeServer::caught, this, [this](const QString &file) {
        output().result(QJsonObject { { u"event"_s, u"caught"_s }, { u"file"_s, file } },
                        tr("caught %1").arg(file));
    });
    connect(&m_signals, &base::TerminationSignals::terminationRequested, this,
            [this] { Q_EMIT finished(ExitCode::Done); });
}

void PracticeCommand::start()
{
    const auto access = m_server.start();
    if (access)
        tell(access.value());
    else
        fail(access.error());
}

void PracticeCommand::tell(const PracticeAccess &access)
{
    const QString port = QString::number(access.port);
    const QString password = QString::fromUtf8(access.password);
    if (output().format() == Output::Format::Json) {
        output().result(QJsonObject {
            { u"event"_s, u"listening"_s },
            { u"host"_s, u"127.0.0.1"_s },
            { u"port"_s, access.port },
            { u"security"_s, u"starttls"_s },
            { u"user"_s, access.user },
            { u"password"_s, password },
            { u"pin"_s, QString(u"sha256:"_s + QString::fromLatin1(access.keySha256.toHex())) },
        });
        return;
    }
    output().result({}, tr("listening on 127.0.0.1:%1").arg(port));
    output().result({}, tr("user %1").arg(access.user));
    // Made at random for this run; whoever reads it here could read run.json as well.
    output().result({}, tr("password %1").arg(password));
}

void PracticeCommand::fail(const PracticeError &error)
{
    switch (error.kind) {
    case PracticeError::Kind::PortTaken:
        output().message(tr("Port %1 cannot be used: %2").arg(QString::number(m_port), error.reason));
        return Q_EMIT finished(ExitCode::TryLater);
    case PracticeError::Kind::AlreadyRunning:
        output().message(tr("A practice mailbox is already running in this folder."));
        return Q_EMIT finished(ExitCode::TryLater);
    case PracticeError::Kind::CertificateFailed:
        output().message(tr("The certificate could not be made: %1").arg(error.reason));
        return Q_EMIT finished(ExitCode::Bug);
    case PracticeError::Kind::FolderNotWritable:
    case PracticeError::Kind::NotRunning: // only those who look for one are told
        output().message(tr("The folder for caught mail cannot be written: %1").arg(error.reason));
        return Q_EMIT finished(ExitCode::LocalStorage);
    }
}

} // namespace postrider::cli
