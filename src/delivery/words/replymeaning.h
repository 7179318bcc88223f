// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/problem.h"

#include <span>

namespace postrider::delivery {

/**
 * What a server's refusal means for a person: one value for all codes and phrasings that lead to the same
 * sentence and the same next step. The names say whom or what it is about.
 */
enum class ReplyMeaning {
    Unknown, ///< nothing more than the reply's class is known; its own words are shown
    // the recipient
    NoSuchMailbox,
    NoSuchDomain,
    DomainTakesNoMail,
    AddressNotAccepted,
    AddressAmbiguous,
    MailboxMoved,
    MailboxSwitchedOff,
    MailboxFull,
    MailboxFullForNow,
    MailboxBusy,
    MailboxTakesSmaller,
    ListBroken,
    ListClosed,
    RecipientUnwilling,
    MailboxChangedHands,
    DomainChangedHands,
    Greylisted,
    RecipientLetters, ///< no SMTPUTF8 on the way
    // the sender
    SenderNotAccepted,
    SenderDomainUnknown,
    SenderNotYours,
    SenderNotVerified,
    AccountBlocked,
    AccountSwitchedOff,
    TestModeOnly,
    ServicePaused,
    NotSignedIn,
    NoRelay,
    // signing in
    WrongPassword,
    AppPasswordWanted,
    BrowserWanted,
    SendingSwitchedOff, ///< for programs, by the provider or its customer
    PasswordChangeWanted,
    SignInLocked,
    MechanismTooWeak,
    EncryptionWanted,
    // the message
    TooLarge,
    AttachmentForbidden,
    LooksLikeSpam,
    HasVirus,
    BadLink,
    SenderUnproved,    ///< SPF, DKIM, DMARC
    SenderUncheckable, ///< the same could not be looked up now
    FormatNotAccepted,
    HeaderNotAccepted,
    LettersInHeader,
    RuleOfTheServer,
    SafetyNotPossible,
    PriorityTooLow,
    RunsInCircles,
    TooLongUnderWay,
    // limits
    SentTooFast,
    DailyLimit,
    AllowanceUsedUp,
    TooManyRecipients,
    TooManyConnections,
    // servers
    ServerFull,
    ServerClosed,
    ServerLacksFeature,
    ServerMisconfigured,
    ServerTrouble,
    ServerCongested,
    NextServerSilent,
    NoRoute,
    DialogMisunderstood,
    NetworkListed, ///< this computer's
    NetworkNameless,
    ProviderListed, ///< the sending server, as the recipient's side sees it
};

/// Who can change it.
enum class Actor { Nobody, You, Recipient, Provider };

/// Where in the conversation a row holds, or-ed together.
enum ReplyStage : unsigned {
    AtGreeting = 1, ///< and EHLO
    AtSignIn = 2,
    AtSender = 4,
    AtRecipient = 8,
    AtContent = 16, ///< DATA, BDAT and what is said behind the last octet
    InTransaction = AtSender | AtRecipient | AtContent,
    Anywhere = AtGreeting | AtSignIn | InTransaction,
};

/// One row of the table: everything that is given must fit.
struct ReplyRow
{
    unsigned stages;
    char replyClass;      ///< '4', '5', or '*' for both: the first digit of the reply code
    int code;             ///< 0: any
    const char *enhanced; ///< subject and detail of the enhanced status code, "1.1"; empty: not asked for
    const char *words;    ///< in lower case, anywhere in the text; empty: not asked for
    ReplyMeaning meaning;
    const char *speaker; ///< who is known to say it; empty: everybody, by a standard or by habit
};

/// The registered enhanced status codes (RFC 3463, RFC 5248 and the IANA registry that it began), and the
/// reply codes of RFC 5321 section 4.2.3 that stand alone.
[[nodiscard]] std::span<const ReplyRow> codeRows();
/// What providers and widespread server programs are known to say.
[[nodiscard]] std::span<const ReplyRow> phraseRows();

/**
 * What the reply in a problem means. Decided in the order stage, enhanced status code, reply code, words:
 * words refine a code that a row names with them, and speak for themselves only where the server gave no
 * enhanced code or one that leaves everything open ("5.0.0", "5.7.1"). Unknown without a reply.
 */
[[nodiscard]] ReplyMeaning meaningOf(const outbox::Problem &problem);

} // namespace postrider::delivery
