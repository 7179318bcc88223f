// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/tokenanswer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::oauth;
using Kind = SignInFailure::Kind;

/// What a token endpoint may answer.
class TokenAnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_areRead();
    void lifetime_isWhatTheAnswerSays_data();
    void lifetime_isWhatTheAnswerSays();
    void failures_haveTheirKind_data();
    void failures_haveTheirKind();
    void words_areInert();
    void clientSecret_isNotRepeated();
    void retryAfter_isKept();
    void scopes_decideWhetherMailCanBeSent_data();
    void scopes_decideWhetherMailCanBeSent();
    void deviceCode_isRead();
    void badDeviceCode_isNone_data();
    void badDeviceCode_isNone();

private:
    [[nodiscard]] static Client client(const QStringList &scopes = { u"smtp"_s })
    {
        Client made;
        made.provider.name = u"Example"_s;
        made.provider.scopes = scopes;
        return made;
    }
};

void TokenAnswerTest::tokens_areRead()
{
    const auto tokens = readTokens(
        { .status = 200, .body = R"({"access_token":"a.b-c","token_type":"bearer","expires_in":3599,
                                        "refresh_token":"r/1+2=","scope":"smtp openid","id_token":"x"})" },
        client());
    QVERIFY(tokens);
    QCOMPARE(tokens->accessToken.reveal().toByteArray(), "a.b-c"_ba);
    QCOMPARE(tokens->refreshToken.reveal().toByteArray(), "r/1+2="_ba);
    QCOMPARE(tokens->expiresIn, 3599s);
    QCOMPARE(tokens->scopes, (QStringList { u"smtp"_s, u"openid"_s }));
    // Some leave the kind out.
    QVERIFY(readTokens({ .status = 200, .body = R"({"access_token":"a"})" }, client()));
}

void TokenAnswerTest::lifetime_isWhatTheAnswerSays_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("number") << R"(,"expires_in":90)"_ba << qint64 { 90 };
    QTest::newRow("text") << R"(,"expires_in":"90")"_ba << qint64 { 90 };
    QTest::newRow("fraction") << R"(,"expires_in":90.7)"_ba << qint64 { 90 };
    QTest::newRow("missing") << ""_ba << qint64 { 3600 };
    QTest::newRow("null") << R"(,"expires_in":null)"_ba << qint64 { 3600 };
    QTest::newRow("negative") << R"(,"expires_in":-1)"_ba << qint64 { 3600 };
    QTest::newRow("words") << R"(,"expires_in":"soon")"_ba << qint64 { 3600 };
    QTest::newRow("zero") << R"(,"expires_in":0)"_ba << qint64 { 0 };
    QTest::newRow("beyond everything") << R"(,"expires_in":1e300)"_ba << qint64 { 315'360'000 };
}

void TokenAnswerTest::lifetime_isWhatTheAnswerSays()
{
    QFETCH(QByteArray, written);
    QFETCH(qint64, seconds);
    const auto tokens
        = readTokens({ .status = 200, .body = "{\"access_token\":\"a\"" + written + "}" }, client());
    QVERIFY(tokens);
    QCOMPARE(qint64 { tokens->expiresIn.count() }, seconds);
}

void TokenAnswerTest::failures_haveTheirKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("code");
    const auto error
        = [](const char *code) -> QByteArray { return "{\"error\":\"" + QByteArray(code) + "\"}"; };
    QTest::newRow("invalid_grant") << 400 << error("invalid_grant") << Kind::Refused << u"invalid_grant"_s;
    QTest::newRow("invalid_client") << 401 << error("invalid_client") << Kind::Refused << u"invalid_client"_s;
    QTest::newRow("error with 200") << 200 << error("invalid_grant") << Kind::Refused << u"invalid_grant"_s;
    QTest::newRow("access_denied") << 400 << error("access_denied") << Kind::Denied << u"access_denied"_s;
    QTest::newRow("expired_token") << 400 << error("expired_token") << Kind::TimedOut << u"expired_token"_s;
    QTest::newRow("temporarily_unavailable")
        << 400 << error("temporarily_unavailable") << Kind::Unavailable << u"temporarily_unavailable"_s;
    QTest::newRow("invalid_grant with 500")
        << 500 << error("invalid_grant") << Kind::Unavailable << u"invalid_grant"_s;
    QTest::newRow("503") << 503 << "<h1>Down</h1>"_ba << Kind::Unavailable << QString();
    QTest::newRow("429") << 429 << ""_ba << Kind::Unavailable << QString();
    QTest::newRow("no answer") << 0 << ""_ba << Kind::Unavailable << QString();
    QTest::newRow("HTML") << 200 << "<html>Welcome</html>"_ba << Kind::BadAnswer << QString();
    QTest::newRow("HTML with 403") << 403 << "<html>No</html>"_ba << Kind::BadAnswer << QString();
    QTest::newRow("redirect") << 302 << ""_ba << Kind::BadAnswer << QString();
    QTest::newRow("truncated") << 200 << R"({"access_token":"ab)"_ba << Kind::BadAnswer << QString();
    QTest::newRow("list") << 200 << R"(["access_token"])"_ba << Kind::BadAnswer << QString();
    QTest::newRow("no token") << 200 << R"({"token_type":"bearer"})"_ba << Kind::BadAnswer << QString();
    QTest::newRow("token is a number") << 200 << R"({"access_token":12})"_ba << Kind::BadAnswer << QString();
    QTest::newRow("token with line end")
        << 200 << R"({"access_token":"a\r\nRCPT"})"_ba << Kind::BadAnswer << QString();
    QTest::newRow("refresh token with blank")
        << 200 << R"({"access_token":"a","refresh_token":"b c"})"_ba << Kind::BadAnswer << QString();
    QTest::newRow("other kind of token")
        << 200 << R"({"access_token":"a","token_type":"mac"})"_ba << Kind::BadAnswer << QString();
    QTest::newRow("longer than AUTH may be")
        << 200 << QByteArray("{\"access_token\":\"" + QByteArray(12'289, 'a') + "\"}") << Kind::BadAnswer
        << QString();
    QTest::newRow("other scope") << 200 << R"({"access_token":"a","scope":"imap openid"})"_ba
                                 << Kind::ScopeMissing << QString();
}

void TokenAnswerTest::failures_haveTheirKind()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Kind, kind);
    QFETCH(QString, code);
    const auto tokens = readTokens({ .status = status, .body = body }, client());
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, kind);
    QCOMPARE(tokens.error().code, code);
    QCOMPARE(tokens.error().provider, u"Example"_s);
}

void TokenAnswerTest::words_areInert()
{
    const auto tokens = readTokens({ .status = 400,
                                     .body = "{\"error\":\"invalid_grant\",\"error_description\":"
                                             "\"AADSTS70000: one\\r\\ntwo \\u202e\\u001b[31m"
                                         + QByteArray(1000, 'x') + "\"}" },
                                   client());
    QVERIFY(!tokens);
    QVERIFY(tokens.error().words.startsWith(u"AADSTS70000: one two [31mx"_s));
    QCOMPARE(tokens.error().words.size(), 300);
}

void TokenAnswerTest::clientSecret_isNotRepeated()
{
    Client ours = client();
    ours.provider.clientSecret = u"not-for-reports"_s;
    const auto tokens = readTokens({ .status = 401, .body = R"({"error":"invalid_client not-for-reports",
                                   "error_description":"\"not-for-reports\" is not the secret of x"})" },
                                   ours);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().code, u"invalid_client …"_s);
    QCOMPARE(tokens.error().words, u"\"…\" is not the secret of x"_s);
}

void TokenAnswerTest::retryAfter_isKept()
{
    const auto tokens = readTokens({ .status = 429, .body = {}, .trouble = {}, .retryAfter = 77s }, client());
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().retryAfter, std::optional(77s));
}

void TokenAnswerTest::scopes_decideWhetherMailCanBeSent_data()
{
    QTest::addColumn<QStringList>("granted");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<bool>("isEnough");
    const QString full = u"https://outlook.office.com/SMTP.Send"_s;
    const QString google = u"https://mail.google.com/"_s;
    QTest::newRow("nothing named") << QStringList {} << QStringList { full } << true;
    QTest::newRow("the same") << QStringList { full } << QStringList { full, u"offline_access"_s } << true;
    QTest::newRow("short name") << QStringList { u"SMTP.Send"_s } << QStringList { full } << true;
    QTest::newRow("other letters") << QStringList { full.toLower() } << QStringList { full } << true;
    QTest::newRow("another") << QStringList { u"https://outlook.office.com/IMAP.AccessAsUser.All"_s }
                             << QStringList { full } << false;
    QTest::newRow("only the sign-in") << QStringList { u"openid"_s, u"offline_access"_s }
                                      << QStringList { full, u"offline_access"_s } << false;
    QTest::newRow("Google") << QStringList { google } << QStringList { google } << true;
    QTest::newRow("Google, less") << QStringList { u"https://www.googleapis.com/auth/gmail.readonly"_s }
                                  << QStringList { google } << false;
    QTest::newRow("sending is enough")
        << QStringList { full } << QStringList { full, u"https://outlook.office.com/User.Read"_s } << true;
    QTest::newRow("no word of SMTP: all")
        << QStringList { u"a"_s } << QStringList { u"a"_s, u"b"_s } << false;
}

void TokenAnswerTest::scopes_decideWhetherMailCanBeSent()
{
    QFETCH(QStringList, granted);
    QFETCH(QStringList, wanted);
    QFETCH(bool, isEnough);
    QCOMPARE(isMailGranted(granted, wanted), isEnough);
}

void TokenAnswerTest::deviceCode_isRead()
{
    const auto code = readDeviceCode(
        { .status = 200,
          .body = R"({"device_code":"d","user_code":"ABCD","verification_uri":"https://x.example/device",
            "verification_uri_complete":"https://x.example/device?c=ABCD","expires_in":900,"interval":7})" },
        client());
    QVERIFY(code);
    QCOMPARE(code->userCode, u"ABCD"_s);
    QCOMPARE(code->page, QUrl(u"https://x.example/device"_s));
    QCOMPARE(code->completePage, QUrl(u"https://x.example/device?c=ABCD"_s));
    QCOMPARE(code->lifetime, 900s);
    QCOMPARE(code->interval, 7s);
    // RFC 8628 section 3.2: without interval, 5 s. The other name is a draft's.
    const auto old = readDeviceCode(
        { .status = 200,
          .body
          = R"({"device_code":"d","user_code":"A","verification_url":"https://x.example/d","expires_in":9})" },
        client());
    QVERIFY(old);
    QCOMPARE(old->interval, 5s);
    QVERIFY(old->completePage.isEmpty());
}

void TokenAnswerTest::badDeviceCode_isNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("HTML") << "<html>"_ba;
    QTest::newRow("no code")
        << R"({"user_code":"A","verification_uri":"https://x.example/","expires_in":9})"_ba;
    QTest::newRow("no lifetime")
        << R"({"device_code":"d","user_code":"A","verification_uri":"https://x.example/"})"_ba;
    QTest::newRow("page is no https")
        << R"({"device_code":"d","user_code":"A","verification_uri":"http://x.example/","expires_in":9})"_ba;
    QTest::newRow("page is a program")
        << R"({"device_code":"d","user_code":"A","verification_uri":"file:///bin/sh","expires_in":9})"_ba;
}

void TokenAnswerTest::badDeviceCode_isNone()
{
    QFETCH(QByteArray, body);
    const auto code = readDeviceCode({ .status = 200, .body = body }, client());
    QVERIFY(!code);
    QCOMPARE(code.error().kind, Kind::BadAnswer);
}

QTEST_APPLESS_MAIN(TokenAnswerTest)
#include "tst_tokenanswer.moc"
