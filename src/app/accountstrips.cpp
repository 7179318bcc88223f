// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/accountstrips.h"

#include "delivery/words/words.h"
#include "widgets/inerttext.h"
#include "widgets/statusbanner.h"

#include <QAction>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace postrider::app {

using outbox::AccountHold;
using outbox::Problem;

namespace {

/// Only the provider's own page helps, whatever the server made of the token.
bool needsSignIn(const Problem &problem)
{
    return problem.kind == Problem::Kind::SignInNeeded
        || (problem.kind == Problem::Kind::SignInRefused
            && problem.detail == Problem::Detail::FreshTokenRefused);
}

bool needsPassword(const Problem &problem)
{
    if (needsSignIn(problem))
        return false;
    return problem.kind == Problem::Kind::SignInRefused || problem.kind == Problem::Kind::PasswordMissing;
}

bool isSame(const AccountHold &one, const AccountHold &other)
{
    return one.state == other.state && one.problem == other.problem && one.until == other.until;
}

} // namespace

AccountStrips::AccountStrips(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setVisible(false);
}

void AccountStrips::showHold(const accounts::Account &account, const AccountHold &hold)
{
    if (hold.state == AccountHold::State::Ready) {
        remove(account.id);
        return;
    }
    Strip &strip = m_strips[account.id];
    if (!strip.banner) {
        strip.banner = new widgets::StatusBanner(this);
        strip.banner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
        strip.fix = new QAction(strip.banner);
        strip.look = new QAction(tr("Look at the server…"), strip.banner);
        m_layout->addWidget(strip.banner);
        const QString id = account.id;
        connect(strip.look, &QAction::triggered, this, [this, id] { Q_EMIT serverWanted(id); });
        connect(strip.fix, &QAction::triggered, this, [this, id] {
            const Strip &wanted = m_strips[id];
            if (needsSignIn(wanted.shown.problem))
                Q_EMIT signInWanted(id);
            else if (needsPassword(wanted.shown.problem))
                Q_EMIT passwordWanted(id, delivery::sentence(wanted.shown.problem));
            else
                Q_EMIT retryWanted();
        });
    } else if (isSame(strip.shown, hold)) {
        return;
    }
    strip.shown = hold;
    strip.fix->setText(needsSignIn(hold.problem)         ? tr("Sign in again…")
                           : needsPassword(hold.problem) ? tr("Enter password…")
                                                         : tr("Try now"));

    QStringList details { delivery::advice(hold.problem) };
    if (hold.state == AccountHold::State::Waiting && hold.until.isValid()) {
        details.append(tr("Next try at %1.")
                           .arg(QLocale().toString(hold.until.toLocalTime().time(), QLocale::ShortFormat)));
    }
    details.append(widgets::inertText(delivery::serverWords(hold.problem)));
    details.removeAll(QString());

    const auto tone
        = hold.state == AccountHold::State::Held ? widgets::Tone::Problem : widgets::Tone::Attention;
    //: An account's name and what is wrong with it.
    const QString text = tr("%1: %2").arg(account.name, delivery::sentence(hold.problem));
    setVisible(true);
    QList<QAction *> actions { strip.fix };
    if (!account.isPractice() && account.command.isEmpty())
        actions += strip.look;
    strip.banner->showMessage(tone, text, actions, details.join(u'\n'));
}

void AccountStrips::keepOnly(const QList<accounts::Account> &accounts)
{
    const QStringList shown = m_strips.keys();
    for (const QString &id : shown) {
        const bool known = std::any_of(accounts.cbegin(), accounts.cend(),
                                       [&id](const accounts::Account &account) { return account.id == id; });
        if (!known)
            remove(id);
    }
}

void AccountStrips::remove(const QString &accountId)
{
    const Strip strip = m_strips.take(accountId);
    if (!strip.banner)
        return;
    strip.banner->hide();
    strip.banner->deleteLater(); // its own button may have led here
    setVisible(!m_strips.isEmpty());
}

} // namespace postrider::app
