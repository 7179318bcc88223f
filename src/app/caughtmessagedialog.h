// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QDialog>

#include <memory>

namespace postrider::app {

namespace Ui {
class CaughtMessageDialog;
}

/// Shows a message of the practice mailbox exactly as it was sent. The file is read in the thread pool, its
/// first part only when it is large.
class CaughtMessageDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CaughtMessageDialog(const QString &emlPath, QWidget *parent = nullptr);
    ~CaughtMessageDialog() override;
    Q_DISABLE_COPY_MOVE(CaughtMessageDialog)

private:
    std::unique_ptr<Ui::CaughtMessageDialog> m_ui;
};

} // namespace postrider::app
