// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/accountstore.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace postrider::accounts {

class TestAccountStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_profile = std::make_unique<support::TempProfile>(); }
    void cleanup() { m_profile.reset(); }

    void emptyProfile_hasNoAccounts();
    void added_isReadBackWhole();
    void withoutARuleForDoubt_thePersonIsAsked_data();
    void withoutARuleForDoubt_thePersonIsAsked();
    void unknownChoices_areTheUsualOnes();
    void order_isThePersonsOwn();
    void updated_keepsItsPlace();
    void removed_isGone();
    void unknownId_changesNothing();
    void sameIdTwice_isADuplicate();
    void fieldsOfANewerVersion_areKept();
    void identitiesOfANewerVersion_areKept();
    void fileOfAnEarlierVersion_hasOneIdentityAndAServer();
    void commandAlone_isAnAccount();
    void file_isForItsOwnerOnlyAndHoldsNoSecret();
    void damagedFile_isSetAside_data();
    void damagedFile_isSetAside();
    void addingToADamagedFile_losesNothing();
    void folderInTheWay_isSetAside();
    void profileThatCannotBeMade_isReadOnly();
    void lockOfADeadProcess_isTakenOver();

private:
    [[nodiscard]] AccountStore store() const { return AccountStore(m_profile->folder()); }
    [[nodiscard]] QString file() const { return m_profile->path(u"accounts.json"_s); }
    [[nodiscard]] QByteArray text() const;
    [[nodiscard]] bool setText(const QByteArray &text) const;
    [[nodiscard]] static Account account(const QString &id);

    std::unique_ptr<support::TempProfile> m_profile {};
};

QByteArray TestAccountStore::text() const
{
    QFile opened(file());
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

bool TestAccountStore::setText(const QByteArray &text) const
{
    QFile opened(file());
    return QDir().mkpath(m_profile->folder()) && opened.open(QIODevice::WriteOnly)
        && opened.write(text) == text.size();
}

Account TestAccountStore::account(const QString &id)
{
    Account account;
    account.id = id;
    account.name = u"Büro"_s;
    account.email = u"ann@example.org"_s;
    account.displayName = u"Ann “A.” Smith"_s;
    account.server = { u"mail.example.org"_s, 587, Security::StartTls };
    account.user = u"ann"_s;
    account.auth = "SCRAM-SHA-256";
    account.caFile = u"/etc/ssl/own.pem"_s;
    account.pinnedKey = QByteArray(32, '\xa5');
    account.clientName = "[127.0.0.1]";
    account.clientCertificate = u"/home/ann/ann.pem"_s;
    account.clientKey = u"/home/ann/ann.key"_s;
    account.route = { .proxy = Route::Proxy::Socks5,
                      .proxyHost = u"proxy.example.org"_s,
                      .proxyPort = 1080,
                      .localAddress = u"192.0.2.7"_s,
                      .timeLimit = 45 };
    account.inDoubtRule = InDoubtRule::Resend;
    account.partialRecipients = PartialRecipients::SendToNobodyAndAsk;
    account.laterDelivery = LaterDelivery::HoldAtServer;
    account.replyTo = u"Desk <desk@example.org>"_s;
    account.signature = u"Ann\nSecond line"_s;
    account.identities = { { u"4f6ba3ba-8f5c-4f43-a1ba-6bb1fd17c6b1"_s, u"info@example.org"_s, u"Ann, info"_s,
                             u"help@example.org"_s, u"The desk"_s } };
    account.command = { u"/usr/sbin/sendmail"_s, u"-i"_s };
    account.oauth = OAuthSettings { u"microsoft"_s, u"client"_s, u"tenant"_s, u"scope"_s };
    account.alternates = { { account.server.host, 587, Security::StartTls },
                           { account.server.host, 2525, Security::StartTls } };
    return account;
}

void TestAccountStore::emptyProfile_hasNoAccounts()
{
    const auto list = store().load();
    QVERIFY(list);
    QVERIFY(list->accounts.isEmpty());
    QVERIFY(list->setAside.isEmpty());
    QVERIFY2(!QFile::exists(m_profile->folder()), "reading makes nothing");
}

void TestAccountStore::added_isReadBackWhole()
{
    QVERIFY(store().add(account(u"1"_s)));
    const auto list = store().load();
    QVERIFY(list);
    QCOMPARE(list->accounts, QList<Account> { account(u"1"_s) });
}

void TestAccountStore::withoutARuleForDoubt_thePersonIsAsked_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<InDoubtRule>("rule");
    QTest::newRow("a file of an earlier version") << QByteArray() << InDoubtRule::Ask;
    QTest::newRow("never") << QByteArray(R"("inDoubtRule": "never",)") << InDoubtRule::Never;
    QTest::newRow("a word of a newer version")
        << QByteArray(R"("inDoubtRule": "resend-twice",)") << InDoubtRule::Ask;
}

void TestAccountStore::withoutARuleForDoubt_thePersonIsAsked()
{
    QFETCH(QByteArray, field);
    QFETCH(InDoubtRule, rule);
    QVERIFY(setText(R"({"version": 1, "accounts": [{"id": "1", )" + field
                    + R"("server": {"host": "mail.example.org", "port": 465, "security": "tls"}}]})"));
    const auto list = store().load();
    QVERIFY(list);
    QCOMPARE(list->accounts.size(), 1);
    QVERIFY(list->accounts.first().inDoubtRule == rule);
}

void TestAccountStore::unknownChoices_areTheUsualOnes()
{
    QVERIFY(setText(
        R"({"version": 1, "accounts": [{"id": "1", "partialRecipients": "half", "useFutureRelease": "yes",)"
        R"("server": {"host": "mail.example.org", "port": 465, "security": "tls"}}]})"));
    const auto list = store().load();
    QVERIFY(list);
    QVERIFY(list->accounts.first().partialRecipients == PartialRecipients::SendToAccepted);
    QVERIFY(list->accounts.first().laterDelivery == LaterDelivery::HoldHere);
}

void TestAccountStore::order_isThePersonsOwn()
{
    QStringList ids;
    for (const QString &id : { u"c"_s, u"a"_s, u"b"_s }) {
        QVERIFY(store().add(account(id)));
    }
    const auto list = store().load();
    for (const Account &found : list->accounts) {
        ids.append(found.id);
    }
    QCOMPARE(ids, (QStringList { u"c"_s, u"a"_s, u"b"_s }));
}

void TestAccountStore::updated_keepsItsPlace()
{
    QVERIFY(store().add(account(u"1"_s)));
    QVERIFY(store().add(account(u"2"_s)));
    Account changed = account(u"1"_s);
    changed.server = { u"smtp.example.net"_s, 465, Security::Tls };
    changed.user.clear();
    QVERIFY(store().update(changed));
    QCOMPARE(store().load()->accounts, (QList<Account> { changed, account(u"2"_s) }));
}

void TestAccountStore::removed_isGone()
{
    QVERIFY(store().add(account(u"1"_s)));
    QVERIFY(store().add(account(u"2"_s)));
    QVERIFY(store().remove(u"1"_s));
    QCOMPARE(store().load()->accounts, QList<Account> { account(u"2"_s) });
}

void TestAccountStore::unknownId_changesNothing()
{
    QVERIFY(store().add(account(u"1"_s)));
    const QByteArray before = text();
    QCOMPARE(store().remove(u"2"_s).error().kind, AccountError::Kind::NoSuchAccount);
    QCOMPARE(store().update(account(u"2"_s)).error().kind, AccountError::Kind::NoSuchAccount);
    QCOMPARE(text(), before);
}

void TestAccountStore::sameIdTwice_isADuplicate()
{
    QVERIFY(store().add(account(u"1"_s)));
    QCOMPARE(store().add(account(u"1"_s)).error().kind, AccountError::Kind::Duplicate);
    QCOMPARE(store().load()->accounts.size(), 1);
}

void TestAccountStore::fieldsOfANewerVersion_areKept()
{
    QVERIFY(setText(R"({"version": 2, "theme": "dark", "accounts": [
        {"id": "1", "name": "old", "email": "a@example.org", "colour": "blue",
         "server": {"host": "mail.example.org", "port": 465, "security": "tls", "alternates": [1, 2]}},
        {"id": "2", "kind": "carrier-pigeon"}]})"));
    const auto list = store().load();
    QVERIFY(list);
    QVERIFY(list->setAside.isEmpty());
    QCOMPARE(list->accounts.size(), 1);
    Account changed = list->accounts.first();
    changed.name = u"new"_s;
    QVERIFY(store().update(changed));
    const QJsonObject root = QJsonDocument::fromJson(text()).object();
    QCOMPARE(root["version"_L1].toInt(), 2);
    QCOMPARE(root["theme"_L1].toString(), u"dark"_s);
    const QJsonArray accounts = root["accounts"_L1].toArray();
    QCOMPARE(accounts.size(), 2);
    QCOMPARE(accounts[0].toObject()["name"_L1].toString(), u"new"_s);
    QCOMPARE(accounts[0].toObject()["colour"_L1].toString(), u"blue"_s);
    QCOMPARE(accounts[0].toObject()["server"_L1].toObject()["alternates"_L1].toArray().size(), 2);
    QCOMPARE(accounts[1].toObject()["kind"_L1].toString(), u"carrier-pigeon"_s);
}

void TestAccountStore::identitiesOfANewerVersion_areKept()
{
    QVERIFY(setText(R"({"version": 1, "accounts": [{"id": "1", "email": "a@example.org",
        "identities": [{"id": "x", "email": "b@example.org", "colour": "blue"},
                       {"id": "y", "email": "c@example.org", "colour": "red"}],
        "server": {"host": "mail.example.org", "port": 465, "security": "tls"}}]})"));
    Account changed = store().load()->accounts.first();
    QCOMPARE(changed.identities.size(), 2);
    changed.identities.swapItemsAt(0, 1);
    changed.identities[0].displayName = u"Sales"_s;
    QVERIFY(store().update(changed));
    const QJsonArray identities
        = QJsonDocument::fromJson(text())["accounts"_L1][0]["identities"_L1].toArray();
    QCOMPARE(identities[0]["displayName"_L1].toString(), u"Sales"_s);
    QCOMPARE(identities[0]["colour"_L1].toString(), u"red"_s);
    QCOMPARE(identities[1]["colour"_L1].toString(), u"blue"_s);
}

void TestAccountStore::fileOfAnEarlierVersion_hasOneIdentityAndAServer()
{
    QVERIFY(setText(R"({"version": 1, "accounts": [{"id": "1", "name": "old", "email": "a@example.org",
        "displayName": "Ann", "user": "ann", "auth": "", "caFile": "", "pinnedKey": "", "clientName": "",
        "inDoubtRule": "ask", "server": {"host": "mail.example.org", "port": 465, "security": "tls"}}]})"));
    const Account read = store().load()->accounts.first();
    QCOMPARE(read.allIdentities().size(), 1);
    QCOMPARE(read.allIdentities().first().email, u"a@example.org"_s);
    QVERIFY(read.command.isEmpty() && !read.oauth && read.replyTo.isEmpty() && read.signature.isEmpty());
    QVERIFY(store().update(read));
    QCOMPARE(store().load()->accounts, QList<Account> { read });
}

void TestAccountStore::commandAlone_isAnAccount()
{
    Account local;
    local.id = u"1"_s;
    local.email = u"a@example.org"_s;
    local.command = { u"/usr/sbin/sendmail"_s };
    QVERIFY(store().add(local));
    const auto list = store().load();
    QVERIFY(list && list->setAside.isEmpty());
    QCOMPARE(list->accounts.first().command, local.command);
    QCOMPARE(list->accounts.first().server.host, QString());
}

void TestAccountStore::file_isForItsOwnerOnlyAndHoldsNoSecret()
{
    QVERIFY(store().add(account(u"1"_s)));
    const auto forOthers
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(file()) & forOthers));
    QVERIFY(!(QFile::permissions(m_profile->folder()) & forOthers));
    QVERIFY(!text().contains("assword"));
}

void TestAccountStore::damagedFile_isSetAside_data()
{
    QTest::addColumn<QByteArray>("damaged");
    const QByteArray whole
        = R"({"version":1,"accounts":[{"id":"1","server":{"host":"h","port":465,"security":"tls"}}]})";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << whole.first(whole.size() / 2);
    QTest::newRow("no JSON") << QByteArray("[accounts]\nname = office\n");
    QTest::newRow("zeros") << QByteArray(200, '\0');
    QTest::newRow("another object") << QByteArray(R"({"logins": []})");
    QTest::newRow("accounts are no list") << QByteArray(R"({"version": 1, "accounts": "none"})");
    QTest::newRow("security that does not exist") << QByteArray(whole).replace("tls", "ssl");
    QTest::newRow("port that does not exist") << QByteArray(whole).replace("465", "70000");
}

void TestAccountStore::damagedFile_isSetAside()
{
    QFETCH(QByteArray, damaged);
    QVERIFY(setText(damaged));
    const auto list = store().load();
    QVERIFY(list);
    QVERIFY(list->accounts.isEmpty());
    QVERIFY(list->setAside.startsWith(file() + u".damaged-"_s));
    QFile aside(list->setAside);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), damaged);
    QVERIFY(store().add(account(u"1"_s)));
    QVERIFY(store().load()->setAside.isEmpty());
    QCOMPARE(store().load()->accounts.size(), 1);
}

void TestAccountStore::addingToADamagedFile_losesNothing()
{
    QVERIFY(setText("precious wreck"));
    QVERIFY(store().add(account(u"1"_s)));
    QCOMPARE(store().load()->accounts.size(), 1);
    const QStringList asides = QDir(m_profile->folder()).entryList({ u"accounts.json.damaged-*"_s });
    QCOMPARE(asides.size(), 1);
    QFile aside(m_profile->path(asides.first()));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), QByteArray("precious wreck"));
}

void TestAccountStore::folderInTheWay_isSetAside()
{
    QVERIFY(QDir().mkpath(file() + u"/kept"_s));
    const auto list = store().load();
    QVERIFY(list);
    QVERIFY(list->accounts.isEmpty());
    QVERIFY(QFileInfo::exists(list->setAside + u"/kept"_s));
    QVERIFY(!QFileInfo::exists(file()));
}

void TestAccountStore::profileThatCannotBeMade_isReadOnly()
{
    QVERIFY(!m_profile->writeBeside(u"profile"_s, "a file in its place").isEmpty());
    QCOMPARE(store().add(account(u"1"_s)).error().kind, AccountError::Kind::ReadOnly);
    QCOMPARE(AccountStore(u"/proc/postrider"_s).add(account(u"1"_s)).error().kind,
             AccountError::Kind::ReadOnly);
}

void TestAccountStore::lockOfADeadProcess_isTakenOver()
{
    QVERIFY(QDir().mkpath(m_profile->folder()));
    QFile lock(m_profile->path(u"accounts.lock"_s));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write("999999999\npostrider\n" + QSysInfo::machineHostName().toUtf8() + "\n");
    lock.close();
    QVERIFY(store().add(account(u"1"_s)));
}

} // namespace postrider::accounts

QTEST_GUILESS_MAIN(postrider::accounts::TestAccountStore)
#include "tst_accountstore.moc"
