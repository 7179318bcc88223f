// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QByteArray>
#include <QString>

namespace postrider::discovery {

/**
 * What a server's refusal to let somebody in means: that the password is wrong, or that no password would be
 * right.
 *
 * The enhanced code (RFC 4954 section 6, RFC 3463) decides where it is one that says so; large providers use
 * 5.7.8 and the like for several causes, so that their text is looked at for names of the cure. Never a
 * verdict of a port: AuthFailed when nothing more is known.
 */
[[nodiscard]] Verdict signInVerdict(int code, const QByteArray &enhanced, const QString &text);

} // namespace postrider::discovery
