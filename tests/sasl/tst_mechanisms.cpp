// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "exchange.h"
#include "sasl/mechanism.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider;
using sasl::Channel;
using sasl::CredentialKind;
using sasl::Error;
using sasl::errorOf;
using sasl::said;

namespace {

std::unique_ptr<sasl::Mechanism> mechanism(const QByteArray &name, const QString &user,
                                           const QByteArray &secret)
{
    return sasl::makeMechanism(name, { user, base::Secret(secret) });
}

std::unique_ptr<sasl::Mechanism> bearer(const QByteArray &name, const QString &user, const QByteArray &token,
                                        const QString &host = u"server.example.com"_s, quint16 port = 587)
{
    return sasl::makeMechanism(name, { user, base::Secret(token), CredentialKind::AccessToken, host, port });
}

QByteArray base64(const std::optional<QByteArray> &octets)
{
    return octets ? octets->toBase64() : "nothing"_ba;
}

} // namespace

class TestMechanisms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestCommonMechanism_isChosen_data();
    void theBestCommonMechanism_isChosen();
    void whateverIsOffered_nothingUnfitIsChosen();
    void lessThanBefore_isWeaker_data();
    void lessThanBefore_isWeaker();
    void unknownName_givesNoMechanism();
    void everySupportedName_givesThatMechanism();
    void mechanismsWithoutDerivation_takeNoKey();

    void plain_saysAllAtOnce_data();
    void plain_saysAllAtOnce();
    void plain_answersNoChallenge();
    void login_answersTwoPromptsWhateverTheySay_data();
    void login_answersTwoPromptsWhateverTheySay();
    void nul_isRefusedBeforeAnythingIsSaid_data();
    void nul_isRefusedBeforeAnythingIsSaid();
    void passwordsThatAreNotUtf8_stayAsTheyAre();

    void cramMd5_answersWithADigest_data();
    void cramMd5_answersWithADigest();
    void cramMd5_digestsNothingButOneChallenge();
    void external_saysNothingAtAll();

    void xoauth2_showsTheToken();
    void oauthBearer_showsTheTokenAndTheServer_data();
    void oauthBearer_showsTheTokenAndTheServer();
    void tokenError_isAnsweredAndKept_data();
    void tokenError_isAnsweredAndKept();
    void tokenThatWouldBreakTheMessage_isRefused_data();
    void tokenThatWouldBreakTheMessage_isRefused();
};

void TestMechanisms::theBestCommonMechanism_isChosen_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<Channel>("channel");
    QTest::addColumn<CredentialKind>("kind");
    QTest::addColumn<QByteArray>("chosen");

    constexpr auto password = CredentialKind::Password;
    constexpr auto token = CredentialKind::AccessToken;
    constexpr auto certificate = CredentialKind::ClientCertificate;
    constexpr auto tls = Channel::Encrypted;
    constexpr auto here = Channel::Loopback;
    constexpr auto open = Channel::Plaintext;
    const QByteArray any;
    const QByteArray none;
    // The worst first, as a server may list them.
    const QList<QByteArray> all { "NTLM"_ba,    "GSSAPI"_ba,     "EXTERNAL"_ba,    "CRAM-MD5"_ba,
                                  "LOGIN"_ba,   "PLAIN"_ba,      "SCRAM-SHA-1"_ba, "SCRAM-SHA-256"_ba,
                                  "XOAUTH2"_ba, "OAUTHBEARER"_ba };

    // A password, from the best mechanism down to the last.
    QList<QByteArray> left = all;
    for (const auto &next :
         { "SCRAM-SHA-256"_ba, "SCRAM-SHA-1"_ba, "PLAIN"_ba, "LOGIN"_ba, "CRAM-MD5"_ba, ""_ba }) {
        QTest::addRow("password: %s", next.constData()) << left << any << tls << password << next;
        left.removeOne(next);
    }
    // An access token is for the mechanisms of OAuth and nothing else.
    left = all;
    for (const auto &next : { "OAUTHBEARER"_ba, "XOAUTH2"_ba, ""_ba }) {
        QTest::addRow("token: %s", next.constData()) << left << any << tls << token << next;
        left.removeOne(next);
    }
    QTest::newRow("certificate") << all << any << tls << certificate << "EXTERNAL"_ba;
    QTest::newRow("certificate, not offered")
        << QList { "PLAIN"_ba, "OAUTHBEARER"_ba } << any << tls << certificate << none;

    QTest::newRow("lower case") << QList { "plain"_ba } << any << tls << password << "PLAIN"_ba;
    QTest::newRow("nothing offered") << QList<QByteArray>() << any << tls << password << none;
    QTest::newRow("nothing in common") << QList { "GSSAPI"_ba, "NTLM"_ba } << any << tls << password << none;
    QTest::newRow("channel binding is not ours")
        << QList { "SCRAM-SHA-256-PLUS"_ba, "PLAIN"_ba } << any << tls << password << "PLAIN"_ba;

    QTest::newRow("the account's choice") << all << "login"_ba << tls << password << "LOGIN"_ba;
    QTest::newRow("the account's choice is the last")
        << all << "CRAM-MD5"_ba << tls << password << "CRAM-MD5"_ba;
    QTest::newRow("the choice is not offered")
        << QList { "PLAIN"_ba } << "SCRAM-SHA-256"_ba << tls << password << none;
    QTest::newRow("the choice is unknown") << all << "GSSAPI"_ba << tls << password << none;
    QTest::newRow("EXTERNAL without a certificate") << all << "EXTERNAL"_ba << tls << password << none;
    QTest::newRow("a password is no token") << all << "XOAUTH2"_ba << tls << password << none;
    QTest::newRow("a token is no password") << all << "PLAIN"_ba << tls << token << none;

    for (const QByteArray &name : all) {
        QTest::addRow("plain text: %s", name.constData()) << all << name << open << password << none;
        QTest::addRow("plain text, token: %s", name.constData()) << all << name << open << token << none;
        QTest::addRow("plain text, certificate: %s", name.constData())
            << all << name << open << certificate << none;
    }
    QTest::newRow("loopback") << all << any << here << password << "SCRAM-SHA-256"_ba;
    QTest::newRow("loopback, clear text")
        << QList { "LOGIN"_ba, "PLAIN"_ba } << any << here << password << "PLAIN"_ba;
    QTest::newRow("loopback, CRAM-MD5") << QList { "CRAM-MD5"_ba } << any << here << password << none;
    QTest::newRow("loopback, CRAM-MD5 by choice") << all << "CRAM-MD5"_ba << here << password << none;
    QTest::newRow("loopback, certificate") << all << any << here << certificate << none;
}

void TestMechanisms::theBestCommonMechanism_isChosen()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QByteArray, wanted);
    QFETCH(Channel, channel);
    QFETCH(CredentialKind, kind);
    QFETCH(QByteArray, chosen);
    QCOMPARE(sasl::chooseMechanism(offered, wanted, channel, kind), chosen);
    std::reverse(offered.begin(), offered.end());
    QCOMPARE(sasl::chooseMechanism(offered, wanted, channel, kind), chosen);
}

void TestMechanisms::whateverIsOffered_nothingUnfitIsChosen()
{
    const QList<QByteArray> names = sasl::supportedMechanisms();
    const int subsets = 1 << names.size();
    for (int subset = 0; subset < subsets; ++subset) {
        QList<QByteArray> offered;
        for (qsizetype i = 0; i < names.size(); ++i) {
            if (subset & (1 << i))
                offered.append(names.at(i));
        }
        for (const auto kind :
             { CredentialKind::Password, CredentialKind::AccessToken, CredentialKind::ClientCertificate }) {
            for (const Channel channel : { Channel::Encrypted, Channel::Loopback, Channel::Plaintext }) {
                const QByteArray chosen = sasl::chooseMechanism(offered, {}, channel, kind);
                QVERIFY(chosen.isEmpty() || offered.contains(chosen));
                QVERIFY(chosen.isEmpty() || channel != Channel::Plaintext);
                QCOMPARE(chosen.contains("OAUTH"), !chosen.isEmpty() && kind == CredentialKind::AccessToken);
                QCOMPARE(chosen == "EXTERNAL",
                         !chosen.isEmpty() && kind == CredentialKind::ClientCertificate);
                // Nothing that is offered would have been stronger.
                for (const QByteArray &other : std::as_const(offered))
                    QVERIFY(chosen.isEmpty() || !sasl::isWeaker(chosen, other));
            }
        }
    }
}

void TestMechanisms::lessThanBefore_isWeaker_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<bool>("weaker");

    QTest::newRow("the same") << "SCRAM-SHA-256"_ba
                              << "SCRAM-SHA-256"_ba << false;
    QTest::newRow("better") << "SCRAM-SHA-256"_ba
                            << "PLAIN"_ba << false;
    QTest::newRow("a little better") << "SCRAM-SHA-256"_ba
                                     << "SCRAM-SHA-1"_ba << false;
    QTest::newRow("an older hash") << "SCRAM-SHA-1"_ba
                                   << "SCRAM-SHA-256"_ba << true;
    QTest::newRow("in the clear") << "PLAIN"_ba
                                  << "SCRAM-SHA-256"_ba << true;
    QTest::newRow("in the clear after SHA-1") << "LOGIN"_ba
                                              << "SCRAM-SHA-1"_ba << true;
    QTest::newRow("no proof of the server") << "CRAM-MD5"_ba
                                            << "SCRAM-SHA-1"_ba << true;
    QTest::newRow("equally clear") << "LOGIN"_ba
                                   << "PLAIN"_ba << false;
    QTest::newRow("equally clear, the other way") << "PLAIN"_ba
                                                  << "LOGIN"_ba << false;
    QTest::newRow("from CRAM-MD5") << "PLAIN"_ba
                                   << "CRAM-MD5"_ba << false;
    QTest::newRow("token") << "XOAUTH2"_ba
                           << "OAUTHBEARER"_ba << false;
    QTest::newRow("the account got a password") << "PLAIN"_ba
                                                << "XOAUTH2"_ba << false;
    QTest::newRow("the account got a token") << "XOAUTH2"_ba
                                             << "SCRAM-SHA-256"_ba << false;
    QTest::newRow("case") << "plain"_ba
                          << "scram-sha-256"_ba << true;
    QTest::newRow("nothing left") << ""_ba
                                  << "PLAIN"_ba << true;
    QTest::newRow("nothing before") << "PLAIN"_ba
                                    << ""_ba << false;
    QTest::newRow("nothing ever") << ""_ba
                                  << ""_ba << false;
    QTest::newRow("never ours") << "PLAIN"_ba
                                << "GSSAPI"_ba << false;
}

void TestMechanisms::lessThanBefore_isWeaker()
{
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, before);
    QTEST(sasl::isWeaker(now, before), "weaker");
}

void TestMechanisms::unknownName_givesNoMechanism()
{
    QVERIFY(!mechanism("GSSAPI"_ba, u"u"_s, "p"_ba));
    QVERIFY(!mechanism("SCRAM-SHA-256-PLUS"_ba, u"u"_s, "p"_ba));
    QVERIFY(!mechanism(""_ba, u"u"_s, "p"_ba));
}

void TestMechanisms::everySupportedName_givesThatMechanism()
{
    const QList<QByteArray> names = sasl::supportedMechanisms();
    QCOMPARE(names,
             (QList { "OAUTHBEARER"_ba, "XOAUTH2"_ba, "SCRAM-SHA-256"_ba, "SCRAM-SHA-1"_ba, "PLAIN"_ba,
                      "LOGIN"_ba, "CRAM-MD5"_ba, "EXTERNAL"_ba }));
    for (const QByteArray &name : names) {
        QCOMPARE(mechanism(name, u"u"_s, "p"_ba)->name(), name);
        QCOMPARE(mechanism(name.toLower(), u"u"_s, "p"_ba)->name(), name);
    }
}

void TestMechanisms::mechanismsWithoutDerivation_takeNoKey()
{
    for (const QByteArray &name : sasl::supportedMechanisms()) {
        const auto one = mechanism(name, u"u"_s, "p"_ba);
        QVERIFY(one->initialResponse());
        QCOMPARE(errorOf(one->resume(base::Secret("key"_ba))), std::optional(Error::UnexpectedChallenge));
    }
}

// --- PLAIN and LOGIN

void TestMechanisms::plain_saysAllAtOnce_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("base64");

    // The first is that of RFC 4954 section 4.1 without an authorization identity, the next two are those of
    // RFC 4616 section 4.
    QTest::newRow("test") << u"test"_s << "1234"_ba
                          << "AHRlc3QAMTIzNA=="_ba;
    QTest::newRow("tim") << u"tim"_s << "tanstaaftanstaaf"_ba
                         << "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"_ba;
    QTest::newRow("Kurt") << u"Kurt"_s << "xipj3plmq"_ba
                          << "AEt1cnQAeGlwajNwbG1x"_ba;
    QTest::newRow("separators of other mechanisms")
        << u"a,b=c"_s << " d,e=f\1"_ba << QByteArray("\0a,b=c\0 d,e=f\1"_ba).toBase64();
    QTest::newRow("beyond ASCII") << u"jörg"_s << "pässwörd"_ba
                                  << QByteArray("\0jörg\0pässwörd"_ba).toBase64();
    QTest::newRow("decomposed letters are composed")
        << u"jo\u0308rg"_s << u"pa\u0308ss"_s.toUtf8() << QByteArray("\0jörg\0päss"_ba).toBase64();
    // A server that compares octets has stored what was typed (RFC 4616 section 2 leaves the rest to it).
    QTest::newRow("compatibility characters stay")
        << u"u"_s << u"x²"_s.toUtf8() << QByteArray("\0u\0x²"_ba).toBase64();
}

void TestMechanisms::plain_saysAllAtOnce()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, secret);
    const auto plain = mechanism("PLAIN"_ba, user, secret);
    QTEST(base64(said(plain->initialResponse())), "base64");
    QVERIFY(plain->verifySuccess());
}

void TestMechanisms::plain_answersNoChallenge()
{
    const auto plain = mechanism("PLAIN"_ba, u"u"_s, "p"_ba);
    QVERIFY(plain->initialResponse());
    QCOMPARE(errorOf(plain->respond({})), std::optional(Error::UnexpectedChallenge));
    QVERIFY(!plain->refusal());
}

void TestMechanisms::login_answersTwoPromptsWhateverTheySay_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("usual") << "Username:"_ba
                           << "Password:"_ba;
    QTest::newRow("with NUL") << "User Name\0"_ba
                              << "Password\0"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
    QTest::newRow("the wrong way round") << "Password:"_ba
                                         << "Username:"_ba;
}

void TestMechanisms::login_answersTwoPromptsWhateverTheySay()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    const auto login = mechanism("LOGIN"_ba, u"jörg"_s, "pässwörd"_ba);
    const auto response = login->initialResponse();
    QVERIFY(response && !*response); // the server speaks first
    QCOMPARE(said(login->respond(first)), std::optional("jörg"_ba));
    QCOMPARE(said(login->respond(second)), std::optional("pässwörd"_ba));
    QCOMPARE(errorOf(login->respond("more")), std::optional(Error::UnexpectedChallenge));
}

void TestMechanisms::nul_isRefusedBeforeAnythingIsSaid_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("secretToo");
    QTest::newRow("PLAIN") << "PLAIN"_ba << true;
    QTest::newRow("LOGIN") << "LOGIN"_ba << true;
    QTest::newRow("CRAM-MD5") << "CRAM-MD5"_ba << false;
    QTest::newRow("SCRAM-SHA-1") << "SCRAM-SHA-1"_ba << false;
    QTest::newRow("SCRAM-SHA-256") << "SCRAM-SHA-256"_ba << false;
    QTest::newRow("XOAUTH2") << "XOAUTH2"_ba << true;
    QTest::newRow("OAUTHBEARER") << "OAUTHBEARER"_ba << true;
}

void TestMechanisms::nul_isRefusedBeforeAnythingIsSaid()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, secretToo);
    const QString user = u"u"_s + QChar::Null + u"v"_s;
    QCOMPARE(errorOf(mechanism(name, user, "p"_ba)->initialResponse()),
             std::optional(Error::UnusableCredentials));
    // Where the password is hashed first, it may have any octet.
    QCOMPARE(errorOf(mechanism(name, u"u"_s, "p\0q"_ba)->initialResponse()),
             secretToo ? std::optional(Error::UnusableCredentials) : std::nullopt);
}

void TestMechanisms::passwordsThatAreNotUtf8_stayAsTheyAre()
{
    const auto plain = mechanism("PLAIN"_ba, u"u"_s, "p\xff"_ba);
    QCOMPARE(said(plain->initialResponse()), std::optional("\0u\0p\xff"_ba));
}

// --- CRAM-MD5 and EXTERNAL

void TestMechanisms::cramMd5_answersWithADigest_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("response");

    // RFC 2195 section 2.
    QTest::newRow("RFC") << u"tim"_s << "tanstaaftanstaaf"_ba
                         << "<1896.697170952@postoffice.reston.mci.net>"_ba
                         << "tim b913a602c7eda7a495b4e6e7334d3890"_ba;
    // A key beyond the hash's block is hashed first: RFC 2202 section 2, test cases 6 and 7.
    QTest::newRow("long password") << u"u"_s << QByteArray(80, '\xaa')
                                   << "Test Using Larger Than Block-Size Key - Hash Key First"_ba
                                   << "u 6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"_ba;
    QTest::newRow("long password and challenge")
        << u"u"_s << QByteArray(80, '\xaa')
        << "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"_ba
        << "u 6f630fad67cda0ee1fb1f562db3aa53e"_ba;
}

void TestMechanisms::cramMd5_answersWithADigest()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, challenge);
    QFETCH(QByteArray, response);
    const auto cram = mechanism("CRAM-MD5"_ba, user, password);
    const auto initial = cram->initialResponse();
    QVERIFY(initial && !*initial); // RFC 4954 section 4: a server refuses one with 501
    QCOMPARE(said(cram->respond(challenge)), std::optional(response));
    QVERIFY(cram->verifySuccess());
}

void TestMechanisms::cramMd5_digestsNothingButOneChallenge()
{
    const auto cram = mechanism("CRAM-MD5"_ba, u"u"_s, "p"_ba);
    QVERIFY(cram->initialResponse());
    QVERIFY(cram->respond("<1@example.test>"));
    QCOMPARE(errorOf(cram->respond("<2@example.test>")), std::optional(Error::UnexpectedChallenge));

    const auto empty = mechanism("CRAM-MD5"_ba, u"u"_s, "p"_ba);
    QVERIFY(empty->initialResponse());
    QCOMPARE(errorOf(empty->respond("")), std::optional(Error::MalformedChallenge));
}

void TestMechanisms::external_saysNothingAtAll()
{
    const auto external
        = sasl::makeMechanism("EXTERNAL"_ba, { .user = u"ann"_s, .kind = CredentialKind::ClientCertificate });
    QCOMPARE(said(external->initialResponse()),
             std::optional(""_ba)); // "=" on the wire: RFC 4954 section 4.1
    QCOMPARE(errorOf(external->respond("who?")), std::optional(Error::UnexpectedChallenge));
    QVERIFY(external->verifySuccess());
}

// --- OAuth

void TestMechanisms::xoauth2_showsTheToken()
{
    const auto xoauth2
        = bearer("XOAUTH2"_ba, u"someuser@example.com"_s, "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"_ba);
    QCOMPARE(
        base64(said(xoauth2->initialResponse())),
        "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1s"
        "emRHRXVZMjl0Q2cBAQ=="_ba);
    QVERIFY(xoauth2->verifySuccess());
    QVERIFY(!xoauth2->refusal());
}

void TestMechanisms::oauthBearer_showsTheTokenAndTheServer_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("RFC") << u"user@example.com"_s << u"server.example.com"_s << 587
                         << "n,a=user@example.com,\1host=server.example.com\1port=587\1"_ba;
    QTest::newRow("separators in the user")
        << u"a,b=c@example.com"_s << u"server.example.com"_s << 465
        << "n,a=a=2Cb=3Dc@example.com,\1host=server.example.com\1port=465\1"_ba;
    QTest::newRow("address") << u"u"_s << u"::1"_s << 587 << "n,a=u,\1host=::1\1port=587\1"_ba;
    QTest::newRow("name beyond ASCII")
        << u"jörg@bücher.example"_s << u"smtp.bücher.example"_s << 587
        << "n,a=jörg@bücher.example,\1host=smtp.xn--bcher-kva.example\1port=587\1"_ba;
    QTest::newRow("server unknown") << u"u"_s << QString() << 0 << "n,a=u,\1"_ba;
}

void TestMechanisms::oauthBearer_showsTheTokenAndTheServer()
{
    QFETCH(QString, user);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QByteArray, fields);
    const QByteArray token = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="_ba; // RFC 7628 section 4.1
    const auto oauth = bearer("OAUTHBEARER"_ba, user, token, host, static_cast<quint16>(port));
    QCOMPARE(said(oauth->initialResponse()),
             std::optional(QByteArray(fields + "auth=Bearer " + token + "\1\1")));
    QVERIFY(oauth->verifySuccess());
}

void TestMechanisms::tokenError_isAnsweredAndKept_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("scope");

    // RFC 7628 section 4.3.
    QTest::newRow("RFC")
        << R"({"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/.well-known/openid-configuration"})"_ba
        << "invalid_token"_ba
        << "example_scope"_ba;
    QTest::newRow("Google's form")
        << R"({"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"})"_ba
        << "400"_ba
        << "https://mail.google.com/"_ba;
    QTest::newRow("a number") << R"({"status":401})"_ba
                              << "401"_ba
                              << ""_ba;
    QTest::newRow("nothing") << ""_ba
                             << ""_ba
                             << ""_ba;
    QTest::newRow("no JSON") << "sorry"_ba
                             << ""_ba
                             << ""_ba;
    QTest::newRow("no object") << "[\"status\"]"_ba
                               << ""_ba
                               << ""_ba;
    QTest::newRow("of other types") << R"({"status":{"a":1},"scope":["x"]})"_ba
                                    << ""_ba
                                    << ""_ba;
    QTest::newRow("hostile") << QByteArray(R"({"status":"a\u001b[31m\u202eb\n)" + QByteArray(5000, 'c')
                                           + R"("})")
                             << QByteArray("a[31mb" + QByteArray(194, 'c')) << ""_ba;
    QTest::newRow("deep") << QByteArray(QByteArray(8000, '[')) << ""_ba
                          << ""_ba;
}

void TestMechanisms::tokenError_isAnsweredAndKept()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, scope);
    for (const QByteArray &name : { "XOAUTH2"_ba, "OAUTHBEARER"_ba }) {
        const auto oauth = bearer(name, u"u"_s, "token"_ba);
        QVERIFY(oauth->initialResponse());
        QVERIFY(!oauth->refusal());
        QCOMPARE(said(oauth->respond(challenge)), std::optional(name == "XOAUTH2" ? ""_ba : "\1"_ba));
        const auto refusal = oauth->refusal();
        QVERIFY(refusal);
        QCOMPARE(refusal->status, status);
        QCOMPARE(refusal->scope, scope);
        QCOMPARE(errorOf(oauth->respond(challenge)), std::optional(Error::UnexpectedChallenge));
    }
}

void TestMechanisms::tokenThatWouldBreakTheMessage_isRefused_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("no token") << u"u"_s << ""_ba;
    QTest::newRow("line end") << u"u"_s << "token\n"_ba;
    QTest::newRow("end of field") << u"u"_s << "token\1host=other"_ba;
    QTest::newRow("space") << u"u"_s << "a b"_ba;
    QTest::newRow("beyond ASCII") << u"u"_s << "tökén"_ba;
    QTest::newRow("end of field in the user") << u"u\1auth=x"_s << "token"_ba;
}

void TestMechanisms::tokenThatWouldBreakTheMessage_isRefused()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, token);
    for (const QByteArray &name : { "XOAUTH2"_ba, "OAUTHBEARER"_ba })
        QCOMPARE(errorOf(bearer(name, user, token)->initialResponse()),
                 std::optional(Error::UnusableCredentials));
}

QTEST_GUILESS_MAIN(TestMechanisms)
#include "tst_mechanisms.moc"
