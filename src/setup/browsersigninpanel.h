// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/services.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace postrider::setup {

namespace Ui {
class BrowserSignInPanel;
}

/**
 * Signing in at the provider's own page: in this computer's browser, or by a code on another device where no
 * browser opens. The address can always be copied, and it can be stopped at any time. Where this copy of
 * Postrider may not do that at the provider, it says so, with what can be done instead.
 */
class BrowserSignInPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit BrowserSignInPanel(QWidget *parent = nullptr);
    ~BrowserSignInPanel() override;
    Q_DISABLE_COPY_MOVE(BrowserSignInPanel)

    /// Once, before anything else; they outlive the panel.
    void setServices(const Services &services);
    /// Where to sign in, as whom, and for which server.
    void offer(const accounts::OAuthSettings &settings, const QString &address, const QString &host);
    /// Ends a sign-in that is under way, at once.
    void stop();
    /// As if nobody had signed in.
    void forget();

    [[nodiscard]] QWidget *firstField() const;
    [[nodiscard]] bool isSignedIn() const { return m_tokens.has_value(); }
    /// A copy; nothing as long as nobody has signed in.
    [[nodiscard]] Credentials credentials() const;
    /// With the person's own client id, if there is one.
    [[nodiscard]] accounts::OAuthSettings settings() const;

Q_SIGNALS:
    void signedIn();
    void otherAccountWanted();

private:
    enum class Place { ThisBrowser, OtherDevice };

    void start(Place place);
    void take();
    void follow();
    void showPage(const QUrl &url);
    void showCode(const QString &code, const QUrl &page, std::chrono::seconds lifetime);

    const Services *m_services = nullptr;
    std::unique_ptr<Ui::BrowserSignInPanel> m_ui;
    accounts::OAuthSettings m_settings {};
    QString m_address {};
    bool m_isRegistered = false; ///< this copy has a client id for the provider
    std::unique_ptr<TokenSignIn> m_signIn {};
    std::optional<oauth::Tokens> m_tokens {};
};

} // namespace postrider::setup
