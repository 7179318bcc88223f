// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QCoreApplication>
#include <QString>

#include <initializer_list>

/// What the sentences of this module have in common; for its *words.cpp files only.
namespace postrider::delivery {

/// Gives the sentences one place among the translations.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Somebody else's words without characters that could do anything but be read.
[[nodiscard]] QString inert(const QString &text);

/// The same between quotation marks, kept from turning the direction of the sentence around them.
[[nodiscard]] QString quoted(const QString &text);

/// What the system says is wrong; it does not always say anything.
[[nodiscard]] QString cause(const QString &reason);

/// The sentences that are not empty, with blanks between them.
[[nodiscard]] QString joined(std::initializer_list<QString> sentences);

} // namespace postrider::delivery
