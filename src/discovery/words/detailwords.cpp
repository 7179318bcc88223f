// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/detailwords.h"

#include "base/version.h"
#include "discovery/words/phrases.h"
#include "discovery/words/portwords.h"
#include "discovery/words/reportwords.h"

#include <QHash>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace postrider::discovery {

using accounts::Security;

namespace {

QString milliseconds(std::chrono::milliseconds time)
{
    return Words::tr("%1 ms").arg(QLocale::c().toString(static_cast<qlonglong>(time.count())));
}

QString list(const QByteArrayList &words)
{
    return inert(QString::fromUtf8(words.join(", ")));
}

/// "AB:CD:…", as certificate viewers show it.
QString fingerprint(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

QString securityWords(Security security)
{
    switch (security) {
    case Security::Tls:
        return Words::tr("TLS from the first octet");
    case Security::StartTls:
        return Words::tr("STARTTLS");
    case Security::None:
        return Words::tr("no encryption");
    }
    return {};
}

QString problemWords(net::TlsProblem problem)
{
    using Problem = net::TlsProblem;
    switch (problem) {
    case Problem::WrongName:
        return Words::tr("made for another name");
    case Problem::SelfSigned:
        return Words::tr("signed by itself");
    case Problem::UntrustedAuthority:
        return Words::tr("signed by an unknown authority");
    case Problem::Expired:
        return Words::tr("expired");
    case Problem::NotYetValid:
        return Words::tr("not valid yet");
    case Problem::WrongPurpose:
        return Words::tr("not made for a server");
    case Problem::WeakKey:
        return Words::tr("key too short");
    case Problem::PinMismatch:
        return Words::tr("another key than the one that was trusted");
    case Problem::Other:
        return Words::tr("not accepted");
    }
    return {};
}

void addCertificate(QStringList &lines, const net::TlsReport &tls)
{
    lines += Words::tr("Encryption: %1, %2").arg(tls.version, tls.cipher);
    QStringList names;
    for (const QByteArray &name : tls.names)
        names += inert(QString::fromUtf8(name));
    lines
        += Words::tr("Certificate for: %1").arg(names.isEmpty() ? Words::tr("nobody") : names.join(u", "_s));
    if (!tls.issuer.isEmpty())
        lines += Words::tr("Issued by: %1").arg(inert(tls.issuer));
    if (tls.expires.isValid())
        lines += Words::tr("Valid until: %1").arg(tls.expires.toUTC().toString(Qt::ISODate));
    if (!tls.certificateSha256.isEmpty())
        lines += Words::tr("SHA-256 of the certificate: %1").arg(fingerprint(tls.certificateSha256));
    if (!tls.keySha256.isEmpty())
        lines += Words::tr("SHA-256 of its key: %1").arg(fingerprint(tls.keySha256));
    QStringList problems;
    for (const net::TlsProblem problem : tls.problems)
        problems += problemWords(problem);
    lines += problems.isEmpty()
        ? Words::tr("The certificate is accepted.")
        : Words::tr("The certificate is not accepted: %1").arg(problems.join(u", "_s));
}

void addConversation(QStringList &lines, const PortResult &result)
{
    if (!result.greeting.isEmpty()) {
        const QString greeting = inert(QString::fromUtf8(result.greeting));
        lines += result.greetingDelay
            ? Words::tr("Greeting after %1: %2").arg(milliseconds(*result.greetingDelay), greeting)
            : Words::tr("Greeting: %1").arg(greeting);
    }
    if (!result.spokenInstead.isEmpty())
        lines += Words::tr("Speaks %1, not SMTP").arg(inert(result.spokenInstead));
    if (result.tls)
        addCertificate(lines, *result.tls);
    if (!result.antivirus.isEmpty())
        lines += Words::tr("Intercepted by: %1").arg(inert(result.antivirus));
    if (!result.keywords.isEmpty())
        lines += Words::tr("EHLO: %1").arg(list(result.keywords));
    if (!result.auth.isEmpty())
        lines += Words::tr("AUTH, usable, best first: %1").arg(list(result.auth));
    if (!result.otherAuth.isEmpty())
        lines += Words::tr("AUTH, not usable: %1").arg(list(result.otherAuth));
    if (result.sizeLimit) {
        lines += Words::tr("Largest message: %1")
                     .arg(*result.sizeLimit > 0
                              ? QLocale().formattedDataSize(*result.sizeLimit, 1, QLocale::DataSizeSIFormat)
                              : Words::tr("no limit named"));
    }
    if (!result.serverWords.isEmpty())
        lines += Words::tr("The server said: %1").arg(inert(QString::fromUtf8(result.serverWords)));
    if (!result.technicalReason.isEmpty())
        lines += Words::tr("Reason: %1").arg(inert(result.technicalReason));
}

/// Puts the same word in the place of each name and address of a computer, and nothing in that of a mail
/// address.
class Mask
{
public:
    explicit Mask(const Report &report)
    {
        // Names of one label look like words; these are known to be names.
        known(report.query.host);
        known(report.query.domain);
        for (const PortResult &result : report.ports)
            known(result.server.host);
    }

    [[nodiscard]] QString masked(const QString &text)
    {
        // An IPv6 address, an IPv4 address, or labels of which the last is no number.
        static const QRegularExpression pattern(
            uR"((?<![\w.:-])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])|(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-]*\w)|[\w*-]+(?:\.[\w-]+)*\.(?:xn--[\w-]+|\p{L}{2,})(?![\w-]))"_s,
            QRegularExpression::UseUnicodePropertiesOption);
        QString result;
        qsizetype end = 0;
        auto matches = pattern.globalMatch(text);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            result += text.mid(end, match.capturedStart() - end) + substitute(match.captured());
            end = match.capturedEnd();
        }
        result += text.mid(end);
        for (auto name = m_words.constBegin(); name != m_words.constEnd(); ++name)
            result.replace(QRegularExpression(u"(?<![\\w-])"_s + QRegularExpression::escape(name.key())
                                              + u"(?![\\w-])"_s),
                           name.value());
        return result;
    }

private:
    void known(const QString &name)
    {
        if (!name.isEmpty() && !name.contains(u'.') && !name.contains(u':') && name != "localhost"_L1)
            m_words.insert(name, substitute(name));
    }
    QString substitute(const QString &name)
    {
        const QString key = name.toLower();
        if (!m_substitutes.contains(key)) {
            const QHostAddress address(name);
            const bool isAddress = !address.isNull();
            // The loopback is the same everywhere, and tells nothing.
            m_substitutes[key] = isAddress && address.isLoopback() ? name
                : isAddress                                        ? u"address-%1"_s.arg(++m_addresses)
                                                                   : u"name-%1"_s.arg(++m_names);
        }
        return m_substitutes.value(key);
    }

    QHash<QString, QString> m_substitutes {};
    QHash<QString, QString> m_words {}; ///< names of one label
    int m_names = 0;
    int m_addresses = 0;
};

/// A server may repeat an address that it knows from elsewhere.
QString withoutMailAddresses(QString text)
{
    static const QRegularExpression address(uR"([^\s<>"“”⁨⁩,;:()]+@[^\s<>"“”⁨⁩,;()]+)"_s);
    return text.replace(address, Words::tr("(an address)"));
}

} // namespace

QString details(const PortResult &result)
{
    QStringList lines;
    lines
        += Words::tr("%1, %2, verdict %3")
               .arg(hostAndPort(result.server), securityWords(result.server.security), code(result.verdict));
    if (result.isProxied)
        lines += Words::tr("By way of the system's proxy");
    for (const AddressAttempt &attempt : result.addresses) {
        const QString address
            = attempt.address.isNull() ? Words::tr("the proxy") : attempt.address.toString();
        const bool connected = attempt.verdict == Verdict::Ok;
        const QString outcome = connected ? Words::tr("connected") : code(attempt.verdict);
        lines += attempt.took
            ? Words::tr("%1: %2 after %3").arg(address, outcome, milliseconds(*attempt.took))
            : Words::tr("%1: %2").arg(address, outcome);
    }
    addConversation(lines, result);
    if (result.took)
        lines += Words::tr("Took %1 in all").arg(milliseconds(*result.took));
    return lines.join(u'\n');
}

QString plainText(const Report &report, HostNames names)
{
    const QString domain = report.query.domain;
    QStringList lines;
    lines += Words::tr("Sending servers for %1").arg(subjectOf(report.query));
    lines += u"Postrider %1, %2, %3"_s.arg(base::version(), report.startedAt.toUTC().toString(Qt::ISODate),
                                           milliseconds(report.elapsed));
    lines += code(report.verdict) + u": "_s + sentence(report);
    // What to do before a server is trusted names the domain a second time, and is for the person alone.
    if (!report.recommended) {
        if (const QString help = advice(report); !help.isEmpty())
            lines += help;
    } else {
        lines += reason(*report.recommended);
    }
    if (const QString proxy = proxyWords(report); !proxy.isEmpty())
        lines += proxy;
    lines += QString();
    for (const SourceStep &step : report.steps)
        lines += stepLine(step, domain);
    for (const PortResult &result : report.ports) {
        lines += QString();
        lines += hostAndPort(result.server) + u"  "_s + sentence(result);
        if (const QString help = advice(result); !help.isEmpty())
            lines += u"  "_s + help;
        lines += u"  "_s + Words::tr("The name is %1.").arg(sourceWords(result.source, domain));
        const QStringList more = details(result).split(u'\n');
        for (const QString &line : more)
            lines += u"  "_s + line;
    }
    const QString text = withoutMailAddresses(lines.join(u'\n') + u'\n');
    return names == HostNames::Masked ? Mask(report).masked(text) : text;
}

} // namespace postrider::discovery
