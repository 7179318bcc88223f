// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/readwords.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

QString sentence(const mime::ReadError &error)
{
    using Kind = mime::ReadError::Kind;
    switch (error.kind) {
    case Kind::TooDeep:
        return Words::tr("The message can't be opened: its parts are packed into each other too often.");
    case Kind::TooManyParts:
        return Words::tr("The message can't be opened: it has too many parts.");
    case Kind::HeaderTooLarge:
        return Words::tr("The message can't be opened: the lines above its text are too long.");
    case Kind::HeadersTooLarge:
        return Words::tr("The message can't be opened: the lines above all its parts are too long together.");
    case Kind::MessageTooLarge:
        return Words::tr("The message can't be opened: it is too large.");
    case Kind::TextTooLarge:
        return Words::tr("A text in the message is too long to be shown.");
    case Kind::NotAMessage:
        return Words::tr("There is no message in the file.");
    case Kind::NotAReport:
        return Words::tr("The message does not tell whether another one arrived.");
    case Kind::ReadFailed:
        return Words::tr("The message can't be read (%1).").arg(cause(error.reason));
    case Kind::OutputFailed:
        return Words::tr("The files of the message can't be saved (%1).").arg(cause(error.reason));
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::DraftRemark &remark)
{
    using Kind = mime::DraftRemark::Kind;
    const QString subject = quoted(remark.subject);
    switch (remark.kind) {
    case Kind::FieldDropped:
        return Words::tr("The message had the field %1. It was left out.").arg(subject);
    case Kind::BadAddress:
        return Words::tr("%1 in the field %2 is no address. It was left out.")
            .arg(quoted(remark.detail), subject);
    case Kind::SignatureDropped:
        return Words::tr(
            "The message was signed. A signature holds for the old message only, so it was left out.");
    case Kind::Encrypted:
        return Words::tr("What is encrypted in the message can't be edited. It is attached as it was.");
    case Kind::AlternativeDropped:
        return Words::tr(
                   "The message had its text in one more form, which can't be edited: %1. It was left out.")
            .arg(subject);
    case Kind::TextAttached:
        return Words::tr("The text %1 is too long to be edited. It is attached as a file.").arg(subject);
    case Kind::FileDamaged:
        return Words::tr("The file %1 is damaged: some of it may be missing.").arg(subject);
    case Kind::PictureMissing:
        return Words::tr("The text shows a picture that the message does not have: %1").arg(subject);
    case Kind::ReturnedMessageTaken:
        return Words::tr(
            "The message was a report about another one, which came back with it. That one was opened.");
    case Kind::ReturnedHeaderOnly:
        return Words::tr(
            "The message was a report about another one, of which only the lines above the text came "
            "back. The text and the files are missing.");
    case Kind::ListShortened:
        return Words::tr("More was left out than is told here.");
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
