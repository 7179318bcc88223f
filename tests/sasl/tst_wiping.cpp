// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/mechanism.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace postrider;

namespace {

/// A secret that this program knows without having it in memory: every octet is kept with its bits turned.
class HiddenSecret
{
public:
    /// Of 24 letters, of which the first in the alphabet is given.
    explicit HiddenSecret(char16_t firstLetter)
    {
        for (int i = 0; i < 24; ++i) {
            const QChar letter(firstLetter + QRandomGenerator::system()->bounded(20));
            m_turnedUtf8 += turned(QString(letter).toUtf8());
            m_turnedUtf16 += turned(QByteArray(reinterpret_cast<const char *>(&letter), sizeof letter));
        }
    }

    [[nodiscard]] base::Secret make() const { return base::Secret(turned(m_turnedUtf8)); }

    /// How often it lies in this program's memory, as UTF-8 or as UTF-16; nothing if that cannot be seen
    /// here.
    [[nodiscard]] std::optional<int> occurrences() const
    {
        QFile maps(u"/proc/self/maps"_s);
        QFile memory(u"/proc/self/mem"_s);
        if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return std::nullopt;
        int count = 0;
        const QList<QByteArray> regions = maps.readAll().split('\n');
        for (const QByteArray &region : regions) {
            const QList<QByteArray> words = region.simplified().split(' ');
            const QList<QByteArray> bounds = words.value(0).split('-');
            if (bounds.size() != 2 || !words.value(1).startsWith("rw"))
                continue;
            const qint64 begin = bounds.at(0).toLongLong(nullptr, 16);
            const qint64 size = bounds.at(1).toLongLong(nullptr, 16) - begin;
            constexpr qint64 LargestHeap = 64 << 20; // beyond it lies what sanitizers keep for themselves
            if (size > LargestHeap || !memory.seek(begin))
                continue;
            std::vector<char> octets(static_cast<size_t>(size));
            const qint64 read = memory.read(octets.data(), size);
            count += occurrencesIn(octets.data(), read, m_turnedUtf8)
                + occurrencesIn(octets.data(), read, m_turnedUtf16);
            std::fill(octets.begin(), octets.end(), '\0');
        }
        return count;
    }

private:
    static QByteArray turned(QByteArray octets)
    {
        for (char &octet : octets)
            octet = static_cast<char>(~octet);
        return octets;
    }

    static int occurrencesIn(const char *octets, qint64 size, const QByteArray &turnedNeedle)
    {
        int count = 0;
        const char *const end = octets + size - (turnedNeedle.size() - 1);
        for (const char *at = octets; at < end; ++at) {
            at = static_cast<const char *>(
                std::memchr(at, ~turnedNeedle.front(), static_cast<size_t>(end - at)));
            if (!at)
                break;
            qsizetype same = 1;
            while (same < turnedNeedle.size() && at[same] == static_cast<char>(~turnedNeedle.at(same)))
                ++same;
            count += same == turnedNeedle.size() ? 1 : 0;
        }
        return count;
    }

    QByteArray m_turnedUtf8 {};
    QByteArray m_turnedUtf16 {};
};

/// All that a mechanism can be made to say, with everything that it said thrown away.
void talk(sasl::Mechanism &mechanism)
{
    const auto initial = mechanism.initialResponse();
    QByteArray challenge = "prompt"_ba;
    if (initial && *initial && (*initial)->reveal().startsWith("n,,n=")) {
        const QByteArrayView first = (*initial)->reveal();
        challenge = "r=" + first.sliced(first.indexOf(",r=") + 3).toByteArray() + "x,s=QQ==,i=4096";
    }
    for (int i = 0; i < 3; ++i) {
        const auto answer = mechanism.respond(challenge);
        if (!answer)
            return;
        if (const auto *derivation = std::get_if<sasl::KeyDerivation>(&*answer))
            (void)mechanism.resume(derivation->run());
        challenge = "v=QQ==";
    }
}

} // namespace

class TestWiping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishedMechanism_leavesNoSecretInMemory_data();
    void finishedMechanism_leavesNoSecretInMemory();
};

void TestWiping::finishedMechanism_leavesNoSecretInMemory_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<char16_t>("firstLetter");
    for (const QByteArray &name : sasl::supportedMechanisms())
        QTest::newRow(name.constData()) << name << u'A';
    // Not SCRAM: what ICU copies for itself is out of reach. Tokens are ASCII anyway.
    for (const auto &name : { "PLAIN"_ba, "LOGIN"_ba, "CRAM-MD5"_ba })
        QTest::addRow("%s, Greek", name.constData()) << name << u'\u03b1';
}

void TestWiping::finishedMechanism_leavesNoSecretInMemory()
{
    QFETCH(QByteArray, name);
    QFETCH(char16_t, firstLetter);
    const HiddenSecret hidden(firstLetter);
    if (!hidden.occurrences())
        QSKIP("this system does not show a program its own memory");
    QCOMPARE(hidden.occurrences(), std::optional(0));
    {
        const auto mechanism = sasl::makeMechanism(
            name, { .user = u"ann"_s, .secret = hidden.make(), .host = u"h"_s, .port = 1 });
        if (name != "EXTERNAL")
            QVERIFY(hidden.occurrences() > 0); // otherwise the search would find nothing anyway
        talk(*mechanism);
    }
    QCOMPARE(hidden.occurrences(), std::optional(0));
}

QTEST_GUILESS_MAIN(TestWiping)
#include "tst_wiping.moc"
