// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>
#include <QString>

namespace property {

/// Texts, names and octets that are hard to write. The same generator in the same state gives the same.
class HardText
{
public:
    explicit HardText(QRandomGenerator &random)
        : m_random(random)
    { }

    [[nodiscard]] bool oneIn(int count) { return m_random.bounded(count) == 0; }
    template <typename T>
    [[nodiscard]] T oneOf(const QList<T> &values)
    {
        return values.at(m_random.bounded(static_cast<int>(values.size())));
    }

    [[nodiscard]] QString anyText(int mostPieces);   ///< of all scripts, without controls
    [[nodiscard]] QString anyScript(int characters); ///< neighbours of one block of Unicode
    [[nodiscard]] QString hardText(int mostPieces);  ///< with controls, line ends and halves of characters
    [[nodiscard]] QString bodyText(int mostLines);
    [[nodiscard]] QString fileName();
    [[nodiscard]] QByteArray fileOctets(int most);

private:
    [[nodiscard]] QString bodyLine();

    QRandomGenerator &m_random;
};

} // namespace property
