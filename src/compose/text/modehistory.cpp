// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/modehistory.h"

#include <QTextDocument>

namespace postrider::compose {

ModeHistory::ModeHistory(QTextDocument &document, QObject *parent)
    : QObject(parent)
    , m_document(document)
{
    connect(&document, &QTextDocument::undoCommandAdded, this, &ModeHistory::forgetUndone);
    connect(&document, &QTextDocument::contentsChanged, this, &ModeHistory::look);
}

void ModeHistory::change(TextMode mode, int stepsBefore)
{
    m_steps = m_document.availableUndoSteps();
    m_redoSteps = m_document.availableRedoSteps();
    // A change that altered no text has happened as long as its step is there.
    const int last = m_steps > stepsBefore ? stepsBefore : m_steps - 1;
    m_changes.append({ last, mode });
    set(mode);
}

void ModeHistory::reset(TextMode mode)
{
    m_changes.clear();
    m_steps = m_document.availableUndoSteps();
    m_redoSteps = m_document.availableRedoSteps();
    m_initial = mode;
    set(mode);
}

/// New text takes the place of what was undone; changes of mode in that are gone with it.
void ModeHistory::forgetUndone()
{
    while (!m_changes.isEmpty() && m_changes.last().stepsBefore >= m_steps)
        m_changes.removeLast();
}

void ModeHistory::look()
{
    const int steps = m_document.availableUndoSteps();
    const int redoSteps = m_document.availableRedoSteps();
    if (steps == m_steps && redoSteps < m_redoSteps)
        forgetUndone(); // typed into the step that was left
    m_steps = steps;
    m_redoSteps = redoSteps;
    TextMode mode = m_initial;
    for (const Change &change : std::as_const(m_changes)) {
        if (change.stepsBefore < steps)
            mode = change.to;
    }
    set(mode);
}

void ModeHistory::set(TextMode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged(mode);
}

} // namespace postrider::compose
