// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/setupservices.h"

#include "app/testmessage.h"
#include "delivery/signinproof.h"
#include "discovery/search.h"
#include "discovery/surroundings.h"
#include "oauth/browsersignin.h"
#include "oauth/devicesignin.h"
#include "oauth/provider.h"
#include "setup/serverreportdialog.h"
#include "widgets/fittoscreen.h"

#include <QDesktopServices>
#include <QFile>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>
#include <QSslCertificate>
#include <QThreadPool>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::app {

using accounts::Account;
using delivery::PostOffice;
using delivery::Trouble;
using setup::Credentials;
using setup::Services;
using setup::TokenSignIn;

namespace {

discovery::Search::Options optionsFor(const setup::SearchWish &wish)
{
    using Database = discovery::FinderOptions::Database;
    discovery::Search::Options options;
    options.database = wish.database == setup::SearchWish::Database::Ask ? Database::Ask : Database::DoNotAsk;
    if (!wish.caFile.isEmpty())
        options.extraAuthorities = QSslCertificate::fromPath(wish.caFile);
    if (!wish.clientName.isEmpty())
        options.clientName = wish.clientName;
    options.pinnedKey = wish.pinnedKey;
    options.route = wish.route;
    return options;
}

/// A search of the real network.
class NetworkSearch final : public setup::ServerSearch
{
    Q_OBJECT

public:
    explicit NetworkSearch(const setup::SearchWish &wish)
        : m_search(wish.query, optionsFor(wish), discovery::computersSurroundings())
    {
        connect(&m_search, &discovery::Search::changed, this, &NetworkSearch::changed);
        connect(&m_search, &discovery::Search::settled, this, &NetworkSearch::settled);
        connect(&m_search, &discovery::Search::finished, this, &NetworkSearch::finished);
    }

    void start() override { m_search.start(); }
    void restart() override { m_search.restart(); }
    void addHost(const QString &host) override { m_search.addHost(host); }
    [[nodiscard]] const discovery::Report &report() const override { return m_search.report(); }

private:
    discovery::Search m_search;
};

/// Every port of all that the wish names; one window for each place that wants it, about its last wish.
void showReport(const setup::SearchWish &wish, QWidget *parent)
{
    const auto open = parent->findChildren<setup::ServerReportDialog *>(Qt::FindDirectChildrenOnly);
    for (setup::ServerReportDialog *window : open)
        window->close();
    auto *window = new setup::ServerReportDialog(
        [wish] {
            discovery::Search::Options options = optionsFor(wish);
            options.port25 = discovery::Search::Port25::Include;
            auto search = std::make_unique<discovery::Search>(wish.query, options,
                                                              discovery::computersSurroundings());
            for (const QString &host : wish.hosts)
                search->addHost(host);
            return search;
        },
        parent);
    window->setAttribute(Qt::WA_DeleteOnClose);
    widgets::fitToScreen(*window);
    window->show();
    window->start();
}

/// oauth::BrowserSignIn or oauth::DeviceSignIn, whose result can be taken once.
class ProviderSignIn final : public TokenSignIn
{
    Q_OBJECT

public:
    explicit ProviderSignIn(std::unique_ptr<oauth::BrowserSignIn> signIn)
        : m_browser(std::move(signIn))
    {
        connect(m_browser.get(), &oauth::BrowserSignIn::browserWanted, this, &ProviderSignIn::pageWanted);
        connect(m_browser.get(), &oauth::BrowserSignIn::finished, this, &ProviderSignIn::take);
    }
    explicit ProviderSignIn(std::unique_ptr<oauth::DeviceSignIn> signIn)
        : m_device(std::move(signIn))
    {
        connect(m_device.get(), &oauth::DeviceSignIn::codeReady, this,
                [this](const QString &code, const QUrl &page, const QUrl &, std::chrono::seconds lifetime) {
                    Q_EMIT codeReady(code, page, lifetime);
                });
        connect(m_device.get(), &oauth::DeviceSignIn::finished, this, &ProviderSignIn::take);
    }

    void start() override
    {
        if (m_browser)
            m_browser->start();
        else
            m_device->start();
    }
    [[nodiscard]] Result takeResult() override { return std::move(m_result).value(); }

private:
    void take(const oauth::SignInResult &result)
    {
        if (result)
            m_result.emplace(result->clone());
        else
            m_result.emplace(base::Unexpected(result.error()));
        Q_EMIT finished();
    }

    std::unique_ptr<oauth::BrowserSignIn> m_browser {};
    std::unique_ptr<oauth::DeviceSignIn> m_device {};
    std::optional<Result> m_result {};
};

/// Does what blocks on another thread; the answer comes in this one, unless the context is gone.
template <typename Work, typename Answer>
void doElsewhere(QObject *context, Work work, Answer answer)
{
    const QPointer<QObject> alive(context);
    auto *home = new QObject; // lives in this thread, so that the answer is brought here
    QThreadPool::globalInstance()->start([home, alive, work = std::move(work), answer = std::move(answer)] {
        auto result = work();
        QMetaObject::invokeMethod(home, [home, alive, answer, result = std::move(result)] {
            if (alive)
                answer(result);
            home->deleteLater();
        });
    });
}

base::Secret passwordOf(const Credentials &credentials)
{
    const auto *password = std::get_if<base::Secret>(&credentials);
    return password ? password->clone() : base::Secret();
}

/// The access token is at hand and belongs to nobody else, so the server is asked from here.
void proveWithToken(const Account &account, const oauth::Tokens &tokens, const base::Clock &clock,
                    QObject *context, delivery::ProofWatcher watcher, Services::Answer<void> answer)
{
    delivery::SignInProof::Request request;
    request.account = account;
    for (const accounts::Identity &identity : account.allIdentities())
        request.senders.append(identity.email);
    request.secret = tokens.accessToken.clone();
    request.credentialKind = sasl::CredentialKind::AccessToken;
    auto *proof = new delivery::SignInProof(std::move(request), clock, std::move(watcher),
                                            [answer = std::move(answer)](const auto &problem) {
                                                if (problem)
                                                    answer(base::Unexpected(Trouble(*problem)));
                                                else
                                                    answer({});
                                            });
    proof->setParent(context); // ends with it
    proof->start();
}

constexpr int MostCounted = 10000; ///< messages; who has more waiting knows it

bool isWaiting(outbox::MessageState state)
{
    using outbox::MessageState;
    return state == MessageState::Preparing || state == MessageState::Held || state == MessageState::Queued
        || state == MessageState::Sending || state == MessageState::Deferred;
}

QString draftPath(const QString &profileFolder)
{
    return profileFolder + u"/setup.json"_s;
}

} // namespace

Services setupServices(PostOffice &postOffice, const base::Clock &clock)
{
    Services services;
    services.makeSearch = [](const setup::SearchWish &wish) { return std::make_unique<NetworkSearch>(wish); };
    services.showReport = showReport;
    services.followNetwork = [](QObject *context, std::function<void()> changed) {
        QObject::connect(&discovery::computersSurroundings(), &discovery::Surroundings::networkChanged,
                         context, std::move(changed));
    };
    services.findAccounts = [](QObject *context, const auto &answer) {
        doElsewhere(
            context, [] { return accounts::findAccounts(accounts::ImportPlaces::ofThisComputer()); }, answer);
    };
    services.readAccountFile = [](const QString &path, QObject *context, const auto &answer) {
        doElsewhere(
            context, [path] { return accounts::readAccountFile(path); }, answer);
    };

    services.prove
        = [&postOffice, &clock](const Account &account, const Credentials &credentials, QObject *context,
                                delivery::ProofWatcher watcher, Services::Answer<void> answer) {
              if (const auto *tokens = std::get_if<oauth::Tokens>(&credentials)) {
                  proveWithToken(account, *tokens, clock, context, std::move(watcher), std::move(answer));
                  return;
              }
              postOffice.proveAccount(account, passwordOf(credentials), context, std::move(watcher),
                                      std::move(answer));
          };
    services.save
        = [&postOffice](const Account &account, const Credentials &credentials, PostOffice::Keeping keeping,
                        QObject *context, Services::Answer<Account> answer) {
              if (const auto *tokens = std::get_if<oauth::Tokens>(&credentials)) {
                  postOffice.addAccount(account, tokens->clone(), PostOffice::Proof::None, keeping, context,
                                        std::move(answer));
                  return;
              }
              postOffice.addAccount(account, passwordOf(credentials), PostOffice::Proof::None, keeping,
                                    context, std::move(answer));
          };
    services.sendTest = [&clock](const Account &account, const Credentials &credentials, QObject *context,
                                 Services::Answer<setup::TestOutcome> answer) {
        sendTestMessage(account, credentials, clock, context, std::move(answer));
    };
    services.unlockKeychain = [&postOffice](QObject *context, Services::Answer<void> answer) {
        postOffice.unlockKeychain(context, std::move(answer));
    };

    services.hasClient
        = [](const accounts::OAuthSettings &settings) { return oauth::clientFor(settings).has_value(); };
    // Offered only where there is a client.
    services.browserSignIn = [](const accounts::OAuthSettings &settings, const QString &address) {
        return std::make_unique<ProviderSignIn>(
            std::make_unique<oauth::BrowserSignIn>(oauth::clientFor(settings).value(), address));
    };
    services.deviceSignIn = [](const accounts::OAuthSettings &settings, const QString &) {
        return std::make_unique<ProviderSignIn>(
            std::make_unique<oauth::DeviceSignIn>(oauth::clientFor(settings).value()));
    };
    services.openUrl = [](const QUrl &url) { return QDesktopServices::openUrl(url); };

    services.keepDraft = [path = draftPath(postOffice.profileFolder())](const QJsonObject &draft) {
        if (draft.isEmpty()) {
            QFile::remove(path);
            return;
        }
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            file.write(QJsonDocument(draft).toJson());
            file.commit(); // what cannot be kept is typed again
        }
    };
    return services;
}

setup::AccountEditor::Actions accountActions(PostOffice &postOffice)
{
    using Actions = setup::AccountEditor::Actions;
    Actions actions;
    actions.update = [&postOffice](const Account &account, Actions::Proof proof,
                                   std::optional<base::Secret> password, Actions::Keeping keeping,
                                   QObject *context, Services::Answer<Account> answer) {
        postOffice.updateAccount(account, proof, std::move(password), keeping, context, std::move(answer));
    };
    actions.prove = [&postOffice](const Account &account, std::optional<base::Secret> password,
                                  QObject *context, delivery::ProofWatcher watcher,
                                  Services::Answer<void> answer) {
        postOffice.proveAccount(account, std::move(password), context, std::move(watcher), std::move(answer));
    };
    actions.signInAgain = [&postOffice](const Account &account, const oauth::Tokens &tokens, QObject *context,
                                        Services::Answer<Account> answer) {
        postOffice.updateAccount(account, Actions::Proof::SignIn, tokens.clone(),
                                 postOffice.keeping(account.id), context, std::move(answer));
    };
    actions.keeping = [&postOffice](const QString &id) { return postOffice.keeping(id); };
    actions.remove = [&postOffice](const QString &id, QObject *context, Services::Answer<void> answer) {
        postOffice.removeAccount(id, context, std::move(answer));
    };
    actions.countWaiting = [&postOffice](const QString &id, QObject *context, const auto &answer) {
        postOffice.list(MostCounted, 0, context, [id, answer](const auto &messages) {
            if (!messages)
                return answer(0);
            answer(static_cast<int>(std::count_if(
                messages->begin(), messages->end(), [&id](const outbox::MessageSummary &message) {
                    return message.accountId == id && isWaiting(message.state);
                })));
        });
    };
    return actions;
}

setup::SetupDraft keptSetupDraft(const QString &profileFolder)
{
    QFile file(draftPath(profileFolder));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return setup::draftFromJson(QJsonDocument::fromJson(file.readAll()).object());
}

} // namespace postrider::app

#include "setupservices.moc"
