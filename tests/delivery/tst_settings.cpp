// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/settings.h"
#include "support/tempprofile.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using postrider::delivery::readSettings;
using postrider::delivery::SettingError;
using postrider::delivery::Settings;
using postrider::delivery::settingText;
using postrider::delivery::writeSetting;
using postrider::support::TempProfile;

namespace {

bool write(const TempProfile &profile, const QByteArray &text)
{
    QFile file(profile.path(u"settings.ini"_s));
    return QDir().mkpath(profile.folder()) && file.open(QIODevice::WriteOnly)
        && file.write(text) == text.size();
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingChosen_isTheDefault()
    {
        const TempProfile profile;
        const Settings settings = readSettings(profile.folder());
        QCOMPARE(settings.undoWindow.count(), 10);
        QVERIFY(settings.retention.message == std::chrono::days { 30 });
        QVERIFY(settings.retention.record == std::chrono::days { 365 });
        QVERIFY(settings.copyTo.isEmpty());
    }

    void fileOfAPerson_isUnderstood()
    {
        const TempProfile profile;
        QVERIFY(write(profile,
                      "[sending]\nundoSeconds=0\n\n[sent]\nkeepMessagesDays=0\nkeepRecordsDays=0\n"
                      "copyTo=/home/ann/Mail, sent, 2026/copies\n"));
        const Settings settings = readSettings(profile.folder());
        QVERIFY(settings.undoWindow == 0s);
        QVERIFY(settings.retention.message > std::chrono::days { 30'000 });
        QVERIFY(!settings.retention.record);
        QCOMPARE(settings.copyTo, u"/home/ann/Mail, sent, 2026/copies"_s);
        QCOMPARE(settingText(settings, u"sent/keepMessagesDays"_s), u"0"_s);
        QCOMPARE(settingText(settings, u"sent/keepRecordsDays"_s), u"0"_s);
    }

    void impossibleValue_isTheDefault_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("too long") << "121"_ba;
        QTest::newRow("negative") << "-1"_ba;
        QTest::newRow("word") << "soon"_ba;
        QTest::newRow("empty") << ""_ba;
    }
    void impossibleValue_isTheDefault()
    {
        QFETCH(QByteArray, value);
        const TempProfile profile;
        QVERIFY(write(profile, "[sending]\nundoSeconds=" + value + "\n"));
        QCOMPARE(readSettings(profile.folder()).undoWindow.count(), 10);
    }

    void relativePlace_isBelowTheProfile()
    {
        const TempProfile profile;
        QVERIFY(write(profile, "[sent]\ncopyTo=copies/../Sent.mbox\n"));
        QCOMPARE(readSettings(profile.folder()).copyTo, profile.path(u"Sent.mbox"_s));
    }

    void setting_isKept_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("undo") << u"sending/undoSeconds"_s << u"120"_s;
        QTest::newRow("messages") << u"sent/keepMessagesDays"_s << u"7"_s;
        QTest::newRow("records") << u"sent/keepRecordsDays"_s << u"0"_s;
        QTest::newRow("place") << u"sent/copyTo"_s << u"/home/änn/Sent, 1.mbox"_s;
        QTest::newRow("no place") << u"sent/copyTo"_s << QString();
    }
    void setting_isKept()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const TempProfile profile;
        QVERIFY(QDir().mkpath(profile.folder()));
        QVERIFY(writeSetting(profile.folder(), name, value));
        QCOMPARE(settingText(readSettings(profile.folder()), name), value);
    }

    void badSetting_isRefused()
    {
        const TempProfile profile;
        QVERIFY(QDir().mkpath(profile.folder()));
        const auto unknown = writeSetting(profile.folder(), u"sending/speed"_s, u"1"_s);
        QVERIFY(!unknown && unknown.error() == SettingError::UnknownName);
        const auto bad = writeSetting(profile.folder(), u"sending/undoSeconds"_s, u"121"_s);
        QVERIFY(!bad && bad.error() == SettingError::BadValue);
        QVERIFY(!QFile::exists(profile.path(u"settings.ini"_s)));
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
