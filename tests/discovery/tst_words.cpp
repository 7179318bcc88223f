// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/candidatefinder.h"
#include "discovery/words.h"
#include "support/reportrows.h"

#include <QtTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace postrider::discovery;
using namespace postrider::support;
using postrider::accounts::Security;

namespace {

/// What a person who only wants to send mail should not have to know.
const QRegularExpression &protocolWords()
{
    static const QRegularExpression words(
        uR"(\b(?:E?SMTPS?|SSL|START-?TLS|TLS|AUTH|EHLO|HELO|IMAP|POP3?|HTTPS?|SSH|DNS|MX|SRV|SASL|OAuth|XOAUTH2|PLAIN|LOGIN|GSSAPI|NTLM|TCP|SYN|RFC|RCPT|X\.?509|SAN|PKI|CA|ISPDB|autoconfig|handshake|protocol|authentication|credentials|hostname|socket|timeout|localhost)\b)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words;
}

/// Words that the program never says.
const QRegularExpression &unwantedWords()
{
    static const QRegularExpression words(uR"(\b(?:please|error|failed to|invalid)\b|!)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words;
}

QByteArray complaintAbout(const QString &text)
{
    for (const QRegularExpression &words : { protocolWords(), unwantedWords() }) {
        if (const auto match = words.match(text); match.hasMatch())
            return '"' + match.captured().toUtf8() + "\" in: " + text.toUtf8();
    }
    return {};
}

/// Everything that layer 1 can say of a report.
QStringList layerOne(const Report &report)
{
    const QString domain = report.query.domain;
    QStringList texts { sentence(report), advice(report), proxyWords(report) };
    if (report.recommended)
        texts << reason(*report.recommended) << consentQuestion(*report.recommended, report.query);
    for (const SourceStep &step : report.steps)
        texts << stepLine(step, domain);
    for (const PortResult &row : report.ports) {
        texts << portTitle(row.server) << shortSentence(row) << sentence(row) << advice(row)
              << sourceWords(row.source, domain) << timeWords(row);
    }
    return texts;
}

/// Rows whose words depend on more than the verdict.
QList<PortResult> specialRows()
{
    using Problem = postrider::net::TlsProblem;
    QList<PortResult> rows;
    for (const QString &language : { u"HTTP"_s, u"SSH"_s, u"IMAP"_s, u"POP3"_s }) {
        rows += portRow(Verdict::NotSmtp);
        rows.last().spokenInstead = language;
    }
    for (const Problem problem : { Problem::SelfSigned, Problem::UntrustedAuthority, Problem::WrongPurpose,
                                   Problem::WeakKey, Problem::PinMismatch }) {
        rows += workingRow(465);
        rows.last().verdict = Verdict::CertSelf;
        rows.last().tls->problems = { problem };
    }
    for (const Verdict verdict :
         { Verdict::CertName, Verdict::CertExpired, Verdict::CertFuture, Verdict::CertAv }) {
        rows += workingRow(465);
        rows.last().verdict = verdict;
        rows.last().suggestedHost = u"server7.hoster.example"_s;
    }
    rows += workingRow(1025, u"127.0.0.1"_s);
    rows.last().server.security = Security::None;
    rows += workingRow(465);
    rows.last().antivirus = u"Example Shield"_s;
    rows += workingRow(465);
    rows.last().auth.clear();
    rows += portRow(Verdict::NotTried);
    rows.last().isRunning = true;
    rows += rows.last();
    rows.last().isSlow = true;
    rows += portRow(Verdict::NotTried);
    rows.last().approach = Approach::AfterConsent;
    rows += portRow(Verdict::WrongMode, 465);
    rows += portRow(Verdict::WrongMode, 587);
    return rows;
}

} // namespace

class WordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVerdict_hasItsOwnSentence();
    void everyVerdict_hasItsOwnShortSentence();
    void verdictsOfAWholeSearch_differ();
    void everyPortButAGoodOne_saysWhatToDo();
    void sentenceOfAFinding_namesServerAndNumbers();
    void whatMakesRowsDiffer_isSaid();
    void everyWord_isForPeople();
    void details_haveWhatAnAdministratorAsksFor();
    void copiedReport_hasNeitherAddressNorPassword();
    void maskedReport_namesNoComputer();
    void maskedNames_stayTheSame();
    void serversWords_areInert();
    void serverOfAnotherDomain_isNamedInFull();
    void typedServer_isNamedInPlaceOfTheDomain();
    void whatComesBeforeSigningIn_isSaid_data();
    void whatComesBeforeSigningIn_isSaid();
    void settingsDatabase_isNamedAsItIsAsked();
};

void WordsTest::everyVerdict_hasItsOwnSentence()
{
    QHash<QString, QString> sentences;
    for (const Verdict verdict : allVerdicts()) {
        const QString words = sentence(portRow(verdict));
        QVERIFY2(words.size() > 10 && words.endsWith(u'.'), qPrintable(code(verdict) + u": "_s + words));
        QVERIFY2(!sentences.contains(words), qPrintable(code(verdict) + u" and "_s + sentences[words]));
        sentences.insert(words, code(verdict));
    }
}

void WordsTest::everyVerdict_hasItsOwnShortSentence()
{
    QHash<QString, QString> sentences;
    for (const Verdict verdict : allVerdicts()) {
        const QString words = shortSentence(portRow(verdict));
        QVERIFY2(!words.isEmpty() && words.at(0).isLower(), qPrintable(code(verdict)));
        QVERIFY2(!sentences.contains(words), qPrintable(code(verdict) + u" and "_s + sentences[words]));
        sentences.insert(words, code(verdict));
    }
}

void WordsTest::verdictsOfAWholeSearch_differ()
{
    QHash<QString, QString> sentences;
    for (const Verdict verdict : allVerdicts()) {
        if (verdict == Verdict::Ok || verdict == Verdict::OkSlow)
            continue;
        const QString words = sentence(failedReport(verdict));
        QVERIFY2(!words.isEmpty(), qPrintable(code(verdict)));
        QVERIFY2(!sentences.contains(words), qPrintable(code(verdict) + u" and "_s + sentences[words]));
        QVERIFY2(!advice(failedReport(verdict)).isEmpty(), qPrintable(code(verdict)));
        sentences.insert(words, code(verdict));
    }
}

void WordsTest::everyPortButAGoodOne_saysWhatToDo()
{
    for (const Verdict verdict : allVerdicts()) {
        const bool isFine = verdict == Verdict::Ok || verdict == Verdict::NotTried;
        QCOMPARE(advice(portRow(verdict)).isEmpty(), isFine);
    }
    QVERIFY(!advice(portRow(Verdict::Ok, 25)).isEmpty());
}

void WordsTest::sentenceOfAFinding_namesServerAndNumbers()
{
    const Report report = foundReport();
    QCOMPARE(sentence(report), u"Use smtp.example.org, port 465, encrypted from the start."_s);
    QVERIFY(advice(report).isEmpty());

    Report slow = report;
    slow.verdict = Verdict::OkSlow;
    slow.ports.first().verdict = Verdict::OkSlow;
    slow.ports.first().greetingDelay = std::chrono::milliseconds(17'240);
    QVERIFY(sentence(slow).contains(u"17 s"_s));
    QCOMPARE(shortSentence(slow.ports.first()), u"works, slowly (17 s)"_s);

    Report running = failedReport(Verdict::NotTried);
    running.isSettled = running.isFinished = false;
    QVERIFY(sentence(running).contains(u"example.org"_s));
    QVERIFY(advice(running).isEmpty());
}

void WordsTest::whatMakesRowsDiffer_isSaid()
{
    QSet<QString> sentences;
    const QList<PortResult> rows = specialRows();
    for (const PortResult &row : rows)
        sentences += sentence(row);
    // The two that run differ in their short sentences only.
    QCOMPARE(sentences.size(), rows.size() - 1);

    PortResult name = workingRow(465);
    name.verdict = Verdict::CertName;
    name.tls->names = { "server7.hoster.example" };
    QVERIFY(sentence(name).contains(u"server7.hoster.example"_s));
    QVERIFY(sentence(name).contains(u"smtp.example.org"_s));
    QVERIFY(!advice(name).contains(u"server7"_s));
    name.suggestedHost = u"server7.hoster.example"_s;
    QVERIFY(advice(name).contains(u"server7.hoster.example"_s));
    QCOMPARE(shortSentence(portRow(Verdict::Ok, 25)), u"works, not recommended"_s);
}

void WordsTest::everyWord_isForPeople()
{
    QList<Report> reports { foundReport() };
    for (const Verdict verdict : allVerdicts())
        reports += failedReport(verdict);
    Report special = foundReport();
    special.ports += specialRows();
    special.ports.last().isProxied = true;
    special.steps.clear();
    for (int source = 0; source <= static_cast<int>(Source::Guess); ++source) {
        for (int state = 0; state <= static_cast<int>(StepState::Skipped); ++state) {
            special.steps += { static_cast<Source>(source), static_cast<StepState>(state), {} };
            special.steps += { static_cast<Source>(source), static_cast<StepState>(state), u"Example"_s };
        }
        PortResult row = workingRow(465);
        row.source = static_cast<Source>(source);
        special.ports += row;
    }
    reports += special;
    for (int reason = 0; reason <= static_cast<int>(Reason::ThisComputer); ++reason) {
        Report report = foundReport();
        report.recommended->reason = static_cast<Reason>(reason);
        report.recommended->trust = Trust::Confirm;
        report.laterBetter = report.ports.at(1).server;
        reports += report;
        report.onlyWithConsent = report.recommended;
        report.recommended.reset();
        report.freshness = Freshness::NetworkChanged;
        reports += report;
    }
    for (const Report &report : std::as_const(reports)) {
        for (const QString &text : layerOne(report)) {
            // The server's name is its own matter.
            const QByteArray complaint = complaintAbout(QString(text).remove(u"smtp."_s));
            QVERIFY2(complaint.isEmpty(), complaint.constData());
            QVERIFY2(!text.contains(u'%'), qPrintable(text));
        }
    }
    // The search for such words finds one.
    QVERIFY(!complaintAbout(u"Use STARTTLS."_s).isEmpty());
    QVERIFY(!complaintAbout(details(workingRow(465))).isEmpty());
}

void WordsTest::details_haveWhatAnAdministratorAsksFor()
{
    const QString text = details(workingRow(465));
    for (const QString &part :
         { u"smtp.example.org:465"_s, u"2001:db8::25: TIMEOUT after 5000 ms"_s,
           u"192.0.2.25: connected after 23 ms"_s, u"Greeting after 40 ms: 220 smtp.example.org"_s,
           u"TLS 1.3, TLS_AES_256_GCM_SHA384"_s, u"smtp.example.org, *.mail.example.org"_s,
           u"Example Authority"_s, u"2031-05-06T07:08:00Z"_s, u"0A:0A"_s, u"0B:0B"_s, u"8BITMIME"_s,
           u"PLAIN, LOGIN"_s, u"GSSAPI"_s, u"35.9 MB"_s, u"230 ms"_s })
        QVERIFY2(text.contains(part), qPrintable(part + u" is not in:\n"_s + text));

    PortResult refused = portRow(Verdict::RejectClient, 465, u"2001:db8::1"_s);
    refused.serverWords = "554 5.7.1 Your network is not welcome";
    refused.technicalReason = u"wrong version number"_s;
    QVERIFY(details(refused).contains(u"[2001:db8::1]:465"_s));
    QVERIFY(details(refused).contains(u"554 5.7.1 Your network is not welcome"_s));
    QVERIFY(details(refused).contains(u"wrong version number"_s));
}

void WordsTest::copiedReport_hasNeitherAddressNorPassword()
{
    Report report = foundReport();
    report.recommended->trust = Trust::Confirm;
    for (const HostNames names : { HostNames::Shown, HostNames::Masked }) {
        const QString text = plainText(report, names);
        QVERIFY2(!text.contains(u"ann"_s, Qt::CaseInsensitive)
                     && !text.contains(u"lee"_s, Qt::CaseInsensitive),
                 qPrintable(text));
        QVERIFY(!text.contains(u'@'));
        for (const QString &part :
             { u":465"_s, u":587"_s, u":2525"_s, u":25 "_s, u"TIMEOUT"_s, u"TLS 1.3"_s })
            QVERIFY2(text.contains(part), qPrintable(part + u" is not in:\n"_s + text));
    }
    QVERIFY(plainText(report, HostNames::Shown).contains(u"smtp.example.org"_s));
}

void WordsTest::maskedReport_namesNoComputer()
{
    Report report = foundReport();
    report.ports += workingRow(465, u"mailhost"_s);
    report.ports += workingRow(465, u"2001:db8:0:1::77"_s);
    report.ports += workingRow(465, u"mail.bücher.example"_s);
    report.ports.last().tls->names = { "*.xn--bcher-kva.example", "192.0.2.77" };
    report.ports.last().serverWords = "554 go away, 198.51.100.9 (dsl-9.access.example.net)";
    const QString text = plainText(report, HostNames::Masked);
    for (const QString &name : { u"example.org"_s, u"example.net"_s, u"mailhost"_s, u"2001:db8"_s,
                                 u"192.0.2"_s, u"bücher"_s, u"bcher"_s, u"198.51"_s, u"dsl-9"_s })
        QVERIFY2(!text.contains(name), qPrintable(name + u" is in:\n"_s + text));
    // What is no name stays.
    for (const QString &part : { u"TLS 1.3"_s, u"2031-05-06T07:08:00Z"_s, u"0A:0A:0A"_s, u"35.9 MB"_s })
        QVERIFY2(text.contains(part), qPrintable(part + u" is not in:\n"_s + text));
}

void WordsTest::maskedNames_stayTheSame()
{
    const QString text = plainText(foundReport(), HostNames::Masked);
    const QRegularExpression ways(uR"((name-\d+):(?:465|587|2525|25)\b)"_s);
    QSet<QString> names;
    auto matches = ways.globalMatch(text);
    while (matches.hasNext())
        names += matches.next().captured(1);
    QCOMPARE(names.size(), 1);
}

void WordsTest::serversWords_areInert()
{
    PortResult row = portRow(Verdict::RejectClient);
    row.serverWords = "554 \x1b[31mgo\xe2\x80\xae away";
    row.greeting = "220 \x1b]0;x\x07";
    for (const QString &text : { sentence(row), details(row) }) {
        QVERIFY(!text.contains(u'\x1b'));
        QVERIFY(!text.contains(u'\u202e'));
    }
    QVERIFY(sentence(row).contains(u"“"_s));
}

void WordsTest::serverOfAnotherDomain_isNamedInFull()
{
    Report report = foundReport();
    report.recommended->server.host = u"a-very-long-name-of-a-server-that-must-not-be-cut.hoster.example"_s;
    report.recommended->trust = Trust::Confirm;
    report.recommended->source = Source::Mx;
    const QString words = advice(report);
    QVERIFY(words.contains(report.recommended->server.host));
    QVERIFY(words.contains(u"example.org"_s));
}

void WordsTest::typedServer_isNamedInPlaceOfTheDomain()
{
    for (const Verdict verdict : { Verdict::Refused, Verdict::Timeout, Verdict::DnsNotFound,
                                   Verdict::Unreachable, Verdict::NotTried }) {
        Report report = failedReport(verdict);
        report.typedHosts = { u"mail.example.net"_s };
        QVERIFY2(sentence(report).contains(u"mail.example.net"_s), qPrintable(sentence(report)));
        QVERIFY2(!sentence(report).contains(u"example.org"_s), qPrintable(sentence(report)));
    }
}

void WordsTest::whatComesBeforeSigningIn_isSaid_data()
{
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("word");
    QTest::newRow("browser") << Verdict::NeedOAuth << u"browser"_s;
    QTest::newRow("app password") << Verdict::NeedAppPassword << u"app password"_s;
    QTest::newRow("to be allowed") << Verdict::EnableFirst << u"mail programs"_s;
}

void WordsTest::whatComesBeforeSigningIn_isSaid()
{
    QFETCH(Verdict, verdict);
    QFETCH(QString, word);
    Report report = foundReport();
    report.verdict = verdict;
    report.hostedAt = u"Example Mail"_s;
    report.recommended->server.host = u"mail.example.org"_s;
    for (const QString &text : { sentence(report), advice(report) })
        QVERIFY2(text.contains(word) && text.contains(u"Example Mail"_s), qPrintable(text));
    QVERIFY(sentence(report).contains(u"mail.example.org, port 465"_s));
    for (const QString &text : { sentence(report), advice(report) })
        QCOMPARE(complaintAbout(text), QByteArray());
    // A provider that the table knows has steps of its own.
    report.hostedAt.clear();
    report.providerId = u"gmail"_s;
    QVERIFY2(sentence(report).contains(u"Gmail"_s), qPrintable(sentence(report)));
}

void WordsTest::settingsDatabase_isNamedAsItIsAsked()
{
    const QString words = databaseWords(foundReport().query);
    QVERIFY(words.contains(SettingsDatabaseHost));
    QVERIFY(words.contains(u"example.org"_s));
    QVERIFY(!words.contains(u"Ann"_s, Qt::CaseInsensitive));
}

QTEST_GUILESS_MAIN(WordsTest)
#include "tst_words.moc"
