// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/deliveryreport.h"

#include <QByteArray>

#include <optional>

namespace postrider::mime {

/// The report in a text for people alone, as older servers and qmail write it: the recipients with their
/// reasons, without what comes from the reported message. Nothing when it does not look like one.
[[nodiscard]] std::optional<DeliveryReport> readPlainReport(const Entity &message);

/// The copy of the reported message that stands at the end of such a text; empty when there is none.
[[nodiscard]] QByteArray copyInPlainReport(const Entity &message);

} // namespace postrider::mime
