// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QtGlobal>

#include <type_traits>
#include <utility>
#include <variant>

namespace postrider::base {

/// Wraps an error on its way into an Expected: `return Unexpected(StoreError::ReadOnly);`
template <typename E>
class Unexpected
{
public:
    explicit Unexpected(E error)
        : m_error(std::move(error))
    { }
    [[nodiscard]] E &error() noexcept { return m_error; }
    [[nodiscard]] const E &error() const noexcept { return m_error; }

private:
    E m_error;
};

/**
 * Either the value that a function was asked for or the reason why there is none.
 *
 * Errors are values in Postrider: they cross modules and threads, are compared in tests, and become words
 * only in a window or on the command line. The names follow std::expected of C++23, which neither g++ 12 in
 * C++20 mode nor clang 14 has (docs/adr/0003-own-expected.md), so that this class can become a `using` one
 * day.
 *
 * Asking for the value of an error, or the error of a value, is a bug of the caller.
 */
template <typename T, typename E>
class [[nodiscard]] Expected
{
public:
    using value_type = T;
    using error_type = E;

    Expected(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_content(std::in_place_index<0>, std::move(value))
    { }
    template <typename F>
    requires std::is_convertible_v<F, E>
    Expected(Unexpected<F> unexpected) // NOLINT(google-explicit-constructor)
        : m_content(std::in_place_index<1>, std::move(unexpected.error()))
    { }

    [[nodiscard]] bool has_value() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] T &value() &
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] const T &value() const &
    {
        Q_ASSERT(has_value());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T &&value() && { return std::move(value()); }
    [[nodiscard]] const E &error() const
    {
        Q_ASSERT(!has_value());
        return *std::get_if<1>(&m_content);
    }

    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(value()); }
    [[nodiscard]] T *operator->() { return &value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }

    template <typename U>
    [[nodiscard]] T value_or(U &&fallback) const &
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

private:
    std::variant<T, E> m_content;
};

/// The outcome of an action that gives nothing back but may fail: `return {};` says that it worked.
template <typename E>
class [[nodiscard]] Expected<void, E>
{
public:
    using value_type = void;
    using error_type = E;

    Expected() = default;
    template <typename F>
    requires std::is_convertible_v<F, E>
    Expected(Unexpected<F> unexpected) // NOLINT(google-explicit-constructor)
        : m_content(std::in_place_index<1>, std::move(unexpected.error()))
    { }

    [[nodiscard]] bool has_value() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] const E &error() const
    {
        Q_ASSERT(!has_value());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<std::monostate, E> m_content;
};

} // namespace postrider::base
