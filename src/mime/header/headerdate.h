// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArrayView>
#include <QDateTime>

namespace postrider::mime {

/// The date in the body of a Date field, obsolete forms included: two-digit years, names of zones, comments,
/// no seconds (RFC 5322 section 4.3). Its offset is the one that was written. Invalid when it is no date.
[[nodiscard]] QDateTime parseHeaderDate(QByteArrayView fieldBody);

} // namespace postrider::mime
