// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/symbolicicon.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::widgets;

namespace {

/// The colours of the pixels that are fully covered.
QList<QRgb> solidColors(const QImage &image)
{
    QList<QRgb> colors;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            if (qAlpha(pixel) == 255 && !colors.contains(pixel))
                colors.append(pixel);
        }
    }
    return colors;
}

} // namespace

class TestSymbolicIcon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedIcon_drawsSomething_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(u":/icons"_s).entryList({ u"*.svg"_s });
        QVERIFY(files.size() > 10);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyShippedIcon_drawsSomething()
    {
        QFETCH(QString, name);
        QVERIFY(!solidColors(symbolicIcon(name).pixmap(48).toImage()).isEmpty());
    }

    void changedPalette_changesTheIcon()
    {
        const QIcon icon = symbolicIcon(u"send"_s);
        const QPalette before = QApplication::palette();
        for (const QColor &color : { QColor(10, 20, 30), QColor(240, 230, 220) }) {
            QPalette palette = before;
            palette.setColor(QPalette::WindowText, color);
            QApplication::setPalette(palette);
            const QList<QRgb> drawn = solidColors(icon.pixmap(64).toImage());
            QVERIFY(drawn.contains(color.rgb()));
            // Where strokes overlap, blending may be one step off.
            for (const QRgb pixel : drawn)
                QVERIFY(qAbs(qRed(pixel) - color.red()) + qAbs(qGreen(pixel) - color.green())
                            + qAbs(qBlue(pixel) - color.blue())
                        <= 6);
        }
        QApplication::setPalette(before);
    }
};

QTEST_MAIN(TestSymbolicIcon)
#include "tst_symbolicicon.moc"
