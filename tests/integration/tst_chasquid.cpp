// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "peertest.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using postrider::support::ProgramResult;

namespace postrider::integration {

/// chasquid: the TLS of Go, and little patience.
class ChasquidTest final : public PeerTest
{
    Q_OBJECT

public:
    ChasquidTest()
        : PeerTest({ .script = u"chasquid"_s,
                     .listeners = { { u"submission"_s, u"starttls"_s },
                                    { u"submissions"_s, u"tls"_s },
                                    { u"mta"_s, u"none"_s, Listener::SignIn::No } },
                     .refusals = { { u"nouser"_s, 550 } },
                     .appended = {},
                     .recipients = 100,
                     // It loses commands that come together with a dot: after that, one without them.
                     .connections = 2 })
    { }

private:
    /// Its log has a line for each message that it took: the client's port and the recipients.
    struct Queued
    {
        QByteArray client {};
        QByteArrayList recipients {};
    };
    QList<Queued> queued() const
    {
        static const QRegularExpression pattern(u"SMTP\\.Conn (\\S+): Queued from \\S+ to \\[([^]]*)\\]"_s);
        QList<Queued> found;
        const QList<QByteArray> lines = server().log(u"chasquid.log"_s);
        for (const QByteArray &line : lines) {
            const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(line));
            if (match.hasMatch()) {
                found.append({ match.captured(1).toUtf8(), match.captured(2).toUtf8().split(' ') });
            }
        }
        return found;
    }

    qsizetype connections(const Listener & /*listener*/) const override
    {
        QSet<QByteArray> clients;
        for (const Queued &message : queued()) {
            clients.insert(message.client);
        }
        return clients.size();
    }

    /// Its log knows no subjects: what was queued since the test began.
    QSet<QByteArray> reachedSoFar(const QByteArray & /*subject*/) const override
    {
        QSet<QByteArray> recipients;
        for (const Queued &message : queued().sliced(m_queuedBefore)) {
            recipients.unite({ message.recipients.cbegin(), message.recipients.cend() });
        }
        return recipients;
    }

    void begin() override { m_queuedBefore = queued().size(); }

    qsizetype m_queuedBefore = 0;

private Q_SLOTS:
    void moreRecipientsThanItsPatience_areAllReachedOnce();
    void oneRefusalTooMany_losesNobodyElse();
    void addressWithUnicode_isReached();
};

void ChasquidTest::moreRecipientsThanItsPatience_areAllReachedOnce()
{
    // The 102nd gets 452, and after three such replies the connection is gone.
    constexpr int Recipients = 250;
    const QByteArray subject = newSubject();
    QStringList addresses;
    QSet<QByteArray> expected;
    for (int number = 0; number < Recipients; ++number) {
        addresses.append(u"user%1@example.test"_s.arg(number));
        expected.insert(addresses.last().toLatin1());
    }
    const ProgramResult sent
        = send(listener(u"submissions"_s),
               { u"--eml"_s, messageFile(subject).path, u"--to"_s, addresses.join(u", "_s) });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(reached(subject, Recipients), expected);
    qsizetype copies = 0;
    for (const Queued &message : queued().sliced(m_queuedBefore)) {
        copies += message.recipients.size();
    }
    QCOMPARE(copies, Recipients);
}

void ChasquidTest::oneRefusalTooMany_losesNobodyElse()
{
    // The third refusal of a connection is a 421, and its end.
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send(listener(u"submissions"_s),
               { u"--eml"_s, messageFile(subject).path, u"--to"_s,
                 u"user1@example.test, nouser1@example.test, nouser2@example.test, nouser3@example.test, "
                 "user2@example.test"_s });
    const QHash<QString, QJsonObject> recipients = byAddress(sent.json());
    QCOMPARE(recipients.size(), 5);
    for (const QString &address : { u"nouser1@example.test"_s, u"nouser2@example.test"_s }) {
        QVERIFY2(recipients.value(address).value("state"_L1).toString() == u"failed", told(sent).constData());
        QCOMPARE(recipients.value(address).value("code"_L1).toInt(), 550);
    }
    // Whether the others were reached by a second try or are left for later: what is told is what is true.
    const QSet<QByteArray> took = reachedSoFar(subject);
    for (const QByteArray &address : { QByteArray("user1@example.test"), QByteArray("user2@example.test") }) {
        const QString state = recipients.value(QString::fromLatin1(address)).value("state"_L1).toString();
        QVERIFY2(state == (took.contains(address) ? u"sent"_s : u"deferred"_s), told(sent).constData());
    }
}

void ChasquidTest::addressWithUnicode_isReached()
{
    const QByteArray subject = newSubject();
    const ProgramResult sent
        = send(listener(u"submission"_s),
               { u"--eml"_s, messageFile(subject).path, u"--to"_s, u"jürgen@example.test"_s });
    QVERIFY2(sent.exitCode == Done, told(sent).constData());
    QCOMPARE(reached(subject, 1), (QSet<QByteArray> { "jürgen@example.test" }));
}

} // namespace postrider::integration

QTEST_GUILESS_MAIN(postrider::integration::ChasquidTest)
#include "tst_chasquid.moc"
