// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

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
#include <QFile>
#include <QProcess>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::secrets {
namespace {

/// Set for the program when it runs inside a session made for it.
constexpr auto InsideVariable = "POSTRIDER_TEST_INSIDE_KEYRING_SESSION";
constexpr int PackageMissing = 77;
constexpr int PatienceMs = 15'000;

} // namespace

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
}

void TestKeychain::keychain()
{
    QFETCH(QString, session);
    QFETCH(QString, testFunction);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1StringView(InsideVariable), u"1"_s);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(POSTRIDER_TEST_DATA "/../support/with-keyring.sh"),
                  { session, QCoreApplication::applicationFilePath(), testFunction });
    QVERIFY(process.waitForFinished(2 * PatienceMs));
    const QByteArray output = process.readAll();
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    if (process.exitCode() == PackageMissing) {
        QSKIP(output.constData());
    }
    QVERIFY2(process.exitCode() == 0, output.constData());
    QVERIFY2(output.contains("PASS   : "), "the case ran");
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

private:
    using Done = base::Expected<void, SecretError>;
    using Found = base::Expected<base::Secret, SecretError>;

    /// The secret, or the error's kind as text, or "no answer".
    [[nodiscard]] QByteArray read(SecretStore &store, const SecretKey &key);
    [[nodiscard]] QByteArray write(SecretStore &store, const SecretKey &key, const QByteArray &secret);
    [[nodiscard]] QByteArray remove(SecretStore &store, const SecretKey &key);
    [[nodiscard]] static QByteArray describe(const SecretError &error);
    static void openKeyring(const QByteArray &password);

    const SecretKey m_key { u"account-1"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
};

QByteArray KeychainCases::describe(const SecretError &error)
{
    switch (error.kind) {
    case SecretError::Kind::NotFound:
        return "not found";
    case SecretError::Kind::Locked:
        return "locked";
    case SecretError::Kind::Dismissed:
        return "dismissed";
    case SecretError::Kind::NoService:
        return "no service";
    case SecretError::Kind::NoBus:
        return "no bus";
    case SecretError::Kind::Slow:
        return "slow";
    case SecretError::Kind::Unavailable:
        return "unavailable";
    case SecretError::Kind::Failed:
        break;
    }
    return "failed: " + error.reason.toUtf8();
}

QByteArray KeychainCases::read(SecretStore &store, const SecretKey &key)
{
    std::optional<QByteArray> result;
    store.read(key, this, [&result](const Found &answer) {
        result = answer ? answer->reveal().toByteArray() : describe(answer.error());
    });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }, PatienceMs));
    return result.value_or("no answer");
}

QByteArray KeychainCases::write(SecretStore &store, const SecretKey &key, const QByteArray &secret)
{
    std::optional<QByteArray> result;
    store.write(key, base::Secret(secret), this,
                [&result](const Done &answer) { result = answer ? "done" : describe(answer.error()); });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }, PatienceMs));
    return result.value_or("no answer");
}

QByteArray KeychainCases::remove(SecretStore &store, const SecretKey &key)
{
    std::optional<QByteArray> result;
    store.remove(key, this,
                 [&result](const Done &answer) { result = answer ? "done" : describe(answer.error()); });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }, PatienceMs));
    return result.value_or("no answer");
}

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
    std::optional<QByteArray> result;
    store.unlock(this,
                 [&result](const Done &answer) { result = answer ? "done" : describe(answer.error()); });
    QTRY_COMPARE_WITH_TIMEOUT(result, std::optional(QByteArray("done")), PatienceMs);
    QCOMPARE(read(store, m_key), QByteArray("stored-secret"));
}

void KeychainCases::closedQuestion_isToldAndComesOnce()
{
    FakePrompter prompter;
    QVERIFY(prompter.start());
    KeychainSecretStore store;
    QList<QByteArray> results;
    const SecretKey other { u"account-2"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
    for (int i = 0; i < 20; ++i) {
        store.read(m_key, this, [&results](const Found &answer) {
            results.append(answer ? answer->reveal().toByteArray() : describe(answer.error()));
        });
    }
    store.write(other, base::Secret("new"), this, [&results](const Done &answer) {
        results.append(answer ? "done" : describe(answer.error()));
    });
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 1, PatienceMs);
    QVERIFY(results.isEmpty());
    QVERIFY(prompter.dismiss());
    QTRY_COMPARE_WITH_TIMEOUT(results.size(), 21, PatienceMs);
    QCOMPARE(results.count("dismissed"), 21);

    // What comes later is told the same without another question …
    QCOMPARE(read(store, m_key), QByteArray("dismissed"));
    QCOMPARE(prompter.shown, 1);
    // … until a person wants one.
    std::optional<QByteArray> again;
    store.unlock(this, [&again](const Done &answer) { again = answer ? "done" : describe(answer.error()); });
    QTRY_COMPARE_WITH_TIMEOUT(prompter.shown, 2, PatienceMs);
    QVERIFY(prompter.dismiss());
    QTRY_COMPARE_WITH_TIMEOUT(again, std::optional(QByteArray("dismissed")), PatienceMs);
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
