// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/caughtmessagedialog.h"

#include "app/ui_caughtmessagedialog.h"

#include "widgets/fittoscreen.h"

#include <QFile>
#include <QFontDatabase>
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace postrider::app {

namespace {

constexpr qint64 MostShown = 256 * 1024; // octets; a text widget is no place for a whole attachment

struct Reading
{
    QString text {};
    bool isCut = false;
};

// Blocking.
Reading read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return { file.errorString(), false };
    const QByteArray octets = file.read(MostShown);
    return { QString::fromUtf8(octets).remove(u'\r'), !file.atEnd() };
}

} // namespace

CaughtMessageDialog::CaughtMessageDialog(const QString &emlPath, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::CaughtMessageDialog>())
{
    m_ui->setupUi(this);
    widgets::fitToScreen(*this);
    m_ui->messageEdit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->messageEdit->setFocus();
    m_ui->cutLabel->hide();
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto promise = std::make_shared<QPromise<Reading>>();
    promise->start();
    // Not QFuture::then(): its context may not go away while the file is read.
    auto *watcher = new QFutureWatcher<Reading>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        const Reading reading = watcher->result();
        m_ui->messageEdit->setPlainText(reading.text);
        m_ui->cutLabel->setVisible(reading.isCut);
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, emlPath] {
        promise->addResult(read(emlPath));
        promise->finish();
    });
}

CaughtMessageDialog::~CaughtMessageDialog() = default;

} // namespace postrider::app
