// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computernameservice.h"

#include "discovery/publicsuffix.h"

#include <QDnsLookup>
#include <QHostInfo>
#include <QTimer>

#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

bool &abandonedLookups()
{
    static bool isAny = false;
    return isAny;
}

QString withoutTrailingDot(const QString &name)
{
    const QString lower = name.toLower();
    return lower.endsWith(u'.') ? lower.chopped(1) : lower;
}

bool neverExists(const QString &name)
{
    return name.isEmpty() || name == "invalid"_L1 || name.endsWith(".invalid"_L1);
}

bool isThisComputer(const QString &name)
{
    return name == "localhost"_L1 || name.endsWith(".localhost"_L1);
}

template <typename Answer>
void answerLater(QObject *context, const std::function<void(const Answer &)> &answer, const Answer &content)
{
    QTimer::singleShot(0, context, [answer, content] { answer(content); });
}

/// One question for addresses. A child of whoever wants to know, and gone with them.
class AddressQuestion final : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(const HostAnswer &)>;

    AddressQuestion(const QString &name, std::chrono::milliseconds limit, Answer answer, QObject *context)
        : QObject(context)
        , m_answer(std::move(answer))
    {
        QTimer::singleShot(limit, this, [this] { end({}); });
        // Told by name: of a function, Qt 6.4 (QHostInfoResult) never frees what it made when the lookup is
        // aborted.
        m_lookupId = QHostInfo::lookupHost(name, this, SLOT(handleLookup(QHostInfo)));
    }
    ~AddressQuestion() override
    {
        if (m_lookupId < 0)
            return;
        QHostInfo::abortHostLookup(m_lookupId);
        abandonedLookups() = true;
    }
    Q_DISABLE_COPY_MOVE(AddressQuestion)

private Q_SLOTS:
    void handleLookup(const QHostInfo &info)
    {
        m_lookupId = -1;
        HostAnswer content { .outcome = NameOutcome::Found, .addresses = info.addresses() };
        if (info.error() == QHostInfo::HostNotFound
            || (info.error() == QHostInfo::NoError && info.addresses().isEmpty()))
            content.outcome = NameOutcome::NotFound;
        else if (info.error() != QHostInfo::NoError)
            content.outcome = NameOutcome::Failed;
        end(content);
    }

private:
    void end(const HostAnswer &content)
    {
        if (!m_answer)
            return;
        deleteLater();
        std::exchange(m_answer, {})(content);
    }

    Answer m_answer;
    int m_lookupId = -1;
};

/// One question for other records. A child of whoever wants to know, and gone with them.
class RecordQuestion final : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(NameOutcome outcome, const QDnsLookup &records)>;

    RecordQuestion(QDnsLookup::Type type, const QString &name, const QHostAddress &nameServer,
                   std::chrono::milliseconds limit, Answer answer, QObject *context)
        : QObject(context)
        , m_lookup(type, name)
        , m_answer(std::move(answer))
    {
        for (QDnsLookup *lookup : { &m_lookup, &m_secondOpinion }) {
            if (!nameServer.isNull())
                lookup->setNameserver(nameServer);
        }
        connect(&m_lookup, &QDnsLookup::finished, this, &RecordQuestion::handleRecords);
        connect(&m_secondOpinion, &QDnsLookup::finished, this, &RecordQuestion::handleSecondOpinion);
        QTimer::singleShot(limit, this, [this] { end(NameOutcome::Failed); });
        m_lookup.lookup();
    }
    ~RecordQuestion() override
    {
        const bool asksAgain = m_isSecondAsked && !m_secondOpinion.isFinished();
        if (!m_lookup.isFinished() || asksAgain)
            abandonedLookups() = true;
    }
    Q_DISABLE_COPY_MOVE(RecordQuestion)

private:
    void handleRecords()
    {
        switch (m_lookup.error()) {
        case QDnsLookup::NoError:
            end(NameOutcome::Found);
            return;
        case QDnsLookup::NotFoundError:
            end(NameOutcome::NotFound);
            return;
        case QDnsLookup::InvalidReplyError:
            break;
        default:
            end(NameOutcome::Failed);
            return;
        }
        const QString domain = registrableDomain(withoutTrailingDot(m_lookup.name()));
        if (domain.isEmpty()) {
            end(NameOutcome::Failed);
            return;
        }
        m_isSecondAsked = true;
        m_secondOpinion.setType(QDnsLookup::NS);
        m_secondOpinion.setName(domain);
        m_secondOpinion.lookup();
    }

    void handleSecondOpinion()
    {
        end(m_secondOpinion.error() == QDnsLookup::NoError ? NameOutcome::Found : NameOutcome::Failed);
    }

    void end(NameOutcome outcome)
    {
        if (!m_answer)
            return;
        deleteLater();
        std::exchange(m_answer, {})(outcome, m_lookup);
    }

    QDnsLookup m_lookup;
    QDnsLookup m_secondOpinion {};
    bool m_isSecondAsked = false;
    Answer m_answer;
};

} // namespace

void ComputerNameService::lookUpHost(const QString &name, QObject *context,
                                     std::function<void(const HostAnswer &)> answer)
{
    if (isThisComputer(name))
        answerLater<HostAnswer>(context, answer,
                                { .outcome = NameOutcome::Found,
                                  .addresses = { QHostAddress(QHostAddress::LocalHost),
                                                 QHostAddress(QHostAddress::LocalHostIPv6) } });
    else if (const QHostAddress literal(name); !literal.isNull())
        answerLater<HostAnswer>(context, answer, { .outcome = NameOutcome::Found, .addresses = { literal } });
    else if (neverExists(name))
        answerLater<HostAnswer>(context, answer, { .outcome = NameOutcome::NotFound });
    else
        new AddressQuestion(name, m_limit, std::move(answer), context);
}

void ComputerNameService::lookUpMailExchangers(const QString &domain, QObject *context,
                                               std::function<void(const MailExchangerAnswer &)> answer)
{
    if (neverExists(domain) || isThisComputer(domain)) {
        answerLater<MailExchangerAnswer>(context, answer, { .outcome = NameOutcome::NotFound });
        return;
    }
    new RecordQuestion(
        QDnsLookup::MX, domain, m_nameServer, m_limit,
        [answer = std::move(answer)](NameOutcome outcome, const QDnsLookup &lookup) {
            MailExchangerAnswer content { .outcome = outcome };
            const auto records = lookup.mailExchangeRecords();
            for (const QDnsMailExchangeRecord &record : records)
                content.exchangers.append(
                    { .host = withoutTrailingDot(record.exchange()), .preference = record.preference() });
            answer(content);
        },
        context);
}

void ComputerNameService::lookUpService(const QString &name, QObject *context,
                                        std::function<void(const ServiceAnswer &)> answer)
{
    if (neverExists(name) || isThisComputer(name)) {
        answerLater<ServiceAnswer>(context, answer, { .outcome = NameOutcome::NotFound });
        return;
    }
    new RecordQuestion(
        QDnsLookup::SRV, name, m_nameServer, m_limit,
        [answer = std::move(answer)](NameOutcome outcome, const QDnsLookup &lookup) {
            ServiceAnswer content { .outcome = outcome };
            const auto records = lookup.serviceRecords();
            for (const QDnsServiceRecord &record : records)
                content.records.append({ .host = withoutTrailingDot(record.target()),
                                         .port = record.port(),
                                         .priority = record.priority(),
                                         .weight = record.weight() });
            answer(content);
        },
        context);
}

bool hasAbandonedLookups()
{
    return abandonedLookups();
}

} // namespace postrider::discovery

#include "computernameservice.moc"
