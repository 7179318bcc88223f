// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/hostileserver.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace postrider::support {

namespace {

template <auto Free>
struct Deleter
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using Context = std::unique_ptr<SSL_CTX, Deleter<&SSL_CTX_free>>;
using Ssl = std::unique_ptr<SSL, Deleter<&SSL_free>>;
using Bio = std::unique_ptr<BIO, Deleter<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;

void check(bool worked, const char *what)
{
    if (!worked)
        qFatal("The hostile server could not %s", what);
}

int toOpenSsl(HostileTls::Version version)
{
    switch (version) {
    case HostileTls::Version::Tls11:
        return TLS1_1_VERSION;
    case HostileTls::Version::Tls12:
        return TLS1_2_VERSION;
    case HostileTls::Version::Tls13:
        return TLS1_3_VERSION;
    }
    Q_UNREACHABLE();
}

Bio memory(const QByteArray &octets)
{
    Bio bio(BIO_new(BIO_s_mem()));
    BIO_write(bio.get(), octets.constData(), static_cast<int>(octets.size()));
    return bio;
}

/// What the verifier of clients' certificates says: the server only looks.
int acceptAnyClient(int, X509_STORE_CTX *)
{
    return 1;
}

constexpr std::chrono::milliseconds HandshakePause { 5 };

} // namespace

// HostileTls

class HostileTls::Private
{
public:
    Context context {};
};

HostileTls::HostileTls(const Setup &setup)
    : d(std::make_unique<Private>())
{
    d->context.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX *const context = d->context.get();
    // Weak keys and old versions are what this server is for.
    SSL_CTX_set_security_level(context, 0);
    check(SSL_CTX_set_min_proto_version(context, toOpenSsl(setup.oldest)) == 1
              && SSL_CTX_set_max_proto_version(context, toOpenSsl(setup.newest)) == 1,
          "set its TLS versions");
    const Bio certificatePem = memory(setup.identity.certificate.toPem());
    const Bio keyPem = memory(setup.identity.key.toPem());
    const Certificate certificate(PEM_read_bio_X509(certificatePem.get(), nullptr, nullptr, nullptr));
    const PrivateKey key(PEM_read_bio_PrivateKey(keyPem.get(), nullptr, nullptr, nullptr));
    check(SSL_CTX_use_certificate(context, certificate.get()) == 1
              && SSL_CTX_use_PrivateKey(context, key.get()) == 1,
          "use its certificate");
    check(SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>("test"), 4) == 1,
          "name its sessions");
    if (setup.clientCertificate == ClientCertificate::Demanded)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, acceptAnyClient);
}

HostileTls::~HostileTls() = default;

// What the server's thread and the test share

class HostileServer::Shared
{
public:
    Shared()
        : wake(::eventfd(0, EFD_CLOEXEC))
    { }
    ~Shared() { ::close(wake); }
    Q_DISABLE_COPY_MOVE(Shared)

    void stop()
    {
        stopping = true;
        const std::uint64_t one = 1;
        check(::write(wake, &one, sizeof one) == sizeof one, "wake its thread");
    }

    const int wake; ///< becomes readable, and stays so, when the server ends
    std::atomic<bool> stopping = false;
    quint16 port = 0;
    std::thread thread {};

    std::mutex mutex {};
    int connections = 0;
    int openConnections = 0;
    QList<Line> lines {};
    QByteArrayList messages {};
    QList<TlsSession> tlsSessions {};
};

// HostilePeer

class HostilePeer::Private
{
public:
    Private(int socketDescriptor, std::shared_ptr<HostileServer::Shared> s)
        : descriptor(socketDescriptor)
        , server(std::move(s))
    { }
    ~Private()
    {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    Q_DISABLE_COPY_MOVE(Private)

    [[nodiscard]] bool isGone() const { return gone || server->stopping; }

    /// Waits for one of these; false when the pause ended first. Notes that the client has gone.
    bool waitFor(short events, int milliseconds = -1)
    {
        std::array<pollfd, 2> waiting { { { descriptor, events, 0 }, { server->wake, POLLIN, 0 } } };
        const int count = ::poll(waiting.data(), waiting.size(), milliseconds);
        if (waiting[1].revents != 0 || (waiting[0].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
            gone = true;
        return count > 0 && !isGone();
    }

    /// Not less than this long, unless the client goes.
    void pause(std::chrono::milliseconds length)
    {
        QElapsedTimer timer;
        timer.start();
        while (!isGone() && timer.elapsed() < length.count()) {
            if (waitFor(POLLRDHUP, static_cast<int>(length.count() - timer.elapsed()) + 1))
                gone = true;
        }
    }

    void sendRaw(QByteArrayView octets)
    {
        while (!octets.isEmpty() && !isGone()) {
            if (!waitFor(POLLOUT))
                continue;
            const auto count
                = ::send(descriptor, octets.data(), static_cast<size_t>(octets.size()), MSG_NOSIGNAL);
            if (count > 0)
                octets = octets.sliced(count);
            else if (errno != EAGAIN && errno != EINTR)
                gone = true;
        }
    }

    /// False when there will be no more.
    bool receiveRaw(QByteArray &into)
    {
        while (!isGone()) {
            if (!waitFor(POLLIN))
                continue;
            std::array<char, 16 * 1024> block;
            const auto count = ::recv(descriptor, block.data(), block.size(), 0);
            if (count > 0) {
                into.append(block.data(), count);
                return true;
            }
            if (count == 0 || (errno != EAGAIN && errno != EINTR))
                gone = true;
        }
        return false;
    }

    [[nodiscard]] QByteArray encryptedOutput() const
    {
        QByteArray out(static_cast<qsizetype>(BIO_ctrl_pending(toClient)), Qt::Uninitialized);
        if (!out.isEmpty())
            BIO_read(toClient, out.data(), static_cast<int>(out.size()));
        return out;
    }

    /// Runs one of OpenSSL's functions until it needs nothing more from the client.
    template <typename Function>
    int run(const Function &function)
    {
        for (;;) {
            const int result = function();
            const int error = result > 0 ? SSL_ERROR_NONE : SSL_get_error(ssl.get(), result);
            sendTls(encryptedOutput());
            if (error != SSL_ERROR_WANT_READ)
                return result;
            QByteArray in;
            if (!receiveRaw(in))
                return -1;
            BIO_write(fromClient, in.constData(), static_cast<int>(in.size()));
        }
    }

    void sendTls(QByteArrayView octets)
    {
        if (pace == Pace::AtOnce) {
            sendRaw(octets);
            return;
        }
        for (qsizetype i = 0; i < octets.size() && !isGone(); ++i) {
            sendRaw(octets.sliced(i, 1));
            pause(HandshakePause);
        }
    }

    bool receive()
    {
        if (!ssl)
            return receiveRaw(input);
        std::array<char, 16 * 1024> block;
        const int count = run([&] { return SSL_read(ssl.get(), block.data(), block.size()); });
        if ((SSL_get_shutdown(ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0) {
            const std::scoped_lock lock(server->mutex);
            server->tlsSessions[tlsSession].closeNotify = true;
        }
        if (count <= 0) {
            gone = true;
            return false;
        }
        input.append(block.data(), count);
        return true;
    }

    int descriptor;
    std::shared_ptr<HostileServer::Shared> server;
    bool gone = false;
    QByteArray input {};
    Ssl ssl {};
    BIO *fromClient = nullptr; ///< belong to ssl
    BIO *toClient = nullptr;
    Pace pace = Pace::AtOnce;
    qsizetype tlsSession = -1; ///< into HostileServer::Shared::tlsSessions
};

HostilePeer::HostilePeer(std::unique_ptr<Private> connection)
    : d(std::move(connection))
{ }

HostilePeer::~HostilePeer() = default;

bool HostilePeer::isGone() const
{
    return d->isGone();
}

bool HostilePeer::isEncrypted() const
{
    return d->ssl != nullptr;
}

void HostilePeer::send(QByteArrayView octets)
{
    if (!d->ssl) {
        d->sendRaw(octets);
        return;
    }
    if (!isGone() && !octets.isEmpty())
        d->run([&] { return SSL_write(d->ssl.get(), octets.data(), static_cast<int>(octets.size())); });
}

void HostilePeer::trickle(QByteArrayView octets, std::chrono::milliseconds pause)
{
    for (qsizetype i = 0; i < octets.size() && !isGone(); ++i) {
        send(octets.sliced(i, 1));
        d->pause(pause);
    }
}

void HostilePeer::flood(const QByteArray &octets)
{
    while (!isGone())
        send(octets);
}

void HostilePeer::sendWithoutLastOctet(QByteArrayView octets)
{
    if (isGone() || !d->ssl)
        return;
    SSL_write(d->ssl.get(), octets.data(), static_cast<int>(octets.size()));
    d->sendRaw(d->encryptedOutput().chopped(1));
}

QByteArray HostilePeer::readLine()
{
    for (;;) {
        const qsizetype end = d->input.indexOf("\r\n");
        if (end >= 0) {
            const QByteArray line = d->input.left(end);
            d->input.remove(0, end + 2);
            const std::scoped_lock lock(d->server->mutex);
            d->server->lines.append({ line, isEncrypted() });
            return line;
        }
        if (!d->receive())
            return {};
    }
}

QByteArray HostilePeer::readOctets(qsizetype count)
{
    while (d->input.size() < count && d->receive()) { }
    const QByteArray octets = d->input.left(count);
    d->input.remove(0, octets.size());
    return octets;
}

QByteArray HostilePeer::readContent()
{
    QByteArray content = "\r\n"; // so that a lone dot at once is found too
    for (;;) {
        const qsizetype from = qMax<qsizetype>(0, content.size() - 4);
        content.append(std::exchange(d->input, {}));
        const qsizetype end = content.indexOf("\r\n.\r\n", from);
        if (end >= 0) {
            d->input = content.mid(end + 5);
            content.truncate(end + 2);
            return content.replace("\r\n..", "\r\n.").mid(2);
        }
        if (!d->receive())
            return {};
    }
}

void HostilePeer::readSlowly(qsizetype octets, std::chrono::milliseconds pause)
{
    QByteArray last;
    while (!isGone() && !last.endsWith("\r\n.\r\n")) {
        d->pause(pause);
        qsizetype left = octets;
        while (left > 0 && !last.endsWith("\r\n.\r\n") && d->receive()) {
            left -= d->input.size();
            last = last.append(std::exchange(d->input, {})).right(5);
        }
    }
}

void HostilePeer::ignore()
{
    while (d->receive())
        d->input.clear();
}

void HostilePeer::stall()
{
    while (!isGone()) {
        if (d->waitFor(POLLRDHUP))
            d->gone = true;
    }
}

bool HostilePeer::startTls(HostileTls &tls, Pace pace)
{
    if (isGone())
        return false;
    d->ssl.reset(SSL_new(tls.d->context.get()));
    d->fromClient = BIO_new(BIO_s_mem());
    d->toClient = BIO_new(BIO_s_mem());
    SSL_set_bio(d->ssl.get(), d->fromClient, d->toClient);
    if (!d->input.isEmpty())
        BIO_write(d->fromClient, d->input.constData(), static_cast<int>(d->input.size()));
    d->input.clear();
    d->pace = pace;
    const bool succeeded = d->run([this] { return SSL_accept(d->ssl.get()); }) == 1;
    d->pace = Pace::AtOnce;
    HostileServer::TlsSession session;
    session.completed = succeeded;
    session.version = SSL_get_version(d->ssl.get());
    if (const char *name = SSL_get_servername(d->ssl.get(), TLSEXT_NAMETYPE_host_name))
        session.serverName = name;
    session.resumed = SSL_session_reused(d->ssl.get()) == 1;
    if (X509 *const client = SSL_get0_peer_certificate(d->ssl.get())) {
        std::array<char, 256> name {};
        X509_NAME_get_text_by_NID(X509_get_subject_name(client), NID_commonName, name.data(), name.size());
        session.clientName = name.data();
    }
    {
        const std::scoped_lock lock(d->server->mutex);
        d->tlsSession = d->server->tlsSessions.size();
        d->server->tlsSessions.append(session);
    }
    if (!succeeded)
        close();
    return succeeded;
}

bool HostilePeer::renegotiate()
{
    if (isGone() || !d->ssl)
        return false;
    SSL *const ssl = d->ssl.get();
    SSL_renegotiate(ssl);
    if (d->run([ssl] { return SSL_do_handshake(ssl); }) != 1) // asks
        return false;
    while (SSL_renegotiate_pending(ssl) == 1 || SSL_in_init(ssl) == 1) {
        QByteArray in;
        if (!d->receiveRaw(in))
            return false;
        BIO_write(d->fromClient, in.constData(), static_cast<int>(in.size()));
        char octet = 0;
        const int error = SSL_get_error(ssl, SSL_peek(ssl, &octet, 1));
        d->sendTls(d->encryptedOutput());
        if (error != SSL_ERROR_NONE && error != SSL_ERROR_WANT_READ)
            return false;
    }
    return true;
}

void HostilePeer::endTls()
{
    if (isGone() || !d->ssl)
        return;
    SSL_shutdown(d->ssl.get());
    d->sendRaw(d->encryptedOutput());
}

void HostilePeer::close()
{
    if (d->descriptor < 0)
        return;
    // Unread octets would turn the FIN into a reset.
    std::array<char, 64 * 1024> rest;
    while (::recv(d->descriptor, rest.data(), rest.size(), 0) > 0 && !isGone()) { }
    ::close(std::exchange(d->descriptor, -1));
    d->gone = true;
}

void HostilePeer::reset()
{
    if (d->descriptor < 0)
        return;
    const linger atOnce { 1, 0 };
    ::setsockopt(d->descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(std::exchange(d->descriptor, -1));
    d->gone = true;
}

// HostileServer

HostileServer::HostileServer(Script script)
    : d(std::make_shared<Shared>())
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    check(listener >= 0 && ::bind(listener, reinterpret_cast<sockaddr *>(&address), size) == 0
              && ::listen(listener, 16) == 0
              && ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0,
          "listen");
    d->port = ntohs(address.sin_port);

    d->thread = std::thread([listener, shared = d, run = std::move(script)] {
        while (!shared->stopping) {
            std::array<pollfd, 2> waiting { { { listener, POLLIN, 0 }, { shared->wake, POLLIN, 0 } } };
            ::poll(waiting.data(), waiting.size(), -1);
            const int descriptor = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (descriptor < 0)
                continue;
            const int one = 1;
            ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            {
                const std::scoped_lock lock(shared->mutex);
                ++shared->connections;
                ++shared->openConnections;
            }
            {
                HostilePeer peer(std::make_unique<HostilePeer::Private>(descriptor, shared));
                run(peer);
                peer.close();
            }
            const std::scoped_lock lock(shared->mutex);
            --shared->openConnections;
        }
        ::close(listener);
    });
}

HostileServer::~HostileServer()
{
    d->stop();
    d->thread.join();
}

quint16 HostileServer::port() const
{
    return d->port;
}

int HostileServer::connections() const
{
    const std::scoped_lock lock(d->mutex);
    return d->connections;
}

int HostileServer::openConnections() const
{
    const std::scoped_lock lock(d->mutex);
    return d->openConnections;
}

QList<HostileServer::Line> HostileServer::lines() const
{
    const std::scoped_lock lock(d->mutex);
    return d->lines;
}

bool HostileServer::received(const QByteArray &verb) const
{
    const auto all = lines();
    return std::any_of(all.cbegin(), all.cend(),
                       [&verb](const Line &line) { return line.octets.startsWith(verb); });
}

QByteArrayList HostileServer::messages() const
{
    const std::scoped_lock lock(d->mutex);
    return d->messages;
}

QList<HostileServer::TlsSession> HostileServer::tlsSessions() const
{
    const std::scoped_lock lock(d->mutex);
    return d->tlsSessions;
}

void HostileServer::take(HostilePeer &peer, const QByteArray &content)
{
    if (peer.d->server->stopping)
        return;
    const std::scoped_lock lock(peer.d->server->mutex);
    peer.d->server->messages.append(content);
}

// Manners

namespace {

/// One conversation by the rules, with the exceptions that the manners name.
class Conversation
{
public:
    Conversation(HostilePeer &client, const Manners &manners)
        : m_peer(client)
        , m_manners(manners)
    { }

    void run()
    {
        if (m_manners.security == Manners::Security::ImplicitTls)
            startTls();
        if (!exception("greeting", {}))
            m_peer.send("220 hostile.example.org ESMTP\r\n");
        while (!m_peer.isGone())
            handle(m_peer.readLine());
    }

private:
    bool exception(const QByteArray &place, const QByteArray &line)
    {
        const auto act = m_manners.instead.constFind(place);
        if (act == m_manners.instead.constEnd())
            return false;
        (*act)(m_peer, line);
        return true;
    }

    void startTls()
    {
        if (!exception("handshake", {}))
            m_peer.startTls(*m_manners.tls);
    }

    void handle(const QByteArray &line)
    {
        const QByteArray verb = line.split(' ').first().toUpper();
        if (verb.isEmpty() || exception(verb, line))
            return;
        if (verb == "EHLO") {
            m_peer.send(extensions());
        } else if (verb == "STARTTLS") {
            m_peer.send("220 Go ahead\r\n");
            startTls();
        } else if (verb == "AUTH") {
            m_peer.send("235 2.7.0 Welcome\r\n");
        } else if (verb == "MAIL" || verb == "RCPT" || verb == "RSET") {
            if (verb != "RCPT")
                m_chunks.clear();
            m_peer.send("250 2.0.0 OK\r\n");
        } else if (verb == "DATA") {
            m_peer.send("354 Go on\r\n");
            if (exception("content", line))
                return;
            const QByteArray content = m_peer.readContent();
            if (!m_peer.isGone() && !exception(".", line)) {
                HostileServer::take(m_peer, content);
                m_peer.send("250 2.0.0 Taken\r\n");
            }
        } else if (verb == "BDAT") {
            handleChunk(line);
        } else if (verb == "QUIT") {
            m_peer.send("221 2.0.0 Bye\r\n");
            m_peer.endTls();
            m_peer.ignore();
        } else {
            m_peer.send("500 5.5.2 What?\r\n");
        }
    }

    void handleChunk(const QByteArray &line)
    {
        const QByteArrayList words = line.split(' ');
        m_chunks += m_peer.readOctets(words.value(1).toLongLong());
        if (m_peer.isGone() || exception("chunk", line))
            return;
        if (words.value(2) == "LAST")
            HostileServer::take(m_peer, std::exchange(m_chunks, {}));
        m_peer.send("250 2.0.0 Taken\r\n");
    }

    [[nodiscard]] QByteArray extensions() const
    {
        QByteArrayList lines = m_manners.extensions;
        if (m_manners.security == Manners::Security::StartTls && !m_peer.isEncrypted())
            lines.append("STARTTLS");
        else if (!m_manners.mechanisms.isEmpty())
            lines.append("AUTH " + m_manners.mechanisms);
        lines.prepend("hostile.example.org");
        const QByteArray last = lines.takeLast();
        QByteArray reply;
        for (const QByteArray &keyword : std::as_const(lines))
            reply += "250-" + keyword + "\r\n";
        return reply + "250 " + last + "\r\n";
    }

    HostilePeer &m_peer;
    const Manners &m_manners;
    QByteArray m_chunks {};
};

} // namespace

HostileServer::Script misbehaving(const Manners &manners)
{
    return [manners](HostilePeer &peer) { Conversation(peer, manners).run(); };
}

Manners::Act answer(const QByteArray &octets)
{
    return [octets](HostilePeer &peer, const QByteArray &) { peer.send(octets); };
}

} // namespace postrider::support
