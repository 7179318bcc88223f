// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/announcer.h"
#include "widgets/recipientfield.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::widgets;

namespace {

/// A shown window with a field and something else that can have the focus.
struct Fixture
{
    QWidget window {};
    RecipientField *field = new RecipientField(&window);
    RecipientField *other = new RecipientField(&window);
    QLineEdit *next = new QLineEdit(&window);

    explicit Fixture(const QString &addresses = {})
    {
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(field);
        layout->addWidget(other);
        layout->addWidget(next);
        window.resize(480, 300);
        field->setAddresses(addresses);
        window.show();
        window.activateWindow();
        field->setFocus();
        [&] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
    }

    [[nodiscard]] QStringList chips() const
    {
        QStringList texts;
        for (int index = 0; index < field->chipCount(); ++index)
            texts.append(field->chip(index).text);
        return texts;
    }
    void type(const QString &text) const { QTest::keyClicks(field, text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(field, key, modifiers);
    }
    void paste(const QString &text) const
    {
        QApplication::clipboard()->setText(text);
        field->paste();
    }
    [[nodiscard]] QString announced() const { return field->findChild<Announcer *>()->accessibleName(); }
};

const QString Three = u"ann@example.net, Bob <bob@example.net>, eve@example.net"_s;

} // namespace

class TestRecipientField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedAddress_becomesAChip_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("comma") << static_cast<int>(Qt::Key_Comma);
        QTest::newRow("semicolon") << static_cast<int>(Qt::Key_Semicolon);
        QTest::newRow("Enter") << static_cast<int>(Qt::Key_Return);
        QTest::newRow("Enter of the keypad") << static_cast<int>(Qt::Key_Enter);
        QTest::newRow("Tab") << static_cast<int>(Qt::Key_Tab);
    }
    void typedAddress_becomesAChip()
    {
        QFETCH(int, key);
        const Fixture f;
        f.type(u"bob@example.net"_s);
        QCOMPARE(f.field->chipCount(), 0);
        QCOMPARE(f.field->addresses(), u"bob@example.net"_s);
        f.press(static_cast<Qt::Key>(key));
        QCOMPARE(f.chips(), QStringList { u"bob@example.net"_s });
        QCOMPARE(f.field->hasFocus(), key != Qt::Key_Tab);
    }

    void leftField_hasNothingButChips()
    {
        const Fixture f;
        QSignalSpy left(f.field, &RecipientField::left);
        f.type(u"joe"_s);
        f.next->setFocus();
        QCOMPARE(f.chips(), QStringList { u"joe"_s });
        QCOMPARE(f.field->chip(0).state, Recipient::State::Bad);
        QCOMPARE(left.count(), 1);
    }

    void commaInAName_belongsToTheName_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("quoted") << u"\"Hill, Bob\" <bob@example.net>"_s;
        QTest::newRow("bare") << u"Hill, Bob <bob@example.net>"_s;
    }
    void commaInAName_belongsToTheName()
    {
        QFETCH(QString, typed);
        const Fixture f;
        f.type(typed);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chips(), QStringList { u"\"Hill, Bob\" <bob@example.net>"_s });
    }

    void semicolonAfterAName_separates()
    {
        const Fixture f;
        f.type(u"joe;Bob <bob@example.net>;"_s);
        QCOMPARE(f.chips(), (QStringList { u"joe"_s, u"Bob <bob@example.net>"_s }));
    }

    void arrows_selectOneChipAfterTheOther()
    {
        const Fixture f(Three);
        QCOMPARE(f.field->selectedChip(), -1);
        f.press(Qt::Key_Left);
        QCOMPARE(f.field->selectedChip(), 2);
        f.press(Qt::Key_Left);
        QCOMPARE(f.field->selectedChip(), 1);
        f.press(Qt::Key_Home);
        QCOMPARE(f.field->selectedChip(), 0);
        f.press(Qt::Key_Right);
        QCOMPARE(f.field->selectedChip(), 1);
        f.press(Qt::Key_End);
        QCOMPARE(f.field->selectedChip(), -1);
        f.type(u"joe"_s);
        QVERIFY(f.field->addresses().endsWith(u"joe"_s));
    }

    void arrows_areMirroredWhereLinesRunLeft()
    {
        Fixture f(Three);
        f.window.setLayoutDirection(Qt::RightToLeft);
        f.press(Qt::Key_Right);
        QCOMPARE(f.field->selectedChip(), 2);
        f.press(Qt::Key_Right);
        QCOMPARE(f.field->selectedChip(), 1);
        QVERIFY(f.field->chipRectangle(0).left() > f.field->chipRectangle(1).left());
    }

    void enterOnAChip_makesItTextAndEnterMakesItAChipAgain_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Enter") << static_cast<int>(Qt::Key_Return);
        QTest::newRow("F2") << static_cast<int>(Qt::Key_F2);
    }
    void enterOnAChip_makesItTextAndEnterMakesItAChipAgain()
    {
        QFETCH(int, key);
        const Fixture f(Three);
        f.field->selectChip(1);
        f.press(static_cast<Qt::Key>(key));
        QCOMPARE(f.field->chipCount(), 2);
        QCOMPARE(f.field->textCursor().selectedText(), u"Bob <bob@example.net>"_s);
        f.type(u"dave@example.net"_s);
        f.press(Qt::Key_Return);
        QCOMPARE(f.chips(),
                 (QStringList { u"ann@example.net"_s, u"dave@example.net"_s, u"eve@example.net"_s }));
    }

    void escapeWhileEditing_givesTheChipBack()
    {
        const Fixture f(Three);
        f.field->selectChip(1);
        f.press(Qt::Key_F2);
        f.type(u"nobody"_s);
        f.press(Qt::Key_Escape);
        QCOMPARE(f.field->addresses(), Three);
        QCOMPARE(f.field->selectedChip(), 1);
    }

    void doubleClick_edits()
    {
        const Fixture f(Three);
        QTest::mouseDClick(f.field->viewport(), Qt::LeftButton, {},
                           f.field->chipRectangle(0).topLeft() + QPoint(20, 10));
        QCOMPARE(f.field->textCursor().selectedText(), u"ann@example.net"_s);
    }

    void deleteAndBackspace_removeTheSelectedChipAndUndoBringsItBack_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Delete") << static_cast<int>(Qt::Key_Delete);
        QTest::newRow("Backspace") << static_cast<int>(Qt::Key_Backspace);
    }
    void deleteAndBackspace_removeTheSelectedChipAndUndoBringsItBack()
    {
        QFETCH(int, key);
        const Fixture f(Three);
        QSignalSpy changed(f.field, &RecipientField::recipientsChanged);
        f.field->selectChip(1);
        f.press(static_cast<Qt::Key>(key));
        QCOMPARE(f.chips(), (QStringList { u"ann@example.net"_s, u"eve@example.net"_s }));
        QVERIFY(!changed.isEmpty());
        QVERIFY(f.announced().contains(u"removed"_s));
        f.field->undo();
        QCOMPARE(f.field->addresses(), Three);
        f.field->redo();
        QCOMPARE(f.field->chipCount(), 2);
    }

    void heldBackspace_stopsAtTheChip()
    {
        const Fixture f(Three);
        f.type(u"x"_s);
        for (int times = 0; times < 3; ++times) {
            QKeyEvent held(QEvent::KeyPress, Qt::Key_Backspace, Qt::NoModifier, u"\b"_s, true);
            QCoreApplication::sendEvent(f.field, &held);
        }
        QCOMPARE(f.field->addresses(), Three);
        f.press(Qt::Key_Backspace);
        QCOMPARE(f.field->chipCount(), 2);
    }

    void letterAtASelectedChip_isTypedBehindIt()
    {
        const Fixture f(Three);
        f.field->selectChip(0);
        f.type(u"x@example.net,"_s);
        QCOMPARE(f.chips().mid(0, 2), (QStringList { u"ann@example.net"_s, u"x@example.net"_s }));
        QCOMPARE(f.field->chipCount(), 4);
    }

    void copy_hasTheFullFormAndCutTakesItAway()
    {
        const Fixture f(Three);
        f.field->selectChip(1);
        f.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"Bob <bob@example.net>"_s);
        f.press(Qt::Key_A, Qt::ControlModifier);
        f.press(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), Three);
        QVERIFY(f.field->isBlank());
        f.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(f.field->addresses(), Three);
    }

    void pastedLists_becomeChipsAndNothingIsLost_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("chips");
        QTest::newRow("one per line")
            << u"ann@example.net\r\nbob@example.net\n\neve@example.net\n"_s
            << QStringList { u"ann@example.net"_s, u"bob@example.net"_s, u"eve@example.net"_s };
        QTest::newRow("semicolons") << u"A <a@example.net>; b@example.net\n c@example.net"_s
                                    << QStringList { u"A <a@example.net>"_s, u"b@example.net"_s,
                                                     u"c@example.net"_s };
        QTest::newRow("two cells") << u"Ann Hill\tann@example.net\nBob\tbob@example.net\n"_s
                                   << QStringList { u"\"Ann Hill\" <ann@example.net>"_s,
                                                    u"\"Bob\" <bob@example.net>"_s };
        QTest::newRow("link") << u"mailto:bob@example.net?cc=eve@example.net&subject=x"_s
                              << QStringList { u"bob@example.net"_s, u"eve@example.net"_s };
        QTest::newRow("bad among good")
            << u"ann@example.net, joe, eve@"_s << QStringList { u"ann@example.net"_s, u"joe"_s, u"eve@"_s };
        QTest::newRow("twice the same")
            << u"ann@example.net, Ann <ann@EXAMPLE.net>"_s << QStringList { u"ann@example.net"_s };
    }
    void pastedLists_becomeChipsAndNothingIsLost()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, chips);
        const Fixture f;
        f.paste(text);
        QCOMPARE(f.chips(), chips);
    }

    void pastedPiece_staysTextToGoOnWith()
    {
        const Fixture f;
        f.type(u"bob@"_s);
        f.paste(u" example.net\n"_s);
        QCOMPARE(f.field->chipCount(), 0);
        QCOMPARE(f.field->addresses(), u"bob@example.net"_s);
    }

    void twoHundredPastedAddresses_areChipsWithinASecond()
    {
        Fixture f;
        QString text;
        for (int number = 0; number < 200; ++number) {
            switch (number % 4) {
            case 0:
                text += u"\"Hill, Bob %1\" <bob%1@example.net>; "_s.arg(number);
                break;
            case 1:
                text += u"ann%1@example.org\n"_s.arg(number);
                break;
            case 2:
                text += u"Eve %1 <eve%1@example.com>, "_s.arg(number);
                break;
            default:
                text += u"joe%1,\r\n"_s.arg(number);
            }
        }
        QElapsedTimer timer;
        timer.start();
        f.paste(text);
        f.window.grab();
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(f.field->chipCount(), 200);
        const QList<Recipient> all = f.field->recipients();
        QCOMPARE(std::count_if(all.cbegin(), all.cend(),
                               [](const Recipient &one) { return one.state == Recipient::State::Bad; }),
                 50);
        QVERIFY(f.announced().contains(u"200"_s));
    }

    void manyChips_wrapUpToAHeightAndThenScroll()
    {
        const Fixture f;
        const int oneLine = f.field->sizeHint().height();
        f.type(u"bob@example.net,"_s);
        QCOMPARE(f.field->sizeHint().height(), oneLine);
        QString text;
        for (int number = 0; number < 60; ++number)
            text += u"recipient%1@example.net,"_s.arg(number);
        f.paste(text);
        QTRY_VERIFY(f.field->height() > 2 * oneLine);
        QVERIFY(f.field->height() < 5 * oneLine);
        QTRY_VERIFY(f.field->verticalScrollBar()->maximum() > 0);
        QVERIFY(f.field->viewport()->rect().contains(f.field->cursorRect()));
    }

    void longEntry_isNoWiderThanTheField()
    {
        Fixture f(u"\"%1\" <bob@example.net>"_s.arg(u"Name "_s.repeated(60)));
        QTRY_VERIFY(!f.field->chipRectangle(0).isEmpty());
        QVERIFY(f.field->chipRectangle(0).right() < f.field->viewport()->width());
        f.window.resize(300, 300);
        QTRY_VERIFY(f.field->chipRectangle(0).right() < f.field->viewport()->width());
    }

    void typingMistake_isCorrectedByOneClick()
    {
        const Fixture f(u"Bob <bob@gmial.com>"_s);
        QCOMPARE(f.field->chip(0).state, Recipient::State::Doubtful);
        // The suggestion stands left of the cross at the chip's end.
        const QRect chip = f.field->chipRectangle(0);
        const int side = f.field->fontMetrics().height();
        QTest::mouseClick(f.field->viewport(), Qt::LeftButton, {},
                          QPoint(chip.right() - 2 * side - 4, chip.center().y()));
        QCOMPARE(f.field->recipients().constFirst().mailbox.domain, u"gmail.com"_s);
        f.field->undo();
        QCOMPARE(f.field->addresses(), u"Bob <bob@gmial.com>"_s);
    }

    void crossOfAChip_removesIt()
    {
        const Fixture f(Three);
        const QRect chip = f.field->chipRectangle(1);
        QTest::mouseClick(f.field->viewport(), Qt::LeftButton, {},
                          QPoint(chip.right() - f.field->fontMetrics().height() / 2 - 6, chip.center().y()));
        QCOMPARE(f.chips(), (QStringList { u"ann@example.net"_s, u"eve@example.net"_s }));
    }

    void clickOnAChip_selectsIt()
    {
        const Fixture f(Three);
        QTest::mouseClick(f.field->viewport(), Qt::LeftButton, {},
                          f.field->chipRectangle(1).topLeft() + QPoint(20, 10));
        QCOMPARE(f.field->selectedChip(), 1);
    }

    void menuKeyOnATypingMistake_offersTheCorrection()
    {
        const Fixture f(u"bob@gmial.com"_s);
        f.field->selectChip(0);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5),
                                f.field->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(f.field->viewport(), &event);
        QPointer<QMenu> menu = f.field->findChild<QMenu *>();
        QVERIFY(menu);
        QVERIFY(menu->actions().constFirst()->text().contains(u"bob@gmail.com"_s));
        menu->actions().constFirst()->trigger();
        QCOMPARE(f.field->addresses(), u"bob@gmail.com"_s);
        menu->close();
        QTRY_VERIFY(!menu);
    }

    void chipsDroppedElsewhere_becomeChipsThere()
    {
        const Fixture f(Three);
        QMimeData data;
        data.setText(u"Bob <bob@example.net>, joe"_s);
        const QPoint point(5, 5);
        QDragEnterEvent enter(point, Qt::MoveAction | Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.other->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(point), Qt::MoveAction | Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.other->viewport(), &drop);
        QCOMPARE(f.other->chipCount(), 2);
        QCOMPARE(f.other->addresses(), u"Bob <bob@example.net>, joe"_s);
    }

    void droppedFile_isNotForTheField()
    {
        const Fixture f;
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(u"/tmp/a.txt"_s) });
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.field->viewport(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void chip_saysAddressStateAndKeys()
    {
        const Fixture f(u"Bob <bob@example.net>, bob@gmial.com, joe"_s);
        QAccessibleInterface *field = QAccessible::queryAccessibleInterface(f.field);
        QCOMPARE(field->role(), QAccessible::EditableText);
        QCOMPARE(field->childCount(), 3);
        const QString good = field->child(0)->text(QAccessible::Name);
        QVERIFY2(good.contains(u"Bob <bob@example.net>"_s) && good.contains(u"Enter"_s)
                     && good.contains(u"Delete"_s),
                 qPrintable(good));
        const QString doubtful = field->child(1)->text(QAccessible::Name);
        QVERIFY2(doubtful.contains(u"bob@gmial.com"_s) && doubtful.contains(u"gmail.com"_s)
                     && doubtful.contains(u"Enter"_s),
                 qPrintable(doubtful));
        QVERIFY(field->child(2)->text(QAccessible::Name).contains(u"no @"_s));
        QVERIFY(field->text(QAccessible::Description).contains(u'3'));
        QCOMPARE(field->indexOfChild(field->child(1)), 1);
        f.field->selectChip(1);
        QVERIFY(field->child(1)->state().focused);
        QCOMPARE(field->focusChild(), field->child(1));
        f.field->removeChip(2);
        QCOMPARE(field->childCount(), 2);
        QVERIFY(!field->child(2));
        field->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(f.field->textCursor().selectedText(), u"Bob <bob@example.net>"_s);
    }

    void faultyPiece_isSelectedForCorrection()
    {
        const Fixture f(u"ann@example.net, a..b@example.net"_s);
        f.next->setFocus();
        f.field->correct(f.field->chip(1));
        QVERIFY(f.field->hasFocus());
        QVERIFY(f.field->textCursor().selectedText().contains(u"a..b"_s));
    }

    void addresses_comeBackAsTheyWere()
    {
        const QString text = u"Ann <ann@example.org>, joe, \"Hill, Bob\" <bob@example.net>, eve@"_s;
        const Fixture f(text);
        QCOMPARE(f.field->chipCount(), 4);
        QCOMPARE(f.field->addresses(), text);
        f.field->undo();
        QCOMPARE(f.field->addresses(), text);
    }
};

QTEST_MAIN(TestRecipientField)
#include "tst_recipientfield.moc"
