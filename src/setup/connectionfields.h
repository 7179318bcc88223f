// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"

#include <QWidget>

#include <memory>
#include <utility>

class QLineEdit;

namespace postrider::setup {

namespace Ui {
class ConnectionFields;
}

/// What hardly anybody has to say about an account's connections: how it signs in, by which way it reaches
/// its server, for how long it waits, and which certificates count. Where nothing is said, the usual holds.
class ConnectionFields final : public QWidget
{
    Q_OBJECT

public:
    enum class SignIn {
        WithPassword,
        NoPassword, ///< there is nothing to choose
    };

    explicit ConnectionFields(QWidget *parent = nullptr);
    ~ConnectionFields() override;
    Q_DISABLE_COPY_MOVE(ConnectionFields)

    void showAccount(const accounts::Account &account);
    void setSignIn(SignIn signIn);
    /// Puts what stands in the fields into the account, whose other settings stay.
    void takeInto(accounts::Account &account) const;
    /// The field and the sentence of the first thing that cannot be; no field: all is well.
    [[nodiscard]] std::pair<QWidget *, QString> firstProblem() const;

private:
    void fillBoxes();
    void explain();
    void followProxy();
    void splitProxy();
    void chooseFile(QLineEdit *edit, const QString &title);
    [[nodiscard]] bool hasProxy() const;

    std::unique_ptr<Ui::ConnectionFields> m_ui;
    SignIn m_signIn = SignIn::WithPassword;
};

} // namespace postrider::setup
