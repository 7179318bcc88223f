// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/addresspage.h"

#include "setup/ui_addresspage.h"

#include "delivery/words/words.h"
#include "discovery/providers.h"
#include "mime/address/addresshint.h"
#include "mime/address/mailbox.h"
#include "widgets/inerttext.h"
#include "widgets/symbolicicon.h"

#include <QAction>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace postrider::setup {

namespace {

QStringList knownDomains()
{
    QStringList domains;
    const auto &providers = discovery::ProviderTable::builtIn().providers();
    for (const discovery::Provider &provider : providers) {
        for (const QString &domain : provider.domains) {
            if (!domain.startsWith(u'*'))
                domains.append(domain);
        }
    }
    return domains;
}

} // namespace

AddressPage::AddressPage(SetupDraft &draft, const QString &knownName, QWidget *parent)
    : SetupPage(parent)
    , m_draft(draft)
    , m_ui(std::make_unique<Ui::AddressPage>())
    , m_knownName(knownName)
    , m_mark(new QAction(widgets::symbolicIcon(u"state-attention"_s), {}, this))
{
    m_ui->setupUi(this);
    m_ui->suggestionLabel->setVisible(false);
    m_ui->suggestionButton->setVisible(false);
    connect(m_ui->nameEdit, &QLineEdit::textEdited, this, &AddressPage::take);
    connect(m_ui->emailEdit, &QLineEdit::textEdited, this, [this] {
        m_ui->emailEdit->removeAction(m_mark);
        m_ui->statusBanner->dismiss();
        suggest({});
        take();
    });
    m_ui->emailEdit->installEventFilter(this);
    connect(m_ui->emailEdit, &QLineEdit::editingFinished, this, &AddressPage::lookAtAddress);
    connect(m_ui->suggestionButton, &QPushButton::clicked, this, &AddressPage::useSuggestion);
}

AddressPage::~AddressPage() = default;

QString AddressPage::title() const
{
    return tr("Name and address");
}

QWidget *AddressPage::firstField() const
{
    return m_ui->nameEdit->text().isEmpty() ? m_ui->nameEdit : m_ui->emailEdit;
}

void AddressPage::enter()
{
    if (m_draft.account.displayName.isEmpty() && m_draft.account.email.isEmpty())
        m_draft.account.displayName = m_knownName;
    m_ui->nameEdit->setText(m_draft.account.displayName);
    m_ui->emailEdit->setText(m_draft.account.email);
    m_ui->hintLabel->setText(
        m_draft.way == Way::Service
            ? tr("People who get your mail see both. The service must know this address as yours.")
            : tr("People who get your mail see both. The sending server is looked for by the part behind "
                 "the @; nothing else of this is shown to anybody yet."));
    Q_EMIT completeChanged();
}

bool AddressPage::isComplete() const
{
    return !m_draft.account.email.isEmpty();
}

void AddressPage::take()
{
    m_draft.account.displayName = m_ui->nameEdit->text().simplified();
    m_draft.account.email = m_ui->emailEdit->text().trimmed();
    Q_EMIT completeChanged();
}

// Nothing is marked as long as the field is empty: whoever leaves it empty has not typed anything wrong.
void AddressPage::lookAtAddress()
{
    const QString typed = m_ui->emailEdit->text().trimmed();
    if (typed.isEmpty() || m_ui->statusBanner->isVisibleTo(this))
        return;
    const auto address = mime::parseMailbox(typed);
    if (!address) {
        m_ui->emailEdit->addAction(m_mark, QLineEdit::TrailingPosition);
        m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(address.error()));
        return;
    }
    // Whoever pastes "Ann User <ann@example.org>" has said both.
    if (!address->name.isEmpty() && m_ui->nameEdit->text().isEmpty())
        m_ui->nameEdit->setText(address->name);
    if (address->address() != typed)
        m_ui->emailEdit->setText(address->address());
    take();
    const QString domain = address->domain.toLower();
    const bool isKnown = discovery::ProviderTable::builtIn().byDomain(domain) != nullptr;
    QString meant = isKnown ? QString() : mime::likelyDomain(domain);
    if (!isKnown && meant.isEmpty())
        meant = mime::likelyDomain(domain, knownDomains());
    m_suggested = address->localPart + u'@' + meant;
    suggest(meant);
}

void AddressPage::suggest(const QString &domain)
{
    m_ui->suggestionLabel->setVisible(!domain.isEmpty());
    m_ui->suggestionButton->setVisible(!domain.isEmpty());
    if (domain.isEmpty())
        return;
    //: A mail address that was probably meant.
    m_ui->suggestionLabel->setText(tr("Did you mean %1?").arg(widgets::inertText(m_suggested)));
    m_ui->suggestionButton->setAccessibleName(tr("Use %1").arg(m_suggested));
}

void AddressPage::useSuggestion()
{
    m_ui->emailEdit->setText(m_suggested);
    suggest({});
    take();
    m_ui->emailEdit->setFocus(Qt::OtherFocusReason);
}

// Where Tab leads is settled before the field is left: what is offered must be there by then.
bool AddressPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->emailEdit && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab) {
        lookAtAddress();
        m_insisted = m_ui->emailEdit->text(); // whoever goes past the offer has seen it
    }
    return SetupPage::eventFilter(watched, event);
}

void AddressPage::goOn()
{
    lookAtAddress();
    const QString typed = m_ui->emailEdit->text();
    if (m_ui->suggestionButton->isVisibleTo(this) && m_insisted != typed) {
        m_insisted = typed;
        return;
    }
    if (mime::parseMailbox(typed)) {
        Q_EMIT finished();
        return;
    }
    m_ui->emailEdit->setFocus(Qt::OtherFocusReason);
    m_ui->emailEdit->selectAll();
}

} // namespace postrider::setup
