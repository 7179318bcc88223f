// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addresshint.h"

#include <QLatin1StringView>
#include <QStringView>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

/// Where most private mail lives, the most common first: what a mistyped domain was probably meant to be.
constexpr std::array Suggested {
    "gmail.com"_L1,      "outlook.com"_L1,  "hotmail.com"_L1,    "yahoo.com"_L1,      "icloud.com"_L1,
    "gmx.de"_L1,         "web.de"_L1,       "gmx.net"_L1,        "t-online.de"_L1,    "googlemail.com"_L1,
    "aol.com"_L1,        "live.com"_L1,     "proton.me"_L1,      "protonmail.com"_L1, "posteo.de"_L1,
    "mailbox.org"_L1,    "freenet.de"_L1,   "hotmail.de"_L1,     "outlook.de"_L1,     "yahoo.de"_L1,
    "gmx.at"_L1,         "gmx.ch"_L1,       "bluewin.ch"_L1,     "hotmail.co.uk"_L1,  "yahoo.co.uk"_L1,
    "btinternet.com"_L1, "comcast.net"_L1,  "verizon.net"_L1,    "hotmail.fr"_L1,     "yahoo.fr"_L1,
    "orange.fr"_L1,      "wanadoo.fr"_L1,   "laposte.net"_L1,    "hotmail.it"_L1,     "libero.it"_L1,
    "yahoo.it"_L1,       "hotmail.es"_L1,   "yahoo.es"_L1,       "yandex.ru"_L1,      "rambler.ru"_L1,
    "yahoo.co.jp"_L1,    "docomo.ne.jp"_L1, "fastmail.com"_L1,   "zoho.com"_L1,       "yahoo.com.br"_L1,
    "hotmail.com.br"_L1, "naver.com"_L1,    "rediffmail.com"_L1, "seznam.cz"_L1,      "interia.pl"_L1,
};

/// Well known too, and close to one of those above: never taken for a mistake.
constexpr std::array Known {
    "mail.com"_L1,     "email.com"_L1,   "ymail.com"_L1,      "gmx.com"_L1,      "gmx.eu"_L1,
    "gmx.fr"_L1,       "gmx.info"_L1,    "gmx.biz"_L1,        "gmx.org"_L1,      "gmx.us"_L1,
    "gmx.co.uk"_L1,    "mac.com"_L1,     "me.com"_L1,         "msn.com"_L1,      "live.de"_L1,
    "live.nl"_L1,      "live.fr"_L1,     "live.it"_L1,        "live.co.uk"_L1,   "live.ca"_L1,
    "live.cn"_L1,      "live.dk"_L1,     "live.se"_L1,        "live.no"_L1,      "aol.de"_L1,
    "aim.com"_L1,      "aon.at"_L1,      "web.com"_L1,        "hey.com"_L1,      "pm.me"_L1,
    "proton.ch"_L1,    "yahoo.ca"_L1,    "yahoo.co.in"_L1,    "yahoo.com.au"_L1, "yahoo.com.ar"_L1,
    "yahoo.com.mx"_L1, "yahoo.co.id"_L1, "yahoo.co.nz"_L1,    "yahoo.in"_L1,     "yahoo.at"_L1,
    "hotmail.ch"_L1,   "hotmail.nl"_L1,  "hotmail.be"_L1,     "hotmail.se"_L1,   "hotmail.dk"_L1,
    "hotmail.no"_L1,   "hotmail.at"_L1,  "outlook.fr"_L1,     "outlook.es"_L1,   "outlook.it"_L1,
    "outlook.jp"_L1,   "outlook.at"_L1,  "outlook.com.br"_L1, "yandex.com"_L1,   "yandex.ua"_L1,
    "ya.ru"_L1,        "mail.ru"_L1,     "mail.de"_L1,        "email.de"_L1,     "inbox.ru"_L1,
    "list.ru"_L1,      "bk.ru"_L1,       "posteo.net"_L1,     "posteo.at"_L1,    "fastmail.fm"_L1,
    "naver.net"_L1,    "zoho.eu"_L1,     "zoho.in"_L1,        "tim.it"_L1,       "virgilio.it"_L1,
    "sfr.fr"_L1,       "free.fr"_L1,     "arcor.de"_L1,       "online.de"_L1,    "interia.eu"_L1,
    "gmail.de"_L1,     "email.cz"_L1,
};

/// The number of insertions, deletions, replacements and swaps of neighbours between two short texts.
int distance(QStringView a, QStringView b)
{
    constexpr size_t Longest = 32;
    if (a.size() >= static_cast<qsizetype>(Longest) || b.size() >= static_cast<qsizetype>(Longest))
        return static_cast<int>(Longest);
    std::array<std::array<int, Longest>, Longest> table {};
    const auto columns = static_cast<size_t>(b.size());
    const auto rows = static_cast<size_t>(a.size());
    for (size_t i = 0; i <= rows; ++i) {
        for (size_t j = 0; j <= columns; ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = static_cast<int>(i + j);
                continue;
            }
            const QChar left = a.at(static_cast<qsizetype>(i) - 1);
            const QChar right = b.at(static_cast<qsizetype>(j) - 1);
            int best = std::min(
                { table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (left == right ? 0 : 1) });
            const bool isSwap = i > 1 && j > 1 && left == b.at(static_cast<qsizetype>(j) - 2)
                && a.at(static_cast<qsizetype>(i) - 2) == right;
            if (isSwap)
                best = std::min(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    }
    return table[rows][columns];
}

bool hasSameLetters(QStringView a, QStringView b)
{
    QString left = a.toString();
    QString right = b.toString();
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    return left == right;
}

/// The mistakes in the part before the first dot, if they may be mistakes. The shorter a name is, the more
/// names of others are close to it.
std::optional<int> mistakesInName(QStringView typed, QStringView meant)
{
    constexpr qsizetype ShortName = 4;
    constexpr qsizetype LongName = 7;
    const int mistakes = distance(typed, meant);
    if (mistakes == 0)
        return 0;
    if (meant.size() <= ShortName)
        return mistakes == 1 && hasSameLetters(typed, meant) ? std::optional(1) : std::nullopt;
    const int most = meant.size() >= LongName ? 2 : 1;
    return mistakes <= most ? std::optional(mistakes) : std::nullopt;
}

/// The same for the part behind the first dot: any two letters are some country.
std::optional<int> mistakesInEnd(QStringView typed, QStringView meant)
{
    const int mistakes = distance(typed, meant);
    if (mistakes == 0)
        return 0;
    const bool isCountry = meant.size() == 2 && typed.size() == 2;
    if (mistakes > 1 || (isCountry && !hasSameLetters(typed, meant)))
        return std::nullopt;
    return mistakes;
}

template <size_t Size>
bool contains(const std::array<QLatin1StringView, Size> &domains, const QString &domain)
{
    return std::find(domains.cbegin(), domains.cend(), domain) != domains.cend();
}

constexpr int TooMany = 4; ///< mistakes

/// Takes the domain that was meant in the place of the best one so far, if it is closer to what was typed.
void compare(const QString &typed, const QString &meant, QString &best, int &fewest)
{
    const qsizetype dot = typed.indexOf(u'.');
    const qsizetype meantDot = meant.indexOf(u'.');
    if (dot < 0) {
        // "gmailcom": the dot was not typed.
        if (fewest > 0 && typed == QString(meant).remove(meantDot, 1)) {
            fewest = 0;
            best = meant;
        }
        return;
    }
    const auto name = mistakesInName(QStringView(typed).first(dot), QStringView(meant).first(meantDot));
    const auto end
        = mistakesInEnd(QStringView(typed).sliced(dot + 1), QStringView(meant).sliced(meantDot + 1));
    if (name && end && *name + *end < fewest) {
        fewest = *name + *end;
        best = meant;
    }
}

} // namespace

QString likelyDomain(const QString &domain)
{
    if (contains(Suggested, domain) || contains(Known, domain))
        return {};
    QString best;
    int fewest = TooMany;
    for (const QLatin1StringView candidate : Suggested)
        compare(domain, candidate, best, fewest);
    return best;
}

QString likelyDomain(const QString &domain, const QStringList &known)
{
    if (contains(Suggested, domain) || contains(Known, domain) || known.contains(domain))
        return {};
    QString best;
    int fewest = TooMany;
    for (const QString &candidate : known)
        compare(domain, candidate, best, fewest);
    return best;
}

} // namespace postrider::mime
