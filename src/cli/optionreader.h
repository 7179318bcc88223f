// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/argumentscan.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace postrider::cli {

/// An option as it is typed.
template <typename Text>
[[nodiscard]] QString withHyphens(const Text &name)
{
    return QStringLiteral("--") + name;
}

/// Reads the options of one command; after the first mistake everything else is let through.
class OptionReader
{
public:
    explicit OptionReader(const ArgumentScan &scan)
        : m_scan(scan)
    { }

    [[nodiscard]] const std::optional<UsageError> &error() const { return m_error; }

    [[nodiscard]] bool has(QLatin1StringView option) const { return m_scan.has(option); }
    [[nodiscard]] QString text(QLatin1StringView option) const { return m_scan.value(option); }
    [[nodiscard]] QStringList texts(QLatin1StringView option) const { return m_scan.values(option); }

    void fail(UsageError::Kind kind, const QString &subject = {}, const QString &detail = {})
    {
        if (!m_error)
            m_error = UsageError { kind, subject, detail, {} };
    }
    void require(QLatin1StringView option)
    {
        if (!has(option))
            fail(UsageError::Kind::OptionMissing, withHyphens(option));
    }
    void exclude(QLatin1StringView option, QLatin1StringView other)
    {
        if (has(option) && has(other))
            fail(UsageError::Kind::Exclusive, withHyphens(option), withHyphens(other));
    }
    void needs(QLatin1StringView option, QLatin1StringView other)
    {
        if (has(option) && !has(other))
            fail(UsageError::Kind::OnlyWith, withHyphens(option), withHyphens(other));
    }

    /// A text that may not be empty.
    QString name(QLatin1StringView option)
    {
        const QString value = text(option).trimmed();
        if (has(option) && value.isEmpty())
            failValue(option);
        return value;
    }
    quint16 port();
    std::optional<std::chrono::milliseconds> duration(QLatin1StringView option);
    std::chrono::seconds undoWindow();
    accounts::Server server(QLatin1StringView hostOption);
    SignIn signIn();
    QByteArray clientName();
    QByteArray pin();
    net::ProxyChoice proxy();
    delivery::Services services();
    /// A number, or "auto"; nothing when the option is not there.
    AccountSet::Limit limit(QLatin1StringView option);
    /// One of an account's rules; a word that is none fails.
    template <typename Rule>
    std::optional<Rule> rule(QLatin1StringView option)
    {
        if (!has(option))
            return {};
        Rule rule {};
        if (!accounts::fromString(text(option), rule))
            failValue(option);
        return rule;
    }
    /// link: the command's operand, or nothing.
    Content content(const QString &link);

private:
    void readCertificate(SignIn &signIn);
    void matchMechanism(const SignIn &signIn);
    std::optional<smtp::StatusNotifications> notifications();
    std::optional<smtp::DeliverBy> deliverBy();
    std::optional<smtp::FutureRelease> futureRelease();
    std::optional<int> priority();
    QString messageId(QLatin1StringView option);
    /// A whole number in these bounds; otherwise the option fails.
    std::optional<qint64> number(QLatin1StringView option, const QString &text, qint64 least, qint64 most);
    void failValue(QLatin1StringView option)
    {
        fail(UsageError::Kind::ValueBad, withHyphens(option), text(option));
    }

    const ArgumentScan &m_scan;
    std::optional<UsageError> m_error {};
};

} // namespace postrider::cli
