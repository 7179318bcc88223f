// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/mailserver.h"
#include "support/processhelpers.h"
#include "support/tempprofile.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using postrider::support::MailServer;
using postrider::support::ProgramResult;

namespace {

// The exit codes of the command line, as scripts rely on them (sysexits.h).
constexpr int Done = 0;
constexpr int BadUsage = 64;
constexpr int SignInRefused = 77;

const QString Alice = u"alice@example.test"_s;
const QByteArray AlicePassword = "wonder-land-42";
const QString Bob = u"bob@example.test"_s;
const QByteArray BobPassword = "pässwörd ✓";
/// The separators of PLAIN's, SCRAM's and CRAM-MD5's messages, and blanks at both ends.
const QString Dora = u"dora,e=f ü@example.test"_s;
const QByteArray DoraPassword = " g,h=i ß€ ";

const QList<QByteArray> PasswordMechanisms { "PLAIN"_ba, "LOGIN"_ba, "CRAM-MD5"_ba, "SCRAM-SHA-1"_ba,
                                             "SCRAM-SHA-256"_ba };
const QList<QByteArray> TokenMechanisms { "XOAUTH2"_ba, "OAUTHBEARER"_ba };

} // namespace

/**
 * Signing in with every mechanism: to Dovecot's own submission server and to Postfix, for which Dovecot
 * decides.
 */
class DovecotSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void rightPassword_signsIn_data();
    void rightPassword_signsIn();
    void decomposedPassword_signsIn_data();
    void decomposedPassword_signsIn();
    void wrongPassword_isRefused_data();
    void wrongPassword_isRefused();
    void token_signsIn_data();
    void token_signsIn();
    void badToken_isRefused_data();
    void badToken_isRefused();
    void certificate_signsIn_data();
    void certificate_signsIn();
    void missingCertificate_isRefused();
    void bestMechanism_isUsedByItself_data();
    void bestMechanism_isUsedByItself();
    void mechanismThatIsNotOffered_isNotReplaced();

private:
    /// What shows who signs in; at most one is there.
    struct SignIn
    {
        QString user {};
        QByteArray password {};
        QByteArray token {};
        QString certificate {}; ///< the user of that name in the server's folder
    };
    enum class Expect { Accepted, Refused };

    ProgramResult send(const QString &role, const QByteArray &mechanism, const SignIn &signIn);
    /// Sends a message and compares what came of it with what was expected: in the exit code, in the server's
    /// log and in the Maildir.
    void verify(const QString &role, const QByteArray &mechanism, const SignIn &signIn, Expect expected);
    /// How often somebody has signed in so far with that mechanism.
    [[nodiscard]] qsizetype signIns(const QString &role, const QByteArray &mechanism) const;

    MailServer m_server {};
    std::unique_ptr<postrider::support::TempProfile> m_files {};
    QByteArray m_subject {};
    int m_subjects = 0;
};

void DovecotSignInTest::initTestCase()
{
    m_server.startOrSkip();
}

void DovecotSignInTest::init()
{
    m_files = std::make_unique<postrider::support::TempProfile>();
}

void DovecotSignInTest::cleanup()
{
    m_files.reset();
}

ProgramResult DovecotSignInTest::send(const QString &role, const QByteArray &mechanism, const SignIn &signIn)
{
    m_subject = "signin-" + QByteArray::number(QCoreApplication::applicationPid()) + '-'
        + QByteArray::number(++m_subjects);
    QStringList arguments {
        u"--json"_s,       u"--profile"_s,
        m_files->folder(), u"send"_s,
        u"--server"_s,     u"localhost"_s,
        u"--port"_s,       QString::number(m_server.port(role)),
        u"--security"_s,   m_server.security(role),
        u"--ca-file"_s,    m_server.caFile(),
        u"--from"_s,       Alice,
        u"--to"_s,         Bob,
        u"--subject"_s,    QString::fromLatin1(m_subject),
        u"--text"_s,       m_files->writeBeside(u"text.txt"_s, "Hello.\n"),
    };
    if (!signIn.user.isEmpty())
        arguments += { u"--user"_s, signIn.user };
    if (!mechanism.isEmpty())
        arguments += { u"--auth"_s, QString::fromLatin1(mechanism).toLower() };
    if (!signIn.token.isEmpty())
        arguments += { u"--token-file"_s, m_files->writeBeside(u"token"_s, signIn.token) };
    if (!signIn.certificate.isEmpty()) {
        const QString file = m_server.path(u"pki/"_s + signIn.certificate);
        arguments += { u"--client-cert"_s, file + u".pem"_s, u"--client-key"_s, file + u".key"_s };
    }
    if (!signIn.password.isEmpty())
        arguments += u"--password-stdin"_s;
    return postrider::support::runProgram(QStringLiteral(POSTRIDER_CLI), arguments,
                                          { .standardInput = signIn.password + '\n' });
}

qsizetype DovecotSignInTest::signIns(const QString &role, const QByteArray &mechanism) const
{
    const bool isPostfix = role.startsWith(u"submission");
    const QByteArray words = (isPostfix ? ", sasl_method=" : ", method=") + mechanism + ',';
    const QList<QByteArray> lines = isPostfix ? m_server.log() : m_server.log(u"dovecot.log"_s);
    return std::count_if(lines.begin(), lines.end(), [&](const QByteArray &line) {
        return line.contains(words) && (isPostfix || line.contains("Info: Login:"));
    });
}

void DovecotSignInTest::verify(const QString &role, const QByteArray &mechanism, const SignIn &signIn,
                               Expect expected)
{
    const qsizetype before = signIns(role, mechanism);
    const ProgramResult sent = send(role, mechanism, signIn);
    const QByteArray told = "exit " + QByteArray::number(sent.exitCode) + ": " + sent.err + sent.out;
    QVERIFY2(sent.exitCode == (expected == Expect::Accepted ? Done : SignInRefused), told.constData());
    for (const QByteArray &secret : { signIn.password, signIn.token }) {
        QVERIFY2(secret.isEmpty() || !told.contains(secret), told.constData());
        QVERIFY2(secret.isEmpty() || !told.contains(secret.toBase64()), told.constData());
    }
    if (expected == Expect::Accepted) {
        QCOMPARE(m_server.waitForDeliveries("Subject: " + m_subject + '\n', 1).size(), 1);
        QCOMPARE(signIns(role, mechanism), before + 1);
    } else {
        QCOMPARE(signIns(role, mechanism), before);
    }
}

// --- passwords

void DovecotSignInTest::rightPassword_signsIn_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    for (const char *role : { "dovecot", "submissions" }) {
        for (const QByteArray &mechanism : PasswordMechanisms) {
            const auto newRow = [&](const char *who, const QString &user, const QByteArray &password) {
                QTest::addRow("%s, %s, %s", role, mechanism.constData(), who)
                    << QString::fromLatin1(role) << mechanism << user << password;
            };
            newRow("ASCII", Alice, AlicePassword);
            newRow("umlauts", Bob, BobPassword);
            newRow("separators and blanks", Dora, DoraPassword);
        }
    }
}

void DovecotSignInTest::rightPassword_signsIn()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, mechanism);
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    verify(role, mechanism, { .user = user, .password = password }, Expect::Accepted);
}

void DovecotSignInTest::decomposedPassword_signsIn_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    for (const QByteArray &mechanism : PasswordMechanisms)
        QTest::newRow(mechanism.constData()) << mechanism;
}

void DovecotSignInTest::decomposedPassword_signsIn()
{
    QFETCH(QByteArray, mechanism);
    // As another system's keyboard gives the same letters.
    const QByteArray typed = QString::fromUtf8(BobPassword).normalized(QString::NormalizationForm_D).toUtf8();
    QVERIFY(typed != BobPassword);
    verify(u"dovecots"_s, mechanism, { .user = Bob, .password = typed }, Expect::Accepted);
}

void DovecotSignInTest::wrongPassword_isRefused_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    for (const char *role : { "dovecots", "submissions" }) {
        for (const QByteArray &mechanism : PasswordMechanisms) {
            const auto newRow = [&](const char *what, const QString &user, const QByteArray &password) {
                QTest::addRow("%s, %s, %s", role, mechanism.constData(), what)
                    << QString::fromLatin1(role) << mechanism << user << password;
            };
            newRow("wrong password", Alice, AlicePassword + '3');
            newRow("somebody else's", Alice, BobPassword);
            newRow("unknown user", u"nobody@example.test"_s, AlicePassword);
        }
    }
}

void DovecotSignInTest::wrongPassword_isRefused()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, mechanism);
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    verify(role, mechanism, { .user = user, .password = password }, Expect::Refused);
}

// --- tokens

void DovecotSignInTest::token_signsIn_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("mechanism");
    for (const char *role : { "dovecot", "submissions" }) {
        for (const QByteArray &mechanism : TokenMechanisms)
            QTest::addRow("%s, %s", role, mechanism.constData()) << QString::fromLatin1(role) << mechanism;
    }
}

void DovecotSignInTest::token_signsIn()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, mechanism);
    const QByteArray token = postrider::support::readFile(m_server.path(u"pki/alice.token"_s)).trimmed();
    verify(role, mechanism, { .user = Alice, .token = token }, Expect::Accepted);
}

void DovecotSignInTest::badToken_isRefused_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("token");
    const QByteArray valid = postrider::support::readFile(m_server.path(u"pki/alice.token"_s)).trimmed();
    const QByteArray expired
        = postrider::support::readFile(m_server.path(u"pki/alice.token.expired"_s)).trimmed();
    for (const char *role : { "dovecots", "submissions" }) {
        for (const QByteArray &mechanism : TokenMechanisms) {
            const auto newRow = [&](const char *what, const QString &user, const QByteArray &token) {
                QTest::addRow("%s, %s, %s", role, mechanism.constData(), what)
                    << QString::fromLatin1(role) << mechanism << user << token;
            };
            newRow("out of date", Alice, expired);
            newRow("somebody else's", Bob, valid);
            newRow("not signed", Alice, valid.chopped(4));
            newRow("no token", Alice, "wonder-land-42"_ba);
        }
    }
}

void DovecotSignInTest::badToken_isRefused()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, mechanism);
    QFETCH(QString, user);
    QFETCH(QByteArray, token);
    verify(role, mechanism, { .user = user, .token = token }, Expect::Refused);
}

// --- certificates

void DovecotSignInTest::certificate_signsIn_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("who");
    QTest::newRow("STARTTLS, Alice") << u"dovecot"_s << u"alice"_s;
    QTest::newRow("implicit TLS, Alice") << u"dovecots"_s << u"alice"_s;
    QTest::newRow("implicit TLS, Bob") << u"dovecots"_s << u"bob"_s;
}

void DovecotSignInTest::certificate_signsIn()
{
    QFETCH(QString, role);
    QFETCH(QString, who);
    verify(role, "EXTERNAL"_ba, { .certificate = who }, Expect::Accepted);
    // Whom the certificate stands for is the server's to say.
    const QByteArray words = "user=<" + who.toLatin1() + "@example.test>, method=EXTERNAL";
    const QList<QByteArray> log = m_server.log(u"dovecot.log"_s);
    QVERIFY(std::any_of(log.begin(), log.end(),
                        [&words](const QByteArray &line) { return line.contains(words); }));
}

void DovecotSignInTest::missingCertificate_isRefused()
{
    const qsizetype before = signIns(u"dovecots"_s, "EXTERNAL"_ba);
    const ProgramResult sent = send(u"dovecots"_s, "EXTERNAL"_ba, { .user = Alice });
    QVERIFY2(sent.exitCode == BadUsage, sent.err.constData());
    QCOMPARE(signIns(u"dovecots"_s, "EXTERNAL"_ba), before);
}

// --- the choice

void DovecotSignInTest::bestMechanism_isUsedByItself_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QByteArray>("best");
    QTest::newRow("Dovecot") << u"dovecot"_s << "SCRAM-SHA-256"_ba;
    QTest::newRow("Postfix") << u"submission"_s << "SCRAM-SHA-256"_ba;
}

void DovecotSignInTest::bestMechanism_isUsedByItself()
{
    QFETCH(QString, role);
    QFETCH(QByteArray, best);
    const qsizetype before = signIns(role, best);
    const ProgramResult sent = send(role, {}, { .user = Alice, .password = AlicePassword });
    QVERIFY2(sent.exitCode == Done, sent.err.constData());
    QCOMPARE(m_server.waitForDeliveries("Subject: " + m_subject + '\n', 1).size(), 1);
    QCOMPARE(signIns(role, best), before + 1);
}

void DovecotSignInTest::mechanismThatIsNotOffered_isNotReplaced()
{
    const ProgramResult sent
        = send(u"loginonly"_s, "SCRAM-SHA-256"_ba, { .user = Alice, .password = AlicePassword });
    QVERIFY2(sent.exitCode == SignInRefused, sent.err.constData());
    QVERIFY(!sent.json().value("sentence"_L1).toString().isEmpty());
}

QTEST_GUILESS_MAIN(DovecotSignInTest)
#include "tst_dovecot_signin.moc"
