// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"
#include "widgets/tone.h"

#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QAction;

namespace postrider::setup {

namespace Ui {
class ServerSearchPage;
}

class PortListModel;

/**
 * Looks for the sending server while the person watches, and takes the best one at Next. What is found later
 * still improves the choice until then.
 *
 * A server that nobody vouches for is taken only when the person agreed to its name. Without a network the
 * page waits for it and goes on by itself.
 */
class ServerSearchPage final : public SetupPage
{
    Q_OBJECT

public:
    /// How often a network that lets nothing through is tried again, should nobody tell that it is back.
    static constexpr std::chrono::milliseconds RetryInterval = std::chrono::seconds { 15 };

    /// The services outlive the page.
    ServerSearchPage(SetupDraft &draft, const Services &services, QWidget *parent = nullptr);
    ~ServerSearchPage() override;
    Q_DISABLE_COPY_MOVE(ServerSearchPage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 2; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    void leave() override;
    [[nodiscard]] bool isComplete() const override;
    void goOn() override;

Q_SIGNALS:
    void practiceChosen();
    /// The person wants to type the settings.
    void byHandWanted();
    /// The person wants to write first, and set up later.
    void skipped();

private:
    /// Which of the sentences below the ports is the right one now.
    enum class Outcome { Searching, Works, WaitsForConsent, WaitsForNetwork, Fails };

    void setUpActions();
    [[nodiscard]] SearchWish wish() const;
    void begin(const SearchWish &wish);
    void searchAgain();
    void returnToNetwork();
    void followReport();
    [[nodiscard]] Outcome outcome(const discovery::Report &report) const;
    /// The server to go on with: the recommended one, or the one on port 25 that the person agreed to.
    [[nodiscard]] std::optional<discovery::Recommendation> choice() const;
    /// A server that wants the person's word; whether it was tried already or not.
    [[nodiscard]] std::optional<discovery::Recommendation> wantsConsent() const;
    void showPorts(Outcome outcome);
    void showConsent(Outcome outcome);
    void showOutcome(Outcome outcome);
    void say(widgets::Tone tone, const QString &sentence, const QList<QAction *> &actions,
             const QString &details);
    void agree();
    void addHost(const QString &host);
    void showPortDetails();
    [[nodiscard]] const discovery::PortResult *currentPort() const;
    [[nodiscard]] QString suggestedHost() const;
    void copyReport();
    void askForPin();

    SetupDraft &m_draft;
    const Services &m_services;
    std::unique_ptr<Ui::ServerSearchPage> m_ui;
    PortListModel *m_model;
    QAction *m_tryAgainAction;
    QAction *m_portalAction;
    QAction *m_useNameAction;
    QAction *m_port25Action;
    std::unique_ptr<ServerSearch> m_search {};
    std::optional<SearchWish> m_searched {}; ///< what m_search looks for
    discovery::Report m_report {};           ///< of the last search, which may be over
    QStringList m_agreed {};                 ///< hosts that the person said yes to
    bool m_isPort25Agreed = false;
    QString m_said {}; ///< in the banner, so that nothing is announced twice
    QTimer m_retryTimer {};
};

} // namespace postrider::setup
