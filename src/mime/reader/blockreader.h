// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

class QIODevice;

namespace postrider::mime {

/// Reads a device from where it stands, in blocks, and lets its user look at what comes next. A pipe will do.
class BlockReader
{
public:
    /// As far as ahead() can look.
    static constexpr qsizetype MostAhead = 16 * 1024;

    explicit BlockReader(QIODevice &device);
    Q_DISABLE_COPY_MOVE(BlockReader)

    /// What comes next: at least so many octets, unless the input ends before. Nothing at the end. Valid
    /// until the next call.
    [[nodiscard]] QByteArrayView ahead(qsizetype least = 1);
    /// Over octets that ahead() gave.
    void skip(qsizetype count);

    /// How many octets were skipped.
    [[nodiscard]] qint64 position() const noexcept { return m_position; }
    /// Whether the end that ahead() met was an error.
    [[nodiscard]] bool hasFailed() const noexcept { return m_hasFailed; }
    [[nodiscard]] QString errorString() const;

private:
    QIODevice &m_device;
    QByteArray m_block;
    qsizetype m_begin = 0; ///< of what was not skipped yet, in the block
    qsizetype m_end = 0;
    qint64 m_position = 0;
    bool m_hasEnded = false;
    bool m_hasFailed = false;
};

} // namespace postrider::mime
