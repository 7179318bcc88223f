// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/candidate.h"
#include "setup/accountproof.h"
#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <memory>

class QAction;

namespace postrider::discovery {
struct Provider;
}

namespace postrider::setup {

namespace Ui {
class SignInPage;
}

/**
 * User name and password, or a sign-in at the provider's own page; checked at the server when Next is
 * pressed, once for each press. A refusal is told in the page, and nothing of what was typed is lost.
 */
class SignInPage final : public SetupPage
{
    Q_OBJECT

public:
    /// Services and proof outlive the page.
    SignInPage(SetupDraft &draft, const Services &services, AccountProof &proof, QWidget *parent = nullptr);
    ~SignInPage() override;
    Q_DISABLE_COPY_MOVE(SignInPage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 3; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    void leave() override;
    [[nodiscard]] bool isComplete() const override;
    void goOn() override;

    /// A copy of what was typed, or of the tokens.
    [[nodiscard]] Credentials credentials() const;
    [[nodiscard]] delivery::PostOffice::Keeping keeping() const;
    /// Nothing typed stays in the fields.
    void forget();

Q_SIGNALS:
    /// The person wants to begin again with another address.
    void otherAccountWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] const discovery::Provider *provider() const;
    [[nodiscard]] discovery::SignInKind kind() const;
    void offerKinds();
    void followKind();
    void showGuide();
    void followKeeping();
    void followProof();
    void takeProof();
    void refuse(QWidget *field, const QString &sentence, const QList<QAction *> &actions = {},
                const QString &details = {});

    SetupDraft &m_draft;
    const Services &m_services;
    AccountProof &m_proof;
    std::unique_ptr<Ui::SignInPage> m_ui;
    QAction *m_mark;
    QAction *m_otherUserAction;
    QString m_server {};       ///< that the fields are for
    bool m_isWatching = false; ///< the proof that runs was started here
};

} // namespace postrider::setup
