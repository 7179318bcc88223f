// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connection.h"

#include "net/addressliteral.h"
#include "net/background.h"
#include "net/connector.h"
#include "net/tlshandshake.h"

#include <QPointer>
#include <QScopedValueRollback>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <variant>

namespace postrider::net {

using namespace Qt::StringLiterals;
using Failed = ConnectionFailure::Kind;

namespace {

/// A new block is taken while less than this waits in the socket: one block is in flight, since its octets
/// then stay in the processor's cache, and the memory that the socket copies them to is not asked for anew
/// each time.
constexpr qint64 RefillBelow = 32 * 1024;
/// How often the kernel is handed octets at once before the event loop, and so the server, has its turn.
constexpr int MostFlushesInTurn = 8;
/// What is smaller waits for what the session has to say next, so that both leave in one packet.
constexpr qsizetype LargeFlightOctets = 16 * 1024;
/// Octets that a server may send ahead of us; more stays in the kernel.
constexpr qint64 ReadBufferOctets = 64 * 1024;
/// How long the server may take to close after its reply to QUIT.
constexpr std::chrono::seconds CloseTimeout { 2 };
/// A timer's longest interval; it is set again when it fires early.
constexpr std::chrono::milliseconds LongestTimer = std::chrono::hours { 1 };

} // namespace

class Connection::Private
{
public:
    enum class Phase {
        Idle,
        Connecting,
        Handshaking,
        Running, ///< the session has the connection
        Closing, ///< QUIT was answered
        Ended,
    };

    Private(Connection *connection, ConnectionConfig c, const base::Clock &timeSource)
        : q(connection)
        , config(std::move(c))
        , clock(timeSource)
    {
        phaseTimer.setSingleShot(true);
        QObject::connect(&phaseTimer, &QTimer::timeout, q, [this] { handlePhaseTimeout(); });
        deadlineTimer.setSingleShot(true);
        QObject::connect(&deadlineTimer, &QTimer::timeout, q, [this] {
            if (phase != Phase::Running)
                return;
            session->handleTimeout(clock.monotonic());
            pump();
        });
    }

    void open();
    void handleConnected();
    void startSession();
    void startHandshake();
    void handleAccepted();

    void handleSocketError(QAbstractSocket::SocketError error);
    void handleDisconnected();
    void lose();

    void read();
    bool receive();
    void pump();
    void collect();
    bool write();
    bool flush(int &flushesLeft);
    void handle(const smtp::Event &event);
    void derive(const sasl::KeyDerivation &derivation);
    void armDeadline();
    void handlePhaseTimeout();

    [[nodiscard]] qint64 octetsInSocket() const;
    [[nodiscard]] qint64 octetsWaiting() const;
    [[nodiscard]] bool isRunning() const { return phase == Phase::Running; }
    [[nodiscard]] QString lossReason() const;
    void fail(ConnectionFailure failure);
    void finish();
    void end();

    Connection *q;
    ConnectionConfig config;
    const base::Clock &clock;
    Phase phase = Phase::Idle;
    QTimer phaseTimer { q };    ///< handshake, close; the Connector has its own
    QTimer deadlineTimer { q }; ///< the session's
    base::MonotonicTime armedFor {};
    Connector *connector = nullptr; ///< a child of q
    QSslSocket *socket = nullptr;   ///< a child of q
    QPointer<QTcpSocket> proxySocket {};
    TlsHandshake *handshake = nullptr; ///< a child of socket
    QHostAddress peer {};
    /// Kept after the end, for the getters and for calls that are under way.
    std::optional<TlsReport> report {};
    TlsTicket ticket {};
    std::unique_ptr<smtp::Session> session {};
    std::function<void(smtp::Session::Direction, QByteArrayView)> transcript {};
    QByteArray readBuffer = QByteArray(16 * 1024, Qt::Uninitialized);
    QByteArray flight {}; ///< taken from the session, and not yet written
    bool pumping = false;
};

void Connection::Private::open()
{
    Q_ASSERT(phase == Phase::Idle);
    phase = Phase::Connecting;
    connector = new Connector(config, q);
    QObject::connect(connector, &Connector::connected, q, [this] { handleConnected(); });
    QObject::connect(connector, &Connector::failed, q,
                     [this](const ConnectionFailure &failure) { fail(failure); });
    connector->start();
}

void Connection::Private::handleConnected()
{
    socket = connector->takeSocket().release();
    socket->setParent(q);
    std::exchange(connector, nullptr)->deleteLater();
    peer = socket->peerAddress();
    if (config.session.addressLiteral.isEmpty())
        config.session.addressLiteral = addressLiteral(socket->localAddress());

    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setReadBufferSize(ReadBufferOctets);
    // Behind a proxy there is a socket within the socket, which takes whatever it is given; what waits there
    // must count, or a slow proxy would get a whole message into our memory.
    const auto innerSockets = socket->findChildren<QTcpSocket *>();
    for (QTcpSocket *inner : innerSockets) {
        if (inner->parent() != socket) {
            proxySocket = inner;
            // Queued: behind SOCKS 5 this signal comes while the outer socket still hands over octets that it
            // has not yet taken off its own buffer, and a flush here would send them a second time.
            QObject::connect(
                inner, &QTcpSocket::bytesWritten, q, [this] { pump(); }, Qt::QueuedConnection);
        }
    }
    QObject::connect(socket, &QSslSocket::readyRead, q, [this] { read(); });
    // Under TLS the first of these comes while the octets are between two buffers of the socket, and would
    // have the next block put behind them.
    QObject::connect(socket, &QSslSocket::bytesWritten, q, [this] {
        if (!socket->isEncrypted())
            pump();
    });
    QObject::connect(socket, &QSslSocket::encryptedBytesWritten, q, [this] { pump(); });
    QObject::connect(socket, &QSslSocket::errorOccurred, q,
                     [this](QAbstractSocket::SocketError error) { handleSocketError(error); });
    QObject::connect(socket, &QSslSocket::disconnected, q, [this] { handleDisconnected(); });

    if (config.session.security == smtp::Security::ImplicitTls) {
        startHandshake();
        return;
    }
    startSession();
    read();
}

void Connection::Private::startSession()
{
    phase = Phase::Running;
    session = std::make_unique<smtp::Session>(config.session, clock.monotonic());
    session->setTranscript(transcript);
    Q_EMIT q->connected();
}

void Connection::Private::startHandshake()
{
    phase = Phase::Handshaking;
    deadlineTimer.stop();
    phaseTimer.start(config.handshakeTimeout);

    QString host = config.host;
    if (host.endsWith(u'.'))
        host.chop(1);
    handshake = new TlsHandshake(*socket, { host, config.port, config.tls, config.clientCertificate },
                                 config.tlsTicket, socket);
    QObject::connect(handshake, &TlsHandshake::accepted, q, [this] { handleAccepted(); });
    QObject::connect(handshake, &TlsHandshake::notTrusted, q,
                     [this] { fail({ .kind = Failed::TlsNotTrusted, .reason = socket->errorString() }); });
    QObject::connect(handshake, &TlsHandshake::failed, q,
                     [this](HandshakeFailure failure, const QString &reason) {
                         fail({ .kind = Failed::TlsFailed, .reason = reason, .handshake = failure });
                     });
    handshake->start();
}

void Connection::Private::handleAccepted()
{
    phaseTimer.stop();
    report = handshake->report();
    if (config.session.security == smtp::Security::ImplicitTls) {
        startSession();
    } else {
        phase = Phase::Running;
        session->tlsEstablished(clock.monotonic());
    }
    read();
}

void Connection::Private::handleSocketError(QAbstractSocket::SocketError error)
{
    // When the server closed, octets may wait to be decrypted; handleDisconnected() comes after them.
    if (phase == Phase::Running && error != QAbstractSocket::RemoteHostClosedError)
        lose();
}

void Connection::Private::handleDisconnected()
{
    if (phase == Phase::Running)
        lose();
    else if (phase == Phase::Closing)
        finish();
}

void Connection::Private::lose()
{
    while (receive()) { }
    session->connectionClosed();
    pump();
}

void Connection::Private::read()
{
    if (phase != Phase::Running)
        return;
    receive();
    pump();
}

/// All that is there now; whether there was something. What comes meanwhile waits for the next turn, or a
/// server that never ends would leave no time to tell that it goes too far.
bool Connection::Private::receive()
{
    const qint64 available = socket->bytesAvailable();
    for (qint64 left = available; left > 0;) {
        const qint64 count = socket->read(readBuffer.data(), std::min<qint64>(left, readBuffer.size()));
        if (count <= 0)
            return false;
        left -= count;
        session->receive(QByteArrayView(readBuffer.constData(), count), clock.monotonic());
    }
    return available > 0;
}

void Connection::Private::pump()
{
    // Slots of happened() come back here through submit() and the like; the call under way goes on for them.
    if (pumping || phase != Phase::Running)
        return;
    const QScopedValueRollback<bool> guard(pumping, true);
    int flushesLeft = MostFlushesInTurn;
    do {
        // The answers to all events join in one write, and so in one packet and TLS record.
        for (;;) {
            collect();
            const std::optional<smtp::Event> event = session->nextEvent();
            if (!event)
                break;
            handle(*event);
            if (phase != Phase::Running)
                return;
        }
    } while (write() || flush(flushesLeft));
    armDeadline();
}

void Connection::Private::collect()
{
    if (flight.size() >= LargeFlightOctets || octetsInSocket() >= RefillBelow)
        return;
    const QByteArray octets = session->takeOutput(smtp::Session::BlockOctets, clock.monotonic());
    if (flight.isEmpty())
        flight = octets; // shared: a block of content is not copied on its way to the socket
    else
        flight += octets;
}

/// Whether there was something.
bool Connection::Private::write()
{
    if (flight.isEmpty())
        return false;
    socket->write(std::exchange(flight, {}));
    return true;
}

/// Hands the kernel what waits: to have the event loop ask first whether the socket can be written to costs
/// as much as a small message, and would send a large one from one wake-up to the next. Only what the kernel
/// does not take waits for the loop. Whether it was tried; the socket may then have had news, too.
bool Connection::Private::flush(int &flushesLeft)
{
    const qint64 waiting = octetsInSocket();
    if (waiting == 0 || flushesLeft == 0)
        return false;
    socket->flush();
    flushesLeft = octetsInSocket() < waiting ? flushesLeft - 1 : 0;
    return true;
}

void Connection::Private::handle(const smtp::Event &event)
{
    if (const auto *wanted = std::get_if<smtp::event::KeyDerivationWanted>(&event)) {
        derive(wanted->derivation);
        return;
    }
    Q_EMIT q->happened(event);
    if (phase != Phase::Running)
        return;

    if (std::holds_alternative<smtp::event::BeginTls>(event)) {
        if (socket->state() != QAbstractSocket::ConnectedState)
            return; // lost meanwhile; the session's last event follows
        if (socket->bytesAvailable() > 0) {
            // The socket would hand these octets out as if they had come through TLS (RFC 3207 section 6).
            fail({ .kind = Failed::Session,
                   .session = { .stage = smtp::Failure::Stage::StartTls,
                                .cause = smtp::Failure::Cause::Unsolicited } });
            return;
        }
        startHandshake();
    } else if (const auto *failed = std::get_if<smtp::event::SessionFailed>(&event)) {
        const bool lost = failed->failure.cause == smtp::Failure::Cause::ConnectionLost;
        fail({ .kind = Failed::Session,
               .reason = lost ? lossReason() : QString(),
               .session = failed->failure });
    } else if (std::holds_alternative<smtp::event::Finished>(event)) {
        phase = Phase::Closing;
        deadlineTimer.stop();
        if (socket->state() == QAbstractSocket::UnconnectedState) {
            finish();
            return;
        }
        phaseTimer.start(CloseTimeout);
        socket->disconnectFromHost(); // under TLS with close_notify
    }
}

void Connection::Private::derive(const sasl::KeyDerivation &derivation)
{
    runInBackground(
        q, [derivation] { return derivation.run(); },
        [this](base::Secret key) {
            if (phase != Phase::Running)
                return;
            session->resumeAuthentication(std::move(key), clock.monotonic());
            pump();
        });
}

void Connection::Private::armDeadline()
{
    const std::optional<base::MonotonicTime> due = session->deadline();
    if (!due) {
        deadlineTimer.stop();
        return;
    }
    // An earlier timer is left to fire: the session ignores it, and it is set anew. Deadlines move with
    // every block of content, timers would have to as well.
    if (deadlineTimer.isActive() && armedFor <= *due)
        return;
    armedFor = *due;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - clock.monotonic());
    deadlineTimer.start(std::clamp(left, std::chrono::milliseconds::zero(), LongestTimer));
}

void Connection::Private::handlePhaseTimeout()
{
    if (phase == Phase::Handshaking) {
        fail({ .kind = Failed::Session,
               .session
               = { .stage = smtp::Failure::Stage::TlsHandshake, .cause = smtp::Failure::Cause::TimedOut } });
    } else if (phase == Phase::Closing) {
        finish();
    }
}

qint64 Connection::Private::octetsInSocket() const
{
    return socket->bytesToWrite() + socket->encryptedBytesToWrite()
        + (proxySocket ? proxySocket->bytesToWrite() : 0);
}

qint64 Connection::Private::octetsWaiting() const
{
    return socket ? octetsInSocket() + flight.size() : 0;
}

QString Connection::Private::lossReason() const
{
    const QString alert = handshake ? handshake->alert() : QString();
    return alert.isEmpty() ? socket->errorString()
                           : u"%1 (TLS alert: %2)"_s.arg(socket->errorString(), alert);
}

void Connection::Private::fail(ConnectionFailure failure)
{
    end();
    Q_EMIT q->failed(failure);
}

void Connection::Private::finish()
{
    end();
    Q_EMIT q->finished();
}

void Connection::Private::end()
{
    phase = Phase::Ended;
    phaseTimer.stop();
    deadlineTimer.stop();
    flight.clear();
    if (connector) {
        connector->disconnect(q);
        std::exchange(connector, nullptr)->deleteLater();
    }
    if (handshake) {
        report = handshake->report();
        ticket = handshake->ticket();
        // This may be one of its own signals, or the socket's.
        handshake->disconnect(q);
        handshake = nullptr; // ends with the socket
    }
    if (socket) {
        socket->disconnect(q);
        socket->abort();
        std::exchange(socket, nullptr)->deleteLater();
    }
}

Connection::Connection(ConnectionConfig config, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(config), clock))
{ }

Connection::~Connection()
{
    d->end();
}

void Connection::open()
{
    d->open();
}

void Connection::authenticate(std::unique_ptr<sasl::Mechanism> mechanism)
{
    if (!d->isRunning())
        return;
    d->session->authenticate(std::move(mechanism), d->clock.monotonic());
    d->pump();
}

void Connection::skipAuthentication()
{
    if (!d->isRunning())
        return;
    d->session->skipAuthentication(d->clock.monotonic());
    d->pump();
}

qsizetype Connection::freeSlots() const
{
    return d->isRunning() ? d->session->freeSlots() : 0;
}

void Connection::submit(smtp::TransactionId id, smtp::Envelope envelope, std::unique_ptr<QIODevice> content)
{
    if (!d->isRunning())
        return;
    d->session->submit(id, std::move(envelope), std::move(content), d->clock.monotonic());
    d->pump();
}

void Connection::releaseFinalOctet(const QList<smtp::TransactionId> &ids)
{
    if (!d->isRunning())
        return;
    d->session->releaseFinalOctet(ids, d->clock.monotonic());
    d->pump();
}

void Connection::verifySender(const QByteArray &reversePath)
{
    if (!d->isRunning())
        return;
    d->session->verifySender(reversePath, d->clock.monotonic());
    d->pump();
}

void Connection::quit()
{
    if (!d->isRunning())
        return;
    d->session->quit(d->clock.monotonic());
    d->pump();
}

void Connection::abort()
{
    d->end();
}

const smtp::Capabilities &Connection::capabilities() const
{
    static const smtp::Capabilities none;
    return d->session ? d->session->capabilities() : none;
}

std::optional<std::chrono::microseconds> Connection::roundTrip() const
{
    return d->session ? d->session->roundTrip() : std::nullopt;
}

std::optional<TlsReport> Connection::tlsReport() const
{
    return d->handshake ? d->handshake->report() : d->report;
}

TlsTicket Connection::tlsTicket() const
{
    return d->handshake ? d->handshake->ticket() : d->ticket;
}

QHostAddress Connection::peerAddress() const
{
    return d->peer;
}

qint64 Connection::octetsWaiting() const
{
    return d->octetsWaiting();
}

void Connection::setTranscript(std::function<void(smtp::Session::Direction, QByteArrayView line)> sink)
{
    d->transcript = std::move(sink);
    if (d->session)
        d->session->setTranscript(d->transcript);
}

} // namespace postrider::net
