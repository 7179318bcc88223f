// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/database.h"
#include "outbox/integrity.h"
#include "outboxfixture.h"
#include "support/sql.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::outbox {

using support::sql;
using support::sqlScript;

/// For a test's message.
template <typename T>
[[nodiscard]] QByteArray wordsOf(const Result<T> &result)
{
    if (result) {
        return {};
    }
    const StoreError &error = result.error();
    return ": " + QByteArray::number(static_cast<int>(error.kind)) + ' ' + error.subject.toUtf8() + ' '
        + error.reason.toUtf8();
}

/// Of a page: sqlite.org/fileformat2.html section 1.6.
constexpr char TableLeaf = 0x0d;

class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<OutboxFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void newDatabase_hasTheSettingsThatKeepMailSafe();
    void profile_isForItsOwnerOnlyWhateverTheUmask();
    void migrations_runInOrderAndOnce();
    void failedMigration_leavesTheVersionBefore();
    void everyVersion_keepsItsMail_data();
    void everyVersion_keepsItsMail();
    void flippedBit_setsAsideItsMessageOnly_data();
    void flippedBit_setsAsideItsMessageOnly();
    void damagedPage_costsOnlyWhatLiesOnIt_data();
    void damagedPage_costsOnlyWhatLiesOnIt();
    void damageAfterACrash_keepsWhatWasInTheLog();
    void salvageThatACrashInterrupted_isFinishedAtTheNextStart();
    void anyFlippedBit_sendsNothingThatWasNotWritten_data();
    void anyFlippedBit_sendsNothingThatWasNotWritten();
    void flippedBitOfTheFormat_isNoticedOrHarmless();
    void damagedSchema_isSetAside_data();
    void damagedSchema_isSetAside();
    void addedTrigger_isNoDamage();
    void contentInAnothersPlace_isNotSent();
    void damagedDraft_isNotWritten();
    void setAsideDatabase_keepsItsSpoolFiles();
    void largeDatabase_isNotReadThroughEachTime();
    void statementWithoutRoom_isDiskFull();
    void statementThatMayNotWrite_isReadOnly();
    void newerVersion_isLeftAlone();
    void damagedDatabase_isSetAside_data();
    void damagedDatabase_isSetAside();
    void damagedTwiceInOneSecond_keepsBoth();
    void foreignDatabase_isSetAside();
    void damagedPage_isFoundWhenOpening();
    void profileThatCannotBeMade_isReadOnly_data();
    void profileThatCannotBeMade_isReadOnly();

private:
    [[nodiscard]] QString path() const { return m_fixture->profile.path(u"postrider.sqlite"_s); }
    /// Damages the page of that kind that has the text.
    [[nodiscard]] bool overwritePage(const QByteArray &text, char kind) const;
    [[nodiscard]] QStringList migrationFiles(const QList<QByteArray> &scripts) const;

    std::unique_ptr<OutboxFixture> m_fixture {};
};

bool TestDatabase::overwritePage(const QByteArray &text, char kind) const
{
    constexpr qint64 PageSize = 4096;
    QFile file(path());
    if (!file.open(QIODevice::ReadWrite)) {
        return false;
    }
    for (qint64 page = PageSize; file.seek(page); page += PageSize) {
        const QByteArray octets = file.read(PageSize);
        if (octets.isEmpty()) {
            return false;
        }
        if (octets.startsWith(kind) && octets.contains(text)) {
            return file.seek(page) && file.write(QByteArray(PageSize, '\x5a')) == PageSize;
        }
    }
    return false;
}

QStringList TestDatabase::migrationFiles(const QList<QByteArray> &scripts) const
{
    QStringList files;
    for (const QByteArray &script : scripts) {
        files.append(m_fixture->profile.writeBeside(u"%1.sql"_s.arg(files.size() + 1), script));
    }
    return files;
}

void TestDatabase::newDatabase_hasTheSettingsThatKeepMailSafe()
{
    QVERIFY(m_fixture->reopen());
    auto database = Database::open(path(), Database::migrations());
    QVERIFY(database);
    QCOMPARE((*database)->ask(u"PRAGMA journal_mode"_s)->toString(), u"wal"_s);
    QCOMPARE((*database)->ask(u"PRAGMA synchronous"_s)->toInt(), 2); // FULL
    QCOMPARE((*database)->ask(u"PRAGMA foreign_keys"_s)->toInt(), 1);
    QCOMPARE((*database)->ask(u"PRAGMA busy_timeout"_s)->toInt(), 5000);
    QCOMPARE((*database)->ask(u"PRAGMA application_id"_s)->toInt(), Database::ApplicationId);
    QCOMPARE((*database)->ask(u"PRAGMA user_version"_s)->toInt(), Database::migrations().size());
}

void TestDatabase::profile_isForItsOwnerOnlyWhateverTheUmask()
{
#ifdef Q_OS_UNIX
    const mode_t before = ::umask(0);
    const bool opened = m_fixture->reopen();
    const MessageId id = opened ? m_fixture->queue() : MessageId();
    mime::Draft large = OutboxFixture::draft();
    large.text = QString(100'000, u'x');
    const MessageId largeId = opened ? m_fixture->queue(large) : MessageId();
    ::umask(before);
    QVERIFY(!id.isEmpty());
    QVERIFY(!largeId.isEmpty());
    const auto mode = [](const QString &name) {
        struct stat status = {};
        return ::stat(QFile::encodeName(name).constData(), &status) == 0 ? status.st_mode & 0777 : 0U;
    };
    QCOMPARE(mode(m_fixture->profile.folder()), 0700U);
    QCOMPARE(mode(m_fixture->profile.path(u"spool"_s)), 0700U);
    for (const char *suffix : { "", "-wal", "-shm" }) {
        QCOMPARE(mode(path() + QLatin1StringView(suffix)), 0600U);
    }
    QCOMPARE(m_fixture->spoolFiles().size(), 1);
    QCOMPARE(mode(m_fixture->spoolFiles().first()), 0600U);
#else
    QSKIP("file modes are POSIX");
#endif
}

void TestDatabase::migrations_runInOrderAndOnce()
{
    QVERIFY(m_fixture->reopen());
    m_fixture->close();
    const QString file = m_fixture->profile.path(u"other.sqlite"_s);
    const QStringList both
        = migrationFiles({ "CREATE TABLE notes (\n  a TEXT\n);\nINSERT INTO notes VALUES ('1; 2');\n",
                           "ALTER TABLE notes ADD COLUMN b TEXT DEFAULT 'new';\n" });
    {
        const auto first = Database::open(file, both.first(1));
        QVERIFY2(first, qPrintable(first ? QString() : first.error().reason));
    }
    for (int time = 0; time < 2; ++time) {
        const auto second = Database::open(file, both);
        QVERIFY2(second, qPrintable(second ? QString() : second.error().reason));
        QCOMPARE((*second)->ask(u"SELECT count(*) FROM notes"_s)->toInt(), 1);
        QCOMPARE((*second)->ask(u"SELECT a || b FROM notes"_s)->toString(), u"1; 2new"_s);
        QCOMPARE((*second)->ask(u"PRAGMA user_version"_s)->toInt(), 2);
    }
}

void TestDatabase::failedMigration_leavesTheVersionBefore()
{
    QVERIFY(m_fixture->reopen());
    m_fixture->close();
    const QString file = m_fixture->profile.path(u"other.sqlite"_s);
    const QStringList both = migrationFiles(
        { "CREATE TABLE notes (a TEXT);\n", "CREATE TABLE more (a TEXT);\nCREATE NONSENSE;\n" });
    QVERIFY(Database::open(file, both.first(1)));
    const auto failed = Database::open(file, both);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, StoreError::Kind::Failed);
    QCOMPARE(sql(file, u"PRAGMA user_version"_s).toInt(), 1);
    QCOMPARE(sql(file, u"SELECT count(*) FROM sqlite_master WHERE name = 'more'"_s).toInt(), 0);
}

void TestDatabase::everyVersion_keepsItsMail_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version <= Database::migrations().size(); ++version) {
        QTest::addRow("version %d", version) << version;
    }
}

void TestDatabase::everyVersion_keepsItsMail()
{
    QFETCH(int, version);
    QVERIFY(m_fixture->reopen()); // for the folder
    m_fixture->close();
    for (const char *suffix : { "", "-wal", "-shm" }) {
        QFile::remove(path() + QLatin1StringView(suffix));
    }
    QFile dump(QStringLiteral(OUTBOX_SCHEMAS "/version-%1.sql").arg(version));
    QVERIFY(dump.open(QIODevice::ReadOnly));
    QCOMPARE(sqlScript(path(), QString::fromUtf8(dump.readAll())), QString());
    QCOMPARE(sql(path(), u"PRAGMA user_version"_s).toInt(), version);

    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    QCOMPARE(sql(path(), u"PRAGMA foreign_key_check"_s), QVariant());
    const auto id = [](int number) { return u"11111111-0000-4000-8000-00000000000%1"_s.arg(number); };
    const QList<MessageState> states
        = { MessageState::Queued, MessageState::Deferred,   MessageState::Sent,   MessageState::InDoubt,
            MessageState::Held,   MessageState::PartlySent, MessageState::Sending };
    QCOMPARE(m_fixture->store().list(100)->size(), states.size());
    m_fixture->clock.setWallClock(QDateTime::fromMSecsSinceEpoch(1772440600000, Qt::UTC));
    for (int number = 1; number <= states.size(); ++number) {
        QCOMPARE(m_fixture->state(id(number)), states.at(number - 1));
        QCOMPARE(m_fixture->content(id(number)), QByteArray("Subject:x\r\n\r"));
    }
    const MessageDetails sent = *m_fixture->store().find(id(3));
    QCOMPARE(sent.attempts.size(), 1);
    QCOMPARE(sent.attempts.first().host, u"smtp.example.org"_s);
    QCOMPARE(sent.summary.recipients.first().text, u"queued as 7"_s);
    const MessageSummary partly = m_fixture->summary(id(6));
    QCOMPARE(partly.recipients.size(), 2);
    QCOMPARE(partly.recipients.at(1).address, QByteArray("eve@example.net"));
    QCOMPARE(partly.recipients.at(1).text, u"no such user"_s);
    QCOMPARE(m_fixture->store().accountHold(u"account-2"_s)->failures, 3);
    QCOMPARE(m_fixture->store().facts(u"account-1"_s)->has_value(), version >= 2);

    // All of it goes on: what was on its way is in doubt, what was in doubt has been so since then.
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(m_fixture->state(id(7)), MessageState::InDoubt);
    QCOMPARE(m_fixture->summary(id(4)).inDoubtSince, QDateTime::fromMSecsSinceEpoch(1772440300000, Qt::UTC));
    const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 8);
    QVERIFY(jobs);
    QCOMPARE(jobs->first().id, id(1));
    QCOMPARE(jobs->first().content, QByteArray("Subject:x\r\n\r"));
    QVERIFY(jobs->first().recording == (version >= 2 ? Recording::On : Recording::Off));
    QVERIFY(m_fixture->store().finish(jobs->first().attempt,
                                      OutboxFixture::outcome(jobs->first(), RecipientState::Sent)));
    QVERIFY(m_fixture->store().correctRecipients(id(6), { { "eve@example.net", "eva@example.net" } }));
    QCOMPARE(m_fixture->store().sentRecords(10)->size(), version >= 3 ? 1 : 0);
}

void TestDatabase::statementWithoutRoom_isDiskFull()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    const auto database = Database::open(path(), Database::migrations());
    QVERIFY(database);
    // No page more than there are now, as on a disk without room.
    QVERIFY((*database)->run(u"PRAGMA max_page_count = 1"_s));
    const auto filled
        = (*database)->run(u"UPDATE contents SET octets = zeroblob(50000) WHERE octets IS NOT NULL"_s);
    QVERIFY(!filled);
    QCOMPARE(filled.error().kind, StoreError::Kind::DiskFull);
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
}

void TestDatabase::statementThatMayNotWrite_isReadOnly()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    const auto database = Database::open(path(), Database::migrations());
    QVERIFY(database);
    QVERIFY((*database)->run(u"PRAGMA query_only = ON"_s));
    const auto changed = (*database)->run(u"DELETE FROM messages"_s);
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, StoreError::Kind::ReadOnly);
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
}

void TestDatabase::newerVersion_isLeftAlone()
{
    QVERIFY(m_fixture->reopen());
    const MessageId id = m_fixture->queue();
    m_fixture->close();
    QCOMPARE(sqlScript(path(), u"PRAGMA user_version = 99"_s), QString());
    const auto opened = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, StoreError::Kind::NewerVersion);
    QCOMPARE(sql(path(), u"PRAGMA user_version"_s).toInt(), 99);
    QCOMPARE(sql(path(), u"SELECT id FROM messages"_s).toString(), id);
}

void TestDatabase::damagedDatabase_isSetAside_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("a text") << QByteArray("this is no database, but somebody may still want to read it\n");
    QTest::newRow("zeros") << QByteArray(8192, '\0');
    QTest::newRow("the first page only")
        << QByteArray(QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\x7f'));
}

void TestDatabase::damagedDatabase_isSetAside()
{
    QFETCH(QByteArray, octets);
    QVERIFY(m_fixture->reopen());
    m_fixture->close();
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(octets), octets.size());
    }
    QVERIFY(m_fixture->reopen());
    const QString aside = m_fixture->store().setAside();
    QCOMPARE(aside, path() + u".damaged-20260302T090000Z"_s);
    QFile file(aside);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), octets);
    QVERIFY(!m_fixture->queue().isEmpty());
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    QCOMPARE(m_fixture->store().list(10)->size(), 1);
}

void TestDatabase::damagedTwiceInOneSecond_keepsBoth()
{
    QStringList names;
    for (const char *text :
         { "first wreck, long enough to be read as a header................................",
           "second wreck, long enough to be read as a header..............................." }) {
        QVERIFY(m_fixture->reopen());
        m_fixture->close();
        {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(text);
        }
        QVERIFY(m_fixture->reopen());
        names.append(m_fixture->store().setAside());
    }
    QVERIFY(names[0] != names[1]);
    QFile first(names[0]);
    QVERIFY(first.open(QIODevice::ReadOnly));
    QVERIFY(first.readAll().startsWith("first"));
    QFile second(names[1]);
    QVERIFY(second.open(QIODevice::ReadOnly));
    QVERIFY(second.readAll().startsWith("second"));
}

void TestDatabase::foreignDatabase_isSetAside()
{
    QVERIFY(m_fixture->reopen());
    m_fixture->close();
    QVERIFY(QFile::remove(path()));
    QCOMPARE(sqlScript(path(), u"CREATE TABLE recipes (name TEXT)"_s), QString());
    QVERIFY(m_fixture->reopen());
    QVERIFY(!m_fixture->store().setAside().isEmpty());
    QCOMPARE(sql(m_fixture->store().setAside(), u"SELECT name FROM sqlite_master"_s).toString(),
             u"recipes"_s);
}

void TestDatabase::damagedPage_isFoundWhenOpening()
{
    QVERIFY(m_fixture->reopen());
    for (int count = 0; count < 30; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    m_fixture->close();
    {
        constexpr qint64 PageSize = 4096;
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 4 * PageSize);
        const QByteArray noise(static_cast<qsizetype>(file.size() - PageSize), '\x5a');
        QVERIFY(file.seek(PageSize));
        QCOMPARE(file.write(noise), noise.size());
    }
    QVERIFY(m_fixture->reopen());
    QVERIFY(QFile::exists(m_fixture->store().setAside()));
    QCOMPARE(m_fixture->store().list(10)->size(), 0);
}

void TestDatabase::flippedBit_setsAsideItsMessageOnly_data()
{
    QTest::addColumn<int>("length");
    QTest::newRow("in the database") << 1000;
    QTest::newRow("in a spool file") << 200'000;
}

void TestDatabase::flippedBit_setsAsideItsMessageOnly()
{
    QFETCH(int, length);
    QVERIFY(m_fixture->reopen());
    QBuffer message;
    message.setData("From: ann@example.org\r\nTo: bob@example.net\r\n\r\nbefore" + QByteArray(length, 'x')
                    + "\r\n");
    QVERIFY(message.open(QIODevice::ReadOnly));
    const MessageId flipped = *m_fixture->store().enqueueFile(message, OutboxFixture::options());
    const MessageId whole = m_fixture->queue();
    m_fixture->close();
    const QStringList files = m_fixture->spoolFiles();
    QFile file(files.isEmpty() ? path() : files.first());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 place = file.readAll().indexOf("beforexx");
    QVERIFY(place > 0);
    QVERIFY(file.seek(place));
    QVERIFY(file.putChar('B')); // 'b' with one bit less
    file.close();

    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 8);
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 1);
    QCOMPARE(jobs->first().id, whole);
    QVERIFY(m_fixture->reopen());
    const MessageSummary summary = m_fixture->summary(flipped);
    QCOMPARE(summary.state, MessageState::Damaged);
    QVERIFY(summary.problem.kind == Problem::Kind::ContentMissing);
    QVERIFY2(!m_fixture->content(flipped).isEmpty(), "kept for a person to look at");
    QVERIFY(m_fixture->store().beginDue(u"account-1"_s, 8)->isEmpty());
}

void TestDatabase::damagedPage_costsOnlyWhatLiesOnIt_data()
{
    QTest::addColumn<char>("kind"); // of a page
    QTest::addColumn<bool>("isContent");
    QTest::addColumn<int>("damaged"); // at most
    constexpr char IndexLeaf = 0x0a;
    QTest::newRow("contents") << TableLeaf << true << 3;
    QTest::newRow("messages") << TableLeaf << false << 30;
    QTest::newRow("ids of messages") << IndexLeaf << false << 0;
}

void TestDatabase::damagedPage_costsOnlyWhatLiesOnIt()
{
    QFETCH(char, kind);
    QFETCH(bool, isContent);
    QFETCH(int, damaged);
    QVERIFY(m_fixture->reopen());
    QStringList ids;
    for (int count = 0; count < 40; ++count) {
        QBuffer message;
        message.setData("From: ann@example.org\r\nTo: bob@example.net\r\n\r\nunmistakable"
                        + QByteArray::number(count) + QByteArray(1500, 'x') + "\r\n");
        QVERIFY(message.open(QIODevice::ReadOnly));
        ids.append(*m_fixture->store().enqueueFile(message, OutboxFixture::options()));
    }
    m_fixture->close();
    const QByteArray id = ids[20].toLatin1();
    // A message's row goes on with its Message-ID; its id alone is in the row of the content, too.
    const QByteArray ofMessage = kind == TableLeaf ? id + '<' : id;
    QVERIFY(overwritePage(isContent ? QByteArray("unmistakable20") : ofMessage, kind));

    QVERIFY(m_fixture->reopen());
    QVERIFY(QFile::exists(m_fixture->store().setAside()));
    const auto all = m_fixture->store().list(100);
    QCOMPARE(all->size(), ids.size());
    int hurt = 0;
    for (const MessageSummary &summary : *all) {
        QVERIFY(summary.state == MessageState::Queued || summary.state == MessageState::Damaged);
        if (summary.state == MessageState::Damaged) {
            QVERIFY(summary.problem.kind == Problem::Kind::ContentMissing);
            QVERIFY2(isContent || m_fixture->content(summary.id).contains("unmistakable"),
                     "what can be read can be saved");
            ++hurt;
        } else {
            QVERIFY(ids.contains(summary.id));
        }
    }
    QVERIFY2(hurt <= damaged && (hurt > 0 || damaged == 0), QByteArray::number(hurt).constData());
    const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 100);
    QCOMPARE(jobs->size(), ids.size() - hurt);
    for (const Job &job : *jobs) {
        QVERIFY(job.content.contains("unmistakable"));
    }
    QVERIFY(!m_fixture->queue().isEmpty());
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
}

void TestDatabase::damageAfterACrash_keepsWhatWasInTheLog()
{
    QVERIFY(m_fixture->reopen());
    for (int count = 0; count < 40; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    QVERIFY(m_fixture->reopen()); // what there is lies in the database now
    const MessageId last = m_fixture->queue();
    // As a killed process leaves it: the last message is in the log only.
    const OutboxFixture crashed;
    QVERIFY(QDir().mkpath(crashed.profile.folder()));
    for (const QString &suffix : { u""_s, u"-wal"_s }) {
        QVERIFY(QFile::copy(path() + suffix, crashed.profile.path(u"postrider.sqlite"_s) + suffix));
    }
    m_fixture->close();
    {
        constexpr qint64 PageSize = 4096;
        QFile file(crashed.profile.path(u"postrider.sqlite"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 place = file.readAll().indexOf("Subject: Invoice");
        QVERIFY(place > 0);
        QVERIFY(file.seek(place - place % PageSize));
        QCOMPARE(file.write(QByteArray(PageSize, '\x5a')), PageSize);
    }
    const auto store = Store::open(crashed.profile.folder(), crashed.clock);
    QVERIFY(store);
    QVERIFY(QFile::exists((*store)->setAside()));
    QVERIFY2(QFile::exists((*store)->setAside() + u"-wal"_s), "nothing of it is thrown away");
    const auto found = (*store)->find(last);
    QVERIFY(found);
    QCOMPARE(found->summary.subject, u"Invoice 7"_s);
}

void TestDatabase::salvageThatACrashInterrupted_isFinishedAtTheNextStart()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    m_fixture->close();
    // The copy was complete, and the damaged one had lost its log to its new name, but not its own yet.
    QVERIFY(QFile::copy(path(), path() + u".salvaged"_s));
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, '\x5a'));
    }
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
    QVERIFY(!QFile::exists(path() + u".salvaged"_s));
    QCOMPARE(QDir(m_fixture->profile.folder()).entryList({ u"postrider.sqlite.damaged-*"_s }).size(), 1);
}

void TestDatabase::anyFlippedBit_sendsNothingThatWasNotWritten_data()
{
    QTest::addColumn<int>("flips");
    for (int round = 1; round <= 4; ++round) {
        QTest::addRow("round %d", round) << 50;
    }
}

void TestDatabase::anyFlippedBit_sendsNothingThatWasNotWritten()
{
    QFETCH(int, flips);
    constexpr int Messages = 12;
    QVERIFY(m_fixture->reopen());
    for (int number = 0; number < Messages; ++number) {
        QBuffer message;
        message.setData("From: ann@example.org\r\nSubject: Letter " + QByteArray::number(number)
                        + "\r\n\r\nunmistakable" + QByteArray(600, 'x') + "\r\n");
        QVERIFY(message.open(QIODevice::ReadOnly));
        SendOptions options = OutboxFixture::options();
        options.recipients = { "bob" + QByteArray::number(number) + "@example.net" };
        QVERIFY(m_fixture->store().enqueueFile(message, options));
    }
    QHash<QByteArray, QByteArray> written; // by recipient
    const auto queued = m_fixture->store().list(Messages);
    QCOMPARE(queued->size(), Messages);
    for (const MessageSummary &summary : *queued) {
        written.insert(summary.recipients.first().address, m_fixture->content(summary.id));
    }
    m_fixture->close();
    QFile original(path());
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray sound = original.readAll();
    // Where something was ever written.
    QList<qsizetype> places;
    for (qsizetype place = 0; place < sound.size(); ++place) {
        if (sound.at(place) != 0) {
            places.append(place);
        }
    }

    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    int unharmed = 0;
    for (int flip = 0; flip < flips; ++flip) {
        const OutboxFixture flipped;
        QVERIFY(QDir().mkpath(flipped.profile.folder()));
        QByteArray octets = sound;
        const qsizetype place = places.at(random.bounded(static_cast<int>(places.size())));
        octets[place] = static_cast<char>(octets.at(place) ^ (1 << random.bounded(8)));
        QFile file(flipped.profile.path(u"postrider.sqlite"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(octets), octets.size());
        file.close();

        const QByteArray where = "seed " + QByteArray::number(seed) + ", octet " + QByteArray::number(place);
        auto store = Store::open(flipped.profile.folder(), flipped.clock);
        if (!store) {
            QVERIFY2(store.error().kind == StoreError::Kind::NewerVersion,
                     QByteArray(where + wordsOf(store)).constData());
            continue;
        }
        QVERIFY2((*store)->recover(), where.constData());
        int begun = 0;
        // An account's name may be the one that was hit.
        const auto due = (*store)->due();
        QVERIFY2(due, QByteArray(where + wordsOf(due)).constData());
        for (const MessageSummary &next : *due) {
            for (auto jobs = (*store)->beginDue(next.accountId, 100); !jobs || !jobs->isEmpty();
                 jobs = (*store)->beginDue(next.accountId, 100)) {
                QVERIFY2(jobs, QByteArray(where + wordsOf(jobs)).constData());
                for (const Job &job : *jobs) {
                    QCOMPARE(job.recipients.size(), 1);
                    QVERIFY2(written.value(job.recipients.first()) == job.content, where.constData());
                    QVERIFY2(job.reversePath == "ann@example.org", where.constData());
                    ++begun;
                }
            }
        }
        const auto all = (*store)->list(2 * Messages);
        QVERIFY2(all, where.constData());
        const bool isToldAll = all->size() == Messages || QFile::exists((*store)->setAside());
        QVERIFY2(isToldAll, where.constData());
        unharmed += begun == Messages ? 1 : 0;
    }
    qInfo("seed %u: %d of %d flips harmed nothing", seed, unharmed, flips);
    QVERIFY(unharmed < flips);
}

void TestDatabase::flippedBitOfTheFormat_isNoticedOrHarmless()
{
    constexpr int HeaderOctets = 100; // https://www.sqlite.org/fileformat2.html#the_database_header
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    m_fixture->close();
    QFile original(path());
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray sound = original.readAll();
    // Every bit where the format's numbers have only a few values, elsewhere one of each second octet.
    const QList<int> numbers { 18, 19, 47, 63 };
    for (int bit = 0; bit < 8 * HeaderOctets; ++bit) {
        const int octet = bit / 8;
        if (bit % 16 != octet % 8 && !numbers.contains(octet)) {
            continue;
        }
        const OutboxFixture flipped;
        QVERIFY(QDir().mkpath(flipped.profile.folder()));
        QByteArray octets = sound;
        octets[octet] = static_cast<char>(octets.at(octet) ^ (1 << (bit % 8)));
        QFile file(flipped.profile.path(u"postrider.sqlite"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(octets), octets.size());
        file.close();

        const QByteArray where = "octet " + QByteArray::number(octet) + " bit " + QByteArray::number(bit % 8);
        const auto store = Store::open(flipped.profile.folder(), flipped.clock);
        if (!store) {
            QVERIFY2(store.error().kind == StoreError::Kind::NewerVersion,
                     QByteArray(where + wordsOf(store)).constData());
            continue;
        }
        const auto jobs = (*store)->beginDue(OutboxFixture::options().accountId, 1);
        QVERIFY2(jobs, QByteArray(where + wordsOf(jobs)).constData());
        const bool isThere = jobs->size() == 1 && jobs->first().id == safe;
        QVERIFY2(isThere || QFile::exists((*store)->setAside()), where.constData());
    }
}

void TestDatabase::damagedSchema_isSetAside_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("a column's name") << u"reverse_path"_s << u"reverse_patH"_s;
    QTest::newRow("what an index is for") << u"state = 'deferred'"_s << u"state = 'eeferred'"_s;
    QTest::newRow("a condition becomes a function") << u"WHERE state IN ("_s << u"WHERE state0IN ("_s;
    QTest::newRow("a check becomes a function") << u"CHECK (role IN ("_s << u"CHECK (role0IN ("_s;
    QTest::newRow("the name of SQLite's own table") << u"sqlite_sequence("_s << u"sqlite_sEquence("_s;
}

void TestDatabase::damagedSchema_isSetAside()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    m_fixture->close();
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 place = file.readAll().indexOf(from.toUtf8());
        QVERIFY(place > 0);
        QVERIFY(file.seek(place));
        QCOMPARE(file.write(to.toUtf8()), to.size());
    }
    QVERIFY(m_fixture->reopen());
    QVERIFY(QFile::exists(m_fixture->store().setAside()));
    const auto jobs = m_fixture->store().beginDue(OutboxFixture::options().accountId, 2);
    QVERIFY2(jobs, wordsOf(jobs).constData());
    // What SQLite cannot read at all it cannot salvage either.
    QVERIFY(jobs->isEmpty() || jobs->first().id == safe);
}

void TestDatabase::addedTrigger_isNoDamage()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    QCOMPARE(sqlScript(path(),
                       u"CREATE TRIGGER own AFTER DELETE ON messages BEGIN SELECT 1; END; "
                       "CREATE VIEW mine AS SELECT subject FROM messages"_s),
             QString());
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
}

void TestDatabase::contentInAnothersPlace_isNotSent()
{
    QVERIFY(m_fixture->reopen());
    const MessageId first = m_fixture->queue();
    const MessageId second = m_fixture->queue();
    const MessageId third = m_fixture->queue();
    QCOMPARE(sqlScript(path(),
                       u"UPDATE contents SET message = 99 WHERE message = 1;"
                       "UPDATE contents SET message = 1 WHERE message = 2;"_s),
             QString());
    const auto jobs = m_fixture->store().beginDue(OutboxFixture::options().accountId, 8);
    QVERIFY(jobs);
    QCOMPARE(jobs->size(), 1);
    QCOMPARE(jobs->first().id, third);
    QCOMPARE(m_fixture->state(first), MessageState::Damaged);
    QCOMPARE(m_fixture->state(second), MessageState::Damaged);
    QVERIFY(!m_fixture->store().content(first));
}

void TestDatabase::damagedDraft_isNotWritten()
{
    QVERIFY(m_fixture->reopen());
    const auto changed = m_fixture->store().prepare(OutboxFixture::draft(), OutboxFixture::options());
    const auto exchanged = m_fixture->store().prepare(OutboxFixture::draft(), OutboxFixture::options());
    QVERIFY(changed && exchanged);
    QCOMPARE(sqlScript(path(),
                       u"UPDATE contents SET draft = replace(draft, 'bob', 'bab') WHERE message = 1;"
                       "UPDATE contents SET message = 99 WHERE message = 2;"_s),
             QString());
    for (const MessageId &id : { *changed, *exchanged }) {
        QVERIFY(m_fixture->store().render(id));
        QCOMPARE(m_fixture->state(id), MessageState::Damaged);
        QCOMPARE(m_fixture->summary(id).problem.kind, Problem::Kind::ContentMissing);
    }
}

void TestDatabase::setAsideDatabase_keepsItsSpoolFiles()
{
    QVERIFY(m_fixture->reopen());
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(200'000, u'x');
    QVERIFY(!m_fixture->queue(draft).isEmpty());
    m_fixture->close();
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, '\x5a'));
    }
    m_fixture->clock.setWallClock(QDateTime::currentDateTimeUtc().addDays(3));
    QVERIFY(m_fixture->reopen());
    QVERIFY(!m_fixture->store().setAside().isEmpty());
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(m_fixture->spoolFiles().size(), 1);
}

void TestDatabase::largeDatabase_isNotReadThroughEachTime()
{
    const QString file = m_fixture->profile.writeBeside(u"small.sqlite"_s, "x");
    noteChecked(file);
    QVERIFY2(isCheckDue(file), "a small one costs nothing");
    QFile large(file);
    QVERIFY(large.resize(64 * 1024 * 1024));
    QVERIFY(!isCheckDue(file));
    noteSuspect(file);
    QVERIFY(isCheckDue(file));
    noteChecked(file);
    // Left open, by a process of this start of the computer...
    QVERIFY(!m_fixture->profile.writeBeside(u"small.sqlite-wal"_s, "x").isEmpty());
    QVERIFY(!isCheckDue(file));
    // ...and of one before.
    QVERIFY(!m_fixture->profile.writeBeside(u"small.sqlite.checked"_s, "another start").isEmpty());
    QVERIFY(isCheckDue(file));
    noteChecked(file);
    QFile note(file + u".checked"_s);
    QVERIFY(note.open(QIODevice::ReadWrite));
    QVERIFY(note.setFileTime(QDateTime::currentDateTimeUtc().addDays(-8), QFileDevice::FileModificationTime));
    QVERIFY(isCheckDue(file));
}

void TestDatabase::profileThatCannotBeMade_isReadOnly_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("a file stands in its place") << u"a-file"_s;
    QTest::newRow("below a file") << u"a-file/profile"_s;
    QTest::newRow("in the kernel's own file system") << u"/proc/postrider/profile"_s;
}

void TestDatabase::profileThatCannotBeMade_isReadOnly()
{
    QFETCH(QString, folder);
    const QString file = m_fixture->profile.writeBeside(u"a-file"_s, "precious");
    const QString target = folder.startsWith(u'/') ? folder : m_fixture->profile.beside(folder);
    const auto opened = Store::open(target, m_fixture->clock);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, StoreError::Kind::ReadOnly);
    QVERIFY(!opened.error().reason.isEmpty());
    QFile untouched(file);
    QVERIFY(untouched.open(QIODevice::ReadOnly));
    QCOMPARE(untouched.readAll(), QByteArray("precious"));
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestDatabase)
#include "tst_database.moc"
