// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QDialog>

#include <memory>

namespace postrider::setup {

namespace Ui {
class PinDialog;
}

/// Asks whether exactly one server is to be trusted that nobody vouches for. The fingerprint is shown, and
/// the server's name is typed, so that it cannot be clicked away. Open it with open().
class PinDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The result has a report of its certificate.
    explicit PinDialog(const discovery::PortResult &result, QWidget *parent = nullptr);
    ~PinDialog() override;
    Q_DISABLE_COPY_MOVE(PinDialog)

Q_SIGNALS:
    /// The person trusts the key with this SHA-256.
    void trusted(const QByteArray &keySha256);

private:
    std::unique_ptr<Ui::PinDialog> m_ui;
    discovery::PortResult m_result;
};

} // namespace postrider::setup
