// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/words/hintwords.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using discovery::Provider;
using discovery::ProviderTable;
using discovery::SendingService;
using discovery::SignInKind;

namespace {

const ProviderTable &table()
{
    return ProviderTable::builtIn();
}

/// name is somebody's own, with whatever letters and signs they like.
bool isSentence(QString text, const QString &name)
{
    text.replace(name, "Name"_L1);
    static const QRegularExpression left(u"%[0-9n]|%EMAIL"_s);
    return !text.isEmpty() && text.front().isUpper() && text.endsWith(u'.') && !text.contains(left)
        && !text.contains("please"_L1, Qt::CaseInsensitive) && !text.contains(u'!');
}

} // namespace

class HintWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHint_hasItsSteps();
    void withoutHint_thereAreNoSteps();
    void appPassword_isSaidWhereItIsNeeded();
    void everyService_explainsItself();
    void pace_isSaidWhereItIsKnown();
};

void HintWordsTest::everyHint_hasItsSteps()
{
    for (const Provider &provider : table().providers()) {
        const QStringList steps = discovery::hintSteps(provider);
        QVERIFY2(steps.isEmpty() == provider.hint.isEmpty(), qPrintable(provider.id));
        for (const QString &step : steps)
            QVERIFY2(isSentence(step, provider.name), qPrintable(provider.id + u": "_s + step));
    }
}

void HintWordsTest::withoutHint_thereAreNoSteps()
{
    QVERIFY(discovery::hintSteps(Provider {}).isEmpty());
    QVERIFY(discovery::hintSteps(Provider { .hint = u"unknown"_s }).isEmpty());
    QVERIFY(discovery::userHint(SendingService { .userHint = u"unknown"_s }).isEmpty());
}

void HintWordsTest::appPassword_isSaidWhereItIsNeeded()
{
    for (const Provider &provider : table().providers()) {
        if (provider.signIn != QList { SignInKind::AppPassword })
            continue;
        const QString last = discovery::hintSteps(provider).last();
        QVERIFY2(last.contains(u"nter "_s), qPrintable(provider.id + u": "_s + last));
    }
}

void HintWordsTest::everyService_explainsItself()
{
    for (const SendingService &service : table().services()) {
        for (const QString &text : { discovery::userHint(service), discovery::passwordHint(service),
                                     discovery::senderRule(service) })
            QVERIFY2(isSentence(text, service.name), qPrintable(service.id + u": "_s + text));
        if (!service.userPattern.isEmpty())
            QVERIFY(discovery::userHint(service).contains(service.userPattern));
    }
}

void HintWordsTest::pace_isSaidWhereItIsKnown()
{
    const SendingService ses = *table().serviceById(u"amazon-ses");
    QVERIFY(discovery::paceHint(ses).contains("200"_L1));
    QVERIFY(discovery::paceHint(SendingService {}).isEmpty());
}

QTEST_GUILESS_MAIN(HintWordsTest)
#include "tst_hintwords.moc"
