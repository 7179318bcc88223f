// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/importer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::accounts {

using Note = FoundAccount::Note;
using Notes = QList<Note>;
using Program = FoundAccount::Program;

namespace {

const auto Home = QStringLiteral(POSTRIDER_TEST_DATA "/import/home");

ImportPlaces fixture()
{
    return { .home = Home, .config = Home + u"/.config"_s, .data = Home + u"/.local/share"_s };
}

QList<FoundAccount> accountsOf(Program program)
{
    QList<FoundAccount> found = findAccounts(fixture());
    found.removeIf([program](const FoundAccount &account) { return account.program != program; });
    return found;
}

/// "tls smtp.example.org:465 ann"
QString wayOf(const Account &account)
{
    return toString(account.server.security) + u' ' + account.server.host + u':'
        + QString::number(account.server.port) + u' ' + account.user;
}

/// Every text of an account, for looking for what must not be in it.
QString allTexts(const FoundAccount &found)
{
    const Account &account = found.account;
    QStringList texts { account.name, account.email,     account.displayName, account.replyTo,
                        account.user, account.signature, account.server.host, account.caFile };
    texts += account.command;
    for (const Identity &identity : account.identities)
        texts += { identity.email, identity.displayName, identity.replyTo, identity.signature };
    return texts.join(u'\n');
}

} // namespace

/// What other programs' accounts become.
class TestImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProgram_isFound();
    void passwords_areNeverRead();
    void thunderbird_groupsIdentitiesByServer();
    void thunderbird_takesSignatures();
    void thunderbird_saysWhatCannotBeTakenOver();
    void kmail_hasTransportsAndIdentities();
    void evolution_joinsItsSources();
    void geary_usesTheIncomingLogin();
    void claws_hasServersAndCommands();
    void sylpheed_hasItsOwnFile();
    void msmtp_inherits();
    void noEncryption_isNeverTakenOverSilently();
    void mobileConfig_isRead();
    void mobileConfig_signedIsReadAndSaid();
    void mobileConfig_withADeclaration_isRefused();
    void providerSettings_haveNoAddress();
    void singleFiles_areKnownByTheirForm_data();
    void singleFiles_areKnownByTheirForm();
    void strangeFiles_haveTheirReason_data();
    void strangeFiles_haveTheirReason();
    void hostileHome_endsSoon();
    void nothingThere_findsNothing();
};

void TestImport::everyProgram_isFound()
{
    const QList<FoundAccount> found = findAccounts(fixture());
    for (const Program program : { Program::Thunderbird, Program::KMail, Program::Evolution, Program::Geary,
                                   Program::Claws, Program::Sylpheed, Program::Msmtp }) {
        const bool isThere = std::any_of(found.begin(), found.end(), [program](const FoundAccount &account) {
            return account.program == program;
        });
        QVERIFY2(isThere, qPrintable(programName(program)));
    }
    for (const FoundAccount &account : found) {
        QVERIFY(account.account.id.isEmpty());
        QVERIFY(!account.account.name.isEmpty());
    }
}

void TestImport::passwords_areNeverRead()
{
    QList<FoundAccount> found = findAccounts(fixture());
    const auto profile
        = readAccountFile(QStringLiteral(POSTRIDER_TEST_DATA "/import/files/profile.mobileconfig"));
    QVERIFY(profile);
    found += *profile;
    QVERIFY(found.size() >= 15);
    for (const FoundAccount &account : std::as_const(found))
        QVERIFY2(!allTexts(account).contains(u"needle"), qPrintable(account.account.name));
}

void TestImport::thunderbird_groupsIdentitiesByServer()
{
    const QList<FoundAccount> found = accountsOf(Program::Thunderbird);
    QCOMPARE(found.size(), 4);
    const Account &work = found.first().account;
    QCOMPARE(work.name, u"Work"_s);
    QCOMPARE(wayOf(work), u"starttls smtp.example.org:587 ann"_s);
    QCOMPARE(work.email, u"ann@example.org"_s);
    QCOMPARE(work.displayName, u"Ann Sm\u00edth"_s);
    QCOMPARE(work.replyTo, u"office@example.org"_s);
    QCOMPARE(work.identities.size(), 1); // one that no account has any more is not brought along
    QCOMPARE(work.identities.first().email, u"sales@example.org"_s);
    QCOMPARE(work.identities.first().displayName, u"Sales"_s);
}

void TestImport::thunderbird_takesSignatures()
{
    const QList<FoundAccount> found = accountsOf(Program::Thunderbird);
    QCOMPARE(found.size(), 4);
    QCOMPARE(found[0].account.signature, u"Ann Smith\nExample Ltd \"Mail\""_s);
    QCOMPARE(found[0].account.identities.first().signature, u"Sales & more\nPhone 5"_s);
    QCOMPARE(found[0].notes, Notes { Note::SignatureSimplified });
    QCOMPARE(found[1].account.signature, u"Ann Smith\nfrom a file"_s);
    QVERIFY(found[2].notes.contains(Note::SignatureLeftOut));
}

void TestImport::thunderbird_saysWhatCannotBeTakenOver()
{
    const QList<FoundAccount> found = accountsOf(Program::Thunderbird);
    QCOMPARE(found.size(), 4);
    QCOMPARE(wayOf(found[1].account), u"tls smtp.gmail.com:465 ann.smith@gmail.com"_s);
    QCOMPARE(found[1].notes, Notes { Note::OAuthSignIn });
    QVERIFY(found[1].account.oauth);
    QCOMPARE(found[1].account.oauth->provider, u"google"_s);
    QCOMPARE(wayOf(found[2].account), u"starttls exchange.example.net:25 EXAMPLE\\ann"_s);
    QVERIFY(found[2].notes.contains(Note::NotEncryptedThere));
    QVERIFY(found[2].notes.contains(Note::UnsupportedSignIn));
    // A private address that nobody signs in to is what it was.
    QCOMPARE(wayOf(found[3].account), u"none 192.168.1.20:25 "_s);
    QCOMPARE(found[3].notes, Notes {});
}

void TestImport::kmail_hasTransportsAndIdentities()
{
    const QList<FoundAccount> found = accountsOf(Program::KMail);
    QCOMPARE(found.size(), 3);
    QCOMPARE(wayOf(found[0].account), u"tls mail.example.org:465 ann@example.org"_s); // the usual one
    QCOMPARE(found[0].account.email, u"ann@example.org"_s);
    QCOMPARE(found[0].account.replyTo, u"desk@example.org"_s);
    QCOMPARE(found[0].account.signature, u"Ann Smith\nKöln"_s);
    QCOMPARE(found[1].account.command, (QStringList { u"/usr/sbin/sendmail"_s, u"-i"_s }));
    QCOMPARE(found[1].notes, Notes { Note::SignatureLeftOut });
    QCOMPARE(wayOf(found[2].account), u"starttls mail.example.com:587 ann"_s);
    QCOMPARE(found[2].account.displayName, u"Ann (Company)"_s);
    QCOMPARE(found[2].notes, Notes { Note::UnsupportedSignIn });
}

void TestImport::evolution_joinsItsSources()
{
    const QList<FoundAccount> found = accountsOf(Program::Evolution);
    QCOMPARE(found.size(), 2); // the one that is switched off is not among them
    const Account &account = found[0].account;
    QCOMPARE(wayOf(account), u"starttls smtp.example.org:587 ann"_s);
    QCOMPARE(account.email, u"ann@example.org"_s);
    QCOMPARE(account.replyTo, u"office@example.org"_s);
    QCOMPARE(account.signature, u"Ann Smith\nExample <Ltd>"_s);
    QCOMPARE(account.identities.size(), 2);
    QCOMPARE(account.identities[0].email, u"sales@example.org"_s);
    QCOMPARE(account.identities[0].displayName, u"Sales"_s);
    QCOMPARE(account.identities[1].email, u"help@example.org"_s);
    QCOMPARE(account.identities[1].displayName, u"Ann Smith"_s);
    QCOMPARE(found[1].account.command, (QStringList { u"/usr/lib/sendmail"_s, u"-i"_s }));
    QCOMPARE(found[1].notes, Notes { Note::AddressMissing });
}

void TestImport::geary_usesTheIncomingLogin()
{
    const QList<FoundAccount> found = accountsOf(Program::Geary);
    QCOMPARE(found.size(), 1);
    QCOMPARE(wayOf(found[0].account), u"tls smtp.example.net:465 ann-in"_s);
    QCOMPARE(found[0].account.displayName, u"Ann Smith"_s);
    QCOMPARE(found[0].account.identities.size(), 1);
    QCOMPARE(found[0].account.signature, u"Ann"_s);
}

void TestImport::claws_hasServersAndCommands()
{
    const QList<FoundAccount> found = accountsOf(Program::Claws);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].account.command, (QStringList { u"/usr/sbin/sendmail"_s, u"-t"_s, u"-i"_s }));
    QCOMPARE(found[0].account.replyTo, u"desk@example.com"_s);
    QCOMPARE(wayOf(found[1].account), u"starttls smtp.example.org:25 ann"_s);
    QCOMPARE(found[1].notes, Notes { Note::NotEncryptedThere });
}

void TestImport::sylpheed_hasItsOwnFile()
{
    const QList<FoundAccount> found = accountsOf(Program::Sylpheed);
    QCOMPARE(found.size(), 1);
    QCOMPARE(wayOf(found[0].account), u"starttls smtp.example.net:2525 ann"_s);
}

void TestImport::msmtp_inherits()
{
    const QList<FoundAccount> found = accountsOf(Program::Msmtp);
    QCOMPARE(found.size(), 4);
    QCOMPARE(found[0].account.name, u"work"_s); // what "default" stands for
    QCOMPARE(wayOf(found[0].account), u"starttls smtp.example.org:587 ann"_s);
    QCOMPARE(found[0].account.displayName, u"Ann Smith"_s);
    QCOMPARE(found[0].account.caFile, QString()); // the system's own file
    QCOMPARE(found[1].account.email, u"sales@example.org"_s);
    QCOMPARE(wayOf(found[1].account), wayOf(found[0].account));
    QCOMPARE(wayOf(found[2].account), u"tls mail.example.net:465 ann"_s);
    QCOMPARE(found[2].notes, Notes { Note::CertificateNotChecked });
    QCOMPARE(wayOf(found[3].account), u"starttls relay.example.com:25 "_s);
    QCOMPARE(found[3].notes, Notes { Note::NotEncryptedThere });
}

void TestImport::noEncryption_isNeverTakenOverSilently()
{
    const QList<FoundAccount> found = findAccounts(fixture());
    for (const FoundAccount &account : found) {
        const bool isPlain
            = account.account.command.isEmpty() && account.account.server.security == Security::None;
        QVERIFY(!isPlain || isPlaintextAllowed(account.account.server.host, !account.account.user.isEmpty()));
    }
}

void TestImport::mobileConfig_isRead()
{
    const auto found
        = readAccountFile(QStringLiteral(POSTRIDER_TEST_DATA "/import/files/profile.mobileconfig"));
    QVERIFY(found);
    QCOMPARE(found->size(), 1);
    const FoundAccount &account = found->first();
    QVERIFY(account.program == Program::File);
    QCOMPARE(account.account.name, u"Example & Co"_s);
    QCOMPARE(account.account.email, u"ann@example.org"_s);
    QCOMPARE(account.account.displayName, u"Ann Smith"_s);
    QCOMPARE(wayOf(account.account), u"tls smtp.example.org:465 ann@example.org"_s);
    QCOMPARE(account.notes, Notes {});
}

void TestImport::mobileConfig_signedIsReadAndSaid()
{
    QFile plain(QStringLiteral(POSTRIDER_TEST_DATA "/import/files/profile.mobileconfig"));
    QVERIFY(plain.open(QIODevice::ReadOnly));
    QTemporaryDir folder;
    QFile file(folder.filePath(u"signed.mobileconfig"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromHex("3082ffff06092a864886f70d010702a0820f00") + plain.readAll()
               + QByteArray::fromHex("a08203ff00ff"));
    file.close();
    const auto found = readAccountFile(file.fileName());
    QVERIFY(found);
    QCOMPARE(found->first().account.email, u"ann@example.org"_s);
    QCOMPARE(found->first().notes, Notes { Note::SignatureNotVerified });
}

void TestImport::mobileConfig_withADeclaration_isRefused()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"bomb.mobileconfig"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
               "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
               "<plist><dict><key>PayloadContent</key><string>&b;&c;</string></dict></plist>");
    file.close();
    const auto found = readAccountFile(file.fileName());
    QVERIFY(!found);
    QVERIFY(found.error().kind == ImportError::Kind::Damaged);
}

void TestImport::providerSettings_haveNoAddress()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"config-v1.1.xml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"example.org\">"
               "<domain>example.org</domain><displayName>Example</displayName><outgoingServer type=\"smtp\">"
               "<hostname>smtp.example.org</hostname><port>465</port><socketType>SSL</socketType>"
               "<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>"
               "</outgoingServer></emailProvider></clientConfig>");
    file.close();
    const auto found = readAccountFile(file.fileName());
    QVERIFY(found);
    QCOMPARE(wayOf(found->first().account), u"tls smtp.example.org:465 "_s);
    QCOMPARE(found->first().notes, (Notes { Note::UserMissing, Note::AddressMissing }));
}

void TestImport::singleFiles_areKnownByTheirForm_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Program>("program");
    QTest::addColumn<qsizetype>("count");
    const auto add = [](const char *path, Program program, qsizetype count) {
        QTest::newRow(path) << (Home + u'/' + QString::fromLatin1(path)) << program << count;
    };
    add(".thunderbird/abcd.default/prefs.js", Program::Thunderbird, 4);
    add(".config/mailtransports", Program::KMail, 3);
    add(".config/evolution/sources/1111.source", Program::Evolution, 2);
    add(".config/geary/account_01/geary.ini", Program::Geary, 1);
    add(".claws-mail/accountrc", Program::Claws, 2);
    add(".sylpheed-2.0/accountrc", Program::Sylpheed, 1);
    add(".msmtprc", Program::Msmtp, 4);
}

void TestImport::singleFiles_areKnownByTheirForm()
{
    QFETCH(QString, path);
    QFETCH(Program, program);
    QFETCH(qsizetype, count);
    const auto found = readAccountFile(path);
    QVERIFY(found);
    QCOMPARE(found->size(), count);
    QVERIFY(found->first().program == program);
}

void TestImport::strangeFiles_haveTheirReason_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ImportError::Kind>("kind");
    using Kind = ImportError::Kind;
    QTest::newRow("empty") << u"a.txt"_s << QByteArray() << Kind::Unknown;
    QTest::newRow("a letter") << u"a.txt"_s << "Dear Ann,\nhow are you?\n"_ba << Kind::Unknown;
    QTest::newRow("a web page") << u"a.html"_s << "<!DOCTYPE html><html><body>Hi</body></html>"_ba
                                << Kind::Damaged;
    QTest::newRow("too large") << u"a.txt"_s << QByteArray(9 * 1024 * 1024, 'a') << Kind::TooLarge;
    QTest::newRow("encrypted profile")
        << u"a.mobileconfig"_s << QByteArray("\x30\x82\x01\x00secret", 10) << Kind::Encrypted;
    QTest::newRow("broken profile") << u"a.mobileconfig"_s << "<plist><dict><key>Payl"_ba << Kind::Damaged;
    QTest::newRow("deep profile") << u"a.mobileconfig"_s
                                  << "<plist><dict><key>a</key>"_ba + "<array>"_ba.repeated(100'000)
                                  << Kind::Damaged;
    QTest::newRow("profile without mail")
        << u"a.mobileconfig"_s << "<plist><dict><key>PayloadContent</key><array/></dict></plist>"_ba
        << Kind::NoAccounts;
    QTest::newRow("msmtp without a host")
        << u"msmtprc"_s << "account a\nfrom ann@example.org\n"_ba << Kind::NoAccounts;
    QTest::newRow("host that is none")
        << u".msmtprc"_s << "account a\nhost -oProxy=x\nfrom a@example.org\n"_ba << Kind::NoAccounts;
}

void TestImport::strangeFiles_haveTheirReason()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(ImportError::Kind, kind);
    QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    const auto found = readAccountFile(file.fileName());
    QVERIFY(!found);
    QCOMPARE(static_cast<int>(found.error().kind), static_cast<int>(kind));
    const auto gone = readAccountFile(folder.filePath(u"gone"_s));
    QVERIFY(!gone && gone.error().kind == ImportError::Kind::Unreadable);
    const auto isFolder = readAccountFile(folder.path());
    QVERIFY(!isFolder && isFolder.error().kind == ImportError::Kind::NotAFile);
}

void TestImport::hostileHome_endsSoon()
{
#ifdef Q_OS_UNIX
    QTemporaryDir folder;
    QDir home(folder.path());
    QVERIFY(home.mkpath(u".thunderbird"_s) && home.mkpath(u".config/geary"_s)
            && home.mkpath(u".config/evolution/sources"_s));
    // Links that lead to themselves, a pipe in which nobody writes, a device without an end.
    QVERIFY(QFile::link(home.filePath(u".thunderbird"_s), home.filePath(u".thunderbird/loop"_s)));
    QVERIFY(QFile::link(home.filePath(u".msmtprc"_s), home.filePath(u".msmtprc"_s)));
    QVERIFY(QFile::link(u"/dev/zero"_s, home.filePath(u".config/mailtransports"_s)));
    QVERIFY(QFile::link(u"."_s, home.filePath(u".config/geary/account_01"_s)));
    QCOMPARE(::mkfifo(home.filePath(u".config/evolution/sources/a.source"_s).toLocal8Bit().constData(), 0600),
             0);
    QFile profiles(home.filePath(u".thunderbird/profiles.ini"_s));
    QVERIFY(profiles.open(QIODevice::WriteOnly));
    for (int i = 0; i < 5000; ++i)
        profiles.write("[Profile" + QByteArray::number(i) + "]\nPath=" + "loop/"_ba.repeated(i % 200) + "\n");
    profiles.close();
    QVERIFY(QFile::copy(Home + u"/.thunderbird/abcd.default/prefs.js"_s,
                        home.filePath(u".thunderbird/prefs.js"_s)));
    const QList<FoundAccount> found
        = findAccounts({ .home = home.path(), .config = home.filePath(u".config"_s), .data = {} });
    QCOMPARE(found.size(), 4); // each file is read once, by however many names it goes
#endif
}

void TestImport::nothingThere_findsNothing()
{
    QTemporaryDir folder;
    QVERIFY(
        findAccounts({ .home = folder.path(), .config = folder.path(), .data = folder.path() }).isEmpty());
}

} // namespace postrider::accounts

QTEST_GUILESS_MAIN(postrider::accounts::TestImport)
#include "tst_import.moc"
