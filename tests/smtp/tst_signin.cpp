// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

namespace {

/// Speaks as SCRAM does, with a key to be derived and a server to be proven.
class ProvingMechanism final : public sasl::Mechanism
{
public:
    [[nodiscard]] QByteArray name() const override { return "PROVING"_ba; }
    [[nodiscard]] base::Expected<std::optional<base::Secret>, sasl::Error> initialResponse() override
    {
        return std::optional(base::Secret("first"_ba));
    }
    [[nodiscard]] base::Expected<sasl::Answer, sasl::Error> respond(QByteArrayView challenge) override
    {
        if (challenge == "salt")
            return sasl::Answer(sasl::KeyDerivation {});
        m_isProven = challenge == "proof";
        return sasl::Answer(base::Secret());
    }
    [[nodiscard]] base::Expected<base::Secret, sasl::Error> resume(base::Secret derivedKey) override
    {
        return base::Secret("key " + derivedKey.reveal().toByteArray());
    }
    [[nodiscard]] base::Expected<void, sasl::Error> verifySuccess() const override
    {
        if (!m_isProven)
            return base::Unexpected(sasl::Error::ServerNotVerified);
        return {};
    }

private:
    bool m_isProven = false;
};

} // namespace

/// AUTH, as far as a transcript cannot show it, and what is kept out of transcripts.
class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyDerivation_isAskedForAndItsResultUsed();
    void success_withoutTheServersProof_isRefused();
    void secrets_areNotInTheTranscript_data();
    void secrets_areNotInTheTranscript();
    void whatTheServerProvesItselfWith_isHidden_data();
    void whatTheServerProvesItselfWith_isHidden();
    void whatTheServerQuotes_isHidden_data();
    void whatTheServerQuotes_isHidden();
    void failedMechanism_saysWhy_data();
    void failedMechanism_saysWhy();
    void refusedToken_tellsTheServersReason();
    void signingInTwice_isIgnored();
    void transcript_showsCommandsRepliesAndTheSizeOfContent();
};

void TestSignIn::keyDerivation_isAskedForAndItsResultUsed()
{
    Driven driven;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH PROVING\r\n"_ba);
    driven.session.authenticate(std::make_unique<ProvingMechanism>(), driven.now);
    QCOMPARE(driven.taken(), "AUTH PROVING Zmlyc3Q=\r\n"_ba);
    driven.told();
    QVERIFY(driven.says("334 c2FsdA==\r\n"_ba).isEmpty());
    QCOMPARE(driven.told(), (QList { "KeyDerivationWanted"_ba }));
    QVERIFY(!driven.session.deadline()); // the caller's turn
    driven.session.resumeAuthentication(base::Secret("k"_ba), driven.now);
    QCOMPARE(driven.taken(), QByteArray("key k"_ba.toBase64() + "\r\n"));
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 5min));
    QCOMPARE(driven.says("334 cHJvb2Y=\r\n"_ba), "\r\n"_ba);
    driven.says("235 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Ready"_ba }));
}

/// Who says 235 without having shown that it knows the password may be anybody.
void TestSignIn::success_withoutTheServersProof_isRefused()
{
    for (const QByteArray &before : { ""_ba, "334 c2FsdA==\r\n"_ba, "334 d3Jvbmc=\r\n"_ba }) {
        Driven driven;
        driven.says("220 mx\r\n"_ba);
        driven.says("250-mx\r\n250 AUTH PROVING\r\n"_ba);
        driven.session.authenticate(std::make_unique<ProvingMechanism>(), driven.now);
        driven.taken();
        driven.says(before);
        driven.session.resumeAuthentication(base::Secret("k"_ba), driven.now);
        driven.taken();
        driven.told();
        QVERIFY(driven.says("235 welcome\r\n"_ba).isEmpty());
        QCOMPARE(driven.told(), (QList { "SessionFailed Auth ServerNotVerified NotAccepted"_ba }));
    }
}

void TestSignIn::secrets_areNotInTheTranscript_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QList<QByteArray>>("shown");
    QTest::newRow("PLAIN") << "PLAIN"_ba
                           << "correct horse"_ba << QList { "AUTH PLAIN ***"_ba };
    QTest::newRow("PLAIN, too long for a command")
        << "PLAIN"_ba
        << "correct horse"_ba.repeated(40) << QList { "AUTH PLAIN"_ba, "***"_ba };
    QTest::newRow("LOGIN") << "LOGIN"_ba
                           << "correct horse"_ba << QList { "AUTH LOGIN"_ba, "***"_ba, "***"_ba };
}

void TestSignIn::secrets_areNotInTheTranscript()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(QByteArray, password);
    QFETCH(QList<QByteArray>, shown);

    Driven driven;
    QList<QByteArray> lines;
    driven.session.setTranscript([&lines](Session::Direction direction, QByteArrayView line) {
        if (direction == Session::Direction::ToServer)
            lines.append(line.toByteArray());
    });
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH PLAIN LOGIN\r\n"_ba);
    driven.session.authenticate(sasl::makeMechanism(mechanism, { u"jörg"_s, base::Secret(password) }),
                                driven.now);
    QByteArray wire = driven.taken();
    for (qsizetype i = 1; i < shown.size(); ++i)
        wire += driven.says("334 \r\n"_ba);
    driven.says("235 ok\r\n"_ba);
    QVERIFY(driven.told().contains("Ready"_ba));

    QCOMPARE(lines, QList { "EHLO [127.0.0.1]"_ba } + shown);
    QVERIFY(wire.size() > password.size()); // it did go out
}

void TestSignIn::whatTheServerProvesItselfWith_isHidden_data()
{
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("shown");
    // RFC 7677 section 3
    const QByteArray signature = "v=6rriTRBi23WpR/wtup+mMhUZUn/dB5nLTJRsjl95G4="_ba;
    const QByteArray first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"_ba;
    const QByteArray wrapped = signature.toBase64();
    QTest::newRow("salt and nonce") << "334 " + first.toBase64() + "\r\n"
                                    << "334 ***"_ba;
    QTest::newRow("challenge") << "334 " + wrapped + "\r\n"
                               << "334 ***"_ba;
    QTest::newRow("challenge, not in base64") << "334 " + signature + "\r\n"
                                              << "334 ***"_ba;
    QTest::newRow("challenge over two lines")
        << "334-" + wrapped.first(20) + "\r\n334 " + wrapped.mid(20) + "\r\n"
        << "334-***\n334 ***"_ba;
    QTest::newRow("challenge over the limit") << "334 " + wrapped + QByteArray(12 * 1024, 'A') + "\r\n"
                                              << "***"_ba;
    QTest::newRow("challenge with an octet that no line has") << "334 " + wrapped + '\0' << "***"_ba;
    QTest::newRow("success") << "235 " + signature + "\r\n"
                             << "235 ***"_ba;
    QTest::newRow("success, in base64") << "235 2.7.0 " + wrapped + "\r\n"
                                        << "235 ***"_ba;
    QTest::newRow("success over two lines") << "235-2.7.0 Welcome\r\n235 " + wrapped + "\r\n"
                                            << "235-***\n235 ***"_ba;
    QTest::newRow("refusal") << "535 5.7.8 " + signature + " is not yours\r\n"
                             << "535 ***"_ba;
    QTest::newRow("empty challenge") << "334 \r\n"_ba
                                     << "334 "_ba;
    QTest::newRow("success and nothing else") << "235 2.7.0 Authentication successful\r\n"_ba
                                              << "235 2.7.0 Authentication successful"_ba;
    QTest::newRow("refusal and nothing else") << "535 5.7.8 Wrong\r\n"_ba
                                              << "535 5.7.8 Wrong"_ba;
}

/// With what a server shows that it knows a password, the password can be guessed.
void TestSignIn::whatTheServerProvesItselfWith_isHidden()
{
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, shown);
    Driven driven;
    QByteArrayList lines;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH SCRAM-SHA-256\r\n"_ba);
    driven.session.authenticate(
        sasl::makeMechanism("SCRAM-SHA-256"_ba, { .user = u"ann"_s, .secret = base::Secret("p"_ba) }),
        driven.now);
    driven.taken();
    driven.session.setTranscript([&lines](Session::Direction direction, QByteArrayView line) {
        if (direction == Session::Direction::FromServer)
            lines.append(line.toByteArray());
    });
    driven.session.receive(server, driven.now);
    QCOMPARE(lines.join('\n'), shown);
}

void TestSignIn::whatTheServerQuotes_isHidden_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QByteArray>("server");
    const QByteArray plain = "\0ann\0open sesame"_ba.toBase64();
    const QByteArray quoted = "open sesame"_ba.toBase64();
    QTest::newRow("password") << "PLAIN"_ba
                              << "535 5.7.8 open sesame is wrong\r\n"_ba;
    QTest::newRow("command") << "PLAIN"_ba
                             << "500 5.5.1 unknown: AUTH PLAIN " + plain + "\r\n";
    QTest::newRow("command, over two lines")
        << "PLAIN"_ba
        << "500-5.5.1 AUTH PLAIN " + plain.first(6) + "\r\n500 " + plain.mid(6) + "\r\n";
    QTest::newRow("continuation of a mechanism that the server has forgotten")
        << "LOGIN"_ba
        << "334 \r\n334 \r\n500 5.5.1 unknown: " + quoted + "\r\n";
    QTest::newRow("within a challenge")
        << "PLAIN"_ba
        << "334 " + "{\"status\":\"open sesame\"}"_ba.toBase64() + "\r\n501 5.7.0 no\r\n";
    QTest::newRow("challenge that is the response") << "PLAIN"_ba
                                                    << "334 " + plain + "\r\n501 no\r\n";
    QTest::newRow("no reply at all") << "PLAIN"_ba << plain + "\r\n";
    QTest::newRow("421") << "PLAIN"_ba
                         << "421 4.7.0 too many like " + plain + "\r\n";
    QTest::newRow("token") << "XOAUTH2"_ba
                           << "535 5.7.8 open sesame is no token\r\n"_ba;
    QTest::newRow("token within the error")
        << "XOAUTH2"_ba
        << "334 " + "{\"status\":\"400\",\"scope\":\"for opensesame\"}"_ba.toBase64()
            + "\r\n535 5.7.8 opensesame\r\n";
}

/// Neither a transcript nor a failure repeats a secret, whoever says it.
void TestSignIn::whatTheServerQuotes_isHidden()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(QByteArray, server);
    const bool isToken = mechanism == "XOAUTH2";
    const QByteArray secret = isToken ? "opensesame"_ba : "open sesame"_ba;
    server.replace("open sesame is no token", "opensesame is no token");

    Driven driven;
    QByteArray shown;
    driven.session.setTranscript(
        [&shown](Session::Direction, QByteArrayView line) { shown += line.toByteArray() + '\n'; });
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH " + mechanism + "\r\n");
    driven.session.authenticate(
        sasl::makeMechanism(mechanism, { .user = u"ann"_s, .secret = base::Secret(secret) }), driven.now);
    driven.taken();
    const QList<QByteArray> lines = server.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            driven.says(line + '\n');
    }
    driven.session.connectionClosed();

    QString told;
    while (const auto what = driven.session.nextEvent()) {
        if (const auto *failed = std::get_if<event::SessionFailed>(&*what)) {
            told += failed->failure.reply.text();
            if (const auto &refusal = failed->failure.mechanismRefusal)
                told += QString::fromLatin1(refusal->status + refusal->scope);
        }
    }
    QVERIFY(shown.contains("***"));
    const QByteArray encoded = QByteArray("\0ann\0"_ba + secret).toBase64();
    for (const QByteArray &text : { shown, told.toUtf8() }) {
        const QByteArray joined = QByteArray(text).replace('\n', "").replace("500 ", "");
        QVERIFY2(!joined.contains(secret), joined.constData());
        QVERIFY2(!joined.contains(secret.toBase64().chopped(4)), joined.constData());
        QVERIFY2(!joined.contains(encoded), joined.constData());
    }
}

void TestSignIn::failedMechanism_saysWhy_data()
{
    QTest::addColumn<QByteArray>("iterations");
    QTest::addColumn<sasl::Error>("error");
    QTest::newRow("below 4,096") << "4095"_ba << sasl::Error::TooFewIterations;
    QTest::newRow("above 1,000,000") << "1000001"_ba << sasl::Error::TooManyIterations;
}

void TestSignIn::failedMechanism_saysWhy()
{
    QFETCH(QByteArray, iterations);
    QFETCH(sasl::Error, error);
    Driven driven;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH SCRAM-SHA-256\r\n"_ba);
    driven.session.authenticate(
        sasl::makeMechanism("SCRAM-SHA-256"_ba, { .user = u"ann"_s, .secret = base::Secret("p"_ba) }),
        driven.now);
    const QByteArray first = QByteArray::fromBase64(driven.taken().simplified().split(' ').constLast());
    const QByteArray nonce = first.mid(first.indexOf("r=") + 2);
    const QByteArray challenge = "r=" + nonce + "more,s=c2FsdA==,i=" + iterations;
    QCOMPARE(driven.says("334 " + challenge.toBase64() + "\r\n"), "*\r\n"_ba);
    QCOMPARE(driven.says("501 5.7.0 cancelled\r\n"_ba), "QUIT\r\n"_ba);
    driven.says("221 bye\r\n"_ba);
    std::optional<Failure> failure;
    while (const auto what = driven.session.nextEvent()) {
        if (const auto *failed = std::get_if<event::SessionFailed>(&*what))
            failure = failed->failure;
    }
    QVERIFY(failure && failure->cause == Failure::Cause::MechanismFailed);
    QVERIFY(failure->mechanismError == error);
}

/// The refusal itself only says no; what is wrong with a token stands in the challenge before.
void TestSignIn::refusedToken_tellsTheServersReason()
{
    Driven driven;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH OAUTHBEARER\r\n"_ba);
    driven.session.authenticate(sasl::makeMechanism("OAUTHBEARER"_ba,
                                                    { .user = u"ann"_s,
                                                      .secret = base::Secret("vF9dft4qmTc2Nvb3"_ba),
                                                      .kind = sasl::CredentialKind::AccessToken,
                                                      .host = u"mx"_s,
                                                      .port = 587 }),
                                driven.now);
    driven.taken();
    const QByteArray error = "{\"status\":\"invalid_token\",\"scope\":\"mail.send\"}"_ba;
    QCOMPARE(driven.says("334 " + error.toBase64() + "\r\n"), "AQ==\r\n"_ba);
    driven.says("535 5.7.8 no\r\n"_ba);
    driven.says("221 bye\r\n"_ba);
    std::optional<Failure> failure;
    while (const auto what = driven.session.nextEvent()) {
        if (const auto *failed = std::get_if<event::SessionFailed>(&*what))
            failure = failed->failure;
    }
    QVERIFY(failure && failure->cause == Failure::Cause::Refused && failure->reply.code == 535);
    QVERIFY(failure->mechanismRefusal);
    QCOMPARE(failure->mechanismRefusal->status, "invalid_token"_ba);
    QCOMPARE(failure->mechanismRefusal->scope, "mail.send"_ba);
}

/// There is one AUTH in a session (RFC 4954 section 4).
void TestSignIn::signingInTwice_isIgnored()
{
    Driven driven;
    driven.says("220 mx\r\n"_ba);
    driven.says("250-mx\r\n250 AUTH PLAIN\r\n"_ba);
    const auto signIn = [&driven] {
        driven.session.authenticate(sasl::makeMechanism("PLAIN"_ba, { u"u"_s, base::Secret("p"_ba) }),
                                    driven.now);
        return driven.taken();
    };
    QCOMPARE(signIn(), "AUTH PLAIN AHUAcA==\r\n"_ba);
    QVERIFY(signIn().isEmpty());
    driven.says("235 ok\r\n"_ba);
    QVERIFY(signIn().isEmpty());
    driven.submit(1, content("x\r\n"_ba));
    QVERIFY(driven.taken().startsWith("MAIL "));
    QVERIFY(signIn().isEmpty());
}

void TestSignIn::transcript_showsCommandsRepliesAndTheSizeOfContent()
{
    Driven driven;
    QByteArray shown;
    driven.session.setTranscript([&shown](Session::Direction direction, QByteArrayView line) {
        shown += (direction == Session::Direction::ToServer ? "C: " : "S: ") + line.toByteArray() + '\n';
    });
    driven.startContent(".secret text\r\n"_ba);
    driven.taken();
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    driven.taken();
    driven.says("250-2.0.0 taken\r\n250 2.0.0 as 1\r\n"_ba);
    QCOMPARE(shown,
             "S: 220 mx\nC: EHLO [127.0.0.1]\nS: 250 mx\nC: MAIL FROM:<a@example.org>\nS: 250 ok\n"
             "C: RCPT TO:<b@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nC: [14 octets of content]\nC: .\n"
             "S: 250-2.0.0 taken\nS: 250 2.0.0 as 1\n"_ba);
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
