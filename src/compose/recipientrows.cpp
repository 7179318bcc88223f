// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/recipientrows.h"

#include "widgets/inerttext.h"
#include "widgets/recipientfield.h"
#include "widgets/statusbanner.h"

#include <QAction>
#include <QLabel>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::compose {

using widgets::Recipient;
using widgets::RecipientField;

namespace {

constexpr qsizetype MostCorrections = 3; // buttons that have room in the bar
constexpr int ManyStrangers = 10;        // who see each other's addresses without a word about it

} // namespace

RecipientRows::RecipientRows(const std::array<Parts, All.size()> &parts, widgets::StatusBanner &banner,
                             QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_banner(banner)
    , m_hideAction(new QAction(tr("Move to Bcc"), this))
    , m_showAction(new QAction(tr("Undo"), this))
{
    connect(m_hideAction, &QAction::triggered, this, &RecipientRows::hideRecipients);
    connect(m_showAction, &QAction::triggered, this, [this] {
        fill(Row::To, m_beforeHiding.at(0));
        fill(Row::Cc, m_beforeHiding.at(1));
        fill(Row::Bcc, m_beforeHiding.at(2));
        m_banner.dismiss();
    });
    for (const Row row : All) {
        fill(row, {});
        connect(&field(row), &RecipientField::left, this, &RecipientRows::updateHints);
        // What was told goes as soon as it is no longer so.
        connect(&field(row), &RecipientField::recipientsChanged, this, [this] {
            if (!m_hints.isEmpty())
                updateHints();
        });
    }
}

RecipientField &RecipientRows::field(Row row) const
{
    return *m_parts.at(static_cast<size_t>(row)).field;
}

void RecipientRows::open(Row row)
{
    m_parts.at(static_cast<size_t>(row)).label->show();
    field(row).show();
    field(row).setFocus(Qt::ShortcutFocusReason);
}

void RecipientRows::fill(Row row, const QString &addresses)
{
    field(row).setAddresses(addresses);
    const bool isShown = row == Row::To || !addresses.isEmpty();
    m_parts.at(static_cast<size_t>(row)).label->setVisible(isShown);
    field(row).setVisible(isShown);
}

QString RecipientRows::text(Row row) const
{
    return field(row).addresses();
}

base::Expected<QList<mime::Mailbox>, mime::AddressError> RecipientRows::mailboxes(Row row) const
{
    QList<mime::Mailbox> mailboxes;
    const QList<Recipient> recipients = field(row).recipients();
    for (const Recipient &recipient : recipients) {
        if (recipient.state == Recipient::State::Bad)
            return base::Unexpected(recipient.error);
        mailboxes.append(recipient.mailbox);
    }
    return mailboxes;
}

void RecipientRows::complete()
{
    for (const Row row : All)
        field(row).complete();
}

void RecipientRows::showFault(Row row)
{
    complete();
    const QList<Recipient> recipients = field(row).recipients();
    const auto bad = std::find_if(recipients.cbegin(), recipients.cend(), [](const Recipient &recipient) {
        return recipient.state == Recipient::State::Bad;
    });
    if (bad != recipients.cend())
        field(row).correct(*bad);
    else
        field(row).setFocus(Qt::OtherFocusReason);
}

// Said once a field is left, never in the way of sending: an unusual address may well be right.
void RecipientRows::updateHints()
{
    QStringList sentences;
    QList<Recipient> correctable;
    for (const Row row : All) {
        const QList<Recipient> recipients = field(row).recipients();
        for (const Recipient &recipient : recipients) {
            if (recipient.state != Recipient::State::Doubtful)
                continue;
            sentences.append(recipient.remark());
            if (!recipient.likelyDomain().isEmpty())
                correctable.append(recipient);
        }
    }
    const int strangers = strangersInSight();
    const bool areMany = strangers > ManyStrangers;
    if (areMany)
        sentences.append(tr("%n people in To and Cc will see each other's addresses.", nullptr, strangers));
    const QString text = sentences.join(u'\n');
    if (text == m_hints)
        return;
    // Later, since the press of one of them may be what brought us here.
    for (QAction *correction : std::as_const(m_corrections))
        correction->deleteLater();
    m_corrections.clear();
    for (const Recipient &recipient : correctable.mid(0, MostCorrections))
        addCorrection(recipient);
    QList<QAction *> actions = m_corrections;
    if (areMany)
        actions.append(m_hideAction);
    if (!text.isEmpty())
        m_banner.showMessage(widgets::Tone::Attention, text, actions);
    else if (m_banner.text() == m_hints)
        m_banner.dismiss();
    m_hints = text;
}

/// Those in To and Cc who have another domain than the sender.
int RecipientRows::strangersInSight() const
{
    int count = 0;
    for (const Row row : { Row::To, Row::Cc }) {
        const QList<Recipient> recipients = field(row).recipients();
        count += static_cast<int>(
            std::count_if(recipients.cbegin(), recipients.cend(), [this](const Recipient &recipient) {
                return recipient.state != Recipient::State::Bad
                    && mime::domainForPeople(recipient.mailbox.domain) != m_ownDomain;
            }));
    }
    return count;
}

void RecipientRows::hideRecipients()
{
    m_beforeHiding = { text(Row::To), text(Row::Cc), text(Row::Bcc) };
    QStringList all(m_beforeHiding.cbegin(), m_beforeHiding.cend());
    all.removeAll(QString());
    fill(Row::To, {});
    fill(Row::Cc, {});
    fill(Row::Bcc, all.join(", "_L1));
    m_banner.showMessage(widgets::Tone::Information, tr("Nobody sees the others now: all are in Bcc."),
                         { m_showAction });
}

void RecipientRows::setOwnAddress(const QString &address)
{
    const auto own = mime::parseMailbox(address);
    m_ownDomain = own ? mime::domainForPeople(own->domain) : QString();
}

void RecipientRows::addCorrection(const Recipient &recipient)
{
    //: A button that corrects an address which is probably misspelled.
    auto *action = new QAction(tr("Change to %1").arg(widgets::inertText(recipient.corrected())), this);
    connect(action, &QAction::triggered, this, [this, recipient] {
        for (const Row row : All)
            field(row).replace(recipient.text, recipient.corrected());
    });
    m_corrections.append(action);
}

} // namespace postrider::compose
