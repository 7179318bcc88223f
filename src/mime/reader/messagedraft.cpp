// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/messagedraft.h"

#include "mime/header/filename.h"
#include "mime/mediatype.h"
#include "mime/reader/deliveryreport.h"
#include "mime/reader/draftbody.h"
#include "mime/reader/draftheader.h"
#include "mime/reader/draftremarks.h"

#include <QFile>
#include <QMimeDatabase>

#include <functional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

/// Writes the files of a draft into a folder, and removes them unless the draft is finished.
class DraftFiles
{
public:
    DraftFiles(const QString &folder, DraftRemarks &remarks)
        : m_folder(folder)
        , m_remarks(remarks)
    { }
    Q_DISABLE_COPY_MOVE(DraftFiles)
    ~DraftFiles()
    {
        for (const QString &path : std::as_const(m_paths))
            QFile::remove(path);
    }

    [[nodiscard]] Expected<Attachment, ReadError> save(const DraftFile &file);
    void keep() { m_paths.clear(); }

private:
    [[nodiscard]] Expected<void, ReadError> create(QFile &file);
    [[nodiscard]] QString nameOf(const Entity &entity) const;

    QString m_folder;
    DraftRemarks &m_remarks;
    QStringList m_paths {};
    int m_number = 0;
};

Unexpected<ReadError> outputFailed(const QFile &file)
{
    return Unexpected(ReadError { .kind = ReadError::Kind::OutputFailed, .reason = file.errorString() });
}

/// Under a name that no file has yet, for its owner's eyes only.
Expected<void, ReadError> DraftFiles::create(QFile &file)
{
    constexpr int MostNames = 10'000; // drafts of one folder do not come near
    while (++m_number <= MostNames) {
        file.setFileName(m_folder + "/part-"_L1 + QString::number(m_number));
        if (file.open(QIODevice::NewOnly | QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner)) {
            m_paths.append(file.fileName());
            return {};
        }
        if (!file.exists())
            break;
    }
    return outputFailed(file);
}

/// What the author called it, or what tells as much.
QString DraftFiles::nameOf(const Entity &entity) const
{
    if (const QString name = entity.fileName(); !name.trimmed().isEmpty())
        return safeFileName(name);
    const QList<Entity> children = entity.children();
    if (entity.isMessage() && !children.isEmpty()) {
        const QString subject = singleLine(children.constFirst().header().text("Subject"));
        if (!subject.isEmpty()) {
            constexpr qsizetype LongestSubject = 80;
            return safeFileName(QString(subject.left(LongestSubject)).replace(u'/', u'-').replace(u'\\', u'-')
                                + ".eml"_L1);
        }
    }
    const QString suffix
        = QMimeDatabase().mimeTypeForName(QString::fromLatin1(entity.type())).preferredSuffix();
    return "part-"_L1 + QString::number(m_number) + (suffix.isEmpty() ? QString() : QString(u'.' + suffix));
}

Expected<Attachment, ReadError> DraftFiles::save(const DraftFile &file)
{
    QFile target;
    if (const auto created = create(target); !created)
        return Unexpected(created.error());
    Attachment attachment { .path = target.fileName(), .contentId = file.contentId };
    if (file.entity) {
        const Entity &entity = *file.entity;
        attachment.fileName = nameOf(entity);
        if (isMediaType(entity.type()) && !entity.isMultipart())
            attachment.type = entity.type();
        attachment.description = singleLine(entity.header().text("Content-Description"));
        const auto decoded = entity.decodedTo(target);
        if (!decoded)
            return Unexpected(decoded.error());
        if (decoded->state == DecodedBody::State::Damaged)
            m_remarks.add(DraftRemark::Kind::FileDamaged, attachment.fileName);
        if (file.reason == DraftFile::Reason::TextTooLarge)
            m_remarks.add(DraftRemark::Kind::TextAttached, attachment.fileName);
    } else {
        const QString suffix
            = QMimeDatabase().mimeTypeForName(QString::fromLatin1(file.type)).preferredSuffix();
        attachment.fileName = "picture-"_L1 + QString::number(m_number) + u'.' + suffix;
        attachment.type = file.type;
        if (target.write(file.octets) != file.octets.size())
            return outputFailed(target);
    }
    if (!target.flush())
        return outputFailed(target);
    return attachment;
}

/// What a report returns, when the message is one.
std::optional<Entity> returnedIn(const Entity &message, DraftRemarks &remarks)
{
    const auto returned = returnedMessage(message);
    if (!returned)
        return std::nullopt;
    remarks.add(returned->content == ReturnedMessage::Content::Whole ? DraftRemark::Kind::ReturnedMessageTaken
                                                                     : DraftRemark::Kind::ReturnedHeaderOnly);
    return returned->message;
}

} // namespace

Expected<OpenedDraft, ReadError> openAsDraft(const Entity &message, OpenPurpose purpose,
                                             const QString &folder)
{
    DraftRemarks remarks;
    Entity source = message;
    if (purpose == OpenPurpose::Resend)
        source = returnedIn(message, remarks).value_or(message);
    if (source.header().isEmpty())
        return Unexpected(ReadError { .kind = ReadError::Kind::NotAMessage });

    OpenedDraft opened;
    readDraftHeader(source.header(), purpose, opened.draft, remarks);
    auto body = readDraftBody(source, remarks);
    if (!body)
        return Unexpected(body.error());
    opened.draft.text = std::move(body->text);
    opened.draft.html = std::move(body->html);
    opened.draft.calendar = std::move(body->calendar);
    DraftFiles files(folder, remarks);
    for (const DraftFile &file : std::as_const(body->files)) {
        auto attachment = files.save(file);
        if (!attachment)
            return Unexpected(attachment.error());
        opened.draft.attachments.append(*std::move(attachment));
    }
    files.keep();
    opened.remarks = remarks.list();
    return opened;
}

} // namespace postrider::mime
