// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Takes messages into the outbox of a profile and through it, and says after each step what is safe now. It
// is killed at any of them and looked at from outside.

#include "outboxfixture.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace postrider;
using namespace postrider::outbox;

namespace {

void say(const char *what, const MessageId &id)
{
    std::printf("%s %s\n", what, qPrintable(id));
    std::fflush(stdout);
}

/// One message through all of its steps.
[[nodiscard]] bool send(Store &store, const mime::Draft &draft)
{
    const auto id = store.prepare(draft, OutboxFixture::options());
    if (!id) {
        return false;
    }
    say("prepared", *id);
    if (!store.render(*id)) {
        return false;
    }
    say("queued", *id);
    const auto jobs = store.beginDue(OutboxFixture::options().accountId, 1);
    if (!jobs || jobs->size() != 1) {
        return false;
    }
    say("begun", *id);
    if (!store.markFinalOctet({ jobs->first().attempt })) {
        return false;
    }
    say("marked", *id);
    const AttemptOutcome outcome = OutboxFixture::outcome(jobs->first(), RecipientState::Sent);
    if (!store.finish(jobs->first().attempt, outcome)) {
        return false;
    }
    say("sent", *id);
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        return 64;
    }
    const support::ManualClock clock;
    const auto store = Store::open(arguments.at(1), clock);
    if (!store) {
        return EXIT_FAILURE;
    }
    mime::Draft large = OutboxFixture::draft();
    large.text = QString(150'000, u'x');
    large.attachments.append({ arguments.at(2), {}, "text/plain" });
    return send(**store, OutboxFixture::draft()) && send(**store, large) ? EXIT_SUCCESS : EXIT_FAILURE;
}
