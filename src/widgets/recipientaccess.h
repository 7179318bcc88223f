// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

namespace postrider::widgets {

/// From now on screen readers find a RecipientField's chips as its children, each named by its address, its
/// state and its keys. In the field's own text a chip is the object replacement character, as accessibility
/// interfaces expect of an embedded object. A QApplication must exist.
void installRecipientAccess();

} // namespace postrider::widgets
