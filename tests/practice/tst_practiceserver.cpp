// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connection.h"
#include "practice/practiceserver.h"
#include "sasl/mechanism.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace postrider;
using net::Connection;
using practice::PracticeAccess;
using practice::PracticeError;
using practice::PracticeServer;

namespace {

constexpr auto OwnerReads = QFile::ReadOwner | QFile::ReadUser;
constexpr auto OwnerWrites = QFile::WriteOwner | QFile::WriteUser;
constexpr auto OwnerEnters = QFile::ExeOwner | QFile::ExeUser;

/// Hands one message over the way the delivery does.
class Sender final : public QObject
{
public:
    Sender(const PracticeAccess &access, QByteArray password, const QByteArray &content)
        : m_password(std::move(password))
        , m_content(content)
        , m_connection(toConfig(access), m_clock)
    {
        connect(&m_connection, &Connection::happened, this,
                [this, access](const smtp::Event &event) { handle(event, access); });
        connect(&m_connection, &Connection::failed, this,
                [this](const net::ConnectionFailure &failure) { failures.append(failure); });
        connect(&m_connection, &Connection::finished, this, [this] { ++finishedSignals; });
        m_connection.open();
    }
    Q_DISABLE_COPY_MOVE(Sender)

    [[nodiscard]] bool hasEnded() const { return finishedSignals > 0 || !failures.isEmpty(); }

    int finishedSignals = 0;
    QList<net::ConnectionFailure> failures {};
    QList<smtp::Reply> delivered {};

private:
    static net::ConnectionConfig toConfig(const PracticeAccess &access)
    {
        net::ConnectionConfig config;
        config.host = u"127.0.0.1"_s;
        config.port = access.port;
        config.session.security = smtp::Security::StartTls;
        config.tls.pinnedKey = access.keySha256;
        return config;
    }

    void handle(const smtp::Event &event, const PracticeAccess &access)
    {
        if (std::holds_alternative<smtp::event::CredentialsWanted>(event)) {
            sasl::Credentials credentials { .user = access.user, .secret = base::Secret(m_password) };
            m_connection.authenticate(sasl::makeMechanism("PLAIN", std::move(credentials)));
        } else if (std::holds_alternative<smtp::event::Ready>(event)) {
            if (m_submitted)
                m_connection.quit();
            else
                submit();
        } else if (const auto *due = std::get_if<smtp::event::FinalOctetDue>(&event)) {
            m_connection.releaseFinalOctet(due->transactions);
        } else if (const auto *done = std::get_if<smtp::event::Delivered>(&event)) {
            delivered.append(done->reply);
        }
    }

    void submit()
    {
        m_submitted = true;
        auto device = std::make_unique<QBuffer>();
        device->setData(m_content);
        device->open(QIODevice::ReadOnly);
        m_connection.submit(1,
                            { .reversePath = "ann@example.org",
                              .recipients = { "bob@example.net", "cat@example.net" },
                              .size = m_content.size() },
                            std::move(device));
    }

    base::SystemClock m_clock {};
    QByteArray m_password;
    QByteArray m_content;
    Connection m_connection;
    bool m_submitted = false;
};

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class PracticeServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void message_isCaughtByteForByte();
    void largeMessage_isCaughtByteForByte();
    void severalClients_areServedAtOnce();
    void wrongPassword_isRefused();
    void access_isReadBackWhileTheServerRuns();
    void access_isGoneWithTheServer();
    void accessLeftByACrash_isNotBelieved();
    void secondServerOnTheFolder_isRefused();
    void takenPort_isReported();
    void folderThatIsAFile_isReported();
    void folderAndFiles_areForTheOwnerOnly();
    void certificate_isMadeForThisComputer();
    void octetsBehindStartTls_endTheConnection();
    void brokenOffMessage_leavesNothing();
    void floodOfCommands_isBoundedByItsReader();

private:
    std::unique_ptr<QTemporaryDir> m_directory {};
    QString m_folder {};
};

void PracticeServerTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_folder = m_directory->filePath(u"profile/practice"_s);
}

void PracticeServerTest::message_isCaughtByteForByte()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSignalSpy caught(&server, &PracticeServer::caught);
    const QByteArray content = "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nlast\r\n";
    Sender sender(access.value(), access.value().password, content);
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.finishedSignals, 1);
    QCOMPARE(sender.delivered.size(), 1);
    QCOMPARE(sender.delivered.first().text(), u"Caught here, not sent"_s);
    QCOMPARE(caught.size(), 1);
    const QString path = caught.first().first().toString();
    QCOMPARE(QFileInfo(path).path(), m_folder + "/mail"_L1);
    QVERIFY(path.endsWith("-1.eml"_L1));
    QCOMPARE(contentsOf(path), content);

    const QString envelopePath = path.chopped(4) + ".json"_L1;
    const QJsonObject envelope = QJsonDocument::fromJson(contentsOf(envelopePath)).object();
    QCOMPARE(envelope.value(u"reverse_path"_s).toString(), u"ann@example.org"_s);
    QCOMPARE(envelope.value(u"recipients"_s).toArray(),
             (QJsonArray { u"bob@example.net"_s, u"cat@example.net"_s }));
    QCOMPARE(envelope.value(u"user"_s).toString(), access.value().user);
    QCOMPARE(envelope.value(u"tls"_s).toString(), u"TLS 1.3"_s);
    QCOMPARE(envelope.value(u"size"_s).toInteger(), content.size());
    QVERIFY(QDateTime::fromString(envelope.value(u"time"_s).toString(), Qt::ISODateWithMs).isValid());
    QCOMPARE(QDir(m_folder + "/mail"_L1).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void PracticeServerTest::largeMessage_isCaughtByteForByte()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSignalSpy caught(&server, &PracticeServer::caught);
    const QByteArray content = QByteArray(".a line that begins with a dot\r\n").repeated(300'000);
    Sender sender(access.value(), access.value().password, content);
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(caught.size(), 1);
    QVERIFY(contentsOf(caught.first().first().toString()) == content);
}

void PracticeServerTest::severalClients_areServedAtOnce()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSignalSpy caught(&server, &PracticeServer::caught);
    constexpr int Count = 5;
    std::array<std::unique_ptr<Sender>, Count> senders {};
    for (int i = 0; i < Count; ++i) {
        const QByteArray content = "Subject: " + QByteArray::number(i) + "\r\n\r\ntext\r\n";
        senders[static_cast<std::size_t>(i)]
            = std::make_unique<Sender>(access.value(), access.value().password, content);
    }
    QTRY_COMPARE_WITH_TIMEOUT(caught.size(), Count, 20'000);
    QSet<QByteArray> contents;
    for (const QList<QVariant> &arguments : std::as_const(caught))
        contents.insert(contentsOf(arguments.first().toString()));
    QCOMPARE(contents.size(), Count);
}

void PracticeServerTest::wrongPassword_isRefused()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSignalSpy caught(&server, &PracticeServer::caught);
    Sender sender(access.value(), "wrong", "Subject: a\r\n\r\nb\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().session.stage, smtp::Failure::Stage::Auth);
    QCOMPARE(sender.failures.first().session.reply.code, 535);
    QVERIFY(caught.isEmpty());
}

void PracticeServerTest::access_isReadBackWhileTheServerRuns()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    for (int i = 0; i < 2; ++i) { // reading does not disturb it
        const auto read = PracticeServer::readAccess(m_folder);
        QVERIFY(read);
        QCOMPARE(read.value().port, access.value().port);
        QCOMPARE(read.value().user, access.value().user);
        QCOMPARE(read.value().password, access.value().password);
        QCOMPARE(read.value().keySha256, access.value().keySha256);
    }
    QCOMPARE(access.value().keySha256.size(), 32);
    QVERIFY(access.value().password.size() >= 16);
}

void PracticeServerTest::access_isGoneWithTheServer()
{
    QByteArray firstPassword;
    {
        PracticeServer server({ .folder = m_folder });
        const auto access = server.start();
        QVERIFY(access);
        firstPassword = access.value().password;
    }
    QVERIFY(!QFile::exists(m_folder + "/run.json"_L1));
    const auto read = PracticeServer::readAccess(m_folder);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, PracticeError::Kind::NotRunning);

    PracticeServer next({ .folder = m_folder });
    const auto access = next.start();
    QVERIFY(access);
    QVERIFY(access.value().password != firstPassword);
}

void PracticeServerTest::accessLeftByACrash_isNotBelieved()
{
    QByteArray left;
    {
        PracticeServer server({ .folder = m_folder });
        QVERIFY(server.start());
        left = contentsOf(m_folder + "/run.json"_L1);
        QVERIFY(!left.isEmpty());
    }
    QFile file(m_folder + "/run.json"_L1);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(left);
    file.close();
    const auto read = PracticeServer::readAccess(m_folder);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, PracticeError::Kind::NotRunning);

    PracticeServer next({ .folder = m_folder });
    QVERIFY(next.start());
    QVERIFY(PracticeServer::readAccess(m_folder));
}

void PracticeServerTest::secondServerOnTheFolder_isRefused()
{
    PracticeServer first({ .folder = m_folder });
    const auto access = first.start();
    QVERIFY(access);
    {
        PracticeServer second({ .folder = m_folder });
        const auto refused = second.start();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, PracticeError::Kind::AlreadyRunning);
    }
    const auto read = PracticeServer::readAccess(m_folder);
    QVERIFY(read);
    QCOMPARE(read.value().port, access.value().port);
}

void PracticeServerTest::takenPort_isReported()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    PracticeServer server({ .folder = m_folder, .port = other.serverPort() });
    const auto access = server.start();
    QVERIFY(!access);
    QCOMPARE(access.error().kind, PracticeError::Kind::PortTaken);
    QVERIFY(!access.error().reason.isEmpty());
    QVERIFY(!PracticeServer::readAccess(m_folder));
}

void PracticeServerTest::folderThatIsAFile_isReported()
{
    QFile file(m_directory->filePath(u"profile"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(!access);
    QCOMPARE(access.error().kind, PracticeError::Kind::FolderNotWritable);
}

void PracticeServerTest::folderAndFiles_areForTheOwnerOnly()
{
    PracticeServer server({ .folder = m_folder });
    QVERIFY(server.start());
    QCOMPARE(QFile::permissions(m_folder), OwnerReads | OwnerWrites | OwnerEnters);
    QCOMPARE(QFile::permissions(m_folder + "/mail"_L1), OwnerReads | OwnerWrites | OwnerEnters);
    QCOMPARE(QFile::permissions(m_folder + "/run.json"_L1), OwnerReads | OwnerWrites);
}

void PracticeServerTest::certificate_isMadeForThisComputer()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSslSocket client;
    connect(&client, &QSslSocket::sslErrors, &client, [&client] { client.ignoreSslErrors(); });
    client.connectToHost(u"127.0.0.1"_s, access.value().port);
    QTRY_VERIFY(client.canReadLine());
    QVERIFY(client.readLine().startsWith("220 "));
    client.write("EHLO test\r\nSTARTTLS\r\n");
    QByteArray replies;
    QTRY_VERIFY((replies += client.readAll()).contains("220 "));
    client.startClientEncryption();
    QTRY_VERIFY(client.isEncrypted());

    const QSslCertificate certificate = client.peerCertificate();
    QVERIFY(net::certificateMatchesHost(certificate, u"localhost"_s));
    QVERIFY(net::certificateMatchesHost(certificate, u"127.0.0.1"_s));
    QCOMPARE(net::publicKeySha256(certificate), access.value().keySha256);
    QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTimeUtc());
    QVERIFY(certificate.expiryDate() > QDateTime::currentDateTimeUtc().addMonths(11));
    QCOMPARE(certificate.issuerDisplayName(), certificate.subjectDisplayName());
}

void PracticeServerTest::octetsBehindStartTls_endTheConnection()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, access.value().port);
    QTRY_VERIFY(client.canReadLine());
    client.write("EHLO test\r\nSTARTTLS\r\nNOOP\r\n");
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!client.readAll().contains("220 2.0.0"));
}

void PracticeServerTest::brokenOffMessage_leavesNothing()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QSslSocket client;
    connect(&client, &QSslSocket::sslErrors, &client, [&client] { client.ignoreSslErrors(); });
    client.connectToHost(u"127.0.0.1"_s, access.value().port);
    QTRY_VERIFY(client.canReadLine());
    client.readAll();
    client.write("EHLO test\r\nSTARTTLS\r\n");
    QByteArray replies;
    QTRY_VERIFY((replies += client.readAll()).contains("220 "));
    client.startClientEncryption();
    QTRY_VERIFY(client.isEncrypted());
    client.write("EHLO test\r\nAUTH PLAIN "
                 + QByteArray('\0' + access.value().user.toUtf8() + '\0' + access.value().password).toBase64()
                 + "\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n");
    QTRY_VERIFY((replies += client.readAll()).contains("354 "));
    client.write(QByteArray(100'000, 'x'));
    QTRY_COMPARE(client.bytesToWrite() + client.encryptedBytesToWrite(), 0);
    client.abort();

    QSignalSpy caught(&server, &PracticeServer::caught);
    Sender sender(access.value(), access.value().password, "Subject: a\r\n\r\nb\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(caught.size(), 1, 20'000);
    const QStringList names
        = QDir(m_folder + "/mail"_L1).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(names.size() == 2, qPrintable(names.join(u' '))); // the .eml and .json of the other message
}

void PracticeServerTest::floodOfCommands_isBoundedByItsReader()
{
    PracticeServer server({ .folder = m_folder });
    const auto access = server.start();
    QVERIFY(access);
    QTcpSocket client;
    client.setReadBufferSize(1); // does not read what it is told
    client.connectToHost(u"127.0.0.1"_s, access.value().port);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    const QByteArray flood = QByteArray("NOOP\r\n").repeated(5'000'000);
    client.write(flood);
    // The server stops reading at some point, so the client cannot get rid of everything.
    qint64 waiting = -1;
    int unchanged = 0;
    const auto standsStill = [&] {
        const qint64 before = std::exchange(waiting, client.bytesToWrite());
        unchanged = before == waiting ? unchanged + 1 : 0;
        return unchanged >= 5;
    };
    QTRY_VERIFY_WITH_TIMEOUT(standsStill(), 20'000);
    QVERIFY2(client.bytesToWrite() > 0, "everything was read");

    // Others are served all the same.
    QSignalSpy caught(&server, &PracticeServer::caught);
    Sender sender(access.value(), access.value().password, "Subject: a\r\n\r\nb\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(caught.size(), 1, 20'000);
}

QTEST_GUILESS_MAIN(PracticeServerTest)
#include "tst_practiceserver.moc"
