// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/reportwords.h"

#include "discovery/candidatefinder.h"
#include "discovery/providers.h"
#include "discovery/words/hintwords.h"
#include "discovery/words/phrases.h"
#include "discovery/words/portwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::discovery {

using accounts::Security;

namespace {

/// "smtp.example.org, port 465, encrypted from the start"
QString wayWords(const accounts::Server &server)
{
    //: A server's name, its port, and how the connection is protected.
    return Words::tr("%1, port %2, %3")
        .arg(inert(server.host), QString::number(server.port), portTitle(server));
}

const PortResult *recommendedPort(const Report &report)
{
    const auto found
        = std::find_if(report.ports.begin(), report.ports.end(), [&report](const PortResult &result) {
              return report.recommended && result.server == report.recommended->server;
          });
    return found == report.ports.end() ? nullptr : &*found;
}

const Provider *knownProvider(const Report &report)
{
    return report.providerId ? ProviderTable::builtIn().byId(*report.providerId) : nullptr;
}

/// Who takes the domain's mail, or else the domain itself.
QString provider(const Report &report)
{
    if (!report.hostedAt.isEmpty())
        return inert(report.hostedAt);
    const Provider *known = knownProvider(report);
    return known ? known->name : subjectOf(report.query);
}

/// What was tried: the names that a person typed last of all, or what the search is for.
QString triedOf(const Report &report)
{
    if (report.typedHosts.isEmpty())
        return subjectOf(report.query);
    QStringList hosts;
    for (const QString &host : report.typedHosts)
        hosts += inert(host);
    return hosts.join(u", "_s);
}

QString foundSentence(const Report &report)
{
    const QString way = wayWords(report.recommended->server);
    switch (report.verdict) {
    case Verdict::NeedOAuth:
        //: A server and its port, and a provider's name.
        return Words::tr("Use %1, and sign in with the browser: %2 takes no passwords from mail programs.")
            .arg(way, provider(report));
    case Verdict::NeedAppPassword:
        //: A server and its port, and a provider's name.
        return Words::tr("Use %1, with an app password: %2 does not take the usual one from mail programs.")
            .arg(way, provider(report));
    case Verdict::EnableFirst:
        //: A server and its port, and a provider's name.
        return Words::tr("Use %1, once mail programs are allowed in the settings of %2.")
            .arg(way, provider(report));
    default:
        break;
    }
    if (report.verdict == Verdict::OkSlow) {
        const PortResult *result = recommendedPort(report);
        const auto waited = result ? result->greetingDelay.value_or(report.elapsed) : report.elapsed;
        return Words::tr("Use %1. It works, but takes %2 to answer; some servers wait like this against "
                         "spam.")
            .arg(way, inSeconds(waited));
    }
    return Words::tr("Use %1.").arg(way);
}

QString notFoundSentence(const Report &report)
{
    const QString subject = triedOf(report);
    if (report.onlyWithConsent) {
        return Words::tr("Only port 25 of %1 answers, which is meant for mail between servers.")
            .arg(inert(report.onlyWithConsent->server.host));
    }
    if (const auto offer = awaitingConsent(report); offer && offer->source != Source::Mx) {
        //: A server's name, and the domain that a search is about.
        return Words::tr("%1 is named for sending mail from %2. It was not connected to yet, since nobody "
                         "vouches for it.")
            .arg(inert(offer->server.host), subject);
    }
    // Of one server alone, its port says it best.
    if (report.ports.size() == 1)
        return sentence(report.ports.first());
    return Words::tr("No sending server was found for %1.").arg(subject);
}

/// The first port, in the order of the list, with the verdict that stands for the whole.
const PortResult *tellingPort(const Report &report)
{
    const auto found
        = std::find_if(report.ports.begin(), report.ports.end(),
                       [&report](const PortResult &result) { return result.verdict == report.verdict; });
    return found == report.ports.end() ? nullptr : &*found;
}

} // namespace

QString sentence(const Report &report)
{
    const QString subject = triedOf(report);
    if (report.recommended)
        return foundSentence(report);
    if (!report.isSettled && !report.isFinished) {
        return report.isSlow ? Words::tr("A server for %1 answers slowly. Still waiting…").arg(subject)
                             : Words::tr("Looking for the sending server of %1…").arg(subject);
    }
    switch (report.verdict) {
    case Verdict::Offline:
        return Words::tr("You're offline.");
    case Verdict::Captive:
        return Words::tr("This network wants you to sign in first: a web page answers in place of the mail "
                         "servers.");
    case Verdict::AllMailBlocked:
        return Words::tr("The internet works, but every mail port is silent. Your network or VPN blocks "
                         "sending.");
    case Verdict::DnsNotFound:
        return Words::tr("There is no domain or server with the name %1.").arg(subject);
    case Verdict::DnsFailed:
        return Words::tr("The name %1 could not be looked up.").arg(subject);
    case Verdict::NoSendSrv:
        return Words::tr("%1 says that it has no sending server for mail programs.").arg(subject);
    case Verdict::NeedOAuth:
        return Words::tr("%1 does not accept passwords here any more.").arg(provider(report));
    case Verdict::NeedAppPassword:
        return Words::tr("%1 wants an app password.").arg(provider(report));
    case Verdict::EnableFirst:
        return Words::tr("%1 must first be told to allow mail programs.").arg(provider(report));
    case Verdict::Refused:
        return Words::tr("Nothing that could send mail is listening at %1.").arg(subject);
    case Verdict::Timeout:
        return Words::tr("The servers for %1 do not answer.").arg(subject);
    case Verdict::Unreachable:
        return Words::tr("This network has no way to the servers of %1.").arg(subject);
    case Verdict::Silent:
        return Words::tr("Every connection opens, but nothing answers. A proxy or a security program may be "
                         "accepting them all.");
    default:
        break;
    }
    const PortResult *telling = tellingPort(report);
    if (!telling || report.onlyWithConsent || report.verdict == Verdict::NotTried)
        return notFoundSentence(report);
    if (report.ports.size() == 1)
        return sentence(*telling);
    //: What is wrong, with the port that it is best seen at.
    return Words::tr("No usable sending server was found for %1. Port %2 of %3: %4")
        .arg(subject, QString::number(telling->server.port), inert(telling->server.host), sentence(*telling));
}

QString advice(const Report &report)
{
    if (report.freshness == Freshness::NetworkChanged)
        return Words::tr("The network changed meanwhile, so try again.");
    if (report.recommended) {
        if (report.recommended->trust == Trust::Confirm)
            return consentQuestion(*report.recommended, report.query);
        if (report.laterBetter)
            return Words::tr("%1 works by now, too, and is better.").arg(wayWords(*report.laterBetter));
        return firstSteps(report);
    }
    if (!report.isSettled && !report.isFinished)
        return {};
    switch (report.verdict) {
    case Verdict::Offline:
        return Words::tr("Try again when the connection is back.");
    case Verdict::Captive:
        return Words::tr("Open a web page, sign in there, then try again.");
    case Verdict::AllMailBlocked:
        return Words::tr(
            "Try on another network, switch the VPN off, or ask who runs this network. A sending "
            "service with an alternative port may work.");
    case Verdict::DnsNotFound:
        return Words::tr("Check how it is spelled.");
    case Verdict::DnsFailed:
        return Words::tr("Check the connection of this computer, then try again.");
    case Verdict::NoSendSrv:
        return Words::tr("Ask the provider how mail is sent, and type the server's name.");
    case Verdict::Refused:
        return Words::tr("Ask the provider for the name of the sending server, and type it.");
    case Verdict::Timeout:
    case Verdict::Silent:
        return Words::tr("Try on another network, or ask the provider for the name of the sending server.");
    default:
        break;
    }
    if (report.onlyWithConsent)
        return Words::tr("Use it only if the provider says so.");
    if (report.verdict == Verdict::NotTried) {
        if (const auto offer = awaitingConsent(report))
            return consentQuestion(*offer, report.query);
    }
    if (const PortResult *telling = tellingPort(report)) {
        if (const QString help = advice(*telling); !help.isEmpty())
            return help;
    }
    return Words::tr("Ask the provider for the name of the sending server, and type it.");
}

QString firstSteps(const Report &report)
{
    const QString name = provider(report);
    const Provider *known = knownProvider(report);
    switch (report.verdict) {
    case Verdict::NeedOAuth:
        return Words::tr("Postrider opens the page of %1 in your browser, where you sign in.").arg(name);
    case Verdict::NeedAppPassword:
    case Verdict::EnableFirst:
        if (known && !hintSteps(*known).isEmpty())
            return hintSteps(*known).join(u' ');
        return report.verdict == Verdict::EnableFirst
            ? Words::tr("Sign in to %1 in your web browser, and allow mail programs in the mail settings.")
                  .arg(name)
            : Words::tr("Sign in to %1 in your web browser, and create an app password in the security "
                        "settings.")
                  .arg(name);
    default:
        return {};
    }
}

QString reason(const Recommendation &recommendation)
{
    switch (recommendation.reason) {
    case Reason::EncryptedFromStart:
        return Words::tr("It is encrypted from the first octet on, so nothing on the way can take the "
                         "encryption away or put words in, and it is the quickest.");
    case Reason::SwitchesToEncryption:
        return Words::tr("It begins in the clear and switches to encryption; Postrider insists on that.");
    case Reason::Alternative:
        return Words::tr("It is an unofficial alternative for networks that block the others; Postrider "
                         "insists on its encryption.");
    case Reason::OnlyPort25:
        return Words::tr("It is meant for mail between servers and usually blocked; nothing else answered.");
    case Reason::ThisComputer:
        return Words::tr("It is on this computer or its own network.");
    }
    return {};
}

QString sourceWords(Source source, const QString &domain)
{
    switch (source) {
    case Source::Typed:
        return Words::tr("as it was typed");
    case Source::Table:
        return Words::tr("known to Postrider");
    case Source::Autoconfig:
        return Words::tr("from the settings that %1 publishes itself").arg(inert(domain));
    case Source::Database:
        return Words::tr("from the public settings database");
    case Source::Srv:
        return Words::tr("from the name service of %1, which nobody vouches for").arg(inert(domain));
    case Source::Mx:
        return Words::tr("from where the mail of %1 arrives").arg(inert(domain));
    case Source::Guess:
        return Words::tr("guessed");
    case Source::PlainAutoconfig:
        return Words::tr("from settings of %1 that came without encryption, so that anybody on the way may "
                         "have written them")
            .arg(inert(domain));
    }
    return {};
}

QString stepTitle(const SourceStep &step, const QString &domain)
{
    switch (step.source) {
    case Source::Typed:
        return Words::tr("Typed");
    case Source::Table:
        return Words::tr("Known provider");
    case Source::Autoconfig:
        return Words::tr("Asked %1").arg(inert(domain));
    case Source::Database:
        return Words::tr("Public settings database");
    case Source::Srv:
        return Words::tr("Name service of %1").arg(inert(domain));
    case Source::Mx:
        return Words::tr("Where its mail arrives");
    case Source::Guess:
        return Words::tr("Usual names");
    case Source::PlainAutoconfig:
        return Words::tr("Asked %1 without encryption").arg(inert(domain));
    }
    return {};
}

QString stepWords(const SourceStep &step)
{
    switch (step.state) {
    case StepState::Waiting:
        return Words::tr("waits");
    case StepState::Running:
        return Words::tr("asking…");
    case StepState::Found:
        if (step.source == Source::Table || step.source == Source::Mx || step.source == Source::Typed)
            return step.found.isEmpty() ? Words::tr("yes") : inert(step.found);
        return step.found.isEmpty() ? Words::tr("found") : Words::tr("%1 recommended").arg(inert(step.found));
    case StepState::Nothing:
        return step.source == Source::Table ? Words::tr("no") : Words::tr("nothing");
    case StepState::Failed:
        return Words::tr("no answer");
    case StepState::Skipped:
        return Words::tr("not asked");
    }
    return {};
}

QString stepLine(const SourceStep &step, const QString &domain)
{
    //: A place where settings were looked for, and what came of it.
    return Words::tr("%1: %2").arg(stepTitle(step, domain), stepWords(step));
}

QString consentQuestion(const Recommendation &recommendation, const Query &query)
{
    return Words::tr(
               "Mail from %1 would be handed to %2 (%3). Use it only if you know that this is right: it "
               "will get your password.")
        .arg(subjectOf(query), inert(recommendation.server.host),
             sourceWords(recommendation.source, query.domain));
}

QString databaseWords(const Query &query)
{
    //: The first is the name of a server on the internet, the second the part of an address behind the @.
    return Words::tr(
               "%1, which volunteers keep, then hears “%2”; where another provider takes its mail, also "
               "that provider's name.")
        .arg(SettingsDatabaseHost, inert(query.domain));
}

QString proxyWords(const Report &report)
{
    const bool isProxied = std::any_of(report.ports.begin(), report.ports.end(),
                                       [](const PortResult &result) { return result.isProxied; });
    return isProxied ? Words::tr("Connections go through the proxy of this computer's settings, which looks "
                                 "up the names.")
                     : QString();
}

} // namespace postrider::discovery
