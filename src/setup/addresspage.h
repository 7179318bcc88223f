// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <memory>

class QAction;

namespace postrider::setup {

namespace Ui {
class AddressPage;
}

/// Who the mail is from. The address is looked at when the field is left, never while it is typed.
class AddressPage final : public SetupPage
{
    Q_OBJECT

public:
    /// The name is what the computer knows of the person; empty: it does not.
    AddressPage(SetupDraft &draft, const QString &knownName, QWidget *parent = nullptr);
    ~AddressPage() override;
    Q_DISABLE_COPY_MOVE(AddressPage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 1; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    [[nodiscard]] bool isComplete() const override;
    /// Stays once where another domain was probably meant: whoever presses Enter has not seen the question.
    void goOn() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take();
    void lookAtAddress();
    void suggest(const QString &domain);
    void useSuggestion();

    SetupDraft &m_draft;
    std::unique_ptr<Ui::AddressPage> m_ui;
    QString m_knownName;
    QString m_suggested {}; ///< the whole address
    QString m_insisted {};  ///< this one is meant as it was typed
    QAction *m_mark;
};

} // namespace postrider::setup
