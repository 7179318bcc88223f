// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <cstddef>

namespace postrider::outbox {

/// One value of an enumeration and the word that stands for it in the database and in --json output.
template <typename E>
struct Word
{
    E value;
    QLatin1StringView word;
};

template <typename E, std::size_t N>
[[nodiscard]] QString wordOf(const std::array<Word<E>, N> &table, E value)
{
    for (const auto &entry : table) {
        if (entry.value == value) {
            return entry.word;
        }
    }
    return {};
}

/// The fallback is for a word that is not in the table: a damaged or hand-edited row.
template <typename E, std::size_t N>
[[nodiscard]] E valueOf(const std::array<Word<E>, N> &table, const QString &word, E fallback)
{
    for (const auto &entry : table) {
        if (entry.word == word) {
            return entry.value;
        }
    }
    return fallback;
}

} // namespace postrider::outbox
