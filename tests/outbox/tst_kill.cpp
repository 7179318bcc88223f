// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxfixture.h"

#include <QHash>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::outbox {

/// A process that uses the outbox, killed at each of its calls that change the disk, and the order of those
/// calls, on which it depends what is there after a loss of power.
class TestKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedAtAnyStep_losesNothingAndDoublesNothing_data();
    void killedAtAnyStep_losesNothingAndDoublesNothing();
    void killedAtRandom_losesNothingAndDoublesNothing_data();
    void killedAtRandom_losesNothingAndDoublesNothing();
    void everythingIsOnDisk_beforeItIsReported();

private:
    /// Runs the program under strace with more options; its exit code, or -1 when it was killed.
    [[nodiscard]] int run(const OutboxFixture &fixture, const QStringList &options, QByteArray &said) const;

    [[nodiscard]] std::optional<bool> killAt(const QString &call, int number);
    static void check(OutboxFixture &fixture, const QByteArray &said, const QByteArray &where);

    QString m_strace {};
};

void TestKill::initTestCase()
{
    m_strace = QStandardPaths::findExecutable(u"strace"_s);
    if (m_strace.isEmpty()) {
        QSKIP("strace is not installed");
    }
    QProcess probe;
    probe.start(m_strace, { u"-qq"_s, u"-e"_s, u"trace=none"_s, u"true"_s });
    if (!probe.waitForFinished() || probe.exitCode() != 0) {
        QSKIP("strace may not watch processes here");
    }
}

int TestKill::run(const OutboxFixture &fixture, const QStringList &options, QByteArray &said) const
{
    const QString attachment = fixture.profile.writeBeside(u"offer.txt"_s, QByteArray(70'000, 'o'));
    QProcess process;
    // A leak sanitizer cannot look at what is traced, and says so with an exit code.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"ASAN_OPTIONS"_s, environment.value(u"ASAN_OPTIONS"_s) + u":detect_leaks=0"_s);
    process.setProcessEnvironment(environment);
    process.setProgram(m_strace);
    process.setArguments(
        QStringList { u"-f"_s, u"-qq"_s, u"-y"_s } + options
        + QStringList { QStringLiteral(OUTBOX_STEPS), fixture.profile.folder(), attachment });
    process.start();
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return -2;
    }
    said = process.readAllStandardOutput();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void TestKill::killedAtAnyStep_losesNothingAndDoublesNothing_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("step");
    for (const char *call : { "fsync", "fdatasync", "rename", "unlink", "ftruncate" }) {
        QTest::newRow(call) << QString::fromLatin1(call) << 1 << 1;
    }
    // The many writes into the log of the database: every 13th of them, in rows that take their time in turn.
    constexpr int Step = 13;
    constexpr int Rows = 5;
    for (int first = 1; first <= Rows * Step; first += Step) {
        QTest::addRow("pwrite64 from %d", first) << u"pwrite64"_s << first << Rows * Step;
    }
}

void TestKill::killedAtAnyStep_losesNothingAndDoublesNothing()
{
    QFETCH(QString, call);
    QFETCH(int, first);
    QFETCH(int, step);
    int kills = 0;
    for (int number = first;; number += step) {
        const std::optional<bool> killed = killAt(call, number);
        QVERIFY(killed);
        if (!*killed) {
            break;
        }
        ++kills;
    }
    qInfo("killed %d times at %s", kills, qPrintable(call));
    QVERIFY(kills > 0);
}

void TestKill::killedAtRandom_losesNothingAndDoublesNothing_data()
{
    QTest::addColumn<int>("kills");
    // With those above some 200; benchmarks ask for more.
    constexpr int KillsInRound = 13;
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("POSTRIDER_RANDOM_KILLS", &isGiven);
    for (int left = isGiven ? given : 10 * KillsInRound; left > 0; left -= KillsInRound) {
        QTest::addRow("%d left", left) << std::min(left, KillsInRound);
    }
}

void TestKill::killedAtRandom_losesNothingAndDoublesNothing()
{
    QFETCH(int, kills);
    OutboxFixture fixture;
    const QString log = fixture.profile.beside(u"calls"_s);
    QByteArray said;
    QCOMPARE(run(fixture, { u"-o"_s, log, u"-e"_s, u"trace=all"_s }, said), 0);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto calls = static_cast<int>(file.readAll().count('\n'));
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u, %d kills in %d system calls", seed, kills, calls);
    QRandomGenerator random(seed);
    for (int kill = 0; kill < kills; ++kill) {
        QVERIFY(killAt(u"all"_s, random.bounded(1, calls)));
    }
}

/// Whether it came that far; nothing when the outbox was not as it has to be.
std::optional<bool> TestKill::killAt(const QString &call, int number)
{
    OutboxFixture fixture;
    QByteArray said;
    const int code = run(fixture,
                         { u"-o"_s, u"/dev/null"_s, u"-e"_s, u"trace="_s + call, u"-e"_s,
                           u"inject=%1:signal=KILL:when=%2"_s.arg(call).arg(number) },
                         said);
    const QByteArray where = call.toLatin1() + ' ' + QByteArray::number(number);
    if (code != 0 && code != -1) {
        qWarning("exit code %d at %s", code, where.constData());
        return {};
    }
    check(fixture, said, where);
    return QTest::currentTestFailed() ? std::nullopt : std::optional(code == -1);
}

/// What is there after a process that said this.
void TestKill::check(OutboxFixture &fixture, const QByteArray &said, const QByteArray &where)
{
    QVERIFY2(fixture.reopen(), where.constData());
    QVERIFY2(fixture.store().setAside().isEmpty(), where.constData());
    const auto preparing = fixture.store().recover();
    QVERIFY2(preparing, where.constData());
    for (const QString &id : *preparing) {
        QVERIFY2(fixture.store().render(id), where.constData());
    }
    QHash<MessageId, QByteArray> reported; // the last word about each
    for (const QByteArray &line : said.split('\n')) {
        if (const qsizetype space = line.indexOf(' '); space > 0) {
            reported.insert(QString::fromLatin1(line.mid(space + 1)), line.first(space));
        }
    }
    const auto all = fixture.store().list(10);
    QVERIFY2(all && all->size() >= reported.size(), where.constData());
    for (auto message = reported.cbegin(); message != reported.cend(); ++message) {
        const MessageState state = fixture.state(message.key());
        const QByteArray context = where + " after " + message.value() + ": " + toString(state).toLatin1();
        QVERIFY2(!fixture.content(message.key()).isEmpty(), context.constData());
        // What was not reported may have been reached all the same: the kill came between.
        if (message.value() == "prepared" || message.value() == "queued") {
            QVERIFY2(state == MessageState::Queued, context.constData());
        } else if (message.value() == "begun") {
            QVERIFY2(state == MessageState::Queued || state == MessageState::InDoubt, context.constData());
        } else if (message.value() == "marked") {
            QVERIFY2(state == MessageState::InDoubt || state == MessageState::Sent, context.constData());
        } else {
            QVERIFY2(state == MessageState::Sent, context.constData());
        }
    }
    // And the rest goes on.
    QVERIFY2(!fixture.queue().isEmpty(), where.constData());
}

void TestKill::everythingIsOnDisk_beforeItIsReported()
{
    OutboxFixture fixture;
    const QString log = fixture.profile.beside(u"calls"_s);
    QByteArray said;
    QCOMPARE(
        run(fixture,
            { u"-o"_s, log, u"-e"_s, u"trace=write,pwrite64,fsync,fdatasync,rename"_s, u"-s"_s, u"12"_s },
            said),
        0);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    // The second message is the large one. Its attachment and then its content go into the spool: written
    // beside, synced, renamed, the folder synced; then the log of the database is written and synced; then it
    // is said.
    const QStringList spooled {
        u" write\\(\\d+<[^>]*/spool/[^>]*\\.part>"_s,
        u" fsync\\(\\d+<[^>]*/spool/[^>]*\\.part>"_s,
        u" rename\\(\"[^\"]*/spool/[^\"]*\\.part\", "_s,
        u" fsync\\(\\d+<[^>]*/spool/[0-9a-f]{2}>"_s,
    };
    const QStringList committed {
        u" pwrite64\\(\\d+<[^>]*postrider\\.sqlite-wal>"_s,
        u" (fsync|fdatasync)\\(\\d+<[^>]*postrider\\.sqlite-wal>"_s,
    };
    const auto report = [](const char *word) { return QStringList { u"\""_s + QLatin1String(word) + u' ' }; };
    QStringList expected = report("sent") + spooled + committed + report("prepared") + spooled + committed
        + report("queued") + committed + report("begun") + committed + report("marked") + committed
        + report("sent");
    for (const QString &line : lines) {
        if (!expected.isEmpty() && QRegularExpression(expected.first()).match(line).hasMatch()) {
            expected.removeFirst();
        }
    }
    QCOMPARE(expected, QStringList());
    // Between the last write into the log and each report there is a sync: nothing is said too early.
    bool isSynced = true;
    int reports = 0;
    for (const QString &line : lines) {
        if (line.contains(u"pwrite64("_s) && line.contains(u"-wal>"_s)) {
            isSynced = false;
        } else if (line.contains(u"sync("_s) && line.contains(u"-wal>"_s)) {
            isSynced = true;
        } else if (line.contains(u"write(1<"_s)) {
            QVERIFY2(isSynced, qPrintable(line));
            ++reports;
        }
    }
    QCOMPARE(reports, 10);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestKill)
#include "tst_kill.moc"
