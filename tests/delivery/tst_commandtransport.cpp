// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/commandtransport.h"
#include "delivery/deliveryfixture.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::MessageState;
using outbox::Problem;
using outbox::RecipientState;

namespace {

QList<QByteArray> recipients(qsizetype count)
{
    QList<QByteArray> addresses;
    for (qsizetype i = 0; i < count; ++i)
        addresses.append("r" + QByteArray::number(i) + "@example.org");
    return addresses;
}

} // namespace

/// Messages that a program takes in a server's place.
class CommandTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void arguments_nameTheEnvelope_data();
    void arguments_nameTheEnvelope();
    void exitCodes_haveTheirMeaning_data();
    void exitCodes_haveTheirMeaning();
    void whatAProgramSays_isInert();

    void aMessage_arrivesWithLocalLineEnds();
    void nothingStarts_beforeTheMarkIsWritten();
    void manyRecipients_goInSeveralCalls();
    void aRefusalInTheMiddle_leavesTheRestUntried();
    void aProgramThatIsKilled_leavesItInDoubt();
    void aProgramThatHangs_leavesItInDoubtAndGoesOn();
    void strangeAddresses_areNoOptions();
    void wishesThatCannotBeTold_areSaid();
    void aMissingProgram_isSaid_data();
    void aMissingProgram_isSaid();

    void aQueue_isHandedToTheProgram();
    void aProgramInTrouble_letsTheAccountWaitOnce();
    void aProgramThatIsNotSetUp_holdsTheAccountOnce();
    void anAccountWithACommand_isProvedWithoutAMessage();

private:
    /// A program that keeps its arguments and its input, and then does as told.
    [[nodiscard]] QString program(const QByteArray &then = "exit 0\n") const;
    [[nodiscard]] QList<QByteArray> calls() const;
    [[nodiscard]] Consignment consignment(const QByteArray &content, qsizetype count = 1) const;
    [[nodiscard]] AttemptOutcome take(CommandTransport &transport, Consignment consignment);

    std::unique_ptr<QTemporaryDir> m_folder {};
};

void CommandTransportTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString CommandTransportTest::program(const QByteArray &then) const
{
    const QString path = m_folder->filePath(u"sendmail"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    const QByteArray folder = m_folder->path().toUtf8();
    file.write("#!/bin/sh\nnumber=$$\nprintf '%s\\n' \"$@\" >\"" + folder + "/arguments.$number\"\ncat >\""
               + folder + "/input.$number\"\n" + then);
    file.close();
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

QList<QByteArray> CommandTransportTest::calls() const
{
    QList<QByteArray> calls;
    const QDir folder(m_folder->path());
    for (const QString &name :
         folder.entryList({ u"arguments.*"_s }, QDir::Files, QDir::Time | QDir::Reversed)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            calls.append(file.readAll().replace('\n', ' ').trimmed());
    }
    return calls;
}

Consignment CommandTransportTest::consignment(const QByteArray &content, qsizetype count) const
{
    Consignment consignment;
    consignment.envelope.reversePath = "ann@example.org";
    consignment.envelope.recipients = recipients(count);
    consignment.envelope.size = content.size();
    consignment.openContent = [content]() -> std::unique_ptr<QIODevice> {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(content);
        return buffer->open(QIODevice::ReadOnly) ? std::move(buffer) : nullptr;
    };
    return consignment;
}

AttemptOutcome CommandTransportTest::take(CommandTransport &transport, Consignment message)
{
    std::optional<AttemptOutcome> outcome;
    connect(&transport, &Transport::finalOctetsDue, &transport, &Transport::releaseFinalOctets);
    connect(&transport, &Transport::done, &transport,
            [&outcome](HandoverId, const AttemptOutcome &end) { outcome = end; });
    transport.submit(1, std::move(message));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), 60'000); }();
    return outcome.value_or(AttemptOutcome());
}

void CommandTransportTest::arguments_nameTheEnvelope_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QByteArray>("sender");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringList { u"/x"_s } << "a@b.example"_ba
                           << u"-i -f a@b.example -- r0@example.org"_s;
    QTest::newRow("own -i") << QStringList { u"/x"_s, u"-i"_s, u"-oQ1"_s } << "a@b.example"_ba
                            << u"-i -oQ1 -f a@b.example -- r0@example.org"_s;
    QTest::newRow("-t is not for this") << QStringList { u"/x"_s, u"-t"_s, u"-oi"_s } << "a@b.example"_ba
                                        << u"-i -f a@b.example -- r0@example.org"_s;
    QTest::newRow("null reverse-path")
        << QStringList { u"/x"_s } << QByteArray() << u"-i -f <> -- r0@example.org"_s;
}

void CommandTransportTest::arguments_nameTheEnvelope()
{
    QFETCH(QStringList, command);
    QFETCH(QByteArray, sender);
    QFETCH(QString, expected);
    QCOMPARE(commandArguments(command, sender, recipients(1)).join(u' '), expected);
}

void CommandTransportTest::exitCodes_haveTheirMeaning_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<qsizetype>("count");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<RecipientState>("state");
    using Kind = Problem::Kind;
    using State = RecipientState;
    QTest::newRow("accepted") << 0 << qsizetype(3) << Kind::None << State::Sent;
    QTest::newRow("bad data") << 65 << qsizetype(3) << Kind::MessageRefused << State::Failed;
    QTest::newRow("no such user") << 67 << qsizetype(1) << Kind::RecipientRefused << State::Failed;
    QTest::newRow("no such host") << 68 << qsizetype(1) << Kind::RecipientRefused << State::Failed;
    QTest::newRow("one of several") << 67 << qsizetype(3) << Kind::OutcomeUnknown << State::InDoubt;
    QTest::newRow("later") << 75 << qsizetype(3) << Kind::MessageDeferred << State::Deferred;
    for (const int trouble : { 1, 66, 69, 70, 71, 72, 73, 74, 76, 99 }) {
        QTest::addRow("trouble %d", trouble)
            << trouble << qsizetype(1) << Kind::CommandFailed << State::Deferred;
    }
    for (const int unusable : { 64, 77, 78, 126, 127 }) {
        QTest::addRow("unusable %d", unusable)
            << unusable << qsizetype(1) << Kind::CommandUnusable << State::Queued;
    }
}

void CommandTransportTest::exitCodes_haveTheirMeaning()
{
    QFETCH(int, code);
    QFETCH(qsizetype, count);
    QFETCH(Problem::Kind, kind);
    QFETCH(RecipientState, state);
    const AttemptOutcome outcome = commandOutcome(
        u"/usr/sbin/sendmail"_s, { .how = CommandEnd::How::Exited, .code = code, .words = u"said"_s },
        recipients(count));
    QVERIFY(outcome.problem.kind == kind);
    QCOMPARE(outcome.recipients.size(), count);
    for (const outbox::RecipientOutcome &recipient : outcome.recipients)
        QVERIFY(recipient.state == state);
    QCOMPARE(outcome.problem.isNone(), sentence(outcome.problem).isEmpty());
}

void CommandTransportTest::whatAProgramSays_isInert()
{
    QCOMPARE(printableWords("fatal:\x1b[31m no\r\n\t\x07 queue\n"), u"fatal: [31m no queue"_s);
    QCOMPARE(printableWords(QByteArray(5000, 'x')).size(), 1000);
}

void CommandTransportTest::aMessage_arrivesWithLocalLineEnds()
{
    QByteArray content = "Subject: x\r\n\r\nHello\r\n.\r\nlone\rCR\r\n";
    while (content.size() < 200'000) // line ends on both sides of every block's end
        content += QByteArray(static_cast<qsizetype>(content.size() % 7), 'a') + "\r\n";
    CommandTransport transport({ program() }, m_folder->path());
    const AttemptOutcome outcome = take(transport, consignment(content, 2));
    QVERIFY(outcome.problem.isNone());
    QVERIFY(outcome.recipients.size() == 2 && outcome.recipients[1].state == RecipientState::Sent);
    const QList<QByteArray> expected { "-i -f ann@example.org -- r0@example.org r1@example.org" };
    QCOMPARE(calls(), expected);
    const QStringList inputs = QDir(m_folder->path()).entryList({ u"input.*"_s });
    QCOMPARE(inputs.size(), 1);
    QFile input(m_folder->filePath(inputs.first()));
    QVERIFY(input.open(QIODevice::ReadOnly));
    QCOMPARE(input.readAll(), QByteArray(content).replace("\r\n", "\n"));
    QVERIFY(QDir(m_folder->path()).entryList({ u"command-*"_s }).isEmpty());
}

void CommandTransportTest::nothingStarts_beforeTheMarkIsWritten()
{
    CommandTransport transport({ program() }, m_folder->path());
    QSignalSpy due(&transport, &Transport::finalOctetsDue);
    QSignalSpy done(&transport, &Transport::done);
    transport.submit(1, consignment("one\r\n"));
    transport.submit(2, consignment("two\r\n"));
    QTRY_COMPARE(due.count(), 1); // one commit for both
    QVERIFY(!transport.isPastFinalOctet());
    transport.cancel();
    QCOMPARE(done.count(), 2);
    for (const QList<QVariant> &end : std::as_const(done)) {
        const auto outcome = end.at(1).value<AttemptOutcome>();
        QVERIFY(outcome.recipients.first().state == RecipientState::Queued);
        QVERIFY(outcome.problem.kind == Problem::Kind::Interrupted);
    }
    QVERIFY(calls().isEmpty());
}

void CommandTransportTest::manyRecipients_goInSeveralCalls()
{
    CommandTransport transport({ program() }, m_folder->path());
    QSignalSpy parts(&transport, &Transport::partlyDone);
    const AttemptOutcome outcome
        = take(transport, consignment("x\r\n", 2 * CommandTransport::MostRecipients + 1));
    QCOMPARE(outcome.recipients.size(), 2 * CommandTransport::MostRecipients + 1);
    QVERIFY(outcome.problem.isNone());
    QCOMPARE(parts.count(), 2);
    QCOMPARE(calls().size(), 3);
}

void CommandTransportTest::aRefusalInTheMiddle_leavesTheRestUntried()
{
    const QByteArray count = "ls \"" + m_folder->path().toUtf8() + "\"/input.* | wc -l";
    CommandTransport transport({ program("[ $(" + count + ") -lt 2 ] || exit 75\n") }, m_folder->path());
    const AttemptOutcome outcome
        = take(transport, consignment("x\r\n", 2 * CommandTransport::MostRecipients + 1));
    QVERIFY(outcome.problem.kind == Problem::Kind::MessageDeferred);
    QVERIFY(outcome.recipients.first().state == RecipientState::Sent);
    QVERIFY(outcome.recipients[CommandTransport::MostRecipients].state == RecipientState::Deferred);
    QVERIFY(outcome.recipients.last().state == RecipientState::Queued);
}

void CommandTransportTest::aProgramThatIsKilled_leavesItInDoubt()
{
    CommandTransport transport({ program("kill -9 $$\n") }, m_folder->path());
    const AttemptOutcome outcome = take(transport, consignment("x\r\n"));
    QVERIFY(outcome.recipients.first().state == RecipientState::InDoubt);
    QVERIFY(outcome.problem.kind == Problem::Kind::OutcomeUnknown);
}

void CommandTransportTest::aProgramThatHangs_leavesItInDoubtAndGoesOn()
{
    const QString marker = m_folder->filePath(u"went-on"_s);
    const QString gate = m_folder->filePath(u"gate"_s);
    CommandTransport transport(
        { program("while [ ! -e \"" + gate.toUtf8() + "\" ]; do sleep 0.05; done\ntouch \"" + marker.toUtf8()
                  + "\"\n") },
        m_folder->path());
    transport.setPatience(std::chrono::milliseconds(200));
    const AttemptOutcome outcome = take(transport, consignment("x\r\n"));
    QVERIFY(outcome.recipients.first().state == RecipientState::InDoubt);
    QVERIFY(!QFile::exists(marker));
    QFile file(gate);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(marker), 30'000); // nobody killed it
}

void CommandTransportTest::strangeAddresses_areNoOptions()
{
    CommandTransport transport({ program() }, m_folder->path());
    Consignment message = consignment("x\r\n");
    message.envelope.recipients = { "-OQueueDirectory=/tmp@example.org", "\"; touch pwned;\"@example.org",
                                    "$(touch pwned)@example.org" };
    QVERIFY(take(transport, message).problem.isNone());
    const QList<QByteArray> expected { "-i -f ann@example.org -- -OQueueDirectory=/tmp@example.org "
                                       "\"; touch pwned;\"@example.org $(touch pwned)@example.org" };
    QCOMPARE(calls(), expected);
    QVERIFY(!QFile::exists(m_folder->filePath(u"pwned"_s)) && !QFile::exists(u"/pwned"_s));
}

void CommandTransportTest::wishesThatCannotBeTold_areSaid()
{
    CommandTransport transport({ program() }, m_folder->path());
    QSignalSpy leftOut(&transport, &Transport::wishesLeftOut);
    Consignment wished = consignment("x\r\n");
    wished.envelope.notifications = smtp::StatusNotifications();
    QVERIFY(take(transport, wished).problem.isNone());
    QCOMPARE(leftOut.count(), 1);

    CommandTransport strict({ program() }, m_folder->path());
    Consignment demanded = consignment("x\r\n");
    demanded.envelope.transportSecurity = smtp::Envelope::TransportSecurity::RequireTls;
    const AttemptOutcome outcome = take(strict, demanded);
    QVERIFY(outcome.problem.kind == Problem::Kind::ServiceUnsupported);
    QVERIFY(outcome.recipients.first().state == RecipientState::Failed);
    QCOMPARE(calls().size(), 1);
}

void CommandTransportTest::aMissingProgram_isSaid_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Problem::Detail>("detail");
    QTest::newRow("not there") << u"/nowhere/sendmail"_s << Problem::Detail::CommandNotFound;
    QTest::newRow("a folder") << u"/tmp"_s << Problem::Detail::CommandNotExecutable;
    QTest::newRow("no program") << u"/etc/passwd"_s << Problem::Detail::CommandNotExecutable;
    QTest::newRow("no path") << u"sendmail"_s << Problem::Detail::CommandNotAbsolute;
    QTest::newRow("nothing") << QString() << Problem::Detail::CommandNotAbsolute;
}

void CommandTransportTest::aMissingProgram_isSaid()
{
    QFETCH(QString, path);
    QFETCH(Problem::Detail, detail);
    CommandTransport transport({ path }, m_folder->path());
    std::optional<Problem> problem;
    connect(&transport, &Transport::failed, this, [&problem](const Problem &told) { problem = told; });
    transport.open();
    QTRY_VERIFY(problem.has_value());
    QVERIFY(problem->kind == Problem::Kind::CommandUnusable);
    QVERIFY(problem->detail == detail);
    QVERIFY(path.isEmpty() || sentence(*problem).contains(path));
    QVERIFY(!advice(*problem).isEmpty());
}

void CommandTransportTest::aQueue_isHandedToTheProgram()
{
    DeliveryFixture f;
    f.serve({});
    f.account.command = { program() };
    QVERIFY(f.open());
    QList<outbox::MessageId> ids;
    for (int i = 0; i < 30; ++i)
        ids.append(f.send(DeliveryFixture::draft(QString::number(i))));
    for (const outbox::MessageId &id : std::as_const(ids))
        QTRY_VERIFY_WITH_TIMEOUT(f.find(id).state == MessageState::Sent, 60'000);
    QCOMPARE(calls().size(), 30);
    QVERIFY(f.server().commands().isEmpty());
    QVERIFY(QDir(f.profile.folder()).entryList({ u"command-*"_s }).isEmpty());
}

void CommandTransportTest::aProgramInTrouble_letsTheAccountWaitOnce()
{
    DeliveryFixture f;
    f.serve({});
    f.account.command = { program("echo 'fatal: queue is down' >&2\nexit 74\n") };
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_VERIFY_WITH_TIMEOUT(f.hold().state == outbox::AccountHold::State::Waiting, 30'000);
    QVERIFY(f.hold().problem.kind == Problem::Kind::CommandFailed);
    QCOMPARE(f.hold().problem.text, u"fatal: queue is down"_s);
    QVERIFY(f.find(id).state == MessageState::Deferred);
    QCOMPARE(f.find(id).attempts, 0);
}

void CommandTransportTest::aProgramThatIsNotSetUp_holdsTheAccountOnce()
{
    DeliveryFixture f;
    f.serve({});
    f.account.command = { program("exit 78\n") };
    QVERIFY(f.open());
    QList<outbox::MessageId> ids;
    for (int i = 0; i < 10; ++i)
        ids.append(f.send(DeliveryFixture::draft(QString::number(i))));
    QTRY_VERIFY_WITH_TIMEOUT(f.hold().state == outbox::AccountHold::State::Held, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(f.find(ids.last()).state == MessageState::Held, 30'000);
    QVERIFY(calls().size() <= CommandTransport::MostAtOnce);
}

void CommandTransportTest::anAccountWithACommand_isProvedWithoutAMessage()
{
    DeliveryFixture f;
    f.serve({});
    QVERIFY(f.open());
    accounts::Account account = f.account;
    account.command = { program() };
    account.user.clear();
    std::optional<bool> added;
    f.office().addAccount(
        account, base::Secret(), PostOffice::Proof::SignIn, this,
        [&added](const base::Expected<accounts::Account, Trouble> &answer) { added = answer.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(added.has_value(), 20'000);
    QVERIFY(*added);
    account.command = { u"/nowhere/sendmail"_s };
    std::optional<Problem::Kind> kind;
    f.office().addAccount(account, base::Secret(), PostOffice::Proof::SignIn, this,
                          [&kind](const base::Expected<accounts::Account, Trouble> &answer) {
                              kind = answer ? Problem::Kind::None : std::get<Problem>(answer.error()).kind;
                          });
    QTRY_VERIFY_WITH_TIMEOUT(kind.has_value(), 20'000);
    QVERIFY(*kind == Problem::Kind::CommandUnusable);
    QVERIFY(calls().isEmpty() && f.server().commands().isEmpty());
}

} // namespace postrider::delivery

QTEST_GUILESS_MAIN(postrider::delivery::CommandTransportTest)
#include "tst_commandtransport.moc"
