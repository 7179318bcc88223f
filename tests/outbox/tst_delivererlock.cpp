// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/delivererlock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace postrider::outbox {

class TestDelivererLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondTry_inTheSameProcessKeepsIt();
    void released_isFreeForTheNext();
    void lockFile_isForItsOwnerOnly();
    void otherProcess_excludesUntilItIsKilled();
    void folderThatIsMissing_isNotLocked();
};

void TestDelivererLock::secondTry_inTheSameProcessKeepsIt()
{
    const QTemporaryDir folder;
    DelivererLock lock(folder.path());
    QVERIFY(!lock.isHeld());
    QVERIFY(lock.tryAcquire());
    QVERIFY(lock.tryAcquire());
    QVERIFY(lock.isHeld());
    DelivererLock other(folder.path());
    QVERIFY(!other.tryAcquire());
    QVERIFY(!other.isHeld());
}

void TestDelivererLock::released_isFreeForTheNext()
{
    const QTemporaryDir folder;
    DelivererLock first(folder.path());
    DelivererLock second(folder.path());
    QVERIFY(first.tryAcquire());
    first.release();
    QVERIFY(!first.isHeld());
    QVERIFY(second.tryAcquire());
}

void TestDelivererLock::lockFile_isForItsOwnerOnly()
{
    const QTemporaryDir folder;
    DelivererLock lock(folder.path());
    QVERIFY(lock.tryAcquire());
    const auto forOthers
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(folder.filePath(QStringLiteral("deliverer.lock"))) & forOthers));
}

void TestDelivererLock::otherProcess_excludesUntilItIsKilled()
{
#ifdef Q_OS_UNIX
    const QTemporaryDir folder;
    int ready[2] = {};
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        DelivererLock lock(folder.path());
        const char answer = lock.tryAcquire() ? 'y' : 'n';
        if (::write(ready[1], &answer, 1) != 1) {
            ::_exit(1);
        }
        for (;;) {
            ::pause();
        }
    }
    char answer = 0;
    QCOMPARE(::read(ready[0], &answer, 1), ssize_t { 1 });
    QCOMPARE(answer, 'y');

    DelivererLock lock(folder.path());
    QVERIFY(!lock.tryAcquire());
    QCOMPARE(::kill(child, SIGKILL), 0);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(lock.tryAcquire());
    ::close(ready[0]);
    ::close(ready[1]);
#else
    QSKIP("needs fork()");
#endif
}

void TestDelivererLock::folderThatIsMissing_isNotLocked()
{
    const QTemporaryDir folder;
    DelivererLock lock(folder.filePath(QStringLiteral("missing")));
    QVERIFY(!lock.tryAcquire());
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestDelivererLock)
#include "tst_delivererlock.moc"
