// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/program.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::clitest;

/// An account with a further address: what the server and the recipients see of each, whichever command
/// sends.
class IdentitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void draft_isFromTheNamedAddress();
    void file_isFromTheAddressInIt_data();
    void file_isFromTheAddressInIt();
    void sendmail_isFromTheAddressInTheMessage_data();
    void sendmail_isFromTheAddressInTheMessage();

private:
    [[nodiscard]] FakeSmtpServer::Message sent() const { return m_server->messages().value(0); }

    std::unique_ptr<FakeSmtpServer> m_server {};
    std::unique_ptr<TempProfile> m_profile {};
};

void IdentitiesTest::init()
{
    m_server = std::make_unique<FakeSmtpServer>(plaintext());
    m_profile = std::make_unique<TempProfile>();
    QVERIFY(addAccount(*m_profile, m_server->port()));
    QCOMPARE(run(*m_profile,
                 { u"account"_s, u"identity"_s, u"add"_s, u"ann@example.org"_s,
                   u"--email=sales@example.com"_s, u"--name=Sales"_s, u"--no-verify-login"_s })
                 .code,
             0);
}

void IdentitiesTest::draft_isFromTheNamedAddress()
{
    const Ended ended = run(*m_profile,
                            { u"send"_s, u"--from=sales@example.com"_s, u"--to=bob@example.net"_s,
                              u"--subject=x"_s, u"--text=-"_s },
                            "Hi\n");
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(sent().reversePath, "sales@example.com"_ba);
    QVERIFY2(sent().content.contains("From: Sales <sales@example.com>\r\n"), sent().content.constData());
}

void IdentitiesTest::file_isFromTheAddressInIt_data()
{
    QTest::addColumn<QByteArray>("author");
    QTest::addColumn<QByteArray>("reversePath");
    QTest::newRow("own") << "Ann <ann@example.org>"_ba
                         << "ann@example.org"_ba;
    QTest::newRow("further") << "Sales <sales@example.com>"_ba
                             << "sales@example.com"_ba;
    QTest::newRow("domain in other letters") << "sales@Example.COM"_ba
                                             << "sales@example.com"_ba;
    QTest::newRow("somebody else") << "eve@example.edu"_ba
                                   << "ann@example.org"_ba;
}

void IdentitiesTest::file_isFromTheAddressInIt()
{
    QFETCH(QByteArray, author);
    QFETCH(QByteArray, reversePath);
    const QString file = m_profile->writeBeside(
        u"message.eml"_s, "From: " + author + "\r\nTo: bob@example.net\r\nSubject: x\r\n\r\nHi\r\n");
    const Ended ended = run(*m_profile, { u"send"_s, u"--eml"_s, file });
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(sent().reversePath, reversePath);
    QVERIFY2(sent().content.contains(QByteArray("From: " + author + "\r\n")),
             "a finished message stays as it is");
}

void IdentitiesTest::sendmail_isFromTheAddressInTheMessage_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("reversePath");
    QTest::addColumn<QByteArray>("author");
    const QByteArray own = "From: Ann Smith <ann@example.org>";
    const QByteArray further = "From: Sales <sales@example.com>";
    QTest::newRow("nobody named") << QStringList() << QByteArray() << "ann@example.org"_ba << own;
    QTest::newRow("From of the further address") << QStringList() << further + "\n"
                                                 << "sales@example.com"_ba << further;
    QTest::newRow("-f of the further address, no From") << QStringList { u"-f"_s, u"sales@example.com"_s }
                                                        << QByteArray() << "sales@example.com"_ba << further;
    QTest::newRow("-f wins for the envelope")
        << QStringList { u"-f"_s, u"bounces@example.org"_s } << further + "\n"
        << "bounces@example.org"_ba << further;
    QTest::newRow("From of somebody else") << QStringList() << "From: eve@example.edu\n"_ba
                                           << "ann@example.org"_ba
                                           << "From: eve@example.edu"_ba;
    QTest::newRow("-F names the further address")
        << QStringList { u"-F"_s, u"Shop"_s, u"-f"_s, u"sales@example.com"_s } << QByteArray()
        << "sales@example.com"_ba
        << "From: Shop <sales@example.com>"_ba;
}

void IdentitiesTest::sendmail_isFromTheAddressInTheMessage()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, reversePath);
    QFETCH(QByteArray, author);
    const Ended ended
        = run(*m_profile, QStringList { u"sendmail"_s } + options + QStringList { u"bob@example.net"_s },
              header + "Subject: x\n\nHi\n");
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(m_server->messages().size(), 1);
    QCOMPARE(sent().reversePath, reversePath);
    QVERIFY2(sent().content.contains(QByteArray(author + "\r\n")), sent().content.constData());
}

QTEST_GUILESS_MAIN(IdentitiesTest)
#include "tst_identities.moc"
