// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/portwords.h"

#include "discovery/words/phrases.h"

#include <QHash>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace postrider::discovery {

using accounts::Security;

namespace {

constexpr quint16 RelayPort = 25;
constexpr quint16 AlternativePort = 2525;

QString host(const PortResult &result)
{
    return inert(result.server.host);
}

QString port(const PortResult &result)
{
    return QString::number(result.server.port);
}

QString worksSentence(const PortResult &result)
{
    if (result.server.security == Security::None)
        return Words::tr("Works, without encryption. That is all right only as long as nothing leaves this "
                         "computer or this network.");
    const bool isPinned = result.tls && !result.tls->problems.isEmpty();
    const QString identity = isPinned ? Words::tr("Its key is the one that you trust.")
                                      : Words::tr("Its certificate fits %1.").arg(host(result));
    const QString start = result.server.security == Security::Tls
        ? Words::tr("Works. Encrypted from the start.")
        : Words::tr("Works. Switches to encryption before anything else is said.");
    const QString signIn
        = result.auth.isEmpty() ? Words::tr("It asks nobody to sign in.") : Words::tr("It offers sign-in.");
    QString whole = start + u' ' + identity + u' ' + signIn;
    if (!result.antivirus.isEmpty())
        whole += u' '
            + Words::tr("%1 looks into the connection, as this computer allows it to.")
                  .arg(quoted(result.antivirus));
    return whole;
}

QString slowSentence(const PortResult &result)
{
    return Words::tr("Works, but the server takes %1 to answer. Some servers wait like this against spam.")
        .arg(inSeconds(result.greetingDelay.value_or(result.took.value_or(std::chrono::seconds(0)))));
}

QString otherLanguageSentence(const PortResult &result)
{
    static const QHash<QString, const char *> kinds {
        { u"HTTP"_s,
          QT_TRANSLATE_NOOP("postrider::discovery::words", "This is a web server, not a mail server.") },
        { u"SSH"_s,
          QT_TRANSLATE_NOOP("postrider::discovery::words",
                            "This is a server for working on another computer, not a mail server.") },
        { u"IMAP"_s,
          QT_TRANSLATE_NOOP("postrider::discovery::words",
                            "This server is for reading mail, not for sending it.") },
        { u"POP3"_s,
          QT_TRANSLATE_NOOP("postrider::discovery::words",
                            "This server is for fetching mail, not for sending it.") },
    };
    if (const char *known = kinds.value(result.spokenInstead))
        return Words::tr(known);
    return Words::tr("Something answers here, but it is not a mail server.");
}

QString untrustedSentence(const PortResult &result)
{
    using Problem = net::TlsProblem;
    const QList<Problem> problems = result.tls ? result.tls->problems : QList<Problem>();
    if (problems.contains(Problem::PinMismatch))
        return Words::tr("%1 shows another key than the one that was trusted.").arg(host(result));
    if (problems.contains(Problem::UntrustedAuthority) && !problems.contains(Problem::SelfSigned)) {
        return Words::tr("%1 can't prove who it is: its certificate is signed by %2, which this computer "
                         "does not know.")
            .arg(host(result), quoted(result.tls->issuer));
    }
    if (problems.contains(Problem::WrongPurpose))
        return Words::tr("The certificate of %1 is not made for a server.").arg(host(result));
    if (problems.contains(Problem::WeakKey))
        return Words::tr("The certificate of %1 has a key that is too short to be safe.").arg(host(result));
    return Words::tr("%1 can't prove who it is: its certificate is signed by itself.").arg(host(result));
}

QString wrongNameSentence(const PortResult &result)
{
    const QString names = certificateNames(result);
    if (names.isEmpty())
        return Words::tr("The certificate names no server at all, so it does not prove that this is %1.")
            .arg(host(result));
    return Words::tr("The certificate belongs to %1, not to %2.").arg(names, host(result));
}

QString expiredSentence(const PortResult &result)
{
    if (!result.tls || !result.tls->expires.isValid())
        return Words::tr("The certificate of %1 has expired.").arg(host(result));
    return Words::tr("The certificate of %1 expired on %2.")
        .arg(host(result), QLocale().toString(result.tls->expires.toLocalTime().date(), QLocale::LongFormat));
}

QString interceptedSentence(const PortResult &result)
{
    const QString issuer = result.tls ? result.tls->issuer.simplified() : QString();
    const QString program = result.antivirus.isEmpty() ? issuer : result.antivirus;
    if (program.isEmpty())
        return Words::tr("A security program is intercepting the connection.");
    return Words::tr("%1 is intercepting the connection.").arg(quoted(program));
}

/// A refusal and the server's own words, where it gave any.
QString withWords(const QString &sentence, const PortResult &result)
{
    const QString words = quotedWords(result.serverWords);
    return words.isEmpty() ? sentence : sentence + u' ' + Words::tr("It says: %1").arg(words);
}

} // namespace

QString portTitle(const accounts::Server &server)
{
    switch (server.security) {
    case Security::Tls:
        return Words::tr("encrypted from the start");
    case Security::StartTls:
        if (server.port == RelayPort)
            return Words::tr("between servers only");
        if (server.port == AlternativePort)
            return Words::tr("alternative, switches to encryption");
        return Words::tr("switches to encryption");
    case Security::None:
        return Words::tr("not encrypted");
    }
    return {};
}

QString shortSentence(const PortResult &result)
{
    switch (result.verdict) {
    case Verdict::NotTried:
        if (result.isRunning)
            return result.isSlow ? Words::tr("connected, slow to answer…") : Words::tr("waiting…");
        return result.approach == Approach::AfterConsent ? Words::tr("waits for your word")
                                                         : Words::tr("not tried");
    case Verdict::Ok:
        if (result.server.security == Security::None)
            return Words::tr("works, without encryption");
        return result.server.port == RelayPort ? Words::tr("works, not recommended") : Words::tr("works");
    case Verdict::OkSlow:
        return Words::tr("works, slowly (%1)")
            .arg(inSeconds(result.greetingDelay.value_or(result.took.value_or(std::chrono::seconds(0)))));
    case Verdict::Refused:
        return Words::tr("nothing is listening");
    case Verdict::Timeout:
        return Words::tr("no answer, a firewall or your network may block it");
    case Verdict::Unreachable:
        return Words::tr("no way there from this network");
    case Verdict::Closed:
        return Words::tr("hangs up at once");
    case Verdict::Silent:
        return Words::tr("opens, but says nothing");
    case Verdict::NotSmtp:
        return Words::tr("answers, but is not a sending server");
    case Verdict::WrongMode:
        return Words::tr("encrypts in another way than expected");
    case Verdict::NoTls:
        return Words::tr("answers without encryption, not used");
    case Verdict::TlsStripped:
        return Words::tr("its encryption was removed on the way, not used");
    case Verdict::TlsTamper:
        return Words::tr("somebody spoke before the encryption, not used");
    case Verdict::TlsOld:
        return Words::tr("its encryption is too old, not used");
    case Verdict::TlsFailed:
        return Words::tr("its encryption broke off, not used");
    case Verdict::CertName:
        return Words::tr("encryption is offered, but its identity does not fit, not used");
    case Verdict::CertSelf:
        return Words::tr("encryption is offered, but nobody vouches for its identity, not used");
    case Verdict::CertExpired:
        return Words::tr("its certificate has expired, not used");
    case Verdict::CertFuture:
        return Words::tr("its certificate is not valid yet, not used");
    case Verdict::CertAv:
        return Words::tr("intercepted by a security program, not used");
    case Verdict::NoAuth:
        return Words::tr("answers, but offers no sign-in, not used");
    case Verdict::AuthUnsupported:
        return Words::tr("offers no sign-in that Postrider knows");
    case Verdict::Busy:
        return Words::tr("busy at the moment");
    case Verdict::Rate:
        return Words::tr("asked too often, wants a pause");
    case Verdict::RejectClient:
        return Words::tr("refuses this network");
    case Verdict::DnsNotFound:
        return Words::tr("there is no such name");
    case Verdict::DnsFailed:
        return Words::tr("its name could not be looked up");
    case Verdict::AllMailBlocked:
        return Words::tr("blocked by your network");
    case Verdict::Offline:
        return Words::tr("offline");
    case Verdict::Captive:
        return Words::tr("this network wants you to sign in first");
    case Verdict::NoSendSrv:
        return Words::tr("is said not to exist");
    case Verdict::NeedOAuth:
        return Words::tr("works, wants sign-in in the browser");
    case Verdict::NeedAppPassword:
        return Words::tr("works, wants an app password");
    case Verdict::EnableFirst:
        return Words::tr("must be switched on at the provider first");
    case Verdict::AuthFailed:
        return Words::tr("did not accept user name and password");
    case Verdict::SenderRefused:
        return Words::tr("does not let you send from this address");
    }
    return {};
}

QString sentence(const PortResult &result)
{
    switch (result.verdict) {
    case Verdict::NotTried:
        if (result.isRunning)
            return Words::tr("Still waiting for an answer.");
        return result.approach == Approach::AfterConsent
            ? Words::tr(
                  "Not tried: %1 belongs to another domain, and nobody vouches that it is the right one.")
                  .arg(host(result))
            : Words::tr("Not tried: it was not needed.");
    case Verdict::Ok:
        return worksSentence(result);
    case Verdict::OkSlow:
        return slowSentence(result);
    case Verdict::Refused:
        return Words::tr("Nothing is listening on port %1 of %2.").arg(port(result), host(result));
    case Verdict::Timeout:
        return Words::tr("No answer from %1 on port %2. A firewall, router, VPN or provider drops "
                         "connections to this port.")
            .arg(host(result), port(result));
    case Verdict::Unreachable:
        return Words::tr("This network has no way to %1.").arg(host(result));
    case Verdict::Closed:
        return Words::tr("The connection was closed before the server said anything.");
    case Verdict::Silent:
        return Words::tr("The connection opens, but nothing answers.");
    case Verdict::NotSmtp:
        return otherLanguageSentence(result);
    case Verdict::WrongMode:
        return result.server.security == Security::Tls
            ? Words::tr("Port %1 begins without encryption here.").arg(port(result))
            : Words::tr("Port %1 is encrypted from the start here.").arg(port(result));
    case Verdict::NoTls:
        return Words::tr("This port offers no encryption. Your password could be read by others.");
    case Verdict::TlsStripped:
        return Words::tr("The server normally offers encryption, but something on the way removed it.");
    case Verdict::TlsTamper:
        return Words::tr("Something was said before the encryption began. Stopped for your safety.");
    case Verdict::TlsOld:
        return Words::tr("The server only knows an encryption that is no longer safe.");
    case Verdict::TlsFailed:
        return Words::tr("The connection broke off while the encryption was being agreed on.");
    case Verdict::CertName:
        return wrongNameSentence(result);
    case Verdict::CertSelf:
        return untrustedSentence(result);
    case Verdict::CertExpired:
        return expiredSentence(result);
    case Verdict::CertFuture:
        return Words::tr("The certificate of %1 is not valid yet. Perhaps this computer's date is wrong.")
            .arg(host(result));
    case Verdict::CertAv:
        return interceptedSentence(result);
    case Verdict::NoAuth:
        return Words::tr("Answers, but does not offer sign-in: it receives mail, it does not send yours.");
    case Verdict::AuthUnsupported:
        return Words::tr("Offers only ways to sign in that Postrider can't use.");
    case Verdict::Busy:
        return withWords(Words::tr("The server is busy at the moment."), result);
    case Verdict::Rate:
        return withWords(Words::tr("The server was asked too often and wants a pause."), result);
    case Verdict::RejectClient:
        return withWords(Words::tr("The server refuses this network."), result);
    case Verdict::DnsNotFound:
        return Words::tr("There is no server with the name %1.").arg(host(result));
    case Verdict::DnsFailed:
        return Words::tr("The name %1 could not be looked up.").arg(host(result));
    case Verdict::AllMailBlocked:
        return Words::tr("Your network or VPN blocks this port.");
    case Verdict::Offline:
        return Words::tr("This computer is offline.");
    case Verdict::Captive:
        return Words::tr("This network wants you to sign in first.");
    case Verdict::NoSendSrv:
        return Words::tr("The domain says that it has no sending server.");
    case Verdict::NeedOAuth:
        return Words::tr("%1 works, but does not accept passwords any more: it wants sign-in in the browser.")
            .arg(host(result));
    case Verdict::NeedAppPassword:
        return Words::tr("%1 works, but wants an app password.").arg(host(result));
    case Verdict::EnableFirst:
        return Words::tr("%1 must first be told to allow mail programs.").arg(host(result));
    case Verdict::AuthFailed:
        return withWords(Words::tr("%1 did not accept the user name or the password.").arg(host(result)),
                         result);
    case Verdict::SenderRefused:
        return withWords(
            Words::tr("Signed in, but %1 does not let you send from this address.").arg(host(result)),
            result);
    }
    return {};
}

QString advice(const PortResult &result)
{
    switch (result.verdict) {
    case Verdict::NotTried:
        return result.approach == Approach::AfterConsent && !result.isRunning
            ? Words::tr("If you know this server, type its name.")
            : QString();
    case Verdict::Refused:
        return Words::tr("Use another port, or check the server's name.");
    case Verdict::Ok:
        return result.server.port == RelayPort && result.server.security != Security::None
            ? Words::tr("Use it only when nothing else answers: it is meant for mail between servers, and "
                        "most networks block it.")
            : QString();
    case Verdict::OkSlow:
        return Words::tr("Postrider waits long enough for it.");
    case Verdict::Timeout:
        return Words::tr("Use another port, or try on another network.");
    case Verdict::Unreachable:
        return Words::tr("Check the connection of this computer.");
    case Verdict::Closed:
        return Words::tr("Use another port. If all of them do this, try on another network.");
    case Verdict::Silent:
        return Words::tr("Use another port, or try again later.");
    case Verdict::NotSmtp:
        return Words::tr("Check the server's name and the port.");
    case Verdict::WrongMode:
        return Words::tr("Postrider tries this port in the other way by itself.");
    case Verdict::NoTls:
        return Words::tr("Use another port.");
    case Verdict::TlsStripped:
        return Words::tr("Use a port that is encrypted from the start, or another network.");
    case Verdict::TlsTamper:
        return Words::tr("Try on another network.");
    case Verdict::TlsOld:
        return Words::tr("Ask the provider for a newer server.");
    case Verdict::TlsFailed:
        return Words::tr("Use another port, or ask the provider.");
    case Verdict::CertName:
        return result.suggestedHost.isEmpty()
            ? Words::tr("Ask the provider for the right name of the sending server.")
            : Words::tr("Use the name %1 instead: it leads to the same computer.")
                  .arg(inert(result.suggestedHost));
    case Verdict::CertSelf:
        return Words::tr("If you run this server, compare its fingerprint under Details and trust it while "
                         "you set up the account. Otherwise ask the provider.");
    case Verdict::CertExpired:
        return Words::tr("Ask the provider to renew it. If it should still be valid, check this computer's "
                         "date.");
    case Verdict::CertFuture:
        return Words::tr("Check this computer's date and time.");
    case Verdict::CertAv:
        return Words::tr("Tell the security program to leave mail alone, then try again.");
    case Verdict::NoAuth:
        return Words::tr("Use the name of the provider's sending server instead.");
    case Verdict::AuthUnsupported:
        return Words::tr("Ask the provider for another way to sign in.");
    case Verdict::Busy:
        return Words::tr("Try again in a few minutes.");
    case Verdict::Rate:
        return Words::tr("Wait for a while: more tries make the pause longer.");
    case Verdict::RejectClient:
        return Words::tr("Try on another network, or ask the provider.");
    case Verdict::DnsNotFound:
        return Words::tr("Check how the name is spelled.");
    case Verdict::DnsFailed:
        return Words::tr("Check the connection of this computer, then try again.");
    case Verdict::AllMailBlocked:
        return Words::tr("Use another network, or switch the VPN off.");
    case Verdict::Offline:
        return Words::tr("Try again when the connection is back.");
    case Verdict::Captive:
        return Words::tr("Open a web page, sign in there, then try again.");
    case Verdict::NoSendSrv:
        return Words::tr("Ask the provider how mail is sent.");
    case Verdict::NeedOAuth:
        return Words::tr("Sign in with the browser.");
    case Verdict::NeedAppPassword:
        return Words::tr("Make an app password at the provider and use it here.");
    case Verdict::EnableFirst:
        return Words::tr("Switch it on in the provider's settings, then try again.");
    case Verdict::AuthFailed:
        return Words::tr("Check both. Some providers want an app password here.");
    case Verdict::SenderRefused:
        return Words::tr("Use an address that belongs to this account.");
    }
    return {};
}

QString timeWords(const PortResult &result)
{
    return result.took && result.verdict != Verdict::NotTried ? inSeconds(*result.took) : QString();
}

} // namespace postrider::discovery
