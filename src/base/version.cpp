// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/version.h"

#include "postrider_revision.h"

namespace postrider::base {

QString version()
{
    return QStringLiteral(POSTRIDER_VERSION);
}

QString revision()
{
    return QStringLiteral(POSTRIDER_REVISION);
}

} // namespace postrider::base
