// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/htmlinsertion.h"

#include "compose/text/picturestore.h"
#include "compose/text/textformats.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextTable>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

constexpr int MostPixels = 640; // a picture's width in the text
/// Qt knows no quotations; while its reader works they are margins that nothing else can have.
constexpr int QuoteMark = 5000;

/// As Qt reads it best: with marked quotations, and without line ends that it would take for blanks.
QString preparedHtml(const QString &html)
{
    static const QRegularExpression quote(u"<blockquote[^>]*>"_s);
    static const QRegularExpression lineEnd(u"\\n(?=<[ou]l)"_s);
    QString prepared = html.trimmed();
    prepared.replace(quote, u"<blockquote style=\"margin:0 %1px 0 0\">"_s.arg(QuoteMark));
    return prepared.remove(lineEnd);
}

/// Steps away from normal text, which most programs write in 10 to 12 points.
int sizeStep(double points)
{
    constexpr double Bounds[] = { 9, 13.5, 17, 23 };
    int step = SmallestSize;
    for (const double bound : Bounds)
        step += points >= bound ? 1 : 0;
    return step;
}

QTextCharFormat adapted(QTextCharFormat format, HtmlOrigin origin, int headingLevel)
{
    constexpr double PointsPerPixel = 0.75;
    double points = format.doubleProperty(QTextFormat::FontPointSize);
    if (const int pixels = format.intProperty(QTextFormat::FontPixelSize); pixels > 0)
        points = pixels * PointsPerPixel;
    if (points > 0) {
        format.clearProperty(QTextFormat::FontPointSize);
        format.clearProperty(QTextFormat::FontPixelSize);
        const int step = headingLevel > 0 ? headingSize(headingLevel) : sizeStep(points);
        format.setProperty(QTextFormat::FontSizeAdjustment, step);
    }
    const int size = format.intProperty(QTextFormat::FontSizeAdjustment);
    if (headingLevel == 0 && size == 0)
        format.clearProperty(QTextFormat::FontSizeAdjustment);
    else
        format.setProperty(QTextFormat::FontSizeAdjustment, std::max(size, SmallestSize));

    const QStringList families = format.fontFamilies().toStringList();
    const bool isFixed
        = format.fontFixedPitch() || families.contains("monospace"_L1) || families.contains("Courier New"_L1);
    if (isFixed || origin == HtmlOrigin::Elsewhere)
        format.clearProperty(QTextFormat::FontFamilies);
    if (isFixed) {
        format.setFontFamilies({ u"monospace"_s });
        format.setFontFixedPitch(true);
    }
    if (format.fontWeight() == QFont::Normal)
        format.clearProperty(QTextFormat::FontWeight);
    for (const int property :
         { QTextFormat::FontItalic, QTextFormat::FontUnderline, QTextFormat::FontStrikeOut }) {
        if (format.hasProperty(property) && !format.boolProperty(property))
            format.clearProperty(property);
    }
    if (!format.fontUnderline())
        format.clearProperty(QTextFormat::TextUnderlineStyle);
    return format;
}

QTextBlockFormat adapted(const QTextBlockFormat &format)
{
    QTextBlockFormat result;
    if (const int level = format.headingLevel(); level > 0)
        result.setHeadingLevel(level);
    if (format.hasProperty(QTextFormat::BlockAlignment))
        result.setAlignment(format.alignment()); // as it was written, also where it is the usual one
    if (format.hasProperty(QTextFormat::LayoutDirection))
        result.setLayoutDirection(format.layoutDirection());
    if (format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth))
        result.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                           format.property(QTextFormat::BlockTrailingHorizontalRulerWidth));
    if (format.topMargin() > 0 && format.bottomMargin() > 0) {
        result.setTopMargin(format.topMargin());
        result.setBottomMargin(format.bottomMargin());
    }
    setQuoteLevel(result, qRound(format.rightMargin() / QuoteMark));
    constexpr double IndentWidth = 40; // pixels, as browsers indent
    if (result.intProperty(QuoteLevelProperty) == 0)
        result.setIndent(qRound(format.leftMargin() / IndentWidth));
    return result;
}

/// Makes of Qt's reading what a message has.
void adapt(QTextDocument &document, const PictureStore &pictures, HtmlOrigin origin)
{
    struct Change
    {
        int begin;
        int end;
        QTextCharFormat format;
    };
    QList<Change> changes;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        const int heading = block.blockFormat().headingLevel();
        QTextBlockFormat format = adapted(block.blockFormat());
        if (block.textList()) {
            format.setObjectIndex(block.blockFormat().objectIndex());
            format.setIndent(block.blockFormat().indent());
        }
        cursor.setBlockFormat(format);
        cursor.setBlockCharFormat(adapted(block.charFormat(), origin, heading));
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            QTextCharFormat characters = adapted(fragment.charFormat(), origin, heading);
            if (characters.isImageFormat()) {
                QTextImageFormat image = characters.toImageFormat();
                const int natural = pictures.image(image.name().mid(4)).width();
                const double wanted = image.width() > 0 ? image.width() : natural;
                image.setWidth(std::min<double>(wanted, MostPixels));
                image.clearProperty(QTextFormat::ImageHeight);
                characters = image;
            }
            changes.append({ fragment.position(), fragment.position() + fragment.length(), characters });
        }
    }
    for (const Change &change : std::as_const(changes)) {
        QTextCursor cursor(&document);
        cursor.setPosition(change.begin);
        cursor.setPosition(change.end, QTextCursor::KeepAnchor);
        cursor.setCharFormat(change.format);
    }
}

} // namespace

void insertHtml(QTextCursor &cursor, const QString &html, PictureStore &pictures, HtmlOrigin origin)
{
    const mime::CleanHtml clean = mime::cleanHtml(html, pictures);
    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.setHtml(preparedHtml(clean.body()));
    adapt(document, pictures, origin);
    cursor.insertFragment(QTextDocumentFragment(&document));
}

void insertPicture(QTextCursor &cursor, const QString &name, const QString &text,
                   const PictureStore &pictures)
{
    QTextImageFormat format;
    format.setName("cid:"_L1 + name);
    format.setWidth(std::min(pictures.image(name).width(), MostPixels));
    format.setProperty(PictureTextProperty, text);
    cursor.insertImage(format);
}

} // namespace postrider::compose
