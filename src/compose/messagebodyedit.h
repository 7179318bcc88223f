// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QPlainTextEdit>
#include <QStringList>

namespace postrider::compose {

/// The files of this computer that a drop or the clipboard carries; empty when it carries none.
[[nodiscard]] QStringList localFiles(const QMimeData *source);

/// The text of a message. Files that are dropped on it or pasted into it are offered as attachments instead
/// of appearing as addresses in the text; everything else arrives as plain text.
class MessageBodyEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    using QPlainTextEdit::QPlainTextEdit;

Q_SIGNALS:
    void filesOffered(const QStringList &paths);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace postrider::compose
