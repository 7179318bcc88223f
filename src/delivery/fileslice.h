// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QIODevice>

class QFile;

namespace postrider::delivery {

/**
 * A part of a file as a read-only device of its own, so that many messages need one open file and no memory.
 *
 * The file must outlive it. Each read says where it starts, so that the file may be read and written
 * elsewhere between two reads.
 */
class FileSlice final : public QIODevice
{
    Q_OBJECT

public:
    /// Open at once. Octets `offset` to `offset + size - 1` of the file.
    FileSlice(QFile &file, qint64 offset, qint64 size);
    Q_DISABLE_COPY_MOVE(FileSlice)

    [[nodiscard]] qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    QFile &m_file;
    qint64 m_offset;
    qint64 m_size;
};

} // namespace postrider::delivery
