// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/nameservice.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>

namespace {

struct State
{
    std::mutex mutex {};
    std::condition_variable released {};
    QHash<QByteArray, QByteArrayList> addresses {};
    QSet<QByteArray> hanging {};
    QSet<QByteArray> failing {};
    QByteArrayList questions {};
};

State &state()
{
    static State theOne;
    return theOne;
}

using Lookup = int(const char *, const char *, const addrinfo *, addrinfo **);

Lookup *systemLookup()
{
    static auto *const function = reinterpret_cast<Lookup *>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return function;
}

} // namespace

namespace postrider::support::nameservice {

void add(const QByteArray &name, const QByteArrayList &addresses)
{
    const std::scoped_lock lock(state().mutex);
    state().addresses.insert(name, addresses);
}

void hang(const QByteArray &name)
{
    const std::scoped_lock lock(state().mutex);
    state().hanging.insert(name);
}

void fail(const QByteArray &name)
{
    const std::scoped_lock lock(state().mutex);
    state().failing.insert(name);
}

void release()
{
    {
        const std::scoped_lock lock(state().mutex);
        state().hanging.clear();
    }
    state().released.notify_all();
}

void clear()
{
    release();
    const std::scoped_lock lock(state().mutex);
    state().addresses.clear();
    state().failing.clear();
    state().questions.clear();
}

QByteArrayList questions()
{
    const std::scoped_lock lock(state().mutex);
    return state().questions;
}

} // namespace postrider::support::nameservice

/// Takes the place of the C library's, also for the calls of Qt.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints, addrinfo **result)
{
    const QByteArray name(node);
    QByteArrayList addresses;
    {
        std::unique_lock lock(state().mutex);
        state().questions.append(name);
        state().released.wait(lock, [&name] { return !state().hanging.contains(name); });
        if (state().failing.contains(name))
            return EAI_AGAIN;
        addresses = state().addresses.value(name);
    }
    // Each address is a list of its own for the C library; freeaddrinfo() goes along all that are joined.
    *result = nullptr;
    addrinfo **end = result;
    for (const QByteArray &address : std::as_const(addresses)) {
        addrinfo literal = hints ? *hints : addrinfo {};
        literal.ai_flags = AI_NUMERICHOST;
        if (const int error = systemLookup()(address.constData(), service, &literal, end))
            return error;
        while (*end)
            end = &(*end)->ai_next;
    }
    return *result ? 0 : EAI_NONAME;
}
