// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxview/detailspane.h"

#include "outboxview/ui_detailspane.h"

#include "accounts/account.h"
#include "delivery/words/words.h"
#include "outbox/transitions.h"
#include "widgets/inerttext.h"
#include "widgets/symbolicicon.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::outboxview {

namespace {

enum AttemptColumn { TimeColumn, ResultColumn, ServerColumn, EncryptionColumn };
constexpr int MostRecipientLines = 8; // shown at once; the rest is scrolled to

/// Keeps a date's parts in their order in a window that reads from right to left.
QString isolated(const QString &text)
{
    constexpr QChar FirstStrongIsolate(0x2068);
    constexpr QChar PopDirectionalIsolate(0x2069);
    return FirstStrongIsolate + text + PopDirectionalIsolate;
}

QString serverText(const QString &host, quint16 port)
{
    // An address literal with colons needs brackets before a port.
    const QString name = host.contains(u':') ? u"[%1]"_s.arg(host) : host;
    return host.isEmpty() ? QString() : u"%1:%2"_s.arg(name, QString::number(port));
}

QString encryptionText(const outbox::Attempt &attempt)
{
    if (!attempt.tls.isEmpty())
        return attempt.tls;
    return attempt.ended.isNull() ? QString() : DetailsPane::tr("none");
}

QString resultText(const outbox::Attempt &attempt)
{
    if (attempt.ended.isNull())
        return DetailsPane::tr("Running");
    if (!attempt.problem.isNone())
        return delivery::sentence(attempt.problem);
    return DetailsPane::tr("Accepted");
}

/// Whether a look at the server may tell why the message is still here.
bool isServerInQuestion(const outbox::MessageSummary &message)
{
    using State = outbox::MessageState;
    if (message.accountId == accounts::Account::practiceId() || message.problem.isNone())
        return false;
    return message.state != State::Sent && message.state != State::Draft && message.state != State::Damaged;
}

} // namespace

DetailsPane::DetailsPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailsPane>())
{
    m_ui->setupUi(this);
    QFont heading = m_ui->subjectLabel->font();
    heading.setBold(true);
    heading.setPointSizeF(heading.pointSizeF() * 1.15);
    m_ui->subjectLabel->setFont(heading);
    m_ui->serverWordsLabel->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int line = fontMetrics().lineSpacing();
    m_ui->recipientsList->setMinimumHeight(3 * line);
    m_ui->recipientsList->setMaximumHeight(MostRecipientLines * line);
    m_ui->recipientsList->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_ui->attemptsTree->setMinimumHeight(4 * line);

    connect(m_ui->copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(m_ui->serverButton, &QPushButton::clicked, this,
            [this] { Q_EMIT serverWanted(m_details.summary.accountId); });
    connect(m_ui->recipientsList, &QListWidget::currentRowChanged, this, &DetailsPane::chooseRefused);
    connect(m_ui->correctionEdit, &QLineEdit::textChanged, this, &DetailsPane::updateCorrection);
    connect(m_ui->correctionEdit, &QLineEdit::returnPressed, this, &DetailsPane::correct);
    connect(m_ui->correctButton, &QPushButton::clicked, this, &DetailsPane::correct);
    clear();
}

DetailsPane::~DetailsPane() = default;

void DetailsPane::showMessage(const outbox::MessageDetails &details, const QString &stateName,
                              const QString &sentence)
{
    m_details = details;
    const outbox::MessageSummary &summary = details.summary;
    m_ui->subjectLabel->setText(summary.subject.isEmpty() ? tr("(no subject)") : summary.subject);
    m_ui->stateLabel->setText(stateName);
    m_ui->sentenceLabel->setText(sentence);

    QStringList advice { delivery::responsibility(summary.problem), delivery::advice(summary.problem) };
    advice.removeIf([&sentence](const QString &told) { return told.isEmpty() || sentence.contains(told); });
    m_ui->adviceLabel->setText(advice.join(u' '));
    m_ui->adviceLabel->setVisible(!advice.isEmpty());

    m_ui->serverButton->setVisible(isServerInQuestion(summary));
    showRecipients(summary);

    const QString words = widgets::inertText(delivery::serverWords(summary.problem));
    m_ui->serverWordsLabel->setText(words);
    // Without a reply the words are this computer's own: "Connection refused".
    m_ui->serverWordsHeading->setText(summary.problem.code == 0 ? tr("Details")
                                                                : tr("The server's own words"));
    for (QWidget *widget : { m_ui->serverWordsHeading, m_ui->serverWordsLabel })
        widget->setVisible(!words.isEmpty());

    showAttempts(details.attempts);
    setEnabled(true);
}

void DetailsPane::showRecipients(const outbox::MessageSummary &summary)
{
    const int chosen = m_ui->recipientsList->currentRow();
    const bool isSameMessage = std::exchange(m_shown, summary.id) == summary.id;
    {
        const QSignalBlocker quiet(m_ui->recipientsList);
        m_ui->recipientsList->clear();
        for (const outbox::Recipient &recipient : summary.recipients)
            m_ui->recipientsList->addItem(delivery::recipientSentence(recipient, summary));
        // What is being typed stays for the recipient that it is for.
        m_ui->recipientsList->setCurrentRow(isSameMessage ? chosen : -1);
    }
    chooseRefused();
}

/// Offers to correct the recipient that is chosen, or else the first one that was refused.
void DetailsPane::chooseRefused()
{
    const QList<outbox::Recipient> &recipients = m_details.summary.recipients;
    const auto isRefused = [](const outbox::Recipient &recipient) {
        return recipient.state == outbox::RecipientState::Failed;
    };
    auto refused = recipients.cend();
    if (outbox::isPossible(m_details.summary.state, outbox::Event::Correct)) {
        refused = std::find_if(recipients.cbegin(), recipients.cend(), isRefused);
        const int chosen = m_ui->recipientsList->currentRow();
        if (chosen >= 0 && chosen < recipients.size() && isRefused(recipients.at(chosen)))
            refused = recipients.cbegin() + chosen;
    }
    const bool isAny = refused != recipients.cend();
    const QByteArray address = isAny ? refused->address : QByteArray();
    if (std::exchange(m_refused, address) != address)
        m_ui->correctionEdit->setText(QString::fromUtf8(address));
    m_ui->correctionWidget->setVisible(isAny);
    updateCorrection();
}

void DetailsPane::updateCorrection()
{
    const QString typed = m_ui->correctionEdit->text().trimmed();
    m_ui->correctButton->setEnabled(!typed.isEmpty() && typed.toUtf8() != m_refused);
}

void DetailsPane::correct()
{
    if (!m_ui->correctButton->isEnabled())
        return;
    Q_EMIT correctionRequested(m_details.summary.id,
                               { m_refused, m_ui->correctionEdit->text().trimmed().toUtf8() });
}

void DetailsPane::showAttempts(const QList<outbox::Attempt> &attempts)
{
    m_ui->attemptsTree->clear();
    const QLocale locale;
    for (const outbox::Attempt &attempt : attempts) {
        const QStringList texts {
            isolated(locale.toString(attempt.started.toLocalTime(), QLocale::ShortFormat)),
            resultText(attempt), serverText(attempt.host, attempt.port), encryptionText(attempt)
        };
        auto *item = new QTreeWidgetItem(m_ui->attemptsTree, texts);
        item->setToolTip(ResultColumn, widgets::inertToolTip(texts.at(ResultColumn)));
        // A row is one stop for a screen reader, so its first cell says all of it.
        item->setData(TimeColumn, Qt::AccessibleTextRole, texts.join(u", "_s));
    }
    for (const int column : { TimeColumn, ResultColumn, ServerColumn })
        m_ui->attemptsTree->resizeColumnToContents(column);
    // A long sentence leaves room for the server beside it; its tool tip and Copy have the whole.
    const int most = m_ui->attemptsTree->fontMetrics().averageCharWidth() * 24;
    if (m_ui->attemptsTree->columnWidth(ResultColumn) > most)
        m_ui->attemptsTree->setColumnWidth(ResultColumn, most);
}

void DetailsPane::showSentence(const QString &sentence)
{
    if (m_ui->progressBar->isHidden())
        m_ui->sentenceLabel->setText(sentence);
}

void DetailsPane::showProgress(int percent, const QString &text)
{
    m_ui->progressBar->setVisible(percent >= 0);
    if (percent < 0)
        return;
    m_ui->progressBar->setValue(percent);
    m_ui->sentenceLabel->setText(text);
}

void DetailsPane::clear()
{
    m_details = {};
    for (QLabel *label : { m_ui->subjectLabel, m_ui->stateLabel, m_ui->sentenceLabel })
        label->clear();
    for (QWidget *widget :
         std::initializer_list<QWidget *> { m_ui->adviceLabel, m_ui->serverButton, m_ui->serverWordsHeading,
                                            m_ui->serverWordsLabel, m_ui->progressBar })
        widget->hide();
    showRecipients({});
    m_ui->attemptsTree->clear();
    setEnabled(false);
}

QString DetailsPane::asText() const
{
    QStringList lines { m_ui->subjectLabel->text(), m_ui->stateLabel->text(), m_ui->sentenceLabel->text() };
    if (!m_details.summary.messageId.isEmpty())
        lines.append(QString::fromLatin1(m_details.summary.messageId));
    for (const outbox::Recipient &recipient : m_details.summary.recipients)
        lines.append(delivery::recipientSentence(recipient, m_details.summary));
    if (const QString words = delivery::serverWords(m_details.summary.problem); !words.isEmpty())
        lines.append(words);
    for (const outbox::Attempt &attempt : m_details.attempts) {
        lines.append(QStringList { attempt.started.toUTC().toString(Qt::ISODate),
                                   serverText(attempt.host, attempt.port), encryptionText(attempt),
                                   resultText(attempt), delivery::serverWords(attempt.problem) }
                         .join(u"  "_s)
                         .trimmed());
    }
    return lines.join(u'\n');
}

} // namespace postrider::outboxview
