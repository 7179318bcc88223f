// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/savedway.h"
#include "support/reportrows.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::discovery;
using namespace postrider::support;
using postrider::accounts::Security;
using postrider::accounts::Server;

namespace {

Report reportOf(const QList<PortResult> &ports)
{
    Report report = foundReport();
    report.ports = ports;
    report.recommended.reset();
    for (const PortResult &port : ports) {
        if (!report.recommended && port.isRecommendable()) {
            report.recommended = Recommendation {};
            report.recommended->server = port.server;
        }
    }
    return report;
}

} // namespace

class SavedWayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wayThatWorks_staysAsItIs();
    void deadPort_leadsToOneThatWorks();
    void portThatSwitches_givesWayToOneEncryptedFromTheStart();
    void weakerWay_isNeverNamed();
    void otherHost_onlyWhenNothingOfTheSavedOneWorks();
    void relayAlone_saysThatTheServerIsUp();
    void nothingTried_isSaid();
    void plainWay_isSeenAtItsPort();
    void relayWithoutSignIn_works();
};

void SavedWayTest::wayThatWorks_staysAsItIs()
{
    const SavedWay way = compareWithSaved(serverAt(u"SMTP.example.org"_s, 465), foundReport());
    QVERIFY(way.works());
    QVERIFY(!way.better && !way.otherHost && !way.isRelayOnly);
    const QStringList said = findings(serverAt(u"smtp.example.org"_s, 465), way);
    QCOMPARE(said, QStringList { u"The account's own way works: smtp.example.org, port 465."_s });
}

void SavedWayTest::deadPort_leadsToOneThatWorks()
{
    const Server saved = serverAt(u"smtp.example.org"_s, 465);
    const SavedWay way
        = compareWithSaved(saved, reportOf({ workingRow(587), portRow(Verdict::Timeout, 465) }));
    QVERIFY(!way.works());
    QVERIFY(way.better);
    QCOMPARE(way.better->port, quint16(587));
    const QStringList said = findings(saved, way);
    QCOMPARE(said.size(), 2);
    QVERIFY(said.first().contains(u"can't be used"_s));
    QVERIFY(said.last().startsWith(u"Port 587 works"_s));
}

void SavedWayTest::portThatSwitches_givesWayToOneEncryptedFromTheStart()
{
    const SavedWay way = compareWithSaved(serverAt(u"smtp.example.org"_s, 587), foundReport());
    QVERIFY(way.works());
    QVERIFY(way.better);
    QCOMPARE(way.better->port, quint16(465));
}

void SavedWayTest::weakerWay_isNeverNamed()
{
    PortResult plain = workingRow(1025, u"127.0.0.1"_s);
    plain.server.security = Security::None;
    QVERIFY(plain.isRecommendable());
    const Server saved { u"127.0.0.1"_s, 1465, Security::Tls };
    PortResult dead = portRow(Verdict::Refused, 1465, u"127.0.0.1"_s);
    dead.server = saved;
    const SavedWay way = compareWithSaved(saved, reportOf({ plain, dead }));
    QVERIFY(!way.better && !way.otherHost);
}

void SavedWayTest::otherHost_onlyWhenNothingOfTheSavedOneWorks()
{
    const Server saved = serverAt(u"smtp.example.org"_s, 465);
    const PortResult other = workingRow(465, u"mail.example.org"_s);
    const SavedWay gone = compareWithSaved(saved, reportOf({ other, portRow(Verdict::DnsNotFound, 465) }));
    QVERIFY(!gone.better);
    QVERIFY(gone.otherHost);
    QCOMPARE(gone.otherHost->host, u"mail.example.org"_s);
    QVERIFY(findings(saved, gone).last().contains(u"mail.example.org"_s));

    const SavedWay both
        = compareWithSaved(saved, reportOf({ other, workingRow(587), portRow(Verdict::Timeout, 465) }));
    QVERIFY(both.better && !both.otherHost);
    const SavedWay works = compareWithSaved(saved, reportOf({ other, workingRow(465) }));
    QVERIFY(!works.better && !works.otherHost);
}

void SavedWayTest::relayAlone_saysThatTheServerIsUp()
{
    const Server saved = serverAt(u"smtp.example.org"_s, 587);
    const SavedWay way
        = compareWithSaved(saved, reportOf({ portRow(Verdict::Timeout, 587), portRow(Verdict::NoAuth, 25) }));
    QVERIFY(way.isRelayOnly && !way.better);
    QVERIFY(findings(saved, way).last().contains(u"is up"_s));
    const SavedWay dead = compareWithSaved(
        saved, reportOf({ portRow(Verdict::Timeout, 587), portRow(Verdict::Timeout, 25) }));
    QVERIFY(!dead.isRelayOnly);
}

void SavedWayTest::nothingTried_isSaid()
{
    const Server saved = serverAt(u"smtp.example.org"_s, 587);
    const SavedWay way = compareWithSaved(saved, reportOf({}));
    QVERIFY(!way.result && !way.works());
    QVERIFY(findings(saved, way).first().contains(u"not reached"_s));
}

void SavedWayTest::plainWay_isSeenAtItsPort()
{
    const Server saved { u"10.1.2.3"_s, 25, Security::None };
    PortResult plain = portRow(Verdict::NoTls, 25, saved.host);
    plain.server.security = Security::StartTls; // asked for, and not offered
    const SavedWay way = compareWithSaved(saved, reportOf({ plain }), SavedSignIn::NotUsed);
    QVERIFY(way.result && way.works());
    QCOMPARE(findings(saved, way), QStringList { u"The account's own way works: 10.1.2.3, port 25."_s });
    QVERIFY2(!compareWithSaved(saved, reportOf({ plain })).works(), "a password is not for there");

    PortResult encrypts = workingRow(25, saved.host);
    encrypts.server.security = Security::StartTls;
    PortResult better = workingRow(587, saved.host);
    const SavedWay both = compareWithSaved(saved, reportOf({ better, encrypts }), SavedSignIn::NotUsed);
    QVERIFY(both.works() && both.better);
    QCOMPARE(both.better->port, quint16(587));

    PortResult dead = portRow(Verdict::Refused, 25, saved.host);
    dead.server.security = Security::StartTls;
    const SavedWay refused = compareWithSaved(saved, reportOf({ dead }), SavedSignIn::NotUsed);
    QVERIFY(refused.result && !refused.works());
    QVERIFY(findings(saved, refused).first().contains(u"can't be used"_s));
}

void SavedWayTest::relayWithoutSignIn_works()
{
    const Server saved = serverAt(u"relay.example.org"_s, 587);
    const PortResult row = portRow(Verdict::NoAuth, 587, saved.host);
    QVERIFY(compareWithSaved(saved, reportOf({ row }), SavedSignIn::NotUsed).works());
    QVERIFY(!compareWithSaved(saved, reportOf({ row }), SavedSignIn::Used).works());
}

QTEST_GUILESS_MAIN(SavedWayTest)
#include "tst_savedway.moc"
