// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QObject>

class QTextDocument;

namespace postrider::compose {

/// Whether a message is written as plain text or with formatting.
enum class TextMode { Plain, Rich };

/**
 * Remembers at which step of a document's undo each change of mode happened, so that undo and redo bring the
 * mode back together with the text that belongs to it.
 */
class ModeHistory final : public QObject
{
    Q_OBJECT

public:
    explicit ModeHistory(QTextDocument &document, QObject *parent = nullptr);

    [[nodiscard]] TextMode mode() const { return m_mode; }
    /// From here on; steps of undo that were made just before belong to the change when they are behind
    /// stepsBefore.
    void change(TextMode mode, int stepsBefore);
    /// Forgets everything: the document was filled anew.
    void reset(TextMode mode);

Q_SIGNALS:
    void modeChanged(postrider::compose::TextMode mode);

private:
    struct Change
    {
        int stepsBefore; ///< with no more than these to undo, it has not happened
        TextMode to;
    };

    void look();
    void forgetUndone();
    void set(TextMode mode);

    QTextDocument &m_document;
    QList<Change> m_changes {};
    TextMode m_initial = TextMode::Plain;
    TextMode m_mode = TextMode::Plain;
    int m_steps = 0; ///< that could be undone when the document was last looked at
    int m_redoSteps = 0;
};

} // namespace postrider::compose
