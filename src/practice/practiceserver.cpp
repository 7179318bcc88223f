// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/practiceserver.h"

#include "base/processlock.h"
#include "practice/identity.h"
#include "practice/mailfolder.h"
#include "practice/practiceconnection.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QSslSocket>
#include <QTcpServer>

#include <array>
#include <chrono>
#include <functional>
#include <utility>

namespace postrider::practice {

using namespace Qt::StringLiterals;
using base::Unexpected;

namespace {

constexpr int MostClients = 64;
/// Long enough for a reader that tests the lock at this moment; such a test takes microseconds.
constexpr std::chrono::milliseconds LockTimeout { 200 };

QString runFilePath(const QString &folder)
{
    return folder + "/run.json"_L1;
}

QString lockFilePath(const QString &folder)
{
    return folder + "/run.lock"_L1;
}

Unexpected<PracticeError> error(PracticeError::Kind kind, const QString &reason = {})
{
    return Unexpected(PracticeError { kind, reason });
}

QByteArray randomPassword()
{
    std::array<quint32, 4> numbers {};
    QRandomGenerator::system()->fillRange(numbers.data(), static_cast<qsizetype>(numbers.size()));
    return QByteArray::fromRawData(reinterpret_cast<const char *>(numbers.data()),
                                   static_cast<qsizetype>(sizeof numbers))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Gives each connection to a function, as a socket that can start TLS.
class TlsCapableServer final : public QTcpServer
{
public:
    explicit TlsCapableServer(std::function<void(QSslSocket *)> accept)
        : m_accept(std::move(accept))
    { }

private:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<QSslSocket>();
        if (socket->setSocketDescriptor(descriptor))
            m_accept(socket.release());
    }

    std::function<void(QSslSocket *)> m_accept;
};

} // namespace

class PracticeServer::Private
{
public:
    Private(PracticeServer *server, Config c)
        : q(server)
        , config(std::move(c))
        , lock(lockFilePath(config.folder))
        , mail(config.folder + "/mail"_L1)
    { }

    void accept(QSslSocket *socket);
    [[nodiscard]] base::Expected<void, PracticeError> writeRunFile() const;

    PracticeServer *q;
    Config config;
    base::ProcessLock lock;
    MailFolder mail;
    Identity identity {};
    PracticeAccess access {};
    TlsCapableServer listener { [this](QSslSocket *socket) { accept(socket); } };
    int clients = 0;
};

void PracticeServer::Private::accept(QSslSocket *socket)
{
    if (clients >= MostClients) {
        socket->setParent(q);
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        socket->write("421 4.3.2 Too many connections\r\n");
        socket->disconnectFromHost();
        return;
    }
    ++clients;
    ServerSession::Config sessionConfig;
    sessionConfig.user = access.user.toUtf8();
    sessionConfig.password = access.password;
    auto *connection = new PracticeConnection(socket, identity, std::move(sessionConfig), mail, q);
    connect(connection, &PracticeConnection::caught, q, &PracticeServer::caught);
    connect(connection, &QObject::destroyed, q, [this] { --clients; });
}

base::Expected<void, PracticeError> PracticeServer::Private::writeRunFile() const
{
    const QJsonObject object {
        { u"port"_s, access.port },
        { u"user"_s, access.user },
        { u"password"_s, QString::fromLatin1(access.password) },
        { u"key_sha256"_s, QString::fromLatin1(access.keySha256.toHex()) },
        { u"pid"_s, QCoreApplication::applicationPid() },
    };
    QSaveFile file(runFilePath(config.folder));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return error(PracticeError::Kind::FolderNotWritable, file.errorString());
    file.write(QJsonDocument(object).toJson());
    if (!file.commit())
        return error(PracticeError::Kind::FolderNotWritable, file.errorString());
    return {};
}

PracticeServer::PracticeServer(Config config, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(config)))
{ }

PracticeServer::~PracticeServer()
{
    if (d->access.port != 0)
        QFile::remove(runFilePath(d->config.folder));
    // The connections write to the mail folder and count themselves off: they go first.
    const auto connections = findChildren<PracticeConnection *>(Qt::FindDirectChildrenOnly);
    qDeleteAll(connections);
}

base::Expected<PracticeAccess, PracticeError> PracticeServer::start()
{
    using Kind = PracticeError::Kind;
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(d->config.folder) || !QFile::setPermissions(d->config.folder, ownerOnly)
        || !d->mail.prepare())
        return error(Kind::FolderNotWritable);

    if (!d->lock.tryLock(LockTimeout.count()))
        return error(d->lock.error() == QLockFile::LockFailedError ? Kind::AlreadyRunning
                                                                   : Kind::FolderNotWritable);

    base::Expected<Identity, QString> identity = makeIdentity(QDateTime::currentDateTimeUtc());
    if (!identity)
        return error(Kind::CertificateFailed, identity.error());
    d->identity = std::move(identity).value();

    if (!d->listener.listen(QHostAddress::LocalHost, d->config.port))
        return error(Kind::PortTaken, d->listener.errorString());
    const PracticeAccess access {
        .port = d->listener.serverPort(),
        .user = u"practice"_s,
        .password = randomPassword(),
        .keySha256 = d->identity.keySha256,
    };
    d->access = access;
    if (auto written = d->writeRunFile(); !written) {
        d->listener.close();
        d->access = {};
        return Unexpected(written.error());
    }
    return access;
}

base::Expected<PracticeAccess, PracticeError> PracticeServer::readAccess(const QString &folder)
{
    using Kind = PracticeError::Kind;
    // A file alone says nothing after a crash; the lock also knows a process id that another program has now.
    QFile file(runFilePath(folder));
    if (!file.open(QIODevice::ReadOnly))
        return error(Kind::NotRunning, file.errorString());
    base::ProcessLock lock(lockFilePath(folder));
    if (lock.tryLock(0) || lock.error() != QLockFile::LockFailedError)
        return error(Kind::NotRunning);

    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    const PracticeAccess access {
        .port = static_cast<quint16>(object.value(u"port"_s).toInt()),
        .user = object.value(u"user"_s).toString(),
        .password = object.value(u"password"_s).toString().toLatin1(),
        .keySha256 = QByteArray::fromHex(object.value(u"key_sha256"_s).toString().toLatin1()),
    };
    if (access.port == 0 || access.keySha256.isEmpty())
        return error(Kind::NotRunning);
    return access;
}

} // namespace postrider::practice
