// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/replymeaning.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using outbox::Problem;

namespace {

struct Reply
{
    unsigned stage = 0;
    char replyClass = '5';
    int code = 0;
    QByteArray enhanced {}; ///< subject and detail
    QString words {};       ///< in lower case
};

unsigned stageOf(const QString &name)
{
    if (name == u"greeting" || name == u"ehlo")
        return AtGreeting;
    if (name == u"auth")
        return AtSignIn;
    if (name == u"mail")
        return AtSender;
    if (name == u"rcpt")
        return AtRecipient;
    if (name == u"data" || name == u"end")
        return AtContent;
    return 0; // no reply to a command of the mail itself
}

Reply replyOf(const Problem &problem)
{
    Reply reply;
    reply.stage = stageOf(problem.stage);
    reply.code = problem.code;
    reply.replyClass
        = static_cast<char>('0' + problem.code / 100); // decides, whatever the enhanced code says
    reply.enhanced = problem.enhanced.mid(problem.enhanced.indexOf('.') + 1);
    reply.words = problem.text.toLower();
    return reply;
}

/// Says no more than the reply code does: many servers put it before everything.
bool isVague(QByteArrayView enhanced)
{
    static constexpr std::array<QByteArrayView, 3> VagueCodes { "7.1", "5.1", "5.2" };
    return enhanced.isEmpty() || enhanced.endsWith(".0")
        || std::find(VagueCodes.begin(), VagueCodes.end(), enhanced) != VagueCodes.end();
}

/// How much a row that fits says; later is better.
enum class Weight { None, Code, VagueEnhanced, Words, Enhanced, EnhancedAndWords };

Weight weigh(const ReplyRow &row, const Reply &reply)
{
    const QByteArrayView enhanced(row.enhanced);
    const QLatin1StringView words(row.words);
    const bool fits = (row.stages & reply.stage) != 0
        && (row.replyClass == '*' || row.replyClass == reply.replyClass)
        && (row.code == 0 || row.code == reply.code) && (enhanced.isEmpty() || enhanced == reply.enhanced)
        && (words.isEmpty() || reply.words.contains(words));
    if (!fits)
        return Weight::None;
    if (!enhanced.isEmpty() && !words.isEmpty())
        return Weight::EnhancedAndWords;
    if (!enhanced.isEmpty())
        return isVague(enhanced) ? Weight::VagueEnhanced : Weight::Enhanced;
    if (!isVague(reply.enhanced))
        return Weight::None; // a definite code outranks what its words sound like
    return words.isEmpty() ? Weight::Code : Weight::Words;
}

} // namespace

ReplyMeaning meaningOf(const Problem &problem)
{
    ReplyMeaning meaning = ReplyMeaning::Unknown;
    if (problem.code < 400 || problem.code > 599)
        return meaning;
    const Reply reply = replyOf(problem);
    // Of two that weigh the same the one that quotes more of the server's words is nearer to them.
    std::pair<Weight, size_t> heaviest { Weight::None, 0 };
    for (const std::span<const ReplyRow> rows : { phraseRows(), codeRows() }) {
        for (const ReplyRow &row : rows) {
            const std::pair weight { weigh(row, reply), std::strlen(row.words) };
            if (weight.first != Weight::None && weight > heaviest) {
                heaviest = weight;
                meaning = row.meaning;
            }
        }
    }
    return meaning;
}

} // namespace postrider::delivery
