// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/processlock.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace postrider::base {

class TestProcessLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void ownerKilledBeforeItWroteItsId_isSucceeded_data();
    void ownerKilledBeforeItWroteItsId_isSucceeded();
    void idOfAProcessThatHasNotLocked_isSucceeded();
    void lockThatIsBeingMade_isLeftToItsOwner();
    void livingOwner_keepsItHoweverOldTheFile_data();
    void livingOwner_keepsItHoweverOldTheFile();

private:
    /// A lock file that nobody holds, last written so long ago.
    void leaveBehind(const QByteArray &content, std::chrono::seconds age) const;
    void setAge(std::chrono::seconds age) const;

    std::unique_ptr<QTemporaryDir> m_folder {};
    QString m_path {};
};

void TestProcessLock::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"test.lock"_s);
}

void TestProcessLock::leaveBehind(const QByteArray &content, std::chrono::seconds age) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    setAge(age);
}

void TestProcessLock::setAge(std::chrono::seconds age) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-age.count()),
                             QFileDevice::FileModificationTime));
}

void TestProcessLock::ownerKilledBeforeItWroteItsId_isSucceeded_data()
{
    QTest::addColumn<std::chrono::seconds>("age");
    QTest::newRow("a moment ago") << std::chrono::seconds(3);
    QTest::newRow("last year") << std::chrono::seconds(std::chrono::hours(24 * 365));
    QTest::newRow("the clock was set back since") << std::chrono::seconds(std::chrono::hours(-24));
}

void TestProcessLock::ownerKilledBeforeItWroteItsId_isSucceeded()
{
    QFETCH(std::chrono::seconds, age);
    leaveBehind({}, age);
    ProcessLock lock(m_path);
    QVERIFY(lock.tryLock(0));
}

void TestProcessLock::idOfAProcessThatHasNotLocked_isSucceeded()
{
    QByteArray content;
    {
        ProcessLock earlier(m_path);
        QVERIFY(earlier.tryLock(0));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        content = file.readAll();
    }
    // The id of this process, as after a crash when the next process got the same one.
    leaveBehind(content, std::chrono::seconds(3));
    ProcessLock lock(m_path);
    QVERIFY(lock.tryLock(0));
}

void TestProcessLock::lockThatIsBeingMade_isLeftToItsOwner()
{
    leaveBehind({}, std::chrono::seconds(0));
    ProcessLock lock(m_path);
    QVERIFY(!lock.tryLock(0));
    QCOMPARE(lock.error(), QLockFile::LockFailedError);
}

void TestProcessLock::livingOwner_keepsItHoweverOldTheFile_data()
{
    ownerKilledBeforeItWroteItsId_isSucceeded_data();
}

void TestProcessLock::livingOwner_keepsItHoweverOldTheFile()
{
    QFETCH(std::chrono::seconds, age);
    ProcessLock owner(m_path);
    QVERIFY(owner.tryLock(0));
    setAge(age);
    ProcessLock other(m_path);
    QVERIFY(!other.tryLock(0));
    QVERIFY(owner.isLocked());
    QVERIFY(QFile::exists(m_path));
}

} // namespace postrider::base

QTEST_GUILESS_MAIN(postrider::base::TestProcessLock)
#include "tst_processlock.moc"
