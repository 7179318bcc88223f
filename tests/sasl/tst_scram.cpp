// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "exchange.h"
#include "sasl/scram.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <utility>

using namespace Qt::StringLiterals;
using namespace postrider;
using sasl::answerTo;
using sasl::Error;
using sasl::errorOf;
using sasl::said;
using Algorithm = QCryptographicHash::Algorithm;

Q_DECLARE_METATYPE(QCryptographicHash::Algorithm)

namespace {

constexpr auto Sha1 = Algorithm::Sha1;
constexpr auto Sha256 = Algorithm::Sha256;

/// The exchange of RFC 5802 section 5.
const QByteArray RfcNonce = "fyko+d2lbbFgONRv9qkxdawL";
const QByteArray RfcServerFirst = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";
const QByteArray RfcServerFinal = "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=";

std::unique_ptr<sasl::Scram> scram(Algorithm hash, const QByteArray &nonce, const QString &user = u"user"_s,
                                   const QByteArray &password = "pencil"_ba)
{
    return std::make_unique<sasl::Scram>(hash, sasl::Credentials { user, base::Secret(password) }, nonce);
}

/// The other side, written a second time with other functions.
class ScramServer
{
public:
    ScramServer(Algorithm hash, QByteArray password, int iterations = 4096, QByteArray extensions = {})
        : m_hash(hash)
        , m_password(std::move(password))
        , m_iterations(iterations)
        , m_extensions(std::move(extensions))
    { }

    QByteArray first(const QByteArray &clientFirst)
    {
        m_clientFirstBare = clientFirst.mid(3);
        const QByteArray nonce = m_clientFirstBare.mid(m_clientFirstBare.lastIndexOf(",r=") + 3);
        m_first = "r=" + nonce + "%server+nonce,s=" + m_salt.toBase64()
            + ",i=" + QByteArray::number(m_iterations) + m_extensions;
        return m_first;
    }

    /// Nothing when the client did not prove that it knows the password.
    std::optional<QByteArray> final(const QByteArray &clientFinal)
    {
        const qsizetype proofAt = clientFinal.lastIndexOf(",p=");
        const QByteArray message = m_clientFirstBare + ',' + m_first + ',' + clientFinal.first(proofAt);
        QByteArray key = hmac(m_password, m_salt + QByteArray("\0\0\0\1", 4));
        QByteArray block = key;
        for (int i = 1; i < m_iterations; ++i) {
            block = hmac(m_password, block);
            key = exclusiveOr(key, block);
        }
        const QByteArray storedKey = QCryptographicHash::hash(hmac(key, "Client Key"), m_hash);
        const QByteArray proof = QByteArray::fromBase64(clientFinal.mid(proofAt + 3));
        const QByteArray clientKey = exclusiveOr(proof, hmac(storedKey, message));
        if (QCryptographicHash::hash(clientKey, m_hash) != storedKey)
            return std::nullopt;
        return "v=" + hmac(hmac(key, "Server Key"), message).toBase64();
    }

private:
    [[nodiscard]] QByteArray hmac(const QByteArray &key, const QByteArray &data) const
    {
        return QMessageAuthenticationCode::hash(data, key, m_hash);
    }

    static QByteArray exclusiveOr(QByteArray one, const QByteArray &other)
    {
        for (qsizetype i = 0; i < one.size(); ++i)
            one[i] = static_cast<char>(one.at(i) ^ other.at(i));
        return one;
    }

    Algorithm m_hash;
    QByteArray m_password;
    int m_iterations;
    QByteArray m_extensions;
    QByteArray m_salt = "a salt";
    QByteArray m_clientFirstBare {};
    QByteArray m_first {};
};

} // namespace

class TestScram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exchange_isThatOfTheRfc_data();
    void exchange_isThatOfTheRfc();
    void serverThatKnowsThePassword_isBelieved_data();
    void serverThatKnowsThePassword_isBelieved();
    void preparedPassword_isThatOfTheProfile_data();
    void preparedPassword_isThatOfTheProfile();
    void separatorsInTheUser_areEscaped();
    void everyAttempt_hasANonceOfItsOwn();

    void firstMessageOfTheServer_isJudged_data();
    void firstMessageOfTheServer_isJudged();
    void longChallenge_isTaken();
    void wrongProofOfTheServer_isRefused_data();
    void wrongProofOfTheServer_isRefused();
    void earlySuccess_isNotBelieved();
    void errorOfTheServer_isAnsweredAndKept_data();
    void errorOfTheServer_isAnsweredAndKept();
    void anyChangedOctet_isNoticed_data();
    void anyChangedOctet_isNoticed();
    void callsOutOfOrder_areRefused();
    void failedDerivation_isToldAsSuch();
};

void TestScram::exchange_isThatOfTheRfc_data()
{
    QTest::addColumn<Algorithm>("hash");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("clientFirst");
    QTest::addColumn<QByteArray>("serverFirst");
    QTest::addColumn<QByteArray>("clientFinal");
    QTest::addColumn<QByteArray>("serverFinal");

    QTest::newRow("RFC 5802 section 5")
        << Sha1 << RfcNonce << "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"_ba << RfcServerFirst
        << "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="_ba
        << RfcServerFinal;
    QTest::newRow("RFC 7677 section 3")
        << Sha256 << "rOprNGfwEbeRWgbNEkqO"_ba
        << "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"_ba
        << "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"_ba
        << "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
           "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="_ba
        << "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="_ba;
}

void TestScram::exchange_isThatOfTheRfc()
{
    QFETCH(Algorithm, hash);
    QFETCH(QByteArray, nonce);
    QFETCH(QByteArray, clientFirst);
    QFETCH(QByteArray, serverFirst);
    QFETCH(QByteArray, clientFinal);
    QFETCH(QByteArray, serverFinal);
    const auto client = scram(hash, nonce);
    QCOMPARE(said(client->initialResponse()), std::optional(clientFirst));
    QCOMPARE(said(answerTo(*client, serverFirst)), std::optional(clientFinal));
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    QCOMPARE(said(client->respond(serverFinal)), std::optional(""_ba)); // an empty line, then 235
    QVERIFY(client->verifySuccess());
    QVERIFY(!client->refusal());
    QCOMPARE(errorOf(client->respond(serverFinal)), std::optional(Error::UnexpectedChallenge));
}

void TestScram::serverThatKnowsThePassword_isBelieved_data()
{
    QTest::addColumn<Algorithm>("hash");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<int>("iterations");
    QTest::newRow("SHA-1") << Sha1 << u"ann@example.test"_s << "wonder-land-42"_ba << 4096;
    QTest::newRow("SHA-256") << Sha256 << u"ann@example.test"_s << "wonder-land-42"_ba << 4096;
    QTest::newRow("more iterations") << Sha256 << u"u"_s << "p"_ba << 12'345;
    QTest::newRow("umlauts, separators, blanks") << Sha256 << u"jörg,b=c"_s << " pä,ss=wö rd "_ba << 4096;
    QTest::newRow("NUL in the password") << Sha256 << u"u"_s << "p\0q"_ba << 4096;
    QTest::newRow("octets that are no text") << Sha1 << u"u"_s << "p\xff\xfe"_ba << 4096;
    QTest::newRow("long password") << Sha1 << u"u"_s << QByteArray(500, 'p') << 4096;
    QTest::newRow("no password") << Sha1 << u"u"_s << ""_ba << 4096;
}

void TestScram::serverThatKnowsThePassword_isBelieved()
{
    QFETCH(Algorithm, hash);
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    QFETCH(int, iterations);
    for (const bool isKnown : { true, false }) {
        // As chooseMechanism() and a session have it, with a nonce that nobody knew before.
        const QByteArray name = hash == Sha1 ? "SCRAM-SHA-1"_ba : "SCRAM-SHA-256"_ba;
        const auto client = sasl::makeMechanism(name, { user, base::Secret(password) });
        ScramServer server(hash, isKnown ? password : password + 'x', iterations);
        const auto clientFirst = said(client->initialResponse());
        QVERIFY(clientFirst);
        const auto clientFinal = said(answerTo(*client, server.first(*clientFirst)));
        QVERIFY(clientFinal);
        const auto serverFinal = server.final(*clientFinal);
        QCOMPARE(serverFinal.has_value(), isKnown);
        if (!serverFinal)
            continue;
        QCOMPARE(said(client->respond(*serverFinal)), std::optional(""_ba));
        QVERIFY(client->verifySuccess());
    }
}

void TestScram::preparedPassword_isThatOfTheProfile_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("stored");
    QTest::newRow("decomposed") << u"pa\u0308ss"_s << u"päss"_s;
    QTest::newRow("compatibility") << u"\u2168"_s << u"IX"_s;
    QTest::newRow("mapped to nothing") << u"I\u00adX"_s << u"IX"_s;
    QTest::newRow("newer than the profile") << u"a\u0308 \U0001f600"_s << u"ä \U0001f600"_s;
    QTest::newRow("prohibited") << u"a\tb"_s << u"a\tb"_s;
}

void TestScram::preparedPassword_isThatOfTheProfile()
{
    QFETCH(QString, typed);
    QFETCH(QString, stored);
    const auto client = scram(Sha256, RfcNonce, typed, typed.toUtf8());
    ScramServer server(Sha256, stored.toUtf8());
    const auto clientFirst = said(client->initialResponse());
    QCOMPARE(clientFirst, std::optional(QByteArray("n,,n=" + stored.toUtf8() + ",r=" + RfcNonce)));
    const auto clientFinal = said(answerTo(*client, server.first(*clientFirst)));
    QVERIFY(clientFinal && server.final(*clientFinal));
}

void TestScram::separatorsInTheUser_areEscaped()
{
    QCOMPARE(said(scram(Sha1, "n"_ba, u"a,b=c"_s)->initialResponse()),
             std::optional("n,,n=a=2Cb=3Dc,r=n"_ba));
}

void TestScram::everyAttempt_hasANonceOfItsOwn()
{
    QSet<QByteArray> nonces;
    for (int i = 0; i < 100; ++i) {
        sasl::Scram client(Sha256, { u"u"_s, base::Secret("p"_ba) });
        const auto first = said(client.initialResponse());
        QVERIFY(first && first->startsWith("n,,n=u,r="));
        const QByteArray nonce = first->mid(9);
        QVERIFY(nonce.size() >= 24);
        for (const char c : nonce)
            QVERIFY(c > ' ' && c <= '~' && c != ',');
        nonces.insert(nonce);
    }
    QCOMPARE(nonces.size(), 100);
}

void TestScram::firstMessageOfTheServer_isJudged_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<std::optional<Error>>("error");

    constexpr std::optional<Error> fine = std::nullopt;
    constexpr std::optional malformed = Error::MalformedChallenge;
    QTest::newRow("as it should be") << "r=nonce+x,s=QQ==,i=4096"_ba << fine;
    QTest::newRow("most iterations") << "r=nonce+x,s=QQ==,i=1000000"_ba << fine;
    QTest::newRow("unknown extensions") << "r=nonce+x,s=QQ==,i=4096,x=,Y=a=b,z=\xc3\xa4"_ba << fine;

    QTest::newRow("one iteration too few")
        << "r=nonce+x,s=QQ==,i=4095"_ba << std::optional(Error::TooFewIterations);
    QTest::newRow("one iteration") << "r=nonce+x,s=QQ==,i=1"_ba << std::optional(Error::TooFewIterations);
    QTest::newRow("one iteration too many")
        << "r=nonce+x,s=QQ==,i=1000001"_ba << std::optional(Error::TooManyIterations);
    QTest::newRow("most of an int") << "r=nonce+x,s=QQ==,i=2147483647"_ba
                                    << std::optional(Error::TooManyIterations);
    QTest::newRow("more than an int")
        << "r=nonce+x,s=QQ==,i=99999999999"_ba << std::optional(Error::TooManyIterations);
    QTest::newRow("wraps to 4096") << "r=nonce+x,s=QQ==,i=18446744073709555712"_ba
                                   << std::optional(Error::TooManyIterations);
    QTest::newRow("a thousand digits") << QByteArray("r=nonce+x,s=QQ==,i=" + QByteArray(1000, '9'))
                                       << std::optional(Error::TooManyIterations);
    QTest::newRow("no iterations") << "r=nonce+x,s=QQ==,i="_ba << malformed;
    QTest::newRow("zero iterations") << "r=nonce+x,s=QQ==,i=0"_ba << malformed;
    QTest::newRow("leading zero") << "r=nonce+x,s=QQ==,i=04096"_ba << malformed;
    QTest::newRow("negative") << "r=nonce+x,s=QQ==,i=-4096"_ba << malformed;
    QTest::newRow("sign") << "r=nonce+x,s=QQ==,i=+4096"_ba << malformed;
    QTest::newRow("hexadecimal") << "r=nonce+x,s=QQ==,i=0x1000"_ba << malformed;
    QTest::newRow("blank behind") << "r=nonce+x,s=QQ==,i=4096 "_ba << malformed;

    constexpr std::optional mismatch = Error::NonceMismatch;
    QTest::newRow("another nonce") << "r=other+x,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("not a prefix") << "r=xnonce+x,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("shorter nonce") << "r=nonc,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("nothing added") << "r=nonce+,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("other case") << "r=Nonce+x,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("empty nonce") << "r=,s=QQ==,i=4096"_ba << mismatch;
    QTest::newRow("blank in the nonce") << "r=nonce+ x,s=QQ==,i=4096"_ba << malformed;
    QTest::newRow("NUL in the nonce") << "r=nonce+x\0,s=QQ==,i=4096"_ba << malformed;

    QTest::newRow("empty salt") << "r=nonce+x,s=,i=4096"_ba << malformed;
    QTest::newRow("salt is no base64") << "r=nonce+x,s=Q!==,i=4096"_ba << malformed;
    QTest::newRow("salt without padding") << "r=nonce+x,s=QQ,i=4096"_ba << malformed;
    QTest::newRow("padding inside the salt") << "r=nonce+x,s=QQ==QQ==,i=4096"_ba << malformed;
    QTest::newRow("stray bits in the salt") << "r=nonce+x,s=QR==,i=4096"_ba << malformed;
    QTest::newRow("blank in the salt") << "r=nonce+x,s=QUJD QQ==,i=4096"_ba << malformed;
    QTest::newRow("salt of the other alphabet") << "r=nonce+x,s=_-8=,i=4096"_ba << malformed;

    QTest::newRow("demand for an extension")
        << "m=ext,r=nonce+x,s=QQ==,i=4096"_ba << std::optional(Error::UnknownExtension);
    QTest::newRow("empty demand") << "m=,r=nonce+x,s=QQ==,i=4096"_ba
                                  << std::optional(Error::UnknownExtension);
    QTest::newRow("demand at the end")
        << "r=nonce+x,s=QQ==,i=4096,m=ext"_ba << std::optional(Error::UnknownExtension);

    QTest::newRow("empty") << ""_ba << malformed;
    QTest::newRow("only a nonce") << "r=nonce+x"_ba << malformed;
    QTest::newRow("no count") << "r=nonce+x,s=QQ=="_ba << malformed;
    QTest::newRow("other order") << "s=QQ==,r=nonce+x,i=4096"_ba << malformed;
    QTest::newRow("two nonces") << "r=nonce+x,s=QQ==,i=4096,r=nonce+y"_ba << malformed;
    QTest::newRow("two counts") << "r=nonce+x,s=QQ==,i=4096,i=1"_ba << malformed;
    QTest::newRow("extension before the salt") << "r=nonce+x,x=y,s=QQ==,i=4096"_ba << malformed;
    QTest::newRow("comma at the end") << "r=nonce+x,s=QQ==,i=4096,"_ba << malformed;
    QTest::newRow("no attribute") << "r=nonce+x,s=QQ==,i=4096,extension"_ba << malformed;
    QTest::newRow("digit for a letter") << "r=nonce+x,s=QQ==,i=4096,1=x"_ba << malformed;
    QTest::newRow("upper case") << "R=nonce+x,S=QQ==,I=4096"_ba << malformed;
    QTest::newRow("an error at once") << "e=other-error"_ba << malformed;
    QTest::newRow("octets that are no text") << "\xff\xfe\0\1"_ba << malformed;
}

void TestScram::firstMessageOfTheServer_isJudged()
{
    QFETCH(QByteArray, message);
    QFETCH(std::optional<Error>, error);
    for (const Algorithm hash : { Sha1, Sha256 }) {
        const auto client = scram(hash, "nonce+"_ba);
        QVERIFY(client->initialResponse());
        const auto answer = client->respond(message);
        QCOMPARE(errorOf(answer), error);
        QVERIFY(!answer || std::holds_alternative<sasl::KeyDerivation>(*answer));
        QVERIFY(!client->verifySuccess());
    }
}

void TestScram::longChallenge_isTaken()
{
    // RFC 4954 section 4: 12,288 octets of base64.
    const QByteArray extension = ",x=" + QByteArray(9216 - 100, 'x');
    const auto client = scram(Sha256, RfcNonce);
    ScramServer server(Sha256, "pencil"_ba, 4096, extension);
    const auto clientFirst = said(client->initialResponse());
    QVERIFY(clientFirst);
    const auto clientFinal = said(answerTo(*client, server.first(*clientFirst)));
    QVERIFY(clientFinal);
    const auto serverFinal = server.final(*clientFinal);
    QVERIFY(serverFinal);
    QVERIFY(client->respond(*serverFinal));
    QVERIFY(client->verifySuccess());
}

void TestScram::wrongProofOfTheServer_isRefused_data()
{
    QTest::addColumn<QByteArray>("serverFinal");
    QTest::newRow("the first bit") << "v=rGF9pqV8S7suAoZWja4dJRkFsKQ="_ba;
    QTest::newRow("the last octet") << "v=rmF9pqV8S7suAoZWja4dJRkFsKU="_ba;
    QTest::newRow("cut") << "v=rmF9pqV8S7suAoZWja4dJRkFsA=="_ba;
    QTest::newRow("one octet more") << "v=rmF9pqV8S7suAoZWja4dJRkFsKQA"_ba;
    QTest::newRow("of the other hash") << "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="_ba;
    QTest::newRow("empty proof") << "v="_ba;
    QTest::newRow("no base64") << "v=rmF9pqV8S7suAoZWja4dJRkFsK!="_ba;
    QTest::newRow("stray bits") << "v=rmF9pqV8S7suAoZWja4dJRkFsKR="_ba;
    QTest::newRow("no padding") << "v=rmF9pqV8S7suAoZWja4dJRkFsKQ"_ba;
    QTest::newRow("no proof") << ""_ba;
    QTest::newRow("something else") << "x=rmF9pqV8S7suAoZWja4dJRkFsKQ="_ba;
    QTest::newRow("upper case") << "V=rmF9pqV8S7suAoZWja4dJRkFsKQ="_ba;
    QTest::newRow("behind something else") << "x=y,v=rmF9pqV8S7suAoZWja4dJRkFsKQ="_ba;
    QTest::newRow("behind a demand") << "m=y,v=rmF9pqV8S7suAoZWja4dJRkFsKQ="_ba;
    QTest::newRow("with rubbish") << "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=,"_ba;
    QTest::newRow("our own message")
        << "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="_ba;
    QTest::newRow("its first message again") << RfcServerFirst;
}

void TestScram::wrongProofOfTheServer_isRefused()
{
    QFETCH(QByteArray, serverFinal);
    const auto client = scram(Sha1, RfcNonce);
    QVERIFY(client->initialResponse());
    QVERIFY(answerTo(*client, RfcServerFirst));
    QCOMPARE(errorOf(client->respond(serverFinal)), std::optional(Error::ServerNotVerified));
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    // There is no second attempt to guess it.
    QVERIFY(!client->respond(RfcServerFinal));
    QVERIFY(!client->verifySuccess());
}

void TestScram::earlySuccess_isNotBelieved()
{
    const auto client = scram(Sha1, RfcNonce);
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    QVERIFY(client->initialResponse());
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    const auto answer = client->respond(RfcServerFirst);
    QVERIFY(answer);
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    QVERIFY(client->resume(std::get<sasl::KeyDerivation>(*answer).run()));
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    QVERIFY(client->respond(RfcServerFinal));
    QVERIFY(client->verifySuccess());
}

void TestScram::errorOfTheServer_isAnsweredAndKept_data()
{
    QTest::addColumn<QByteArray>("serverFinal");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("of the RFC") << "e=invalid-proof"_ba
                                << "invalid-proof"_ba;
    QTest::newRow("with an extension") << "e=unknown-user,x=y"_ba
                                       << "unknown-user"_ba;
    QTest::newRow("with a proof") << QByteArray("e=other-error," + RfcServerFinal) << "other-error"_ba;
    QTest::newRow("without words") << "e="_ba
                                   << ""_ba;
    QTest::newRow("hostile") << QByteArray("e=\x1b[31m\r\n\xe2\x80\xae" + QByteArray(1000, 'x'))
                             << QByteArray("[31m" + QByteArray(196, 'x'));
}

void TestScram::errorOfTheServer_isAnsweredAndKept()
{
    QFETCH(QByteArray, serverFinal);
    QFETCH(QByteArray, status);
    const auto client = scram(Sha1, RfcNonce);
    QVERIFY(client->initialResponse());
    QVERIFY(answerTo(*client, RfcServerFirst));
    QVERIFY(!client->refusal());
    QCOMPARE(said(client->respond(serverFinal)), std::optional(""_ba)); // then the server says no, not we
    QVERIFY(client->refusal());
    QCOMPARE(client->refusal()->status, status);
    QCOMPARE(errorOf(client->verifySuccess()), std::optional(Error::ServerNotVerified));
    QCOMPARE(errorOf(client->respond(RfcServerFinal)), std::optional(Error::UnexpectedChallenge));
    QVERIFY(!client->verifySuccess());
}

void TestScram::anyChangedOctet_isNoticed_data()
{
    QTest::addColumn<bool>("inTheFirst");
    QTest::newRow("first message") << true;
    QTest::newRow("final message") << false;
}

void TestScram::anyChangedOctet_isNoticed()
{
    QFETCH(bool, inTheFirst);
    const QByteArray original = inTheFirst ? RfcServerFirst : RfcServerFinal;
    for (qsizetype at = 0; at < original.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = original;
            changed[at] = static_cast<char>(changed.at(at) ^ (1 << bit));
            const auto client = scram(Sha1, RfcNonce);
            QVERIFY(client->initialResponse());
            if (answerTo(*client, inTheFirst ? changed : RfcServerFirst)) {
                const bool isTaken = client->respond(inTheFirst ? RfcServerFinal : changed).has_value();
                QVERIFY2(!isTaken || client->refusal(), changed.constData());
            }
            QVERIFY2(!client->verifySuccess(), changed.constData());
        }
    }
}

void TestScram::callsOutOfOrder_areRefused()
{
    const base::Secret key(QByteArray(20, 'k'));
    constexpr std::optional unexpected = Error::UnexpectedChallenge;

    const auto keyTooEarly = scram(Sha1, RfcNonce);
    QVERIFY(keyTooEarly->initialResponse());
    QCOMPARE(errorOf(keyTooEarly->resume(key.clone())), unexpected);

    const auto challengeMeanwhile = scram(Sha1, RfcNonce);
    QVERIFY(challengeMeanwhile->initialResponse());
    QVERIFY(challengeMeanwhile->respond(RfcServerFirst));
    QCOMPARE(errorOf(challengeMeanwhile->respond(RfcServerFirst)), unexpected);
    QCOMPARE(errorOf(challengeMeanwhile->resume(key.clone())), unexpected);

    const auto keyTwice = scram(Sha1, RfcNonce);
    QVERIFY(keyTwice->initialResponse());
    QVERIFY(keyTwice->respond(RfcServerFirst));
    QVERIFY(keyTwice->resume(key.clone()));
    QCOMPARE(errorOf(keyTwice->resume(key.clone())), unexpected);
    QVERIFY(!keyTwice->verifySuccess());
}

void TestScram::failedDerivation_isToldAsSuch()
{
    for (const qsizetype size : { 0, 19, 32 }) {
        const auto client = scram(Sha1, RfcNonce);
        QVERIFY(client->initialResponse());
        QVERIFY(client->respond(RfcServerFirst));
        QCOMPARE(errorOf(client->resume(base::Secret(QByteArray(size, 'k')))),
                 std::optional(Error::DerivationFailed));
        QVERIFY(!client->verifySuccess());
    }
}

QTEST_GUILESS_MAIN(TestScram)
#include "tst_scram.moc"
