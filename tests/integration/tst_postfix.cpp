// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "outbox/store.h"
#include "support/mailserver.h"
#include "support/processhelpers.h"
#include "support/secretneedles.h"
#include "support/tempprofile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QHostInfo>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <array>
#include <memory>
#include <optional>
#include <unistd.h>

using namespace Qt::StringLiterals;
using postrider::support::MailServer;
using postrider::support::ProgramResult;

namespace {

// The exit codes of the command line, as scripts rely on them (sysexits.h and two of our own).
constexpr int Done = 0;
constexpr int BadUsage = 64;
constexpr int BadMessage = 65;
constexpr int AllRefused = 67;
constexpr int HostUnknown = 68;
constexpr int LocalTrouble = 74;
constexpr int TryLater = 75;
constexpr int Protocol = 76;
constexpr int SignInRefused = 77;
constexpr int NotSetUp = 78;
constexpr int SomeRefused = 80;

const QString Alice = u"alice@example.test"_s;
const QByteArray AlicePassword = "wonder-land-42";
const QString Bob = u"bob@example.test"_s;
const QByteArray BobPassword = "pässwörd ✓";

/// Large enough for a spool file, and for many reads and TLS records.
constexpr qsizetype LargeSize = 3'000'000;

QByteArray randomOctets(qsizetype size)
{
    QByteArray octets(size, Qt::Uninitialized);
    QRandomGenerator generator(20'260'302U);
    std::generate(octets.begin(), octets.end(),
                  [&generator] { return static_cast<char>(generator.generate()); });
    return octets;
}

QByteArray withLf(QByteArray octets)
{
    return octets.replace("\r\n", "\n");
}

QString sha256(const QByteArray &octets)
{
    return QString::fromLatin1(QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex());
}

/// A message file with everything that must not be touched on its way.
QByteArray messageFile(const QByteArray &subject, qsizetype minimum)
{
    QByteArray octets = "Date: Mon, 02 Mar 2026 09:00:00 +0100\r\n"
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
          "Content-Type: text/plain; charset=us-ascii\r\n"
          "\r\n"
          ".\r\n"
          "..\r\n"
          ".dot at the start\r\n"
          "From the start of a line\r\n"
          "blanks at the end  \t \r\n"
          "\r\n"
          "\r\n"
        + QByteArray(998, 'x') + "\r\n";
    for (int line = 0; octets.size() < minimum; ++line) {
        octets += "." + QByteArray::number(line) + " is the number of this line\r\n";
    }
    return octets + ".\r\n";
}

} // namespace

/// postrider-cli against a real Postfix, in a real session with a real keyring.
class PostfixTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void accountAdd_provesTheSignInAndKeepsThePasswordInTheKeychainOnly_data();
    void accountAdd_provesTheSignInAndKeepsThePasswordInTheKeychainOnly();
    void accountAddWithFailedProof_savesNothingAndSaysWhy_data();
    void accountAddWithFailedProof_savesNothingAndSaysWhy();
    void removedAccount_leavesNoPasswordBehind();

    void send_arrivesAsWritten_data();
    void send_arrivesAsWritten();
    void sendFile_arrivesOctetForOctet_data();
    void sendFile_arrivesOctetForOctet();
    void sendFileWithBcc_reachesThemAndTellsNobody();

    void oneOfThreeRecipientsRefused_othersGetIt();
    void allRecipientsRefused_failsWithTheServersWords();
    void recipientPutOff_isTriedAgainLater();
    void failedSend_keepsTheMessageAndSaysWhy_data();
    void failedSend_keepsTheMessageAndSaysWhy();
    void newPassword_letsTheWaitingMessageGo();

    void queueOnly_waitsForOutboxRun();
    void recordedOutboxRun_keepsNoSecretAnywhere_data();
    void recordedOutboxRun_keepsNoSecretAnywhere();
    void killedAnywhere_everyMessageArrivesOnceOrIsInDoubt();
    void twoDeliverersAtOnce_deliverEachMessageOnce();

    void badInput_isRefusedAndQueuesNothing_data();
    void badInput_isRefusedAndQueuesNothing();
    void sendWithoutAccount_isRefused();
    void readOnlyProfile_isToldAndNothingIsLost();
    void damagedAccountsFile_isSetAsideAndTold();
    void damagedDatabase_isSetAsideAndTold();

private:
    ProgramResult cli(QStringList arguments, const QByteArray &standardInput = {}) const;
    /// Adds alice's account; returns its id.
    QString addAccount(const QString &role, const QStringList &more = {},
                       const QByteArray &password = AlicePassword) const;
    QStringList accountArguments(const QString &role) const;
    QList<QJsonObject> outbox() const;
    QByteArray outboxContent(const QString &id) const;
    QJsonObject parsed(const MailServer::Delivery &delivery) const;
    /// A subject that no other message of this run has.
    QString newSubject();

    MailServer m_server {};
    std::unique_ptr<postrider::support::TempProfile> m_profile {};
    QStringList m_accounts {};
    int m_subjects = 0;
};

/// A sentence for a person: there, without blame or jargon. What the server said is quoted as it is.
static void verifySentence(QByteArray err)
{
    err.replace("Error: authentication failed", "");
    QVERIFY2(err.trimmed().size() > 10, err.constData());
    QVERIFY2(err.trimmed().contains(' '), err.constData());
    QVERIFY2(!err.toLower().contains("error"), err.constData());
    QVERIFY2(!err.toLower().contains("failed to"), err.constData());
}

/// For the report of a failed test.
static QByteArray told(const ProgramResult &result)
{
    return "exit " + QByteArray::number(result.exitCode) + ": " + result.err + result.out;
}

static void verifyNoSecret(const ProgramResult &result)
{
    for (const QByteArray &secret : { AlicePassword, AlicePassword.toBase64() }) {
        QVERIFY(!result.out.contains(secret));
        QVERIFY(!result.err.contains(secret));
    }
}

void PostfixTest::initTestCase()
{
    m_server.startOrSkip();
}

void PostfixTest::init()
{
    m_profile = std::make_unique<postrider::support::TempProfile>();
}

void PostfixTest::cleanup()
{
    m_profile.reset();
}

ProgramResult PostfixTest::cli(QStringList arguments, const QByteArray &standardInput) const
{
    arguments = QStringList { u"--profile"_s, m_profile->folder(), u"--json"_s } + arguments;
    return postrider::support::runProgram(QStringLiteral(POSTRIDER_CLI), arguments,
                                          { .standardInput = standardInput });
}

QStringList PostfixTest::accountArguments(const QString &role) const
{
    return { u"account"_s,         u"add"_s,
             u"--email"_s,         Alice,
             u"--host"_s,          u"localhost"_s,
             u"--port"_s,          QString::number(m_server.port(role)),
             u"--security"_s,      m_server.security(role),
             u"--user"_s,          Alice,
             u"--password-stdin"_s };
}

QString PostfixTest::addAccount(const QString &role, const QStringList &more,
                                const QByteArray &password) const
{
    const ProgramResult added = cli(
        accountArguments(role) + QStringList { u"--ca-file"_s, m_server.caFile() } + more, password + '\n');
    if (added.exitCode != Done) {
        qWarning().noquote() << added.exitCode << added.err;
    }
    return added.json().value("id"_L1).toString();
}

QList<QJsonObject> PostfixTest::outbox() const
{
    return cli({ u"outbox"_s, u"list"_s }).jsonLines();
}

QByteArray PostfixTest::outboxContent(const QString &id) const
{
    const postrider::base::SystemClock clock;
    const auto store = postrider::outbox::Store::open(m_profile->folder(), clock);
    if (!store) {
        return {};
    }
    const auto content = store.value()->content(id);
    return content ? content.value()->readAll() : QByteArray();
}

QJsonObject PostfixTest::parsed(const MailServer::Delivery &delivery) const
{
    const ProgramResult result = postrider::support::runProgram(
        u"/usr/bin/python3"_s, { QStringLiteral(POSTRIDER_READ_MESSAGE), delivery.path });
    return result.json();
}

QString PostfixTest::newSubject()
{
    return u"message-%1-%2"_s.arg(QCoreApplication::applicationPid()).arg(++m_subjects);
}

// --- accounts
// -----------------------------------------------------------------------------------------------

void PostfixTest::accountAdd_provesTheSignInAndKeepsThePasswordInTheKeychainOnly_data()
{
    QTest::addColumn<QString>("role");
    QTest::newRow("STARTTLS") << u"submission"_s;
    QTest::newRow("implicit TLS") << u"submissions"_s;
}

void PostfixTest::accountAdd_provesTheSignInAndKeepsThePasswordInTheKeychainOnly()
{
    QFETCH(QString, role);
    const qsizetype loggedBefore = m_server.log().size();

    const ProgramResult added = cli(
        accountArguments(role) + QStringList { u"--ca-file"_s, m_server.caFile() }, AlicePassword + '\n');
    QCOMPARE(added.exitCode, Done);
    verifyNoSecret(added);
    const QString id = added.json().value("id"_L1).toString();
    QVERIFY(!id.isEmpty());

    const QList<QJsonObject> listed = cli({ u"account"_s, u"list"_s }).jsonLines();
    QCOMPARE(listed.size(), 1);
    const QJsonObject account = listed.first();
    QCOMPARE(account.value("id"_L1).toString(), id);
    QCOMPARE(account.value("email"_L1).toString(), Alice);
    QCOMPARE(account.value("host"_L1).toString(), u"localhost"_s);
    QCOMPARE(account.value("port"_L1).toInt(), int(m_server.port(role)));
    QCOMPARE(account.value("security"_L1).toString(), m_server.security(role));
    QCOMPARE(account.value("user"_L1).toString(), Alice);
    QCOMPARE(account.value("state"_L1).toString(), u"ready"_s);

    // The proof is AUTH, MAIL and RSET: the server saw nobody named as a recipient, and no message.
    QByteArray summary;
    QVERIFY(postrider::support::waitUntil([&] {
        const QList<QByteArray> lines = m_server.log().sliced(loggedBefore - 1);
        const auto last = std::find_if(lines.crbegin(), lines.crend(), [](const QByteArray &line) {
            return line.contains("disconnect from") && line.contains("auth=1");
        });
        summary = last == lines.crend() ? QByteArray() : *last;
        return !summary.isEmpty();
    }));
    QVERIFY2(summary.contains(" mail=1"), summary.constData());
    QVERIFY2(summary.contains(" rset=1"), summary.constData());
    QVERIFY2(!summary.contains(" rcpt="), summary.constData());
    QVERIFY2(!summary.contains(" data="), summary.constData());

    const ProgramResult secret = postrider::support::runProgram(
        u"secret-tool"_s,
        { u"lookup"_s, u"server"_s, u"org.postrider.Postrider"_s, u"user"_s, id + u"/password/localhost"_s });
    QCOMPARE(secret.out, AlicePassword);
    const QByteArray plain = QByteArray(1, '\0') + Alice.toUtf8() + QByteArray(1, '\0') + AlicePassword;
    QCOMPARE(postrider::support::filesContaining(
                 m_profile->folder(),
                 { AlicePassword, AlicePassword.toBase64(), AlicePassword.toHex(), plain.toBase64() }),
             QStringList());
}

void PostfixTest::accountAddWithFailedProof_savesNothingAndSaysWhy_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");

    const QStringList trusted { u"--ca-file"_s, m_server.caFile() };
    QTest::newRow("wrong password") << u"submission"_s << QByteArray("not-the-" + AlicePassword) << trusted
                                    << SignInRefused;
    QTest::newRow("unknown authority") << u"submission"_s << AlicePassword << QStringList() << Protocol;
    QTest::newRow("wrong name") << u"wrongname"_s << AlicePassword << trusted << Protocol;
    QTest::newRow("expired") << u"expired"_s << AlicePassword << trusted << Protocol;
    QTest::newRow("self-signed") << u"selfsigned"_s << AlicePassword << trusted << Protocol;
    QTest::newRow("STARTTLS missing") << u"nostarttls"_s << AlicePassword
                                      << trusted + QStringList { u"--security"_s, u"starttls"_s } << Protocol;
    QTest::newRow("server down") << u"submission"_s << AlicePassword
                                 << trusted
            + QStringList { u"--port"_s, QString::number(postrider::support::closedPort()) }
                                 << TryLater;
}

void PostfixTest::accountAddWithFailedProof_savesNothingAndSaysWhy()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, password);
    QFETCH(QStringList, more);
    QFETCH(int, exitCode);

    QStringList arguments = accountArguments(role);
    // A later value replaces the one of the role.
    for (qsizetype option = 0; option + 1 < more.size(); option += 2) {
        if (const qsizetype known = arguments.indexOf(more.at(option)); known >= 0) {
            arguments[known + 1] = more.at(option + 1);
        } else {
            arguments += more.sliced(option, 2);
        }
    }
    const ProgramResult added = cli(arguments, password + '\n');
    QCOMPARE(added.exitCode, exitCode);
    verifySentence(added.err);
    verifyNoSecret(added);
    QCOMPARE(cli({ u"account"_s, u"list"_s }).jsonLines().size(), 0);
    QCOMPARE(postrider::support::filesContaining(m_profile->folder(), { password, password.toBase64() }),
             QStringList());
}

void PostfixTest::removedAccount_leavesNoPasswordBehind()
{
    const QString id = addAccount(u"submission"_s);
    QVERIFY(!id.isEmpty());
    QCOMPARE(cli({ u"account"_s, u"remove"_s, id }).exitCode, Done);
    QCOMPARE(cli({ u"account"_s, u"list"_s }).jsonLines().size(), 0);
    const ProgramResult secret = postrider::support::runProgram(
        u"secret-tool"_s,
        { u"lookup"_s, u"server"_s, u"org.postrider.Postrider"_s, u"user"_s, id + u"/password/localhost"_s });
    QCOMPARE(secret.exitCode, 1);
    QCOMPARE(secret.out, QByteArray());
}

// --- what arrives
// -------------------------------------------------------------------------------------------

void PostfixTest::send_arrivesAsWritten_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("STARTTLS, small") << u"submission"_s << qsizetype(1000);
    QTest::newRow("STARTTLS, large") << u"submission"_s << LargeSize;
    QTest::newRow("implicit TLS, small") << u"submissions"_s << qsizetype(1000);
    QTest::newRow("implicit TLS, large") << u"submissions"_s << LargeSize;
}

void PostfixTest::send_arrivesAsWritten()
{
    QFETCH(QString, role);
    QFETCH(qsizetype, size);
    QVERIFY(!addAccount(role).isEmpty());
    const QString subject = u"Grüße ✓ "_s + newSubject();
    const QByteArray text = ".\nGrüße ✓\n\nFrom here\n" + QByteArray("word ").repeated(300) + "\n";
    const QByteArray attachment = randomOctets(size);

    const ProgramResult sent
        = cli({ u"send"_s, u"--to"_s, u"\"Bob, of course\" <bob@example.test>"_s, u"--subject"_s, subject,
                u"--text"_s, m_profile->writeBeside(u"text.txt"_s, text), u"--attach"_s,
                m_profile->writeBeside(u"Übersicht 2026.bin"_s, attachment) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    const QJsonObject result = sent.json();
    QCOMPARE(result.value("status"_L1).toString(), u"sent"_s);
    const QJsonArray recipients = result.value("recipients"_L1).toArray();
    QCOMPARE(recipients.size(), 1);
    QCOMPARE(recipients.at(0)["address"_L1].toString(), Bob);
    QCOMPARE(recipients.at(0)["state"_L1].toString(), u"sent"_s);
    QCOMPARE(recipients.at(0)["code"_L1].toInt(), 250);
    const QJsonObject server = result.value("server"_L1).toObject();
    QCOMPARE(server.value("host"_L1).toString(), u"localhost"_s);
    QCOMPARE(server.value("port"_L1).toInt(), int(m_server.port(role)));
    QVERIFY(server.value("tls"_L1).toString().startsWith(u"TLS"));

    const QByteArray messageId = result.value("message_id"_L1).toString().toLatin1();
    QVERIFY(!messageId.isEmpty());
    const QList<MailServer::Delivery> deliveries = m_server.waitForDeliveries(messageId, 1);
    QCOMPARE(deliveries.size(), 1);
    const MailServer::Delivery &delivery = deliveries.first();
    QCOMPARE(delivery.recipient, Bob.toLatin1());
    QVERIFY2(delivery.trace.startsWith("Return-Path: <alice@example.test>\n"), delivery.trace.constData());
    // Encrypted and signed in, as the server saw it.
    QVERIFY2(delivery.trace.contains("with ESMTPSA id"), delivery.trace.constData());

    const QByteArray kept = outboxContent(result.value("id"_L1).toString());
    QVERIFY(kept.size() > size);
    QVERIFY(delivery.content == withLf(kept));

    const QJsonObject seen = parsed(delivery);
    QCOMPARE(seen.value("defects"_L1).toArray(), QJsonArray());
    QCOMPARE(seen.value("subject"_L1).toString(), subject);
    QVERIFY(seen.value("from"_L1).toString().contains(Alice));
    QCOMPARE(seen.value("to"_L1).toString(), u"\"Bob, of course\" <bob@example.test>"_s);
    const QJsonArray parts = seen.value("parts"_L1).toArray();
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0)["type"_L1].toString(), u"text/plain"_s);
    QCOMPARE(parts.at(0)["text"_L1].toString().trimmed(), QString::fromUtf8(text).trimmed());
    QCOMPARE(parts.at(1)["filename"_L1].toString(), u"Übersicht 2026.bin"_s);
    QCOMPARE(parts.at(1)["sha256"_L1].toString(), sha256(attachment));
}

void PostfixTest::sendFile_arrivesOctetForOctet_data()
{
    send_arrivesAsWritten_data();
}

void PostfixTest::sendFile_arrivesOctetForOctet()
{
    QFETCH(QString, role);
    QFETCH(qsizetype, size);
    QVERIFY(!addAccount(role).isEmpty());
    const QByteArray subject = newSubject().toLatin1();
    const QByteArray message = messageFile(subject, size);

    const ProgramResult sent
        = cli({ u"send"_s, u"--eml"_s, m_profile->writeBeside(u"message.eml"_s, message) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());

    const QList<MailServer::Delivery> deliveries = m_server.waitForDeliveries("Subject: " + subject, 1);
    QCOMPARE(deliveries.size(), 1);
    QVERIFY(deliveries.first().content == withLf(message));
}

void PostfixTest::sendFileWithBcc_reachesThemAndTellsNobody()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QByteArray subject = newSubject().toLatin1();
    const QByteArray message = messageFile(subject, 0);
    const QByteArray withBcc = "Bcc: carol@example.test,\r\n dave@example.test\r\n" + message;

    const ProgramResult sent
        = cli({ u"send"_s, u"--eml"_s, m_profile->writeBeside(u"message.eml"_s, withBcc) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());

    const QList<MailServer::Delivery> deliveries = m_server.waitForDeliveries("Subject: " + subject, 3);
    QSet<QByteArray> recipients;
    for (const MailServer::Delivery &delivery : deliveries) {
        recipients.insert(delivery.recipient);
        QVERIFY(delivery.content == withLf(message));
    }
    QCOMPARE(recipients,
             (QSet<QByteArray> { "bob@example.test", "carol@example.test", "dave@example.test" }));
}

// --- what goes wrong
// ----------------------------------------------------------------------------------------

void PostfixTest::oneOfThreeRecipientsRefused_othersGetIt()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString subject = newSubject();
    const ProgramResult sent = cli({ u"send"_s, u"--to"_s, u"bob@example.test, nouser@example.test"_s,
                                     u"--cc"_s, u"carol@example.test"_s, u"--subject"_s, subject, u"--text"_s,
                                     m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(sent.exitCode, SomeRefused);
    verifySentence(sent.err);
    const QJsonObject result = sent.json();
    QCOMPARE(result.value("status"_L1).toString(), u"partly-sent"_s);
    QHash<QString, QJsonObject> byAddress;
    const QJsonArray recipients = result.value("recipients"_L1).toArray();
    for (const QJsonValue &recipient : recipients) {
        byAddress.insert(recipient["address"_L1].toString(), recipient.toObject());
    }
    QCOMPARE(byAddress.size(), 3);
    QCOMPARE(byAddress.value(u"bob@example.test"_s).value("state"_L1).toString(), u"sent"_s);
    QCOMPARE(byAddress.value(u"carol@example.test"_s).value("state"_L1).toString(), u"sent"_s);
    const QJsonObject refused = byAddress.value(u"nouser@example.test"_s);
    QCOMPARE(refused.value("state"_L1).toString(), u"failed"_s);
    QCOMPARE(refused.value("code"_L1).toInt(), 550);
    QCOMPARE(refused.value("enhanced"_L1).toString(), u"5.1.1"_s);
    QVERIFY(refused.value("text"_L1).toString().contains(u"No such user here"));

    QVERIFY(m_server.waitUntilQuiet());
    const QList<MailServer::Delivery> deliveries
        = m_server.waitForDeliveries("Subject: " + subject.toLatin1(), 2);
    QSet<QByteArray> reached;
    for (const MailServer::Delivery &delivery : deliveries) {
        reached.insert(delivery.recipient);
    }
    QCOMPARE(deliveries.size(), 2);
    QCOMPARE(reached, (QSet<QByteArray> { "bob@example.test", "carol@example.test" }));
    QCOMPARE(outbox().first().value("state"_L1).toString(), u"partly-sent"_s);
}

void PostfixTest::allRecipientsRefused_failsWithTheServersWords()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const ProgramResult sent
        = cli({ u"send"_s, u"--to"_s, u"nouser@example.test"_s, u"--to"_s, u"policy@example.test"_s,
                u"--subject"_s, newSubject(), u"--text"_s, m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(sent.exitCode, AllRefused);
    verifySentence(sent.err);
    QCOMPARE(sent.json().value("status"_L1).toString(), u"failed"_s);

    const QList<QJsonObject> messages = outbox();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().value("state"_L1).toString(), u"failed"_s);
    QVERIFY(!messages.first().value("reason"_L1).toString().isEmpty());
    const QJsonArray recipients = messages.first().value("recipients"_L1).toArray();
    QCOMPARE(recipients.size(), 2);
    for (const QJsonValue &recipient : recipients) {
        QCOMPARE(recipient["state"_L1].toString(), u"failed"_s);
        const bool policy = recipient["address"_L1].toString().startsWith(u"policy");
        QCOMPARE(recipient["code"_L1].toInt(), policy ? 554 : 550);
        QVERIFY(recipient["text"_L1].toString().contains(policy ? u"Message refused by policy"
                                                                : u"No such user here"));
    }
}

void PostfixTest::recipientPutOff_isTriedAgainLater()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString subject = newSubject();
    const ProgramResult sent
        = cli({ u"send"_s, u"--to"_s, u"bob@example.test"_s, u"--to"_s, u"greylist@example.test"_s,
                u"--subject"_s, subject, u"--text"_s, m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(sent.exitCode, TryLater);
    verifySentence(sent.err);
    QCOMPARE(sent.json().value("status"_L1).toString(), u"deferred"_s);

    const QJsonObject message = outbox().first();
    QCOMPARE(message.value("state"_L1).toString(), u"deferred"_s);
    QCOMPARE(message.value("attempts"_L1).toInt(), 1);
    const QDateTime next = QDateTime::fromString(message.value("next_attempt"_L1).toString(), Qt::ISODate);
    const qint64 wait = QDateTime::currentDateTimeUtc().secsTo(next);
    // The first wait is a minute, give or take a fifth.
    QVERIFY2(wait > 20 && wait <= 73, qPrintable(QString::number(wait)));

    // The next try is for the one who was put off only.
    QCOMPARE(cli({ u"outbox"_s, u"retry"_s, message.value("id"_L1).toString() }).exitCode, Done);
    static_cast<void>(cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s }));
    QCOMPARE(outbox().first().value("attempts"_L1).toInt(), 2);
    QVERIFY(m_server.waitUntilQuiet());
    QCOMPARE(m_server.waitForDeliveries("Subject: " + subject.toLatin1(), 1).size(), 1);
}

void PostfixTest::failedSend_keepsTheMessageAndSaysWhy_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QStringList>("states");

    const QString localhost = u"localhost"_s;
    const QStringList held { u"held"_s };
    const QStringList waiting { u"deferred"_s };
    QTest::newRow("wrong password") << u"submission"_s << localhost << 0
                                    << QByteArray("not-the-" + AlicePassword) << true << SignInRefused
                                    << held;
    QTest::newRow("server down") << u"submission"_s << localhost << int(postrider::support::closedPort())
                                 << AlicePassword << true << TryLater << waiting;
    QTest::newRow("unknown host") << u"submission"_s << u"no-such-host.invalid"_s << 0 << AlicePassword
                                  << true << HostUnknown << QStringList { u"held"_s, u"deferred"_s };
    QTest::newRow("unknown authority")
        << u"submission"_s << localhost << 0 << AlicePassword << false << Protocol << held;
    QTest::newRow("wrong name") << u"wrongname"_s << localhost << 0 << AlicePassword << true << Protocol
                                << held;
    QTest::newRow("expired") << u"expired"_s << localhost << 0 << AlicePassword << true << Protocol << held;
}

void PostfixTest::failedSend_keepsTheMessageAndSaysWhy()
{
    QFETCH(QString, role);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QByteArray, password);
    QFETCH(bool, trusted);
    QFETCH(int, exitCode);
    QFETCH(QStringList, states);

    if (exitCode == HostUnknown && QHostInfo::fromName(host).error() != QHostInfo::HostNotFound) {
        QSKIP("no name server answers here");
    }
    QStringList arguments { u"account"_s,          u"add"_s,
                            u"--email"_s,          Alice,
                            u"--host"_s,           host,
                            u"--port"_s,           QString::number(port != 0 ? port : m_server.port(role)),
                            u"--security"_s,       m_server.security(role),
                            u"--user"_s,           Alice,
                            u"--password-stdin"_s, u"--no-verify-login"_s };
    if (trusted) {
        arguments += { u"--ca-file"_s, m_server.caFile() };
    }
    QCOMPARE(cli(arguments, password + '\n').exitCode, Done);

    const QString subject = newSubject();
    const ProgramResult sent = cli({ u"send"_s, u"--to"_s, Bob, u"--subject"_s, subject, u"--text"_s,
                                     m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(sent.exitCode, exitCode);
    verifySentence(sent.err);
    verifyNoSecret(sent);
    QVERIFY(!sent.json().value("sentence"_L1).toString().isEmpty());

    const QList<QJsonObject> messages = outbox();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().value("id"_L1), sent.json().value("id"_L1));
    QCOMPARE(messages.first().value("subject"_L1).toString(), subject);
    QVERIFY2(states.contains(messages.first().value("state"_L1).toString()),
             qPrintable(messages.first().value("state"_L1).toString()));
    QVERIFY(!messages.first().value("reason"_L1).toString().isEmpty());
    // Trouble with the server or with signing in is not the message's.
    QCOMPARE(messages.first().value("attempts"_L1).toInt(), 0);

    QVERIFY(m_server.waitUntilQuiet());
    const QList<MailServer::Delivery> deliveries = m_server.deliveries();
    QVERIFY(std::none_of(deliveries.cbegin(), deliveries.cend(),
                         [&subject](const MailServer::Delivery &delivery) {
                             return delivery.content.contains(subject.toLatin1());
                         }));
}

void PostfixTest::newPassword_letsTheWaitingMessageGo()
{
    const QString account
        = addAccount(u"submission"_s, { u"--no-verify-login"_s }, "not-the-" + AlicePassword);
    const QString subject = newSubject();
    QCOMPARE(cli({ u"send"_s, u"--to"_s, Bob, u"--subject"_s, subject, u"--text"_s,
                   m_profile->writeBeside(u"text.txt"_s, "text\n") })
                 .exitCode,
             SignInRefused);
    const ProgramResult changed
        = cli({ u"account"_s, u"set-password"_s, account, u"--password-stdin"_s }, AlicePassword + '\n');
    QVERIFY2(changed.exitCode == Done, changed.err.constData());
    QCOMPARE(cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s }).exitCode, Done);
    QCOMPARE(m_server.waitForDeliveries("Subject: " + subject.toLatin1(), 1).size(), 1);
    QCOMPARE(outbox().first().value("state"_L1).toString(), u"sent"_s);
}

// --- once, whatever happens
// ---------------------------------------------------------------------------------

void PostfixTest::queueOnly_waitsForOutboxRun()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString subject = newSubject();
    const ProgramResult queued = cli({ u"send"_s, u"--queue-only"_s, u"--to"_s, Bob, u"--subject"_s, subject,
                                       u"--text"_s, m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(queued.exitCode, Done);
    QCOMPARE(queued.json().value("status"_L1).toString(), u"queued"_s);
    QCOMPARE(outbox().first().value("state"_L1).toString(), u"queued"_s);
    QVERIFY(m_server.waitUntilQuiet());
    const QList<MailServer::Delivery> before = m_server.deliveries();
    QVERIFY(std::none_of(before.cbegin(), before.cend(), [&subject](const MailServer::Delivery &delivery) {
        return delivery.content.contains(subject.toLatin1());
    }));

    QCOMPARE(cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s }).exitCode, Done);
    QCOMPARE(m_server.waitForDeliveries("Subject: " + subject.toLatin1(), 1).size(), 1);
    QCOMPARE(outbox().first().value("state"_L1).toString(), u"sent"_s);
}

void PostfixTest::recordedOutboxRun_keepsNoSecretAnywhere_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::addColumn<QByteArray>("password");
    for (const char *mechanism : { "plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256" }) {
        QTest::addRow("%s", mechanism) << QString::fromLatin1(mechanism) << AlicePassword;
        QTest::addRow("%s, refused", mechanism)
            << QString::fromLatin1(mechanism) << QByteArray("not-the-" + AlicePassword);
    }
}

/// The conversation is recorded and shown, so that everything the program ever writes is there to be
/// searched.
void PostfixTest::recordedOutboxRun_keepsNoSecretAnywhere()
{
    QFETCH(QString, mechanism);
    QFETCH(QByteArray, password);
    const QString account
        = addAccount(u"submission"_s, { u"--auth"_s, mechanism, u"--no-verify-login"_s }, password);
    QVERIFY(!account.isEmpty());
    QList<ProgramResult> runs;
    runs += cli({ u"send"_s, u"--to"_s, Bob, u"--subject"_s, newSubject(), u"--text"_s,
                  m_profile->writeBeside(u"text.txt"_s, "text\n"), u"--record"_s, u"--queue-only"_s });
    QCOMPARE(runs.last().exitCode, Done);
    const QString id = runs.last().json().value("id"_L1).toString();
    runs += cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s });
    runs += cli({ u"outbox"_s, u"log"_s, id });
    QVERIFY2(runs.last().out.contains(QByteArray("AUTH " + mechanism.toUpper().toLatin1())),
             told(runs.last()).constData());
    runs += cli({ u"outbox"_s, u"show"_s, id });
    runs += cli({ u"account"_s, u"show"_s, account });

    for (const ProgramResult &run : std::as_const(runs)) {
        QVERIFY2(!postrider::support::hasSecret(run.out, password), run.out.constData());
        QVERIFY2(!postrider::support::hasSecret(run.err, password), run.err.constData());
    }
    QCOMPARE(
        postrider::support::filesContaining(m_profile->folder(), postrider::support::needlesFor(password)),
        QStringList());
}

void PostfixTest::killedAnywhere_everyMessageArrivesOnceOrIsInDoubt()
{
    constexpr int Rounds = 30;
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString text = m_profile->writeBeside(u"text.txt"_s, "text\n");
    // Every third message is large enough for the spool.
    const QString attachment = m_profile->writeBeside(u"attachment.bin"_s, randomOctets(200'000));
    const auto sendArguments = [&](int round, const QString &subject) {
        QStringList arguments {
            u"--profile"_s, m_profile->folder(), u"send"_s, u"--to"_s, Bob, u"--subject"_s,
            subject,        u"--text"_s,         text
        };
        if (round % 3 == 0) {
            arguments += { u"--attach"_s, attachment };
        }
        return arguments;
    };

    // How long it takes undisturbed tells within which time a kill hits something.
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(postrider::support::runProgram(QStringLiteral(POSTRIDER_CLI), sendArguments(0, newSubject()))
                 .exitCode,
             Done);
    const qint64 undisturbed = timer.elapsed();

    QStringList subjects;
    QStringList queuedSubjects; // what was reported as queued before its deliverer was killed
    int interrupted = 0;
    for (int round = 0; round < Rounds; ++round) {
        const QString subject = newSubject();
        subjects.append(subject);
        QStringList victim = sendArguments(round, subject);
        if (round % 2 == 0) {
            const ProgramResult queued = postrider::support::runProgram(
                QStringLiteral(POSTRIDER_CLI),
                sendArguments(round, subject) + QStringList { u"--queue-only"_s });
            QVERIFY2(queued.exitCode == Done, queued.err.constData());
            queuedSubjects.append(subject);
            victim = { u"--profile"_s, m_profile->folder(), u"outbox"_s, u"run"_s, u"--until-empty"_s };
        }
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(POSTRIDER_CLI), victim);
        // Evenly over the whole life of the process: every round hits it in another place.
        const auto moment = static_cast<int>(undisturbed * (round + 1) / Rounds);
        if (!process.waitForFinished(moment)) {
            process.kill();
            ++interrupted;
        }
        QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished());
        if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == Done && round % 2 != 0) {
            queuedSubjects.append(subject);
        }
        static_cast<void>(cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s }));
    }
    QVERIFY2(interrupted >= Rounds / 2, qPrintable(QString::number(interrupted)));

    QVERIFY(m_server.waitUntilQuiet());
    const QList<MailServer::Delivery> deliveries = m_server.deliveries();
    const QList<QJsonObject> messages = outbox();
    int inDoubt = 0;
    for (const QString &subject : std::as_const(subjects)) {
        const auto copies = std::count_if(
            deliveries.cbegin(), deliveries.cend(),
            [line
             = QByteArray("\nSubject: " + subject.toLatin1() + "\n")](const MailServer::Delivery &delivery) {
                return delivery.content.first(delivery.content.indexOf("\n\n") + 1).contains(line);
            });
        QList<QJsonObject> rows = messages;
        rows.removeIf(
            [&subject](const QJsonObject &row) { return row.value("subject"_L1).toString() != subject; });
        const QByteArray what = subject.toLatin1() + ": " + QByteArray::number(copies) + " copies, "
            + (rows.isEmpty() ? QByteArray("no row") : rows.first().value("state"_L1).toString().toLatin1());
        QVERIFY2(rows.size() <= 1, what.constData());
        if (rows.isEmpty()) {
            QVERIFY2(!queuedSubjects.contains(subject), what.constData());
            QVERIFY2(copies == 0, what.constData());
        } else if (rows.first().value("state"_L1).toString() == u"in-doubt") {
            ++inDoubt;
            QVERIFY2(copies <= 1, what.constData());
        } else {
            QVERIFY2(rows.first().value("state"_L1).toString() == u"sent", what.constData());
            QVERIFY2(copies == 1, what.constData());
        }
    }
    qInfo("%d of %d processes killed at work, %d messages in doubt", interrupted, Rounds, inDoubt);

    // What is in doubt is the person's to decide: another run does not touch it.
    static_cast<void>(cli({ u"outbox"_s, u"run"_s, u"--until-empty"_s }));
    QVERIFY(m_server.waitUntilQuiet());
    QCOMPARE(m_server.deliveries().size(), deliveries.size());
}

void PostfixTest::twoDeliverersAtOnce_deliverEachMessageOnce()
{
    constexpr int Messages = 12;
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString text = m_profile->writeBeside(u"text.txt"_s, "text\n");
    const QString subject = newSubject() + u'-';
    for (int message = 0; message < Messages; ++message) {
        QCOMPARE(cli({ u"send"_s, u"--queue-only"_s, u"--to"_s, Bob, u"--subject"_s,
                       subject + QString::number(message), u"--text"_s, text })
                     .exitCode,
                 Done);
    }

    const QStringList run { u"--profile"_s, m_profile->folder(), u"outbox"_s, u"run"_s, u"--until-empty"_s };
    std::array<QProcess, 2> deliverers;
    for (QProcess &deliverer : deliverers) {
        deliverer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        deliverer.start(QStringLiteral(POSTRIDER_CLI), run);
    }
    for (QProcess &deliverer : deliverers) {
        QVERIFY(deliverer.waitForFinished(60'000));
        QCOMPARE(deliverer.exitStatus(), QProcess::NormalExit);
    }

    QVERIFY(m_server.waitUntilQuiet());
    const QList<MailServer::Delivery> deliveries
        = m_server.waitForDeliveries("Subject: " + subject.toLatin1(), Messages);
    QCOMPARE(deliveries.size(), Messages);
    QSet<QByteArray> different;
    for (const MailServer::Delivery &delivery : deliveries) {
        different.insert(delivery.content);
    }
    QCOMPARE(different.size(), Messages);
    const QList<QJsonObject> messages = outbox();
    for (const QJsonObject &message : messages) {
        QCOMPARE(message.value("state"_L1).toString(), u"sent"_s);
    }
}

// --- bad input
// ----------------------------------------------------------------------------------------------

void PostfixTest::badInput_isRefusedAndQueuesNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("named"); // what the sentence must name

    QTest::newRow("no domain") << QStringList { u"--to"_s, u"bob"_s } << BadMessage << u"bob"_s;
    QTest::newRow("two at signs") << QStringList { u"--to"_s, u"bob@@example.test"_s } << BadMessage
                                  << u"bob@@example.test"_s;
    QTest::newRow("line break") << QStringList { u"--to"_s, u"bob@example.test\r\nX: y"_s } << BadMessage
                                << QString();
    QTest::newRow("one of three bad")
        << QStringList { u"--to"_s, u"carol@example.test, dave@, bob@example.test"_s } << BadMessage
        << u"dave@"_s;
    QTest::newRow("attachment missing")
        << QStringList { u"--to"_s, Bob, u"--attach"_s, u"/nowhere/at-all.pdf"_s } << BadMessage
        << u"at-all.pdf"_s;
    QTest::newRow("attachment is a folder")
        << QStringList { u"--to"_s, Bob, u"--attach"_s, QDir::rootPath() } << BadMessage << QDir::rootPath();
    QTest::newRow("message file missing")
        << QStringList { u"--eml"_s, u"/nowhere/at-all.eml"_s } << BadMessage << u"at-all.eml"_s;
    QTest::newRow("no recipient") << QStringList { u"--subject"_s, u"x"_s } << -1 << QString();
    QTest::newRow("unknown option") << QStringList { u"--to"_s, Bob, u"--no-such-option"_s } << BadUsage
                                    << u"no-such-option"_s;
}

void PostfixTest::badInput_isRefusedAndQueuesNothing()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, named);
    QVERIFY(!addAccount(u"submission"_s).isEmpty());

    QStringList all = QStringList { u"send"_s } + arguments;
    if (!arguments.contains(u"--eml"_s)) {
        all += { u"--text"_s, m_profile->writeBeside(u"text.txt"_s, "text\n") };
    }
    const ProgramResult sent = cli(all);
    if (exitCode < 0) {
        // Without anybody to send to, the command and the message are both wrong.
        QVERIFY2(sent.exitCode == BadUsage || sent.exitCode == BadMessage, told(sent).constData());
    } else {
        QVERIFY2(sent.exitCode == exitCode, told(sent).constData());
    }
    verifySentence(sent.err);
    QVERIFY2(sent.err.contains(named.toUtf8()), sent.err.constData());
    QCOMPARE(outbox().size(), 0);
}

void PostfixTest::sendWithoutAccount_isRefused()
{
    const ProgramResult sent
        = cli({ u"send"_s, u"--to"_s, Bob, u"--text"_s, m_profile->writeBeside(u"text.txt"_s, "text\n") });
    QCOMPARE(sent.exitCode, NotSetUp);
    verifySentence(sent.err);
    QCOMPARE(outbox().size(), 0);
}

void PostfixTest::readOnlyProfile_isToldAndNothingIsLost()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QByteArray accounts = postrider::support::readFile(m_profile->path(u"accounts.json"_s));
    const QString text = m_profile->writeBeside(u"text.txt"_s, "text\n");

    // The administrator may write everywhere: then the program runs as somebody else.
    QString program = QStringLiteral(POSTRIDER_CLI);
    QStringList arguments {
        u"--profile"_s, m_profile->folder(), u"send"_s, u"--to"_s, Bob, u"--text"_s, text
    };
    if (geteuid() == 0) {
        arguments = QStringList { u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s, program }
            + arguments;
        program = u"setpriv"_s;
    }
    const QFile::Permissions readable
        = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(m_profile->folder(), readable));
    QVERIFY(QFile::setPermissions(QFileInfo(m_profile->folder()).path(), readable));
    QVERIFY(QFile::setPermissions(m_profile->path(u"accounts.json"_s), QFile::ReadOwner | QFile::ReadOther));
    const ProgramResult sent = postrider::support::runProgram(program, arguments);
    QVERIFY(QFile::setPermissions(QFileInfo(m_profile->folder()).path(), readable | QFile::WriteOwner));
    QVERIFY(QFile::setPermissions(m_profile->folder(), readable | QFile::WriteOwner));

    QVERIFY2(sent.exitCode == LocalTrouble, told(sent).constData());
    verifySentence(sent.err);
    QCOMPARE(postrider::support::readFile(m_profile->path(u"accounts.json"_s)), accounts);
    QCOMPARE(outbox().size(), 0);
}

void PostfixTest::damagedAccountsFile_isSetAsideAndTold()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QByteArray damaged
        = postrider::support::readFile(m_profile->path(u"accounts.json"_s)).chopped(20) + "\x01\xff";
    QFile file(m_profile->path(u"accounts.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(damaged), damaged.size());
    file.close();

    const ProgramResult listed = cli({ u"account"_s, u"list"_s });
    const QStringList aside
        = QDir(m_profile->folder()).entryList({ u"accounts.json.damaged-*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(postrider::support::readFile(m_profile->path(aside.first())), damaged);
    QVERIFY2(listed.err.contains(aside.first().toUtf8()), listed.err.constData());
    verifySentence(listed.err);

    // And it goes on from there.
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    QCOMPARE(cli({ u"account"_s, u"list"_s }).jsonLines().size(), 1);
}

void PostfixTest::damagedDatabase_isSetAsideAndTold()
{
    QVERIFY(!addAccount(u"submission"_s).isEmpty());
    const QString text = m_profile->writeBeside(u"text.txt"_s, "text\n");
    QCOMPARE(cli({ u"send"_s, u"--queue-only"_s, u"--to"_s, Bob, u"--text"_s, text }).exitCode, Done);
    const QByteArray damaged = randomOctets(50'000);
    QFile::remove(m_profile->path(u"postrider.sqlite-wal"_s));
    QFile::remove(m_profile->path(u"postrider.sqlite-shm"_s));
    QFile file(m_profile->path(u"postrider.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(damaged), damaged.size());
    file.close();

    const ProgramResult listed = cli({ u"outbox"_s, u"list"_s });
    const QStringList aside
        = QDir(m_profile->folder()).entryList({ u"postrider.sqlite.damaged-*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(postrider::support::readFile(m_profile->path(aside.first())), damaged);
    QVERIFY2(listed.err.contains(aside.first().toUtf8()), listed.err.constData());
    verifySentence(listed.err);

    const QString subject = newSubject();
    QCOMPARE(cli({ u"send"_s, u"--to"_s, Bob, u"--subject"_s, subject, u"--text"_s, text }).exitCode, Done);
    QCOMPARE(m_server.waitForDeliveries("Subject: " + subject.toLatin1(), 1).size(), 1);
}

QTEST_GUILESS_MAIN(PostfixTest)
#include "tst_postfix.moc"
