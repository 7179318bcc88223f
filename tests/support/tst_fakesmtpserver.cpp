// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/fakesmtpserver.h"

#include <QTcpSocket>
#include <QTest>

using postrider::support::FakeSmtpServer;

namespace {

using Stage = FakeSmtpServer::Stage;

/// A client that says what it is told and takes down what it hears.
class Client
{
public:
    explicit Client(const FakeSmtpServer &server)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
    }

    void say(const QByteArray &octets) { m_socket.write(octets); }
    [[nodiscard]] QByteArray heard()
    {
        m_heard += m_socket.readAll();
        return m_heard;
    }

private:
    QTcpSocket m_socket {};
    QByteArray m_heard {};
};

} // namespace

/// The fake server where the tests that use it rely on it blindly.
class FakeSmtpServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silence_holdsWhateverIsSaid_data();
    void silence_holdsWhateverIsSaid();
};

void FakeSmtpServerTest::silence_holdsWhateverIsSaid_data()
{
    QTest::addColumn<Stage>("from");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("greeting") << Stage::Connected << QByteArray() << QByteArray();
    QTest::newRow("EHLO") << Stage::Ehlo << QByteArray("EHLO x\r\n")
                          << QByteArray("220 fake.example.org ESMTP\r\n");
    QTest::newRow("handshake") << Stage::Handshake << QByteArray("STARTTLS\r\n")
                               << QByteArray("220 fake.example.org ESMTP\r\n220 Go\r\n");
    QTest::newRow("MAIL") << Stage::Mail << QByteArray("MAIL FROM:<ann@example.org>\r\n")
                          << QByteArray("220 fake.example.org ESMTP\r\n");
}

void FakeSmtpServerTest::silence_holdsWhateverIsSaid()
{
    QFETCH(Stage, from);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, reply);
    FakeSmtpServer server({ .silentFrom = from });
    Client client(server);
    client.say(before);
    QTRY_COMPARE(client.heard(), reply);
    // Octets of a handshake into which chance put the ends of lines, then every command.
    client.say(QByteArray::fromHex("160301000a010000060d0a0303")
               + "\r\n\r\nRSET\r\nEHLO y\r\nNOOP\r\nQUIT\r\n");
    QTRY_VERIFY(server.received("QUIT"));
    // What it had said would be heard before this.
    server.say("now\r\n");
    QTRY_COMPARE(client.heard(), reply + "now\r\n");
}

QTEST_GUILESS_MAIN(FakeSmtpServerTest)
#include "tst_fakesmtpserver.moc"
