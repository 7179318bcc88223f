// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

namespace postrider::bench {

/// Options of the form --name=value, or --name for "yes". What a program does not ask for ends it, so that a
/// mistyped option never measures something else.
class Arguments
{
public:
    Arguments(int argc, char **argv)
    {
        for (int i = 1; i < argc; ++i) {
            std::string_view argument = argv[i];
            if (!argument.starts_with("--"))
                die("not an option: ", argument);
            argument.remove_prefix(2);
            const auto equals = argument.find('=');
            m_values[std::string(argument.substr(0, equals))]
                = equals == std::string_view::npos ? "yes" : argument.substr(equals + 1);
        }
    }

    [[nodiscard]] std::string text(const std::string &name, const std::string &otherwise = {})
    {
        const auto node = m_values.extract(name);
        return node.empty() ? otherwise : node.mapped();
    }
    [[nodiscard]] std::int64_t number(const std::string &name, std::int64_t otherwise)
    {
        const std::string value = text(name);
        if (value.empty())
            return otherwise;
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size())
            die("not a number: ", name);
        return number;
    }
    [[nodiscard]] bool isSet(const std::string &name) { return !text(name).empty(); }

    /// After the last question.
    void finish() const
    {
        if (!m_values.empty())
            die("unknown option: --", m_values.begin()->first);
    }

private:
    [[noreturn]] static void die(std::string_view what, std::string_view about)
    {
        std::cerr << what << about << '\n';
        std::exit(EXIT_FAILURE);
    }

    std::map<std::string, std::string> m_values {};
};

} // namespace postrider::bench
