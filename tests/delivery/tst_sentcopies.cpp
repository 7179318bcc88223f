// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/account.h"
#include "delivery/mboxentry.h"
#include "delivery/sentcopies.h"
#include "outbox/outboxfixture.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QtTest>

using namespace Qt::StringLiterals;
using postrider::delivery::SentCopies;
using postrider::delivery::writeMboxEntry;
using postrider::outbox::MessageId;
using postrider::outbox::OutboxFixture;
using postrider::outbox::RecipientState;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &octets)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(octets) == octets.size();
}

/// What a reader of mboxrd finds: the messages, with CRLF again.
QList<QByteArray> messagesOf(const QByteArray &mailbox)
{
    QList<QByteArray> messages;
    QByteArray before = "\n";
    const QByteArrayList lines = mailbox.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("From ") && before.trimmed().isEmpty()) {
            messages.append(QByteArray());
        } else if (!messages.isEmpty()) {
            QByteArray text = line;
            if (text.startsWith('>')
                && text.mid(text.lastIndexOf('>', text.indexOf("From "))).startsWith(">From "))
                text.remove(0, 1);
            messages.last() += text + "\r\n";
        }
        before = line;
    }
    for (QByteArray &message : messages) {
        while (message.endsWith("\r\n\r\n"))
            message.chop(2); // the empty line behind it
    }
    return messages;
}

struct Fixture : OutboxFixture
{
    QString folder = profile.beside(u"copies"_s);
    QString mailbox = profile.beside(u"Sent.mbox"_s);

    [[nodiscard]] MessageId sent(const QString &text = u"Hello\n"_s)
    {
        auto message = draft();
        message.text = text;
        const MessageId id = queue(message);
        clock.advance(std::chrono::seconds { 1 });
        return attempt(id, RecipientState::Sent) ? id : MessageId();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
};

} // namespace

class SentCopiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entry_isWhatMailProgramsRead_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("entry");
        QTest::newRow("plain") << "Subject: x\r\n\r\nHello\r\n"_ba
                               << "Subject: x\n\nHello\n\n"_ba;
        QTest::newRow("a line that looks like a begin")
            << "Subject: x\r\n\r\nFrom here\r\n>From there\r\n>>From\r\nFromage\r\n"_ba
            << "Subject: x\n\n>From here\n>>From there\n>>From\nFromage\n\n"_ba;
        QTest::newRow("no line end at the end") << "Subject: x\r\n\r\nHello"_ba
                                                << "Subject: x\n\nHello\n\n"_ba;
        QTest::newRow("header only") << "Subject: x\r\n\r\n"_ba
                                     << "Subject: x\n\n\n"_ba;
        const QByteArray longLine(200'000, 'x');
        QTest::newRow("long line") << QByteArray("A: b\r\n\r\n" + longLine + "From here\r\n")
                                   << QByteArray("A: b\n\n" + longLine + "From here\n\n");
        // The piece that is read at once ends between CR and LF.
        const QByteArray toTheEdge(64 * 1024 - 1, 'y');
        QTest::newRow("line end at an edge") << QByteArray("A: b\r\n\r\n" + toTheEdge + "\r\nz\r\n")
                                             << QByteArray("A: b\n\n" + toTheEdge + "\nz\n\n");
    }
    void entry_isWhatMailProgramsRead()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, entry);
        QBuffer device(&message);
        QVERIFY(device.open(QIODevice::ReadOnly));
        QByteArray written;
        QVERIFY(writeMboxEntry(device, "ann@example.org", QDateTime({ 2026, 3, 2 }, { 9, 5, 7 }, Qt::UTC),
                               [&written](QByteArrayView octets) {
                                   written += octets;
                                   return true;
                               }));
        QCOMPARE(written, QByteArray("From ann@example.org Mon Mar  2 09:05:07 2026\n" + entry));
    }

    void sentMessage_isAFileExactlyAsItWasSent()
    {
        Fixture f;
        QVERIFY(f.reopen());
        SentCopies copies(f.profile.folder(), f.folder);
        QVERIFY(copies.update(f.store()));
        QVERIFY(f.files().isEmpty());
        const MessageId id = f.sent();
        QVERIFY(copies.update(f.store()));
        QCOMPARE(f.files(), QStringList { u"20260302T090001Z-"_s + id + u".eml"_s });
        QCOMPARE(contentOf(f.folder + u'/' + f.files().constFirst()), f.content(id));
        QVERIFY(copies.update(f.store()));
        QCOMPARE(f.files().size(), 1);
    }

    void whatIsNotSent_isNotCopied()
    {
        Fixture f;
        QVERIFY(f.reopen());
        const MessageId before = f.sent(); // and what was sent before the place was chosen
        SentCopies copies(f.profile.folder(), f.folder);
        QVERIFY(copies.update(f.store()));
        QVERIFY(!f.queue().isEmpty());
        QVERIFY(f.attempt(f.queue(), RecipientState::Failed));
        QVERIFY(f.attempt(f.queue(), RecipientState::Deferred));
        QVERIFY(f.attempt(f.queue(), RecipientState::InDoubt));
        const MessageId caught = f.queue(f.draft(), f.options(postrider::accounts::Account::practiceId()));
        QVERIFY(f.attempt(caught, RecipientState::Sent));
        QVERIFY(copies.update(f.store()));
        QVERIFY(f.files().isEmpty());
        QVERIFY(!before.isEmpty());
    }

    void messageInDoubt_isCopiedWhenAPersonSaysThatItArrived()
    {
        Fixture f;
        QVERIFY(f.reopen());
        SentCopies copies(f.profile.folder(), f.folder);
        QVERIFY(copies.update(f.store()));
        const MessageId id = f.queue();
        QVERIFY(f.attempt(id, RecipientState::InDoubt));
        QVERIFY(copies.update(f.store()));
        QVERIFY(f.files().isEmpty());
        QVERIFY(f.store().resolve(id, postrider::outbox::Store::Resolution::Sent));
        QVERIFY(copies.update(f.store()));
        QCOMPARE(f.files().size(), 1);
    }

    void mailbox_hasEveryMessageOnce()
    {
        Fixture f;
        QVERIFY(f.reopen());
        SentCopies copies(f.profile.folder(), f.mailbox);
        QVERIFY(copies.update(f.store()));
        QList<MessageId> ids;
        for (const QString &text : { u"From the first\n"_s, u">From the second\n"_s, u"third"_s }) {
            ids += f.sent(text);
            if (ids.size() != 2)
                QVERIFY(copies.update(f.store())); // one alone, then two together
        }
        const QList<QByteArray> found = messagesOf(contentOf(f.mailbox));
        QCOMPARE(found.size(), 3);
        for (qsizetype i = 0; i < ids.size(); ++i)
            QCOMPARE(found.at(i), f.content(ids.at(i)));
    }

    void mailboxOfAnotherProgram_isContinued()
    {
        Fixture f;
        QVERIFY(f.reopen());
        const QByteArray before = "From eve@example.org Mon Mar  2 08:00:00 2026\nSubject: a\n\nb"_ba;
        QVERIFY(write(f.mailbox, before));
        SentCopies copies(f.profile.folder(), f.mailbox);
        QVERIFY(copies.update(f.store()));
        const MessageId id = f.sent();
        QVERIFY(copies.update(f.store()));
        const QByteArray begin = before + "\n\nFrom ann@example.org Mon Mar  2 09:00:01 2026\n";
        QVERIFY(contentOf(f.mailbox).startsWith(begin));
        QCOMPARE(messagesOf(contentOf(f.mailbox)).last(), f.content(id));
    }

    void nextProcess_copiesOnlyWhatIsLeft_data()
    {
        QTest::addColumn<bool>("isMailbox");
        QTest::newRow("folder") << false;
        QTest::newRow("mailbox") << true;
    }
    void nextProcess_copiesOnlyWhatIsLeft()
    {
        QFETCH(bool, isMailbox);
        Fixture f;
        QVERIFY(f.reopen());
        const QString target = isMailbox ? f.mailbox : f.folder;
        const auto count
            = [&] { return isMailbox ? messagesOf(contentOf(target)).size() : f.files().size(); };
        {
            SentCopies copies(f.profile.folder(), target);
            QVERIFY(copies.update(f.store()));
            QVERIFY(!f.sent().isEmpty());
            QVERIFY(copies.update(f.store()));
            QVERIFY(!f.sent().isEmpty()); // and then the process ends
        }
        QCOMPARE(count(), 1);
        SentCopies copies(f.profile.folder(), target);
        QVERIFY(copies.update(f.store()));
        QCOMPARE(count(), 2);
        SentCopies another(f.profile.folder(), target);
        QVERIFY(another.update(f.store()));
        QCOMPARE(count(), 2);
    }

    void crashAtEveryOctet_doublesNothing_data()
    {
        QTest::addColumn<bool>("isNoted");
        QTest::newRow("mailbox half written") << false;
        QTest::newRow("and the journal too") << true;
    }
    /// The mailbox as a crash would leave it: cut at every place, with and without the end of the journal.
    void crashAtEveryOctet_doublesNothing()
    {
        QFETCH(bool, isNoted);
        Fixture f;
        QVERIFY(f.reopen());
        const QString journal = f.profile.path(u"sent-copies"_s);
        const QByteArray before = "From eve@example.org Mon Mar  2 08:00:00 2026\nSubject: a\n\nb\n"_ba;
        QVERIFY(write(f.mailbox, before));
        QByteArray journalThen;
        {
            SentCopies copies(f.profile.folder(), f.mailbox);
            QVERIFY(copies.update(f.store()));
            QVERIFY(!f.sent(u"one\n"_s).isEmpty());
            QVERIFY(!f.sent(u"two\n"_s).isEmpty());
            QVERIFY(copies.update(f.store()));
            journalThen = contentOf(journal);
        }
        const QByteArray complete = contentOf(f.mailbox);
        if (!isNoted)
            journalThen.truncate(journalThen.lastIndexOf("copied "));
        for (qsizetype size = before.size(); size <= complete.size(); ++size) {
            if (isNoted && size < complete.size())
                continue; // it is synced before it is noted
            QVERIFY(write(f.mailbox, complete.first(size)));
            QVERIFY(write(journal, journalThen));
            SentCopies copies(f.profile.folder(), f.mailbox);
            QVERIFY(copies.update(f.store()));
            QVERIFY2(contentOf(f.mailbox) == complete, QByteArray::number(size).constData());
        }
    }

    void whatAnotherProgramPutBehindHalfAnEntry_stays()
    {
        Fixture f;
        QVERIFY(f.reopen());
        const QString journal = f.profile.path(u"sent-copies"_s);
        QByteArray journalThen;
        MessageId id;
        {
            SentCopies copies(f.profile.folder(), f.mailbox);
            QVERIFY(copies.update(f.store()));
            id = f.sent();
            QVERIFY(copies.update(f.store()));
            journalThen = contentOf(journal);
        }
        journalThen.truncate(journalThen.lastIndexOf("copied "));
        const QByteArray other = contentOf(f.mailbox).first(60)
            + "\n\nFrom eve@example.org Mon Mar  2 08:00:00 2026\nA: b\n\nc\n\n";
        QVERIFY(write(f.mailbox, other));
        QVERIFY(write(journal, journalThen));
        SentCopies copies(f.profile.folder(), f.mailbox);
        QVERIFY(copies.update(f.store()));
        QVERIFY(contentOf(f.mailbox).startsWith(other));
        QCOMPARE(messagesOf(contentOf(f.mailbox)).last(), f.content(id));
    }

    void placeThatCannotBeWritten_isToldAndFilledLater()
    {
        Fixture f;
        QVERIFY(f.reopen());
        QVERIFY(write(f.profile.beside(u"obstacle"_s), "a file"));
        const QString target = f.profile.beside(u"obstacle/copies"_s);
        SentCopies copies(f.profile.folder(), target);
        QVERIFY(copies.update(f.store()));
        const MessageId id = f.sent();
        const auto failed = copies.update(f.store());
        QVERIFY(!failed);
        QVERIFY(failed.error().path.startsWith(f.profile.beside(u"obstacle"_s)));
        QVERIFY(!failed.error().reason.isEmpty());
        QVERIFY(f.state(id) == postrider::outbox::MessageState::Sent);
        QVERIFY(QFile::remove(f.profile.beside(u"obstacle"_s)));
        QVERIFY(copies.update(f.store()));
        QCOMPARE(QDir(target).entryList({ u"*.eml"_s }).size(), 1);
    }

    void anotherPlace_getsWhatIsSentFromThenOn()
    {
        Fixture f;
        QVERIFY(f.reopen());
        {
            SentCopies copies(f.profile.folder(), f.mailbox);
            QVERIFY(copies.update(f.store()));
            QVERIFY(!f.sent().isEmpty());
            QVERIFY(copies.update(f.store()));
        }
        SentCopies copies(f.profile.folder(), f.folder);
        QVERIFY(copies.update(f.store()));
        QVERIFY(f.files().isEmpty());
        QVERIFY(!f.sent().isEmpty());
        QVERIFY(copies.update(f.store()));
        QCOMPARE(f.files().size(), 1);
        QCOMPARE(messagesOf(contentOf(f.mailbox)).size(), 1);
    }

    void largeMessage_isCopiedWhole()
    {
        Fixture f;
        QVERIFY(f.reopen());
        SentCopies copies(f.profile.folder(), f.mailbox);
        QVERIFY(copies.update(f.store()));
        const MessageId id = f.sent(QString(u"From a long story\n"_s).repeated(100'000));
        QVERIFY(f.content(id).size() > 1'000'000);
        QVERIFY(copies.update(f.store()));
        const QList<QByteArray> found = messagesOf(contentOf(f.mailbox));
        QCOMPARE(found.size(), 1);
        QVERIFY(found.first() == f.content(id));
    }
};

QTEST_GUILESS_MAIN(SentCopiesTest)
#include "tst_sentcopies.moc"
