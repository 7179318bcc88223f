// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QString>

namespace postrider::mime {

/**
 * What speaks against a label of an internationalised domain name in the form that people see (RFC 5891
 * section 5.4, RFC 5892, RFC 5893); Detail::None for nothing. Its hyphens and its length are not looked at.
 *
 * Which characters are letters is what Qt's Unicode data say: they grow with each version of Qt.
 */
[[nodiscard]] AddressError::Detail problemOfUnicodeLabel(const QString &text);

} // namespace postrider::mime
