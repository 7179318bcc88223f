// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/words/detailwords.h"
#include "discovery/words/hintwords.h"
#include "discovery/words/portwords.h"
#include "discovery/words/reportwords.h"

/// The one place where what a search found becomes words for people, so that the window and the command line
/// say the same. Everything is translated; a server's own words are quoted unchanged.
///
/// Sentences, titles, reasons and steps are for everybody and know no protocol; details() and plainText() are
/// for whoever is asked for help.
