// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QIODevice>

class QFile;

namespace postrider::cli {

/**
 * A part of a file as a read-only device of its own, so that many messages need one open file and no memory.
 *
 * The file must outlive it and be used by nobody else between two reads of the same thread; it may be written
 * only before.
 */
class SpoolSlice final : public QIODevice
{
    Q_OBJECT

public:
    /// Open at once. Octets `offset` to `offset + size - 1` of the file.
    SpoolSlice(QFile &file, qint64 offset, qint64 size);
    Q_DISABLE_COPY_MOVE(SpoolSlice)

    [[nodiscard]] qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    QFile &m_file;
    qint64 m_offset;
    qint64 m_size;
};

} // namespace postrider::cli
