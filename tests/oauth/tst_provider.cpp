// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/provider.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::oauth;
using postrider::accounts::OAuthSettings;

/// What is known of providers, and how an account's own choices and a file of this computer change it.
class ProviderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyProvider_isComplete();
    void thisCopy_hasNobodysClientId();
    void aFileOfThisComputer_addsProvidersAndIds();
    void ownChoices_areUsed();
    void ownClientId_doesNotGetTheSecretOfAnother();
    void withoutClientId_thereIsNoClient();
    void unusableEntries_areLeftOutAndTold_data();
    void unusableEntries_areLeftOutAndTold();
    void onlySafeAddresses_getTokens_data();
    void onlySafeAddresses_getTokens();

private:
    QTemporaryDir m_folder {};
};

void ProviderTest::initTestCase()
{
    QFile file(m_folder.filePath(u"providers.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({ "providers": [
        { "id": "google", "clientId": "our-google-id", "clientSecret": "our-secret" },
        { "id": "example", "authorization": "https://sign-in.example/{tenant}/auth",
          "token": "https://sign-in.example/{tenant}/token", "scopes": ["smtp"], "tenant": "all",
          "redirect": "http://localhost:4711/back", "clientId": "x" } ] })");
    file.close();
    qputenv("POSTRIDER_OAUTH_PROVIDERS", file.fileName().toUtf8());
}

void ProviderTest::everyProvider_isComplete()
{
    for (const QString &id :
         { u"microsoft"_s, u"google"_s, u"yahoo"_s, u"aol"_s, u"fastmail"_s, u"yandex"_s, u"mailru"_s }) {
        const Provider *provider = findProvider(id);
        QVERIFY2(provider, qUtf8Printable(id));
        QVERIFY(!provider->name.isEmpty());
        QCOMPARE(provider->authorization.scheme(), u"https"_s);
        QCOMPARE(provider->token.scheme(), u"https"_s);
        QVERIFY(!provider->scopes.isEmpty());
        QVERIFY(provider->registration == Provider::Registration::Closed
                || !provider->registerGuide.isEmpty());
    }
    // What each of them is particular about.
    const Provider *microsoft = findProvider(u"microsoft"_s);
    QCOMPARE(microsoft->redirect, Provider::Redirect::Localhost);
    QVERIFY(microsoft->scopes.contains(u"https://outlook.office.com/SMTP.Send"_s));
    QVERIFY(microsoft->scopes.contains(u"offline_access"_s));
    QVERIFY(!microsoft->deviceAuthorization.isEmpty());
    QCOMPARE(findProvider(u"google"_s)->issuer, u"https://accounts.google.com"_s);
    QVERIFY(!findProvider(u"fastmail"_s)->issuer.isEmpty());
    QCOMPARE(findProvider(u"yahoo"_s)->registration, Provider::Registration::Closed);
    QCOMPARE(findProvider(u"aol"_s)->registration, Provider::Registration::Closed);
    QVERIFY(!findProvider(u"nobody"_s));
    // Google gives no device codes for mail, and the others that are empty give none at all.
    QStringList withCodes;
    for (const Provider &provider : providers()) {
        if (!provider.deviceAuthorization.isEmpty())
            withCodes.append(provider.id);
    }
    QCOMPARE(withCodes, QStringList({ u"microsoft"_s, u"yandex"_s }));
    QCOMPARE(findProvider(u"yandex"_s)->deviceForm, Provider::DeviceForm::Short);
    // What is registered there is compared letter by letter, a slash or a port included.
    QCOMPARE(findProvider(u"fastmail"_s)->redirect, Provider::Redirect::Localhost);
    QCOMPARE(findProvider(u"fastmail"_s)->redirectPath, u"/"_s);
    QVERIFY(findProvider(u"yandex"_s)->redirectPort != 0);
    QVERIFY(findProvider(u"mailru"_s)->redirectPort != 0);
    QCOMPARE(findProvider(u"mailru"_s)->scopes, QStringList({ u"userinfo"_s, u"mail.imap"_s }));
}

void ProviderTest::thisCopy_hasNobodysClientId()
{
    // With the exception of the one in the file above.
    for (const Provider &provider : providers()) {
        if (provider.id != u"google" && provider.id != u"example")
            QVERIFY2(provider.clientId.isEmpty(), qUtf8Printable(provider.id));
    }
}

void ProviderTest::aFileOfThisComputer_addsProvidersAndIds()
{
    const Provider *google = findProvider(u"google"_s);
    QCOMPARE(google->clientId, u"our-google-id"_s);
    // What the file does not name stays.
    QCOMPARE(google->token.host(), u"oauth2.googleapis.com"_s);
    QCOMPARE(google->scopes, QStringList { u"https://mail.google.com/"_s });
    const auto client = clientFor({ .provider = u"example"_s });
    QVERIFY(client);
    QCOMPARE(client->provider.name, u"example"_s);
    QCOMPARE(client->provider.authorization, QUrl(u"https://sign-in.example/all/auth"_s));
    QCOMPARE(client->provider.redirect, Provider::Redirect::Localhost);
    QCOMPARE(client->provider.redirectPath, u"/back"_s);
    QCOMPARE(client->provider.redirectPort, 4711);
}

void ProviderTest::ownChoices_areUsed()
{
    const auto client
        = clientFor({ .provider = u"microsoft"_s,
                      .clientId = u"mine"_s,
                      .tenant = u"example.org"_s,
                      .scope = u"https://outlook.office.com/SMTP.Send  offline_access openid"_s });
    QVERIFY(client);
    QCOMPARE(client->provider.clientId, u"mine"_s);
    QCOMPARE(client->provider.token,
             QUrl(u"https://login.microsoftonline.com/example.org/oauth2/v2.0/token"_s));
    QCOMPARE(client->provider.deviceAuthorization.path(), u"/example.org/oauth2/v2.0/devicecode"_s);
    QCOMPARE(client->provider.scopes.size(), 3);
    // A tenant is a name, not a way to another server.
    const auto sly
        = clientFor({ .provider = u"microsoft"_s, .clientId = u"mine"_s, .tenant = u"../x?y#z@evil"_s });
    QCOMPARE(sly->provider.token.host(), u"login.microsoftonline.com"_s);
    QVERIFY(sly->provider.token.path().endsWith(u"/oauth2/v2.0/token"_s));
    const auto usual = clientFor({ .provider = u"microsoft"_s, .clientId = u"mine"_s });
    QCOMPARE(usual->provider.token.path(), u"/common/oauth2/v2.0/token"_s);
}

void ProviderTest::ownClientId_doesNotGetTheSecretOfAnother()
{
    QCOMPARE(clientFor({ .provider = u"google"_s })->provider.clientSecret, u"our-secret"_s);
    QCOMPARE(clientFor({ .provider = u"google"_s, .clientId = u"our-google-id"_s })->provider.clientSecret,
             u"our-secret"_s);
    QVERIFY(clientFor({ .provider = u"google"_s, .clientId = u"mine"_s })->provider.clientSecret.isEmpty());
    QCOMPARE(clientFor({ .provider = u"google"_s, .clientId = u"mine"_s, .clientSecret = u"my-secret"_s })
                 ->provider.clientSecret,
             u"my-secret"_s);
}

void ProviderTest::withoutClientId_thereIsNoClient()
{
    QVERIFY(!clientFor({ .provider = u"microsoft"_s }));
    QVERIFY(!clientFor({ .provider = u"nobody"_s, .clientId = u"mine"_s }));
    QVERIFY(!clientFor({}));
}

void ProviderTest::unusableEntries_areLeftOutAndTold_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("left");
    const QByteArray good = R"({"id":"a","token":"https://t.example/","device":"https://t.example/d"})";
    const auto newRow = [](const char *name, const QByteArray &entries, int left) {
        QTest::newRow(name) << QByteArray("{\"providers\":[" + entries + "]}") << left;
    };
    const QByteArray ends = R"("token":"https://x.example/","device":"https://x.example/")";
    QTest::newRow("no JSON") << "{ \"providers\": [ nonsense"_ba << 0;
    QTest::newRow("empty") << ""_ba << 0;
    QTest::newRow("no list") << "{}"_ba << 0;
    newRow("no id", R"({"token":"https://x.example/"},)" + good, 1);
    newRow("no token", R"({"id":"b","authorization":"https://x.example/"},)" + good, 1);
    newRow("http", R"({"id":"b","token":"http://x.example/","device":"https://x.example/"},)" + good, 1);
    newRow("redirect elsewhere", "{\"id\":\"b\"," + ends + R"(,"redirect":"http://x.example/"})", 1);
    newRow("unknown word", "{\"id\":\"b\"," + ends + R"(,"registration":"perhaps"})", 1);
    newRow("name is a number", "{\"id\":\"b\"," + ends + R"(,"name":7})", 1);
}

void ProviderTest::unusableEntries_areLeftOutAndTold()
{
    QFETCH(QByteArray, json);
    QFETCH(int, left);
    QStringList complaints;
    const QList<Provider> read = readProviders(json, {}, complaints);
    QCOMPARE(read.size(), left);
    QVERIFY(!complaints.isEmpty());
    // What was known stays known.
    Provider known;
    known.id = u"known"_s;
    QCOMPARE(readProviders(json, { known }, complaints).size(), left + 1);
}

void ProviderTest::onlySafeAddresses_getTokens_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isSafe");
    QTest::newRow("https") << u"https://login.example/token"_s << true;
    QTest::newRow("http") << u"http://login.example/token"_s << false;
    QTest::newRow("127.0.0.1") << u"http://127.0.0.1:8000/token"_s << true;
    QTest::newRow("127.8.8.8") << u"http://127.8.8.8/token"_s << true;
    QTest::newRow("::1") << u"http://[::1]:8000/token"_s << true;
    QTest::newRow("localhost") << u"http://localhost:8000/token"_s << true;
    QTest::newRow("looks like localhost") << u"http://localhost.example/token"_s << false;
    QTest::newRow("looks like 127") << u"http://127.0.0.1.example/token"_s << false;
    QTest::newRow("private network") << u"http://10.0.0.1/token"_s << false;
    QTest::newRow("with a user") << u"https://user:secret@login.example/token"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("no host") << u"https:///token"_s << false;
}

void ProviderTest::onlySafeAddresses_getTokens()
{
    QFETCH(QString, url);
    QFETCH(bool, isSafe);
    QCOMPARE(isSafeEndpoint(QUrl(url)), isSafe);
}

QTEST_GUILESS_MAIN(ProviderTest)
#include "tst_provider.moc"
