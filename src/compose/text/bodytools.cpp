// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/bodytools.h"

#include "compose/messagebodyedit.h"
#include "compose/spelling/spellchecker.h"
#include "compose/text/findbar.h"
#include "compose/text/formatactions.h"
#include "compose/text/insertactions.h"

#include <QCoreApplication>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QTextBoundaryFinder>
#include <QThreadPool>
#include <QToolBar>

#include <chrono>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

constexpr std::chrono::milliseconds CountDelay { 300 }; ///< after the last change

struct Length
{
    int words = 0;
    int characters = 0; ///< as people count them: what is drawn as one is one; line ends are none
};

Length lengthOf(const QString &text)
{
    Length length;
    QTextBoundaryFinder words(QTextBoundaryFinder::Word, text);
    for (qsizetype at = 0; at >= 0; at = words.toNextBoundary()) {
        if (words.boundaryReasons().testFlag(QTextBoundaryFinder::StartOfItem))
            ++length.words;
    }
    QTextBoundaryFinder characters(QTextBoundaryFinder::Grapheme, text);
    qsizetype before = 0;
    for (qsizetype at = characters.toNextBoundary(); at >= 0; at = characters.toNextBoundary()) {
        if (text.at(before) != u'\n')
            ++length.characters;
        before = at;
    }
    return length;
}

} // namespace

BodyTools::BodyTools(MessageBodyEdit &edit, const Places &places, QWidget &window)
    : QObject(&window)
    , m_edit(edit)
    , m_places(places)
    , m_format(new FormatActions(edit, window))
    , m_insert(new InsertActions(edit, window))
    , m_spelling(new SpellChecker(edit, m_places.toolsMenu, window))
    , m_toPlain(new QAction(tr("Switch to &plain text"), this))
    , m_stayRich(new QAction(tr("&Keep formatting"), this))
{
    m_format->fill(m_places.formatBar);
    m_insert->fill(m_places.formatBar);
    m_format->fill(m_places.formatMenu);
    m_insert->fill(m_places.insertMenu);
    m_places.findBar.setEdit(edit);
    addEditActions();
    addViewActions();
    connect(m_insert, &InsertActions::refused, this, &BodyTools::refused);
    connect(m_spelling, &SpellChecker::languageChanged, this, &BodyTools::showState);
    connect(m_spelling, &SpellChecker::told, this, &BodyTools::told);
    connect(&edit, &MessageBodyEdit::picturesOffered, m_insert, &InsertActions::insertPictureFiles);
    connect(&m_places.richText, &QAction::triggered, this,
            [this](bool rich) { requestMode(rich ? TextMode::Rich : TextMode::Plain); });
    connect(m_toPlain, &QAction::triggered, this, [this] { setMode(TextMode::Plain); });
    connect(m_stayRich, &QAction::triggered, this, [this] { setMode(TextMode::Rich); });
    connect(&edit, &MessageBodyEdit::modeChanged, this, &BodyTools::showMode);

    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(CountDelay);
    connect(&m_countTimer, &QTimer::timeout, this, &BodyTools::count);
    connect(&edit, &QTextEdit::textChanged, &m_countTimer, qOverload<>(&QTimer::start));
    showMode(edit.mode());
}

void BodyTools::addEditActions()
{
    const auto add = [this](const QString &name, const QString &text, const QKeySequence &key) {
        QAction *action = m_places.editMenu.addAction(text);
        action->setObjectName(name);
        action->setShortcut(key);
        return action;
    };
    m_places.editMenu.addSeparator();
    connect(add(u"pastePlainAction"_s, tr("Paste as p&lain text"), Qt::CTRL | Qt::SHIFT | Qt::Key_V),
            &QAction::triggered, &m_edit, &MessageBodyEdit::pastePlain);
    connect(add(u"pasteQuotationAction"_s, tr("Paste as &quotation"), Qt::CTRL | Qt::SHIFT | Qt::Key_O),
            &QAction::triggered, &m_edit, &MessageBodyEdit::pasteQuotation);
    m_places.editMenu.addSeparator();
    connect(add(u"findAction"_s, tr("&Find…"), Qt::CTRL | Qt::Key_F), &QAction::triggered, this,
            [this] { m_places.findBar.open(FindBar::Purpose::Find); });
    connect(add(u"replaceAction"_s, tr("R&eplace…"), Qt::CTRL | Qt::Key_H), &QAction::triggered, this,
            [this] { m_places.findBar.open(FindBar::Purpose::Replace); });
}

void BodyTools::addViewActions()
{
    const auto add = [this](const QString &name, const QString &text, const QList<QKeySequence> &keys) {
        QAction *action = m_places.viewMenu.addAction(text);
        action->setObjectName(name);
        action->setShortcuts(keys);
        return action;
    };
    m_places.viewMenu.addSeparator();
    connect(add(u"zoomInAction"_s, tr("&Larger text"), { Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal }),
            &QAction::triggered, &m_edit, [this] { m_edit.zoom(Step::More); });
    connect(add(u"zoomOutAction"_s, tr("&Smaller text"), { Qt::CTRL | Qt::Key_Minus }), &QAction::triggered,
            &m_edit, [this] { m_edit.zoom(Step::Less); });
    connect(add(u"zoomResetAction"_s, tr("N&ormal text size"), { Qt::CTRL | Qt::Key_0 }), &QAction::triggered,
            &m_edit, &MessageBodyEdit::resetZoom);
}

void BodyTools::requestMode(TextMode mode)
{
    if (mode == TextMode::Plain && m_edit.wouldLoseFormatting()) {
        m_places.richText.setChecked(true);
        Q_EMIT asked(tr("Plain text can't show all of this formatting."), { m_toPlain, m_stayRich });
        return;
    }
    setMode(mode);
}

void BodyTools::setMode(TextMode mode)
{
    m_edit.setMode(mode);
    m_edit.setFocus();
    Q_EMIT answered();
}

void BodyTools::showMode(TextMode mode)
{
    const bool isRich = mode == TextMode::Rich;
    m_places.richText.setChecked(isRich);
    m_places.formatBar.setVisible(isRich);
    showState();
}

void BodyTools::count()
{
    // The words of a long text take longer than a key press may.
    QThreadPool::globalInstance()->start([text = m_edit.toPlainText(), tools = QPointer(this)] {
        const Length length = lengthOf(text);
        QMetaObject::invokeMethod(
            qApp,
            [length, tools] {
                if (!tools)
                    return;
                //: How long a text is; %1 words, and characters.
                tools->m_length = tr("%1, %2").arg(tr("%n word(s)", nullptr, length.words),
                                                   tr("%n character(s)", nullptr, length.characters));
                tools->showState();
            },
            Qt::QueuedConnection);
    });
}

void BodyTools::setPersonalDictionary(const QString &path)
{
    m_spelling->setPersonalDictionary(path);
}

void BodyTools::showState()
{
    QStringList parts { m_edit.mode() == TextMode::Rich ? tr("Rich text") : tr("Plain text") };
    for (const QString &part : { m_spelling->languageText(), m_length }) {
        if (!part.isEmpty())
            parts.append(part);
    }
    m_places.state.setText(parts.join(u" · "_s));
}

} // namespace postrider::compose
