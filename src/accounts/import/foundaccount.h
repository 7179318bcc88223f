// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"

#include <QFlags>
#include <QList>
#include <QString>

namespace postrider::accounts {

/// An account that another program has. Its password is never read.
struct FoundAccount
{
    enum class Program {
        Thunderbird,
        KMail,
        Evolution,
        Geary,
        Claws,
        Sylpheed,
        Msmtp,
        File, ///< a file that was handed over: a configuration profile, or a provider's settings
    };
    /// What could not be brought along as it was, or what a person must know about it.
    enum class Note {
        NotEncryptedThere,     ///< sends without encryption there; encryption was put in its place
        OptionalEncryption,    ///< encrypts there only if the server offers it; here always
        UnsupportedSignIn,     ///< by NTLM, GSSAPI or another way that Postrider does not have
        OAuthSignIn,           ///< by OAuth 2: a person must sign in again
        ClientCertificate,     ///< with a certificate of its own, which was left there
        CertificateNotChecked, ///< certificates are not judged there; here they are
        AddressMissing,        ///< no address, or none that is one
        UserMissing,           ///< signs in, and does not say as whom
        ServerIncomplete,      ///< host or port had to be supplied from what is usual for it
        SignatureSimplified,   ///< it was HTML, and is plain text now
        SignatureLeftOut,      ///< its file is gone or too large, or a program makes it
        ProxyLeftOut,
        SignatureNotVerified, ///< the file is signed; by whom was not checked
    };
    Program program = Program::File;
    Account account {}; ///< without id, and identities without theirs
    QList<Note> notes {};

    friend bool operator==(const FoundAccount &, const FoundAccount &) = default;
};

/// The program's own name, which is the same in all languages; empty for a file.
[[nodiscard]] QString programName(FoundAccount::Program program);

} // namespace postrider::accounts
