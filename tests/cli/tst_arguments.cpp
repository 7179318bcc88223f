// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/arguments.h"
#include "cli/commandtable.h"
#include "cli/help.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using namespace postrider::cli;
using accounts::Security;
using delivery::PostOffice;
using Kind = UsageError::Kind;

Q_DECLARE_METATYPE(postrider::cli::UsageError::Kind)
Q_DECLARE_METATYPE(postrider::accounts::Security)
Q_DECLARE_METATYPE(postrider::delivery::PostOffice::Action)

namespace {

/// Splits at spaces; what needs a space of its own is given as a list instead.
QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

template <typename T>
T parsedAs(const QStringList &arguments)
{
    const auto invocation = parseArguments(arguments);
    if (!invocation) {
        QTest::qFail(qPrintable(sentence(invocation.error())), __FILE__, __LINE__);
        return {};
    }
    if (const T *command = std::get_if<T>(&invocation->command))
        return *command;
    QTest::qFail("another command was understood", __FILE__, __LINE__);
    return {};
}

const QString Fingerprint = u"00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"_s;

} // namespace

class ArgumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void globalOption_mayStandAnywhere_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("before the command") << u"--profile /p --json outbox list"_s;
        QTest::newRow("between its words") << u"outbox --json --profile=/p list"_s;
        QTest::newRow("behind it") << u"outbox list --profile /p --json"_s;
        QTest::newRow("twice without value") << u"--json outbox list --json --profile=/p"_s;
    }
    void globalOption_mayStandAnywhere()
    {
        QFETCH(QString, line);
        const auto invocation = parseArguments(words(line));
        QVERIFY(invocation);
        QCOMPARE(invocation->profileFolder, u"/p"_s);
        QCOMPARE(invocation->format, Output::Format::Json);
        QVERIFY(std::holds_alternative<OutboxList>(invocation->command));
    }

    void noGlobalOption_meansOwnProfileAndText()
    {
        const auto invocation = parseArguments({ u"account"_s, u"list"_s });
        QVERIFY(invocation);
        QVERIFY(invocation->profileFolder.isEmpty());
        QCOMPARE(invocation->format, Output::Format::Text);
        QVERIFY(std::holds_alternative<AccountList>(invocation->command));
    }

    void mistake_isNamed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char *line, Kind kind, const QString &subject = {}) {
            QTest::newRow(line) << QString::fromUtf8(line) << kind << subject;
        };

        row("", Kind::NoCommand);
        row("--json", Kind::NoCommand);
        row("frobnicate", Kind::UnknownCommand, u"frobnicate"_s);
        row("outbox", Kind::OperandMissing, u"COMMAND"_s);
        row("outbox explode", Kind::UnknownCommand, u"outbox explode"_s);
        row("account sign-in", Kind::OperandMissing, u"ID"_s);
        row("account sign-in x --oauth google", Kind::OptionMisplaced, u"--oauth"_s);
        row("account add --email a@x.org --host h --client-id i", Kind::OnlyWith, u"--client-id"_s);
        row("account add --email a@x.org --oauth google --password-stdin", Kind::Exclusive, u"--oauth"_s);
        row("detekt example.org", Kind::UnknownCommand, u"detekt"_s);
        row("sendmail -i", Kind::NoRecipient);

        row("send --to a@example.org --css x", Kind::UnknownOption, u"--css"_s);
        row("practice --fail=slow", Kind::UnknownOption, u"--fail"_s);
        row("account add --password=secret", Kind::UnknownOption, u"--password"_s);
        row("send -x", Kind::UnknownOption, u"-x"_s);
        row("--bogus", Kind::UnknownOption, u"--bogus"_s);

        row("outbox list --to a@example.org", Kind::OptionMisplaced, u"--to"_s);
        row("account list --email a@example.org", Kind::OptionMisplaced, u"--email"_s);
        row("outbox list --profile", Kind::ValueMissing, u"--profile"_s);
        row("send --to --json", Kind::ValueMissing, u"--to"_s);
        row("send --to -a@example.org", Kind::ValueMissing, u"--to"_s);
        row("outbox list --json=yes", Kind::ValueUnexpected, u"--json"_s);
        row("outbox run --until-empty=1", Kind::ValueUnexpected, u"--until-empty"_s);
        row("outbox list --profile=", Kind::ValueBad, u"--profile"_s);
        row("outbox list --state sleeping", Kind::ValueBad, u"--state"_s);
        row("outbox list --state=", Kind::ValueBad, u"--state"_s);
        row("outbox list --profile=a --profile=b", Kind::GivenTwice, u"--profile"_s);
        row("send --to a@example.org --subject=a --subject=b", Kind::GivenTwice, u"--subject"_s);
        row("send --eml a --eml b", Kind::GivenTwice, u"--eml"_s);

        row("practice --port 0", Kind::ValueBad, u"--port"_s);
        row("practice --port 65536", Kind::ValueBad, u"--port"_s);
        row("practice --port=-1", Kind::ValueBad, u"--port"_s);
        row("practice --port=25x", Kind::ValueBad, u"--port"_s);
        row("practice extra", Kind::OperandUnexpected, u"extra"_s);

        row("account show", Kind::OperandMissing, u"ID"_s);
        row("account show a b", Kind::OperandUnexpected, u"b"_s);
        row("account remove", Kind::OperandMissing, u"ID"_s);
        row("account set 1", Kind::NothingToChange, {});
        row("account set 1 --in-doubt always", Kind::ValueBad, u"--in-doubt"_s);
        row("account set 1 --some-refused=", Kind::ValueBad, u"--some-refused"_s);
        row("account set 1 --send-later there", Kind::ValueBad, u"--send-later"_s);
        row("account set-password 1", Kind::OptionMissing, u"--password-stdin"_s);
        row("account add --host h", Kind::OptionMissing, u"--email"_s);
        row("account add --email a@example.org --port 465", Kind::OnlyWith, u"--port"_s);
        row("account add --email a@example.org --region eu", Kind::OnlyWith, u"--region"_s);
        row("account add --email a@example.org --relay --user u", Kind::Exclusive, u"--user"_s);
        row("account edit 1", Kind::NothingToChange, {});
        row("account identity add 1", Kind::OptionMissing, u"--email"_s);
        row("account identity remove 1", Kind::OperandMissing, u"A"_s);
        row("account import --password-stdin", Kind::OnlyWith, u"--password-stdin"_s);
        row("detect", Kind::OperandMissing, u"WHOM"_s);
        row("detect example.org:0", Kind::NoSubject, u"example.org:0"_s);
        row("detect a@b@example.org", Kind::NoSubject, u"a@b@example.org"_s);
        row("detect example.org --timeout 0", Kind::ValueBad, u"--timeout"_s);
        row("detect example.org --no-lookup --ask-database", Kind::Exclusive, u"--no-lookup"_s);
        row("detect example.org --no-lookup --ask-unencrypted", Kind::Exclusive, u"--no-lookup"_s);
        row("account add --email a@example.org --host h --ask-unencrypted", Kind::Exclusive,
            u"--ask-unencrypted"_s);
        row("doctor", Kind::OperandMissing, u"ACCOUNT"_s);
        row("account add --email a@example.org --host=", Kind::ValueBad, u"--host"_s);
        row("account add --email a@example.org --host=h:465", Kind::ValueBad, u"--host"_s);
        row("account add --email a@example.org --host=smtp://h", Kind::ValueBad, u"--host"_s);
        row("account add --email a@example.org --host=a@h", Kind::ValueBad, u"--host"_s);
        row("send --server h:25 --eml x", Kind::ValueBad, u"--server"_s);
        row("send --server h --helo=\u00e4.example --eml x", Kind::ValueBad, u"--helo"_s);
        row("account add --email a@example.org --host h --security ssl", Kind::ValueBad, u"--security"_s);
        row("account add --email a@example.org --host h --auth magic", Kind::ValueBad, u"--auth"_s);
        row("account add --email a@example.org --host h --user u", Kind::OnlyWith, u"--user"_s);
        row("account add --email a@example.org --host h --auth none --password-stdin", Kind::Exclusive,
            u"--password-stdin"_s);
        row("account add --email a@example.org --host h --pin abcd", Kind::ValueBad, u"--pin"_s);
        row("account add --email a@example.org --host h --pin sha256:abcd", Kind::ValueBad, u"--pin"_s);

        row("send", Kind::NothingToSend);
        row("send --subject x", Kind::NothingToSend);
        row("send --server h", Kind::NothingToSend);
        row("send --eml f --subject s", Kind::Exclusive, u"--subject"_s);
        row("send --eml f --text t", Kind::Exclusive, u"--text"_s);
        row("send --eml f --attach t", Kind::Exclusive, u"--attach"_s);
        row("send --eml f --queue-only --wait", Kind::Exclusive, u"--queue-only"_s);
        row("send --eml f --wait=soon", Kind::ValueBad, u"--wait"_s);
        row("send --eml f --wait=-1", Kind::ValueBad, u"--wait"_s);
        row("send --eml f --wait=nan", Kind::ValueBad, u"--wait"_s);
        row("send --eml f --wait=1e99", Kind::ValueBad, u"--wait"_s);
        row("send --eml f --port 25", Kind::OnlyWith, u"--port"_s);
        row("send --eml f --helo x", Kind::OnlyWith, u"--helo"_s);
        row("send --eml f --password-stdin", Kind::OnlyWith, u"--password-stdin"_s);
        row("send --server h --eml f --account x", Kind::Exclusive, u"--account"_s);
        row("send --server h --eml f --queue-only", Kind::Exclusive, u"--queue-only"_s);
        row("send --server h --eml f --wait=3", Kind::Exclusive, u"--wait"_s);
        row("send --server h --eml f --user u", Kind::OnlyWith, u"--user"_s);
        row("send --server h --eml f --password-stdin", Kind::OptionMissing, u"--user"_s);
        row("send --server h --eml f --user u --password-stdin --password-file p", Kind::Exclusive,
            u"--password-stdin"_s);
        row("send --server h --eml f --timeout 0", Kind::ValueBad, u"--timeout"_s);
        row("send --server h --token-file=f --eml x", Kind::OptionMissing, u"--user"_s);
        row("send --server h --eml f --user u --token-file t --password-file p", Kind::Exclusive,
            u"--password-file"_s);
        row("send --server h --eml f --auth external", Kind::OptionMissing, u"--client-cert"_s);
        row("send --server h --eml f --auth plain", Kind::OptionMissing, u"--password-stdin"_s);
        row("send --server h --eml f --auth xoauth2", Kind::OptionMissing, u"--token-file"_s);
        row("send --server h --eml f --auth plain --client-cert c", Kind::OptionMissing,
            u"--password-stdin"_s);
        row("send --server h --eml f --user u --auth xoauth2 --password-file p", Kind::TokenNeeded,
            u"--auth=xoauth2"_s);
        row("send --server h --eml f --user u --auth oauthbearer --password-stdin", Kind::TokenNeeded,
            u"--auth=oauthbearer"_s);
        row("send --server h --eml f --user u --auth scram-sha-256 --token-file t", Kind::PasswordNeeded,
            u"--auth=scram-sha-256"_s);
        row("send --server h --eml f --user u --auth external --client-cert c --token-file t",
            Kind::Exclusive, u"--auth=external"_s);
        row("account add --email a@example.org --host h --auth xoauth2 --password-stdin", Kind::TokenNeeded,
            u"--auth=xoauth2"_s);
        row("account forget-server", Kind::OperandMissing, u"ID"_s);
        row("send --server h --eml f --client-key k", Kind::OnlyWith, u"--client-key"_s);
        row("send --server h --eml f --record", Kind::Exclusive, u"--record"_s);
        row("send --eml f --transcript t", Kind::OnlyWith, u"--transcript"_s);
        row("send --eml f --verbose", Kind::OnlyWith, u"--verbose"_s);
        row("send --eml f --proxy none", Kind::OnlyWith, u"--proxy"_s);
        row("send --server h --eml f --proxy ftp://p", Kind::ValueBad, u"--proxy"_s);
        row("send --server h --eml f --proxy socks5://", Kind::ValueBad, u"--proxy"_s);
        row("send --server h --eml f --proxy http://p/path", Kind::ValueBad, u"--proxy"_s);
        row("send --server h --eml f --proxy socks5://ann:secret@p", Kind::SecretVisible, u"--proxy"_s);
        row("send --server h --eml f --proxy ftp://ann:secret@p/x", Kind::SecretVisible, u"--proxy"_s);
        row("send --server h --eml f --proxy-password-file p", Kind::OnlyWith, u"--proxy-password-file"_s);
        row("send --server h --eml f --proxy http://p --proxy-password-file p", Kind::OnlyWith,
            u"--proxy-password-file"_s);
        row("send --eml f --proxy-password-file p", Kind::OnlyWith, u"--proxy-password-file"_s);
        row("send --eml f --html h", Kind::Exclusive, u"--html"_s);
        row("send --eml f --in-reply-to a@b", Kind::Exclusive, u"--in-reply-to"_s);
        row("send --to a@b --text - --html -", Kind::Exclusive, u"--text=-"_s);
        row("send --to a@b --in-reply-to a", Kind::ValueBad, u"--in-reply-to"_s);
        row("send --to a@b ann@example.org", Kind::OperandUnexpected, u"ann@example.org"_s);
        row("send --eml f mailto:ann@example.org", Kind::OperandUnexpected, u"mailto:ann@example.org"_s);
        row("send --server h --eml f --pin sha256:12", Kind::ValueBad, u"--pin"_s);
        row("send --eml f --dsn sometimes", Kind::ValueBad, u"--dsn"_s);
        row("send --eml f --dsn=never,success", Kind::ValueBad, u"--dsn"_s);
        row("send --eml f --dsn-return full", Kind::OnlyWith, u"--dsn-return"_s);
        row("send --eml f --dsn delay --dsn-return all", Kind::ValueBad, u"--dsn-return"_s);
        row("send --eml f --dsn delay --dsn-id=\u00e4", Kind::ValueBad, u"--dsn-id"_s);
        row("send --eml f --deliver-by 0", Kind::ValueBad, u"--deliver-by"_s);
        row("send --eml f --deliver-by 60,perhaps", Kind::ValueBad, u"--deliver-by"_s);
        row("send --eml f --hold-for 1 --hold-until 2026-12-24T08:00:00Z", Kind::Exclusive, u"--hold-for"_s);
        row("send --eml f --hold-for 60 --deliver-by 60", Kind::ValueBad, u"--deliver-by"_s);
        row("send --eml f --hold-for=1h", Kind::ValueBad, u"--hold-for"_s);
        row("send --eml f --hold-until tomorrow", Kind::ValueBad, u"--hold-until"_s);
        row("send --eml f --priority 10", Kind::ValueBad, u"--priority"_s);
        row("outbox retry --all --record", Kind::Exclusive, u"--record"_s);

        row("outbox show", Kind::OperandMissing, u"ID"_s);
        row("outbox retry", Kind::OperandMissing, u"ID"_s);
        row("outbox retry 12 --all", Kind::OperandUnexpected, u"12"_s);
        row("outbox resolve 12", Kind::OptionMissing, u"--sent"_s);
        row("outbox resolve 12 --sent --resend", Kind::Exclusive, u"--sent"_s);
    }
    void mistake_isNamed()
    {
        QFETCH(QString, line);
        QFETCH(Kind, kind);
        QFETCH(QString, subject);
        const auto invocation = parseArguments(words(line));
        QVERIFY(!invocation);
        QCOMPARE(invocation.error().kind, kind);
        QCOMPARE(invocation.error().subject, subject);
        QVERIFY(!sentence(invocation.error()).isEmpty());
        QVERIFY(!sentence(invocation.error()).contains(u'%'));
    }

    void passwordOnTheCommandLine_isNotRepeated()
    {
        const auto invocation = parseArguments(words(u"account add --password=hunter2"_s));
        QVERIFY(!invocation);
        QVERIFY(!sentence(invocation.error()).contains(u"hunter2"_s));
    }

    void help_winsOverEveryMistake_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("command");
        QTest::newRow("alone") << u"--help"_s << QString();
        QTest::newRow("short") << u"-h"_s << QString();
        QTest::newRow("command") << u"account add --help"_s << u"account add"_s;
        QTest::newRow("family") << u"outbox --help"_s << u"outbox"_s;
        QTest::newRow("in front") << u"--help send"_s << u"send"_s;
        QTest::newRow("with mistakes") << u"send --bogus --port=x --help extra"_s << u"send"_s;
        QTest::newRow("unknown command") << u"frobnicate --help"_s << QString();
    }
    void help_winsOverEveryMistake()
    {
        QFETCH(QString, line);
        QFETCH(QString, command);
        QCOMPARE(parsedAs<ShowHelp>(words(line)).command, command);
    }

    void everyCommand_hasItsPage()
    {
        for (const CommandSpec &command : commands()) {
            const QString page = helpPage(command.words);
            QVERIFY2(page.contains(u"postrider-cli "_s + command.words), command.words.data());
            for (const QLatin1StringView option : command.options)
                QVERIFY2(page.contains(u"--"_s + option), option.data());
            QVERIFY2(helpPage({}).contains(command.words), command.words.data());
            const QStringList lines = page.split(u'\n');
            for (const QString &line : lines)
                QVERIFY2(line.size() <= 100, qPrintable(line));
        }
    }

    void everyOptionOfACommand_exists()
    {
        for (const CommandSpec &command : commands()) {
            for (const QLatin1StringView option : command.options)
                QVERIFY2(findOption(QString(option)), option.data());
        }
    }

    void version_isACommandOfItsOwn()
    {
        parsedAs<ShowVersion>({ u"--version"_s });
        QVERIFY(versionLine().startsWith("postrider-cli "_L1));
    }

    void addressOption_repeatsAndKeepsItsOrder()
    {
        const auto command = parsedAs<Send>({ u"send"_s, u"--to"_s, u"\"Ann Smith\" <ann@example.org>"_s,
                                              u"--cc=c@x"_s, u"--to=b@x, d@x"_s, u"--bcc"_s, u"e@x"_s });
        QCOMPARE(command.content.to, QStringList({ u"\"Ann Smith\" <ann@example.org>"_s, u"b@x, d@x"_s }));
        QCOMPARE(command.content.cc, QStringList({ u"c@x"_s }));
        QCOMPARE(command.content.bcc, QStringList({ u"e@x"_s }));
    }

    void valueWithHyphenOrEquals_isTakenWhole()
    {
        const auto command = parsedAs<Send>(
            { u"send"_s, u"--to=a@x"_s, u"--subject=--json=-1"_s, u"--text"_s, u"-"_s, u"--from=-a@x"_s });
        QCOMPARE(command.content.subject, u"--json=-1"_s);
        QCOMPARE(command.content.textFile, u"-"_s);
        QCOMPARE(command.content.from, u"-a@x"_s);
    }

    void emptySubject_isASubject()
    {
        QCOMPARE(parsedAs<Send>({ u"send"_s, u"--to=a@x"_s, u"--subject="_s }).content.subject, QString());
        QCOMPARE(parsedAs<Send>({ u"send"_s, u"--to=a@x"_s, u"--subject"_s, QString() }).content.subject,
                 QString());
    }

    void doubleHyphen_endsTheOptions()
    {
        QCOMPARE(parsedAs<OutboxShow>({ u"outbox"_s, u"show"_s, u"--"_s, u"-1"_s }).id, u"-1"_s);
    }

    void wait_isOptionalAndCountsSeconds_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("not given") << QString() << 300'000;
        QTest::newRow("without value") << u"--wait"_s << 300'000;
        QTest::newRow("seconds") << u"--wait=20"_s << 20'000;
        QTest::newRow("at once") << u"--wait=0"_s << 0;
        QTest::newRow("fraction") << u"--wait=0.25"_s << 250;
    }
    void wait_isOptionalAndCountsSeconds()
    {
        QFETCH(QString, option);
        QFETCH(int, milliseconds);
        QStringList arguments { u"send"_s, u"--to=a@x"_s };
        if (!option.isEmpty())
            arguments += option;
        const auto command = parsedAs<Send>(arguments);
        QCOMPARE(command.wait, std::chrono::milliseconds(milliseconds));
        QCOMPARE(command.until, Send::Until::Settled);
    }

    void wait_doesNotTakeTheNextArgument()
    {
        const auto invocation = parseArguments(words(u"send --to=a@x --wait 20"_s));
        QVERIFY(!invocation);
        QCOMPARE(invocation.error().kind, Kind::OperandUnexpected);
    }

    void queueOnly_doesNotWait()
    {
        QCOMPARE(parsedAs<Send>(words(u"send --to=a@x --queue-only"_s)).until, Send::Until::Queued);
    }

    void server_hasTheUsualPortAndSecurity_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("port");
        QTest::addColumn<Security>("security");
        QTest::newRow("nothing said") << QString() << 465 << Security::Tls;
        QTest::newRow("tls") << u"--security tls"_s << 465 << Security::Tls;
        QTest::newRow("starttls") << u"--security=starttls"_s << 587 << Security::StartTls;
        QTest::newRow("none") << u"--security none"_s << 25 << Security::None;
        QTest::newRow("465") << u"--port 465"_s << 465 << Security::Tls;
        QTest::newRow("587") << u"--port 587"_s << 587 << Security::StartTls;
        QTest::newRow("25") << u"--port=25"_s << 25 << Security::StartTls;
        QTest::newRow("2525") << u"--port 2525"_s << 2525 << Security::StartTls;
        QTest::newRow("another port") << u"--port 5465"_s << 5465 << Security::Tls;
        QTest::newRow("both") << u"--port 465 --security starttls"_s << 465 << Security::StartTls;
    }
    void server_hasTheUsualPortAndSecurity()
    {
        QFETCH(QString, options);
        QFETCH(int, port);
        QFETCH(Security, security);
        const auto account
            = parsedAs<AccountAdd>(words(u"account add --email=a@x --host mx.example.org "_s + options));
        QCOMPARE(account.server,
                 (accounts::Server { u"mx.example.org"_s, static_cast<quint16>(port), security }));
        const auto direct = parsedAs<SendDirect>(words(u"send --server mx.example.org --eml f "_s + options));
        QCOMPARE(direct.server, account.server);
    }

    void addressLiteral_losesItsBrackets()
    {
        QCOMPARE(parsedAs<SendDirect>(words(u"send --server [::1] --eml f"_s)).server.host, u"::1"_s);
    }

    void accountAdd_isUnderstoodWhole()
    {
        const auto command = parsedAs<AccountAdd>(
            { u"account"_s, u"add"_s, u"--email"_s, u"ann@example.org"_s, u"--name"_s, u"Ann Smith"_s,
              u"--host"_s, u"mx.example.org"_s, u"--user"_s, u"ann"_s, u"--auth"_s, u"scram-sha-256"_s,
              u"--password-stdin"_s, u"--ca-file"_s, u"ca.pem"_s, u"--pin"_s,
              QString(u"sha256:"_s + Fingerprint), u"--no-verify-login"_s });
        QCOMPARE(command.email, u"ann@example.org"_s);
        QCOMPARE(command.name, u"Ann Smith"_s);
        QCOMPARE(command.signIn.user, u"ann"_s);
        QCOMPARE(command.signIn.mechanism, "SCRAM-SHA-256"_ba);
        QCOMPARE(command.signIn.source, SignIn::PasswordSource::StandardInput);
        QCOMPARE(command.caFile, u"ca.pem"_s);
        QCOMPARE(command.pinnedKey.toHex(), Fingerprint.toLower().toLatin1());
        QCOMPARE(command.proof, PostOffice::Proof::None);
    }

    void accountAdd_provesByDefault()
    {
        const auto command = parsedAs<AccountAdd>(words(u"account add --email=a@x --host h --auth auto"_s));
        QCOMPARE(command.proof, PostOffice::Proof::SignIn);
        QVERIFY(command.signIn.mechanism.isEmpty());
        QCOMPARE(command.signIn.source, SignIn::PasswordSource::None);
    }

    void pin_mayHaveColons()
    {
        QStringList pairs;
        for (qsizetype i = 0; i < Fingerprint.size(); i += 2)
            pairs += Fingerprint.mid(i, 2);
        const auto command = parsedAs<AccountAdd>(
            words(u"account add --email=a@x --host h --pin=sha256:"_s + pairs.join(u':')));
        QCOMPARE(command.pinnedKey, QByteArray::fromHex(Fingerprint.toLatin1()));
    }

    void sendDirect_isUnderstoodWhole()
    {
        const auto command = parsedAs<SendDirect>(words(
            u"send --server localhost --port 2525 --security none --helo client.example.org --timeout 2.5 "
            "--user u --password-file p --auth plain --ca-file c --eml a.eml --eml=b.eml"_s));
        QCOMPARE(command.server, (accounts::Server { u"localhost"_s, 2525, Security::None }));
        QCOMPARE(command.clientName, "client.example.org"_ba);
        QCOMPARE(command.timeout, std::chrono::milliseconds(2500));
        QCOMPARE(command.signIn.user, u"u"_s);
        QCOMPARE(command.signIn.source, SignIn::PasswordSource::File);
        QCOMPARE(command.signIn.passwordFile, u"p"_s);
        QCOMPARE(command.signIn.mechanism, "PLAIN"_ba);
        QCOMPARE(command.caFile, u"c"_s);
        QCOMPARE(command.content.emlFiles, QStringList({ u"a.eml"_s, u"b.eml"_s }));
    }

    void wishes_areUnderstoodInBothForms()
    {
        using Notifications = smtp::StatusNotifications;
        for (const QString &form : { u"send --eml f"_s, u"send --server h --eml f"_s }) {
            const auto parsed = parseArguments(words(form
                                                     + u" --dsn success,delay --dsn-return headers --dsn-id "
                                                       u"abc --require-tls --deliver-by 60,return "
                                                       "--hold-until 2026-12-24T08:00:00Z --priority=-3"_s));
            QVERIFY(parsed);
            const delivery::Services services = std::visit(
                [](const auto &command) -> delivery::Services {
                    if constexpr (requires { command.services; })
                        return command.services;
                    else
                        return {};
                },
                parsed->command);
            QVERIFY(services.notifications.has_value());
            QVERIFY(services.notifications->notify
                    == (Notifications::Occasion::Success | Notifications::Occasion::Delay));
            QVERIFY(services.notifications->returned == Notifications::Returned::HeadersOnly);
            QCOMPARE(services.notifications->envelopeId, "abc");
            QVERIFY(services.transportSecurity == smtp::Envelope::TransportSecurity::RequireTls);
            QVERIFY(services.deliverBy && services.deliverBy->within == std::chrono::seconds(60));
            QVERIFY(services.deliverBy->mode == smtp::DeliverBy::Mode::Return);
            QVERIFY(std::get<QDateTime>(*services.futureRelease)
                    == QDateTime({ 2026, 12, 24 }, { 8, 0 }, Qt::UTC));
            QCOMPARE(services.priority.value_or(0), -3);
        }
    }

    void signingInWithoutAPassword_isUnderstood()
    {
        const auto token = parsedAs<SendDirect>(
            words(u"send --server h --eml f --user u --token-file t --auth oauthbearer"_s));
        QVERIFY(token.signIn.kind == sasl::CredentialKind::AccessToken);
        QCOMPARE(token.signIn.passwordFile, u"t"_s);
        const auto certificate
            = parsedAs<SendDirect>(words(u"send --server h --eml f --client-cert c --auth external"_s));
        QVERIFY(certificate.signIn.kind == sasl::CredentialKind::ClientCertificate);
        QCOMPARE(certificate.signIn.clientKey, u"c"_s);
    }

    void proxies_areUnderstood()
    {
        using Way = net::ProxyChoice::Kind;
        const auto proxy = [](const QString &value) {
            return parsedAs<SendDirect>(words(u"send --server h --eml f --proxy "_s + value)).proxy;
        };
        QVERIFY(proxy(u"system"_s).kind == Way::System);
        QVERIFY(proxy(u"none"_s).kind == Way::None);
        const net::ProxyChoice socks = proxy(u"socks5://ann%40x@proxy.example:1081"_s);
        QVERIFY(socks.kind == Way::Socks5);
        QCOMPARE(socks.host, u"proxy.example"_s);
        QCOMPARE(socks.port, quint16 { 1081 });
        QCOMPARE(socks.user, u"ann@x"_s);
        const auto withPassword = parsedAs<SendDirect>(
            words(u"send --server h --eml f --proxy http://ann@p --proxy-password-file secret"_s));
        QCOMPARE(withPassword.proxyPasswordFile, u"secret"_s);
        const net::ProxyChoice http = proxy(u"http://proxy.example"_s);
        QVERIFY(http.kind == Way::HttpConnect);
        QCOMPARE(http.port, quint16 { 8080 });
    }

    void outboxState_isOneOfTheOutbox_data()
    {
        QTest::addColumn<QString>("word");
        for (const char *word : { "preparing", "draft", "held", "queued", "sending", "deferred", "sent",
                                  "partly-sent", "failed", "in-doubt", "damaged" })
            QTest::newRow(word) << QString::fromLatin1(word);
    }
    void outboxState_isOneOfTheOutbox()
    {
        QFETCH(QString, word);
        const auto command = parsedAs<OutboxList>({ u"outbox"_s, u"list"_s, u"--state"_s, word });
        QVERIFY(command.state);
        QCOMPARE(outbox::toString(*command.state), word);
    }

    void outboxDecision_isThatOfItsWord_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<PostOffice::Action>("action");
        using Action = PostOffice::Action;
        QTest::newRow("retry") << u"outbox retry 1f"_s << Action::Retry;
        QTest::newRow("cancel") << u"outbox cancel 1f"_s << Action::Cancel;
        QTest::newRow("hold") << u"outbox hold 1f"_s << Action::Hold;
        QTest::newRow("release") << u"outbox release 1f"_s << Action::Release;
        QTest::newRow("sent") << u"outbox resolve 1f --sent"_s << Action::ResolveSent;
        QTest::newRow("resend") << u"outbox resolve --resend 1f"_s << Action::ResolveResend;
    }
    void outboxDecision_isThatOfItsWord()
    {
        QFETCH(QString, line);
        QFETCH(PostOffice::Action, action);
        const auto command = parsedAs<OutboxAct>(words(line));
        QCOMPARE(command.id, u"1f"_s);
        QCOMPARE(command.action, action);
    }

    void otherCommands_areUnderstood()
    {
        parsedAs<OutboxRetryAll>(words(u"outbox retry --all"_s));
        QCOMPARE(parsedAs<OutboxRun>(words(u"outbox run"_s)).until, OutboxRun::Until::Interrupted);
        QCOMPARE(parsedAs<OutboxRun>(words(u"outbox run --until-empty"_s)).until, OutboxRun::Until::Empty);
        QCOMPARE(parsedAs<OutboxLog>(words(u"outbox log 1f"_s)).id, u"1f"_s);
        QCOMPARE(parsedAs<AccountShow>(words(u"account show practice"_s)).id, u"practice"_s);
        QCOMPARE(parsedAs<AccountRemove>(words(u"account remove 1f"_s)).id, u"1f"_s);
        QCOMPARE(parsedAs<AccountSetPassword>(words(u"account set-password 1f --password-stdin"_s)).id,
                 u"1f"_s);
        const auto practice = parsedAs<Practice>(words(u"practice --port 2525 --dir d"_s));
        QCOMPARE(practice.port, quint16 { 2525 });
        QCOMPARE(practice.folder, u"d"_s);
        QCOMPARE(parsedAs<Practice>({ u"practice"_s }).port, quint16 { 0 });
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)

#include "tst_arguments.moc"
