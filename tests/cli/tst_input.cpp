// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/input.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QtTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using namespace postrider;
using namespace postrider::cli;

namespace {

QString fileWith(const QTemporaryDir &folder, const QByteArray &octets)
{
    QFile file(folder.filePath(u"file"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        return {};
    return file.fileName();
}

} // namespace

class InputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void password_isTheFirstLine_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("without line end") << "secret"_ba
                                          << "secret"_ba;
        QTest::newRow("with line end") << "secret\n"_ba
                                       << "secret"_ba;
        QTest::newRow("with the other line end") << "secret\r\n"_ba
                                                 << "secret"_ba;
        QTest::newRow("more lines") << "secret\nmore\n"_ba
                                    << "secret"_ba;
        QTest::newRow("blanks belong to it") << " se cret \n"_ba
                                             << " se cret "_ba;
        QTest::newRow("not ASCII") << "gehe\xc3\xadm"_ba
                                   << "gehe\xc3\xadm"_ba;
    }
    void password_isTheFirstLine()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, password);
        QBuffer device(&octets);
        QVERIFY(device.open(QIODevice::ReadOnly));
        const auto read = readPassword(device);
        QVERIFY(read);
        QCOMPARE(read->reveal().toByteArray(), password);
    }

    void emptyPassword_isRefused()
    {
        for (const QByteArray &octets : { ""_ba, "\n"_ba, "\r\nsecret"_ba }) {
            QBuffer device;
            device.setData(octets);
            QVERIFY(device.open(QIODevice::ReadOnly));
            QVERIFY(!readPassword(device));
        }
    }

    void passwordNobodyCanHave_isRefused()
    {
        // A NUL would end it early in SASL PLAIN, and what is cut off is another password.
        for (const QByteArray &octets :
             { "sec\0ret\n"_ba, QByteArray(100'000, 'x'), QByteArray(65'535, 'x') }) {
            QBuffer device;
            device.setData(octets);
            QVERIFY(device.open(QIODevice::ReadOnly));
            QVERIFY(!readPassword(device));
        }
    }

    void passwordFile_isRead()
    {
        const QTemporaryDir folder;
        SignIn signIn;
        signIn.source = SignIn::PasswordSource::File;
        signIn.passwordFile = fileWith(folder, "secret\n"_ba);
        const auto read = readPassword(signIn);
        QVERIFY(read && read.value());
        QCOMPARE((*read)->reveal().toByteArray(), "secret"_ba);

        signIn.passwordFile = folder.filePath(u"missing"_s);
        const auto missing = readPassword(signIn);
        QVERIFY(!missing);
        QVERIFY(missing.error().sentence.contains(signIn.passwordFile));
    }

    void noPasswordSource_isNoPassword()
    {
        const auto read = readPassword(SignIn {});
        QVERIFY(read);
        QVERIFY(!read.value());
    }

    void text_isUtf8()
    {
        const QTemporaryDir folder;
        const auto plain = readText(fileWith(folder,
                                             "Gr\xc3\xbc\xc3\x9f"
                                             "e\n"_ba));
        QVERIFY(plain);
        QCOMPARE(plain.value(), u"Grüße\n"_s);
        const auto marked = readText(fileWith(folder, "\xef\xbb\xbfHello"_ba));
        QVERIFY(marked);
        QCOMPARE(marked.value(), u"Hello"_s);
        QVERIFY(!readText(fileWith(folder,
                                   "Gr\xfc\xdf"
                                   "e\n"_ba)));
        QVERIFY(!readText(fileWith(folder, "cut \xc3"_ba)));
        QVERIFY(!readText(folder.filePath(u"missing"_s)));
        QVERIFY(!readText(folder.path()));
    }

    void endlessText_isRefused()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"text"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        constexpr qint64 Limit = 64LL * 1024 * 1024;
        QVERIFY(file.resize(Limit));
        QVERIFY(readText(file.fileName()));
        QVERIFY(file.resize(Limit + 1));
        const auto text = readText(file.fileName());
        QVERIFY(!text);
        QVERIFY(text.error().sentence.contains(file.fileName()));
    }

    void whatIsNoRegularFile_isNotOpened()
    {
        const QTemporaryDir folder;
        QVERIFY(readableFile(fileWith(folder, "x"_ba)));
        QVERIFY(!readableFile(folder.path()));
        QVERIFY(!readableFile(folder.filePath(u"missing"_s)));
#ifdef Q_OS_UNIX
        QVERIFY(!readableFile(u"/dev/zero"_s));
        // Opening a pipe that nobody writes to would wait for ever.
        const QString pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        const auto read = readableFile(pipe);
        QVERIFY(!read);
        QVERIFY(read.error().sentence.contains(pipe));
#endif
    }

    void addressOptions_areOneList()
    {
        const auto read
            = readMailboxes({ u"\"Smith, Ann\" <ann@example.org>, bob@example.net"_s, u"c@example.com"_s });
        QVERIFY(read);
        QCOMPARE(read->size(), 3);
        QCOMPARE(read->at(0).name, u"Smith, Ann"_s);
        QCOMPARE(read->at(2).address(), u"c@example.com"_s);
    }

    void badAddress_isRefused_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("name only") << u"joe"_s;
        QTest::newRow("nothing") << QString();
        QTest::newRow("blank") << u"  "_s;
        QTest::newRow("second of two") << u"a@example.org, joe"_s;
        QTest::newRow("line end") << u"a@example.org\r\nBcc: b@example.net"_s;
    }
    void badAddress_isRefused()
    {
        QFETCH(QString, value);
        const auto read = readMailboxes({ value });
        QVERIFY(!read);
        QVERIFY(!read.error().sentence.isEmpty());
    }

    void internationalDomain_isAsciiInTheEnvelope()
    {
        const auto mailboxes = readMailboxes({ u"ann@bücher.example"_s });
        QVERIFY(mailboxes);
        const auto envelope = toEnvelope(mailboxes.value());
        QVERIFY(envelope);
        QCOMPARE(envelope.value(), QList<QByteArray>({ "ann@xn--bcher-kva.example"_ba }));
    }
};

QTEST_GUILESS_MAIN(InputTest)

#include "tst_input.moc"
