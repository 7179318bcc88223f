// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/replymeaning.h"

#include <array>

namespace postrider::delivery {

namespace {

using enum ReplyMeaning;

// In the order of the registry. A code with a different sense for now and for good has two rows.
constexpr std::array CodeRows {
    // X.1: addresses
    ReplyRow { AtRecipient, '5', 0, "1.0", "", AddressNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "1.1", "", NoSuchMailbox, "" },
    ReplyRow { InTransaction, '5', 0, "1.2", "", NoSuchDomain, "" },
    ReplyRow { InTransaction, '5', 0, "1.3", "", AddressNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "1.4", "", AddressAmbiguous, "" },
    ReplyRow { InTransaction, '*', 0, "1.5", "", Unknown, "" }, // says that the address is good
    ReplyRow { InTransaction, '5', 0, "1.6", "", MailboxMoved, "" },
    ReplyRow { InTransaction, '5', 0, "1.7", "", SenderNotAccepted, "" },
    ReplyRow { InTransaction, '*', 0, "1.8", "", SenderDomainUnknown, "" },
    ReplyRow { InTransaction, '5', 0, "1.9", "", ServerLacksFeature, "" },
    ReplyRow { InTransaction, '5', 0, "1.10", "", DomainTakesNoMail, "" },
    // X.2: mailboxes
    ReplyRow { InTransaction, '5', 0, "2.1", "", MailboxSwitchedOff, "" },
    ReplyRow { InTransaction, '4', 0, "2.1", "", MailboxBusy, "" },
    ReplyRow { InTransaction, '5', 0, "2.2", "", MailboxFull, "" },
    ReplyRow { InTransaction, '4', 0, "2.2", "", MailboxFullForNow, "" },
    ReplyRow { InTransaction, '5', 0, "2.3", "", MailboxTakesSmaller, "" },
    ReplyRow { InTransaction, '*', 0, "2.4", "", ListBroken, "" },
    // X.3: mail systems
    ReplyRow { Anywhere, '4', 0, "3.0", "", ServerTrouble, "" },
    ReplyRow { InTransaction, '*', 0, "3.1", "", ServerFull, "" },
    ReplyRow { Anywhere, '*', 0, "3.2", "", ServerClosed, "" },
    ReplyRow { InTransaction, '5', 0, "3.3", "", ServerLacksFeature, "" },
    ReplyRow { InTransaction, '5', 0, "3.4", "", TooLarge, "" },
    ReplyRow { Anywhere, '*', 0, "3.5", "", ServerMisconfigured, "" },
    ReplyRow { InTransaction, '*', 0, "3.6", "", PriorityTooLow, "" },
    // X.4: networks and routes
    ReplyRow { InTransaction, '*', 0, "4.1", "", NextServerSilent, "" },
    ReplyRow { InTransaction, '*', 0, "4.2", "", NextServerSilent, "" },
    ReplyRow { InTransaction, '*', 0, "4.3", "", NoRoute, "" },
    ReplyRow { InTransaction, '*', 0, "4.4", "", NoRoute, "" },
    ReplyRow { Anywhere, '4', 0, "4.5", "", ServerCongested, "" },
    ReplyRow { InTransaction, '5', 0, "4.6", "", RunsInCircles, "" },
    ReplyRow { InTransaction, '*', 0, "4.7", "", TooLongUnderWay, "" },
    // X.5: the conversation
    ReplyRow { InTransaction, '5', 0, "5.0", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 0, "5.1", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 0, "5.2", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '*', 0, "5.3", "", TooManyRecipients, "" },
    ReplyRow { InTransaction, '5', 0, "5.4", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 0, "5.5", "", DialogMisunderstood, "" },
    ReplyRow { AtSignIn, '5', 0, "5.6", "", MechanismTooWeak, "" },
    // X.6: what the message is made of
    ReplyRow { AtContent, '5', 0, "6.0", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.1", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.2", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.3", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.4", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.5", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.6", "", FormatNotAccepted, "" },
    ReplyRow { InTransaction, '5', 0, "6.7", "", RecipientLetters, "" },
    ReplyRow { InTransaction, '5', 0, "6.8", "", LettersInHeader, "" },
    ReplyRow { InTransaction, '5', 0, "6.9", "", LettersInHeader, "" },
    ReplyRow { InTransaction, '5', 0, "6.10", "", LettersInHeader, "" },
    // X.7: security and rules
    ReplyRow { AtContent, '5', 0, "7.0", "", RuleOfTheServer, "" },
    ReplyRow { AtSender, '5', 0, "7.1", "", SenderNotAccepted, "" },
    ReplyRow { AtRecipient, '5', 0, "7.1", "", RecipientUnwilling, "" },
    ReplyRow { AtContent, '5', 0, "7.1", "", RuleOfTheServer, "" },
    ReplyRow { InTransaction, '5', 0, "7.2", "", ListClosed, "" },
    ReplyRow { InTransaction, '5', 0, "7.3", "", SafetyNotPossible, "" },
    ReplyRow { InTransaction, '5', 0, "7.4", "", SafetyNotPossible, "" },
    ReplyRow { InTransaction, '5', 0, "7.5", "", SafetyNotPossible, "" },
    ReplyRow { InTransaction, '5', 0, "7.6", "", SafetyNotPossible, "" },
    ReplyRow { InTransaction, '5', 0, "7.7", "", SafetyNotPossible, "" },
    ReplyRow { AtSignIn, '5', 0, "7.8", "", WrongPassword, "" },
    ReplyRow { AtSignIn, '5', 0, "7.9", "", MechanismTooWeak, "" },
    ReplyRow { Anywhere, '5', 0, "7.10", "", EncryptionWanted, "" },
    ReplyRow { Anywhere, '5', 0, "7.11", "", EncryptionWanted, "" },
    ReplyRow { AtSignIn, '*', 0, "7.12", "", PasswordChangeWanted, "" },
    ReplyRow { Anywhere, '5', 0, "7.13", "", AccountSwitchedOff, "" },
    ReplyRow { InTransaction, '5', 0, "7.14", "", RuleOfTheServer, "" },
    ReplyRow { InTransaction, '*', 0, "7.15", "", PriorityTooLow, "" },
    ReplyRow { InTransaction, '*', 0, "7.16", "", TooLarge, "" },
    ReplyRow { InTransaction, '5', 0, "7.17", "", MailboxChangedHands, "" },
    ReplyRow { InTransaction, '5', 0, "7.18", "", DomainChangedHands, "" },
    ReplyRow { InTransaction, '*', 0, "7.19", "", NoRoute, "" },
    ReplyRow { InTransaction, '5', 0, "7.20", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '5', 0, "7.21", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '5', 0, "7.22", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '5', 0, "7.23", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '*', 0, "7.24", "", SenderUncheckable, "" },
    ReplyRow { AtGreeting | InTransaction, '*', 0, "7.25", "", NetworkNameless, "" },
    ReplyRow { InTransaction, '*', 0, "7.26", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '*', 0, "7.27", "", SenderDomainUnknown, "" },
    ReplyRow { Anywhere, '*', 0, "7.28", "", SentTooFast, "" },
    ReplyRow { InTransaction, '5', 0, "7.29", "", SenderUnproved, "" },
    ReplyRow { InTransaction, '5', 0, "7.30", "", SafetyNotPossible, "" },
    // reply codes that stand alone, RFC 5321 section 4.2.3 and RFC 4954 section 6
    ReplyRow { InTransaction, '4', 451, "", "", ServerTrouble, "" },
    ReplyRow { InTransaction, '4', 452, "", "", ServerFull, "" },
    ReplyRow { InTransaction, '5', 500, "", "", DialogMisunderstood, "" },
    ReplyRow { AtSender, '5', 501, "", "", SenderNotAccepted, "" },
    ReplyRow { AtRecipient, '5', 501, "", "", AddressNotAccepted, "" },
    ReplyRow { AtContent, '5', 501, "", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 502, "", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 503, "", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 504, "", "", DialogMisunderstood, "" },
    ReplyRow { InTransaction, '5', 530, "", "", NotSignedIn, "" },
    ReplyRow { AtSignIn, '5', 534, "", "", MechanismTooWeak, "" },
    ReplyRow { AtSignIn, '5', 535, "", "", WrongPassword, "" },
    ReplyRow { AtSignIn, '5', 538, "", "", EncryptionWanted, "" },
    ReplyRow { AtRecipient, '5', 551, "", "", MailboxMoved, "" },
    ReplyRow { AtRecipient, '5', 552, "", "", MailboxFull, "" },
    ReplyRow { AtSender | AtContent, '5', 552, "", "", TooLarge, "" },
    ReplyRow { AtRecipient, '5', 553, "", "", AddressNotAccepted, "" },
    ReplyRow { AtSender, '5', 553, "", "", SenderNotAccepted, "" },
    ReplyRow { InTransaction, '5', 556, "", "", DomainTakesNoMail, "" },
};

} // namespace

std::span<const ReplyRow> codeRows()
{
    return CodeRows;
}

} // namespace postrider::delivery
