// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/fileslice.h"

#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using postrider::delivery::FileSlice;

class FileSliceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slicesOfOneFile_areReadInAnyOrder()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("firstSECONDthird");
        QVERIFY(file.flush());
        FileSlice first(file, 0, 5);
        FileSlice second(file, 5, 6);
        QCOMPARE(second.size(), 6);
        QCOMPARE(second.read(2), "SE"_ba);
        QCOMPARE(first.read(3), "fir"_ba);
        QCOMPARE(second.read(100), "COND"_ba);
        QVERIFY(second.atEnd());
        QCOMPARE(first.readAll(), "st"_ba);
        QVERIFY(second.seek(0));
        QCOMPARE(second.readAll(), "SECOND"_ba);
        QCOMPARE(second.read(1), QByteArray());
    }
};

QTEST_GUILESS_MAIN(FileSliceTest)

#include "tst_fileslice.moc"
