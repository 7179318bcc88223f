// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/ui_composewindow.h"

#include "compose/composewindow.h"
#include "compose/recipientrows.h"

#include <QSignalBlocker>
#include <QTextCursor>

// From whom a message is: the choice of an identity, and its signature.

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

QString senderText(const accounts::Account &account, const accounts::Identity &identity)
{
    if (account.isPractice())
        return ComposeWindow::tr("Practice mailbox: nothing leaves this computer");
    if (identity.displayName.isEmpty())
        return identity.email;
    //: A sender's name and address in the choice of From.
    return ComposeWindow::tr("%1 <%2>").arg(identity.displayName, identity.email);
}

/// With the line that mail programs know a signature by (RFC 3676 section 4.3).
QString signatureBlock(const accounts::Identity &identity)
{
    return identity.signature.isEmpty() ? QString() : u"\n\n-- \n"_s + identity.signature;
}

} // namespace

void ComposeWindow::setAccounts(const QList<accounts::Account> &accounts, const QString &currentId)
{
    const Sender before = sender();
    const bool wasUntouched = !hasUnsentText();
    {
        const QSignalBlocker blocker(m_ui->fromComboBox);
        m_senders.clear();
        m_ui->fromComboBox->clear();
        for (const accounts::Account &account : accounts) {
            const QList<accounts::Identity> identities = account.allIdentities();
            for (const accounts::Identity &identity : identities) {
                m_senders.append({ account, identity });
                m_ui->fromComboBox->addItem(senderText(account, identity), account.id);
                m_ui->fromComboBox->setItemData(m_ui->fromComboBox->count() - 1, account.name,
                                                Qt::ToolTipRole);
            }
        }
        int index = indexOf(before.account.id, before.identity.email);
        for (const QString &id : { before.account.id, currentId }) {
            if (index < 0)
                index = m_ui->fromComboBox->findData(id);
        }
        m_ui->fromComboBox->setCurrentIndex(qMax(0, index));
    }
    updateAccount();
    if (wasUntouched)
        m_untouched = content();
}

QString ComposeWindow::accountId() const
{
    return m_ui->fromComboBox->currentData().toString();
}

ComposeWindow::Sender ComposeWindow::sender() const
{
    return m_senders.value(m_ui->fromComboBox->currentIndex());
}

/// Of the choice that is exactly this one; -1: there is none.
int ComposeWindow::indexOf(const QString &accountId, const QString &address) const
{
    for (int index = 0; index < m_senders.size(); ++index) {
        const Sender &candidate = m_senders.at(index);
        if (candidate.account.id == accountId && candidate.identity.email == address)
            return index;
    }
    return -1;
}

void ComposeWindow::updateAccount()
{
    if (!sender().account.isPractice())
        m_ui->practiceBanner->dismiss();
    else if (!m_ui->practiceBanner->isVisibleTo(this))
        m_ui->practiceBanner->showMessage(widgets::Tone::Practice,
                                          tr("Practice: nothing leaves this computer."));
    // What a window that nobody has written in has is not worth asking about.
    const bool wasUntouched = !hasUnsentText() || content().text == m_untouched.text;
    updateSignature();
    m_recipients->setOwnAddress(sender().identity.email);
    if (wasUntouched) {
        m_untouched.text = m_ui->bodyEdit->toPlainText();
        m_untouched.html = m_ui->bodyEdit->messageHtml();
        m_untouched.from = sender().identity.email;
    }
    updateTitle();
}

void ComposeWindow::updateSignature()
{
    const QString wanted = signatureBlock(sender().identity);
    const QString text = m_ui->bodyEdit->toPlainText();
    if (m_signatureUse == Signature::LeftAlone || wanted == m_signature || !text.endsWith(m_signature))
        return;
    const int position = m_ui->bodyEdit->textCursor().position();
    QTextCursor end(m_ui->bodyEdit->document());
    end.movePosition(QTextCursor::End);
    end.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor,
                     static_cast<int>(m_signature.size()));
    end.insertText(wanted);
    m_signature = wanted;
    QTextCursor caret = m_ui->bodyEdit->textCursor();
    caret.setPosition(qMin(position, static_cast<int>(m_ui->bodyEdit->toPlainText().size() - wanted.size())));
    m_ui->bodyEdit->setTextCursor(caret);
}

} // namespace postrider::compose
