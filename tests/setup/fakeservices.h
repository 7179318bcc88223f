// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/services.h"

#include <QPointer>

#include <memory>
#include <utility>

namespace postrider::support {

/// A search whose report is what the test says.
class FakeSearch final : public setup::ServerSearch
{
    Q_OBJECT

public:
    explicit FakeSearch(setup::SearchWish searchWish)
        : wish(std::move(searchWish))
    {
        shown.query = wish.query;
    }

    void start() override { ++starts; }
    void restart() override { ++starts; }
    void addHost(const QString &host) override { hosts.append(host); }
    [[nodiscard]] const discovery::Report &report() const override { return shown; }

    void tell(discovery::Report report)
    {
        report.query = wish.query;
        shown = std::move(report);
        Q_EMIT changed();
        if (shown.isSettled)
            Q_EMIT settled();
        if (shown.isFinished)
            Q_EMIT finished();
    }

    setup::SearchWish wish;
    discovery::Report shown {};
    QStringList hosts {};
    int starts = 0;
};

/// A sign-in at a provider that ends when the test says so.
class FakeTokenSignIn final : public setup::TokenSignIn
{
    Q_OBJECT

public:
    void start() override { isStarted = true; }
    [[nodiscard]] Result takeResult() override { return std::move(*result); }

    void end(Result with)
    {
        result = std::move(with);
        Q_EMIT finished();
    }

    bool isStarted = false;
    std::optional<Result> result {};
};

/// The world as the set-up windows see it: nothing happens until the test says so, and everything that was
/// asked is there to be looked at.
struct FakeServices
{
    setup::Services services {};

    QList<setup::SearchWish> wishes {};
    QList<setup::SearchWish> reportWishes {};
    QPointer<FakeSearch> search {};
    std::function<void()> networkChanged {};

    QList<accounts::FoundAccount> found {};
    QString fileRead {};
    base::Expected<QList<accounts::FoundAccount>, accounts::ImportError> file {
        QList<accounts::FoundAccount> {}
    };

    QList<accounts::Account> proved {};
    QByteArrayList passwords {};
    QPointer<QObject> proofContext {};
    delivery::ProofWatcher watcher {};
    setup::Services::Answer<void> proofAnswer {};

    QList<accounts::Account> saved {};
    QList<delivery::PostOffice::Keeping> keepings {};
    setup::Services::Answer<accounts::Account> saveAnswer {};

    QList<accounts::Account> tested {};
    setup::Services::Answer<setup::TestOutcome> testAnswer {};
    setup::Services::Answer<void> unlockAnswer {};

    bool hasClient = true;
    bool hasBrowser = true;
    QPointer<FakeTokenSignIn> tokenSignIn {};
    int deviceSignIns = 0;
    QList<accounts::OAuthSettings> signedInWith {};
    QList<QUrl> opened {};
    QList<QJsonObject> kept {};

    FakeServices()
    {
        services.makeSearch = [this](const setup::SearchWish &wish) {
            wishes.append(wish);
            auto made = std::make_unique<FakeSearch>(wish);
            search = made.get();
            return made;
        };
        services.showReport = [this](const setup::SearchWish &wish, QWidget *) { reportWishes.append(wish); };
        services.followNetwork
            = [this](QObject *, std::function<void()> changed) { networkChanged = std::move(changed); };
        services.findAccounts
            = [this](QObject *, const std::function<void(const QList<accounts::FoundAccount> &)> &answer) {
                  answer(found);
              };
        services.readAccountFile = [this](const QString &path, QObject *, const auto &answer) {
            fileRead = path;
            answer(file);
        };
        services.prove
            = [this](const accounts::Account &account, const setup::Credentials &credentials,
                     QObject *context, delivery::ProofWatcher wanted, setup::Services::Answer<void> answer) {
                  proved.append(account);
                  const auto *password = std::get_if<base::Secret>(&credentials);
                  passwords.append(password ? password->reveal().toByteArray() : QByteArray());
                  proofContext = context;
                  watcher = std::move(wanted);
                  proofAnswer = std::move(answer);
              };
        services.save = [this](const accounts::Account &account, const setup::Credentials &,
                               delivery::PostOffice::Keeping keeping, QObject *,
                               setup::Services::Answer<accounts::Account> answer) {
            saved.append(account);
            keepings.append(keeping);
            saveAnswer = std::move(answer);
        };
        services.sendTest = [this](const accounts::Account &account, const setup::Credentials &, QObject *,
                                   setup::Services::Answer<setup::TestOutcome> answer) {
            tested.append(account);
            testAnswer = std::move(answer);
        };
        services.unlockKeychain
            = [this](QObject *, setup::Services::Answer<void> answer) { unlockAnswer = std::move(answer); };
        services.hasClient = [this](const accounts::OAuthSettings &settings) {
            return hasClient || !settings.clientId.isEmpty();
        };
        const auto signIn = [this](const accounts::OAuthSettings &settings) {
            signedInWith.append(settings);
            auto made = std::make_unique<FakeTokenSignIn>();
            tokenSignIn = made.get();
            return made;
        };
        services.browserSignIn
            = [signIn](const accounts::OAuthSettings &settings, const QString &) { return signIn(settings); };
        services.deviceSignIn = [this, signIn](const accounts::OAuthSettings &settings, const QString &) {
            ++deviceSignIns;
            return signIn(settings);
        };
        services.openUrl = [this](const QUrl &url) {
            opened.append(url);
            return hasBrowser;
        };
        services.keepDraft = [this](const QJsonObject &draft) { kept.append(draft); };
    }
    Q_DISABLE_COPY_MOVE(FakeServices)
    ~FakeServices() = default;

    void tellSteps(const QString &host, const QString &sender)
    {
        using Step = delivery::ProofNews::Step;
        for (const Step step : { Step::Connected, Step::SignedIn, Step::SenderAccepted })
            watcher({ step, host, 465, QStringLiteral("TLS 1.3"), sender });
    }
    void accept()
    {
        tellSteps(proved.constLast().server.host, proved.constLast().email);
        proofAnswer({});
    }
    void refuse(outbox::Problem::Kind kind)
    {
        outbox::Problem problem;
        problem.kind = kind;
        problem.host = proved.constLast().server.host;
        problem.port = proved.constLast().server.port;
        problem.code = 535;
        problem.enhanced = "5.7.8";
        problem.text = QStringLiteral("Authentication credentials invalid");
        proofAnswer(base::Unexpected(delivery::Trouble(problem)));
    }
};

/// A port as a search finds it.
inline discovery::PortResult foundPort(const QString &host, quint16 port, accounts::Security security,
                                       discovery::Verdict verdict)
{
    discovery::PortResult result;
    result.server = { host, port, security };
    result.verdict = verdict;
    result.isListed = true;
    result.source = discovery::Source::Table;
    result.took = std::chrono::milliseconds { 200 };
    return result;
}

/// What a search tells about a server of which one port works.
inline discovery::Report workingReport(const QString &host, const QString &user)
{
    using accounts::Security;
    using discovery::Verdict;
    discovery::Report report;
    report.verdict = Verdict::Ok;
    report.isSettled = true;
    report.ports = {
        foundPort(host, 465, Security::Tls, Verdict::Ok),
        foundPort(host, 587, Security::StartTls, Verdict::Refused),
        foundPort(host, 2525, Security::StartTls, Verdict::Timeout),
        foundPort(host, 25, Security::StartTls, Verdict::NoAuth),
    };
    discovery::Recommendation best;
    best.server = report.ports.constFirst().server;
    best.user = user;
    report.recommended = best;
    return report;
}

} // namespace postrider::support
