// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/mainwindow.h"
#include "compose/composewindow.h"
#include "delivery/queuemodel.h"
#include "delivery/settings.h"
#include "delivery/words/words.h"
#include "setup/setupwindow.h"
#include "support/comparewords.h"
#include "support/memorysecretstore.h"
#include "widgets/recipientfield.h"
#include "widgets/statusbanner.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using app::MainWindow;
using compose::ComposeWindow;
using delivery::PostOffice;
using delivery::QueueModel;

namespace {

/// For a profile that is not open yet.
bool setUndoWindow(const QTemporaryDir &profile, int seconds)
{
    return delivery::writeSetting(profile.path(), u"sending/undoSeconds"_s, QString::number(seconds))
        .has_value();
}

/// The program without its main(): a profile, a post office and the window on them.
struct Fixture
{
    QString folder {};
    base::SystemClock clock {};
    support::MemorySecretStore secrets {};
    PostOffice postOffice { { folder, PostOffice::Delivery::WhenFree }, secrets, clock };
    QSignalSpy closed { &postOffice, &PostOffice::closed };
    MainWindow window;

    Fixture(const QString &profileFolder, MainWindow::Start start)
        : folder(profileFolder)
        , window(postOffice, clock, start)
    {
        window.show();
        postOffice.open();
    }
    ~Fixture()
    {
        postOffice.close();
        waitUntilClosed();
        if (ComposeWindow *left = composer())
            delete left;
    }
    Q_DISABLE_COPY_MOVE(Fixture)

    bool waitUntilClosed() { return !closed.isEmpty() || closed.wait(); }
    [[nodiscard]] static ComposeWindow *composer()
    {
        const auto windows = QApplication::topLevelWidgets();
        for (QWidget *widget : windows) {
            if (auto *composer = qobject_cast<ComposeWindow *>(widget); composer && composer->isVisible())
                return composer;
        }
        return nullptr;
    }
    [[nodiscard]] widgets::StatusBanner *notice() const
    {
        return window.findChild<widgets::StatusBanner *>(u"noticeBanner"_s);
    }
    [[nodiscard]] widgets::StatusBanner *undo() const
    {
        return window.findChild<widgets::StatusBanner *>(u"undoBanner"_s);
    }
    [[nodiscard]] QAbstractItemModel *outbox() const
    {
        return window.findChild<QListView *>(u"messagesView"_s)->model();
    }
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void practiceStart_sendsTheSampleToThePracticeMailbox()
    {
        const QTemporaryDir profile;
        QVERIFY(setUndoWindow(profile, 0));
        const Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        QCOMPARE(Fixture::composer()->accountId(), accounts::Account::practiceId());
        Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
        QTRY_VERIFY(!Fixture::composer());
        QTRY_COMPARE(f.outbox()->rowCount(), 1);
        const QModelIndex row = f.outbox()->index(0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(row.data(QueueModel::SummaryRole).value<outbox::MessageSummary>().state
                                     == outbox::MessageState::Sent,
                                 20000);
        const QDir mail(profile.filePath(u"practice/mail"_s));
        QCOMPARE(mail.entryList({ u"*.eml"_s }).size(), 1);
        QTRY_VERIFY(f.notice()->isVisible());
        QVERIFY(f.notice()->details().contains(mail.entryList({ u"*.eml"_s }).constFirst()));
    }

    void sentMessage_canBeTakenBackAndIsOpenedAgain()
    {
        const QTemporaryDir profile;
        QVERIFY(setUndoWindow(profile, 120));
        const Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        Fixture::composer()->findChild<QLineEdit *>(u"subjectEdit"_s)->setText(u"Too early"_s);
        const ComposeWindow::Content written = Fixture::composer()->content();
        Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
        QTRY_VERIFY(!Fixture::composer());
        QTRY_VERIFY(f.undo()->isVisible());
        QVERIFY(f.undo()->text().contains(u"Too early"_s));
        QVERIFY(f.undo()->details().contains(u"Leaves in 1"_s));
        QCOMPARE(f.undo()->findChildren<QPushButton *>().size(), 2);

        f.undo()->findChildren<QPushButton *>().constFirst()->click();
        QTRY_VERIFY(Fixture::composer());
        QVERIFY(Fixture::composer()->content() == written);
        QCOMPARE(Fixture::composer()->accountId(), accounts::Account::practiceId());
        QTRY_VERIFY(!f.undo()->isVisible());
        QTRY_COMPARE(f.outbox()->index(0, 0).data(QueueModel::StateRole).value<outbox::MessageState>(),
                     outbox::MessageState::Draft);
        QVERIFY(QDir(profile.filePath(u"practice/mail"_s)).entryList({ u"*.eml"_s }).isEmpty());
    }

    void sendNow_endsTheWindow()
    {
        const QTemporaryDir profile;
        QVERIFY(setUndoWindow(profile, 120));
        const Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
        QTRY_VERIFY(f.undo()->isVisible());
        f.undo()->findChildren<QPushButton *>().constLast()->click();
        QTRY_COMPARE_WITH_TIMEOUT(
            f.outbox()->index(0, 0).data(QueueModel::StateRole).value<outbox::MessageState>(),
            outbox::MessageState::Sent, 20000);
        QVERIFY(!f.undo()->isVisible());
    }

    void endWithinTheWindow_keepsTheMessageForTheNextStart()
    {
        const QTemporaryDir profile;
        QVERIFY(setUndoWindow(profile, 120));
        {
            const Fixture f(profile.path(), MainWindow::Start::Practice);
            QTRY_VERIFY(Fixture::composer());
            Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
            QTRY_VERIFY(f.undo()->isVisible());
        }
        QVERIFY(QDir(profile.filePath(u"practice/mail"_s)).entryList({ u"*.eml"_s }).isEmpty());
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.undo()->isVisible());
        QCOMPARE(f.outbox()->rowCount(), 1);
    }

    void copyThatCannotBeKept_isToldInTheWindow()
    {
        const QTemporaryDir profile;
        Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        Q_EMIT f.postOffice.copyFailed({ outbox::FileError::Kind::Failed, u"/media/stick"_s, u"gone"_s });
        QTRY_VERIFY(f.notice()->isVisible());
        QVERIFY(f.notice()->text().contains(u"/media/stick"_s));
    }

    void diskThatTakesNothing_isSaidInTheWindow()
    {
        const QTemporaryDir profile;
        Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        const outbox::StoreError full { outbox::StoreError::Kind::DiskFull, {}, {} };
        Q_EMIT f.postOffice.troubled(full);
        QTRY_VERIFY(f.notice()->isVisible());
        QCOMPARE(f.notice()->text(), delivery::sentence(full));
        QVERIFY(f.notice()->details().contains(u"goes on trying"_s));
    }

    void endWithUnsentText_keepsItForTheNextStart()
    {
        const QTemporaryDir profile;
        const QString folder = profile.filePath(u"unsent"_s);
        {
            Fixture f(profile.path(), MainWindow::Start::Practice);
            QTRY_VERIFY(Fixture::composer());
            Fixture::composer()
                ->findChild<widgets::RecipientField *>(u"toEdit"_s)
                ->setAddresses(u"ann@example.org, joe"_s);
            f.window.end();
            QVERIFY(f.waitUntilClosed());
            QCOMPARE(QDir(folder).entryList({ u"*.json"_s }).size(), 1);
        }
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(Fixture::composer());
        QCOMPARE(Fixture::composer()->accountId(), accounts::Account::practiceId());
        QCOMPARE(Fixture::composer()->content().to, u"ann@example.org, joe"_s);
        QVERIFY(Fixture::composer()->findChild<widgets::StatusBanner *>(u"problemBanner"_s)->isVisible());
        QVERIFY(!f.window.findChild<setup::SetupWindow *>());        // the text comes first
        QCOMPARE(QDir(folder).entryList({ u"*.json"_s }).size(), 1); // a crash now would lose nothing

        Fixture::composer()
            ->findChild<widgets::RecipientField *>(u"toEdit"_s)
            ->setAddresses(u"ann@example.org"_s);
        Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
        QTRY_VERIFY(!Fixture::composer());
        QCOMPARE(QDir(folder).entryList({ u"*.json"_s }), QStringList());
    }

    void endWithAnUntouchedSample_keepsNothing()
    {
        const QTemporaryDir profile;
        Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        f.window.end();
        QVERIFY(f.waitUntilClosed());
        QCOMPARE(QDir(profile.filePath(u"unsent"_s)).entryList({ u"*.json"_s }), QStringList());
    }

    void endWhileAMessageIsCommitted_waitsForItAndKeepsNothingOfIt()
    {
        const QTemporaryDir profile;
        {
            Fixture f(profile.path(), MainWindow::Start::Practice);
            QTRY_VERIFY(Fixture::composer());
            Fixture::composer()->findChild<QLineEdit *>(u"subjectEdit"_s)->setText(u"just committed"_s);
            Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
            f.window.end();
            QVERIFY(f.waitUntilClosed());
            QCOMPARE(QDir(profile.filePath(u"unsent"_s)).entryList({ u"*.json"_s }), QStringList());
        }
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_COMPARE(f.outbox()->rowCount(), 1);
        QCOMPARE(
            f.outbox()->index(0, 0).data(QueueModel::SummaryRole).value<outbox::MessageSummary>().subject,
            u"just committed"_s);
        QVERIFY(!Fixture::composer());
    }

    void textThatCannotBeKept_staysOpenAndNothingEnds()
    {
        const QTemporaryDir profile;
        QFile obstacle(profile.filePath(u"unsent"_s)); // a file where the folder should be
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        Fixture f(profile.path(), MainWindow::Start::Practice);
        QTRY_VERIFY(Fixture::composer());
        Fixture::composer()->findChild<QLineEdit *>(u"subjectEdit"_s)->setText(u"precious"_s);
        f.window.end();
        QVERIFY(Fixture::composer()->isEnabled());
        QCOMPARE(Fixture::composer()->content().subject, u"precious"_s);
        const auto *told = Fixture::composer()->findChild<widgets::StatusBanner *>(u"problemBanner"_s);
        QCOMPARE(told->tone(), widgets::Tone::Problem);
        // Still open: the post office answers.
        obstacle.remove();
        Fixture::composer()->findChild<QAction *>(u"sendAction"_s)->trigger();
        QTRY_VERIFY(!Fixture::composer());
    }

    void damagedUnsentMessage_isToldWithItsNewName()
    {
        const QTemporaryDir profile;
        QVERIFY(QDir(profile.path()).mkdir(u"unsent"_s));
        QFile file(profile.filePath(u"unsent/a.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ not JSON");
        file.close();
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.notice()->isVisible());
        QVERIFY(f.notice()->text().contains(u"unsent/a.json.damaged-"_s));
    }

    void emptyProfile_opensAccountSetUpWithPracticeBesideIt()
    {
        const QTemporaryDir profile;
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.window.findChild<setup::SetupWindow *>());
        QVERIFY(!Fixture::composer());
        Q_EMIT f.window.findChild<setup::SetupWindow *>()->practiceChosen();
        QTRY_VERIFY(Fixture::composer());
    }

    void closedWindow_keepsWhatTheSetUpHas()
    {
        const QTemporaryDir profile;
        {
            Fixture f(profile.path(), MainWindow::Start::Ordinary);
            QTRY_VERIFY(f.window.findChild<setup::SetupWindow *>());
            auto *setUp = f.window.findChild<setup::SetupWindow *>();
            setUp->findChild<QPushButton *>(u"nextButton"_s)->click();
            QTest::keyClicks(setUp->findChild<QLineEdit *>(u"emailEdit"_s), u"ann@example.org"_s);
            f.window.close();
            QVERIFY(!setUp->isVisible());
        }
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.window.findChild<setup::SetupWindow *>());
        QCOMPARE(f.window.findChild<setup::SetupWindow *>()->findChild<QLineEdit *>(u"emailEdit"_s)->text(),
                 u"ann@example.org"_s);
    }

    void linkBeforeTheProfileIsOpen_fillsAComposerAndSendsNothing()
    {
        const QTemporaryDir profile;
        Fixture f(profile.path(), MainWindow::Start::Ordinary);
        f.window.openLink(u"mailto:ann@example.org?bcc=eve@example.org&subject=From%20a%20link"_s);
        QTRY_VERIFY(Fixture::composer());
        const ComposeWindow::Content content = Fixture::composer()->content();
        QCOMPARE(content.to, u"ann@example.org"_s);
        QCOMPARE(content.bcc, u"eve@example.org"_s);
        QCOMPARE(content.subject, u"From a link"_s);
        QVERIFY(!f.window.findChild<setup::SetupWindow *>()); // the message comes first
        QCOMPARE(f.outbox()->rowCount(), 0);
    }

    void linkThatIsNone_isTold()
    {
        const QTemporaryDir profile;
        Fixture f(profile.path(), MainWindow::Start::Ordinary);
        f.window.openLink(u"mailto:"_s + QString(70'000, u'a'));
        QTRY_VERIFY(f.notice()->isVisible());
        QVERIFY(!f.notice()->text().isEmpty());
        QVERIFY(!Fixture::composer());
    }

    void damagedAccounts_areToldWithTheirNewName()
    {
        const QTemporaryDir profile;
        QFile file(profile.filePath(u"accounts.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ not JSON");
        file.close();
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.notice()->isVisible());
        const QStringList kept = QDir(profile.path()).entryList({ u"accounts.json.damaged-*"_s });
        QCOMPARE(kept.size(), 1);
        QVERIFY(f.notice()->text().contains(kept.constFirst()));
    }

    void profileThatCannotBeOpened_isToldAndNothingIsOffered()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"profile"_s)); // a file where the folder should be
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const Fixture f(file.fileName(), MainWindow::Start::Practice);
        QTRY_VERIFY(f.notice()->isVisible());
        QVERIFY(!f.notice()->text().isEmpty());
        QVERIFY(!f.window.findChild<QAction *>(u"newMessageAction"_s)->isEnabled());
        QVERIFY(!Fixture::composer());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
