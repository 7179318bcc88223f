// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QDialog>
#include <QString>

#include <memory>

class QPushButton;
class QSortFilterProxyModel;

// Small windows that ask what is to be put into a text. Each is opened with open() and emits what was chosen.

namespace postrider::compose {

namespace Ui {
class EmojiDialog;
class HtmlDialog;
class LinkDialog;
class TableDialog;
} // namespace Ui

class LinkDialog final : public QDialog
{
    Q_OBJECT

public:
    LinkDialog(const QString &text, const QString &address, QWidget *parent);
    ~LinkDialog() override;
    Q_DISABLE_COPY_MOVE(LinkDialog)

Q_SIGNALS:
    /// Text is never empty; the address is one that a message may have, or empty: no link is wanted.
    void chosen(const QString &text, const QString &address);

private:
    [[nodiscard]] QString address() const;
    void look();

    std::unique_ptr<Ui::LinkDialog> m_ui;
    QPushButton *m_insert;
};

class TableDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit TableDialog(QWidget *parent);
    ~TableDialog() override;
    Q_DISABLE_COPY_MOVE(TableDialog)

Q_SIGNALS:
    void chosen(int rows, int columns);

private:
    std::unique_ptr<Ui::TableDialog> m_ui;
};

class HtmlDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit HtmlDialog(QWidget *parent);
    ~HtmlDialog() override;
    Q_DISABLE_COPY_MOVE(HtmlDialog)

Q_SIGNALS:
    void chosen(const QString &html);

private:
    std::unique_ptr<Ui::HtmlDialog> m_ui;
};

class EmojiDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit EmojiDialog(QWidget *parent);
    ~EmojiDialog() override;
    Q_DISABLE_COPY_MOVE(EmojiDialog)

Q_SIGNALS:
    void chosen(const QString &emoji);

private:
    std::unique_ptr<Ui::EmojiDialog> m_ui;
    QSortFilterProxyModel *m_found;
};

} // namespace postrider::compose
