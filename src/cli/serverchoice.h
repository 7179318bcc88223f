// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "cli/output.h"
#include "discovery/search.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <variant>

namespace postrider::cli {

/**
 * Finds an account's server for `account add`, says what is used and why, and lets a person agree where
 * nobody vouches for the server.
 *
 * choose() once; the answer comes later, unless the object has gone before.
 */
class ServerChoice final : public QObject
{
    Q_OBJECT

public:
    /// What to look for, and what a person has agreed to beforehand.
    struct Wish
    {
        discovery::Query query {};
        discovery::Search::Options options {};
        QList<accounts::Server> servers {}; ///< that are known already
        QString agreedHost {};              ///< may get the password without a question
    };
    /// Why there is none; the sentence has been said already.
    struct Refusal
    {
        ExitCode code = ExitCode::Refused;
    };
    using Answer = std::function<void(const std::variant<discovery::Report, Refusal> &)>;

    ServerChoice(Output &output, Wish wish);
    ~ServerChoice() override = default;
    Q_DISABLE_COPY_MOVE(ServerChoice)

    void choose(Answer answer);

private:
    void conclude();
    /// Asks, where there is somebody to ask; otherwise says how to agree.
    [[nodiscard]] bool isAgreedTo(const discovery::Recommendation &recommended);
    void refuse(const discovery::Report &report);

    Output &m_output;
    Wish m_wish;
    Answer m_answer {};
    std::unique_ptr<discovery::Search> m_search {};
};

} // namespace postrider::cli
