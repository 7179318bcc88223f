// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"
#include "outbox/store.h"

#include <QString>
#include <QWidget>

#include <memory>

namespace postrider::outboxview {

namespace Ui {
class DetailsPane;
}

/**
 * Everything about one message of the outbox: each recipient's result, the server's own words, and every
 * attempt with its server and encryption. Complete enough for an administrator; Copy gives it as text. A
 * recipient that was refused can be corrected.
 */
class DetailsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPane(QWidget *parent = nullptr);
    ~DetailsPane() override;
    Q_DISABLE_COPY_MOVE(DetailsPane)

    void showMessage(const outbox::MessageDetails &details, const QString &stateName,
                     const QString &sentence);
    /// What the present message's sentence is by now.
    void showSentence(const QString &sentence);
    /// In percent; -1 hides the bar. The text says what the percentage is of.
    void showProgress(int percent, const QString &text);
    void clear();

    /// What Copy puts on the clipboard.
    [[nodiscard]] QString asText() const;

Q_SIGNALS:
    /// Of a message that did not get through.
    void serverWanted(const QString &accountId);
    void correctionRequested(const postrider::outbox::MessageId &id,
                             const postrider::outbox::Correction &correction);

private:
    void chooseRefused();
    void updateCorrection();
    void correct();
    void showRecipients(const outbox::MessageSummary &summary);
    void showAttempts(const QList<outbox::Attempt> &attempts);

    std::unique_ptr<Ui::DetailsPane> m_ui;
    outbox::MessageDetails m_details {};
    outbox::MessageId m_shown {}; ///< whose recipients are in the list
    QByteArray m_refused {};      ///< the address that can be corrected; empty: none
};

} // namespace postrider::outboxview
