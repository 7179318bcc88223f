// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QString>

namespace postrider::oauth {

enum class AnswerPage {
    SignedIn,
    NotSignedIn,
};

/// What the browser shows after a sign-in: a whole HTML page in the person's language, which loads nothing
/// and says nothing of the answer itself.
[[nodiscard]] QByteArray answerPage(AnswerPage page, const QString &provider);

} // namespace postrider::oauth
