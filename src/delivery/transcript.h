// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/session.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace postrider::delivery {

/// One line of a session for people: "C: " or "S: " before what this client or the server said, as inert
/// plain text (no control characters, no changes of direction).
[[nodiscard]] QString transcriptLine(smtp::Session::Direction direction, QByteArrayView line);

/**
 * What was said on a connection, without secrets, to be kept with an attempt.
 *
 * Bounded: the beginning, which shows the server, the encryption and the sign-in, and the newest lines stay.
 */
class Transcript
{
public:
    void add(smtp::Session::Direction direction, QByteArrayView line);
    /// Lines with "\n" between them.
    [[nodiscard]] QString text() const;

private:
    QStringList m_beginning {};
    QStringList m_newest {};
    qsizetype m_newestSize = 0; ///< characters
    bool m_hasGap = false;
};

} // namespace postrider::delivery
