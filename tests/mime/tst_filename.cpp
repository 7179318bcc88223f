// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/encodedword.h"
#include "mime/header/filename.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

class TestFileName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void path_becomesASafeName_data();
    void path_becomesASafeName();
    void name_isWrittenAs_data();
    void name_isWrittenAs();
    void longName_isContinuedWithoutGapsAndReadsBack_data();
    void longName_isContinuedWithoutGapsAndReadsBack();
};

void TestFileName::path_becomesASafeName_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");

    QTest::newRow("plain") << u"report.pdf"_s << u"report.pdf"_s;
    QTest::newRow("path") << u"../../etc/x"_s << u"x"_s;
    QTest::newRow("backslashes") << u"C:\\Users\\Ann\\x.txt"_s << u"x.txt"_s;
    QTest::newRow("turned text") << u"a\u202egpj.exe"_s << u"agpj.exe"_s;
    QTest::newRow("isolates") << u"a\u2066b\u2069.txt"_s << u"ab.txt"_s;
    QTest::newRow("line ends and NUL") << u"a\r\nb\0c.txt"_s << u"abc.txt"_s;
    QTest::newRow("nothing") << QString() << u"attachment"_s;
    QTest::newRow("folder") << u"/tmp/"_s << u"attachment"_s;
    QTest::newRow("dots") << u".."_s << u"attachment"_s;
    QTest::newRow("hidden") << u".profile"_s << u".profile"_s;
    QTest::newRow("half a character") << QString(QChar(0xD83D) + u"x"_s) << u"\uFFFDx"_s;
}

void TestFileName::path_becomesASafeName()
{
    QFETCH(const QString, path);
    QFETCH(const QString, name);
    QCOMPARE(safeFileName(path), name);
}

void TestFileName::name_isWrittenAs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("fileNameParameter");
    QTest::addColumn<QByteArray>("nameParameter");

    QTest::newRow("plain") << u"a.txt"_s << "filename=\"a.txt\""_ba
                           << "name=\"a.txt\""_ba;
    QTest::newRow("specials") << u"a;b \"c\".txt"_s << "filename=\"a;b \\\"c\\\".txt\""_ba
                              << "name=\"a;b \\\"c\\\".txt\""_ba;
    QTest::newRow("euro") << u"€ money.jpg"_s << "filename*=utf-8''%E2%82%AC%20money.jpg"_ba
                          << "name=\"=?utf-8?B?4oKsIG1vbmV5LmpwZw==?=\""_ba;
    QTest::newRow("looks encoded") << u"=?utf-8?Q?x?="_s << "filename*=utf-8''%3D%3Futf-8%3FQ%3Fx%3F%3D"_ba
                                   << "name=\"=?utf-8?B?PT91dGYtOD9RP3g/PQ==?=\""_ba;
    QTest::newRow("zero-width character in front") << u"\uFEFFa"_s << "filename*=utf-8''%EF%BB%BFa"_ba
                                                   << "name=\"=?utf-8?B?77u/YQ==?=\""_ba;
    QTest::newRow("quotes and percent") << u"é'%*().txt"_s << "filename*=utf-8''%C3%A9%27%25%2A%28%29.txt"_ba
                                        << "name=\"=?utf-8?B?w6knJSooKS50eHQ=?=\""_ba;
}

void TestFileName::name_isWrittenAs()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, fileNameParameter);
    QFETCH(const QByteArray, nameParameter);
    QCOMPARE(postrider::mime::fileNameParameter(name), QList<QByteArray> { fileNameParameter });
    QCOMPARE(postrider::mime::nameParameter(name), nameParameter);
}

void TestFileName::longName_isContinuedWithoutGapsAndReadsBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("nameParameter");

    QTest::newRow("Cyrillic") << QString(u"я"_s.repeated(300) + u".txt"_s) << "name=\"_.txt\""_ba;
    QTest::newRow("accents") << QString(u"éa"_s.repeated(60) + u".pdf"_s)
                             << QByteArray("name=\"" + QByteArray("ea").repeated(20) + ".pdf\"");
    QTest::newRow("ASCII") << QString(QString(200, u'x') + u".txt"_s)
                           << QByteArray("name=\"" + QByteArray(40, 'x') + ".txt\"");
    QTest::newRow("emoji") << QString(u"🎉"_s.repeated(60)) << "name=\"_\""_ba;
    QTest::newRow("wide slashes") << QString(u"／ａ＼"_s.repeated(20))
                                  << "name=\"_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a\""_ba;
    // RFC 2047 section 2: a line with an encoded word has at most 76 columns, one of them for the space
    // before.
    QTest::newRow("one column too long for an encoded word")
        << QString(u"€"_s.repeated(15)) << "name=\"_\""_ba;
}

void TestFileName::longName_isContinuedWithoutGapsAndReadsBack()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, nameParameter);
    const QList<QByteArray> pieces = fileNameParameter(name);
    QVERIFY(pieces.size() > 1);
    QByteArray encoded;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const bool isLast = i + 1 == pieces.size();
        QByteArray piece = pieces.at(i);
        QVERIFY2(piece.size() <= 77, piece.constData());
        QCOMPARE(piece.endsWith(';'), !isLast);
        if (!isLast)
            piece.chop(1);
        const QByteArray begin = "filename*" + QByteArray::number(i) + (i == 0 ? "*=utf-8''" : "*=");
        QVERIFY2(piece.startsWith(begin), piece.constData());
        const QByteArray octets = QByteArray::fromPercentEncoding(piece.sliced(begin.size()));
        QVERIFY2(octets.isValidUtf8(), piece.constData());
        encoded += octets;
    }
    QCOMPARE(QString::fromUtf8(encoded), name);
    QCOMPARE(postrider::mime::nameParameter(name), nameParameter);
}

QTEST_GUILESS_MAIN(TestFileName)
#include "tst_filename.moc"
