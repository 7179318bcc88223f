// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/ui_composewindow.h"

#include "compose/composewindow.h"
#include "compose/text/bodytools.h"
#include "widgets/announcer.h"
#include "widgets/inerttext.h"
#include "widgets/symbolicicon.h"

#include <QFileInfo>

// The text of the message: what surrounds it in the window.

using namespace Qt::StringLiterals;

namespace postrider::compose {

void ComposeWindow::setUpText()
{
    m_ui->richTextAction->setIcon(widgets::symbolicIcon(u"font"_s));
    m_bodyTools = new BodyTools(*m_ui->bodyEdit,
                                { *m_ui->formatToolBar, *m_ui->editMenu, *m_ui->viewMenu, *m_ui->insertMenu,
                                  *m_ui->formatMenu, *m_ui->richTextAction, *m_ui->toolsMenu,
                                  *m_ui->textStateLabel, *m_ui->findBar },
                                *this);
    connect(m_bodyTools, &BodyTools::asked, this,
            [this](const QString &question, const QList<QAction *> &answers) {
                m_ui->problemBanner->showMessage(widgets::Tone::Attention, question, answers,
                                                 tr("Undo brings it back."));
            });
    connect(m_bodyTools, &BodyTools::answered, m_ui->problemBanner, &widgets::StatusBanner::dismiss);
    auto *announcer = new widgets::Announcer(this);
    connect(m_ui->bodyEdit, &MessageBodyEdit::modeChanged, announcer, [announcer](TextMode mode) {
        announcer->say(mode == TextMode::Rich ? tr("Rich text") : tr("Plain text"));
    });
    connect(m_bodyTools, &BodyTools::told, this, [this](const QString &sentence) {
        m_ui->problemBanner->showMessage(widgets::Tone::Information, sentence);
    });
    connect(m_bodyTools, &BodyTools::refused, this, &ComposeWindow::tellRefusedPicture);
}

void ComposeWindow::setPersonalDictionary(const QString &path)
{
    m_bodyTools->setPersonalDictionary(path);
}

void ComposeWindow::tellRefusedPicture(const QString &path, const QString &reason)
{
    //: A picture that could not be put into the text, and why.
    m_ui->problemBanner->showMessage(
        widgets::Tone::Problem,
        tr("%1 can't be inserted: %2.").arg(widgets::inertText(QFileInfo(path).fileName()), reason));
}

} // namespace postrider::compose
