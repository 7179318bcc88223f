// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever is pasted:
//  - what was cleaned is clean: cleaning it again changes nothing;
//  - each "<" begins a tag whose name is in lower case, and no tag has an attribute that runs or loads;
//  - links have one of four schemes, pictures are parts of the message;
//  - tags are balanced and not deep, so that the plain text can be made;
//  - the plain text is lines of text, and reads back the same when it travels as format=flowed.

#include "mime/html/htmltext.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace postrider::mime;
using namespace Qt::StringLiterals;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// Takes every second picture.
class SomeImages : public HtmlImages
{
public:
    [[nodiscard]] QString contentId(const HtmlImage &) override
    {
        ++m_count;
        return m_count % 2 == 0 ? QString() : QString(u'i' + QString::number(m_count) + "@x"_L1);
    }

private:
    int m_count = 0;
};

void checkAttribute(QStringView name, QStringView value)
{
    require(!name.isEmpty() && !name.startsWith(u"on") && name != u"id" && name != u"class");
    if (name == u"href")
        require(value.startsWith(u"http://") || value.startsWith(u"https://") || value.startsWith(u"mailto:")
                || value.startsWith(u"tel:"));
    if (name == u"src")
        require(value.startsWith(u"cid:"));
    if (name == u"style")
        require(!value.contains(u"url") && !value.contains(u'\\') && !value.contains(u"expression"));
}

void checkTags(const QString &body)
{
    QStringList open;
    for (qsizetype at = body.indexOf(u'<'); at >= 0; at = body.indexOf(u'<', at + 1)) {
        const qsizetype end = body.indexOf(u'>', at);
        require(end > at);
        QStringView tag = QStringView(body).sliced(at + 1, end - at - 1);
        const bool isEnd = tag.startsWith(u'/');
        tag = tag.sliced(isEnd ? 1 : 0);
        const qsizetype nameSize = tag.contains(u' ') ? tag.indexOf(u' ') : tag.size();
        const QString name = tag.first(nameSize).toString();
        require(!name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
            return (c >= u'a' && c <= u'z') || (c >= u'1' && c <= u'6');
        }));
        require(name != "script"_L1 && name != "style"_L1 && name != "svg"_L1 && name != "iframe"_L1);
        tag = tag.sliced(nameSize);
        while (!tag.isEmpty()) {
            const qsizetype equals = tag.indexOf(u"=\"");
            require(equals > 1 && tag.front() == u' ');
            const qsizetype quote = tag.indexOf(u'"', equals + 2);
            require(quote >= 0);
            checkAttribute(tag.sliced(1, equals - 1), tag.sliced(equals + 2, quote - equals - 2));
            tag = tag.sliced(quote + 1);
        }
        if (isEnd)
            require(!open.isEmpty() && open.takeLast() == name);
        else if (name != "br"_L1 && name != "hr"_L1 && name != "img"_L1 && name != "wbr"_L1)
            open.append(name);
        require(open.size() <= 104);
    }
    require(open.isEmpty());
}

void checkText(const QList<TextLine> &lines)
{
    for (const TextLine &line : lines)
        require(!line.text.contains(u'\n') && !line.text.contains(u'\r') && !line.text.contains(QChar(0)));
    QList<TextLine> expected = lines;
    for (TextLine &line : expected) {
        while (line.text != "-- "_L1 && (line.text.endsWith(u' ') || line.text.endsWith(u'\t')))
            line.text.chop(1);
    }
    const bool hasLineEnds = std::any_of(lines.cbegin(), lines.cend(), [](const TextLine &line) {
        return line.text.contains(QChar::LineSeparator) || line.text.contains(QChar::ParagraphSeparator);
    });
    const FlowedText flowed = toFlowed(lines);
    require(hasLineEnds || fromFlowed(flowed.text, flowed.delSp) == expected);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString html
        = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    SomeImages images;
    const CleanHtml clean = cleanHtml(html, images);
    checkTags(clean.body());
    require(cleanHtml(clean.body()).body() == clean.body());
    checkText(toPlainLines(clean));
    return 0;
}
