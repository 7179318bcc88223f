// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/background.h"
#include "net/networkthread.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <openssl/crypto.h>
#include <openssl/err.h>

namespace {

thread_local int livingBlocks = 0;

void *allocate(size_t size, const char * /*file*/, int /*line*/)
{
    void *block = std::malloc(size);
    livingBlocks += block ? 1 : 0;
    return block;
}

void *reallocate(void *block, size_t size, const char * /*file*/, int /*line*/)
{
    livingBlocks += block ? 0 : 1;
    return std::realloc(block, size);
}

void release(void *block, const char * /*file*/, int /*line*/)
{
    livingBlocks -= block ? 1 : 0;
    std::free(block);
}

/// Stands for a connection: closing one makes OpenSSL look at its list of errors, which each thread has.
class Connection final : public QObject
{
    Q_OBJECT

public:
    explicit Connection(std::atomic_bool &wasClosed)
        : m_wasClosed(wasClosed)
    { }
    ~Connection() override
    {
        ERR_clear_error();
        m_wasClosed = true;
    }
    Q_DISABLE_COPY_MOVE(Connection)

private:
    std::atomic_bool &m_wasClosed;
};

class ThreadStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endedThread_leavesNothingOfOpenSsl_data();
    void endedThread_leavesNothingOfOpenSsl();
    void workInBackground_leavesNothingOfOpenSsl();
};

void ThreadStateTest::initTestCase()
{
    // Only taken before OpenSSL is used for the first time.
    QVERIFY(CRYPTO_set_mem_functions(&allocate, &reallocate, &release) == 1);
    ERR_clear_error(); // what is kept for the whole program is made here
}

void ThreadStateTest::endedThread_leavesNothingOfOpenSsl_data()
{
    QTest::addColumn<bool>("isDeletedByItsOwner");
    QTest::newRow("by its owner, before the thread quits") << true;
    QTest::newRow("by the thread's end") << false;
}

void ThreadStateTest::endedThread_leavesNothingOfOpenSsl()
{
    QFETCH(const bool, isDeletedByItsOwner);
    postrider::net::NetworkThread thread;
    std::atomic_bool wasClosed = false;
    auto *connection = new Connection(wasClosed);
    if (!isDeletedByItsOwner)
        connect(&thread, &postrider::net::NetworkThread::ending, connection, &QObject::deleteLater);
    connection->moveToThread(&thread);

    int living = -1;
    bool wasClosedByThen = false;
    connect(
        &thread, &QThread::finished, this,
        [&] {
            living = livingBlocks;
            wasClosedByThen = wasClosed;
        },
        Qt::DirectConnection);
    thread.start();
    int livingAtWork = 0;
    QMetaObject::invokeMethod(
        connection,
        [&] {
            ERR_clear_error();
            livingAtWork = livingBlocks;
        },
        Qt::BlockingQueuedConnection);
    QVERIFY(livingAtWork > 0);
    if (isDeletedByItsOwner)
        connection->deleteLater();
    thread.quit();
    QVERIFY(thread.wait());
    QVERIFY(wasClosedByThen);
    QCOMPARE(living, 0);
}

void ThreadStateTest::workInBackground_leavesNothingOfOpenSsl()
{
    QThreadPool::globalInstance()->setMaxThreadCount(1); // the same thread for all
    std::atomic_int livingAtWork = 0;
    bool wasAnswered = false;
    postrider::net::runInBackground(
        this,
        [&livingAtWork] {
            ERR_clear_error();
            livingAtWork = livingBlocks;
            return true;
        },
        [&wasAnswered](bool done) { wasAnswered = done; });
    QTRY_VERIFY(wasAnswered);
    QVERIFY(livingAtWork > 0);

    std::atomic_int living = -1;
    QThreadPool::globalInstance()->start([&living] { living = livingBlocks; });
    QTRY_VERIFY(living >= 0);
    QCOMPARE(living, 0);
}

} // namespace

QTEST_GUILESS_MAIN(ThreadStateTest)
#include "tst_threadstate.moc"
