// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/mainwindow.h"
#include "compose/composewindow.h"
#include "delivery/queuemodel.h"
#include "setup/accountdialog.h"
#include "support/memorysecretstore.h"
#include "widgets/statusbanner.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
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

/// The program without its main(): a profile, a post office and the window on them.
struct Fixture
{
    QString folder {};
    base::SystemClock clock {};
    support::MemorySecretStore secrets {};
    PostOffice postOffice { { folder, PostOffice::Delivery::WhenFree }, secrets, clock };
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
        QSignalSpy closed(&postOffice, &PostOffice::closed);
        postOffice.close();
        if (closed.isEmpty())
            closed.wait();
        if (ComposeWindow *left = composer())
            delete left;
    }
    Q_DISABLE_COPY_MOVE(Fixture)

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

    void emptyProfile_opensAccountSetUpWithPracticeBesideIt()
    {
        const QTemporaryDir profile;
        const Fixture f(profile.path(), MainWindow::Start::Ordinary);
        QTRY_VERIFY(f.window.findChild<setup::AccountDialog *>());
        QVERIFY(!Fixture::composer());
        Q_EMIT f.window.findChild<setup::AccountDialog *>()->practiceChosen();
        QTRY_VERIFY(Fixture::composer());
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
