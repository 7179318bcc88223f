// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/mailserver.h"
#include "support/processhelpers.h"
#include "support/tempprofile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QSet>

#include <memory>

namespace postrider::integration {

// The exit codes of the command line, as scripts rely on them (sysexits.h and two of our own).
constexpr int Done = 0;
constexpr int BadData = 65;
constexpr int AllRefused = 67;
constexpr int Refused = 69;
constexpr int TryLater = 75;
constexpr int Protocol = 76;
constexpr int SignInRefused = 77;
constexpr int InDoubt = 79;
constexpr int SomeRefused = 80;

/// Where and how a test connects.
struct Listener
{
    enum class SignIn {
        No,
        Yes,
    };
    enum class Trust {
        ServersAuthority,
        SystemOnly,
    };
    QString role {};     ///< of the start script
    QString security {}; ///< "tls", "starttls" or "none"
    SignIn signIn = SignIn::Yes;
    Trust trust = Trust::ServersAuthority;
};

/// What one server differs in.
struct Peer
{
    QString script {}; ///< in tests/peers
    QList<Listener> listeners {};
    /// Local parts that are refused with a fixed code.
    QList<std::pair<QString, int>> refusals {};
    /// What the server appends to a message that it delivers.
    QByteArray appended {};
    /// As many as it takes at once.
    int recipients = 200;
    /// How many connections several messages take.
    int connections = 1;
};

/**
 * `postrider-cli send --server` against a real server, through all its listeners: what every server has to be
 * handed over. A test program derives from it, says what the server differs in, and adds what it alone can
 * do.
 *
 * The server runs from initTestCase() to the end of the object.
 */
class PeerTest : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeerTest)

protected:
    explicit PeerTest(Peer peer);
    ~PeerTest() override;

    /// The recipients that a message reached, by its subject; waits for count of them.
    [[nodiscard]] QSet<QByteArray> reached(const QByteArray &subject, qsizetype count) const;
    /// The same, at this moment.
    [[nodiscard]] virtual QSet<QByteArray> reachedSoFar(const QByteArray &subject) const;
    /// The copies of a message that were delivered so far, by its subject.
    [[nodiscard]] QList<support::MailServer::Delivery> delivered(const QByteArray &subject) const;
    /// How many connections the listener saw so far, leaving out those that ended before a sign-in or a
    /// message; -1: it does not tell.
    [[nodiscard]] virtual qsizetype connections(const Listener &listener) const = 0;

    /// Called before each test, when its files can be written.
    virtual void begin() { }

    /// Runs `send --server` to the listener; who signs in is alice.
    [[nodiscard]] support::ProgramResult send(const Listener &listener, const QStringList &more,
                                              const QByteArray &password = "wonder-land-42") const;
    /// The listener of the peer's list with that role.
    [[nodiscard]] Listener listener(const QString &role) const;
    [[nodiscard]] const support::MailServer &server() const { return m_server; }
    [[nodiscard]] support::TempProfile &files() { return *m_files; }

    /// A subject that no other message has.
    [[nodiscard]] QByteArray newSubject();
    /// A finished message, and what has to arrive of it: every line end is CRLF.
    struct MessageFile
    {
        QString path {};
        QByteArray content {};
    };
    [[nodiscard]] MessageFile messageFile(const QByteArray &subject);

    /// The recipients of a result by their address.
    [[nodiscard]] static QHash<QString, QJsonObject> byAddress(const QJsonObject &result);
    /// Fails the test when a message with that subject was delivered.
    void verifyNotDelivered(const QByteArray &subject) const;
    /// Asks for a report of success, and verifies that the one that comes back names the envelope and the
    /// recipient as they were given (RFC 3461).
    void verifyReportOfSuccess(const Listener &listener);
    /// For the report of a failed test.
    [[nodiscard]] static QByteArray told(const support::ProgramResult &result);

    /// Adds the column "listener" with a row for every listener.
    void addListeners() const;

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void oneFile_arrivesOctetForOctet_data();
    void oneFile_arrivesOctetForOctet();
    void fileWithoutLastLineEnd_arrivesWhole_data();
    void fileWithoutLastLineEnd_arrivesWhole();
    void refusedRecipients_leaveTheOthersTheirMessage_data();
    void refusedRecipients_leaveTheOthersTheirMessage();
    void severalFiles_goOverOneConnection_data();
    void severalFiles_goOverOneConnection();
    void wrongPassword_isToldAndNothingArrives_data();
    void wrongPassword_isToldAndNothingArrives();
    void unknownAuthority_isToldAndNothingArrives_data();
    void unknownAuthority_isToldAndNothingArrives();
    void largeAttachment_arrivesUnchanged_data();
    void largeAttachment_arrivesUnchanged();
    void manyRecipients_areReachedByOneMessage_data();
    void manyRecipients_areReachedByOneMessage();

private:
    Peer m_peer;
    support::MailServer m_server;
    std::unique_ptr<support::TempProfile> m_files {};
    int m_subjects = 0;
};

} // namespace postrider::integration

Q_DECLARE_METATYPE(postrider::integration::Listener)
