// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/messagedraft.h"

namespace postrider::mime {

/// Collects what a draft has not, each thing once, in order, and no more than people would read.
class DraftRemarks
{
public:
    static constexpr qsizetype Most = 100;

    void add(DraftRemark::Kind kind, const QString &subject = {}, const QString &detail = {});
    [[nodiscard]] const QList<DraftRemark> &list() const noexcept { return m_remarks; }

private:
    QList<DraftRemark> m_remarks {};
};

} // namespace postrider::mime
