// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/signinverdict.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::discovery;

class SignInVerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusal_meansWhatItSays_data();
    void refusal_meansWhatItSays();
};

void SignInVerdictTest::refusal_meansWhatItSays_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("enhanced");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("verdict");
    const auto row
        = [](const char *name, int code, const QByteArray &enhanced, const QString &text,
             const QString &verdict) { QTest::newRow(name) << code << enhanced << text << verdict; };
    row("wrong password", 535, "5.7.8", u"Username or password not accepted"_s, u"AUTH_FAILED"_s);
    row("without enhanced code", 535, {}, u"Incorrect authentication data"_s, u"AUTH_FAILED"_s);
    row("without anything", 535, {}, {}, u"AUTH_FAILED"_s);
    row("passwords retired for the mailbox", 535, "5.7.139",
        u"Authentication unsuccessful, basic authentication is disabled."_s, u"NEED_OAUTH"_s);
    row("passwords retired for everybody", 550, "5.7.30",
        u"Basic authentication is not supported for Client Submission."_s, u"NEED_OAUTH"_s);
    row("retired in other words", 535, "5.7.139", u"Authentication unsuccessful"_s, u"NEED_OAUTH"_s);
    row("switched off for the tenant", 535, "5.7.139",
        u"Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."_s,
        u"ENABLE_FIRST"_s);
    row("app password by code", 534, "5.7.9", u"Please log in another way"_s, u"NEED_APP_PASSWORD"_s);
    row("app password by words", 535, "5.7.8", u"Use an App Password to sign in"_s, u"NEED_APP_PASSWORD"_s);
    row("other mechanism too weak", 538, "5.7.11", u"Encryption required"_s, u"AUTH_FAILED"_s);
    row("service not switched on", 535, "5.7.8", u"Error: SMTP is disabled for this account"_s,
        u"ENABLE_FIRST"_s);
    row("too many tries", 535, "5.7.0", u"(#AUTH005) Too many bad auth attempts."_s, u"RATE"_s);
    row("directory is away", 454, "4.7.0", u"Temporary authentication failure"_s, u"BUSY"_s);
}

void SignInVerdictTest::refusal_meansWhatItSays()
{
    QFETCH(int, code);
    QFETCH(QByteArray, enhanced);
    QFETCH(QString, text);
    QTEST(postrider::discovery::code(signInVerdict(code, enhanced, text)), "verdict");
}

QTEST_GUILESS_MAIN(SignInVerdictTest)
#include "tst_signinverdict.moc"
