// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QWidget>

#include <memory>

class QTextCursor;

namespace postrider::compose {

namespace Ui {
class FindBar;
}

class MessageBodyEdit;

/**
 * The bar below a text that finds and replaces in it. Finding wraps around at the ends; replacing everything
 * is one step of undo. Escape closes the bar and gives the focus back to the text.
 */
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    ~FindBar() override;
    Q_DISABLE_COPY_MOVE(FindBar)

    void setEdit(MessageBodyEdit &edit) { m_edit = &edit; }
    enum class Purpose { Find, Replace };
    /// Shows the bar, with what is selected as what to look for.
    void open(Purpose purpose);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Direction { Forward, Backward };

    void find(Direction direction);
    void findTyped();
    [[nodiscard]] QTextCursor search(const QTextCursor &from, Direction direction) const;
    [[nodiscard]] bool isFound(const QTextCursor &cursor) const;
    void replace();
    void replaceAll();
    void close();

    std::unique_ptr<Ui::FindBar> m_ui;
    MessageBodyEdit *m_edit = nullptr;
};

} // namespace postrider::compose
