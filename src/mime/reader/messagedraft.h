// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/draft.h"
#include "mime/reader/entity.h"

#include <QList>
#include <QString>

namespace postrider::mime {

/// What a message is opened for. Each keeps From, To, Cc, Bcc, Subject, the text in its forms, and all files.
enum class OpenPurpose {
    /// An unfinished message goes on: everything that a draft can have stays.
    Draft,
    /// A message that was sent is sent once more, or that which a delivery report returns: what its author
    /// said stays, also whom it answers; what servers added goes.
    Resend,
    /// A new message that begins with the same content: it answers nobody, and whatever identified or
    /// described the old one goes.
    New,
};

/// Something that the draft has not, although the message had it.
struct DraftRemark
{
    enum class Kind {
        FieldDropped,         ///< subject is the field's name; once for each name
        BadAddress,           ///< subject is the field's name, detail the piece that is no address
        SignatureDropped,     ///< it was signed, which holds for the old message only
        Encrypted,            ///< what was encrypted is attached as it was
        AlternativeDropped,   ///< subject is the type of a form of the text beyond plain, HTML and calendar
        TextAttached,         ///< subject is the file name: the text was too large to be edited
        FileDamaged,          ///< subject is the file name: its encoding had gaps
        PictureMissing,       ///< subject is the Content-ID: the HTML shows it, the message has it not
        ReturnedMessageTaken, ///< the message was a report; the draft is what it returns
        ReturnedHeaderOnly,   ///< the same, but the report returned no text and no files
        ListShortened,        ///< more remarks than are kept
    };
    Kind kind = Kind::FieldDropped;
    QString subject {};
    QString detail {};

    friend bool operator==(const DraftRemark &, const DraftRemark &) = default;
};

struct OpenedDraft
{
    Draft draft {};
    QList<DraftRemark> remarks {}; ///< at most 100
};

/**
 * Makes a draft of a message that was read.
 *
 * A Draft names its files by their paths, so the attachments and pictures are decoded into new files in the
 * folder, which exists and belongs to the caller for as long as the draft refers to it; together they are
 * never larger than the message. Names of files on disk are made here ("part-1"); what the author called them
 * is Attachment::fileName, made safe. When there is an error, the files are gone again.
 *
 * The HTML is cleaned, so that an editor may show it: nothing in it runs, loads or refers to files. Pictures
 * that it does not show become ordinary attachments.
 *
 * Errors: those of reading, OutputFailed for the folder, NotAMessage when there is no header field at all.
 */
[[nodiscard]] base::Expected<OpenedDraft, ReadError> openAsDraft(const Entity &message, OpenPurpose purpose,
                                                                 const QString &folder);

} // namespace postrider::mime
