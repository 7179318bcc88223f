// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

/// Greeting, EHLO and STARTTLS, as far as a transcript cannot show it.
class TestOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientName_isReplacedWhenItIsNone_data();
    void clientName_isReplacedWhenItIsNone();
    void whatWasLearntBeforeTls_isForgotten();
    void implicitTls_waitsForTheGreetingFromTheHandshakeOn();
    void unusedPassword_isNeverSaidWithoutTls();
};

void TestOpening::clientName_isReplacedWhenItIsNone_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("domain") << "mail.example.org"_ba
                            << "mail.example.org"_ba;
    QTest::newRow("IPv6 literal") << "[IPv6:2001:db8::1]"_ba
                                  << "[IPv6:2001:db8::1]"_ba;
    QTest::newRow("empty") << ""_ba
                           << "[127.0.0.1]"_ba;
    QTest::newRow("underscore") << "my_pc"_ba
                                << "[127.0.0.1]"_ba;
    QTest::newRow("not ASCII") << "münchen"_ba
                               << "[127.0.0.1]"_ba;
    QTest::newRow("another command") << "x\r\nMAIL FROM:<>"_ba
                                     << "[127.0.0.1]"_ba;
    QTest::newRow("space") << "a b"_ba
                           << "[127.0.0.1]"_ba;
    QTest::newRow("empty literal") << "[]"_ba
                                   << "[127.0.0.1]"_ba;
}

void TestOpening::clientName_isReplacedWhenItIsNone()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, said);
    Driven driven({ .clientName = name, .security = Security::ImplicitTls });
    QCOMPARE(driven.says("220 mx\r\n"_ba), QByteArray("EHLO " + said + "\r\n"));
}

void TestOpening::whatWasLearntBeforeTls_isForgotten()
{
    Driven driven({ .security = Security::StartTls });
    driven.says("220 mx.example.org\r\n"_ba);
    driven.says("250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n"_ba);
    QCOMPARE(driven.session.greeting().code, 220);
    QVERIFY(driven.session.capabilities().has("SIZE"));
    driven.says("220 go\r\n"_ba);
    QVERIFY(!driven.session.capabilities().has("SIZE"));
    QCOMPARE(driven.session.greeting().code, 0);
    driven.session.tlsEstablished(driven.now);
    driven.taken();
    driven.says("250-mx\r\n250 DSN\r\n"_ba);
    QVERIFY(driven.session.capabilities().has("DSN"));
    QVERIFY(!driven.session.capabilities().has("STARTTLS"));
}

void TestOpening::implicitTls_waitsForTheGreetingFromTheHandshakeOn()
{
    Driven driven;
    driven.now += 4min;
    driven.session.tlsEstablished(driven.now);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 5min));
}

/// Whatever the caller does before TLS stands, no AUTH leaves.
void TestOpening::unusedPassword_isNeverSaidWithoutTls()
{
    Driven driven({ .security = Security::StartTls });
    const auto offer = [&driven] {
        driven.session.authenticate(sasl::makeMechanism("PLAIN"_ba, { u"u"_s, base::Secret("p"_ba) }),
                                    driven.now);
        return driven.taken();
    };
    QVERIFY(offer().isEmpty());
    QCOMPARE(driven.says("220 mx\r\n"_ba), "EHLO [127.0.0.1]\r\n"_ba);
    QVERIFY(offer().isEmpty());
    QCOMPARE(driven.says("250-mx\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"_ba), "STARTTLS\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.says("220 go\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.session.tlsEstablished(driven.now);
    QCOMPARE(driven.taken(), "EHLO [127.0.0.1]\r\n"_ba);
    QVERIFY(offer().isEmpty());
    driven.says("250-mx\r\n250 AUTH PLAIN\r\n"_ba);
    QCOMPARE(offer(), "AUTH PLAIN AHUAcA==\r\n"_ba);
}

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_opening.moc"
