// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace postrider::mime {

struct HtmlAttribute
{
    QString name {};  ///< in lower case
    QString value {}; ///< character references decoded
};

struct HtmlToken
{
    enum class Kind { Text, StartTag, EndTag };
    Kind kind = Kind::Text;
    QString name {}; ///< of a tag, in lower case
    QString text {}; ///< character references decoded, no control characters but LF and tab
    QList<HtmlAttribute> attributes {}; ///< of a start tag; the first of each name

    /// The value of the attribute; a null string when there is none.
    [[nodiscard]] QString value(QStringView attribute) const;
};

/**
 * Cuts HTML into tags and text the way browsers do (WHATWG HTML, section 13.2.5), whatever is wrong with it.
 *
 * Comments, declarations, processing instructions and conditional sections of office programs give no token.
 * Neither does what stands between the tags of an element that holds raw text, such as script, style and
 * title; a tag that never ends is dropped. Takes time that grows with the size of the text only.
 */
class HtmlTokenizer
{
public:
    explicit HtmlTokenizer(const QString &html);

    /// Whether there was one more.
    [[nodiscard]] bool next(HtmlToken &token);

private:
    [[nodiscard]] bool isAtTagName(qsizetype at) const;
    [[nodiscard]] bool takeMarkup(HtmlToken &token);
    void takeText(HtmlToken &token);
    [[nodiscard]] bool takeTag(HtmlToken &token);
    [[nodiscard]] bool takeAttribute(HtmlToken &token);
    void skipComment();
    void skipBogusComment();
    void skipRawText(const QString &name);
    void skipSpace();

    QString m_html;
    qsizetype m_at = 0;
};

/// The text with its character references decoded. In attributes "&copy=" is none (HTML, section 13.2.5.73).
enum class ReferencePlace { Text, Attribute };
[[nodiscard]] QString decodeReferences(QStringView text, ReferencePlace place);

/// The text as it can stand in an element or between the double quotes of an attribute.
[[nodiscard]] QString escapedHtml(QStringView text);

/// Space as HTML understands it: not the no-break space.
[[nodiscard]] constexpr bool isHtmlSpace(QChar character)
{
    return character == u' ' || character == u'\t' || character == u'\n' || character == u'\f'
        || character == u'\r';
}

} // namespace postrider::mime
