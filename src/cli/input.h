// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"
#include "cli/arguments.h"
#include "mime/address/mailbox.h"

#include <QDateTime>
#include <QFile>
#include <QIODevice>
#include <QString>
#include <QStringList>

#include <optional>

namespace postrider::cli {

/// Why something that a command was given cannot be used, already in words, since it goes nowhere else.
struct InputError
{
    QString sentence {};
};

template <typename T>
using Input = base::Expected<T, InputError>;

/// The first line of the device without its line end. An empty one is an error, and so is one with a NUL or
/// of 64 KiB and more, which no server takes for a password.
[[nodiscard]] Input<base::Secret> readPassword(QIODevice &device);

/// The password from where the options say; nothing when they name no source. On a terminal it is asked for
/// and not shown.
[[nodiscard]] Input<std::optional<base::Secret>> readPassword(const SignIn &signIn);

/// Whether a person can be asked: standard input and standard error are a terminal.
[[nodiscard]] bool isTerminal();

/// Asks on the terminal; true only for a whole "yes" (or its word in the person's language). Waits for the
/// person.
[[nodiscard]] bool askOnTerminal(const QString &question);

/// A text file, or standard input for "-"; UTF-8, without byte order mark, at most 64 MiB.
[[nodiscard]] Input<QString> readText(const QString &file);

/// The mailboxes of a repeatable option; each value must have at least one.
[[nodiscard]] Input<QList<mime::Mailbox>> readMailboxes(const QStringList &values);
[[nodiscard]] Input<mime::Mailbox> readMailbox(const QString &value);
[[nodiscard]] Input<QList<QByteArray>> toEnvelope(const QList<mime::Mailbox> &mailboxes);

/// When something is to happen, in UTC, as base::readPlannedTime() understands it in this computer's zone.
[[nodiscard]] Input<QDateTime> readTime(const QString &text, const QDateTime &now);

/// Why accounts::isPlaintextAllowed() says no.
[[nodiscard]] QString plaintextRefused();

/// Opens it to read, when it is a regular file: a pipe could keep us waiting for ever, a device never end.
[[nodiscard]] Input<void> openFile(QFile &file);

/// The file's absolute path, when openFile() can open it.
[[nodiscard]] Input<QString> readableFile(const QString &file);

} // namespace postrider::cli
