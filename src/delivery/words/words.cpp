// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/words.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

QString sentence(const outbox::StoreError &error)
{
    using Kind = outbox::StoreError::Kind;
    switch (error.kind) {
    case Kind::ReadOnly:
        return Words::tr("The folder with your mail can't be written (%1).").arg(cause(error.reason));
    case Kind::DiskFull:
        return Words::tr("The message can't be kept safe: there is no room on the disk.");
    case Kind::Busy:
        return Words::tr("Another program keeps the outbox locked. Try again in a moment.");
    case Kind::Damaged:
        return Words::tr("The outbox can't be read, and it could not be set aside (%1).")
            .arg(cause(error.reason));
    case Kind::NewerVersion:
        return Words::tr("The outbox was written by a newer version of Postrider and is left alone.");
    case Kind::AttachmentUnreadable:
        return Words::tr("%1 can't be read (%2).").arg(error.subject, cause(error.reason));
    case Kind::BadAddress:
        return Words::tr("%1 is not an address that mail can be sent to.").arg(quoted(error.subject));
    case Kind::AlreadyRecipient:
        return Words::tr("%1 gets this message already.").arg(quoted(error.subject));
    case Kind::NotAMessage:
        return Words::tr("%1 is not a mail message.").arg(error.subject);
    case Kind::NotConvertible:
        return Words::tr("The message can't be brought into the form that the server takes (%1).")
            .arg(cause(error.reason));
    case Kind::NoSuchMessage:
        return Words::tr("There is no message \"%1\" in the Outbox, or several begin like this.")
            .arg(error.subject);
    case Kind::WrongState:
        return Words::tr("That is not possible in the message's present state (%1).").arg(error.reason);
    case Kind::Failed:
        return Words::tr("The outbox could not be used (%1).").arg(cause(error.reason));
    }
    Q_UNREACHABLE();
}

QString sentence(const accounts::AccountError &error)
{
    using Kind = accounts::AccountError::Kind;
    switch (error.kind) {
    case Kind::ReadOnly:
        return Words::tr("%1 can't be written (%2). The account was not saved.")
            .arg(error.path, cause(error.reason));
    case Kind::Unreadable:
        return Words::tr("%1 can't be read (%2).").arg(error.path, cause(error.reason));
    case Kind::Locked:
        return Words::tr("Another program keeps the accounts locked. Try again in a moment.");
    case Kind::NoSuchAccount:
        return Words::tr("There is no such account.");
    case Kind::Duplicate:
        return Words::tr("This account exists already.");
    }
    Q_UNREACHABLE();
}

QString sentence(const secrets::SecretError &error)
{
    using Kind = secrets::SecretError::Kind;
    switch (error.kind) {
    case Kind::NotFound:
        return Words::tr("The password of this account is not stored on this computer.");
    case Kind::Locked:
        return Words::tr("The password store is locked, so the password could not be used or saved.");
    case Kind::Dismissed:
        return Words::tr("The password store stayed locked, because its question was closed.");
    case Kind::Slow:
        return Words::tr("The password store did not answer in time. Its question may still be open.");
    case Kind::NoService:
        return Words::tr("No password store is running in this session.");
    case Kind::NoBus:
        return Words::tr("This session has no message bus (D-Bus), so no password store can be reached.");
    case Kind::Unavailable:
        return Words::tr("This session has no working password store.");
    case Kind::Failed:
        return Words::tr("The password store did not do what was asked (%1).").arg(cause(error.reason));
    }
    Q_UNREACHABLE();
}

QString advice(const secrets::SecretError &error)
{
    using Kind = secrets::SecretError::Kind;
    switch (error.kind) {
    case Kind::NotFound:
        return Words::tr("Enter the password.");
    case Kind::Locked:
    case Kind::Dismissed:
        return Words::tr(
            "Unlock the password store and try again, or use the password only for this session.");
    case Kind::Slow:
        return Words::tr("Answer the password store's question and try again.");
    case Kind::NoService:
    case Kind::Unavailable:
        return Words::tr("Start a password store such as GNOME Keyring or KWallet, or use the password only "
                         "for this session.");
    case Kind::NoBus:
        return Words::tr(
            "Start Postrider from a desktop session, or use the password only for this session.");
    case Kind::Failed:
        return Words::tr("Use the password only for this session, or try again.");
    }
    Q_UNREACHABLE();
}

QString oldPasswordSentence(const accounts::Account &account, const secrets::SecretError &error)
{
    using Kind = secrets::SecretError::Kind;
    const bool isLocked = error.kind == Kind::Locked || error.kind == Kind::Dismissed;
    //: An account's name.
    return isLocked
        ? Words::tr("The password store is locked, so an older password of %1 may still be in it.")
              .arg(inert(account.name))
        : Words::tr("An older password of %1 may still be in the password store, which did not answer as it "
                    "should.")
              .arg(inert(account.name));
}

QString sentence(const Trouble &trouble)
{
    return std::visit([](const auto &error) { return sentence(error); }, trouble);
}

QString copySentence(const outbox::FileError &error)
{
    return Words::tr("Your mail is sent, but no copies of it can be kept: %1 can't be written (%2).")
        .arg(error.path, cause(error.reason));
}

QString sentence(net::ClientCertificateError error, const QString &file)
{
    switch (error) {
    case net::ClientCertificateError::NoCertificate:
        return Words::tr("%1 has no certificate in it.").arg(file);
    case net::ClientCertificateError::NoKey:
        return Words::tr("%1 has no key in it that can be read without a password.").arg(file);
    case net::ClientCertificateError::KeyMismatch:
        return Words::tr("The key in %1 does not belong to the certificate.").arg(file);
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
