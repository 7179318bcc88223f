// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/expected.h"

#include <QString>
#include <QtTest>

#include <memory>

using namespace Qt::StringLiterals;
using postrider::base::Expected;
using postrider::base::Unexpected;

namespace {

enum class Reason { Missing, Broken };

/// What a function with a richer error returns: the narrower error converts into it.
struct Problem
{
    Problem(Reason cause) // NOLINT(google-explicit-constructor): the conversion is what is tested
        : reason(cause)
    { }
    Reason reason;
};

Expected<int, Reason> half(int number)
{
    if (number % 2 != 0)
        return Unexpected(Reason::Broken);
    return number / 2;
}

Expected<void, Reason> check(int number)
{
    if (number < 0)
        return Unexpected(Reason::Missing);
    return {};
}

Expected<QString, Problem> describe(int number)
{
    const auto result = half(number);
    if (!result)
        return Unexpected(result.error());
    return QString::number(*result);
}

} // namespace

class TestExpected : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_isThereAndNoError();
    void error_isThereAndNoValue();
    void nothingToReturn_stillSaysWhetherItWorked();
    void errorOfAnotherType_isConverted();
    void valueAndErrorOfOneType_areToldApart();
    void valueThatCannotBeCopied_isMovedOut();
    void value_canBeChangedInPlace();
    void fallback_isUsedForErrorsOnly();
};

void TestExpected::value_isThereAndNoError()
{
    const auto result = half(42);
    QVERIFY(result.has_value());
    QVERIFY(result);
    QCOMPARE(*result, 21);
    QCOMPARE(result.value(), 21);
}

void TestExpected::error_isThereAndNoValue()
{
    const auto result = half(7);
    QVERIFY(!result.has_value());
    QVERIFY(!result);
    QCOMPARE(result.error(), Reason::Broken);
}

void TestExpected::nothingToReturn_stillSaysWhetherItWorked()
{
    QVERIFY(check(1));
    QVERIFY(!check(-1));
    QCOMPARE(check(-1).error(), Reason::Missing);
}

void TestExpected::errorOfAnotherType_isConverted()
{
    QCOMPARE(describe(4).value(), u"2"_s);
    QCOMPARE(describe(5).error().reason, Reason::Broken);
}

void TestExpected::valueAndErrorOfOneType_areToldApart()
{
    const Expected<QString, QString> good(u"same"_s);
    const Expected<QString, QString> bad(Unexpected(u"same"_s));
    QVERIFY(good);
    QVERIFY(!bad);
    QCOMPARE(*good, bad.error());
}

void TestExpected::valueThatCannotBeCopied_isMovedOut()
{
    Expected<std::unique_ptr<int>, Reason> result(std::make_unique<int>(5));
    const std::unique_ptr<int> taken = std::move(result).value();
    QCOMPARE(*taken, 5);
}

void TestExpected::value_canBeChangedInPlace()
{
    Expected<QString, Reason> result(u"a"_s);
    result->append(u'b');
    *result += u'c';
    QCOMPARE(*result, u"abc"_s);
}

void TestExpected::fallback_isUsedForErrorsOnly()
{
    QCOMPARE(half(10).value_or(-1), 5);
    QCOMPARE(half(11).value_or(-1), -1);
}

QTEST_GUILESS_MAIN(TestExpected)
#include "tst_expected.moc"
