// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/preparation.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using sasl::StringUse;

namespace {

std::optional<QByteArray> saslPrep(const QByteArray &text, StringUse use)
{
    const auto result = sasl::saslPrep(text, use);
    return result ? std::optional(result->reveal().toByteArray()) : std::nullopt;
}

QByteArray prepared(const QByteArray &text, StringUse use)
{
    return sasl::prepared(text, use).reveal().toByteArray();
}

} // namespace

class TestPreparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preparedText_isThatOfTheProfile_data();
    void preparedText_isThatOfTheProfile();
    void prohibitedText_isSentComposed_data();
    void prohibitedText_isSentComposed();
    void unassignedCharacter_mayBeAskedForButNotStored();
    void preparingTwice_changesNothing();
    void anyOctets_areSurvived();
    void escapedName_hasNoSeparators_data();
    void escapedName_hasNoSeparators();
};

void TestPreparation::preparedText_isThatOfTheProfile_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("result");

    // RFC 4013 section 3.
    QTest::newRow("soft hyphen mapped to nothing") << u"I\u00adX"_s << u"IX"_s;
    QTest::newRow("no transformation") << u"user"_s << u"user"_s;
    QTest::newRow("case preserved") << u"USER"_s << u"USER"_s;
    QTest::newRow("output is NFKC") << u"\u00aa"_s << u"a"_s;
    QTest::newRow("output is NFKC, matches the first") << u"\u2168"_s << u"IX"_s;

    // Section 2.1 and 2.2.
    QTest::newRow("other spaces") << u"a\u00a0b\u2003c\u3000d"_s << u"a b c d"_s;
    QTest::newRow("mapped to nothing") << u"a\u200bb\ufe0fc\u2060d\ufeffe"_s << u"a bcde"_s;
    QTest::newRow("decomposed") << u"pa\u0308sswo\u0308rd"_s << u"pässwörd"_s;
    QTest::newRow("ligature") << u"\ufb01sh"_s << u"fish"_s;
    QTest::newRow("ASCII punctuation") << u" a,b=c\"\\~"_s << u" a,b=c\"\\~"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("right to left") << u"\u05e9\u05dc\u05d5\u05dd"_s << u"\u05e9\u05dc\u05d5\u05dd"_s;
    QTest::newRow("right to left with a digit inside") << u"\u06271\u0628"_s << u"\u06271\u0628"_s;
    QTest::newRow("the longest decomposition") << u"\ufdfa"_s << u"صلى الله عليه وسلم"_s;
}

void TestPreparation::preparedText_isThatOfTheProfile()
{
    QFETCH(QString, typed);
    QFETCH(QString, result);
    for (const StringUse use : { StringUse::Query, StringUse::Stored }) {
        QCOMPARE(saslPrep(typed.toUtf8(), use), std::optional(result.toUtf8()));
        QCOMPARE(prepared(typed.toUtf8(), use), result.toUtf8());
    }
}

void TestPreparation::prohibitedText_isSentComposed_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("sent");
    const auto newRow = [](const char *name, const QString &typed, const QString &sent) {
        QTest::newRow(name) << typed.toUtf8() << sent.toUtf8();
    };

    // RFC 4013 section 3.
    newRow("control character", u"\u0007"_s, u"\u0007"_s);
    newRow("directions mixed", u"\u06271"_s, u"\u06271"_s);

    newRow("tabulator", u"a\tb"_s, u"a\tb"_s);
    newRow("delete", u"a\u007fb"_s, u"a\u007fb"_s);
    newRow("control character beyond ASCII", u"a\u0085b"_s, u"a\u0085b"_s);
    newRow("private use", u"a\ue000"_s, u"a\ue000"_s);
    newRow("change of direction", u"a\u202eb"_s, u"a\u202eb"_s);
    newRow("replacement character", u"a\ufffd"_s, u"a\ufffd"_s);
    newRow("composed all the same", u"a\u0308\u0007"_s, u"ä\u0007"_s);
    newRow("nothing would be left", u"\u00ad"_s, u"\u00ad"_s);
    QTest::newRow("not UTF-8") << "p\xff\xfe"_ba
                               << "p\xff\xfe"_ba;
    QTest::newRow("cut UTF-8") << "p\xc3"_ba
                               << "p\xc3"_ba;
    QTest::newRow("surrogate in UTF-8") << "p\xed\xa0\x80"_ba
                                        << "p\xed\xa0\x80"_ba;
}

void TestPreparation::prohibitedText_isSentComposed()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, sent);
    for (const StringUse use : { StringUse::Query, StringUse::Stored }) {
        QCOMPARE(saslPrep(typed, use), std::nullopt);
        QCOMPARE(prepared(typed, use), sent);
    }
}

void TestPreparation::unassignedCharacter_mayBeAskedForButNotStored()
{
    const QByteArray newer = u"ª\u0221"_s.toUtf8(); // not in Unicode 3.2, which stringprep is fixed to
    QCOMPARE(saslPrep(newer, StringUse::Query), std::optional(u"a\u0221"_s.toUtf8()));
    QCOMPARE(saslPrep(newer, StringUse::Stored), std::nullopt);
    QCOMPARE(prepared(newer, StringUse::Stored), newer);
}

void TestPreparation::preparingTwice_changesNothing()
{
    QRandomGenerator random(20'261'121U);
    int preparedTexts = 0;
    for (int i = 0; i < 5000; ++i) {
        QString text;
        for (int length = random.bounded(6); length >= 0; --length) {
            const char32_t character
                = random.bounded(2) == 0 ? random.bounded(0x20U, 0x300U) : random.bounded(0x20U, 0xffffU);
            if (!QChar::isSurrogate(character))
                text += QString::fromUcs4(&character, 1);
        }
        const auto once = saslPrep(text.toUtf8(), StringUse::Stored);
        if (!once)
            continue;
        ++preparedTexts;
        QCOMPARE(
            QString::fromUtf8(*once).normalized(QString::NormalizationForm_KC, QChar::Unicode_3_2).toUtf8(),
            *once);
        QCOMPARE(saslPrep(*once, StringUse::Stored), once);
    }
    QVERIFY(preparedTexts > 100);
}

void TestPreparation::anyOctets_areSurvived()
{
    QRandomGenerator random(20'261'121U);
    for (int i = 0; i < 5000; ++i) {
        QByteArray octets(random.bounded(20), '\0');
        for (char &octet : octets)
            octet = static_cast<char>(random.bounded(256));
        const QByteArray sent = prepared(octets, StringUse::Stored);
        QCOMPARE(sent.isEmpty(), octets.isEmpty());
    }
}

void TestPreparation::escapedName_hasNoSeparators_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("none") << "ann@example.test"_ba
                          << "ann@example.test"_ba;
    QTest::newRow("both") << "a,b=c"_ba
                          << "a=2Cb=3Dc"_ba;
    QTest::newRow("what an escape looks like") << "=2C,=3D"_ba
                                               << "=3D2C=2C=3D3D"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
}

void TestPreparation::escapedName_hasNoSeparators()
{
    QFETCH(QByteArray, name);
    QTEST(sasl::escapedName(name), "escaped");
}

QTEST_GUILESS_MAIN(TestPreparation)
#include "tst_preparation.moc"
