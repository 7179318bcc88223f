// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/messagewords.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

using namespace Qt::StringLiterals;

namespace {

/// What exactly is wrong with an address, where that is known.
QString exactSentence(mime::AddressError::Detail detail, const QString &piece)
{
    using Detail = mime::AddressError::Detail;
    switch (detail) {
    case Detail::None:
        break;
    case Detail::DotAtStart:
        return Words::tr("%1 begins with a dot.").arg(piece);
    case Detail::DotAtEnd:
        return Words::tr("%1 has a dot right before the @.").arg(piece);
    case Detail::DoubleDot:
        return Words::tr("%1 has two dots in a row before the @.").arg(piece);
    case Detail::CharacterNeedsQuotes:
        return Words::tr("%1 has a sign before the @ that can stand there only between quotation marks.")
            .arg(piece);
    case Detail::SpaceInDomain:
        return Words::tr("%1 has a space after the @.").arg(piece);
    case Detail::TextBehindAddress:
        return Words::tr("%1 has something behind the address.").arg(piece);
    case Detail::BracketsMissing:
        return Words::tr("%1 has a network address after the @ that must stand in brackets [ ].").arg(piece);
    case Detail::EmptyLabel:
        return Words::tr("%1 has a dot after the @ with nothing before it.").arg(piece);
    case Detail::LabelTooLong:
        return Words::tr("%1 has more letters between two dots after the @ than a name may have.").arg(piece);
    case Detail::HyphenAtEdge:
        return Words::tr("%1 has a hyphen at the start or the end of a name after the @.").arg(piece);
    case Detail::HyphensReserved:
        return Words::tr("%1 has two hyphens after the @ where none may be.").arg(piece);
    case Detail::CharacterNotAllowed:
        return Words::tr("%1 has a sign after the @ that no name has.").arg(piece);
    case Detail::CharacterOutOfContext:
        return Words::tr("%1 has a sign after the @ that does not belong in this place.").arg(piece);
    case Detail::MarkAtStart:
        return Words::tr("%1 has an accent after the @ that stands on no letter.").arg(piece);
    case Detail::MixedDirections:
        return Words::tr("%1 mixes scripts that run left and right in one name after the @.").arg(piece);
    case Detail::BrokenALabel:
        return Words::tr("%1 has a coded name (xn--) after the @ that stands for nothing.").arg(piece);
    case Detail::LocalPartTooLong:
        return Words::tr("%1 has more letters before the @ than an address may have.").arg(piece);
    case Detail::DomainTooLong:
        return Words::tr("%1 has more letters after the @ than an address may have.").arg(piece);
    case Detail::AddressTooLong:
        return Words::tr("%1 has more letters than an address may have.").arg(piece);
    case Detail::EntryTooLong:
        return Words::tr("No address can be found in so long a text: %1").arg(piece);
    }
    return {};
}

} // namespace

QString sentence(const mime::AddressError &error)
{
    using Kind = mime::AddressError::Kind;
    const QString piece = quoted(error.text);
    if (const QString exact = exactSentence(error.detail, piece); !exact.isEmpty())
        return exact;
    switch (error.kind) {
    case Kind::Empty:
        return Words::tr("An address is missing.");
    case Kind::NoAt:
        return Words::tr("%1 has no @ and no part after it.").arg(piece);
    case Kind::NoLocalPart:
        return Words::tr("%1 has nothing before the @.").arg(piece);
    case Kind::NoDomain:
        return Words::tr("%1 has nothing after the @.").arg(piece);
    case Kind::SpaceInLocalPart:
        return Words::tr("%1 has a space before the @.").arg(piece);
    case Kind::TwoAts:
        return Words::tr("%1 has more than one @. Put a comma between two addresses.").arg(piece);
    case Kind::BadLocalPart:
        return Words::tr("%1 has a dot or another sign before the @ where none may be.").arg(piece);
    case Kind::BadDomain:
        return Words::tr("The part after the @ in %1 is not a possible name.").arg(piece);
    case Kind::BadLiteral:
        return Words::tr("The part in brackets in %1 is not a network address.").arg(piece);
    case Kind::UnclosedQuote:
        return Words::tr("%1 has a quotation mark that is not closed.").arg(piece);
    case Kind::UnclosedAngle:
        return Words::tr("%1 has a < without its >.").arg(piece);
    case Kind::UnclosedComment:
        return Words::tr("%1 has a parenthesis that is not closed.").arg(piece);
    case Kind::ControlCharacter:
        return Words::tr("An address has an invisible control character in it.");
    case Kind::TooLong:
        return Words::tr("%1 is longer than an address may be.").arg(piece);
    case Kind::NonAsciiLocalPart:
        return Words::tr("%1 has letters before the @ that not every server knows.").arg(piece);
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::AddressHint &hint, const mime::Mailbox &mailbox)
{
    using Kind = mime::AddressHint::Kind;
    const QString address = quoted(mailbox.address());
    switch (hint.kind) {
    case Kind::DomainTypo:
        return Words::tr("%1 may be misspelled: did you mean %2?").arg(address, quoted(hint.suggestion));
    case Kind::SingleLabelDomain:
        return Words::tr("%1 has no dot after the @; such an address works only inside some networks.")
            .arg(address);
    case Kind::AddressLiteral:
        return Words::tr("%1 names a network address instead of a domain; many servers refuse that.")
            .arg(address);
    case Kind::MixedScripts:
        return Words::tr("%1 mixes letters of different scripts that look alike.").arg(address);
    case Kind::LooksLikeOtherDomain:
        return Words::tr("%1 looks like %2, but is written with other letters.")
            .arg(address, quoted(hint.suggestion));
    case Kind::NameShowsOtherAddress:
        return Words::tr("The name %1 shows another address than the one that the message goes to, %2.")
            .arg(quoted(mailbox.name), address);
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::WriteError &error)
{
    using Kind = mime::WriteError::Kind;
    switch (error.kind) {
    case Kind::AttachmentUnreadable:
        return Words::tr("%1 can't be read (%2).").arg(error.subject, cause(error.reason));
    case Kind::OutputFailed:
        return Words::tr("The message can't be written (%1).").arg(cause(error.reason));
    case Kind::BadAddress:
        return Words::tr("%1 can't stand in the header of a message.").arg(quoted(error.subject));
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::WriteNotice &notice)
{
    switch (notice.kind) {
    case mime::WriteNotice::Kind::MessageSentAsFile:
        return Words::tr("%1 goes along as a file, since not every server would take it as a message.")
            .arg(notice.subject);
    }
    Q_UNREACHABLE();
}

QString sentence(mime::MailtoError error)
{
    switch (error) {
    case mime::MailtoError::NotMailto:
        return Words::tr("That is no mailto link.");
    case mime::MailtoError::TooLong:
        return Words::tr("The mailto link is too long.");
    case mime::MailtoError::TooManyAddresses:
        return Words::tr("The mailto link has too many addresses.");
    }
    Q_UNREACHABLE();
}

QString sentence(const mime::MailtoRemark &remark)
{
    using Kind = mime::MailtoRemark::Kind;
    switch (remark.kind) {
    case Kind::Attachment:
        return Words::tr("The link wants to attach a file, which no link may do: %1")
            .arg(quoted(remark.value));
    case Kind::Unsafe:
        return Words::tr("The link wants to set the field %1, which is yours to set. It was left out.")
            .arg(quoted(remark.name));
    case Kind::Unknown:
        return Words::tr("The link has a field %1 that means nothing here. It was left out.")
            .arg(quoted(remark.name));
    case Kind::Repeated:
        return Words::tr("The link has the field %1 more than once. The first one counts.")
            .arg(quoted(remark.name));
    case Kind::BadAddress:
        return Words::tr("The link has something in the place of an address that is none: %1")
            .arg(quoted(remark.value));
    case Kind::BadValue:
        return Words::tr("The link has a value for %1 that can't be used. It was left out.")
            .arg(quoted(remark.name));
    }
    Q_UNREACHABLE();
}

QString sentence(mime::CustomFieldProblem problem, const QString &name)
{
    using Kind = mime::CustomFieldProblem;
    const QString field = quoted(name);
    switch (problem) {
    case Kind::BadName:
        return Words::tr("%1 is not a possible name of a field.").arg(field);
    case Kind::Reserved:
        return Words::tr("Postrider or a server writes the field %1 itself.").arg(field);
    case Kind::Unknown:
        return Words::tr("The field %1 is not known. The name of one of your own begins with X-.").arg(field);
    case Kind::Repeated:
        return Words::tr("A message can have the field %1 only once.").arg(field);
    case Kind::Unreadable:
        return Words::tr("The field %1 has no text, or an invisible control character in it.").arg(field);
    }
    Q_UNREACHABLE();
}

QString sentence(mime::UnsubscriptionProblem problem)
{
    using Kind = mime::UnsubscriptionProblem;
    switch (problem) {
    case Kind::BadMailtoUri:
        return Words::tr("The address for leaving the list must be a mailto link.");
    case Kind::BadHttpsUri:
        return Words::tr("The web page for leaving the list must be an https link.");
    case Kind::NoHttpsUri:
        return Words::tr("Leaving the list with one click needs an https link.");
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
