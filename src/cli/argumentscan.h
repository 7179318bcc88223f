// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"

#include <QHash>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>

#include <optional>

namespace postrider::cli {

/// The arguments sorted into options and other words, before their command is known.
class ArgumentScan
{
public:
    explicit ArgumentScan(const QStringList &arguments);

    [[nodiscard]] bool has(QLatin1StringView option) const { return m_values.contains(option); }
    [[nodiscard]] QString value(QLatin1StringView option) const { return m_values.value(option).value(0); }
    [[nodiscard]] QStringList values(QLatin1StringView option) const { return m_values.value(option); }
    [[nodiscard]] QStringList options() const { return m_order; }

    [[nodiscard]] const QStringList &words() const { return m_words; }
    /// The first mistake that does not depend on the command.
    [[nodiscard]] const std::optional<UsageError> &error() const { return m_error; }

private:
    /// Returns whether the next argument was its value.
    bool takeOption(const QString &argument, const QString *next);
    void fail(UsageError::Kind kind, const QString &subject, const QString &detail = {})
    {
        if (!m_error)
            m_error = UsageError { kind, subject, detail, {} };
    }

    QStringList m_words {};
    QHash<QString, QStringList> m_values {};
    QStringList m_order {};
    std::optional<UsageError> m_error {};
};

} // namespace postrider::cli
