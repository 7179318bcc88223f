// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/detectcommand.h"

#include "cli/searchoutput.h"
#include "discovery/surroundings.h"

#include <utility>

namespace postrider::cli {

using discovery::Search;

Input<QList<QSslCertificate>> readAuthorities(const QString &file)
{
    const auto readable = readableFile(file);
    if (!readable)
        return base::Unexpected(readable.error());
    QList<QSslCertificate> authorities = QSslCertificate::fromPath(readable.value(), QSsl::Pem);
    if (authorities.isEmpty())
        return base::Unexpected(InputError { DetectCommand::tr("%1 holds no certificate.").arg(file) });
    return authorities;
}

DetectCommand::DetectCommand(const Context &context, Detect arguments)
    : RunningCommand(context)
    , m_arguments(std::move(arguments))
{ }

void DetectCommand::start()
{
    Search::Options options;
    options.database = m_arguments.database;
    options.lookup = m_arguments.lookup;
    options.plainSettings = m_arguments.plainSettings;
    if (m_arguments.extent == Search::Extent::AllPorts)
        options.port25 = Search::Port25::Include;
    options.extent = m_arguments.extent;
    if (m_arguments.timeout)
        options.limit = *m_arguments.timeout;
    if (!m_arguments.caFile.isEmpty()) {
        auto authorities = readAuthorities(m_arguments.caFile);
        if (!authorities)
            return fail(authorities.error().sentence, ExitCode::Configuration);
        options.extraAuthorities = authorities.value();
    }

    m_signals = std::make_unique<base::TerminationSignals>();
    connect(m_signals.get(), &base::TerminationSignals::terminationRequested, this,
            &DetectCommand::interrupt);
    m_search = std::make_unique<Search>(m_arguments.query, options, discovery::computersSurroundings());
    connect(m_search.get(), &Search::changed, this,
            [this] { output().progress(progressLine(m_search->report())); });
    connect(m_search.get(), &Search::finished, this, &DetectCommand::print);
    m_search->start();
}

void DetectCommand::fail(const QString &sentence, ExitCode code)
{
    output().message(sentence);
    Q_EMIT finished(code);
}

void DetectCommand::interrupt()
{
    m_search->cancel();
    fail(tr("Interrupted."), ExitCode::TryLater);
}

void DetectCommand::print()
{
    const discovery::Report &report = m_search->report();
    output().result(toJson(report), toLines(report));
    Q_EMIT finished(exitCode(report));
}

} // namespace postrider::cli
