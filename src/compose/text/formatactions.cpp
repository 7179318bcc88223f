// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/formatactions.h"

#include "compose/messagebodyedit.h"
#include "compose/text/paragraphs.h"
#include "compose/text/textformats.h"
#include "widgets/symbolicicon.h"
#include "widgets/tone.h"

#include <QActionGroup>
#include <QColorDialog>
#include <QFontDialog>
#include <QMenu>
#include <QPixmap>
#include <QTextBlock>
#include <QTextList>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

struct NamedColor
{
    QString name {};
    QRgb color = 0;
};

/// In the middle between light and dark, so that they can be read on both.
QList<NamedColor> letterColors()
{
    return { { FormatActions::tr("Red"), 0xd02f2f },   { FormatActions::tr("Orange"), 0xb85c00 },
             { FormatActions::tr("Green"), 0x2e8540 }, { FormatActions::tr("Turquoise"), 0x0f828c },
             { FormatActions::tr("Blue"), 0x2f6fd0 },  { FormatActions::tr("Purple"), 0x8f4fc0 },
             { FormatActions::tr("Grey"), 0x777777 } };
}

QList<NamedColor> groundColors()
{
    return { { FormatActions::tr("Yellow"), 0xfff3a0 },
             { FormatActions::tr("Green"), 0xc8efc8 },
             { FormatActions::tr("Blue"), 0xcfe4ff },
             { FormatActions::tr("Pink"), 0xffd6e4 },
             { FormatActions::tr("Grey"), 0xe2e2e2 } };
}

QIcon swatch(QRgb color)
{
    constexpr int Side = 16;
    QPixmap pixmap(Side, Side);
    pixmap.fill(QColor(color));
    return pixmap;
}

} // namespace

FormatActions::FormatActions(MessageBodyEdit &edit, QWidget &window)
    : QObject(&window)
    , m_edit(edit)
    , m_window(window)
{
    makeLetters();
    makeParagraphs();
    makeChoices();
    connect(&edit, &QTextEdit::currentCharFormatChanged, this, &FormatActions::showLetters);
    connect(&edit, &QTextEdit::cursorPositionChanged, this, &FormatActions::showParagraph);
    connect(&edit, &MessageBodyEdit::modeChanged, this, &FormatActions::setMode);
    setMode(edit.mode());
}

QAction *FormatActions::make(const Look &look)
{
    auto *action = new QAction(widgets::symbolicIcon(QString::fromLatin1(look.name)), look.text, this);
    action->setObjectName(QLatin1StringView(look.name) + "Action"_L1);
    QString plain = look.text;
    plain.remove(u'&');
    if (!look.key.isEmpty()) {
        action->setShortcut(look.key);
        //: The tool tip of a button: what it does and its key.
        plain = tr("%1 (%2)").arg(plain, look.key.toString(QKeySequence::NativeText));
    }
    action->setToolTip(plain);
    m_window.addAction(action);
    m_all.append(action);
    return action;
}

QAction *FormatActions::makeToggle(const Look &look)
{
    QAction *action = make(look);
    action->setCheckable(true);
    return action;
}

void FormatActions::makeLetters()
{
    m_bold = makeToggle({ "bold", tr("&Bold"), Qt::CTRL | Qt::Key_B });
    m_italic = makeToggle({ "italic", tr("&Italic"), Qt::CTRL | Qt::Key_I });
    m_underline = makeToggle({ "underline", tr("&Underline"), Qt::CTRL | Qt::Key_U });
    m_strike = makeToggle({ "strike", tr("Stri&ke through"), Qt::CTRL | Qt::SHIFT | Qt::Key_K });
    m_clear = make({ "clear-formatting", tr("&Clear formatting"), Qt::CTRL | Qt::Key_Backslash });
    connect(m_bold, &QAction::triggered, this, [this](bool on) {
        QTextCharFormat format;
        format.setFontWeight(on ? QFont::Bold : QFont::Normal);
        merge(format);
    });
    connect(m_italic, &QAction::triggered, this, [this](bool on) {
        QTextCharFormat format;
        format.setFontItalic(on);
        merge(format);
    });
    connect(m_underline, &QAction::triggered, this, [this](bool on) {
        QTextCharFormat format;
        format.setFontUnderline(on);
        merge(format);
    });
    connect(m_strike, &QAction::triggered, this, [this](bool on) {
        QTextCharFormat format;
        format.setFontStrikeOut(on);
        merge(format);
    });
    connect(m_clear, &QAction::triggered, this, [this] {
        clearFormatting(m_edit.textCursor());
        m_edit.setCurrentCharFormat({});
        showParagraph();
    });
}

void FormatActions::makeParagraphs()
{
    m_bullets = makeToggle({ "bullets", tr("Bu&lleted list"), Qt::CTRL | Qt::SHIFT | Qt::Key_8 });
    m_numbers = makeToggle({ "numbers", tr("&Numbered list"), Qt::CTRL | Qt::SHIFT | Qt::Key_7 });
    m_quote = make({ "quote", tr("&Quote"), Qt::CTRL | Qt::SHIFT | Qt::Key_9 });
    m_unquote = make({ "unquote", tr("Quote l&ess"), Qt::CTRL | Qt::SHIFT | Qt::Key_0 });
    m_indent = make({ "indent", tr("In&dent"), Qt::CTRL | Qt::Key_BracketRight });
    m_outdent = make({ "outdent", tr("&Outdent"), Qt::CTRL | Qt::Key_BracketLeft });
    m_direction = make({ "direction", tr("S&witch direction"), Qt::CTRL | Qt::SHIFT | Qt::Key_X });
    const auto apply = [this](QAction *action, auto change) {
        connect(action, &QAction::triggered, this, [this, change] {
            change(m_edit.textCursor());
            showParagraph();
        });
    };
    apply(m_bullets, [](const QTextCursor &cursor) { toggleList(cursor, QTextListFormat::ListDisc); });
    apply(m_numbers, [](const QTextCursor &cursor) { toggleList(cursor, QTextListFormat::ListDecimal); });
    apply(m_quote, [](const QTextCursor &cursor) { changeQuoteLevel(cursor, Step::More); });
    apply(m_unquote, [](const QTextCursor &cursor) { changeQuoteLevel(cursor, Step::Less); });
    apply(m_indent, [](const QTextCursor &cursor) { changeIndent(cursor, Step::More); });
    apply(m_outdent, [](const QTextCursor &cursor) { changeIndent(cursor, Step::Less); });
    apply(m_direction, [](const QTextCursor &cursor) { switchDirection(cursor); });
}

QMenu *FormatActions::makeMenu(const Look &look)
{
    auto *menu = new QMenu(look.text, &m_window);
    menu->setObjectName(QLatin1StringView(look.name) + "Menu"_L1);
    menu->setIcon(widgets::symbolicIcon(QString::fromLatin1(look.name)));
    QString plain = look.text;
    menu->menuAction()->setToolTip(plain.remove(u'&'));
    m_all.append(menu->menuAction());
    return menu;
}

void FormatActions::makeChoices()
{
    m_headings = makeMenu({ "heading", tr("&Heading") });
    m_headingGroup = new QActionGroup(this);
    const QString headings[] = { tr("&Normal text"), tr("Heading &1"), tr("Heading &2"), tr("Heading &3") };
    for (int level = 0; level < static_cast<int>(std::size(headings)); ++level) {
        auto *action = new QAction(headings[level], m_headingGroup);
        action->setCheckable(true);
        action->setData(level);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + level)));
        m_headings->addAction(action);
        m_window.addAction(action);
        m_all.append(action);
    }
    connect(m_headingGroup, &QActionGroup::triggered, this, [this](const QAction *action) {
        const int level = action->data().toInt();
        setHeading(m_edit.textCursor(), level);
        m_edit.setCurrentCharFormat(level > 0 ? headingFormat(level) : QTextCharFormat());
        showParagraph();
    });

    m_sizes = makeMenu({ "size", tr("Si&ze") });
    m_sizeGroup = new QActionGroup(this);
    addSize(tr("&Small"), SmallestSize);
    addSize(tr("&Normal"), 0);
    addSize(tr("&Large"), 1);
    addSize(tr("L&arger"), 2);
    addSize(tr("&Huge"), LargestSize);
    connect(m_sizeGroup, &QActionGroup::triggered, this, [this](const QAction *action) {
        QTextCharFormat format;
        format.setProperty(QTextFormat::FontSizeAdjustment, action->data());
        merge(format);
    });

    m_fonts = makeMenu({ "font", tr("&Font") });
    const std::pair<QString, QString> fonts[] = { { tr("&Usual font"), {} },
                                                  { tr("&Serif"), u"serif"_s },
                                                  { tr("S&ans serif"), u"sans-serif"_s },
                                                  { tr("&Fixed width"), u"monospace"_s } };
    for (const auto &[text, family] : fonts) {
        connect(m_fonts->addAction(text), &QAction::triggered, this, [this, family = family] {
            QTextCharFormat format;
            format.setFontFamilies(family.isEmpty() ? QStringList() : QStringList { family });
            format.setFontFixedPitch(family == "monospace"_L1);
            merge(format);
        });
    }
    connect(m_fonts->addAction(tr("&Other…")), &QAction::triggered, this, &FormatActions::chooseFont);

    m_colors = makeMenu({ "color", tr("Text colou&r") });
    addColors(*m_colors, QTextFormat::ForegroundBrush);
    m_backgrounds = makeMenu({ "highlight", tr("Hi&ghlight") });
    addColors(*m_backgrounds, QTextFormat::BackgroundBrush);

    m_alignments = makeMenu({ "align", tr("&Alignment") });
    m_alignmentGroup = new QActionGroup(this);
    const std::tuple<QString, Qt::Alignment, Qt::Key> alignments[]
        = { { tr("&Left"), Qt::AlignLeft | Qt::AlignAbsolute, Qt::Key_L },
            { tr("&Centre"), Qt::AlignHCenter, Qt::Key_E },
            { tr("&Right"), Qt::AlignRight | Qt::AlignAbsolute, Qt::Key_R },
            { tr("&Justify"), Qt::AlignJustify, Qt::Key_J } };
    for (const auto &[text, alignment, key] : alignments) {
        auto *action = new QAction(text, m_alignmentGroup);
        action->setCheckable(true);
        action->setData(QVariant::fromValue(alignment));
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | key));
        m_alignments->addAction(action);
        m_window.addAction(action);
        m_all.append(action);
    }
    connect(m_alignmentGroup, &QActionGroup::triggered, this, [this](const QAction *action) {
        setAlignment(m_edit.textCursor(), action->data().value<Qt::Alignment>());
    });
}

void FormatActions::addSize(const QString &text, int step)
{
    auto *action = new QAction(text, m_sizeGroup);
    action->setCheckable(true);
    action->setData(step);
    m_sizes->addAction(action);
}

void FormatActions::addColors(QMenu &menu, int property)
{
    const bool isGround = property == QTextFormat::BackgroundBrush;
    connect(menu.addAction(isGround ? tr("&None") : tr("&Usual colour")), &QAction::triggered, this,
            [this, property] {
                QTextCharFormat format;
                format.setProperty(property, QBrush(Qt::NoBrush));
                if (property == QTextFormat::BackgroundBrush)
                    format.setForeground(QBrush(Qt::NoBrush));
                merge(format);
            });
    const QList<NamedColor> colors = isGround ? groundColors() : letterColors();
    for (const NamedColor &color : colors) {
        QAction *action = menu.addAction(swatch(color.color), color.name);
        connect(action, &QAction::triggered, this,
                [this, property, color = color.color] { setColor(property, QColor(color)); });
    }
    connect(menu.addAction(tr("&Other…")), &QAction::triggered, this,
            [this, property] { chooseColor(property); });
}

void FormatActions::chooseColor(int property)
{
    auto *dialog = new QColorDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QColorDialog::colorSelected, this,
            [this, property](const QColor &color) { setColor(property, color); });
    dialog->open();
}

/// Letters on a ground of their own get a colour that can be read on it, whatever the reader's is.
void FormatActions::setColor(int property, const QColor &color)
{
    QTextCharFormat format;
    format.setProperty(property, QBrush(color));
    if (property == QTextFormat::BackgroundBrush) {
        const bool blackIsBetter
            = widgets::contrastRatio(color, Qt::black) > widgets::contrastRatio(color, Qt::white);
        format.setForeground(blackIsBetter ? Qt::black : Qt::white);
    }
    merge(format);
}

void FormatActions::chooseFont()
{
    auto *dialog = new QFontDialog(m_edit.currentFont(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFontDialog::fontSelected, this, [this](const QFont &font) {
        // The size stays a step beside the reader's own.
        QTextCharFormat format;
        format.setFontFamilies({ font.family() });
        format.setFontWeight(font.weight());
        format.setFontItalic(font.italic());
        merge(format);
    });
    dialog->open();
}

void FormatActions::merge(const QTextCharFormat &format)
{
    m_edit.mergeCurrentCharFormat(format);
    m_edit.setFocus();
}

void FormatActions::setMode(TextMode mode)
{
    for (QAction *action : std::as_const(m_all))
        action->setEnabled(mode == TextMode::Rich);
    // A paragraph of plain text has a direction as well.
    m_direction->setEnabled(true);
}

void FormatActions::showLetters(const QTextCharFormat &format)
{
    m_bold->setChecked(format.fontWeight() >= QFont::DemiBold);
    m_italic->setChecked(format.fontItalic());
    m_underline->setChecked(format.fontUnderline());
    m_strike->setChecked(format.fontStrikeOut());
    const QVariant size = format.intProperty(QTextFormat::FontSizeAdjustment);
    const QList<QAction *> sizes = m_sizeGroup->actions();
    for (QAction *action : sizes)
        action->setChecked(action->data() == size);
}

void FormatActions::showParagraph()
{
    const QTextBlock block = m_edit.textCursor().block();
    const QTextList *list = block.textList();
    // Qt's styles of lists: -1 to -3 are marks, what is below are kinds of numbers.
    const bool isNumbered = list && list->format().style() <= QTextListFormat::ListDecimal;
    m_bullets->setChecked(list && !isNumbered);
    m_numbers->setChecked(isNumbered);
    m_unquote->setEnabled(m_edit.mode() == TextMode::Rich && quoteLevel(block.blockFormat()) > 0);
    const Qt::Alignment alignment = block.blockFormat().alignment() & Qt::AlignHorizontal_Mask;
    const QList<QAction *> alignments = m_alignmentGroup->actions();
    for (QAction *action : alignments)
        action->setChecked((action->data().value<Qt::Alignment>() & ~Qt::AlignAbsolute)
                           == (alignment & ~Qt::AlignAbsolute));
    if (QAction *heading = m_headingGroup->actions().value(block.blockFormat().headingLevel()))
        heading->setChecked(true);
}

void FormatActions::fill(QMenu &menu)
{
    menu.addActions({ m_bold, m_italic, m_underline, m_strike });
    menu.addSeparator();
    for (QMenu *choice : { m_headings, m_fonts, m_sizes, m_colors, m_backgrounds })
        menu.addMenu(choice);
    menu.addSeparator();
    menu.addActions({ m_bullets, m_numbers, m_indent, m_outdent, m_quote, m_unquote });
    menu.addMenu(m_alignments);
    menu.addAction(m_direction);
    menu.addSeparator();
    menu.addAction(m_clear);
}

void FormatActions::fill(QToolBar &bar)
{
    const int side = m_edit.fontMetrics().height() + 2;
    bar.setIconSize({ side, side });
    bar.addActions({ m_headings->menuAction(), m_fonts->menuAction(), m_sizes->menuAction(), m_bold, m_italic,
                     m_underline, m_strike, m_colors->menuAction(), m_backgrounds->menuAction(), m_bullets,
                     m_numbers, m_outdent, m_indent, m_alignments->menuAction(), m_quote, m_clear });
    const QList<QAction *> actions = bar.actions();
    for (QAction *action : actions) {
        auto *button = qobject_cast<QToolButton *>(bar.widgetForAction(action));
        button->setFocusPolicy(Qt::TabFocus);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setAccessibleName(action->text().remove(u'&'));
    }
}

} // namespace postrider::compose
