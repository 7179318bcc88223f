// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "fakeservices.h"
#include "setup/checkline.h"
#include "setup/proofpage.h"
#include "support/accessiblenames.h"
#include "widgets/statusbanner.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace postrider;
using outbox::Problem;
using setup::CheckLine;
using setup::ProofPage;
using setup::SetupDraft;

namespace {

struct Fixture : support::FakeServices
{
    SetupDraft draft {};
    setup::AccountProof proof { services };
    ProofPage page { draft, services, proof, [] { return base::Secret::fromText(u"secret"_s); } };

    Fixture()
    {
        draft.account.email = u"ann@example.org"_s;
        draft.account.user = u"ann"_s;
        draft.account.server = { u"smtp.example.org"_s, 465, accounts::Security::Tls };
        page.show();
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return page.findChild<T *>(QLatin1StringView(name));
    }
    [[nodiscard]] CheckLine *line(const char *name) const { return part<CheckLine>(name); }
    [[nodiscard]] widgets::StatusBanner *banner() const
    {
        return part<widgets::StatusBanner>("statusBanner");
    }
    [[nodiscard]] QPushButton *bannerButton(const QString &words) const
    {
        const auto buttons = banner()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->isVisibleTo(banner()) && button->text().contains(words))
                return button;
        }
        return nullptr;
    }
};

} // namespace

class TestProofPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_areShownOneByOne()
    {
        Fixture f;
        f.page.enter();
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(f.line("connectedLine")->state() == CheckLine::State::Running);
        using Step = delivery::ProofNews::Step;
        f.watcher({ Step::Connected, u"smtp.example.org"_s, 465, u"TLS 1.3"_s, {} });
        QVERIFY(f.line("connectedLine")->state() == CheckLine::State::Good);
        QVERIFY(f.line("signedInLine")->state() == CheckLine::State::Running);
        f.watcher({ Step::SignedIn, u"smtp.example.org"_s, 465, u"TLS 1.3"_s, {} });
        QVERIFY(f.line("signedInLine")->state() == CheckLine::State::Good);
        QVERIFY(f.line("senderLine")->state() == CheckLine::State::Running);
        QVERIFY(!f.page.isComplete());
        f.watcher({ Step::SenderAccepted, u"smtp.example.org"_s, 465, {}, u"ann@example.org"_s });
        f.proofAnswer({});
        QVERIFY(f.line("senderLine")->state() == CheckLine::State::Good);
        QVERIFY(f.line("senderLine")->text().contains(u"ann@example.org"_s));
        QVERIFY(f.page.isComplete());
    }

    void whatWasJustProved_isNotAskedAgain()
    {
        Fixture f;
        f.proof.start(f.draft.account, {});
        f.accept();
        f.page.enter();
        QCOMPARE(f.proved.size(), 1);
        QVERIFY(f.page.isComplete());
        f.draft.account.server.port = 587;
        f.page.enter();
        QCOMPARE(f.proved.size(), 2);
    }

    void refusedSender_canBeSavedAllTheSame()
    {
        Fixture f;
        f.page.enter();
        f.refuse(Problem::Kind::SenderRefused);
        QVERIFY(!f.page.isComplete());
        QVERIFY(f.page.canBeSaved());
        QVERIFY(f.page.doneText().contains(u"anyway"_s));
        QVERIFY(f.page.doneText().contains(u"wait"_s));
        QVERIFY(f.banner()->isVisible());
        f.bannerButton(u"Try again"_s)->click();
        QCOMPARE(f.proved.size(), 2);
        f.accept();
        QVERIFY(f.page.isComplete());
        QVERIFY(!f.page.doneText().contains(u"anyway"_s));
    }

    void deadPort_offersAnotherSearch()
    {
        Fixture f;
        QSignalSpy wanted(&f.page, &ProofPage::searchWanted);
        f.page.enter();
        f.refuse(Problem::Kind::ConnectTimedOut);
        f.bannerButton(u"Find a working port"_s)->click();
        QCOMPARE(wanted.count(), 1);
    }

    void relay_hasNoLineForTheSignIn()
    {
        Fixture f;
        f.draft.account.user.clear();
        f.page.enter();
        QVERIFY(!f.line("signedInLine")->isVisible());
        QVERIFY(f.line("senderLine")->isVisible());
    }

    void testMessage_showsTheServersOwnWordsInDetails()
    {
        Fixture f;
        f.page.enter();
        auto *test = f.part<QPushButton>("testButton");
        QVERIFY(!test->isEnabled());
        f.accept();
        test->click();
        QCOMPARE(f.tested.size(), 1);
        QCOMPARE(f.tested.constFirst().email, u"ann@example.org"_s);
        QVERIFY(!test->isEnabled());
        f.testAnswer(setup::TestOutcome { u"smtp.example.org"_s, u"250 2.0.0 Ok: queued as 4Xy"_s });
        QVERIFY(f.line("testLine")->state() == CheckLine::State::Good);
        QVERIFY(f.line("testLine")->text().contains(u"smtp.example.org"_s));
        auto *details = f.part<QLabel>("testDetailsLabel");
        QVERIFY(!details->isVisible());
        f.part<QToolButton>("testDetailsButton")->click();
        QVERIFY(details->isVisible());
        QVERIFY(details->text().startsWith(u'“'));
        QVERIFY(details->text().contains(u"250 2.0.0 Ok: queued as 4Xy"_s));
        QVERIFY(test->isEnabled());
    }

    void refusedTestMessage_isTold()
    {
        Fixture f;
        f.page.enter();
        f.accept();
        f.part<QPushButton>("testButton")->click();
        Problem problem;
        problem.kind = Problem::Kind::MessageRefused;
        problem.host = u"smtp.example.org"_s;
        problem.code = 554;
        problem.text = u"No spam here"_s;
        f.testAnswer(base::Unexpected(delivery::Trouble(problem)));
        QVERIFY(f.line("testLine")->state() == CheckLine::State::Bad);
        f.part<QToolButton>("testDetailsButton")->click();
        QVERIFY(f.part<QLabel>("testDetailsLabel")->text().contains(u"No spam here"_s));
    }

    void lockedPasswordStore_offersToUnlockOrThisSession()
    {
        using Keeping = delivery::PostOffice::Keeping;
        Fixture f;
        QList<Keeping> wanted;
        connect(&f.page, &ProofPage::saveAgainWanted, this,
                [&wanted](Keeping keeping) { wanted.append(keeping); });
        f.page.enter();
        f.accept();
        f.page.setSaving();
        QVERIFY(!f.page.canBeSaved());
        secrets::SecretError locked;
        locked.kind = secrets::SecretError::Kind::Locked;
        f.page.showTrouble(locked);
        QVERIFY(f.page.canBeSaved());
        f.bannerButton(u"Unlock"_s)->click();
        f.unlockAnswer({});
        QVERIFY(wanted == QList<Keeping> { Keeping::Keychain });
        f.page.showTrouble(locked);
        f.bannerButton(u"session"_s)->click();
        QVERIFY(wanted.constLast() == Keeping::ThisSession);
    }

    void missingPasswordStore_offersThisSessionOnly()
    {
        Fixture f;
        f.page.enter();
        f.accept();
        secrets::SecretError none;
        none.kind = secrets::SecretError::Kind::NoService;
        f.page.showTrouble(none);
        QVERIFY(!f.bannerButton(u"Unlock"_s));
        QVERIFY(f.bannerButton(u"session"_s));
    }

    void accountName_isTheDomainUntilTyped()
    {
        Fixture f;
        f.page.enter();
        auto *name = f.part<QLineEdit>("accountNameEdit");
        QCOMPARE(name->text(), u"example.org"_s);
        name->selectAll();
        QTest::keyClicks(name, u"Work"_s);
        QCOMPARE(f.draft.account.name, u"Work"_s);
    }

    void everyInput_hasAnAccessibleName()
    {
        Fixture f;
        f.page.enter();
        QCOMPARE(support::namelessInputs(f.page).join(u", "_s), QString());
    }
};

QTEST_MAIN(TestProofPage)
#include "tst_proofpage.moc"
