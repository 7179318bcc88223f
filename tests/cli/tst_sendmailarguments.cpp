// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/sendmailarguments.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::cli;

namespace {

QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

Sendmail parsed(const QString &line)
{
    const auto invocation = parseSendmailArguments(words(line));
    return invocation ? std::get<Sendmail>(invocation->command) : Sendmail {};
}

} // namespace

class SendmailArgumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callOfAProgram_isUnderstood_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("recipients");
        QTest::addColumn<bool>("header");
        QTest::addColumn<bool>("dotIsText");
        QTest::addColumn<QString>("sender");
        QTest::newRow("git send-email") << u"-f ann@example.org -i bob@example.net carol@example.com"_s
                                        << QStringList { u"bob@example.net"_s, u"carol@example.com"_s }
                                        << false << true << u"ann@example.org"_s;
        QTest::newRow("cron of Debian") << u"-FCronDaemon -i -B8BITMIME -oem root"_s
                                        << QStringList { u"root"_s } << false << true << QString();
        QTest::newRow("cronie") << u"-FCronDaemon -odi -oem -oi -t -f root"_s << QStringList {} << true
                                << true << u"root"_s;
        QTest::newRow("mutt") << u"-oem -oi -f ann@example.org -N failure -R hdrs -- bob@example.net"_s
                              << QStringList { u"bob@example.net"_s } << false << true
                              << u"ann@example.org"_s;
        QTest::newRow("mailx") << u"-i -t -r ann@example.org -odb -m -v"_s << QStringList {} << true << true
                               << u"ann@example.org"_s;
        QTest::newRow("PHP") << u"-t -i -fwww@example.org"_s << QStringList {} << true << true
                             << u"www@example.org"_s;
        QTest::newRow("letters together")
            << u"-ti -fann@example.org -bm"_s << QStringList {} << true << true << u"ann@example.org"_s;
        QTest::newRow("dot ends") << u"-t -V id -O QueueDirectory=/x -X /dev/null -em -Am -hard -d8"_s
                                  << QStringList {} << true << false << QString();
        QTest::newRow("hyphen in an address")
            << u"-i -- -bob@example.net"_s << QStringList { u"-bob@example.net"_s } << false << true
            << QString();
        QTest::newRow("option behind")
            << u"bob@example.net -oi"_s << QStringList { u"bob@example.net"_s } << false << true << QString();
    }
    void callOfAProgram_isUnderstood()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, recipients);
        QFETCH(bool, header);
        QFETCH(bool, dotIsText);
        QFETCH(QString, sender);
        QVERIFY(parseSendmailArguments(words(line)));
        const Sendmail command = parsed(line);
        QCOMPARE(command.recipients, recipients);
        QCOMPARE(command.recipientsFrom == Sendmail::RecipientsFrom::Header, header);
        QCOMPARE(command.loneDot == Sendmail::LoneDot::IsText, dotIsText);
        QCOMPARE(command.sender.value_or(QString()), sender);
    }

    void ownOptions_areUnderstoodToo()
    {
        const auto invocation = parseSendmailArguments(
            words(u"--profile /p -t --account=practice --json -F Ann -odq --wait=0.5"_s));
        QVERIFY(invocation);
        QCOMPARE(invocation->profileFolder, u"/p"_s);
        QVERIFY(invocation->format == Output::Format::Json);
        const auto command = std::get<Sendmail>(invocation->command);
        QCOMPARE(command.account, u"practice"_s);
        QCOMPARE(command.fullName, u"Ann"_s);
        QCOMPARE(command.wait.count(), 500);
        QVERIFY(command.until == Send::Until::Queued);
    }

    void wordSendmail_isFoundBehindOptions()
    {
        QCOMPARE(sendmailArguments(words(u"--profile sendmail sendmail -t"_s)),
                 words(u"--profile sendmail -t"_s));
        QCOMPARE(sendmailArguments(words(u"--json sendmail -t"_s)), words(u"--json -t"_s));
        QVERIFY(!sendmailArguments(words(u"outbox show sendmail"_s)));
        QVERIFY(!sendmailArguments(words(u"--profile sendmail outbox list"_s)));
        QVERIFY(!sendmailArguments(words(u"send --subject sendmail"_s)));
    }

    void mistake_isAUsageError_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<UsageError::Kind>("kind");
        QTest::addColumn<QString>("subject");
        using Kind = UsageError::Kind;
        QTest::newRow("daemon") << u"-bd -q15m"_s << Kind::ModeRefused << u"-bd"_s;
        QTest::newRow("listing") << u"-bp"_s << Kind::ModeRefused << u"-bp"_s;
        QTest::newRow("conversation") << u"-i -bs"_s << Kind::ModeRefused << u"-bs"_s;
        QTest::newRow("aliases") << u"-bi"_s << Kind::ModeRefused << u"-bi"_s;
        QTest::newRow("queue run") << u"-q"_s << Kind::ModeRefused << u"-q"_s;
        QTest::newRow("queue run among letters") << u"-vq"_s << Kind::ModeRefused << u"-q"_s;
        QTest::newRow("nobody") << u"-i"_s << Kind::NoRecipient << QString();
        QTest::newRow("no time") << u"-t --wait=soon"_s << Kind::ValueBad << u"--wait"_s;
        QTest::newRow("no value") << u"-t -f"_s << Kind::ValueMissing << u"-f"_s;
        QTest::newRow("other long option")
            << u"-t --to=bob@example.net"_s << Kind::UnknownOption << u"--to"_s;
    }
    void mistake_isAUsageError()
    {
        QFETCH(QString, line);
        QFETCH(UsageError::Kind, kind);
        QFETCH(QString, subject);
        const auto invocation = parseSendmailArguments(words(line));
        QVERIFY(!invocation);
        QVERIFY(invocation.error().kind == kind);
        QCOMPARE(invocation.error().subject, subject);
        QCOMPARE(invocation.error().command, u"sendmail"_s);
    }
};

QTEST_GUILESS_MAIN(SendmailArgumentsTest)
#include "tst_sendmailarguments.moc"
