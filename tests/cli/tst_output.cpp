// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace postrider;
using namespace postrider::cli;
using outbox::MessageState;
using outbox::RecipientState;

namespace {

struct StreamCloser
{
    void operator()(std::FILE *stream) const { std::fclose(stream); }
};
using Stream = std::unique_ptr<std::FILE, StreamCloser>;

QByteArray contentOf(std::FILE *stream)
{
    QByteArray content;
    std::rewind(stream);
    std::array<char, 4096> buffer {};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), stream))
        content.append(buffer.data(), static_cast<qsizetype>(size));
    return content;
}

outbox::Recipient refusedRecipient()
{
    outbox::Recipient recipient;
    recipient.address = "bob@example.net";
    recipient.state = RecipientState::Failed;
    recipient.code = 550;
    recipient.enhanced = "5.1.1";
    recipient.text = u"No such user here"_s;
    return recipient;
}

accounts::Account account()
{
    accounts::Account account;
    account.id = u"3f0c"_s;
    account.name = u"Work"_s;
    account.email = u"ann@example.org"_s;
    account.server = { u"mx.example.org"_s, 465, accounts::Security::Tls };
    account.user = u"ann"_s;
    return account;
}

QStringList sortedKeys(QStringList keys)
{
    keys.sort();
    return keys;
}

} // namespace

class OutputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentMessage_hasEveryKeyOfTheContract()
    {
        SendReport report;
        report.id = u"3f0c"_s;
        report.messageId = "<1@example.org>";
        report.status = u"failed"_s;
        report.sentence = u"Refused."_s;
        report.host = u"mx.example.org"_s;
        report.port = 587;
        report.tls = u"TLS 1.3"_s;
        report.recipients = { refusedRecipient() };
        const auto expected = QJsonDocument::fromJson(R"({
            "id": "3f0c", "message_id": "<1@example.org>", "status": "failed", "sentence": "Refused.",
            "server": {"host": "mx.example.org", "port": 587, "tls": "TLS 1.3"},
            "recipients": [{"address": "bob@example.net", "state": "failed", "code": 550, "enhanced": "5.1.1",
                            "text": "No such user here"}],
            "next_attempt": null, "left_out": null})");
        QVERIFY(!expected.isNull());
        QCOMPARE(QJsonDocument(toJson(report)), expected);
    }

    void unknownValue_isNullAndPresent()
    {
        SendReport report;
        report.status = u"failed"_s;
        report.sentence = u"No account."_s;
        const auto nothing = QJsonDocument::fromJson(R"({"id": null, "message_id": null, "status": "failed",
            "sentence": "No account.", "server": null, "recipients": [], "next_attempt": null, "left_out": null})");
        QVERIFY(!nothing.isNull());
        QCOMPARE(QJsonDocument(toJson(report)), nothing);

        outbox::Recipient waiting;
        waiting.address = "bob@example.net";
        report.recipients = { waiting };
        report.host = u"mx.example.org"_s;
        const QJsonObject object = toJson(report);
        QCOMPARE(object[u"server"].toObject(),
                 (QJsonObject { { u"host"_s, u"mx.example.org"_s }, { u"port"_s, {} }, { u"tls"_s, {} } }));
        QCOMPARE(object[u"recipients"][0].toObject(),
                 (QJsonObject { { u"address"_s, u"bob@example.net"_s },
                                { u"state"_s, u"queued"_s },
                                { u"code"_s, {} },
                                { u"enhanced"_s, {} },
                                { u"text"_s, {} } }));
    }

    void status_isAWordOfTheContract_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("word");
        const auto row = [](MessageState state, const char *word) {
            QTest::newRow(qPrintable(outbox::toString(state)))
                << static_cast<int>(state) << QString::fromLatin1(word);
        };
        row(MessageState::Preparing, "queued");
        row(MessageState::Draft, "held");
        row(MessageState::Held, "held");
        row(MessageState::Queued, "queued");
        row(MessageState::Sending, "queued");
        row(MessageState::Deferred, "deferred");
        row(MessageState::Sent, "sent");
        row(MessageState::PartlySent, "partly-sent");
        row(MessageState::Failed, "failed");
        row(MessageState::InDoubt, "in-doubt");
        row(MessageState::Damaged, "failed");
    }
    void status_isAWordOfTheContract()
    {
        QFETCH(int, state);
        QTEST(statusWord(static_cast<MessageState>(state)), "word");
    }

    void recipientOnItsWay_isQueued()
    {
        QCOMPARE(statusWord(RecipientState::Sending), u"queued"_s);
        QCOMPARE(statusWord(RecipientState::Sent), u"sent"_s);
        QCOMPARE(statusWord(RecipientState::InDoubt), u"in-doubt"_s);
    }

    void outboxLine_hasEveryKeyOfTheContract()
    {
        outbox::MessageSummary message;
        message.id = u"3f0c"_s;
        message.messageId = "<1@example.org>";
        message.accountId = u"work"_s;
        message.state = MessageState::Deferred;
        message.subject = u"Grüße"_s;
        message.recipients = { refusedRecipient() };
        message.size = 1234;
        message.attempts = 2;
        message.nextAttempt = QDateTime(QDate(2026, 11, 21), QTime(19, 5), Qt::OffsetFromUTC,
                                        3600); // shown in UTC all the same
        message.problem.kind = outbox::Problem::Kind::ConnectionRefused;
        message.problem.host = u"mx.example.org"_s;

        const QJsonObject line = toJson(message);
        QCOMPARE(line[u"id"].toString(), u"3f0c"_s);
        QCOMPARE(line[u"message_id"].toString(), u"<1@example.org>"_s);
        QCOMPARE(line[u"account"].toString(), u"work"_s);
        QCOMPARE(line[u"state"].toString(), u"deferred"_s);
        QCOMPARE(line[u"subject"].toString(), u"Grüße"_s);
        QCOMPARE(line[u"recipients"][0][u"address"].toString(), u"bob@example.net"_s);
        QCOMPARE(line[u"size"].toInteger(), 1234);
        QCOMPARE(line[u"attempts"].toInt(), 2);
        QCOMPARE(line[u"next_attempt"].toString(), u"2026-11-21T18:05:00Z"_s);
        QCOMPARE(line[u"problem"].toString(), u"connection-refused"_s);
        QVERIFY(!line[u"reason"].toString().isEmpty());
    }

    void outboxLineOfAFreshMessage_hasNulls()
    {
        outbox::MessageSummary message;
        message.id = u"3f0c"_s;
        message.state = MessageState::Preparing;
        const QJsonObject line = toJson(message);
        for (const auto key : { "message_id"_L1, "size"_L1, "next_attempt"_L1, "reason"_L1, "hold"_L1 })
            QVERIFY2(line.contains(key) && line[key].isNull(), key.data());
        QCOMPARE(line[u"subject"], QJsonValue(QString())); // known, and empty
        QCOMPARE(line[u"attempts"], QJsonValue(0));
    }

    void whatIsKnownOfAServer_isToldInWordsOfItsOwn()
    {
        outbox::ServerFacts facts;
        facts.host = u"mx.example.org"_s;
        facts.mechanisms = { "SCRAM-SHA-256", "PLAIN" };
        const QJsonObject offered = toJson(facts);
        QCOMPARE(offered[u"auth"], QJsonValue(QJsonArray { u"scram-sha-256"_s, u"plain"_s }));
        for (const auto key : { "port"_L1, "tls"_L1, "size"_L1, "learnt"_L1 })
            QVERIFY2(offered.contains(key) && offered[key].isNull(), key.data());
        outbox::LearntHabits habits;
        habits.habits = { smtp::ChunkUse::Never, smtp::PipelineUse::WithinMessage };
        habits.recipientLimit = 50;
        const QJsonObject shown = toJson(habits);
        QCOMPARE(shown[u"chunking"].toString(), u"never"_s);
        QCOMPARE(shown[u"pipelining"].toString(), u"within-message"_s);
        QCOMPARE(shown[u"recipient_limit"].toInt(), 50);
        QVERIFY(shown[u"recipients_taken"].isNull());
    }

    void wishesThatNobodyKnowsOf_areNull()
    {
        SendReport report;
        QVERIFY(toJson(report)[u"left_out"].isNull());
        report.leftOut = delivery::Wishes();
        QCOMPARE(toJson(report)[u"left_out"], QJsonValue(QJsonArray()));
        report.leftOut = delivery::Wish::Reports | delivery::Wish::Priority;
        QCOMPARE(toJson(report)[u"left_out"], QJsonValue(QJsonArray { u"dsn"_s, u"priority"_s }));
    }

    void accountLine_hasEveryKeyOfTheContract()
    {
        const QJsonObject line = toJson(account(), {});
        QCOMPARE(sortedKeys(line.keys()),
                 sortedKeys({ u"id"_s, u"name"_s, u"email"_s, u"host"_s, u"port"_s, u"security"_s, u"user"_s,
                              u"auth"_s, u"state"_s, u"sentence"_s }));
        QCOMPARE(line[u"id"].toString(), u"3f0c"_s);
        QCOMPARE(line[u"name"].toString(), u"Work"_s);
        QCOMPARE(line[u"email"].toString(), u"ann@example.org"_s);
        QCOMPARE(line[u"host"].toString(), u"mx.example.org"_s);
        QCOMPARE(line[u"port"].toInt(), 465);
        QCOMPARE(line[u"security"].toString(), u"tls"_s);
        QCOMPARE(line[u"user"].toString(), u"ann"_s);
        QCOMPARE(line[u"auth"].toString(), u"auto"_s);
        QCOMPARE(line[u"state"].toString(), u"ready"_s);
        QVERIFY(line[u"sentence"].isNull());
    }

    void accountsWayToSignIn_isAWordOfTheOptions()
    {
        accounts::Account chosen = account();
        chosen.auth = "SCRAM-SHA-256";
        QCOMPARE(toJson(chosen, {})[u"auth"].toString(), u"scram-sha-256"_s);
        chosen.user.clear();
        QCOMPARE(toJson(chosen, {})[u"auth"].toString(), u"none"_s);
        QVERIFY(toJson(chosen, {})[u"user"].isNull());
    }

    void accountState_saysWhoMustAct()
    {
        using Kind = outbox::Problem::Kind;
        using State = outbox::AccountHold::State;
        const auto word = [](State state, Kind kind) {
            outbox::AccountHold hold;
            hold.state = state;
            hold.problem.kind = kind;
            return accountStateWord(hold);
        };
        QCOMPARE(word(State::Ready, Kind::None), u"ready"_s);
        QCOMPARE(word(State::Waiting, Kind::ConnectionRefused), u"ready"_s);
        QCOMPARE(word(State::Held, Kind::PasswordMissing), u"needs-password"_s);
        QCOMPARE(word(State::Held, Kind::KeychainUnavailable), u"needs-password"_s);
        QCOMPARE(word(State::Held, Kind::SignInRefused), u"needs-password"_s);
        QCOMPARE(word(State::Held, Kind::CertificateUntrusted), u"held"_s);
    }

    void attemptLine_namesServerAndOutcome()
    {
        outbox::Attempt attempt;
        attempt.started = QDateTime(QDate(2026, 11, 21), QTime(18, 5), Qt::UTC);
        attempt.host = u"mx.example.org"_s;
        attempt.port = 465;
        attempt.tls = u"TLS 1.3"_s;
        attempt.outcome = u"failed"_s;
        attempt.problem.kind = outbox::Problem::Kind::RecipientRefused;
        attempt.problem.code = 550;
        attempt.problem.text = u"No such user here"_s;
        const QJsonObject line = toJson(attempt);
        QCOMPARE(line[u"started"].toString(), u"2026-11-21T18:05:00Z"_s);
        QVERIFY(line[u"ended"].isNull());
        QCOMPARE(line[u"host"].toString(), u"mx.example.org"_s);
        QCOMPARE(line[u"port"].toInt(), 465);
        QCOMPARE(line[u"tls"].toString(), u"TLS 1.3"_s);
        QCOMPARE(line[u"outcome"].toString(), u"failed"_s);
        QCOMPARE(line[u"code"].toInt(), 550);
        QCOMPARE(line[u"text"].toString(), u"No such user here"_s);
    }

    void strangersText_cannotDriveTheTerminal()
    {
        QCOMPARE(printable(u"a\x1b[2Jb\r\nc\td\x7f\u009be\u202ef"_s), u"a[2Jb  c def"_s);
        QCOMPARE(printable(u"Grüße, 日本, \U0001F600"_s), u"Grüße, 日本, \U0001F600"_s);
    }

    void json_isOneObjectPerLineOnStandardOutput()
    {
        const Stream results(std::tmpfile());
        const Stream messages(std::tmpfile());
        Output output(Output::Format::Json, results.get(), messages.get());
        output.result(QJsonObject { { u"a"_s, 1 } }, u"one"_s);
        output.result(QJsonObject { { u"a"_s, u"x\ny"_s } });
        output.message(u"Done.\nReally."_s);
        QVERIFY(output.flush());
        QCOMPARE(contentOf(results.get()), QByteArray("{\"a\":1}\n{\"a\":\"x\\ny\"}\n"));
        QCOMPARE(contentOf(messages.get()), QByteArray("Done. Really.\n"));
    }

    void text_hasNoJson()
    {
        const Stream results(std::tmpfile());
        const Stream messages(std::tmpfile());
        Output output(Output::Format::Text, results.get(), messages.get());
        output.result(QJsonObject { { u"a"_s, 1 } }, u"one"_s);
        output.result(QJsonObject { { u"a"_s, 2 } });
        QVERIFY(output.flush());
        QCOMPARE(contentOf(results.get()), QByteArray("one\n"));
        QVERIFY(contentOf(messages.get()).isEmpty());
    }

    void fullOutput_isNoticed()
    {
        const Stream full(std::fopen("/dev/full", "w"));
        if (!full)
            QSKIP("There is no device that is always full.");
        Output output(Output::Format::Text, full.get(), stderr);
        output.result({}, u"one"_s);
        QVERIFY(!output.flush());
    }
};

QTEST_GUILESS_MAIN(OutputTest)

#include "tst_output.moc"
