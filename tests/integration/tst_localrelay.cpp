// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "delivery/postoffice.h"
#include "support/mailserver.h"
#include "support/memorysecretstore.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

using outbox::MessageState;
using support::MailServer;

namespace {

/// More than a desk sends, as when a list or a program hands its mail over.
constexpr int Volume = 300;
constexpr int PatienceMs = 240'000;

} // namespace

/// A real queue on this computer takes the messages over, by its port and by its command, without a sign-in.
class LocalRelayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aRelay_takesManyMessages_data();
    void aRelay_takesManyMessages();
    void refusedRecipients_leaveTheOthersTheirs();
    void aRelayOnAName_isNotSpokenToUnencrypted();

private:
    [[nodiscard]] accounts::Account relay() const;
    [[nodiscard]] accounts::Account command();
    /// The saved account; nothing when it was not proved.
    [[nodiscard]] std::optional<accounts::Account> add(const accounts::Account &account);
    [[nodiscard]] outbox::MessageId send(const accounts::Account &account, const mime::Draft &draft);
    [[nodiscard]] QList<outbox::MessageSummary> list();
    [[nodiscard]] static mime::Draft draft(const QString &subject);

    MailServer m_server {};
    base::SystemClock m_clock {};
    support::MemorySecretStore m_secrets {};
    std::unique_ptr<support::TempProfile> m_profile {};
    std::unique_ptr<PostOffice> m_office {};
    std::optional<Trouble> m_trouble {};
};

void LocalRelayTest::initTestCase()
{
    m_server.startOrSkip();
}

void LocalRelayTest::init()
{
    m_profile = std::make_unique<support::TempProfile>();
    m_office = std::make_unique<PostOffice>(PostOffice::Options { .profileFolder = m_profile->folder() },
                                            m_secrets, m_clock);
    QSignalSpy opened(m_office.get(), &PostOffice::opened);
    m_office->open();
    QVERIFY(opened.wait(30'000));
}

void LocalRelayTest::cleanup()
{
    QSignalSpy closed(m_office.get(), &PostOffice::closed);
    m_office->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60'000);
    m_office.reset();
}

accounts::Account LocalRelayTest::relay() const
{
    accounts::Account account;
    account.name = u"relay"_s;
    account.email = u"alice@example.test"_s;
    account.server
        = { .host = u"127.0.0.1"_s, .port = m_server.port(u"relay"_s), .security = accounts::Security::None };
    return account;
}

/// The command lives in the server's own root folder.
accounts::Account LocalRelayTest::command()
{
    const QString path = m_profile->path(u"sendmail"_s);
    QFile script(path);
    if (script.open(QIODevice::WriteOnly)) {
        script.write("#!/bin/sh\nexec chroot \"" + m_server.path(u"."_s).toUtf8()
                     + "\" /usr/sbin/sendmail \"$@\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    accounts::Account account;
    account.name = u"command"_s;
    account.email = u"alice@example.test"_s;
    account.command = { path, u"-i"_s };
    return account;
}

std::optional<accounts::Account> LocalRelayTest::add(const accounts::Account &account)
{
    std::optional<base::Expected<accounts::Account, Trouble>> added;
    m_office->addAccount(
        account, base::Secret(), PostOffice::Proof::SignIn, this,
        [&added](const base::Expected<accounts::Account, Trouble> &answer) { added.emplace(answer); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(added.has_value(), 60'000); }();
    if (added && !*added)
        m_trouble = added->error();
    return added && *added ? std::optional(**added) : std::nullopt;
}

outbox::MessageId LocalRelayTest::send(const accounts::Account &account, const mime::Draft &draft)
{
    std::optional<outbox::MessageId> id;
    m_office->send(draft, account.id, this, [&id](const base::Expected<outbox::MessageId, Trouble> &answer) {
        id = answer.value_or(outbox::MessageId());
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(id.has_value(), 60'000); }();
    return id.value_or(outbox::MessageId());
}

QList<outbox::MessageSummary> LocalRelayTest::list()
{
    using Rows = QList<outbox::MessageSummary>;
    std::optional<Rows> rows;
    m_office->list(1000, 0, this,
                   [&rows](const base::Expected<Rows, Trouble> &answer) { rows = answer.value_or(Rows()); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(rows.has_value(), 60'000); }();
    return rows.value_or(Rows());
}

mime::Draft LocalRelayTest::draft(const QString &subject)
{
    mime::Draft draft;
    draft.from = { u"Alice"_s, u"alice"_s, u"example.test"_s };
    draft.to = { { {}, u"bob"_s, u"example.test"_s } };
    draft.subject = subject;
    draft.text = u"Hello,\n.\n.. and dots\nFrom here.\n"_s;
    return draft;
}

void LocalRelayTest::aRelay_takesManyMessages_data()
{
    QTest::addColumn<bool>("byCommand");
    QTest::newRow("port") << false;
    QTest::newRow("command") << true;
}

void LocalRelayTest::aRelay_takesManyMessages()
{
    QFETCH(bool, byCommand);
    const std::optional<accounts::Account> account = add(byCommand ? command() : relay());
    QVERIFY2(account, m_trouble ? qPrintable(sentence(*m_trouble)) : "");
    const QString subject = u"volume-%1-"_s.arg(QString::fromLatin1(QTest::currentDataTag()));
    for (int i = 0; i < Volume; ++i)
        QVERIFY(!send(*account, draft(subject + QString::number(i) + u'.')).isEmpty());
    const auto isSent = [](const outbox::MessageSummary &row) { return row.state == MessageState::Sent; };
    QList<outbox::MessageSummary> rows;
    QTRY_VERIFY_WITH_TIMEOUT((rows = list(), std::all_of(rows.begin(), rows.end(), isSent)), PatienceMs);
    QCOMPARE(rows.size(), Volume);

    const QList<MailServer::Delivery> copies
        = m_server.waitForDeliveries("Subject: " + subject.toUtf8(), Volume);
    QCOMPARE(copies.size(), Volume); // each once
    QSet<QByteArray> subjects;
    for (const MailServer::Delivery &copy : copies) {
        const qsizetype start = copy.content.indexOf("Subject: ");
        subjects.insert(copy.content.mid(start, copy.content.indexOf('\n', start) - start));
        QVERIFY(copy.content.contains("Hello,\n.\n.. and dots\nFrom here.\n"));
        QVERIFY(copy.trace.contains("Return-Path: <alice@example.test>"));
    }
    QCOMPARE(subjects.size(), Volume);
}

void LocalRelayTest::refusedRecipients_leaveTheOthersTheirs()
{
    const std::optional<accounts::Account> account = add(relay());
    QVERIFY(account);
    mime::Draft message = draft(u"refusal-by-relay"_s);
    message.to.append({ {}, u"nouser"_s, u"example.test"_s });
    QVERIFY(!send(*account, message).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(list().first().state == MessageState::PartlySent, 60'000);
    QCOMPARE(m_server.waitForDeliveries("Subject: refusal-by-relay", 1).size(), 1);
}

void LocalRelayTest::aRelayOnAName_isNotSpokenToUnencrypted()
{
    accounts::Account account = relay();
    account.server.host = u"relay.example.test"_s;
    QVERIFY(!add(account));
    QVERIFY(m_trouble);
    QVERIFY(std::get<outbox::Problem>(*m_trouble).kind == outbox::Problem::Kind::TlsMissing);
    QVERIFY(m_office->accounts().isEmpty());
}

} // namespace postrider::delivery

QTEST_GUILESS_MAIN(postrider::delivery::LocalRelayTest)
#include "tst_localrelay.moc"
