// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"

#include <QFile>

#include <utility>

namespace postrider::delivery {

using base::Unexpected;
using outbox::MessageId;
using outbox::MessageSummary;
using outbox::Result;
using outbox::StoreError;

void PostOffice::send(const mime::Draft &draft, const QString &accountId, QObject *context,
                      Answer<MessageId> answer)
{
    outbox::SendOptions options;
    options.accountId = accountId;
    send(draft, options, context, std::move(answer));
}

void PostOffice::send(const mime::Draft &draft, const outbox::SendOptions &wanted, QObject *context,
                      Answer<MessageId> answer)
{
    const std::optional<accounts::Account> sender = account(wanted.accountId);
    if (!sender) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    outbox::SendOptions options = wanted;
    mime::Draft complete = draft;
    const std::optional<accounts::Identity> identity = sender->identityFor(draft.from.address());
    options.reversePath = toReversePath(identity ? identity->email : sender->email);
    if (identity && complete.replyTo.isEmpty())
        complete.replyTo = mime::parseMailboxList(identity->replyTo).value_or(QList<mime::Mailbox>());
    d->storeThread->change(
        context, [complete, options](Disk &disk) { return disk.store->prepare(complete, options); },
        [this, answer](Result<MessageId> &&prepared) {
            if (prepared)
                d->render(*prepared);
            answer(orTrouble(std::move(prepared)));
        });
}

void PostOffice::sendFile(const QString &path, const outbox::SendOptions &options, QObject *context,
                          Answer<MessageId> answer)
{
    outbox::SendOptions complete = options;
    if (const std::optional<accounts::Account> sender = account(options.accountId);
        sender && complete.reversePath.isEmpty())
        complete.reversePath = toReversePath(sender->email);
    d->storeThread->change(
        context,
        [path, complete](Disk &disk) -> Result<MessageId> {
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly)) {
                return Unexpected(StoreError { .kind = StoreError::Kind::AttachmentUnreadable,
                                               .subject = path,
                                               .reason = file.errorString() });
            }
            return disk.store->enqueueFile(file, complete);
        },
        [answer](Result<MessageId> &&queued) { answer(orTrouble(std::move(queued))); });
}

void PostOffice::list(int limit, int offset, QObject *context, Answer<QList<MessageSummary>> answer)
{
    d->storeThread->read(
        context, [limit, offset](Disk &disk) { return disk.store->list(limit, offset); },
        [answer](Result<QList<MessageSummary>> &&rows) { answer(orTrouble(std::move(rows))); });
}

void PostOffice::follow(const outbox::ListReader &reader, QObject *context, Answer<outbox::ListUpdate> answer)
{
    d->storeThread->read(
        context, [reader](Disk &disk) { return disk.store->follow(reader); },
        [answer](Result<outbox::ListUpdate> &&update) { answer(orTrouble(std::move(update))); });
}

void PostOffice::find(const MessageId &id, QObject *context, Answer<outbox::MessageDetails> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->find(id); },
        [answer](Result<outbox::MessageDetails> &&found) { answer(orTrouble(std::move(found))); });
}

void PostOffice::findId(const QString &prefix, QObject *context, Answer<MessageId> answer)
{
    d->storeThread->read(
        context,
        [prefix](Disk &disk) -> Result<MessageId> {
            Result<QStringList> ids = disk.store->idsStartingWith(prefix);
            if (!ids)
                return Unexpected(ids.error());
            if (ids->size() != 1) {
                return Unexpected(
                    StoreError { .kind = StoreError::Kind::NoSuchMessage, .subject = prefix, .reason = {} });
            }
            return ids->first();
        },
        [answer](Result<MessageId> &&id) { answer(orTrouble(std::move(id))); });
}

void PostOffice::sentRecords(int limit, int offset, QObject *context,
                             Answer<QList<outbox::SentRecord>> answer)
{
    d->storeThread->read(
        context, [limit, offset](Disk &disk) { return disk.store->sentRecords(limit, offset); },
        [answer](Result<QList<outbox::SentRecord>> &&records) { answer(orTrouble(std::move(records))); });
}

void PostOffice::act(const MessageId &id, Action action, QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context,
        [id, action](Disk &disk) -> Result<void> {
            outbox::Store &store = *disk.store;
            switch (action) {
            case Action::Retry:
                return store.retry(id);
            case Action::Cancel:
                return store.cancel(id);
            case Action::Hold:
                return store.hold(id, outbox::HoldReason::Paused);
            case Action::Release:
                return store.release(id);
            case Action::Record:
                return store.record(id);
            case Action::ResolveSent:
                return store.resolve(id, outbox::Store::Resolution::Sent);
            case Action::ResolveResend:
                return store.resolve(id, outbox::Store::Resolution::Resend);
            }
            Q_UNREACHABLE();
        },
        [answer](Result<void> &&done) { answer(orTrouble(std::move(done))); });
}

void PostOffice::schedule(const MessageId &id, const QDateTime &notBefore, QObject *context,
                          Answer<void> answer)
{
    d->storeThread->change(
        context, [id, notBefore](Disk &disk) { return disk.store->schedule(id, notBefore); },
        [answer](Result<void> &&scheduled) { answer(orTrouble(std::move(scheduled))); });
}

void PostOffice::correctRecipients(const MessageId &id, const QList<outbox::Correction> &corrections,
                                   QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context, [id, corrections](Disk &disk) { return disk.store->correctRecipients(id, corrections); },
        [answer](Result<void> &&corrected) { answer(orTrouble(std::move(corrected))); });
}

void PostOffice::retryAll(QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context, [](Disk &disk) { return disk.store->retryAll(); },
        [answer](Result<void> &&done) { answer(orTrouble(std::move(done))); });
}

} // namespace postrider::delivery
