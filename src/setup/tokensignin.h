// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "oauth/tokens.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>

namespace postrider::setup {

/// A sign-in at a provider's own page, as oauth::BrowserSignIn and oauth::DeviceSignIn are; its own class so
/// that windows can be tried without a provider. Destroying it cancels at once.
class TokenSignIn : public QObject
{
    Q_OBJECT

public:
    using Result = base::Expected<oauth::Tokens, oauth::SignInFailure>;
    using QObject::QObject;

    virtual void start() = 0;
    /// Once, with finished(); moves the tokens out.
    [[nodiscard]] virtual Result takeResult() = 0;

Q_SIGNALS:
    /// A page that the person visits on this computer.
    void pageWanted(const QUrl &url);
    /// A code that the person types on a page, on any device.
    void codeReady(const QString &code, const QUrl &page, std::chrono::seconds lifetime);
    void finished();
};

} // namespace postrider::setup
