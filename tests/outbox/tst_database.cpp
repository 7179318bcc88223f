// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/database.h"
#include "outboxfixture.h"

#include <QFile>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::outbox {

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
    void versionOne_keepsItsMailAndItsRules();
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
    [[nodiscard]] QStringList migrationFiles(const QList<QByteArray> &scripts) const;

    std::unique_ptr<OutboxFixture> m_fixture {};
};

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

void TestDatabase::versionOne_keepsItsMailAndItsRules()
{
    QVERIFY(m_fixture->reopen()); // for the folder
    m_fixture->close();
    for (const char *suffix : { "", "-wal", "-shm" }) {
        QFile::remove(path() + QLatin1StringView(suffix));
    }
    {
        const auto first = Database::open(path(), Database::migrations().first(1));
        QVERIFY(first);
        QCOMPARE((*first)->ask(u"PRAGMA user_version"_s)->toInt(), 1);
        for (const char *statement :
             { "INSERT INTO messages (seq, id, account_id, state, reverse_path, size, smtp_utf8, created, "
               "changed, queued, due) VALUES (1, 'abc', 'account-1', 'queued', 'ann@example.org', 12, 1, 1, "
               "1, "
               "1, 0)",
               "INSERT INTO contents (message, octets) VALUES (1, x'5375626a6563743a780d0a0d')",
               "INSERT INTO recipients (message, position, address, state, changed) "
               "VALUES (1, 0, 'bob@example.net', 'queued', 1)",
               "INSERT INTO attempts (message, started, ended, outcome) VALUES (1, 1, 2, 'deferred')",
               "INSERT INTO account_holds (account_id, state, failures) VALUES ('account-1', 'ready', 3)" }) {
            QVERIFY2((*first)->run(QString::fromLatin1(statement)), statement);
        }
    }
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    const auto details = m_fixture->store().find(u"abc"_s);
    QVERIFY(details);
    QCOMPARE(details->attempts.size(), 1);
    QVERIFY(details->attempts.first().transcript.isEmpty());
    QCOMPARE(m_fixture->store().accountHold(u"account-1"_s)->failures, 3);
    QVERIFY(!m_fixture->store().facts(u"account-1"_s)->has_value());
    const auto job = m_fixture->store().begin(u"abc"_s);
    QVERIFY(job);
    // What was not known then is answered with care.
    QVERIFY(job->headerUtf8);
    QVERIFY(job->recording == Recording::Off);
    QCOMPARE(job->content, "Subject:x\r\n\r");
}

void TestDatabase::newerVersion_isLeftAlone()
{
    QVERIFY(m_fixture->reopen());
    const MessageId id = m_fixture->queue();
    m_fixture->close();
    static_cast<void>(sql(path(), u"PRAGMA user_version = 99"_s));
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
    static_cast<void>(sql(path(), u"CREATE TABLE recipes (name TEXT)"_s));
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
