// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>
#include <QTest>

#include <concepts>

namespace QTest {

/// QCOMPARE for the enumerations that have words of their own: a failure prints the words. Without this
/// header Qt Test finds our toString(), which returns a QString and not the character array that it expects.
template <typename E>
requires requires(E value)
{
    {
        toString(value)
        } -> std::same_as<QString>;
}
[[nodiscard]] bool qCompare(const E &actual, const E &expected, const char *actualText,
                            const char *expectedText, const char *file, int line)
{
    return qCompare(QString(toString(actual)), QString(toString(expected)), actualText, expectedText, file,
                    line);
}

} // namespace QTest
