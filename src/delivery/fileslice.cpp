// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/fileslice.h"

#include <QFile>

#include <algorithm>

namespace postrider::delivery {

FileSlice::FileSlice(QFile &file, qint64 offset, qint64 size)
    : m_file(file)
    , m_offset(offset)
    , m_size(size)
{
    // Without a buffer of its own, pos() is where readData() starts.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 FileSlice::readData(char *data, qint64 maxSize)
{
    const qint64 octets = std::min(maxSize, m_size - pos());
    if (octets <= 0)
        return 0;
    if (!m_file.seek(m_offset + pos())) {
        setErrorString(m_file.errorString());
        return -1;
    }
    return m_file.read(data, octets);
}

qint64 FileSlice::writeData(const char * /*data*/, qint64 /*maxSize*/)
{
    return -1;
}

} // namespace postrider::delivery
