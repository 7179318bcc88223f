// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QTranslator>

namespace postrider::base {

/**
 * The texts of a program in the person's language, as long as this object lives.
 *
 * Both programs carry the compiled catalogues below :/i18n. English is always installed beneath the person's
 * own language, since it holds the plural forms that the sources lack.
 *
 * Make it after the QCoreApplication and destroy it before.
 */
class Translations
{
public:
    Translations();
    ~Translations() = default;
    Q_DISABLE_COPY_MOVE(Translations)

private:
    QTranslator m_english {};
    QTranslator m_own {};
};

} // namespace postrider::base
