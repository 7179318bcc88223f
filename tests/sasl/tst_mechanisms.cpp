// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/mechanism.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using sasl::Channel;

namespace {

std::unique_ptr<sasl::Mechanism> mechanism(const QByteArray &name, const QString &user,
                                           const QByteArray &secret)
{
    return sasl::makeMechanism(name, { user, base::Secret(secret) });
}

/// The decoded answer to a challenge, or nothing when the mechanism could not go on.
std::optional<QByteArray> answer(sasl::Mechanism &mechanism, QByteArrayView challenge)
{
    const auto response = mechanism.respond(challenge);
    return response ? std::optional(*response) : std::nullopt;
}

} // namespace

class TestMechanisms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBestCommonMechanism_isChosen_data();
    void theBestCommonMechanism_isChosen();
    void unknownName_givesNoMechanism();
    void everySupportedName_givesThatMechanism();
    void plain_saysAllAtOnce_data();
    void plain_saysAllAtOnce();
    void plain_answersNoChallenge();
    void login_answersTwoPromptsWhateverTheySay_data();
    void login_answersTwoPromptsWhateverTheySay();
    void nul_isRefusedBeforeAnythingIsSaid_data();
    void nul_isRefusedBeforeAnythingIsSaid();
    void passwordsThatAreNotUtf8_stayAsTheyAre();
};

void TestMechanisms::theBestCommonMechanism_isChosen_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<Channel>("channel");
    QTest::addColumn<QByteArray>("chosen");

    QTest::newRow("best first") << QList { "LOGIN"_ba, "PLAIN"_ba } << ""_ba << Channel::Encrypted
                                << "PLAIN"_ba;
    QTest::newRow("only one in common")
        << QList { "GSSAPI"_ba, "LOGIN"_ba } << ""_ba << Channel::Encrypted << "LOGIN"_ba;
    QTest::newRow("lower case") << QList { "plain"_ba } << ""_ba << Channel::Encrypted << "PLAIN"_ba;
    QTest::newRow("the account's choice")
        << QList { "LOGIN"_ba, "PLAIN"_ba } << "LOGIN"_ba << Channel::Encrypted << "LOGIN"_ba;
    QTest::newRow("the choice is not offered")
        << QList { "PLAIN"_ba } << "LOGIN"_ba << Channel::Encrypted << ""_ba;
    QTest::newRow("nothing in common") << QList { "GSSAPI"_ba } << ""_ba << Channel::Encrypted << ""_ba;
    QTest::newRow("nothing offered") << QList<QByteArray>() << ""_ba << Channel::Encrypted << ""_ba;
    QTest::newRow("plain text") << QList { "LOGIN"_ba, "PLAIN"_ba } << ""_ba << Channel::Plaintext << ""_ba;
    QTest::newRow("plain text, even by choice")
        << QList { "PLAIN"_ba } << "PLAIN"_ba << Channel::Plaintext << ""_ba;
}

void TestMechanisms::theBestCommonMechanism_isChosen()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QByteArray, wanted);
    QFETCH(Channel, channel);
    QFETCH(QByteArray, chosen);
    QCOMPARE(sasl::chooseMechanism(offered, wanted, channel), chosen);
}

void TestMechanisms::unknownName_givesNoMechanism()
{
    QVERIFY(!mechanism("GSSAPI"_ba, u"u"_s, "p"_ba));
    QVERIFY(!mechanism(""_ba, u"u"_s, "p"_ba));
}

void TestMechanisms::everySupportedName_givesThatMechanism()
{
    const QList<QByteArray> names = sasl::supportedMechanisms();
    QVERIFY(names.contains("PLAIN"_ba) && names.contains("LOGIN"_ba));
    for (const QByteArray &name : names)
        QCOMPARE(mechanism(name, u"u"_s, "p"_ba)->name(), name);
}

void TestMechanisms::plain_saysAllAtOnce_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("base64");

    // The vectors are those of RFC 4616 section 4, without an authorization identity.
    QTest::newRow("tim") << u"tim"_s << "tanstaaftanstaaf"_ba
                         << "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"_ba;
    QTest::newRow("Kurt") << u"Kurt"_s << "xipj3plmq"_ba
                          << "AEt1cnQAeGlwajNwbG1x"_ba;
    QTest::newRow("beyond ASCII") << u"jörg"_s << "pässwörd"_ba
                                  << QByteArray("\0jörg\0pässwörd"_ba).toBase64();
    QTest::newRow("decomposed letters are composed")
        << u"jo\u0308rg"_s << u"pa\u0308ss"_s.toUtf8() << QByteArray("\0jörg\0päss"_ba).toBase64();
}

void TestMechanisms::plain_saysAllAtOnce()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, base64);
    const auto plain = mechanism("PLAIN"_ba, user, secret);
    const auto response = plain->initialResponse();
    QVERIFY(response && *response);
    QCOMPARE((*response)->toBase64(), base64);
}

void TestMechanisms::plain_answersNoChallenge()
{
    const auto plain = mechanism("PLAIN"_ba, u"u"_s, "p"_ba);
    QVERIFY(plain->initialResponse());
    QCOMPARE(plain->respond("more").error(), sasl::Error::UnexpectedChallenge);
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
    QCOMPARE(answer(*login, first), std::optional("jörg"_ba));
    QCOMPARE(answer(*login, second), std::optional("pässwörd"_ba));
    QCOMPARE(login->respond("more").error(), sasl::Error::UnexpectedChallenge);
}

void TestMechanisms::nul_isRefusedBeforeAnythingIsSaid_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("PLAIN") << "PLAIN"_ba;
    QTest::newRow("LOGIN") << "LOGIN"_ba;
}

void TestMechanisms::nul_isRefusedBeforeAnythingIsSaid()
{
    QFETCH(QByteArray, name);
    QCOMPARE(mechanism(name, u"u"_s, "p\0q"_ba)->initialResponse().error(), sasl::Error::ForbiddenCharacter);
    QCOMPARE(mechanism(name, QString(u"u"_s + QChar(u'\0') + u"v"_s), "p"_ba)->initialResponse().error(),
             sasl::Error::ForbiddenCharacter);
}

void TestMechanisms::passwordsThatAreNotUtf8_stayAsTheyAre()
{
    const auto plain = mechanism("PLAIN"_ba, u"u"_s, "p\xff"_ba);
    const auto response = plain->initialResponse();
    QVERIFY(response && *response);
    QCOMPARE(**response, "\0u\0p\xff"_ba);
}

QTEST_GUILESS_MAIN(TestMechanisms)
#include "tst_mechanisms.moc"
