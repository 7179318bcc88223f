// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "setup/services.h"

namespace postrider::app {

/**
 * Sends one message from the account's address to the same address, straight to its server: nothing is stored
 * and nothing is tried again. Answers with what the server said.
 *
 * Lives in the caller's thread, which needs an event loop; ends at once when the context is deleted.
 */
void sendTestMessage(const accounts::Account &account, const setup::Credentials &credentials,
                     const base::Clock &clock, QObject *context,
                     setup::Services::Answer<setup::TestOutcome> answer);

} // namespace postrider::app
