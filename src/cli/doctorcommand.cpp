// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/doctorcommand.h"

#include "cli/searchoutput.h"
#include "delivery/words/words.h"
#include "discovery/signinverdict.h"
#include "discovery/surroundings.h"
#include "discovery/words.h"

#include <QJsonArray>
#include <QSslCertificate>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using accounts::Server;
using delivery::ProofNews;
using discovery::PortResult;
using discovery::Query;
using discovery::Search;
using discovery::Verdict;

namespace {

/// What the account is looked for by: its domain, or its server alone when nobody may be asked.
Query queryOf(const Account &account, discovery::FinderOptions::Lookup lookup)
{
    if (lookup == discovery::FinderOptions::Lookup::All) {
        if (const auto query = Query::parse(account.email))
            return *query;
    }
    Query query;
    query.kind = Query::Kind::Name;
    query.text = account.server.host;
    query.host = account.server.host;
    return query;
}

/// A verdict of the search's own list for what a server said to signing in; nothing when it is another
/// trouble.
std::optional<Verdict> signInVerdict(const outbox::Problem &problem)
{
    if (problem.kind == outbox::Problem::Kind::SenderRefused)
        return Verdict::SenderRefused;
    if (problem.kind != outbox::Problem::Kind::SignInRefused)
        return {};
    return discovery::signInVerdict(problem.code, problem.enhanced, problem.text);
}

const outbox::Problem *problemOf(const base::Expected<void, delivery::Trouble> &answer)
{
    return answer ? nullptr : std::get_if<outbox::Problem>(&answer.error());
}

QString stepWord(ProofNews::Step step)
{
    using Step = ProofNews::Step;
    switch (step) {
    case Step::Connected:
        return u"connected"_s;
    case Step::SignedIn:
        return u"signed-in"_s;
    case Step::SenderAccepted:
        return u"sender-accepted"_s;
    case Step::SenderRefused:
        return u"sender-refused"_s;
    }
    return {};
}

QJsonValue toJson(const std::optional<Server> &server)
{
    if (!server)
        return QJsonValue(QJsonValue::Null);
    return QJsonObject { { u"host"_s, server->host },
                         { u"port"_s, server->port },
                         { u"security"_s, accounts::toString(server->security) } };
}

} // namespace

DoctorCommand::DoctorCommand(const Context &context, Doctor arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void DoctorCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (account->isPractice())
        return fail(tr("The practice account has no server to look at."), ExitCode::Configuration);
    m_account = *account;
    m_proved = *account;
    if (m_account.command.isEmpty())
        search();
    else
        prove(); // a program takes the messages, and there is no server
}

void DoctorCommand::interrupted()
{
    m_search.reset();
    AccountCommand::interrupted();
}

void DoctorCommand::search()
{
    Search::Options options;
    options.database = m_arguments.database;
    options.lookup = m_arguments.lookup;
    options.port25 = Search::Port25::Include;
    options.extent = Search::Extent::AllPorts;
    if (m_arguments.timeout)
        options.limit = *m_arguments.timeout;
    if (!m_account.caFile.isEmpty())
        options.extraAuthorities = QSslCertificate::fromPath(m_account.caFile, QSsl::Pem);
    if (!m_account.clientName.isEmpty())
        options.clientName = m_account.clientName;
    options.pinnedKey = m_account.pinnedKey;
    options.route = m_account.route;

    m_search = std::make_unique<Search>(queryOf(m_account, m_arguments.lookup), options,
                                        discovery::computersSurroundings());
    m_search->addServer(m_account.server);
    connect(m_search.get(), &Search::changed, this,
            [this] { output().progress(progressLine(m_search->report())); });
    connect(m_search.get(), &Search::finished, this, [this] {
        const auto signIn
            = m_account.user.isEmpty() ? discovery::SavedSignIn::NotUsed : discovery::SavedSignIn::Used;
        m_saved = discovery::compareWithSaved(m_account.server, m_search->report(), signIn);
        // The same host by a port that answers: the password is shown to nobody new.
        if (m_saved.better && !m_saved.works())
            m_proved.server = *m_saved.better;
        prove();
    });
    m_search->start();
}

void DoctorCommand::prove()
{
    output().progress(tr("Signing in…"));
    office().proveAccount(
        m_proved, {}, this, [this](const ProofNews &news) { m_news += news; },
        [this](const base::Expected<void, delivery::Trouble> &answer) {
            if (!isFinishing())
                conclude(answer);
        });
}

void DoctorCommand::conclude(const base::Expected<void, delivery::Trouble> &answer)
{
    QJsonObject object;
    QStringList lines;
    const QStringList found = foundLines();
    if (m_search) {
        object = cli::toJson(m_search->report());
        lines = toLines(m_search->report()) + QStringList { QString() };
    }
    object.insert(u"account"_s, m_account.id);
    object.insert(u"saved"_s, toJson(std::optional(m_account.server)));
    object.insert(u"saved_verdict"_s,
                  m_saved.result ? QJsonValue(discovery::code(m_saved.result->verdict))
                                 : QJsonValue(QJsonValue::Null));
    object.insert(u"better"_s, toJson(m_saved.better ? m_saved.better : m_saved.otherHost));
    object.insert(u"findings"_s, QJsonArray::fromStringList(found));
    object.insert(u"sign_in"_s, signInJson(answer));
    output().result(object, lines + found + signInLines(answer));

    if (!answer)
        return finish(exitCode(answer.error()));
    // The account as it is saved does not send, though another port would.
    const bool isUsed = m_proved.server == m_account.server;
    finish(isUsed ? ExitCode::Done : ExitCode::TryLater);
}

QString DoctorCommand::editCommand(const Server &server) const
{
    QString command = u"postrider-cli account edit %1"_s.arg(m_account.id);
    if (server.host.compare(m_account.server.host, Qt::CaseInsensitive) != 0)
        command += u" --host %1"_s.arg(server.host);
    return command
        + u" --port %1 --security %2"_s.arg(QString::number(server.port),
                                            accounts::toString(server.security));
}

QStringList DoctorCommand::foundLines() const
{
    if (!m_search)
        return {};
    QStringList lines = discovery::findings(m_account.server, m_saved);
    if (const auto better = m_saved.better ? m_saved.better : m_saved.otherHost)
        lines += tr("Use it: %1").arg(editCommand(*better));
    return lines;
}

QStringList DoctorCommand::signInLines(const base::Expected<void, delivery::Trouble> &answer) const
{
    QStringList lines;
    for (const ProofNews &news : m_news) {
        switch (news.step) {
        case ProofNews::Step::Connected:
            lines += news.tls.isEmpty() ? tr("Connected, not encrypted.") : tr("Connected, encrypted.");
            break;
        case ProofNews::Step::SignedIn:
            lines += m_account.user.isEmpty() ? tr("Let in without signing in.")
                                              : tr("Signed in as %1.").arg(m_account.user);
            break;
        case ProofNews::Step::SenderAccepted:
            lines += tr("Mail from %1 is taken.").arg(news.sender);
            break;
        case ProofNews::Step::SenderRefused:
            lines += tr("Mail from %1 is not taken.").arg(news.sender);
            break;
        }
    }
    if (answer)
        return lines;
    lines += delivery::sentence(answer.error());
    if (const outbox::Problem *problem = problemOf(answer)) {
        lines += delivery::evidence(*problem);
        const auto verdict = signInVerdict(*problem);
        if (verdict && *verdict != Verdict::AuthFailed && *verdict != Verdict::SenderRefused) {
            PortResult row;
            row.server = m_proved.server;
            row.verdict = *verdict;
            lines << discovery::sentence(row) << discovery::advice(row);
        } else {
            lines += delivery::advice(*problem);
        }
    }
    lines.removeAll(QString());
    return lines;
}

QJsonObject DoctorCommand::signInJson(const base::Expected<void, delivery::Trouble> &answer) const
{
    QJsonArray steps;
    for (const ProofNews &news : m_news) {
        steps.append(QJsonObject {
            { u"step"_s, stepWord(news.step) },
            { u"sender"_s,
              news.sender.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(news.sender) } });
    }
    QJsonObject object { { u"ok"_s, answer.has_value() },
                         { u"steps"_s, steps },
                         { u"verdict"_s, QJsonValue(QJsonValue::Null) },
                         { u"sentence"_s, QJsonValue(QJsonValue::Null) },
                         { u"server_text"_s, QJsonValue(QJsonValue::Null) } };
    if (answer) {
        object.insert(u"verdict"_s, discovery::code(Verdict::Ok));
        return object;
    }
    object.insert(u"sentence"_s, delivery::sentence(answer.error()));
    if (const outbox::Problem *problem = problemOf(answer)) {
        if (const auto verdict = signInVerdict(*problem))
            object.insert(u"verdict"_s, discovery::code(*verdict));
        if (const QString words = delivery::serverWords(*problem); !words.isEmpty())
            object.insert(u"server_text"_s, words);
    }
    return object;
}

} // namespace postrider::cli
