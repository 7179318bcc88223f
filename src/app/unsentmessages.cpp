// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/unsentmessages.h"

#include "outbox/durablefile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::app {

namespace {

// The keys are what stands in files; they stay. To, Cc, Bcc and Reply-To are kept as typed, since they need
// not be addresses yet.
constexpr auto AccountKey = "account"_L1;
constexpr auto FromKey = "from"_L1;
constexpr auto ToKey = "to"_L1;
constexpr auto CcKey = "cc"_L1;
constexpr auto BccKey = "bcc"_L1;
constexpr auto ReplyToKey = "reply_to"_L1;
constexpr auto DraftKey = "draft"_L1;

QByteArray toText(const UnsentMessage &message)
{
    const compose::ComposeWindow::Content &content = message.content;
    mime::Draft draft;
    draft.subject = content.subject;
    draft.text = content.text;
    draft.html = content.html;
    draft.attachments = content.attachments;
    draft.fields = content.fields;
    return QJsonDocument({ { AccountKey, message.accountId },
                           { FromKey, content.from },
                           { ToKey, content.to },
                           { CcKey, content.cc },
                           { BccKey, content.bcc },
                           { ReplyToKey, content.replyTo },
                           { DraftKey, mime::toJson(draft) } })
        .toJson();
}

/// Nothing when the text is not one of ours.
std::optional<UnsentMessage> fromText(const QByteArray &text, const QString &id)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    if (!object.value(DraftKey).isObject())
        return std::nullopt;
    const mime::Draft draft = mime::draftFromJson(object.value(DraftKey).toObject());
    return UnsentMessage { id,
                           object.value(AccountKey).toString(),
                           { object.value(FromKey).toString(), object.value(ToKey).toString(),
                             object.value(CcKey).toString(), object.value(BccKey).toString(),
                             object.value(ReplyToKey).toString(), draft.subject, draft.text, draft.html,
                             draft.attachments, draft.fields } };
}

std::optional<UnsentMessage> read(const QFileInfo &info)
{
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return fromText(file.readAll(), info.completeBaseName());
}

/// The file's new path; its old one when it could not be renamed either.
QString setAside(const QString &path)
{
    const QString name
        = path + ".damaged-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString candidate = name;
    for (int number = 2; QFileInfo::exists(candidate); ++number)
        candidate = name + u'-' + QString::number(number);
    return QFile::rename(path, candidate) ? candidate : path;
}

} // namespace

UnsentMessages::UnsentMessages(const QString &profileFolder)
    : m_folder(profileFolder + "/unsent"_L1)
    , m_lock(m_folder + "/lock"_L1)
{ }

QString UnsentMessages::pathOf(const QString &id) const
{
    return m_folder + u'/' + id + ".json"_L1;
}

UnsentMessages::Loaded UnsentMessages::load()
{
    Loaded loaded;
    if (!outbox::makePrivateFolder(m_folder) || (!m_lock.isLocked() && !m_lock.tryLock()))
        return loaded;
    const QFileInfoList files
        = QDir(m_folder).entryInfoList({ u"*.json"_s }, QDir::Files, QDir::Time | QDir::Reversed);
    for (const QFileInfo &file : files) {
        if (auto message = read(file))
            loaded.messages.append(*std::move(message));
        else
            loaded.setAside.append(setAside(file.filePath()));
    }
    return loaded;
}

base::Expected<void, QString> UnsentMessages::keep(const UnsentMessage &message) const
{
    outbox::FileResult done = outbox::makePrivateFolder(m_folder);
    outbox::DurableFile file(pathOf(message.id));
    if (done)
        done = file.open();
    if (done)
        done = file.write(toText(message));
    if (done)
        done = file.commit();
    if (!done)
        return base::Unexpected(done.error().reason);
    return {};
}

void UnsentMessages::remove(const QString &id) const
{
    QFile::remove(pathOf(id));
}

} // namespace postrider::app
