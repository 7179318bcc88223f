// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/portlistmodel.h"

#include "discovery/words.h"
#include "widgets/symbolicicon.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::setup {

using discovery::PortResult;
using discovery::Verdict;
using widgets::Tone;

namespace {

bool works(const PortResult &result)
{
    return result.verdict == Verdict::Ok || result.verdict == Verdict::OkSlow;
}

QIcon iconOf(const PortResult &result)
{
    if (result.isRunning)
        return widgets::symbolicIcon(u"state-waiting"_s);
    switch (toneOf(result)) {
    case Tone::Good:
        return widgets::symbolicIcon(u"state-sent"_s);
    case Tone::Attention:
        return widgets::symbolicIcon(u"state-attention"_s);
    case Tone::Problem:
        return widgets::symbolicIcon(u"state-failed"_s);
    case Tone::Information:
    case Tone::Practice:
        break;
    }
    return widgets::symbolicIcon(u"state-draft"_s);
}

qsizetype indexOf(const QList<PortResult> &ports, const accounts::Server &server)
{
    const auto found = std::find_if(ports.begin(), ports.end(),
                                    [&server](const PortResult &port) { return port.server == server; });
    return found == ports.end() ? -1 : std::distance(ports.begin(), found);
}

} // namespace

Tone toneOf(const PortResult &result)
{
    if (result.verdict == Verdict::NotTried)
        return Tone::Information;
    if (result.isRecommendable())
        return Tone::Good;
    // It works, but a person decides: port 25, a sign-in of another kind.
    const bool wantsPerson = works(result) || result.verdict == Verdict::NeedOAuth
        || result.verdict == Verdict::NeedAppPassword || result.verdict == Verdict::EnableFirst;
    return wantsPerson ? Tone::Attention : Tone::Problem;
}

PortListModel::PortListModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void PortListModel::setReport(const discovery::Report &report)
{
    m_best = report.recommended ? std::optional(report.recommended->server) : std::nullopt;
    removeGone(report.ports);
    addNew(report.ports);
    reorder(report.ports);
    m_ports = report.ports;
    if (!m_ports.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PortListModel::bestRow() const
{
    return m_best ? static_cast<int>(indexOf(m_ports, *m_best)) : -1;
}

void PortListModel::removeGone(const QList<PortResult> &ports)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (indexOf(ports, m_ports.at(row).server) >= 0)
            continue;
        beginRemoveRows({}, row, row);
        m_ports.removeAt(row);
        endRemoveRows();
    }
}

void PortListModel::addNew(const QList<PortResult> &ports)
{
    for (const PortResult &port : ports) {
        if (indexOf(m_ports, port.server) >= 0)
            continue;
        beginInsertRows({}, rowCount(), rowCount());
        m_ports.append(port);
        endInsertRows();
    }
}

void PortListModel::reorder(const QList<PortResult> &ports)
{
    const bool isInOrder = std::equal(
        m_ports.begin(), m_ports.end(), ports.begin(), ports.end(),
        [](const PortResult &one, const PortResult &other) { return one.server == other.server; });
    if (isInOrder)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before) {
        const auto row = static_cast<int>(indexOf(ports, m_ports.at(old.row()).server));
        after += index(row, old.column());
    }
    m_ports = ports;
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int PortListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ports.size());
}

int PortListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool PortListModel::isBest(const PortResult &result) const
{
    return m_best && result.server == *m_best;
}

QString PortListModel::text(const PortResult &result, int column) const
{
    switch (column) {
    case ServerColumn:
        return result.server.host;
    case PortColumn:
        return QString::number(result.server.port);
    case ProtectionColumn:
        return discovery::portTitle(result.server);
    case ResultColumn:
        //: What came of the port that is recommended.
        return isBest(result) ? tr("%1 (best)").arg(discovery::shortSentence(result))
                              : discovery::shortSentence(result);
    case TimeColumn:
        return discovery::timeWords(result);
    default:
        return {};
    }
}

QString PortListModel::spoken(const PortResult &result) const
{
    const QString time = discovery::timeWords(result);
    //: A row as a screen reader says it: port, its protection, the server's name, what came of it.
    const QString row = tr("Port %1, %2, %3, %4")
                            .arg(text(result, PortColumn), text(result, ProtectionColumn),
                                 text(result, ServerColumn), text(result, ResultColumn));
    return time.isEmpty() ? row : row + u", "_s + time;
}

QVariant PortListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PortResult &result = m_ports.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(result, index.column());
    case Qt::DecorationRole:
        return index.column() == ServerColumn ? QVariant(iconOf(result)) : QVariant();
    case Qt::ToolTipRole:
    case SentenceRole:
        return discovery::sentence(result);
    case Qt::AccessibleTextRole:
        return index.column() == ServerColumn ? spoken(result) : text(result, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == PortColumn || index.column() == TimeColumn
            ? QVariant(Qt::AlignTrailing | Qt::AlignVCenter)
            : QVariant();
    case AdviceRole:
        return discovery::advice(result);
    case DetailsRole:
        return discovery::details(result);
    case IsBestRole:
        return isBest(result);
    case ToneRole:
        return static_cast<int>(toneOf(result));
    default:
        return {};
    }
}

QVariant PortListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ServerColumn:
        return tr("Server");
    case PortColumn:
        return tr("Port");
    case ProtectionColumn:
        return tr("Protection");
    case ResultColumn:
        return tr("Result");
    case TimeColumn:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace postrider::setup
