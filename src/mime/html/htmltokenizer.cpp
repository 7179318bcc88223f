// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmltokenizer.h"

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostAttributes = 100; // of one tag; the others are not looked at

/// Elements whose content is no markup. "plaintext" never ends.
constexpr std::array RawTextElements {
    "script"_L1, "style"_L1,   "title"_L1,    "textarea"_L1, "xmp"_L1,
    "iframe"_L1, "noembed"_L1, "noframes"_L1, "noscript"_L1, "plaintext"_L1
};

bool isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

bool isNonCharacter(char32_t character)
{
    return (character & 0xFFFEU) == 0xFFFEU || (character >= 0xFDD0 && character <= 0xFDEF);
}

/// No controls but tab and LF, no half surrogate pairs, line ends as LF.
QString withoutControls(const QString &html)
{
    QString result;
    result.reserve(html.size());
    for (qsizetype i = 0; i < html.size(); ++i) {
        const QChar character = html.at(i);
        if (character == u'\r') {
            if (i + 1 == html.size() || html.at(i + 1) != u'\n')
                result += u'\n';
        } else if (character == u'\f') {
            result += u' ';
        } else if (character.isHighSurrogate() && i + 1 < html.size() && html.at(i + 1).isLowSurrogate()) {
            if (!isNonCharacter(QChar::surrogateToUcs4(character, html.at(i + 1))))
                result.append(QStringView(html).sliced(i, 2));
            ++i;
        } else if (character.isSurrogate()) {
            result += QChar(QChar::ReplacementCharacter);
        } else if (character == u'\n' || character == u'\t'
                   || (character.category() != QChar::Other_Control
                       && !isNonCharacter(character.unicode()))) {
            result += character;
        }
    }
    return result;
}

struct Reference
{
    QLatin1StringView name {};
    char16_t character = 0;
};

/// The references of HTML 4 by name, which all writers use; U+00A0 to U+00FF are in Latin1Names. The others
/// of HTML 5 stay as they are written.
constexpr std::array References {
    Reference { "Alpha"_L1, 0x0391 },   Reference { "Beta"_L1, 0x0392 },
    Reference { "Chi"_L1, 0x03A7 },     Reference { "Dagger"_L1, 0x2021 },
    Reference { "Delta"_L1, 0x0394 },   Reference { "Epsilon"_L1, 0x0395 },
    Reference { "Eta"_L1, 0x0397 },     Reference { "Gamma"_L1, 0x0393 },
    Reference { "Iota"_L1, 0x0399 },    Reference { "Kappa"_L1, 0x039A },
    Reference { "Lambda"_L1, 0x039B },  Reference { "Mu"_L1, 0x039C },
    Reference { "NewLine"_L1, 0x000A }, Reference { "Nu"_L1, 0x039D },
    Reference { "OElig"_L1, 0x0152 },   Reference { "Omega"_L1, 0x03A9 },
    Reference { "Omicron"_L1, 0x039F }, Reference { "Phi"_L1, 0x03A6 },
    Reference { "Pi"_L1, 0x03A0 },      Reference { "Prime"_L1, 0x2033 },
    Reference { "Psi"_L1, 0x03A8 },     Reference { "Rho"_L1, 0x03A1 },
    Reference { "Scaron"_L1, 0x0160 },  Reference { "Sigma"_L1, 0x03A3 },
    Reference { "Tab"_L1, 0x0009 },     Reference { "Tau"_L1, 0x03A4 },
    Reference { "Theta"_L1, 0x0398 },   Reference { "Upsilon"_L1, 0x03A5 },
    Reference { "Xi"_L1, 0x039E },      Reference { "Yuml"_L1, 0x0178 },
    Reference { "Zeta"_L1, 0x0396 },    Reference { "alefsym"_L1, 0x2135 },
    Reference { "alpha"_L1, 0x03B1 },   Reference { "amp"_L1, 0x0026 },
    Reference { "and"_L1, 0x2227 },     Reference { "ang"_L1, 0x2220 },
    Reference { "apos"_L1, 0x0027 },    Reference { "asymp"_L1, 0x2248 },
    Reference { "bdquo"_L1, 0x201E },   Reference { "beta"_L1, 0x03B2 },
    Reference { "bull"_L1, 0x2022 },    Reference { "cap"_L1, 0x2229 },
    Reference { "chi"_L1, 0x03C7 },     Reference { "circ"_L1, 0x02C6 },
    Reference { "clubs"_L1, 0x2663 },   Reference { "colon"_L1, 0x003A },
    Reference { "cong"_L1, 0x2245 },    Reference { "crarr"_L1, 0x21B5 },
    Reference { "cup"_L1, 0x222A },     Reference { "dArr"_L1, 0x21D3 },
    Reference { "dagger"_L1, 0x2020 },  Reference { "darr"_L1, 0x2193 },
    Reference { "delta"_L1, 0x03B4 },   Reference { "diams"_L1, 0x2666 },
    Reference { "empty"_L1, 0x2205 },   Reference { "emsp"_L1, 0x2003 },
    Reference { "ensp"_L1, 0x2002 },    Reference { "epsilon"_L1, 0x03B5 },
    Reference { "equiv"_L1, 0x2261 },   Reference { "eta"_L1, 0x03B7 },
    Reference { "euro"_L1, 0x20AC },    Reference { "exist"_L1, 0x2203 },
    Reference { "fnof"_L1, 0x0192 },    Reference { "forall"_L1, 0x2200 },
    Reference { "frasl"_L1, 0x2044 },   Reference { "gamma"_L1, 0x03B3 },
    Reference { "ge"_L1, 0x2265 },      Reference { "gt"_L1, 0x003E },
    Reference { "hArr"_L1, 0x21D4 },    Reference { "harr"_L1, 0x2194 },
    Reference { "hearts"_L1, 0x2665 },  Reference { "hellip"_L1, 0x2026 },
    Reference { "image"_L1, 0x2111 },   Reference { "infin"_L1, 0x221E },
    Reference { "int"_L1, 0x222B },     Reference { "iota"_L1, 0x03B9 },
    Reference { "isin"_L1, 0x2208 },    Reference { "kappa"_L1, 0x03BA },
    Reference { "lArr"_L1, 0x21D0 },    Reference { "lambda"_L1, 0x03BB },
    Reference { "lang"_L1, 0x27E8 },    Reference { "larr"_L1, 0x2190 },
    Reference { "lceil"_L1, 0x2308 },   Reference { "ldquo"_L1, 0x201C },
    Reference { "le"_L1, 0x2264 },      Reference { "lfloor"_L1, 0x230A },
    Reference { "lowast"_L1, 0x2217 },  Reference { "loz"_L1, 0x25CA },
    Reference { "lpar"_L1, 0x0028 },    Reference { "lrm"_L1, 0x200E },
    Reference { "lsaquo"_L1, 0x2039 },  Reference { "lsquo"_L1, 0x2018 },
    Reference { "lt"_L1, 0x003C },      Reference { "mdash"_L1, 0x2014 },
    Reference { "minus"_L1, 0x2212 },   Reference { "mu"_L1, 0x03BC },
    Reference { "nabla"_L1, 0x2207 },   Reference { "ndash"_L1, 0x2013 },
    Reference { "ne"_L1, 0x2260 },      Reference { "ni"_L1, 0x220B },
    Reference { "notin"_L1, 0x2209 },   Reference { "nsub"_L1, 0x2284 },
    Reference { "nu"_L1, 0x03BD },      Reference { "oelig"_L1, 0x0153 },
    Reference { "oline"_L1, 0x203E },   Reference { "omega"_L1, 0x03C9 },
    Reference { "omicron"_L1, 0x03BF }, Reference { "oplus"_L1, 0x2295 },
    Reference { "or"_L1, 0x2228 },      Reference { "otimes"_L1, 0x2297 },
    Reference { "part"_L1, 0x2202 },    Reference { "permil"_L1, 0x2030 },
    Reference { "perp"_L1, 0x22A5 },    Reference { "phi"_L1, 0x03C6 },
    Reference { "pi"_L1, 0x03C0 },      Reference { "piv"_L1, 0x03D6 },
    Reference { "prime"_L1, 0x2032 },   Reference { "prod"_L1, 0x220F },
    Reference { "prop"_L1, 0x221D },    Reference { "psi"_L1, 0x03C8 },
    Reference { "quot"_L1, 0x0022 },    Reference { "rArr"_L1, 0x21D2 },
    Reference { "radic"_L1, 0x221A },   Reference { "rang"_L1, 0x27E9 },
    Reference { "rarr"_L1, 0x2192 },    Reference { "rceil"_L1, 0x2309 },
    Reference { "rdquo"_L1, 0x201D },   Reference { "real"_L1, 0x211C },
    Reference { "rfloor"_L1, 0x230B },  Reference { "rho"_L1, 0x03C1 },
    Reference { "rlm"_L1, 0x200F },     Reference { "rpar"_L1, 0x0029 },
    Reference { "rsaquo"_L1, 0x203A },  Reference { "rsquo"_L1, 0x2019 },
    Reference { "sbquo"_L1, 0x201A },   Reference { "scaron"_L1, 0x0161 },
    Reference { "sdot"_L1, 0x22C5 },    Reference { "semi"_L1, 0x003B },
    Reference { "sigma"_L1, 0x03C3 },   Reference { "sigmaf"_L1, 0x03C2 },
    Reference { "sim"_L1, 0x223C },     Reference { "sol"_L1, 0x002F },
    Reference { "spades"_L1, 0x2660 },  Reference { "sub"_L1, 0x2282 },
    Reference { "sube"_L1, 0x2286 },    Reference { "sum"_L1, 0x2211 },
    Reference { "sup"_L1, 0x2283 },     Reference { "supe"_L1, 0x2287 },
    Reference { "tau"_L1, 0x03C4 },     Reference { "there4"_L1, 0x2234 },
    Reference { "theta"_L1, 0x03B8 },   Reference { "thetasym"_L1, 0x03D1 },
    Reference { "thinsp"_L1, 0x2009 },  Reference { "tilde"_L1, 0x02DC },
    Reference { "trade"_L1, 0x2122 },   Reference { "uArr"_L1, 0x21D1 },
    Reference { "uarr"_L1, 0x2191 },    Reference { "upsih"_L1, 0x03D2 },
    Reference { "upsilon"_L1, 0x03C5 }, Reference { "weierp"_L1, 0x2118 },
    Reference { "xi"_L1, 0x03BE },      Reference { "zeta"_L1, 0x03B6 },
    Reference { "zwj"_L1, 0x200D },     Reference { "zwnj"_L1, 0x200C },
};

constexpr std::array Latin1Names {
    "nbsp"_L1,   "iexcl"_L1,  "cent"_L1,   "pound"_L1,  "curren"_L1, "yen"_L1,    "brvbar"_L1, "sect"_L1,
    "uml"_L1,    "copy"_L1,   "ordf"_L1,   "laquo"_L1,  "not"_L1,    "shy"_L1,    "reg"_L1,    "macr"_L1,
    "deg"_L1,    "plusmn"_L1, "sup2"_L1,   "sup3"_L1,   "acute"_L1,  "micro"_L1,  "para"_L1,   "middot"_L1,
    "cedil"_L1,  "sup1"_L1,   "ordm"_L1,   "raquo"_L1,  "frac14"_L1, "frac12"_L1, "frac34"_L1, "iquest"_L1,
    "Agrave"_L1, "Aacute"_L1, "Acirc"_L1,  "Atilde"_L1, "Auml"_L1,   "Aring"_L1,  "AElig"_L1,  "Ccedil"_L1,
    "Egrave"_L1, "Eacute"_L1, "Ecirc"_L1,  "Euml"_L1,   "Igrave"_L1, "Iacute"_L1, "Icirc"_L1,  "Iuml"_L1,
    "ETH"_L1,    "Ntilde"_L1, "Ograve"_L1, "Oacute"_L1, "Ocirc"_L1,  "Otilde"_L1, "Ouml"_L1,   "times"_L1,
    "Oslash"_L1, "Ugrave"_L1, "Uacute"_L1, "Ucirc"_L1,  "Uuml"_L1,   "Yacute"_L1, "THORN"_L1,  "szlig"_L1,
    "agrave"_L1, "aacute"_L1, "acirc"_L1,  "atilde"_L1, "auml"_L1,   "aring"_L1,  "aelig"_L1,  "ccedil"_L1,
    "egrave"_L1, "eacute"_L1, "ecirc"_L1,  "euml"_L1,   "igrave"_L1, "iacute"_L1, "icirc"_L1,  "iuml"_L1,
    "eth"_L1,    "ntilde"_L1, "ograve"_L1, "oacute"_L1, "ocirc"_L1,  "otilde"_L1, "ouml"_L1,   "divide"_L1,
    "oslash"_L1, "ugrave"_L1, "uacute"_L1, "ucirc"_L1,  "uuml"_L1,   "yacute"_L1, "thorn"_L1,  "yuml"_L1,
};

/// What 0x80 to 0x9F mean in references: the characters of windows-1252 (HTML, section 13.2.5.80).
constexpr std::array<char16_t, 32> Windows1252 {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

constexpr qsizetype LongestName = 8;

/// 0 when nothing is called so.
char16_t characterNamed(QStringView name)
{
    const auto found = std::lower_bound(
        References.cbegin(), References.cend(), name,
        [](const Reference &reference, QStringView wanted) { return wanted.compare(reference.name) > 0; });
    if (found != References.cend() && found->name == name)
        return found->character;
    const auto latin1 = std::find(Latin1Names.cbegin(), Latin1Names.cend(), name);
    return latin1 == Latin1Names.cend() ? char16_t { 0 }
                                        : static_cast<char16_t>(0xA0 + (latin1 - Latin1Names.cbegin()));
}

/// Whether old HTML lets the semicolon be left out.
bool worksWithoutSemicolon(QStringView name)
{
    return name == "amp"_L1 || name == "lt"_L1 || name == "gt"_L1 || name == "quot"_L1
        || std::find(Latin1Names.cbegin(), Latin1Names.cend(), name) != Latin1Names.cend();
}

QString characterNumbered(char32_t number)
{
    if (number >= 0x80 && number <= 0x9F)
        return QString(QChar(Windows1252.at(number - 0x80)));
    if (number == 0 || number > 0x10FFFF || QChar::isSurrogate(number) || isNonCharacter(number))
        return QString(QChar(QChar::ReplacementCharacter));
    if (number == '\r' || number == '\f')
        return u" "_s;
    if (number != '\n' && number != '\t' && QChar::category(number) == QChar::Other_Control)
        return {};
    return QString::fromUcs4(&number, 1);
}

struct Decoded
{
    QString text {};
    qsizetype size = 0; ///< of the reference; 0 when it is none
};

/// text begins behind "&#".
Decoded decodeNumber(QStringView text)
{
    const bool isHex = text.startsWith(u'x') || text.startsWith(u'X');
    const qsizetype begin = isHex ? 1 : 0;
    const char32_t base = isHex ? 16 : 10;
    char32_t number = 0;
    qsizetype end = begin;
    for (; end < text.size(); ++end) {
        const char16_t c = text.at(end).unicode();
        char32_t digit = base;
        if (c >= u'0' && c <= u'9')
            digit = c - u'0';
        else if (isHex && (c | 0x20U) >= u'a' && (c | 0x20U) <= u'f' && c < 0x80)
            digit = (c | 0x20U) - u'a' + 10;
        if (digit >= base)
            break;
        number = std::min<char32_t>(number * base + digit, 0x110000);
    }
    if (end == begin)
        return {};
    const qsizetype semicolon = end < text.size() && text.at(end) == u';' ? 1 : 0;
    return { .text = characterNumbered(number), .size = end + semicolon };
}

/// text begins behind "&".
Decoded decodeName(QStringView text, ReferencePlace place)
{
    const auto isNamePart = [](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9'); };
    qsizetype end = 0;
    while (end < text.size() && end <= LongestName && isNamePart(text.at(end)))
        ++end;
    if (end < text.size() && text.at(end) == u';') {
        if (const char16_t character = characterNamed(text.first(end)); character != 0)
            return { .text = QString(QChar(character)), .size = end + 1 };
    }
    if (place == ReferencePlace::Attribute)
        return {}; // "?a=1&copy=2" is an address, and "&copy" at its end is not worth a difference
    for (; end > 1; --end) {
        if (worksWithoutSemicolon(text.first(end)))
            return { .text = QString(QChar(characterNamed(text.first(end)))), .size = end };
    }
    return {};
}

} // namespace

QString HtmlToken::value(QStringView attribute) const
{
    const auto found = std::find_if(attributes.cbegin(), attributes.cend(),
                                    [attribute](const HtmlAttribute &a) { return a.name == attribute; });
    return found == attributes.cend() ? QString() : found->value;
}

HtmlTokenizer::HtmlTokenizer(const QString &html)
    : m_html(withoutControls(html))
{ }

bool HtmlTokenizer::next(HtmlToken &token)
{
    while (m_at < m_html.size()) {
        token = {};
        if (m_html.at(m_at) != u'<') {
            takeText(token);
            return true;
        }
        const qsizetype begin = m_at;
        if (takeMarkup(token))
            return true;
        if (m_at == begin) { // a "<" that begins nothing is text
            takeText(token);
            return true;
        }
    }
    return false;
}

bool HtmlTokenizer::isAtTagName(qsizetype at) const
{
    return at < m_html.size() && isLetter(m_html.at(at));
}

void HtmlTokenizer::takeText(HtmlToken &token)
{
    const qsizetype begin = m_at;
    do {
        m_at = m_html.indexOf(u'<', m_at + 1);
        if (m_at < 0)
            m_at = m_html.size();
    } while (m_at + 1 < m_html.size() && !isAtTagName(m_at + 1) && !u"/!?"_s.contains(m_html.at(m_at + 1)));
    token.kind = HtmlToken::Kind::Text;
    token.text = decodeReferences(QStringView(m_html).sliced(begin, m_at - begin), ReferencePlace::Text);
}

bool HtmlTokenizer::takeMarkup(HtmlToken &token)
{
    const QStringView rest = QStringView(m_html).sliced(m_at);
    if (isAtTagName(m_at + 1)) {
        token.kind = HtmlToken::Kind::StartTag;
        ++m_at;
        if (!takeTag(token))
            return false;
        if (std::find(RawTextElements.cbegin(), RawTextElements.cend(), token.name) != RawTextElements.cend())
            skipRawText(token.name);
        return true;
    }
    if (rest.startsWith(u"</") && isAtTagName(m_at + 2)) {
        token.kind = HtmlToken::Kind::EndTag;
        m_at += 2;
        const bool isWhole = takeTag(token);
        token.attributes.clear();
        return isWhole;
    }
    if (rest.startsWith(u"<!--"))
        skipComment();
    else if (rest.startsWith(u"</") || rest.startsWith(u"<!") || rest.startsWith(u"<?"))
        skipBogusComment();
    return false;
}

bool HtmlTokenizer::takeTag(HtmlToken &token)
{
    const qsizetype begin = m_at;
    while (m_at < m_html.size() && !isHtmlSpace(m_html.at(m_at)) && m_html.at(m_at) != u'/'
           && m_html.at(m_at) != u'>')
        ++m_at;
    token.name = m_html.sliced(begin, m_at - begin).toLower();
    while (m_at < m_html.size()) {
        const QChar character = m_html.at(m_at);
        if (character == u'>') {
            ++m_at;
            return true;
        }
        if (character == u'/' || isHtmlSpace(character))
            ++m_at;
        else if (!takeAttribute(token))
            break;
    }
    m_at = m_html.size();
    return false;
}

bool HtmlTokenizer::takeAttribute(HtmlToken &token)
{
    const qsizetype nameBegin = m_at;
    ++m_at; // even "=" can begin a name
    while (m_at < m_html.size() && !isHtmlSpace(m_html.at(m_at)) && m_html.at(m_at) != u'/'
           && m_html.at(m_at) != u'>' && m_html.at(m_at) != u'=')
        ++m_at;
    HtmlAttribute attribute { .name = m_html.sliced(nameBegin, m_at - nameBegin).toLower() };
    attribute.value = u""_s;
    skipSpace();
    if (m_at < m_html.size() && m_html.at(m_at) == u'=') {
        ++m_at;
        skipSpace();
        if (m_at == m_html.size())
            return false;
        const QChar quote = m_html.at(m_at);
        qsizetype begin = m_at;
        if (quote == u'"' || quote == u'\'') {
            begin = m_at + 1;
            const qsizetype end = m_html.indexOf(quote, begin);
            if (end < 0)
                return false;
            m_at = end;
        } else {
            while (m_at < m_html.size() && !isHtmlSpace(m_html.at(m_at)) && m_html.at(m_at) != u'>')
                ++m_at;
        }
        attribute.value
            = decodeReferences(QStringView(m_html).sliced(begin, m_at - begin), ReferencePlace::Attribute);
        if (quote == u'"' || quote == u'\'')
            ++m_at;
    }
    if (token.attributes.size() < MostAttributes && token.value(attribute.name).isNull())
        token.attributes.append(attribute);
    return true;
}

void HtmlTokenizer::skipComment()
{
    m_at += 4;
    const QStringView rest = QStringView(m_html).sliced(m_at);
    if (rest.startsWith(u'>') || rest.startsWith(u"->")) { // ended before it began
        m_at += rest.startsWith(u'>') ? 1 : 2;
        return;
    }
    const qsizetype end = m_html.indexOf("--"_L1, m_at);
    for (qsizetype dashes = end; dashes >= 0; dashes = m_html.indexOf("--"_L1, dashes + 1)) {
        const QStringView behind = QStringView(m_html).sliced(dashes + 2);
        if (behind.startsWith(u'>') || behind.startsWith(u"!>")) {
            m_at = dashes + 2 + (behind.startsWith(u'>') ? 1 : 2);
            return;
        }
    }
    m_at = m_html.size();
}

void HtmlTokenizer::skipBogusComment()
{
    const qsizetype end = m_html.indexOf(u'>', m_at);
    m_at = end < 0 ? m_html.size() : end + 1;
}

void HtmlTokenizer::skipRawText(const QString &name)
{
    const QString endTag = "</"_L1 + name;
    qsizetype at = name == "plaintext"_L1 ? -1 : m_html.indexOf(endTag, m_at, Qt::CaseInsensitive);
    while (at >= 0) {
        const qsizetype behind = at + endTag.size();
        const bool isEnded = behind < m_html.size()
            && (isHtmlSpace(m_html.at(behind)) || m_html.at(behind) == u'/' || m_html.at(behind) == u'>');
        if (isEnded)
            break;
        at = m_html.indexOf(endTag, behind, Qt::CaseInsensitive);
    }
    m_at = at < 0 ? m_html.size() : at;
}

void HtmlTokenizer::skipSpace()
{
    while (m_at < m_html.size() && isHtmlSpace(m_html.at(m_at)))
        ++m_at;
}

QString decodeReferences(QStringView text, ReferencePlace place)
{
    QString result;
    result.reserve(text.size());
    while (!text.isEmpty()) {
        const qsizetype ampersand = text.indexOf(u'&');
        if (ampersand < 0)
            break;
        result += text.first(ampersand);
        text = text.sliced(ampersand + 1);
        const Decoded decoded
            = text.startsWith(u'#') ? decodeNumber(text.sliced(1)) : decodeName(text, place);
        if (decoded.size == 0) {
            result += u'&';
        } else {
            result += decoded.text;
            text = text.sliced(decoded.size + (text.startsWith(u'#') ? 1 : 0));
        }
    }
    result += text;
    return result;
}

QString escapedHtml(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        switch (character.unicode()) {
        case u'&':
            result += "&amp;"_L1;
            break;
        case u'<':
            result += "&lt;"_L1;
            break;
        case u'>':
            result += "&gt;"_L1;
            break;
        case u'"':
            result += "&quot;"_L1;
            break;
        case 0xA0:
            result += "&nbsp;"_L1;
            break;
        default:
            result += character;
        }
    }
    return result;
}

} // namespace postrider::mime
