// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/attachmentmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using postrider::compose::AttachmentModel;

class TestAttachmentModel : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder {};

    QString makeFile(const QString &name, qsizetype size)
    {
        QFile file(m_folder.filePath(name));
        [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
        file.write(QByteArray(size, 'x'));
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void readableFiles_becomeRowsWithNameAndSize()
    {
        AttachmentModel model;
        const QAbstractItemModelTester tester(&model);
        model.addFiles({ makeFile(u"a.txt"_s, 5) });
        QTRY_COMPARE(model.rowCount(), 1);
        model.addFiles({ makeFile(u"b.txt"_s, 2048) });
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(model.totalSize(), 2053);
        QVERIFY(model.index(0).data().toString().contains(u"a.txt"_s));
        QVERIFY(model.index(0).data().toString().endsWith(QLocale().formattedDataSize(5)));
        QCOMPARE(model.attachments().at(1).fileName, u"b.txt"_s);
        QCOMPARE(model.attachments().at(1).path, m_folder.filePath(u"b.txt"_s));

        model.removeAt(0);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.attachments().at(0).fileName, u"b.txt"_s);
    }

    void sameFileTwice_isOneRow()
    {
        AttachmentModel model;
        const QString path = makeFile(u"once.txt"_s, 1);
        QSignalSpy changed(&model, &AttachmentModel::dataChanged);
        model.addFiles({ path, path });
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(model.rowCount(), 1);
    }

    void whatCannotBeRead_isRefusedWithAReason_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << m_folder.filePath(u"missing"_s);
        QTest::newRow("folder") << m_folder.path();
#ifdef Q_OS_UNIX
        QTest::newRow("device") << u"/dev/null"_s;
#endif
    }
    void whatCannotBeRead_isRefusedWithAReason()
    {
        QFETCH(QString, path);
        AttachmentModel model;
        QSignalSpy refused(&model, &AttachmentModel::refused);
        model.addFiles({ path });
        QVERIFY(refused.wait());
        QCOMPARE(refused.at(0).at(0).toString(), path);
        QVERIFY(!refused.at(0).at(1).toString().isEmpty());
        QCOMPARE(model.rowCount(), 0);
    }

    void modelThatGoesAwayWhileItLooks_isNoProblem()
    {
        const QString path = makeFile(u"late.txt"_s, 1);
        for (int i = 0; i < 50; ++i)
            AttachmentModel().addFiles({ path });
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
    }

    void deceivingName_isShownInert()
    {
        AttachmentModel model;
        model.addFiles({ makeFile(u"report\u202efdp.exe"_s, 1) });
        QTRY_COMPARE(model.rowCount(), 1);
        QVERIFY(!model.index(0).data().toString().contains(QChar(0x202e)));
    }
};

QTEST_GUILESS_MAIN(TestAttachmentModel)
#include "tst_attachmentmodel.moc"
