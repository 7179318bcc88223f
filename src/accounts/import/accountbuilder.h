// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/foundaccount.h"

#include <QString>

#include <optional>

/// From what other programs wrote to an account: one place that decides what may be taken over.
namespace postrider::accounts {

/// How a program says that a connection is protected.
enum class FoundSecurity {
    Tls,
    StartTls,
    StartTlsIfOffered,
    None,
};

struct FoundServer
{
    QString host {};
    int port = 0; ///< 0: not said
    FoundSecurity security = FoundSecurity::None;
};

enum class FoundSignIn { None, Password, OAuth, Unsupported, ClientCertificate };

struct FoundSignature
{
    QString text {};
    enum class Form { Plain, Html } form = Form::Plain;
};

/// Puts an account together, with the notes for what had to be done otherwise.
class AccountBuilder
{
public:
    explicit AccountBuilder(FoundAccount::Program program);

    void setName(const QString &name);
    /// The first one becomes the account's own address; further ones its identities. One that is no address
    /// is left out.
    void addIdentity(const QString &email, const QString &displayName, const QString &replyTo,
                     const FoundSignature &signature);
    void setCommand(const QStringList &command);
    /// Encryption is never taken away: where there was none, it is switched on, unless the server is this
    /// computer or a private address that nobody signs in to.
    void setServer(const FoundServer &server, FoundSignIn signIn, const QString &user);
    void addNote(FoundAccount::Note note);
    [[nodiscard]] bool hasIdentity() const { return !m_found.account.email.isEmpty(); }

    /// Nothing when there is neither a usable server nor a command.
    [[nodiscard]] std::optional<FoundAccount> finish();

private:
    FoundAccount m_found {};
    bool m_isUsable = false;
};

/// A signature's file: one that is gone or too large is none.
[[nodiscard]] std::optional<FoundSignature> readSignature(const QString &path);

} // namespace postrider::accounts
