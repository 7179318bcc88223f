// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keychainsecretstore.h"

#include <QCoreApplication>
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
    add(u"--no-service"_s, u"noKeychain_isUnavailable"_s);
    add(u"--no-bus"_s, u"noKeychain_isUnavailable"_s);
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
    void noKeychain_isUnavailable();

private:
    using Done = base::Expected<void, SecretError>;
    using Found = base::Expected<base::Secret, SecretError>;

    /// The secret, or the error's kind as text, or "no answer".
    [[nodiscard]] QByteArray read(KeychainSecretStore &store, const SecretKey &key);
    [[nodiscard]] QByteArray write(KeychainSecretStore &store, const SecretKey &key,
                                   const QByteArray &secret);
    [[nodiscard]] QByteArray remove(KeychainSecretStore &store, const SecretKey &key);
    [[nodiscard]] static QByteArray describe(const SecretError &error);

    const SecretKey m_key { u"account-1"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
};

QByteArray KeychainCases::describe(const SecretError &error)
{
    switch (error.kind) {
    case SecretError::Kind::NotFound:
        return "not found";
    case SecretError::Kind::Locked:
        return "locked";
    case SecretError::Kind::Unavailable:
        return "unavailable";
    case SecretError::Kind::Failed:
        break;
    }
    return "failed: " + error.reason.toUtf8();
}

QByteArray KeychainCases::read(KeychainSecretStore &store, const SecretKey &key)
{
    std::optional<QByteArray> result;
    store.read(key, this, [&result](const Found &answer) {
        result = answer ? answer->reveal().toByteArray() : describe(answer.error());
    });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }, PatienceMs));
    return result.value_or("no answer");
}

QByteArray KeychainCases::write(KeychainSecretStore &store, const SecretKey &key, const QByteArray &secret)
{
    std::optional<QByteArray> result;
    store.write(key, base::Secret(secret), this,
                [&result](const Done &answer) { result = answer ? "done" : describe(answer.error()); });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }, PatienceMs));
    return result.value_or("no answer");
}

QByteArray KeychainCases::remove(KeychainSecretStore &store, const SecretKey &key)
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

void KeychainCases::noKeychain_isUnavailable()
{
    KeychainSecretStore store;
    QCOMPARE(read(store, m_key), QByteArray("unavailable"));
    QCOMPARE(write(store, m_key, "secret"), QByteArray("unavailable"));
    QCOMPARE(remove(store, m_key), QByteArray("unavailable"));
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
