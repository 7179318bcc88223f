// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/commandoutcome.h"
#include "delivery/transport.h"

#include <QProcess>
#include <QTemporaryFile>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>

namespace postrider::delivery {

/**
 * Gives messages to a program on this computer, as /usr/sbin/sendmail is, which takes them over with exit
 * code 0. It is started without a shell, once for each message.
 *
 * Its standard input is a file with the whole message and local line ends, which is made before and removed
 * once the program has it open: were it a pipe, the end of Postrider in the middle would look to the program
 * like the end of the message, and half of it would be sent. For the same reason the mark "the last octet
 * may have left" comes before the program is started: from then on it is waited for, and never killed.
 */
class CommandTransport final : public Transport
{
    Q_OBJECT

public:
    /// Several programs at a time: each mostly waits for the disk.
    static constexpr qsizetype MostAtOnce = 4;
    /// In one call of the program; more are given to it in several.
    static constexpr qsizetype MostRecipients = 500;

    /// The folder is where messages are kept while the program takes them.
    CommandTransport(QStringList command, QString folder, QObject *parent = nullptr);
    ~CommandTransport() override;
    Q_DISABLE_COPY_MOVE(CommandTransport)

    /// Files that a crash has left.
    static void removeLeftovers(const QString &folder);
    /// How long the program may take for a message; as long as a server may (RFC 5321 section 4.5.3.2.6).
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    void open() override;
    [[nodiscard]] qsizetype freeSlots() const override;
    void submit(HandoverId id, Consignment consignment) override;
    void releaseFinalOctets(const postrider::delivery::FinalOctets &released) override;
    void close() override;
    void abort() override;
    void cancel() override;

    [[nodiscard]] bool isPastFinalOctet() const override;
    [[nodiscard]] bool takesEightBit() const override { return false; }
    [[nodiscard]] std::optional<smtp::Capabilities::FutureReleaseLimits> futureReleaseLimits() const override
    {
        return std::nullopt;
    }
    [[nodiscard]] outbox::ServerFacts facts() const override;
    [[nodiscard]] const ServerSpeed &speed() const override { return m_speed; }
    [[nodiscard]] std::optional<net::TlsReport> tlsReport() const override { return std::nullopt; }
    [[nodiscard]] net::TlsTicket tlsTicket() const override { return {}; }
    void setTranscript(TranscriptSink sink) override { m_transcript = std::move(sink); }

private:
    /// A message, and the call of the program that is under way for it.
    struct Parcel
    {
        Consignment consignment {};
        outbox::AttemptOutcome outcome {}; ///< of the recipients that were given to the program
        qsizetype given = 0;               ///< how many that are
        qsizetype next = 0;                ///< how many the present call is for
        std::unique_ptr<QTemporaryFile> file {};
        QProcess *process = nullptr; ///< null: not started
    };

    void ask(HandoverId id);
    void start(HandoverId id);
    [[nodiscard]] bool writeFile(Parcel &parcel, outbox::Problem &problem) const;
    void ended(HandoverId id, const CommandEnd &end);
    void finish(HandoverId id, outbox::Problem problem, outbox::RecipientState undecided);
    void finishAll();
    void leaveRunning(QProcess *process);
    void note(smtp::Session::Direction direction, const QByteArray &line) const;

    QStringList m_command;
    QString m_folder;
    std::chrono::milliseconds m_patience = std::chrono::minutes { 10 };
    ServerSpeed m_speed {};
    TranscriptSink m_transcript {};
    std::map<HandoverId, Parcel> m_parcels {};
    QList<HandoverId> m_due {}; ///< whose mark is to be asked for, all at once
    bool m_isOver = false;
};

} // namespace postrider::delivery
