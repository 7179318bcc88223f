// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/composewindow.h"
#include "compose/spelling/dictionaries.h"
#include "compose/spelling/speller.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace postrider::compose;

namespace {

void write(const QString &path, const QByteArray &octets)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(octets);
}

QStringList words(const QString &paragraph)
{
    QStringList result;
    const QList<WordPlace> places = checkableWords(paragraph);
    for (const WordPlace &place : places) {
        [&] { QCOMPARE(paragraph.mid(place.position, place.word.size()), place.word); }();
        result.append(place.word);
    }
    return result;
}

} // namespace

class TestSpelling : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder {};

    [[nodiscard]] static QStringList marked(const QTextEdit &edit)
    {
        QStringList result;
        const auto marks = edit.extraSelections();
        for (const auto &mark : marks)
            result.append(mark.cursor.selectedText());
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Two languages that no computer has, one of them in an old charset.
        write(m_folder.filePath(u"en_XA.aff"_s), "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
        write(m_folder.filePath(u"en_XA.dic"_s), "5\nhello\nworld\nwe're\nletter\nthe\n");
        write(m_folder.filePath(u"de_XA.aff"_s), "SET ISO8859-1\n");
        write(m_folder.filePath(u"de_XA.dic"_s),
              "2\nGr\xfc\xdf"
              "e\nhallo\n");
        write(m_folder.filePath(u"hyph.dic"_s), "no dictionary");
        qputenv("DICPATH", m_folder.path().toLocal8Bit());
        // What is installed here must not be nearer to the language than these.
        for (const char *name : { "XDG_DATA_HOME", "XDG_DATA_DIRS" })
            qputenv(name, m_folder.filePath(u"nothing"_s).toLocal8Bit());
        QLocale::setDefault(QLocale(u"en_XA"_s));
    }

    void installedDictionaries_needBothFiles()
    {
        QStringList languages;
        const QList<Dictionary> installed = installedDictionaries({ m_folder.path() });
        for (const Dictionary &dictionary : installed)
            languages.append(dictionary.language);
        QCOMPARE(languages, (QStringList { u"de_XA"_s, u"en_XA"_s }));
        QVERIFY(installedDictionaries({ u"/nowhere"_s }).isEmpty());
    }

    void preferredLanguage_isTheNearestThatIsThere()
    {
        const QList<Dictionary> installed = installedDictionaries({ m_folder.path() });
        QCOMPARE(preferredLanguage(installed, { u"de-XA"_s, u"en"_s }), u"de_XA"_s);
        QCOMPARE(preferredLanguage(installed, { u"fr-FR"_s, u"en-GB"_s }), u"en_XA"_s);
        QCOMPARE(preferredLanguage(installed, { u"fr-FR"_s }), QString());
    }

    void wordsThatAreNoWords_areNotChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("plain") << u"One, two. (three)"_s << QStringList { u"One"_s, u"two"_s, u"three"_s };
        QTest::newRow("address") << u"to ann@example.org now"_s << QStringList { u"to"_s, u"now"_s };
        QTest::newRow("link") << u"see https://example.org/pge or www.exmple or example.org/x"_s
                              << QStringList { u"see"_s, u"or"_s, u"or"_s };
        QTest::newRow("code") << u"call fooBar() in my_file and a->b"_s
                              << QStringList { u"call"_s, u"in"_s, u"and"_s };
        QTest::newRow("digits") << u"room B12 at 3rd"_s << QStringList { u"room"_s, u"at"_s };
        QTest::newRow("quoted") << u"> teh wrods"_s << QStringList();
        QTest::newRow("apostrophe") << u"we're don’t"_s << QStringList { u"we're"_s, u"don’t"_s };
        QTest::newRow("umlaut") << u"Grüße"_s << QStringList { u"Grüße"_s };
        QTest::newRow("empty") << QString() << QStringList();
    }
    void wordsThatAreNoWords_areNotChecked()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, found);
        QCOMPARE(words(text), found);
    }

    void severalDictionaries_acceptTheWordsOfEach()
    {
        Speller speller;
        speller.setDictionaries(installedDictionaries({ m_folder.path() }));
        QSignalSpy checked(&speller, &Speller::checked);
        speller.check({ u"hello"_s, u"Grüße"_s, u"we’re"_s, u"helo"_s, u"漢字"_s });
        QCOMPARE(checked.at(0).at(0).toStringList(), (QStringList { u"hello"_s, u"Grüße"_s, u"we’re"_s }));
        QCOMPARE(checked.at(0).at(1).toStringList(), (QStringList { u"helo"_s, u"漢字"_s }));
        QSignalSpy suggested(&speller, &Speller::suggested);
        speller.suggest(u"Grüse"_s);
        QVERIFY(suggested.at(0).at(1).toStringList().contains(u"Grüße"_s));
    }

    void learntWord_isRightForEveryOneWhoReadsTheFile()
    {
        const QString path = m_folder.filePath(u"profile/dictionary.txt"_s);
        Speller speller;
        speller.setPersonalDictionary(path);
        speller.learn(u"Postrider"_s);
        speller.learn(u"öl"_s);
        Speller other;
        other.setPersonalDictionary(path);
        QSignalSpy checked(&other, &Speller::checked);
        other.check({ u"Postrider"_s, u"Öl"_s, u"x"_s });
        QCOMPARE(checked.at(0).at(0).toStringList(), (QStringList { u"Postrider"_s, u"Öl"_s }));
    }

    void misspeltWord_isMarkedAndReplacedFromTheMenu()
    {
        ComposeWindow window;
        window.show();
        auto *body = window.findChild<QTextEdit *>(u"bodyEdit"_s);
        body->setPlainText(u"hello wrld\n> quotd\nthe lettr"_s);
        QTRY_COMPARE(marked(*body), (QStringList { u"wrld"_s, u"lettr"_s }));

        body->moveCursor(QTextCursor::Start);
        window.findChild<QAction *>(u"checkSpellingAction"_s)->trigger();
        QTRY_COMPARE(body->textCursor().selectedText(), u"wrld"_s);
        auto *menu = body->findChild<QMenu *>(u"textContextMenu"_s);
        QVERIFY(menu);
        QTRY_COMPARE(menu->actions().constFirst()->text(), u"world"_s);
        menu->actions().constFirst()->trigger();
        menu->close();
        QCOMPARE(body->document()->begin().text(), u"hello world"_s);
        QTRY_COMPARE(marked(*body), (QStringList { u"lettr"_s }));
        body->undo();
        QCOMPARE(body->document()->begin().text(), u"hello wrld"_s);
    }

    void addedWord_isNoLongerMarkedAndStaysForOtherWindows()
    {
        const QString path = m_folder.filePath(u"added/dictionary.txt"_s);
        {
            ComposeWindow window;
            window.setPersonalDictionary(path);
            window.show();
            auto *body = window.findChild<QTextEdit *>(u"bodyEdit"_s);
            body->setPlainText(u"wrld"_s);
            QTRY_COMPARE(marked(*body).size(), 1);
            window.findChild<QAction *>(u"checkSpellingAction"_s)->trigger();
            QTRY_VERIFY(body->findChild<QMenu *>(u"textContextMenu"_s));
            auto *menu = body->findChild<QMenu *>(u"textContextMenu"_s);
            QTRY_COMPARE(menu->actions().constFirst()->text(), u"world"_s);
            const auto actions = menu->actions();
            for (QAction *action : actions) {
                if (action->text() == "&Add to dictionary"_L1)
                    action->trigger();
            }
            menu->close();
            QTRY_VERIFY(marked(*body).isEmpty());
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "wrld\n"_ba);
    }

    void chosenLanguages_countTogetherAndAreNamedBelowTheText()
    {
        ComposeWindow window;
        window.show();
        auto *body = window.findChild<QTextEdit *>(u"bodyEdit"_s);
        body->setPlainText(u"hello Grüße"_s);
        QTRY_COMPARE(marked(*body), QStringList { u"Grüße"_s });
        const auto languages = window.findChild<QMenu *>(u"languagesMenu"_s)->actions();
        for (QAction *language : languages) {
            if (language->data() == u"de_XA"_s)
                language->trigger();
        }
        QTRY_VERIFY(marked(*body).isEmpty());
        for (QAction *language : languages) {
            if (language->isChecked())
                language->trigger();
        }
        body->setPlainText(u"wrld"_s);
        const auto *state = window.findChild<QLabel *>(u"textStateLabel"_s);
        QTRY_VERIFY(state->text().startsWith(u"Plain text · 1 word"_s));
        QVERIFY(marked(*body).isEmpty());
    }
};

QTEST_MAIN(TestSpelling)
#include "tst_spelling.moc"
