// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;
using postrider::support::TestAuthority;

namespace {

FakeSmtpServer::Behaviour encrypted(const TestAuthority &authority)
{
    FakeSmtpServer::Behaviour behaviour;
    behaviour.security = FakeSmtpServer::Security::StartTls;
    behaviour.identity = authority.issue();
    return behaviour;
}

Ended doctor(const TempProfile &profile, const QString &account = u"ann@example.org"_s)
{
    return run(profile, { u"doctor"_s, account, u"--no-lookup"_s });
}

} // namespace

/// An account's server is looked at, with an account that does not sign in: no keychain is needed for that.
class DoctorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void healthyAccount_isDoneAndChangesNothing();
    void deadPort_isToldWithItsCode();
    void senderThatIsNotTaken_isTold();
    void unknownAccount_isConfiguration();
    void practiceAccount_hasNoServerToLookAt();
    void text_endsWithWhatToDo();
    void plainRelay_works();
    void accountWithAnOwnAddress_isLookedAtFromNoOther();

private:
    [[nodiscard]] bool add(const TempProfile &profile, quint16 port, const QString &caFile) const;

    TestAuthority m_authority {};
};

bool DoctorTest::add(const TempProfile &profile, quint16 port, const QString &caFile) const
{
    return run(profile,
               { u"account"_s, u"add"_s, u"--email"_s, u"ann@example.org"_s, u"--host"_s, u"localhost"_s,
                 u"--port"_s, QString::number(port), u"--security"_s, u"starttls"_s, u"--ca-file"_s, caFile,
                 u"--no-verify-login"_s })
               .code
        == 0;
}

void DoctorTest::healthyAccount_isDoneAndChangesNothing()
{
    const FakeSmtpServer server(encrypted(m_authority));
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(add(profile, server.port(), ca));
    const QByteArray before = run(profile, { u"account"_s, u"list"_s }).out;

    const Ended ended = doctor(profile);
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    const QJsonObject report = ended.object();
    QCOMPARE(report[u"saved_verdict"].toString(), u"OK"_s);
    QCOMPARE(report[u"saved"].toObject()[u"port"].toInt(), int(server.port()));
    QVERIFY(report[u"better"].isNull());
    const QJsonObject signIn = report[u"sign_in"].toObject();
    QVERIFY(signIn[u"ok"].toBool());
    QCOMPARE(signIn[u"verdict"].toString(), u"OK"_s);
    QVERIFY(!report[u"candidates"].toArray().isEmpty());
    QVERIFY(server.received("MAIL FROM:<ann@example.org>"));
    QVERIFY(!server.received("RCPT"));
    QCOMPARE(run(profile, { u"account"_s, u"list"_s }).out, before);
}

void DoctorTest::accountWithAnOwnAddress_isLookedAtFromNoOther()
{
    const FakeSmtpServer server(encrypted(m_authority));
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(add(profile, server.port(), ca));
    QFile file(profile.path(u"accounts.json"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    QJsonArray accounts = root[u"accounts"].toArray();
    QJsonObject account = accounts.first().toObject();
    account[u"route"_s] = QJsonObject { { u"localAddress"_s, u"192.0.2.1"_s } }; // of documentation only
    accounts[0] = account;
    root[u"accounts"_s] = accounts;
    QVERIFY(file.resize(0));
    QVERIFY(file.write(QJsonDocument(root).toJson()) > 0);
    file.close();

    const Ended ended = doctor(profile);
    QVERIFY2(ended.code != 0, QByteArray(ended.out + ended.err).constData());
    QVERIFY(ended.object()[u"saved_verdict"].toString() != u"OK"_s);
    QVERIFY(!server.received("EHLO"));
}

void DoctorTest::deadPort_isToldWithItsCode()
{
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(add(profile, closedPort(), ca));
    const Ended ended = doctor(profile);
    QVERIFY2(ended.code == 75, QByteArray(ended.out + ended.err).constData());
    QCOMPARE(ended.object()[u"saved_verdict"].toString(), u"REFUSED"_s);
    QVERIFY(!ended.object()[u"sign_in"].toObject()[u"ok"].toBool());
    QVERIFY(!ended.object()[u"findings"].toArray().isEmpty());
}

void DoctorTest::senderThatIsNotTaken_isTold()
{
    FakeSmtpServer::Behaviour behaviour = encrypted(m_authority);
    behaviour.replies.insert(FakeSmtpServer::Stage::Mail, "553 5.7.1 That address is not yours\r\n");
    const FakeSmtpServer server(behaviour);
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(add(profile, server.port(), ca));
    const Ended ended = doctor(profile);
    QVERIFY2(ended.code == 69, QByteArray(ended.out + ended.err).constData());
    const QJsonObject signIn = ended.object()[u"sign_in"].toObject();
    QCOMPARE(signIn[u"verdict"].toString(), u"SENDER_REFUSED"_s);
    QVERIFY(signIn[u"server_text"].toString().contains(u"That address is not yours"_s));
}

void DoctorTest::unknownAccount_isConfiguration()
{
    const TempProfile profile;
    QCOMPARE(doctor(profile, u"nobody@example.org"_s).code, 78);
    QCOMPARE(run(profile, { u"doctor"_s }).code, 64);
}

void DoctorTest::practiceAccount_hasNoServerToLookAt()
{
    const TempProfile profile;
    const Ended ended = doctor(profile, u"practice"_s);
    QCOMPARE(ended.code, 78);
    QVERIFY(ended.err.contains("practice"));
}

void DoctorTest::text_endsWithWhatToDo()
{
    const FakeSmtpServer server(encrypted(m_authority));
    const TempProfile profile;
    const QString ca = profile.writeBeside(u"ca.pem"_s, m_authority.certificate().toPem());
    QVERIFY(add(profile, server.port(), ca));
    const Ended ended
        = run({ u"--profile"_s, profile.folder(), u"doctor"_s, u"ann@example.org"_s, u"--no-lookup"_s });
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    QVERIFY2(ended.out.contains("The account's own way works"), ended.out.constData());
    QVERIFY(ended.out.contains("Mail from ann@example.org is taken."));
}

void DoctorTest::plainRelay_works()
{
    const FakeSmtpServer server(plaintext());
    const TempProfile profile;
    QVERIFY(addAccount(profile, server.port()));
    const Ended ended = doctor(profile);
    QVERIFY2(ended.code == 0, QByteArray(ended.out + ended.err).constData());
    const QJsonArray findings = ended.object()[u"findings"].toArray();
    QVERIFY2(findings.first().toString().startsWith(u"The account's own way works"_s), ended.out.constData());
    QVERIFY(!ended.object()[u"saved_verdict"].isNull());
}

QTEST_GUILESS_MAIN(DoctorTest)
#include "tst_doctor.moc"
