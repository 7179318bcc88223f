// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/foundwords.h"

#include <QSet>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::delivery;
using postrider::accounts::FoundAccount;
using postrider::accounts::ImportError;

class FoundWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNote_hasItsOwnSentence();
    void everyError_namesTheFile();
};

void FoundWordsTest::everyNote_hasItsOwnSentence()
{
    QSet<QString> sentences;
    const int last = static_cast<int>(FoundAccount::Note::SignatureNotVerified);
    for (int note = 0; note <= last; ++note) {
        const QString words = sentence(static_cast<FoundAccount::Note>(note));
        QVERIFY(words.endsWith(u'.'));
        sentences += words;
    }
    QCOMPARE(sentences.size(), last + 1);
}

void FoundWordsTest::everyError_namesTheFile()
{
    QSet<QString> sentences;
    const int last = static_cast<int>(ImportError::Kind::NoAccounts);
    for (int kind = 0; kind <= last; ++kind) {
        const ImportError error { static_cast<ImportError::Kind>(kind), u"Permission denied"_s };
        const QString words = sentence(error, u"mail\u202e.conf"_s);
        QVERIFY(words.contains(u"mail\uFFFD.conf"_s));
        sentences += words;
    }
    QCOMPARE(sentences.size(), last + 1);
    QVERIFY(sentence({ ImportError::Kind::Unreadable, u"Permission denied"_s }, u"f"_s)
                .contains(u"Permission denied"_s));
}

QTEST_GUILESS_MAIN(FoundWordsTest)
#include "tst_foundwords.moc"
