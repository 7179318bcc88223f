// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/foundwords.h"

#include "base/inert.h"

#include <QCoreApplication>

namespace postrider::setup {

using accounts::ImportError;
using Note = accounts::FoundAccount::Note;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::setup::foundwords)
};

} // namespace

QString sentence(Note note)
{
    switch (note) {
    case Note::NotEncryptedThere:
        return Words::tr("The other program sends without encryption; Postrider encrypts.");
    case Note::OptionalEncryption:
        return Words::tr("The other program encrypts only when the server offers it; Postrider always does.");
    case Note::UnsupportedSignIn:
        return Words::tr("The other program signs in in a way that Postrider does not have; here it is a "
                         "password.");
    case Note::OAuthSignIn:
        return Words::tr("You sign in at the provider's own page again.");
    case Note::ClientCertificate:
        return Words::tr("The other program's own certificate was left there.");
    case Note::CertificateNotChecked:
        return Words::tr("The other program does not check who the server is; Postrider does.");
    case Note::AddressMissing:
        return Words::tr("The other program has no usable address for this account.");
    case Note::UserMissing:
        return Words::tr("The other program does not say which user name it signs in with.");
    case Note::ServerIncomplete:
        return Words::tr("The server's settings were incomplete; what is usual was put in.");
    case Note::SignatureSimplified:
        return Words::tr("The signature is plain text now.");
    case Note::SignatureLeftOut:
        return Words::tr("The signature could not be brought along.");
    case Note::ProxyLeftOut:
        return Words::tr("The other program's proxy was left out; Postrider uses the system's.");
    case Note::SignatureNotVerified:
        return Words::tr("The file is signed; by whom was not checked.");
    }
    Q_UNREACHABLE();
}

QString sentence(const ImportError &error, const QString &file)
{
    const QString name = base::inert(file);
    switch (error.kind) {
    case ImportError::Kind::Unreadable:
        return Words::tr("%1 can't be read: %2").arg(name, base::quoted(error.reason));
    case ImportError::Kind::TooLarge:
        return Words::tr("%1 is too large for a file with settings.").arg(name);
    case ImportError::Kind::NotAFile:
        return Words::tr("%1 is no ordinary file.").arg(name);
    case ImportError::Kind::Encrypted:
        return Words::tr("Only the device that %1 was made for can read it.").arg(name);
    case ImportError::Kind::Unknown:
        return Words::tr("%1 is not a file with settings that Postrider knows.").arg(name);
    case ImportError::Kind::Damaged:
        return Words::tr("%1 is damaged.").arg(name);
    case ImportError::Kind::NoAccounts:
        return Words::tr("There is no account in %1.").arg(name);
    }
    Q_UNREACHABLE();
}

} // namespace postrider::setup
