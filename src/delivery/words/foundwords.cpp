// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/foundwords.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

QString sentence(accounts::FoundAccount::Note note)
{
    using Note = accounts::FoundAccount::Note;
    switch (note) {
    case Note::NotEncryptedThere:
        return Words::tr("It sends without encryption there; here it is encrypted.");
    case Note::OptionalEncryption:
        return Words::tr("It is encrypted there only if the server offers that; here always.");
    case Note::UnsupportedSignIn:
        return Words::tr("It signs in there in a way that Postrider does not know; another one is tried.");
    case Note::OAuthSignIn:
        return Words::tr("It signs in with the browser, which has to be done once more here.");
    case Note::ClientCertificate:
        return Words::tr("It signs in there with a certificate of its own, which stays there.");
    case Note::CertificateNotChecked:
        return Words::tr("The server's certificate is not checked there; here it is.");
    case Note::AddressMissing:
        return Words::tr("It has no address to send from; one must be typed.");
    case Note::UserMissing:
        return Words::tr("Its user name is not known; it must be typed.");
    case Note::ServerIncomplete:
        return Words::tr("Its server was not named as a whole; what is usual was put in.");
    case Note::SignatureSimplified:
        return Words::tr("Its signature had formatting; the text was kept.");
    case Note::SignatureLeftOut:
        return Words::tr("Its signature could not be brought along.");
    case Note::ProxyLeftOut:
        return Words::tr("It uses a proxy there; here the one of this computer's settings counts.");
    case Note::SignatureNotVerified:
        return Words::tr("The file is signed, but nobody checked by whom: use it only if you know where it "
                         "comes from.");
    }
    return {};
}

QString sentence(const accounts::ImportError &error, const QString &file)
{
    using Kind = accounts::ImportError::Kind;
    const QString name = inert(file);
    switch (error.kind) {
    case Kind::Unreadable:
        return Words::tr("%1 can't be read: %2").arg(name, cause(error.reason));
    case Kind::TooLarge:
        return Words::tr("%1 is too large to hold accounts.").arg(name);
    case Kind::NotAFile:
        return Words::tr("%1 is no file.").arg(name);
    case Kind::Encrypted:
        return Words::tr("%1 is encrypted for another device, and only that one can read it.").arg(name);
    case Kind::Unknown:
        return Words::tr("%1 has no form that is known.").arg(name);
    case Kind::Damaged:
        return Words::tr("%1 is damaged.").arg(name);
    case Kind::NoAccounts:
        return Words::tr("%1 has no account that sends mail.").arg(name);
    }
    return {};
}

} // namespace postrider::delivery
