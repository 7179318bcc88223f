// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/statusbanner.h"

#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace postrider::widgets;

namespace {

QList<QPushButton *> shownButtons(const StatusBanner &banner)
{
    QList<QPushButton *> shown;
    const auto all = banner.findChildren<QPushButton *>();
    for (QPushButton *button : all) {
        if (button->isVisibleTo(&banner))
            shown.append(button);
    }
    return shown;
}

/// Counts how often a widget appears.
class ShowCounter final : public QObject
{
public:
    int count = 0;
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show)
            ++count;
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

class TestStatusBanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void screenReaders_seeANotificationWithTheText()
    {
        StatusBanner banner;
        banner.showMessage(Tone::Problem, u"smtp.example.org is busy."_s);
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&banner);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::Notification);
        QCOMPARE(accessible->text(QAccessible::Name), u"smtp.example.org is busy."_s);
    }

    void eachMessage_appearsAnewAndIsSoAnnounced()
    {
        QWidget window;
        auto *banner = new StatusBanner(&window);
        ShowCounter counter;
        banner->installEventFilter(&counter);
        window.show();
        QCOMPARE(counter.count, 0);
        banner->showMessage(Tone::Information, u"one"_s);
        QCOMPARE(counter.count, 1);
        banner->showMessage(Tone::Information, u"one"_s);
        QCOMPARE(counter.count, 2);
        QVERIFY(banner->isVisible());
    }

    void text_isNeverRich()
    {
        StatusBanner banner;
        banner.showMessage(Tone::Problem, u"<b>bold</b>"_s, {}, u"<img src='http://x/'>"_s);
        const auto labels = banner.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QCOMPARE(banner.text(), u"<b>bold</b>"_s);
    }

    void actions_becomeButtonsInTheirOrderAndAreReplaced()
    {
        StatusBanner banner;
        QAction retry(u"Try now"_s);
        QAction stop(u"Stop"_s);
        banner.showMessage(Tone::Attention, u"waiting"_s, { &retry, &stop });
        const auto buttons = shownButtons(banner);
        QCOMPARE(buttons.size(), 2);
        QCOMPARE(buttons.at(0)->text(), u"Try now"_s);

        QSignalSpy triggered(&stop, &QAction::triggered);
        buttons.at(1)->click();
        QCOMPARE(triggered.count(), 1);

        banner.showMessage(Tone::Attention, u"still waiting"_s);
        QVERIFY(shownButtons(banner).isEmpty());
    }

    void dismissButton_hidesTheBannerAndTells()
    {
        StatusBanner banner;
        banner.showMessage(Tone::Information, u"x"_s);
        QSignalSpy dismissed(&banner, &StatusBanner::dismissed);
        auto *button = banner.findChild<QToolButton *>();
        QVERIFY(!QAccessible::queryAccessibleInterface(button)->text(QAccessible::Name).isEmpty());
        button->click();
        QVERIFY(!banner.isVisible());
        QCOMPARE(dismissed.count(), 1);
    }
};

QTEST_MAIN(TestStatusBanner)
#include "tst_statusbanner.moc"
