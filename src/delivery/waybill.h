// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/store.h"
#include "smtp/envelope.h"
#include "smtp/reply.h"
#include "smtp/sessionevent.h"

#include <QIODevice>
#include <QList>

#include <functional>
#include <limits>
#include <memory>
#include <optional>

namespace postrider::delivery {

/// A message as it is handed over.
struct Consignment
{
    enum class Header { Ascii, Utf8 };

    /// To whom and how; whether its addresses need SMTPUTF8 is found out from them and the header.
    smtp::Envelope envelope {};
    int recipientsAtOnce = 0;      ///< no transaction has more; 0: any number
    Header header = Header::Ascii; ///< Utf8: without SMTPUTF8 the server can take it for nobody
    /// Opens the content at its start, once for each transaction; null when it is gone.
    std::function<std::unique_ptr<QIODevice>()> openContent {};
};

/**
 * One message on its way to one server, over all its transactions: who is decided and how, who is left, and
 * what went wrong. Recipients are named by their places in the consignment's envelope.
 */
class Waybill
{
public:
    /// How many recipients one transaction may have.
    struct Limits
    {
        qsizetype recipients = std::numeric_limits<qsizetype>::max();
        qsizetype domains = std::numeric_limits<qsizetype>::max();
    };

    explicit Waybill(Consignment consignment);

    [[nodiscard]] const Consignment &consignment() const noexcept { return m_consignment; }
    [[nodiscard]] const outbox::Problem &problem() const noexcept { return m_problem; }
    /// The envelope of a transaction for some of its recipients.
    [[nodiscard]] smtp::Envelope envelopeFor(const QList<qsizetype> &recipients) const;

    [[nodiscard]] bool isAnybodyLeft() const noexcept { return !m_left.isEmpty(); }
    /// Takes those for the next transaction from those who are left.
    [[nodiscard]] QList<qsizetype> take(const Limits &limits);
    /// They come before all who are left.
    void putBack(const QList<qsizetype> &recipients);
    /// No transaction may have more from now on.
    void limitRecipients(qsizetype most);
    /// One recipient whose address a server without SMTPUTF8 cannot carry does not keep the others from
    /// theirs.
    void refuseInternationalAddresses();

    void decide(qsizetype recipient, outbox::RecipientState state, const smtp::Reply &reply);
    void decideRefused(qsizetype recipient, const smtp::Reply &reply);
    /// Everybody who is not decided yet, among them all who are left.
    void decideOthers(outbox::RecipientState state, const smtp::Reply &reply);
    [[nodiscard]] QList<outbox::RecipientOutcome> outcomesOf(const QList<qsizetype> &recipients) const;

    /// The conversation has come as far as MAIL.
    void noteMail() noexcept { m_reachedMail = true; }
    /// Keeps the weightier one.
    void noteFailure(const outbox::Problem &problem);
    /// In the place of any other.
    void setProblem(const outbox::Problem &problem) { m_problem = problem; }

    /// Recipients, problem and whether MAIL was reached. Who is not decided is `queued`.
    [[nodiscard]] outbox::AttemptOutcome outcome() const;

private:
    [[nodiscard]] const QByteArray &address(qsizetype recipient) const;

    Consignment m_consignment;
    QList<std::optional<outbox::RecipientOutcome>> m_decided; ///< by recipient
    QList<qsizetype> m_left;
    qsizetype m_mostAtOnce = std::numeric_limits<qsizetype>::max();
    outbox::Problem m_problem {};
    bool m_reachedMail = false;
};

/// Where a recipient is after this refusal.
[[nodiscard]] outbox::RecipientState refusedState(const smtp::Reply &reply);
/// Where a transaction's accepted or untried recipients are after it failed.
[[nodiscard]] outbox::RecipientState stateAfter(const smtp::Failure &failure);

} // namespace postrider::delivery
