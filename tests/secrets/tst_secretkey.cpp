// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/secretstore.h"
#include "support/memorysecretstore.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace postrider::secrets {

class TestSecretKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void key_namesAccountKindAndHost();
    void hostsCase_makesNoDifference();
    void memoryStore_answersLaterLikeTheRealOne();
};

void TestSecretKey::key_namesAccountKindAndHost()
{
    QCOMPARE((SecretKey { u"a1"_s, SecretKey::Kind::Password, u"mail.example.org"_s }.toString()),
             u"a1/password/mail.example.org"_s);
    QCOMPARE((SecretKey { u"a1"_s, SecretKey::Kind::RefreshToken, u"mail.example.org"_s }.toString()),
             u"a1/refresh-token/mail.example.org"_s);
}

void TestSecretKey::hostsCase_makesNoDifference()
{
    QCOMPARE((SecretKey { u"a1"_s, SecretKey::Kind::Password, u"Mail.Example.ORG"_s }.toString()),
             (SecretKey { u"a1"_s, SecretKey::Kind::Password, u"mail.example.org"_s }.toString()));
}

void TestSecretKey::memoryStore_answersLaterLikeTheRealOne()
{
    support::MemorySecretStore store;
    const SecretKey key { u"a1"_s, SecretKey::Kind::Password, u"mail.example.org"_s };
    bool isWritten = false;
    store.write(key, base::Secret("pässword"_ba), this,
                [&](const base::Expected<void, SecretError> &answer) { isWritten = answer.has_value(); });
    QVERIFY(!isWritten);
    QTRY_VERIFY(isWritten);
    QByteArray read;
    store.read(key, this, [&](const base::Expected<base::Secret, SecretError> &answer) {
        read = answer ? answer->reveal().toByteArray() : QByteArray();
    });
    QTRY_COMPARE(read, "pässword"_ba);

    store.setError(SecretError { SecretError::Kind::Locked });
    std::optional<SecretError::Kind> error;
    store.read(key, this,
               [&](const base::Expected<base::Secret, SecretError> &answer) { error = answer.error().kind; });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(*error, SecretError::Kind::Locked);
}

} // namespace postrider::secrets

QTEST_GUILESS_MAIN(postrider::secrets::TestSecretKey)
#include "tst_secretkey.moc"
