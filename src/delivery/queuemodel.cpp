// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/queuemodel.h"

#include "delivery/words/words.h"

#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using outbox::MessageId;
using outbox::MessageState;
using outbox::MessageSummary;

namespace {

constexpr int PageSize = 100;
/// "in 4 minutes" must stay true without anybody touching the window.
constexpr std::chrono::milliseconds TimesInterval = 20s;

QString recipientsText(const MessageSummary &message)
{
    if (message.recipients.isEmpty())
        return {};
    const QString first = QString::fromUtf8(message.recipients.first().address);
    const qsizetype others = message.recipients.size() - 1;
    return others == 0 ? first : u"%1 +%2"_s.arg(first).arg(others);
}

QString title(const MessageSummary &message)
{
    const QString subject
        = message.subject.isEmpty() ? QueueModel::tr("(no subject)") : u"“"_s + message.subject + u"”"_s;
    return QueueModel::tr("%1 to %2").arg(subject, recipientsText(message));
}

QString size(qint64 octets)
{
    return QLocale().formattedDataSize(octets, 1, QLocale::DataSizeSIFormat);
}

int percent(const Progress &progress)
{
    return progress.total > 0
        ? static_cast<int>(std::min(progress.octets, progress.total) * 100 / progress.total)
        : 0;
}

QString progressText(const Progress &progress)
{
    switch (progress.phase) {
    case Progress::Phase::Connecting:
        return QueueModel::tr("Connecting…");
    case Progress::Phase::SigningIn:
        return QueueModel::tr("Signing in…");
    case Progress::Phase::Sending:
        return QueueModel::tr("Sending… %1 %, %2 of %3")
            .arg(percent(progress))
            .arg(size(progress.octets), size(progress.total));
    case Progress::Phase::WaitingForAnswer:
        return QueueModel::tr("Waiting for the server's answer…");
    }
    Q_UNREACHABLE();
}

/// Whether two rows would look and read the same.
bool isSame(const MessageSummary &a, const MessageSummary &b)
{
    return a.changed == b.changed && a.state == b.state && a.hold == b.hold && a.nextAttempt == b.nextAttempt
        && a.problem == b.problem && a.attempts == b.attempts && a.subject == b.subject && a.size == b.size;
}

} // namespace

QueueModel::QueueModel(PostOffice &postOffice, const base::Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_postOffice(postOffice)
    , m_clock(clock)
    , m_wanted(PageSize)
{
    connect(&m_postOffice, &PostOffice::opened, this, &QueueModel::reload);
    connect(&m_postOffice, &PostOffice::outboxChanged, this, &QueueModel::reload);
    connect(&m_postOffice, &PostOffice::progressed, this, &QueueModel::showProgress);
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &QueueModel::updateTimes);
    timer->start(TimesInterval);
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const MessageSummary &message = m_rows.at(index.row());
    const auto progress = m_progress.constFind(message.id);
    const bool isMoving = progress != m_progress.constEnd();
    switch (role) {
    case Qt::DisplayRole:
        return title(message);
    case Qt::AccessibleTextRole:
        return u"%1, %2. %3"_s.arg(title(message), stateName(message), stateSentence(message, m_clock.now()));
    case IdRole:
        return message.id;
    case SummaryRole:
        return QVariant::fromValue(message);
    case StateNameRole:
        return stateName(message);
    case SentenceRole:
        return stateSentence(message, m_clock.now());
    case ProgressRole:
        return isMoving ? percent(*progress) : -1;
    case ProgressTextRole:
        return isMoving ? progressText(*progress) : QString();
    default:
        return {};
    }
}

bool QueueModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_atEnd;
}

void QueueModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent) || m_loading)
        return;
    m_wanted += PageSize;
    reload();
}

QModelIndex QueueModel::indexOf(const MessageId &id) const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).id == id)
            return index(static_cast<int>(row));
    }
    return {};
}

MessageSummary QueueModel::message(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.value(index.row()) : MessageSummary {};
}

void QueueModel::reload()
{
    if (m_loading) {
        m_stale = true;
        return;
    }
    m_loading = true;
    m_stale = false;
    // One row more than wanted tells whether there is another page.
    m_postOffice.list(m_wanted + 1, 0, this,
                      [this](const base::Expected<QList<MessageSummary>, Trouble> &rows) {
                          m_loading = false;
                          if (rows) {
                              m_atEnd = rows->size() <= m_wanted;
                              apply(rows->first(std::min<qsizetype>(rows->size(), m_wanted)));
                          }
                          if (m_stale)
                              reload();
                      });
}

void QueueModel::apply(const QList<MessageSummary> &rows)
{
    // Rows never change their order (newest first by creation), so one walk tells what came, went and
    // changed.
    QHash<MessageId, qsizetype> positions;
    for (qsizetype row = 0; row < rows.size(); ++row)
        positions.insert(rows.at(row).id, row);
    for (qsizetype row = m_rows.size() - 1; row >= 0; --row) {
        if (positions.contains(m_rows.at(row).id))
            continue;
        beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
        m_progress.remove(m_rows.at(row).id);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const MessageSummary &message = rows.at(row);
        if (row >= m_rows.size() || m_rows.at(row).id != message.id) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_rows.insert(row, message);
            endInsertRows();
            continue;
        }
        if (message.state != MessageState::Sending && message.state != MessageState::Queued)
            m_progress.remove(message.id);
        if (isSame(m_rows.at(row), message))
            continue;
        m_rows[row] = message;
        const QModelIndex changed = index(static_cast<int>(row));
        Q_EMIT dataChanged(changed, changed);
    }
}

void QueueModel::showProgress(const Progress &progress)
{
    const QModelIndex row = indexOf(progress.id);
    if (!row.isValid())
        return;
    const MessageState state = m_rows.at(row.row()).state;
    if (state != MessageState::Sending && state != MessageState::Queued)
        return;
    m_progress.insert(progress.id, progress);
    Q_EMIT dataChanged(row, row, { ProgressRole, ProgressTextRole });
}

void QueueModel::updateTimes()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { SentenceRole, Qt::AccessibleTextRole });
}

} // namespace postrider::delivery
