// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/store.h"
#include "support/comparewords.h"
#include "support/manualclock.h"
#include "support/tempprofile.h"

#include <QDirIterator>

#include <memory>

namespace postrider::outbox {

/// A store on a fresh profile, with a message to put into it.
class OutboxFixture
{
public:
    /// Closes the store as a killed process would leave it, and opens the profile again.
    [[nodiscard]] bool reopen()
    {
        m_store.reset();
        auto opened = Store::open(profile.folder(), clock);
        if (!opened) {
            return false;
        }
        m_store = *std::move(opened);
        return true;
    }
    [[nodiscard]] Store &store() { return *m_store; }
    void close() { m_store.reset(); }

    [[nodiscard]] static mime::Draft draft(const QList<QString> &recipients
                                           = { QStringLiteral("bob@example.net") })
    {
        mime::Draft draft;
        draft.from = { QStringLiteral("Ann"), QStringLiteral("ann"), QStringLiteral("example.org") };
        for (const QString &address : recipients) {
            draft.to.append({ {}, address.section(u'@', 0, 0), address.section(u'@', 1) });
        }
        draft.subject = QStringLiteral("Invoice 7");
        draft.text = QStringLiteral("Please find it attached.\n");
        return draft;
    }
    [[nodiscard]] static SendOptions options(const QString &account = QStringLiteral("account-1"))
    {
        return { account, {}, {} };
    }

    /// The id of a queued message; empty when a step failed.
    [[nodiscard]] MessageId queue(const mime::Draft &message = draft(), const SendOptions &how = options())
    {
        const auto id = store().prepare(message, how);
        return id && store().render(*id) ? *id : MessageId();
    }

    [[nodiscard]] MessageSummary summary(const MessageId &id)
    {
        const auto found = store().find(id);
        return found ? found->summary : MessageSummary();
    }
    [[nodiscard]] MessageState state(const MessageId &id) { return summary(id).state; }

    [[nodiscard]] QByteArray content(const MessageId &id)
    {
        const auto device = store().content(id);
        return device ? (*device)->readAll() : QByteArray();
    }

    /// The same answer for all recipients of a job.
    [[nodiscard]] static AttemptOutcome outcome(const Job &job, RecipientState recipientState,
                                                Problem::Kind kind = Problem::Kind::None)
    {
        AttemptOutcome result;
        for (const QByteArray &address : job.recipients) {
            result.recipients.append({ address, recipientState, 0, {}, {} });
        }
        result.problem.kind = kind;
        result.reachedMail = recipientState != RecipientState::Queued;
        return result;
    }

    /// Begins and finishes one attempt.
    [[nodiscard]] bool attempt(const MessageId &id, RecipientState recipientState)
    {
        const auto job = store().begin(id);
        return job && store().finish(job->attempt, outcome(*job, recipientState));
    }

    /// All files in the spool, wherever they are.
    [[nodiscard]] QStringList spoolFiles() const
    {
        QStringList found;
        QDirIterator files(profile.path(QStringLiteral("spool")), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            found.append(files.next());
        }
        return found;
    }

    support::TempProfile profile {};
    support::ManualClock clock {};

private:
    std::unique_ptr<Store> m_store {};
};

} // namespace postrider::outbox
