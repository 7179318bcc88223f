// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addresshint.h"

#include <QChar>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

struct Imitation
{
    char16_t letter = 0;
    char latin = 0;
};

/// Small letters of other scripts that look like a Latin one in most fonts; in order.
constexpr std::array Imitations {
    Imitation { u'\u03B1', 'a' }, // Greek
    Imitation { u'\u03B3', 'y' }, Imitation { u'\u03B9', 'i' }, Imitation { u'\u03BA', 'k' },
    Imitation { u'\u03BD', 'v' }, Imitation { u'\u03BF', 'o' }, Imitation { u'\u03C1', 'p' },
    Imitation { u'\u03C3', 'o' }, Imitation { u'\u03C4', 't' }, Imitation { u'\u03C5', 'u' },
    Imitation { u'\u03C7', 'x' }, Imitation { u'\u03C9', 'w' }, Imitation { u'\u0430', 'a' }, // Cyrillic
    Imitation { u'\u0433', 'r' }, Imitation { u'\u0435', 'e' }, Imitation { u'\u043A', 'k' },
    Imitation { u'\u043E', 'o' }, Imitation { u'\u043F', 'n' }, Imitation { u'\u0440', 'p' },
    Imitation { u'\u0441', 'c' }, Imitation { u'\u0443', 'y' }, Imitation { u'\u0445', 'x' },
    Imitation { u'\u044C', 'b' }, Imitation { u'\u0455', 's' }, Imitation { u'\u0456', 'i' },
    Imitation { u'\u0458', 'j' }, Imitation { u'\u0475', 'v' }, Imitation { u'\u04BB', 'h' },
    Imitation { u'\u04CF', 'l' }, Imitation { u'\u0501', 'd' }, Imitation { u'\u051B', 'q' },
    Imitation { u'\u051D', 'w' }, Imitation { u'\u0561', 'w' }, // Armenian
    Imitation { u'\u0563', 'q' }, Imitation { u'\u0566', 'q' }, Imitation { u'\u0570', 'h' },
    Imitation { u'\u0575', 'j' }, Imitation { u'\u0578', 'n' }, Imitation { u'\u057D', 'u' },
    Imitation { u'\u0581', 'g' }, Imitation { u'\u0585', 'o' },
};

/// The text in the Latin letters that it looks like, or nothing when it does not look like that throughout.
QString lookalike(const QString &label)
{
    QString latin;
    for (const QChar c : label) {
        if (c.unicode() <= 0x7F) {
            latin += c;
            continue;
        }
        const auto found
            = std::lower_bound(Imitations.cbegin(), Imitations.cend(), c.unicode(),
                               [](const Imitation &one, char16_t letter) { return one.letter < letter; });
        if (found == Imitations.cend() || found->letter != c.unicode())
            return {};
        latin += QLatin1Char(found->latin);
    }
    return latin;
}

QList<QChar::Script> scriptsOf(const QString &label)
{
    QList<QChar::Script> scripts;
    for (const auto character : label.toUcs4()) {
        const QChar::Script script = QChar::script(static_cast<char32_t>(character));
        const bool isShared = script == QChar::Script_Common || script == QChar::Script_Inherited
            || script == QChar::Script_Unknown;
        if (!isShared && !scripts.contains(script))
            scripts.append(script);
    }
    return scripts;
}

/// One script, or those that Japanese, Korean and Chinese are written in, with Latin among them (UTS 39
/// section 5.2 "highly restrictive").
bool belongTogether(const QList<QChar::Script> &scripts)
{
    static const QList<QList<QChar::Script>> families {
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hiragana, QChar::Script_Katakana },
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Hangul },
        { QChar::Script_Latin, QChar::Script_Han, QChar::Script_Bopomofo },
    };
    return scripts.size() <= 1
        || std::any_of(families.cbegin(), families.cend(), [&scripts](const QList<QChar::Script> &family) {
               return std::all_of(scripts.cbegin(), scripts.cend(),
                                  [&family](QChar::Script script) { return family.contains(script); });
           });
}

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

std::optional<AddressHint> hintForScripts(const QString &domain)
{
    using Kind = AddressHint::Kind;
    const QStringList labels = domain.split(u'.');
    const bool isMixed = std::any_of(labels.cbegin(), labels.cend(),
                                     [](const QString &label) { return !belongTogether(scriptsOf(label)); });
    // Below a top-level domain of its own script, nothing pretends to be Latin.
    if (!isMixed && !isAscii(labels.last()))
        return std::nullopt;
    QStringList latin;
    for (const QString &label : labels)
        latin.append(lookalike(label));
    const QString imitated = latin.contains(QString()) ? QString() : latin.join(u'.');
    if (isMixed)
        return AddressHint { .kind = Kind::MixedScripts, .suggestion = imitated };
    if (imitated.isEmpty() || imitated == domain)
        return std::nullopt;
    return AddressHint { .kind = Kind::LooksLikeOtherDomain, .suggestion = imitated };
}

} // namespace

QList<AddressHint> hintsFor(const Mailbox &mailbox)
{
    using Kind = AddressHint::Kind;
    QList<AddressHint> hints;
    const auto ascii = domainToAscii(mailbox.domain);
    if (!ascii)
        return hints;

    const QString domain = QString::fromLatin1(*ascii);
    if (domain.startsWith(u'['))
        hints.append({ .kind = Kind::AddressLiteral, .suggestion = {} });
    else if (const QString meant = likelyDomain(domain); !meant.isEmpty())
        hints.append({ .kind = Kind::DomainTypo, .suggestion = meant });
    else if (!domain.contains(u'.'))
        hints.append({ .kind = Kind::SingleLabelDomain, .suggestion = {} });
    else if (const auto hint = hintForScripts(domainForPeople(mailbox.domain)))
        hints.append(*hint);

    if (mailbox.name.contains(u'@')) {
        const auto shown = parseMailbox(mailbox.name);
        if (shown && addressKey(*shown).toCaseFolded() != addressKey(mailbox).toCaseFolded())
            hints.append({ .kind = Kind::NameShowsOtherAddress, .suggestion = {} });
    }
    return hints;
}

} // namespace postrider::mime
