// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/setupwindow.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using setup::SetupDraft;
using setup::SetupWindow;
using setup::WelcomePage;
using support::workingReport;

namespace {

const QString Host = u"smtp.example.org"_s;

struct Fixture : support::FakeServices
{
    std::unique_ptr<SetupWindow> window {};
    std::unique_ptr<QSignalSpy> finished {};

    explicit Fixture(const QList<accounts::FoundAccount> &foundHere = {}, const SetupDraft &draft = {})
    {
        found = foundHere;
        window = std::make_unique<SetupWindow>(services, WelcomePage::Practice::Offered, draft);
        finished = std::make_unique<QSignalSpy>(window.get(), &QDialog::finished);
        window->show();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return window->findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] QPushButton *button(const char *name) const { return part<QPushButton>(name); }
    [[nodiscard]] QString page() const
    {
        return part<QStackedWidget>("pagesStack")->currentWidget()->objectName();
    }
    void next() const { button("nextButton")->click(); }
    void type(const char *name, const QString &text) const
    {
        auto *edit = part<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    /// As far as the page that asks for the password.
    void findServer()
    {
        next();
        type("nameEdit", u"Ann Smith"_s);
        type("emailEdit", u"ann@example.org"_s);
        next();
        search->tell(workingReport(Host, u"ann@example.org"_s));
        next();
    }
    /// As far as the end.
    void signIn()
    {
        findServer();
        type("passwordEdit", u"secret"_s);
        next();
        accept();
    }
    [[nodiscard]] QPushButton *questionButton(const QString &text) const
    {
        const auto buttons = part<widgets::StatusBanner>("questionBanner")->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }
};

} // namespace

class TestSetupWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameAddressAndPassword_areAllThatIsTyped()
    {
        Fixture f;
        QSignalSpy added(f.window.get(), &SetupWindow::added);
        QSignalSpy write(f.window.get(), &SetupWindow::writeWanted);
        QCOMPARE(f.page(), u"welcomePage"_s);
        f.signIn();
        QCOMPARE(f.page(), u"proofPage"_s);
        f.next(); // "Write a message"
        QCOMPARE(f.saved.size(), 1);
        const accounts::Account asked = f.saved.constFirst();
        QCOMPARE(asked.email, u"ann@example.org"_s);
        QCOMPARE(asked.displayName, u"Ann Smith"_s);
        QCOMPARE(asked.server, (accounts::Server { Host, 465, accounts::Security::Tls }));
        QCOMPARE(asked.user, u"ann@example.org"_s);
        QCOMPARE(asked.name, u"example.org"_s);
        accounts::Account saved = asked;
        saved.id = u"new"_s;
        f.saveAnswer(saved);
        QCOMPARE(added.count(), 1);
        QCOMPARE(write.count(), 1);
        QCOMPARE(write.at(0).at(0).toString(), u"new"_s);
        QVERIFY(!f.window->isVisible());
        QCOMPARE(f.proved.size(), 1);
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), QString());
        QVERIFY(f.kept.constLast().isEmpty());
    }

    void done_savesWithoutWriting()
    {
        Fixture f;
        QSignalSpy write(f.window.get(), &SetupWindow::writeWanted);
        f.signIn();
        f.button("doneButton")->click();
        f.saveAnswer(f.saved.constFirst());
        QCOMPARE(write.count(), 0);
        QVERIFY(!f.window->isVisible());
    }

    void enterAlone_goesThrough()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(f.window.get()));
        const auto press = [&f](Qt::Key key) { QTest::keyClick(f.window->focusWidget(), key); };
        press(Qt::Key_Return);
        QCOMPARE(f.page(), u"addressPage"_s);
        f.type("nameEdit", u"Ann Smith"_s);
        press(Qt::Key_Tab);
        f.part<QLineEdit>("emailEdit")->setFocus();
        QTest::keyClicks(f.window->focusWidget(), u"ann@example.org"_s);
        press(Qt::Key_Return);
        QCOMPARE(f.page(), u"serverSearchPage"_s);
        f.search->tell(workingReport(Host, {}));
        press(Qt::Key_Return);
        QCOMPARE(f.page(), u"signInPage"_s);
        QTest::keyClicks(f.window->focusWidget(), u"secret"_s);
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), u"secret"_s);
        press(Qt::Key_Return);
        f.accept();
        QCOMPARE(f.page(), u"proofPage"_s);
    }

    void back_keepsEverythingTyped()
    {
        Fixture f;
        f.findServer();
        f.type("passwordEdit", u"secret"_s);
        f.button("backButton")->click();
        QCOMPARE(f.page(), u"serverSearchPage"_s);
        QVERIFY(f.button("nextButton")->isEnabled()); // what was found is still there
        f.button("backButton")->click();
        QCOMPARE(f.part<QLineEdit>("emailEdit")->text(), u"ann@example.org"_s);
        QCOMPARE(f.part<QLineEdit>("nameEdit")->text(), u"Ann Smith"_s);
        f.next();
        f.next();
        QCOMPARE(f.page(), u"signInPage"_s);
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), u"secret"_s);
        QCOMPARE(f.wishes.size(), 1);
    }

    void cancelUntouched_asksNothing()
    {
        Fixture f;
        QTest::keyClick(f.window.get(), Qt::Key_Escape);
        QCOMPARE(f.finished->count(), 1);
    }

    void cancelAfterTyping_asksOnceInTheWindow()
    {
        Fixture f;
        f.findServer();
        f.type("passwordEdit", u"secret"_s);
        QTest::keyClick(f.window.get(), Qt::Key_Escape);
        QCOMPARE(f.finished->count(), 0);
        QVERIFY(f.part<widgets::StatusBanner>("questionBanner")->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        f.questionButton(u"Go on"_s)->click();
        QVERIFY(!f.part<widgets::StatusBanner>("questionBanner")->isVisible());
        QCOMPARE(f.part<QLineEdit>("passwordEdit")->text(), u"secret"_s);
        f.button("cancelButton")->click();
        f.questionButton(u"Keep"_s)->click();
        QCOMPARE(f.finished->count(), 1);
        QCOMPARE(f.kept.size(), 1);
        const SetupDraft kept = setup::draftFromJson(f.kept.constFirst());
        QCOMPARE(kept.account.email, u"ann@example.org"_s);
        QVERIFY(!QJsonDocument(f.kept.constFirst()).toJson().contains("secret"));

        const Fixture again({}, kept);
        QCOMPARE(again.page(), u"addressPage"_s);
        QCOMPARE(again.part<QLineEdit>("emailEdit")->text(), u"ann@example.org"_s);
    }

    void discard_forgetsWhatWasKept()
    {
        Fixture f;
        f.findServer();
        f.button("cancelButton")->click();
        f.questionButton(u"Discard"_s)->click();
        QCOMPARE(f.finished->count(), 1);
        QVERIFY(f.kept.constLast().isEmpty());
    }

    void cancelWhileTheNetworkWorks_endsItAtOnce()
    {
        Fixture f;
        f.findServer();
        f.type("passwordEdit", u"secret"_s);
        f.next();
        QVERIFY(f.proofContext);
        f.button("cancelButton")->click();
        f.questionButton(u"Discard"_s)->click();
        QVERIFY(!f.proofContext);
        QVERIFY(!f.window->isVisible());
        QCOMPARE(f.saved.size(), 0);
    }

    void buttons_keepTheirPlaces()
    {
        Fixture f;
        const auto places = [&f] {
            return QList<QPoint> { f.button("cancelButton")->pos(), f.button("backButton")->pos(),
                                   f.button("nextButton")->pos() };
        };
        QVERIFY(QTest::qWaitForWindowExposed(f.window.get()));
        const QList<QPoint> first = places();
        f.next();
        QCOMPARE(places(), first);
        f.type("emailEdit", u"ann@example.org"_s);
        f.next();
        QCOMPARE(places(), first);
        f.search->tell(workingReport(Host, {}));
        f.next();
        QCOMPARE(places(), first);
        f.type("passwordEdit", u"secret"_s);
        f.next();
        f.accept();
        QCoreApplication::processEvents();
        QCOMPARE(places(), first);
    }

    void foundAccount_needsOnlyItsPassword()
    {
        accounts::FoundAccount found;
        found.program = accounts::FoundAccount::Program::Thunderbird;
        found.account.email = u"ann@example.org"_s;
        found.account.displayName = u"Ann Smith"_s;
        found.account.server = { Host, 587, accounts::Security::StartTls };
        found.account.user = u"ann"_s;
        found.account.identities = { { {}, u"info@example.org"_s, u"Info"_s, {}, u"Yours"_s } };
        Fixture f({ found });
        QVERIFY(f.part<QListWidget>("foundList")->isVisible());
        QVERIFY(f.part<QListWidget>("foundList")->item(0)->text().contains(u"ann@example.org"_s));
        f.button("useButton")->click();
        QCOMPARE(f.page(), u"signInPage"_s);
        f.type("passwordEdit", u"secret"_s);
        f.next();
        QCOMPARE(f.proved.constFirst().user, u"ann"_s);
        QCOMPARE(f.proved.constFirst().server, found.account.server);
        f.accept();
        f.next();
        QCOMPARE(f.saved.constFirst().identities, found.account.identities);
    }

    void noneFound_showsNoSuchLine()
    {
        const Fixture f;
        QVERIFY(!f.part<QListWidget>("foundList")->isVisible());
        QVERIFY(!f.part<QLabel>("foundLabel")->isVisible());
    }

    void practice_isChosenFromTheFirstPage()
    {
        Fixture f;
        QSignalSpy chosen(f.window.get(), &SetupWindow::practiceChosen);
        f.part<QRadioButton>("practiceButton")->click();
        f.next();
        QCOMPARE(chosen.count(), 1);
        QVERIFY(!f.window->isVisible());
        QCOMPARE(f.wishes.size(), 0);
    }

    void relayByHand_isProvedAtTheEnd()
    {
        Fixture f;
        f.part<QRadioButton>("manualButton")->click();
        f.next();
        f.type("emailEdit", u"ann@example.org"_s);
        f.next();
        QCOMPARE(f.page(), u"manualPage"_s);
        f.part<QComboBox>("kindComboBox")->setCurrentIndex(1);
        QTest::keyClicks(f.part<QWidget>("manualPage")->findChild<QLineEdit *>(u"hostEdit"_s),
                         u"relay.example.org"_s);
        f.next();
        QCOMPARE(f.page(), u"proofPage"_s);
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(f.proved.constFirst().user.isEmpty());
        f.accept();
        f.button("doneButton")->click();
        QCOMPARE(f.saved.constFirst().server.host, u"relay.example.org"_s);
    }

    void failedProof_canBeSavedAndWaits()
    {
        Fixture f;
        f.findServer();
        f.type("passwordEdit", u"secret"_s);
        f.next();
        f.refuse(outbox::Problem::Kind::SenderRefused);
        QCOMPARE(f.page(), u"proofPage"_s);
        QVERIFY(!f.button("nextButton")->isEnabled());
        QVERIFY(f.button("doneButton")->text().contains(u"anyway"_s));
        f.button("doneButton")->click();
        QCOMPARE(f.saved.size(), 1);
    }

    void missingPasswordStore_isToldAndTheSessionServes()
    {
        Fixture f;
        f.signIn();
        f.button("doneButton")->click();
        secrets::SecretError none;
        none.kind = secrets::SecretError::Kind::NoService;
        f.saveAnswer(base::Unexpected(delivery::Trouble(none)));
        QVERIFY(f.window->isVisible());
        const auto buttons = f.part<QWidget>("proofPage")->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text().contains(u"session"_s) && button->isVisible())
                button->click();
        }
        QCOMPARE(f.saved.size(), 2);
        QVERIFY(f.keepings.constLast() == delivery::PostOffice::Keeping::ThisSession);
    }

    void pages_knowNoWordOfTheProtocol()
    {
        static const QRegularExpression Protocol(
            u"\\b(SMTP|STARTTLS|TLS|SSL|AUTH|EHLO|IMAP|DNS|SRV|MX|error|please|failed to)\\b|!"_s,
            QRegularExpression::CaseInsensitiveOption);
        Fixture f;
        const auto verify = [&f](const char *where) {
            QStringList words;
            const auto labels = f.window->findChildren<QLabel *>();
            for (const QLabel *label : labels) {
                if (label->isVisible())
                    words.append(label->text());
            }
            const auto buttons = f.window->findChildren<QAbstractButton *>();
            for (const QAbstractButton *button : buttons) {
                if (button->isVisible())
                    words.append(button->text());
            }
            for (const QString &word : std::as_const(words)) {
                const QString plain = QString(word).remove(u"smtp.example.org"_s);
                if (Protocol.match(plain).hasMatch())
                    QFAIL(qPrintable(QLatin1StringView(where) + u": "_s + word));
            }
        };
        verify("welcome");
        f.next();
        verify("address");
        f.type("emailEdit", u"ann@example.org"_s);
        f.next();
        verify("searching");
        f.search->tell(workingReport(Host, {}));
        verify("found");
        f.next();
        verify("sign-in");
        f.type("passwordEdit", u"secret"_s);
        f.next();
        f.accept();
        verify("proof");
        QCOMPARE(support::namelessInputs(*f.window).join(u", "_s), QString());
    }

    void smallScreen_isEnough()
    {
        const Fixture f;
        QVERIFY(f.window->minimumSizeHint().width() <= 1024);
        QVERIFY(f.window->minimumSizeHint().height() <= 600);
        f.window->resize(640, 520);
        QCOMPARE(f.window->size(), QSize(640, 520));
    }
};

QTEST_MAIN(TestSetupWindow)
#include "tst_setupwindow.moc"
