// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/words/replywords.h"

#include "delivery/words/phrases.h"

namespace postrider::delivery {

using outbox::Problem;

namespace {

QString server(const Problem &problem)
{
    return problem.host.isEmpty() ? Words::tr("The server") : inert(problem.host);
}

/// The address that was refused, where the problem is about one.
QString recipient(const Problem &problem)
{
    return problem.subject.contains(u'@') ? inert(problem.subject) : Words::tr("the recipient");
}

} // namespace

ReplyWords replyWords(const Problem &problem)
{
    const QString host = server(problem);
    const QString address = recipient(problem);
    // With a refused sender the problem is about that address, where it is known.
    const bool isNamed = problem.kind == Problem::Kind::SenderRefused && problem.subject.contains(u'@');
    switch (meaningOf(problem)) {
    case ReplyMeaning::Unknown:
        break;
    case ReplyMeaning::NoSuchMailbox:
        return { Words::tr("There is no mailbox %2, says %1.").arg(host, address),
                 Words::tr("Check the address."), Actor::You };
    case ReplyMeaning::NoSuchDomain:
        return { Words::tr("The part after the @ in %2 does not exist or takes no mail, says %1.")
                     .arg(host, address),
                 Words::tr("Check the address."), Actor::You };
    case ReplyMeaning::DomainTakesNoMail:
        return { Words::tr("The part after the @ in %2 takes no mail at all, says %1.").arg(host, address),
                 Words::tr("Check the address, or reach the recipient in another way."), Actor::You };
    case ReplyMeaning::AddressNotAccepted:
        return { Words::tr("%1 does not accept %2 as an address.").arg(host, address),
                 Words::tr("Check the address."), Actor::You };
    case ReplyMeaning::AddressAmbiguous:
        return { Words::tr("%2 may mean more than one mailbox, says %1.").arg(host, address),
                 Words::tr("Use the full address."), Actor::You };
    case ReplyMeaning::MailboxMoved:
        return { Words::tr("The mailbox %2 is somewhere else now, says %1.").arg(host, address),
                 Words::tr("Ask the recipient for the new address."), Actor::You };
    case ReplyMeaning::MailboxSwitchedOff:
        return { Words::tr("The mailbox %2 is switched off, says %1.").arg(host, address),
                 Words::tr("Reach the recipient in another way; only they can switch it on."),
                 Actor::Recipient };
    case ReplyMeaning::MailboxFull:
        return { Words::tr("The mailbox of %1 is full.").arg(address),
                 Words::tr("Try again tomorrow, or tell the recipient in another way."), Actor::Recipient };
    case ReplyMeaning::MailboxFullForNow:
        return { Words::tr("The mailbox of %1 is full for now.").arg(address), QString(), Actor::Recipient };
    case ReplyMeaning::MailboxBusy:
        return { Words::tr("%2 gets so much mail just now that %1 lets no more in.").arg(host, address),
                 QString(), Actor::Nobody };
    case ReplyMeaning::MailboxTakesSmaller:
        return { Words::tr("The message is larger than %1 may receive.").arg(address),
                 Words::tr("Make the attachments smaller."), Actor::You };
    case ReplyMeaning::ListBroken:
        return { Words::tr("%1 can't find out who belongs to the list %2.").arg(host, address),
                 Words::tr("Tell whoever keeps the list."), Actor::Recipient };
    case ReplyMeaning::ListClosed:
        return { Words::tr("Not everybody may write to the list or group %1.").arg(address),
                 Words::tr("Ask whoever keeps it to let you write."), Actor::Recipient };
    case ReplyMeaning::RecipientUnwilling:
        return { Words::tr("%2 does not accept mail from you, says %1.").arg(host, address),
                 Words::tr("Ask the recipient in another way to let your mail in."), Actor::Recipient };
    case ReplyMeaning::MailboxChangedHands:
        return { Words::tr("The mailbox %1 belongs to somebody else by now.").arg(address),
                 Words::tr("Ask the recipient for the new address."), Actor::You };
    case ReplyMeaning::DomainChangedHands:
        return { Words::tr("The part after the @ in %1 belongs to somebody else by now.").arg(address),
                 Words::tr("Ask the recipient for the new address."), Actor::You };
    case ReplyMeaning::Greylisted:
        return { Words::tr(
                     "%1 asks to come back in a few minutes, a usual check of senders that it does not know.")
                     .arg(host),
                 QString(), Actor::Nobody };
    case ReplyMeaning::RecipientLetters:
        return { Words::tr("%1 does not know letters like “ü” before the @ of an address, as in %2.")
                     .arg(host, address),
                 Words::tr("Use another address or another account."), Actor::You };
    case ReplyMeaning::SenderNotAccepted:
        return { isNamed ? Words::tr("%1 does not accept mail from %2.").arg(host, address)
                         : Words::tr("%1 does not accept mail from your address.").arg(host),
                 Words::tr("Use the address that belongs to this account."), Actor::You };
    case ReplyMeaning::SenderDomainUnknown:
        return { Words::tr("%1 does not accept your address, since the part after its @ does not exist or "
                           "takes no mail.")
                     .arg(host),
                 Words::tr("Send from an address that can be answered."), Actor::You };
    case ReplyMeaning::SenderNotYours:
        return {
            isNamed
                ? Words::tr("%1 does not let this account send from %2.").arg(host, address)
                : Words::tr("%1 does not let this account send from the address in the message.").arg(host),
            Words::tr("Send from the account's own address, or allow the other one in the settings of your "
                      "provider."),
            Actor::You
        };
    case ReplyMeaning::SenderNotVerified:
        return { isNamed
                     ? Words::tr("%1 wants %2, which you send from, to be verified first.").arg(host, address)
                     : Words::tr("%1 wants the address that you send from to be verified first.").arg(host),
                 Words::tr(
                     "Verify the address, or the part after its @, in the settings of your sending service."),
                 Actor::You };
    case ReplyMeaning::AccountBlocked:
        return { Words::tr("%1 has blocked sending for this account, because it looked like spam to it.")
                     .arg(host),
                 Words::tr("Sign in on the web page of your provider: it says how sending is allowed again. "
                           "Somebody else may know your password; change it there."),
                 Actor::You };
    case ReplyMeaning::AccountSwitchedOff:
        return { Words::tr("%1 has switched this account off.").arg(host),
                 Words::tr("Ask your provider why."), Actor::Provider };
    case ReplyMeaning::TestModeOnly:
        return { Words::tr(
                     "%1 still runs your account in its test mode and sends to verified addresses only.")
                     .arg(host),
                 Words::tr("Ask your sending service to end the test mode."), Actor::You };
    case ReplyMeaning::ServicePaused:
        return { Words::tr("%1 has paused sending for your account.").arg(host),
                 Words::tr("The web page of your sending service says why."), Actor::You };
    case ReplyMeaning::NotSignedIn:
        return { Words::tr("%1 wants you to sign in before it sends mail.").arg(host),
                 Words::tr("Add user name and password to the account."), Actor::You };
    case ReplyMeaning::NoRelay:
        return { Words::tr("%1 does not pass on mail to %2 for this account.").arg(host, address),
                 Words::tr("Check that the account signs in, and that this is the server of your provider."),
                 Actor::You };
    case ReplyMeaning::WrongPassword:
        return { Words::tr("%1 refused the user name or password.").arg(host),
                 Words::tr("Enter the password again; many providers want an app password."), Actor::You };
    case ReplyMeaning::AppPasswordWanted:
        return { Words::tr("%1 wants an app password here, not your usual one.").arg(host),
                 Words::tr("Make an app password on the web page of your provider, and enter it here."),
                 Actor::You };
    case ReplyMeaning::BrowserWanted:
        return { Words::tr("%1 does not take a password from programs for this account.").arg(host),
                 Words::tr("Sign in with the browser, or with an app password if your provider has them."),
                 Actor::You };
    case ReplyMeaning::SendingSwitchedOff:
        return { Words::tr("%1 does not let programs send for this account.").arg(host),
                 Words::tr(
                     "Allow it in the settings of your provider, or ask who runs your organisation's mail."),
                 Actor::You };
    case ReplyMeaning::PasswordChangeWanted:
        return { Words::tr("%1 wants a new password first.").arg(host),
                 Words::tr("Set a new password on the web page of your provider, and enter it here."),
                 Actor::You };
    case ReplyMeaning::SignInLocked:
        return { Words::tr("%1 has locked signing in for a while, after too many tries.").arg(host),
                 QString(), Actor::Nobody };
    case ReplyMeaning::MechanismTooWeak:
        return { Words::tr("%1 wants a safer way of signing in.").arg(host),
                 Words::tr("Choose another way of signing in, or sign in with the browser."), Actor::You };
    case ReplyMeaning::EncryptionWanted:
        return { Words::tr("%1 wants an encrypted connection.").arg(host),
                 Words::tr("Use a port with encryption: 465 or 587."), Actor::You };
    case ReplyMeaning::TooLarge:
        return { Words::tr("%1 says the message is too large.").arg(host),
                 Words::tr("Make the attachments smaller."), Actor::You };
    case ReplyMeaning::AttachmentForbidden:
        return { Words::tr("%1 does not accept a file of a kind that is attached.").arg(host),
                 Words::tr("Remove the file, or send a link to it."), Actor::You };
    case ReplyMeaning::LooksLikeSpam:
        return { Words::tr("%1 takes the message for spam.").arg(host),
                 Words::tr("Change the text, above all its links and its subject, and send it again."),
                 Actor::You };
    case ReplyMeaning::HasVirus:
        return { Words::tr("%1 found a virus in the message.").arg(host),
                 Words::tr("Check the attached files with a virus scanner."), Actor::You };
    case ReplyMeaning::BadLink:
        return { Words::tr("A web address in the message is on a list of harmful ones, says %1.").arg(host),
                 Words::tr("Remove the link and send the message again."), Actor::You };
    case ReplyMeaning::SenderUnproved:
        return {
            Words::tr("The recipient's side wants proof that %1 may send for the part after the @ of your "
                      "address, and found none.")
                .arg(host),
            Words::tr(
                "Who runs that domain can add the proof (SPF, DKIM); until then, send from another account."),
            Actor::Provider
        };
    case ReplyMeaning::SenderUncheckable:
        return { Words::tr("The recipient's side could not check now whether %1 may send for your address.")
                     .arg(host),
                 QString(), Actor::Nobody };
    case ReplyMeaning::FormatNotAccepted:
        return { Words::tr("%1 can't handle the format of the message.").arg(host),
                 Words::tr("Send it as plain text, or without its attachments."), Actor::You };
    case ReplyMeaning::HeaderNotAccepted:
        return { Words::tr("%1 does not accept how the message's header is written.").arg(host),
                 Words::tr("Check the fields that you added and the addresses, and send it again."),
                 Actor::You };
    case ReplyMeaning::LettersInHeader:
        return { Words::tr("The way to the recipient does not carry letters like “ü” in addresses."),
                 Words::tr("Use addresses without such letters."), Actor::You };
    case ReplyMeaning::RuleOfTheServer:
        return { Words::tr("%1 refused the message by a rule of its own.").arg(host),
                 Words::tr("Its own words may say which one."), Actor::You };
    case ReplyMeaning::SafetyNotPossible:
        return { Words::tr("%1 can't give the protection on the way that is asked for.").arg(host),
                 Words::tr("Ask your provider, or send it through another account."), Actor::Provider };
    case ReplyMeaning::PriorityTooLow:
        return { Words::tr("%1 does not take the message with this priority.").arg(host),
                 Words::tr("Choose another priority."), Actor::You };
    case ReplyMeaning::RunsInCircles:
        return { Words::tr("The message would run in circles between servers, says %1.").arg(host),
                 Words::tr("Tell the recipient in another way; their provider has to mend it."),
                 Actor::Recipient };
    case ReplyMeaning::TooLongUnderWay:
        return { Words::tr("The message was under way for too long, says %1.").arg(host),
                 Words::tr("Send it again."), Actor::You };
    case ReplyMeaning::SentTooFast:
        return { Words::tr("You've sent a lot in a short time; %1 asks to wait.").arg(host), QString(),
                 Actor::Nobody };
    case ReplyMeaning::DailyLimit:
        return { Words::tr("Daily limit of %1 reached.").arg(host), QString(), Actor::Nobody };
    case ReplyMeaning::AllowanceUsedUp:
        return { Words::tr("What your account may send through %1 is used up.").arg(host),
                 Words::tr("The web page of your sending service says when there is more."), Actor::You };
    case ReplyMeaning::TooManyRecipients:
        return { Words::tr("%1 does not take a message for so many recipients.").arg(host),
                 Words::tr("Send it to fewer people at a time."), Actor::You };
    case ReplyMeaning::TooManyConnections:
        return { Words::tr("%1 has too many connections of this account open.").arg(host), QString(),
                 Actor::Nobody };
    case ReplyMeaning::ServerFull:
        return { Words::tr("%1 has no room for the message at the moment.").arg(host), QString(),
                 Actor::Nobody };
    case ReplyMeaning::ServerClosed:
        return { Words::tr("%1 takes no mail at the moment.").arg(host), QString(), Actor::Nobody };
    case ReplyMeaning::ServerLacksFeature:
        return { Words::tr("%1 can't do something that this message needs.").arg(host),
                 Words::tr("Send it without special wishes, or through another account."), Actor::Provider };
    case ReplyMeaning::ServerMisconfigured:
        return { Words::tr("%1 is not set up rightly, by its own words.").arg(host),
                 Words::tr("Tell your provider."), Actor::Provider };
    case ReplyMeaning::ServerTrouble:
        return { Words::tr("%1 has trouble of its own at the moment.").arg(host), QString(), Actor::Nobody };
    case ReplyMeaning::ServerCongested:
        return { Words::tr("%1 has too much to do at the moment.").arg(host), QString(), Actor::Nobody };
    case ReplyMeaning::NextServerSilent:
        return { Words::tr("The recipient's server does not answer %1.").arg(host),
                 Words::tr("Check the part after the @ of the address."), Actor::Recipient };
    case ReplyMeaning::NoRoute:
        return { Words::tr("%1 can't find out where mail for %2 goes.").arg(host, address),
                 Words::tr("Check the part after the @ of the address."), Actor::Recipient };
    case ReplyMeaning::DialogMisunderstood:
        return { Words::tr("%1 did not understand what Postrider said to it.").arg(host),
                 Words::tr("Ask your provider; the transcript of the try shows what was said."),
                 Actor::Provider };
    case ReplyMeaning::NetworkListed:
        return { Words::tr("%1 refuses mail from your present network, because it is on a list of networks "
                           "that send spam.")
                     .arg(host),
                 Words::tr("Try another network, such as your phone's."), Actor::You };
    case ReplyMeaning::NetworkNameless:
        return { Words::tr("%1 does not trust a network whose computers have no name.").arg(host),
                 Words::tr("Try another network, or ask who runs this one."), Actor::Provider };
    case ReplyMeaning::ProviderListed:
        return { Words::tr(
                     "The recipient's side keeps back mail from %1, because others sent spam through it.")
                     .arg(host),
                 Words::tr("Tell your provider, or send it through another account."), Actor::Provider };
    }
    return {};
}

} // namespace postrider::delivery
