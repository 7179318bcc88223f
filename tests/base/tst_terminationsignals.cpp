// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/terminationsignals.h"

#include <QtTest>

#include <csignal>

using postrider::base::TerminationSignals;

class TerminationSignalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void caughtSignal_arrivesInTheEventLoop_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("interrupt") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
#ifdef Q_OS_UNIX
        QTest::newRow("hangup") << SIGHUP;
#endif
    }
    void caughtSignal_arrivesInTheEventLoop()
    {
#ifndef Q_OS_UNIX
        QSKIP("There are no POSIX signals here.");
#endif
        QFETCH(int, signal);
        std::signal(signal, SIG_DFL); // whoever started the test may have it ignored
        TerminationSignals watcher;
        QSignalSpy requested(&watcher, &TerminationSignals::terminationRequested);
        std::raise(signal);
        QCOMPARE(requested.count(), 0); // nothing happens inside the handler
        QTRY_COMPARE(requested.count(), 1);
    }

#ifdef Q_OS_UNIX
    void secondSignal_isLeftToTheSystem()
    {
        const TerminationSignals watcher;
        std::raise(SIGTERM);
        struct sigaction now
        { };
        ::sigaction(SIGTERM, nullptr, &now);
        QVERIFY(now.sa_handler == SIG_DFL);
    }

    void formerHandler_isBackAfterwards()
    {
        const auto former = std::signal(SIGTERM, SIG_IGN);
        {
            const TerminationSignals watcher;
            std::raise(SIGTERM); // ignored as before: nohup keeps its meaning
        }
        QVERIFY(std::signal(SIGTERM, former) == SIG_IGN);
    }
#endif
};

QTEST_GUILESS_MAIN(TerminationSignalsTest)

#include "tst_terminationsignals.moc"
