// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::integration {

using support::MailServer;
using support::ProgramResult;

namespace {

const QString Alice = u"alice@example.test"_s;
const QString Bob = u"bob@example.test"_s;

QByteArray randomOctets(qsizetype size)
{
    QByteArray octets(size, Qt::Uninitialized);
    QRandomGenerator generator(20'261'121U);
    std::generate(octets.begin(), octets.end(),
                  [&generator] { return static_cast<char>(generator.generate()); });
    return octets;
}

QByteArray withLf(QByteArray octets)
{
    return octets.replace("\r\n", "\n");
}

QString userAddress(int number)
{
    return u"user%1@example.test"_s.arg(number);
}

/// The addresses in those header fields that tell whose copy it is.
QSet<QByteArray> recipientsIn(const QByteArray &trace)
{
    static const QList<QByteArray> names { "delivered-to:", "envelope-to:", "x-rcpt-args:" };
    QSet<QByteArray> recipients;
    bool isNamed = false;
    const QList<QByteArray> lines = trace.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith(' ') && !line.startsWith('\t')) {
            isNamed = std::any_of(names.cbegin(), names.cend(), [&line](const QByteArray &name) {
                return line.toLower().startsWith(name);
            });
        }
        if (!isNamed) {
            continue;
        }
        const QList<QByteArray> words = line.simplified().split(' ');
        for (QByteArray word : words) {
            word.replace(',', "").replace('<', "").replace('>', "");
            if (word.contains('@')) {
                recipients.insert(word);
            }
        }
    }
    return recipients;
}

} // namespace

PeerTest::PeerTest(Peer peer)
    : m_peer(std::move(peer))
    , m_server(m_peer.script)
{ }

PeerTest::~PeerTest() = default;

void PeerTest::initTestCase()
{
    m_server.startOrSkip();
}

void PeerTest::init()
{
    m_files = std::make_unique<support::TempProfile>();
    begin();
}

void PeerTest::cleanup()
{
    m_files.reset();
}

QSet<QByteArray> PeerTest::reached(const QByteArray &subject, qsizetype count) const
{
    QSet<QByteArray> recipients;
    // The result says it all: fewer than count when the time is up.
    static_cast<void>(support::waitUntil([&] {
        recipients = reachedSoFar(subject);
        return recipients.size() >= count;
    }));
    return recipients;
}

QSet<QByteArray> PeerTest::reachedSoFar(const QByteArray &subject) const
{
    QSet<QByteArray> recipients;
    const QList<MailServer::Delivery> deliveries = delivered(subject);
    for (const MailServer::Delivery &delivery : deliveries) {
        recipients.unite(recipientsIn(delivery.trace));
    }
    return recipients;
}

QList<MailServer::Delivery> PeerTest::delivered(const QByteArray &subject) const
{
    QList<MailServer::Delivery> deliveries = m_server.deliveries();
    deliveries.removeIf(
        [line = QByteArray("\nSubject: " + subject + '\n')](const MailServer::Delivery &delivery) {
            const qsizetype header = delivery.content.indexOf("\n\n");
            return !delivery.content.first(header < 0 ? delivery.content.size() : header + 1).contains(line);
        });
    return deliveries;
}

ProgramResult PeerTest::send(const Listener &listener, const QStringList &more,
                             const QByteArray &password) const
{
    QStringList arguments {
        u"--json"_s,     u"--profile"_s,    m_files->folder(), u"send"_s,
        u"--server"_s,   u"localhost"_s,    u"--port"_s,       QString::number(m_server.port(listener.role)),
        u"--security"_s, listener.security,
    };
    if (listener.security != u"none" && listener.trust == Listener::Trust::ServersAuthority) {
        arguments += { u"--ca-file"_s, m_server.caFile() };
    }
    const bool signIn = listener.signIn == Listener::SignIn::Yes;
    if (signIn) {
        arguments += { u"--user"_s, Alice, u"--password-stdin"_s };
    }
    return support::runProgram(QStringLiteral(POSTRIDER_CLI), arguments + more,
                               { .standardInput = signIn ? password + '\n' : QByteArray() });
}

Listener PeerTest::listener(const QString &role) const
{
    const auto found = std::find_if(m_peer.listeners.cbegin(), m_peer.listeners.cend(),
                                    [&role](const Listener &candidate) { return candidate.role == role; });
    return found == m_peer.listeners.cend() ? Listener() : *found;
}

QByteArray PeerTest::newSubject()
{
    return "peer-" + QByteArray::number(QCoreApplication::applicationPid()) + '-'
        + QByteArray::number(++m_subjects);
}

PeerTest::MessageFile PeerTest::messageFile(const QByteArray &subject)
{
    const QByteArray header = "Date: Sat, 21 Nov 2026 09:00:00 +0100\r\n"
                              "From: Alice <alice@example.test>\r\n"
                              "To: \"Bob, of course\" <bob@example.test>\r\n"
                              "Subject: "
        + subject
        + "\r\n"
          "Message-ID: <"
        + subject
        + "@example.test>\r\n"
          "X-Folded: one\r\n"
          "\t two\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: 8bit\r\n"
          "\r\n";
    const QByteArray body = ".\r\n"
                            "..\r\n"
                            ".dot at the start\r\n"
                            "From the start of a line\r\n"
                            "Grüße ✓\r\n"
                            "blanks at the end  \t \r\n"
                            "\r\n"
                            "\r\n"
        + QByteArray(998, 'x') + "\r\n." + QByteArray(997, 'y') + "\r\n";
    // Files come with line ends of every kind; only CRLF may leave.
    QByteArray file = header + body + "ended by LF\n.\nended by CR\r.\rand CRLF\r\n\n\n.\n.\r\n";
    QByteArray content
        = header + body + "ended by LF\r\n.\r\nended by CR\r\n.\r\nand CRLF\r\n\r\n\r\n.\r\n.\r\n";
    return { m_files->writeBeside(QString::fromLatin1(subject) + u".eml"_s, file), content };
}

QHash<QString, QJsonObject> PeerTest::byAddress(const QJsonObject &result)
{
    QHash<QString, QJsonObject> recipients;
    const QJsonArray array = result.value("recipients"_L1).toArray();
    for (const QJsonValue &recipient : array) {
        recipients.insert(recipient["address"_L1].toString(), recipient.toObject());
    }
    return recipients;
}

void PeerTest::verifyNotDelivered(const QByteArray &subject) const
{
    QCOMPARE(delivered(subject).size(), 0);
}

void PeerTest::verifyReportOfSuccess(const Listener &listener)
{
    const QByteArray subject = newSubject();
    const QByteArray envelope = "env-" + subject;
    const ProgramResult sent
        = send(listener,
               { u"--eml"_s, messageFile(subject).path, u"--dsn"_s, u"success"_s, u"--dsn-return"_s,
                 u"headers"_s, u"--dsn-id"_s, QString::fromLatin1(envelope) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());

    QByteArray report;
    QVERIFY(support::waitUntil([&] {
        const QList<MailServer::Delivery> deliveries = m_server.deliveries();
        for (const MailServer::Delivery &delivery : deliveries) {
            if (delivery.content.toLower().contains(QByteArray("original-envelope-id: " + envelope)))
                report = delivery.content;
        }
        return !report.isEmpty();
    }));
    QVERIFY2(report.contains("multipart/report"), report.constData());
    QVERIFY2(report.toLower().contains("original-recipient: rfc822;bob@example.test"), report.constData());
    // RET=HDRS: the content stays away.
    QVERIFY2(report.contains(QByteArray("Subject: " + subject)), report.constData());
    QVERIFY2(!report.contains("blanks at the end"), report.constData());
}

QByteArray PeerTest::told(const ProgramResult &result)
{
    return "exit " + QByteArray::number(result.exitCode) + ": " + result.err + result.out.left(2000);
}

void PeerTest::addListeners() const
{
    QTest::addColumn<Listener>("listener");
    for (const Listener &listener : m_peer.listeners) {
        QTest::addRow("%s, %s", qPrintable(listener.role), qPrintable(listener.security)) << listener;
    }
}

// --- what every server is handed over
// -----------------------------------------------------------------------------------------------

void PeerTest::oneFile_arrivesOctetForOctet_data()
{
    addListeners();
}

void PeerTest::oneFile_arrivesOctetForOctet()
{
    QFETCH(Listener, listener);
    const QByteArray subject = newSubject();
    const MessageFile file = messageFile(subject);

    const ProgramResult sent = send(listener, { u"--eml"_s, file.path });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QJsonObject result = sent.json();
    QCOMPARE(result.value("status"_L1).toString(), u"sent"_s);
    QCOMPARE(result.value("message_id"_L1).toString().toLatin1(), '<' + subject + "@example.test>");
    const QJsonObject bob = byAddress(result).value(Bob);
    QCOMPARE(bob.value("state"_L1).toString(), u"sent"_s);
    QCOMPARE(bob.value("code"_L1).toInt(), 250);
    const QJsonObject server = result.value("server"_L1).toObject();
    QCOMPARE(server.value("port"_L1).toInt(), int(m_server.port(listener.role)));
    if (listener.security == u"none") {
        QVERIFY(server.value("tls"_L1).isNull());
    } else {
        QVERIFY2(server.value("tls"_L1).toString().startsWith(u"TLS 1."), told(sent).constData());
    }

    const QList<MailServer::Delivery> deliveries
        = m_server.waitForDeliveries("Subject: " + subject + '\n', 1);
    QCOMPARE(deliveries.size(), 1);
    QCOMPARE(deliveries.first().content, withLf(file.content) + m_peer.appended);
}

void PeerTest::largeAttachment_arrivesUnchanged_data()
{
    addListeners();
}

void PeerTest::largeAttachment_arrivesUnchanged()
{
    QFETCH(Listener, listener);
    const QByteArray subject = newSubject();
    const QByteArray attachment = randomOctets(3'000'000);

    const ProgramResult sent
        = send(listener,
               { u"--from"_s, Alice, u"--to"_s, Bob, u"--subject"_s, QString::fromLatin1(subject),
                 u"--text"_s, m_files->writeBeside(u"text.txt"_s, ".\nGrüße ✓\n"), u"--attach"_s,
                 m_files->writeBeside(u"Übersicht.bin"_s, attachment) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"sent"_s);

    const QList<MailServer::Delivery> deliveries
        = m_server.waitForDeliveries("Subject: " + subject + '\n', 1);
    QCOMPARE(deliveries.size(), 1);
    const ProgramResult read = support::runProgram(
        u"/usr/bin/python3"_s, { QStringLiteral(POSTRIDER_READ_MESSAGE), deliveries.first().path });
    QCOMPARE(read.json().value("defects"_L1).toArray(), QJsonArray());
    const QJsonArray parts = read.json().value("parts"_L1).toArray();
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0)["text"_L1].toString().trimmed(), u".\nGrüße ✓"_s);
    QCOMPARE(parts.at(1)["filename"_L1].toString(), u"Übersicht.bin"_s);
    QCOMPARE(parts.at(1)["sha256"_L1].toString().toLatin1(),
             QCryptographicHash::hash(attachment, QCryptographicHash::Sha256).toHex());
}

void PeerTest::fileWithoutLastLineEnd_arrivesWhole_data()
{
    addListeners();
}

void PeerTest::fileWithoutLastLineEnd_arrivesWhole()
{
    QFETCH(Listener, listener);
    const QByteArray subject = newSubject();
    const QByteArray content = "From: alice@example.test\nTo: bob@example.test\nDate: Sat, 21 Nov 2026 "
                               "09:00:00 +0100\nMessage-ID: <"
        + subject + "@example.test>\nSubject: " + subject + "\n\n.\n..\n.last";
    const ProgramResult sent
        = send(listener, { u"--eml"_s, m_files->writeBeside(u"message.eml"_s, content) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QList<MailServer::Delivery> deliveries = m_server.waitForDeliveries("Subject: " + subject, 1);
    QCOMPARE(deliveries.size(), 1);
    QVERIFY2(deliveries.first().content == content + m_peer.appended
                 || deliveries.first().content == content + '\n' + m_peer.appended,
             deliveries.first().content.constData());
}

void PeerTest::manyRecipients_areReachedByOneMessage_data()
{
    addListeners();
}

void PeerTest::manyRecipients_areReachedByOneMessage()
{
    QFETCH(Listener, listener);
    const QByteArray subject = newSubject();
    QStringList addresses;
    QSet<QByteArray> expected;
    for (int number = 0; number < m_peer.recipients; ++number) {
        addresses.append(userAddress(number));
        expected.insert(addresses.last().toLatin1());
    }

    const ProgramResult sent
        = send(listener, { u"--eml"_s, messageFile(subject).path, u"--to"_s, addresses.join(u", "_s) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QHash<QString, QJsonObject> recipients = byAddress(sent.json());
    QCOMPARE(recipients.size(), m_peer.recipients);
    for (const QString &address : std::as_const(addresses)) {
        QCOMPARE(recipients.value(address).value("state"_L1).toString(), u"sent"_s);
        QCOMPARE(recipients.value(address).value("code"_L1).toInt(), 250);
    }
    QCOMPARE(reached(subject, m_peer.recipients), expected);
}

void PeerTest::refusedRecipients_leaveTheOthersTheirMessage_data()
{
    addListeners();
}

void PeerTest::refusedRecipients_leaveTheOthersTheirMessage()
{
    QFETCH(Listener, listener);
    const QByteArray subject = newSubject();
    QStringList addresses { userAddress(1) };
    bool isAnyTemporary = false;
    for (const auto &[name, code] : std::as_const(m_peer.refusals)) {
        addresses.append(name + u"@example.test"_s);
        isAnyTemporary = isAnyTemporary || code < 500;
    }
    addresses.append(userAddress(2));

    const ProgramResult sent
        = send(listener, { u"--eml"_s, messageFile(subject).path, u"--to"_s, addresses.join(u", "_s) });
    const int expectedCode = m_peer.refusals.isEmpty() ? Done : isAnyTemporary ? TryLater : SomeRefused;
    QVERIFY2(sent.exitCode == expectedCode, told(sent).constData());
    const QHash<QString, QJsonObject> recipients = byAddress(sent.json());
    QCOMPARE(recipients.size(), addresses.size());
    for (const auto &[name, code] : std::as_const(m_peer.refusals)) {
        const QJsonObject refused = recipients.value(name + u"@example.test"_s);
        QCOMPARE(refused.value("code"_L1).toInt(), code);
        QCOMPARE(refused.value("state"_L1).toString(), code < 500 ? u"deferred"_s : u"failed"_s);
        QVERIFY(!refused.value("text"_L1).toString().isEmpty());
    }
    for (const int number : { 1, 2 }) {
        QCOMPARE(recipients.value(userAddress(number)).value("state"_L1).toString(), u"sent"_s);
    }
    QCOMPARE(reached(subject, 2),
             (QSet<QByteArray> { userAddress(1).toLatin1(), userAddress(2).toLatin1() }));
}

void PeerTest::severalFiles_goOverOneConnection_data()
{
    addListeners();
}

void PeerTest::severalFiles_goOverOneConnection()
{
    constexpr int Files = 12;
    QFETCH(Listener, listener);
    QList<QByteArray> subjects;
    QList<QByteArray> contents;
    QStringList arguments;
    for (int number = 0; number < Files; ++number) {
        subjects.append(newSubject());
        const MessageFile file = messageFile(subjects.last());
        contents.append(withLf(file.content) + m_peer.appended);
        arguments += { u"--eml"_s, file.path };
    }
    const qsizetype connectionsBefore = connections(listener);

    const ProgramResult sent = send(listener, arguments);
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QList<QJsonObject> results = sent.jsonLines();
    QCOMPARE(results.size(), Files);
    for (int number = 0; number < Files; ++number) {
        QCOMPARE(results.at(number).value("message_id"_L1).toString().toLatin1(),
                 '<' + subjects.at(number) + "@example.test>");
        QCOMPARE(results.at(number).value("status"_L1).toString(), u"sent"_s);
        const QList<MailServer::Delivery> deliveries
            = m_server.waitForDeliveries("Subject: " + subjects.at(number) + '\n', 1);
        QCOMPARE(deliveries.size(), 1);
        QCOMPARE(deliveries.first().content, contents.at(number));
    }
    if (connectionsBefore >= 0) {
        const qsizetype expected = connectionsBefore + m_peer.connections;
        QVERIFY(support::waitUntil([&] { return connections(listener) >= expected; }));
        QCOMPARE(connections(listener), expected);
    }
}

void PeerTest::wrongPassword_isToldAndNothingArrives_data()
{
    addListeners();
}

void PeerTest::wrongPassword_isToldAndNothingArrives()
{
    QFETCH(Listener, listener);
    if (listener.signIn == Listener::SignIn::No) {
        QSKIP("nobody signs in here");
    }
    const QByteArray subject = newSubject();
    const ProgramResult sent = send(listener, { u"--eml"_s, messageFile(subject).path }, "not-the-password");
    QVERIFY2(sent.exitCode == SignInRefused, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"failed"_s);
    for (const QByteArray &secret :
         { QByteArray("not-the-password"), QByteArray("not-the-password").toBase64() }) {
        QVERIFY(!sent.out.contains(secret));
        QVERIFY(!sent.err.contains(secret));
    }
    verifyNotDelivered(subject);
}

void PeerTest::unknownAuthority_isToldAndNothingArrives_data()
{
    addListeners();
}

void PeerTest::unknownAuthority_isToldAndNothingArrives()
{
    QFETCH(Listener, listener);
    if (listener.security == u"none") {
        QSKIP("there is no certificate here");
    }
    listener.trust = Listener::Trust::SystemOnly;
    const QByteArray subject = newSubject();
    const ProgramResult sent = send(listener, { u"--eml"_s, messageFile(subject).path });
    QVERIFY2(sent.exitCode == Protocol, told(sent).constData());
    QCOMPARE(sent.json().value("status"_L1).toString(), u"failed"_s);
    verifyNotDelivered(subject);
}

} // namespace postrider::integration
