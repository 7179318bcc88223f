// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainasker.h"
#include "secrets/keychainsecretstore.h"
#include "secrets/sessionsecretstore.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QThread>

#include <atomic>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::secrets {
/// Runs the cases below, each in a session whose keychain is in the state that the case is about.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keychain_data();
    void keychain();
};

void TestKeychain::keychain_data()
{
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("testFunction");
    const auto add = [](const QString &session, const QString &name) {
        QTest::newRow(qPrintable(name)) << session << name;
    };
    add(u"--unlocked"_s, u"written_isReadBack"_s);
    add(u"--unlocked"_s, u"written_isReadByAnotherStore"_s);
    add(u"--unlocked"_s, u"overwritten_isTheNewOne"_s);
    add(u"--unlocked"_s, u"missing_isNotFound"_s);
    add(u"--unlocked"_s, u"otherHost_isNotFound"_s);
    add(u"--unlocked"_s, u"removed_isNotFound"_s);
    add(u"--unlocked"_s, u"removingNothing_succeeds"_s);
    add(u"--unlocked"_s, u"calledFromAnotherThread_answersThere"_s);
    add(u"--unlocked"_s, u"contextGone_isNotAnswered"_s);
    add(u"--unlocked"_s, u"noAddressButASocket_findsTheBus"_s);
    add(u"--locked"_s, u"lockedKeyring_isLocked"_s);
    add(u"--locked"_s, u"lockedKeyring_opensWhenAsked"_s);
    add(u"--locked"_s, u"closedQuestion_isToldAndComesOnce"_s);
    add(u"--unlocked"_s, u"aSecret_isNowhereOnDiskInPlainText"_s);
    add(u"--no-service"_s, u"forThisSession_needsNoKeychain"_s);
    add(u"--no-service"_s, u"noService_isSaid"_s);
    add(u"--no-bus"_s, u"noBus_isSaid"_s);
    add(u"--no-keyring"_s, u"noKeyringYet_isMadeWithOneQuestion"_s);
    add(u"--no-keyring"_s, u"noKeyringAndNobodyToAsk_isLocked"_s);
    add(u"--unlocked"_s, u"stoppedKeychain_isSlowAndThenWorksAgain"_s);
    add(u"--locked"_s, u"stoppedWhileItsQuestionIsOpen_waitsForThePerson"_s);
    add(u"--unlocked"_s, u"keychainThatEndsMidway_isToldAtOnce"_s);
    add(u"--locked"_s, u"keychainThatEndsWithItsQuestion_isToldAtOnce"_s);
    add(u"--restarted"_s, u"keychainThatEnded_isUsedAgainOnceItIsBack"_s);
}

void TestKeychain::keychain()
{
    QFETCH(QString, session);
    QFETCH(QString, testFunction);
    bool isSkipped = false;
    const auto trouble = runInSession(u"with-keyring.sh"_s, { session }, testFunction, isSkipped);
    if (isSkipped) {
        QSKIP(trouble->constData());
    }
    QVERIFY2(!trouble, trouble.value_or(QByteArray()).constData());
}

/// What shows the keyring's questions; this one never gets an answer by itself.
class FakePrompter : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    [[nodiscard]] bool start()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        return bus.registerObject(u"/org/gnome/keyring/Prompter"_s, this, QDBusConnection::ExportAllSlots)
            && bus.registerService(u"org.gnome.keyring.SystemPrompter"_s);
    }
    /// As the person's click on Cancel.
    [[nodiscard]] bool dismiss()
    {
        const QDBusMessage done = QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(
            m_keyring, m_callback, u"org.gnome.keyring.internal.Prompter.Callback"_s, u"PromptDone"_s));
        return done.type() == QDBusMessage::ReplyMessage;
    }

    int shown = 0;

public Q_SLOTS:
    void BeginPrompting(const QDBusObjectPath &callback)
    {
        m_keyring = message().service();
        m_callback = callback.path();
        ++shown;
    }
    void PerformPrompt(const QDBusObjectPath &, const QString &, const QVariantMap &, const QString &) { }
    void StopPrompting(const QDBusObjectPath &) { }

private:
    QString m_keyring {};
    QString m_callback {};
};

/// The cases, inside their session.
class KeychainCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void written_isReadBack();
    void written_isReadByAnotherStore();
    void overwritten_isTheNewOne();
    void missing_isNotFound();
    void otherHost_isNotFound();
    void removed_isNotFound();
    void removingNothing_succeeds();
    void calledFromAnotherThread_answersThere();
    void contextGone_isNotAnswered();
    void noAddressButASocket_findsTheBus();
    void lockedKeyring_isLocked();
    void lockedKeyring_opensWhenAsked();
    void closedQuestion_isToldAndComesOnce();
    void aSecret_isNowhereOnDiskInPlainText();
    void forThisSession_needsNoKeychain();
    void noService_isSaid();
    void noBus_isSaid();
    void noKeyringYet_isMadeWithOneQuestion();
    void noKeyringAndNobodyToAsk_isLocked();
    void stoppedKeychain_isSlowAndThenWorksAgain();
    void stoppedWhileItsQuestionIsOpen_waitsForThePerson();
    void keychainThatEndsMidway_isToldAtOnce();
    void keychainThatEndsWithItsQuestion_isToldAtOnce();
    void keychainThatEnded_isUsedAgainOnceItIsBack();

private:
    using Found = base::Expected<base::Secret, SecretError>;

    [[nodiscard]] static QByteArray read(SecretStore &store, const SecretKey &key)
    {
        return Asked::read(store, key).answer();
    }
    [[nodiscard]] static QByteArray write(SecretStore &store, const SecretKey &key, const QByteArray &secret)
    {
        return Asked::write(store, key, secret).answer();
    }
    [[nodiscard]] static QByteArray remove(SecretStore &store, const SecretKey &key)
    {
        return Asked::remove(store, key).answer();
    }
    static void openKeyring(const QByteArray &password);

    const SecretKey m_key { u"account-1"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
};

void KeychainCases::written_isReadBack()
{
    KeychainSecretStore store;
    const QByteArray secret = "pa ss\twörd “✓” \"'\\ 𝄞";
    QCOMPARE(write(store, m_key, secret), QByteArray("done"));
    QCOMPARE(read(store, m_key), secret);
}

void KeychainCases::written_isReadByAnotherStore()
{
    {
        KeychainSecretStore store;
        QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    }
    KeychainSecretStore other;
    QCOMPARE(read(other, m_key), QByteArray("secret"));
}

void KeychainCases::overwritten_isTheNewOne()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "old"), QByteArray("done"));
    QCOMPARE(write(store, m_key, "new"), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("new"));
}

void KeychainCases::missing_isNotFound()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("not found"));
}

void KeychainCases::otherHost_isNotFound()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    SecretKey other = m_key;
    other.host = u"mail.example.com"_s;
    QCOMPARE(read(store, other), QByteArray("not found"));
    other = m_key;
    other.kind = SecretKey::Kind::RefreshToken;
    QCOMPARE(read(store, other), QByteArray("not found"));
}

void KeychainCases::removed_isNotFound()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    QCOMPARE(remove(store, m_key), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("not found"));
}

void KeychainCases::removingNothing_succeeds()
{
    KeychainSecretStore store;
    QCOMPARE(remove(store, m_key), QByteArray("done"));
}

void KeychainCases::calledFromAnotherThread_answersThere()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    QThread thread;
    auto context = std::make_unique<QObject>();
    context->moveToThread(&thread);
    thread.start();
    std::atomic<bool> isAnswered = false;
    bool isInThread = false;
    bool isRight = false;
    QMetaObject::invokeMethod(context.get(), [&] {
        store.read(m_key, context.get(), [&](const Found &answer) {
            isInThread = QThread::currentThread() == &thread;
            isRight = answer && answer->reveal() == QByteArrayView("secret");
            isAnswered = true;
        });
    });
    QTRY_VERIFY_WITH_TIMEOUT(isAnswered, PatienceMs);
    thread.quit();
    QVERIFY(thread.wait());
    QVERIFY(isInThread);
    QVERIFY(isRight);
}

void KeychainCases::contextGone_isNotAnswered()
{
    KeychainSecretStore store;
    bool isAnswered = false;
    {
        QObject context;
        store.read(m_key, &context, [&isAnswered](const Found &) { isAnswered = true; });
    }
    QCOMPARE(read(store, m_key), QByteArray("not found")); // by now the first one would have been answered
    QVERIFY(!isAnswered);
}

void KeychainCases::noAddressButASocket_findsTheBus()
{
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    const QString socket = address.section(u"path="_s, 1).section(u',', 0, 0);
    QVERIFY(QFile::link(socket, qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s));
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("secret"));
}

void KeychainCases::lockedKeyring_isLocked()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("locked"));
    QCOMPARE(remove(store, m_key), QByteArray("locked"));
    QCOMPARE(write(store, m_key, "new"), QByteArray("locked"));
}

void KeychainCases::lockedKeyring_opensWhenAsked()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("locked"));
    openKeyring("test-password");
    QCOMPARE(Asked::unlock(store).answer(), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("stored-secret"));
}

void KeychainCases::closedQuestion_isToldAndComesOnce()
{
    FakePrompter prompter;
    QVERIFY(prompter.start());
    KeychainSecretStore store;
    const SecretKey other { u"account-2"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
    QList<Asked> asked;
    for (int i = 0; i < 20; ++i) {
        asked.append(Asked::read(store, m_key));
    }
    asked.append(Asked::write(store, other, "new"));
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 1, PatienceMs);
    for (const Asked &one : asked) {
        QVERIFY(!one.isAnswered());
    }
    QVERIFY(prompter.dismiss());
    for (const Asked &one : asked) {
        QCOMPARE(one.answer(), QByteArray("dismissed"));
    }

    // What comes later is told the same without another question …
    QCOMPARE(read(store, m_key), QByteArray("dismissed"));
    QCOMPARE(prompter.shown, 1);
    // … until a person wants one.
    const Asked again = Asked::unlock(store);
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 2, PatienceMs);
    QVERIFY(prompter.dismiss());
    QCOMPARE(again.answer(), QByteArray("dismissed"));
    // Opened by somebody else, it is simply open.
    openKeyring("test-password");
    QCOMPARE(read(store, m_key), QByteArray("stored-secret"));
}

void KeychainCases::aSecret_isNowhereOnDiskInPlainText()
{
    KeychainSecretStore store;
    SessionSecretStore session(store);
    const QByteArray needle = "needle-4711-in-the-haystack";
    QCOMPARE(write(store, m_key, needle), QByteArray("done"));
    session.keep(m_key, base::Secret(needle));
    qsizetype files = 0;
    for (const char *variable : { "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" }) {
        QDirIterator walk(qEnvironmentVariable(variable), QDir::Files | QDir::Hidden | QDir::System,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray octets = file.readAll();
            QVERIFY2(!octets.contains(needle), qPrintable(file.fileName()));
            QVERIFY2(!octets.contains(needle.toBase64()), qPrintable(file.fileName()));
            ++files;
        }
    }
    QVERIFY(files > 0); // the keyring itself
}

void KeychainCases::forThisSession_needsNoKeychain()
{
    KeychainSecretStore keychain;
    QByteArray found;
    {
        SessionSecretStore store(keychain);
        store.keep(m_key, base::Secret("only-here"));
        QVERIFY(store.isKept(m_key));
        QCOMPARE(read(store, m_key), QByteArray("only-here"));
        QCOMPARE(remove(store, m_key), QByteArray("done"));
        QVERIFY(!store.isKept(m_key));
        store.keep(m_key, base::Secret("only-here"));
    }
    SessionSecretStore next(keychain);
    QVERIFY(!next.isKept(m_key));
    QCOMPARE(read(next, m_key), QByteArray("no service"));
}

/// By the way that GNOME Keyring has for tests and the login screen.
void KeychainCases::openKeyring(const QByteArray &password)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    const auto service = [](const QString &interface, const QString &method, const QVariantList &arguments) {
        QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
                                                           u"/org/freedesktop/secrets"_s, interface, method);
        call.setArguments(arguments);
        return call;
    };
    const QDBusMessage opened
        = bus.call(service(u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s,
                           { u"plain"_s, QVariant::fromValue(QDBusVariant(QString())) }));
    QVERIFY2(opened.type() == QDBusMessage::ReplyMessage, qPrintable(opened.errorMessage()));
    const QDBusMessage alias
        = bus.call(service(u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s, { u"default"_s }));
    QDBusArgument secret;
    secret.beginStructure();
    secret << opened.arguments().at(1).value<QDBusObjectPath>() << QByteArray() << password
           << u"text/plain"_s;
    secret.endStructure();
    const QDBusMessage unlocked = bus.call(
        service(u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s,
                { alias.arguments().constFirst(), QVariant::fromValue(secret) }));
    QVERIFY2(unlocked.type() == QDBusMessage::ReplyMessage, qPrintable(unlocked.errorMessage()));
}

void KeychainCases::noService_isSaid()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("no service"));
    QCOMPARE(write(store, m_key, "secret"), QByteArray("no service"));
    QCOMPARE(remove(store, m_key), QByteArray("no service"));
}

void KeychainCases::noBus_isSaid()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("no bus"));
    QCOMPARE(write(store, m_key, "secret"), QByteArray("no bus"));
    QCOMPARE(remove(store, m_key), QByteArray("no bus"));
}

void KeychainCases::noKeyringYet_isMadeWithOneQuestion()
{
    FakePrompter prompter;
    QVERIFY(prompter.start());
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("not found"));
    const Asked first = Asked::write(store, m_key, "secret");
    const Asked second = Asked::write(store, m_key, "secret");
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 1, PatienceMs);
    QVERIFY(prompter.dismiss());
    QCOMPARE(first.answer(), QByteArray("dismissed"));
    QCOMPARE(second.answer(), QByteArray("dismissed"));
    QCOMPARE(write(store, m_key, "secret"), QByteArray("dismissed"));
    QCOMPARE(prompter.shown, 1);
}

void KeychainCases::noKeyringAndNobodyToAsk_isLocked()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("locked"));
}

void KeychainCases::stoppedKeychain_isSlowAndThenWorksAgain()
{
    KeychainSecretStore store(1s, nullptr);
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    const BusProgram keychain(u"org.freedesktop.secrets"_s);
    QVERIFY(keychain.isKnown());
    keychain.signal(SIGSTOP);
    QCOMPARE(read(store, m_key), QByteArray("slow"));
    QCOMPARE(write(store, m_key, "new"), QByteArray("slow"));
    QCOMPARE(remove(store, m_key), QByteArray("slow"));
    QCOMPARE(Asked::unlock(store).answer(), QByteArray("slow"));
    keychain.signal(SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(read(store, m_key), QByteArray("secret"), PatienceMs);
}

void KeychainCases::stoppedWhileItsQuestionIsOpen_waitsForThePerson()
{
    FakePrompter prompter;
    QVERIFY(prompter.start());
    KeychainSecretStore store(500ms, nullptr);
    const Asked asked = Asked::read(store, m_key);
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 1, PatienceMs);
    // A person may be slower than any program.
    QElapsedTimer sinceShown;
    sinceShown.start();
    QTRY_VERIFY(sinceShown.elapsed() > 1500);
    QVERIFY(!asked.isAnswered());
    QVERIFY(prompter.dismiss());
    QCOMPARE(asked.answer(), QByteArray("dismissed"));
}

void KeychainCases::keychainThatEndsMidway_isToldAtOnce()
{
    KeychainSecretStore store;
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    const BusProgram keychain(u"org.freedesktop.secrets"_s);
    keychain.signal(SIGSTOP);
    QElapsedTimer sinceStart;
    sinceStart.start();
    const Asked reading = Asked::read(store, m_key);
    const Asked writing = Asked::write(store, m_key, "new");
    QTRY_VERIFY(sinceStart.elapsed() > 200); // on its way, and not answered
    QVERIFY(!reading.isAnswered() && !writing.isAnswered());
    keychain.signal(SIGKILL);
    QCOMPARE(reading.answer(), QByteArray("no service"));
    QCOMPARE(writing.answer(), QByteArray("no service"));
    QVERIFY(sinceStart.elapsed() < 20'000); // long before the limit
    QCOMPARE(read(store, m_key), QByteArray("no service"));
}

void KeychainCases::keychainThatEndsWithItsQuestion_isToldAtOnce()
{
    FakePrompter prompter;
    QVERIFY(prompter.start());
    KeychainSecretStore store;
    const Asked first = Asked::read(store, m_key);
    const Asked second = Asked::read(store, m_key);
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 1, PatienceMs);
    BusProgram(u"org.freedesktop.secrets"_s).signal(SIGKILL);
    QCOMPARE(first.answer(), QByteArray("no service"));
    QCOMPARE(second.answer(), QByteArray("no service"));
}

void KeychainCases::keychainThatEnded_isUsedAgainOnceItIsBack()
{
    KeychainSecretStore store(2s, nullptr);
    QCOMPARE(write(store, m_key, "secret"), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("secret"));
    BusProgram(u"org.freedesktop.secrets"_s).signal(SIGTERM);
    // The script starts another one, as a session does.
    QTRY_COMPARE_WITH_TIMEOUT(read(store, m_key), QByteArray("secret"), PatienceMs);
    QCOMPARE(write(store, m_key, "new"), QByteArray("done"));
    QCOMPARE(read(store, m_key), QByteArray("new"));
}

} // namespace postrider::secrets

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(postrider::secrets::InsideVariable)) {
        postrider::secrets::KeychainCases cases;
        return QTest::qExec(&cases, argc, argv);
    }
    postrider::secrets::TestKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
