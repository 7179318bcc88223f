// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/addresspage.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using setup::AddressPage;
using setup::SetupDraft;

namespace {

struct Fixture
{
    SetupDraft draft {};
    AddressPage page;
    QSignalSpy finished { &page, &AddressPage::finished };
    QLineEdit *name = page.findChild<QLineEdit *>(u"nameEdit"_s);
    QLineEdit *email = page.findChild<QLineEdit *>(u"emailEdit"_s);
    QPushButton *use = page.findChild<QPushButton *>(u"suggestionButton"_s);
    QLabel *suggestion = page.findChild<QLabel *>(u"suggestionLabel"_s);
    widgets::StatusBanner *banner = page.findChild<widgets::StatusBanner *>(u"statusBanner"_s);

    explicit Fixture(const QString &knownName = {})
        : page(draft, knownName)
    {
        page.show();
        page.enter();
    }
    void type(const QString &address) const
    {
        email->selectAll();
        QTest::keyClicks(email, address);
    }
    void leaveField() const { Q_EMIT email->editingFinished(); }
};

} // namespace

class TestAddressPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownName_isFilledInButNeverOverTyped()
    {
        Fixture f(u"Ann Smith"_s);
        QCOMPARE(f.name->text(), u"Ann Smith"_s);
        f.name->selectAll();
        QTest::keyClicks(f.name, u"Ann S."_s);
        f.type(u"ann@example.org"_s);
        f.page.leave();
        f.page.enter();
        QCOMPARE(f.name->text(), u"Ann S."_s);
        QCOMPARE(f.email->text(), u"ann@example.org"_s);
    }

    void wrongAddress_isMarkedOnlyAfterTheFieldWasLeft()
    {
        const Fixture f;
        f.type(u"ann@"_s);
        QVERIFY(!f.banner->isVisible());
        f.leaveField();
        QVERIFY(f.banner->isVisible());
        QTest::keyClicks(f.email, u"e"_s);
        QVERIFY(!f.banner->isVisible());
    }

    void emptyField_isNotMarkedWhenLeft()
    {
        const Fixture f;
        f.leaveField();
        QVERIFY(!f.banner->isVisible());
        QVERIFY(!f.page.isComplete());
    }

    void nextWithAWrongAddress_staysAndSaysWhy()
    {
        Fixture f;
        f.type(u"ann smith@example.org"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 0);
        QVERIFY(f.banner->isVisible());
    }

    void mistypedDomain_isOfferedAndTakenWithOnePress_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("meant");
        QTest::newRow("letters swapped") << u"ann@gmial.com"_s << u"ann@gmail.com"_s;
        QTest::newRow("ending") << u"Ann.B+x@gmail.con"_s << u"Ann.B+x@gmail.com"_s;
        // Not among the most common ones, but a provider that the table knows.
        QTest::newRow("from the table") << u"ann@fastmial.com"_s << u"ann@fastmail.com"_s;
    }
    void mistypedDomain_isOfferedAndTakenWithOnePress()
    {
        QFETCH(QString, typed);
        QFETCH(QString, meant);
        const Fixture f;
        f.type(typed);
        QVERIFY(!f.use->isVisible());
        f.leaveField();
        QVERIFY(f.use->isVisible());
        QVERIFY(f.suggestion->text().contains(meant));
        f.use->click();
        QCOMPARE(f.email->text(), meant);
        QCOMPARE(f.draft.account.email, meant);
        QVERIFY(!f.use->isVisible());
    }

    void tabAfterAMistypedDomain_leadsToTheOffer()
    {
        const Fixture f;
        f.email->setFocus();
        f.type(u"ann@gmial.com"_s);
        QTest::keyClick(f.email, Qt::Key_Tab);
        QVERIFY(f.use->isVisible());
        QCOMPARE(f.page.focusWidget(), f.use);
    }

    void nextAfterAMistypedDomain_asksOnce()
    {
        Fixture f;
        f.type(u"ann@gmial.com"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 0);
        QVERIFY(f.use->isVisible());
        f.page.goOn();
        QCOMPARE(f.finished.count(), 1); // it may be right all the same
        QCOMPARE(f.draft.account.email, u"ann@gmial.com"_s);
    }

    void rightDomain_offersNothing()
    {
        const Fixture f;
        f.type(u"ann@example.org"_s);
        f.leaveField();
        QVERIFY(!f.use->isVisible());
    }

    void pastedMailbox_givesNameAndAddress()
    {
        Fixture f;
        f.email->setText(u"Ann Smith <ann@example.org>"_s);
        f.page.goOn();
        QCOMPARE(f.finished.count(), 1);
        QCOMPARE(f.draft.account.email, u"ann@example.org"_s);
        QCOMPARE(f.draft.account.displayName, u"Ann Smith"_s);
    }

    void everyInput_hasAnAccessibleName()
    {
        const Fixture f;
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestAddressPage)
#include "tst_addresspage.moc"
