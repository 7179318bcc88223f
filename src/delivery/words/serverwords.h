// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/services.h"
#include "outbox/accountrecords.h"

#include <QString>
#include <QStringList>

namespace postrider::delivery {

/// What a server offered at an account's last sign-in, a sentence for each thing.
[[nodiscard]] QStringList sentences(const outbox::ServerFacts &facts);
/// What it does not stand of that; empty as long as it stands everything.
[[nodiscard]] QStringList sentences(const outbox::LearntHabits &habits);
/// That a message went without what was asked for; empty when nothing was left out.
[[nodiscard]] QString sentence(Wishes leftOut, const QString &host);

} // namespace postrider::delivery
