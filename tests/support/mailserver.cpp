// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/mailserver.h"

#include "support/processhelpers.h"

#include <QDirIterator>
#include <QTest>

#include <algorithm>

namespace postrider::support {

namespace {

constexpr int StartLimit = 30'000; // ms
constexpr int NotHereExitCode = 77;

/// The header fields of the servers, which stand in front of those of the message; a message of a test does
/// not begin with one of them.
qsizetype traceSize(const QByteArray &file)
{
    static const QList<QByteArray> names { "return-path:",  "x-original-to:", "delivered-to:",
                                           "envelope-to:",  "x-client-addr:", "x-client-proto:",
                                           "x-helo-args:",  "x-mail-args:",   "x-rcpt-args:",
                                           "received-spf:", "received:" };
    qsizetype position = 0;
    while (position < file.size()) {
        const QByteArray line = file.mid(position, file.indexOf('\n', position) - position).toLower();
        const bool isFolded = position > 0 && (line.startsWith(' ') || line.startsWith('\t'));
        const bool isTrace = isFolded
            || std::any_of(names.cbegin(), names.cend(),
                           [&line](const QByteArray &name) { return line.startsWith(name); });
        if (!isTrace || line.size() == file.size() - position) {
            break;
        }
        position += line.size() + 1;
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

MailServer::MailServer(const QString &script)
    : m_script(QStringLiteral(POSTRIDER_PEER_SCRIPTS "/") + script)
{ }

MailServer::~MailServer()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
}

void MailServer::startOrSkip()
{
    QString reason;
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(m_script,
                    { QStringLiteral("--end-with-input"), QStringLiteral(POSTRIDER_PEERS), m_folder.path() });
    while (m_process.canReadLine() || m_process.waitForReadyRead(StartLimit)) {
        while (m_process.canReadLine()) {
            const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
            const QStringList words = line.split(u' ');
            if (words.size() == 4 && words.at(0) == u"listen") {
                m_ports.insert(words.at(1), words.at(2).toUShort());
                m_securities.insert(words.at(1), words.at(3));
            } else if (line == u"ready") {
                return;
            } else {
                reason = line;
            }
        }
    }
    m_process.waitForFinished();
    if (m_process.exitCode() == NotHereExitCode)
        QSKIP(qPrintable(reason));
    QFAIL(qPrintable(reason));
}

QString MailServer::caFile() const
{
    return m_folder.filePath(QStringLiteral("pki/ca.pem"));
}

QList<MailServer::Delivery> MailServer::deliveries() const
{
    QDirIterator files(m_folder.filePath(QStringLiteral("mail/new")), QDir::Files);
    while (files.hasNext()) {
        const QString path = files.next();
        if (m_known.contains(path)) {
            continue;
        }
        m_known.insert(path);
        const QByteArray octets = readFile(path).replace("\r\n", "\n");
        const qsizetype trace = traceSize(octets);
        m_deliveries.append({ path, octets.first(trace), octets.sliced(trace),
                              fieldBody(octets.first(trace), "Delivered-To") });
    }
    return m_deliveries;
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

QList<QByteArray> MailServer::log(const QString &name) const
{
    return readFile(m_folder.filePath(QStringLiteral("log/") + name)).split('\n');
}

} // namespace postrider::support
