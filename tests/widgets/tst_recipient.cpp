// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/recipient.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::widgets;

class TestRecipient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entries_haveTheirTextLabelAndState_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("texts");
        QTest::addColumn<QString>("label");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, const QString &text, const QStringList &texts,
                            const QString &label, Recipient::State state) {
            QTest::newRow(name) << text << texts << label << static_cast<int>(state);
        };
        using State = Recipient::State;
        row("address", u" bob@example.net "_s, { u"bob@example.net"_s }, u"bob@example.net"_s, State::Good);
        row("name", u"Bob <bob@example.net>"_s, { u"Bob <bob@example.net>"_s }, u"Bob"_s, State::Good);
        row("quoted", u"\"Hill, Bob\" <bob@example.net>"_s, { u"\"Hill, Bob\" <bob@example.net>"_s },
            u"Hill, Bob"_s, State::Good);
        row("comma without quotes", u"Hill, Bob <bob@example.net>;"_s,
            { u"\"Hill, Bob\" <bob@example.net>"_s }, u"Hill, Bob"_s, State::Good);
        row("two lines", u"bob@example.net\nEve <eve@example.net>"_s,
            { u"bob@example.net"_s, u"Eve <eve@example.net>"_s }, u"bob@example.net"_s, State::Good);
        row("cells of a table", u"Bob Hill\tbob@example.net"_s, { u"\"Bob Hill\" <bob@example.net>"_s },
            u"Bob Hill"_s, State::Good);
        row("no address", u"joe"_s, { u"joe"_s }, u"joe"_s, State::Bad);
        row("typing mistake", u"Bob <bob@gmial.com>"_s, { u"Bob <bob@gmial.com>"_s }, u"bob@gmial.com"_s,
            State::Doubtful);
        row("good and bad", u"bob@example.net; joe smith@example.net; eve@"_s,
            { u"bob@example.net"_s, u"joe smith@example.net"_s, u"eve@"_s }, u"bob@example.net"_s,
            State::Good);
    }
    void entries_haveTheirTextLabelAndState()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, texts);
        QFETCH(QString, label);
        QFETCH(int, state);
        const QList<Recipient> recipients = readRecipients(text);
        QStringList found;
        for (const Recipient &recipient : recipients)
            found.append(recipient.text);
        QCOMPARE(found, texts);
        QCOMPARE(recipients.constFirst().label(), label);
        QCOMPARE(static_cast<int>(recipients.constFirst().state), state);
        QCOMPARE(recipients.constFirst().remark().isEmpty(),
                 recipients.constFirst().state == Recipient::State::Good);
    }

    void typingMistake_hasItsCorrection()
    {
        const Recipient recipient = readRecipient(u"Bob <bob@gmial.com>"_s);
        QCOMPARE(recipient.likelyDomain(), u"gmail.com"_s);
        QCOMPARE(readRecipient(recipient.corrected()).mailbox,
                 (postrider::mime::Mailbox { u"Bob"_s, u"bob"_s, u"gmail.com"_s }));
        QVERIFY(recipient.remark().contains(u"gmail.com"_s));
    }

    void textWithSeparators_isOneEntryWhenAskedForOne()
    {
        const Recipient recipient = readRecipient(u"joe, eve"_s);
        QCOMPARE(recipient.text, u"joe, eve"_s);
        QCOMPARE(recipient.state, Recipient::State::Bad);
    }
};

QTEST_APPLESS_MAIN(TestRecipient)
#include "tst_recipient.moc"
