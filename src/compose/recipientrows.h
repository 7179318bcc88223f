// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/address/mailbox.h"

#include <QList>
#include <QObject>
#include <QString>

#include <array>

class QAction;
class QLabel;

namespace postrider::widgets {
class RecipientField;
class StatusBanner;
struct Recipient;
} // namespace postrider::widgets

namespace postrider::compose {

/**
 * The rows of a compose window that name people: To, which is always there, and Cc, Bcc and Reply-To, which
 * come when they are wanted. Shows and fills them, reads them, and tells in the window's bar what a person
 * should look at once more in them, with the corrections that one press makes: unusual addresses, and many
 * strangers who would see each other's.
 */
class RecipientRows final : public QObject
{
    Q_OBJECT

public:
    enum class Row { To, Cc, Bcc, ReplyTo };
    static constexpr std::array All { Row::To, Row::Cc, Row::Bcc, Row::ReplyTo };
    struct Parts
    {
        QLabel *label = nullptr;
        widgets::RecipientField *field = nullptr;
    };

    /// The parts in the order of All. They and the banner are the window's.
    RecipientRows(const std::array<Parts, All.size()> &parts, widgets::StatusBanner &banner, QObject *parent);
    ~RecipientRows() override = default;
    Q_DISABLE_COPY_MOVE(RecipientRows)

    [[nodiscard]] widgets::RecipientField &field(Row row) const;
    /// Shows the row and puts the caret into it.
    void open(Row row);
    /// Replaces what the row has; all but To are hidden when that is nothing.
    void fill(Row row, const QString &addresses);
    [[nodiscard]] QString text(Row row) const;
    /// Unfinished text included; the error is that of the first entry that is no address.
    [[nodiscard]] base::Expected<QList<mime::Mailbox>, mime::AddressError> mailboxes(Row row) const;
    /// The sender's address: whoever has its domain is no stranger.
    void setOwnAddress(const QString &address);
    /// Turns unfinished text into chips.
    void complete();
    /// Takes the caret to the first text of the row that is no address, and selects what is wrong in it.
    void showFault(Row row);

private:
    void updateHints();
    void addCorrection(const widgets::Recipient &recipient);
    [[nodiscard]] int strangersInSight() const;
    void hideRecipients();

    std::array<Parts, All.size()> m_parts;
    widgets::StatusBanner &m_banner;
    QString m_hints {}; ///< what was last said about unusual addresses
    QList<QAction *> m_corrections {};
    QAction *m_hideAction;
    QAction *m_showAction;
    std::array<QString, 3> m_beforeHiding {}; ///< what To, Cc and Bcc had
    QString m_ownDomain {};
};

} // namespace postrider::compose
