// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/postoffice.h"
#include "setup/editing/accounteditor.h"
#include "setup/services.h"
#include "setup/setupdraft.h"

namespace postrider::app {

/// What the set-up windows want, from the post office and this computer. Both outlive what is returned.
[[nodiscard]] setup::Services setupServices(delivery::PostOffice &postOffice, const base::Clock &clock);

/// What editing an account wants from the post office, which outlives what is returned.
[[nodiscard]] setup::AccountEditor::Actions accountActions(delivery::PostOffice &postOffice);

/// What the person wanted to keep of a set-up that was not finished; empty: nothing.
[[nodiscard]] setup::SetupDraft keptSetupDraft(const QString &profileFolder);

} // namespace postrider::app
