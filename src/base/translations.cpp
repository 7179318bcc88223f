// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/translations.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace postrider::base {

namespace {

void install(QTranslator &translator, const QLocale &locale)
{
    if (translator.load(locale, u"postrider"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(&translator);
}

} // namespace

Translations::Translations()
{
    install(m_english, QLocale(QLocale::English));
    install(m_own, QLocale());
}

} // namespace postrider::base
