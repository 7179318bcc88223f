// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/searchoutput.h"

#include "cli/output.h"
#include "discovery/words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using discovery::PortResult;
using discovery::Report;
using discovery::Verdict;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::cli::SearchOutput)
};

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue timeOrNull(const std::optional<std::chrono::milliseconds> &time)
{
    return time ? QJsonValue(static_cast<qint64>(time->count())) : QJsonValue(QJsonValue::Null);
}

QJsonArray toArray(const QByteArrayList &words)
{
    QJsonArray array;
    for (const QByteArray &word : words)
        array.append(QString::fromUtf8(word));
    return array;
}

QString problemWord(net::TlsProblem problem)
{
    using Problem = net::TlsProblem;
    switch (problem) {
    case Problem::WrongName:
        return u"wrong-name"_s;
    case Problem::SelfSigned:
        return u"self-signed"_s;
    case Problem::UntrustedAuthority:
        return u"untrusted-authority"_s;
    case Problem::Expired:
        return u"expired"_s;
    case Problem::NotYetValid:
        return u"not-yet-valid"_s;
    case Problem::WrongPurpose:
        return u"wrong-purpose"_s;
    case Problem::WeakKey:
        return u"weak-key"_s;
    case Problem::PinMismatch:
        return u"pin-mismatch"_s;
    case Problem::Other:
        return u"other"_s;
    }
    return {};
}

QJsonValue toJson(const std::optional<net::TlsReport> &tls)
{
    if (!tls)
        return QJsonValue(QJsonValue::Null);
    QJsonArray problems;
    for (const net::TlsProblem problem : tls->problems)
        problems.append(problemWord(problem));
    const QString expires = tls->expires.isValid() ? tls->expires.toUTC().toString(Qt::ISODate) : QString();
    return QJsonObject {
        { u"version"_s, textOrNull(tls->version) },
        { u"cipher"_s, textOrNull(tls->cipher) },
        { u"names"_s, toArray(tls->names) },
        { u"issuer"_s, textOrNull(tls->issuer) },
        { u"expires"_s, textOrNull(expires) },
        { u"problems"_s, problems },
        { u"certificate_sha256"_s, textOrNull(QString::fromLatin1(tls->certificateSha256.toHex())) },
        { u"key_sha256"_s, textOrNull(QString::fromLatin1(tls->keySha256.toHex())) },
    };
}

QJsonObject toJson(const accounts::Server &server)
{
    return { { u"host"_s, server.host },
             { u"port"_s, server.port },
             { u"security"_s, accounts::toString(server.security) } };
}

QJsonObject toJson(const PortResult &result)
{
    QJsonArray addresses;
    QJsonArray attempts;
    for (const discovery::AddressAttempt &attempt : result.addresses) {
        const QString address = attempt.address.toString();
        if (!attempt.address.isNull())
            addresses.append(address);
        attempts.append(QJsonObject { { u"address"_s, textOrNull(address) },
                                      { u"verdict"_s, code(attempt.verdict) },
                                      { u"ms"_s, timeOrNull(attempt.took) } });
    }
    QJsonObject object = toJson(result.server);
    object.insert(u"verdict"_s, code(result.verdict));
    object.insert(u"sentence"_s, discovery::sentence(result));
    object.insert(u"advice"_s, textOrNull(discovery::advice(result)));
    object.insert(u"source"_s, code(result.source));
    object.insert(u"addresses"_s, addresses);
    object.insert(u"attempts"_s, attempts);
    object.insert(u"proxied"_s, result.isProxied);
    object.insert(u"connect_ms"_s, timeOrNull(result.connectTime));
    object.insert(u"greeting_ms"_s, timeOrNull(result.greetingDelay));
    object.insert(u"took_ms"_s, timeOrNull(result.took));
    object.insert(u"greeting"_s, textOrNull(QString::fromUtf8(result.greeting)));
    object.insert(u"speaks"_s, textOrNull(result.spokenInstead));
    object.insert(u"server_text"_s, textOrNull(QString::fromUtf8(result.serverWords)));
    object.insert(u"tls"_s, toJson(result.tls));
    object.insert(u"intercepted_by"_s, textOrNull(result.antivirus));
    object.insert(u"keywords"_s, toArray(result.keywords));
    object.insert(u"auth"_s, toArray(result.auth));
    object.insert(u"auth_unusable"_s, toArray(result.otherAuth));
    object.insert(u"size"_s, result.sizeLimit ? QJsonValue(*result.sizeLimit) : QJsonValue(QJsonValue::Null));
    object.insert(u"suggested_host"_s, textOrNull(result.suggestedHost));
    object.insert(u"recommendable"_s, result.isRecommendable());
    return object;
}

QJsonValue toJson(const std::optional<discovery::Recommendation> &recommended)
{
    if (!recommended)
        return QJsonValue(QJsonValue::Null);
    QJsonObject object = toJson(recommended->server);
    object.insert(u"username"_s, textOrNull(recommended->user));
    object.insert(u"auth"_s, toArray(recommended->auth));
    object.insert(u"source"_s, code(recommended->source));
    object.insert(u"confirm"_s, recommended->trust == discovery::Trust::Confirm);
    object.insert(u"reason"_s, discovery::reason(*recommended));
    return object;
}

QString stateWord(discovery::StepState state)
{
    using State = discovery::StepState;
    switch (state) {
    case State::Waiting:
        return u"waiting"_s;
    case State::Running:
        return u"running"_s;
    case State::Found:
        return u"found"_s;
    case State::Nothing:
        return u"nothing"_s;
    case State::Failed:
        return u"failed"_s;
    case State::Skipped:
        return u"skipped"_s;
    }
    return {};
}

QString hostAndPort(const accounts::Server &server)
{
    const QString name = server.host.contains(u':') ? u'[' + server.host + u']' : server.host;
    return printable(name) + u':' + QString::number(server.port);
}

bool isRecommended(const Report &report, const PortResult &result)
{
    return report.recommended && report.recommended->server == result.server;
}

using Row = std::array<QString, 4>;

/// Columns as wide as their longest word, two blanks apart.
QStringList aligned(const QList<Row> &rows)
{
    std::array<qsizetype, 4> widths {};
    for (const Row &row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths.at(column) = std::max(widths.at(column), row.at(column).size());
    }
    QStringList lines;
    for (const Row &row : rows) {
        QString line;
        for (std::size_t column = 0; column < row.size(); ++column)
            line += row.at(column).leftJustified(widths.at(column) + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        lines += line;
    }
    return lines;
}

QStringList table(const Report &report)
{
    QList<Row> rows;
    for (const PortResult &result : report.ports) {
        QString words = discovery::shortSentence(result);
        if (isRecommended(report, result))
            words = Words::tr("%1 (best)").arg(words);
        rows += Row { hostAndPort(result.server), discovery::portTitle(result.server), words,
                      discovery::timeWords(result) };
    }
    return aligned(rows);
}

QStringList everyPort(const Report &report)
{
    QStringList lines;
    for (const PortResult &result : report.ports) {
        if (result.verdict == Verdict::NotTried)
            continue;
        lines += hostAndPort(result.server) + u"  "_s + discovery::sentence(result);
        if (const QString help = discovery::advice(result); !help.isEmpty())
            lines += u"    "_s + help;
        const QStringList details = discovery::details(result).split(u'\n');
        for (const QString &line : details)
            lines += u"    "_s + line;
        lines += QString();
    }
    return lines;
}

QStringList answer(const Report &report)
{
    QStringList lines { discovery::sentence(report) };
    if (report.recommended) {
        lines += discovery::reason(*report.recommended);
        lines += Words::tr("The name is %1.")
                     .arg(discovery::sourceWords(report.recommended->source, report.query.domain));
        if (!report.recommended->user.isEmpty())
            lines += Words::tr("User name: %1").arg(printable(report.recommended->user));
    }
    lines += discovery::advice(report);
    lines += discovery::proxyWords(report);
    lines.removeAll(QString());
    return lines;
}

} // namespace

QJsonObject toJson(const Report &report)
{
    QJsonArray candidates;
    for (const PortResult &result : report.ports)
        candidates.append(toJson(result));
    QJsonArray steps;
    for (const discovery::SourceStep &step : report.steps) {
        steps.append(QJsonObject { { u"source"_s, code(step.source) },
                                   { u"state"_s, stateWord(step.state) },
                                   { u"found"_s, textOrNull(step.found) } });
    }
    QJsonArray alternates;
    for (const accounts::Server &server : report.alternates)
        alternates.append(toJson(server));
    const bool isProxied = std::any_of(report.ports.begin(), report.ports.end(),
                                       [](const PortResult &result) { return result.isProxied; });
    return {
        { u"query"_s, report.query.text },
        { u"verdict"_s, code(report.verdict) },
        { u"sentence"_s, discovery::sentence(report) },
        { u"advice"_s, textOrNull(discovery::advice(report)) },
        { u"elapsed_ms"_s, static_cast<qint64>(report.elapsed.count()) },
        { u"recommended"_s, toJson(report.recommended) },
        { u"only_with_consent"_s, toJson(report.onlyWithConsent) },
        { u"alternates"_s, alternates },
        { u"provider"_s, textOrNull(report.providerId.value_or(QString())) },
        { u"service"_s, textOrNull(report.serviceId.value_or(QString())) },
        { u"hosted_at"_s, textOrNull(report.hostedAt) },
        { u"portal"_s, textOrNull(report.portalUrl.toString()) },
        { u"proxied"_s, isProxied },
        { u"steps"_s, steps },
        { u"candidates"_s, candidates },
    };
}

QStringList toLines(const Report &report)
{
    QStringList lines;
    for (const discovery::SourceStep &step : report.steps) {
        if (step.state != discovery::StepState::Skipped)
            lines += discovery::stepLine(step, report.query.domain);
    }
    if (!lines.isEmpty())
        lines += QString();
    lines += everyPort(report);
    if (const QStringList rows = table(report); !rows.isEmpty())
        lines += rows + QStringList { QString() };
    return lines + answer(report);
}

ExitCode exitCode(const Report &report)
{
    if (report.recommended)
        return ExitCode::Done;
    switch (report.verdict) {
    case Verdict::Timeout:
    case Verdict::Unreachable:
    case Verdict::AllMailBlocked:
    case Verdict::Offline:
    case Verdict::Captive:
    case Verdict::DnsFailed:
    case Verdict::Busy:
    case Verdict::Rate:
        return ExitCode::TryLater;
    default:
        return report.freshness == discovery::Freshness::NetworkChanged ? ExitCode::TryLater
                                                                        : ExitCode::Refused;
    }
}

QString progressLine(const Report &report)
{
    // What ended last is the news; of equal rank the best.
    const PortResult *latest = nullptr;
    qsizetype running = 0;
    for (const PortResult &result : report.ports) {
        running += result.isRunning ? 1 : 0;
        if (result.verdict != Verdict::NotTried && (!latest || result.took > latest->took))
            latest = &result;
    }
    if (!latest)
        return discovery::sentence(report);
    const QString news = hostAndPort(latest->server) + u": "_s + discovery::shortSentence(*latest);
    //: What is known of a port by now, and how many others are still being tried.
    return running > 0 ? Words::tr("%1; %2 more").arg(news, QString::number(running)) : news;
}

} // namespace postrider::cli
