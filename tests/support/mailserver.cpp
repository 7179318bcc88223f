// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/mailserver.h"

#include "support/processhelpers.h"

#include <QDir>

#include <algorithm>

namespace postrider::support {

namespace {

constexpr int StartLimit = 30'000; // ms
constexpr int NotHereExitCode = 77;

/// The header fields of the server: it delivers with Return-Path first and its own Received last.
qsizetype traceSize(const QByteArray &file)
{
    static const QList<QByteArray> names { "Return-Path:", "X-Original-To:", "Delivered-To:", "Received:" };
    qsizetype position = 0;
    for (const QByteArray &name : names) {
        if (!file.mid(position, name.size()).startsWith(name)) {
            continue;
        }
        do {
            position = file.indexOf('\n', position) + 1;
        } while (position < file.size() && (file.at(position) == ' ' || file.at(position) == '\t'));
    }
    return position;
}

QByteArray fieldBody(const QByteArray &header, const QByteArray &name)
{
    const QByteArray start = name + ": ";
    const QList<QByteArray> lines = header.split('\n');
    const auto field = std::find_if(lines.cbegin(), lines.cend(),
                                    [&start](const QByteArray &line) { return line.startsWith(start); });
    return field == lines.cend() ? QByteArray() : field->sliced(start.size());
}

} // namespace

MailServer::~MailServer()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
}

MailServer::Started MailServer::start()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(POSTRIDER_PEERS_SCRIPT),
                    { QStringLiteral("--end-with-input"), QStringLiteral(POSTRIDER_PEERS), m_folder.path() });
    while (m_process.canReadLine() || m_process.waitForReadyRead(StartLimit)) {
        while (m_process.canReadLine()) {
            const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
            const QStringList words = line.split(u' ');
            if (words.size() == 4 && words.at(0) == u"listen") {
                m_ports.insert(words.at(1), words.at(2).toUShort());
                m_securities.insert(words.at(1), words.at(3));
            } else if (line == u"ready") {
                return Started::Yes;
            } else {
                m_reason = line;
            }
        }
    }
    m_process.waitForFinished();
    return m_process.exitCode() == NotHereExitCode ? Started::NotHere : Started::Failed;
}

QString MailServer::caFile() const
{
    return m_folder.filePath(QStringLiteral("pki/ca.pem"));
}

QList<MailServer::Delivery> MailServer::deliveries() const
{
    QList<Delivery> found;
    const QFileInfoList files
        = QDir(m_folder.filePath(QStringLiteral("mail/new"))).entryInfoList(QDir::Files, QDir::Time);
    for (const QFileInfo &file : files) {
        const QByteArray octets = readFile(file.filePath());
        const qsizetype trace = traceSize(octets);
        found.append({ file.filePath(), octets.first(trace), octets.sliced(trace),
                       fieldBody(octets.first(trace), "Delivered-To") });
    }
    return found;
}

QList<MailServer::Delivery> MailServer::waitForDeliveries(const QByteArray &headerText, qsizetype count) const
{
    QList<Delivery> matching;
    const auto look = [&] {
        matching = deliveries();
        matching.removeIf([&headerText](const Delivery &delivery) {
            return !delivery.content.first(qMax(0, delivery.content.indexOf("\n\n"))).contains(headerText);
        });
        return matching.size() >= count;
    };
    // The result says it all: fewer than count when the time is up.
    static_cast<void>(waitUntil(look));
    return matching;
}

bool MailServer::waitUntilQuiet() const
{
    return waitUntil([this] {
        const QList<QByteArray> lines = log();
        const auto count = [&lines](const QByteArray &end) {
            return std::count_if(lines.cbegin(), lines.cend(),
                                 [&end](const QByteArray &line) { return line.endsWith(end); });
        };
        return count("(queue active)") == count(": removed");
    });
}

QList<QByteArray> MailServer::log() const
{
    return readFile(m_folder.filePath(QStringLiteral("log/postfix.log"))).split('\n');
}

} // namespace postrider::support
