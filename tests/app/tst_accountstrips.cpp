// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/accountstrips.h"
#include "widgets/statusbanner.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using app::AccountStrips;
using outbox::AccountHold;
using outbox::Problem;
using widgets::StatusBanner;

namespace {

accounts::Account account(const QString &id)
{
    accounts::Account account;
    account.id = id;
    account.name = u"name of "_s + id;
    return account;
}

AccountHold hold(AccountHold::State state, Problem::Kind kind)
{
    AccountHold hold;
    hold.state = state;
    hold.problem.kind = kind;
    hold.problem.host = u"smtp.example.org"_s;
    return hold;
}

QList<StatusBanner *> shown(const AccountStrips &strips)
{
    QList<StatusBanner *> banners;
    const auto all = strips.findChildren<StatusBanner *>();
    for (StatusBanner *banner : all) {
        if (banner->isVisibleTo(&strips))
            banners.append(banner);
    }
    return banners;
}

QPushButton *fix(const StatusBanner *banner)
{
    return banner->findChild<QPushButton *>();
}

} // namespace

class TestAccountStrips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusedSignIn_isOneBarThatAsksForThePassword()
    {
        AccountStrips strips;
        strips.showHold(account(u"a"_s), hold(AccountHold::State::Held, Problem::Kind::SignInRefused));
        QCOMPARE(shown(strips).size(), 1);
        const StatusBanner *banner = shown(strips).constFirst();
        QVERIFY(banner->text().contains(u"name of a"_s));
        QVERIFY(banner->text().contains(u"smtp.example.org"_s));
        QSignalSpy wanted(&strips, &AccountStrips::passwordWanted);
        fix(banner)->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.at(0).at(0).toString(), u"a"_s);
        QVERIFY(!wanted.at(0).at(1).toString().isEmpty());
    }

    void tokenThatHelpsNoMore_asksToSignInAgain()
    {
        AccountStrips strips;
        QSignalSpy wanted(&strips, &AccountStrips::signInWanted);
        QSignalSpy password(&strips, &AccountStrips::passwordWanted);
        strips.showHold(account(u"a"_s), hold(AccountHold::State::Held, Problem::Kind::SignInNeeded));
        fix(shown(strips).constFirst())->click();
        AccountHold refused = hold(AccountHold::State::Held, Problem::Kind::SignInRefused);
        refused.problem.detail = Problem::Detail::FreshTokenRefused;
        strips.showHold(account(u"b"_s), refused);
        fix(shown(strips).constLast())->click();
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted.at(1).at(0).toString(), u"b"_s);
        QCOMPARE(password.count(), 0);
    }

    void serverTrouble_offersToTryNow()
    {
        AccountStrips strips;
        strips.showHold(account(u"a"_s), hold(AccountHold::State::Waiting, Problem::Kind::ServerBusy));
        QSignalSpy retry(&strips, &AccountStrips::retryWanted);
        fix(shown(strips).constFirst())->click();
        QCOMPARE(retry.count(), 1);
    }

    void readyAccount_hasNoBar()
    {
        AccountStrips strips;
        strips.showHold(account(u"a"_s), hold(AccountHold::State::Held, Problem::Kind::SignInRefused));
        strips.showHold(account(u"b"_s), hold(AccountHold::State::Waiting, Problem::Kind::ServerBusy));
        QCOMPARE(shown(strips).size(), 2);
        strips.showHold(account(u"a"_s), {});
        QCOMPARE(shown(strips).size(), 1);
        QVERIFY(shown(strips).constFirst()->text().contains(u"name of b"_s));
        strips.keepOnly({});
        QVERIFY(shown(strips).isEmpty());
        QVERIFY(!strips.isVisible());
    }
};

QTEST_MAIN(TestAccountStrips)
#include "tst_accountstrips.moc"
