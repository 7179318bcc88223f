// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/networksource.h"
#include "delivery/networkwatcher.h"
#include "support/manualclock.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::NetworkSource;
using delivery::NetworkWatcher;
using delivery::Reach;

namespace {

// As NetworkManager numbers them.
constexpr uint Disconnected = 20;
constexpr uint ConnectedGlobally = 70;
constexpr uint Portal = 2;
constexpr uint Full = 4;

const QString NetworkManager = u"org.freedesktop.NetworkManager"_s;
const QString Login = u"org.freedesktop.login1"_s;

} // namespace

/// The operating system's word, with services that are acted out on a system bus of the test's own.
class ComputerNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void aNetworkThatReturns_isNoticed();
    void theEndOfACaptivePortal_isNoticed();
    void aNetworkBehindAPortal_isNone();
    void theEndOfSleep_isNoticed();

private:
    void startBus();
    void actOut(const QString &service, const QString &part);
    /// Asks an actor for something; false when it did not do it.
    [[nodiscard]] bool ask(const QString &service, const QString &path, const QString &method,
                           const QVariantList &arguments);
    [[nodiscard]] bool setState(uint state);
    [[nodiscard]] bool setConnectivity(uint connectivity);
    [[nodiscard]] bool sleep(bool isBeginning);

    QTemporaryDir m_folder {};
    QProcess m_bus {};
    std::vector<std::unique_ptr<QProcess>> m_actors {};
    support::ManualClock m_clock {};
    std::unique_ptr<NetworkSource> m_network {};
    std::unique_ptr<NetworkWatcher> m_watcher {};
};

void ComputerNetworkTest::initTestCase()
{
    startBus();
    actOut(NetworkManager, u"networkmanager"_s);
    actOut(Login, u"logind"_s);
    QVERIFY(setState(ConnectedGlobally));
    QVERIFY(setConnectivity(Full));
    m_network = NetworkSource::ofThisComputer();
}

/// Without service folders: nobody is on it but who is started here.
void ComputerNetworkTest::startBus()
{
    QVERIFY(m_folder.isValid());
    QFile config(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
                 " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
                 "<busconfig><type>system</type><listen>unix:dir="
                 + m_folder.path().toUtf8()
                 + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                   "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                   "<allow own=\"*\"/></policy></busconfig>\n");
    config.close();
    m_bus.start(u"dbus-daemon"_s,
                { u"--nofork"_s, u"--print-address"_s, u"--config-file="_s + config.fileName() });
    if (!m_bus.waitForStarted())
        QSKIP("dbus-daemon is missing (Debian package dbus-daemon)");
    QVERIFY(m_bus.waitForReadyRead());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus.readLine().trimmed());
    QVERIFY(QDBusConnection::systemBus().isConnected());
}

void ComputerNetworkTest::actOut(const QString &service, const QString &part)
{
    // The system's own interpreter has the system's packages, whatever else comes first in PATH.
    const QString system = u"/usr/bin/python3"_s;
    const QString python = QFile::exists(system) ? system : u"python3"_s;
    m_actors.push_back(std::make_unique<QProcess>());
    QProcess &actor = *m_actors.back();
    actor.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    actor.start(python, { u"-m"_s, u"dbusmock"_s, u"--template"_s, part });
    const auto isThere = [&service] {
        return QDBusConnection::systemBus().interface()->isServiceRegistered(service).value();
    };
    if (!QTest::qWaitFor([&] { return isThere() || actor.state() == QProcess::NotRunning; }, 20'000)
        || !isThere())
        QSKIP("Nobody can act it out (Debian package python3-dbusmock)");
}

void ComputerNetworkTest::init()
{
    QVERIFY(setState(ConnectedGlobally));
    QVERIFY(setConnectivity(Full));
    QTRY_COMPARE(m_network->reach(), Reach::Online);
    QTRY_VERIFY(!m_network->isBehindPortal());
    m_watcher = std::make_unique<NetworkWatcher>(*m_network, m_clock);
}

void ComputerNetworkTest::cleanupTestCase()
{
    m_watcher.reset();
    m_network.reset();
    for (const std::unique_ptr<QProcess> &actor : m_actors) {
        actor->terminate();
        actor->waitForFinished();
    }
    m_bus.terminate();
    m_bus.waitForFinished();
}

bool ComputerNetworkTest::ask(const QString &service, const QString &path, const QString &method,
                              const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, u"org.freedesktop.DBus.Mock"_s, method);
    call.setArguments(arguments);
    const QDBusMessage answer = QDBusConnection::systemBus().call(call);
    if (answer.type() == QDBusMessage::ErrorMessage)
        qWarning() << answer.errorMessage();
    return answer.type() == QDBusMessage::ReplyMessage;
}

bool ComputerNetworkTest::setState(uint state)
{
    return ask(NetworkManager, u"/org/freedesktop/NetworkManager"_s, u"SetGlobalConnectionState"_s,
               { state });
}

bool ComputerNetworkTest::setConnectivity(uint connectivity)
{
    return ask(NetworkManager, u"/org/freedesktop/NetworkManager"_s, u"SetConnectivity"_s, { connectivity });
}

bool ComputerNetworkTest::sleep(bool isBeginning)
{
    return ask(
        Login, u"/org/freedesktop/login1"_s, u"EmitSignal"_s,
        { u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, u"b"_s, QVariantList { isBeginning } });
}

void ComputerNetworkTest::aNetworkThatReturns_isNoticed()
{
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(setState(Disconnected));
    QTRY_COMPARE(m_network->reach(), Reach::Disconnected);
    QCOMPARE(returned.count(), 0);
    QVERIFY(setState(ConnectedGlobally));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::theEndOfACaptivePortal_isNoticed()
{
    QVERIFY(setConnectivity(Portal));
    QTRY_VERIFY(m_network->isBehindPortal());
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(setConnectivity(Full));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::aNetworkBehindAPortal_isNone()
{
    QVERIFY(setState(Disconnected));
    QTRY_COMPARE(m_network->reach(), Reach::Disconnected);
    QVERIFY(setConnectivity(Portal));
    QTRY_VERIFY(m_network->isBehindPortal());
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(setState(ConnectedGlobally));
    QTRY_COMPARE(m_network->reach(), Reach::Online);
    QCOMPARE(returned.count(), 0);
    QVERIFY(setConnectivity(Full));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::theEndOfSleep_isNoticed()
{
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QSignalSpy awoken(m_network.get(), &NetworkSource::awoken);
    QVERIFY(sleep(true));
    QVERIFY(sleep(false));
    QTRY_COMPARE(returned.count(), 1);
    QCOMPARE(awoken.count(), 1);
}

QTEST_GUILESS_MAIN(ComputerNetworkTest)
#include "tst_computernetwork.moc"
