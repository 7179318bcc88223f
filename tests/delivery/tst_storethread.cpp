// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/storethread.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace postrider::delivery;

class StoreThreadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answer_comesInTheAskingThread()
    {
        const QTemporaryDir folder;
        StoreThread storeThread(folder.path());
        QObject asker;
        QThread *answeredIn = nullptr;
        int answer = 0;
        storeThread.read(
            &asker, [](Disk &) { return 42; },
            [&](int value) {
                answer = value;
                answeredIn = QThread::currentThread();
            });
        QTRY_COMPARE(answer, 42);
        QCOMPARE(answeredIn, QThread::currentThread());
    }

    void answerForAThreadThatHasEnded_isDroppedAndFreed()
    {
        const QTemporaryDir folder;
        StoreThread storeThread(folder.path());
        QThread askingThread;
        auto *asker = new QObject;
        asker->moveToThread(&askingThread);
        askingThread.start();

        auto token = std::make_shared<int>(1);
        const std::weak_ptr<int> watched = token;
        QSemaphore asked;
        QSemaphore threadHasEnded;
        bool isAnswered = false;
        QMetaObject::invokeMethod(asker, [&, asker, token = std::move(token)] {
            storeThread.read(
                asker,
                [&threadHasEnded, token](Disk &) {
                    threadHasEnded.acquire();
                    return token;
                },
                [&isAnswered](const std::shared_ptr<int> &) { isAnswered = true; });
            asked.release();
        });
        asked.acquire();
        askingThread.quit();
        QVERIFY(askingThread.wait());
        threadHasEnded.release();
        storeThread.stop();
        delete asker;

        QVERIFY(!isAnswered);
        QVERIFY(watched.expired());
    }
};

QTEST_GUILESS_MAIN(StoreThreadTest)

#include "tst_storethread.moc"
