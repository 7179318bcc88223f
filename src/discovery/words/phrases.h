// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/inert.h"
#include "discovery/report.h"

#include <QCoreApplication>
#include <QString>

#include <chrono>

/// What the sentences of this module have in common; for its *words.cpp files only.
namespace postrider::discovery {

using base::inert;
using base::quoted;

/// Gives the sentences one place among the translations.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::discovery::words)
};

/// "0.2 s", "17 s": as exact as a person wants to know it, and never nothing.
[[nodiscard]] QString inSeconds(std::chrono::milliseconds time);

/// What a person knows the search by: the domain of the address, or the server's name.
[[nodiscard]] QString subjectOf(const Query &query);

/// A certificate's names, the first few of many.
[[nodiscard]] QString certificateNames(const PortResult &result);

/// "smtp.example.org:465", with brackets around an address with colons.
[[nodiscard]] QString hostAndPort(const accounts::Server &server);

/// What the server answered, quoted and on one line; empty when it said nothing.
[[nodiscard]] QString quotedWords(const QByteArray &serverWords);

} // namespace postrider::discovery
