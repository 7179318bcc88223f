// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/fakesmtpserver.h"
#include "support/processhelpers.h"
#include "support/secretneedles.h"
#include "support/tempprofile.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using postrider::support::FakeSmtpServer;
using postrider::support::TempProfile;

namespace {

using Stage = FakeSmtpServer::Stage;

const QByteArray Secret = "Tanstaaf-7q9-tanstaaf";

bool hasSecret(const QByteArray &octets)
{
    return postrider::support::hasSecret(octets, Secret);
}

QByteArray challenge(const QByteArray &text)
{
    return "334 " + text.toBase64() + "\r\n";
}

/// The server's side of each mechanism, as far as it goes without knowing the password.
QByteArray answerTo(const QByteArray &line)
{
    if (line.startsWith("AUTH LOGIN"))
        return challenge("Username:");
    if (line == QByteArray("ann").toBase64())
        return challenge("Password:");
    if (line == Secret.toBase64())
        return "235 2.7.0 OK\r\n";
    if (line.startsWith("AUTH CRAM-MD5"))
        return challenge("<1896.697170952@postoffice.example.net>");
    if (line.startsWith("AUTH SCRAM")) {
        const QByteArray first = QByteArray::fromBase64(line.split(' ').value(2));
        return challenge("r=" + first.mid(first.lastIndexOf("r=") + 2) + "more,s=QSXCR+Q6sek8bf92,i=4096");
    }
    if (!line.startsWith("AUTH") && QByteArray::fromBase64(line).startsWith("c=biws"))
        return "535 5.7.8 I do not believe you\r\n";
    if (!line.startsWith("AUTH") && QByteArray::fromBase64(line).startsWith("ann "))
        return "235 2.7.0 OK\r\n";
    return {};
}

} // namespace

/// Looks for the password in everything that a run of the program leaves or shows.
class SecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needles_findWhatTheyAreFor();
    void secret_isNowhere_data();
    void secret_isNowhere();
};

void SecretsTest::needles_findWhatTheyAreFor()
{
    QVERIFY(hasSecret(QByteArray("\0ann\0", 5).append(Secret).toBase64()));
    QVERIFY(hasSecret(Secret.toBase64()));
    QVERIFY(hasSecret(QByteArray("user=ann\1auth=Bearer " + Secret + "\1\1").toBase64()));
    QVERIFY(hasSecret(QByteArray("xy" + Secret).toBase64()));
    QVERIFY(hasSecret(Secret.toHex()));
    QVERIFY(!hasSecret("AUTH PLAIN ***"));
}

void SecretsTest::secret_isNowhere_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::addColumn<QByteArray>("refusal"); ///< empty: it succeeds
    QTest::addColumn<int>("code");
    const QByteArray no = "535 5.7.8 No\r\n";
    QTest::newRow("PLAIN") << u"plain"_s << QByteArray() << 0;
    QTest::newRow("PLAIN refused") << u"plain"_s << no << 77;
    QTest::newRow("LOGIN") << u"login"_s << QByteArray() << 0;
    QTest::newRow("CRAM-MD5") << u"cram-md5"_s << QByteArray() << 0;
    QTest::newRow("SCRAM-SHA-1") << u"scram-sha-1"_s << QByteArray() << 77;
    QTest::newRow("SCRAM-SHA-256") << u"scram-sha-256"_s << QByteArray() << 77;
    QTest::newRow("XOAUTH2") << u"xoauth2"_s << QByteArray() << 0;
    QTest::newRow("OAUTHBEARER") << u"oauthbearer"_s << QByteArray() << 0;
}

void SecretsTest::secret_isNowhere()
{
    QFETCH(QString, mechanism);
    QFETCH(QByteArray, refusal);
    QFETCH(int, code);
    const postrider::support::TestAuthority authority;
    const FakeSmtpServer server(
        { .security = FakeSmtpServer::Security::ImplicitTls,
          .identity = authority.issue(),
          .replies = { { Stage::Ehlo,
                         "250-fake.example.org\r\n250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 "
                         "XOAUTH2 OAUTHBEARER\r\n" } },
          .answer = [refusal](const QByteArray &line) {
              return line.startsWith("AUTH PLAIN") ? refusal : answerTo(line);
          } });
    const TempProfile profile;
    const QString eml = profile.writeBeside(
        u"message.eml"_s, "From: ann@example.org\r\nTo: bob@example.net\r\nSubject: x\r\n\r\nHi\r\n");
    const QString ca = profile.writeBeside(u"ca.pem"_s, authority.certificate().toPem());
    const QString transcript = profile.beside(u"transcript.txt"_s);
    QStringList arguments {
        u"--json"_s,
        u"--profile"_s,
        profile.folder(),
        u"send"_s,
        u"--server"_s,
        u"localhost"_s,
        u"--port"_s,
        QString::number(server.port()),
        u"--security"_s,
        u"tls"_s,
        u"--ca-file"_s,
        ca,
        u"--user"_s,
        u"ann"_s,
        u"--auth"_s,
        mechanism,
        u"--transcript"_s,
        transcript,
        u"--verbose"_s,
        u"--eml"_s,
        eml,
    };
    const bool isToken = mechanism.contains(u"oauth"_s);
    if (isToken)
        arguments += { u"--token-file"_s, profile.writeBeside(u"token"_s, Secret + '\n') };
    else
        arguments += u"--password-stdin"_s;

    QProcess process;
    process.start(QStringLiteral(POSTRIDER_CLI), arguments);
    QSignalSpy finished(&process, &QProcess::finished);
    QVERIFY(process.waitForStarted());
    process.write(isToken ? QByteArray() : QByteArray(Secret + '\n'));
    process.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(server.received("AUTH") || finished.count() > 0, 20'000);
#ifdef Q_OS_LINUX
    const QString folder = u"/proc/"_s + QString::number(process.processId());
    for (const QString &name : { u"/cmdline"_s, u"/environ"_s })
        QVERIFY(!hasSecret(postrider::support::readFile(folder + name)));
#endif
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() > 0, 30'000);
    const QByteArray out = process.readAllStandardOutput();
    const QByteArray err = process.readAllStandardError();
    QVERIFY2(process.exitCode() == code, err.constData());
    const QByteArray command = "AUTH " + mechanism.toUpper().toLatin1();
    QVERIFY(server.received(command));

    QVERIFY2(!hasSecret(out), out.constData());
    QVERIFY2(!hasSecret(err), err.constData());
    const QByteArray recorded = postrider::support::readFile(transcript);
    QVERIFY(recorded.contains(QByteArray("C: " + command)));
    QVERIFY(err.contains(QByteArray("C: " + command)));
    QVERIFY2(!hasSecret(recorded), recorded.constData());
    QVERIFY(postrider::support::filesContaining(profile.folder(), postrider::support::needlesFor(Secret))
                .isEmpty());
}

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
