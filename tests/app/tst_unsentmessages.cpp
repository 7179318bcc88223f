// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/unsentmessages.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using app::UnsentMessage;
using app::UnsentMessages;
using support::TempProfile;

namespace {

constexpr QFileDevice::Permissions Others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
    | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

UnsentMessage message(const QString &id)
{
    UnsentMessage message;
    message.id = id;
    message.accountId = u"account-1"_s;
    message.content = { .from = u"sales@example.com"_s,
                        .to = u"Ann <ann@example.org>, joe"_s, // "joe" is no address yet
                        .cc = u"\"Hill, Bob\" <bob@example.net>"_s,
                        .bcc = u"eve@"_s,
                        .replyTo = u"office@example.org"_s,
                        .subject = u"Grüße ✓"_s,
                        .text = u"one\ttwo\n\n.\n\U0001F4EE"_s,
                        .html = u"<div><b>one</b></div>"_s,
                        .attachments = { { u"/home/ann/a.pdf"_s, u"a.pdf"_s, "application/pdf"_ba } } };
    return message;
}

QStringList files(const TempProfile &profile)
{
    return QDir(profile.path(u"unsent"_s)).entryList({ u"*.json*"_s }, QDir::Files, QDir::Name);
}

} // namespace

class TestUnsentMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keptMessage_comesBackExactlyInANewStart()
    {
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).keep(message(u"a"_s)));

        const auto loaded = UnsentMessages(profile.folder()).load();
        QCOMPARE(loaded.messages, QList<UnsentMessage> { message(u"a"_s) });
        QVERIFY(loaded.setAside.isEmpty());
    }

    void keptMessage_isForItsOwnersEyesOnly()
    {
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).keep(message(u"a"_s)));
        QVERIFY(!(QFileInfo(profile.path(u"unsent/a.json"_s)).permissions() & Others));
        QVERIFY(!(QFileInfo(profile.path(u"unsent"_s)).permissions() & Others));
    }

    void messageKeptAgain_replacesTheFormerText()
    {
        const TempProfile profile;
        const UnsentMessages unsent(profile.folder());
        QVERIFY(unsent.keep(message(u"a"_s)));
        UnsentMessage later = message(u"a"_s);
        later.content.text = u"more"_s;
        QVERIFY(unsent.keep(later));
        QCOMPARE(files(profile), QStringList { u"a.json"_s });
        QCOMPARE(UnsentMessages(profile.folder()).load().messages, QList<UnsentMessage> { later });
    }

    void loadedMessage_staysUntilItIsRemoved()
    {
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).keep(message(u"a"_s)));
        QCOMPARE(UnsentMessages(profile.folder()).load().messages.size(), 1);
        QCOMPARE(UnsentMessages(profile.folder()).load().messages.size(), 1);
        UnsentMessages(profile.folder()).remove(u"a"_s);
        QVERIFY(UnsentMessages(profile.folder()).load().messages.isEmpty());
        QVERIFY(files(profile).isEmpty());
    }

    void secondProcess_doesNotOpenWhatTheFirstHasOpen()
    {
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).keep(message(u"a"_s)));
        {
            UnsentMessages first(profile.folder());
            QCOMPARE(first.load().messages.size(), 1);
            UnsentMessages second(profile.folder());
            QVERIFY(second.load().messages.isEmpty());
            QVERIFY(second.keep(message(u"b"_s)));
        }
        QCOMPARE(UnsentMessages(profile.folder()).load().messages.size(), 2);
    }

    void damagedFile_isSetAsideUnchangedAndTold_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("half") << R"({ "account": "a", "draft": {)"_ba;
        QTest::newRow("no draft") << R"({ "account": "a" })"_ba;
        QTest::newRow("a list") << "[]"_ba;
        QTest::newRow("octets") << "\x00\xff\xfe"_ba;
    }
    void damagedFile_isSetAsideUnchangedAndTold()
    {
        QFETCH(QByteArray, octets);
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).keep(message(u"good"_s)));
        QFile file(profile.path(u"unsent/bad.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(octets), octets.size());
        file.close();

        const auto loaded = UnsentMessages(profile.folder()).load();
        QCOMPARE(loaded.messages, QList<UnsentMessage> { message(u"good"_s) });
        QCOMPARE(loaded.setAside.size(), 1);
        QVERIFY(loaded.setAside.constFirst().contains(u"bad.json.damaged-"_s));
        QFile kept(loaded.setAside.constFirst());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), octets);

        QVERIFY(UnsentMessages(profile.folder()).load().setAside.isEmpty());
    }

    void folderThatCannotBeMade_isAnErrorWithItsReason()
    {
        const TempProfile profile;
        const QString file = profile.writeBeside(u"file"_s, "x"_ba);
        const auto kept = UnsentMessages(file).keep(message(u"a"_s)); // a file where the profile should be
        QVERIFY(!kept);
        QVERIFY(!kept.error().isEmpty());
        QVERIFY(UnsentMessages(file).load().messages.isEmpty());
    }

    void emptyProfile_hasNone()
    {
        const TempProfile profile;
        QVERIFY(UnsentMessages(profile.folder()).load().messages.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestUnsentMessages)
#include "tst_unsentmessages.moc"
