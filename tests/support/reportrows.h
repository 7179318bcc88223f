// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

/// Reports of searches as tests of words, rows and windows want them, without a search.
namespace postrider::support {

/// Every verdict there is, in the order of the enumeration.
[[nodiscard]] inline QList<discovery::Verdict> allVerdicts()
{
    QList<discovery::Verdict> verdicts;
    for (int i = 0; i <= static_cast<int>(discovery::Verdict::SenderRefused); ++i)
        verdicts += static_cast<discovery::Verdict>(i);
    return verdicts;
}

[[nodiscard]] inline accounts::Server serverAt(const QString &host, quint16 port)
{
    return { host, port, port == 465 ? accounts::Security::Tls : accounts::Security::StartTls };
}

[[nodiscard]] inline discovery::PortResult portRow(discovery::Verdict verdict, quint16 port = 587,
                                                   const QString &host = QStringLiteral("smtp.example.org"))
{
    discovery::PortResult row;
    row.server = serverAt(host, port);
    row.verdict = verdict;
    row.took = std::chrono::milliseconds(230);
    return row;
}

/// A row that works, with all that a server tells.
[[nodiscard]] inline discovery::PortResult
workingRow(quint16 port, const QString &host = QStringLiteral("smtp.example.org"))
{
    discovery::PortResult row = portRow(discovery::Verdict::Ok, port, host);
    row.addresses = { { QHostAddress(QStringLiteral("2001:db8::25")), discovery::Verdict::Timeout,
                        std::chrono::milliseconds(5'000) },
                      { QHostAddress(QStringLiteral("192.0.2.25")), discovery::Verdict::Ok,
                        std::chrono::milliseconds(23) } };
    row.connectTime = std::chrono::milliseconds(23);
    row.greetingDelay = std::chrono::milliseconds(40);
    row.greeting = "220 smtp.example.org ready for ann@example.org";
    row.tls = net::TlsReport { .version = QStringLiteral("TLS 1.3"),
                               .cipher = QStringLiteral("TLS_AES_256_GCM_SHA384"),
                               .names = { "smtp.example.org", "*.mail.example.org" },
                               .issuer = QStringLiteral("Example Authority"),
                               .expires = QDateTime(QDate(2031, 5, 6), QTime(7, 8), Qt::UTC),
                               .certificateSha256 = QByteArray(32, '\x0a'),
                               .keySha256 = QByteArray(32, '\x0b') };
    row.keywords = { "SIZE 35882577", "8BITMIME", "AUTH PLAIN LOGIN GSSAPI" };
    row.auth = { "PLAIN", "LOGIN" };
    row.otherAuth = { "GSSAPI" };
    row.sizeLimit = 35'882'577;
    return row;
}

/// The end of a search for ann.lee@example.org that found 465 and 587.
[[nodiscard]] inline discovery::Report foundReport()
{
    using namespace discovery;
    Report report;
    report.query = { .kind = Query::Kind::Address,
                     .text = QStringLiteral("Ann.Lee@Example.ORG"),
                     .address = QStringLiteral("Ann.Lee@example.org"),
                     .domain = QStringLiteral("example.org") };
    report.startedAt = QDateTime(QDate(2026, 11, 22), QTime(14, 2), Qt::UTC);
    report.elapsed = std::chrono::milliseconds(312);
    report.verdict = Verdict::Ok;
    report.isSettled = true;
    report.isFinished = true;
    report.steps = { { Source::Table, StepState::Nothing, {} },
                     { Source::Autoconfig, StepState::Found, QStringLiteral("smtp.example.org") },
                     { Source::Srv, StepState::Failed, {} } };
    report.ports
        = { workingRow(465), workingRow(587), portRow(Verdict::Timeout, 2525), portRow(Verdict::NoAuth, 25) };
    report.recommended = Recommendation { .server = report.ports.first().server,
                                          .user = QStringLiteral("Ann.Lee@example.org"),
                                          .auth = { "PLAIN", "LOGIN" },
                                          .source = Source::Autoconfig,
                                          .trust = Trust::Sure,
                                          .reason = Reason::EncryptedFromStart };
    report.alternates = { report.ports.at(1).server };
    return report;
}

/// The end of a search that found nothing: every port with the same verdict, which is the report's, too.
[[nodiscard]] inline discovery::Report failedReport(discovery::Verdict verdict)
{
    discovery::Report report = foundReport();
    report.verdict = verdict;
    report.recommended.reset();
    report.alternates.clear();
    report.ports = { portRow(verdict, 465), portRow(verdict, 587), portRow(verdict, 2525) };
    return report;
}

} // namespace postrider::support
