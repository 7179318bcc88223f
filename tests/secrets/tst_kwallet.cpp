// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainasker.h"
#include "secrets/keychainsecretstore.h"
#include "secrets/kwallet.h"

#include <QDBusMessage>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::secrets {
namespace {

/// As arguments of xdotool.
const QStringList Escape { u"key"_s, u"Escape"_s };
const QStringList Password { u"key"_s,    u"ctrl+a"_s, u"type"_s,          u"--delay"_s, u"20"_s,
                             u"--args"_s, u"1"_s,      u"test-password"_s, u"key"_s,     u"Return"_s };

} // namespace

/// The cases below with a real kwalletd, each in a session whose wallet is in the state that the case is
/// about.
class TestKWallet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void desktop_decidesAsQtKeychainDoes_data();
    void desktop_decidesAsQtKeychainDoes();
    void kwallet_data();
    void kwallet();
};

void TestKWallet::desktop_decidesAsQtKeychainDoes_data()
{
    QTest::addColumn<QByteArray>("variables");
    QTest::addColumn<QString>("name");
    const QString wallet = u"org.kde.kwalletd5"_s;
    QTest::newRow("Plasma 5") << "XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=5"_ba << wallet;
    QTest::newRow("no generation") << "XDG_CURRENT_DESKTOP=KDE"_ba << QString();
    QTest::newRow("several names") << "XDG_CURRENT_DESKTOP=KDE:other KDE_SESSION_VERSION=5"_ba << QString();
    QTest::newRow("by the session") << "DESKTOP_SESSION=kde KDE_SESSION_VERSION=5"_ba << wallet;
    QTest::newRow("by its own sign") << "KDE_FULL_SESSION=true KDE_SESSION_VERSION=5"_ba << wallet;
    QTest::newRow("GNOME, started from KDE")
        << "XDG_CURRENT_DESKTOP=GNOME KDE_FULL_SESSION=true KDE_SESSION_VERSION=5"_ba << QString();
    QTest::newRow("Xfce") << "DESKTOP_SESSION=xfce KDE_FULL_SESSION=true KDE_SESSION_VERSION=5"_ba
                          << QString();
    QTest::newRow("nothing said") << QByteArray() << QString();
}

void TestKWallet::desktop_decidesAsQtKeychainDoes()
{
    QFETCH(QByteArray, variables);
    QFETCH(QString, name);
    for (const char *variable : { "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_SESSION_VERSION",
                                  "KDE_FULL_SESSION", "GNOME_DESKTOP_SESSION_ID" })
        qunsetenv(variable);
    for (const QByteArray &variable : variables.split(' ')) {
        if (const qsizetype sign = variable.indexOf('='); sign > 0)
            qputenv(variable.left(sign).constData(), variable.mid(sign + 1));
    }
    QCOMPARE(KWallet::nameOnThisDesktop(), name);
}

void TestKWallet::kwallet_data()
{
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("testFunction");
    const auto add = [](const QString &session, const QString &name) {
        QTest::newRow(qPrintable(name)) << session << name;
    };
    add(u"--open"_s, u"openWallet_keepsAndForgets"_s);
    add(u"--open"_s, u"entries_areWhereQtKeychainPutsThem"_s);
    add(u"--closed"_s, u"closedWallet_asksOnceAndOpens"_s);
    add(u"--closed"_s, u"closedWallet_saysWhatItHasNotWithoutAQuestion"_s);
    add(u"--closed"_s, u"closedWallet_isNotOpenedToForget"_s);
    add(u"--closed"_s, u"closedQuestion_isToldAndComesOnce"_s);
    add(u"--closed"_s, u"slowPerson_isWaitedFor"_s);
    add(u"--starting"_s, u"walletThatIsOnlyStarted_isWaitedFor"_s);
    add(u"--open"_s, u"stoppedWallet_isSlowAndThenWorksAgain"_s);
    add(u"--closed"_s, u"walletThatEndsWithItsQuestion_isToldAtOnce"_s);
    add(u"--disabled"_s, u"switchedOffWallet_isNoService"_s);
}

void TestKWallet::kwallet()
{
    QFETCH(QString, session);
    QFETCH(QString, testFunction);
    bool isSkipped = false;
    const auto trouble = runInSession(u"with-kwallet.sh"_s, { QStringLiteral(POSTRIDER_KWALLET), session },
                                      testFunction, isSkipped);
    if (isSkipped)
        QSKIP(trouble->constData());
    QVERIFY2(!trouble, trouble.value_or(QByteArray()).constData());
}

/// The cases, inside their session.
class KWalletCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openWallet_keepsAndForgets();
    void entries_areWhereQtKeychainPutsThem();
    void closedWallet_asksOnceAndOpens();
    void closedWallet_saysWhatItHasNotWithoutAQuestion();
    void closedWallet_isNotOpenedToForget();
    void closedQuestion_isToldAndComesOnce();
    void slowPerson_isWaitedFor();
    void walletThatIsOnlyStarted_isWaitedFor();
    void stoppedWallet_isSlowAndThenWorksAgain();
    void walletThatEndsWithItsQuestion_isToldAtOnce();
    void switchedOffWallet_isNoService();

private:
    /// The windows that ask something now.
    [[nodiscard]] static QByteArrayList questions();
    /// Types into the one that is there, after which it goes.
    static void answerWith(const QStringList &keys);

    const SecretKey m_key { u"account-1"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
    const SecretKey m_other { u"account-2"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
};

QByteArrayList KWalletCases::questions()
{
    QProcess xdotool;
    xdotool.start(u"xdotool"_s, { u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"^KDE Wallet Service$"_s });
    if (!xdotool.waitForFinished(PatienceMs))
        return {};
    const QByteArray windows = xdotool.readAll().trimmed();
    return windows.isEmpty() ? QByteArrayList() : windows.split('\n');
}

/// Once more when a window was shown before it took keys.
void KWalletCases::answerWith(const QStringList &keys)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    for (QByteArrayList windows = questions(); !windows.isEmpty(); windows = questions()) {
        QVERIFY2(sinceStart.elapsed() < PatienceMs, "the question stays");
        const QStringList focus { u"windowfocus"_s, u"--sync"_s, QString::fromLatin1(windows.constFirst()) };
        QProcess::execute(u"xdotool"_s, focus + keys);
        static_cast<void>(QTest::qWaitFor([] { return questions().isEmpty(); }, 3000));
    }
}

void KWalletCases::openWallet_keepsAndForgets()
{
    KeychainSecretStore store;
    const QByteArray secret = "pa ss\twörd “✓” \"'\\ 𝄞";
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("not found"));
    QCOMPARE(Asked::write(store, m_key, secret).answer(), QByteArray("done"));
    QCOMPARE(Asked::read(store, m_key).answer(), secret);
    KeychainSecretStore next;
    QCOMPARE(Asked::read(next, m_key).answer(), secret);
    QCOMPARE(Asked::remove(store, m_key).answer(), QByteArray("done"));
    QCOMPARE(Asked::remove(store, m_key).answer(), QByteArray("done"));
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("not found"));
    QVERIFY(questions().isEmpty());
}

/// Whether there is an entry is asked without it: a guess of its place would say that there is none.
void KWalletCases::entries_areWhereQtKeychainPutsThem()
{
    KeychainSecretStore store;
    QCOMPARE(Asked::write(store, m_key, "secret").answer(), QByteArray("done"));
    const auto call = [](const QString &method, const QVariantList &arguments) {
        QDBusMessage message = QDBusMessage::createMethodCall(u"org.kde.kwalletd5"_s, u"/modules/kwalletd5"_s,
                                                              u"org.kde.KWallet"_s, method);
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().call(message).arguments().value(0);
    };
    QCOMPARE(call(u"close"_s, { u"kdewallet"_s, true }), QVariant(0));
    QCOMPARE(call(u"keyDoesNotExist"_s, { u"kdewallet"_s, u"org.postrider.Postrider"_s, m_key.toString() }),
             QVariant(false));
}

void KWalletCases::closedWallet_asksOnceAndOpens()
{
    KeychainSecretStore store;
    QList<Asked> asked;
    for (int i = 0; i < 20; ++i)
        asked.append(Asked::read(store, m_key));
    const Asked written = Asked::write(store, m_other, "new");
    QTRY_COMPARE_WITH_TIMEOUT(questions().size(), 1, PatienceMs);
    answerWith(Password);
    for (const Asked &one : asked)
        QCOMPARE(one.answer(), QByteArray("stored-secret"));
    QCOMPARE(written.answer(), QByteArray("done"));
    QCOMPARE(Asked::read(store, m_other).answer(), QByteArray("new"));
    QVERIFY(questions().isEmpty());
}

void KWalletCases::closedWallet_saysWhatItHasNotWithoutAQuestion()
{
    KeychainSecretStore store;
    QCOMPARE(Asked::read(store, m_other).answer(), QByteArray("not found"));
    QCOMPARE(Asked::remove(store, m_other).answer(), QByteArray("done"));
    QVERIFY(questions().isEmpty());
}

void KWalletCases::closedWallet_isNotOpenedToForget()
{
    KeychainSecretStore store;
    QCOMPARE(Asked::remove(store, m_key).answer(), QByteArray("locked"));
    QVERIFY(questions().isEmpty());
}

void KWalletCases::closedQuestion_isToldAndComesOnce()
{
    KeychainSecretStore store;
    const Asked first = Asked::read(store, m_key);
    const Asked second = Asked::read(store, m_key);
    QTRY_COMPARE_WITH_TIMEOUT(questions().size(), 1, PatienceMs);
    answerWith(Escape);
    QCOMPARE(first.answer(), QByteArray("dismissed"));
    QCOMPARE(second.answer(), QByteArray("dismissed"));
    QTRY_VERIFY_WITH_TIMEOUT(questions().isEmpty(), PatienceMs);
    // What comes later is told the same without another question …
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("dismissed"));
    QCOMPARE(Asked::write(store, m_other, "new").answer(), QByteArray("dismissed"));
    QVERIFY(questions().isEmpty());
    // … until a person wants one.
    const Asked again = Asked::unlock(store);
    QTRY_COMPARE_WITH_TIMEOUT(questions().size(), 1, PatienceMs);
    answerWith(Password);
    QCOMPARE(again.answer(), QByteArray("done"));
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("stored-secret"));
}

void KWalletCases::slowPerson_isWaitedFor()
{
    KeychainSecretStore store(1s, nullptr);
    const Asked asked = Asked::read(store, m_key);
    QTRY_COMPARE_WITH_TIMEOUT(questions().size(), 1, PatienceMs);
    QElapsedTimer sinceShown;
    sinceShown.start();
    QTRY_VERIFY(sinceShown.elapsed() > 2500);
    QVERIFY(!asked.isAnswered());
    answerWith(Password);
    QCOMPARE(asked.answer(), QByteArray("stored-secret"));
}

void KWalletCases::walletThatIsOnlyStarted_isWaitedFor()
{
    // Where QtKeychain alone would have given up after half a second, and looked elsewhere from then on.
    KeychainSecretStore store;
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("not found"));
    KeychainSecretStore other;
    QCOMPARE(Asked::remove(other, m_key).answer(), QByteArray("done"));
}

void KWalletCases::stoppedWallet_isSlowAndThenWorksAgain()
{
    KeychainSecretStore store(1s, nullptr);
    QCOMPARE(Asked::write(store, m_key, "secret").answer(), QByteArray("done"));
    const BusProgram wallet(u"org.kde.kwalletd5"_s);
    QVERIFY(wallet.isKnown());
    wallet.signal(SIGSTOP);
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("slow"));
    QCOMPARE(Asked::write(store, m_key, "new").answer(), QByteArray("slow"));
    QCOMPARE(Asked::unlock(store).answer(), QByteArray("slow"));
    // One that has never been asked yet is no reason to look elsewhere either.
    KeychainSecretStore next(1s, nullptr);
    QCOMPARE(Asked::read(next, m_key).answer(), QByteArray("slow"));
    wallet.signal(SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(Asked::read(store, m_key).answer(), QByteArray("secret"), PatienceMs);
    QCOMPARE(Asked::read(next, m_key).answer(), QByteArray("secret"));
}

void KWalletCases::walletThatEndsWithItsQuestion_isToldAtOnce()
{
    KeychainSecretStore store;
    const Asked first = Asked::read(store, m_key);
    const Asked second = Asked::read(store, m_key);
    QTRY_COMPARE_WITH_TIMEOUT(questions().size(), 1, PatienceMs);
    BusProgram(u"org.kde.kwalletd5"_s).signal(SIGKILL);
    QCOMPARE(first.answer(), QByteArray("no service"));
    QCOMPARE(second.answer(), QByteArray("no service"));
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("no service"));
}

void KWalletCases::switchedOffWallet_isNoService()
{
    KeychainSecretStore store;
    QCOMPARE(Asked::read(store, m_key).answer(), QByteArray("no service"));
    QCOMPARE(Asked::write(store, m_key, "secret").answer(), QByteArray("no service"));
}

} // namespace postrider::secrets

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(postrider::secrets::InsideVariable)) {
        postrider::secrets::KWalletCases cases;
        return QTest::qExec(&cases, argc, argv);
    }
    postrider::secrets::TestKWallet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_kwallet.moc"
