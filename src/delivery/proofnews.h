// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QMetaType>
#include <QString>

#include <functional>

namespace postrider::delivery {

/// How far the proof of an account has come, for a person who is watching.
struct ProofNews
{
    enum class Step {
        Connected,      ///< to a server that may be spoken to: encrypted, where the account wants that
        SignedIn,       ///< or let in without, where the account has no user
        SenderAccepted, ///< mail from `sender` is taken
        SenderRefused,  ///< it is not; the others are still asked
    };
    Step step = Step::Connected;
    QString host {}; ///< the program's path where a command takes the messages
    quint16 port = 0;
    QString tls {}; ///< "TLS 1.3"; empty: not encrypted
    QString sender {};
};
using ProofWatcher = std::function<void(const ProofNews &)>;

} // namespace postrider::delivery
