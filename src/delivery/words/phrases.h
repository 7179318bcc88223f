// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/inert.h"

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

using base::inert;
using base::quoted;

/// What the system says is wrong; it does not always say anything.
[[nodiscard]] QString cause(const QString &reason);

/// The sentences that are not empty, with blanks between them.
[[nodiscard]] QString joined(std::initializer_list<QString> sentences);

} // namespace postrider::delivery
