// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "delivery/postoffice.h"
#include "support/memorysecretstore.h"
#include "support/tempprofile.h"

#include <QProcess>
#include <QSignalSpy>
#include <QtTest>

#include <chrono>

using namespace Qt::StringLiterals;
using postrider::base::SystemClock;
using postrider::delivery::PostOffice;
using postrider::support::MemorySecretStore;
using postrider::support::TempProfile;

namespace {

constexpr int ProgramLimit = 60'000; // ms

/// postrider-cli on the same profile, as another process.
int runOther(const TempProfile &profile, const QStringList &arguments, const QByteArray &standardInput)
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(POSTRIDER_CLI),
                  QStringList { u"--profile"_s, profile.folder() } + arguments);
    process.write(standardInput);
    process.closeWriteChannel();
    if (!finished.wait(ProgramLimit)) {
        process.kill();
        process.waitForFinished();
        return -1;
    }
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace

/// Two processes and one profile: this one delivers, and never looks for changes by itself.
class OneQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageOfAnotherProcess_wakesTheOneThatDelivers_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("send --queue-only")
            << QStringList { u"send"_s, u"--account=practice"_s, u"--to=bob@example.net"_s, u"--text=-"_s,
                             u"--queue-only"_s };
        QTest::newRow("send") << QStringList { u"send"_s, u"--account=practice"_s, u"--to=bob@example.net"_s,
                                               u"--text=-"_s };
        QTest::newRow("sendmail") << QStringList { u"sendmail"_s, u"--account=practice"_s,
                                                   u"bob@example.net"_s };
    }
    void messageOfAnotherProcess_wakesTheOneThatDelivers()
    {
        QFETCH(QStringList, arguments);
        const TempProfile profile;
        const SystemClock clock;
        MemorySecretStore secrets;
        PostOffice office({ .profileFolder = profile.folder(), .watchInterval = std::chrono::hours { 1 } },
                          secrets, clock);
        QSignalSpy idle(&office, &PostOffice::idle);
        QSignalSpy caught(&office, &PostOffice::practiceCaught);
        office.open();
        QTRY_VERIFY_WITH_TIMEOUT(!idle.isEmpty(), ProgramLimit);
        QVERIFY(office.isDelivering());

        QCOMPARE(runOther(profile, arguments, "Hello\n"), 0);
        QTRY_COMPARE_WITH_TIMEOUT(caught.size(), 1, ProgramLimit);

        QSignalSpy closed(&office, &PostOffice::closed);
        office.close();
        QTRY_VERIFY_WITH_TIMEOUT(!closed.isEmpty(), ProgramLimit);
    }

    void processThatDelivers_isOnlyReachedWhileItDoes()
    {
        const TempProfile profile;
        const SystemClock clock;
        MemorySecretStore secrets;
        PostOffice deliverer({ .profileFolder = profile.folder() }, secrets, clock);
        PostOffice other({ .profileFolder = profile.folder(), .delivery = PostOffice::Delivery::Never },
                         secrets, clock);
        QSignalSpy opened(&other, &PostOffice::opened);
        other.open();
        QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), ProgramLimit);
        QVERIFY(!other.wakeDeliverer());

        QSignalSpy idle(&deliverer, &PostOffice::idle);
        deliverer.open();
        QTRY_VERIFY_WITH_TIMEOUT(!idle.isEmpty(), ProgramLimit);
        QVERIFY(other.wakeDeliverer());
        deliverer.close();
        QVERIFY(!other.wakeDeliverer());
    }
};

QTEST_GUILESS_MAIN(OneQueueTest)
#include "tst_onequeue.moc"
