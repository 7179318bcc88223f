// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/hintwords.h"

#include <QCoreApplication>
#include <QHash>

#include <functional>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

/// Gives the sentences one place among the translations.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::discovery::words)
};

QString signInOnTheWeb(const QString &name)
{
    return Words::tr("Sign in to %1 in your web browser.").arg(name);
}

QString createAppPassword()
{
    return Words::tr("In the security settings, create an app password for Postrider.");
}

QString enterAppPassword()
{
    return Words::tr("Enter that password here. Your usual one will not work.");
}

QString allowMailPrograms()
{
    return Words::tr("In the mail settings, allow mail programs to use your mailbox. The setting is called "
                     "POP3, IMAP and SMTP.");
}

QString enterUsualPassword()
{
    return Words::tr("Come back here and enter your usual password.");
}

QString onlyWithPlan(const QString &name)
{
    return Words::tr("%1 lets mail programs send only with a paid plan.").arg(name);
}

using Steps = std::function<QStringList(const QString &name)>;

QStringList appPassword(const QString &name)
{
    return { signInOnTheWeb(name), createAppPassword(), enterAppPassword() };
}

QStringList enable(const QString &name)
{
    return { signInOnTheWeb(name), allowMailPrograms(), enterUsualPassword() };
}

QStringList enableAndAppPassword(const QString &name)
{
    return { signInOnTheWeb(name), allowMailPrograms(), createAppPassword(), enterAppPassword() };
}

QStringList google(const QString & /*name*/)
{
    return { Words::tr("Open your Google account in your web browser, and turn on 2-Step Verification under "
                       "Security, if it is not on yet."),
             Words::tr("Search the account's settings for \"App passwords\", and create one with the name "
                       "Postrider."),
             Words::tr("Enter its 16 letters here. Your usual password will not work.") };
}

QStringList googleWorkspace(const QString &name)
{
    return google(name)
        + QStringList { Words::tr("If there are no app passwords, your organisation has turned them off: ask "
                                  "whoever looks after your mail.") };
}

QStringList outlook(const QString & /*name*/)
{
    return { Words::tr("Microsoft takes no passwords from mail programs for this address. Sign in with your "
                       "web browser instead.") };
}

QStringList microsoft365(const QString & /*name*/)
{
    return { Words::tr("Sign in with your web browser. Your organisation may have to allow Postrider first."),
             Words::tr("If sending is refused after that, ask whoever looks after your mail to turn on "
                       "\"Authenticated SMTP\" for your mailbox.") };
}

QStringList yahoo(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("Under Account security, choose \"Generate app password\", and name it Postrider."),
             enterAppPassword() };
}

QStringList yahooJapan(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In the mail settings, under IMAP, POP and SMTP access, allow access for other mail "
                       "programs."),
             enterUsualPassword() };
}

QStringList yahooBased(const QString &name)
{
    return { Words::tr("%1 keeps its mail at Yahoo.").arg(name), signInOnTheWeb(name), createAppPassword(),
             enterAppPassword() };
}

QStringList icloud(const QString & /*name*/)
{
    return { Words::tr("Open account.apple.com in your web browser and sign in."),
             Words::tr("Under Sign-In and Security, choose App-Specific Passwords, and create one for "
                       "Postrider."),
             enterAppPassword() };
}

QStringList fastmail(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("Under Settings, Privacy and Security, create an app password that may send mail "
                       "(SMTP)."),
             enterAppPassword() };
}

QStringList zoho(const QString &name)
{
    return {
        signInOnTheWeb(name),
        Words::tr("In the settings, under Mail Accounts, turn on IMAP access. Free accounts may not have "
                  "it."),
        Words::tr("If you sign in there in two steps, create an app password under Security and enter it "
                  "here, otherwise your usual one.")
    };
}

QStringList gmx(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("Under E-Mail, Settings, POP3/IMAP Retrieval, allow access through POP3 and IMAP. "
                       "Sending belongs to it."),
             Words::tr(
                 "If you sign in there in two steps, create an app password under Security and enter it "
                 "here, otherwise your usual one.") };
}

QStringList paidOnly(const QString &name)
{
    return { onlyWithPlan(name) };
}

QStringList mailCom(const QString &name)
{
    return { onlyWithPlan(name),
             Words::tr("With one, allow POP3 and IMAP in the mail settings on the web.") };
}

QStringList infomaniak(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("Open your mail service, and create a device password for Postrider."),
             enterAppPassword() };
}

QStringList twoStep(const QString &name)
{
    return { Words::tr(
                 "If you sign in to %1 in two steps, create an app password in the security settings on "
                 "the web and enter it here, otherwise your usual one.")
                 .arg(name) };
}

QStringList posteo(const QString &name)
{
    return { Words::tr(
                 "Your usual password for %1 works, also when you sign in on the web in two steps, unless "
                 "you have locked other programs out there.")
                 .arg(name) };
}

QStringList tOnline(const QString & /*name*/)
{
    return { Words::tr("Mail programs need a password of their own here, the password for e-mail programs."),
             Words::tr("Sign in to the Telekom customer centre in your web browser, and set it there."),
             enterAppPassword() };
}

QStringList vodafoneDe(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In the mail settings, allow mail programs, and set the password for them."),
             enterAppPassword() };
}

QStringList freeFr(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr(
                 "In the settings of your mail address, turn on authenticated SMTP. It works after a few "
                 "hours."),
             enterUsualPassword() };
}

QStringList orangeFr(const QString &name)
{
    return { signInOnTheWeb(name), Words::tr("In the mail settings, allow mail programs (POP and IMAP)."),
             enterUsualPassword() };
}

QStringList libero(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr(
                 "If the usual password is refused, create a password for mail programs under Security, "
                 "and enter that one.") };
}

QStringList yandex(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In the mail settings, under Email clients, allow access from mail programs with app "
                       "passwords."),
             Words::tr("In your Yandex ID, create an app password for mail."), enterAppPassword() };
}

QStringList mailRu(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("Under Security, create a password for external applications that may send mail."),
             enterAppPassword() };
}

QStringList authorizationCode(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In the mail settings, turn on SMTP. You get an authorization code for it."),
             Words::tr("Enter that code here. Your usual password will not work.") };
}

QStringList userNameDiffers(const QString &name)
{
    return { Words::tr(
                 "The user name at %1 may be another one than your address. It stands in the papers that "
                 "you got with the contract.")
                 .arg(name) };
}

QStringList comcast(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In the mail settings, under Security, allow access by third-party programs."),
             enterUsualPassword() };
}

QStringList att(const QString &name)
{
    return { signInOnTheWeb(name),
             Words::tr("In your profile, under sign-in info, create a secure mail key."),
             Words::tr("Enter that key here. Your usual password will not work.") };
}

QStringList proton(const QString & /*name*/)
{
    return { Words::tr(
                 "Proton Mail encrypts mail in a program of its own, Proton Mail Bridge, which comes with "
                 "a paid plan."),
             Words::tr("Install Bridge on this computer and sign in to it."),
             Words::tr("Enter the password that Bridge shows for your mailbox. Bridge has to run while you "
                       "send.") };
}

QStringList protonBusiness(const QString & /*name*/)
{
    return { Words::tr("With a paid plan and your own domain, create an SMTP token in the settings of Proton "
                       "Mail, under IMAP/SMTP."),
             Words::tr("Enter that token here. Or use Proton Mail Bridge on this computer, with the password "
                       "that it shows.") };
}

QStringList ownProgramsOnly(const QString &name)
{
    return {
        Words::tr("%1 lets only its own programs send. Postrider can't send from this address.").arg(name)
    };
}

const QHash<QString, Steps> &allSteps()
{
    static const QHash<QString, Steps> all {
        { u"app-password"_s, appPassword },
        { u"enable-smtp"_s, enable },
        { u"enable-and-app-password"_s, enableAndAppPassword },
        { u"paid-only"_s, paidOnly },
        { u"two-step"_s, twoStep },
        { u"user-name-differs"_s, userNameDiffers },
        { u"authorization-code"_s, authorizationCode },
        { u"own-programs-only"_s, ownProgramsOnly },
        { u"yahoo-based"_s, yahooBased },
        { u"google"_s, google },
        { u"google-workspace"_s, googleWorkspace },
        { u"outlook"_s, outlook },
        { u"microsoft-365"_s, microsoft365 },
        { u"yahoo"_s, yahoo },
        { u"yahoo-japan"_s, yahooJapan },
        { u"aol"_s, yahoo },
        { u"icloud"_s, icloud },
        { u"fastmail"_s, fastmail },
        { u"zoho"_s, zoho },
        { u"gmx"_s, gmx },
        { u"web-de"_s, gmx },
        { u"mail-com"_s, mailCom },
        { u"infomaniak"_s, infomaniak },
        { u"posteo"_s, posteo },
        { u"t-online"_s, tOnline },
        { u"freenet"_s, enable },
        { u"vodafone-de"_s, vodafoneDe },
        { u"orange-fr"_s, orangeFr },
        { u"free-fr"_s, freeFr },
        { u"libero"_s, libero },
        { u"yandex"_s, yandex },
        { u"mail-ru"_s, mailRu },
        { u"comcast"_s, comcast },
        { u"att"_s, att },
        { u"proton"_s, proton },
        { u"proton-business"_s, protonBusiness },
    };
    return all;
}

} // namespace

QStringList hintSteps(const Provider &provider)
{
    const Steps steps = allSteps().value(provider.hint);
    return steps ? steps(provider.name) : QStringList();
}

QString userHint(const SendingService &service)
{
    const QString &id = service.userHint;
    if (id == "fixed"_L1)
        return Words::tr("Always \"%1\", for everybody.").arg(service.userPattern);
    if (id == "smtp-user"_L1)
        return Words::tr("The user that you created for SMTP at %1.").arg(service.name);
    if (id == "smtp-login"_L1)
        return Words::tr("The login that %1 shows in its SMTP settings.").arg(service.name);
    if (id == "smtp-credentials"_L1)
        return Words::tr(
                   "The user name of the SMTP credentials that you created at %1; not the one that you sign "
                   "in to its website with.")
            .arg(service.name);
    if (id == "account-address"_L1)
        return Words::tr("The address that you sign in to %1 with.").arg(service.name);
    if (id == "sender-address"_L1)
        return Words::tr("The address that you send from.");
    if (id == "mailgun"_L1)
        return Words::
            tr("The address that %1 shows as the login of your domain, usually postmaster at that domain.")
                .arg(service.name);
    if (id == "server-token"_L1)
        return Words::tr("The server's token; it is the password, too.");
    if (id == "api-key"_L1)
        return Words::tr("The API key.");
    if (id == "project-id"_L1)
        return Words::tr("The ID of your project at %1.").arg(service.name);
    if (id == "unione"_L1)
        return Words::tr("The user ID or the project ID that %1 shows.").arg(service.name);
    if (id == "azure"_L1)
        return Words::tr("The SMTP user name that you created for the resource.");
    return {};
}

QString passwordHint(const SendingService &service)
{
    const QString &id = service.passwordHint;
    if (id == "api-key"_L1)
        return Words::tr("An API key that may send, from the settings of %1.").arg(service.name);
    if (id == "server-token"_L1)
        return Words::tr("The token for sending, from the settings of %1.").arg(service.name);
    if (id == "secret-key"_L1)
        return Words::tr("The secret key that belongs to the user name.");
    if (id == "smtp-key"_L1)
        return Words::tr("An SMTP key from the settings of %1, not an API key.").arg(service.name);
    if (id == "smtp-password"_L1)
        return Words::tr("The password for SMTP, from the settings of %1; not the one of its website.")
            .arg(service.name);
    if (id == "smtp-credentials"_L1)
        return Words::tr("The password of the SMTP credentials; it is shown once, when they are created.");
    if (id == "azure"_L1)
        return Words::tr(
            "A client secret of the Microsoft Entra application that is linked to the user name.");
    return {};
}

QString senderRule(const SendingService &service)
{
    const QString &id = service.senderRule;
    if (id == "verified-domain"_L1)
        return Words::tr("%1 sends only from domains that you have verified there.").arg(service.name);
    if (id == "verified-address-or-domain"_L1)
        return Words::tr("%1 sends only from addresses or domains that you have verified there.")
            .arg(service.name);
    if (id == "approved-sender"_L1)
        return Words::tr("%1 sends only from addresses that you have added there as senders.")
            .arg(service.name);
    if (id == "domain-records"_L1)
        return Words::tr("%1 sends only from domains whose DNS says that it may.").arg(service.name);
    return {};
}

QString paceHint(const SendingService &service)
{
    QStringList sentences;
    if (service.perSecond)
        sentences.append(
            Words::tr("A new account may send %n message(s) in a second.", nullptr, *service.perSecond));
    if (service.perDay)
        sentences.append(Words::tr("A new account may send %n message(s) a day.", nullptr, *service.perDay));
    return sentences.join(u' ');
}

} // namespace postrider::discovery
