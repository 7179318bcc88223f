// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connection.h"

#include "net/dialer.h"

#include <QHostInfo>
#include <QScopedValueRollback>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <variant>

namespace postrider::net {

using namespace Qt::StringLiterals;
using Failed = ConnectionFailure::Kind;

namespace {

constexpr qsizetype BlockOctets = 64 * 1024;
/// A new block is taken while less than this waits in the socket. Under TLS one block in flight is the
/// fastest, since the octets then stay in the processor's cache; in the clear longer queues are.
constexpr qint64 RefillBelowEncrypted = 32 * 1024;
constexpr qint64 RefillBelowPlaintext = 192 * 1024;
/// Octets that a server may send ahead of us; more stays in the kernel.
constexpr qint64 ReadBufferOctets = 64 * 1024;
/// How long the server may take to close after its reply to QUIT.
constexpr std::chrono::seconds CloseTimeout { 2 };
/// A timer's longest interval; it is set again when it fires early.
constexpr std::chrono::milliseconds LongestTimer = std::chrono::hours { 1 };

/// RFC 6761 section 6.4: these names never exist, and no name server needs to be asked.
bool isKnownNotToExist(const QString &host)
{
    return host.isEmpty() || host.compare("invalid"_L1, Qt::CaseInsensitive) == 0
        || host.endsWith(".invalid"_L1, Qt::CaseInsensitive);
}

/// RFC 6761 section 6.3: these names always mean this computer, and neither a name server nor a missing hosts
/// file has a say in it.
bool isThisComputer(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0
        || host.endsWith(".localhost"_L1, Qt::CaseInsensitive);
}

QString versionName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return {};
    }
}

TlsReport makeReport(const QSslSocket &socket, const QList<TlsProblem> &problems)
{
    const QSslCertificate certificate = socket.peerCertificate();
    TlsReport report;
    report.version = versionName(socket.sessionProtocol());
    report.cipher = socket.sessionCipher().name();
    const auto names = certificate.subjectAlternativeNames();
    for (const QString &name : names)
        report.names.append(name.toUtf8());
    report.issuer = certificate.issuerDisplayName();
    report.expires = certificate.expiryDate();
    report.certificateSha256 = certificate.digest(QCryptographicHash::Sha256);
    report.keySha256 = publicKeySha256(certificate);
    report.problems = problems;
    return report;
}

Failed toKind(Dialer::Failure failure)
{
    switch (failure) {
    case Dialer::Failure::Refused:
        return Failed::Refused;
    case Dialer::Failure::Unreachable:
        return Failed::Unreachable;
    case Dialer::Failure::TimedOut:
        return Failed::ConnectTimedOut;
    case Dialer::Failure::SocketFailed:
        break;
    }
    return Failed::SocketFailed;
}

} // namespace

class Connection::Private
{
public:
    enum class Phase {
        Idle,
        LookingUp,
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
        , host(config.host)
    {
        if (host.endsWith(u'.'))
            host.chop(1);
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
    void handleLookup(const QHostInfo &info);
    void dial(const QList<QHostAddress> &addresses);
    void handleConnected();
    void setUpSocket();
    void startSession();

    void startHandshake();
    void handleSslErrors(const QList<QSslError> &errors);
    void handleEncrypted();

    void handleSocketError(QAbstractSocket::SocketError error);
    void handleDisconnected();
    void lose();

    void read();
    void receiveAll();
    void pump();
    void write();
    void handle(const smtp::Event &event);
    void armDeadline();
    void handlePhaseTimeout();

    [[nodiscard]] qint64 octetsWaiting() const;
    [[nodiscard]] bool isRunning() const { return phase == Phase::Running; }
    void fail(ConnectionFailure failure);
    void finish();
    void end();

    Connection *q;
    ConnectionConfig config;
    const base::Clock &clock;
    QString host; ///< without a trailing dot
    Phase phase = Phase::Idle;
    QTimer phaseTimer { q };    ///< lookup, handshake, close; the Dialer has its own
    QTimer deadlineTimer { q }; ///< the session's
    base::MonotonicTime armedFor {};
    int lookupId = -1;
    Dialer *dialer = nullptr;     ///< a child of q
    QSslSocket *socket = nullptr; ///< a child of q
    QHostAddress peer {};
    std::optional<TlsReport> report {};
    /// Kept after the end, for capabilities() and for calls that are under way.
    std::unique_ptr<smtp::Session> session {};
    std::function<void(smtp::Session::Direction, QByteArrayView)> transcript {};
    QByteArray readBuffer = QByteArray(16 * 1024, Qt::Uninitialized);
    bool pumping = false;
};

void Connection::Private::open()
{
    Q_ASSERT(phase == Phase::Idle);
    if (const QHostAddress literal(host); !literal.isNull()) {
        dial({ literal });
        return;
    }
    if (isThisComputer(host)) {
        dial({ QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6) });
        return;
    }
    phase = Phase::LookingUp;
    if (isKnownNotToExist(host)) {
        QMetaObject::invokeMethod(
            q,
            [this] {
                if (phase == Phase::LookingUp)
                    fail({ .kind = Failed::HostNotFound });
            },
            Qt::QueuedConnection);
        return;
    }
    phaseTimer.start(config.lookupTimeout);
    lookupId = QHostInfo::lookupHost(host, q, [this](const QHostInfo &info) { handleLookup(info); });
}

void Connection::Private::handleLookup(const QHostInfo &info)
{
    if (phase != Phase::LookingUp)
        return;
    lookupId = -1;
    phaseTimer.stop();
    if (info.error() == QHostInfo::NoError && !info.addresses().isEmpty()) {
        dial(info.addresses());
        return;
    }
    const bool notFound = info.error() == QHostInfo::HostNotFound || info.error() == QHostInfo::NoError;
    fail({ .kind = notFound ? Failed::HostNotFound : Failed::LookupFailed, .reason = info.errorString() });
}

void Connection::Private::dial(const QList<QHostAddress> &addresses)
{
    phase = Phase::Connecting;
    dialer = new Dialer(q);
    QObject::connect(dialer, &Dialer::connected, q, [this] { handleConnected(); });
    QObject::connect(dialer, &Dialer::failed, q, [this](Dialer::Failure failure, const QString &reason) {
        fail({ .kind = toKind(failure), .reason = reason });
    });
    dialer->start(addresses, config.port, config.connectTimeout);
}

void Connection::Private::handleConnected()
{
    socket = dialer->takeSocket().release();
    socket->setParent(q);
    std::exchange(dialer, nullptr)->deleteLater();
    peer = socket->peerAddress();
    setUpSocket();

    if (config.session.security == smtp::Security::ImplicitTls) {
        startHandshake();
        return;
    }
    startSession();
    if (phase == Phase::Running)
        read();
}

void Connection::Private::setUpSocket()
{
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setReadBufferSize(ReadBufferOctets);

    QSslConfiguration tls = socket->sslConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.addCaCertificates(config.tls.extraAuthorities);
    socket->setSslConfiguration(tls);
    socket->setPeerVerifyName(host);

    QObject::connect(socket, &QSslSocket::readyRead, q, [this] { read(); });
    QObject::connect(socket, &QSslSocket::bytesWritten, q, [this] { pump(); });
    QObject::connect(socket, &QSslSocket::encryptedBytesWritten, q, [this] { pump(); });
    QObject::connect(socket, &QSslSocket::sslErrors, q,
                     [this](const QList<QSslError> &errors) { handleSslErrors(errors); });
    QObject::connect(socket, &QSslSocket::encrypted, q, [this] { handleEncrypted(); });
    QObject::connect(socket, &QSslSocket::errorOccurred, q,
                     [this](QAbstractSocket::SocketError error) { handleSocketError(error); });
    QObject::connect(socket, &QSslSocket::disconnected, q, [this] { handleDisconnected(); });
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
    socket->startClientEncryption();
}

void Connection::Private::handleSslErrors(const QList<QSslError> &errors)
{
    // Here Qt waits for our word. Without it the handshake breaks off and handleSocketError() follows. Only
    // what our own judgement has answered is passed on: a name that Qt compares by other rules than
    // certificateMatchesHost(), or the chain of a certificate whose pinned key is the right one.
    const QList<TlsProblem> problems = judgeCertificate(socket->peerCertificate(), errors, host, config.tls);
    report = makeReport(*socket, problems);
    if (problems.isEmpty())
        socket->ignoreSslErrors(errors);
}

void Connection::Private::handleEncrypted()
{
    phaseTimer.stop();
    // Once more with the names and purposes that Qt finds nothing wrong with.
    const QList<TlsProblem> problems
        = judgeCertificate(socket->peerCertificate(), socket->sslHandshakeErrors(), host, config.tls);
    report = makeReport(*socket, problems);
    if (!problems.isEmpty()) {
        fail({ .kind = Failed::TlsNotTrusted });
        return;
    }
    if (config.session.security == smtp::Security::ImplicitTls) {
        startSession();
    } else {
        phase = Phase::Running;
        session->tlsEstablished(clock.monotonic());
    }
    if (phase == Phase::Running)
        read();
}

void Connection::Private::handleSocketError(QAbstractSocket::SocketError error)
{
    switch (phase) {
    case Phase::Handshaking:
        if (report && !report->problems.isEmpty()) {
            fail({ .kind = Failed::TlsNotTrusted, .reason = socket->errorString() });
        } else {
            fail({ .kind = Failed::TlsFailed, .reason = socket->errorString() });
        }
        break;
    case Phase::Running:
        // When the server closed, octets may wait to be decrypted; handleDisconnected() comes after them.
        if (error != QAbstractSocket::RemoteHostClosedError)
            lose();
        break;
    default:
        break; // Closing: disconnected() follows
    }
}

void Connection::Private::handleDisconnected()
{
    switch (phase) {
    case Phase::Handshaking:
        fail({ .kind = Failed::TlsFailed, .reason = socket->errorString() });
        break;
    case Phase::Running:
        lose();
        break;
    case Phase::Closing:
        finish();
        break;
    default:
        break;
    }
}

void Connection::Private::lose()
{
    receiveAll();
    session->connectionClosed();
    pump();
}

void Connection::Private::read()
{
    if (phase != Phase::Running)
        return;
    receiveAll();
    pump();
}

void Connection::Private::receiveAll()
{
    while (socket->bytesAvailable() > 0) {
        const qint64 count = socket->read(readBuffer.data(), readBuffer.size());
        if (count <= 0)
            return;
        session->receive(QByteArrayView(readBuffer.constData(), count), clock.monotonic());
    }
}

void Connection::Private::pump()
{
    // Slots of happened() come back here through submit() and the like; the call under way goes on for them.
    if (pumping)
        return;
    const QScopedValueRollback<bool> guard(pumping, true);
    while (phase == Phase::Running) {
        write();
        const std::optional<smtp::Event> event = session->nextEvent();
        if (!event)
            break;
        handle(*event);
    }
    if (phase == Phase::Running)
        armDeadline();
}

void Connection::Private::write()
{
    const qint64 refillBelow = socket->isEncrypted() ? RefillBelowEncrypted : RefillBelowPlaintext;
    while (octetsWaiting() < refillBelow) {
        const QByteArray block = session->takeOutput(BlockOctets, clock.monotonic());
        if (block.isEmpty())
            return;
        socket->write(block);
    }
}

void Connection::Private::handle(const smtp::Event &event)
{
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
               .reason = lost ? socket->errorString() : QString(),
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
    switch (phase) {
    case Phase::LookingUp:
        fail({ .kind = Failed::LookupFailed });
        break;
    case Phase::Handshaking:
        fail({ .kind = Failed::Session,
               .session
               = { .stage = smtp::Failure::Stage::TlsHandshake, .cause = smtp::Failure::Cause::TimedOut } });
        break;
    case Phase::Closing:
        finish();
        break;
    default:
        break;
    }
}

qint64 Connection::Private::octetsWaiting() const
{
    return socket ? socket->bytesToWrite() + socket->encryptedBytesToWrite() : 0;
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
    if (lookupId >= 0)
        QHostInfo::abortHostLookup(std::exchange(lookupId, -1));
    if (dialer) {
        dialer->disconnect(q);
        std::exchange(dialer, nullptr)->deleteLater();
    }
    if (socket) {
        // This may be one of its own signals.
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

std::optional<TlsReport> Connection::tlsReport() const
{
    return d->report;
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
