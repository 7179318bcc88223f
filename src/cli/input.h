// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"
#include "cli/arguments.h"
#include "mime/mailbox.h"

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

/// The first line of the device without its line end, at most 64 KiB. An empty one is an error.
[[nodiscard]] Input<base::Secret> readPassword(QIODevice &device);

/// The password from where the options say; nothing when they name no source. On a terminal it is asked for
/// and not shown.
[[nodiscard]] Input<std::optional<base::Secret>> readPassword(const SignIn &signIn);

/// A text file, or standard input for "-"; UTF-8, without byte order mark.
[[nodiscard]] Input<QString> readText(const QString &file);

/// The mailboxes of a repeatable option; each value must have at least one.
[[nodiscard]] Input<QList<mime::Mailbox>> readMailboxes(const QStringList &values);
[[nodiscard]] Input<mime::Mailbox> readMailbox(const QString &value);
[[nodiscard]] Input<QList<QByteArray>> toEnvelope(const QList<mime::Mailbox> &mailboxes);

/// Why accounts::isPlaintextAllowed() says no.
[[nodiscard]] QString plaintextRefused();

/// The file's absolute path, when it can be read.
[[nodiscard]] Input<QString> readableFile(const QString &file);

} // namespace postrider::cli
