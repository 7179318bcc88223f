// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/secret.h"
#include "support/sanitized.h"

#include <QtTest>

#include <atomic>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

#if defined(__GLIBC__) && !POSTRIDER_SANITIZED_ALLOCATOR
#define POSTRIDER_SEES_FREE 1
#endif

using namespace Qt::StringLiterals;
using postrider::base::Secret;

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>,
              "a secret must not be copied by accident");
static_assert(!std::is_convertible_v<Secret, QByteArray> && !std::is_convertible_v<Secret, QString>,
              "a secret must not turn into text by accident");

namespace {

constexpr char Password[] = "correct horse battery staple";

} // namespace

#ifdef POSTRIDER_SEES_FREE
namespace {

enum class Freed { NotYet, Wiped, Readable };

/// The octets that are looked at in the moment in which their memory is given back.
std::atomic<const char *> watchedOctets { nullptr };
std::atomic<std::ptrdiff_t> watchedRange { 0 };
std::atomic<Freed> watchedFate { Freed::NotYet };

void watch(const Secret &secret)
{
    watchedFate = Freed::NotYet;
    watchedRange = secret.reveal().size();
    watchedOctets = secret.reveal().data();
}

} // namespace

// Takes the place of the C library's function for this program and the libraries in it: after it, nobody may
// look at the memory any more.
extern "C" void __libc_free(void *memory); // NOLINT(bugprone-reserved-identifier): the library's own name

extern "C" void free(void *memory)
{
    constexpr std::ptrdiff_t LargestHeader = 64; // what Qt keeps in front of the octets of a QByteArray
    const char *octets = watchedOctets;
    const char *begin = static_cast<const char *>(memory);
    if (octets && begin && octets >= begin && octets - begin < LargestHeader) {
        bool isWiped = true;
        for (std::ptrdiff_t i = 0; i < watchedRange; ++i)
            isWiped = isWiped && octets[i] == '\0';
        watchedFate = isWiped ? Freed::Wiped : Freed::Readable;
        watchedOctets = nullptr;
    }
    __libc_free(memory);
}
#endif

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedPassword_isKeptAsUtf8();
    void movedFromSecret_isEmpty();
    void clone_livesOnAlone();
    void octetsOfTheCaller_areNotWiped();
    void destroyedSecret_leavesNothingInMemory();
    void overwrittenSecret_leavesNothingInMemory();
    void emptySecret_isHarmless();
};

void TestSecret::typedPassword_isKeptAsUtf8()
{
    const Secret secret = Secret::fromText(u"pässwörd €"_s);
    QVERIFY(!secret.isEmpty());
    QCOMPARE(secret.reveal().toByteArray(), u"pässwörd €"_s.toUtf8());
}

void TestSecret::movedFromSecret_isEmpty()
{
    Secret first { QByteArray(Password) };
    const Secret second(std::move(first));
    QVERIFY(first.isEmpty()); // NOLINT(bugprone-use-after-move): that is the promise
    QCOMPARE(second.reveal().toByteArray(), QByteArray(Password));

    Secret third { QByteArray("another one") };
    Secret fourth { QByteArray(Password) };
    third = std::move(fourth);
    QVERIFY(fourth.isEmpty()); // NOLINT(bugprone-use-after-move)
    QCOMPARE(third.reveal().toByteArray(), QByteArray(Password));
}

void TestSecret::clone_livesOnAlone()
{
    Secret copy;
    {
        const Secret original { QByteArray(Password) };
        copy = original.clone();
        QVERIFY(copy.reveal().data() != original.reveal().data());
    }
    QCOMPARE(copy.reveal().toByteArray(), QByteArray(Password));
}

void TestSecret::octetsOfTheCaller_areNotWiped()
{
    const QByteArray callers(Password);
    {
        const Secret secret(callers);
        QVERIFY(secret.reveal().data() != callers.constData());
    }
    QCOMPARE(callers, QByteArray(Password));
}

void TestSecret::destroyedSecret_leavesNothingInMemory()
{
#ifdef POSTRIDER_SEES_FREE
    {
        // Octets that are no secret show that the watch sees memory that was not wiped.
        QByteArray readable(Password);
        readable.detach();
        watchedFate = Freed::NotYet;
        watchedRange = readable.size();
        watchedOctets = readable.constData();
    }
    QCOMPARE(watchedFate.load(), Freed::Readable);

    {
        const Secret secret { QByteArray(Password) };
        QCOMPARE(secret.reveal().size(), static_cast<qsizetype>(sizeof(Password) - 1));
        watch(secret);
    }
    QCOMPARE(watchedFate.load(), Freed::Wiped);
#else
    QSKIP("free() cannot be observed here");
#endif
}

void TestSecret::overwrittenSecret_leavesNothingInMemory()
{
#ifdef POSTRIDER_SEES_FREE
    Secret secret { QByteArray(Password) };
    watch(secret);
    secret = Secret::fromText(u"the next one"_s);
    QCOMPARE(watchedFate.load(), Freed::Wiped);
    QCOMPARE(secret.reveal().toByteArray(), QByteArray("the next one"));
#else
    QSKIP("free() cannot be observed here");
#endif
}

void TestSecret::emptySecret_isHarmless()
{
    Secret secret;
    QVERIFY(secret.isEmpty());
    QVERIFY(secret.clone().isEmpty());
    QVERIFY(Secret::fromText({}).isEmpty());
    secret = Secret();
    QVERIFY(secret.reveal().isEmpty());
}

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
