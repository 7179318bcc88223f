// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/addresshint.h"
#include "mime/address/mailbox.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace postrider::widgets {

/// One entry of a recipient field as people see it: an address, or a text that is none yet. A value.
struct Recipient
{
    enum class State {
        Good,
        Doubtful, ///< a possible address that a person should look at once more
        Bad,      ///< no address: nothing can be sent to it
    };

    QString text {};          ///< the whole entry: as typed, or `"Ann Smith" <ann@example.org>` when repaired
    mime::Mailbox mailbox {}; ///< empty when Bad
    mime::AddressError error {};       ///< says something only when Bad
    QList<mime::AddressHint> hints {}; ///< what makes it Doubtful
    State state = State::Bad;

    /// What stands on its chip: the name, or the address where there is none or where it is doubtful.
    [[nodiscard]] QString label() const;
    /// The reasons for its state in sentences, one per line; empty when Good.
    [[nodiscard]] QString remark() const;
    /// The domain that was probably meant; empty: none is known.
    [[nodiscard]] QString likelyDomain() const;
    /// The whole entry with that domain.
    [[nodiscard]] QString corrected() const;
};

/// All entries of a text that was typed or pasted, in order; nothing of it is lost but separators.
[[nodiscard]] QList<Recipient> readRecipients(QStringView text);

/// The text as a single entry, whatever separators it has.
[[nodiscard]] Recipient readRecipient(const QString &text);

} // namespace postrider::widgets
