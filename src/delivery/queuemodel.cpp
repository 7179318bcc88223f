// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/queuemodel.h"

#include "delivery/words/words.h"

#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace postrider::delivery {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using outbox::ListedMessage;
using outbox::MessageId;
using outbox::MessageSummary;

namespace {

/// Rows that are read together.
constexpr int PageSize = 32;
/// What the tallest window shows is less.
constexpr int MostWanted = 4 * PageSize;
/// While much is being sent, changes come by the thousand.
constexpr std::chrono::milliseconds RestInterval = 100ms;
/// "in 4 minutes" must stay true without anybody touching the window.
constexpr std::chrono::milliseconds TimesInterval = 20s;
/// More separate places than this that come and go at once are told as one.
constexpr qsizetype MostSpans = 32;

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

/// Rows that go and rows that come in their place.
struct Span
{
    qsizetype at = 0; ///< in the former list
    qsizetype removed = 0;
    qsizetype from = 0; ///< in the new list
    qsizetype inserted = 0;
};

/// What turns one list into the other, in their order.
QList<Span> differences(const QList<ListedMessage> &former, const QList<ListedMessage> &list)
{
    QList<Span> spans;
    qsizetype at = 0;
    qsizetype from = 0;
    const auto open = [&]() -> Span & {
        const bool isContinued = !spans.isEmpty() && spans.constLast().at + spans.constLast().removed == at
            && spans.constLast().from + spans.constLast().inserted == from;
        if (!isContinued)
            spans.append({ at, 0, from, 0 });
        return spans.last();
    };
    while (at < former.size() || from < list.size()) {
        const bool isBoth = at < former.size() && from < list.size();
        if (isBoth && former.at(at).id == list.at(from).id) {
            ++at;
            ++from;
        } else if (from == list.size() || (isBoth && former.at(at).row >= list.at(from).row)) {
            ++open().removed;
            ++at;
        } else {
            ++open().inserted;
            ++from;
        }
    }
    if (spans.size() <= MostSpans)
        return spans;
    const Span &first = spans.constFirst();
    const Span &last = spans.constLast();
    return { { first.at, last.at + last.removed - first.at, first.from,
               last.from + last.inserted - first.from } };
}

/// A row's place in a list; -1: it is not there.
int placeOf(const QList<ListedMessage> &list, qint64 row)
{
    const auto found
        = std::lower_bound(list.cbegin(), list.cend(), row,
                           [](const ListedMessage &message, qint64 value) { return message.row > value; });
    return found != list.cend() && found->row == row ? static_cast<int>(found - list.cbegin()) : -1;
}

MessageId toId(const ListedMessage &message)
{
    return message.id.toString(QUuid::WithoutBraces);
}

} // namespace

QueueModel::QueueModel(PostOffice &postOffice, const base::Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_postOffice(postOffice)
    , m_clock(clock)
{
    connect(&m_postOffice, &PostOffice::opened, this, &QueueModel::begin);
    connect(&m_postOffice, &PostOffice::outboxChanged, this, &QueueModel::noteChange);
    connect(&m_postOffice, &PostOffice::progressed, this, &QueueModel::showProgress);
    m_wantTimer.setSingleShot(true);
    m_wantTimer.setInterval(0);
    connect(&m_wantTimer, &QTimer::timeout, this, &QueueModel::read);
    m_restTimer.setSingleShot(true);
    m_restTimer.setInterval(RestInterval);
    connect(&m_restTimer, &QTimer::timeout, this, [this] {
        if (m_isStale)
            read();
    });
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &QueueModel::updateTimes);
    timer->start(TimesInterval);
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_list.size());
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ListedMessage &listed = m_list.at(index.row());
    if (role == IdRole)
        return toId(listed);
    if (role == StateRole)
        return QVariant::fromValue(listed.state);
    if (role == HoldRole)
        return QVariant::fromValue(listed.hold);
    if (const QueueCache::Entry *entry = m_cache.find(listed.row))
        return textOf(*entry, role);

    wantPage(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"…"_s;
    case SummaryRole:
        return QVariant::fromValue(message(index));
    case StateNameRole:
    case SentenceRole:
    case ProgressTextRole:
        return QString();
    case ProgressRole:
        return -1;
    default:
        return {};
    }
}

QVariant QueueModel::textOf(const QueueCache::Entry &entry, int role) const
{
    const MessageSummary &message = entry.summary;
    switch (role) {
    case Qt::DisplayRole:
        return title(message);
    case Qt::AccessibleTextRole:
        return u"%1, %2. %3"_s.arg(title(message), stateName(message), stateSentence(message, m_clock.now()));
    case SummaryRole:
        return QVariant::fromValue(message);
    case StateNameRole:
        return stateName(message);
    case SentenceRole:
        return stateSentence(message, m_clock.now());
    case ProgressRole:
        return entry.progress ? percent(*entry.progress) : -1;
    case ProgressTextRole:
        return entry.progress ? progressText(*entry.progress) : QString();
    default:
        return {};
    }
}

QModelIndexList QueueModel::match(const QModelIndex &start, int role, const QVariant &value, int hits,
                                  Qt::MatchFlags flags) const
{
    if (role != IdRole || flags != Qt::MatchExactly)
        return QAbstractListModel::match(start, role, value, hits, flags);
    const QModelIndex found = indexOf(value.toString());
    return found.isValid() && found.row() >= start.row() ? QModelIndexList { found } : QModelIndexList();
}

QModelIndex QueueModel::indexOf(const MessageId &id) const
{
    const QUuid wanted(id);
    const auto found = std::find_if(m_list.cbegin(), m_list.cend(),
                                    [&wanted](const ListedMessage &message) { return message.id == wanted; });
    return found == m_list.cend() ? QModelIndex() : index(static_cast<int>(found - m_list.cbegin()));
}

MessageSummary QueueModel::message(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const ListedMessage &listed = m_list.at(index.row());
    if (const QueueCache::Entry *entry = m_cache.find(listed.row))
        return entry->summary;
    MessageSummary summary;
    summary.id = toId(listed);
    summary.state = listed.state;
    summary.hold = listed.hold;
    return summary;
}

bool QueueModel::isRead(const QModelIndex &index) const
{
    return index.isValid() && m_cache.contains(m_list.at(index.row()).row);
}

// What is looked at next is most often beside it.
void QueueModel::wantPage(int row) const
{
    if (m_cache.isWanted(m_list.at(row).row))
        return;
    const int first = row - row % PageSize;
    const int end = std::min(first + PageSize, rowCount());
    for (int other = first; other < end; ++other) {
        const qint64 wanted = m_list.at(other).row;
        if (!m_cache.contains(wanted))
            m_cache.want(wanted);
    }
    if (!m_isReading)
        m_wantTimer.start();
}

void QueueModel::begin()
{
    m_isOpen = true;
    // Another database counts its changes anew.
    m_reader = {};
    noteChange();
}

void QueueModel::noteChange()
{
    m_isStale = true;
    if (!m_restTimer.isActive())
        read();
}

void QueueModel::read()
{
    if (m_isReading || !m_isOpen)
        return;
    m_isReading = true;
    m_isStale = false;
    m_reader.shown = m_cache.rows();
    m_reader.missing = m_cache.takeWanted(MostWanted);
    if (std::exchange(m_isLate, false))
        m_reader.missing += m_reader.shown;
    m_postOffice.follow(m_reader, this, [this](const base::Expected<outbox::ListUpdate, Trouble> &update) {
        m_isReading = false;
        m_restTimer.start();
        if (update)
            apply(*update);
        if (m_cache.wantsAny())
            m_wantTimer.start();
    });
}

void QueueModel::apply(const outbox::ListUpdate &update)
{
    m_reader.change = update.change;
    m_reader.version = update.version;
    const QList<ListedMessage> list = outbox::merged(m_list, update);
    const QList<qint64> kept = m_cache.rows();
    for (const qint64 row : kept) {
        const int place = placeOf(list, row);
        if (place < 0 || toId(list.at(place)) != m_cache.idOf(row))
            m_cache.remove(row);
    }
    QList<qint64> changed;
    for (const outbox::ListedSummary &told : update.summaries) {
        if (m_cache.put(told.row, told.summary))
            changed.append(told.row);
    }
    replace(list);
    announce(changed);
}

void QueueModel::announce(const QList<qint64> &rows)
{
    QList<int> places;
    for (const qint64 row : rows) {
        if (const int place = placeOf(m_list, row); place >= 0)
            places.append(place);
    }
    std::sort(places.begin(), places.end());
    for (auto first = places.cbegin(); first != places.cend();) {
        auto last = first;
        while (std::next(last) != places.cend() && *std::next(last) == *last + 1)
            ++last;
        Q_EMIT dataChanged(index(*first), index(*last));
        first = std::next(last);
    }
}

void QueueModel::replace(const QList<ListedMessage> &list)
{
    const QList<Span> spans = differences(m_list, list);
    // From the end, so that places before it stay true.
    for (auto span = spans.crbegin(); span != spans.crend(); ++span) {
        const int first = static_cast<int>(span->at);
        if (span->removed > 0) {
            beginRemoveRows({}, first, static_cast<int>(span->at + span->removed - 1));
            m_list.remove(span->at, span->removed);
            endRemoveRows();
        }
        if (span->inserted > 0) {
            beginInsertRows({}, first, static_cast<int>(span->at + span->inserted - 1));
            m_list.insert(span->at, span->inserted, {});
            std::copy_n(list.cbegin() + span->from, span->inserted, m_list.begin() + span->at);
            endInsertRows();
        }
    }
    // The same rows now; some have another state.
    qsizetype first = -1;
    qsizetype last = -1;
    for (qsizetype place = 0; place < list.size(); ++place) {
        if (m_list.at(place).state == list.at(place).state && m_list.at(place).hold == list.at(place).hold)
            continue;
        first = first < 0 ? place : first;
        last = place;
    }
    m_list = list;
    if (first >= 0)
        Q_EMIT dataChanged(index(static_cast<int>(first)), index(static_cast<int>(last)),
                           { StateRole, HoldRole });
}

void QueueModel::showProgress(const Progress &progress)
{
    const auto row = m_cache.rowOf(progress.id);
    if (!row || !m_cache.setProgress(*row, progress))
        return;
    if (const int place = placeOf(m_list, *row); place >= 0)
        Q_EMIT dataChanged(index(place), index(place), { ProgressRole, ProgressTextRole });
}

void QueueModel::updateTimes()
{
    if (m_list.isEmpty())
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), { SentenceRole, Qt::AccessibleTextRole });
    // An account's pace changes what its messages wait for without changing them.
    m_isLate = true;
    noteChange();
}

} // namespace postrider::delivery
