// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/terminationsignals.h"

#ifdef Q_OS_UNIX
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace postrider::base {

#ifdef Q_OS_UNIX

namespace {

constexpr std::array WatchedSignals { SIGINT, SIGTERM, SIGHUP };

// A signal handler may touch nothing but this.
volatile std::sig_atomic_t s_handlerEnd = -1;

extern "C" void passOn(int /*signal*/)
{
    const int savedErrno = errno;
    const char octet = 1;
    // A full socket already holds the wish.
    [[maybe_unused]] const auto written = ::write(s_handlerEnd, &octet, 1);
    errno = savedErrno;
}

} // namespace

class TerminationSignals::Private
{
public:
    std::array<int, 2> ends { -1, -1 }; ///< the handler's, the event loop's
    std::array<struct sigaction, WatchedSignals.size()> former {};
    std::unique_ptr<QSocketNotifier> notifier {};
};

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    Q_ASSERT(s_handlerEnd == -1);
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, d->ends.data()) != 0)
        return; // the default handlers stay: the process ends without closing, which loses nothing
    s_handlerEnd = d->ends[0];

    d->notifier = std::make_unique<QSocketNotifier>(d->ends[1], QSocketNotifier::Read);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, [this] {
        char octet = 0;
        if (::read(d->ends[1], &octet, 1) == 1)
            Q_EMIT terminationRequested();
    });

    for (std::size_t i = 0; i < WatchedSignals.size(); ++i) {
        ::sigaction(WatchedSignals[i], nullptr, &d->former[i]);
        if (d->former[i].sa_handler == SIG_IGN)
            continue;
        struct sigaction action
        { };
        action.sa_handler = passOn;
        action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
        sigemptyset(&action.sa_mask);
        ::sigaction(WatchedSignals[i], &action, nullptr);
    }
}

TerminationSignals::~TerminationSignals()
{
    if (!d->notifier)
        return;
    for (std::size_t i = 0; i < WatchedSignals.size(); ++i)
        ::sigaction(WatchedSignals[i], &d->former[i], nullptr);
    s_handlerEnd = -1;
    d->notifier.reset();
    ::close(d->ends[0]);
    ::close(d->ends[1]);
}

#else

class TerminationSignals::Private
{ };

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{ }

TerminationSignals::~TerminationSignals() = default;

#endif

} // namespace postrider::base
