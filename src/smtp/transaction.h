// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/contentencoder.h"
#include "smtp/envelope.h"
#include "smtp/sessionevent.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <optional>
#include <utility>

namespace postrider::smtp {

/// One mail transaction of a Session, from submit() until its outcome is told.
struct Transaction
{
    enum class Phase {
        Waiting,     ///< nothing of it has left
        FlightHeld,  ///< all of it is ready to leave at once; FinalOctetDue is asked
        Addressing,  ///< MAIL, RCPT and perhaps DATA leave, replies decide how it goes on
        Streaming,   ///< content is handed out
        EndHeld,     ///< what is left may leave at once; FinalOctetDue is asked
        EndReleased, ///< and was answered
        Complete,    ///< nothing is left to be said
    };
    enum class Form {
        Data,   ///< DATA, a 354, the content and a dot
        Chunks, ///< BDAT after the replies to RCPT, several times
        Flight, ///< everything from MAIL to BDAT LAST at once
    };

    Transaction(TransactionId transactionId, Envelope e, std::unique_ptr<QIODevice> device)
        : id(transactionId)
        , envelope(std::move(e))
        , content(std::move(device), envelope.size)
    { }

    /// Back to the start.
    void reset()
    {
        phase = Phase::Waiting;
        isUnobjectionable = false;
        isReleased = false;
        isMailAccepted = false;
        hasSizeParameter = false;
        hasOptions = false;
        isBehindOthers = false;
        isGroup = false;
        isOutOfStep = false;
        answered = 0;
        accepted = 0;
        isAnyPutOff = false;
        outOfSequence.clear();
        verdict.reset();
        isToBeRepeated = false;
        progress = 0;
    }

    [[nodiscard]] bool isEveryRecipientAnswered() const { return answered == envelope.recipients.size(); }

    TransactionId id;
    Envelope envelope;
    ContentEncoder content;
    Phase phase = Phase::Waiting;
    bool isUnobjectionable = false; ///< was looked at when it was submitted
    Form form = Form::Data;
    QByteArray held {};       ///< encoded content: the whole of a Flight, the next chunk of Chunks
    bool isHeldWhole = false; ///< held is the whole content
    bool isReleased = false;  ///< FlightHeld: FinalOctetDue was answered

    bool isMailAccepted = false;
    bool isWithoutOptions = false;                   ///< the server disliked them: stays so when repeated
    bool hasOptions = false;                         ///< MAIL had some, which the server may dislike
    bool hasSizeParameter = false;                   ///< MAIL had one, which the server may dislike
    bool isBehindOthers = false;                     ///< began before the transaction in front had its answer
    bool isGroup = false;                            ///< all RCPT left at once
    bool isOutOfStep = false;                        ///< MAIL was refused and a RCPT accepted
    qsizetype answered = 0;                          ///< recipients with a reply
    qsizetype accepted = 0;                          ///< recipients
    bool isAnyPutOff = false;                        ///< a recipient got 4yz or 552
    QList<event::RecipientRefused> outOfSequence {}; ///< 503 within a group, not told yet
    qsizetype awaited = 0;                           ///< replies to its commands
    std::optional<Failure> verdict {};               ///< known before the last of them
    bool isToBeRepeated = false;                     ///< in a simpler form, after the last of them
    qint64 progress = 0;                             ///< as last reported
};

} // namespace postrider::smtp
