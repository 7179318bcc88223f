// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/testcertificates.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSsl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postrider::support {

/**
 * A mail server for tests, on a free port of 127.0.0.1, that can be told to misbehave.
 *
 * It answers every command as a sending server would and takes any user, unless its behaviour says otherwise.
 * Lives in the test's own thread.
 */
class FakeSmtpServer final : public QObject
{
    Q_OBJECT

public:
    enum class Security { Plaintext, StartTls, ImplicitTls };
    enum class Stage {
        Connected,
        Ehlo,
        StartTls,
        Handshake,
        Auth,
        Mail,
        Rcpt,
        Data,
        Content,
        ContentEnd,
        Quit
    };

    struct Message
    {
        QByteArray reversePath {};
        QList<QByteArray> recipients {};
        QByteArray content {}; ///< with dots unstuffed
    };

    struct Behaviour
    {
        Security security = Security::StartTls;
        TestCertificate identity {};
        QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater;
        QHash<Stage, QByteArray> replies {}; ///< in place of the usual ones, with CRLF
        QList<QByteArray> extensions {};     ///< more lines of the EHLO reply, such as "PIPELINING"
        /// Before all of these, the reply to one line (with CRLF); empty: as usual. A BDAT line is asked
        /// about when its octets are in.
        std::function<QByteArray(const QByteArray &line)> answer {};
        /// Lines that get no reply.
        std::function<bool(const QByteArray &line)> ignores {};
        /// How long the reply to a message's last octet takes; other connections go on meanwhile.
        std::chrono::milliseconds acceptTime { 0 };
        /// Told of a message whose last octet is in, before anything is made of it.
        std::function<void(const Message &message)> arrived {};
        std::optional<qsizetype> closesAfterMessages {}; ///< in place of the reply to the content of the next
        enum class Closing { Always, Once } closing = Closing::Always; ///< with closesAfterMessages
        bool knowsChunks = true;              ///< false: BDAT is an unknown command, its octets are lines
        bool keepsInputBehindContent = true;  ///< false: what came in together with a dot is lost
        std::optional<Stage> silentFrom {};   ///< reads, and answers nothing more
        std::optional<Stage> closesAt {};     ///< in place of the reply
        std::optional<Stage> resetsAt {};     ///< closes with RST in place of the reply
        bool readsContent = true;             ///< false: stops reading after the 354
        QByteArray injectedBehindStartTls {}; ///< plain octets in the same write as the 220
        qsizetype pieceOctets = 0;            ///< replies leave in pieces of this size; 0: whole
    };

    struct Command
    {
        QByteArray line {};
        bool encrypted = false;
    };

    explicit FakeSmtpServer(Behaviour behaviour, QObject *parent = nullptr);
    ~FakeSmtpServer() override;
    Q_DISABLE_COPY_MOVE(FakeSmtpServer)

    [[nodiscard]] quint16 port() const;
    /// Says something to every client, unasked.
    void say(const QByteArray &octets);
    /// Closes all connections, unasked.
    void hangUp();
    /// The same, and takes no further one.
    void stop();
    /// Every line that is not content, of all connections in turn.
    [[nodiscard]] QList<Command> commands() const;
    /// How many of them begin so.
    [[nodiscard]] qsizetype count(QByteArrayView verb) const;
    [[nodiscard]] bool received(QByteArrayView verb) const { return count(verb) > 0; }
    [[nodiscard]] QList<Message> messages() const;
    /// Content octets received so far, of all messages.
    [[nodiscard]] qint64 contentOctets() const;
    [[nodiscard]] int connections() const;
    [[nodiscard]] int openConnections() const;
    /// Which connection, counted from 1, a function of Behaviour is called for.
    [[nodiscard]] int speaker() const;
    /// How many clients ended TLS with close_notify.
    [[nodiscard]] int closeNotifies() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::support
