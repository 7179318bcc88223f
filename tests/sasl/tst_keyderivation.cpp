// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/cryptography.h"
#include "sasl/keyderivation.h"
#include "sasl/scram.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <ctime>
#include <limits>
#include <memory>

using namespace Qt::StringLiterals;
using namespace postrider;
using Algorithm = QCryptographicHash::Algorithm;

namespace {

sasl::KeyDerivation derivation(Algorithm hash, const QByteArray &password, const QByteArray &salt,
                               int iterations)
{
    return { hash, std::make_shared<const base::Secret>(password), salt, iterations };
}

QByteArray randomOctets(QRandomGenerator &random, int most)
{
    QByteArray octets(random.bounded(most + 1), '\0');
    for (char &octet : octets)
        octet = static_cast<char>(random.bounded(256));
    return octets;
}

} // namespace

Q_DECLARE_METATYPE(QCryptographicHash::Algorithm)

class TestKeyDerivation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivedKey_isThatOfTheRfc_data();
    void derivedKey_isThatOfTheRfc();
    void run_needsNothingOfItsMaker();
    void mostIterations_comeToAnEnd();
    void iteration_costsLessThanAnHmac();
    void impossibleDerivation_givesNothing();
    void hashes_agreeWithQt();
    void comparison_findsEveryDifference();
};

void TestKeyDerivation::derivedKey_isThatOfTheRfc_data()
{
    QTest::addColumn<Algorithm>("hash");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<int>("iterations");
    QTest::addColumn<QByteArray>("key");

    // RFC 6070.
    QTest::newRow("SHA-1, 1") << Algorithm::Sha1 << "password"_ba
                              << "salt"_ba << 1 << "0c60c80f961f0e71f3a9b524af6012062fe037a6"_ba;
    QTest::newRow("SHA-1, 2") << Algorithm::Sha1 << "password"_ba
                              << "salt"_ba << 2 << "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"_ba;
    QTest::newRow("SHA-1, 4096") << Algorithm::Sha1 << "password"_ba
                                 << "salt"_ba << 4096 << "4b007901b765489abead49d926f721d065a429c1"_ba;
    // RFC 7914 section 11, the first half.
    QTest::newRow("SHA-256, 1") << Algorithm::Sha256 << "passwd"_ba
                                << "salt"_ba << 1
                                << "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"_ba;
    QTest::newRow("SHA-256, 80000") << Algorithm::Sha256 << "Password"_ba
                                    << "NaCl"_ba << 80000
                                    << "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"_ba;
}

void TestKeyDerivation::derivedKey_isThatOfTheRfc()
{
    QFETCH(Algorithm, hash);
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, salt);
    QFETCH(int, iterations);
    QTEST(derivation(hash, password, salt, iterations).run().reveal().toByteArray().toHex(), "key");
}

void TestKeyDerivation::run_needsNothingOfItsMaker()
{
    base::Secret result;
    std::unique_ptr<QThread> thread;
    {
        const sasl::KeyDerivation original = derivation(Algorithm::Sha1, "password"_ba, "salt"_ba, 4096);
        const auto copy = std::make_shared<const sasl::KeyDerivation>(original);
        thread.reset(QThread::create([copy, &result] { result = copy->run(); }));
    }
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(result.reveal().toByteArray().toHex(), "4b007901b765489abead49d926f721d065a429c1"_ba);
}

void TestKeyDerivation::mostIterations_comeToAnEnd()
{
    QCOMPARE(derivation(Algorithm::Sha256, "pencil"_ba, "salt"_ba, sasl::Scram::MostIterations)
                 .run()
                 .reveal()
                 .size(),
             32);
}

void TestKeyDerivation::iteration_costsLessThanAnHmac()
{
    // What the key alone decides is computed once, which halves the work at least. Beside another way of
    // doing the same, and in processor time, so that it holds on any computer.
    constexpr int Iterations = 50'000;
    const auto leastTime = [](const auto &work) {
        std::clock_t least = std::numeric_limits<std::clock_t>::max();
        for (int run = 0; run < 3; ++run) {
            const std::clock_t begin = std::clock();
            work();
            least = std::min(least, std::clock() - begin);
        }
        return least;
    };
    const sasl::KeyDerivation ours = derivation(Algorithm::Sha256, "pencil"_ba, "salt"_ba, Iterations);
    const std::clock_t derived = leastTime([&ours] { QCOMPARE(ours.run().reveal().size(), 32); });
    const std::clock_t plain = leastTime([] {
        QByteArray block(32, 's');
        for (int i = 0; i < Iterations; ++i)
            block = QMessageAuthenticationCode::hash(block, "pencil"_ba, Algorithm::Sha256);
    });
    QVERIFY2(derived < plain, qPrintable(u"%1 and %2 clocks"_s.arg(derived).arg(plain)));
}

void TestKeyDerivation::impossibleDerivation_givesNothing()
{
    QVERIFY(derivation(Algorithm::Sha256, "p"_ba, "s"_ba, 0).run().isEmpty());
    QVERIFY(derivation(Algorithm::Sha256, "p"_ba, "s"_ba, -1).run().isEmpty());
    QVERIFY(derivation(Algorithm::Keccak_512, "p"_ba, "s"_ba, 4096).run().isEmpty());
    QVERIFY(!derivation(Algorithm::Sha256, ""_ba, "s"_ba, 4096).run().isEmpty());
}

void TestKeyDerivation::hashes_agreeWithQt()
{
    QRandomGenerator random(20'261'121U);
    for (const Algorithm algorithm : { Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256 }) {
        for (int i = 0; i < 200; ++i) {
            const QByteArray key = randomOctets(random, 150);
            const QByteArray data = randomOctets(random, 150);
            QCOMPARE(sasl::hash(algorithm, data).reveal().toByteArray(),
                     QCryptographicHash::hash(data, algorithm));
            QCOMPARE(sasl::hmac(algorithm, key, data).reveal().toByteArray(),
                     QMessageAuthenticationCode::hash(data, key, algorithm));
        }
        // Nothing of the call before may be left.
        QCOMPARE(sasl::hmac(algorithm, {}, {}).reveal().toByteArray(),
                 QMessageAuthenticationCode::hash({}, {}, algorithm));
    }
}

void TestKeyDerivation::comparison_findsEveryDifference()
{
    QRandomGenerator random(20'261'121U);
    for (int i = 0; i < 200; ++i) {
        const QByteArray one = randomOctets(random, 40) + 'x';
        QVERIFY(sasl::equalInConstantTime(one, QByteArray(one.constData(), one.size())));
        QByteArray other = one;
        const qsizetype at = random.bounded(static_cast<int>(one.size()));
        other[at] = static_cast<char>(other.at(at) ^ (1 << random.bounded(8)));
        QVERIFY(!sasl::equalInConstantTime(one, other));
        QVERIFY(!sasl::equalInConstantTime(one, QByteArrayView(one).chopped(1)));
    }
    QVERIFY(sasl::equalInConstantTime({}, {}));
}

QTEST_GUILESS_MAIN(TestKeyDerivation)
#include "tst_keyderivation.moc"
