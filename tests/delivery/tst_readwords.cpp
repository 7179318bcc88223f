// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QTranslator>
#include <QtTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using mime::DraftRemark;
using mime::ReadError;

namespace {

/// What is said about everything that a reader may say, in the present language.
QStringList allSentences()
{
    QStringList all;
    for (int kind = 0; kind <= static_cast<int>(ReadError::Kind::OutputFailed); ++kind)
        all += delivery::sentence(ReadError { static_cast<ReadError::Kind>(kind), u"Denied"_s });
    for (int kind = 0; kind <= static_cast<int>(DraftRemark::Kind::ListShortened); ++kind) {
        all += delivery::sentence(
            DraftRemark { static_cast<DraftRemark::Kind>(kind), u"Received"_s, u"joe smith@x"_s });
    }
    return all;
}

} // namespace

class TestReadWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everything_hasASentenceOfItsOwnWithoutJargon();
    void everySentence_isThereInGerman();
    void remark_namesWhatItIsAbout_data();
    void remark_namesWhatItIsAbout();
    void failure_tellsTheSystemsCause();
    void wordsOfStrangers_areInert();
};

void TestReadWords::everything_hasASentenceOfItsOwnWithoutJargon()
{
    static const QRegularExpression jargon(u"\\b(error|failed to|please|MIME|header|multipart|octet)\\b|!"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    QSet<QString> known;
    const QStringList all = allSentences();
    for (const QString &sentence : all) {
        QVERIFY2(sentence.size() > 15 && !sentence.contains(u'%'), qPrintable(sentence));
        QVERIFY2(!jargon.match(sentence).hasMatch(), qPrintable(sentence));
        QVERIFY2(!known.contains(sentence), qPrintable(sentence));
        known.insert(sentence);
    }
}

void TestReadWords::everySentence_isThereInGerman()
{
    const QStringList english = allSentences();
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(POSTRIDER_GERMAN_CATALOGUE)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const QStringList german = allSentences();
    QCoreApplication::removeTranslator(&translator);
    QCOMPARE(QSet<QString>(german.cbegin(), german.cend()).size(), english.size());
    for (qsizetype i = 0; i < english.size(); ++i) {
        QVERIFY2(german.at(i) != english.at(i), qPrintable(english.at(i)));
        QVERIFY2(german.at(i).size() > 15 && !german.at(i).contains(u'%'), qPrintable(german.at(i)));
    }
}

void TestReadWords::remark_namesWhatItIsAbout_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("detail");

    const auto add
        = [](const char *name, DraftRemark::Kind kind, const QString &subject, const QString &detail = {}) {
              QTest::newRow(name) << static_cast<int>(kind) << subject << detail;
          };
    add("field", DraftRemark::Kind::FieldDropped, u"Received"_s);
    add("address", DraftRemark::Kind::BadAddress, u"Cc"_s, u"joe smith@x"_s);
    add("form", DraftRemark::Kind::AlternativeDropped, u"text/enriched"_s);
    add("text", DraftRemark::Kind::TextAttached, u"log.txt"_s);
    add("file", DraftRemark::Kind::FileDamaged, u"photo.jpg"_s);
    add("picture", DraftRemark::Kind::PictureMissing, u"logo@x.test"_s);
}

void TestReadWords::remark_namesWhatItIsAbout()
{
    QFETCH(const int, kind);
    QFETCH(const QString, subject);
    QFETCH(const QString, detail);
    const QString text
        = delivery::sentence(DraftRemark { static_cast<DraftRemark::Kind>(kind), subject, detail });
    QVERIFY2(text.contains(subject) && text.contains(detail), qPrintable(text));
}

void TestReadWords::failure_tellsTheSystemsCause()
{
    for (const ReadError::Kind kind : { ReadError::Kind::ReadFailed, ReadError::Kind::OutputFailed }) {
        QVERIFY(delivery::sentence(ReadError { kind, u"No space left"_s }).contains(u"No space left"_s));
        const QString unknown = delivery::sentence(ReadError { kind, {} });
        QVERIFY2(!unknown.contains(u"()"_s), qPrintable(unknown));
    }
}

/// A sign that names another place in the text must not be filled in once more, nor turn what is around it.
void TestReadWords::wordsOfStrangers_areInert()
{
    const QString text = delivery::sentence(
        DraftRemark { DraftRemark::Kind::BadAddress, u"Cc"_s, u"%2 \u202Eevil\x1B[31m\n"_s });
    QVERIFY(!text.contains(u'\u202E') && !text.contains(u'\x1B') && !text.contains(u'\n'));
    QVERIFY2(text.contains(u"%2"_s), qPrintable(text));
    QCOMPARE(text.count(u"Cc"_s), 1);
}

QTEST_GUILESS_MAIN(TestReadWords)
#include "tst_readwords.moc"
