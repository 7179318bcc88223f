// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/personname.h"
#include "setup/serveraddress.h"
#include "setup/setupdraft.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using setup::ServerAddress;
using setup::SetupDraft;

class TestHelpers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedServer_isTakenApart_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("name and port") << u"smtp.example.org:2525"_s << u"smtp.example.org"_s << 2525;
        QTest::newRow("name") << u" smtp.example.org "_s << u"smtp.example.org"_s << 0;
        QTest::newRow("IPv6") << u"::1"_s << u"::1"_s << 0;
        QTest::newRow("IPv6 and port") << u"[2001:db8::1]:587"_s << u"2001:db8::1"_s << 587;
        QTest::newRow("no number") << u"smtp.example.org:x"_s << u"smtp.example.org:x"_s << 0;
        QTest::newRow("no port") << u"smtp.example.org:70000"_s << u"smtp.example.org:70000"_s << 0;
        QTest::newRow("zero") << u"smtp.example.org:0"_s << u"smtp.example.org:0"_s << 0;
        QTest::newRow("address of a page")
            << u"https://smtp.example.org/mail"_s << u"smtp.example.org"_s << 0;
        QTest::newRow("nothing") << u"  "_s << QString() << 0;
    }
    void typedServer_isTakenApart()
    {
        QFETCH(QString, typed);
        QFETCH(QString, host);
        QFETCH(int, port);
        QCOMPARE(setup::splitServerAddress(typed), (ServerAddress { host, static_cast<quint16>(port) }));
    }

    void loginNames_areNoNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("login");
        QTest::addColumn<bool>("isName");
        QTest::newRow("name") << u"Ann O’Hara-Smith"_s << u"ann"_s << true;
        QTest::newRow("other script") << u"Анна Петрова"_s << u"anna"_s << true;
        QTest::newRow("without cases") << u"山田 太郎"_s << u"taro"_s << true;
        QTest::newRow("root") << u"root"_s << u"root"_s << false;
        QTest::newRow("Root") << u"Root"_s << u"root"_s << false;
        QTest::newRow("login") << u"Ann"_s << u"ann"_s << false;
        QTest::newRow("small") << u"ann smith"_s << u"as"_s << false;
        QTest::newRow("number") << u"User1"_s << u"u"_s << false;
        QTest::newRow("live system") << u"Debian Live user"_s << u"debian"_s << false;
        QTest::newRow("nothing") << QString() << u"ann"_s << false;
    }
    void loginNames_areNoNames()
    {
        QFETCH(QString, text);
        QFETCH(QString, login);
        QTEST(setup::looksLikeName(text, login), "isName");
    }

    void keptDraft_comesBackTheSame()
    {
        SetupDraft draft;
        QVERIFY(draft.isEmpty());
        draft.way = setup::Way::Service;
        draft.service = u"some"_s;
        draft.region = u"eu"_s;
        draft.hosts = { u"smtp.example.org"_s };
        draft.account.displayName = u"Ann"_s;
        draft.account.email = u"ann@example.org"_s;
        draft.account.server = { u"smtp.example.org"_s, 2525, accounts::Security::StartTls };
        draft.account.user = u"ann"_s;
        QVERIFY(!draft.isEmpty());
        QCOMPARE(setup::draftFromJson(setup::toJson(draft)), draft);
        QVERIFY(setup::draftFromJson({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestHelpers)
#include "tst_helpers.moc"
