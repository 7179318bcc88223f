// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/providers.h"

#include <QString>
#include <QStringList>

namespace postrider::discovery {

/*
 * What a person has to do at a provider or a sending service before mail can be sent there, and what to
 * enter. Translated. The ids that the data names are those of hintwords.cpp; the tests see that none is
 * missing.
 */

/// Steps in their order, one or two sentences each; empty when there is nothing to be done first. Where to
/// read more is Provider::hintUrl.
[[nodiscard]] QStringList hintSteps(const Provider &provider);

/// What belongs into the field for the user name.
[[nodiscard]] QString userHint(const SendingService &service);
/// What belongs into the field for the password, and where it comes from.
[[nodiscard]] QString passwordHint(const SendingService &service);
/// Which addresses may be written from.
[[nodiscard]] QString senderRule(const SendingService &service);
/// How much a new account may send; empty where the service does not say.
[[nodiscard]] QString paceHint(const SendingService &service);

} // namespace postrider::discovery
