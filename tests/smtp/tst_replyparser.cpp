// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/reply.h"

#include <QTest>

using namespace Qt::StringLiterals;
using postrider::smtp::EnhancedStatusCode;
using postrider::smtp::Reply;
using postrider::smtp::ReplyLimits;
using postrider::smtp::ReplyParser;
using Error = ReplyParser::Error;

namespace {

struct Outcome
{
    QList<Reply> replies {};
    std::optional<Error> error {};
};

Outcome parsed(const QByteArray &octets, qsizetype piece, ReplyLimits limits = {})
{
    ReplyParser parser(limits);
    Outcome outcome;
    for (qsizetype i = 0; i < octets.size() && !outcome.error; i += piece) {
        parser.append(octets.mid(i, piece));
        while (true) {
            auto reply = parser.next();
            if (!reply) {
                outcome.error = reply.error();
                break;
            }
            if (!*reply)
                break;
            outcome.replies.append(**reply);
        }
    }
    return outcome;
}

Reply single(const QByteArray &octets)
{
    const Outcome outcome = parsed(octets, octets.size());
    return outcome.replies.size() == 1 && !outcome.error ? outcome.replies.constFirst() : Reply();
}

} // namespace

class TestReplyParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyForm_isOneReply_data();
    void everyForm_isOneReply();
    void linesThatDoNotAgree_keepTheirCodes();
    void aChallengeInARefusal_isCutAsAnyLine();
    void severalReplies_comeInOrder();
    void brokenOctets_areAnError_data();
    void brokenOctets_areAnError();
    void repliesBeforeTheBrokenOne_areHandedOut();
    void anEndlessReply_endsAtTheLimit_data();
    void anEndlessReply_endsAtTheLimit();
    void theLimits_areAllowed();
    void ofALongLine_onlyTheStartIsKept();
    void aRejectedLine_isShownAsFarAsItIsWrong_data();
    void aRejectedLine_isShownAsFarAsItIsWrong();
    void inertLine_showsWhatCannotBeSeen();
    void enhancedCode_isReadOnlyWhenItFits_data();
    void enhancedCode_isReadOnlyWhenItFits();
    void text_isInert_data();
    void text_isInert();
    void pendingOctets_countWhatIsNotHandedOut();
    void afterAnError_nothingMoreIsParsed();
    void clear_forgetsTheError();
};

void TestReplyParser::everyForm_isOneReply_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("code");
    QTest::addColumn<QList<QByteArray>>("lines");

    QTest::newRow("code and text") << "250 ok\r\n"_ba << 250 << QList { "ok"_ba };
    QTest::newRow("code and space") << "250 \r\n"_ba << 250 << QList { ""_ba };
    QTest::newRow("bare code") << "250\r\n"_ba << 250 << QList { ""_ba };
    QTest::newRow("two lines") << "250-a\r\n250 b\r\n"_ba << 250 << QList { "a"_ba, "b"_ba };
    QTest::newRow("ends with a bare code") << "250-a\r\n250\r\n"_ba << 250 << QList { "a"_ba, ""_ba };
    QTest::newRow("empty continuation") << "250-\r\n250 b\r\n"_ba << 250 << QList { ""_ba, "b"_ba };
    QTest::newRow("text that looks like a code")
        << "250-First line\r\n250-Second line\r\n250-234 Text beginning with numbers\r\n250 The last line\r\n"_ba
        << 250
        << QList { "First line"_ba, "Second line"_ba, "234 Text beginning with numbers"_ba,
                   "The last line"_ba };
    QTest::newRow("codes of one class: the last counts")
        << "250-a\r\n251 b\r\n"_ba << 251 << QList { "a"_ba, "b"_ba };
    QTest::newRow("refused in the last line") << "250-a\r\n550 b\r\n"_ba << 550 << QList { "a"_ba, "b"_ba };
    QTest::newRow("refused in the first line") << "550-a\r\n250 b\r\n"_ba << 550 << QList { "a"_ba, "b"_ba };
    QTest::newRow("refused in several ways: the last of the worst counts")
        << "554-a\r\n450-b\r\n550-c\r\n250 d\r\n"_ba << 550 << QList { "a"_ba, "b"_ba, "c"_ba, "d"_ba };
    QTest::newRow("code that no RFC has") << "599 no\r\n"_ba << 599 << QList { "no"_ba };
    QTest::newRow("octets above 127 stay") << "250 \xff\xc3\xa9\r\n"_ba << 250 << QList { "\xff\xc3\xa9"_ba };
}

void TestReplyParser::everyForm_isOneReply()
{
    QFETCH(QByteArray, octets);
    QFETCH(int, code);
    QFETCH(QList<QByteArray>, lines);
    for (qsizetype piece = 1; piece <= octets.size(); ++piece) {
        const Outcome outcome = parsed(octets, piece);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.replies.size(), 1);
        QCOMPARE(outcome.replies.constFirst().code, code);
        QCOMPARE(outcome.replies.constFirst().lines, lines);
    }
}

/// What a transcript shows is what came.
void TestReplyParser::linesThatDoNotAgree_keepTheirCodes()
{
    const Reply mixed = single("250-2.0.0 a\r\n450-4.2.1 b\r\n250 c\r\n"_ba);
    QCOMPARE(mixed.code, 450);
    QCOMPARE(mixed.lineCodes, (QList { 250, 450, 250 }));
    QCOMPARE(mixed.enhanced, (EnhancedStatusCode { 4, 2, 1 }));
    QVERIFY(single("250-a\r\n250 b\r\n"_ba).lineCodes.isEmpty());
}

void TestReplyParser::aChallengeInARefusal_isCutAsAnyLine()
{
    const Reply reply = single("502-a\r\n334 " + QByteArray(12 * 1024, 'a') + "\r\n");
    QCOMPARE(reply.code, 502);
    QCOMPARE(reply.lines.value(1).size(), 8 * 1024 - 4);
}

void TestReplyParser::severalReplies_comeInOrder()
{
    const QByteArray octets = "250-a\r\n250 b\r\n354\r\n550 5.1.1 no\r\n"_ba;
    for (qsizetype piece = 1; piece <= octets.size(); ++piece) {
        const Outcome outcome = parsed(octets, piece);
        QCOMPARE(outcome.replies.size(), 3);
        QCOMPARE(outcome.replies.at(0).code, 250);
        QCOMPARE(outcome.replies.at(1).code, 354);
        QCOMPARE(outcome.replies.at(2).code, 550);
    }
}

void TestReplyParser::brokenOctets_areAnError_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<Error>("error");

    QTest::newRow("LF alone") << "250 ok\n"_ba << Error::BareLineEnd;
    QTest::newRow("CR alone") << "250 o\rk\r\n"_ba << Error::BareLineEnd;
    QTest::newRow("CR CR LF") << "250 ok\r\r\n"_ba << Error::BareLineEnd;
    QTest::newRow("LF first") << "\n250 ok\r\n"_ba << Error::BareLineEnd;
    QTest::newRow("NUL in the text") << "250 o\0k\r\n"_ba << Error::ContainsNul;
    QTest::newRow("NUL after CR") << "250 ok\r\0"_ba << Error::ContainsNul;
    QTest::newRow("no code") << "hello there\r\n"_ba << Error::NotAReply;
    QTest::newRow("empty line") << "\r\n"_ba << Error::NotAReply;
    QTest::newRow("two digits") << "25 ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("four digits") << "2500 ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("1yz") << "150 wait\r\n"_ba << Error::NotAReply;
    QTest::newRow("6yz") << "650 no\r\n"_ba << Error::NotAReply;
    QTest::newRow("tab") << "250\tok\r\n"_ba << Error::NotAReply;
    QTest::newRow("colon") << "250:ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("space first") << " 250 ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("signed") << "+25 ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("garbage in the middle") << "250-ok\r\nxyz\r\n250 ok\r\n"_ba << Error::NotAReply;
    QTest::newRow("a TLS record") << "\x16\x03\x01\x02\r\n"_ba << Error::NotAReply;
}

void TestReplyParser::brokenOctets_areAnError()
{
    QFETCH(QByteArray, octets);
    QFETCH(Error, error);
    for (qsizetype piece = 1; piece <= octets.size(); ++piece) {
        const Outcome outcome = parsed(octets, piece);
        QVERIFY(outcome.error.has_value());
        QCOMPARE(*outcome.error, error);
        QVERIFY(outcome.replies.isEmpty());
    }
}

void TestReplyParser::repliesBeforeTheBrokenOne_areHandedOut()
{
    const QByteArray octets = "220 a\r\n250 b\r\n250 c\n"_ba;
    for (qsizetype piece = 1; piece <= octets.size(); ++piece) {
        const Outcome outcome = parsed(octets, piece);
        QCOMPARE(outcome.replies.size(), 2);
        QCOMPARE(outcome.error, std::optional(Error::BareLineEnd));
    }
}

void TestReplyParser::anEndlessReply_endsAtTheLimit_data()
{
    QTest::addColumn<QByteArray>("octets");

    QTest::newRow("line without end") << QByteArray(70'000, 'a');
    QTest::newRow("one octet over the reply's limit") << "250 " + QByteArray(64 * 1024 - 5, 'a') + "\r\n";
    QTest::newRow("challenge over its limit") << "334 " + QByteArray(12 * 1024 + 1, 'a') + "\r\n";
    QTest::newRow("lines without end") << QByteArray("250-x\r\n").repeated(200);
    QTest::newRow("one line too many") << QByteArray("250-x\r\n").repeated(128) + "250 x\r\n";
    QTest::newRow("long lines") << QByteArray("250-" + QByteArray(8000, 'a') + "\r\n").repeated(9);
}

void TestReplyParser::anEndlessReply_endsAtTheLimit()
{
    QFETCH(QByteArray, octets);
    for (const qsizetype piece : { qsizetype(1), qsizetype(7), qsizetype(1000), octets.size() }) {
        const Outcome outcome = parsed(octets, piece);
        QCOMPARE(outcome.error, std::optional(Error::TooLong));
        QVERIFY(outcome.replies.isEmpty());
    }
}

void TestReplyParser::theLimits_areAllowed()
{
    QCOMPARE(single("250 " + QByteArray(8 * 1024 - 4, 'a') + "\r\n").code, 250);
    QCOMPARE(single("250 " + QByteArray(64 * 1024 - 6, 'a') + "\r\n").code, 250);
    QCOMPARE(single("334 " + QByteArray(12 * 1024, 'a') + "\r\n").code, 334);
    QCOMPARE(single(QByteArray("250-x\r\n").repeated(127) + "250 x\r\n").lines.size(), 128);
}

void TestReplyParser::ofALongLine_onlyTheStartIsKept()
{
    const Reply reply = single("250-" + QByteArray(20'000, 'a') + "\r\n250 b\r\n");
    QCOMPARE(reply.lines.size(), 2);
    QCOMPARE(reply.lines.constFirst(), QByteArray(8 * 1024 - 4, 'a'));
    QCOMPARE(reply.lines.constLast(), "b"_ba);
}

void TestReplyParser::aRejectedLine_isShownAsFarAsItIsWrong_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("rejected");
    QTest::newRow("no reply") << "250 ok\r\nHTTP/1.1 400 Bad\r\n250 x\r\n"_ba
                              << "HTTP/1.1 400 Bad"_ba;
    QTest::newRow("LF alone") << "250 ok\r\n250 a\n250 b\r\n"_ba
                              << "250 a\n"_ba;
    QTest::newRow("CR alone") << "250 a\rb\r\n"_ba
                              << "250 a\rb"_ba;
    QTest::newRow("too long") << QByteArray(70'000, 'x') << QByteArray(8 * 1024, 'x');
}

void TestReplyParser::aRejectedLine_isShownAsFarAsItIsWrong()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, rejected);
    for (const qsizetype piece : { qsizetype(1), qsizetype(3), qsizetype(1000), octets.size() }) {
        ReplyParser parser;
        bool isRejected = false;
        for (qsizetype at = 0; at < octets.size() && !isRejected; at += piece) {
            parser.append(octets.mid(at, piece));
            while (!isRejected) {
                const auto reply = parser.next();
                isRejected = !reply;
                if (reply && !*reply)
                    break;
            }
        }
        QVERIFY(isRejected);
        QCOMPARE(parser.rejectedLine(), rejected);
    }
}

void TestReplyParser::inertLine_showsWhatCannotBeSeen()
{
    using postrider::smtp::inertLine;
    QCOMPARE(inertLine("250 2.0.0 ok <b>"), "250 2.0.0 ok <b>"_ba);
    QCOMPARE(inertLine("a\x1b[31m\r\n"), "a\\u{1B}[31m\\u{D}\\u{A}"_ba);
    QCOMPARE(inertLine(u"a\u202eb\u200b"_s.toUtf8()), "a\\u{202E}b\\u{200B}"_ba);
    QCOMPARE(inertLine("Gr\xc3\xb6\xc3\x9f"
                       "e\xff"),
             u"Größe\ufffd"_s.toUtf8());
}

void TestReplyParser::enhancedCode_isReadOnlyWhenItFits_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("enhanced");
    QTest::addColumn<QString>("text");

    QTest::newRow("usual") << "550 5.1.1 no such user\r\n"_ba
                           << "5.1.1"_ba << u"no such user"_s;
    QTest::newRow("without text") << "250 2.1.0\r\n"_ba
                                  << "2.1.0"_ba << QString();
    QTest::newRow("three digits") << "550 5.7.509 policy\r\n"_ba
                                  << "5.7.509"_ba << u"policy"_s;
    QTest::newRow("on every line") << "551-5.7.1 Forwarding\r\n551 5.7.1 Select\r\n"_ba
                                   << "5.7.1"_ba << u"Forwarding Select"_s;
    QTest::newRow("only on the first line") << "550-5.7.1 Blocked,\r\n550 see there\r\n"_ba
                                            << "5.7.1"_ba << u"Blocked, see there"_s;
    QTest::newRow("other class") << "550 4.1.1 later\r\n"_ba
                                 << ""_ba << u"4.1.1 later"_s;
    QTest::newRow("leading zero") << "250 2.1.05 ok\r\n"_ba
                                  << ""_ba << u"2.1.05 ok"_s;
    QTest::newRow("four digits") << "550 5.1.1234 x\r\n"_ba
                                 << ""_ba << u"5.1.1234 x"_s;
    QTest::newRow("a version number") << "250 2.1.0.4 ok\r\n"_ba
                                      << ""_ba << u"2.1.0.4 ok"_s;
    QTest::newRow("two parts") << "250 2.1 ok\r\n"_ba
                               << ""_ba << u"2.1 ok"_s;
    QTest::newRow("none for 3yz") << "354 3.0.0 go\r\n"_ba
                                  << ""_ba << u"3.0.0 go"_s;
    QTest::newRow("glued to a word") << "550 5.1.1no\r\n"_ba
                                     << ""_ba << u"5.1.1no"_s;
}

void TestReplyParser::enhancedCode_isReadOnlyWhenItFits()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, enhanced);
    QFETCH(QString, text);
    const Reply reply = single(octets);
    QCOMPARE(reply.enhanced.toByteArray(), enhanced);
    QCOMPARE(reply.text(), text);
}

void TestReplyParser::text_isInert_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("text");

    QTest::newRow("UTF-8") << "Größe"_ba << u"Größe"_s;
    QTest::newRow("not UTF-8") << "a\xff"
                                  "b"_ba
                               << u"a\ufffdb"_s;
    QTest::newRow("terminal escape") << "a\x1b[31mred\x07"_ba << u"a [31mred"_s;
    QTest::newRow("tab and spaces") << "  a\t\tb  "_ba << u"a b"_s;
    QTest::newRow("control above ASCII") << u"a\u0085b\u009bc"_s.toUtf8() << u"a b c"_s;
    QTest::newRow("bidi override") << u"a\u202etxt.exe\u202c"_s.toUtf8() << u"atxt.exe"_s;
    QTest::newRow("bidi isolate") << u"a\u2066b\u2069"_s.toUtf8() << u"ab"_s;
    QTest::newRow("zero width") << u"p\u200bay\u200dp\ufeffal"_s.toUtf8() << u"paypal"_s;
    QTest::newRow("line separator") << u"a\u2028b\u2029c"_s.toUtf8() << u"a b c"_s;
    QTest::newRow("tags") << u"a\U000E0041b"_s.toUtf8() << u"ab"_s;
    QTest::newRow("Hangul filler") << u"a\u3164b"_s.toUtf8() << u"ab"_s;
    QTest::newRow("outside the first plane") << u"\U0001F4EE"_s.toUtf8() << u"\U0001F4EE"_s;
    QTest::newRow("markup is only text")
        << "<b>x</b> https://example.org"_ba << u"<b>x</b> https://example.org"_s;
}

void TestReplyParser::text_isInert()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, text);
    QCOMPARE((Reply { 550, {}, { line } }).text(), text);
}

void TestReplyParser::pendingOctets_countWhatIsNotHandedOut()
{
    ReplyParser parser;
    QCOMPARE(parser.pendingOctets(), 0);
    parser.append("220 a\r\n250-b\r\n25");
    QCOMPARE(parser.pendingOctets(), 16);
    QVERIFY(parser.next().value().has_value());
    QCOMPARE(parser.pendingOctets(), 9);
    QVERIFY(!parser.next().value().has_value());
    QCOMPARE(parser.pendingOctets(), 9);
    parser.append("0 c\r\n");
    QVERIFY(parser.next().value().has_value());
    QCOMPARE(parser.pendingOctets(), 0);
}

void TestReplyParser::afterAnError_nothingMoreIsParsed()
{
    ReplyParser parser;
    parser.append("rubbish\r\n");
    QCOMPARE(parser.next().error(), Error::NotAReply);
    parser.append("250 ok\r\n");
    QCOMPARE(parser.next().error(), Error::NotAReply);
    QCOMPARE(parser.pendingOctets(), 0);
}

void TestReplyParser::clear_forgetsTheError()
{
    ReplyParser parser;
    parser.append("rubbish\r\n");
    QVERIFY(!parser.next());
    parser.clear();
    parser.append("250 ok\r\n");
    QVERIFY(parser.next().value().has_value());
}

QTEST_GUILESS_MAIN(TestReplyParser)
#include "tst_replyparser.moc"
