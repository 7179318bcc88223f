// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/deliveryreport.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace postrider::mime {

/// The groups of fields in the machine-readable part of a report, which empty lines separate.
[[nodiscard]] QList<HeaderBlock> fieldGroups(const QByteArray &octets);

/// A value with its kind before it, such as "smtp; 550 no" (RFC 3464 section 2.1.2).
struct TypedValue
{
    QByteArray type {}; ///< in lower case; empty when there is none
    QString value {};
};

[[nodiscard]] TypedValue typedValue(const HeaderField &field);

/// RFC 3464 section 2.3.1, RFC 6533 section 3. What xtext (RFC 3461 section 4) had to encode is decoded where
/// a server left it in; other octets that look so belong to the address.
[[nodiscard]] ReportedAddress reportedAddress(const HeaderField &field);
[[nodiscard]] QString withoutXtext(const QString &text);

/// The first status code of RFC 3463 in a text, such as "5.1.1"; empty when there is none.
[[nodiscard]] QByteArray statusIn(const QString &text);

/// What the parts of the result mean that were not stated: the status from the diagnostic text, the action
/// from the status or from the reply code.
void completeRecipient(RecipientReport &recipient);

} // namespace postrider::mime
