// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"

#include <QLoggingCategory>

#include <utility>

namespace postrider::delivery {

using outbox::FileError;
using outbox::FileResult;
using outbox::Result;

namespace {

Q_LOGGING_CATEGORY(logDelivery, "postrider.delivery", QtInfoMsg)

FileResult updateCopies(Disk &disk)
{
    return disk.sentCopies ? disk.sentCopies->update(*disk.store) : FileResult();
}

} // namespace

Settings PostOffice::settings() const
{
    return d->settings;
}

void PostOffice::changeSetting(const QString &name, const QString &value, QObject *context,
                               std::function<void(base::Expected<Settings, SettingError>)> answer)
{
    d->storeThread->read(
        context,
        [folder = profileFolder(), name, value](Disk & /*disk*/) -> base::Expected<Settings, SettingError> {
            if (const auto written = writeSetting(folder, name, value); !written)
                return base::Unexpected(written.error());
            return readSettings(folder);
        },
        [this, answer](const base::Expected<Settings, SettingError> &changed) {
            if (changed) {
                d->apply(*changed);
                wakeDeliverer();
            }
            answer(changed);
        });
}

void PostOffice::Private::apply(const Settings &read)
{
    const bool isElsewhere = std::exchange(settings, read).copyTo != read.copyTo;
    if (isElsewhere && isDelivering && !isClosing)
        beginCopying();
}

void PostOffice::Private::readSettingsAgain()
{
    storeThread->read(
        q, [folder = options.profileFolder](Disk & /*disk*/) { return readSettings(folder); },
        [this](const Settings &read) { apply(read); });
}

/// Before anything is sent: from now on it is copied.
void PostOffice::Private::beginCopying()
{
    storeThread->read(
        q,
        [folder = options.profileFolder, target = settings.copyTo](Disk &disk) {
            disk.sentCopies = target.isEmpty() ? nullptr : std::make_unique<SentCopies>(folder, target);
            return updateCopies(disk);
        },
        [this](const FileResult &copied) { noteCopied(copied); });
}

void PostOffice::Private::copySent()
{
    if (isDelivering && !isClosing && !settings.copyTo.isEmpty())
        storeThread->read(q, updateCopies, [this](const FileResult &copied) { noteCopied(copied); });
}

void PostOffice::Private::finishCopying(std::function<void()> then)
{
    storeThread->read(q, updateCopies, [this, then = std::move(then)](const FileResult &copied) {
        noteCopied(copied);
        then();
    });
}

void PostOffice::Private::noteCopied(const FileResult &copied)
{
    const FileError trouble = copied ? FileError() : copied.error();
    const FileError told = std::exchange(copyTrouble, trouble);
    if (!copied && (told.path != trouble.path || told.reason != trouble.reason))
        Q_EMIT q->copyFailed(trouble);
}

void PostOffice::Private::keepHouse()
{
    storeThread->change(
        q, [retention = settings.retention](Disk &disk) { return disk.store->expire(retention); },
        [](const Result<int> &expired) {
            if (!expired)
                qCWarning(logDelivery) << "Old messages could not be removed:" << expired.error().reason;
        });
}

} // namespace postrider::delivery
